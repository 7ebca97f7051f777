// SPDX-License-Identifier: MIT OR Apache-2.0
//! Suggestions and samples as scripts see them.

#![allow(clippy::expect_used, reason = "a test may panic")]

mod common;
#[path = "common/cli.rs"]
mod program;

use common::{Repo, github_token};
use serde_json::Value;

const LICENCE: &[u8] = include_bytes!("../LICENSE-MIT");
const ADDRESS: &str = "private-address";

/// A repository with `n` private addresses in one file, and passwords in tests.
fn repo(n: u32) -> Repo {
    let lines =
        |n, net: &str| (1..=n).map(|i| format!("peer{i} = {net}.{i}\n")).collect::<String>();
    let token = github_token(1);
    let passwords: String = ["kV7", "pQ4", "zT9"]
        .map(|head| format!("{head}_password: \"{head}#w{}x2\"\n", "Mb8-Lc"))
        .concat();
    Repo::with(&[
        ("LICENSE", LICENCE),
        ("net/peers.conf", lines(n, "10.20.30").as_bytes()),
        ("tests/net/vars.yml", passwords.as_bytes()),
        ("tests/token.yml", format!("token: {token}\n").as_bytes()),
    ])
}

fn rows(repo: &Repo) -> Vec<Value> {
    repo.run(["suggest", "--format", "json"]).exits(1).json().as_array().cloned().expect("rows")
}

#[test]
fn suggestions_are_listed_and_accepted_by_reason() {
    let repo = repo(3);
    let row = rows(&repo).into_iter().find(|row| row["id"] == "test-paths").expect("a row");
    assert_eq!((&row["verdict"], &row["reason"]), (&"approve".into(), &"test-data".into()));
    assert_eq!((&row["places"], row["samples"].as_array().map(Vec::len)), (&3.into(), Some(3)));
    let listed = repo.run(["suggest"]).exits(1);
    assert!(
        listed
            .out
            .contains("approve  test-paths: only in directories of tests, 3 groups, 3 places")
    );
    assert!(listed.out.contains("tests/net/vars.yml:1 sensitive/"), "{}", listed.out);
    let dry = repo.run(["decide", "--suggested", "test-paths", "--dry-run"]).exits(0);
    assert_eq!(dry.out, "would approve 3 places\n");
    assert_eq!(repo.status()["approved"], 0);
    let done = repo.run(["decide", "--suggested", "test-paths"]).exits(0);
    assert!(done.out.starts_with("approve 3 places\n"), "{}", done.out);
    assert_eq!(repo.status()["approved"], 3);
    let checklist = std::fs::read_to_string(repo.checklist()).expect("a checklist");
    assert_eq!(checklist.matches("how = \"suggestion\"").count(), 3);
    assert!(rows(&repo).iter().all(|row| row["id"] != "test-paths"));
    let again = repo.run(["decide", "--suggested", "test-paths"]).exits(2);
    again.says("--suggested test-paths: nothing is suggested for this");
}

#[test]
fn a_token_that_its_checksum_proves_is_not_suggested_for_its_path() {
    let repo = repo(1);
    let token = repo.find("sensitive/github-token", "tests/token.yml");
    let all = rows(&repo);
    assert!(all.iter().all(|row| !row["groups"].as_array().expect("ids").contains(&token["id"])));
}

#[test]
fn suggested_and_a_selection_of_ones_own_exclude_each_other() {
    let repo = repo(1);
    let both = ["decide", "--suggested", "test-paths", "--verdict", "approve"];
    assert!(repo.run(both).exits(2).err.contains("cannot be used with"));
    assert!(repo.run(["decide", "--rule", ADDRESS]).exits(2).err.contains("--verdict"));
}

/// Approves all addresses of the file as one batch.
fn batch(repo: &Repo) {
    let path = ["--path", "net/peers.conf", "--verdict", "approve"];
    let said = repo.run(["decide", "--rule", ADDRESS].into_iter().chain(path)).exits(0);
    assert!(
        said.out.contains("31 places drawn to be looked at; `debut list --sample`"),
        "{}",
        said.out
    );
}

fn due(repo: &Repo) -> Vec<Value> {
    let listed = repo.run(["list", "--sample", "--format", "json"]);
    listed.json().as_array().cloned().expect("places")
}

fn look(repo: &Repo, place: &Value, verdict: &str) -> program::Ran {
    let id = place["id"].as_str().expect("an id");
    let path = place["path"].as_str().expect("a path");
    repo.run(["decide", "--sample", "--value", id, "--path", path, "--verdict", verdict])
}

#[test]
fn a_batch_draws_and_its_places_are_looked_at_one_by_one() {
    let repo = repo(40);
    batch(&repo);
    let places = due(&repo);
    assert_eq!(places.len(), 31);
    assert_eq!(repo.status()["samples_due"], 31);
    assert!(repo.run(["status"]).exits(1).out.contains("samples due: 31 places"));
    assert!(repo.run(["list", "--sample"]).exits(1).out.contains("net/peers.conf:"));
    look(&repo, &places[0], "approve").exits(0);
    assert_eq!((due(&repo).len(), &repo.status()["samples_clean"]), (30, &1.into()));
    let report = repo.run(["report", "--format", "json"]).exits(1).json();
    let against = report["predicate"]["against"].as_array().cloned().expect("reasons");
    assert!(against.iter().any(|tally| tally["what"] == "samples-due" && tally["count"] == 30));
    let bad = look(&repo, &places[1], "redact").exits(0);
    assert!(bad.out.contains("bad draw: 38 more places of the batch open again"), "{}", bad.out);
    assert_eq!(due(&repo).len(), 0);
    assert!(repo.run(["list", "--sample"]).exits(0).out.contains("no place waits"));
    let status = repo.status();
    assert_eq!((&status["approved"], &status["redacted"]), (&1.into(), &1.into()));
}

#[test]
fn drawn_places_are_not_confirmed_by_the_dozen() {
    let repo = repo(40);
    batch(&repo);
    let all = repo.run(["decide", "--sample", "--rule", ADDRESS, "--verdict", "approve"]);
    all.exits(2).says("a drawn place is looked at one by one");
    assert_eq!(due(&repo).len(), 31);
}

#[test]
fn the_line_of_a_sample_is_sealed_and_holds_no_place() {
    let repo = repo(40);
    batch(&repo);
    let text = std::fs::read_to_string(repo.checklist()).expect("a checklist");
    let line = text.lines().find(|line| line.contains("on = \"batch\"")).expect("the line");
    for part in ["do = \"sample\"", "seed = \"", "n = 31", "seal = \""] {
        assert!(line.contains(part), "{line}");
    }
    assert!(!line.contains("peers"), "{line}");
    let forged = text.replace("n = 31", "n = 1");
    std::fs::write(repo.checklist(), forged).expect("written");
    let status = repo.status();
    assert!(status["banners"].to_string().contains("broken seal"), "{status}");
}
