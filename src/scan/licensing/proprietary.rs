// SPDX-License-Identifier: MIT OR Apache-2.0
//! Headers that say a file is not for the public.
//!
//! The bare words say little: OIDC clients are "confidential", drivers "proprietary" and
//! parameters "for internal use only". So a marker counts in a comment only, beside something
//! legal, and where the same comment grants no open licence.

mod phrases;

use std::ops::Range;

use memchr::memmem;

use super::{Family, evidence, head, says, words};
use crate::{
    domain::{FileKind, RuleIdx, Secret, Severity},
    scan::{Detector, Hit, Reach, Sink, View},
};
use phrases::{COMPANIONS, GRANTS, POINTERS, STAMP, claims, has_any};

/// Comments further down are about the code, not about the file.
const FAR: usize = 64 << 10;
/// A longer line is shown by its marker alone.
const LONG: usize = 200;

/// Finds headers that keep a file from the public.
pub(super) struct ProprietaryHeader;

impl Detector for ProprietaryHeader {
    fn reach(&self) -> Reach {
        Reach::HEAD
    }

    fn at(&self, view: &View<'_>, rule: RuleIdx, at: Range<usize>, sink: &mut Sink) {
        if at.start > FAR || view.facts.licence || is_in_a_word(view.text, &at) {
            return;
        }
        let Some(block) = head::comment_around(view, at.start) else { return };
        let inside = |hit: &&mut Hit| hit.rule == rule && block.contains(&hit.span.start);
        let earlier = sink.iter_mut().rev().take(4).find(inside);
        if earlier.as_ref().is_some_and(|hit| hit.severity == Severity::High) {
            return;
        }
        let words = words::normalise(&view.text[block.clone()]);
        let line = head::inner(view.text, view.line(at.start));
        // A whole paragraph on one line would group with nothing.
        let span = if line.len() > LONG { at } else { line };
        let Some(weight) = weigh(view, &words, &view.text[span.clone()]) else { return };
        let said = evidence::said_in(&view.text[block.clone()]);
        let mut hit = Hit::new(rule, span.clone(), weight).resting_on(said.as_bytes());
        hit.decoded = without_years(&view.text[span]);
        if weight < Severity::High {
            hit = hit.note("rights are reserved, and no licence is granted beside it");
        }
        match earlier {
            // The marker says more than the formula above it.
            Some(earlier) if weight > earlier.severity => *earlier = hit,
            Some(_) => {}
            None => sink.push(hit),
        }
    }
}

/// Returns the line as it would be without years, if it has any: the same header in many files
/// differs in those.
fn without_years(line: &[u8]) -> Option<Secret> {
    let is_word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    let mut out: Vec<u8> = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        let word = rest.iter().position(|b| !is_word(*b)).unwrap_or(rest.len());
        let year = word == 4 && (rest.starts_with(b"19") || rest.starts_with(b"20"));
        if year && rest[..4].iter().all(u8::is_ascii_digit) {
            // Nothing is left of `2019-2021, `.
            let next = rest[4..].iter().position(|b| !b" ,-".contains(b));
            rest = &rest[4 + next.unwrap_or(rest.len() - 4)..];
            continue;
        }
        let take = word.max(1);
        out.extend_from_slice(&rest[..take]);
        rest = &rest[take..];
    }
    (out != line && !out.trim_ascii().is_empty()).then(|| Secret::decoded(&out, line))
}

fn is_in_a_word(text: &[u8], at: &Range<usize>) -> bool {
    let word = |i: Option<usize>| {
        i.and_then(|i| text.get(i)).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_')
    };
    // `trade secrets` and `commercial licences` are the same words.
    let plural = text.get(at.end).is_some_and(|b| b.eq_ignore_ascii_case(&b's'));
    word(at.start.checked_sub(1)) || word(Some(at.end + usize::from(plural)))
}

