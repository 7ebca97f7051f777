// SPDX-License-Identifier: MIT OR Apache-2.0
//! Whether credentials were rotated: the question, and the answers that people give.

use std::{collections::HashSet, sync::Arc};

use super::{aim, deciding, moving};
use crate::{
    domain::{Rotated, Target},
    ops::Effect,
    review::{FindingIdx, Refusal, RotationAnswer, Step, Turn},
    tui::{
        command::Command,
        field::Field,
        model::{Model, Screen},
        overlay::{Item, Menu, Overlay, Pick, Turning},
        view::number,
    },
};

/// Opens the question about the credential under the cursor, about those of the marks or of a head
/// row, or (`all`) about those of everything that the list shows.
pub(super) fn open(model: &mut Model, all: bool) {
    if let Some(why) = model.locked() {
        return model.refuse(why);
    }
    let values = if all { in_view(model) } else { under_cursor(model) };
    let [first, ..] = values.as_slice() else {
        return model.refuse(match all {
            true => "no credential that is shown must be rotated",
            false => "no credential here that could be rotated",
        });
    };
    let (one, n) = (values.len() == 1, values.len());
    let state = one.then(|| model.session.rotation_state(first));
    let own = |value: &Arc<str>| model.session.has_own_vote(&Target::Rotation(value.clone()));
    let said = |key, words: &str, said: Option<Rotated>| {
        let pick = Pick::Turn(Turning { values: values.clone(), said });
        let now = state.is_some_and(|state| said.is_some_and(|s| state.word() == s.word()));
        Item::new(key, words, pick).right(if now { "now" } else { "" })
    };
    let mut items = vec![
        said('y', "yes, rotated: it opens nothing any more", Some(Rotated::Yes)),
        said('n', "no, not yet", Some(Rotated::No)),
        said('l', "never live: a sample, or made up for a test", Some(Rotated::NeverLive)),
        said('k', "not known", Some(Rotated::Unknown)),
    ];
    if values.iter().any(own) {
        items.push(said('-', "take my answer back", None));
    }
    let title = match n {
        1 if groups(model, &values).any(|group| !model.session.partners(group).is_empty()) => {
            "Rotated? All its parts".to_owned()
        }
        1 => "Rotated?".to_owned(),
        n => format!("Rotated? {} credentials", number(n)),
    };
    let rules: HashSet<_> =
        groups(model, &values).map(|idx| model.session.group(idx).rule).collect();
    let remedy = rules.iter().next().map(|rule| model.session.rules().info(*rule).remedy.clone());
    let hint = match (rules.len(), remedy) {
        (1, Some(remedy)) => remedy,
        _ => "revoke each where it was issued; a letter answers, Esc leaves".into(),
    };
    model.overlay = Some(Overlay::Menu(Menu { title, items, cursor: 0, enter_looks: true, hint }));
}

fn groups<'a>(
    model: &'a Model,
    values: &'a [Arc<str>],
) -> impl Iterator<Item = crate::review::GroupIdx> + 'a {
    values.iter().flat_map(|value| model.session.groups_of(value).iter().copied())
}

/// Returns the credential shown; or, of several rows, those that must be rotated.
fn under_cursor(model: &Model) -> Vec<Arc<str>> {
    let marked = aim::marked(model);
    if !marked.is_empty() {
        return asked(model, &marked);
    }
    if let Some(row) = model.row()
        && model.screen == Screen::Walk
        && row.is_head()
        && !model.detail.focused
    {
        return asked(model, &row.members);
    }
    let session = &model.session;
    let shown = model.shown().filter(|idx| session.can_be_rotated(session.group_of(*idx)));
    shown.into_iter().map(|idx| session.credential_of(idx).clone()).collect()
}

fn in_view(model: &Model) -> Vec<Arc<str>> {
    let rows = model.list.rows.iter().filter(|row| !row.is_head());
    let folded = model.list.rows.iter().filter(|row| row.is_head());
    let folded = folded.filter(|row| model.list.folded.contains(&row.anchor));
    let places = rows.chain(folded).flat_map(|row| row.places(&model.session)).copied();
    asked(model, &places.collect::<Vec<FindingIdx>>())
}

