// SPDX-License-Identifier: MIT OR Apache-2.0
//! Packs that no Git would write.

use std::fs;

use debut::repo::{
    Source,
    objects::{ObjIdx, ObjectError, ObjectKind, Objects},
};

use crate::{
    common::Repo,
    world::{NO_LIMIT, Seen, walk},
};

const BLOB: u8 = 3;
const BY_OFFSET: u8 = 6;
const BY_ID: u8 = 7;

/// A pack that is being written. Object number n has n as its id.
struct Pack {
    bytes: Vec<u8>,
    offsets: Vec<usize>,
}

impl Pack {
    fn new() -> Self {
        Self { bytes: b"PACK\0\0\0\x02\0\0\0\0".to_vec(), offsets: Vec::new() }
    }

    /// Adds an entry whose header claims `size`.
    fn entry(&mut self, kind: u8, size: u64, base: &[u8], content: &[u8]) {
        self.offsets.push(self.bytes.len());
        let (mut byte, mut rest) = (kind << 4 | (size & 15) as u8, size >> 4);
        while rest > 0 {
            self.bytes.push(byte | 0x80);
            (byte, rest) = ((rest & 0x7f) as u8, rest >> 7);
        }
        self.bytes.push(byte);
        self.bytes.extend(base);
        self.bytes.extend(deflated(content));
    }

    fn blob(&mut self, content: &[u8]) {
        self.entry(BLOB, content.len() as u64, &[], content);
    }

    fn delta(&mut self, base: u32, delta: &[u8]) {
        self.entry(BY_ID, delta.len() as u64, &id(base), delta);
    }

    /// A delta of the entry before.
    fn next(&mut self, delta: &[u8]) {
        let mut distance = self.bytes.len() - self.offsets.last().expect("an entry before");
        let mut base = vec![(distance & 0x7f) as u8];
        while distance > 0x7f {
            distance = (distance >> 7) - 1;
            base.insert(0, (distance & 0x7f) as u8 | 0x80);
        }
        self.entry(BY_OFFSET, delta.len() as u64, &base, delta);
    }

    /// Puts the pack into a repository.
    fn open(mut self) -> (Repo, Objects) {
        self.bytes.extend([0; 20]);
        let count = self.offsets.len();
        let mut index = b"\xfftOc\0\0\0\x02".to_vec();
        index.extend((count as u32).to_be_bytes().repeat(256));
        index.extend((0..count).flat_map(|n| id(n as u32)));
        index.extend(vec![0; 4 * count]);
        index.extend(self.offsets.iter().flat_map(|offset| (*offset as u32).to_be_bytes()));
        index.extend([0; 40]);
        let repo = Repo::with(&[("a", b"a")]);
        let source = Source::open(repo.path(), "HEAD").expect("a source");
        let folder = repo.git.path().join("objects/pack");
        fs::write(folder.join("pack-1.pack"), self.bytes).expect("a pack");
        fs::write(folder.join("pack-1.idx"), index).expect("an index");
        let objects = Objects::open(&source).expect("the objects");
        (repo, objects)
    }

    /// Walks the pack, and leaves out what else is in the repository.
    fn walk(self, limit: u64) -> (Objects, Seen) {
        let count = self.offsets.len() as u32;
        let (_repo, objects) = self.open();
        let seen = walk(&objects, limit, &|idx| idx.0 < count);
        assert_eq!(seen.objects.len() + seen.failed.len(), count as usize);
        (objects, seen)
    }
}

fn id(number: u32) -> [u8; 20] {
    let mut out = [0; 20];
    out[4..8].copy_from_slice(&number.to_be_bytes());
    out
}

/// Wraps `content` as zlib does, without compressing it.
fn deflated(content: &[u8]) -> Vec<u8> {
    let len = content.len() as u16;
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in content {
        a = (a + u32::from(*byte)) % 65521;
        b = (b + a) % 65521;
    }
    let head = [&[0x78, 1, 1][..], &len.to_le_bytes(), &(!len).to_le_bytes()].concat();
    [&head, content, &(b << 16 | a).to_be_bytes()].concat()
}

