// SPDX-License-Identifier: MIT OR Apache-2.0
//! Copyright statements: whose work a file says it is.

use std::ops::Range;

use super::blocks::{Block, lines};
use crate::scan::{View, licensing::names};

/// A longer name is a sentence.
const LONG: usize = 120;
/// A file that names more holders is a list of them.
const MOST: usize = 64;

/// A copyright statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copyright {
    /// The line, counted from 1.
    pub line: u32,
    /// The holder as it is written, without years.
    pub holder: String,
    /// Whether it ends with "all rights reserved".
    pub reserved: bool,
    /// Whether it stands below the file's head, and is about a part of the file.
    pub below: bool,
    /// Where it begins.
    pub(super) at: usize,
}

/// Reads the statements in a block of comments.
pub(super) fn read(text: &[u8], block: &Block, out: &mut Vec<Copyright>) {
    let mut open = false;
    let mut reserve = false;
    for line in &block.lines {
        if out.len() >= MOST {
            return;
        }
        let bytes = &text[line.clone()];
        let said = String::from_utf8_lossy(&bytes[..bytes.len().min(400)]);
        let said = said.as_ref();
        if reserve && is_reserved(said) && !said.to_ascii_lowercase().contains("copyright") {
            out.iter_mut().rev().take(1).for_each(|last| last.reserved = true);
        }
        reserve = false;
        let rest = match statement(said, block.prose) {
            Some(rest) => rest,
            // Years and names go on under the first of them.
            None if open && continues(said) => {
                said.trim_start_matches(|c: char| !c.is_alphanumeric())
            }
            None => {
                open = false;
                continue;
            }
        };
        open = true;
        let Some(holder) = holder(rest).filter(|holder| is_named(said, holder)) else { continue };
        reserve = true;
        let reserved = is_reserved(said);
        out.push(Copyright { line: 0, holder, reserved, below: false, at: line.start });
    }
}

/// Returns whether the words are a name: "copyright belongs to those who wrote it" has neither a
/// sign nor a year nor a capital behind it.
fn is_named(said: &str, holder: &str) -> bool {
    let lower = said.to_ascii_lowercase();
    holder.chars().any(|c| c.is_uppercase() || c == '@')
        || lower.contains("(c)")
        || lower.contains(['\u{a9}', '0', '1', '2'])
}

/// Reads what a module of Python says in `__copyright__`.
pub(super) fn in_code(view: &View<'_>) -> Option<Copyright> {
    if !matches!(view.facts.extension.as_str(), "py" | "pyi" | "pyx") {
        return None;
    }
    let line = lines(view.text)
        .take(120)
        .find(|line| view.text[line.clone()].starts_with(b"__copyright__"))?;
    let said = String::from_utf8_lossy(&view.text[line.clone()]);
    let value = said.split(['"', '\'']).nth(1)?;
    let holder = holder(statement(value, false).unwrap_or(value))?;
    let reserved = is_reserved(value);
    Some(Copyright { line: 0, holder, reserved, below: false, at: line.start })
}

/// Reads the value of an `SPDX-FileCopyrightText` tag.
pub(super) fn tagged(text: &[u8], value: Range<usize>) -> Option<Copyright> {
    let said = String::from_utf8_lossy(&text[value.clone()]);
    let rest = statement(&said, false).unwrap_or(&said);
    let holder = holder(rest)?;
    let reserved = is_reserved(&said);
    Some(Copyright { line: 0, holder, reserved, below: false, at: value.start })
}

/// Returns whether the line has a sign or a year beside the word, as a statement has and a sentence
/// about copyright has not.
pub(super) fn is_formal(line: &[u8]) -> bool {
    let lower = line.to_ascii_lowercase();
    let Some(at) = memchr::memmem::find(&lower, b"copyright") else { return true };
    // "Sets the copyright (c) sign."
    let before = lower[..at].trim_ascii_end();
    let apart = before.last().is_none_or(|byte| !byte.is_ascii_alphanumeric());
    if !apart {
        return false;
    }
    let near = &lower[at..lower.len().min(at + 24)];
    let has = |mark: &[u8]| memchr::memmem::find(near, mark).is_some();
    let years = near.windows(4).any(|part| {
        (part.starts_with(b"19") || part.starts_with(b"20")) && part.iter().all(u8::is_ascii_digit)
    });
    has(b"(c)") || has("\u{a9}".as_bytes()) || years
}

fn is_reserved(said: &str) -> bool {
    said.to_ascii_lowercase().contains("all rights reserved")
}

