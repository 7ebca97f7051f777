// SPDX-License-Identifier: MIT OR Apache-2.0
//! Decisions about the history, and what becomes of them.

use crate::{
    common::github_token,
    world::{Past, TOKEN},
};

fn token(seed: u32) -> String {
    format!("token: {}\n", github_token(seed))
}

#[test]
fn a_decision_about_the_history_is_kept() {
    let mut past = Past::new();
    past.commit(&[("a.yml", &token(1))]);
    past.commit(&[]);
    past.repo.ask_nothing();
    let report = ["report", "--history", "--format", "json"];
    past.repo.run(report).exits(1);
    let args = ["decide", "--history", "--history-only", "--verdict", "redact"];
    past.repo.run(args).exits(0);
    for _ in 0..2 {
        assert_eq!(past.one(TOKEN)["verdict"], "redact");
        assert_eq!(past.status()["redacted"], 1);
    }
    // Redacting it closes no door: what stood in a published history has to be rotated.
    past.repo.run(report).exits(1);
    past.repo.run("rotated --history --unrotated --answer yes".split(' ')).exits(0);
    let told = past.repo.run(report).exits(0).json();
    assert_eq!(told["predicate"]["result"], "passed", "{told:#}");
    assert_eq!(told["predicate"]["decisions"][0]["history"]["in_tree"], false);
    // A run without the history does not forget it.
    past.repo.run(["decide", "--path", "LICENSE", "--verdict", "exclude"]).exits(0);
    assert_eq!(past.one(TOKEN)["verdict"], "redact");
}

#[test]
fn a_decision_stays_when_the_place_becomes_history() {
    let mut past = Past::new();
    past.commit(&[("a.yml", &token(1)), ("b.yml", "b\n")]);
    past.repo.run(["decide", "--rule", TOKEN, "--verdict", "redact"]).exits(0);
    past.commit(&[("b.yml", "b\n")]);
    let found = past.one(TOKEN);
    assert_eq!((&found["layer"], &found["verdict"]), (&"history".into(), &"redact".into()));
    assert_eq!(past.list(&["--history-only", "--rule", TOKEN])[0]["state"], "redact");
    let args = ["decide", "--history", "--path", "a.yml", "--verdict", "exclude"];
    past.repo.run(args).exits(0);
    assert_eq!(past.one(TOKEN)["verdict"], "exclude");
    let args = ["decide", "--history", "--path", "a.yml", "--verdict", "withdraw"];
    past.repo.run(args).exits(0);
}

#[test]
fn a_file_of_the_history_that_nobody_can_judge_is_decided_by_its_path() {
    let mut past = Past::new();
    past.commit(&[("d/x.bin", "\0\u{1}\u{2}")]);
    past.commit(&[]);
    assert_eq!(past.status()["not_scanned"]["binary"], 1);
    past.repo.run(["decide", "--path", "d/x.bin", "--verdict", "exclude"]).exits(2);
    let args = ["decide", "--history", "--path", "d/x.bin", "--verdict", "exclude"];
    past.repo.run(args).exits(0);
    assert_eq!(past.status()["not_scanned"], serde_json::json!({}));
}
