// SPDX-License-Identifier: MIT OR Apache-2.0
//! From hits on single lines to the marks on a text: of overlapping hits the one that says most.

use std::{
    ops::Range,
    sync::{Arc, OnceLock},
};

use super::{Engine, Hit, Lines, Sink, lines::Unit, overlap};
use crate::domain::{Confidence, NotScanned, RuleIdx, Secret, Severity};

/// What was found on one line.
pub(super) struct Outcome {
    /// The hits, with spans in the window of the line.
    hits: Vec<Hit>,
    /// Rules that fired for the file as a whole.
    pub(super) whole: Vec<Hit>,
    /// Why not all of it was looked through, if that is so.
    pub(super) unread: Option<NotScanned>,
    /// All bytes of the lines that the hits touch, in the window.
    extent: Range<usize>,
    /// The marks, once it is known that the hits of no other line overlap these.
    alone: OnceLock<Arc<[Mark]>>,
}

/// A value that was found, without its place in a text: the same mark stands in every text that
/// holds the line.
pub struct Mark {
    /// The rule.
    pub rule: RuleIdx,
    /// How bad it is, the path's class taken into account.
    pub severity: Severity,
    /// How sure it is that it is real.
    pub confidence: Confidence,
    /// What was found.
    pub value: Secret,
    /// The line with every finding cut out, or the evidence; see [`Finding`](crate::domain::Finding).
    pub context: Secret,
    /// Remarks. Never the value.
    pub notes: Vec<String>,
    /// The value's bytes, counted from the window's start.
    span: Range<usize>,
    /// What the consumer knows the mark by.
    pub tag: OnceLock<u32>,
}

/// A mark at its place.
pub struct Marked<'a> {
    /// The mark.
    pub mark: &'a Mark,
    /// The value's bytes in the text.
    pub span: Range<usize>,
}

impl Outcome {
    pub(super) fn new(text: &[u8], mut hits: Sink, unread: Option<NotScanned>) -> Self {
        let whole = hits.extract_if(.., |hit| hit.whole_file).collect();
        let start = hits.iter().map(|hit| hit.span.start).min().unwrap_or(0);
        let end = hits.iter().map(|hit| hit.span.end).max().unwrap_or(0);
        let start = memchr::memrchr(b'\n', &text[..start]).map_or(0, |i| i + 1);
        let end = memchr::memchr(b'\n', &text[end..]).map_or(text.len(), |i| end + i);
        let extent = if hits.is_empty() { 0..0 } else { start..end };
        // They stay for as long as the text does.
        hits.shrink_to_fit();
        Self { hits, whole, unread, extent, alone: OnceLock::new() }
    }

    /// Returns the hits as spans of a text in which the window begins at `start`.
    pub(super) fn spans(
        &self,
        start: usize,
    ) -> impl Iterator<Item = (RuleIdx, Range<usize>)> + use<'_> {
        let place = move |hit: &Hit| (hit.rule, hit.span.start + start..hit.span.end + start);
        self.hits.iter().map(place)
    }

    /// Returns the number of hits, those that others overlap among them.
    pub(super) fn matches(&self) -> usize {
        self.hits.len() + self.whole.len()
    }
}

/// A line's outcome at its place.
struct Placed<'a> {
    outcome: &'a Outcome,
    window: Range<usize>,
}

impl Placed<'_> {
    fn extent(&self) -> Range<usize> {
        self.window.start + self.outcome.extent.start..self.window.start + self.outcome.extent.end
    }
}

