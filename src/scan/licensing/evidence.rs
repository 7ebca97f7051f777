// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a decision about a licence rests on, so that it is asked anew when that has changed, and
//! only then: a digest of the licence's text or of the header, not the line or the whole file.

use std::{collections::HashMap, fmt::Write};

use sha2::{Digest, Sha256};

use super::{head, words};
use crate::{
    domain::{Finding, Place, RepoPath, Secret},
    repo::TreeEntry,
    rules::RuleSet,
};

/// More of a licence file than this is not read.
const TEXT_BYTES: usize = 256 << 10;

/// Digests of what one file says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Of the whole text, if the file has a licence's name.
    text: Option<Hash>,
    /// Of the comments before the first line of code.
    head: Option<Hash>,
}

type Hash = [u8; 16];

impl Evidence {
    /// Takes the digest of what `text` says; all of it if it is a licence's.
    pub(super) fn of(text: &[u8], licence: bool) -> Self {
        if licence {
            let text = &text[..text.len().min(TEXT_BYTES)];
            return Self { text: Some(digest(text)), head: None };
        }
        let comments = legal(&leading_comments(head::head(text)));
        Self { text: None, head: (!comments.is_empty()).then(|| digest(&comments)) }
    }
}

/// Returns a digest of the words alone: a text that is wrapped or indented anew is the same, and
/// so is one whose years were brought up to date.
fn digest(text: &[u8]) -> Hash {
    let mut hash = Sha256::new();
    hash.update(spoken(text));
    let mut out = Hash::default();
    out.copy_from_slice(&hash.finalize()[..16]);
    out
}

/// Returns the words alone, but for years.
fn spoken(text: &[u8]) -> String {
    let mut out = String::new();
    for word in words::normalise(text).split_ascii_whitespace().filter(|word| !is_year(word)) {
        out.push_str(word);
        out.push(' ');
    }
    out
}

/// Returns what a comment says about licences and copyright, in words alone: a decision on it
/// holds wherever it is moved, however it is wrapped and whatever stands beside it.
pub(super) fn said_in(comment: &[u8]) -> String {
    spoken(&legal(comment))
}

/// Beginnings of words without which a paragraph is about something else, such as what the code
/// is for.
const LEGAL: [&str; 17] = [
    "copyright",
    "(c)",
    "\u{a9}",
    "licen",
    "rights",
    "permi",
    "confidential",
    "proprietary",
    "secret",
    "distribut",
    "authori",
    "internal use",
    "property",
    "disclos",
    "spdx",
    "warrant",
    "author",
];

/// Returns the paragraphs of a comment that are about licences and copyright; all if none is.
fn legal(comment: &[u8]) -> Vec<u8> {
    let lower = String::from_utf8_lossy(comment).to_lowercase();
    let mut out = Vec::new();
    let empty = |line: &&str| !line.contains(|c: char| c.is_alphanumeric());
    let lines: Vec<&str> = lower.lines().collect();
    for paragraph in lines.split(empty) {
        let paragraph = paragraph.join("\n");
        if LEGAL.iter().any(|word| paragraph.contains(word)) {
            out.extend_from_slice(paragraph.as_bytes());
            out.push(b'\n');
        }
    }
    if out.is_empty() { comment.to_vec() } else { out }
}

fn is_year(word: &str) -> bool {
    let year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    year && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns the comment lines and docstring before the first line of code.
fn leading_comments(head: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    // What ends the comment that a line is in.
    let mut until: Option<&[u8]> = None;
    for line in head.split(|byte| *byte == b'\n') {
        let bare = line.trim_ascii();
        if let Some(end) = until {
            out.extend_from_slice(line);
            out.push(b'\n');
            until = until.filter(|_| memchr::memmem::find(bare, end).is_none());
            continue;
        }
        if bare.is_empty() || bare.starts_with(b"#!") {
            continue;
        }
        let blocks: [(&[u8], &[u8]); 4] =
            [(b"/*", b"*/"), (b"<!--", b"-->"), (b"\"\"\"", b"\"\"\""), (b"'''", b"'''")];
        let block = blocks.iter().find(|(open, _)| bare.starts_with(open));
        if block.is_none() && !head::is_comment(line) {
            break;
        }
        out.extend_from_slice(line);
        out.push(b'\n');
        until = block.and_then(|(open, end)| {
            let rest = &bare[open.len()..];
            memchr::memmem::find(rest, end).is_none().then_some(*end)
        });
    }
    out
}

/// What the whole tree says, for the evidence of findings that stand in one file and rest on
/// another.
pub(super) struct Tree<'a> {
    /// The digests of each file.
    pub(super) of: &'a dyn Fn(&RepoPath) -> Evidence,
    /// The licence files that speak for a directory.
    pub(super) texts: &'a dyn Fn(&RepoPath) -> Vec<RepoPath>,
    /// Every entry, with the id of its object.
    pub(super) entries: &'a [TreeEntry],
    /// Under what the repository is to be published.
    pub(super) outbound: &'a str,
}

