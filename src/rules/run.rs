// SPDX-License-Identifier: MIT OR Apache-2.0
//! What run of characters every match of a pattern holds, read off its text.
//!
//! The keywords of many credentials are common words; that a line has room for the value is asked
//! before the pattern is run, or even compiled.

use std::borrow::Cow;

/// A run shorter than this stands on too many lines to be worth asking for.
const LEAST: usize = 16;

/// A run of letters, digits and perhaps the signs of Base64, UUIDs and names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    set: Set,
    len: usize,
}

/// What a run is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Set {
    /// Letters and digits.
    Plain,
    /// Those and `+ / = _ -`.
    Signs,
    /// Those and what else stands in tokens, cookies and addresses.
    Wide,
}

impl Set {
    /// Fewer texts hold a run of the earlier ones.
    pub(super) const ALL: [Self; 3] = [Self::Plain, Self::Signs, Self::Wide];

    pub(super) fn has(self, byte: u8) -> bool {
        let sign = || matches!(byte, b'+' | b'/' | b'=' | b'_' | b'-');
        let wide = || matches!(byte, b'.' | b'~' | b'%' | b':' | b'|' | b'!' | b'*' | b'@');
        byte.is_ascii_alphanumeric()
            || match self {
                Self::Plain => false,
                Self::Signs => sign(),
                Self::Wide => sign() || wide(),
            }
    }
}

impl Run {
    /// Returns the run that each match of `pattern` holds; nothing if that is too short, or if the
    /// pattern says things that are not understood here.
    pub(super) fn of(pattern: &str) -> Option<Self> {
        let pattern = without_blanks(pattern)?;
        let run = |set: Set| {
            let mut reader = Reader { rest: pattern.as_bytes(), set };
            let part = reader.alternatives()?;
            let len = part.best;
            reader.rest.is_empty().then(|| Self::new(set, len)).flatten()
        };
        run(Set::Plain).or_else(|| run(Set::Signs))
    }

    /// Returns such a run, if it is long enough to be worth asking for.
    pub(super) fn new(set: Set, len: usize) -> Option<Self> {
        (len >= LEAST).then_some(Self { set, len })
    }

    /// Returns whether such a run is in `text`. It looks at one byte in so many if there is none.
    pub(super) fn is_in(self, text: &[u8]) -> bool {
        let mut rest = text;
        while let Some(part) = rest.get(..self.len) {
            match part.iter().rposition(|byte| !self.set.has(*byte)) {
                Some(at) => rest = &rest[at + 1..],
                None => return true,
            }
        }
        false
    }
}

/// Takes the blanks out of a pattern that has them for the reader's sake, and the flag that says so.
/// One with remarks is not understood.
fn without_blanks(pattern: &str) -> Option<Cow<'_, str>> {
    let flags = pattern.strip_prefix("(?").and_then(|rest| rest.split_once(')'));
    let Some((flags, rest)) = flags.filter(|(flags, _)| flags.contains('x') && is_flags(flags))
    else {
        return Some(pattern.into());
    };
    let mut out = format!("(?{})", flags.replace('x', ""));
    let mut escaped = false;
    for c in rest.chars() {
        match c {
            _ if escaped => out.push(c),
            '#' => return None,
            _ if c.is_ascii_whitespace() => {}
            _ => out.push(c),
        }
        escaped = c == '\\' && !escaped;
    }
    Some(out.into())
}

fn is_flags(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_lowercase())
}

/// What is known of what a part of a pattern matches.
#[derive(Clone, Copy, Default)]
pub(super) struct Part {
    /// The run that is in it whatever matched.
    best: usize,
    /// The least length, if all of it is always of the set.
    all: Option<usize>,
}

impl Part {
    pub(super) fn of(all: Option<usize>) -> Self {
        Self { best: all.unwrap_or(0), all }
    }

    pub(super) fn best(self) -> usize {
        self.best
    }

    /// Puts parts one behind the other.
    pub(super) fn row(parts: impl Iterator<Item = Self>) -> Self {
        // The run that the parts so far end with, and whether nothing else came before it.
        let (mut best, mut run, mut whole) = (0, 0, true);
        for part in parts {
            match part.all {
                Some(len) => run += len,
                None => (run, whole) = (0, false),
            }
            best = best.max(run).max(part.best);
        }
        Self { best, all: whole.then_some(run) }
    }

