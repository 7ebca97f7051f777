// SPDX-License-Identifier: MIT OR Apache-2.0
//! How many of the organisation's own words were looked for. Never which: a report may be
//! published.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    document::{Block, code, text},
    guard::Guard,
    model::Predicate,
    passages::many,
};
use crate::domain::{Word, WordKind};

/// The words of a review, as far as a report tells.
#[derive(Clone, Debug, Serialize)]
pub(super) struct WordsEntry {
    /// Whether a reviewer has answered for them.
    answered: bool,
    kinds: Vec<KindEntry>,
    /// Who dropped words, and how many.
    dropped_by: Vec<Dropper>,
    /// The seal of all of them under the key of the review: whoever has the key can tell whether
    /// they were these.
    seal: String,
}

#[derive(Clone, Debug, Serialize)]
struct KindEntry {
    kind: &'static str,
    looked_for: usize,
    dropped: usize,
    #[serde(skip)]
    title: &'static str,
}

#[derive(Clone, Debug, Serialize)]
struct Dropper {
    /// None: it was only never ticked.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    words: usize,
}

/// Returns what is told of `words`.
pub(super) fn entry(words: &[Word], seal: &str, guard: &Guard) -> WordsEntry {
    let kind = |kind: WordKind| {
        let own = words.iter().filter(|word| word.kind == kind);
        let (looked_for, all) = (own.clone().filter(|word| word.keep).count(), own.count());
        let (dropped, title) = (all - looked_for, kind.title());
        (all > 0).then_some(KindEntry { kind: kind.name(), looked_for, dropped, title })
    };
    let mut droppers: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    for word in words.iter().filter(|word| !word.keep) {
        *droppers.entry(word.by.as_deref()).or_default() += 1;
    }
    let dropper =
        |(by, words): (Option<&str>, usize)| Dropper { by: by.map(|by| guard.reviewer(by)), words };
    WordsEntry {
        answered: words.iter().any(|word| word.by.is_some()),
        kinds: WordKind::ALL.into_iter().filter_map(kind).collect(),
        dropped_by: droppers.into_iter().map(dropper).collect(),
        seal: seal.into(),
    }
}

/// Adds what the documents say about the words.
pub(super) fn blocks<'a>(out: &mut Vec<Block<'a>>, predicate: &'a Predicate) {
    let WordsEntry { answered, kinds, dropped_by, seal } = &predicate.words;
    if kinds.is_empty() {
        return;
    }
    out.push(Block::Heading(2, "Words of the organisation".into()));
    let who = if *answered {
        "Reviewers said which of them are internal."
    } else {
        "They were learned from the repository; no reviewer has answered for them."
    };
    let words = format!("Domains, names and the like that were looked for in every file. {who}");
    let line = vec![text(words), text(" Seal: "), code(&**seal)];
    out.push(Block::Paragraph(line));
    let kind = |kind: &KindEntry| {
        let dropped = match kind.dropped {
            0 => String::new(),
            n => format!(", {n} dropped"),
        };
        vec![text(format!("{}: {} looked for{dropped}", kind.title, kind.looked_for))].into()
    };
    let dropper = |dropper: &'a Dropper| match &dropper.by {
        Some(by) => {
            let words = format!("{} dropped by ", many(dropper.words, "word"));
            vec![text(words), text(&**by)].into()
        }
        None => vec![text(format!("{} never kept by anybody", many(dropper.words, "word")))].into(),
    };
    out.push(Block::List(kinds.iter().map(kind).chain(dropped_by.iter().map(dropper)).collect()));
}
