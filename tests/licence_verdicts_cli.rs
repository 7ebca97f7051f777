// SPDX-License-Identifier: MIT OR Apache-2.0
//! Licensing gaps decided by the thousand without a screen: corrections, fixes, and what they
//! change in the work tree.
#![expect(clippy::expect_used, reason = "helpers of tests may fail loudly too")]

mod common;
#[path = "common/cli.rs"]
mod program;

use std::fs;

use common::Repo;
use serde_json::Value;

const MIT: &str = include_str!("../LICENSE-MIT");
const CODE: &str = "a = 1\nb = 2\nc = 3\nd = 4\ne = 5\nf = 6\n";
const POLICY: &str = "[licensing]\noutbound = \"MIT\"\nowners = [\"example.com\", \"Example GmbH\"]\nheaders = \"all\"\n";

fn commit(repo: &Repo, files: &[(String, String)]) {
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(path, text)| (path.as_str(), text.as_bytes())).collect();
    repo.commit(&files);
    let folder = repo.path().join(".debut");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("config.toml"), POLICY).expect("a policy");
}

fn tag() -> String {
    ["SPDX-License", "-Identifier: MIT"].concat()
}

/// Files with a header, and `n` without one in each of two folders.
fn tree(n: usize) -> Vec<(String, String)> {
    let with = format!("# {}\n{CODE}", tag());
    let mut out: Vec<(String, String)> =
        (0..5 * n).map(|i| (format!("lib/f{i}.py"), with.clone())).collect();
    for dir in ["one", "two"] {
        out.extend(
            (0..n).map(|i| (format!("{dir}/g{i}.py"), format!("#!/usr/bin/python3\n{CODE}"))),
        );
    }
    out.push(("LICENSE".into(), MIT.into()));
    out
}

fn read(repo: &Repo, path: &str) -> String {
    fs::read_to_string(repo.path().join(path)).expect("a file")
}

#[test]
fn headers_are_fixed_by_the_thousand_and_written_where_nothing_is_lost() {
    let repo = Repo::new();
    commit(&repo, &tree(150));
    let dry = ["decide", "--rule", "header-missing", "--fix", "usual", "--dry-run"];
    assert!(repo.run(dry).exits(0).out.contains("would fix 300 places"));
    let ran = repo.run(["decide", "--rule", "header-missing", "--fix", "header"]).exits(0);
    assert!(ran.out.starts_with("fix 300 places\n"), "{}", ran.out);
    let status = repo.run(["status"]).out;
    assert!(status.contains("300 fixes to be applied in the release"), "{status}");
    let list = repo.run(["list", "--rule", "header-missing"]).out;
    assert!(list.starts_with("fix ") && list.contains("(header MIT; 2026 Example GmbH)"), "{list}");

    let preview = repo.run(["fix"]).exits(0).out;
    let head = format!("+# {}\n", tag());
    assert_eq!(preview.matches(&head).count(), 300);
    assert!(preview.contains("--- a/one/g0.py\n+++ b/one/g0.py\n@@ -1,"), "{preview}");
    assert!(preview.ends_with(
        "300 fixes to be applied in the release, in 300 files; --apply writes them now\n"
    ));
    assert!(!read(&repo, "one/g0.py").contains("SPDX"), "a preview writes nothing");

    fs::write(repo.path().join("one/g1.py"), "mine").expect("written");
    let ran = repo.run(["fix", "--apply"]).exits(1);
    assert!(ran.out.contains("not fixed: one/g1.py: has changes"), "{}", ran.out);
    assert!(ran.out.contains("299 files written into the work tree"));
    assert_eq!(read(&repo, "one/g1.py"), "mine");
    let fixed = read(&repo, "two/g7.py");
    assert!(fixed.starts_with("#!/usr/bin/python3\n# SPDX"), "{fixed}");
    assert!(fixed.ends_with(&format!("{}\n\n{CODE}", tag())), "{fixed}");
}

#[test]
fn corrections_are_told_and_so_is_evidence_that_changed() {
    let repo = Repo::new();
    let other = "You may look at this work on weekdays between nine and five, you may show it to \
                 your neighbours, and hum along with it provided that you do so quietly.\n";
    let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
    commit(&repo, &[file("LICENSE", other)]);
    let decide = |args: &[&str]| {
        let all = ["decide", "--rule", "license-unknown"].iter().chain(args);
        repo.run(all.copied())
    };
    decide(&["--correct", "Foo-1.0"]).exits(2).says("Foo-1.0 is no SPDX id");
    decide(&["--verdict", "correct"]).exits(2).says("--correct says which");
    decide(&["--correct", "gpl-3.0-only"]).exits(0);
    let list = |args: &[&str]| {
        let all = ["list", "--rule", "license-unknown"].iter().chain(args);
        repo.run(all.copied())
    };
    let text = list(&[]).exits(1).out;
    assert!(text.starts_with("open "), "{text}");
    assert!(text.contains("(GPL-3.0-only, which leaves the gap open)"), "{text}");
    decide(&["--correct", "isc", "--all"]).exits(0);
    let rows = list(&["--format", "json"]).exits(0).json();
    assert_eq!((&rows[0]["state"], &rows[0]["says"]), (&"correct".into(), &"ISC".into()));
    assert_eq!(rows[0]["reopened"], Value::Null);
    assert!(rows[0]["places"][0]["evidence"].is_string());
    let status = repo.run(["status", "--format", "json"]).json();
    assert_eq!(status["corrected"], 1);

    commit(&repo, &[file("LICENSE", &other.replace("quietly", "loudly"))]);
    let text = list(&[]).exits(1).out;
    assert!(
        text.contains("(evidence changed since reviewer1@example.com decided: correct)"),
        "{text}"
    );
    assert!(repo.run(["status"]).out.contains("1 place to be looked at again"));
}

