// SPDX-License-Identifier: MIT OR Apache-2.0
//! Reads what stands between a name and its value, and the value.

use super::{Found, Glue};
use crate::domain::FileKind;

/// A longer value is no password, and keys of that length have rules of their own.
const LONGEST: usize = 512;

/// A shorter piece of a literal says nothing.
const PIECE: usize = 10;

/// What parameters are called that hold the value of a name.
const DEFAULTS: [&[u8]; 6] = [b"def", b"fallback", b"init", b"otherwise", b"value", b"val"];

/// Blanks in a type, and before what assigns.
const MOST_WORDS: usize = 5;

/// A place in a text.
pub(super) struct Cursor<'a> {
    pub(super) text: &'a [u8],
    pub(super) at: usize,
}

impl Cursor<'_> {
    pub(super) fn peek(&self, ahead: usize) -> Option<u8> {
        self.text.get(self.at + ahead).copied()
    }

    fn ahead(&self, most: usize) -> &[u8] {
        &self.text[self.at..self.text.len().min(self.at + most)]
    }

    pub(super) fn skip(&mut self, byte: u8) -> bool {
        let here = self.peek(0) == Some(byte);
        self.at += usize::from(here);
        here
    }

    pub(super) fn skip_word(&mut self, word: &[u8]) -> bool {
        let here = self.text[self.at..].starts_with(word);
        self.at += if here { word.len() } else { 0 };
        here
    }

    /// Skips a word that is written in whatever case.
    pub(super) fn skip_word_folded(&mut self, word: &[u8]) -> bool {
        let here = self.ahead(word.len()).eq_ignore_ascii_case(word);
        self.at += if here { word.len() } else { 0 };
        here
    }

    /// Skips a name; returns its length.
    pub(super) fn skip_name(&mut self) -> usize {
        let part = |b: &&u8| b.is_ascii_alphanumeric() || b"_-:".contains(b);
        let len = self.ahead(40).iter().take_while(part).count();
        self.at += len;
        len
    }

    pub(super) fn skip_spaces(&mut self) -> usize {
        let len = self.ahead(80).iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
        self.at += len;
        len
    }

    /// Skips the brackets of `char token[] =` and `char token[33] =`.
    pub(super) fn skip_array(&mut self) {
        let rest = self.ahead(8);
        let digits = rest.iter().skip(1).take_while(|b| b.is_ascii_digit()).count();
        let closed = rest.first() == Some(&b'[') && rest.get(digits + 1) == Some(&b']');
        self.at += if closed { digits + 2 } else { 0 };
    }

    /// Goes to the start of the next line, if there is one in sight.
    pub(super) fn next_line(&mut self) -> bool {
        let end = memchr::memchr(b'\n', &self.text[self.at..]);
        self.at = end.map_or(self.text.len(), |len| self.at + len + 1);
        self.at < self.text.len()
    }

    /// Returns what is left of the line, as far as it matters whether it is short.
    pub(super) fn rest_of_line(&self) -> &[u8] {
        let rest = self.ahead(16);
        let line = &rest[..memchr::memchr(b'\n', rest).unwrap_or(rest.len())];
        line.strip_suffix(b"\r").unwrap_or(line)
    }

    /// Skips a quote that ends the name, also an escaped one.
    pub(super) fn skip_quote(&mut self) -> bool {
        if self.peek(0) == Some(b'\\') && matches!(self.peek(1), Some(b'"' | b'\'')) {
            self.at += 2;
            return true;
        }
        self.skip(b'"') || self.skip(b'\'') || self.skip(b'`')
    }

    pub(super) fn jump(&mut self, by: usize, glue: Glue) -> Option<Glue> {
        self.at += by;
        Some(glue)
    }

    /// `.unwrap_or("v")`, `.orElse("v")`, `.getOrElse(() => "v")`.
    pub(super) fn skip_fallback(&mut self) -> bool {
        let rest = self.ahead(32);
        let name = rest[1..].iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_');
        let len = 1 + name.count();
        let word = rest[1..len].to_ascii_lowercase();
        if rest.get(len) != Some(&b'(') || memchr::memmem::find(&word, b"or").is_none() {
            return false;
        }
        self.at += len + 1;
        let _ = self.skip_word(b"|_| ") || self.skip_word(b"() => ") || self.skip_word(b"() -> ");
        true
    }

    /// `{ get; set; } =`.
    pub(super) fn skip_accessor(&mut self) -> bool {
        let rest = self.ahead(80);
        let inner = rest[1..].trim_ascii_start();
        let close = memchr::memchr2(b'}', b'\n', rest).filter(|i| rest[*i] == b'}');
        let Some(close) = close.filter(|_| inner.starts_with(b"get")) else { return false };
        self.at += close + 1;
        self.skip_spaces();
        self.peek(1) != Some(b'=') && self.skip(b'=')
    }

    /// `type="x">`, or `value="` among the attributes of an element called like a secret.
    pub(super) fn skip_attributes(&mut self) -> Option<Glue> {
        let rest = self.ahead(200);
        let end = memchr::memchr3(b'>', b'<', b'\n', rest).filter(|i| rest[*i] == b'>')?;
        if let Some(at) = memchr::memmem::find(&rest[..end], b"value=") {
            return self.jump(at + b"value=".len(), Glue::Literal);
        }
        self.jump(end + 1, Glue::Markup)
    }

    /// `default=` or `fallback: ` before a literal that is the second argument of a call.
    pub(super) fn skip_parameter(&mut self) {
        let rest = self.ahead(40);
        let name = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
        let gap = rest[name..].iter().take_while(|b| matches!(b, b' ' | b'=' | b':')).count();
        let literal = matches!(rest.get(name + gap), Some(b'"' | b'\'' | b'`'));
        let lower = rest[..name].to_ascii_lowercase();
        let falls_back = DEFAULTS.iter().any(|word| memchr::memmem::find(&lower, word).is_some());
        if falls_back && gap > 0 && literal && rest[name..name + gap] != *b" " {
            self.at += name + gap;
        }
    }

    /// `password: String = "v"`: skips the type, if an assignment follows.
    pub(super) fn skip_type(&mut self) {
        let rest = self.ahead(60);
        let typed = |b: &&u8| b.is_ascii_alphanumeric() || b"_.&<>[]? '".contains(b);
        let len = rest.iter().take_while(typed).count();
        let words = rest[..len].iter().filter(|b| **b == b' ').count();
        let starts = rest.first().is_some_and(|b| b.is_ascii_alphabetic() || *b == b'&');
        let assigns = rest.get(len) == Some(&b'=') && rest.get(len + 1) != Some(&b'=');
        // More words than a type has make a sentence.
        if starts && assigns && words <= MOST_WORDS {
            self.at += len + 1;
            self.skip_spaces();
        }
    }

    /// `password string = "v"`: goes to the literal, if nothing but a type and `=` is before it.
    pub(super) fn is_type_then_literal(&mut self) -> bool {
        let from = self.at;
        self.skip_type();
        let found = self.at > from && matches!(self.peek(0), Some(b'"' | b'\'' | b'`'));
        self.at = if found { self.at } else { from };
        found
    }

    /// Skips the anchor or the tag of a YAML value, if a value follows on the line.
    pub(super) fn skip_yaml_head(&mut self) {
        let rest = self.ahead(60);
        let head = rest.starts_with(b"!!") || rest.first() == Some(&b'&');
        let end = rest.iter().position(u8::is_ascii_whitespace).filter(|_| head);
        if let Some(end) = end.filter(|end| rest[*end] == b' ' && *end > 1) {
            self.at += end;
            self.skip_spaces();
        }
    }

    /// Steps over an opening quote and returns what closes it.
    pub(super) fn quote(&mut self) -> Option<&'static [u8]> {
        let prefix = usize::from(self.peek(0).is_some_and(|b| b"bBuUrR@N".contains(&b)));
        let triple = |quote: u8| (1..3).all(|i| self.peek(prefix + i) == Some(quote));
        let (len, close): (usize, &'static [u8]) = match (self.peek(prefix)?, self.peek(prefix + 1))
        {
            (b'"', _) if triple(b'"') => (3, b"\"\"\""),
            (b'\'', _) if triple(b'\'') => (3, b"'''"),
            (b'"', _) => (1, b"\""),
            (b'\'', _) => (1, b"'"),
            (b'`', _) => (1, b"`"),
            (b'\\', Some(b'"')) => (2, b"\\\""),
            (b'\\', Some(b'\'')) => (2, b"\\'"),
            _ => return None,
        };
        self.at += prefix + len;
        Some(close)
    }

    pub(super) fn quoted(&self, close: &[u8], kind: FileKind) -> Option<Found> {
        let rest = self.ahead(LONGEST);
        let line = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let mut end = 0;
        while end < line && !rest[end..].starts_with(close) {
            end += if rest[end] == b'\\' && close.len() == 1 { 2 } else { 1 };
        }
        if end >= line {
            return None;
        }
        // A string that is put together holds no whole value, but the first of two literals may
        // be a piece of one.
        let after = rest[end + close.len()..line].trim_ascii_start();
        let pieces = end >= PIECE
            && after.first() == Some(&b'+')
            && after[1..].trim_ascii_start().first().is_some_and(|b| b"\"'`".contains(b));
        let appended = [b". ".as_slice(), b".$", b".'", b".\"", b".."];
        let joined = kind == FileKind::Code
            && !pieces
            && (appended.iter().any(|sign| after.starts_with(sign))
                || after.first().is_some_and(|b| b"+%".contains(b))
                || after.starts_with(b".format"));
        // `'"v"'`: a literal for another language.
        let inner = match &rest[..end] {
            [b'"', inner @ .., b'"'] if close == b"'" && !inner.is_empty() => 1..end - 1,
            _ => 0..end,
        };
        let span = self.at + inner.start..self.at + inner.end;
        (!joined).then_some(Found { span, quoted: true, listed: false })
    }

    pub(super) fn until(&self, ends: impl Fn(u8) -> bool) -> Option<Found> {
        let rest = self.ahead(LONGEST);
        let end = rest.iter().position(|b| ends(*b) || *b == b'\n')?;
        Some(Found { span: self.at..self.at + end, quoted: false, listed: false })
    }

    pub(super) fn bare(&mut self, kind: FileKind) -> Option<Found> {
        if matches!(self.peek(0), Some(b'|' | b'>')) {
            self.skip_block_head()?;
        }
        let rest = self.ahead(LONGEST);
        let line = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let mut value = &rest[..line];
        // Of a longer line only a pair that another one follows is a value.
        if line == LONGEST && (kind == FileKind::Shell || next_pair(value).is_none()) {
            return None;
        }
        if kind == FileKind::Shell {
            let ends = |b: &u8| b.is_ascii_whitespace() || b";&|)\"'`".contains(b);
            value = &value[..value.iter().position(ends).unwrap_or(value.len())];
        } else {
            let comment = value.windows(2).position(|two| matches!(two, b" #" | b"\t#" | b" ;"));
            value = value[..comment.unwrap_or(value.len())].trim_ascii_end();
            if self.at > 0 && self.text[self.at - 1] == b'=' {
                value = first_of_pairs(first_of_string(value));
            }
            value = close_flow(&value[..next_pair(value).unwrap_or(value.len())]);
            // A quote that was opened before the name ends the value.
            let quote = value.iter().position(|b| b"\"'`".contains(b));
            // `hash['key']` and `call("…")` are code, whatever the file is called.
            if quote.and_then(|at| at.checked_sub(1)).is_some_and(|i| b"[(".contains(&value[i])) {
                return None;
            }
            value = &value[..quote.unwrap_or(value.len())];
            value = value.strip_suffix(b",").or(value.strip_suffix(b";")).unwrap_or(value);
            value = close_flow(value);
        }
        let usable = !value.is_empty() && !value.iter().any(u8::is_ascii_whitespace);
        usable.then(|| Found { span: self.at..self.at + value.len(), quoted: false, listed: false })
    }

    /// A YAML block: the value is the next line.
    fn skip_block_head(&mut self) -> Option<()> {
        let rest = self.ahead(80);
        let line = memchr::memchr(b'\n', rest).filter(|len| *len <= 3)?;
        self.at += line + 1;
        (self.skip_spaces() > 0).then_some(())
    }
}

