// SPDX-License-Identifier: MIT OR Apache-2.0
//! The disk side of a review: what was decided, and whether it is safe.

use std::{collections::HashSet, path::PathBuf};

use super::{
    OpenError,
    disk::{Disk, Steps, split},
};
use crate::{
    domain::Vote,
    review::{Keyring, Step},
    store::{Checklist, Folder, Journal, KeyStore, Record, StoreError, keep_older, write_atomic},
};

/// Writes the journal on every step and the checklist when asked.
pub struct Desk {
    folder: Folder,
    pub(super) keys: KeyStore,
    pub(super) keyring: Keyring,
    pub(super) checklist: Checklist,
    pub(super) journal: Option<Journal>,
    /// The checklist as it stood when it was last read or written.
    on_disk: Option<String>,
    pub(super) unsaved: bool,
    /// Steps that the journal did not take; tried again before the next one.
    waiting: Vec<Record>,
    /// Who waits for the lock, while somebody else has it.
    pub(super) waits: Option<Waiting>,
}

/// A reviewer who waits for the lock.
pub(super) struct Waiting {
    /// Who it is.
    pub(super) reviewer: String,
    /// What the lock is to say.
    pub(super) who: String,
}

impl Desk {
    pub(super) fn new(
        folder: Folder,
        keys: KeyStore,
        keyring: Keyring,
        checklist: Checklist,
        journal: Option<Journal>,
        on_disk: Option<String>,
    ) -> Self {
        let unsaved = checklist_lags(&checklist, on_disk.as_deref(), &keyring, &folder);
        let (waiting, waits) = (Vec::new(), None);
        Self { folder, keys, keyring, checklist, journal, on_disk, unsaved, waiting, waits }
    }

    /// Returns the folder that holds the checklist.
    #[must_use]
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Returns the checklist's path.
    #[must_use]
    pub fn checklist_path(&self) -> &std::path::Path {
        self.folder.checklist()
    }

    /// Returns whether the checklist lacks something that the journal has, and is ours to write.
    #[must_use]
    pub fn unsaved(&self) -> bool {
        self.unsaved && self.journal.is_some()
    }

    /// Returns whether somebody else has the lock now, so that it may come free.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.waits.is_some()
    }

    /// Takes the lock if it has come free, and returns what the files say now: the votes, and the
    /// reviewer's own steps. Nothing comes back while it is taken.
    ///
    /// # Errors
    /// When the files can't be read any more, or the review has another key. The lock is free
    /// then, and not waited for any longer.
    pub fn take_over(&mut self) -> Result<Option<(Vec<Vote>, Steps)>, OpenError> {
        let Some(Waiting { reviewer, who }) = self.waits.take() else { return Ok(None) };
        if self.folder.lock(&who)?.is_some() {
            self.waits = Some(Waiting { reviewer, who });
            return Ok(None);
        }
        let read = Disk::read(&self.folder, true, &self.keyring);
        let Disk { text, checklist, journal, records } =
            read.inspect_err(|_| self.folder.unlock())?;
        let saved = checklist.votes.len();
        let (votes, steps) = split(&reviewer, &checklist.votes, records);
        let ours = std::mem::replace(&mut self.checklist, checklist);
        self.checklist.reviewed.extend(ours.reviewed);
        let mut known: HashSet<&Vote> = HashSet::new();
        let all = votes.iter().chain(steps.iter().flat_map(|(_, votes)| votes));
        self.checklist.votes = all.filter(|vote| known.insert(vote)).cloned().collect();
        self.unsaved = self.checklist.votes.len() > saved;
        self.journal = journal;
        self.on_disk = text;
        Ok(Some((votes, steps)))
    }

    /// Puts a step on disk. It is kept in memory too if that fails, for [`retry`](Self::retry).
    ///
    /// # Errors
    /// When the journal cannot be written. Nothing more may be decided then.
    pub fn record(&mut self, step: Step) -> Result<(), StoreError> {
        self.checklist.votes.extend(step.votes.iter().cloned());
        self.unsaved = true;
        self.waiting.push(Record { kind: step.kind.word().into(), votes: step.votes });
        self.retry()
    }

    /// Tries again to write the steps that could not be written.
    ///
    /// # Errors
    /// When it fails again.
    pub fn retry(&mut self) -> Result<(), StoreError> {
        let Some(journal) = &mut self.journal else {
            return Err(StoreError::Io {
                path: self.folder.file("journal"),
                source: std::io::Error::other("the review is read-only"),
            });
        };
        let seal = |line: &str| self.keyring.seal(line);
        while let Some(record) = self.waiting.first() {
            journal.append(record, &seal)?;
            self.waiting.remove(0);
        }
        Ok(())
    }

    /// Writes the checklist, if there is something new in it.
    ///
    /// # Errors
    /// As [`SaveJob::run`].
    pub fn save(&mut self) -> Result<(), StoreError> {
        if self.unsaved() {
            let saved = self.save_job().run()?;
            self.saved(saved);
        }
        Ok(())
    }

    /// Returns the work of saving, to be done on another thread.
    #[must_use]
    pub fn save_job(&self) -> SaveJob {
        SaveJob {
            path: self.folder.checklist().to_owned(),
            keys: self.keys.clone(),
            keyring: self.keyring.clone(),
            checklist: self.checklist.clone(),
            on_disk: self.on_disk.clone(),
        }
    }

    /// Takes note of a save. Votes given since then are still unsaved. Returns the votes that
    /// somebody else had written into the file, for the session.
    pub fn saved(&mut self, saved: Saved) -> Vec<Vote> {
        self.unsaved = self.checklist.votes.len() > saved.votes;
        self.on_disk = Some(saved.text);
        // The next save finds the file as this one left it: what is not taken in now is lost then.
        saved.theirs.map(|theirs| merge(&mut self.checklist, theirs)).unwrap_or_default()
    }

    /// Returns the SHA-256 of the checklist as it stands on disk, in hexadecimal; nothing while
    /// it was never written.
    #[must_use]
    pub fn digest(&self) -> Option<String> {
        use sha2::{Digest, Sha256};
        let text = self.on_disk.as_deref()?;
        Some(data_encoding::HEXLOWER.encode(&Sha256::digest(text)))
    }

    /// Returns the trees other than `now` that were reviewed, in hexadecimal.
    #[must_use]
    pub fn earlier_trees(&self, now: &str) -> Vec<String> {
        let trees = self.checklist.reviewed.iter().map(|reviewed| reviewed.tree.clone());
        trees.filter(|tree| tree != now).collect()
    }

    /// Returns the commits other than `now` that were reviewed, in hexadecimal.
    #[must_use]
    pub fn earlier_commits(&self, now: &str) -> Vec<String> {
        let commits = self.checklist.reviewed.iter().map(|reviewed| reviewed.commit.clone());
        let mut commits: Vec<String> = commits
            .filter(|commit| commit != now && commit.bytes().all(|b| b.is_ascii_hexdigit()))
            .collect();
        commits.dedup();
        commits
    }

    /// Writes the checklist, whose votes must have been made anew for it, under another key, and
    /// empties the journal, which can't be read under it.
    pub(super) fn rekey(&mut self, keyring: Keyring) -> Result<(), OpenError> {
        let seal = |line: &str| keyring.seal(line);
        // Whoever sees the checklist must be able to find its key.
        self.keys.put(&keyring.key_id(), keyring.expose())?;
        let text = self.checklist.render(&seal);
        write_atomic(self.folder.checklist(), text.as_bytes())?;
        if let Some(journal) = &mut self.journal {
            journal.rewrite(&[], &seal)?;
        }
        (self.on_disk, self.unsaved) = (Some(text), false);
        self.keyring = keyring;
        Ok(())
    }

    /// Remembers where the reviewer stands. A failure costs nothing but the place.
    pub fn remember(&self, value: &str) {
        if self.journal.is_some() {
            let _ = std::fs::write(self.folder.file("resume"), value);
        }
    }

    /// Saves what is left when the review is closed.
    ///
    /// # Errors
    /// As [`save`](Self::save).
    pub fn close(mut self) -> Result<(), OpenError> {
        if self.journal.is_some() {
            self.save()?;
        }
        if let Some(journal) = &mut self.journal {
            journal.shorten(&|line| self.keyring.seal(line))?;
        }
        Ok(())
    }
}

