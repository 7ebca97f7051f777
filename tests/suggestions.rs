// SPDX-License-Identifier: MIT OR Apache-2.0
//! What is suggested, why, and what never is.

#![allow(clippy::expect_used, reason = "a test may panic")]

mod common;

use common::finding;
use debut::{
    domain::{Origin, Reason, RepoPath, Severity, Verdict, Vote, remark},
    review::{
        Choice, FindingIdx, GroupIdx, Identified, Paths, Refusal, Scope, Session, Suggester,
        Suggestion,
    },
    rules::RuleSet,
};
use proptest::prelude::*;

const KEY: &str = "sensitive/key";
const PERSON: &str = "sensitive/person";
const FILE: &str = "sensitive/file";
const PUBLIC: &str = "sensitive/web-key";
const HOST: &str = "internal/host";
const ADDRESS: &str = "internal/address";
const LICENCE: &str = "licensing/note";

fn rules() -> RuleSet {
    let rule = |id: &str, class: &str, severity: &str, more: &str| {
        format!(
            "[[rule]]\nid = \"{id}\"\nclass = \"{class}\"\nseverity = \"{severity}\"\n\
             title = \"T\"\nwhy = \"W.\"\nremedy = \"R.\"\nkeywords = [\"abc\"]\npattern = 'abc'\n{more}"
        )
    };
    let text = [
        rule(KEY, "credential", "high", ""),
        rule(PERSON, "personal-data", "medium", ""),
        rule(FILE, "sensitive-file", "medium", ""),
        rule(PUBLIC, "credential", "medium", "public = \"web pages hold it\"\n"),
        rule(HOST, "internal-host", "medium", ""),
        rule(ADDRESS, "internal-address", "medium", ""),
        rule(LICENCE, "licence", "low", ""),
    ];
    RuleSet::read(&[("test", &text.concat())]).expect("the rules")
}

fn session(votes: Vec<Vote>) -> Session {
    Session::new(rules().into(), "reviewer1@example.com", votes)
}

/// A review under construction.
struct Review {
    s: Session,
    line: u32,
}

impl Review {
    fn new() -> Self {
        Self { s: session(Vec::new()), line: 0 }
    }

    fn make(&mut self, rule: &str, path: &str, value: &str, notes: &[&str]) -> Identified {
        self.line += 1;
        let context = format!("line {}: ", self.line);
        let mut new = finding(&self.s, rule, path, self.line, value, &context);
        new.finding.notes = notes.iter().map(|note| (*note).to_owned()).collect();
        new
    }

    fn add(&mut self, rule: &str, path: &str, value: &str, notes: &[&str]) -> FindingIdx {
        let new = self.make(rule, path, value, notes);
        self.s.add(new)
    }

    fn decide(&mut self, idx: FindingIdx, verdict: Verdict) {
        let choice = Choice::new(verdict);
        self.s.decide(&Scope::Place(idx), &choice, 1_747_044_000_000).expect("a decision");
    }

    fn suggested(&self, idx: FindingIdx) -> Option<Suggestion> {
        Suggester::of(&self.s).suggest(&self.s, self.s.group_of(idx))
    }

    /// Id, verdict and words of what is suggested.
    fn says(&self, idx: FindingIdx) -> Option<(String, Verdict, String)> {
        let suggestion = self.suggested(idx)?;
        Some((suggestion.basis.id(), suggestion.verdict, suggestion.basis.words()))
    }

    fn id(&self, idx: FindingIdx) -> Option<String> {
        self.says(idx).map(|(id, ..)| id)
    }
}

const LOWERED: &str = "test or documentation path: one step lower";

