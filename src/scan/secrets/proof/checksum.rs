// SPDX-License-Identifier: MIT OR Apache-2.0
//! Checksums that vendors put into their tokens.

use data_encoding::{BASE32_NOPAD, BASE64};

use super::Outcome;

const BASE62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BECH32: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";

pub(super) fn crc32_base62(value: &[u8]) -> Outcome {
    // Longer forms (rotating refresh tokens, app tokens with a web token inside) have none.
    if value.len() != 40 {
        return Outcome::NEUTRAL;
    }
    let (random, sum) = value[4..].split_at(30);
    Outcome::checksum(sum == base62_of(crc32fast::hash(random)))
}

/// Writes a number with six digits.
pub(super) fn base62_of(number: u32) -> [u8; 6] {
    let mut rest = number;
    let mut out = [0; 6];
    for place in out.iter_mut().rev() {
        *place = BASE62[(rest % 62) as usize];
        rest /= 62;
    }
    out
}

pub(super) fn crc32_hex(value: &[u8]) -> bool {
    let Some(body) = value.len().checked_sub(48).map(|at| &value[at..]) else { return false };
    let (random, sum) = body.split_at(40);
    sum == format!("{:08x}", crc32fast::hash(random)).as_bytes()
}

pub(super) fn crc32_upper_hex(value: &[u8]) -> bool {
    let Some(at) = value.len().checked_sub(8) else { return false };
    let (head, sum) = value.split_at(at);
    sum == format!("{:08X}", crc32fast::hash(head)).as_bytes()
}

pub(super) fn grafana(value: &[u8]) -> bool {
    let (Some(head), Some(sum)) = (value.get(..37), value.get(38..)) else { return false };
    sum == format!("{:08x}", crc32fast::hash(head).swap_bytes()).as_bytes()
}

pub(super) fn confluent(value: &[u8]) -> bool {
    let (Some(body), Some(sum)) = (value.get(4..58), value.get(58..64)) else { return false };
    BASE64.encode(&crc32fast::hash(body).to_le_bytes()).as_bytes().starts_with(sum)
}

/// From Microsoft's published source: four checksum bytes stand inside the 32.
pub(super) fn azure_devops(value: &[u8]) -> bool {
    let Ok(bytes) = BASE32_NOPAD.decode(&value.to_ascii_uppercase()) else { return false };
    if bytes.len() != 32 {
        return false;
    }
    let sum = u32::from_be_bytes([bytes[2], bytes[7], bytes[8], bytes[22]]);
    let data: Vec<u8> = [&bytes[..2], &bytes[3..7], &bytes[9..22], &bytes[23..]].concat();
    let crc = crc32fast::hash(&data);
    sum == crc ^ 0xe0b9_692d || sum == crc ^ 0x1019_f92e
}

/// The checksum of BIP 173, which age and Nostr use.
pub(super) fn bech32(value: &[u8]) -> bool {
    let lower = value.to_ascii_lowercase();
    let Some(one) = lower.iter().rposition(|b| *b == b'1') else { return false };
    let (prefix, data) = (&lower[..one], &lower[one + 1..]);
    let mut sum = 1_u32;
    let mut feed = |digit: u32| {
        const GENERATOR: [u32; 5] =
            [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
        let top = sum >> 25;
        sum = (sum & 0x01ff_ffff) << 5 ^ digit;
        for (bit, term) in GENERATOR.iter().enumerate() {
            if top >> bit & 1 == 1 {
                sum ^= term;
            }
        }
    };
    prefix.iter().for_each(|b| feed(u32::from(*b) >> 5));
    feed(0);
    prefix.iter().for_each(|b| feed(u32::from(*b) & 31));
    for byte in data {
        let Some(digit) = BECH32.iter().position(|b| b == byte) else { return false };
        feed(digit as u32);
    }
    data.len() > 6 && sum == 1
}

/// The last two bytes are the CRC-16 (XMODEM) of the others, little endian.
pub(super) fn nkey(value: &[u8]) -> bool {
    let Ok(bytes) = BASE32_NOPAD.decode(value) else { return false };
    let Some(at) = bytes.len().checked_sub(2) else { return false };
    let (data, sum) = bytes.split_at(at);
    let mut crc = 0_u16;
    for byte in data {
        crc ^= u16::from(*byte) << 8;
        for _ in 0..8 {
            crc = if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 };
        }
    }
    sum == crc.to_le_bytes()
}
