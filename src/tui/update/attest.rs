// SPDX-License-Identifier: MIT OR Apache-2.0
//! The release checklist: moving about in it and answering its items.

use std::sync::Arc;

use ratatui::{crossterm::event::MouseEvent, layout::Position};

use super::{
    deciding::{record, refuse, report},
    moving,
};
use crate::{
    domain::{Act, Answer, Target},
    ops::{Effect, Leads, TreeFacts},
    review::{Attested, Refusal, Step},
    tui::{
        attest::{self, AttestLine, Saying},
        command::Command,
        field::Field,
        filter::Filter,
        layout,
        model::{Model, Screen},
        overlay::Overlay,
    },
};

/// Opens the screen, at the first item that waits for somebody.
pub(super) fn open(model: &mut Model) {
    if model.screen != Screen::Attestations {
        model.screen = Screen::Attestations;
        model.attest.focused = false;
        model.attest.hints = None;
    }
    let n = model.session.template().items.len();
    let is_open = |i: &usize| open_at(model, *i);
    if !is_open(&model.attest.cursor)
        && let Some(first) = (0..n).find(is_open)
    {
        to(model, first);
    }
}

/// Takes in what was seen of the commit's files and authors.
pub(super) fn learn(model: &mut Model, facts: Arc<TreeFacts>) {
    model.attest.facts = Some(facts);
    model.attest.hints = None;
}

fn open_at(model: &Model, i: usize) -> bool {
    let item = model.session.template().items.get(i);
    item.is_some_and(|item| model.session.attest_state(&item.id).is_open())
}

fn to(model: &mut Model, item: usize) {
    let last = model.session.template().items.len().saturating_sub(1);
    let item = item.min(last);
    if item != model.attest.cursor {
        model.attest.cursor = item;
        model.attest.scroll = 0;
    }
}

/// Moves the cursor, or scrolls the pane.
pub(super) fn by(model: &mut Model, delta: isize) {
    if model.attest.focused {
        let most = crate::tui::view::attest_lines(model).saturating_sub(3);
        let scroll = &mut model.attest.scroll;
        *scroll = scroll.saturating_add_signed(delta).min(most);
    } else {
        to(model, model.attest.cursor.saturating_add_signed(delta));
    }
}

/// Goes to the next item that waits for somebody. Returns false where there is none.
pub(super) fn next_open(model: &mut Model, forward: bool) -> bool {
    let n = model.session.template().items.len();
    let at = model.attest.cursor;
    let step = |k: usize| if forward { (at + k) % n } else { (at + n - k) % n };
    let Some(next) = (1..n).map(step).find(|i| open_at(model, *i)) else { return false };
    if (next < at) == forward {
        model.say(if forward { "from the top again" } else { "from the end again" });
    }
    to(model, next);
    true
}

/// Chooses another hint.
pub(super) fn next_hint(model: &mut Model, forward: bool) {
    match attest::hints(model).len() {
        0 | 1 => model.say("no other hint here"),
        n => {
            let at = model.attest.hint;
            model.attest.hint = if forward { (at + 1) % n } else { (at + n - 1) % n };
        }
    }
}

/// Opens the pane, or what the hint chosen there leads to.
pub(super) fn into(model: &mut Model) {
    if !model.attest.focused {
        model.attest.focused = attest::here(model).is_some();
        return;
    }
    let Some(hint) = attest::hints(model).get(model.attest.hint) else {
        return model.say(
            model.hint("nothing to open here; {answer-yes} {answer-no} {not-applicable} answer"),
        );
    };
    match hint.leads.clone() {
        Leads::Findings(text) => {
            moving::open_walk(model, Filter { text, ..Filter::default() });
        }
        Leads::NotJudged => moving::open_not_scanned(model, None),
        Leads::Unrotated => moving::open_unrotated(model),
        Leads::Nowhere if !hint.paths.is_empty() => {
            model.say(model.hint("{edit} opens the first of these files"));
        }
        Leads::Nowhere => model.say(
            model.hint("this hint leads nowhere; {answer-yes} {answer-no} {not-applicable} answer"),
        ),
    }
}

/// Opens the first file that the chosen hint names.
pub(super) fn edit(model: &mut Model, effects: &mut Vec<Effect>) {
    let hint = attest::hints(model).get(model.attest.hint);
    match hint.and_then(|hint| hint.paths.first()).cloned() {
        Some(path) => effects.push(Effect::Edit { path, line: 1 }),
        None => model.say("this hint names no file"),
    }
}

/// Steps back: from the pane to the list, from there to the dashboard.
pub(super) fn back(model: &mut Model) {
    if model.attest.focused {
        model.attest.focused = false;
    } else {
        model.screen = Screen::Dashboard;
    }
}

/// Returns the answer that a key gives.
pub(super) fn answer_of(command: Command) -> Option<Answer> {
    match command {
        Command::AnswerYes => Some(Answer::Yes),
        Command::AnswerNo => Some(Answer::No),
        Command::NotApplicable => Some(Answer::NotApplicable),
        _ => None,
    }
}

