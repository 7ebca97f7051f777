// SPDX-License-Identifier: MIT OR Apache-2.0
//! What is remembered from run to run, and what never is.

use std::{fs, path::PathBuf};

use crate::{
    common::github_token,
    program::run_in,
    world::{Past, TOKEN},
};

const SCAN: [&str; 4] = ["scan", "--history", "--format", "jsonl"];

impl Past {
    fn cache(&self) -> PathBuf {
        self.repo.state.path().join("cache/debut")
    }

    fn cached(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.cache()).into_iter().flatten().flatten();
        let mut all: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        all.sort();
        all
    }

    /// Adds a file in a commit of the last author: a new one would be a new word to look for.
    fn add_by_the_same(&self, name: &str, text: &str) {
        let git = &self.repo.git;
        let head = git.head().and_then(|head| head.peel_to_commit()).expect("a commit");
        let mut tree = git.treebuilder(head.tree().ok().as_ref()).expect("a tree");
        let blob = git.blob(text.as_bytes()).expect("a blob");
        tree.insert(name, blob, 0o100_644).expect("an entry");
        let tree = tree.write().and_then(|id| git.find_tree(id)).expect("a tree");
        let who = (&head.author(), &head.committer());
        git.commit(Some("HEAD"), who.0, who.1, "Add a file", &tree, &[&head]).expect("a commit");
    }

    /// Makes every content unreadable: whoever reads one will say so.
    fn break_blobs(&self) {
        let objects = self.repo.path().join(".git/objects");
        for folder in fs::read_dir(&objects).expect("objects").flatten() {
            if folder.file_name().len() != 2 {
                continue;
            }
            for file in fs::read_dir(folder.path()).expect("a folder").flatten() {
                let id = folder.file_name().into_string().expect("hex")
                    + &file.file_name().into_string().expect("hex");
                let id = git2::Oid::from_str(&id).expect("an id");
                let kind = self.repo.git.odb().expect("objects").read_header(id).expect("a head").1;
                if kind == git2::ObjectType::Blob {
                    // Git makes its objects read-only.
                    fs::remove_file(file.path()).expect("removed");
                    fs::write(file.path(), b"no object").expect("written");
                }
            }
        }
    }
}

fn past() -> (Past, [String; 2]) {
    let tokens = [github_token(41), github_token(42)];
    let mut past = Past::new();
    past.commit(&[("a.yml", &format!("token: {}\n", tokens[0])), ("b.txt", "plain\n")]);
    past.commit(&[("a.yml", "token: gone\n"), ("b.txt", "still plain\n")]);
    past.say(
        &format!("Note {}", tokens[1]),
        &[("c.yml", &format!("token: {}\n", tokens[1])), ("d.txt", "db1.corp.internal\n")],
    );
    (past, tokens)
}

#[test]
fn a_second_run_says_the_same() {
    let (past, _) = past();
    let first = past.repo.run(SCAN);
    assert!(!past.cached().is_empty());
    let second = past.repo.run(SCAN);
    assert_eq!(first.out, second.out);
    assert_eq!(past.repo.run([&SCAN[..], &["--no-cache"]].concat()).out, first.out);
    let with = |format, more: &[&str]| {
        past.repo.run([&["scan", "--history", "--format", format], more].concat())
    };
    assert_eq!(with("text", &[]).out, with("text", &["--no-cache"]).out);
    let (mut remembered, anew) = (with("json", &[]).json(), with("json", &["--no-cache"]).json());
    let scanned = &mut remembered["status"]["history"]["versions_scanned"];
    assert_eq!(scanned.take(), 0);
    *scanned = anew["status"]["history"]["versions_scanned"].clone();
    assert_eq!(*scanned, 7, "a licence, and what three commits brought");
    assert_eq!(remembered, anew);
}

#[test]
fn no_value_is_remembered() {
    let (past, tokens) = past();
    past.repo.run(SCAN);
    past.repo.run(["scan", "--format", "jsonl"]);
    let files = past.cached();
    assert!(files.len() >= 3, "{files:?}");
    for file in files {
        let bytes = fs::read(&file).expect("a file");
        for value in tokens.iter().map(String::as_bytes).chain([&b"db1.corp"[..]]) {
            // Not a part of it either: twelve characters of a token are too many.
            for part in value.windows(value.len().min(12)) {
                let found = bytes.windows(part.len()).any(|window| window == part);
                assert!(!found, "{} holds a value", file.display());
            }
        }
    }
}

#[test]
fn contents_without_findings_are_not_read_again() {
    let (past, _) = past();
    past.repo.run(SCAN);
    // The outcome as a whole does not fit any more, what is known of contents does.
    past.repo.run(["decide", "--history", "--rule", TOKEN, "--verdict", "redact"]);
    past.add_by_the_same("e.yml", &format!("token: {}\n", github_token(43)));
    // Under the id of a clean content there is a token now: whoever reads it finds it.
    let object = |content: &str| {
        let id = past.repo.git.blob(content.as_bytes()).expect("a blob").to_string();
        past.repo.path().join(".git/objects").join(&id[..2]).join(&id[2..])
    };
    let other = object(&format!("token: {}\n", github_token(45)));
    let clean = object("plain\n");
    fs::remove_file(&clean).expect("removed");
    fs::copy(other, &clean).expect("copied");
    let tokens =
        |ran: crate::program::Ran| ran.lines().iter().filter(|line| line["rule"] == TOKEN).count();
    assert_eq!(tokens(past.repo.run(SCAN)), 4, "two files, a message, and the new one");
    assert_eq!(tokens(past.repo.run([&SCAN[..], &["--no-cache"]].concat())), 5);
}

