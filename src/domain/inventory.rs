// SPDX-License-Identifier: MIT OR Apache-2.0
//! What is known of the licences of a whole tree, as reports tell it.

use std::{collections::BTreeMap, sync::Arc};

use super::{LicenceFact, RepoPath};

/// The licences of one tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inventory {
    /// How many files the tree has.
    pub files: usize,
    /// What is known of each file that says anything or ought to, in the order of paths.
    pub facts: Vec<LicenceFact>,
    /// Other people's work that lies in the tree, in the order of paths.
    pub third_party: Vec<ThirdParty>,
    /// Notices that must go along with it, in the order of paths.
    pub notices: Vec<NoticeText>,
    /// What the lock files say, in the order of paths.
    pub locks: Vec<LockFile>,
}

/// A directory that holds other people's work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThirdParty {
    /// The directory.
    pub path: RepoPath,
    /// An SPDX expression, or `NONE`.
    pub licence: Arc<str>,
    /// Whose it is, each once.
    pub holders: Vec<Arc<str>>,
    /// Where the text of the licence is.
    pub text: Option<RepoPath>,
}

/// The text of a NOTICE file of somebody else's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeText {
    /// The file.
    pub path: RepoPath,
    /// Its text.
    pub text: String,
}

/// What a lock file says of the licences of dependencies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockFile {
    /// The file.
    pub path: RepoPath,
    /// How many packages are under which licence.
    pub licences: BTreeMap<Arc<str>, usize>,
    /// How many packages it says nothing of.
    pub unknown: usize,
}

impl Inventory {
    /// Returns whether there is nothing to tell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
            && self.third_party.is_empty()
            && self.notices.is_empty()
            && self.locks.is_empty()
    }
}
