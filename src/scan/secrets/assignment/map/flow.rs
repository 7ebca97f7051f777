// SPDX-License-Identifier: MIT OR Apache-2.0
//! Reads what stands in brackets: JSON and its kin, flow style of YAML, HCL, literals of languages.

use std::ops::Range;

use super::{DEEPEST, Found, Map, line_end, past_blanks, template};
use crate::domain::FileKind;

/// Words before a bracket that holds literals as they are, not the arguments of a call.
const LITERAL: [&[u8]; 6] = [b"array", b"dict", b"list", b"tuple", b"set", b"of"];

/// A bracket that is open.
struct Open {
    /// The name of what is in it.
    key: Option<Range<usize>>,
    /// Whether items stand in it, not pairs.
    list: bool,
    /// Whether nothing in it counts.
    mute: bool,
}

/// Reads the brackets that open at `at`, under `key` or else under the name of the map. Returns
/// what stands behind them.
pub(super) fn read(map: &mut Map<'_, '_>, at: usize, key: Option<&Range<usize>>) -> usize {
    let mute = key.is_some_and(|key| map.is_inner(key));
    let mut flow = Flow {
        map,
        at,
        open: Vec::new(),
        key: key.cloned(),
        expects: true,
        fresh: true,
        unclosed: false,
        tried: 0,
    };
    flow.enter();
    if let Some(first) = flow.open.last_mut() {
        first.mute = mute;
    }
    while flow.at < flow.map.end && !flow.open.is_empty() {
        flow.step();
    }
    flow.at
}

struct Flow<'m, 'v, 'a> {
    map: &'m mut Map<'v, 'a>,
    at: usize,
    open: Vec<Open>,
    /// The last name that was read.
    key: Option<Range<usize>>,
    /// Whether something was assigned to it and the value is still to come.
    expects: bool,
    /// Whether an item of a list may begin.
    fresh: bool,
    /// Whether no backtick closes any more: the text is not read to its end for each.
    unclosed: bool,
    /// Up to here a bare value was read that is an expression, and not from each of its words.
    tried: usize,
}

