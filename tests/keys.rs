// SPDX-License-Identifier: MIT OR Apache-2.0
//! Keys that are handed on, changed and lost.

#![allow(clippy::expect_used, reason = "a test may panic")]

#[path = "common/cli.rs"]
mod cli;
mod common;

use std::{fs, path::Path};

use cli::{Ran, run_in};
use common::{Repo, github_token};
use debut::store::{Handout, KeyStore};
use serde_json::Value;

const LICENCE: &[u8] = include_bytes!("../LICENSE-MIT");

fn files(tokens: &[(&str, u32)]) -> Vec<(String, Vec<u8>)> {
    let mut all = vec![("LICENSE".to_owned(), LICENCE.to_vec())];
    for (path, seed) in tokens {
        all.push(((*path).into(), format!("token: {}\n", github_token(*seed)).into_bytes()));
    }
    all
}

fn commit(repo: &Repo, tokens: &[(&str, u32)]) {
    let files = files(tokens);
    let files: Vec<(&str, &[u8])> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    repo.commit(&files);
}

fn repo(tokens: &[(&str, u32)]) -> Repo {
    let repo = Repo::new();
    commit(&repo, tokens);
    repo
}

fn decide(repo: &Repo, path: &str, verdict: &str) {
    repo.run(["decide", "--path", path, "--verdict", verdict]).exits(0);
}

/// A second reviewer's machine.
struct Other(tempfile::TempDir);

impl Other {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn run(&self, repo: &Repo, args: &[&str]) -> Ran {
        run_in(
            self.0.path(),
            repo.path(),
            [args, &["--reviewer", "reviewer2@example.com"]].concat(),
        )
    }

    fn file(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }
}

fn text(repo: &Repo) -> String {
    fs::read_to_string(repo.checklist()).expect("the checklist")
}

fn key_id(repo: &Repo) -> String {
    let text = text(repo);
    let line = text.lines().find(|line| line.starts_with("key_id = ")).expect("the key's id");
    line.split('"').nth(1).expect("an id").to_owned()
}

fn verdicts(repo: &Repo, args: &[&str]) -> Vec<(String, Value)> {
    let found = repo.run([&["scan", "--format", "jsonl"], args].concat()).lines();
    found
        .iter()
        .map(|f| (f["path"].as_str().unwrap_or_default().into(), f["verdict"].clone()))
        .collect()
}

#[test]
fn a_key_reaches_the_second_reviewer() {
    let repo = repo(&[("a.yml", 1)]);
    decide(&repo, "a.yml", "redact");
    let other = Other::new();
    let file = other.file("key.txt");
    let said = other.run(&repo, &["status"]).exits(5).says("ask reviewer1@example.com for it");
    assert!(said.err.contains("debut key import"), "{}", said.err);
    let said = repo.run(["key", "export", "-o", &file]).exits(0);
    assert!(said.err.contains("can test guesses"), "{}", said.err);
    assert_eq!(said.out, "");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&file).expect("the file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    repo.run(["key", "export", "-o", &file]).exits(2).says("is there already");
    let said = other.run(&repo, &["key", "import", &file]).exits(0);
    assert!(
        said.out.contains("fits all 1 decisions") && said.out.contains("Delete"),
        "{}",
        said.out
    );
    let said = other.run(&repo, &["key", "import", &file]).exits(0);
    assert!(said.out.contains("was here already"), "{}", said.out);
    let said = other.run(&repo, &["key", "list"]).exits(0);
    assert_eq!(said.out, format!("{:<10}of the checklist here\n", key_id(&repo)));
    let list = repo.run(["key", "list", "--format", "json"]).exits(0).json();
    assert_eq!(list[0]["id"], key_id(&repo));
    assert_eq!((&list[0]["current"], &list[1]["master"]), (&Value::Bool(true), &Value::Bool(true)));
    let said = other.run(&repo, &["decide", "--path", "a.yml", "--verdict", "approve", "--all"]);
    said.exits(0);
    let status = repo.run(["status", "--format", "json"]).json();
    assert_eq!(status["disputed"], 1, "both are heard: {status}");
}

#[test]
fn a_key_is_never_written_into_the_repository() {
    let repo = repo(&[("sub/a.yml", 1)]);
    repo.run(["key", "export"]).exits(2).says("no checklist yet");
    decide(&repo, "sub/a.yml", "redact");
    for inside in ["key.txt", "sub/key.txt", ".debut/key.txt", ".git/key.txt", "./sub/../key.txt"] {
        repo.run(["key", "export", "-o", inside]).exits(2).says("inside of the repository");
        assert!(!repo.path().join(inside).exists());
    }
    #[cfg(unix)]
    {
        // A folder elsewhere may be a link that leads back.
        let elsewhere = Other::new();
        let link = elsewhere.file("link");
        std::os::unix::fs::symlink(repo.path().join("sub"), &link).expect("a link");
        repo.run(["key", "export", "-o", &format!("{link}/key.txt")]).exits(2).says("inside");
    }
    let other = Other::new();
    let master = fs::read_to_string(repo.state.path().join("state/debut/keys/master"));
    let master = master.expect("the user's own key");
    for out in [repo.run(["key", "export"]).exits(0).all(), repo.run(["key", "list"]).all()] {
        assert!(!out.contains(master.trim()), "the user's own key opens every review");
    }
    repo.run(["key", "export", "-o", &other.file("no/such/folder")]).exits(2);
}

