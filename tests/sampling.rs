// SPDX-License-Identifier: MIT OR Apache-2.0
//! Samples of batch approvals: what is drawn, what a look at it does, and what one wrong place
//! does to the batch.

#![allow(clippy::expect_used, reason = "a test may panic")]

mod common;

use std::collections::HashSet;

use common::{finding, session};
use debut::{
    domain::{Act, Origin, Reason, RepoPath, Target, Verdict, Vote},
    review::{
        Choice, Counts, Draw, FindingIdx, Identified, Paths, Scope, Session, Standing, Step, draw,
        sample_size,
    },
};
use proptest::prelude::*;

const HOST: &str = "internal/host";

fn places(s: &Session, n: u32) -> Vec<Identified> {
    let path = |i| format!("d{}/f{i}.yml", i % 7);
    (0..n).map(|i| finding(s, HOST, &path(i), i, &format!("host-{i}"), "name: ")).collect()
}

/// A review of `n` hosts, each at one place.
fn hosts(n: u32, votes: Vec<Vote>) -> Session {
    let mut s = session(votes);
    s.set_sampling(42, 5);
    for new in places(&s, n) {
        s.add(new);
    }
    s
}

fn everywhere(s: &Session) -> Scope {
    Scope::Rule(s.finding(FindingIdx(0)).rule)
}

fn approve_all(s: &mut Session, now: i64) -> Step {
    s.decide(&everywhere(s), &Choice::new(Verdict::Approve), now).expect("a batch")
}

fn with(s: &Session, draw: Draw) -> Vec<FindingIdx> {
    s.findings().map(|(idx, _)| idx).filter(|idx| s.standing(*idx).draw == draw).collect()
}

fn due(s: &Session) -> Vec<FindingIdx> {
    with(s, Draw::Due)
}

fn look(s: &mut Session, idx: FindingIdx, verdict: Verdict, now: i64) -> Step {
    let choice = Choice::new(verdict);
    s.decide_as(&Scope::Place(idx), &choice, Origin::Sample, now).expect("a verdict on one place")
}

fn standings(s: &Session) -> Vec<(Option<Verdict>, Draw)> {
    s.findings()
        .map(|(idx, _)| s.standing(idx))
        .map(|Standing { verdict, draw, .. }| (verdict, draw))
        .collect()
}

#[test]
fn a_batch_over_thirty_draws_and_a_smaller_one_does_not() {
    let mut s = hosts(30, Vec::new());
    assert_eq!(approve_all(&mut s, 1).drawn(), None);
    assert!(s.counts().clear());
    let mut s = hosts(31, Vec::new());
    let step = approve_all(&mut s, 1);
    assert_eq!(step.drawn(), Some(24), "a small batch needs fewer");
    assert_eq!((step.votes.len(), step.places), (32, 31), "one line more, no place more");
    let mut s = hosts(400, Vec::new());
    let step = approve_all(&mut s, 1);
    assert_eq!(step.drawn(), Some(55));
    let line = step.votes.last().expect("the line of the sample");
    assert!(matches!(line.act, Act::Sample { n: 55, .. }) && line.target == Target::Batch);
    let counts = s.counts();
    assert_eq!((due(&s).len(), counts.total.due, counts.by_category[2].due), (55, 55, 55));
    assert!(!counts.clear() && counts.total.open == 0);
}

#[test]
fn redactions_groups_and_single_places_draw_nothing() {
    let mut s = hosts(100, Vec::new());
    let step = s.decide(&everywhere(&s), &Choice::new(Verdict::Redact), 1).expect("a batch");
    assert_eq!(step.drawn(), None);
    let mut s = session(Vec::new());
    for i in 0..100 {
        let new = finding(&s, HOST, &format!("f{i}"), i, "host-1", "name: ");
        s.add(new);
    }
    let approve = Choice::new(Verdict::Approve);
    let group = Scope::Group(s.group_of(FindingIdx(0)));
    assert_eq!(s.decide(&group, &approve, 1).expect("a group").drawn(), None);
    s.undo(2).expect("undone");
    let taken = s.decide_as(&group, &approve, Origin::Suggestion, 3).expect("a suggestion");
    assert_eq!(taken.drawn(), Some(45), "nobody chose it, so somebody has to look");
}

