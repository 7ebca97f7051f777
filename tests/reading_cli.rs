// SPDX-License-Identifier: MIT OR Apache-2.0
//! Marks and draws of files from the screen's own steps to the checklist and to the commands.

#![allow(clippy::expect_used, reason = "a test may panic")]

#[path = "common/cli.rs"]
mod cli;
mod common;

use std::fs;

use common::{Repo, github_token};
use debut::{
    domain::{Act, Identity, RepoPath, Target, Vote},
    ops::{Access, Options, Review},
    review::{Keyring, Read, Step},
    store::Checklist,
};
use serde_json::{Value, json};

const LICENCE: &[u8] = include_bytes!("../LICENSE-MIT");

/// Returns files in which nothing is found, with one that has a token.
fn files(n: usize) -> Vec<(String, Vec<u8>)> {
    let mut all = vec![("LICENSE".to_owned(), LICENCE.to_vec())];
    all.push(("token.yml".into(), format!("token: {}\n", github_token(1)).into_bytes()));
    all.extend((0..n).map(|i| (format!("doc/{i}.txt"), format!("page {i}\n").into_bytes())));
    all
}

fn commit(repo: &Repo, files: &[(String, Vec<u8>)]) {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    repo.commit(&files);
}

/// Ten pages, of which none has a finding, and one token that is redacted.
fn repo() -> Repo {
    let repo = Repo::new();
    commit(&repo, &files(10));
    repo.ask_nothing();
    repo.run(["decide", "--rule", "*", "--verdict", "redact"]).exits(0);
    repo
}

fn policy(repo: &Repo, text: &str) {
    fs::write(repo.path().join(".debut/config.toml"), text).expect("a file");
}

/// Opens the review with the keys that the commands use, and scans.
fn open(repo: &Repo, access: Access) -> Review {
    let options = Options { state: repo.state.path().join("state/debut"), ..repo.options() };
    let mut review = Review::open(&options, access).expect("a review");
    assert_eq!(review.read_only, None);
    review.scan(2, &false.into(), &mut |_, _, _| {}).expect("a scan");
    review
}

/// Does what a key on the screen does.
fn act(repo: &Repo, deed: impl FnOnce(&mut Review) -> Step) {
    let mut review = open(repo, Access::Write);
    let step = deed(&mut review);
    review.desk.record(step).expect("the journal");
    review.desk.close().expect("a save");
}

fn read(repo: &Repo, path: &str, seen: (u32, u32)) {
    let path = RepoPath::parse(path);
    act(repo, |review| review.session.read_file(&path, Some(seen), 1_000).expect("a mark"));
}

fn draw(repo: &Repo, n: u32) {
    act(repo, |review| review.session.draw_files(n, 2_000).expect("a draw"));
}

fn due(repo: &Repo) -> Vec<String> {
    let review = open(repo, Access::Read);
    let files = review.session.files().iter().enumerate();
    let due = files.filter(|(i, _)| review.session.is_due(*i));
    due.map(|(_, file)| file.path.to_string()).collect()
}

fn text(repo: &Repo) -> String {
    fs::read_to_string(repo.checklist()).expect("the checklist")
}

#[test]
fn status_says_what_was_read_and_nothing_where_nothing_is_to_say() {
    let repo = repo();
    let said = repo.run(["status"]).exits(0).out;
    assert!(!said.contains("read") && !said.contains("drawn"), "{said}");
    let none = json!({
        "files": 12, "read": 0, "changed": 0, "unflagged": 11, "drawn": 0, "due": 0, "missing": 0,
    });
    assert_eq!(repo.status()["files"], none);
    read(&repo, "doc/1.txt", (1, 1));
    read(&repo, "token.yml", (1, 1));
    read(&repo, "doc/2.txt", (1, 1));
    let said = repo.run(["status"]).exits(0).out;
    assert!(said.contains("\nfiles read: 3 of 12\n") && !said.contains("drawn"), "{said}");
    let mut changed = files(10);
    changed[4].1.extend(b"more\n");
    commit(&repo, &changed);
    let said = repo.run(["status"]).exits(0).out;
    assert!(said.contains("\nfiles read: 2 of 12 (1 more before they changed)\n"), "{said}");
    assert_eq!(
        (&repo.status()["files"]["read"], &repo.status()["files"]["changed"]),
        (&json!(2), &json!(1))
    );
}

