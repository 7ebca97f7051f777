// SPDX-License-Identifier: MIT OR Apache-2.0
//! What the policy asks of people: who took part, who is missing, who decided what.

use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use super::{FindingIdx, Session, session::Entry};
use crate::domain::{Act, Origin, Policy, Target, Verdict, Vote, same_person};

/// What one person did, counted in places that stand as they do because of it, or would if
/// others had not been stricter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReviewerWork {
    /// Who.
    pub by: Arc<str>,
    /// Places with a verdict of theirs in force, by verdict in the order of
    /// [`Verdict::ALL`].
    pub by_verdict: [usize; 6],
    /// The same places by how it came about, in the order of
    /// [`Origin::ALL`], and last those that do not say.
    pub by_origin: [usize; 6],
    /// Places decided for a whole value while not all of its different lines had been on screen.
    pub partly_seen: usize,
    /// Decisions on files and directories as such.
    pub paths: usize,
    /// Files that they read as they stand.
    pub read: usize,
    /// When they decided last, in milliseconds since 1970-01-01 UTC.
    pub last: i64,
}

impl ReviewerWork {
    /// Returns how many places they decided.
    #[must_use]
    pub fn places(&self) -> usize {
        self.by_verdict.iter().sum()
    }

    fn count(&mut self, vote: &Vote) {
        let Some(verdict) = vote.act.verdict() else { return };
        let at = Verdict::ALL.iter().position(|v| *v == verdict).unwrap_or(0);
        self.by_verdict[at] += 1;
        let all = &Origin::ALL;
        let how = vote.how.and_then(|how| all.iter().position(|origin| *origin == how));
        self.by_origin[how.unwrap_or(all.len())] += 1;
        self.partly_seen += usize::from(vote.seen.is_some_and(|(seen, all)| seen < all));
    }
}

impl Session {
    /// Puts the review under `policy`, on the day `today` (counted from 1970-01-01 UTC): what has
    /// run out by then does not count.
    #[must_use]
    pub fn with_policy(mut self, policy: Arc<Policy>, today: i32) -> Self {
        self.ballot.set_today(today);
        self.set_policy(policy);
        self
    }

    /// Puts another policy in the place of the one that holds.
    pub fn set_policy(&mut self, policy: Arc<Policy>) {
        self.groups.iter_mut().for_each(|group| group.bar = policy.blocking);
        self.policy = policy;
        self.refresh_all();
    }

    /// Returns the policy of this review.
    #[must_use]
    pub fn policy(&self) -> &Arc<Policy> {
        &self.policy
    }

    /// Returns the day of this run, counted from 1970-01-01 UTC.
    #[must_use]
    pub fn today(&self) -> i32 {
        self.ballot.today()
    }

    /// Returns whether a place still needs the reviewer who is here: one that this person has
    /// approved waits for somebody else.
    #[must_use]
    pub fn waits_for_reviewer(&self, idx: FindingIdx) -> bool {
        let standing = self.standing(idx);
        !standing.settled() && !standing.own_approval
    }

    /// Returns whether a place has no verdict, or waits for this reviewer to be the second one.
    #[must_use]
    pub fn open_for_reviewer(&self, idx: FindingIdx) -> bool {
        let standing = self.standing(idx);
        standing.verdict.is_none() || (standing.needs_second && !standing.own_approval)
    }

    /// Returns whether a place lacks the second person that the policy wants, and whether the
    /// first one is the reviewer who is here.
    pub(super) fn lacks_second(&self, entry: &Entry, verdict: Option<Verdict>) -> (bool, bool) {
        let approved = verdict == Some(Verdict::Approve);
        if !approved || !self.policy.wants_second(self.rules.info(entry.finding.rule).class) {
            return (false, false);
        }
        let approvers = self.approvers(entry);
        let alone = approvers.len() < 2;
        (alone, alone && approvers.iter().any(|by| same_person(by, &self.reviewer)))
    }

