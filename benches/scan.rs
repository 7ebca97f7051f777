// SPDX-License-Identifier: MIT OR Apache-2.0
//! Scan of a generated tree: `cargo bench --bench scan`.
//!
//! The tree is made at run time: configuration and code with one flagged line in fifty, so that
//! both the pass over unflagged bytes and the work behind a keyword count.

#![allow(clippy::expect_used, missing_docs, reason = "a benchmark may panic")]

#[path = "../tests/common/mod.rs"]
mod common;

use std::{fmt::Write, hint::black_box, sync::Arc, time::Duration};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use debut::{
    domain::{RepoPath, Vocabulary},
    ops::Access,
    rules::RuleSet,
    scan::{Engine, PathFacts, Scratch, View, licensing::observe},
};

const HEADER: &str = "# Copyright 2020 Example GmbH\n\
    # Licensed under the Apache License, Version 2.0 (the \"License\");\n\
    # you may not use this file except in compliance with the License.\n";

/// Returns files of about 10 KB each, `bytes` in all.
fn tree(bytes: usize) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut seed = 1_u32;
    for n in 0..bytes.div_ceil(10_000) {
        let mut text = String::new();
        while text.len() < 10_000 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            match (seed >> 16) % 100 {
                0 => writeln!(text, "  upstream: db{}.corp.internal", seed % 40),
                1 => writeln!(text, "  token: {}", common::github_token(seed % 50)),
                2..30 => writeln!(text, "# the service number {seed} listens here"),
                _ => writeln!(text, "  setting_{}: value{seed}", seed % 977),
            }
            .expect("a string takes everything");
        }
        files.push((format!("roles/r{}/tasks/f{n}.yml", n % 30), text.into_bytes()));
    }
    files
}

fn scan(c: &mut Criterion) {
    let rules = Arc::new(RuleSet::builtin().expect("the rules"));
    c.bench_function("rules/read", |b| b.iter(|| RuleSet::builtin().expect("the rules")));
    c.bench_function("rules/engine", |b| {
        b.iter(|| Engine::new(rules.clone(), &Vocabulary::default()).expect("an engine"));
    });
    let engine = Engine::new(rules.clone(), &Vocabulary::default()).expect("an engine");
    let mut group = c.benchmark_group("scan");
    group.measurement_time(Duration::from_secs(8)).sample_size(20);
    for megabytes in [1, 4] {
        let files: Vec<(RepoPath, Vec<u8>)> = tree(megabytes * 1_000_000)
            .into_iter()
            .map(|(path, text)| (RepoPath::new(path.as_bytes()), text))
            .collect();
        group.throughput(Throughput::Bytes(files.iter().map(|(_, text)| text.len() as u64).sum()));
        group.bench_function(format!("files, one thread, {megabytes} MB"), |b| {
            let mut scratch = Scratch::default();
            b.iter(|| {
                for (path, text) in &files {
                    black_box(engine.scan_file(path, text, &mut scratch));
                }
            });
        });
    }
    let files: Vec<(RepoPath, Vec<u8>)> = tree(4_000_000)
        .into_iter()
        .enumerate()
        .map(|(no, (path, text))| {
            // Every other file has a header.
            let head = if no % 2 == 0 { HEADER } else { "" };
            (RepoPath::new(path.as_bytes()), [head.as_bytes(), &text].concat())
        })
        .collect();
    group.throughput(Throughput::Bytes(files.iter().map(|(_, text)| text.len() as u64).sum()));
    group.bench_function("what files say about licences, one thread, 4 MB", |b| {
        b.iter(|| {
            for (path, text) in &files {
                black_box(observe(path, &View::new(&PathFacts::of(path), text)));
            }
        });
    });
    let files = tree(4_000_000);
    let files: Vec<(&str, &[u8])> = files.iter().map(|(p, t)| (p.as_str(), t.as_slice())).collect();
    let repo = common::Repo::with(&files);
    group.bench_function("commit, open to last finding, 4 MB", |b| {
        b.iter(|| repo.review(Access::Read).session.counts());
    });
    group.finish();
}

criterion_group!(benches, scan);
criterion_main!(benches);
