// SPDX-License-Identifier: MIT OR Apache-2.0
//! Zip archives, read from their list of entries at the end.

use super::{Budget, Part};
use crate::scan::decode::{Inflated, inflate};

/// What begins the record at the end; it may be followed by a comment of 64 KiB.
const END: &[u8] = b"PK\x05\x06";
const LONGEST_COMMENT: usize = 0xffff + 22;
/// What begins an entry of the list.
const LISTED: &[u8] = b"PK\x01\x02";
const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// Hands over every file in the archive; of those that are not `wanted`, the name alone.
pub(super) fn read(
    raw: &[u8],
    budget: &mut Budget,
    wanted: &dyn Fn(&[u8]) -> bool,
    found: &mut dyn FnMut(Part, &mut Budget),
) {
    let from = raw.len().saturating_sub(LONGEST_COMMENT);
    let end = memchr::memmem::rfind(&raw[from..], END).map(|at| from + at);
    let Some(mut at) = end.and_then(|end| u32_at(raw, end + 16)) else {
        budget.cut = Some("damaged: it has no list of entries");
        return;
    };
    while let Some(entry) = Listed::read(raw, at) {
        at = entry.next;
        if entry.name.ends_with(b"/") {
            continue;
        }
        if !budget.next() {
            return;
        }
        let bytes = if wanted(entry.name) { entry.bytes(raw, budget) } else { None };
        found(Part { name: entry.name.to_vec(), bytes, strict: false }, budget);
        if budget.most() == 0 {
            return;
        }
    }
}

/// An entry as the list has it.
struct Listed<'a> {
    name: &'a [u8],
    method: u16,
    encrypted: bool,
    packed: usize,
    /// Where the entry itself begins.
    start: usize,
    /// Where the next one is listed.
    next: usize,
}

impl<'a> Listed<'a> {
    fn read(raw: &'a [u8], at: usize) -> Option<Self> {
        let record = raw.get(at..).filter(|record| record.starts_with(LISTED))?;
        let name_len = usize::from(u16_at(record, 28)?);
        let rest = usize::from(u16_at(record, 30)?) + usize::from(u16_at(record, 32)?);
        Some(Self {
            name: record.get(46..46 + name_len)?,
            method: u16_at(record, 10)?,
            encrypted: u16_at(record, 8)? & 1 == 1,
            packed: u32_at(record, 20)?,
            start: u32_at(record, 42)?,
            next: at + 46 + name_len + rest,
        })
    }

    fn bytes(&self, raw: &[u8], budget: &mut Budget) -> Option<Vec<u8>> {
        let head = raw.get(self.start..).filter(|head| head.starts_with(b"PK\x03\x04"))?;
        let skip = 30 + usize::from(u16_at(head, 26)?) + usize::from(u16_at(head, 28)?);
        let data = head.get(skip..skip.checked_add(self.packed)?)?;
        let inflated = match self.method {
            _ if self.encrypted => return None,
            STORED => {
                let most = budget.most();
                let bytes = data[..data.len().min(most)].to_vec();
                Inflated { bytes, cut: data.len() > most }
            }
            DEFLATED => inflate(data, budget.most())?,
            _ => return None,
        };
        Some(budget.spend(inflated))
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?) as usize)
}