/// Puts the evidence in the place of what surrounds each finding: the kind of the gap, and what it
/// rests on.
pub(super) fn attach(findings: &mut [Finding], rules: &RuleSet, tree: &Tree<'_>) {
    let mut ids: Option<HashMap<&RepoPath, &[u8]>> = None;
    for finding in findings {
        let kind = rules.info(finding.rule).name();
        let mut out = format!("{kind}\n");
        match kind {
            // The gap is that something is not there. Nothing of what is there changes that.
            "license-missing" | "manifest-missing" | "header-missing" => {}
            "manifest-contradicts" => {
                out.push_str(&nearest(tree, &finding.path.parent()));
            }
            "license-conflict" | "readme-contradicts" => {
                out.push_str(&texts_in(tree, &RepoPath::root()));
            }
            "header-incompatible" => {
                put(&mut out, (tree.of)(&finding.path).head.as_ref().map(|hash| &hash[..]));
                out.push_str(tree.outbound);
            }
            kind if kind.starts_with("license-") && !is_manifest(tree, finding) => {
                put(&mut out, (tree.of)(&finding.path).text.as_ref().map(|hash| &hash[..]));
            }
            kind if kind.starts_with("header-") || kind.starts_with("copyright-") => {
                put(&mut out, (tree.of)(&finding.path).head.as_ref().map(|hash| &hash[..]));
            }
            "media-unlicensed" | "vendored-binary" => {
                let ids = ids.get_or_insert_with(|| {
                    tree.entries.iter().map(|entry| (&entry.path, entry.oid.as_bytes())).collect()
                });
                put(&mut out, ids.get(&finding.path).copied());
            }
            kind => {
                out.push_str(&said(finding));
                // A lock file or a bundle is one finding, and its notes say what is in it.
                let many = ["dependency-", "vendored-", "notice-"];
                if many.iter().any(|start| kind.starts_with(start)) {
                    out.extend(finding.notes.iter().map(|note| format!("\n{note}")));
                }
            }
        }
        finding.context = Secret::new(out.as_bytes());
    }
}

/// Returns what the judge gave as the evidence. The path alone is none: a file may be moved.
fn said(finding: &Finding) -> String {
    let said = String::from_utf8_lossy(finding.context.expose());
    if said == finding.path.to_string() { String::new() } else { said.into_owned() }
}

/// Whether a finding about a licence stands in a manifest, which declares it in one word.
fn is_manifest(tree: &Tree<'_>, finding: &Finding) -> bool {
    (tree.of)(&finding.path).text.is_none() && matches!(finding.place, Place::Span(_))
}

/// Returns the digests of the licence texts that are nearest above `dir`.
fn nearest(tree: &Tree<'_>, dir: &RepoPath) -> String {
    let mut dir = dir.clone();
    loop {
        let texts = texts_in(tree, &dir);
        if !texts.is_empty() || dir.is_root() {
            return texts;
        }
        dir = dir.parent();
    }
}

fn texts_in(tree: &Tree<'_>, dir: &RepoPath) -> String {
    let mut out = String::new();
    for path in (tree.texts)(dir) {
        put(&mut out, (tree.of)(&path).text.as_ref().map(|hash| &hash[..]));
    }
    out
}

fn put(out: &mut String, digest: Option<&[u8]>) {
    for byte in digest.unwrap_or_default() {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::Evidence;

    fn head(text: &str) -> Evidence {
        Evidence::of(text.as_bytes(), false)
    }

    #[test]
    fn evidence_is_what_is_said_and_not_how_or_when() {
        let one = head("#!/bin/sh\n# Copyright 2019 Us\n# All rights reserved\necho 1\n");
        assert_eq!(one, head("# Copyright 2019, 2024 Us.  All rights\n# reserved\necho 2\n"));
        assert_ne!(one, head("# Copyright 2019 Them\n# All rights reserved\necho 1\n"));
        assert_eq!(head("/* a\n b */\nint x;\n"), head("/* a\n b */\nint y;\n"));
        assert_ne!(head("/* a\n b */\nint x;\n"), head("/* a\n c */\nint x;\n"));
        assert_eq!(head("x = 1\n# late\n"), Evidence::default());
        let two =
            head("# Lists all hosts.\n#\n# Copyright 2019 Us\n# All rights reserved\necho 1\n");
        assert_eq!(one, two, "what the code does is no part of it");
        let text = |text: &str| Evidence::of(text.as_bytes(), true);
        assert_eq!(text("You may\ncopy."), text("You may copy"));
        assert_ne!(text("You may copy."), text("You may not copy."));
    }
}
