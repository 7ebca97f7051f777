// SPDX-License-Identifier: MIT OR Apache-2.0
//! What is done with the place shown: its history looked up, its file opened, its name copied.

use crate::{
    domain::RepoPath,
    ops::Effect,
    tui::{
        command::Command as C, index::standing_place, model::Model, overlay::Overlay, place,
        rows::Anchor,
    },
};

/// Returns the file that the row is about as a whole: one that could not be judged, or one in
/// which nothing was found.
pub(super) fn file(model: &Model) -> Option<&RepoPath> {
    match &model.row()?.anchor {
        Anchor::NotScanned(i) => model.session.not_scanned().get(*i).map(|file| &file.path),
        Anchor::File(path) if model.by_file() => Some(path),
        _ => None,
    }
}

/// Opens the history of the place shown, and of the other places of its value.
pub(super) fn line_history(model: &mut Model) {
    let Some(shown) = model.shown() else { return };
    let session = &model.session;
    let members = &session.group(session.group_of(shown)).members;
    let mut places: Vec<_> = members.iter().copied().filter(|idx| *idx != shown).collect();
    places.sort_by_key(|idx| standing_place(session, *idx));
    places.insert(0, shown);
    model.overlay = Some(Overlay::History { places, scroll: 0 });
}

pub(super) fn at_place(model: &mut Model, command: C, effects: &mut Vec<Effect>) {
    if command == C::Copy && file(model).is_none() {
        return copy(model, effects);
    }
    // What is read begins at the top of the screen.
    let first = if model.by_file() { model.files.scroll + 1 } else { 1 };
    let place = match (file(model), model.shown()) {
        (Some(path), _) => Some((path.clone(), u32::try_from(first).unwrap_or(1))),
        (None, Some(shown)) => {
            let finding = model.session.finding(shown);
            if !finding.layer.is_tree() {
                return model
                    .refuse("this does not stand in the work tree: there is no file to edit");
            }
            Some((finding.path.clone(), finding.line().unwrap_or(1)))
        }
        (None, None) => None,
    };
    let Some((path, line)) = place.filter(|(path, _)| !path.is_root()) else {
        return model.refuse("this is about the repository, not about a file");
    };
    if command == C::Edit && !place::is_file(&path) {
        return model.refuse("this is an object of Git: there is no file to edit");
    }
    if command == C::Edit {
        return effects.push(Effect::Edit { path, line });
    }
    let text = format!("{path}:{line}");
    if model.veil.holds(text.as_bytes()) {
        return model.refuse("the path holds a masked value: it is not copied");
    }
    put_out(model, text, effects);
}

fn copy(model: &mut Model, effects: &mut Vec<Effect>) {
    let shown = model.shown().filter(|idx| !model.session.finding(*idx).path.is_root());
    let Some(shown) = shown else {
        return model.refuse("this is about the repository, not about a file");
    };
    match place::copied(model, shown) {
        Ok(text) => put_out(model, text, effects),
        Err(why) => model.refuse(why),
    }
}

fn put_out(model: &mut Model, text: String, effects: &mut Vec<Effect>) {
    model.say(format!("copied {}", crate::tui::Shown::new(text.as_bytes())));
    effects.push(Effect::Copy(text));
}
