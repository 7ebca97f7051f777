// SPDX-License-Identifier: MIT OR Apache-2.0
//! What reports tell of licences: gathered anew from the reviewed commit, every file on all cores
//! and without any other rule, so that whoever verifies a report comes to the same.

use std::{collections::BTreeSet, sync::atomic::AtomicBool};

use super::{
    Review,
    licences::{Place, Tree},
    scope::Scope,
};
use crate::{
    domain::{
        FileKind, Inventory, LockFile, NoticeText, PathClass, Policy, RepoPath, Text, ThirdParty,
    },
    repo::{EntryKind, Reader, RepoError, Source, TreeEntry},
    rules::RuleSet,
    scan::licensing::{Dependencies, Judged, ThirdParty as Package},
};

/// A longer notice is a list of licences.
const NOTICE_BYTES: u64 = 256 << 10;
/// More notices than this are not read.
const MOST_NOTICES: usize = 300;
/// What stands where nothing is said.
const NONE: &str = "NONE";

/// Gathers what is known of the licences of `source`.
///
/// # Errors
/// When the tree cannot be read.
pub fn inventory(
    source: &Source,
    policy: &Policy,
    rules: &RuleSet,
    threads: usize,
) -> Result<Inventory, RepoError> {
    let entries = entries(source, policy)?;
    let tree = Tree { place: Place::Commit(source), entries: &entries, sums: false };
    let observed = tree.observe(&policy.licensing, threads, &AtomicBool::new(false));
    let Judged { mut facts, third_party, dependencies, .. } = observed.scan.finish(rules);
    facts.retain(|fact| &*fact.licence != NONE || ought_to_say(&fact.path));
    let notices = third_party.iter().filter_map(|root| root.notice.as_ref());
    Ok(Inventory {
        files: entries.iter().filter(|entry| entry.kind == EntryKind::File).count(),
        notices: read_notices(source, &entries, &notices.collect()),
        third_party: third_party.into_iter().map(third_party_of).collect(),
        facts,
        locks: dependencies.into_iter().map(lock_file_of).collect(),
    })
}

fn third_party_of(root: Package) -> ThirdParty {
    let licence = match root.licences.as_slice() {
        [] => NONE.into(),
        all => all.join(" AND ").into(),
    };
    ThirdParty { path: root.root, licence, holders: root.holders, text: root.text }
}

fn lock_file_of(one: Dependencies) -> LockFile {
    LockFile { path: one.path, licences: one.by_licence, unknown: one.unknown }
}

/// Returns whether nobody would expect the file to be without a licence of its own.
fn ought_to_say(path: &RepoPath) -> bool {
    matches!(FileKind::of(path), FileKind::Code | FileKind::Shell)
        && PathClass::of(path) == PathClass::Normal
}

impl Review {
    /// Gathers what is known of the licences of the reviewed commit; nothing if its tree cannot
    /// be read.
    #[must_use]
    pub fn licences(&self, threads: usize) -> Option<Inventory> {
        inventory(&self.source, self.session.policy(), &self.rules, threads).ok()
    }
}

/// Reads the NOTICE files of others, which must go along with their work.
fn read_notices(
    source: &Source,
    entries: &[TreeEntry],
    paths: &BTreeSet<&RepoPath>,
) -> Vec<NoticeText> {
    let Ok(reader) = Reader::new(source) else { return Vec::new() };
    let files = entries.iter().filter(|entry| paths.contains(&entry.path));
    let read = files.take(MOST_NOTICES).filter_map(|entry| {
        let raw = reader.blob(entry.oid, NOTICE_BYTES).ok()?;
        let text = String::from_utf8_lossy(&Text::decode(&raw)?.bytes).into_owned();
        Some(NoticeText { path: entry.path.clone(), text })
    });
    read.collect()
}

/// Returns the files of `source` that are part of a release. Where the policy's patterns can't be
/// read, all are.
///
/// # Errors
/// When the tree cannot be read.
fn entries(source: &Source, policy: &Policy) -> Result<Vec<TreeEntry>, RepoError> {
    let own = RepoPath::new(b".debut");
    let all = source.entries()?.into_iter().filter(|entry| !entry.path.is_within(&own)).collect();
    match Scope::new(&policy.out_of_scope) {
        Ok(scope) => Ok(scope.narrow(all, &|_| {})),
        Err(_) => Ok(all),
    }
}
