// SPDX-License-Identifier: MIT OR Apache-2.0
//! What each file says about its licence, without a review.

use std::{
    collections::HashSet,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
};

use super::{
    ScanError,
    licensing::new_files,
    worker::{Targets, link_target, observe_link},
};
use crate::{
    domain::{LicenceFact, Licensing, NotScanned, NotScannedFile, RepoPath, Text},
    repo::{BlobError, EntryKind, Folder, Reader, RepoError, Source, TreeEntry, sha1},
    scan::{
        MAX_FILE_BYTES, PathFacts, View,
        licensing::{LicensingScan, Observation, observe, observe_binary},
    },
};

/// Where the files are.
pub enum Files {
    /// In a commit.
    Commit(Box<Source>),
    /// In a folder that is no repository.
    Folder(Folder),
}

/// What is known of the licences of all files.
#[derive(Default)]
pub struct Licences {
    /// Of each file, in the order of paths.
    pub facts: Vec<LicenceFact>,
    /// The SHA-1 of each file that was read, in the same order, if that was asked for.
    pub sums: Vec<(RepoPath, String)>,
    /// Files that could not be read.
    pub unread: Vec<NotScannedFile>,
}

/// Where the files of a tree are read.
#[derive(Clone, Copy)]
pub(super) enum Place<'a> {
    /// In a commit.
    Commit(&'a Source),
    /// In a folder that is no repository.
    Folder(&'a Folder),
}

/// A tree whose files are asked about licences, and nothing else.
pub(super) struct Tree<'a> {
    pub(super) place: Place<'a>,
    pub(super) entries: &'a [TreeEntry],
    /// Whether the SHA-1 of each file is wanted too.
    pub(super) sums: bool,
}

/// What the files of a tree say.
pub(super) struct Observed {
    /// All of it, to be judged or told.
    pub(super) scan: LicensingScan,
    sums: Vec<(RepoPath, String)>,
    unread: Vec<NotScannedFile>,
}

/// What one thread has read.
#[derive(Default)]
struct Read {
    observed: Vec<(RepoPath, Observation)>,
    sums: Vec<(RepoPath, String)>,
    unread: Vec<NotScannedFile>,
}

/// What the threads share.
struct Shared<'a> {
    tree: &'a Tree<'a>,
    targets: Targets<'a>,
    next: AtomicUsize,
    stop: &'a AtomicBool,
}

impl Tree<'_> {
    /// Reads all files on `threads` threads until `stop` is set.
    pub(super) fn observe(
        &self,
        policy: &Licensing,
        threads: usize,
        stop: &AtomicBool,
    ) -> Observed {
        let new = match self.place {
            Place::Commit(source) => new_files(source, policy, self.entries),
            Place::Folder(_) => HashSet::new(),
        };
        let scan = LicensingScan::new(policy.clone(), self.entries).with_new(new);
        let mut out = Observed { scan, sums: Vec::new(), unread: Vec::new() };
        let next = AtomicUsize::new(0);
        let shared = Shared { tree: self, targets: Targets::new(self.entries), next, stop };
        let parts: Vec<Read> = std::thread::scope(|scope| {
            let others: Vec<_> =
                (1..threads.max(1)).map(|_| scope.spawn(|| shared.work())).collect();
            let own = shared.work();
            // Each file is guarded, so a worker panics only for want of memory.
            others.into_iter().filter_map(|worker| worker.join().ok()).chain([own]).collect()
        });
        for part in parts {
            part.observed.into_iter().for_each(|(path, seen)| out.scan.add(&path, seen));
            out.sums.extend(part.sums);
            out.unread.extend(part.unread);
        }
        out.sums.sort();
        out.unread.sort();
        out
    }
}

impl Files {
    /// Reads all files on `threads` threads; `sums` asks for their SHA-1. No policy changes what is
    /// known of a file, so none is asked for.
    ///
    /// # Errors
    /// When the tree can't be read, or `stop` was set.
    pub fn licences(
        &self,
        sums: bool,
        threads: usize,
        stop: &AtomicBool,
    ) -> Result<Licences, ScanError> {
        let listed;
        let (place, entries): (_, &[TreeEntry]) = match self {
            Self::Commit(source) => {
                let own = RepoPath::new(b".debut");
                let all = source.entries()?.into_iter();
                listed = all.filter(|entry| !entry.path.is_within(&own)).collect::<Vec<_>>();
                (Place::Commit(source), &listed)
            }
            Self::Folder(folder) => (Place::Folder(folder), &folder.entries),
        };
        let tree = Tree { place, entries, sums };
        let Observed { scan, sums, unread } = tree.observe(&Licensing::default(), threads, stop);
        if stop.load(Ordering::Relaxed) {
            return Err(ScanError::Stopped);
        }
        Ok(Licences { facts: scan.facts(), sums, unread })
    }

