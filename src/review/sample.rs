// SPDX-License-Identifier: MIT OR Apache-2.0
//! Samples of batch approvals: drawn in the step that approves, looked at one by one, and one
//! wrong place opens the whole batch again.
//!
//! A batch is what one reviewer approved at one time. Nothing is stored but the seed and how many
//! are drawn; which places that means, and how they stand, follows from the votes.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{
    FindingIdx, Session,
    ballot::Ballot,
    draw::{draw, sample_size, seed_of},
};
use crate::domain::{Act, Origin, Target, Verdict, Vote};

/// A batch of at most so many places is small enough to be trusted as it is.
const SMALL: usize = 30;

/// How a place stands that was drawn from a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Draw {
    /// It was not drawn, or the batch does not hold there any more.
    #[default]
    Not,
    /// Somebody has to look at it.
    Due,
    /// Somebody looked at it and approved it.
    Clean,
}

/// A batch of approvals from which a sample was drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampledBatch {
    /// Who approved it.
    pub by: Arc<str>,
    /// When, in milliseconds since 1970-01-01 UTC.
    pub at: i64,
    /// Where the random numbers of the draw begin.
    pub seed: u64,
    /// Places in it; those in one file that cannot be told apart count once.
    pub places: usize,
    /// Places of it on which the approval still holds as the batch gave it.
    pub in_force: usize,
    /// Places drawn.
    pub drawn: usize,
    /// Drawn places that wait to be looked at.
    pub due: usize,
    /// Drawn places that were looked at and approved.
    pub clean: usize,
    /// Drawn places that got another verdict.
    pub bad: usize,
}

/// A sample line of the ballot.
struct Sample {
    by: Arc<str>,
    at: i64,
    seed: u64,
    n: u32,
}

/// How samples are drawn, and what was drawn so far.
#[derive(Default)]
pub(super) struct Samples {
    /// Seed of this run, from which that of each batch is made.
    seed: u64,
    /// How many wrong places in a hundred a sample has to exclude; 0 stands for the usual 5.
    miss: u8,
    all: Vec<Sample>,
    known: HashSet<(Arc<str>, i64)>,
    /// By drawn place the samples that drew it, oldest first.
    drawn: HashMap<Target, Vec<usize>>,
}

/// Returns whether a vote is one of those that a batch is made of.
fn is_of_batch(vote: &Vote) -> bool {
    vote.act == Act::Give(Verdict::Approve)
        && matches!(vote.how, Some(Origin::Batch | Origin::Suggestion))
        && matches!(vote.target, Target::Place { .. })
}

impl Samples {
    /// Works out what the sample lines among `votes` draw from the votes beside them.
    pub(super) fn learn<'v>(&mut self, votes: impl Iterator<Item = &'v Vote> + Clone) {
        let mut new: HashMap<(&str, i64), (u64, u32, Vec<&Target>)> = HashMap::new();
        for vote in votes.clone() {
            if let Act::Sample { seed, n } = vote.act
                && !self.known.contains(&(vote.by.clone(), vote.at))
            {
                new.insert((&vote.by, vote.at), (seed, n, Vec::new()));
            }
        }
        if new.is_empty() {
            return;
        }
        for vote in votes.filter(|vote| is_of_batch(vote)) {
            if let Some((.., places)) = new.get_mut(&(&*vote.by, vote.at)) {
                places.push(&vote.target);
            }
        }
        let mut new: Vec<_> = new.into_iter().collect();
        new.sort_unstable_by_key(|((by, at), _)| (*at, *by));
        for ((by, at), (seed, n, mut places)) in new {
            // The order of places is part of the draw, and so may never change.
            places.sort_unstable();
            places.dedup();
            let by: Arc<str> = by.into();
            for i in draw(seed, n, places.len()) {
                self.drawn.entry(places[i].clone()).or_default().push(self.all.len());
            }
            self.known.insert((by.clone(), at));
            self.all.push(Sample { by, at, seed, n });
        }
    }

    /// Returns whether `vote` approves as the batch of `sample` did: it is of the batch, or an
    /// undo put it back.
    fn holds(&self, sample: &Sample, vote: &Vote) -> bool {
        is_of_batch(vote)
            && vote.by == sample.by
            && (vote.at == sample.at
                || vote.at > sample.at && !self.known.contains(&(vote.by.clone(), vote.at)))
    }

    /// Returns the samples that drew one of `targets`, newest first.
    fn of<'a>(&'a self, targets: &'a [Target]) -> impl Iterator<Item = &'a Sample> {
        let drawn = targets.iter().filter_map(|target| self.drawn.get(target));
        drawn.flat_map(|samples| samples.iter().rev().map(|i| &self.all[*i]))
    }

    /// Returns how a place with these targets (its own, and the one it came from) stands.
    pub(super) fn state(&self, ballot: &Ballot, targets: &[Target]) -> Draw {
        if self.drawn.is_empty() {
            return Draw::Not;
        }
        let mut samples = self.of(targets).peekable();
        if samples.peek().is_none() {
            return Draw::Not;
        }
        let words = ballot.last_words(targets);
        let looked = |since: i64| {
            words.iter().any(|vote| {
                vote.at > since
                    && vote.act == Act::Give(Verdict::Approve)
                    && matches!(vote.how, Some(Origin::Sample | Origin::Direct))
            })
        };
        for sample in samples {
            if looked(sample.at) {
                return Draw::Clean;
            }
            if words.iter().any(|vote| self.holds(sample, vote)) {
                return Draw::Due;
            }
        }
        Draw::Not
    }
}

