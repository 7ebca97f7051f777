// SPDX-License-Identifier: MIT OR Apache-2.0
//! Internal references that must be parsed or need the organisation's own words.
//!
//! One file a family. Whatever an expression on a line can find stays in the packs; here is what
//! has to be taken apart (addresses, host names, ARNs) or compared with the vocabulary.

mod address;
mod aws;
mod handle;
mod host;
mod key;
mod learned;
mod mailbox;
mod name;
mod named;
mod people;
mod principal;
mod private;
mod ranges;
mod ticket;
mod url;
mod words;

use std::{ops::Range, sync::Arc};

use memchr::memmem;

use super::{Detector, Hit, Sink, View, detector::Named};
use crate::{
    domain::{FileKind, PathClass, RuleIdx, Severity, Vocabulary},
    rules::RuleSet,
};

use words::Words;
pub use words::{Answers, overhear, people_of, question, words_of};

pub(super) use address::is_conf;
pub(super) use handle::is_owners_list;
pub(super) use host::credits_people;
pub(super) use mailbox::is_sign as is_mailbox;
pub(super) use ranges::{is_module, names_supplier};

/// Builds the detectors of this room under the names that the packs use.
pub(super) fn detectors(rules: &RuleSet, vocabulary: &Vocabulary) -> Vec<Named> {
    let words = Arc::new(Words::new(vocabulary));
    vec![
        ("address", Box::new(address::Address::new(rules, &words))),
        ("aws", Box::new(aws::Aws::new(rules))),
        ("handle", Box::new(handle::Handle::new(rules, &words))),
        ("host", Box::new(host::Host::new(rules, &words))),
        ("key", Box::new(key::Key::new(rules))),
        ("learned", Box::new(learned::Learned::new(rules, &words))),
        ("mailbox", Box::new(mailbox::Mailbox::new(rules, &words))),
        ("named", Box::new(named::Names::new(rules, &words))),
        ("said", Box::new(Said)),
        ("people", Box::new(people::People::new(rules, &words))),
        ("principal", Box::new(principal::Principal::new(rules, &words))),
        ("ticket", Box::new(ticket::Ticket::new(rules, &words, vocabulary))),
        ("url", Box::new(url::Url::new(rules, &words))),
    ]
}

/// Stands for the rules about commits and names of files: they are applied to all of these
/// together (`scan::history`, `scan::names`), and no text alone can decide them.
struct Said;

impl Detector for Said {}

/// A rule that a detector reports under, looked up once.
#[derive(Clone, Copy)]
struct Slot {
    rule: RuleIdx,
    severity: Severity,
}

impl Slot {
    fn find(rules: &RuleSet, id: &str) -> Option<Self> {
        let rule = rules.detected(id)?;
        Some(Self { rule, severity: rules.info(rule).severity })
    }

    fn hit(self, span: Range<usize>) -> Hit {
        Hit::new(self.rule, span, self.severity)
    }

    fn low(self, span: Range<usize>) -> Hit {
        Hit::new(self.rule, span, self.severity.min(Severity::Low))
    }

    fn high(self, span: Range<usize>, why: &str) -> Hit {
        Hit::new(self.rule, span, self.severity.max(Severity::High)).note(why)
    }
}

/// Pushes what `make` makes of the slot, if its rule is in the set.
fn push(slot: Option<Slot>, sink: &mut Sink, make: impl FnOnce(Slot) -> Hit) {
    sink.extend(slot.map(make));
}

fn byte(text: &[u8], at: Option<usize>) -> u8 {
    at.and_then(|i| text.get(i)).copied().unwrap_or(b'\n')
}

/// The byte before `at`, a line feed at the start of the text.
fn before(text: &[u8], at: usize) -> u8 {
    byte(text, at.checked_sub(1))
}

/// The byte at `at`, a line feed at the end of the text.
fn after(text: &[u8], at: usize) -> u8 {
    byte(text, Some(at))
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Widens `at` over the bytes that `keep` accepts, by at most `limit` on either side.
fn widen(text: &[u8], at: Range<usize>, limit: usize, keep: impl Fn(u8) -> bool) -> Range<usize> {
    let low = at.start.saturating_sub(limit);
    let high = text.len().min(at.end.saturating_add(limit));
    let left = text[low..at.start].iter().rev().take_while(|b| keep(**b)).count();
    let right = text[at.end..high].iter().take_while(|b| keep(**b)).count();
    at.start - left..at.end + right
}

/// The line that holds `at`, in lower case, and where it starts.
fn lower_line(view: &View<'_>, at: usize) -> (usize, Vec<u8>) {
    let line = view.line(at);
    (line.start, view.text[line].to_ascii_lowercase())
}

fn has_any(text: &[u8], needles: &[&str]) -> bool {
    needles.iter().any(|needle| memmem::find(text, needle.as_bytes()).is_some())
}

/// Whether the file is test code rather than documentation: there made-up values are the rule,
/// while a page of prose quotes real ones.
fn in_test_code(view: &View<'_>) -> bool {
    view.class == PathClass::Test && view.kind != FileKind::Prose
}

/// Whether the line of `at` is a comment up to there.
fn in_comment(view: &View<'_>, at: usize) -> bool {
    let head = &view.text[view.line(at).start..at];
    let start = head.trim_ascii_start();
    [&b"#"[..], b"//", b"*", b"/*", b"--", b";"].iter().any(|mark| start.starts_with(mark))
        || has_any(head, &[" # ", " // "])
}
