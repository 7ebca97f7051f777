// SPDX-License-Identifier: MIT OR Apache-2.0
//! Deciding, taking back, and carrying decisions over, without a screen or a disk.

#![allow(clippy::expect_used, reason = "a test may panic")]

mod common;

use common::{finding, session};
use debut::{
    domain::{Act, Origin, Place, Reason, RepoPath, Target, Verdict, Vote},
    review::{
        CarryOver, Choice, Counts, FindingIdx, GroupState, Paths, Refusal, Scope, Session, StepKind,
    },
};
use proptest::prelude::*;

const SECRET: &str = "sensitive/secret";
const HOST: &str = "internal/host";

fn small() -> Session {
    let mut s = session(Vec::new());
    for (rule, path, line, value, context) in [
        (SECRET, "a/one.yml", 1, "secret-1", "key: "),
        (SECRET, "a/two.yml", 2, "secret-1", "other: "),
        (SECRET, "b/one.yml", 3, "secret-2", "key: "),
        (HOST, "a/one.yml", 4, "host-1", "host: "),
        (HOST, "b/one.yml", 5, "host-1", "host: "),
        ("licensing/note", "a/one.yml", 6, "licence-x", ""),
    ] {
        let new = finding(&s, rule, path, line, value, context);
        s.add(new);
    }
    s
}

fn choice(verdict: Verdict) -> Choice {
    Choice::new(verdict)
}

fn see_all(s: &mut Session) {
    let all: Vec<FindingIdx> = s.findings().map(|(idx, _)| idx).collect();
    all.into_iter().for_each(|idx| s.mark_seen(idx));
}

/// Everything about a session that a reviewer can see.
fn picture(s: &Session) -> (Counts, Vec<Option<Verdict>>, Vec<bool>) {
    let standings = s.findings().map(|(idx, _)| s.standing(idx));
    let (verdicts, disputed) = standings.map(|st| (st.verdict, st.disputed)).unzip();
    (s.counts(), verdicts, disputed)
}

#[test]
fn counts_add_up() {
    let mut s = small();
    let group = s.group_of(FindingIdx(3));
    s.decide(&Scope::Group(group), &choice(Verdict::Redact), 1).expect("redact");
    s.decide(&Scope::Place(FindingIdx(5)), &choice(Verdict::Defer), 2).expect("defer");
    let counts = s.counts();
    let total = counts.total;
    assert_eq!((total.findings, total.groups), (6, 4));
    assert_eq!((total.open, total.redacted, total.deferred, total.blocking), (2, 1, 1, 2));
    assert_eq!(
        total.groups,
        total.open + total.deferred + total.approved + total.redacted + total.excluded
    );
    assert!(!counts.clear());
}

#[test]
fn a_partly_decided_group_is_open() {
    let mut s = small();
    s.decide(&Scope::Place(FindingIdx(0)), &choice(Verdict::Redact), 1).expect("redact");
    let group = s.group(s.group_of(FindingIdx(0)));
    assert_eq!((group.state(), group.settled(), group.undecided()), (GroupState::Open, 1, 1));
}

#[test]
fn approving_a_blocking_group_needs_every_line_shape_seen() {
    let mut s = small();
    let group = s.group_of(FindingIdx(0));
    let approve = choice(Verdict::Approve);
    s.mark_seen(FindingIdx(0));
    let refused = s.decide(&Scope::Group(group), &approve, 1);
    assert_eq!(refused, Err(Refusal::Unseen { seen: 1, all: 2 }));
    s.decide(&Scope::Group(group), &choice(Verdict::Redact), 2).expect("redacting is safe");
    s.mark_seen(FindingIdx(1));
    let step = s.decide(&Scope::Group(group), &approve, 3).expect("all seen");
    assert_eq!(step.votes[0].seen, Some((2, 2)));
    assert_eq!(step.votes[0].how, Some(Origin::Group));
}

#[test]
fn exclude_covers_the_whole_file() {
    let mut s = small();
    s.decide(&Scope::Place(FindingIdx(0)), &choice(Verdict::Exclude), 1).expect("exclude");
    for idx in [0, 3, 5] {
        assert_eq!(s.standing(FindingIdx(idx)).verdict, Some(Verdict::Exclude));
    }
    assert_eq!(s.standing(FindingIdx(1)).verdict, None);
    assert_eq!(s.file_verdict(&RepoPath::new(b"a/one.yml")), Some(Verdict::Exclude));
}

