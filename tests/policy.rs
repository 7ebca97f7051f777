// SPDX-License-Identifier: MIT OR Apache-2.0
//! The policy of a repository, from `.debut/config.toml` to the sign-off.

#![allow(clippy::expect_used, reason = "a test may panic")]

#[path = "common/cli.rs"]
mod cli;
mod common;

use std::fs;

use common::{Repo, github_token};
use debut::{
    domain::{Origin, Verdict},
    ops::{Access, Options, Review},
    review::{Choice, FindingIdx, Scope},
};
use proptest::prelude::{ProptestConfig, prop_assert, proptest};
use serde_json::Value;

const DAY: i64 = 86_400_000;
const TODAY: i64 = 20_455;

/// A repository with one credential and a policy.
fn repo(policy: &str) -> Repo {
    let token = github_token(1);
    let repo = Repo::with(&[("deploy.txt", format!("TOKEN={token}\n").as_bytes())]);
    write_policy(&repo, policy);
    repo.ask_nothing();
    repo
}

fn write_policy(repo: &Repo, policy: &str) {
    fs::create_dir_all(repo.path().join(".debut")).expect("a folder");
    fs::write(repo.path().join(".debut/config.toml"), policy).expect("written");
}

fn decide(repo: &Repo, who: &str, verdict: &str) -> cli::Ran {
    let rule = ["decide", "--rule", "*", "--verdict", verdict, "--reviewer", who];
    repo.run(rule)
}

fn sensitive(status: &Value, field: &str) -> u64 {
    status["by_category"]["sensitive"][field].as_u64().expect("a number")
}

#[test]
fn a_broken_policy_names_line_field_and_what_is_allowed_and_nothing_is_decided() {
    let cases = [
        ("[policy]\nblocking = \"hi\"", ":2: policy.blocking: ", "critical, high, medium"),
        ("[policy]\nblocking = 3", ":2: policy.blocking: ", "a text is expected"),
        ("[policy]\nblocked = 1", ":2: policy.blocked: ", "min_reviewers"),
        ("\n[polic]", ":2: polic: ", "there are policy"),
        ("policy = 1", ":1: policy: ", "a table is expected"),
        ("[policy]\nreviewers = \"a\"", ":2: policy.reviewers: ", "a list of texts"),
        ("[policy]\nreviewers = [\n \"a\",\n \"\",\n]", ":4: policy.reviewers: ", "1 to 200 bytes"),
        ("[policy]\nmin_reviewers = 101", ":2: policy.min_reviewers: ", "from 0 to 100"),
        ("[policy]\nmin_reviewers = -1", ":2: policy.min_reviewers: ", "from 0 to 100"),
        ("[policy]\nexpires_days = 0", ":2: policy.expires_days: ", "from 1 to 3650"),
        ("[policy]\nsample_miss = 3", ":2: policy.sample_miss: ", "only 5 or 2"),
        ("[policy]\nsample_unflagged = 1001", ":2: policy.sample_unflagged: ", "from 0 to 1000"),
        ("[policy]\nsecond_voter = [\"secret\"]", ":2: policy.second_voter: ", "credential, "),
        ("[policy]\nout_of_scope = [\"a[\"]", ":2: policy.out_of_scope: ", "no glob"),
        ("[policy]\nout_of_scope = [\"../a\"]", ":2: policy.out_of_scope: ", "without / before"),
        ("[policy]\nattestations = \"../a\"", ":2: policy.attestations: ", "a file beside"),
        ("[policy]\nreasons = [\"approve\"]", ":2: policy.reasons: ", "a table is expected"),
        ("[policy.reasons]\nchoose = [\"defer\"]", ":2: policy.reasons.choose: ", "none of"),
        ("[policy.reasons]\nwhy = []", ":2: policy.reasons.why: ", "choose, note"),
        ("[policy]\nblocking =", ":2: the file: ", "not TOML"),
    ];
    for (text, place, allowed) in cases {
        let repo = repo(text);
        let ran = decide(&repo, "a@example.com", "approve").exits(2).says(place);
        assert!(ran.err.contains(allowed), "{text}: {}", ran.err);
        repo.run(["status"]).exits(2).says(place);
        assert!(!repo.checklist().exists(), "{text}");
    }
}

