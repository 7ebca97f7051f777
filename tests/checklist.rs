// SPDX-License-Identifier: MIT OR Apache-2.0
//! The format of the checklist: older and newer ones, and lines that nobody knows yet.

#![allow(clippy::expect_used, reason = "a test may panic")]

mod common;

use std::{fs, path::PathBuf};

use common::{Repo, github_token};
use debut::{
    domain::Verdict,
    ops::{Access, OpenError, Review},
    review::{Choice, FindingIdx, Scope},
    store::{Checklist, StoreError},
};

fn repo() -> Repo {
    let line = format!("token: {}\n", github_token(1));
    let licence = include_bytes!("../LICENSE-MIT");
    Repo::with(&[("LICENSE", licence), ("a.yml", line.as_bytes()), ("b.yml", line.as_bytes())])
}

fn decide(review: &mut Review, place: u32, verdict: Verdict) {
    let scope = Scope::Place(FindingIdx(place));
    let step = review.session.decide(&scope, &Choice::new(verdict), 1_000).expect("a decision");
    review.desk.record(step).expect("the journal");
}

/// Leaves a repository with one decision, as a version that knew schema 1 would have written it.
fn of_schema_1() -> (Repo, String) {
    let repo = repo();
    let mut review = repo.review(Access::Write);
    decide(&mut review, 0, Verdict::Redact);
    review.desk.close().expect("a save");
    let text = fs::read_to_string(repo.checklist()).expect("the checklist");
    assert!(text.contains("\nschema = 2\n"), "{text}");
    let old = text.replace("\nschema = 2\n", "\nschema = 1\n");
    fs::write(repo.checklist(), &old).expect("a file");
    fs::remove_file(repo.path().join(".debut/journal")).expect("no journal");
    (repo, old)
}

fn kept(repo: &Repo, more: &str) -> PathBuf {
    repo.path().join(format!(".debut/checklist.toml.schema1{more}"))
}

#[test]
fn an_older_checklist_is_read_and_kept_beside_on_the_first_write() {
    let (repo, old) = of_schema_1();
    let mut review = repo.review(Access::Read);
    assert_eq!(review.session.counts().total.redacted + review.session.counts().total.open, 1);
    assert_eq!(review.session.votes().len(), 1);
    drop(review);
    assert_eq!(fs::read_to_string(repo.checklist()).expect("the file"), old, "read only");
    assert!(!kept(&repo, "").exists());
    review = repo.review(Access::Write);
    decide(&mut review, 1, Verdict::Redact);
    review.desk.close().expect("a save");
    let new = fs::read_to_string(repo.checklist()).expect("the file");
    assert!(new.contains("\nschema = 2\n"));
    assert_eq!(new.lines().filter(|line| line.contains("do = \"redact\"")).count(), 2);
    assert_eq!(fs::read_to_string(kept(&repo, "")).expect("the copy"), old);
    // The votes alone are new: a merge with a clone that did not migrate yet stays a merge.
    let without = |text: &str| text.lines().filter(|line| !line.starts_with("  {")).count();
    assert_eq!(without(&new), without(&old));
}

#[test]
fn a_kept_file_is_never_overwritten() {
    let (repo, old) = of_schema_1();
    fs::write(kept(&repo, ""), "somebody's").expect("a file");
    #[cfg(unix)]
    std::os::unix::fs::symlink("/dev/zero", kept(&repo, "-2")).expect("a link");
    #[cfg(not(unix))]
    fs::write(kept(&repo, "-2"), "somebody else's").expect("a file");
    let mut review = repo.review(Access::Write);
    decide(&mut review, 1, Verdict::Redact);
    review.desk.close().expect("a save");
    assert_eq!(fs::read_to_string(kept(&repo, "")).expect("the file"), "somebody's");
    assert_eq!(fs::read_to_string(kept(&repo, "-3")).expect("the copy"), old);
    // The same file again, after a checkout say, needs no further copy.
    fs::write(repo.checklist(), &old).expect("a file");
    let mut review = repo.review(Access::Write);
    decide(&mut review, 1, Verdict::Defer);
    review.desk.close().expect("a save");
    assert!(!kept(&repo, "-4").exists());
}

#[test]
fn where_the_old_file_cannot_be_kept_nothing_is_written() {
    let (repo, old) = of_schema_1();
    fs::write(kept(&repo, ""), "taken").expect("a file");
    for n in 2..100 {
        fs::write(kept(&repo, &format!("-{n}")), "taken").expect("a file");
    }
    let mut review = repo.review(Access::Write);
    decide(&mut review, 1, Verdict::Redact);
    let error = review.desk.save().expect_err("no room");
    assert!(matches!(error, StoreError::NoName { schema: 1, .. }), "{error}");
    assert_eq!(fs::read_to_string(repo.checklist()).expect("the file"), old);
    assert_eq!(repo.review(Access::Read).session.votes().len(), 2, "the journal has it");
}

