// SPDX-License-Identifier: MIT OR Apache-2.0
//! Runs of Base64 and of hexadecimal digits.

use std::ops::Range;

use super::is_printable;

/// Shorter runs are words and names; behind the name of a secret see `value`.
pub(in crate::scan) const SHORTEST: usize = 24;
/// Lines of wrapped Base64 are at least so long.
const NARROWEST: usize = 40;
/// A block of lines goes on for so many bytes at most: what a rule about blocks may see.
const LONGEST_BLOCK: usize = 36 << 10;
/// More characters are not decoded.
const LONGEST: usize = 4 << 20;
/// So many characters at the start of a run tell whether it is worth decoding.
const HEAD: usize = 24;
/// No character of the alphabet.
const NONE: u8 = 0xff;

/// Values of both alphabets: `+ /` and `- _` mean the same.
const VALUES: [u8; 256] = {
    let mut out = [NONE; 256];
    let mut i = 0;
    while i < 26 {
        out[b'A' as usize + i] = i as u8;
        out[b'a' as usize + i] = 26 + i as u8;
        i += 1;
    }
    let mut i = 0;
    while i < 10 {
        out[b'0' as usize + i] = 52 + i as u8;
        i += 1;
    }
    out[b'+' as usize] = 62;
    out[b'-' as usize] = 62;
    out[b'/' as usize] = 63;
    out[b'_' as usize] = 63;
    out
};

pub(super) fn in_alphabet(byte: u8) -> bool {
    VALUES[byte as usize] != NONE
}

/// Calls `found` with each run of at least [`SHORTEST`] characters in `part` of `text`.
///
/// A run that long covers one of any so many places in a row: only there it is looked for, and
/// then backwards, so that the first character that is none sets the next place to look at.
pub(in crate::scan) fn runs(text: &[u8], part: Range<usize>, mut found: impl FnMut(Range<usize>)) {
    let text = &text[..part.end.min(text.len())];
    let mut from = part.start;
    while let Some(last) = text.get(from + SHORTEST - 1) {
        if VALUES[*last as usize] == NONE {
            from += SHORTEST;
            continue;
        }
        let window = &text[from..from + SHORTEST - 1];
        match window.iter().rposition(|byte| VALUES[*byte as usize] == NONE) {
            Some(gap) => from += gap + 1,
            None => {
                let rest = &text[from + SHORTEST..];
                let more = rest.iter().position(|byte| VALUES[*byte as usize] == NONE);
                let end = from + SHORTEST + more.unwrap_or(rest.len());
                found(from..end);
                from = end + 1;
            }
        }
    }
}

/// Returns whether the first characters of a run decode to text, or to what compressed files
/// begin with.
pub(in crate::scan) fn promising(run: &[u8]) -> bool {
    let run = run.strip_prefix(b"0x").unwrap_or(run);
    starts(run).is_some() || hex_starts(run)
}

/// Returns at which of four characters decoding makes sense. A run may begin with something else:
/// the end of a path, or bytes of another layer.
fn starts(run: &[u8]) -> Option<usize> {
    (0..4).find(|skip| run.get(*skip..).is_some_and(|run| makes_sense(run, *skip)))
}

fn makes_sense(run: &[u8], skip: usize) -> bool {
    let head = &run[..run.len().min(HEAD)];
    // Short values were asked for.
    if head.len() < 8 && skip > 0 {
        return false;
    }
    if skip == 0 && (head.starts_with(b"H4sI") || is_wide(head)) {
        return true;
    }
    let mut odd = 0;
    for group in head.chunks_exact(4) {
        let bytes = group_of(group);
        odd += bytes.iter().filter(|byte| !is_printable(**byte)).count();
        if odd > usize::from(skip == 0 && head.len() == HEAD) {
            return false;
        }
    }
    true
}

/// UTF-16 has a zero in every second byte, whatever its order.
fn is_wide(head: &[u8]) -> bool {
    if head.len() < HEAD {
        return false;
    }
    let bytes: Vec<u8> = head.chunks_exact(4).flat_map(group_of).collect();
    let every =
        |first: usize, is: fn(u8) -> bool| bytes.iter().skip(first).step_by(2).all(|b| is(*b));
    (0..2).any(|zeros| every(zeros, |b| b == 0) && every(1 - zeros, is_printable))
}

