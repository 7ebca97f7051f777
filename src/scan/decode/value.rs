// SPDX-License-Identifier: MIT OR Apache-2.0
//! Short encoded values, which only their names give away: `password: aHVudGVyMg==`.

use std::ops::Range;

use super::{base64::in_alphabet, is_printable};

/// Shorter ones are words.
const SHORTEST: usize = 8;
/// What stands between a name and its value.
const GAP: usize = 8;

/// Returns the Base64 behind the name in which `end` is the end of a keyword, if it is shorter
/// than a run that needs no name, whole groups of four, and says nothing but text.
pub(in crate::scan) fn value_after(line: &[u8], end: usize) -> Option<Range<usize>> {
    let in_name = |b: &u8| b.is_ascii_alphanumeric() || b"_.-".contains(b);
    let name = line.get(end..)?.iter().take(64).take_while(|b| in_name(b)).count();
    let gap = line.get(end + name..)?.iter().take(GAP);
    let gap = gap.take_while(|b| b" \t\"':=\\".contains(b)).count();
    let from = end + name + gap;
    if !line[end + name..from].iter().any(|b| matches!(b, b':' | b'=')) {
        return None;
    }
    let most = super::SHORTEST;
    let chars = line[from..].iter().take(most).take_while(|b| in_alphabet(**b)).count();
    let padding = line[from + chars..].iter().take(2).take_while(|b| **b == b'=').count();
    let span = from..from + chars + padding;
    let ends = line.get(span.end).is_none_or(|b| b"\"',}] \t\r\n\\;".contains(b));
    if !ends || chars >= most || span.len() < SHORTEST || !span.len().is_multiple_of(4) {
        return None;
    }
    let bytes = data_encoding::BASE64.decode(&line[span.clone()]).ok()?;
    bytes.iter().all(|byte| is_printable(*byte)).then_some(span)
}

#[cfg(test)]
mod tests {
    use super::value_after;

    #[test]
    fn a_value_is_whole_and_says_text() {
        let value = |line: &'static str| {
            let end = line.find("pass").expect("keyword") + 4;
            value_after(line.as_bytes(), end).map(|span| &line[span])
        };
        assert_eq!(value("password: aHVudGVyMg=="), Some("aHVudGVyMg=="));
        assert_eq!(value("{\"db_passwd\": \"aHVudGVyMg==\"}"), Some("aHVudGVyMg=="));
        assert_eq!(value("data: {password: aHVudGVyMg==}"), Some("aHVudGVyMg=="));
        assert_eq!(value("password: hunter22hunt"), None);
        assert_eq!(value("password: aHVudGVyMg"), None);
        assert_eq!(value("password aHVudGVyMg=="), None);
        assert_eq!(value("pass"), None);
    }
}
