// SPDX-License-Identifier: MIT OR Apache-2.0
//! Base 58 with four bytes of checksum, as wallets write their keys.

use sha2::{Digest, Sha256};

const BITCOIN: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const RIPPLE: &[u8; 58] = b"rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";

/// Longer values are no keys, and decoding takes time that grows with the square of the length.
const LONGEST: usize = 128;

pub(super) fn bitcoin(value: &[u8]) -> bool {
    checked(value, BITCOIN).is_some()
}

/// A seed holds 16 bytes behind one byte, or three, that say what it is.
pub(super) fn ripple(value: &[u8]) -> bool {
    checked(value, RIPPLE).is_some_and(|bytes| {
        matches!(bytes.as_slice(), [0x21, seed @ ..] | [1, 0xe1, 0x4b, seed @ ..] if seed.len() == 16)
    })
}

/// Returns the bytes before the checksum, if it holds.
fn checked(value: &[u8], alphabet: &[u8; 58]) -> Option<Vec<u8>> {
    let mut bytes = decode(value, alphabet)?;
    let at = bytes.len().checked_sub(4).filter(|at| *at > 0)?;
    let sum = Sha256::digest(Sha256::digest(&bytes[..at]));
    let holds = bytes[at..] == sum[..4];
    bytes.truncate(at);
    holds.then_some(bytes)
}

fn decode(value: &[u8], alphabet: &[u8; 58]) -> Option<Vec<u8>> {
    if value.len() > LONGEST {
        return None;
    }
    // Little endian while it grows.
    let mut bytes: Vec<u8> = Vec::with_capacity(value.len());
    for byte in value {
        let mut carry = alphabet.iter().position(|b| b == byte)?;
        for place in &mut bytes {
            carry += usize::from(*place) * 58;
            *place = (carry & 0xff) as u8;
            carry >>= 8;
        }
        while carry > 0 {
            bytes.push((carry & 0xff) as u8);
            carry >>= 8;
        }
    }
    let zeros = value.iter().take_while(|b| **b == alphabet[0]).count();
    bytes.extend(std::iter::repeat_n(0, zeros));
    bytes.reverse();
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{BITCOIN, bitcoin, decode, ripple};

    #[test]
    fn published_keys_check() {
        // In pieces, so that nothing takes them for live.
        assert!(bitcoin(
            ["5HueCGU8rMjxEXxiPuD5", "BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ"].concat().as_bytes()
        ));
        assert!(bitcoin(
            ["KwdMAjGmerYanjeui5SHS7", "JkmpZvVipYvB2LJGU1ZxJwYvP98617"].concat().as_bytes()
        ));
        // The root account of the XRP Ledger, known to all.
        assert!(ripple(["snoPBrXtMeMy", "MHUVTgbuqAfg1SUTb"].concat().as_bytes()));
        assert_eq!(decode(b"112", BITCOIN), Some(vec![0, 0, 1]));
        assert!(!bitcoin(b"") && !bitcoin(b"1") && !bitcoin(b"0OIl"));
    }

    proptest! {
        #[test]
        fn a_changed_character_is_noticed(at in 1_usize..51, step in 1_usize..58) {
            let mut key = ["5HueCGU8rMjxEXxiPuD5", "BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ"].concat().into_bytes();
            let digit = BITCOIN.iter().position(|b| *b == key[at]).unwrap_or(0);
            key[at] = BITCOIN[(digit + step) % 58];
            prop_assert!(!bitcoin(&key));
        }

        #[test]
        fn never_panics(value in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = bitcoin(&value) | ripple(&value);
        }
    }
}
