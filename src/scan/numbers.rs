// SPDX-License-Identifier: MIT OR Apache-2.0
//! Dots and colons as addresses have them.

/// Whether the dot or colon at `at` may be the first of an address. Most are not: they stand in
/// versions, times of day and digests, so what follows must go on as an address does.
pub(super) fn is_number(text: &[u8], at: usize) -> bool {
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
