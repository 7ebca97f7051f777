// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a value is a part of: an expression of code, a longer run of Base64, an anchor of a page.
//!
//! The name beside a value promises a secret, and the form of many secrets is loose. What stands
//! where a program computes or hands on a value is none, however long its names are; and in a
//! picture or a certificate every short token turns up by chance.

use std::ops::Range;

use super::chars;
use crate::{domain::FileKind, rules::Rule, scan::View};

/// How far a run of Base64 must go on beside a value.
const LONG_RUN: usize = 40;

/// How far beside a value it is looked for.
const LOOK: usize = 80;

/// The shortest line that a block of Base64 is folded to.
const FOLDED: usize = 60;

/// Longer parts of an expression than this are names; a shorter one may be any letter.
const SHORT: usize = 3;

/// Returns whether the value at `span` is a part of something that is no secret.
pub(in crate::scan) fn is_part(view: &View<'_>, rule: &Rule, span: &Range<usize>) -> bool {
    if rule.is_beside() {
        is_expression(view, span) || is_anchor(view, span)
    } else {
        in_base64(view, span)
    }
}

/// `options.token`, `f(KEY, request.token)`, `base64_decode(content`, `key, seen: false`.
fn is_expression(view: &View<'_>, span: &Range<usize>) -> bool {
    let quote = |b: &u8| b"\"'`".contains(b);
    let before = span.start.checked_sub(1).and_then(|i| view.text.get(i));
    if before.is_some_and(quote) {
        return false;
    }
    let value = &view.text[span.clone()];
    let code = view.kind == FileKind::Code || view.facts.extension == "sql";
    let called = matches!(view.text.get(span.end), Some(b'(' | b'['));
    let joins = |b: &u8| b".,:;=!?&|".contains(b);
    let computed = code || called && value.iter().any(joins) || is_list(value);
    computed && value.split(joins).all(is_name)
}

/// `first,name:second`: what a bundle is made of, whatever its file is called.
fn is_list(value: &[u8]) -> bool {
    let comma = memchr::memchr(b',', value);
    comma.is_some_and(|at| memchr::memchr(b':', &value[at..]).is_some())
}

/// A name of code, a number, or nothing; no characters that a machine drew.
fn is_name(part: &[u8]) -> bool {
    let Some(first) = part.first() else { return true };
    let inside = |b: &u8| b.is_ascii_alphanumeric() || b"_$".contains(b);
    let number = part.len() <= 2 * SHORT && part.iter().all(u8::is_ascii_digit);
    let starts = first.is_ascii_alphabetic() || b"_$".contains(first);
    // A name may end with a number.
    let end = part.iter().rposition(|b| !b.is_ascii_digit()).map_or(0, |at| at + 1);
    let stem = if part.len() - end <= 2 { &part[..end] } else { part };
    let word = part.len() <= SHORT || !chars::looks_drawn(stem);
    number || starts && word && part.iter().all(inside)
}

/// Returns whether the value goes on in Base64 on either side, or stands among lines of it.
fn in_base64(view: &View<'_>, span: &Range<usize>) -> bool {
    let value = &view.text[span.clone()];
    if value.len() < 20 || !value.iter().all(|b| is_base64(*b)) {
        return false;
    }
    let line = view.line(span.start);
    let end = line.end.max(span.end);
    let before = &view.text[line.start.max(span.start.saturating_sub(LOOK))..span.start];
    let after = &view.text[span.end..end.min(span.end + LOOK)];
    let run = before.iter().rev().take_while(|b| is_base64(**b)).count();
    let head = &before[before.len() - run..];
    let tail = &after[..after.iter().take_while(|b| is_base64(**b)).count()];
    let goes_on = |run: &[u8]| run.len() >= LONG_RUN && chars::looks_random(run);
    goes_on(head) || goes_on(tail) || is_folded(view, span, &line)
}

/// A whole line of Base64 among others. Tokens may stand in a list, so some line must hold what
/// hardly a token holds.
fn is_folded(view: &View<'_>, span: &Range<usize>, line: &Range<usize>) -> bool {
    let folded = |line: &[u8]| {
        let line = line.trim_ascii();
        line.len() >= FOLDED && line.iter().all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(b))
    };
    if !folded(&view.text[line.clone()]) {
        return false;
    }
    let near = view.lines(span.start, 1, 1);
    let above = &view.text[near.start..line.start];
    let below = view.text.get(line.end + 1..near.end).unwrap_or_default();
    (folded(above) || folded(below)) && view.text[near].iter().any(|b| b"+/".contains(b))
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+/=-_".contains(&byte)
}

/// `<a href="#VALUE">`, `<h2 id="VALUE">`: what a page calls its own parts.
fn is_anchor(view: &View<'_>, span: &Range<usize>) -> bool {
    let line = view.line(span.start);
    let head = &view.text[line.start..span.start];
    let Some(open) = memchr::memrchr(b'<', head) else { return false };
    let head = &head[open..];
    let head = head.strip_suffix(b"#").unwrap_or(head);
    let head = head.strip_suffix(b"\"").or_else(|| head.strip_suffix(b"'")).unwrap_or(head);
    let head = head.to_ascii_lowercase();
    !head.contains(&b'>')
        && head.starts_with(b"<a ") | head.starts_with(b"<h") | head.starts_with(b"<s")
        && [b" id=".as_slice(), b" name=", b" href="].iter().any(|name| head.ends_with(name))
}
