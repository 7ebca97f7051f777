// SPDX-License-Identifier: MIT OR Apache-2.0
//! Accounts of services: Kerberos principals, `org:svc:team:name:prod`, and on-call aliases.

use std::{ops::Range, sync::Arc};

use super::{Slot, Words, after, before, in_test_code, is_word, push, widen};
use crate::{
    domain::RuleIdx,
    rules::RuleSet,
    scan::{Detector, Sink, View},
};

/// Realms of documentation begin with these.
const SAMPLE_REALMS: &[&[u8]] = &[
    b"EXAMPLE", b"REALM", b"YOUR", b"DOMAIN", b"MY", b"LOCAL", b"TEST", b"FOO", b"ATHENA", b"HOST",
    b"KRB", b"COMPANY", b"SOME", b"ACME", b"XX",
];

/// Words that begin a chain with colons which is no account: tasks, names, addresses.
const CHAINS: &[&[u8]] = &[
    b"arn",
    b"urn",
    b"build",
    b"start",
    b"test",
    b"deploy",
    b"lint",
    b"dev",
    b"run",
    b"watch",
    b"serve",
    b"docker",
    b"npm",
    b"yarn",
    b"ci",
    b"db",
    b"gulp",
    b"rake",
    b"release",
    b"e2e",
    b"clean",
    b"generate",
    b"install",
    b"http",
    b"https",
    b"compile",
    b"bundle",
    b"publish",
    b"cache",
];

/// What stands before `-oncall` in words that name nobody.
const NO_ALIAS: &[&[u8]] = &[
    b"the", b"is", b"get", b"pre", b"post", b"non", b"who-is", b"next", b"current", b"my", b"your",
    b"example", b"team", b"on", b"not", b"off", b"for", b"grafana", b"amixr", b"set", b"list",
];

pub(super) struct Principal {
    slot: Option<Slot>,
    words: Arc<Words>,
}

impl Principal {
    pub(super) fn new(rules: &RuleSet, words: &Arc<Words>) -> Self {
        Self { slot: Slot::find(rules, "internal/principal"), words: Arc::clone(words) }
    }

    /// Every `primary/instance@REALM` of the line, which says what it is about.
    fn kerberos(&self, view: &View<'_>, at: usize, sink: &mut Sink) {
        let text = view.text;
        let line = view.line(at);
        for sign in memchr::memchr_iter(b'@', &text[line.clone()]) {
            let sign = line.start + sign;
            let realm =
                widen(text, sign + 1..sign + 1, 80, |b| is_word(b) || matches!(b, b'.' | b'-'));
            let realm = &text[sign + 1..realm.end];
            let realm = realm.strip_suffix(b".").unwrap_or(realm);
            let part = |b: u8| is_word(b) || b"./$-".contains(&b);
            let start = widen(text, sign..sign, 120, part).start;
            let open = matches!(before(text, start), b'}' | b'>' | b')' | b'%');
            if is_realm(realm) && (start < sign || open) && !self.is_sample(realm) {
                push(self.slot, sink, |slot| slot.hit(start..sign + 1 + realm.len()));
            }
        }
    }

    fn is_sample(&self, realm: &[u8]) -> bool {
        let sample = SAMPLE_REALMS.iter().any(|head| realm.starts_with(head))
            || [&b".EXAMPLE"[..], b".TEST", b".INVALID"].iter().any(|tail| realm.ends_with(tail))
            || memchr::memmem::find(realm, b".EXAMPLE.").is_some();
        sample && !self.words.is_org(realm)
    }

    fn chain(&self, view: &View<'_>, at: Range<usize>, sink: &mut Sink) {
        let text = view.text;
        let part = |b: u8| is_word(b) || matches!(b, b':' | b'-');
        let span = widen(text, at, 120, part);
        let chain = &text[span.clone()];
        let mut labels = chain.split(|b| *b == b':');
        let named = |label: &[u8]| label.first().is_some_and(u8::is_ascii_lowercase);
        let first = labels.next().unwrap_or_default();
        let rest = labels.clone().count();
        let open = !matches!(before(text, span.start), b'/' | b'.' | b'$' | b'@' | b'}')
            && !matches!(after(text, span.end), b'/' | b'.' | b'(' | b'$' | b'{');
        if open
            && rest >= 3
            && named(first)
            && labels.all(|label| named(label) && !matches!(label, b"urn" | b"arn"))
            && !CHAINS.contains(&first)
        {
            push(self.slot, sink, |slot| slot.hit(span));
        }
    }

    fn on_call(&self, view: &View<'_>, at: Range<usize>, sink: &mut Sink) {
        let text = view.text;
        let start = widen(text, at.start..at.start, 60, |b| is_word(b) || b == b'-').start;
        let team = &text[start..at.start];
        let next = after(text, at.end);
        let joined = is_word(next)
            || matches!(next, b'-' | b'/' | b'(' | b'@')
            || next == b'.' && is_word(after(text, at.end + 1))
            || matches!(before(text, start), b'/' | b'.' | b'#' | b'$' | b'{' | b'@' | b'<');
        let lower = team.to_ascii_lowercase();
        let named = team.first().is_some_and(u8::is_ascii_alphabetic) && team.len() >= 2;
        if !joined && named && !NO_ALIAS.contains(&lower.as_slice()) && !in_test_code(view) {
            push(self.slot, sink, |slot| slot.hit(start..at.end));
        }
    }
}

impl Detector for Principal {
    fn at(&self, view: &View<'_>, _: RuleIdx, at: Range<usize>, sink: &mut Sink) {
        let keyword = &view.text[at.clone()];
        if keyword.starts_with(b":") {
            self.chain(view, at, sink);
        } else if keyword.starts_with(b"-") {
            self.on_call(view, at, sink);
        } else {
            self.kerberos(view, at.start, sink);
        }
    }
}

/// Whether it is written as realms are: in capitals, and as long as a name.
fn is_realm(realm: &[u8]) -> bool {
    let fits = |b: &u8| b.is_ascii_uppercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-');
    let letters = realm.iter().filter(|b| b.is_ascii_uppercase()).count();
    realm.iter().all(fits) && letters >= 4 && realm.first().is_some_and(u8::is_ascii_uppercase)
}
