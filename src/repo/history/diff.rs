// SPDX-License-Identifier: MIT OR Apache-2.0
//! What each commit changes against its first parent, for all commits.

use std::{
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
};

use git2::Oid;

use super::{
    Bits, Mode, PathId,
    changes::{Event, Found},
    entries::{Entry, compare},
    forest::Forest,
    trees::{NONE, TreeReader, Trees, Whole},
};
use crate::repo::objects::{ObjIdx, ObjectKind, Objects};

/// Trees nested deeper than this are not walked, as in the listing of a single commit.
const MAX_DEPTH: u32 = 256;
/// So many changes are listed of one commit. A few trees that name each other a hundred times
/// over stand for more files than any memory holds.
const MAX_PER_COMMIT: usize = 2_000_000;
/// So many changes are listed of all commits, or 16 for each object if that is more: a merge lists
/// again what its branch brought.
const MAX_ALL: usize = 16_000_000;

/// The events of a block of places, and its number.
type Block = (usize, Vec<Event>);

/// What the workers share.
pub(super) struct Job<'a> {
    pub(super) objects: &'a Objects,
    pub(super) trees: &'a Trees,
    pub(super) forest: &'a Forest,
    /// The tree at each place of the forest, or [`NONE`]; at the end what tags name themselves.
    pub(super) roots: Vec<u32>,
    /// The place of the first parent of each place, or [`NONE`].
    pub(super) parents: Vec<u32>,
    pub(super) stop: &'a AtomicBool,
}

impl Job<'_> {
    /// Compares all commits with their first parents; `on_done` hears how many of how many.
    pub(super) fn run(
        &self,
        threads: usize,
        on_done: &(dyn Fn(usize, usize) + Sync),
    ) -> thread::Result<Found> {
        let threads = threads.max(1);
        // Few long blocks: each begins with a cold cache.
        let block = self.roots.len().div_ceil(threads * 4).max(4);
        let (next, spent) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let done = AtomicUsize::new(0);
        let work = || {
            let mut worker = Worker::new(self, &spent);
            let mut blocks = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let start = number * block;
                if start >= self.roots.len() {
                    return (worker.out, blocks);
                }
                for place in start..self.roots.len().min(start + block) {
                    if self.stop.load(Ordering::Relaxed) {
                        break;
                    }
                    worker.commit(place as u32);
                    on_done(done.fetch_add(1, Ordering::Relaxed) + 1, self.roots.len());
                }
                blocks.push((number, std::mem::take(&mut worker.out.events)));
            }
        };
        let parts = thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
            let mut parts = vec![work()];
            for other in others {
                parts.push(other.join()?);
            }
            Ok(parts)
        })?;
        Ok(self.gather(parts))
    }

    /// Brings together what the workers have found.
    fn gather(&self, parts: Vec<(Found, Vec<Block>)>) -> Found {
        let mut parts = parts.into_iter();
        let Some((mut out, mut blocks)) = parts.next() else { return Found::default() };
        let here = self.objects.len() as u32;
        for (part, mut more) in parts {
            let paths = out.paths.absorb(&part.paths);
            let number = |(id, kind): &(Oid, ObjectKind)| out.absent.number(*id, *kind);
            let absent: Vec<u32> = part.absent.list.iter().map(number).collect();
            for event in more.iter_mut().flat_map(|(_, events)| events) {
                event.path = paths[event.path as usize];
                if event.blob >= here {
                    event.blob = here + absent[(event.blob - here) as usize];
                }
            }
            blocks.append(&mut more);
            out.reached.add(&part.reached);
            out.unread.extend(part.unread);
            out.cut.extend(part.cut);
        }
        blocks.sort_by_key(|(number, _)| *number);
        out.events.reserve_exact(blocks.iter().map(|(_, events)| events.len()).sum());
        for (_, mut events) in blocks {
            out.events.append(&mut events);
        }
        out.paths.freeze();
        out
    }
}

/// Two trees at the same path; [`NONE`] for one that is not there.
struct Pair {
    old: u32,
    new: u32,
    path: PathId,
    depth: u32,
}

