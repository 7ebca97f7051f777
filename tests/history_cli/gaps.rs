// SPDX-License-Identifier: MIT OR Apache-2.0
//! What is published and what is not, and what could not be judged.

use std::{fs, path::PathBuf, process::Command};

use git2::Oid;
use serde_json::json;

use crate::{
    common::{Repo, github_token},
    program::run_in,
    world::{Past, TOKEN},
};

fn token(seed: u32) -> String {
    format!("token: {}\n", github_token(seed))
}

#[test]
fn refs_choose_what_is_scanned() {
    let mut past = Past::new();
    let start = past.commit(&[]);
    let side = past.commit(&[("side.yml", &token(1))]);
    past.point("refs/heads/side", side);
    past.repo
        .git
        .reset(&past.repo.git.find_object(start, None).expect("it"), git2::ResetType::Hard, None)
        .expect("a reset");
    let scan =
        |refs: &[&str]| past.repo.run([&["scan", "--history", "--format", "jsonl"], refs].concat());
    assert!(scan(&[]).exits(1).out.contains(TOKEN));
    let head = past.repo.git.head().expect("HEAD");
    let name = head.name().expect("a name");
    assert!(!scan(&["--refs", name]).exits(0).out.contains(TOKEN));
    assert!(scan(&["--refs", name, "--refs", "refs/heads/si*"]).exits(1).out.contains(TOKEN));
    scan(&["--refs", "refs/heads/none-*"]).exits(2).says("no ref fits");
    scan(&["--refs", "refs/heads/["]).exits(2);
    past.repo.run(["scan", "--refs", name]).exits(2).says("add --history");

    let args = ["report", "--history", "--refs", name, "--format", "json"];
    let report = past.repo.run(args).json();
    assert_eq!(report["predicate"]["export"], json!({"mode": "history", "refs": [name]}));
}

#[test]
fn what_is_not_published_is_listed_and_not_scanned() {
    let mut past = Past::new();
    let start = past.commit(&[]);
    let hidden = past.commit(&[("x.yml", &token(1))]);
    for name in ["refs/stash", "refs/notes/commits", "refs/remotes/up/main"] {
        past.point(name, hidden);
    }
    past.point(&format!("refs/replace/{start}"), hidden);
    let git = &past.repo.git;
    git.reset(&git.find_object(start, None).expect("it"), git2::ResetType::Hard, None)
        .expect("a reset");
    assert!(past.found(TOKEN).is_empty());
    let status = past.status();
    let left = &status["history"]["left_out"];
    let expected =
        json!({"refs/stash": 1, "refs/notes/": 1, "refs/remotes/": 1, "refs/replace/": 1});
    assert_eq!(*left, expected);
    assert_eq!(status["history"]["reflogs"], true);
    past.repo.ask_nothing();
    let text = past.repo.run(["status", "--history"]).exits(0).out;
    for part in ["there but not published: ", "1 refs in refs/notes/", "reflogs"] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    let text = past.repo.run(["status"]).exits(0).out;
    assert!(text.contains("history: not scanned"), "{text}");
    assert_eq!(past.repo.status()["history"], json!(null));
}

#[test]
fn unreachable_objects_are_scanned_on_demand() {
    let past = Past::new();
    let blob = past.repo.git.blob(token(1).as_bytes()).expect("a blob").to_string();
    assert!(past.found(TOKEN).is_empty());
    assert_eq!(past.status()["history"]["unreachable"], 1);
    let run = |args: &[&str]| past.repo.run([args, &["--history", "--unreachable"]].concat());
    let found = run(&["scan", "--format", "jsonl"]).exits(1).lines();
    assert_eq!(
        (&found[0]["layer"], &found[0]["version"]),
        (&"history".into(), &blob.clone().into())
    );
    assert_eq!((&found[0]["path"], &found[0]["first"]), (&".git/unreachable".into(), &json!(null)));
    let text = run(&["scan"]).exits(1).out;
    assert!(text.contains(&format!("unreachable object {blob:.12}:1:8: critical")), "{text}");
    let status = run(&["status", "--format", "json"]).json();
    assert_eq!(status["history"]["unreachable_scanned"], true);
    let args = ["decide", "--rule", TOKEN, "--verdict", "exclude"];
    run(&args).exits(2).says("no file that could be left out");
}

