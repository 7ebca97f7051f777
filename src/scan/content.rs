// SPDX-License-Identifier: MIT OR Apache-2.0
//! What the bytes of a file are: text, something else, or encrypted as a whole.

use super::{packed::packs, sealed::method};
use crate::domain::{Encoding, NotScanned, Text};

/// So many bytes say whether the others are text.
const HEAD: usize = 512;
/// One byte in so many is a control character in nearly all that is random, and in no text.
const LEAST_ODD: usize = 25;

/// What the bytes of a file are.
pub enum Content<'a> {
    /// Text, perhaps with a reason why it does not say everything.
    Text(Text<'a>, Option<NotScanned>),
    /// Encrypted as a whole.
    Encrypted(NotScanned),
    /// No text.
    Binary,
}

impl<'a> Content<'a> {
    /// Looks at the first bytes of `raw`.
    #[must_use]
    pub fn of(raw: &'a [u8]) -> Self {
        if let Some(how) = method(raw) {
            return Self::Encrypted(NotScanned::Encrypted(how.into()));
        }
        if packs(raw) {
            return Self::Binary;
        }
        let Some(text) = Text::decode(raw) else { return Self::Binary };
        let why = match text.encoding {
            _ if lfs_pointer(&text.bytes) => Some(NotScanned::LfsPointer),
            Encoding::Bytes if is_odd(raw) => Some(NotScanned::Binary),
            _ => None,
        };
        Self::Text(text, why)
    }
}

/// Whether `raw`, in which no NUL stands, is no text all the same: a small key or ciphertext often
/// has none. It is read like a text, and a person must look.
fn is_odd(raw: &[u8]) -> bool {
    let head = &raw[..raw.len().min(HEAD)];
    let control = |b: &&u8| matches!(b, 1..=8 | 14..=26 | 28..=31 | 127);
    let odd = head.iter().filter(control).count();
    odd > 1
        && odd * LEAST_ODD > head.len()
        && std::str::from_utf8(head).is_err_and(|end| end.error_len().is_some())
}

fn lfs_pointer(text: &[u8]) -> bool {
    // https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md: under 1,024 bytes, this first line.
    text.len() < 1024 && text.starts_with(b"version https://git-lfs.github.com/spec/")
}
