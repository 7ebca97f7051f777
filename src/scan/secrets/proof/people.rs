// SPDX-License-Identifier: MIT OR Apache-2.0
//! Checks of numbers and addresses that belong to people.

use std::ops::Range;

use memchr::memmem;

/// Local parts that stand for a role or a sample, not a person.
const ROLES: &[&str] = &[
    "admin",
    "administrator",
    "alice",
    "anonymous",
    "bob",
    "contact",
    "email",
    "example",
    "fake",
    "first.last",
    "firstname.lastname",
    "foo",
    "foobar",
    "git",
    "hello",
    "help",
    "info",
    "jane",
    "jane.doe",
    "janedoe",
    "joe",
    "john",
    "john.doe",
    "johndoe",
    "mail",
    "me",
    "my",
    "name",
    "no-reply",
    "nobody",
    "noreply",
    "root",
    "sales",
    "security",
    "someone",
    "support",
    "test",
    "user",
    "username",
    "you",
    "your",
    "xyz",
];

/// Words of lines that credit somebody, which must stay as they are.
const CREDITS: &[&str] = &[
    "author",
    "copyright",
    "(c)",
    "maintain",
    "contribut",
    "signed-off-by",
    "reported",
    "credit",
    "thanks",
    "written by",
];

/// Card numbers that payment services publish for tests.
const TEST_CARDS: &[&str] = &[
    "378282246310005",
    "371449635398431",
    "378734493671000",
    "30569309025904",
    "38520000023237",
    "6011000990139424",
    "3566002020360505",
    "2223003122003222",
    "5200828282828210",
    "4000056655665556",
    "6011601160116611",
    "5431111111111111",
];

/// Account numbers that standards and banks print as samples.
const SAMPLE_IBANS: &[&str] = &[
    "GB82WEST12345698765432",
    "DE89370400440532013000",
    "GB29NWBK60161331926819",
    "FR1420041010050500013M02606",
    "CH9300762011623852957",
    "NL91ABNA0417164300",
    "ES9121000418450200051332",
];

/// Length of an account number by country.
const IBAN_LENGTHS: [(&str, usize); 36] = [
    ("AT", 20),
    ("BE", 16),
    ("BG", 22),
    ("CH", 21),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DK", 18),
    ("EE", 20),
    ("ES", 24),
    ("FI", 18),
    ("FR", 27),
    ("GB", 22),
    ("GR", 27),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IS", 26),
    ("IT", 27),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("MC", 27),
    ("MT", 31),
    ("NL", 18),
    ("NO", 15),
    ("PL", 28),
    ("PT", 25),
    ("RO", 24),
    ("SE", 24),
    ("SI", 19),
    ("SK", 24),
    ("TR", 26),
    ("UA", 29),
    ("AE", 23),
];

pub(super) fn personal_email(text: &[u8], span: &Range<usize>) -> bool {
    let value = &text[span.clone()];
    let Some(at) = memchr::memchr(b'@', value) else { return false };
    let local = String::from_utf8_lossy(&value[..at]).to_ascii_lowercase();
    let plain = local.trim_end_matches(|c: char| c.is_ascii_digit());
    let sample = ROLES.contains(&plain) || plain.starts_with("your") || plain.contains("example");
    !sample && local.len() > 1 && !is_credit(text, span.start)
}

/// Looks at the line and the two above it: lists of authors span lines.
fn is_credit(text: &[u8], at: usize) -> bool {
    let from = at.saturating_sub(400);
    let start = memchr::memrchr_iter(b'\n', &text[from..at]).nth(2).map_or(from, |i| from + i);
    let end = memchr::memchr(b'\n', &text[at..text.len().min(at + 200)]).map_or(at, |i| at + i);
    let lower = text[start..end].to_ascii_lowercase();
    CREDITS.iter().any(|word| memmem::find(&lower, word.as_bytes()).is_some())
}

fn digits(value: &[u8]) -> Vec<u8> {
    value.iter().filter(|b| b.is_ascii_digit()).map(|b| b - b'0').collect()
}

fn distinct(digits: &[u8]) -> usize {
    (0..10).filter(|digit| digits.contains(digit)).count()
}

