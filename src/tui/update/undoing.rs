// SPDX-License-Identifier: MIT OR Apache-2.0
//! Taking decisions back, and giving them again.

use std::collections::HashSet;

use super::{
    attest,
    deciding::{record, refuse, report},
    files, here, moving, prepare,
};
use crate::{
    domain::{Act, Origin, Target, Verdict},
    ops::Effect,
    review::{Choice, FindingIdx, Scope, Session, Step},
    tui::{
        index::standing_place,
        model::{Model, Screen},
        place,
        rows::{Anchor, Row},
    },
};

/// Takes the last step back, or gives it again.
pub(super) fn step(model: &mut Model, redo: bool, now: i64, effects: &mut Vec<Effect>) {
    if let Some(why) = model.locked() {
        return model.refuse(why);
    }
    let taken = if redo { model.session.redo(now) } else { model.session.undo(now) };
    match taken {
        Ok(step) => {
            let word = step.votes.first().map_or("", |vote| vote.act.word());
            let word = if redo { format!("redo: {word}") } else { format!("undo: back to {word}") };
            let word = word.replace("back to withdraw", "open again");
            let touched = touched(&model.session, &step);
            report(model, &step, &of_files(&step, redo).unwrap_or(word));
            attest::show(model, &step);
            let of_file = model.by_file();
            let seen = of_file && files::show(model, &step);
            let target = step.votes.first().map(|vote| vote.target.clone());
            record(model, step, effects);
            if model.list.hide_decided {
                prepare::rebuild(model);
            }
            let there = match of_file {
                true => seen,
                false => go_to(model, &touched, target.as_ref()),
            };
            if !there {
                away(model, &touched);
            }
            if !there && of_file && touched.is_empty() {
                model.add("not in this list");
            }
        }
        Err(refusal) => refuse(model, &refusal),
    }
}

/// Returns what is said of a step that is about marks or draws of files, if it is.
fn of_files(step: &Step, redo: bool) -> Option<String> {
    let vote = step.votes.first()?;
    let word = if redo { "redo" } else { "undo" };
    match (&vote.target, vote.act) {
        (Target::Text(_), Act::Withdraw) => Some(format!("{word}: not read any more:")),
        (Target::Unflagged, _) => Some(format!("{word}: the draw of files")),
        (Target::Rotation(_), Act::Withdraw) => Some(format!("{word}: rotated not answered:")),
        (Target::StandIn(_), Act::StandIn { chosen: true }) => {
            Some(format!("{word}: stand-in chosen:"))
        }
        (Target::StandIn(_), _) => Some(format!("{word}: stand-in not chosen:")),
        _ => None,
    }
}

/// Returns the places that a step touched.
fn touched(session: &Session, step: &Step) -> HashSet<FindingIdx> {
    let of = |target: &Target| match target {
        Target::Place { .. } => place_of(session, target).into_iter().collect(),
        Target::File(path) => session.in_file(path).to_vec(),
        Target::Directory(dir) => {
            let inside = session.findings().filter(|(_, f)| f.path.is_within(dir));
            inside.map(|(idx, _)| idx).collect()
        }
        Target::Rotation(value) | Target::StandIn(value) => {
            let groups = session.groups_of(value).iter().map(|idx| session.group(*idx));
            groups.flat_map(|group| group.members.iter().copied()).collect()
        }
        Target::Attestation(_) | Target::Batch | Target::Text(_) | Target::Unflagged => Vec::new(),
    };
    step.told().iter().flat_map(|vote| of(&vote.target)).collect()
}

/// Puts the cursor on the first row that was touched. Returns false where the list has none.
fn go_to(model: &mut Model, touched: &HashSet<FindingIdx>, target: Option<&Target>) -> bool {
    let session = &model.session;
    let not_judged = |i: usize| {
        let file = session.not_scanned().get(i);
        matches!((file, target), (Some(file), Some(Target::File(path))) if file.path == *path)
    };
    let hit = |row: &Row| match &row.anchor {
        Anchor::NotScanned(i) => not_judged(*i),
        _ if row.is_head() => false,
        _ => row.places(session).iter().any(|idx| touched.contains(idx)),
    };
    let Some(at) = model.list.rows.iter().position(hit) else { return false };
    let places = model.list.rows[at].places(&model.session);
    let first = places.iter().copied().find(|idx| touched.contains(idx));
    match first {
        Some(idx) => moving::reveal(model, idx),
        None => {
            moving::to(model, at);
            true
        }
    }
}

/// Says where it was that something was undone out of sight.
fn away(model: &mut Model, touched: &HashSet<FindingIdx>) {
    let session = &model.session;
    let first = touched.iter().min_by_key(|idx| standing_place(session, **idx));
    let place = first.map(|idx| place::words(model, *idx));
    let (Some(status), Some(place)) = (&mut model.status, place) else { return };
    status.text = format!("{}; not in this view: {place}", status.text);
}

/// Returns the first place that a target stands for.
pub(super) fn place_of(session: &Session, target: &Target) -> Option<FindingIdx> {
    match target {
        Target::Place { path, id } => {
            let all = session.in_file(path).iter().copied();
            let same = |i: &FindingIdx| session.identity(*i).value == id.value;
            let exact = all.clone().find(|i| session.identity(*i) == id);
            exact.or_else(|| all.into_iter().find(same))
        }
        Target::File(path) => session.in_file(path).first().copied(),
        Target::Rotation(value) | Target::StandIn(value) => {
            let group = session.groups_of(value).first()?;
            session.group(*group).members.first().copied()
        }
        _ => None,
    }
}

/// Takes the reviewer's own verdict on the item under the cursor back.
pub(super) fn withdraw(model: &mut Model, now: i64, effects: &mut Vec<Effect>) {
    if let Some(why) = model.locked() {
        return model.refuse(why);
    }
    if model.screen == Screen::Attestations {
        return attest::withdraw(model, now, effects);
    }
    let Some((places, targets)) = own(model) else {
        return model.refuse("no verdict of yours here");
    };
    let choice = Choice { act: Act::Withdraw, ..Choice::new(Verdict::Defer) };
    let session = &mut model.session;
    let taken = if targets.is_empty() {
        session.decide_as(&Scope::Places(places), &choice, Origin::Direct, now)
    } else {
        session.decide_paths(targets, &choice, Origin::Direct, now)
    };
    match taken {
        Ok(step) => {
            report(model, &step, "withdrawn:");
            record(model, step, effects);
        }
        Err(refusal) => refuse(model, &refusal),
    }
}

/// The places under the cursor on which the reviewer has a verdict, and the files and
/// directories if it is on those.
fn own(model: &Model) -> Option<(Vec<FindingIdx>, Vec<Target>)> {
    let session = &model.session;
    let row = model.row()?;
    if let Some(path) = here::file(model) {
        return Some((Vec::new(), vec![session.own_word_on_file(path)?]));
    }
    let all = row.places(session);
    let shown = model.shown()?;
    let wanted = if model.detail.focused { std::slice::from_ref(&shown) } else { all };
    let (mut places, mut targets) = (Vec::new(), Vec::new());
    for idx in wanted {
        let Some(vote) = session.standing(*idx).vote.and_then(|i| session.vote(i)) else {
            continue;
        };
        if &*vote.by != session.reviewer() {
            continue;
        }
        places.push(*idx);
        if !matches!(vote.target, Target::Place { .. }) && !targets.contains(&vote.target) {
            targets.push(vote.target.clone());
        }
    }
    (!places.is_empty()).then_some((places, targets))
}
