// SPDX-License-Identifier: MIT OR Apache-2.0
//! Defaults of Terraform variables whose name promises a secret.

use std::ops::Range;

use memchr::memmem;

use super::assignment;
use crate::{
    domain::{RuleIdx, Severity},
    rules::RuleSet,
    scan::{Detector, Hit, Reach, Sink, View},
};

/// Lines of a block that are looked at.
const LINES: u8 = 10;
/// Finds `default = "v"` in the block of such a variable.
pub(super) struct Variable {
    severity: Severity,
}

impl Variable {
    pub(super) fn new(rules: &RuleSet) -> Self {
        let rule = rules.detected("sensitive/terraform-variable-default");
        Self { severity: rule.map_or(Severity::High, |rule| rules.info(rule).severity) }
    }
}

impl Detector for Variable {
    fn reach(&self) -> Reach {
        Reach::lines(0, LINES)
    }

    fn worth(&self, view: &View<'_>, _: RuleIdx, at: Range<usize>, _: &mut Sink) -> bool {
        promises(view.text, at.end)
    }

    fn at(&self, view: &View<'_>, rule: RuleIdx, at: Range<usize>, sink: &mut Sink) {
        if !promises(view.text, at.end) {
            return;
        }
        let block = view.lines(at.start, 0, LINES);
        let text = &view.text[block.clone()];
        let end = memmem::find(text, b"\n}").unwrap_or(text.len());
        let Some(span) = default(&text[..end]) else { return };
        let span = block.start + span.start..block.start + span.end;
        let Some(name) = name(view.text, at.end) else { return };
        let hit = Hit::new(rule, span, self.severity);
        sink.extend(assignment::weighed(view, &view.text[name], hit));
    }
}

/// Returns the name that begins at `from` and ends with a quote.
fn name(text: &[u8], from: usize) -> Option<Range<usize>> {
    let rest = &text[from..text.len().min(from + 80)];
    memchr::memchr(b'"', rest).map(|len| from..from + len)
}

/// Returns whether the name that begins at `from` promises a secret.
fn promises(text: &[u8], from: usize) -> bool {
    name(text, from).is_some_and(|name| assignment::promises(&text[name]))
}

/// Returns the literal after `default =`.
fn default(text: &[u8]) -> Option<Range<usize>> {
    memmem::find_iter(text, b"default").find_map(|at| {
        let line = memchr::memchr(b'\n', &text[at..]).map_or(text.len(), |i| at + i);
        let rest = text[at + b"default".len()..line].trim_ascii_start().strip_prefix(b"=")?;
        let rest = rest.trim_ascii_start().strip_prefix(b"\"")?;
        let start = line - rest.len();
        memchr::memchr(b'"', rest).map(|len| start..start + len)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{default, promises};

    #[test]
    fn names_and_defaults() {
        for (name, secret) in [
            ("db_password\"", true),
            ("api_token\"", true),
            ("secret_name\"", false),
            ("token_ttl\"", false),
            ("region\"", false),
            ("db_password", false),
        ] {
            assert_eq!(promises(name.as_bytes(), 0), secret, "{name}");
        }
        let text = b"type = string\n default = \"q7w2z9\"";
        assert_eq!(default(text).map(|span| &text[span]), Some(b"q7w2z9".as_slice()));
        assert_eq!(default(b"default = var.x"), None);
    }

    proptest! {
        #[test]
        fn never_panics(text in prop::collection::vec(any::<u8>(), 0..80)) {
            let _ = (default(&text), promises(&text, 0));
        }
    }
}
