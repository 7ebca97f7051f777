// SPDX-License-Identifier: MIT OR Apache-2.0
//! The release checklist: who answers what, what that blocks, and where its items come from.

#![allow(clippy::expect_used, reason = "a test may panic")]

mod common;

use std::{fs, sync::Arc};

use common::{Repo, finding, session};
use debut::{
    domain::{Act, Answer, Detector, Item, Target, Template, Vote},
    ops::{Access, Review},
    review::{AttestState, Attested, Paths, Refusal, Session, StepKind},
    store::{StoreError, read_template},
};

fn item(id: &str, required: bool) -> Item {
    Item {
        id: id.into(),
        section: 0,
        title: format!("Title of {id}"),
        text: "What to check.".into(),
        required,
        source: String::new(),
        hints: Vec::new(),
    }
}

fn asked(votes: Vec<Vote>) -> Session {
    let mut session = session(votes);
    session.ask(Arc::new(Template {
        sections: vec!["Decision".into()],
        items: vec![item("legal", true), item("name", true), item("extra", false)],
        ..Template::default()
    }));
    session
}

fn noted(answer: Answer, note: &str) -> Attested {
    Attested { note: Some(note.into()), ..Attested::new(answer) }
}

fn give(session: &mut Session, id: &str, said: &Attested) -> Result<(), Refusal> {
    session.attest(id, said, 1).map(|_| ())
}

#[test]
fn required_items_block_until_they_are_answered() {
    let mut s = asked(Vec::new());
    let counts = s.counts();
    assert!(counts.settled() && !counts.clear());
    let a = counts.attest;
    assert_eq!((a.items, a.required, a.open, a.decided, a.blocking), (3, 2, 3, 0, 2));
    give(&mut s, "legal", &Attested::new(Answer::Yes)).expect("an answer");
    give(&mut s, "name", &noted(Answer::NotApplicable, "no product")).expect("an answer");
    let counts = s.counts();
    assert!(counts.clear());
    let a = counts.attest;
    assert_eq!((a.open, a.decided, a.blocking, a.answers), (1, 2, 0, [1, 0, 1]));
}

#[test]
fn no_blocks_where_the_item_is_required() {
    let mut s = asked(Vec::new());
    give(&mut s, "extra", &Attested::new(Answer::No)).expect("an answer");
    give(&mut s, "name", &Attested::new(Answer::Yes)).expect("an answer");
    give(&mut s, "legal", &noted(Answer::No, "waits for the board")).expect("an answer");
    let a = s.counts().attest;
    assert_eq!((a.open, a.blocking, a.missing, a.refused, a.disputed), (0, 1, 0, 1, 0));
    let (answer, vote) = s.answers("legal")[0];
    assert_eq!((answer, vote.note.as_deref()), (Answer::No, Some("waits for the board")));
}

#[test]
fn not_applicable_needs_a_note_and_an_unknown_item_is_refused() {
    let mut s = asked(Vec::new());
    let bare = Attested::new(Answer::NotApplicable);
    assert_eq!(give(&mut s, "legal", &bare), Err(Refusal::Unexplained));
    assert_eq!(
        give(&mut s, "legal", &noted(Answer::NotApplicable, " ")),
        Err(Refusal::Unexplained)
    );
    assert_eq!(give(&mut s, "nope", &Attested::new(Answer::Yes)), Err(Refusal::NoSuchItem));
    let back = Attested { act: Act::Withdraw, ..bare };
    assert_eq!(give(&mut s, "legal", &back), Err(Refusal::Nothing));
    assert!(s.votes().is_empty());
}

#[test]
fn texts_hold_no_value_and_stay_on_one_line() {
    let mut s = asked(Vec::new());
    for (rule, value) in [("sensitive/secret", "secret-0a1b2c"), ("internal/host", "host-tracker")]
    {
        let found = finding(&s, rule, "a.yml", 1, value, "line");
        s.add(found);
    }
    let yes = Attested::new(Answer::Yes);
    let link = |text: &str| Attested { link: Some(text.into()), ..yes.clone() };
    let name = |text: &str| Attested { name: Some(text.into()), ..yes.clone() };
    let mut refused = |said: &Attested| give(&mut s, "legal", said).expect_err("a refusal");
    assert_eq!(refused(&noted(Answer::Yes, "was secret-0a1b2c")), Refusal::HoldsValue("note"));
    assert_eq!(refused(&noted(Answer::Yes, "a\nb")), Refusal::Control("note"));
    assert_eq!(refused(&noted(Answer::Yes, &"x".repeat(2001))), Refusal::TooLong("note"));
    assert_eq!(refused(&link("https://x/secret-0a1b2c")), Refusal::HoldsValue("link"));
    assert_eq!(refused(&link("two words")), Refusal::NoLink);
    assert_eq!(refused(&name("secret-0a1b2c")), Refusal::HoldsValue("name"));
    // A tracker inside is what an answer rests on.
    give(&mut s, "legal", &link("https://host-tracker/LEGAL-5")).expect("a link");
    assert_eq!(s.answers("legal")[0].1.to.as_deref(), Some("https://host-tracker/LEGAL-5"));
}

