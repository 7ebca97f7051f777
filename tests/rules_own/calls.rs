// SPDX-License-Identifier: MIT OR Apache-2.0
//! The program in a repository with rules of its own.

use std::{fs, io::Write, process::Stdio};

use serde_json::Value;

use crate::{
    cli::command,
    common::{Repo, github_token},
};

const ACME: &str = r#"[[rule]]
id = "sensitive/acme-key"
class = "credential"
severity = "critical"
title = "Acme key"
why = "Opens the warehouse."
remedy = "Revoke it."
replacement = "REDACTED_ACME_KEY"
keywords = ["acme_"]
pattern = 'acme_[0-9a-f]{32}'
entropy = 2.5

[[disable]]
id = "sensitive/generic-password"
reason = "passwords here are of a toy"

[[change]]
id = "sensitive/github-token"
severity = "low"
reason = "revoked long ago"
"#;

fn key() -> String {
    format!("acme_{}", "0f1e2d3c4b5a69788796a5b4c3d2e1f0")
}

/// A repository with an Acme key, a token of GitHub and a password.
fn repo(rules: &str) -> Repo {
    let token = github_token(1);
    let text = format!("a: {}\nb: {token}\npassword: k8Vq-Tr0ub4dor\n", key());
    let repo = Repo::with(&[("app.yml", text.as_bytes()), ("LICENSE", b"x")]);
    put(&repo, "acme.toml", rules);
    repo
}

fn put(repo: &Repo, name: &str, text: &str) {
    let folder = repo.path().join(".debut/rules");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join(name), text).expect("a rule file");
}

fn sensitive(document: &Value) -> Vec<(String, String)> {
    let all = document["findings"].as_array().expect("findings").iter();
    let all = all.filter(|finding| finding["category"] == "sensitive");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    all.map(|finding| (text(&finding["rule"]), text(&finding["severity"]))).collect()
}

#[test]
fn every_command_uses_them_and_says_so() {
    let repo = repo(ACME);
    let expected = [("sensitive/acme-key", "critical"), ("sensitive/github-token", "low")];
    let expected = expected.map(|(rule, severity)| (rule.to_owned(), severity.to_owned()));
    for history in [&["scan", "--format", "json"][..], &["scan", "--history", "--format", "json"]] {
        let document = repo.run(history).exits(1).json();
        assert_eq!(sensitive(&document), expected);
        let changes = document["status"]["rule_changes"].as_array().expect("changes");
        let what: Vec<&str> = changes.iter().filter_map(|change| change["what"].as_str()).collect();
        assert_eq!(what, ["added", "off", "changed"]);
    }
    let text = repo.run(["scan"]).exits(1).out;
    assert!(text.contains("rules of its own: 1 added, 1 changed, 1 off"), "{text}");
    let list = repo.run(["list", "--rule", "acme-key"]).exits(1).out;
    assert!(list.contains("sensitive/acme-key 1 place"), "{list}");
    assert!(list.starts_with("open         critical high   "), "{list}");
    let critical = repo.run(["list", "--severity", "critical"]).exits(1).out;
    assert_eq!(critical, list);
    let none = ["list", "--severity", "critical", "--rule", "github-token"];
    assert_eq!(repo.run(none).exits(0).out, "");
    let decided = ["decide", "--rule", "acme-key", "--verdict", "redact"];
    repo.run(decided).exits(0);
    let report = repo.run(["report", "--format", "json"]).exits(1).json();
    let changes = &report["predicate"]["ruleset"]["changes"];
    assert_eq!(changes[1]["rule"], "sensitive/generic-password");
    assert_eq!(changes[1]["reason"], "passwords here are of a toy");
    let markdown = repo.run(["report"]).exits(1).out;
    for part in ["## Rules of this repository", "passwords here are of a toy", "revoked long ago"] {
        assert!(markdown.contains(part), "{part}\n---\n{markdown}");
    }
    let doctor = repo.run(["doctor"]).out;
    assert!(doctor.contains("1 added, 1 changed, 1 off"), "{doctor}");
}

