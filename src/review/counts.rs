// SPDX-License-Identifier: MIT OR Apache-2.0
//! Counts over the whole population. A filter never changes them.

use std::{collections::BTreeMap, sync::Arc};

use super::{AttestCounts, Group, GroupState, ReadCounts, RotationCounts, Session};
use crate::domain::{Category, NotScanned, Origin, Verdict};

/// Counts of one category. All but `findings` and the two of samples count groups.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CategoryCounts {
    /// Places found.
    pub findings: usize,
    /// Groups; equals `unresolved() + decided()`.
    pub groups: usize,
    /// Groups with at least one undecided place.
    pub open: usize,
    /// Groups without an undecided place but with one put off.
    pub deferred: usize,
    /// Groups of which an approval needs a second person, and nothing else is missing.
    pub needs_second: usize,
    /// Groups whose strictest verdict is approve.
    pub approved: usize,
    /// Groups whose strictest verdict is to take another licence than the one found.
    pub corrected: usize,
    /// Groups whose strictest verdict is that the release mends them.
    pub fixed: usize,
    /// Groups whose strictest verdict is redact.
    pub redacted: usize,
    /// Groups whose strictest verdict is exclude.
    pub excluded: usize,
    /// Unresolved groups of a severity that blocks.
    pub blocking: usize,
    /// Groups that stand in the reviewed commit; the others stand in its history only.
    pub in_tree: usize,
    /// Places drawn from batches of approvals that have to be looked at.
    pub due: usize,
    /// Drawn places that were looked at and approved.
    pub clean: usize,
    /// Groups with a place on which reviewers differ.
    pub differ: usize,
}

impl CategoryCounts {
    /// Returns the groups that need nobody any more.
    #[must_use]
    pub fn decided(&self) -> usize {
        self.approved + self.corrected + self.fixed + self.redacted + self.excluded
    }

    /// Returns the groups that still need somebody.
    #[must_use]
    pub fn unresolved(&self) -> usize {
        self.open + self.deferred + self.needs_second
    }

    fn add(&mut self, group: &Group) {
        self.findings += group.members.len();
        self.groups += 1;
        *match group.state() {
            GroupState::Open => &mut self.open,
            GroupState::Deferred | GroupState::Decided(Verdict::Defer) => &mut self.deferred,
            GroupState::NeedsSecond => &mut self.needs_second,
            GroupState::Decided(Verdict::Approve) => &mut self.approved,
            GroupState::Decided(Verdict::Correct) => &mut self.corrected,
            GroupState::Decided(Verdict::Fix) => &mut self.fixed,
            GroupState::Decided(Verdict::Redact) => &mut self.redacted,
            GroupState::Decided(Verdict::Exclude) => &mut self.excluded,
        } += 1;
        self.blocking += usize::from(group.blocks());
        self.in_tree += usize::from(group.in_tree);
        let (due, clean) = group.draws();
        self.due += due;
        self.clean += clean;
        self.differ += usize::from(group.disputed() > 0);
    }
}

/// Counts of the whole review.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Everything together.
    pub total: CategoryCounts,
    /// By category, in the order of [`Category::ALL`].
    pub by_category: [CategoryCounts; 3],
    /// Places on which reviewers differ.
    pub disputed: usize,
    /// Files that could not be judged, by the word of the reason, without those that are left
    /// out or that a person looked at.
    pub not_scanned: BTreeMap<&'static str, usize>,
    /// Files that could not be judged and block the release.
    pub not_scanned_blocking: usize,
    /// People whom the policy requires and who have not taken part.
    pub missing_reviewers: Vec<Arc<str>>,
    /// How many more people the policy wants to have taken part.
    pub too_few_reviewers: usize,
    /// The items of the release checklist.
    pub attest: AttestCounts,
    /// Which files were read.
    pub read: ReadCounts,
    /// Which credentials were rotated.
    pub rotation: RotationCounts,
}

impl Counts {
    /// Returns the counts of `category`.
    #[must_use]
    pub fn of(&self, category: Category) -> &CategoryCounts {
        &self.by_category[category as usize]
    }

    /// Returns whether nothing stands against a passed sign-off: everything found is
    /// [settled](Self::settled), so is every required item of the release checklist, the files
    /// drawn from those without findings were read, all who must have taken part have, and no
    /// credential that must be rotated waits for it.
    #[must_use]
    pub fn clear(&self) -> bool {
        let people = self.missing_reviewers.len() + self.too_few_reviewers;
        let files = self.read.due + self.read.missing;
        let others = self.attest.blocking + self.rotation.blocking;
        self.settled() && others + people + files == 0
    }

    /// Returns whether what the scan found is settled: every group is decided, reviewers agree,
    /// no drawn place waits, and no file failed to be scanned.
    #[must_use]
    pub fn settled(&self) -> bool {
        let open = self.total.unresolved() + self.total.due;
        open + self.disputed + self.not_scanned_blocking == 0
    }
}

impl Session {
    /// Counts the whole population.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for group in &self.groups {
            counts.total.add(group);
            counts.by_category[self.rules.info(group.rule).category as usize].add(group);
        }
        counts.disputed = self.entries.iter().filter(|entry| entry.standing.disputed).count();
        for file in &self.not_scanned {
            // Left out of the release, or looked at by a person.
            let verdict = self.file_verdict(&file.path);
            let decided = verdict.is_some_and(|verdict| file.why.is_settled_by(verdict));
            if decided && file.why != NotScanned::OutOfScope {
                continue;
            }
            *counts.not_scanned.entry(file.why.word()).or_default() += 1;
            counts.not_scanned_blocking += usize::from(NotScanned::blocks(&file.why));
        }
        (counts.missing_reviewers, counts.too_few_reviewers) = self.missing_people();
        counts.attest = self.attest_counts();
        counts.read = self.read_counts();
        counts.rotation = self.rotation_counts();
        counts
    }

    /// Returns for each origin how many places were decided that way, in the order of
    /// [`Origin::ALL`].
    #[must_use]
    pub fn origins(&self) -> [usize; 6] {
        let mut out = [0; 6];
        for entry in &self.entries {
            let vote = entry.standing.vote.and_then(|i| self.vote(i));
            if let Some(how) = vote.and_then(|vote| vote.how) {
                let at = Origin::ALL.iter().position(|origin| *origin == how);
                at.into_iter().for_each(|i| out[i] += 1);
            }
        }
        out
    }
}