#[test]
fn what_changes_the_outcome_makes_it_anew() {
    let (mut past, _) = past();
    let first = past.repo.run(SCAN);
    past.commit(&[("f.yml", &format!("token: {}\n", github_token(44)))]);
    assert_ne!(past.repo.run(SCAN).out, first.out, "a commit");
    let head = past.repo.git.head().expect("a head").target().expect("a commit");
    past.point("refs/heads/of-db9.corp.internal", head);
    let refs = |past: &Past| past.repo.run(SCAN).out.matches(".git/refs").count();
    assert!(refs(&past) > 0, "a branch");
    past.repo.git.remote("origin", "https://db8.corp.internal/x").expect("a remote");
    assert!(past.repo.run(SCAN).out.contains(".git/config"), "a remote");
}

#[test]
fn a_damaged_or_foreign_file_counts_for_nothing() {
    let (past, _) = past();
    let first = past.repo.run(SCAN);
    let files = past.cached();
    let contents: Vec<Vec<u8>> = files.iter().map(|f| fs::read(f).expect("bytes")).collect();
    for (file, bytes) in files.iter().zip(&contents) {
        fs::write(file, &bytes[..bytes.len() / 2]).expect("written");
    }
    assert_eq!(past.repo.run(SCAN).out, first.out, "cut off");
    for (file, other) in files.iter().zip(contents.iter().rev()) {
        fs::write(file, other).expect("written");
    }
    assert_eq!(past.repo.run(SCAN).out, first.out, "swapped");
    // A value that is not where it was: nothing wrong may be shown for it.
    past.break_blobs();
    let broken = past.repo.run(SCAN);
    assert!(broken.err.contains("unreadable"), "{}", broken.err);
}

#[test]
fn without_a_cache_nothing_is_written() {
    let (past, _) = past();
    past.repo.run([&SCAN[..], &["--no-cache"]].concat());
    assert!(!past.cache().exists());
    // A folder that can't be made costs time only.
    fs::write(past.repo.state.path().join("cache"), b"in the way").expect("a file");
    let found = past.repo.run(SCAN);
    assert!(found.code == Some(1) && !found.out.is_empty(), "{}", found.err);
}

#[test]
fn two_processes_do_not_disturb_each_other() {
    let (past, _) = past();
    let expected = past.repo.run([&SCAN[..], &["--no-cache"]].concat()).out;
    let (home, dir) = (past.repo.state.path(), past.repo.path());
    std::thread::scope(|scope| {
        let run = || run_in(home, dir, SCAN).out;
        let runs: Vec<_> = (0..4).map(|_| scope.spawn(run)).collect();
        for run in runs {
            assert_eq!(run.join().expect("a run"), expected);
        }
    });
    assert_eq!(past.repo.run(SCAN).out, expected);
}

#[test]
fn a_change_of_words_has_only_what_holds_them_judged_anew() {
    let mut past = Past::new();
    past.commit(&[("a.yml", "host: db1.zeppelin.test\n"), ("b.yml", "OPS-17 again\n")]);
    past.commit(&[("a.yml", "host: none\n"), ("c.yml", "x: WkVQUEVMSU4=\n")]);
    past.commit(&[("a.yml", "host: nobody\n"), ("b.yml", "again\n"), ("c.yml", "x: y\n")]);
    let scan = |change: &[&str], versions: u64| {
        let said = past.repo.run([&["words"], change].concat());
        assert_eq!(said.code, Some(0), "{}", said.err);
        let status = past.repo.run(["status", "--history", "--format", "json"]);
        let status: serde_json::Value = serde_json::from_str(&status.out).expect("a document");
        assert_eq!(status["history"]["versions_scanned"], versions, "{change:?}");
        let found = past.repo.run(SCAN).out;
        // What is remembered and what is found anew are the same.
        assert_eq!(past.repo.run([&SCAN[..], &["--no-cache"]].concat()).out, found);
        found
    };
    let all = scan(&["--learn"], 8);
    let more = scan(&["--add", "domain:zeppelin.test"], 1);
    assert!(more.contains("org-host") && !all.contains("org-host"), "{more}");
    let both = scan(&["--add", "ticket-key:OPS"], 1);
    assert!(both.contains("internal/ticket"), "{both}");
    let ticket = scan(&["--drop", "domain:zeppelin.test"], 1);
    assert!(ticket.contains("internal/ticket") && !ticket.contains("org-host"), "{ticket}");
    // The same words as before, whoever answered and when: nothing is scanned.
    assert_eq!(scan(&["--drop", "ticket-key:OPS"], 0), all);
    assert_eq!(scan(&["--add", "domain:zeppelin.test"], 0), more);
    assert_eq!(scan(&["--drop", "domain:zeppelin.test"], 0), all);
    // A name may stand encoded. The file that the ticket stands in was judged with its key last.
    scan(&["--add", "code-name:zeppelin"], 3);
}
