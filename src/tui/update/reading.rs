// SPDX-License-Identifier: MIT OR Apache-2.0
//! Moving about in a file that is read, and from what is open in one to what is open in another.

use std::ops::Range;

use super::scopes;
use crate::{
    ops::FileText,
    review::{FindingIdx, GroupIdx},
    tui::{
        files, layout,
        model::Model,
        view::{last_top, page_here},
    },
};

/// Returns the text shown, if it is here.
fn text(model: &Model) -> Option<&FileText> {
    model.file(&model.text_here()?)?.as_ref().map(|text| &**text).ok()
}

/// Returns which lines of the text are on screen.
fn on_screen(model: &Model) -> Range<usize> {
    let page = |text| page_here(model, text, &layout::areas(model)).lines;
    text(model).map(page).unwrap_or_default()
}

fn line_of(model: &Model, idx: FindingIdx) -> usize {
    (model.session.finding(idx).line().unwrap_or(1) as usize).saturating_sub(1)
}

/// Scrolls the text.
pub(super) fn scroll(model: &mut Model, delta: isize) {
    scroll_to(model, model.files.scroll.saturating_add_signed(delta));
}

fn scroll_to(model: &mut Model, line: usize) {
    let Some(text) = text(model) else { return };
    model.files.scroll = line.min(last_top(model, text, &layout::areas(model)));
    choose_in_view(model);
}

/// Chooses what was found in the lines on screen, where what is chosen went out of sight.
fn choose_in_view(model: &mut Model) {
    let lines = on_screen(model);
    let in_view = |idx: &FindingIdx| lines.contains(&line_of(model, *idx));
    if model.files.places.get(model.files.place).is_some_and(in_view) {
        return;
    }
    let first = model.files.places.iter().position(in_view);
    model.files.place = first.unwrap_or(model.files.place);
}

/// Reads on: a page further down, whichever has the keys.
pub(super) fn read_on(model: &mut Model) {
    let Some(count) = text(model).map(files::line_count) else {
        return model.say("no text is shown");
    };
    if layout::areas(model).detail.is_none() {
        model.files.focused = true;
        return;
    }
    let page = text(model).map(|text| page_here(model, text, &layout::areas(model)));
    let page = page.unwrap_or_default();
    let end = page.lines.end;
    if end >= count {
        let words = match end.checked_sub(1).is_some_and(|last| page.has_whole(last)) {
            true => "the end of the file: {mark-read} says that you have read it",
            false => {
                "the end of the file, of a line that is cut: {wrap} wraps, {edit} opens the file"
            }
        };
        return model.say(model.hint(words));
    }
    // A line of the page before stays, so that the eye finds its place.
    scroll_to(model, end.saturating_sub(1).max(model.files.scroll + 1));
}

/// Scrolls so that what is chosen is on screen.
pub(super) fn show_chosen(model: &mut Model) {
    let Some(idx) = model.files.places.get(model.files.place) else { return };
    let line = line_of(model, *idx);
    if on_screen(model).contains(&line) {
        return;
    }
    let above = layout::text_height(&layout::areas(model)) / 3;
    model.files.scroll = line.saturating_sub(above);
    // Lines that are wrapped may leave no room for it.
    if text(model).is_some() && !on_screen(model).contains(&line) {
        model.files.scroll = line;
    }
}

/// Chooses a place of `group` in this file whose line was not on screen yet. Returns false where
/// there is none.
pub(super) fn look(model: &mut Model, group: GroupIdx) -> bool {
    let unseen = |idx: &FindingIdx| scopes::unseen(&model.session, group, *idx);
    let Some(at) = model.files.places.iter().position(unseen) else { return false };
    model.files.place = at;
    show_chosen(model);
    true
}

/// Returns whether what is chosen has places in other files whose lines were not on screen yet.
pub(super) fn elsewhere(model: &Model) -> bool {
    let Some(shown) = model.shown().filter(|_| model.by_file()) else { return false };
    let group = model.session.group_of(shown);
    let members = &model.session.group(group).members;
    members.iter().any(|idx| scopes::unseen(&model.session, group, *idx))
}

/// Chooses another finding of the file.
pub(super) fn place(model: &mut Model, forward: bool) {
    let (n, at) = (model.files.places.len(), model.files.place);
    match n {
        0 => return model.say("nothing was found in this file"),
        1 => model.say("this is the only place in this file"),
        _ => {
            model.files.place = if forward { (at + 1) % n } else { (at + n - 1) % n };
            if (model.files.place > at) != forward {
                let end = if forward { "first" } else { "last" };
                model.say(format!("the {end} place of this file again"));
            }
        }
    }
    show_chosen(model);
}

/// Goes to what is open next: in this file, or in another one. Returns false where nothing is.
pub(super) fn next_open(model: &mut Model, forward: bool) -> bool {
    if open_here(model, forward) {
        return true;
    }
    let (n, at) = (model.files.rows.len(), model.files.cursor);
    let step = |k: usize| if forward { (at + k) % n } else { (at + n - k) % n };
    let waits = |i: &usize| files::waits(model, model.files.rows[*i]);
    let Some(next) = (1..n).map(step).find(waits) else { return round(model, forward) };
    if (next < at) == forward {
        model.say(if forward { "from the top again" } else { "from the end again" });
    }
    model.files.cursor = next;
    files::follow(model);
    choose_open(model, forward);
    let chosen = model.files.places.get(model.files.place);
    if chosen.is_some_and(|idx| model.session.open_for_reviewer(*idx)) {
        show_chosen(model);
    }
    true
}

/// Goes to what is open at the other end of this file. Returns false where nothing else is.
fn round(model: &mut Model, forward: bool) -> bool {
    let before = model.files.place;
    choose_open(model, forward);
    if model.files.place == before {
        return false;
    }
    model.say(if forward { "from the top again" } else { "from the end again" });
    show_chosen(model);
    true
}

/// Chooses the first open place of this file, or the last.
fn choose_open(model: &mut Model, first: bool) {
    let pane = &model.files;
    let open = |idx: &FindingIdx| model.session.open_for_reviewer(*idx);
    let at =
        if first { pane.places.iter().position(open) } else { pane.places.iter().rposition(open) };
    model.files.place = at.unwrap_or(model.files.place);
}

/// Chooses the next open finding of this file. Returns false where there is none.
fn open_here(model: &mut Model, forward: bool) -> bool {
    let pane = &model.files;
    let open = |i: &usize| model.session.open_for_reviewer(pane.places[*i]);
    let next = match forward {
        true => (pane.place + 1..pane.places.len()).find(open),
        false => (0..pane.place.min(pane.places.len())).rev().find(open),
    };
    model.files.place = next.unwrap_or(model.files.place);
    if next.is_some() {
        show_chosen(model);
    }
    next.is_some()
}

/// Goes on after a decision: to the next open finding of this file. The file stays until it is
/// said that it was read.
pub(super) fn advance(model: &mut Model) {
    if open_here(model, true) {
        return;
    }
    let pane = &model.files;
    let open = |idx: &FindingIdx| model.session.open_for_reviewer(*idx);
    if let Some(first) = pane.places.iter().position(open) {
        model.files.place = first;
        return show_chosen(model);
    }
    let rest = model.hint(match text(model) {
        Some(_) => "nothing else is open in this file: {mark-read} read, {next-open} next",
        None => "nothing else is open in this file: {next-open} next",
    });
    if let Some(status) = &mut model.status {
        status.text = format!("{}; {rest}", status.text);
    }
}
