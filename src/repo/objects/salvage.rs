// SPDX-License-Identifier: MIT OR Apache-2.0
//! What can still be read of a damaged index of a pack.
//!
//! One flipped bit makes the usual reader refuse the whole file, and then the pack is lost. Here
//! it costs the one object that it belongs to.

use std::{fs, path::Path};

const MAGIC: &[u8] = b"\xfftOc\0\0\0\x02";
const FAN: usize = 256 * 4;

/// Returns the ids in the index at `path`, one after the other, and the offsets.
pub(super) fn index(path: &Path, width: usize) -> Option<(Vec<u8>, Vec<u64>)> {
    let data = if fs::metadata(path).ok()?.is_file() { fs::read(path).ok()? } else { return None };
    let body = data.strip_prefix(MAGIC)?;
    let (fan, body) = body.split_at_checked(FAN)?;
    let count = usize::try_from(long(fan, 255)?).ok()?;
    let ids = body.get(..count.checked_mul(width)?)?;
    // Checksums stand in between.
    let short = body.get(ids.len() + count.checked_mul(4)?..)?.get(..count.checked_mul(4)?)?;
    let large = body.get(ids.len() + 2 * short.len()..)?;
    let offset = |at: usize| {
        let short = long(short, at)?;
        if short >> 31 == 0 {
            return Some(u64::from(short));
        }
        let at = usize::try_from(short & 0x7fff_ffff).ok()?;
        Some(u64::from(long(large, 2 * at)?) << 32 | u64::from(long(large, 2 * at + 1)?))
    };
    // An offset beyond the end of the pack is where nothing can be read.
    let offsets = (0..count).map(|at| offset(at).unwrap_or(u64::MAX)).collect();
    Some((ids.to_vec(), offsets))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(4 * at..)?.first_chunk().map(|bytes| u32::from_be_bytes(*bytes))
}
