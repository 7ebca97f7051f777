// SPDX-License-Identifier: MIT OR Apache-2.0
//! The files of a review on disk: checklist, policy, journal, lock and keys.
//!
//! Everything beside the checklist lies in its folder too and is kept out of Git by a
//! `.gitignore` there. Keys lie in the user's own state folder, configuration and themes in the
//! user's own configuration folder.

mod atomic;
mod attestations;
mod bounded;
mod cache;
mod checklist;
mod config;
mod error;
mod folder;
mod handout;
mod journal;
mod keys;
mod kind;
mod line;
mod own_rules;
mod user_config;
mod words;

pub use atomic::{Readers, write_atomic, write_beside, write_new, write_over};
pub use attestations::read_template;
pub use cache::Cache;
pub use checklist::{Broken, Checklist, Outline, Reviewed, keep_older, vote_lines};
pub use config::{answer_licensing, licensing_fields, parse_policy, read_policy, write_licensing};
pub use error::StoreError;
pub use folder::{Folder, Holder};
pub use handout::{Handout, HandoutError};
pub use journal::{Journal, Record};
pub use keys::{KeyStore, MASTER};
pub use line::Sealer;
pub use own_rules::{read_own_rules, read_rule_file};
pub use user_config::UserFiles;
pub use words::{read_words, write_first_words, write_words};
