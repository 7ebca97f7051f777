// SPDX-License-Identifier: MIT OR Apache-2.0
//! One rule, as it stands in a pack and as the engine uses it.

use std::{collections::HashMap, sync::OnceLock};

use regex::bytes::Regex;
use serde::{Deserialize, Serialize};

use super::{
    lazy::Lazy,
    needs::Needs,
    run::Runs,
    shape::{self, Shape},
};
use crate::domain::{Class, Confidence, Half, RuleInfo, Severity};

/// A rule as it is written in a pack.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    pub(super) id: String,
    pub(super) class: Class,
    pub(super) severity: Severity,
    pub(super) confidence: Option<Confidence>,
    pub(super) title: String,
    pub(super) why: String,
    pub(super) remedy: String,
    #[serde(default)]
    pub(super) replacement: String,
    #[serde(default)]
    pub(super) keywords: Vec<String>,
    pub(super) pattern: Option<String>,
    #[serde(default)]
    pub(super) names: Vec<String>,
    pub(super) body: Option<String>,
    pub(super) detector: Option<String>,
    #[serde(default)]
    pub(super) scope: Scope,
    #[serde(default)]
    pub(super) window: Window,
    #[serde(default)]
    pub(super) edge: Edge,
    pub(super) entropy: Option<f64>,
    #[serde(default)]
    pub(super) near: Vec<String>,
    #[serde(default = "three")]
    pub(super) near_lines: u8,
    #[serde(default)]
    pub(super) not: Vec<String>,
    pub(super) placeholders: Option<bool>,
    pub(super) chosen: Option<bool>,
    #[serde(default)]
    pub(super) paths: Vec<String>,
    #[serde(default)]
    pub(super) not_paths: Vec<String>,
    pub(super) proof: Option<Proof>,
    #[serde(default)]
    pub(super) on_failure: OnFailure,
    #[serde(default)]
    pub(super) generic: bool,
    pub(super) vendored: Option<bool>,
    pub(super) public: Option<String>,
    pub(super) rotates: Option<bool>,
    pub(super) pair: Option<String>,
    pub(super) half: Option<Half>,
}

fn three() -> u8 {
    3
}

/// What a rule's finding points at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// The matched span.
    #[default]
    Span,
    /// The whole file: it is dangerous as it stands, whatever part matched.
    File,
}

/// How much text around a keyword the expression sees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Window {
    /// The line of the keyword, cropped around it when the line is very long.
    #[default]
    Line,
    /// That line and the three after it.
    Below,
    /// Three lines before and after.
    Around,
    /// That line and the block that begins there, a few KiB of it.
    Block,
}

/// Which neighbours disqualify a match: a token's prefix inside a longer word is no token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Edge {
    /// `A-Z a-z 0-9 _` may not touch the value.
    #[default]
    Word,
    /// Those and `-`.
    Token,
    /// Those of `word` and `+ / =`.
    Base64,
    /// Anything may.
    None,
}

impl Window {
    /// Returns the word used in rule files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Below => "below",
            Self::Around => "around",
            Self::Block => "block",
        }
    }
}

impl Edge {
    /// Returns whether `byte` may not touch a value.
    #[must_use]
    pub fn forbids(self, byte: u8) -> bool {
        let word = byte.is_ascii_alphanumeric() || byte == b'_';
        match self {
            Self::Word => word,
            Self::Token => word || byte == b'-',
            Self::Base64 => word || matches!(byte, b'+' | b'/' | b'='),
            Self::None => false,
        }
    }

    /// Returns whether what stands before `at` touches a value that begins there.
    #[must_use]
    pub fn touches_before(self, text: &[u8], at: usize) -> bool {
        match &text[..at] {
            // Before a value `=` assigns; only after it, it can be padding. An escape ends where
            // the value begins. The sign at the head of a line is that of a patch or a list.
            [] | [.., b'='] | [.., b'\\', b'n' | b't' | b'r'] => false,
            [b'-' | b'+'] | [.., b'\n', b'-' | b'+'] => false,
            [.., b'%', high, low] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => false,
            [.., before] => self.forbids(*before),
        }
    }
}

