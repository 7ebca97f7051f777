// SPDX-License-Identifier: MIT OR Apache-2.0
//! What each command does.

use super::{
    attest, deciding, disputes, entering, files, folding, here, licences, mending, menus, moving,
    own_words, prepare, reading, rotating, scopes, stand_ins, suggestions, undoing,
};
use crate::{
    ops::Effect,
    tui::{
        attest::Saying,
        command::Command as C,
        field::Field,
        filter::Filter,
        model::{Model, Screen},
        overlay::{Finder, Overlay},
        rows::Anchor,
    },
};

/// Carries a command out.
pub(super) fn run(model: &mut Model, command: C, now: i64, effects: &mut Vec<Effect>) {
    if let Some(why) = unavailable(model, command) {
        return model.refuse(why);
    }
    if !moves(model, command) && !decides(model, command, now, effects) {
        other(model, command, effects);
    }
}

/// Returns why a command can't be used now.
pub(crate) fn unavailable(model: &Model, command: C) -> Option<String> {
    let entry = crate::tui::table::entry(command)?;
    if !entry.works_on(model.screen) {
        return Some("not on this screen".into());
    }
    let asked = crate::tui::attest::here(model).is_some();
    if !asked && attest::answer_of(command).is_some() {
        return Some("nothing is asked".into());
    }
    if entry.decides {
        return model.locked();
    }
    let none = model.shown().is_none();
    let why = match command {
        C::Retry if model.write_error.is_none() => "no write has failed",
        C::Preview | C::RuleText | C::LineHistory if none => "nothing is selected",
        C::Copy | C::Edit | C::Note | C::Link | C::Name if model.screen == Screen::Attestations => {
            return (!asked).then(|| "nothing is asked".into());
        }
        C::Copy | C::Edit | C::Note if none && here::file(model).is_none() => "nothing is selected",
        C::Mark | C::Range if model.row().is_none() => "nothing is selected",
        _ => return None,
    };
    Some(why.into())
}

fn moves(model: &mut Model, command: C) -> bool {
    let stays = matches!(
        command,
        C::Escape | C::Dashboard | C::Walk | C::Preview | C::Readiness | C::Attestations | C::Files
    );
    let before = model.list.touched;
    model.list.touched |= model.screen == Screen::Walk && !stays;
    let moved = moved(model, command);
    if !moved {
        model.list.touched = before;
    }
    moved
}

fn moved(model: &mut Model, command: C) -> bool {
    match command {
        C::Down => moving::by(model, 1),
        C::Up => moving::by(model, -1),
        C::PageDown => moving::by(model, moving::page(model)),
        C::PageUp => moving::by(model, -moving::page(model)),
        C::Top => moving::by(model, isize::MIN / 2),
        C::Bottom => moving::by(model, isize::MAX / 2),
        C::NextOpen | C::PrevOpen => {
            if !moving::next_open(model, command == C::NextOpen) {
                model.say("nothing else is open here");
            }
        }
        C::NextFile | C::PrevFile => moving::file(model, command == C::NextFile),
        C::NextPlace | C::PrevPlace => moving::place(model, command == C::NextPlace),
        C::Pane if model.screen == Screen::Attestations => {
            model.attest.focused = !model.attest.focused;
        }
        C::Pane if model.screen == Screen::Files => model.files.focused = !model.files.focused,
        C::Pane => model.detail.focused = !model.detail.focused,
        C::In => entering::into(model),
        C::Out => out(model),
        C::Escape => escape(model),
        C::Dashboard => model.screen = Screen::Dashboard,
        C::Walk | C::Detail => {
            enter_walk(model);
            model.detail.focused = command == C::Detail;
        }
        C::Preview => {
            model.preview.from_files = model.by_file();
            model.screen = Screen::Preview;
        }
        C::Files => files::open(model, None),
        C::ReadOn => reading::read_on(model),
        C::Attestations => attest::open(model),
        C::Readiness => entering::open_readiness(model),
        _ => return false,
    }
    true
}

