// SPDX-License-Identifier: MIT OR Apache-2.0
//! Rules run over what encoded runs say.
//!
//! What was decoded is put where it stood in its line, so that `password: aHVudGVyMg==` is judged
//! as `password: hunter2`, and goes through the same pass as any text, once for each layer. What
//! is found there stands at the whole run: that is what has to be replaced.

use std::ops::Range;

use super::{Engine, Hit, Scratch, View, decode, secrets};
use crate::domain::{Category, Class, NotScanned, RuleIdx, Secret};

/// So much of the line before an encoded run is seen with what it says: a name, and what assigns.
const BEFORE: usize = 160;
/// What closes a list or table may stand at the end of a value that somebody took for encoded.
const CLOSING: usize = 2;
/// How values behind escapes are reached …
const ESCAPES: &str = "escapes";
/// … and the note on those.
const SPELLED: &str = "inside escapes";
/// The same for mails.
const MAIL: &str = "quoted-printable";
const MAILED: &str = "inside quoted-printable";

impl Engine {
    /// Looks at what the encoded run at `at` says.
    pub(super) fn look_through(&self, view: &View<'_>, at: usize, scratch: &mut Scratch) {
        // Runs are looked at in ascending order.
        if scratch.opened.last().is_some_and(|(run, _)| run.contains(&at)) {
            return;
        }
        let Some(mut opened) = decode::open(view.text, at) else { return };
        if scratch.depth >= decode::DEEPEST {
            scratch.unread = Some(NotScanned::CutOff(too_deep()));
            return;
        }
        if opened.cut {
            scratch.unread =
                Some(NotScanned::CutOff(format!("{}: too much to decode", opened.how)));
        }
        let run = opened.run.clone();
        if opened.plain {
            scratch.opened.push((run.clone(), is_plain(&opened.text)));
            // Whoever encodes one value often encodes the end of its line as well.
            if memchr::memchr_iter(b'\n', &opened.text).count() <= 1 {
                opened.text.truncate(opened.text.trim_ascii_end().len());
            }
        }
        let start = line_of(view.text, &run).start.max(run.start.saturating_sub(BEFORE));
        let before = &view.text[start..run.start];
        let quote = view.text.get(run.end).filter(|b| b"\"'`".contains(b));
        let after = &view.text[run.end..run.end + quote.map_or(0, |_| 1)];
        let part = before.len()..before.len() + opened.text.len();
        let text = [before, &opened.text, after].concat();
        let known = scratch.hits.len();
        self.within(view, &text, part.clone(), scratch, |hit, written| {
            if hit.span.start < part.start || hit.span.end > part.end {
                return None;
            }
            let value = hit.decoded.as_ref().map_or(&text[hit.span.clone()], Secret::expose);
            let decoded = Some(Secret::decoded(value, &written[run.clone()]));
            let notes = reached(&hit.notes, opened.how);
            Some(Hit { span: run.clone(), decoded, notes, ..hit.clone() })
        });
        if opened.plain && scratch.hits.len() > known {
            scratch.opened.last_mut().into_iter().for_each(|(_, known)| *known = true);
        }
    }

    /// Looks at the line that holds `at` with its escapes read.
    pub(super) fn read_signs(&self, view: &View<'_>, at: usize, scratch: &mut Scratch) {
        if scratch.depth >= decode::DEEPEST {
            return;
        }
        let line = line_of(view.text, &(at..at));
        let read = decode::unescape(&view.text[line.clone()]);
        self.within(view, &read.text, 0..read.text.len(), scratch, |hit, written| {
            let raw = read.raw(&hit.span);
            let span = line.start + raw.start..line.start + raw.end;
            let value = hit.decoded.as_ref().map_or(&read.text[hit.span.clone()], Secret::expose);
            let written = &written[span.clone()];
            if value == written {
                return Some(Hit { span, decoded: None, ..hit.clone() });
            }
            let decoded = Some(Secret::decoded(value, written));
            let notes = reached(&hit.notes, ESCAPES);
            Some(Hit { span, decoded, notes, ..hit.clone() })
        });
    }

    /// Looks at the line that holds `at` as it is when its pieces are joined, and as a line of a
    /// mail. Returns whether it may go on behind the end of the text.
    pub(super) fn join_pieces(&self, view: &View<'_>, at: usize, scratch: &mut Scratch) -> bool {
        self.join_strings(view, at, scratch) | self.read_mail(view, at, scratch)
    }

    fn read_mail(&self, view: &View<'_>, at: usize, scratch: &mut Scratch) -> bool {
        let start = line_of(view.text, &(at..at)).start;
        let Some(read) = decode::unquote(view.text, start) else { return false };
        if scratch.depth >= decode::DEEPEST {
            return read.open;
        }
        self.within(view, &read.text, 0..read.text.len(), scratch, |hit, written| {
            let (span, value) = (read.raw(&hit.span), &read.text[hit.span.clone()]);
            let value = hit.decoded.as_ref().map_or(value, Secret::expose);
            let written = &written[span.clone()];
            if value == written {
                return Some(Hit { span, decoded: None, ..hit.clone() });
            }
            let decoded = Some(Secret::decoded(value, written));
            let notes = reached(&hit.notes, MAIL);
            Some(Hit { span, decoded, notes, ..hit.clone() })
        });
        read.open
    }

