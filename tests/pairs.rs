// SPDX-License-Identifier: MIT OR Apache-2.0
//! Parts of one credential: which ones belong together, and that they are decided together.

#![allow(clippy::expect_used, reason = "a test may panic")]

mod common;

use std::sync::Arc;

use common::finding;
use debut::{
    domain::{Layer, Origin, Rotated, Severity, Target, Verdict},
    review::{
        Choice, FindingIdx, GroupState, Identified, Paths, Refusal, RotationAnswer, RotationState,
        Scope, Session,
    },
    rules::RuleSet,
};
use proptest::prelude::*;

/// Rules of an id, a secret and a token of one family, and of a secret of another.
fn session() -> Session {
    let rule = |name: &str, severity: &str, pair: &str, half: &str| {
        format!(
            "[[rule]]\nid = \"sensitive/{name}\"\nclass = \"credential\"\nseverity = \
             \"{severity}\"\ntitle = \"T\"\nwhy = \"w\"\nremedy = \"r\"\nreplacement = \"GONE\"\n\
             keywords = [\"{name}\"]\npattern = \"{name}[0-9]+\"\npair = \"{pair}\"\n\
             half = \"{half}\"\n"
        )
    };
    let pack = [
        rule("kid", "high", "acme", "id"),
        rule("sec", "critical", "acme", "secret"),
        rule("tok", "critical", "acme", "token"),
        rule("other-id", "low", "other", "id"),
        rule("other-sec", "critical", "other", "secret"),
    ];
    let rules = RuleSet::read(&[("test", &pack.concat())]).expect("the rules");
    Session::new(rules.into(), "reviewer1@example.com", Vec::new())
}

fn place(session: &Session, rule: &str, path: &str, line: u32, value: &str) -> Identified {
    finding(session, &format!("sensitive/{rule}"), path, line, value, &format!("{path} {line}"))
}

/// Takes in parts of a.env: the rule and the line of each; each has a value of its own.
fn filled(parts: &[(&str, u32)]) -> Session {
    let mut s = session();
    for (i, (rule, line)) in parts.iter().enumerate() {
        let new = place(&s, rule, "a.env", *line, &format!("{rule}-value-{i}"));
        s.add(new);
    }
    s
}

/// Returns the indexes of the parts that belong to each.
fn wholes(s: &Session) -> Vec<Vec<u32>> {
    let all = s.findings().map(|(idx, _)| s.whole_of(idx).iter().map(|idx| idx.0).collect());
    all.collect()
}

fn verdicts(s: &Session) -> Vec<Option<Verdict>> {
    s.findings().map(|(idx, _)| s.standing(idx).verdict).collect()
}

fn redact() -> Choice {
    Choice::new(Verdict::Redact)
}

fn group(s: &Session, i: u32) -> Scope {
    Scope::Group(s.group_of(FindingIdx(i)))
}

#[test]
fn what_stands_near_belongs_together_and_nothing_else_does() {
    let alone: Vec<Vec<u32>> = vec![vec![], vec![]];
    assert_eq!(wholes(&filled(&[("kid", 1), ("sec", 11)])), [[0, 1], [0, 1]]);
    assert_eq!(wholes(&filled(&[("kid", 1), ("sec", 12)])), alone);
    assert_eq!(wholes(&filled(&[("kid", 1), ("kid", 2)])), alone);
    assert_eq!(wholes(&filled(&[("kid", 1), ("other-sec", 2)])), alone, "another family");
    assert_eq!(wholes(&filled(&[("sec", 1), ("kid", 2), ("tok", 3)])), [[0, 1, 2]; 3]);
    // The nearest wins; of two at the same distance, the earlier.
    assert_eq!(wholes(&filled(&[("kid", 1), ("sec", 5), ("kid", 6)]))[1], [1, 2]);
    assert_eq!(wholes(&filled(&[("kid", 1), ("sec", 2), ("kid", 3)]))[1], [0, 1]);
    // Another file, or another version of the same, is another text.
    let mut s = filled(&[("kid", 1)]);
    let new = place(&s, "sec", "b.env", 1, "sec-value");
    s.add(new);
    let mut past = place(&s, "sec", "a.env", 1, "sec-past");
    past.finding.layer = Layer::Past("0".repeat(40).into());
    s.add(past);
    assert_eq!(wholes(&s), vec![Vec::<u32>::new(); 3]);
}

