// SPDX-License-Identifier: MIT OR Apache-2.0
//! The engine over one file: what is found, where, and what tells two places apart.

#![allow(clippy::expect_used, reason = "a test may panic")]

mod common;
#[path = "common/cli.rs"]
mod program;

use std::sync::Arc;

use common::{Repo, github_token};
use debut::{
    domain::{Finding, NotScanned, Place, RepoPath, Vocabulary},
    review::Keyring,
    rules::RuleSet,
    scan::{Engine, FileScan, Scratch},
};

const RULES: &str = r#"
[[rule]]
id = "sensitive/secret"
class = "credential"
severity = "critical"
title = "Secret"
why = "It opens a door."
remedy = "Change it."
replacement = "REDACTED_SECRET"
placeholders = false
keywords = ["secret-"]
pattern = 'secret-[a-z0-9]+'

[[rule]]
id = "internal/host"
class = "internal-host"
severity = "medium"
title = "Host"
why = "It only makes sense inside."
remedy = "Use a name of example.com."
placeholders = false
keywords = ["host-"]
pattern = 'host-[a-z0-9-]+'
"#;

struct Bench {
    rules: Arc<RuleSet>,
    engine: Engine,
}

impl Bench {
    fn over(rules: RuleSet) -> Self {
        let rules = Arc::new(rules);
        let engine = Engine::new(rules.clone(), &Vocabulary::default()).expect("an engine");
        Self { rules, engine }
    }

    fn small() -> Self {
        Self::over(RuleSet::read(&[("test", RULES)]).expect("the rules"))
    }

    fn scan(&self, path: &str, raw: &[u8]) -> FileScan {
        self.engine.scan_file(&RepoPath::new(path.as_bytes()), raw, &mut Scratch::default())
    }

    /// Rule, value and place of everything found.
    fn found(&self, text: &str) -> Vec<(String, String, (u32, u32))> {
        self.scan("a.conf", text.as_bytes()).findings.iter().map(|f| self.row(f)).collect()
    }

    fn row(&self, finding: &Finding) -> (String, String, (u32, u32)) {
        let place = finding.place.span().map_or((0, 0), |span| (span.line, span.column));
        let value = String::from_utf8_lossy(finding.value.expose()).into_owned();
        (self.rules.info(finding.rule).name().to_owned(), value, place)
    }

    /// The id of the surroundings of the first finding of `rule`.
    fn context(&self, rule: &str, text: &str) -> Arc<str> {
        let scan = self.scan("a.conf", text.as_bytes());
        let fits = |f: &&Finding| self.rules.info(f.rule).name() == rule;
        let finding = scan.findings.iter().find(fits).expect("a finding");
        let class = self.rules.info(finding.rule).class;
        Keyring::new([7; 32]).identify(finding, class).context
    }
}

fn row(rule: &str, value: &str, place: (u32, u32)) -> (String, String, (u32, u32)) {
    (rule.into(), value.into(), place)
}

#[test]
fn two_findings_on_one_line_are_both_found() {
    let bench = Bench::small();
    let expected = [row("secret", "secret-a1", (2, 5)), row("host", "host-db1", (2, 18))];
    assert_eq!(bench.found("x\nuse secret-a1 at host-db1\n"), expected);
    let twice = [row("secret", "secret-a1", (1, 1)), row("secret", "secret-b2", (1, 11))];
    assert_eq!(bench.found("secret-a1,secret-b2"), twice);
}

#[test]
fn of_overlapping_findings_the_strongest_stays() {
    let bench = Bench::small();
    // The host would take the secret in.
    assert_eq!(bench.found("host-secret-a1"), [row("secret", "secret-a1", (1, 6))]);
    assert_eq!(bench.found("secret-host-a1"), [row("secret", "secret-host", (1, 1))]);
    let expected = [row("secret", "secret-a", (1, 6)), row("host", "host-c", (1, 15))];
    assert_eq!(bench.found("host-secret-a host-c"), expected);
}

