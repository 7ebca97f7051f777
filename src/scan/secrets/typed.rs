// SPDX-License-Identifier: MIT OR Apache-2.0
//! Numbers and keys that somebody typed where a machine would have drawn them.

use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD};

use super::chars;

/// A drawn UUID has hardly ever less entropy in its 32 digits.
const LEAST: f64 = 2.7;

/// Of the 31 neighbours in a drawn UUID about two are alike.
const ALIKE: usize = 12;

/// A word that fills a UUID is not longer.
const PERIOD: usize = 8;

/// Fewer bytes may count up by chance.
const COUNTED: usize = 8;

/// Returns whether `value` is a UUID of repeated digits, groups or words of digits.
pub(in crate::scan) fn is_typed(value: &[u8]) -> bool {
    if !chars::is_uuid(value) {
        return false;
    }
    let digits: Vec<u8> =
        value.iter().filter(|b| **b != b'-').map(u8::to_ascii_lowercase).collect();
    let repeats = (1..=PERIOD).any(|len| digits.iter().zip(&digits[len..]).all(|(a, b)| a == b));
    let alike = digits.windows(2).filter(|two| two[0] == two[1]).count();
    let same = |group: &[u8]| group.iter().all(|b| *b == group[0]);
    repeats
        || alike >= ALIKE
        || value.split(|b| *b == b'-').filter(|group| same(group)).count() >= 4
        || chars::entropy(&digits) < LEAST
}

/// Returns whether `value` is Base64 of bytes that count up or down, or are all the same.
pub(super) fn is_counted(value: &[u8]) -> bool {
    let end = value.iter().rposition(|b| *b != b'=').map_or(0, |at| at + 1);
    let value = &value[..end];
    let bytes = BASE64URL_NOPAD.decode(value).or_else(|_| BASE64_NOPAD.decode(value));
    bytes.is_ok_and(|bytes| {
        let step = |pair: &[u8]| pair[1].wrapping_sub(pair[0]);
        let first = bytes.windows(2).next().map(step);
        bytes.len() >= COUNTED
            && first.is_some_and(|first| matches!(first, 0 | 1 | 0xff))
            && bytes.windows(2).all(|pair| Some(step(pair)) == first)
    })
}

#[cfg(test)]
mod tests {
    use data_encoding::BASE64;

    use super::{is_counted, is_typed};

    #[test]
    fn typed_numbers_repeat_themselves() {
        for uuid in [
            "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
            "badc0deb-adc0-deba-dc0d-ebadc0debadc",
            "00000000-0000-0000-0000-000000000001",
            "11112222-3333-4444-5555-666677778888",
        ] {
            assert!(is_typed(uuid.as_bytes()), "{uuid}");
        }
        for uuid in ["2f6e90b7-4c1d-4a83-95be-7d3c08a1f264", "7d3c08a1-7d3c-4a83-9d3c-7d3c08a1f264"]
        {
            assert!(!is_typed(uuid.as_bytes()), "{uuid}");
        }
        assert!(!is_typed(b"aaaaaaaa"));
    }

    #[test]
    fn counted_bytes() {
        let up: Vec<u8> = (1..=16).collect();
        assert!(is_counted(BASE64.encode(&up).as_bytes()));
        assert!(is_counted(BASE64.encode(&[0; 32]).as_bytes()));
        let down: Vec<u8> = (0..32).rev().collect();
        assert!(is_counted(BASE64.encode(&down).as_bytes()));
        assert!(!is_counted(b"q7Zp2Lq8Xk2pQ9vLw7RtZb4n") && !is_counted(b"AAEC"));
    }
}
