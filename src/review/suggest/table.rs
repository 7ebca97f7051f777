// SPDX-License-Identifier: MIT OR Apache-2.0
//! All suggestions, grouped by reason.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{Basis, Suggester, Suggestion};
use crate::{
    domain::{Act, Metadata, Reason, Verdict},
    review::{Choice, FindingIdx, Group, GroupIdx, Session},
};

/// Places shown of each reason.
const SAMPLES: usize = 3;

/// Everything that is suggested for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuggestedRow {
    /// Names the reason; stays the same from call to call.
    pub id: String,
    /// The reason in words; may hold text of the repository.
    pub title: String,
    /// The verdict.
    pub verdict: Verdict,
    /// The reason that the votes will give; the usual one if none.
    pub why: Option<Reason>,
    /// The groups, those with most places first.
    pub groups: Vec<GroupIdx>,
    /// Their places that are not settled.
    pub places: usize,
    /// One place of each of the first groups.
    pub samples: Vec<FindingIdx>,
    basis: Basis,
}

impl SuggestedRow {
    fn new(suggestion: Suggestion) -> Self {
        let Suggestion { verdict, why, basis } = suggestion;
        let (mut id, mut title) = (basis.id(), basis.title());
        // The same value may have been decided for several reasons: each is a row of its own.
        if let (Basis::Said { .. }, Some(why)) = (&basis, why) {
            id = format!("{id}-{}", why.word());
            title = format!("{title}: {}", why.title());
        }
        let (groups, samples) = (Vec::new(), Vec::new());
        Self { id, title, verdict, why, groups, places: 0, samples, basis }
    }

    /// Returns what accepting it says.
    #[must_use]
    pub fn choice(&self) -> Choice {
        Choice { act: Act::Give(self.verdict), why: self.why, to: None, note: None }
    }

    /// Returns the places that accepting it is about: those that are not settled.
    #[must_use]
    pub fn open(&self, session: &Session) -> Vec<FindingIdx> {
        let groups = self.groups.iter().map(|group| session.group(*group));
        groups.flat_map(|group| open(session, group)).collect()
    }
}

fn open<'s>(session: &'s Session, group: &'s Group) -> impl Iterator<Item = FindingIdx> + 's {
    let settled = |idx: &FindingIdx| session.standing(*idx).verdict.is_some_and(Verdict::settles);
    group.members.iter().copied().filter(move |idx| !settled(idx))
}

impl Suggester {
    /// Returns all suggestions by reason, the strongest reasons first.
    #[must_use]
    pub fn table(&self, session: &Session) -> Vec<SuggestedRow> {
        // The reason of a vote is part of the key: one row gives one choice.
        let mut rows: BTreeMap<(String, Option<Reason>), SuggestedRow> = BTreeMap::new();
        for (idx, group) in session.groups() {
            let Some(suggestion) = self.suggest(session, idx) else { continue };
            let key = (suggestion.basis.id(), suggestion.why);
            let row = rows.entry(key).or_insert_with(|| SuggestedRow::new(suggestion));
            row.groups.push(idx);
            row.places += group.members.len() - group.settled();
        }
        let mut rows: Vec<SuggestedRow> = rows.into_values().collect();
        for row in &mut rows {
            finish(session, row);
        }
        rows.sort_by(|a, b| {
            let key = |row: &SuggestedRow| (row.basis.rank(), Reverse(row.places));
            key(a).cmp(&key(b)).then_with(|| (&a.id, a.why).cmp(&(&b.id, b.why)))
        });
        rows
    }
}

/// Puts the groups in order, whatever the scan found first, and chooses what is shown.
fn finish(session: &Session, row: &mut SuggestedRow) {
    row.groups.sort_by_cached_key(|idx| {
        let group = session.group(*idx);
        (Reverse(group.members.len()), session.info(*idx).id.clone(), group.value.clone())
    });
    let first = |group: &GroupIdx| {
        let key = |idx: &FindingIdx| {
            let finding = session.finding(*idx);
            (Metadata::covers(&finding.path), &finding.path, &finding.place)
        };
        open(session, session.group(*group)).min_by(|a, b| key(a).cmp(&key(b)))
    };
    row.samples = row.groups.iter().take(SAMPLES).filter_map(first).collect();
}
