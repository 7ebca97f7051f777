// SPDX-License-Identifier: MIT OR Apache-2.0
//! Objects that are small until somebody reads them: they are named, and the rest is scanned.

use git2::{ObjectType, Oid};
use serde_json::Value;

use crate::{
    common::github_token,
    forged::{BLOB, BY_ID, BY_OFFSET, Pack, TREE, copies, delta, zeros},
    world::{Past, TOKEN},
};

const FILE: &str = "100644";
const FOLDER: &str = "40000";
const PEOPLE: &str = "author A <a@example.com> 1 +0000\ncommitter A <a@example.com> 1 +0000";

/// A directory that is being written by hand: nobody looks at what its entries lead to.
#[derive(Default)]
struct Directory(Vec<(&'static str, &'static str, Oid)>);

impl Directory {
    fn add(&mut self, mode: &'static str, name: &'static str, id: Oid) {
        self.0.push((mode, name, id));
        self.0.sort_unstable_by_key(|entry| entry.1);
    }

    fn bytes(&self) -> Vec<u8> {
        let entry = |(mode, name, id): &(&str, &str, Oid)| {
            [mode.as_bytes(), b" ", name.as_bytes(), b"\0", id.as_bytes()].concat()
        };
        self.0.iter().flat_map(entry).collect()
    }

    /// Returns name and reason of what could not be judged. What is no blob for all that can be
    /// told is called by its id.
    fn named<'a>(&self, document: &'a Value) -> Vec<(&'a str, &'a str)> {
        let files = document["not_scanned"].as_array().expect("a list").iter();
        let name = |file: &'a Value| {
            let path = file["path"].as_str().expect("a path");
            let id = path.strip_prefix(".git/objects/").and_then(|id| Oid::from_str(id).ok());
            let known = self.0.iter().find(|entry| Some(entry.2) == id);
            (known.map_or(path, |entry| entry.1), file["why"].as_str().expect("a reason"))
        };
        let mut all: Vec<_> = files.map(name).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// Puts objects into a branch and then removes them again, and checks that each scan of what
/// holds them comes to an end, names them and finds the tokens beside them. `expected` is what is
/// said of each: its path and the word of the reason.
#[track_caller]
fn check(pack: Pack, mut bombs: Directory, expected: &[(&str, &str)]) {
    let mut past = Past::new();
    let token = |seed| format!("token: {}\n", github_token(seed));
    past.commit(&[("a.yml", &token(61))]);
    let git = &past.repo.git;
    bombs.add(FILE, "z.yml", git.blob(token(62).as_bytes()).expect("a blob"));
    let odb = git.odb().expect("the objects");
    let tree = odb.write(ObjectType::Tree, &bombs.bytes()).expect("a tree");
    let head = git.head().expect("HEAD").target().expect("a commit");
    let commit = format!("tree {tree}\nparent {head}\n{PEOPLE}\n\nAdd\n");
    let with = odb.write(ObjectType::Commit, commit.as_bytes()).expect("a commit");
    let clean = git.find_commit(head).expect("HEAD").tree_id();
    let commit = format!("tree {clean}\nparent {with}\n{PEOPLE}\n\nRemove\n");
    let without = odb.write(ObjectType::Commit, commit.as_bytes()).expect("a commit");
    let name = git.head().expect("HEAD").name().expect("a name").to_owned();
    past.point(&name, without);
    pack.store(git);

    let with = with.to_string();
    let runs: [(&[&str], &[&str]); 3] = [
        (&["--history"], &["a.yml", "z.yml"]),
        (&["--rev", &with], &["z.yml"]),
        (&["--history", "--rev", &with], &["a.yml", "z.yml"]),
    ];
    for (args, tokens) in runs {
        let all = [&["scan", "--format", "json"], args].concat();
        let document = past.repo.run(all).exits(1).json();
        assert_eq!(bombs.named(&document), expected, "{args:?} {}", document["not_scanned"]);
        let found = document["findings"].as_array().expect("findings").iter();
        let mut found: Vec<_> =
            found.filter(|f| f["rule"] == TOKEN).filter_map(|f| f["path"].as_str()).collect();
        found.sort_unstable();
        assert_eq!(found, tokens, "{args:?}");
    }
}

