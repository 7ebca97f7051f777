// SPDX-License-Identifier: MIT OR Apache-2.0
//! Checklist and journal with many votes: `cargo bench --bench checklist`.

#![allow(clippy::expect_used, missing_docs, reason = "a benchmark may panic")]

#[path = "../tests/common/mod.rs"]
mod common;

use std::time::Duration;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use debut::{
    domain::Verdict,
    review::{Choice, Keyring, Scope, Session, StepKind},
    store::{Checklist, Journal, Record, write_atomic},
};

/// A session with `n` findings of which every 30 share a value.
fn session(n: u32) -> Session {
    let mut s = common::session(Vec::new());
    for i in 0..n {
        let value = format!("host-{}", i / 30);
        let path = format!("d{}/f{}.yml", i % 97, i % 1009);
        let new = common::finding(&s, "internal/host", &path, i, &value, &format!("line {i}: "));
        s.add(new);
    }
    s
}

fn checklist(c: &mut Criterion) {
    let keyring = Keyring::new([7; 32]);
    let seal = |line: &str| keyring.seal(line);
    let mut group = c.benchmark_group("checklist");
    group.measurement_time(Duration::from_secs(5)).sample_size(10);
    let many = session(50_000);
    let rule = many.rules().find("internal/host").expect("the rule");
    group.bench_function("decide 50,000 places", |b| {
        b.iter_batched(
            || session(50_000),
            |mut s| s.decide(&Scope::Rule(rule), &Choice::new(Verdict::Redact), 1).expect("a step"),
            BatchSize::PerIteration,
        );
    });
    let mut decided = session(50_000);
    let choice = Choice::new(Verdict::Redact);
    let step = decided.decide(&Scope::Rule(rule), &choice, 1).expect("a step");
    let written = Checklist {
        review: "rr-bench".into(),
        key_id: keyring.key_id(),
        votes: decided.votes().to_vec(),
        ..Checklist::default()
    };
    let text = written.render(&seal);
    group.bench_function("render 50,000 votes", |b| b.iter(|| written.render(&seal)));
    group.bench_function("parse 50,000 votes", |b| {
        b.iter(|| Checklist::parse("x".as_ref(), &text, &seal).expect("own output"));
    });
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("checklist.toml");
    group.bench_function("write 50,000 votes", |b| {
        b.iter(|| write_atomic(&path, text.as_bytes()).expect("a write"));
    });
    group.bench_function("replay 50,000 votes", |b| {
        b.iter(|| {
            let mut s = common::session(Vec::new());
            s.replay(StepKind::Decide, step.votes.clone());
            s
        });
    });
    let (mut journal, _) = Journal::open(&dir.path().join("journal"), &seal).expect("a journal");
    let one = Record { kind: "decide".into(), votes: step.votes[..1].to_vec() };
    let all = Record { kind: "decide".into(), votes: step.votes.clone() };
    group.bench_function("append 50,000 votes", |b| {
        let path = dir.path().join("long");
        b.iter_batched(
            || {
                drop(std::fs::remove_file(&path));
                Journal::open(&path, &seal).expect("a journal").0
            },
            |mut journal| journal.append(&all, &seal).expect("an append"),
            BatchSize::PerIteration,
        );
    });
    group.bench_function("append one key press", |b| {
        b.iter(|| journal.append(&one, &seal).expect("an append"));
    });
    group.finish();
}

criterion_group!(benches, checklist);
criterion_main!(benches);
