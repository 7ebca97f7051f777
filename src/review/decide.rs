// SPDX-License-Identifier: MIT OR Apache-2.0
//! Taking decisions, and taking them back.

use std::collections::HashSet;

use super::{
    Choice, FindingIdx, GroupIdx, Reached, Refusal, Scope, Session, Step, StepKind,
    ballot::restoring,
};
use crate::domain::{
    Act, Class, Fix, FixKind, Layer, Metadata, Origin, Reason, Target, Verdict, Vote,
};

/// What a step says, while it is put together.
#[derive(Default)]
struct Votes {
    targets: HashSet<Target>,
    votes: Vec<Vote>,
    places: Vec<FindingIdx>,
}

impl Session {
    /// Decides over `scope` at `now` (milliseconds since 1970-01-01 UTC).
    ///
    /// Exclude is a verdict on files: it covers every finding in the files of the scope. The
    /// caller must write the step to the journal before the result is shown.
    ///
    /// # Errors
    /// When nothing is covered, or one of the rules against careless approvals holds. Nothing
    /// has changed then.
    pub fn decide(&mut self, scope: &Scope, choice: &Choice, now: i64) -> Result<Step, Refusal> {
        self.decide_as(scope, choice, scope.origin(), now)
    }

    /// Like [`decide`](Self::decide), for a decision that came about in the way `how`.
    ///
    /// # Errors
    /// As [`decide`](Self::decide).
    pub fn decide_as(
        &mut self,
        scope: &Scope,
        choice: &Choice,
        how: Origin,
        now: i64,
    ) -> Result<Step, Refusal> {
        self.decide_all(&[(scope.clone(), choice.clone())], how, now)
    }

    /// Takes several decisions as one step, which came about in the way `how`. Of two that reach
    /// one place the first counts. A verdict on one part of a credential goes to the other parts
    /// too, where they are open.
    ///
    /// # Errors
    /// As [`decide`](Self::decide); where only some of them can't be taken, these are left out.
    pub fn decide_all(
        &mut self,
        all: &[(Scope, Choice)],
        how: Origin,
        now: i64,
    ) -> Result<Step, Refusal> {
        let mut batch = Votes::default();
        let mut refused = None;
        // Nothing has been said before it is known that something will be.
        let at = self.next_tick(now);
        let mut taken = Vec::new();
        for (scope, choice) in all {
            match self.gather(scope, choice, (how, at), &mut batch) {
                Ok(()) => taken.push((scope, choice)),
                Err(refusal) => _ = refused.get_or_insert(refusal),
            }
        }
        for (scope, choice) in taken {
            let more = self.along(scope, choice.act, how);
            // What can't be decided along is left open.
            let _ = self.gather(&Scope::Listed(more), &choice.for_partner(), (how, at), &mut batch);
        }
        let Votes { mut votes, places, .. } = batch;
        if votes.is_empty() {
            return Err(refused.unwrap_or(Refusal::Nothing));
        }
        self.clock = at;
        self.add_sample(&mut votes);
        self.add_reopened(&places, &mut votes);
        self.remember_stand_ins(&mut votes, at);
        Ok(self.take(StepKind::Decide, votes))
    }

    /// Adds the votes that `choice` over `scope` gives.
    fn gather(
        &self,
        scope: &Scope,
        choice: &Choice,
        (how, at): (Origin, i64),
        batch: &mut Votes,
    ) -> Result<(), Refusal> {
        let samples = how == Origin::Sample;
        if !samples {
            self.check_text(choice)?;
        }
        let mut reached = self.reach(scope, choice.act);
        if choice.act == Act::Give(Verdict::Redact) && choice.to.is_none() {
            let all = reached.places.len();
            reached.places.retain(|idx| self.has_stand_in(*idx));
            if reached.places.is_empty() && all > 0 {
                return Err(Refusal::Asks);
            }
        }
        self.only_mendable(choice, how, &mut reached)?;
        if reached.places.is_empty() && reached.unseen > 0 {
            let all = u32::try_from(reached.unseen).unwrap_or(u32::MAX);
            return Err(Refusal::Unseen { seen: 0, all });
        }
        if reached.places.is_empty() {
            return Err(if reached.whole > 0 { Refusal::WholeFile } else { Refusal::Nothing });
        }
        let no_file = |idx: &FindingIdx| Metadata::covers(&self.finding(*idx).bearer());
        if choice.act == Act::Give(Verdict::Exclude) && reached.places.iter().any(no_file) {
            return Err(Refusal::NoFile);
        }
        let seen = match scope {
            Scope::Group(group) => Some(self.check_seen(*group, choice)?),
            _ => None,
        };
        for idx in reached.places {
            let entry = &self.entries[idx.0 as usize];
            let info = self.rules.info(entry.finding.rule);
            let before = entry.standing.vote.and_then(|vote| self.vote(vote));
            let confirming = samples.then(|| choice.confirming(before));
            let choice = confirming.as_ref().unwrap_or(choice);
            if samples {
                self.check_text(choice)?;
            }
            for target in self.targets(idx, choice.act) {
                if !batch.targets.insert(target.clone()) {
                    continue;
                }
                let vote = self.vote_for(choice, target, Some(info.class), at);
                batch.votes.push(Vote { how: Some(how), seen, ..vote });
            }
            batch.places.push(idx);
        }
        Ok(())
    }

