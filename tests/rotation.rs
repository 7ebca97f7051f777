// SPDX-License-Identifier: MIT OR Apache-2.0
//! Whether redacted credentials were rotated: who is asked, what holds, what blocks.

#![allow(clippy::expect_used, reason = "a test may panic")]

mod common;

use std::{fs, sync::Arc};

use common::{Repo, finding, session};
use debut::{
    domain::{
        Act, Class, Module, ModuleKind, Place, Policy, Reason, RepoPath, Rotated, Severity, Target,
        Verdict, Vote, remark,
    },
    ops::{Access, Reach, Review},
    review::{
        Choice, FindingIdx, Identified, Keyring, Paths, Refusal, RotationAnswer, RotationState,
        Scope, Session, StepKind, Turn,
    },
    rules::RuleSet,
    store::Checklist,
};

const CREDENTIAL: &str = "secret-0a1b2c";

/// Two places of one credential, one of another, and a host.
fn filled(votes: Vec<Vote>) -> Session {
    let mut session = session(votes);
    for (rule, path, value) in [
        ("sensitive/secret", "a.yml", CREDENTIAL),
        ("sensitive/secret", "b.yml", CREDENTIAL),
        ("sensitive/secret", "c.yml", "secret-3d4e5f"),
        ("internal/host", "d.yml", "host-tracker"),
    ] {
        let found = finding(&session, rule, path, 1, value, path);
        session.add(found);
    }
    session
}

fn id(session: &Session, i: u32) -> Arc<str> {
    session.identity(FindingIdx(i)).value.clone()
}

fn decide(session: &mut Session, i: u32, verdict: Verdict) {
    let choice = Choice::new(verdict);
    session.mark_seen(FindingIdx(i));
    session.decide(&Scope::Place(FindingIdx(i)), &choice, 1).expect("a decision");
}

fn say(session: &mut Session, i: u32, said: Rotated) -> Vec<Vote> {
    let value = id(session, i);
    let step = session.answer_rotation(&[value], &RotationAnswer::new(said), 1);
    step.expect("an answer").votes
}

fn turns(session: &Session) -> Vec<Turn> {
    session.findings().map(|(idx, _)| session.standing(idx).turn).collect()
}

#[test]
fn what_must_not_be_published_asks_and_nothing_else_does() {
    use Turn::{Done, NotAsked, Waits};
    let mut s = filled(Vec::new());
    assert_eq!(turns(&s), [NotAsked; 4]);
    assert_eq!(s.counts().rotation.asked, 0, "nobody has decided yet");
    decide(&mut s, 0, Verdict::Redact);
    decide(&mut s, 3, Verdict::Redact);
    assert_eq!(turns(&s), [Waits, NotAsked, NotAsked, NotAsked]);
    decide(&mut s, 2, Verdict::Exclude);
    decide(&mut s, 1, Verdict::Defer);
    assert_eq!(turns(&s), [Waits, NotAsked, Waits, NotAsked], "a host has nothing to rotate");
    let counts = s.counts().rotation;
    assert_eq!((counts.asked, counts.open, counts.waiting()), (2, 2, 2));
    assert_eq!(s.asked_to_rotate().len(), 2);
    decide(&mut s, 1, Verdict::Redact);
    assert_eq!(s.counts().rotation.asked, 2, "a value counts once");
    say(&mut s, 1, Rotated::Yes);
    assert_eq!(turns(&s), [Done, Done, Waits, NotAsked], "in all its places");
    let group = s.group(s.group_of(FindingIdx(0)));
    assert_eq!(group.turns(), (0, 2));
    say(&mut s, 2, Rotated::NeverLive);
    let counts = s.counts().rotation;
    assert_eq!((counts.rotated, counts.never_live, counts.waiting()), (1, 1, 0));
    say(&mut s, 2, Rotated::Unknown);
    say(&mut s, 0, Rotated::No);
    let counts = s.counts().rotation;
    assert_eq!((counts.not_known, counts.not_rotated, counts.waiting()), (1, 1, 2));
}

