// SPDX-License-Identifier: MIT OR Apache-2.0
//! Where the value of an assignment stands.

use std::ops::Range;

use crate::{domain::FileKind, scan::View};

/// A longer value is no password, and keys of that length have rules of their own.
const LONGEST: usize = 512;

/// A value and how it was written.
pub(super) struct Found {
    /// Its bytes, without quotes.
    pub(super) span: Range<usize>,
    /// Whether quotes were around it.
    pub(super) quoted: bool,
}

/// What may stand between name and value.
enum Glue {
    /// An assignment: a bare value may follow where the language has them.
    Assign,
    /// A comparison, a second argument or a default: only a literal counts.
    Literal,
    /// The start of an element's text.
    Markup,
    /// The `:-` of `${NAME:-v}`.
    Default,
}

/// Returns the value assigned to the name at `name`.
pub(super) fn value_after(view: &View<'_>, name: &Range<usize>) -> Option<Found> {
    let mut cursor = Cursor { text: view.text, at: name.end };
    let before = |n: usize| name.start.checked_sub(n).and_then(|i| view.text.get(i)).copied();
    let quoted_name = cursor.skip_quote();
    let _ = cursor.skip(b']') || cursor.skip(b')');
    let spaces = cursor.skip_spaces();
    let element = before(1) == Some(b'<');
    let glue = if cursor.value_sibling() {
        Glue::Assign
    } else {
        let argument = spaces > 0 && takes_argument(view, name);
        cursor.glue(quoted_name, element).or(argument.then_some(Glue::Assign))?
    };
    let loose = matches!(view.text.get(cursor.at - 1), Some(b'='));
    let spaced = cursor.skip_spaces() > 0;
    if matches!(glue, Glue::Assign) && view.kind == FileKind::Code {
        cursor.skip_type();
    }
    let query = matches!(before(1), Some(b'?' | b'&'));
    match cursor.quote() {
        Some(close) => cursor.quoted(close, view.kind),
        None if matches!(glue, Glue::Literal) => None,
        None if matches!(glue, Glue::Markup) => cursor.until(|b| b == b'<'),
        None if matches!(glue, Glue::Default) => cursor.until(|b| b"}\"' ".contains(&b)),
        // The shell assigns without spaces; with them it calls.
        None if view.kind == FileKind::Shell && loose && spaced => None,
        None if query => cursor.until(|b| b.is_ascii_whitespace() || b"&\"'<>#`)".contains(&b)),
        None if view.kind == FileKind::Code => None,
        None => cursor.bare(view.kind),
    }
}

/// `--password value` and `ENV PASSWORD value`.
fn takes_argument(view: &View<'_>, name: &Range<usize>) -> bool {
    if view.kind != FileKind::Shell {
        return false;
    }
    let flag = view.text[name.clone()].starts_with(b"--");
    let line = view.line(name.start);
    let head = view.text[line.start..name.start].trim_ascii();
    let value = view.text[name.end..line.end.max(name.end)].trim_ascii_start();
    flag && !value.starts_with(b"-") || head.eq_ignore_ascii_case(b"env")
}

struct Cursor<'a> {
    text: &'a [u8],
    at: usize,
}

