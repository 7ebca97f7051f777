// SPDX-License-Identifier: MIT OR Apache-2.0
//! What is wanted, what is too large, and when to stop.

use std::collections::BTreeMap;

use debut::repo::objects::{ObjIdx, ObjectError, ObjectKind};
use git2::Oid;
use proptest::prelude::*;

use crate::{
    common::Repo,
    world::{NO_LIMIT, check, git, history, open, readable, walk, walk_one},
};

fn packed(commits: usize) -> Repo {
    let repo = history(commits);
    git(repo.path(), &["repack", "-adfq", "--window=50", "--depth=40"]);
    repo
}

#[test]
fn only_what_is_wanted_is_shown() {
    let repo = packed(30);
    let objects = open(repo.path());
    let expected = readable(repo.path());
    for kind in [ObjectKind::Blob, ObjectKind::Tree, ObjectKind::Commit, ObjectKind::Tag] {
        let seen = walk(&objects, NO_LIMIT, &|idx| objects.kind(idx) == Some(kind));
        let of_kind: BTreeMap<_, _> =
            expected.iter().filter(|(_, c)| c.0 == kind).map(|(i, c)| (*i, c.clone())).collect();
        assert!(!of_kind.is_empty());
        assert!(seen.objects == of_kind && seen.failed.is_empty());
    }
    let none = walk(&objects, NO_LIMIT, &|_| false);
    assert!(none.objects.is_empty() && none.failed.is_empty());
}

#[test]
fn any_choice_is_shown_and_nothing_else() {
    let repo = packed(30);
    let objects = open(repo.path());
    let expected = readable(repo.path());
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(24));
    let choice = (any::<u64>(), 1..20_u64);
    let result = runner.run(&choice, |(seed, one_in)| {
        let wanted = |idx: ObjIdx| {
            (u64::from(idx.0) ^ seed).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32 < (1 << 32) / one_in
        };
        let seen = walk(&objects, NO_LIMIT, &wanted);
        let chosen: Vec<&Oid> = (0..)
            .zip(expected.keys())
            .filter(|(n, _)| wanted(ObjIdx(*n)))
            .map(|(_, id)| id)
            .collect();
        prop_assert!(seen.objects.keys().eq(chosen));
        prop_assert!(seen.objects.iter().all(|(id, content)| expected[id] == *content));
        Ok(())
    });
    assert_eq!(result, Ok(()));
}

#[test]
fn what_is_too_large_fails_with_its_size() {
    let repo = packed(30);
    let objects = open(repo.path());
    let expected = readable(repo.path());
    let mut sizes: Vec<u64> = expected.values().map(|content| content.1.len() as u64).collect();
    sizes.sort_unstable();
    let limit = sizes[sizes.len() * 9 / 10];
    let seen = walk(&objects, limit, &|_| true);
    assert!(seen.failed.len() > 5);
    for (id, content) in &expected {
        let size = content.1.len() as u64;
        let single = objects.read(objects.find(id.as_bytes()).expect("listed"), limit);
        if size > limit {
            assert_eq!(seen.failed.get(id), Some(&ObjectError::TooLarge(size)));
            assert_eq!(single, Err(ObjectError::TooLarge(size)));
        } else if let Some(error) = seen.failed.get(id) {
            let why = "delta of an object that is too large to read";
            assert_eq!(*error, ObjectError::Unreadable(why.into()));
            assert_eq!(single.as_ref(), Err(error));
        } else {
            assert_eq!(seen.objects.get(id), Some(content));
            assert_eq!(single.as_ref(), Ok(&content.1));
        }
    }
}

#[test]
fn loose_objects_have_a_limit_too() {
    let repo = Repo::with(&[("a", &[b'x'; 1000]), ("b", &[b'y'; 1001])]);
    let seen = walk(&open(repo.path()), 1000, &|_| true);
    let errors: Vec<&ObjectError> = seen.failed.values().collect();
    assert_eq!(errors, [&ObjectError::TooLarge(1001)]);
}

#[test]
fn the_flag_stops_the_walk() {
    let objects = open(packed(30).path());
    let seen = walk_one(&objects);
    assert_eq!(seen.objects.len(), 1);
}

#[test]
fn a_chain_as_long_as_the_history() {
    let repo = history(300);
    git(repo.path(), &["repack", "-adfq", "--window=300", "--depth=4000"]);
    check(repo.path());
}
