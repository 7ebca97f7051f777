// SPDX-License-Identifier: MIT OR Apache-2.0
//! The list of files: moving about, saying what was read, drawing from what nothing was found in.

use std::collections::HashSet;

use ratatui::{crossterm::event::MouseEvent, layout::Position};

use super::{
    deciding::{record, refuse},
    reading,
};
use crate::{
    domain::{Act, RepoPath, Target},
    ops::Effect,
    review::{Step, miss_bound, sample_size},
    tui::{
        field::Field,
        files::{self, Show},
        layout,
        model::{Model, Screen},
        overlay::{Item, Menu, Overlay, Pick},
        view::number,
    },
};

/// A sample that is looked through in some minutes.
const FEW: u32 = 20;

/// Opens the screen, with the files that `show` lists.
pub(super) fn open(model: &mut Model, show: Option<Show>) {
    model.screen = Screen::Files;
    model.files.focused = false;
    if let Some(show) = show {
        model.files.show = show;
        model.files.text.clear();
    }
    files::rebuild(model);
    if show == Some(Show::Drawn) {
        let waits = |i: &usize| model.session.is_due(model.files.rows[*i]);
        model.files.cursor = (0..model.files.rows.len()).find(waits).unwrap_or(0);
    }
}

/// Puts the cursor on the file at `path`, if it is listed.
fn reveal(model: &mut Model, path: &RepoPath) -> bool {
    let Some(file) = model.session.file_at(path) else { return false };
    let Ok(row) = model.files.rows.binary_search(&file) else { return false };
    model.files.cursor = row;
    true
}

/// Moves the cursor, or scrolls the text.
pub(super) fn by(model: &mut Model, delta: isize) {
    if model.files.focused {
        return reading::scroll(model, delta);
    }
    let last = model.files.rows.len().saturating_sub(1);
    model.files.cursor = model.files.cursor.saturating_add_signed(delta).min(last);
}

/// Goes to the next file of the list, whichever has the keys.
pub(super) fn next_file(model: &mut Model, forward: bool) {
    let at = model.files.cursor;
    let next = if forward { at + 1 } else { at.wrapping_sub(1) };
    if next >= model.files.rows.len() {
        return model.say("no further file");
    }
    model.files.cursor = next;
}

/// Says that the file under the cursor was read, or takes that back.
pub(super) fn mark_read(model: &mut Model, now: i64, effects: &mut Vec<Effect>) {
    if let Some(why) = model.locked() {
        return model.refuse(why);
    }
    let Some(of) = model.text_here() else { return model.refuse("no file is selected") };
    let count = match model.file(&of) {
        Some(Ok(file)) => files::line_count(file),
        Some(Err(_)) => {
            let words = "its text can't be shown: look at it ({edit}), then {approve} or {exclude}";
            return model.refuse(model.hint(words));
        }
        None => return model.refuse("its text is still loading: look at it first"),
    };
    if model.files.drawn.as_ref() != Some(&of.path) {
        let narrow = layout::areas(model).detail.is_none();
        let words = if narrow { "open it first ({open})" } else { "typed ahead: look at it first" };
        return model.refuse(model.hint(words));
    }
    let seen = model.files.lines_seen(&of.path, count);
    let number_of = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    match model.session.read_file(&of.path, Some((number_of(seen), number_of(count))), now) {
        Ok(step) => {
            let read = step.votes.iter().any(|vote| vote.act == Act::Read);
            let path = model.veil.path(&of.path, model.theme.glyphs.dots);
            let part = match count - seen.min(count) {
                0 => String::new(),
                _ => format!(
                    " ({} of {} lines were on screen as a whole)",
                    number(seen),
                    number(count)
                ),
            };
            let by_others = model.file_here().is_some_and(|file| {
                model.session.readers(&file.path).iter().any(|(_, present)| *present)
            });
            model.say(match (read, by_others) {
                (true, _) => format!("read: {path}{part}"),
                (false, false) => format!("not read any more: {path}"),
                (false, true) => format!("your mark was taken back: {path}"),
            });
            record(model, step, effects);
            // A key that repeats must not take back what it has just given.
            model.files.drawn = None;
            if read {
                after_read(model);
            }
        }
        Err(refusal) => refuse(model, &refusal),
    }
}

/// Goes to the file after one that was read.
fn after_read(model: &mut Model) {
    let before = model.files.cursor;
    let gone = matches!(model.files.show, Show::Unread | Show::Open);
    if gone {
        let here = model.files.rows.get(before).copied();
        files::rebuild(model);
        // What is still listed was left behind; what is not made room for the next.
        if model.files.rows.get(model.files.cursor).copied() != here {
            return;
        }
    }
    if model.files.show == Show::Drawn {
        let due = |i: &usize| model.session.is_due(model.files.rows[*i]);
        let n = model.files.rows.len();
        if let Some(next) = (1..n).map(|k| (before + k) % n).find(due) {
            model.files.cursor = next;
            return;
        }
        let done = "; every file drawn was read";
        if let Some(status) = &mut model.status {
            status.text.push_str(done);
        }
        return;
    }
    model.files.cursor = (model.files.cursor + 1).min(model.files.rows.len().saturating_sub(1));
}

