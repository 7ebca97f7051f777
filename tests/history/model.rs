// SPDX-License-Identifier: MIT OR Apache-2.0
//! Repositories made of commits with any parents, and the same answers found the slow way.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::atomic::AtomicBool,
};

use debut::repo::{
    Source,
    history::{CommitNo, History, Mode, Tips},
    objects::{ObjIdx, Objects},
};
use git2::{Index, IndexEntry, IndexTime, ObjectType, Oid, Repository, Signature, Time, Tree};

use crate::common::Repo;

/// The files of a commit: mode and content by path.
pub(crate) type Files = BTreeMap<String, (u32, String)>;

/// Writes the tree of `files`; a submodule names a commit that is not here.
pub(crate) fn tree(git: &Repository, files: &Files) -> Oid {
    let mut index = Index::new().expect("an index");
    for (path, (mode, content)) in files {
        let id = if *mode == 0o160_000 {
            let content = format!("commit {content}");
            Oid::hash_object(ObjectType::Blob, content.as_bytes()).expect("an id")
        } else {
            git.blob(content.as_bytes()).expect("a blob")
        };
        let time = IndexTime::new(0, 0);
        let entry = IndexEntry {
            ctime: time,
            mtime: time,
            dev: 0,
            ino: 0,
            mode: *mode,
            uid: 0,
            gid: 0,
            file_size: 0,
            id,
            flags: 0,
            flags_extended: 0,
            path: path.as_bytes().to_vec(),
        };
        index.add(&entry).expect("an entry");
    }
    index.write_tree_to(git).expect("a tree")
}

/// Writes a commit of `tree` that no ref names.
pub(crate) fn commit(git: &Repository, tree: Oid, parents: &[Oid], time: i64) -> Oid {
    let who = Signature::new("A", "a@example.com", &Time::new(time, 0)).expect("a signature");
    let tree = git.find_tree(tree).expect("the tree");
    let parents: Vec<_> = parents.iter().map(|p| git.find_commit(*p).expect("a parent")).collect();
    let parents: Vec<_> = parents.iter().collect();
    git.commit(None, &who, &who, "Change", &tree, &parents).expect("a commit")
}

/// Points a ref at an object.
pub(crate) fn point(git: &Repository, name: &str, at: Oid) {
    git.reference(name, at, true, "").expect("a ref");
}

/// Packs all objects, so that most are deltas, and removes the loose ones.
pub(crate) fn pack(git: &Repository) {
    let objects = git.path().join("objects");
    let mut builder = git.packbuilder().expect("a pack");
    let mut all = Vec::new();
    let odb = git.odb().expect("the objects");
    odb.foreach(|id| {
        all.push(*id);
        true
    })
    .expect("a list");
    for id in all {
        builder.insert_object(id, Some("same")).expect("an object");
    }
    builder.write(&objects.join("pack"), 0o644).expect("a pack");
    for entry in fs::read_dir(&objects).expect("a folder").filter_map(Result::ok) {
        if entry.file_name().len() == 2 {
            fs::remove_dir_all(entry.path()).expect("loose objects to go");
        }
    }
}

/// The history together with what it takes to ask it.
pub(crate) struct Asked {
    pub(crate) objects: Objects,
    pub(crate) history: History,
    pub(crate) tips: Tips,
}

/// Reads the history of `path`; HEAD is the reviewed commit.
pub(crate) fn ask(path: &Path, patterns: &[&str], threads: usize) -> Asked {
    let source = Source::open(path, "HEAD").expect("a source");
    let objects = Objects::open(&source).expect("the objects");
    let patterns: Vec<String> = patterns.iter().map(ToString::to_string).collect();
    let tips = Tips::read(&source, &patterns).expect("the refs");
    let stop = AtomicBool::new(false);
    let history =
        History::read(&objects, &source, &tips, threads, &stop, &|_, _, _| {}, &|_, _| {});
    Asked { history: history.expect("the history"), objects, tips }
}

/// Where and when a file stands: first and last commit, mode, and whether in the reviewed tree.
pub(crate) type When = (Option<Oid>, Option<Oid>, Mode, bool);

impl Asked {
    /// The commits, oldest first.
    pub(crate) fn commits(&self) -> Vec<Oid> {
        self.history.commits().iter().map(|commit| self.objects.id(commit.idx)).collect()
    }

