// SPDX-License-Identifier: MIT OR Apache-2.0
//! Takes in what others decided while this review was only looked at.

use std::collections::HashSet;

use super::{FindingIdx, Group, Session, StepKind, ballot::Ballot};
use crate::domain::{Target, Vote};

/// From so many targets on it is cheaper to look at every place once.
const MANY: usize = 64;

impl Session {
    /// Takes in votes that came by another way than this review's own decisions.
    pub fn join(&mut self, votes: Vec<Vote>) {
        let mut targets: HashSet<Target> = HashSet::new();
        for vote in votes {
            self.clock = self.clock.max(vote.at);
            targets.insert(vote.target.clone());
            self.ballot.add(vote);
        }
        self.forget_stand_ins();
        // What is drawn is part of how a place stands.
        self.learn_samples();
        if targets.contains(&Target::Batch) || targets.len() > MANY {
            self.refresh_all();
        } else {
            targets.iter().for_each(|target| _ = self.refresh_target(target));
        }
    }

    /// Puts `votes` and then the reviewer's own `steps` in the place of everything that was said
    /// so far, and works out anew how each finding stands. What was found stays.
    ///
    /// Decisions that pass on to moved places do so again with [`settle`](Self::settle).
    pub fn reload(&mut self, votes: Vec<Vote>, steps: Vec<(StepKind, Vec<Vote>)>) {
        self.clock = votes.iter().map(|vote| vote.at).max().unwrap_or(0);
        let today = self.ballot.today();
        self.ballot = Ballot::default();
        self.ballot.set_today(today);
        votes.into_iter().for_each(|vote| self.ballot.add(vote));
        self.steps.clear();
        self.undone.clear();
        self.heirs.clear();
        for entry in &mut self.entries {
            entry.earlier.clear();
            entry.standing.reopened = false;
            entry.lapsed = None;
        }
        self.learn_samples();
        self.forget_stand_ins();
        self.refresh_all();
        steps.into_iter().for_each(|(kind, votes)| self.replay(kind, votes));
    }

    /// Returns this review with nothing found yet, for a scan that begins anew. What was said stays,
    /// and the way back through it.
    #[must_use]
    pub fn anew(&self) -> Self {
        let mut out = Self::new(self.rules.clone(), &self.reviewer, self.votes().to_vec())
            .with_policy(self.policy.clone(), self.today())
            .with_clearing(self.clearing.clone());
        out.ask(self.template().clone());
        out.publish_history(self.publishes_history);
        let (seed, miss) = self.sampling();
        out.set_sampling(seed, miss);
        out.steps.clone_from(&self.steps);
        out.undone.clone_from(&self.undone);
        out
    }

    /// Remembers what was on screen in `before`, an earlier scan of the same commit.
    pub fn remember_shapes(&mut self, before: &Self) {
        for (group, shape) in &before.shapes_seen {
            let Group { rule, value, .. } = before.group(*group);
            if let Some(group) = self.find_group(*rule, value) {
                self.shapes_seen.insert((group, shape.clone()));
            }
        }
    }

    /// Returns the same place as that of the finding at `idx` in `before`, if it is still found.
    #[must_use]
    pub fn same_place(&self, before: &Self, idx: FindingIdx) -> Option<FindingIdx> {
        let (finding, id) = (before.finding(idx), before.identity(idx));
        let same = |i: &&FindingIdx| {
            let here = self.finding(**i);
            here.rule == finding.rule
                && here.layer == finding.layer
                && here.place == finding.place
                && self.identity(**i) == id
        };
        self.in_file(&finding.path).iter().find(same).copied()
    }

    /// Works out anew how everything stands.
    pub(super) fn refresh_all(&mut self) {
        self.refresh_reading();
        (0..self.entries.len()).for_each(|i| self.refresh(FindingIdx(i as u32)));
    }
}
