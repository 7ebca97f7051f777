// SPDX-License-Identifier: MIT OR Apache-2.0
//! The files of a review: what is written reads back, what is broken is said and left alone.

#![allow(clippy::expect_used, reason = "a test may panic")]

mod common;

use std::{fs, sync::Arc};

use common::{Repo, github_token};
use debut::{
    domain::{Act, Answer, Class, Identity, Origin, Reason, RepoPath, Target, Verdict, Vote},
    ops::{Access, OpenError, Review},
    review::{Choice, FindingIdx, Keyring, Scope},
    store::{Checklist, Journal, Record, StoreError},
};
use proptest::prelude::*;

fn keyring() -> Keyring {
    Keyring::new([3; 32])
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z0-9/._-]{1,20}", any::<String>()]
}

fn votes() -> impl Strategy<Value = Vec<Vote>> {
    let target = prop_oneof![
        (any::<Vec<u8>>(), "[a-z2-7]{26}", "[a-z2-7]{10}").prop_map(|(path, value, context)| {
            let id = Identity { value: value.into(), context: context.into() };
            Target::Place { path: RepoPath::new(&path), id }
        }),
        prop::collection::vec(any::<u8>(), 1..20).prop_map(|p| Target::File(RepoPath::new(&p))),
        "[a-z]{1,8}(/[a-z]{1,8})?".prop_map(|p| Target::Directory(RepoPath::new(p.as_bytes()))),
    ];
    let act = prop_oneof![
        Just(Act::Withdraw),
        prop::sample::select(Verdict::ALL.to_vec()).prop_map(Act::Give)
    ];
    // About a whole file nothing is corrected or fixed.
    let place = (target, act).prop_map(|(target, act)| match (&target, act) {
        (Target::Place { .. }, _) => (target, act),
        (_, Act::Give(verdict)) if verdict.is_about_licences() => (target, Act::Withdraw),
        _ => (target, act),
    });
    let answer = prop_oneof![
        Just(Act::Withdraw),
        prop::sample::select(Answer::ALL.to_vec()).prop_map(Act::Answer)
    ];
    let item = text().prop_map(|id| Target::Attestation(id.into()));
    let file = prop::collection::vec(any::<u8>(), 1..20);
    let mark = (file.prop_map(|p| Target::Text(RepoPath::new(&p))), Just(Act::Read));
    let what = prop_oneof![3 => place, 1 => (item, answer), 1 => mark];
    let vote = (what, any::<bool>(), text(), 0..4_000_000_000_000_i64, text(), any::<(u16, u16)>());
    let vote = vote.prop_map(|((target, act), full, by, at, note, (seen, all))| Vote {
        // A file that was read always has the id of its content.
        asked: (act == Act::Read || full && matches!(target, Target::Attestation(_)))
            .then(|| note.as_str().into()),
        target,
        act,
        class: full.then_some(Class::Credential),
        to: match act {
            Act::Give(Verdict::Correct) => Some("MIT OR Apache-2.0".into()),
            Act::Give(Verdict::Fix) => Some("header MIT; 2026 Example".into()),
            _ => full.then(|| note.as_str().into()),
        },
        why: full.then_some(Reason::TestData),
        how: full.then_some(Origin::Group),
        seen: full.then_some((seen.into(), all.into())),
        by: by.into(),
        at,
        until: full.then_some((at / 86_400_000) as i32),
        name: full.then(|| note.as_str().into()),
        note: (!full).then(|| Arc::from(note)),
    });
    let of = prop::sample::select(vec![Target::Batch, Target::Unflagged]);
    let sample = (of, any::<u64>(), any::<u32>(), text(), 0..4_000_000_000_000_i64);
    let sample = sample.prop_map(|(target, seed, n, by, at)| {
        Vote::new(target, Act::Sample { seed, n }, by.into(), at)
    });
    prop::collection::vec(prop_oneof![4 => vote, 1 => sample], 0..8)
}

fn checklist(votes: Vec<Vote>) -> Checklist {
    Checklist {
        review: "rr-test".into(),
        key_id: keyring().key_id(),
        votes,
        ..Checklist::default()
    }
}

