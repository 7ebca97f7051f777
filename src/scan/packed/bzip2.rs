// SPDX-License-Identifier: MIT OR Apache-2.0
//! bzip2. Few files are packed with it, its format is settled, and the crates for it are either
//! left alone or a C library in another dress; what is read here ends at limits like all else.

use crate::scan::decode::Inflated;

/// What begins a block, and what ends a stream.
const BLOCK: u64 = 0x3141_5926_5359;
const END: u64 = 0x1772_4538_5090;
/// Bytes in a block, for each step of the level.
const STEP: usize = 100_000;
/// So many symbols are read with one table.
const GROUP: usize = 50;
const LONGEST_CODE: usize = 20;

/// Unpacks all streams of `raw`, up to `most` bytes. Returns nothing if nothing could be read.
pub(super) fn read(raw: &[u8], most: usize) -> Option<Inflated> {
    let mut bits = Bits { raw, at: 0 };
    let mut bytes = Vec::new();
    let whole = streams(&mut bits, &mut bytes, most);
    let cut = whole.is_none() || bytes.len() > most;
    bytes.truncate(most);
    (whole.is_some() || !bytes.is_empty()).then_some(Inflated { bytes, cut })
}

fn streams(bits: &mut Bits<'_>, out: &mut Vec<u8>, most: usize) -> Option<()> {
    while bits.raw.get(bits.at / 8..)?.starts_with(b"BZh") {
        bits.take(24)?;
        let level = bits.take(8)?.checked_sub(u64::from(b'0')).filter(|n| (1..=9).contains(n))?;
        loop {
            match bits.take(48)? {
                BLOCK => block(bits, level as usize * STEP, out, most)?,
                END => break,
                _ => return None,
            }
            if out.len() > most {
                return Some(());
            }
        }
        bits.take(32)?;
        bits.at = bits.at.next_multiple_of(8);
    }
    Some(())
}

fn block(bits: &mut Bits<'_>, size: usize, out: &mut Vec<u8>, most: usize) -> Option<()> {
    bits.take(32)?;
    // Blocks in random order were written by the first versions only.
    if bits.take(1)? == 1 {
        return None;
    }
    let first = bits.take(24)? as usize;
    let used = used(bits)?;
    let (selectors, tables) = tables(bits, used.len() + 2)?;
    let last = symbols(bits, &used, &selectors, &tables, size)?;
    runs(&order(&last, first)?, out, most);
    Some(())
}

/// Bits from the highest down.
struct Bits<'a> {
    raw: &'a [u8],
    /// The next one.
    at: usize,
}

impl Bits<'_> {
    fn take(&mut self, count: usize) -> Option<u64> {
        let mut out = 0;
        let mut left = count;
        while left > 0 {
            let byte = *self.raw.get(self.at / 8)?;
            let free = 8 - self.at % 8;
            let now = left.min(free);
            let part = byte >> (free - now) & (0xff >> (8 - now));
            out = out << now | u64::from(part);
            self.at += now;
            left -= now;
        }
        Some(out)
    }
}

/// Returns the bytes that stand in a block.
fn used(bits: &mut Bits<'_>) -> Option<Vec<u8>> {
    let rows = bits.take(16)?;
    let mut out = Vec::new();
    for row in (0..16_u8).filter(|row| rows >> (15 - row) & 1 == 1) {
        let columns = bits.take(16)?;
        out.extend((0..16).filter(|c| columns >> (15 - c) & 1 == 1).map(|c| row << 4 | c));
    }
    (!out.is_empty()).then_some(out)
}

/// Returns which table is for which group, and the tables.
fn tables(bits: &mut Bits<'_>, symbols: usize) -> Option<(Vec<u8>, Vec<Table>)> {
    let count = bits.take(3)? as usize;
    let groups = bits.take(15)?;
    if !(2..=6).contains(&count) || groups == 0 {
        return None;
    }
    let mut recent: Vec<u8> = (0..count as u8).collect();
    let mut selectors = Vec::new();
    for _ in 0..groups {
        let mut place = 0;
        while bits.take(1)? == 1 {
            place += 1;
        }
        selectors.push(to_front(&mut recent, place)?);
    }
    let tables: Option<Vec<Table>> = (0..count).map(|_| Table::read(bits, symbols)).collect();
    Some((selectors, tables?))
}

