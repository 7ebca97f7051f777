// SPDX-License-Identifier: MIT OR Apache-2.0
//! The one pass over the bytes: which keywords stand where.

use std::ops::Range;

use super::trigrams::frequency;

/// Bits of the hash of a gram.
const BITS: u32 = 16;
/// Most bits of it that find the keywords of a gram: few places ask, and more would not fit into a
/// fast cache.
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
/// What it costs to go into a yes for four bytes, beside what a yes for three costs.
const FOUR_COSTS: f64 = 4.0;
/// How much likelier three bytes are that stand behind the two they share with other ones.
const FOLLOWS: f64 = 10.0;
/// What one more bit of the set costs everywhere, as a share of the places that ask.
const NOISE: f64 = 5e-5;

/// All keywords, ASCII case folded. Overlapping keywords are all found.
///
/// Of each keyword three bytes are put into a set of 65,536 bits, which the fastest cache of a
/// processor holds: rare ones, or such as others have in common with it. The pass asks the set
/// about every three bytes of the text; no answer waits for the one before, as each step of an
/// automaton does. Only where the set says yes, the eight bytes around are held against what the
/// keywords have there, and then keywords are compared.
pub(super) struct Keywords {
    set: Set,
    /// Grams of keywords that have no fourth byte behind them.
    short: Table,
    short_set: Set,
    /// Four bytes from where the gram begins, of all other keywords.
    long: Table,
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
}

/// Eight bytes, as far as they are known: the one before a gram, the gram, and those behind it.
#[derive(Clone, Copy)]
struct Around {
    bytes: u64,
    known: u64,
}

impl Around {
    /// Nothing is like this.
    const NONE: Self = Self { bytes: 1, known: 0 };

    fn fits(self, word: u64) -> bool {
        word & self.known == self.bytes
    }

    /// Returns what both have in common.
    fn or(self, other: Self) -> Self {
        if self.known == 0 && self.bytes == 1 {
            return other;
        }
        let known = self.known & other.known & !(self.bytes ^ other.bytes);
        Self { bytes: self.bytes & known, known }
    }
}

/// A gram of a keyword.
#[derive(Clone, Copy)]
struct Entry {
    hash: u32,
    around: Around,
    keyword: u16,
    /// Where in the keyword it stands.
    offset: u16,
}

/// Entries by the first bits of a hash.
struct Table {
    /// What is left of a hash of so many bits is shifted out.
    shift: u32,
    /// What the entries have in common whose hashes begin with these bits.
    outlines: Box<[Around]>,
    /// Where they begin; one more than there are such.
    first: Box<[u16]>,
    entries: Box<[Entry]>,
}

impl Table {
    fn new(mut entries: Vec<Entry>) -> Self {
        let bits = (entries.len().next_power_of_two().ilog2() + 1).min(FEW_BITS);
        let shift = BITS - bits;
        entries.sort_by_key(|entry| entry.hash);
        let mut first = vec![0_u16; (1 << bits) + 1].into_boxed_slice();
        let mut outlines = vec![Around::NONE; 1 << bits].into_boxed_slice();
        for entry in &entries {
            let slot = (entry.hash >> shift) as usize;
            first[slot + 1] += 1;
            outlines[slot] = outlines[slot].or(entry.around);
        }
        let mut sum = 0;
        for count in &mut first {
            sum += *count;
            *count = sum;
        }
        Self { shift, outlines, first, entries: entries.into() }
    }

    fn may_hold(&self, hash: u32, word: u64) -> bool {
        self.outlines[(hash >> self.shift) as usize].fits(word)
    }

    fn at(&self, hash: u32) -> &[Entry] {
        let slot = (hash >> self.shift) as usize;
        &self.entries[self.first[slot].into()..self.first[slot + 1].into()]
    }
}

/// More keywords than an index can tell apart, or longer ones.
#[derive(Debug)]
pub(super) struct TooMany;

impl Keywords {
    /// Returns whether so many keywords can be told apart.
    pub(super) fn check(keywords: &[impl AsRef<str>]) -> Result<(), TooMany> {
        let most = usize::from(u16::MAX);
        let fit = keywords.len() <= most && keywords.iter().all(|k| k.as_ref().len() <= most);
        fit.then_some(()).ok_or(TooMany)
    }