#[test]
fn the_same_value_is_remembered_with_its_day() {
    let mut r = Review::new();
    let one = r.add(HOST, "a.yml", "db.corp", &[]);
    let two = r.add(HOST, "b.yml", "db.corp", &[]);
    assert_eq!(r.says(two), None);
    r.decide(one, Verdict::Approve);
    let words = "same value approved on 12 May 2025".to_owned();
    assert_eq!(r.says(two), Some(("same-value-approve".into(), Verdict::Approve, words)));
    assert_eq!(r.suggested(two).and_then(|s| s.why), Some(Reason::NotSensitive));
    r.s.undo(2).expect("undone");
    assert_eq!(r.says(two), None, "what was taken back was not said");
    // Another rule, the same value and class.
    let mut r = Review::new();
    let one = r.add(KEY, "a.yml", "tok-abc-1", &[]);
    let other = r.add(PUBLIC, "b.yml", "tok-abc-1", &[]);
    r.decide(one, Verdict::Redact);
    assert_eq!(r.id(other).as_deref(), Some("same-value-redact"));
}

#[test]
fn of_two_things_that_were_said_the_strictest_counts() {
    let mut r = Review::new();
    let places: Vec<_> = (0..3).map(|i| r.add(HOST, &format!("f{i}"), "db.corp", &[])).collect();
    r.decide(places[0], Verdict::Redact);
    r.decide(places[1], Verdict::Approve);
    assert_eq!(r.suggested(places[2]).map(|s| s.verdict), Some(Verdict::Redact));
}

#[test]
fn what_was_said_about_a_place_that_is_gone_still_counts() {
    let mut r = Review::new();
    let old = r.add(HOST, "old.yml", "db.corp", &[]);
    r.decide(old, Verdict::Redact);
    let mut later = Review { s: session(r.s.votes().to_vec()), line: 0 };
    let new = later.add(HOST, "elsewhere.yml", "db.corp", &[]);
    let other = later.add(HOST, "old.yml", "other.corp", &[]);
    let now = ["old.yml", "elsewhere.yml"].map(|path| RepoPath::new(path.as_bytes()));
    later.s.settle(&Paths::from(now.into_iter().collect::<std::collections::HashSet<_>>()));
    assert_eq!(later.id(new).as_deref(), Some("same-value-redact"));
    assert_eq!(later.id(other), None);
}

#[test]
fn an_accepted_risk_is_not_handed_on() {
    let mut r = Review::new();
    let one = r.add(HOST, "a.yml", "db.corp", &[]);
    let two = r.add(HOST, "b.yml", "db.corp", &[]);
    let why = Some(Reason::AcceptedRisk);
    let choice = Choice { why, note: Some("known".into()), ..Choice::new(Verdict::Approve) };
    r.s.decide(&Scope::Place(one), &choice, 1).expect("a decision");
    assert_eq!(r.suggested(two).map(|s| s.why), Some(None));
}

#[test]
fn values_for_examples_are_known() {
    let mut r = Review::new();
    for (rule, value, id) in [
        (HOST, "db1.example.org", Some("example-names")),
        (HOST, "db1.corp", None),
        (PERSON, "jane@example.com", Some("example-names")),
        (PERSON, "(212) 555-0142", Some("example-numbers")),
        (ADDRESS, "203.0.113.9", Some("example-addresses")),
        (ADDRESS, "2001:db8::1", Some("example-addresses")),
        (ADDRESS, "10.1.2.3", None),
    ] {
        let idx = r.add(rule, "src/a.yml", value, &[]);
        assert_eq!(r.id(idx).as_deref(), id, "{value}");
    }
    let sample = r.add(KEY, "src/a.py", "abc-sample", &[remark::MANUAL_SAMPLE]);
    assert_eq!(r.id(sample).as_deref(), Some("vendor-samples"));
}

#[test]
fn a_password_for_a_host_of_examples_is_one_for_examples() {
    let mut r = Review::new();
    let add = |r: &mut Review, path: &str, value: &str, notes: &[&str], severity| {
        let mut new = r.make(KEY, path, value, notes);
        new.finding.severity = severity;
        r.s.add(new)
    };
    let there = &[remark::EXAMPLE_HOST];
    let one = add(&mut r, "docs/a.md", "abc-1", there, Severity::Low);
    assert_eq!(r.id(one).as_deref(), Some("example-names"));
    add(&mut r, "docs/b.md", "abc-1", there, Severity::Low);
    assert_eq!(r.id(one).as_deref(), Some("example-names"));
    add(&mut r, "prod/a.yml", "abc-1", &[], Severity::Low);
    assert_eq!(r.id(one), None, "it opens something else, too");
    let blocks = add(&mut r, "docs/a.md", "abc-2", there, Severity::High);
    assert_eq!(r.id(blocks), None);
}

