// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a rule says about itself; how it matches is the business of `rules` and `scan`.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The three questions of a release review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Category {
    /// What must not leave: secrets, keys, personal data.
    Sensitive,
    /// What may not leave yet.
    Licensing,
    /// What only makes sense inside the organisation.
    Internal,
}

impl Category {
    /// All categories in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Sensitive, Self::Licensing, Self::Internal];

    /// Returns the word used in rule ids, files and JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Sensitive => "sensitive",
            Self::Licensing => "licensing",
            Self::Internal => "internal",
        }
    }

    /// Returns the title shown on the dashboard and in reports.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Sensitive => "Sensitive",
            Self::Licensing => "Licensing",
            Self::Internal => "Internal references",
        }
    }
}

/// How bad it would be if the finding were published unseen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Public by design or plain information.
    Info,
    /// Identifier, encrypted or weak; a note.
    Low,
    /// Limited, short-lived, or useless alone; ask.
    Medium,
    /// Production data, deployment, or a legal stop.
    High,
    /// Takes over an account, infrastructure or money.
    Critical,
}

impl Severity {
    /// All severities, worst first.
    pub const ALL: [Self; 5] = [Self::Critical, Self::High, Self::Medium, Self::Low, Self::Info];

    /// Returns the word used in files and JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }

    /// Returns the next lower severity; `Info` stays.
    #[must_use]
    pub fn lowered(self) -> Self {
        match self {
            Self::Info | Self::Low => Self::Info,
            Self::Medium => Self::Low,
            Self::High => Self::Medium,
            Self::Critical => Self::High,
        }
    }

    /// Returns the next higher severity; `Critical` stays.
    #[must_use]
    pub fn raised(self) -> Self {
        match self {
            Self::Info => Self::Low,
            Self::Low => Self::Medium,
            Self::Medium => Self::High,
            Self::High | Self::Critical => Self::Critical,
        }
    }
}

/// How sure it is that a finding is what its rule says. What is lost if it is real is the
/// [`Severity`]'s business: a sign-off waits for what is severe, however sure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// A sample, a broken value, or a shape that much else has.
    Low,
    /// The name or the surroundings say so; the value alone could be anything.
    Medium,
    /// A format that nothing else has, or one that proves itself.
    High,
}

impl Confidence {
    /// All of them, the surest first.
    pub const ALL: [Self; 3] = [Self::High, Self::Medium, Self::Low];

    /// Returns the word used in files and JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// What kind of value a rule finds.
///
/// The class, not the rule id, is part of a value's identity, so rules can be renamed and
/// improved without losing decisions. The words are therefore part of the file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// Password, token, key: anything that opens a door.
    Credential,
    /// Something about a natural person.
    PersonalData,
    /// A file that is dangerous as a whole.
    SensitiveFile,
    /// A host or domain name of the organisation.
    InternalHost,
    /// A network or hardware address.
    InternalAddress,
    /// An account, project or resource id of a cloud.
    CloudId,
    /// A path on somebody's machine.
    LocalPath,
    /// A ticket key or number.
    Ticket,
    /// A URL of a private service, registry or repository.
    InternalUrl,
    /// Any other name that only makes sense inside.
    InternalName,
    /// Anything about licences.
    Licence,
}

impl Class {
    /// All classes.
    pub const ALL: [Self; 11] = [
        Self::Credential,
        Self::PersonalData,
        Self::SensitiveFile,
        Self::InternalHost,
        Self::InternalAddress,
        Self::CloudId,
        Self::LocalPath,
        Self::Ticket,
        Self::InternalUrl,
        Self::InternalName,
        Self::Licence,
    ];

    /// Returns the word used in the checklist and inside keyed ids.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Credential => "credential",
            Self::PersonalData => "personal-data",
            Self::SensitiveFile => "sensitive-file",
            Self::InternalHost => "internal-host",
            Self::InternalAddress => "internal-address",
            Self::CloudId => "cloud-id",
            Self::LocalPath => "local-path",
            Self::Ticket => "ticket",
            Self::InternalUrl => "internal-url",
            Self::InternalName => "internal-name",
            Self::Licence => "licence",
        }
    }

    /// Returns whether values of this class are masked on the screen until asked for.
    ///
    /// Nobody can judge a host name by its stars, so only credentials and personal data are.
    #[must_use]
    pub fn starts_masked(self) -> bool {
        matches!(self, Self::Credential | Self::PersonalData)
    }
}

/// The place of a rule in the rule set of this run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RuleIdx(pub u16);

/// What a rule finds of a credential that only opens something as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Half {
    /// What names the key or the account.
    Id,
    /// What opens it.
    Secret,
    /// What comes on top of both, such as the token of a session.
    Token,
}

impl Half {
    /// Returns the word used in files and JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Secret => "secret",
            Self::Token => "token",
        }
    }
}

/// What a rule finds a part of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The name that the rules of all parts share.
    pub family: Arc<str>,
    /// Which part.
    pub half: Half,
}

/// What a reviewer is told about a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleInfo {
    /// `category/name`, for example `sensitive/aws-access-key-id`.
    pub id: String,
    /// The category, which is also the first part of the id.
    pub category: Category,
    /// What kind of value it finds.
    pub class: Class,
    /// Severity before path and proof are taken into account.
    pub severity: Severity,
    /// How sure its findings are before proof and context are taken into account.
    pub confidence: Confidence,
    /// A short name in sentence case.
    pub title: String,
    /// Why it matters when this is published.
    pub why: String,
    /// What to do about it.
    pub remedy: String,
    /// Default stand-in, as a template with holes such as `{n}` for a number that is stable per
    /// value (see [`Template`](crate::domain::stand_in::Template)); empty means that the rule has
    /// no sensible stand-in and the file should be excluded or changed.
    pub replacement: String,
    /// Why such a value is made to be handed out, if it is: it may then be published.
    pub public: Option<String>,
    /// Whether a whole file that it finds is a credential: a store of keys, which nobody can read
    /// out of the file but which somebody has to change.
    pub rotates: bool,
    /// What it finds a part of, if its value opens nothing by itself.
    pub pair: Option<Pair>,
}

impl RuleInfo {
    /// Returns the id without its category.
    #[must_use]
    pub fn name(&self) -> &str {
        self.id.split_once('/').map_or(self.id.as_str(), |(_, name)| name)
    }
}
