// SPDX-License-Identifier: MIT OR Apache-2.0
//! The state of the screen on which the release checklist is answered.

use std::{collections::HashMap, sync::Arc};

use super::model::Model;
use crate::{
    domain::{Item, Template},
    ops::{Hint, Hinting, TreeFacts},
};

/// A text that goes with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Saying {
    Note,
    Link,
    Name,
}

impl Saying {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Link => "link",
            Self::Name => "name",
        }
    }

    /// Title of the field in which it is typed.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Note => "Note for your answer (never a value)",
            Self::Link => "Link to what your answer rests on",
            Self::Name => "Who answers for it, if not you",
        }
    }
}

/// What goes with the next answer to an item.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    pub(crate) note: Option<Arc<str>>,
    pub(crate) link: Option<Arc<str>>,
    pub(crate) name: Option<Arc<str>>,
}

/// The list of items and the pane beside it.
#[derive(Default)]
pub(crate) struct AttestPane {
    /// Index of the item under the cursor.
    pub(crate) cursor: usize,
    /// First line of the list on screen.
    pub(crate) top: usize,
    /// Whether the pane has the keys.
    pub(crate) focused: bool,
    pub(crate) scroll: usize,
    /// Which hint Enter follows.
    pub(crate) hint: usize,
    pub(crate) words: HashMap<Arc<str>, Words>,
    pub(crate) facts: Option<Arc<TreeFacts>>,
    /// The hints of the item under the cursor, until something changes.
    pub(crate) hints: Option<(usize, Vec<Hint>)>,
    /// The item that the last frame showed.
    pub(crate) drawn: Option<Arc<str>>,
}

/// A line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AttestLine {
    /// Title of a section.
    Head(usize),
    /// An item.
    Item(usize),
}

/// Returns the lines of the list: each section's title, then its items.
pub(crate) fn lines(template: &Template) -> Vec<AttestLine> {
    let mut out = Vec::with_capacity(template.items.len() + template.sections.len());
    let mut section = None;
    for (i, item) in template.items.iter().enumerate() {
        if section != Some(item.section) {
            section = Some(item.section);
            out.push(AttestLine::Head(item.section));
        }
        out.push(AttestLine::Item(i));
    }
    out
}

/// Returns the item under the cursor.
pub(crate) fn here(model: &Model) -> Option<&Item> {
    model.session.template().items.get(model.attest.cursor)
}

/// Returns what can be said about the item under the cursor.
pub(crate) fn hints(model: &Model) -> &[Hint] {
    model.attest.hints.as_ref().map_or(&[], |(_, hints)| hints)
}

/// Works the hints out anew where that is due: they cost a look at every group.
pub(crate) fn work_out_hints(model: &mut Model) {
    let cursor = model.attest.cursor;
    if model.attest.hints.as_ref().is_some_and(|(of, _)| *of == cursor) {
        return;
    }
    let Some(item) = here(model) else { return };
    let from = Hinting {
        session: &model.session,
        facts: model.attest.facts.as_deref(),
        history: model.history.as_deref(),
    };
    let hints = from.about(item);
    model.attest.hint = 0;
    model.attest.hints = Some((cursor, hints));
}
