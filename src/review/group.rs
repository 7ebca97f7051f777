// SPDX-License-Identifier: MIT OR Apache-2.0
//! Findings with the same rule and value: the usual unit of decision.

use super::{Draw, FindingIdx, Standing, Turn};
use crate::domain::{Confidence, RuleIdx, Severity, Verdict};

/// The place of a group in its session. Groups are never removed, so it stays valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GroupIdx(pub u32);

/// How a group stands as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum GroupState {
    /// At least one place is undecided.
    Open,
    /// None is undecided, at least one is put off.
    Deferred,
    /// All have a verdict, but at least one approval needs a second person.
    NeedsSecond,
    /// All are decided; holds the strictest verdict among them.
    Decided(Verdict),
}

impl GroupState {
    /// Returns whether the group still needs somebody.
    #[must_use]
    pub fn unresolved(self) -> bool {
        !matches!(self, Self::Decided(_))
    }
}

/// Findings with the same rule and value.
pub struct Group {
    /// The rule.
    pub rule: RuleIdx,
    /// Keyed id of class and value.
    pub value: std::sync::Arc<str>,
    /// The worst severity among its places.
    pub severity: Severity,
    /// How sure the surest of its places is.
    pub confidence: Confidence,
    /// Its places, in the order in which they were found.
    pub members: Vec<FindingIdx>,
    /// How many different files its places stand in.
    pub files: u32,
    /// Whether it stands in the reviewed commit, and not only in its history.
    pub in_tree: bool,
    /// The least severity that blocks.
    pub(super) bar: Severity,
    pub(super) tally: Tally,
}

/// Places of a group by how they stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    open: u32,
    needs_second: u32,
    by_verdict: [u32; 6],
    disputed: u32,
    due: u32,
    clean: u32,
    turned: u32,
    unturned: u32,
}

impl Tally {
    pub(super) fn add(&mut self, standing: &Standing) {
        *self.slot(standing) += 1;
        self.disputed += u32::from(standing.disputed);
        self.due += u32::from(standing.draw == Draw::Due);
        self.clean += u32::from(standing.draw == Draw::Clean);
        self.turned += u32::from(standing.turn == Turn::Done);
        self.unturned += u32::from(standing.turn == Turn::Waits);
    }

    pub(super) fn remove(&mut self, standing: &Standing) {
        let slot = self.slot(standing);
        *slot = slot.saturating_sub(1);
        self.disputed = self.disputed.saturating_sub(u32::from(standing.disputed));
        self.due = self.due.saturating_sub(u32::from(standing.draw == Draw::Due));
        self.clean = self.clean.saturating_sub(u32::from(standing.draw == Draw::Clean));
        self.turned = self.turned.saturating_sub(u32::from(standing.turn == Turn::Done));
        self.unturned = self.unturned.saturating_sub(u32::from(standing.turn == Turn::Waits));
    }

    fn slot(&mut self, standing: &Standing) -> &mut u32 {
        match standing.verdict {
            None => &mut self.open,
            Some(_) if standing.uncleared => &mut self.open,
            Some(_) if standing.needs_second => &mut self.needs_second,
            Some(verdict) => &mut self.by_verdict[verdict as usize],
        }
    }

    fn of(&self, verdict: Verdict) -> u32 {
        self.by_verdict[verdict as usize]
    }
}

impl Group {
    /// Returns how it stands as a whole.
    #[must_use]
    pub fn state(&self) -> GroupState {
        if self.tally.open > 0 {
            return GroupState::Open;
        }
        if self.tally.of(Verdict::Defer) > 0 {
            return GroupState::Deferred;
        }
        if self.tally.needs_second > 0 {
            return GroupState::NeedsSecond;
        }
        let strictest = [Verdict::Exclude, Verdict::Redact, Verdict::Fix, Verdict::Correct]
            .into_iter()
            .find(|verdict| self.tally.of(*verdict) > 0);
        GroupState::Decided(strictest.unwrap_or(Verdict::Approve))
    }

    /// Returns how many of its places are settled, that is neither undecided nor put off nor in
    /// need of a second person.
    #[must_use]
    pub fn settled(&self) -> usize {
        let Tally { open, needs_second, .. } = self.tally;
        self.members.len() - (open + needs_second + self.tally.of(Verdict::Defer)) as usize
    }

    /// Returns how many of its places have no verdict at all.
    #[must_use]
    pub fn undecided(&self) -> usize {
        self.tally.open as usize
    }

    /// Returns on how many of its places reviewers differ.
    #[must_use]
    pub fn disputed(&self) -> usize {
        self.tally.disputed as usize
    }

    /// Returns how many of its places were drawn from a batch of approvals and still have to be
    /// looked at, and how many were.
    #[must_use]
    pub fn draws(&self) -> (usize, usize) {
        (self.tally.due as usize, self.tally.clean as usize)
    }

    /// Returns how many of its places hold a credential that must be rotated and is not known to
    /// be, and how many one that is, or was never live.
    #[must_use]
    pub fn turns(&self) -> (usize, usize) {
        (self.tally.unturned as usize, self.tally.turned as usize)
    }

    /// Returns whether it keeps the release from being signed off first of all.
    #[must_use]
    pub fn blocks(&self) -> bool {
        self.severity >= self.bar && self.state().unresolved()
    }
}
