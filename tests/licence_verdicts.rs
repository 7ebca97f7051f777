// SPDX-License-Identifier: MIT OR Apache-2.0
//! Decisions about licences: what they rest on, and what becomes of them when that changes.
#![expect(clippy::expect_used, reason = "helpers of tests may fail loudly too")]

mod common;

use common::Repo;
use debut::{
    domain::{FixKind, Origin, Reason, RepoPath, Verdict},
    ops::{Access, FixWish, Review},
    review::{Choice, FindingIdx, Refusal, Scope, Session},
};

const MIT: &str = include_str!("../LICENSE-MIT");
const CODE: &str = "a = 1\nb = 2\nc = 3\nd = 4\ne = 5\nf = 6\n";
const OTHER: &str = "You may look at this work on weekdays between nine and five, you may show it \
     to your neighbours, and on the first Sunday of each month you may hum along with it provided \
     that you do so quietly and take your shoes off at the door.";

type Files<'a> = &'a [(&'a str, &'a str)];

fn commit(repo: &Repo, files: Files<'_>) {
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
    repo.commit(&files);
}

fn find(session: &Session, rule: &str, path: &str) -> Option<FindingIdx> {
    let path = RepoPath::new(path.as_bytes());
    let fits = |idx: FindingIdx| {
        let finding = session.finding(idx);
        session.rules().info(finding.rule).name() == rule && finding.path == path
    };
    session.findings().map(|(idx, _)| idx).find(|idx| fits(*idx))
}

fn decide(mut review: Review, scope: &Scope, choice: &Choice) {
    if let Scope::Listed(all) = scope {
        all.iter().for_each(|idx| review.session.mark_seen(*idx));
    }
    let step = review.session.decide_as(scope, choice, Origin::Batch, 1).expect("a step");
    review.desk.record(step).expect("written");
    review.desk.close().expect("saved");
}

/// Approves the finding of `rule` at `path` in the tree of `before`, and returns how the same
/// question stands in that of `after`: its verdict, and why it is asked anew.
fn carried(
    rule: &str,
    path: &str,
    before: Files<'_>,
    after: Files<'_>,
) -> (Option<Verdict>, Option<String>) {
    let repo = Repo::new();
    commit(&repo, before);
    policy(&repo, "[licensing]\nheaders = \"all\"\n");
    let review = repo.review(Access::Write);
    let idx = find(&review.session, rule, path).expect("a finding to decide");
    decide(review, &Scope::Listed(vec![idx]), &Choice::new(Verdict::Approve));
    commit(&repo, after);
    let review = repo.review(Access::Read);
    let idx = find(&review.session, rule, path).expect("the finding again");
    let standing = review.session.standing(idx);
    (standing.verdict, review.session.reopened_words(idx))
}

fn stays(rule: &str, path: &str, before: Files<'_>, after: Files<'_>) {
    let got = carried(rule, path, before, after);
    assert_eq!(got, (Some(Verdict::Approve), None), "{rule}");
}

fn asked_anew(rule: &str, path: &str, before: Files<'_>, after: Files<'_>) {
    let (verdict, why) = carried(rule, path, before, after);
    assert_eq!(verdict, None, "{rule}");
    let why = why.expect("said why");
    assert!(why.starts_with("evidence changed since "), "{why}");
    assert!(why.ends_with(" decided: approve"), "{why}");
}

#[test]
fn an_unknown_text_is_asked_anew_when_it_says_something_else() {
    let before = [("LICENSE", OTHER), ("a.txt", "a")];
    let wrapped = OTHER.replace(", you may show", ",\n  you may show");
    stays("license-unknown", "LICENSE", &before, &[("LICENSE", &wrapped), ("a.txt", "b")]);
    let changed = OTHER.replace("quietly", "loudly");
    asked_anew("license-unknown", "LICENSE", &before, &[("LICENSE", &changed), ("a.txt", "a")]);
}

#[test]
fn a_contradiction_rests_on_the_word_and_the_text() {
    let package = |extra: &str, licence: &str| {
        format!("[package]\nname = \"x\"\n{extra}license = \"{licence}\"\n")
    };
    let one = package("", "GPL-3.0-only");
    let before = [("LICENSE", MIT), ("Cargo.toml", &*one)];
    let moved = package("version = \"0.2.0\"\n\n\n", "GPL-3.0-only");
    stays(
        "manifest-contradicts",
        "Cargo.toml",
        &before,
        &[("LICENSE", MIT), ("Cargo.toml", &moved), ("b.txt", "new")],
    );
    let text = format!("{MIT}\nThe name of the author must not be used.\n");
    let after = [("LICENSE", &*text), ("Cargo.toml", &*one)];
    asked_anew("manifest-contradicts", "Cargo.toml", &before, &after);
    let word = package("", "MPL-2.0");
    let after = [("LICENSE", MIT), ("Cargo.toml", &*word)];
    asked_anew("manifest-contradicts", "Cargo.toml", &before, &after);
}

