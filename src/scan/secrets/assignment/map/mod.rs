// SPDX-License-Identifier: MIT OR Apache-2.0
//! Maps of secrets: `passwords:` and below it, under names that say nothing, the values.
//!
//! Here the path of a key, not its line, gives the context. The map is read from its head
//! downwards: what stands in brackets by its brackets, a block by its indentation, a section up to
//! the next one, markup up to the end of its element. No parser is asked, since half of what is
//! scanned is nothing that one would take: templates of manifests, settings inside of a script, a
//! version of which some lines changed, a document cut in two by a conflict. A reader that starts
//! at a name reads the same there, knows each value's place, and costs what the map is long, on
//! one line of a minified document as well. `tests/paths.rs` compares it with parsers.

mod block;
mod flow;
mod head;
mod markup;

use std::ops::Range;

use head::{Body, Head};

use super::{
    Promise, key,
    shape::{self, Found},
    value,
};
use crate::{
    domain::{RuleIdx, Severity},
    rules::RuleSet,
    scan::{Detector, Hit, Reach, Sink, View, secrets::chars},
};

/// So many bytes of a map are read, which is less than what a block is shown.
const FAR: usize = 32 << 10;

/// What closes an expression of a template stands so close.
const LONGEST_TEMPLATE: usize = 1 << 10;

/// So many brackets or elements may be open: what is nested deeper is no settings.
const DEEPEST: usize = 24;

/// Names by which a schema tells what a field is, not what stands in it.
const DESCRIBING: [&[u8]; 7] =
    [b"description", b"example", b"examples", b"format", b"pattern", b"title", b"type"];

/// Names of what stands in the clear beside something encrypted, as in an encrypted data bag.
const BESIDE_ENCRYPTED: [&[u8]; 5] = [b"algorithm", b"auth_tag", b"cipher", b"iv", b"nonce"];

/// Finds the values in maps that are called after secrets.
pub(in crate::scan::secrets) struct SecretMap {
    rule: Option<(RuleIdx, Severity)>,
}

impl SecretMap {
    pub(in crate::scan::secrets) fn new(rules: &RuleSet) -> Self {
        let rule = rules.detected("sensitive/value-in-secret-map");
        Self { rule: rule.map(|rule| (rule, rules.info(rule).severity)) }
    }
}

impl Detector for SecretMap {
    fn worth(&self, view: &View<'_>, _: RuleIdx, at: Range<usize>, _: &mut Sink) -> bool {
        head::read(view, &at).is_some()
    }

    fn reach(&self) -> Reach {
        Reach::BLOCK
    }

    fn at(&self, view: &View<'_>, _: RuleIdx, at: Range<usize>, sink: &mut Sink) {
        let (Some(head), Some((rule, severity))) = (head::read(view, &at), self.rule) else {
            return;
        };
        let Head { name, promise, body } = head;
        let end = view.text.len().min(name.end + FAR);
        let mut map = Map { view, name, promise, end, found: Vec::new() };
        match body {
            Body::Flow(at) => {
                flow::read(&mut map, at, None);
            }
            Body::Block { column, from } => block::read(&mut map, column, from),
            Body::Section(from) => block::read_section(&mut map, from),
            Body::Element(from) => markup::read(&mut map, from),
            Body::One(key) => map.assigned(&key),
        }
        sink.extend(map.found.into_iter().map(|span| Hit::new(rule, span, severity)));
    }
}

/// A map that is being read.
struct Map<'v, 'a> {
    view: &'v View<'a>,
    /// What it is called.
    name: Range<usize>,
    promise: Promise,
    /// Nothing behind this is read.
    end: usize,
    /// The secrets in it.
    found: Vec<Range<usize>>,
}

impl Map<'_, '_> {
    /// Takes what stands behind `key` on its line.
    fn assigned(&mut self, key: &Range<usize>) {
        if let Some(found) = shape::value_after(self.view, key) {
            self.take(Some(key), &found);
        }
    }

    /// Takes a value under `key`, or an item of the map itself, if it is a secret.
    fn take(&mut self, key: Option<&Range<usize>>, found: &Found) {
        let name = &self.view.text[key.unwrap_or(&self.name).clone()];
        let name = memchr::memrchr(b'.', name).map_or(name, |dot| &name[dot + 1..]);
        // What says by its name that it is a secret is found by that name.
        let told = key.is_some() && (key::promise(name).is_some() || key::is_about(name));
        let Some(text) = self.view.text.get(found.span.clone()) else { return };
        // Labels in other languages, and ids of products and apps.
        let label = !text.is_ascii()
            || DESCRIBING.contains(&name)
            || BESIDE_ENCRYPTED.contains(&name)
            || self.promise == Promise::Password && chars::is_uuid(text);
        if told || label || found.span.end > self.end {
            return;
        }
        if value::judge(self.view, name, self.promise, found) == Some(value::Verdict::Strong) {
            self.found.push(found.span.clone());
        }
    }

    /// Returns whether `key` is the name of a map of its own, which is read for itself.
    fn is_inner(&self, key: &Range<usize>) -> bool {
        key::promise_of_map(&self.view.text[key.clone()]).is_some()
    }
}

/// Returns the end of the line that holds `at`, without its LF.
fn line_end(text: &[u8], at: usize) -> usize {
    memchr::memchr(b'\n', &text[at..]).map_or(text.len(), |i| at + i)
}

/// Returns where the blanks that begin at `at` end.
fn past_blanks(text: &[u8], at: usize) -> usize {
    let blanks = text[at..].iter().take_while(|b| matches!(b, b' ' | b'\t' | b'\r'));
    at + blanks.count()
}

/// Returns whether a template expression or tag begins at `at`, and where it ends.
fn template(text: &[u8], at: usize) -> Option<usize> {
    let (open, close) = match (text.get(at)?, text.get(at + 1)?) {
        (b'{', b'{') => (text.get(at + 2).copied().unwrap_or(0), b"}}".as_slice()),
        (b'{', b'%') => (b' ', b"%}".as_slice()),
        _ => return None,
    };
    let near = &text[..text.len().min(at + LONGEST_TEMPLATE)];
    let line = &near[at..line_end(near, at)];
    (b" -.$#~_".contains(&open) || open.is_ascii_alphabetic())
        .then(|| memchr::memmem::find(line, close))?
        .filter(|len| close == b"%}" || !line[..*len].contains(&b':') || open == b' ')
        .map(|len| at + len + 2)
}
