// SPDX-License-Identifier: MIT OR Apache-2.0
//! Scans every version of every file, and what commits, tags and refs say.
//!
//! Versions come by in the order in which they were stored, each after the one it was made from,
//! and what was found there is taken over (see [`Lines`](super::Lines)). A mark that stands in
//! five hundred versions of a file is one place, with the first and the last commit that have it.

mod blobs;
mod book;
mod codec;
mod facts;
mod family;
mod judged;
mod memory;
mod metadata;
mod named;
mod replay;
mod who;
mod words;

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use self::{
    blobs::{Blobs, NOWHERE},
    book::Book,
    facts::FactsOf,
};
use super::{Engine, MAX_FILE_BYTES};
use crate::{
    domain::{Finding, Identity, Metadata, NotScanned, NotScannedFile, Place as At, RepoPath},
    repo::{
        history::{Appearance, CommitNo, History, PathId},
        objects::{ObjIdx, ObjectKind, Objects},
    },
};

pub use book::{Entry, Identify, MarkNo};
pub use judged::Judged;
pub use memory::{Fresh, Memory, Writer};
pub use metadata::{Heard, Remark, Spoken};
pub use named::Named;

/// Findings are handed over at least this often.
const HAND_OVER: Duration = Duration::from_millis(30);

/// A mark at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The path.
    pub path: PathId,
    /// The mark.
    pub mark: MarkNo,
}

/// The version that a place is shown in: of those that hold it, the one whose last commit is the
/// newest. Which worker came first does not matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// What orders versions: the last commit, none being the oldest, then the content's id.
    pub rank: (u32, ObjIdx),
    /// Where in it; the first of several.
    pub place: Box<At>,
}

/// Where in the history a place was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The first commit that has it.
    pub first: CommitNo,
    /// The last commit that has it.
    pub last: CommitNo,
    /// In how many versions of the file.
    pub versions: u32,
    /// In which version it is shown; nothing where the reviewed commit has it.
    pub shown: Option<Shown>,
    in_tree: bool,
    latest: Option<ObjIdx>,
}

/// Whether a version says something about a place that is to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum News {
    /// The first that this worker hears of the place.
    First,
    /// The place is better shown in this version than in that before.
    Better,
    /// Nothing but one more version.
    Nothing,
}

impl Default for Seen {
    fn default() -> Self {
        Self {
            first: CommitNo::NONE,
            last: CommitNo(0),
            versions: 0,
            shown: None,
            in_tree: false,
            latest: None,
        }
    }
}

impl Seen {
    fn add(&mut self, appearance: &Appearance) -> News {
        // A mark that stands in one version twice is one place all the same.
        if self.latest == Some(appearance.blob) {
            return News::Nothing;
        }
        self.latest = Some(appearance.blob);
        self.versions += 1;
        self.in_tree |= appearance.in_tree;
        self.first = self.first.min(appearance.first);
        if appearance.last != CommitNo::NONE {
            self.last = self.last.max(appearance.last);
        }
        // The scan of the reviewed commit has said it.
        if self.in_tree {
            return News::Nothing;
        }
        match &self.shown {
            None => News::First,
            Some(shown) if shown.rank < rank(appearance) => News::Better,
            Some(_) => News::Nothing,
        }
    }

    /// Joins what was seen of one place under two names.
    pub fn join(&mut self, other: &Self) {
        self.versions += other.versions;
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
        self.in_tree |= other.in_tree;
        let best = self.shown.as_ref().map(|shown| shown.rank);
        if other.shown.as_ref().map(|shown| shown.rank) > best {
            self.shown.clone_from(&other.shown);
        }
        if self.in_tree {
            self.shown = None;
        }
    }
}

fn rank(appearance: &Appearance) -> (u32, ObjIdx) {
    (appearance.last.0.wrapping_add(1), appearance.blob)
}

/// Hears what comes up while the scan runs, from several threads.
pub trait Listener: Sync {
    /// Findings that the reviewed commit does not have there, and files that could not be judged.
    fn past(&self, found: Vec<(Finding, Identity)>, not_judged: Vec<NotScannedFile>);

    /// So many of so many versions are done.
    fn progress(&self, done: usize, total: usize);
}

/// One scan of a history.
pub struct HistoryScan<'a> {
    /// The rules.
    pub engine: &'a Engine,
    /// All objects.
    pub objects: &'a Objects,
    /// Where they stand.
    pub history: &'a History,
    /// Gives findings their ids.
    pub identify: &'a Identify<'a>,
    /// Who hears what comes up.
    pub listener: &'a dyn Listener,
    /// Whether objects that no ref leads to are scanned too.
    pub unreachable: bool,
    /// On how many threads.
    pub threads: usize,
    /// What the scan of the reviewed commit made of its texts.
    pub judged: &'a Judged,
    /// What earlier runs found: these contents are not scanned again.
    pub memory: &'a Memory,
    /// Whether what is found is to be handed over as [`Fresh`] too.
    pub remembers: bool,
    /// Set to stop at once.
    pub stop: &'a AtomicBool,
}

