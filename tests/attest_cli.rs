// SPDX-License-Identifier: MIT OR Apache-2.0
//! The release checklist from the command line: list, answer, what it blocks, what is reported.

#![allow(clippy::expect_used, reason = "a test may panic")]

#[path = "common/cli.rs"]
mod cli;
mod common;

use std::fs;

use common::{Repo, github_token};
use serde_json::Value;

const LICENCE: &[u8] = include_bytes!("../LICENSE-MIT");

const OWN: &str = r#"
schema = 1
[[section]]
title = "Ours"
[[section.item]]
id = "board"
title = "The board agrees"
text = "The board has agreed in writing."
required = true
hints = ["cryptography", "telemetry", "authors", "binaries", "history", "present:README,SECURITY",
    "files:**/*.{csv,sql}", "rules:internal/private-*", "rules:sensitive/{iban,phone}"]
[[section.item]]
id = "logo"
title = "Logo"
text = "The logo is ours."
required = false
"#;

fn repo() -> Repo {
    let repo = Repo::with(&[
        ("LICENSE", LICENCE),
        ("docs/readme.rst", b"Hello\n"),
        ("net.conf", b"bind = 10.20.30.40\n"),
        ("src/seal.py", b"from cryptography.fernet import Fernet\n"),
        ("src/note.txt", b"we once used mixpanel and from cryptography\n"),
        ("db/dump.csv", b"a,b\n"),
        ("logo.png", b"\x89PNG\r\n\x1a\n\0\0\0\0"),
    ]);
    let folder = repo.path().join(".debut");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("attestations.toml"), OWN).expect("a file");
    repo
}

fn entry(repo: &Repo, id: &str) -> Value {
    let all = repo.run(["attest", "--format", "json"]).json();
    let items = all["items"].as_array().expect("items");
    items.iter().find(|item| item["id"] == id).cloned().expect("the item")
}

#[test]
fn the_built_in_list_blocks_and_hints() {
    let repo = Repo::with(&[("LICENSE", LICENCE), ("README.md", b"# x\n")]);
    let out = repo.run(["attest"]).exits(1).out;
    assert!(out.contains("Decision\n  open            release-request "), "{out}");
    assert!(out.contains("hint: 1 of 1 there: LICENSE"), "{out}");
    let json = repo.run(["attest", "--format", "json"]).exits(1).json();
    let status = repo.status();
    assert_eq!(json["counts"], status["attestations"]);
    assert!(status["attestations"]["blocking"].as_u64().expect("a number") > 20);
    assert_eq!(status["clear"], false);
    let text = repo.run(["status"]).exits(1).out;
    assert!(text.contains("release checklist: "), "{text}");
    // A scan is about what is found.
    repo.run(["scan"]).exits(0);
}

#[test]
fn hints_say_what_is_there() {
    let item = entry(&repo(), "board");
    let hints = item["hints"].as_array().expect("hints");
    let text = |i: usize| hints[i]["text"].as_str().expect("text");
    assert_eq!(text(0), "imports of cryptography: 1 file");
    assert_eq!(hints[0]["paths"], serde_json::json!(["src/seal.py"]));
    assert!(text(1).contains("no file names"), "{}", text(1));
    assert!(text(2).starts_with("1 author in the recent commits"), "{}", text(2));
    assert_eq!(text(3), "1 file is no text");
    assert!(text(4).contains("not scanned"));
    assert_eq!(text(5), "1 of 2 there, not there: SECURITY");
    assert_eq!(hints[5]["paths"], serde_json::json!(["docs/readme.rst"]));
    assert_eq!(text(6), "1 file fits **/*.{csv,sql}");
    assert!(text(7).ends_with(": 1 value, 1 open"), "{}", text(7));
    assert_eq!(hints[7]["filter"], "internal/private-address");
    assert_eq!(text(8), "nothing found by 2 rules: sensitive/{iban,phone}");
}

#[test]
fn an_answer_is_kept_and_told() {
    let repo = repo();
    repo.run(["decide", "--path", "net.conf", "--verdict", "redact"]).exits(0);
    let report = ["report", "--format", "json"];
    let told = repo.run(report).exits(1).json();
    let against = &told["predicate"]["against"];
    assert_eq!(*against, serde_json::json!([{"what": "attestations-open", "count": 1}]));
    let args = [
        &["attest", "board", "--answer", "yes", "--note", "meeting of 5 May"][..],
        &["--link", "https://tracker/B-5", "--name", "Chair of the board"],
    ];
    let out = repo.run(args.concat()).exits(0).out;
    assert_eq!(out, "yes board\n1 item open, 0 blocking\n");
    let told = repo.run(report).exits(0).json();
    let item = &told["predicate"]["attestations"]["items"][0];
    let answer = &item["answers"][0];
    assert_eq!(item["state"], "yes");
    assert_eq!(answer["name"], "Chair of the board");
    assert_eq!(answer["note"], "meeting of 5 May");
    assert_eq!(answer["link"], "https://tracker/B-5");
    assert_eq!(told["predicate"]["attestations"]["builtin"], false);
    let text = repo.run(["report"]).exits(0).out;
    assert!(text.contains("Chair of the board"), "{text}");
    repo.run(["status"]).exits(0);
    let out = repo.run(["attest"]).exits(0).out;
    assert!(out.contains("yes Chair of the board by "), "{out}");
    assert!(out.contains("; meeting of 5 May; https://tracker/B-5"), "{out}");
    repo.run(["attest", "board", "--answer", "withdraw"]).exits(0);
    assert_eq!(entry(&repo, "board")["state"], "open");
}

