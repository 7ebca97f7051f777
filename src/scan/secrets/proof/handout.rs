// SPDX-License-Identifier: MIT OR Apache-2.0
//! A review's key as `debut key export` writes it.

use std::ops::Range;

use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use sha2::{Digest, Sha256};

use super::Outcome;

/// Bytes above and below the key that are looked at.
const REACH: usize = 500;

/// Checks the key at `span` against the checksum below it, which covers the fields above it too.
pub(super) fn review_key(text: &[u8], span: &Range<usize>) -> Outcome {
    let above = &text[span.start.saturating_sub(REACH)..span.start];
    let below = &text[span.end..text.len().min(span.end + REACH)];
    Outcome::checksum(holds(above, &text[span.clone()], below).is_some())
}

fn holds(above: &[u8], key: &[u8], below: &[u8]) -> Option<()> {
    let review = field(above.split(|b| *b == b'\n').rev(), b"review:")?;
    let id = field(above.split(|b| *b == b'\n').rev(), b"key-id:")?;
    let sum = field(below.split(|b| *b == b'\n'), b"checksum:")?;
    let key = HEXLOWER_PERMISSIVE.decode(key).ok()?;
    let mut hash = Sha256::new();
    hash.update(b"debut key handout 1\0");
    for part in [review, id, &key] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    (HEXLOWER.encode(&hash.finalize()[..8]).as_bytes() == sum).then_some(())
}

/// Returns what stands behind `name` on the first line that begins so. A mail puts marks before
/// each line.
fn field<'a>(mut lines: impl Iterator<Item = &'a [u8]>, name: &[u8]) -> Option<&'a [u8]> {
    lines.find_map(|line| {
        let start = line.iter().position(|b| !matches!(b, b'>' | b' ' | b'\t'))?;
        line[start..].strip_prefix(name).map(<[u8]>::trim_ascii)
    })
}
