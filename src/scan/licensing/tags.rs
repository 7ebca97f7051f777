// SPDX-License-Identifier: MIT OR Apache-2.0
//! `SPDX-License-Identifier` tags: where they stand and whether they can be read.

use std::ops::Range;

use super::{
    Declared, Reading, expression, head,
    says::{Syntax, own_field},
};
use crate::{
    domain::{FileKind, RuleIdx, Severity},
    scan::{Detector, Hit, Reach, Sink, View},
};

/// A tag's name in lower case.
pub(super) const NAME: &[u8] = b"spdx-license-identifier";
/// A file with more tags than this is a list, not a statement.
pub(super) const MAX_TAGS: usize = 32;
/// How far a `REUSE-IgnoreStart` is looked for above a tag.
const IGNORE_BYTES: usize = 16 << 10;
/// A tag further down belongs to something quoted.
const FAR: usize = 512 << 10;
/// Within so many lines a tag needs no comment around it.
pub(super) const FIRST_LINES: usize = 30;

/// Marks that end a tag's value.
const CLOSERS: [&[u8]; 25] = [
    b"*/", b"-->", b"#}", b"%>", b"\"\"\"", b"'''", b"*)", b"}}", b"]]", b"#>", b"?>", b"|#",
    b"-}", b"*}", b"<", b"\\n", b"(see", b" # ", b" // ", b" -- ", b"\t", b" - ", b" +/", b" =#",
    b" ]#",
];

/// Reads a tag's value. Names that a manifest may use are not allowed in a tag.
pub(super) fn read(text: &str) -> Declared {
    let text = text.trim();
    let declared = Declared::read(text);
    match declared.reading {
        Reading::Licence(_) if expression::parse_spdx(text).is_none() => {
            Declared { text: declared.text, reading: Reading::Invalid }
        }
        _ => declared,
    }
}

/// Returns the value after the tag's name at `at`, unless the tag is quoted or an example.
pub(super) fn value_at(view: &View<'_>, at: Range<usize>) -> Option<Range<usize>> {
    let line = view.line(at.start);
    let before = &view.text[line.start..at.start];
    let rest = &view.text[at.end..line.end.max(at.end)];
    let colon = colon(view, before, rest)?;
    if !stands_alone(view, before, at.start) || is_ignored(view.text, at.start) {
        return None;
    }
    if view.kind == FileKind::Prose && is_sample(view, before, at.start) {
        return None;
    }
    if is_embedded(view, at.start) {
        return None;
    }
    let start = at.end + colon;
    let value = &view.text[start..line.end];
    let end = CLOSERS.iter().filter_map(|mark| memchr::memmem::find(value, mark));
    // "MIT (see LICENSE)" and "<id>": a bracket at the start is the value.
    let end = end.filter(|end| !value[..*end].trim_ascii().is_empty()).min();
    let value = &value[..end.unwrap_or(value.len())];
    let frame = |byte: &u8| byte.is_ascii_whitespace() || b"\"'|#*/;,`}=!".contains(byte);
    let skipped = value.iter().position(|byte| !frame(byte))?;
    let closing = |byte: &u8| frame(byte) || b".-:\\".contains(byte);
    let last = value.iter().rposition(|byte| !closing(byte))?;
    let value = start + skipped..start + last + 1;
    is_value(&view.text[value.clone()]).then_some(value)
}

/// Returns where the value begins behind the name, which a colon must follow at once.
fn colon(view: &View<'_>, before: &[u8], rest: &[u8]) -> Option<usize> {
    let colon = rest.iter().position(|byte| !matches!(byte, b' ' | b'\t'))?;
    if rest[colon] == b':' {
        return Some(colon + 1);
    }
    // A key of JSON, which has no comments.
    let key = view.facts.extension == "json" && before.trim_ascii() == b"\"";
    let behind = rest.strip_prefix(b"\"")?.trim_ascii_start().starts_with(b":");
    (key && behind).then(|| memchr::memchr(b':', rest).map_or(0, |i| i + 1))
}

