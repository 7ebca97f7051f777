// SPDX-License-Identifier: MIT OR Apache-2.0
//! Central and eastern Europe.

use super::{
    super::check::{digits, is_date, number, two, weighted},
    Id, Weight,
};

pub(super) const IDS: &[Id] = &[
    Id { rule: "pl-pesel", shapes: &["99999999999"], check: pesel, weight: Weight::Strong },
    Id {
        rule: "pl-nip",
        shapes: &["999-999-99-99", "999-99-99-999"],
        check: nip,
        weight: Weight::Digits,
    },
    Id {
        rule: "cz-sk-birth-number",
        shapes: &["999999-9999"],
        check: rodne,
        weight: Weight::Strong,
    },
    Id { rule: "ro-cnp", shapes: &["9999999999999"], check: cnp, weight: Weight::Strong },
    Id { rule: "bg-egn", shapes: &["9999999999"], check: egn, weight: Weight::Strong },
    Id { rule: "hu-taj", shapes: &["999-999-999"], check: taj, weight: Weight::Digits },
    Id { rule: "ua-tax-number", shapes: &["9999999999"], check: rnokpp, weight: Weight::Digits },
    Id {
        rule: "ru-inn",
        shapes: &["999999999999", "9999999999"],
        check: inn,
        weight: Weight::Digits,
    },
    Id { rule: "ru-snils", shapes: &["999-999-999-99"], check: snils, weight: Weight::Digits },
    Id { rule: "yu-jmbg", shapes: &["9999999999999"], check: jmbg, weight: Weight::Strong },
];

/// Polish Ministry of Digital Affairs, PESEL: the month tells the century too.
fn pesel(value: &[u8]) -> bool {
    let Some(all) = digits(value).filter(|all| all.len() == 11) else { return false };
    let sum = weighted(&all, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]);
    is_date(two(&all, 0), two(&all, 2) % 20, two(&all, 4)) && sum.is_multiple_of(10)
}

/// Polish tax number: a remainder of ten is not used.
fn nip(value: &[u8]) -> bool {
    let Some(all) = digits(value).filter(|all| all.len() == 10) else { return false };
    all[..3] != [0, 0, 0] && weighted(&all, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == all[9]
}

/// Czech act 133/2000 and Slovak act 301/1995: all ten digits divide by eleven; women have 50
/// added to the month, and 20 more where a day's numbers were used up.
fn rodne(value: &[u8]) -> bool {
    let Some(all) = digits(value).filter(|all| all.len() == 10) else { return false };
    let month = two(&all, 2);
    let month = [0, 20, 50, 70].into_iter().filter_map(|more| month.checked_sub(more)).min();
    is_date(two(&all, 0), month.unwrap_or(0), two(&all, 4)) && number(&all).is_multiple_of(11)
}

/// Romanian cod numeric personal: a remainder of ten counts as one.
fn cnp(value: &[u8]) -> bool {
    let Some(all) = digits(value).filter(|all| all.len() == 13) else { return false };
    let rest = weighted(&all, &[2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
    all[0] != 0
        && is_date(two(&all, 1), two(&all, 3), two(&all, 5))
        && matches!(two(&all, 7), 1..=48 | 51 | 52 | 70)
        && all[12] == if rest == 10 { 1 } else { rest }
}

/// Bulgarian GRAO: months from 21 are of the 19th century, from 41 of the 21st.
fn egn(value: &[u8]) -> bool {
    let Some(all) = digits(value).filter(|all| all.len() == 10) else { return false };
    let rest = weighted(&all, &[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10;
    is_date(two(&all, 0), two(&all, 2) % 20, two(&all, 4)) && two(&all, 2) < 60 && rest == all[9]
}

/// Hungarian act XX of 1996: weights 3 and 7 in turn.
fn taj(value: &[u8]) -> bool {
    digits(value).is_some_and(|all| {
        all.len() == 9 && weighted(&all, &[3, 7, 3, 7, 3, 7, 3, 7]) % 10 == all[8]
    })
}

/// Ukrainian registration number of a taxpayer; begins with the days since 1899.
fn rnokpp(value: &[u8]) -> bool {
    let Some(all) = digits(value).filter(|all| all.len() == 10) else { return false };
    // The first weight is -1, which is 10 to this modulus.
    let rest = weighted(&all, &[10, 5, 7, 9, 4, 6, 10, 5, 7]) % 11 % 10;
    let days = number(&all[..5]);
    (3_000..48_000).contains(&days) && rest == all[9]
}

/// Russian tax number (order ММВ-7-6/435): 12 digits for people, 10 for companies.
fn inn(value: &[u8]) -> bool {
    let Some(all) = digits(value) else { return false };
    let fits = |weights: &[u32]| weighted(&all, weights) % 11 % 10 == all[weights.len()];
    let region = all.len() >= 2 && two(&all, 0) != 0;
    region
        && match all.len() {
            10 => fits(&[2, 4, 10, 3, 5, 9, 4, 6, 8]),
            12 => {
                fits(&[7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) && fits(&[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8])
            }
            _ => false,
        }
}

/// Russian pension insurance number: remainder by 101, of which 100 counts as 0.
fn snils(value: &[u8]) -> bool {
    let Some(all) = digits(value).filter(|all| all.len() == 11) else { return false };
    let sum = weighted(&all, &[9, 8, 7, 6, 5, 4, 3, 2, 1]);
    number(&all[..9]) > 1_001_998 && sum % 101 % 100 == two(&all, 9)
}

/// The number of the citizens of Yugoslavia and of the states after it (EMŠO, JMBG).
fn jmbg(value: &[u8]) -> bool {
    let Some(all) = digits(value).filter(|all| all.len() == 13) else { return false };
    let check = (11 - weighted(&all, &[7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11;
    is_date(number(&all[4..7]) as u32 % 100, two(&all, 2), two(&all, 0)) && check == all[12]
}
