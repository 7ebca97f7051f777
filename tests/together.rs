// SPDX-License-Identifier: MIT OR Apache-2.0
//! Votes of several reviewers that meet: by merges, after moves, in disputes and samples.

#![allow(clippy::expect_used, reason = "a test may panic")]

mod common;

use std::sync::Arc;

use common::{finding, session};
use debut::{
    domain::{Act, Class, Origin, Policy, RepoPath, Target, Verdict, Vote},
    review::{Choice, FindingIdx, Identified, Paths, Scope, Session, Standing},
};
use proptest::prelude::*;

const SECRET: &str = "sensitive/secret";
const HOST: &str = "internal/host";
const PLACE: FindingIdx = FindingIdx(0);
const PEOPLE: [&str; 3] =
    ["reviewer1@example.com", "reviewer2@example.com", "reviewer3@example.com"];

/// A place: rule, file, value and text before it.
type At<'a> = (&'a str, &'a str, &'a str, &'a str);

fn found(s: &Session, (rule, path, value, context): At<'_>) -> Identified {
    finding(s, rule, path, 1, value, context)
}

/// A review in which `places` are found, after commits with the files `earlier`.
fn run(votes: Vec<Vote>, places: &[At<'_>], earlier: &[&[&str]]) -> Session {
    let mut s = session(votes);
    for place in places {
        let new = found(&s, *place);
        s.add(new);
    }
    settle(&mut s, places, earlier);
    s
}

fn settle(s: &mut Session, places: &[At<'_>], earlier: &[&[&str]]) {
    let path = |path: &&str| RepoPath::new(path.as_bytes());
    let now = places.iter().map(|(_, file, ..)| path(file)).collect();
    let earlier = earlier.iter().map(|files| files.iter().map(path).collect()).collect();
    s.settle(&Paths { now, earlier });
}

/// A vote on a place.
fn vote(place: At<'_>, who: usize, act: Act, at: i64) -> Vote {
    let s = session(Vec::new());
    let Identified { finding, id } = found(&s, place);
    let target = Target::Place { path: finding.path, id };
    let class = Some(s.rules().info(finding.rule).class);
    let (to, why, note, name) = (None, None, None, None);
    let by = PEOPLE[who].into();
    let how = Some(Origin::Direct);
    Vote {
        target,
        act,
        class,
        to,
        why,
        how,
        seen: None,
        by,
        at,
        until: None,
        note,
        name,
        asked: None,
    }
}

fn approve(place: At<'_>, who: usize, at: i64) -> Vote {
    vote(place, who, Act::Give(Verdict::Approve), at)
}

fn redact(place: At<'_>, who: usize, at: i64) -> Vote {
    vote(place, who, Act::Give(Verdict::Redact), at)
}

fn verdict(s: &Session) -> (Option<Verdict>, bool) {
    let Standing { verdict, disputed, .. } = s.standing(PLACE);
    (verdict, disputed)
}

fn two_people(s: Session) -> Session {
    let second = vec![Class::Credential, Class::InternalHost];
    s.with_policy(Arc::new(Policy { second_voter: second, ..Policy::default() }), 0)
}

const A: At<'_> = (HOST, "a.yml", "host-1", "host: ");
const B: At<'_> = (HOST, "b.yml", "host-1", "host: ");
const C: At<'_> = (HOST, "c.yml", "host-1", "host: ");

#[test]
fn an_approval_at_the_new_place_does_not_override_a_redaction_at_the_old_one() {
    let votes = vec![redact(A, 0, 1), approve(B, 1, 2)];
    let mut s = run(votes.clone(), &[B], &[&["a.yml"]]);
    assert_eq!(verdict(&s), (Some(Verdict::Redact), true));
    assert_eq!(s.rivals(PLACE), [Verdict::Redact, Verdict::Approve]);
    assert_eq!((s.opinions(PLACE).len(), s.stale().len()), (2, 0));
    // It can be settled, and stays so in the next run and after the next move.
    let noted = Choice { note: Some("asked".into()), ..Choice::new(Verdict::Approve) };
    s.settle_dispute(&[PLACE], &noted, 5).expect("settled");
    assert_eq!(verdict(&s), (Some(Verdict::Approve), false));
    let votes = s.votes().to_vec();
    let s = run(votes.clone(), &[B], &[&["a.yml"], &["b.yml"]]);
    assert_eq!(verdict(&s), (Some(Verdict::Approve), false));
    let s = run(votes, &[C], &[&["a.yml"], &["b.yml"]]);
    assert_eq!(verdict(&s), (Some(Verdict::Approve), false));
}

#[test]
fn the_last_word_of_one_reviewer_counts_wherever_it_was_given() {
    // Changed at the new place.
    let s = run(vec![redact(A, 0, 1), approve(B, 0, 2)], &[B], &[&["a.yml"]]);
    assert_eq!(verdict(&s), (Some(Verdict::Approve), false));
    assert_eq!(s.carried().gone, 1, "what says nothing more can be pruned");
    // Moved away, changed, and moved back.
    let s = run(vec![approve(B, 0, 1), redact(A, 0, 2)], &[B], &[&["b.yml"], &["a.yml"]]);
    assert_eq!(verdict(&s), (Some(Verdict::Redact), false));
    // Moved twice.
    let s = run(vec![approve(A, 0, 1), redact(B, 0, 2)], &[C], &[&["a.yml"], &["b.yml"]]);
    assert_eq!(verdict(&s), (Some(Verdict::Redact), false));
    let s = run(vec![redact(A, 0, 1), approve(B, 0, 2)], &[C], &[&["a.yml"], &["b.yml"]]);
    assert_eq!(verdict(&s), (Some(Verdict::Approve), false));
    let s = run(vec![redact(A, 0, 1), approve(B, 1, 2)], &[C], &[&["a.yml"], &["b.yml"]]);
    assert_eq!(verdict(&s), (Some(Verdict::Redact), true));
}

#[test]
fn of_two_files_that_stood_beside_each_other_the_stricter_word_passes_on() {
    for (first, second) in [(A, B), (B, A)] {
        let votes = vec![redact(first, 0, 1), approve(second, 0, 2)];
        let s = run(votes, &[C], &[&["a.yml", "b.yml"]]);
        assert_eq!(verdict(&s).0, Some(Verdict::Redact));
    }
    // The other one was deleted, and had a place of its own.
    let s = run(vec![redact(A, 0, 1), approve(B, 1, 2)], &[B], &[&["a.yml", "b.yml"]]);
    assert_eq!(verdict(&s), (Some(Verdict::Approve), false));
    // Nobody knows which files there were: who said something here is not corrected.
    let s = run(vec![approve(A, 0, 9), redact(B, 0, 2)], &[B], &[]);
    assert_eq!(verdict(&s), (Some(Verdict::Redact), false));
}

#[test]
fn what_was_said_of_older_texts_in_the_file_is_judged_together() {
    let text = |n: usize| (HOST, "a.yml", "host-1", ["one: ", "two: ", "three: "][n]);
    for (first, second) in [(0, 1), (1, 0)] {
        let votes = vec![approve(text(first), 0, 1), redact(text(second), 0, 2)];
        let s = run(votes, &[text(2)], &[&["a.yml"]]);
        assert_eq!(verdict(&s).0, Some(Verdict::Redact));
        let votes = vec![redact(text(first), 0, 1), approve(text(second), 1, 2)];
        let s = run(votes, &[text(second)], &[&["a.yml"]]);
        assert_eq!(verdict(&s), (Some(Verdict::Redact), true));
    }
}

#[test]
fn an_approval_of_a_credential_never_counts_for_another_text() {
    let old = (SECRET, "a.yml", "secret-1", "old: ");
    let new = (SECRET, "a.yml", "secret-1", "new: ");
    // The first reviewer approved the old text, the second one redacted it, and thinks again.
    let votes = vec![approve(old, 0, 1), redact(old, 1, 2)];
    let mut s = two_people(run(votes, &[new], &[&["a.yml"]]));
    settle(&mut s, &[new], &[&["a.yml"]]);
    assert_eq!(s.standing(PLACE).verdict, Some(Verdict::Redact));
    let mut all = s.votes().to_vec();
    all.push(vote(old, 1, Act::Withdraw, 3));
    all.push(approve(new, 1, 4));
    s.join(all);
    let standing = s.standing(PLACE);
    assert!(standing.needs_second, "{standing:?}");
    // A file that only moved is the same text.
    let moved = (SECRET, "b.yml", "secret-1", "old: ");
    let votes = vec![approve(old, 0, 1), approve(moved, 1, 2)];
    let mut s = two_people(run(votes, &[moved], &[&["a.yml"]]));
    settle(&mut s, &[moved], &[&["a.yml"]]);
    assert!(!s.standing(PLACE).needs_second);
}

#[test]
fn a_withdrawn_approval_at_the_old_place_is_no_first_one() {
    let votes = vec![approve(A, 0, 1), approve(B, 1, 2), vote(B, 0, Act::Withdraw, 3)];
    let mut s = two_people(run(votes, &[B], &[&["a.yml"]]));
    settle(&mut s, &[B], &[&["a.yml"]]);
    assert!(s.standing(PLACE).needs_second);
}

/// A dispute that the first reviewer settled for an approval.
fn settled(votes: Vec<Vote>) -> Session {
    let mut s = run(votes, &[A], &[]);
    let noted = Choice { note: Some("asked".into()), ..Choice::new(Verdict::Approve) };
    s.settle_dispute(&[PLACE], &noted, 20).expect("settled");
    assert_eq!(verdict(&s), (Some(Verdict::Approve), false));
    s
}

#[test]
fn who_settles_puts_nothing_aside_that_was_not_in_view() {
    let mut s = settled(vec![redact(A, 1, 5), approve(A, 0, 6)]);
    s.join(vec![redact(A, 2, 9)]);
    assert_eq!(verdict(&s), (Some(Verdict::Redact), true));
}

#[test]
fn an_undo_or_redo_settles_nothing_that_was_said_since() {
    let mut s = settled(vec![redact(A, 1, 5), approve(A, 0, 6)]);
    s.decide(&Scope::Place(PLACE), &Choice::new(Verdict::Redact), 30).expect("decided");
    s.join(vec![redact(A, 2, 31)]);
    s.undo(40).expect("undone");
    assert_eq!(verdict(&s), (Some(Verdict::Redact), true));
    let mut s = settled(vec![redact(A, 1, 5), approve(A, 0, 6)]);
    s.undo(30).expect("undone");
    s.join(vec![redact(A, 1, 31)]);
    s.redo(40).expect("redone");
    assert_eq!(verdict(&s), (Some(Verdict::Redact), true));
    // With nothing said in between, both do what they always do.
    let mut s = settled(vec![redact(A, 1, 5), approve(A, 0, 6)]);
    s.undo(30).expect("undone");
    assert!(s.standing(PLACE).disputed);
    s.redo(40).expect("redone");
    assert_eq!(verdict(&s), (Some(Verdict::Approve), false));
}

#[test]
fn two_approvals_stay_two_when_a_dispute_is_settled() {
    let votes = vec![approve(A, 1, 4), redact(A, 2, 5), approve(A, 0, 6)];
    let s = two_people(settled(votes));
    assert!(!s.standing(PLACE).needs_second);
    let s = two_people(settled(vec![redact(A, 2, 5), approve(A, 0, 6)]));
    assert!(s.standing(PLACE).needs_second);
}

#[test]
fn a_batch_that_was_undone_is_no_part_in_the_review() {
    let mut s = session(Vec::new());
    for i in 0..40 {
        let new = finding(&s, HOST, &format!("f{i}.yml"), 1, &format!("host-{i}"), "host: ");
        s.add(new);
    }
    let rule = s.finding(PLACE).rule;
    s.decide(&Scope::Rule(rule), &Choice::new(Verdict::Approve), 1).expect("a batch");
    assert_eq!(s.participants().len(), 1);
    s.undo(2).expect("undone");
    assert_eq!(s.participants().len(), 0);
}

#[test]
fn samples_that_a_merge_brings_are_due_at_once() {
    let hosts = |votes| {
        let mut s = session(votes);
        for i in 0..40 {
            let new = finding(&s, HOST, &format!("f{i}.yml"), 1, &format!("host-{i}"), "host: ");
            s.add(new);
        }
        s
    };
    let mut first = hosts(Vec::new());
    let rule = first.finding(PLACE).rule;
    first.decide(&Scope::Rule(rule), &Choice::new(Verdict::Approve), 1).expect("a batch");
    let mut second = hosts(Vec::new());
    second.join(first.votes().to_vec());
    assert_eq!(second.counts(), first.counts());
    assert_eq!(second.counts().total.due, 31);
}

/// What everybody sees of a review, whatever became known first.
fn picture(s: &Session) -> String {
    let each = s.findings().map(|(idx, _)| {
        let Standing { vote, .. } = s.standing(idx);
        let standing = Standing { vote: None, ..s.standing(idx) };
        let mut opinions: Vec<String> =
            s.opinions(idx).iter().map(|vote| format!("{vote:?}")).collect();
        opinions.sort();
        format!("{standing:?} {:?} {opinions:?}\n", vote.and_then(|i| s.vote(i)))
    });
    let each: String = each.collect();
    let items = ["one", "two"].map(|id| format!("{:?}", s.answers(id)));
    let batches = s.sampled_batches();
    let people = (s.participants(), s.work());
    format!("{each}{:?}\n{items:?}\n{batches:?}\n{people:?}\n{:?}", s.counts(), s.carried())
}

const FILES: [&str; 5] = ["d/a.yml", "d/b.yml", "d/c.yml", "e/a.yml", "e/b.yml"];
const TEXTS: [&str; 2] = ["one: ", "two: "];

fn target(n: u8) -> Target {
    let n = n as usize;
    let file = FILES[n % FILES.len()];
    let path = RepoPath::new(file.as_bytes());
    match n / FILES.len() {
        0 => Target::File(path),
        1 => Target::Directory(path.parent()),
        2 => Target::Attestation(["one", "two"][n % 2].into()),
        _ => {
            let rule = [SECRET, HOST][n % 2];
            let value = ["secret-1", "host-1"][n % 2];
            vote((rule, file, value, TEXTS[n / 2 % 2]), 0, Act::Withdraw, 0).target
        }
    }
}

fn random_votes() -> impl Strategy<Value = Vec<Vote>> {
    let one = (any::<u8>(), 0..3_usize, 0..9_u8, 0..12_i64, any::<(bool, bool, u8)>());
    prop::collection::vec(one, 0..60).prop_map(|all| {
        let vote =
            |(on, who, what, at, (a, b, c)): (u8, usize, u8, i64, (bool, bool, u8))| -> Vote {
                let target: Target = target(on);
                let class = matches!(target, Target::Place { .. })
                    .then_some([Class::Credential, Class::InternalHost][on as usize % 2]);
                let answers = debut::domain::Answer::ALL;
                let act = match &target {
                    Target::Attestation(_) if what > 1 => Act::Answer(answers[what as usize % 3]),
                    Target::Attestation(_) => Act::Withdraw,
                    _ if what == 0 => Act::Withdraw,
                    _ if what < 6 => Act::Give(Verdict::Approve),
                    _ => Act::Give(Verdict::ALL[what as usize % 4]),
                };
                let how = [Origin::Direct, Origin::Batch, Origin::Settled, Origin::Sample];
                let to = (a && act == Act::Give(Verdict::Redact)).then(|| "x".into());
                Vote {
                    target,
                    act,
                    class,
                    to,
                    why: None,
                    how: Some(how[c as usize % 4]),
                    seen: Some((u32::from(c) % 5, 9)),
                    by: Arc::from(PEOPLE[who]),
                    at,
                    until: b.then_some(i32::from(c) % 3),
                    note: a.then(|| "n".into()),
                    name: None,
                    asked: None,
                }
            };
        let mut votes: Vec<Vote> = all.into_iter().map(vote).collect();
        let batches: Vec<Vote> = votes
            .iter()
            .take(4)
            .map(|vote| {
                let act = Act::Sample { seed: vote.at as u64 % 3, n: 1 + vote.at as u32 % 4 };
                let (target, until) = (Target::Batch, None);
                Vote {
                    target,
                    act,
                    class: None,
                    to: None,
                    until,
                    how: None,
                    seen: None,
                    ..vote.clone()
                }
            })
            .collect();
        votes.extend(batches);
        votes
    })
}

fn review_of(votes: Vec<Vote>) -> Session {
    let mut s = session(votes);
    for (i, file) in FILES.iter().enumerate().skip(1) {
        for rule in 0..2 {
            let (name, value) = ([SECRET, HOST][rule], ["secret-1", "host-1"][rule]);
            let new = found(&s, (name, file, value, TEXTS[i % 2]));
            s.add(new);
        }
    }
    let second = vec![Class::Credential];
    let policy = Policy { second_voter: second, min_reviewers: 3, ..Policy::default() };
    let mut s = s.with_policy(Arc::new(policy), 1);
    settle_all(&mut s);
    s
}

fn settle_all(s: &mut Session) {
    let path = |path: &&str| RepoPath::new(path.as_bytes());
    let now = FILES[1..].iter().map(path).collect();
    let earlier =
        vec![FILES[..2].iter().map(path).collect(), FILES[2..4].iter().map(path).collect()];
    s.settle(&Paths { now, earlier });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Whichever way the votes of three reviewers come together, everybody sees the same.
    #[test]
    fn the_order_in_which_votes_meet_does_not_matter(
        (votes, shuffled) in random_votes().prop_flat_map(|votes| {
            (Just(votes.clone()), Just(votes).prop_shuffle())
        }),
        cut in any::<prop::sample::Index>(),
        again in any::<prop::sample::Index>(),
    ) {
        let one = picture(&review_of(votes.clone()));
        let twice = [&shuffled[..], &votes[again.index(votes.len() + 1).min(votes.len())..]].concat();
        prop_assert_eq!(&one, &picture(&review_of(twice)));
        // Part of them is merged while the review is open.
        let (known, new) = shuffled.split_at(cut.index(shuffled.len() + 1));
        let mut joined = review_of(known.to_vec());
        joined.join(new.to_vec());
        settle_all(&mut joined);
        prop_assert_eq!(&one, &picture(&joined));
        let mut reloaded = review_of(known.to_vec());
        reloaded.reload(votes, Vec::new());
        settle_all(&mut reloaded);
        prop_assert_eq!(&one, &picture(&reloaded));
    }
}
