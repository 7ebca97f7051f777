// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a sign-off report says, and what it never says.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "clippy allows these in tests, but not in the helpers of tests"
)]

#[path = "report/licences.rs"]
mod licences;
#[path = "report/review.rs"]
mod review;
#[path = "report/rotation.rs"]
mod rotation;
#[path = "report/schema.rs"]
mod schema;

use std::{sync::Arc, time::Instant};

use debut::{
    domain::{
        Act, Answer, CommitRef, Gap, HistorySummary, Item, Module, ModuleKind, NotScanned,
        NotScannedFile, Origin, Place, Policy, Reason, RepoPath, Sighting, Target, Template,
        Verdict, Vote,
    },
    review::{Attested, Choice, Draw, FindingIdx, Paths, Scope, TreeFile},
};
use proptest::prelude::*;
use review::{HOST, LICENCE, PERSON, REVIEWER, Review, TOKEN};
use serde_json::{Value, json};

const NOW: i64 = 1_795_341_600_000;

fn decide(review: &mut Review, scope: &Scope, verdict: Verdict, note: Option<&str>) {
    let choice = Choice {
        why: Reason::choices(verdict, None).first().copied(),
        note: note.map(Into::into),
        ..Choice::new(verdict)
    };
    review.session.decide(scope, &choice, NOW).expect("decision");
}

/// Decides over the whole group of a place.
fn decide_all(review: &mut Review, idx: FindingIdx, verdict: Verdict, note: Option<&str>) {
    let group = Scope::Group(review.session.group_of(idx));
    decide(review, &group, verdict, note);
}

/// Some of everything: a decided, a deferred, a mixed and an open group, files that could not be
/// judged, modules, a decision on a directory, remarks.
fn small() -> Review {
    let mut review = Review::new();
    let token = review.add(TOKEN, b"deploy/prod.env", 3, b"tok_hunterhunter");
    review.add(TOKEN, b"deploy/test.env", 4, b"tok_hunterhunter");
    let host = review.add(HOST, b"site.yml", 1, b"db.corp");
    let other = review.add(HOST, b"site.yml", 2, b"db.corp");
    let web = review.add(HOST, b"web.yml", 9, b"web.corp");
    review.add_at(LICENCE, b"lib/a.py", Place::File, b"lib/a.py");
    review.add_at(LICENCE, b"old/b.py", Place::File, b"old/b.py");
    decide_all(&mut review, token, Verdict::Redact, Some("rotated | in *May*"));
    decide(&mut review, &Scope::Place(host), Verdict::Approve, None);
    decide(&mut review, &Scope::Place(other), Verdict::Redact, None);
    decide_all(&mut review, web, Verdict::Defer, None);
    let old = vec![Target::Directory(RepoPath::new(b"old"))];
    let choice = Choice::new(Verdict::Exclude);
    review.session.decide_paths(old, &choice, Origin::Batch, NOW).expect("decision");
    for (path, why) in [
        ("logo.png", NotScanned::Binary),
        ("broken.bin", NotScanned::Unreadable("object is missing".into())),
        ("old/c.bin", NotScanned::Unreadable("object is missing".into())),
    ] {
        review
            .session
            .add_not_scanned(NotScannedFile { path: RepoPath::new(path.as_bytes()), why });
    }
    for (path, kind) in [("deploy", ModuleKind::HelmChart), ("lib", ModuleKind::Package)] {
        review.modules.push(Module { path: RepoPath::new(path.as_bytes()), kind, files: 2 });
    }
    review.banners.push("2 files have uncommitted changes".into());
    review.session.settle(&Paths::default());
    review
}

fn clear() -> Review {
    let mut review = Review::new();
    let token = review.add(TOKEN, b"a.env", 1, b"tok_hunterhunter");
    decide_all(&mut review, token, Verdict::Redact, None);
    review
}

fn assert_failed(review: &Review, what: &str) {
    let [json, markdown, html] = review.documents();
    let json: Value = serde_json::from_str(&json).unwrap();
    assert!(!review.report().passed());
    assert_eq!(json["predicate"]["result"], "failed");
    assert_eq!(json["predicate"]["properties"], json!([]));
    assert_eq!(json["predicate"]["against"][0]["what"], what);
    for text in [markdown, html] {
        assert!(text.contains("NOT PASSED") && text.contains("What stands against it"), "{text}");
        assert!(!text.replace("NOT PASSED", "").contains("PASSED"), "{text}");
    }
    assert_valid(&json);
}

fn assert_valid(json: &Value) {
    let schema = serde_json::from_str(include_str!("../assets/signoff.schema.json")).unwrap();
    assert_eq!(schema::errors(&schema, json), Vec::<String>::new());
}