    /// Returns the different people whose approvals hold for a place.
    fn approvers(&self, entry: &Entry) -> Vec<&str> {
        let mut out: Vec<&str> = Vec::new();
        for vote in self.about(entry) {
            let known = out.iter().any(|by| same_person(by, &vote.by));
            if vote.act.verdict() == Some(Verdict::Approve) && !known {
                out.push(&vote.by);
            }
        }
        out
    }

    /// Returns the votes in force about a place, its file and the directories above it.
    fn about(&self, entry: &Entry) -> Vec<&Vote> {
        let mut out = self.ballot.in_force_at(&entry.target(), &entry.earlier);
        let around = self.ballot.around(&entry.finding.path);
        out.extend(around.iter().flat_map(|target| self.ballot.in_force(target)));
        out
    }

    /// Returns the required people who have not taken part, and how many people more the policy
    /// wants. To take part is to have a vote in force, whatever it is about.
    pub(super) fn missing_people(&self) -> (Vec<Arc<str>>, usize) {
        let policy = &self.policy;
        if policy.reviewers.is_empty() && policy.min_reviewers == 0 {
            return (Vec::new(), 0);
        }
        let here = self.participants();
        let missing = policy.reviewers.iter();
        let missing = missing.filter(|who| !here.iter().any(|by| same_person(by, who)));
        let wanted = policy.min_reviewers as usize;
        (missing.cloned().collect(), wanted.saturating_sub(here.len()))
    }

    /// Returns the different people who have taken part.
    #[must_use]
    pub fn participants(&self) -> Vec<Arc<str>> {
        let mut done: HashSet<&str> = HashSet::new();
        let mut out: Vec<Arc<str>> = Vec::new();
        // The newest are most likely to be in force.
        for vote in self.votes().iter().rev() {
            if done.contains(&*vote.by) || !self.holds(vote) {
                continue;
            }
            done.insert(&*vote.by);
            if !out.iter().any(|by| same_person(by, &vote.by)) {
                out.push(vote.by.clone());
            }
        }
        out.sort_unstable();
        out
    }

    /// Returns whether a vote is in force: not taken back, not run out, not replaced.
    fn holds(&self, vote: &Vote) -> bool {
        // The line of a sample says nothing that could be taken back.
        let silent = matches!(vote.act, Act::Withdraw | Act::Sample { .. });
        let given = !silent && !vote.has_expired(self.today());
        given && self.ballot.last_before(&vote.target, &vote.by, i64::MAX) == Some(vote)
    }

    /// Returns what each person did, by name.
    #[must_use]
    pub fn work(&self) -> Vec<ReviewerWork> {
        let mut all: BTreeMap<Arc<str>, ReviewerWork> = BTreeMap::new();
        for entry in &self.entries {
            let mut strictest: Vec<&Vote> = Vec::new();
            for vote in self.about(entry) {
                match strictest.iter_mut().find(|known| known.by == vote.by) {
                    Some(known) if known.act.verdict() < vote.act.verdict() => *known = vote,
                    Some(_) => {}
                    None => strictest.push(vote),
                }
            }
            strictest.into_iter().for_each(|vote| work_of(&mut all, vote).count(vote));
        }
        for vote in self.votes().iter().filter(|vote| self.holds(vote)) {
            let of_path = matches!(vote.target, Target::File(_) | Target::Directory(_));
            let work = work_of(&mut all, vote);
            work.paths += usize::from(of_path);
            work.read += usize::from(self.is_of_present_text(vote));
        }
        all.into_values().collect()
    }
}

fn work_of<'a>(all: &'a mut BTreeMap<Arc<str>, ReviewerWork>, vote: &Vote) -> &'a mut ReviewerWork {
    let new = || ReviewerWork { by: vote.by.clone(), ..ReviewerWork::default() };
    let work = all.entry(vote.by.clone()).or_insert_with(new);
    work.last = work.last.max(vote.at);
    work
}
