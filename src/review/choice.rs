// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a decision covers, what it says, and what it leaves behind.

use std::sync::Arc;

use super::{FindingIdx, GroupIdx};
use crate::domain::{Act, Class, Origin, Reason, RepoPath, RuleIdx, Target, Verdict, Vote};

/// Longest note, link or name of an answer, in characters.
pub(super) const LONGEST: usize = 2000;

/// What a decision covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// One place (and those in the same file that cannot be told apart from it).
    Place(FindingIdx),
    /// All places of a group.
    Group(GroupIdx),
    /// All findings of a rule in a file.
    RuleInFile(RuleIdx, RepoPath),
    /// All findings of a rule below a directory.
    RuleInDirectory(RuleIdx, RepoPath),
    /// All findings of a rule.
    Rule(RuleIdx),
    /// All licensing gaps of the same kind that rest on the same evidence as this one.
    Evidence(FindingIdx),
    /// These places, whatever they are: marks, or a view.
    Places(Vec<FindingIdx>),
    /// Exactly these places, listed on purpose where there is no screen to look at.
    Listed(Vec<FindingIdx>),
}

impl Scope {
    /// Returns how a decision over this scope came about.
    #[must_use]
    pub fn origin(&self) -> Origin {
        match self {
            Self::Place(_) => Origin::Direct,
            Self::Group(_) => Origin::Group,
            _ => Origin::Batch,
        }
    }
}

/// A verdict with everything that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The verdict, or taking one's own back.
    pub act: Act,
    /// Why.
    pub why: Option<Reason>,
    /// The stand-in, where it is not the rule's own; the SPDX expression of a correction; what a
    /// fix does, as [`Fix`](crate::domain::Fix) is written.
    pub to: Option<Arc<str>>,
    /// A remark.
    pub note: Option<Arc<str>>,
}

impl Choice {
    /// Returns the bare verdict.
    #[must_use]
    pub fn new(verdict: Verdict) -> Self {
        Self { act: Act::Give(verdict), why: None, to: None, note: None }
    }

    /// Returns what confirms `vote`: its reason and remark hold, unless others are given.
    pub(super) fn confirming(&self, vote: Option<&Vote>) -> Self {
        let Some(vote) = vote.filter(|vote| vote.act == self.act) else { return self.clone() };
        let why = self.why.or(vote.why);
        Self { why, note: self.note.clone().or_else(|| vote.note.clone()), ..self.clone() }
    }

    pub(super) fn reason(&self, class: Option<Class>) -> Option<Reason> {
        let verdict = self.act.verdict();
        let gap = class == Some(Class::Licence) && verdict == Some(Verdict::Approve);
        let fits = |why: &Reason| !gap || Reason::choices(Verdict::Approve, class).contains(why);
        self.why.filter(fits).or_else(|| Reason::usual(verdict?, class))
    }
}

/// Why a decision was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The scope covers nothing.
    #[error("nothing there to decide")]
    Nothing,
    /// A bulk approve of a blocking rule before every line shape was on screen.
    #[error(
        "{seen} of {all} different lines of this value were on screen: look at the others first"
    )]
    Unseen {
        /// Shapes that were on screen.
        seen: u32,
        /// All shapes.
        all: u32,
    },
    /// Something is to be left out that is no file.
    #[error(
        "commit messages, authors, refs and settings stand in no file that could be left out: \
         approve or redact them"
    )]
    NoFile,
    /// A whole file, or the repository as such, is to be redacted.
    #[error("there is no text to replace here: approve it, or leave the file out")]
    WholeFile,
    /// A reason that needs a note came without one.
    #[error("this reason needs a note that says more")]
    NeedsNote,
    /// A reason from the list of another class or verdict.
    #[error("the reason {0} does not go with this")]
    ReasonDoesNotFit(&'static str),
    /// A correction without the licence, or a fix that does not say what is done.
    #[error("{0} has to say what: the SPDX expression, or what is to be done")]
    SaysNothing(&'static str),
    /// A verdict about licences on something else.
    #[error("{0} is for licensing gaps")]
    NoLicence(&'static str),
    /// The gap can't be mended in this way.
    #[error("no way to mend this: {0}")]
    NoFix(&'static str),
    /// A dispute is to end with less than the strictest verdict, and no note says why.
    #[error("to settle for less than the strictest verdict needs a note that says why")]
    NeedsNoteToSettle,
    /// Nobody differs.
    #[error("reviewers agree here: there is nothing to settle")]
    NoDispute,
    /// The policy wants a reason for this verdict to be chosen.
    #[error("the policy wants a reason chosen for {0}: the usual one does not do")]
    PolicyReason(&'static str),
    /// The policy wants a note with this verdict.
    #[error("the policy wants a note with {0} that says why")]
    PolicyNote(&'static str),
    /// An item of the release checklist was said not to concern this repository, without a note.
    #[error("not applicable needs a note that says why")]
    Unexplained,
    /// The release checklist has no such item.
    #[error("the release checklist has no such item")]
    NoSuchItem,
    /// There is no such file in the reviewed commit, or nothing to draw from.
    #[error("the reviewed commit has no such file")]
    NoSuchFile,
    /// A text of an answer is longer than anybody reads.
    #[error("the {0} is too long: {LONGEST} characters at most")]
    TooLong(&'static str),
    /// A link has blanks in it, or nothing at all.
    #[error("a link is one word, such as the address of a page")]
    NoLink,
    /// The note or the stand-in has a line break or another control character.
    #[error("the {0} must be one line of plain text")]
    Control(&'static str),
    /// The note or the stand-in holds a value that was found in the repository.
    #[error(
        "the {0} holds a value that was found in this repository: describe it without the value"
    )]
    HoldsValue(&'static str),
    /// Nothing that was found has this id, or all such values get the same.
    #[error("no value with this id has a stand-in")]
    NoSuchValue,
    /// A network is to be redacted for which no stand-in was chosen.
    #[error(
        "no range for documentation has room for so wide a network: choose its stand-in first, or \
         approve it"
    )]
    Asks,
    /// A stand-in of nothing.
    #[error("a stand-in is a word: to take text out, edit the file")]
    NoStandIn,
    /// Another value has this stand-in, or is it.
    #[error("another value has this stand-in, or is this text: two values would become one")]
    StandInTaken,
    /// No gap can be mended; says why.
    #[error("{0}")]
    NotMended(String),
    /// There is nothing to undo or redo.
    #[error("nothing to {0}")]
    NoStep(&'static str),
}

/// What a step did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// Decided something.
    Decide,
    /// Took the last decision back.
    Undo,
    /// Gave it again.
    Redo,
}

impl StepKind {
    /// Returns the word used in the journal.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Decide => "decide",
            Self::Undo => "undo",
            Self::Redo => "redo",
        }
    }

    /// Returns the kind called `word`.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Decide, Self::Undo, Self::Redo].into_iter().find(|kind| kind.word() == word)
    }
}

/// One key press worth of votes: what the journal holds and what undo takes back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it did.
    pub kind: StepKind,
    /// The votes, to be written.
    pub votes: Vec<Vote>,
    /// The reviewer's earlier vote on each target, if there was one.
    pub before: Vec<Option<Vote>>,
    /// How many findings it is about; more than votes where places cannot be told apart.
    pub places: usize,
}