#[test]
fn the_builtin_rules_find_a_value_once() {
    let bench = Bench::over(RuleSet::builtin().expect("the built-in rules"));
    let token = github_token(5);
    for text in [
        format!("password = \"{token}\"\n"),
        format!("GITHUB_TOKEN={token}\n"),
        format!("url: https://user:{token}@github.com/example/x.git\n"),
        format!("Authorization: Bearer {token}\n"),
        format!("{token}\n"),
    ] {
        let found = bench.found(&text);
        let hits: Vec<_> = found.iter().filter(|(_, value, _)| value.contains(&token)).collect();
        assert_eq!(hits.len(), 1, "{} findings of one value", hits.len());
        assert_eq!((hits[0].0.as_str(), hits[0].1 == token), ("github-token", true));
    }
    let (one, two) = (github_token(6), github_token(7));
    let found = bench.found(&format!("keys: [{one}, {two}]\n"));
    assert_eq!(found, [row("github-token", &one, (1, 8)), row("github-token", &two, (1, 50))]);
}

#[test]
fn the_surroundings_outlive_what_changes_on_the_line() {
    let bench = Bench::small();
    let line = "  peer = secret-a1 at host-db1 # main\n";
    let id = bench.context("secret", line);
    for (why, other) in [
        ("the value", "  peer = secret-zz9 at host-db1 # main\n"),
        ("another finding", "  peer = secret-a1 at host-other # main\n"),
        ("both", "  peer = secret-q at host-q # main\n"),
        ("indentation", "\t\tpeer = secret-a1 at host-db1 # main\n"),
        ("no indentation", "peer = secret-a1 at host-db1 # main\n"),
        ("blanks between", "  peer  =\tsecret-a1  at host-db1   # main\n"),
        ("blanks at the end", "  peer = secret-a1 at host-db1 # main  \n"),
        ("CRLF", "  peer = secret-a1 at host-db1 # main\r\n"),
        ("no line end", "  peer = secret-a1 at host-db1 # main"),
        ("other lines", "x\nsecret-y host-y\n  peer = secret-a1 at host-db1 # main\nz\n"),
    ] {
        let text =
            if why == "other lines" { &other["x\nsecret-y host-y\n".len()..] } else { other };
        assert_eq!(bench.context("secret", text), id, "{why}");
    }
    let moved = format!("x = 1\n\n{line}");
    assert_eq!(bench.context("secret", &moved), id, "the line moved");
    for other in [
        "  peer = secret-a1 at host-db1 # spare\n",
        "  peers = secret-a1 at host-db1 # main\n",
        "  peer = secret-a1 at host-db1\n",
        "  peer = secret-a1 # main\n",
    ] {
        assert_ne!(bench.context("secret", other), id, "{other}");
    }
    assert_ne!(bench.context("host", line), bench.context("host", "host-db1 # main\n"));
}

#[test]
fn a_value_and_its_neighbour_have_ids_of_their_own() {
    let bench = Bench::small();
    let scan = bench.scan("a.conf", b"a = secret-1\nb = secret-1\na = secret-2\n");
    let keyring = Keyring::new([7; 32]);
    let ids: Vec<_> =
        scan.findings.iter().map(|f| keyring.identify(f, bench.rules.info(f.rule).class)).collect();
    assert_eq!(ids[0].value, ids[1].value);
    assert_ne!(ids[0].context, ids[1].context);
    assert_ne!(ids[0].value, ids[2].value);
}

#[test]
fn spans_and_values_agree() {
    let bench = Bench::small();
    let text = "\u{feff}\u{e9}\u{e9} secret-a host-b\r\n\u{1f600} host-c\rsecret-d\n\nsecret-e";
    let scan = bench.scan("a.conf", text.as_bytes());
    assert_eq!(scan.findings.len(), 5);
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').split('\n').collect();
    for finding in &scan.findings {
        let Place::Span(span) = &finding.place else { panic!("a place without a span") };
        assert_eq!(&text.as_bytes()[span.range()], finding.value.expose());
        let (from, to) = (span.column as usize - 1, span.end_column as usize - 1);
        let shown: String =
            lines[span.line as usize - 1].chars().skip(from).take(to - from).collect();
        assert_eq!(shown.as_bytes(), finding.value.expose());
        assert_eq!(span.line, span.end_line);
    }
}

#[test]
fn a_scratch_carries_nothing_from_file_to_file() {
    let bench = Bench::small();
    let path = RepoPath::new(b"a.conf");
    let mut scratch = Scratch::default();
    let long = format!("{}secret-a", "x\n".repeat(5000));
    assert_eq!(bench.engine.scan_file(&path, long.as_bytes(), &mut scratch).findings.len(), 1);
    assert_eq!(bench.engine.scan_file(&path, b"secret-b", &mut scratch).findings.len(), 1);
    let binary = bench.engine.scan_file(&path, b"\0\x01-b", &mut scratch);
    assert_eq!((binary.findings.len(), binary.not_scanned), (0, Some(NotScanned::Binary)));
    assert_eq!(bench.engine.scan_file(&path, b"", &mut scratch).findings.len(), 0);
}

