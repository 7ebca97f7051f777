// SPDX-License-Identifier: MIT OR Apache-2.0
//! Why something was decided: closed lists, so that reports can count.

use serde::{Deserialize, Serialize};

use super::{Class, Verdict};

/// Why something was decided the way it was.
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
    /// The licence or the holder was read wrongly: the text does not say that.
    WrongDetection,
    /// A licence is only named or linked to; nothing here is under it.
    ReferenceOnly,
    /// Documentation or an example that shows the licence's words.
    Documentation,
    /// Used to build or test, and no part of what is published as the work.
    BuildTool,
    /// A work of its own beside this one, or linked dynamically; needs a note.
    SeparateWork,
    /// The holder gave permission, sold a licence or agreed to relicense; needs a note.
    Permission,
    /// The holder is one of the owners under another name.
    OwnAlias,
    /// Written by a program from a source that is under the right licence.
    Generated,
}

impl Reason {
    /// All reasons.
    pub const ALL: [Self; 17] = [
        Self::NotSensitive,
        Self::AlreadyPublic,
        Self::TestData,
        Self::AcceptedRisk,
        Self::Credential,
        Self::InternalReference,
        Self::PersonalData,
        Self::InternalOnly,
        Self::LicenceCleared,
        Self::WrongDetection,
        Self::ReferenceOnly,
        Self::Documentation,
        Self::BuildTool,
        Self::SeparateWork,
        Self::Permission,
        Self::OwnAlias,
        Self::Generated,
    ];

    /// Returns the reason that stands when the reviewer chose none: the usual one for values of
    /// `class`, or for a whole file.
    #[must_use]
    pub fn usual(verdict: Verdict, class: Option<Class>) -> Option<Self> {
        match (verdict, class) {
            // What these say is the reason.
            (Verdict::Defer | Verdict::Correct | Verdict::Fix, _) => None,
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

    /// The reasons that go with `verdict` on values of `class`, the usual one first; without a
    /// class those of every class.
    #[must_use]
    pub fn choices(verdict: Verdict, class: Option<Class>) -> Vec<Self> {
        let all: &[Self] = match verdict {
            Verdict::Approve if class == Some(Class::Licence) => &[
                Self::LicenceCleared,
                Self::WrongDetection,
                Self::ReferenceOnly,
                Self::Documentation,
                Self::TestData,
                Self::BuildTool,
                Self::SeparateWork,
                Self::Permission,
                Self::OwnAlias,
                Self::Generated,
                Self::AcceptedRisk,
            ],
            Verdict::Approve => {
                &[Self::NotSensitive, Self::AlreadyPublic, Self::TestData, Self::AcceptedRisk]
            }
            Verdict::Correct => {
                &[Self::WrongDetection, Self::ReferenceOnly, Self::Permission, Self::Generated]
            }
            Verdict::Redact => &[Self::Credential, Self::InternalReference, Self::PersonalData],
            Verdict::Exclude => &[Self::InternalOnly, Self::Credential, Self::PersonalData],
            Verdict::Fix | Verdict::Defer => &[],
        };
        let mut all = all.to_vec();
        if class.is_none() && verdict == Verdict::Approve {
            let more = Self::choices(verdict, Some(Class::Licence));
            all.extend(more.into_iter().filter(|why| *why != Self::TestData));
            all.dedup();
        }
        all
    }

    /// Returns whether it is about licences and nothing else.
    #[must_use]
    pub fn is_about_licences(self) -> bool {
        matches!(
            self,
            Self::LicenceCleared
                | Self::WrongDetection
                | Self::ReferenceOnly
                | Self::Documentation
                | Self::BuildTool
                | Self::SeparateWork
                | Self::Permission
                | Self::OwnAlias
                | Self::Generated
        )
    }

    /// Returns whether it says too little without a note.
    #[must_use]
    pub fn needs_note(self) -> bool {
        matches!(self, Self::AcceptedRisk | Self::SeparateWork | Self::Permission)
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
            Self::WrongDetection => "wrong-detection",
            Self::ReferenceOnly => "reference-only",
            Self::Documentation => "documentation",
            Self::BuildTool => "build-tool",
            Self::SeparateWork => "separate-work",
            Self::Permission => "permission",
            Self::OwnAlias => "own-alias",
            Self::Generated => "generated",
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
            Self::WrongDetection => "wrong detection",
            Self::ReferenceOnly => "reference only",
            Self::Documentation => "documentation or example",
            Self::BuildTool => "build or test tool",
            Self::SeparateWork => "separate work (needs a note)",
            Self::Permission => "permission obtained (needs a note)",
            Self::OwnAlias => "own alias of the holder",
            Self::Generated => "generated",
        }
    }

    /// Returns what it says, in a sentence.
    #[must_use]
    pub fn help(self) -> &'static str {
        match self {
            Self::NotSensitive => "The rule is wrong here",
            Self::AlreadyPublic => "Anyone can already read it elsewhere",
            Self::TestData => "Made up for tests or documentation",
            Self::AcceptedRisk => "True, known and accepted; needs --note",
            Self::Credential => "A real credential",
            Self::InternalReference => "A reference that only makes sense inside",
            Self::PersonalData => "About a person",
            Self::InternalOnly => "Belongs to the private part as a whole",
            Self::LicenceCleared => "The licence question was answered",
            Self::WrongDetection => "The licence or the holder was read wrongly",
            Self::ReferenceOnly => "A licence is only named or linked to; nothing is under it",
            Self::Documentation => "Documentation or an example that shows the words",
            Self::BuildTool => "Used to build or test, no part of what is published as the work",
            Self::SeparateWork => "A work of its own, or linked dynamically; needs --note",
            Self::Permission => {
                "The holder gave permission, sold a licence or agreed to relicense; needs --note"
            }
            Self::OwnAlias => "The holder is one of the owners under another name",
            Self::Generated => "Written by a program from a source under the right licence",
        }
    }
}