#[test]
fn answers_are_undone_redone_replayed_and_withdrawn() {
    let mut s = asked(Vec::new());
    let named = Attested { name: Some("Legal counsel".into()), ..Attested::new(Answer::Yes) };
    let first = s.attest("legal", &named, 1).expect("an answer");
    assert_eq!(first.label(), "yes legal");
    s.attest("legal", &Attested::new(Answer::No), 2).expect("an answer");
    let undone = s.undo(3).expect("undo");
    assert_eq!(undone.votes[0].name.as_deref(), Some("Legal counsel"));
    assert_eq!(s.attest_state("legal"), AttestState::Answered(Answer::Yes));
    s.undo(4).expect("undo");
    assert_eq!(s.attest_state("legal"), AttestState::Open);
    assert_eq!(s.votes().last().and_then(|vote| vote.name.clone()), None);
    s.redo(5).expect("redo");
    assert_eq!(s.attest_state("legal"), AttestState::Answered(Answer::Yes));
    let mut again = asked(Vec::new());
    again.replay(StepKind::Decide, first.votes);
    assert_eq!(again.attest_state("legal"), AttestState::Answered(Answer::Yes));
    let back = Attested { act: Act::Withdraw, ..Attested::new(Answer::Yes) };
    s.attest("legal", &back, 6).expect("taken back");
    assert_eq!(s.attest_state("legal"), AttestState::Open);
}

#[test]
fn reviewers_who_answer_differently_are_disputed() {
    let mut s = asked(Vec::new());
    give(&mut s, "extra", &Attested::new(Answer::Yes)).expect("an answer");
    let mut votes = s.votes().to_vec();
    let other = Vote { by: "reviewer2@example.com".into(), ..votes[0].clone() };
    votes.push(other.clone());
    assert_eq!(asked(votes.clone()).attest_state("extra"), AttestState::Answered(Answer::Yes));
    votes.push(Vote { act: Act::Answer(Answer::No), at: other.at + 1, ..other });
    let s = asked(votes);
    assert_eq!(s.attest_state("extra"), AttestState::Disputed);
    let said: Vec<Answer> = s.answers("extra").into_iter().map(|(answer, _)| answer).collect();
    assert_eq!(said, [Answer::No, Answer::Yes], "the strictest first");
    let a = s.counts().attest;
    // Whoever differs has to agree, also on what is not required.
    assert_eq!((a.blocking, a.disputed, a.open, a.decided), (3, 1, 3, 0));
    assert_eq!(s.counts().disputed, 0, "that one counts places");
}

/// The same list with another text for the item called `legal`.
fn reworded(votes: Vec<Vote>, title: &str, text: &str) -> Session {
    let mut session = asked(votes);
    let mut template = Template::clone(session.template());
    template.items[0].title = title.into();
    template.items[0].text = text.into();
    session.ask(Arc::new(template));
    session
}

#[test]
fn an_answer_counts_for_the_text_that_was_answered() {
    let mut s = asked(Vec::new());
    give(&mut s, "legal", &Attested::new(Answer::Yes)).expect("an answer");
    let vote = s.votes()[0].clone();
    // As docs/checklist.md says; worked out by another program.
    assert_eq!(vote.asked.as_deref(), Some("k3gkb3xiem"));
    let (title, text) = ("Title of legal", "What to check.");
    for (title, text) in
        [(title, "What else."), ("Title", text), ("Title of legalW", "hat to check.")]
    {
        let mut s = reworded(vec![vote.clone()], title, text);
        assert_eq!(s.attest_state("legal"), AttestState::Changed);
        assert_eq!(s.answers("legal").len(), 1, "it is still told");
        let a = s.counts().attest;
        assert_eq!((a.open, a.decided, a.missing, a.blocking, a.changed), (3, 0, 2, 2, 1));
        assert_eq!(a.answers, [0, 0, 0]);
        give(&mut s, "legal", &Attested::new(Answer::No)).expect("an answer");
        assert_eq!(s.attest_state("legal"), AttestState::Answered(Answer::No));
        s.undo(9).expect("undo");
        assert_eq!(s.attest_state("legal"), AttestState::Changed, "the earlier one, as it was");
    }
    let same = reworded(vec![vote.clone()], title, text);
    assert_eq!(same.attest_state("legal"), AttestState::Answered(Answer::Yes));
    // What the id of an item does not say: that somebody else's text is meant.
    let unbound = Vote { asked: None, ..vote };
    assert_eq!(asked(vec![unbound]).attest_state("legal"), AttestState::Changed);
}

