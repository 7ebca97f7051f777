// SPDX-License-Identifier: MIT OR Apache-2.0
//! Decisions that no longer match anything.

use std::collections::HashSet;

use super::Session;
use crate::domain::{RepoPath, Target, Vote};

impl Session {
    /// Returns the decisions that match nothing of what was scanned: of each target the vote that
    /// decided, by path. Nothing before [`settle`](Self::settle) was called.
    ///
    /// That somebody read a file which is not there any more is among them. Without the history they
    /// may well be about the past, and a decision about a whole file or
    /// directory may even then, if nothing was found in it.
    #[must_use]
    pub fn stale(&self) -> Vec<&Vote> {
        // Nobody knows what stands in a file that could not be judged.
        let unjudged: HashSet<&RepoPath> = self.not_scanned.iter().map(|file| &file.path).collect();
        let unknown = |target: &&Target| match target {
            Target::Directory(dir) => unjudged.iter().any(|path| path.is_within(dir)),
            other => other.path().is_some_and(|path| unjudged.contains(path)),
        };
        // Which places a sample draws follows from all votes of its batch: they stay together.
        let bound = |target: &&Target| self.ballot.on(target).any(|vote| self.samples.binds(vote));
        let vote = |target: &Target| match target {
            Target::Text(path) => self.readers(path).last().map(|(vote, _)| *vote),
            _ => self.ballot.outcome(target).vote.and_then(|i| self.vote(i)),
        };
        let gone = self.gone.iter().filter(|target| !unknown(target) && !bound(target));
        gone.filter_map(vote).collect()
    }

    /// Returns whether anything was found in the file or below the directory that `target` is.
    pub(super) fn is_found_in(&self, target: &Target) -> bool {
        match target {
            Target::Directory(dir) => {
                self.by_file.keys().any(|path| path.is_within(dir))
                    || self.in_names().any(|idx| self.finding(idx).bearer().is_within(dir))
            }
            other => other.path().is_some_and(|path| {
                self.by_file.contains_key(path)
                    || self.in_names().any(|idx| *self.finding(idx).bearer() == *path)
            }),
        }
    }
}
