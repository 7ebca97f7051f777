// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a path says about its file, taken out once so that nothing else looks at the path.

use super::{internal, licensing, sealed::List, secrets};
use crate::domain::{FileKind, PathClass, RepoPath};

/// All that rules and detectors may know of a file's path.
///
/// Two files with equal facts and equal text have equal findings. The scan of a history rests
/// on that: what was found in one version of a file holds for the next, also under another name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PathFacts {
    /// Broad kind of the file.
    pub kind: FileKind,
    /// How much its findings weigh.
    pub class: PathClass,
    /// The lower-case extension without its dot.
    pub extension: String,
    /// A `.conf` file or a template of one.
    pub conf: bool,
    /// A list of owners or maintainers.
    pub owners: bool,
    /// A file that credits people.
    pub credits: bool,
    /// A large supplier's name stands in the path.
    pub supplier: bool,
    /// A module of Ansible that a playbook brings along.
    pub module: bool,
    /// An authority that only tests trust has its name in the path.
    pub test_ca: bool,
    /// What a service runs tests by.
    pub ci: bool,
    /// A file of translated texts.
    pub locale: bool,
    /// A name under which a licence text is kept.
    pub licence: bool,
    /// A list of who can decrypt what.
    pub(super) sealed_list: Option<List>,
    /// The globs of rules that match, by their index in the engine that made the facts.
    pub(super) globs: Vec<usize>,
}

impl PathFacts {
    /// Returns what `path` says, globs of rules left out.
    #[must_use]
    pub fn of(path: &RepoPath) -> Self {
        Self {
            kind: FileKind::of(path),
            class: PathClass::of(path),
            extension: path.extension(),
            conf: internal::is_conf(path),
            owners: internal::is_owners_list(path),
            credits: internal::credits_people(path),
            supplier: internal::names_supplier(path),
            module: internal::is_module(path),
            test_ca: secrets::of_test_ca(path),
            ci: secrets::is_pipeline(path),
            locale: secrets::is_locale(path),
            licence: licensing::is_licence_name(path),
            sealed_list: List::of(path),
            globs: Vec::new(),
        }
    }
}