/// Objects that were looked up lately: what comes is mostly what went elsewhere, and what goes
/// came a few commits ago.
struct Known(Vec<([u8; Self::KEY], u32)>);

impl Known {
    /// Bytes of an id that are kept: all there are of SHA-1.
    const KEY: usize = 20;
    /// 24 bytes each, so that all fit into the cache of a core.
    const SIZE: usize = 1 << 15;

    fn new() -> Self {
        Self(vec![([0; Self::KEY], NONE); Self::SIZE])
    }

    fn find(&mut self, objects: &Objects, id: &[u8]) -> Option<u32> {
        let key = id.first_chunk::<{ Self::KEY }>()?;
        let known = &mut self.0[usize::from(u16::from_le_bytes([key[18], key[19]])) % Self::SIZE];
        let fits = known.1 != NONE
            && known.0 == *key
            && (id.len() == Self::KEY || objects.id_bytes(ObjIdx(known.1)) == id);
        if !fits {
            *known = (*key, objects.find(id)?.0);
        }
        Some(known.1)
    }
}

struct Worker<'a> {
    job: &'a Job<'a>,
    known: Known,
    /// Length of an object id.
    width: usize,
    reader: TreeReader<'a>,
    out: Found,
    stack: Vec<Pair>,
    /// What all commits have cost so far, and this one.
    spent: &'a AtomicUsize,
    spent_before: usize,
    spent_here: usize,
    limit: usize,
    /// When the limit is passed: trees on the stack, each of which is looked at only once.
    queued: Bits,
    place: u32,
}

impl<'a> Worker<'a> {
    fn new(job: &'a Job<'a>, spent: &'a AtomicUsize) -> Self {
        let len = job.objects.len();
        Self {
            job,
            known: Known::new(),
            width: job.objects.id_bytes(ObjIdx(0)).len(),
            reader: TreeReader::new(job.trees, job.trees.budget()),
            out: Found { reached: Bits::new(len), ..Found::default() },
            stack: Vec::new(),
            spent,
            spent_before: 0,
            spent_here: 0,
            limit: MAX_ALL.max(len.saturating_mul(16)),
            queued: Bits::new(len),
            place: 0,
        }
    }

    /// Compares one commit with its first parent.
    fn commit(&mut self, place: u32) {
        let new = self.job.roots[place as usize];
        let old = self.job.parents[place as usize];
        let old = self.job.roots.get(old as usize).copied().unwrap_or(NONE);
        self.place = place;
        self.spent_before = self.spent.load(Ordering::Relaxed);
        self.spent_here = 0;
        if self.job.objects.kind(ObjIdx(new)) == Some(ObjectKind::Blob) && self.is_tag() {
            self.event(Some((new, Mode::File)), PathId(0), true);
            return;
        }
        let mut both = [old, new];
        for (tree, is_new) in both.iter_mut().zip([false, true]) {
            if *tree != NONE && !self.job.trees.has(*tree) {
                *tree = self.unread_tree(*tree, is_new);
            }
        }
        let [old, new] = both;
        if old != new {
            self.stack.push(Pair { old, new, path: PathId(0), depth: 0 });
        }
        while let Some(pair) = self.stack.pop() {
            if self.job.stop.load(Ordering::Relaxed) {
                self.stack.clear();
                return;
            }
            self.pair(&pair);
        }
        self.spent.fetch_add(self.spent_here, Ordering::Relaxed);
        if self.is_cutting() {
            self.out.cut.push(place);
        }
    }

    fn pair(&mut self, pair: &Pair) {
        if self.is_cutting() && (pair.new == NONE || self.out.reached.has(pair.new)) {
            return;
        }
        if pair.depth > MAX_DEPTH {
            if pair.new != NONE {
                self.out.unread.insert(pair.new, "nested too deeply");
            }
            return;
        }
        let old = self.reader.read(pair.old).unwrap_or(Whole::Kept(&[]));
        let new = self.reader.read(pair.new).unwrap_or(Whole::Kept(&[]));
        let sound = compare(&old, &new, self.width, |old, new| self.entry(pair, old, new));
        if pair.new != NONE {
            self.out.reached.insert(pair.new);
            if !sound {
                self.out.unread.insert(pair.new, "damaged: read up to the damage only");
            }
        }
    }

