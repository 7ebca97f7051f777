// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a failed proof silences in the files of the reviewed commit. An ordinary scan keeps no
//! record of that, so the files are looked at once more when somebody asks.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
};

use super::{Review, ScanError, scope::Scope};
use crate::{
    domain::{RepoPath, Vocabulary},
    repo::{EntryKind, Reader, TreeEntry},
    scan::{Dropped, Engine, MAX_FILE_BYTES, Scratch, Why},
};

/// A value that would be a finding if its own structure held.
pub struct Silenced {
    /// The file.
    pub path: RepoPath,
    /// The rest.
    pub dropped: Dropped,
}

impl Review {
    /// Returns what failed proofs silence in the files of the reviewed commit that are judged, by
    /// path and place.
    ///
    /// # Errors
    /// When the commit's tree cannot be read, and when `stop` was set.
    pub fn silenced(&self, threads: usize, stop: &AtomicBool) -> Result<Vec<Silenced>, ScanError> {
        let scope = Scope::new(&self.session.policy().out_of_scope)?;
        let ours = RepoPath::new(b".debut");
        let mut entries = self.source.entries()?;
        entries.retain(|entry| entry.kind == EntryKind::File && !entry.path.is_within(&ours));
        let entries = scope.narrow(entries, &|_| {});
        // Proofs belong to patterns, and no pattern needs learned words.
        let engine = Engine::new(self.rules.clone(), &Vocabulary::default())?;
        let next = AtomicUsize::new(0);
        let work = || {
            let mut out = Vec::new();
            let Ok(reader) = Reader::new(&self.source) else { return out };
            let mut scratch = Scratch::default();
            while !stop.load(Ordering::Relaxed) {
                let Some(entry) = entries.get(next.fetch_add(1, Ordering::Relaxed)) else { break };
                // What can't be read or scanned is listed by the scan.
                let file = AssertUnwindSafe(|| look(&engine, &reader, entry, &mut scratch));
                match catch_unwind(file) {
                    Ok(found) => out.extend(found),
                    Err(_) => scratch = Scratch::default(),
                }
            }
            out
        };
        let mut out = std::thread::scope(|scope| {
            let others: Vec<_> = (1..threads.max(1)).map(|_| scope.spawn(work)).collect();
            let mut out = work();
            out.extend(others.into_iter().filter_map(|other| other.join().ok()).flatten());
            out
        });
        if stop.load(Ordering::Relaxed) {
            return Err(ScanError::Stopped);
        }
        let place = |one: &Silenced| (one.dropped.span.start, one.dropped.rule);
        out.sort_by(|a, b| (&a.path, place(a)).cmp(&(&b.path, place(b))));
        Ok(out)
    }
}

fn look(
    engine: &Engine,
    reader: &Reader,
    entry: &TreeEntry,
    scratch: &mut Scratch,
) -> Vec<Silenced> {
    let Ok(raw) = reader.blob(entry.oid, MAX_FILE_BYTES) else { return Vec::new() };
    let dropped = engine.trace(&entry.path, &raw, scratch).dropped.into_iter();
    let failed = dropped.filter(|dropped| dropped.why == Why::Proof);
    failed.map(|dropped| Silenced { path: entry.path.clone(), dropped }).collect()
}