#[test]
fn an_earlier_text_is_no_ground_for_a_dispute() {
    let mut s = asked(Vec::new());
    give(&mut s, "legal", &Attested::new(Answer::No)).expect("an answer");
    let earlier = Vote { by: "reviewer2@example.com".into(), ..s.votes()[0].clone() };
    let mut s = reworded(vec![earlier], "Title of legal", "What else.");
    give(&mut s, "legal", &Attested::new(Answer::Yes)).expect("an answer");
    assert_eq!(s.attest_state("legal"), AttestState::Answered(Answer::Yes));
    let counting: Vec<bool> =
        s.answers("legal").iter().map(|(_, vote)| s.answers_what_is_asked(vote)).collect();
    assert_eq!(counting, [false, true]);
    assert_eq!(s.counts().attest.changed, 0);
}

#[test]
fn answers_are_no_verdicts() {
    let mut s = asked(Vec::new());
    give(&mut s, "legal", &Attested::new(Answer::No)).expect("an answer");
    let found = finding(&s, "internal/host", "a.yml", 1, "host-1", "line");
    s.add(found);
    let carried = s.settle(&Paths::default());
    assert_eq!((carried.kept, carried.reopened, carried.gone), (0, 0, 0));
    assert_eq!(s.counts().total.open, 1);
    assert_eq!(s.origins(), [0; 6]);
}

#[test]
fn an_answer_to_what_is_not_asked_any_more_is_kept_and_does_not_count() {
    let mut s = asked(Vec::new());
    give(&mut s, "legal", &Attested::new(Answer::No)).expect("an answer");
    s.ask(Arc::new(Template { items: vec![item("name", true)], ..Template::default() }));
    let a = s.counts().attest;
    assert_eq!((a.items, a.blocking, a.refused), (1, 1, 0));
    assert_eq!(s.votes().len(), 1);
    let back = Attested { act: Act::Withdraw, ..Attested::new(Answer::Yes) };
    give(&mut s, "legal", &back).expect("taken back all the same");
}

#[test]
fn the_built_in_list_is_whole() {
    let dir = tempfile::tempdir().expect("a folder");
    let template = read_template(&dir.path().join("attestations.toml")).expect("the list");
    assert_eq!(template.file, None);
    assert_eq!(template.sha256.len(), 64);
    let sections: Vec<&str> = template.sections.iter().map(String::as_str).collect();
    assert_eq!(
        sections,
        [
            "Decision",
            "Sensitive content",
            "Internal references",
            "History",
            "Licence",
            "Project files",
            "After"
        ]
    );
    for item in &template.items {
        assert!(item.text.ends_with('.') && !item.source.is_empty(), "{}", item.id);
    }
    assert!(template.items.iter().any(|item| !item.required));
    let legal = template.item("sign-off-legal").expect("an item");
    assert!(legal.required && template.section_of(legal) == "Decision");
    let detectors = template.items.iter().flat_map(|item| &item.hints);
    // Rules are named as they are called: a hint about none would always say that all is well.
    let repo = Repo::with(&[("README.md", b"# x\n")]);
    let review = Review::open(&repo.options(), Access::Read).expect("a review");
    for detector in detectors {
        if let Detector::Rules(glob) = detector {
            let fits = globset::Glob::new(glob).expect("a glob").compile_matcher();
            let any = review.rules.iter().any(|(_, rule)| fits.is_match(&rule.info.id));
            assert!(any, "{glob}");
        }
    }
    assert_eq!(**review.session.template(), template);
}

const OWN: &str = r#"
schema = 1
[[section]]
title = "Ours"
[[section.item]]
id = "board"
title = "The board agrees"
text = """The board
agrees."""
required = true
hints = ["authors", "files:**/*.{csv,sql}", "present:README, NOTICE"]
"#;

