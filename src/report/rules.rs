// SPDX-License-Identifier: MIT OR Apache-2.0
//! What the repository's own files make of the rules: nothing that was switched off or counts for
//! less is missing from a report.

use serde::Serialize;

use super::{
    document::{Block, Item, code, text},
    guard::Guard,
    model::Predicate,
};
use crate::{domain::RuleChange, review::Session};

/// One rule that is not as it came with the program.
#[derive(Clone, Debug, Serialize)]
pub(super) struct RuleEntry {
    rule: String,
    /// `added`, `replaced`, `changed` or `off`.
    what: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    severity_was: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence_was: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    severity: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    file: String,
    line: usize,
    /// The same in words.
    #[serde(skip)]
    words: String,
}

/// Returns all of them, by id.
pub(super) fn entries(session: &Session, guard: &Guard) -> Vec<RuleEntry> {
    session.rules().changes().iter().map(|change| entry(change, guard)).collect()
}

fn entry(change: &RuleChange, guard: &Guard) -> RuleEntry {
    let reason = change.reason.as_ref().map(|reason| guard.remark(reason));
    RuleEntry {
        rule: change.id.clone(),
        what: change.kind.word(),
        severity_was: change.was.map(|(severity, _)| severity.word()),
        confidence_was: change.was.map(|(_, confidence)| confidence.word()),
        severity: change.now.map(|(severity, _)| severity.word()),
        confidence: change.now.map(|(_, confidence)| confidence.word()),
        words: RuleChange { reason: reason.clone(), ..change.clone() }.words(),
        reason,
        file: guard.name(&change.file),
        line: change.line,
    }
}

pub(super) fn blocks<'a>(out: &mut Vec<Block<'a>>, predicate: &'a Predicate) {
    let changes = &predicate.ruleset.changes;
    if changes.is_empty() {
        return;
    }
    out.push(Block::Heading(2, "Rules of this repository".into()));
    let item = |entry: &'a RuleEntry| {
        let place = format!("{}:{}", entry.file, entry.line);
        Item::from(vec![code(&*entry.rule), text(format!(" {}, ", entry.words)), code(place)])
    };
    out.push(Block::List(changes.iter().map(item).collect()));
}
