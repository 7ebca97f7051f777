// SPDX-License-Identifier: MIT OR Apache-2.0
//! Policies, release checklists, keys and arguments that nobody would write: taken or refused with
//! their line, never a panic, and nothing that a terminal acts upon comes out again.

#![allow(clippy::expect_used, reason = "a test may panic")]

#[path = "common/cli.rs"]
mod cli;
mod common;

use std::{fs, path::Path};

use cli::Ran;
use common::{Repo, github_token};
use debut::{
    domain::Verdict,
    ops::Access,
    review::{Choice, FindingIdx, Keyring, Scope},
    store::{Checklist, Handout, StoreError, parse_policy, read_template},
};
use proptest::prelude::*;

/// Colours a terminal, turns text around, and rings.
const NASTY: &str = "\u{1b}[31mX\u{202e}y\u{9b}2J\u{7}\u{200b}";
/// The same in a string of TOML.
const NASTY_TOML: &str = r"\u001b[31mX\u202ey\u009b2J\u0007\u200b";

const POLICY: &str = r#"[policy]
reviewers = ["security@example.com"]
min_reviewers = 2
reasons = { choose = ["approve"], note = ["exclude"] }
blocking = "high"
out_of_scope = ["vendor", "**/*.generated.go"]
second_voter = ["credential"]
expires_days = 365
attestations = "own.toml"
sample_miss = 5
"#;
const QUESTIONS: &str = r#"schema = 1
[[section]]
title = "Decision"
[[section.item]]
id = "board"
title = "The board agrees"
text = "In writing."
required = true
source = "our handbook"
hints = ["authors", "rules:internal/ticket*", "files:**/*.csv", "present:README,CODEOWNERS|OWNERS"]
"#;

fn repo() -> Repo {
    let text = format!("TOKEN={}\n", github_token(1));
    let repo = Repo::with(&[("a.txt", text.as_bytes())]);
    repo.run(["init"]).exits(0);
    repo
}

