// SPDX-License-Identifier: MIT OR Apache-2.0
//! The tags and notices in one file, from its first byte to its last.

use std::{ops::Range, sync::OnceLock};

use aho_corasick::{AhoCorasick, MatchKind};

use super::{Config, Dep5, TOML, is_dep5};
use crate::{
    domain::{FileKind, LineIndex, RepoPath, Span, Spans},
    scan::{View, licensing::heard::Heard},
};

/// More tags or notices than this are a list, not a statement.
const MOST: usize = 32;
/// So many places are looked at before a file counts as a list.
const MOST_PLACES: usize = 2000;
/// A longer value is none.
const LONGEST: usize = 400;

/// What the places are; in the order of `WORDS`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Licence,
    Copyright,
    /// `Copyright` or `©`, which need no colon.
    Notice,
    IgnoreStart,
    IgnoreEnd,
    SnippetStart,
    SnippetEnd,
}

const WORDS: [(&str, Mark); 9] = [
    ("SPDX-License-Identifier:", Mark::Licence),
    ("SPDX-FileCopyrightText:", Mark::Copyright),
    ("SPDX-SnippetCopyrightText:", Mark::Copyright),
    ("Copyright", Mark::Notice),
    ("\u{a9}", Mark::Notice),
    ("REUSE-IgnoreStart", Mark::IgnoreStart),
    ("REUSE-IgnoreEnd", Mark::IgnoreEnd),
    ("SPDX-SnippetBegin", Mark::SnippetStart),
    ("SPDX-SnippetEnd", Mark::SnippetEnd),
];

/// What one file says, and for `REUSE.toml` and `.reuse/dep5` what they say of others.
#[derive(Clone, Debug, Default)]
pub struct Statement {
    /// Expressions for the whole file.
    pub(in crate::scan::licensing) licences: Vec<Stated>,
    /// Copyright notices for the whole file, without the tag or word before them.
    pub(in crate::scan::licensing) copyright: Vec<String>,
    /// Expressions for parts of it.
    pub(in crate::scan::licensing) snippets: Vec<Stated>,
    /// Expressions that stand in a string, perhaps only to be written elsewhere.
    quoted: Vec<Stated>,
    pub(in crate::scan::licensing) config: Option<Config>,
    pub(in crate::scan::licensing) dep5: Option<Dep5>,
}

/// An expression and where it stands.
#[derive(Clone, Debug)]
pub(in crate::scan::licensing) struct Stated {
    pub(in crate::scan::licensing) text: String,
    pub(in crate::scan::licensing) span: Span,
}

/// Returns what the file says, nothing if it says nothing.
pub(in crate::scan::licensing) fn read(
    path: &RepoPath,
    view: &View<'_>,
    heard: &Heard,
) -> Option<Box<Statement>> {
    let mut said = Statement::default();
    if path.file_name() == TOML {
        said.config = Some(Config::read(view.text));
    } else if is_dep5(path) {
        said.dep5 = Some(Dep5::read(view.text));
    }
    if heard.claims() {
        marks(view, &mut said);
    }
    if said.licences.is_empty() {
        // Better than nothing: the file may be of a kind whose comments look like strings.
        let mut quoted = std::mem::take(&mut said.quoted);
        quoted.retain(|one| super::read_expression(&one.text).is_some());
        said.licences = quoted;
    }
    said.quoted = Vec::new();
    let silent = said.licences.is_empty()
        && said.copyright.is_empty()
        && said.snippets.is_empty()
        && said.config.is_none()
        && said.dep5.is_none();
    (!silent).then(|| Box::new(said))
}

fn marks(view: &View<'_>, said: &mut Statement) {
    static AUTOMATON: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let automaton = AUTOMATON.get_or_init(|| {
        // "Copyright" stands in the names of tags as well.
        let kind = MatchKind::LeftmostFirst;
        AhoCorasick::builder().match_kind(kind).build(WORDS.map(|(word, _)| word)).ok()
    });
    let Some(automaton) = automaton else { return };
    let mut index = None;
    let (mut ignored, mut snippet) = (false, false);
    // Up to here the text belongs to the notice before.
    let mut told = 0;
    let mut found = Vec::new();
    for hit in automaton.find_iter(view.text).take(MOST_PLACES) {
        let mark = WORDS[hit.pattern().as_usize()].1;
        match mark {
            Mark::IgnoreStart => ignored = true,
            Mark::IgnoreEnd => ignored = false,
            Mark::SnippetStart => snippet = true,
            Mark::SnippetEnd => snippet = false,
            _ if ignored => {}
            Mark::Licence => {
                if found.len() < MOST
                    && let Some(tag) = licence(view, hit.range())
                {
                    found.push((tag, snippet));
                }
            }
            Mark::Copyright | Mark::Notice => {
                // "Copyright ©" is one notice.
                if !snippet
                    && hit.start() >= told
                    && said.copyright.len() < MOST
                    && let Some(notice) = notice(view, hit.range(), mark)
                {
                    said.copyright.push(notice);
                    told = view.line(hit.start()).end;
                }
            }
        }
    }
    for (Tag { range, text, quoted }, snippet) in found {
        let index = index.get_or_insert_with(|| LineIndex::new(view.text));
        let span = Spans::new(index, view.text).next(range);
        let stated = Stated { text, span };
        match (snippet, quoted) {
            (_, true) => said.quoted.push(stated),
            (true, false) => said.snippets.push(stated),
            (false, false) => said.licences.push(stated),
        }
    }
}

