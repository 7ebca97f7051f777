// SPDX-License-Identifier: MIT OR Apache-2.0
//! All votes of a review, and what they say together.

use std::collections::HashMap;

use crate::domain::{Act, Origin, RepoPath, Target, Verdict, Vote};

/// Every vote ever given, in the order in which it became known.
#[derive(Default)]
pub(super) struct Ballot {
    votes: Vec<Vote>,
    on: HashMap<Target, Vec<u32>>,
    /// Directories with votes; few, and looked through for every finding.
    directories: Vec<RepoPath>,
    /// The day of this run, from 1970-01-01 UTC. What has run out by then does not count.
    today: i32,
}

/// What all reviewers together say about one target.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) verdict: Option<Verdict>,
    /// Index of the vote that decided.
    pub(super) vote: Option<u32>,
    pub(super) disputed: bool,
    /// Whether an approval has run out.
    pub(super) expired: bool,
}

impl Ballot {
    pub(super) fn set_today(&mut self, today: i32) {
        self.today = today;
    }

    pub(super) fn today(&self) -> i32 {
        self.today
    }

    /// Takes a vote in. A vote that is already there changes nothing.
    pub(super) fn add(&mut self, vote: Vote) {
        let entry = self.on.entry(vote.target.clone()).or_default();
        if entry.iter().any(|i| self.votes[*i as usize] == vote) {
            return;
        }
        if let Target::Directory(path) = &vote.target
            && !self.directories.contains(path)
        {
            self.directories.push(path.clone());
        }
        entry.push(u32::try_from(self.votes.len()).unwrap_or(u32::MAX));
        self.votes.push(vote);
    }

    pub(super) fn votes(&self) -> &[Vote] {
        &self.votes
    }

    pub(super) fn get(&self, vote: u32) -> Option<&Vote> {
        self.votes.get(vote as usize)
    }

    /// Returns the last vote of `by` on `target` given before `at`.
    pub(super) fn last_before(&self, target: &Target, by: &str, at: i64) -> Option<&Vote> {
        self.indexes(target)
            .map(|i| &self.votes[i as usize])
            .filter(|vote| &*vote.by == by && vote.at < at)
            .max_by_key(|vote| vote.at)
    }

    /// Returns each reviewer's last word on `targets`, which stand for one place.
    pub(super) fn last_words(&self, targets: &[Target]) -> Vec<&Vote> {
        let mut last: Vec<&Vote> = Vec::new();
        for i in targets.iter().flat_map(|target| self.indexes(target)) {
            let vote = &self.votes[i as usize];
            match last.iter_mut().find(|known| known.by == vote.by) {
                Some(known) if known.at <= vote.at => *known = vote,
                Some(_) => {}
                None => last.push(vote),
            }
        }
        last
    }

    /// Returns all votes on `target`.
    pub(super) fn on(&self, target: &Target) -> impl Iterator<Item = &Vote> {
        self.indexes(target).map(|i| &self.votes[i as usize])
    }

    /// Returns the targets that have votes.
    pub(super) fn targets(&self) -> impl Iterator<Item = &Target> {
        self.on.keys()
    }

    /// Returns each reviewer's last vote on `target` that gives a verdict and has not run out, the
    /// oldest first.
    pub(super) fn in_force(&self, target: &Target) -> Vec<&Vote> {
        let votes = self.last(target).into_iter().map(|i| &self.votes[i as usize]);
        let mut out: Vec<&Vote> = votes
            .filter(|vote| vote.act.verdict().is_some() && !vote.has_expired(self.today))
            .collect();
        out.sort_by_key(|vote| vote.at);
        out
    }

    /// Returns each reviewer's last vote on `target`.
    pub(super) fn last(&self, target: &Target) -> Vec<u32> {
        let mut last: Vec<u32> = Vec::new();
        for i in self.indexes(target) {
            let vote = &self.votes[i as usize];
            match last.iter_mut().find(|j| self.votes[**j as usize].by == vote.by) {
                // Of two votes with one time stamp the one that became known later counts.
                Some(j) if self.votes[*j as usize].at <= vote.at => *j = i,
                Some(_) => {}
                None => last.push(i),
            }
        }
        last
    }

    /// Returns the verdict on `target`: the strictest of each reviewer's last vote. Where a
    /// dispute was settled, what others said before that does not count.
    pub(super) fn outcome(&self, target: &Target) -> Outcome {
        let last = self.last(target);
        let expired = last.iter().any(|i| self.votes[*i as usize].has_expired(self.today));
        let given = last.into_iter().filter_map(|i| {
            let vote = &self.votes[i as usize];
            let verdict = vote.act.verdict().filter(|_| !vote.has_expired(self.today));
            verdict.map(|verdict| (verdict, vote, i))
        });
        let mut given: Vec<(Verdict, &Vote, u32)> = given.collect();
        let settled = given.iter().filter(|(_, vote, _)| vote.how == Some(Origin::Settled));
        if let Some(settled) = settled.map(|(_, vote, _)| vote.at).max() {
            given.retain(|(_, vote, _)| vote.at >= settled);
        }
        let strictest = given.iter().max_by_key(|(verdict, ..)| *verdict);
        let Some((verdict, _, vote)) = strictest.copied() else {
            return Outcome { expired, ..Outcome::default() };
        };
        let disputed = given.iter().any(|(other, ..)| *other != verdict);
        Outcome { verdict: Some(verdict), vote: Some(vote), disputed, expired }
    }

    /// Returns what votes on the file and on the directories above it say.
    pub(super) fn outcome_of_file(&self, path: &RepoPath) -> Outcome {
        let mut best = self.outcome(&Target::File(path.clone()));
        for dir in self.directories.iter().filter(|dir| path.is_within(dir)) {
            best = best.or_stricter(self.outcome(&Target::Directory(dir.clone())));
        }
        best
    }

    /// Returns the targets beside its own places on which votes about `path` may stand.
    pub(super) fn around(&self, path: &RepoPath) -> Vec<Target> {
        let above = self.directories.iter().filter(|dir| path.is_within(dir)).cloned();
        let file = Target::File(path.clone());
        std::iter::once(file).chain(above.map(Target::Directory)).collect()
    }

    fn indexes(&self, target: &Target) -> impl Iterator<Item = u32> + '_ {
        self.on.get(target).into_iter().flatten().copied()
    }
}

impl Outcome {
    pub(super) fn or_stricter(self, other: Self) -> Self {
        let expired = self.expired || other.expired;
        Self { expired, ..if other.verdict > self.verdict { other } else { self } }
    }
}

/// Returns the vote that puts `target` back to how `before` was, in the words of `by`.
pub(super) fn restoring(vote: &Vote, before: Option<&Vote>, at: i64) -> Vote {
    match before {
        Some(before) => Vote { at, ..before.clone() },
        None => Vote {
            act: Act::Withdraw,
            to: None,
            why: None,
            how: None,
            seen: None,
            note: None,
            until: None,
            name: None,
            asked: None,
            at,
            ..vote.clone()
        },
    }
}
