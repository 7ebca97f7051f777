// SPDX-License-Identifier: MIT OR Apache-2.0
//! `SPDX-License-Identifier` tags: where they stand and whether they can be read.

use std::ops::Range;

use super::{Declared, Reading, Tag, expression, head};
use crate::{
    domain::{FileKind, RuleIdx, Severity},
    scan::{Detector, Hit, Reach, Sink, View},
};

const NAME: &[u8] = b"spdx-license-identifier";
/// A head with more tags than this is a list, not a header.
const MAX_TAGS: usize = 16;
/// How far a `REUSE-IgnoreStart` is looked for above a tag.
const IGNORE_BYTES: usize = 16 << 10;
/// A tag further down belongs to something quoted.
const FAR: usize = 256 << 10;

/// Returns the tags in the file's head.
pub(super) fn in_head(view: &View<'_>) -> Vec<Tag> {
    let lower = head::head(view.text).to_ascii_lowercase();
    let places = memchr::memmem::find_iter(&lower, NAME);
    let tag = |at: usize| {
        let value = value_at(view, at..at + NAME.len())?;
        let line = memchr::memchr_iter(b'\n', &view.text[..at]).count() + 1;
        let declared = read(&String::from_utf8_lossy(&view.text[value]));
        Some(Tag { line: u32::try_from(line).unwrap_or(u32::MAX), declared })
    };
    places.take(MAX_TAGS).filter_map(tag).collect()
}

/// Reads a tag's value. Names that a manifest may use are not allowed in a tag.
fn read(text: &str) -> Declared {
    // A remark may follow the expression: "MIT (see LICENSE)" or "MIT # comment".
    let cut = [" (see", " # ", " // ", " -- ", "\t", " - "];
    let end = cut.iter().filter_map(|mark| text.find(mark)).min().unwrap_or(text.len());
    let text = text[..end].trim();
    let declared = Declared::read(text);
    match declared.reading {
        Reading::Licence(_) if expression::parse_spdx(text).is_none() => {
            Declared { text: declared.text, reading: Reading::Invalid }
        }
        _ => declared,
    }
}

/// Returns the value after the tag's name at `at`, unless the tag is quoted or an example.
fn value_at(view: &View<'_>, at: Range<usize>) -> Option<Range<usize>> {
    let line = view.line(at.start);
    let before = &view.text[line.start..at.start];
    let leader = before.trim_ascii();
    let plain = leader.is_empty()
        || leader == b"\"\"\""
        || leader == b"..".as_slice()
        || (head::is_comment(leader)
            && !leader.iter().any(|b| b.is_ascii_alphanumeric() || b"`\"'".contains(b)));
    let indented_prose = view.kind == FileKind::Prose && before.starts_with(b"    ");
    if !plain || indented_prose || is_fenced(view, at.start) || is_ignored(view, at.start) {
        return None;
    }
    let rest = &view.text[at.end..line.end.max(at.end)];
    let colon = rest.iter().position(|byte| !byte.is_ascii_whitespace())?;
    if rest[colon] != b':' {
        return None;
    }
    let start = at.end + colon + 1;
    let value = &view.text[start..line.end];
    let closers = [&b"*/"[..], b"-->", b"#}", b"%>", b"\"\"\"", b"*)", b"}}"];
    let end = closers.iter().filter_map(|mark| memchr::memmem::find(value, mark)).min();
    let value = &value[..end.unwrap_or(value.len())];
    let frame = |byte: &u8| byte.is_ascii_whitespace() || b"\"'|#*/;,`}".contains(byte);
    let skipped = value.iter().position(|byte| !frame(byte))?;
    let last = value.iter().rposition(|byte| !frame(byte))?;
    Some(start + skipped..start + last + 1)
}

/// Returns whether `at` stands in a fenced block of Markdown.
fn is_fenced(view: &View<'_>, at: usize) -> bool {
    view.kind == FileKind::Prose
        && memchr::memmem::find_iter(&view.text[at.saturating_sub(IGNORE_BYTES)..at], b"```")
            .count()
            % 2
            == 1
}

fn is_ignored(view: &View<'_>, at: usize) -> bool {
    let before = &view.text[at.saturating_sub(IGNORE_BYTES)..at];
    let last = |word: &[u8]| memchr::memmem::rfind(before, word);
    last(b"REUSE-IgnoreStart") > last(b"REUSE-IgnoreEnd")
}

/// Finds tags whose value is no SPDX expression, or names an id that SPDX has replaced.
pub(super) struct SpdxTags;

impl Detector for SpdxTags {
    fn reach(&self) -> Reach {
        Reach::HEAD
    }

    fn at(&self, view: &View<'_>, rule: RuleIdx, at: Range<usize>, sink: &mut Sink) {
        // Every tag looks back for the block it may stand in, so their number is bounded.
        if at.start > FAR {
            return;
        }
        let Some(value) = value_at(view, at) else { return };
        let text = String::from_utf8_lossy(&view.text[value.clone()]).into_owned();
        let generic = text.starts_with('<') || text.contains("$") || text.contains('%');
        let declared = read(&text);
        let hit = |severity| Hit::new(rule, value.clone(), severity);
        match declared.reading {
            _ if generic => {}
            Reading::Template | Reading::File => {}
            Reading::Licence(terms) => {
                if let Some(expression::Wrinkle::Deprecated(id)) = terms.wrinkle {
                    sink.push(hit(Severity::Low).note(format!("SPDX has replaced the id {id}")));
                }
            }
            Reading::Proprietary | Reading::Placeholder | Reading::Invalid => {
                let mut hit = hit(Severity::Medium);
                if let Some(family) = super::names::lookup(&declared.text) {
                    hit = hit.note(format!("close to the id {family}"));
                }
                sink.push(hit);
            }
        }
    }
}
