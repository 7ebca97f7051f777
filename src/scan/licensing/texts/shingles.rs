// SPDX-License-Identifier: MIT OR Apache-2.0
//! Rows of four words, by which a text is found inside of another.

use super::tokens::Token;

const ROW: usize = 4;
const NONE: u32 = u32::MAX;

/// Returns the rows of four words of a text.
pub(super) fn of(words: &[Token]) -> impl Iterator<Item = u32> + '_ {
    words.windows(ROW).map(|row| {
        row.iter().fold(0_u32, |hash, token| {
            hash.rotate_left(7).wrapping_add(token.word).wrapping_mul(0x9e37_79b1)
        })
    })
}

/// The rows of a file, with where they stand.
pub(super) struct Shingles {
    rows: Vec<u32>,
    /// A bit for each row, so that most that are not there are told at once.
    seen: Vec<u64>,
    /// The first place of each row; open addressing.
    first: Vec<u32>,
    /// The next place of the row that stands at each place.
    next: Vec<u32>,
}

impl Shingles {
    /// Takes the rows of a file.
    pub(super) fn new(words: &[Token]) -> Self {
        let rows: Vec<u32> = of(words).collect();
        let slots = (rows.len() * 2).next_power_of_two().max(16);
        let mut out = Self {
            seen: vec![0; 2048],
            first: vec![NONE; slots],
            next: vec![NONE; rows.len()],
            rows,
        };
        for at in (0..out.rows.len()).rev() {
            let row = out.rows[at];
            out.seen[(row >> 6 & 2047) as usize] |= 1 << (row & 63);
            let slot = out.slot(row);
            out.next[at] = out.first[slot];
            out.first[slot] = u32::try_from(at).unwrap_or(NONE);
        }
        out
    }

    fn slot(&self, row: u32) -> usize {
        let mask = self.first.len() - 1;
        let mut slot = (row.wrapping_mul(0x85eb_ca6b) >> 8) as usize & mask;
        while let Some(other) = self.rows.get(self.first[slot] as usize) {
            if *other == row {
                break;
            }
            slot = (slot + 1) & mask;
        }
        slot
    }

    /// Returns whether the file has the row.
    pub(super) fn has(&self, row: u32) -> bool {
        self.seen[(row >> 6 & 2047) as usize] >> (row & 63) & 1 == 1
            && self.first[self.slot(row)] != NONE
    }

    /// Returns where the row stands, in order.
    pub(super) fn places(&self, row: u32) -> impl Iterator<Item = usize> + '_ {
        let first = if self.has(row) { self.first[self.slot(row)] } else { NONE };
        std::iter::successors(Some(first), |at| self.next.get(*at as usize).copied())
            .take_while(|at| *at != NONE)
            .map(|at| at as usize)
    }
}
