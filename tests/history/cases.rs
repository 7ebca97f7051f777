// SPDX-License-Identifier: MIT OR Apache-2.0
//! Odd repositories, one at a time.

use std::fs;

use debut::repo::{
    RepoError, Source,
    history::{CommitNo, History, Mode, Tips},
    objects::{ObjIdx, ObjectKind, Objects},
};
use git2::{ObjectType, Oid, Repository, Signature, Time};

use crate::{
    common::Repo,
    model::{Files, ask, commit, pack, point, tree},
};

fn files(list: &[(&str, &str)]) -> Files {
    list.iter().map(|(path, text)| ((*path).into(), (0o100_644, (*text).into()))).collect()
}

fn write(git: &Repository, kind: ObjectType, data: &[u8]) -> Oid {
    git.odb().and_then(|odb| odb.write(kind, data)).expect("an object")
}

fn remove(git: &Repository, id: Oid) {
    let name = id.to_string();
    let (folder, rest) = name.split_at(2);
    fs::remove_file(git.path().join("objects").join(folder).join(rest)).expect("it to go");
}

/// Makes one commit on the branch that HEAD names.
fn start(list: &[(&str, &str)]) -> (Repo, Oid) {
    let repo = Repo::new();
    let made = commit(&repo.git, tree(&repo.git, &files(list)), &[], 1);
    repo.git.set_head("refs/heads/main").expect("HEAD");
    point(&repo.git, "refs/heads/main", made);
    (repo, made)
}

fn annotate(git: &Repository, target: Oid, name: &str) -> Oid {
    let who = Signature::new("A", "a@example.com", &Time::new(1, 0)).expect("a signature");
    let target = git.find_object(target, None).expect("the target");
    git.tag(name, &target, &who, "Release", true).expect("a tag")
}

#[test]
fn a_file_that_was_removed_and_came_back_has_its_first_and_its_last_commit() {
    let (repo, first) = start(&[("x", "text")]);
    let git = &repo.git;
    let without = commit(git, tree(git, &files(&[("y", "other")])), &[first], 2);
    let again = commit(git, tree(git, &files(&[("x", "text")])), &[without], 3);
    let moved = commit(git, tree(git, &files(&[("z", "text")])), &[again], 4);
    point(git, "refs/heads/main", moved);
    let asked = ask(repo.path(), &[], 1);
    let places = asked.places("text");
    assert_eq!(places[0], ("x".into(), (Some(first), Some(again), Mode::File, false)));
    assert_eq!(places[1], ("z".into(), (Some(moved), Some(moved), Mode::File, true)));
    assert_eq!(asked.places("other")[0].1, (Some(without), Some(without), Mode::File, false));
}

#[test]
fn tags_lead_to_commits_trees_and_blobs() {
    let (repo, first) = start(&[("x", "text")]);
    let git = &repo.git;
    let side = commit(git, tree(git, &files(&[("side", "side")])), &[first], 2);
    let once = annotate(git, side, "once");
    let twice = annotate(git, once, "twice");
    git.find_reference("refs/tags/once").and_then(|mut tag| tag.delete()).expect("it to go");
    let alone = tree(git, &files(&[("dir/alone", "alone"), ("x", "text")]));
    annotate(git, alone, "tree");
    let blob = git.blob(b"key").expect("a blob");
    annotate(git, blob, "blob");
    point(git, "refs/tags/light", git.blob(b"light").expect("a blob"));
    let asked = ask(repo.path(), &[], 2);
    assert_eq!(asked.history.reachable.tags, 4);
    assert!(asked.reachable().contains(&twice) && asked.reachable().contains(&once));
    assert_eq!(asked.places("side")[0].1.0, Some(side));
    let none = (None, None, Mode::File, false);
    assert_eq!(asked.places("alone"), [("dir/alone".into(), none)]);
    assert_eq!(asked.places("key"), [(String::new(), none)]);
    assert_eq!(asked.places("light"), [(String::new(), none)]);
    // A commit has it too, so the tag does not matter.
    assert_eq!(asked.places("text")[0].1, (Some(first), Some(first), Mode::File, true));
    assert_eq!(asked.history.unreachable, Default::default());
    assert_eq!(asked.history.commit(CommitNo::NONE), None);
}