/// What of a scope a verdict reaches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reached {
    /// The places that are decided.
    pub places: Vec<FindingIdx>,
    /// Left alone because they are decided already.
    pub decided: usize,
    /// Left alone because they block and no line of their shape was on screen.
    pub unseen: usize,
    /// Left alone because they are whole files or the repository as such, in which nothing can be
    /// replaced.
    pub whole: usize,
}

impl Step {
    /// Returns how many places are drawn from the batch that it decided, if it is one.
    #[must_use]
    pub fn drawn(&self) -> Option<usize> {
        let n = self.votes.iter().find_map(|vote| match vote.act {
            Act::Sample { n, .. } if vote.target == Target::Batch => Some(n as usize),
            _ => None,
        })?;
        let approved = |vote: &&Vote| vote.act == Act::Give(Verdict::Approve);
        Some(n.min(self.votes.iter().filter(approved).count()))
    }

    /// Returns the votes that are told of: stand-ins that are remembered by the way are not.
    #[must_use]
    pub fn told(&self) -> &[Vote] {
        let by_the_way = |vote: &&Vote| matches!(vote.target, Target::StandIn(_));
        match self.votes.iter().rev().take_while(by_the_way).count() {
            n if n == self.votes.len() => &self.votes,
            n => &self.votes[..self.votes.len() - n],
        }
    }

    /// Returns how many places of batches it opened again because of a bad draw.
    #[must_use]
    pub fn reopened(&self) -> usize {
        let again = |vote: &&Vote| vote.act == Act::Withdraw && vote.how == Some(Origin::Sample);
        match self.votes.first() {
            Some(first) if first.act != Act::Withdraw => self.votes.iter().filter(again).count(),
            _ => 0,
        }
    }

    /// Returns what happened in words, for the footer: `approve 57 places`.
    #[must_use]
    pub fn label(&self) -> String {
        let word = self.votes.first().map_or("nothing", |vote| vote.act.word());
        let told = self.told().len();
        let first = if self.reopened() > 0 { 1 } else { told };
        match (&self.votes[..first], self.places) {
            ([Vote { target: Target::StandIn(_), act, .. }, ..], _) => match act {
                Act::StandIn { chosen: true } => "stand-in chosen".into(),
                _ => "stand-in: choice taken back".into(),
            },
            ([Vote { target: Target::Attestation(id), .. }], _) => format!("{word} {id}"),
            ([Vote { target: Target::Unflagged, .. }], _) => format!("{word} of files"),
            ([Vote { target: Target::Rotation(_), .. }, ..], _) => {
                let n = self.votes.len();
                format!("{word}: {n} credential{}", if n == 1 { "" } else { "s" })
            }
            ([one], 0 | 1) => match one.target.path().filter(|path| !path.is_root()) {
                Some(path) => format!("{word} {path}"),
                None => format!("{word} (repository)"),
            },
            ([Vote { target: Target::File(path) | Target::Directory(path), .. }], places) => {
                format!("{word} {path} ({places} places)")
            }
            (_, places) => format!("{word} {places} places"),
        }
    }
}
