// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a matcher hands back, and the trait of matchers that are code.

use std::ops::Range;

use super::{PathFacts, Reach, View};
use crate::domain::{Confidence, RuleIdx, Secret, Severity};

/// A value that a rule found in a file, before the file's class is taken into account.
#[derive(Clone, PartialEq, Eq)]
pub struct Hit {
    /// The rule.
    pub rule: RuleIdx,
    /// The value's bytes in the text.
    pub span: Range<usize>,
    /// Severity as far as value and surroundings say.
    pub severity: Severity,
    /// How sure it is that it is real; nothing leaves that to the rule.
    pub confidence: Option<Confidence>,
    /// Whether a checksum or the structure proved it: then the path lowers nothing.
    pub proved: bool,
    /// Whether the finding is the whole file; the span then only says where it was seen.
    pub whole_file: bool,
    /// Whether the file's class was taken into account.
    pub weighed: bool,
    /// The value, if the text holds something that stands for it.
    pub decoded: Option<Secret>,
    /// What a decision on it rests on, if that is something else than its line.
    pub evidence: Option<Secret>,
    /// Remarks for the reviewer. Never the value.
    pub notes: Vec<String>,
}

impl Hit {
    /// Makes a hit without proof or remarks.
    #[must_use]
    pub fn new(rule: RuleIdx, span: Range<usize>, severity: Severity) -> Self {
        Self {
            rule,
            span,
            severity,
            confidence: None,
            proved: false,
            whole_file: false,
            weighed: false,
            decoded: None,
            evidence: None,
            notes: Vec::new(),
        }
    }

    /// Adds a remark.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// Has decisions rest on `evidence` in place of the line around it.
    #[must_use]
    pub fn resting_on(mut self, evidence: &[u8]) -> Self {
        self.evidence = Some(Secret::new(evidence));
        self
    }

    /// Says how sure it is, whatever the rule says.
    #[must_use]
    pub fn confidence(mut self, confidence: Confidence) -> Self {
        self.confidence = Some(confidence);
        self
    }

    /// Returns how sure it is. Of a hit that left the engine the rule was asked too.
    #[must_use]
    pub fn sureness(&self) -> Confidence {
        self.confidence.unwrap_or(Confidence::Medium)
    }

    /// Marks the value as proved by its own structure.
    #[must_use]
    pub fn proved(mut self, how: &str) -> Self {
        self.proved = true;
        self.confidence = Some(Confidence::High);
        self.note(how)
    }
}

/// Where hits are collected.
pub type Sink = Vec<Hit>;

/// Asks in a text about a keyword that was found there.
pub type Fits = fn(&[u8], &Range<usize>) -> bool;

/// A matcher that an expression cannot express.
///
/// The rules that name it stay data: they hold its keywords, severity and texts. A detector
/// looks its rules up once, when it is built, and must not keep anything between files.
pub trait Detector: Send + Sync {
    /// Returns keywords that stand in no pack because they are learned, each with the rule that
    /// [`at`](Self::at) is called for.
    fn keywords(&self) -> Vec<(RuleIdx, String)> {
        Vec::new()
    }

    /// Looks at one keyword of one of its rules, found at `at`. The engine calls it for every
    /// keyword of a line in ascending order, with an empty sink at the start of the line, or of
    /// the file if its reach is the head.
    fn at(&self, view: &View<'_>, rule: RuleIdx, at: Range<usize>, sink: &mut Sink) {
        let _ = (view, rule, at, sink);
    }

    /// Returns what leaves it possible that [`at`](Self::at) finds something at a keyword, as far
    /// as its line says. It is asked wherever the keyword stands, so it must cost next to nothing;
    /// what it sorts out is never heard of again, so it is only for what is no finding at all.
    fn fits(&self) -> Option<Fits> {
        None
    }

    /// Returns the sign that it waits for beside its keywords.
    fn sign(&self) -> Option<Sign> {
        None
    }

    /// Looks at one sign, the byte at `at`.
    fn at_sign(&self, view: &View<'_>, at: usize, sink: &mut Sink) {
        let _ = (view, at, sink);
    }

    /// Returns whether the line alone leaves it possible that [`at`](Self::at) finds something.
    /// `view` is the line with its LF. A detector that looks further than the line, and could
    /// find more for it, must say so here.
    fn worth(&self, view: &View<'_>, rule: RuleIdx, at: Range<usize>, sink: &mut Sink) -> bool {
        self.at(view, rule, at, sink);
        self.reach() != Reach::LINE || !sink.is_empty()
    }

    /// Returns the same for a sign.
    fn worth_sign(&self, view: &View<'_>, at: usize, sink: &mut Sink) -> bool {
        self.at_sign(view, at, sink);
        !sink.is_empty()
    }

    /// Returns whether it looks at the whole text of a file whose path says `facts`, also where
    /// none of its keywords stands.
    fn reads(&self, facts: &PathFacts) -> bool {
        let _ = facts;
        false
    }

    /// Looks at the whole text, of which its keywords stand at `anchors`, ascending, each with
    /// the rule that waits for it. Called once for a text that has any, or that it
    /// [`reads`](Self::reads), if its reach is that far.
    fn whole(&self, view: &View<'_>, anchors: &[(RuleIdx, Range<usize>)], sink: &mut Sink) {
        let _ = (view, anchors, sink);
    }

    /// Returns how far it may look. What it is shown ends there.
    fn reach(&self) -> Reach {
        Reach::LINE
    }
}

/// An anchor that is no word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A dot between digits, or a colon as addresses have them.
    Number,
    /// An `@` in a list of owners.
    Mention,
    /// An `@` behind two names with a dot between.
    Mail,
    /// An `@` between a word and a domain.
    Mailbox,
}

/// A detector under the name that rules call it by.
pub(super) type Named = (&'static str, Box<dyn Detector>);
