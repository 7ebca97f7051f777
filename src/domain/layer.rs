// SPDX-License-Identifier: MIT OR Apache-2.0
//! Which part of what is published a finding stands in, and since when.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::RepoPath;

/// Which part of what is published a finding stands in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Layer {
    /// A file of the reviewed commit.
    #[default]
    Tree,
    /// A version of a file that the reviewed commit does not have there; holds the id of its
    /// content, in hexadecimal.
    Past(Arc<str>),
    /// The message, the author or the committer of a commit or tag; holds the object's id, in
    /// hexadecimal.
    Object(Arc<str>),
    /// A name or a setting of the repository; holds the name of the ref, the setting, the file or
    /// the directory.
    Name(Arc<str>),
}

impl Layer {
    /// Returns the word used in JSON.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Tree => "tree",
            Self::Past(_) => "history",
            Self::Object(_) | Self::Name(_) => "metadata",
        }
    }

    /// Returns whether this is the reviewed commit's tree.
    #[must_use]
    pub fn is_tree(&self) -> bool {
        *self == Self::Tree
    }
}

/// Paths under which metadata is listed. No repository can have files there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Metadata {
    /// Messages of commits and tags.
    Messages,
    /// Authors, committers and taggers.
    Identities,
    /// Names of branches and tags.
    Refs,
    /// Remotes and other addresses in the repository's own configuration.
    Config,
    /// Objects that no ref leads to.
    Unreachable,
    /// Names of files and directories.
    Paths,
    /// Names of those that the reviewed commit does not have.
    PastPaths,
}

impl Metadata {
    /// Returns whether `path` names no file but one of these, or an object.
    #[must_use]
    pub fn covers(path: &RepoPath) -> bool {
        path.is_within(&RepoPath::new(b".git"))
    }

    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Messages,
        Self::Identities,
        Self::Refs,
        Self::Config,
        Self::Unreachable,
        Self::Paths,
        Self::PastPaths,
    ];

    /// Returns which of them `path` stands for, if it is none of a file.
    #[must_use]
    pub fn of(path: &RepoPath) -> Option<Self> {
        let bytes = path.as_bytes();
        let name = bytes.strip_prefix(b".git/")?;
        Self::ALL.into_iter().find(|one| one.name().as_bytes() == name)
    }

    /// Returns whether what is listed under it are names of files and directories.
    #[must_use]
    pub fn names_files(self) -> bool {
        matches!(self, Self::Paths | Self::PastPaths)
    }

    /// Returns how a release settles what is listed under it, in words.
    #[must_use]
    pub fn settled(self) -> &'static str {
        match self {
            Self::Messages => "at a release: gone with a new root commit, else rewritten",
            Self::Identities => "at a release: gone with a new root commit, else mapped or kept",
            Self::Refs => "at a release: only chosen refs go out",
            Self::Config => "at a release: settings stay here",
            Self::Unreachable => "at a release: stays here",
            Self::Paths => "at a release: renamed or left out",
            Self::PastPaths => "at a release: gone with a new root commit, else rewritten",
        }
    }

    /// Returns the path.
    #[must_use]
    pub fn path(self) -> RepoPath {
        RepoPath::new(format!(".git/{}", self.name()).as_bytes())
    }

    fn name(self) -> &'static str {
        match self {
            Self::Messages => "messages",
            Self::Identities => "identities",
            Self::Refs => "refs",
            Self::Config => "config",
            Self::Unreachable => "unreachable",
            Self::Paths => "paths",
            Self::PastPaths => "past-paths",
        }
    }
}

/// A text in which something was found: a version of a file, a message, a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TextOf {
    /// The file, or what stands for it; see [`Metadata`].
    pub path: RepoPath,
    /// Which version, which object, which name.
    pub layer: Layer,
}

impl TextOf {
    /// Returns the file of the reviewed commit at `path`.
    #[must_use]
    pub fn tree(path: &RepoPath) -> Self {
        Self { path: path.clone(), layer: Layer::Tree }
    }
}

/// Returns the part of a ref's full name that says something: all refs begin with the same two.
#[must_use]
pub fn short_ref(name: &str) -> &str {
    name.splitn(3, '/').last().unwrap_or_default()
}

/// A commit as a reviewer is told of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommitRef {
    /// Its id, in hexadecimal.
    pub id: String,
    /// When it was written, in seconds since 1970-01-01 UTC.
    pub time: i64,
    /// The author's name, without the address.
    pub author: String,
}

