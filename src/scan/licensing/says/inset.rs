// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a file says in the places that its format has for it: the `/*!` banner in the middle of a
//! page, the licence element of a drawing, the paragraphs of a notebook.

use std::ops::Range;

use memchr::memmem;

use super::{
    blocks::{Block, lines},
    notice::{self, Said},
};
use crate::{domain::How, scan::View};

/// A banner stands within so many bytes.
const BANNER_BYTES: usize = 64 << 10;
/// More banners are a bundle of other people's work.
const MOST_BANNERS: usize = 4;
/// So many lines of a notebook that speak of licences are read.
const MOST_LINES: usize = 8;

/// Reads what the format of the file has a place for.
pub(super) fn read(view: &View<'_>) -> Option<Said> {
    match view.facts.extension.as_str() {
        "svg" => drawing(view.text),
        "ipynb" => notebook(view.text),
        "html" | "htm" | "php" | "js" | "mjs" | "cjs" | "css" | "scss" | "less" | "vue" => {
            banner(view.text)
        }
        _ => None,
    }
}

/// Reads the first banner that names a licence.
fn banner(text: &[u8]) -> Option<Said> {
    let head = &text[..text.len().min(BANNER_BYTES)];
    memmem::find_iter(head, b"/*!").take(MOST_BANNERS).find_map(|at| {
        let end = at + memmem::find(&head[at..], b"*/")?;
        let rows = lines(&head[at + 3..end]).map(|row| at + 3 + row.start..at + 3 + row.end);
        said(text, rows.collect(), false)
    })
}

/// Reads `<cc:license rdf:resource="…">`.
fn drawing(text: &[u8]) -> Option<Said> {
    let at = memmem::find(text, b"<cc:license")?;
    let tag = at..at + memchr::memchr(b'>', &text[at..])?;
    let name = b"rdf:resource=";
    let from = tag.start + memmem::find(&text[tag.clone()], name)? + name.len() + 1;
    let quote = *text.get(from - 1)?;
    let value = from..from + memchr::memchr(quote, &text[from..tag.end])?;
    let row = [b"license: ", &text[value]].concat();
    let all = std::iter::once(0..row.len()).collect();
    Some(Said { at, how: How::Reference, ..said(&row, all, false)? })
}

/// Reads the strings of a notebook that speak of a licence, each as a paragraph.
fn notebook(text: &[u8]) -> Option<Said> {
    let word = aho_corasick::AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(["licens", "licenc"])
        .ok()?;
    let rows = lines(text).filter_map(|row| {
        let bytes = &text[row.clone()];
        let inner = bytes.trim_ascii();
        let cell = inner.len() < 2000 && inner.starts_with(b"\"") && word.is_match(inner);
        let start = row.start + (bytes.len() - bytes.trim_ascii_start().len()) + 1;
        let end = inner.strip_suffix(b",").unwrap_or(inner);
        let end = end.strip_suffix(b"\"").unwrap_or(end);
        let end = end.strip_suffix(b"\\n").unwrap_or(end);
        // A field of the metadata has a colon behind its name.
        let field = memmem::find(end, b"\": ").is_some();
        (cell && !field && end.len() > 1).then(|| start..start + end.len() - 1)
    });
    rows.take(MOST_LINES).find_map(|row| said(text, vec![row], true))
}

fn said(text: &[u8], lines: Vec<Range<usize>>, prose: bool) -> Option<Said> {
    let banner = !prose;
    notice::read(text, &Block { lines, first: true, in_head: true, prose, banner })
}