#[test]
fn tests_and_vendored_code_speak_for_what_is_not_proved() {
    let mut r = Review::new();
    let host = r.add(HOST, "roles/db/tests/a.yml", "db1.corp", &[]);
    let words = "only in tests: roles/db/tests/".to_owned();
    assert_eq!(r.says(host), Some(("test-paths".into(), Verdict::Approve, words)));
    let both = r.add(HOST, "tests/a.yml", "db2.corp", &[]);
    r.add(HOST, "prod/a.yml", "db2.corp", &[]);
    assert_eq!(r.id(both), None, "it stands elsewhere, too");
    let vendored = r.add(HOST, "vendor/x/a.go", "db3.corp", &[]);
    assert_eq!(r.id(vendored).as_deref(), Some("vendored-code"));
    let weak = r.add(KEY, "tests/a.yml", "abc-1", &[LOWERED]);
    assert_eq!(r.id(weak).as_deref(), Some("test-paths"));
    let bare = r.add(KEY, "tests/a.yml", "abc-2", &[]);
    assert_eq!(r.id(bare), None, "the scanner did not lower it");
    let file = r.add(FILE, "tests/id_rsa", "tests/id_rsa", &[LOWERED]);
    assert_eq!(r.id(file), None);
    let licence = r.add(LICENCE, "vendor/x/LICENSE", "gpl", &[LOWERED]);
    assert_eq!(r.id(licence), None, "a licence holds in vendored code as anywhere");
}

#[test]
fn only_open_places_have_to_be_in_tests() {
    let mut r = Review::new();
    let prod = r.add(HOST, "prod/a.yml", "db2.corp", &[]);
    let test = r.add(HOST, "tests/a.yml", "db2.corp", &[]);
    let choice = Choice::new(Verdict::Exclude);
    r.s.decide(&Scope::Place(prod), &choice, 1).expect("left out");
    assert_eq!(r.id(test).as_deref(), Some("test-paths"));
}

#[test]
fn what_is_alike_was_all_decided_alike() {
    let mut r = Review::new();
    let hosts: Vec<_> = (0..8)
        .map(|i| r.add(HOST, &format!("d{i}/a.yml"), &format!("db{i}.corp.acme.io"), &[]))
        .collect();
    let other = r.add(HOST, "x/a.yml", "www.acme.io", &[]);
    for idx in &hosts[..2] {
        r.decide(*idx, Verdict::Redact);
    }
    assert_eq!(r.id(hosts[7]), None, "two say nothing");
    r.decide(hosts[2], Verdict::Redact);
    let words = "3 of 3 in corp.acme.io redacted".to_owned();
    let id = "alike-redact:host:corp.acme.io".to_owned();
    assert_eq!(r.says(hosts[7]), Some((id, Verdict::Redact, words)));
    assert_eq!(r.id(other), None, "another domain needs more");
    for idx in &hosts[3..5] {
        r.decide(*idx, Verdict::Redact);
    }
    assert_eq!(r.id(other).as_deref(), Some("alike-redact:host"));
    r.decide(hosts[5], Verdict::Approve);
    assert_eq!((r.id(hosts[7]), r.id(other)), (None, None), "one counterexample is enough");
}

#[test]
fn a_directory_makes_alike_too() {
    let mut r = Review::new();
    let people = ["+49 30 1", "+49 30 2", "+49 30 3", "+49 30 4"];
    let all: Vec<_> = people.iter().map(|v| r.add(PERSON, "staff/list.csv", v, &[])).collect();
    for idx in &all[..3] {
        r.decide(*idx, Verdict::Redact);
    }
    let words = r.says(all[3]).map(|(_, _, words)| words);
    assert_eq!(words.as_deref(), Some("3 of 3 of this rule in staff/ redacted"));
}