/// Asks how many files are to be drawn.
pub(super) fn ask_to_draw(model: &mut Model) {
    if let Some(why) = model.locked() {
        return model.refuse(why);
    }
    let counts = model.counts.read;
    if counts.unflagged == 0 {
        return model.refuse("there is no file without a finding to draw from");
    }
    let policy = model.session.policy().sample_unflagged;
    let all = counts.unflagged;
    let mut sizes = vec![(FEW, ""), (sample_size(5, all), ""), (sample_size(2, all), "")];
    if policy > 0 {
        sizes.insert(0, (policy, ", as the policy wants"));
    }
    let mut known = HashSet::new();
    sizes.retain(|(n, _)| known.insert(*n));
    let item = |(key, (n, why)): (char, (u32, &str))| {
        let right = match miss_bound(n as usize, all) {
            Some(bound) if (n as usize) < all => format!("rules out over {bound:.1} % bad"),
            _ => "all there are".to_owned(),
        };
        Item::new(key, format!("{} files{why}", number(n as usize)), Pick::Draw(n)).right(right)
    };
    let mut items: Vec<Item> = ('a'..).zip(sizes).map(item).collect();
    let samples = model.session.file_samples();
    if samples.iter().any(|sample| &*sample.by == model.session.reviewer()) {
        items.push(Item::new('x', "none any more", Pick::Draw(0)));
    }
    let title = format!("Draw from {} files without findings", number(counts.unflagged));
    let hint = "if all drawn are clean, with 95 % confidence; Esc leaves";
    let (cursor, enter_looks, hint) = (0, false, hint.into());
    model.overlay = Some(Overlay::Menu(Menu { title, items, cursor, enter_looks, hint }));
}

/// Draws so many files.
pub(super) fn draw(model: &mut Model, n: u32, now: i64, effects: &mut Vec<Effect>) {
    if let Some(why) = model.locked() {
        return model.refuse(why);
    }
    match model.session.draw_files(n, now) {
        Ok(step) => {
            record(model, step, effects);
            model.counts = model.session.counts();
            open(model, Some(if n > 0 { Show::Drawn } else { Show::All }));
            let drawn = number(model.counts.read.drawn);
            let words = model.hint("{read-on} reads on, {mark-read} says that you have read one");
            model.say(match n {
                0 if model.counts.read.drawn > 0 => {
                    format!("yours are not drawn any more; others drew {drawn}")
                }
                0 => "no files are drawn any more".to_owned(),
                _ => format!("{drawn} files drawn: {words}"),
            });
        }
        Err(refusal) => refuse(model, &refusal),
    }
}

/// Asks which files to list.
pub(super) fn ask_show(model: &mut Model) {
    let item = |(show, key): (Show, char)| {
        let now = if show == model.files.show { "now" } else { "" };
        Item::new(key, show.word(), Pick::Show(show)).right(now)
    };
    let items = Show::ALL.into_iter().zip("afoudn".chars()).map(item).collect();
    let (title, hint) = ("List".to_owned(), "nothing is decided here; Esc leaves".to_owned());
    model.overlay = Some(Overlay::Menu(Menu { title, items, cursor: 0, enter_looks: false, hint }));
}

/// Asks for a part of a path.
pub(super) fn ask_path(model: &mut Model) {
    let before = model.files.text.clone();
    model.overlay = Some(Overlay::Paths { field: Field::new(&before), before });
}

/// Lists the files whose path holds `text`.
pub(super) fn name(model: &mut Model, text: &str) {
    let here = model.file_here().map(|file| file.path.clone());
    model.files.text = text.to_lowercase();
    files::rebuild(model);
    // What was looked for stands at the top, unless the cursor is on it already.
    if model.file_here().map(|file| &file.path) != here.as_ref() {
        model.files.cursor = 0;
    }
}

/// Goes to what a step that was taken back is about. Returns false where it is about no file.
pub(super) fn show(model: &mut Model, step: &Step) -> bool {
    let Some(vote) = step.votes.first() else { return false };
    // What was read or is open decides which files are listed.
    files::rebuild(model);
    let Some(path) = vote.target.path().cloned() else {
        return vote.target == Target::Unflagged;
    };
    if !reveal(model, &path) {
        return false;
    }
    files::follow(model);
    if let Some(idx) = super::undoing::place_of(&model.session, &vote.target)
        && let Some(at) = model.files.places.iter().position(|i| *i == idx)
    {
        model.files.place = at;
        reading::show_chosen(model);
    }
    true
}

/// Steps back: from the text to the list, from a part of the files to all, to the dashboard.
pub(super) fn back(model: &mut Model, leaves: bool) {
    let pane = &mut model.files;
    if pane.focused {
        pane.focused = false;
    } else if !leaves && (pane.show != Show::All || !pane.text.is_empty()) {
        pane.show = Show::All;
        pane.text.clear();
        files::rebuild(model);
        model.say("all files are listed");
    } else {
        model.screen = Screen::Dashboard;
    }
}

/// A click selects.
pub(super) fn click(model: &mut Model, mouse: MouseEvent) {
    let areas = layout::areas(model);
    let at = Position::new(mouse.column, mouse.row);
    if let Some(list) = areas.list.filter(|list| list.contains(at)) {
        model.files.focused = false;
        let line = usize::from(mouse.row - list.y);
        if line > 0 && model.files.top + line - 1 < model.files.rows.len() {
            model.files.cursor = model.files.top + line - 1;
        }
    } else if areas.detail.is_some_and(|detail| detail.contains(at)) {
        model.files.focused = true;
    }
}
