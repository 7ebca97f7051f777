// SPDX-License-Identifier: MIT OR Apache-2.0
//! Parts of one credential from the command line, with the rules of the program.

#![allow(clippy::expect_used, reason = "a test may panic")]

#[path = "common/cli.rs"]
mod cli;
mod common;

use common::Repo;
use serde_json::Value;

/// Returns `n` characters of `alphabet`, the same in each run.
fn run_of(alphabet: &[u8], n: usize, mut seed: u64) -> String {
    let next = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(alphabet[(seed >> 33) as usize % alphabet.len()])
    };
    std::iter::repeat_with(next).take(n).collect()
}

fn key_id(seed: u64) -> String {
    format!("AKI{}{}", "A", run_of(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16, seed))
}

fn secret(seed: u64) -> String {
    run_of(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 40, seed)
}

/// Two keys with their secrets in one file, and the id of the first in a note.
fn repo() -> Repo {
    let profile = |seed: u64| {
        let (id, secret) = (key_id(seed), secret(seed));
        format!("[p{seed}]\naws_access_key_id = {id}\naws_secret_access_key = {secret}\n")
    };
    let keys = format!("{}{}", profile(1), profile(2));
    let note = format!("The key is {}.\n", key_id(1));
    let lone = format!("The key was {}.\n", key_id(3));
    let repo = Repo::with(&[
        ("conf/keys.ini", keys.as_bytes()),
        ("NOTES.txt", note.as_bytes()),
        ("OLD.txt", lone.as_bytes()),
    ]);
    repo.ask_nothing();
    repo
}

/// Returns the groups of AWS keys: rule and first line, id, ids of the partners, and the rest.
fn groups(repo: &Repo) -> Vec<(String, String, Vec<String>, Value)> {
    let all = repo.run(["list", "--rule", "aws-*", "--format", "json"]).json();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let row = |row: &Value| {
        let last = row["places"].as_array().and_then(|all| all.last()).expect("a place");
        let pair = row["pair"].as_array().expect("a list").iter().map(text).collect();
        (format!("{} {}", text(&row["rule"]), last["line"]), text(&row["id"]), pair, row.clone())
    };
    let mut rows: Vec<_> = all.as_array().expect("a list").iter().map(row).collect();
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    rows
}

#[test]
fn a_value_is_decided_with_its_partner() {
    let repo = repo();
    let rows = groups(&repo);
    let names: Vec<&str> = rows.iter().map(|row| &*row.0).collect();
    let id = "sensitive/aws-access-key-id";
    let expected = [
        format!("{id} 1"),
        format!("{id} 2"),
        format!("{id} 5"),
        "sensitive/aws-secret-access-key 3".to_owned(),
        "sensitive/aws-secret-access-key 6".to_owned(),
    ];
    assert_eq!(names, expected);
    let [lone, first, second, first_secret, second_secret] = &rows[..] else { return };
    for (one, other) in [(first, first_secret), (second, second_secret)] {
        assert_eq!(one.2, std::slice::from_ref(&other.1));
        assert_eq!(other.2, std::slice::from_ref(&one.1));
    }
    assert!(lone.2.is_empty());
    let severities = [lone, first].map(|row| row.3["severity"].clone());
    assert_eq!(severities, ["high", "critical"]);
    let text = repo.run(["list", "--rule", "aws-*"]).out;
    assert!(text.contains(&format!("  (with {})", first.1)), "{text}");
    let scanned = repo.run(["scan"]).out;
    assert!(!scanned.contains(&key_id(1)) && !text.contains(&secret(1)));
    // One value named, both decided, wherever the id stands; the other key is left alone.
    let out = repo.run(["decide", "--value", &first_secret.1, "--verdict", "redact"]).exits(0).out;
    assert!(out.contains("redact 3 places"), "{out}");
    let states: Vec<Value> = groups(&repo).iter().map(|row| row.3["state"].clone()).collect();
    assert_eq!(states, ["open", "redact", "open", "redact", "open"]);
}

#[test]
fn rotation_is_answered_for_both() {
    let repo = repo();
    let rows = groups(&repo);
    let redact = ["decide", "--rule", "aws-*", "--verdict", "redact"];
    repo.run(redact).exits(0);
    let out = repo.run(["rotated", "--value", &rows[1].1, "--answer", "yes"]).exits(0).out;
    assert!(out.contains("rotated: 2 credentials"), "{out}");
    let states: Vec<Value> = groups(&repo).iter().map(|row| row.3["rotation"].clone()).collect();
    assert_eq!(states, ["open", "rotated", "open", "rotated", "open"]);
}

#[test]
fn a_rule_says_what_it_is_half_of() {
    let repo = repo();
    let rule = repo.run(["rules", "aws-session-token", "--format", "json"]).json();
    assert_eq!((&rule[0]["pair"], &rule[0]["half"]), (&"aws".into(), &"token".into()));
    let text = repo.run(["rules", "aws-access-key-id"]).out;
    assert!(text.contains("Pair:           id of aws\n"), "{text}");
}