#[test]
fn a_missing_header_stays_approved_whatever_the_code_does() {
    let head = format!("# SPDX-License-Identifier: MIT\n{CODE}");
    let with = |path, text| [("a.py", &*head), ("b.py", &*head), ("c.py", &*head), (path, text)];
    let more = format!("# says what it does\n{CODE}g = 7\n");
    stays("header-missing", "d.py", &with("d.py", CODE), &with("d.py", &more));
}

const SECRET_HEAD: &str = "# Copyright 2019 Acme Ltd. All rights reserved.\n\
     # This is confidential information of Acme Ltd.\n";

#[test]
fn a_header_that_keeps_back_stays_decided_where_it_moves_and_not_where_it_changes() {
    let rule = "header-proprietary";
    let first = format!("{SECRET_HEAD}{CODE}");
    let before = [("a.py", &*first), ("b.py", CODE)];
    let new = SECRET_HEAD.replace("2019", "2019, 2024");
    let moved = format!("#!/usr/bin/env python\n# Adds numbers.\n#\n{new}g = 7\n{CODE}");
    stays(rule, "a.py", &before, &[("a.py", &moved), ("b.py", "x = 1\n")]);
    let changed = first.replace("This is", "As agreed with Bob, this is no longer");
    asked_anew(rule, "a.py", &before, &[("a.py", &changed), ("b.py", CODE)]);
    let marker = first.replace("confidential information", "confidential material");
    asked_anew(rule, "a.py", &before, &[("a.py", &marker), ("b.py", CODE)]);
}

#[test]
fn the_same_header_in_many_files_is_one_question() {
    let repo = Repo::new();
    let texts: Vec<(String, String)> = (0..30)
        .map(|i| {
            let head = SECRET_HEAD.replace("2019", &format!("{}", 1995 + i));
            let (name, mark) = if i % 2 == 0 { ("py", "#") } else { ("js", "//") };
            let head = head.replace('#', mark);
            (format!("f{i}.{name}"), format!("{mark} Part {i}.\n{mark}\n{head}x = {i}\n"))
        })
        .collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(a, b)| (&**a, &**b)).collect();
    commit(&repo, &files);
    let session = repo.review(Access::Read).session;
    let idx = find(&session, "header-proprietary", "f0.py").expect("a finding");
    let group = session.group_of(idx);
    assert_eq!(session.group(group).members.len(), 30);
    assert_eq!(session.shapes(group), (0, 1), "one header, whatever the year and the comment");
}

#[test]
fn a_tag_stays_decided_and_so_does_a_link_to_an_answer() {
    let tag = ["# SPDX-License-", "Identifier: Foo-1.0\n"].concat();
    let one = format!("{tag}{CODE}");
    let two = format!("// hi\n\n{}{CODE}", tag.replace('#', "//"));
    stays("spdx-invalid", "a.go", &[("a.go", &one)], &[("a.go", &two)]);
    let other = one.replace("Foo", "Bar");
    asked_anew("spdx-invalid", "a.go", &[("a.go", &one)], &[("a.go", &other)]);
    let link = "# taken from https://stackoverflow.com/a/4711\n";
    let one = format!("{CODE}{link}{CODE}");
    let two = format!("{CODE}{CODE}if a:\n    {link}    b = 2\n");
    stays("snippet-cc-by-sa", "a.py", &[("a.py", &one)], &[("a.py", &two)]);
    let other = one.replace("taken from", "not taken from");
    asked_anew("snippet-cc-by-sa", "a.py", &[("a.py", &one)], &[("a.py", &other)]);
}

#[test]
fn a_conflict_of_texts_is_about_these_texts() {
    let apache = include_str!("../LICENSE-APACHE");
    let before = [("LICENSE", MIT), ("COPYING", apache)];
    let years = MIT.replacen("Copyright", "Copyright 2020", 1);
    stays("license-conflict", "", &before, &[("LICENSE", &years), ("COPYING", apache), ("c", "d")]);
    let longer = format!("{MIT}\nNobody may hum along with it.\n");
    asked_anew("license-conflict", "", &before, &[("LICENSE", &longer), ("COPYING", apache)]);
}

fn policy(repo: &Repo, text: &str) {
    let folder = repo.path().join(".debut");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("config.toml"), text).expect("a policy");
}

const APACHE_POLICY: &str =
    "[licensing]\noutbound = \"Apache-2.0\"\nowners = [\"Example GmbH\", \"example.com\"]\n";

fn saying(verdict: Verdict, to: &str) -> Choice {
    Choice { to: Some(to.into()), ..Choice::new(verdict) }
}