#[test]
fn no_and_a_difference_block() {
    let repo = repo();
    repo.run(["decide", "--path", "net.conf", "--verdict", "redact"]).exits(0);
    let says = |who: &str, answer: &str| {
        let args = ["attest", "board", "--reviewer", who, "--answer", answer, "--note", "n"];
        repo.run(args).exits(0);
    };
    says("reviewer1@example.com", "no");
    let text = repo.run(["report"]).exits(1).out;
    assert!(text.contains("1 required item of the release checklist answered with no"), "{text}");
    says("reviewer2@example.com", "not-applicable");
    assert_eq!(entry(&repo, "board")["state"], "disputed");
    let text = repo.run(["report"]).exits(1).out;
    assert!(text.contains("1 item of the release checklist on which reviewers differ"), "{text}");
    says("reviewer1@example.com", "not-applicable");
    repo.run(["report"]).exits(0);
}

#[test]
fn wrong_calls_are_refused_and_change_nothing() {
    let repo = repo();
    let token = github_token(3);
    fs::write(repo.path().join("x"), "x").expect("a file");
    let cases: &[(&[&str], &str)] = &[
        (&["attest", "nope", "--answer", "yes"], "nope: the release checklist has no such item"),
        (&["attest", "--answer", "yes"], "say which item"),
        (&["attest", "board", "--answer", "not-applicable"], "needs a note"),
        (&["attest", "board", "--answer", "withdraw"], "no answer of yours"),
        (&["attest", "board"], "to answer an item add --answer"),
        (&["attest", "board", "."], "add --answer"),
        (&["attest", "--note", "x"], "add --answer"),
        (&["attest", "board", "--answer", "yes", "--link", "a b"], "a link is one word"),
        (&["attest", "board", "--answer", "yes", "--note", "a\nb"], "one line"),
    ];
    for (args, part) in cases {
        repo.run(*args).exits(2).says(part);
    }
    assert!(!repo.path().join(".debut/checklist.toml").exists());
    // A value found must not stand in a note.
    let repo = Repo::with(&[("a.yml", format!("token: {token}\n").as_bytes())]);
    let note = format!("was {token}");
    let args = ["attest", "patents", "--answer", "yes", "--note", &note];
    let ran = repo.run(args).exits(2);
    assert!(ran.err.contains("holds a value") && !ran.err.contains(&token), "{}", ran.err);
}

#[test]
fn a_broken_list_stops_everything_with_its_line() {
    let repo = repo();
    let path = repo.path().join(".debut/attestations.toml");
    fs::write(&path, OWN.replace("required = true\n", "required = \"yes\"\n")).expect("a file");
    for args in [&["attest"][..], &["status"], &["scan"]] {
        let ran = repo.run(args).exits(5);
        assert!(ran.err.contains("attestations.toml:9: "), "{}", ran.err);
    }
    assert!(fs::read_to_string(&path).expect("the file").contains("required = \"yes\""));
}

#[test]
fn a_changed_question_is_asked_again() {
    let repo = repo();
    repo.run(["decide", "--path", "net.conf", "--verdict", "redact"]).exits(0);
    repo.run(["attest", "board", "--answer", "yes"]).exits(0);
    let file = repo.path().join(".debut/attestations.toml");
    let write = |text: &str| fs::write(&file, text).expect("a file");
    // Spaces and line breaks are not what is asked.
    write(&OWN.replace("has agreed in", "has  agreed \\n in"));
    repo.run(["status"]).exits(0);
    write(&OWN.replace("in writing", "in writing and in public"));
    let out = repo.run(["attest"]).exits(1).out;
    assert!(out.contains("  changed         board "), "{out}");
    assert!(out.contains("; asked differently since: answer again\n"), "{out}");
    assert!(out.contains("2 open, 1 blocking, 1 asked differently since the answer\n"), "{out}");
    let text = repo.run(["status"]).exits(1).out;
    assert!(text.contains(", 1 asked differently since the answer (debut attest"), "{text}");
    assert_eq!(repo.status()["attestations"]["changed"], 1);
    let item = entry(&repo, "board");
    assert_eq!(
        (&item["state"], &item["answers"][0]["current"]),
        (&"changed".into(), &false.into())
    );
    let told = repo.run(["report", "--format", "json"]).exits(1).json();
    assert_eq!(told["predicate"]["attestations"]["changed"], 1);
    assert_eq!(told["predicate"]["attestations"]["items"][0]["state"], "changed");
    let text = repo.run(["report"]).exits(1).out;
    assert!(text.contains("does not count: asked differently since"), "{text}");
    repo.run(["attest", "board", "--answer", "yes"]).exits(0);
    repo.run(["status"]).exits(0);
    write(OWN);
    assert_eq!(entry(&repo, "board")["state"], "changed");
}