#[test]
fn passes_when_nothing_stands_against_it() {
    let review = clear();
    assert!(review.report().passed());
    let [_, markdown, html] = review.documents();
    for text in [markdown, html] {
        assert!(text.contains("PASSED.") && !text.contains("NOT PASSED"), "{text}");
    }
    assert_eq!(review.json()["predicate"]["result"], "passed");
    assert_valid(&review.json());
    assert_valid(&Review::new().json());
}

#[test]
fn one_open_place_fails() {
    let mut review = clear();
    review.add(HOST, b"b.yml", 2, b"db.corp");
    assert_failed(&review, "groups-open");
}

#[test]
fn a_deferred_group_fails() {
    let mut review = clear();
    let host = review.add(HOST, b"b.yml", 2, b"db.corp");
    decide_all(&mut review, host, Verdict::Defer, None);
    assert_failed(&review, "groups-deferred");
}

#[test]
fn an_unreadable_file_fails_until_it_is_left_out() {
    let mut review = clear();
    let path = RepoPath::new(b"x.bin");
    let why = NotScanned::Failed("it panicked".into());
    review.session.add_not_scanned(NotScannedFile { path: path.clone(), why });
    assert_failed(&review, "files-unreadable");
    let choice = Choice::new(Verdict::Exclude);
    review.session.decide_paths(vec![Target::File(path)], &choice, Origin::Batch, NOW).unwrap();
    assert!(review.report().passed());
}

#[test]
fn an_unfinished_scan_fails() {
    let mut review = clear();
    review.complete = false;
    review.modules.push(Module { path: RepoPath::new(b"m"), kind: ModuleKind::Package, files: 1 });
    assert_failed(&review, "scan-unfinished");
    assert_eq!(review.json()["predicate"]["modules"][0]["ready"], false);
}

/// A history of which everything was judged.
fn whole() -> HistorySummary {
    HistorySummary {
        refs: vec!["refs/heads/main".into()],
        commits: 3,
        blobs: 5,
        left_out: vec![("refs/remotes/".into(), 2)],
        ..HistorySummary::default()
    }
}

fn commit(digit: char, time: i64) -> Option<Arc<CommitRef>> {
    let id = std::iter::repeat_n(digit, 40).collect();
    Some(Arc::new(CommitRef { id, time, author: "Author One".into() }))
}

#[test]
fn the_history_is_part_of_it() {
    let mut review = clear();
    review.history = Some(whole());
    let finding = review.session.finding(FindingIdx(0));
    let target = Target::Place {
        path: finding.path.clone(),
        id: review.session.identity(FindingIdx(0)).clone(),
    };
    let (first, last) = (commit('a', 1_551_484_800), commit('b', 1_600_000_000));
    review.session.attribute(&target, &Arc::new(Sighting { first, last, versions: 50 }));
    assert!(review.report().passed());
    let json = review.json();
    assert_valid(&json);
    let predicate = &json["predicate"];
    assert_eq!(predicate["export"], json!({"mode": "history", "refs": ["refs/heads/main"]}));
    assert_eq!(predicate["history"]["versions"], 5);
    assert_eq!(
        predicate["history"]["not_published"],
        json!([{"what": "refs/remotes/", "count": 2}])
    );
    assert_eq!(
        predicate["decisions"][0]["history"],
        json!({
            "in_tree": true,
            "versions": 50,
            "first": {
                "time": "2019-03-02T00:00:00Z", "author": "Author One",
                "source_commit": "aaaaaaaaaaaa"
            },
            "last": {
                "time": "2020-09-13T12:26:40Z", "author": "Author One",
                "source_commit": "bbbbbbbbbbbb"
            },
        })
    );
    for text in &review.documents()[1..] {
        for part in ["History", "2 in refs/remotes/", "since 2019-03-02", "until 2020-09-13"] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
    }
}

#[test]
fn a_gap_in_the_history_fails_and_is_named() {
    let id = "c".repeat(40);
    for missing in [true, false] {
        let mut review = clear();
        let gap = Gap { id: id.clone(), missing, reason: "named but not here".into() };
        review.history = Some(HistorySummary {
            missing: usize::from(missing),
            unread: usize::from(!missing),
            gaps: vec![gap],
            ..whole()
        });
        let which = if missing { "missing" } else { "unreadable" };
        assert_failed(&review, &format!("history-objects-{which}"));
        assert_eq!(review.json()["predicate"]["history"]["source_objects"][0]["id"], id);
        assert!(review.documents()[1..].iter().all(|text| text.contains(&id)));
    }
    let mut review = clear();
    review.history = Some(HistorySummary { broken: vec!["refs/heads/gone".into()], ..whole() });
    assert_failed(&review, "history-refs-broken");
}

