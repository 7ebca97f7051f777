// SPDX-License-Identifier: MIT OR Apache-2.0
//! The one pass over the bytes: which keywords stand where.

use std::ops::Range;

use super::trigrams::rarity;

/// Bits of the hash of a gram.
const BITS: u32 = 16;
/// So many bits of it find the keywords of a gram: few places ask, and the table stays in the
/// fastest cache.
const FEW_BITS: u32 = 12;
/// So many grams are read from one word of eight bytes.
const STRIDE: usize = 6;
/// So many bytes are looked at before keywords are compared.
const BLOCK: usize = 170 * STRIDE;
/// More than can be written down of one block. A power of two, so that the remainder by it,
/// which changes nothing, is all the proof that a place is inside.
const PLACES: usize = 1024;
/// Spreads the bits of a gram; an odd number close to the golden ratio of 2^32.
const SPREAD: u32 = 0x9e37_79b1;
/// All keywords, ASCII case folded. Overlapping keywords are all found.
///
/// Of each keyword the rarest three bytes are put into a set of 65,536 bits, which the fastest
/// cache of a processor holds. The pass asks the set about every three bytes of the text; no
/// answer waits for the one before, as each step of an automaton does. Only where the set says
/// yes, another is asked about four bytes, and then keywords are compared.
pub(super) struct Keywords {
    set: Set,
    /// Grams of keywords that have no fourth byte behind them.
    short: Set,
    /// Four bytes from where the gram begins, of all other keywords.
    long: Set,
    /// Where the entries begin whose hashes begin with these bits; one more than there are such.
    first: Box<[u16]>,
    entries: Vec<Entry>,
    keywords: Vec<Box<[u8]>>,
}

/// Where keywords may stand in a block of a text; kept from text to text.
pub(super) struct Places(Box<[u32; PLACES]>);

impl Default for Places {
    fn default() -> Self {
        Self(Box::new([0; PLACES]))
    }
}

/// A set of hashes.
struct Set(Box<[u64; 1 << (BITS - 6)]>);

impl Set {
    fn new() -> Self {
        Self(Box::new([0; 1 << (BITS - 6)]))
    }

    fn add(&mut self, hash: u32) {
        self.0[(hash >> 6) as usize] |= 1 << (hash & 63);
    }

    fn has(&self, hash: u32) -> bool {
        self.0[(hash >> 6) as usize] >> (hash & 63) & 1 == 1
    }

    /// Asks about the lower three bytes of `gram`.
    fn holds(&self, gram: u32) -> bool {
        self.has(hash(gram))
    }

    /// Asks about all four bytes.
    fn holds_four(&self, gram: u32) -> bool {
        self.has(hash_four(gram))
    }
}

/// A gram of a keyword.
#[derive(Clone, Copy)]
struct Entry {
    gram: u32,
    /// The bytes before and behind the gram, as far as the keyword has them …
    around: u32,
    /// … and which those are.
    mask: u32,
    keyword: u16,
    /// Where in the keyword it stands.
    offset: u16,
}

/// More keywords than an index can tell apart.
pub(super) struct TooMany;

impl Keywords {
    pub(super) fn new(keywords: &[&str]) -> Result<Self, TooMany> {
        let mut entries: Vec<Entry> = Vec::new();
        let (mut set, mut short, mut long) = (Set::new(), Set::new(), Set::new());
        for (i, keyword) in keywords.iter().enumerate() {
            let keyword_no = u16::try_from(i).map_err(|_| TooMany)?;
            let bytes = keyword.as_bytes();
            let offset = rarest(bytes);
            let part = &bytes[offset.min(bytes.len())..bytes.len().min(offset + 3)];
            let offset = u16::try_from(offset).map_err(|_| TooMany)?;
            let fourth = bytes.get(usize::from(offset) + 3);
            let (around, mask) = (around(bytes, offset.into()), known(bytes, offset.into()));
            let mut entry = |gram: u32| {
                set.add(hash(gram));
                match fourth {
                    Some(fourth) => long.add(hash_four(gram | u32::from(fourth | 0x20) << 24)),
                    None => short.add(hash(gram)),
                }
                Entry { gram, around: around & mask, mask, keyword: keyword_no, offset }
            };
            // Shorter keywords are refused where rules are read.
            if let [a, b, c] = part {
                entries.push(entry(gram(*a, *b, *c)));
            }
        }
        entries.sort_by_key(|entry| hash(entry.gram));
        let mut first = vec![0_u16; (1 << FEW_BITS) + 1].into_boxed_slice();
        u16::try_from(entries.len()).map_err(|_| TooMany)?;
        for entry in &entries {
            first[few_of(entry.gram) + 1] += 1;
        }
        let mut sum = 0;
        for count in &mut first {
            sum += *count;
            *count = sum;
        }
        let keywords = keywords.iter().map(|k| k.as_bytes().into()).collect();
        Ok(Self { set, short, long, first, entries, keywords })
    }

    /// Calls `found` with the index and place of each keyword in `text`, in no order.
    pub(super) fn each(
        &self,
        text: &[u8],
        places: &mut Places,
        mut found: impl FnMut(usize, Range<usize>),
    ) {
        // Most guesses of a processor about a yes would be wrong, so there is nothing to guess:
        // every place is written down, and the next overwrites it if the answer was no. The second
        // question is asked in the same way.
        let mut from = 0;
        while text.len() - from >= 8 {
            let words = ((text.len() - from - 8) / STRIDE + 1).min(BLOCK / STRIDE);
            let mut count = 0;
            let mut at = from;
            for _ in 0..words {
                let Some(word) = word_at(text, at) else { break };
                for lane in 0..STRIDE {
                    places.0[count % PLACES] = (at + lane) as u32;
                    count += usize::from(self.set.holds((word >> (8 * lane)) as u32));
                }
                at += STRIDE;
            }
            let mut kept = 0;
            for i in 0..count {
                let place = places.0[i % PLACES];
                let four = four_at(text, place as usize);
                places.0[kept % PLACES] = place;
                kept += usize::from(self.long.holds_four(four) | self.short.holds(four));
            }
            for place in &places.0[..kept % PLACES] {
                let place = *place as usize;
                self.compare(text, place, gram_at(text, place), &mut found);
            }
            from = at;
        }
        for place in from..text.len() {
            let gram = gram_at(text, place);
            if self.set.holds(gram) {
                self.compare(text, place, gram, &mut found);
            }
        }
    }

