// SPDX-License-Identifier: MIT OR Apache-2.0
//! Whether credentials were rotated, from the command line: lists, answers, what blocks.

#![allow(clippy::expect_used, reason = "a test may panic")]

#[path = "common/cli.rs"]
mod cli;
mod common;

use std::fs;

use common::{Repo, github_token};
use serde_json::Value;

const LICENCE: &[u8] = include_bytes!("../LICENSE-MIT");

/// One credential in two files, another one, and a third in the past only; the first two are
/// redacted.
fn repo() -> Repo {
    let (one, two, old) = (github_token(1), github_token(2), github_token(3));
    let text = |token: &str| format!("TOKEN={token}\n");
    let repo = Repo::with(&[("LICENSE", LICENCE), ("old.txt", text(&old).as_bytes())]);
    repo.commit(&[
        ("LICENSE", LICENCE),
        ("a.txt", text(&one).as_bytes()),
        ("b.txt", text(&one).as_bytes()),
        ("c.txt", text(&two).as_bytes()),
    ]);
    repo.ask_nothing();
    repo.run(["decide", "--rule", "github-token", "--verdict", "redact"]).exits(0);
    repo
}

fn rotation(repo: &Repo, args: &[&str]) -> Value {
    let args = ["status", "--format", "json"].iter().chain(args);
    repo.run(args).json()["rotation"].clone()
}

fn credentials(repo: &Repo, args: &[&str]) -> Vec<Value> {
    let args = ["rotated", "--format", "json"].iter().chain(args);
    repo.run(args).json()["credentials"].as_array().expect("a list").clone()
}

#[test]
fn what_is_redacted_is_listed_with_what_to_do() {
    let repo = repo();
    let out = repo.run(["rotated"]).exits(1).out;
    assert_eq!(out.matches("not answered    critical ").count(), 2, "{out}");
    assert!(out.contains(" sensitive/github-token 2 places, a.txt:1 ghp_…"), "{out}");
    assert!(out.contains("    Revoke it under Settings"), "{out}");
    let end = "2 of 2 redacted credentials not known to be rotated (2 not answered), a warning, as \
        the history is not published\n";
    assert!(out.ends_with(end), "{out}");
    let all = credentials(&repo, &[]);
    assert_eq!(all.len(), 2);
    assert_eq!((&all[0]["state"], &all[0]["blocks"]), (&"open".into(), &false.into()));
    assert_eq!(credentials(&repo, &["--in", "c.txt"]).len(), 1);
    // Nothing says a value.
    for token in [github_token(1), github_token(2)] {
        assert!(
            !out.contains(&token)
                && !repo.run(["rotated", "--format", "json"]).out.contains(&token)
        );
    }
}

#[test]
fn an_answer_is_given_for_a_value_a_rule_or_all_that_wait() {
    let repo = repo();
    repo.run(["rotated", "--answer", "yes"]).exits(2).says("say which credentials are meant");
    repo.run(["rotated", "--note", "x"]).exits(2).says("go with an answer");
    let say = |args: &[&str]| repo.run(["rotated", "--answer"].iter().chain(args));
    let link = "https://tracker/OPS-5";
    let said = say(&["yes", "--in", "a.txt", "--note", "in May", "--link", link]).exits(0);
    assert!(said.out.starts_with("rotated: 1 credential\n"), "{}", said.out);
    assert!(said.out.contains("1 redacted credential not known to be rotated"), "{}", said.out);
    let all = credentials(&repo, &["--in", "b.txt"]);
    assert_eq!(all[0]["state"], "rotated", "in all its places");
    let answer = &all[0]["answers"][0];
    assert_eq!(answer["by"], "reviewer1@example.com");
    assert_eq!((&answer["note"], &answer["link"]), (&"in May".into(), &link.into()));
    // What is answered is left alone, unless one says so.
    let said = say(&["unknown", "--rule", "*"]).exits(0);
    assert!(said.out.contains("1 credential left as answered before"), "{}", said.out);
    let counts = rotation(&repo, &[]);
    assert_eq!((&counts["rotated"], &counts["not_known"]), (&1.into(), &1.into()));
    say(&["no", "--rule", "*", "--all"]).exits(0);
    assert_eq!(rotation(&repo, &[])["not_rotated"], 2);
    let dry = say(&["never-live", "--unrotated", "--dry-run"]).exits(0);
    assert!(dry.out.starts_with("would never-live: 2 credentials"), "{}", dry.out);
    assert_eq!(rotation(&repo, &[])["not_rotated"], 2);
    say(&["never-live", "--unrotated"]).exits(0);
    let out = repo.run(["rotated"]).exits(0).out;
    assert!(out.ends_with("2 redacted credentials rotated or never live\n"), "{out}");
    assert!(!out.contains("Revoke it"), "nothing is left to do: {out}");
    say(&["withdraw", "--rule", "*"]).exits(0);
    assert_eq!(rotation(&repo, &[])["open"], 2);
    say(&["withdraw", "--rule", "*"]).exits(2).says("no answer of yours");
    say(&["yes", "--in", "LICENSE"]).exits(1);
    let token = github_token(1);
    say(&["yes", "--unrotated", "--note", &token]).exits(2).says("holds a value");
}

