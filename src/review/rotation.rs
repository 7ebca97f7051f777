// SPDX-License-Identifier: MIT OR Apache-2.0
//! Whether credentials were rotated: redacting one closes no door that it opens.
//!
//! The question is about a value, wherever it stands and whatever rules found it, so its answer
//! outlives every change of the code. It comes up once somebody has said that the value must not
//! be published, and what is approved as no credential at all is not asked about.

use std::{collections::HashSet, sync::Arc};

use super::{
    FindingIdx, GroupIdx, Refusal, Session, Step, StepKind, attest::plain, session::Entry,
};
use crate::domain::{Act, Class, Place, Reason, Rotated, Severity, Target, Verdict, Vote, remark};

/// Whether a place asks if its credential was rotated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Turn {
    /// It does not: it holds no credential, or nobody has said that it must not be published.
    #[default]
    NotAsked,
    /// The credential is known to open nothing.
    Done,
    /// It is not.
    Waits,
}

/// What all reviewers together say of a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RotationState {
    /// Nobody has said anything.
    Open,
    /// This holds.
    Answered(Rotated),
    /// Somebody says that it is not rotated after somebody else said that it is, or need not be.
    Disputed,
}

impl RotationState {
    /// Returns whether the credential is known to open nothing.
    #[must_use]
    pub fn is_safe(self) -> bool {
        matches!(self, Self::Answered(said) if said.is_safe())
    }

    /// Returns the word used in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Answered(said) => said.word(),
            Self::Disputed => "disputed",
        }
    }

    /// Returns the words shown on the screen and in reports.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Open => "not answered",
            Self::Answered(said) => said.title(),
            Self::Disputed => "reviewers differ",
        }
    }
}

/// An answer with everything that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RotationAnswer {
    /// The answer; none takes one's own back.
    pub said: Option<Rotated>,
    /// A remark. Never a value.
    pub note: Option<Arc<str>>,
    /// Where it can be read, such as a ticket.
    pub link: Option<Arc<str>>,
}

impl RotationAnswer {
    /// Returns the bare answer.
    #[must_use]
    pub fn new(said: Rotated) -> Self {
        Self { said: Some(said), note: None, link: None }
    }
}

/// Counts of the credentials about which is asked; each value counts once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RotationCounts {
    /// All of them; equals `rotated + never_live + waiting()`.
    pub asked: usize,
    /// Those that were rotated.
    pub rotated: usize,
    /// Those that never opened anything.
    pub never_live: usize,
    /// Those of which nobody has said anything.
    pub open: usize,
    /// Those of which it is not known.
    pub not_known: usize,
    /// Those that are not rotated yet.
    pub not_rotated: usize,
    /// Those on which reviewers differ.
    pub disputed: usize,
    /// Those that keep the sign-off from passing: all that wait, or none.
    pub blocking: usize,
}

impl RotationCounts {
    /// Returns how many wait for what, in words, without those for which nothing waits.
    pub fn parts(&self) -> impl Iterator<Item = (usize, &'static str)> {
        [
            (self.open, "not answered"),
            (self.not_rotated, "not rotated yet"),
            (self.not_known, "not known"),
            (self.disputed, "on which reviewers differ"),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
    }

    /// Returns how many are not known to open nothing.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.open + self.not_known + self.not_rotated + self.disputed
    }

    fn add(&mut self, state: RotationState) {
        self.asked += 1;
        *match state {
            RotationState::Open => &mut self.open,
            RotationState::Disputed => &mut self.disputed,
            RotationState::Answered(Rotated::Yes) => &mut self.rotated,
            RotationState::Answered(Rotated::NeverLive) => &mut self.never_live,
            RotationState::Answered(Rotated::Unknown) => &mut self.not_known,
            RotationState::Answered(Rotated::No) => &mut self.not_rotated,
        } += 1;
    }
}

impl Session {
    /// Says whether the history is published too, and with it every credential that ever stood in
    /// it: those that are not rotated then block the sign-off.
    pub fn publish_history(&mut self, yes: bool) {
        self.publishes_history = yes;
    }

