// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a bare verdict key is about.

use std::collections::HashSet;

use super::{moving, samples, scopes};
use crate::{
    domain::{Origin, RepoPath, Verdict},
    review::{FindingIdx, Scope},
    tui::{
        model::{Model, Screen},
        overlay::{Deed, Reach, Says},
        place,
        rows::{Anchor, Row},
    },
};

/// Returns what a bare verdict key is about.
pub(super) fn target(model: &Model, verdict: Verdict) -> Result<Deed, String> {
    let row = model.row().ok_or("nothing here to decide")?;
    if let Anchor::File(path) = &row.anchor
        && model.by_file()
    {
        return unflagged(model, path, verdict);
    }
    let marked = marked(model);
    if model.screen == Screen::Walk && marked.is_empty() && !model.list.marks.is_empty() {
        return Err(model
            .hint("the marked rows are not in view: {step-back} drops the marks")
            .into());
    }
    if model.screen == Screen::Walk && !marked.is_empty() {
        let confirm = scopes::careful(model, verdict, &marked);
        let deed = deed(row, verdict, Reach::Scope(Scope::Places(marked)), "the marked rows");
        return Ok(Deed { confirm, ..deed });
    }
    if let Anchor::NotScanned(i) = row.anchor {
        return Ok(deed(row, verdict, not_scanned(model, i, verdict)?, "this file"));
    }
    of_row(model, row, verdict)
}

fn deed(row: &Row, verdict: Verdict, scope: Reach, words: &str) -> Deed {
    let (anchor, words) = (row.anchor.clone(), words.to_owned());
    Deed { scope, verdict, says: Says::Nothing, how: None, anchor, confirm: false, words }
}

/// Returns what a verdict on a row with findings is about: the place shown, its value, or all
/// places of the row.
fn of_row(model: &Model, row: &Row, verdict: Verdict) -> Result<Deed, String> {
    let deed = |scope, words| deed(row, verdict, Reach::Scope(scope), words);
    let shown = model.shown().ok_or("nothing here to decide")?;
    let finding = model.session.finding(shown);
    let drawn = samples::drawn(model, shown);
    if verdict == Verdict::Exclude && !row.is_head() {
        if !place::has_file(finding) {
            return Err(model.hint(place::why_no_file(&finding.path)).into());
        }
        let how = drawn.then_some(Origin::Sample);
        return Ok(Deed { how, ..deed(Scope::Place(shown), "this file") });
    }
    if model.screen == Screen::Preview {
        // What is previewed is the group, whatever row it was opened from.
        return Ok(deed(Scope::Group(model.session.group_of(shown)), "this value"));
    }
    let one = row.places(&model.session).len() == 1 || model.detail.focused;
    let head = row.is_head() && !model.detail.focused;
    let sampling = model.list.filter.samples();
    if sampling && head && verdict == Verdict::Approve {
        return Err(model
            .hint("drawn places are looked at one by one: {next-open} goes on")
            .into());
    }
    if (one || sampling) && !row.is_head() && drawn {
        return Ok(Deed { how: Some(Origin::Sample), ..deed(Scope::Place(shown), "this place") });
    }
    if let Anchor::Group(group) = row.anchor
        && !one
    {
        return Ok(deed(Scope::Group(group), "this value"));
    }
    if !head {
        let group = model.session.group_of(shown);
        // Where the place is all there is of a value, its other half goes along as it does from
        // the row of many places.
        let alone = model.session.group(group).members.len() == 1;
        if alone && !model.session.partners(group).is_empty() {
            return Ok(deed(Scope::Group(group), "this value"));
        }
        return Ok(deed(Scope::Place(shown), "this place"));
    }
    let confirm = scopes::careful(model, verdict, &row.members);
    let all = deed(Scope::Places(row.members.clone()), "everything in this row");
    Ok(Deed { confirm, ..all })
}

/// Returns what a verdict on a file in which nothing was found is about.
fn unflagged(model: &Model, path: &RepoPath, verdict: Verdict) -> Result<Deed, String> {
    if verdict != Verdict::Exclude {
        let text = "nothing was found here: {mark-read} says that you have read it, {exclude} \
                    leaves it out";
        return Err(model.hint(text).into());
    }
    Ok(Deed {
        scope: Reach::File(path.clone()),
        verdict,
        says: Says::Nothing,
        how: None,
        anchor: Anchor::File(path.clone()),
        confirm: false,
        words: "this file".into(),
    })
}

/// Returns what a verdict on a file that could not be judged is about.
fn not_scanned(model: &Model, i: usize, verdict: Verdict) -> Result<Reach, String> {
    let file = model.session.not_scanned().get(i).ok_or("nothing here to decide")?;
    if verdict == Verdict::Exclude && !place::is_file(&file.path) {
        return Err("this is an object of Git: there is no file to leave out".into());
    }
    if !matches!(verdict, Verdict::Exclude | Verdict::Approve) {
        let text = "it could not be judged: look at it ({edit}), then {approve}, or leave it out \
                    ({exclude})";
        return Err(model.hint(text).into());
    }
    Ok(Reach::File(file.path.clone()))
}

/// Returns the places of all marked rows, and of the range that is being marked.
pub(super) fn marked(model: &Model) -> Vec<FindingIdx> {
    let list = &model.list;
    if model.by_file() || (list.marks.is_empty() && list.range.is_none()) {
        return Vec::new();
    }
    let range = moving::range(model);
    let in_range = |i: usize| range.is_some_and(|(from, to)| (from..=to).contains(&i));
    let rows = list.rows.iter().enumerate();
    let rows = rows.filter(|(i, row)| in_range(*i) || list.marks.contains(&row.anchor));
    let mut seen = HashSet::new();
    let places = rows.flat_map(|(_, row): (usize, &Row)| row.places(&model.session));
    places.copied().filter(|idx| seen.insert(*idx)).collect()
}
