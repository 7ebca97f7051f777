// SPDX-License-Identifier: MIT OR Apache-2.0
//! Suggestions: taking the one shown, and the table of all of them.

use std::{collections::BTreeSet, sync::Arc};

use ratatui::crossterm::event::{KeyCode, KeyEvent};

use super::{deciding, moving, overlays::scrolls, scopes};
use crate::{
    domain::{Origin, Verdict},
    ops::Effect,
    review::{Choice, FindingIdx, Reached, Scope, SuggestedRow},
    tui::{
        filter::{Filter, Picked},
        model::Model,
        overlay::{Deed, Overlay, Reach, Says, Suggestions},
        rows::Anchor,
    },
};

/// Takes the suggestion shown.
pub(super) fn take(model: &mut Model, now: i64, effects: &mut Vec<Effect>) {
    let Some(Anchor::Group(group)) = model.anchor() else {
        return model.refuse("suggestions stand on values: gv groups by value");
    };
    let Some(suggestion) = model.suggestion(group) else {
        return model.refuse("no suggestion here");
    };
    let verdict = suggestion.verdict;
    let anchor = Anchor::Group(group);
    // A reason that the reviewer chose comes first.
    let chosen = model.reason;
    model.reason = chosen.or(suggestion.why);
    let scope = Reach::Scope(Scope::Group(group));
    let how = Some(Origin::Suggestion);
    let deed = Deed {
        scope,
        verdict,
        says: Says::Nothing,
        how,
        anchor,
        confirm: false,
        words: String::new(),
    };
    deciding::start(model, deed, now, effects);
    model.reason = model.reason.and(chosen);
}

/// Opens the table of all suggestions.
pub(super) fn open(model: &mut Model) {
    model.suggester.refresh(&model.session);
    let rows = model.suggester.table(&model.session);
    if rows.is_empty() {
        return model.say("nothing is suggested now");
    }
    model.overlay =
        Some(Overlay::Suggestions(Suggestions { rows, cursor: 0, marks: BTreeSet::new() }));
}

/// Opens the table again after something in it was accepted.
pub(super) fn again(model: &mut Model) {
    let said = model.status.take();
    open(model);
    model.status = said.or(model.status.take());
}

/// Hands a key to the table.
pub(super) fn key(
    model: &mut Model,
    mut table: Suggestions,
    key: KeyEvent,
    now: i64,
    effects: &mut Vec<Effect>,
) {
    let count = table.rows.len();
    match key.code {
        _ if scrolls(key, &mut table.cursor, count) => {}
        KeyCode::Char(' ') => {
            if !table.marks.remove(&table.cursor) {
                table.marks.insert(table.cursor);
            }
            table.cursor = (table.cursor + 1).min(count.saturating_sub(1));
        }
        KeyCode::Enter => {
            if let Some(row) = table.rows.get(table.cursor) {
                return show(model, row);
            }
        }
        KeyCode::Char('=') => return accept(model, table, now, effects),
        _ => {}
    }
    model.overlay = Some(Overlay::Suggestions(table));
}

/// Opens the list with the groups of a reason.
fn show(model: &mut Model, row: &SuggestedRow) {
    let groups = Arc::new(row.groups.iter().copied().collect());
    let words = format!("suggested: {}", row.title);
    let picked = Some(Picked { words, groups });
    moving::open_walk(model, Filter { picked, ..Filter::default() });
}

/// Accepts the marked rows, or the one under the cursor. Approving many asks for the number.
fn accept(model: &mut Model, table: Suggestions, now: i64, effects: &mut Vec<Effect>) {
    let wanted = |i: &usize| match table.marks.is_empty() {
        true => *i == table.cursor,
        false => table.marks.contains(i),
    };
    let rows: Vec<&SuggestedRow> =
        (0..table.rows.len()).filter(wanted).map(|i| &table.rows[i]).collect();
    let all: Vec<(Scope, Choice)> =
        rows.iter().map(|row| (Scope::Places(row.open(&model.session)), row.choice())).collect();
    let approves = rows.iter().any(|row| row.verdict == Verdict::Approve);
    let (places, left) = reached(model, &all);
    let words = match rows.as_slice() {
        [one] => one.title.clone(),
        rows => format!("what is suggested for {} reasons", rows.len()),
    };
    if places.is_empty() {
        model.refuse(format!("{left}: Enter shows them, a approves"));
        model.overlay = Some(Overlay::Suggestions(table));
        return;
    }
    let verdict = if approves { Verdict::Approve } else { Verdict::Redact };
    let deed = Deed {
        scope: Reach::Suggested(all),
        verdict,
        says: Says::Nothing,
        how: Some(Origin::Suggestion),
        // No row of the list: a note or reason that waits there has nothing to do with this.
        anchor: Anchor::NotScannedHead,
        confirm: scopes::careful(model, verdict, &places),
        words,
    };
    deciding::start(model, deed, now, effects);
}

/// Returns the places that suggestions reach, and says what they leave alone.
pub(super) fn reached(model: &Model, all: &[(Scope, Choice)]) -> (Vec<FindingIdx>, String) {
    let mut sum = Reached::default();
    for (scope, choice) in all {
        let reached = model.session.reach(scope, choice.act);
        sum.places.extend(reached.places);
        sum.decided += reached.decided;
        sum.unseen += reached.unseen;
        sum.whole += reached.whole;
    }
    let left = deciding::left_alone(&sum);
    (sum.places, left)
}