#[test]
fn a_whole_file_is_left_out_or_approved_and_never_redacted() {
    let mut s = small();
    let mut file = finding(&s, SECRET, "keys/store.p12", 1, "keys/store.p12", "");
    file.finding.place = Place::File;
    let file = s.add(file);
    let group = s.group_of(file);
    for scope in [Scope::Place(file), Scope::Group(group), Scope::Places(vec![file])] {
        let refused = s.decide(&scope, &choice(Verdict::Redact), 1);
        assert_eq!(refused, Err(Refusal::WholeFile));
    }
    let rule = Scope::Rule(s.finding(file).rule);
    let reached = s.reach(&rule, Act::Give(Verdict::Redact));
    assert_eq!((reached.places.len(), reached.whole), (3, 1));
    s.decide(&rule, &choice(Verdict::Redact), 2).expect("the others");
    assert_eq!(s.standing(file).verdict, None, "it stays open");
    let places = s.decide(&rule, &choice(Verdict::Redact), 3).expect("given anew").places;
    assert_eq!(places, 3, "all that can be redacted are, so they are decided anew");
    // A vote of another version, or one that was written by hand, settles nothing either.
    let of_others = s.votes().iter().find(|vote| matches!(vote.target, Target::Place { .. }));
    let (path, id) = (s.finding(file).path.clone(), s.identity(file).clone());
    let by_hand = Vote {
        target: Target::Place { path, id },
        by: "bo@example.com".into(),
        ..of_others.expect("a redaction").clone()
    };
    s.join(vec![by_hand]);
    assert_eq!(s.standing(file).verdict, None);
    s.decide(&Scope::Group(group), &choice(Verdict::Exclude), 4).expect("left out");
    assert_eq!(s.standing(file).verdict, Some(Verdict::Exclude));
}

#[test]
fn free_text_must_not_hold_a_value() {
    let mut s = small();
    let note = |text: &str| Choice { note: Some(text.into()), ..choice(Verdict::Redact) };
    let scope = Scope::Place(FindingIdx(0));
    assert_eq!(s.decide(&scope, &note("was secret-1!"), 1), Err(Refusal::HoldsValue("note")));
    let to = Choice { to: Some("secret-2".into()), ..choice(Verdict::Redact) };
    assert_eq!(s.decide(&scope, &to, 1), Err(Refusal::HoldsValue("stand-in")));
    s.decide(&scope, &note("rotated"), 1).expect("a harmless note");
}

/// Texts are asked about while a scan goes on.
#[test]
fn what_is_found_later_is_kept_out_of_texts_too() {
    let mut s = small();
    let later = "secret-later";
    for (rule, value) in [(SECRET, later), (HOST, "host-later")] {
        assert!(!s.holds_value(value), "{value}");
        let new = finding(&s, rule, "c/one.yml", 7, value, "key: ");
        s.add(new);
        assert!(s.holds_value(value), "{value}");
    }
    assert!(s.holds_masked_value(later) && !s.holds_masked_value("host-later"));
    assert!(!s.without_credentials(&format!("Copyright {later}")).contains(later));
}

#[test]
fn an_accepted_risk_needs_a_note() {
    let mut s = small();
    let risk = Choice { why: Some(Reason::AcceptedRisk), ..choice(Verdict::Approve) };
    assert_eq!(s.decide(&Scope::Place(FindingIdx(3)), &risk, 1), Err(Refusal::NeedsNote));
}

#[test]
fn reviewers_who_differ_are_disputed_and_the_strictest_holds() {
    let mut first = small();
    first.decide(&Scope::Place(FindingIdx(3)), &choice(Verdict::Redact), 5).expect("redact");
    let mut votes = first.votes().to_vec();
    let other = Vote {
        by: "reviewer2@example.com".into(),
        act: Act::Give(Verdict::Approve),
        at: 9,
        ..votes[0].clone()
    };
    votes.push(other.clone());
    let mut s = session(votes);
    first.findings().for_each(|(idx, _)| {
        let (finding, id) = (first.finding(idx).clone(), first.identity(idx).clone());
        s.add(debut::review::Identified { finding, id });
    });
    let standing = s.standing(FindingIdx(3));
    assert_eq!((standing.verdict, standing.disputed), (Some(Verdict::Redact), true));
    assert_eq!(s.counts().disputed, 1);
}