pub(super) fn phone(value: &[u8]) -> bool {
    let digits = digits(value);
    let text: String = digits.iter().map(|d| char::from(b'0' + d)).collect();
    let international = value.starts_with(b"+");
    let national = text.strip_prefix('1').filter(|rest| rest.len() == 10).unwrap_or(&text);
    let area = |at: usize| digits.get(digits.len() - national.len() + at).is_some_and(|d| *d >= 2);
    let american = national.len() == 10 && area(0) && area(3);
    // Exchange 555 and, in Britain, 7700 900 are reserved for fiction.
    let fiction = national.len() == 10 && (&national[3..6] == "555" || national.starts_with("555"))
        || text.starts_with("447700900")
        || memmem::find(text.as_bytes(), b"12345678").is_some()
        || memmem::find(text.as_bytes(), b"9876543").is_some()
        || distinct(&digits) < 4;
    (international && (8..=15).contains(&digits.len()) || american) && !fiction
}

pub(super) fn payment_card(text: &[u8], span: &Range<usize>) -> bool {
    let digits = digits(&text[span.clone()]);
    let number: String = digits.iter().map(|d| char::from(b'0' + d)).collect();
    let dotted = |byte: Option<&u8>| byte == Some(&b'.');
    let fraction = dotted(span.start.checked_sub(1).and_then(|i| text.get(i)));
    !fraction
        && luhn(&digits)
        && is_card_range(&number)
        && distinct(&digits) >= 5
        && !TEST_CARDS.contains(&number.as_str())
}

fn is_card_range(number: &str) -> bool {
    let head = |n: usize| number.get(..n).and_then(|head| head.parse::<u32>().ok()).unwrap_or(0);
    let (two, three, four) = (head(2), head(3), head(4));
    match number.len() {
        14 => (300..=305).contains(&three) || two == 36 || two == 38,
        15 => two == 34 || two == 37,
        13 | 19 => head(1) == 4,
        16 => {
            head(1) == 4
                || (51..=55).contains(&two)
                || (2221..=2720).contains(&four)
                || four == 6011
                || (644..=659).contains(&three)
                || (3528..=3589).contains(&four)
                || two == 62
        }
        _ => false,
    }
}

fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, d)| match (i % 2, u32::from(*d)) {
            (0, d) => d,
            (_, d) if d > 4 => d * 2 - 9,
            (_, d) => d * 2,
        })
        .sum();
    sum.is_multiple_of(10)
}

pub(super) fn iban(value: &[u8]) -> bool {
    let plain: Vec<u8> = value.iter().copied().filter(|b| *b != b' ').collect();
    let text = String::from_utf8_lossy(&plain);
    let known =
        IBAN_LENGTHS.iter().any(|(land, len)| text.starts_with(land) && *len == plain.len());
    if !known || SAMPLE_IBANS.contains(&&*text) {
        return false;
    }
    let turned = plain[4..].iter().chain(&plain[..4]);
    let rest = turned.fold(0_u32, |rest, byte| match byte {
        b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
        _ => (rest * 100 + u32::from(byte.to_ascii_uppercase().saturating_sub(b'A')) + 10) % 97,
    });
    rest == 1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{iban, luhn, personal_email, phone};

    #[test]
    fn people_and_roles() {
        let is = |text: &str| {
            let start = text.find('<').map_or(0, |i| i + 1);
            let end = text.find('>').unwrap_or(text.len());
            personal_email(text.as_bytes(), &(start..end))
        };
        assert!(is("alpha.beta@gmail.com") && is("mail <alpha.b@gmail.com> today"));
        for text in ["info@gmail.com", "john.doe2@gmail.com", "Author: E <alpha.b@gmail.com>"] {
            assert!(!is(text), "{text}");
        }
    }

    #[test]
    fn numbers_that_ring() {
        for number in ["+49 30 2345 6789", "(617) 253-4761", "+1 617 253 4761"] {
            assert!(phone(number.as_bytes()), "{number}");
        }
        for number in ["+1 202 555 0143", "987-654-3210", "+44 7700 900123", "1111111111", "+12"] {
            assert!(!phone(number.as_bytes()), "{number}");
        }
    }

    #[test]
    fn accounts_of_manuals_are_no_accounts() {
        assert!(iban(b"DE75512108001245126199") && iban(b"DE75 5121 0800 1245 1261 99"));
        assert!(!iban(b"DE89370400440532013000") && !iban(b"DE76512108001245126199"));
    }

    proptest! {
        #[test]
        fn luhn_notices_any_changed_digit(
            mut digits in prop::collection::vec(0_u8..10, 12..19),
            at in 0_usize..12,
            step in 1_u8..10,
        ) {
            let before = luhn(&digits);
            digits[at] = (digits[at] + step) % 10;
            prop_assert!(!(before && luhn(&digits)));
        }
    }
}