#[test]
fn only_the_review_s_own_key_is_taken_in() {
    let (one, two) = (repo(&[("a.yml", 1)]), repo(&[("a.yml", 2)]));
    decide(&one, "a.yml", "redact");
    decide(&two, "a.yml", "redact");
    let other = Other::new();
    let block = one.run(["key", "export"]).exits(0).out;
    let import = |block: &str| {
        let file = other.file("key.txt");
        fs::write(&file, block).expect("a file");
        other.run(&two, &["key", "import", &file])
    };
    import(&block).exits(2).says("was made with");
    import(&block.replace("review: rr", "review: rs")).exits(2).says("checksum");
    import("hello").exits(2).says("no debut review key");
    import("").exits(2).says("no debut review key");
    import(&"x".repeat(1 << 20)).exits(2).says("no debut review key");
    let handout =
        |key_id: &str, key| Handout { review: "rr-x".into(), key_id: key_id.into(), key }.render();
    import(&handout(&key_id(&two), [7; 32])).exits(2).says("does not have the id");
    import(&handout("../../../evil", [7; 32])).exits(2).says("does not have the id");
    assert!(!other.0.path().join("state/debut/keys").exists(), "nothing was kept");
    // Another key under the right id stays.
    let keys = KeyStore::new(&other.0.path().join("state/debut"));
    keys.put(&key_id(&two), &[9; 32]).expect("a key");
    let block = two.run(["key", "export"]).exits(0).out;
    import(&block).exits(2).says("stays");
    assert_eq!(keys.get(&key_id(&two)).expect("the key"), Some([9; 32]));
    // A key may come before its checklist.
    let early = Other::new();
    let nothing = repo(&[("a.yml", 3)]);
    fs::write(early.file("key"), &block).expect("a file");
    let said = early.run(&nothing, &["key", "import", &early.file("key")]).exits(0);
    assert!(said.out.contains("no checklist here yet"), "{}", said.out);
}

#[test]
fn a_key_that_fits_no_line_is_refused() {
    let repo = repo(&[("a.yml", 1)]);
    decide(&repo, "a.yml", "redact");
    let block = repo.run(["key", "export"]).exits(0).out;
    let forged = text(&repo).replace("do = \"redact\"", "do = \"approve\"");
    fs::write(repo.checklist(), forged).expect("a file");
    let other = Other::new();
    fs::write(other.file("key"), block).expect("a file");
    other.run(&repo, &["key", "import", &other.file("key")]).exits(2).says("fits no line");
}

#[test]
fn a_hostile_checklist_says_nothing_to_the_terminal_and_names_no_file() {
    let repo = repo(&[("a.yml", 1)]);
    decide(&repo, "a.yml", "redact");
    let by = format!("\\u001b[31m{}", "x".repeat(5000));
    for id in ["../../../../etc/passwd", "master", "", "deadbeef"] {
        let hostile = text(&repo).replace(&key_id(&repo), id).replace("reviewer1@example.com", &by);
        fs::write(repo.checklist(), &hostile).expect("a file");
        for args in [&["status"][..], &["key", "export"], &["key", "rotate"], &["stale"]] {
            let said = repo.run(args);
            assert!(said.code == Some(5) && said.err.len() < 600, "{}", said.err);
            assert!(!said.all().contains('\u{1b}'));
        }
        fs::write(repo.checklist(), hostile.replace(&by, "reviewer1@example.com")).expect("a file");
        let back = text(&repo).replace(&format!("key_id = \"{id}\""), "key_id = \"KEY\"");
        let keys = repo.run(["key", "list", "--format", "json"]).exits(0).json();
        let id = keys[0]["id"].as_str().expect("the review's key").to_owned();
        fs::write(repo.checklist(), back.replace("KEY", &id)).expect("a file");
    }
}