#[test]
fn what_no_ref_leads_to_is_counted_apart() {
    let (repo, first) = start(&[("x", "text")]);
    let git = &repo.git;
    let gone = commit(git, tree(git, &files(&[("d/x", "gone"), ("x", "text")])), &[first], 2);
    annotate(git, gone, "t");
    git.find_reference("refs/tags/t").and_then(|mut tag| tag.delete()).expect("it to go");
    pack(git);
    let asked = ask(repo.path(), &[], 1);
    let (here, gone) = (asked.history.reachable, asked.history.unreachable);
    assert_eq!((here.commits, here.trees, here.blobs, here.tags), (1, 1, 1, 0));
    assert_eq!((gone.commits, gone.trees, gone.blobs, gone.tags), (1, 2, 1, 1));
    assert!(asked.places("gone").is_empty());
}

#[test]
fn links_and_submodules_are_told_apart() {
    let repo = Repo::new();
    let git = &repo.git;
    let list = [("l", 0o120_000, "target"), ("s", 0o160_000, "elsewhere"), ("x", 0o100_755, "run")];
    let all: Files =
        list.iter().map(|(path, mode, text)| ((*path).into(), (*mode, (*text).into()))).collect();
    let made = commit(git, tree(git, &all), &[], 1);
    // The same content is a plain file later.
    let later = commit(git, tree(git, &files(&[("l", "target")])), &[made], 2);
    repo.git.set_head_detached(later).expect("HEAD");
    let asked = ask(repo.path(), &[], 1);
    assert_eq!(asked.places("run")[0].1, (Some(made), Some(made), Mode::Executable, false));
    assert_eq!(asked.places("target")[0].1, (Some(made), Some(later), Mode::File, true));
    assert_eq!(asked.places("commit elsewhere")[0].1.2, Mode::Submodule);
    assert_eq!(asked.history.elsewhere().len(), 1);
    assert!(asked.history.missing.is_empty());
}

#[test]
fn a_submodule_that_names_a_commit_of_this_repository_does_not_reach_it() {
    let (repo, first) = start(&[("x", "text")]);
    let git = &repo.git;
    let hidden = commit(git, tree(git, &files(&[("h", "hidden")])), &[], 1);
    let data = [b"160000 sub\0".as_slice(), hidden.as_bytes()].concat();
    let top = commit(git, write(git, ObjectType::Tree, &data), &[first], 2);
    point(git, "refs/heads/main", top);
    let asked = ask(repo.path(), &[], 1);
    assert!(!asked.reachable().contains(&hidden));
    assert_eq!(asked.history.elsewhere().len(), 1);
}

#[test]
fn a_shallow_clone_begins_at_a_root_and_says_what_is_missing() {
    let (repo, first) = start(&[("x", "old"), ("y", "same")]);
    let git = &repo.git;
    let second = commit(git, tree(git, &files(&[("x", "new"), ("y", "same")])), &[first], 2);
    point(git, "refs/heads/main", second);
    fs::write(git.path().join("shallow"), format!("{second}\n")).expect("a file");
    remove(git, first);
    let asked = ask(repo.path(), &[], 1);
    assert_eq!(asked.history.missing, [(first, ObjectKind::Commit)]);
    assert_eq!(asked.commits(), [second]);
    assert_eq!(asked.places("same")[0].1, (Some(second), Some(second), Mode::File, true));
}

#[test]
fn missing_trees_and_blobs_are_named() {
    let (repo, _) = start(&[("d/x", "in a tree"), ("y", "a blob"), ("z", "here")]);
    let git = &repo.git;
    let blob = Oid::hash_object(ObjectType::Blob, b"a blob").expect("an id");
    let dir = tree(git, &files(&[("x", "in a tree")]));
    remove(git, blob);
    remove(git, dir);
    let asked = ask(repo.path(), &[], 1);
    let mut expected = [(blob, ObjectKind::Blob), (dir, ObjectKind::Tree)];
    expected.sort_unstable_by_key(|(id, _)| *id);
    assert_eq!(asked.history.missing, expected);
    // It is known where the blob would stand.
    assert_eq!(asked.places("a blob")[0].0, "y");
    assert_eq!(asked.places("here")[0].0, "z");
    assert_eq!(asked.history.unreachable.blobs, 1);
}

