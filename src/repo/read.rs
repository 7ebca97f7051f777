// SPDX-License-Identifier: MIT OR Apache-2.0
//! Reads objects, each with a limit.

use std::{
    cell::{OnceCell, RefCell},
    sync::Arc,
};

use git2::{Commit, ObjectType, Oid, Repository, Tree};

use super::{
    Source,
    objects::{ObjectError, Sizes},
};

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

/// Commits and trees larger than this are not read: no real ones come near.
const MAX_OTHERS: u64 = 32 << 20;

/// Reads objects for one worker, and none that would take more memory than its limit.
pub struct Reader {
    repo: Repository,
    sizes: Arc<Sizes>,
    /// What came since the source was opened; looked for once it is needed.
    newer: OnceCell<Sizes>,
    inflate: RefCell<gix_zlib::Inflate>,
}

impl Reader {
    /// Opens the repository for one worker.
    ///
    /// # Errors
    /// When it cannot be opened any more.
    pub fn new(source: &Source) -> Result<Self, git2::Error> {
        Ok(Self::over(source.repository()?, source.sizes.clone()))
    }

    pub(super) fn over(repo: Repository, sizes: Arc<Sizes>) -> Self {
        Self { repo, sizes, newer: OnceCell::new(), inflate: RefCell::default() }
    }

    pub(super) fn repo(&self) -> &Repository {
        &self.repo
    }

    /// Returns the content of the blob `oid`, unless it has more than `limit` bytes.
    ///
    /// # Errors
    /// When it is too large, missing, or damaged.
    pub fn blob(&self, oid: Oid, limit: u64) -> Result<Vec<u8>, BlobError> {
        self.check(oid, limit)?;
        let fail = |error: git2::Error| BlobError::Unreadable(error.message().into());
        let odb = self.repo.odb().map_err(fail)?;
        let object = odb.read(oid).map_err(fail)?;
        if object.kind() != ObjectType::Blob {
            return Err(BlobError::Unreadable("not a blob".into()));
        }
        Ok(object.data().to_vec())
    }

    /// Returns a commit of at most `limit` bytes.
    pub(super) fn commit(&self, oid: Oid, limit: u64) -> Result<Commit<'_>, git2::Error> {
        self.checked(oid, limit)?;
        self.repo.find_commit(oid)
    }

    pub(super) fn tree(&self, oid: Oid) -> Result<Tree<'_>, git2::Error> {
        self.checked(oid, MAX_OTHERS)?;
        self.repo.find_tree(oid)
    }

    /// Checks that an object and the commit that it leads to, if it is a tag, can be read.
    pub(super) fn leads_to_commit(&self, mut oid: Oid) -> Result<(), git2::Error> {
        loop {
            self.checked(oid, MAX_OTHERS)?;
            match self.repo.find_tag(oid) {
                Ok(tag) => oid = tag.target_id(),
                Err(_) => return Ok(()),
            }
        }
    }

    fn check(&self, oid: Oid, limit: u64) -> Result<(), BlobError> {
        self.sound(oid, limit).map_err(|error| match error {
            ObjectError::TooLarge(size) => BlobError::TooLarge(size),
            ObjectError::Unreadable(why) => BlobError::Unreadable(why),
        })
    }

    fn checked(&self, oid: Oid, limit: u64) -> Result<(), git2::Error> {
        let fail = |error: ObjectError| git2::Error::from_str(&format!("object {oid}: {error}"));
        self.sound(oid, limit).map_err(fail)
    }

    fn sound(&self, oid: Oid, limit: u64) -> Result<(), ObjectError> {
        let mut inflate = self.inflate.borrow_mut();
        let known = self.sizes.check(oid.as_bytes(), limit, &mut inflate);
        known.unwrap_or_else(|| {
            // Git may have packed everything anew since.
            let newer = self.newer.get_or_init(|| Sizes::of(&self.repo));
            let missing = || Err(ObjectError::Unreadable("not found, or damaged".into()));
            newer.check(oid.as_bytes(), limit, &mut inflate).unwrap_or_else(missing)
        })
    }
}