#[test]
fn drawn_files_block_until_they_are_read() {
    let repo = repo();
    policy(&repo, "[policy]\nsample_unflagged = 4\n");
    let said = repo.run(["status"]).exits(1).out;
    assert!(said.contains("\nthe policy wants 4 files without findings drawn: 4 more\n"), "{said}");
    assert_eq!(repo.run(["list", "--sample"]).exits(0).out, "nothing waits to be looked at\n");
    draw(&repo, 3);
    let said = repo.run(["status"]).exits(1).out;
    assert!(said.contains("drawn to be read: 3 of 3 are left; `debut list --sample`\n"), "{said}");
    assert!(said.contains("without findings drawn: 1 more\n"), "{said}");
    draw(&repo, 4);
    let waiting = due(&repo);
    let said = repo.run(["list", "--sample"]).exits(1).out;
    let wanted: String = waiting.iter().map(|path| format!("{path}: to be read\n")).collect();
    assert_eq!((waiting.len(), said), (4, wanted));
    let rows = repo.run(["list", "--sample", "--format", "json"]).exits(1).json();
    assert_eq!(rows[0], json!({ "kind": "file", "path": waiting[0] }));
    // Where something is asked about a value, no file without one is meant.
    for args in [["--rule", "*"], ["--value", "a"]] {
        repo.run(["list", "--sample"].into_iter().chain(args)).exits(0);
    }
    let one = repo.run(["list", "--sample", "--path", &waiting[1]]).exits(1).out;
    assert_eq!(one, format!("{}: to be read\n", waiting[1]));
    repo.run(["list", "--sample", "--path", "doc/*.md"]).exits(0);
    for (i, path) in waiting.iter().enumerate() {
        assert_eq!(repo.status()["files"]["due"], 4 - i);
        assert_eq!(repo.status()["clear"], false);
        read(&repo, path, (1, 1));
        let left = repo.run(["list", "--sample"]).out;
        assert!(!left.contains(&format!("{path}: ")), "{left}");
    }
    let said = repo.run(["status"]).exits(0).out;
    assert!(said.contains("\nfiles drawn to be read: 0 of 4 are left\n"), "{said}");
    assert!(!said.contains("the policy wants"), "{said}");
    repo.run(["report"]).exits(0);
}

#[test]
fn the_number_of_the_policy_has_bounds() {
    for (number, code) in [("0", 0), ("1000", 1), ("1001", 2), ("-1", 2), ("\"2\"", 2)] {
        let repo = repo();
        policy(&repo, &format!("[policy]\nsample_unflagged = {number}\n"));
        let ran = repo.run(["status"]).exits(code);
        if code == 2 {
            ran.says(":2: policy.sample_unflagged: ");
        }
    }
}

fn keyring() -> Keyring {
    Keyring::new([3; 32])
}

fn mark(path: &[u8]) -> Vote {
    Vote {
        seen: Some((38, 40)),
        asked: Some("abcdefghijklmnop".into()),
        ..Vote::new(Target::Text(RepoPath::new(path)), Act::Read, "reviewer1@example.com".into(), 1)
    }
}

fn rendered(votes: Vec<Vote>) -> String {
    let keyring = keyring();
    let all = Checklist {
        key_id: keyring.key_id(),
        review: "rr-x".into(),
        votes,
        ..Checklist::default()
    };
    all.render(&|line| keyring.seal(line))
}

fn parsed(text: &str) -> Result<Checklist, String> {
    let keyring = keyring();
    let read = Checklist::parse("checklist.toml".as_ref(), text, &|line| keyring.seal(line));
    read.map_err(|error| error.to_string())
}

#[test]
fn a_mark_and_a_draw_are_one_line_each() {
    let sample = Vote::new(Target::Unflagged, Act::Sample { seed: 0xab, n: 20 }, "x".into(), 2);
    let back = mark(b"a.txt").withdrawn(3);
    let odd = mark(b"b\xff\n\" \\ text:unflagged");
    let votes = vec![mark(b"a.txt"), back, odd, sample.clone(), sample.withdrawn(4)];
    let text = rendered(votes.clone());
    let lines: Vec<&str> = text.lines().filter(|line| line.contains("on = ")).collect();
    assert_eq!(lines.len(), 5, "{text}");
    let head =
        "  { on = \"text:a.txt\", ctx = \"abcdefghijklmnop\", do = \"read\", seen = \"38/40\", ";
    assert!(lines.iter().any(|line| line.starts_with(head)), "{text}");
    let head =
        "  { on = \"unflagged\", do = \"sample\", seed = \"00000000000000ab\", n = 20, by = ";
    assert!(lines.iter().any(|line| line.starts_with(head)), "{text}");
    let read = parsed(&text).expect("own output");
    assert!(read.broken.is_empty(), "{:?}", read.broken);
    assert!(votes.iter().all(|vote| read.votes.contains(vote)) && read.votes.len() == 5);
    // The seal covers the id of the content, and how much was on screen.
    for (from, to) in
        [("abcdefghijklmnop", "abcdefghijklmnoq"), ("38/40", "40/40"), ("n = 20", "n = 2")]
    {
        assert!(text.contains(from));
        let forged = parsed(&text.replace(from, to)).expect("a checklist");
        assert!(!forged.broken.is_empty(), "{from} was changed to {to}");
    }
}