#[test]
fn damaged_objects_are_listed_and_the_rest_is_read() {
    let (repo, first) = start(&[("x", "text")]);
    let git = &repo.git;
    let text = Oid::hash_object(ObjectType::Blob, b"text").expect("an id");
    let cut = [b"100644 a\0".as_slice(), text.as_bytes(), b"100644 b\0short"].concat();
    let cut = write(git, ObjectType::Tree, &cut);
    let odd = [
        b"40000 blob\0".as_slice(),
        text.as_bytes(),
        b"40000 cut\0",
        cut.as_bytes(),
        b"100644 tree\0",
        cut.as_bytes(),
    ]
    .concat();
    let odd = write(git, ObjectType::Tree, &odd);
    let raw =
        format!("tree {odd}\nparent {first}\nauthor A <a@b> 2 +0\ncommitter A <a@b> 2 +0\n\nx");
    let top = write(git, ObjectType::Commit, raw.as_bytes());
    let broken = write(git, ObjectType::Commit, b"no header at all");
    fs::write(git.path().join("refs/heads/main"), format!("{top}\n")).expect("a ref");
    fs::write(git.path().join("refs/heads/broken"), format!("{broken}\n")).expect("a ref");
    let asked = ask(repo.path(), &[], 1);
    let mut unread: Vec<Oid> = asked.history.unread.iter().map(|unread| unread.id).collect();
    unread.dedup();
    let mut expected = [text, cut, broken];
    expected.sort_unstable();
    assert_eq!(unread, expected, "{:?}", asked.history.unread);
    assert!(asked.places("text").iter().any(|(path, _)| path == "cut/a"));
}

#[test]
fn refs_are_chosen_by_pattern_and_the_others_counted() {
    let (repo, first) = start(&[("x", "text")]);
    let git = &repo.git;
    let side = commit(git, tree(git, &files(&[("x", "side")])), &[first], 2);
    let pull = commit(git, tree(git, &files(&[("x", "pull")])), &[first], 3);
    for name in ["refs/heads/release-1", "refs/heads/release-2/fix", "refs/tags/v1"] {
        point(git, name, side);
    }
    for name in ["refs/pull/1/head", "refs/pull/2/head", "refs/stash", "refs/remotes/o/main"] {
        point(git, name, pull);
    }
    git.reference_symbolic("refs/heads/alias", "refs/heads/main", true, "").expect("a ref");
    git.reference_symbolic("refs/heads/dead", "refs/heads/nowhere", true, "").expect("a ref");
    let all = ask(repo.path(), &[], 1);
    assert_eq!(all.history.reachable.commits, 2);
    assert_eq!(all.tips.broken, [b"refs/heads/dead"]);
    assert_eq!(all.tips.chosen.len(), 6);
    let left: Vec<_> = all.tips.left_out.iter().map(|(name, n)| (name.as_str(), *n)).collect();
    assert_eq!(left, [("refs/pull/", 2), ("refs/remotes/", 1), ("refs/stash", 1)]);
    let some = ask(repo.path(), &["refs/heads/release-*", "refs/tags/none"], 1);
    assert_eq!(some.tips.chosen.len(), 2);
    assert_eq!(some.tips.unmatched, ["refs/tags/none"]);
    assert_eq!(some.tips.left_out["refs/tags/"], 1);
    let pulls = ask(repo.path(), &["refs/pull/*"], 1);
    assert!(pulls.commits().contains(&pull) && !pulls.commits().contains(&side));
    // The reviewed commit is always there.
    assert!(pulls.commits().contains(&first));
    let source = Source::open(repo.path(), "HEAD").expect("a source");
    let bad = Tips::read(&source, &["refs/[".into()]);
    assert!(matches!(bad, Err(RepoError::BadPattern { .. })));
}