#[test]
fn accepted_suggestions_are_no_evidence() {
    let mut r = Review::new();
    let hosts: Vec<_> = (0..10)
        .map(|i| r.add(HOST, &format!("d{i}/a.yml"), &format!("db{i}.corp.acme.io"), &[]))
        .collect();
    for idx in &hosts[..3] {
        r.decide(*idx, Verdict::Redact);
    }
    let more = Scope::Places(hosts[3..7].to_vec());
    let choice = Choice::new(Verdict::Redact);
    r.s.decide_as(&more, &choice, Origin::Suggestion, 1).expect("accepted");
    let words = r.says(hosts[9]).map(|(_, _, words)| words);
    assert_eq!(words.as_deref(), Some("3 of 3 in corp.acme.io redacted"));
}

#[test]
fn approving_alike_takes_more_and_never_reaches_what_blocks() {
    let mut r = Review::new();
    let keys: Vec<_> = (0..8).map(|i| r.add(KEY, "a.yml", &format!("abc-{i}"), &[])).collect();
    let hosts: Vec<_> =
        (0..8).map(|i| r.add(HOST, "a.yml", &format!("db{i}.acme.io"), &[])).collect();
    for idx in keys[..6].iter().chain(&hosts[..4]) {
        r.decide(*idx, Verdict::Approve);
    }
    assert_eq!(r.id(keys[7]), None);
    assert_eq!(r.id(hosts[7]), None, "four are too few to approve");
    r.decide(hosts[4], Verdict::Approve);
    assert_eq!(r.id(hosts[7]).as_deref(), Some("alike-approve:host:acme.io"));
}

#[test]
fn keys_that_are_made_public_and_what_the_scanner_noted() {
    let mut r = Review::new();
    let key = r.add(PUBLIC, "a.js", "abc-1", &[]);
    let words = "public by design: web pages hold it".to_owned();
    assert_eq!(r.says(key), Some(("public-by-design".into(), Verdict::Approve, words)));
    let role = r.add(PERSON, "a.yml", "ops@acme.io", &[remark::ROLE]);
    assert_eq!(r.id(role).as_deref(), Some("noted-role"));
    let mut worse = r.make(PUBLIC, "b.js", "abc-2", &[]);
    worse.finding.severity = Severity::High;
    let worse = r.s.add(worse);
    assert_eq!(r.id(worse), None, "what blocks is not public by design");
}

#[test]
fn the_builtin_rules_say_which_keys_are_public() {
    let rules = RuleSet::builtin().expect("the rules");
    let public: Vec<&str> = rules
        .iter()
        .filter(|(_, rule)| rule.info.public.is_some())
        .inspect(|(_, rule)| assert!(rule.info.severity < Severity::High, "{}", rule.info.id))
        .map(|(_, rule)| rule.info.name())
        .collect();
    assert!(public.contains(&"google-api-key"), "{public:?}");
}

#[test]
fn a_table_has_each_group_once_with_samples() {
    let mut r = Review::new();
    for i in 0..5 {
        r.add(HOST, &format!("tests/{i}/a.yml"), &format!("db{i}.corp"), &[]);
        r.add(HOST, &format!("tests/{i}/b.yml"), &format!("db{i}.corp"), &[]);
    }
    r.add(HOST, "a.yml", "db.example.com", &[]);
    let plain = r.add(HOST, "a.yml", "db.acme.io", &[]);
    let table = Suggester::of(&r.s).table(&r.s);
    let told: Vec<_> = table
        .iter()
        .map(|row| (row.id.as_str(), row.groups.len(), row.places, row.samples.len()))
        .collect();
    assert_eq!(told, [("example-names", 1, 1, 1), ("test-paths", 5, 10, 3)]);
    let group = r.s.group_of(plain);
    assert!(table.iter().all(|row| !row.groups.contains(&group)));
    let all: Vec<(Scope, Choice)> =
        table.iter().map(|row| (Scope::Places(row.open(&r.s)), row.choice())).collect();
    let step = r.s.decide_all(&all, Origin::Suggestion, 1).expect("accepted");
    assert_eq!((step.places, r.s.history().0), (11, 1), "one step");
    let left = Suggester::of(&r.s).table(&r.s);
    assert_eq!(left, [], "nothing is suggested twice");
    r.s.undo(2).expect("undone");
    assert_eq!(Suggester::of(&r.s).table(&r.s), table);
}

