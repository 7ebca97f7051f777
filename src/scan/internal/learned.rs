// SPDX-License-Identifier: MIT OR Apache-2.0
//! Words that were learned or listed and stand alone: code names, bare hosts, places and names of
//! the organisation.

use std::{ops::Range, sync::Arc};

use regex::bytes::{Regex, RegexBuilder};

use super::{
    Slot, Words, after, before, has_any, in_comment, in_test_code, is_word, lower_line, push, widen,
};
use crate::{
    domain::{PathClass, RuleIdx, WordKind, code_name_pattern},
    rules::RuleSet,
    scan::{Detector, Sink, View},
};

/// What makes a bare word on its line a host.
const ABOUT_HOSTS: &[&str] = &[
    "host",
    "node",
    "server",
    "inventory",
    "machine",
    "instance",
    "peer",
    "member",
    "replica",
    "master",
    "primary",
    "slave",
    "ssh ",
    "scp ",
    "rsync",
    "ping",
    "backend",
    "broker",
    "cluster",
];
/// Shorter words count only between what is no letter, digit or underscore.
const SHORT: usize = 4;
/// Longest bare host name.
const LONGEST: usize = 63;

pub(super) struct Learned {
    code_name: Option<Slot>,
    bare: Option<Slot>,
    site: Option<Slot>,
    name: Option<Slot>,
    code_names: Vec<CodeName>,
    words: Arc<Words>,
}

/// A name from the reviewer's list.
struct CodeName {
    name: String,
    /// What has to stand in a text for the name to be there.
    keyword: String,
    pattern: Regex,
}

impl Learned {
    pub(super) fn new(rules: &RuleSet, words: &Arc<Words>) -> Self {
        let find = |id| Slot::find(rules, id);
        Self {
            code_name: find("internal/code-name"),
            bare: find("internal/bare-host"),
            site: find("internal/site-name"),
            name: find("internal/org-name"),
            code_names: words.code_names.iter().filter_map(|name| CodeName::new(name)).collect(),
            words: Arc::clone(words),
        }
    }

    fn code_name(&self, view: &View<'_>, at: &Range<usize>, sink: &mut Sink) {
        let text = view.text;
        let word = &text[at.clone()];
        let line = view.line(at.start);
        for name in &self.code_names {
            if !word.eq_ignore_ascii_case(name.keyword.as_bytes()) {
                continue;
            }
            self.words.rests_on(WordKind::CodeName, name.name.as_bytes());
            // The name may begin before its keyword; of several on a line each has one.
            let matches = name.pattern.find_iter(&text[line.clone()]);
            let own = matches
                .map(|m| line.start + m.start()..line.start + m.end())
                .find(|span| span.start <= at.start && at.end <= span.end);
            if let Some(span) = own.filter(|span| stands_alone(text, span)) {
                push(self.code_name, sink, |slot| slot.hit(span));
            }
        }
    }

    fn bare(&self, view: &View<'_>, at: Range<usize>, sink: &mut Sink) {
        let text = view.text;
        let part = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
        let span = widen(text, at.clone(), LONGEST, part);
        if span.start != at.start || span.len() > LONGEST || in_test_code(view) {
            return;
        }
        let shape: Vec<u8> = text[span.clone()]
            .iter()
            .map(|b| if b.is_ascii_digit() { b'#' } else { b.to_ascii_lowercase() })
            .collect();
        let (left, right) = (before(text, span.start), after(text, span.end));
        let further = after(text, span.end + 1);
        // Somebody there, or what was meant with `@` in front.
        let account = left == b'@' && is_word(before(text, span.start - 1));
        let filled = right == b'{' && further == b'{';
        // A name goes on behind a dot, a path behind a slash.
        let joined = matches!(left, b'_' | b'.' | b'$' | b'%' | b'/' | b'\\' | b'~' | b'-')
            || left == b'@' && !account
            || matches!(right, b'_' | b'(')
            || right == b'{' && !filled
            || right == b'.' && further.is_ascii_alphanumeric() && !self.goes_on(text, span.end);
        if joined || !self.words.fleets.iter().any(|fleet| fleet.as_bytes() == shape) {
            return;
        }
        self.words.rests_on(WordKind::Fleet, &shape);
        let quote = |b: u8| matches!(b, b'"' | b'\'' | b'`');
        let whole = quote(left) && left == right || left == b'|' || right == b'|';
        let (_, line) = lower_line(view, span.start);
        // Nothing but machines is counted in thousands.
        let counted = shape.windows(3).any(|w| w == b"###") && in_comment(view, span.start);
        let about = account
            || counted
            || whole
            || is_item(text, view.line(span.start), &span)
            || has_any(&line, ABOUT_HOSTS)
            || has_address(&line)
            || self.words.names_org(&line);
        if about {
            push(self.bare, sink, |slot| slot.hit(span));
        }
    }

