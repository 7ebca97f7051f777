// SPDX-License-Identifier: MIT OR Apache-2.0
//! The commands as scripts call them: output, exit codes, and what stands on the disk after.

#![allow(clippy::expect_used, reason = "a test may panic")]

mod common;
#[path = "common/cli.rs"]
mod program;

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};

use common::{Repo, github_token};
use program::{Ran, command, run_in};
use serde_json::Value;

const LICENCE: &[u8] = include_bytes!("../LICENSE-MIT");
const TOKEN: &str = "sensitive/github-token";
const ADDRESS: &str = "internal/private-address";

/// Three groups: a token in two files, another token, and an address.
fn repo() -> Repo {
    let (one, two) = (github_token(1), github_token(2));
    Repo::with(&[
        ("LICENSE", LICENCE),
        ("a.yml", format!("# head\ntoken: {one}\n").as_bytes()),
        ("deploy/b.yml", format!("token: {one}\nother: {two}\n").as_bytes()),
        ("deploy/net.conf", b"bind = 10.20.30.40\n"),
    ])
}

#[track_caller]
fn number(value: &Value, key: &str) -> u64 {
    let number = value[key].as_u64();
    assert!(number.is_some(), "no number {key} in {value}");
    number.unwrap_or_default()
}

/// Checks that the groups of every category are divided among the states, and returns the total.
#[track_caller]
fn consistent(status: &Value) -> &Value {
    let categories = status["by_category"].as_object().expect("categories");
    for tally in categories.values().chain([status]) {
        let parts = ["open", "deferred", "approved", "redacted", "excluded"];
        let sum: u64 = parts.iter().map(|key| number(tally, key)).sum();
        assert_eq!(sum, number(tally, "groups"), "{tally}");
        let unresolved = number(tally, "open") + number(tally, "deferred");
        assert!(number(tally, "blocking") <= unresolved, "{tally}");
        assert!(number(tally, "findings") >= number(tally, "groups"), "{tally}");
    }
    for key in ["findings", "groups", "open", "approved", "redacted", "excluded", "blocking"] {
        let sum: u64 = categories.values().map(|tally| number(tally, key)).sum();
        assert_eq!(sum, number(status, key), "{key} of {status}");
    }
    status
}