/// Returns whether the value can be one: what a program looks for has brackets and backslashes.
fn is_value(value: &[u8]) -> bool {
    !value.iter().any(|byte| b"\\*?[]^|\"'`".contains(byte))
        && value.first().is_some_and(u8::is_ascii)
}

/// Returns whether nothing but a comment's marks stands before the tag, or a sentence of the
/// header itself.
fn stands_alone(view: &View<'_>, before: &[u8], at: usize) -> bool {
    let leader = before.trim_ascii();
    if leader.is_empty() || leader == b"\xef\xbb\xbf" {
        // Without a mark of its own it stands at the start or inside of a comment.
        let prose = Syntax::of(view) != Syntax::Code;
        return prose || is_first(view.text, at) || is_inside_comment(view.text, at);
    }
    let extension = view.facts.extension.as_str();
    let quote = |byte: &u8| match *byte {
        b'"' => !matches!(extension, "vim" | "vimrc" | "json"),
        b'\'' => !matches!(extension, "vb" | "vbs" | "bas" | "brs" | "frm" | "cls"),
        b'`' => true,
        _ => false,
    };
    let doc = [&b"\"\"\""[..], b"'''", b"r\"\"\"", b"'\\\"", b".\\\"", b"@moduledoc \"\"\""];
    if doc.iter().any(|mark| leader.starts_with(mark)) {
        return true;
    }
    if leader.iter().any(quote) {
        return false;
    }
    let words = leader.iter().any(u8::is_ascii_alphanumeric);
    let marks: [&[u8]; 9] = [
        b"rem",
        b"@rem",
        b"dnl",
        b"c",
        b"@c",
        b"@comment",
        b"comment",
        b"\xef\xbb\xbf#",
        b"<?php //",
    ];
    if !words {
        // `=`, `(` and `[` begin values.
        return !leader.iter().any(|byte| b"=[".contains(byte))
            || matches!(leader, b"=" | b"#=" | b"#[" | b"#[[")
            || leader.starts_with(b"--[");
    }
    if marks.iter().any(|mark| leader.eq_ignore_ascii_case(mark)) {
        return true;
    }
    // `package x // SPDX-…`: the comment begins right before the tag.
    let opened: [&[u8]; 9] = [b"//", b"/*", b"#", b"<!--", b"--", b"{#", b"%", b"<#", b";;"];
    if opened.iter().any(|mark| leader.ends_with(mark)) {
        return Syntax::of(view) != Syntax::Prose;
    }
    // `<desc>SPDX-…`
    if Syntax::of(view) == Syntax::Markup && leader.starts_with(b"<") && leader.ends_with(b">") {
        return true;
    }
    // `# Copyright 2020 Us. SPDX-…`
    let lower = leader.to_ascii_lowercase();
    let header = [&b"copyright"[..], b"(c)", b"\xc2\xa9", b"license", b"licence", b"@license"]
        .iter()
        .any(|mark| memchr::memmem::find(&lower, mark).is_some());
    let parted = leader.last().is_some_and(|byte| b"|*,.;)-".contains(byte));
    (header || parted) && head::is_comment(before) && at < head::head(view.text).len()
}

fn is_first(text: &[u8], at: usize) -> bool {
    memchr::memchr_iter(b'\n', &text[..at]).take(FIRST_LINES).count() < FIRST_LINES
}

fn is_inside_comment(text: &[u8], at: usize) -> bool {
    let before = &text[at.saturating_sub(IGNORE_BYTES)..at];
    let last = |mark: &str| memchr::memmem::rfind(before, mark.as_bytes());
    let marks = [
        ("/*", "*/"),
        ("<!--", "-->"),
        ("{#", "#}"),
        ("(*", "*)"),
        ("\n=", "\n=cut"),
        ("<#", "#>"),
    ];
    marks.iter().any(|(open, close)| last(open) > last(close))
}