#[test]
fn each_key_of_a_list_has_its_own_secret() {
    let pairs = [[0, 1], [0, 1], [2, 3], [2, 3]];
    for list in [
        [("kid", 1), ("sec", 2), ("kid", 3), ("sec", 4)],
        [("sec", 1), ("kid", 2), ("sec", 3), ("kid", 4)],
        [("kid", 1), ("sec", 2), ("sec", 5), ("kid", 6)],
        // The id of the next stands nearer.
        [("kid", 1), ("sec", 4), ("kid", 5), ("sec", 8)],
    ] {
        assert_eq!(wholes(&filled(&list)), pairs, "{list:?}");
    }
    // On one line, the distance in bytes counts; the helper puts a line at a hundred times that.
    let mut s = session();
    for (rule, column) in [("kid", 0), ("sec", 30), ("kid", 55), ("sec", 85)] {
        let mut new = place(&s, rule, "a.json", 1, &format!("{rule}-{column}"));
        let debut::domain::Place::Span(span) = &mut new.finding.place else { continue };
        (span.start, span.end, span.column) = (span.start + column, span.end + column, 1);
        s.add(new);
    }
    assert_eq!(wholes(&s), pairs);
}

#[test]
fn a_verdict_on_one_value_goes_to_the_other_where_that_is_open() {
    let mut s = filled(&[("kid", 1), ("sec", 2), ("kid", 30), ("sec", 31)]);
    // The id stands alone elsewhere too.
    let again = place(&s, "kid", "readme.md", 1, "kid-value-0");
    s.add(again);
    let to = Choice { to: Some("MINE".into()), note: Some("checked".into()), ..redact() };
    let step = s.decide(&group(&s, 1), &to, 1).expect("a step");
    let redacted = Some(Verdict::Redact);
    assert_eq!(verdicts(&s), [redacted, redacted, None, None, redacted]);
    assert_eq!(step.votes.len(), 3);
    assert!(step.votes.iter().all(|vote| vote.how == Some(Origin::Group)));
    assert!(step.votes.iter().all(|vote| vote.note.as_deref() == Some("checked")));
    let stand_ins: Vec<Option<&str>> = step.votes.iter().map(|vote| vote.to.as_deref()).collect();
    assert_eq!(stand_ins, [Some("MINE"), None, None], "a stand-in is for one value");
    s.undo(2).expect("one step");
    assert_eq!(verdicts(&s), [None; 5], "both are taken back");
    s.redo(3).expect("one step");
    // What is decided stays.
    s.decide(&Scope::Place(FindingIdx(2)), &redact(), 4).expect("a place alone");
    assert_eq!(verdicts(&s)[3], None, "a verdict on a place is about that place");
    s.decide(&group(&s, 3), &Choice::new(Verdict::Defer), 5).expect("a step");
    assert_eq!(verdicts(&s)[2..4], [redacted, Some(Verdict::Defer)]);
}

#[test]
fn an_approval_leaves_out_what_blocks_and_was_not_on_screen() {
    let mut s = filled(&[("kid", 1), ("sec", 2)]);
    let approve = Choice::new(Verdict::Approve);
    s.mark_seen(FindingIdx(1));
    let refused = s.decide(&group(&s, 0), &approve, 1);
    assert_eq!(refused, Err(Refusal::Unseen { seen: 0, all: 1 }));
    assert_eq!(verdicts(&s), [None, None], "what is refused goes nowhere else either");
    s.decide(&group(&s, 1), &approve, 2).expect("it was seen");
    assert_eq!(verdicts(&s), [None, Some(Verdict::Approve)]);
    s.undo(3).expect("a step");
    s.mark_seen(FindingIdx(0));
    s.decide(&group(&s, 1), &approve, 4).expect("both were seen");
    assert_eq!(verdicts(&s), [Some(Verdict::Approve); 2]);
}

