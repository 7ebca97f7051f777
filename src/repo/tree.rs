// SPDX-License-Identifier: MIT OR Apache-2.0
//! The files of a commit.

use git2::{ObjectType, Oid};

use super::{Reader, RepoError, Source};
use crate::domain::RepoPath;

/// Trees nested deeper than this are not walked: no real repository has them, and a crafted one
/// must not exhaust the stack.
const MAX_DEPTH: usize = 256;
/// So many files are listed at most. A few trees that name each other a hundred times over stand
/// for more files than any memory holds.
const MAX_FILES: usize = 2_000_000;

/// What a tree entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A file.
    File,
    /// A symbolic link; its content is the target.
    Link,
    /// A commit of another repository.
    Submodule,
    /// A tree that could not be read, is nested too deeply, or comes after too many files.
    Unreadable,
}

/// One file of the commit.
#[derive(Clone, Debug)]
pub struct TreeEntry {
    /// Its path.
    pub path: RepoPath,
    /// Its object.
    pub oid: Oid,
    /// What it is.
    pub kind: EntryKind,
}

impl TreeEntry {
    /// Returns whether it is a file without a byte, which its object's id alone tells.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        const EMPTY: [&str; 2] = [
            "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
            "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
        ];
        self.kind == EntryKind::File && EMPTY.contains(&self.oid.to_string().as_str())
    }
}

impl Source {
    /// Returns whether `path` is a directory of the commit; nothing if it is not there at all.
    #[must_use]
    pub fn is_directory(&self, path: &RepoPath) -> Option<bool> {
        let reader = Reader::new(self).ok()?;
        let mut tree = reader.tree(self.tree).ok()?;
        let mut parts = path.as_bytes().split(|b| *b == b'/').peekable();
        while let Some(part) = parts.next() {
            let (oid, kind) = {
                let entry = tree.iter().find(|entry| entry.name_bytes() == part)?;
                (entry.id(), entry.kind())
            };
            if kind != Some(ObjectType::Tree) {
                return parts.peek().is_none().then_some(false);
            }
            tree = reader.tree(oid).ok()?;
        }
        Some(true)
    }

    /// Lists all files of the commit, in Git's order.
    ///
    /// A tree below the root that cannot be read is listed as such, so that the rest can still
    /// be reviewed.
    ///
    /// # Errors
    /// When the root tree cannot be read.
    pub fn entries(&self) -> Result<Vec<TreeEntry>, RepoError> {
        let corrupt = RepoError::corrupt(&self.git_dir);
        let reader = Reader::new(self).map_err(corrupt)?;
        list(&reader, self.tree).map_err(corrupt)
    }

    /// Lists all files of another tree, given in hexadecimal; nothing if it is not here any more.
    #[must_use]
    pub fn entries_of(&self, tree: &str) -> Option<Vec<TreeEntry>> {
        let reader = Reader::new(self).ok()?;
        list(&reader, Oid::from_str_ext(tree, reader.repo().object_format()).ok()?).ok()
    }
}

/// Lists all files below `tree`, as [`Source::entries`] does.
pub(super) fn list(reader: &Reader, tree: Oid) -> Result<Vec<TreeEntry>, git2::Error> {
    let mut out = Vec::new();
    walk(reader, tree, &mut Vec::new(), 0, &mut out)?;
    Ok(out)
}

fn walk(
    reader: &Reader,
    tree: Oid,
    prefix: &mut Vec<u8>,
    depth: usize,
    out: &mut Vec<TreeEntry>,
) -> Result<(), git2::Error> {
    let tree = reader.tree(tree)?;
    for entry in &tree {
        let len = prefix.len();
        if len > 0 {
            prefix.push(b'/');
        }
        prefix.extend(entry.name_bytes());
        let kind = match (entry.kind(), entry.filemode()) {
            (Some(ObjectType::Tree), _) => {
                let walked = depth < MAX_DEPTH
                    && out.len() < MAX_FILES
                    && walk(reader, entry.id(), prefix, depth + 1, out).is_ok();
                (!walked).then_some(EntryKind::Unreadable)
            }
            (Some(ObjectType::Commit), _) => Some(EntryKind::Submodule),
            (_, 0o120_000) => Some(EntryKind::Link),
            _ => Some(EntryKind::File),
        };
        if let Some(kind) = kind {
            out.push(TreeEntry { path: RepoPath::new(prefix), oid: entry.id(), kind });
        }
        prefix.truncate(len);
    }
    Ok(())
}
