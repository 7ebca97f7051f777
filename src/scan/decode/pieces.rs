// SPDX-License-Identifier: MIT OR Apache-2.0
//! Strings that are written in pieces: `"AKIA" + "IOSF…"`, literals side by side, lists that are
//! joined, and lines that go on behind a backslash.

use std::ops::Range;

use super::quoted;

/// What ends one piece and begins the next, or the next line. Words of the one pass over a text:
/// they are rare, and cost nothing where they do not stand.
pub(in crate::scan) const SEAMS: &[&str] = &[
    "\" + \"",
    "' + '",
    "\"+\"",
    "'+'",
    "\" . \"",
    "' . '",
    "\".\"",
    "'.'",
    "\" .. \"",
    "' .. '",
    "\"..\"",
    "\" & \"",
    "\" ~ \"",
    "\" <> \"",
    "\" ++ \"",
    "\" || \"",
    "' || '",
    "\" +\n",
    "' +\n",
    "\"+\n",
    "'+\n",
    "\" + \\\n",
    "' + \\\n",
    "\" +\r\n",
    "' +\r\n",
    "\" .\n",
    "' .\n",
    "\" ..\n",
    "\" &\n",
    "\" & _\n",
    "\" & _\r\n",
    "\" &\r\n",
    "' \\\r\n",
    "\" <>\n",
    "\" ++\n",
    "\" \\\n",
    "' \\\n",
    "\" \\\r\n",
    "\"\".join(",
    "''.join(",
    ".join(\"\")",
    ".join('')",
    "implode(\"\"",
    "implode(''",
    quoted::SIGN,
];
/// Calls that put the items of a list together, with nothing between them.
const LISTS: &[&[u8]] = &[b"\"\".join(", b"''.join(", b".join(\"\")", b".join('')", b"implode("];
/// What puts strings together, the longest first.
const OPERATORS: &[&[u8]] = &[b"..", b"++", b"<>", b"||", b"& _", b"+", b".", b"&", b"~", b"\\"];
/// So much is read from where pieces begin.
const LONGEST: usize = 4096;
/// So much of the line before a seam is read with what follows.
const BEFORE: usize = 512;
/// One look reaches so far behind its seam.
pub(in crate::scan) const REACH: usize = 2048;
/// Lines after the first one.
pub(in crate::scan) const LINES: u8 = 5;
const MOST_SEAMS: usize = 128;
const LONGEST_BLANKS: usize = 100;
/// No token is shorter.
const SHORTEST: usize = 16;

/// A text without what stands between its pieces.
#[derive(Default)]
pub(in crate::scan) struct Joined {
    /// The text.
    pub(in crate::scan) text: Vec<u8>,
    /// Whether it may go on behind the end of what was given.
    pub(in crate::scan) open: bool,
    /// For each byte where what it was read from begins and ends.
    from: Vec<(u32, u32)>,
    /// Where in the text pieces begin.
    seams: Vec<usize>,
}

impl Joined {
    /// Returns where the bytes of `span` stood.
    pub(in crate::scan) fn raw(&self, span: &Range<usize>) -> Range<usize> {
        let start = self.from.get(span.start).map_or(0, |at| at.0 as usize);
        let last = span.end.checked_sub(1).and_then(|last| self.from.get(last));
        start..last.map_or(start, |at| at.1 as usize)
    }

    /// Adds a byte that was read from `from`.
    pub(super) fn push(&mut self, byte: u8, from: Range<usize>) {
        self.text.push(byte);
        self.from.push((from.start as u32, from.end as u32));
    }

    /// Begins another piece.
    pub(super) fn seam(&mut self) {
        self.seams.push(self.text.len());
    }

    pub(super) fn has_seams(&self) -> bool {
        !self.seams.is_empty()
    }

    /// Returns of how many pieces `span` is made.
    pub(in crate::scan) fn pieces(&self, span: &Range<usize>) -> usize {
        1 + self.seams.iter().filter(|seam| span.start < **seam && **seam < span.end).count()
    }