#[test]
fn a_rotated_key_keeps_every_decision_whose_value_is_found() {
    let repo = repo(&[("a.yml", 1), ("b.yml", 2), ("gone.yml", 3), ("dir/c.yml", 4)]);
    decide(&repo, "a.yml", "redact");
    decide(&repo, "gone.yml", "redact");
    decide(&repo, "dir", "exclude");
    // Another clone never saw the first commit: its value is in none that is scanned.
    repo.run(["decide", "--path", "b.yml", "--verdict", "approve", "--reason", "test-data"])
        .exits(0);
    let before = verdicts(&repo, &["--history"]);
    let (old, first) = (key_id(&repo), text(&repo));
    let ids = |text: &str| -> Vec<String> {
        let votes = text.lines().filter(|line| line.contains("path = "));
        votes.filter_map(|line| line.split('"').nth(1).map(str::to_owned)).collect()
    };
    commit(&repo, &[("a.yml", 1), ("moved.yml", 2), ("dir/c.yml", 4)]);
    let said = repo.run(["key", "rotate"]).exits(0);
    assert!(said.out.contains("4 votes would be kept"), "{}", said.all());
    assert_eq!(text(&repo), first, "a dry run");
    let said = repo.run(["key", "rotate", "--yes"]).exits(0);
    assert!(said.err.contains("4 votes kept") && said.out.is_empty(), "{}", said.all());
    assert_ne!(key_id(&repo), old);
    let (before_ids, after_ids) = (ids(&first), ids(&text(&repo)));
    assert_eq!((before_ids.len(), after_ids.len()), (3, 3));
    assert!(after_ids.iter().all(|id| !before_ids.contains(id)), "every id is new");
    assert_eq!(
        verdicts(&repo, &[]),
        [
            ("a.yml".to_owned(), Value::from("redact")),
            ("dir/c.yml".into(), Value::from("exclude")),
            ("moved.yml".into(), Value::from("approve")),
        ]
    );
    let after = verdicts(&repo, &["--history"]);
    let known = |all: &[(String, Value)]| all.iter().filter(|(_, v)| !v.is_null()).count();
    assert_eq!(known(&before), 4);
    assert!(known(&after) >= 4, "{after:?}");
    // And decisions go on under the new key.
    decide(&repo, "a.yml", "defer");
    assert_eq!(repo.status()["deferred"], 1);
    assert!(!repo.status()["banners"].to_string().contains("seal"));
}

#[test]
fn a_rotation_finds_in_the_history_what_no_reviewed_commit_has() {
    let repo = repo(&[("a.yml", 1), ("b.yml", 2)]);
    commit(&repo, &[("a.yml", 1)]);
    repo.run(["decide", "--history", "--path", "b.yml", "--verdict", "approve"]).exits(0);
    decide(&repo, "a.yml", "redact");
    let said = repo.run(["key", "rotate"]).exits(0);
    assert!(said.err.contains("--history may find more"), "{}", said.all());
    assert!(said.out.contains("1 vote would be kept"), "{}", said.all());
    repo.run(["key", "rotate", "--history", "--yes"]).exits(0);
    let after = verdicts(&repo, &["--history"]);
    let wanted = [("a.yml".to_owned(), "redact".into()), ("b.yml".into(), "approve".into())];
    assert_eq!(after, wanted);
}

#[test]
fn what_a_rotation_cannot_find_is_handed_over_first() {
    let repo = repo(&[("a.yml", 1), ("b.yml", 2)]);
    decide(&repo, "a.yml", "redact");
    decide(&repo, "b.yml", "redact");
    // The commit of the decisions is gone for good, and so is one value.
    let files = files(&[("a.yml", 1)]);
    let git = &repo.git;
    let mut builder = git.treebuilder(None).expect("a builder");
    for (path, text) in &files {
        let blob = git.blob(text).expect("a blob");
        builder.insert(path, blob, 0o100_644).expect("an entry");
    }
    let tree = git.find_tree(builder.write().expect("a tree")).expect("the tree");
    let who = git2::Signature::now("Author One", "author1@example.com").expect("a signature");
    let id = git.commit(None, &who, &who, "Begin anew", &tree, &[]).expect("a commit");
    let old = git.head().expect("HEAD").peel_to_commit().expect("a commit").id().to_string();
    git.reset(&git.find_object(id, None).expect("it"), git2::ResetType::Hard, None)
        .expect("a reset");
    fs::remove_file(git.path().join("objects").join(&old[..2]).join(&old[2..]))
        .expect("the commit");
    let out = Other::new();
    let lines = out.file("lost.toml");
    let before = text(&repo);
    let said = repo.run(["key", "rotate"]).exits(0);
    assert!(
        said.out.contains("b.yml: redact") && said.out.contains("1 vote would be kept"),
        "{}",
        said.out
    );
    fs::write(&lines, "somebody's").expect("a file");
    repo.run(["key", "rotate", "--yes", "-o", &lines]).exits(2);
    assert_eq!(
        (text(&repo), fs::read_to_string(&lines).expect("it")),
        (before.clone(), "somebody's".into())
    );
    fs::remove_file(&lines).expect("the file");
    repo.run(["key", "rotate", "--yes", "-o", &lines]).exits(0);
    let handed = fs::read_to_string(&lines).expect("the lines");
    assert_eq!(handed.lines().count(), 1);
    assert!(before.contains(handed.trim_end_matches('\n').trim_end_matches(',')), "{handed}");
    assert!(!text(&repo).contains("b.yml"));
    assert_eq!(verdicts(&repo, &[]), [("a.yml".to_owned(), Value::from("redact"))]);
}

