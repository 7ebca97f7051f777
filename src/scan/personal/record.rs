// SPDX-License-Identifier: MIT OR Apache-2.0
//! Days, places and papers in somebody's record.

use std::{net::Ipv4Addr, ops::Range};

use memchr::memmem;

use super::{check, dummy};

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Whether somebody may be born on the day: it is one of the calendar, and not the first of
/// January, which stands for a day that nobody knows.
pub(in crate::scan) fn is_birth_date(value: &[u8]) -> bool {
    let lower = String::from_utf8_lossy(value).to_ascii_lowercase();
    let numbers: Vec<u32> = lower
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .filter_map(|part| part.parse().ok())
        .collect();
    let named = MONTHS.iter().position(|month| lower.contains(month)).map(|at| at as u32 + 1);
    let days: Vec<(u32, u32, u32)> = match (numbers.as_slice(), named) {
        ([day, year], Some(month)) => vec![(*year, month, *day)],
        ([compact], None) => vec![(compact / 10_000, compact / 100 % 100, compact % 100)],
        ([year, month, day], None) if *year > 31 => vec![(*year, *month, *day)],
        // Both orders are in use.
        ([a, b, year], None) => vec![(*year, *b, *a), (*year, *a, *b)],
        _ => return false,
    };
    let lives = |(year, month, day): &(u32, u32, u32)| {
        (1906..=2030).contains(year) && check::is_date(*year, *month, *day)
    };
    days.iter().any(lives) && !days.iter().any(|(_, month, day)| (*month, *day) == (1, 1))
}

/// Words on the lines of those who publish licences, and of companies.
const OFFICES: &[&str] = &[
    "foundation",
    "suite",
    "floor",
    " inc",
    "gmbh",
    " llc",
    " ltd",
    "copyright",
    "license",
    "university",
    "institute",
    "corporation",
    "company",
    "imprint",
    "impressum",
    "headquarter",
    "franklin street",
    "temple place",
    "castro street",
    "sesame street",
    "main street",
    "evergreen terrace",
    "fake st",
    "example",
    "hauptstr",
    "musterstr",
    "baker street",
    "any street",
    "anystreet",
    "some street",
    "wall street",
    "pennsylvania ave",
    "spooner street",
    "anglesea st",
];

/// Whether the address is neither an office nor one that everybody makes up.
pub(in crate::scan) fn is_home_address(text: &[u8], span: &Range<usize>) -> bool {
    let start = span.start.saturating_sub(80);
    let start = memchr::memrchr(b'\n', &text[start..span.start]).map_or(start, |i| start + i + 1);
    let end = text.len().min(span.end + 80);
    let end = memchr::memchr(b'\n', &text[span.end..end]).map_or(end, |i| span.end + i);
    let lower = text[start..end].to_ascii_lowercase();
    // Numbers that are counted up are made up.
    let number: Vec<u8> =
        text[span.clone()].iter().copied().take_while(u8::is_ascii_digit).collect();
    let made_up = matches!(number.as_slice(), b"1" | b"123" | b"1234" | b"12345" | b"111" | b"100");
    !made_up && !OFFICES.iter().any(|word| memmem::find(&lower, word.as_bytes()).is_some())
}

/// Whether degrees are those of a place: five decimals that are not counted up or repeated.
pub(in crate::scan) fn is_position(value: &[u8]) -> bool {
    let Some(dot) = value.iter().position(|b| *b == b'.') else { return false };
    let whole: u32 =
        String::from_utf8_lossy(&value[..dot]).trim_start_matches('-').parse().unwrap_or(999);
    let decimals = &value[dot + 1..];
    let zeros = decimals.iter().rev().take_while(|b| **b == b'0').count();
    whole <= 180 && decimals.len() - zeros >= 5 && !dummy::is_pattern(decimals)
}