#[test]
fn an_approval_answers_for_itself_unless_the_value_proves_itself() {
    let approve = |why: Option<Reason>| Choice { why, ..Choice::new(Verdict::Approve) };
    let turn = |notes: &[&str], severity: Severity, choice: &Choice| {
        let mut s = session(Vec::new());
        let mut found = finding(&s, "sensitive/secret", "a.yml", 1, CREDENTIAL, "line");
        found.finding.notes = notes.iter().map(|note| (*note).to_owned()).collect();
        found.finding.severity = severity;
        let idx = s.add(found);
        s.mark_seen(idx);
        s.decide(&Scope::Place(idx), choice, 1).expect("a decision");
        s.standing(idx).turn
    };
    let proved = &[remark::CHECKSUM_MATCHES];
    assert_eq!(turn(&[], Severity::High, &approve(None)), Turn::NotAsked);
    assert_eq!(turn(proved, Severity::High, &approve(None)), Turn::Waits);
    assert_eq!(turn(proved, Severity::High, &approve(Some(Reason::TestData))), Turn::NotAsked);
    // What its vendor prints or hands out opens nothing.
    let redact = Choice::new(Verdict::Redact);
    assert_eq!(turn(&[], Severity::Low, &redact), Turn::Waits);
    assert_eq!(turn(&[], Severity::Info, &redact), Turn::NotAsked);
    assert_eq!(turn(&[remark::MANUAL_SAMPLE], Severity::High, &redact), Turn::NotAsked);
    assert_eq!(turn(&[remark::PUBLIC], Severity::High, &redact), Turn::NotAsked);
}

#[test]
fn it_blocks_where_the_history_is_published_or_the_policy_wants_it() {
    let mut s = filled(Vec::new());
    (0..4).for_each(|i| decide(&mut s, i, Verdict::Redact));
    assert!(s.counts().clear(), "the files alone: a warning");
    assert_eq!(s.counts().rotation.blocking, 0);
    s.publish_history(true);
    let counts = s.counts();
    assert!(counts.settled() && !counts.clear());
    assert_eq!(counts.rotation.blocking, 2);
    say(&mut s, 0, Rotated::Unknown);
    say(&mut s, 2, Rotated::No);
    assert_eq!(s.counts().rotation.blocking, 2, "neither is safe");
    say(&mut s, 0, Rotated::Yes);
    say(&mut s, 2, Rotated::NeverLive);
    assert!(s.counts().clear());
    let policy = Policy { rotate_always: true, ..Policy::default() };
    let mut s = filled(Vec::new()).with_policy(policy.into(), 20_455);
    (0..4).for_each(|i| decide(&mut s, i, Verdict::Redact));
    assert_eq!(s.counts().rotation.blocking, 2);
}

#[test]
fn answers_are_undone_redone_replayed_and_withdrawn() {
    let mut s = filled(Vec::new());
    decide(&mut s, 0, Verdict::Redact);
    decide(&mut s, 2, Verdict::Redact);
    let state = |s: &Session| s.rotation_state(&id(s, 0));
    let both = [id(&s, 0), id(&s, 2), id(&s, 0)];
    let answer = RotationAnswer {
        note: Some("by the platform team".into()),
        link: Some("https://host-tracker/OPS-5".into()),
        ..RotationAnswer::new(Rotated::Yes)
    };
    let first = s.answer_rotation(&both, &answer, 1).expect("an answer");
    assert_eq!((first.label(), first.votes.len()), ("rotated: 2 credentials".to_owned(), 2));
    assert_eq!(first.votes[0].class, Some(Class::Credential));
    say(&mut s, 0, Rotated::No);
    assert_eq!(state(&s), RotationState::Answered(Rotated::No));
    s.undo(3).expect("undo");
    assert_eq!(state(&s), RotationState::Answered(Rotated::Yes));
    let (_, vote) = s.rotation_words(&id(&s, 0))[0];
    assert_eq!(vote.note.as_deref(), Some("by the platform team"));
    s.undo(4).expect("the whole batch");
    assert_eq!(turns(&s)[0..3], [Turn::Waits, Turn::NotAsked, Turn::Waits]);
    s.redo(5).expect("redo");
    assert_eq!(turns(&s)[0..3], [Turn::Done, Turn::NotAsked, Turn::Done]);
    let mut again = filled(Vec::new());
    decide(&mut again, 0, Verdict::Redact);
    again.replay(StepKind::Decide, first.votes);
    assert_eq!(turns(&again)[0], Turn::Done);
    let back = RotationAnswer { said: None, note: None, link: None };
    s.answer_rotation(&[id(&s, 0)], &back, 6).expect("taken back");
    assert_eq!(state(&s), RotationState::Open);
    assert_eq!(s.answer_rotation(&[id(&s, 0)], &back, 7), Err(Refusal::Nothing), "only once");
    s.undo(8).expect("undo");
    assert_eq!(state(&s), RotationState::Answered(Rotated::Yes));
}

