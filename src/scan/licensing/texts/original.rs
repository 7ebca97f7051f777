// SPDX-License-Identifier: MIT OR Apache-2.0
//! A text of the list as a file that somebody can publish: without marks, with every part that may
//! be missing, and with the first of several spellings.

use super::corpus;

/// The lines of the list are no longer than this: where more would have fitted, its text begins a
/// new line.
const LISTED: usize = 100;
/// The lines of the file are no longer than this.
const WIDE: usize = 78;
/// An optional part of more letters is a paragraph.
const PARAGRAPH: usize = 80;
/// What ids say that texts do not.
const UNSAID: [&str; 7] =
    ["+", "-only", "-or-later", "-RFN", "-invariants", "-no-copyleft-exception", "-no"];
/// Blanks that are spelt otherwise than those of other texts, and how those are.
const BLANKS: [(&str, &str); 4] = [
    ("<copyright notice>", "Copyright (c) <year> <copyright holders>"),
    ("Copyright (c) <year> <owner>.", "Copyright (c) <year> <owner>"),
    ("<dates>, <Copyright Holder> (<URL|email>),", "<year> <copyright holders>"),
    ("with Reserved Font Name <Reserved Font Name>.", ""),
];

/// Returns the text of the licence or exception with the SPDX id.
#[must_use]
pub(crate) fn original(id: &str) -> Option<String> {
    let mut base = id;
    let marked = loop {
        if let Some(text) = corpus::text(base) {
            break text;
        }
        base = UNSAID.iter().find_map(|end| base.strip_suffix(end))?;
    };
    Some(rendered(marked))
}

fn rendered(marked: &str) -> String {
    let mut out = String::new();
    for line in lines(marked) {
        let mut line = plain(&line);
        for (blank, usual) in BLANKS {
            if line.ends_with(blank) {
                line = line.replace(blank, usual);
            }
        }
        let rule = !line.is_empty() && line.bytes().all(|byte| b"-=*".contains(&byte));
        if rule && out.ends_with("\n\n") {
            out.pop();
        }
        if !line.is_empty() || !(out.is_empty() || out.ends_with("\n\n")) {
            wrap(&line, &mut out);
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// Returns the lines as they were before they were folded, a blank one between paragraphs.
fn lines(marked: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut last = "";
    for line in marked.trim().lines() {
        let first = line.split(' ').next().unwrap_or_default();
        let fits = last.chars().count() + 1 + first.chars().count() <= LISTED;
        let joins = out.last().is_some_and(|now| {
            now.rfind("[[a ") > now.rfind("]]") || !(fits || now.is_empty() || line.is_empty())
        });
        match out.last_mut().filter(|_| joins) {
            Some(now) => *now = format!("{now} {line}"),
            None => out.push(line.to_owned()),
        }
        last = line;
    }
    out.iter().flat_map(|line| parted(line)).collect()
}

/// Parts a line where a long part that may be missing follows another part.
fn parted(line: &str) -> Vec<String> {
    const BETWEEN: &str = "]] [[o ";
    for (at, _) in line.match_indices(BETWEEN) {
        let rest = &line[at + BETWEEN.len()..];
        let len = rest.find("]]").unwrap_or(rest.len());
        if len > PARAGRAPH && rest.starts_with(char::is_uppercase) {
            let mut out = vec![line[..at].to_owned(), String::new()];
            out.extend(parted(rest));
            return out;
        }
    }
    vec![line.to_owned()]
}

/// Returns the line without its marks.
fn plain(line: &str) -> String {
    let mut out = String::new();
    let mut gap = false;
    let mut rest = line;
    while !rest.is_empty() {
        if let Some(choices) = rest.strip_prefix("[[a") {
            let end = choices.find("]]").unwrap_or(choices.len());
            let first = choices[..end].split('|').next().unwrap_or_default().trim();
            gap = append(&mut out, gap, first) && gap;
            rest = choices.get(end + 2..).unwrap_or_default();
        } else if let Some(inside) = rest.strip_prefix("[[") {
            rest = inside.get(1..).unwrap_or_default();
        } else if let Some(behind) = rest.strip_prefix("]]") {
            rest = behind;
        } else {
            let ends = ["[[", "]]"].iter().filter_map(|mark| rest.find(mark));
            let (text, more) = rest.split_at(ends.min().unwrap_or(rest.len()));
            gap |= text.starts_with(' ');
            if !append(&mut out, gap, text.trim()) {
                gap = text.ends_with(' ');
            }
            rest = more;
        }
    }
    out
}

/// Appends a piece, behind a space if there was one beside the mark and the text had it too; returns
/// whether there was nothing to append.
fn append(out: &mut String, gap: bool, piece: &str) -> bool {
    let Some(next) = piece.chars().next() else { return true };
    let quoted = out.matches('"').count() % 2 == 1;
    let before = out.chars().next_back().unwrap_or('(');
    let closes = next == '"' && quoted && !piece[1..].starts_with(char::is_alphanumeric);
    let tight =
        closes || ",.;:)?!>]/".contains(next) || "(<[/".contains(before) || before == '"' && quoted;
    if gap && !tight {
        out.push(' ');
    }
    out.push_str(piece);
    false
}

fn wrap(line: &str, out: &mut String) {
    let mut width = 0;
    for word in line.split(' ').filter(|word| !word.is_empty()) {
        let len = word.chars().count();
        if width > 0 && width + 1 + len > WIDE && !opens_line(word) {
            out.push('\n');
            width = 0;
        } else if width > 0 {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += len;
    }
    out.push('\n');
}

/// Returns whether a line that begins with the word would be taken for an item of a list or for a
/// statement of copyright.
fn opens_line(word: &str) -> bool {
    let item = word.len() <= 5 && word.ends_with(['.', ')']);
    item || word.get(..9).is_some_and(|head| head.eq_ignore_ascii_case("copyright"))
}

#[cfg(test)]
mod tests {
    use super::{original, rendered};
    use crate::scan::licensing::texts::{corpus, identify};

    #[test]
    fn marks_are_gone_and_the_words_are_there() {
        let text = "[[t The X\nVersion 1 ]]\n\n[[c <copyright notice> ]]\n\n[[b 1. ]] Head\n\n[[o ---- \
                    ]]\n\nYou [[a may | can | * ]] go and [[o /or ]] come (the \" [[a Way | path ]] \
                    \"), [[o < ]] far [[o > ]] [[a ]] , [x].";
        let expected = "The X\nVersion 1\n\nCopyright (c) <year> <copyright holders>\n\n1. Head\n\
                        ----\n\nYou may go and/or come (the \"Way\"), <far>, [x].\n";
        assert_eq!(rendered(text), expected);
    }

    #[test]
    fn ids_that_say_more_than_the_text_have_it() {
        for id in ["GPL-2.0-or-later", "GPL-2.0+", "OFL-1.1-no-RFN", "Classpath-exception-2.0"] {
            assert!(original(id).is_some(), "{id}");
        }
        assert!(original("Nonsense-1.0").is_none());
        assert!(original("").is_none());
    }

    /// The list begins with as many common texts.
    const COMMON: usize = 40;

    #[test]
    fn common_texts_are_identified_as_themselves() {
        for entry in &corpus::entries()[..COMMON] {
            let text = rendered(entry.text);
            assert!(!text.contains("[[") && !text.contains("]]"), "{text}");
            let found = identify(text.as_bytes()).names();
            assert!(found.iter().any(|name| name == entry.id), "{} {found:?}", entry.id);
        }
    }
}