#[test]
fn without_the_history_the_report_says_so() {
    let review = clear();
    assert_eq!(review.json()["predicate"]["export"]["mode"], "snapshot");
    assert_eq!(review.json()["predicate"]["history"], Value::Null);
    assert_eq!(review.json()["predicate"]["residual"][0]["class"], "history");
    for text in &review.documents()[1..] {
        assert!(text.contains("must not be published"), "{text}");
    }
}

/// Takes the votes of `from` over as another reviewer with another verdict.
fn as_second_reviewer(from: &Review, verdict: Verdict) -> Vec<Vote> {
    let votes = from.session.votes().iter().cloned();
    let mut votes: Vec<Vote> = votes.collect();
    for vote in votes.clone() {
        let by = "reviewer2@example.com".into();
        votes.push(Vote { by, act: Act::Give(verdict), note: None, ..vote });
    }
    votes
}

#[test]
fn reviewers_who_differ_fail_and_are_named() {
    let mut review = Review::with_votes(as_second_reviewer(&clear(), Verdict::Approve));
    review.add(TOKEN, b"a.env", 1, b"tok_hunterhunter");
    review.modules.push(Module { path: RepoPath::root(), kind: ModuleKind::Package, files: 1 });
    assert_failed(&review, "places-disputed");
    let predicate = &review.json()["predicate"];
    assert_eq!(predicate["counts"]["disputed"], 1);
    let other = json!([{"by": "reviewer2@example.com", "verdict": "approve"}]);
    assert_eq!(predicate["decisions"][0]["parts"][0]["others"], other);
    assert_eq!(predicate["modules"][0]["ready"], false);
    assert!(review.documents()[1].contains("reviewer2@example.com says approve"));
}

#[test]
fn samples_are_told_with_what_they_prove() {
    let mut review = Review::new();
    for i in 0..70 {
        let path = format!("f{i}.yml");
        review.add(HOST, path.as_bytes(), i + 1, b"web.corp");
    }
    let all = Scope::Rule(review.session.finding(FindingIdx(0)).rule);
    decide(&mut review, &all, Verdict::Approve, None);
    assert_failed(&review, "samples-due");
    let due = |review: &Review| {
        let all = review.session.findings().map(|(idx, _)| idx);
        all.filter(|idx| review.session.standing(*idx).draw == Draw::Due).collect::<Vec<_>>()
    };
    let look = |review: &mut Review, idx, verdict| {
        let (scope, choice) = (Scope::Place(idx), Choice::new(verdict));
        review.session.decide_as(&scope, &choice, Origin::Sample, NOW).expect("a look");
    };
    let drawn = due(&review);
    for idx in drawn {
        assert!(!review.report().passed());
        look(&mut review, idx, Verdict::Approve);
    }
    assert!(review.report().passed());
    let json = review.json();
    assert_valid(&json);
    let sample = &json["predicate"]["samples"][0];
    assert_eq!((&sample["places"], &sample["drawn"]), (&json!(70), &json!(37)));
    assert_eq!((&sample["clean"], &sample["bound"]), (&json!(37), &json!("4.3")));
    let seed = sample["seed"].as_str().unwrap();
    let told = format!("70 places approved by {REVIEWER} at ");
    for document in &review.documents()[1..] {
        assert!(document.contains(seed), "{document}");
        assert!(document.contains("37 clean, 0 bad, 0 due: at most 4.3 % wrong"), "{document}");
    }
    assert!(review.documents()[1].contains(&told), "{}", review.documents()[1]);
    // One place that turns out wrong, and the batch proves nothing any more.
    let clean =
        |review: &Review, idx: &FindingIdx| review.session.standing(*idx).draw == Draw::Clean;
    let all: Vec<FindingIdx> = review.session.findings().map(|(idx, _)| idx).collect();
    let first = all.into_iter().find(|idx| clean(&review, idx)).unwrap();
    look(&mut review, first, Verdict::Redact);
    assert_failed(&review, "groups-open");
    let json = review.json();
    assert_valid(&json);
    let sample = &json["predicate"]["samples"][0];
    assert_eq!((&sample["bad"], &sample["in_force"]), (&json!(1), &json!(0)));
    assert_eq!(sample.get("bound"), None);
    assert!(review.documents()[1].contains("opened again"));
}

