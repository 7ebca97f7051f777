// SPDX-License-Identifier: MIT OR Apache-2.0
//! Badges that name a licence. Those that ask a forge for it say nothing themselves.

use super::{Said, names, words};
use crate::scan::licensing::Family;

pub(super) const LABELS: [&str; 5] =
    ["badge/license-", "badge/licence-", "badge/licensed-", "badge/licenses-", "badge/lizenz-"];
/// Sites that badges link to.
const LINKS: [&str; 8] = [
    "://opensource.org/licenses/",
    "://opensource.org/license/",
    "://www.opensource.org/licenses/",
    "://choosealicense.com/licenses/",
    "://www.gnu.org/licenses/",
    "://www.apache.org/licenses/",
    "://spdx.org/licenses/",
    "://creativecommons.org/licenses/",
];

/// Returns what the badges on a line, which begins at `start`, name.
pub(super) fn read(line: &str, start: usize) -> Option<Said> {
    let lower = line.to_ascii_lowercase();
    let mut families: Vec<Family> = Vec::new();
    let mut add = |family: Family| {
        if !families.iter().any(|other| other.fits(&family)) {
            families.push(family);
        }
    };
    for label in LABELS {
        for (at, _) in lower.match_indices(label).take(4) {
            message(&line[at + label.len()..]).into_iter().for_each(&mut add);
        }
    }
    said_instead(line, &lower).into_iter().for_each(&mut add);
    if is_image(&lower) {
        for link in LINKS {
            for (at, _) in lower.match_indices(link).take(4) {
                names::lookup(&format!("https{}", address(&line[at..])))
                    .into_iter()
                    .for_each(&mut add);
            }
        }
    }
    let later = lower.contains("or-later") || lower.contains("or--later") || lower.contains("%2b");
    let range = start..start + line.len();
    (!families.is_empty()).then_some(Said { families, later, badge: true, range })
}

/// Reads what stands in place of an image: `alt="MIT License"`, `![License: MIT](…)`.
fn said_instead(line: &str, lower: &str) -> Option<Family> {
    let of = |open: &str, close: char| {
        let image = open == "![" || lower.contains("<img");
        let (at, _) = lower.match_indices(open).find(|_| image)?;
        let said = line[at + open.len()..].split(close).next()?;
        let small = lower.get(at + open.len()..at + open.len() + said.len())?;
        let names = small.len() < 60 && small.contains("licen");
        let name = ["license:", "licence:", "license", "licence"];
        let start = name.iter().find(|name| small.starts_with(**name)).map_or(0, |name| name.len());
        names.then(|| names::lookup(said[start..].trim())).flatten()
    };
    of("alt=\"", '"').or_else(|| of("![", ']'))
}

/// Whether an image is shown on the line, or linked.
fn is_image(lower: &str) -> bool {
    let parts = ["[![", "![", "<img", "target:", "image:", "shields.io", "badge"];
    parts.iter().any(|part| lower.contains(part))
}

pub(super) fn address(text: &str) -> &str {
    let end = text.find([')', '"', '\'', '>', ']', ' ', '[', '<']).unwrap_or(text.len());
    &text[..end]
}

/// Reads `MESSAGE-COLOUR.svg?style=…`, where `--` is a dash and `_` a blank.
pub(super) fn message(text: &str) -> Vec<Family> {
    let whole = address(text).split(['?', '#']).next().unwrap_or("");
    if whole.len() > 120 {
        return Vec::new();
    }
    let whole = whole
        .replace("--", "\u{0}")
        .replace("%20", " ")
        .replace("%2F", "/")
        .replace("%2f", "/")
        .replace("%2B", "+");
    let name = whole.rsplit_once('-').map_or(whole.as_str(), |(name, _)| name);
    let name = name.replace('\u{0}', "-").replace('_', " ");
    match names::lookup(&name) {
        Some(family) => vec![family],
        None => names::mentioned(&words::normalise(name.as_bytes())),
    }
}
