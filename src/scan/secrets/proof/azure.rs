// SPDX-License-Identifier: MIT OR Apache-2.0
//! Signatures and checksums inside the keys of Azure, as Microsoft publishes them.
//!
//! Facts from <https://github.com/microsoft/security-utilities>: a key is Base64 of random bytes
//! that end with a signature of four characters and four bytes of Marvin32, seeded by kind.

use data_encoding::BASE64_NOPAD;

use super::Outcome;

/// Eight letters that begin the checksum.
type Seed = [u8; 8];

/// For each signature what its keys open, and the seeds of its kinds.
const SIGNATURES: &[(&[u8; 4], &str, &[&Seed])] = &[
    (b"+ASt", "a storage account", &[b"Default0"]),
    (
        b"ACDb",
        "Cosmos DB",
        &[
            b"MastRW00",
            b"MastRO00",
            b"SystRW00",
            b"SystRO00",
            b"SysAll00",
            b"Resour00",
            b"Encryp00",
        ],
    ),
    (b"+ABa", "Batch", &[b"AbAcct00"]),
    (b"+AMC", "Machine Learning", &[b"Classic0"]),
    (b"APIM", "API Management", &[b"Tenant00", b"IoTHub00", b"Gatewy00", b"GitKey00"]),
    (b"+ASb", "Service Bus", MESSAGING),
    (b"+AEh", "Event Hubs", MESSAGING),
    (b"+ARm", "Relay", MESSAGING),
    (b"AIoT", "IoT Hub", &[b"IoTHub00", b"DpsKey00", b"Device00"]),
    (b"AZEG", "Event Grid", &[b"Default0"]),
    (b"AzCa", "a Redis cache", &[b"Access00"]),
    (b"AzFu", "Functions", &[b"Functi00", b"Master00", b"System00"]),
    (b"AzSe", "AI Search", &[b"PAdmin00", b"Query000"]),
    (b"+ACR", "a container registry", &[b"ACRDflt0"]),
    (b"+SQL", "Azure SQL", &[b"UsrPwd00"]),
];
const MESSAGING: &[&Seed] = &[b"Send0000", b"Manage00", b"Listen00", b"System00", b"Unknown0"];

/// What keys of the common format are for, by the four characters at offset 76.
const PROVIDERS: &[(&[u8; 4], &str)] = &[
    (b"ACOG", "Azure OpenAI or AI services"),
    (b"AZDO", "Azure DevOps"),
    (b"AZAC", "App Configuration"),
    (b"AZMP", "Azure Maps"),
    (b"AZCS", "Communication Services"),
    (b"AZMR", "Mixed Reality"),
    (b"AZFR", "Fluid Relay"),
    (b"msql", "Azure SQL"),
    (b"MSQL", "Azure SQL"),
    (b"NUGT", "nuget.org"),
];

const CLIENT_SECRET: &Seed = b"AadPwd00";
const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// A key with a signature before its checksum.
pub(super) fn signed_key(value: &[u8]) -> Outcome {
    let Some((bytes, signature)) = decode(value) else { return Outcome::Failed };
    let known = SIGNATURES.iter().find(|(known, _, _)| **known == signature);
    let Some((_, what, seeds)) = known else { return Outcome::Failed };
    let (data, sum) = bytes.split_at(bytes.len() - 4);
    let fits = |seed: &&Seed| sum == marvin32(data, seed_of(seed)).to_le_bytes();
    if seeds.iter().any(fits) || redis(value, data, &signature) {
        Outcome::Named(format!("a key of {what}"))
    } else {
        Outcome::Failed
    }
}

/// Redis keys have letters for the signs of Base64, put in after the checksum was taken.
fn redis(value: &[u8], data: &[u8], signature: &[u8; 4]) -> bool {
    let sum = marvin32(data, seed_of(b"Access00")).to_le_bytes();
    let whole = BASE64_NOPAD.encode(&[data, &sum].concat());
    let plain = whole.replace('+', "P").replace('/', "F");
    signature == b"AzCa" && value.strip_suffix(b"=").unwrap_or(value) == plain.as_bytes()
}

/// Returns the bytes of a key and the four characters before its last six.
fn decode(value: &[u8]) -> Option<(Vec<u8>, [u8; 4])> {
    let end = value.iter().rposition(|b| *b != b'=')? + 1;
    let text: Vec<u8> = value[..end].iter().map(|b| standard(*b)).collect();
    let at = text.len().checked_sub(10)?;
    let signature = text[at..at + 4].try_into().ok()?;
    let bytes = BASE64_NOPAD.decode(&text).ok()?;
    (bytes.len() > 8).then_some((bytes, signature))
}

fn standard(byte: u8) -> u8 {
    match byte {
        b'-' => b'+',
        b'_' => b'/',
        other => other,
    }
}

