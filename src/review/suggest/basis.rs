// SPDX-License-Identifier: MIT OR Apache-2.0
//! Why something is suggested, in words and as an id that stays the same.

use super::{Example, facts::Likeness};
use crate::{
    domain::{Reason, RepoPath, Verdict},
    review::Session,
};

/// What a reviewer would probably say about a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The verdict.
    pub verdict: Verdict,
    /// The reason that goes with it; the usual one if none.
    pub why: Option<Reason>,
    /// What speaks for it.
    pub basis: Basis,
}

/// What speaks for a suggestion, in the order of strength.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// The same value was decided before.
    Said {
        /// What was said.
        verdict: Verdict,
        /// When, in milliseconds since 1970-01-01 UTC.
        at: i64,
    },
    /// The value is set aside for examples.
    Example(Example),
    /// All open places are in tests; holds the directory of the first.
    Tests(RepoPath),
    /// All open places are in other people's code.
    Vendored,
    /// Groups like this one all got one verdict.
    Alike {
        /// Which one.
        verdict: Verdict,
        /// How many.
        count: u32,
        /// Name of the rule.
        rule: String,
        /// The domain or directory that they share; none if it is the rule alone.
        place: Option<Shared>,
    },
    /// Such keys are made to be handed out; says why.
    Public(String),
    /// The scanner noted something.
    Noted {
        /// What.
        note: &'static str,
        /// A word for it.
        id: &'static str,
    },
}

/// What groups of one rule share.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shared {
    /// A domain.
    Domain(String),
    /// A directory.
    Directory(RepoPath),
}

impl Basis {
    pub(super) fn alike(
        session: &Session,
        verdict: Verdict,
        count: u32,
        likeness: &Likeness,
    ) -> Self {
        let (rule, place) = match likeness {
            Likeness::Domain(rule, domain) => (rule, Some(Shared::Domain(domain.clone()))),
            Likeness::Directory(rule, dir) => (rule, Some(Shared::Directory(dir.clone()))),
            Likeness::Rule(rule) => (rule, None),
        };
        let rule = session.rules().info(*rule).name().to_owned();
        Self::Alike { verdict, count, rule, place }
    }

    /// Returns the id that a row of the table of suggestions has.
    #[must_use]
    pub fn id(&self) -> String {
        match self {
            Self::Said { verdict, .. } => format!("same-value-{}", verdict.word()),
            Self::Example(Example::Name) => "example-names".into(),
            Self::Example(Example::Address) => "example-addresses".into(),
            Self::Example(Example::Number) => "example-numbers".into(),
            Self::Example(Example::Vendor) => "vendor-samples".into(),
            Self::Tests(_) => "test-paths".into(),
            Self::Vendored => "vendored-code".into(),
            Self::Alike { verdict, rule, place, .. } => {
                let head = format!("alike-{}:{rule}", verdict.word());
                match place {
                    None => head,
                    Some(Shared::Domain(domain)) => format!("{head}:{domain}"),
                    Some(Shared::Directory(dir)) => format!("{head}:{dir}/"),
                }
            }
            Self::Public(_) => "public-by-design".into(),
            Self::Noted { id, .. } => (*id).into(),
        }
    }

    /// Returns the reason in words. It may hold names of directories and domains, which are text
    /// of the repository.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Said { verdict, at } => format!("same value {} on {}", past(*verdict), day(*at)),
            Self::Tests(dir) => format!("only in tests: {dir}/"),
            Self::Public(why) => format!("public by design: {why}"),
            Self::Alike { verdict, count, place: Some(Shared::Domain(domain)), .. } => {
                format!("{count} of {count} in {domain} {}", past(*verdict))
            }
            Self::Alike { verdict, count, place: Some(Shared::Directory(dir)), .. } => {
                let of = if dir.is_root() { "at the top".into() } else { format!("in {dir}/") };
                format!("{count} of {count} of this rule {of} {}", past(*verdict))
            }
            Self::Alike { verdict, count, place: None, .. } => {
                format!("{count} of {count} of this rule {}", past(*verdict))
            }
            other => other.title(),
        }
    }

    /// Returns the reason in a few words, for a row.
    #[must_use]
    pub fn brief(&self) -> String {
        match self {
            Self::Said { at, .. } => format!("said {}", day(*at)),
            Self::Example(Example::Vendor) => "vendor's sample".into(),
            Self::Example(_) => "example value".into(),
            Self::Tests(dir) => {
                let name = RepoPath::new(dir.file_name());
                format!("{name}/")
            }
            Self::Vendored => "vendored".into(),
            Self::Alike { count, .. } => format!("{count} of {count} alike"),
            Self::Public(_) => "public key".into(),
            Self::Noted { .. } => "as noted".into(),
        }
    }

    /// Returns the words for all groups that are suggested for this reason.
    #[must_use]
    pub fn title(&self) -> String {
        match self {
            Self::Said { verdict, .. } => format!("same value {} before", past(*verdict)),
            Self::Example(Example::Name) => "documentation names (example.com, .test)".into(),
            Self::Example(Example::Address) => "documentation addresses (RFC 5737, 3849)".into(),
            Self::Example(Example::Number) => "telephone numbers of fiction (555-01xx)".into(),
            Self::Example(Example::Vendor) => "samples that the vendor has published".into(),
            Self::Tests(_) => "only in directories of tests".into(),
            Self::Vendored => "only in vendored code".into(),
            Self::Alike { rule, .. } => format!("{rule}: {}", self.words()),
            Self::Public(_) => "keys that are public by design".into(),
            Self::Noted { note, .. } => format!("noted: {note}"),
        }
    }

    /// Returns the place in the order of strength.
    pub(super) fn rank(&self) -> u8 {
        match self {
            Self::Said { .. } => 0,
            Self::Example(_) => 1,
            Self::Tests(_) => 2,
            Self::Vendored => 3,
            Self::Alike { .. } => 4,
            Self::Public(_) => 5,
            Self::Noted { .. } => 6,
        }
    }
}

fn past(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Approve => "approved",
        Verdict::Redact => "redacted",
        Verdict::Exclude => "excluded",
        Verdict::Defer => "put off",
        Verdict::Correct => "corrected",
        Verdict::Fix => "to be fixed",
    }
}

/// `12 May 2026`, in UTC.
fn day(at: i64) -> String {
    jiff::Timestamp::from_millisecond(at).map_or_else(
        |_| "an unknown day".to_owned(),
        |at| at.to_zoned(jiff::tz::TimeZone::UTC).strftime("%-d %b %Y").to_string(),
    )
}
