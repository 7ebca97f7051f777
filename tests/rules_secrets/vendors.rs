// SPDX-License-Identifier: MIT OR Apache-2.0
//! Values with the checksums of single vendors, written anew from the vendors' descriptions so
//! that they don't share a mistake with the program.

use data_encoding::{BASE64, BASE64URL_NOPAD};

use crate::template::{Dice, alphabet};

/// `SIGNATURE:BYTES`: a key of Azure with that signature before its checksum.
pub(crate) fn azure(argument: &str, dice: &mut Dice) -> String {
    let (signature, bytes) = argument.split_once(':').expect("signature and bytes");
    let count: usize = bytes.parse().expect("a count");
    let seed = match signature {
        "+ASt" | "AZEG" => b"Default0",
        "ACDb" => b"MastRW00",
        "+ABa" => b"AbAcct00",
        "+AMC" => b"Classic0",
        "APIM" => b"GitKey00",
        "AIoT" => b"Device00",
        "AzCa" => b"Access00",
        "AzFu" => b"Functi00",
        "+ACR" => b"ACRDflt0",
        _ => b"Listen00",
    };
    // The signature stands before the last six characters, which hold four bytes and some bits.
    let text = (count * 8).div_ceil(6);
    let drawn = dice.draw(&alphabet("b"), text - 10);
    let head = format!("{drawn}{signature}AAAAAA");
    let head = head + if text % 4 == 3 { "=" } else { "==" };
    let head = if text.is_multiple_of(4) { head.replace('=', "") } else { head };
    let mut key = BASE64.decode(head.as_bytes()).expect("Base64");
    assert_eq!(key.len(), count);
    let sum = marvin(&key[..count - 4], u64::from_be_bytes(*seed));
    key[count - 4..].copy_from_slice(&sum.to_le_bytes());
    let key = BASE64.encode(&key);
    if signature == "AzFu" { key.replace('+', "-").replace('/', "_") } else { key }
}

/// A key of the common format of Azure for a provider.
pub(crate) fn cask(provider: &str, dice: &mut Dice) -> String {
    let head = format!("{}JQQJ99BCAAAAAAAAAAAA4A4A", dice.draw(&alphabet("a"), 52));
    let head = format!("{head}{provider}");
    assert_eq!(head.len(), 80);
    let bytes = BASE64.decode(head.as_bytes()).expect("Base64");
    let sum = marvin(&bytes, u64::from_be_bytes(*b"Default0")).to_le_bytes();
    let mut number = u128::from(u32::from_be_bytes(sum));
    let mut letters = String::new();
    while number > 0 {
        let digit = (number % 62) as u8;
        letters.insert(0, digits(digit));
        number /= 62;
    }
    let zeros = sum.iter().take_while(|byte| **byte == 0).count();
    let letters = "0".repeat(zeros) + &letters + "000000";
    format!("{head}{}", &letters[..4])
}

fn digits(digit: u8) -> char {
    char::from(match digit {
        0..10 => b'0' + digit,
        10..36 => b'A' + digit - 10,
        _ => b'a' + digit - 36,
    })
}

/// A client secret of Entra whose last three characters are those of its checksum.
pub(crate) fn entra(dice: &mut Dice) -> String {
    let letters: Vec<char> =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890.-_~".chars().collect();
    let (start, rest) = (dice.draw(&alphabet("a"), 3), dice.draw(&alphabet("a"), 31));
    let head = format!("{start}8Q~{rest}");
    let mut number = marvin(head.as_bytes(), u64::from_be_bytes(*b"AadPwd00")) as usize;
    let mut sum = Vec::new();
    while number > 0 {
        sum.push(letters[number % letters.len()]);
        number /= letters.len();
    }
    head + &sum.iter().rev().take(3).collect::<String>()
}

/// A token of GitLab that says to which cell and organisation it belongs.
pub(crate) fn gitlab_routable(prefix: &str, dice: &mut Dice) -> String {
    let payload = [b"o:1\nu:2s".to_vec(), dice.bytes(16), vec![16]].concat();
    let payload = BASE64URL_NOPAD.encode(&payload);
    let head = format!("{prefix}{payload}.01.{:0>2}", base36(payload.len() as u32));
    let sum = base36(crc32fast::hash(head.as_bytes()));
    format!("{head}{sum:0>7}")
}

fn base36(mut number: u32) -> String {
    let mut text = String::new();
    while number > 0 {
        text.insert(0, char::from_digit(number % 36, 36).expect("a digit"));
        number /= 36;
    }
    text
}

fn marvin(data: &[u8], seed: u64) -> u32 {
    let mut padded = data.to_vec();
    padded.push(0x80);
    padded.resize(padded.len().next_multiple_of(4) + 4, 0);
    let (mut a, mut b) = (seed as u32, (seed >> 32) as u32);
    for word in padded.chunks_exact(4) {
        a = a.wrapping_add(u32::from_le_bytes(word.try_into().expect("four bytes")));
        b ^= a;
        a = a.rotate_left(20);
        a = a.wrapping_add(b);
        b = b.rotate_left(9);
        b ^= a;
        a = a.rotate_left(27);
        a = a.wrapping_add(b);
        b = b.rotate_left(19);
    }
    a ^ b
}
