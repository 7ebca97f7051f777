// SPDX-License-Identifier: MIT OR Apache-2.0
//! The arguments that say which findings are meant and what is decided.

use std::path::PathBuf;

use clap::{Args, ValueEnum, builder::PossibleValue};

use super::rules_args::{confidence, severity};
use crate::domain::{Confidence, Reason, Severity};

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
    /// Places of this severity or worse: critical, high, medium, low or info
    #[arg(long, value_name = "WORD", value_parser = severity)]
    pub(super) severity: Option<Severity>,
    /// Places of this confidence or higher: high, medium or low
    #[arg(long, value_name = "WORD", value_parser = confidence)]
    pub(super) confidence: Option<Confidence>,
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
    /// Places on which reviewers differ; `list` says who said what there
    #[arg(long)]
    pub(super) disputed: bool,
    /// Credentials that are redacted or left out and not known to be rotated
    #[arg(long)]
    pub(super) unrotated: bool,
}

impl Select {
    /// Returns whether any condition is set.
    pub(super) fn says_what(&self) -> bool {
        let texts = [&self.rule, &self.value, &self.within];
        let texts = texts.iter().any(|text| text.is_some());
        let weight = self.severity.is_some() || self.confidence.is_some();
        let part = self.in_tree || self.history_only;
        texts || weight || part || self.disputed || self.unrotated
    }
}

#[derive(Debug, Args)]
pub(super) struct DecideArgs {
    /// The repository, or a folder in it
    #[arg(value_name = "PATH", default_value = ".")]
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
        conflicts_with_all = ["verdict", "reason", "to", "all", "rule", "value", "within", "severity", "confidence", "in_tree", "history_only", "sample", "disputed", "unrotated"],
    )]
    pub(super) suggested: Option<String>,
    /// Why, from the list that the screen offers
    #[arg(long, value_enum)]
    pub(super) reason: Option<Reason>,
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
    /// The licence is another than the one found: --correct says which
    Correct,
    /// The release mends the licensing gap: --fix says how
    Fix,
    /// Take one's own earlier verdict back
    Withdraw,
}

impl ValueEnum for Reason {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.word()).help(self.help()))
    }
}
