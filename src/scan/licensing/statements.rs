// SPDX-License-Identifier: MIT OR Apache-2.0
//! Copyright statements in the head of a file.

use super::head;

/// A file with more statements is a list of them.
const MOST: usize = 40;
/// More of a holder than this is prose.
const LONGEST: usize = 120;

/// One copyright statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copyright {
    /// The line, counted from 1.
    pub line: u32,
    /// The holder as it is written, with its e-mail address; without the years.
    pub holder: String,
    /// Whether all rights are reserved.
    pub reserved: bool,
}

/// Returns the copyright statements in the head of a file.
pub(super) fn statements(text: &[u8]) -> Vec<Copyright> {
    let mut out = Vec::new();
    for (n, line) in head::head(text).split(|byte| *byte == b'\n').enumerate() {
        let inner = &line[head::inner(line, 0..line.len())];
        let line_text = String::from_utf8_lossy(inner);
        let Some((holder, reserved)) = statement(&line_text) else { continue };
        let line = u32::try_from(n + 1).unwrap_or(u32::MAX);
        out.push(Copyright { line, holder, reserved });
        if out.len() == MOST {
            break;
        }
    }
    out
}

/// Reads one line: the word at its start, or the sign, then the years, then the holder.
fn statement(line: &str) -> Option<(String, bool)> {
    let line = line.trim();
    let tag = line.strip_prefix("SPDX-FileCopyrightText:");
    let tagged = tag.is_some();
    let lower = line.to_ascii_lowercase();
    let signs = ["copyright", "\u{a9}", "(c) "];
    let (at, sign) = signs.iter().filter_map(|sign| lower.find(sign).map(|at| (at, sign))).min()?;
    let mut rest = tag.unwrap_or(&line[at + sign.len()..]);
    // In the middle of a sentence the word means the right, not a statement.
    if !tagged && (at > 12 || rest.trim_start().starts_with(['=', '['])) {
        return None;
    }
    let mut marked = tagged || *sign != "copyright" || rest.trim_start().starts_with(':');
    let mut dated = false;
    loop {
        let before = rest.len();
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || ":,-\u{2013}".contains(c));
        let starts =
            ["(c)", "\u{a9}", "&copy;", "copyright", "by ", "present", "current", "today", "now "];
        for start in starts {
            if rest.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start)) {
                rest = &rest[start.len()..];
                marked = true;
            }
        }
        let years = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        if years == 4 {
            rest = &rest[years..];
            (marked, dated) = (true, true);
        }
        if rest.len() == before {
            break;
        }
    }
    let lower = rest.to_ascii_lowercase();
    let reserved = lower.contains("all rights reserved");
    let ends = [
        "all rights reserved",
        "licensed under",
        "released under",
        " under the ",
        " under a ",
        "; ",
        " - ",
        "*/",
        "-->",
        " (see ",
        " see ",
    ];
    let end = ends.iter().filter_map(|end| lower.find(end)).chain(sentence_end(rest)).min();
    let end = end.unwrap_or(rest.len());
    let holder = rest[..end].trim().trim_end_matches([',', '.', ';', '-', ' ']);
    let named = holder.chars().any(char::is_alphabetic) && holder.len() <= LONGEST;
    let prose =
        ["notice", "holder", "owner", "statement", "law", "and license", "in the", "infring"];
    let lower = holder.to_ascii_lowercase();
    let prose = prose.iter().any(|word| lower.starts_with(word));
    let blank = holder.starts_with(['<', '[', '{', '$', '%']);
    let capital = holder.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric());
    // Without a year, a name begins with a capital: "(c) number of tries" names nobody.
    let likely = capital || dated || tagged || marked && holder.contains('@');
    (named && !prose && !blank && likely).then(|| (holder.to_owned(), reserved))
}

/// Returns where a sentence ends: at a dot behind a word, not behind an initial.
fn sentence_end(text: &str) -> Option<usize> {
    let long = |at: &usize| {
        let word = text[..*at].rsplit([' ', '.']).next().unwrap_or_default();
        word.chars().count() > 2
    };
    text.match_indices(". ").map(|(at, _)| at).find(long)
}

#[cfg(test)]
mod tests {
    use super::statements;

    #[test]
    fn statements_and_what_only_looks_like_one() {
        let of = |text: &str| {
            let found = statements(text.as_bytes());
            found.into_iter().map(|one| (one.holder, one.reserved)).collect::<Vec<_>>()
        };
        let one = |holder: &str, reserved| vec![(holder.to_owned(), reserved)];
        assert_eq!(
            of("# Copyright (c) 2020-2022 Acme, Inc. All rights reserved."),
            one("Acme, Inc", true)
        );
        assert_eq!(
            of("// Copyright 2014 The Kubernetes Authors."),
            one("The Kubernetes Authors", false)
        );
        assert_eq!(of(" * (C) 2011, Jo Doe <jo@x.example>"), one("Jo Doe <jo@x.example", false));
        assert_eq!(of("# Copyright: (c) 2017, Ansible Project"), one("Ansible Project", false));
        assert_eq!(of("# SPDX-FileCopyrightText: 2021 Acme"), one("Acme", false));
        assert_eq!(
            of("# Copyright: Contributors to the Foo project"),
            one("Contributors to the Foo project", false)
        );
        assert_eq!(of("// Copyright (c) 2006-Present, Acme Ltd."), one("Acme Ltd", false));
        assert_eq!(of("# (c) 2011 Daniel J. Doe. Public."), one("Daniel J. Doe", false));
        assert_eq!(of("# (c) 2011 jo doe under the WTFPL"), one("jo doe", false));
        for none in [
            "# the above copyright notice and this permission notice",
            "# Copyright notices must stay",
            "copyright = read()",
            "# Copyright <YEAR> <OWNER>",
            "# Copyright 2020",
            "# (c) number of tries",
            "# This code infringes no copyright of Acme",
        ] {
            assert!(of(none).is_empty(), "{none}");
        }
    }
}
