// SPDX-License-Identifier: MIT OR Apache-2.0
//! All trees in memory, as small as the pack had them, though inflated.
//!
//! A tree that is a delta of another is kept as what to copy from that one and what is new. So no
//! tree is inflated twice, and all of them take about a tenth of what they would as a whole.

use std::{ops::Deref, rc::Rc};

use crate::repo::objects::{Base, ObjIdx, Op};

/// Stands for no object.
pub(super) const NONE: u32 = u32::MAX;

/// The trees one worker of the walk has seen.
///
/// A record is the number of the base plus one (0 for a tree that is kept whole), the length of
/// the tree, and then its bytes or its instructions, with numbers as varints. In an instruction
/// the lowest bit of the length says whether it copies; the bytes of an insertion follow.
#[derive(Debug, Default)]
pub(super) struct Arena {
    bytes: Vec<u8>,
    starts: Vec<(u32, u64)>,
    /// Length of the largest tree.
    largest: usize,
}

impl Arena {
    /// Keeps a tree.
    pub(super) fn push<S>(&mut self, idx: ObjIdx, data: &[u8], base: Option<&Base<'_, S>>) {
        let start = self.bytes.len();
        self.starts.push((idx.0, start as u64));
        self.largest = self.largest.max(data.len());
        if let Some(base) = base {
            put(&mut self.bytes, u64::from(base.idx.0) + 1);
            put(&mut self.bytes, data.len() as u64);
            self.ops(data, base.ops);
            // A whole tree need not be made again, so a delta has to be much smaller.
            if (self.bytes.len() - start) * 2 < data.len() {
                return;
            }
            self.bytes.truncate(start);
        }
        put(&mut self.bytes, 0);
        put(&mut self.bytes, data.len() as u64);
        self.bytes.extend_from_slice(data);
    }

    fn ops(&mut self, data: &[u8], ops: &[Op]) {
        let mut at = 0;
        for op in ops {
            match *op {
                Op::Copy { from, len } => {
                    put(&mut self.bytes, (len as u64) << 1 | 1);
                    put(&mut self.bytes, from as u64);
                    at += len;
                }
                Op::Insert { len } => {
                    put(&mut self.bytes, (len as u64) << 1);
                    self.bytes.extend_from_slice(data.get(at..at + len).unwrap_or_default());
                    at += len;
                }
            }
        }
    }
}

/// Bytes of whole trees that a worker keeps at least, and at most.
const MIN_CACHE: usize = 4 << 20;
const MAX_CACHE: usize = 32 << 20;

/// All trees: 8 bytes for each object of the repository and the records of the trees.
#[derive(Debug)]
pub(super) struct Trees {
    arenas: Vec<Vec<u8>>,
    /// Arena (upper 16 bits) and offset of each object's record, plus one; 0 for what is no tree.
    places: Vec<u64>,
    largest: usize,
}

const OFFSET: u64 = (1 << 48) - 1;

impl Trees {
    /// Brings together what the workers have seen; `len` is the number of all objects.
    pub(super) fn new(arenas: Vec<Arena>, len: usize) -> Self {
        let mut places = vec![0; len];
        let mut kept = Vec::new();
        let largest = arenas.iter().map(|arena| arena.largest).max().unwrap_or(0);
        for (number, arena) in arenas.into_iter().enumerate() {
            for (idx, start) in arena.starts {
                if let Some(place) = places.get_mut(idx as usize) {
                    *place = ((number as u64) << 48) + start + 1;
                }
            }
            kept.push(arena.bytes);
        }
        Self { arenas: kept, places, largest }
    }

    /// Returns how many bytes of whole trees each worker should keep.
    ///
    /// It must hold the trees along a chain of deltas, of which Git makes 50 at most, or each
    /// tree would be made from the end of the chain again. More than that is slower: what is
    /// used next is no longer in the cache of the core.
    pub(super) fn budget(&self) -> usize {
        self.largest.saturating_mul(64).clamp(MIN_CACHE, MAX_CACHE)
    }