    /// Returns the name of the repository or the folder.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Commit(source) => source.name(),
            Self::Folder(folder) => folder.name(),
        }
    }

    /// Returns the commit's id, if it is one.
    #[must_use]
    pub fn revision(&self) -> Option<String> {
        match self {
            Self::Commit(source) => Some(source.commit.to_string()),
            Self::Folder(_) => None,
        }
    }
}

impl Shared<'_> {
    fn work(&self) -> Read {
        let mut out = Read::default();
        let reader = match self.tree.place {
            Place::Commit(source) => match Reader::new(source) {
                Ok(reader) => Some(reader),
                Err(_) => return out,
            },
            Place::Folder(_) => None,
        };
        while !self.stop.load(Ordering::Relaxed) {
            let Some(entry) = self.tree.entries.get(self.next.fetch_add(1, Ordering::Relaxed))
            else {
                break;
            };
            let read =
                catch_unwind(AssertUnwindSafe(|| self.one(reader.as_ref(), entry, &mut out)));
            let failed = NotScanned::Failed("the reader panicked on it; please report this".into());
            let why = read.unwrap_or(Err(failed));
            if let Err(why) = why {
                out.unread.push(NotScannedFile { path: entry.path.clone(), why });
            }
        }
        out
    }

    fn one(
        &self,
        reader: Option<&Reader>,
        entry: &TreeEntry,
        out: &mut Read,
    ) -> Result<(), NotScanned> {
        match entry.kind {
            EntryKind::Submodule => return Ok(()),
            EntryKind::Unreadable => {
                let why = "the directory can't be read, or holds too much";
                return Err(NotScanned::Unreadable(why.into()));
            }
            EntryKind::File | EntryKind::Link => {}
        }
        let raw = self.read(reader, entry).map_err(|error| match error {
            BlobError::TooLarge(size) => NotScanned::TooLarge(size),
            BlobError::Unreadable(why) => NotScanned::Unreadable(why),
        })?;
        if self.tree.sums {
            out.sums.extend(sha1(&raw).map(|sum| (entry.path.clone(), sum)));
        }
        let seen = if entry.kind == EntryKind::Link {
            // The text of a link is a path, but a LICENSE may well be a link to one.
            self.behind(reader, entry, &raw)
        } else {
            look(&entry.path, &raw)
        };
        out.observed.extend(seen.map(|seen| (entry.path.clone(), seen)));
        Ok(())
    }

    fn behind(
        &self,
        reader: Option<&Reader>,
        link: &TreeEntry,
        target: &[u8],
    ) -> Option<Observation> {
        let entry = self.targets.file(&link_target(&link.path, target)?)?;
        observe_link(&link.path, &self.read(reader, entry).ok()?)
    }

    fn read(&self, reader: Option<&Reader>, entry: &TreeEntry) -> Result<Vec<u8>, BlobError> {
        match (self.tree.place, reader) {
            (Place::Folder(folder), _) => folder.read(entry, MAX_FILE_BYTES),
            (Place::Commit(_), Some(reader)) => reader.blob(entry.oid, MAX_FILE_BYTES),
            (Place::Commit(_), None) => Err(BlobError::Unreadable("no reader".into())),
        }
    }
}

fn look(path: &RepoPath, raw: &[u8]) -> Option<Observation> {
    match Text::decode(raw) {
        Some(text) => observe(path, &View::new(&PathFacts::of(path), &text.bytes)),
        None => observe_binary(path, raw),
    }
}

/// Opens the repository at `path`, or where there is none the folder or the file that it names.
///
/// # Errors
/// When there is neither, or the repository can't be read.
pub fn files_at(path: &std::path::Path, revision: &str, plain: bool) -> Result<Files, RepoError> {
    let no_folder = |_| RepoError::NoSuchFolder(path.to_owned());
    if plain || path.is_file() {
        return Folder::open(path).map(Files::Folder).map_err(no_folder);
    }
    Ok(Files::Commit(Box::new(Source::open(path, revision)?)))
}
