// SPDX-License-Identifier: MIT OR Apache-2.0
//! Plain values that every room shares; no input or output happens here.

mod attest;
mod beside;
mod finding;
mod inventory;
mod layer;
mod licensing;
mod module;
mod numbers;
mod path;
mod path_class;
mod policy;
pub mod remark;
mod rotation;
mod rule;
mod rule_change;
mod secret;
pub mod stand_in;
mod text;
mod tracker;
mod verdict;
mod vocabulary;
mod vote;

pub use attest::{Answer, Detector, Item, Template};
pub use beside::{Beside, beside};
pub use finding::{Finding, Identity, NotScanned, NotScannedFile, Place, Span};
pub use inventory::{Inventory, LockFile, NoticeText, ThirdParty};
pub use layer::{CommitRef, Gap, HistorySummary, Layer, Metadata, Sighting, TextOf, short_ref};
pub use licensing::{Headers, How, LicenceFact, Licensing};
pub use module::{Module, ModuleKind};
pub use numbers::{NumberHasher, NumberMap, Numbers};
pub use path::{FileKind, RepoPath};
pub use path_class::PathClass;
pub use policy::{Policy, day_of, same_person};
pub use rotation::Rotated;
pub use rule::{Category, Class, Confidence, Half, Pair, RuleIdx, RuleInfo, Severity};
pub use rule_change::{ChangeKind, RuleChange};
pub use secret::{Secret, is_plain_word};
pub use text::{Encoding, LineIndex, Spans, Text};
pub use tracker::Tracker;
pub use verdict::{Origin, Reason, Verdict};
pub use vocabulary::{Vocabulary, Word, WordKind, because, code_name_pattern};
pub use vote::{Act, Target, Vote};