/// Returns whether `at` stands in a sample of Markdown or another text.
fn is_sample(view: &View<'_>, before: &[u8], at: usize) -> bool {
    let text = &view.text[at.saturating_sub(IGNORE_BYTES)..at];
    let fences = |mark: &[u8]| {
        let opens =
            |i: &usize| *i == 0 || text[..*i].ends_with(b"\n") || text[..*i].ends_with(b" ");
        memchr::memmem::find_iter(text, mark).filter(opens).count() % 2 == 1
    };
    let indented = before.starts_with(b"    ") || before.starts_with(b"\t");
    let comment = memchr::memmem::rfind(text, b"<!--") > memchr::memmem::rfind(text, b"-->");
    let directive = view.facts.extension == "rst" && indented;
    !comment
        && (indented && view.facts.extension != "tex"
            || directive
            || fences(b"```")
            || fences(b"~~~"))
        || view.facts.extension == "adoc" && fences(b"----")
}

/// Returns whether `at` stands in a text that the code holds: a here-document, a template or a
/// string of many lines. What stands above the first code cannot.
pub(super) fn is_embedded(view: &View<'_>, at: usize) -> bool {
    let low = at.saturating_sub(IGNORE_BYTES);
    let before = &view.text[low..at];
    let count = |mark: &[u8]| memchr::memmem::find_iter(before, mark).count();
    match view.facts.extension.as_str() {
        "js" | "ts" | "jsx" | "tsx" | "mjs" | "cjs" | "mts" | "go" => {
            is_in_backticks(before) && low == 0
        }
        "py" | "pyi" | "pyx" | "bzl" => {
            ["\"\"\"", "'''"].iter().any(|mark| {
                count(mark.as_bytes()) % 2 == 1
                    && memchr::memmem::rfind(before, mark.as_bytes()).is_some_and(|i| {
                        let start = memchr::memrchr(b'\n', &before[..i]).map_or(0, |n| n + 1);
                        let opening = own_field(before[start..i].trim_ascii());
                        // The string that a file begins with is its documentation.
                        !opening.is_empty() && opening != b"r" && opening != b"u"
                    })
            })
        }
        _ if view.kind == FileKind::Shell
            || matches!(
                view.facts.extension.as_str(),
                "rb" | "pl" | "pm" | "php" | "tf" | "hcl" | ""
            ) =>
        {
            is_in_heredoc(before)
        }
        "yml" | "yaml" | "sls" => is_in_scalar(before, view, at),
        _ => false,
    }
}

/// Counts backticks outside of comments, where they quote names.
fn is_in_backticks(before: &[u8]) -> bool {
    let code = before.split(|byte| *byte == b'\n').filter(|line| {
        let line = line.trim_ascii_start();
        !line.starts_with(b"//") && !line.starts_with(b"*") && !line.starts_with(b"/*")
    });
    code.map(|line| memchr::memchr_iter(b'`', line).count()).sum::<usize>() % 2 == 1
}

fn is_in_heredoc(before: &[u8]) -> bool {
    let mut open: Option<Vec<u8>> = None;
    for line in before.split(|byte| *byte == b'\n') {
        if let Some(word) = &open {
            if line.trim_ascii() == word.as_slice() {
                open = None;
            }
            continue;
        }
        let Some(at) = memchr::memmem::find(line, b"<<") else { continue };
        let rest = &line[at + 2..];
        let rest = rest.strip_prefix(b"<").unwrap_or(rest);
        let rest = rest.trim_ascii_start();
        let rest = rest.strip_prefix(b"-").or(rest.strip_prefix(b"~")).unwrap_or(rest);
        let quoted = rest
            .iter()
            .position(|b| !matches!(b, b'"' | b'\'' | b'\\' | b' '))
            .unwrap_or(rest.len());
        let word = &rest[quoted..];
        let end = word
            .iter()
            .position(|b| !b.is_ascii_alphanumeric() && *b != b'_')
            .unwrap_or(word.len());
        let comment = line.trim_ascii_start().starts_with(b"#");
        if end > 1 && !comment && word[0].is_ascii_alphabetic() {
            open = Some(word[..end].to_vec());
        }
    }
    open.is_some()
}