#[test]
fn what_is_counted_or_listed_takes_no_more_than_it_says() {
    let parts = [("kid", 1), ("sec", 2)];
    let mut s = filled(&parts);
    let sec = s.finding(FindingIdx(1)).rule;
    s.decide(&Scope::Rule(sec), &redact(), 1).expect("a step");
    assert_eq!(verdicts(&s), [None, Some(Verdict::Redact)], "its size was confirmed");
    let mut s = filled(&parts);
    let listed = Scope::Listed(vec![FindingIdx(1)]);
    s.decide_as(&listed, &redact(), Origin::Suggestion, 1).expect("a step");
    assert_eq!(verdicts(&s), [None, Some(Verdict::Redact)], "facts spoke for one value");
    // A list names values: the places beside them go along, and all where it means one value.
    let mut s = filled(&[("kid", 1), ("sec", 2), ("kid", 30), ("sec", 31)]);
    for value in ["kid-value-0", "kid-value-2"] {
        let again = place(&s, "kid", "readme.md", 1, value);
        s.add(again);
    }
    let listed = Scope::Listed(vec![FindingIdx(1), FindingIdx(3)]);
    s.decide_as(&listed, &redact(), Origin::Batch, 1).expect("a step");
    assert_eq!(verdicts(&s)[..4], [Some(Verdict::Redact); 4]);
    assert_eq!(verdicts(&s)[4..], [None, None]);
    s.undo(2).expect("a step");
    s.decide_as(&Scope::Listed(vec![FindingIdx(1)]), &redact(), Origin::Batch, 3).expect("a step");
    assert_eq!(verdicts(&s)[4..], [Some(Verdict::Redact), None]);
    assert_eq!(s.group(s.group_of(FindingIdx(0))).state(), GroupState::Decided(Verdict::Redact));
}

#[test]
fn rotation_is_answered_once_for_both() {
    let mut s = filled(&[("kid", 1), ("sec", 2), ("tok", 3), ("kid", 40)]);
    s.decide(&group(&s, 1), &redact(), 1).expect("a step");
    let id = |s: &Session, i: u32| -> Arc<str> { s.identity(FindingIdx(i)).value.clone() };
    let states = |s: &Session| -> Vec<RotationState> {
        (0..4).map(|i| s.rotation_state(&id(s, i))).collect()
    };
    assert_eq!(s.counts().rotation.waiting(), 3);
    let values = [id(&s, 1)];
    let step = s.answer_rotation(&values, &RotationAnswer::new(Rotated::Yes), 2).expect("a step");
    assert_eq!(step.votes.len(), 3);
    let done = RotationState::Answered(Rotated::Yes);
    assert_eq!(states(&s), [done, done, done, RotationState::Open]);
    assert_eq!(s.counts().rotation.waiting(), 0);
    s.undo(3).expect("a step");
    assert_eq!(states(&s), [RotationState::Open; 4]);
    s.redo(4).expect("a step");
    // An answer is taken back where it was given with this one, and stays where it was not.
    let safe = RotationAnswer::new(Rotated::NeverLive);
    s.answer_rotation(&[id(&s, 2)], &safe, 5).expect("a step");
    let back = RotationAnswer { said: None, ..safe };
    let step = s.answer_rotation(&[id(&s, 0)], &back, 6).expect("a step");
    assert!(step.votes.iter().all(|vote| matches!(vote.target, Target::Rotation(_))));
    let kept = RotationState::Answered(Rotated::NeverLive);
    assert_eq!(states(&s), [RotationState::Open, RotationState::Open, kept, RotationState::Open]);
}

