// SPDX-License-Identifier: MIT OR Apache-2.0
//! Keeps values out of text that is not ours: notes, error messages, paths, names.
//!
//! A note is refused when it is written, but a checklist can be edited by hand, and a value can
//! be found by a rule that came later than the note. So every such text is looked at again here.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use aho_corasick::AhoCorasick;
use regex::bytes::{Regex, RegexBuilder};

use crate::{
    domain::{Class, Place, RepoPath, Verdict, Word, WordKind, code_name_pattern, is_plain_word},
    review::Session,
};

/// Stands where a value would stand.
const WITHHELD: &str = "[withheld]";
/// Longest text of a reviewer that is taken over, in characters.
const LONGEST_NOTE: usize = 2000;
/// How much of a long value must stand in a text for the text to hold the value. A private key
/// of many lines is given away by its first ones already, and the automaton stays small.
const HEAD: usize = 32;
/// Shortest value that is cut out of a path or name. Short ones are ordinary words, and a report
/// without readable places is of no use.
const SHORTEST_IN_PATH: usize = 8;
/// Shortest value that is looked for in the names of copyright holders.
const SHORTEST_IN_HOLDER: usize = 4;
/// More of a copyright holder's name is not told, in characters.
const LONGEST_HOLDER: usize = 200;

/// Knows every value found.
pub(super) struct Guard<'a> {
    values: Vec<Value<'a>>,
    /// None when it can't be built; then nothing passes.
    heads: Option<AhoCorasick>,
    /// Names that must not be published: they go from everything, wherever they stand.
    names: Vec<Regex>,
    /// What must not be published, or is not known to be fit for it, as copyright holders have
    /// it: the name before an address counts too. None when it can't be built.
    hidden: Option<AhoCorasick>,
}

struct Value<'a> {
    bytes: &'a [u8],
    kind: Kind,
}

/// How much a value must be kept from names, where words of the organisation may well stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Name,
    PersonalData,
    Credential,
}

impl Kind {
    fn of(class: Class) -> Self {
        match class {
            Class::Credential => Self::Credential,
            class if class.starts_masked() => Self::PersonalData,
            _ => Self::Name,
        }
    }
}

impl<'a> Guard<'a> {
    pub(super) fn new(session: &'a Session, words: &[Word]) -> Self {
        let mut found: HashMap<&[u8], Kind> = HashMap::new();
        for (idx, finding) in session.findings() {
            let kind = Kind::of(session.info(session.group_of(idx)).class);
            // The same bounds as `Session::holds_value`: below them a value is just a word.
            let least = if kind == Kind::Name { 8 } else { 4 };
            // What stands for a value gives it away.
            for bytes in [finding.value.expose(), finding.value.written()] {
                let bytes = trimmed(bytes);
                if matches!(finding.place, Place::Span(_)) && bytes.len() >= least {
                    let known = found.entry(bytes).or_insert(kind);
                    *known = kind.max(*known);
                }
            }
        }
        let values: Vec<Value<'a>> =
            found.into_iter().map(|(bytes, kind)| Value { bytes, kind }).collect();
        let heads = values.iter().map(|value| &value.bytes[..value.bytes.len().min(HEAD)]);
        // Without one of them nothing passes.
        let heads = AhoCorasick::new(heads).ok();
        let names = words.iter().filter(|word| word.keep && word.kind == WordKind::CodeName);
        let names: Option<Vec<Regex>> = names.map(|word| pattern(&word.text)).collect();
        let (heads, names) = match names {
            Some(names) => (heads, names),
            None => (None, Vec::new()),
        };
        Self { values, heads, names, hidden: hidden(session) }
    }

    /// Returns a remark as it may be published: whole, cut off, or not at all.
    pub(super) fn remark(&self, text: &str) -> String {
        if self.holds_head(text.as_bytes()) {
            return format!("{WITHHELD}: it holds a value that was found in this repository");
        }
        match text.char_indices().nth(LONGEST_NOTE) {
            Some((end, _)) => {
                let more = text[end..].chars().count();
                format!("{}… ({more} more characters)", &text[..end])
            }
            None => text.into(),
        }
    }

    /// Returns the text form of a path without credentials and personal data in it. Host and
    /// other names stay: a place must be readable for those who may read the source.
    pub(super) fn path(&self, path: &RepoPath) -> String {
        let bytes = path.as_bytes();
        let Some(holes) = self.parts(bytes, Kind::PersonalData) else { return WITHHELD.into() };
        if holes.is_empty() {
            return path.to_string();
        }
        let mut out = String::new();
        let mut done = 0;
        for hole in holes {
            if hole.start > done || done == 0 {
                out += &RepoPath::new(&bytes[done..hole.start]).to_string();
                out += WITHHELD;
            }
            done = done.max(hole.end);
        }
        out + &RepoPath::new(&bytes[done..]).to_string()
    }

    /// Returns the name of a repository, revision or ref, treated like a path.
    pub(super) fn name(&self, name: &str) -> String {
        self.without(name, Kind::PersonalData)
    }

    /// Returns who decided. A reviewer's address may well stand in the repository as personal
    /// data; the report must name them all the same, but never a credential.
    pub(super) fn reviewer(&self, by: &str) -> String {
        self.without(by, Kind::Credential)
    }