#[test]
fn a_lost_key_is_not_changed() {
    let repo = repo(&[("a.yml", 1)]);
    decide(&repo, "a.yml", "redact");
    let before = text(&repo);
    let other = Other::new();
    for args in
        [&["key", "rotate"][..], &["key", "rotate", "--yes"], &["key", "export"], &["prune"]]
    {
        let said = other.run(&repo, args).exits(5);
        assert!(said.err.contains("ask reviewer1@example.com"), "{}", said.err);
    }
    let said = other.run(&repo, &["key", "rotate"]);
    assert!(said.err.contains("a lost key can't be changed"), "{}", said.err);
    assert_eq!(text(&repo), before);
    assert!(!Path::new(&other.file("state/debut/keys")).exists());
}

#[test]
fn stale_decisions_are_listed_and_taken_out() {
    let repo = repo(&[("a.yml", 1), ("b.yml", 2), ("old/c.yml", 3)]);
    for path in ["a.yml", "b.yml"] {
        decide(&repo, path, "redact");
    }
    decide(&repo, "old", "exclude");
    assert!(repo.run(["stale"]).exits(0).out.contains("every decision matches"));
    commit(&repo, &[("a.yml", 1)]);
    let said = repo.run(["stale"]).exits(0).out;
    assert!(said.contains("b.yml: redact (credential) by reviewer1@example.com on 20"), "{said}");
    assert!(said.contains("old/: exclude") && said.contains("about the past"), "{said}");
    let said = repo.run(["stale", "--format", "json"]).exits(0).json();
    assert_eq!(
        (&said["sure"], said["decisions"].as_array().map(Vec::len)),
        (&Value::Bool(false), Some(2))
    );
    repo.run(["prune", "--yes"]).exits(2).says("--history");
    // The history has both.
    let said = repo.run(["stale", "--history"]).exits(0).out;
    assert_eq!(said, "every decision matches something\n");
    let full = text(&repo);
    repo.run(["prune", "--yes", "--history"]).exits(0);
    assert_eq!(text(&repo), full);
    // And then it does not.
    let tree = repo.git.head().expect("HEAD").peel_to_tree().expect("a tree");
    let who = git2::Signature::now("Author One", "author1@example.com").expect("a signature");
    let id = repo.git.commit(None, &who, &who, "Begin anew", &tree, &[]).expect("a commit");
    let id = repo.git.find_object(id, None).expect("it");
    repo.git.reset(&id, git2::ResetType::Hard, None).expect("a reset");
    let said = repo.run(["stale", "--history", "--format", "json"]).exits(0).json();
    assert_eq!(said["sure"], true, "{said}");
    let rows: Vec<_> = said["decisions"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| (&row["kind"], &row["path"], &row["verdict"], &row["by"]))
        .collect();
    let by = Value::from("reviewer1@example.com");
    let row = |kind: &str, path: &str, verdict: &str| {
        (Value::from(kind), Value::from(path), Value::from(verdict))
    };
    let wanted = [row("place", "b.yml", "redact"), row("directory", "old", "exclude")];
    assert_eq!(rows, wanted.iter().map(|(a, b, c)| (a, b, c, &by)).collect::<Vec<_>>());
    let said = repo.run(["prune", "--history"]).exits(0);
    assert!(said.out.contains("--yes takes them out"), "{}", said.out);
    assert_eq!(text(&repo), full);
    let said = repo.run(["prune", "--history", "--yes"]).exits(0);
    let left = text(&repo);
    let gone: Vec<&str> = full.lines().filter(|line| !left.lines().any(|l| l == *line)).collect();
    assert_eq!(said.out.lines().collect::<Vec<_>>(), gone, "the lines that left");
    assert_eq!(gone.len(), 2);
    assert_eq!(repo.run(["stale", "--history"]).out, "every decision matches something\n");
    assert_eq!(verdicts(&repo, &[]), [("a.yml".to_owned(), Value::from("redact"))]);
    // Put back as they are, they count again.
    let back = left.replace("votes = [\n", &format!("votes = [\n{}", said.out));
    fs::write(repo.checklist(), back).expect("a file");
    assert_eq!(repo.run(["stale", "--history"]).out.lines().count(), 3);
}
