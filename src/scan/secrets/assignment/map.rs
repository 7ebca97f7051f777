// SPDX-License-Identifier: MIT OR Apache-2.0
//! Maps of secrets: `passwords:` and below it, under names that say nothing, the values.
//!
//! Here the path of a key, not its line, gives the context. The map is read from its head
//! downwards, by indentation, so that it works in YAML, JSON, HCL and the literals of languages
//! alike, and in a file that no parser would take, such as a template.

use std::ops::Range;

use super::{Promise, key, shape, value};
use crate::{
    domain::{RuleIdx, Severity},
    rules::RuleSet,
    scan::{Detector, Hit, Reach, Sink, View},
};

/// So many lines of a map are read.
const MOST_LINES: usize = 60;

/// Finds the values in maps that are called after secrets.
pub(in crate::scan::secrets) struct SecretMap {
    rule: Option<(RuleIdx, Severity)>,
}

impl SecretMap {
    pub(in crate::scan::secrets) fn new(rules: &RuleSet) -> Self {
        let rule = rules.find("sensitive/value-in-secret-map");
        Self { rule: rule.map(|rule| (rule, rules.info(rule).severity)) }
    }
}

impl Detector for SecretMap {
    fn worth(&self, view: &View<'_>, _: RuleIdx, at: Range<usize>, _: &mut Sink) -> bool {
        head(view, &at).is_some()
    }

    fn reach(&self) -> Reach {
        Reach::BLOCK
    }

    fn at(&self, view: &View<'_>, _: RuleIdx, at: Range<usize>, sink: &mut Sink) {
        let (Some((name, promise)), Some((rule, severity))) = (head(view, &at), self.rule) else {
            return;
        };
        let first = view.line(name.start);
        let depth = indent(&view.text[first.clone()]);
        let mut from = first.end + 1;
        for _ in 0..MOST_LINES {
            if from >= view.text.len() {
                return;
            }
            let line = view.line(from);
            let text = &view.text[line.clone()];
            let bare = text.trim_ascii();
            if !bare.is_empty() && !bare.starts_with(b"#") && indent(text) <= depth {
                return;
            }
            if let Some(span) = leaf(view, &line, promise) {
                sink.push(Hit::new(rule, span, severity));
            }
            from = line.end + 1;
        }
    }
}

/// Returns the name of a map that begins on the line, and what its values are.
fn head(view: &View<'_>, at: &Range<usize>) -> Option<(Range<usize>, Promise)> {
    let name = key::around(view.text, at)?;
    let promise = key::promise_of_map(&view.text[name.clone()])?;
    let line = view.line(name.start);
    let rest = view.text.get(name.end..line.end.max(name.end))?;
    let rest = rest.strip_prefix(b"\"").or(rest.strip_prefix(b"'")).unwrap_or(rest).trim_ascii();
    matches!(rest, b":" | b": {" | b":{" | b"= {" | b"={" | b"=> {" | b"{" | b": [" | b"= [")
        .then_some((name, promise))
}

/// Returns the value on a line of a map, if it is a secret.
fn leaf(view: &View<'_>, line: &Range<usize>, promise: Promise) -> Option<Range<usize>> {
    let text = &view.text[line.clone()];
    let skip = text.iter().take_while(|b| b" \t-\"':".contains(b)).count();
    let part = |b: &&u8| b.is_ascii_alphanumeric() || b"_-.@".contains(b);
    let len = text[skip..].iter().take_while(part).count();
    let name = line.start + skip..line.start + skip + len;
    let key = &view.text[name.clone()];
    // What says by its name that it is a secret is found by that name.
    if len == 0 || key::promise(key).is_some() || key::is_about(key) {
        return None;
    }
    let found = shape::value_after(view, &name)?;
    let verdict = value::judge(view, key, promise, &found)?;
    (verdict == value::Verdict::Strong).then_some(found.span)
}

fn indent(line: &[u8]) -> usize {
    line.iter().take_while(|b| matches!(b, b' ' | b'\t')).count()
}
