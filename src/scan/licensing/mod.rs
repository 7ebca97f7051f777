// SPDX-License-Identifier: MIT OR Apache-2.0
//! Licences: what each file says, and whether the repository as a whole agrees with itself.
//!
//! [`observe()`] looks at one file and keeps a few plain facts; [`LicensingScan`] collects them
//! and says at the end what is missing or contradicts. What can be judged from one file alone
//! (a proprietary header, a tag that cannot be read) is a detector like any other.

mod compat;
mod expression;
mod family;
mod head;
mod holder;
mod manifest;
mod names;
mod notices;
mod observe;
mod proprietary;
mod readme;
mod repository;
mod statements;
mod tags;
mod texts;
mod words;

pub use compat::{Apart, Basis, LicenceKind, LicenceTree, Outcome, compatible, is_open};
pub use expression::{Declared, Reading, Terms, Wrinkle};
pub use family::Family;
pub use manifest::{Claim, Manifest};
pub(super) use observe::is_licence_name;
pub use observe::{LicenceText, Observation, Tag, observe};
pub use repository::{Judged, LicensingGuess, LicensingScan};
pub use statements::Copyright;
pub use texts::Identified;

use super::{Detector, detector::Named};
use crate::domain::RepoPath;

/// Returns what a file that is no text says about licences: a font, an image, an archive.
#[must_use]
pub fn observe_binary(_path: &RepoPath, _raw: &[u8]) -> Option<Observation> {
    None
}

/// Stands for the rules that [`LicensingScan`] applies: no single file can decide them.
struct Repository;

impl Detector for Repository {}

/// Returns the detectors of this room.
pub(super) fn detectors() -> [Named; 3] {
    [
        ("licensing-repository", Box::new(Repository)),
        ("licensing-proprietary", Box::new(proprietary::ProprietaryHeader)),
        ("licensing-spdx-tags", Box::new(tags::SpdxTags)),
    ]
}