proptest! {
    #[test]
    fn a_checklist_reads_back(votes in votes()) {
        let keyring = keyring();
        let seal = |line: &str| keyring.seal(line);
        let written = checklist(votes);
        let text = written.render(&seal);
        let read = Checklist::parse("checklist.toml".as_ref(), &text, &seal).expect("own output");
        prop_assert!(read.broken.is_empty());
        prop_assert_eq!(read.render(&seal), text.clone());
        for vote in &written.votes {
            prop_assert!(read.votes.contains(vote));
        }
        // One vote, one line: this is what makes `merge=union` safe.
        let lines = text.lines().filter(|line| line.starts_with("  { on = ")).count();
        prop_assert_eq!(lines, read.votes.len());
    }

    #[test]
    fn any_bytes_are_no_reason_to_panic(text in ".*", cut in any::<prop::sample::Index>()) {
        let keyring = keyring();
        let seal = |line: &str| keyring.seal(line);
        let _ = Checklist::parse("x".as_ref(), &text, &seal);
        let whole = checklist(Vec::new()).render(&seal);
        let cut = cut.index(whole.len());
        let _ = Checklist::parse("x".as_ref(), &whole[..cut], &seal);
    }

    #[test]
    fn a_journal_cut_anywhere_loses_only_its_tail(votes in votes(), cut in any::<prop::sample::Index>()) {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("journal");
        let keyring = keyring();
        let seal = |line: &str| keyring.seal(line);
        let records: Vec<Record> =
            votes.into_iter().map(|vote| Record { kind: "decide".into(), votes: vec![vote] }).collect();
        let mut ends = vec![0];
        let (mut journal, before) = Journal::open(&path, &seal).expect("a journal");
        prop_assert!(before.is_empty());
        for record in &records {
            journal.append(record, &seal).expect("an append");
            ends.push(fs::metadata(&path).expect("the file").len());
        }
        drop(journal);
        let bytes = fs::read(&path).expect("the file");
        let cut = cut.index(bytes.len() + 1);
        fs::write(&path, &bytes[..cut]).expect("a torn file");
        let whole = ends.iter().filter(|end| **end <= cut as u64).count() - 1;
        let (mut journal, read) = Journal::open(&path, &seal).expect("a torn journal");
        prop_assert_eq!(&read[..], &records[..whole]);
        // And it goes on from there.
        for record in &records[whole..] {
            journal.append(record, &seal).expect("an append");
        }
        prop_assert_eq!(Journal::read(&path, &seal).expect("the journal"), records);
    }
}

fn repo() -> Repo {
    let line = format!("token: {}\n", github_token(1));
    let licence = include_bytes!("../LICENSE-MIT");
    Repo::with(&[("LICENSE", licence), ("a.yml", line.as_bytes()), ("b.yml", line.as_bytes())])
}

fn decide(review: &mut Review, verdict: Verdict) {
    let scope = Scope::Place(FindingIdx(0));
    let step = review.session.decide(&scope, &Choice::new(verdict), 1_000).expect("a decision");
    review.desk.record(step).expect("the journal");
}

fn broken_line(error: &OpenError) -> Option<usize> {
    match error {
        OpenError::Store(StoreError::Broken { line, .. }) => Some(*line),
        _ => None,
    }
}

#[test]
fn decisions_survive_without_a_save() {
    let repo = repo();
    let mut review = repo.review(Access::Write);
    decide(&mut review, Verdict::Redact);
    // Neither saved nor closed: as after a kill.
    drop(review);
    assert!(!repo.checklist().exists());
    let mut again = repo.review(Access::Write);
    let group = again.session.group(again.session.group_of(FindingIdx(0)));
    assert_eq!((group.settled(), group.undecided()), (1, 1), "one of two places is decided");
    assert_eq!(again.session.history(), (1, 0), "undo works across a restart");
    let step = again.session.undo(2_000).expect("an undo");
    again.desk.record(step).expect("the journal");
    again.desk.close().map_err(|error| error.to_string()).expect("a save");
    let third = repo.review(Access::Read);
    assert_eq!(third.session.group(third.session.group_of(FindingIdx(0))).settled(), 0);
}

#[test]
fn a_long_journal_is_shortened_only_when_the_checklist_has_it_all() {
    let repo = repo();
    let mut review = repo.review(Access::Write);
    for _ in 0..300 {
        for (place, verdict) in [(0, Verdict::Redact), (1, Verdict::Defer)] {
            let scope = Scope::Place(FindingIdx(place));
            let choice = Choice::new(verdict);
            let step = review.session.decide(&scope, &choice, 1_000).expect("a decision");
            review.desk.record(step).expect("the journal");
        }
    }
    // As after a kill: the journal alone has the votes.
    drop(review);
    let mut again = repo.review(Access::Write);
    assert_eq!(again.session.votes().len(), 600);
    assert!(again.desk.unsaved());
    again.desk.save().expect("a save");
    again.desk.close().map_err(|error| error.to_string()).expect("an end");
    let journal = fs::read_to_string(repo.path().join(".debut/journal")).expect("the journal");
    assert_eq!(journal.lines().count(), 500);
    let third = repo.review(Access::Write);
    assert_eq!(third.session.votes().len(), 600);
    assert_eq!(third.session.history(), (500, 0));
}