/// A review of 64 files without findings, one of which has the name of a value found elsewhere.
fn with_files(mut review: Review, wanted: u32) -> Review {
    let mut names: Vec<String> = (0..63).map(|i| format!("doc/{i}.txt")).collect();
    names.push("doc/tok_hunterhunter.txt".into());
    let file = |name: &String| TreeFile {
        path: RepoPath::new(name.as_bytes()),
        content: name.as_str().into(),
    };
    let files: Vec<TreeFile> = names.iter().map(file).collect();
    let now = files.iter().map(|file| file.path.clone()).collect();
    review.session.settle(&Paths { now, files, ..Paths::default() });
    let policy = Policy { sample_unflagged: wanted, ..Policy::default() };
    review.session = review.session.with_policy(policy.into(), 0);
    review
}

fn due_files(review: &Review) -> Vec<RepoPath> {
    let files = review.session.files().iter().enumerate();
    let due = files.filter(|(i, _)| review.session.is_due(*i));
    due.map(|(_, file)| file.path.clone()).collect()
}

/// A review whose policy wants 59 files drawn; 60 are, one of which was left out before, and the
/// others are read, each with another part of it on screen.
fn all_read() -> Review {
    let mut review = with_files(clear(), 59);
    // Of what is drawn again, and of what is undone and redone, one sample each is known.
    review.session.draw_files(9, NOW).unwrap();
    review.session.draw_files(8, NOW).unwrap();
    review.session.undo(NOW).unwrap();
    review.session.redo(NOW).unwrap();
    leave_out(&mut review, "doc/1.txt");
    review.session.draw_files(60, NOW).unwrap();
    let drawn = due_files(&review);
    for (i, path) in drawn.iter().enumerate() {
        assert!(!review.report().passed());
        assert_eq!(review.json()["predicate"]["reading"]["samples"][0].get("bound"), None);
        let seen = [None, Some((3, 4)), Some((4, 4)), Some((0, 0))][i % 4];
        review.session.read_file(path, seen, NOW).unwrap();
    }
    review
}

fn leave_out(review: &mut Review, path: &str) {
    let out = vec![Target::File(RepoPath::new(path.as_bytes()))];
    let choice = Choice::new(Verdict::Exclude);
    review.session.decide_paths(out, &choice, Origin::Direct, NOW).unwrap();
}

#[test]
fn a_sample_proves_nothing_once_something_of_it_was_left_out() {
    let mut review = all_read();
    let sample = |review: &Review| review.json()["predicate"]["reading"]["samples"][0].clone();
    assert_eq!(sample(&review)["left_out"], 0, "what was left out before is no sign of anything");
    // Read, found to be bad, and left out: others may be as bad.
    let drawn = (0..64)
        .filter(|i| review.session.is_drawn(*i))
        .map(|i| review.session.files()[i].path.to_string());
    let mut drawn = drawn.filter(|path| path != "doc/1.txt");
    let bad = drawn.next().unwrap();
    leave_out(&mut review, &bad);
    assert_eq!((&sample(&review)["left_out"], sample(&review).get("bound")), (&json!(1), None));
    assert!(review.report().passed());
    assert_valid(&review.json());
    let words = "1 left out of the release after that, so nothing is proved about the others";
    assert!(review.documents()[1..].iter().all(|text| text.contains(words)));
    // Drawn again, it is one of those that were left out before.
    review.session.draw_files(60, NOW).unwrap();
    let due = due_files(&review);
    due.iter().for_each(|path| drop(review.session.read_file(path, None, NOW).unwrap()));
    assert_eq!(sample(&review)["left_out"], 0);
    assert!(sample(&review).get("bound").is_some());
}

#[test]
fn files_have_to_be_drawn_and_read() {
    let mut review = with_files(clear(), 59);
    assert_failed(&review, "files-to-draw");
    assert!(review.documents()[1].contains("59 files fewer drawn to be read than the policy"));
    review.session.draw_files(60, NOW).unwrap();
    assert_failed(&review, "files-to-read");
    let words = "60 files drawn from those without findings that nobody has read";
    assert!(review.documents()[1..].iter().all(|text| text.contains(words)));
    let review = all_read();
    assert!(review.report().passed());
    assert_valid(&review.json());
    // Who writes that it passed while files wait has not used this program.
    for name in ["due", "missing"] {
        let mut forged = review.json();
        forged["predicate"]["reading"][name] = json!(1);
        let schema = serde_json::from_str(include_str!("../assets/signoff.schema.json")).unwrap();
        assert_ne!(schema::errors(&schema, &forged), Vec::<String>::new());
    }
}

