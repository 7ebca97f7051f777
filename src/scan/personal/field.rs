// SPDX-License-Identifier: MIT OR Apache-2.0
//! The name of a field, and the values that stand behind it.

use std::ops::Range;

use super::shape;

/// So many bytes may stand between a name and its value.
const GAP: usize = 40;
/// So many values of one list are looked at.
const MOST: usize = 200;
/// A line that has no more than this behind the name leaves the value to the lines below.
const OPEN: usize = 12;
/// A keyword of so many bytes says enough even where letters follow it.
const STEM: usize = 7;
/// So many lines below are looked at.
pub(super) const BELOW: u8 = 8;

/// Parts of a name that make it the name of something else.
const NEGATING: &[&str] = &[
    "regex",
    "pattern",
    "format",
    "mask",
    "valid",
    "hash",
    "last4",
    "last_4",
    "last_four",
    "lastfour",
    "label",
    "error",
    "column",
    "length",
    "type",
    "placeholder",
    "hint",
    "required",
    "generator",
    "faker",
    "invalid",
    "checker",
    "parser",
    "example",
    "sample",
    "dummy",
    "fake",
    "version",
    "count",
    "url",
    "path",
];

/// Returns the identifier around the keyword at `at`, if the keyword stands in it as words do
/// and it is the name of a value.
pub(super) fn name(text: &[u8], at: &Range<usize>) -> Option<Range<usize>> {
    if !is_word(text, at) {
        return None;
    }
    let part = |b: &&u8| b.is_ascii_alphanumeric() || matches!(**b, b'_' | b'-');
    let left = text[..at.start].iter().rev().take(40).take_while(part).count();
    let right = if text[at.end - 1].is_ascii_alphanumeric() {
        text[at.end..].iter().take(40).take_while(part).count()
    } else {
        0
    };
    let name = at.start - left..at.end + right;
    let lower = text[name.clone()].to_ascii_lowercase();
    let negates = |word: &str| memchr::memmem::find(&lower, word.as_bytes()).is_some();
    // What is digits is the value already: `ssn-123-45-6789`.
    let value = text[at.end..name.end].iter().position(u8::is_ascii_digit);
    let end = value.map_or(name.end, |digit| at.end + digit);
    // What a generator of test data puts out is nobody's.
    let head = text[name.start.saturating_sub(24)..name.start].to_ascii_lowercase();
    if memchr::memmem::find(&head, b"faker").is_some() {
        return None;
    }
    // A tag that closes has its value before it.
    let closes = text[..name.start].ends_with(b"</");
    (!closes && !NEGATING.iter().any(|word| negates(word))).then_some(name.start..end)
}

/// Whether no letters go on at either end of the keyword, but for those that begin another word:
/// `userSsn`, `ssn_no`, `SSNs`.
pub(super) fn is_word(text: &[u8], at: &Range<usize>) -> bool {
    let word = &text[at.clone()];
    let (Some(first), Some(last)) = (word.first(), word.last()) else { return false };
    let letter = |b: &u8| b.is_ascii_alphabetic() || *b >= 0x80;
    let before = at.start.checked_sub(1).and_then(|i| text.get(i));
    let left = !letter(first)
        || before.is_none_or(|b| {
            !letter(b) && !b.is_ascii_digit() || b.is_ascii_lowercase() && first.is_ascii_uppercase()
        })
        // An escape: `\nssn`.
        || at.start >= 2 && text[at.start - 2] == b'\\';
    let after = |more: usize| text.get(at.end + more);
    // Long keywords may be stems.
    let right = !letter(last)
        || word.len() >= STEM
        || after(0).is_none_or(|b| {
            !letter(b)
                || last.is_ascii_lowercase() && b.is_ascii_uppercase()
                || matches!(b, b's' | b'S') && after(1).is_none_or(|b| !letter(b))
        });
    left && right
}

