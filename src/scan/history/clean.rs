// SPDX-License-Identifier: MIT OR Apache-2.0
//! Contents that were scanned and in which nothing was found.

use std::collections::{BTreeSet, HashSet};

use sha2::{Digest, Sha256};

use crate::scan::PathFacts;

/// A set of pairs of a content and the facts under which it is clean.
#[derive(Debug, Default)]
pub struct Clean(Vec<[u8; Self::LEN]>);

impl Clean {
    /// Bytes of one entry: the object's id, up to 32 bytes, and 8 of a digest of the facts.
    pub const LEN: usize = 40;

    /// Reads what [`with`](Self::with) wrote. What is cut off or not sorted counts for nothing.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Self {
        let (entries, rest) = bytes.as_chunks::<{ Self::LEN }>();
        if rest.is_empty() && entries.is_sorted() {
            Self(entries.to_vec())
        } else {
            Self::default()
        }
    }

    /// Returns all entries as bytes, with those of another set and new ones.
    #[must_use]
    pub fn with(&self, other: &Self, new: HashSet<[u8; Self::LEN]>) -> Vec<u8> {
        let mut all: BTreeSet<[u8; Self::LEN]> = new.into_iter().collect();
        all.extend(self.0.iter().chain(&other.0));
        all.into_iter().flatten().collect()
    }

    /// Returns whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns whether the content was clean under the facts with this digest.
    #[must_use]
    pub fn has(&self, id: &[u8], facts: [u8; 8]) -> bool {
        self.0.binary_search(&Self::entry(id, facts)).is_ok()
    }

    /// Returns the entry of a content under the facts with this digest.
    #[must_use]
    pub fn entry(id: &[u8], facts: [u8; 8]) -> [u8; Self::LEN] {
        let mut out = [0; Self::LEN];
        let len = id.len().min(32);
        out[..len].copy_from_slice(&id[..len]);
        out[32..].copy_from_slice(&facts);
        out
    }
}

/// Returns a digest of what a path says.
pub(super) fn digest(facts: &PathFacts) -> [u8; 8] {
    let digest = Sha256::digest(format!("{facts:?}"));
    std::array::from_fn(|i| digest[i])
}

#[cfg(test)]
mod tests {
    use super::Clean;

    #[test]
    fn entries_read_back_and_damage_counts_for_nothing() {
        let [one, two] = [[1; 20], [2; 20]].map(|id| Clean::entry(&id, [9; 8]));
        let bytes = Clean::default().with(&Clean::default(), [two, one].into());
        let clean = Clean::read(&bytes);
        assert!(clean.has(&[1; 20], [9; 8]) && clean.has(&[2; 20], [9; 8]));
        assert!(!clean.has(&[1; 20], [8; 8]) && !clean.has(&[3; 20], [9; 8]));
        assert!(Clean::read(&bytes[1..]).is_empty());
        assert!(Clean::read(&[&bytes[40..], &bytes[..40]].concat()).is_empty());
        assert_eq!(clean.with(&Clean::read(&bytes), [one].into()), bytes);
    }
}
