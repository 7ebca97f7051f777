// SPDX-License-Identifier: MIT OR Apache-2.0
//! What reports tell of licences: gathered anew from the reviewed commit, every file on all cores
//! and without any other rule, so that whoever verifies a report comes to the same.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::{Arc, atomic::AtomicBool},
};

use super::{
    Review,
    licences::{Place, Tree},
    scope::Scope,
};
use crate::{
    domain::{Inventory, LicenceFact, LockFile, NoticeText, Policy, RepoPath, Text, ThirdParty},
    repo::{EntryKind, Reader, RepoError, Source, TreeEntry},
    rules::RuleSet,
    scan::licensing::{Dependencies, Judged, ThirdParty as Package, holder_key},
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
    let Judged { mut facts, mut third_party, dependencies, .. } = observed.scan.finish(rules);
    spell_alike(&mut facts);
    name(&mut third_party, &facts);
    facts.retain(|fact| &*fact.licence != NONE || !fact.holders.is_empty() || fact.ought_to_say());
    let notices = third_party.iter().filter_map(|root| root.notice.as_ref());
    Ok(Inventory {
        files: entries.iter().filter(|entry| entry.kind == EntryKind::File).count(),
        notices: read_notices(source, &entries, &notices.collect()),
        third_party: third_party.into_iter().map(third_party_of).collect(),
        facts,
        locks: dependencies.into_iter().map(lock_file_of).collect(),
    })
}

/// Writes each holder everywhere as most files do: the same key is the same holder.
fn spell_alike(facts: &mut [LicenceFact]) {
    let mut counts: HashMap<String, BTreeMap<Arc<str>, usize>> = HashMap::new();
    for holder in facts.iter().flat_map(|fact| &fact.holders) {
        *counts.entry(holder_key(holder)).or_default().entry(holder.clone()).or_default() += 1;
    }
    // Whose key is empty is nobody in particular, and no other nobody.
    counts.remove("");
    let most = |spellings: BTreeMap<Arc<str>, usize>| {
        // Of those that are written as often, the shortest: it has no address.
        spellings
            .into_iter()
            .min_by_key(|(name, n)| (Reverse(*n), name.len()))
            .map(|(name, _)| name)
    };
    let names: HashMap<String, Option<Arc<str>>> =
        counts.into_iter().map(|(key, spellings)| (key, most(spellings))).collect();
    for fact in facts {
        let mut out: Vec<Arc<str>> = Vec::with_capacity(fact.holders.len());
        for holder in &fact.holders {
            let name = names.get(&holder_key(holder)).and_then(Clone::clone);
            let name = name.unwrap_or_else(|| holder.clone());
            if !out.contains(&name) {
                out.push(name);
            }
        }
        fact.holders = out;
    }
}

/// Names those whose work lies below each root as its files do, those of its licence text first.
/// The judge looks only as far as it takes to tell that they are others.
fn name(roots: &mut [Package], facts: &[LicenceFact]) {
    let places: HashMap<RepoPath, usize> =
        roots.iter().enumerate().map(|(i, root)| (root.root.clone(), i)).collect();
    let mut below: Vec<Vec<&LicenceFact>> = vec![Vec::new(); roots.len()];
    for fact in facts {
        let mut place = fact.path.clone();
        loop {
            if let Some(i) = places.get(&place) {
                below[*i].push(fact);
            }
            if place.is_root() {
                break;
            }
            place = place.parent();
        }
    }
    for (root, mut below) in roots.iter_mut().zip(below) {
        below.sort_by_key(|fact| Some(&fact.path) != root.text.as_ref());
        let mut seen: HashSet<&str> = HashSet::new();
        let holders = below.into_iter().flat_map(|fact| &fact.holders);
        let out: Vec<Arc<str>> = holders.filter(|one| seen.insert(one)).cloned().collect();
        if !out.is_empty() {
            root.holders = out;
        }
    }
}

fn third_party_of(root: Package) -> ThirdParty {
    let mut licences: Vec<Arc<str>> = Vec::new();
    for licence in root.licences {
        if !licences.iter().any(|known| known.eq_ignore_ascii_case(&licence)) {
            licences.push(licence);
        }
    }
    let licence = match licences.as_slice() {
        [] => NONE.into(),
        all => all.join(" AND ").into(),
    };
    ThirdParty { path: root.root, licence, holders: root.holders, text: root.text }
}

fn lock_file_of(one: Dependencies) -> LockFile {
    LockFile { path: one.path, licences: one.by_licence, unknown: one.unknown }
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
