// SPDX-License-Identifier: MIT OR Apache-2.0
//! What becomes of decisions when the code has moved on.

use std::{
    collections::{HashMap, HashSet},
    ops::Deref,
    sync::Arc,
};

use super::{FindingIdx, Session};
use crate::domain::{Class, RepoPath, Target, Verdict};

/// What became of the decisions of earlier runs, counted in targets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CarryOver {
    /// Still in force, also where the text around the value or the file's name changed.
    pub kept: usize,
    /// Approvals of credentials whose surroundings changed: to be looked at again.
    pub reopened: usize,
    /// Approvals that have run out: to be given anew.
    pub expired: usize,
    /// Decisions whose value is nowhere in what was scanned.
    pub gone: usize,
}

impl CarryOver {
    /// Returns the words for [`gone`](Self::gone). Without the history, what a decision is about
    /// may well stand in the past, which nobody looked at.
    #[must_use]
    pub fn gone_word(history: bool) -> &'static str {
        if history { "gone" } else { "gone from this commit" }
    }

    /// Returns whether no earlier decision is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Returns what became of them in words: `41 decisions kept, 3 re-opened (text changed)`.
    #[must_use]
    pub fn words(&self, history: bool) -> String {
        let Self { kept, reopened, expired, gone } = self;
        let s = if *kept == 1 { "" } else { "s" };
        let expired = match expired {
            0 => String::new(),
            n => format!("{n} re-opened (expired), "),
        };
        let gone_word = Self::gone_word(history);
        format!(
            "{kept} decision{s} kept, {reopened} re-opened (text changed), {expired}{gone} {gone_word}"
        )
    }
}

/// The paths of the reviewed commit, and of those reviewed before it.
#[derive(Clone, Debug, Default)]
pub struct Paths {
    /// Files and directories of the commit under review.
    pub now: HashSet<RepoPath>,
    /// The same for each commit that was reviewed earlier and is still there.
    pub earlier: Vec<HashSet<RepoPath>>,
}

impl Deref for Paths {
    type Target = HashSet<RepoPath>;

    fn deref(&self) -> &Self::Target {
        &self.now
    }
}

impl From<HashSet<RepoPath>> for Paths {
    fn from(now: HashSet<RepoPath>) -> Self {
        Self { now, earlier: Vec::new() }
    }
}

impl Paths {
    /// Returns whether the file `to` may be the file `from` under a new name: it was not there
    /// beside it in any commit that was reviewed. Nothing if no such commit is known.
    fn may_be_renamed(&self, from: &RepoPath, to: &RepoPath) -> Option<bool> {
        let mut with = self.earlier.iter().filter(|paths| paths.contains(from)).peekable();
        with.peek()?;
        Some(with.all(|paths| !paths.contains(to)))
    }
}

impl Session {
    /// Matches earlier decisions with what was found, once the scan has seen everything.
    ///
    /// In stages: the same place; the same value in the same file with other surroundings; the
    /// same value in a file that took the old one's place. A known value at a further place is
    /// new: somebody has to look. Where it is not clear which place a decision passes on to, it
    /// passes on to none. An approval of a credential survives nothing but the first stage and
    /// a plain move.
    pub fn settle(&mut self, paths: &Paths) -> CarryOver {
        let mut carry = CarryOver::default();
        let mut targets: Vec<Target> = self.ballot.targets().cloned().collect();
        // Where two targets could pass on to one place, the same one does in every run.
        targets.sort_unstable();
        let mut free = self.free_places();
        self.gone.clear();
        for target in targets {
            let outcome = self.ballot.outcome(&target);
            let Some(verdict) = outcome.verdict else {
                carry.expired += usize::from(outcome.expired);
                continue;
            };
            match &target {
                _ if self.is_present(&target, paths) => carry.kept += 1,
                Target::Place { path, id } => {
                    let moved = !paths.contains(path);
                    let candidates = free.get(&id.value).map_or(&[][..], Vec::as_slice);
                    let heirs = match moved {
                        true => self.renamed(path, &id.context, candidates, paths),
                        false => self.rewritten(path, candidates),
                    };
                    let class = outcome.vote.and_then(|i| self.vote(i)).and_then(|vote| vote.class);
                    if heirs.is_empty() {
                        self.gone.push(target.clone());
                    }
                    let fragile = class == Some(Class::Credential) && verdict == Verdict::Approve;
                    *match heirs.is_empty() {
                        true => &mut carry.gone,
                        false if fragile && !moved => &mut carry.reopened,
                        false => &mut carry.kept,
                    } += 1;
                    if let Some(left) = free.get_mut(&id.value) {
                        left.retain(|idx| !heirs.contains(idx));
                    }
                    for heir in heirs {
                        self.inherit(heir, &target, fragile && !moved);
                    }
                }
                Target::File(_) | Target::Directory(_) => {
                    self.gone.push(target.clone());
                    carry.gone += 1;
                }
                // These are no verdicts: none comes here.
                Target::Attestation(_) | Target::Batch => {}
            }
        }
        self.carried = carry;
        self.sort_places();
        carry
    }

