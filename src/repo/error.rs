// SPDX-License-Identifier: MIT OR Apache-2.0
//! Why a repository could not be opened, and what to do about it.

use std::path::{Path, PathBuf};

/// Why nothing can be reviewed here.
#[derive(Debug, thiserror::Error)]
pub enum RepoError {
    /// No repository at the path or above it.
    #[error("{}: not a Git repository, nor is any folder above it", .0.display())]
    NotARepository(PathBuf),
    /// The path does not exist.
    #[error("{}: no such folder", .0.display())]
    NoSuchFolder(PathBuf),
    /// The repository belongs to somebody else, and Git's own check refuses it.
    #[error("{}: belongs to another user; if you trust it: git config --global --add safe.directory {}", .0.display(), .0.display())]
    NotYours(PathBuf),
    /// Its objects are named neither by SHA-1 nor by SHA-256.
    #[error("{}: names its objects in a way that debut does not know", .0.display())]
    UnknownFormat(PathBuf),
    /// There is no commit yet.
    #[error("{}: has no commit yet, so there is nothing that would be published", .0.display())]
    Unborn(PathBuf),
    /// The revision names nothing.
    #[error("{}: no commit called {revision:?}", path.display())]
    NoSuchRevision {
        /// The repository.
        path: PathBuf,
        /// What was asked for.
        revision: String,
    },
    /// Git could not read something that is needed to begin.
    #[error("{}: {message}; `git fsck` tells more", path.display())]
    Corrupt {
        /// The repository.
        path: PathBuf,
        /// What Git said.
        message: String,
    },
    /// A pattern for refs is no glob.
    #[error("{pattern:?} is no pattern for refs: {message}")]
    BadPattern {
        /// The pattern.
        pattern: String,
        /// What is wrong with it.
        message: String,
    },
    /// It was asked to stop.
    #[error("stopped before the history was read")]
    Stopped,
}

impl RepoError {
    /// Returns how what Git said about the repository at `path` becomes an error.
    pub(super) fn corrupt(path: &Path) -> impl Fn(git2::Error) -> Self + Copy + '_ {
        move |error| Self::Corrupt { path: path.into(), message: error.message().into() }
    }
}
