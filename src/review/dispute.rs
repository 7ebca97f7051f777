// SPDX-License-Identifier: MIT OR Apache-2.0
//! Where reviewers differ: who says what, and how a dispute ends.

use std::{collections::HashSet, sync::Arc};

use super::{Choice, FindingIdx, Refusal, Session, Step, StepKind, session::Entry};
use crate::domain::{Act, Origin, Target, Verdict, Vote};

impl Session {
    /// Returns what each reviewer says about the finding at `idx`: about the place, its file or a
    /// directory above it, the oldest first.
    #[must_use]
    pub fn opinions(&self, idx: FindingIdx) -> Vec<&Vote> {
        let entry = &self.entries[idx.0 as usize];
        let mut out = self.ballot.in_force_at(&entry.target(), &entry.earlier);
        let around = self.ballot.around(&entry.finding.path);
        out.extend(around.iter().flat_map(|target| self.ballot.in_force(target)));
        out.sort_by_key(|vote| vote.at);
        out
    }

    /// Returns the verdicts that reviewers gave where they differ about the finding at `idx`, the
    /// strictest first; none where they agree.
    #[must_use]
    pub fn rivals(&self, idx: FindingIdx) -> Vec<Verdict> {
        let entry = &self.entries[idx.0 as usize];
        let mut votes = Vec::new();
        if self.place_is_disputed(entry) {
            votes = self.ballot.counting(&entry.target(), &entry.earlier);
        }
        let around = self.disputed_around(entry);
        votes.extend(around.iter().flat_map(|target| self.ballot.counting(target, &[])));
        let mut out: Vec<Verdict> =
            votes.into_iter().filter_map(|vote| vote.act.verdict()).collect();
        out.sort_unstable_by(|a, b| b.cmp(a));
        out.dedup();
        out
    }

    /// Ends the disputes about `places` by a verdict that counts against every earlier vote of
    /// the others. What somebody says after that can open a new dispute.
    ///
    /// # Errors
    /// When nobody differs there; when the verdict is less strict than the one in force and
    /// no note says why; or when a blocking place would be approved that was never on screen.
    pub fn settle_dispute(
        &mut self,
        places: &[FindingIdx],
        choice: &Choice,
        now: i64,
    ) -> Result<Step, Refusal> {
        self.check_text(choice)?;
        let verdict = choice.act.verdict().ok_or(Refusal::Nothing)?;
        let noted = choice.note.as_ref().is_some_and(|note| !note.trim().is_empty());
        let at = self.tick(now);
        let mut known = HashSet::new();
        let mut votes = Vec::new();
        for idx in places {
            let standing = self.standing(*idx);
            if standing.verdict.is_some_and(|held| verdict < held) && !noted {
                return Err(Refusal::NeedsNoteToSettle);
            }
            let blocks = self.policy.careful(self.finding(*idx).severity);
            if verdict == Verdict::Approve && blocks && !self.was_seen(*idx) {
                return Err(Refusal::Unseen { seen: 0, all: 1 });
            }
            for target in self.disputed_targets(*idx) {
                if !known.insert(target.clone()) {
                    continue;
                }
                let known = self.ballot.others_before(&target, &self.reviewer, at);
                let class = self.rules.info(self.finding(*idx).rule).class;
                let said = self.said_with(&target, verdict);
                let choice = Choice { to: choice.to.clone().or(said), ..choice.clone() };
                let vote = self.vote_for(&choice, target, Some(class), at);
                let (how, seen) = (Some(Origin::Settled), Some((known, known)));
                votes.push(Vote { how, seen, ..vote });
            }
        }
        if votes.is_empty() {
            return Err(Refusal::NoDispute);
        }
        Ok(self.take(StepKind::Decide, votes))
    }

    /// Returns what was said with `verdict` on `target`: the licence that holds, or what is done. Of
    /// two who gave it and say other things the later counts.
    fn said_with(&self, target: &Target, verdict: Verdict) -> Option<Arc<str>> {
        let votes = self.ballot.in_force(target).into_iter().rev();
        let mut votes = votes.filter(|vote| vote.act == Act::Give(verdict));
        votes.find_map(|vote| vote.to.clone()).filter(|_| verdict.is_about_licences())
    }

    fn place_is_disputed(&self, entry: &Entry) -> bool {
        self.ballot.outcome_at(&entry.target(), &entry.earlier).disputed
    }

    fn disputed_around(&self, entry: &Entry) -> Vec<Target> {
        let mut out = self.ballot.around(&entry.finding.path);
        out.retain(|target| self.ballot.outcome(target).disputed);
        out
    }

    /// Returns what has to be settled for the finding at `idx`. Where votes on earlier places
    /// count too, all of them: what was said there passes on to the next place, too.
    fn disputed_targets(&self, idx: FindingIdx) -> Vec<Target> {
        let entry = &self.entries[idx.0 as usize];
        let mut out = if self.place_is_disputed(entry) { entry.targets() } else { Vec::new() };
        out.extend(self.disputed_around(entry));
        out
    }
}
