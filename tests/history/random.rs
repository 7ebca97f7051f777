// SPDX-License-Identifier: MIT OR Apache-2.0
//! Random histories, compared with a model that lists every commit.

use proptest::prelude::*;

use crate::{
    common::Repo,
    model::{Expected, Files, ask, commit, pack, point, tree},
};

/// Few paths and contents, so that files move, come back and turn into folders.
const PATHS: &[&str] = &["a", "a/b", "a/b/c", "a.b", "d/e/f", "d/e/g", "d/h", "z"];
const MODES: &[u32] = &[0o100_644, 0o100_644, 0o100_755, 0o120_000, 0o160_000];

#[derive(Clone, Debug)]
struct Step {
    /// How far back the parents are; too far is none.
    parents: Vec<usize>,
    /// Which parent's files it starts from.
    from: usize,
    /// Path, mode and content; no content removes.
    edits: Vec<(usize, usize, Option<u8>)>,
    time: i64,
}

fn step() -> impl Strategy<Value = Step> {
    let edit = (0..PATHS.len(), 0..MODES.len(), prop::option::weighted(0.7, 0..4_u8));
    (
        prop::collection::vec(prop_oneof![6 => 1..3_usize, 2 => 1..8_usize, 1 => Just(99)], 0..3),
        0..3_usize,
        prop::collection::vec(edit, 0..4),
        0..6_i64,
    )
        .prop_map(|(parents, from, edits, time)| Step { parents, from, edits, time })
}

fn apply(files: &mut Files, (path, mode, content): (usize, usize, Option<u8>)) {
    let path = PATHS[path];
    let below = format!("{path}/");
    files.retain(|other, _| {
        other != path && !other.starts_with(&below) && !path.starts_with(&format!("{other}/"))
    });
    if let Some(content) = content {
        files.insert(path.into(), (MODES[mode], format!("content {content}")));
    }
}

fn build(repo: &Repo, steps: &[Step]) -> Vec<git2::Oid> {
    let mut made = Vec::new();
    let mut all: Vec<Files> = Vec::new();
    for (now, step) in steps.iter().enumerate() {
        let mut parents: Vec<usize> =
            step.parents.iter().filter_map(|back| now.checked_sub(*back)).collect();
        parents.dedup();
        let from = parents.get(step.from).or(parents.first());
        let mut files = from.map(|from| all[*from].clone()).unwrap_or_default();
        // A file that never changes, below a folder that does.
        files.entry("d/keep".into()).or_insert((0o100_644, "kept".into()));
        for edit in &step.edits {
            apply(&mut files, *edit);
        }
        let parents: Vec<_> = parents.into_iter().map(|parent| made[parent]).collect();
        made.push(commit(&repo.git, tree(&repo.git, &files), &parents, step.time));
        all.push(files);
    }
    made
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn first_and_last_commits_are_those_of_the_full_listing(
        steps in prop::collection::vec(step(), 1..24),
        tips in prop::collection::vec(any::<prop::sample::Index>(), 1..4),
        packed in any::<bool>(),
        threads in 1..3_usize,
    ) {
        let repo = Repo::new();
        let made = build(&repo, &steps);
        let tips: Vec<_> = tips.iter().map(|tip| *tip.get(&made)).collect();
        repo.git.set_head("refs/heads/0").expect("HEAD");
        for (i, tip) in tips.iter().enumerate() {
            point(&repo.git, &format!("refs/heads/{i}"), *tip);
        }
        if packed {
            pack(&repo.git);
        }
        let expected = Expected::new(&repo, &tips);
        let asked = ask(repo.path(), &[], threads);
        prop_assert_eq!(asked.commits(), expected.commits);
        prop_assert_eq!(asked.appearances(), expected.appearances);
        let reachable = asked.reachable();
        let (here, gone) = (asked.history.reachable, asked.history.unreachable);
        prop_assert_eq!(here.commits + here.trees + here.blobs, reachable.len());
        let gone = gone.commits + gone.trees + gone.blobs;
        prop_assert_eq!(gone, asked.objects.len() - reachable.len());
        prop_assert_eq!(reachable, expected.reachable);
        prop_assert!(asked.history.unread.is_empty() && asked.history.cut.is_empty());
        prop_assert!(asked.history.missing.is_empty());
    }
}