/// Whether the lines of a travel document have check digits that fit (ICAO Doc 9303 part 3:
/// weights 7, 3, 1), and the country is not the one of the standard's samples.
pub(in crate::scan) fn is_mrz(value: &[u8]) -> bool {
    let text = String::from_utf8_lossy(value).replace("\\n", "\n");
    let lines: Vec<&[u8]> = text
        .split('\n')
        .map(|line| {
            line.trim_matches(|c: char| c.is_whitespace() || c == '"' || c == '\'').as_bytes()
        })
        .collect();
    let sample = |line: &&&[u8]| matches!(line.get(2..5), Some(b"UTO" | b"XXX"));
    if lines.first().as_ref().is_some_and(sample) {
        return false;
    }
    match lines.as_slice() {
        [first, second] if first.len() == second.len() && matches!(first.len(), 36 | 44) => {
            fits(second, 0, 9) && fits(second, 13, 6) && fits(second, 21, 6)
        }
        [first, second, third] if [first, second, third].iter().all(|line| line.len() == 30) => {
            (first[14] == b'<' || fits(first, 5, 9)) && fits(second, 0, 6) && fits(second, 8, 6)
        }
        _ => false,
    }
}

/// Whether the character behind `len` others is their check digit.
fn fits(line: &[u8], at: usize, len: usize) -> bool {
    let of = |byte: &u8| match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        b'A'..=b'Z' => u32::from(byte - b'A') + 10,
        _ => 0,
    };
    let sum: u32 =
        line[at..at + len].iter().zip([7, 3, 1].into_iter().cycle()).map(|(b, w)| of(b) * w).sum();
    line[at + len] == b'0' + (sum % 10) as u8
}

/// Whether a network address may be a visitor's: no private, reserved or well-known one.
pub(in crate::scan) fn is_visitor(value: &[u8]) -> bool {
    let text = String::from_utf8_lossy(value);
    let Ok(address) = text.parse::<Ipv4Addr>() else { return false };
    let [a, b, c, d] = address.octets();
    let shared = a == 100 && (64..128).contains(&b);
    let benchmark = a == 198 && matches!(b, 18 | 19);
    let resolver =
        matches!([a, b, c, d], [1, 1, 1, 1] | [8, 8, 8 | 4, _] | [9, 9, 9, 9] | [1, 2, 3, 4]);
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || address.is_broadcast()
        || address.is_unspecified()
        || shared
        || benchmark
        || resolver
        || a == 0
        || a >= 224)
}

#[cfg(test)]
mod tests {
    use super::{is_birth_date, is_mrz, is_position, is_visitor};

    #[test]
    fn days_on_which_people_are_born() {
        for day in
            ["1983-04-17", "17.04.1983", "04/17/1983", "19830417", "17 April 1983", "Apr 17, 1983"]
        {
            assert!(is_birth_date(day.as_bytes()), "{day}");
        }
        for day in
            ["1970-01-01", "2000-01-01", "1983-13-17", "1883-04-17", "31.02.1983", "20839917"]
        {
            assert!(!is_birth_date(day.as_bytes()), "{day}");
        }
    }

    #[test]
    fn positions() {
        assert!(is_position(b"52.370216") && is_position(b"-0.127758"));
        for round in ["52.50000", "190.37021", "1.234567", "0.11111", "12.5"] {
            assert!(!is_position(round.as_bytes()), "{round}");
        }
    }

    #[test]
    fn visitors() {
        assert!(is_visitor(b"84.17.48.3"));
        for other in ["10.0.0.1", "192.0.2.7", "8.8.8.8", "127.0.0.1", "300.1.1.1", "100.64.1.1"] {
            assert!(!is_visitor(other.as_bytes()), "{other}");
        }
    }

    #[test]
    fn the_sample_of_the_standard_is_nobody() {
        let head = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<";
        let tail = "L898902C36UTO7408122F1204159ZE184226B<<<<<10";
        assert!(!is_mrz(format!("{head}\n{tail}").as_bytes()));
        let other = head.replacen("UTO", "NLD", 1);
        assert!(is_mrz(format!("{other}\n{tail}").as_bytes()));
        assert!(is_mrz(format!("{other}\\n\"{tail}\"").as_bytes()));
        assert!(!is_mrz(format!("{other}\n{}", tail.replacen("C36", "C37", 1)).as_bytes()));
    }
}
