// SPDX-License-Identifier: MIT OR Apache-2.0
//! Scans a commit on all cores and streams what it finds.

use std::{
    collections::HashSet,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use super::{
    Event, Reach, Review, Stage,
    history::{HistoryJob, Told},
    recall::{self, Recorder},
};
use crate::{
    domain::{Finding, Module, NotScanned, NotScannedFile, RepoPath, Text, Vocabulary},
    repo::{BlobError, EntryKind, Reader, RepoError, Source, TreeEntry},
    review::{Identified, Keyring, Paths, Session},
    rules::RuleSet,
    scan::{
        Engine, EngineError, FileScan, MAX_FILE_BYTES, PathFacts, Scratch, View,
        history::Judged,
        internal::{learn, overhear},
        licensing::{LicensingScan, Observation, observe},
    },
    store::Cache,
};

/// Findings are handed over at least this often.
const HAND_OVER: Duration = Duration::from_millis(30);
/// So many earlier trees are looked at for renames.
const EARLIER: usize = 16;
/// So many commits are read to learn the organisation's words. More cost time at every start
/// and hardly add a word.
const LEARN_FROM: usize = 400;

/// Why a scan could not be done at all.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// The commit cannot be read.
    #[error(transparent)]
    Repo(#[from] RepoError),
    /// The rules cannot be run.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// A pattern that was asked for fits no ref: nothing of it would have been judged.
    #[error("--refs {0}: no ref fits it")]
    NoSuchRef(String),
    /// Somebody wanted it to stop.
    #[error("the scan was stopped")]
    Stopped,
    /// A worker panicked outside of any file.
    #[error("the scan stopped by a fault of the program; please report this")]
    Panicked,
}

/// One scan of one commit.
pub struct ScanJob {
    /// What to scan.
    pub source: Source,
    /// By which rules.
    pub rules: Arc<RuleSet>,
    /// Under which key values get their ids.
    pub keyring: Keyring,
    /// Trees that were reviewed earlier, in hexadecimal: what was there tells a renamed file
    /// from a further one.
    pub earlier: Vec<String>,
    /// On how many threads.
    pub threads: usize,
    /// Counts what was scanned.
    pub extent: Arc<Extent>,
    /// How far back to go; nothing scans the reviewed commit alone.
    pub reach: Option<Reach>,
    /// Where what was found is remembered, if it is.
    pub cache: Option<Cache>,
}

/// How much was scanned so far.
#[derive(Debug, Default)]
pub struct Extent {
    /// Files whose content was looked at.
    pub files: AtomicUsize,
    /// Their bytes.
    pub bytes: AtomicU64,
    /// Whether every file of the commit was tried.
    pub complete: AtomicBool,
}

impl ScanJob {
    /// Scans, and hands events to `emit` from several threads, until done or `stop` is set.
    ///
    /// # Errors
    /// When the commit's tree cannot be read or the rules cannot be run. A file that cannot be
    /// read, or whose scan panics, costs that file alone.
    pub fn run(&self, stop: &AtomicBool, emit: &(dyn Fn(Event) + Sync)) -> Result<(), ScanError> {
        let entries: Vec<TreeEntry> = self
            .source
            .entries()?
            .into_iter()
            // The review's own files are never published.
            .filter(|entry| !entry.path.is_within(&RepoPath::new(b".debut")))
            .collect();
        let paths = Paths { now: known_paths(&entries), earlier: self.earlier_paths() };
        emit(Event::Modules(crate::modules::find(entries.iter().map(|entry| &entry.path))));
        let kept = match &self.cache {
            Some(cache) => Some((cache, recall::name_of(self)?)),
            None => None,
        };
        if let Some((cache, name)) = &kept
            && recall::recall(self, cache, name, &entries, emit)
        {
            self.finish(stop, paths, emit);
            return Ok(());
        }
        let recorder = Recorder::default();
        let emit = &|event: Event| {
            if kept.is_some() {
                recorder.note(&event, self);
            }
            emit(event);
        };
        self.scan(stop, &entries, emit)?;
        if !stop.load(Ordering::Relaxed)
            && let Some((cache, name)) = &kept
        {
            recorder.keep(self, cache, name);
        }
        self.finish(stop, paths, emit);
        Ok(())
    }

    /// Scans the reviewed commit, and then the history.
    fn scan(
        &self,
        stop: &AtomicBool,
        entries: &[TreeEntry],
        emit: &(dyn Fn(Event) + Sync),
    ) -> Result<(), ScanError> {
        let words = self.learn();
        let engine = Engine::new(self.rules.clone(), &words)?;
        let shared = Shared {
            job: self,
            engine: &engine,
            entries,
            next: AtomicUsize::new(0),
            done: AtomicUsize::new(0),
            stop,
            emit,
            told: self.reach.is_some().then(Mutex::default),
            judged: Judged::default(),
        };
        let mut licensing = LicensingScan::default();
        std::thread::scope(|scope| {
            let others: Vec<_> =
                (1..self.threads.max(1)).map(|_| scope.spawn(|| shared.work())).collect();
            let own = shared.work();
            // A worker guards each file, so it panics only for want of memory.
            let observed = others.into_iter().filter_map(|worker| worker.join().ok()).flatten();
            for (path, observation) in observed.chain(own) {
                licensing.add(&path, observation);
            }
        });
        if !stop.load(Ordering::Relaxed) {
            let gaps = licensing.finish(&self.rules).into_iter();
            emit(Event::Found(gaps.map(|finding| self.identify(finding)).collect()));
            let total = entries.len();
            emit(Event::Progress { stage: Stage::Files, done: total, total });
        }
        if let (Some(reach), Some(told)) = (&self.reach, &shared.told) {
            let words = &words;
            let judged = &shared.judged;
            HistoryJob { job: self, reach, engine: &engine, words, told, judged, stop, emit }
                .run()?;
        }
        Ok(())
    }

    fn finish(&self, stop: &AtomicBool, paths: Paths, emit: &dyn Fn(Event)) {
        if !stop.load(Ordering::Relaxed) {
            self.extent.complete.store(true, Ordering::Relaxed);
            emit(Event::Scanned(Arc::new(paths)));
        }
    }

    fn earlier_paths(&self) -> Vec<HashSet<RepoPath>> {
        let tree = |hex: &String| self.source.entries_of(hex).map(|entries| known_paths(&entries));
        self.earlier.iter().filter_map(tree).take(EARLIER).collect()
    }

    fn learn(&self) -> Vocabulary {
        let commits = self.source.recent_commits(LEARN_FROM);
        let authors = commits.authors.iter().map(|(name, mail)| (name.as_str(), mail.as_str()));
        let messages = commits.messages.iter().map(String::as_str);
        learn(authors, messages, self.source.owner().as_deref())
    }

    fn identify(&self, finding: Finding) -> Identified {
        let id = self.keyring.identify(&finding, self.rules.info(finding.rule).class);
        Identified { finding, id }
    }
}

/// All files, and all directories that hold them.
fn known_paths(entries: &[TreeEntry]) -> HashSet<RepoPath> {
    let mut out = HashSet::new();
    for entry in entries {
        let mut path = entry.path.clone();
        while !path.is_root() && out.insert(path.clone()) {
            path = path.parent();
        }
    }
    out.insert(RepoPath::root());
    out
}

struct Shared<'a> {
    job: &'a ScanJob,
    engine: &'a Engine,
    entries: &'a [TreeEntry],
    next: AtomicUsize,
    done: AtomicUsize,
    stop: &'a AtomicBool,
    emit: &'a (dyn Fn(Event) + Sync),
    /// What was found, if the history follows.
    told: Option<Mutex<Told>>,
    /// What was made of the texts, if the history follows.
    judged: Judged,
}

