// SPDX-License-Identifier: MIT OR Apache-2.0
//! What one file says about licences. Cheap: heads only, but for licence files and manifests.

use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

use super::{
    Declared, Family, Manifest, head, manifest, names, notices, readme,
    statements::{self, Copyright},
    tags,
    texts::{self, Identified},
    words,
};
use crate::{
    domain::{FileKind, LineIndex, PathClass, RepoPath, Span},
    scan::View,
};

/// More of a licence file than this is not read.
const TEXT_BYTES: usize = 256 << 10;
/// More of a file than this is not read when lines of code are counted.
const CODE_BYTES: usize = 64 << 10;
/// A file with fewer lines of code needs no header.
const FEW_LINES: usize = 5;

/// What one file says about licences.
#[derive(Clone, Debug, Default)]
pub struct Observation {
    /// `SPDX-License-Identifier` tags in the head.
    pub tags: Vec<Tag>,
    /// The licence whose notice stands in the head.
    pub notice: Option<Family>,
    /// Whether a copyright line stands in the head.
    pub copyright: bool,
    /// The copyright statements in the head.
    pub copyrights: Vec<Copyright>,
    /// Whether it is source code of more than a few lines, in a language that has comments.
    pub source: bool,
    /// Whether a program wrote the file.
    pub generated: bool,
    /// What a file with a licence's name holds.
    pub text: Option<LicenceText>,
    /// What a README's badge and "License" section name.
    pub readme: Vec<Family>,
    /// What a package manifest declares.
    pub manifest: Option<Manifest>,
}

/// One `SPDX-License-Identifier` tag.
#[derive(Clone, Debug)]
pub struct Tag {
    /// The line, counted from 1.
    pub line: u32,
    /// What it declares.
    pub declared: Declared,
}

/// What a file with a licence's name holds.
#[derive(Clone, Debug)]
pub struct LicenceText {
    /// The licence texts found in it.
    pub identified: Identified,
    /// Licences that are only mentioned, for a file that points to others.
    pub mentioned: Vec<Family>,
    /// Number of words.
    pub words: usize,
    /// Where a name or a year was left to fill in, and the text that stands there.
    pub placeholder: Option<(Span, String)>,
}

impl Observation {
    /// Returns whether the file's head says anything about its licence or owner.
    #[must_use]
    pub fn has_header(&self) -> bool {
        !self.tags.is_empty() || self.notice.is_some() || self.copyright
    }
}

/// Returns what the file says about licences, nothing if it has no say in it.
#[must_use]
pub fn observe(path: &RepoPath, view: &View<'_>) -> Option<Observation> {
    let head = head::head(view.text);
    let mut seen = Observation {
        source: is_source(view),
        generated: view.class == PathClass::Generated,
        text: view.facts.licence.then(|| licence_text(view.text)),
        manifest: manifest::read(path, view),
        ..Observation::default()
    };
    if path.file_name().to_ascii_lowercase().starts_with(b"readme") {
        seen.readme = readme::claims(view.text);
    }
    if speaks_of_licences(head) {
        seen.copyrights = statements::statements(view.text);
    }
    if seen.text.is_none() && speaks_of_licences(head) {
        let words = words::normalise(head);
        seen.tags = tags::in_head(view);
        seen.notice = notices::recognise(&words);
        seen.copyright = has_copyright(head, &words);
        seen.generated |= is_generated(&words);
    }
    let silent = !seen.source
        && !seen.has_header()
        && seen.text.is_none()
        && seen.manifest.is_none()
        && seen.readme.is_empty();
    (!silent).then_some(seen)
}

/// Returns whether the head holds any word that the costly looks wait for.
fn speaks_of_licences(head: &[u8]) -> bool {
    static WORDS: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let words = [
            "licens",
            "licenc",
            "spdx",
            "copyright",
            "(c)",
            "\u{a9}",
            "gpl",
            "permission",
            "redistribution",
            "creativecommons",
            "unencumbered",
            "generated",
            "do not edit",
            "cc0",
        ];
        AhoCorasick::builder().ascii_case_insensitive(true).build(words).ok()
    });
    words.as_ref().is_none_or(|words| words.is_match(head))
}

fn has_copyright(head: &[u8], words: &str) -> bool {
    memchr::memmem::find(head, "\u{a9}".as_bytes()).is_some()
        || words.match_indices(" copyright ").any(|(at, found)| {
            let next = words[at + found.len()..].split(' ').next().unwrap_or("");
            next.starts_with(|c: char| c.is_ascii_digit())
                || matches!(next, "c" | "by" | "the")
                || copyright_line(head)
        })
        || words.match_indices(" c ").any(|(at, _)| words[at + 3..].starts_with("20"))
}

/// Returns whether a comment line begins with the word, as in `# Copyright: Ansible Project`.
fn copyright_line(head: &[u8]) -> bool {
    head.split(|byte| *byte == b'\n').any(|line| {
        let text = &line[head::inner(line, 0..line.len())];
        let named = text.get(..9).is_some_and(|start| start.eq_ignore_ascii_case(b"copyright"));
        let rest = text.get(9..).unwrap_or_default();
        // `copyright = ...` is a variable.
        named && rest.starts_with(b" ") && !rest.trim_ascii().starts_with(b"=")
            || named && rest.starts_with(b":")
    })
}

fn is_generated(words: &str) -> bool {
    let marks = [
        "do not edit",
        "don t edit",
        "automatically generated",
        "auto generated",
        "autogenerated",
        "code generated by",
        "file is generated",
        "file was generated",
        "is generated from",
    ];
    marks.iter().any(|mark| words::has(words, mark))
}

