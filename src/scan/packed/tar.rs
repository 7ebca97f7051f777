// SPDX-License-Identifier: MIT OR Apache-2.0
//! Tar archives. Only files count: links lead nowhere.

use super::{Budget, Part};
use crate::scan::decode::Inflated;

const BLOCK: usize = 512;

/// Hands over every file in the archive.
pub(super) fn read(raw: &[u8], budget: &mut Budget, found: &mut dyn FnMut(Part, &mut Budget)) {
    let mut at = 0;
    // The name of the next entry, if it is too long for its head.
    let mut long: Option<Vec<u8>> = None;
    let block = |at: usize| raw.get(at..at.checked_add(BLOCK)?).filter(|head| head[0] != 0);
    while let Some(head) = block(at) {
        let Some(size) = size_of(head) else {
            budget.cut = Some("damaged");
            return;
        };
        let from = at + BLOCK;
        let data = &raw[from.min(raw.len())..from.saturating_add(size).min(raw.len())];
        at = from.saturating_add(size.div_ceil(BLOCK).saturating_mul(BLOCK));
        match head[156] {
            b'L' => long = Some(until_zero(data).to_vec()),
            b'x' => long = path_of(data).or(long),
            0 | b'0' | b'7' => {
                if !budget.next() {
                    return;
                }
                let name = long.take().unwrap_or_else(|| name_of(head));
                let cut = data.len() < size || size > budget.most();
                let bytes = data[..data.len().min(budget.most())].to_vec();
                let bytes = Some(budget.spend(Inflated { bytes, cut }));
                found(Part { name, bytes, strict: false }, budget);
                if budget.most() == 0 {
                    return;
                }
            }
            _ => long = None,
        }
    }
}

fn until_zero(bytes: &[u8]) -> &[u8] {
    &bytes[..memchr::memchr(0, bytes).unwrap_or(bytes.len())]
}

fn name_of(head: &[u8]) -> Vec<u8> {
    let (name, prefix) = (until_zero(&head[..100]), until_zero(&head[345..500]));
    if prefix.is_empty() || &head[257..262] != b"ustar" {
        return name.to_vec();
    }
    [prefix, b"/", name].concat()
}

/// Sizes are octal digits, or a binary number if the first bit is set.
fn size_of(head: &[u8]) -> Option<usize> {
    let field = &head[124..136];
    if field[0] & 0x80 != 0 {
        let number = u64::from_be_bytes(*field.last_chunk()?);
        return usize::try_from(number).ok();
    }
    let digits = std::str::from_utf8(until_zero(field)).ok()?.trim();
    if digits.is_empty() { Some(0) } else { usize::from_str_radix(digits, 8).ok() }
}

/// The `path` among the lines of an extended head: `27 path=a/b`.
fn path_of(data: &[u8]) -> Option<Vec<u8>> {
    let mut lines = data.split(|b| *b == b'\n');
    lines.find_map(|line| {
        let at = memchr::memchr(b' ', line)?;
        line[at + 1..].strip_prefix(b"path=").map(<[u8]>::to_vec)
    })
}