impl Shared<'_> {
    /// Scans files until none is left; returns what they say about licences.
    fn work(&self) -> Vec<(RepoPath, Observation)> {
        let mut observed = Vec::new();
        let reader = Reader::new(&self.job.source);
        let mut scratch = Scratch::default();
        let mut found = Vec::new();
        let mut not_scanned = Vec::new();
        let mut last = Instant::now();
        while !self.stop.load(Ordering::Relaxed) {
            let Some(entry) = self.entries.get(self.next.fetch_add(1, Ordering::Relaxed)) else {
                break;
            };
            let scan = match &reader {
                Ok(reader) => self.scan_guarded(reader, entry, &mut scratch),
                Err(error) => failed(NotScanned::Unreadable(error.message().into())),
            };
            found.extend(scan.findings.into_iter().map(|finding| self.job.identify(finding)));
            observed.extend(scan.observation.map(|seen| (entry.path.clone(), seen)));
            if let Some(why) = scan.not_scanned {
                not_scanned.push(NotScannedFile { path: entry.path.clone(), why });
            }
            let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
            if last.elapsed() >= HAND_OVER {
                self.hand_over(&mut found, &mut not_scanned);
                let total = self.entries.len();
                (self.emit)(Event::Progress { stage: Stage::Files, done, total });
                last = Instant::now();
            }
        }
        self.hand_over(&mut found, &mut not_scanned);
        observed
    }

    fn hand_over(&self, found: &mut Vec<Identified>, not_scanned: &mut Vec<NotScannedFile>) {
        if let Some(told) = &self.told {
            let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
            let telling =
                |new: &Identified| (new.finding.path.clone(), new.finding.rule, new.id.clone());
            told.places.extend(found.iter().map(|new| (telling(new), None)));
            told.not_judged.extend(not_scanned.iter().cloned());
        }
        if !found.is_empty() {
            (self.emit)(Event::Found(std::mem::take(found)));
        }
        if !not_scanned.is_empty() {
            (self.emit)(Event::NotScanned(std::mem::take(not_scanned)));
        }
    }

    fn scan_guarded(&self, reader: &Reader, entry: &TreeEntry, scratch: &mut Scratch) -> FileScan {
        let scan = catch_unwind(AssertUnwindSafe(|| self.scan(reader, entry, scratch)));
        scan.unwrap_or_else(|_| {
            *scratch = Scratch::default();
            // What the panic said may hold file content, so it is not repeated.
            failed(NotScanned::Failed("the scanner panicked on it; please report this".into()))
        })
    }

    fn scan(&self, reader: &Reader, entry: &TreeEntry, scratch: &mut Scratch) -> FileScan {
        match entry.kind {
            EntryKind::Submodule => return failed(NotScanned::Submodule),
            EntryKind::Unreadable => {
                return failed(NotScanned::Unreadable(
                    "the directory can't be read, or holds too much".into(),
                ));
            }
            EntryKind::File | EntryKind::Link => {}
        }
        let raw = match reader.blob(entry.oid, MAX_FILE_BYTES) {
            Ok(raw) => raw,
            Err(BlobError::TooLarge(size)) => return failed(NotScanned::TooLarge(size)),
            Err(BlobError::Unreadable(why)) => return failed(NotScanned::Unreadable(why)),
        };
        let extent = &self.job.extent;
        extent.files.fetch_add(1, Ordering::Relaxed);
        extent.bytes.fetch_add(raw.len() as u64, Ordering::Relaxed);
        let (mut scan, answers) = overhear(|| self.engine.scan_file(&entry.path, &raw, scratch));
        if let Some((facts, lines)) = scan.judged.take().filter(|_| self.told.is_some()) {
            self.judged.keep(entry.oid.as_bytes(), facts, lines, answers);
        }
        if entry.kind == EntryKind::Link {
            // The text of a link is a path, but a LICENSE may well be a link to one.
            let target = link_target(&entry.path, &raw);
            scan.observation =
                target.as_ref().and_then(|path| self.observe_at(reader, path, entry));
            if target.is_none() {
                scan.not_scanned = Some(NotScanned::LinkOutside);
            }
        }
        scan
    }

    /// Returns what the file at `target` says about licences, as if it stood where `link` does.
    fn observe_at(
        &self,
        reader: &Reader,
        target: &RepoPath,
        link: &TreeEntry,
    ) -> Option<Observation> {
        let is_target = |e: &&TreeEntry| e.kind == EntryKind::File && e.path == *target;
        let entry = self.entries.iter().find(is_target)?;
        let raw = reader.blob(entry.oid, MAX_FILE_BYTES).ok()?;
        let text = Text::decode(&raw)?;
        observe(&link.path, &View::new(&PathFacts::of(&link.path), &text.bytes))
    }
}