    pub(super) fn new(keywords: &[impl AsRef<str>]) -> Result<Self, TooMany> {
        Self::check(keywords)?;
        let keywords: Vec<Box<[u8]>> =
            keywords.iter().map(|k| k.as_ref().as_bytes().into()).collect();
        let (mut set, mut short_set) = (Set::new(), Set::new());
        let (mut short, mut long) = (Vec::new(), Vec::new());
        // Longer ones have a choice, and take what the others have put there.
        let mut order: Vec<usize> = (0..keywords.len()).collect();
        order.sort_by_key(|i| keywords[*i].len());
        for i in order {
            let bytes = &*keywords[i];
            // Shorter keywords are refused where rules are read.
            if bytes.len() < 3 {
                continue;
            }
            let offset = cheapest(bytes, &set);
            let word = around(bytes, offset);
            set.add(hash(gram_of(word)));
            let is_long = bytes.len() > offset + 3;
            let hash = if is_long { hash_four(gram_of(word)) } else { hash(gram_of(word)) };
            let known = known(bytes, offset);
            let around = Around { bytes: word & known, known };
            // `check` has seen to it that both fit.
            let (keyword, offset) = (i as u16, offset as u16);
            let entry = Entry { hash, around, keyword, offset };
            if is_long {
                long.push(entry);
            } else {
                short_set.add(hash);
                short.push(entry);
            }
        }
        let (short, long) = (Table::new(short), Table::new(long));
        Ok(Self { set, short, short_set, long, keywords })
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
                    count += usize::from(self.set.has(hash((word >> (8 * lane)) as u32)));
                }
                at += STRIDE;
            }
            let mut kept = 0;
            for i in 0..count {
                let place = places.0[i % PLACES];
                places.0[kept % PLACES] = place;
                kept += usize::from(self.may_stand(around(text, place as usize)));
            }
            for place in &places.0[..kept % PLACES] {
                self.compare(text, *place as usize, &mut found);
            }
            from = at;
        }
        for place in from..text.len() {
            let word = around(text, place);
            if self.set.has(hash(gram_of(word))) && self.may_stand(word) {
                self.compare(text, place, &mut found);
            }
        }
    }

    /// Returns whether a keyword may stand around a gram.
    fn may_stand(&self, word: u64) -> bool {
        let gram = gram_of(word);
        self.long.may_hold(hash_four(gram), word) | self.short_set.has(hash(gram))
    }

    #[inline(never)]
    fn compare(&self, text: &[u8], at: usize, found: &mut impl FnMut(usize, Range<usize>)) {
        let word = around(text, at);
        let gram = gram_of(word);
        // Most keywords have no more bytes than were held against each other already.
        let entries = self.long.at(hash_four(gram)).iter().chain(self.short.at(hash(gram)));
        for entry in entries.filter(|entry| entry.around.fits(word)) {
            let keyword = &self.keywords[usize::from(entry.keyword)];
            let Some(start) = at.checked_sub(entry.offset.into()) else { continue };
            let place = start..start + keyword.len();
            if text.get(place.clone()).is_some_and(|part| part.eq_ignore_ascii_case(keyword)) {
                found(entry.keyword.into(), place);
            }
        }
    }
}

/// Hashes the lower three bytes: the uppermost is shifted out.
fn hash(gram: u32) -> u32 {
    gram.wrapping_mul(SPREAD << 8) >> (32 - BITS)
}

/// Hashes all four bytes.
fn hash_four(gram: u32) -> u32 {
    gram.wrapping_mul(SPREAD) >> (32 - BITS)
}

/// Folds case: other bytes may become one, which a comparison tells apart.
fn word_at(text: &[u8], at: usize) -> Option<u64> {
    let bytes = text.get(at..at + 8)?.try_into().ok()?;
    Some(u64::from_le_bytes(bytes) | 0x2020_2020_2020_2020)
}

/// Returns the byte before the gram at `at`, the gram, and what stands behind it, case folded.
/// What is outside of the text is read as zeros.
fn around(text: &[u8], at: usize) -> u64 {
    at.checked_sub(1).and_then(|before| word_at(text, before)).unwrap_or_else(|| {
        let byte = |at: Option<usize>| at.and_then(|at| text.get(at)).map_or(0, |byte| *byte);
        u64::from_le_bytes(places_around(at).map(|at| byte(at) | 0x20))
    })
}

/// Returns the four bytes from where the gram begins.
fn gram_of(around: u64) -> u32 {
    (around >> 8) as u32
}

/// Returns where the bytes around a gram stand.
fn places_around(at: usize) -> [Option<usize>; 8] {
    [0, 1, 2, 3, 4, 5, 6, 7].map(|i| (at + i).checked_sub(1))
}

/// Returns which bytes around the gram at `at` there are.
fn known(text: &[u8], at: usize) -> u64 {
    let is_there = |at: Option<usize>| at.is_some_and(|at| at < text.len());
    u64::from_le_bytes(places_around(at).map(|at| if is_there(at) { 0xff } else { 0 }))
}

/// Returns where the three bytes of a keyword stand that cost least, with a fourth behind them if
/// it has so many. Each place of a text is asked about three bytes, and few about the fourth;
/// three bytes that are in the set already cost nothing more.
fn cheapest(keyword: &[u8], set: &Set) -> usize {
    let often: Vec<f64> = keyword.windows(3).map(frequency).collect();
    let cost = |at: usize| {
        let three = often[at];
        let more = if set.has(hash(gram_of(around(keyword, at)))) { 0.0 } else { three + NOISE };
        let next = often.get(at + 1).map_or(1.0, |next| (next * FOLLOWS).min(1.0));
        more + FOUR_COSTS * three * next
    };
    let last = often.len() - 1;
    let places = 0..last.max(1);
    places.min_by(|a, b| cost(*a).total_cmp(&cost(*b))).unwrap_or(0)
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
