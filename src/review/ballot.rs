// SPDX-License-Identifier: MIT OR Apache-2.0
//! All votes of a review, and what they say together.

use std::{
    cmp::{Ordering, Reverse},
    collections::{BTreeSet, HashMap},
};

use crate::domain::{Act, Answer, Class, Origin, Reason, RepoPath, Target, Verdict, Vote};

/// Every vote ever given, in the order in which it became known.
#[derive(Default)]
pub(super) struct Ballot {
    votes: Vec<Vote>,
    on: HashMap<Target, Vec<u32>>,
    /// Directories with votes.
    directories: BTreeSet<RepoPath>,
    /// The day of this run, from 1970-01-01 UTC. What has run out by then does not count.
    today: i32,
}

/// A target that is not there any more, whose votes count at a place that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Earlier {
    pub(super) target: Target,
    /// Whether the place surely stood there, and the votes follow each other in time. If not,
    /// it may have stood beside it.
    pub(super) sure: bool,
    /// Whether the text around the value changed, so that no approval of a credential counts.
    pub(super) rewritten: bool,
}

/// A reviewer's word about a place.
struct Word {
    vote: u32,
    /// Whether no settled dispute has put it aside.
    counts: bool,
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
        // Votes that differ mostly do in their time.
        let same = |known: &Vote| known.at == vote.at && *known == vote;
        if entry.iter().any(|i| same(&self.votes[*i as usize])) {
            return;
        }
        if let Target::Directory(path) = &vote.target {
            self.directories.insert(path.clone());
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
        self.on(target).filter(|vote| &*vote.by == by && vote.at < at).max_by(|a, b| later(a, b))
    }

    /// Returns each reviewer's last word on `targets`, which stand for one place.
    pub(super) fn last_words(&self, targets: &[Target]) -> Vec<&Vote> {
        let all = targets.iter().flat_map(|target| self.indexes(target));
        self.newest(all).into_iter().map(|i| &self.votes[i as usize]).collect()
    }

    /// Returns all votes on `target`.
    pub(super) fn on(&self, target: &Target) -> impl Iterator<Item = &Vote> {
        self.indexes(target).map(|i| &self.votes[i as usize])
    }

    /// Returns the targets that have votes.
    pub(super) fn targets(&self) -> impl Iterator<Item = &Target> {
        self.on.keys()
    }

    /// Returns each reviewer's last vote on `target`.
    pub(super) fn last(&self, target: &Target) -> Vec<u32> {
        self.newest(self.indexes(target))
    }

    /// Returns of each reviewer the newest of these votes.
    fn newest(&self, votes: impl Iterator<Item = u32>) -> Vec<u32> {
        let mut last: Vec<u32> = Vec::new();
        for i in votes {
            let vote = &self.votes[i as usize];
            match last.iter_mut().find(|j| self.votes[**j as usize].by == vote.by) {
                Some(j) if later(&self.votes[*j as usize], vote).is_le() => *j = i,
                Some(_) => {}
                None => last.push(i),
            }
        }
        last
    }

    /// Returns each reviewer's last vote on `target` that gives a verdict and has not run out, the
    /// oldest first.
    pub(super) fn in_force(&self, target: &Target) -> Vec<&Vote> {
        self.in_force_at(target, &[])
    }

    /// Returns the same of the place `own`, where the votes on `earlier` ones count too.
    pub(super) fn in_force_at(&self, own: &Target, earlier: &[Earlier]) -> Vec<&Vote> {
        let words = self.words(own, earlier).into_iter();
        let given = words.filter_map(|word| self.verdict(word.vote).map(|(_, vote)| vote));
        let mut out: Vec<&Vote> = given.collect();
        out.sort_by(|a, b| later(a, b));
        out
    }

    /// Returns the votes of [`in_force_at`](Self::in_force_at) that no settled dispute has put
    /// aside.
    pub(super) fn counting(&self, own: &Target, earlier: &[Earlier]) -> Vec<&Vote> {
        let words = self.words(own, earlier).into_iter().filter(|word| word.counts);
        words.filter_map(|word| self.verdict(word.vote).map(|(_, vote)| vote)).collect()
    }

    /// Returns the verdict on `target`: the strictest of each reviewer's last vote. Where a
    /// dispute was settled, what others said before that does not count.
    pub(super) fn outcome(&self, target: &Target) -> Outcome {
        self.outcome_at(target, &[])
    }

