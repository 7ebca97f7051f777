// SPDX-License-Identifier: MIT OR Apache-2.0
//! Which paths are no part of a release, as the policy says.

use std::{
    collections::HashSet,
    sync::{Mutex, PoisonError},
};

use globset::{GlobBuilder, GlobSet};

use super::Event;
use crate::{
    domain::{Metadata, NotScanned, NotScannedFile, RepoPath},
    repo::TreeEntry,
};

/// The paths that are out of scope.
///
/// Files of the reviewed commit that are out of scope are not read at all. The history is read
/// whole, for one content may stand at many paths, and what it tells of such paths is dropped.
pub(super) struct Scope {
    globs: GlobSet,
    told: Mutex<HashSet<RepoPath>>,
}

impl Scope {
    /// Uses the patterns of a policy.
    ///
    /// # Errors
    /// When one is no glob; a policy that was read from a file has none of these.
    pub(super) fn new(patterns: &[String]) -> Result<Self, globset::Error> {
        let mut globs = GlobSet::builder();
        for pattern in patterns {
            let pattern = pattern.strip_suffix('/').unwrap_or(pattern);
            globs.add(GlobBuilder::new(pattern).literal_separator(true).build()?);
        }
        Ok(Self { globs: globs.build()?, told: Mutex::default() })
    }

    fn is_empty(&self) -> bool {
        self.globs.is_empty()
    }

    /// Returns whether the file at `path`, or a directory above it, fits a pattern. What stands
    /// in no file is always part of a release.
    pub(super) fn leaves_out(&self, path: &RepoPath) -> bool {
        if self.is_empty() || Metadata::covers(path) {
            return false;
        }
        let mut path = path.clone();
        while !path.is_root() {
            if self.globs.is_match(&*String::from_utf8_lossy(path.as_bytes())) {
                return true;
            }
            path = path.parent();
        }
        false
    }

    /// Takes out of `entries` what is out of scope, and tells of it.
    pub(super) fn narrow(&self, entries: Vec<TreeEntry>, emit: &dyn Fn(Event)) -> Vec<TreeEntry> {
        let (out, inside): (Vec<_>, Vec<_>) =
            entries.into_iter().partition(|entry| self.leaves_out(&entry.path));
        self.tell(out.into_iter().map(|entry| entry.path), emit);
        inside
    }

    /// Passes an event on without what is out of scope.
    pub(super) fn pass(&self, event: Event, emit: &dyn Fn(Event)) {
        match event {
            Event::Found(mut found) if !self.is_empty() => {
                let out = found.extract_if(.., |new| self.leaves_out(&new.finding.path));
                let out: Vec<RepoPath> = out.map(|new| new.finding.path).collect();
                self.tell(out.into_iter(), emit);
                if !found.is_empty() {
                    emit(Event::Found(found));
                }
            }
            Event::NotScanned(mut files) if !self.is_empty() => {
                let out = files.extract_if(.., |file| self.leaves_out(&file.path));
                let out: Vec<RepoPath> = out.map(|file| file.path).collect();
                self.tell(out.into_iter(), emit);
                if !files.is_empty() {
                    emit(Event::NotScanned(files));
                }
            }
            other => emit(other),
        }
    }

    /// Lists each path once.
    fn tell(&self, paths: impl Iterator<Item = RepoPath>, emit: &dyn Fn(Event)) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let new = paths.filter(|path| told.insert(path.clone()));
        let why = NotScanned::OutOfScope;
        let files: Vec<NotScannedFile> =
            new.map(|path| NotScannedFile { path, why: why.clone() }).collect();
        drop(told);
        if !files.is_empty() {
            emit(Event::NotScanned(files));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Scope;
    use crate::domain::{Metadata, RepoPath};

    #[test]
    fn a_pattern_covers_what_is_below_it_and_stops_at_slashes() {
        let scope = |pattern: &str| Scope::new(&[pattern.to_owned()]).expect("a glob");
        let out =
            |pattern: &str, path: &str| scope(pattern).leaves_out(&RepoPath::new(path.as_bytes()));
        assert!(
            out("vendor", "vendor/a/b.c")
                && out("vendor/", "vendor/a")
                && out("vendor/**", "vendor/a")
        );
        assert!(!out("vendor", "lib/vendor/a") && out("**/vendor", "lib/vendor/a"));
        assert!(out("*.lock", "Cargo.lock") && !out("*.lock", "a/Cargo.lock"));
        assert!(out("**/*.lock", "a/Cargo.lock") && out("**/*.lock", "Cargo.lock"));
        assert!(!scope("**").leaves_out(&Metadata::Refs.path()));
        assert!(!scope("**").leaves_out(&RepoPath::root()));
        assert!(out("**", "any/thing"));
    }
}
