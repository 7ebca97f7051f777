// SPDX-License-Identifier: MIT OR Apache-2.0
//! What happens after a message. Nothing here touches a disk, a clock or a terminal.

mod again;
mod aim;
mod attest;
mod commands;
mod deciding;
mod disputes;
mod entering;
mod events;
mod files;
mod folding;
mod here;
mod licences;
mod mending;
mod menus;
mod moving;
mod onward;
mod overlays;
mod own_words;
mod prepare;
mod reading;
mod rotating;
mod samples;
mod scopes;
mod stand_ins;
mod suggestions;
mod undoing;

use std::sync::Arc;

use ratatui::crossterm::event::{KeyEvent, KeyEventKind};

use super::{
    command::Command,
    keymap,
    model::{Model, Msg, Screen},
    standpoint,
};
use crate::ops::Effect;

pub(crate) use commands::unavailable;
pub(crate) use mending::said;
pub(crate) use moving::range as range_of;
pub(crate) use prepare::prepare;

/// Takes in a message at `now_ms` (milliseconds since 1970-01-01 UTC) and returns what has to be
/// done. A decision's [`Effect::Record`] comes first and must be carried out before the next
/// frame.
pub fn update(model: &mut Model, msg: Msg, now_ms: i64) -> Vec<Effect> {
    let mut effects = Vec::new();
    match msg {
        Msg::Key(key) => on_key(model, key, now_ms, &mut effects),
        Msg::Paste(text) => overlays::paste(model, &text),
        Msg::Resize(width, height) => model.size = (width, height),
        Msg::Mouse(mouse) => moving::mouse(model, mouse),
        Msg::Event(event) => events::take(model, event, now_ms),
        Msg::Tick => remember(model, &mut effects),
    }
    again::end(model, now_ms);
    own_words::ask(model, &mut effects);
    licences::ask(model);
    effects.extend(prepare(model));
    effects
}

fn on_key(model: &mut Model, key: KeyEvent, now: i64, effects: &mut Vec<Effect>) {
    if key.kind == KeyEventKind::Release {
        return;
    }
    let name = keymap::name_of(key);
    let means = model.keys.lookup(key, model.screen);
    let command = means.map(|entry| entry.command);
    match name.as_deref() {
        Some("C-c") => return commands::leave(model, effects),
        // Where it has this key, it works also while something is typed.
        Some("C-z") if command == Some(Command::Suspend) => return effects.push(Effect::Suspend),
        _ if super::layout::too_small(model) => {
            if command == Some(Command::Back) {
                commands::leave(model, effects);
            }
            return;
        }
        _ => {}
    }
    model.status = None;
    model.resume = None;
    if model.overlay.is_some() && !overlays::gives_way(model, key) {
        return overlays::key(model, key, now, effects);
    }
    let finished = model.finished.take();
    if model.screen == Screen::Walk && (model.list.waiting > 0 || model.list.stale) {
        // The key is about the row that was seen.
        let touched = std::mem::replace(&mut model.list.touched, true);
        prepare::rebuild(model);
        model.list.touched = touched;
    }
    match means {
        Some(entry) => {
            model.finished = finished.filter(|_| entry.command == Command::In);
            commands::run(model, entry.command, now, effects);
        }
        None => {
            if let Some(what) = planned(name.as_deref(), model.screen) {
                model.refuse(format!("{what} is not there yet"));
            } else if let Some(name) = name {
                let lists = model.hint("{help} lists the keys");
                model.say(format!("{name} does nothing here; {lists}"));
            }
        }
    }
}

/// Returns what a key will do one day, where nobody should wonder whether it did.
fn planned(name: Option<&str>, screen: Screen) -> Option<&'static str> {
    match (name?, screen) {
        ("R", Screen::Readiness) => Some("writing the release from here"),
        _ => None,
    }
}

/// Says where the reviewer stands, if that changed.
fn remember(model: &mut Model, effects: &mut Vec<Effect>) {
    // While the place of last time is still being looked for, the cursor says nothing.
    if model.resume.is_some() || model.shown().is_none() {
        return;
    }
    let here: Arc<str> = standpoint::text(model).into();
    if model.remembered.as_ref() != Some(&here) {
        model.remembered = Some(here.clone());
        effects.push(Effect::Remember(here));
    }
}
