// SPDX-License-Identifier: MIT OR Apache-2.0
//! Numbers of things that lead to their owner, and papers without a check digit.

use super::{
    super::check::{digits, luhn},
    Id, Weight,
};

pub(super) const IDS: &[Id] = &[
    Id { rule: "vin", shapes: &["XXXXXXXXXXXXXXXXX"], check: vin, weight: Weight::Digits },
    Id {
        rule: "imei",
        shapes: &["99-999999-999999-9", "999999999999999"],
        check: imei,
        weight: Weight::Digits,
    },
    Id {
        rule: "identity-document",
        shapes: &[
            "AA9999999AA9",
            "AA9999999",
            "A99999999",
            "A9999999",
            "AA999999",
            "999999999",
            "A999-9999-9999",
            "A99999999999",
            "99AA99999",
            "AAAAA999999AA9AA",
            "A999999999999",
        ],
        check: document,
        weight: Weight::Shape,
    },
    Id {
        rule: "medical-record-number",
        shapes: &[
            "MRN-9999999999",
            "MRN-99999999",
            "MRN-9999999",
            "MRN-999999",
            "9999999999",
            "999999999",
            "99999999",
            "9999999",
            "999999",
            "A9999999",
            "A999999",
            "AA999999",
        ],
        check: record,
        weight: Weight::Shape,
    },
];

/// ISO 3779 and 49 CFR 565.15: the ninth place is a check digit to the modulus 11.
fn vin(value: &[u8]) -> bool {
    const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let of = |byte: &u8| match byte {
        b'0'..=b'9' => Some(u32::from(byte - b'0')),
        b'A'..=b'H' => Some(u32::from(byte - b'A') + 1),
        b'J'..=b'N' => Some(u32::from(byte - b'J') + 1),
        b'P' => Some(7),
        b'R' => Some(9),
        b'S'..=b'Z' => Some(u32::from(byte - b'S') + 2),
        _ => None,
    };
    let Some(all) = value.iter().map(of).collect::<Option<Vec<u32>>>() else { return false };
    let sum: u32 = all.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
    all.len() == 17 && value[8] == b"0123456789X"[(sum % 11) as usize]
}

/// 3GPP TS 23.003 annex B: Luhn.
fn imei(value: &[u8]) -> bool {
    digits(value).is_some_and(|all| all.len() == 15 && all[0] != 0 && luhn(&all))
}

/// The number of a passport or driving licence.
fn document(value: &[u8]) -> bool {
    value.iter().filter(|b| b.is_ascii_digit()).count() >= 5
}

/// The number under which a hospital files a patient.
fn record(value: &[u8]) -> bool {
    value.iter().filter(|b| b.is_ascii_digit()).count() >= 6
}