#[test]
fn the_checklist_holds_no_value_and_the_key_stays_outside() {
    let repo = repo();
    let mut review = repo.review(Access::Write);
    decide(&mut review, Verdict::Redact);
    review.desk.save().expect("a save");
    let text = fs::read_to_string(repo.checklist()).expect("the checklist");
    let token = github_token(1);
    for part in [&token[..], &token[4..20], &token[20..]] {
        assert!(!text.contains(part));
    }
    assert!(text.contains("do = \"redact\""));
    let ignored = fs::read_to_string(repo.path().join(".debut/.gitignore")).expect("ignore file");
    assert!(ignored.contains("journal") && ignored.contains("lock"));
}

#[cfg(unix)]
#[test]
fn keys_are_readable_by_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let repo = repo();
    drop(repo.review(Access::Read));
    let keys = repo.state.path().join("keys");
    let mode =
        |path: &std::path::Path| fs::metadata(path).expect("metadata").permissions().mode() & 0o777;
    assert_eq!(mode(&keys), 0o700);
    assert_eq!(mode(&keys.join("master")), 0o600);
}

#[test]
fn a_second_reviewer_is_read_only_and_told_who_holds_it() {
    let repo = repo();
    let first = repo.review(Access::Write);
    assert_eq!(first.read_only, None);
    let second = repo.review(Access::Write);
    let why = second.read_only.expect("read-only");
    assert!(why.contains("reviewer1@example.com since 2026-01-02 03:04"), "{why}");
    drop(first);
    assert_eq!(repo.review(Access::Write).read_only, None);
}

#[test]
fn the_second_reviewer_takes_over_with_everything_that_was_decided() {
    let repo = repo();
    let mut first = repo.review(Access::Write);
    let mut second = repo.review(Access::Write);
    assert!(second.desk.waits() && !first.desk.waits());
    decide(&mut first, Verdict::Redact);
    first.desk.save().expect("a save");
    decide(&mut first, Verdict::Exclude);
    assert!(second.desk.take_over().expect("a try").is_none());
    // Whoever only looks sees what the journal alone has.
    assert_eq!(repo.review(Access::Read).session.counts(), first.session.counts());
    let counts = first.session.counts();
    // Left without a save, as by a kill.
    drop(first);
    let (votes, steps) = second.desk.take_over().expect("a try").expect("the lock");
    second.session.reload(votes, steps);
    assert!(!second.desk.waits());
    assert_eq!(second.session.counts(), counts);
    assert_eq!(second.session.history(), (2, 0), "the same person can undo");
    decide(&mut second, Verdict::Defer);
    second.desk.close().expect("a save");
    let last = repo.review(Access::Read);
    assert_eq!(last.session.votes().len(), 3);
    assert_eq!(last.session.counts(), second.session.counts());
}

#[test]
fn nobody_writes_while_somebody_else_reviews() {
    let repo = repo();
    let mut first = repo.review(Access::Write);
    decide(&mut first, Verdict::Redact);
    let mut second = repo.review(Access::Write);
    assert!(!second.desk.unsaved());
    second.desk.save().expect("nothing to do");
    second.desk.close().expect("nothing to do");
    assert!(!repo.checklist().exists());
}

#[test]
fn a_review_with_another_key_is_not_taken_over() {
    let repo = repo();
    let mut first = repo.review(Access::Write);
    decide(&mut first, Verdict::Redact);
    first.desk.save().expect("a save");
    let mut second = repo.review(Access::Write);
    let stop = false.into();
    let watch = debut::ops::Watch { threads: 1, stop: &stop, progress: &|_, _, _| {} };
    let rotation = first.rotation(&watch).expect("a new key");
    assert_eq!((rotation.kept(), rotation.lost().len()), (1, 0));
    rotation.write(&mut first).expect("a rotation");
    drop(first);
    let text = fs::read_to_string(repo.checklist()).expect("the checklist");
    assert!(matches!(second.desk.take_over(), Err(OpenError::KeyChanged)));
    assert!(!second.desk.waits(), "it is not tried again");
    assert_eq!(repo.review(Access::Write).read_only, None, "and holds nobody up");
    assert_eq!(fs::read_to_string(repo.checklist()).expect("the checklist"), text);
}

#[test]
fn what_was_taken_in_once_stays_with_every_later_save() {
    let repo = repo();
    let mut review = repo.review(Access::Write);
    decide(&mut review, Verdict::Redact);
    review.desk.save().expect("a save");
    let keyring = review.keyring.clone();
    let seal = |line: &str| keyring.seal(line);
    let read = || {
        let text = fs::read_to_string(repo.checklist()).expect("the checklist");
        Checklist::parse("x".as_ref(), &text, &seal).expect("own output")
    };
    let mut merged = read();
    let mut theirs = merged.votes[0].clone();
    theirs.by = "reviewer2@example.com".into();
    merged.votes.push(theirs.clone());
    fs::write(repo.checklist(), merged.render(&seal)).expect("a file");
    for verdict in [Verdict::Defer, Verdict::Exclude, Verdict::Redact] {
        decide(&mut review, verdict);
        let saved = review.desk.save_job().run().expect("a save");
        let new = review.desk.saved(saved);
        assert_eq!(new.contains(&theirs), verdict == Verdict::Defer, "told once");
        assert!(read().votes.contains(&theirs), "after {verdict:?}");
    }
}

