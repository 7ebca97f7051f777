// SPDX-License-Identifier: MIT OR Apache-2.0
//! Packs that no Git would write.

use debut::repo::{
    Source,
    objects::{ObjIdx, ObjectError, ObjectKind, Objects},
};

use crate::{
    common::Repo,
    forge::{BLOB, BY_ID, Pack, copies, delta, id, zeros},
    world::{NO_LIMIT, Seen, walk},
};

/// Puts the pack into a repository.
fn open(pack: Pack) -> (Repo, Objects) {
    let repo = Repo::with(&[("a", b"a")]);
    let source = Source::open(repo.path(), "HEAD").expect("a source");
    pack.store(&repo.git);
    let objects = Objects::open(&source).expect("the objects");
    (repo, objects)
}

/// Walks the pack, and leaves out what else is in the repository.
fn walked(pack: Pack, limit: u64) -> (Objects, Seen) {
    let count = pack.len() as u32;
    let (_repo, objects) = open(pack);
    let seen = walk(&objects, limit, &|idx| idx.0 < count);
    assert_eq!(seen.objects.len() + seen.failed.len(), count as usize);
    (objects, seen)
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
    let (objects, seen) = walked(pack, NO_LIMIT);
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
    let (_, seen) = walked(pack, NO_LIMIT);
    assert_eq!((seen.objects.len(), seen.from_base), (1001, 1000));
}

#[test]
fn deltas_in_a_circle_end() {
    let mut pack = Pack::new();
    for base in [1, 2, 0, 3, 2] {
        pack.delta(base, b"\x04\x04\x90\x04");
    }
    pack.next(b"\x04\x04\x90\x04");
    let (objects, seen) = walked(pack, NO_LIMIT);
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
    let (_, seen) = walked(pack, 1 << 20);
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
    let (objects, seen) = walked(pack, NO_LIMIT);
    let why = "delta of an object that can't be read";
    for number in [1, 2] {
        assert_eq!(*error(&seen, number), ObjectError::Unreadable(why.into()));
        assert_eq!(objects.read(ObjIdx(number), NO_LIMIT).as_ref(), Err(error(&seen, number)));
    }
}

const MEGABYTE: u32 = 1 << 20;

#[test]
fn a_bomb_of_copies_goes_off_nowhere() {
    let mut pack = Pack::new();
    pack.blob(&[7; 1 << 15]);
    // Each makes 32 times as much, from a megabyte to 32 gigabytes.
    let mut made = 1_u64 << 15;
    for _ in 0..4 {
        let (len, times) = (made.min(1 << 23), 32.max(made / (1 << 18)));
        pack.next(&delta(made, len * times, &copies(len as u32, times as usize)));
        made = len * times;
    }
    assert_eq!(made, 1 << 35);
    let (_, seen) = walked(pack, MEGABYTE.into());
    assert_eq!(seen.objects.len(), 2);
    for (number, size) in (2..5).zip([25, 30, 35]) {
        assert_eq!(*error(&seen, number), ObjectError::TooLarge(1 << size));
    }
}

#[test]
fn a_small_delta_of_a_giant_base_is_refused_with_its_base() {
    let mut pack = Pack::new();
    pack.packed(BLOB, 60_000_000, &[], &zeros(60_000_000));
    let small = pack.delta(0, &delta(60_000_000, 10, &copies(10, 1)));
    pack.delta(small, &delta(10, 10, &copies(10, 1)));
    let (objects, seen) = walked(pack, MEGABYTE.into());
    assert_eq!(*error(&seen, 0), ObjectError::TooLarge(60_000_000));
    let why = "delta of an object that is too large to read";
    for number in [1, 2] {
        assert_eq!(*error(&seen, number), ObjectError::Unreadable(why.into()));
        let alone = objects.read(ObjIdx(number), MEGABYTE.into());
        assert_eq!(alone.as_ref(), Err(error(&seen, number)));
    }
    assert_eq!(objects.read(ObjIdx(small), NO_LIMIT), Ok(vec![0; 10]), "but for the limit");
}

#[test]
fn what_inflates_to_more_than_it_says_is_unreadable() {
    let mut pack = Pack::new();
    pack.packed(BLOB, 20, &[], &zeros(60_000_000));
    pack.packed(BY_ID, 20, &id(2), &zeros(60_000_000));
    pack.blob(b"base");
    let (_, seen) = walked(pack, MEGABYTE.into());
    for number in [0, 1] {
        assert!(matches!(error(&seen, number), ObjectError::Unreadable(_)), "{number}");
    }
    assert_eq!(seen.objects.len(), 1);
}
