// SPDX-License-Identifier: MIT OR Apache-2.0
//! The rule model. Rules are data in `assets/rules/`; this room reads and checks them.
//!
//! A rule is either a *pattern* (keywords that the one Aho-Corasick pass looks for, then a
//! regular expression on a small window) or names a *detector*, which is code in `scan`.
//! Either way the file holds what the reviewer is told.

mod assigned;
mod check;
mod common;
mod cost;
mod error;
mod lazy;
mod load;
mod model;
mod needs;
mod own;
mod packs;
mod parse;
mod run;
mod shape;

pub use assigned::is_about_else;
pub use error::{Fault, RuleError};
pub use load::RuleSet;
pub use model::{Edge, OnFailure, Proof, Rule, Scope, Window};
pub use run::Runs;
pub use shape::Shape;
