// SPDX-License-Identifier: MIT OR Apache-2.0
//! Which refs are published, and which are here but stay.

use std::{collections::BTreeMap, fs, path::Path};

use git2::{Oid, Reference, Repository};
use globset::{Glob, GlobMatcher};

use crate::repo::{RepoError, Source};

/// So many files are looked at to find out whether there are reflogs.
const MAX_LOGS: usize = 10_000;

/// A ref whose history is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tip {
    /// Its full name; it need not be UTF-8.
    pub name: Vec<u8>,
    /// What it names: mostly a commit or an annotated tag.
    pub target: Oid,
}

/// Where the published history ends, and what is here but not published.
#[derive(Clone, Debug, Default)]
pub struct Tips {
    /// The chosen refs, sorted by name.
    pub chosen: Vec<Tip>,
    /// The reviewed commit, which is always published.
    pub reviewed: Option<Oid>,
    /// Refs that are not chosen: the first two parts of their names, such as `refs/remotes/`, and
    /// how many there are.
    pub left_out: BTreeMap<String, usize>,
    /// Refs that lead nowhere.
    pub broken: Vec<Vec<u8>>,
    /// Patterns that no ref fits.
    pub unmatched: Vec<String>,
    /// Whether there are reflogs: they name commits that no ref leads to any more.
    pub reflogs: bool,
}

impl Tips {
    /// Chooses the refs that fit one of `patterns`: full names, or globs in which `*` stands for
    /// slashes too. Without patterns these are all branches and tags, and HEAD.
    ///
    /// # Errors
    /// When a pattern is no glob or the refs cannot be read.
    pub fn read(source: &Source, patterns: &[String]) -> Result<Self, RepoError> {
        let corrupt = RepoError::corrupt(&source.git_dir);
        let mut wanted = Wanted::new(patterns)?;
        let repo = source.repository().map_err(corrupt)?;
        let mut out = Self {
            reviewed: Some(source.commit),
            reflogs: has_reflogs(&repo.commondir().join("logs")),
            ..Self::default()
        };
        for reference in repo.references().map_err(corrupt)? {
            out.add(&reference.map_err(corrupt)?, &mut wanted);
        }
        out.add_head(&repo, &mut wanted);
        out.chosen.sort_by(|a, b| a.name.cmp(&b.name));
        out.unmatched = wanted.unmatched();
        Ok(out)
    }

    /// Returns what the chosen refs and the reviewed commit name, each once.
    #[must_use]
    pub fn targets(&self) -> Vec<Oid> {
        let mut out: Vec<Oid> = self.chosen.iter().map(|tip| tip.target).collect();
        out.extend(self.reviewed);
        out.sort_unstable();
        out.dedup();
        out
    }

    fn add(&mut self, reference: &Reference<'_>, wanted: &mut Wanted) {
        let name = reference.name_bytes();
        if !wanted.fits(name) {
            *self.left_out.entry(group(name)).or_default() += 1;
            return;
        }
        let target = reference
            .target()
            .or_else(|| reference.resolve().ok().and_then(|reference| reference.target()));
        match target {
            Some(target) => self.chosen.push(Tip { name: name.to_vec(), target }),
            None => self.broken.push(name.to_vec()),
        }
    }

    fn add_head(&mut self, repo: &Repository, wanted: &mut Wanted) {
        // HEAD is no ref that would be listed; an unborn one leads nowhere, which is no damage.
        if wanted.fits(b"HEAD")
            && let Some(target) = repo.head().ok().and_then(|head| head.target())
        {
            self.chosen.push(Tip { name: b"HEAD".to_vec(), target });
        }
    }
}

/// The patterns, and whether any ref fitted each.
struct Wanted {
    patterns: Vec<(String, GlobMatcher, bool)>,
}

impl Wanted {
    fn new(patterns: &[String]) -> Result<Self, RepoError> {
        let compiled = patterns.iter().map(|pattern| {
            let glob = Glob::new(pattern).map_err(|error| RepoError::BadPattern {
                pattern: pattern.clone(),
                message: error.kind().to_string(),
            })?;
            Ok((pattern.clone(), glob.compile_matcher(), false))
        });
        Ok(Self { patterns: compiled.collect::<Result<_, _>>()? })
    }

    fn fits(&mut self, name: &[u8]) -> bool {
        if self.patterns.is_empty() {
            return name == b"HEAD"
                || name.starts_with(b"refs/heads/")
                || name.starts_with(b"refs/tags/");
        }
        let text = String::from_utf8_lossy(name);
        let mut fits = false;
        for (pattern, glob, matched) in &mut self.patterns {
            // A name may hold what means something in a glob, so its own name always fits.
            let this = pattern.as_bytes() == name || glob.is_match(Path::new(text.as_ref()));
            *matched |= this;
            fits |= this;
        }
        fits
    }

    fn unmatched(self) -> Vec<String> {
        self.patterns.into_iter().filter(|(_, _, matched)| !matched).map(|(p, _, _)| p).collect()
    }
}

/// Returns the first two parts of a name; `refs/stash` has no more.
fn group(name: &[u8]) -> String {
    let slash = name.iter().enumerate().filter(|(_, b)| **b == b'/').nth(1);
    let name = &name[..slash.map_or(name.len(), |(at, _)| at + 1)];
    String::from_utf8_lossy(name).into_owned()
}

/// Returns whether any file below `logs` has content. Links are not followed.
fn has_reflogs(logs: &Path) -> bool {
    let mut folders = vec![logs.to_path_buf()];
    let mut looked = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
            looked += 1;
            let Ok(meta) = entry.metadata() else { continue };
            // Too many to look at are certainly not all empty.
            if meta.is_file() && meta.len() > 0 || looked > MAX_LOGS {
                return true;
            }
            if meta.is_dir() {
                folders.push(entry.path());
            }
        }
    }
    false
}