struct Tag {
    range: Range<usize>,
    text: String,
    /// Whether it stands in a string of code.
    quoted: bool,
}

/// Reads the tag whose name stands at `at`.
fn licence(view: &View<'_>, at: Range<usize>) -> Option<Tag> {
    let line = view.line(at.start);
    let before = view.text[line.start..at.start].trim_ascii();
    let end = line.end.max(at.end);
    let value = &view.text[at.end..end];
    let last = before.last().copied();
    let code = before.iter().any(u8::is_ascii_alphanumeric);
    if view.kind == FileKind::Prose && (last == Some(b'`') || in_code(view, line.start, at.start)) {
        return None;
    }
    let closers = [&b"*/"[..], b"-->", b"#}", b"%>", b"\"\"\"", b"*)", b"}}", b"</", b"-}", b"]]"];
    let stop = closers.iter().filter_map(|mark| memchr::memmem::find(value, mark)).min();
    let value = &value[..stop.unwrap_or(value.len())];
    let frame = |byte: &u8| byte.is_ascii_whitespace() || b"\"'|#*/;,`}".contains(byte);
    let start = value.iter().position(|byte| !frame(byte))?;
    let stop = value.iter().rposition(|byte| !frame(byte))? + 1;
    let text = std::str::from_utf8(&value[start..stop]).ok().filter(|t| t.len() <= LONGEST)?;
    // Nobody knows what a template becomes.
    if text.starts_with(['<', '[', '%', '{']) || text.contains("${") || text.contains("{{") {
        return None;
    }
    let quoted = code && before.iter().any(|byte| b"\"'`".contains(byte));
    Some(Tag { range: at.end + start..at.end + stop, text: text.to_owned(), quoted })
}

/// Returns whether the line is a code block of Markdown.
fn in_code(view: &View<'_>, line: usize, at: usize) -> bool {
    let before = &view.text[line..at];
    let fences = memchr::memmem::find_iter(&view.text[at.saturating_sub(16 << 10)..at], b"```");
    before.starts_with(b"    ") || before.starts_with(b"\t") || fences.count() % 2 == 1
}