impl Cursor<'_> {
    fn peek(&self, ahead: usize) -> Option<u8> {
        self.text.get(self.at + ahead).copied()
    }

    fn skip(&mut self, byte: u8) -> bool {
        let here = self.peek(0) == Some(byte);
        self.at += usize::from(here);
        here
    }

    fn skip_word(&mut self, word: &[u8]) -> bool {
        let here = self.text[self.at..].starts_with(word);
        self.at += if here { word.len() } else { 0 };
        here
    }

    fn skip_spaces(&mut self) -> usize {
        let from = self.at;
        while matches!(self.peek(0), Some(b' ' | b'\t')) && self.at - from < 80 {
            self.at += 1;
        }
        self.at - from
    }

    /// Skips a quote that ends the name, also an escaped one.
    fn skip_quote(&mut self) -> bool {
        if self.peek(0) == Some(b'\\') && self.peek(1) == Some(b'"') {
            self.at += 2;
            return true;
        }
        self.skip(b'"') || self.skip(b'\'') || self.skip(b'`')
    }

    fn glue(&mut self, quoted_name: bool, element: bool) -> Option<Glue> {
        match (self.peek(0)?, self.peek(1)) {
            (b'=', Some(b'=')) => {
                self.at += 2;
                self.skip(b'=');
                Some(Glue::Literal)
            }
            (b'=', Some(b'>')) | (b':', Some(b'=')) => self.jump(2, Glue::Assign),
            (b'=', Some(b'~')) | (b':', Some(b':')) => None,
            (b':', Some(b'-')) => self.jump(2, Glue::Default),
            (b'=' | b':', _) => self.jump(1, Glue::Assign),
            (b'|', Some(b'|')) | (b'?', Some(b'?' | b':')) => self.jump(2, Glue::Literal),
            (b',', _) if quoted_name => self.jump(1, Glue::Literal),
            (b'>', _) if element || quoted_name => self.jump(1, Glue::Markup),
            (b'v', _) if quoted_name && self.skip_word(b"value=") => Some(Glue::Literal),
            (b'o', _) if self.skip_word(b"or ") => Some(Glue::Literal),
            _ => None,
        }
    }

    fn jump(&mut self, by: usize, glue: Glue) -> Option<Glue> {
        self.at += by;
        Some(glue)
    }

    /// `name: KEY` and on the next line, or after a comma, `value: v`.
    fn value_sibling(&mut self) -> bool {
        let start = self.at;
        self.skip(b',');
        while self.peek(0).is_some_and(|b| b.is_ascii_whitespace()) && self.at - start < 120 {
            self.at += 1;
        }
        self.skip_quote();
        let found = self.at > start && self.skip_word(b"value");
        self.skip_quote();
        self.skip_spaces();
        let found = found && (self.skip(b':') || self.skip(b'='));
        self.at = if found { self.at } else { start };
        found
    }

    /// `password: String = "v"`: skips the type, if an assignment follows.
    fn skip_type(&mut self) {
        let rest = &self.text[self.at..self.text.len().min(self.at + 60)];
        let typed = |b: &&u8| b.is_ascii_alphanumeric() || b"_.&<>[]? '".contains(b);
        let len = rest.iter().take_while(typed).count();
        let starts = rest.first().is_some_and(|b| b.is_ascii_alphabetic() || *b == b'&');
        let assigns = rest.get(len) == Some(&b'=') && rest.get(len + 1) != Some(&b'=');
        if starts && assigns {
            self.at += len + 1;
            self.skip_spaces();
        }
    }

    /// Steps over an opening quote and returns what closes it.
    fn quote(&mut self) -> Option<&'static [u8]> {
        let prefix = usize::from(self.peek(0).is_some_and(|b| b"bBuUrR@N".contains(&b)));
        let (len, close): (usize, &'static [u8]) = match (self.peek(prefix)?, self.peek(prefix + 1))
        {
            (b'"', _) => (1, b"\""),
            (b'\'', _) => (1, b"'"),
            (b'`', _) => (1, b"`"),
            (b'\\', Some(b'"')) => (2, b"\\\""),
            _ => return None,
        };
        self.at += prefix + len;
        Some(close)
    }

    fn quoted(&self, close: &[u8], kind: FileKind) -> Option<Found> {
        let rest = &self.text[self.at..self.text.len().min(self.at + LONGEST)];
        let line = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let mut end = 0;
        while end < line && !rest[end..].starts_with(close) {
            end += if rest[end] == b'\\' && close.len() == 1 { 2 } else { 1 };
        }
        if end >= line {
            return None;
        }
        // A string that is put together holds no whole value.
        let after = rest[end + close.len()..line].trim_ascii_start();
        let joined = kind == FileKind::Code
            && (after.first().is_some_and(|b| b"+%".contains(b)) || after.starts_with(b".format"));
        (!joined).then(|| Found { span: self.at..self.at + end, quoted: true })
    }

    fn until(&self, ends: impl Fn(u8) -> bool) -> Option<Found> {
        let rest = &self.text[self.at..self.text.len().min(self.at + LONGEST)];
        let end = rest.iter().position(|b| ends(*b) || *b == b'\n')?;
        Some(Found { span: self.at..self.at + end, quoted: false })
    }

    fn bare(&mut self, kind: FileKind) -> Option<Found> {
        if matches!(self.peek(0), Some(b'|' | b'>')) {
            self.skip_block_head()?;
        }
        let rest = &self.text[self.at..self.text.len().min(self.at + LONGEST)];
        let line = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        if line == LONGEST {
            return None;
        }
        let mut value = &rest[..line];
        if kind == FileKind::Shell {
            let ends = |b: &u8| b.is_ascii_whitespace() || b";&|)\"'`".contains(b);
            value = &value[..value.iter().position(ends).unwrap_or(value.len())];
        } else {
            let comment = value.windows(2).position(|two| matches!(two, b" #" | b"\t#" | b" ;"));
            value = value[..comment.unwrap_or(value.len())].trim_ascii_end();
            // A quote that was opened before the name ends the value.
            let quote = value.iter().position(|b| b"\"'".contains(b));
            value = &value[..quote.unwrap_or(value.len())];
            value = value.strip_suffix(b",").or(value.strip_suffix(b";")).unwrap_or(value);
        }
        let usable = !value.is_empty() && !value.iter().any(u8::is_ascii_whitespace);
        usable.then(|| Found { span: self.at..self.at + value.len(), quoted: false })
    }

    /// A YAML block: the value is the next line.
    fn skip_block_head(&mut self) -> Option<()> {
        let rest = &self.text[self.at..self.text.len().min(self.at + 80)];
        let line = memchr::memchr(b'\n', rest).filter(|len| *len <= 3)?;
        self.at += line + 1;
        (self.skip_spaces() > 0).then_some(())
    }
}