fn refused(repo: &Repo, text: &str) -> String {
    fs::write(repo.checklist(), text).expect("a file");
    let errors = [Access::Read, Access::Write].map(|access| {
        let error = Review::open(&repo.options(), access).err().expect("an error");
        assert!(matches!(error, OpenError::Store(_)), "{error}");
        error.to_string()
    });
    assert_eq!(errors[0], errors[1]);
    assert_eq!(fs::read_to_string(repo.checklist()).expect("the file"), text, "left alone");
    errors[0].clone()
}

#[test]
fn a_line_of_an_unknown_kind_is_named_and_the_file_left_alone() {
    let (repo, text) = of_schema_1();
    let line = text.lines().position(|line| line.contains("on = ")).expect("a vote") + 1;
    let vote = text.lines().nth(line - 1).expect("the vote");
    for (unknown, what) in [
        (
            r#"{ on = "moon:full", howls = 3, do = "howl", by = "x", at = 2026-01-02T03:04:05Z }"#,
            "moon:full",
        ),
        (r#"{ on = "moon", by = "x", do = "redact", at = 2026-01-02T03:04:05Z }"#, "moon"),
        (r#"{ on = "file:a", by = "x", do = "howl", at = 2026-01-02T03:04:05Z }"#, "howl"),
    ] {
        let unknown = format!("  {unknown},\n{vote}");
        let said = refused(&repo, &text.replace(vote, &unknown));
        let wanted = format!("checklist.toml:{line}: unknown kind of line, ");
        assert!(said.contains(&wanted) && said.contains(what), "{said}");
    }
    for schema in ["0", "3", "18446744073709551615"] {
        refused(&repo, &text.replace("schema = 1", &format!("schema = {schema}")));
    }
}

#[test]
fn a_directory_may_have_any_name() {
    let line = format!("token: {}\n", github_token(1));
    let licence = include_bytes!("../LICENSE-MIT");
    let names = ["a[1]/x.yml", "st*r/x.yml", "wh?t/**/x.yml", "b/**/x.yml"];
    let mut files: Vec<(&str, &[u8])> = vec![("LICENSE", licence)];
    files.extend(names.iter().map(|name| (*name, line.as_bytes())));
    let repo = Repo::with(&files);
    let mut review = repo.review(Access::Write);
    let targets = ["a[1]", "st*r", "wh?t/**", "b/**"]
        .map(|dir| debut::domain::Target::Directory(debut::domain::RepoPath::parse(dir)));
    let choice = Choice::new(Verdict::Exclude);
    let step =
        review.session.decide_paths(targets.to_vec(), &choice, debut::domain::Origin::Batch, 1);
    review.desk.record(step.expect("a decision")).expect("the journal");
    review.desk.close().expect("a save");
    fs::remove_file(repo.path().join(".debut/journal")).expect("no journal");
    let again = repo.review(Access::Read);
    assert_eq!(again.session.counts().total.excluded, 1);
    let mut read: Vec<_> = again.session.votes().iter().map(|vote| vote.target.clone()).collect();
    read.sort();
    let mut wanted = targets.to_vec();
    wanted.sort();
    assert_eq!(read, wanted);
}

#[test]
fn what_stands_there_and_cannot_be_read_is_not_written_over() {
    let (repo, _) = of_schema_1();
    let mut review = repo.review(Access::Write);
    decide(&mut review, 1, Verdict::Redact);
    for bytes in [&b"schema = 2\n\xff\xfe"[..], b"", b"schema = 3\n", b"hello"] {
        fs::write(repo.checklist(), bytes).expect("a file");
        assert!(review.desk.save().is_err());
        assert_eq!(fs::read(repo.checklist()).expect("the file"), bytes);
    }
}

#[test]
fn a_checklist_of_another_key_is_not_mixed_in() {
    let (repo, _) = of_schema_1();
    let mut review = repo.review(Access::Write);
    decide(&mut review, 1, Verdict::Redact);
    let other = debut::review::Keyring::new([9; 32]);
    let seal = |line: &str| other.seal(line);
    let theirs =
        Checklist { review: "rr-x".into(), key_id: other.key_id(), ..Checklist::default() };
    let text = theirs.render(&seal);
    fs::write(repo.checklist(), &text).expect("a file");
    assert!(review.desk.save().is_err());
    assert_eq!(fs::read_to_string(repo.checklist()).expect("the file"), text);
}
