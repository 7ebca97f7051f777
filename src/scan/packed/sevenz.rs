// SPDX-License-Identifier: MIT OR Apache-2.0
//! 7z archives, of the methods that nearly all are packed with: LZMA and LZMA2, filters for
//! programs among them, and none.

use std::io::{Cursor, Read};

use sevenz_rust2::{ArchiveReader, EntryDecision, Password};

use super::{Budget, Part, methods::MOST_MEMORY};
use crate::scan::decode;

/// Hands over every file in the archive.
pub(super) fn read(raw: &[u8], budget: &mut Budget, found: &mut dyn FnMut(Part, &mut Budget)) {
    let unread = "damaged, encrypted, or packed in a way that is not read";
    let reader = ArchiveReader::new_with_memory_limit(
        Cursor::new(raw),
        Password::empty(),
        MOST_MEMORY >> 10,
    );
    let Ok(mut reader) = reader else {
        budget.cut = Some(unread);
        return;
    };
    reader.set_thread_count(1);
    let mut left = decode::bound(raw.len(), usize::MAX);
    let mut one = |name: &str, bytes: &mut dyn Read| {
        if !budget.next() {
            return EntryDecision::Stop;
        }
        let most = left.min(budget.most());
        let Some(inflated) = decode::read_up_to(bytes, most) else { return EntryDecision::Stop };
        left -= inflated.bytes.len();
        // What is left of an entry would be unpacked to come to the next.
        let next = if inflated.cut { EntryDecision::Stop } else { EntryDecision::Continue };
        let bytes = Some(budget.spend(inflated));
        found(Part { name: name.as_bytes().to_vec(), bytes, strict: false }, budget);
        if budget.most() == 0 { EntryDecision::Stop } else { next }
    };
    let outcome = reader.for_each_entries_with_decision(|entry, bytes| {
        let is_file = !entry.is_directory();
        Ok(if is_file { one(&entry.name, bytes) } else { EntryDecision::Continue })
    });
    if outcome.is_err() {
        budget.cut.get_or_insert(unread);
    }
}
