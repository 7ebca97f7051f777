// SPDX-License-Identifier: MIT OR Apache-2.0
//! A secret that stands encoded, from the scan to the redaction: one group with the same secret in
//! the clear, remembered without its value, replaced as a whole, and kept out of reports.

#![allow(clippy::expect_used, reason = "a test may panic")]

mod common;

use common::{Repo, github_token};
use data_encoding::BASE64;
use debut::{
    domain::{Place, RepoPath, Verdict},
    ops::{Access, Reach, Review, edits_of},
    redact::{FilePreview, apply},
    review::{Choice, FindingIdx, GroupIdx, Scope},
    store::Cache,
};

fn encoded(seed: u32) -> String {
    BASE64.encode(format!("#!/bin/sh\nexport TOKEN={}\n", github_token(seed)).as_bytes())
}

fn open(repo: &Repo, history: bool, cached: bool) -> Review {
    let mut options = repo.options();
    options.reach = history.then(|| Reach { refs: Vec::new(), unreachable: false });
    options.cache = cached.then(|| Cache::new(&repo.state.path().join("cache"), "1"));
    let mut review = Review::open(&options, Access::Read).expect("a review");
    review.scan(2, &false.into(), &mut |_, _, _| {}).expect("a scan");
    review
}

/// What was said of tokens: path, layer, value, what is written, remarks.
fn tokens(review: &Review) -> Vec<String> {
    let session = &review.session;
    let mut out: Vec<String> = session
        .findings()
        .filter(|(_, finding)| session.rules().info(finding.rule).name() == "github-token")
        .map(|(_, finding)| {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            let value = (text(finding.value.expose()), text(finding.value.written()));
            format!("{:?}", (&finding.path, finding.layer.is_tree(), value, &finding.notes))
        })
        .collect();
    out.sort();
    out
}

fn group(review: &Review) -> GroupIdx {
    let session = &review.session;
    let mut tokens = session
        .findings()
        .filter(|(_, finding)| session.rules().info(finding.rule).name() == "github-token")
        .map(|(idx, _)| session.group_of(idx));
    let first = tokens.next().expect("a token");
    assert!(tokens.all(|group| group == first), "one value is one group");
    first
}

#[test]
fn clear_and_encoded_are_one_group_and_the_whole_run_is_replaced() {
    let (token, run) = (github_token(1), encoded(1));
    let script = format!("user_data: \"{run}\" # at start\n");
    let repo = Repo::with(&[
        ("a.yml", format!("token: {token}\n").as_bytes()),
        ("b.yml", script.as_bytes()),
    ]);
    let review = open(&repo, false, false);
    let edits = edits_of(&review.session, group(&review));
    assert_eq!(edits.len(), 2);
    let (path, edits) = &edits[1];
    assert_eq!(*path, RepoPath::new(b"b.yml"));
    let out = apply(script.as_bytes(), edits).expect("text");
    let out = String::from_utf8(out.raw).expect("text");
    assert_eq!(out, "user_data: \"REDACTED_GITHUB_TOKEN\" # at start\n");
    let preview = FilePreview::new(path.clone(), script.as_bytes(), edits);
    let shown: String =
        preview.lines.iter().flat_map(|line| &line.parts).map(|(_, text)| text.as_str()).collect();
    assert!(!shown.contains(&run[..16]) && preview.warnings.is_empty(), "{shown}");
}

#[test]
fn what_is_remembered_of_encoded_values_changes_no_outcome() {
    let (first, second) = (encoded(1), encoded(2));
    let repo = Repo::with(&[
        ("a.yml", format!("x: {first}\ny: 1\n").as_bytes()),
        ("t.json", format!("{{\"a\": \"{{\\\"b\\\": \\\"{second}\\\"}}\"}}\n").as_bytes()),
    ]);
    repo.commit(&[("a.yml", format!("x: 1\ny: {second}\n").as_bytes())]);
    for history in [false, true] {
        let anew = tokens(&open(&repo, history, false));
        assert_eq!(anew.len(), if history { 3 } else { 1 });
        assert!(anew.iter().all(|token| token.contains("inside base64")), "{anew:#?}");
        for _ in 0..2 {
            assert_eq!(tokens(&open(&repo, history, true)), anew);
        }
    }
    let review = open(&repo, true, true);
    assert_eq!(review.history.as_ref().map(|history| history.scanned), Some(0));
    // Only the contents are remembered: their values are decoded once more.
    for entry in std::fs::read_dir(repo.state.path().join("cache")).expect("a folder").flatten() {
        if entry.path().extension().is_some_and(|extension| extension == "scan") {
            std::fs::remove_file(entry.path()).expect("removed");
        }
    }
    let review = open(&repo, true, true);
    assert_eq!(review.history.as_ref().map(|history| history.scanned), Some(0));
    assert_eq!(tokens(&review), tokens(&open(&repo, true, false)));
}

#[test]
fn what_stands_for_a_value_is_kept_out_of_words() {
    let repo = Repo::with(&[("a.yml", format!("x: {}\n", encoded(1)).as_bytes())]);
    let review = open(&repo, false, false);
    let said = |text: &str| review.session.holds_masked_value(text);
    assert!(said(&format!("see {}", github_token(1))));
    assert!(said(&format!("see {}", encoded(1))));
    assert!(!said("see a.yml"));
}

#[test]
fn a_file_that_is_no_text_can_only_be_left_out() {
    let env = format!("TOKEN={}\n", github_token(1));
    let program = [b"\x7fELF\x02\0\0".as_slice(), env.as_bytes(), b"\0\x01\0"].concat();
    let repo = Repo::with(&[("tool", &program)]);
    let mut review = repo.review(Access::Write);
    let session = &mut review.session;
    let (idx, finding) = session.findings().next().expect("a finding");
    assert_eq!(finding.place, Place::File);
    let idx: FindingIdx = idx;
    session.mark_seen(idx);
    let redact = Choice::new(Verdict::Redact);
    assert!(session.decide(&Scope::Place(idx), &redact, 1).is_err());
    let exclude = Choice::new(Verdict::Exclude);
    session.decide(&Scope::Place(idx), &exclude, 2).expect("left out");
}
