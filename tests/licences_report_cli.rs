// SPDX-License-Identifier: MIT OR Apache-2.0
//! Licences in the report that the program writes, and REUSE from policy to exit code.

#![allow(clippy::expect_used, reason = "a test may panic")]

#[path = "common/cli.rs"]
mod cli;
mod common;

use common::Repo;
use serde_json::Value;

const MIT: &[u8] = include_bytes!("../LICENSE-MIT");

fn header() -> String {
    format!("# SPDX-FileCopyrightText: 2020 Example GmbH\n# SPDX-License{}: MIT\n", "-Identifier")
}

fn licences(repo: &Repo) -> Value {
    let report = repo.run(["report", "--format", "json"]).json();
    report["predicate"]["licences"].clone()
}

#[test]
fn notices_of_others_are_in_the_report_and_it_is_the_same_twice() {
    let files: &[(&str, &[u8])] = &[
        ("LICENSE", MIT),
        ("NOTICE", b"Ours"),
        ("vendor/z/NOTICE", b"Z Project\nCopyright 2020 The Z Authors\n"),
        ("vendor/z/NOTICES.rs", b"fn main() {}\n"),
    ];
    let repo = Repo::with(files);
    repo.ask_nothing();
    let all = licences(&repo);
    let notices = all["notices"].as_array().expect("a list");
    assert_eq!((&notices[0]["path"], notices.len()), (&"vendor/z/NOTICE".into(), 1));
    assert_eq!(notices[0]["text"], "Z Project\nCopyright 2020 The Z Authors");
    assert_eq!(all["files"], 4);
    // Whoever verifies a report comes to the same.
    assert_eq!(all, licences(&repo));
    let markdown = repo.run(["report"]).out;
    assert!(markdown.contains("### Notices to ship"), "{markdown}");
}

#[test]
fn a_holder_is_one_however_the_name_is_written() {
    let ours = |holder: &str| format!("# Copyright 2020 {holder}\nx = 1\n");
    let (one, two) = (ours("Acme, Inc."), ours("Acme Inc"));
    let files: &[(&str, &[u8])] = &[
        ("a.py", one.as_bytes()),
        ("b.py", one.as_bytes()),
        ("c.py", two.as_bytes()),
        ("vendor/z/LICENSE", MIT),
        ("vendor/z/z.py", two.as_bytes()),
        ("vendor/z-more/z.py", two.as_bytes()),
    ];
    let repo = Repo::with(files);
    repo.ask_nothing();
    let all = licences(&repo);
    let holders = all["by_holder"].as_array().expect("a list").iter();
    let acme =
        holders.filter(|row| row["holder"].as_str().is_some_and(|name| name.contains("Acme")));
    let acme: Vec<String> = acme.map(ToString::to_string).collect();
    assert_eq!(acme, [r#"{"files":5,"holder":"Acme Inc"}"#]);
}

#[test]
fn the_likely_owner_is_named_without_whoever_else_took_part() {
    let licence = String::from_utf8_lossy(MIT).replacen(
        "Copyright (c)",
        "Copyright (c) 2020 Acme, Inc. and/or its affiliates\nCopyright (c)",
        1,
    );
    let repo = Repo::with(&[("LICENSE", licence.as_bytes())]);
    repo.run(["init", "--guess"]).exits(0);
    let config = std::fs::read_to_string(repo.path().join(".debut/config.toml")).expect("a policy");
    let named = "owners = [\"Acme, Inc.\"";
    assert!(config.contains(named) && !config.contains("affiliates"), "{config}");
}

#[test]
fn reuse_blocks_where_the_policy_wants_it() {
    let header = header();
    let files: &[(&str, &[u8])] = &[
        ("LICENSES/MIT.txt", MIT),
        ("a.py", header.as_bytes()),
        ("b.py", b"x = 1\n"),
        ("empty.py", b""),
        ("logo.bin", b"\0\x01\x02"),
    ];
    let repo = Repo::with(files);
    repo.ask_nothing();
    let found = |repo: &Repo| {
        let all = repo.found().into_iter();
        let ours = all.filter(|one| one["rule"] == "licensing/reuse-no-info");
        ours.map(|one| format!("{} {}", one["path"], one["severity"]).replace('"', ""))
            .collect::<Vec<_>>()
    };
    assert_eq!(found(&repo), ["b.py medium", "logo.bin medium"]);
    let policy = |text: &str| {
        std::fs::write(repo.path().join(".debut/config.toml"), text).expect("a policy");
    };
    policy("[licensing]\nreuse = true\n");
    assert_eq!(found(&repo), ["b.py high", "logo.bin high"]);
    policy("[licensing]\nreuse = false\n");
    assert_eq!(found(&repo), Vec::<String>::new());
}
