// SPDX-License-Identifier: MIT OR Apache-2.0
//! The one pass over a file's bytes: which keywords stand where.

use std::ops::Range;

use aho_corasick::{
    Anchored, MatchKind,
    automaton::{Automaton, StateID},
    dfa::DFA,
};

/// Shorter texts are read in one lane.
const LANES_FROM: usize = 2 << 10;
const LANES: usize = 4;

/// An automaton over all keywords, ASCII case folded. Overlapping keywords are all found.
///
/// A DFA step waits for the step before it, so one lane is bound by the latency of memory, not
/// by its speed. The text is therefore read in four lanes at once, each of which starts early
/// enough to have seen the whole of any keyword that ends in it.
pub(super) struct Keywords {
    dfa: DFA,
    start: StateID,
    longest: usize,
}

impl Keywords {
    pub(super) fn new(keywords: &[&str]) -> Result<Self, aho_corasick::BuildError> {
        let dfa = DFA::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .start_kind(aho_corasick::StartKind::Unanchored)
            .build(keywords)?;
        // An automaton with an unanchored start has one; without it nothing would be found.
        let start = dfa.start_state(Anchored::No).unwrap_or_default();
        let longest = keywords.iter().map(|k| k.len()).max().unwrap_or(0);
        Ok(Self { dfa, start, longest })
    }

    /// Calls `found` with the index and place of each keyword in `text`, by end.
    pub(super) fn each(&self, text: &[u8], mut found: impl FnMut(usize, Range<usize>)) {
        if text.len() < LANES_FROM.max(self.longest * LANES) {
            let mut state = self.start;
            for (at, byte) in text.iter().enumerate() {
                state = self.dfa.next_state(Anchored::No, state, *byte);
                if self.dfa.is_special(state) {
                    self.report(state, at + 1, &mut found);
                }
            }
            return;
        }
        let mut pending: [Vec<(StateID, usize)>; LANES] = Default::default();
        self.lanes(text, &mut pending);
        for (state, end) in pending.into_iter().flatten() {
            self.report(state, end, &mut found);
        }
    }

    fn lanes(&self, text: &[u8], pending: &mut [Vec<(StateID, usize)>; LANES]) {
        let size = text.len() / LANES;
        let begin: [usize; LANES] = std::array::from_fn(|lane| size * lane);
        // What a lane reads before its own part only brings it into the right state.
        let lead = self.longest.saturating_sub(1);
        let mut states = [self.start; LANES];
        for (state, begin) in states.iter_mut().zip(begin).skip(1) {
            for byte in &text[begin - lead..begin] {
                *state = self.dfa.next_state(Anchored::No, *state, *byte);
            }
        }
        let parts: [&[u8]; LANES] =
            std::array::from_fn(|lane| &text[begin[lane]..begin[lane] + size]);
        let [first, second, third, fourth] = parts.map(<[u8]>::iter);
        let columns = first.zip(second).zip(third.zip(fourth)).enumerate();
        for (at, ((a, b), (c, d))) in columns {
            for (lane, byte) in [*a, *b, *c, *d].into_iter().enumerate() {
                let state = self.dfa.next_state(Anchored::No, states[lane], byte);
                states[lane] = state;
                if self.dfa.is_special(state) {
                    pending[lane].push((state, begin[lane] + at + 1));
                }
            }
        }
        let mut state = states[LANES - 1];
        for (at, byte) in text.iter().enumerate().skip(size * LANES) {
            state = self.dfa.next_state(Anchored::No, state, *byte);
            if self.dfa.is_special(state) {
                pending[LANES - 1].push((state, at + 1));
            }
        }
    }

    fn report(&self, state: StateID, end: usize, found: &mut impl FnMut(usize, Range<usize>)) {
        if !self.dfa.is_match(state) {
            return;
        }
        for i in 0..self.dfa.match_len(state) {
            let keyword = self.dfa.match_pattern(state, i);
            found(keyword.as_usize(), end - self.dfa.pattern_len(keyword)..end);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Keywords;

    proptest! {
        #[test]
        fn lanes_find_what_one_lane_finds(
            keywords in prop::collection::vec("[abA]{1,5}", 1..8),
            text in "[abAB ]{0,300}",
            times in 1..40_usize,
        ) {
            let text = text.repeat(times);
            let keywords: Vec<&str> = keywords.iter().map(String::as_str).collect();
            let lower = text.to_ascii_lowercase();
            let mut expected = Vec::new();
            for (i, keyword) in keywords.iter().enumerate() {
                let keyword = keyword.to_ascii_lowercase();
                for at in 0..lower.len() {
                    if lower[at..].starts_with(&keyword) {
                        expected.push((at + keyword.len(), i, at));
                    }
                }
            }
            expected.sort_unstable();
            let mut found = Vec::new();
            let automaton = Keywords::new(&keywords).expect("an automaton");
            automaton.each(text.as_bytes(), |i, span| found.push((span.end, i, span.start)));
            prop_assert!(found.is_sorted_by_key(|(end, _, _)| *end));
            found.sort_unstable();
            prop_assert_eq!(found, expected);
        }
    }
}
