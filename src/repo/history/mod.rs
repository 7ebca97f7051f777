// SPDX-License-Identifier: MIT OR Apache-2.0
//! Which commits, trees and files the chosen refs lead to, and for each file at each path the
//! first commit that brought it in and the last that has it.
//!
//! All commits, tags and trees are read once, in the order in which the repository stores them.
//! Trees stay in memory the way they were stored, as deltas of each other. Then each commit's tree
//! is compared with that of its first parent, and what came and went is all that is looked at.
//!
//! Memory while it is read: 16 bytes an object, 60 a commit, the trees as deltas, 4 to 32 MiB of
//! whole trees a worker, 24 for each file that a commit changed. What stays: 40 bytes a commit, 20
//! an appearance, about 30 a path, a bit an object.

mod appear;
mod changes;
mod commits;
mod diff;
mod entries;
mod forest;
mod paths;
mod reach;
mod read;
mod tips;
mod trees;

use git2::Oid;

use self::paths::Paths;
use super::objects::{ObjIdx, ObjectKind};
use crate::domain::RepoPath;

pub use commits::OnRaw;
pub use tips::{Tip, Tips};

/// The number of a commit: parents come before children, and otherwise the older first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CommitNo(pub u32);

impl CommitNo {
    /// Stands in an appearance for no commit: a ref or a tag names the tree or blob itself.
    pub const NONE: Self = Self(u32::MAX);
}

/// The number of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PathId(pub u32);

/// What a tree says an entry is, if not a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mode {
    /// A file.
    File,
    /// A file that can be run.
    Executable,
    /// A symbolic link; its content is the target.
    Link,
    /// A commit of another repository.
    Submodule,
}

impl Mode {
    const ALL: [Self; 4] = [Self::File, Self::Executable, Self::Link, Self::Submodule];

    /// Reads the mode bits as Git does; nothing for a tree.
    fn of(bits: u32) -> Option<Self> {
        match bits & 0o170_000 {
            0o040_000 => None,
            0o120_000 => Some(Self::Link),
            0o160_000 => Some(Self::Submodule),
            _ if bits & 0o100 != 0 => Some(Self::Executable),
            _ => Some(Self::File),
        }
    }
}

/// One file at one path, over all commits that have it there: 20 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appearance {
    /// Its content; [`History::absent`] knows its id when it is not here.
    pub blob: ObjIdx,
    /// Its path; the root for a blob that a tag names.
    pub path: PathId,
    /// The first commit that has it there.
    pub first: CommitNo,
    /// The last commit that has it there.
    pub last: CommitNo,
    /// What it is in the last commit.
    pub mode: Mode,
    /// Whether the reviewed commit has it there.
    pub in_tree: bool,
}

/// A commit that the chosen refs lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Commit {
    /// The commit.
    pub idx: ObjIdx,
    /// Its tree, if that is here.
    pub tree: Option<ObjIdx>,
    /// Its first parent, if that is here.
    pub first_parent: Option<CommitNo>,
    /// When it was written, in seconds since 1970.
    pub author_time: i64,
    /// When it was committed, in seconds since 1970.
    pub commit_time: i64,
}

/// How many objects of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Commits.
    pub commits: usize,
    /// Directories.
    pub trees: usize,
    /// Contents of files.
    pub blobs: usize,
    /// Annotated tags.
    pub tags: usize,
    /// Objects whose kind can't be told because they are damaged.
    pub unknown: usize,
}

impl Counts {
    fn add(&mut self, kind: Option<ObjectKind>) {
        let count = match kind {
            Some(ObjectKind::Commit) => &mut self.commits,
            Some(ObjectKind::Tree) => &mut self.trees,
            Some(ObjectKind::Blob) => &mut self.blobs,
            Some(ObjectKind::Tag) => &mut self.tags,
            None => &mut self.unknown,
        };
        *count += 1;
    }
}

/// A reachable object that was not judged, or not whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Which object.
    pub id: Oid,
    /// Why.
    pub reason: String,
}

/// What the chosen refs lead to.
#[derive(Debug)]
pub struct History {
    commits: Vec<Commit>,
    appearances: Vec<Appearance>,
    /// How many of the appearances are of objects that are here.
    here: usize,
    paths: Paths,
    reached: Bits,
    /// The ids of absent objects, numbered after all that are here.
    absent: Vec<(Oid, ObjectKind)>,
    objects: u32,
    /// What is reachable.
    pub reachable: Counts,
    /// What is here though no chosen ref leads to it.
    pub unreachable: Counts,
    /// What a reachable object names though it is not here: of a tag the kind it says, of a ref
    /// commits. Submodules are not among them.
    pub missing: Vec<(Oid, ObjectKind)>,
    /// What is reachable but damaged, or nested too deeply.
    pub unread: Vec<Unread>,
    /// Commits that change so much (more than two million files, or 16 million in all) that only
    /// one path of each of their files is listed, and not when it went.
    pub cut: Vec<CommitNo>,
}

impl History {
    /// Returns the commits, by number.
    #[must_use]
    pub fn commits(&self) -> &[Commit] {
        &self.commits
    }

    /// Returns a commit; nothing for [`CommitNo::NONE`].
    #[must_use]
    pub fn commit(&self, no: CommitNo) -> Option<&Commit> {
        self.commits.get(no.0 as usize)
    }

    /// Returns where a blob stands, sorted by path number.
    #[must_use]
    pub fn appearances(&self, blob: ObjIdx) -> &[Appearance] {
        let start = self.appearances.partition_point(|a| a.blob < blob);
        let rest = &self.appearances[start..];
        &rest[..rest.partition_point(|a| a.blob == blob)]
    }

    /// Returns all appearances of objects that are here, sorted by object.
    #[must_use]
    pub fn all(&self) -> &[Appearance] {
        &self.appearances[..self.here]
    }

    /// Returns the appearances of submodules and of blobs that are not here.
    #[must_use]
    pub fn elsewhere(&self) -> &[Appearance] {
        &self.appearances[self.here..]
    }

    /// Returns the id of an absent blob or of a submodule's commit, as an appearance names it;
    /// nothing for objects that are here.
    #[must_use]
    pub fn absent(&self, blob: ObjIdx) -> Option<Oid> {
        let at = blob.0.checked_sub(self.objects)?;
        self.absent.get(at as usize).map(|(id, _)| *id)
    }

    /// Returns a whole path.
    #[must_use]
    pub fn path(&self, id: PathId) -> RepoPath {
        self.paths.path(id)
    }

    /// Returns the number of paths; all numbers are below it.
    #[must_use]
    pub fn paths(&self) -> usize {
        self.paths.len()
    }

    /// Returns whether a chosen ref leads to the object.
    #[must_use]
    pub fn is_reachable(&self, idx: ObjIdx) -> bool {
        self.reached.has(idx.0)
    }
}

/// A set of small numbers: a bit each.
#[derive(Clone, Debug, Default)]
struct Bits(Vec<u64>);

impl Bits {
    fn new(len: usize) -> Self {
        Self(vec![0; len.div_ceil(64)])
    }

    fn has(&self, at: u32) -> bool {
        self.0.get(at as usize / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }

    /// Adds a number and returns whether it is new; one out of range is not.
    fn insert(&mut self, at: u32) -> bool {
        let Some(word) = self.0.get_mut(at as usize / 64) else { return false };
        let is_new = *word >> (at % 64) & 1 == 0;
        *word |= 1 << (at % 64);
        is_new
    }

    fn add(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word |= other;
        }
    }
}
