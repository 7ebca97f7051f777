// SPDX-License-Identifier: MIT OR Apache-2.0
//! Encrypted files: by what they are encrypted, and what everybody still reads.
//!
//! An encrypted file is never clean. One finding for the whole file says so, with what was counted
//! in it; values in clear between encrypted ones, and who can decrypt, are findings of their own.
//! What stands in such a file beside that (hosts, accounts) is found by the rules for it.

mod bytes;
mod leaves;
mod lists;
mod pgp;
mod sops;
mod summary;
mod values;

use std::ops::Range;

use super::{Detector, Engine, Hit, PathFacts, Reach, Sink, View, detector::Named};
use crate::{
    domain::{Confidence, FileKind, RuleIdx, Severity},
    rules::RuleSet,
};

use lists::Entry;
pub(super) use lists::List;
use summary::Summary;

/// The rule of encrypted files.
const FILE: &str = "sensitive/encrypted-file";

/// Builds the detector of this room.
pub(super) fn detectors(rules: &RuleSet) -> Vec<Named> {
    vec![("sealed", Box::new(Sealed::new(rules)))]
}

/// Returns by what a file is encrypted as a whole, if its first bytes say so.
pub(super) fn method(raw: &[u8]) -> Option<&'static str> {
    bytes::summary(raw).map(|summary| summary.how)
}

impl Engine {
    /// Returns what there is to say of a file that is encrypted as a whole.
    #[must_use]
    pub fn sealed(&self, raw: &[u8]) -> Vec<Hit> {
        let found = bytes::summary(raw).zip(self.rules.find(FILE));
        found.map(|(one, rule)| of_file(rule, &[one])).into_iter().collect()
    }
}

/// The finding for the whole file.
fn of_file(rule: RuleIdx, all: &[Summary]) -> Hit {
    let worst = all.iter().map(Summary::severity).max();
    let mut hit = Hit::new(rule, 0..0, worst.unwrap_or(Severity::Low));
    hit.whole_file = true;
    hit.confidence = Some(Confidence::High);
    hit.notes = all.iter().flat_map(Summary::notes).collect();
    hit
}

/// A rule with its severity.
#[derive(Clone, Copy)]
struct Slot(RuleIdx, Severity);

impl Slot {
    fn find(rules: &RuleSet, id: &str) -> Option<Self> {
        rules.detected(id).map(|rule| Self(rule, rules.info(rule).severity))
    }

    fn hit(self, span: Range<usize>) -> Hit {
        Hit::new(self.0, span, self.1)
    }
}

struct Sealed {
    file: Option<RuleIdx>,
    plain: Option<Slot>,
    recipient: Option<Slot>,
    path: Option<Slot>,
}

impl Sealed {
    fn new(rules: &RuleSet) -> Self {
        Self {
            file: rules.detected(FILE),
            plain: Slot::find(rules, "sensitive/plain-among-encrypted"),
            recipient: Slot::find(rules, "internal/recipient"),
            path: Slot::find(rules, "internal/encrypted-path"),
        }
    }

    fn list(&self, list: List, view: &View<'_>, sink: &mut Sink) {
        for (entry, span) in lists::entries(list, view.text) {
            // What a release puts there.
            let stand_ins = [&b"recipient-"[..], b"encrypted-"];
            if stand_ins.iter().any(|head| view.text[span.clone()].starts_with(head)) {
                continue;
            }
            let slot = if entry == Entry::Path { self.path } else { self.recipient };
            let hit = slot.map(|slot| slot.hit(span));
            sink.extend(hit.map(|hit| match entry {
                Entry::Key => hit.note("the id of a key"),
                Entry::Name | Entry::Path => hit,
            }));
        }
    }
}

impl Detector for Sealed {
    fn reach(&self) -> Reach {
        Reach::WHOLE
    }

    fn reads(&self, facts: &PathFacts) -> bool {
        facts.sealed_list.is_some()
    }

    fn whole(&self, view: &View<'_>, anchors: &[(RuleIdx, Range<usize>)], sink: &mut Sink) {
        if let Some(list) = view.facts.sealed_list {
            self.list(list, view, sink);
        }
        let Some(rule) = self.file.filter(|_| !anchors.is_empty()) else { return };
        let prose = view.kind == FileKind::Prose;
        // Whatever else stands in a file of SOPS, SOPS has encrypted it once more.
        let all = match sops::summary(view.text, prose) {
            Some(one) => vec![one],
            None => values::summaries(view.text),
        };
        if all.is_empty() {
            return;
        }
        sink.push(of_file(rule, &all));
        if let Some(slot) = self.plain {
            sink.extend(all.into_iter().flat_map(|one| one.plain).map(|span| slot.hit(span)));
        }
    }
}