/// Reads the notice whose word stands at `at`: a holder must follow.
fn notice(view: &View<'_>, at: Range<usize>, mark: Mark) -> Option<String> {
    let letter = |at: usize| view.text.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let end = view.text.len().min(at.end + LONGEST);
    let rest = &view.text[at.end..end];
    let rest = &rest[..memchr::memchr(b'\n', rest).unwrap_or(rest.len())];
    let word = &view.text[at.clone()];
    if mark == Mark::Notice && word == b"Copyright" {
        let follows = rest.first().is_some_and(|b| b" \t(:,".contains(b))
            || rest.starts_with("\u{a9}".as_bytes())
            || rest.starts_with(b"\xc2\xa0");
        // The tags have a branch of their own.
        if !follows || at.start.checked_sub(1).is_some_and(letter) {
            return None;
        }
    }
    let text = String::from_utf8_lossy(rest);
    let frame = |c: char| c.is_whitespace() || "\"'|#*/;`:,".contains(c);
    let mut text = text.trim_matches(frame);
    for closer in ["*/", "-->", "#}", "%>", "*)"] {
        text = text.split(closer).next().unwrap_or(text);
    }
    for sign in ["(C)", "(c)", "\u{a9}"] {
        text = text.strip_prefix(sign).unwrap_or(text).trim_start();
    }
    let text = text.trim_matches(frame);
    // In code the word is a name or stands in an expression: `Copyright (`.
    text.chars().any(char::is_alphanumeric).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Heard, Statement, read};
    use crate::{
        domain::RepoPath,
        scan::{PathFacts, View},
    };

    fn said(name: &str, text: &str) -> Statement {
        let path = RepoPath::new(name.as_bytes());
        let heard = Heard::of(text.as_bytes());
        let said = read(&path, &View::new(&PathFacts::of(&path), text.as_bytes()), &heard);
        said.map(|said| *said).unwrap_or_default()
    }

    fn licences(name: &str, text: &str) -> String {
        let said = said(name, text);
        said.licences.iter().map(|one| one.text.as_str()).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn tags_are_read_wherever_they_stand() {
        let far = format!("{}# SPDX-License-Identifier: MIT\n", "x = 1\n".repeat(20_000));
        for (name, text, wanted) in [
            ("a.py", far.as_str(), "MIT"),
            ("a.py", "x = 1  # SPDX-License-Identifier: MIT\n", "MIT"),
            ("a.vim", "\" SPDX-License-Identifier: MIT\n", "MIT"),
            ("a.1", ".\\\" SPDX-License-Identifier:MIT\n", "MIT"),
            ("a.xml", "<!-- SPDX-License-Identifier: MIT OR ISC -->\n", "MIT OR ISC"),
            ("a.c", "/* SPDX-License-Identifier: MIT */ /* Copyright 2020 Us */\n", "MIT"),
            ("a.py", "# SPDX-License-Identifier: Foo Bar\n", "Foo Bar"),
            ("a.json", "{\"$comment\": \"SPDX-License-Identifier: MIT\"}\n", "MIT"),
            // Whoever has a tag of their own may write others.
            ("a.py", "# SPDX-License-Identifier: MIT\nx = 'SPDX-License-Identifier: ISC'\n", "MIT"),
        ] {
            assert_eq!(licences(name, text), wanted, "{text:.80}");
        }
    }

    #[test]
    fn what_is_no_tag() {
        for (name, text) in [
            ("a.py", "# REUSE-IgnoreStart\n# SPDX-License-Identifier: MIT\n# REUSE-IgnoreEnd\n"),
            ("a.py", "# REUSE-IgnoreStart\n# SPDX-License-Identifier: MIT\n"),
            ("a.md", "Write `SPDX-License-Identifier: MIT` at the top\n"),
            ("a.md", "```\nSPDX-License-Identifier: MIT\n```\n"),
            ("a.py", "TAG = 'SPDX-License-Identifier: nonsense here'\n"),
            ("a.py", "# SPDX-License-Identifier: <id>\n"),
            ("a.py", "# SPDX-License-Identifier: {{ licence }}\n"),
            ("a.py", "# SPDX-License-Identifier MIT\n"),
            ("a.py", "# SPDX-License-Identifier:\n"),
        ] {
            assert_eq!(licences(name, text), "", "{text}");
        }
    }

    #[test]
    fn snippets_are_parts() {
        let text = "# SPDX-SnippetBegin\n# SPDX-SnippetCopyrightText: 2022 Jane\n\
                    # SPDX-License-Identifier: MIT\nx\n# SPDX-SnippetEnd\n# Copyright 2020 Us\n";
        let said = said("a.py", text);
        assert!(said.licences.is_empty() && said.snippets[0].text == "MIT");
        assert_eq!(said.snippets[0].span.line, 3);
        assert_eq!(said.copyright, ["2020 Us"]);
    }

    #[test]
    fn notices_name_somebody() {
        for (text, wanted) in [
            ("# SPDX-FileCopyrightText: 2020 Us <us@x.example>", "2020 Us <us@x.example>"),
            ("# SPDX-FileCopyrightText:\u{a9} Us", "Us"),
            ("/* Copyright (c) 2020 Us */", "2020 Us"),
            ("Copyright: 2020, Us", "2020, Us"),
            ("Copyright\u{a9} 2020 Us", "2020 Us"),
            ("all \u{a9} Us", "Us"),
            ("x = \"Copyright 2020 Us\"", "2020 Us"),
        ] {
            assert_eq!(said("a.txt", text).copyright, [wanted], "{text}");
        }
        for text in [
            "copyright 2020 Us",
            "(c) 2020 Us",
            "# Copyright",
            "# SPDX-FileCopyrightText:",
            "x = Copyrighted",
            "hasCopyright = 1",
            "SPDX-FileContributor: Us",
            "&copy; 2020 Us",
        ] {
            assert_eq!(said("a.txt", text).copyright, Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn lists_end_soon() {
        let text = "Copyright 2020 Us SPDX-License-Identifier: MIT\n".repeat(100_000);
        let said = said("a.txt", &text);
        assert!(said.copyright.len() == 32 && said.licences.len() == 32);
    }
}