    /// Returns whether the object is a tree that was read.
    pub(super) fn has(&self, idx: u32) -> bool {
        self.places.get(idx as usize).is_some_and(|place| *place != 0)
    }

    /// Returns the base, the length, and the bytes or instructions with all that follows.
    fn record(&self, idx: u32) -> Option<(u32, usize, &[u8])> {
        let place = self.places.get(idx as usize)?.checked_sub(1)?;
        let arena = self.arenas.get((place >> 48) as usize)?;
        let mut rest = arena.get((place & OFFSET) as usize..)?;
        let base = get(&mut rest)?;
        let len = get(&mut rest)?;
        let base = base.checked_sub(1).map_or(NONE, |base| base as u32);
        Some((base, usize::try_from(len).ok()?, rest))
    }
}

/// The bytes of a tree.
#[derive(Clone, Debug)]
pub(super) enum Whole<'a> {
    /// It was kept whole.
    Kept(&'a [u8]),
    /// It was made from another.
    Made(Rc<Vec<u8>>),
}

impl Deref for Whole<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Kept(data) => data,
            Self::Made(data) => data,
        }
    }
}

/// Makes trees whole again and keeps those that were used lately.
pub(super) struct TreeReader<'a> {
    trees: &'a Trees,
    cache: Cache,
    /// Trees still to be made from those after them: number, length, instructions.
    chain: Vec<(u32, usize, &'a [u8])>,
}

impl<'a> TreeReader<'a> {
    /// Keeps at most `budget` bytes of whole trees.
    pub(super) fn new(trees: &'a Trees, budget: usize) -> Self {
        let cache = Cache::new(trees.places.len(), budget);
        Self { trees, cache, chain: Vec::new() }
    }

    /// Returns the bytes of a tree, if it was read.
    pub(super) fn read(&mut self, idx: u32) -> Option<Whole<'a>> {
        self.chain.clear();
        let mut at = idx;
        let mut base = loop {
            if let Some(data) = self.cache.get(at) {
                break Whole::Made(data);
            }
            let (base, len, bytes) = self.trees.record(at)?;
            if base == NONE {
                break Whole::Kept(bytes.get(..len)?);
            }
            self.chain.push((at, len, bytes));
            // A base was read before what was made from it, so there is no circle; but if there
            // were, this would never end.
            if self.chain.len() > self.trees.places.len() {
                return None;
            }
            at = base;
        };
        // What lies between is most likely what its neighbours in history look like.
        while let Some((at, len, bytes)) = self.chain.pop() {
            let mut data = Vec::with_capacity(len);
            apply(&base, bytes, len, &mut data)?;
            base = Whole::Made(self.cache.insert(at, data));
        }
        Some(base)
    }
}

/// Follows the instructions until `out` has `len` bytes.
fn apply(base: &[u8], mut ops: &[u8], len: usize, out: &mut Vec<u8>) -> Option<()> {
    while out.len() < len {
        let head = get(&mut ops)?;
        let count = usize::try_from(head >> 1).ok()?;
        if head & 1 == 1 {
            let from = usize::try_from(get(&mut ops)?).ok()?;
            out.extend_from_slice(base.get(from..from.checked_add(count)?)?);
        } else {
            let (new, rest) = ops.split_at_checked(count)?;
            out.extend_from_slice(new);
            ops = rest;
        }
    }
    (out.len() == len).then_some(())
}

/// Whole trees, thrown out by second chance: a tree used since the hand last came by stays.
struct Cache {
    /// The slot of each object, plus one.
    slots: Vec<u32>,
    kept: Vec<Kept>,
    hand: usize,
    bytes: usize,
    budget: usize,
}

struct Kept {
    idx: u32,
    used: bool,
    data: Rc<Vec<u8>>,
}

impl Cache {
    fn new(len: usize, budget: usize) -> Self {
        let slots = vec![0; len];
        Self { slots, kept: Vec::new(), hand: 0, bytes: 0, budget }
    }

