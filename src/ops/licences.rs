// SPDX-License-Identifier: MIT OR Apache-2.0
//! Looks at a commit for licences alone: every file, on all cores, without any other rule.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::{AtomicUsize, Ordering},
};

use super::scope::Scope;
use crate::{
    domain::{Policy, RepoPath, Text},
    repo::{EntryKind, Reader, RepoError, Source, TreeEntry},
    rules::RuleSet,
    scan::{
        MAX_FILE_BYTES, PathFacts, View,
        licensing::{Judged, LicensingScan, Observation, observe, observe_binary},
    },
};

/// Returns the files of `source` that are part of a release. Where the policy's patterns can't be
/// read, all are.
///
/// # Errors
/// When the tree cannot be read.
pub(super) fn entries(source: &Source, policy: &Policy) -> Result<Vec<TreeEntry>, RepoError> {
    let own = RepoPath::new(b".debut");
    let all = source.entries()?.into_iter().filter(|entry| !entry.path.is_within(&own)).collect();
    match Scope::new(&policy.out_of_scope) {
        Ok(scope) => Ok(scope.narrow(all, &|_| {})),
        Err(_) => Ok(all),
    }
}

/// Judges what the files of `source` say about licences.
///
/// # Errors
/// When the tree cannot be read. A file that cannot be read says nothing.
pub fn judge(
    source: &Source,
    policy: &Policy,
    rules: &RuleSet,
    threads: usize,
) -> Result<Judged, RepoError> {
    let entries = entries(source, policy)?;
    let mut scan = LicensingScan::new(policy.licensing.clone(), &entries);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut out = Vec::new();
        let Ok(reader) = Reader::new(source) else { return out };
        while let Some(entry) = entries.get(next.fetch_add(1, Ordering::Relaxed)) {
            // A panic costs the file alone.
            let seen = catch_unwind(AssertUnwindSafe(|| observation(&reader, entry)));
            out.extend(seen.ok().flatten().map(|seen| (entry.path.clone(), seen)));
        }
        out
    };
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads.max(1)).map(|_| scope.spawn(work)).collect();
        let own = work();
        let others = others.into_iter().filter_map(|worker| worker.join().ok()).flatten();
        others.chain(own).for_each(|(path, seen)| scan.add(&path, seen));
    });
    Ok(scan.finish(rules))
}

fn observation(reader: &Reader, entry: &TreeEntry) -> Option<Observation> {
    if entry.kind != EntryKind::File {
        return None;
    }
    let raw = reader.blob(entry.oid, MAX_FILE_BYTES).ok()?;
    match Text::decode(&raw) {
        Some(text) => observe(&entry.path, &View::new(&PathFacts::of(&entry.path), &text.bytes)),
        None => observe_binary(&entry.path, &raw),
    }
}