#[test]
fn what_says_no_mark_is_refused() {
    let by = "by = \"x\", at = 2026-01-02T03:04:05Z";
    let said = |line: &str| {
        // What is wrong is said of the line where it is, not of one of a kind that is known.
        let sample = Vote::new(Target::Unflagged, Act::Sample { seed: 1, n: 2 }, "x".into(), 2);
        let text = rendered(vec![mark(b"a.txt"), sample]);
        let text = text.replace("votes = [\n", &format!("votes = [\n  {{ {line}, {by} }},\n"));
        parsed(&text).expect_err(line)
    };
    let value = "on = \"abcdefghijklmnopqrstuvwxyz\", path = \"a\", ctx = \"b\"";
    for (line, wanted) in [
        ("on = \"text:a\", do = \"read\"", "needs its ctx"),
        ("on = \"file:a\", ctx = \"b\", do = \"read\"", "does not go with it"),
        ("on = \"path:a/**\", ctx = \"b\", do = \"read\"", "does not go with it"),
        ("on = \"attest:a\", ctx = \"b\", do = \"read\"", "does not go with it"),
        ("on = \"unflagged\", do = \"read\"", "does not go with it"),
        ("on = \"batch\", do = \"read\"", "does not go with it"),
        (&format!("{value}, do = \"read\""), "does not go with it"),
        ("on = \"text:a\", do = \"sample\", seed = \"00000000000000ab\", n = 2", "does not go"),
        ("on = \"text:a\", ctx = \"b\", do = \"approve\"", "does not go with it"),
        ("on = \"text:a\", ctx = \"b\", do = \"yes\"", "does not go with it"),
        ("on = \"unflagged\", do = \"exclude\"", "does not go with it"),
        ("on = \"unflagged\", do = \"sample\", n = 2", "needs its seed"),
        ("on = \"unflagged\", do = \"sample\", seed = \"ab\", n = 2", "needs its seed"),
        ("on = \"unflagged\", do = \"sample\", seed = \"00000000000000ab\"", "needs its n"),
        ("on = \"text:a\", ctx = \"b\", do = \"read\", seen = \"x\"", "is not of the form"),
        ("on = \"text:a\", ctx = \"b\", do = \"read\", moon = 1", "unknown field"),
        ("on = \"text\", ctx = \"b\", do = \"read\"", "unknown kind"),
        ("on = \"unflagged:a\", do = \"withdraw\"", "unknown kind"),
        ("on = \"text:a\", ctx = \"b\", do = \"skim\"", "unknown kind"),
    ] {
        let error = said(line);
        assert!(error.contains(wanted), "{line}: {error}");
    }
    // An id of a value that begins like one of them is an id.
    let id = Identity { value: "textunflaggedtextunflagged".into(), context: "b".into() };
    let target = Target::Place { path: RepoPath::parse("a"), id };
    let vote = Vote::new(target, Act::Withdraw, "x".into(), 1);
    assert_eq!(parsed(&rendered(vec![vote.clone()])).expect("own output").votes, [vote]);
}

#[test]
fn lines_that_a_union_merge_doubles_count_once() {
    let sample = Vote::new(Target::Unflagged, Act::Sample { seed: 1, n: 2 }, "x".into(), 2);
    let text = rendered(vec![mark(b"a.txt"), sample]);
    let lines: String =
        text.lines().filter(|l| l.contains("on = ")).map(|l| format!("{l}\n")).collect();
    let doubled = text.replace("votes = [\n", &format!("votes = [\n{lines}"));
    let read = parsed(&doubled).expect("a checklist");
    assert_eq!((read.votes.len(), read.broken.len()), (4, 0));
    assert_eq!(rendered(read.votes), text, "and once with the next save");
}

