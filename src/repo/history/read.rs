// SPDX-License-Identifier: MIT OR Apache-2.0
//! Reads a history from one walk over all commits, tags and trees.

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicBool, Ordering},
};

use git2::Oid;

use super::{
    Commit, CommitNo, Counts, History, OnRaw, Tips, Unread,
    appear::appearances,
    changes::{Found, MAX_COMMITS},
    commits::Collector,
    diff::Job,
    forest::Forest,
    reach::{Reached, Read},
    trees::{NONE, Trees},
};
use crate::repo::{
    RepoError, Source,
    objects::{ObjIdx, ObjectKind, Objects},
};

/// Commits, tags and trees larger than this are not read: no real ones come near.
const MAX_BYTES: u64 = 32 << 20;

impl History {
    /// Reads what `tips` lead to. `on_raw` sees every commit and tag, reachable or not, on the
    /// workers; then `on_compared` hears of how many of how many commits it is known what they
    /// change.
    ///
    /// # Errors
    /// When it was stopped, or has more commits than can be numbered.
    pub fn read(
        objects: &Objects,
        source: &Source,
        tips: &Tips,
        threads: usize,
        stop: &AtomicBool,
        on_raw: &OnRaw<'_>,
        on_compared: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<Self, RepoError> {
        let fail = |message: &str| RepoError::Corrupt {
            path: source.git_dir.clone(),
            message: message.into(),
        };
        let wanted = |idx| objects.kind(idx) != Some(ObjectKind::Blob);
        let make = || Collector::new(objects, on_raw);
        let parts = objects.walk(&wanted, MAX_BYTES, threads, stop, &make);
        if stop.load(Ordering::Relaxed) {
            return Err(RepoError::Stopped);
        }
        let (read, trees) = Read::new(parts, objects.len());
        let reached = Reached::new(objects, &read, &tips.targets());
        if reached.commits.len() + reached.named.len() > MAX_COMMITS {
            return Err(fail("more commits than can be numbered"));
        }
        let forest = Forest::new(&reached.first_parents, reached.named.len());
        let job = job(objects, &read, &trees, &reached, &forest, stop);
        let found =
            job.run(threads, on_compared).map_err(|_| fail("a worker failed on its trees"))?;
        if stop.load(Ordering::Relaxed) {
            return Err(RepoError::Stopped);
        }
        drop(job);
        drop(trees);
        Ok(Builder { objects, read: &read, reached: &reached, forest: &forest }
            .history(found, source.commit))
    }
}

/// Returns what is to be compared with what.
fn job<'a>(
    objects: &'a Objects,
    read: &Read,
    trees: &'a Trees,
    reached: &Reached,
    forest: &'a Forest,
    stop: &'a AtomicBool,
) -> Job<'a> {
    let mut named = reached.named.iter().copied();
    let mut roots = Vec::with_capacity(forest.order.len());
    let mut parents = Vec::with_capacity(forest.order.len());
    for no in &forest.order {
        let Some(at) = reached.commits.get(*no as usize) else {
            roots.push(named.next().unwrap_or(NONE));
            parents.push(NONE);
            continue;
        };
        roots.push(read.commits[*at as usize].tree);
        let parent = reached.first_parents[*no as usize];
        parents.push(forest.place.get(parent as usize).copied().unwrap_or(NONE));
    }
    Job { objects, trees, forest, roots, parents, stop }
}

/// Puts the parts together.
struct Builder<'a> {
    objects: &'a Objects,
    read: &'a Read,
    reached: &'a Reached,
    forest: &'a Forest,
}

