// SPDX-License-Identifier: MIT OR Apache-2.0
//! Asia and the Pacific.

use super::{
    super::check::{digits, is_date, mod_11_2, number, starts_ymd, two, verhoeff, weighted},
    Id, Weight,
};

pub(super) const IDS: &[Id] = &[
    Id {
        rule: "cn-resident-id",
        shapes: &["99999999999999999X"],
        check: chinese,
        weight: Weight::Strong,
    },
    Id { rule: "in-aadhaar", shapes: &["9999-9999-9999"], check: aadhaar, weight: Weight::Digits },
    Id { rule: "in-pan", shapes: &["AAAAA9999A"], check: indian_pan, weight: Weight::Strong },
    Id {
        rule: "jp-my-number",
        shapes: &["9999-9999-9999"],
        check: my_number,
        weight: Weight::Digits,
    },
    Id {
        rule: "kr-resident-number",
        shapes: &["999999-9999999"],
        check: korean,
        weight: Weight::Strong,
    },
    Id {
        rule: "tw-national-id",
        shapes: &["A999999999"],
        check: taiwanese,
        weight: Weight::Strong,
    },
    Id {
        rule: "hk-id-card",
        shapes: &["A999999(X)", "AA999999(X)", "A999999X", "AA999999X"],
        check: hong_kong,
        weight: Weight::Strong,
    },
    Id { rule: "sg-nric", shapes: &["A9999999A"], check: singapore, weight: Weight::Strong },
    Id {
        rule: "th-citizen-id",
        shapes: &["9-9999-99999-99-9"],
        check: thai,
        weight: Weight::Digits,
    },
    Id { rule: "au-tfn", shapes: &["999-999-999"], check: tfn, weight: Weight::Digits },
    Id {
        rule: "au-medicare",
        shapes: &["9999-99999-9-9", "9999-99999-9"],
        check: medicare,
        weight: Weight::Digits,
    },
    Id {
        rule: "nz-ird",
        shapes: &["999-999-999", "99-999-999"],
        check: ird,
        weight: Weight::Digits,
    },
];

/// GB 11643-1999: region, date of birth, serial number, ISO 7064 MOD 11-2.
fn chinese(value: &[u8]) -> bool {
    let Some(all) = value.get(..17).and_then(digits).filter(|_| value.len() == 18) else {
        return false;
    };
    let year = number(&all[6..10]) as u32;
    matches!(two(&all, 0), 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83)
        && (1880..2100).contains(&year)
        && is_date(year, two(&all, 10), two(&all, 12))
        && mod_11_2(value)
}

/// UIDAI, Aadhaar: Verhoeff; none begins with 0 or 1.
fn aadhaar(value: &[u8]) -> bool {
    digits(value).is_some_and(|all| all.len() == 12 && all[0] >= 2 && verhoeff(&all))
}

/// Income Tax Department, permanent account number: the fourth letter is the kind of holder.
fn indian_pan(value: &[u8]) -> bool {
    value.len() == 10
        && value[..5].iter().chain(&value[9..]).all(u8::is_ascii_uppercase)
        && value[5..9].iter().all(u8::is_ascii_digit)
        && &value[5..9] != b"0000"
        && b"ABCFGHJLPT".contains(&value[3])
}