/// What a scan of the history covered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistorySummary {
    /// Full names of the refs that would be published.
    pub refs: Vec<String>,
    /// Commits they lead to.
    pub commits: usize,
    /// Directories in all versions.
    pub trees: usize,
    /// Versions of files.
    pub blobs: usize,
    /// Versions that this run has scanned; what is known of the others is remembered.
    pub scanned: usize,
    /// Annotated tags.
    pub tags: usize,
    /// Objects that no chosen ref leads to. They are not published.
    pub unreachable: usize,
    /// Whether those were scanned all the same.
    pub unreachable_scanned: bool,
    /// Refs that are there but not published: the beginning of their names, and how many.
    pub left_out: Vec<(String, usize)>,
    /// Whether there are reflogs, which are not published either.
    pub reflogs: bool,
    /// Objects that are named but not there: they were not judged.
    pub missing: usize,
    /// Objects that could not be read: they were not judged.
    pub unread: usize,
    /// Commits that change too much to follow each file.
    pub cut: usize,
    /// The missing and the unread objects one by one.
    pub gaps: Vec<Gap>,
    /// Chosen refs that lead nowhere.
    pub broken: Vec<String>,
}

/// An object of the published history that was not judged.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Gap {
    /// Its id, in hexadecimal.
    pub id: String,
    /// Whether it is named but not there; otherwise it could not be read.
    pub missing: bool,
    /// What the reader said; never content.
    pub reason: String,
}

impl HistorySummary {
    /// Returns whether every object that would be published was read.
    #[must_use]
    pub fn whole(&self) -> bool {
        self.missing + self.unread + self.broken.len() == 0
    }

    /// Returns what of it was not judged and keeps a release back, in words: `5 objects not there,
    /// 1 ref leads nowhere`; nothing if it is [whole](Self::whole).
    #[must_use]
    pub fn not_judged(&self) -> Option<String> {
        let many = |n: usize, noun: &str| format!("{n} {noun}{}", if n == 1 { "" } else { "s" });
        let leads = |n| if n == 1 { "leads" } else { "lead" };
        let parts = [
            (self.missing, format!("{} not there", many(self.missing, "object"))),
            (self.unread, format!("{} unreadable", many(self.unread, "object"))),
            (self.broken.len(), {
                let n = self.broken.len();
                format!("{} that {} nowhere", many(n, "ref"), leads(n))
            }),
        ];
        let parts: Vec<String> =
            parts.into_iter().filter(|(n, _)| *n > 0).map(|(_, text)| text).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// Returns what is there but would not be published, in words; nothing if that is nothing.
    #[must_use]
    pub fn not_published(&self) -> Option<String> {
        let mut parts: Vec<String> = self
            .left_out
            .iter()
            .map(|(prefix, count)| format!("{count} refs in {prefix}"))
            .collect();
        parts.extend(self.reflogs.then(|| "reflogs".to_owned()));
        let scanned = if self.unreachable_scanned { "scanned" } else { "not scanned" };
        let unreachable = format!("{} unreachable objects ({scanned})", self.unreachable);
        parts.extend((self.unreachable > 0).then_some(unreachable));
        (!parts.is_empty()).then(|| format!("there but not published: {}", parts.join(", ")))
    }
}

/// Since when, until when and how often a place has stood in the published history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// The first commit that brought it in; none where only a tag or ref holds it.
    pub first: Option<Arc<CommitRef>>,
    /// The last commit that has it.
    pub last: Option<Arc<CommitRef>>,
    /// In how many versions of the file it stands; for metadata, in how many objects.
    pub versions: u32,
}

#[cfg(test)]
mod tests {
    use super::{HistorySummary, Metadata, short_ref};
    use crate::domain::RepoPath;

    #[test]
    fn what_was_not_judged_is_said_in_words() {
        let mut seen = HistorySummary::default();
        assert_eq!(seen.not_judged(), None);
        seen.missing = 5;
        seen.broken = vec!["refs/heads/a".into()];
        let words = seen.not_judged();
        assert_eq!(words.as_deref(), Some("5 objects not there, 1 ref that leads nowhere"));
        assert!(!seen.whole());
    }

    #[test]
    fn paths_of_metadata_are_known_again() {
        for one in Metadata::ALL {
            assert_eq!(Metadata::of(&one.path()), Some(one));
        }
        for path in ["messages", ".git", ".git/messages/x", ".git/objects/12", ""] {
            assert_eq!(Metadata::of(&RepoPath::new(path.as_bytes())), None, "{path}");
        }
    }

    #[test]
    fn refs_are_shortened_by_two_parts() {
        assert_eq!(short_ref("refs/heads/fix/it"), "fix/it");
        assert_eq!(short_ref("refs/stash"), "stash");
        assert_eq!(short_ref("HEAD"), "HEAD");
    }
}