    /// Leaves out of what `choice` reaches what is no licensing gap, where it is about these, and
    /// what can't be mended in the way chosen.
    fn only_mendable(
        &self,
        choice: &Choice,
        how: Origin,
        reached: &mut Reached,
    ) -> Result<(), Refusal> {
        let Some(verdict) = choice.act.verdict() else { return Ok(()) };
        let info = |idx: &FindingIdx| self.rules.info(self.finding(*idx).rule);
        let about = |idx: &FindingIdx| info(idx).class == Class::Licence;
        // A suggestion may reach several classes; for these the usual reason stands in.
        if let Some(why) = choice.why.filter(|_| how != Origin::Suggestion) {
            let fits = |idx: &FindingIdx| match (verdict, about(idx)) {
                (Verdict::Approve, false) => !why.is_about_licences(),
                (Verdict::Approve | Verdict::Correct, _) => {
                    Reason::choices(verdict, Some(Class::Licence)).contains(&why)
                }
                _ => true,
            };
            if !reached.places.iter().all(fits) {
                return Err(Refusal::ReasonDoesNotFit(why.word()));
            }
        }
        if !verdict.is_about_licences() {
            return Ok(());
        }
        let to = choice.to.as_deref().ok_or(Refusal::SaysNothing(verdict.word()))?;
        let fix = match verdict {
            Verdict::Fix => Some(Fix::parse(to).ok_or(Refusal::SaysNothing(verdict.word()))?),
            _ => None,
        };
        let before = reached.places.len();
        reached.places.retain(about);
        if reached.places.is_empty() && before > 0 {
            return Err(Refusal::NoLicence(verdict.word()));
        }
        if let Some(fix) = fix {
            let mends = |idx: &FindingIdx| {
                let layer = &self.finding(*idx).layer;
                FixKind::of_rule(info(idx).name()).contains(&fix.kind) && layer.is_tree()
            };
            reached.places.retain(mends);
            if reached.places.is_empty() && before > 0 {
                return Err(Refusal::NoFix(fix.kind.title()));
            }
        }
        Ok(())
    }

    /// Returns what a vote about the finding at `idx` is about: to exclude is a verdict on its
    /// file, and to withdraw takes back whatever the reviewer said about place and file.
    fn targets(&self, idx: FindingIdx, act: Act) -> Vec<Target> {
        let entry = &self.entries[idx.0 as usize];
        let bearer = entry.finding.bearer().into_owned();
        // A name may be one of a directory; of a file it means the same.
        let file = match entry.finding.layer {
            Layer::Name(_) => Target::Directory(bearer),
            _ => Target::File(bearer),
        };
        match act {
            Act::Give(Verdict::Exclude) if !entry.finding.path.is_root() => vec![file],
            Act::Give(_) => vec![entry.target()],
            // A finding is never answered, nor read or drawn from; rotated and given a stand-in is
            // a value.
            Act::Answer(_)
            | Act::Read
            | Act::Sample { .. }
            | Act::Rotate(_)
            | Act::StandIn { .. } => Vec::new(),
            Act::Withdraw => {
                let mut all = entry.targets();
                all.push(file);
                all.retain(|target| self.has_own_vote(target));
                all
            }
        }
    }

    /// Returns whether the reviewer's own last word on `target` is a verdict.
    #[must_use]
    pub fn has_own_vote(&self, target: &Target) -> bool {
        let last = self.ballot.last_before(target, &self.reviewer, i64::MAX);
        last.is_some_and(|vote| vote.act != Act::Withdraw)
    }

    /// Returns the reviewer's vote on `target`: on a value, which has a class and may get a
    /// stand-in, or on a file or directory.
    pub(super) fn vote_for(
        &self,
        choice: &Choice,
        target: Target,
        class: Option<Class>,
        at: i64,
    ) -> Vote {
        let class = class.filter(|_| matches!(target, Target::Place { .. }));
        let says = |verdict: Verdict| verdict == Verdict::Redact || verdict.is_about_licences();
        let stands_in = class.is_some() && choice.act.verdict().is_some_and(says);
        Vote {
            class,
            to: choice.to.clone().filter(|_| stands_in),
            why: choice.reason(class),
            until: self.policy.until(choice.act.verdict(), at),
            note: choice.note.clone(),
            ..Vote::new(target, choice.act, self.reviewer.clone(), at)
        }
    }

    /// Decides over files or directories as such, whether or not anything was found in them.
    ///
    /// # Errors
    /// As [`decide`](Self::decide).
    pub fn decide_paths(
        &mut self,
        targets: Vec<Target>,
        choice: &Choice,
        how: Origin,
        now: i64,
    ) -> Result<Step, Refusal> {
        self.check_text(choice)?;
        if targets.is_empty() {
            return Err(Refusal::Nothing);
        }
        let at = self.tick(now);
        let vote = |target| Vote { how: Some(how), ..self.vote_for(choice, target, None, at) };
        let votes = targets.into_iter().map(vote).collect();
        Ok(self.take(StepKind::Decide, votes))
    }