/// Returns whether the tag's line belongs to a scalar of many lines: `content: |`.
fn is_in_scalar(before: &[u8], view: &View<'_>, at: usize) -> bool {
    let line = &view.text[view.line(at)];
    let indent = |line: &[u8]| line.iter().take_while(|byte| **byte == b' ').count();
    let own = indent(line);
    let parent = before
        .rsplit(|byte| *byte == b'\n')
        .skip(1)
        .find(|line| !line.trim_ascii().is_empty() && indent(line) < own);
    parent.is_some_and(|line| {
        let line = line.trim_ascii_end();
        let key = line.trim_ascii_start();
        !key.starts_with(b"#")
            && [&b"|"[..], b">", b"|-", b">-", b"|+", b">+"].iter().any(|mark| line.ends_with(mark))
    })
}

fn is_ignored(text: &[u8], at: usize) -> bool {
    let before = &text[at.saturating_sub(IGNORE_BYTES)..at];
    let last = |word: &[u8]| memchr::memmem::rfind(before, word);
    last(b"REUSE-IgnoreStart") > last(b"REUSE-IgnoreEnd")
}

/// Returns whether the tag is about a part of the file, between `SPDX-SnippetBegin` and its end.
pub(super) fn is_snippet(text: &[u8], at: usize) -> bool {
    let before = &text[at.saturating_sub(IGNORE_BYTES)..at];
    let last = |word: &[u8]| memchr::memmem::rfind(before, word);
    last(b"SPDX-SnippetBegin") > last(b"SPDX-SnippetEnd")
}

/// Returns the whole name that begins where `at` does.
fn whole_name(text: &[u8], at: Range<usize>) -> Range<usize> {
    let rest = text[at.start..].iter().take(NAME.len() + 4);
    let len = rest.take_while(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(byte)).count();
    at.start..at.start + len
}

/// Returns whether a name differs from the right one in two letters in one place at most.
fn is_misspelt(name: &[u8]) -> bool {
    let same = name.iter().zip(NAME).take_while(|(a, b)| a == b).count();
    let (name, right) = (&name[same..], &NAME[same..]);
    let tail = name.iter().rev().zip(right.iter().rev()).take_while(|(a, b)| a == b).count();
    name.len() - tail <= 2 && right.len() - tail <= 2
}

/// Finds tags whose value is no SPDX expression, or names an id that SPDX has replaced.
pub(super) struct SpdxTags {
    /// Which of the two.
    pub(super) deprecated: bool,
}

impl Detector for SpdxTags {
    fn reach(&self) -> Reach {
        Reach::HEAD
    }

    fn at(&self, view: &View<'_>, rule: RuleIdx, at: Range<usize>, sink: &mut Sink) {
        // Every tag looks back for the block it may stand in, so their number is bounded.
        if at.start > FAR || sink.len() > MAX_TAGS {
            return;
        }
        let at = whole_name(view.text, at);
        let name = view.text[at.clone()].to_ascii_lowercase();
        if name != NAME && (self.deprecated || !is_misspelt(&name)) {
            return;
        }
        let Some(value) = value_at(view, at.clone()) else { return };
        let text = String::from_utf8_lossy(&view.text[value.clone()]).into_owned();
        if name != NAME {
            if matches!(read(&text).reading, Reading::Licence(_)) {
                let hit = Hit::new(rule, at, Severity::Medium).resting_on(b"tag");
                sink.push(hit.note("no tool reads it: the name is SPDX-License-Identifier"));
            }
            return;
        }
        let generic =
            text.starts_with('<') || text.contains(['$', '%', '{', '@']) || text.contains("...");
        let declared = read(&text);
        match declared.reading {
            _ if generic => {}
            Reading::Template | Reading::File => {}
            Reading::Licence(terms) if self.deprecated => {
                if let Some(expression::Wrinkle::Deprecated(id)) = terms.wrinkle {
                    let hit = Hit::new(rule, value, Severity::Low).resting_on(b"tag");
                    sink.push(hit.note(format!("SPDX has replaced the id {id}")));
                }
            }
            Reading::Proprietary | Reading::Placeholder | Reading::Invalid if !self.deprecated => {
                // The value says it all, whatever stands around it.
                let mut hit = Hit::new(rule, value, Severity::Medium).resting_on(b"tag");
                if let Some(family) = super::names::lookup(&declared.text) {
                    hit = hit.note(format!("close to the id {family}"));
                }
                sink.push(hit);
            }
            _ => {}
        }
    }
}
