// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a walk has to read, and in which order.

use std::ops::Range;

use super::{
    ObjIdx,
    pack::{NOBODY, Pack, Parent},
    store::Objects,
    table::Place,
};

/// Costs of entries are counted in so many bytes.
const UNIT: u64 = 64;
/// A family that costs more than one in so many of the whole comes first.
const SHARES: u64 = 256;

/// A piece of work for one thread.
pub(super) enum Job {
    /// Some of the families of a pack.
    Families { pack: usize, roots: Range<usize> },
    /// Some of the objects that are read one at a time.
    Singles(Range<usize>),
}

/// What has to be read.
pub(super) struct Plan {
    pub(super) packs: Vec<PackPlan>,
    /// Objects that are not in packs.
    pub(super) singles: Vec<u32>,
    pub(super) jobs: Vec<Job>,
}

/// What has to be read of a pack.
pub(super) struct PackPlan {
    /// The first entries of the families that are needed.
    pub(super) roots: Vec<u32>,
    shown: Vec<bool>,
    /// Where in `children` those of an entry begin.
    first: Vec<u32>,
    /// All entries that are made from others and needed, by parent, the costliest last.
    children: Vec<u32>,
    /// The cost of an entry with all that is made from it; 0 if nothing of that is wanted.
    weights: Vec<u32>,
}

impl Plan {
    pub(super) fn new(objects: &Objects, wanted: &(dyn Fn(ObjIdx) -> bool + Sync)) -> Self {
        let mut shown: Vec<Vec<bool>> =
            objects.packs().iter().map(|pack| vec![false; pack.len()]).collect();
        let mut singles = Vec::new();
        for object in 0..u32::try_from(objects.len()).unwrap_or(NOBODY) {
            if !wanted(ObjIdx(object)) {
                continue;
            }
            match objects.place(object) {
                Place::Packed { pack, entry } => {
                    let pack = shown.get_mut(pack as usize);
                    if let Some(slot) = pack.and_then(|pack| pack.get_mut(entry as usize)) {
                        *slot = true;
                    }
                }
                Place::Loose(_) | Place::Lost => singles.push(object),
            }
        }
        let packs: Vec<PackPlan> = objects
            .packs()
            .iter()
            .zip(shown)
            .map(|(pack, shown)| PackPlan::new(pack, shown))
            .collect();
        let mut plan = Self { packs, singles, jobs: Vec::new() };
        plan.divide();
        plan
    }

    /// Divides the work. Big families come first, so that nobody has to wait long for the last
    /// one; the others are read in the order of the file.
    fn divide(&mut self) {
        let all = self.packs.iter().flat_map(|pack| pack.roots.iter().map(|r| pack.weight(*r)));
        let share = all.sum::<u64>() / SHARES + 1;
        let mut jobs = Vec::new();
        for (number, pack) in self.packs.iter_mut().enumerate() {
            let weights = &pack.weights;
            let weight = |root: &u32| u64::from(weights[*root as usize]);
            pack.roots.sort_by_key(|root| match weight(root) {
                big if big >= share => (std::cmp::Reverse(big), 0),
                _ => (std::cmp::Reverse(0), *root),
            });
            let (mut start, mut sum) = (0, 0);
            for (at, root) in pack.roots.iter().enumerate() {
                sum += weight(root);
                if sum >= share || at + 1 == pack.roots.len() {
                    jobs.push((sum, Job::Families { pack: number, roots: start..at + 1 }));
                    (start, sum) = (at + 1, 0);
                }
            }
        }
        // With several packs, the big families of all of them come first.
        jobs.sort_by_key(|(sum, _)| std::cmp::Reverse(if *sum >= 2 * share { *sum } else { 0 }));
        self.jobs = jobs.into_iter().map(|(_, job)| job).collect();
        let starts = (0..self.singles.len()).step_by(64);
        let end = self.singles.len();
        self.jobs.extend(starts.map(|start| Job::Singles(start..end.min(start + 64))));
    }
}

impl PackPlan {
    fn new(pack: &Pack, shown: Vec<bool>) -> Self {
        let weights = weigh(pack, &shown);
        let mut first = vec![0; shown.len() + 1];
        let mut roots = Vec::new();
        let needed = || (0..).zip(&weights).filter(|(_, weight)| **weight > 0);
        for (entry, _) in needed() {
            match pack.parent(entry) {
                Parent::Entry(parent) => first[parent as usize] += 1,
                _ => roots.push(entry),
            }
        }
        let mut sum = 0;
        for count in &mut first {
            sum += *count;
            *count = sum;
        }
        let mut children = vec![0; sum as usize];
        for (entry, _) in needed() {
            if let Parent::Entry(parent) = pack.parent(entry) {
                first[parent as usize] -= 1;
                children[first[parent as usize] as usize] = entry;
            }
        }
        let mut plan = Self { roots, shown, first, children, weights };
        plan.sort();
        plan
    }

    /// Puts the costliest child last: its parent needn't be kept for others then, and of a
    /// family of n there are never more than log2(n) members in memory.
    fn sort(&mut self) {
        let weights = &self.weights;
        for ends in self.first.windows(2) {
            let (start, end) = (ends[0] as usize, ends[1] as usize);
            if end - start > 1 {
                let children = &mut self.children[start..end];
                children.sort_unstable_by_key(|child| (weights[*child as usize], *child));
            }
        }
    }

    fn weight(&self, entry: u32) -> u64 {
        self.weights.get(entry as usize).copied().unwrap_or_default().into()
    }

    pub(super) fn shown(&self, entry: u32) -> bool {
        self.shown.get(entry as usize).copied().unwrap_or_default()
    }

    /// Returns where the children of an entry stand.
    pub(super) fn children(&self, entry: u32) -> Range<usize> {
        let at = entry as usize;
        match self.first.get(at..at + 2) {
            Some([start, end]) => *start as usize..*end as usize,
            _ => 0..0,
        }
    }

    pub(super) fn child(&self, at: usize) -> Option<u32> {
        self.children.get(at).copied()
    }

    /// Returns whether a child of the entry will be shown.
    pub(super) fn has_shown_children(&self, entry: u32) -> bool {
        let children = self.children.get(self.children(entry)).unwrap_or_default();
        children.iter().any(|child| self.shown(*child))
    }
}

/// Adds up the cost of each entry and all that is made from it, from the leaves to the roots.
fn weigh(pack: &Pack, shown: &[bool]) -> Vec<u32> {
    let parent = |entry: usize| match u32::try_from(entry).map(|entry| pack.parent(entry)) {
        Ok(Parent::Entry(parent)) => Some(parent as usize),
        _ => None,
    };
    let mut waiting = vec![0_u32; shown.len()];
    for entry in 0..shown.len() {
        if let Some(parent) = parent(entry) {
            waiting[parent] += 1;
        }
    }
    let mut weights = vec![0_u32; shown.len()];
    for leaf in 0..shown.len() {
        let mut at = leaf;
        // Whoever was the last to be waited for goes on to its parent.
        while waiting[at] == 0 {
            waiting[at] = u32::MAX;
            if shown[at] || weights[at] > 0 {
                let own = u32::try_from(pack.packed_len(at) / UNIT).unwrap_or(u32::MAX);
                weights[at] = weights[at].saturating_add(own).saturating_add(1);
            }
            let Some(parent) = parent(at) else { break };
            weights[parent] = weights[parent].saturating_add(weights[at]);
            waiting[parent] -= 1;
            at = parent;
        }
    }
    weights
}
