// SPDX-License-Identifier: MIT OR Apache-2.0
//! Parts of paths.

use crate::domain::{PathClass, RepoPath};

/// Returns the parts of the path.
pub(super) fn parts(path: &RepoPath) -> Vec<&[u8]> {
    path.as_bytes().split(|byte| *byte == b'/').filter(|part| !part.is_empty()).collect()
}

/// Returns the path of the first `count` parts.
pub(super) fn join(parts: &[&[u8]]) -> RepoPath {
    RepoPath::new(&parts.join(&b'/'))
}

/// Returns the path of `name` inside `dir`.
pub(super) fn inside(dir: &RepoPath, name: &[u8]) -> RepoPath {
    if dir.is_root() {
        return RepoPath::new(name);
    }
    RepoPath::new(&[dir.as_bytes(), b"/", name].concat())
}

/// Returns whether the folder stands among tests, samples or documents.
pub(super) fn in_tests(dir: &RepoPath) -> bool {
    // The name of a file would decide by itself, so one that says nothing is asked about.
    PathClass::of(&inside(dir, b"x")).shows()
}

/// Returns the part of `path` below `dir`.
pub(super) fn below<'p>(path: &'p RepoPath, dir: &RepoPath) -> &'p [u8] {
    if dir.is_root() {
        return path.as_bytes();
    }
    path.as_bytes().get(dir.as_bytes().len() + 1..).unwrap_or_default()
}