#[test]
fn a_broken_or_newer_checklist_is_said_and_left_alone() {
    let repo = repo();
    let mut review = repo.review(Access::Write);
    decide(&mut review, Verdict::Redact);
    review.desk.save().expect("a save");
    drop(review);
    let good = fs::read_to_string(repo.checklist()).expect("the checklist");
    let open = || Review::open(&repo.options(), Access::Write).err().expect("an error");
    let cases = [
        (good.replace("schema = 2", "schema = 2\n= broken"), Some(5)),
        (good.replace("do = \"redact\"", "do = \"publish\""), Some(13)),
        ("hello = 1\n".into(), Some(1)),
    ];
    for (text, line) in &cases {
        fs::write(repo.checklist(), text).expect("a file");
        assert_eq!(broken_line(&open()), *line, "{text}");
        assert_eq!(&fs::read_to_string(repo.checklist()).expect("the file"), text);
    }
    let newer = good.replace("schema = 2", "schema = 99\nfuture = true");
    fs::write(repo.checklist(), &newer).expect("a file");
    assert!(matches!(open(), OpenError::Store(StoreError::Newer { found: 99, .. })));
    assert_eq!(fs::read_to_string(repo.checklist()).expect("the file"), newer);
}

#[test]
fn a_line_without_a_fitting_seal_does_not_count_and_is_kept() {
    let repo = repo();
    let mut review = repo.review(Access::Write);
    decide(&mut review, Verdict::Redact);
    review.desk.close().map_err(|error| error.to_string()).expect("a save");
    fs::remove_file(repo.path().join(".debut/journal")).expect("no journal");
    let text = fs::read_to_string(repo.checklist()).expect("the checklist");
    let forged = text.replace("do = \"redact\"", "do = \"approve\"");
    assert_ne!(text, forged);
    fs::write(repo.checklist(), &forged).expect("a file");
    let mut review = repo.review(Access::Write);
    assert_eq!(review.session.counts().total.approved, 0);
    assert!(
        review.info.banners.iter().any(|b| b.contains("broken seal")),
        "{:?}",
        review.info.banners
    );
    decide(&mut review, Verdict::Defer);
    review.desk.save().expect("a save");
    let saved = fs::read_to_string(repo.checklist()).expect("the checklist");
    assert!(saved.contains("do = \"approve\"") && saved.contains("do = \"defer\""));
}

#[test]
fn what_somebody_else_wrote_meanwhile_is_taken_in() {
    let repo = repo();
    let mut review = repo.review(Access::Write);
    decide(&mut review, Verdict::Redact);
    review.desk.save().expect("a save");
    let text = fs::read_to_string(repo.checklist()).expect("the checklist");
    // A merge brings another reviewer's vote in while the review is open.
    let mut theirs = review.session.votes()[0].clone();
    theirs.by = "reviewer2@example.com".into();
    let keyring = review.keyring.clone();
    let seal = |line: &str| keyring.seal(line);
    let mut merged = Checklist::parse("x".as_ref(), &text, &seal).expect("own output");
    merged.votes.push(theirs);
    fs::write(repo.checklist(), merged.render(&seal)).expect("a file");
    decide(&mut review, Verdict::Defer);
    review.desk.save().expect("a save");
    let text = fs::read_to_string(repo.checklist()).expect("the checklist");
    let votes = Checklist::parse("x".as_ref(), &text, &seal).expect("own output").votes;
    assert_eq!(votes.len(), 3);
    assert!(votes.iter().any(|vote| &*vote.by == "reviewer2@example.com"));
}

#[test]
fn a_missing_key_is_said() {
    let repo = repo();
    let mut review = repo.review(Access::Write);
    decide(&mut review, Verdict::Redact);
    review.desk.close().map_err(|error| error.to_string()).expect("a save");
    let stranger = tempfile::tempdir().expect("a folder");
    let options = debut::ops::Options { state: stranger.path().into(), ..repo.options() };
    let error = Review::open(&options, Access::Read).err().expect("an error");
    assert!(matches!(error, OpenError::Store(StoreError::NoKey { .. })), "{error}");
    let before = fs::read_to_string(repo.checklist()).expect("the checklist");
    let review = Review::open(&options, Access::Write).expect("read-only");
    assert!(review.read_only.expect("a reason").contains("is not here: ask reviewer1@example.com"));
    assert_eq!(fs::read_to_string(repo.checklist()).expect("the checklist"), before);
}
