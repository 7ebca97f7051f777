// SPDX-License-Identifier: MIT OR Apache-2.0
//! What the screen may ask for, and what it hears back.

use std::{ops::Range, path::PathBuf, sync::Arc};

use super::{Steps, TreeFacts};
use crate::{
    domain::{
        HistorySummary, Licensing, LineIndex, Module, NotScannedFile, Policy, RepoPath, Secret,
        Sighting, Target, TextOf, Vote, Word,
    },
    redact::{FixTask, Preview},
    review::{GroupIdx, Identified, Paths, Step},
    scan::licensing::LicensingGuess,
};

/// Something that the screen wants done. Everything but [`Record`](Self::Record) happens on a
/// worker; the answer comes as an [`Event`] with the same generation, and a stale one is dropped.
pub enum Effect {
    /// Write the step to the journal, before the next frame.
    Record(Step),
    /// Load a text for the detail pane: [`Event::File`], first without syntax, then with it.
    Load {
        /// Counts up with each request.
        generation: u64,
        /// Which text: a version of a file, a message, a name.
        of: TextOf,
    },
    /// Work out what redacting a group does: [`Event::Preview`].
    Preview {
        /// Counts up with each request.
        generation: u64,
        /// The group.
        group: GroupIdx,
        /// The edits, by file.
        edits: Vec<(RepoPath, Vec<crate::redact::Edit>)>,
        /// The value, to look for it where nothing was flagged.
        value: Secret,
    },
    /// Work out what mending a group does: [`Event::Preview`].
    PreviewFixes {
        /// Counts up with each request.
        generation: u64,
        /// The group.
        group: GroupIdx,
        /// What is to be done.
        tasks: Vec<FixTask>,
    },
    /// Write the sign-off report: [`Event::Exported`]. The format follows from the extension.
    Export(PathBuf),
    /// Open the file in the reviewer's editor. The file of the work tree, if it is there.
    Edit {
        /// The file.
        path: RepoPath,
        /// The line, counted from 1.
        line: u32,
    },
    /// Put text into the terminal's clipboard. Never a value.
    Copy(String),
    /// Try a failed write again: [`Event::Recorded`].
    Retry,
    /// Leave and open the review again, at the commit that the revision names now.
    Rescan {
        /// Whether the history is scanned as well.
        history: bool,
    },
    /// Learn the organisation's words: [`Event::Learned`].
    LearnWords,
    /// Read the words again, which somebody may have edited: [`Event::Reread`] if they are others.
    ReadWords,
    /// Write the words as they are `after` somebody went through those of `before`, and scan
    /// again if other ones are to be looked for: [`Event::Answered`].
    AnswerWords {
        /// The words as they were, empty if nobody had answered.
        before: Vec<Word>,
        /// The words as they are to be.
        after: Vec<Word>,
    },
    /// Write these answers about licences into the policy, and scan again if they are others:
    /// [`Event::LicensingAnswered`].
    AnswerLicensing(Licensing),
    /// Suspend the program, as Ctrl-z does.
    Suspend,
    /// Remember where the reviewer stands, as a text that only the screen reads.
    Remember(Arc<str>),
    /// Save and leave.
    Quit,
}

/// What is under review.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceInfo {
    /// Name of the repository's folder.
    pub name: String,
    /// The commit, as 40 or 64 hexadecimal digits.
    pub commit: String,
    /// Its tree.
    pub tree: String,
    /// What was asked for: `HEAD`, a branch, a tag.
    pub revision: String,
    /// What the reviewer must know: uncommitted changes, a shallow clone, no e-mail set.
    pub banners: Vec<String>,
    /// Whether the history is scanned after the commit.
    pub history: bool,
}

/// What a scan goes through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// Files of the reviewed commit.
    #[default]
    Files,
    /// Commits and tags of the history, with its directories.
    Commits,
    /// What each commit changes.
    Changes,
    /// Versions of files.
    Versions,
}

impl Stage {
    /// Returns what is counted.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Self::Files => "files",
            Self::Commits => "commits",
            Self::Changes => "changes",
            Self::Versions => "versions",
        }
    }
}

