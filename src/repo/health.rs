// SPDX-License-Identifier: MIT OR Apache-2.0
//! What can be told of a repository before it is scanned.

use std::path::{Path, PathBuf};

use git2::{AttrCheckFlags, Oid};

use super::{EntryKind, Reader, RepoError, Source, open::open};
use crate::domain::RepoPath;

/// Which objects of the reviewed commit are there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Present {
    /// Files that were looked for.
    pub files: usize,
    /// Files and directories that are not there.
    pub missing: usize,
}

/// Returns the folder of the repository that holds `path`, and its work tree if it has one. A
/// commit is not needed.
///
/// # Errors
/// When there is no repository, or it can't be opened.
pub fn locate(path: &Path) -> Result<(PathBuf, Option<PathBuf>), RepoError> {
    if !path.exists() {
        return Err(RepoError::NoSuchFolder(path.into()));
    }
    let repo = open(path)?;
    Ok((repo.path().into(), repo.workdir().map(Into::into)))
}

impl Source {
    /// Looks for the objects of the reviewed commit's files without reading them.
    ///
    /// # Errors
    /// When the commit's tree can't be read.
    pub fn present(&self) -> Result<Present, RepoError> {
        let entries = self.entries()?;
        let corrupt = RepoError::corrupt(&self.git_dir);
        let reader = Reader::new(self).map_err(corrupt)?;
        let odb = reader.repo().odb().map_err(corrupt)?;
        let gone = |oid: Oid| !odb.exists(oid);
        let missing = entries.iter().filter(|entry| match entry.kind {
            EntryKind::File | EntryKind::Link => gone(entry.oid),
            EntryKind::Unreadable => true,
            EntryKind::Submodule => false,
        });
        Ok(Present { files: entries.len(), missing: missing.count() })
    }

    /// Returns Git's attribute `name` of the file at `path` in the work tree; of what is in the
    /// index alone if `staged`.
    #[must_use]
    pub fn attribute(&self, path: &Path, name: &str, staged: bool) -> Option<String> {
        let repo = self.repository().ok()?;
        let flags =
            if staged { AttrCheckFlags::INDEX_ONLY } else { AttrCheckFlags::FILE_THEN_INDEX };
        let value = repo.get_attr(path, name, flags).ok()?;
        value.map(str::to_owned)
    }

    /// Returns whether Git ignores the file at `path` of the work tree; nothing if it can't tell.
    #[must_use]
    pub fn ignores(&self, path: &Path) -> Option<bool> {
        self.repository().ok()?.is_path_ignored(path).ok()
    }

    /// Returns whether the reviewed commit has a file at `path`.
    #[must_use]
    pub fn has_file(&self, path: &RepoPath) -> bool {
        self.is_directory(path) == Some(false)
    }
}
