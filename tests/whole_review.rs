// SPDX-License-Identifier: MIT OR Apache-2.0
//! A whole review of a grown repository, from the first key to the sign-off, with keys only.
//!
//! `DEBUT_REVIEW_FINDINGS=10000 cargo test --release --test whole_review -- --nocapture` does it
//! with more findings and prints what it took; see `benches/review.sh`.

#![allow(clippy::expect_used, clippy::print_stderr, reason = "a test may panic, and says numbers")]

#[path = "common/cli.rs"]
mod cli;
mod common;
#[path = "common/infra.rs"]
mod infra;

use std::collections::BTreeMap;

use common::Repo;
use infra::Infra;
use serde_json::Value;

/// What the program found, as the generator writes it down.
fn found(repo: &Repo) -> BTreeMap<(String, u64, String), Option<String>> {
    let key = |f: &Value| {
        let text = |name: &str| f[name].as_str().unwrap_or("").to_owned();
        (text("path"), f["line"].as_u64().unwrap_or(1), text("rule"))
    };
    let all = repo.found();
    let count = all.len();
    let map: BTreeMap<_, _> =
        all.iter().map(|f| (key(f), f["verdict"].as_str().map(str::to_owned))).collect();
    assert_eq!(map.len(), count, "two findings of one rule on a line");
    map
}

#[test]
fn what_was_planted_is_found_and_nothing_else() {
    let infra = Infra::grow(findings());
    let repo = Repo::with(&infra.entries());
    let found = found(&repo);
    let planted: BTreeMap<_, _> = infra
        .planted
        .iter()
        .map(|p| ((p.path.clone(), u64::from(p.line), p.rule.to_owned()), p.verdict))
        .collect();
    let missing: Vec<_> = planted.keys().filter(|key| !found.contains_key(*key)).collect();
    let other: Vec<_> = found.keys().filter(|key| !planted.contains_key(*key)).collect();
    eprintln!("{} places, {} values, {} files", planted.len(), infra.values, infra.files.len());
    assert!(
        missing.is_empty() && other.is_empty(),
        "{} missing: {:#?}\n{} more: {:#?}",
        missing.len(),
        &missing[..missing.len().min(20)],
        other.len(),
        &other[..other.len().min(20)]
    );
}

#[expect(clippy::disallowed_methods, reason = "the size of a measurement")]
fn findings() -> usize {
    std::env::var("DEBUT_REVIEW_FINDINGS").ok().and_then(|n| n.parse().ok()).unwrap_or(600)
}