#[test]
fn a_policy_that_is_no_plain_small_file_is_not_read() {
    let repo = repo("");
    let config = repo.path().join(".debut/config.toml");
    fs::write(&config, " ".repeat(70 << 10)).expect("written");
    repo.run(["status"]).exits(2).says("larger than 64 KiB");
    fs::write(&config, b"[policy]\n# \xff\n").expect("written");
    repo.run(["status"]).exits(2).says("not UTF-8");
    #[cfg(unix)]
    {
        let elsewhere = repo.state.path().join("elsewhere.toml");
        fs::write(&elsewhere, "[policy]\n").expect("written");
        fs::remove_file(&config).expect("removed");
        std::os::unix::fs::symlink(elsewhere, &config).expect("a link");
        repo.run(["status"]).exits(5).says("not a plain file");
    }
}

#[test]
fn a_credential_waits_for_a_second_person_who_approves_it() {
    let repo = repo("[policy]\nsecond_voter = [\"credential\"]\n");
    decide(&repo, "one@example.com", "approve").exits(0);
    let status = repo.status();
    assert_eq!((sensitive(&status, "needs_second"), sensitive(&status, "approved")), (1, 0));
    assert_eq!(status["clear"], false);
    let text = repo.run(["status"]).exits(1).out;
    assert!(text.contains("1 group approved by one person and in need of a second voter"));
    let list = repo.run(["list", "--open", "--rule", "sensitive/*"]).exits(1).out;
    assert!(list.starts_with("needs-second"), "{list}");
    let report = repo.run(["report", "--format", "json"]).exits(1).json();
    let predicate = &report["predicate"];
    assert_eq!(predicate["counts"]["needs_second"], 1);
    let against: Vec<&Value> = predicate["against"].as_array().expect("a list").iter().collect();
    assert!(against.iter().any(|a| a["what"] == "groups-need-second-voter" && a["count"] == 1));
    // The same person in other letters is no second one.
    decide(&repo, "One@Example.com", "approve").exits(0);
    assert_eq!(sensitive(&repo.status(), "needs_second"), 1);
    decide(&repo, "two@example.com", "approve").exits(0);
    let status = repo.status();
    assert_eq!((sensitive(&status, "needs_second"), sensitive(&status, "approved")), (0, 1));
    assert_eq!(status["clear"], true);
}

#[test]
fn a_redaction_needs_nobody_else_and_a_difference_is_still_one() {
    let repo = repo("[policy]\nsecond_voter = [\"credential\"]\n");
    decide(&repo, "one@example.com", "redact").exits(0);
    assert_eq!(sensitive(&repo.status(), "needs_second"), 0);
    let all = ["decide", "--rule", "sensitive/*", "--verdict", "approve", "--all"];
    repo.run(all.into_iter().chain(["--reviewer", "two@example.com"])).exits(0);
    let status = repo.status();
    assert_eq!((status["disputed"].as_u64(), sensitive(&status, "redacted")), (Some(1), 1));
}

