// SPDX-License-Identifier: MIT OR Apache-2.0
//! The release checklist: what people answer for, because no program can decide it.
//!
//! An answer holds an id of the text that was answered. When that text changes the answer is
//! kept and told, but does not count: nobody has said anything about the new one.

use std::{collections::HashMap, sync::Arc};

use super::{Refusal, Session, Step, StepKind, choice::LONGEST, identity::id_of_text};
use crate::domain::{Act, Answer, Class, Item, Target, Template, Vote};

/// How an item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttestState {
    /// Nobody has answered.
    Open,
    /// Whoever answered did so before the item's text changed.
    Changed,
    /// Everybody who answered said this.
    Answered(Answer),
    /// Reviewers answered differently.
    Disputed,
}

/// An answer with everything that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attested {
    /// The answer, or taking one's own back.
    pub act: Act,
    /// A remark.
    pub note: Option<Arc<str>>,
    /// Where what it rests on can be read.
    pub link: Option<Arc<str>>,
    /// Who answers for it, if that is not the reviewer.
    pub name: Option<Arc<str>>,
}

impl Attested {
    /// Returns the bare answer.
    #[must_use]
    pub fn new(answer: Answer) -> Self {
        Self { act: Act::Answer(answer), note: None, link: None, name: None }
    }
}

/// Counts of items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AttestCounts {
    /// All items.
    pub items: usize,
    /// Those that the sign-off needs.
    pub required: usize,
    /// Items that wait for an answer or for an agreement; equals `items - decided`.
    pub open: usize,
    /// Items with one answer.
    pub decided: usize,
    /// Items that keep the sign-off from passing; the sum of the next three.
    pub blocking: usize,
    /// Required ones without an answer.
    pub missing: usize,
    /// Required ones that were answered with no.
    pub refused: usize,
    /// Items on which reviewers differ.
    pub disputed: usize,
    /// Open ones that were answered before their text changed; the required ones are among those
    /// that are missing.
    pub changed: usize,
    /// Items answered with yes, no and not applicable, in the order of [`Answer::ALL`].
    pub answers: [usize; 3],
}

impl AttestState {
    /// Returns whether `item`, standing so, keeps the sign-off from passing.
    #[must_use]
    pub fn blocks(self, item: &Item) -> bool {
        match self {
            Self::Disputed => true,
            Self::Open | Self::Changed | Self::Answered(Answer::No) => item.required,
            Self::Answered(Answer::Yes | Answer::NotApplicable) => false,
        }
    }

    /// Returns whether somebody has to say something.
    #[must_use]
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Answered(_))
    }

    /// Returns the word used in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Changed => "changed",
            Self::Answered(answer) => answer.word(),
            Self::Disputed => "disputed",
        }
    }
}

/// The items that are asked, and the ids of their texts.
#[derive(Default)]
pub(super) struct Questions {
    template: Arc<Template>,
    texts: HashMap<Arc<str>, Arc<str>>,
}

impl Session {
    /// Sets the items of the release checklist. Answers to others are kept and do not count.
    pub fn ask(&mut self, template: Arc<Template>) {
        let text = |item: &Item| id_of_text(&[&item.title, &item.text]);
        let texts = template.items.iter().map(|item| (item.id.clone(), text(item)));
        self.questions = Questions { texts: texts.collect(), template };
    }

    /// Returns the release checklist.
    #[must_use]
    pub fn template(&self) -> &Arc<Template> {
        &self.questions.template
    }

    /// Returns each reviewer's last answer to the item called `id`, the strictest first. Those
    /// to an earlier text are among them, see [`answers_what_is_asked`](Self::answers_what_is_asked).
    #[must_use]
    pub fn answers(&self, id: &str) -> Vec<(Answer, &Vote)> {
        let last = self.ballot.last(&Target::Attestation(id.into()));
        let votes = last.into_iter().filter_map(|i| self.vote(i));
        let mut out: Vec<(Answer, &Vote)> =
            votes.filter_map(|vote| Some((vote.act.answer()?, vote))).collect();
        out.sort_by(|(a, x), (b, y)| b.cmp(a).then_with(|| (x.at, &x.by).cmp(&(y.at, &y.by))));
        out
    }

    /// Returns whether `vote` answers the text that its item has now.
    #[must_use]
    pub fn answers_what_is_asked(&self, vote: &Vote) -> bool {
        let Target::Attestation(id) = &vote.target else { return false };
        vote.asked.is_some() && vote.asked.as_ref() == self.questions.texts.get(id)
    }