#[test]
fn an_id_without_its_secret_weighs_one_step_less() {
    let weighed = |s: &mut Session| {
        s.settle(&Paths::default());
        s.settle(&Paths::default());
        let finding = |idx| (s.finding(idx).severity, s.finding(idx).notes.len());
        let all: Vec<_> = s.findings().map(|(idx, _)| finding(idx)).collect();
        let group = s.group(s.group_of(FindingIdx(0))).severity;
        assert_eq!(Some(group), all.iter().map(|(severity, _)| *severity).take(1).max());
        all[0]
    };
    let high = (Severity::High, 0);
    let less = (Severity::Medium, 1);
    assert_eq!(weighed(&mut filled(&[("kid", 1)])), less);
    assert_eq!(weighed(&mut filled(&[("kid", 1), ("tok", 2)])), high, "a credential beside it");
    assert_eq!(weighed(&mut filled(&[("kid", 1), ("sec", 2)])), high);
    assert_eq!(weighed(&mut filled(&[("kid", 1), ("sec", 900)])), high, "in the same file");
    assert_eq!(weighed(&mut filled(&[("kid", 1), ("other-sec", 9)])), high, "maybe its secret");
    assert_eq!(weighed(&mut filled(&[("kid", 1), ("other-sec", 99)])), less);
    assert_eq!(weighed(&mut filled(&[("kid", 1), ("kid", 2)])), less, "ids open nothing");
    assert_eq!(weighed(&mut filled(&[("other-id", 1)])), (Severity::Low, 0), "no less than low");
    // What is found later counts, and at one place it counts for all.
    let mut s = filled(&[("kid", 1)]);
    assert_eq!(weighed(&mut s), less);
    for new in [("kid", "b.env", 1, "kid-value-0"), ("sec", "b.env", 2, "sec-value")] {
        let new = place(&s, new.0, new.1, new.2, new.3);
        s.add(new);
    }
    assert_eq!(weighed(&mut s), high);
}

#[test]
fn half_a_pair_is_refused() {
    let rule = |more: &str| {
        let text = format!(
            "[[rule]]\nid = \"sensitive/acme-key\"\nclass = \"credential\"\nseverity = \"high\"\n\
             title = \"T\"\nwhy = \"w\"\nremedy = \"r\"\nkeywords = [\"acme\"]\n\
             pattern = \"acme[0-9]+\"\n{more}"
        );
        let refused = RuleSet::with_own(&[("own.toml".into(), text)]);
        refused.err().map(|error| error.to_string()).unwrap_or_default()
    };
    assert_eq!(rule("pair = \"aws\"\nhalf = \"id\"\n"), "");
    for (more, line, why) in [
        ("pair = \"acme\"\n", 10, "has pair but no half"),
        ("half = \"id\"\n", 10, "has half but no pair"),
        ("pair = \"no such\"\nhalf = \"id\"\n", 10, "a name of lower-case letters"),
        (
            "half = \"id\"\npair = \"acme\"\n",
            11,
            "no rule has pair = \"acme\" and half = \"secret\"",
        ),
        ("pair = \"acme\"\nhalf = \"token\"\n", 10, "and half = \"id\""),
        ("pair = \"acme\"\nhalf = \"both\"\n", 11, "expected one of `id`, `secret`, `token`"),
    ] {
        let said = rule(more);
        let place = format!("own.toml:{line}: rule sensitive/acme-key: ");
        assert!(said.starts_with(&place) && said.contains(why), "{more}: {said}");
    }
}

proptest! {
    /// Whatever the order in which parts are found, the same belong together, and each part to one
    /// whole at most.
    #[test]
    fn the_order_of_finding_changes_nothing(
        parts in prop::collection::vec((0_usize..3, 1_u32..60), 1..40),
        shuffle in any::<prop::sample::Index>(),
    ) {
        let rules = ["kid", "sec", "tok"];
        let parts: Vec<(usize, u32, usize)> =
            parts.into_iter().enumerate().map(|(i, (rule, line))| (rule, line, i)).collect();
        let picture = |order: &[(usize, u32, usize)]| {
            let mut s = session();
            for (rule, line, i) in order {
                let mut new = place(&s, rules[*rule], "a.env", *line, &format!("value-{i}"));
                let debut::domain::Place::Span(span) = &mut new.finding.place else { continue };
                span.start += i;
                s.add(new);
                // What is asked in between must not stick.
                let _ = s.whole_of(FindingIdx(0));
            }
            let value = |idx: &FindingIdx| s.finding(*idx).value.expose().to_vec();
            let mut all: Vec<Vec<Vec<u8>>> =
                s.findings().map(|(idx, _)| s.whole_of(idx).iter().map(value).collect()).collect();
            for (idx, _) in s.findings() {
                let whole = s.whole_of(idx);
                assert!(whole.is_empty() || whole.contains(&idx) && whole.len() > 1);
                assert!(whole.iter().all(|other| s.whole_of(*other) == whole));
            }
            all.sort();
            all
        };
        let mut other = parts.clone();
        other.reverse();
        other.rotate_left(shuffle.index(parts.len()));
        prop_assert_eq!(picture(&parts), picture(&other));
    }
}
