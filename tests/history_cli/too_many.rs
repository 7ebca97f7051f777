// SPDX-License-Identifier: MIT OR Apache-2.0
//! Texts with more matches than anybody would go through: the first are listed, and the text
//! stands against the report until it is decided as a whole.

use std::process::Command;

use serde_json::{Value, json};

use crate::{
    common::github_token,
    world::{Past, TOKEN},
};

const HISTORY: [&str; 5] = ["scan", "--history", "--no-cache", "--format", "json"];
const MOST: usize = 10_000;
const WHY: &str = "too-many-matches";

/// Returns a thousand matches more than are listed, and a token behind them.
fn hosts(first: usize) -> String {
    let lines = (first..first + MOST + 1000).map(|n| format!("server: db{n}.corp.internal\n"));
    lines.chain([format!("token: {}\n", github_token(71))]).collect()
}

fn at<'d>(document: &'d Value, path: &str) -> Vec<&'d Value> {
    let all = document["findings"].as_array().expect("findings").iter();
    all.filter(|finding| finding["path"] == path).collect()
}

fn named(document: &Value) -> Vec<(&str, &str)> {
    let all = document["not_scanned"].as_array().expect("a list").iter();
    all.map(|file| {
        let part = |key: &str| file[key].as_str().expect("a text");
        (part("path"), part("why"))
    })
    .collect()
}

#[test]
fn a_file_blocks_until_it_is_decided_as_a_whole() {
    let mut past = Past::new();
    past.commit(&[("hosts.yml", &hosts(0)), ("a.yml", &format!("token: {}\n", github_token(72)))]);
    past.repo.ask_nothing();
    let run = |args: &[&str]| past.repo.run(args);
    let document = run(&["scan", "--format", "json"]).exits(1).json();
    assert_eq!(named(&document), [("hosts.yml", WHY)]);
    let found = at(&document, "hosts.yml");
    assert_eq!(found.len(), MOST);
    assert_eq!(found[MOST - 1]["line"], MOST);
    assert_eq!(at(&document, "a.yml").len(), 1, "the rest is scanned");
    assert!(document["not_scanned"].to_string().contains("stopped after 10000 matches"));

    run(&["decide", "--path", "a.yml", "--verdict", "redact"]).exits(0);
    let status = |verdict: &str| {
        run(&["decide", "--path", "hosts.yml", "--verdict", verdict]).exits(0);
        let status = past.repo.status();
        (status["open"].clone(), status["not_scanned"][WHY].clone(), status["clear"].clone())
    };
    // What is not listed would stay.
    assert_eq!(status("redact"), (json!(0), json!(1), json!(false)));
    let report = run(&["report", "--format", "json"]).exits(1).json();
    assert_eq!(report["predicate"]["not_judged"][0]["blocks"], true);
    assert_eq!(status("approve"), (json!(0), Value::Null, json!(true)));
}

#[test]
fn versions_are_cut_alike_however_they_are_stored() {
    let mut past = Past::new();
    past.commit(&[("hosts.yml", &hosts(0))]);
    // A hundred lines go, so that what comes into reach was never looked at.
    past.commit(&[("hosts.yml", &hosts(100))]);
    past.commit(&[("few.yml", "server: db1.corp.internal\n")]);
    let loose = past.repo.run(HISTORY).exits(1).json();
    assert_eq!(named(&loose), [("hosts.yml", WHY)]);
    assert_eq!(at(&loose, "hosts.yml").len(), MOST + 100);
    assert_eq!(at(&loose, "few.yml").len(), 1);
    let token = |finding: &&&Value| finding["rule"] == TOKEN;
    assert_eq!(at(&loose, "hosts.yml").iter().filter(token).count(), 0);
    let status = past.status();
    assert_eq!((&status["clear"], &status["not_scanned"][WHY]), (&json!(false), &json!(1)));

    let packed = Command::new("git")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .current_dir(past.repo.path())
        .args(["repack", "--quiet", "-a", "-d", "-f"])
        .status();
    assert!(packed.expect("git").success());
    assert_eq!(past.repo.run(HISTORY).exits(1).json(), loose, "as deltas");
    let cached = [&HISTORY[..2], &HISTORY[3..]].concat();
    for _ in 0..2 {
        let mut remembered = past.repo.run(&cached).exits(1).json();
        let scanned = &mut remembered["status"]["history"]["versions_scanned"];
        *scanned = loose["status"]["history"]["versions_scanned"].clone();
        assert_eq!(remembered, loose, "remembered");
    }
    // One more commit: what is known of contents says the same.
    past.commit(&[("few.yml", "server: db1.corp.internal\n"), ("new.yml", "a: 1\n")]);
    let document = past.repo.run(cached).exits(1).json();
    assert_eq!(document["status"]["history"]["versions_scanned"], 1);
    assert_eq!(named(&document), [("hosts.yml", WHY)]);
    assert_eq!(at(&document, "hosts.yml").len(), MOST + 100);
}

#[test]
fn a_message_that_says_too_much_is_named_by_its_commit() {
    let mut past = Past::new();
    let id = past.say(&hosts(0), &[("a.yml", "a: 1\n")]).to_string();
    let document = past.repo.run(HISTORY).exits(1).json();
    assert_eq!(named(&document), [(format!(".git/objects/{id}").as_str(), WHY)]);
    assert_eq!(at(&document, ".git/messages").len(), MOST);
    let report = past.repo.run(["report", "--history", "--format", "json"]).exits(1).json();
    assert_eq!(report["predicate"]["not_judged"][0]["source_object"], id);
}