/// What the second run of a review finds: each line is one finding.
fn second_run(
    before: &Session,
    found: &[(&str, &str, u32, &str, &str)],
    paths: &[&str],
) -> (Session, CarryOver) {
    second_run_after(before, found, &["a.yml"], paths)
}

/// The same, with the paths of the commit that was reviewed before.
fn second_run_after(
    before: &Session,
    found: &[(&str, &str, u32, &str, &str)],
    earlier: &[&str],
    paths: &[&str],
) -> (Session, CarryOver) {
    let mut s = session(before.votes().to_vec());
    for (rule, path, line, value, context) in found {
        let new = finding(&s, rule, path, *line, value, context);
        s.add(new);
    }
    let now = paths.iter().map(|path| RepoPath::new(path.as_bytes())).collect();
    let earlier = earlier.iter().map(|path| RepoPath::new(path.as_bytes())).collect();
    let carried = s.settle(&Paths { now, earlier: vec![earlier], ..Paths::default() });
    (s, carried)
}

fn decided(verdict: Verdict, rule: &str, value: &str) -> Session {
    let mut s = session(Vec::new());
    let new = finding(&s, rule, "a.yml", 1, value, "key: ");
    s.add(new);
    see_all(&mut s);
    s.decide(&Scope::Place(FindingIdx(0)), &choice(verdict), 1).expect("a decision");
    s
}

#[test]
fn a_moved_line_keeps_its_decision() {
    for verdict in [Verdict::Approve, Verdict::Redact] {
        let before = decided(verdict, SECRET, "secret-1");
        let found = [(SECRET, "a.yml", 99, "secret-1", "key: ")];
        let (s, carried) = second_run(&before, &found, &["a.yml"]);
        assert_eq!(s.standing(FindingIdx(0)).verdict, Some(verdict));
        assert_eq!(carried, CarryOver { kept: 1, reopened: 0, expired: 0, gone: 0 });
    }
}

#[test]
fn a_changed_line_reopens_only_the_approval_of_a_credential() {
    let found = |rule, value| [(rule, "a.yml", 1, value, "renamed: ")];
    for (verdict, rule, value, expected) in [
        (Verdict::Redact, SECRET, "secret-1", Some(Verdict::Redact)),
        (Verdict::Approve, HOST, "host-1", Some(Verdict::Approve)),
        (Verdict::Approve, SECRET, "secret-1", None),
    ] {
        let before = decided(verdict, rule, value);
        let (s, carried) = second_run(&before, &found(rule, value), &["a.yml"]);
        let standing = s.standing(FindingIdx(0));
        assert_eq!(standing.verdict, expected);
        assert_eq!(standing.reopened, expected.is_none());
        assert_eq!(
            (carried.kept, carried.reopened),
            if standing.reopened { (0, 1) } else { (1, 0) }
        );
    }
}

#[test]
fn a_renamed_file_keeps_its_decisions() {
    let before = decided(Verdict::Approve, SECRET, "secret-1");
    let found = [(SECRET, "new/b.yml", 1, "secret-1", "key: ")];
    let (s, carried) = second_run(&before, &found, &["new/b.yml"]);
    assert_eq!(s.standing(FindingIdx(0)).verdict, Some(Verdict::Approve));
    assert_eq!(carried.kept, 1);
}

