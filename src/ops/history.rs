// SPDX-License-Identifier: MIT OR Apache-2.0
//! Scans the history after the reviewed commit, and says of each place since when it stands.

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use super::{Event, ScanError, ScanJob, Stage};
use crate::{
    domain::{
        CommitRef, Finding, HistorySummary, Identity, Metadata, NotScanned, NotScannedFile,
        RepoPath, RuleIdx, Sighting, Target,
    },
    repo::{
        history::{CommitNo, History, Mode, Tips},
        objects::Objects,
    },
    review::Identified,
    scan::{
        Engine, MAX_FILE_BYTES,
        history::{HistoryScan, Listener, Sightings, Spoken, names},
    },
};

/// How far back a scan goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Which refs would be published, as full names or globs; none means all branches and tags.
    pub refs: Vec<String>,
    /// Whether objects that no ref leads to are scanned too.
    pub unreachable: bool,
}

/// Places of the reviewed commit: what stands there is not told again.
pub(super) type Told = Mutex<HashSet<(RepoPath, Identity)>>;

/// One scan of a history.
pub(super) struct HistoryJob<'a> {
    pub(super) job: &'a ScanJob,
    pub(super) reach: &'a Reach,
    pub(super) engine: &'a Engine,
    pub(super) told: &'a Told,
    pub(super) stop: &'a AtomicBool,
    pub(super) emit: &'a (dyn Fn(Event) + Sync),
}

impl HistoryJob<'_> {
    /// Scans, and emits what is not in the reviewed commit, then the sightings of all places.
    pub(super) fn run(&self) -> Result<(), ScanError> {
        let identify = |rule: RuleIdx, value: &[u8], context: &[u8]| {
            self.job.keyring.ids(self.job.rules.info(rule).class, value, context)
        };
        let source = &self.job.source;
        let objects = Objects::open(source)?;
        let tips = Tips::read(source, &self.reach.refs)?;
        let spoken = Spoken::new(self.engine, &identify);
        let heard = AtomicUsize::new(0);
        let history = History::read(
            &objects,
            source,
            &tips,
            self.job.threads,
            self.stop,
            &|idx, kind, raw| {
                spoken.hear(idx, kind, raw);
                let done = heard.fetch_add(1, Ordering::Relaxed);
                if done.is_multiple_of(4096) {
                    (self.emit)(Event::Progress { stage: Stage::Commits, done, total: 0 });
                }
            },
        )?;
        if self.stop.load(Ordering::Relaxed) {
            return Ok(());
        }
        self.tell_gaps(&history);
        let scan = HistoryScan {
            engine: self.engine,
            objects: &objects,
            history: &history,
            identify: &identify,
            listener: self,
            unreachable: self.reach.unreachable,
            threads: self.job.threads,
            stop: self.stop,
        };
        let sightings = scan.run();
        if self.stop.load(Ordering::Relaxed) {
            return Ok(());
        }
        let mut commits = Commits { history: &history, objects: &objects, known: HashMap::new() };
        let remarks = spoken.findings(&objects, &history, self.reach.unreachable);
        let mut attributed = self.attribute(sightings, &mut commits);
        let mut found = Vec::new();
        for remark in remarks {
            let target = Target::Place { path: remark.finding.path.clone(), id: remark.id.clone() };
            attributed.push((target, commits.sighting(remark.seen, remark.versions)));
            found.push(Identified { finding: remark.finding, id: remark.id });
        }
        found.extend(self.names(&tips, &identify));
        (self.emit)(Event::Found(found));
        (self.emit)(Event::Attributed(attributed));
        (self.emit)(Event::History(Arc::new(self.summary(&tips, &history))));
        Ok(())
    }

    /// Scans the names of refs and the addresses in the configuration.
    fn names(&self, tips: &Tips, identify: &crate::scan::history::Identify<'_>) -> Vec<Identified> {
        let refs: Vec<String> =
            tips.chosen.iter().map(|tip| String::from_utf8_lossy(&tip.name).into_owned()).collect();
        // What all refs begin with says nothing.
        let short = |name: &'_ str| name.splitn(3, '/').last().unwrap_or_default().to_owned();
        let texts: Vec<(String, String)> =
            refs.iter().map(|name| (name.clone(), short(name))).collect();
        let pairs = |texts: &[(String, String)], place| {
            let pairs = texts.iter().map(|(name, text)| (name.as_str(), text.as_bytes()));
            names(self.engine, identify, place, pairs)
        };
        let mut found = pairs(&texts, Metadata::Refs);
        found.extend(pairs(&self.job.source.addresses(), Metadata::Config));
        found.into_iter().map(|(finding, id)| Identified { finding, id }).collect()
    }

    fn attribute(
        &self,
        sightings: Sightings,
        commits: &mut Commits<'_>,
    ) -> Vec<(Target, Arc<Sighting>)> {
        let Sightings { marks, places } = sightings;
        // Marks that differ in their remarks only are one place.
        let mut joined: HashMap<Target, crate::scan::history::Seen> =
            HashMap::with_capacity(places.len());
        for (place, seen) in places {
            let path = commits.path(place.path);
            let target = Target::Place { path, id: marks[place.mark.0 as usize].id.clone() };
            joined.entry(target).and_modify(|known| known.join(&seen)).or_insert(seen);
        }
        joined
            .into_iter()
            .map(|(target, seen)| {
                let last = if seen.first == CommitNo::NONE { CommitNo::NONE } else { seen.last };
                (target, commits.sighting((seen.first, last), seen.versions))
            })
            .collect()
    }

    /// Says which objects are named but not there, or cannot be read.
    fn tell_gaps(&self, history: &History) {
        let unreadable = |why: String| NotScanned::Unreadable(why);
        let mut files: Vec<NotScannedFile> = Vec::new();
        let mut placed = HashSet::new();
        for gone in history.elsewhere() {
            if let Some(id) = history.absent(gone.blob).filter(|_| gone.mode != Mode::Submodule) {
                placed.insert(id);
                if !gone.in_tree {
                    let why = unreadable(format!("a version of it, {id}, is not here"));
                    files.push(NotScannedFile { path: history.path(gone.path), why });
                }
            }
        }
        let nameless = history.missing.iter().filter(|(id, _)| !placed.contains(id));
        for (id, _) in nameless {
            files.push(NotScannedFile {
                path: object_path(&id.to_string()),
                why: unreadable("named by a commit but not here".into()),
            });
        }
        for unread in &history.unread {
            let why = unreadable(unread.reason.clone());
            files.push(NotScannedFile { path: object_path(&unread.id.to_string()), why });
        }
        if !files.is_empty() {
            (self.emit)(Event::NotScanned(files));
        }
    }

    fn summary(&self, tips: &Tips, history: &History) -> HistorySummary {
        let name = |name: &[u8]| String::from_utf8_lossy(name).into_owned();
        let other = &history.unreachable;
        HistorySummary {
            refs: tips.chosen.iter().map(|tip| name(&tip.name)).collect(),
            commits: history.reachable.commits,
            trees: history.reachable.trees,
            blobs: history.reachable.blobs,
            tags: history.reachable.tags,
            unreachable: other.commits + other.trees + other.blobs + other.tags + other.unknown,
            unreachable_scanned: self.reach.unreachable,
            left_out: tips.left_out.iter().map(|(name, count)| (name.clone(), *count)).collect(),
            reflogs: tips.reflogs,
            missing: history.missing.len(),
            unread: history.unread.len(),
            cut: history.cut.len(),
        }
    }
}

