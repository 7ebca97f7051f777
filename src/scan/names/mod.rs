// SPDX-License-Identifier: MIT OR Apache-2.0
//! What the names of files and directories give away: credentials such as `backup/AKIA….csv`, and
//! hosts, tickets and people.
//!
//! Of the rules about credentials only those are asked whose values have a form of their own:
//! what a name means beside a value is another matter than what an assignment means.

mod folder;
mod inside;

use std::collections::HashSet;

use aho_corasick::AhoCorasick;

use self::inside::Inside;
use super::{Engine, Scratch, history::Identify};
use crate::{
    domain::{
        Class, Confidence, Finding, Identity, Layer, LineIndex, Metadata, Place, RepoPath, Spans,
        Vocabulary,
    },
    rules::Rule,
};

/// A name without so many letters, digits and signs in a row holds no credential.
const LEAST: usize = 16;
/// Remark on what only the history has.
const GONE: &str = "the reviewed commit has no file of this name";

/// Looks at the names of `paths` and of the directories that hold them, each once. What stands in
/// `known` was looked at already and is added to.
///
/// The findings stand under `place`, each in the whole path up to the name that holds it.
pub fn in_names<'p>(
    engine: &Engine,
    identify: &Identify<'_>,
    words: &Vocabulary,
    place: Metadata,
    paths: impl Iterator<Item = &'p RepoPath>,
    known: &mut HashSet<RepoPath>,
) -> Vec<(Finding, Identity)> {
    let mut scratch = Scratch::default();
    let mut out = Vec::new();
    let rules = engine.rules().iter().map(|(_, rule)| rule).filter(|rule| has_form(rule));
    let keywords = rules.flat_map(|rule| &rule.keywords);
    // Looking at each name as at a text of its own would take too long where there are many.
    let keywords = AhoCorasick::builder().ascii_case_insensitive(true).build(keywords).ok();
    let mut inside = Inside::new(engine, identify, words, place);
    let has_keyword = |name: &[u8]| keywords.as_ref().is_none_or(|all| all.is_match(name));
    for path in paths {
        let mut path = path.clone();
        while !path.is_root() && known.insert(path.clone()) {
            if may_hold(path.file_name()) && has_keyword(path.file_name()) {
                look(engine, identify, place, &path, &mut scratch, &mut out);
            }
            inside.look(&path, &mut scratch);
            path = path.parent();
        }
    }
    out.extend(inside.finish());
    out
}

/// Returns what a reviewer is told about names that are listed under `place`.
fn remarks(place: Metadata) -> impl Iterator<Item = String> {
    let gone = (place == Metadata::PastPaths).then_some(GONE);
    gone.into_iter().chain([place.settled()]).map(str::to_owned)
}

fn look(
    engine: &Engine,
    identify: &Identify<'_>,
    place: Metadata,
    path: &RepoPath,
    scratch: &mut Scratch,
    out: &mut Vec<(Finding, Identity)>,
) {
    let under = place.path();
    let facts = engine.facts(&under);
    let text = String::from_utf8_lossy(path.as_bytes());
    // What stands in the name of a directory above is found there.
    let from = text.rfind('/').map_or(0, |slash| slash + 1);
    let lines = engine.lines(&facts, text.as_bytes(), None, scratch);
    let index = LineIndex::new(text.as_bytes());
    let mut spans = Spans::new(&index, text.as_bytes());
    engine.marks(text.as_bytes(), &lines, |found| {
        let mark = found.mark;
        let end = found.span.end;
        let span = spans.next(found.span);
        if !has_form(engine.rules().get(mark.rule)) || end <= from {
            return;
        }
        let mut notes = mark.notes.clone();
        notes.extend(remarks(place));
        let id = identify(mark.rule, mark.value.expose(), mark.context.expose());
        let finding = Finding {
            rule: mark.rule,
            severity: mark.severity,
            confidence: mark.confidence,
            path: under.clone(),
            layer: Layer::Name(text.as_ref().into()),
            place: Place::Span(span),
            value: mark.value.clone(),
            context: mark.context.clone(),
            notes,
        };
        out.push((finding, id));
    });
}

/// Whether the values of a rule are told by their own form.
pub(super) fn has_form(rule: &Rule) -> bool {
    let own = rule.info.confidence == Confidence::High && rule.has_pattern() && !rule.generic;
    rule.info.class == Class::Credential && (own || rule.detector.as_deref() == Some("jwt"))
}

/// Whether a name is worth looking at: most are words.
pub(super) fn may_hold(name: &[u8]) -> bool {
    let inside = |b: &u8| b.is_ascii_alphanumeric() || b"_-.:=+~".contains(b);
    name.split(|b| !inside(b)).any(|run| {
        let has = |test: fn(&u8) -> bool| run.iter().any(test);
        run.len() >= LEAST
            && (has(u8::is_ascii_digit)
                || has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase))
    })
}