impl Engine {
    /// Hands the marks on `text` to `found`, ascending, each with the rules that fired for the
    /// file as a whole left out. `lines` must come from the same text.
    pub fn marks(&self, text: &[u8], lines: &Lines, mut found: impl FnMut(Marked<'_>)) {
        let mut placed: Vec<Placed<'_>> = lines.units.iter().filter_map(Unit::placed).collect();
        for head in lines.head.iter().chain(&lines.whole) {
            placed.extend(
                head.outcome.iter().map(|outcome| Placed { outcome, window: 0..head.window }),
            );
        }
        placed.retain(|one| !one.outcome.hits.is_empty());
        if !placed.is_sorted_by_key(|one| one.extent().start) {
            placed.sort_by_key(|one| one.extent().start);
        }
        let mut rest = placed.as_slice();
        while let Some(first) = rest.first() {
            let mut end = first.extent().end;
            let mut count = 1;
            while let Some(next) = rest.get(count).filter(|next| next.extent().start <= end) {
                end = end.max(next.extent().end);
                count += 1;
            }
            let (island, others) = rest.split_at(count);
            rest = others;
            if let [alone] = island {
                let marks = alone.outcome.alone.get_or_init(|| self.settle(text, island).into());
                marks.iter().for_each(|mark| found(alone.marked(mark)));
            } else {
                let marks = self.settle(text, island);
                marks.iter().for_each(|mark| found(island[0].marked(mark)));
            }
        }
    }

    /// Settles which hits of an island stay, and makes them marks relative to the first window.
    fn settle(&self, text: &[u8], island: &[Placed<'_>]) -> Vec<Mark> {
        let mut hits: Sink = Vec::new();
        for one in island {
            hits.extend(one.outcome.hits.iter().map(|hit| {
                let span = hit.span.start + one.window.start..hit.span.end + one.window.start;
                Hit { span, ..hit.clone() }
            }));
        }
        overlap::resolve(&mut hits, &self.rules);
        let base = &island[0];
        let mark = |hit: &Hit| Mark {
            rule: hit.rule,
            severity: hit.severity,
            confidence: hit.sureness(),
            value: hit.decoded.clone().unwrap_or_else(|| Secret::new(&text[hit.span.clone()])),
            context: hit.evidence.clone().unwrap_or_else(|| {
                Secret::new(&context(text, &window_of(island, hit), &hits, &hit.span))
            }),
            notes: hit.notes.clone(),
            span: hit.span.start - base.window.start..hit.span.end - base.window.start,
            tag: OnceLock::new(),
        };
        hits.iter().map(mark).collect()
    }

    /// Returns all hits on `lines` that stay, by offset, those for the file as a whole last. For
    /// a text that is only a part of another.
    pub(super) fn settled(&self, lines: &Lines) -> Sink {
        let mut hits: Sink = Vec::new();
        let mut whole = Vec::new();
        for unit in &lines.units {
            let Some(outcome) = unit.outcome.as_deref() else { continue };
            let start = unit.window().start;
            hits.extend(outcome.hits.iter().map(|hit| {
                let span = hit.span.start + start..hit.span.end + start;
                Hit { span, ..hit.clone() }
            }));
            whole.extend(outcome.whole.iter().cloned());
        }
        overlap::resolve(&mut hits, &self.rules);
        hits.append(&mut whole);
        hits
    }

    /// Returns the rules that fired for the file as a whole, each once, the first hit of each.
    pub fn whole_file_hits<'a>(&self, lines: &'a Lines) -> Vec<&'a Hit> {
        let head = lines.head.iter().chain(&lines.whole).filter_map(|head| head.outcome.as_deref());
        let units = lines.units.iter().filter_map(|unit| unit.outcome.as_deref());
        let mut out: Vec<&Hit> = Vec::new();
        for hit in units.chain(head).flat_map(|outcome| &outcome.whole) {
            if !out.iter().any(|other| other.rule == hit.rule) {
                out.push(hit);
            }
        }
        out
    }
}

impl Unit {
    fn placed(&self) -> Option<Placed<'_>> {
        let outcome = self.outcome.as_deref()?;
        Some(Placed { outcome, window: self.window() })
    }
}

impl Placed<'_> {
    fn marked<'a>(&self, mark: &'a Mark) -> Marked<'a> {
        let span = self.window.start + mark.span.start..self.window.start + mark.span.end;
        Marked { mark, span }
    }
}

/// Returns the window in which `hit` was found.
fn window_of(island: &[Placed<'_>], hit: &Hit) -> Range<usize> {
    let found = |one: &&Placed<'_>| {
        one.outcome.hits.iter().any(|other| {
            other.rule == hit.rule
                && other.span.start + one.window.start == hit.span.start
                && other.span.end + one.window.start == hit.span.end
        })
    };
    island.iter().find(found).unwrap_or(&island[0]).window.clone()
}

/// Returns the line of `span` with every finding cut out and blanks squeezed: it stays the same
/// when a value on the line is replaced or the line is indented anew. No more of the text is
/// looked at than `window`, in which the value was found.
fn context(text: &[u8], window: &Range<usize>, hits: &Sink, span: &Range<usize>) -> Vec<u8> {
    let line = super::view::line_around(&text[window.clone()], span.start - window.start);
    let line = line.start + window.start..line.end + window.start;
    let first = hits.partition_point(|hit| hit.span.end <= line.start);
    let mut out = Vec::new();
    let mut put = |bytes: &[u8]| {
        for byte in bytes {
            if !byte.is_ascii_whitespace() {
                out.push(*byte);
            } else if out.last().is_some_and(|last| *last != b' ') {
                out.push(b' ');
            }
        }
    };
    let mut from = line.start;
    for hit in hits[first..].iter().take_while(|hit| hit.span.start < line.end) {
        if hit.span.start >= from {
            put(&text[from..hit.span.start]);
            put(b"\0");
        }
        from = from.max(hit.span.end);
    }
    if from < line.end {
        put(&text[from..line.end]);
    }
    out.truncate(out.trim_ascii_end().len());
    out
}
