// SPDX-License-Identifier: MIT OR Apache-2.0
//! Finds masked values in the keys of names, where only their letters and digits are left.

use std::{collections::HashSet, ops::Range};

use aho_corasick::AhoCorasick;
use memchr::memmem::Finder;

use crate::domain::{is_plain_word, squeezed};

/// A value with fewer letters and digits is a word that a name may well have.
const SHORTEST: usize = 8;
/// No value of so many is looked for as a whole: its beginning gives it away.
const HEAD: usize = 64;

/// Values by their letters and digits in lower case.
#[derive(Default)]
pub(super) struct Loose {
    known: HashSet<Vec<u8>>,
    automaton: Option<AhoCorasick>,
    /// Those that are not in it yet.
    fresh: Vec<Finder<'static>>,
}

impl Loose {
    pub(super) fn learn(&mut self, value: &[u8]) {
        let mut bare = squeezed(value);
        bare.truncate(HEAD);
        // A line of a key's text would be found in no name, and a plain word is one.
        let telling = bare.len() >= SHORTEST && !is_plain_word(value) && !value.contains(&b'\n');
        if telling && self.known.insert(bare.clone()) {
            self.fresh.push(Finder::new(&bare).into_owned());
        }
    }

    /// Builds the automaton anew.
    pub(super) fn build(&mut self) {
        if self.fresh.is_empty() {
            return;
        }
        // Values that do not fit into an automaton are still looked for one by one.
        if let Ok(automaton) = AhoCorasick::new(&self.known) {
            self.automaton = Some(automaton);
            self.fresh.clear();
        }
    }

    /// Returns the ranges of `text` that hold a value in whatever spelling.
    pub(super) fn find(&self, text: &[u8]) -> Vec<Range<usize>> {
        let at: Vec<usize> = (0..text.len()).filter(|i| text[*i].is_ascii_alphanumeric()).collect();
        if at.len() < SHORTEST {
            return Vec::new();
        }
        let bare = squeezed(text);
        let built = self.automaton.iter().flat_map(|all| all.find_overlapping_iter(&bare));
        let mut found: Vec<Range<usize>> = built.map(|hit| hit.range()).collect();
        for value in &self.fresh {
            let len = value.needle().len();
            found.extend(value.find_iter(&bare).map(|start| start..start + len));
        }
        let whole = |hit: Range<usize>| {
            let mut end = at[hit.end - 1] + 1;
            // What follows the beginning of a long value belongs to it.
            while hit.len() == HEAD && end < text.len() && !text[end].is_ascii_whitespace() {
                end += 1;
            }
            at[hit.start]..end
        };
        found.into_iter().map(whole).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Loose;

    #[test]
    fn a_value_is_found_without_its_signs_and_capitals() {
        let mut loose = Loose::default();
        loose.learn(b"Ab9_Cd8-Ef7.Gh6");
        loose.learn(b"password");
        for _ in 0..2 {
            let found = loose.find("żółw ab9 cd8 ef7 gh6 ltd".as_bytes());
            assert_eq!((found.len(), found.first()), (1, Some(&(8..23))));
            assert!(loose.find(b"password and ab9 cd8 ef7").is_empty());
            loose.build();
        }
    }
}