#[test]
fn a_clean_sample_clears_the_batch() {
    let mut s = hosts(100, Vec::new());
    approve_all(&mut s, 1);
    for (i, idx) in due(&s).into_iter().enumerate() {
        assert_eq!(due(&s).len(), 45 - i);
        look(&mut s, idx, Verdict::Approve, 2);
    }
    assert_eq!((with(&s, Draw::Clean).len(), s.counts().total.clean), (45, 45));
    assert!(s.counts().clear());
    let batch = &s.sampled_batches()[0];
    assert_eq!((batch.places, batch.in_force, batch.drawn), (100, 55, 45));
    assert_eq!((batch.clean, batch.due, batch.bad), (45, 0, 0));
    assert_eq!(s.origins(), [0, 0, 55, 0, 45, 0]);
}

#[test]
fn what_confirms_a_batch_keeps_its_reason_and_note() {
    let mut s = hosts(31, Vec::new());
    let risk = Choice {
        why: Some(Reason::AcceptedRisk),
        note: Some("known outside".into()),
        ..Choice::new(Verdict::Approve)
    };
    s.decide(&everywhere(&s), &risk, 1).expect("a batch");
    let (first, second) = (due(&s)[0], due(&s)[1]);
    let said = |step: &Step| (step.votes[0].why, step.votes[0].note.clone());
    let confirmed = look(&mut s, first, Verdict::Approve, 2);
    assert_eq!(said(&confirmed), (risk.why, risk.note.clone()));
    let other = Choice { why: Some(Reason::AlreadyPublic), ..Choice::new(Verdict::Approve) };
    let place = Scope::Place(second);
    let confirmed = s.decide_as(&place, &other, Origin::Sample, 3).expect("another reason");
    assert_eq!(said(&confirmed).0, Some(Reason::AlreadyPublic));
    let bad = look(&mut s, second, Verdict::Redact, 4);
    assert_eq!(said(&bad), (Some(Reason::InternalReference), None), "nothing is taken over");
}

#[test]
fn one_bad_draw_opens_the_batch_again_and_undo_closes_it() {
    for verdict in [Verdict::Redact, Verdict::Exclude, Verdict::Defer] {
        let mut s = hosts(100, Vec::new());
        approve_all(&mut s, 1);
        let drawn = due(&s);
        look(&mut s, drawn[0], Verdict::Approve, 2);
        let before = standings(&s);
        let step = look(&mut s, drawn[1], verdict, 3);
        assert_eq!((step.reopened(), step.places), (98, 1), "{verdict:?}");
        let open = s.findings().filter(|(idx, _)| s.standing(*idx).verdict.is_none()).count();
        assert_eq!(open, 98);
        assert_eq!(s.standing(drawn[0]).verdict, Some(Verdict::Approve), "somebody looked at it");
        assert_eq!(s.standing(drawn[1]).verdict, Some(verdict));
        assert!(due(&s).is_empty(), "nothing of the batch is left to be drawn");
        s.undo(4).expect("undone");
        assert_eq!(standings(&s), before, "after {verdict:?}");
        s.redo(5).expect("redone");
        assert_eq!(s.standing(drawn[2]).verdict, None);
    }
}

#[test]
fn a_confirmed_place_that_turns_out_wrong_is_a_bad_draw_too() {
    let mut s = hosts(100, Vec::new());
    approve_all(&mut s, 1);
    for idx in due(&s) {
        look(&mut s, idx, Verdict::Approve, 2);
    }
    let first = with(&s, Draw::Clean)[0];
    let step = look(&mut s, first, Verdict::Redact, 3);
    assert_eq!(step.reopened(), 55);
    let batch = &s.sampled_batches()[0];
    assert_eq!((batch.bad, batch.in_force, batch.clean), (1, 0, 44));
}

#[test]
fn a_place_that_was_not_drawn_may_change_alone() {
    let mut s = hosts(100, Vec::new());
    approve_all(&mut s, 1);
    let other = with(&s, Draw::Not)[0];
    let step = look(&mut s, other, Verdict::Redact, 2);
    assert_eq!((step.reopened(), due(&s).len()), (0, 45));
}

