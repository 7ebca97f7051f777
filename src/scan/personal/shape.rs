// SPDX-License-Identifier: MIT OR Apache-2.0
//! The written form of a number.
//!
//! In a shape `9` is a digit, `A` a letter, `X` either, `-` a separator that may be missing,
//! `_` one that may not; anything else stands for itself, letters of either case.

/// A number is read no further than this.
const LONGEST: usize = 48;

/// Returns the length of the text at the start of `text` that has the `shape`.
pub(super) fn fits(shape: &str, text: &[u8]) -> Option<usize> {
    let mut at = 0;
    for sign in shape.bytes() {
        match sign {
            b'-' => {
                at += separator(&text[at..]);
                continue;
            }
            b'_' => match separator(&text[at..]) {
                0 => return None,
                len => at += len,
            },
            _ => {
                let byte = *text.get(at)?;
                let holds = match sign {
                    b'9' => byte.is_ascii_digit(),
                    b'A' => byte.is_ascii_alphabetic(),
                    b'X' => byte.is_ascii_alphanumeric(),
                    other => byte.eq_ignore_ascii_case(&other),
                };
                if !holds {
                    return None;
                }
                at += 1;
            }
        }
    }
    Some(at)
}

/// Returns the length of a separator: a blank, dash, dot or slash, or a no-break space.
fn separator(text: &[u8]) -> usize {
    match text {
        [b' ' | b'-' | b'.' | b'/', ..] => 1,
        [0xc2, 0xa0, ..] => 2,
        [0xe2, 0x80, 0x90..=0x93, ..] => 3,
        _ => 0,
    }
}

/// Returns the length of the first of `shapes` that fits at `at` and ends where a word does.
pub(super) fn at(shapes: &[&str], text: &[u8], at: usize) -> Option<usize> {
    let rest = &text[at..text.len().min(at + LONGEST)];
    shapes.iter().find_map(|shape| fits(shape, rest).filter(|len| ends(&text[at + len..])))
}

/// Whether a number may end before `rest`: not inside a word, a fraction or a longer number.
fn ends(rest: &[u8]) -> bool {
    match rest {
        [b'_', ..] => false,
        [b'.' | b'-' | b'/' | b':', next, ..] => !next.is_ascii_alphanumeric(),
        [first, ..] => !first.is_ascii_alphanumeric(),
        [] => true,
    }
}

/// Whether a number may begin behind `head`.
pub(super) fn begins(head: &[u8]) -> bool {
    match head {
        [.., before, b'.' | b'-' | b'/'] => !before.is_ascii_alphanumeric(),
        [.., b'_' | b'$' | b'#' | b'\\'] => false,
        [.., last] => !last.is_ascii_alphanumeric(),
        [] => true,
    }
}

/// Returns letters, in upper case, and digits of `value`, and no more.
pub(super) fn plain(value: &[u8]) -> Vec<u8> {
    value.iter().filter(|b| b.is_ascii_alphanumeric()).map(u8::to_ascii_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{at, begins, fits, plain};

    #[test]
    fn shapes_are_read() {
        assert_eq!(fits("999-99-9999", b"123-45-6789"), Some(11));
        assert_eq!(fits("999-99-9999", b"123456789"), Some(9));
        assert_eq!(fits("999_99_9999", b"123456789"), None);
        assert_eq!(fits("AAX9", b"abc1"), Some(4));
        assert_eq!(fits("756-9", "756\u{a0}1".as_bytes()), Some(6));
        assert_eq!(fits("999", b"12"), None);
        assert_eq!(plain(b"ab 1.2-"), b"AB12");
    }

    #[test]
    fn numbers_stand_alone() {
        assert_eq!(at(&["9999", "999"], b"123 ", 0), Some(3));
        for longer in ["1234", "123a", "123.4", "123-4", "123_"] {
            assert_eq!(at(&["999"], longer.as_bytes(), 0), None, "{longer}");
        }
        assert_eq!(at(&["999"], b"123.\n", 0), Some(3));
        assert!(begins(b"id: ") && begins(b"\"") && begins(b"") && begins(b" -"));
        assert!(!begins(b"a") && !begins(b"1.") && !begins(b"x-") && !begins(b"$"));
    }
}
