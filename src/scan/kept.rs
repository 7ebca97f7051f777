// SPDX-License-Identifier: MIT OR Apache-2.0
//! Which lines of a text a delta left as they were.

use std::ops::Range;

use crate::repo::objects::Op;

/// A run of bytes that was copied from the earlier text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Kept {
    /// Where it stood.
    from: usize,
    /// Where it stands.
    to: usize,
    len: usize,
    /// The whole lines in it, in the new text. Not empty.
    pub(super) lines: Range<usize>,
}

impl Kept {
    /// Returns where a byte of the new text stood in the earlier one.
    pub(super) fn source(&self, at: usize) -> usize {
        at - self.to + self.from
    }

    /// Returns where a byte of the earlier text stands in the new one.
    pub(super) fn target(&self, at: usize) -> usize {
        at + self.to - self.from
    }

    /// Returns whether the `window` of the earlier text around the line that begins at `line` was
    /// copied, with the bytes beside it that made it end there, or else the ends of both texts
    /// did. `earlier` and `now` are the lengths of the texts.
    pub(super) fn holds(
        &self,
        line: usize,
        window: Range<usize>,
        earlier: usize,
        now: usize,
    ) -> bool {
        let copied = self.from..self.from + self.len;
        let within = |range: Range<usize>| copied.start <= range.start && range.end <= copied.end;
        if !within(window.clone()) {
            return false;
        }
        let start = match window.start {
            0 => self.target(0) == 0,
            // A window that begins with its line ends there because the line does.
            start => start == line || start > copied.start,
        };
        let end = if window.end == earlier {
            self.target(window.end) == now
        } else {
            window.end < copied.end
        };
        start && end
    }
}

/// Returns the runs of `text` that were copied from `earlier` and hold whole lines, ascending.
pub(super) fn kept(earlier: &[u8], text: &[u8], ops: &[Op]) -> Vec<Kept> {
    let mut out: Vec<Kept> = Vec::new();
    let mut at = 0;
    // A run as it grows: Git cuts copies at 64 KiB.
    let mut run: Option<(usize, usize, usize)> = None;
    let flush = |run: &mut Option<(usize, usize, usize)>, out: &mut Vec<Kept>| {
        if let Some((from, to, len)) = run.take() {
            out.extend(whole_lines(earlier, text, from, to, len));
        }
    };
    for op in ops {
        match *op {
            Op::Insert { len } => {
                flush(&mut run, &mut out);
                at += len;
            }
            Op::Copy { from, len } => {
                match &mut run {
                    Some((first, _, so_far)) if *first + *so_far == from => *so_far += len,
                    _ => {
                        flush(&mut run, &mut out);
                        run = Some((from, at, len));
                    }
                }
                at += len;
            }
        }
    }
    flush(&mut run, &mut out);
    out
}

fn whole_lines(earlier: &[u8], text: &[u8], from: usize, to: usize, len: usize) -> Option<Kept> {
    let starts = |text: &[u8], at: usize| at == 0 || text[at - 1] == b'\n';
    let bytes = &text[to..to + len];
    let start = if starts(earlier, from) && starts(text, to) {
        to
    } else {
        to + memchr::memchr(b'\n', bytes)? + 1
    };
    let end = if from + len == earlier.len() && to + len == text.len() {
        to + len
    } else {
        to + memchr::memrchr(b'\n', bytes)? + 1
    };
    (start < end).then_some(Kept { from, to, len, lines: start..end })
}

#[cfg(test)]
mod tests {
    use super::{Op, kept};

    #[test]
    fn only_whole_lines_are_kept() {
        let earlier = b"one\ntwo\nthree\nfour";
        let text = b"one\ntwo\nthXee\nfour";
        let ops = [
            Op::Copy { from: 0, len: 5 },
            Op::Copy { from: 5, len: 5 },
            Op::Insert { len: 1 },
            Op::Copy { from: 11, len: 7 },
        ];
        let runs = kept(earlier, text, &ops);
        let lines: Vec<&[u8]> = runs.iter().map(|kept| &text[kept.lines.clone()]).collect();
        assert_eq!(lines, [&b"one\ntwo\n"[..], b"four"]);
        // The window of "two" with the line above begins where the texts do.
        assert!(runs[0].holds(4, 0..7, earlier.len(), text.len()));
        assert!(!runs[0].holds(4, 4..13, earlier.len(), text.len()));
        assert!(runs[1].holds(14, 14..18, earlier.len(), text.len()));
        assert!(!runs[1].holds(14, 14..18, earlier.len(), text.len() + 1));
    }
}
