// SPDX-License-Identifier: MIT OR Apache-2.0
//! Private JSON web keys: an object with `kty` and with `d`, or `k` if the key is shared.

use std::ops::Range;

use memchr::memmem;

use super::{
    chars::{self, entropy},
    is_placeholder, proof, typed,
};
use crate::{
    domain::{RuleIdx, Severity, remark},
    rules::RuleSet,
    scan::{Detector, Hit, Reach, Sink, View},
};

/// How far the braces of a key may be apart, in bytes.
const LONGEST: usize = 6000;
/// The shortest private part: 16 bytes of a shared key.
const SHORTEST: usize = 20;

/// Finds the private part of a key.
pub(super) struct WebKey {
    severity: Severity,
}

impl WebKey {
    pub(super) fn new(rules: &RuleSet) -> Self {
        let rule = rules.detected("sensitive/jwk-private");
        Self { severity: rule.map_or(Severity::Critical, |rule| rules.info(rule).severity) }
    }
}

impl Detector for WebKey {
    fn reach(&self) -> Reach {
        // Each part of a key may stand on a line of its own.
        Reach::lines(16, 16)
    }

    fn at(&self, view: &View<'_>, rule: RuleIdx, at: Range<usize>, sink: &mut Sink) {
        let object = object(view.text, at.start);
        let text = &view.text[object.clone()];
        let Some(kind) = field(text, b"kty") else { return };
        let private: &[u8] = match &text[kind] {
            b"RSA" | b"EC" | b"OKP" => b"d",
            b"oct" => b"k",
            _ => return,
        };
        let Some(span) = field(text, private) else { return };
        let value = &text[span.clone()];
        let called = matches!(text.get(span.end), Some(b'(' | b'['));
        let made_up = is_placeholder(value) || typed::is_counted(value) || is_name(value);
        if value.len() < SHORTEST || entropy(value) < 3.5 || made_up || called {
            return;
        }
        let span = object.start + span.start..object.start + span.end;
        if sink.iter().any(|hit| hit.span == span) {
            return;
        }
        let mut hit = Hit::new(rule, span, self.severity);
        if proof::is_sample(value) {
            hit.severity = Severity::Low;
            hit = hit.note(remark::SPECIFIED_SAMPLE);
        }
        sink.push(hit);
    }
}

/// Returns whether `value` is the name of what code puts there.
fn is_name(value: &[u8]) -> bool {
    chars::word_letters(value) * 10 >= value.len() * 6
}

/// Returns what stands between the braces around `at`, or all that is seen if there are none.
fn object(text: &[u8], at: usize) -> Range<usize> {
    let low = at.saturating_sub(LONGEST);
    let high = text.len().min(at + LONGEST);
    let mut depth = 0_usize;
    let mut start = low;
    for i in (low..at).rev() {
        match text[i] {
            b'}' => depth += 1,
            b'{' if depth == 0 => {
                start = i + 1;
                break;
            }
            b'{' => depth -= 1,
            _ => {}
        }
    }
    let mut depth = 0_usize;
    let mut end = high;
    for (i, byte) in text.iter().enumerate().take(high).skip(at) {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 0 => {
                end = i;
                break;
            }
            b'}' => depth -= 1,
            _ => {}
        }
    }
    start..end
}

/// Returns the value of `name`, quoted or not, also inside another string.
fn field(text: &[u8], name: &[u8]) -> Option<Range<usize>> {
    let word = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_alphanumeric() || b"_-".contains(b));
    let skip = |mut at: usize, these: &[u8]| {
        while text.get(at).is_some_and(|b| these.contains(b)) {
            at += 1;
        }
        at
    };
    memmem::find_iter(text, name).find_map(|at| {
        if word(at.checked_sub(1).and_then(|i| text.get(i))) {
            return None;
        }
        let colon = skip(at + name.len(), b"\\\"' \t");
        if !matches!(text.get(colon), Some(b':' | b'=')) {
            return None;
        }
        let start = skip(colon + 1, b"\\\"'> \t\r\n");
        let len = text[start..].iter().take_while(|b| word(Some(b))).count();
        (len > 0).then_some(start..start + len)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{field, object};

    #[test]
    fn fields_are_found_in_their_object() {
        let text = br#"{"a":{"kty":"EC", "d" : "x1"}, "d":"no"}"#;
        let inner = object(text, 8);
        assert_eq!(&text[inner.clone()], br#""kty":"EC", "d" : "x1""#);
        let value =
            |name: &[u8]| field(&text[inner.clone()], name).map(|span| &text[inner.clone()][span]);
        assert_eq!(value(b"kty"), Some(b"EC".as_slice()));
        assert_eq!(value(b"d"), Some(b"x1".as_slice()));
        assert_eq!(value(b"k"), None);
        let escaped = br#"\"kty\":\"oct\",\"k\":\"AQ\""#;
        assert_eq!(field(escaped, b"k").map(|span| &escaped[span]), Some(b"AQ".as_slice()));
    }

    proptest! {
        #[test]
        fn never_panics(text in prop::collection::vec(any::<u8>(), 0..200), at in 0_usize..200) {
            let at = at.min(text.len());
            let _ = field(&text[object(&text, at)], b"d");
        }
    }
}
