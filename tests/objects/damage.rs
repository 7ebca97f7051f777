// SPDX-License-Identifier: MIT OR Apache-2.0
//! Damaged files: nothing panics, and all that libgit2 can read is seen.

use std::{fs, path::PathBuf};

use debut::repo::{Source, objects::Objects};
use proptest::prelude::*;

use crate::{
    common::Repo,
    world::{NO_LIMIT, Seen, git, history, readable, walk},
};

fn file(repo: &Repo, extension: &str) -> PathBuf {
    let folder = fs::read_dir(repo.git.path().join("objects/pack")).expect("the packs");
    let mut paths = folder.map(|entry| entry.expect("an entry").path());
    paths.find(|path| path.extension().is_some_and(|e| e == extension)).expect("a file")
}

/// Writes over a file that Git has made read-only.
fn write(path: &PathBuf, content: &[u8]) {
    fs::remove_file(path).expect("the old one");
    fs::write(path, content).expect("the new one");
}

/// Walks and reads, and checks that everything that libgit2 can read was seen.
fn survives(repo: &Repo, source: &Source) -> Result<Seen, TestCaseError> {
    let objects = Objects::open(source).map_err(|error| TestCaseError::fail(error.to_string()))?;
    let seen = walk(&objects, NO_LIMIT, &|_| true);
    for (id, content) in &readable(repo.path()) {
        // An index that is damaged can lead to anything; what matters is that nobody gives up.
        prop_assert!(seen.objects.contains_key(id), "{} {:?}", id, seen.failed.get(id));
        let idx = objects.find(id.as_bytes());
        let read = idx.map(|idx| objects.read(idx, NO_LIMIT));
        prop_assert!(matches!(read, Some(Ok(_))));
        let _ = content;
    }
    prop_assert_eq!(seen.objects.len() + seen.failed.len(), objects.len());
    Ok(seen)
}

/// Damages the file with `extension` in many ways.
fn flipped(extension: &str, repack: &[&str]) {
    let repo = history(25);
    git(repo.path(), repack);
    let source = Source::open(repo.path(), "HEAD").expect("a source");
    let path = file(&repo, extension);
    let sound = fs::read(&path).expect("a file");
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(48));
    let damage = (any::<prop::sample::Index>(), 1..=255_u8, prop::option::of(0..4096_usize));
    let result = runner.run(&damage, |(at, flip, cut)| {
        let mut damaged = sound.clone();
        damaged[at.index(sound.len())] ^= flip;
        damaged.truncate(sound.len() - cut.unwrap_or_default().min(sound.len()));
        write(&path, &damaged);
        survives(&repo, &source).map(|_| ())
    });
    assert!(result.is_ok(), "{result:?}");
}

#[test]
fn any_damage_to_a_pack_is_survived() {
    flipped("pack", &["repack", "-adfq"]);
}

#[test]
fn any_damage_to_a_pack_of_deltas_by_id_is_survived() {
    flipped("pack", &["-c", "repack.useDeltaBaseOffset=false", "repack", "-adfq"]);
}

#[test]
fn any_damage_to_an_index_is_survived() {
    flipped("idx", &["repack", "-adfq"]);
}