fn object(repo: &Repo, id: Oid) -> PathBuf {
    let name = id.to_string();
    let (folder, rest) = name.split_at(2);
    repo.git.path().join("objects").join(folder).join(rest)
}

#[test]
fn objects_that_are_gone_or_damaged_are_named_and_stand_against_the_report() {
    for damage in [true, false] {
        let mut past = Past::new();
        past.commit(&[("x.yml", "a: 1\n")]);
        past.commit(&[]);
        let id = past.repo.git.blob(b"a: 1\n").expect("a blob");
        let file = object(&past.repo, id);
        fs::remove_file(&file).expect("it to go");
        if damage {
            fs::write(&file, b"no object").expect("the damage");
        }
        let ran = past.repo.run(["scan", "--history", "--format", "json"]).exits(1);
        assert!(ran.out.contains(&id.to_string()) || ran.out.contains("x.yml"), "{}", ran.out);
        let status = past.status();
        assert_eq!(status["clear"], false);
        assert_eq!(status["not_scanned"]["unreadable"], 1, "{status}");
        let report = past.repo.run(["report", "--history", "--format", "json"]).exits(1).json();
        let predicate = &report["predicate"];
        assert_eq!(predicate["result"], "failed");
        assert_eq!(predicate["not_judged"][0]["source_object"], id.to_string());
        for field in ["path", "reason"] {
            assert!(!predicate["not_judged"][0][field].to_string().contains(&id.to_string()));
        }
        if !damage {
            assert_eq!(status["history"]["missing"], 1);
            assert_eq!(status["history"]["not_judged_objects"][0]["id"], id.to_string());
            let objects = &report["predicate"]["history"]["source_objects"];
            assert_eq!(objects[0]["id"], id.to_string());
            let text = past.repo.run(["status", "--history"]).exits(1).out;
            assert!(text.contains("not judged: 1 object missing"), "{text}");
        }
        past.repo.ask_nothing();
        // Leaving the file out decides everything, and the history is still not whole.
        past.repo.run(["decide", "--history", "--path", "x.yml", "--verdict", "exclude"]);
        let status = past.repo.run(["status", "--history", "--format", "json"]).exits(1).json();
        assert_eq!((&status["clear"], &status["gone"]), (&false.into(), &0.into()), "{status}");
        past.repo.run(["scan", "--history"]).exits(1);
        past.repo.run(["report", "--history"]).exits(1);
        // Without the history nothing is wrong with the commit.
        past.repo.run(["report"]).exits(0);
    }
}

#[test]
fn a_shallow_clone_says_that_its_history_ends() {
    let mut past = Past::new();
    past.commit(&[("x.yml", &token(1))]);
    past.commit(&[]);
    let home = tempfile::tempdir().expect("a folder");
    let clone = home.path().join("clone");
    let url = format!("file://{}", past.repo.path().display());
    let made = Command::new("git")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("HOME", home.path())
        .args(["clone", "--quiet", "--depth", "1", &url])
        .arg(&clone)
        .status();
    assert!(made.expect("git").success());
    let run = |args: &[&str]| run_in(home.path(), &clone, args);
    let text = run(&["status", "--history"]).all();
    assert!(text.contains("shallow"), "{text}");
    let report = run(&["report", "--history", "--format", "json"]).exits(1).json();
    assert_eq!(report["predicate"]["result"], "failed", "{report:#}");
    let report = run(&["report", "--format", "json"]).json();
    assert_eq!(report["predicate"]["export"]["mode"], "snapshot");
}
