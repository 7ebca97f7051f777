// SPDX-License-Identifier: MIT OR Apache-2.0
//! United States.

use super::{
    super::check::{digits, luhn, number, two, weighted},
    Id, Weight,
};

pub(super) const IDS: &[Id] = &[
    Id { rule: "us-ssn", shapes: &["999-99-9999"], check: ssn, weight: Weight::Shape },
    Id { rule: "us-itin", shapes: &["999-99-9999"], check: itin, weight: Weight::Shape },
    Id { rule: "us-npi", shapes: &["9999999999"], check: npi, weight: Weight::Digits },
    Id { rule: "us-dea-number", shapes: &["AX9999999"], check: dea, weight: Weight::Strong },
    Id {
        rule: "us-bank-routing-number",
        shapes: &["999999999", "9999-9999-9"],
        check: aba,
        weight: Weight::Digits,
    },
    Id { rule: "us-medicare-id", shapes: &["9AX9-AX9-AA99"], check: mbi, weight: Weight::Strong },
];

/// Area, group and serial number (SSA, "Social Security Number Randomization").
fn ssn(value: &[u8]) -> bool {
    let Some(all) = digits(value).filter(|all| all.len() == 9) else { return false };
    let (area, group, serial) = (number(&all[..3]), number(&all[3..5]), number(&all[5..]));
    area != 0 && area != 666 && area < 900 && group != 0 && serial != 0
}

/// IRS Publication 1915: begins with 9, and only some groups were ever given out.
fn itin(value: &[u8]) -> bool {
    let Some(all) = digits(value).filter(|all| all.len() == 9) else { return false };
    let group = two(&all, 3);
    all[0] == 9 && matches!(group, 50..=65 | 70..=88 | 90..=92 | 94..=99)
}

/// 45 CFR 162.406: the check digit counts the prefix 80840.
fn npi(value: &[u8]) -> bool {
    let Some(all) = digits(value).filter(|all| all.len() == 10) else { return false };
    matches!(all[0], 1 | 2) && luhn(&[&[8, 0, 8, 4, 0], all.as_slice()].concat())
}

/// DEA registration: type and initial of the registrant, six digits, check digit.
fn dea(value: &[u8]) -> bool {
    let [kind, initial, rest @ ..] = value else { return false };
    let Some(all) = digits(rest).filter(|all| all.len() == 7) else { return false };
    b"ABCDEFGHJKLMPRSTUX".contains(kind)
        && (initial.is_ascii_uppercase() || *initial == b'9')
        && weighted(&all, &[1, 2, 1, 2, 1, 2]) % 10 == all[6]
}

/// ABA routing number, "Key to Routing Numbers": weights 3, 7, 1.
fn aba(value: &[u8]) -> bool {
    let Some(all) = digits(value).filter(|all| all.len() == 9) else { return false };
    matches!(two(&all, 0), 1..=12 | 21..=32 | 61..=72 | 80)
        && weighted(&all, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10)
}

/// CMS, "Understanding the Medicare Beneficiary Identifier": the kind of each place is fixed.
fn mbi(value: &[u8]) -> bool {
    let letter = |b: &u8| b.is_ascii_uppercase() && !b"SLOIBZ".contains(b);
    let fits = |(byte, kind): (&u8, &u8)| match kind {
        b'C' => (b'1'..=b'9').contains(byte),
        b'N' => byte.is_ascii_digit(),
        b'A' => letter(byte),
        _ => letter(byte) || byte.is_ascii_digit(),
    };
    let kinds = b"CAXNAXNAANN";
    value.len() == kinds.len() && value.iter().zip(kinds).all(fits)
}
