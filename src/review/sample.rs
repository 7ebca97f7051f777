// SPDX-License-Identifier: MIT OR Apache-2.0
//! Samples of batch approvals: drawn in the step that approves, looked at one by one, and one
//! wrong place opens the whole batch again.
//!
//! A batch is what one reviewer approved at one time, and its seed is its name. Nothing else is
//! stored but how many are drawn; which places that means, and how they stand, follows from the
//! votes. Where an undo puts votes of a batch back, a line with the same seed says so: the votes
//! at its time are of the batch again, and nothing is drawn anew.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

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

/// Reviewer and time: what the votes of a batch have in common.
type Key = (Arc<str>, i64);

/// A sample line of the ballot.
struct Sample {
    by: Arc<str>,
    at: i64,
    seed: u64,
    n: u32,
}

impl Sample {
    /// Returns which of the places of its batch are drawn.
    fn draw<'t>(&self, mut places: Vec<&'t Target>) -> Vec<&'t Target> {
        // The order of places is part of the draw, and so may never change.
        places.sort_unstable();
        places.dedup();
        draw(self.seed, self.n, places.len()).into_iter().map(|i| places[i]).collect()
    }
}

/// How samples are drawn, and what was drawn so far.
#[derive(Default)]
pub(super) struct Samples {
    /// Seed of this run, from which that of each batch is made.
    seed: u64,
    /// How many wrong places in a hundred a sample has to exclude; 0 stands for the usual 5.
    miss: u8,
    all: Vec<Sample>,
    /// By reviewer and seed its place in `all`.
    by_seed: HashMap<(Arc<str>, u64), usize>,
    /// By reviewer and time the batches whose votes have that time.
    times: HashMap<Key, Vec<usize>>,
    /// By drawn place the samples that drew it, oldest first.
    drawn: HashMap<Target, Vec<usize>>,
}

fn line(by: &Arc<str>, at: i64, act: Act) -> Vote {
    Vote::new(Target::Batch, act, by.clone(), at)
}

/// Returns whether a vote is one of those that a batch is made of.
fn is_of_batch(vote: &Vote) -> bool {
    vote.act == Act::Give(Verdict::Approve)
        && matches!(vote.how, Some(Origin::Batch | Origin::Suggestion))
        && matches!(vote.target, Target::Place { .. })
}

impl Samples {
    /// Returns whether `vote` is one of those that a sample was drawn from.
    pub(super) fn binds(&self, vote: &Vote) -> bool {
        is_of_batch(vote) && self.times.contains_key(&(vote.by.clone(), vote.at))
    }