#[test]
fn undoing_the_batch_takes_the_sample_with_it() {
    let mut s = hosts(100, Vec::new());
    approve_all(&mut s, 1);
    let drawn = due(&s);
    let step = s.undo(2).expect("undone");
    assert!(step.votes.iter().all(|vote| vote.act == Act::Withdraw));
    assert!(due(&s).is_empty() && s.sampled_batches().is_empty());
    s.redo(3).expect("redone");
    assert_eq!(due(&s), drawn, "the same places");
    assert_eq!(s.sampled_batches().len(), 1);
}

#[test]
fn what_an_older_version_drew_stays_drawn() {
    let mut s = hosts(40, Vec::new());
    approve_all(&mut s, 1);
    let mut votes = s.votes().to_vec();
    let line = votes.last_mut().expect("the line of the sample");
    let Act::Sample { seed, n: 31 } = line.act else { panic!("{:?}", line.act) };
    line.act = Act::Sample { seed, n: 59 };
    assert_eq!(due(&hosts(40, votes)).len(), 40, "all of them, as it said");
}

#[test]
fn a_second_batch_draws_anew() {
    let mut s = hosts(200, Vec::new());
    approve_all(&mut s, 1);
    let first = due(&s);
    s.undo(2).expect("undone");
    approve_all(&mut s, 3);
    assert_eq!(due(&s).len() as u32, sample_size(5, 200));
    assert_ne!(due(&s), first, "another seed");
    assert_eq!(s.sampled_batches().len(), 1, "the first one is of nothing any more");
}

#[test]
fn another_reviewer_may_look_and_may_not_take_back() {
    let mut s = hosts(100, Vec::new());
    approve_all(&mut s, 1);
    let votes = s.votes().to_vec();
    let rules = s.rules().clone();
    let mut other = Session::new(rules, "reviewer2@example.com", votes);
    for new in places(&s, 100) {
        other.add(new);
    }
    assert_eq!(due(&other), due(&s), "drawn from the votes alone");
    let drawn = due(&other);
    look(&mut other, drawn[0], Verdict::Approve, 2);
    assert_eq!(other.standing(drawn[0]).draw, Draw::Clean);
    let step = look(&mut other, drawn[1], Verdict::Redact, 3);
    assert_eq!(step.reopened(), 0, "the votes of somebody else stay");
    assert!(other.standing(drawn[1]).disputed && !other.counts().clear());
    assert_eq!(other.sampled_batches()[0].bad, 1);
}

#[test]
fn a_look_at_a_moved_file_counts() {
    let mut s = hosts(100, Vec::new());
    approve_all(&mut s, 1);
    let drawn = due(&s)[0];
    let from = s.finding(drawn).path.clone();
    let mut moved = session(s.votes().to_vec());
    for mut new in places(&s, 100) {
        if new.finding.path == from {
            new.finding.path = RepoPath::new(b"elsewhere/new.yml");
        }
        moved.add(new);
    }
    let now: HashSet<RepoPath> = moved.findings().map(|(_, f)| f.path.clone()).collect();
    moved.settle(&Paths::from(now));
    assert_eq!(due(&moved).len(), 45, "the decision and the draw moved with the file");
    look(&mut moved, drawn, Verdict::Approve, 2);
    assert_eq!((due(&moved).len(), with(&moved, Draw::Clean).len()), (44, 1));
    let step = look(&mut moved, drawn, Verdict::Redact, 3);
    assert_eq!(step.reopened(), 99);
}

#[test]
fn a_place_that_is_gone_is_not_waited_for() {
    let mut s = hosts(100, Vec::new());
    approve_all(&mut s, 1);
    let gone = s.finding(due(&s)[0]).path.clone();
    let mut later = session(s.votes().to_vec());
    for new in places(&s, 100).into_iter().filter(|new| new.finding.path != gone) {
        later.add(new);
    }
    assert_eq!((due(&later).len(), later.sampled_batches()[0].due), (44, 44));
}

#[test]
fn every_place_is_drawn_as_often_as_any_other() {
    let (n, of, rounds) = (5, 20, 20_000_u32);
    let mut hits = [0_u32; 20];
    for seed in 0..u64::from(rounds) {
        for i in draw(seed, n, of) {
            hits[i] += 1;
        }
    }
    // Five standard deviations of a binomial count: one run in a million is outside by chance,
    // and this run is the same every time.
    let mean = f64::from(rounds) * f64::from(n) / of as f64;
    let most = 5.0 * (mean * 0.75).sqrt();
    for (i, hits) in hits.into_iter().enumerate() {
        assert!((f64::from(hits) - mean).abs() < most, "place {i}: {hits} of about {mean}");
    }
}