/// Something that happened outside the screen.
pub enum Event {
    /// A scan begins. `resume` is where the reviewer stood last time.
    Started {
        /// What is scanned.
        source: SourceInfo,
        /// Keyed id of the value under the cursor when the review was left.
        resume: Option<Arc<str>>,
    },
    /// So much of so much is done.
    Progress {
        /// Of what.
        stage: Stage,
        /// How many are done.
        done: usize,
        /// How many there are.
        total: usize,
    },
    /// Findings of files that were just scanned.
    Found(Vec<Identified>),
    /// Since when places have stood in the history.
    Attributed(Vec<(Target, Arc<Sighting>)>),
    /// What the scan of the history covered.
    History(Arc<HistorySummary>),
    /// Files that could not be judged.
    NotScanned(Vec<NotScannedFile>),
    /// The modules of the repository.
    Modules(Vec<Module>),
    /// The organisation's words: as they were answered, or, before anybody did, as they were
    /// learned. A scan that is remembered learns nothing.
    Learned(Arc<[Word]>),
    /// What reviewers answered about the words, as it is on disk now; or why it could not be
    /// written.
    Answered(Result<Arc<[Word]>, String>),
    /// The words as they are on disk now, which are not those that were known; or why they can't be
    /// read.
    Reread(Result<Arc<[Word]>, String>),
    /// What the policy about licences probably is, where nobody has answered.
    Likely(Arc<LicensingGuess>),
    /// The policy as it is on disk after somebody answered about licences; or why that could not
    /// be written.
    LicensingAnswered(Result<Arc<Policy>, String>),
    /// The scan begins anew, with other words: nothing that it found so far counts.
    Again,
    /// The scan is complete; these paths are in the reviewed commit, and were in earlier ones.
    Scanned(Arc<Paths>),
    /// What the release checklist wants to know of the commit beside the findings.
    Facts(Arc<TreeFacts>),
    /// The scan could not be finished.
    ScanFailed(String),
    /// A text for the detail pane, or why it can't be shown.
    File {
        /// The request's.
        generation: u64,
        /// Which text.
        of: TextOf,
        /// Its text.
        text: Result<Arc<FileText>, String>,
    },
    /// What redacting a group does.
    Preview {
        /// The request's.
        generation: u64,
        /// The group.
        group: GroupIdx,
        /// The diff, or why there is none.
        preview: Result<Preview, String>,
    },
    /// The journal was written, or why it could not be: then no verdict may be given.
    Recorded(Result<(), String>),
    /// The checklist was written at this local time (`HH:MM`), or why it could not be.
    Saved(Result<String, String>),
    /// The report was written to this file and passed or did not, or why it was not written.
    Exported(Result<(PathBuf, bool), String>),
    /// HEAD moved since the scan; says how.
    TreeChanged(String),
    /// The work tree holds what the commit does not; says how much.
    WorkTree(String),
    /// Votes that somebody else wrote into the checklist while it was open here, by a merge say.
    Joined(Vec<Vote>),
    /// Whoever held the review has left it and it is ours now, with what was decided meanwhile;
    /// or why it can't be had any more.
    TakenOver(Result<(Vec<Vote>, Steps), String>),
    /// Something to tell the reviewer in the footer.
    Notice(String),
}

/// A file as the detail pane shows it.
pub struct FileText {
    /// The decoded text.
    pub text: Vec<u8>,
    /// Its lines.
    pub lines: LineIndex,
    /// Coloured parts by offset; empty until the highlighter is done.
    pub tokens: Vec<Token>,
}

/// A part of a file's text with a colour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Bytes of the decoded text.
    pub span: Range<usize>,
    /// What it is.
    pub syntax: Syntax,
}

/// The few kinds of token that sixteen colours can tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Syntax {
    /// A comment.
    Comment,
    /// A string literal.
    Text,
    /// A keyword, tag or operator word.
    Keyword,
    /// A number or other constant.
    Constant,
    /// A key, a function or a type.
    Name,
}
