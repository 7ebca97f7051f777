// SPDX-License-Identifier: MIT OR Apache-2.0
//! Which files people have read, and which files without findings are drawn to be read.
//!
//! Rules find only what they know. So a person may read the repository file by file, and say of
//! each that it was read. That holds for the text that was read: it carries a keyed id of the
//! content, and falls when the file changes. From the files in which nothing was found a sample
//! can be drawn; only its seed and size are kept, and which files that means follows from them
//! and from the paths, so that most of a sample stays when the code moves on.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use super::{
    Refusal, Session, Step, StepKind,
    draw::{path_rank, seed_of},
};
use crate::domain::{Act, RepoPath, Target, Verdict, Vote};

/// A file of the reviewed commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeFile {
    /// Its path.
    pub path: RepoPath,
    /// Keyed id of its content; see [`Keyring::content`](super::Keyring::content).
    pub content: Arc<str>,
}

/// Whether a file was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Read {
    /// Nobody has.
    #[default]
    No,
    /// Somebody has, before its content changed.
    Before,
    /// Somebody has, as it stands.
    Yes,
}

/// Counts of files of the reviewed commit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadCounts {
    /// All files.
    pub files: usize,
    /// Those that somebody has read as they stand.
    pub read: usize,
    /// Those that somebody read before they changed.
    pub changed: usize,
    /// Those in which nothing was found, although they could be judged.
    pub unflagged: usize,
    /// Those of them that are drawn to be read.
    pub drawn: usize,
    /// Drawn ones that nobody has read as they stand; those left out of the release need nobody.
    pub due: usize,
    /// How many more the policy wants drawn.
    pub missing: usize,
}

/// A sample of the files in which nothing was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileSample {
    /// Who drew it.
    pub by: Arc<str>,
    /// When, in milliseconds since 1970-01-01 UTC.
    pub at: i64,
    /// Where the random numbers begin.
    pub seed: u64,
    /// How many files are drawn, at most.
    pub n: u32,
}

/// The files of the commit, and what is known of each.
#[derive(Default)]
pub(super) struct Reading {
    /// By path.
    files: Vec<TreeFile>,
    at: HashMap<RepoPath, usize>,
    read: Vec<Read>,
    /// Whether nothing was found in the file, and it could be judged.
    unflagged: Vec<bool>,
    drawn: Vec<bool>,
}

impl Session {
    /// Takes in the files of the reviewed commit, once everything that was found is known.
    pub(super) fn set_files(&mut self, files: &[TreeFile]) {
        let mut files = files.to_vec();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let unjudged: HashSet<&RepoPath> = self.not_scanned.iter().map(|file| &file.path).collect();
        let found = |path: &RepoPath| {
            self.in_file(path).iter().any(|idx| self.finding(*idx).layer.is_tree())
        };
        let unflagged = |file: &TreeFile| !unjudged.contains(&file.path) && !found(&file.path);
        self.reading = Reading {
            unflagged: files.iter().map(unflagged).collect(),
            at: files.iter().enumerate().map(|(i, file)| (file.path.clone(), i)).collect(),
            read: vec![Read::No; files.len()],
            drawn: vec![false; files.len()],
            files,
        };
        self.refresh_reading();
    }

    /// Works out anew what was read and what is drawn.
    pub(super) fn refresh_reading(&mut self) {
        self.reading.read.fill(Read::No);
        let marked = self.ballot.targets().filter_map(|target| match target {
            Target::Text(path) => self.file_at(path),
            _ => None,
        });
        for i in marked.collect::<Vec<usize>>() {
            self.reading.read[i] = self.read_state(i);
        }
        self.refresh_drawn();
    }

    /// Works out anew what a vote on `target` may change of that.
    pub(super) fn refresh_read(&mut self, target: &Target) {
        match target {
            Target::Text(path) => {
                if let Some(i) = self.reading.at.get(path).copied() {
                    self.reading.read[i] = self.read_state(i);
                }
            }
            Target::Unflagged => self.refresh_drawn(),
            _ => {}
        }
    }

