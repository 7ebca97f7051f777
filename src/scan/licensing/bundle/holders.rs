// SPDX-License-Identifier: MIT OR Apache-2.0
//! Copyright holders, as far as it takes to tell one's own work from other people's.

use memchr::memmem;

/// So many are kept of one file.
const MOST: usize = 6;
/// A longer one is a sentence.
const LONGEST: usize = 100;

/// Returns the holders that the copyright lines of `text` name, each once.
pub(super) fn of(text: &[u8]) -> Vec<String> {
    if !["opyright", "OPYRIGHT"].iter().any(|word| memmem::find(text, word.as_bytes()).is_some()) {
        return Vec::new();
    }
    let lower = text.to_ascii_lowercase();
    let mut out: Vec<String> = Vec::new();
    for at in memmem::find_iter(&lower, b"copyright") {
        let end = memchr::memchr(b'\n', &text[at..]).map_or(text.len(), |i| at + i);
        let line = String::from_utf8_lossy(&text[at + 9..end.min(at + 9 + 3 * LONGEST)]);
        if let Some(holder) = holder(&line).filter(|holder| !out.contains(holder)) {
            out.push(holder);
        }
        if out.len() >= MOST {
            break;
        }
    }
    out
}

/// Returns the holder in what follows the word "copyright".
fn holder(line: &str) -> Option<String> {
    let lower = line.to_ascii_lowercase();
    // Without a year or a sign it is a sentence about copyright, but for "Copyright: Us".
    let signs = ["(c)", "\u{a9}", "&copy;"];
    let signed = signs.iter().any(|sign| lower.trim_start().starts_with(sign));
    let colon = line.starts_with(':');
    let mut rest = line.trim_start_matches([':', ' ', '\t']);
    let year = rest.starts_with(|c: char| c.is_ascii_digit()) || rest.starts_with("by ");
    if !(signed || colon || year) {
        return None;
    }
    loop {
        let before = rest;
        for sign in ["(c)", "(C)", "\u{a9}", "&copy;", "by ", "By "] {
            rest = rest.strip_prefix(sign).unwrap_or(rest);
        }
        rest = rest.trim_start_matches(|c: char| {
            c.is_ascii_digit() || c.is_whitespace() || matches!(c, ',' | '-' | '\u{2013}' | ':')
        });
        rest = rest.strip_prefix("present").unwrap_or(rest);
        if rest == before {
            break;
        }
    }
    let ends = ["all rights", "all other", "licensed", "released", "see ", "under ", "*/", "-->"];
    let lower = rest.to_ascii_lowercase();
    let end = ends.iter().filter_map(|end| lower.find(end)).min().unwrap_or(rest.len());
    let rest = rest.get(..end).unwrap_or(rest);
    let end = rest.find(['<', '(', '|', ';', '"', '{', '[']).unwrap_or(rest.len());
    let name = rest[..end].trim_matches(|c: char| !c.is_alphanumeric());
    let words = name.split_whitespace().count();
    let is_name = name.chars().any(char::is_alphabetic) && name.len() <= LONGEST && words <= 10;
    (is_name && name.len() > 1).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn holders_are_names() {
        let of = |text: &str| of(text.as_bytes());
        assert_eq!(of("# Copyright (c) 2009-2012, Jane Doe <jane@example.org>\n"), ["Jane Doe"]);
        assert_eq!(of("/*! x | Copyright 2014 Acme, Inc. | MIT */"), ["Acme, Inc"]);
        assert_eq!(of("Copyright: Acme Project\n"), ["Acme Project"]);
        assert_eq!(of("the copyright holder and copyright notice\n"), Vec::<String>::new());
    }
}