/// `v;Database=shop`: what stands before the next pair of a connection string.
fn first_of_string(value: &[u8]) -> &[u8] {
    let next = memchr::memchr_iter(b';', value).find(|at| {
        let rest = &value[at + 1..];
        let name = rest.iter().take_while(|b| b.is_ascii_alphabetic() || **b == b' ').count();
        name > 1 && rest.get(name) == Some(&b'=')
    });
    &value[..next.unwrap_or(value.len())]
}

/// `v host=db`: what stands before the next pair.
fn first_of_pairs(value: &[u8]) -> &[u8] {
    let Some(end) = value.iter().position(u8::is_ascii_whitespace) else { return value };
    let rest = value[end..].trim_ascii_start();
    let name = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || b"_.-".contains(b)).count();
    if name > 0 && rest.get(name) == Some(&b'=') { &value[..end] } else { value }
}

/// Returns where the comma stands behind which the next pair of a mapping begins.
fn next_pair(value: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b',', value).find(|at| {
        let rest = value[at + 1..].trim_ascii_start();
        let name = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || b"_-".contains(b));
        let len = name.count();
        len > 0 && rest.get(len) == Some(&b':') && rest.get(len + 1) == Some(&b' ')
    })
}

/// Cuts off what closes mappings and lists that were opened before the value.
fn close_flow(value: &[u8]) -> &[u8] {
    let mut open = 0_usize;
    for (at, byte) in value.iter().enumerate() {
        match byte {
            b'{' | b'[' => open += 1,
            b'}' | b']' if open > 0 => open -= 1,
            b'}' | b']' => {
                let ends = |next: &u8| next.is_ascii_whitespace() || b",}]".contains(next);
                if value.get(at + 1).is_none_or(ends) {
                    return value[..at].trim_ascii_end();
                }
            }
            _ => {}
        }
    }
    value
}
