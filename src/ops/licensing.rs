// SPDX-License-Identifier: MIT OR Apache-2.0
//! Guesses the policy about licences, and writes what somebody answered.

use std::collections::HashSet;

use super::{
    Desk, OpenError, Options,
    init::CONFIG,
    learn::learn_all,
    open::{checklist_path, folder_of},
};
use crate::{
    domain::{Headers, Licensing, Policy, RepoPath, Text, Word, WordKind},
    repo::{EntryKind, Reader, RepoError, Source, TreeEntry, locate},
    scan::{
        PathFacts, View,
        licensing::{LicensingGuess, LicensingScan, observe},
    },
    store::{Folder, StoreError, answer_licensing, read_policy, write_licensing},
};

/// So many files are read to guess …
const FILES: usize = 8_000;
/// … of so many bytes each.
const LARGEST: u64 = 1 << 18;

/// Guesses the policy about licences from the reviewed commit of `source`. What can't be read is
/// left out: this is a help, not a check. `words` are the organisation's own.
#[must_use]
pub fn guess_licensing(source: &Source, words: &[Word]) -> LicensingGuess {
    let Ok(entries) = source.entries() else { return LicensingGuess::default() };
    let mut scan = LicensingScan::new(Licensing::default(), &entries);
    if let Ok(reader) = Reader::new(source) {
        for entry in chosen(&entries) {
            let Ok(bytes) = reader.blob(entry.oid, LARGEST) else { continue };
            let Some(text) = Text::decode(&bytes) else { continue };
            let facts = PathFacts::of(&entry.path);
            if let Some(seen) = observe(&entry.path, &View::new(&facts, &text.bytes)) {
                scan.add(&entry.path, seen);
            }
        }
    }
    let domains = words.iter().filter(|word| word.kind == WordKind::Domain && word.keep);
    let domains: Vec<String> = domains.map(|word| word.text.clone()).collect();
    scan.guess(source.owner().as_deref(), &domains)
}

/// The files to read: those at the top first; of too many, every n-th.
fn chosen(entries: &[TreeEntry]) -> Vec<&TreeEntry> {
    let own = |entry: &&TreeEntry| !entry.path.is_within(&RepoPath::new(b".debut"));
    let files = || entries.iter().filter(|entry| entry.kind == EntryKind::File).filter(own);
    let top = files().filter(|entry| entry.path.parent().is_root());
    let below: Vec<&TreeEntry> = files().filter(|entry| !entry.path.parent().is_root()).collect();
    let step = below.len().div_ceil(FILES).max(1);
    top.chain(below.into_iter().step_by(step)).collect()
}

/// Returns the files that came after the policy about licences, if `policy` asks which: those whose
/// path and content are not in the commit that first had one. Without such a commit none is new.
pub(super) fn new_files(
    source: &Source,
    policy: &Licensing,
    entries: &[TreeEntry],
) -> HashSet<RepoPath> {
    if policy.headers != Some(Headers::New) {
        return HashSet::new();
    }
    let answers = |text: &[u8]| {
        let text = String::from_utf8_lossy(text);
        text.parse::<toml::Table>().is_ok_and(|table| table.contains_key("licensing"))
    };
    let path = RepoPath::new(b".debut/config.toml");
    let Some(old) = source.entries_since(&path, &answers) else { return HashSet::new() };
    let paths: HashSet<&RepoPath> = old.iter().map(|entry| &entry.path).collect();
    let blobs: HashSet<&[u8]> = old.iter().map(|entry| entry.oid.as_bytes()).collect();
    let new = entries
        .iter()
        .filter(|entry| !paths.contains(&entry.path) && !blobs.contains(entry.oid.as_bytes()));
    new.map(|entry| entry.path.clone()).collect()
}

/// Writes `licensing` into the policy of the repository of `options`, and returns what the policy
/// says now.
///
/// # Errors
/// When there is no repository, or the file is wrong or can't be written.
pub fn set_licensing(options: &Options, licensing: &Licensing) -> Result<Policy, OpenError> {
    let (git_dir, work_dir) = locate(&options.path)?;
    let path = checklist_path(options.checklist.clone(), work_dir.as_deref(), &git_dir);
    let folder = Folder::new(path).with_config(options.config.clone());
    folder.check(options.checklist.is_some())?;
    Ok(write_licensing(&folder, licensing, CONFIG)?)
}

/// Checks answers as the policy's file would be checked.
///
/// # Errors
/// When an answer is none that the file could hold; says what is allowed.
pub fn check_licensing(licensing: &Licensing) -> Result<(), String> {
    match answer_licensing(std::path::Path::new(""), "", licensing) {
        Ok(_) => Ok(()),
        Err(StoreError::Config { message, .. }) => Err(message),
        Err(error) => Err(error.to_string()),
    }
}

/// Returns what is answered about licences, and what is likely; nothing likely without a commit.
///
/// # Errors
/// When there is no repository, or the policy is wrong.
pub fn licensing_of(options: &Options) -> Result<(Licensing, LicensingGuess), OpenError> {
    let source = match Source::open(&options.path, &options.revision) {
        Err(RepoError::Unborn(_)) => return Ok(Default::default()),
        other => other?,
    };
    let policy = read_policy(&folder_of(options, &source))?;
    let words = learn_all(&source).words;
    Ok((policy.licensing, guess_licensing(&source, &words)))
}

impl Desk {
    /// Writes answers about licences into the policy of this review, and returns what it says now.
    ///
    /// # Errors
    /// When the file is wrong, or can't be written.
    pub fn answer_licensing(&self, licensing: &Licensing) -> Result<Policy, StoreError> {
        write_licensing(self.folder(), licensing, CONFIG)
    }
}