/// Returns how much the comment with these `words` weighs, nothing if it keeps nothing back.
/// `line` is the text of the line that was found.
fn weigh(view: &View<'_>, words: &str, line: &[u8]) -> Option<Severity> {
    if grants(words) || is_terms(view) {
        return None;
    }
    let own = words::normalise(line);
    let signed =
        || [&b"(c)"[..], b"(C)", b"\xc2\xa9"].iter().any(|sign| memmem::find(line, sign).is_some());
    if is_stamp(line, &own)
        || (claims(words, view.kind) || is_name_tag(line, &own))
            && (has_any(words, &COMPANIONS) || signed())
    {
        return Some(Severity::High);
    }
    if !words::has(words, "all rights reserved") || !words::has(words, "copyright") {
        return None;
    }
    let head = words::normalise(head::head(view.text));
    let formula = has_any(words, &POINTERS) || has_any(&head, &POINTERS) || grants(&head);
    // In prose the sentence is as often about something else as about the file.
    (!formula && view.kind != FileKind::Prose).then_some(Severity::Medium)
}

/// Returns whether a text file is itself the terms of a licence, under whatever name.
fn is_terms(view: &View<'_>) -> bool {
    if !matches!(view.kind, FileKind::Prose | FileKind::Other) {
        return false;
    }
    let head = words::normalise(head::head(view.text));
    ["licensor", "licensee", "this license", "license agreement", "terms and conditions"]
        .iter()
        .any(|phrase| words::has(&head, phrase))
}

fn grants(words: &str) -> bool {
    GRANTS.iter().any(|phrase| words::has(words, phrase))
        || says::named_in(words).is_some_and(|id| Family::fixed(id).is_open())
}

/// Returns whether the line says no more than whose secret it is: `Acme Corp. Confidential`.
fn is_name_tag(line: &[u8], words: &str) -> bool {
    let word = [&b"Confidential"[..], b"CONFIDENTIAL"]
        .iter()
        .find_map(|word| memmem::find(line, word).map(|at| at + word.len()));
    let Some(end) = word else { return false };
    let last = line[end..].iter().all(|byte| !byte.is_ascii_alphanumeric());
    let label = words.starts_with(" confidential ") && line.get(end) == Some(&b':');
    words::count(words) <= 6 && (last || label)
}

/// Returns whether the line is a stamp: capitals, and no word but those of [`STAMP`], or a name
/// beside three of them.
fn is_stamp(line: &[u8], words: &str) -> bool {
    !line.iter().any(u8::is_ascii_lowercase)
        && (words::has(words, "confidential")
            || words::has(words, "proprietary")
            || words::has(words, "internal use only")
            || words::has(words, "internal only"))
        && {
            let all = words::count(words);
            let own = words.split_ascii_whitespace().filter(|word| STAMP.contains(word)).count();
            own == all || own > 2 && all - own < 3
        }
}

#[cfg(test)]
mod tests {
    use super::ProprietaryHeader;
    use crate::{
        domain::{RepoPath, RuleIdx, Severity},
        scan::{Detector, PathFacts, View},
    };

    fn severities(name: &str, text: &str) -> Vec<Severity> {
        let path = RepoPath::new(name.as_bytes());
        let facts = PathFacts::of(&path);
        let view = View::new(&facts, text.as_bytes());
        let lower = text.to_ascii_lowercase();
        let mut places: Vec<(usize, &str)> = [
            "confidential",
            "proprietary",
            "rights reserved",
            "unauthorized",
            "trade secret",
            "forbidden",
            "commercial license",
            "do not copy",
            "no part of",
            "may not copy",
            "company internal",
            "do not share",
        ]
        .iter()
        .flat_map(|word| lower.match_indices(word))
        .collect();
        places.sort_unstable();
        let mut sink = Vec::new();
        for (at, word) in places {
            ProprietaryHeader.at(&view, RuleIdx(0), at..at + word.len(), &mut sink);
        }
        sink.iter().map(|hit| hit.severity).collect()
    }

