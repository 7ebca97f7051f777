// SPDX-License-Identifier: MIT OR Apache-2.0
//! Repositories with many deltas, and a visitor that writes everything down.

use std::{
    collections::BTreeMap,
    path::Path,
    process::{Command, Stdio},
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use debut::repo::{
    Source,
    objects::{ObjIdx, ObjectError, ObjectKind, Objects, Op, Visit, Visitor},
};
use git2::{ObjectFormat, ObjectType, Oid, Repository};

use crate::common::Repo;

pub const NO_LIMIT: u64 = 1 << 30;

/// Kind and content of an object.
pub type Content = (ObjectKind, Vec<u8>);

/// Runs Git in `folder`.
#[track_caller]
pub fn git(folder: &Path, args: &[&str]) -> String {
    let ran = Command::new("git")
        .current_dir(folder)
        .args(["-c", "gc.auto=0", "-c", "user.name=A", "-c", "user.email=a@example.com"])
        .args(args)
        .stdin(Stdio::null())
        .output()
        .expect("Git");
    assert!(ran.status.success(), "{args:?}: {}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8_lossy(&ran.stdout).into_owned()
}

/// Makes a repository of loose objects whose files change a little from commit to commit.
pub fn history(commits: usize) -> Repo {
    let repo = Repo::new();
    let mut lines: Vec<String> = (0..300).map(|n| format!("line {n} of {}\n", n * 7919)).collect();
    for commit in 0..commits {
        let at = commit * 37 % lines.len();
        lines[at] = format!("changed {commit}\n");
        lines.insert((at + 11) % 200, format!("new {}\n", commit * 31));
        let text = lines.concat();
        let other = lines[..lines.len() / 2].concat();
        let number = commit.to_string();
        repo.commit(&[
            ("big.txt", text.as_bytes()),
            ("dir/half.txt", other.as_bytes()),
            ("dir/number", number.as_bytes()),
            ("empty", b""),
        ]);
    }
    git(repo.path(), &["tag", "-a", "-m", "first", "v1"]);
    repo
}

pub fn open(path: &Path) -> Objects {
    let source = Source::open(path, "HEAD").expect("a source");
    Objects::open(&source).expect("the objects")
}

/// Returns all objects that libgit2 can read.
pub fn readable(path: &Path) -> BTreeMap<Oid, Content> {
    let repo = Repository::open(path).expect("a repository");
    let odb = repo.odb().expect("objects");
    let mut ids = Vec::new();
    if repo.object_format() == ObjectFormat::Sha1 {
        let _ = odb.foreach(|id| {
            ids.push(*id);
            true
        });
    } else {
        // libgit2 mixes up the longer ids when it lists packs.
        let list = ["cat-file", "--batch-all-objects", "--batch-check=%(objectname)"];
        let list = git(path, &list);
        let id = |line| Oid::from_str_ext(line, repo.object_format()).expect("an id");
        ids.extend(list.lines().map(id));
    }
    let read = |id: Oid| {
        let object = odb.read(id).ok()?;
        Some((id, (kind(object.kind())?, object.data().to_vec())))
    };
    ids.into_iter().filter_map(read).collect()
}

fn kind(kind: ObjectType) -> Option<ObjectKind> {
    match kind {
        ObjectType::Commit => Some(ObjectKind::Commit),
        ObjectType::Tree => Some(ObjectKind::Tree),
        ObjectType::Blob => Some(ObjectKind::Blob),
        ObjectType::Tag => Some(ObjectKind::Tag),
        ObjectType::Any => None,
    }
}

/// What the visitors of one walk saw.
#[derive(Default)]
pub struct Seen {
    pub objects: BTreeMap<Oid, Content>,
    pub failed: BTreeMap<Oid, ObjectError>,
    /// Objects that came with a base.
    pub from_base: usize,
}

/// Checks what it is shown.
struct Checker<'a> {
    objects: &'a Objects,
    seen: &'a Mutex<Seen>,
    stop: Option<&'a AtomicBool>,
}

impl Visitor for Checker<'_> {
    type State = ObjIdx;

    fn visit(&mut self, visit: Visit<'_, ObjIdx>) -> ObjIdx {
        if let Some(stop) = self.stop {
            stop.store(true, Ordering::Relaxed);
        }
        let id = self.objects.id(visit.idx);
        let mut seen = self.seen.lock().expect("the others");
        if let Some(base) = &visit.base {
            assert_eq!(*base.state, base.idx, "the state is the base's own");
            let content = seen.objects.get(&self.objects.id(base.idx));
            assert_eq!(content.expect("bases come first").1, base.data);
            rebuilt(base.data, base.ops, visit.data);
            seen.from_base += 1;
        }
        let before = seen.objects.insert(id, (visit.kind, visit.data.to_vec()));
        assert!(before.is_none(), "{id} was shown twice");
        visit.idx
    }

    fn failed(&mut self, idx: ObjIdx, error: ObjectError) {
        let before =
            self.seen.lock().expect("the others").failed.insert(self.objects.id(idx), error);
        assert!(before.is_none());
    }
}

/// Checks that `ops` say where each byte of `data` comes from.
fn rebuilt(base: &[u8], ops: &[Op], data: &[u8]) {
    let mut at = 0;
    for op in ops {
        match *op {
            Op::Copy { from, len } => {
                assert!(len > 0);
                assert_eq!(&base[from..from + len], &data[at..at + len]);
                at += len;
            }
            Op::Insert { len } => {
                assert!(len > 0);
                at += len;
            }
        }
    }
    assert_eq!(at, data.len());
}

/// Walks what is `wanted`, on two threads.
pub fn walk(objects: &Objects, limit: u64, wanted: &(dyn Fn(ObjIdx) -> bool + Sync)) -> Seen {
    let seen = Mutex::default();
    let stop = AtomicBool::new(false);
    let make = || Checker { objects, seen: &seen, stop: None };
    assert_eq!(objects.walk(wanted, limit, 2, &stop, &make).len(), 2);
    let seen = seen.into_inner().expect("no panic");
    assert!(seen.failed.keys().all(|id| !seen.objects.contains_key(id)));
    seen
}

/// Walks with the flag up from the first object on.
pub fn walk_one(objects: &Objects) -> Seen {
    let seen = Mutex::default();
    let stop = AtomicBool::new(false);
    let make = || Checker { objects, seen: &seen, stop: Some(&stop) };
    objects.walk(&|_| true, NO_LIMIT, 1, &stop, &make);
    seen.into_inner().expect("no panic")
}

/// Checks table, single reads and walk against libgit2, and returns what was seen.
#[track_caller]
pub fn check(path: &Path) -> Seen {
    let objects = open(path);
    let expected = readable(path);
    assert_eq!(objects.len(), expected.len());
    for (at, (id, (kind, data))) in (0..).zip(&expected) {
        let idx = ObjIdx(at);
        assert_eq!(objects.id(idx), *id, "sorted");
        assert_eq!(objects.find(id.as_bytes()), Some(idx));
        assert_eq!(objects.kind(idx), Some(*kind));
        assert_eq!(objects.read(idx, NO_LIMIT).as_ref(), Ok(data));
    }
    let seen = walk(&objects, NO_LIMIT, &|_| true);
    assert!(seen.failed.is_empty(), "{:?}", seen.failed);
    assert!(seen.objects == expected);
    seen
}
