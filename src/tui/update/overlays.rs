// SPDX-License-Identifier: MIT OR Apache-2.0
//! Keys while something lies over the screen.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{
    attest, commands, deciding, files, licences, mending, own_words, prepare, reading, rotating,
    stand_ins, suggestions,
};
use crate::{
    ops::Effect,
    tui::{
        field::Field,
        filter::Filter,
        model::Model,
        overlay::{Confirm, Finder, Item, Menu, Overlay, Pick},
        rows::Anchor,
    },
};

/// Puts a question off that came by itself, and that nobody has touched, where the key goes to
/// another screen: it was meant for what lay there before. Returns whether it did.
pub(super) fn gives_way(model: &mut Model, key: KeyEvent) -> bool {
    let goes = matches!(key.code, KeyCode::Char('1'..='9')) && key.modifiers.is_empty();
    let untouched = match &model.overlay {
        Some(Overlay::Words(list)) => list.first && list.changes() == 0 && list.adding.is_none(),
        Some(Overlay::Licences(form)) => form.first && !form.changed() && form.editing.is_none(),
        _ => false,
    };
    if !goes || !untouched {
        return false;
    }
    model.overlay.take().is_some_and(|overlay| {
        leave(model, overlay);
        true
    })
}

/// Hands a key to what lies over the screen.
pub(super) fn key(model: &mut Model, key: KeyEvent, now: i64, effects: &mut Vec<Effect>) {
    let Some(overlay) = model.overlay.take() else { return };
    if key.code == KeyCode::Esc || (key.code == KeyCode::Char('q') && q_leaves(&overlay)) {
        return leave(model, overlay);
    }
    match overlay {
        Overlay::Finder(finder) => in_finder(model, finder, key, now, effects),
        Overlay::Menu(menu) => in_menu(model, menu, key, now, effects),
        Overlay::Confirm(confirm) => in_confirm(model, confirm, key, now, effects),
        Overlay::Count { turning, mut field } => {
            field.key(key);
            rotating::count(model, turning, field, now, effects);
        }
        Overlay::Filter { mut field, before } => {
            if key.code == KeyCode::Enter {
                return;
            }
            field.key(key);
            let filter = Filter { text: field.text().to_owned(), ..before.clone() };
            set_filter(model, filter);
            model.overlay = Some(Overlay::Filter { field, before });
        }
        Overlay::Paths { field, before } => in_paths(model, field, before, key),
        Overlay::Note { anchor, mut field } => {
            if key.code == KeyCode::Enter {
                return keep_note(model, anchor, field.text());
            }
            field.key(key);
            model.overlay = Some(Overlay::Note { anchor, field });
        }
        Overlay::Saying { saying, id, mut field } => {
            if key.code == KeyCode::Enter {
                return attest::keep(model, saying, id, field.text());
            }
            field.key(key);
            model.overlay = Some(Overlay::Saying { saying, id, field });
        }
        Overlay::Export(field) => in_export(model, field, key, effects),
        Overlay::Suggestions(table) => suggestions::key(model, table, key, now, effects),
        Overlay::Words(list) => own_words::key(model, list, key, now, effects),
        Overlay::Licences(form) => licences::key(model, form, key, effects),
        Overlay::StandIns(table) => stand_ins::key(model, table, key, now, effects),
        Overlay::Licence { asked, field } => mending::key(model, asked, field, key),
        Overlay::StandInTo { table, field } => {
            stand_ins::typed(model, *table, field, key, now, effects);
        }
        // Any key that does not scroll closes them.
        Overlay::RuleText(mut scroll) => {
            let steps = crate::tui::view::rule_steps(model);
            if steps > 0 && scrolls(key, &mut scroll, steps) {
                model.overlay = Some(Overlay::RuleText(scroll));
            }
        }
        Overlay::History { places, mut scroll } => {
            if scrolls(key, &mut scroll, crate::tui::view::history_lines(places.len())) {
                model.overlay = Some(Overlay::History { places, scroll });
            }
        }
    }
}

fn leave(model: &mut Model, overlay: Overlay) {
    match overlay {
        Overlay::Filter { before, .. } => set_filter(model, before),
        Overlay::Paths { before, .. } => files::name(model, &before),
        Overlay::Words(list) => own_words::leave(model, list),
        Overlay::Licences(form) => licences::leave(model, form),
        Overlay::StandIns(table) => stand_ins::leave(model, table),
        Overlay::StandInTo { table, .. } => model.overlay = Some(Overlay::StandIns(*table)),
        _ => {}
    }
}