/// Numbers of `status` by key.
type Expected<'a> = &'a [(&'a str, u64)];

#[track_caller]
fn counts(repo: &Repo, expected: Expected<'_>) {
    let status = repo.status();
    consistent(&status);
    for (key, count) in expected {
        assert_eq!(number(&status, key), *count, "{key} of {status}");
    }
}

/// No part of a token may be in any output.
#[track_caller]
fn keeps_secrets(text: &str, seeds: std::ops::RangeInclusive<u32>) {
    for token in seeds.map(github_token) {
        for part in [&token[8..20], &token[20..32], &token[24..36]] {
            assert!(!text.contains(part), "a part of a token is in {text}");
        }
    }
}

/// Checks the names of what is said of a finding of the reviewed commit.
#[track_caller]
fn has_the_keys(lines: &[Value]) {
    let keys = [
        "category",
        "column",
        "confidence",
        "end_column",
        "end_line",
        "first",
        "id",
        "last",
        "layer",
        "line",
        "masked",
        "notes",
        "pair",
        "path",
        "rule",
        "severity",
        "verdict",
        "version",
        "versions",
    ];
    for finding in lines {
        let mut found: Vec<&String> = finding.as_object().expect("an object").keys().collect();
        found.sort();
        assert_eq!(found, keys);
        assert_eq!(finding["layer"], "tree");
        for unknown in ["version", "first", "last", "versions"] {
            assert_eq!(finding[unknown], Value::Null, "nothing is known without --history");
        }
    }
}

#[test]
fn what_is_found_of_a_whole_file_has_no_line_and_says_where_in_it() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let token = format!("x\ntoken: {}\n", github_token(1));
    std::io::Write::write_all(&mut packed, token.as_bytes()).expect("memory");
    let packed = packed.finish().expect("memory");
    let repo = Repo::with(&[("LICENSE", LICENCE), ("a.gz", &packed)]);
    let line = format!("a.gz: critical {TOKEN}  (checksum matches; in what is packed, line 2)");
    let text = repo.run(["scan"]).exits(1).out;
    assert!(text.lines().any(|found| found == line), "{line} is not in {text}");
    let list = repo.run(["list"]).exits(1).out;
    assert!(list.contains("1 place in 1 file, a.gz\n"), "{list}");
}

#[test]
fn scan_lists_every_finding_in_three_formats() {
    let repo = repo();
    let text = repo.run(["scan"]).exits(1);
    let token = github_token(1);
    let mask = format!("{}…{}", &token[..4], &token[36..]);
    let line = format!("a.yml:2:8: critical {TOKEN} {mask}  (checksum matches)");
    assert!(text.out.lines().any(|found| found == line), "{line} is not in {}", text.out);
    assert!(
        text.out.contains("4 findings in 3 groups, 3 open, 2 of them blocking"),
        "{}",
        text.out
    );
    assert_eq!(text.err, "");

    let lines = repo.run(["scan", "--format", "jsonl"]).exits(1).lines();
    let places: Vec<(&str, u64, u64, u64, u64)> = lines
        .iter()
        .map(|f| {
            let n = |key| number(f, key);
            let path = f["path"].as_str().expect("a path");
            (path, n("line"), n("column"), n("end_line"), n("end_column"))
        })
        .collect();
    let expected = [
        ("a.yml", 2, 8, 2, 48),
        ("deploy/b.yml", 1, 8, 1, 48),
        ("deploy/b.yml", 2, 8, 2, 48),
        ("deploy/net.conf", 1, 8, 1, 19),
    ];
    assert_eq!(places, expected);
    has_the_keys(&lines);
    assert_eq!(lines[0]["id"], lines[1]["id"], "one value, one id");
    assert_ne!(lines[0]["id"], lines[2]["id"]);
    assert_eq!((&lines[3]["category"], &lines[3]["rule"]), (&"internal".into(), &ADDRESS.into()));

    let json = repo.run(["scan", "--format", "json"]).exits(1).json();
    assert_eq!(json["findings"], Value::Array(lines));
    assert_eq!(json["not_scanned"], Value::Array(Vec::new()));
    consistent(&json["status"]);
}

#[test]
fn a_clean_repository_exits_with_0() {
    let repo = Repo::with(&[("LICENSE", LICENCE), ("a.txt", b"hello\n")]);
    for args in [&["scan"][..], &["list"]] {
        repo.run(args).exits(0);
    }
    assert!(!repo.path().join(".debut").exists(), "nothing was decided, so nothing is kept");
    repo.ask_nothing();
    for args in [&["scan"][..], &["scan", "--format", "jsonl"], &["status"], &["list"]] {
        repo.run(args).exits(0);
    }
    assert_eq!(repo.run(["report"]).exits(0).out.matches("NOT PASSED").count(), 0);
    let kept = fs::read_dir(repo.path().join(".debut")).expect("the folder").count();
    assert_eq!(kept, 1, "nothing was decided, so nothing is kept");
}

#[test]
fn lines_and_columns_count_characters() {
    let token = github_token(3);
    let cases: [(&str, String, (u64, u64)); 5] = [
        ("accent.yml", format!("x: 1\ngr\u{f6}\u{df}e: \u{e4}, token: {token} \u{fc}\n"), (2, 18)),
        ("wide.yml", format!("\u{1f600}\u{65e5}\u{672c} token: {token}\n"), (1, 12)),
        ("crlf.yml", format!("a: 1\r\nb: 2\r\ntoken: {token}\r\n"), (3, 8)),
        ("bom.yml", format!("\u{feff}token: {token}\n"), (1, 8)),
        ("bom2.yml", format!("\u{feff}a: 1\r\n  token: {token}"), (2, 10)),
    ];
    let mut files: Vec<(&str, &[u8])> = vec![("LICENSE", LICENCE)];
    files.extend(cases.iter().map(|(path, text, _)| (*path, text.as_bytes())));
    let repo = Repo::with(&files);
    for (path, _, (line, column)) in cases {
        let found = repo.find(TOKEN, path);
        let end = (number(&found, "end_line"), number(&found, "end_column"));
        assert_eq!((number(&found, "line"), number(&found, "column")), (line, column), "{path}");
        assert_eq!(end, (line, column + 40), "{path}");
    }
}

#[test]
fn no_output_holds_a_value() {
    let repo = repo();
    let note = format!("was {}", github_token(1));
    let mut calls: Vec<Vec<&str>> = vec![
        vec!["scan"],
        vec!["scan", "--format", "json"],
        vec!["scan", "--format", "jsonl"],
        vec!["list"],
        vec!["list", "--format", "json"],
        vec!["status"],
        vec!["decide", "--rule", TOKEN, "--verdict", "redact", "--note", &note],
        vec!["decide", "--rule", TOKEN, "--verdict", "redact", "--to", &note],
        vec!["decide", "--rule", TOKEN, "--verdict", "redact", "--dry-run"],
        vec!["decide", "--rule", TOKEN, "--verdict", "redact"],
    ];
    for format in ["md", "json", "html"] {
        calls.push(vec!["report", "--format", format]);
    }
    for args in calls {
        keeps_secrets(&repo.run(&args).all(), 1..=2);
    }
    for file in fs::read_dir(repo.path().join(".debut")).expect("the folder") {
        let text = fs::read(file.expect("an entry").path()).expect("a file");
        keeps_secrets(&String::from_utf8_lossy(&text), 1..=2);
    }
}

#[test]
fn status_follows_the_decisions() {
    let repo = repo();
    counts(&repo, &[("findings", 4), ("groups", 3), ("open", 3), ("blocking", 2)]);
    let id = repo.find(TOKEN, "a.yml")["id"].as_str().expect("an id").to_owned();
    let steps: [(&[&str], Expected<'_>); 7] = [
        (&["--value", &id[..10], "--path", "a.yml", "--verdict", "redact"], &[("open", 3)]),
        (&["--value", &id[..10], "--verdict", "redact"], &[("open", 2), ("redacted", 1)]),
        (
            &["--rule", "private-address", "--verdict", "defer"],
            &[("open", 1), ("deferred", 1), ("blocking", 1)],
        ),
        (
            &["--path", "deploy/*.conf", "--verdict", "approve", "--reason", "not-sensitive"],
            &[("deferred", 0), ("approved", 1)],
        ),
        (&["--path", "deploy", "--verdict", "exclude"], &[("open", 0), ("excluded", 3)]),
        (
            &["--path", "deploy/", "--verdict", "withdraw"],
            &[("open", 1), ("excluded", 0), ("redacted", 1), ("approved", 1)],
        ),
        (&["--rule", "*/*", "--verdict", "withdraw"], &[("open", 3), ("blocking", 2)]),
    ];
    for (args, expected) in steps {
        repo.run([&["decide"][..], args].concat()).exits(0);
        counts(&repo, expected);
    }
    let text = repo.run(["status"]).exits(1).out;
    assert!(text.lines().any(|line| line.starts_with("Total")), "{text}");
    assert!(text.contains("checklist: "), "{text}");
}

#[test]
fn verdicts_of_scan_and_list_agree() {
    let repo = repo();
    repo.run(["decide", "--rule", TOKEN, "--path", "a.yml", "--verdict", "redact"]).exits(0);
    assert_eq!(repo.find(TOKEN, "a.yml")["verdict"], "redact");
    assert_eq!(repo.find(TOKEN, "deploy/b.yml")["verdict"], Value::Null);
    let rows = repo.run(["list", "--format", "json", "--rule", TOKEN]).exits(1).json();
    let rows = rows.as_array().expect("rows").clone();
    assert_eq!(rows.len(), 2);
    let both = rows.iter().find(|row| row["files"] == 2).expect("the value in two files");
    assert_eq!((&both["settled"], &both["state"]), (&1.into(), &"open".into()));
    assert_eq!(both["places"][0]["path"], "a.yml");
    assert_eq!(both["places"][1]["path"], "deploy/b.yml");
    let text = repo.run(["list"]).exits(1).out;
    assert_eq!(text.lines().count(), 3, "{text}");
    repo.run(["decide", "--rule", TOKEN, "--verdict", "redact"]).exits(0);
    let text = repo.run(["list", "--open"]).exits(1).out;
    assert_eq!(text.lines().count(), 1, "{text}");
    repo.run(["list", "--path", "a.yml"]).exits(0);
}

#[test]
fn a_file_excluded_by_value_can_be_taken_back() {
    let repo = repo();
    repo.run(["decide", "--rule", ADDRESS, "--verdict", "exclude"]).exits(0);
    counts(&repo, &[("excluded", 1)]);
    repo.run(["decide", "--rule", ADDRESS, "--verdict", "withdraw"]).exits(0);
    counts(&repo, &[("excluded", 0), ("open", 3)]);
    repo.run(["decide", "--rule", ADDRESS, "--verdict", "withdraw"]).exits(2).says("nothing there");
}

#[test]
fn careless_decisions_are_refused() {
    let repo = repo();
    let note = format!("it is {} here", github_token(2));
    let cases: [(&[&str], &str); 10] = [
        (&["--verdict", "approve"], "--rule, --value or --path"),
        (&["--rule", "nonsense", "--verdict", "approve"], "no such rule"),
        (&["--path", "nowhere.yml", "--verdict", "approve"], "not in the reviewed commit"),
        (&["--path", "nowhere", "--verdict", "exclude"], "not in the reviewed commit"),
        (&["--path", "a[.yml", "--verdict", "exclude"], "a[.yml"),
        (&["--rule", TOKEN, "--verdict", "approve", "--reason", "accepted-risk"], "needs a note"),
        (
            &["--rule", TOKEN, "--verdict", "approve", "--reason", "accepted-risk", "--note", " "],
            "needs a note",
        ),
        (
            &["--path", "deploy", "--verdict", "exclude", "--reason", "accepted-risk"],
            "needs a note",
        ),
        (&["--rule", TOKEN, "--verdict", "approve", "--note", &note], "the note holds a value"),
        (&["--rule", TOKEN, "--verdict", "redact", "--to", &note], "the stand-in holds a value"),
    ];
    for (args, part) in cases {
        for dry in [&[][..], &["--dry-run"]] {
            let ran = repo.run([&["decide"], args, dry].concat()).exits(2).says(part);
            keeps_secrets(&ran.err, 1..=2);
        }
    }
    repo.run(["decide", "--value", "zzzz", "--verdict", "approve"]).exits(1);
    counts(&repo, &[("open", 3)]);
    let noted = ["decide", "--rule", TOKEN, "--verdict", "approve", "--reason", "accepted-risk"];
    repo.run([&noted[..], &["--note", "known to all of us"]].concat()).exits(0);
    counts(&repo, &[("approved", 2)]);
}

#[test]
fn a_dry_run_writes_nothing() {
    let repo = repo();
    for (path, verdict) in
        [("deploy", "exclude"), ("a.yml", "redact"), ("*", "approve"), ("a.yml", "defer")]
    {
        let args = ["decide", "--path", path, "--verdict", verdict, "--dry-run"];
        let out = repo.run(args).exits(0).out;
        assert!(out.starts_with(&format!("would {verdict} ")), "{out}");
    }
    assert!(!repo.path().join(".debut").exists());
    counts(&repo, &[("open", 3)]);
    repo.run(["decide", "--rule", TOKEN, "--verdict", "redact"]).exits(0);
    let before = fs::read(repo.checklist()).expect("the checklist");
    repo.run(["decide", "--rule", TOKEN, "--verdict", "approve", "--dry-run"]).exits(0);
    assert_eq!(fs::read(repo.checklist()).expect("the checklist"), before);
    counts(&repo, &[("redacted", 2)]);
}

#[test]
fn rules_are_listed_and_explained() {
    let repo = Repo::new();
    let all = repo.run(["rules"]).exits(0).out;
    assert!(all.lines().any(|line| line.starts_with(TOKEN)), "{all}");
    for id in [TOKEN, "github-token"] {
        let one = repo.run(["rules", id]).exits(0).out;
        for part in [TOKEN, "Why it matters:", "What to do:", "Stand-in:"] {
            assert!(one.contains(part), "{one}");
        }
    }
    let json = repo.run(["rules", TOKEN, "--format", "json"]).exits(0).json();
    assert_eq!((&json[0]["id"], &json[0]["severity"]), (&TOKEN.into(), &"critical".into()));
    let json = repo.run(["rules", "--format", "json"]).exits(0).json();
    let count = json.as_array().expect("rules").len();
    assert_eq!(all.lines().count(), count + 1, "a line for each, and a summary");
    repo.run(["rules", "sensitive/nonsense"]).exits(2).says("sensitive/nonsense: no such rule");
}

#[test]
fn a_report_passes_once_everything_is_decided() {
    let repo = repo();
    let reports = tempfile::tempdir().expect("a folder");
    let write = |name: &str, format: &[&str]| {
        let file = reports.path().join(name);
        let path = file.to_str().expect("UTF-8").to_owned();
        let ran = repo.run([&["report", "-o", &path][..], format].concat());
        let text = fs::read_to_string(&file).expect("the report");
        keeps_secrets(&text, 1..=2);
        (ran, text)
    };
    repo.ask_nothing();
    let all: [(&str, &[&str], &str); 4] = [
        ("r.md", &[], "**PASSED."),
        ("r.html", &[], ">PASSED."),
        ("plain", &["--format", "md"], "**PASSED."),
        ("r.json", &["--format", "json"], "\"result\": \"passed\""),
    ];
    for (name, format, word) in all {
        let (ran, text) = write(name, format);
        ran.exits(1);
        assert!(!text.contains(word), "{name} says {word}: {text}");
        assert!(text.contains("NOT PASSED") || name == "r.json", "{name}: {text}");
    }
    repo.run(["report", "-o", "r.docx"]).exits(2).says("r.docx");
    repo.run(["decide", "--rule", "*", "--verdict", "redact"]).exits(0);
    repo.run(["status"]).exits(0);
    for (name, format, word) in all {
        let (ran, text) = write(name, format);
        ran.exits(0);
        assert!(text.contains(word) && !text.contains("NOT PASSED"), "{name}: {text}");
    }
}

#[test]
fn wrong_usage_exits_with_2() {
    let repo = repo();
    let home = repo.state.path();
    let cases: [(&[&str], &str); 5] = [
        (&["scan", "no/such/folder"], "no/such/folder: no such folder"),
        (&["scan", "--rev", "nowhere"], "no commit called \"nowhere\""),
        (&["scan", "--rev", ""], "no commit called \"\""),
        (&["status", "--rev", "HEAD:a.yml"], "no commit called \"HEAD:a.yml\""),
        (&["scan", "--threads", "0"], "--threads"),
    ];
    for (args, part) in cases {
        repo.run(args).exits(2).says(part);
    }
    for args in [&["frobnicate", "x"][..], &["scan", "--format", "xml"], &["decide"]] {
        assert_eq!(repo.run(args).exits(2).out, "");
    }
    let empty = tempfile::tempdir().expect("a folder");
    let ran = run_in(home, empty.path(), ["scan", "."]).exits(2);
    ran.says("not a Git repository");
    let newline = empty.path().join("a\nb\x1b[31m");
    let ran = run_in(home, empty.path(), ["scan".as_ref(), newline.as_os_str()]).exits(2);
    assert!(!ran.err.contains('\x1b'));
    ran.says("no such folder");
    repo.run(["--help"]).exits(0);
    repo.run(["--version"]).exits(0);
}

#[test]
fn what_cannot_be_judged_exits_with_5() {
    let unborn = Repo::new();
    let ran = unborn.run(["scan"]).exits(5).says("no commit yet");
    let name = unborn.path().file_name().expect("a name").to_string_lossy().into_owned();
    assert!(ran.err.contains(&name), "the path is missing in {}", ran.err);
    let repo = repo();
    repo.run(["decide", "--rule", TOKEN, "--verdict", "redact"]).exits(0);
    let good = fs::read_to_string(repo.checklist()).expect("the checklist");
    let broken = good.replace("schema = 2", "schema = 1\n= broken");
    for (text, part) in [
        (broken.as_str(), "checklist.toml:5:"),
        ("", "no schema"),
        ("schema = 99\n", "newer debut"),
    ] {
        fs::write(repo.checklist(), text).expect("a file");
        for command in ["scan", "status", "list", "report"] {
            repo.run([command]).exits(5).says(part);
        }
        repo.run(["decide", "--rule", TOKEN, "--verdict", "redact"]).exits(5).says(part);
        assert_eq!(fs::read_to_string(repo.checklist()).expect("the file"), text, "left alone");
    }
    let gone = Repo::with(&[("a.txt", b"x\n")]);
    let tree = gone.git.head().expect("HEAD").peel_to_tree().expect("a tree").id().to_string();
    let object = gone.git.path().join("objects").join(&tree[..2]).join(&tree[2..]);
    fs::remove_file(object).expect("the tree's object");
    gone.run(["scan"]).exits(5).says("git fsck");
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let lines: String = (0..2500).map(|i| format!("10.1.{}.{}\n", i / 250, i % 250 + 1)).collect();
    let repo = Repo::with(&[("LICENSE", LICENCE), ("net.conf", lines.as_bytes())]);
    for args in [
        &["scan"][..],
        &["scan", "--format", "json"],
        &["scan", "--format", "jsonl"],
        &["list"],
        &["list", "--format", "json"],
    ] {
        let mut command = command(repo.state.path(), repo.path());
        command.args(args).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("an end");
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), err.as_str()), (Some(0), ""), "{args:?}");
    }
}