    #[inline(never)]
    fn compare(
        &self,
        text: &[u8],
        at: usize,
        gram: u32,
        found: &mut impl FnMut(usize, Range<usize>),
    ) {
        let few = few_of(gram);
        let entries = &self.entries[self.first[few].into()..self.first[few + 1].into()];
        // Many keywords end with the same word, and most places are told apart by this alone.
        let around = around(text, at);
        let fits = |entry: &&Entry| entry.gram == gram && around & entry.mask == entry.around;
        for entry in entries.iter().filter(fits) {
            let keyword = &self.keywords[usize::from(entry.keyword)];
            let Some(start) = at.checked_sub(entry.offset.into()) else { continue };
            let place = start..start + keyword.len();
            if text.get(place.clone()).is_some_and(|part| part.eq_ignore_ascii_case(keyword)) {
                found(entry.keyword.into(), place);
            }
        }
    }
}

/// Folds case: other bytes may become one, which a comparison tells apart.
fn gram(a: u8, b: u8, c: u8) -> u32 {
    u32::from_le_bytes([a, b, c, 0]) | 0x0020_2020
}

/// Hashes the lower three bytes: the uppermost is shifted out.
fn hash(gram: u32) -> u32 {
    gram.wrapping_mul(SPREAD << 8) >> (32 - BITS)
}

/// Returns where the entries of a gram are found.
fn few_of(gram: u32) -> usize {
    (hash(gram) >> (BITS - FEW_BITS)) as usize
}

fn hash_four(gram: u32) -> u32 {
    gram.wrapping_mul(SPREAD) >> (32 - BITS)
}

fn word_at(text: &[u8], at: usize) -> Option<u64> {
    let bytes = text.get(at..at + 8)?.try_into().ok()?;
    Some(u64::from_le_bytes(bytes) | 0x2020_2020_2020_2020)
}

fn byte_at(text: &[u8], at: usize) -> u8 {
    text.get(at).copied().unwrap_or(0)
}

/// Returns where the bytes around a gram stand: one before it, three behind it.
fn places_around(at: usize) -> [Option<usize>; 4] {
    [at.checked_sub(1), Some(at + 3), Some(at + 4), Some(at + 5)]
}

/// Returns the bytes around the gram at `at`, case folded.
fn around(text: &[u8], at: usize) -> u32 {
    if let Some(word) = at.checked_sub(1).and_then(|before| word_at(text, before)) {
        return (word & 0xff | word >> 32 << 8) as u32;
    }
    u32::from_le_bytes(places_around(at).map(|at| at.map_or(0, |at| byte_at(text, at)) | 0x20))
}

/// Returns which bytes around the gram at `at` there are.
fn known(text: &[u8], at: usize) -> u32 {
    let is_there = |at: Option<usize>| at.is_some_and(|at| at < text.len());
    u32::from_le_bytes(places_around(at).map(|at| if is_there(at) { 0xff } else { 0 }))
}

/// Returns the gram at `at` with the byte behind it.
fn four_at(text: &[u8], at: usize) -> u32 {
    match text.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()) {
        Some(bytes) => u32::from_le_bytes(bytes) | 0x2020_2020,
        None => gram_at(text, at) | u32::from(byte_at(text, at + 3) | 0x20) << 24,
    }
}

/// Bytes behind the end are read as zeros.
fn gram_at(text: &[u8], at: usize) -> u32 {
    gram(byte_at(text, at), byte_at(text, at + 1), byte_at(text, at + 2))
}

/// Returns where the rarest three bytes of a keyword stand, with a fourth behind them if it has
/// so many.
fn rarest(keyword: &[u8]) -> usize {
    // Each place of a text is asked about three bytes, and few about the fourth.
    let rarity = |part: &[u8]| 2 * rarity(part) + part.get(1..4).map_or(0, rarity);
    let parts = keyword.windows(keyword.len().clamp(3, 4)).enumerate();
    parts.max_by_key(|(_, part)| rarity(part)).map_or(0, |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Keywords, Places};

    proptest! {
        #[test]
        fn every_keyword_is_found_wherever_it_stands(
            keywords in prop::collection::vec("[abA_.]{3,6}", 1..8),
            text in "[abAB_. ]{0,60}",
            times in 1..10_usize,
        ) {
            let text = text.repeat(times);
            let keywords: Vec<&str> = keywords.iter().map(String::as_str).collect();
            let lower = text.to_ascii_lowercase();
            let mut expected = Vec::new();
            for (i, keyword) in keywords.iter().enumerate() {
                let keyword = keyword.to_ascii_lowercase();
                for at in 0..lower.len() {
                    if lower[at..].starts_with(&keyword) {
                        expected.push((at, i, at + keyword.len()));
                    }
                }
            }
            expected.sort_unstable();
            let mut found = Vec::new();
            let Ok(all) = Keywords::new(&keywords) else { panic!("few keywords") };
            all.each(text.as_bytes(), &mut Places::default(), |i, span| found.push((span.start, i, span.end)));
            found.sort_unstable();
            prop_assert_eq!(found, expected);
        }
    }
}