    fn join_strings(&self, view: &View<'_>, at: usize, scratch: &mut Scratch) -> bool {
        let Some(joined) = decode::join(view.text, at) else { return false };
        if scratch.depth >= decode::DEEPEST || !joined.is_worth() {
            return joined.open;
        }
        let text = &joined.text;
        self.within(view, text, 0..text.len(), scratch, |hit, written| {
            let pieces = joined.pieces(&hit.span);
            // Whatever else stands in pieces can be told from them.
            if pieces < 2 || !self.has_own_form(hit.rule) {
                return None;
            }
            let span = joined.raw(&hit.span);
            let value = hit.decoded.as_ref().map_or(&text[hit.span.clone()], Secret::expose);
            let decoded = Some(Secret::decoded(value, &written[span.clone()]));
            let hit = Hit { span, decoded, ..hit.clone() };
            Some(hit.note(format!("joined from {pieces} pieces")))
        });
        joined.open
    }

    /// Returns whether a rule is about credentials that are known by their own form. Keys in blocks
    /// are read over many lines by themselves.
    fn has_own_form(&self, rule: RuleIdx) -> bool {
        let rule = self.rules.get(rule);
        rule.info.class == Class::Credential
            && !rule.generic
            && rule.detector.as_deref() != Some("private-key")
    }

    /// Runs all rules over `text`, of which `part` was decoded, and adds what `place` makes of
    /// what they find.
    fn within(
        &self,
        view: &View<'_>,
        text: &[u8],
        part: Range<usize>,
        scratch: &mut Scratch,
        place: impl Fn(&Hit, &[u8]) -> Option<Hit>,
    ) {
        let mut inner = scratch.inner.take().unwrap_or_default();
        inner.depth = scratch.depth + 1;
        let lines = self.lines_within(view.facts, text, part, &mut inner);
        scratch.inner = Some(inner);
        if let Some(why) = self.cut(&lines) {
            scratch.unread.get_or_insert(why);
        }
        for hit in self.settled(&lines) {
            // A licence counts where people read it.
            if self.rules.info(hit.rule).category == Category::Licensing {
                continue;
            }
            let Some(hit) = place(&hit, view.text) else { continue };
            if !scratch.hits.contains(&hit) {
                scratch.hits.push(hit);
            }
        }
    }

    /// Drops what looked like a secret only because nobody had decoded it, and what can be read as
    /// it is written.
    pub(super) fn drop_encoded(&self, scratch: &mut Scratch) {
        let Scratch { hits, opened, .. } = scratch;
        if hits.iter().any(|hit| hit.decoded.is_some()) {
            let read = |hit: &&Hit| hit.decoded.is_none() && !self.rules.get(hit.rule).generic;
            let name = |hit: &Hit| self.rules.info(hit.rule).category == Category::Internal;
            let read: Vec<(Range<usize>, bool)> =
                hits.iter().filter(read).map(|hit| (hit.span.clone(), name(hit))).collect();
            hits.retain(|hit| {
                let settles = |(span, is_name): &(Range<usize>, bool)| {
                    meets(span, &hit.span) && (!is_name || name(hit))
                };
                !self.is_spelled(hit) || !read.iter().any(settles)
            });
        }
        opened.retain(|(_, known)| *known);
        hits.retain(|hit| {
            let past = opened.partition_point(|(run, _)| run.start <= hit.span.start);
            let around = past.checked_sub(1).map(|i| &opened[i].0);
            let inside = around
                .is_some_and(|run| hit.span.start < run.end && hit.span.end <= run.end + CLOSING);
            hit.decoded.is_some() || !self.rules.get(hit.rule).generic || !inside
        });
    }

    /// Returns whether a value is the one that people read, or nearly: its signs are written in
    /// another way, or it is no secret.
    fn is_spelled(&self, hit: &Hit) -> bool {
        hit.decoded.is_some()
            && (self.rules.info(hit.rule).category == Category::Internal
                || hit.notes.iter().any(|note| note == SPELLED || note == MAILED))
    }
}

fn meets(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// Returns whether a decoded text is one that no key is made of: words, or a placeholder. Some
/// keys are Base64 of printable signs, and are used as they stand.
fn is_plain(text: &[u8]) -> bool {
    let text = text.trim_ascii();
    let word = |b: &u8| b.is_ascii_lowercase() || b"._-/:".contains(b);
    text.iter().any(u8::is_ascii_whitespace)
        || text.iter().all(word)
        || secrets::is_placeholder(text)
}

fn too_deep() -> String {
    format!("encoded in more than {} layers", decode::DEEPEST)
}

/// Returns the notes of what was found inside `how`.
fn reached(notes: &[String], how: &str) -> Vec<String> {
    let mut out = notes.to_vec();
    match out.iter_mut().find(|note| note.starts_with("inside ")) {
        Some(note) => *note = format!("{note} inside {how}"),
        None => out.push(format!("inside {how}")),
    }
    out
}

/// Returns the line or lines that hold `run`, without the last LF.
fn line_of(text: &[u8], run: &Range<usize>) -> Range<usize> {
    let start = memchr::memrchr(b'\n', &text[..run.start]).map_or(0, |i| i + 1);
    let end = memchr::memchr(b'\n', &text[run.end..]).map_or(text.len(), |i| run.end + i);
    start..end
}
