// SPDX-License-Identifier: MIT OR Apache-2.0
//! Scan of generated histories, loose and packed: `cargo bench --bench history`.
//!
//! Four sizes show that time grows with the history and not faster; `growth.sh` shows the same, and
//! memory, on a repository of yours. The histories are made at run time: configuration of which a
//! commit changes a few lines, with a secret that comes and goes.

#![allow(clippy::expect_used, missing_docs, reason = "a benchmark may panic")]

#[path = "../tests/common/mod.rs"]
mod common;

use std::{hint::black_box, process::Command, time::Duration};

use common::Repo;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use debut::{
    ops::{Access, Reach, Review},
    review::Counts,
};

const FILES: usize = 20;
const LINES: usize = 200;

/// Makes a history of so many commits, each of which changes three files.
fn history(commits: usize) -> Repo {
    let repo = Repo::new();
    let mut files: Vec<Vec<String>> = (0..FILES)
        .map(|file| (0..LINES).map(|n| format!("setting_{n}: value{}\n", n * file)).collect())
        .collect();
    for commit in 0..commits {
        for step in 0..3 {
            let lines = &mut files[(commit * 7 + step * 5) % FILES];
            let at = (commit * 37 + step) % lines.len();
            lines[at] = match commit % 50 {
                0 => format!(
                    "token: {}\n",
                    common::github_token(u32::try_from(commit).expect("few"))
                ),
                25 => format!("upstream: db{commit}.corp.internal\n"),
                _ => format!("setting_{at}: changed{commit}\n"),
            };
        }
        commit_all(&repo, &files);
    }
    repo
}

fn commit_all(repo: &Repo, files: &[Vec<String>]) {
    let texts: Vec<(String, String)> = files
        .iter()
        .enumerate()
        .map(|(n, lines)| (format!("roles/r{}/defaults/f{n}.yml", n % 5), lines.concat()))
        .collect();
    let entries: Vec<(&[u8], u32, &[u8])> =
        texts.iter().map(|(path, text)| (path.as_bytes(), 0o100_644, text.as_bytes())).collect();
    repo.commit_raw(&entries);
}

fn repack(repo: &Repo) {
    let done = Command::new("git")
        .current_dir(repo.path())
        .args(["repack", "-adq", "--window=10", "--depth=50"])
        .status()
        .expect("Git");
    assert!(done.success(), "git repack: {done}");
}

/// Scans all of it, without a cache.
fn scan(repo: &Repo) -> Counts {
    let mut options = repo.options();
    options.reach = Some(Reach::default());
    let mut review = Review::open(&options, Access::Read).expect("a review");
    review.scan(2, &false.into(), &mut |_, _, _| {}).expect("a scan");
    review.session.counts()
}

fn grow(c: &mut Criterion) {
    let mut group = c.benchmark_group("history");
    group.measurement_time(Duration::from_secs(5)).sample_size(10);
    for commits in [100, 200, 400, 800] {
        let repo = history(commits);
        group.throughput(Throughput::Elements(commits as u64));
        if commits == 100 {
            group.bench_function("loose, 100 commits", |b| b.iter(|| black_box(scan(&repo))));
        }
        repack(&repo);
        group.bench_function(format!("packed, {commits} commits"), |b| {
            b.iter(|| black_box(scan(&repo)));
        });
    }
    group.finish();
}

criterion_group!(benches, grow);
criterion_main!(benches);
