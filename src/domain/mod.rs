// SPDX-License-Identifier: MIT OR Apache-2.0
//! Plain values that every room shares; no input or output happens here.

mod finding;
mod path;
mod rule;
mod secret;
mod text;
mod verdict;
mod vocabulary;

pub use finding::{Finding, Identity, NotScanned, NotScannedFile, Place, Span};
pub use path::{FileKind, PathClass, RepoPath};
pub use rule::{Category, Class, RuleIdx, RuleInfo, Severity};
pub use secret::Secret;
pub use text::{Encoding, LineIndex, Position, Text};
pub use verdict::{Origin, Reason, Verdict};
pub use vocabulary::Vocabulary;
