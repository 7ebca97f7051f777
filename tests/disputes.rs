// SPDX-License-Identifier: MIT OR Apache-2.0
//! Where reviewers differ, and how that ends.

#![allow(clippy::expect_used, reason = "a test may panic")]

mod common;
#[path = "common/cli.rs"]
mod program;

use common::{Repo, finding, session};
use debut::{
    domain::{Act, Origin, RepoPath, Target, Verdict, Vote},
    review::{Choice, FindingIdx, Identified, Refusal, Scope, Session},
};

const LICENCE: &[u8] = include_bytes!("../LICENSE-MIT");
const PLACE: FindingIdx = FindingIdx(0);

/// A session of the first reviewer in which one internal host was found, with these votes.
fn with(votes: Vec<Vote>) -> Session {
    let mut s = session(votes);
    let found: Identified = finding(&s, "internal/host", "a/one.yml", 4, "host-1", "host: ");
    s.add(found);
    s
}

/// The vote of the second reviewer on the place.
fn other(verdict: Verdict, at: i64) -> Vote {
    let mut s = with(Vec::new());
    let step = s.decide(&Scope::Place(PLACE), &Choice::new(verdict), at).expect("decided");
    Vote { by: "reviewer2@example.com".into(), ..step.votes[0].clone() }
}

fn noted(verdict: Verdict) -> Choice {
    Choice { note: Some("asked the owner".into()), ..Choice::new(verdict) }
}

/// The first reviewer approved what the second had redacted.
fn disputed() -> Session {
    let mut s = with(vec![other(Verdict::Redact, 5)]);
    s.decide(&Scope::Place(PLACE), &Choice::new(Verdict::Approve), 9).expect("approved");
    let standing = s.standing(PLACE);
    assert_eq!((standing.verdict, standing.disputed), (Some(Verdict::Redact), true));
    s
}

#[test]
fn each_opinion_is_told_with_its_author() {
    let s = disputed();
    let words: Vec<_> =
        s.opinions(PLACE).iter().map(|v| (v.by.to_string(), v.act.verdict())).collect();
    assert_eq!(
        words,
        [
            ("reviewer2@example.com".into(), Some(Verdict::Redact)),
            (s.reviewer().to_owned(), Some(Verdict::Approve))
        ]
    );
    assert_eq!(s.rivals(PLACE), [Verdict::Redact, Verdict::Approve]);
    assert_eq!(s.group(s.group_of(PLACE)).disputed(), 1);
}

#[test]
fn settling_for_less_needs_a_note_and_then_counts() {
    let mut s = disputed();
    let bare = Choice::new(Verdict::Approve);
    assert_eq!(s.settle_dispute(&[PLACE], &bare, 20), Err(Refusal::NeedsNoteToSettle));
    assert!(s.standing(PLACE).disputed, "a refusal changes nothing");
    let step = s.settle_dispute(&[PLACE], &noted(Verdict::Approve), 20).expect("settled");
    assert_eq!(step.votes[0].how, Some(Origin::Settled));
    let standing = s.standing(PLACE);
    assert_eq!((standing.verdict, standing.disputed), (Some(Verdict::Approve), false));
    assert_eq!((s.counts().disputed, s.group(s.group_of(PLACE)).disputed()), (0, 0));
    // The strictest needs no note.
    let mut s = disputed();
    s.settle_dispute(&[PLACE], &Choice::new(Verdict::Redact), 20).expect("settled");
    assert!(!s.standing(PLACE).disputed && s.rivals(PLACE).is_empty());
    assert_eq!(
        s.settle_dispute(&[PLACE], &Choice::new(Verdict::Redact), 21),
        Err(Refusal::NoDispute)
    );
}

#[test]
fn a_later_word_opens_the_dispute_again_and_undo_too() {
    let mut s = disputed();
    s.settle_dispute(&[PLACE], &noted(Verdict::Approve), 20).expect("settled");
    let mut votes = s.votes().to_vec();
    votes.push(other(Verdict::Redact, 99));
    let again = with(votes);
    let standing = again.standing(PLACE);
    assert_eq!((standing.verdict, standing.disputed), (Some(Verdict::Redact), true));
    s.undo(30).expect("undone");
    assert!(s.standing(PLACE).disputed);
}