/// Returns what follows the word or the sign, if the line states a copyright.
fn statement(said: &str, prose: bool) -> Option<&str> {
    let lower = said.to_ascii_lowercase();
    let sign = said.find('\u{a9}').map(|at| (at, at + '\u{a9}'.len_utf8()));
    let word = lower.find("copyright").map(|at| (at, at + "copyright".len()));
    let mark = lower.find("(c)").map(|at| (at, at + 3));
    let (start, mut end) = match (word, sign, mark) {
        (Some((start, end)), ..) => (start, end),
        (None, Some(found), _) | (None, None, Some(found)) => found,
        (None, None, None) => return None,
    };
    let before = said[..start].trim_matches(|c: char| !c.is_alphanumeric());
    // "the above copyright notice", `copyright = …`, and sentences about something else.
    let names = before.split_whitespace().count();
    if names > 4 || (prose && names > 0) || said[..start].ends_with(['_', '.', '"', '\'', '$', '`'])
    {
        return None;
    }
    if word.is_none() {
        // (c) alone is an item of a list as often.
        let after = said[end..].trim_start_matches([' ', ',', ':']);
        let own = names == 0 && after.starts_with(|c: char| c.is_ascii_digit());
        let year = after.get(..4).is_some_and(|year| year.bytes().all(|b| b.is_ascii_digit()));
        if !(own && year || sign.is_some() && names == 0) {
            return None;
        }
    }
    loop {
        let rest = &said[end..];
        let trimmed = rest.trim_start_matches(|c: char| {
            c.is_whitespace() || matches!(c, ':' | ',' | '-' | '*' | ';')
        });
        let lower = trimmed.to_ascii_lowercase();
        let skip = ["(c)", "\u{a9}", "&copy;", "copyright", "(copyright)", "\\xa9", "by "]
            .iter()
            .find(|mark| lower.starts_with(**mark));
        end = said.len() - trimmed.len();
        match skip {
            Some(mark) => end += mark.len(),
            None => break,
        }
    }
    let rest = &said[end..];
    let code = said[start..].get("copyright".len()..).is_some_and(|rest| {
        let rest = rest.trim_start();
        rest.starts_with(['=', '(', '_', '[', '.', '{', '/'])
            && !rest.to_ascii_lowercase().starts_with("(c")
    });
    if word.is_some() && (code || is_about(rest)) {
        return None;
    }
    Some(rest)
}

/// Returns whether the words behind "copyright" make it a sentence about copyright.
fn is_about(rest: &str) -> bool {
    let lower = rest.to_ascii_lowercase();
    let first: String = lower.chars().take_while(char::is_ascii_alphabetic).collect();
    ABOUT.contains(&first.as_str())
}

/// Returns whether a line goes on with years and a name.
fn continues(said: &str) -> bool {
    let said = said.trim_start_matches(|c: char| !c.is_alphanumeric());
    let year = said.get(..4).is_some_and(|year| year.starts_with("19") || year.starts_with("20"));
    year && said.bytes().take(4).all(|b| b.is_ascii_digit())
        && said.chars().nth(4).is_none_or(|c| matches!(c, ' ' | ',' | '-'))
}

/// Returns the name behind the years.
fn holder(rest: &str) -> Option<String> {
    let mut rest = rest;
    loop {
        let trimmed = rest.trim_start_matches(|c: char| {
            c.is_whitespace()
                || c.is_ascii_digit()
                || matches!(c, ',' | '-' | '\u{2013}' | ':' | '.' | '/' | '+' | ';' | '*')
        });
        let word = ["present", "current", "now", "today", "by ", "and ", "(c)", "\u{a9}", "to "]
            .iter()
            .find(|word| {
                trimmed.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
            });
        match word {
            // "Nowak" is a name.
            Some(word)
                if word.ends_with(|c: char| !c.is_ascii_alphabetic())
                    || !trimmed[word.len()..].starts_with(|c: char| c.is_alphanumeric()) =>
            {
                rest = &trimmed[word.len()..];
            }
            _ => {
                // "3M" and "37signals" begin with a digit.
                let from = rest.len() - trimmed.len();
                let back = rest[..from]
                    .rfind(|c: char| !c.is_ascii_digit())
                    .map_or(0, |i| i + rest[i..].chars().next().map_or(1, char::len_utf8));
                let digits = &rest[back..from];
                rest = if !digits.is_empty()
                    && digits.len() != 4
                    && trimmed.starts_with(char::is_alphabetic)
                {
                    &rest[back..]
                } else {
                    trimmed
                };
                break;
            }
        }
    }
    let lower = rest.to_ascii_lowercase();
    let end = ENDS.iter().filter_map(|mark| lower.find(mark)).min().unwrap_or(rest.len());
    let name = rest[..end].trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                ',' | ';' | ':' | '"' | '*' | '#' | '-' | '=' | '|' | '/' | '\'' | '\\' | '%' | '!'
            )
    });
    // What was cut off behind the name may have begun with a bracket.
    let name = name.trim_end_matches(['<', '(', '[', ' ']);
    let name = name.strip_suffix('.').filter(|short| !ends_with_form(short)).unwrap_or(name).trim();
    let name = without_licence(name);
    let lettered = name.chars().filter(|c| c.is_alphabetic()).count() >= 2;
    let template = TEMPLATES.iter().any(|mark| lower.contains(mark));
    (lettered && !template && name.len() <= LONG).then(|| name.to_owned())
}

