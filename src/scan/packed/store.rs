// SPDX-License-Identifier: MIT OR Apache-2.0
//! Java key stores: whether anything but certificates is in them.
//!
//! The form is that of the class `JavaKeyStore` of OpenJDK, which describes it in its comments:
//! big-endian numbers, names with their length in two bytes, and a digest of 20 bytes at the end.

/// What JKS and JCEKS begin with.
const MAGIC: [&[u8]; 2] = [b"\xfe\xed\xfe\xed", b"\xce\xce\xce\xce"];

/// The mark of an entry that is a certificate and nothing else.
const TRUSTED: usize = 2;

/// The time at which an entry was made, in bytes.
const TIME: usize = 8;

/// The digest behind the entries, in bytes.
const DIGEST: usize = 20;

/// Returns how many certificates are in the store, if nothing else is: no private and no secret
/// key. Nothing for what is no such store, has other entries, or does not end where it says.
pub(in crate::scan) fn certificates(raw: &[u8]) -> Option<usize> {
    let rest = MAGIC.iter().find_map(|magic| raw.strip_prefix(*magic))?;
    let (version, rest) = number(rest)?;
    let (count, mut rest) = number(rest)?;
    if !(1..=2).contains(&version) || count == 0 {
        return None;
    }
    for _ in 0..count {
        let (mark, entry) = number(rest)?;
        if mark != TRUSTED {
            return None;
        }
        let dated = behind_name(entry)?.get(TIME..)?;
        // The first version knows one kind of certificate and does not name it.
        let certificate = if version == 2 { behind_name(dated)? } else { dated };
        let (length, certificate) = number(certificate)?;
        rest = certificate.get(length..)?;
    }
    (rest.len() == DIGEST).then_some(count)
}

/// Splits a number of four bytes off.
fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (number, rest) = bytes.split_first_chunk::<4>()?;
    Some((usize::try_from(u32::from_be_bytes(*number)).ok()?, rest))
}

/// Returns what stands behind a name.
fn behind_name(bytes: &[u8]) -> Option<&[u8]> {
    let (length, rest) = bytes.split_first_chunk::<2>()?;
    rest.get(usize::from(u16::from_be_bytes(*length))..)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{DIGEST, MAGIC, certificates};

    fn store(version: u8, marks: &[u8]) -> Vec<u8> {
        let mut raw = MAGIC[0].to_vec();
        raw.extend([0, 0, 0, version, 0, 0, 0, u8::try_from(marks.len()).expect("few")]);
        for mark in marks {
            raw.extend([0, 0, 0, *mark, 0, 2, b'c', b'a', 0, 0, 0, 0, 0, 0, 0, 1]);
            if version == 2 {
                raw.extend([0, 5]);
                raw.extend(b"X.509");
            }
            raw.extend([0, 0, 0, 3, 1, 2, 3]);
        }
        raw.extend([7; DIGEST]);
        raw
    }

    #[test]
    fn stores_of_certificates() {
        assert_eq!(certificates(&store(2, &[2])), Some(1));
        assert_eq!(certificates(&store(1, &[2, 2, 2])), Some(3));
    }

    #[test]
    fn other_stores() {
        assert_eq!(certificates(&store(2, &[1])), None);
        assert_eq!(certificates(&store(2, &[2, 3])), None);
        assert_eq!(certificates(&store(2, &[])), None);
        let mut longer = store(2, &[2]);
        longer.extend(store(2, &[1]));
        assert_eq!(certificates(&longer), None);
        let whole = store(2, &[2, 2]);
        for end in 0..whole.len() {
            assert_eq!(certificates(&whole[..end]), None, "{end}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes(tail in proptest::collection::vec(any::<u8>(), 0..200)) {
            let raw = [MAGIC[1], b"\0\0\0\x02\0\0", &tail].concat();
            let _ = certificates(&raw);
        }
    }
}