    /// Whether a place of the organisation follows the dot at `dot`.
    fn goes_on(&self, text: &[u8], dot: usize) -> bool {
        let rest =
            widen(text, dot + 1..dot + 1, LONGEST, |b| b.is_ascii_alphanumeric() || b == b'-');
        let site = text[dot + 1..rest.end].to_ascii_lowercase();
        let known = self.words.sites.iter().any(|known| known.as_bytes() == site);
        if known {
            self.words.rests_on(WordKind::Site, &site);
        }
        known
    }

    fn alone(
        &self,
        view: &View<'_>,
        at: Range<usize>,
        (slot, kind): (Option<Slot>, WordKind),
        sink: &mut Sink,
    ) {
        self.words.rests_on(kind, &view.text[at.clone()]);
        // Three letters are a part of many identifiers.
        let (left, right) = (before(view.text, at.start), after(view.text, at.end));
        let part = at.len() < SHORT && (is_word(left) || is_word(right));
        if stands_alone(view.text, &at) && !part && !in_test_code(view) {
            push(slot, sink, |slot| slot.hit(at));
        }
    }
}

impl CodeName {
    fn new(name: &str) -> Option<Self> {
        let keyword = name.split(['*', '#', ' ']).max_by_key(|part| part.len())?;
        let pattern = code_name_pattern(name);
        // Names may have letters of any language; what stands around them may be any bytes.
        let pattern = RegexBuilder::new(&pattern).case_insensitive(true).build().ok()?;
        Some(Self { name: name.to_owned(), keyword: keyword.to_ascii_lowercase(), pattern })
    }
}

/// Whether neither letters nor digits make a longer word of it; `BlueFinchService` is two words.
fn stands_alone(text: &[u8], span: &Range<usize>) -> bool {
    let (left, right) = (before(text, span.start), after(text, span.end));
    let (first, last) = (after(text, span.start), before(text, span.end));
    let begins = !left.is_ascii_alphanumeric()
        || first.is_ascii_uppercase() && !left.is_ascii_uppercase()
        || left.is_ascii_digit() && !first.is_ascii_digit();
    let ends = !right.is_ascii_alphanumeric()
        || right.is_ascii_uppercase() && !last.is_ascii_uppercase()
        || right.is_ascii_digit() && !last.is_ascii_digit();
    begins && ends
}

/// Whether an address of IPv4 seems to stand in the line.
fn has_address(line: &[u8]) -> bool {
    let part = |b: &u8| b.is_ascii_digit() || *b == b'.';
    let quad = |run: &[u8]| {
        run.iter().filter(|b| **b == b'.').count() == 3 && run[0] != b'.' && run.len() >= 7
    };
    line.split(|b| !part(b)).any(|run| !run.is_empty() && quad(run))
}

/// Whether the word is all that its line says, as in a list of hosts.
fn is_item(text: &[u8], line: Range<usize>, span: &Range<usize>) -> bool {
    let mark = |b: &u8| b.is_ascii_whitespace() || b"-\"'`,:[]#;/*".contains(b);
    text[line.start..span.start].iter().all(mark) && text[span.end..line.end].iter().all(mark)
}

impl Detector for Learned {
    fn keywords(&self) -> Vec<(RuleIdx, String)> {
        let mut out = Vec::new();
        let mut add = |slot: Option<Slot>, words: &mut dyn Iterator<Item = String>| {
            if let Some(slot) = slot {
                out.extend(words.map(|word| (slot.rule, word)));
            }
        };
        add(self.code_name, &mut self.code_names.iter().map(|name| name.keyword.clone()));
        add(self.site, &mut self.words.sites.iter().cloned());
        add(self.name, &mut self.words.names.iter().cloned());
        // A short word alone stands everywhere; with its first digit it hardly does.
        let heads = self.words.fleets.iter().flat_map(|fleet| {
            let stem = fleet.split('#').next().unwrap_or_default();
            (0..10).map(move |digit| format!("{stem}{digit}"))
        });
        let heads: std::collections::BTreeSet<String> = heads.filter(|h| h.len() >= 3).collect();
        add(self.bare, &mut heads.into_iter());
        out
    }

    fn at(&self, view: &View<'_>, rule: RuleIdx, at: Range<usize>, sink: &mut Sink) {
        let is = |slot: Option<Slot>| slot.is_some_and(|slot| slot.rule == rule);
        if is(self.code_name) {
            self.code_name(view, &at, sink);
        } else if view.class == PathClass::Vendored {
            // Other people's words.
        } else if is(self.bare) {
            self.bare(view, at, sink);
        } else if is(self.site) {
            self.alone(view, at, (self.site, WordKind::Site), sink);
        } else if is(self.name) {
            self.alone(view, at, (self.name, WordKind::Name), sink);
        }
    }
}
