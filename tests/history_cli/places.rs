// SPDX-License-Identifier: MIT OR Apache-2.0
//! Values in files that are or were there.

use std::process::{Command, Stdio};

use serde_json::Value;

use crate::{
    common::github_token,
    world::{Past, TOKEN, commit},
};

fn line(seed: u32) -> String {
    format!("# head\ntoken: {}\n", github_token(seed))
}

#[test]
fn a_value_deleted_two_commits_ago_is_history_with_its_commits() {
    let mut past = Past::new();
    let first = past.commit(&[("a.yml", &line(1))]);
    let blob = past.repo.git.blob(line(1).as_bytes()).expect("a blob");
    let last = past.commit(&[("a.yml", &line(1)), ("b.txt", "b\n")]);
    past.commit(&[("b.txt", "b\n")]);
    past.commit(&[("b.txt", "c\n")]);
    let found = past.one(TOKEN);
    assert_eq!(found["layer"], "history");
    assert_eq!(
        (&found["path"], &found["line"], &found["column"]),
        (&"a.yml".into(), &2.into(), &8.into())
    );
    assert_eq!(found["version"], blob.to_string());
    assert_eq!((&found["first"], &found["last"]), (&commit(first, 1), &commit(last, 2)));
    assert_eq!(found["versions"], 1);

    let text = past.repo.run(["scan", "--history"]).exits(1).out;
    let words = format!(
        "  (history only, {:.12} 2019-03-03 … {:.12} 2019-03-04)",
        first.to_string(),
        last.to_string()
    );
    let mut lines = text.lines().filter(|line| line.contains(TOKEN));
    let told = lines.next().expect("a line");
    assert!(told.starts_with("a.yml:2:8: critical ") && told.ends_with(&words), "{told}");
    assert!(!past.repo.run(["scan"]).exits(0).out.contains(TOKEN), "not without --history");
}

#[test]
fn a_value_in_fifty_versions_is_one_place() {
    let mut past = Past::new();
    let first = past.commit(&[("a.yml", &line(1))]);
    for n in 1..50 {
        past.commit(&[("a.yml", &format!("{}n: {n}\n", line(1)))]);
    }
    past.commit(&[]);
    let found = past.one(TOKEN);
    assert_eq!((&found["versions"], &found["first"]), (&50.into(), &commit(first, 1)));
    assert_eq!(found["last"]["author"], "Author 51");
    let rows = past.list(&["--rule", TOKEN]);
    assert_eq!(
        (rows.len(), &rows[0]["versions"], &rows[0]["in_tree"]),
        (1, &50.into(), &false.into())
    );
    assert_eq!((&rows[0]["first"], &rows[0]["last"]), (&found["first"], &found["last"]));
}

#[test]
fn a_place_is_shown_where_it_stood_last() {
    let mut past = Past::new();
    past.commit(&[("a.yml", &line(1))]);
    past.commit(&[("a.yml", &format!("one\ntwo\n{}", line(1)))]);
    let newest = format!("one\n{}", line(1));
    let blob = past.repo.git.blob(newest.as_bytes()).expect("a blob");
    past.commit(&[("a.yml", &newest)]);
    past.commit(&[]);
    let found = past.one(TOKEN);
    assert_eq!((&found["line"], &found["version"]), (&3.into(), &blob.to_string().into()));
}

#[test]
fn a_renamed_file_is_told_under_both_names() {
    let mut past = Past::new();
    let first = past.commit(&[("old.yml", &line(1))]);
    let moved = past.commit(&[("new.yml", &line(1))]);
    let found = past.found(TOKEN);
    let places: Vec<(&Value, &Value)> = found.iter().map(|f| (&f["path"], &f["layer"])).collect();
    let expected: [(Value, Value); 2] =
        [("new.yml".into(), "tree".into()), ("old.yml".into(), "history".into())];
    assert_eq!(places, expected.iter().map(|(a, b)| (a, b)).collect::<Vec<_>>());
    assert_eq!((&found[0]["first"], &found[0]["version"]), (&commit(moved, 2), &Value::Null));
    assert_eq!((&found[1]["first"], &found[1]["last"]), (&commit(first, 1), &commit(first, 1)));
}

