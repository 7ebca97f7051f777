// SPDX-License-Identifier: MIT OR Apache-2.0
//! The files of a review on disk: checklist, journal, lock and keys.
//!
//! Everything beside the checklist lies in its folder too and is kept out of Git by a
//! `.gitignore` there. Keys lie in the user's own state folder.

mod atomic;
mod cache;
mod checklist;
mod error;
mod folder;
mod handout;
mod journal;
mod keys;
mod kind;
mod line;

pub use atomic::{Readers, write_atomic, write_new};
pub use cache::Cache;
pub use checklist::{Broken, Checklist, Outline, Reviewed, keep_older, vote_lines};
pub use error::StoreError;
pub use folder::{Folder, Holder};
pub use handout::{Handout, HandoutError};
pub use journal::{Journal, Record};
pub use keys::{KeyStore, MASTER};
pub use line::Sealer;