#[test]
fn a_file_that_was_there_before_inherits_nothing() {
    let found = [
        (SECRET, "b/prod.yml", 1, "secret-1", "key: "),
        (SECRET, "c/prod.yml", 1, "secret-1", "key: "),
        (SECRET, "a2/prod.yml", 1, "secret-1", "key: "),
    ];
    let mut before = session(Vec::new());
    let new = finding(&before, SECRET, "a/prod.yml", 1, "secret-1", "key: ");
    before.add(new);
    before.decide(&Scope::Place(FindingIdx(0)), &choice(Verdict::Approve), 1).expect("approve");
    let earlier = ["a/prod.yml", "b/prod.yml", "c/prod.yml"];
    let verdicts = |s: &Session| -> Vec<Option<Verdict>> {
        s.findings().map(|(idx, _)| s.standing(idx).verdict).collect()
    };
    let now = ["a2/prod.yml", "b/prod.yml", "c/prod.yml"];
    let (s, carried) = second_run_after(&before, &found, &earlier, &now);
    assert_eq!(verdicts(&s), [None, None, Some(Verdict::Approve)]);
    assert_eq!(carried, CarryOver { kept: 1, reopened: 0, expired: 0, gone: 0 });
    // Deleted, not moved: nobody inherits.
    let (s, carried) = second_run_after(&before, &found[..2], &earlier, &now[1..]);
    assert_eq!(verdicts(&s), [None, None]);
    assert_eq!(carried, CarryOver { kept: 0, reopened: 0, expired: 0, gone: 1 });
    // No earlier commit is known, and three files could be the one: nobody inherits.
    let (s, _) = second_run_after(&before, &found, &[], &now);
    assert_eq!(verdicts(&s), [None, None, None]);
}

#[test]
fn a_verdict_over_many_leaves_what_is_decided() {
    let mut s = small();
    see_all(&mut s);
    let (group, rule) = (s.group_of(FindingIdx(0)), s.rules().find(SECRET).expect("the rule"));
    s.decide(&Scope::Place(FindingIdx(0)), &choice(Verdict::Redact), 1).expect("redact");
    let step = s.decide(&Scope::Group(group), &choice(Verdict::Approve), 2).expect("the rest");
    assert_eq!((step.places, step.label()), (1, "approve a/two.yml".into()));
    assert_eq!(s.standing(FindingIdx(0)).verdict, Some(Verdict::Redact));
    s.decide(&Scope::Rule(rule), &choice(Verdict::Defer), 3).expect("the third");
    assert_eq!(s.standing(FindingIdx(2)).verdict, Some(Verdict::Defer));
    assert_eq!(s.standing(FindingIdx(1)).verdict, Some(Verdict::Approve));
    // Where all are decided, a new verdict is meant for all.
    s.decide(&Scope::Group(group), &choice(Verdict::Redact), 4).expect("all anew");
    assert_eq!(s.standing(FindingIdx(1)).verdict, Some(Verdict::Redact));
}

#[test]
fn a_broad_approval_leaves_out_what_blocks_and_was_never_seen() {
    let mut s = small();
    let all: Vec<FindingIdx> = s.findings().map(|(idx, _)| idx).collect();
    s.mark_seen(FindingIdx(2));
    let approve = choice(Verdict::Approve);
    let step = s.decide(&Scope::Places(all), &approve, 1).expect("approve");
    assert_eq!(step.places, 4);
    for unseen in [0, 1] {
        assert_eq!(s.standing(FindingIdx(unseen)).verdict, None);
    }
    let secret = s.rules().find(SECRET).expect("the rule");
    let refused = s.decide(&Scope::RuleInDirectory(secret, RepoPath::new(b"a")), &approve, 2);
    assert_eq!(refused, Err(Refusal::Unseen { seen: 0, all: 2 }));
}

#[test]
fn every_verdict_has_a_reason() {
    let mut s = small();
    let why = |s: &mut Session, idx, verdict| {
        let step = s.decide(&Scope::Place(FindingIdx(idx)), &choice(verdict), 1).expect("a step");
        step.votes[0].why
    };
    assert_eq!(why(&mut s, 0, Verdict::Approve), Some(Reason::NotSensitive));
    assert_eq!(why(&mut s, 0, Verdict::Redact), Some(Reason::Credential));
    assert_eq!(why(&mut s, 3, Verdict::Redact), Some(Reason::InternalReference));
    assert_eq!(why(&mut s, 5, Verdict::Approve), Some(Reason::LicenceCleared));
    assert_eq!(why(&mut s, 5, Verdict::Exclude), Some(Reason::InternalOnly));
}

#[test]
fn a_known_value_at_a_further_place_is_open() {
    let before = decided(Verdict::Approve, HOST, "host-1");
    let found = [(HOST, "a.yml", 1, "host-1", "key: "), (HOST, "b.yml", 1, "host-1", "key: ")];
    let (s, carried) = second_run(&before, &found, &["a.yml", "b.yml"]);
    assert_eq!(s.standing(FindingIdx(0)).verdict, Some(Verdict::Approve));
    assert_eq!(s.standing(FindingIdx(1)).verdict, None);
    assert_eq!(carried, CarryOver { kept: 1, reopened: 0, expired: 0, gone: 0 });
}

