// SPDX-License-Identifier: MIT OR Apache-2.0
//! Runs of characters: values of credentials hold a long one, and few lines do.
//!
//! The keywords of many credentials are common words; that a line has room for the value is asked
//! before the pattern is run, or even compiled.

use std::cell::Cell;

/// A run shorter than this stands on too many lines to be worth asking for.
const LEAST: usize = 16;

/// A run that every match of a pattern holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    set: Set,
    len: usize,
}

/// What a run is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Set {
    /// Hexadecimal digits.
    Hex,
    /// Capitals and digits.
    Upper,
    /// Letters and digits that cannot be taken for each other, as wallets have them.
    Clear,
    /// Letters and digits.
    Plain,
    /// Those and the signs of Base64, UUIDs and names: `+ / = _ -`.
    Signs,
    /// Those and what else stands in tokens, cookies and addresses.
    Wide,
}

impl Set {
    /// Fewer texts hold a run of the earlier ones.
    pub(super) const ALL: [Self; 6] =
        [Self::Hex, Self::Upper, Self::Clear, Self::Plain, Self::Signs, Self::Wide];

    pub(super) fn has(self, byte: u8) -> bool {
        KINDS[usize::from(byte)] >> self as u8 & 1 == 1
    }
}

/// For each byte a bit for each set that it is of.
static KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let one = byte as u8;
        let plain = one.is_ascii_alphanumeric();
        let signs = plain || matches!(one, b'+' | b'/' | b'=' | b'_' | b'-');
        let wide = matches!(one, b'.' | b'~' | b'%' | b':' | b'|' | b'!' | b'*' | b'@');
        kinds[byte] = (one.is_ascii_hexdigit() as u8) << Set::Hex as u8
            | ((one.is_ascii_uppercase() || one.is_ascii_digit()) as u8) << Set::Upper as u8
            | ((plain && !matches!(one, b'0' | b'O' | b'I' | b'l')) as u8) << Set::Clear as u8
            | (plain as u8) << Set::Plain as u8
            | (signs as u8) << Set::Signs as u8
            | ((signs || wide) as u8) << Set::Wide as u8;
        byte += 1;
    }
    kinds
};

impl Run {
    /// Returns such a run, if it is long enough to be worth asking for.
    pub(super) fn new(set: Set, len: usize) -> Option<Self> {
        (len >= LEAST).then_some(Self { set, len })
    }

    /// Returns whether such a run is in `text`, a part of the text of `runs`.
    pub(super) fn is_in(self, text: &[u8], runs: &Runs<'_>) -> bool {
        runs.any(self.set) && has_run(text, self.set, self.len)
    }
}

/// Looks at one byte in so many if there is none.
fn has_run(text: &[u8], set: Set, len: usize) -> bool {
    let mut rest = text;
    while let Some(part) = rest.get(..len) {
        match part.iter().rposition(|byte| !set.has(*byte)) {
            Some(at) => rest = &rest[at + 1..],
            None => return true,
        }
    }
    false
}

/// Which runs and how many digits a text holds at all, found out when that is first asked: many
/// rules ask about the same line.
pub struct Runs<'t> {
    text: &'t [u8],
    known: Cell<[Option<bool>; Set::ALL.len()]>,
    digits: Cell<Option<usize>>,
}

impl<'t> Runs<'t> {
    /// Knows nothing about `text` so far.
    #[must_use]
    pub fn of(text: &'t [u8]) -> Self {
        Self { text, known: Cell::default(), digits: Cell::default() }
    }

    /// Counts the digits of the text.
    pub(super) fn digits(&self) -> usize {
        let count = || self.text.iter().filter(|byte| byte.is_ascii_digit()).count();
        let digits = self.digits.get().unwrap_or_else(count);
        self.digits.set(Some(digits));
        digits
    }

    fn any(&self, set: Set) -> bool {
        let mut known = self.known.get();
        let slot = &mut known[set as usize];
        let any = *slot.get_or_insert_with(|| has_run(self.text, set, LEAST));
        self.known.set(known);
        any
    }
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

#[cfg(test)]
mod tests {
    use super::{Run, Runs, Set};

    #[test]
    fn a_run_is_found_wherever_it_stands() {
        let Some(run) = Run::new(Set::Plain, 16) else { panic!("a run") };
        let is_in = |text: &str| run.is_in(text.as_bytes(), &Runs::of(text.as_bytes()));
        let value = "abcdefghijklmnop";
        for (before, after) in
            [("", ""), ("x.", ""), (".....", " y"), ("abc.abcdefghijklmno.", ".")]
        {
            assert!(is_in(&format!("{before}{value}{after}")));
        }
        for text in ["", "abc", "abcdefghijklmno", "abcdefgh.ijklmnop.abcdefghijklmno"] {
            assert!(!is_in(text), "{text}");
        }
    }

    #[test]
    fn sets_hold_what_they_say() {
        let sets = |byte: u8| Set::ALL.map(|set| set.has(byte));
        assert_eq!(sets(b'a'), [true, false, true, true, true, true]);
        assert_eq!(sets(b'A'), [true, true, true, true, true, true]);
        assert_eq!(sets(b'z'), [false, false, true, true, true, true]);
        assert_eq!(sets(b'7'), [true, true, true, true, true, true]);
        assert_eq!(sets(b'0'), [true, true, false, true, true, true]);
        assert_eq!(sets(b'l'), [false, false, false, true, true, true]);
        assert_eq!(sets(b'-'), [false, false, false, false, true, true]);
        assert_eq!(sets(b'.'), [false, false, false, false, false, true]);
        assert_eq!(sets(b' '), [false; 6]);
    }
}
