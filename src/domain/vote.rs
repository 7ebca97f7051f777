// SPDX-License-Identifier: MIT OR Apache-2.0
//! One line of the checklist: what one reviewer said about one place, file or directory.

use std::sync::Arc;

use super::{Answer, Class, Identity, Origin, Reason, RepoPath, Verdict};

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
    /// An item of the release checklist, by its id.
    Attestation(Arc<str>),
    /// The batch of approvals that the same reviewer gave at the same time.
    Batch,
}

impl Target {
    /// Returns the path it is about, if it is about one.
    #[must_use]
    pub fn path(&self) -> Option<&RepoPath> {
        match self {
            Self::Place { path, .. } | Self::File(path) | Self::Directory(path) => Some(path),
            Self::Attestation(_) | Self::Batch => None,
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
    /// Answers an item of the release checklist.
    Answer(Answer),
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
            Self::Answer(answer) => answer.word(),
            Self::Sample { .. } => "sample",
        }
    }

    /// Returns the verdict given, if one is.
    #[must_use]
    pub fn verdict(self) -> Option<Verdict> {
        match self {
            Self::Withdraw | Self::Answer(_) | Self::Sample { .. } => None,
            Self::Give(verdict) => Some(verdict),
        }
    }

    /// Returns the answer given, if one is.
    #[must_use]
    pub fn answer(self) -> Option<Answer> {
        match self {
            Self::Withdraw | Self::Give(_) | Self::Sample { .. } => None,
            Self::Answer(answer) => Some(answer),
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
    /// The stand-in for a redacted value, as a template (see `RuleInfo::replacement`); for an
    /// answer a link to what it rests on.
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
    /// The last day on which an approval counts, from 1970-01-01 UTC; none has no end.
    pub until: Option<i32>,
    /// A remark. Never a value.
    pub note: Option<Arc<str>>,
    /// Who answers for it, if that is not who wrote it down.
    pub name: Option<Arc<str>>,
    /// Id of the text of the item that was answered.
    pub asked: Option<Arc<str>>,
}

impl Vote {
    /// Returns the vote of `by` that `act`s on `target` and says nothing else.
    #[must_use]
    pub fn new(target: Target, act: Act, by: Arc<str>, at: i64) -> Self {
        Self {
            target,
            act,
            class: None,
            to: None,
            why: None,
            how: None,
            seen: None,
            by,
            at,
            until: None,
            note: None,
            name: None,
            asked: None,
        }
    }

    /// Returns whether it is an approval that has run out by `today`, counted like its end.
    #[must_use]
    pub fn has_expired(&self, today: i32) -> bool {
        self.act == Act::Give(Verdict::Approve) && self.until.is_some_and(|until| until < today)
    }
}