    /// Returns the verdict on the place `own`, where the votes on `earlier` ones count too: one
    /// word of each reviewer.
    pub(super) fn outcome_at(&self, own: &Target, earlier: &[Earlier]) -> Outcome {
        let words = self.words(own, earlier);
        let expired = words.iter().any(|w| self.votes[w.vote as usize].has_expired(self.today));
        let counting = words.into_iter().filter(|word| word.counts);
        let given =
            counting.filter_map(|w| self.verdict(w.vote).map(|(v, vote)| (v, vote, w.vote)));
        let given: Vec<(Verdict, &Vote, u32)> = given.collect();
        let strictest = given.iter().max_by(|a, b| a.0.cmp(&b.0).then_with(|| later(a.1, b.1)));
        let Some((verdict, decided, vote)) = strictest.copied() else {
            return Outcome { expired, ..Outcome::default() };
        };
        let differs = |(other, vote, _): &(Verdict, &Vote, u32)| {
            // Two licences, or two ways to mend one gap, can't both be right.
            *other != verdict || (verdict.is_about_licences() && vote.to != decided.to)
        };
        let disputed = given.iter().any(differs);
        Outcome { verdict: Some(verdict), vote: Some(vote), disputed, expired }
    }

    /// Returns the one word of each reviewer about a place: the last one given there or where it
    /// surely stood before, else the strictest of those where it may have stood.
    fn words(&self, own: &Target, earlier: &[Earlier]) -> Vec<Word> {
        let mut all = self.words_on(own);
        let mut unsure: Vec<Word> = Vec::new();
        for place in earlier {
            let words = self.words_on(&place.target).into_iter();
            let passes_on =
                |word: &Word| !place.rewritten || !is_fragile(&self.votes[word.vote as usize]);
            for word in words.filter(passes_on) {
                let vote = &self.votes[word.vote as usize];
                let to = if place.sure { &mut all } else { &mut unsure };
                let known = to.iter_mut().find(|w| self.votes[w.vote as usize].by == vote.by);
                let Some(known) = known else {
                    to.push(word);
                    continue;
                };
                let old = &self.votes[known.vote as usize];
                let order = strictness(old.act).cmp(&strictness(vote.act));
                let order =
                    if place.sure { later(old, vote) } else { order.then(later(old, vote)) };
                if order.is_lt() {
                    *known = word;
                }
            }
        }
        for word in unsure {
            let by = &self.votes[word.vote as usize].by;
            if all.iter().all(|known| self.votes[known.vote as usize].by != *by) {
                all.push(word);
            }
        }
        all
    }

    /// Returns each reviewer's last word on `target`, and whether it still counts.
    fn words_on(&self, target: &Target) -> Vec<Word> {
        let last = self.last(target);
        let settled = last.iter().filter_map(|i| self.verdict(*i));
        let settled = settled.filter(|(_, vote)| vote.how == Some(Origin::Settled));
        let settled = settled.filter(|(_, vote)| self.had_all_in_view(vote));
        let settled = settled.max_by(|a, b| later(a.1, b.1)).map(|(v, vote)| (v, vote.at));
        let word = |vote: u32| Word {
            vote,
            counts: settled.is_none_or(|(verdict, at)| {
                let vote = &self.votes[vote as usize];
                vote.at >= at || vote.act.verdict() == Some(verdict)
            }),
        };
        last.into_iter().map(word).collect()
    }

    /// Returns how many votes others than `by` had given on `target` before `at`.
    pub(super) fn others_before(&self, target: &Target, by: &str, at: i64) -> u32 {
        let others = self.on(target).filter(|vote| &*vote.by != by && vote.at < at);
        u32::try_from(others.count()).unwrap_or(u32::MAX)
    }

    /// Returns whether who settled a dispute knew everything that others had said by then. What a
    /// merge brought later was not in view, nor what was said before an undo gave it again.
    fn had_all_in_view(&self, settled: &Vote) -> bool {
        let before = self.others_before(&settled.target, &settled.by, settled.at);
        settled.seen.is_some_and(|(known, _)| before <= known)
    }

    /// Returns the verdict that a vote gives, if it does and has not run out.
    fn verdict(&self, vote: u32) -> Option<(Verdict, &Vote)> {
        let vote = &self.votes[vote as usize];
        let verdict = vote.act.verdict().filter(|_| !vote.has_expired(self.today))?;
        Some((verdict, vote))
    }