#[test]
fn reflogs_are_noticed() {
    let (repo, first) = start(&[("x", "text")]);
    let logs = repo.git.path().join("logs");
    fs::remove_dir_all(&logs).ok();
    assert!(!ask(repo.path(), &[], 1).tips.reflogs);
    fs::create_dir_all(logs.join("refs/heads")).expect("a folder");
    fs::write(logs.join("refs/heads/main"), format!("{first}")).expect("a file");
    assert!(ask(repo.path(), &[], 1).tips.reflogs);
}

#[test]
fn a_few_trees_that_stand_for_endless_files_are_bounded() {
    let (repo, first) = start(&[("x", "text")]);
    let git = &repo.git;
    let mut id = git.blob(b"bomb").expect("a blob");
    for level in 0..10 {
        let mode = if level == 0 { "100644" } else { "40000" };
        let mut data = Vec::new();
        for entry in 0..100 {
            data.extend(format!("{mode} n{entry:02}\0").as_bytes());
            data.extend(id.as_bytes());
        }
        if level == 3 {
            data.extend(b"100644 secret\0");
            data.extend(git.blob(b"secret").expect("a blob").as_bytes());
        }
        id = write(git, ObjectType::Tree, &data);
    }
    let bomb = commit(git, id, &[first], 2);
    let after = commit(git, tree(git, &files(&[("x", "text"), ("y", "late")])), &[bomb], 3);
    point(git, "refs/heads/main", after);
    let asked = ask(repo.path(), &[], 1);
    let history = &asked.history;
    let number = |id| CommitNo(asked.commits().iter().position(|c| *c == id).expect("it") as u32);
    assert!(history.cut.contains(&number(bomb)));
    let found = |text: &[u8]| {
        let id = Oid::hash_object(ObjectType::Blob, text).expect("an id");
        let idx = asked.objects.find(id.as_bytes()).expect("a blob");
        assert!(history.is_reachable(idx));
        history.appearances(idx)
    };
    assert_eq!(found(b"secret")[0].first, number(bomb));
    assert!(!found(b"bomb").is_empty() && found(b"bomb").len() < 2_100_000);
    assert_eq!((found(b"late")[0].first, found(b"late")[0].in_tree), (number(after), true));
    assert_eq!(history.unreachable, Default::default());
}

#[test]
fn trees_below_trees_end_somewhere() {
    let repo = Repo::new();
    let git = &repo.git;
    let mut id = git.blob(b"deep").expect("a blob");
    for level in 0..400 {
        let mode = if level == 0 { "100644" } else { "40000" };
        let data = [format!("{mode} d\0").as_bytes(), id.as_bytes()].concat();
        id = write(git, ObjectType::Tree, &data);
    }
    repo.git.set_head_detached(commit(git, id, &[], 1)).expect("HEAD");
    let asked = ask(repo.path(), &[], 1);
    assert_eq!(asked.history.unread.len(), 1);
    assert!(asked.places("deep").is_empty());
}

#[test]
fn commits_that_are_their_own_ancestors_end_somewhere() {
    let (repo, first) = start(&[("x", "text")]);
    let git = &repo.git;
    let tree = tree(git, &files(&[("x", "text")]));
    // Names are not what hashing the content would give: the two are each other's parents.
    let names = [Oid::from_bytes(&[1; 20]), Oid::from_bytes(&[2; 20])].map(|id| id.expect("an id"));
    for (name, parent) in [(names[0], names[1]), (names[1], names[0])] {
        let text = format!(
            "tree {tree}\nparent {parent}\nparent {first}\nauthor A <a@b> 2 +0\ncommitter A <a@b> 2 +0\n\nx"
        );
        let made = write(git, ObjectType::Commit, text.as_bytes());
        let objects = git.path().join("objects");
        let at = |id: Oid| objects.join(&id.to_string()[..2]).join(&id.to_string()[2..]);
        fs::create_dir_all(at(name).parent().expect("a folder")).expect("a folder");
        fs::rename(at(made), at(name)).expect("a new name");
    }
    fs::write(git.path().join("refs/heads/main"), format!("{}\n", names[0])).expect("a ref");
    let asked = ask(repo.path(), &[], 1);
    assert_eq!(asked.history.commits().len(), 3);
    assert!(!asked.history.unread.is_empty());
    assert_eq!(asked.places("text")[0].1.0, Some(first));
}