    /// Works out what the sample lines among `votes` draw from the votes beside them.
    pub(super) fn learn<'v>(&mut self, votes: impl Iterator<Item = &'v Vote> + Clone) {
        let line =
            |vote: &&Vote| matches!(vote.act, Act::Sample { .. }) && vote.target == Target::Batch;
        let mut lines: Vec<&Vote> = votes.clone().filter(line).collect();
        // The first line of a seed is the batch itself, whatever stands first in the file.
        lines.sort_by(|a, b| (a.at, &a.by, a.act).cmp(&(b.at, &b.by, b.act)));
        let first = self.all.len();
        let mut new: HashMap<Key, Vec<&Target>> = HashMap::new();
        for vote in lines {
            let Act::Sample { seed, n } = vote.act else { continue };
            let next = self.all.len();
            let no = *self.by_seed.entry((vote.by.clone(), seed)).or_insert(next);
            let key = (vote.by.clone(), vote.at);
            let known = self.times.entry(key.clone()).or_default();
            if !known.contains(&no) {
                known.push(no);
            }
            if no == next {
                self.all.push(Sample { by: vote.by.clone(), at: vote.at, seed, n });
                new.entry(key).or_default();
            }
        }
        if new.is_empty() {
            return;
        }
        for vote in votes.filter(|vote| is_of_batch(vote)) {
            if let Some(places) = new.get_mut(&(vote.by.clone(), vote.at)) {
                places.push(&vote.target);
            }
        }
        for no in first..self.all.len() {
            let sample = &self.all[no];
            let places = new.get(&(sample.by.clone(), sample.at)).cloned().unwrap_or_default();
            for target in sample.draw(places) {
                self.drawn.entry(target.clone()).or_default().push(no);
            }
        }
    }

    /// Returns the batches that `vote` is of.
    fn batches_of(&self, vote: &Vote) -> &[usize] {
        if !is_of_batch(vote) {
            return &[];
        }
        self.times.get(&(vote.by.clone(), vote.at)).map_or(&[], Vec::as_slice)
    }

    /// Returns the samples that drew one of `targets`, newest first.
    fn of(&self, targets: &[Target]) -> impl Iterator<Item = usize> {
        let drawn = targets.iter().filter_map(|target| self.drawn.get(target));
        drawn.flat_map(|samples| samples.iter().rev().copied())
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
        for no in samples {
            if looked(self.all[no].at) {
                return Draw::Clean;
            }
            if words.iter().any(|vote| self.batches_of(vote).contains(&no)) {
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

    /// Works out anew what is drawn, after votes came by another way than a decision of this run.
    pub(super) fn learn_samples(&mut self) {
        let (seed, miss) = self.sampling();
        self.samples = Samples { seed, miss, ..Samples::default() };
        self.samples.learn(self.ballot.votes().iter());
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
        let seed = seed_of(self.samples.seed, first.at);
        let line = line(&first.by, first.at, Act::Sample { seed, n: sample_size(miss) });
        votes.push(line);
    }

    /// Makes votes that an undo puts back what they were `before`: of a batch. Those of each batch
    /// get a time of their own, by which its line finds them.
    pub(super) fn restore_batches(&mut self, before: &[Option<Vote>], votes: &mut Vec<Vote>) {
        let mut times: BTreeMap<usize, i64> = BTreeMap::new();
        for (vote, before) in votes.iter_mut().zip(before) {
            let of = before.as_ref().and_then(|before| self.samples.batches_of(before).first());
            let Some(no) = of.copied() else { continue };
            vote.at = match times.get(&no) {
                Some(at) => *at,
                None => self.tick(vote.at),
            };
            times.insert(no, vote.at);
        }
        for (no, at) in times {
            let Sample { by, seed, n, .. } = &self.samples.all[no];
            votes.push(line(by, at, Act::Sample { seed: *seed, n: *n }));
        }
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
        let mut batches: HashSet<usize> = HashSet::new();
        for idx in places {
            let targets = self.entries[idx.0 as usize].targets();
            let own = |no: &usize| self.samples.all[*no].by == self.reviewer;
            batches.extend(self.samples.of(&targets).filter(own));
        }
        if batches.is_empty() {
            return;
        }
        let of_places = places.iter().flat_map(|idx| self.entries[idx.0 as usize].targets());
        let decided: HashSet<Target> =
            votes.iter().map(|vote| vote.target.clone()).chain(of_places).collect();
        let holds = |vote: &&Vote| {
            vote.by == self.reviewer
                && self.samples.batches_of(vote).iter().any(|no| batches.contains(no))
                && !decided.contains(&vote.target)
                && self.is_last(vote)
        };
        let holding = self.ballot.votes().iter().filter(holds);
        let mut reopened: Vec<Vote> =
            holding.map(|vote| Vote { how: Some(Origin::Sample), ..vote.withdrawn(at) }).collect();
        votes.append(&mut reopened);
    }

    /// Returns whether `vote` is still its reviewer's word on its target.
    pub(super) fn is_last(&self, vote: &Vote) -> bool {
        let last = self.ballot.last_before(&vote.target, &vote.by, i64::MAX);
        last.is_some_and(|last| last == vote)
    }

    /// Returns the batches that a sample was drawn from, oldest first, without those that were
    /// taken back whole.
    #[must_use]
    pub fn sampled_batches(&self) -> Vec<SampledBatch> {
        let mut places: Vec<Vec<&Target>> = vec![Vec::new(); self.samples.all.len()];
        for vote in self.ballot.votes() {
            for no in self.samples.batches_of(vote) {
                if self.samples.all[*no].at == vote.at {
                    places[*no].push(&vote.target);
                }
            }
        }
        let batches = places.into_iter().enumerate().map(|(no, places)| self.batch(no, places));
        // A small batch may have been looked at as a whole: then no vote is left as it gave it.
        batches.filter(|batch| batch.in_force + batch.clean + batch.bad > 0).collect()
    }

    fn batch(&self, no: usize, mut places: Vec<&Target>) -> SampledBatch {
        let sample = &self.samples.all[no];
        let holds = |target: &Target| {
            let last = self.ballot.last_before(target, &sample.by, i64::MAX);
            last.is_some_and(|vote| self.samples.batches_of(vote).contains(&no))
        };
        places.sort_unstable();
        places.dedup();
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
        for target in sample.draw(places) {
            out.drawn += 1;
            let here = [&self.by_target, &self.heirs].map(|map| map.get(target));
            let here = || here.iter().flatten().copied().flatten();
            if self.is_bad(sample, target, here()) {
                out.bad += 1;
                continue;
            }
            match here().map(|idx| self.standing(*idx).draw).max_by_key(|draw| *draw as u8) {
                Some(Draw::Due) if holds(target) => out.due += 1,
                Some(Draw::Clean) => out.clean += 1,
                _ => {}
            }
        }
        out
    }

    /// Returns whether somebody gave another verdict to a drawn place after it was drawn: to it,
    /// to one of the findings that stand for it now, or, looking at it, to its file.
    fn is_bad<'i>(
        &self,
        sample: &Sample,
        target: &Target,
        here: impl Iterator<Item = &'i FindingIdx>,
    ) -> bool {
        let mut targets = vec![target.clone()];
        targets.extend(here.map(|idx| self.entries[idx.0 as usize].target()));
        let other = |vote: &Vote| {
            let verdict = vote.act.verdict();
            vote.at > sample.at && verdict.is_some_and(|verdict| verdict != Verdict::Approve)
        };
        let paths = targets.iter().filter_map(Target::path);
        let files: Vec<Target> = paths.map(|path| Target::File(path.clone())).collect();
        let left_out = |vote: &&Vote| other(vote) && vote.how == Some(Origin::Sample);
        self.ballot.last_words(&targets).iter().any(|vote| other(vote))
            || self.ballot.last_words(&files).iter().any(left_out)
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
