// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a reviewer can say about a finding, why, and how it came about.

use serde::{Deserialize, Serialize};

use super::Class;

/// A reviewer's answer. The absence of one means undecided.
///
/// The order is the order of strictness: where several hold, the greatest wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// May be published as it stands.
    Approve,
    /// Put off; still counts as unresolved.
    Defer,
    /// Replace the value by its stand-in.
    Redact,
    /// Leave the whole file out.
    Exclude,
}

impl Verdict {
    /// All verdicts in the order of their keys.
    pub const ALL: [Self; 4] = [Self::Approve, Self::Redact, Self::Exclude, Self::Defer];

    /// Returns the word used in files, JSON and on the screen.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Redact => "redact",
            Self::Exclude => "exclude",
            Self::Defer => "defer",
        }
    }

    /// Returns whether it holds, about a licence, for no other evidence than that it was given on.
    #[must_use]
    pub fn rests_on_evidence(self) -> bool {
        self == Self::Approve
    }

    /// Returns whether the finding needs no further decision.
    #[must_use]
    pub fn settles(self) -> bool {
        self != Self::Defer
    }
}

/// Why something was decided the way it was: a closed list, so that reports can count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The rule is wrong here.
    NotSensitive,
    /// Anyone can already read it elsewhere.
    AlreadyPublic,
    /// Made up for tests or documentation.
    TestData,
    /// True, known, and accepted; needs a note.
    AcceptedRisk,
    /// A real credential.
    Credential,
    /// A reference that only makes sense inside.
    InternalReference,
    /// About a person.
    PersonalData,
    /// Belongs to the private part as a whole.
    InternalOnly,
    /// The licence question was answered.
    LicenceCleared,
}

impl Reason {
    /// Returns the reason that stands when the reviewer chose none: the usual one for values of
    /// `class`, or for a whole file.
    #[must_use]
    pub fn usual(verdict: Verdict, class: Option<Class>) -> Option<Self> {
        match (verdict, class) {
            (Verdict::Defer, _) => None,
            (Verdict::Exclude, _) => Some(Self::InternalOnly),
            (Verdict::Approve, Some(Class::Licence)) => Some(Self::LicenceCleared),
            (Verdict::Approve, _) => Some(Self::NotSensitive),
            (Verdict::Redact, Some(Class::Credential | Class::SensitiveFile)) => {
                Some(Self::Credential)
            }
            (Verdict::Redact, Some(Class::PersonalData)) => Some(Self::PersonalData),
            (Verdict::Redact, _) => Some(Self::InternalReference),
        }
    }

    /// The reasons a reviewer can choose for `verdict`, the usual one first.
    #[must_use]
    pub fn choices(verdict: Verdict) -> &'static [Self] {
        match verdict {
            Verdict::Approve => &[
                Self::NotSensitive,
                Self::AlreadyPublic,
                Self::TestData,
                Self::AcceptedRisk,
                Self::LicenceCleared,
            ],
            Verdict::Redact => &[Self::Credential, Self::InternalReference, Self::PersonalData],
            Verdict::Exclude => &[Self::InternalOnly, Self::Credential, Self::PersonalData],
            Verdict::Defer => &[],
        }
    }

    /// Returns the word used in files and JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::NotSensitive => "not-sensitive",
            Self::AlreadyPublic => "already-public",
            Self::TestData => "test-data",
            Self::AcceptedRisk => "accepted-risk",
            Self::Credential => "credential",
            Self::InternalReference => "internal-reference",
            Self::PersonalData => "personal-data",
            Self::InternalOnly => "internal-only",
            Self::LicenceCleared => "licence-cleared",
        }
    }

    /// Returns the words shown on the screen.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::NotSensitive => "not sensitive",
            Self::AlreadyPublic => "already public",
            Self::TestData => "test data",
            Self::AcceptedRisk => "accepted risk (needs a note)",
            Self::Credential => "credential",
            Self::InternalReference => "internal reference",
            Self::PersonalData => "personal data",
            Self::InternalOnly => "internal only",
            Self::LicenceCleared => "licence cleared",
        }
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
