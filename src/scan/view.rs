// SPDX-License-Identifier: MIT OR Apache-2.0
//! One file as rules and detectors see it.

use std::ops::Range;

use super::{PathFacts, trace::Trace};
use crate::{
    domain::{FileKind, PathClass},
    rules::Runs,
};

/// A line longer than this many bytes is seen through a cropped window.
const LONG_LINE: usize = 4096;
/// What a cropped window shows before and after the place.
const CROP_BEFORE: usize = 512;
const CROP_AFTER: usize = 2048;

/// One file's text, or a window of it, with what its path says about it.
pub struct View<'a> {
    /// What the path says. The path itself is not here: two files whose paths say the same are
    /// judged alike, so what was found in one can be taken over by the other.
    pub facts: &'a PathFacts,
    /// The decoded text (see [`Text`](crate::domain::Text)).
    pub text: &'a [u8],
    /// Broad kind of the file.
    pub kind: FileKind,
    /// How much its findings weigh.
    pub class: PathClass,
    /// Which runs of characters the text holds.
    pub(super) runs: Runs<'a>,
    /// Where is noted down what is no finding, if anybody asked.
    pub(super) trace: Option<&'a Trace>,
}

impl<'a> View<'a> {
    /// Looks at `text` as the content of a file whose path says `facts`.
    #[must_use]
    pub fn new(facts: &'a PathFacts, text: &'a [u8]) -> Self {
        let (kind, class, runs) = (facts.kind, facts.class, Runs::of(text));
        Self { facts, text, kind, class, runs, trace: None }
    }

    /// Notes down what is no finding.
    pub(super) fn traced(self, trace: Option<&'a Trace>) -> Self {
        Self { trace, ..self }
    }

    /// Returns the line that holds `at`, without its LF, cropped to a few KiB around `at` when
    /// it is very long.
    #[must_use]
    pub fn line(&self, at: usize) -> Range<usize> {
        line_around(self.text, at)
    }

    /// Returns the lines from `before` lines above the one that holds `at` to `after` lines
    /// below it, each cropped like [`line`](Self::line).
    #[must_use]
    pub fn lines(&self, at: usize, before: u8, after: u8) -> Range<usize> {
        let mut window = self.line(at);
        for _ in 0..before {
            // A start that does not follow an LF was cropped: go no further.
            match window.start.checked_sub(1).filter(|i| self.text[*i] == b'\n') {
                Some(end) => window.start = self.line(end).start,
                None => break,
            }
        }
        for _ in 0..after {
            if self.text.get(window.end) != Some(&b'\n') || window.end + 1 > self.text.len() {
                break;
            }
            window.end = self.line(window.end + 1).end;
        }
        window
    }
}

/// Returns the line of `text` that holds `at`, as [`View::line`] does.
pub(super) fn line_around(text: &[u8], at: usize) -> Range<usize> {
    let low = at.saturating_sub(LONG_LINE);
    let high = text.len().min(at + LONG_LINE);
    let start = memchr::memrchr(b'\n', &text[low..at]).map(|i| low + i + 1);
    let end = memchr::memchr(b'\n', &text[at..high]).map(|i| at + i);
    let start = start.unwrap_or(if low == 0 { 0 } else { at.saturating_sub(CROP_BEFORE) });
    let end = end.unwrap_or(if high == text.len() { high } else { at + CROP_AFTER });
    start..end.max(at)
}

#[cfg(test)]
mod tests {
    use crate::{
        domain::RepoPath,
        scan::{PathFacts, View},
    };

    #[test]
    fn windows_follow_lines() {
        let facts = PathFacts::of(&RepoPath::new(b"a.yml"));
        let text = b"one\ntwo\nthree\nfour";
        let view = View::new(&facts, text);
        assert_eq!(&text[view.line(5)], b"two");
        assert_eq!(&text[view.line(3)], b"one");
        assert_eq!(&text[view.lines(5, 1, 1)], b"one\ntwo\nthree");
        assert_eq!(&text[view.lines(16, 9, 9)], text);
        assert_eq!(&text[view.line(text.len())], b"four");
    }

    #[test]
    fn a_megabyte_line_is_cropped() {
        let facts = PathFacts::of(&RepoPath::new(b"a.js"));
        let text = vec![b'x'; 1 << 20];
        let view = View::new(&facts, &text);
        let window = view.lines(500_000, 3, 3);
        assert!(window.len() < 8192 && window.contains(&500_000));
    }
}
