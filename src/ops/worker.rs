// SPDX-License-Identifier: MIT OR Apache-2.0
//! What each thread of a scan does: it takes file after file of the reviewed commit, and hands
//! over what it finds.

use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Mutex, OnceLock, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use super::{Event, ScanJob, Stage, history::Told};
use crate::{
    domain::{NotScanned, NotScannedFile, RepoPath, Text},
    repo::{BlobError, EntryKind, Reader, TreeEntry},
    review::Identified,
    scan::{
        Engine, FileScan, MAX_FILE_BYTES, PathFacts, Scratch, View,
        history::Judged,
        internal::overhear,
        licensing::{Observation, observe},
    },
};

/// Findings are handed over at least this often.
const HAND_OVER: Duration = Duration::from_millis(30);

/// What the threads of a scan share.
pub(super) struct Shared<'a> {
    pub(super) job: &'a ScanJob,
    pub(super) engine: &'a Engine,
    pub(super) entries: &'a [TreeEntry],
    pub(super) targets: Targets<'a>,
    pub(super) next: AtomicUsize,
    pub(super) done: AtomicUsize,
    pub(super) stop: &'a AtomicBool,
    pub(super) emit: &'a (dyn Fn(Event) + Sync),
    /// What was found, if the history follows.
    pub(super) told: Option<Mutex<Told>>,
    /// What was made of the texts, if the history follows.
    pub(super) judged: Judged,
}

impl Shared<'_> {
    /// Scans files until none is left; returns what they say about licences.
    pub(super) fn work(&self) -> Vec<(RepoPath, Observation)> {
        let mut observed = Vec::new();
        let reader = Reader::new(&self.job.source);
        let mut scratch = Scratch::default();
        let mut found = Vec::new();
        let mut not_scanned = Vec::new();
        let mut last = Instant::now();
        while !self.stop.load(Ordering::Relaxed) {
            let Some(entry) = self.entries.get(self.next.fetch_add(1, Ordering::Relaxed)) else {
                break;
            };
            let scan = match &reader {
                Ok(reader) => self.scan_guarded(reader, entry, &mut scratch),
                Err(error) => failed(NotScanned::Unreadable(error.message().into())),
            };
            found.extend(scan.findings.into_iter().map(|finding| self.job.identify(finding)));
            observed.extend(scan.observation.map(|seen| (entry.path.clone(), seen)));
            if let Some(why) = scan.not_scanned {
                not_scanned.push(NotScannedFile { path: entry.path.clone(), why });
            }
            let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
            if last.elapsed() >= HAND_OVER {
                self.hand_over(&mut found, &mut not_scanned);
                let total = self.entries.len();
                (self.emit)(Event::Progress { stage: Stage::Files, done, total });
                last = Instant::now();
            }
        }
        self.hand_over(&mut found, &mut not_scanned);
        observed
    }

    fn hand_over(&self, found: &mut Vec<Identified>, not_scanned: &mut Vec<NotScannedFile>) {
        if let Some(told) = &self.told {
            let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
            let telling =
                |new: &Identified| (new.finding.path.clone(), new.finding.rule, new.id.clone());
            told.places.extend(found.iter().map(|new| (telling(new), None)));
            told.not_judged.extend(not_scanned.iter().cloned());
        }
        if !found.is_empty() {
            (self.emit)(Event::Found(std::mem::take(found)));
        }
        if !not_scanned.is_empty() {
            (self.emit)(Event::NotScanned(std::mem::take(not_scanned)));
        }
    }

    fn scan_guarded(&self, reader: &Reader, entry: &TreeEntry, scratch: &mut Scratch) -> FileScan {
        let scan = catch_unwind(AssertUnwindSafe(|| self.scan(reader, entry, scratch)));
        scan.unwrap_or_else(|_| {
            *scratch = Scratch::default();
            // What the panic said may hold file content, so it is not repeated.
            failed(NotScanned::Failed("the scanner panicked on it; please report this".into()))
        })
    }

    fn scan(&self, reader: &Reader, entry: &TreeEntry, scratch: &mut Scratch) -> FileScan {
        match entry.kind {
            EntryKind::Submodule => return failed(NotScanned::Submodule),
            EntryKind::Unreadable => {
                return failed(NotScanned::Unreadable(
                    "the directory can't be read, or holds too much".into(),
                ));
            }
            EntryKind::File | EntryKind::Link => {}
        }
        let known = self.job.read.get().and_then(|read| read.take(entry.oid.as_bytes()));
        let raw = match known.map_or_else(|| reader.blob(entry.oid, MAX_FILE_BYTES), Ok) {
            Ok(raw) => raw,
            Err(BlobError::TooLarge(size)) => return failed(NotScanned::TooLarge(size)),
            Err(BlobError::Unreadable(why)) => return failed(NotScanned::Unreadable(why)),
        };
        let extent = &self.job.extent;
        extent.files.fetch_add(1, Ordering::Relaxed);
        extent.bytes.fetch_add(raw.len() as u64, Ordering::Relaxed);
        let (mut scan, answers) = overhear(|| self.engine.scan_file(&entry.path, &raw, scratch));
        if let Some((facts, lines)) = scan.judged.take().filter(|_| self.told.is_some()) {
            self.judged.keep(entry.oid.as_bytes(), facts, lines, answers);
        }
        if entry.kind == EntryKind::Link {
            // The text of a link is a path, but a LICENSE may well be a link to one.
            let target = link_target(&entry.path, &raw);
            scan.observation = target.as_ref().and_then(|target| {
                let file = self.targets.file(target)?;
                observe_link(&entry.path, &reader.blob(file.oid, MAX_FILE_BYTES).ok()?)
            });
            if target.is_none() {
                scan.not_scanned = Some(NotScanned::LinkOutside);
            }
        }
        scan
    }
}

