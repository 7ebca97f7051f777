// SPDX-License-Identifier: MIT OR Apache-2.0
//! Counts over the whole population. A filter never changes them.

use std::collections::BTreeMap;

use super::{Group, GroupState, Session};
use crate::domain::{Category, NotScanned, Origin, Verdict};

/// Counts of one category. All but `findings` and the two of samples count groups.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CategoryCounts {
    /// Places found.
    pub findings: usize,
    /// Groups; equals `open + deferred + approved + redacted + excluded`.
    pub groups: usize,
    /// Groups with at least one undecided place.
    pub open: usize,
    /// Groups without an undecided place but with one put off.
    pub deferred: usize,
    /// Groups whose strictest verdict is approve.
    pub approved: usize,
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
}

impl CategoryCounts {
    /// Returns the groups that need nobody any more.
    #[must_use]
    pub fn decided(&self) -> usize {
        self.approved + self.redacted + self.excluded
    }

    fn add(&mut self, group: &Group) {
        self.findings += group.members.len();
        self.groups += 1;
        *match group.state() {
            GroupState::Open => &mut self.open,
            GroupState::Deferred | GroupState::Decided(Verdict::Defer) => &mut self.deferred,
            GroupState::Decided(Verdict::Approve) => &mut self.approved,
            GroupState::Decided(Verdict::Redact) => &mut self.redacted,
            GroupState::Decided(Verdict::Exclude) => &mut self.excluded,
        } += 1;
        self.blocking += usize::from(group.blocks());
        self.in_tree += usize::from(group.in_tree);
        let (due, clean) = group.draws();
        self.due += due;
        self.clean += clean;
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
}

impl Counts {
    /// Returns the counts of `category`.
    #[must_use]
    pub fn of(&self, category: Category) -> &CategoryCounts {
        &self.by_category[category as usize]
    }

    /// Returns whether nothing stands against a passed sign-off: every group is decided,
    /// reviewers agree, no drawn place waits, and no file failed to be scanned.
    #[must_use]
    pub fn clear(&self) -> bool {
        let open = self.total.open + self.total.deferred + self.total.due;
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
            if self.file_verdict(&file.path).is_some_and(Verdict::settles) {
                continue;
            }
            *counts.not_scanned.entry(file.why.word()).or_default() += 1;
            counts.not_scanned_blocking += usize::from(NotScanned::blocks(&file.why));
        }
        counts
    }

    /// Returns for each origin how many places were decided that way, in the order of
    /// [`Origin::ALL`].
    #[must_use]
    pub fn origins(&self) -> [usize; 5] {
        let mut out = [0; 5];
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