#[test]
fn accepting_leaves_out_what_blocks_and_was_not_seen() {
    let mut r = Review::new();
    let keys: Vec<_> =
        (0..4).map(|i| r.add(KEY, "tests/a.yml", &format!("abc-{i}"), &[LOWERED])).collect();
    let table = Suggester::of(&r.s).table(&r.s);
    let scope = Scope::Places(table[0].open(&r.s));
    let choice = table[0].choice();
    let refused = r.s.decide_as(&scope, &choice, Origin::Suggestion, 1);
    assert_eq!(refused, Err(Refusal::Unseen { seen: 0, all: 4 }));
    r.s.mark_seen(keys[1]);
    let step = r.s.decide_as(&scope, &choice, Origin::Suggestion, 1).expect("the one seen");
    assert_eq!((step.places, r.s.standing(keys[1]).verdict), (1, Some(Verdict::Approve)));
}

#[derive(Clone, Debug)]
struct Found {
    rule: usize,
    path: usize,
    value: usize,
    notes: Vec<usize>,
    verdict: Option<Verdict>,
}

const RULES: [&str; 7] = [KEY, PERSON, FILE, PUBLIC, HOST, ADDRESS, LICENCE];
const PATHS: [&str; 5] = ["a.yml", "tests/a.yml", "vendor/a.go", "spec/fixtures/b", "src/c.py"];
const VALUES: [&str; 8] = [
    "db.example.com",
    "db1.acme.io",
    "db2.acme.io",
    "db3.acme.io",
    "192.0.2.1",
    "a@example.org",
    "555-0100",
    "abc",
];
const NOTES: [&str; 6] = [
    LOWERED,
    remark::CHECKSUM_MATCHES,
    remark::MANUAL_SAMPLE,
    remark::ROLE,
    remark::PUBLIC,
    remark::KEY_COMPLETE,
];

fn found() -> impl Strategy<Value = Found> {
    let verdict = prop::option::of(prop::sample::select(vec![Verdict::Approve, Verdict::Redact]));
    let notes = prop::collection::vec(0..NOTES.len(), 0..3);
    (0..RULES.len(), 0..PATHS.len(), 0..VALUES.len(), notes, verdict)
        .prop_map(|(rule, path, value, notes, verdict)| Found { rule, path, value, notes, verdict })
}

proptest! {
    #[test]
    fn laws_of_suggestions(all in prop::collection::vec(found(), 1..60)) {
        let mut r = Review::new();
        let mut live = Suggester::default();
        for found in &all {
            let notes: Vec<&str> = found.notes.iter().map(|i| NOTES[*i]).collect();
            let idx =
                r.add(RULES[found.rule], PATHS[found.path], VALUES[found.value], &notes);
            live.learn(&r.s, idx);
            if let Some(verdict) = found.verdict {
                r.decide(idx, verdict);
                live.refresh(&r.s);
            }
        }
        live.refresh(&r.s);
        let votes = r.s.votes().len();
        let table = live.table(&r.s);
        prop_assert_eq!(&table, &Suggester::of(&r.s).table(&r.s), "learned in whatever way");
        prop_assert_eq!(r.s.votes().len(), votes, "none is applied by itself");
        let mut in_table: Vec<GroupIdx> = table.iter().flat_map(|row| row.groups.clone()).collect();
        in_table.sort_unstable();
        let mut one_by_one = Vec::new();
        for (idx, group) in r.s.groups() {
            let suggestion = live.suggest(&r.s, idx);
            if suggestion.is_some() {
                one_by_one.push(idx);
            }
            prop_assert!(group.undecided() > 0 || suggestion.is_none(), "it is decided");
            let proved = group.members.iter().any(|i| r.s.finding(*i).proved());
            if let Some(suggestion) = suggestion
                && proved
                && suggestion.verdict == Verdict::Approve
            {
                let id = suggestion.basis.id();
                let fine = id.starts_with("same-value") || id.starts_with("example")
                    || id == "vendor-samples";
                prop_assert!(fine, "{id} approves what is proved");
            }
        }
        prop_assert_eq!(in_table, one_by_one);
    }
}
