// SPDX-License-Identifier: MIT OR Apache-2.0
//! One place where a rule matched, and the files that could not be looked at.

use std::{borrow::Cow, ops::Range, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{
    Confidence, Layer, Metadata, RepoPath, RuleIdx, Secret, Severity, TextOf, Verdict, remark,
};

/// Where in a file's decoded text a value stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// Byte offset of the first byte in the decoded text (see [`Text`](super::Text)).
    pub start: usize,
    /// Byte offset just past the last byte.
    pub end: usize,
    /// Line of the first character, counted from 1.
    pub line: u32,
    /// Column of the first character in characters, counted from 1.
    pub column: u32,
    /// Line of the last character, counted from 1.
    pub end_line: u32,
    /// Column just past the last character, counted from 1.
    pub end_column: u32,
}

impl Span {
    /// Returns the byte range in the decoded text.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// What a finding points at.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Place {
    /// The repository itself, for example a missing licence.
    Repository,
    /// A file as a whole.
    File,
    /// A span of a file.
    Span(Span),
}

impl Place {
    /// Returns the span, if this is one.
    #[must_use]
    pub fn span(&self) -> Option<&Span> {
        match self {
            Self::Span(span) => Some(span),
            Self::Repository | Self::File => None,
        }
    }

    /// Returns the line to show, counted from 1; whole files and the repository say 1.
    #[must_use]
    pub fn line(&self) -> u32 {
        self.span().map_or(1, |span| span.line)
    }
}

/// One place where a rule matched.
#[derive(Clone)]
pub struct Finding {
    /// The rule that matched.
    pub rule: RuleIdx,
    /// Severity after path, proof and context were taken into account.
    pub severity: Severity,
    /// How sure it is that this is real, after proof and context were taken into account.
    pub confidence: Confidence,
    /// The file; empty for the repository itself, see [`Metadata`] for what
    /// stands in no file.
    pub path: RepoPath,
    /// Which part of what is published it stands in.
    pub layer: Layer,
    /// Where in the file.
    pub place: Place,
    /// What was found: the text of the span, the path of a whole file, or the evidence
    /// (a licence, a directory) that groups findings without a value of their own.
    pub value: Secret,
    /// What surrounds it and tells two places with the same value apart: the line with every
    /// finding cut out, the header for what it says about licences, or a digest of the file for a
    /// whole file.
    pub context: Secret,
    /// Short remarks such as "checksum matches" or "test path: one step lower". Never the value.
    pub notes: Vec<String>,
}

impl Finding {
    /// Returns the line to show, counted from 1; nothing where none tells something.
    ///
    /// What is said of a whole file may rest on one line of it, such as a copyright notice: the
    /// remark about that begins with path and line.
    #[must_use]
    pub fn line(&self) -> Option<u32> {
        let told = |note: &String| {
            let rest = note.strip_prefix(&*self.path.to_string())?.strip_prefix(':')?;
            rest[..rest.find(' ')?].parse().ok().filter(|line| *line > 0)
        };
        match &self.place {
            Place::Span(span) => Some(span.line),
            Place::File => self.notes.iter().find_map(told),
            Place::Repository => None,
        }
    }

    /// Returns whether the value's own structure proves that it is real.
    #[must_use]
    pub fn proved(&self) -> bool {
        self.notes.iter().any(|note| remark::PROOFS.contains(&&**note))
    }

    /// Returns the file or directory that takes it along when it is left out: that in which it
    /// stands, or whose name it stands in.
    #[must_use]
    pub fn bearer(&self) -> Cow<'_, RepoPath> {
        match &self.layer {
            Layer::Name(name) if Metadata::of(&self.path).is_some_and(Metadata::names_files) => {
                Cow::Owned(RepoPath::new(name.as_bytes()))
            }
            _ => Cow::Borrowed(&self.path),
        }
    }

    /// Returns whether the reviewed commit has it, in a file or in the name of one.
    #[must_use]
    pub fn in_commit(&self) -> bool {
        self.layer.is_tree() || self.path == Metadata::Paths.path()
    }

    /// Returns the text in which its span stands.
    #[must_use]
    pub fn text_of(&self) -> TextOf {
        TextOf { path: self.path.clone(), layer: self.layer.clone() }
    }
}

