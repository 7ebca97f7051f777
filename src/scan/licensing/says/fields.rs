// SPDX-License-Identifier: MIT OR Apache-2.0
//! Fields that hold an SPDX expression: `License: MIT`, `@license ISC`, `__license__ = "0BSD"`.

use super::{
    blocks::{Block, lines},
    notice::{self, Said},
    spell,
};
use crate::{
    domain::How,
    scan::{View, licensing::words},
};

/// A field stands within so many lines of code.
const LINES: usize = 120;

/// Reads a field in a comment.
pub(super) fn read(text: &[u8], block: &Block) -> Option<Said> {
    if block.prose {
        return None;
    }
    block.lines.iter().find_map(|line| {
        let bytes = &text[line.clone()];
        let said = std::str::from_utf8(&bytes[..bytes.len().min(200)]).ok()?;
        let trimmed = said.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
        let lower = trimmed.to_ascii_lowercase();
        let name = ["license", "licence"].iter().find(|name| lower.starts_with(**name))?;
        let rest = trimmed[name.len()..].trim_start();
        let tag = said[..said.len() - trimmed.len()].ends_with(['@', '\\']);
        let Some(value) = rest.strip_prefix([':', '=']).or(tag.then_some(rest)) else {
            return named(rest, block.in_head && block.first, line.start);
        };
        let value = value.trim_start_matches(':').trim();
        said_by(value, line.start)
    })
}

/// Reads a line of nothing but "Licence AGPL version 3 or later".
fn named(rest: &str, head: bool, at: usize) -> Option<Said> {
    let plain =
        ["version", "or", "and", "any", "later", "newer", "only", "the", "license", "licence"];
    let fits = |word: &str| {
        plain.contains(&word)
            || word.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit())
            || word
                .strip_prefix('v')
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    let words = rest.split_whitespace();
    if !head || rest.is_empty() || words.clone().count() > 7 || !words.clone().all(fits) {
        return None;
    }
    let row = [b"license: ", rest.as_bytes()].concat();
    let lines = std::iter::once(0..row.len()).collect();
    let block = Block { lines, in_head: true, first: true, ..Block::default() };
    let said = notice::read(&row, &block)?;
    Some(Said { licence: said.licence, how: How::Reference, at, line: 0 })
}

/// Reads a variable that names the licence of its module.
pub(super) fn in_code(view: &View<'_>) -> Option<Said> {
    let names: &[&str] = match view.facts.extension.as_str() {
        "py" | "pyi" | "pyx" => &["__license__", "__licence__"],
        "c" => &["MODULE_LICENSE"],
        _ => return None,
    };
    let all = if names.len() == 1 { usize::MAX } else { LINES };
    lines(view.text).take(all).find_map(|line| {
        let bytes = &view.text[line.clone()];
        let name = names.iter().find(|name| bytes.starts_with(name.as_bytes()))?;
        let said = std::str::from_utf8(&bytes[name.len()..bytes.len().min(200)]).ok()?;
        let value = said.trim_start_matches([' ', '=', '(']).trim_start_matches(['"', '\'']);
        let value = value.split(['"', '\'']).next().unwrap_or_default();
        let kernel = match value {
            _ if names.len() > 1 => None,
            "GPL" => Some("GPL-2.0-or-later"),
            "GPL v2" => Some("GPL-2.0-only"),
            "Dual BSD/GPL" => Some("GPL-2.0-only OR BSD-3-Clause"),
            "Dual MIT/GPL" => Some("GPL-2.0-only OR MIT"),
            "Dual MPL/GPL" => Some("GPL-2.0-only OR MPL-1.1"),
            _ => None,
        };
        let known = kernel.map(str::to_owned).or_else(|| spell::expression(value));
        let found = known.or_else(|| {
            let block =
                Block { lines: vec![line.clone()], in_head: true, first: true, ..Block::default() };
            // What is between the quotes is the value, and quotes are for what is quoted.
            let row = [b"license: ", value.as_bytes()].concat();
            let block = Block { lines: std::iter::once(0..row.len()).collect(), ..block };
            notice::read(&row, &block).map(|said| said.licence)
        })?;
        Some(Said { licence: found, how: How::Reference, at: line.start, line: 0 })
    })
}

/// Reads `<a rel="license" href="…">` of a page: what the choosers of licences give out.
pub(super) fn linked(view: &View<'_>) -> Option<Said> {
    let mut found: Option<Said> = None;
    for mark in [&b"rel=\"license\""[..], b"rel='license'"] {
        for at in memchr::memmem::find_iter(view.text, mark).take(LINES) {
            let start = memchr::memrchr(b'<', &view.text[at.saturating_sub(400)..at])?;
            let start = at.saturating_sub(400) + start;
            let end = at + memchr::memchr(b'>', &view.text[at..])?;
            let words = words::normalise(&view.text[start..end]);
            let licence = notice::named_in(&words)?.to_owned();
            match &found {
                // Each part of a gallery has its own.
                Some(known) if known.licence != licence => return None,
                Some(_) => {}
                None => found = Some(Said { licence, how: How::Reference, at: start, line: 0 }),
            }
        }
    }
    found
}

fn said_by(value: &str, at: usize) -> Option<Said> {
    let value =
        value.trim_matches(|c: char| matches!(c, '"' | '\'' | '.' | ',' | '*' | '/' | ' ' | '`'));
    let licence = spell::expression(value)?;
    Some(Said { licence, how: How::Reference, at, line: 0 })
}
