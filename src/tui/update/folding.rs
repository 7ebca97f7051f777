// SPDX-License-Identifier: MIT OR Apache-2.0
//! Folding the list: one head row, or all of them, to go through a review head by head.

use super::{moving, prepare};
use crate::tui::{
    model::Model,
    rows::{Anchor, Row},
};

/// Folds all head rows, or unfolds them if all are folded. The cursor goes to the head of the row
/// that it was on.
pub(super) fn all(model: &mut Model) {
    let list = &model.list;
    let heads = list.rows.iter().filter(|row| row.is_head()).map(|row| row.anchor.clone());
    let heads: Vec<Anchor> = heads.filter(|anchor| *anchor != Anchor::NotScannedHead).collect();
    if heads.is_empty() {
        return model.refuse(model.hint("nothing to fold: {group-by} groups the list"));
    }
    let folded = &list.folded;
    let unfolds = heads.iter().all(|anchor| folded.contains(anchor));
    let upto = list.rows.iter().take(list.cursor + 1);
    let head = upto.rev().find(|row| row.is_head()).map(|row| row.anchor.clone());
    for anchor in heads {
        if unfolds {
            model.list.folded.remove(&anchor);
        } else {
            model.list.folded.insert(anchor);
        }
    }
    prepare::rebuild(model);
    if let Some(at) = model.list.rows.iter().position(|row| Some(&row.anchor) == head.as_ref()) {
        moving::to(model, at);
    }
    moving::keep_in_sight(model);
    let keys = model.hint("{open} unfolds one, {fold-all} all");
    let text = if unfolds { "all unfolded".to_owned() } else { format!("all folded: {keys}") };
    model.say(text);
}

/// Folds the head row under the cursor, or goes to the head of another row.
pub(super) fn out(model: &mut Model) {
    let Some(row) = model.row() else { return };
    if row.is_head() {
        let anchor = row.anchor.clone();
        if model.list.folded.insert(anchor) {
            prepare::rebuild(model);
        }
    } else if row.depth > 0 {
        let above = &model.list.rows[..model.list.cursor];
        let head = above.iter().rposition(Row::is_head);
        model.list.cursor = head.unwrap_or(model.list.cursor);
    }
}