#[test]
fn an_older_commit_can_be_reviewed() {
    let repo = repo();
    let first = repo.git.head().expect("HEAD").target().expect("a commit").to_string();
    repo.commit(&[("LICENSE", LICENCE), ("a.yml", b"token: none\n")]);
    repo.run(["scan"]).exits(0);
    for rev in ["HEAD~1", &first, &first[..10], "HEAD^{/Change}~1"] {
        let document = repo.run(["status", "--format", "json", "--rev", rev]).exits(1).json();
        assert_eq!(
            (&document["commit"], &document["findings"]),
            (&first.as_str().into(), &4.into())
        );
    }
}

#[test]
fn subfolders_worktrees_and_bare_repositories_are_at_home() {
    let repo = repo();
    let home = repo.state.path();
    let all = repo.run(["scan"]).exits(1).out;
    assert_eq!(run_in(home, &repo.path().join("deploy"), ["scan"]).exits(1).out, all);
    let decide = ["decide", "--path", "deploy/b.yml", "--verdict", "redact"];
    run_in(home, &repo.path().join("deploy"), decide).exits(0);
    assert!(repo.checklist().exists(), "the checklist is in the root");

    let other = tempfile::tempdir().expect("a folder");
    let linked = other.path().join("linked");
    repo.git.worktree("linked", &linked, None).expect("a linked worktree");
    counts(&repo, &[("redacted", 1)]);
    run_in(home, &linked, ["scan"]).exits(1);
    run_in(home, &linked, ["decide", "--rule", TOKEN, "--verdict", "redact"]).exits(0);
    assert!(linked.join(".debut/checklist.toml").exists());
    let document = run_in(home, &linked, ["status", "--format", "json"]).exits(1).json();
    assert_eq!(document["redacted"], 2);
    assert_eq!(document["banners"], Value::Array(Vec::new()));

    let bare = other.path().join("bare.git");
    let url = repo.path().to_str().expect("UTF-8");
    git2::build::RepoBuilder::new().bare(true).clone(url, &bare).expect("a bare clone");
    let found = run_in(home, &bare, ["scan", "--format", "jsonl"]).exits(1).lines();
    assert_eq!(found.len(), 4);
    let decide = ["decide", "--rule", TOKEN, "--verdict", "redact", "--reviewer"];
    run_in(home, &bare, [&decide[..], &["reviewer1@example.com"]].concat()).exits(0);
    assert!(bare.join("debut/checklist.toml").exists());
    let document = run_in(home, &bare, ["status", "--format", "json"]).exits(1).json();
    assert_eq!(document["redacted"], 2);
}

