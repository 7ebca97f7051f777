// SPDX-License-Identifier: MIT OR Apache-2.0
//! United Kingdom and Ireland.

use super::{
    super::check::{digits, weighted},
    Id, Weight,
};

pub(super) const IDS: &[Id] = &[
    Id { rule: "uk-nino", shapes: &["AA-99-99-99-A"], check: nino, weight: Weight::Strong },
    Id { rule: "uk-nhs-number", shapes: &["999-999-9999"], check: nhs, weight: Weight::Digits },
    Id { rule: "ie-pps", shapes: &["9999999-AA", "9999999-A"], check: pps, weight: Weight::Strong },
];

/// HMRC manual NIM39110: which letters are used, and which pairs are not.
fn nino(value: &[u8]) -> bool {
    let [first, second, rest @ .., suffix] = value else { return false };
    let letter = |b: &u8| b.is_ascii_uppercase() && !b"DFIQUV".contains(b);
    let unused = ["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"];
    letter(first)
        && letter(second)
        && *second != b'O'
        && !unused.iter().any(|pair| pair.as_bytes() == [*first, *second])
        && rest.len() == 6
        && digits(rest).is_some()
        && (b'A'..=b'D').contains(suffix)
}

/// NHS data dictionary, "NHS Number": modulus 11; a remainder that asks for ten is not used.
fn nhs(value: &[u8]) -> bool {
    let Some(all) = digits(value).filter(|all| all.len() == 10) else { return false };
    let check = 11 - weighted(&all, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    check != 10 && check % 11 == all[9]
}

/// Department of Social Protection, PPS number: modulus 23, a second letter counts nine times.
fn pps(value: &[u8]) -> bool {
    let (Some(head), Some(tail)) = (value.get(..7), value.get(7..)) else { return false };
    let Some(all) = digits(head) else { return false };
    let second = match tail {
        [_] | [_, b'W'] => 0,
        [_, letter @ b'A'..=b'I'] => u32::from(letter - b'A') + 1,
        _ => return false,
    };
    let rest = (weighted(&all, &[8, 7, 6, 5, 4, 3, 2]) + 9 * second) % 23;
    tail[0] == b"WABCDEFGHIJKLMNOPQRSTUV"[rest as usize]
}