    pub(super) fn or(self, other: Self) -> Self {
        let all = self.all.zip(other.all).map(|(a, b)| a.min(b));
        Self { best: self.best.min(other.best), all }
    }

    /// Repeats it, at least so many times.
    pub(super) fn times(self, least: usize) -> Self {
        let all = self.all.map(|len| len.saturating_mul(least));
        Self { best: if least == 0 { 0 } else { all.unwrap_or(self.best) }, all }
    }
}

/// Reads a pattern from left to right. It gives up, with nothing, on what it doesn't know.
struct Reader<'p> {
    rest: &'p [u8],
    set: Set,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn take(&mut self, text: &[u8]) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn alternatives(&mut self) -> Option<Part> {
        let mut all = self.sequence()?;
        while self.take(b"|") {
            all = all.or(self.sequence()?);
        }
        Some(all)
    }

    fn sequence(&mut self) -> Option<Part> {
        let mut parts = Vec::new();
        while !matches!(self.rest.first(), None | Some(b'|' | b')')) {
            let part = self.one()?;
            parts.push(self.repeated(part)?);
        }
        Some(Part::row(parts.into_iter()))
    }

    /// Reads a character, class or group.
    fn one(&mut self) -> Option<Part> {
        match self.next()? {
            b'(' => {
                self.group_head()?;
                let part = self.alternatives()?;
                self.take(b")").then_some(part)
            }
            b'[' => self.class(),
            b'\\' => match self.escape()? {
                Escape::Edge => Some(Part::of(Some(0))),
                Escape::Class(inside) => Some(self.single(inside)),
                Escape::Byte(byte) => Some(self.single(self.set.has(byte))),
            },
            b'^' | b'$' => Some(Part::of(Some(0))),
            b'.' => Some(self.single(false)),
            byte => Some(self.single(self.set.has(byte))),
        }
    }

    fn single(&self, inside: bool) -> Part {
        Part::of(inside.then_some(1))
    }

    /// Skips `?:`, `?P<name>` and flags, but for those that change how the rest is read. `(?i)`
    /// is a group without anything in it.
    fn group_head(&mut self) -> Option<()> {
        if !self.take(b"?") {
            return Some(());
        }
        if self.take(b"P<") {
            while self.next()? != b'>' {}
            return Some(());
        }
        loop {
            match self.rest.first()? {
                b'i' | b's' | b'm' => self.next(),
                b':' => return self.next().map(drop),
                b')' => return Some(()),
                _ => return None,
            };
        }
    }

    /// Reads how often `part` is repeated.
    fn repeated(&mut self, part: Part) -> Option<Part> {
        let least = match self.rest.first() {
            Some(b'?' | b'*') => 0,
            Some(b'+') => 1,
            Some(b'{') => {
                let end = self.rest.iter().position(|b| *b == b'}')?;
                let text = std::str::from_utf8(self.rest.get(1..end)?).ok()?;
                self.rest = &self.rest[end..];
                text.split(',').next()?.parse().ok()?
            }
            _ => return Some(part),
        };
        self.next();
        self.take(b"?");
        // A number of numbers is no pattern of ours.
        let again = matches!(self.rest.first(), Some(b'*' | b'+' | b'{'));
        (!again).then(|| part.times(least))
    }

    /// Reads a class behind its bracket.
    fn class(&mut self) -> Option<Part> {
        if self.take(b"^") {
            self.class_items()?;
            return Some(self.single(false));
        }
        let inside = self.class_items()?;
        Some(self.single(inside))
    }

    /// Returns whether all items of a class are of the set.
    fn class_items(&mut self) -> Option<bool> {
        let mut inside = true;
        // A bracket that comes first is one of the items.
        let mut first = true;
        loop {
            let low = match self.next()? {
                b']' if !first => return Some(inside),
                b'[' if self.rest.first() == Some(&b':') => return None,
                b'&' | b'~' if self.rest.first() == Some(&b'&') => return None,
                b'\\' => match self.escape()? {
                    Escape::Class(class) => {
                        inside &= class;
                        first = false;
                        continue;
                    }
                    Escape::Byte(byte) => byte,
                    Escape::Edge => return None,
                },
                byte => byte,
            };
            first = false;
            let is_range = self.rest.first() == Some(&b'-') && self.rest.get(1) != Some(&b']');
            if !is_range {
                inside &= self.set.has(low);
                continue;
            }
            self.next();
            let high = match self.next()? {
                b'\\' => match self.escape()? {
                    Escape::Byte(byte) => byte,
                    _ => return None,
                },
                byte => byte,
            };
            // Backwards it is no range, but one class without another.
            inside &= low <= high && (low..=high).all(|byte| self.set.has(byte));
        }
    }

    /// Reads what follows a backslash.
    fn escape(&mut self) -> Option<Escape> {
        match self.next()? {
            b'd' => Some(Escape::Class(true)),
            b'w' => Some(Escape::Class(self.set.has(b'_'))),
            b's' | b'S' | b'D' | b'W' => Some(Escape::Class(false)),
            b'b' | b'B' | b'A' | b'z' => Some(Escape::Edge),
            b'n' | b'r' | b't' | b'f' | b'v' => Some(Escape::Byte(b'\n')),
            b'x' => {
                let digits = std::str::from_utf8(self.rest.get(..2)?).ok()?;
                let byte = u8::from_str_radix(digits, 16).ok()?;
                self.rest = &self.rest[2..];
                Some(Escape::Byte(byte))
            }
            sign if sign.is_ascii_punctuation() => Some(Escape::Byte(sign)),
            _ => None,
        }
    }
}