#[test]
fn a_shallow_clone_is_said() {
    let repo = repo();
    let head = repo.git.head().expect("HEAD").target().expect("a commit");
    fs::write(repo.git.path().join("shallow"), format!("{head}\n")).expect("a file");
    for command in ["scan", "status"] {
        let out = repo.run([command]).exits(1).out;
        assert!(out.contains("note: shallow clone"), "{out}");
    }
    let banners = repo.status()["banners"].to_string();
    assert!(banners.contains("shallow clone"), "{banners}");
}

#[test]
fn the_work_tree_is_not_scanned_and_that_is_said() {
    let repo = Repo::with(&[("LICENSE", LICENCE), ("a.yml", b"a: 1\n")]);
    repo.ask_nothing();
    repo.run(["decide", "--path", "a.yml", "--verdict", "defer"]).exits(0);
    assert_eq!(repo.status()["banners"], Value::Array(Vec::new()), "our own folder is clean");
    let secret = format!("token: {}\n", github_token(1));
    fs::write(repo.path().join("a.yml"), &secret).expect("a file");
    fs::write(repo.path().join("new.yml"), &secret).expect("a file");
    let words = "note: the work tree is not clean (1 changed, 1 untracked): only the commit";
    for command in ["scan", "status"] {
        let out = repo.run([command]).exits(0).out;
        assert!(out.contains(words), "{out}");
    }
    let lines = repo.run(["scan", "--format", "jsonl"]).exits(0);
    assert!(lines.out.is_empty() && lines.err.contains(words), "{}", lines.all());
    assert_eq!(number(&repo.status(), "findings"), 0);
    let mut index = repo.git.index().expect("an index");
    index.add_path(Path::new("a.yml")).expect("a staged change");
    index.remove_path(Path::new("LICENSE")).expect("a staged removal");
    index.write().expect("the index");
    let banners = repo.status()["banners"].to_string();
    // The licence is staged as removed and lies there untracked.
    assert!(banners.contains("(2 changed, 2 untracked)"), "{banners}");
}