    /// Takes the reviewer's last step back.
    ///
    /// # Errors
    /// When there is none.
    pub fn undo(&mut self, now: i64) -> Result<Step, Refusal> {
        let step = self.steps.last().ok_or(Refusal::NoStep("undo"))?;
        let (votes, before) = (step.votes.clone(), step.before.clone());
        let at = self.tick(now);
        // A sample is drawn from votes; when they are gone, it is of nothing. Its line is the last.
        let pairs = votes.iter().zip(&before).filter(|(vote, _)| vote.target != Target::Batch);
        let restored = pairs.map(|(vote, before)| restoring(vote, before.as_ref(), at));
        let mut votes: Vec<Vote> = restored.collect();
        self.restore_batches(&before, &mut votes);
        Ok(self.take(StepKind::Undo, votes))
    }

    /// Gives again what was taken back last.
    ///
    /// # Errors
    /// When there is nothing, or something was decided since.
    pub fn redo(&mut self, now: i64) -> Result<Step, Refusal> {
        let votes = self.undone.last().ok_or(Refusal::NoStep("redo"))?.votes.clone();
        let at = self.tick(now);
        let votes = votes.into_iter().map(|vote| Vote { at, ..vote }).collect();
        Ok(self.take(StepKind::Redo, votes))
    }

    /// Repeats a step from the journal: the same votes, the same undo stack, no questions.
    pub fn replay(&mut self, kind: StepKind, votes: Vec<Vote>) {
        self.clock = votes.iter().map(|vote| vote.at).fold(self.clock, i64::max);
        self.take(kind, votes);
    }

    /// Returns how many steps can be undone and redone.
    #[must_use]
    pub fn history(&self) -> (usize, usize) {
        (self.steps.len(), self.undone.len())
    }

    pub(super) fn take(&mut self, kind: StepKind, votes: Vec<Vote>) -> Step {
        // Only what came before counts: on replay the checklist holds these very votes already.
        let before: Vec<Option<Vote>> = votes
            .iter()
            .map(|vote| self.ballot.last_before(&vote.target, &vote.by, vote.at).cloned())
            .collect();
        for vote in &votes {
            self.ballot.add(vote.clone());
        }
        self.samples.learn(votes.iter());
        self.note_stand_ins(&votes, &before);
        let first = votes.first().map(|vote| vote.act);
        let mut places = 0;
        for vote in &votes {
            let touched = self.refresh_target(&vote.target);
            // What is opened again by the way is told apart.
            places += if kind == StepKind::Undo || Some(vote.act) == first { touched } else { 0 };
        }
        let step = Step { kind, votes, before, places };
        match kind {
            StepKind::Decide => {
                self.undone.clear();
                self.steps.push(step.clone());
            }
            StepKind::Undo => self.undone.extend(self.steps.pop()),
            StepKind::Redo => {
                self.undone.pop();
                self.steps.push(step.clone());
            }
        }
        step
    }

    /// Returns a time stamp later than any vote's, so that the order of votes is never in doubt.
    pub(super) fn tick(&mut self, now: i64) -> i64 {
        self.clock = self.next_tick(now);
        self.clock
    }

    pub(super) fn next_tick(&self, now: i64) -> i64 {
        now.max(self.clock + 1)
    }

    /// Approving a blocking value everywhere needs each of its line shapes seen; redacting is
    /// safe and needs nothing.
    fn check_seen(&self, group: GroupIdx, choice: &Choice) -> Result<(u32, u32), Refusal> {
        let (seen, all) = self.shapes(group);
        let approves = choice.act == Act::Give(Verdict::Approve);
        if approves && self.policy.careful(self.group(group).severity) && seen < all {
            return Err(Refusal::Unseen { seen, all });
        }
        Ok((seen, all))
    }

    /// Asks for the remark that a reason needs, and keeps values out of the checklist's free text.
    pub(super) fn check_text(&self, choice: &Choice) -> Result<(), Refusal> {
        let noted = choice.note.as_ref().is_some_and(|note| !note.trim().is_empty());
        if choice.why.is_some_and(Reason::needs_note) && !noted {
            return Err(Refusal::NeedsNote);
        }
        if let Some(verdict) = choice.act.verdict() {
            if self.policy.choose_reason.contains(&verdict) && choice.why.is_none() {
                return Err(Refusal::PolicyReason(verdict.word()));
            }
            if self.policy.need_note.contains(&verdict) && !noted {
                return Err(Refusal::PolicyNote(verdict.word()));
            }
        }
        let to = match choice.act {
            Act::Give(Verdict::Correct) => "expression",
            Act::Give(Verdict::Fix) => "fix",
            _ => "stand-in",
        };
        for (name, text) in [("note", &choice.note), (to, &choice.to)] {
            if text.as_ref().is_some_and(|text| text.chars().any(char::is_control)) {
                return Err(Refusal::Control(name));
            }
            if text.as_ref().is_some_and(|text| self.holds_value(text)) {
                return Err(Refusal::HoldsValue(name));
            }
        }
        Ok(())
    }
}