/// Where an object that has no path is listed.
fn object_path(id: &str) -> RepoPath {
    RepoPath::new(format!(".git/objects/{id}").as_bytes())
}

impl Listener for HistoryJob<'_> {
    fn past(&self, found: Vec<(Finding, Identity)>, not_judged: Vec<NotScannedFile>) {
        let new: Vec<Identified> = {
            let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
            let new = |(finding, id): &(Finding, Identity)| {
                told.insert((finding.path.clone(), id.clone()))
            };
            let found = found.into_iter().filter(new);
            found.map(|(finding, id)| Identified { finding, id }).collect()
        };
        if !new.is_empty() {
            (self.emit)(Event::Found(new));
        }
        if !not_judged.is_empty() {
            (self.emit)(Event::NotScanned(not_judged));
        }
    }

    fn progress(&self, done: usize, total: usize) {
        (self.emit)(Event::Progress { stage: Stage::Versions, done, total });
    }
}

/// Puts numbers of commits into words, each once.
struct Commits<'a> {
    history: &'a History,
    objects: &'a Objects,
    known: HashMap<CommitNo, Arc<CommitRef>>,
}

impl Commits<'_> {
    fn path(&self, path: crate::repo::history::PathId) -> RepoPath {
        if (path.0 as usize) < self.history.paths() {
            self.history.path(path)
        } else {
            Metadata::Unreachable.path()
        }
    }

    fn sighting(&mut self, (first, last): (CommitNo, CommitNo), versions: u32) -> Arc<Sighting> {
        Arc::new(Sighting { first: self.of(first), last: self.of(last), versions })
    }

    fn of(&mut self, no: CommitNo) -> Option<Arc<CommitRef>> {
        let commit = self.history.commit(no)?;
        let known = self.known.entry(no).or_insert_with(|| {
            let raw = self.objects.read(commit.idx, MAX_FILE_BYTES).unwrap_or_default();
            Arc::new(CommitRef {
                id: self.objects.id(commit.idx).to_string(),
                time: commit.author_time,
                author: crate::repo::message::author(&raw),
            })
        });
        Some(known.clone())
    }
}