#[test]
fn a_checklist_can_be_named() {
    let repo = repo();
    let list = ["--checklist", "list.toml"];
    let decide = ["decide", "--rule", TOKEN, "--verdict", "redact"];
    repo.run([&decide[..], &list].concat()).exits(0);
    assert!(repo.path().join("list.toml").exists() && !repo.path().join(".debut").exists());
    let status = repo.run([&["status", "--format", "json"][..], &list].concat()).json();
    assert_eq!(status["redacted"], 2);
    counts(&repo, &[("open", 3)]);
}

#[cfg(unix)]
#[test]
fn a_repository_cannot_lead_our_files_elsewhere() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().expect("a folder");
    let victim = outside.path().join("victim");
    for name in ["", "lock", "journal", "checklist.toml", ".gitignore"] {
        let repo = repo();
        fs::write(&victim, "precious\n").expect("a file");
        let folder = repo.path().join(".debut");
        if name.is_empty() {
            symlink(outside.path(), &folder).expect("a link");
        } else {
            fs::create_dir(&folder).expect("a folder");
            symlink(&victim, folder.join(name)).expect("a link");
        }
        let decide = ["decide", "--rule", TOKEN, "--verdict", "redact"];
        repo.run(decide).exits(5).says("remove it");
        let names = fs::read_dir(outside.path()).expect("the folder").count();
        assert_eq!(names, 1, "{name}: something was written outside");
        assert_eq!(fs::read_to_string(&victim).expect("the file"), "precious\n", "{name}");
    }
}

