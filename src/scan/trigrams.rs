// SPDX-License-Identifier: MIT OR Apache-2.0
//! Three bytes in a row by how often they stand in code, settings and prose, the most frequent
//! first: in 20 public repositories of many languages, all of the same weight. Case is folded as in
//! keywords, by one bit, so `*` stands for a line feed as well and `)` for a tab.

use std::{collections::HashMap, sync::LazyLock};

/// All of them, 28 a line.
const ALL: &str = include_str!("../../assets/trigrams.txt");

/// The most frequent one stands at one place in so many.
const FIRST: f64 = 30.0;
/// What is not listed stands at one place in 6,000, or less often.
const UNLISTED: f64 = 1.0 / 6000.0;

/// For each, folded, its place in the list.
static RANKS: LazyLock<HashMap<[u8; 3], usize>> = LazyLock::new(|| {
    let all = ALL.lines().flat_map(|row| row.as_bytes().chunks_exact(3));
    all.enumerate().map(|(rank, part)| (fold(part), rank)).collect()
});

fn fold(part: &[u8]) -> [u8; 3] {
    [0, 1, 2].map(|i| part.get(i).map_or(0, |byte| byte | 0x20))
}

/// Returns about how large a share of all places such three bytes stand at: the listed ones
/// become rarer in about the same way as words of a language do.
pub(super) fn frequency(part: &[u8]) -> f64 {
    match RANKS.get(&fold(part)) {
        Some(rank) => 1.0 / (*rank as f64 + FIRST),
        None => UNLISTED,
    }
}

#[cfg(test)]
mod tests {
    use super::{ALL, UNLISTED, frequency};

    #[test]
    fn rare_bytes_are_told_from_frequent_ones() {
        // An editor that cuts off blanks at the ends of lines would spoil it.
        assert!(ALL.lines().count() > 50 && ALL.lines().all(|row| row.len() == 3 * 28));
        assert!(ALL.is_ascii() && frequency(b"xq7") <= UNLISTED);
        assert!(frequency(b"the") > 0.01 && frequency(b"THE") >= frequency(b"the"));
        assert!(frequency(b"kty") < frequency(b"key"));
    }
}