fn error(seen: &Seen, number: u32) -> &ObjectError {
    let found = seen.failed.iter().find(|(oid, _)| oid.as_bytes() == id(number));
    found.expect("a failure").1
}

#[test]
fn a_chain_of_a_hundred_thousand_deltas() {
    let mut pack = Pack::new();
    pack.blob(b"0123456789");
    for _ in 0..100_000 {
        pack.next(b"\x0a\x0a\x90\x09\x01x");
    }
    let (objects, seen) = pack.walk(NO_LIMIT);
    assert_eq!((seen.objects.len(), seen.from_base), (100_001, 100_000));
    let last = ObjIdx(100_000);
    assert_eq!(objects.kind(last), Some(ObjectKind::Blob));
    assert_eq!(objects.read(last, NO_LIMIT), Ok(b"012345678x".to_vec()));
}

#[test]
fn a_base_that_comes_later_and_has_many_deltas() {
    let mut pack = Pack::new();
    for _ in 0..1000 {
        pack.delta(1000, b"\x04\x04\x90\x04");
    }
    pack.blob(b"base");
    let (_, seen) = pack.walk(NO_LIMIT);
    assert_eq!((seen.objects.len(), seen.from_base), (1001, 1000));
}

#[test]
fn deltas_in_a_circle_end() {
    let mut pack = Pack::new();
    for base in [1, 2, 0, 3, 2] {
        pack.delta(base, b"\x04\x04\x90\x04");
    }
    pack.next(b"\x04\x04\x90\x04");
    let (objects, seen) = pack.walk(NO_LIMIT);
    assert_eq!(seen.failed.len(), 6);
    for number in 0..6 {
        assert_eq!(objects.kind(ObjIdx(number)), None);
        assert!(objects.read(ObjIdx(number), NO_LIMIT).is_err());
    }
}

#[test]
fn sizes_that_lie_get_no_memory() {
    let mut pack = Pack::new();
    pack.entry(BLOB, 1 << 60, &[], b"small");
    pack.blob(b"base");
    pack.delta(1, b"\x04\x80\x80\x80\x80\x80\x80\x80\x80\x01\x90\x04");
    pack.delta(1, b"\x05\x04\x90\x04");
    pack.entry(BY_ID, 1 << 40, &id(1), b"\x04\x04\x90\x04");
    pack.delta(1, b"\x04\x05\x90\x04");
    pack.entry(BLOB, 3, &[], b"more than three");
    pack.entry(BLOB, 30, &[], b"less than thirty");
    pack.delta(99, b"\x04\x04\x90\x04");
    pack.entry(5, 4, &[], b"what");
    let (_, seen) = pack.walk(1 << 20);
    assert_eq!(seen.objects.len(), 1);
    assert_eq!(*error(&seen, 0), ObjectError::TooLarge(1 << 60));
    assert_eq!(*error(&seen, 2), ObjectError::TooLarge(1 << 56));
    for number in 3..10 {
        assert!(matches!(error(&seen, number), ObjectError::Unreadable(_)), "{number}");
    }
}

#[test]
fn what_comes_after_a_damaged_base_is_unreadable() {
    let mut pack = Pack::new();
    pack.entry(BLOB, 5, &[], b"base");
    pack.next(b"\x05\x05\x90\x05");
    pack.next(b"\x05\x05\x90\x05");
    let (objects, seen) = pack.walk(NO_LIMIT);
    let why = "delta of an object that can't be read";
    for number in [1, 2] {
        assert_eq!(*error(&seen, number), ObjectError::Unreadable(why.into()));
        assert_eq!(objects.read(ObjIdx(number), NO_LIMIT).as_ref(), Err(error(&seen, number)));
    }
}