fn to_front(recent: &mut [u8], place: usize) -> Option<u8> {
    recent.get_mut(..=place)?.rotate_right(1);
    recent.first().copied()
}

/// A canonical code: symbols by length and value.
struct Table {
    symbols: Vec<u16>,
    counts: [u32; LONGEST_CODE + 1],
}

impl Table {
    fn read(bits: &mut Bits<'_>, symbols: usize) -> Option<Self> {
        let mut len = bits.take(5)? as usize;
        let mut lens = Vec::with_capacity(symbols);
        for _ in 0..symbols {
            while bits.take(1)? == 1 {
                len = if bits.take(1)? == 0 { len + 1 } else { len.checked_sub(1)? };
                (1..=LONGEST_CODE).contains(&len).then_some(())?;
            }
            (1..=LONGEST_CODE).contains(&len).then_some(())?;
            lens.push(len);
        }
        let mut counts = [0; LONGEST_CODE + 1];
        lens.iter().for_each(|len| counts[*len] += 1);
        let mut symbols: Vec<u16> = (0..symbols as u16).collect();
        symbols.sort_by_key(|symbol| lens[usize::from(*symbol)]);
        Some(Self { symbols, counts })
    }

    fn next(&self, bits: &mut Bits<'_>) -> Option<u16> {
        let (mut code, mut first, mut index) = (0_u32, 0_u32, 0_u32);
        for count in &self.counts[1..] {
            code = code << 1 | bits.take(1)? as u32;
            first <<= 1;
            if let Some(place) = code.checked_sub(first).filter(|place| place < count) {
                return self.symbols.get((index + place) as usize).copied();
            }
            first += count;
            index += count;
        }
        None
    }
}

/// Reads the symbols of a block: the last column of the sorted rotations.
fn symbols(
    bits: &mut Bits<'_>,
    used: &[u8],
    selectors: &[u8],
    tables: &[Table],
    size: usize,
) -> Option<Vec<u8>> {
    let mut recent = used.to_vec();
    let mut out = Vec::new();
    // Runs are numbers whose digits are 1 and 2.
    let (mut run, mut weight) = (0_usize, 1_usize);
    for selector in selectors {
        let table = tables.get(usize::from(*selector))?;
        for _ in 0..GROUP {
            let symbol = usize::from(table.next(bits)?);
            if symbol <= 1 {
                run = run.saturating_add(weight << symbol);
                weight = weight.saturating_mul(2).min(2 * size);
                (run <= size).then_some(())?;
                continue;
            }
            let byte = *recent.first()?;
            out.resize(out.len() + run, byte);
            (run, weight) = (0, 1);
            (out.len() <= size).then_some(())?;
            if symbol == used.len() + 1 {
                return Some(out);
            }
            out.push(to_front(&mut recent, symbol - 1)?);
        }
    }
    None
}

/// Undoes the sorting of rotations, of which the one at `first` is the text.
fn order(last: &[u8], first: usize) -> Option<Vec<u8>> {
    let mut starts = [0_u32; 256];
    last.iter().for_each(|byte| starts[usize::from(*byte)] += 1);
    let mut sum = 0;
    for start in &mut starts {
        sum += std::mem::replace(start, sum);
    }
    let mut next = vec![0_u32; last.len()];
    for (i, byte) in last.iter().enumerate() {
        let start = &mut starts[usize::from(*byte)];
        *next.get_mut(*start as usize)? = i as u32;
        *start += 1;
    }
    let mut at = *next.get(first)? as usize;
    let mut out = Vec::with_capacity(last.len());
    for _ in 0..last.len() {
        out.push(*last.get(at)?);
        at = *next.get(at)? as usize;
    }
    Some(out)
}

/// Writes out runs: behind four equal bytes stands how many more there are.
fn runs(text: &[u8], out: &mut Vec<u8>, most: usize) {
    let mut equal = 0;
    let mut before = None;
    for byte in text {
        if out.len() > most {
            return;
        }
        if equal == 4 {
            out.resize(out.len() + usize::from(*byte), before.unwrap_or_default());
            (equal, before) = (0, None);
            continue;
        }
        equal = if before == Some(*byte) { equal + 1 } else { 1 };
        before = Some(*byte);
        out.push(*byte);
    }
}