#[test]
fn two_people_answer_and_the_list_says_who() {
    let repo = repo();
    let say = |who: &str, answer: &str| {
        let args = ["rotated", "--answer", answer, "--in", "c.txt", "--all", "--reviewer", who];
        repo.run(args).exits(0);
    };
    say("ana@example.com", "no");
    say("bo@example.com", "yes");
    assert_eq!(credentials(&repo, &["--in", "c.txt"])[0]["state"], "rotated");
    say("ana@example.com", "no");
    let out = repo.run(["rotated", "--in", "c.txt"]).exits(1).out;
    assert!(out.starts_with("reviewers differ critical "), "{out}");
    assert!(out.contains("    rotated by bo@example.com on "), "{out}");
    assert!(out.contains("    not rotated yet by ana@example.com on "), "{out}");
    assert_eq!(rotation(&repo, &[])["disputed"], 1);
}

#[test]
fn lists_and_status_name_what_waits() {
    let repo = repo();
    let out = repo.run(["list", "--unrotated"]).exits(1).out;
    assert_eq!(out.lines().count(), 2, "{out}");
    assert!(out.contains("  [not answered]"), "{out}");
    repo.run(["rotated", "--answer", "yes", "--in", "c.txt"]).exits(0);
    let out = repo.run(["list"]).out;
    assert!(out.contains("  [rotated]") && out.contains("  [not answered]"), "{out}");
    let rows = repo.run(["list", "--unrotated", "--format", "json"]).exits(1).json();
    assert_eq!((&rows[0]["rotation"], rows.as_array().map(Vec::len)), (&"open".into(), Some(1)));
    let text = repo.run(["status"]).out;
    assert!(text.contains("credentials: 1 of 2 redacted credentials not known"), "{text}");
    repo.run(["rotated", "--answer", "never-live", "--unrotated"]).exits(0);
    assert_eq!(repo.run(["list", "--unrotated"]).exits(0).out, "");
    // The same selection serves decisions, too.
    let said = repo.run(["decide", "--unrotated", "--verdict", "exclude"]).exits(1);
    assert!(said.out.contains("nothing matches"), "{}", said.out);
}

#[test]
fn what_the_history_holds_blocks_until_it_is_rotated() {
    let repo = repo();
    let clear = |args: &[&str]| {
        let args = ["status", "--format", "json"].iter().chain(args);
        repo.run(args).json()["clear"].clone()
    };
    assert_eq!(clear(&[]), true);
    repo.run(["status"]).exits(0);
    let history = ["--history"];
    let all = ["decide", "--rule", "*", "--history", "--verdict", "redact"];
    repo.run(all).exits(0);
    assert_eq!(clear(&history), false);
    let counts = rotation(&repo, &history);
    assert_eq!((&counts["asked"], &counts["blocking"]), (&3.into(), &3.into()));
    let text = repo.run(["status", "--history"]).exits(1).out;
    assert!(text.contains("which blocks the sign-off; `debut rotated` lists them"), "{text}");
    let report = repo.run(["report", "--history", "--format", "json"]).exits(1).json();
    let against = &report["predicate"]["against"];
    assert_eq!(against[0]["what"], "credentials-not-rotated", "{against}");
    let old = credentials(&repo, &["--history", "--history-only"]);
    assert_eq!((old.len(), &old[0]["in_tree"]), (1, &false.into()));
    repo.run(["rotated", "--answer", "yes", "--unrotated", "--history"]).exits(0);
    assert_eq!(clear(&history), true);
    repo.run(["report", "--history"]).exits(0);
    // What was answered holds for whoever looks at the files alone, and next year too.
    assert_eq!(rotation(&repo, &[])["rotated"], 2);
}