#[test]
fn the_order_in_which_votes_become_known_does_not_matter() {
    let mut s = disputed();
    s.settle_dispute(&[PLACE], &noted(Verdict::Approve), 20).expect("settled");
    let mut votes = s.votes().to_vec();
    for _ in 0..votes.len() {
        votes.rotate_left(1);
        let standing = with(votes.clone()).standing(PLACE);
        assert_eq!((standing.verdict, standing.disputed), (Some(Verdict::Approve), false));
    }
}

#[test]
fn a_dispute_about_a_directory_is_settled_there() {
    let dir = Target::Directory(RepoPath::new(b"a"));
    let vote = |by: &str, verdict, at| Vote {
        target: dir.clone(),
        act: Act::Give(verdict),
        by: by.into(),
        at,
        class: None,
        ..other(verdict, at)
    };
    let mut s = with(vec![
        vote("reviewer2@example.com", Verdict::Exclude, 5),
        vote("reviewer3@example.com", Verdict::Approve, 6),
    ]);
    assert!(s.standing(PLACE).disputed);
    let step = s.settle_dispute(&[PLACE], &noted(Verdict::Approve), 20).expect("settled");
    assert_eq!(step.votes[0].target, dir);
    let standing = s.standing(PLACE);
    assert_eq!((standing.verdict, standing.disputed), (Some(Verdict::Approve), false));
}

#[test]
fn the_command_line_settles_what_differs_and_nothing_else() {
    let text = b"bind = 10.20.30.40\nlisten = 10.20.30.41\n";
    let repo = Repo::with(&[("LICENSE", LICENCE), ("net.conf", text)]);
    let decide = |args: &[&str]| repo.run([&["decide", "--path", "net.conf"], args].concat());
    decide(&["--verdict", "redact"]).exits(0);
    let rows = repo.run(["list", "--format", "json"]).json();
    let rows = rows.as_array().expect("rows");
    let one = rows.iter().find(|row| row["state"] == "redact").expect("a row")["id"].clone();
    let one = one.as_str().expect("an id").to_owned();
    let as_two = ["--reviewer", "reviewer2@example.com", "--value", &one, "--verdict"];
    assert_eq!(repo.run(["list", "--disputed"]).exits(0).out, "reviewers differ on nothing\n");
    let said = decide(&[&as_two[..], &["approve", "--all", "--note", "\u{202e}public"]].concat());
    assert!(said.exits(0).out.contains("1 place on which reviewers differ"));
    assert_eq!(repo.status()["disputed"], 1);
    let list = repo.run(["list"]).exits(0).out;
    assert_eq!(list.lines().filter(|line| line.starts_with("differ ")).count(), 1, "{list}");
    let list = repo.run(["list", "--disputed"]).exits(1).out;
    let lines: Vec<&str> = list.lines().collect();
    assert_eq!(lines.len(), 3, "{list}");
    assert!(lines[0].starts_with("net.conf:"), "{list}");
    assert!(lines[1].starts_with("  redact by reviewer1@example.com on "), "{list}");
    assert!(lines[2].starts_with("  approve by reviewer2@example.com on "), "{list}");
    assert!(lines[2].ends_with(": ⟨U+202E⟩public"), "{list}");
    let rows = repo.run(["list", "--disputed", "--format", "json"]).exits(1).json();
    let opinions = rows[0]["opinions"].as_array().expect("opinions");
    let verdicts: Vec<&str> = opinions.iter().filter_map(|o| o["verdict"].as_str()).collect();
    assert_eq!(verdicts, ["redact", "approve"]);
    let ran = decide(&["--settle", "--verdict", "approve"]);
    assert!(ran.err.contains("note"), "{}", ran.err);
    let settle = ["--disputed", "--settle", "--verdict", "approve"];
    decide(&[&settle[..], &["--note", "a documentation host"]].concat()).exits(0);
    let status = repo.status();
    let told = |key: &str| status[key].as_u64();
    assert_eq!((told("disputed"), told("approved"), told("redacted")), (Some(0), Some(1), Some(1)));
}
