// SPDX-License-Identifier: MIT OR Apache-2.0
//! Where reviewers differ: their words side by side, and the choice that ends it.

use super::deciding;
use crate::{
    domain::{Reason, Verdict},
    ops::Effect,
    review::{Choice, FindingIdx},
    tui::{
        model::Model,
        overlay::{Item, Menu, Overlay, Pick},
    },
};

/// Opens the choice between the verdicts that were given.
pub(super) fn open(model: &mut Model) {
    let places = disputed(model);
    let Some(first) = places.first() else {
        return model.refuse("reviewers agree here: there is nothing to settle");
    };
    let mut rivals: Vec<Verdict> =
        places.iter().flat_map(|idx| model.session.rivals(*idx)).collect();
    rivals.sort_unstable_by(|a, b| b.cmp(a));
    rivals.dedup();
    let items = rivals.iter().map(|verdict| {
        let by = model.session.opinions(*first);
        let by = by.iter().filter(|vote| vote.act.verdict() == Some(*verdict));
        let by: Vec<String> = by.map(|vote| vote.by.to_string()).collect();
        let by = crate::tui::Shown::new(by.join(", ").as_bytes()).to_string();
        Item::new(key(*verdict), verdict.word(), Pick::Settle(*verdict, places.clone())).right(by)
    });
    let title = match places.len() {
        1 => "Reviewers differ: settle as".to_owned(),
        n => format!("Reviewers differ on {n} places: settle all as"),
    };
    let hint = model.hint("less than the strictest needs a note ({note})").into_owned();
    let items = items.collect();
    model.overlay = Some(Overlay::Menu(Menu { title, items, cursor: 0, enter_looks: true, hint }));
}

/// Returns the places under the cursor on which reviewers differ: the one shown if it is one of
/// them and looked at alone, or all of the row.
fn disputed(model: &Model) -> Vec<FindingIdx> {
    let differ = |idx: &FindingIdx| model.session.standing(*idx).disputed;
    if model.detail.focused {
        return model.shown().into_iter().filter(differ).collect();
    }
    let places = model.row().map_or(&[][..], |row| row.places(&model.session));
    places.iter().copied().filter(differ).collect()
}

/// Ends the disputes about `places`.
pub(super) fn settle(
    model: &mut Model,
    verdict: Verdict,
    places: &[FindingIdx],
    now: i64,
    effects: &mut Vec<Effect>,
) {
    if let Some(why) = model.locked() {
        return model.refuse(why);
    }
    let anchor = model.anchor();
    let pending = anchor.as_ref().and_then(|anchor| model.pending.get(anchor)).cloned();
    let pending = pending.unwrap_or_default();
    let why = model.reason.filter(|why| Reason::choices(verdict, None).contains(why));
    let choice = Choice { why, note: pending.note, ..Choice::new(verdict) };
    match model.session.settle_dispute(places, &choice, now) {
        Ok(step) => {
            anchor.and_then(|anchor| model.pending.remove(&anchor));
            model.reason = None;
            deciding::report(model, &step, &format!("settled: {}", verdict.word()));
            deciding::record(model, step, effects);
        }
        Err(refusal) => deciding::refuse(model, &refusal),
    }
}

fn key(verdict: Verdict) -> char {
    match verdict {
        Verdict::Approve => 'a',
        Verdict::Redact => 'r',
        Verdict::Exclude => 'x',
        Verdict::Defer => 's',
        Verdict::Correct => 'C',
        Verdict::Fix => 'F',
    }
}