#[test]
fn a_changed_file_makes_the_cache_stale() {
    let repo = repo(ACME);
    let count = |repo: &Repo| sensitive(&repo.run(["scan", "--format", "json"]).json()).len();
    assert_eq!((count(&repo), count(&repo)), (2, 2));
    put(&repo, "acme.toml", &ACME.replace("acme_[0-9a-f]{32}", "acme_[0-9a-f]{33}"));
    assert_eq!(count(&repo), 1);
    fs::remove_dir_all(repo.path().join(".debut/rules")).expect("removed");
    assert_eq!(count(&repo), 2, "the token and the password");
}

#[test]
fn a_bad_rule_stops_every_command_with_all_that_is_wrong() {
    let repo = repo(&ACME.replace("0-9a-f]{32}", "0-9a-f"));
    put(&repo, "second.toml", "[[disable]]\nid = \"sensitive/nothing\"\nreason = \"r\"\n[[rule]\n");
    for args in [
        &["scan"][..],
        &["status"],
        &["list"],
        &["suggest"],
        &["decide", "--rule", "x", "--verdict", "redact"],
        &["attest"],
        &["report"],
        &["stale"],
        &["rules"],
        &["rules", "--test", "app.yml"],
    ] {
        let ran = repo.run(args).exits(2);
        assert_eq!(ran.out, "");
        let lines: Vec<&str> = ran.err.lines().collect();
        let first = "debut: .debut/rules/acme.toml:10: rule sensitive/acme-key: pattern: ";
        assert!(lines[0].starts_with(first), "{args:?}: {}", ran.err);
        assert!(lines[1].starts_with("debut: .debut/rules/second.toml:4: "), "{}", ran.err);
    }
    let doctor = repo.run(["doctor"]).exits(5).out;
    assert!(doctor.contains("broken rules") && doctor.contains("and 1 more"), "{doctor}");
}

#[cfg(unix)]
#[test]
fn what_is_no_plain_file_is_not_read() {
    let repo = repo(ACME);
    let link = repo.path().join(".debut/rules/link.toml");
    std::os::unix::fs::symlink("acme.toml", &link).expect("a link");
    repo.run(["scan"]).exits(5).says("not a plain file");
    fs::remove_file(&link).expect("removed");
    fs::write(repo.path().join(".debut/rules/README.md"), "no rules").expect("written");
    repo.run(["scan"]).exits(1);
    let folder = repo.path().join(".debut/rules");
    fs::rename(&folder, repo.path().join("elsewhere")).expect("moved");
    std::os::unix::fs::symlink("../elsewhere", &folder).expect("a link");
    repo.run(["scan"]).exits(5).says("not a plain folder");
}