#[test]
fn decisions_follow_the_code() {
    let token = |seed| format!("token: {}\n", github_token(seed));
    let repo = Repo::with(&[
        ("LICENSE", LICENCE),
        ("moved-line.yml", token(1).as_bytes()),
        ("changed.yml", token(2).as_bytes()),
        ("other-line.yml", token(3).as_bytes()),
        ("old.conf", b"bind = 10.20.30.40\n"),
    ]);
    for (path, verdict) in [
        ("moved-line.yml", "approve"),
        ("changed.yml", "redact"),
        ("other-line.yml", "approve"),
        ("old.conf", "approve"),
    ] {
        repo.run(["decide", "--path", path, "--verdict", verdict]).exits(0);
    }
    counts(&repo, &[("open", 0), ("kept", 4), ("reopened", 0), ("gone", 0)]);
    repo.commit(&[
        ("LICENSE", LICENCE),
        ("moved-line.yml", format!("# one\n# two\n\n  {}", token(1)).as_bytes()),
        ("changed.yml", token(4).as_bytes()),
        ("other-line.yml", format!("production_{}", token(3)).as_bytes()),
        ("new.conf", b"bind = 10.20.30.40\n"),
    ]);
    counts(&repo, &[("open", 2), ("approved", 2), ("kept", 2), ("reopened", 1), ("gone", 1)]);
    let verdict = |rule, path| repo.find(rule, path)["verdict"].clone();
    assert_eq!(verdict(TOKEN, "moved-line.yml"), "approve");
    assert_eq!(verdict(TOKEN, "changed.yml"), Value::Null, "another value is another question");
    assert_eq!(verdict(TOKEN, "other-line.yml"), Value::Null, "a credential in a new light");
    assert_eq!(verdict(ADDRESS, "new.conf"), "approve");
    let text = repo.run(["status"]).exits(1).out;
    assert!(text.contains("2 decisions kept, 1 re-opened (text changed), 1 gone"), "{text}");
    // What came along with a renamed file can be changed and taken back there.
    repo.run(["decide", "--path", "new.conf", "--verdict", "withdraw"]).exits(0);
    assert_eq!(verdict(ADDRESS, "new.conf"), Value::Null);
    repo.run(["decide", "--path", "new.conf", "--verdict", "redact"]).exits(0);
    assert_eq!(verdict(ADDRESS, "new.conf"), "redact");
    repo.run(["decide", "--path", "new.conf", "--verdict", "withdraw"]).exits(0);
    assert_eq!(verdict(ADDRESS, "new.conf"), Value::Null);
}

