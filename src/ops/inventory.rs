// SPDX-License-Identifier: MIT OR Apache-2.0
//! What reports tell of licences: gathered anew from the reviewed commit, so that whoever
//! verifies a report comes to the same.

use std::{collections::BTreeMap, sync::Arc};

use super::{Review, licences};
use crate::{
    domain::{
        How, Inventory, LicenceFact, NoticeText, PathClass, Policy, RepoPath, Text, ThirdParty,
    },
    repo::{EntryKind, Reader, RepoError, Source, TreeEntry},
    rules::RuleSet,
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
    let facts = licences::judge(source, policy, rules, threads)?.facts;
    let entries = licences::entries(source, policy)?;
    let foreign = Foreign::new(&policy.licensing.third_party);
    let notices = notices(source, &entries, &foreign);
    Ok(Inventory {
        files: entries.iter().filter(|entry| entry.kind == EntryKind::File).count(),
        third_party: third_party(&facts, &foreign),
        facts,
        notices,
        locks: Vec::new(),
    })
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
fn third_party(facts: &[LicenceFact], foreign: &Foreign) -> Vec<ThirdParty> {
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