#[test]
fn rules_are_listed_by_what_one_asks_for() {
    let repo = repo(ACME);
    let ids = |args: &[&str]| -> Vec<String> {
        let mut all = vec!["rules", "--format", "json"];
        all.extend(args);
        let document = repo.run(all).exits(0).json();
        let rows = document.as_array().expect("rules").iter();
        rows.map(|row| row["id"].as_str().expect("an id").to_owned()).collect()
    };
    let own = ["sensitive/github-token", "sensitive/acme-key", "sensitive/generic-password"];
    assert_eq!(ids(&["--own"]), own);
    assert_eq!(ids(&["--file", ".debut/rules"]), ["sensitive/acme-key"]);
    assert_eq!(ids(&["--search", "warehouse"]), ["sensitive/acme-key"]);
    assert!(ids(&["--category", "licensing"]).iter().all(|id| id.starts_with("licensing/")));
    assert!(ids(&["--class", "ticket"]).contains(&"internal/ticket".to_owned()));
    assert!(!ids(&["--severity", "high"]).contains(&"sensitive/github-token".to_owned()));
    assert!(!ids(&["--confidence", "high"]).contains(&"sensitive/url-password".to_owned()));
    assert_eq!(ids(&["acme-*"]), ["sensitive/acme-key"]);
    repo.run(["rules", "--category", "secret"]).exits(2);
    repo.run(["rules", "no-such-rule"]).exits(2).says("no such rule");
    let text = repo.run(["rules", "generic-password"]).exits(0).out;
    assert!(text.contains("off (was high, medium confidence): passwords here are"), "{text}");
    let text = repo.run(["rules", "iban"]).exits(0).out;
    for part in
        ["Proof:          iban; a value that fails it is no finding", "From:           sensitive/"]
    {
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn rules_are_tried_on_a_file_and_say_what_they_leave_out() {
    let repo = repo(ACME);
    let tried = |args: &[&str], text: &str| {
        let mut call = command(repo.state.path(), repo.path());
        call.args(["rules", "--test", "-"]).args(args);
        let mut child = call
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program");
        child.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("written");
        let out = child.wait_with_output().expect("an end");
        (out.status.code(), String::from_utf8(out.stdout).expect("UTF-8"))
    };
    let text = format!("x\nkey = {}\n", key());
    let (code, out) = tried(&[], &text);
    assert_eq!(code, Some(1));
    assert!(
        out.contains("stdin:2:7: critical, high confidence: sensitive/acme-key acme…"),
        "{out}"
    );
    assert!(!out.contains(&key()), "values are masked: {out}");
    let (_, out) = tried(&["--as", "tests/a.yml"], &text);
    assert!(out.contains("tests/a.yml:2:7: high, high confidence"), "{out}");
    assert!(out.contains("(test or documentation path: one step lower)"), "{out}");
    let zeros = format!("acme_{}\n", "0".repeat(32));
    let (code, out) = tried(&["--all"], &zeros);
    assert_eq!(code, Some(0));
    assert!(out.contains("left out: sensitive/acme-key acme…0000: entropy 0.89"), "{out}");
    let (_, out) = tried(&["--rule", "acme-key"], "nothing\n");
    assert!(out.contains("none of its keywords stands in the text"), "{out}");
    let (_, out) = tried(&["--rule", "acme-key"], "x\nacme_xyz\n");
    assert!(out.contains("its keywords stand on line 2, but the pattern matches nowhere"), "{out}");
    let (_, out) = tried(&["--rule", "terraform-state", "--as", "a.txt"], "x\n");
    assert!(out.contains("does not look at a.txt"), "{out}");
    let (_, out) = tried(&["--all", "--format", "json"], &zeros);
    let document: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(document["left_out"][0]["why"], "entropy");
    repo.run(["rules", "--test", "app.yml", "--rule", "generic-password"])
        .exits(2)
        .says("is switched off here");
    repo.run(["rules", "--all"]).exits(2);
    // A new state of a file that is there already is tried in its place.
    let new = ACME.replace("acme_[0-9a-f]{32}", "acme_[0-9a-f]{31}.");
    fs::write(repo.path().join("acme.toml"), new).expect("written");
    let (code, out) = tried(&["--pack", "acme.toml", "--rule", "acme-key"], &text);
    assert_eq!((code, out.lines().count()), (Some(1), 2), "{out}");
}

#[test]
fn a_scan_shows_what_a_failed_proof_silenced_when_asked() {
    // The check digits of the second do not fit.
    let text = "iban: DE89999199990184530678\niban: DE90999199990184530678\n";
    let repo = Repo::with(&[("bank.yml", text.as_bytes())]);
    let silenced = "bank.yml:2:7: silenced sensitive/iban DE9…678: its own structure does not hold";
    let plain = repo.run(["scan"]).exits(1).out;
    assert!(plain.contains("bank.yml:1:7: medium sensitive/iban") && !plain.contains("silenced"));
    let all = repo.run(["scan", "--all"]).exits(1).out;
    assert!(all.lines().any(|line| line == silenced), "{all}");
    let document = repo.run(["scan", "--format", "json"]).exits(1).json();
    assert_eq!(document.get("silenced"), None);
    let document = repo.run(["scan", "--all", "--format", "json"]).exits(1).json();
    assert_eq!(document["silenced"][0]["line"], 2);
    assert_eq!(document["silenced"][0]["silenced"], "proof");
    let lines = repo.run(["scan", "--all", "--format", "jsonl"]).exits(1).lines();
    assert_eq!(lines.last().expect("a line")["silenced"], "proof");
}