#[test]
fn only_credentials_are_answered_for_and_texts_hold_no_value() {
    let mut s = filled(Vec::new());
    let host = id(&s, 3);
    let yes = RotationAnswer::new(Rotated::Yes);
    assert_eq!(s.answer_rotation(&[host, "nothing".into()], &yes, 1), Err(Refusal::Nothing));
    let value = [id(&s, 0)];
    let mut refused = |answer: &RotationAnswer| s.answer_rotation(&value, answer, 1).err();
    let note = |text: &str| RotationAnswer { note: Some(text.into()), ..yes.clone() };
    let link = |text: &str| RotationAnswer { link: Some(text.into()), ..yes.clone() };
    assert_eq!(refused(&note("was secret-0a1b2c")), Some(Refusal::HoldsValue("note")));
    assert_eq!(refused(&note("a\nb")), Some(Refusal::Control("note")));
    assert_eq!(refused(&link("https://x/secret-0a1b2c")), Some(Refusal::HoldsValue("link")));
    assert_eq!(refused(&link("two words")), Some(Refusal::NoLink));
    assert!(s.votes().is_empty());
}

/// Answers of several people, each one later than the one before.
fn said(all: &[(&str, Rotated)]) -> Vec<Vote> {
    let value = id(&filled(Vec::new()), 0);
    let vote = |((by, said), at): (&(&str, Rotated), i64)| {
        let act = Act::Rotate(*said);
        Vote::new(Target::Rotation(value.clone()), act, (*by).into(), at)
    };
    all.iter().zip(1..).map(vote).collect()
}

#[test]
fn of_two_people_the_one_who_knows_more_holds() {
    use Rotated::{NeverLive, No, Unknown, Yes};
    use RotationState::{Answered, Disputed, Open};
    let cases: &[(&[(&str, Rotated)], RotationState)] = &[
        (&[], Open),
        (&[("a", Unknown)], Answered(Unknown)),
        // Somebody has done it meanwhile.
        (&[("a", No), ("b", Yes)], Answered(Yes)),
        // Who does not know takes nothing from who does.
        (&[("b", Yes), ("a", Unknown)], Answered(Yes)),
        (&[("a", Unknown), ("b", No)], Answered(No)),
        (&[("b", No), ("a", Unknown)], Answered(No)),
        // Who says that it still opens a door after that knows something.
        (&[("b", Yes), ("a", No)], Disputed),
        (&[("b", NeverLive), ("a", No), ("c", Unknown)], Disputed),
        (&[("b", Yes), ("a", No), ("a", Yes)], Answered(Yes)),
        (&[("b", Yes), ("a", No), ("c", NeverLive)], Answered(NeverLive)),
        (&[("b", NeverLive), ("a", Yes)], Answered(Yes)),
        (&[("a", Yes), ("a", No)], Answered(No)),
    ];
    for (votes, wanted) in cases {
        let mut votes = said(votes);
        for _ in 0..2 {
            let mut s = filled(votes.clone());
            assert_eq!(s.rotation_state(&id(&s, 0)), *wanted, "{votes:?}");
            decide(&mut s, 0, Verdict::Redact);
            let safe = if wanted.is_safe() { Turn::Done } else { Turn::Waits };
            assert_eq!(s.standing(FindingIdx(0)).turn, safe);
            let disputed = s.counts().rotation.disputed;
            assert_eq!(disputed, usize::from(*wanted == Disputed));
            // The order in which a merge brings them does not matter.
            votes.reverse();
        }
    }
}

