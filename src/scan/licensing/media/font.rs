// SPDX-License-Identifier: MIT OR Apache-2.0
//! The `name` table of fonts, in all four wrappers. A reader of our own: the table is simple,
//! fonts are hostile input, and no crate reads it in WOFF, WOFF2 and EOT as well.

use std::io::Read;

use crate::scan::decode;

/// A WOFF2 font is unpacked as far as its names, and so far at most.
const MAX_UNPACKED: usize = 32 << 20;
/// A longer text is cut.
const MAX_TEXT: usize = 4096;
/// A font with more names than this is none.
const MAX_NAMES: usize = 2000;

/// What the table says, as far as it matters here.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) copyright: Option<String>,
    pub(super) family: Option<String>,
    pub(super) trademark: Option<String>,
    pub(super) maker: Option<String>,
    pub(super) licence: Option<String>,
    pub(super) licence_url: Option<String>,
}

impl Names {
    /// Returns its texts, the telling ones first.
    pub(super) fn texts(&self) -> Vec<String> {
        let all = [&self.licence, &self.licence_url, &self.copyright, &self.trademark, &self.maker];
        all.into_iter().flatten().cloned().collect()
    }
}

/// Returns the names in a font, nothing if it can't be read.
pub(super) fn names(raw: &[u8]) -> Option<Names> {
    match raw.get(..4)? {
        b"wOFF" => woff(raw),
        b"wOF2" => woff2(raw),
        b"ttcf" => sfnt(raw, u32_at(raw, 12)?),
        b"OTTO" | b"true" | b"\0\x01\0\0" => sfnt(raw, 0),
        _ => eot(raw),
    }
}

fn u16_at(raw: &[u8], at: usize) -> Option<usize> {
    Some(usize::from(u16::from_be_bytes(raw.get(at..at.checked_add(2)?)?.try_into().ok()?)))
}

fn u32_at(raw: &[u8], at: usize) -> Option<usize> {
    Some(u32::from_be_bytes(raw.get(at..at.checked_add(4)?)?.try_into().ok()?) as usize)
}

fn part(raw: &[u8], at: usize, len: usize) -> Option<&[u8]> {
    raw.get(at..at.checked_add(len)?)
}

fn sfnt(raw: &[u8], start: usize) -> Option<Names> {
    let tables = u16_at(raw, start.checked_add(4)?)?;
    for i in 0..tables {
        let entry = part(raw, start + 12 + 16 * i, 16)?;
        if entry.starts_with(b"name") {
            return table(part(raw, u32_at(entry, 8)?, u32_at(entry, 12)?)?);
        }
    }
    None
}

fn woff(raw: &[u8]) -> Option<Names> {
    for i in 0..u16_at(raw, 12)? {
        let entry = part(raw, 44 + 20 * i, 20)?;
        if !entry.starts_with(b"name") {
            continue;
        }
        let (at, packed, len) = (u32_at(entry, 4)?, u32_at(entry, 8)?, u32_at(entry, 12)?);
        let data = part(raw, at, packed)?;
        if packed >= len {
            return table(data);
        }
        return table(&decode::zlib(data, len.min(1 << 20))?);
    }
    None
}

/// The tables of a WOFF2 font are one stream; the place of the names is the sum of what is before.
fn woff2(raw: &[u8]) -> Option<Names> {
    let tables = u16_at(raw, 12)?;
    let packed = u32_at(raw, 20)?;
    let mut at = 48;
    let mut before = 0_usize;
    let mut found = None;
    for _ in 0..tables {
        let flags = *raw.get(at)?;
        at += 1;
        let (index, version) = (flags & 0x3f, flags >> 6);
        let mut is_name = index == 5;
        if index == 63 {
            is_name = part(raw, at, 4)? == b"name";
            at += 4;
        }
        let len = base128(raw, &mut at)?;
        // Outlines and their places are transformed unless they say so; the others only if.
        let transformed = if matches!(index, 10 | 11) { version != 3 } else { version != 0 };
        let len = if transformed { base128(raw, &mut at)? } else { len };
        if is_name {
            found = Some((before, len));
        }
        before = before.checked_add(len)?;
    }
    // A collection has a directory of its own here.
    if raw.get(4..8)? == b"ttcf" {
        return None;
    }
    let (start, len) = found?;
    let end = start.checked_add(len)?;
    if end > MAX_UNPACKED {
        return None;
    }
    let stream = part(raw, at, packed)?;
    let mut out = Vec::new();
    let mut reader = brotli_decompressor::Decompressor::new(stream, 4096).take(end as u64);
    reader.read_to_end(&mut out).ok()?;
    table(part(&out, start, len)?)
}

fn base128(raw: &[u8], at: &mut usize) -> Option<usize> {
    let mut value = 0_usize;
    for _ in 0..5 {
        let byte = *raw.get(*at)?;
        *at += 1;
        value = value << 7 | usize::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return (value <= u32::MAX as usize).then_some(value);
        }
    }
    None
}

/// The font stands behind a header of little-endian fields, packed only by an old program.
fn eot(raw: &[u8]) -> Option<Names> {
    let field = |at: usize| -> Option<usize> {
        Some(u32::from_le_bytes(raw.get(at..at + 4)?.try_into().ok()?) as usize)
    };
    let (total, data, flags) = (field(0)?, field(4)?, field(12)?);
    if raw.get(34..36)? != b"LP" || flags & 0x1000_0004 != 0 || total > raw.len() {
        return None;
    }
    sfnt(part(raw, total.checked_sub(data)?, data)?, 0)
}

fn table(table: &[u8]) -> Option<Names> {
    let (count, storage) = (u16_at(table, 2)?, u16_at(table, 4)?);
    let mut out = Names::default();
    for i in 0..count.min(MAX_NAMES) {
        let Some(record) = part(table, 6 + 12 * i, 12) else { break };
        let slot = match u16_at(record, 6)? {
            0 => &mut out.copyright,
            1 => &mut out.family,
            7 => &mut out.trademark,
            8 => &mut out.maker,
            13 => &mut out.licence,
            14 => &mut out.licence_url,
            _ => continue,
        };
        let (len, offset) = (u16_at(record, 8)?, u16_at(record, 10)?);
        let Some(bytes) = part(table, storage + offset, len) else { continue };
        let wide = u16_at(record, 0)? != 1;
        let text = readable(&bytes[..bytes.len().min(MAX_TEXT)], wide);
        // Names are repeated for each platform and language; the first that says more wins.
        if slot.as_ref().is_none_or(String::is_empty) && !text.is_empty() {
            *slot = Some(text);
        }
    }
    Some(out)
}

fn readable(bytes: &[u8], wide: bool) -> String {
    let text = if wide {
        let units: Vec<u16> =
            bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    } else {
        // Mac Roman: letters are ASCII, and 0xa9 is the same sign as in Latin-1.
        bytes.iter().map(|byte| char::from(*byte)).collect()
    };
    text.trim_matches(|c: char| c.is_control() || c.is_whitespace()).to_owned()
}
