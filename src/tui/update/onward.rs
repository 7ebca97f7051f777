// SPDX-License-Identifier: MIT OR Apache-2.0
//! Where the cursor goes after a decision.

use super::{moving, prepare, samples};
use crate::{
    review::FindingIdx,
    tui::{
        model::Model,
        rows::{Anchor, Row},
    },
};

/// What the cursor stood on before a decision, to tell whether the decision was about it.
pub(super) struct Stand {
    place: Option<FindingIdx>,
    /// Number of the vote that holds there.
    vote: Option<u32>,
    /// Whether the row itself was what a bare verdict key is about.
    head: bool,
}

/// Returns where the cursor stands now.
pub(super) fn stand(model: &Model) -> Stand {
    let place = model.shown();
    let vote = place.and_then(|idx| model.session.standing(idx).vote);
    let head = model.row().is_some_and(Row::is_head) && !model.detail.focused;
    Stand { place, vote, head }
}

/// Goes to what is open next: a place of this group when single places are being decided, the
/// next head row after a decision on a head row, or the next row. What a decision somewhere else
/// left open is not left.
pub(super) fn advance(model: &mut Model, before: &Stand) {
    if model.by_file() {
        model.list.stale = true;
        return super::reading::advance(model);
    }
    let session = &model.session;
    if let Some(row) = model.row()
        && (model.detail.focused || row.waits(session, &model.list.filter))
    {
        let here = stand(model);
        let elsewhere = here.place == before.place && here.vote == before.vote;
        if elsewhere && row.is_head() {
            return;
        }
        let places = row.places(session);
        let n = places.len();
        let open = |i: &usize| model.list.filter.waits(session, places[*i]);
        let from = usize::from(!elsewhere);
        let next = (from..n).map(|k| (model.detail.place + k) % n).find(open);
        if let Some(next) = next.filter(|_| !row.is_head()) {
            model.detail.place = next;
            model.detail.scroll = 0;
            return;
        }
    }
    let session = &model.session;
    model.list.rows.iter_mut().for_each(|row| row.recount(session));
    let said = model.status.take();
    let found = (before.head && next_head(model)) || moving::next_open(model, true);
    let wrapped = model.status.take().map(|status| status.text);
    model.status = said;
    if let (Some(wrapped), Some(status)) = (wrapped, &mut model.status) {
        status.text = format!("{}; {wrapped}", status.text);
    }
    if model.list.hide_decided {
        prepare::rebuild(model);
    }
    if !found {
        samples::finish(model);
    }
}

/// Goes to the next head row that waits, once the one under the cursor does not. Returns false
/// where there is none.
fn next_head(model: &mut Model) -> bool {
    let (session, list) = (&model.session, &model.list);
    let waits = |row: &Row| row.waits(session, &list.filter);
    if model.row().is_none_or(|row| !row.is_head() || waits(row)) {
        return false;
    }
    let n = list.rows.len();
    let after = (1..n).map(|k| (list.cursor + k) % n);
    let wanted = |i: &usize| {
        let row = &list.rows[*i];
        row.is_head() && row.anchor != Anchor::NotScannedHead && waits(row)
    };
    let Some(next) = after.into_iter().find(wanted) else { return false };
    if next < list.cursor {
        model.say("from the top again");
    }
    moving::to(model, next);
    moving::keep_in_sight(model);
    true
}