#[test]
fn objects_named_by_sha256_are_read_too() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut options = git2::RepositoryInitOptions::new();
    options.object_format(git2::ObjectFormat::Sha256).initial_head("main");
    let git = Repository::init_opts(dir.path(), &options).expect("a repository");
    let write = |list: &[(&str, &str)]| {
        let mut builder = git.treebuilder(None).expect("a tree");
        for (name, text) in list {
            let blob = git.blob(text.as_bytes()).expect("a blob");
            builder.insert(name, blob, 0o100_644).expect("an entry");
        }
        builder.write().expect("a tree")
    };
    let first = commit(&git, write(&[("x", "old"), ("y", "same")]), &[], 1);
    let second = commit(&git, write(&[("x", "new"), ("y", "same")]), &[first], 2);
    point(&git, "refs/heads/main", second);
    let asked = ask(dir.path(), &[], 1);
    let counts = asked.history.reachable;
    assert_eq!((counts.commits, counts.trees, counts.blobs), (2, 2, 3));
    assert!(asked.history.unread.is_empty() && asked.history.missing.is_empty());
    let id = git.blob(b"same").expect("a blob");
    let when = asked.appearances()[&(id, b"y".to_vec())];
    assert_eq!(when, (Some(first), Some(second), Mode::File, true));
}

#[test]
fn raw_commits_and_tags_are_handed_out_and_stopping_stops() {
    let (repo, first) = start(&[("x", "text")]);
    let tag = annotate(&repo.git, first, "t");
    let source = Source::open(repo.path(), "HEAD").expect("a source");
    let objects = Objects::open(&source).expect("the objects");
    let tips = Tips::read(&source, &[]).expect("the refs");
    let seen = std::sync::Mutex::new(Vec::new());
    let see = |idx: ObjIdx, kind: ObjectKind, raw: &[u8]| {
        seen.lock().expect("a lock").push((objects.id(idx), kind, raw.len()));
    };
    let stop = false.into();
    History::read(&objects, &source, &tips, 2, &stop, &see, &|_, _| {}).expect("a history");
    let mut seen = seen.lock().expect("a lock").clone();
    seen.sort_by_key(|(_, kind, _)| *kind as u8);
    let len = |id| repo.git.odb().and_then(|odb| odb.read(id).map(|o| o.len())).expect("it");
    let expected = [(first, ObjectKind::Commit, len(first)), (tag, ObjectKind::Tag, len(tag))];
    assert_eq!(seen, expected);
    let stopped =
        History::read(&objects, &source, &tips, 2, &true.into(), &|_, _, _| {}, &|_, _| {});
    assert!(matches!(stopped, Err(RepoError::Stopped)));
}

#[test]
fn a_commit_that_two_children_lead_to_teaches_once() {
    let repo = Repo::new();
    let who = repo.git.signature().expect("somebody");
    let tree = repo.git.find_tree(repo.git.treebuilder(None).expect("a tree").write().expect("it"));
    let tree = tree.expect("the tree");
    let make = |message: &str, parents: &[Oid]| {
        let parents: Vec<_> =
            parents.iter().map(|id| repo.git.find_commit(*id).expect("a commit")).collect();
        let parents: Vec<_> = parents.iter().collect();
        repo.git.commit(None, &who, &who, message, &tree, &parents).expect("a commit")
    };
    let mut tip = make("begin", &[]);
    for i in 0..40 {
        let sides = [make(&format!("left {i}"), &[tip]), make(&format!("right {i}"), &[tip])];
        tip = make(&format!("merge {i}"), &sides);
    }
    repo.git.reference("refs/heads/diamonds", tip, true, "made").expect("a branch");
    repo.git.set_head("refs/heads/diamonds").expect("HEAD");
    let source = Source::open(repo.path(), "HEAD").expect("a source");
    let mut messages = source.recent_commits(1000).messages;
    assert_eq!(messages.len(), 121);
    messages.sort();
    messages.dedup();
    assert_eq!(messages.len(), 121, "each of them once");
}
