// SPDX-License-Identifier: MIT OR Apache-2.0
//! Recovery words of wallets: the list and the checksum of BIP 39.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

use super::Outcome;
use crate::domain::{Severity, remark};

/// The English list, ascending: a word stands for eleven bits.
static WORDS: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("../../../../assets/words/bip39-english.txt").lines().collect());

/// Twelve or more words of the list. Their last bits are those of a hash of the others: whatever
/// does not fit was never a wallet, or lost a word on the way.
pub(super) fn seed_phrase(value: &[u8]) -> Outcome {
    let words = value.split(|b| !b.is_ascii_lowercase()).filter(|word| !word.is_empty());
    let index = |word: &[u8]| WORDS.binary_search_by(|other| other.as_bytes().cmp(word)).ok();
    let Some(numbers) = words.map(index).collect::<Option<Vec<usize>>>() else {
        return Outcome::Failed;
    };
    // The phrases of manuals repeat one word.
    let mut distinct = numbers.clone();
    distinct.sort_unstable();
    distinct.dedup();
    if !matches!(numbers.len(), 12 | 15 | 18 | 21 | 24) || distinct.len() * 3 < numbers.len() * 2 {
        return Outcome::Failed;
    }
    if checksum(&numbers) {
        Outcome::Proved(remark::CHECKSUM_MATCHES.into())
    } else {
        Outcome::Kept(Some(remark::CHECKSUM_FAILED.into()), Some(Severity::Medium))
    }
}

/// For every 32 bits one follows from the hash of all of them.
fn checksum(numbers: &[usize]) -> bool {
    let bits: Vec<bool> =
        numbers.iter().flat_map(|no| (0..11).rev().map(move |bit| no >> bit & 1 == 1)).collect();
    let byte = |bits: &[bool]| bits.iter().fold(0_u8, |byte, bit| byte << 1 | u8::from(*bit));
    let (seed, sum) = bits.split_at(bits.len() / 33 * 32);
    let seed: Vec<u8> = seed.chunks(8).map(byte).collect();
    let hash = Sha256::digest(&seed);
    byte(sum) == hash[0] >> (8 - sum.len())
}

#[cfg(test)]
mod tests {
    use data_encoding::HEXLOWER;
    use proptest::prelude::*;

    use super::{Digest, Outcome, Sha256, WORDS, checksum, seed_phrase};

    /// Writes a seed as words.
    fn phrase(seed: &[u8]) -> Vec<usize> {
        let sum = Sha256::digest(seed)[0];
        let all: Vec<bool> = seed
            .iter()
            .chain([&sum])
            .flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1))
            .take(seed.len() / 4 * 33)
            .collect();
        all.chunks(11)
            .map(|bits| bits.iter().fold(0, |no, bit| no << 1 | usize::from(*bit)))
            .collect()
    }

    #[test]
    fn the_list_is_the_one_that_its_page_names() {
        let text = include_str!("../../../../assets/words/bip39-english.txt");
        let readme = include_str!("../../../../assets/words/README.md");
        assert!(readme.contains(&HEXLOWER.encode(&Sha256::digest(text))));
        assert!(WORDS.len() == 2048 && WORDS.is_sorted());
    }

    #[test]
    fn test_vectors_of_the_proposal() {
        // 7f7f… and 80808080….
        let legal = "legal winner thank year wave sausage worth useful legal winner thank yellow";
        assert_eq!(phrase(&[0x7f; 16]), legal.split(' ').map(number).collect::<Vec<_>>());
        assert!(checksum(&phrase(&[0x80; 32])));
    }

    fn number(word: &str) -> usize {
        WORDS.binary_search(&word).expect("a word of the list")
    }

    proptest! {
        #[test]
        fn a_phrase_holds_and_one_with_another_word_mostly_does_not(
            seed in prop::sample::select(vec![16_usize, 20, 24, 28, 32])
                .prop_flat_map(|len| prop::collection::vec(any::<u8>(), len)),
            at in any::<prop::sample::Index>(),
        ) {
            let numbers = phrase(&seed);
            prop_assert!(checksum(&numbers));
            let text = |numbers: &[usize]| {
                numbers.iter().map(|no| WORDS[*no]).collect::<Vec<_>>().join(" ")
            };
            let words = text(&numbers);
            let outcome = seed_phrase(words.as_bytes());
            prop_assert!(matches!(outcome, Outcome::Proved(_) | Outcome::Failed));
            let at = at.index(numbers.len());
            let others = (0..2048).filter(|no| {
                let mut numbers = numbers.clone();
                numbers[at] = *no;
                checksum(&numbers)
            });
            // One in sixteen, or fewer where the phrase is longer, as chance has it.
            let most = 2048 >> (numbers.len() / 3);
            let count = others.count();
            prop_assert!((1..=most * 3 + 16).contains(&count), "{} of {}", count, most);
            let gone = words.replacen(WORDS[numbers[at]], "debut", 1);
            prop_assert!(matches!(seed_phrase(gone.as_bytes()), Outcome::Failed));
        }

        #[test]
        fn never_panics(value in prop::collection::vec(any::<u8>(), 0..80)) {
            seed_phrase(&value);
        }
    }
}
