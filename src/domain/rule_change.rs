// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a repository's own rule files make of the rules that come with the program.

use super::{Confidence, Severity};

/// What was done to a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// The rule is the repository's own.
    Added,
    /// A rule of the program was replaced as a whole.
    Replaced,
    /// A rule of the program weighs otherwise.
    Changed,
    /// A rule of the program was switched off.
    Off,
}

impl ChangeKind {
    /// Returns how many of `changes` there are of each kind: `2 added, 1 off`.
    #[must_use]
    pub fn words(changes: &[RuleChange]) -> Option<String> {
        let count = |kind: &Self| changes.iter().filter(|change| change.kind == *kind).count();
        let kinds = [Self::Added, Self::Replaced, Self::Changed, Self::Off];
        let kinds = kinds.iter().map(|kind| (count(kind), kind)).filter(|(n, _)| *n > 0);
        let words: Vec<String> = kinds.map(|(n, kind)| format!("{n} {}", kind.word())).collect();
        (!words.is_empty()).then(|| words.join(", "))
    }

    /// Returns the word used in text and JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Replaced => "replaced",
            Self::Changed => "changed",
            Self::Off => "off",
        }
    }
}

/// One rule that is not as it came with the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleChange {
    /// The rule.
    pub id: String,
    /// What was done to it.
    pub kind: ChangeKind,
    /// How it weighed before, if it was there.
    pub was: Option<(Severity, Confidence)>,
    /// How it weighs now, unless it is off.
    pub now: Option<(Severity, Confidence)>,
    /// Why, as far as the file says.
    pub reason: Option<String>,
    /// The file that says so, from the root of the repository.
    pub file: String,
    /// The line there, counted from 1.
    pub line: usize,
}

impl RuleChange {
    /// Returns in words what was done: `critical, high confidence, was high`.
    #[must_use]
    pub fn words(&self) -> String {
        let weight = |(severity, confidence): (Severity, Confidence)| {
            format!("{}, {} confidence", severity.word(), confidence.word())
        };
        let weights = match (self.was.map(weight), self.now.map(weight)) {
            (Some(was), Some(now)) if was != now => format!("{was} -> {now}"),
            (_, Some(now)) => now,
            (was, None) => format!("was {}", was.unwrap_or_default()),
        };
        let reason = self.reason.as_ref().map_or(String::new(), |why| format!(": {why}"));
        format!("{} ({weights}){reason}", self.kind.word())
    }
}
