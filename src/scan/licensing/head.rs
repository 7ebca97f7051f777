// SPDX-License-Identifier: MIT OR Apache-2.0
//! The head of a file, and what is a comment in it.

use std::ops::Range;

use crate::{domain::FileKind, scan::View};

/// A licence header stands within this many lines and bytes.
const HEAD_LINES: usize = 60;
const HEAD_BYTES: usize = 8 << 10;
/// How far a comment is followed in either direction.
const BLOCK_BYTES: usize = 2 << 10;
const BLOCK_LINES: u8 = 14;

/// Starts of a comment line. The star is for the lines inside a block comment.
const LEADERS: [&str; 14] =
    ["#", "//", "/*", "*", "--", ";", "%", "<!--", "{#", "<%#", "{{/*", "{{-", "dnl ", "rem "];

/// Extensions of files whose comments are those of XML.
const MARKUP: [&str; 20] = [
    "xml", "xsd", "xsl", "xslt", "html", "htm", "xhtml", "vue", "svelte", "svg", "csproj", "props",
    "targets", "xaml", "fxml", "config", "wsdl", "cshtml", "jsp", "plist",
];

/// Returns the part of `text` in which a licence header stands.
pub(super) fn head(text: &[u8]) -> &[u8] {
    let text = &text[..text.len().min(HEAD_BYTES)];
    let end = memchr::memchr_iter(b'\n', text).nth(HEAD_LINES - 1);
    &text[..end.unwrap_or(text.len())]
}

/// Returns whether `line` is nothing but a comment, judged by how it starts.
pub(super) fn is_comment(line: &[u8]) -> bool {
    let line = line.trim_ascii_start();
    LEADERS.iter().any(|leader| {
        line.get(..leader.len()).is_some_and(|start| start.eq_ignore_ascii_case(leader.as_bytes()))
    })
}

/// Returns the comment that holds `at`, a few KiB of it at most. In prose and files of no known
/// kind it is the paragraph, if it belongs to the file's head.
pub(super) fn comment_around(view: &View<'_>, at: usize) -> Option<Range<usize>> {
    if MARKUP.contains(&view.facts.extension.as_str())
        && let Some(block) = delimited(view, at, b"<!--", b"-->")
    {
        return Some(block);
    }
    let prose = matches!(view.kind, FileKind::Prose | FileKind::Other);
    if prose {
        // A resource file's value is a string, not a header.
        let quoted = view.text[view.line(at).start..at].contains(&b'"');
        return (at < head(view.text).len() && !quoted)
            .then(|| grow(view, at, |line| !blank(line)));
    }
    let shell = matches!(view.facts.extension.as_str(), "ps1" | "psm1" | "psd1");
    if view.kind == FileKind::Code || view.facts.extension == "tf" || shell {
        let marks = [("/*", "*/"), ("\"\"\"", "\"\"\""), ("'''", "'''"), ("<#", "#>")];
        for (open, close) in &marks[..3 + usize::from(shell)] {
            if let Some(block) = delimited(view, at, open.as_bytes(), close.as_bytes()) {
                return Some(block);
            }
        }
    }
    let line = view.line(at);
    // Behind a comment that closed on the same line there is code.
    let closed = memchr::memmem::find(&view.text[line.start..at], b"*/").is_some();
    (is_comment(&view.text[line]) && !closed).then(|| grow(view, at, is_comment))
}

fn blank(line: &[u8]) -> bool {
    line.trim_ascii().is_empty()
}

/// Widens the line of `at` by the lines above and below for which `belongs` holds.
fn grow(view: &View<'_>, at: usize, belongs: impl Fn(&[u8]) -> bool) -> Range<usize> {
    let mut block = view.line(at);
    for _ in 0..BLOCK_LINES {
        if block.len() > BLOCK_BYTES {
            break;
        }
        let Some(end) = block.start.checked_sub(1).filter(|i| view.text[*i] == b'\n') else {
            break;
        };
        let line = view.line(end);
        if !belongs(&view.text[line.clone()]) {
            break;
        }
        block.start = line.start;
    }
    for _ in 0..BLOCK_LINES {
        if block.len() > 2 * BLOCK_BYTES
            || block.end + 1 >= view.text.len()
            || view.text[block.end] != b'\n'
        {
            break;
        }
        let line = view.line(block.end + 1);
        if !belongs(&view.text[line.clone()]) {
            break;
        }
        block.end = line.end;
    }
    block
}

