// SPDX-License-Identifier: MIT OR Apache-2.0
//! Passwords that a rule finds by where they stand: behind an option of a command, in a line of a
//! router, in the settings of a client.
//!
//! People choose them, so their form says nothing. They are asked what the values of assignments
//! are asked, after the rule's expression has matched, so that no rule has to list for itself what
//! references, samples and prose look like.

use std::ops::Range;

use super::{
    filter::{hides_placeholder, is_elsewhere},
    value::{SIMPLE, is_constant, is_strange},
    words::SETTINGS,
};
use crate::{
    domain::{Confidence, FileKind, Severity, remark},
    rules::Rule,
    scan::{
        Hit, View,
        secrets::{chars, weak},
    },
};

/// Words that stand where a password would stand when somebody writes about it.
const PROSE: &[&str] = &[
    "aging",
    "all",
    "and",
    "are",
    "arg",
    "argument",
    "authentication",
    "but",
    "can",
    "disable",
    "enable",
    "enc",
    "encrypted",
    "encryption",
    "field",
    "file",
    "flag",
    "for",
    "from",
    "has",
    "hexadecimal",
    "if",
    "in",
    "instead",
    "is",
    "it",
    "length",
    "login",
    "may",
    "must",
    "option",
    "options",
    "or",
    "parameter",
    "policy",
    "protection",
    "recovery",
    "setting",
    "should",
    "storage",
    "strength",
    "switch",
    "text",
    "that",
    "then",
    "to",
    "used",
    "value",
    "via",
    "was",
    "when",
    "where",
    "which",
    "will",
    "with",
    "without",
];

/// More digits may be drawn.
const LONGEST_NUMBER: usize = 6;

/// What a line begins with that asks somebody for a password, or tells about one.
const ASKING: &[&str] = &[
    "a ", "an ", "ask ", "choose ", "enter ", "for ", "give ", "input ", "is ", "it ", "please ",
    "provide ", "set ", "specify ", "the ", "to ", "type ", "use ", "what ", "your ",
];

/// Weighs a hit of `rule` on a value that somebody has chosen; nothing is left if it is no
/// password. Where a rule takes samples, weak passwords are passwords.
pub(in crate::scan) fn weigh(view: &View<'_>, rule: &Rule, mut hit: Hit) -> Option<Hit> {
    let value = unquoted(&view.text[hit.span.clone()]);
    // In translated texts what stands beside the name of a password is the word for one.
    let translated = view.facts.locale && !is_strange(value);
    if translated || stands_for_another(value) || says_nothing(view, value) {
        return None;
    }
    if !rule.placeholders {
        return Some(hit);
    }
    let (why, most) = match () {
        () if weak::is_default(value) => (remark::KNOWN_DEFAULT, Severity::Low),
        () if is_said_before(view, &hit.span, value) => (weak::USER_NAME, Severity::Low),
        () if is_words(value) => (weak::WORD, Severity::Medium),
        () if is_number(value) => (SIMPLE, Severity::Medium),
        () => return Some(hit),
    };
    hit.severity = hit.severity.min(most);
    Some(hit.note(why).confidence(Confidence::Low))
}

/// Returns what stands between quotes, where the rule takes them in, and before the end of a line
/// that a literal of code writes.
fn unquoted(value: &[u8]) -> &[u8] {
    let value = value.trim_ascii();
    let value = value.strip_suffix(br"\n").filter(|rest| !rest.is_empty()).unwrap_or(value);
    match value {
        [b'"', inner @ .., b'"'] | [b'\'', inner @ .., b'\''] => inner,
        bare => bare,
    }
}

/// A path, a variable, a call, or a ciphertext.
fn stands_for_another(value: &[u8]) -> bool {
    is_elsewhere(value) || hides_placeholder(value) || is_constant(value) || is_bound(value)
}

/// `:password`, `@password`: what a query or a script puts in later.
fn is_bound(value: &[u8]) -> bool {
    let [b':' | b'@', name @ ..] = value else { return false };
    name.len() > 1 && name.iter().all(|b| b.is_ascii_alphabetic() || *b == b'_')
}

/// A word that settings of this name take, a part of a sentence, or a question.
fn says_nothing(view: &View<'_>, value: &[u8]) -> bool {
    let lower = String::from_utf8_lossy(value).to_ascii_lowercase();
    let bare = lower.trim_end_matches(['.', ',', ':', ';', ')']);
    SETTINGS.contains(&bare)
        || PROSE.contains(&bare)
        || ASKING.iter().any(|head| lower.starts_with(head))
        || lower.ends_with([':', '?']) && lower.contains(' ')
        // What a text about a command shows is its form.
        || view.kind == FileKind::Prose && is_words(value)
}

/// Digits that somebody can remember.
fn is_number(value: &[u8]) -> bool {
    value.len() <= LONGEST_NUMBER && value.iter().all(u8::is_ascii_digit)
}

fn is_words(value: &[u8]) -> bool {
    value.iter().all(|b| b.is_ascii_alphabetic() || b"_-".contains(b)) && !chars::looks_drawn(value)
}

/// Whether the same word stands on the line before the value: the name of the user, or a host.
fn is_said_before(view: &View<'_>, span: &Range<usize>, value: &[u8]) -> bool {
    let line = view.line(span.start);
    let head = &view.text[line.start..span.start];
    let inside = |b: &u8| b.is_ascii_alphanumeric() || b"_-".contains(b);
    memchr::memmem::find_iter(head, value).any(|at| {
        let before = at.checked_sub(1).and_then(|i| head.get(i));
        // `-papp`: what begins an option belongs to no word.
        let option = at.checked_sub(2).and_then(|i| head.get(i)) == Some(&b'-');
        (option || !before.is_some_and(inside)) && !head.get(at + value.len()).is_some_and(inside)
    })
}
