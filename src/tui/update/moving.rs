// SPDX-License-Identifier: MIT OR Apache-2.0
//! Moving about. Nothing here decides anything.

use ratatui::crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use super::prepare;
use crate::{
    domain::RepoPath,
    review::FindingIdx,
    tui::{
        layout,
        model::{Model, Screen},
        panes::Board,
        rows::Anchor,
    },
};

/// Lines a turn of the mouse wheel moves.
const WHEEL: isize = 3;

/// Moves the cursor of what has the focus.
pub(super) fn by(model: &mut Model, delta: isize) {
    match model.screen {
        Screen::Walk if model.detail.focused => scroll_detail(model, delta),
        Screen::Walk => {
            to(model, model.list.cursor.saturating_add_signed(delta));
            keep_in_sight(model);
        }
        Screen::Preview => {
            let most = crate::tui::view::preview_lines(model).saturating_sub(1);
            model.preview.scroll = model.preview.scroll.saturating_add_signed(delta).min(most);
        }
        Screen::Dashboard => {
            let rows = crate::tui::view::dashboard_rows(model);
            move_board(&mut model.board, delta, rows);
        }
        Screen::Attestations => super::attest::by(model, delta),
        Screen::Files => super::files::by(model, delta),
        Screen::Readiness => {
            let lines = crate::tui::view::ready_lines(model);
            move_ready(model, delta, &lines);
        }
    }
}

/// Half of the rows on screen.
pub(super) fn page(model: &Model) -> isize {
    let height = layout::areas(model).body.height / 2;
    isize::try_from(height.max(1)).unwrap_or(1)
}

fn scroll_detail(model: &mut Model, delta: isize) {
    // Far enough to read on, never so far that the pane is empty.
    let most = crate::tui::view::detail_lines(model).saturating_sub(3);
    model.detail.scroll = model.detail.scroll.saturating_add_signed(delta).min(most);
}

fn move_board(board: &mut Board, delta: isize, rows: usize) {
    board.cursor = board.cursor.saturating_add_signed(delta).min(rows.saturating_sub(1));
}

fn move_ready(model: &mut Model, delta: isize, lines: &[crate::tui::view::ReadyLine]) {
    let last = lines.len().saturating_sub(1);
    let cursor = model.ready.cursor.saturating_add_signed(delta).min(last);
    // Headings are stepped over, in the direction of the move.
    let down = || (cursor..lines.len()).find(|i| lines[*i].selectable());
    let up = || (0..=cursor).rev().find(|i| lines.get(*i).is_some_and(|l| l.selectable()));
    let at = if delta >= 0 { down().or_else(up) } else { up().or_else(down) };
    model.ready.cursor = at.unwrap_or(cursor);
    let height = usize::from(layout::areas(model).body.height).max(1);
    let ready = &mut model.ready;
    let top = if ready.cursor <= 3 { 0 } else { ready.top };
    ready.top = top.min(ready.cursor).max((ready.cursor + 1).saturating_sub(height));
}

/// Puts the cursor of the list on a row, and marks what a range takes in.
pub(super) fn to(model: &mut Model, row: usize) {
    model.list.cursor = row.min(model.list.rows.len().saturating_sub(1));
}

/// Returns the rows of the range that is being marked.
pub(crate) fn range(model: &Model) -> Option<(usize, usize)> {
    let from = model.list.range.as_ref()?;
    let from = model.list.rows.iter().position(|row| row.anchor == *from)?;
    let to = model.list.cursor;
    Some((from.min(to), from.max(to)))
}

/// Goes to the next open row. Returns false where there is none.
pub(super) fn next_open(model: &mut Model, forward: bool) -> bool {
    if model.screen == Screen::Attestations {
        return super::attest::next_open(model, forward);
    }
    if model.by_file() {
        return super::reading::next_open(model, forward);
    }
    let rows = &model.list.rows;
    let (n, at) = (rows.len(), model.list.cursor);
    let step = |k: usize| if forward { (at + k) % n } else { (at + n - k) % n };
    let wanted = |i: &usize| {
        let row = &rows[*i];
        let folded = row.is_head() && model.list.folded.contains(&row.anchor);
        (!row.is_head() || folded) && row.waits(&model.session, &model.list.filter)
    };
    let Some(next) = (1..=n).map(step).find(wanted) else { return false };
    if next == at {
        return false;
    }
    if (next < at) == forward {
        model.say(if forward { "from the top again" } else { "from the end again" });
    }
    model.list.cursor = next;
    keep_in_sight(model);
    true
}

/// Rows to be seen before and after the cursor.
const AROUND: usize = 3;

/// Scrolls so that a few rows stand before and after the cursor: what comes next is seen, and
/// under which head a row stands.
pub(super) fn keep_in_sight(model: &mut Model) {
    let height = layout::list_height(&layout::areas(model));
    let around = AROUND.min(height.saturating_sub(1) / 2);
    let list = &mut model.list;
    let most = list.cursor.saturating_sub(around);
    let least = (list.cursor + 1 + around).saturating_sub(height);
    list.top = list.top.min(most).max(least.min(list.rows.len().saturating_sub(height)));
}