    /// Returns whether a word long enough to be a token lies across a seam: nearly all strings
    /// in pieces are sentences.
    pub(in crate::scan) fn is_worth(&self) -> bool {
        let mut end = 0;
        self.text.split(|b| !in_token(*b)).any(|word| {
            let start = end;
            end = start + word.len() + 1;
            let across = |seam: &usize| start < *seam && *seam < start + word.len();
            word.len() >= SHORTEST
                && word.iter().any(u8::is_ascii_digit)
                && self.seams.iter().any(across)
        })
    }
}

fn in_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_-+/=.~:@%".contains(&byte)
}

fn is_quote(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'')
}

/// Returns whether one of [`SEAMS`] at `at` may have parts of a token on both sides, as far as its
/// line says.
pub(in crate::scan) fn is_seam(text: &[u8], at: &Range<usize>) -> bool {
    let seam = &text[at.clone()];
    if !is_quote(seam[0]) || seam.ends_with(b"(") {
        // Calls, and signs of mails.
        return true;
    }
    let token = |b: &&u8| in_token(**b);
    let before = text[..at.start].iter().rev().take(SHORTEST).take_while(token).count();
    if before == 0 || seam.ends_with(b"\n") {
        // Most lines end with the end of a sentence.
        let part = |last: &u8| last.is_ascii_alphanumeric() || b"_-+/=".contains(last);
        return text[..at.start].last().is_some_and(part) || before == SHORTEST;
    }
    let after = text[at.end..].iter().take(SHORTEST).take_while(token).count();
    after > 0 && before + after >= SHORTEST
}

/// Returns whether `line` holds a seam that may have parts of a token on both sides.
pub(in crate::scan) fn has_seam(line: &[u8]) -> bool {
    line.len() <= LONGEST
        && memchr::memchr2_iter(b'"', b'\'', line).any(|at| {
            // Most quotes are followed by a word, a comma or a bracket, or stand alone.
            let near = line.get(at + 1).is_some_and(|next| b" \t+.\"'&~".contains(next));
            near && matches!(next_piece(line, at, false), Next::Piece(next)
                if is_seam(line, &(at..next)))
        })
}

/// Returns whether the last string of `line`, or its last word before a backslash, holds what
/// begins a token, one of `words`, or it is a line of a mail: then the next line may go on with it.
pub(in crate::scan) fn may_go_on(line: &[u8], mut words: impl Iterator<Item = usize>) -> bool {
    if quoted::is_soft(line) {
        return true;
    }
    let line = line.trim_ascii_end();
    let Some((last, rest)) = line.split_last() else { return false };
    if !is_quote(*last) && *last != b'\\' || !rest.last().is_some_and(|b| in_token(*b)) {
        return false;
    }
    let len = rest.iter().rev().take(LONGEST).take_while(|b| in_token(**b)).count();
    words.any(|at| rest.len() - len <= at && at < rest.len())
}

/// Returns whether a string may end `at`, or a line behind a backslash or the sign of a mail, that
/// goes on with another piece, as far as its line says.
pub(in crate::scan) fn is_cut(text: &[u8], at: usize) -> bool {
    let rest = &text[at.min(text.len())..];
    match rest.split_first() {
        Some((b'\\' | b'=', rest)) => line_end(rest).is_some(),
        Some((quote, rest)) if is_quote(*quote) => {
            let next = rest.get(blanks(rest, 0));
            next.is_none_or(|next| b"\r\n\"'\\+.&~<|".contains(next))
        }
        _ => false,
    }
}

/// What follows a string.
enum Next {
    /// The next piece, from here.
    Piece(usize),
    /// An operator at the end of all that there is.
    Open,
    Nothing,
}