impl Session {
    /// Sets where the random numbers of this run begin, and how many wrong places in a hundred a
    /// sample has to exclude.
    pub fn set_sampling(&mut self, seed: u64, miss: u8) {
        self.samples.seed = seed;
        self.samples.miss = miss;
    }

    /// Returns what [`set_sampling`](Self::set_sampling) was given last.
    #[must_use]
    pub fn sampling(&self) -> (u64, u8) {
        (self.samples.seed, self.samples.miss)
    }

    /// Adds the line that draws a sample to the votes of a step, if they are a batch of approvals
    /// that is large enough.
    pub(super) fn add_sample(&self, votes: &mut Vec<Vote>) {
        let batch = votes.iter().filter(|vote| is_of_batch(vote));
        if batch.clone().count() <= SMALL {
            return;
        }
        let Some(first) = batch.clone().next() else { return };
        let miss = if self.samples.miss == 0 { 5 } else { self.samples.miss };
        let (seed, n) = (seed_of(self.samples.seed, first.at), sample_size(miss));
        let line = Vote {
            target: Target::Batch,
            act: Act::Sample { seed, n },
            class: None,
            to: None,
            why: None,
            how: None,
            seen: None,
            by: first.by.clone(),
            at: first.at,
            note: None,
        };
        votes.push(line);
    }

    /// Adds votes that open batches of the reviewer's again to those of a step, where it gives
    /// another verdict to a place that was drawn from them.
    pub(super) fn add_reopened(&self, places: &[FindingIdx], votes: &mut Vec<Vote>) {
        if self.samples.drawn.is_empty() {
            return;
        }
        let Some((at, act)) = votes.first().map(|vote| (vote.at, vote.act)) else { return };
        if act.verdict().is_none_or(|verdict| verdict == Verdict::Approve) {
            return;
        }
        let mut batches: HashSet<i64> = HashSet::new();
        for idx in places {
            let entry = &self.entries[idx.0 as usize];
            let targets = entry.targets();
            let own = self.samples.of(&targets).filter(|sample| sample.by == self.reviewer);
            batches.extend(own.map(|sample| sample.at));
        }
        if batches.is_empty() {
            return;
        }
        let decided: HashSet<Target> = votes.iter().map(|vote| vote.target.clone()).collect();
        let mut seen: HashSet<&Target> = HashSet::new();
        let of_batches = self.ballot.votes().iter().filter(|vote| {
            batches.contains(&vote.at) && vote.by == self.reviewer && is_of_batch(vote)
        });
        let mut reopened: Vec<Vote> = Vec::new();
        for vote in of_batches {
            let sample = self.samples.all.iter().find(|s| s.at == vote.at && s.by == vote.by);
            let last = self.ballot.last_before(&vote.target, &self.reviewer, i64::MAX);
            let holds = sample.zip(last).is_some_and(|(sample, last)| self.samples.holds(sample, last));
            if holds && !decided.contains(&vote.target) && seen.insert(&vote.target) {
                reopened.push(Vote {
                    act: Act::Withdraw,
                    why: None,
                    how: Some(Origin::Sample),
                    seen: None,
                    note: None,
                    at,
                    ..vote.clone()
                });
            }
        }
        votes.append(&mut reopened);
    }

    /// Returns the batches that a sample was drawn from, oldest first, without those that were
    /// taken back whole.
    #[must_use]
    pub fn sampled_batches(&self) -> Vec<SampledBatch> {
        let mut by_batch: HashMap<(&str, i64), Vec<&Target>> =
            self.samples.all.iter().map(|s| ((&*s.by, s.at), Vec::new())).collect();
        for vote in self.ballot.votes().iter().filter(|vote| is_of_batch(vote)) {
            if let Some(places) = by_batch.get_mut(&(&*vote.by, vote.at)) {
                places.push(&vote.target);
            }
        }
        let mut out = Vec::new();
        for sample in &self.samples.all {
            let mut places = by_batch.remove(&(&*sample.by, sample.at)).unwrap_or_default();
            places.sort_unstable();
            places.dedup();
            let batch = self.batch(sample, &places);
            if batch.in_force + batch.bad > 0 {
                out.push(batch);
            }
        }
        out
    }

    fn batch(&self, sample: &Sample, places: &[&Target]) -> SampledBatch {
        let last = |target: &Target| self.ballot.last_before(target, &sample.by, i64::MAX);
        let holds = |target: &Target| last(target).is_some_and(|v| self.samples.holds(sample, v));
        let mut out = SampledBatch {
            by: sample.by.clone(),
            at: sample.at,
            seed: sample.seed,
            places: places.len(),
            in_force: places.iter().filter(|target| holds(target)).count(),
            drawn: 0,
            due: 0,
            clean: 0,
            bad: 0,
        };
        for i in draw(sample.seed, sample.n, places.len()) {
            let target = places[i];
            out.drawn += 1;
            let words = self.ballot.last_words(std::slice::from_ref(target));
            let other = |vote: &&Vote| {
                let verdict = vote.act.verdict();
                vote.at > sample.at && verdict.is_some_and(|verdict| verdict != Verdict::Approve)
            };
            if words.iter().any(other) {
                out.bad += 1;
                continue;
            }
            let heirs = [&self.by_target, &self.heirs].map(|map| map.get(target));
            let states = heirs.into_iter().flatten().flatten().map(|idx| self.standing(*idx).draw);
            match states.max_by_key(|state| *state as u8) {
                Some(Draw::Due) if holds(target) => out.due += 1,
                Some(Draw::Clean) => out.clean += 1,
                _ => {}
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::{Draw, Samples};
    use crate::review::ballot::Ballot;

    #[test]
    fn nothing_drawn_is_nothing_due() {
        assert_eq!(Samples::default().state(&Ballot::default(), &[]), Draw::Not);
    }
}
