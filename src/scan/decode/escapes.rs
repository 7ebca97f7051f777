// SPDX-License-Identifier: MIT OR Apache-2.0
//! Signs that strings, URLs and mark-up write in another way.

use std::ops::Range;

use memchr::memmem::Finder;

/// Longer lines are not read a second time.
const LONGEST: usize = 1 << 20;
/// So many escapes in a row hide even the words that tell where to look.
const DENSE: usize = 4;
/// So many printable bytes of a list, such as `0x73, 0x6b`, may be a text.
const LISTED: usize = 16;

/// A line with its escapes read.
pub(in crate::scan) struct Unescaped {
    /// The text.
    pub(in crate::scan) text: Vec<u8>,
    /// For each byte of the text, and for its end, where it stood in the line.
    from: Vec<u32>,
}

impl Unescaped {
    /// Returns where the bytes of `span` stand in the line.
    pub(in crate::scan) fn raw(&self, span: &Range<usize>) -> Range<usize> {
        let at = |i: usize| self.from.get(i).map_or(0, |at| *at as usize);
        at(span.start)..at(span.end)
    }

    fn push(&mut self, byte: u8, at: usize) {
        self.text.push(byte);
        self.from.push(at as u32);
    }
}

/// Returns whether reading the escapes of `line` may show more than the line does: an end of line
/// before a quote hides nothing.
pub(in crate::scan) fn has_escapes(line: &[u8]) -> bool {
    if line.len() > LONGEST {
        return false;
    }
    memchr::memchr3_iter(b'\\', b'%', b'&', line).any(|at| match (line[at], &line[at + 1..]) {
        (b'\\', [b'n' | b'r' | b't', next, ..]) => next.is_ascii_alphanumeric() || *next == b'-',
        (b'\\', [b'"', ..]) => true,
        (b'\\', [b'\\', b'n' | b'"' | b'u', ..]) => true,
        (b'\\', [b'u' | b'x', ..]) => code(&line[at..]).is_some(),
        // A blank tells nothing apart that was not apart before.
        (b'%', [b'2', b'0', ..]) => false,
        (b'%', _) => percent(&line[at..]).is_some(),
        (b'&', _) => entity(&line[at..]).is_some(),
        _ => false,
    })
}

