// SPDX-License-Identifier: MIT OR Apache-2.0
//! What the commands say of the organisation's words, and what they never say.

#![allow(clippy::expect_used, reason = "a test may panic")]

#[path = "common/cli.rs"]
mod cli;
mod common;

use std::fs;

use common::Repo;

fn repo() -> Repo {
    let repo = Repo::with(&[
        (
            "blue-finch/hosts.yml",
            b"- db1.zeppelin.example.io\n# for BlueFinch, see the Blue Finch board\n",
        ),
        ("doc/a.md", b"Ask on db2.zeppelin.example.io about finch-77 and Finch-78\n"),
    ]);
    repo.ask_nothing();
    repo
}

fn write(repo: &Repo, lines: &[&str]) {
    let lines: String = lines.iter().map(|line| format!("  {{ {line} }},\n")).collect();
    let text = format!("schema = 1\nwords = [\n{lines}]\n");
    fs::create_dir_all(repo.path().join(".debut")).expect("a folder");
    fs::write(repo.path().join(".debut/words.toml"), text).expect("a file");
}

const DOMAIN: &str = r#"kind = "domain", word = "example.io", keep = true, seen = "2 hosts in 2 files", by = "reviewer2@example.com""#;

#[test]
fn the_list_says_why_in_the_organisation_s_terms() {
    let repo = repo();
    write(&repo, &[DOMAIN]);
    let why = "example.io is internal: 2 hosts in 2 files";
    let list = repo.run(["list", "--format", "json"]).json();
    let rows = list.as_array().expect("rows");
    let because = |rule: &str| {
        let row = rows.iter().find(|row| row["rule"] == rule);
        row.map(|row| row["because"].clone())
    };
    assert_eq!(because("internal/org-host"), Some(why.into()), "{list:#}");
    let others = rows.iter().filter(|row| row["category"] != "internal");
    assert!(others.clone().count() > 0 && others.into_iter().all(|row| row["because"].is_null()));
    assert!(repo.run(["list"]).out.contains(&format!("({why})")));
}

#[test]
fn a_report_counts_words_and_names_none_that_must_not_be_published() {
    let repo = repo();
    write(
        &repo,
        &[
            DOMAIN,
            r#"kind = "suffix", word = "zepnet", keep = false, by = "reviewer2@example.com""#,
            r#"kind = "code-name", word = "blue finch", keep = true, by = "reviewer2@example.com""#,
            r#"kind = "code-name", word = "finch-##", keep = true, by = "reviewer2@example.com""#,
        ],
    );
    let list = repo.run(["list", "--rule", "code-name", "--format", "json"]).json();
    assert!(list.as_array().is_some_and(|rows| rows.len() >= 3), "{list:#}");
    for name in ["report.md", "report.html", "report.json"] {
        repo.run(["report", "-o", name]).exits(1);
        let text = fs::read_to_string(repo.path().join(name)).expect("a report");
        let plain = text.to_lowercase().replace(['-', '_', ' '], "");
        assert!(!plain.contains("bluefinch") && !plain.contains("finch7"), "{name}: {text}");
        assert!(!text.contains("zepnet"), "{name}");
        assert!(text.contains("[withheld]"), "{name} has no place: {text}");
        let told: &[&str] = match name {
            "report.json" => &["\"kind\": \"code-name\"", "\"looked_for\": 2", "\"dropped\": 1"],
            _ => &["Names that must not be published: 2 looked for", "1 word dropped by"],
        };
        told.iter().for_each(|part| assert!(text.contains(part), "{name}: {part}: {text}"));
    }
}

#[test]
fn a_hostile_list_of_words_is_refused_with_its_line() {
    let repo = repo();
    let all: [(&[&str], &str); 6] = [
        (&[DOMAIN, r#"kind = "domian", word = "b.example", keep = true"#], "words.toml:4:"),
        (&[DOMAIN, DOMAIN, r#"kind = "suffix", word = "a.b", keep = true"#], "words.toml:5:"),
        (&[r#"kind = "name", word = "a\u001b[31mb", keep = true"#], "words.toml:3:"),
        (&[r#"kind = "code-name", word = "blue\u0007finch", keep = true"#], "words.toml:3:"),
        (&[r#"kind = "name", word = "abc", keep = true, seen = "a\nb""#], "words.toml:3:"),
        (&[r#"kind = "name", word = "abc", keep = "yes""#], "words.toml:3:"),
    ];
    for (lines, place) in all {
        write(&repo, lines);
        let ran = repo.run(["status"]).exits(2).says(place);
        assert!(!ran.err.contains('\u{1b}') && !ran.err.contains('\u{7}'), "{}", ran.err);
    }
    let line = r#"kind = "name", word = "abc", keep = true"#;
    write(&repo, &vec![line; 5_001]);
    repo.run(["status"]).exits(2).says("more than 5000 words");
    write(&repo, &vec![line; 40_000]);
    repo.run(["status"]).exits(5).says("a list of words");
}