/// Returns of these places the credentials that wait for an answer; if none does, those that have
/// one.
fn asked(model: &Model, places: &[FindingIdx]) -> Vec<Arc<str>> {
    let session = &model.session;
    let of = |turn: Turn| {
        let mut known = HashSet::new();
        let places = places.iter().filter(|idx| session.standing(**idx).turn == turn);
        let values = places.map(|idx| session.credential_of(*idx));
        values.filter(|value| known.insert(&***value)).cloned().collect::<Vec<Arc<str>>>()
    };
    let waiting = of(Turn::Waits);
    if waiting.is_empty() { of(Turn::Done) } else { waiting }
}

/// Gives an answer; that many credentials open nothing needs their number typed first.
pub(super) fn start(model: &mut Model, turning: Turning, now: i64, effects: &mut Vec<Effect>) {
    let claims = turning.said.is_some_and(Rotated::is_safe);
    if claims && turning.values.len() > 1 {
        model.overlay = Some(Overlay::Count { turning, field: Field::default() });
        return;
    }
    answer(model, &turning, now, effects);
}

/// Gives an answer once the number of its credentials was typed: as with a broad decision, that is
/// the confirmation.
pub(super) fn count(
    model: &mut Model,
    turning: Turning,
    field: Field,
    now: i64,
    effects: &mut Vec<Effect>,
) {
    if field.text() == turning.values.len().to_string() {
        return answer(model, &turning, now, effects);
    }
    model.overlay = Some(Overlay::Count { turning, field });
}

/// Gives an answer and, where those that wait are walked through, goes to the next.
pub(super) fn answer(model: &mut Model, turning: &Turning, now: i64, effects: &mut Vec<Effect>) {
    if let Some(why) = model.locked() {
        return model.refuse(why);
    }
    let anchor = model.anchor();
    let pending = anchor.as_ref().and_then(|anchor| model.pending.get(anchor)).cloned();
    let note = pending.and_then(|pending| pending.note);
    let said = RotationAnswer { said: turning.said, note, link: None };
    match model.session.answer_rotation(&turning.values, &said, now) {
        Ok(step) => {
            if turning.said.is_some() {
                anchor.and_then(|anchor| model.pending.remove(&anchor));
            }
            model.pace.decided(now);
            model.list.marks.clear();
            model.list.range = None;
            let text = told(&step);
            deciding::record(model, step, effects);
            model.say(text);
            if model.screen == Screen::Walk && model.list.filter.unrotated() {
                go_on(model);
            }
        }
        Err(Refusal::Nothing) => model.refuse("no answer of yours here"),
        Err(refusal) => deciding::refuse(model, &refusal),
    }
}

/// `rotated: 12 credentials`
fn told(step: &Step) -> String {
    step.label().replacen("withdraw", "answer taken back", 1)
}

/// Goes to the next credential that waits: of the row under the cursor while one looks at its
/// places, else of the list. What is still not known, or not rotated, is not stayed with.
fn go_on(model: &mut Model) {
    let session = &model.session;
    if session.counts().rotation.waiting() == 0 {
        let open = model.key(Command::Readiness);
        return model.say(format!("no credential waits any more; {open}: readiness"));
    }
    model.list.rows.iter_mut().for_each(|row| row.recount(session));
    if let Some(row) = model.row().filter(|row| row.is_head() && model.detail.focused) {
        let (places, at) = (row.places(session), model.detail.place);
        let waits = |i: &usize| session.standing(places[*i]).turn == Turn::Waits;
        if let Some(next) = (at + 1..places.len()).find(waits) {
            model.detail.place = next;
            model.detail.scroll = 0;
            return;
        }
    }
    let said = model.status.take();
    moving::next_open(model, true);
    model.status = said;
}

/// Says after a verdict that its credential must be rotated, and how that is answered.
pub(super) fn remind(model: &mut Model, step: &Step) {
    let Some(status) = &model.status else { return };
    let session = &model.session;
    let waits = |target: &Target| match target {
        Target::Place { path, id } => session
            .in_file(path)
            .iter()
            .any(|idx| session.identity(*idx) == id && session.standing(*idx).turn == Turn::Waits),
        Target::File(path) => {
            session.in_file(path).iter().any(|idx| session.standing(*idx).turn == Turn::Waits)
        }
        _ => false,
    };
    // One look is enough: a step over a hundred thousand places says it as well.
    if session.rotation_blocks() && step.votes.first().is_some_and(|vote| waits(&vote.target)) {
        let text = format!("{}; {}", status.text, model.hint("rotated? {rotated} answers"));
        model.say(text);
    }
}