    /// All appearances by content and path.
    pub(crate) fn appearances(&self) -> BTreeMap<(Oid, Vec<u8>), When> {
        let history = &self.history;
        let id = |no: CommitNo| history.commit(no).map(|commit| self.objects.id(commit.idx));
        let all = history.all().iter().chain(history.elsewhere());
        let mut out = BTreeMap::new();
        for a in all {
            let blob = history.absent(a.blob).unwrap_or_else(|| self.objects.id(a.blob));
            let key = (blob, history.path(a.path).as_bytes().to_vec());
            let twice = out.insert(key, (id(a.first), id(a.last), a.mode, a.in_tree));
            assert_eq!(twice, None);
        }
        out
    }

    /// The reachable objects.
    pub(crate) fn reachable(&self) -> BTreeSet<Oid> {
        let all = (0..self.objects.len() as u32).map(ObjIdx);
        all.filter(|idx| self.history.is_reachable(*idx)).map(|idx| self.objects.id(idx)).collect()
    }

    /// Where the blob `content` stands, by path.
    pub(crate) fn places(&self, content: &str) -> Vec<(String, When)> {
        let blob = Oid::hash_object(ObjectType::Blob, content.as_bytes()).expect("an id");
        let all = self.appearances().into_iter().filter(|((id, _), _)| *id == blob);
        all.map(|((_, path), when)| (String::from_utf8_lossy(&path).into_owned(), when)).collect()
    }
}

/// What [`Asked`] should say.
#[derive(Default)]
pub(crate) struct Expected {
    pub(crate) commits: Vec<Oid>,
    pub(crate) reachable: BTreeSet<Oid>,
    pub(crate) appearances: BTreeMap<(Oid, Vec<u8>), When>,
}

impl Expected {
    /// Lists the whole tree of each commit that `tips` lead to.
    pub(crate) fn new(repo: &Repo, tips: &[Oid]) -> Self {
        let git = &repo.git;
        let mut out = Self { commits: ordered(git, tips), ..Self::default() };
        let head = git.head().and_then(|head| head.peel_to_commit()).expect("HEAD").id();
        for id in out.commits.clone() {
            let commit = git.find_commit(id).expect("a commit");
            out.reachable.insert(id);
            out.add(git, &commit.tree().expect("a tree"), b"", id, id == head);
        }
        out
    }

    fn add(&mut self, git: &Repository, tree: &Tree<'_>, dir: &[u8], commit: Oid, head: bool) {
        self.reachable.insert(tree.id());
        for entry in tree {
            let path = [dir, entry.name_bytes()].concat();
            let mode = match entry.filemode() {
                0o040_000 => {
                    let tree = git.find_tree(entry.id()).expect("a tree");
                    self.add(git, &tree, &[path.as_slice(), b"/"].concat(), commit, head);
                    continue;
                }
                0o120_000 => Mode::Link,
                0o160_000 => Mode::Submodule,
                0o100_755 => Mode::Executable,
                _ => Mode::File,
            };
            if mode != Mode::Submodule {
                self.reachable.insert(entry.id());
            }
            let new = (Some(commit), Some(commit), mode, false);
            let when = self.appearances.entry((entry.id(), path)).or_insert(new);
            (when.1, when.2) = (Some(commit), mode);
            when.3 |= head;
        }
    }
}

/// Returns what the commits `tips` lead to, each time taking the oldest whose parents are there.
fn ordered(git: &Repository, tips: &[Oid]) -> Vec<Oid> {
    let mut waiting = BTreeSet::new();
    let mut stack = tips.to_vec();
    while let Some(id) = stack.pop() {
        let commit = git.find_commit(id).expect("a commit");
        if waiting.insert((commit.committer().when().seconds(), id)) {
            stack.extend(commit.parent_ids());
        }
    }
    let mut out = Vec::new();
    while !waiting.is_empty() {
        let ready = |entry: &&(i64, Oid)| {
            git.find_commit(entry.1).expect("a commit").parent_ids().all(|p| out.contains(&p))
        };
        let next = *waiting.iter().find(ready).expect("no circle");
        waiting.remove(&next);
        out.push(next.1);
    }
    out
}