#[test]
fn two_reviewers_who_differ_block_the_release() {
    let repo = Repo::with(&[("LICENSE", LICENCE), ("net.conf", b"bind = 10.20.30.40\n")]);
    let decide = |who: &str, verdict: &str| {
        let args = ["decide", "--path", "net.conf", "--reviewer", who, "--verdict", verdict];
        repo.run(args).exits(0);
    };
    repo.ask_nothing();
    decide("reviewer1@example.com", "approve");
    decide("reviewer2@example.com", "redact");
    repo.run(["status"]).exits(1);
    counts(&repo, &[("redacted", 1), ("disputed", 1)]);
    decide("reviewer1@example.com", "withdraw");
    repo.run(["status"]).exits(0);
}

/// Returns the verdict in force for each value.
fn states(repo: &Repo) -> BTreeMap<String, String> {
    let ran: Ran = repo.run(["list", "--format", "json"]);
    assert_ne!(ran.code, Some(5), "the checklist can't be read: {}", ran.err);
    let word = |value: &Value| value.as_str().expect("text").to_owned();
    let rows = ran.json();
    let rows = rows.as_array().expect("rows").iter();
    rows.map(|row| (word(&row["id"]), word(&row["state"]))).collect()
}

fn no_seal_is_broken(repo: &Repo) {
    let banners = repo.status()["banners"].to_string();
    assert!(!banners.contains("seal"), "{banners}");
    let left = fs::read_dir(repo.path()).expect("the folder").flatten();
    let names: Vec<_> = left.map(|entry| entry.file_name()).collect();
    assert!(names.iter().all(|name| !Path::new(name).to_string_lossy().ends_with(".tmp")));
}