/// Answers the item under the cursor and goes to the next one that is open.
pub(super) fn answer(model: &mut Model, answer: Answer, now: i64, effects: &mut Vec<Effect>) {
    let Some(id) = attest::here(model).map(|item| item.id.clone()) else {
        return model.refuse("nothing here to answer");
    };
    if model.attest.drawn.as_ref() != Some(&id) {
        return model.refuse("typed ahead: read this one first");
    }
    let words = model.attest.words.get(&id).cloned().unwrap_or_default();
    let act = Act::Answer(answer);
    let said = Attested { act, note: words.note, link: words.link, name: words.name };
    match model.session.attest(&id, &said, now) {
        Ok(step) => {
            model.attest.words.remove(&id);
            report(model, &step, answer.short());
            record(model, step, effects);
            if !next_open(model, true) && !open_at(model, model.attest.cursor) {
                let text = model.status.as_ref().map_or("", |status| &status.text);
                let next = model.hint("every item is answered, {readiness}: readiness");
                model.say(format!("{text}; {next}"));
            }
        }
        Err(Refusal::Unexplained) => {
            write(model, Saying::Note);
            model.refuse(model.hint("not applicable needs a note: say why, then {not-applicable}"));
        }
        Err(refusal) => refuse(model, &refusal),
    }
}

/// Takes the reviewer's own answer back.
pub(super) fn withdraw(model: &mut Model, now: i64, effects: &mut Vec<Effect>) {
    let Some(id) = attest::here(model).map(|item| item.id.clone()) else { return };
    let back = Attested { act: Act::Withdraw, ..Attested::new(Answer::No) };
    match model.session.attest(&id, &back, now) {
        Ok(step) => {
            report(model, &step, "withdrawn:");
            record(model, step, effects);
        }
        Err(Refusal::Nothing) => model.refuse("no answer of yours here"),
        Err(refusal) => refuse(model, &refusal),
    }
}

/// Shows the item that an undone or redone step was about.
pub(super) fn show(model: &mut Model, step: &Step) {
    let Some(Target::Attestation(id)) = step.votes.first().map(|vote| &vote.target) else { return };
    let at = model.session.template().items.iter().position(|item| item.id == *id);
    if let Some(at) = at {
        to(model, at);
    }
}

/// Opens a field for a text that goes with the next answer.
pub(super) fn write(model: &mut Model, saying: Saying) {
    let Some(id) = attest::here(model).map(|item| item.id.clone()) else { return };
    let words = model.attest.words.get(&id);
    let old = words.and_then(|words| match saying {
        Saying::Note => words.note.clone(),
        Saying::Link => words.link.clone(),
        Saying::Name => words.name.clone(),
    });
    let field = Field::new(old.as_deref().unwrap_or(""));
    model.overlay = Some(Overlay::Saying { saying, id, field });
}

/// Keeps such a text until the answer is given.
pub(super) fn keep(model: &mut Model, saying: Saying, id: Arc<str>, text: &str) {
    let text = text.trim();
    let checked = match saying {
        _ if text.is_empty() => Ok(()),
        Saying::Note if model.session.holds_value(text) => Err(Refusal::HoldsValue("note")),
        Saying::Note => Ok(()),
        Saying::Link => model.session.check_link(text),
        Saying::Name => model.session.check_name(text),
    };
    if let Err(refusal) = checked {
        return model.refuse(format!("{refusal}; it was not kept"));
    }
    let words = model.attest.words.entry(id).or_default();
    let slot = match saying {
        Saying::Note => &mut words.note,
        Saying::Link => &mut words.link,
        Saying::Name => &mut words.name,
    };
    *slot = (!text.is_empty()).then(|| text.into());
    let when = model.hint("it goes with your {answer-yes}, {answer-no} or {not-applicable} here");
    model.say(format!("{} kept: {when}", saying.word()));
}

/// A click selects and decides nothing.
pub(super) fn click(model: &mut Model, mouse: MouseEvent) {
    let areas = layout::areas(model);
    let at = Position::new(mouse.column, mouse.row);
    if let Some(list) = areas.list.filter(|list| list.contains(at)) {
        model.attest.focused = false;
        let line = usize::from(mouse.row - list.y) + model.attest.top;
        if let Some(AttestLine::Item(i)) = attest::lines(model.session.template()).get(line) {
            to(model, *i);
        }
    } else if areas.detail.is_some_and(|detail| detail.contains(at)) {
        model.attest.focused = true;
    }
}

/// Keeps the cursor on screen, with the title above it where there is room.
pub(super) fn scroll(model: &mut Model) {
    let lines = attest::lines(model.session.template());
    let height = layout::areas(model).list.map_or(1, |list| usize::from(list.height)).max(1);
    let pane = &mut model.attest;
    pane.cursor = pane.cursor.min(model.session.template().items.len().saturating_sub(1));
    let at = lines.iter().position(|line| *line == AttestLine::Item(pane.cursor)).unwrap_or(0);
    let first = if at > 0 && matches!(lines[at - 1], AttestLine::Head(_)) { at - 1 } else { at };
    let most = lines.len().saturating_sub(height);
    pane.top = pane.top.min(first).min(most).max((at + 1).saturating_sub(height));
}
