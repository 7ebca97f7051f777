// SPDX-License-Identifier: MIT OR Apache-2.0
//! A file with a licence's name: what it holds, and what was left to fill in.

use std::ops::Range;

use super::{LicenceText, head, names, texts, words};
use crate::domain::{LineIndex, Span};

/// More of a licence file than this is not read.
const TEXT_BYTES: usize = 256 << 10;
/// A blank with more letters is none.
const BLANK_BYTES: usize = 60;
/// More blanks than these are not shown.
const MOST_BLANKS: usize = 8;

/// Reads a file with a licence's name.
pub(super) fn read(text: &[u8]) -> LicenceText {
    let text = &text[..text.len().min(TEXT_BYTES)];
    let words = words::normalise(text);
    let identified = texts::identify(text);
    let lines = LineIndex::new(text);
    let place = identified.altered().map(|one| one.place.clone());
    let changed = place.filter(|range| range.end <= text.len());
    LicenceText {
        // A pointer to other files names them at once.
        mentioned: names::mentioned(&words::normalise(head::head(text))),
        words: words::count(&words),
        owner_only: is_statement(&words),
        choice: offers_choice(&words),
        placeholders: placeholders(text, &lines),
        changed: changed.map(|range| lines.span(text, range)),
        identified,
    }
}

/// Returns whether the words say whose it is and nothing else.
fn is_statement(text: &str) -> bool {
    const RIGHTS: [&str; 5] = ["permission", "permitted", "license", "licensed", "granted"];
    words::has(text, "copyright") && !RIGHTS.iter().any(|word| words::has(text, word))
}

/// Returns whether the first words let one of several licences be chosen.
fn offers_choice(words: &str) -> bool {
    /// The text of a licence does not begin before, and may itself speak of options.
    const FIRST: usize = 70;
    const CHOICE: [&str; 9] = [
        "s choice of the",
        "your choice of",
        "at your choice",
        "at your option under",
        "dual licensed",
        "dual licensing",
        "triple licensed",
        "either of the following licenses",
        "one of the following licenses",
    ];
    let end = words.match_indices(' ').nth(FIRST).map_or(words.len(), |(at, _)| at + 1);
    CHOICE.iter().any(|phrase| words::has(&words[..end], phrase))
}

/// What stands in brackets where a name or a year is to be filled in.
const BLANKS: &[&str] = &[
    "year",
    "yyyy",
    "years",
    "year(s)",
    "date",
    "dates",
    "name",
    "names",
    "fullname",
    "full name",
    "full_name",
    "name of author",
    "name of copyright owner",
    "name of copyright holder",
    "copyright holder",
    "copyright holders",
    "copyright holder(s)",
    "copyright owner",
    "copyrightholder",
    "owner",
    "owners",
    "owner organization",
    "organization",
    "organisation",
    "organization name",
    "company",
    "company name",
    "your name",
    "your company",
    "your full name",
    "your organization",
    "your name here",
    "author",
    "author name",
    "authors",
    "name of developer",
    "insert name",
    "insert year",
    "name of program",
    "program",
    "project",
    "project name",
    "name of copyright holders",
    "email",
    "holder",
    "holders",
    "legal name",
    "licensor",
    "software name",
    "url|email",
    "reserved font name",
    "copyright notice",
    "four digit year",
];

/// Blanks that are filled in without brackets, behind the word "Copyright".
const BARE: &[&str] = &[
    "your name",
    "your company",
    "name of author",
    "name of copyright owner",
    "yyyy",
    "20xx",
    "xxxx",
    "copyright holder name",
    "your organization",
    "full name here",
    "year name",
];

