// SPDX-License-Identifier: MIT OR Apache-2.0
//! Carries out the effects of the screen on workers and collects what they say.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    time::{Duration, Instant},
};

use super::{
    Desk, Effect, Event, ReportError, ReportFormat, ReportParts, Review, SaveJob, ScanJob,
    SourceInfo, TreeFacts,
    desk::Saved,
    inventory::inventory,
    learn::learn_all,
    licensing::guess_licensing,
    loader::{Loader, Request},
    report::is_foreign,
    write_report,
};
use crate::{
    domain::{HistorySummary, Licensing, Module, Word, WordKind},
    review::{Session, Step},
    store::StoreError,
};

/// The checklist is written when nothing was decided for this long.
const QUIET: Duration = Duration::from_millis(700);
/// How often HEAD, the work tree and somebody else's lock are looked at.
const WATCH: Duration = Duration::from_secs(3);
/// So long a scan that was stopped may take to remember what it has found out.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// The workers behind one screen.
pub struct Host {
    desk: Desk,
    sender: Sender<Event>,
    receiver: Receiver<Event>,
    saves: (Sender<SaveResult>, Receiver<SaveResult>),
    saving: bool,
    changed: Option<Instant>,
    loader: Sender<Request>,
    stop: Arc<AtomicBool>,
    scan: Running,
    /// The words that are looked for, once that is known.
    words: Option<Arc<[Word]>>,
    /// Whether what the release checklist wants to know is known: no word changes it.
    facts: bool,
    info: SourceInfo,
    modules: Vec<Module>,
    history: Option<Arc<HistorySummary>>,
    /// When it was last tried to take over from somebody else.
    looked: Instant,
}

/// A scan on its way. Its events come by a way of their own: what one that was stopped still says
/// is heard by nobody.
struct Running {
    job: Arc<ScanJob>,
    events: Receiver<Event>,
    stop: Arc<AtomicBool>,
    /// Hears when it has ended, in whatever way.
    ended: Receiver<()>,
}

type SaveResult = Result<Saved, StoreError>;

impl Host {
    /// Starts the scan of `review` and takes over its disk side. The session goes to the screen.
    #[must_use]
    pub fn start(mut review: Review, threads: usize) -> (Self, Session) {
        // How far back is scanned may have been changed since it was opened.
        review.info.history = review.reach.is_some();
        let (sender, receiver) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let started = Event::Started { source: review.info.clone(), resume: review.resume.clone() };
        // The receiver is ours and still there.
        let _ = sender.send(started);
        if let Some(words) = review.words.clone() {
            let _ = sender.send(Event::Answered(Ok(words)));
        }
        let loader = Loader::spawn(review.source.clone(), sender.clone());
        let scan = Running::start(Arc::new(review.job(threads)), None, false);
        watch(review.source.clone(), sender.clone(), stop.clone());
        let host = Self {
            changed: review.desk.unsaved().then(Instant::now),
            desk: review.desk,
            sender,
            receiver,
            saves: channel(),
            saving: false,
            loader,
            stop,
            scan,
            words: review.words,
            facts: false,
            info: review.info,
            modules: Vec::new(),
            history: None,
            looked: Instant::now(),
        };
        (host, review.session)
    }

    /// Carries out `effect`. What is done at once answers at once; everything else answers
    /// through [`poll`](Self::poll).
    pub fn perform(&mut self, effect: Effect, session: &Session) -> Option<Event> {
        match effect {
            Effect::Record(step) => Some(self.record(step)),
            Effect::Retry => {
                self.changed = Some(Instant::now());
                Some(Event::Recorded(self.desk.retry().map_err(|error| error.to_string())))
            }
            Effect::Load { generation, of } => {
                self.load(Request::File { generation, of });
                None
            }
            Effect::Preview { generation, group, edits, value } => {
                self.load(Request::Preview { generation, group, edits, value });
                None
            }
            Effect::PreviewFixes { generation, group, tasks } => {
                self.load(Request::Fixes { generation, group, tasks });
                None
            }
            Effect::Export(path) => Some(self.export(session, path)),
            Effect::Remember(value) => {
                self.desk.remember(&value);
                None
            }
            Effect::LearnWords => {
                self.learn();
                None
            }
            Effect::ReadWords => self.read_words(),
            Effect::AnswerWords { before, after } => Some(self.answer_words(&before, &after)),
            Effect::AnswerLicensing(licensing) => Some(self.answer_licensing(&licensing)),
            // From here on nobody wants to know.
            Effect::Rescan { .. } | Effect::Quit => {
                self.stop();
                None
            }
            // The terminal's own business; the screen's loop does these.
            Effect::Edit { .. } | Effect::Copy(_) | Effect::Suspend => None,
        }
    }