/// Everything seen in the versions of files.
#[derive(Default)]
pub struct Sightings {
    /// The marks, by number.
    pub marks: Vec<Entry>,
    /// The places.
    pub places: Vec<(Place, Seen)>,
    /// What the contents that were scanned came to, to be remembered.
    pub fresh: Vec<Fresh>,
    /// How many contents were scanned.
    pub scanned: usize,
    /// Ids, padded to 32 bytes, of the contents in which none of the new words stands: what is
    /// remembered of them holds.
    pub without_new_words: HashSet<Box<[u8]>>,
}

/// What the workers share.
struct Shared<'a> {
    scan: &'a HistoryScan<'a>,
    book: Book<'a>,
    facts: FactsOf<'a>,
    /// For each object where its appearances begin; one more than there are objects.
    starts: Vec<u32>,
    not_judged: Mutex<HashMap<(PathId, &'static str), NotScanned>>,
    done: AtomicUsize,
    total: usize,
    scanned: AtomicUsize,
    /// Marks that are kept for [`Fresh`] contents.
    marks: AtomicUsize,
}

/// Looking each object up by halving would cost more than scanning a small one.
fn starts(all: &[Appearance], objects: usize) -> Vec<u32> {
    let mut out = vec![0; objects + 1];
    for appearance in all {
        out[appearance.blob.0 as usize + 1] += 1;
    }
    let mut sum = 0;
    for start in &mut out {
        sum += *start;
        *start = sum;
    }
    out
}

/// What one worker has not handed over yet.
#[derive(Default)]
struct Past {
    found: Vec<(Finding, Identity)>,
}

impl HistoryScan<'_> {
    /// Scans the versions of files. What is stopped early has seen only a part.
    #[must_use]
    pub fn run(&self) -> Sightings {
        // What is remembered and does not fit what is there counts for nothing.
        self.attempt().unwrap_or_else(|| {
            let nothing = Memory::default();
            let scan = HistoryScan { memory: &nothing, ..*self };
            scan.attempt().unwrap_or_default()
        })
    }

    /// Returns nothing if values are not where they are remembered to be; then nothing was said.
    fn attempt(&self) -> Option<Sightings> {
        let mut shared = Shared {
            scan: self,
            book: Book::new(self.identify, self.memory.traces()),
            facts: FactsOf::new(self.engine, self.history),
            starts: starts(self.history.all(), self.objects.len()),
            not_judged: Mutex::default(),
            done: AtomicUsize::new(0),
            total: 0,
            scanned: AtomicUsize::new(0),
            marks: AtomicUsize::new(0),
        };
        let all = (0..self.objects.len()).map(|idx| ObjIdx(idx as u32));
        let mut wanted: Vec<bool> = all.map(|idx| shared.wants(idx)).collect();
        let without_new_words = words::without_new_words(&shared, &wanted);
        let mut places = replay::replay(&shared, &mut wanted, &without_new_words)?;
        shared.total = wanted.iter().filter(|wanted| **wanted).count();
        let wanted = |idx: ObjIdx| wanted[idx.0 as usize];
        let make = || Blobs::new(&shared);
        let workers = self.objects.walk(&wanted, MAX_FILE_BYTES, self.threads, self.stop, &make);
        let mut fresh = Vec::new();
        for mut worker in workers {
            worker.hand_over(shared.done.load(Ordering::Relaxed));
            fresh.append(&mut worker.fresh);
            if places.is_empty() {
                places = std::mem::take(&mut worker.places);
                continue;
            }
            for (place, seen) in std::mem::take(&mut worker.places) {
                places.entry(place).and_modify(|known| known.join(&seen)).or_insert(seen);
            }
        }
        self.listener.past(Vec::new(), shared.not_judged());
        let scanned = shared.scanned.load(Ordering::Relaxed);
        let places = places.into_iter().collect();
        let marks = shared.book.close();
        Some(Sightings { marks, places, fresh, scanned, without_new_words })
    }
}

impl Shared<'_> {
    /// Returns whether the object is the content of a file and would be published, or is
    /// scanned although it would not. An object whose kind damage hides is told by the history.
    fn wants(&self, idx: ObjIdx) -> bool {
        let HistoryScan { objects, history, unreachable, .. } = self.scan;
        objects.kind(idx) == Some(ObjectKind::Blob) && (*unreachable || history.is_reachable(idx))
    }

    /// Returns where a blob stands.
    fn appearances(&self, blob: ObjIdx) -> &[Appearance] {
        let at = blob.0 as usize;
        let range = self.starts[at] as usize..self.starts[at + 1] as usize;
        &self.scan.history.all()[range]
    }

    fn path(&self, path: PathId) -> RepoPath {
        if path == NOWHERE { Metadata::Unreachable.path() } else { self.scan.history.path(path) }
    }

    /// Notes that a version could not be judged. Of a path each kind of reason is told once, the
    /// one of the largest version.
    fn note_not_judged(&self, path: PathId, why: NotScanned) {
        let mut all = self.not_judged.lock().unwrap_or_else(PoisonError::into_inner);
        let known = all.entry((path, why.word())).or_insert_with(|| why.clone());
        if *known < why {
            *known = why;
        }
    }

    fn not_judged(&self) -> Vec<NotScannedFile> {
        let all =
            std::mem::take(&mut *self.not_judged.lock().unwrap_or_else(PoisonError::into_inner));
        let file = |((path, _), why)| NotScannedFile { path: self.path(path), why };
        all.into_iter().map(file).collect()
    }
}