/// Returns what follows the quote at `at`.
fn next_piece(text: &[u8], at: usize, listed: bool) -> Next {
    if at.checked_sub(1).is_some_and(|before| text[before] == b'\\') {
        return Next::Nothing;
    }
    let mut here = blanks(text, at + 1);
    let mut broken = false;
    let mut joined = listed && text.get(here) == Some(&b',');
    here += usize::from(joined);
    // The operator stands at the end of one line, also before a backslash, or begins the next.
    for _ in 0..2 {
        if !joined && let Some(len) = operator(&text[here.min(text.len())..]) {
            joined = true;
            here = blanks(text, here + len);
            let rest = &text[here..];
            here += usize::from(rest.first() == Some(&b'\\') && line_end(&rest[1..]).is_some());
        }
        if let Some(len) = line_end(&text[here.min(text.len())..]).filter(|_| !broken) {
            broken = true;
            here = blanks(text, here + len);
        }
        here = blanks(text, here);
    }
    if here >= text.len() {
        return if joined && broken { Next::Open } else { Next::Nothing };
    }
    // Letters before a quote say what kind of string it is.
    let rest = &text[here..];
    let kind = rest.iter().take(2).take_while(|b| b"rbfuRBFUL@$".contains(b)).count();
    match rest.get(kind) {
        Some(quote) if is_quote(*quote) => Next::Piece(here + kind + 1),
        _ => Next::Nothing,
    }
}

fn operator(rest: &[u8]) -> Option<usize> {
    let found = OPERATORS.iter().find(|operator| rest.starts_with(operator))?;
    let lone = *found == b"\\" && line_end(&rest[1..]).is_none();
    (!lone).then_some(found.len())
}

fn blanks(text: &[u8], at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default().iter().take(LONGEST_BLANKS);
    at + rest.take_while(|b| matches!(b, b' ' | b'\t')).count()
}

fn line_end(rest: &[u8]) -> Option<usize> {
    match rest {
        [b'\n', ..] => Some(1),
        [b'\r', b'\n', ..] => Some(2),
        _ => None,
    }
}

/// Joins the pieces on the line that holds `at`, and on those below that go on with them. Returns
/// nothing if there are none.
pub(in crate::scan) fn join(text: &[u8], at: usize) -> Option<Joined> {
    let line = memchr::memrchr(b'\n', &text[..at]).map_or(0, |i| i + 1);
    let start = line.max(at.saturating_sub(BEFORE));
    let text = &text[..text.len().min(start.saturating_add(LONGEST))];
    let end = memchr::memchr(b'\n', &text[at..]).map_or(text.len(), |i| at + i);
    let mut listed = LISTS.iter().any(|list| text[at..].starts_with(list));
    let mut out = Joined {
        text: Vec::with_capacity(end - start + BEFORE),
        from: Vec::with_capacity(end - start + BEFORE),
        ..Joined::default()
    };
    let mut quoted = false;
    let mut here = start;
    while let Some(byte) = text.get(here) {
        let next = match byte {
            b'"' | b'\'' => next_piece(text, here, listed),
            b'\\' => next_line(text, here, quoted),
            // The items of a list often begin below.
            b'\n' if listed && text[..here].trim_ascii_end().ends_with(b"[") => {
                out.open |= here + 1 == text.len();
                Next::Nothing
            }
            b'\n' => break,
            _ => Next::Nothing,
        };
        quoted ^= *byte == b'"';
        listed &= *byte != b']';
        match next {
            Next::Piece(next) if out.seams.len() < MOST_SEAMS => {
                out.seam();
                quoted = *byte != b'\\' || quoted;
                here = next;
                continue;
            }
            Next::Open => out.open = true,
            _ => {}
        }
        out.push(*byte, here..here + 1);
        here += 1;
    }
    (out.open || out.has_seams()).then_some(out)
}