#[test]
fn another_key_keeps_marks_on_files_as_they_are() {
    let repo = repo();
    let mut changed = files(10);
    read(&repo, "doc/1.txt", (1, 1));
    read(&repo, "doc/2.txt", (1, 1));
    read(&repo, "doc/3.txt", (1, 1));
    draw(&repo, 5);
    changed[4].1.extend(b"more\n");
    changed.remove(5);
    commit(&repo, &changed);
    let states = |repo: &Repo| {
        let review = open(repo, Access::Read);
        let of = |path| {
            let s = &review.session;
            s.file_at(&RepoPath::parse(path)).map(|i| s.was_read(i))
        };
        ["doc/1.txt", "doc/2.txt", "doc/3.txt", "doc/4.txt"].map(of)
    };
    let wanted = [Some(Read::Yes), Some(Read::Before), None, Some(Read::No)];
    assert_eq!(states(&repo), wanted);
    let contents = |text: &str| -> Vec<String> {
        let marks = text.lines().filter(|line| line.contains("on = \"text:"));
        marks.filter_map(|line| line.split('"').nth(3).map(str::to_owned)).collect()
    };
    let before = contents(&text(&repo));
    let waiting = due(&repo);
    repo.run(["key", "rotate", "--yes"]).exits(0);
    let after = contents(&text(&repo));
    assert_eq!((before.len(), after.len()), (3, 3));
    assert!(after.iter().all(|id| !before.contains(id)), "an id under the old key can be tested");
    assert_eq!(states(&repo), wanted);
    assert_eq!(due(&repo), waiting, "a draw needs no key");
    assert!(waiting.len() > 2);
    assert!(!repo.status()["banners"].to_string().contains("seal"));
    // It is given anew, and taken back, under the new key.
    read(&repo, "doc/2.txt", (1, 1));
    assert_eq!(states(&repo)[1], Some(Read::Yes));
    read(&repo, "doc/1.txt", (1, 1));
    assert_eq!(states(&repo)[0], Some(Read::No));
}

#[test]
fn marks_on_files_that_are_gone_are_listed_and_taken_out() {
    let repo = repo();
    read(&repo, "doc/1.txt", (1, 1));
    read(&repo, "doc/2.txt", (1, 1));
    draw(&repo, 5);
    let mut fewer = files(10);
    fewer.remove(4);
    commit(&repo, &fewer);
    let said = repo.run(["stale"]).exits(0).out;
    assert!(said.starts_with("doc/2.txt: read by reviewer1@example.com on 20"), "{said}");
    assert!(said.contains("1 decision matches nothing that was scanned"), "{said}");
    let rows = repo.run(["stale", "--format", "json"]).exits(0).json();
    let row = &rows["decisions"][0];
    assert_eq!(
        (&row["kind"], &row["path"], &row["verdict"]),
        (&json!("text"), &json!("doc/2.txt"), &json!("read"))
    );
    assert_eq!(rows["decisions"].as_array().map(Vec::len), Some(1));
    // The history has the file still.
    assert_eq!(repo.run(["stale", "--history"]).out, "every decision matches something\n");
    let tree = repo.git.head().expect("HEAD").peel_to_tree().expect("a tree");
    let who = git2::Signature::now("Author One", "author1@example.com").expect("a signature");
    let id = repo.git.commit(None, &who, &who, "Begin anew", &tree, &[]).expect("a commit");
    let id = repo.git.find_object(id, None).expect("it");
    repo.git.reset(&id, git2::ResetType::Hard, None).expect("a reset");
    let said = repo.run(["prune", "--history", "--yes"]).exits(0);
    assert!(said.out.contains("on = \"text:doc/2.txt\"") && said.out.lines().count() == 1);
    assert_eq!(repo.run(["stale", "--history"]).out, "every decision matches something\n");
    assert_eq!(repo.status()["files"]["read"], 1);
    assert_eq!(repo.status()["files"]["drawn"], 5);
}

#[test]
fn a_submodule_is_no_file_and_the_review_s_own_files_are_none() {
    let repo = Repo::new();
    repo.commit_raw(&[
        (b"a.txt", 0o100_644, b"a\n"),
        (b"sub", 0o160_000, b"b\n"),
        (b"link", 0o120_000, b"a.txt"),
        (b".debut/config.toml", 0o100_644, b"\n"),
    ]);
    let review = repo.review(Access::Read);
    let files: Vec<String> = review.session.files().iter().map(|f| f.path.to_string()).collect();
    assert_eq!(files, ["a.txt", "link"]);
}

#[test]
fn the_checklist_does_not_give_away_which_object_was_read() {
    let repo = repo();
    read(&repo, "token.yml", (1, 1));
    let tree = repo.git.head().expect("HEAD").peel_to_tree().expect("a tree");
    let blob = tree.get_name("token.yml").expect("the file").id().to_string();
    let text = text(&repo);
    assert!(text.contains("on = \"text:token.yml\"") && !text.contains(&blob[..10]), "{text}");
    let found: Vec<Value> = repo.found();
    assert!(!found.is_empty());
}
