// SPDX-License-Identifier: MIT OR Apache-2.0
//! What can go wrong with files on disk, with the path and what to do.

use std::{
    io,
    path::{Path, PathBuf},
};

/// Why a file could not be read or written. Files are never changed by an operation that fails.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The operating system said no.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A link, a pipe or the like stands where a file of the review belongs.
    #[error("{}: not a plain {wanted}, so it could lead anywhere: remove it, or pass --checklist", path.display())]
    NotOurs {
        /// What stands there.
        path: PathBuf,
        /// What belongs there.
        wanted: &'static str,
    },
    /// A folder, a pipe or the like stands where a file of the user's belongs.
    #[error("{}: not a file: it is {is}", path.display())]
    NoFile {
        /// What stands there.
        path: PathBuf,
        /// What it is.
        is: &'static str,
    },
    /// Nobody needs so much, and it might not fit the memory.
    #[error("{}: larger than {}, the most that is read of {what}, and left alone: {to_do}", path.display(), super::bounded::size(*most))]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// What it should be.
        what: &'static str,
        /// How many bytes it may have.
        most: u64,
        /// What to do.
        to_do: &'static str,
    },
    /// The file is not what it should be.
    #[error("{}:{line}: {message}", path.display())]
    Broken {
        /// The file.
        path: PathBuf,
        /// Line, counted from 1.
        line: usize,
        /// What is wrong and what to do.
        message: String,
    },
    /// A field of the policy is not what it should be.
    #[error("{}:{line}: {field}: {message}", path.display())]
    Config {
        /// The file.
        path: PathBuf,
        /// Line, counted from 1.
        line: usize,
        /// The field, from the root of the file.
        field: String,
        /// What is wrong and what is allowed.
        message: String,
    },
    /// The file was written by a newer version.
    #[error("{}: written by a newer debut (schema {found}, this one knows {known}): update debut", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: u64,
        /// The newest that is known here.
        known: u64,
    },
    /// All names for a copy of an older file are taken.
    #[error("{}: of schema {schema}, and all names to keep it under are taken: remove old copies", path.display())]
    NoName {
        /// The file.
        path: PathBuf,
        /// Its schema.
        schema: u64,
    },
    /// The review's key is not on this machine.
    #[error("{}: made with key {key_id}, which is not on this machine: ask {by} for it (`debut key export`), then `debut key import FILE`", path.display())]
    NoKey {
        /// The checklist.
        path: PathBuf,
        /// The key's id.
        key_id: String,
        /// Who may have it, in words.
        by: String,
    },
}

impl StoreError {
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |source| Self::Io { path: path.into(), source }
    }
}