/// Everything that saving the checklist needs.
pub struct SaveJob {
    path: PathBuf,
    keys: KeyStore,
    keyring: Keyring,
    checklist: Checklist,
    on_disk: Option<String>,
}

/// What was written.
pub struct Saved {
    text: String,
    /// How many votes of this review it holds.
    votes: usize,
    /// What somebody else had written.
    theirs: Option<Checklist>,
}

impl SaveJob {
    /// Writes the checklist.
    ///
    /// Votes that somebody else wrote into the file meanwhile (a merge, say) are taken in, not
    /// overwritten.
    ///
    /// # Errors
    /// When it cannot be written, or what stands there now cannot be read. The journal still
    /// has everything.
    pub fn run(mut self) -> Result<Saved, StoreError> {
        let seal = |line: &str| self.keyring.seal(line);
        let votes = self.checklist.votes.len();
        let mut taken = None;
        // What can't be read must not be written over.
        let now = Checklist::load(&self.path)?;
        if let Some(text) = now.as_ref().filter(|now| Some(*now) != self.on_disk.as_ref()) {
            let theirs = Checklist::parse(&self.path, text, &seal)?;
            if theirs.key_id != self.checklist.key_id {
                let message = "another checklist, made with another key: leave and open it anew";
                let (path, message) = (self.path, message.into());
                return Err(StoreError::Broken { path, line: 1, message });
            }
            merge(&mut self.checklist, theirs.clone());
            taken = Some(theirs);
        }
        if let Some(text) = &now {
            keep_older(&self.path, text)?;
        }
        self.keys.put(&self.checklist.key_id, self.keyring.expose())?;
        let text = self.checklist.render(&seal);
        Checklist::fits(&self.path, &text)?;
        write_atomic(&self.path, text.as_bytes())?;
        Ok(Saved { text, votes, theirs: taken })
    }
}

/// After a crash the journal has votes that the checklist lacks.
fn checklist_lags(
    checklist: &Checklist,
    on_disk: Option<&str>,
    keyring: &Keyring,
    folder: &Folder,
) -> bool {
    let seal = |line: &str| keyring.seal(line);
    let saved = on_disk.and_then(|text| Checklist::parse(folder.checklist(), text, &seal).ok());
    let saved: HashSet<Vote> = saved.into_iter().flat_map(|saved| saved.votes).collect();
    checklist.votes.iter().any(|vote| !saved.contains(vote))
}

/// Takes `theirs` into `ours` and returns the votes that are new.
fn merge(ours: &mut Checklist, theirs: Checklist) -> Vec<Vote> {
    let known: HashSet<&Vote> = ours.votes.iter().collect();
    let mut new = theirs.votes;
    new.retain(|vote| !known.contains(vote));
    ours.votes.extend(new.iter().cloned());
    ours.reviewed.extend(theirs.reviewed);
    for broken in theirs.broken {
        if !ours.broken.iter().any(|b| b.raw == broken.raw) {
            ours.broken.push(broken);
        }
    }
    new
}