    fn read_state(&self, i: usize) -> Read {
        let file = &self.reading.files[i];
        let votes = self.ballot.last(&Target::Text(file.path.clone())).into_iter();
        let votes = votes.filter_map(|vote| self.vote(vote)).filter(|vote| vote.act == Act::Read);
        let state = votes.map(|vote| match self.is_of_present_text(vote) {
            true => Read::Yes,
            false => Read::Before,
        });
        state.max_by_key(|state| *state == Read::Yes).unwrap_or_default()
    }

    fn refresh_drawn(&mut self) {
        let drawn: Vec<usize> =
            self.file_samples().iter().flat_map(|sample| self.drawn_by(sample)).collect();
        self.reading.drawn.fill(false);
        drawn.into_iter().for_each(|i| self.reading.drawn[i] = true);
    }

    /// Returns which of [`files`](Self::files) `sample` draws, in the order in which it does.
    #[must_use]
    pub fn drawn_by(&self, sample: &FileSample) -> Vec<usize> {
        let Reading { files, unflagged, .. } = &self.reading;
        let rank = |i: usize| (path_rank(sample.seed, files[i].path.as_bytes()), i);
        let mut ranked: Vec<(u64, usize)> =
            (0..files.len()).filter(|i| unflagged[*i]).map(rank).collect();
        ranked.sort_unstable();
        ranked.into_iter().take(sample.n as usize).map(|(_, i)| i).collect()
    }

    /// Returns the samples of files that hold, the oldest first: the last one of each reviewer.
    #[must_use]
    pub fn file_samples(&self) -> Vec<FileSample> {
        let last = self.ballot.last(&Target::Unflagged).into_iter();
        let votes = last.filter_map(|vote| self.vote(vote));
        let sample = |vote: &Vote| match vote.act {
            Act::Sample { seed, n } => {
                Some(FileSample { by: vote.by.clone(), at: vote.at, seed, n })
            }
            _ => None,
        };
        let mut out: Vec<FileSample> = votes.filter_map(sample).collect();
        out.sort_by(|a, b| (a.at, &a.by).cmp(&(b.at, &b.by)));
        out
    }

    /// Returns the files of the reviewed commit by path; none before the scan is done.
    #[must_use]
    pub fn files(&self) -> &[TreeFile] {
        &self.reading.files
    }

    /// Returns where the file at `path` stands in [`files`](Self::files).
    #[must_use]
    pub fn file_at(&self, path: &RepoPath) -> Option<usize> {
        self.reading.at.get(path).copied()
    }

    /// Returns whether the file at this place of [`files`](Self::files) was read.
    #[must_use]
    pub fn was_read(&self, file: usize) -> Read {
        self.reading.read.get(file).copied().unwrap_or_default()
    }

    /// Returns whether a vote is the mark of somebody who read a file as it stands.
    pub(super) fn is_of_present_text(&self, vote: &Vote) -> bool {
        let file = vote.target.path().and_then(|path| self.file_at(path));
        let content = file.map(|i| &self.reading.files[i].content);
        vote.act == Act::Read && content.is_some() && vote.asked.as_ref() == content
    }

    /// Returns who has read the file at `path`, and whether that was its present text.
    #[must_use]
    pub fn readers(&self, path: &RepoPath) -> Vec<(&Vote, bool)> {
        let last = self.ballot.last(&Target::Text(path.clone())).into_iter();
        let votes = last.filter_map(|vote| self.vote(vote)).filter(|vote| vote.act == Act::Read);
        let mut out: Vec<(&Vote, bool)> =
            votes.map(|vote| (vote, self.is_of_present_text(vote))).collect();
        out.sort_by(|a, b| (a.0.at, &a.0.by).cmp(&(b.0.at, &b.0.by)));
        out
    }

    /// Returns whether nothing was found in the file at this place of [`files`](Self::files),
    /// although it could be judged.
    #[must_use]
    pub fn is_unflagged(&self, file: usize) -> bool {
        self.reading.unflagged.get(file).copied().unwrap_or_default()
    }

    /// Returns whether the file at this place of [`files`](Self::files) was drawn to be read.
    #[must_use]
    pub fn is_drawn(&self, file: usize) -> bool {
        self.reading.drawn.get(file).copied().unwrap_or_default()
    }