#[test]
fn required_people_and_their_number_block_until_they_took_part() {
    let policy = "[policy]\nreviewers = [\"lead@example.com\"]\nmin_reviewers = 2\n";
    let repo = repo(policy);
    decide(&repo, "one@example.com", "redact").exits(0);
    let status = repo.status();
    assert_eq!(status["missing_reviewers"], serde_json::json!(["lead@example.com"]));
    assert_eq!(
        (status["too_few_reviewers"].as_u64(), status["clear"].as_bool()),
        (Some(1), Some(false))
    );
    let text = repo.run(["status"]).exits(1).out;
    assert!(text.contains("lead@example.com has not taken part yet"), "{text}");
    assert!(text.contains("the policy wants 2 reviewers: 1 more must take part"), "{text}");
    let report = repo.run(["report"]).exits(1).out;
    assert!(report.contains("1 reviewer whom the policy requires and who did not take part"));
    assert!(report.contains("(required) did not take part"), "{report}");
    let lead = ["--all", "--reviewer", "Lead@example.com"];
    repo.run(["decide", "--rule", "*", "--verdict", "redact"].into_iter().chain(lead)).exits(0);
    // A missing licence has no text to replace.
    let licence = ["decide", "--rule", "licensing/*", "--verdict", "approve"];
    repo.run(licence.into_iter().chain(lead)).exits(0);
    assert_eq!(repo.status()["clear"], true);
    // To take everything back is not to take part.
    let back = ["decide", "--rule", "*", "--verdict", "withdraw", "--reviewer", "Lead@example.com"];
    repo.run(back).exits(0);
    assert_eq!(repo.status()["too_few_reviewers"], 1);
}

#[test]
fn the_report_says_who_decided_what_and_under_which_policy() {
    let policy = "[policy]\nexpires_days = 90\n";
    let repo = repo(policy);
    decide(&repo, "one@example.com", "approve").exits(0);
    let report = repo.run(["report", "--format", "json"]).exits(0).json();
    let predicate = &report["predicate"];
    use sha2::{Digest, Sha256};
    let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(policy));
    assert_eq!(predicate["policy"]["sha256"], digest);
    assert_eq!(
        (&predicate["policy"]["expires_days"], &predicate["policy"]["written"]),
        (&90.into(), &true.into())
    );
    let [one] = predicate["reviewers"].as_array().expect("a list").as_slice() else {
        panic!("one person decided");
    };
    assert_eq!(one["by"], "one@example.com");
    assert_eq!(one["places"], predicate["counts"]["findings"]);
    assert_eq!(one["by_verdict"][0]["what"], "approve");
    assert_eq!(one["by_origin"][0]["what"], "batch");
    let decision = &predicate["decisions"][0]["parts"][0]["decision"];
    assert_eq!(decision["until"].as_str().map(str::len), Some("2026-01-02".len()));
    let text = fs::read_to_string(repo.checklist()).expect("the checklist");
    assert!(text.contains(", until = 20"), "{text}");
}

#[test]
fn reasons_and_notes_are_asked_for() {
    let repo = repo("[policy.reasons]\nchoose = [\"approve\"]\nnote = [\"redact\"]\n");
    decide(&repo, "one@example.com", "approve").exits(2).says("wants a reason chosen for approve");
    decide(&repo, "one@example.com", "redact").exits(2).says("wants a note with redact");
    assert!(!repo.checklist().exists());
    let rule = ["decide", "--rule", "*", "--verdict"];
    repo.run(rule.into_iter().chain(["approve", "--reason", "test-data"])).exits(0);
    repo.run(rule.into_iter().chain(["redact", "--all", "--note", "Not ours."])).exits(0);
    decide(&repo, "one@example.com", "defer").exits(0);
}

#[test]
fn what_blocks_is_a_matter_of_the_policy() {
    let repo = Repo::with(&[("hosts.ini", b"db = db1.prod.corp.example-internal.lan\n")]);
    write_policy(&repo, "[policy]\nblocking = \"info\"\n");
    let strict = repo.status();
    assert_eq!(strict["blocking"], strict["groups"]);
    assert!(strict["groups"].as_u64() > Some(0));
    write_policy(&repo, "[policy]\nblocking = \"critical\"\n");
    assert_eq!(repo.status()["blocking"], 0);
}

