// SPDX-License-Identifier: MIT OR Apache-2.0
//! The list of stand-ins: looking at them, and choosing one.

use std::sync::Arc;

use ratatui::crossterm::event::{KeyCode, KeyEvent};

use super::{deciding, moving, overlays::scrolls, undoing};
use crate::{
    ops::Effect,
    review::{Refusal, StandIn},
    tui::{
        field::Field,
        filter::{Filter, Picked},
        model::Model,
        overlay::{Overlay, StandIns},
    },
};

/// Opens the list, at the value shown.
pub(super) fn open(model: &mut Model) {
    let rows = model.session.stand_ins();
    if rows.is_empty() {
        return model.say("no value that was found has a stand-in of its own");
    }
    let mut table = StandIns { rows: rows.into(), ..StandIns::default() };
    table.list(model);
    let group = model.shown().map(|idx| model.session.group_of(idx));
    let here = |i: &usize| group.is_some_and(|group| table.rows[*i].groups.contains(&group));
    table.cursor = table.shown.iter().position(here).unwrap_or(0);
    model.overlay = Some(Overlay::StandIns(table));
}

impl StandIns {
    /// Lists the rows that the filter names: by rule, path, stand-in, or a value that is shown.
    fn list(&mut self, model: &Model) {
        let text = self.filter.text().to_lowercase();
        let session = &model.session;
        let named = |row: &StandIn| {
            let has = |word: &str| word.to_lowercase().contains(&text);
            let group = |idx| session.group(idx).members.iter().copied();
            has(row.given.word())
                || row.to.as_deref().is_some_and(has)
                || row.groups.iter().any(|idx| has(&session.info(*idx).id))
                || row.groups.iter().flat_map(|idx| group(*idx)).any(|idx| {
                    let finding = session.finding(idx);
                    let path = model.veil.path(&finding.path, "");
                    let value = model.veil.value(session, finding, "");
                    has(&path.to_string()) || has(&value.to_string())
                })
        };
        let all = self.rows.iter().enumerate();
        self.shown = all.filter(|(_, row)| text.is_empty() || named(row)).map(|(i, _)| i).collect();
        self.cursor = self.cursor.min(self.shown.len().saturating_sub(1));
    }

    /// Works out the rows anew and stays on the value under the cursor.
    fn renew(&mut self, model: &Model) {
        let value = self.row().map(|row| row.value.clone());
        self.rows = model.session.stand_ins().into();
        self.list(model);
        self.stay(value.as_ref());
    }

    /// Puts the cursor on a value, if it is listed.
    fn stay(&mut self, value: Option<&Arc<str>>) {
        let same = |i: &usize| Some(&self.rows[*i].value) == value;
        self.cursor = self.shown.iter().position(same).unwrap_or(self.cursor);
    }
}

/// Steps back: out of the filter, or out of the list.
pub(super) fn leave(model: &mut Model, mut table: StandIns) {
    if table.typing || !table.filter.text().is_empty() {
        table.typing = false;
        table.filter = Field::default();
        let value = table.row().map(|row| row.value.clone());
        table.list(model);
        table.stay(value.as_ref());
        model.overlay = Some(Overlay::StandIns(table));
    }
}

/// Hands a key to the list.
pub(super) fn key(
    model: &mut Model,
    mut table: StandIns,
    key: KeyEvent,
    now: i64,
    effects: &mut Vec<Effect>,
) {
    if table.typing {
        match key.code {
            KeyCode::Enter | KeyCode::Down => table.typing = false,
            _ => {
                table.filter.key(key);
                table.list(model);
            }
        }
        model.overlay = Some(Overlay::StandIns(table));
        return;
    }
    let count = table.shown.len();
    match key.code {
        _ if scrolls(key, &mut table.cursor, count) => {}
        KeyCode::Home => table.cursor = 0,
        KeyCode::Char('G') | KeyCode::End => table.cursor = count.saturating_sub(1),
        KeyCode::Char('/') => table.typing = true,
        KeyCode::Char('*') => model.veil.toggle(),
        KeyCode::Char('c') => return ask(model, table),
        KeyCode::Char('-') => choose(model, &mut table, None, now, effects),
        KeyCode::Char(c @ ('u' | 'U')) => {
            undoing::step(model, c == 'U', now, effects);
            table.renew(model);
        }
        KeyCode::Enter => {
            if let Some(row) = table.row().cloned() {
                return show(model, &row);
            }
        }
        _ => {}
    }
    model.overlay = Some(Overlay::StandIns(table));
}

/// Asks for another stand-in of the value under the cursor.
fn ask(model: &mut Model, table: StandIns) {
    if let Some(why) = model.locked() {
        model.refuse(why);
        model.overlay = Some(Overlay::StandIns(table));
        return;
    }
    let now = table.row().map(|row| row.to.clone().unwrap_or_default());
    model.overlay = Some(match now {
        Some(now) => Overlay::StandInTo { table: Box::new(table), field: Field::new(&now) },
        None => Overlay::StandIns(table),
    });
}

/// Hands a key to the field of the new stand-in.
pub(super) fn typed(
    model: &mut Model,
    mut table: StandIns,
    mut field: Field,
    key: KeyEvent,
    now: i64,
    effects: &mut Vec<Effect>,
) {
    if key.code != KeyCode::Enter {
        field.key(key);
        model.overlay = Some(Overlay::StandInTo { table: Box::new(table), field });
        return;
    }
    choose(model, &mut table, Some(field.text()), now, effects);
    model.overlay = Some(Overlay::StandIns(table));
}

/// Chooses, or takes one's own choice back, for the value under the cursor.
fn choose(
    model: &mut Model,
    table: &mut StandIns,
    to: Option<&str>,
    now: i64,
    effects: &mut Vec<Effect>,
) {
    if let Some(why) = model.locked() {
        return model.refuse(why);
    }
    let Some(row) = table.row() else { return };
    if to.is_some() && to == row.to.as_deref() {
        return;
    }
    match model.session.choose_stand_in(&row.value, to, now) {
        Ok(step) => {
            let text = step.label();
            deciding::record(model, step, effects);
            model.say(format!("{text}; it holds in all places of the value"));
            table.renew(model);
        }
        Err(Refusal::Nothing) => model.refuse("no choice of yours here"),
        Err(refusal) => deciding::refuse(model, &refusal),
    }
}

/// Opens the list of findings with the places of a value.
fn show(model: &mut Model, row: &StandIn) {
    let groups = Arc::new(row.groups.iter().copied().collect());
    let words = match &row.to {
        Some(to) => format!("becomes {to}"),
        None => "waits for a stand-in".to_owned(),
    };
    let picked = Some(Picked { words, groups });
    moving::open_walk(model, Filter { picked, ..Filter::default() });
}
