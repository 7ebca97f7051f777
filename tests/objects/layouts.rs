// SPDX-License-Identifier: MIT OR Apache-2.0
//! The ways in which Git stores objects.

use std::{
    fs,
    path::{Path, PathBuf},
};

use debut::repo::{
    Source,
    objects::{ObjIdx, Objects},
};

use crate::{
    common::Repo,
    world::{NO_LIMIT, check, git, history, open, readable, walk},
};

fn packs(repo: &Repo, extension: &str) -> Vec<PathBuf> {
    packs_of(repo.git.path(), extension)
}

fn packs_of(git_dir: &Path, extension: &str) -> Vec<PathBuf> {
    let folder = fs::read_dir(git_dir.join("objects/pack")).expect("the packs");
    let paths = folder.map(|entry| entry.expect("an entry").path());
    paths.filter(|path| path.extension().is_some_and(|e| e == extension)).collect()
}

fn commit_more(repo: &Repo, word: &str) {
    let text: String = (0..200).map(|n| format!("{word} {n}\n")).collect();
    for n in 0..5 {
        let changed = format!("{text}{n}\n");
        repo.commit(&[("more.txt", changed.as_bytes()), ("empty", b"")]);
    }
}

#[test]
fn loose_objects() {
    let repo = history(5);
    assert!(packs(&repo, "pack").is_empty());
    assert_eq!(check(repo.path()).from_base, 0);
}

#[test]
fn one_pack_with_deep_deltas() {
    let repo = history(40);
    git(repo.path(), &["repack", "-adfq", "--window=50", "--depth=40"]);
    assert!(check(repo.path()).from_base > 50);
}

#[test]
fn deltas_that_name_their_base_by_id() {
    let repo = history(40);
    git(repo.path(), &["-c", "repack.useDeltaBaseOffset=false", "repack", "-adfq"]);
    assert!(check(repo.path()).from_base > 50);
}

#[test]
fn old_index_version() {
    let repo = history(10);
    git(repo.path(), &["-c", "pack.indexVersion=1", "repack", "-adfq"]);
    assert!(check(repo.path()).from_base > 5);
}

#[test]
fn several_packs_that_share_objects_and_some_are_loose() {
    let repo = history(10);
    git(repo.path(), &["repack", "-adfq"]);
    commit_more(&repo, "second");
    git(repo.path(), &["repack", "-dq"]);
    // A pack of everything beside the two, and everything loose once more.
    let all = git(repo.path(), &["rev-list", "--objects", "--all"]);
    fs::write(repo.path().join("all"), all).expect("a list");
    let pack = format!(
        "git pack-objects -q --no-reuse-delta --keep-true-parents {} < all",
        ".git/objects/pack/pack"
    );
    let mut shell = std::process::Command::new("sh");
    let ran = shell.current_dir(repo.path()).args(["-c", &pack]).output().expect("a shell");
    assert!(ran.status.success());
    assert_eq!(packs(&repo, "pack").len(), 3);
    commit_more(&repo, "third");
    check(repo.path());
}

#[test]
fn an_index_of_several_packs() {
    let repo = history(10);
    git(repo.path(), &["repack", "-adfq"]);
    commit_more(&repo, "second");
    git(repo.path(), &["repack", "-dq"]);
    git(repo.path(), &["multi-pack-index", "write"]);
    check(repo.path());
}

#[test]
fn a_pack_whose_own_index_is_gone() {
    let repo = history(20);
    git(repo.path(), &["repack", "-adfq"]);
    commit_more(&repo, "second");
    git(repo.path(), &["repack", "-dq"]);
    git(repo.path(), &["multi-pack-index", "write"]);
    let expected = readable(repo.path());
    let source = Source::open(repo.path(), "HEAD").expect("a source");
    for index in packs(&repo, "idx") {
        fs::remove_file(index).expect("gone");
    }
    let seen = walk(&Objects::open(&source).expect("objects"), NO_LIMIT, &|_| true);
    assert!(seen.failed.is_empty());
    assert!(seen.objects == expected);
    assert!(seen.from_base > 5);
}

#[test]
fn unreachable_objects_in_a_pack_of_their_own() {
    let repo = history(10);
    git(repo.path(), &["tag", "-d", "v1"]);
    git(repo.path(), &["reset", "-q", "--hard", "HEAD~5"]);
    git(repo.path(), &["reflog", "expire", "--expire=now", "--all"]);
    git(repo.path(), &["repack", "--cruft", "-dq"]);
    assert_eq!(packs(&repo, "mtimes").len(), 1);
    check(repo.path());
}

