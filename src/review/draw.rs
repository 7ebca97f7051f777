// SPDX-License-Identifier: MIT OR Apache-2.0
//! Draws places from a batch at random, the same ones wherever and whenever it is asked again.
//!
//! What is drawn follows from the seed and the number of places alone, so the checklist need not
//! list it, and another reviewer or a later version can check it. The numbers come from
//! `SplitMix64` (Steele, Lea, Flood 2014), the draw is the beginning of a Fisher-Yates shuffle.
//! Neither may ever change: every checklist that has a sample relies on them.

use std::collections::HashMap;

/// A small generator of random numbers whose sequence is fixed for all time.
struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Returns a number below `bound`, each with the same chance: numbers of the last, incomplete
    /// round through all remainders are thrown away.
    fn below(&mut self, bound: u64) -> u64 {
        let whole = u64::MAX - u64::MAX % bound;
        loop {
            let number = self.next();
            if number < whole {
                return number % bound;
            }
        }
    }
}

/// Returns the seed of the batch decided at `at` in a review whose own seed is `review`.
pub(super) fn seed_of(review: u64, at: i64) -> u64 {
    SplitMix64(review ^ at.cast_unsigned()).next()
}

/// Returns where the file at `path` stands in the order in which files are drawn with `seed`: the
/// lowest come first. Files that come and go leave the order of the others as it is.
pub(super) fn path_rank(seed: u64, path: &[u8]) -> u64 {
    path.chunks(8).fold(SplitMix64(seed).next(), |rank, part| {
        let mut bytes = [0; 8];
        bytes[..part.len()].copy_from_slice(part);
        SplitMix64(rank ^ u64::from_le_bytes(bytes) ^ (part.len() as u64) << 56).next()
    })
}

/// Returns which of `places` places are drawn, as sorted indexes: `n` of them, or all if there
/// are fewer.
#[must_use]
pub fn draw(seed: u64, n: u32, places: usize) -> Vec<usize> {
    let n = (n as usize).min(places);
    let mut random = SplitMix64(seed);
    // Only what was swapped is kept: a batch may have a hundred thousand places.
    let mut swapped: HashMap<usize, usize> = HashMap::new();
    let mut out = Vec::with_capacity(n);
    for i in 0..n {
        let left = (places - i) as u64;
        let j = i + usize::try_from(random.below(left)).unwrap_or(0);
        let at = |swapped: &HashMap<usize, usize>, k: usize| *swapped.get(&k).unwrap_or(&k);
        out.push(at(&swapped, j));
        let first = at(&swapped, i);
        swapped.insert(j, first);
    }
    out.sort_unstable();
    out
}

/// Returns how many clean draws say with 95 % confidence that at most `miss` percent of a batch
/// are wrong: 59 for 5, 149 for 2.
#[must_use]
pub fn sample_size(miss: u8) -> u32 {
    let rate = f64::from(miss.clamp(1, 50)) / 100.0;
    // At most 299, and never negative.
    (0.05_f64.ln() / (1.0 - rate).ln()).ceil() as u32
}

/// Returns the rate of wrong places, in percent, that `clean` clean draws exclude with 95 %
/// confidence; nothing is known from none.
#[must_use]
pub fn miss_bound(clean: usize) -> Option<f64> {
    (clean > 0).then(|| 100.0 * (1.0 - 0.05_f64.powf(1.0 / clean as f64)))
}

#[cfg(test)]
mod tests {
    use super::{SplitMix64, draw, miss_bound, sample_size, seed_of};

    #[test]
    fn the_numbers_are_those_that_were_published() {
        // The first outputs of the reference implementation for the seed 1234567.
        let mut random = SplitMix64(1_234_567);
        let first: Vec<u64> = (0..5).map(|_| random.next()).collect();
        assert_eq!(
            first,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423,
                4_593_380_528_125_082_431,
                16_408_922_859_458_223_821,
            ]
        );
    }

    #[test]
    fn what_is_drawn_never_changes() {
        // Worked out by a second implementation, not by this one.
        assert_eq!(draw(1, 5, 100), [53, 56, 61, 65, 66]);
        assert_eq!(draw(0x0123_4567_89ab_cdef, 8, 40), [5, 16, 22, 27, 32, 34, 35, 36]);
        assert_eq!(draw(7, 3, 100_000), [19290, 51001, 74487]);
        assert_eq!(seed_of(1, 1_700_000_000_000), 6_850_181_796_314_734_958);
        assert_eq!(draw(9, 50, 3), [0, 1, 2]);
        assert_eq!(draw(9, 50, 0), [0; 0]);
    }

    #[test]
    fn sizes_and_bounds_are_those_of_the_books() {
        assert_eq!([5, 2, 1, 10].map(sample_size), [59, 149, 299, 29]);
        assert_eq!(miss_bound(0), None);
        let bound = |n| miss_bound(n).map(|bound| format!("{bound:.1}"));
        assert_eq!(bound(59).as_deref(), Some("5.0"));
        assert_eq!(bound(149).as_deref(), Some("2.0"));
        assert_eq!(bound(1).as_deref(), Some("95.0"));
    }
}
