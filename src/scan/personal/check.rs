// SPDX-License-Identifier: MIT OR Apache-2.0
//! Check digits as standards and states define them.
//!
//! Values come as upper-case letters and digits without separators. A check that is given
//! something of another shape says no.

/// Returns the digits of `value`, if it has nothing else.
pub(super) fn digits(value: &[u8]) -> Option<Vec<u32>> {
    value.iter().map(|b| char::from(*b).to_digit(10)).collect()
}

/// Returns the sum of each digit times its weight; what has no weight counts nothing.
pub(super) fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

/// Returns the digits as one number.
pub(super) fn number(digits: &[u32]) -> u64 {
    digits.iter().fold(0, |number, digit| number * 10 + u64::from(*digit))
}

/// ISO/IEC 7812-1 annex B (Luhn): every second digit from the right but one is doubled.
pub(super) fn luhn(digits: &[u32]) -> bool {
    let double = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, digit)| if i % 2 == 1 { double(*digit) } else { *digit })
        .sum();
    !digits.is_empty() && sum.is_multiple_of(10)
}

/// Verhoeff's check over the dihedral group of order ten (J. Verhoeff, Error Detecting Decimal
/// Codes, 1969).
pub(super) fn verhoeff(digits: &[u32]) -> bool {
    const TURNS: [[u32; 10]; 8] = [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        [1, 5, 7, 6, 2, 8, 3, 0, 9, 4],
        [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
        [8, 9, 1, 6, 0, 4, 3, 5, 2, 7],
        [9, 4, 5, 3, 1, 2, 6, 8, 7, 0],
        [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
        [2, 7, 9, 3, 8, 0, 6, 4, 1, 5],
        [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
    ];
    // The group: rotations are 0 to 4, reflections 5 to 9.
    let product = |a: u32, b: u32| match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => (a + b - 5) % 5 + 5,
        (false, true) => (a + 5 - b) % 5 + 5,
        (false, false) => (a + 5 - b) % 5,
    };
    let turned = |(i, digit): (usize, &u32)| TURNS[i % 8][*digit as usize];
    digits.iter().rev().enumerate().map(turned).fold(0, product) == 0
}

/// ISO/IEC 7064 hybrid system MOD 11,10.
pub(super) fn mod_11_10(digits: &[u32]) -> bool {
    let Some((last, rest)) = digits.split_last() else { return false };
    let product = rest.iter().fold(10, |product, digit| {
        let sum = (product + digit) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (product + last) % 10 == 1
}

/// ISO/IEC 7064 pure system MOD 11-2: the last place may be `X`, ten.
pub(super) fn mod_11_2(value: &[u8]) -> bool {
    let Some((last, rest)) = value.split_last() else { return false };
    let Some(digits) = digits(rest) else { return false };
    let last = match last {
        b'X' => 10,
        b'0'..=b'9' => u32::from(last - b'0'),
        _ => return false,
    };
    let sum = digits.iter().fold(0, |sum, digit| (sum + digit) * 2 % 11);
    (sum + last) % 11 == 1
}

/// ISO/IEC 7064 pure system MOD 97-10, letters counted as 10 to 35. Returns the remainder.
pub(super) fn mod_97(value: impl Iterator<Item = u8>) -> u32 {
    value.fold(0, |rest, byte| match byte {
        b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
        _ => (rest * 100 + u32::from(byte.wrapping_sub(b'A')) + 10) % 97,
    })
}

/// Returns whether the day is one of the calendar. Where only two digits of the year are known,
/// 29 February is let through with each that four divides.
pub(super) fn is_date(year: u32, month: u32, day: u32) -> bool {
    let leap = year.is_multiple_of(4)
        && (!year.is_multiple_of(100) || year.is_multiple_of(400) || year < 100);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// Reads two digits.
pub(super) fn two(digits: &[u32], at: usize) -> u32 {
    digits.get(at..at + 2).map_or(0, |pair| pair[0] * 10 + pair[1])
}

/// Returns whether `digits` begin with year, month and day, two digits each.
pub(super) fn starts_ymd(digits: &[u32]) -> bool {
    is_date(two(digits, 0), two(digits, 2), two(digits, 4))
}

/// Returns whether `digits` begin with day, month and year, two digits each.
pub(super) fn starts_dmy(digits: &[u32]) -> bool {
    is_date(two(digits, 4), two(digits, 2), two(digits, 0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{is_date, luhn, mod_11_2, mod_11_10, mod_97, verhoeff};

    type Check = fn(&[u32]) -> bool;

    /// Completes `body` with the one digit that passes.
    fn completed(mut body: Vec<u32>, check: Check) -> Vec<u32> {
        body.push(0);
        let at = body.len() - 1;
        let fits: Vec<u32> = (0..10)
            .filter(|digit| {
                body[at] = *digit;
                check(&body)
            })
            .collect();
        assert_eq!(fits.len(), 1, "one digit fits");
        body[at] = fits[0];
        body
    }

    fn text(digits: &[u32]) -> Vec<u8> {
        digits.iter().map(|digit| b'0' + *digit as u8).collect()
    }

    proptest! {
        #[test]
        fn a_changed_digit_is_noticed(
            body in prop::collection::vec(0_u32..10, 4..18),
            at in 0_usize..4,
            step in 1_u32..10,
        ) {
            for check in [luhn, verhoeff, mod_11_10] {
                let mut number = completed(body.clone(), check);
                prop_assert!(check(&number));
                number[at] = (number[at] + step) % 10;
                prop_assert!(!check(&number));
            }
        }

        #[test]
        fn neighbours_that_changed_places_are_noticed(
            body in prop::collection::vec(0_u32..10, 4..18),
            at in 0_usize..4,
        ) {
            // Luhn can't tell 09 from 90, and MOD 11,10 promises nothing of the kind.
            let promises: [(Check, bool); 2] = [(luhn, true), (verhoeff, false)];
            for (check, but_for_90) in promises {
                let mut number = completed(body.clone(), check);
                let pair = [number[at], number[at + 1]];
                number.swap(at, at + 1);
                let excused = pair[0] == pair[1] || but_for_90 && matches!(pair, [0, 9] | [9, 0]);
                prop_assert!(excused || !check(&number));
            }
        }

        #[test]
        fn remainders_notice_both(
            body in prop::collection::vec(0_u32..10, 9..20),
            at in 0_usize..8,
            step in 1_u32..10,
        ) {
            let with_two = |last: &str| mod_11_2(&[&text(&body), last.as_bytes()].concat());
            let lasts = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "X"];
            prop_assert_eq!(lasts.iter().filter(|last| with_two(last)).count(), 1);
            let last = lasts.into_iter().find(|last| with_two(last)).expect("one fits");
            let two = 98 - mod_97(text(&body).into_iter().chain(*b"00"));
            let of = |body: &[u32]| {
                let long = [text(body), format!("{two:02}").into_bytes()].concat();
                (mod_11_2(&[&text(body), last.as_bytes()].concat()), mod_97(long.into_iter()) == 1)
            };
            prop_assert_eq!(of(&body), (true, true));
            let mut changed = body.clone();
            changed[at] = (changed[at] + step) % 10;
            prop_assert_eq!(of(&changed), (false, false));
            let mut swapped = body.clone();
            swapped.swap(at, at + 1);
            prop_assert!(swapped == body || of(&swapped) == (false, false));
        }
    }

    #[test]
    fn days_of_the_calendar() {
        assert!(is_date(2000, 2, 29) && is_date(4, 2, 29) && is_date(1999, 12, 31));
        assert!(!is_date(1900, 2, 29) && !is_date(2001, 2, 29) && !is_date(99, 13, 1));
        assert!(!is_date(99, 4, 31) && !is_date(99, 1, 0));
    }
}
