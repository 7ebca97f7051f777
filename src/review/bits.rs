// SPDX-License-Identifier: MIT OR Apache-2.0
//! In which commits a path was: asked for each pair of a lost decision and a place it may go to.

/// A set of commits.
#[derive(Clone, Debug, Default)]
pub(super) struct Bits(Vec<u64>);

impl FromIterator<bool> for Bits {
    fn from_iter<I: IntoIterator<Item = bool>>(all: I) -> Self {
        let mut out = Self::default();
        for (i, set) in all.into_iter().enumerate() {
            if i % 64 == 0 {
                out.0.push(0);
            }
            if let Some(last) = out.0.last_mut() {
                *last |= u64::from(set) << (i % 64);
            }
        }
        out
    }
}

impl Bits {
    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|bits| *bits == 0)
    }

    pub(super) fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(a, b)| a & b != 0)
    }

    pub(super) fn join(&mut self, other: &Self) {
        self.0.resize(self.0.len().max(other.0.len()), 0);
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
    }
}
