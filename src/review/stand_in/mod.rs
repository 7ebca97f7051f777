// SPDX-License-Identifier: MIT OR Apache-2.0
//! What stands where a value stood: one value, one stand-in, everywhere.
//!
//! Which stand-in a value has follows from everything that was found, in the order in which it
//! stands, and not from what was decided. So a preview, the list and the release agree, and so do
//! two reviewers of one commit. When a value is redacted its stand-in is remembered in the
//! checklist: what is found later, further up, takes it from nobody.

mod atoms;
mod build;
mod engine;

use std::{collections::HashSet, sync::Arc};

pub(super) use build::Mapping;
pub use engine::Given;
use engine::Key;

use super::{FindingIdx, GroupIdx, Refusal, Session, Step, StepKind, attest::plain};
use crate::domain::{
    Act, Class, Origin, Target, Verdict, Vote,
    stand_in::{Hole, Template},
};

/// A value and its stand-in, for the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandIn {
    /// The keyed id of the value; of one that is written in several ways, that of the first.
    pub value: Arc<str>,
    /// What takes its place; none where somebody has to choose.
    pub to: Option<String>,
    /// How it came to that.
    pub given: Given,
    /// The groups of the value: of all rules that find it, and of all ways to write it.
    pub groups: Vec<GroupIdx>,
}

impl Given {
    /// Returns the word used in JSON and lists.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Remembered => "kept",
            Self::Chosen => "chosen",
            Self::Taken => "taken",
            Self::Asks => "choose",
        }
    }
}

impl Session {
    fn mapping(&self) -> &Mapping {
        self.stand_ins.get_or_init(|| Mapping::new(self))
    }

    /// Forgets what was worked out, because something was found or said that it rests on.
    pub(super) fn forget_stand_ins(&mut self) {
        self.stand_ins.take();
    }