/// The files that links may lead to.
pub(super) struct Targets<'a> {
    entries: &'a [TreeEntry],
    /// Made at the first link.
    files: OnceLock<HashMap<&'a RepoPath, &'a TreeEntry>>,
}

impl<'a> Targets<'a> {
    pub(super) fn new(entries: &'a [TreeEntry]) -> Self {
        Self { entries, files: OnceLock::new() }
    }

    /// Returns the file at `path`.
    pub(super) fn file(&self, path: &RepoPath) -> Option<&'a TreeEntry> {
        let files = self.files.get_or_init(|| {
            let files = self.entries.iter().filter(|entry| entry.kind == EntryKind::File);
            files.map(|entry| (&entry.path, entry)).collect()
        });
        files.get(path).copied()
    }
}

/// Returns what the text that a link leads to says about licences, as if it stood where the link
/// does.
pub(super) fn observe_link(link: &RepoPath, raw: &[u8]) -> Option<Observation> {
    let text = Text::decode(raw)?;
    observe(link, &View::new(&PathFacts::of(link), &text.bytes))
}

fn failed(why: NotScanned) -> FileScan {
    FileScan { not_scanned: Some(why), ..FileScan::default() }
}

/// Returns where the link at `path` with the content `target` points, nothing if that is
/// outside of the repository.
pub(super) fn link_target(path: &RepoPath, target: &[u8]) -> Option<RepoPath> {
    if target.starts_with(b"/") {
        return None;
    }
    let parent = path.parent();
    let mut parts: Vec<&[u8]> = parent.as_bytes().split(|b| *b == b'/').collect();
    parts.retain(|part| !part.is_empty());
    for part in target.split(|b| *b == b'/') {
        match part {
            b".." => {
                parts.pop()?;
            }
            b"" | b"." => {}
            part => parts.push(part),
        }
    }
    Some(RepoPath::new(&parts.join(&b'/')))
}

#[cfg(test)]
mod tests {
    use super::link_target;
    use crate::domain::RepoPath;

    #[test]
    fn links_are_followed_inside_the_tree_only() {
        let target = |path: &str, target: &str| {
            link_target(&RepoPath::new(path.as_bytes()), target.as_bytes())
                .map(|path| path.to_string())
        };
        assert_eq!(target("a", "/etc/passwd"), None);
        assert_eq!(target("a", "../x"), None);
        assert_eq!(target("d/a", "../../x"), None);
        assert_eq!(target("d/a", "b/../../../x"), None);
        assert_eq!(target("d/a", "../x"), Some("x".into()));
        assert_eq!(target("d/a", "./b"), Some("d/b".into()));
    }
}
