// SPDX-License-Identifier: MIT OR Apache-2.0
//! What reports tell of licences: gathered anew from the reviewed commit, every file on all cores
//! and without any other rule, so that whoever verifies a report comes to the same.

use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use super::{Review, scope::Scope};
use crate::{
    domain::{
        FileKind, How, Inventory, LicenceFact, NoticeText, PathClass, Policy, RepoPath, Text,
        ThirdParty,
    },
    repo::{EntryKind, Reader, RepoError, Source, TreeEntry},
    rules::RuleSet,
    scan::{
        MAX_FILE_BYTES, PathFacts, View,
        licensing::{Judged, LicensingScan, Observation, observe, observe_binary},
    },
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
    let Judged { mut facts, third_party, locks, .. } =
        judge(source, policy, rules, &entries, threads);
    facts.retain(|fact| &*fact.licence != NONE || ought_to_say(&fact.path));
    let foreign = Foreign::new(&policy.licensing.third_party);
    let notices = notices(source, &entries, &foreign);
    let found = |found: Vec<ThirdParty>| match found.is_empty() {
        true => by_texts(&facts, &foreign),
        false => found,
    };
    Ok(Inventory {
        files: entries.iter().filter(|entry| entry.kind == EntryKind::File).count(),
        third_party: found(third_party),
        facts,
        notices,
        locks,
    })
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

/// Tells whose files are other people's.
struct Foreign(globset::GlobSet);

impl Foreign {
    fn new(patterns: &[String]) -> Self {
        let mut globs = globset::GlobSet::builder();
        for pattern in patterns {
            let glob = globset::GlobBuilder::new(pattern).literal_separator(true).build();
            glob.into_iter().for_each(|glob| {
                globs.add(glob);
            });
        }
        Self(globs.build().unwrap_or_default())
    }

    fn holds(&self, path: &RepoPath) -> bool {
        PathClass::of(path) == PathClass::Vendored
            || self.0.is_match(&*String::from_utf8_lossy(path.as_bytes()))
    }
}

/// Returns the directories of other people's work: those in which the text of a licence lies.
fn by_texts(facts: &[LicenceFact], foreign: &Foreign) -> Vec<ThirdParty> {
    let mut out: BTreeMap<RepoPath, ThirdParty> = BTreeMap::new();
    let theirs: Vec<&LicenceFact> = facts.iter().filter(|fact| foreign.holds(&fact.path)).collect();
    for fact in theirs.iter().filter(|fact| fact.how == How::Text && &*fact.licence != NONE) {
        let new = || ThirdParty {
            path: fact.path.parent(),
            licence: fact.licence.clone(),
            holders: Vec::new(),
            text: Some(fact.path.clone()),
        };
        let root = out.entry(fact.path.parent()).or_insert_with(new);
        if !root.licence.split(" AND ").any(|one| *one == *fact.licence) {
            root.licence = format!("{} AND {}", root.licence, fact.licence).into();
        }
    }
    for fact in theirs {
        let mut dir = fact.path.parent();
        while !dir.is_root() && !out.contains_key(&dir) {
            dir = dir.parent();
        }
        let Some(root) = out.get_mut(&dir) else { continue };
        let known = |holder: &Arc<str>| root.holders.contains(holder);
        let new: Vec<Arc<str>> = fact.holders.iter().filter(|h| !known(h)).cloned().collect();
        // One root may have thousands of files, each with its own.
        root.holders.extend(new.into_iter().take(64usize.saturating_sub(root.holders.len())));
    }
    out.into_values().collect()
}

/// Reads the NOTICE files of others, which must go along with their work.
fn notices(source: &Source, entries: &[TreeEntry], foreign: &Foreign) -> Vec<NoticeText> {
    let Ok(reader) = Reader::new(source) else { return Vec::new() };
    let files = entries.iter().filter(|entry| {
        entry.kind == EntryKind::File && is_notice(&entry.path) && foreign.holds(&entry.path)
    });
    files
        .take(MOST_NOTICES)
        .filter_map(|entry| {
            let raw = reader.blob(entry.oid, NOTICE_BYTES).ok()?;
            let text = Text::decode(&raw)?;
            let text = String::from_utf8_lossy(&text.bytes).into_owned();
            Some(NoticeText { path: entry.path.clone(), text })
        })
        .collect()
}

fn is_notice(path: &RepoPath) -> bool {
    let name = path.file_name().to_ascii_uppercase();
    let ends = [&b""[..], b".TXT", b".MD", b".RST"];
    name.strip_prefix(b"NOTICE").is_some_and(|rest| {
        let rest = rest.strip_prefix(b"S").unwrap_or(rest);
        ends.contains(&rest)
    })
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

/// Judges what the files of `source` say about licences. A file that cannot be read says nothing.
fn judge(
    source: &Source,
    policy: &Policy,
    rules: &RuleSet,
    entries: &[TreeEntry],
    threads: usize,
) -> Judged {
    let mut scan = LicensingScan::new(policy.licensing.clone(), entries);
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
    scan.finish(rules)
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
