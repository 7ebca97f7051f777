// SPDX-License-Identifier: MIT OR Apache-2.0
//! A licence text with what may be left out of it or replaced; the markup is explained in
//! `assets/licences/README.md`.

use std::ops::Range;

use super::tokens::{self, Token};

/// Stands for any words in a spelling.
pub(super) const ANY: u32 = 0;

/// What may happen to a part of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It may be missing.
    Optional,
    /// It is the title, which may be missing.
    Title,
    /// It is a copyright statement: missing, or about somebody else.
    Owner,
    /// It may be spelt otherwise.
    Spelt,
}

/// A part of a template that need not stand there as it does.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) kind: Kind,
    /// Its words, as indices into the template's.
    pub(super) words: Range<usize>,
    /// What it may be instead.
    pub(super) spellings: Vec<Vec<u32>>,
}

/// A licence text ready to be compared.
#[derive(Clone, Debug, Default)]
pub(super) struct Template {
    pub(super) words: Vec<Token>,
    pub(super) parts: Vec<Part>,
    /// The innermost part of each word, if it is in any.
    pub(super) part_of: Vec<Option<usize>>,
}

impl Template {
    /// Reads the markup.
    pub(super) fn read(text: &str) -> Self {
        let mut out = Self::default();
        let mut open: Vec<usize> = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let next = memchr::memchr2(b'[', b']', &text.as_bytes()[at..]).map(|i| at + i);
            let next = next.unwrap_or(text.len());
            let mark = text.get(next..next + 2).unwrap_or_default();
            if mark != "[[" && mark != "]]" {
                // A lone bracket parts words like other punctuation.
                out.take(text, at..(next + 1).min(text.len()), &open);
                at = next + 1;
                continue;
            }
            out.take(text, at..next, &open);
            at = next + 2;
            if mark == "]]" {
                out.close(&mut open);
                continue;
            }
            let kind = text.as_bytes().get(at).copied().unwrap_or(b'o');
            at = (at + 1).min(text.len());
            if kind == b'b' {
                let end = text[at..].find("]]").map_or(text.len(), |i| at + i + 2);
                at = end;
            } else if kind == b'a' {
                at = out.spelt(text, at);
            } else {
                out.open(kind, &mut open);
            }
        }
        out
    }

    fn take(&mut self, text: &str, range: Range<usize>, open: &[usize]) {
        tokens::of_template(text, range, &mut self.words);
        // Joining words can take back some of the last.
        self.part_of.resize(self.words.len(), open.last().copied());
    }

    fn open(&mut self, kind: u8, open: &mut Vec<usize>) {
        let kind = match kind {
            b't' => Kind::Title,
            b'c' => Kind::Owner,
            _ => Kind::Optional,
        };
        let spellings = if kind == Kind::Owner { vec![vec![ANY]] } else { Vec::new() };
        let start = self.words.len();
        open.push(self.parts.len());
        self.parts.push(Part { kind, words: start..start, spellings });
    }

    fn close(&mut self, open: &mut Vec<usize>) {
        if let Some(part) = open.pop().and_then(|part| self.parts.get_mut(part)) {
            part.words.end = self.words.len().max(part.words.start);
        }
    }

    /// Reads an alternative; returns where it ends.
    fn spelt(&mut self, text: &str, at: usize) -> usize {
        let end = text[at..].find("]]").map_or(text.len(), |i| at + i);
        let mut choices = text[at..end].split('|');
        let first = at + choices.next().map_or(0, str::len);
        let part = self.parts.len();
        let start = self.words.len();
        tokens::of_template(text, at..first, &mut self.words);
        let start = start.min(self.words.len());
        self.part_of.resize(self.words.len(), Some(part));
        let spellings = choices.map(spelling).collect();
        let words = start..self.words.len();
        self.parts.push(Part { kind: Kind::Spelt, words, spellings });
        (end + 2).min(text.len())
    }

    /// Returns whether the word must be there.
    pub(super) fn is_required(&self, at: usize) -> bool {
        self.part_of[at].is_none()
    }

    /// Returns the runs of words that must be there as they are, or else those that may be.
    pub(super) fn runs(&self, required: bool) -> impl Iterator<Item = Range<usize>> + '_ {
        let spelt =
            |t: usize| self.part_of[t].is_some_and(|part| self.parts[part].kind == Kind::Spelt);
        let mut at = 0;
        std::iter::from_fn(move || {
            while at < self.words.len() {
                let start = at;
                let kind = (self.is_required(at), spelt(at));
                while at < self.words.len() && (self.is_required(at), spelt(at)) == kind {
                    at += 1;
                }
                if kind.0 == required && !kind.1 {
                    return Some(start..at);
                }
            }
            None
        })
    }
}

fn spelling(text: &str) -> Vec<u32> {
    let mut out = Vec::new();
    for word in text.split_ascii_whitespace() {
        if word == "*" {
            out.push(ANY);
        } else {
            let mut tokens = Vec::new();
            tokens::of_template(word, 0..word.len(), &mut tokens);
            out.extend(tokens.iter().map(|token| token.word));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{ANY, Kind, Template};

    #[test]
    fn the_markup_is_read() {
        let text =
            "[[t The X ]]\n[[b 1. ]] You [[a may | can | * ]] go [[o [[a far | ]] away ]] [x].";
        let read = Template::read(text);
        assert_eq!(read.words.len(), 8);
        let kinds: Vec<Kind> = read.parts.iter().map(|part| part.kind).collect();
        assert_eq!(kinds, [Kind::Title, Kind::Spelt, Kind::Optional, Kind::Spelt]);
        assert_eq!(read.parts[1].spellings.len(), 2);
        assert_eq!(read.parts[1].spellings[1], [ANY]);
        assert_eq!(read.parts[2].words, 5..7);
        let required: Vec<usize> = read.runs(true).map(|run| run.len()).collect();
        assert_eq!(required, [1, 1, 1]);
    }
}
