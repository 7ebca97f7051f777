// SPDX-License-Identifier: MIT OR Apache-2.0
//! Decisions about licences: what they rest on, and what becomes of them when that changes.
#![expect(clippy::expect_used, reason = "helpers of tests may fail loudly too")]

mod common;

use common::Repo;
use debut::{
    domain::{Origin, RepoPath, Verdict},
    ops::{Access, Review},
    review::{Choice, FindingIdx, Scope, Session},
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

#[test]
fn a_conflict_of_texts_is_about_these_texts() {
    let apache = include_str!("../LICENSE-APACHE");
    let before = [("LICENSE", MIT), ("COPYING", apache)];
    let years = MIT.replacen("Copyright", "Copyright 2020", 1);
    stays("license-conflict", "", &before, &[("LICENSE", &years), ("COPYING", apache), ("c", "d")]);
    let longer = format!("{MIT}\nNobody may hum along with it.\n");
    asked_anew("license-conflict", "", &before, &[("LICENSE", &longer), ("COPYING", apache)]);
}
