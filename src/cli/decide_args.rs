// SPDX-License-Identifier: MIT OR Apache-2.0
//! The arguments that say which findings are meant and what is decided.

use std::path::PathBuf;

use clap::{Args, ValueEnum, builder::PossibleValue};

use super::rules_args::{confidence, severity};
use crate::domain::{Confidence, FixKind, Reason, Severity};

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
    /// Licensing gaps with the same evidence, wherever they are, by the id that `list --format
    /// json` gives each place
    #[arg(long, value_name = "ID")]
    pub(super) evidence: Option<String>,
}

impl Select {
    /// Returns whether any condition is set.
    pub(super) fn says_what(&self) -> bool {
        let texts = [&self.rule, &self.value, &self.within, &self.evidence];
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
    #[arg(long, value_enum, required_unless_present_any = ["suggested", "correct", "fix"])]
    pub(super) verdict: Option<VerdictArg>,
    /// Accept what is suggested for this reason, as `suggest` names it
    #[arg(
        long,
        value_name = "REASON-ID",
        conflicts_with_all = ["verdict", "correct", "fix", "reason", "to", "all", "rule", "value", "within", "severity", "confidence", "in_tree", "history_only", "sample", "disputed", "unrotated", "evidence"],
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
    /// The licence that holds in place of the one found, as an SPDX expression, or NONE; the
    /// verdict is correct. It counts where it closes the gap under the policy
    #[arg(long, value_name = "EXPR", conflicts_with_all = ["fix", "to"])]
    pub(super) correct: Option<String>,
    /// How the release mends the licensing gap; the verdict is fix. `debut fix` shows what comes of
    /// it
    #[arg(long, value_enum, value_name = "KIND", conflicts_with = "to")]
    pub(super) fix: Option<FixArg>,
    /// The SPDX expression that a fix writes [default: licensing.outbound of the policy]
    #[arg(long, value_name = "EXPR", requires = "fix")]
    pub(super) license: Option<String>,
    /// Year and holder that a fix writes [default: this year and the first owner of the policy]
    #[arg(long, value_name = "TEXT", requires = "fix")]
    pub(super) copyright: Option<String>,
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

/// How a gap is mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FixArg(pub(super) Option<FixKind>);

impl ValueEnum for FixArg {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [FixArg; FixKind::ALL.len() + 1] = [
            FixArg(None),
            FixArg(Some(FixKind::License)),
            FixArg(Some(FixKind::Text)),
            FixArg(Some(FixKind::Header)),
            FixArg(Some(FixKind::Manifest)),
            FixArg(Some(FixKind::Notice)),
            FixArg(Some(FixKind::Sidecar)),
            FixArg(Some(FixKind::Annotation)),
            FixArg(Some(FixKind::Readme)),
        ];
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self.0 {
            None => PossibleValue::new("usual").help("The usual way for each gap"),
            Some(kind) => PossibleValue::new(kind.word()).help(kind.help()),
        })
    }
}

impl ValueEnum for Reason {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.word()).help(self.help()))
    }
}