    /// Returns whether a credential that is not known to be rotated keeps the sign-off from passing.
    #[must_use]
    pub fn rotation_blocks(&self) -> bool {
        self.publishes_history || self.policy.rotate_always
    }

    /// Returns each reviewer's last word on the credential with the keyed id `value`, the oldest
    /// first.
    #[must_use]
    pub fn rotation_words(&self, value: &str) -> Vec<(Rotated, &Vote)> {
        let last = self.ballot.last(&Target::Rotation(value.into())).into_iter();
        let votes = last.filter_map(|vote| self.vote(vote));
        let mut out: Vec<(Rotated, &Vote)> =
            votes.filter_map(|vote| Some((vote.act.rotated()?, vote))).collect();
        out.sort_by(|(_, a), (_, b)| (a.at, &a.by).cmp(&(b.at, &b.by)));
        out
    }

    /// Returns how the credential with the keyed id `value` stands.
    ///
    /// That it is not rotated is overtaken when somebody rotates it, and who does not know takes
    /// nothing from who does. But who says that it is not rotated after it was said to be knows
    /// something: that holds, and somebody has to look.
    #[must_use]
    pub fn rotation_state(&self, value: &str) -> RotationState {
        let words = self.rotation_words(value);
        let no =
            words.iter().filter(|(said, _)| *said == Rotated::No).map(|(_, vote)| vote.at).max();
        let safe = || words.iter().filter(|(said, _)| said.is_safe());
        let since = safe().filter(|(_, vote)| no.is_none_or(|no| no < vote.at));
        if let Some(said) = since.map(|(said, _)| *said).max() {
            return RotationState::Answered(said);
        }
        match no {
            Some(_) if safe().next().is_some() => RotationState::Disputed,
            Some(_) => RotationState::Answered(Rotated::No),
            None if words.is_empty() => RotationState::Open,
            None => RotationState::Answered(Rotated::Unknown),
        }
    }

    /// Returns whether the values of `group` are credentials that could be rotated at all: what is
    /// made to be handed out has no need to.
    #[must_use]
    pub fn can_be_rotated(&self, group: GroupIdx) -> bool {
        let info = self.info(group);
        (info.class == Class::Credential || info.rotates) && info.public.is_none()
    }

    /// Returns the keyed id under which is said whether the credential of a place was rotated: that
    /// of its value, and of a whole file that of its content, for another store under the same name
    /// holds other keys.
    #[must_use]
    pub fn credential_of(&self, idx: FindingIdx) -> &Arc<str> {
        credential(&self.entries[idx.0 as usize])
    }

    /// Returns whether the credential of a place must be rotated, and is.
    pub(super) fn turn(&self, entry: &Entry, verdict: Option<Verdict>, vote: Option<u32>) -> Turn {
        if !self.can_be_rotated(entry.group) || !is_asked(self, entry, verdict, vote) {
            return Turn::NotAsked;
        }
        match self.rotation_state(credential(entry)).is_safe() {
            true => Turn::Done,
            false => Turn::Waits,
        }
    }

    /// Returns the credentials of a group about which is asked: one, but for whole files, of which
    /// several versions may be in it.
    #[must_use]
    pub fn credentials_of(&self, group: GroupIdx) -> Vec<Arc<str>> {
        let group_of = self.group(group);
        if !self.info(group).rotates {
            return vec![group_of.value.clone()];
        }
        let mut known = HashSet::new();
        let asked = group_of.members.iter();
        let asked = asked.filter(|idx| self.standing(**idx).turn != Turn::NotAsked);
        let all = asked.map(|idx| self.credential_of(*idx));
        all.filter(|credential| known.insert(&***credential)).cloned().collect()
    }

    /// Returns the groups of the value with the keyed id `value`: different rules may find one.
    #[must_use]
    pub fn groups_of(&self, value: &str) -> &[GroupIdx] {
        self.by_value.get(value).map_or(&[], Vec::as_slice)
    }