/// Runs the program, and sees that nothing gets to a terminal as it is, nor the backtrace of a
/// panic.
#[track_caller]
fn safely(repo: &Repo, args: &[&str]) -> Ran {
    let ran = repo.run(args);
    let seen = |c: char| {
        c == '\n'
            || !(c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'))
    };
    assert!(ran.all().chars().all(seen), "{args:?}: {:?}", ran.all());
    assert!(matches!(ran.code, Some(0 | 1 | 2 | 5)), "{args:?}: {:?}", ran.code);
    assert!(!ran.err.contains("a fault of the program"), "{args:?}: {}", ran.err);
    ran
}

fn edited(text: &'static str) -> impl Strategy<Value = String> {
    let bits = prop_oneof![
        Just(String::from("\"")),
        Just("[".into()),
        Just("[[".into()),
        Just("\n".into()),
        Just(" = ".into()),
        Just("-1".into()),
        Just("9".repeat(30)),
        Just("{a".repeat(500)),
        Just("[".repeat(3_000)),
        Just("\\u0000".into()),
        Just("\u{feff}".into()),
        Just("é".repeat(300)),
        "[a-z]{0,3}",
        any::<String>(),
    ];
    let edit = (any::<prop::sample::Index>(), 0..20_usize, bits);
    prop::collection::vec(edit, 1..4).prop_map(move |edits| {
        let mut out: Vec<char> = text.chars().collect();
        for (at, cut, bits) in edits {
            let at = at.index(out.len() + 1);
            let end = (at + cut).min(out.len());
            out.splice(at..end, bits.chars());
        }
        out.into_iter().collect()
    })
}

/// An error about a text names the file and a line that it has.
fn names_a_line(error: &StoreError, path: &Path, text: &str) {
    let said = error.to_string();
    if matches!(error, StoreError::Newer { .. }) {
        return;
    }
    let rest = said.strip_prefix(&format!("{}:", path.display())).expect("the path first");
    let line: usize = rest.split(':').next().and_then(|n| n.parse().ok()).expect("a line");
    assert!((1..=text.split('\n').count()).contains(&line), "{said}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn a_policy_is_taken_or_refused_with_its_line(text in edited(POLICY)) {
        let path = Path::new("config.toml");
        if let Err(error) = parse_policy(path, &text) {
            names_a_line(&error, path, &text);
        }
    }

    #[test]
    fn questions_are_taken_or_refused_with_their_line(text in edited(QUESTIONS)) {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("attestations.toml");
        fs::write(&path, &text).expect("a file");
        match read_template(&path) {
            Ok(template) => prop_assert!(!template.items.is_empty()),
            Err(error) => names_a_line(&error, &path, &text),
        }
        prop_assert_eq!(fs::read_to_string(&path).expect("the file"), text);
    }

    #[test]
    fn a_key_is_read_whole_or_not_at_all(
        cut in any::<prop::sample::Index>(), n in 0..90_usize, bits in "[>\\r\\n\u{202e}a-f0-9: -]{0,9}"
    ) {
        let keyring = Keyring::new([7; 32]);
        let whole = Handout { review: "rr-abc".into(), key_id: keyring.key_id(), key: [7; 32] };
        let mut text: Vec<char> = whole.render().chars().collect();
        let at = cut.index(text.len());
        let end = (at + n).min(text.len());
        text.splice(at..end, bits.chars());
        if let Ok(read) = Handout::parse(&text.into_iter().collect::<String>()) {
            prop_assert!(read == whole);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn what_is_said_of_a_decision_reads_back_or_is_refused(note in any::<String>(), to in any::<String>()) {
        let text = format!("TOKEN={}\n", github_token(1));
        let repo = Repo::with(&[("a.txt", text.as_bytes())]);
        let mut review = repo.review(Access::Write);
        let choice = Choice {
            note: Some(note.as_str().into()),
            to: Some(to.as_str().into()),
            ..Choice::new(Verdict::Redact)
        };
        let scope = Scope::Place(FindingIdx(0));
        if let Ok(step) = review.session.decide(&scope, &choice, 1_000) {
            review.desk.record(step).expect("the journal");
            review.desk.save().expect("a save");
            let text = fs::read_to_string(repo.checklist()).expect("the checklist");
            let keyring = review.keyring.clone();
            let read = Checklist::parse(&repo.checklist(), &text, &|line| keyring.seal(line));
            prop_assert_eq!(read.expect("own output").votes, review.session.votes());
        }
    }
}

#[test]
fn a_hostile_policy_is_shown_safely_and_stops_everything() {
    let repo = repo();
    let config = repo.path().join(".debut/config.toml");
    for (text, line) in [
        (format!("[policy]\n\"{NASTY_TOML}\" = 1\n"), 2),
        (format!("\n[\"{NASTY_TOML}\"]\n"), 2),
        (format!("[policy]\n\nblocking = \"{NASTY_TOML}\"\n"), 3),
        (format!("[policy]\nout_of_scope = [\"{NASTY_TOML}\"]\n"), 2),
        (format!("[policy]\nattestations = \"{NASTY_TOML}\"\n"), 2),
        (format!("[policy]\nreasons = {{ \"{NASTY_TOML}\" = [] }}\n"), 2),
        ("[policy]\n\u{1b}[31m = 1\n".to_owned(), 2),
        ("[policy]\nblocking = \"\u{202e}x\n".to_owned(), 2),
    ] {
        fs::write(&config, &text).expect("a policy");
        for args in [&["status"][..], &["decide", "--rule", "*", "--verdict", "redact"]] {
            let ran = safely(&repo, args).exits(2).says(&format!("config.toml:{line}: "));
            assert!(ran.err.len() < 700, "{}", ran.err);
        }
        for args in [&["doctor"][..], &["doctor", "--format", "json"]] {
            let doctor = safely(&repo, args).exits(5).out;
            assert!(doctor.contains(&format!("config.toml:{line}: ")), "{doctor}");
        }
        assert_eq!(fs::read_to_string(&config).expect("the policy"), text);
    }
    assert!(!repo.checklist().exists(), "nothing was decided");
}

#[test]
fn hostile_questions_are_shown_safely() {
    let repo = repo();
    let path = repo.path().join(".debut/attestations.toml");
    let nasty = |from: &str| QUESTIONS.replacen(from, NASTY_TOML, 1);
    let mut shown = QUESTIONS.to_owned();
    for from in ["Decision", "The board agrees", "In writing", "our handbook", "README"] {
        shown = shown.replacen(from, &format!("{NASTY_TOML}\u{202e}\u{200b}"), 1);
    }
    fs::write(&path, &shown).expect("questions");
    let answer = ["attest", "board", "--answer", "yes", "--name", "a\u{202e}b"];
    for args in [
        &["attest"][..],
        &["attest", "--format", "json"],
        &answer,
        &["attest"],
        &["attest", "--format", "json"],
        &["status"],
        &["status", "--format", "json"],
        &["doctor"],
        &["report"],
        &["report", "--format", "html"],
        &["report", "--format", "json"],
    ] {
        assert_ne!(safely(&repo, args).code, Some(5), "{args:?}");
    }
    let decided = fs::read_to_string(repo.checklist()).expect("the checklist");
    for (text, line) in [
        (nasty("board"), 5),
        (nasty("authors"), 10),
        (nasty("source"), 9),
        (QUESTIONS.replace("required", "\u{1b}"), 8),
        (QUESTIONS.replace("\"our handbook\"", "\"\u{202e}"), 9),
    ] {
        fs::write(&path, &text).expect("questions");
        for args in [&["attest"][..], &["status"], &answer] {
            let ran = safely(&repo, args).exits(5);
            assert!(ran.err.contains(&format!("attestations.toml:{line}: ")), "{}", ran.err);
        }
        let doctor = safely(&repo, &["doctor"]).exits(5).out;
        assert!(doctor.contains("broken questions"), "{doctor}");
        assert_eq!(fs::read_to_string(&path).expect("the questions"), text);
    }
    assert_eq!(fs::read_to_string(repo.checklist()).expect("the checklist"), decided);
}

#[test]
fn a_policy_that_names_questions_which_are_not_there_is_said() {
    let repo = repo();
    fs::write(repo.path().join(".debut/config.toml"), "[policy]\nattestations = \"own.toml\"\n")
        .expect("a policy");
    let says = "own.toml: not there, but policy.attestations in config.toml names it";
    let ran = repo.run(["status"]).exits(5).says(says);
    assert_eq!(ran.err.matches("not there").count(), 1, "{}", ran.err);
    assert!(repo.run(["doctor"]).exits(5).out.contains(says));
}

#[test]
fn a_hostile_key_is_shown_safely() {
    let repo = repo();
    repo.run(["decide", "--rule", "*", "--verdict", "redact"]).exits(0);
    let file = repo.state.path().join("handed");
    let name = file.to_str().expect("UTF-8");
    let export = repo.run(["key", "export"]).exits(0).out;
    let whole = Handout::parse(&export).expect("a key");
    let keys = repo.state.path().join("state/debut/keys");
    let before = fs::read_dir(&keys).expect("keys").count();
    let named = Handout { review: NASTY.into(), ..whole.clone() };
    fs::write(&file, named.render()).expect("a key");
    safely(&repo, &["key", "import", name]).exits(0);
    for key_id in [NASTY, "../../../escaped", "master", "", "ABCDEF01"] {
        let named = Handout { key_id: key_id.into(), ..whole.clone() };
        fs::write(&file, named.render()).expect("a key");
        safely(&repo, &["key", "import", name]).exits(2);
    }
    for text in [NASTY.as_bytes().to_vec(), b"\xff\xfe".repeat(99), vec![b'\n'; 1 << 17]] {
        fs::write(&file, text).expect("no key");
        safely(&repo, &["key", "import", name]).exits(2).says("no debut review key");
    }
    safely(&repo, &["key", "import", &format!("{NASTY}\n")]).exits(2);
    assert_eq!(fs::read_dir(&keys).expect("keys").count(), before);
}

#[test]
fn hostile_arguments_are_shown_safely() {
    let repo = repo();
    let nasty = &format!("{NASTY}\r\n\u{1b}]0;title\u{7}");
    let redact = ["decide", "--verdict", "redact", "--rule", "*"];
    for more in [
        &["--value", nasty][..],
        &["--path", nasty],
        &["--note", nasty],
        &["--to", nasty],
        &["--reason", nasty],
        &["--rev", nasty],
        &["--history", "--refs", nasty],
        &["--threads", nasty],
        &[nasty],
    ] {
        let ran = safely(&repo, &[&redact[..], more].concat());
        assert_ne!(ran.code, Some(0), "{more:?}");
    }
    for args in [
        &[nasty.as_str()][..],
        &["scan", nasty],
        &["decide", "--verdict", nasty],
        &["decide", "--verdict", "redact", "--rule", nasty],
        &["decide", "--suggested", nasty],
        &["rules", nasty],
        &["attest", nasty, "--answer", "yes"],
        &["attest", nasty, "--answer", nasty],
        &["status", "--format", nasty],
        &["--theme", nasty],
        &[&format!("--{nasty}")],
        &["key", nasty],
        &["report", "-o", &format!("{nasty}/x.md")],
        &["key", "export", "-o", &format!("{nasty}/x")],
    ] {
        assert_ne!(safely(&repo, args).code, Some(0), "{args:?}");
    }
    // Whose name it is nobody knows, but it is kept as it was given, on one line.
    let redact = [&redact[..], &["--reviewer", nasty]].concat();
    safely(&repo, &redact).exits(0);
    for args in [&["list"][..], &["list", "--format", "json"], &["status"], &["report"], &["stale"]]
    {
        safely(&repo, args);
    }
    let text = fs::read_to_string(repo.checklist()).expect("the checklist");
    assert!(!text.contains('\u{1b}'), "{text:?}");
}