#[test]
fn the_report_says_what_was_read_and_what_that_proves() {
    let review = all_read();
    let predicate = &review.json()["predicate"];
    let reading = &predicate["reading"];
    let counts = [("files", 64), ("read", 59), ("whole", 29), ("changed", 0), ("unflagged", 64)];
    for (name, count) in counts.into_iter().chain([("drawn", 60), ("due", 0), ("missing", 0)]) {
        assert_eq!(reading[name], count, "{name}");
    }
    let sample = &reading["samples"][0];
    let seed = sample["seed"].as_str().unwrap();
    assert_eq!(sample["by"], REVIEWER);
    for (name, value) in [("n", 60), ("others", 2), ("drawn", 60), ("read", 59), ("due", 0)] {
        assert_eq!(sample[name], value, "{name}");
    }
    assert_eq!(sample["bound"], "1.6");
    assert_eq!(predicate["policy"]["sample_unflagged"], 59);
    let reviewer = &predicate["reviewers"][0];
    assert_eq!((&reviewer["files_read"], &reviewer["places"]), (&json!(59), &json!(1)));
    for text in &review.documents()[1..] {
        for part in [
            "59 of 64 files, as they stand now, 29 of them with every line on screen.",
            "Nothing was found in 64 files. 60 of them were drawn",
            "at most 1.6 % of the files without findings",
            "; the same person drew 2 other samples that this one replaced",
            "; 59 files read",
            seed,
        ] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
    }
}

#[test]
fn drawn_files_are_named_without_values_and_marks_that_fell_are_counted() {
    let mut review = with_files(clear(), 0);
    assert!(!review.documents()[1].contains("Files that were read"), "nobody has");
    review.session.draw_files(64, NOW).unwrap();
    let all = due_files(&review);
    for path in &all {
        review.session.read_file(path, Some((1, 1)), NOW).unwrap();
    }
    let sample = &review.json()["predicate"]["reading"]["samples"][0];
    assert_eq!(sample["bound"], "0.0", "nothing is left unread");
    assert!(review.documents().iter().all(|text| !text.contains("tok_hunterhunter")));
    let drawn = &review.json()["predicate"]["reading"]["drawn_files"];
    let named = json!({"path": "doc/[withheld].txt", "state": "read"});
    assert!(drawn.as_array().unwrap().contains(&named), "{drawn}");
    assert!(review.documents()[1].contains("| `doc/62.txt` | read |"));
    // One changed, one was added.
    let mut votes = review.session.votes().to_vec();
    let changed = votes.iter_mut().find(|vote| vote.target.path() == Some(&all[3])).unwrap();
    changed.asked = Some("another".into());
    let mut later = Review::with_votes(votes);
    later.add(TOKEN, b"a.env", 1, b"tok_hunterhunter");
    let later = with_files(later, 0);
    let json = later.json();
    assert_valid(&json);
    let reading = &json["predicate"]["reading"];
    assert_eq!((&reading["read"], &reading["changed"]), (&json!(63), &json!(1)));
    assert_eq!(reading["drawn_files"][3]["state"], "due");
    assert!(later.documents()[1].contains("1 more were read before they changed"));
    assert_eq!(json["predicate"]["reviewers"][0]["files_read"], 63);
}

#[test]
fn counts_equal_the_truth() {
    let review = small();
    let json = review.json();
    assert_valid(&json);
    let predicate = &json["predicate"];
    let counts = review.session.counts();
    assert_eq!(
        predicate["counts"],
        json!({
            "findings": 7, "groups": 5, "approved": 1, "corrected": 0, "fixed": 0, "redacted": 3, "excluded": 1,
            "undecided": 1, "deferred": 1, "needs_second": 0, "unresolved": 2, "disputed": 0, "stale": 0,
            "blocking_groups": 1, "not_judged": 2, "not_judged_blocking": 1, "samples_due": 0
        })
    );
    let rows = predicate["by_category"].as_array().unwrap();
    for (row, truth) in rows.iter().zip(counts.by_category.iter().chain([&counts.total])) {
        assert_eq!(row["findings"], truth.findings);
        assert_eq!(row["groups"], truth.groups);
        assert_eq!(row["open"], truth.open);
        assert_eq!(row["deferred"], truth.deferred);
        assert_eq!(row["approved"], truth.approved);
        assert_eq!(row["redacted"], truth.redacted);
        assert_eq!(row["excluded"], truth.excluded);
        assert_eq!(row["blocking"], truth.blocking);
    }
    let origins: Vec<&Value> =
        predicate["by_origin"].as_array().unwrap().iter().map(|row| &row["count"]).collect();
    assert_eq!(origins, review.session.origins().iter().collect::<Vec<_>>());
    let listed = ["open", "decisions"].map(|list| predicate[list].as_array().unwrap().len());
    assert_eq!(listed, [2, 3]);
}

#[test]
fn the_commitment_is_of_nonce_and_commit() {
    use sha2::{Digest, Sha256};
    let review = clear();
    let json = review.json();
    let source = &json["predicate"]["source"];
    let mut bytes = vec![9; 32];
    bytes.extend(source["commit"].as_str().unwrap().bytes());
    let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(&bytes));
    assert_eq!(source["commitment"], format!("sha256:{digest}"));
    assert_eq!(json["subject"][0]["digest"]["gitCommit"], source["commit"]);
}

