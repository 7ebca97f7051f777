// SPDX-License-Identifier: MIT OR Apache-2.0
//! Damaged files: nothing panics, and all that libgit2 can read is seen.

use std::{fs, path::PathBuf};

use debut::repo::{Source, objects::Objects};
use proptest::prelude::*;

use crate::{
    common::Repo,
    world::{NO_LIMIT, Seen, git, history, readable, walk},
};

/// Where a file is damaged, and what is cut off its end.
type Damage = (prop::sample::Index, u8, Option<usize>);

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

/// Walks and reads, and checks that both agree.
fn survey(source: &Source) -> Seen {
    let objects = Objects::open(source).expect("the objects");
    let seen = walk(&objects, NO_LIMIT, &|_| true);
    assert_eq!(seen.objects.len() + seen.failed.len(), objects.len());
    for (id, content) in &seen.objects {
        let idx = objects.find(id.as_bytes()).expect("what was seen is listed");
        assert_eq!(objects.read(idx, NO_LIMIT).as_ref(), Ok(&content.1));
    }
    for id in seen.failed.keys() {
        let idx = objects.find(id.as_bytes()).expect("what failed is listed");
        assert!(objects.read(idx, NO_LIMIT).is_err());
        let _ = objects.kind(idx);
    }
    seen
}

/// Damages the file with `extension` of `repo` in many ways.
#[track_caller]
fn damaged(
    repo: &Repo,
    extension: &str,
    check: &dyn Fn(&Source, usize) -> Result<(), TestCaseError>,
) {
    let source = Source::open(repo.path(), "HEAD").expect("a source");
    let path = file(repo, extension);
    let sound = fs::read(&path).expect("a file");
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let damage = (any::<prop::sample::Index>(), 1..=255_u8, prop::option::of(0..4096_usize));
    let result = runner.run(&damage, |(at, flip, cut): Damage| {
        let mut bytes = sound.clone();
        let at = at.index(sound.len());
        bytes[at] ^= flip;
        let cut = if extension == "idx" { None } else { cut };
        bytes.truncate(sound.len() - cut.unwrap_or_default().min(sound.len()));
        write(&path, &bytes);
        check(&source, at)
    });
    assert!(result.is_ok(), "{result:?}");
}

/// Whatever libgit2 still reads has to be seen as it reads it.
fn pack_damage(repack: &[&str]) {
    let repo = history(25);
    git(repo.path(), repack);
    damaged(&repo, "pack", &|source, _| {
        let seen = survey(source);
        for (id, content) in &readable(repo.path()) {
            prop_assert_eq!(seen.objects.get(id), Some(content));
        }
        Ok(())
    });
}

#[test]
fn any_damage_to_a_pack_is_survived() {
    pack_damage(&["repack", "-adfq"]);
}

#[test]
fn any_damage_to_a_pack_of_deltas_by_id_is_survived() {
    pack_damage(&["-c", "repack.useDeltaBaseOffset=false", "repack", "-adfq"]);
}

// libgit2 can't be the judge here: an offset beyond the end of the pack makes it crash.
#[test]
fn a_flipped_bit_in_an_index_costs_one_object() {
    let repo = history(25);
    git(repo.path(), &["repack", "-adfq"]);
    let expected = readable(repo.path());
    damaged(&repo, "idx", &|source, at| {
        let seen = survey(source);
        // Without its first word or the number of objects an index is none.
        if at >= 8 && !(1028..1032).contains(&at) {
            let right =
                expected.iter().filter(|(id, content)| seen.objects.get(id) == Some(content));
            prop_assert!(right.count() + 1 >= expected.len());
        }
        Ok(())
    });
}

#[test]
fn a_damaged_pack_costs_nothing_where_there_is_another() {
    let repo = history(25);
    git(repo.path(), &["repack", "-adfq"]);
    let expected = readable(repo.path());
    // Everything once more, as files and in a pack with other deltas.
    let again = tempfile::tempdir().expect("a folder");
    let folder = again.path().join("clone");
    let (from, to) = (repo.path().to_string_lossy(), folder.to_string_lossy());
    git(again.path(), &["clone", "-q", "--bare", "--no-local", &from, &to]);
    git(&folder, &["repack", "-adfq", "--depth=3"]);
    let objects = format!("{to}/objects\n");
    fs::write(repo.git.path().join("objects/info/alternates"), objects).expect("written");
    damaged(&repo, "pack", &|source, _| {
        let seen = survey(source);
        prop_assert!(seen.failed.is_empty() && seen.objects.keys().eq(expected.keys()));
        Ok(())
    });
}

#[test]
fn damaged_loose_objects_fail_alone() {
    let repo = history(3);
    let expected = readable(repo.path());
    let source = Source::open(repo.path(), "HEAD").expect("a source");
    let (id, _) = expected.iter().next().expect("an object");
    let name = id.to_string();
    let path = repo.git.path().join("objects").join(&name[..2]).join(&name[2..]);
    for content in [&b""[..], b"not deflated", b"x\x9c\x01\x06\x00\xf9\xffblob 9"] {
        write(&path, content);
        let seen = survey(&source);
        assert_eq!(seen.failed.keys().collect::<Vec<_>>(), [id]);
    }
}

#[test]
fn a_pack_without_an_index_is_named() {
    let repo = history(3);
    git(repo.path(), &["repack", "-adfq"]);
    let source = Source::open(repo.path(), "HEAD").expect("a source");
    fs::remove_file(file(&repo, "idx")).expect("gone");
    let objects = Objects::open(&source).expect("the objects");
    assert!(objects.is_empty());
    assert_eq!(objects.unlisted(), [file(&repo, "pack")]);
}

#[test]
fn an_index_without_a_pack_lists_what_is_lost() {
    let repo = history(3);
    git(repo.path(), &["repack", "-adfq"]);
    let count = readable(repo.path()).len();
    let source = Source::open(repo.path(), "HEAD").expect("a source");
    fs::remove_file(file(&repo, "pack")).expect("gone");
    assert_eq!(survey(&source).failed.len(), count);
}
