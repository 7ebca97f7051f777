// SPDX-License-Identifier: MIT OR Apache-2.0
//! The ids of all objects, sorted, and where each object is stored.

use std::cmp::Ordering;

use super::{
    ObjectKind,
    list::{Listing, Store},
    pack::{NOBODY, Pack},
};

/// So many bits of an id lead straight to its neighbourhood.
const FAN_BITS: u32 = 16;

/// The ids of all objects.
pub(super) struct Ids {
    bytes: Vec<u8>,
    width: usize,
    /// For each beginning, where the ids that begin with it start; one more for the end.
    fan: Vec<u32>,
}

/// Where an object is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// An entry of a pack.
    Packed {
        /// Which pack.
        pack: u32,
        /// Which of its entries.
        entry: u32,
    },
    /// A file of its own, in the folder with this number.
    Loose(u32),
    /// Nowhere that could be read.
    Lost,
}

/// What was learned by listing everything.
pub(super) struct Table {
    pub(super) ids: Ids,
    /// Where each object is read.
    pub(super) places: Vec<Place>,
    /// Where else some objects are, sorted by object.
    pub(super) copies: Vec<(u32, Place)>,
    pub(super) packs: Vec<Pack>,
    pub(super) folders: Vec<std::path::PathBuf>,
    pub(super) kinds: Vec<Option<ObjectKind>>,
}

impl Ids {
    fn new(bytes: Vec<u8>, width: usize) -> Self {
        let mut fan = vec![0; (1 << FAN_BITS) + 1];
        for id in bytes.chunks_exact(width) {
            if let Some(count) = fan.get_mut(beginning(prefix(id)) + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for count in &mut fan {
            sum += *count;
            *count = sum;
        }
        Self { bytes, width, fan }
    }

    pub(super) fn len(&self) -> usize {
        self.bytes.len() / self.width
    }

    pub(super) fn get(&self, object: u32) -> &[u8] {
        let at = object as usize * self.width;
        self.bytes.get(at..at + self.width).unwrap_or_default()
    }

    pub(super) fn find(&self, id: &[u8]) -> Option<u32> {
        if id.len() != self.width {
            return None;
        }
        let first = prefix(id);
        let at = beginning(first);
        let (mut low, mut high) = (*self.fan.get(at)?, *self.fan.get(at + 1)?);
        // Ids are spread evenly, so this one is where its next bits say, or a few places off.
        let share = u64::from((first << FAN_BITS >> 32) as u32);
        let mut at = low + ((u64::from(high - low) * share) >> 32) as u32;
        let mut step = 0;
        while low < high {
            let other = self.get(at);
            match prefix(other).cmp(&first).then_with(|| other.cmp(id)) {
                Ordering::Equal => return Some(at),
                // Somebody may have made ids that are not, so it never goes beyond the middle.
                Ordering::Less => {
                    low = at + 1;
                    at = low + step.min((high - low) / 2);
                }
                Ordering::Greater => {
                    high = at;
                    at = high.saturating_sub(1 + step.min((high - low) / 2));
                }
            }
            step = step * 2 + 1;
        }
        None
    }
}

/// Returns what of the first bytes leads to the neighbourhood.
fn beginning(first: u64) -> usize {
    (first >> (u64::BITS - FAN_BITS)) as usize
}

impl Table {
    /// Sorts what `listings` list. An object that several have is read from the first of them.
    pub(super) fn new(listings: Vec<Listing>, width: usize) -> Self {
        let (ids, members) = merge(&listings, width);
        let mut table = Self {
            places: vec![Place::Lost; ids.len()],
            kinds: vec![None; ids.len()],
            ids,
            copies: Vec::new(),
            packs: Vec::new(),
            folders: Vec::new(),
        };
        let mut known = vec![false; table.places.len()];
        for (listing, members) in listings.into_iter().zip(members) {
            match listing.store {
                Store::Pack(file) => {
                    let (pack, kinds) = Pack::new(file, members, &table.ids);
                    table.add_pack(pack, &kinds, &mut known);
                }
                Store::Loose(folder) => {
                    let place = Place::Loose(u32::try_from(table.folders.len()).unwrap_or(NOBODY));
                    table.folders.push(folder);
                    for (_, object) in members {
                        table.put(object, place, &mut known);
                    }
                }
                Store::Lost => {
                    for (_, object) in members {
                        table.put(object, Place::Lost, &mut known);
                    }
                }
            }
        }
        table.copies.sort_by_key(|copy| copy.0);
        table
    }

    fn add_pack(&mut self, pack: Pack, kinds: &[Option<ObjectKind>], known: &mut [bool]) {
        let number = u32::try_from(self.packs.len()).unwrap_or(NOBODY);
        for ((&object, kind), entry) in pack.objects().iter().zip(kinds).zip(0..) {
            if object == NOBODY {
                continue;
            }
            self.put(object, Place::Packed { pack: number, entry }, known);
            if let Some(slot) = self.kinds.get_mut(object as usize) {
                *slot = slot.or(*kind);
            }
        }
        self.packs.push(pack);
    }

    fn put(&mut self, object: u32, place: Place, known: &mut [bool]) {
        let Some(known) = known.get_mut(object as usize) else { return };
        if std::mem::replace(known, true) {
            self.copies.push((object, place));
        } else if let Some(slot) = self.places.get_mut(object as usize) {
            *slot = place;
        }
    }
}

/// Sorts all ids, and tells for each listing the offsets and numbers of its objects.
fn merge(listings: &[Listing], width: usize) -> (Ids, Vec<Vec<(u64, u32)>>) {
    let total: usize = listings.iter().map(Listing::len).sum();
    // The first bytes are compared without a look at the listing.
    let mut all: Vec<(u64, u32, u32)> = Vec::with_capacity(total);
    for (listing, number) in listings.iter().zip(0..) {
        for at in 0..u32::try_from(listing.len()).unwrap_or_default() {
            all.push((prefix(listing.id(at)), number, at));
        }
    }
    let id = |of: &(u64, u32, u32)| listings.get(of.1 as usize).map(|listing| listing.id(of.2));
    // Each listing is sorted already, which a stable sort makes use of.
    all.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| id(a).cmp(&id(b))));
    let mut bytes: Vec<u8> = Vec::with_capacity(all.len() * width);
    let mut members: Vec<Vec<(u64, u32)>> =
        listings.iter().map(|listing| Vec::with_capacity(listing.len())).collect();
    for item in &all {
        let Some(id) = id(item) else { continue };
        if bytes.is_empty() || !bytes.ends_with(id) {
            bytes.extend_from_slice(id);
        }
        let object = u32::try_from(bytes.len() / width - 1).unwrap_or(NOBODY);
        let listing = listings.get(item.1 as usize);
        if let (Some(listing), Some(members)) = (listing, members.get_mut(item.1 as usize)) {
            members.push((listing.offset(item.2), object));
        }
    }
    (Ids::new(bytes, width), members)
}

/// Returns the first bytes as a number that sorts as they do.
fn prefix(id: &[u8]) -> u64 {
    id.first_chunk().map_or(0, |first| u64::from_be_bytes(*first))
}
