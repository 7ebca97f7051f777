// SPDX-License-Identifier: MIT OR Apache-2.0
//! How far around an anchor a rule may look.
//!
//! What stands on a line is judged on a window of the text, and nothing outside of the window
//! is handed to the rule. Where the window did not change, the verdict did not: that is what
//! lets a scan of a history look at changed bytes only.

use std::ops::Range;

/// Lines above and below are seen up to so many bytes in all.
const AROUND: usize = 8 << 10;
/// A block may go on for so many bytes behind its first line.
const BLOCK: usize = 36 << 10;
/// What decides about a file's head lies within so many bytes, or behind its last anchor.
const HEAD: usize = 8 << 10;

/// How far a rule may look: whole lines above and below the line of its anchor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Lines above.
    pub before: u8,
    /// Lines below.
    pub after: u8,
    /// Whether it follows a block downwards, however many lines that has.
    pub block: bool,
    /// Whether it looks at the whole text from the start of the file: then it is asked about
    /// all of its anchors in a row.
    pub head: bool,
    /// Whether it looks at the whole text: then it is asked once, about all of its anchors, and
    /// anew for every version. For few files only.
    pub whole: bool,
}

impl Reach {
    /// The line of the anchor alone.
    pub const LINE: Self = Self::lines(0, 0);
    /// A block that begins on the line of the anchor.
    pub const BLOCK: Self = Self { before: 0, after: 0, block: true, head: false, whole: false };
    /// Everything from the start of the file.
    pub const HEAD: Self = Self { before: 0, after: 0, block: false, head: true, whole: false };
    /// The whole text.
    pub const WHOLE: Self = Self { before: 0, after: 0, block: false, head: false, whole: true };

    /// So many lines above and below.
    #[must_use]
    pub const fn lines(before: u8, after: u8) -> Self {
        Self { before, after, block: false, head: false, whole: false }
    }

    /// Returns the reach of both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            before: self.before.max(other.before),
            after: self.after.max(other.after),
            block: self.block || other.block,
            head: self.head || other.head,
            whole: self.whole || other.whole,
        }
    }

    /// Returns the reach of one who looks so far from a place as far away as `other` allows.
    #[must_use]
    pub fn then(self, other: Self) -> Self {
        Self {
            before: self.before.saturating_add(other.before),
            after: self.after.saturating_add(other.after),
            ..self.and(other)
        }
    }

    /// Returns the window around `line`, which must be a line of `text` without its LF.
    pub(super) fn window(self, text: &[u8], line: &Range<usize>) -> Range<usize> {
        let mut start = line.start;
        let low = line.start.saturating_sub(AROUND);
        for _ in 0..self.before {
            let Some(end) = start.checked_sub(1) else { break };
            // A start that no LF stands before was cropped by the limit.
            if end < low || text[end] != b'\n' {
                break;
            }
            start = memchr::memrchr(b'\n', &text[low..end]).map_or(low, |i| low + i + 1);
        }
        let mut end = line.end;
        let high = text.len().min(line.end.saturating_add(AROUND));
        for _ in 0..self.after {
            if end >= high || text[end] != b'\n' {
                break;
            }
            end = memchr::memchr(b'\n', &text[end + 1..high]).map_or(high, |i| end + 1 + i);
        }
        if self.block {
            end = end.max(text.len().min(line.end.saturating_add(BLOCK)));
        }
        start..end
    }

    /// Returns what a rule about heads sees when its last anchor ends at `last`.
    pub(super) fn head_window(text: &[u8], last: usize) -> Range<usize> {
        0..text.len().min(last.saturating_add(HEAD))
    }
}

#[cfg(test)]
mod tests {
    use super::Reach;

    #[test]
    fn windows_are_whole_lines_up_to_a_limit() {
        let text = b"one\ntwo\nthree\nfour";
        let window = |reach: Reach, line| &text[reach.window(text, &line)];
        assert_eq!(window(Reach::LINE, 4..7), b"two");
        assert_eq!(window(Reach::lines(1, 1), 4..7), b"one\ntwo\nthree");
        assert_eq!(window(Reach::lines(9, 9), 14..18), text);
        assert_eq!(window(Reach::BLOCK, 4..7), b"two\nthree\nfour");
        let long = [b"x".repeat(20_000), b"\nkey\n".to_vec(), b"y".repeat(20_000)].concat();
        let window = Reach::lines(3, 3).window(&long, &(20_001..20_004));
        assert_eq!(window, 20_001 - 8192..20_004 + 8192);
    }
}
