// SPDX-License-Identifier: MIT OR Apache-2.0
//! Decisions that match nothing any more: which they are, and how they leave the checklist.

use std::{
    collections::HashSet,
    sync::atomic::{AtomicBool, Ordering},
};

use super::{Desk, OpenError, Review, ScanError};
use crate::{
    domain::{RepoPath, Target, Vote},
    repo::{
        history::{History, PathId, Tips},
        objects::Objects,
    },
    store::{Record, vote_lines},
};

impl Review {
    /// Returns the decisions that match nothing of what was scanned: of each target the vote that
    /// decided. With the history a whole file or directory is gone only if no commit has it.
    ///
    /// # Errors
    /// When the history can't be read.
    pub fn stale(&self, threads: usize) -> Result<Vec<Vote>, ScanError> {
        let mut stale: Vec<Vote> = self.session.stale().into_iter().cloned().collect();
        let of_path = |vote: &Vote| !matches!(vote.target, Target::Place { .. });
        if self.reach.is_some() && stale.iter().any(of_path) {
            let known = self.paths_of_history(threads)?;
            stale.retain(|vote| match &vote.target {
                Target::Directory(dir) => !known.iter().any(|path| path.is_within(dir)),
                Target::File(path) | Target::Text(path) => !known.contains(path),
                Target::Place { .. }
                | Target::Attestation(_)
                | Target::Batch
                | Target::Unflagged
                | Target::Rotation(_)
                | Target::StandIn(_) => true,
            });
        }
        Ok(stale)
    }

    /// Returns why what [`stale`](Self::stale) lists may be about something after all, if so.
    #[must_use]
    pub fn stale_unsure(&self) -> Option<String> {
        let Some(history) = &self.history else {
            return Some("they may be about the past: --history looks there".into());
        };
        if let Some(why) = self.source.incomplete {
            return Some(format!("they may be about what is missing: {why}"));
        }
        if history.missing + history.unread > 0 {
            let all = history.missing + history.unread;
            return Some(format!("they may be about {all} objects that could not be read"));
        }
        if self.reach.as_ref().is_some_and(|reach| !reach.refs.is_empty())
            && !history.left_out.is_empty()
        {
            return Some("they may be about refs that --refs leaves out".into());
        }
        (!self.extent.complete.load(Ordering::Relaxed)).then(|| "the scan was not complete".into())
    }

    fn paths_of_history(&self, threads: usize) -> Result<HashSet<RepoPath>, ScanError> {
        let refs = self.reach.as_ref().map_or(&[][..], |reach| &reach.refs);
        let objects = Objects::open(&self.source)?;
        let tips = Tips::read(&self.source, refs)?;
        let stop = AtomicBool::new(false);
        let nobody = |_, _| {};
        let history =
            History::read(&objects, &self.source, &tips, threads, &stop, &|_, _, _| {}, &nobody)?;
        Ok((0..history.paths()).map(|i| history.path(PathId(i as u32))).collect())
    }
}

impl Desk {
    /// Returns the votes of everybody on the targets of `stale`.
    #[must_use]
    pub fn votes_on(&self, stale: &[Vote]) -> Vec<Vote> {
        let targets: HashSet<&Target> = stale.iter().map(|vote| &vote.target).collect();
        let votes = self.checklist.votes.iter();
        votes.filter(|vote| targets.contains(&vote.target)).cloned().collect()
    }

    /// Returns the lines of `votes` as they stand in the checklist.
    #[must_use]
    pub fn lines(&self, votes: &[Vote]) -> Vec<String> {
        vote_lines(votes, &|line| self.keyring.seal(line))
    }

    /// Takes everybody's votes on the targets of `votes` out of checklist and journal. What was
    /// decided elsewhere can still be undone.
    ///
    /// # Errors
    /// When something can't be written. Killed at any instant, either all of them are still
    /// there or none.
    pub fn prune(&mut self, votes: &[Vote]) -> Result<(), OpenError> {
        self.save_all()?;
        let targets: HashSet<&Target> = votes.iter().map(|vote| &vote.target).collect();
        let stays = |vote: &Vote| !targets.contains(&vote.target);
        if let Some(journal) = &mut self.journal {
            let seal = |line: &str| self.keyring.seal(line);
            // The checklist has them all at this point, so nothing is lost in between.
            let mut records: Vec<Record> = journal.records(&seal)?;
            records.iter_mut().for_each(|record| record.votes.retain(stays));
            records.retain(|record| !record.votes.is_empty());
            journal.rewrite(&records, &seal)?;
        }
        self.checklist.votes.retain(stays);
        self.save_all()
    }

    /// Writes the checklist with everything that is known, and takes in what stands there.
    pub(super) fn save_all(&mut self) -> Result<(), OpenError> {
        let saved = self.save_job().run()?;
        self.saved(saved);
        Ok(())
    }
}
