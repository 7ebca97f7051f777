// SPDX-License-Identifier: MIT OR Apache-2.0
//! One line of the checklist: what one reviewer said about one place, file or directory.

use std::sync::{Arc, LazyLock};

use super::{Class, Identity, Origin, Reason, RepoPath, Verdict};

/// What a vote is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// A value at a place: same value, same file, same surroundings. Two such places in one
    /// file cannot be told apart and are decided together.
    Place {
        /// The file.
        path: RepoPath,
        /// Keyed ids of value and surroundings.
        id: Identity,
    },
    /// A whole file, with everything found in it.
    File(RepoPath),
    /// A directory and everything below it.
    Directory(RepoPath),
    /// The batch of approvals that the same reviewer gave at the same time.
    Batch,
}

/// What is said of a batch is said of no path.
static NOWHERE: LazyLock<RepoPath> = LazyLock::new(RepoPath::root);

impl Target {
    /// Returns the path it is about, the root for what is about none.
    #[must_use]
    pub fn path(&self) -> &RepoPath {
        match self {
            Self::Place { path, .. } | Self::File(path) | Self::Directory(path) => path,
            Self::Batch => &NOWHERE,
        }
    }
}

/// What a vote does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Act {
    /// Takes the reviewer's earlier vote on the target back.
    Withdraw,
    /// Gives a verdict.
    Give(Verdict),
    /// Draws places from a batch of approvals, to be looked at one by one.
    Sample {
        /// Where the random numbers begin: with the places it says which ones are drawn.
        seed: u64,
        /// How many are drawn, at most.
        n: u32,
    },
}

impl Act {
    /// Returns the word used in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Withdraw => "withdraw",
            Self::Give(verdict) => verdict.word(),
            Self::Sample { .. } => "sample",
        }
    }

    /// Returns the verdict given, if one is.
    #[must_use]
    pub fn verdict(self) -> Option<Verdict> {
        match self {
            Self::Withdraw | Self::Sample { .. } => None,
            Self::Give(verdict) => Some(verdict),
        }
    }
}

/// One reviewer's word on one target at one time.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Vote {
    /// What it is about.
    pub target: Target,
    /// What it does.
    pub act: Act,
    /// Class of the value; none for files and directories.
    pub class: Option<Class>,
    /// The stand-in for a redacted value, as a template (see `RuleInfo::replacement`).
    pub to: Option<Arc<str>>,
    /// Why.
    pub why: Option<Reason>,
    /// How it came about.
    pub how: Option<Origin>,
    /// How many of how many line shapes of the group had been on screen.
    pub seen: Option<(u32, u32)>,
    /// Who.
    pub by: Arc<str>,
    /// When, in milliseconds since 1970-01-01 UTC.
    pub at: i64,
    /// A remark. Never a value.
    pub note: Option<Arc<str>>,
}