/// What a backslash begins.
enum Escape {
    /// A class; whether it is of the set.
    Class(bool),
    /// A single byte.
    Byte(u8),
    /// Something without length.
    Edge,
}

#[cfg(test)]
mod tests {
    use super::{Run, Set};

    fn run(pattern: &str) -> Option<(Set, usize)> {
        Run::of(pattern).map(|run| (run.set, run.len))
    }

    #[test]
    fn runs_are_read_off_the_text() {
        assert_eq!(run(r"ab[0-9a-f]{32}"), Some((Set::Plain, 34)));
        assert_eq!(
            run(r"(?i:key|token)[\x27=]{1,8}(?P<v>[A-Za-z0-9]{20,40})"),
            Some((Set::Plain, 20))
        );
        assert_eq!(run(r"[a-z0-9+/]{40}|x\.[0-9]{24}=?"), Some((Set::Signs, 24)));
        assert_eq!(run(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"), Some((Set::Signs, 36)));
        assert_eq!(run(r"(?i)\b[\w-]{20}\b"), Some((Set::Signs, 20)));
        assert_eq!(run(r"x(?:[a-z]{9}){2}?y"), Some((Set::Plain, 20)));
        assert_eq!(run("(?xm) x [a-z] {20}\n | \\x20 [A-Z ]{30}"), Some((Set::Plain, 21)));
        assert_eq!(run("(?x) [a-z]{20} # why"), None);
    }

    #[test]
    fn what_may_be_absent_counts_for_nothing() {
        for pattern in [
            r"(?:[a-z]{20})?x",
            r"[a-z]{0,20}x",
            r"[a-z]{20}|x",
            r"[^a-z]{20}",
            r"[a-z.]{20}",
            r"[a-z]{10}\.[a-z]{10}",
            r"(?:[a-z]{10}\.){9}",
            r"[]a-z]{20}",
            r"\p{Lu}{20}",
        ] {
            assert_eq!(run(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn a_run_is_found_wherever_it_stands() {
        let Some(run) = Run::of("[a-z]{16}") else { panic!("a run") };
        let value = "abcdefghijklmnop";
        for (before, after) in
            [("", ""), ("x.", ""), (".....", " y"), ("abc.abcdefghijklmno.", ".")]
        {
            assert!(run.is_in(format!("{before}{value}{after}").as_bytes()));
        }
        for text in ["", "abc", "abcdefghijklmno", "abcdefgh.ijklmnop.abcdefghijklmno"] {
            assert!(!run.is_in(text.as_bytes()), "{text}");
        }
    }
}