#[test]
fn what_others_said_is_taken_in_while_one_reviews() {
    let mut s = filled(Vec::new());
    decide(&mut s, 0, Verdict::Redact);
    decide(&mut s, 1, Verdict::Redact);
    s.join(said(&[("reviewer2@example.com", Rotated::Yes)]));
    assert_eq!(turns(&s)[..2], [Turn::Done; 2]);
    assert_eq!(s.participants().len(), 2, "who answers takes part");
}

#[test]
fn an_answer_outlives_every_change_of_the_code() {
    let mut s = filled(Vec::new());
    decide(&mut s, 0, Verdict::Redact);
    say(&mut s, 0, Rotated::Yes);
    let mut later = session(s.votes().to_vec());
    later.settle(&Paths::default());
    assert!(later.stale().iter().all(|vote| vote.act.rotated().is_none()), "kept for the day");
    // In another file, on another line, and found by nobody who had decided about it.
    let found = finding(&later, "sensitive/secret", "new/place.txt", 9, CREDENTIAL, "else");
    let idx = later.add(found);
    decide(&mut later, 0, Verdict::Redact);
    assert_eq!(later.standing(idx).turn, Turn::Done);
}

fn written(repo: &Repo) -> String {
    fs::read_to_string(repo.checklist()).expect("a checklist")
}

#[test]
fn an_answer_is_a_line_of_the_checklist_that_older_versions_refuse_by_name() {
    let token = common::github_token(1);
    let repo = Repo::with(&[("a.txt", format!("TOKEN={token}\n").as_bytes())]);
    let mut review = repo.review(Access::Write);
    let value = review.session.findings().map(|(idx, _)| idx);
    let value = value.map(|idx| review.session.identity(idx).value.clone()).next();
    let value = value.expect("a finding");
    let answer = RotationAnswer {
        note: Some("in May".into()),
        link: Some("https://tracker/OPS-5".into()),
        ..RotationAnswer::new(Rotated::NeverLive)
    };
    let step =
        review.session.answer_rotation(std::slice::from_ref(&value), &answer, 1_700_000_000_000);
    let step = step.expect("an answer");
    review.desk.record(step).expect("on disk");
    // The journal has it at once, for whoever opens the review after a crash.
    let journal = fs::read_to_string(repo.path().join(".debut/journal")).expect("a journal");
    assert!(journal.contains("never-live") && !journal.contains(&token));
    review.desk.close().expect("saved");
    let text = written(&repo);
    let line = format!(
        "{{ on = \"rotation:{value}\", cls = \"credential\", do = \"never-live\", to = \
         \"https://tracker/OPS-5\", by = "
    );
    assert!(text.contains(&line), "{text}");
    assert!(text.contains("note = \"in May\"") && !text.contains(&token));
    let review = Review::open(&repo.options(), Access::Read).expect("a review");
    assert_eq!(review.session.rotation_state(&value), RotationState::Answered(Rotated::NeverLive));
    // A version that does not know a kind of line says so; this one does of the next kind.
    for (from, to, part) in [
        ("rotation:", "turned:", "update debut; the file was left alone"),
        ("\"never-live\"", "\"half-rotated\"", "update debut; the file was left alone"),
        ("rotation:", "file:", "does not go with it"),
        ("\"never-live\"", "\"approve\"", "does not go with it"),
        ("rotation:", "rotation:../", "a vote on a value needs its path"),
    ] {
        fs::write(repo.checklist(), text.replace(from, to)).expect("a file");
        let error = Review::open(&repo.options(), Access::Read).err().expect("an error");
        assert!(error.to_string().contains(part), "{error}");
    }
    // Edited by hand: it does not count.
    fs::remove_file(repo.path().join(".debut/journal")).expect("removed");
    fs::write(repo.checklist(), text.replace("never-live", "rotated")).expect("a file");
    let review = Review::open(&repo.options(), Access::Read).expect("a review");
    assert_eq!(review.session.rotation_state(&value), RotationState::Open);
}