/// Returns what was left to fill in, outside the parts that tell how to apply a licence.
fn placeholders(text: &[u8], lines: &LineIndex) -> Vec<(Span, String)> {
    let lower = text.to_ascii_lowercase();
    let find = |mark: &str| memchr::memmem::find(&lower, mark.as_bytes());
    let tails = [
        "how to apply the",
        "appendix: how to apply",
        "appendix how to apply",
        "how to use this license for your",
        "how to use this licence for your",
        "how to apply these",
        "how to use it",
        "exhibit a",
    ];
    let end = tails.iter().filter_map(|tail| find(tail)).min().unwrap_or(text.len());
    let mut out: Vec<(Span, String)> = Vec::new();
    for range in blanks(&lower[..end]) {
        let value = String::from_utf8_lossy(&text[range.clone()]).into_owned();
        if out.len() < MOST_BLANKS && !out.iter().any(|(_, other)| *other == value) {
            out.push((lines.span(text, range), value));
        }
    }
    out
}

fn blanks(lower: &[u8]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for open in memchr::memchr3_iter(b'<', b'[', b'{', lower) {
        let close = match lower[open] {
            b'<' => b'>',
            b'[' => b']',
            _ => b'}',
        };
        // `{{ name }}` is filled in by a program, `[name](link)` is a link.
        let doubled =
            lower.get(open + 1) == Some(&lower[open]) || open > 0 && lower[open - 1] == lower[open];
        let rest = &lower[open + 1..lower.len().min(open + BLANK_BYTES)];
        let Some(len) = rest.iter().position(|byte| *byte == close) else { continue };
        let inner = String::from_utf8_lossy(&rest[..len]);
        let inner = inner.trim_matches(|c: char| c.is_whitespace() || "'\"_*-".contains(c));
        let link = lower.get(open + len + 2) == Some(&b'(');
        if !doubled && !link && BLANKS.contains(&inner) {
            out.push(open..open + len + 2);
        }
    }
    let mut at = 0;
    for line in lower.split_inclusive(|byte| *byte == b'\n') {
        let start = at;
        at += line.len();
        let body = line.trim_ascii_start();
        if !body.starts_with(b"copyright") || line.len() > 160 {
            continue;
        }
        for blank in BARE {
            if let Some(i) = memchr::memmem::find(line, blank.as_bytes()) {
                let range = start + i..start + i + blank.len();
                if !out.iter().any(|other| other.start < range.end && range.start < other.end) {
                    out.push(range);
                }
            }
        }
    }
    out.sort_by_key(|range| range.start);
    out
}

#[cfg(test)]
mod tests {
    use super::read;

    fn blanks(text: &str) -> Vec<String> {
        read(text.as_bytes()).placeholders.into_iter().map(|(_, value)| value).collect()
    }

    #[test]
    fn each_blank_once() {
        let found = blanks("Copyright (c) [year] [fullname]\n\nas [year] says");
        assert_eq!(found, ["[year]", "[fullname]"]);
        assert_eq!(blanks("Copyright (c) <YEAR>, <OWNER>"), ["<YEAR>", "<OWNER>"]);
        assert_eq!(
            blanks("Copyright 20XX Your Name"),
            ["Your Name", "20XX"][..].iter().rev().copied().collect::<Vec<_>>()
        );
    }

    #[test]
    fn what_is_no_blank() {
        assert!(blanks("Copyright {{ year }} {{ owner }}").is_empty());
        assert!(blanks("see [name](https://example.com), <me@example.com> and [1]").is_empty());
        assert!(blanks(include_str!("../../../LICENSE-APACHE")).is_empty());
    }

    #[test]
    fn a_choice_is_offered_before_the_texts() {
        for text in [
            "Contributions are subject to the user's choice of the RSALv2 or the SSPLv1:",
            "This is dual-licensed under the MIT license and the GPL.",
        ] {
            assert!(read(text.as_bytes()).choice, "{text}");
        }
        let later = "word ".repeat(80) + "at your choice";
        assert!(!read(later.as_bytes()).choice && !read(b"Parts are under both.").choice);
    }

    #[test]
    fn only_an_owner() {
        assert!(read(b"Copyright 2020 Us").owner_only);
        assert!(!read(b"Copyright 2020 Us. Permission is granted.").owner_only);
    }
}
