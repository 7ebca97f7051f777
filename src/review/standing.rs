// SPDX-License-Identifier: MIT OR Apache-2.0
//! How a finding stands after everything that was said.

use std::collections::HashMap;

use super::{Draw, FindingIdx, Session, Turn, ballot::Outcome, session::Entry};
use crate::domain::{Class, Metadata, Target, Verdict};

/// How one finding stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The verdict in force; `None` is undecided.
    pub verdict: Option<Verdict>,
    /// Index of the vote it comes from, for [`Session::vote`].
    pub vote: Option<u32>,
    /// Whether reviewers differ. The strictest verdict holds, and the sign-off is blocked.
    pub disputed: bool,
    /// Whether it was decided once and has to be looked at again, because its text changed or
    /// the approval has run out.
    pub reopened: bool,
    /// Whether it is approved by one person and the policy wants a second one.
    pub needs_second: bool,
    /// Whether that one person is the reviewer who is here, and so can't be the second.
    pub own_approval: bool,
    /// Whether it was drawn from a batch of approvals, and was looked at since.
    pub draw: Draw,
    /// Whether its credential must be rotated, and is.
    pub turn: Turn,
    /// Whether the licence that a reviewer concluded leaves the gap as open as it was.
    pub uncleared: bool,
}

impl Standing {
    /// Returns whether nobody is needed any more.
    #[must_use]
    pub fn settled(&self) -> bool {
        self.verdict.is_some_and(Verdict::settles) && !self.needs_second && !self.uncleared
    }
}

impl Session {
    /// Works out anew how a finding stands.
    pub(super) fn refresh(&mut self, idx: FindingIdx) {
        let entry = &self.entries[idx.0 as usize];
        let mut place = self.ballot.outcome_at(&entry.target(), &entry.earlier);
        if place.verdict == Some(Verdict::Redact) && entry.finding.place.span().is_none() {
            // Nothing would be replaced: such a vote, of another version or made by hand, must not
            // let out what it seems to hold back.
            place = Outcome { verdict: None, vote: None, ..place };
        }
        let Outcome { verdict, vote, disputed, expired } =
            place.or_stricter(self.ballot.outcome_of_file(&entry.finding.bearer()));
        let uncleared = verdict == Some(Verdict::Correct) && !self.clears(entry, vote);
        let (needs_second, own_approval) = self.lacks_second(entry, verdict);
        let draw = match verdict {
            Some(Verdict::Approve) => self.samples.state(&self.ballot, &entry.targets()),
            _ => Draw::Not,
        };
        let turn = self.turn(entry, verdict, vote);
        let entry = &mut self.entries[idx.0 as usize];
        let reopened = (entry.standing.reopened || expired) && verdict.is_none();
        let tally = &mut self.groups[entry.group.0 as usize].tally;
        tally.remove(&entry.standing);
        entry.standing = Standing {
            verdict,
            vote,
            disputed,
            reopened,
            needs_second,
            own_approval,
            draw,
            turn,
            uncleared,
        };
        tally.add(&entry.standing);
    }

    /// Returns whether the gap at `idx` is closed where `expression` is what holds.
    #[must_use]
    pub fn would_clear(&self, idx: FindingIdx, expression: &str) -> bool {
        let rule = self.entries[idx.0 as usize].finding.rule;
        (self.clearing)(self.rules.info(rule).name(), expression)
    }

    /// Returns whether the licence that the vote concludes closes the gap.
    fn clears(&self, entry: &Entry, vote: Option<u32>) -> bool {
        let to = vote.and_then(|vote| self.vote(vote)).and_then(|vote| vote.to.as_deref());
        to.is_some_and(|to| (self.clearing)(self.rules.info(entry.finding.rule).name(), to))
    }

    /// Returns what stands in names of files and directories: whoever leaves one out leaves its
    /// name out.
    pub(super) fn in_names(&self) -> impl Iterator<Item = FindingIdx> {
        let under = [Metadata::Paths, Metadata::PastPaths].map(Metadata::path);
        under.into_iter().filter_map(|path| self.by_file.get(&path)).flatten().copied()
    }

    /// Returns why the finding at `idx` is asked anew, in words, if what its decision rested on
    /// changed.
    #[must_use]
    pub fn reopened_words(&self, idx: FindingIdx) -> Option<String> {
        let vote = self.lapsed(idx)?;
        let what = match vote.class {
            Some(Class::Licence) => "evidence",
            _ => "the text around it",
        };
        Some(format!("{what} changed since {} decided: {}", vote.by, vote.act.word()))
    }

    /// Works out anew everything that a vote on `target` may change, and counts it.
    pub(super) fn refresh_target(&mut self, target: &Target) -> usize {
        let touched: Vec<FindingIdx> = match target {
            Target::Place { .. } => {
                let of = |map: &HashMap<Target, Vec<FindingIdx>>| map.get(target).cloned();
                let both = [of(&self.by_target), of(&self.heirs)];
                both.into_iter().flatten().flatten().collect()
            }
            Target::File(path) => {
                let inside = self.by_file.get(path).into_iter().flatten().copied();
                inside.chain(self.in_names()).collect()
            }
            Target::Directory(dir) => self
                .by_file
                .iter()
                .filter(|(path, _)| path.is_within(dir))
                .flat_map(|(_, findings)| findings.iter().copied())
                .chain(self.in_names())
                .collect(),
            Target::Text(_) | Target::Unflagged => {
                self.refresh_read(target);
                Vec::new()
            }
            Target::Rotation(value) => {
                let groups = self.groups_of(value).iter().map(|idx| self.group(*idx));
                groups.flat_map(|group| group.members.iter().copied()).collect()
            }
            Target::Attestation(_) | Target::Batch | Target::StandIn(_) => Vec::new(),
        };
        touched.iter().for_each(|idx| self.refresh(*idx));
        touched.len()
    }
}
