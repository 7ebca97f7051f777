// SPDX-License-Identifier: MIT OR Apache-2.0
//! The policy about licences: asked about once, and answered for whenever somebody wants to.

use std::sync::Arc;

use ratatui::crossterm::event::{KeyCode, KeyEvent};

use super::overlays::scrolls;
use crate::{
    domain::{Licensing, Policy},
    ops::{Effect, LicensingGuess},
    tui::{
        field::Field,
        licences::LicenceForm,
        model::{Model, Screen},
        overlay::Overlay,
    },
};

/// Takes in what is likely.
pub(super) fn likely(model: &mut Model, guess: Arc<LicensingGuess>) {
    model.licences.likely = Some(guess);
}

/// Takes in what the file says now, or why nothing could be written into it.
pub(super) fn answered(model: &mut Model, answer: Result<Arc<Policy>, String>) {
    match answer {
        Ok(policy) => {
            model.session.set_policy(policy);
            model.dirty = true;
            model.ready_dirty = true;
            if matches!(model.overlay, Some(Overlay::Licences(_))) {
                model.overlay = None;
                model.say("written to config.toml");
            }
        }
        // The form stays as it is, for another try.
        Err(why) => model.refuse(format!("the answers were not written: {why}")),
    }
}

/// Asks once in a run, if nobody has answered, something is likely, and the question about the
/// words is out of the way.
pub(super) fn ask(model: &mut Model) {
    let known = &model.licences;
    let guess = known
        .likely
        .as_ref()
        .filter(|guess| guess.licensing.outbound.is_some() || guess.why.contains_key("owners"));
    let asks = !known.asked && guess.is_some() && !answers(model);
    let free = model.screen == Screen::Dashboard && model.overlay.is_none();
    let after_words = model.knowledge.known && model.again.is_none();
    if asks
        && free
        && after_words
        && model.locked().is_none()
        && !crate::tui::layout::too_small(model)
    {
        open(model);
    }
}

fn answers(model: &Model) -> bool {
    model.session.policy().licensing != Licensing::default()
}

/// Opens the form when somebody wants it.
pub(super) fn look(model: &mut Model) {
    if model.licences.likely.is_none() && !answers(model) {
        return model.refuse("what is likely is not known yet: after the scan");
    }
    open(model);
}

fn open(model: &mut Model) {
    model.licences.asked = true;
    let likely = model.licences.likely.clone().unwrap_or_default();
    let form = LicenceForm::new(&model.session.policy().licensing, likely);
    model.overlay = Some(Overlay::Licences(Box::new(form)));
}

/// Steps back: out of the field, or out of the form, where nobody leaves changes behind unawares.
pub(super) fn leave(model: &mut Model, mut form: Box<LicenceForm>) {
    if form.editing.take().is_some() {
        model.overlay = Some(Overlay::Licences(form));
    } else if form.changed() && !form.warned {
        form.warned = true;
        model.refuse("changes not kept: Enter keeps, Esc again gives them up");
        model.overlay = Some(Overlay::Licences(form));
    } else if form.first {
        model.say(model.hint("put off: you are asked again next time, or by {licences}"));
    }
}

/// Hands a key to the form.
pub(super) fn key(
    model: &mut Model,
    mut form: Box<LicenceForm>,
    key: KeyEvent,
    effects: &mut Vec<Effect>,
) {
    if let Some(field) = form.editing.take() {
        in_field(model, &mut form, field, key);
    } else if !moved(&mut form, key) {
        if key.code == KeyCode::Enter && !form.writes() {
            return;
        }
        match model.locked() {
            Some(why) => model.refuse(why),
            None if !form.drawn => model.refuse("typed ahead: look at the answers first"),
            None => change(model, &mut form, key, effects),
        }
    }
    model.overlay = Some(Overlay::Licences(form));
}

fn moved(form: &mut LicenceForm, key: KeyEvent) -> bool {
    let count = Licensing::FIELDS.len();
    match key.code {
        KeyCode::Home => form.cursor = 0,
        KeyCode::Char('G') | KeyCode::End => form.cursor = count - 1,
        _ => return scrolls(key, &mut form.cursor, count),
    }
    true
}

fn change(model: &mut Model, form: &mut LicenceForm, key: KeyEvent, effects: &mut Vec<Effect>) {
    match key.code {
        KeyCode::Enter => effects.push(Effect::AnswerLicensing(form.answers.clone())),
        KeyCode::Char(' ') if form.turn() => {}
        KeyCode::Char(' ' | 'e') => {
            let text = form.answers.answer(form.field()).unwrap_or_default();
            form.editing = Some(Field::new(&text));
        }
        KeyCode::Char('d') | KeyCode::Delete if !form.clear() => {
            model.refuse("config.toml says it: take it out there");
        }
        KeyCode::Char('d') | KeyCode::Delete => {}
        KeyCode::Char('u') if !form.undo() => model.refuse("nothing to undo in this form"),
        _ => {}
    }
}

fn in_field(model: &mut Model, form: &mut LicenceForm, mut field: Field, key: KeyEvent) {
    if key.code == KeyCode::Enter {
        match form.set(field.text()) {
            Ok(()) => return,
            Err(wanted) => model.refuse(format!("not taken: {wanted}")),
        }
    } else {
        field.key(key);
    }
    form.editing = Some(field);
}