    /// Returns a copyright holder as it may be published: without addresses of e-mail, and not at
    /// all if a value that is not to be published stands in it.
    pub(super) fn holder(&self, name: &str) -> String {
        let name = without_addresses(name);
        let name: String = name.chars().take(LONGEST_HOLDER).collect();
        if self.is_hidden(&name) { WITHHELD.into() } else { name }
    }

    /// Returns a line of somebody's notice, unless a value that is not to be published stands in
    /// it.
    pub(super) fn line(&self, line: &str) -> String {
        if self.is_hidden(line) { WITHHELD.into() } else { line.into() }
    }

    fn is_hidden(&self, text: &str) -> bool {
        self.hidden.as_ref().is_none_or(|hidden| hidden.is_match(text))
            || self.names.iter().any(|name| name.is_match(text.as_bytes()))
            || self.parts(text.as_bytes(), Kind::Credential).is_none_or(|parts| !parts.is_empty())
    }

    fn without(&self, name: &str, least: Kind) -> String {
        match self.parts(name.as_bytes(), least) {
            Some(parts) if parts.is_empty() => name.into(),
            _ => WITHHELD.into(),
        }
    }

    fn holds_head(&self, text: &[u8]) -> bool {
        self.heads.as_ref().is_none_or(|heads| heads.is_match(text))
            || self.names.iter().any(|name| name.is_match(text))
    }

    /// Returns where whole values of at least this kind stand, by their start.
    fn parts(&self, text: &[u8], least: Kind) -> Option<Vec<Range<usize>>> {
        let mut holes: Vec<Range<usize>> = self
            .heads
            .as_ref()?
            .find_overlapping_iter(text)
            .map(|hit| (hit.start(), &self.values[hit.pattern().as_usize()]))
            .filter(|(_, value)| value.kind >= least && value.bytes.len() >= SHORTEST_IN_PATH)
            .filter(|(_, value)| !is_plain_word(value.bytes))
            .filter(|(start, value)| text[*start..].starts_with(value.bytes))
            .map(|(start, value)| start..start + value.bytes.len())
            .collect();
        let names = self.names.iter().flat_map(|name| name.find_iter(text));
        holes.extend(names.map(|name| name.range()));
        holes.sort_by_key(|hole| (hole.start, hole.end));
        Some(holes)
    }
}

/// Returns what finds all values that no copyright holder may have in it: personal data that
/// nobody approved, and whatever is not to be published.
fn hidden(session: &Session) -> Option<AhoCorasick> {
    let mut out: HashSet<&[u8]> = HashSet::new();
    for (idx, finding) in session.findings() {
        let kind = Kind::of(session.info(session.group_of(idx)).class);
        let hides = match session.standing(idx).verdict {
            Some(Verdict::Approve | Verdict::Correct | Verdict::Fix) => false,
            Some(Verdict::Redact | Verdict::Exclude) => true,
            Some(Verdict::Defer) | None => kind != Kind::Name,
        };
        let value = trimmed(finding.value.expose());
        // A whole file's value is its path, which no holder has in it.
        if !hides || finding.place == Place::File {
            continue;
        }
        let name = value.split(|byte| *byte == b'<').next().unwrap_or_default();
        for part in [value, trimmed(name)] {
            let word = kind == Kind::Name && is_plain_word(part);
            if part.len() >= SHORTEST_IN_HOLDER && !word {
                out.insert(&part[..part.len().min(HEAD)]);
            }
        }
    }
    AhoCorasick::new(out).ok()
}

/// Returns `name` without the addresses of e-mail in it and the brackets around them.
fn without_addresses(name: &str) -> String {
    let is_address = |word: &str| {
        let inner = word.trim_matches(|c: char| "<>()[]{},;:\"'".contains(c));
        let written_out = inner.contains("[at]") || inner.contains("(at)");
        written_out
            || inner
                .split_once('@')
                .is_some_and(|(user, host)| !user.is_empty() && !host.is_empty())
    };
    // "<jo at home dot example>"
    let mut plain = name.to_owned();
    while let Some(start) = plain.find('<')
        && let Some(len) = plain[start..].find('>')
        && plain[start..start + len].contains([' ', '@'])
    {
        plain.replace_range(start..=start + len, "");
    }
    let words = plain.split_whitespace().filter(|word| !is_address(word));
    let out = words.collect::<Vec<_>>().join(" ");
    out.trim_end_matches([',', ';', '-', '<', '(']).trim().to_owned()
}

fn pattern(name: &str) -> Option<Regex> {
    RegexBuilder::new(&code_name_pattern(name)).case_insensitive(true).build().ok()
}

/// Returns the value without the blanks and quotes around it, as its id is made.
fn trimmed(value: &[u8]) -> &[u8] {
    let outer = |b: &u8| matches!(b, b'"' | b'\'' | b'`') || b.is_ascii_whitespace();
    let start = value.iter().position(|b| !outer(b)).unwrap_or(value.len());
    let end = value.iter().rposition(|b| !outer(b)).map_or(start, |i| i + 1);
    &value[start..end]
}