/// An offline check of a value's own structure; carried out in `scan::secrets`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Proof {
    /// Last six characters are the CRC-32 of the other body characters in base 62 (GitHub, npm).
    Crc32Base62,
    /// Last eight characters are the CRC-32 of the 40 before, in lower-case hex (Cloudflare).
    Crc32Hex,
    /// Last eight characters are the CRC-32 of all before, in upper-case hex (Atlassian).
    Crc32UpperHex,
    /// CRC-32 of the first 37 characters, little endian, in hex (Grafana).
    Grafana,
    /// CRC-32 of the body, little endian, in Base64 (Confluent).
    Confluent,
    /// The account number inside an AWS key id; a remark, no checksum.
    AwsKeyId,
    /// Checksum inside a Base32 Azure DevOps token.
    AzureDevopsPat,
    /// Head and signature field of a macaroon (PyPI).
    Pypi,
    /// Bech32 checksum (age, Nostr).
    Bech32,
    /// CRC-16 of a NATS nkey.
    Nkey,
    /// Signature and Marvin32 checksum at the end of a key (Azure).
    AzureSigned,
    /// Fixed places and checksum of the format that Azure services share.
    AzureCommon,
    /// Checksum at the end of a client secret; its absence says nothing (Entra).
    EntraSecret,
    /// CRC-32 in base 36 at the end of a routable token; short tokens have none (GitLab).
    GitlabRoutable,
    /// The account inside a key for models (AWS Bedrock).
    Bedrock,
    /// JSON with account, tunnel and secret (Cloudflare).
    CloudflareTunnel,
    /// Head of a packed macaroon (Fly.io).
    FlyMacaroon,
    /// Base64 of `reftkn:NN:digits:` and the token (Artifactory).
    ArtifactoryReference,
    /// Base64 of a number, a colon and bytes (Atlassian Data Center).
    NumberAndBytes,
    /// Bits that the two halves of a key leave unused (NuGet).
    NugetKey,
    /// Base64 of `user:password`.
    BasicAuth,
    /// The first part of a Discord token decodes to a user number.
    Discord,
    /// Test keys weigh less than live ones; both say so in the value.
    LiveOrTest,
    /// A private key that parses, beside the address of a service account.
    GcpServiceAccount,
    /// A person's mailbox, not a role's, and no author line.
    PersonalEmail,
    /// A number that can be dialled and is not reserved for fiction.
    Phone,
    /// Luhn checksum and a brand's range.
    PaymentCard,
    /// Country length and remainder 97.
    Iban,
    /// A Google key for web pages and apps, by what stands beside it.
    BrowserKey,
    /// CRC-32 of all before the last `_`, in base 62 (Matrix).
    Matrix,
    /// Numbers between dashes that a machine counted up to (Slack).
    Slack,
    /// JSON inside the token (Sentry, Grafana, Snyk, Mapbox, 1Password, TeamCity).
    TokenJson,
    /// Base64 of `tok:` and more.
    Intercom,
    /// Base64 of the structure of a private key that no passphrase protects.
    PrivateKeyBody,
    /// Length and last characters of the kinds that have them fixed.
    Anthropic,
    /// A day on which somebody alive may be born, and no placeholder.
    BirthDate,
    /// An address that is not an office of those who publish licences.
    HomeAddress,
    /// Degrees that are no round number.
    Position,
    /// Check digits of a travel document (ICAO 9303).
    Mrz,
    /// A network address that is neither reserved nor private.
    PublicAddress,
    /// The checksum below a review's key that was handed out.
    DebutReviewKey,
    /// Four bytes of SHA-256 behind Base 58 (Bitcoin and its kin).
    Base58Check,
    /// The same in the alphabet of the XRP Ledger.
    RippleSeed,
    /// A reversible password of a network device turns back into text.
    DevicePassword,
    /// 32 bytes, clamped if they are a private key (WireGuard).
    Wireguard,
    /// Base32 of as many bytes as one-time passwords are seeded with.
    OtpSeed,
    /// Words as wallets show them for recovery.
    SeedPhrase,
    /// A part that a machine drew; words alone are names.
    Drawn,
    /// Base64 of `user:password`; a password of a word weighs less.
    RegistryLogin,
    /// The same, or a token, by the name before it (npm).
    NpmLogin,
    /// Words about keys on the line; else it may be any name with a checksum (Mailgun).
    MailgunKey,
    /// The id of a session in a program weighs less than the cookie of one.
    SessionId,
    /// A store that is called one of trusted certificates weighs less.
    KeyStore,
}

/// What happens to a value whose proof fails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OnFailure {
    /// It stays as a medium finding: a sample or a truncated value.
    #[default]
    Lower,
    /// It is no finding: the shape alone says too little.
    Drop,
}