    /// Returns the credentials about which is asked, by the keyed ids of their values, each with its
    /// first group.
    #[must_use]
    pub fn asked_to_rotate(&self) -> Vec<(Arc<str>, GroupIdx)> {
        let mut known = HashSet::new();
        let asked = self.groups().filter(|(_, group)| group.turns() != (0, 0));
        let all = asked.flat_map(|(idx, _)| {
            self.credentials_of(idx).into_iter().map(move |credential| (credential, idx))
        });
        all.filter(|(credential, _)| known.insert(credential.clone())).collect()
    }

    /// Answers at `now` (milliseconds since 1970-01-01 UTC) for the credentials with these keyed
    /// ids and what they are parts of, or takes one's own answers back. The caller must write the step to the journal before
    /// it is shown.
    ///
    /// # Errors
    /// When there is nothing to answer or to take back, or a text holds a value. Nothing has changed
    /// then.
    pub fn answer_rotation(
        &mut self,
        values: &[Arc<str>],
        answer: &RotationAnswer,
        now: i64,
    ) -> Result<Step, Refusal> {
        if let Some(note) = &answer.note {
            plain("note", note)?;
            if self.holds_value(note) {
                return Err(Refusal::HoldsValue("note"));
            }
        }
        answer.link.as_ref().map_or(Ok(()), |link| self.check_link(link))?;
        let mut known = HashSet::new();
        let credential =
            |value: &str| self.groups_of(value).iter().any(|g| self.can_be_rotated(*g));
        let values = self.with_partners(values, answer.said);
        let targets = values.iter().filter(|value| known.insert(&**value) && credential(value));
        let mut targets: Vec<Target> = targets.cloned().map(Target::Rotation).collect();
        if answer.said.is_none() {
            targets.retain(|target| self.has_own_vote(target));
        }
        if targets.is_empty() {
            return Err(Refusal::Nothing);
        }
        let at = self.tick(now);
        let act = answer.said.map_or(Act::Withdraw, Act::Rotate);
        let (note, link) = match answer.said {
            Some(_) => (answer.note.clone(), answer.link.clone()),
            None => (None, None),
        };
        let vote = |target| Vote {
            class: Some(Class::Credential),
            to: link.clone(),
            note: note.clone(),
            ..Vote::new(target, act, self.reviewer.clone(), at)
        };
        let votes = targets.into_iter().map(vote).collect();
        Ok(self.take(StepKind::Decide, votes))
    }

    pub(super) fn rotation_counts(&self) -> RotationCounts {
        let mut out = RotationCounts::default();
        for (value, _) in self.asked_to_rotate() {
            out.add(self.rotation_state(&value));
        }
        out.blocking = if self.rotation_blocks() { out.waiting() } else { 0 };
        out
    }
}

fn credential(entry: &Entry) -> &Arc<str> {
    match entry.finding.place {
        Place::File => &entry.id.context,
        Place::Span(_) | Place::Repository => &entry.id.value,
    }
}

/// Returns whether what was said of a place calls for rotating its credential.
fn is_asked(session: &Session, entry: &Entry, verdict: Option<Verdict>, vote: Option<u32>) -> bool {
    let finding = &entry.finding;
    let sample = |note: &String| remark::SAMPLES.contains(&&**note) || *note == remark::PUBLIC;
    // What its vendor has printed opens nothing, and what is public by design is no secret.
    if finding.severity == Severity::Info || finding.notes.iter().any(sample) {
        return false;
    }
    let why = vote.and_then(|vote| session.vote(vote)).and_then(|vote| vote.why);
    match verdict {
        Some(Verdict::Redact | Verdict::Exclude) => true,
        // That it is no credential needs more than the usual reason where its own checksum or
        // structure says that it is one.
        Some(Verdict::Approve) => {
            finding.proved() && why.is_none_or(|why| why == Reason::NotSensitive)
        }
        // These are about licences.
        Some(Verdict::Defer | Verdict::Correct | Verdict::Fix) | None => false,
    }
}