    /// Returns whether a vote on `gone` says something at the place `own` that its votes don't
    /// say themselves; `sure` as in [`Earlier`].
    pub(super) fn adds(&self, own: &Target, gone: &Target, sure: bool) -> bool {
        let here = self.last(own);
        self.last(gone).into_iter().any(|i| {
            let vote = &self.votes[i as usize];
            let known = here.iter().map(|j| &self.votes[*j as usize]).find(|v| v.by == vote.by);
            known.is_none_or(|known| sure && later(known, vote).is_lt())
        })
    }

    /// Returns what votes on the file and on the directories above it say.
    pub(super) fn outcome_of_file(&self, path: &RepoPath) -> Outcome {
        let mut best = self.outcome(&Target::File(path.clone()));
        for dir in self.above(path) {
            best = best.or_stricter(self.outcome(&Target::Directory(dir)));
        }
        best
    }

    /// Returns the targets beside its own places on which votes about `path` may stand.
    pub(super) fn around(&self, path: &RepoPath) -> Vec<Target> {
        let file = Target::File(path.clone());
        std::iter::once(file).chain(self.above(path).map(Target::Directory)).collect()
    }

    /// Returns the directories with votes that `path` is in, or is itself: the root first.
    fn above(&self, path: &RepoPath) -> impl Iterator<Item = RepoPath> {
        let bytes = if self.directories.is_empty() { &[][..] } else { path.as_bytes() };
        let ends = bytes.iter().enumerate().filter(|(_, b)| **b == b'/').map(|(i, _)| i);
        let ends = std::iter::once(0).chain(ends).chain([bytes.len()]);
        let mut all: Vec<RepoPath> = ends.map(|end| RepoPath::new(&bytes[..end])).collect();
        all.dedup();
        all.retain(|dir| self.directories.contains(dir));
        all.into_iter()
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

/// Orders votes by time. Of two with one time stamp the stricter one is the later; what is left
/// has an order for the one reason that it must not depend on which became known first.
fn later(a: &Vote, b: &Vote) -> Ordering {
    let strict = |vote: &Vote| {
        let unsettled = vote.how != Some(Origin::Settled);
        (strictness(vote.act), unsettled, Reverse(vote.until.unwrap_or(i32::MAX)))
    };
    let rest = |vote: &Vote| {
        let words = (vote.how.map(Origin::word), vote.why.map(Reason::word));
        let words = (words, vote.class.map(Class::word), Reverse(vote.seen));
        (
            words,
            vote.to.clone(),
            vote.note.clone(),
            vote.name.clone(),
            vote.by.clone(),
            vote.asked.clone(),
        )
    };
    let order = a.at.cmp(&b.at).then_with(|| strict(a).cmp(&strict(b)));
    order.then_with(|| rest(a).cmp(&rest(b)))
}

/// How much an act holds up: what gives nothing away is above what opens a place again, and that
/// is above an approval.
fn strictness(act: Act) -> (u8, Act) {
    let rank = match act {
        Act::Give(Verdict::Approve) | Act::Answer(Answer::Yes | Answer::NotApplicable) => 0,
        Act::Read | Act::Sample { .. } | Act::StandIn { chosen: false } => 0,
        Act::Rotate(rotated) if rotated.is_safe() => 0,
        Act::Withdraw => 1,
        Act::Answer(Answer::No) | Act::Give(_) | Act::Rotate(_) => 2,
        Act::StandIn { chosen: true } => 2,
    };
    (rank, act)
}

/// An approval of a credential holds for the text that was looked at, and no other; and what was
/// decided about a licence for the evidence that it was decided on.
pub(super) fn is_fragile(vote: &Vote) -> bool {
    match (vote.class, vote.act) {
        (Some(Class::Credential), Act::Give(Verdict::Approve)) => true,
        (Some(Class::Licence), Act::Give(verdict)) => verdict.rests_on_evidence(),
        _ => false,
    }
}

/// Returns the vote that puts `target` back to how `before` was, in the words of `by`.
pub(super) fn restoring(vote: &Vote, before: Option<&Vote>, at: i64) -> Vote {
    match before {
        Some(before) => Vote { at, ..before.clone() },
        None => vote.withdrawn(at),
    }
}