/// A key of the format that Azure and others share: fixed places, then a checksum of 60 bytes.
pub(super) fn common_key(value: &[u8]) -> Outcome {
    let (Some(head), Some(sum)) = (value.get(..80), value.get(80..)) else {
        return Outcome::Failed;
    };
    let Ok(bytes) = BASE64_NOPAD.decode(head) else { return Outcome::Failed };
    let crc = marvin32(&bytes, seed_of(b"Default0")).to_le_bytes();
    let sum = &sum[..sum.iter().rposition(|b| *b != b'=').map_or(0, |at| at + 1)];
    // Sixteen characters of the last byte are padding, which no encoder writes out.
    let same = |full: Vec<u8>| sum.len() == 4 && full.starts_with(sum) || full == sum;
    let plain = BASE64_NOPAD.encode(&crc).into_bytes();
    if !same(plain) && !same(in_letters(crc)) {
        return Outcome::Failed;
    }
    let provider = PROVIDERS.iter().find(|(id, _)| value.get(76..80) == Some(*id));
    match provider {
        Some((_, what)) => Outcome::Named(format!("issued for {what}")),
        None => Outcome::checksum(true),
    }
}

/// The checksum in base 62, filled up with zeros, so that no sign of Base64 is in it.
fn in_letters(crc: [u8; 4]) -> Vec<u8> {
    let mut number = u32::from_be_bytes(crc);
    let mut text = Vec::new();
    while number > 0 {
        text.insert(0, DIGITS[(number % 62) as usize]);
        number /= 62;
    }
    // Leading zero bytes are written as zeros.
    let zeros = crc.iter().take_while(|byte| **byte == 0).count().min(3);
    text.splice(0..0, std::iter::repeat_n(b'0', zeros));
    text.resize(6, b'0');
    // Through bytes and back, as the vendor does: what the last character says beyond them is cut.
    let last = text.get_mut(5);
    if let Some(last) = last {
        let six = data_encoding::BASE64.specification().symbols;
        let at = six.bytes().position(|b| b == *last).unwrap_or(0);
        *last = six.as_bytes()[at & 0b11_0000];
    }
    text
}

/// A client secret of Entra: its last three characters belong to a checksum. That they must is
/// said for new secrets only, so another end speaks against none.
pub(super) fn client_secret(value: &[u8]) -> Outcome {
    const LETTERS: &[u8; 66] =
        b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890.-_~";
    let Some(at) = value.len().checked_sub(3) else { return Outcome::NEUTRAL };
    let (head, tail) = value.split_at(at);
    let mut number = marvin32(head, seed_of(CLIENT_SECRET));
    let mut sum = Vec::new();
    while number > 0 {
        sum.insert(0, LETTERS[(number % 66) as usize]);
        number /= 66;
    }
    if sum.starts_with(tail) { Outcome::checksum(true) } else { Outcome::NEUTRAL }
}

fn seed_of(letters: &Seed) -> u64 {
    u64::from_be_bytes(*letters)
}

/// Marvin32, folded to 32 bits.
fn marvin32(data: &[u8], seed: u64) -> u32 {
    let hash = marvin64(data, seed);
    (hash >> 32) as u32 ^ hash as u32
}

fn marvin64(data: &[u8], seed: u64) -> u64 {
    let (mut low, mut high) = (seed as u32, (seed >> 32) as u32);
    let mut mix = |word: u32| {
        low = low.wrapping_add(word);
        high ^= low;
        low = low.rotate_left(20).wrapping_add(high);
        high = high.rotate_left(9) ^ low;
        low = low.rotate_left(27).wrapping_add(high);
        high = high.rotate_left(19);
    };
    let (words, rest) = data.as_chunks::<4>();
    words.iter().for_each(|word| mix(u32::from_le_bytes(*word)));
    let mut last = [0; 4];
    last[..rest.len()].copy_from_slice(rest);
    last[rest.len()] = 0x80;
    mix(u32::from_le_bytes(last));
    mix(0);
    u64::from(high) << 32 | u64::from(low)
}

#[cfg(test)]
mod tests {
    use super::{in_letters, marvin64, seed_of};

    #[test]
    fn the_hash_gives_what_its_authors_print() {
        // From the tests of SymCrypt.
        assert_eq!(marvin64(b"abc", 0xd53c_d9ce_cd08_93b7), 0x22c7_4339_4927_69bf);
        let letters = b"abcdefghijklmnopqrstuvwxyz";
        assert_eq!(marvin64(letters, 0x0ddd_deee_efff_f000), 0xa128_eb7e_7260_aca2);
    }

    #[test]
    fn seeds_are_letters() {
        assert_eq!(seed_of(b"Default0"), 0x4465_6661_756c_7430);
    }

    #[test]
    fn a_checksum_in_letters_has_six() {
        for crc in [[0; 4], [0xff; 4], [0, 0, 1, 2], [1, 2, 3, 4]] {
            let text = in_letters(crc);
            assert_eq!(text.len(), 6);
            assert!(b"AQgw".contains(&text[5]));
        }
    }
}