#[test]
fn what_is_no_text_is_told_although_no_zero_stands_in_it() {
    let bench = Bench::small();
    let told = |raw: &[u8]| {
        let path = RepoPath::new(b"a.dat");
        bench.engine.scan_file(&path, raw, &mut Scratch::default()).not_scanned
    };
    // Most keys of 32 bytes have no zero in them.
    let key: Vec<u8> = (1..=32_u8).map(|no| no.wrapping_mul(197)).collect();
    assert!(!key.contains(&0));
    assert_eq!(told(&key), Some(NotScanned::Binary));
    for text in [&b"gr\xfc\xdfe \x01 aus M\xfcnchen"[..], "\x1b[1m\x01\x02 é".as_bytes(), b"a\x0cb"]
    {
        assert_eq!(told(text), None, "{text:?}");
    }
}

#[test]
fn a_very_long_line_is_searched_whole_and_each_value_found_once() {
    let bench = Bench::small();
    for gap in [1, 100, 511, 512, 513, 2047, 2048, 2049, 4095, 4096, 4097, 9000] {
        let gap = "x ".repeat(gap);
        let text = format!("{gap}secret-a{gap}host-b{gap}secret-c{gap}");
        let values: Vec<String> = bench.found(&text).into_iter().map(|row| row.1).collect();
        let expected = ["secret-ax".to_owned(), "host-bx".into(), "secret-cx".into()];
        assert_eq!(values, expected, "gap of {} bytes", gap.len());
    }
    let many: Vec<String> = (0..20_000).map(|i| format!("host-{i}")).collect();
    let found: Vec<String> = bench.found(&many.join(" ")).into_iter().map(|row| row.1).collect();
    assert!(found == many, "a value that a window cut in two is lost or short");
    let long = format!("{}host-{} host-b", "x ".repeat(3000), "a".repeat(5000));
    let lengths: Vec<usize> = bench.found(&long).iter().map(|row| row.1.len()).collect();
    assert_eq!(lengths, [5005, 6]);
}

#[test]
fn every_token_of_a_very_long_line_is_found() {
    let bench = Bench::over(RuleSet::builtin().expect("the built-in rules"));
    let tokens: Vec<String> = (0..3000).map(github_token).collect();
    let line: String = tokens.iter().map(|token| format!("{{\"t\":\"{token}\"}},")).collect();
    let mut found: Vec<String> = bench.found(&line).into_iter().map(|row| row.1).collect();
    found.retain(|value| value.starts_with(&tokens[0][..4]));
    assert!(found == tokens, "{} of {} tokens", found.len(), tokens.len());
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let mut files: Vec<(String, Vec<u8>)> = (0..120)
        .map(|i| {
            let token = github_token(i % 7);
            let text = format!(
                "key: {token}\nbind 10.1.{}.{}\nhome /home/user{i}/x\nmail: a{}@example.org\n",
                i % 5,
                i + 1,
                i % 3
            );
            (format!("d{}/f{i}.{}", i % 11, ["yml", "py", "tf", "md"][i as usize % 4]), text.into())
        })
        .collect();
    files.push(("d1/LICENSE".into(), include_bytes!("../LICENSE-MIT").to_vec()));
    files.push(("d2/package.json".into(), b"{\"name\": \"x\", \"license\": \"GPL-2.0\"}".to_vec()));
    files.push(("d3/x.bin".into(), b"\0\x01\x02".to_vec()));
    files.push(("d4/y.bin".into(), b"\0\x01\x02".to_vec()));
    let files: Vec<(&str, &[u8])> = files.iter().map(|(p, t)| (&**p, &**t)).collect();
    let repo = Repo::with(&files);
    for args in [
        &["scan", "--format", "jsonl"][..],
        &["scan", "--format", "json"],
        &["scan"],
        &["list"],
        &["list", "--format", "json"],
        &["status"],
    ] {
        let with = |threads: &str| {
            let ran = repo.run([args, &["--threads", threads]].concat()).exits(1);
            ran.all()
        };
        let one = with("1");
        assert!(one.lines().count() > 5, "{one}");
        for _ in 0..3 {
            assert!(with("4") == one, "{args:?} differs between 1 and 4 threads");
        }
    }
}
