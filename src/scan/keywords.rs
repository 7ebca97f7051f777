// SPDX-License-Identifier: MIT OR Apache-2.0
//! The one pass over the bytes: which keywords stand where.

use std::ops::Range;

/// Bits of the hash of a gram.
const BITS: u32 = 16;
/// Spreads the 24 bits of a gram; an odd number close to the golden ratio of 2^32.
const SPREAD: u32 = 0x9e37_79b1;
/// Bytes by how often they stand in code, settings and prose, the most frequent first. What is
/// not listed is rarer than everything that is.
const FREQUENT: &[u8] =
    b" etaionsrlcdupm\n_gfhb.-y\"v:/0,1wk'=2)(3x45j;#6879zq{}$[]<>@*&+|`%!?~\\^";

/// All keywords, ASCII case folded. Overlapping keywords are all found.
///
/// Of each keyword the rarest three bytes are put into a set of 65,536 bits, which the fastest
/// cache of a processor holds. The pass asks the set about every three bytes of the text; no
/// answer waits for the one before, as each step of an automaton does. Only where the set says
/// yes is a keyword compared.
pub(super) struct Keywords {
    set: Box<[u64; 1 << (BITS - 6)]>,
    /// Where the entries with this hash begin; one more than there are hashes.
    first: Box<[u16]>,
    entries: Vec<Entry>,
    keywords: Vec<Box<[u8]>>,
}

/// A gram of a keyword.
#[derive(Clone, Copy)]
struct Entry {
    gram: u32,
    keyword: u16,
    /// Where in the keyword it stands.
    offset: u16,
}

/// More keywords than an index can tell apart.
pub(super) struct TooMany;

impl Keywords {
    pub(super) fn new(keywords: &[&str]) -> Result<Self, TooMany> {
        let mut entries: Vec<Entry> = Vec::new();
        for (i, keyword) in keywords.iter().enumerate() {
            let keyword_no = u16::try_from(i).map_err(|_| TooMany)?;
            let bytes = keyword.as_bytes();
            let offset = rarest(bytes);
            let part = &bytes[offset.min(bytes.len())..bytes.len().min(offset + 3)];
            let offset = u16::try_from(offset).map_err(|_| TooMany)?;
            let entry = |gram| Entry { gram, keyword: keyword_no, offset };
            match part {
                [a, b, c] => entries.push(entry(gram(*a, *b, *c))),
                // A keyword of two bytes goes before any third.
                [a, b] => {
                    let mut grams: Vec<u32> = (0..=255).map(|c| gram(*a, *b, c)).collect();
                    grams.sort_unstable();
                    grams.dedup();
                    entries.extend(grams.into_iter().map(entry));
                }
                // Shorter ones are refused where rules are read.
                _ => {}
            }
        }
        entries.sort_by_key(|entry| hash(entry.gram));
        let mut set = Box::new([0_u64; 1 << (BITS - 6)]);
        let mut first = vec![0_u16; (1 << BITS) + 1].into_boxed_slice();
        u16::try_from(entries.len()).map_err(|_| TooMany)?;
        for entry in &entries {
            let hash = hash(entry.gram) as usize;
            set[hash >> 6] |= 1 << (hash & 63);
            first[hash + 1] += 1;
        }
        let mut sum = 0;
        for count in &mut first {
            sum += *count;
            *count = sum;
        }
        let keywords = keywords.iter().map(|k| k.as_bytes().into()).collect();
        Ok(Self { set, first, entries, keywords })
    }

    /// Calls `found` with the index and place of each keyword in `text`, in no order.
    pub(super) fn each(&self, text: &[u8], mut found: impl FnMut(usize, Range<usize>)) {
        /// So many grams are read from one word of eight bytes.
        const STRIDE: usize = 6;
        let mut at = 0;
        while let Some(word) = text.get(at..at + 8).and_then(|w| w.try_into().ok()) {
            let word = u64::from_le_bytes(word) | 0x2020_2020_2020_2020;
            let mut hits = 0_u32;
            for lane in 0..STRIDE {
                let gram = (word >> (8 * lane)) as u32 & 0x00ff_ffff;
                hits |= u32::from(self.holds(gram)) << lane;
            }
            while hits != 0 {
                let lane = hits.trailing_zeros() as usize;
                hits &= hits - 1;
                let gram = (word >> (8 * lane)) as u32 & 0x00ff_ffff;
                self.compare(text, at + lane, gram, &mut found);
            }
            at += STRIDE;
        }
        let byte = |i: usize| text.get(i).copied().unwrap_or(0);
        for i in at..text.len() {
            let gram = gram(byte(i), byte(i + 1), byte(i + 2));
            if self.holds(gram) {
                self.compare(text, i, gram, &mut found);
            }
        }
    }

    fn holds(&self, gram: u32) -> bool {
        let hash = hash(gram);
        self.set[(hash >> 6) as usize] >> (hash & 63) & 1 == 1
    }

    #[inline(never)]
    fn compare(
        &self,
        text: &[u8],
        at: usize,
        gram: u32,
        found: &mut impl FnMut(usize, Range<usize>),
    ) {
        let hash = hash(gram) as usize;
        let entries = &self.entries[self.first[hash].into()..self.first[hash + 1].into()];
        for entry in entries.iter().filter(|entry| entry.gram == gram) {
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

fn hash(gram: u32) -> u32 {
    gram.wrapping_mul(SPREAD) >> (32 - BITS)
}

/// Returns where the rarest three bytes of a keyword stand.
fn rarest(keyword: &[u8]) -> usize {
    let rank = |byte: &u8| {
        let byte = byte.to_ascii_lowercase();
        FREQUENT.iter().position(|other| *other == byte).unwrap_or(FREQUENT.len())
    };
    let rarity = |part: &[u8]| part.iter().map(rank).sum::<usize>();
    let parts = keyword.windows(3).enumerate();
    parts.max_by_key(|(_, part)| rarity(part)).map_or(0, |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Keywords;

    proptest! {
        #[test]
        fn every_keyword_is_found_wherever_it_stands(
            keywords in prop::collection::vec("[abA_.]{2,6}", 1..8),
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
            all.each(text.as_bytes(), |i, span| found.push((span.start, i, span.end)));
            found.sort_unstable();
            prop_assert_eq!(found, expected);
        }
    }
}
