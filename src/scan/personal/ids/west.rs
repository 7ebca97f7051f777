// SPDX-License-Identifier: MIT OR Apache-2.0
//! France, Belgium, the Netherlands and Luxembourg.

use super::{
    super::check::{digits, is_date, luhn, number, two, verhoeff, weighted},
    Id, Weight,
};

pub(super) const IDS: &[Id] = &[
    Id {
        rule: "fr-nir",
        shapes: &["9-99-99-9X-999-999-99", "9-99-99-9X-999-999_99"],
        check: nir,
        weight: Weight::Strong,
    },
    Id {
        rule: "be-national-number",
        shapes: &["99-99-99-999-99"],
        check: belgian,
        weight: Weight::Strong,
    },
    Id {
        rule: "nl-bsn",
        shapes: &["9999-99-999", "999-999-999"],
        check: bsn,
        weight: Weight::Digits,
    },
    Id {
        rule: "lu-matricule",
        shapes: &["9999-99-99-99999", "9999-99-99-999-99"],
        check: matricule,
        weight: Weight::Strong,
    },
];

/// INSEE, numéro d'inscription au répertoire: 97 less the remainder; Corsica's departments 2A and
/// 2B count as 19 and 18.
fn nir(value: &[u8]) -> bool {
    if value.len() != 15 {
        return false;
    }
    let mut plain = value.to_vec();
    match plain[6] {
        b'A' if plain[5] == b'2' => plain[5..7].copy_from_slice(b"19"),
        b'B' if plain[5] == b'2' => plain[5..7].copy_from_slice(b"18"),
        _ => {}
    }
    let Some(all) = digits(&plain) else { return false };
    let month = two(&all, 3);
    matches!(all[0], 1..=4 | 7 | 8)
        && matches!(month, 1..=12 | 20..=42 | 50..=99)
        && u64::from(two(&all, 13)) == 97 - number(&all[..13]) % 97
}

/// Registre national: the modulus counts a 2 in front for those born since 2000.
fn belgian(value: &[u8]) -> bool {
    let Some(all) = digits(value).filter(|all| all.len() == 11) else { return false };
    let (body, check) = (number(&all[..9]), u64::from(two(&all, 9)));
    // Months of the numbers for foreigners have 20 or 40 added.
    let month = two(&all, 2);
    let date = is_date(two(&all, 0), month % 20, two(&all, 4)) && month < 60;
    date && (97 - body % 97 == check || 97 - (body + 2_000_000_000) % 97 == check)
}

/// Burgerservicenummer, the "elfproef": the last digit counts negative.
fn bsn(value: &[u8]) -> bool {
    let Some(all) = digits(value).filter(|all| all.len() == 9) else { return false };
    let sum = weighted(&all, &[9, 8, 7, 6, 5, 4, 3, 2]);
    all[..3] != [0, 0, 0] && sum % 11 == all[8]
}

/// CTIE, numéro d'identification national: date, serial number, Luhn and Verhoeff digit, both
/// over the first eleven.
fn matricule(value: &[u8]) -> bool {
    let Some(all) = digits(value).filter(|all| all.len() == 13) else { return false };
    let second = [&all[..11], &all[12..]].concat();
    is_date(number(&all[..4]) as u32, two(&all, 4), two(&all, 6))
        && luhn(&all[..12])
        && verhoeff(&second)
}