#[test]
fn a_kill_at_any_instant_loses_no_earlier_decision() {
    let lines: String = (1..=12).map(|i| format!("10.20.30.{i}\n")).collect();
    let repo = Repo::with(&[("LICENSE", LICENCE), ("net.conf", lines.as_bytes())]);
    let decide = |id: &str, verdict: &str| {
        let mut command = command(repo.state.path(), repo.path());
        command.args(["decide", "--value", id, "--verdict", verdict]);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program")
    };
    let started = Instant::now();
    let mut known = states(&repo);
    let ids: Vec<String> = known.keys().cloned().collect();
    assert_eq!(ids.len(), 12);
    let took = Instant::now();
    assert!(decide(&ids[0], "approve").wait().expect("an end").success());
    let took = took.elapsed();
    known.insert(ids[0].clone(), "approve".into());
    let mut random = 12_345_u32;
    let (mut killed, mut survived) = (0, 0);
    for round in 0..40 {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let id = &ids[round % ids.len()];
        let verdict = ["redact", "approve", "defer"][round / ids.len() % 3];
        let mut child = decide(id, verdict);
        // Between the very beginning and a little after the usual end.
        std::thread::sleep(took.mul_f64(f64::from(random >> 16) / 65_536.0 * 1.3));
        child.kill().expect("a kill");
        let done = child.wait().expect("an end").success();
        *if done { &mut survived } else { &mut killed } += 1;
        let now = states(&repo);
        let word = if verdict == "defer" { "deferred" } else { verdict };
        for (other, state) in &now {
            let same = *state == known[other];
            let took_effect = other == id && state == word;
            assert!(took_effect || (same && !(done && other == id)), "{other}: {state}");
        }
        known = now;
        if started.elapsed() > Duration::from_secs(12) {
            break;
        }
    }
    no_seal_is_broken(&repo);
    assert!(killed + survived > 0);
    // And it goes on from there.
    assert!(decide(&ids[3], "redact").wait().expect("an end").success());
    assert_eq!(states(&repo)[&ids[3]], "redact");
}

#[test]
fn a_kill_leaves_no_half_written_key() {
    let repo = repo();
    let home = |round: u32| repo.state.path().join(format!("home{round}"));
    let took = Instant::now();
    run_in(&home(99), repo.path(), ["scan"]).exits(1);
    let took = took.elapsed();
    for round in 0..12 {
        let mut command = command(&home(round), repo.path());
        command.arg("scan").stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().expect("the program");
        std::thread::sleep(took.mul_f64(f64::from(round) / 12.0));
        child.kill().expect("a kill");
        child.wait().expect("an end");
        run_in(&home(round), repo.path(), ["scan"]).exits(1);
    }
}

#[test]
fn a_second_writer_is_turned_away() {
    let repo = repo();
    let review = repo.review(debut::ops::Access::Write);
    assert_eq!(review.read_only, None);
    let home = tempfile::tempdir().expect("a folder");
    let decide = ["decide", "--rule", TOKEN, "--verdict", "redact"];
    let ran = run_in(home.path(), repo.path(), decide).exits(5);
    ran.says("reviewer1@example.com since 2026-01-02 03:04 is reviewing now");
    run_in(home.path(), repo.path(), ["status"]).exits(1);
    drop(review);
    run_in(home.path(), repo.path(), decide).exits(0);
}

/// The text of a panic may hold what was being read: a slice out of bounds quotes its string.
#[test]
#[expect(clippy::disallowed_methods, reason = "the test runs itself")]
fn a_panic_says_where_and_not_what() {
    const CHILD: &str = "DEBUT_TEST_QUIET";
    if std::env::var_os(CHILD).is_some() {
        debut::cli::quiet_panics();
        let worker = std::thread::spawn(|| assert!(CHILD.is_empty(), "the-value-in-the-panic"));
        assert!(worker.join().is_err());
        return;
    }
    let output = std::process::Command::new(std::env::current_exe().expect("this test"))
        .args(["--exact", "a_panic_says_where_and_not_what", "--nocapture"])
        .env(CHILD, "1")
        .output()
        .expect("the child");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("a fault of the program at tests"), "{said}");
    assert!(!said.contains("the-value-in-the-panic"), "{said}");
}