    /// Returns what redacting the place `idx` puts there. Nothing for what is no text, and where a
    /// reviewer has to choose first: then the value stays.
    #[must_use]
    pub fn stand_in(&self, idx: FindingIdx) -> Option<String> {
        let finding = self.finding(idx);
        finding.place.span()?;
        let mapping = self.mapping();
        let item = mapping.items.get(&self.identity(idx).value).copied();
        let chosen_at = item.and_then(|item| mapping.chosen_at.get(&item).copied());
        let vote = self.standing(idx).vote.and_then(|vote| self.vote(vote));
        // The last word counts: that on the place, or that on the value wherever it stands.
        let own = vote.filter(|vote| chosen_at.is_none_or(|at| at < vote.at));
        let to = match own.and_then(|vote| vote.to.as_deref()) {
            Some(own) if Template::new(own).is_fixed() => Some(own.to_owned()),
            Some(own) => {
                let key = Key::Own(own.to_owned(), build::text_of(finding));
                let item = mapping.engine.find(&key)?;
                mapping.engine.items[item].to.clone()
            }
            None => mapping.engine.items[item?].to.clone(),
        }?;
        let digits = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_digit);
        // A number outside quotes, where only digits parse.
        let bare = digits(finding.value.written()) && finding.path.extension() == "json";
        Some(if bare && !digits(to.as_bytes()) { "0".to_owned() } else { to })
    }

    /// Returns all values that have a stand-in of their own, in the order in which they stand.
    /// Credentials are left out that all get the same.
    #[must_use]
    pub fn stand_ins(&self) -> Vec<StandIn> {
        let mapping = self.mapping();
        let items = mapping.engine.items.iter().zip(&mapping.groups);
        let listed = items.filter(|(item, groups)| {
            let told = !matches!(item.key, Key::Secret(_)) || !item.template.is_fixed();
            let class = groups.first().map(|idx| self.info(*idx).class);
            let text = class.is_some_and(|class| class != Class::Licence);
            text && (told || item.given != Given::Proposed)
        });
        let row = |(item, groups): (&engine::Item, &Vec<GroupIdx>)| StandIn {
            value: self.group(groups[0]).value.clone(),
            to: item.to.clone(),
            given: item.given,
            groups: groups.clone(),
        };
        listed.map(row).collect()
    }

    /// Returns whether something would stand at the place `idx` when it is redacted.
    pub(super) fn has_stand_in(&self, idx: FindingIdx) -> bool {
        let mapping = self.mapping();
        let item = mapping.items.get(&self.identity(idx).value);
        item.is_none_or(|item| mapping.engine.items[*item].to.is_some())
    }

    /// Returns whether the place `idx` is redacted and keeps its value all the same: because the
    /// choice of a stand-in was taken back, or an older version knew no better.
    #[must_use]
    pub fn keeps_value(&self, idx: FindingIdx) -> bool {
        let redacted = self.standing(idx).verdict == Some(Verdict::Redact);
        redacted && self.finding(idx).place.span().is_some() && self.stand_in(idx).is_none()
    }

    /// Chooses at `now` (milliseconds since 1970-01-01 UTC) what takes the place of the value with
    /// the keyed id `value` wherever it stands, however it is written and whatever rule finds it;
    /// or takes one's own choice back. Numbers in `to` become the first that are free. The caller
    /// must write the step to the journal before it is shown.
    ///
    /// # Errors
    /// When there is no such value, the text holds a value or is another's stand-in, or there is
    /// no choice to take back. Nothing has changed then.
    pub fn choose_stand_in(
        &mut self,
        value: &str,
        to: Option<&str>,
        now: i64,
    ) -> Result<Step, Refusal> {
        let mapping = self.mapping();
        let item = *mapping.items.get(value).ok_or(Refusal::NoSuchValue)?;
        let to = to.map(|to| self.checked_stand_in(item, to)).transpose()?;
        let mut known = HashSet::new();
        let groups = self.mapping().groups[item].iter().map(|idx| {
            let group = self.group(*idx);
            (group.value.clone(), self.rules.info(group.rule).class)
        });
        let values: Vec<_> = groups.filter(|(value, _)| known.insert(value.clone())).collect();
        let at = self.next_tick(now);
        let vote = |(value, class)| {
            let target = Target::StandIn(value);
            let by = self.reviewer.clone();
            let act = Act::StandIn { chosen: true };
            match &to {
                Some(to) => Some(Vote {
                    class: Some(class),
                    to: Some(to.as_str().into()),
                    how: Some(Origin::Direct),
                    ..Vote::new(target, act, by, at)
                }),
                None => self.unchosen(&target, at),
            }
        };
        let votes: Vec<Vote> = values.into_iter().filter_map(vote).collect();
        if votes.is_empty() {
            return Err(Refusal::Nothing);
        }
        self.clock = at;
        Ok(self.take(StepKind::Decide, votes))
    }

    /// Returns the vote that takes one's own choice back: what was remembered before holds again.
    fn unchosen(&self, target: &Target, at: i64) -> Option<Vote> {
        let last = self.ballot.last_before(target, &self.reviewer, i64::MAX)?;
        let chosen = last.act == Act::StandIn { chosen: true };
        let back = match build::kept(self, target) {
            Some(kept) => Vote { by: self.reviewer.clone(), at, ..kept.clone() },
            None => last.withdrawn(at),
        };
        chosen.then_some(back)
    }

    /// Returns what a reviewer wrote, with its numbers.
    fn checked_stand_in(&self, item: usize, to: &str) -> Result<String, Refusal> {
        const WHAT: &str = "stand-in";
        plain(WHAT, to)?;
        let mapping = self.mapping();
        let template = Template::new(to.trim());
        let now = mapping.engine.items[item].to.as_deref();
        let free = |to: &String| now == Some(to.as_str()) || mapping.engine.is_free_for(item, to);
        let numbers = if template.holes().any(Hole::is_number) { 1..usize::MAX } else { 1..2 };
        let make = |n| {
            template.filled(|hole| match hole {
                hole if hole.is_number() => hole.number(n),
                // The rest of a value can't be asked for here: it has its own stand-in.
                _ => String::new(),
            })
        };
        let to = numbers.map(make).find(free).ok_or(Refusal::StandInTaken)?;
        if to.is_empty() {
            return Err(Refusal::NoStandIn);
        }
        if self.holds_value(&to) {
            return Err(Refusal::HoldsValue(WHAT));
        }
        Ok(to)
    }

    /// Adds the votes that remember the stand-ins of what `votes` redact.
    pub(super) fn remember_stand_ins(&self, votes: &mut Vec<Vote>, at: i64) {
        let redacts = Act::Give(Verdict::Redact);
        let redacted = votes.iter().filter(|vote| vote.act == redacts && vote.to.is_none());
        let values = redacted.filter_map(|vote| match &vote.target {
            Target::Place { id, .. } => Some((&id.value, vote.class)),
            _ => None,
        });
        let mut known = HashSet::new();
        let values: Vec<_> = values.filter(|(value, _)| known.insert(*value)).collect();
        if values.is_empty() {
            return;
        }
        let mapping = self.mapping();
        let fresh = values.into_iter().filter(|(value, _)| !mapping.pinned.contains(*value));
        let vote = |(value, class): (&Arc<str>, _)| {
            let item = &mapping.engine.items[*mapping.items.get(value)?];
            let to = item.to.as_deref().filter(|_| !item.template.is_fixed())?;
            let target = Target::StandIn(value.clone());
            let act = Act::StandIn { chosen: false };
            let bare = Vote::new(target, act, self.reviewer.clone(), at);
            Some(Vote { class, to: Some(to.into()), ..bare })
        };
        let more: Vec<Vote> = fresh.filter_map(vote).collect();
        votes.extend(more);
    }

    /// Brings what was worked out up to date after `votes`, at little cost where they only
    /// remember what was worked out.
    pub(super) fn note_stand_ins(&mut self, votes: &[Vote], before: &[Option<Vote>]) {
        let own = |vote: &Vote| vote.to.is_some() && matches!(vote.target, Target::Place { .. });
        let own_before = before.iter().flatten().any(own);
        let Some(mut mapping) = self.stand_ins.take() else { return };
        if own_before || votes.iter().any(own) {
            return;
        }
        for vote in votes {
            let Target::StandIn(value) = &vote.target else { continue };
            let item = mapping.items.get(value).copied();
            let item = item.map(|item| &mut mapping.engine.items[item]);
            let same = |item: &&mut engine::Item| {
                vote.act == Act::StandIn { chosen: false }
                    && item.to.as_deref() == vote.to.as_deref()
            };
            let Some(item) = item.filter(same) else { return };
            if !matches!(item.given, Given::Proposed | Given::Remembered) {
                return;
            }
            item.given = Given::Remembered;
            mapping.pinned.insert(value.clone());
        }
        // Nobody else can have set it between.
        let _ = self.stand_ins.set(mapping);
    }
}