#[test]
fn a_corrected_licence_counts_where_it_closes_the_gap() {
    let repo = Repo::new();
    commit(&repo, &[("LICENSE", OTHER)]);
    policy(&repo, APACHE_POLICY);
    let state = |to: &str| {
        let review = repo.review(Access::Write);
        let idx = find(&review.session, "license-unknown", "LICENSE").expect("a finding");
        decide(review, &Scope::Listed(vec![idx]), &saying(Verdict::Correct, to));
        let review = repo.review(Access::Read);
        let standing = review.session.standing(idx);
        let vote = standing.vote.and_then(|vote| review.session.vote(vote)).expect("a vote");
        assert_eq!((standing.verdict, vote.to.as_deref()), (Some(Verdict::Correct), Some(to)));
        let group = review.session.group(review.session.group_of(idx));
        assert_eq!(standing.settled(), !group.state().unresolved());
        assert_eq!(review.session.counts().total.corrected, usize::from(standing.settled()));
        standing.settled()
    };
    assert!(!state("GPL-3.0-only"), "Apache-2.0 does not take the GPL in");
    assert!(!state("NONE"), "something must be under a licence");
    assert!(state("BSD-3-Clause"));
}

#[test]
fn two_reviewers_with_two_licences_differ() {
    let repo = Repo::new();
    commit(&repo, &[("LICENSE", OTHER)]);
    let say = |reviewer: &str, to: &str| {
        let options = debut::ops::Options { reviewer: Some(reviewer.into()), ..repo.options() };
        let mut review = Review::open(&options, Access::Write).expect("a review");
        review.scan(2, &false.into(), &mut |_, _, _| {}).expect("a scan");
        let idx = find(&review.session, "license-unknown", "LICENSE").expect("a finding");
        decide(review, &Scope::Listed(vec![idx]), &saying(Verdict::Correct, to));
        let review = repo.review(Access::Read);
        review.session.standing(idx).disputed
    };
    assert!(!say("a@example.com", "MIT"));
    assert!(say("b@example.com", "ISC"));
    assert!(!say("b@example.com", "MIT"));
}

#[test]
fn reasons_are_those_of_the_class() {
    let repo = Repo::new();
    commit(&repo, &[("LICENSE", OTHER), ("a.env", "AWS_SECRET=\n")]);
    let mut session = repo.review(Access::Read).session;
    let idx = find(&session, "license-unknown", "LICENSE").expect("a finding");
    session.mark_seen(idx);
    let scope = Scope::Listed(vec![idx]);
    let mut approve = |why: Reason, note: Option<&str>| {
        let note = note.map(Into::into);
        let choice = Choice { why: Some(why), note, ..Choice::new(Verdict::Approve) };
        session.decide_as(&scope, &choice, Origin::Batch, 1).map(|_| ())
    };
    let wrong = Err(Refusal::ReasonDoesNotFit("not-sensitive"));
    assert_eq!(approve(Reason::NotSensitive, None), wrong);
    assert_eq!(approve(Reason::WrongDetection, None), Ok(()));
    for why in [Reason::SeparateWork, Reason::Permission, Reason::AcceptedRisk] {
        assert_eq!(approve(why, None), Err(Refusal::NeedsNote));
        // A note may name the licence and who holds it.
        assert_eq!(approve(why, Some("GPL-3.0-only, mail of 3 May")), Ok(()));
    }
    let fix = |to: &str| saying(Verdict::Fix, to);
    let mut decide = |choice: &Choice| session.decide_as(&scope, choice, Origin::Batch, 1);
    assert_eq!(decide(&fix("header MIT")).err(), Some(Refusal::NoFix("write an SPDX header")));
    assert_eq!(decide(&fix("burn it")).err(), Some(Refusal::SaysNothing("fix")));
    assert_eq!(decide(&Choice::new(Verdict::Correct)).err(), Some(Refusal::SaysNothing("correct")));
    assert!(decide(&fix("text MIT; 2026 Example GmbH")).is_ok());
}

/// What the usual way to mend the gap comes to, under Apache-2.0.
fn mended(
    files: Files<'_>,
    rule: &str,
    path: &str,
    kind: Option<FixKind>,
) -> Result<String, String> {
    let repo = Repo::new();
    commit(&repo, files);
    policy(&repo, APACHE_POLICY);
    let session = repo.review(Access::Read).session;
    let idx = find(&session, rule, path).expect("a finding");
    let wish = FixWish { kind, ..FixWish::default() };
    wish.complete(&session, idx).map(|fix| fix.to_string())
}

#[test]
fn an_altered_text_is_mended_to_its_own_licence() {
    let altered = MIT.replace("without restriction", "without fee and without restriction");
    let got = mended(&[("LICENSE", &altered)], "license-altered", "LICENSE", None);
    assert!(got.as_ref().is_ok_and(|fix| fix.starts_with("text MIT; ")), "{got:?}");
}

#[test]
fn what_has_no_comments_is_mended_beside_it() {
    let config = "version = 1\n";
    let files = [("LICENSE", MIT), ("REUSE.toml", config), ("a.json", "{\"a\": 1}\n")];
    let of = |kind| mended(&files, "reuse-no-info", "a.json", kind);
    let usual = of(None);
    assert!(usual.as_ref().is_ok_and(|fix| fix.starts_with("sidecar Apache-2.0")), "{usual:?}");
    let header = of(Some(FixKind::Header));
    assert!(header.is_err_and(|why| why.starts_with("no comments in this format")));
}
