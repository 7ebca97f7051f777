// SPDX-License-Identifier: MIT OR Apache-2.0
//! Suggestions: what a reviewer would probably say, and why. None is ever applied by itself.
//!
//! What speaks for a verdict is either known from the findings alone, and learned once for each,
//! or follows from what was decided so far, which is counted anew after each step. Suggesting for
//! one group then costs a few look-ups, so rows are asked for when they are drawn. Whatever a
//! program proved to be a real credential is never suggested for approval because of where it
//! stands.

mod basis;
mod documentation;
mod facts;
mod table;

use std::{collections::HashMap, sync::Arc};

pub use basis::{Basis, Shared, Suggestion};
pub use documentation::Example;
pub use table::SuggestedRow;

use crate::{
    domain::{Act, Class, Origin, Place, Reason, Target, Verdict, Vote},
    review::{FindingIdx, GroupIdx, GroupState, Session},
};
use facts::{Facts, Known, Likeness, Signs};

/// A value may have been decided at thousands of places, and rows are drawn often.
const LOOKED_AT: usize = 64;
/// A larger group is judged by all its places, decided or not.
const LARGE: usize = 4096;
/// So many groups that are alike say something, when all got one verdict: in one domain or
/// directory, and by one rule anywhere.
const CLOSE: u32 = 3;
const FAR: u32 = 5;

/// Finds suggestions. It has to hear of every finding, and of every change before it is asked.
#[derive(Default)]
pub struct Suggester {
    known: Known,
    /// By likeness how many groups got each verdict from a person.
    tallies: Vec<[u32; Verdict::ALL.len()]>,
    /// By value the votes on it that give a verdict.
    said: HashMap<Arc<str>, Vec<u32>>,
    votes_seen: usize,
}

impl Suggester {
    /// Returns one that knows all of `session`.
    #[must_use]
    pub fn of(session: &Session) -> Self {
        let mut out = Self::default();
        session.findings().for_each(|(idx, _)| out.learn(session, idx));
        out.refresh(session);
        out
    }

    /// Hears of a new finding.
    pub fn learn(&mut self, session: &Session, idx: FindingIdx) {
        self.known.learn(session, idx);
    }

    /// Counts anew what was decided.
    pub fn refresh(&mut self, session: &Session) {
        let votes = session.votes();
        for (i, vote) in votes.iter().enumerate().skip(self.votes_seen) {
            if let (Target::Place { id, .. }, Act::Give(verdict)) = (&vote.target, vote.act)
                && matches!(verdict, Verdict::Approve | Verdict::Redact)
            {
                let said = self.said.entry(id.value.clone()).or_default();
                said.push(u32::try_from(i).unwrap_or(u32::MAX));
            }
        }
        self.votes_seen = votes.len();
        self.tallies.clear();
        self.tallies.resize(self.known.likenesses.len(), [0; Verdict::ALL.len()]);
        for (idx, group) in session.groups() {
            let GroupState::Decided(verdict) = group.state() else { continue };
            let Some(facts) = self.known.of(idx) else { continue };
            // What was accepted as suggested is no evidence for the next suggestion.
            let first = group.members.first().and_then(|i| session.standing(*i).vote);
            let how = first.and_then(|i| session.vote(i)).and_then(|vote| vote.how);
            if how != Some(Origin::Suggestion) {
                for likeness in facts.likenesses() {
                    self.tallies[likeness as usize][verdict as usize] += 1;
                }
            }
        }
    }

    /// Returns what seems right for a group that is not decided whole, the strongest reason.
    #[must_use]
    pub fn suggest(&self, session: &Session, group: GroupIdx) -> Option<Suggestion> {
        let of = session.group(group);
        if of.undecided() == 0 {
            return None;
        }
        let facts = self.known.of(group)?;
        let whole = of.members.first().map(|idx| &session.finding(*idx).place);
        let fits = |said: &Suggestion| {
            // In a whole file nothing can be replaced.
            said.verdict != Verdict::Redact || whole != Some(&Place::File)
        };
        let said = self.same_value(session, &of.value);
        let found = said.or_else(|| example(facts)).or_else(|| {
            let signs = self.signs(session, group, facts);
            let class = session.info(group).class;
            by_place(session, group, (class, facts, signs))
                .or_else(|| self.alike(session, group, facts))
                .or_else(|| made_public(session, group, (facts, signs)))
                .or_else(|| noted(session, group, (facts, signs)))
        });
        found.filter(fits)
    }

