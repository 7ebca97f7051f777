// SPDX-License-Identifier: MIT OR Apache-2.0
//! Keys with the structure and the checksum of real ones, made of drawn bytes.

use data_encoding::{BASE32_NOPAD, BASE64};
use sha2::{Digest, Sha256};

const BITCOIN: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const RIPPLE: &[u8; 58] = b"rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";

/// Returns the words that BIP 39 makes of a seed.
pub(crate) fn recovery_words(seed: &[u8]) -> String {
    let list: Vec<&str> = include_str!("../../assets/words/bip39-english.txt").lines().collect();
    let sum = Sha256::digest(seed)[0];
    let bits: Vec<bool> = seed
        .iter()
        .chain([&sum])
        .flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1))
        .take(seed.len() / 4 * 33)
        .collect();
    let number = |bits: &[bool]| bits.iter().fold(0, |no, bit| no << 1 | usize::from(*bit));
    bits.chunks(11).map(|bits| list[number(bits)]).collect::<Vec<_>>().join(" ")
}

/// Writes one element of DER.
fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let mut out = match length {
        0..0x80 => vec![tag, length as u8],
        0x80..0x100 => vec![tag, 0x81, length as u8],
        _ => vec![tag, 0x82, (length >> 8) as u8, length as u8],
    };
    out.extend(content);
    out
}

/// Returns the bytes of a key as its label promises, with numbers made of `bytes`.
pub(crate) fn der(label: &str, mut bytes: impl FnMut(usize) -> Vec<u8>) -> Vec<u8> {
    let number = |mut digits: Vec<u8>| {
        digits[0] |= 0x80;
        tlv(2, &[vec![0], digits].concat())
    };
    let mut rsa = || {
        let sizes = [128, 3, 128, 64, 64, 64, 64, 64];
        let numbers: Vec<u8> = sizes.into_iter().flat_map(|size| number(bytes(size))).collect();
        tlv(0x30, &[tlv(2, &[0]), numbers].concat())
    };
    match label {
        "RSA PRIVATE KEY" => rsa(),
        "PRIVATE KEY" => {
            let identifier = tlv(6, &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1]);
            let algorithm = tlv(0x30, &[identifier, vec![5, 0]].concat());
            tlv(0x30, &[tlv(2, &[0]), algorithm, tlv(4, &rsa())].concat())
        }
        "EC PRIVATE KEY" => {
            // Longer than any real one, so that there is something to cut off.
            tlv(0x30, &[tlv(2, &[1]), tlv(4, &bytes(32)), tlv(0xa1, &bytes(300))].concat())
        }
        "OPENSSH PRIVATE KEY" => openssh("none", &bytes(32), &bytes(200)),
        "OPENSSH ENCRYPTED" => openssh("aes256-ctr", &bytes(32), &bytes(200)),
        "PGP PRIVATE KEY BLOCK" => pgp(0, &bytes(128), &bytes(300)),
        "PGP PROTECTED" => pgp(254, &bytes(128), &bytes(300)),
        _ => tlv(0x30, &bytes(600)),
    }
}

fn openssh(cipher: &str, public: &[u8], private: &[u8]) -> Vec<u8> {
    let field = |text: &[u8]| [&(text.len() as u32).to_be_bytes()[..], text].concat();
    let derivation = if cipher == "none" { "none" } else { "bcrypt" };
    let public = [field(b"ssh-ed25519"), field(public)].concat();
    [
        b"openssh-key-v1\0".to_vec(),
        field(cipher.as_bytes()),
        field(derivation.as_bytes()),
        field(b""),
        vec![0, 0, 0, 1],
        field(&public),
        field(private),
    ]
    .concat()
}

fn pgp(usage: u8, public: &[u8], private: &[u8]) -> Vec<u8> {
    let number = [&[4, 0][..], public, &[0, 17, 1, 0, 1]].concat();
    let body = [&[4, 1, 2, 3, 4, 1][..], &number, &[usage], private].concat();
    [&[0x95, (body.len() >> 8) as u8, body.len() as u8][..], &body].concat()
}

/// Returns Base 58 of `bytes` and their checksum.
fn base58(bytes: &[u8], alphabet: &[u8; 58]) -> String {
    let sum = Sha256::digest(Sha256::digest(bytes));
    let all = [bytes, &sum[..4]].concat();
    let mut digits: Vec<usize> = Vec::new();
    for byte in &all {
        let mut carry = usize::from(*byte);
        for digit in &mut digits {
            carry += *digit << 8;
            *digit = carry % 58;
            carry /= 58;
        }
        while carry > 0 {
            digits.push(carry % 58);
            carry /= 58;
        }
    }
    digits.iter().rev().map(|digit| char::from(alphabet[*digit])).collect()
}

/// Returns the key called `kind`, or nothing if there is none of that name.
pub(crate) fn key(kind: &str, mut bytes: impl FnMut(usize) -> Vec<u8>) -> Option<String> {
    Some(match kind {
        "wif" => base58(&[vec![0x80], bytes(32), vec![1]].concat(), BITCOIN),
        "xprv" => {
            base58(&[vec![4, 0x88, 0xad, 0xe4], bytes(41), vec![0], bytes(32)].concat(), BITCOIN)
        }
        "edsk" => base58(&[vec![0x0d, 0x0f, 0x3a, 7], bytes(32)].concat(), BITCOIN),
        "ripple" => base58(&[vec![0x21], bytes(16)].concat(), RIPPLE),
        "stellar" => {
            let mut seed = vec![18 << 3];
            seed.extend(bytes(32));
            seed.extend(crc16(&seed).to_le_bytes());
            BASE32_NOPAD.encode(&seed)
        }
        "wg" => {
            let mut key = bytes(32);
            (key[0], key[31]) = (key[0] & 0xf8, key[31] & 0x3f | 0x40);
            BASE64.encode(&key)
        }
        _ => return None,
    })
}

fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte) << 8, |crc, _| {
            if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 }
        })
    })
}

/// Returns `text` as Cisco's type 7 writes it.
pub(crate) fn cisco(text: &str) -> String {
    let mixed = b"dsfd;kfoA,.iyewrkldJKDHSUBsgvca69834ncxv9873254k;fg87";
    let hex = |(i, byte): (usize, u8)| format!("{:02X}", byte ^ mixed[8 + i]);
    text.bytes().enumerate().map(hex).fold("08".into(), |all: String, pair| all + &pair)
}