/// A checked rule.
pub struct Rule {
    /// What the reviewer is told.
    pub info: RuleInfo,
    /// Literals that the one pass over the bytes looks for, ASCII case folded.
    pub keywords: Vec<String>,
    /// The detector that does the matching, if it is not the pattern.
    pub detector: Option<String>,
    /// What its findings point at.
    pub scope: Scope,
    /// How much the pattern sees.
    pub window: Window,
    /// What may not touch the value.
    pub edge: Edge,
    /// Least Shannon entropy in bits a character.
    pub entropy: Option<f64>,
    /// At least one of these words must stand nearby, ASCII case folded.
    pub near: Vec<String>,
    /// How many lines away from the value they may stand.
    pub near_lines: u8,
    /// Whether values that look like placeholders are dropped.
    pub placeholders: bool,
    /// Whether people choose the value: then it is asked what assigned passwords are asked.
    pub chosen: bool,
    /// Globs of which one must match the path; empty means any path.
    pub paths: Vec<String>,
    /// Globs of which none may match the path.
    pub not_paths: Vec<String>,
    /// The offline check, if the format has one.
    pub proof: Option<Proof>,
    /// What a failed check does.
    pub on_failure: OnFailure,
    /// Whether it gives way to any other rule at the same place.
    pub generic: bool,
    /// Whether it looks at vendored paths. Internal rules do not, unless they are about words
    /// of the organisation: other people's addresses and hosts are none of ours.
    pub vendored: bool,
    /// The file that holds it.
    pub file: String,
    /// The line there, counted from 1.
    pub line: usize,
    /// The rule of the program that this one replaces.
    pub was: Option<Box<Self>>,
    /// Lines of the fields, for those who have to mend them.
    pub(super) lines: HashMap<String, usize>,
    pub(super) pattern: Option<Lazy>,
    /// The names beside which the value stands, if the pattern was made from those.
    pub(super) names: Option<String>,
    /// What the value beside them is like.
    pub(super) body: Option<String>,
    pub(super) begins: OnceLock<bool>,
    pub(super) needs: OnceLock<Needs>,
    pub(super) not: Vec<Lazy>,
}

impl Rule {
    /// Returns the pattern, compiled at its first use. The first group
    /// named `v`, `v2`, … that took part is the value; without such groups the whole match is.
    #[must_use]
    pub fn pattern(&self) -> Option<&Regex> {
        self.pattern.as_ref().and_then(Lazy::get)
    }

    /// Returns whether the whole match is the value, as it is without a group `v`.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.pattern.as_ref().is_some_and(|pattern| !names_value(pattern.source()))
    }

    /// Returns the text of the pattern.
    #[must_use]
    pub fn pattern_text(&self) -> Option<&str> {
        self.pattern.as_ref().map(Lazy::source)
    }

    /// Returns the texts of the exceptions.
    pub fn exceptions(&self) -> impl Iterator<Item = &str> {
        self.not.iter().map(Lazy::source)
    }

    /// Returns whether the rule has a pattern, without compiling it.
    #[must_use]
    pub fn has_pattern(&self) -> bool {
        self.pattern.is_some()
    }

    /// Returns whether the pattern may match in `text`, a part of the text of `runs`. What it
    /// costs is nothing beside the pattern, which is not even compiled until a text holds such a
    /// run of characters as the values of most credentials are, and words that all matches hold.
    #[must_use]
    pub fn may_match(&self, text: &[u8], runs: &Runs<'_>) -> bool {
        self.needs().are_in(text, runs)
    }

    /// Returns whether each match of the pattern begins with one of the keywords.
    #[must_use]
    pub fn begins(&self) -> bool {
        *self.begins.get_or_init(|| {
            let pattern = self.pattern_text().filter(|_| self.body.is_none());
            pattern.is_some_and(|pattern| shape::begins(pattern, &self.keywords))
        })
    }

    /// Returns what each match looks like that begins with `keyword`, if all begin with keywords.
    #[must_use]
    pub fn shape(&self, keyword: &str) -> Option<Shape> {
        let pattern = self.pattern_text().filter(|_| self.begins())?;
        Some(Shape::of(keyword, pattern))
    }

    pub(super) fn needs(&self) -> &Needs {
        self.needs.get_or_init(|| match (&self.names, &self.body) {
            (Some(names), Some(body)) => Needs::beside(names, body),
            _ => Needs::of(self.pattern_text().unwrap_or_default()),
        })
    }

    /// Returns whether one of the rule's exceptions matches `value`.
    #[must_use]
    pub fn excepts(&self, value: &[u8]) -> bool {
        self.not.iter().filter_map(Lazy::get).any(|not| not.is_match(value))
    }
}

/// Returns whether a pattern has a group that is the value.
pub(super) fn names_value(pattern: &str) -> bool {
    pattern.contains("(?P<v") || pattern.contains("(?<v")
}
