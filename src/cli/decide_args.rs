// SPDX-License-Identifier: MIT OR Apache-2.0
//! The arguments that say which findings are meant and what is decided.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Which findings are meant. Several conditions must all hold.
#[derive(Debug, Args)]
pub(super) struct Select {
    /// Findings of this rule: `category/name`, a name, or a glob such as `internal/*`
    #[arg(long, value_name = "RULE")]
    pub(super) rule: Option<String>,
    /// Findings of the value with this id, as `scan` and `list` print it (the beginning will do)
    #[arg(long, value_name = "ID")]
    pub(super) value: Option<String>,
    /// Findings in this file, below this directory, or in files that match this glob
    #[arg(long = "in", visible_alias = "path", value_name = "PATH")]
    pub(super) within: Option<String>,
    /// Values that stand in the reviewed commit; their places in the history are meant, too
    #[arg(long, conflicts_with = "history_only")]
    pub(super) in_tree: bool,
    /// Values that the reviewed commit does not have, but its history (needs --history)
    #[arg(long)]
    pub(super) history_only: bool,
    /// Places drawn from batches of approvals that nobody looked at yet; `list` adds the drawn
    /// files that nobody has read yet
    #[arg(long)]
    pub(super) sample: bool,
}

impl Select {
    /// Returns whether any condition is set.
    pub(super) fn says_what(&self) -> bool {
        let texts = [&self.rule, &self.value, &self.within];
        texts.iter().any(|text| text.is_some()) || self.in_tree || self.history_only
    }
}

#[derive(Debug, Args)]
pub(super) struct DecideArgs {
    /// The repository, or a folder in it
    #[arg(default_value = ".")]
    pub(super) repository: PathBuf,
    #[command(flatten)]
    pub(super) select: Select,
    /// What is decided
    #[arg(long, value_enum, required_unless_present = "suggested")]
    pub(super) verdict: Option<VerdictArg>,
    /// Accept what is suggested for this reason, as `suggest` names it
    #[arg(
        long,
        value_name = "REASON-ID",
        conflicts_with_all = ["verdict", "reason", "to", "all", "rule", "value", "within", "in_tree", "history_only", "sample"],
    )]
    pub(super) suggested: Option<String>,
    /// Why, from the list that the screen offers
    #[arg(long, value_enum)]
    pub(super) reason: Option<ReasonArg>,
    /// A remark for the checklist; never the value
    #[arg(long, value_name = "TEXT")]
    pub(super) note: Option<String>,
    /// What stands in for a redacted value
    #[arg(long, value_name = "TEXT")]
    pub(super) to: Option<String>,
    /// Decide anew what is decided already, too
    #[arg(long)]
    pub(super) all: bool,
    /// End what reviewers differ on by this verdict; nothing else is decided
    #[arg(long, conflicts_with = "all")]
    pub(super) settle: bool,
    /// Say what would be decided and decide nothing
    #[arg(long)]
    pub(super) dry_run: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum VerdictArg {
    /// May be published as it stands
    Approve,
    /// Replaced by its stand-in
    Redact,
    /// The whole file is left out
    Exclude,
    /// Put off
    Defer,
    /// Take one's own earlier verdict back
    Withdraw,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ReasonArg {
    /// The rule is wrong here
    NotSensitive,
    /// Anyone can already read it elsewhere
    AlreadyPublic,
    /// Made up for tests or documentation
    TestData,
    /// True, known and accepted; needs --note
    AcceptedRisk,
    /// A real credential
    Credential,
    /// A reference that only makes sense inside
    InternalReference,
    /// About a person
    PersonalData,
    /// Belongs to the private part as a whole
    InternalOnly,
    /// The licence question was answered
    LicenceCleared,
}
