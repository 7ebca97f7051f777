// SPDX-License-Identifier: MIT OR Apache-2.0
//! Lists of objects, each with the keys of a person.

use std::ops::Range;

use super::{
    Seen,
    column::{Column, is_example},
};
use crate::{domain::RuleIdx, scan::View};

/// Keys of one person stand this close to each other.
const CLOSE: usize = 600;

/// Whether the keyword at `at` is a key that gives a person's name.
pub(super) fn is_key(view: &View<'_>, at: &Range<usize>) -> bool {
    let json = matches!(view.facts.extension.as_str(), "json" | "jsonl" | "ndjson" | "har" | "log");
    json && value(view.text, at).is_some_and(|(column, _)| column == Column::Name)
}

/// Returns what the key around `at` promises, and its value.
fn value(text: &[u8], at: &Range<usize>) -> Option<(Column, Range<usize>)> {
    let open = memchr::memrchr(b'"', &text[at.start.saturating_sub(24)..at.start])?;
    let open = at.start.saturating_sub(24) + open;
    let close = at.end + memchr::memchr(b'"', &text[at.end..text.len().min(at.end + 24)])?;
    let rest = text.get(close + 1..)?;
    let colon = rest.iter().take(4).position(|b| *b == b':')?;
    let quote = rest.iter().take(colon + 6).skip(colon).position(|b| *b == b'"')?;
    let start = close + 1 + colon + quote + 1;
    let len = memchr::memchr(b'"', &text[start..text.len().min(start + 100)])?;
    Some((Column::of(&text[open + 1..close]), start..start + len))
}

/// Counts people: names whose next keys are those of the same object.
pub(super) fn read(view: &View<'_>, anchors: &[(RuleIdx, Range<usize>)], seen: &mut Seen) {
    let text = view.text;
    let keys: Vec<(Column, Range<usize>)> = anchors
        .iter()
        .filter(|(_, at)| is_key(view, at))
        .filter_map(|(_, at)| value(text, at))
        .collect();
    let mut rest = keys.as_slice();
    while let Some((_, first)) = rest.first() {
        let near = first.start + CLOSE;
        // The first key that comes again begins the next object.
        let bound = text[first.end..text.len().min(near)].iter().position(|b| *b == b'}');
        let end = bound.map_or(near, |i| first.end + i);
        let count = rest.iter().take_while(|(_, value)| value.start < end).count().max(1);
        let (own, others) = rest.split_at(count);
        rest = others;
        let start = first.start.saturating_sub(CLOSE / 2);
        let start = memchr::memrchr(b'{', &text[start..first.start]).map_or(start, |i| start + i);
        let around = &text[start..end.min(text.len())];
        if is_example(around) {
            seen.made_up += 1;
        } else {
            seen.row(text, own.iter().cloned());
        }
    }
}