/// Finds series of numeric escapes. Built once: parts of a text may be short.
pub(in crate::scan) struct Series([(Finder<'static>, usize); 2], Finder<'static>);

impl Default for Series {
    fn default() -> Self {
        Self([(Finder::new(b"\\x"), 4), (Finder::new(b"\\u00"), 6)], Finder::new(b"0x"))
    }
}

impl Series {
    /// Calls `found` with the start of each series in `part` of `text`.
    pub(in crate::scan) fn each(
        &self,
        text: &[u8],
        part: Range<usize>,
        mut found: impl FnMut(usize),
    ) {
        let text = &text[..part.end];
        for (sign, width) in &self.0 {
            let mut past = 0;
            for at in sign.find_iter(&text[part.start..]) {
                let at = part.start + at;
                if at < past {
                    continue;
                }
                let goes_on = |at: &usize| {
                    let rest = text.get(*at..).filter(|rest| rest.starts_with(sign.needle()));
                    rest.is_some_and(|rest| code(rest).is_some())
                };
                let count = (0..).map(|i| at + i * width).take_while(goes_on).count();
                past = at + (count * width).max(1);
                if count >= DENSE {
                    found(at);
                }
            }
        }
        let mut past = 0;
        for at in self.1.find_iter(&text[part.start..]) {
            let at = part.start + at;
            if at >= past {
                let (count, end) = listed(text, at, |_, _| {});
                past = end;
                if count >= LISTED {
                    found(at);
                }
            }
        }
    }
}

/// Reads all escapes of `line`.
pub(in crate::scan) fn unescape(line: &[u8]) -> Unescaped {
    let mut out = Unescaped { text: Vec::with_capacity(line.len()), from: Vec::new() };
    out.from.reserve(line.len() + 1);
    let mut at = 0;
    while at < line.len() {
        let rest = &line[at..];
        let read = match rest[0] {
            b'\\' => simple(rest).or_else(|| code(rest)),
            b'%' => percent(rest),
            b'&' => entity(rest),
            b'0' if rest.starts_with(b"0x") => {
                let (count, end) = listed(line, at, |_, _| {});
                if count >= LISTED {
                    listed(line, at, |byte, at| out.push(byte, at));
                } else {
                    (at..end).for_each(|at| out.push(line[at], at));
                }
                at = end;
                continue;
            }
            _ => None,
        };
        let Some((c, len)) = read else {
            out.push(rest[0], at);
            at += 1;
            continue;
        };
        // A value that begins or ends within one sign begins or ends with it.
        c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| out.push(byte, at));
        at += len;
    }
    out.from.push(line.len() as u32);
    out
}

/// Reads a list of printable bytes such as `0x73, 0x6b` that begins at `at`. Returns how many there
/// are, and where the last one ends.
fn listed(text: &[u8], mut at: usize, mut found: impl FnMut(u8, usize)) -> (usize, usize) {
    let (mut count, mut end) = (0, (at + 2).min(text.len()));
    while let Some([b'0', b'x', digits @ ..]) = text.get(at..at + 4) {
        let byte = number(digits, 16).and_then(|code| u8::try_from(code).ok());
        let Some(byte) = byte.filter(u8::is_ascii_graphic) else { break };
        found(byte, at);
        count += 1;
        end = at + 4;
        let gap = text[end..].iter().take(4).take_while(|b| b", ".contains(b)).count();
        at = end + gap;
        if gap == 0 {
            break;
        }
    }
    (count, end)
}

fn simple(rest: &[u8]) -> Option<(char, usize)> {
    let c = match rest.get(1)? {
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        c @ (b'"' | b'\'' | b'\\' | b'/') => char::from(*c),
        _ => return None,
    };
    Some((c, 2))
}

/// `\u0041`, `\x41` and `\101`.
fn code(rest: &[u8]) -> Option<(char, usize)> {
    match rest.get(1)? {
        b'u' => {
            let unit = number(rest.get(2..6)?, 16)?;
            let low = || number(rest.get(6..12)?.strip_prefix(b"\\u")?, 16);
            if let (0xd800..0xdc00, Some(low @ 0xdc00..0xe000)) = (unit, low()) {
                let code = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
                return Some((char::from_u32(code)?, 12));
            }
            Some((char::from_u32(unit)?, 6))
        }
        b'x' => Some((char::from_u32(number(rest.get(2..4)?, 16)?)?, 4)),
        b'0'..=b'3' => Some((char::from_u32(number(rest.get(1..4)?, 8)?)?, 4)),
        _ => None,
    }
}

/// `%41`; signs that are no text stay as they are.
fn percent(rest: &[u8]) -> Option<(char, usize)> {
    let code = number(rest.get(1..3)?, 16)?;
    let c = char::from_u32(code).filter(|c| matches!(c, ' '..='~' | '\n' | '\r' | '\t'))?;
    Some((c, 3))
}

fn entity(rest: &[u8]) -> Option<(char, usize)> {
    let end = rest.iter().take(10).position(|b| *b == b';')?;
    let c = match rest.get(1..end)? {
        b"quot" => '"',
        b"apos" => '\'',
        b"amp" => '&',
        b"lt" => '<',
        b"gt" => '>',
        [b'#', b'x' | b'X', digits @ ..] => char::from_u32(number(digits, 16)?)?,
        [b'#', digits @ ..] => char::from_u32(number(digits, 10)?)?,
        _ => return None,
    };
    Some((c, end + 1))
}

fn number(digits: &[u8], base: u32) -> Option<u32> {
    let add = |sum: u32, c: &u8| sum.checked_mul(base)?.checked_add(char::from(*c).to_digit(base)?);
    (!digits.is_empty()).then(|| digits.iter().try_fold(0, add))?
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Series, has_escapes, unescape};

    #[test]
    fn signs_are_read_and_know_their_place() {
        let line = br#"a\u003db%3Dc&quot;\x41\n\101\ud83d\ude00\q%zz&x;"#;
        let read = unescape(line);
        assert_eq!(read.text, "a=b=c\"A\nA😀\\q%zz&x;".as_bytes());
        assert_eq!(&line[read.raw(&(1..2))], br"\u003d");
        assert_eq!(&line[read.raw(&(3..6))], br"%3Dc&quot;");
        assert_eq!(read.raw(&(0..read.text.len())), 0..line.len());
    }

    #[test]
    fn only_what_may_hide_something_counts() {
        for line in [r#"{\"a\": 1}"#, r"x\nkey", r"\u0041", "a%3Db", "&quot;x"] {
            assert!(has_escapes(line.as_bytes()), "{line}");
        }
        for line in [r#""text\n""#, r"\d+\s", "50% of", "a%20b", "a && b", r"C:\Users"] {
            assert!(!has_escapes(line.as_bytes()), "{line}");
        }
    }

    #[test]
    fn series_are_found_once() {
        let mut found = Vec::new();
        let text = br"a \x41\x42 \x41\x42\x43\x44 \u0041\u0042\u0043\u0044\u0045";
        Series::default().each(text, 0..text.len(), |at| found.push(at));
        assert_eq!(found, [11, 28]);
        let list = |count: usize| format!("k = {{{}0x00}}", "0x41, ".repeat(count));
        assert_eq!(unescape(list(16).as_bytes()).text, b"k = {AAAAAAAAAAAAAAAA, 0x00}");
        assert_eq!(unescape(list(15).as_bytes()).text, list(15).as_bytes());
        let (mut short, mut long) = (0, 0);
        Series::default().each(list(15).as_bytes(), 0..95, |_| short += 1);
        Series::default().each(list(16).as_bytes(), 0..101, |_| long += 1);
        assert_eq!((short, long), (0, 1));
    }

    proptest! {
        #[test]
        fn any_line_is_read(line in prop::collection::vec(
            prop_oneof![any::<u8>(), prop::sample::select(b"\\ux%&#;0123dD8".to_vec())], 0..200,
        )) {
            let read = unescape(&line);
            prop_assert!(read.text.len() <= line.len());
            prop_assert_eq!(read.raw(&(0..read.text.len())), 0..line.len());
            let _ = has_escapes(&line);
            Series::default().each(&line, 0..line.len(), |_| {});
        }
    }
}