#[derive(Clone, Debug)]
enum Deed {
    Batch(u32),
    Look(u32, Verdict),
    Withdraw(u32),
    Undo,
    Redo,
}

fn deed() -> impl Strategy<Value = Deed> {
    let verdict = prop::sample::select(Verdict::ALL[..4].to_vec());
    prop_oneof![
        2 => (31..80_u32).prop_map(Deed::Batch),
        4 => (any::<u32>(), verdict).prop_map(|(i, verdict)| Deed::Look(i, verdict)),
        4 => any::<u32>().prop_map(|i| Deed::Look(i, Verdict::Approve)),
        1 => any::<u32>().prop_map(Deed::Withdraw),
        2 => Just(Deed::Undo),
        1 => Just(Deed::Redo),
    ]
}

/// Does it, if it can be done now.
fn perform(s: &mut Session, deed: &Deed, now: i64) {
    match deed {
        Deed::Batch(n) => {
            let some = Scope::Places((0..*n).map(FindingIdx).collect());
            drop(s.decide(&some, &Choice::new(Verdict::Approve), now));
        }
        Deed::Look(i, verdict) => {
            let drawn = due(s);
            if !drawn.is_empty() {
                look(s, drawn[*i as usize % drawn.len()], *verdict, now);
            }
        }
        Deed::Withdraw(i) => {
            let choice = Choice { act: Act::Withdraw, ..Choice::new(Verdict::Defer) };
            drop(s.decide(&Scope::Place(FindingIdx(i % 80)), &choice, now));
        }
        Deed::Undo => drop(s.undo(now)),
        Deed::Redo => drop(s.redo(now)),
    }
}

/// All that the screen and the report say about it.
fn picture(s: &Session) -> (Counts, Vec<(Option<Verdict>, Draw)>) {
    (s.counts(), standings(s))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_draw_is_a_set_of_the_right_size(seed: u64, n in 0..200_u32, places in 0..5_000_usize) {
        let drawn = draw(seed, n, places);
        prop_assert_eq!(drawn.len(), (n as usize).min(places));
        prop_assert!(drawn.windows(2).all(|two| two[0] < two[1]));
        prop_assert!(drawn.iter().all(|i| *i < places));
        prop_assert_eq!(drawn, draw(seed, n, places));
    }

    #[test]
    fn undo_goes_back_step_by_step_and_votes_tell_all(
        deeds in prop::collection::vec(deed(), 1..25),
    ) {
        let mut s = hosts(80, Vec::new());
        let mut now = 0;
        let mut before = Vec::new();
        for deed in &deeds {
            now += 1;
            let (steps, was) = (s.history().0, picture(&s));
            perform(&mut s, deed, now);
            match s.history().0 {
                more if more > steps => before.push(was),
                less if less < steps => drop(before.pop()),
                _ => {}
            }
            // Whoever reads the votes sees the same: nothing is kept beside them.
            prop_assert_eq!(picture(&hosts(80, s.votes().to_vec())), picture(&s));
            let all = s.sampled_batches();
            let told: usize = all.iter().map(|batch| batch.due).sum();
            prop_assert_eq!(told, s.counts().total.due);
        }
        while let Some(was) = before.pop() {
            now += 1;
            s.undo(now).expect("a step");
            prop_assert_eq!(picture(&s), was);
        }
        prop_assert_eq!(s.counts().total.due, 0);
    }

    #[test]
    fn after_a_bad_draw_nothing_holds_that_nobody_looked_at(looks in 0..59_usize, n in 31..200_u32) {
        let mut s = hosts(n, Vec::new());
        approve_all(&mut s, 1);
        let drawn = due(&s);
        prop_assert_eq!(drawn.len(), sample_size(5, n as usize) as usize);
        let looks = looks.min(drawn.len() - 1);
        for idx in &drawn[..looks] {
            look(&mut s, *idx, Verdict::Approve, 2);
        }
        let step = look(&mut s, drawn[looks], Verdict::Redact, 3);
        prop_assert_eq!(step.reopened(), n as usize - looks - 1);
        let counts = s.counts().total;
        prop_assert_eq!((counts.approved, counts.redacted, counts.due), (looks, 1, 0));
        prop_assert_eq!(counts.open, n as usize - looks - 1);
    }
}
