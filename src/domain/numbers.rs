// SPDX-License-Identifier: MIT OR Apache-2.0
//! Maps whose keys are a few numbers, which are hashed faster than texts are.

use std::{
    collections::HashMap,
    hash::{BuildHasher, Hasher, RandomState},
};

/// Spreads the bits of a number; odd, close to the golden ratio of 2^64.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// A map with a few numbers as key. The hash is keyed at random, as that of texts is: which
/// numbers there are is up to whoever wrote the repository.
pub type NumberMap<K, V> = HashMap<K, V, Numbers>;

/// Makes hashers for numbers.
#[derive(Clone, Debug)]
pub struct Numbers(u64);

impl Default for Numbers {
    fn default() -> Self {
        Self(RandomState::new().hash_one(0))
    }
}

impl BuildHasher for Numbers {
    type Hasher = NumberHasher;

    fn build_hasher(&self) -> NumberHasher {
        NumberHasher(self.0)
    }
}

/// Hashes numbers, one multiplication each.
#[derive(Clone, Debug)]
pub struct NumberHasher(u64);

impl Hasher for NumberHasher {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64((*byte).into());
        }
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(number.into());
    }

    fn write_u64(&mut self, number: u64) {
        let product = u128::from(self.0 ^ number) * u128::from(SPREAD);
        self.0 = product as u64 ^ (product >> 64) as u64;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use std::hash::BuildHasher;

    use super::Numbers;

    #[test]
    fn neighbours_are_spread() {
        let numbers = Numbers::default();
        let hash = |key: (u32, u32)| numbers.hash_one(key);
        let mut all: Vec<u64> =
            (0..100).flat_map(|a| (0..100).map(move |b| (a, b))).map(hash).collect();
        // The lower bits choose the place in a table.
        all.iter_mut().for_each(|hash| *hash &= 0xffff);
        all.sort_unstable();
        all.dedup();
        assert!(all.len() > 8_500, "{}", all.len());
    }
}