#[test]
fn an_organisation_has_its_own_list() {
    let repo = Repo::with(&[("README.md", b"# x\n")]);
    let folder = repo.path().join(".debut");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("attestations.toml"), OWN).expect("a file");
    let review = Review::open(&repo.options(), Access::Write).expect("a review");
    let template = review.session.template();
    assert!(template.file.as_ref().is_some_and(|file| file.ends_with("attestations.toml")));
    let [item] = template.items.as_slice() else { panic!("one item") };
    assert_eq!((&*item.id, &*item.text), ("board", "The board agrees."));
    let names = vec!["README".to_owned(), "NOTICE".to_owned()];
    assert_eq!(
        item.hints,
        [Detector::Authors, Detector::Files("**/*.{csv,sql}".into()), Detector::Present(names)]
    );
}

#[test]
fn a_broken_list_is_named_with_its_line() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("attestations.toml");
    let item = OWN.split_once("[[section.item]]").expect("an item").1;
    let twice = format!("{OWN}[[section.item]]{item}");
    let cases: &[(String, usize, &str)] = &[
        (String::new(), 1, "schema"),
        ("schema = 1\n".into(), 1, "no item"),
        ("schema = 1\n[[section]]\ntitle = \"x\"\n".into(), 1, "no item"),
        (OWN.replace("required = true\n", ""), 5, "required"),
        (OWN.replace("required = true", "required = true\nowner = 1"), 11, "owner"),
        (OWN.replace("\"board\"", "\"The board\""), 6, "small letters"),
        (OWN.replace("\"board\"", "\"../../x\""), 6, "small letters"),
        (OWN.replace("\"The board agrees\"", "\" \""), 7, "title is empty"),
        (OWN.replace("\"The board agrees\"", &format!("\"{}\"", "x".repeat(101))), 7, "101"),
        (OWN.replace("\"authors\"", "\"author\""), 11, "not one of authors"),
        (OWN.replace("files:**/*.{csv,sql}", "files:{a"), 11, "hint"),
        (OWN.replace("files:", "file:"), 11, "not one of"),
        (twice, 13, "twice"),
        (OWN.replace("[[section]]", "[[section]"), 3, ""),
    ];
    for (text, line, part) in cases {
        fs::write(&path, text).expect("a file");
        let error = read_template(&path).expect_err("broken");
        let StoreError::Broken { line: found, message, .. } = &error else {
            panic!("{error}: {text}")
        };
        assert!(message.contains(part), "{message} for {text}");
        assert_eq!(found, line, "{message} for {text}");
    }
    fs::write(&path, OWN.replace("schema = 1", "schema = 2")).expect("a file");
    assert!(matches!(read_template(&path), Err(StoreError::Newer { found: 2, .. })));
    fs::write(&path, b"\xff").expect("a file");
    assert!(matches!(read_template(&path), Err(StoreError::Broken { .. })));
    fs::write(&path, "#".repeat(300 << 10)).expect("a file");
    let error = read_template(&path).expect_err("too large").to_string();
    assert!(error.contains("256 KiB"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_list_that_leads_elsewhere_is_not_read() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("attestations.toml");
    fs::write(dir.path().join("other"), OWN).expect("a file");
    std::os::unix::fs::symlink(dir.path().join("other"), &path).expect("a link");
    assert!(matches!(read_template(&path), Err(StoreError::NotOurs { .. })));
}

#[test]
fn a_vote_says_either_a_verdict_or_an_answer() {
    let repo = Repo::with(&[("README.md", b"# x\n")]);
    let mut review = Review::open(&repo.options(), Access::Write).expect("a review");
    let step = review
        .session
        .attest("sign-off-legal", &noted(Answer::Yes, "seen"), 1_700_000_000_000)
        .expect("an answer");
    review.desk.record(step).expect("on disk");
    review.desk.close().expect("saved");
    let path = repo.path().join(".debut/checklist.toml");
    let text = fs::read_to_string(&path).expect("a checklist");
    assert!(text.contains("{ on = \"attest:sign-off-legal\", ctx = \""), "{text}");
    let review = Review::open(&repo.options(), Access::Read).expect("a review");
    assert_eq!(review.session.attest_state("sign-off-legal"), AttestState::Answered(Answer::Yes));
    assert_eq!(review.session.votes()[0].target, Target::Attestation("sign-off-legal".into()));
    for (from, to) in [("do = \"yes\"", "do = \"approve\""), ("attest:", "file:")] {
        fs::write(&path, text.replace(from, to)).expect("a file");
        let error = Review::open(&repo.options(), Access::Read).err().expect("an error");
        assert!(error.to_string().contains("does not go with it"), "{error}");
    }
}
