// SPDX-License-Identifier: MIT OR Apache-2.0
//! The organisation's own words: asked about once, and answered for whenever somebody wants to.

use std::sync::Arc;

use ratatui::crossterm::event::{KeyCode, KeyEvent};

use super::overlays::scrolls;
use crate::{
    domain::{Word, WordKind},
    ops::Effect,
    tui::{
        field::Field,
        model::{Model, Scan, Screen},
        overlay::Overlay,
        own_words::{Adding, WordList, answered as has_answer},
        view::number,
    },
};

/// Takes in what was learned; what is on file is known better.
pub(super) fn learned(model: &mut Model, words: Arc<[Word]>) {
    if !model.knowledge.on_file {
        model.words = words;
        model.knowledge.known = true;
        if model.words.iter().any(matters) && model.screen != Screen::Dashboard {
            model.say(model.hint("debut learned words of your organisation: {words} lists them"));
        }
    }
}

/// Takes in what the file says now, or why nothing could be written into it.
pub(super) fn answered(model: &mut Model, answer: Result<Arc<[Word]>, String>) {
    match answer {
        Ok(words) => {
            model.words = words;
            model.knowledge.known = true;
            model.knowledge.on_file = true;
            if matches!(model.overlay, Some(Overlay::Words(_))) {
                model.overlay = None;
                let kept = model.words.iter().filter(|word| word.keep).count();
                let all = number(model.words.len());
                model.say(format!("written: {} of {all} words are looked for", number(kept)));
            }
        }
        // The list stays as it is, for another try.
        Err(why) => model.refuse(format!("the words were not written: {why}")),
    }
}

/// Takes in what somebody else wrote into the file, or why it can't be read any more. A list that
/// is open shows it, unless the reviewer has changed something in it: then it is merged when that
/// is written.
pub(super) fn reread(model: &mut Model, words: Result<Arc<[Word]>, String>) {
    match words {
        Ok(words) => {
            model.words = words;
            model.knowledge.known = true;
            model.knowledge.on_file = true;
            let untouched = |list: &WordList| list.changes() == 0 && list.adding.is_none();
            if matches!(&model.overlay, Some(Overlay::Words(list)) if untouched(list)) {
                model.overlay = Some(Overlay::Words(Box::new(WordList::new(&model.words))));
            }
            model.say("words.toml was changed and is read anew");
        }
        Err(why) => model.refuse(why),
    }
}

/// Asks about the words, once in a run, if nobody has answered for them yet; and has them learned
/// where no scan did.
pub(super) fn ask(model: &mut Model, effects: &mut Vec<Effect>) {
    let knowledge = &mut model.knowledge;
    if !knowledge.known {
        if matches!(model.scan, Scan::Done(_)) && !knowledge.learning {
            knowledge.learning = true;
            effects.push(Effect::LearnWords);
        }
        return;
    }
    let free = model.screen == Screen::Dashboard && model.overlay.is_none();
    let asks = !knowledge.asked && !has_answer(&model.words) && model.words.iter().any(matters);
    if free && asks && model.locked().is_none() && !crate::tui::layout::too_small(model) {
        open(model);
    }
}

/// Whether a word is worth a question: that a repository may be called like a product is not.
fn matters(word: &Word) -> bool {
    use WordKind::{Domain, Suffix, Tenant, TicketKey};
    word.keep || matches!(word.kind, Domain | Suffix | Tenant | TicketKey)
}

/// Opens the list when somebody wants it, and has the file read again for it.
pub(super) fn look(model: &mut Model, effects: &mut Vec<Effect>) {
    if !model.knowledge.known {
        return model.refuse("your words are still being learned: in a moment");
    }
    open(model);
    if model.knowledge.on_file {
        effects.push(Effect::ReadWords);
    }
}

fn open(model: &mut Model) {
    model.knowledge.asked = true;
    model.overlay = Some(Overlay::Words(Box::new(WordList::new(&model.words))));
}

