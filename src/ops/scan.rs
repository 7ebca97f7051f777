// SPDX-License-Identifier: MIT OR Apache-2.0
//! Scans a commit on all cores and streams what it finds.

use std::{
    collections::HashSet,
    sync::{
        Arc, Mutex, OnceLock,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
};

use super::{
    Event, Reach, Review, Stage,
    history::HistoryJob,
    learn::FilesRead,
    licensing::new_files,
    recall::{self, Recorder},
    scope::Scope,
    worker::{Shared, Targets},
};
use crate::{
    domain::{Finding, Metadata, Module, Policy, RepoPath, RuleIdx, Vocabulary, Word},
    repo::{EntryKind, RepoError, Source, TreeEntry},
    review::{Identified, Keyring, Paths, Session, TreeFile},
    rules::RuleSet,
    scan::{
        Engine, EngineError, history::Judged, in_names, learn::Learned, licensing::LicensingScan,
    },
    store::Cache,
};

/// So many earlier trees are looked at for renames.
const EARLIER: usize = 16;

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
    /// What is out of scope can't be told.
    #[error("the policy's out_of_scope: {0}")]
    Scope(#[from] globset::Error),
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
    /// What is no part of a release is not judged.
    pub policy: Arc<Policy>,
    /// The organisation's words; nothing if nobody has answered for them yet.
    pub words: Option<Arc<[Word]>>,
    /// What was learned, once it was …
    pub learned: OnceLock<Learned>,
    /// … and the files that were read for it.
    pub read: OnceLock<FilesRead>,
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
        let paths = Paths {
            now: known_paths(&entries),
            earlier: self.earlier_paths(),
            files: self.files(&entries),
        };
        let scope = Scope::new(&self.policy.out_of_scope)?;
        let entries = scope.narrow(entries, emit);
        let emit = &|event: Event| scope.pass(event, emit);
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
        let words = self.vocabulary();
        if let Some(learned) = self.learned.get() {
            emit(Event::Learned(learned.words.as_slice().into()));
        }
        let engine = Engine::new(self.rules.clone(), &words)?;
        let shared = Shared {
            job: self,
            engine: &engine,
            entries,
            targets: Targets::new(entries),
            next: AtomicUsize::new(0),
            done: AtomicUsize::new(0),
            stop,
            emit,
            told: self.reach.is_some().then(Mutex::default),
            judged: Judged::default(),
        };
        let new = new_files(&self.source, &self.policy.licensing, entries);
        let mut licensing =
            LicensingScan::new(self.policy.licensing.clone(), entries).with_new(new);
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
            let gaps = licensing.finish(&self.rules).findings.into_iter();
            emit(Event::Found(gaps.map(|finding| self.identify(finding)).collect()));
            let paths = entries.iter().map(|entry| &entry.path);
            let mut known = HashSet::new();
            emit(Event::Found(self.names(&engine, &words, Metadata::Paths, paths, &mut known)));
            let total = entries.len();
            emit(Event::Progress { stage: Stage::Files, done: total, total });
        }
        if let (Some(reach), Some(told)) = (&self.reach, &shared.told) {
            let words = &words;
            let judged = &shared.judged;
            let engine = &engine;
            HistoryJob { job: self, reach, engine, words, told, judged, entries, stop, emit }
                .run()?;
        }
        Ok(())
    }

    /// Returns what the names of files and of directories tell.
    pub(super) fn names<'p>(
        &self,
        engine: &Engine,
        words: &Vocabulary,
        place: Metadata,
        paths: impl Iterator<Item = &'p RepoPath>,
        known: &mut HashSet<RepoPath>,
    ) -> Vec<Identified> {
        let identify = |rule: RuleIdx, value: &[u8], context: &[u8]| {
            self.keyring.ids(self.rules.info(rule).class, value, context)
        };
        let found = in_names(engine, &identify, words, place, paths, known);
        found.into_iter().map(|(finding, id)| Identified { finding, id }).collect()
    }

    fn finish(&self, stop: &AtomicBool, paths: Paths, emit: &dyn Fn(Event)) {
        if !stop.load(Ordering::Relaxed) {
            self.extent.complete.store(true, Ordering::Relaxed);
            emit(Event::Scanned(Arc::new(paths)));
        }
    }

    /// Returns the files among `entries`; a submodule is the commit of another repository.
    fn files(&self, entries: &[TreeEntry]) -> Vec<TreeFile> {
        let files = entries.iter().filter(|entry| entry.kind != EntryKind::Submodule);
        let file = |entry: &TreeEntry| TreeFile {
            path: entry.path.clone(),
            content: self.keyring.content(entry.oid.as_bytes()),
        };
        files.map(file).collect()
    }

    fn earlier_paths(&self) -> Vec<HashSet<RepoPath>> {
        let tree = |hex: &String| self.source.entries_of(hex).map(|entries| known_paths(&entries));
        self.earlier.iter().filter_map(tree).take(EARLIER).collect()
    }

    /// Returns the organisation's words: as they were answered, or as they are learned now.
    pub(super) fn vocabulary(&self) -> Vocabulary {
        let learned = self.learned.get_or_init(|| match &self.words {
            Some(words) => {
                Learned { words: words.to_vec(), people: super::learn::learn_people(&self.source) }
            }
            None => {
                let (learned, read) = super::learn::learn_and_keep(&self.source);
                drop(self.read.set(read));
                learned
            }
        });
        Vocabulary::new(&learned.words, learned.people.clone())
    }

    /// Returns the same scan under another policy.
    #[must_use]
    pub(super) fn with_policy(&self, policy: Arc<Policy>) -> Self {
        let learned = OnceLock::new();
        if let Some(known) = self.learned.get() {
            let _ = learned.set(known.clone());
        }
        Self { policy, learned, words: self.words.clone(), ..self.like() }
    }

    /// Returns the same scan for other words.
    #[must_use]
    pub(super) fn with_words(&self, words: Arc<[Word]>) -> Self {
        let learned = OnceLock::new();
        if let Some(Learned { people, .. }) = self.learned.get() {
            // Who wrote it is known already.
            let _ = learned.set(Learned { words: words.to_vec(), people: people.clone() });
        }
        Self { words: Some(words), learned, ..self.like() }
    }

    /// Returns the same scan, of which nothing is known yet.
    fn like(&self) -> Self {
        Self {
            source: self.source.clone(),
            rules: self.rules.clone(),
            keyring: self.keyring.clone(),
            earlier: self.earlier.clone(),
            threads: self.threads,
            extent: Arc::default(),
            reach: self.reach.clone(),
            cache: self.cache.clone(),
            policy: self.policy.clone(),
            words: None,
            learned: OnceLock::new(),
            read: OnceLock::new(),
        }
    }

    pub(super) fn identify(&self, finding: Finding) -> Identified {
        let id = self.keyring.identify(&finding, self.rules.info(finding.rule).class);
        Identified { finding, id }
    }
}

/// All files, and all directories that hold them.
pub(super) fn known_paths(entries: &[TreeEntry]) -> HashSet<RepoPath> {
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
                    Event::Learned(words) => self.learned = Some(words),
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
            policy: self.session.policy().clone(),
            words: self.words.clone(),
            learned: OnceLock::new(),
            read: OnceLock::new(),
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