#[test]
fn what_is_out_of_scope_is_not_judged_but_said() {
    let token = github_token(2);
    let text = format!("TOKEN={token}\n");
    let files: &[(&str, &[u8])] = &[
        ("vendor/a/x.env", text.as_bytes()),
        ("vendor/old.env", text.as_bytes()),
        ("a.txt", b"a\n"),
    ];
    let repo = Repo::with(files);
    // One of them is in the history only.
    repo.commit(&[files[0], files[2]]);
    assert!(repo.found().iter().any(|found| found["path"] == "vendor/a/x.env"));
    write_policy(&repo, "[policy]\nout_of_scope = [\"vendor\"]\n");
    for history in [&[][..], &["--history"][..]] {
        // The second time the scan is remembered.
        for round in 0..2 {
            let args = ["scan", "--format", "json"].iter().chain(history);
            let scan = repo.run(args).json();
            let paths: Vec<&Value> =
                scan["findings"].as_array().expect("a list").iter().map(|f| &f["path"]).collect();
            let outside =
                paths.iter().any(|path| path.as_str().is_some_and(|p| p.starts_with("vendor")));
            assert!(!outside, "round {round} {history:?}: {paths:?}");
            let status = repo.run(["status", "--format", "json"].iter().chain(history)).json();
            let truth = if history.is_empty() { 1 } else { 2 };
            assert_eq!(status["not_scanned"]["out-of-scope"], truth, "round {round} {history:?}");
        }
    }
    let report = repo.run(["report", "--format", "json"]).json();
    let listed = &report["predicate"]["not_judged"][0];
    assert_eq!((&listed["path"], &listed["excluded"]), (&"vendor/a/x.env".into(), &true.into()));
    assert_eq!(report["predicate"]["policy"]["out_of_scope"][0], "vendor");
    assert!(repo.run(["status"]).out.contains("1 files not judged: out-of-scope"));
    let report = repo.run(["report"]).out;
    let line = "- 1 file out of scope by the policy, left out of the release: `vendor/a/x.env`";
    assert!(report.contains(line), "{report}");
    // To call it looked at does not bring it back.
    repo.run(["decide", "--in", "vendor/a/x.env", "--verdict", "approve"]).exits(0);
    assert_eq!(repo.status()["not_scanned"]["out-of-scope"], 1);
}

fn open_on(repo: &Repo, day: i64, access: Access) -> Review {
    let options = Options { today: i32::try_from(day).expect("a day"), ..repo.options() };
    let mut review = Review::open(&options, access).expect("a review");
    review.scan(1, &false.into(), &mut |_, _, _| {}).expect("a scan");
    review
}

#[test]
fn an_approval_runs_out_and_a_redaction_does_not() {
    let repo = repo("[policy]\nexpires_days = 30\n");
    let mut review = open_on(&repo, TODAY, Access::Write);
    let all: Vec<_> = review.session.findings().map(|(idx, _)| idx).collect();
    let redacted = |idx: &FindingIdx| review.session.finding(*idx).place.span().is_some();
    let (redacted, approved): (Vec<_>, Vec<_>) = all.into_iter().partition(redacted);
    assert_eq!(approved.len(), 1, "a licence is missing too");
    let choices = [(&approved, Verdict::Approve), (&redacted, Verdict::Redact)];
    for (places, verdict) in choices {
        let scope = Scope::Listed(places.clone());
        let choice = Choice::new(verdict);
        let step = review.session.decide_as(&scope, &choice, Origin::Batch, TODAY * DAY);
        review.desk.record(step.expect("decided")).expect("recorded");
    }
    review.desk.close().expect("closed");
    let last_day = open_on(&repo, TODAY + 30, Access::Read).session;
    assert!(last_day.counts().clear());
    assert_eq!(last_day.carried().expired, 0);
    let late = open_on(&repo, TODAY + 31, Access::Read).session;
    let carried = late.carried();
    assert_eq!((carried.expired, carried.reopened, carried.gone), (1, 0, 0));
    assert_eq!(carried.kept, redacted.len());
    assert!(carried.words(false).contains("1 re-opened (expired)"), "{}", carried.words(false));
    let counts = late.counts();
    assert_eq!((counts.total.open, counts.clear()), (1, false));
    let again = late.findings().map(|(idx, _)| late.standing(idx)).find(|s| s.reopened);
    assert_eq!(again.map(|standing| standing.verdict), Some(None));
}