/// Whether `q` leaves it, as it leaves a screen: where nothing is typed and no letter answers.
fn q_leaves(overlay: &Overlay) -> bool {
    match overlay {
        Overlay::Words(list) => list.adding.is_none(),
        Overlay::Licences(form) => form.editing.is_none(),
        Overlay::StandIns(table) => !table.typing,
        Overlay::Suggestions(_) => true,
        _ => false,
    }
}

fn in_export(model: &mut Model, mut field: Field, key: KeyEvent, effects: &mut Vec<Effect>) {
    if key.code == KeyCode::Enter && !field.text().trim().is_empty() {
        return effects.push(Effect::Export(field.text().trim().into()));
    }
    field.key(key);
    model.overlay = Some(Overlay::Export(field));
}

/// Puts pasted text into the field that is open; elsewhere a paste does nothing, so that a
/// clipboard full of letters is never taken for commands.
pub(super) fn paste(model: &mut Model, text: &str) {
    let field = match &mut model.overlay {
        Some(Overlay::Finder(finder)) => &mut finder.field,
        Some(Overlay::Words(list)) => match &mut list.adding {
            Some(adding) => &mut adding.field,
            None => return,
        },
        Some(Overlay::Licences(form)) => match &mut form.editing {
            Some(field) => field,
            None => return,
        },
        Some(
            Overlay::Note { field, .. }
            | Overlay::Saying { field, .. }
            | Overlay::Export(field)
            | Overlay::Licence { field, .. }
            | Overlay::StandInTo { field, .. },
        ) => field,
        Some(Overlay::Filter { field, .. }) => {
            field.insert(text);
            let text = field.text().to_owned();
            let filter = Filter { text, ..model.list.filter.clone() };
            return set_filter(model, filter);
        }
        Some(Overlay::Paths { field, .. }) => {
            field.insert(text);
            let text = field.text().to_owned();
            return files::name(model, &text);
        }
        _ => return,
    };
    field.insert(text);
}

fn set_filter(model: &mut Model, filter: Filter) {
    if model.list.filter != filter {
        let before = model.anchor();
        model.list.filter = filter;
        prepare::rebuild(model);
        if model.anchor() != before {
            let leaf = model.list.rows.iter().position(|row| !row.is_head());
            model.list.cursor = leaf.unwrap_or(0);
        }
        // The place shown is chosen anew: the one that was filtered for.
        model.detail.anchor = None;
    }
}

fn in_paths(model: &mut Model, mut field: Field, before: String, key: KeyEvent) {
    if key.code == KeyCode::Enter {
        return;
    }
    field.key(key);
    files::name(model, field.text());
    model.overlay = Some(Overlay::Paths { field, before });
}

/// Moves a cursor in a list of `count` lines. Returns whether the key was for that.
fn steer(key: KeyEvent, cursor: &mut usize, count: usize) -> bool {
    let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
    let last = count.saturating_sub(1);
    *cursor = match key.code {
        KeyCode::Down => (*cursor + 1).min(last),
        KeyCode::Up => cursor.saturating_sub(1),
        KeyCode::Char('n') if ctrl => (*cursor + 1).min(last),
        KeyCode::Char('p') if ctrl => cursor.saturating_sub(1),
        KeyCode::PageDown => (*cursor + 10).min(last),
        KeyCode::PageUp => cursor.saturating_sub(10),
        _ => return false,
    };
    true
}

/// The same where nothing is typed, so that letters move too.
pub(super) fn scrolls(key: KeyEvent, scroll: &mut usize, count: usize) -> bool {
    let plain = key.modifiers.difference(KeyModifiers::SHIFT).is_empty();
    let code = match key.code {
        KeyCode::Char('j') if plain => KeyCode::Down,
        KeyCode::Char('k') if plain => KeyCode::Up,
        KeyCode::Char('d') if !plain => KeyCode::PageDown,
        KeyCode::Char('u') if !plain => KeyCode::PageUp,
        code => code,
    };
    let modifiers = if code == key.code { key.modifiers } else { KeyModifiers::NONE };
    steer(KeyEvent::new(code, modifiers), scroll, count)
}

fn in_finder(
    model: &mut Model,
    mut finder: Finder,
    key: KeyEvent,
    now: i64,
    effects: &mut Vec<Effect>,
) {
    let entries = finder.entries(model);
    if key.code == KeyCode::Enter {
        let Some((entry, why)) = entries.get(finder.cursor) else { return };
        return match why {
            Some(why) => model.refuse(why.clone()),
            None if entry.decides => {
                let key = model.key(entry.command);
                model.say(format!("press {key} to {}: Enter never decides", entry.label));
            }
            None => commands::run(model, entry.command, now, effects),
        };
    }
    // Whoever types / in help wants to search, and the field is open already.
    let slash = finder.help && key.code == KeyCode::Char('/') && finder.field.text().is_empty();
    if !slash && !steer(key, &mut finder.cursor, entries.len()) && finder.field.key(key) {
        finder.cursor = 0;
    }
    model.overlay = Some(Overlay::Finder(finder));
}

