// SPDX-License-Identifier: MIT OR Apache-2.0
//! Whether a PGP key block holds a private key, and whether a passphrase protects it (RFC 9580).

use data_encoding::{BASE64, BASE64_NOPAD};

/// What a block holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// A private key that anyone can use.
    Clear,
    /// A private key behind a passphrase.
    Protected,
    /// A stub: the key itself is on a card or was left out.
    Stub,
}

/// Reads the Base64 `body` of an armoured block, checksum and all. Nothing if its first packet is
/// no private key that is understood.
pub(super) fn read(body: &[u8]) -> Option<Block> {
    // The checksum is `=` and four characters.
    let end = body.len().checked_sub(5).filter(|at| body[*at] == b'=').unwrap_or(body.len());
    let padded = &body[..end];
    let plain = padded.iter().rposition(|b| *b != b'=').map_or(0, |last| last + 1);
    // What follows the first packets is not needed, and may be cut off.
    let whole = plain.min(8000) / 4 * 4;
    let bytes = BASE64.decode(&padded[..whole]).or_else(|_| BASE64_NOPAD.decode(&padded[..plain]));
    packet(&bytes.ok()?)
}

fn packet(bytes: &[u8]) -> Option<Block> {
    let first = *bytes.first()?;
    let (tag, body) = match first {
        0xc0..=0xff => (first & 0x3f, bytes.get(1 + new_length(bytes.get(1)?)..)?),
        0x80..=0xbf => (first >> 2 & 15, bytes.get(1 + (1 << (first & 3))..)?),
        _ => return None,
    };
    if !matches!(tag, 5 | 7) || *body.first()? != 4 {
        return None;
    }
    // Version, time of creation, algorithm, the public numbers.
    let rest = public(*body.get(5)?, body.get(6..)?)?;
    let usage = *rest.first()?;
    // A specifier of 101 is GnuPG's own: 1 and 2 behind `GNU` mean that the key is elsewhere.
    let stub = matches!(usage, 254 | 255) && rest.get(2) == Some(&101);
    Some(match usage {
        0 => Block::Clear,
        _ if stub => Block::Stub,
        _ => Block::Protected,
    })
}

/// Returns the bytes that a length takes.
fn new_length(first: &u8) -> usize {
    match first {
        0..192 => 1,
        192..224 => 2,
        _ => 5,
    }
}

/// Skips the public numbers of a key.
fn public(algorithm: u8, bytes: &[u8]) -> Option<&[u8]> {
    let numbers = |bytes, count| (0..count).try_fold(bytes, |rest, _| number(rest));
    let short = |bytes: &'_ [u8]| Some(1 + usize::from(*bytes.first()?));
    match algorithm {
        1..=3 => numbers(bytes, 2),
        16 => numbers(bytes, 3),
        17 => numbers(bytes, 4),
        19 | 22 => number(bytes.get(short(bytes)?..)?),
        18 => {
            let rest = number(bytes.get(short(bytes)?..)?)?;
            rest.get(short(rest)?..)
        }
        25 | 27 => bytes.get(32..),
        26 => bytes.get(56..),
        28 => bytes.get(57..),
        _ => None,
    }
}

/// Skips a number: two bytes with the count of its bits, and its bytes.
fn number(bytes: &[u8]) -> Option<&[u8]> {
    let bits = usize::from(*bytes.first()?) << 8 | usize::from(*bytes.get(1)?);
    bytes.get(2 + bits.div_ceil(8)..)
}

#[cfg(test)]
mod tests {
    use data_encoding::BASE64;
    use proptest::prelude::*;

    use super::{Block, read};

    fn key(usage: &[u8]) -> Vec<u8> {
        let numbers = [&[1, 0][..], &[0x9d; 32], &[0, 17, 1, 0, 1]].concat();
        let body = [&[4, 1, 2, 3, 4, 1][..], &numbers, usage, &[7; 40]].concat();
        let packet = [&[0x95, 0, body.len() as u8][..], &body].concat();
        let mut text = BASE64.encode(&packet).into_bytes();
        text.extend(b"=aB3d");
        text
    }

    #[test]
    fn the_byte_behind_the_public_part_decides() {
        assert_eq!(read(&key(&[0])), Some(Block::Clear));
        assert_eq!(read(&key(&[254, 7, 3, 2])), Some(Block::Protected));
        assert_eq!(read(&key(&[255, 0, 101, 0, b'G', b'N', b'U', 1])), Some(Block::Stub));
        let mut public = key(&[0]);
        // A public key has another tag.
        public[0] = b'm';
        assert_eq!(read(&public), None);
    }

    proptest! {
        #[test]
        fn never_panics(bytes in prop::collection::vec(any::<u8>(), 0..120), head in 0x80_u8..) {
            let text = BASE64.encode(&[&[head][..], &bytes].concat());
            let _ = read(text.as_bytes());
            let _ = read(&bytes);
        }
    }
}