#[test]
fn an_approval_given_anew_counts_from_then_on() {
    let repo = repo("[policy]\nexpires_days = 30\n");
    for day in [TODAY, TODAY + 31] {
        let mut review = open_on(&repo, day, Access::Write);
        let all: Vec<_> = review.session.findings().map(|(idx, _)| idx).collect();
        let scope = Scope::Listed(all);
        let choice = Choice::new(Verdict::Approve);
        let step = review.session.decide_as(&scope, &choice, Origin::Batch, day * DAY);
        review.desk.record(step.expect("decided")).expect("recorded");
        review.desk.close().expect("closed");
    }
    assert!(open_on(&repo, TODAY + 61, Access::Read).session.counts().clear());
    let late = open_on(&repo, TODAY + 62, Access::Read).session;
    assert_eq!(late.counts().total.open, late.counts().total.groups);
}

#[test]
fn an_approval_of_a_moved_file_needs_only_one_more() {
    let repo = repo("[policy]\nsecond_voter = [\"credential\"]\n");
    decide(&repo, "one@example.com", "approve").exits(0);
    let text = format!("TOKEN={}\n", github_token(1));
    repo.commit(&[("moved/deploy.txt", text.as_bytes())]);
    let status = repo.status();
    assert_eq!((sensitive(&status, "needs_second"), sensitive(&status, "open")), (1, 0));
    decide(&repo, "two@example.com", "approve").exits(0);
    assert_eq!(sensitive(&repo.status(), "approved"), 1);
}

#[test]
fn a_first_approval_is_not_undone_by_a_broad_verdict_of_the_same_person() {
    let repo = repo("[policy]\nsecond_voter = [\"credential\"]\n");
    let mut review = open_on(&repo, TODAY, Access::Read);
    let session = &mut review.session;
    let (idx, rule) = session
        .findings()
        .find(|(_, finding)| session.rules().info(finding.rule).id.starts_with("sensitive/"))
        .map(|(idx, finding)| (idx, finding.rule))
        .expect("a credential");
    session.mark_seen(idx);
    session.decide(&Scope::Place(idx), &Choice::new(Verdict::Approve), 1).expect("approved");
    let standing = session.standing(idx);
    assert!(standing.needs_second && standing.own_approval && !standing.settled());
    assert!(!session.waits_for_reviewer(idx) && !session.open_for_reviewer(idx));
    // All that the rule found is decided as far as this person goes: a verdict means all of it.
    let reached = session.reach(&Scope::Rule(rule), debut::domain::Act::Give(Verdict::Redact));
    assert_eq!((reached.places.len(), reached.decided), (1, 0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn whatever_stands_in_the_file_is_a_policy_or_an_error_with_a_line(
        key in "(reviewers|min_reviewers|reasons|blocking|out_of_scope|second_voter|expires_days|sample_miss|sample_unflagged|x)",
        value in "(-?[0-9]{1,12}|0x[0-9a-f]{1,9}|\"[^\"\\\\]{0,9}\"|\\[(\"[a-z*{},\\[!-]{0,6}\",?)*\\]|\\{ (choose|note) = \\[\\] \\}|[a-z]{1,5}|1e9|2026-01-01)",
        noise in "[\\x00-\\x7f\u{e9}\u{202e}]{0,12}",
    ) {
        let text = format!("[policy]\n{key} = {value}\n{noise}");
        match debut::store::parse_policy("config.toml".as_ref(), &text) {
            Ok(policy) => prop_assert!(policy.sample_miss == 5 || policy.sample_miss == 2),
            Err(error) => {
                let words = error.to_string();
                let line = words.split(':').nth(1).and_then(|line| line.parse::<usize>().ok());
                prop_assert!(line.is_some_and(|line| line >= 1), "{words}");
            }
        }
    }
}