/// Steps back: out of the field, or out of the list, where nobody leaves changes behind unawares.
pub(super) fn leave(model: &mut Model, mut list: Box<WordList>) {
    let changes = list.changes();
    if list.adding.take().is_some() {
        model.overlay = Some(Overlay::Words(list));
    } else if changes > 0 && !list.warned {
        list.warned = true;
        let changes = if changes == 1 { "1 change".into() } else { format!("{changes} changes") };
        model.refuse(format!("{changes} not kept: Enter keeps, Esc again gives them up"));
        model.overlay = Some(Overlay::Words(list));
    } else if list.first {
        model.say(model.hint("put off: you are asked again next time, or by {words}"));
    }
}

/// Hands a key to the list.
pub(super) fn key(
    model: &mut Model,
    mut list: Box<WordList>,
    key: KeyEvent,
    now: i64,
    effects: &mut Vec<Effect>,
) {
    if let Some(adding) = list.adding.take() {
        in_field(model, &mut list, adding, key);
    } else if !moved(&mut list, key) {
        if key.code == KeyCode::Enter && unchanged(&list) {
            return;
        }
        match model.locked() {
            Some(why) => model.refuse(why),
            None if !list.drawn => model.refuse("typed ahead: look at the list first"),
            None => change(model, &mut list, key, now, effects),
        }
    }
    model.overlay = Some(Overlay::Words(list));
}

/// Whether there is nothing to write.
fn unchanged(list: &WordList) -> bool {
    list.changes() == 0 && (!list.first || list.words.is_empty())
}

fn moved(list: &mut WordList, key: KeyEvent) -> bool {
    let count = list.lines().len();
    if scrolls(key, &mut list.cursor, count) {
        return true;
    }
    match key.code {
        KeyCode::Char('l') | KeyCode::Right => list.fold(true),
        KeyCode::Char('h') | KeyCode::Left => list.fold(false),
        KeyCode::Home => list.cursor = 0,
        KeyCode::Char('G') | KeyCode::End => list.cursor = count.saturating_sub(1),
        _ => return false,
    }
    true
}

fn change(
    model: &mut Model,
    list: &mut WordList,
    key: KeyEvent,
    now: i64,
    effects: &mut Vec<Effect>,
) {
    match key.code {
        KeyCode::Enter => {
            let (before, after) = list.answers(model.session.reviewer(), now);
            effects.push(Effect::AnswerWords { before, after });
        }
        KeyCode::Char(' ') => list.toggle(),
        KeyCode::Char('a') => {
            list.adding = Some(Adding { kind: list.kind_here(), field: Field::default() });
        }
        KeyCode::Char('d') | KeyCode::Delete if !list.remove() => {
            model.refuse("Space drops all words of a kind; a word is removed on its own line");
        }
        KeyCode::Char('d') | KeyCode::Delete => {}
        KeyCode::Char('u') if !list.undo() => model.refuse("nothing to undo in this list"),
        _ => {}
    }
}

fn in_field(model: &mut Model, list: &mut WordList, mut adding: Adding, key: KeyEvent) {
    match key.code {
        KeyCode::Enter if adding.field.text().trim().is_empty() => return,
        KeyCode::Enter => match list.add(adding.kind, adding.field.text()) {
            Ok(()) => return,
            Err(form) => model.refuse(format!("not added, wanted is {form}")),
        },
        KeyCode::Tab | KeyCode::Down => adding.kind = beside(adding.kind, 1),
        KeyCode::BackTab | KeyCode::Up => {
            adding.kind = beside(adding.kind, WordKind::ALL.len() - 1);
        }
        _ => _ = adding.field.key(key),
    }
    list.adding = Some(adding);
}

/// The kind so many places further on.
fn beside(kind: WordKind, by: usize) -> WordKind {
    let all = WordKind::ALL;
    let at = all.iter().position(|known| *known == kind).unwrap_or(0);
    all[(at + by) % all.len()]
}