#[test]
fn the_schema_check_finds_what_is_wrong() {
    let schema = serde_json::from_str(include_str!("../assets/signoff.schema.json")).unwrap();
    let json = clear().json();
    let broken = |change: fn(&mut Value)| {
        let mut json = json.clone();
        change(&mut json);
        assert_ne!(schema::errors(&schema, &json), Vec::<String>::new());
    };
    broken(|json| json["predicate"]["counts"]["unresolved"] = json!(1));
    broken(|json| json["predicate"]["audience"] = json!("public"));
    broken(|json| json["predicate"]["policy"]["min_signers"] = json!(0));
    broken(|json| json["predicate"]["created"] = json!("yesterday"));
    broken(|json| json["subject"] = json!([]));
    broken(|json| json["more"] = json!(1));
    broken(|json| json["predicate"]["export"]["mode"] = json!("history"));
    broken(|json| json["predicate"]["export"]["mode"] = json!("all"));
    let mut review = clear();
    review.history = Some(whole());
    let with_history = review.json();
    let broken = |change: fn(&mut Value)| {
        let mut json = with_history.clone();
        change(&mut json);
        assert_ne!(schema::errors(&schema, &json), Vec::<String>::new());
    };
    broken(|json| json["predicate"]["history"]["missing"] = json!(1));
    broken(|json| json["predicate"]["history"]["unread"] = json!(1));
    broken(|json| json["predicate"]["history"]["commits"] = json!("many"));
    // What a report for the public must not hold.
    let public = |change: fn(&mut Value)| {
        let mut json = with_history.clone();
        let predicate = &mut json["predicate"];
        predicate["audience"] = json!("public");
        predicate["checklist"] = json!({});
        let source = predicate["source"].as_object_mut().unwrap();
        source.retain(|name, _| !matches!(name.as_str(), "commit" | "tree"));
        predicate["history"].as_object_mut().unwrap().remove("source_objects");
        predicate["reading"].as_object_mut().unwrap().remove("drawn_files");
        change(&mut json);
        schema::errors(&schema, &json)
    };
    assert_eq!(public(|_| {}), Vec::<String>::new());
    assert_ne!(public(|json| json["predicate"]["history"]["source_objects"] = json!([])), [""; 0]);
    let object = |json: &mut Value| {
        json["predicate"]["not_judged"] = json!([{
            "path": "x", "why": "unreadable", "reason": "", "blocks": true,
            "source_object": "a".repeat(40),
        }]);
    };
    assert_ne!(public(object), [""; 0]);
    let drawn = |json: &mut Value| json["predicate"]["reading"]["drawn_files"] = json!([]);
    assert_ne!(public(drawn), [""; 0]);
    let commit = |json: &mut Value| {
        json["predicate"]["decisions"][0]["history"]["first"] =
            json!({"author": "", "source_commit": "aaaaaaaaaaaa"});
    };
    assert_ne!(public(commit), [""; 0]);
}

#[test]
fn hostile_text_is_shown_and_does_nothing() {
    let mut review = Review::new();
    let evil = "a|b`c`<script>\n\u{202e}\u{200b}&\"'[x](http://evil.example).yml";
    let host = review.add(HOST, evil.as_bytes(), 1, b"db.corp");
    let note =
        "note|`x`</td><script>alert(1)</script>\n\n# \u{2066}title ![i](http://evil.example)";
    decide_all(&mut review, host, Verdict::Approve, Some("plain"));
    let mut votes = review.session.votes().to_vec();
    // What a checklist may hold is not what the screen lets through.
    votes[0].note = Some(note.into());
    votes[0].by = "<script>\u{202d}|\n`".into();
    let mut review = Review::with_votes(votes);
    review.add(HOST, evil.as_bytes(), 1, b"db.corp");
    review.banners.push("banner | <script> \u{feff}".into());
    let [json, markdown, html] = review.documents();
    for text in [&json, &markdown, &html] {
        let unseen =
            |c: char| matches!(c, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}' | '\u{feff}');
        assert!(!text.contains(unseen), "{text}");
    }
    for text in [&markdown, &html] {
        assert!(!text.contains("<script") && !text.contains("</td><s"), "{text}");
        assert!(
            text.contains("⟨U+202E⟩") && text.contains("⟨U+2066⟩") && text.contains("⟨U+FEFF⟩")
        );
    }
    assert!(!markdown.contains("http://") && !markdown.contains("[x]("), "{markdown}");
    for line in markdown.lines().filter(|line| line.starts_with('|')) {
        let bars = line.replace("\\|", "").matches('|').count();
        assert!([3, 12].contains(&bars), "{line}");
    }
    let json: Value = serde_json::from_str(&json).unwrap();
    let part = &json["predicate"]["decisions"][0]["parts"][0];
    assert_eq!(part["decision"]["note"], note, "JSON keeps the text as it was written");
    assert_valid(&json);
}