fn in_menu(model: &mut Model, mut menu: Menu, key: KeyEvent, now: i64, effects: &mut Vec<Effect>) {
    if steer(key, &mut menu.cursor, menu.items.len()) {
        model.overlay = Some(Overlay::Menu(menu));
        return;
    }
    let plain = key.modifiers.difference(KeyModifiers::SHIFT).is_empty();
    let chosen = match key.code {
        KeyCode::Enter if matches!(menu.items[..], [Item { pick: Pick::Turn(_), .. }, ..]) => {
            model.say("a letter answers: Enter never decides");
            model.overlay = Some(Overlay::Menu(menu));
            return;
        }
        KeyCode::Enter if menu.enter_looks => {
            if !deciding::look(model) {
                let words = if reading::elsewhere(model) {
                    "the lines of this value that were not on screen are in other files: {walk}"
                } else {
                    "every line of this value was on screen"
                };
                model.say(model.hint(words));
            }
            return;
        }
        KeyCode::Enter => menu.items.get(menu.cursor),
        // Ctrl-u is no u: it must not choose, least of all where choosing decides.
        KeyCode::Char(c) if plain => menu.items.iter().find(|item| item.key == c),
        _ => None,
    };
    let Some(item) = chosen else {
        // A slip of the finger neither closes the menu nor reaches the list below.
        model.overlay = Some(Overlay::Menu(menu));
        return;
    };
    if let Some(why) = &item.why_not {
        model.refuse(why.clone());
        model.overlay = Some(Overlay::Menu(menu));
        return;
    }
    pick(model, item.pick.clone(), now, effects);
}

fn pick(model: &mut Model, pick: Pick, now: i64, effects: &mut Vec<Effect>) {
    let mut filter = model.list.filter.clone();
    match pick {
        Pick::Deed(deed) => return deciding::start(model, *deed, now, effects),
        Pick::Settle(verdict, places) => {
            return super::disputes::settle(model, verdict, &places, now, effects);
        }
        Pick::Turn(turning) => return rotating::start(model, turning, now, effects),
        Pick::Run(command) => return commands::run(model, command, now, effects),
        Pick::Mend(wish) => return mending::mend(model, wish),
        Pick::Ask(asked) => return mending::ask(model, asked),
        Pick::Reason(why) => return keep_reason(model, why),
        Pick::Grouping(grouping) => {
            model.list.grouping = grouping;
            let shown = model.shown();
            prepare::rebuild(model);
            if let Some(shown) = shown {
                super::moving::reveal(model, shown);
            }
            return model.say(format!("grouped by {}", grouping.word()));
        }
        Pick::Category(category) => filter.category = category,
        Pick::Severity(severity) => filter.severity = severity,
        Pick::Confidence(confidence) => filter.confidence = confidence,
        Pick::State(state) => {
            filter.state = state;
            if filter.looks() {
                model.list.folded.clear();
            }
        }
        Pick::Layer(layer) => filter.layer = layer,
        Pick::ClearFilter => filter = Filter::default(),
        Pick::Show(show) => return files::open(model, Some(show)),
        Pick::Draw(n) => return files::draw(model, n, now, effects),
    }
    set_filter(model, filter);
}

fn in_confirm(
    model: &mut Model,
    mut confirm: Confirm,
    key: KeyEvent,
    now: i64,
    effects: &mut Vec<Effect>,
) {
    confirm.field.key(key);
    // The number itself is the confirmation: no key that opened it, and no Enter, can give it.
    if confirm.field.text() == confirm.expected {
        return deciding::carry_out(model, &confirm.deed, now, effects);
    }
    model.overlay = Some(Overlay::Confirm(confirm));
}

fn keep_note(model: &mut Model, anchor: Anchor, text: &str) {
    let text = text.trim();
    if model.session.holds_value(text) {
        return model.refuse("the note holds a value found in this repository: it was not kept");
    }
    let pending = model.pending.entry(anchor).or_default();
    pending.note = (!text.is_empty()).then(|| text.into());
    let gap = model.shown().is_some_and(|idx| mending::is_gap(model, idx));
    model.say(model.hint(match gap {
        true => "note kept: it goes with your next {approve}, {fix}, {correct} or {exclude} here",
        false => "note kept: it goes with your next {approve}, {redact}, {exclude} or {defer} here",
    }));
}

fn keep_reason(model: &mut Model, why: Option<crate::domain::Reason>) {
    model.reason = why;
    model.say(match why {
        Some(why) => format!("{}: it goes with your next verdict", why.title()),
        None => "no reason goes with your next verdict".to_owned(),
    });
}
