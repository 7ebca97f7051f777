// SPDX-License-Identifier: MIT OR Apache-2.0
//! The Nordic and the Baltic states.

use super::{
    super::check::{digits, is_date, luhn, number, starts_dmy, two, weighted},
    Id, Weight,
};

pub(super) const IDS: &[Id] = &[
    Id {
        rule: "se-personnummer",
        shapes: &["99999999-9999", "999999-9999", "999999+9999"],
        check: swedish,
        weight: Weight::Strong,
    },
    Id {
        rule: "fi-hetu",
        shapes: &["999999-999X", "999999+999X", "999999A999X"],
        check: finnish,
        weight: Weight::Strong,
    },
    Id {
        rule: "no-fodselsnummer",
        shapes: &["999999-99999", "999999-999-99"],
        check: norwegian,
        weight: Weight::Strong,
    },
    Id { rule: "dk-cpr", shapes: &["999999-9999"], check: danish, weight: Weight::Shape },
    Id {
        rule: "ee-lt-personal-code",
        shapes: &["99999999999"],
        check: baltic,
        weight: Weight::Strong,
    },
    Id {
        rule: "lv-personal-code",
        shapes: &["999999-99999"],
        check: latvian,
        weight: Weight::Strong,
    },
    Id { rule: "is-kennitala", shapes: &["999999-9999"], check: icelandic, weight: Weight::Strong },
];

/// Skatteverket, personnummer: Luhn over ten digits; the day of a co-ordination number has 60
/// added.
fn swedish(value: &[u8]) -> bool {
    let Some(all) = digits(value) else { return false };
    let century = match all.len() {
        10 => true,
        12 => matches!(two(&all, 0), 18..=20),
        _ => false,
    };
    let ten = &all[all.len().saturating_sub(10)..];
    century && is_date(two(ten, 0), two(ten, 2), two(ten, 4) % 60) && luhn(ten)
}

/// Digital and Population Data Services Agency: remainder by 31 as a character. The sign of the
/// century is gone from `value` where it was no letter.
fn finnish(value: &[u8]) -> bool {
    let (Some(head), Some((last, _))) = (value.get(..6), value.split_last()) else { return false };
    let middle = match value.len() {
        10 => &value[6..9],
        11 if b"ABCDEFUVWXY".contains(&value[6]) => &value[7..10],
        _ => return false,
    };
    let (Some(date), Some(all)) = (digits(head), digits(&[head, middle].concat())) else {
        return false;
    };
    starts_dmy(&date) && b"0123456789ABCDEFHJKLMNPRSTUVWXY"[(number(&all) % 31) as usize] == *last
}

/// Skatteetaten, fødselsnummer: two check digits; the day of a D-number has 40 added.
fn norwegian(value: &[u8]) -> bool {
    let Some(all) = digits(value).filter(|all| all.len() == 11) else { return false };
    let first = (11 - weighted(&all, &[3, 7, 6, 1, 8, 9, 4, 5, 2]) % 11) % 11;
    let second = (11 - weighted(&all, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11;
    is_date(two(&all, 4), two(&all, 2) % 40, two(&all, 0) % 40)
        && [first, second] == [all[9], all[10]]
}

/// CPR-kontoret: since 2007 there are numbers whose check digit does not fit.
fn danish(value: &[u8]) -> bool {
    digits(value).is_some_and(|all| all.len() == 10 && starts_dmy(&all))
}

/// Estonian isikukood (EVS 585) and Lithuanian asmens kodas: weights from 1, and from 3 where
/// that comes to ten.
fn baltic(value: &[u8]) -> bool {
    let Some(all) = digits(value).filter(|all| all.len() == 11) else { return false };
    let first = weighted(&all, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11;
    let second = weighted(&all, &[3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11;
    let check = if first < 10 { first } else { second % 10 };
    (1..=8).contains(&all[0])
        && is_date(two(&all, 1), two(&all, 3), two(&all, 5))
        && check == all[10]
}

/// Latvian personas kods: those since 2017 begin with 32 and have neither date nor check digit.
fn latvian(value: &[u8]) -> bool {
    let Some(all) = digits(value).filter(|all| all.len() == 11) else { return false };
    let sum = weighted(&all, &[1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
    two(&all, 0) == 32 || starts_dmy(&all) && (1101 - sum) % 11 % 10 == all[10]
}

/// Þjóðskrá, kennitala: modulus 11; the last digit is the century.
fn icelandic(value: &[u8]) -> bool {
    let Some(all) = digits(value).filter(|all| all.len() == 10) else { return false };
    let check = (11 - weighted(&all, &[3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11;
    starts_dmy(&all) && check == all[8] && matches!(all[9], 0 | 8 | 9)
}