#[test]
fn objects_lent_by_others() {
    let lender = history(10);
    git(lender.path(), &["repack", "-adfq"]);
    let borrower = tempfile::tempdir().expect("a folder");
    let from = lender.path().to_string_lossy().into_owned();
    git(borrower.path(), &["clone", "-q", "--shared", &from, "middle"]);
    let middle = borrower.path().join("middle");
    git(&middle, &["commit", "-q", "--allow-empty", "-m", "one"]);
    assert_eq!(check(&middle).objects.len(), readable(lender.path()).len() + 1);
    // A relative one, and two that lead in a circle.
    git(borrower.path(), &["init", "-q", "last"]);
    let last = borrower.path().join("last");
    let alternates = |at: &PathBuf| at.join(".git/objects/info/alternates");
    fs::write(alternates(&last), "# a comment\n../../../middle/.git/objects\n").expect("written");
    let head = git(&middle, &["rev-parse", "HEAD"]);
    git(&last, &["update-ref", "HEAD", head.trim()]);
    let lent = format!("{from}/.git/objects\n{}/.git/objects\n/nowhere\n", last.display());
    fs::write(alternates(&middle), lent).expect("written");
    check(&last);
}

#[test]
fn a_quoted_alternate() {
    let lender = history(3);
    let repo = Repo::with(&[("a", b"a")]);
    let path = lender.path().to_string_lossy().replace('/', "\\057");
    let text = format!("\"{path}/.git/objects\"\n");
    fs::write(repo.path().join(".git/objects/info/alternates"), text).expect("written");
    let objects = open(repo.path());
    for id in readable(lender.path()).keys() {
        assert!(objects.find(id.as_bytes()).is_some());
    }
}

#[test]
fn a_linked_work_tree_has_all_objects() {
    let repo = history(5);
    git(repo.path(), &["repack", "-adfq"]);
    let other = tempfile::tempdir().expect("a folder");
    let path = other.path().join("tree");
    git(repo.path(), &["worktree", "add", "-q", "-b", "other", &path.to_string_lossy()]);
    check(&path);
}

#[test]
fn what_is_not_there_is_not_found() {
    let objects = open(history(3).path());
    assert!(!objects.is_empty());
    assert_eq!(objects.find(&[0; 20]), None);
    assert_eq!(objects.find(&[0xff; 20]), None);
    assert_eq!(objects.find(b"short"), None);
    let beyond = ObjIdx(u32::MAX);
    assert_eq!(objects.kind(beyond), None);
    assert!(objects.id_bytes(beyond).is_empty());
    assert!(objects.read(beyond, NO_LIMIT).is_err());
}

#[test]
fn objects_named_by_sha_256() {
    let folder = tempfile::tempdir().expect("a folder");
    git(folder.path(), &["init", "-q", "--object-format=sha256"]);
    let mut text: String = (0..400).map(|n| format!("line {}\n", n * 7919)).collect();
    for n in 0..10 {
        text.push_str(&format!("another {n}\n"));
        fs::create_dir_all(folder.path().join("dir")).expect("a folder");
        fs::write(folder.path().join("dir/big"), &text).expect("written");
        git(folder.path(), &["add", "."]);
        git(folder.path(), &["commit", "-q", "-m", "more"]);
    }
    git(folder.path(), &["tag", "-a", "-m", "first", "v1"]);
    let source = Source::open(folder.path(), "HEAD").expect("a source");
    assert_eq!(source.commit.to_string().len(), 64);
    let work_tree = source.work_tree().expect("a state");
    assert_eq!((work_tree.changed, work_tree.untracked), (0, 0));
    let entries = source.entries().expect("the files");
    assert_eq!(entries.len(), 1);
    assert_eq!(source.entries_of(&source.tree.to_string()).expect("the same").len(), 1);
    assert_eq!(check(folder.path()).from_base, 0);
    git(folder.path(), &["repack", "-adfq"]);
    assert!(check(folder.path()).from_base > 5);
    git(folder.path(), &["-c", "repack.useDeltaBaseOffset=false", "repack", "-adfq"]);
    assert!(check(folder.path()).from_base > 5);
    git(folder.path(), &["multi-pack-index", "write"]);
    for index in packs_of(&source.git_dir, "idx") {
        fs::remove_file(index).expect("gone");
    }
    let objects = Objects::open(&source).expect("the objects");
    assert!(objects.unlisted().is_empty());
    assert!(walk(&objects, NO_LIMIT, &|_| true).from_base > 5);
}
