// SPDX-License-Identifier: MIT OR Apache-2.0
//! Which licence texts a file holds, and whether somebody changed them.
//!
//! The words of the file are laid beside the templates of the SPDX list, which say what may
//! differ. Common texts are tried first; the rest of the list is read when they do not settle it.

mod align;
mod charge;
mod corpus;
mod difference;
mod marks;
mod original;
mod search;
mod shingles;
mod spelling;
mod template;
mod tokens;

use std::ops::Range;

pub use difference::{Run, RunKind, render};
pub(crate) use original::original;

use super::Family;

/// More of a text than this is not read.
const MOST_BYTES: usize = 256 << 10;

/// One licence text in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The licence, without what its text does not say.
    pub family: Family,
    /// The exception whose text stands beside it.
    pub exception: Option<&'static str>,
    /// What differs from the original, for a text that somebody changed.
    pub altered: Option<Vec<Run>>,
    /// Whether the change is long, or could turn the meaning around.
    pub grave: bool,
    /// Where the first change stands in the file, or the text where nothing was changed, in bytes.
    pub place: Range<usize>,
    /// The lines that it stands on, counted from 1; the last is included.
    pub lines: (u32, u32),
}

impl Match {
    /// Returns what to call it: an altered text never by the id of the original alone.
    #[must_use]
    pub fn name(&self) -> String {
        let base = if self.altered.is_some() {
            format!("LicenseRef-altered-{}", self.family)
        } else {
            self.family.to_string()
        };
        match self.exception {
            Some(exception) if self.altered.is_none() => format!("{base} WITH {exception}"),
            _ => base,
        }
    }
}

/// What a text turned out to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identified {
    /// The licences whose texts are there, each once, in the order in which they begin.
    pub licences: Vec<Family>,
    /// Every text, in order; a licence can be there several times.
    pub matches: Vec<Match>,
    /// For a text of no known licence the one that is most like it, and how much of that is
    /// there, in percent.
    pub closest: Option<(Family, u8)>,
}

impl Identified {
    /// Returns the first text that somebody changed.
    #[must_use]
    pub fn altered(&self) -> Option<&Match> {
        self.matches.iter().find(|one| one.altered.is_some())
    }

    /// Returns what the texts are called, each once, in order.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for name in self.matches.iter().map(Match::name) {
            if !out.contains(&name) {
                out.push(name);
            }
        }
        out
    }
}

/// Identifies the licence texts that a whole file holds.
#[must_use]
pub fn identify(text: &[u8]) -> Identified {
    let text = &text[..text.len().min(MOST_BYTES)];
    search::whole(&String::from_utf8_lossy(text))
}

/// Identifies the licence texts in a comment, whatever else it says.
#[must_use]
pub fn inside(text: &[u8]) -> Vec<Match> {
    let text = &text[..text.len().min(MOST_BYTES)];
    search::part(&String::from_utf8_lossy(text))
}

/// Does as [`inside`] where no common text is there: slower, as all texts of the list may be.
#[must_use]
pub(super) fn inside_rarely(text: &[u8]) -> Vec<Match> {
    let text = &text[..text.len().min(MOST_BYTES)];
    search::any_part(&String::from_utf8_lossy(text))
}

/// Returns the line of each end of a range of bytes, counted from 1.
fn lines(text: &str, range: &Range<usize>) -> (u32, u32) {
    let count = |range: Range<usize>| {
        let bytes = text.as_bytes().get(range).unwrap_or_default();
        u32::try_from(memchr::memchr_iter(b'\n', bytes).count()).unwrap_or(u32::MAX)
    };
    let first = 1 + count(0..range.start);
    (first, first + count(range.clone()))
}
