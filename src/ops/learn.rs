// SPDX-License-Identifier: MIT OR Apache-2.0
//! Reads what the organisation's words are learned from, in bounded time: it comes before
//! everything else.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use super::Review;
use crate::{
    domain::{FileKind, PathClass, RepoPath, Word},
    repo::{EntryKind, Reader, Source, TreeEntry},
    scan::learn::{Clues, Learned, Survey, learn},
};

/// So many commits are read …
const COMMITS: usize = 2_000;
/// … and so many files, of …
const FILES: usize = 6_000;
/// … so many bytes together. More names hardly change which domain has most of them.
const BYTES: usize = 24 << 20;
/// Larger files are data.
const LARGEST: u64 = 1 << 18;

/// Files that were read to learn from them, by their object's id. Reading a file costs about as
/// much as scanning it, so the scan takes them from here.
#[derive(Debug, Default)]
pub struct FilesRead(Mutex<HashMap<Vec<u8>, Vec<u8>>>);

impl FilesRead {
    /// Gives a file out, once.
    pub(super) fn take(&self, id: &[u8]) -> Option<Vec<u8>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(id)
    }
}

/// Learns from the commits and files of `source`. What can't be read is left out: this is a help,
/// not a check.
#[must_use]
pub fn learn_all(source: &Source) -> Learned {
    learn_and_keep(source).0
}

/// Does the same, and returns the files that were read for it too.
pub(super) fn learn_and_keep(source: &Source) -> (Learned, FilesRead) {
    let commits = source.recent_commits(COMMITS);
    let (survey, read) = survey(source, commits.messages.len());
    let learned = learn(&Clues {
        authors: &commits.authors,
        messages: &commits.messages,
        owner: source.owner().as_deref(),
        name: &source.name(),
        survey,
    });
    (learned, read)
}

/// Learns from the commits of `source` alone who wrote it.
pub(super) fn learn_people(source: &Source) -> Vec<String> {
    let commits = source.recent_commits(COMMITS);
    let authors = &commits.authors;
    learn(&Clues { authors, ..Clues::default() }).people
}

fn survey(source: &Source, messages: usize) -> (Survey, FilesRead) {
    let (mut out, mut read) = (Survey::beside(messages), HashMap::new());
    let (Ok(reader), Ok(mut entries)) = (Reader::new(source), source.entries()) else {
        return (out, FilesRead::default());
    };
    entries.retain(|entry| !entry.path.is_within(&RepoPath::new(b".debut")));
    let mut left = BYTES;
    for entry in chosen(&entries) {
        let Ok(text) = reader.blob(entry.oid, LARGEST) else { continue };
        out.read(&entry.path, &text);
        let rest = left.checked_sub(text.len());
        read.insert(entry.oid.as_bytes().to_vec(), text);
        match rest {
            Some(rest) => left = rest,
            None => break,
        }
    }
    (out, FilesRead(Mutex::new(read)))
}

/// The files to read. Configuration comes first, since it says where things run; of too many,
/// every n-th is taken, so that no directory is left out.
fn chosen(entries: &[TreeEntry]) -> Vec<&TreeEntry> {
    let wanted = entries.iter().filter(|entry| entry.kind == EntryKind::File);
    let wanted = wanted.filter(|entry| Survey::wants(&entry.path));
    let rank = |path: &RepoPath| match (PathClass::of(path), FileKind::of(path)) {
        (PathClass::Test | PathClass::Docs, _) => 2,
        (_, FileKind::Code) => 1,
        _ => 0,
    };
    let mut by_rank: [Vec<&TreeEntry>; 3] = Default::default();
    for entry in wanted {
        by_rank[rank(&entry.path)].push(entry);
    }
    let mut out = Vec::new();
    for entries in by_rank {
        let room = FILES - out.len();
        let step = entries.len().div_ceil(room.max(1)).max(1);
        out.extend(entries.into_iter().step_by(step).take(room));
    }
    out
}

impl Review {
    /// Returns the organisation's words: as they were answered, or, before anybody did, as they
    /// are learned from the repository.
    pub fn own_words(&mut self) -> Arc<[Word]> {
        let known = self.words.clone().or_else(|| self.learned.clone());
        known.unwrap_or_else(|| {
            let words: Arc<[Word]> = learn_all(&self.source).words.into();
            self.learned.insert(words).clone()
        })
    }
}