#[test]
fn a_changed_secret_is_never_carried() {
    let before = decided(Verdict::Redact, SECRET, "secret-1");
    let found = [(SECRET, "a.yml", 1, "secret-9", "key: ")];
    let (s, carried) = second_run(&before, &found, &["a.yml"]);
    assert_eq!(s.standing(FindingIdx(0)).verdict, None);
    assert_eq!(carried, CarryOver { kept: 0, reopened: 0, expired: 0, gone: 1 });
}

#[derive(Clone, Debug)]
enum Move {
    Decide(usize, Verdict),
    Undo,
    Redo,
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let verdict = prop::sample::select(Verdict::ALL[..4].to_vec());
    let one = prop_oneof![
        4 => (0..12_usize, verdict).prop_map(|(scope, verdict)| Move::Decide(scope, verdict)),
        2 => Just(Move::Undo),
        1 => Just(Move::Redo),
    ];
    prop::collection::vec(one, 0..30)
}

fn scope(s: &Session, n: usize) -> Scope {
    let rule = |id| s.rules().find(id).expect("a rule");
    match n {
        0..=5 => Scope::Place(FindingIdx(n as u32)),
        6 => Scope::Group(s.group_of(FindingIdx(0))),
        7 => Scope::Group(s.group_of(FindingIdx(3))),
        8 => Scope::Rule(rule(SECRET)),
        9 => Scope::RuleInDirectory(rule(HOST), RepoPath::new(b"a")),
        10 => Scope::RuleInFile(rule(SECRET), RepoPath::new(b"b/one.yml")),
        _ => Scope::Places(vec![FindingIdx(1), FindingIdx(4)]),
    }
}

fn play(s: &mut Session, moves: &[Move]) -> Vec<(StepKind, Vec<Vote>)> {
    let mut journal = Vec::new();
    for (now, step) in moves.iter().enumerate() {
        let result = match step {
            Move::Decide(n, verdict) => {
                let scope = scope(s, *n);
                s.decide(&scope, &choice(*verdict), now as i64)
            }
            Move::Undo => s.undo(now as i64),
            Move::Redo => s.redo(now as i64),
        };
        journal.extend(result.ok().map(|step| (step.kind, step.votes)));
    }
    journal
}

proptest! {
    #[test]
    fn undo_is_the_inverse(before in moves(), n in 0..12_usize, verdict in prop::sample::select(Verdict::ALL[..4].to_vec())) {
        let mut s = small();
        see_all(&mut s);
        play(&mut s, &before);
        let was = picture(&s);
        let scope = scope(&s, n);
        s.decide(&scope, &choice(verdict), 1000).expect("a decision");
        let decided = picture(&s);
        s.undo(1001).expect("an undo");
        prop_assert_eq!(&picture(&s), &was);
        s.redo(1002).expect("a redo");
        prop_assert_eq!(&picture(&s), &decided);
        s.undo(1003).expect("a second undo");
        prop_assert_eq!(&picture(&s), &was);
    }

    #[test]
    fn a_replayed_journal_equals_the_live_review(moves in moves(), saved in 0..30_usize) {
        let mut live = small();
        see_all(&mut live);
        let journal = play(&mut live, &moves);
        // The checklist may have been written at any point before the crash.
        let votes = journal.iter().take(saved).flat_map(|(_, votes)| votes.clone()).collect();
        let mut again = session(votes);
        for (kind, votes) in journal {
            again.replay(kind, votes);
        }
        let findings: Vec<_> = live
            .findings()
            .map(|(idx, finding)| debut::review::Identified { finding: finding.clone(), id: live.identity(idx).clone() })
            .collect();
        for new in findings {
            again.add(new);
        }
        prop_assert_eq!(picture(&again), picture(&live));
        prop_assert_eq!(again.history(), live.history());
        while live.undo(5000).is_ok() {
            again.undo(5000).expect("the same undo");
            prop_assert_eq!(picture(&again), picture(&live));
        }
    }
}
