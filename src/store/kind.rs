// SPDX-License-Identifier: MIT OR Apache-2.0
//! The kinds of lines that this version knows.
//!
//! Whoever adds a kind of vote adds it here: a line of any other kind was written by a newer
//! version, and the file is then left alone instead of being misread.

/// What `on` may begin with, up to the colon. Everything without one is the id of a value.
const PREFIXES: &[&str] = &["file", "path", "attest", "text", "rotation", "standin"];
/// What `on` may be as a whole, beside the id of a value.
const WORDS: &[&str] = &["batch", "unflagged"];
/// What `do` may be.
const ACTS: &[&str] = &[
    "approve",
    "redact",
    "exclude",
    "defer",
    "correct",
    "fix",
    "withdraw",
    "yes",
    "no",
    "not-applicable",
    "read",
    "sample",
    "rotated",
    "not-rotated",
    "never-live",
    "not-known",
    "given",
    "chosen",
];

/// Returns what is wrong with a line of a kind that is not known.
pub(super) fn unknown(on: &str, act: Option<&str>) -> Option<String> {
    let known = match on.split_once(':') {
        Some((prefix, _)) => PREFIXES.contains(&prefix),
        None => is_id(on) || WORDS.contains(&on),
    };
    let kind = match act {
        _ if !known => format!("on = {on:?}"),
        Some(act) if !ACTS.contains(&act) => format!("do = {act:?}"),
        _ => return None,
    };
    Some(format!("unknown kind of line, {kind}: update debut; the file was left alone"))
}

/// Returns whether `on` can be the id of a value.
pub(super) fn is_id(on: &str) -> bool {
    !on.is_empty() && on.bytes().all(|b| matches!(b, b'a'..=b'z' | b'2'..=b'7')) && on.len() == 26
}
