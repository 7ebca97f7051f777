// SPDX-License-Identifier: MIT OR Apache-2.0
//! Which version of a GNU licence a notice means, and whether a later one will do.

use super::{blocks::Words, table::Gnu};

/// Words that may stand between a licence's name and its version.
const BETWEEN: [&str; 25] = [
    "as",
    "published",
    "by",
    "the",
    "free",
    "software",
    "foundation",
    "inc",
    "fsf",
    "license",
    "v",
    "ver",
    "version",
    "versions",
    "either",
    "of",
    "in",
    "its",
    "gpl",
    "lgpl",
    "agpl",
    "gnu",
    "s",
    "at",
    "least",
];
/// So many words may stand there.
const MOST_BETWEEN: usize = 16;
/// "or (at your option) any later version" stands within so many words behind the version.
const MOST_LATER: usize = 14;

/// Which version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Version {
    /// The versions that will do, as SPDX spells them; none where the notice names none.
    pub(super) numbers: Vec<&'static str>,
    /// Whether a later one will do too.
    pub(super) later: bool,
    /// The word behind all that says so.
    pub(super) end: usize,
}

/// Reads the version of the licence whose name takes the words from `start` to `end`. What
/// belongs to other names, outside of `bounds`, is not looked at.
pub(super) fn version(
    words: &Words<'_>,
    gnu: Gnu,
    (start, end): (usize, usize),
    bounds: (usize, usize),
) -> Version {
    let mut found = behind(words, gnu, end, bounds.1)
        .or_else(|| before(words, gnu, start, bounds.0))
        .unwrap_or(Version { numbers: Vec::new(), later: false, end });
    let plain = found.numbers.len() == 1 && !found.later;
    if plain {
        found = later_of(words, gnu, found, bounds.1);
    }
    found
}

/// Reads `2.1`, `v2`, `2+`.
fn number(gnu: Gnu, word: &str) -> Option<(&'static str, bool)> {
    let digits = word.strip_prefix('v').unwrap_or(word);
    let (digits, plus) = digits.strip_suffix('+').map_or((digits, false), |digits| (digits, true));
    Some((gnu.version(digits)?, plus))
}

fn behind(words: &Words<'_>, gnu: Gnu, end: usize, bound: usize) -> Option<Version> {
    for no in end..bound.min(end + MOST_BETWEEN) {
        let word = words.get(no);
        if let Some((id, plus)) = number(gnu, word) {
            // "GPL (>= 2)", as R has it.
            let least = no > 0 && memchr::memmem::find(words.between(no - 1), b">=").is_some();
            let later = plus || least;
            return Some(Version { numbers: vec![id], later, end: no + 1 });
        }
        if !BETWEEN.contains(&word) {
            return None;
        }
    }
    None
}

/// Reads "version 2 of the" and "version 2 or later of the".
fn before(words: &Words<'_>, gnu: Gnu, start: usize, bound: usize) -> Option<Version> {
    let low = bound.max(start.saturating_sub(9));
    let at = (low..start).rev().find(|no| {
        number(gnu, words.get(*no)).is_some()
            && (words.get(*no).starts_with('v')
                || matches!(words.get(no.wrapping_sub(1)), "version" | "v" | "versions" | "either"))
    })?;
    let (id, plus) = number(gnu, words.get(at))?;
    let rest: Vec<&str> = (at + 1..start).map(|no| words.get(no)).collect();
    rest.contains(&"of").then(|| Version {
        numbers: vec![id],
        later: plus || rest.iter().any(|word| is_later(word)),
        end: start,
    })
}

fn is_later(word: &str) -> bool {
    matches!(word, "later" | "newer" | "higher" | "greater" | "above" | "subsequent" | "upwards")
}

/// Looks behind a version for "or later", and for a second one.
pub(super) fn later_of(words: &Words<'_>, gnu: Gnu, found: Version, bound: usize) -> Version {
    let from = found.end;
    let mut joined = false;
    let mut either = false;
    for no in from..bound.min(from + MOST_LATER) {
        let word = words.get(no);
        match word {
            "only" | "not" | "no" => return Version { end: no + 1, ..found },
            "or" | "and" | "any" => joined = true,
            "version" if joined => either = true,
            _ if is_later(word) && joined => {
                return Version { later: true, end: no + 1, ..found };
            }
            _ => {}
        }
        let second = number(gnu, word).filter(|_| joined && (either || no == from + 1));
        if let Some((id, plus)) = second.filter(|(id, _)| !found.numbers.contains(id)) {
            let numbers = vec![found.numbers[0], id];
            return Version { numbers, later: plus, end: no + 1 };
        }
    }
    found
}

/// Returns the expression for a version.
pub(super) fn expression(gnu: Gnu, version: &Version, invariants: bool) -> String {
    let family = gnu.id();
    let kind = if gnu == Gnu::Gfdl && invariants { "-no-invariants" } else { "" };
    let id = |number: &str, later: bool| {
        format!("{family}-{number}{kind}-{}", if later { "or-later" } else { "only" })
    };
    if version.numbers.is_empty() {
        return id(gnu.any(), true);
    }
    let each: Vec<String> = version.numbers.iter().map(|one| id(one, version.later)).collect();
    each.join(" OR ")
}
