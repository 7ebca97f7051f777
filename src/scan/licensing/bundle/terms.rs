// SPDX-License-Identifier: MIT OR Apache-2.0
//! Licence terms anywhere in a file: their full text in a comment, or the name of the licence.

use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

use super::closed;
use crate::scan::licensing::{Family, Identified, names, says as own, texts, words};

/// How much of a file is searched, from its beginning and before its end.
const BEGINNING: usize = 96 << 10;
const END: usize = 16 << 10;
/// What is read before and after a word that is about licences.
const BEFORE: usize = 1 << 10;
const AFTER: usize = 6 << 10;
/// A name stands so close to the word "license".
const NAME_BEFORE: usize = 60;
const NAME_AFTER: usize = 160;
/// So many places are read.
const MOST: usize = 6;

/// What a file says about the licence of what it holds.
#[derive(Clone, Debug, Default)]
pub(in crate::scan::licensing) struct Says {
    /// Whether the terms themselves stand there, and not only a name.
    pub(in crate::scan::licensing) full: bool,
    /// The licences, each once.
    pub(in crate::scan::licensing) families: Vec<Family>,
    /// Whose terms they are, if those are known not to be open.
    pub(in crate::scan::licensing) closed: Option<&'static str>,
}

impl Says {
    /// Adds licences that are not there yet.
    pub(in crate::scan::licensing) fn add(&mut self, families: impl IntoIterator<Item = Family>) {
        for family in families {
            if !self.families.contains(&family) {
                self.families.push(family);
            }
        }
    }
}

/// Beginnings of grants: where one stands, the terms themselves do, whoever changed them.
const GRANTS: [&str; 8] = [
    "permission is hereby granted",
    "redistribution and use in source and binary forms",
    "permission to use copy modify",
    "permission is granted to anyone to use this software for any purpose",
    "this is free and unencumbered software",
    "released to the public domain",
    "is in the public domain",
    "placed in the public domain",
];

/// Returns what the file says about its licence, nothing if it says nothing; `known` are the texts
/// in it if all of it is about that.
pub(super) fn read(text: &[u8], known: Option<&Identified>) -> Option<Says> {
    let cut = text.len().min(BEGINNING);
    let mut says = Says::default();
    let whole = known.is_some();
    if let Some(known) = known.filter(|known| !known.licences.is_empty()) {
        says.full = true;
        says.add(known.licences.iter().cloned());
    }
    part(&text[..cut], known, &mut says);
    let rest = text.len().saturating_sub(END).max(cut);
    // Some keep the terms in the last lines, as Lua does.
    part(&text[rest..], known, &mut says);
    if whole && says.closed.is_none() && !says.full && says.families.is_empty() {
        says.closed = closed::restriction(&words::normalise(&text[..cut]));
    }
    (says.full || says.closed.is_some() || !says.families.is_empty()).then_some(says)
}

fn part(text: &[u8], known: Option<&Identified>, says: &mut Says) {
    let Some(anchors) = anchors() else { return };
    let mut read_to = 0;
    let mut places = 0;
    for found in anchors.find_iter(text) {
        let at = found.start();
        if found.pattern().as_usize() < NAMED {
            let near = at.saturating_sub(NAME_BEFORE)..text.len().min(at + NAME_AFTER);
            let near = words::normalise(&text[near]);
            says.add(named(&near));
        }
        if at >= read_to && places < MOST {
            places += 1;
            read_to = text.len().min(at + AFTER);
            window(&text[at.saturating_sub(BEFORE)..read_to], known, says);
        }
        if places >= MOST {
            break;
        }
    }
    says.closed = says.closed.or_else(|| closed::mark(text));
}

/// Anchors before this one have the name of a licence near them.
const NAMED: usize = 2;

fn anchors() -> Option<&'static AhoCorasick> {
    static ANCHORS: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let anchors = ANCHORS.get_or_init(|| {
        let words = [
            "licens",
            "licenc",
            "permission",
            "redistribution and",
            "public domain",
            "gpl",
            "unencumbered",
        ];
        AhoCorasick::builder().ascii_case_insensitive(true).build(words).ok()
    });
    anchors.as_ref()
}

fn window(text: &[u8], known: Option<&Identified>, out: &mut Says) {
    let words = words::normalise(text);
    let granted = GRANTS.iter().any(|grant| words::has(&words, grant));
    let full: Vec<Family> = match known {
        Some(known) => known.licences.clone(),
        None => texts::inside(text).into_iter().map(|one| one.family).collect(),
    };
    out.full |= granted || !full.is_empty();
    if full.is_empty() {
        out.add(own::named_in(&words).map(Family::of_id));
    }
    out.add(full);
    if GRANTS[5..].iter().any(|grant| words::has(&words, grant)) {
        out.add([Family::fixed("LicenseRef-public-domain")]);
    }
}

/// Returns the licences that are named beside the word "license".
fn named(near: &str) -> Vec<Family> {
    if ["jquery org license", "jquery com license", "js foundation and other contributors"]
        .iter()
        .any(|phrase| words::has(near, phrase))
    {
        return vec![Family::fixed("MIT")];
    }
    names::mentioned(near)
}

/// Returns what the banner of a library says: its first bytes, and comments that were kept.
pub(super) fn banner(text: &[u8]) -> Option<Says> {
    let mut says = Says::default();
    let head = &text[..text.len().min(8 << 10)];
    part(head, None, &mut says);
    let kept: [&[u8]; 3] = [b"/*!", b"@license", b"@preserve"];
    for mark in kept {
        for at in memchr::memmem::find_iter(&text[..text.len().min(1 << 20)], mark).take(MOST) {
            part(&text[at..text.len().min(at + (2 << 10))], None, &mut says);
        }
    }
    part(&text[text.len().saturating_sub(2 << 10).max(head.len())..], None, &mut says);
    (says.full || says.closed.is_some() || !says.families.is_empty()).then_some(says)
}

#[cfg(test)]
mod tests {
    use super::{banner, read};

    fn says(text: &str) -> String {
        read(text.as_bytes(), None).map_or("nothing".into(), |says| {
            let names: Vec<&str> = says.families.iter().map(super::Family::as_str).collect();
            format!("{}{}", if says.full { "full " } else { "" }, names.join(" "))
        })
    }

    #[test]
    fn terms_are_told_from_names() {
        let mit = include_str!("../../../../LICENSE-MIT").replace('\n', "\n * ");
        assert_eq!(says(&format!("int x;\n/* {mit} */")), "full MIT");
        assert_eq!(says("/* Released under the MIT license */"), "MIT");
        assert_eq!(says("/* (c) jQuery Foundation | jquery.org/license */"), "MIT");
        assert_eq!(says("int licensed = 1;"), "nothing");
        assert_eq!(says("x = y;"), "nothing");
    }

    #[test]
    fn kept_comments_are_banners() {
        let text = format!(
            "!function(){{{}}};/*! lib v1 | @license BSD-3-Clause */ x()",
            "a;".repeat(9000)
        );
        let says = banner(text.as_bytes()).expect("a banner");
        assert_eq!(says.families[0].as_str(), "BSD-3-Clause");
        assert!(banner(b"function a(){}").is_none());
    }
}