/// Opens the list, with everything that came in while it was not on screen.
fn enter_walk(model: &mut Model) {
    if model.screen != Screen::Walk && (model.list.waiting > 0 || model.list.stale) {
        prepare::rebuild(model);
    }
    model.screen = Screen::Walk;
}

fn decides(model: &mut Model, command: C, now: i64, effects: &mut Vec<Effect>) -> bool {
    match command {
        C::Undo | C::Redo => undoing::step(model, command == C::Redo, now, effects),
        C::Withdraw => undoing::withdraw(model, now, effects),
        C::Settle => disputes::open(model),
        C::Correct | C::Fix => mending::open(model, command),
        C::Rotated | C::RotatedAll => rotating::open(model, command == C::RotatedAll),
        C::MarkRead => files::mark_read(model, now, effects),
        C::Suggested => suggestions::take(model, now, effects),
        C::Repeat => deciding::repeat(model, now, effects),
        _ => {
            if let Some(answer) = attest::answer_of(command) {
                attest::answer(model, answer, now, effects);
                return true;
            }
            let Some(verdict) = deciding::verdict_of(command) else { return false };
            match command {
                C::ApproveScope | C::RedactScope | C::ExcludeScope => {
                    scopes::open(model, verdict);
                }
                _ => deciding::press(model, verdict, now, effects),
            }
        }
    }
    true
}

fn other(model: &mut Model, command: C, effects: &mut Vec<Effect>) {
    match command {
        C::Mark => mark(model),
        C::Range => range(model),
        C::Note if model.screen == Screen::Attestations => attest::write(model, Saying::Note),
        C::Link => attest::write(model, Saying::Link),
        C::Name => attest::write(model, Saying::Name),
        C::Note => note(model),
        C::Reason => menus::reasons(model),
        C::Filter if model.screen == Screen::Files => files::ask_path(model),
        C::Facets if model.screen == Screen::Files => files::ask_show(model),
        C::DrawFiles => files::ask_to_draw(model),
        C::Filter => {
            enter_walk(model);
            let before = model.list.filter.clone();
            model.overlay = Some(Overlay::Filter { field: Field::new(&before.text), before });
        }
        C::Facets => {
            enter_walk(model);
            menus::facets(model);
        }
        C::Grouping => menus::grouping(model),
        C::HideDecided => hide_decided(model),
        C::FoldAll => folding::all(model),
        C::Unmask => {
            model.veil.toggle();
            let text = if model.veil.lifted() {
                model.hint("values are shown for this run; {show-values} masks them again")
            } else {
                "values are masked".into()
            };
            model.say(text);
            if !model.list.filter.text.is_empty() {
                prepare::rebuild(model);
            }
        }
        C::AcceptSuggestions => suggestions::open(model),
        C::Words => own_words::look(model, effects),
        C::Licences => licences::look(model),
        C::StandIns => stand_ins::open(model),
        C::RuleText => model.overlay = Some(Overlay::RuleText(0)),
        C::LineHistory => here::line_history(model),
        C::Wrap => model.detail.wrap = !model.detail.wrap,
        C::Mouse => {
            model.mouse = !model.mouse;
            model.say(if model.mouse { "mouse on" } else { "mouse off" });
        }
        C::Split => {
            model.detail.split = if model.detail.split >= 60 { 32 } else { model.detail.split + 12 }
        }
        C::Help => {
            model.overlay = Some(Overlay::Finder(Finder { help: true, ..Finder::default() }));
        }
        C::Palette => model.overlay = Some(Overlay::Finder(Finder::default())),
        C::Export => model.overlay = Some(Overlay::Export(Field::new("debut-report.md"))),
        _ => outside(model, command, effects),
    }
}

fn hide_decided(model: &mut Model) {
    model.list.hide_decided = !model.list.hide_decided;
    prepare::rebuild(model);
    let hides = if model.list.hide_decided { "hidden" } else { "shown" };
    model.say(format!("what is decided is {hides}; counts stay"));
}