#[test]
fn every_answer_survives_the_file() {
    let seal = |line: &str| line.len().to_string();
    let votes: Vec<Vote> = Rotated::ALL
        .into_iter()
        .flat_map(|said_| said(&[("a", said_), ("b", said_)]))
        .chain(said(&[("c", Rotated::Yes)]).iter().map(|vote| vote.withdrawn(9)))
        .collect();
    let list = Checklist { votes: votes.clone(), ..Checklist::default() };
    let read = Checklist::parse("x".as_ref(), &list.render(&seal), &seal).expect("it reads");
    assert!(read.broken.is_empty());
    assert_eq!(read.votes.len(), votes.len());
    assert!(votes.iter().all(|vote| read.votes.contains(vote)));
}

#[test]
fn opened_for_the_history_it_blocks() {
    let token = common::github_token(1);
    let repo = Repo::with(&[("a.txt", format!("TOKEN={token}\n").as_bytes())]);
    for (reach, blocks) in [(None, false), (Some(Reach::default()), true)] {
        let options = debut::ops::Options { reach, ..repo.options() };
        let review = Review::open(&options, Access::Read).expect("a review");
        assert_eq!(review.session.rotation_blocks(), blocks);
    }
}

#[test]
fn a_module_with_a_credential_that_waits_is_not_ready() {
    let module = |path: &str| Module {
        path: RepoPath::new(path.as_bytes()),
        kind: ModuleKind::Package,
        files: 1,
    };
    let modules = [module("a"), module("b")];
    let mut s = session(Vec::new());
    for path in ["a/x.yml", "a/y.yml", "b/x.yml"] {
        let value = if path.starts_with('a') { CREDENTIAL } else { "host-tracker" };
        let rule = if path.starts_with('a') { "sensitive/secret" } else { "internal/host" };
        let found = finding(&s, rule, path, 1, value, path);
        s.add(found);
    }
    (0..3).for_each(|i| decide(&mut s, i, Verdict::Redact));
    let ready = |s: &Session| {
        let all = s.readiness(&modules);
        all.iter().map(|module| (module.ready(), module.waiting)).collect::<Vec<_>>()
    };
    assert_eq!(ready(&s), [(true, 0), (true, 0)], "nobody publishes the history");
    s.publish_history(true);
    assert_eq!(ready(&s), [(false, 1), (true, 0)], "a value counts once");
    say(&mut s, 0, Rotated::Yes);
    assert_eq!(ready(&s), [(true, 0), (true, 0)]);
}

/// A session with key stores: each a path and a content.
fn stores(all: &[(&str, &str)]) -> Session {
    let pack = "[[rule]]\nid = \"sensitive/store\"\nclass = \"sensitive-file\"\nseverity = \"high\"\n\
                title = \"T\"\nwhy = \"w\"\nremedy = \"r\"\nscope = \"file\"\nrotates = true\n\
                paths = [\"**/*.p12\"]\n";
    let rules = RuleSet::read(&[("test", pack)]).expect("the rules");
    let mut s = Session::new(rules.into(), "reviewer1@example.com", Vec::new());
    for (path, content) in all {
        let mut found = finding(&s, "sensitive/store", path, 1, path, content).finding;
        found.place = Place::File;
        let id = Keyring::new([7; 32]).identify(&found, Class::SensitiveFile);
        s.add(Identified { finding: found, id });
    }
    s
}

#[test]
fn a_store_of_keys_is_asked_about_by_its_content() {
    let mut s = stores(&[("a.p12", "old keys"), ("a.p12", "new keys"), ("b.p12", "new keys")]);
    decide(&mut s, 2, Verdict::Approve);
    assert_eq!(s.counts().rotation.asked, 0, "it holds certificates only");
    for i in 0..3 {
        decide(&mut s, i, Verdict::Exclude);
    }
    assert_eq!(s.counts().rotation.asked, 2, "one content is one credential, wherever it is");
    let credential = |s: &Session, i| s.credential_of(FindingIdx(i)).clone();
    assert_eq!(credential(&s, 1), credential(&s, 2));
    let value = credential(&s, 1);
    s.answer_rotation(&[value], &RotationAnswer::new(Rotated::Yes), 1).expect("an answer");
    assert_eq!(turns(&s), [Turn::Waits, Turn::Done, Turn::Done], "other keys, another question");
    assert_eq!(s.asked_to_rotate().len(), 2);
    let counts = s.counts().rotation;
    assert_eq!((counts.rotated, counts.waiting()), (1, 1));
}