#[test]
fn a_value_in_tree_and_history_is_one_group() {
    let mut past = Past::new();
    let first = past.commit(&[("a.yml", &line(1)), ("c.yml", &line(2))]);
    let last = past.commit(&[("a.yml", "none\n"), ("b.yml", &line(1))]);
    let rows = past.list(&["--rule", TOKEN]);
    assert_eq!(rows.len(), 2, "{rows:#?}");
    let both = rows.iter().find(|row| row["in_tree"] == true).expect("a group of the tree");
    let layers: Vec<&Value> =
        both["places"].as_array().expect("places").iter().map(|p| &p["layer"]).collect();
    assert_eq!(layers, ["tree", "history"]);
    assert_eq!((&both["first"], &both["last"]), (&commit(first, 1), &commit(last, 2)));
    let status = past.status();
    let sensitive = &status["by_category"]["sensitive"];
    assert_eq!((&sensitive["in_tree"], &sensitive["history_only"]), (&1.into(), &1.into()));

    let only = |option: &str| past.list(&["--rule", TOKEN, option]);
    assert_eq!(only("--in-tree"), std::slice::from_ref(both));
    assert_eq!(only("--history-only")[0]["in_tree"], false);
    past.repo.run(["list", "--history-only"]).exits(2).says("add --history");
    past.repo.run(["list", "--history", "--history-only", "--in-tree"]).exits(2);
    let text = past.repo.run(["list", "--history", "--rule", TOKEN]).exits(1).out;
    assert!(text.contains("(in the tree, 2 versions, "), "{text}");
    assert!(text.contains("(history only, 1 version, "), "{text}");
}

#[test]
fn threads_do_not_matter() {
    let mut past = Past::new();
    for n in 0..40_u32 {
        let many: String = (0..n % 7 + 1).map(|seed| line(seed) + "\n").collect();
        let blank = "x\n".repeat(n as usize % 5);
        past.say(
            &format!("Use {}", github_token(n % 4)),
            &[
                ("a.yml", &format!("{blank}{many}")),
                ("b.yml", &format!("{many}{blank}")),
                ("c.bin", &format!("\0{n}")),
            ],
        );
    }
    past.commit(&[]);
    let run = |threads: &str, format: &str| {
        let args = ["scan", "--history", "--no-cache", "--threads", threads, "--format", format];
        past.repo.run(args).exits(1).all()
    };
    for format in ["jsonl", "json", "text"] {
        let one = run("1", format);
        for _ in 0..4 {
            assert!(one == run("2", format) && one == run("4", format), "{format}");
        }
    }
}

/// Loose objects are whole, so no version has one before it: each is scanned from end to end. Packed
/// by Git, nearly all are deltas.
#[test]
fn packing_does_not_matter() {
    let mut past = Past::new();
    let mut lines: Vec<String> = (0..120).map(|n| format!("setting_{n}: value{n}")).collect();
    for n in 0..60_usize {
        // Lines change, come, go and move, close to tokens and far from them.
        let at = n * 37 % lines.len();
        match n % 5 {
            0 => lines[at] = line(n as u32),
            1 => lines.insert(at, format!("db{n}.ops.internal 10.3.{n}.21")),
            2 => drop(lines.remove(at)),
            3 => lines.swap(at, (at + 50) % 100),
            _ => lines[at] = format!("password: Sw0rd{n}fish"),
        }
        let text = lines.join("\n");
        let moved: String = lines.iter().rev().map(|line| format!("  {line}\n")).collect();
        past.say("Edit", &[("a.yml", &text), ("b/c.conf", &text), ("src/d.py", &moved)]);
    }
    past.commit(&[]);
    let scan = || past.repo.run(["scan", "--history", "--no-cache", "--format", "jsonl"]).out;
    let loose = scan();
    assert!(loose.lines().count() > 100, "{}", loose.lines().count());
    for (window, depth) in [("10", "50"), ("250", "250"), ("2", "3"), ("60", "1")] {
        let git = |args: &[&str]| {
            let mut run = Command::new("git");
            run.current_dir(past.repo.path()).args(args);
            assert!(
                run.stdout(Stdio::null()).stderr(Stdio::null()).status().expect("git").success()
            );
        };
        let (window, depth) = (format!("--window={window}"), format!("--depth={depth}"));
        git(&["repack", "-adfq", &window, &depth]);
        assert!(scan() == loose, "{window} {depth}");
    }
}