fn failed(why: NotScanned) -> FileScan {
    FileScan { not_scanned: Some(why), ..FileScan::default() }
}

/// Returns where the link at `path` with the content `target` points, nothing if that is
/// outside of the repository.
fn link_target(path: &RepoPath, target: &[u8]) -> Option<RepoPath> {
    if target.starts_with(b"/") {
        return None;
    }
    let parent = path.parent();
    let mut parts: Vec<&[u8]> = parent.as_bytes().split(|b| *b == b'/').collect();
    parts.retain(|part| !part.is_empty());
    for part in target.split(|b| *b == b'/') {
        match part {
            b".." => {
                parts.pop()?;
            }
            b"" | b"." => {}
            part => parts.push(part),
        }
    }
    Some(RepoPath::new(&parts.join(&b'/')))
}

impl Review {
    /// Scans the commit and takes everything in, for those who do not stream. `progress` hears
    /// how many of how many files or versions are done. Returns the modules.
    ///
    /// # Errors
    /// As [`ScanJob::run`], and when `stop` was set.
    pub fn scan(
        &mut self,
        threads: usize,
        stop: &AtomicBool,
        progress: &mut dyn FnMut(Stage, usize, usize),
    ) -> Result<Vec<Module>, ScanError> {
        let job = self.job(threads);
        let (sender, receiver) = std::sync::mpsc::channel();
        let mut modules = Vec::new();
        std::thread::scope(|scope| {
            let worker = scope.spawn(move || {
                // Nobody listening only means that the process is ending.
                job.run(stop, &|event| drop(sender.send(event)))
            });
            for event in receiver {
                match event {
                    Event::Progress { stage, done, total } => progress(stage, done, total),
                    Event::History(summary) => self.history = Some(summary),
                    Event::Modules(found) => modules = found,
                    other => self.session.take_in(other),
                }
            }
            worker.join().unwrap_or(Err(ScanError::Panicked))
        })?;
        if stop.load(Ordering::Relaxed) { Err(ScanError::Stopped) } else { Ok(modules) }
    }

