// SPDX-License-Identifier: MIT OR Apache-2.0
//! One line of the checklist: what one reviewer said about one place, file or directory.

use std::sync::Arc;

use super::{Answer, Class, Identity, Origin, Reason, RepoPath, Rotated, Verdict};

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
    /// The text of a file, which somebody may have read.
    Text(RepoPath),
    /// The files in which nothing was found.
    Unflagged,
    /// A credential wherever it stands, by the keyed id of its value: whether it was rotated.
    Rotation(Arc<str>),
    /// What takes the place of a value wherever it stands, by the keyed id of the value.
    StandIn(Arc<str>),
}

impl Target {
    /// Returns the path it is about, if it is about one.
    #[must_use]
    pub fn path(&self) -> Option<&RepoPath> {
        match self {
            Self::Place { path, .. }
            | Self::File(path)
            | Self::Directory(path)
            | Self::Text(path) => Some(path),
            Self::Attestation(_)
            | Self::Batch
            | Self::Unflagged
            | Self::Rotation(_)
            | Self::StandIn(_) => None,
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
    /// Says whether a credential was rotated.
    Rotate(Rotated),
    /// Says that one has read it.
    Read,
    /// Says what takes the place of a value.
    StandIn {
        /// Whether the reviewer chose it; if not, it is remembered as it was given.
        chosen: bool,
    },
    /// Draws places from a batch of approvals, or files in which nothing was found, to be looked
    /// at one by one.
    Sample {
        /// Where the random numbers begin: with what there is to draw from it says what is drawn.
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
            Self::Rotate(rotated) => rotated.word(),
            Self::Read => "read",
            Self::StandIn { chosen: true } => "chosen",
            Self::StandIn { chosen: false } => "given",
            Self::Sample { .. } => "sample",
        }
    }

    /// Returns the verdict given, if one is.
    #[must_use]
    pub fn verdict(self) -> Option<Verdict> {
        match self {
            Self::Give(verdict) => Some(verdict),
            _ => None,
        }
    }

    /// Returns the answer given, if one is.
    #[must_use]
    pub fn answer(self) -> Option<Answer> {
        match self {
            Self::Answer(answer) => Some(answer),
            _ => None,
        }
    }

    /// Returns what is said of the credential, if that is what it does.
    #[must_use]
    pub fn rotated(self) -> Option<Rotated> {
        match self {
            Self::Rotate(rotated) => Some(rotated),
            _ => None,
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
    /// The stand-in for a redacted value, as a template (see `RuleInfo::replacement`), or for all
    /// places of a value; for an answer a link to what it rests on; for a correction the SPDX
    /// expression that holds; for a fix what is done, as [`Fix`](super::Fix) is written.
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
    /// Id of the text of the item that was answered, or of the content of the file that was read.
    pub asked: Option<Arc<str>>,
}

impl Vote {
    /// Returns the bare vote of `by` on `target` at `at`, in milliseconds since 1970-01-01 UTC.
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

    /// Returns the vote that takes this one back at `at`.
    #[must_use]
    pub fn withdrawn(&self, at: i64) -> Self {
        let bare = Self::new(self.target.clone(), Act::Withdraw, self.by.clone(), at);
        Self { class: self.class, ..bare }
    }

    /// Returns whether it is an approval that has run out by `today`, counted like its end.
    #[must_use]
    pub fn has_expired(&self, today: i32) -> bool {
        self.act == Act::Give(Verdict::Approve) && self.until.is_some_and(|until| until < today)
    }
}