    /// Returns what was said about the same value at any place, also one that is gone. Where that
    /// differs, the strictest counts.
    fn same_value(&self, session: &Session, value: &Arc<str>) -> Option<Suggestion> {
        let said = self.said.get(value)?.iter().rev().take(LOOKED_AT);
        let votes = said.filter_map(|i| session.vote(*i)).filter(|vote| session.is_last(vote));
        let vote: &Vote = votes.max_by_key(|vote| (vote.act.verdict(), vote.at))?;
        let verdict = vote.act.verdict()?;
        // An accepted risk is accepted at one place, with a note on it.
        let why = vote.why.filter(|why| *why != Reason::AcceptedRisk);
        Some(Suggestion { verdict, why, basis: Basis::Said { verdict, at: vote.at } })
    }

    /// Returns the signs that all open places of a group have.
    fn signs(&self, session: &Session, group: GroupIdx, facts: &Facts) -> Signs {
        let of = session.group(group);
        if of.undecided() == of.members.len() || of.members.len() > LARGE {
            return facts.signs;
        }
        let open = of.members.iter().filter(|idx| session.standing(**idx).verdict.is_none());
        self.known.shared(open.copied())
    }

    /// Returns the verdict that all groups got which are like this one.
    fn alike(&self, session: &Session, group: GroupIdx, facts: &Facts) -> Option<Suggestion> {
        let approves = !session.policy().careful(session.group(group).severity) && !facts.proved;
        facts.likenesses().find_map(|number| {
            let tally = self.tallies.get(number as usize)?;
            let all: u32 = tally.iter().sum();
            let likeness = &self.known.likenesses[number as usize];
            let close = !matches!(likeness, Likeness::Rule(_));
            let fits =
                |verdict: Verdict, least: u32| all >= least && tally[verdict as usize] == all;
            let least = if close { CLOSE } else { FAR };
            let verdict = match () {
                () if fits(Verdict::Redact, least) => Verdict::Redact,
                // Approving is not safe: it takes more to suggest it.
                () if approves && fits(Verdict::Approve, FAR) => Verdict::Approve,
                () => return None,
            };
            let basis = Basis::alike(session, verdict, all, likeness);
            Some(Suggestion { verdict, why: None, basis })
        })
    }
}

fn approve(why: Reason, basis: Basis) -> Option<Suggestion> {
    Some(Suggestion { verdict: Verdict::Approve, why: Some(why), basis })
}

fn example(facts: &Facts) -> Option<Suggestion> {
    approve(Reason::TestData, Basis::Example(facts.example?))
}

/// All open places are in tests, or in code of others. Files that are dangerous as a whole and
/// questions of licence are the same there as anywhere.
fn by_place(
    session: &Session,
    group: GroupIdx,
    (class, facts, signs): (Class, &Facts, Signs),
) -> Option<Suggestion> {
    let judged = !matches!(class, Class::SensitiveFile | Class::Licence);
    // Only what the scanner itself lowered because of its path is surely not proved.
    let harmless = class != Class::Credential || signs.has(Signs::LOWERED);
    if facts.proved || !judged || !harmless {
        return None;
    }
    if signs.has(Signs::TEST) {
        let of = session.group(group);
        let open = of.members.iter().find(|idx| session.standing(**idx).verdict.is_none());
        let dir = facts::test_directory(&session.finding(*open?).path)?;
        return approve(Reason::TestData, Basis::Tests(dir));
    }
    signs.has(Signs::VENDORED).then(|| approve(Reason::AlreadyPublic, Basis::Vendored)).flatten()
}

fn made_public(
    session: &Session,
    group: GroupIdx,
    (facts, signs): (&Facts, Signs),
) -> Option<Suggestion> {
    if session.policy().careful(session.group(group).severity) || facts.proved {
        return None;
    }
    let by_rule = session.info(group).public.as_deref();
    let why = by_rule.or_else(|| signs.has(Signs::PUBLIC).then_some("its holder may read no more"));
    approve(Reason::AlreadyPublic, Basis::Public(why?.into()))
}

/// The scanner noted something on all open places.
fn noted(
    session: &Session,
    group: GroupIdx,
    (facts, signs): (&Facts, Signs),
) -> Option<Suggestion> {
    use crate::domain::remark;
    if session.policy().careful(session.group(group).severity) || facts.proved {
        return None;
    }
    if signs.has(Signs::EXAMPLE_HOST) {
        return approve(Reason::TestData, Basis::Example(Example::Name));
    }
    let (note, id) = match () {
        () if signs.has(Signs::DEFAULT) => (remark::PUBLISHED_DEFAULT, "noted-default"),
        () if signs.has(Signs::ROLE) => (remark::ROLE, "noted-role"),
        () if signs.has(Signs::CREDIT) => (remark::CREDIT, "noted-credit"),
        () => return None,
    };
    approve(Reason::NotSensitive, Basis::Noted { note, id })
}
