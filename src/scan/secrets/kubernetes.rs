// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a Kubernetes Secret holds in clear, whatever it is called.

use std::ops::Range;

use memchr::memmem;

use super::{chars::looks_random, is_placeholder};
use crate::{
    domain::{RuleIdx, Severity},
    rules::RuleSet,
    scan::{Detector, Hit, Reach, Sink, View},
};

/// Parts of names whose values are kept with a secret, but are none.
const OPEN: [&str; 17] = [
    "user", "host", "port", "database", "dbname", "url", "uri", "endpoint", "region", "bucket",
    "mail", "type", "name", "server", "project", "provider", "version",
];

/// Finds the values under `stringData`.
pub(super) struct Manifest {
    severity: Severity,
}

impl Manifest {
    pub(super) fn new(rules: &RuleSet) -> Self {
        let rule = rules.detected("sensitive/kubernetes-secret");
        Self { severity: rule.map_or(Severity::High, |rule| rules.info(rule).severity) }
    }
}

impl Detector for Manifest {
    fn reach(&self) -> Reach {
        Reach::lines(24, 40)
    }

    fn at(&self, view: &View<'_>, rule: RuleIdx, at: Range<usize>, sink: &mut Sink) {
        let text = view.text;
        let start = memchr::memrchr(b'\n', &text[..at.start]).map_or(0, |i| i + 1);
        let end = memchr::memchr(b'\n', &text[at.end..]).map_or(text.len(), |i| at.end + i);
        let rest = text[at.end..end].trim_ascii();
        let opens = rest.strip_prefix(b"\"").unwrap_or(rest).trim_ascii();
        if !matches!(opens, b":" | b": {" | b":{") || is_sealed(text, start) {
            return;
        }
        let base = indent(&text[start..]);
        let mut depth = None;
        let mut from = end + 1;
        while from < text.len() {
            let to = memchr::memchr(b'\n', &text[from..]).map_or(text.len(), |i| from + i);
            let line = &text[from..to];
            let own = indent(line);
            if !line.trim_ascii().is_empty() {
                if own <= base {
                    break;
                }
                if own == *depth.get_or_insert(own)
                    && let Some(value) = value(line)
                {
                    let span = from + value.start..from + value.end;
                    let drawn = looks_random(&text[span.clone()]);
                    let mut hit = Hit::new(rule, span, self.severity);
                    if !drawn {
                        hit.severity = hit.severity.min(Severity::Medium);
                        hit = hit.note("simple: a default or a test value?");
                    }
                    sink.push(hit);
                }
            }
            from = to + 1;
        }
    }
}

fn indent(line: &[u8]) -> usize {
    line.iter().take_while(|b| **b == b' ').count()
}

/// Whether the document that holds `at` is of a kind that seals or fetches its values.
fn is_sealed(text: &[u8], at: usize) -> bool {
    let from = memmem::rfind(&text[..at], b"\n---").unwrap_or(0);
    let to = memmem::find(&text[at..], b"\n---").map_or(text.len(), |i| at + i);
    let document = &text[from..to];
    [b"SealedSecret".as_slice(), b"ExternalSecret"]
        .iter()
        .any(|word| memmem::find(document, word).is_some())
}

/// Returns the value of a line `name: value`, if it may be secret.
fn value(line: &[u8]) -> Option<Range<usize>> {
    let colon = memchr::memchr(b':', line)?;
    let name = String::from_utf8_lossy(line[..colon].trim_ascii()).to_ascii_lowercase();
    let name = name.trim_matches(['"', '\'']);
    if name.is_empty() || name.starts_with(['#', '-']) || is_open(name) {
        return None;
    }
    let mut start = colon + 1;
    while line.get(start).is_some_and(|b| *b == b' ') {
        start += 1;
    }
    if start == colon + 1 {
        return None;
    }
    let quote = line.get(start).copied().filter(|b| matches!(b, b'"' | b'\''));
    start += usize::from(quote.is_some());
    let rest = &line[start..];
    let len = match quote {
        Some(quote) => memchr::memchr(quote, rest)?,
        None => memmem::find(rest, b" #").unwrap_or(rest.len()),
    };
    let value = rest[..len].trim_ascii_end();
    let block = quote.is_none() && value.first().is_some_and(|b| b"|>&*!{[".contains(b));
    (!block && holds_secret(value)).then(|| start..start + value.len())
}

/// Whether a name is that of what is kept with a secret, but is none.
fn is_open(name: &str) -> bool {
    let last = name.rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let secret = ["pass", "secret", "token", "key", "cred"].iter().any(|word| name.contains(word));
    let open = |text: &str| OPEN.iter().any(|word| text.contains(word));
    last == "id" || open(last) || !secret && open(name)
}

fn holds_secret(value: &[u8]) -> bool {
    let plain = value.iter().all(|b| b.is_ascii_digit() || b".:".contains(b));
    let address = memmem::find(value, b"://").is_some();
    // One value may be left in clear where all others are encrypted.
    let sealed = value.starts_with(b"ENC[");
    value.len() >= 4 && !plain && !address && !sealed && !is_placeholder(value)
}

/// Returns whether a value that stands among secrets may be one, by its name and by its form.
pub(in crate::scan) fn may_be_secret(name: &[u8], value: &[u8]) -> bool {
    let name = String::from_utf8_lossy(name).to_ascii_lowercase();
    let opens = value.first().is_some_and(|b| b"|>&*!{[".contains(b));
    let word = matches!(value, b"true" | b"false" | b"null");
    !is_open(&name) && !opens && !word && holds_secret(value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::value;

    #[test]
    fn only_what_may_be_secret_counts() {
        let of = |line: &'static str| value(line.as_bytes()).map(|span| &line[span]);
        assert_eq!(of("  root: \"q7w2 z9\"  # old"), Some("q7w2 z9"));
        assert_eq!(of("  user-password: q7w2z9"), Some("q7w2z9"));
        for line in [
            "  username: q7w2z9",
            "  a: ${X}",
            "  b: |",
            "  c: 5432",
            "  # d: q7w2z9",
            "  e:q7w2z9",
            "  f: ENC[AES256_GCM,data:q7w2z9]",
        ] {
            assert_eq!(of(line), None, "{line}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(line in prop::collection::vec(any::<u8>(), 0..80)) {
            let _ = value(&line);
        }
    }
}
