// SPDX-License-Identifier: MIT OR Apache-2.0
//! Three bytes in a row by how often they stand in code, settings and prose, the most frequent
//! first: in 20 public repositories of many languages, all of the same weight. Case is folded as in
//! keywords, by one bit, so `*` stands for a line feed as well and `)` for a tab.

use std::{collections::HashMap, sync::LazyLock};

/// All of them, 28 a line.
const ALL: &str = include_str!("../../assets/trigrams.txt");

/// For each, folded, its place in the list.
static RANKS: LazyLock<HashMap<[u8; 3], usize>> = LazyLock::new(|| {
    let all = ALL.lines().flat_map(|row| row.as_bytes().chunks_exact(3));
    all.enumerate().map(|(rank, part)| (fold(part), rank)).collect()
});

fn fold(part: &[u8]) -> [u8; 3] {
    [0, 1, 2].map(|i| part.get(i).map_or(0, |byte| byte | 0x20))
}

/// Returns how rare three bytes are: the more the rarer. What is not listed is rarer than
/// everything that is.
pub(super) fn rarity(part: &[u8]) -> usize {
    RANKS.get(&fold(part)).copied().unwrap_or(ALL.len() / 3)
}

#[cfg(test)]
mod tests {
    use super::{ALL, rarity};

    #[test]
    fn rare_bytes_are_told_from_frequent_ones() {
        // An editor that cuts off blanks at the ends of lines would spoil it.
        assert!(ALL.lines().count() > 50 && ALL.lines().all(|row| row.len() == 3 * 28));
        assert!(ALL.is_ascii() && rarity(b"xq7") > 2000);
        assert!(rarity(b"the") < 100 && rarity(b"THE") == rarity(b"the"));
        assert!(rarity(b"kty") > rarity(b"key"));
    }
}