    fn entry(&mut self, dir: &Pair, old: Option<Entry<'_>>, new: Option<Entry<'_>>) {
        let Some(any) = new.or(old) else { return };
        self.spent_here += 1 + any.name.len() / 64;
        if any.mode.is_none() {
            let old = old.map_or(NONE, |entry| self.tree(entry.id, false));
            let new = new.map_or(NONE, |entry| self.tree(entry.id, true));
            self.push(dir, any.name, old, new);
            return;
        }
        let old = old.and_then(|entry| Some((self.blob(&entry)?, entry.mode?)));
        let new = new.and_then(|entry| Some((self.blob(&entry)?, entry.mode?)));
        if old == new {
            return;
        }
        if let Some((blob, _)) = new {
            self.out.reached.insert(blob);
        }
        if !self.is_full() {
            let path = self.out.paths.intern(dir.path, any.name);
            self.event(old, path, false);
            self.event(new, path, true);
        }
    }

    fn event(&mut self, file: Option<(u32, Mode)>, path: PathId, came: bool) {
        if let Some((blob, mode)) = file {
            self.out.reached.insert(blob);
            self.out.events.push(Event::new(blob, path, self.place, mode, came));
        }
    }

    /// Puts two subtrees on the stack, unless the limit says not to.
    fn push(&mut self, dir: &Pair, name: &[u8], old: u32, new: u32) {
        if old == new {
            return;
        }
        let cutting = self.is_cutting();
        if cutting && (new == NONE || self.out.reached.has(new) || !self.queued.insert(new)) {
            return;
        }
        // Nothing will be listed of what comes after: its path does not matter.
        let path = if self.is_full() { dir.path } else { self.out.paths.intern(dir.path, name) };
        self.stack.push(Pair { old, new, path, depth: dir.depth + 1 });
    }

    /// Returns the number of a tree; [`NONE`] if it can't be read.
    fn tree(&mut self, id: &[u8], is_new: bool) -> u32 {
        match self.known.find(self.job.objects, id) {
            Some(idx) if self.job.trees.has(idx) => idx,
            Some(idx) => self.unread_tree(idx, is_new),
            None => {
                if let Ok(id) = Oid::from_bytes(id)
                    && is_new
                {
                    self.out.absent.number(id, ObjectKind::Tree);
                }
                NONE
            }
        }
    }

    fn unread_tree(&mut self, idx: u32, is_new: bool) -> u32 {
        if is_new {
            self.out.reached.insert(idx);
            self.out.unread.insert(idx, "not a tree that can be read");
        }
        NONE
    }

    /// Returns the number of a file, a link or a submodule; those that are not here come after
    /// all that are.
    fn blob(&mut self, entry: &Entry<'_>) -> Option<u32> {
        let kind = match entry.mode? {
            // It names a commit of another repository, whatever is here by that name.
            Mode::Submodule => ObjectKind::Commit,
            _ => match self.known.find(self.job.objects, entry.id) {
                Some(idx) => return Some(idx),
                None => ObjectKind::Blob,
            },
        };
        let id = Oid::from_bytes(entry.id).ok()?;
        Some(self.job.objects.len() as u32 + self.out.absent.number(id, kind))
    }

    /// Returns whether so much has changed that from now on each tree is looked at only once: all
    /// that is reachable is still found, but not at each of its paths nor when it went.
    fn is_cutting(&self) -> bool {
        self.spent_here > MAX_PER_COMMIT || self.spent_before + self.spent_here > self.limit
    }

    /// Returns whether even that is too much, so that nothing more is listed.
    fn is_full(&self) -> bool {
        self.spent_before + self.spent_here > 2 * self.limit
    }

    fn is_tag(&self) -> bool {
        self.job.forest.order.get(self.place as usize) == Some(&NONE)
    }
}