#[test]
fn names_hold_no_credential_and_a_reviewer_is_named_all_the_same() {
    let mut review = Review::new();
    let path = b"keys/tok_hunterhunter/db.corp/tok_hunterhunter.env";
    let token = review.add(TOKEN, path, 1, b"tok_hunterhunter");
    review.add(HOST, path, 2, b"db1.corp");
    review.add(PERSON, path, 3, REVIEWER.as_bytes());
    decide_all(&mut review, token, Verdict::Redact, None);
    let place = &review.json()["predicate"]["decisions"][0]["parts"][0];
    assert_eq!(place["first"][0], "keys/[withheld]/db.corp/[withheld].env:1");
    assert_eq!(place["decision"]["by"], REVIEWER);
    let mut votes = review.session.votes().to_vec();
    votes[0].by = "tok_hunterhunter".into();
    let mut edited = Review::with_votes(votes);
    edited.add(TOKEN, path, 1, b"tok_hunterhunter");
    for text in edited.documents() {
        assert!(!text.contains("tok_hunterhunter"), "{text}");
    }
}

#[test]
fn the_page_loads_and_runs_nothing() {
    let html = small().report().to_html();
    for word in
        ["<script", "http://", "https://", "url(", "@import", "<link", "<img", " src=", "onload"]
    {
        assert!(!html.contains(word), "{word}");
    }
    assert!(html.contains("prefers-color-scheme: dark") && html.contains("@media print"));
}

#[test]
fn a_big_group_is_listed_once_with_its_first_places() {
    let mut review = Review::new();
    let mut last = None;
    for line in (1..=1000).rev() {
        last = Some(review.add(TOKEN, b"a.env", line, b"tok_hunterhunter"));
    }
    decide_all(&mut review, last.unwrap(), Verdict::Redact, None);
    let json = review.json();
    let groups = json["predicate"]["decisions"].as_array().unwrap();
    assert_eq!((groups.len(), &groups[0]["places"]), (1, &json!(1000)));
    let first = groups[0]["parts"][0]["first"].as_array().unwrap();
    assert_eq!((first.len(), &first[0], &first[19]), (20, &json!("a.env:1"), &json!("a.env:20")));
    assert!(review.documents()[1].contains("and 980 more"));
    for idx in 0..100 {
        decide(&mut review, &Scope::Place(FindingIdx(idx)), Verdict::Approve, None);
    }
    let group = &review.json()["predicate"]["decisions"][0];
    assert_eq!(group["parts"].as_array().unwrap().len(), 20);
    assert_eq!(group["more_parts"], 81);
}

#[test]
fn the_order_of_the_scan_does_not_matter() {
    let add = |review: &mut Review, i: u32| {
        review.add(
            TOKEN,
            format!("{}.env", i % 7).as_bytes(),
            i,
            format!("tok_{}", i % 5).as_bytes(),
        );
    };
    let (mut one, mut two) = (Review::new(), Review::new());
    (0..50).for_each(|i| add(&mut one, i));
    (0..50).rev().for_each(|i| add(&mut two, i));
    assert_eq!(one.documents(), two.documents());
}

#[test]
fn the_readable_documents_look_like_this() {
    let [_, markdown, html] = small().documents();
    // The digest of the rules covers the program's version.
    let digest = regex::Regex::new("[0-9a-f]{64}").unwrap();
    insta::assert_snapshot!("markdown", digest.replace_all(&markdown, "[sha256]"));
    insta::assert_snapshot!("html", digest.replace_all(&html, "[sha256]"));
}