#[test]
fn a_missing_licence_a_manifest_and_a_file_without_comments_are_fixed() {
    let repo = Repo::new();
    let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
    let package = "{\n  \"name\": \"x\",\n  \"license\": \"UNLICENSED\"\n}\n";
    commit(&repo, &[file("package.json", package), file("a.txt", "a\n")]);
    repo.run(["decide", "--rule", "license-missing", "--fix", "usual"]).exits(0);
    let manifest = ["decide", "--rule", "manifest-proprietary", "--fix", "manifest", "--license"];
    repo.run(manifest.iter().chain(&["MIT OR Apache-2.0"]).copied()).exits(0);
    let wrong = ["decide", "--rule", "license-missing", "--fix", "header", "--all"];
    repo.run(wrong).exits(2).says("no way to mend this: write an SPDX header");
    let plan = repo.run(["fix", "--format", "json"]).exits(0).json();
    assert_eq!(plan["files"][0]["path"], "LICENSE");
    assert_eq!(plan["fixes"].as_array().map(Vec::len), Some(2));
    repo.run(["fix", "--apply"]).exits(0);
    assert!(read(&repo, "LICENSE").contains("\nCopyright (c) 2026 Example GmbH\n"));
    let package = read(&repo, "package.json");
    assert!(package.contains("\"license\": \"MIT OR Apache-2.0\""), "{package}");
}

#[test]
fn a_readme_and_a_manifest_are_put_right_and_no_gap_is_left() {
    let repo = Repo::new();
    let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
    let apache = include_str!("../LICENSE-APACHE");
    let package = "{\n  \"name\": \"x\",\n  \"license\": \"MIT\"\n}\n";
    let readme = "# x\n\n![l](https://img.shields.io/badge/license-GPLv3-blue.svg)\n\n\
                  ## License\n\nReleased under the GNU GPL v3.\n";
    let head = "// Copyright 2020 Other Corp.\nint a;\n";
    let files = [
        file("LICENSE", MIT),
        file("COPYING", apache),
        file("package.json", package),
        file("README.md", readme),
        file("a.c", head),
    ];
    commit(&repo, &files);
    let wrong = ["decide", "--rule", "license-conflict", "--fix", "usual"];
    repo.run(wrong).exits(2).says("MIT does not name Apache-2.0: exclude that text");
    let both = ["--license", "MIT OR Apache-2.0"];
    repo.run(wrong.iter().chain(&both).copied()).exits(0);
    let readme = ["decide", "--rule", "readme-contradicts", "--fix", "usual"];
    repo.run(readme.iter().chain(&both).copied()).exits(0);
    let preview = repo.run(["fix"]).exits(0).out;
    assert!(preview.contains("+Released under the MIT OR Apache-2.0.\n"), "{preview}");
    assert!(preview.contains("badge/license-MIT%20OR%20Apache--2.0-blue.svg"), "{preview}");
    assert!(preview.contains("no fix: licensing/copyright-foreign, "), "{preview}");
    assert!(preview.contains("own-alias"), "says which verdict fits: {preview}");
    repo.run(["fix", "--apply"]).exits(0);
    let put = |(path, _): &(String, String)| (path.clone(), read(&repo, path));
    commit(&repo, &files.iter().map(put).collect::<Vec<_>>());
    let left = repo.run(["scan", "--format", "jsonl"]).out;
    let rules = ["license-conflict", "readme-contradicts", "manifest-"];
    assert!(!rules.iter().any(|rule| left.contains(rule)), "{left}");
}

/// What is said of licences quotes files, and a credential may stand in any of them.
#[test]
fn what_gaps_quote_gives_no_credential_away() {
    let token = common::github_token(7);
    let repo = Repo::new();
    let file = |path: &str, text: String| (path.to_owned(), text);
    let rider = format!("You may not use the Software without the token = {token} of the staff.");
    let head = format!("# Copyright 2020 {token} Other Corp. All rights reserved.");
    let quoting =
        [file("LICENSE", format!("{MIT}\n{rider}\n")), file("a.py", format!("{head}\n{CODE}"))];
    commit(&repo, &quoting);
    let key = loose(&token);
    let found = repo.run(["scan", "--format", "jsonl"]).out;
    assert!(found.contains("license-altered") && found.contains("copyright-foreign"), "{found}");
    kept_nowhere(repo.state.path(), &key);

    let named = file(&format!("vendor/{token}/x.c"), "int a(void) { return 1; }\n".into());
    commit(&repo, &[&quoting[..], &[named]].concat());
    for command in [
        &["scan", "--format", "jsonl"][..],
        &["scan"],
        &["list"],
        &["list", "--format", "json"],
        &["report"],
        &["report", "--format", "html"],
        &["report", "--format", "json"],
        &["status", "--format", "json"],
    ] {
        let ran = repo.run(command.iter().copied());
        assert!(!loose(&ran.out).contains(&key), "{command:?}: {}", ran.out);
        assert!(!loose(&ran.err).contains(&key), "{command:?}: {}", ran.err);
    }
    kept_nowhere(repo.state.path(), &key);
}

/// The letters and digits in lower case: a value without its signs gives itself away, too.
fn loose(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

fn kept_nowhere(folder: &std::path::Path, key: &str) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            kept_nowhere(&path, key);
        } else {
            let kept = String::from_utf8_lossy(&fs::read(&path).expect("a file")).into_owned();
            assert!(!loose(&kept).contains(key), "{}", path.display());
        }
    }
}