impl Flow<'_, '_, '_> {
    fn text(&self) -> &[u8] {
        self.map.view.text
    }

    /// Returns the text as far as it is read.
    fn shown(&self) -> &[u8] {
        &self.map.view.text[..self.map.end]
    }

    fn step(&mut self) {
        let byte = self.text()[self.at];
        match byte {
            b' ' | b'\t' | b'\r' => self.at += 1,
            b'\n' | b',' | b';' => self.separate(byte),
            b'{' | b'[' | b'(' => match template(self.text(), self.at) {
                Some(past) => self.skip_template(past),
                None => self.enter(),
            },
            b'}' | b']' | b')' => {
                self.open.pop();
                self.settle();
                self.at += 1;
            }
            b':' | b'=' => self.assign(byte),
            b'`' if self.unclosed => self.at += 1,
            b'"' | b'\'' | b'`' => self.literal(1),
            b'\\' if matches!(self.text().get(self.at + 1), Some(b'"' | b'\'')) => self.literal(2),
            b'#' => self.at = line_end(self.shown(), self.at),
            b'/' if matches!(self.text().get(self.at + 1), Some(b'/' | b'*')) => self.comment(),
            _ => self.word(),
        }
    }

    /// A value was read, or there is none.
    fn settle(&mut self) {
        (self.key, self.expects, self.fresh) = (None, false, false);
    }

    fn separate(&mut self, byte: u8) {
        self.at += 1;
        if byte != b'\n' || !self.expects {
            let fresh = self.fresh || byte != b'\n';
            self.settle();
            self.fresh = fresh;
        }
    }

    fn skip_template(&mut self, past: usize) {
        let tag = self.text()[self.at + 1] == b'%';
        if !tag {
            self.settle();
        }
        self.at = past;
    }

    fn comment(&mut self) {
        let text = self.shown();
        self.at = if text.get(self.at + 1) == Some(&b'/') {
            line_end(text, self.at)
        } else {
            let rest = text.get(self.at + 2..).unwrap_or_default();
            let end = memchr::memmem::find(rest, b"*/");
            end.map_or(text.len(), |len| self.at + len + 4)
        };
    }

    /// Steps over what assigns.
    fn assign(&mut self, byte: u8) {
        let next = self.text().get(self.at + 1).copied().unwrap_or(0);
        let (len, assigns) = match (byte, next) {
            (b'=', b'>') | (b':', b'=') => (2, true),
            (b'=', b'=' | b'~') | (b':', b':') => (2, false),
            _ => (1, true),
        };
        self.at += len;
        self.expects = assigns && self.key.is_some();
    }

    fn enter(&mut self) {
        let text = self.map.view.text;
        let byte = text[self.at];
        let above = self.open.last();
        let mut mute = above.is_some_and(|open| open.mute);
        if byte == b'(' && !self.open.is_empty() {
            let name = text[..self.at].iter().rev().take_while(|b| b.is_ascii_alphanumeric());
            let name = &text[self.at - name.count()..self.at];
            mute |= !name.is_empty() && !LITERAL.contains(&name);
        }
        let key = self.key.take();
        let named = key.as_ref().filter(|_| self.expects || byte == b'{');
        mute |= !self.open.is_empty() && named.is_some_and(|key| self.map.is_inner(key));
        let key = key.or_else(|| above.and_then(|open| open.key.clone()));
        self.open.push(Open { key, list: byte != b'{', mute });
        self.settle();
        self.fresh = true;
        self.at += 1;
        if self.open.len() > DEEPEST {
            self.open.clear();
        }
    }

    /// Takes a value, the one that is expected or an item.
    fn value(&mut self, found: &Found) {
        if let Some(open) = self.open.last().filter(|open| !open.mute) {
            let key = self.key.take().filter(|_| self.expects);
            if key.is_some() {
                self.map.take(key.as_ref(), found);
            } else if open.list && self.fresh {
                self.map.take(open.key.as_ref(), found);
            }
        }
        self.settle();
    }

    /// Reads a literal, whose quote has so many bytes.
    fn literal(&mut self, len: usize) {
        let text = self.map.view.text;
        let one = text[self.at];
        let triple = len == 1 && text[self.at..].starts_with(&[one; 3]);
        let len = if triple { 3 } else { len };
        let quote = &text[self.at..self.at + len];
        let start = self.at + len;
        let end = text.len().min(self.map.end);
        let lines = triple || one == b'`';
        let mut at = start;
        while at < end && !text[at..].starts_with(quote) && (lines || text[at] != b'\n') {
            at += if text[at] == b'\\' && len != 2 { 2 } else { 1 };
        }
        if at >= end || !text[at..].starts_with(quote) {
            // An apostrophe.
            self.unclosed |= one == b'`';
            self.at += len;
            return;
        }
        let span = start..at;
        self.at = at + len;
        let after = past_blanks(text, self.at);
        let (next, second) = (text.get(after), text.get(after + 1));
        let names = matches!((next, second), (Some(b':'), next) if next != Some(&b':'))
            || matches!((next, second), (Some(b'='), next) if next != Some(&b'='));
        if names && !self.expects {
            (self.key, self.fresh) = (Some(span), false);
            return;
        }
        // A string that is put together holds no whole value.
        let code = self.map.view.kind == FileKind::Code;
        if code && next.is_some_and(|b| b"+%.".contains(b)) {
            self.settle();
            return;
        }
        self.value(&Found { span, quoted: true, listed: false });
    }

    /// Reads a bare word: a name, or a value where they need no quotes.
    fn word(&mut self) {
        let text = self.map.view.text;
        let bare = self.expects || self.open.last().is_some_and(|open| open.list && self.fresh);
        let settings = matches!(self.map.view.kind, FileKind::Config | FileKind::Other);
        if bare && settings && self.at >= self.tried && self.scalar() {
            return;
        }
        let part = |b: &&u8| b.is_ascii_alphanumeric() || b"_-.@$/*".contains(b) || **b >= 0x80;
        let len = text[self.at..self.map.end].iter().take_while(part).count().max(1);
        if !self.expects {
            self.key = Some(self.at..self.at + len);
            self.fresh = false;
        }
        self.at += len;
    }

    /// Reads a bare value up to what ends it; nothing if it is an expression.
    fn scalar(&mut self) -> bool {
        let text = &self.map.view.text[..self.map.end];
        let mut end = self.at;
        while let Some(byte) = text.get(end) {
            let comment = *byte == b'#' && text[end - 1].is_ascii_whitespace();
            if b",}]\n".contains(byte) || comment {
                break;
            }
            if b"{[(\"'`".contains(byte) {
                self.tried = end;
                return false;
            }
            // In a list of maps the first word is a name.
            if !self.expects
                && *byte == b':'
                && text.get(end + 1).is_none_or(u8::is_ascii_whitespace)
            {
                self.tried = end;
                return false;
            }
            end += 1;
        }
        let len = text[self.at..end].trim_ascii_end().len();
        let span = self.at..self.at + len;
        self.at = end;
        self.value(&Found { span, quoted: false, listed: false });
        true
    }
}