fn group_of(group: &[u8]) -> [u8; 3] {
    let bits = group.iter().fold(0_u32, |bits, c| bits << 6 | u32::from(VALUES[*c as usize] & 63));
    let [_, a, b, c] = bits.to_be_bytes();
    [a, b, c]
}

fn hex_starts(run: &[u8]) -> bool {
    run.len() >= 32 && run[..HEAD].chunks_exact(2).all(|pair| hex(pair).is_some_and(is_printable))
}

fn hex(pair: &[u8]) -> Option<u8> {
    let digit = |c: u8| char::from(c).to_digit(16);
    Some((digit(*pair.first()?)? << 4 | digit(*pair.get(1)?)?) as u8)
}

/// A run, perhaps of several lines.
pub(super) struct Run {
    /// From the first character to the end of the padding.
    pub(super) span: Range<usize>,
    /// Its characters without what stands between the lines.
    chars: Vec<u8>,
    /// Whether it goes on.
    pub(super) cut: bool,
}

impl Run {
    /// Returns what it says, and in which code it is written.
    pub(super) fn decode(&self) -> Option<(Vec<u8>, &'static str)> {
        let chars = self.chars.strip_prefix(b"0x").unwrap_or(&self.chars);
        if hex_starts(chars) && chars.len().is_multiple_of(2) {
            let bytes: Option<Vec<u8>> = chars.chunks_exact(2).map(hex).collect();
            if let Some(bytes) = bytes {
                return Some((bytes, "hexadecimal"));
            }
        }
        let chars = &self.chars[starts(&self.chars)?..];
        let mut out = Vec::with_capacity(chars.len() / 4 * 3 + 2);
        let groups = chars.chunks_exact(4);
        let rest = groups.remainder();
        groups.for_each(|group| out.extend(group_of(group)));
        if rest.len() > 1 {
            let mut last = [b'A'; 4];
            last[..rest.len()].copy_from_slice(rest);
            out.extend(&group_of(&last)[..rest.len() - 1]);
        }
        Some((out, "base64"))
    }
}

/// Returns whether a run that ends at `end` may go on below: it ends with its line, and is as
/// long as lines of Base64 are.
pub(in crate::scan) fn is_wrapped(text: &[u8], run: &Range<usize>) -> bool {
    is_full(run.len()) && line_rest(text, run.end).is_some()
}

fn is_full(len: usize) -> bool {
    len >= NARROWEST && len.is_multiple_of(4)
}

/// Returns where the next line begins if nothing but quotes and signs that join strings follow.
fn line_rest(text: &[u8], at: usize) -> Option<usize> {
    let rest = text[at..].iter().take(16);
    let skipped = rest.take_while(|b| b"\"'+\\,; \t\r".contains(b)).count();
    (text.get(at + skipped) == Some(&b'\n')).then_some(at + skipped + 1)
}

/// Returns the characters of the line that begins at `start` if it holds nothing else.
fn line_of_run(text: &[u8], start: usize) -> Option<Range<usize>> {
    let indent = text[start..].iter().take(200).take_while(|b| b"\"'+#* \t".contains(b)).count();
    let first = start + indent;
    // The sign that joins strings is one of the alphabet, but is set apart by a blank or a quote.
    let len = text[first..].iter().take_while(|b| in_alphabet(**b)).count();
    let padded =
        first + len + text[first + len..].iter().take(2).take_while(|b| **b == b'=').count();
    let ends = padded == text.len() || line_rest(text, padded).is_some();
    (len > 0 && ends).then_some(first..first + len)
}

/// Returns whether the line of the run at `at` continues the line above: then it was decoded
/// with that one.
pub(super) fn continues(text: &[u8], at: usize) -> bool {
    let start = memchr::memrchr(b'\n', &text[..at]).map_or(0, |i| i + 1);
    let Some(above_end) = start.checked_sub(1) else { return false };
    let above = memchr::memrchr(b'\n', &text[..above_end]).map_or(0, |i| i + 1);
    let Some(here) = line_of_run(text, start) else { return false };
    let Some(there) = line_of_run(text, above) else { return false };
    here.start == at
        && here.len() == there.len()
        && is_full(here.len())
        && text.get(there.end) != Some(&b'=')
}