/// Returns where a line goes on that ends with the backslash at `at`. Blanks before it belong to
/// it, unless it is a string.
fn next_line(text: &[u8], at: usize, quoted: bool) -> Next {
    let word = at.checked_sub(1).is_some_and(|before| in_token(text[before]));
    let Some(len) = line_end(&text[at + 1..]).filter(|_| word) else { return Next::Nothing };
    let first = at + 1 + len;
    let next = if quoted { blanks(text, first) } else { first };
    match text.get(next) {
        None => Next::Open,
        Some(byte) if in_token(*byte) => Next::Piece(next),
        Some(_) => Next::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{has_seam, is_seam, join, may_go_on};

    fn joined(text: &str) -> Option<(String, usize)> {
        let joined = join(text.as_bytes(), 0)?;
        let pieces = joined.seams.len() + 1;
        Some((String::from_utf8_lossy(&joined.text).into_owned(), pieces))
    }

    #[test]
    fn pieces_are_joined_in_every_notation() {
        for text in [
            "x = \"ab\" + \"cd\"",
            "x = \"ab\"+\"cd\"",
            "x = \"ab\" .. \"cd\"",
            "x = \"ab\" \"cd\"",
            "x = \"ab\" f\"cd\"",
            "x = \"ab\" +\n    \"cd\"",
            "x = \"ab\"\n    + \"cd\"",
            "x = \"ab\"\n    \"cd\"",
            "x = \"ab\" \\\r\n    \"cd\"",
            "x = \"ab\" & _\n  \"cd\"",
            "x = \"ab\\\n    cd\"",
        ] {
            let (joined, pieces) = joined(text).expect(text);
            assert_eq!((joined.as_str(), pieces), ("x = \"abcd\"", 2), "{text}");
        }
        assert_eq!(joined("x=ab\\\ncd y").expect("two").0, "x=abcd y");
        assert_eq!(joined("''.join(['ab', 'cd'])").expect("a list").0, ".join(['abcd'])");
        let list = joined("''.join([\n  'ab',\n  'cd',\n])").expect("a list");
        assert!(list.0.contains("'abcd'"), "{list:?}");
        assert!(joined("x=ab\\\n  cd").is_none());
        assert!(joined("['ab', 'cd']").is_none());
        assert!(joined("x = \"ab\"\ny = \"cd\"").is_none());
    }

    #[test]
    fn pieces_know_their_place() {
        let text = b"x = \"ab\" + \"cd\" + \"ef\" ;";
        let joined = join(text, 0).expect("pieces");
        assert_eq!(joined.text, b"x = \"abcdef\" ;");
        assert_eq!(&text[joined.raw(&(5..9))], b"ab\" + \"cd");
        assert_eq!([5..7, 5..9, 6..10].map(|span| joined.pieces(&span)), [1, 2, 3]);
    }

    #[test]
    fn only_what_may_be_a_token_is_worth_a_look() {
        assert!(has_seam(b"x = \"AKIA\" \"IOSFODNN7QWERTYU\"\n"));
        assert!(!has_seam(b"x = \"some \" \"words of a sentence\"\n"));
        assert!(!has_seam(b"x = [\"AKIA\", \"IOSFODNN7QWERTYU\"]\n"));
        assert!(may_go_on(b"x = \"AKIA\"\n", [5].into_iter()));
        assert!(!may_go_on(b"x = \"AKIA\"\n", [0].into_iter()));
        assert!(join(b"x = \"AKIA\" + \"IOSFODNN7QWERTYU\"", 0).expect("pieces").is_worth());
        assert!(!join(b"x = \"some\" + \" words of a sentence\"", 0).expect("pieces").is_worth());
    }

    proptest! {
        #[test]
        fn any_text_is_borne(
            text in prop::collection::vec(
                prop_oneof![any::<u8>(), prop::sample::select(b"\"'+.\\\n\r, abz09".to_vec())], 0..300,
            ),
            at in 0..300_usize,
        ) {
            let at = at.min(text.len());
            if let Some(joined) = join(&text, at) {
                prop_assert!(joined.text.len() <= text.len());
                for end in 0..=joined.text.len() {
                    let raw = joined.raw(&(0..end));
                    prop_assert!(raw.end <= text.len() && raw.start <= raw.end || end == 0);
                }
                let _ = joined.is_worth();
            }
            let _ = has_seam(&text);
            let _ = may_go_on(&text, std::iter::once(at));
            let _ = at < text.len() && is_seam(&text, &(at..text.len()));
        }
    }
}