#[test]
fn an_excluded_folder_and_a_moved_file_are_asked_about_as_well() {
    let repo = repo();
    repo.run(["rotated", "--answer", "yes", "--in", "a.txt"]).exits(0);
    let (one, new) = (github_token(1), github_token(4));
    repo.commit(&[
        ("LICENSE", LICENCE),
        ("deep/moved.txt", format!("# else\nOTHER_TOKEN={one}\n").as_bytes()),
        ("keys/n.txt", format!("TOKEN={new}\n").as_bytes()),
    ]);
    repo.run(["decide", "--path", "keys", "--verdict", "exclude"]).exits(0);
    repo.run(["decide", "--path", "deep", "--rule", "*", "--verdict", "redact"]).exits(0);
    let all = credentials(&repo, &[]);
    let of = |path: &str| {
        let at = |entry: &&Value| entry["places"][0]["path"] == path;
        all.iter().find(at).map(|entry| entry["state"].clone())
    };
    assert_eq!(of("keys/n.txt"), Some("open".into()));
    assert_eq!(of("deep/moved.txt"), Some("rotated".into()), "{all:?}");
    let stale = repo.run(["stale", "--format", "json"]).out;
    assert!(!stale.contains("\"rotated\""), "{stale}");
}

#[test]
fn the_policy_can_ask_for_it_always() {
    let repo = repo();
    let config = repo.path().join(".debut/config.toml");
    fs::write(&config, "[policy]\nrotation = \"always\"\n").expect("written");
    assert_eq!(rotation(&repo, &[])["blocking"], 2);
    repo.run(["status"]).exits(1);
    let report = repo.run(["report", "--format", "json"]).exits(1).json();
    assert_eq!(report["predicate"]["policy"]["rotation"], "always");
    fs::write(&config, "[policy]\nrotation = \"history\"\n").expect("written");
    assert_eq!(rotation(&repo, &[])["blocking"], 0);
    fs::write(&config, "[policy]\nrotation = \"never\"\n").expect("written");
    let said = repo.run(["status"]).exits(2);
    assert!(said.err.contains(":2: policy.rotation: \"never\" is none of history, always"));
}

#[test]
fn the_release_checklist_says_how_many_wait() {
    let repo = repo();
    fs::remove_file(repo.path().join(".debut/attestations.toml")).expect("removed");
    let hints = || {
        let all = repo.run(["attest", "--format", "json"]).json();
        let items = all["items"].as_array().expect("items").iter();
        let mut items = items.filter(|item| item["id"] == "credentials-changed");
        items.next().expect("the item")["hints"][0]["text"].clone()
    };
    assert_eq!(hints(), "2 redacted credentials: 2 not known to be rotated");
    repo.run(["rotated", "--answer", "yes", "--unrotated"]).exits(0);
    assert_eq!(hints(), "2 redacted credentials: all rotated or never live, as people say");
    repo.run(["decide", "--rule", "*", "--verdict", "withdraw"]).exits(0);
    assert_eq!(hints(), "no credential is redacted or left out");
}

#[test]
fn a_review_with_a_new_key_keeps_the_answers() {
    let repo = repo();
    repo.run(["rotated", "--answer", "yes", "--in", "c.txt", "--note", "in May"]).exits(0);
    let before = credentials(&repo, &["--in", "c.txt"]);
    repo.run(["key", "rotate", "--yes"]).exits(0);
    let after = credentials(&repo, &["--in", "c.txt"]);
    assert_eq!(after[0]["state"], "rotated");
    assert_eq!(after[0]["answers"], before[0]["answers"]);
    assert_ne!(after[0]["id"], before[0]["id"]);
}
