// SPDX-License-Identifier: MIT OR Apache-2.0
//! Which commits and tags the chosen refs lead to, and their order.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap},
};

use git2::Oid;

use super::{
    Bits,
    commits::{Absent, Collector, Parsed},
    trees::{NONE, Trees},
};
use crate::repo::objects::{ObjIdx, ObjectKind, Objects};

/// What the walk has read, brought together.
pub(super) struct Read {
    pub(super) commits: Vec<Parsed>,
    parents: Vec<u32>,
    tags: HashMap<u32, u32>,
    pub(super) absent: Vec<Absent>,
    pub(super) failed: HashMap<u32, String>,
    /// Where each object stands in `commits`, or [`NONE`].
    at: Vec<u32>,
}

impl Read {
    /// Brings together what the workers have read; `len` is the number of all objects.
    pub(super) fn new(collectors: Vec<Collector<'_>>, len: usize) -> (Self, Trees) {
        let mut out = Self {
            commits: Vec::new(),
            parents: Vec::new(),
            tags: HashMap::new(),
            absent: Vec::new(),
            failed: HashMap::new(),
            at: vec![NONE; len],
        };
        let mut arenas = Vec::new();
        for part in collectors {
            let moved = out.parents.len() as u32;
            out.parents.extend(part.parents);
            for mut commit in part.commits {
                commit.parents.0 += moved;
                out.at[commit.idx as usize] = out.commits.len() as u32;
                out.commits.push(commit);
            }
            out.tags.extend(part.tags);
            out.absent.extend(part.absent);
            out.failed.extend(part.failed);
            arenas.push(part.trees);
        }
        (out, Trees::new(arenas, len))
    }

    /// Returns the parents that are here, as places in `commits`.
    fn parents(&self, at: u32) -> impl Iterator<Item = u32> {
        self.parent_ids(at).iter().filter_map(|idx| self.place(*idx))
    }

    /// Returns the first parent, if it is here.
    fn first_parent(&self, at: u32) -> Option<u32> {
        self.parent_ids(at).first().and_then(|idx| self.place(*idx))
    }

    fn parent_ids(&self, at: u32) -> &[u32] {
        let (start, count) = self.commits[at as usize].parents;
        self.parents.get(start as usize..(start + count) as usize).unwrap_or_default()
    }

    fn place(&self, idx: u32) -> Option<u32> {
        self.at.get(idx as usize).copied().filter(|at| *at != NONE)
    }
}

/// What the tips lead to, but for what lies in trees.
#[derive(Default)]
pub(super) struct Reached {
    /// Where the commits stand in [`Read::commits`], parents before children.
    pub(super) commits: Vec<u32>,
    /// The number of the first parent of each commit, or [`NONE`].
    pub(super) first_parents: Vec<u32>,
    /// The commits and tags, and what a commit names as its parent though it is none.
    pub(super) seen: Bits,
    /// Trees and blobs that a ref or a tag names itself.
    pub(super) named: Vec<u32>,
    /// Tips that are not there.
    pub(super) missing: Vec<Oid>,
    /// Commits that are their own ancestors, which only a crafted repository has.
    pub(super) tangled: Vec<u32>,
}

impl Reached {
    /// Follows tags and parents from the tips.
    pub(super) fn new(objects: &Objects, read: &Read, tips: &[Oid]) -> Self {
        let mut out = Self { seen: Bits::new(objects.len()), ..Self::default() };
        let mut stack = Vec::new();
        for tip in tips {
            match objects.find(tip.as_bytes()) {
                Some(idx) => stack.push(idx.0),
                None => out.missing.push(*tip),
            }
        }
        let mut found = Vec::new();
        while let Some(idx) = stack.pop() {
            if idx == NONE || out.seen.has(idx) {
                continue;
            }
            if let Some(at) = read.place(idx) {
                found.push(at);
                stack.extend(read.parent_ids(at));
            } else if let Some(target) = read.tags.get(&idx) {
                stack.push(*target);
            } else if let Some(ObjectKind::Tree | ObjectKind::Blob) = objects.kind(ObjIdx(idx)) {
                // Whether it was read is for the walk through the trees to say.
                out.named.push(idx);
                continue;
            }
            out.seen.insert(idx);
        }
        out.named.sort_unstable();
        out.named.dedup();
        out.number(read, found);
        out
    }

    /// Orders the commits: parents before children, the oldest first.
    fn number(&mut self, read: &Read, mut found: Vec<u32>) {
        found.sort_unstable_by_key(|at| {
            let commit = &read.commits[*at as usize];
            (commit.commit_time, commit.idx)
        });
        let mut rank = vec![NONE; read.commits.len()];
        for (age, at) in found.iter().enumerate() {
            rank[*at as usize] = age as u32;
        }
        let order = self.order(read, &found, &rank);
        let mut number = vec![NONE; read.commits.len()];
        for (no, age) in order.iter().enumerate() {
            number[found[*age as usize] as usize] = no as u32;
        }
        self.commits = order.iter().map(|age| found[*age as usize]).collect();
        let first = |(no, at): (usize, &u32)| {
            let parent = read.first_parent(*at).map_or(NONE, |parent| number[parent as usize]);
            // Among tangled commits a parent may come later: cut there.
            if (parent as usize) < no { parent } else { NONE }
        };
        self.first_parents = self.commits.iter().enumerate().map(first).collect();
    }

    /// Returns the ranks by age in an order that has parents first.
    fn order(&mut self, read: &Read, found: &[u32], rank: &[u32]) -> Vec<u32> {
        let children = Children::new(read, found, rank);
        let mut waits: Vec<u32> = found.iter().map(|at| read.parents(*at).count() as u32).collect();
        let roots = (0..found.len() as u32).filter(|age| waits[*age as usize] == 0);
        let mut ready: BinaryHeap<Reverse<u32>> = roots.map(Reverse).collect();
        let mut done = Bits::new(found.len());
        let mut order = Vec::with_capacity(found.len());
        let mut oldest = 0..found.len() as u32;
        while order.len() < found.len() {
            let age = match ready.pop() {
                Some(Reverse(age)) => age,
                None => match oldest.find(|age| !done.has(*age)) {
                    Some(age) => {
                        self.tangled.push(found[age as usize]);
                        age
                    }
                    None => break,
                },
            };
            if !done.insert(age) {
                continue;
            }
            order.push(age);
            for child in children.of(age) {
                let waits = &mut waits[*child as usize];
                *waits = waits.saturating_sub(1);
                if *waits == 0 {
                    ready.push(Reverse(*child));
                }
            }
        }
        order
    }
}

/// The children of each commit, all in one list; commits are given by their ranks.
struct Children {
    starts: Vec<u32>,
    list: Vec<u32>,
}

impl Children {
    fn new(read: &Read, found: &[u32], rank: &[u32]) -> Self {
        let mut starts = vec![0_u32; found.len() + 1];
        let parents = |at: &u32| read.parents(*at).map(|parent| rank[parent as usize] as usize);
        for parent in found.iter().flat_map(parents) {
            starts[parent] += 1;
        }
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        let mut list = vec![0; total as usize];
        for (child, at) in found.iter().enumerate() {
            for parent in parents(at) {
                starts[parent] -= 1;
                list[starts[parent] as usize] = child as u32;
            }
        }
        Self { starts, list }
    }

    fn of(&self, age: u32) -> &[u32] {
        let age = age as usize;
        &self.list[self.starts[age] as usize..self.starts[age + 1] as usize]
    }
}