#[test]
fn twenty_thousand_groups_are_no_trouble() {
    let mut review = Review::new();
    let add = |i: u32| {
        let path = format!("dir{}/file{}.yml", i % 100, i % 1000);
        review.add(TOKEN, path.as_bytes(), i, format!("tok_hunter{i}").as_bytes())
    };
    let places: Vec<_> = (0..20_000).map(add).collect();
    for idx in places.into_iter().step_by(2) {
        decide(&mut review, &Scope::Place(idx), Verdict::Redact, None);
    }
    let start = Instant::now();
    let [json, markdown, html] = review.documents();
    let took = start.elapsed();
    assert!(json.len() > 1_000_000 && markdown.len() > 1_000_000 && html.len() > 1_000_000);
    // A tenth of this in release; the bound is for a busy machine without optimisation.
    assert!(took.as_secs() < 20, "{took:?}");
    println!("{took:?} for {} + {} + {} bytes", json.len(), markdown.len(), html.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_value_is_ever_told(
        values in prop::collection::vec(prop_oneof!["[A-Z0-9]{10,60}", "[A-Z0-9+/!|<&äöü]{10,60}"], 1..6),
        verdicts in prop::collection::vec(0usize..5, 6),
        quoted in any::<bool>(),
    ) {
        let mut review = Review::new();
        for (i, value) in values.iter().enumerate() {
            let rule = if i % 2 == 0 { TOKEN } else { HOST };
            let raw = if quoted { format!("\"{value}\"") } else { value.clone() };
            let idx = review.add(rule, b"a.yml", i as u32 + 1, raw.as_bytes());
            if let Some(verdict) = Verdict::ALL[..4].get(verdicts[i]) {
                decide_all(&mut review, idx, *verdict, None);
            }
        }
        // A checklist edited by hand, an error message and a path that hold the first value.
        let mut votes = review.session.votes().to_vec();
        votes.iter_mut().for_each(|vote| vote.note = Some(format!("was {}", values[0]).into()));
        let mut edited = Review::with_votes(votes);
        for (_, finding) in review.session.findings() {
            let line = finding.place.line();
            let rule = review.session.rules().info(finding.rule).id.clone();
            edited.add(&rule, b"a.yml", line, finding.value.expose());
        }
        let path = RepoPath::new(format!("x{}.bin", values[0]).as_bytes());
        let why = NotScanned::Unreadable(format!("no {}", values[0]));
        edited.session.add_not_scanned(NotScannedFile { path, why });
        edited.banners.push(format!("branch {}", values[0]));
        for text in edited.documents() {
            for value in &values {
                prop_assert!(!text.contains(value.as_str()), "{} in {}", value, text);
            }
        }
        assert_valid(&edited.json());
    }
}

/// A review with a release checklist of two items, in a list of the organisation's own.
fn asked() -> Review {
    let mut review = clear();
    let item = |id: &str, required| Item {
        id: id.into(),
        section: 0,
        title: format!("Item {id}"),
        text: "Ask | somebody *there*.".into(),
        required,
        source: String::new(),
        hints: Vec::new(),
    };
    review.session.ask(Arc::new(Template {
        sections: vec!["Decision".into()],
        items: vec![item("legal", true), item("logo", false)],
        file: Some("/x/.debut/attestations.toml".into()),
        sha256: "0".repeat(64),
    }));
    review
}

#[test]
fn the_release_checklist_has_to_be_answered() {
    let mut review = asked();
    assert_failed(&review, "attestations-open");
    let name = Some("Legal counsel".into());
    let link = Some("https://tracker/5".into());
    let said = Attested { name, link, ..Attested::new(Answer::Yes) };
    review.session.attest("legal", &said, NOW).expect("an answer");
    let json = review.json();
    assert_valid(&json);
    assert_eq!(json["predicate"]["result"], "passed");
    let all = &json["predicate"]["attestations"];
    assert_eq!((&all["builtin"], &all["blocking"]), (&json!(false), &json!(0)));
    let answers = json!([{
        "answer": "yes", "current": true, "by": REVIEWER, "name": "Legal counsel",
        "at": "2026-11-22T10:00:00.001Z", "link": "https://tracker/5",
    }]);
    assert_eq!(all["items"][0]["answers"], answers);
    assert_eq!(all["items"][1]["state"], "open");
    let [_, markdown, html] = review.documents();
    assert!(markdown.contains("Legal counsel") && html.contains("Legal counsel"), "{markdown}");
    // Who writes that it passed while an item blocks has not used this program.
    let mut forged = json;
    forged["predicate"]["attestations"]["blocking"] = json!(1);
    let schema = serde_json::from_str(include_str!("../assets/signoff.schema.json")).unwrap();
    assert_ne!(schema::errors(&schema, &forged), Vec::<String>::new());
}

#[test]
fn answers_and_lists_hold_no_value() {
    let mut review = asked();
    let note = Some("the key is tok_laterlater".into());
    let said = Attested { note, ..Attested::new(Answer::No) };
    review.session.attest("legal", &said, NOW).expect("an answer");
    let mut template = (**review.session.template()).clone();
    template.items[1].text = "Is tok_laterlater changed?".into();
    review.session.ask(Arc::new(template));
    // Found by a rule that came later than the note.
    review.add(TOKEN, b"b.env", 2, b"tok_laterlater");
    for document in review.documents() {
        assert!(!document.contains("tok_laterlater"), "{document}");
        assert!(document.contains("withheld"), "{document}");
    }
}