/// Returns the values behind a name that ends at `from`: what `fits` says yes to, with its
/// length. They stand on the line, or on those below if the line says nothing more.
pub(super) fn values(
    text: &[u8],
    from: usize,
    fits: impl Fn(usize) -> Option<usize>,
) -> Vec<Range<usize>> {
    let end = line_end(text, from);
    let mut out = Vec::new();
    on_line(text, from..end, &fits, &mut out);
    let mut start = end;
    for below in 0..usize::from(BELOW) {
        let listed = !out.is_empty();
        if start >= text.len() || below == 0 && !is_open(text, from) || below > 0 && !listed {
            break;
        }
        let line = start + 1..line_end(text, start + 1);
        let item = text[line.clone()].trim_ascii_start();
        let first = item.first().copied().unwrap_or(b'\n');
        if below > 0 && !matches!(first, b'-' | b'"' | b'\'' | b'0'..=b'9') {
            break;
        }
        let known = out.len();
        start = line.end;
        on_line(text, line, &fits, &mut out);
        if out.len() == known {
            break;
        }
    }
    out
}

/// Whether nothing but what assigns stands behind a name that ends at `from`.
pub(super) fn is_open(text: &[u8], from: usize) -> bool {
    let rest = text[from..line_end(text, from)].trim_ascii();
    rest.len() <= OPEN && !rest.iter().any(u8::is_ascii_digit)
}

fn on_line(
    text: &[u8],
    line: Range<usize>,
    fits: &impl Fn(usize) -> Option<usize>,
    out: &mut Vec<Range<usize>>,
) {
    let mut at = line.start;
    let mut limit = line.end.min(at + GAP);
    let (mut assigned, mut opened, mut found) = (false, false, false);
    while at < limit && out.len() < MOST {
        let byte = text[at];
        if byte.is_ascii_alphanumeric() && shape::begins(&text[line.start.min(at)..at]) {
            if let Some(len) = fits(at).filter(|len| at + len <= line.end) {
                out.push(at..at + len);
                at += len;
                // More values of a list follow at once.
                limit = line.end.min(at + 6);
                found = true;
                continue;
            }
            let digits = text[at..line.end].iter().take_while(|b| b.is_ascii_digit()).count();
            if found || digits > 3 {
                return;
            }
        }
        match byte {
            b'<' if opened && matches!(text.get(at + 1), Some(b'/')) => return,
            b'>' => opened = true,
            b'/' if matches!(text.get(at + 1), Some(b'>')) => return,
            b',' | b';' | b'&' | b'}' | b']' | b'{' if assigned && !found => return,
            b'}' | b'=' | b':' if found => return,
            b':' | b'=' => assigned = true,
            _ => {}
        }
        at += 1;
    }
}

pub(super) fn line_end(text: &[u8], from: usize) -> usize {
    memchr::memchr(b'\n', &text[from..]).map_or(text.len(), |i| from + i)
}

#[cfg(test)]
mod tests {
    use super::{name, values};

    fn named(text: &str, keyword: &str) -> Option<String> {
        let at = text.to_ascii_lowercase().find(keyword).expect("the keyword");
        let name = name(text.as_bytes(), &(at..at + keyword.len()))?;
        Some(text[name].to_owned())
    }

    #[test]
    fn keywords_stand_in_names() {
        assert_eq!(named("user_ssn: 1", "ssn").as_deref(), Some("user_ssn"));
        assert_eq!(named("userSsn = 1", "ssn").as_deref(), Some("userSsn"));
        assert_eq!(named("SSNs: 1", "ssn").as_deref(), Some("SSNs"));
        assert_eq!(named("ssn_regex: 1", "ssn"), None);
        assert_eq!(named("lessn: 1", "ssn"), None);
        assert_eq!(named("ssno: 1", "ssn"), None);
    }

    fn found(text: &str) -> Vec<&str> {
        let bytes = text.as_bytes();
        let three = |at: usize| {
            let len = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
            (len == 3).then_some(3)
        };
        values(bytes, 2, three).into_iter().map(|span| &text[span]).collect()
    }

    #[test]
    fn values_stand_behind_names() {
        for text in [
            "id: 123",
            "id=123",
            "id\": \"123\"",
            "id', value: '123'",
            "id>123</id>",
            "id := \"123\"",
            "id of somebody is 123.",
            "id:\n  value: 123",
            "id:\n- 123",
            "id: str = '123'",
            "id | 123 |",
            "id=\"x1\", 123",
        ] {
            let expected: &[&str] = if text.contains("x1") { &[] } else { &["123"] };
            assert_eq!(found(text), expected, "{text}");
        }
        assert_eq!(found("id: [123, 456, 789]"), ["123", "456", "789"]);
        assert_eq!(found("id:\n- 123\n- 456\nx: 789"), ["123", "456"]);
        for text in ["id: null, no: 123", "id></id><no>123", "id/><no>123", "id: 12345 or 123"] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
