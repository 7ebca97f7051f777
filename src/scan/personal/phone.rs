// SPDX-License-Identifier: MIT OR Apache-2.0
//! Numbers that can be dialled and ring at a person's.

use std::ops::Range;

use memchr::memmem;

/// Ranges that authorities keep for fiction (NANP 555, Ofcom, ACMA, ARCEP), and the prefixes of
/// switchboards and hotlines. Country codes come first.
const NOBODY: &[&str] = &[
    "447700900",
    "442079460",
    "441134960",
    "441144960",
    "441154960",
    "441164960",
    "441174960",
    "441184960",
    "441214960",
    "441314960",
    "441414960",
    "441514960",
    "441614960",
    "441914980",
    "441632960",
    "443069990",
    "07700900",
    "02079460",
    "01632960",
    "03069990",
    "61491570",
    "0491570",
    "3319900",
    "33639980",
    "019900",
    "0639980",
    "1800",
    "1833",
    "1844",
    "1855",
    "1866",
    "1877",
    "1888",
    "1900",
    "0800",
    "0808",
    "0844",
    "0845",
    "0870",
    "0900",
    "01805",
    "49800",
    "49180",
    "44800",
    "44808",
    "44845",
    "33800",
    "0700",
];

/// Ends of names whose value is no number to dial.
const OTHER: &[&str] = &[
    "id",
    "len",
    "length",
    "size",
    "width",
    "height",
    "code",
    "count",
    "limit",
    "timeout",
    "max",
    "min",
    "port",
    "version",
    "format",
    "regex",
    "pattern",
    "mask",
    "zoom",
    "breakpoint",
    "index",
    "price",
    "cost",
    "rate",
    "key",
    "screen",
    "model",
    "os",
    "ext",
    "extension",
    "type",
    "date",
];

/// Returns whether the number at `span` may be a person's.
pub(in crate::scan) fn is_phone(text: &[u8], span: &Range<usize>) -> bool {
    let value = &text[span.clone()];
    let digits: Vec<u8> = value.iter().copied().filter(u8::is_ascii_digit).collect();
    let number = String::from_utf8_lossy(&digits).into_owned();
    let international = value.starts_with(b"+") || value.starts_with(b"00");
    let written = international
        && (8..=15).contains(&number.trim_start_matches('0').len())
        && !number.starts_with("000")
        || is_american(&number)
        || is_national(value, &number);
    let fiction = value.split(|b| !b.is_ascii_digit()).any(|group| group == b"555");
    written
        // No country has a code that begins so.
        && !value.starts_with(b"+0")
        && !fiction
        && !is_nobody(&number)
        && !is_other(text, span.start)
        && !is_date_like(value)
}

/// Three digits of area and three of exchange, neither of which begins with 0 or 1.
fn is_american(number: &str) -> bool {
    let number = number.strip_prefix('1').filter(|rest| rest.len() == 10).unwrap_or(number);
    let high = |at: usize| number.as_bytes().get(at).is_some_and(|digit| *digit >= b'2');
    number.len() == 10 && high(0) && high(3)
}

/// Written in groups, or with the zero that comes before an area almost everywhere.
fn is_national(value: &[u8], number: &str) -> bool {
    let groups = value.split(|b| !b.is_ascii_digit()).filter(|group| !group.is_empty()).count();
    let trunk = number.starts_with('0') && !number.starts_with("00");
    // A dot is the least of separators: versions and addresses have it too.
    let dots = value.contains(&b'.') && !value.contains(&b' ');
    (trunk && (9..=12).contains(&number.len()) && (groups > 1 || number.len() >= 10)
        || groups > 1 && (9..=12).contains(&number.len()))
        && !(dots && groups == 4 && number.len() > 10)
}

fn is_nobody(number: &str) -> bool {
    let national = number.strip_prefix('1').filter(|rest| rest.len() == 10).unwrap_or(number);
    let plain = number.trim_start_matches("00");
    // Exchange 555 is kept for fiction, and written by those who make numbers up.
    let fiction = national.len() == 10 && (&national[3..6] == "555" || national.starts_with("555"));
    let free = national.len() == 10
        && ["800", "833", "844", "855", "866", "877", "888", "900"].contains(&&national[..3]);
    let has = |part: &str| memmem::find(number.as_bytes(), part.as_bytes()).is_some();
    let kinds = (b'0'..=b'9').filter(|digit| number.as_bytes().contains(digit)).count();
    fiction
        || free
        || kinds < 4
        || has("123456")
        || has("654321")
        || has("00000")
        || NOBODY.iter().any(|prefix| number.starts_with(prefix) || plain.starts_with(prefix))
}

/// Whether the name before the value, as in `phone_id: `, says that it is something else.
fn is_other(text: &[u8], at: usize) -> bool {
    let head = &text[at.saturating_sub(48)..at];
    let part = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    let end = head.iter().rposition(part).map_or(0, |i| i + 1);
    let start = head[..end].iter().rposition(|b| !part(b)).map_or(0, |i| i + 1);
    let name = String::from_utf8_lossy(&head[start..end]);
    let last = |word: &&&str| {
        let lower = name.to_ascii_lowercase();
        lower.strip_suffix(**word).is_some_and(|rest| {
            rest.ends_with(['_', '-'])
                || rest.is_empty()
                || name.as_bytes()[rest.len()].is_ascii_uppercase()
        })
    };
    OTHER.iter().any(|word| last(&word))
}

/// A day, perhaps with the time of day: `2024-01-31 12`.
fn is_date_like(value: &[u8]) -> bool {
    let year = |b: &[u8]| b.len() == 4 && (b.starts_with(b"19") || b.starts_with(b"20"));
    let mut groups = value.split(|b| !b.is_ascii_digit());
    let (first, second, third) = (groups.next(), groups.next(), groups.next());
    first.is_some_and(year)
        && second.is_some_and(|b| b.len() <= 2)
        && third.is_some_and(|b| b.len() <= 2)
}

#[cfg(test)]
mod tests {
    use super::is_phone;

    fn is(text: &str) -> bool {
        let start = text.find(|c: char| c == '+' || c == '(' || c.is_ascii_digit()).expect("one");
        is_phone(text.as_bytes(), &(start..text.len()))
    }

    #[test]
    fn numbers_that_ring() {
        for number in [
            "+49 30 2345 6789",
            "(617) 253-4761",
            "+1 617 253 4761",
            "030 2345 6781",
            "01 42 68 53 17",
            "(11) 97418-4372",
            "phone: 612 345 871",
            "0049 30 2345 6781",
            "mobilePhone = 6172534761",
        ] {
            assert!(is(number), "{number}");
        }
    }

    #[test]
    fn numbers_that_ring_nowhere() {
        for number in [
            "+1 202 555 0143",
            "987-654-3210",
            "+44 7700 900123",
            "1111111111",
            "+12",
            "1-800-273-8255",
            "0800 123 9876",
            "+49 800 3301000",
            "phone_id: 6172534761",
            "2024-01-31 12",
            "192.168.100.210",
            "12 34",
            "phoneId=6172534761",
        ] {
            assert!(!is(number), "{number}");
        }
    }
}
