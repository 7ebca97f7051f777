// SPDX-License-Identifier: MIT OR Apache-2.0
//! 7z archives, of the methods that nearly all are packed with: LZMA and LZMA2, filters for
//! programs among them, and none.

use std::io::{Cursor, Read};

use sevenz_rust2::{ArchiveReader, EntryDecision, Password};

use super::{Budget, Part, methods::MOST_MEMORY};
use crate::scan::decode;

/// So many methods are applied one after the other, as programs are packed: the limit of memory is
/// one for each.
const MOST_METHODS: usize = 4;

/// Hands over every file in the archive.
pub(super) fn read(raw: &[u8], budget: &mut Budget, found: &mut dyn FnMut(Part, &mut Budget)) {
    let unread = "damaged, encrypted, or packed in a way that is not read";
    if !is_listed_plainly(raw) {
        budget.cut = Some(unread);
        return;
    }
    let reader = ArchiveReader::new_with_memory_limit(
        Cursor::new(raw),
        Password::empty(),
        MOST_MEMORY >> 10,
    );
    let Ok(mut reader) = reader else {
        budget.cut = Some(unread);
        return;
    };
    if reader.archive().blocks.iter().any(|block| block.coders.len() > MOST_METHODS) {
        budget.cut = Some(unread);
        return;
    }
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

/// Returns whether the list of entries is packed with few methods, if it is packed. That is said
/// before anything is unpacked, by the header at the end.
fn is_listed_plainly(raw: &[u8]) -> bool {
    methods_of_list(raw).is_some_and(|count| count <= MOST_METHODS as u64)
}

fn methods_of_list(raw: &[u8]) -> Option<u64> {
    let start = usize::try_from(u64::from_le_bytes(*raw.get(12..20)?.first_chunk()?)).ok()?;
    let mut rest = raw.get(start.checked_add(32)?..)?;
    if !take(&mut rest, &[0x17]) {
        return Some(0);
    }
    // Where the packed list lies: one stream, its place and size.
    take(&mut rest, &[6]).then_some(())?;
    number(&mut rest)?;
    take(&mut rest, &[1, 9]).then_some(())?;
    number(&mut rest)?;
    take(&mut rest, &[0, 7, 0x0b, 1, 0]).then_some(())?;
    number(&mut rest)
}

fn take(rest: &mut &[u8], bytes: &[u8]) -> bool {
    let found = rest.strip_prefix(bytes);
    *rest = found.unwrap_or(rest);
    found.is_some()
}

/// Reads a number: as many bytes follow the first as that begins with ones.
fn number(rest: &mut &[u8]) -> Option<u64> {
    let (first, behind) = rest.split_first()?;
    let count = first.leading_ones();
    let (low, behind) = behind.split_at_checked(count as usize)?;
    *rest = behind;
    let high = u64::from(*first) & (0x7f >> count);
    let low = low.iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte));
    Some(high.checked_shl(8 * count).unwrap_or(0) | low)
}

#[cfg(test)]
mod tests {
    use super::{is_listed_plainly, number};

    #[test]
    fn lists_that_many_methods_pack_are_not_read() {
        let archive = |list: &[u8]| {
            let start = [b"7z\xbc\xaf\x27\x1c\0\x04\0\0\0\0".as_slice(), &2_u64.to_le_bytes()];
            [&start.concat(), [0; 14].as_slice(), list].concat()
        };
        let packed =
            |methods: u8| archive(&[0x17, 6, 0, 1, 9, 0x80, 0x90, 0, 7, 0x0b, 1, 0, methods, 0x21]);
        assert!(is_listed_plainly(&packed(1)) && is_listed_plainly(&packed(4)));
        assert!(!is_listed_plainly(&packed(5)) && !is_listed_plainly(&packed(31)));
        assert!(is_listed_plainly(&archive(&[1, 4])) && !is_listed_plainly(&archive(&[0x17, 6])));
        assert!(!is_listed_plainly(b"7z\xbc\xaf\x27\x1c"));
    }

    #[test]
    fn numbers_have_as_many_bytes_as_they_say() {
        let read = |mut bytes: &[u8]| number(&mut bytes);
        assert_eq!(read(&[0x7f]), Some(127));
        assert_eq!(read(&[0x81, 2]), Some(0x102));
        assert_eq!(read(&[0xc1, 3, 2]), Some(0x1_0203));
        assert_eq!(read(&[0xff, 1, 0, 0, 0, 0, 0, 0, 2]), Some(0x0200_0000_0000_0001));
        assert_eq!(read(&[0xff, 1]), None);
    }
}
