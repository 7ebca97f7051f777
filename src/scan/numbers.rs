// SPDX-License-Identifier: MIT OR Apache-2.0
//! Dots and colons as addresses have them.

use std::ops::Range;

/// So many bytes are looked at together.
const BLOCK: usize = 32;
/// So many bytes before and behind a block are looked at as well.
const AROUND: usize = 6;

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
    // A block needs a byte before it.
    let first = part.end.min(at.max(1));
    each(at..first);
    at = first;
    while at + BLOCK <= part.end {
        let around = text.get(at - 1..).and_then(|rest| rest.first_chunk());
        let Some(around) = around else { break };
        if may_hold_number(around) {
            each(at..at + BLOCK);
        }
        at += BLOCK;
    }
    each(at..part.end);
}

/// Whether a dot or colon of a block may be the first of an address, as far as the bytes around it
/// are digits and the next sign is not far. The block has one byte before and five behind it.
fn may_hold_number(around: &[u8; BLOCK + AROUND]) -> bool {
    let mut any = false;
    for i in 0..BLOCK {
        let (left, sign, right) = (around[i], around[i + 1], around[i + 2]);
        let [a, b, c, d] = [around[i + 3], around[i + 4], around[i + 5], around[i + 6]];
        let next = (a == sign) | (b == sign) | (c == sign);
        any |= (sign == b'.') & is_digit(left) & is_digit(right) & next;
        let next = next | (d == sign);
        any |= (sign == b':') & ((right == b':') | is_hex(left) & is_hex(right) & next);
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