#[test]
fn deltas_that_make_gigabytes_are_too_large() {
    let mut pack = Pack::new();
    let mut bombs = Directory::default();
    let start = vec![0; 1 << 15];
    let base = pack.blob(&start);
    pack.name(base, &start);
    bombs.add(FILE, "b0", pack.id(base));
    let mut made = 1 << 15;
    for name in ["b1", "b2", "b3", "b4"] {
        // Each makes 32 times as much as the one before, the last 32 gigabytes.
        let (len, times) = (made.min(1 << 23), 32.max(made >> 18));
        let number = pack.next(&delta(made, len * times, &copies(len as u32, times as usize)));
        made = len * times;
        // What is small enough is read, and by libgit2 only under the right name.
        if made < 1 << 26 {
            pack.name(number, &vec![0; made as usize]);
        }
        bombs.add(FILE, name, pack.id(number));
    }
    let large = ["b3", "b4"].map(|name| (name, "too-large"));
    let binary = ["b0", "b1", "b2"].map(|name| (name, "binary"));
    check(pack, bombs, &[&binary[..], &large].concat());
}

#[test]
fn a_giant_base_and_what_is_made_from_it_are_not_read() {
    let mut pack = Pack::new();
    let mut bombs = Directory::default();
    let giant = pack.packed(BLOB, 60_000_000, &[], &zeros(60_000_000));
    let small = pack.delta(giant, &delta(60_000_000, 10, &copies(10, 1)));
    pack.name(small, &[0; 10]);
    let smaller = pack.delta(small, &delta(10, 5, &copies(5, 1)));
    pack.name(smaller, &[0; 5]);
    for (name, number) in [("giant", giant), ("small", small), ("smaller", smaller)] {
        bombs.add(FILE, name, pack.id(number));
    }
    let expected = [("giant", "too-large"), ("small", "unreadable"), ("smaller", "unreadable")];
    check(pack, bombs, &expected);
}

#[test]
fn sizes_that_lie_make_an_object_unreadable() {
    let mut pack = Pack::new();
    let mut bombs = Directory::default();
    let base = pack.blob(b"base");
    pack.name(base, b"base");
    let more = pack.packed(BLOB, 20, &[], &zeros(60_000_000));
    let less = pack.entry(BLOB, 40_000_000, &[], b"less");
    let made_more = pack.delta(base, &delta(4, 5, &copies(4, 1000)));
    let made_less = pack.delta(base, &delta(4, 40_000_000, &copies(4, 1)));
    let made_huge = pack.delta(base, &delta(4, 1 << 40, &copies(4, 1)));
    let other_base = pack.delta(base, &delta(1 << 40, 4, &copies(4, 1)));
    let names = ["base-is-fine", "huge", "less", "made-less", "made-more", "more", "other-base"];
    let numbers = [base, made_huge, less, made_less, made_more, more, other_base];
    for (name, number) in names.into_iter().zip(numbers) {
        bombs.add(FILE, name, pack.id(number));
    }
    let mut expected = names[1..].iter().map(|name| (*name, "unreadable")).collect::<Vec<_>>();
    expected[0].1 = "too-large";
    check(pack, bombs, &expected);
}

#[test]
fn deltas_in_a_circle_are_unreadable() {
    let mut pack = Pack::new();
    let mut bombs = Directory::default();
    let same = delta(4, 4, &copies(4, 1));
    let one = pack.delta(1, &same);
    let other = pack.delta(one, &same);
    let own = pack.delta(2, &same);
    let near = pack.entry(BY_OFFSET, same.len() as u64, &[0], &same);
    let nobody = pack.entry(BY_ID, same.len() as u64, &[0xee; 20], &same);
    let names = ["near", "nobody", "one", "other", "own"];
    for (name, number) in names.into_iter().zip([near, nobody, one, other, own]) {
        bombs.add(FILE, name, pack.id(number));
    }
    check(pack, bombs, &names.map(|name| (name, "unreadable")));
}

#[test]
fn a_directory_may_be_a_bomb_too() {
    let mut pack = Pack::new();
    let mut bombs = Directory::default();
    let base = pack.entry(TREE, 0, &[], b"");
    pack.name_as(base, ObjectType::Tree, b"");
    let made = pack.delta(base, &delta(0, 1 << 35, b""));
    bombs.add(FOLDER, "folder", pack.id(made));
    check(pack, bombs, &[("folder", "unreadable")]);
}