/// Commands that something outside the screen carries out.
fn outside(model: &mut Model, command: C, effects: &mut Vec<Effect>) {
    match command {
        C::Edit if model.screen == Screen::Attestations => attest::edit(model, effects),
        C::Edit | C::Copy => here::at_place(model, command, effects),
        C::Retry => effects.push(Effect::Retry),
        C::Rescan | C::History => {
            super::remember(model, effects);
            let history = model.scans_history() != (command == C::History);
            effects.push(Effect::Rescan { history });
        }
        C::Suspend => effects.push(Effect::Suspend),
        C::Back => match model.screen {
            Screen::Dashboard => leave(model, effects),
            Screen::Preview => from_preview(model),
            Screen::Attestations => attest::back(model),
            Screen::Files => files::back(model, true),
            Screen::Walk if model.detail.focused => model.detail.focused = false,
            Screen::Walk | Screen::Readiness => model.screen = Screen::Dashboard,
        },
        C::Leave => leave(model, effects),
        _ => {}
    }
}

pub(super) fn leave(model: &mut Model, effects: &mut Vec<Effect>) {
    super::remember(model, effects);
    effects.push(Effect::Quit);
}

fn mark(model: &mut Model) {
    let Some(anchor) = model.anchor() else { return };
    if matches!(anchor, Anchor::NotScanned(_) | Anchor::NotScannedHead) {
        return model.refuse(
            model.hint("files that could not be judged are left out one by one ({exclude})"),
        );
    }
    if !model.list.marks.remove(&anchor) {
        model.list.marks.insert(anchor);
    }
    moving::to(model, model.list.cursor + 1);
}

fn range(model: &mut Model) {
    let Some((from, to)) = moving::range(model) else {
        model.list.range = model.anchor();
        return model.say(model.hint(
            "range: move, then {approve} {redact} {exclude} {defer}, or {range} to keep the marks",
        ));
    };
    let anchors = model.list.rows[from..=to].iter().map(|row| row.anchor.clone());
    model.list.marks.extend(anchors);
    model.list.range = None;
}

fn note(model: &mut Model) {
    let Some(anchor) = model.anchor() else { return };
    let old = model.pending.get(&anchor).and_then(|pending| pending.note.clone());
    let field = Field::new(old.as_deref().unwrap_or(""));
    model.overlay = Some(Overlay::Note { anchor, field });
}

/// Goes back to where the preview was opened.
fn from_preview(model: &mut Model) {
    model.screen = if model.by_file() { Screen::Files } else { Screen::Walk };
}

fn out(model: &mut Model) {
    match model.screen {
        Screen::Preview => from_preview(model),
        Screen::Files => model.files.focused = false,
        Screen::Dashboard | Screen::Readiness => {}
        Screen::Attestations => model.attest.focused = false,
        Screen::Walk if model.detail.focused => model.detail.focused = false,
        Screen::Walk => folding::out(model),
    }
}

fn escape(model: &mut Model) {
    match model.screen {
        Screen::Dashboard => {}
        Screen::Preview => from_preview(model),
        Screen::Files => files::back(model, false),
        Screen::Readiness => model.screen = Screen::Dashboard,
        Screen::Attestations => attest::back(model),
        Screen::Walk if model.detail.focused => model.detail.focused = false,
        Screen::Walk if model.list.range.take().is_some() => {}
        Screen::Walk if !model.list.marks.is_empty() => model.list.marks.clear(),
        Screen::Walk if !model.list.filter.is_empty() => {
            // What was typed goes first: the category that one works on stays.
            let rest = Filter { text: String::new(), ..model.list.filter.clone() };
            let typed = !model.list.filter.text.is_empty() && !rest.is_empty();
            model.list.filter = if typed { rest } else { Filter::default() };
            prepare::rebuild(model);
            model.say(if typed { "text of the filter cleared" } else { "filter cleared" });
        }
        Screen::Walk => model.screen = Screen::Dashboard,
    }
}