/// Shows another place of the row under the cursor.
pub(super) fn place(model: &mut Model, forward: bool) {
    if model.screen == Screen::Attestations {
        return super::attest::next_hint(model, forward);
    }
    if model.by_file() {
        return super::reading::place(model, forward);
    }
    let count = model.row().map_or(0, |row| row.places(&model.session).len());
    if count < 2 {
        return model.say("this is the only place");
    }
    let at = model.detail.place;
    model.detail.place = if forward { (at + 1) % count } else { (at + count - 1) % count };
    model.detail.scroll = 0;
    if (model.detail.place > at) != forward {
        model.say(if forward { "the first place again" } else { "the last place again" });
    }
}

/// Goes to the next place or row in another file.
pub(super) fn file(model: &mut Model, forward: bool) {
    if model.by_file() {
        return super::files::next_file(model, forward);
    }
    let path_of = |model: &Model, idx: FindingIdx| model.session.finding(idx).path.clone();
    let Some(here) = model.shown().map(|idx| path_of(model, idx)) else { return };
    let order = |n: usize, at: usize| -> Vec<usize> {
        if forward { (at + 1..n).collect() } else { (0..at).rev().collect() }
    };
    if let Some(row) = model.row() {
        let places = row.places(&model.session);
        let other = order(places.len(), model.detail.place)
            .into_iter()
            .find(|i| model.session.finding(places[*i]).path != here);
        if let Some(other) = other {
            model.detail.place = other;
            model.detail.scroll = 0;
            return;
        }
    }
    let row = order(model.list.rows.len(), model.list.cursor).into_iter().find(|i| {
        let row = &model.list.rows[*i];
        let first = row.places(&model.session).first();
        !row.is_head() && first.is_some_and(|idx| path_of(model, *idx) != here)
    });
    match row {
        Some(row) => to(model, row),
        None => model.say("no further file"),
    }
}

/// Puts the cursor on the row of a finding, if the list shows it.
pub(super) fn reveal(model: &mut Model, idx: FindingIdx) -> bool {
    let group = model.session.group_of(idx);
    let holds = |anchor: &Anchor| *anchor == Anchor::Group(group) || *anchor == Anchor::Place(idx);
    let Some(row) = model.list.rows.iter().position(|row| holds(&row.anchor)) else {
        return false;
    };
    model.list.cursor = row;
    model.list.touched = true;
    model.detail.anchor = Some(model.list.rows[row].anchor.clone());
    let places = model.list.rows[row].places(&model.session);
    model.detail.place = places.iter().position(|i| *i == idx).unwrap_or(0);
    model.detail.scroll = 0;
    true
}

/// Shows the list with only what lies under `dir`, or everything.
pub(super) fn open_walk(model: &mut Model, filter: crate::tui::filter::Filter) {
    model.screen = Screen::Walk;
    model.detail.focused = false;
    model.list.filter = filter;
    model.list.cursor = 0;
    model.list.top = 0;
    model.list.touched = false;
    prepare::rebuild(model);
}

/// Puts the cursor on a file that could not be judged.
pub(super) fn open_not_scanned(model: &mut Model, path: Option<&RepoPath>) {
    model.list.folded.remove(&Anchor::NotScannedHead);
    open_walk(model, crate::tui::filter::Filter::default());
    let row = model.list.rows.iter().position(|row| match (&row.anchor, path) {
        (Anchor::NotScanned(i), Some(path)) => model.session.not_scanned()[*i].path == *path,
        (Anchor::NotScannedHead, None) => true,
        _ => false,
    });
    model.list.cursor = row.unwrap_or(0);
    model.list.touched = true;
}

/// Opens the list of what was drawn from batches and waits for a look.
pub(super) fn open_samples(model: &mut Model, category: Option<crate::domain::Category>) {
    use crate::tui::filter::{Filter, StateFacet};
    // Each place is looked at: none hides below a head row.
    model.list.folded.clear();
    open_walk(model, Filter { category, state: Some(StateFacet::Sample), ..Filter::default() });
}

/// Opens the list of credentials that must be rotated and are not known to be.
pub(super) fn open_unrotated(model: &mut Model) {
    use crate::tui::filter::{Filter, StateFacet};
    open_walk(model, Filter { state: Some(StateFacet::Unrotated), ..Filter::default() });
}

/// A click selects, the wheel scrolls; neither decides.
pub(super) fn mouse(model: &mut Model, mouse: MouseEvent) {
    if layout::too_small(model) || model.overlay.is_some() {
        return;
    }
    model.resume = None;
    model.list.touched |= model.screen == Screen::Walk;
    match mouse.kind {
        MouseEventKind::ScrollDown => by(model, WHEEL),
        MouseEventKind::ScrollUp => by(model, -WHEEL),
        MouseEventKind::Down(MouseButton::Left) if model.screen == Screen::Attestations => {
            super::attest::click(model, mouse);
        }
        MouseEventKind::Down(MouseButton::Left) if model.screen == Screen::Files => {
            super::files::click(model, mouse);
        }
        MouseEventKind::Down(MouseButton::Left) => click(model, mouse),
        _ => {}
    }
}

fn click(model: &mut Model, mouse: MouseEvent) {
    let areas = layout::areas(model);
    let at = Position::new(mouse.column, mouse.row);
    if let Some(list) = areas.list.filter(|list| list.contains(at)) {
        model.detail.focused = false;
        let line = usize::from(mouse.row - list.y);
        if line > 0 && model.list.top + line - 1 < model.list.rows.len() {
            to(model, model.list.top + line - 1);
        }
    } else if areas.detail.is_some_and(|detail| detail.contains(at)) {
        model.detail.focused = true;
    }
}
