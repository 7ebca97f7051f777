// SPDX-License-Identifier: MIT OR Apache-2.0
//! What the bytes of a file are: text, something else, or encrypted as a whole.

use super::{packed::packs, sealed::method};
use crate::domain::{NotScanned, Text};

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
        let pointer = lfs_pointer(&text.bytes).then_some(NotScanned::LfsPointer);
        Self::Text(text, pointer)
    }
}

fn lfs_pointer(text: &[u8]) -> bool {
    // https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md: under 1,024 bytes, this first line.
    text.len() < 1024 && text.starts_with(b"version https://git-lfs.github.com/spec/")
}
