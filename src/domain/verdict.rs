// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a reviewer can say about a finding, why, and how it came about.

use serde::{Deserialize, Serialize};

/// A reviewer's answer. The absence of one means undecided.
///
/// The order is the order of strictness: where several hold, the greatest wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// May be published as it stands.
    Approve,
    /// The licence is another than the one found: the reviewer says which.
    Correct,
    /// Put off; still counts as unresolved.
    Defer,
    /// The release mends it, as the reviewer says: a text, a header or a field is put in.
    Fix,
    /// Replace the value by its stand-in.
    Redact,
    /// Leave the whole file out.
    Exclude,
}

impl Verdict {
    /// All verdicts in the order of their keys.
    pub const ALL: [Self; 6] =
        [Self::Approve, Self::Redact, Self::Exclude, Self::Defer, Self::Correct, Self::Fix];

    /// Returns the word used in files, JSON and on the screen.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Correct => "correct",
            Self::Defer => "defer",
            Self::Fix => "fix",
            Self::Redact => "redact",
            Self::Exclude => "exclude",
        }
    }

    /// Returns whether it is given about licences alone, and says something of its own: the
    /// licence that holds, or what is to be done.
    #[must_use]
    pub fn is_about_licences(self) -> bool {
        matches!(self, Self::Correct | Self::Fix)
    }

    /// Returns whether it holds, about a licence, for no other evidence than that it was given on.
    #[must_use]
    pub fn rests_on_evidence(self) -> bool {
        matches!(self, Self::Approve | Self::Correct | Self::Fix)
    }

    /// Returns whether the finding needs no further decision.
    #[must_use]
    pub fn settles(self) -> bool {
        self != Self::Defer
    }
}

/// How a verdict came about; the sign-off report counts each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// One place, looked at.
    Direct,
    /// All places of one group.
    Group,
    /// A broader scope: file, directory, rule, view or command line.
    Batch,
    /// A suggestion that was accepted.
    Suggestion,
    /// Drawn from a batch and looked at.
    Sample,
    /// Given with the other reviewers' words in view, to end a dispute: earlier votes of others on
    /// the same target no longer count against it.
    Settled,
}

impl Origin {
    /// All origins in the order in which reports list them.
    pub const ALL: [Self; 6] =
        [Self::Direct, Self::Group, Self::Batch, Self::Suggestion, Self::Sample, Self::Settled];

    /// Returns the word used in files and JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Group => "group",
            Self::Batch => "batch",
            Self::Suggestion => "suggestion",
            Self::Sample => "sample",
            Self::Settled => "settled",
        }
    }
}