/// Returns the text between `open` and `close` around `at`. Where both are the same, only a
/// docstring that opens in the file's head counts: further down a quote is a string.
fn delimited(view: &View<'_>, at: usize, open: &[u8], close: &[u8]) -> Option<Range<usize>> {
    use memchr::memmem;
    let low = if open == close { 0 } else { at.saturating_sub(BLOCK_BYTES) };
    if open == close && at > head(view.text).len() {
        return None;
    }
    let before = &view.text[low..at];
    let start = memmem::rfind(before, open)?;
    if open == close {
        let opened = memmem::find_iter(before, open).count() % 2 == 1;
        // A string that is assigned or passed is no docstring.
        let alone = view.text[view.line(low + start).start..low + start].trim_ascii().is_empty();
        if !opened || !alone {
            return None;
        }
    } else if memmem::rfind(before, close).is_some_and(|end| end > start) {
        return None;
    }
    let high = view.text.len().min(at + BLOCK_BYTES);
    let end = memmem::find(&view.text[at..high], close).map_or(high, |end| at + end);
    Some((low + start).max(at.saturating_sub(BLOCK_BYTES))..end)
}

/// Returns the part of `line` that is text: without comment leaders, frames and blanks.
pub(super) fn inner(text: &[u8], line: Range<usize>) -> Range<usize> {
    let frame = |byte: &u8| !byte.is_ascii_alphanumeric() && byte.is_ascii() && *byte != b'(';
    let bytes = &text[line.clone()];
    let start = bytes.iter().position(|byte| !frame(byte)).unwrap_or(bytes.len());
    let closing = |byte: &u8| frame(byte) && !matches!(*byte, b'.' | b'!') && *byte != b')';
    let end = bytes.iter().rposition(|byte| !closing(byte)).map_or(start, |end| end + 1);
    line.start + start..line.start + end.max(start)
}

#[cfg(test)]
mod tests {
    use super::{comment_around, head, inner, is_comment};
    use crate::{
        domain::RepoPath,
        scan::{PathFacts, View},
    };

    fn comment<'a>(name: &str, text: &'a str, word: &str) -> Option<&'a str> {
        let facts = PathFacts::of(&RepoPath::new(name.as_bytes()));
        let at = text.find(word)?;
        let block = comment_around(&View::new(&facts, text.as_bytes()), at)?;
        text.get(block)
    }

    #[test]
    fn comments_are_told_from_code() {
        assert!(is_comment(b"  # x") && is_comment(b" * x") && is_comment(b"REM x"));
        assert!(!is_comment(b"x = 1 # y") && !is_comment(b""));
        assert_eq!(comment("a.py", "x\n# a\n# b\ny", "b"), Some("# a\n# b"));
        assert_eq!(comment("a.c", "/* a\n b\n*/ y", "b"), Some("/* a\n b\n"));
        assert_eq!(comment("a.c", "/* a */ b", "b"), None);
        assert_eq!(
            comment("a.py", "\"\"\"Doc\nsecret\n\"\"\"\n", "secret"),
            Some("\"\"\"Doc\nsecret\n")
        );
        assert_eq!(comment("a.py", "x = \"\"\"\nsecret\n\"\"\"\n", "secret"), None);
        assert_eq!(comment("a.xml", "<!--\n a\n b\n-->\n<b/>", "b"), Some("<!--\n a\n b\n"));
        assert_eq!(comment("a.xml", "<!-- a -->\n<b/>", "b/"), None);
        assert_eq!(comment("a.yml", "kind: secret\n", "secret"), None);
        assert_eq!(comment("a.md", "one\n\ntwo\nsecret\n\nthree", "secret"), Some("two\nsecret"));
    }

    #[test]
    fn heads_end_and_frames_go() {
        assert_eq!(head("x\n".repeat(500).as_bytes()).len(), 119);
        assert_eq!(head(&[b'x'; 20_000]).len(), 8192);
        let line = b" * ==  (c) Us. == */";
        assert_eq!(&line[inner(line, 0..line.len())], b"(c) Us.");
        assert_eq!(inner(b"####", 0..4), 4..4);
    }
}