/// Reads the run that begins at `at` and goes on over the ends of lines, written out or escaped.
pub(super) fn read(text: &[u8], at: usize) -> Option<Run> {
    let text = &text[..text.len().min(at.saturating_add(LONGEST))];
    if continues(text, at) {
        return None;
    }
    let most = at.saturating_add(LONGEST_BLOCK);
    let mut run = Run { span: at..at, chars: Vec::new(), cut: false };
    let mut from = at;
    let mut width = None;
    loop {
        let len = text[from..].iter().take_while(|b| in_alphabet(**b)).count();
        run.chars.extend(&text[from..from + len]);
        run.span.end = from + len;
        let padding = text[run.span.end..].iter().take(2).take_while(|b| **b == b'=').count();
        run.span.end += padding;
        if padding > 0 || !is_full(len) || width.is_some_and(|width| len != width) {
            break;
        }
        // The first line may begin with something else, so the second sets the width.
        if from != at || line_of_run(text, line_start(text, at)).is_some() {
            width = Some(len);
        }
        let Some(next) = next_piece(text, run.span.end, width) else { break };
        if next > most {
            run.cut = true;
            break;
        }
        from = next;
    }
    run.cut |= run.span.end == text.len() && run.span.len() >= LONGEST;
    (!run.chars.is_empty()).then_some(run)
}

fn line_start(text: &[u8], at: usize) -> usize {
    memchr::memrchr(b'\n', &text[..at]).map_or(0, |i| i + 1)
}

/// Returns where the run goes on behind the end of a piece, whose pieces are `width` long.
fn next_piece(text: &[u8], end: usize, width: Option<usize>) -> Option<usize> {
    let rest = &text[end..];
    if let Some(escape) =
        [b"\\r\\n".as_slice(), b"\\n", b"\\\\n"].iter().find(|e| rest.starts_with(e))
    {
        let next = end + escape.len();
        let blanks = text[next..].iter().take(64).take_while(|b| **b == b' ').count();
        return text.get(next + blanks).is_some_and(|b| in_alphabet(*b)).then_some(next + blanks);
    }
    let line = line_of_run(text, line_rest(text, end)?)?;
    width.is_none_or(|width| line.len() <= width).then_some(line.start)
}

#[cfg(test)]
mod tests {
    use data_encoding::BASE64;
    use proptest::prelude::*;

    use super::{SHORTEST, in_alphabet, promising, runs};

    proptest! {
        #[test]
        fn every_long_run_is_found(text in "[abZ+/ \\n=]{0,40}[a-z]{0,60}[ab \\n]{0,300}", from in 0..40_usize) {
            let text = text.as_bytes();
            let from = from.min(text.len());
            let mut expected = Vec::new();
            let mut start = from;
            for at in from..=text.len() {
                if at == text.len() || !in_alphabet(text[at]) {
                    if at - start >= SHORTEST {
                        expected.push(start..at);
                    }
                    start = at + 1;
                }
            }
            let mut found = Vec::new();
            runs(text, from..text.len(), |run| found.push(run));
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn nothing_panics(text in prop::collection::vec(any::<u8>(), 0..300), at in 0..300_usize) {
            let at = at.min(text.len());
            if let Some(run) = super::read(&text, at) {
                prop_assert!(run.span.end <= text.len());
                drop(run.decode());
            }
        }
    }

    #[test]
    fn text_is_promising_and_digests_are_not() {
        let encoded = BASE64.encode(b"#!/bin/sh\nexport A=b\n");
        assert!(promising(encoded.as_bytes()));
        assert!(promising(format!("/{encoded}").as_bytes()));
        assert!(!promising(b"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"));
        assert!(!promising(b"/usr/share/python3/dist-packages/thing"));
        assert!(!promising(b"some_rather_long_identifier_of_a_function"));
        assert!(!promising(b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"));
    }
}