    /// Returns the places without a vote of their own, by value, and those that lack a second
    /// approval: it may have been given where they stood before.
    fn free_places(&self) -> HashMap<Arc<str>, Vec<FindingIdx>> {
        let mut out: HashMap<Arc<str>, Vec<FindingIdx>> = HashMap::new();
        for (i, entry) in self.entries.iter().enumerate() {
            let own = self.ballot.outcome(&entry.target());
            let free = own.vote.is_none() && !own.expired;
            if (free || entry.standing.needs_second) && entry.alias.is_none() {
                out.entry(entry.id.value.clone()).or_default().push(FindingIdx(i as u32));
            }
        }
        out
    }

    /// Returns the places in the file at `path`, if they all have one line shape.
    fn rewritten(&self, path: &RepoPath, candidates: &[FindingIdx]) -> Vec<FindingIdx> {
        let here = candidates.iter().copied().filter(|i| self.finding(*i).path == *path);
        let here: Vec<FindingIdx> = here.collect();
        let shapes: HashSet<&Arc<str>> = here.iter().map(|i| &self.identity(*i).context).collect();
        if shapes.len() == 1 { here } else { Vec::new() }
    }

    /// Returns the places with the surroundings `context` in the one file that took the place of
    /// the file `from`: one that is new, and of several the one that kept its name.
    fn renamed(
        &self,
        from: &RepoPath,
        context: &Arc<str>,
        candidates: &[FindingIdx],
        paths: &Paths,
    ) -> Vec<FindingIdx> {
        let same = candidates.iter().copied().filter(|i| self.identity(*i).context == *context);
        let same: Vec<FindingIdx> = same
            .filter(|i| paths.may_be_renamed(from, &self.finding(*i).path).unwrap_or(true))
            .collect();
        let mut files: Vec<&RepoPath> = same.iter().map(|i| &self.finding(*i).path).collect();
        files.sort_unstable();
        files.dedup();
        if files.len() > 1 {
            files.retain(|path| path.file_name() == from.file_name());
        }
        match files.as_slice() {
            [one] => same.iter().copied().filter(|i| self.finding(*i).path == **one).collect(),
            _ => Vec::new(),
        }
    }

    /// Puts the places of each group into the order of paths, whatever the scan found first.
    fn sort_places(&mut self) {
        let entries = &self.entries;
        let key = |idx: &FindingIdx| {
            let finding = &entries[idx.0 as usize].finding;
            (&finding.path, &finding.place)
        };
        for group in &mut self.groups {
            group.members.sort_by(|a, b| key(a).cmp(&key(b)));
        }
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

    fn is_present(&self, target: &Target, paths: &Paths) -> bool {
        match target {
            Target::Place { .. } => self.by_target.contains_key(target),
            Target::File(path) | Target::Directory(path) => {
                paths.contains(path) || self.is_found_in(target)
            }
            Target::Attestation(_) | Target::Batch => false,
        }
    }
}