/// Japanese ordinance 85 of 2014: modulus 11; a remainder of 0 or 1 gives 0.
fn my_number(value: &[u8]) -> bool {
    let Some(all) = digits(value).filter(|all| all.len() == 12) else { return false };
    let rest = weighted(&all, &[6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
    all[11] == if rest <= 1 { 0 } else { 11 - rest }
}

/// Korean resident registration number: numbers given out since October 2020 have no check digit.
fn korean(value: &[u8]) -> bool {
    let Some(all) = digits(value).filter(|all| all.len() == 13) else { return false };
    let check = (11 - weighted(&all, &[2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11) % 10;
    let recent = matches!(all[6], 3 | 4 | 7 | 8) && two(&all, 0) >= 20;
    starts_ymd(&all) && (check == all[12] || recent)
}

/// Taiwanese national id: the letter counts as two digits by place of registration.
fn taiwanese(value: &[u8]) -> bool {
    let Some((letter, rest)) = value.split_first() else { return false };
    let Some(all) = digits(rest).filter(|all| all.len() == 9) else { return false };
    let Some(place) = b"ABCDEFGHJKLMNPQRSTUVXYWZIO".iter().position(|other| other == letter) else {
        return false;
    };
    let place = place as u32 + 10;
    let sum = place / 10 + place % 10 * 9 + weighted(&all, &[8, 7, 6, 5, 4, 3, 2, 1, 1]);
    matches!(all[0], 1 | 2 | 8 | 9) && sum.is_multiple_of(10)
}

/// Hong Kong identity card: letters count from 10, a missing one as 36.
fn hong_kong(value: &[u8]) -> bool {
    let Some((last, rest)) = value.split_last() else { return false };
    let letters = rest.iter().take_while(|b| b.is_ascii_uppercase()).count();
    let Some(all) = digits(&rest[letters..]).filter(|all| all.len() == 6) else { return false };
    let of = |letter: &u8| u32::from(letter - b'A') + 10;
    let head = match &rest[..letters] {
        [only] => 36 * 9 + of(only) * 8,
        [first, second] => of(first) * 9 + of(second) * 8,
        _ => return false,
    };
    let last = match last {
        b'A' => 10,
        b'0'..=b'9' => u32::from(last - b'0'),
        _ => return false,
    };
    (head + weighted(&all, &[7, 6, 5, 4, 3, 2]) + last).is_multiple_of(11)
}

/// Singapore, NRIC and FIN: the first letter tells series and table.
fn singapore(value: &[u8]) -> bool {
    let [series, body @ .., last] = value else { return false };
    let Some(all) = digits(body).filter(|all| all.len() == 7) else { return false };
    let sum = weighted(&all, &[2, 7, 6, 5, 4, 3, 2]);
    let at = |table: &[u8; 11], more: u32| table[((sum + more) % 11) as usize] == *last;
    match series {
        b'S' => at(b"JZIHGFEDCBA", 0),
        b'T' => at(b"JZIHGFEDCBA", 4),
        b'F' => at(b"XWUTRQPNMLK", 0),
        b'G' => at(b"XWUTRQPNMLK", 4),
        b'M' => at(b"XWUTRQPNJLK", 3),
        _ => false,
    }
}

/// Thai citizen id: modulus 11; the first digit is the kind of registration.
fn thai(value: &[u8]) -> bool {
    let Some(all) = digits(value).filter(|all| all.len() == 13) else { return false };
    let sum = weighted(&all, &[13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
    (1..=8).contains(&all[0]) && (11 - sum % 11) % 10 == all[12]
}

/// Australian tax file number.
fn tfn(value: &[u8]) -> bool {
    digits(value).is_some_and(|all| {
        all.len() == 9 && weighted(&all, &[1, 4, 3, 7, 5, 8, 6, 9, 10]).is_multiple_of(11)
    })
}

/// Australian Medicare card: the ninth digit is the check digit, then issue and perhaps person.
fn medicare(value: &[u8]) -> bool {
    let Some(all) = digits(value).filter(|all| matches!(all.len(), 10 | 11)) else { return false };
    (2..=6).contains(&all[0])
        && all[9] != 0
        && weighted(&all, &[1, 3, 7, 9, 1, 3, 7, 9]) % 10 == all[8]
}

/// Inland Revenue of New Zealand: a second set of weights where the first comes to ten.
fn ird(value: &[u8]) -> bool {
    let Some(all) = digits(value).filter(|all| matches!(all.len(), 8 | 9)) else { return false };
    let whole = number(&all);
    let padded = [vec![0; 9 - all.len()], all].concat();
    let check = |weights: &[u32]| (11 - weighted(&padded, weights) % 11) % 11;
    let first = check(&[3, 2, 7, 6, 5, 4, 3, 2]);
    let last = if first == 10 { check(&[7, 4, 3, 2, 5, 2, 7, 6]) } else { first };
    (10_000_000..=150_000_000).contains(&whole) && last == padded[8]
}
