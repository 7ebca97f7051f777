// SPDX-License-Identifier: MIT OR Apache-2.0
//! The cheap questions that a match must answer before it is a hit.

use std::ops::Range;

use memchr::memmem;

use super::{Hit, View, secrets};
use crate::{
    domain::RuleIdx,
    rules::{Rule, Scope},
};

/// Returns the hit for a match at `span`, or nothing if one of the rule's filters drops it.
pub(super) fn judge(view: &View<'_>, rule: &Rule, idx: RuleIdx, span: Range<usize>) -> Option<Hit> {
    let value = &view.text[span.clone()];
    let touches = |byte: Option<&u8>| byte.is_some_and(|b| rule.edge.forbids(*b));
    if value.is_empty()
        || rule.edge.touches_before(view.text, span.start)
        || touches(view.text.get(span.end))
        || rule.entropy.is_some_and(|least| secrets::entropy(value) < least)
        || rule.placeholders && secrets::is_placeholder(value)
        || !is_near(view, rule, span.start)
        || rule.excepts(value)
    {
        return None;
    }
    let mut hit = Hit::new(idx, span, rule.info.severity);
    hit.whole_file = rule.scope == Scope::File;
    Some(hit)
}

fn is_near(view: &View<'_>, rule: &Rule, at: usize) -> bool {
    if rule.near.is_empty() {
        return true;
    }
    let window = view.lines(at, rule.near_lines, rule.near_lines);
    let lower = view.text[window].to_ascii_lowercase();
    rule.near.iter().any(|word| memmem::find(&lower, word.as_bytes()).is_some())
}