/// Cuts off "…, MIT License".
fn without_licence(name: &str) -> &str {
    let Some((holder, last)) = name.rsplit_once([',', ';', '.']) else { return name };
    let last = last.trim().to_ascii_lowercase();
    let named = names::lookup(&last).is_some()
        || ["license", "licence", "licensed"].iter().any(|end| last.ends_with(end));
    if named { holder.trim_end() } else { name }
}

/// "Inc." keeps its dot.
fn ends_with_form(name: &str) -> bool {
    let last = name.rsplit([' ', ',']).next().unwrap_or_default().to_ascii_lowercase();
    matches!(
        last.as_str(),
        "inc" | "ltd" | "corp" | "co" | "jr" | "al" | "s.a" | "b.v" | "e.v" | "s.r.l"
    )
}

/// Words behind "copyright" that make a sentence of it.
const ABOUT: &[&str] = &[
    "notice",
    "notices",
    "holder",
    "holders",
    "owner",
    "owners",
    "ownership",
    "law",
    "laws",
    "and",
    "or",
    "is",
    "interest",
    "license",
    "licence",
    "licensed",
    "statement",
    "statements",
    "infringement",
    "protection",
    "protected",
    "disclaimer",
    "on",
    "in",
    "of",
    "to",
    "for",
    "with",
    "information",
    "header",
    "headers",
    "line",
    "lines",
    "year",
    "years",
    "date",
    "text",
    "file",
    "files",
    "tag",
    "field",
    "claim",
    "claims",
    "see",
    "this",
    "status",
    "issues",
    "act",
    "treaty",
    "treaties",
    "as",
    "was",
    "are",
    "may",
    "has",
    "policy",
    "reserved",
    "that",
    "at",
    "string",
    "footer",
    "message",
    "rights",
    "details",
    "comment",
    "comments",
    "block",
    "from",
];

/// What stands in a header that a tool fills in.
const TEMPLATES: &[&str] = &[
    "<year",
    "<name",
    "{{",
    "[year",
    "[name",
    "${",
    "<copyright",
    "yyyy",
    "<%",
    "%s",
    "{year",
    "[full",
    "<owner",
    "$year",
    "{0}",
];

/// What stands behind the name of a holder.
const ENDS: &[&str] = &[
    "all rights",
    "all right reserved",
    "licensed under",
    "license:",
    "released under",
    "distributed under",
    "this file",
    "this program",
    "spdx-",
    "*/",
    "-->",
    "(see ",
    "under the ",
    "permission",
    ". see ",
    "\\n",
    "<br>",
    "<br/",
    "<br ",
    "http://",
    "https://",
    " | ",
    "this code",
    "this work",
    "this is",
    "use of this",
    "see license",
    "#}",
    "</",
];

#[cfg(test)]
mod tests {
    use super::{Block, Copyright, read};

    fn all(text: &str) -> Vec<(String, bool)> {
        let block = Block {
            lines: super::super::blocks::lines(text.as_bytes()).collect(),
            ..Block::default()
        };
        let mut out: Vec<Copyright> = Vec::new();
        read(text.as_bytes(), &block, &mut out);
        out.into_iter().map(|one| (one.holder, one.reserved)).collect()
    }

    fn one(text: &str) -> String {
        all(text).into_iter().map(|(holder, _)| holder).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn holders_stand_behind_the_years() {
        assert_eq!(one("# Copyright: (c) 2017, Ansible Project"), "Ansible Project");
        assert_eq!(
            one(" * Copyright (C) 1999-2003, 2005 Jane Roe <jane@example.org>"),
            "Jane Roe <jane@example.org>"
        );
        assert_eq!(one("// \u{a9} 2020 Example GmbH. All rights reserved."), "Example GmbH");
        assert_eq!(one("(c) 2012-present 37signals, LLC"), "37signals, LLC");
        assert_eq!(one("Copyright 2015 The Example Authors."), "The Example Authors");
        assert_eq!(one("@copyright 2020 Example Inc."), "Example Inc.");
        assert_eq!(one("Copyright 2020 A. B. <br@example.org>"), "A. B. <br@example.org>");
        assert_eq!(one("Copyright 2020 Jane Roe<br/>"), "Jane Roe");
        assert_eq!(one("Copyright (c) Jane Roe, MIT License."), "Jane Roe");
        assert_eq!(one("Copyright 2020 Example, Inc."), "Example, Inc.");
        assert_eq!(one("# Copyright (c) 2012\n# 2013, 2014 Jane Roe\n# x"), "Jane Roe");
        assert_eq!(one("Copyright 2010 A. Smith\n          2011 B. Jones"), "A. Smith | B. Jones");
        assert!(all("Copyright 2010 Us\nAll Rights Reserved.")[0].1);
    }

    #[test]
    fn sentences_about_copyright_name_nobody() {
        for text in [
            "the above copyright notice and this permission",
            "copyright = get()",
            "Copyright (C) <year>  <name of author>",
            "Copyright {{ year }} {{ owner }}",
            "you may add your copyright to it",
            "(c) the third item",
            "# Copyright and related rights waived",
            "self.copyright = copyright",
            "# Copyright belongs to those who wrote it",
        ] {
            assert_eq!(one(text), "", "{text}");
        }
    }
}