    /// Returns how the item called `id` stands.
    #[must_use]
    pub fn attest_state(&self, id: &str) -> AttestState {
        let mut answers = self.answers(id);
        let said = !answers.is_empty();
        answers.retain(|(_, vote)| self.answers_what_is_asked(vote));
        match answers.split_first() {
            None if said => AttestState::Changed,
            None => AttestState::Open,
            Some(((first, _), rest)) if rest.iter().all(|(answer, _)| answer == first) => {
                AttestState::Answered(*first)
            }
            Some(_) => AttestState::Disputed,
        }
    }

    /// Answers the item called `id` at `now` (milliseconds since 1970-01-01 UTC), or takes one's
    /// own answer back. The caller must write the step to the journal before it is shown.
    ///
    /// # Errors
    /// When there is no such item or no answer to take back, when an item that does not apply
    /// comes without a note, or when a text holds a value. Nothing has changed then.
    pub fn attest(&mut self, id: &str, said: &Attested, now: i64) -> Result<Step, Refusal> {
        let target = Target::Attestation(id.into());
        if said.act == Act::Withdraw {
            // What is not asked any more can be taken back all the same.
            if !self.has_own_vote(&target) {
                return Err(Refusal::Nothing);
            }
        } else if self.template().item(id).is_none() {
            return Err(Refusal::NoSuchItem);
        }
        self.check_answer(said)?;
        let answers = said.act.answer().is_some();
        let asked = self.questions.texts.get(id).filter(|_| answers).cloned();
        let at = self.tick(now);
        let vote = Vote {
            to: said.link.clone(),
            note: said.note.clone(),
            name: said.name.clone(),
            asked,
            ..Vote::new(target, said.act, self.reviewer.clone(), at)
        };
        Ok(self.take(StepKind::Decide, vec![vote]))
    }

    /// Returns why `text` can be no link.
    ///
    /// Links lead to trackers inside, whose names stand in the repository: only values that are
    /// masked are kept out.
    ///
    /// # Errors
    /// When it is no one word, or holds a credential or a personal datum.
    pub fn check_link(&self, text: &str) -> Result<(), Refusal> {
        plain("link", text)?;
        if text.is_empty() || text.contains(char::is_whitespace) {
            return Err(Refusal::NoLink);
        }
        self.keeps_out(text, Class::starts_masked).ok_or(Refusal::HoldsValue("link"))
    }

    /// Returns why `text` can be no name. People's names and addresses may well be found in the
    /// repository; who answers must be named all the same.
    ///
    /// # Errors
    /// When it is not one line, or holds a credential.
    pub fn check_name(&self, text: &str) -> Result<(), Refusal> {
        plain("name", text)?;
        self.keeps_out(text, |class| class == Class::Credential).ok_or(Refusal::HoldsValue("name"))
    }

    fn keeps_out(&self, text: &str, of: fn(Class) -> bool) -> Option<()> {
        (!self.holds_value_of(text, of)).then_some(())
    }

    fn check_answer(&self, said: &Attested) -> Result<(), Refusal> {
        let noted = said.note.as_ref().is_some_and(|note| !note.trim().is_empty());
        if said.act == Act::Answer(Answer::NotApplicable) && !noted {
            return Err(Refusal::Unexplained);
        }
        if let Some(note) = &said.note {
            plain("note", note)?;
            if self.holds_value(note) {
                return Err(Refusal::HoldsValue("note"));
            }
        }
        said.link.as_ref().map_or(Ok(()), |link| self.check_link(link))?;
        said.name.as_ref().map_or(Ok(()), |name| self.check_name(name))
    }

    pub(super) fn attest_counts(&self) -> AttestCounts {
        let mut out = AttestCounts::default();
        for item in &self.template().items {
            let state = self.attest_state(&item.id);
            out.items += 1;
            out.required += usize::from(item.required);
            out.open += usize::from(state.is_open());
            out.decided += usize::from(!state.is_open());
            out.changed += usize::from(state == AttestState::Changed);
            if let AttestState::Answered(answer) = state {
                let at = Answer::ALL.iter().position(|known| *known == answer);
                at.into_iter().for_each(|i| out.answers[i] += 1);
            }
            if state.blocks(item) {
                out.blocking += 1;
                *match state {
                    AttestState::Open | AttestState::Changed => &mut out.missing,
                    AttestState::Answered(_) => &mut out.refused,
                    AttestState::Disputed => &mut out.disputed,
                } += 1;
            }
        }
        out
    }
}

pub(super) fn plain(name: &'static str, text: &str) -> Result<(), Refusal> {
    if text.chars().any(char::is_control) {
        return Err(Refusal::Control(name));
    }
    if text.chars().nth(LONGEST).is_some() { Err(Refusal::TooLong(name)) } else { Ok(()) }
}