    /// Returns the scan of this review's commit.
    #[must_use]
    pub fn job(&self, threads: usize) -> ScanJob {
        ScanJob {
            source: self.source.clone(),
            rules: self.rules.clone(),
            keyring: self.keyring.clone(),
            earlier: self.desk.earlier_trees(&self.info.tree),
            threads,
            extent: self.extent.clone(),
            reach: self.reach.clone(),
            cache: self.cache.clone(),
        }
    }
}

/// What a session does with the events of a scan.
pub(super) trait TakeIn {
    /// Takes one in.
    fn take_in(&mut self, event: Event);
}

impl TakeIn for Session {
    fn take_in(&mut self, event: Event) {
        match event {
            Event::Found(found) => found.into_iter().for_each(|new| {
                self.add(new);
            }),
            Event::Attributed(all) => all.iter().for_each(|(target, seen)| {
                self.attribute(target, seen);
            }),
            Event::NotScanned(files) => files.into_iter().for_each(|f| self.add_not_scanned(f)),
            Event::Scanned(paths) => {
                self.settle(&paths);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::link_target;
    use crate::domain::RepoPath;

    #[test]
    fn links_are_followed_inside_the_tree_only() {
        let target = |path: &str, target: &str| {
            link_target(&RepoPath::new(path.as_bytes()), target.as_bytes())
                .map(|path| path.to_string())
        };
        assert_eq!(target("a", "/etc/passwd"), None);
        assert_eq!(target("a", "../x"), None);
        assert_eq!(target("d/a", "../../x"), None);
        assert_eq!(target("d/a", "b/../../../x"), None);
        assert_eq!(target("d/a", "../x"), Some("x".into()));
        assert_eq!(target("d/a", "./b"), Some("d/b".into()));
    }
}