    /// Returns what happened since the last call, at most `most` events of the workers, and
    /// saves when it is time.
    pub fn poll(&mut self, most: usize) -> Vec<Event> {
        let mut events: Vec<Event> = self.receiver.try_iter().take(most).collect();
        events.extend(self.scan.events.try_iter().take(most - events.len()));
        events.iter().for_each(|event| self.note(event));
        while let Ok(result) = self.saves.1.try_recv() {
            self.saving = false;
            let result = result.map(|saved| self.desk.saved(saved));
            if self.desk.unsaved() && result.is_ok() {
                self.changed = Some(Instant::now());
            }
            let (saved, theirs) = match result {
                Ok(theirs) => (Ok(clock()), theirs),
                Err(error) => (Err(error.to_string()), Vec::new()),
            };
            events.push(Event::Saved(saved));
            events.extend((!theirs.is_empty()).then_some(Event::Joined(theirs)));
        }
        if !self.saving && self.changed.is_some_and(|at| at.elapsed() >= QUIET) {
            self.changed = None;
            self.saving = true;
            save(self.desk.save_job(), self.saves.0.clone());
        }
        if let Some(taken) = self.take_over() {
            // Before it was ours, somebody else could answer for the words.
            let words = matches!(taken, Event::TakenOver(Ok(_))).then(|| self.read_words());
            events.push(taken);
            events.extend(words.flatten());
        }
        events
    }

    fn note(&mut self, event: &Event) {
        match event {
            Event::Modules(modules) => self.modules.clone_from(modules),
            Event::History(summary) => self.history = Some(summary.clone()),
            Event::Learned(words) => self.words = Some(words.clone()),
            Event::Facts(_) => self.facts = true,
            _ => {}
        }
    }

    fn learn(&self) {
        let (source, sender) = (self.scan.job.source.clone(), self.sender.clone());
        std::thread::spawn(move || {
            drop(sender.send(Event::Learned(learn_all(&source).words.into())));
        });
    }

    fn answer_words(&mut self, before: &[Word], after: &[Word]) -> Event {
        let words: Arc<[Word]> = match self.desk.answer_words(before, after) {
            Ok(words) => words.into(),
            Err(error) => return Event::Answered(Err(error.to_string())),
        };
        self.look_for(&words);
        Event::Answered(Ok(words))
    }

    /// Writes answers about licences, and scans again if they are others than those that held.
    fn answer_licensing(&mut self, licensing: &Licensing) -> Event {
        match self.desk.answer_licensing(licensing) {
            Ok(policy) => {
                let policy = Arc::new(policy);
                if self.scan.job.policy.licensing != policy.licensing {
                    self.start_again(self.scan.job.with_policy(policy.clone()));
                }
                Event::LicensingAnswered(Ok(policy))
            }
            Err(error) => Event::LicensingAnswered(Err(error.to_string())),
        }
    }

    /// Scans again if these words are others than those that are looked for.
    fn look_for(&mut self, words: &Arc<[Word]>) {
        let same = self.words.as_ref().is_some_and(|now| looked_for(now) == looked_for(words));
        if !same {
            self.scan_again(words.clone());
        }
        self.words = Some(words.clone());
    }

    /// Takes up what somebody wrote into the file since the words were read.
    fn read_words(&mut self) -> Option<Event> {
        let words: Arc<[Word]> = match self.desk.words() {
            Ok(words) => words?.into(),
            Err(error) => return Some(Event::Reread(Err(error.to_string()))),
        };
        // They are learned while the scan runs: it has not said yet which it looks for.
        let now = self.words.as_ref()?;
        if now.iter().collect::<BTreeSet<_>>() == words.iter().collect() {
            return None;
        }
        self.look_for(&words);
        Some(Event::Reread(Ok(words)))
    }

    /// Stops the scan and begins it anew for other words.
    fn scan_again(&mut self, words: Arc<[Word]>) {
        self.start_again(self.scan.job.with_words(words));
    }

    fn start_again(&mut self, job: ScanJob) {
        self.scan.stop.store(true, Ordering::Relaxed);
        self.scan = Running::start(Arc::new(job), Some(Event::Again), self.facts);
        self.modules.clear();
        self.history = None;
    }

    fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
        self.scan.stop.store(true, Ordering::Relaxed);
    }

    /// Looks every few seconds whether whoever holds the review has left it.
    fn take_over(&mut self) -> Option<Event> {
        if !self.desk.waits() || self.looked.elapsed() < WATCH {
            return None;
        }
        self.looked = Instant::now();
        let taken = self.desk.take_over().transpose()?;
        self.changed = self.desk.unsaved().then(Instant::now);
        Some(Event::TakenOver(taken.map_err(|error| error.to_string())))
    }

    /// Stops the workers and writes what is left.
    ///
    /// # Errors
    /// When the checklist cannot be written. The journal then has what it lacks.
    pub fn close(self) -> Result<(), super::OpenError> {
        self.stop();
        let closed = self.desk.close();
        // Nobody sends anything: the other end goes with the scan.
        let _ = self.scan.ended.recv_timeout(LAST_WORDS);
        closed
    }

    fn record(&mut self, step: Step) -> Event {
        let result = self.desk.record(step).map_err(|error| error.to_string());
        self.changed = Some(Instant::now());
        Event::Recorded(result)
    }

    fn export(&mut self, session: &Session, path: PathBuf) -> Event {
        // The report names the checklist's digest, so that has to be on disk first.
        let saved = if self.desk.unsaved() { self.desk.save() } else { Ok(()) };
        let written = saved
            .map_err(|error| error.to_string())
            .and_then(|()| self.write_report(session, &path).map_err(|error| error.to_string()));
        Event::Exported(written.map(|passed| (path, passed)))
    }

    fn write_report(&self, session: &Session, path: &Path) -> Result<bool, ReportError> {
        let job = &self.scan.job;
        let licences = inventory(&job.source, &job.policy, &job.rules, job.threads).ok();
        let parts = ReportParts {
            info: &self.info,
            desk: &self.desk,
            extent: &self.scan.job.extent,
            modules: &self.modules,
            history: self.history.as_deref(),
            words: self.words.as_deref().unwrap_or_default(),
            licences: licences.as_ref(),
        };
        let format = ReportFormat::of(path)?;
        // A name typed on the screen may be that of any file.
        if is_foreign(path) {
            return Err(ReportError::NotOurs(path.display().to_string()));
        }
        write_report(session, &parts, format, path)
    }

    fn load(&self, request: Request) {
        if self.loader.send(request).is_err() {
            let _ =
                self.sender.send(Event::Notice("the file loader stopped; restart debut".into()));
        }
    }
}

impl Running {
    /// Starts the scan of `job`. `first` is said before everything else; what the release
    /// checklist wants to know is gathered at the end, unless it has the `facts`.
    fn start(job: Arc<ScanJob>, first: Option<Event>, facts: bool) -> Self {
        let (sender, events) = channel();
        let (ending, ended) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let running = Self { job: job.clone(), events, stop: stop.clone(), ended };
        std::thread::spawn(move || {
            let _ending: Sender<()> = ending;
            // Sending fails only when nobody wants to know any more.
            let emit = |event| drop(sender.send(event));
            first.into_iter().for_each(&emit);
            let result = job.run(&stop, &emit);
            if let Err(error) = result {
                emit(Event::ScanFailed(error.to_string()));
            }
            // Not before the scan, which somebody waits for.
            if !facts && !stop.load(Ordering::Relaxed) {
                emit(Event::Facts(Arc::new(TreeFacts::gather(&job.source, &stop))));
            }
            // Nobody has answered: what is likely is asked about.
            if job.policy.licensing == Licensing::default() && !stop.load(Ordering::Relaxed) {
                let learned = || job.learned.get().map(|learned| learned.words.as_slice());
                let words = job.words.as_deref().or_else(learned).unwrap_or_default();
                let guess = guess_licensing(&job.source, words);
                emit(Event::Likely(Arc::new(guess)));
            }
        });
        running
    }
}

/// What is looked for with these words.
fn looked_for(words: &[Word]) -> BTreeSet<(WordKind, &str)> {
    words.iter().filter(|word| word.keep).map(|word| (word.kind, &*word.text)).collect()
}

fn save(job: SaveJob, done: Sender<SaveResult>) {
    std::thread::spawn(move || drop(done.send(job.run())));
}

/// Says once when HEAD moved or when the work tree holds what the commit does not.
fn watch(source: crate::repo::Source, sender: Sender<Event>, stop: Arc<AtomicBool>) {
    std::thread::spawn(move || {
        if let Ok(tree) = source.work_tree()
            && tree != crate::repo::WorkTree::default()
        {
            let _ = sender.send(Event::WorkTree(tree.words()));
        }
        while !stop.load(Ordering::Relaxed) {
            std::thread::sleep(WATCH);
            match source.current_commit() {
                Ok(commit) if commit != source.commit => {
                    let words = format!(
                        "{} is at {:.12} now: this review stays at the scanned commit, reopen to move on",
                        source.revision,
                        commit.to_string()
                    );
                    let _ = sender.send(Event::TreeChanged(words));
                    return;
                }
                _ => {}
            }
        }
    });
}

fn clock() -> String {
    jiff::Zoned::now().strftime("%H:%M").to_string()
}
