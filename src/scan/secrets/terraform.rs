// SPDX-License-Identifier: MIT OR Apache-2.0
//! Defaults of Terraform variables whose name promises a secret.

use std::ops::Range;

use memchr::memmem;

use super::is_placeholder;
use crate::{
    domain::{RuleIdx, Severity},
    rules::RuleSet,
    scan::{Detector, Hit, Reach, Sink, View},
};

/// Lines of a block that are looked at.
const LINES: u8 = 10;
/// Parts of names that promise a secret.
const SECRET: [&str; 9] = [
    "password",
    "passwd",
    "passphrase",
    "secret",
    "token",
    "api_key",
    "apikey",
    "private_key",
    "credential",
];
/// Last words of names that only tell about one.
const ABOUT: [&str; 22] = [
    "id",
    "ids",
    "name",
    "names",
    "arn",
    "arns",
    "path",
    "file",
    "length",
    "type",
    "version",
    "url",
    "uri",
    "ttl",
    "days",
    "enabled",
    "expiration",
    "policy",
    "prefix",
    "region",
    "endpoint",
    "store",
];

/// Finds `default = "v"` in the block of such a variable.
pub(super) struct Variable {
    severity: Severity,
}

impl Variable {
    pub(super) fn new(rules: &RuleSet) -> Self {
        let rule = rules.find("sensitive/terraform-variable-default");
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
        let value = &text[span.clone()];
        let path = value.iter().filter(|b| **b == b'/').count() > 1;
        if value.len() >= 4 && !path && !is_placeholder(value) {
            let span = block.start + span.start..block.start + span.end;
            sink.push(Hit::new(rule, span, self.severity));
        }
    }
}

/// Returns whether the name that begins at `from` promises a secret.
fn promises(text: &[u8], from: usize) -> bool {
    let rest = &text[from..text.len().min(from + 80)];
    let Some(len) = memchr::memchr(b'"', rest) else { return false };
    let name = String::from_utf8_lossy(&rest[..len]).to_ascii_lowercase();
    let last = name.rsplit(['_', '-']).next().unwrap_or_default();
    SECRET.iter().any(|word| name.contains(word)) && !ABOUT.contains(&last)
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
