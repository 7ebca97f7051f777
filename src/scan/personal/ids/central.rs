// SPDX-License-Identifier: MIT OR Apache-2.0
//! Germany, Austria, Switzerland and Liechtenstein.

use super::{
    super::check::{digits, is_date, mod_11_10, two, weighted},
    Id, Weight,
};

pub(super) const IDS: &[Id] = &[
    Id { rule: "de-tax-id", shapes: &["99-999-999-999"], check: tax_id, weight: Weight::Strong },
    Id {
        rule: "de-social-insurance",
        shapes: &["99-999999-A-99-9"],
        check: social,
        weight: Weight::Strong,
    },
    Id {
        rule: "at-social-insurance",
        shapes: &["9999-99-99-99", "9999-999999"],
        check: austrian,
        weight: Weight::Strong,
    },
    Id { rule: "ch-ahv", shapes: &["756-9999-9999-99"], check: ahv, weight: Weight::Strong },
];

/// Bundeszentralamt für Steuern, § 139b AO: MOD 11,10; of the first ten digits one stands there
/// twice or three times.
fn tax_id(value: &[u8]) -> bool {
    let Some(all) = digits(value).filter(|all| all.len() == 11) else { return false };
    let mut counts = [0_u32; 10];
    all[..10].iter().for_each(|digit| counts[*digit as usize] += 1);
    let several = counts.iter().filter(|count| **count > 1).count();
    all[0] != 0 && several == 1 && counts.iter().all(|count| *count <= 3) && mod_11_10(&all)
}

/// Deutsche Rentenversicherung, VKVV § 2: the letter is read as two digits, of each product the
/// digits are added.
fn social(value: &[u8]) -> bool {
    if value.len() != 12 || !value[8].is_ascii_uppercase() {
        return false;
    }
    let letter = value[8] - b'A' + 1;
    let plain = [&value[..8], &[b'0' + letter / 10, b'0' + letter % 10], &value[9..]].concat();
    let Some(all) = digits(&plain) else { return false };
    let weights = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1];
    let products = all.iter().zip(weights).map(|(digit, weight)| digit * weight);
    let sum: u32 = products.map(|product| product / 10 + product % 10).sum();
    // The day has 50 added where a number was already taken.
    let day = two(&all, 2) % 50;
    is_date(two(&all, 6), two(&all, 4), day) && sum % 10 == all[12]
}

/// Dachverband der Sozialversicherungsträger: the check digit is the fourth.
fn austrian(value: &[u8]) -> bool {
    let Some(all) = digits(value).filter(|all| all.len() == 10) else { return false };
    let sum = weighted(&all, &[3, 7, 9, 0, 5, 8, 4, 2, 1, 6]);
    // A thirteenth month and more where the day's numbers were used up.
    let month = two(&all, 6);
    let date = is_date(two(&all, 8), if month > 12 { 12 } else { month }, two(&all, 4));
    all[0] != 0 && date && month <= 15 && sum % 11 == all[3]
}

/// Zentrale Ausgleichsstelle, AHV-Nummer: country 756 and the check digit of EAN-13.
fn ahv(value: &[u8]) -> bool {
    digits(value).is_some_and(|all| {
        all.len() == 13
            && all[..3] == [7, 5, 6]
            && weighted(&all, &[1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]).is_multiple_of(10)
    })
}
