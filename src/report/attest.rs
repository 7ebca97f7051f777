// SPDX-License-Identifier: MIT OR Apache-2.0
//! The release checklist as the report tells it: every item, and who answered what.

use serde::Serialize;

use super::{
    decisions::time,
    document::{Block, Inline, Item, Line, code, strong, text},
    guard::Guard,
    model::Predicate,
};
use crate::review::Session;

/// The items and what was answered.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Attestations {
    /// SHA-256 of the list of items.
    pub(super) sha256: String,
    /// Whether the list is the one of this program.
    pub(super) builtin: bool,
    pub(super) required: usize,
    /// Items that keep the result from being `passed`.
    pub(super) blocking: usize,
    /// Items that were answered before their text changed.
    pub(super) changed: usize,
    pub(super) items: Vec<Attestation>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Attestation {
    pub(super) id: String,
    pub(super) section: String,
    pub(super) title: String,
    pub(super) text: String,
    pub(super) required: bool,
    pub(super) state: &'static str,
    pub(super) blocks: bool,
    pub(super) answers: Vec<Said>,
}

/// What one reviewer answered.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Said {
    pub(super) answer: &'static str,
    /// Whether it was given to the text that the item has now.
    pub(super) current: bool,
    pub(super) by: String,
    /// Who answers for it, if not who wrote it down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    pub(super) at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) link: Option<String>,
}

/// Returns what the session says; nothing if it has no release checklist.
pub(super) fn entry(session: &Session, guard: &Guard) -> Option<Attestations> {
    let template = session.template();
    if template.items.is_empty() {
        return None;
    }
    // An organisation's own words are a file like any other; ours hold no value, only words that
    // may be one elsewhere.
    let ours = template.file.is_none();
    let words = |text: &str| if ours { text.to_owned() } else { guard.remark(text) };
    let items = template.items.iter().map(|item| {
        let state = session.attest_state(&item.id);
        let answers = session.answers(&item.id).into_iter().map(|(answer, vote)| Said {
            answer: answer.word(),
            current: session.answers_what_is_asked(vote),
            by: guard.reviewer(&vote.by),
            name: vote.name.as_deref().map(|name| guard.reviewer(name)),
            at: time(vote.at),
            note: vote.note.as_deref().map(|note| guard.remark(note)),
            link: vote.to.as_deref().map(|link| guard.name(link)),
        });
        Attestation {
            id: item.id.to_string(),
            section: words(template.section_of(item)),
            title: words(&item.title),
            text: words(&item.text),
            required: item.required,
            state: state.word(),
            blocks: state.blocks(item),
            answers: answers.collect(),
        }
    });
    let counts = session.counts().attest;
    Some(Attestations {
        sha256: template.sha256.clone(),
        builtin: ours,
        required: counts.required,
        blocking: counts.blocking,
        changed: counts.changed,
        items: items.collect(),
    })
}

/// Adds the items to the readable documents: what blocks first, then section by section.
pub(super) fn blocks<'a>(out: &mut Vec<Block<'a>>, predicate: &'a Predicate) {
    let Some(all) = &predicate.attestations else { return };
    let title = format!("Release checklist ({} required)", all.required);
    out.push(Block::Heading(2, title.into()));
    let origin = if all.builtin { "the list built into debut" } else { "a list of its own" };
    let mut line =
        vec![text(format!("Answered by people; no program can. The items are {origin}"))];
    line.push(text(", SHA-256 "));
    line.push(code(&all.sha256));
    line.push(text("."));
    out.push(Block::Paragraph(line));
    let blocking = all.items.iter().filter(|item| item.blocks);
    let rest = all.items.iter().filter(|item| !item.blocks);
    out.push(Block::List(blocking.chain(rest).map(item).collect()));
}

fn item(entry: &Attestation) -> Item<'_> {
    let mut line: Vec<Inline<'_>> = vec![strong(entry.state), text(": ")];
    line.push(text(&*entry.title));
    let need = if entry.required { "" } else { ", optional" };
    line.push(text(format!(" ({}{need}). {}", entry.section, entry.text)));
    Item { line, below: entry.answers.iter().map(answer).collect() }
}

fn answer(said: &Said) -> Line<'_> {
    let mut line = vec![strong(said.answer), text(" by ")];
    if let Some(name) = &said.name {
        line.push(text(&**name));
        line.push(text(", written down by "));
    }
    line.push(text(&*said.by));
    line.push(text(format!(", {}", said.at)));
    for (label, part) in [("note", &said.note), ("link", &said.link)] {
        if let Some(part) = part {
            line.push(text(format!("; {label}: {part}")));
        }
    }
    if !said.current {
        line.push(text("; does not count: asked differently since"));
    }
    line
}
