// SPDX-License-Identifier: MIT OR Apache-2.0
//! Dots and colons as addresses have them.

use std::ops::Range;

/// So many bytes are looked at together.
const BLOCK: usize = 64;

/// Calls `found` with each dot and colon in `part` that may be the first of an address.
///
/// Both stand in most lines, so a search that stops at each takes long. The bytes beside them are
/// asked about for a whole block at once, without a branch, and few blocks are looked at again.
pub(super) fn numbers(text: &[u8], part: Range<usize>, mut found: impl FnMut(usize)) {
    let mut at = part.start;
    let mut each = |places: Range<usize>| {
        let signs = places.filter(|at| matches!(text[*at], b'.' | b':'));
        signs.filter(|at| is_number(text, *at)).for_each(&mut found);
    };
    // A block needs a byte before and one behind it.
    let first = part.end.min(at.max(1));
    each(at..first);
    at = first;
    while at + BLOCK <= part.end {
        let blocks = [at - 1, at, at + 1].map(|from| text.get(from..)?.first_chunk::<BLOCK>());
        let [Some(before), Some(here), Some(after)] = blocks else { break };
        if may_hold_number(before, here, after) {
            each(at..at + BLOCK);
        }
        at += BLOCK;
    }
    each(at..part.end);
}

/// Whether a number may stand on both sides of a dot or colon in `here`.
fn may_hold_number(before: &[u8; BLOCK], here: &[u8; BLOCK], after: &[u8; BLOCK]) -> bool {
    let mut any = false;
    for i in 0..BLOCK {
        let (left, sign, right) = (before[i], here[i], after[i]);
        any |= (sign == b'.') & is_digit(left) & is_digit(right);
        any |= (sign == b':') & ((right == b':') | is_hex(left) & is_hex(right));
    }
    any
}

fn is_digit(byte: u8) -> bool {
    byte.wrapping_sub(b'0') < 10
}

/// Without a branch, so that many are asked at once.
fn is_hex(byte: u8) -> bool {
    is_digit(byte) | ((byte | 0x20).wrapping_sub(b'a') < 6)
}

/// Whether the dot or colon at `at` may be the first of an address. Most are not: they stand in
/// versions, times of day and digests, so what follows must go on as an address does.
fn is_number(text: &[u8], at: usize) -> bool {
    let (left, right) = (&text[..at], &text[at + 1..]);
    if text[at] == b'.' {
        let count = digits(left.iter().rev());
        let first = left[..at - count].last() != Some(&b'.');
        return (1..=3).contains(&count) && first && are_numbers(right);
    }
    // A second colon follows at once, or after four digits at most.
    let group = right.iter().take(4).take_while(|b| b.is_ascii_hexdigit()).count();
    right.get(group) == Some(&b':')
        && (group == 0 || left.last().is_some_and(u8::is_ascii_hexdigit))
}

/// Whether `text` begins with three numbers of three digits at most, with dots between.
fn are_numbers(mut text: &[u8]) -> bool {
    for end in [Some(&b'.'), Some(&b'.'), None] {
        let count = digits(text.iter());
        if !(1..=3).contains(&count) || end.is_some() && text.get(count) != end {
            return false;
        }
        text = text.get(count + 1..).unwrap_or_default();
    }
    true
}

/// Counts digits, up to four.
fn digits<'b>(bytes: impl Iterator<Item = &'b u8>) -> usize {
    bytes.take(4).take_while(|b| b.is_ascii_digit()).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{is_number, numbers};

    proptest! {
        #[test]
        fn every_number_is_found(
            text in "([a-f0-3.: ]{0,9}|[ -~\n]{0,90}|1\\.2\\.3\\.4|[f:]{3}){0,20}",
            from in 0..90_usize,
        ) {
            let text = text.as_bytes();
            let part = from.min(text.len())..text.len() - from.min(text.len()) / 2;
            let part = part.start.min(part.end)..part.end;
            let sign = |at: &usize| matches!(text[*at], b'.' | b':') && is_number(text, *at);
            let expected: Vec<usize> = part.clone().filter(sign).collect();
            let mut found = Vec::new();
            numbers(text, part, |at| found.push(at));
            prop_assert_eq!(found, expected);
        }
    }
}
