// SPDX-License-Identifier: MIT OR Apache-2.0
//! The cheap questions that a match must answer before it is a hit.

use std::ops::Range;

use memchr::memmem;

use super::{Hit, View, secrets, trace::Why};
use crate::{
    domain::{Class, RuleIdx},
    rules::{Rule, Scope},
};

/// Returns the hit for a match at `span`, or nothing if one of the rule's filters drops it.
pub(super) fn judge(view: &View<'_>, rule: &Rule, idx: RuleIdx, span: Range<usize>) -> Option<Hit> {
    if let Some(why) = reason(view, rule, &span) {
        view.dropped(idx, span, why);
        return None;
    }
    let mut hit = Hit::new(idx, span.clone(), rule.info.severity);
    hit.whole_file = rule.scope == Scope::File;
    if !rule.chosen {
        return Some(hit);
    }
    let weighed = secrets::weigh_chosen(view, rule, hit);
    if weighed.is_none() {
        view.dropped(idx, span, Why::Judged);
    }
    weighed
}

/// Returns why a match is no hit, if one of the rule's filters drops it; the cheap ones first.
fn reason(view: &View<'_>, rule: &Rule, span: &Range<usize>) -> Option<Why> {
    let value = &view.text[span.clone()];
    let touches = |byte: Option<&u8>| byte.is_some_and(|b| rule.edge.forbids(*b));
    match () {
        () if value.is_empty()
            || rule.edge.touches_before(view.text, span.start)
            || touches(view.text.get(span.end)) =>
        {
            Some(Why::Edge)
        }
        () if rule.entropy.is_some_and(|least| secrets::entropy(value) < least) => {
            Some(Why::Entropy)
        }
        // A stand-in of ours: what it stands for is gone.
        () if value.starts_with(b"REDACTED_") => Some(Why::Placeholder),
        // A word such as "todo" may stand in a long value by chance, which its checksum tells.
        () if rule.placeholders
            && secrets::is_placeholder(value)
            && !secrets::is_proved(rule, view.text, span) =>
        {
            Some(Why::Placeholder)
        }
        () if rule.placeholders && secrets::is_typed(value) => Some(Why::Placeholder),
        () if !is_near(view, rule, span.start) => Some(Why::Alone),
        () if rule.excepts(value) => Some(Why::Exception),
        () if rule.info.class == Class::Credential
            && secrets::is_part(view, rule, span)
            && !secrets::is_proved(rule, view.text, span) =>
        {
            Some(Why::Judged)
        }
        () => None,
    }
}

fn is_near(view: &View<'_>, rule: &Rule, at: usize) -> bool {
    if rule.near.is_empty() {
        return true;
    }
    let window = view.lines(at, rule.near_lines, rule.near_lines);
    let lower = view.text[window].to_ascii_lowercase();
    rule.near.iter().any(|word| memmem::find(&lower, word.as_bytes()).is_some())
}
