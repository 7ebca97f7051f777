// SPDX-License-Identifier: MIT OR Apache-2.0
//! Reads blobs, each with a limit.

use git2::{ObjectType, Odb, Oid, Repository};

use super::Source;

/// Why a blob was not read.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum BlobError {
    /// It is larger than the limit; holds its size in bytes.
    #[error("{0} bytes")]
    TooLarge(u64),
    /// Git could not read it.
    #[error("{0}")]
    Unreadable(String),
}

/// Reads blobs for one worker.
pub struct Reader {
    repo: Repository,
}

impl Reader {
    /// Opens the repository for one worker.
    ///
    /// # Errors
    /// When it cannot be opened any more.
    pub fn new(source: &Source) -> Result<Self, git2::Error> {
        let repo = source.repository()?;
        Ok(Self { repo })
    }

    /// Returns the content of the blob `oid`, unless it has more than `limit` bytes.
    ///
    /// # Errors
    /// When it is too large, missing, or damaged.
    pub fn blob(&self, oid: Oid, limit: u64) -> Result<Vec<u8>, BlobError> {
        let fail = |error: git2::Error| BlobError::Unreadable(error.message().into());
        let odb = self.repo.odb().map_err(fail)?;
        let (size, kind) = odb.read_header(oid).map_err(fail)?;
        if kind != ObjectType::Blob {
            return Err(BlobError::Unreadable("not a blob".into()));
        }
        if size as u64 > limit {
            return Err(BlobError::TooLarge(size as u64));
        }
        read(&odb, oid).map_err(fail)
    }
}

fn read(odb: &Odb<'_>, oid: Oid) -> Result<Vec<u8>, git2::Error> {
    Ok(odb.read(oid)?.data().to_vec())
}