    fn get(&mut self, idx: u32) -> Option<Rc<Vec<u8>>> {
        let slot = self.slots.get(idx as usize)?.checked_sub(1)?;
        let kept = self.kept.get_mut(slot as usize)?;
        kept.used = true;
        Some(Rc::clone(&kept.data))
    }

    fn insert(&mut self, idx: u32, data: Vec<u8>) -> Rc<Vec<u8>> {
        let data = Rc::new(data);
        let size = cost(&data);
        // One that would push out half of the others is not worth its place.
        if size > self.budget / 2 {
            return data;
        }
        while self.bytes + size > self.budget && !self.kept.is_empty() {
            self.evict();
        }
        self.bytes += size;
        self.kept.push(Kept { idx, used: false, data: Rc::clone(&data) });
        if let Some(slot) = self.slots.get_mut(idx as usize) {
            *slot = self.kept.len() as u32;
        }
        data
    }

    /// Throws out the next tree that was not used since the hand last came by.
    fn evict(&mut self) {
        loop {
            if self.hand >= self.kept.len() {
                self.hand = 0;
            }
            let kept = &mut self.kept[self.hand];
            if !kept.used {
                break;
            }
            kept.used = false;
            self.hand += 1;
        }
        let gone = self.kept.swap_remove(self.hand);
        self.slots[gone.idx as usize] = 0;
        if let Some(moved) = self.kept.get(self.hand) {
            self.slots[moved.idx as usize] = self.hand as u32 + 1;
        }
        self.hand += 1;
        self.bytes -= cost(&gone.data);
    }
}

fn cost(data: &Vec<u8>) -> usize {
    data.capacity() + size_of::<Kept>() + size_of::<Vec<u8>>() + 2 * size_of::<usize>()
}

fn put(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn get(data: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..63).step_by(7) {
        let (byte, rest) = data.split_first()?;
        *data = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_come_back_whole_whatever_the_cache_holds() {
        let mut arena = Arena::default();
        let first: Vec<u8> = (0..200_u8).collect();
        let mut all = vec![first.clone()];
        arena.push::<()>(ObjIdx(0), &first, None);
        for i in 1..40_usize {
            let base = all[i - 1].clone();
            let mut data = base[..i].to_vec();
            data.extend([i as u8; 3]);
            data.extend(&base[i + 2..]);
            let ops = [
                Op::Copy { from: 0, len: i },
                Op::Insert { len: 3 },
                Op::Copy { from: i + 2, len: base.len() - i - 2 },
            ];
            let base = Base { idx: ObjIdx(i as u32 - 1), data: &base, state: &(), ops: &ops };
            arena.push(ObjIdx(i as u32), &data, Some(&base));
            all.push(data);
        }
        assert!(arena.bytes.len() < 200 + 40 * 14);
        let trees = Trees::new(vec![Arena::default(), arena], 41);
        for budget in [0, 1000, 5000, 1 << 20] {
            let mut reader = TreeReader::new(&trees, budget);
            for i in (0..40).chain((0..40).rev()).chain([7, 30, 7]) {
                assert_eq!(*reader.read(i).expect("a tree"), all[i as usize][..]);
                assert!(reader.cache.bytes <= budget);
            }
            assert!(reader.read(40).is_none() && reader.read(NONE).is_none());
        }
        assert!(trees.has(39) && !trees.has(40));
    }

    #[test]
    fn a_delta_that_costs_more_than_the_tree_is_kept_as_the_tree() {
        let mut arena = Arena::default();
        let ops = [Op::Insert { len: 4 }];
        let base = Base { idx: ObjIdx(1), data: b"", state: &(), ops: &ops };
        arena.push(ObjIdx(0), b"tree", Some(&base));
        let trees = Trees::new(vec![arena], 2);
        assert_eq!(TreeReader::new(&trees, 100).read(0).as_deref(), Some(&b"tree"[..]));
    }
}
