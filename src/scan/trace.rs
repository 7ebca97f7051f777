// SPDX-License-Identifier: MIT OR Apache-2.0
//! Why something that looked like a finding is none. Nobody asks that in an ordinary scan, which
//! then keeps no record; those who write rules and those who doubt a scan do.

use std::{cell::RefCell, collections::BTreeSet, ops::Range};

use super::{Content, Engine, FileScan, Scratch, View};
use crate::{
    domain::{Finding, LineIndex, Place, RepoPath, RuleIdx, Secret, Span, Spans},
    rules::Rule,
};

/// Why it is no finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// A character beside it makes it part of something longer.
    Edge,
    /// It repeats itself too much.
    Entropy,
    /// It looks like a placeholder.
    Placeholder,
    /// No word that must be near is.
    Alone,
    /// An exception of the rule matches.
    Exception,
    /// Its own structure speaks against it.
    Proof,
    /// The detector takes it for no such thing.
    Judged,
    /// The rule does not look at other people's code.
    Vendored,
    /// Another finding at the same place says more.
    Overlapped,
}

impl Why {
    /// Returns the word used in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Edge => "edge",
            Self::Entropy => "entropy",
            Self::Placeholder => "placeholder",
            Self::Alone => "near",
            Self::Exception => "not",
            Self::Proof => "proof",
            Self::Judged => "judged",
            Self::Vendored => "vendored",
            Self::Overlapped => "overlapped",
        }
    }

    /// Returns the reason in words, for a value that `rule` would have found.
    #[must_use]
    pub fn words(self, rule: &Rule, value: &[u8]) -> String {
        match self {
            Self::Edge => "a character beside it makes it part of something longer".into(),
            Self::Entropy => {
                let (is, least) = (super::secrets::entropy(value), rule.entropy.unwrap_or(0.0));
                format!("entropy {is:.2} bits a character, {least} at least")
            }
            Self::Placeholder => "looks like a placeholder".into(),
            Self::Alone => {
                format!("none of {:?} within {} lines", rule.near, rule.near_lines)
            }
            Self::Exception => "an exception of the rule matches".into(),
            Self::Proof => "its own structure does not hold".into(),
            Self::Judged => "taken for no secret, by its shape or its surroundings".into(),
            Self::Vendored => "the rule does not look at vendored paths".into(),
            Self::Overlapped => "another finding at the same place says more".into(),
        }
    }
}

/// Something that is no finding.
#[derive(Clone)]
pub struct Dropped {
    /// The rule that would have found it.
    pub rule: RuleIdx,
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub value: Secret,
    /// Why it is none.
    pub why: Why,
}

/// What a scan notes down, by offsets in the text of the view.
#[derive(Default)]
pub(super) struct Trace(RefCell<Vec<Noted>>);

/// A rule, where it would have found something, and why it did not.
pub(super) type Noted = (RuleIdx, Range<usize>, Why);

impl Trace {
    pub(super) fn note(&self, rule: RuleIdx, span: Range<usize>, why: Why) {
        self.0.borrow_mut().push((rule, span, why));
    }

    /// Takes out what was noted in a view that begins at `start`.
    pub(super) fn take(&self, start: usize) -> impl Iterator<Item = Noted> {
        let noted = std::mem::take(&mut *self.0.borrow_mut());
        noted
            .into_iter()
            .map(move |(rule, span, why)| (rule, span.start + start..span.end + start, why))
    }
}

impl View<'_> {
    /// Notes down, if anybody asked, that what stands at `span` is no finding.
    pub fn dropped(&self, rule: RuleIdx, span: Range<usize>, why: Why) {
        if let Some(trace) = self.trace {
            trace.note(rule, span, why);
        }
    }
}

/// What came out of one file, with what did not.
pub struct Traced {
    /// What an ordinary scan finds.
    pub scan: FileScan,
    /// What it leaves out, by place.
    pub dropped: Vec<Dropped>,
}

impl Engine {
    /// Scans one file as [`scan_file`](Self::scan_file) does, and says what was left out and why.
    #[must_use]
    pub fn trace(&self, path: &RepoPath, raw: &[u8], scratch: &mut Scratch) -> Traced {
        let scan = self.scan_file(path, raw, scratch);
        let Content::Text(text, _) = Content::of(raw) else {
            return Traced { scan, dropped: Vec::new() };
        };
        let facts = self.facts(path);
        let (lines, noted) = self.traced_lines(&facts, &text.bytes, scratch);
        let mut all: BTreeSet<(usize, usize, RuleIdx, Why)> =
            noted.into_iter().map(|(rule, span, why)| (span.start, span.end, rule, why)).collect();
        let hits = lines.all_hits();
        all.extend(hits.map(|(rule, span)| (span.start, span.end, rule, Why::Overlapped)));
        let found: BTreeSet<(usize, usize, RuleIdx)> =
            scan.findings.iter().filter_map(place_of).collect();
        all.retain(|(start, end, rule, _)| !found.contains(&(*start, *end, *rule)));
        let index = LineIndex::new(&text.bytes);
        let mut spans = Spans::new(&index, &text.bytes);
        let dropped = all.into_iter().map(|(start, end, rule, why)| Dropped {
            rule,
            value: Secret::new(&text.bytes[start..end]),
            span: spans.next(start..end),
            why,
        });
        let dropped = dropped.collect();
        Traced { scan, dropped }
    }
}

fn place_of(finding: &Finding) -> Option<(usize, usize, RuleIdx)> {
    match &finding.place {
        Place::Span(span) => Some((span.start, span.end, finding.rule)),
        Place::File | Place::Repository => None,
    }
}
