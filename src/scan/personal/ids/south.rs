// SPDX-License-Identifier: MIT OR Apache-2.0
//! Spain, Portugal, Italy, Greece, Croatia, Turkey, Israel and South Africa, the Gulf.

use super::{
    super::check::{
        digits, is_date, luhn, mod_11_10, number, starts_dmy, starts_ymd, two, weighted,
    },
    Id, Weight,
};

pub(super) const IDS: &[Id] = &[
    Id {
        rule: "es-dni",
        shapes: &["99-999-999-A", "A-9999999-A"],
        check: dni,
        weight: Weight::Strong,
    },
    Id { rule: "pt-nif", shapes: &["999-999-999"], check: nif, weight: Weight::Digits },
    Id {
        rule: "it-codice-fiscale",
        shapes: &["AAA-AAA-XXAXX-AXXXA"],
        check: codice,
        weight: Weight::Strong,
    },
    Id { rule: "gr-amka", shapes: &["99999999999"], check: amka, weight: Weight::Strong },
    Id { rule: "hr-oib", shapes: &["99999999999"], check: oib, weight: Weight::Digits },
    Id {
        rule: "tr-identity-number",
        shapes: &["99999999999"],
        check: turkish,
        weight: Weight::Strong,
    },
    Id {
        rule: "il-identity-number",
        shapes: &["999999999", "99999999-9"],
        check: israeli,
        weight: Weight::Digits,
    },
    Id {
        rule: "za-identity-number",
        shapes: &["999999-9999-99-9", "999999-9999-999"],
        check: south_african,
        weight: Weight::Strong,
    },
    Id {
        rule: "ae-emirates-id",
        shapes: &["784-9999-9999999-9"],
        check: emirates,
        weight: Weight::Strong,
    },
    Id { rule: "sa-national-id", shapes: &["9999999999"], check: saudi, weight: Weight::Digits },
];

/// Real Decreto 1553/2005 and Orden INT/2058/2008: number modulo 23; X, Y and Z stand for 0, 1, 2.
fn dni(value: &[u8]) -> bool {
    let [first, body @ .., last] = value else { return false };
    let first = match first {
        b'X' => b'0',
        b'Y' => b'1',
        b'Z' => b'2',
        other => *other,
    };
    let letters = b"TRWAGMYFPDXBNJZSQVHLCKE";
    body.len() == 7
        && digits(&[&[first], body].concat())
            .is_some_and(|all| *last == letters[(number(&all) % 23) as usize])
}

/// Decreto-Lei 14/2013: modulus 11; the first digit tells the kind of taxpayer.
fn nif(value: &[u8]) -> bool {
    let Some(all) = digits(value).filter(|all| all.len() == 9) else { return false };
    let check = 11 - weighted(&all, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    !matches!(all[0], 0 | 4 | 7) && all[8] == if check > 9 { 0 } else { check }
}

/// DM 23 December 1976: letters at odd places count by a table of their own. Digits may be
/// replaced by letters where two people would have the same code.
fn codice(value: &[u8]) -> bool {
    const ODD: [u32; 26] = [
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24,
        23,
    ];
    let Some((last, rest)) = value.split_last().filter(|_| value.len() == 16) else { return false };
    let at = |byte: &u8| match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        _ => u32::from(byte.wrapping_sub(b'A')),
    };
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        _ => b"LMNPQRSTUV".iter().position(|other| *other == byte).map(|at| at as u8),
    };
    let sum: u32 = rest
        .iter()
        .enumerate()
        .map(|(i, byte)| if i % 2 == 0 { ODD[at(byte) as usize % 26] } else { at(byte) })
        .sum();
    let day = digit(value[9]).zip(digit(value[10])).map(|(a, b)| (a * 10 + b) % 40);
    let numbers = [6, 7, 9, 10, 12, 13, 14].iter().all(|i| digit(value[*i]).is_some());
    numbers
        && b"ABCDEHLMPRST".contains(&value[8])
        && day.is_some_and(|day| (1..=31).contains(&day))
        && u32::from(last.wrapping_sub(b'A')) == sum % 26
}

/// Greek social security number: date of birth and Luhn.
fn amka(value: &[u8]) -> bool {
    digits(value).is_some_and(|all| all.len() == 11 && starts_dmy(&all) && luhn(&all))
}

/// Croatian Zakon o osobnom identifikacijskom broju: ISO 7064 MOD 11,10.
fn oib(value: &[u8]) -> bool {
    digits(value).is_some_and(|all| all.len() == 11 && mod_11_10(&all))
}

/// Turkish identity number: the tenth digit counts odd places seven times, the last sums all.
fn turkish(value: &[u8]) -> bool {
    let Some(all) = digits(value).filter(|all| all.len() == 11) else { return false };
    let odd: u32 = all[..9].iter().step_by(2).sum();
    let even: u32 = all[1..8].iter().step_by(2).sum();
    let tenth = (odd * 7 + 10 * 9 - even) % 10;
    all[0] != 0 && all[9] == tenth && all[..10].iter().sum::<u32>() % 10 == all[10]
}

/// Israeli identity number: the weights 1 and 2 are those of Luhn.
fn israeli(value: &[u8]) -> bool {
    digits(value).is_some_and(|all| all.len() == 9 && luhn(&all))
}

/// South African identity number: date of birth, sex, citizenship, Luhn.
fn south_african(value: &[u8]) -> bool {
    digits(value)
        .is_some_and(|all| all.len() == 13 && starts_ymd(&all) && all[10] <= 2 && luhn(&all))
}

/// Emirates ID: country, year of birth, Luhn.
fn emirates(value: &[u8]) -> bool {
    let Some(all) = digits(value).filter(|all| all.len() == 15) else { return false };
    let year = number(&all[3..7]) as u32;
    all[..3] == [7, 8, 4] && (1900..=2100).contains(&year) && is_date(year, 1, 1) && luhn(&all)
}

/// Saudi national id and residence permit: 1 and 2 tell which; Luhn.
fn saudi(value: &[u8]) -> bool {
    digits(value).is_some_and(|all| {
        all.len() == 10 && matches!(all[0], 1 | 2) && two(&all, 0) < 30 && luhn(&all)
    })
}
