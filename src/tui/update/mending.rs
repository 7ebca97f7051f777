// SPDX-License-Identifier: MIT OR Apache-2.0
//! Saying which licence holds, and how a licensing gap is mended.

use ratatui::crossterm::event::{KeyCode, KeyEvent};

use super::scopes;
use crate::{
    domain::{Class, FixKind, Verdict},
    ops::{FixWish, conclude, licence_ids},
    review::{Choice, FindingIdx, Refusal, Scope, Step},
    tui::{
        command::Command,
        field::Field,
        model::Model,
        overlay::{Asked, Deed, Item, Menu, Overlay, Pick, Says},
    },
};

/// So many ids are named while one is typed.
const NAMED: usize = 6;

/// Opens what the command asks for, if what is shown is a licensing gap.
pub(super) fn open(model: &mut Model, command: Command) {
    if let Some(why) = model.locked() {
        return model.refuse(why);
    }
    let Some(shown) = model.shown().filter(|idx| is_gap(model, *idx)) else {
        return model.refuse("this is for licensing gaps");
    };
    match command {
        Command::Correct => {
            let standing = model.session.standing(shown);
            let vote = standing.vote.and_then(|vote| model.session.vote(vote));
            let vote = vote.filter(|_| standing.verdict == Some(Verdict::Correct));
            let now = vote.and_then(|vote| vote.to.as_deref()).unwrap_or_default();
            let field = Field::new(now);
            model.overlay = Some(Overlay::Licence { asked: Asked::Concluded, field });
        }
        _ => ways(model, shown),
    }
}

pub(super) fn is_gap(model: &Model, idx: FindingIdx) -> bool {
    model.session.rules().info(model.session.finding(idx).rule).class == Class::Licence
}

/// Lists the ways to mend the gap at `shown`.
fn ways(model: &mut Model, shown: FindingIdx) {
    let rule = model.session.finding(shown).rule;
    let ways = FixKind::of_rule(model.session.rules().info(rule).name());
    if ways.is_empty() {
        let text = "nothing that a release could mend by itself: {approve}, {correct} or {exclude}";
        return model.refuse(model.hint(text));
    }
    let mut items = Vec::new();
    for (kind, key) in ways.iter().zip("123456789".chars()) {
        let wish = FixWish { kind: Some(*kind), ..FixWish::default() };
        let done = wish.complete(&model.session, shown);
        let mut item = Item::new(key, kind.title(), Pick::Mend(wish));
        match done {
            Ok(fix) => item.right = fix.licence.map_or(String::new(), |text| text.to_string()),
            Err(why) => item.why_not = Some(why),
        }
        items.push(item);
    }
    let first = ways[0];
    if first.needs_licence() {
        let pick = Pick::Ask(Asked::Fix(first));
        items.push(Item::new('l', format!("{}, under…", first.title()), pick));
    }
    items.push(Item::new('p', "show what the usual way changes", Pick::Run(Command::Preview)));
    let (title, hint) = ("Mend in the release".to_owned(), "then choose for how many".into());
    model.overlay = Some(Overlay::Menu(Menu { title, items, cursor: 0, enter_looks: false, hint }));
}

/// Asks for how much the way to mend holds.
pub(super) fn mend(model: &mut Model, wish: FixWish) {
    scopes::open_saying(model, Verdict::Fix, &Says::Fix(wish));
}

/// Asks for an expression.
pub(super) fn ask(model: &mut Model, asked: Asked) {
    model.overlay = Some(Overlay::Licence { asked, field: Field::default() });
}

/// Takes a key while an expression is typed. Enter never decides: it asks for how much it holds.
pub(super) fn key(model: &mut Model, asked: Asked, mut field: Field, key: KeyEvent) {
    match key.code {
        KeyCode::Enter => match conclude(field.text()) {
            Ok(text) => {
                return match asked {
                    Asked::Concluded => {
                        let says = Says::Correct(text.into());
                        scopes::open_saying(model, Verdict::Correct, &says);
                    }
                    Asked::Fix(kind) => {
                        let licence = Some(text);
                        mend(model, FixWish { kind: Some(kind), licence, copyright: None });
                    }
                };
            }
            Err(why) => model.refuse(why),
        },
        KeyCode::Tab => complete(&mut field),
        _ => {
            field.key(key);
        }
    }
    model.overlay = Some(Overlay::Licence { asked, field });
}

/// Completes the id before the cursor as far as all ids go that begin like it.
fn complete(field: &mut Field) {
    let (before, after) = field.halves();
    let (start, ids) = candidates(before);
    let Some(first) = ids.first() else { return };
    let alike = |len: usize| {
        let head = first.get(..len).unwrap_or(first);
        ids.iter().all(|id| id.get(..len).is_some_and(|part| part.eq_ignore_ascii_case(head)))
    };
    let common = (0..=first.len()).rev().find(|len| alike(*len)).unwrap_or(0);
    let text = format!("{}{}", &before[..start], first.get(..common).unwrap_or(first));
    let after = after.to_owned();
    let mut out = Field::new(&(text.clone() + &after));
    out.place(text.len());
    *field = out;
}

/// Returns where the word at the end of `text` begins, and the ids that begin like it.
fn candidates(text: &str) -> (usize, Vec<&'static str>) {
    let start = text.rfind([' ', '(', ')']).map_or(0, |at| at + 1);
    let word = &text[start..];
    (start, if word.is_empty() { Vec::new() } else { licence_ids(word) })
}

/// Says above the field what is typed so far.
pub(crate) fn said(model: &Model, asked: Asked, field: &Field) -> String {
    let what = match asked {
        Asked::Concluded => "The licence that holds, or NONE",
        Asked::Fix(kind) => kind.title(),
    };
    let (_, ids) = candidates(field.halves().0);
    let more = if ids.len() > NAMED { " …" } else { "" };
    let names = format!("{}{more}", ids[..ids.len().min(NAMED)].join(" "));
    match conclude(field.text()) {
        Ok(text) => {
            let shown = model.shown().filter(|_| asked == Asked::Concluded);
            let open = shown.is_some_and(|idx| !model.session.would_clear(idx, &text));
            match open {
                true => format!("{what}: {text} leaves this gap open"),
                false if ids.len() > 1 => format!("{what}: Tab: {names}"),
                false => format!("{what}: {text}"),
            }
        }
        Err(_) if !ids.is_empty() => format!("{what}: Tab: {names}"),
        Err(why) => format!("{what}: {why}"),
    }
}

/// Takes the decision that a deed about licences says.
pub(super) fn decide(
    model: &mut Model,
    deed: &Deed,
    scope: &Scope,
    bare: Choice,
    now: i64,
) -> Result<(Step, Vec<String>), Refusal> {
    let how = deed.how.unwrap_or_else(|| scope.origin());
    match &deed.says {
        Says::Fix(wish) => {
            let places = model.session.reach(scope, bare.act).places;
            let (all, refused) = wish.complete_all(&model.session, &places, &bare);
            if let (true, Some(why)) = (all.is_empty(), refused.first()) {
                return Err(Refusal::NotMended(why.clone()));
            }
            Ok((model.session.decide_all(&all, how, now)?, refused))
        }
        Says::Correct(text) => {
            let choice = Choice { to: Some(text.clone()), ..bare };
            Ok((model.session.decide_as(scope, &choice, how, now)?, Vec::new()))
        }
        Says::Nothing => Ok((model.session.decide_as(scope, &bare, how, now)?, Vec::new())),
    }
}
