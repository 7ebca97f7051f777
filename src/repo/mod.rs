// SPDX-License-Identifier: MIT OR Apache-2.0
//! The only room that reads Git.
//!
//! The repository is hostile: nothing it configures is run, no link is followed, and every object
//! is read with a limit. What is reviewed is a commit, never the work tree.

mod error;
mod folder;
mod health;
pub mod history;
pub mod message;
pub mod objects;
mod open;
mod people;
mod read;
mod since;
mod tree;

pub use error::RepoError;
pub use folder::{Folder, sha1};
pub use health::{Present, locate};
pub use open::{Source, WorkTree};
pub use people::Commits;
pub use read::{BlobError, Reader};
pub use tree::{EntryKind, TreeEntry};
