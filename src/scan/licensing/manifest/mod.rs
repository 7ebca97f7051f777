// SPDX-License-Identifier: MIT OR Apache-2.0
//! The licence that a package manifest declares.

mod code;
mod data;
mod documents;
mod fields;
mod lines;
mod packages;
mod perl;
mod readers;
#[cfg(test)]
mod tests;
mod xml;

use std::{borrow::Cow, ops::Range};

use super::Declared;
use crate::{
    domain::{LineIndex, RepoPath, Span},
    scan::View,
};

/// Larger manifests are not read.
const MAX_BYTES: usize = 1 << 20;
/// No list of licences is longer.
const MAX_ITEMS: usize = 16;

/// A package manifest, as far as its licence is concerned.
#[derive(Clone, Debug)]
pub struct Manifest {
    /// Its format, as the reviewer knows it.
    pub kind: &'static str,
    /// What it declares.
    pub claim: Claim,
    /// What it says besides, such as Python's classifiers, which should agree with the claim.
    pub also: Vec<(Declared, Option<Span>)>,
    /// The files that it names for the licence, relative to its own folder.
    pub files: Vec<(String, Option<Span>)>,
    /// Whether the licence comes from a manifest of the same format further up.
    pub inherits: bool,
    /// Whether it hands a licence down to those below, though it may be no package itself.
    pub hands_down: bool,
}

/// What a manifest says about the licence.
#[derive(Clone, Debug)]
pub enum Claim {
    /// It names a licence, here if the place was found.
    Declared(Declared, Option<Span>),
    /// Its format has a field for the licence, and it is not used.
    Missing,
    /// It points to a file, inherits the licence, or is not meant to be published.
    Elsewhere,
}

/// One name in a manifest and where it stands.
#[derive(Clone, Debug)]
struct Value {
    text: String,
    at: Option<Range<usize>>,
}

impl Value {
    /// The part of `line` that is `text`, where the line begins at `start`.
    fn within(line: &str, start: usize, text: &str) -> Self {
        let at = (text.as_ptr() as usize).checked_sub(line.as_ptr() as usize);
        let at = at.filter(|at| at + text.len() <= line.len());
        let at = at.map(|at| start + at..start + at + text.len());
        Self { text: text.to_owned(), at }
    }

    /// A value that nobody can point at.
    fn anywhere(text: impl Into<String>) -> Self {
        Self { text: text.into(), at: None }
    }
}

/// What a reader found, before it is judged and located.
#[derive(Default)]
struct Found {
    /// Names of the licence; any of them will do.
    values: Vec<Value>,
    also: Vec<Value>,
    files: Vec<Value>,
    inherits: bool,
    hands_down: bool,
    /// Whether it is meant to be a package that should name its licence.
    needed: bool,
}

impl Found {
    fn values(values: Vec<Value>) -> Self {
        Self { values, ..Self::default() }
    }

    /// Nothing declared matters only in something that is meant to be a package.
    fn needed(self, needed: bool) -> Self {
        Self { needed, ..self }
    }
}

/// Reads a manifest's text; nothing where the name is all that makes it one.
type Reader = fn(&str) -> Option<Found>;

/// Reads the manifest, if the file's name is that of one.
pub(super) fn read(path: &RepoPath, view: &View<'_>) -> Option<Manifest> {
    let (kind, read) = readers::of(path, view.text)?;
    if view.text.len() > MAX_BYTES {
        return None;
    }
    let text = String::from_utf8_lossy(view.text);
    // What had to be replaced moves everything behind it.
    let exact = matches!(text, Cow::Borrowed(_));
    let bare = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let skipped = text.len() - bare.len();
    let found = read(bare)?;
    let index = std::cell::OnceCell::new();
    let span = |value: &Value| {
        let at = value.at.clone().filter(|_| exact)?;
        let index = index.get_or_init(|| LineIndex::new(view.text));
        Some(index.span(view.text, at.start + skipped..at.end + skipped))
    };
    Some(manifest(kind, found, &span))
}

fn manifest(kind: &'static str, found: Found, span: &dyn Fn(&Value) -> Option<Span>) -> Manifest {
    let named = |values: Vec<Value>| -> Vec<Value> {
        let trimmed =
            values.into_iter().map(|value| Value { text: value.text.trim().to_owned(), ..value });
        trimmed.filter(|value| !value.text.is_empty()).take(MAX_ITEMS).collect()
    };
    let values = named(found.values);
    let files = named(found.files);
    let claim = match values.first() {
        Some(first) => {
            let texts: Vec<String> = values.iter().map(|value| value.text.clone()).collect();
            Claim::Declared(Declared::read_any(&texts), span(first))
        }
        None if found.needed && files.is_empty() && !found.inherits => Claim::Missing,
        None => Claim::Elsewhere,
    };
    let also = named(found.also);
    Manifest {
        kind,
        claim,
        also: also.iter().map(|value| (Declared::read(&value.text), span(value))).collect(),
        files: files.iter().map(|value| (value.text.clone(), span(value))).collect(),
        inherits: found.inherits,
        hands_down: found.hands_down,
    }
}
