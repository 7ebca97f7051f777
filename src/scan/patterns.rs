// SPDX-License-Identifier: MIT OR Apache-2.0
//! A rule's pattern, run at one of its keywords.

use std::ops::Range;

use regex::bytes::{Captures, Match, Regex};

use super::{Scratch, Sink, View, filter, secrets, trace::Why};
use crate::{
    domain::RuleIdx,
    rules::{Rule, Window, is_about_else},
};

/// Windows that were cropped in the middle of a line overlap by so many bytes.
const CUT_OVERLAP: usize = 1024;
/// A match that the end of a window cut off is followed for so many bytes.
const LONGEST_MATCH: usize = 16 * 1024;

/// Returns whether the rule's pattern may match at a keyword, as far as its line says.
pub(super) fn may_match(
    line: &View<'_>,
    rule: &Rule,
    idx: RuleIdx,
    at: &Range<usize>,
    tried: &mut Vec<Tried>,
) -> bool {
    if rule.window != Window::Line {
        return true;
    }
    // Keywords often stand together, and a rule says the same of all on one line, or of all that
    // have the same window of a very long one before them.
    let known = tried.iter().position(|other| other.rule == idx);
    if let Some(other) = known.map(|slot| &tried[slot]).filter(|other| at.start < other.until) {
        return other.matches;
    }
    let mut window = line.line(at.start);
    window.end = window.end.max(at.end);
    let whole = window.len() + 1 >= line.text.len();
    let text = &line.text[window.clone()];
    let may_match = rule.may_match(text, &line.runs);
    let matches = may_match && rule.pattern().is_some_and(|p| p.is_match(text));
    let until = if whole { usize::MAX } else { window.end.saturating_sub(CUT_OVERLAP) };
    let one = Tried { rule: idx, until, matches };
    match known {
        Some(slot) => tried[slot] = one,
        None => tried.push(one),
    }
    matches
}

/// What a rule said of a part of a line.
pub(super) struct Tried {
    rule: RuleIdx,
    /// It says the same of keywords before this place.
    until: usize,
    matches: bool,
}

pub(super) fn run_pattern(
    view: &View<'_>,
    rule: &Rule,
    idx: RuleIdx,
    at: Range<usize>,
    scratch: &mut Scratch,
) {
    let Scratch { seen, hits, .. } = scratch;
    let slot = seen.iter().position(|(rule, _)| *rule == idx).unwrap_or_else(|| {
        seen.push((idx, 0));
        seen.len() - 1
    });
    let seen = &mut seen[slot].1;
    if at.start < *seen {
        return;
    }
    let mut window = match rule.window {
        Window::Line => view.line(at.start),
        Window::Below => view.lines(at.start, 0, 3),
        Window::Around => view.lines(at.start, 3, 3),
        Window::Block => view.line(at.start).start..view.text.len(),
    };
    window.end = window.end.max(at.end);
    // Cropped windows of one long line overlap; what was seen is not looked at twice.
    window.start = window.start.max((*seen).min(at.start));
    // A match may go on behind a cut, and so may the run that it holds.
    if !is_cropped(view, window.end) && !rule.may_match(&view.text[window.clone()], &view.runs) {
        *seen = window.end;
        return;
    }
    let Some(pattern) = rule.pattern() else { return };
    let mut last = 0;
    for caps in pattern.captures_iter(&view.text[window.clone()]) {
        let end = window.start + caps.get(0).map_or(0, |whole| whole.end());
        last = last.max(if end == window.end && is_cropped(view, window.end) {
            let start = window.start + caps.get(0).map_or(0, |whole| whole.start());
            run_on(view, rule, idx, start, hits)
        } else {
            take(view, rule, idx, window.start, &caps, hits);
            end
        });
    }
    *seen = window.end;
    if is_cropped(view, window.end) {
        // What begins near the cut may go on behind it: it gets a window of its own.
        *seen = last.max(window.end.saturating_sub(CUT_OVERLAP)).max(at.start + 1);
    }
}

/// Returns whether a window that ends at `end` was cut there in the middle of a line.
fn is_cropped(view: &View<'_>, end: usize) -> bool {
    view.text.get(end).is_some_and(|next| *next != b'\n')
}

/// Matches anew from `start`, where the end of the window cut a match off. Returns its end.
fn run_on(view: &View<'_>, rule: &Rule, idx: RuleIdx, start: usize, hits: &mut Sink) -> usize {
    let most = view.text.len().min(start + LONGEST_MATCH);
    let end = memchr::memchr(b'\n', &view.text[start..most]).map_or(most, |i| start + i);
    let caps = rule.pattern().and_then(|pattern| pattern.captures(&view.text[start..end]));
    let Some(caps) = caps else { return start };
    take(view, rule, idx, start, &caps, hits);
    start + caps.get(0).map_or(0, |whole| whole.end())
}

fn take(
    view: &View<'_>,
    rule: &Rule,
    idx: RuleIdx,
    from: usize,
    caps: &Captures<'_>,
    hits: &mut Sink,
) {
    // The name beside the value may be of its number, file or hash.
    let named = caps.get(0).zip(caps.name("tail"));
    if named.is_some_and(|(whole, tail)| {
        let name = &whole.as_bytes()[..tail.start() - whole.start()];
        is_about_else(name, tail.as_bytes())
    }) {
        return;
    }
    let value = rule.pattern().and_then(|pattern| value_of(pattern, caps));
    let span = value.map(|value| from + value.start()..from + value.end());
    if let Some(hit) = span.and_then(|span| filter::judge(view, rule, idx, span)) {
        let span = hit.span.clone();
        match secrets::prove(rule, view.text, hit) {
            Some(hit) => hits.push(hit),
            None => view.dropped(idx, span, Why::Proof),
        }
    }
}

fn value_of<'t>(pattern: &Regex, caps: &Captures<'t>) -> Option<Match<'t>> {
    let named = |name: &Option<&str>| name.is_some_and(|name| name.starts_with('v'));
    let mut groups = pattern.capture_names().enumerate().filter(|(_, name)| named(name));
    groups.find_map(|(group, _)| caps.get(group)).or_else(|| caps.get(0))
}
