// SPDX-License-Identifier: MIT OR Apache-2.0
//! What becomes of decisions when the code has moved on.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{FindingIdx, Session};
use crate::domain::{Class, RepoPath, Target, Verdict};

/// What became of the decisions of earlier runs, counted in targets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CarryOver {
    /// Still in force, also where the text around the value or the file's name changed.
    pub kept: usize,
    /// Approvals of credentials whose surroundings changed: to be looked at again.
    pub reopened: usize,
    /// Decisions whose value is not in the reviewed commit any more.
    pub gone: usize,
}

impl Session {
    /// Matches earlier decisions with what was found, once the scan has seen everything.
    /// `exists` says whether a path is in the reviewed commit.
    ///
    /// In stages: the same place; the same value in the same file with other surroundings; the
    /// same value in a file that took the old one's place. A known value at a further place is
    /// new: somebody has to look. An approval of a credential survives nothing but the first
    /// stage and a plain move.
    pub fn settle(&mut self, exists: impl Fn(&RepoPath) -> bool) -> CarryOver {
        let mut carry = CarryOver::default();
        let mut targets: Vec<Target> = self.ballot.targets().cloned().collect();
        // Where two targets could pass on to one place, the same one does in every run.
        targets.sort_unstable();
        let mut by_value: HashMap<Arc<str>, Vec<FindingIdx>> = HashMap::new();
        for (i, entry) in self.entries.iter().enumerate() {
            let free = self.ballot.outcome(&entry.target()).vote.is_none();
            if free && entry.alias.is_none() {
                by_value.entry(entry.id.value.clone()).or_default().push(FindingIdx(i as u32));
            }
        }
        let mut taken = HashSet::new();
        for target in targets {
            let outcome = self.ballot.outcome(&target);
            let Some(verdict) = outcome.verdict else { continue };
            match &target {
                _ if self.is_present(&target, &exists) => carry.kept += 1,
                Target::Place { path, id } => {
                    let moved = !exists(path);
                    let candidates = by_value.get(&id.value).map_or(&[][..], Vec::as_slice);
                    let heirs: Vec<FindingIdx> = candidates
                        .iter()
                        .copied()
                        .filter(|i| !taken.contains(i))
                        .filter(|i| moved || self.finding(*i).path == *path)
                        .filter(|i| !moved || self.identity(*i).context == id.context)
                        .collect();
                    let class = outcome.vote.and_then(|i| self.vote(i)).and_then(|vote| vote.class);
                    let fragile = class == Some(Class::Credential) && verdict == Verdict::Approve;
                    match heirs.is_empty() {
                        true => carry.gone += 1,
                        false if fragile && !moved => carry.reopened += 1,
                        false => carry.kept += 1,
                    }
                    for heir in heirs {
                        taken.insert(heir);
                        self.inherit(heir, &target, fragile && !moved);
                    }
                }
                Target::File(_) | Target::Directory(_) => carry.gone += 1,
            }
        }
        self.carried = carry;
        carry
    }

    fn inherit(&mut self, heir: FindingIdx, from: &Target, reopened: bool) {
        let entry = &mut self.entries[heir.0 as usize];
        if reopened {
            entry.standing.reopened = true;
        } else {
            entry.alias = Some(from.clone());
            self.heirs.entry(from.clone()).or_default().push(heir);
        }
        self.refresh(heir);
    }

    fn is_present(&self, target: &Target, exists: &impl Fn(&RepoPath) -> bool) -> bool {
        match target {
            Target::Place { .. } => self.by_target.contains_key(target),
            Target::File(path) => exists(path),
            Target::Directory(dir) => exists(dir),
        }
    }
}