    #[test]
    fn one_comment_is_one_hit_of_its_strongest_kind() {
        let text = "# Copyright 2020 Acme Inc. All rights reserved.\n# Confidential and proprietary.\nx = 1\n";
        assert_eq!(severities("a.py", text), [Severity::High]);
        assert_eq!(severities("a.sh", "#!/bin/sh\n#\n# CONFIDENTIAL\n#\necho\n"), [Severity::High]);
        for (name, text) in [
            ("a.js", "/*! PROPRIETARY AND CONFIDENTIAL (c) 2020 Acme */\n"),
            ("a.md", "# A\n\n**INTERNAL USE ONLY - ACME CONFIDENTIAL**\n"),
            (
                "a.ps1",
                "<#\n  It may not be redistributed without written permission.\n  Confidential.\n#>\nx\n",
            ),
        ] {
            assert_eq!(severities(name, text), [Severity::High], "{text}");
        }
        let reserved = "# Copyright 2020 Acme. All rights reserved.\nx = 1\n";
        assert_eq!(severities("a.py", reserved), [Severity::Medium]);
    }

    #[test]
    fn what_companies_write_over_their_files() {
        for (name, text) in [
            (
                "a.java",
                "/*\n * ACME CONFIDENTIAL\n *\n * [2010] Acme Incorporated\n * All Rights Reserved.\n *\n * NOTICE: Dissemination of this information or reproduction of this material\n * is strictly forbidden unless prior written permission is obtained.\n */\n",
            ),
            (
                "a.php",
                "<?php\n/**\n * This source file is subject to a commercial license from Acme Ltd.\n * Use, copy, modification or distribution of it without written license agreement\n * is strictly forbidden.\n */\n",
            ),
            ("a.c", "/*\n * Acme Confidential\n * (C) Copyright Acme Corp. 2010\n */\n"),
            ("a.c", "/* Contains trade secrets of Acme Corporation. */\n"),
            ("a.go", "// Copyright 2021 Acme Ltd. Private and confidential.\n"),
            (
                "a.js",
                "/* No part of this file may be reproduced without the prior written consent of Acme Inc. */\n",
            ),
            (
                "a.py",
                "# Copyright Acme Inc. You may not copy, modify or distribute it except as permitted by your license.\n",
            ),
            ("a.vue", "<!-- Copyright 2021 Acme Inc. Do not copy or distribute. -->\n"),
            (
                "a.xml",
                "<?xml version=\"1.0\"?>\n<!--\n  Copyright (c) 2012 Acme AG\n  This document is company internal.\n-->\n<a/>\n",
            ),
            ("a.tf", "# INTERNAL ONLY - DO NOT SHARE OUTSIDE ACME\n"),
        ] {
            assert_eq!(severities(name, text), [Severity::High], "{text}");
        }
    }

    #[test]
    fn common_words_are_left_alone() {
        for (name, text) in [
            (
                "a.js",
                "/**\n * Expired keys may not be used; unauthorized use is prohibited by the server.\n */\n",
            ),
            ("a.tf", "# Public access is forbidden without permission of the corporation\n"),
            (
                "a.c",
                "/* Copying of it is forbidden: a copyright object is shared; do not copy it. */\n",
            ),
            ("a.md", "# Terms\n\nAcme Inc. sells it, subject to a commercial license agreement.\n"),
            (
                "a.js",
                "/* (c) Acme Inc. Dual licensed under MIT or a commercial license agreement. */\n",
            ),
            (
                "a.c",
                "/* Neither the name of Acme Inc. may be used without prior written permission.\n * Redistribution and use in source and binary forms are permitted. No part of it is forbidden, copying included. */\n",
            ),
            ("a.tf", "access_type = \"CONFIDENTIAL\"\n# the client is a confidential client\n"),
            (
                "a.py",
                "# Copyright 2020 Us Inc. All rights reserved.\n# Licensed under the MIT license.\n",
            ),
            (
                "a.py",
                "# Copyright The Go Authors. All rights reserved.\n# Use is governed by a BSD-style license that can be found in LICENSE.\n",
            ),
            ("a.md", "## CONFIDENTIAL CLIENTS OF THE SERVER\n"),
            ("a.yml", "# MaxMind's proprietary database goes here\n"),
            ("a.html", "<footer>&copy; 2020 All rights reserved</footer>\n"),
            ("COPYING", "incorporating your program into proprietary programs. CONFIDENTIAL\n"),
        ] {
            assert!(severities(name, text).is_empty(), "{text}");
        }
    }
}