/// Returns whether the file is source code of more than a few lines.
fn is_source(view: &View<'_>) -> bool {
    let extension = &view.facts.extension;
    let markup = matches!(extension.as_str(), "css" | "scss" | "less" | "erb" | "vue" | "m" | "r");
    let code =
        matches!(view.kind, FileKind::Code | FileKind::Shell) && !markup && !extension.is_empty();
    if !code && !matches!(extension.as_str(), "tf" | "hcl") {
        return false;
    }
    let text = &view.text[..view.text.len().min(CODE_BYTES)];
    let code = |line: &&[u8]| !line.trim_ascii().is_empty() && !head::is_comment(line);
    text.split(|byte| *byte == b'\n').filter(code).take(FEW_LINES + 1).count() > FEW_LINES
}

/// Returns whether the name is one under which a licence text is kept.
pub(in crate::scan) fn is_licence_name(path: &RepoPath) -> bool {
    let name = path.file_name().to_ascii_lowercase();
    let starts =
        [&b"license"[..], b"licence", b"unlicense", b"unlicence", b"copying", b"copyright", b"ofl"];
    let extension = path.extension();
    let other =
        matches!(extension.as_str(), "xml" | "go" | "sh" | "gemspec" | "license" | "header");
    let kept = match FileKind::of(path) {
        FileKind::Prose | FileKind::Other => true,
        // A bare name such as LICENSE has no extension and no kind.
        FileKind::Code | FileKind::Shell | FileKind::Config => extension.is_empty(),
    };
    let whole = |start: &&[u8]| {
        name.strip_prefix(*start).is_some_and(|rest| {
            // "licenses" and "copyrights", but not "licensed_apps" or "oflow".
            let rest = rest.strip_prefix(b"s").unwrap_or(rest);
            rest.first().is_none_or(|byte| !byte.is_ascii_lowercase())
        })
    };
    (starts.iter().any(whole) && kept && !other) || in_licences_folder(path)
}

/// Returns whether the file lies in the folder that REUSE keeps texts in.
pub(super) fn in_licences_folder(path: &RepoPath) -> bool {
    path.parent().file_name() == b"LICENSES"
}

fn licence_text(text: &[u8]) -> LicenceText {
    let text = &text[..text.len().min(TEXT_BYTES)];
    let words = words::normalise(text);
    LicenceText {
        identified: texts::identify(&words),
        // A pointer to other files names them at once.
        mentioned: names::mentioned(&words::normalise(head::head(text))),
        words: words::count(&words),
        placeholder: placeholder(text),
    }
}

/// Returns what was left to fill in, outside the parts that tell how to apply the licence.
fn placeholder(text: &[u8]) -> Option<(Span, String)> {
    const MARKS: [&str; 14] = [
        "<year>",
        "<copyright holder",
        "[year]",
        "[fullname]",
        "<owner>",
        "{yyyy}",
        "[yyyy]",
        "<yyyy>",
        "<name of author>",
        "[name of copyright owner]",
        "{name of copyright owner}",
        "<your name",
        "[your name",
        "<full name>",
    ];
    let lower = text.to_ascii_lowercase();
    let find = |mark: &str| memchr::memmem::find(&lower, mark.as_bytes());
    let tails =
        ["how to apply the", "appendix: how to apply", "how to use this license for your software"];
    let end = tails.iter().filter_map(|tail| find(tail)).min().unwrap_or(text.len());
    let (at, mark) = MARKS.iter().filter_map(|mark| find(mark).map(|at| (at, mark))).min()?;
    if at >= end {
        return None;
    }
    let close = lower[at + 1..].iter().position(|byte| b">]}\n".contains(byte));
    let len = close.map_or(mark.len(), |i| i + 2).max(mark.len()).min(80);
    let range = at..(at + len).min(text.len());
    let value = String::from_utf8_lossy(&text[range.clone()]).into_owned();
    Some((LineIndex::new(text).span(text, range), value))
}

#[cfg(test)]
mod tests {
    use super::{is_licence_name, observe};
    use crate::{
        domain::RepoPath,
        scan::{PathFacts, View},
    };

    #[test]
    fn licence_names() {
        let is = |name: &str| is_licence_name(&RepoPath::new(name.as_bytes()));
        for name in [
            "LICENSE",
            "License.txt",
            "LICENCE.md",
            "COPYING.LESSER",
            "UNLICENSE",
            "LICENSE-MIT",
            "a/COPYING",
            "LICENSES/MIT.txt",
        ] {
            assert!(is(name), "{name}");
        }
        for name in [
            "license.go",
            "licensing.md",
            "license.py",
            "copying.sh",
            "a.license",
            "license_server.tf",
            "licensed.txt",
        ] {
            assert!(!is(name), "{name}");
        }
    }

    #[test]
    fn a_header_is_seen() {
        let path = RepoPath::new(b"a.py");
        let code = "x = 1\n".repeat(9);
        let see = |head: &str| {
            observe(&path, &View::new(&PathFacts::of(&path), format!("{head}\n{code}").as_bytes()))
        };
        let seen = see("# SPDX-License-Identifier: MIT\n# Copyright 2020 Us").expect("source");
        assert!(seen.source && seen.copyright && seen.tags.len() == 1 && !seen.generated);
        assert!(!see("import os").expect("source").has_header());
        assert!(see("# Copyright: (c) 2017, Us").expect("source").copyright);
        assert!(!see("copyright = read()").expect("source").copyright);
        assert!(see("# Code generated by x. DO NOT EDIT.").expect("source").generated);
    }
}