    /// Returns whether a file that was drawn waits to be read.
    #[must_use]
    pub fn is_due(&self, file: usize) -> bool {
        self.is_drawn(file)
            && self.was_read(file) != Read::Yes
            && self.file_verdict(&self.reading.files[file].path) != Some(Verdict::Exclude)
    }

    /// Says at `now` (milliseconds since 1970-01-01 UTC) that the reviewer has read the file at
    /// `path`, of which `seen` of all lines were on screen; or takes that back where it holds.
    /// The caller must write the step to the journal before it is shown.
    ///
    /// # Errors
    /// When the commit has no such file. Nothing has changed then.
    pub fn read_file(
        &mut self,
        path: &RepoPath,
        seen: Option<(u32, u32)>,
        now: i64,
    ) -> Result<Step, Refusal> {
        let content = self.file_at(path).map(|i| self.reading.files[i].content.clone());
        let content = content.ok_or(Refusal::NoSuchFile)?;
        let target = Target::Text(path.clone());
        let at = self.tick(now);
        let last = self.ballot.last_before(&target, &self.reviewer, at);
        let holds = |vote: &&Vote| vote.act == Act::Read && vote.asked.as_ref() == Some(&content);
        let vote = match last.filter(holds) {
            Some(vote) => vote.withdrawn(at),
            None => Vote {
                seen,
                asked: Some(content),
                ..Vote::new(target, Act::Read, self.reviewer.clone(), at)
            },
        };
        Ok(self.take(StepKind::Decide, vec![vote]))
    }

    /// Draws `n` of the files in which nothing was found, in place of what the reviewer drew
    /// before; with 0 nothing is drawn any more.
    ///
    /// # Errors
    /// When there are no such files.
    pub fn draw_files(&mut self, n: u32, now: i64) -> Result<Step, Refusal> {
        if n > 0 && !self.reading.unflagged.contains(&true) {
            return Err(Refusal::NoSuchFile);
        }
        let at = self.tick(now);
        let seed = seed_of(self.sampling().0, at);
        let act = if n > 0 { Act::Sample { seed, n } } else { Act::Withdraw };
        let vote = Vote::new(Target::Unflagged, act, self.reviewer.clone(), at);
        Ok(self.take(StepKind::Decide, vec![vote]))
    }

    /// Returns on what the reviewer's own verdict on a file stands: on the file itself, or on the
    /// nearest directory above it.
    #[must_use]
    pub fn own_word_on_file(&self, path: &RepoPath) -> Option<Target> {
        let mut around = self.ballot.around(path);
        // The file comes first, then the directories from the root down.
        around[1..].reverse();
        let own = |target: &Target| {
            self.ballot.in_force(target).iter().any(|vote| vote.by == self.reviewer)
        };
        around.into_iter().find(own)
    }

    /// Returns whether somebody left the file out of the release after `at`. What is drawn and left
    /// out then may have been bad.
    #[must_use]
    pub fn was_left_out_since(&self, path: &RepoPath, at: i64) -> bool {
        let excludes = |vote: &&Vote| vote.act == Act::Give(Verdict::Exclude) && vote.at > at;
        let around = self.ballot.around(path);
        around.iter().any(|target| self.ballot.in_force(target).iter().any(excludes))
    }

    pub(super) fn read_counts(&self) -> ReadCounts {
        let reading = &self.reading;
        let count = |all: &[bool]| all.iter().filter(|it| **it).count();
        let of = |state: Read| reading.read.iter().filter(|read| **read == state).count();
        let (unflagged, drawn) = (count(&reading.unflagged), count(&reading.drawn));
        let wanted = (self.policy.sample_unflagged as usize).min(unflagged);
        ReadCounts {
            files: reading.files.len(),
            read: of(Read::Yes),
            changed: of(Read::Before),
            unflagged,
            drawn,
            due: (0..reading.files.len()).filter(|i| self.is_due(*i)).count(),
            missing: wanted.saturating_sub(drawn),
        }
    }
}