/// Keyed ids of a finding, as 80 and more bits of base32; see `review::Keyring`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Identity {
    /// Id of class and value.
    pub value: Arc<str>,
    /// Id of the surroundings.
    pub context: Arc<str>,
}

/// Why a file, or a part of one, could not be judged.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum NotScanned {
    /// Larger than the limit; holds its size in bytes.
    TooLarge(u64),
    /// Has NUL bytes and no known text encoding.
    Binary,
    /// No text, but of a known kind; says which.
    Kind(String),
    /// A symbolic link whose target leaves the tree.
    LinkOutside,
    /// A submodule: its content is not in this repository.
    Submodule,
    /// A Git LFS pointer: the content is stored elsewhere.
    LfsPointer,
    /// The object could not be read; holds what Git said.
    Unreadable(String),
    /// The scan of this file failed; holds no file content.
    Failed(String),
    /// Encrypted: only what remains readable was scanned; holds the method.
    Encrypted(String),
    /// Holds so many matches that the scan went no further; after how many that is.
    TooMany(u64),
    /// What is packed or encoded in it was not looked through to its end; says why.
    CutOff(String),
    /// No part of a release, as the policy says; nobody looked at it.
    OutOfScope,
}

impl NotScanned {
    /// Returns the word used in JSON.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::TooLarge(_) => "too-large",
            Self::Binary | Self::Kind(_) => "binary",
            Self::LinkOutside => "link-outside",
            Self::Submodule => "submodule",
            Self::LfsPointer => "lfs-pointer",
            Self::Unreadable(_) => "unreadable",
            Self::Failed(_) => "scan-failed",
            Self::Encrypted(_) => "encrypted",
            Self::TooMany(_) => "too-many-matches",
            Self::CutOff(_) => "cut-off",
            Self::OutOfScope => "out-of-scope",
        }
    }

    /// Returns the reason in words, to be put after the path.
    #[must_use]
    pub fn reason(&self) -> String {
        match self {
            Self::TooLarge(bytes) => format!("too large to scan ({} MB)", bytes / 1_000_000),
            Self::Binary => "binary, a person must look".into(),
            Self::Kind(what) => format!("{what}, a person must look"),
            Self::LinkOutside => "symbolic link that leaves the tree".into(),
            Self::Submodule => "submodule, its content is not in this repository".into(),
            Self::LfsPointer => "Git LFS pointer, the content is stored elsewhere".into(),
            Self::Unreadable(why) => format!("unreadable: {why}"),
            Self::Failed(why) => format!("scan failed: {why}"),
            Self::Encrypted(how) => format!("encrypted ({how}), only readable parts scanned"),
            Self::TooMany(most) => {
                format!("scan stopped after {most} matches, decide it as a whole")
            }
            Self::CutOff(why) => format!("not looked through to its end: {why}"),
            Self::OutOfScope => "out of scope: the policy leaves it out of every release".into(),
        }
    }

    /// Returns whether the release is blocked until someone mends or decides it.
    #[must_use]
    pub fn blocks(&self) -> bool {
        matches!(self, Self::Unreadable(_) | Self::Failed(_) | Self::TooMany(_))
    }

    /// Returns whether the next scan may say something else of the same content.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        matches!(self, Self::Unreadable(_) | Self::Failed(_))
    }

    /// Returns whether `verdict` on the whole file settles it. What was not listed is not redacted.
    #[must_use]
    pub fn is_settled_by(&self, verdict: Verdict) -> bool {
        verdict.settles() && !(verdict == Verdict::Redact && matches!(self, Self::TooMany(_)))
    }
}

/// A file that could not be judged, with the reason.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NotScannedFile {
    /// The file.
    pub path: RepoPath,
    /// The reason.
    pub why: NotScanned,
}