impl Builder<'_> {
    fn history(&self, mut found: Found, reviewed: Oid) -> History {
        let objects = self.objects.len() as u32;
        found.reached.add(&self.reached.seen);
        let absent = std::mem::take(&mut found.absent.list);
        let reviewed = self.place(reviewed);
        let blobs = self.objects.len() + absent.len();
        let events = std::mem::take(&mut found.events);
        let appearances = appearances(events, self.forest, blobs, reviewed);
        let here = appearances.partition_point(|a| a.blob.0 < objects);
        let (reachable, unreachable) = self.counts(&found);
        History {
            commits: self.commits(),
            here,
            reachable,
            unreachable,
            missing: self.missing(&absent),
            unread: self.unread(&found, &appearances[..here]),
            cut: self.cut(&found),
            appearances,
            paths: found.paths,
            reached: found.reached,
            absent,
            objects,
        }
    }

    /// Returns the place of a commit, or [`NONE`].
    fn place(&self, commit: Oid) -> u32 {
        let Some(idx) = self.objects.find(commit.as_bytes()) else { return NONE };
        let is_it = |at: &u32| self.read.commits[*at as usize].idx == idx.0;
        let no = self.reached.commits.iter().rposition(is_it);
        no.map_or(NONE, |no| self.forest.place[no])
    }

    fn commits(&self) -> Vec<Commit> {
        let commit = |(at, first): (&u32, &u32)| {
            let parsed = &self.read.commits[*at as usize];
            Commit {
                idx: ObjIdx(parsed.idx),
                tree: Some(ObjIdx(parsed.tree)).filter(|tree| tree.0 != NONE),
                first_parent: Some(CommitNo(*first)).filter(|no| *no != CommitNo::NONE),
                author_time: parsed.author_time,
                commit_time: parsed.commit_time,
            }
        };
        self.reached.commits.iter().zip(&self.reached.first_parents).map(commit).collect()
    }

    fn counts(&self, found: &Found) -> (Counts, Counts) {
        let mut out = (Counts::default(), Counts::default());
        for idx in 0..self.objects.len() as u32 {
            let kind = self.objects.kind(ObjIdx(idx));
            if found.reached.has(idx) { out.0.add(kind) } else { out.1.add(kind) }
        }
        out
    }

    fn missing(&self, absent: &[(Oid, ObjectKind)]) -> Vec<(Oid, ObjectKind)> {
        let named = self.read.absent.iter().filter(|absent| self.reached.seen.has(absent.by));
        let named = named.map(|absent| (absent.id, absent.kind));
        let tips = self.reached.missing.iter().map(|id| (*id, ObjectKind::Commit));
        // Those of kind commit are submodules.
        let files = absent.iter().filter(|(_, kind)| *kind != ObjectKind::Commit).copied();
        let mut out: Vec<(Oid, ObjectKind)> = named.chain(tips).chain(files).collect();
        out.sort_unstable_by_key(|(id, kind)| (*id, *kind as u8));
        out.dedup();
        out
    }

    fn unread(&self, found: &Found, here: &[super::Appearance]) -> Vec<Unread> {
        let mut all: BTreeSet<(u32, String)> = BTreeSet::new();
        let failed = self.read.failed.iter().filter(|(idx, _)| found.reached.has(**idx));
        all.extend(failed.map(|(idx, reason)| (*idx, reason.clone())));
        for (idx, reason) in &found.unread {
            if !self.read.failed.contains_key(idx) {
                all.insert((*idx, (*reason).into()));
            }
        }
        let tangled = self.reached.tangled.iter().map(|at| self.read.commits[*at as usize].idx);
        all.extend(tangled.map(|idx| (idx, "is its own ancestor".into())));
        for same in here.chunk_by(|a, b| a.blob == b.blob) {
            let blob = same[0].blob;
            if self.objects.kind(blob) != Some(ObjectKind::Blob) {
                all.insert((blob.0, "named as a file, but is none".into()));
            }
        }
        all.into_iter()
            .map(|(idx, reason)| Unread { id: self.objects.id(ObjIdx(idx)), reason })
            .collect()
    }

    fn cut(&self, found: &Found) -> Vec<CommitNo> {
        let number = |place: &u32| CommitNo(self.forest.order[*place as usize]);
        let mut out: Vec<CommitNo> = found.cut.iter().map(number).collect();
        out.sort_unstable();
        out
    }
}
