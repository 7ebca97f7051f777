// SPDX-License-Identifier: MIT OR Apache-2.0
//! Licences: what each file says, and whether the repository as a whole agrees with itself.
//!
//! [`observe()`] looks at one file and keeps a few plain facts; [`LicensingScan`] collects them
//! and says at the end what is missing or contradicts. What can be judged from one file alone
//! (a proprietary header, a tag that cannot be read) is a detector like any other.

mod bundle;
mod compat;
mod conclude;
mod evidence;
mod expression;
mod family;
mod head;
mod heard;
mod holder;
mod lock;
mod manifest;
mod media;
mod names;
mod observe;
mod past;
mod pristine;
mod proprietary;
mod readme;
mod repository;
mod reuse;
mod says;
mod snippet;
mod sources;
mod tags;
mod text_file;
mod texts;
mod words;

pub use bundle::Bundle;
pub use compat::{Apart, Basis, LicenceKind, LicenceTree, Outcome, compatible, is_open};
pub use conclude::{NONE, clears, conclude, ids_starting};
pub use evidence::Evidence;
pub use expression::{Declared, Reading, Terms, Wrinkle};
pub use family::Family;
pub use holder::holder_key;
pub use lock::{Lock, LockKind, Package, Source};
pub use manifest::{Claim, Manifest};
pub use media::Media;
pub(super) use observe::is_licence_name;
pub use observe::{LicenceText, Observation, Tag, observe};
pub use past::{Relicensed, RootText, is_root_text, relicensed, root_licences, tell_relicensed};
pub use pristine::licence_text;
pub use readme::{Statement, restate};
pub use repository::{Dependencies, Judged, LicensingGuess, LicensingScan, ThirdParty};
pub use reuse::Statement as ReuseStatement;
pub use says::{Changed, Copyright, Said};
pub use texts::{Identified, Match, Run, RunKind, identify, inside, render};

use super::{Detector, detector::Named};
use crate::domain::RepoPath;

/// Returns what a file that is no text says about licences: a font, an image, an archive.
#[must_use]
pub fn observe_binary(path: &RepoPath, raw: &[u8]) -> Option<Observation> {
    let bundle = bundle::observe_binary(path, raw);
    let media = media::observe(path, raw);
    let tells = bundle.is_some() || media.is_some();
    tells.then(|| Observation { bundle, media, ..Observation::default() })
}

/// Stands for the rules that [`LicensingScan`] applies: no single file can decide them.
struct Repository;

impl Detector for Repository {}

/// Returns the detectors of this room.
pub(super) fn detectors() -> [Named; 5] {
    [
        ("licensing-repository", Box::new(Repository)),
        ("licensing-proprietary", Box::new(proprietary::ProprietaryHeader)),
        ("licensing-spdx-tags", Box::new(tags::SpdxTags { deprecated: false })),
        ("licensing-snippet", Box::new(snippet::Snippet)),
        ("licensing-spdx-deprecated", Box::new(tags::SpdxTags { deprecated: true })),
    ]
}
