// SPDX-License-Identifier: MIT OR Apache-2.0
//! How the entries of a pack hang together: the base of each delta, as the headers name it.

use std::collections::HashMap;

use gix_pack::data::entry::Header;

use super::{CIRCLE, MISSING, NOBODY, Pack, WHOLE, kind_of};
use crate::repo::objects::{ObjectKind, table::Ids};

impl Pack {
    /// Finds the parent of each entry and returns the kinds of those that are whole.
    pub(super) fn link(&mut self, ids: &Ids) -> Vec<Option<ObjectKind>> {
        let listed = self.offsets.len();
        let mut kinds = Vec::with_capacity(listed);
        self.parents.reserve(listed);
        let mut unlisted = HashMap::new();
        let mut by_object = Vec::new();
        let mut at = 0;
        while let Some(&offset) = self.offsets.get(at) {
            let mut kind = None;
            let header = self.file.entry(offset);
            let parent = match header.as_ref().map(|entry| &entry.header) {
                Ok(Header::OfsDelta { base_distance }) => offset
                    .checked_sub(*base_distance)
                    .filter(|_| *base_distance > 0)
                    .and_then(|base| self.entry_at(base, at, listed, &mut unlisted)),
                Ok(Header::RefDelta { base_id }) => {
                    if by_object.is_empty() {
                        by_object = self.by_object();
                    }
                    ids.find(base_id.as_slice()).and_then(|object| {
                        let at = by_object.binary_search_by_key(&object, |pair| pair.0).ok()?;
                        by_object.get(at).map(|pair| pair.1)
                    })
                }
                Ok(whole) => {
                    kind = kind_of(whole);
                    Some(WHOLE)
                }
                Err(_) => None,
            };
            self.parents.push(parent.unwrap_or(MISSING));
            kinds.push(kind);
            at += 1;
        }
        kinds
    }

    /// Returns the number of the entry that begins at `offset`, somewhere before entry `at`.
    ///
    /// An index that was made for several packs doesn't list what it found elsewhere, but deltas
    /// in this pack still build upon it: such a base becomes an entry without an object. There
    /// can't be more of these than of the others unless somebody means harm.
    fn entry_at(
        &mut self,
        offset: u64,
        at: usize,
        listed: usize,
        unlisted: &mut HashMap<u64, u32>,
    ) -> Option<u32> {
        // Bases are mostly near, so the search begins here and widens.
        let mut end = at.min(listed);
        let mut step = 1;
        let mut start = end.saturating_sub(step);
        while start > 0 && self.offsets.get(start).is_some_and(|o| *o > offset) {
            end = start;
            step *= 4;
            start = end.saturating_sub(step);
        }
        if let Ok(found) = self.offsets.get(start..end)?.binary_search(&offset) {
            return u32::try_from(start + found).ok();
        }
        if let Some(found) = unlisted.get(&offset) {
            return Some(*found);
        }
        let new = u32::try_from(self.offsets.len()).ok().filter(|n| *n < CIRCLE)?;
        if self.offsets.len() >= 2 * listed {
            return None;
        }
        self.offsets.push(offset);
        self.objects.push(NOBODY);
        unlisted.insert(offset, new);
        Some(new)
    }

    fn by_object(&self) -> Vec<(u32, u32)> {
        let mut out: Vec<(u32, u32)> = self.objects.iter().copied().zip(0..).collect();
        out.sort_unstable();
        out
    }

    /// Hands the kinds of what is whole on to what was made from it, and cuts circles open:
    /// from here on, parents are a forest.
    pub(super) fn kinds(&mut self, own: &[Option<ObjectKind>]) -> Vec<Option<ObjectKind>> {
        const NEW: u8 = 0;
        const BUSY: u8 = 1;
        const DONE: u8 = 2;
        let mut out = own.to_vec();
        let mut state = vec![NEW; own.len()];
        let mut path: Vec<usize> = Vec::new();
        for start in 0..own.len() {
            let mut at = start;
            let kind = loop {
                match state.get(at).copied() {
                    Some(NEW) => {}
                    Some(BUSY) => {
                        let last = path.last().and_then(|last| self.parents.get_mut(*last));
                        last.into_iter().for_each(|parent| *parent = CIRCLE);
                        break None;
                    }
                    _ => break out.get(at).copied().flatten(),
                }
                state[at] = BUSY;
                path.push(at);
                match self.parents[at] {
                    WHOLE | MISSING | CIRCLE => break out[at],
                    parent => at = parent as usize,
                }
            };
            for at in path.drain(..) {
                out[at] = kind;
                state[at] = DONE;
            }
        }
        out
    }
}
