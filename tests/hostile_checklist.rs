// SPDX-License-Identifier: MIT OR Apache-2.0
//! Checklists that nobody would write: read or refused, never a panic, never written over.

#![allow(clippy::expect_used, reason = "a test may panic")]

mod common;

use std::{fs, panic::catch_unwind, path::PathBuf};

use common::{Repo, github_token};
use debut::{
    domain::{Act, Identity, Origin, Reason, RepoPath, Target, Verdict, Vote},
    ops::{Access, Review},
    review::{Choice, FindingIdx, Keyring, Scope},
    store::{Checklist, Journal},
};
use proptest::prelude::*;

fn keyring() -> Keyring {
    Keyring::new([3; 32])
}

fn vote(i: u32) -> Vote {
    let id = Identity {
        value: format!("{i:a>26}").replace(['0', '1', '8', '9'], "b").into(),
        context: "abcdefghij".into(),
    };
    let path = RepoPath::new(format!("d/f{i}.yml").as_bytes());
    let by = "reviewer1@example.com".into();
    let (target, act) = match i % 5 {
        0 => (Target::File(path), Act::Give(Verdict::Redact)),
        1 => (Target::Directory(path), Act::Give(Verdict::Redact)),
        2 => (Target::Text(path), Act::Read),
        3 => (Target::Unflagged, Act::Sample { seed: i.into(), n: i }),
        _ => (Target::Place { path, id }, Act::Give(Verdict::Redact)),
    };
    let asked = (act == Act::Read).then(|| "abcdefghijklmnop".into());
    let bare = Vote { asked, ..Vote::new(target, act, by, i64::from(i) * 1_000) };
    if act != Act::Give(Verdict::Redact) {
        return bare;
    }
    Vote {
        to: Some("x".into()),
        why: Some(Reason::Credential),
        how: Some(Origin::Direct),
        seen: Some((1, 2)),
        until: Some(20_000),
        note: Some("a note".into()),
        ..bare
    }
}

fn valid(n: u32) -> String {
    let keyring = keyring();
    let votes = (0..n).map(vote).collect();
    Checklist { review: "rr-test".into(), key_id: keyring.key_id(), votes, ..Checklist::default() }
        .render(&|line| keyring.seal(line))
}

fn parse(text: &str) -> Option<Checklist> {
    let keyring = keyring();
    let path = PathBuf::from("checklist.toml");
    let _ = Checklist::outline(&path, text);
    Checklist::parse(&path, text, &|line| keyring.seal(line)).ok()
}

/// An edit at a place: cut, doubled, replaced, swapped with another.
#[derive(Clone, Debug)]
enum Edit {
    Cut(prop::sample::Index, usize),
    Put(prop::sample::Index, Vec<u8>),
    Double(prop::sample::Index, usize),
    Flip(prop::sample::Index, u8),
    Lines(prop::sample::Index, prop::sample::Index),
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = || any::<prop::sample::Index>();
    let bits = prop_oneof![
        Just(b"\"".to_vec()),
        Just(b"\n".to_vec()),
        Just(b"},\n  {".to_vec()),
        Just(b"[ballot]\n".to_vec()),
        Just(b"[[ballot.votes]]\n".to_vec()),
        Just(b"on = \"batch\", ".to_vec()),
        Just(b"on = \"unflagged\", ".to_vec()),
        Just(b"text:".to_vec()),
        Just(b"do = \"read\", ".to_vec()),
        Just(b"schema = 1\n".to_vec()),
        Just(b"<<<<<<< HEAD\n".to_vec()),
        Just(b"\xff\xfe\x00".to_vec()),
        Just("\u{202e}\u{feff}".as_bytes().to_vec()),
        Just(b"at = 99999-99-99T99:99:99Z".to_vec()),
        Just(b"9".repeat(40)),
        prop::collection::vec(any::<u8>(), 0..20),
    ];
    prop_oneof![
        (at(), 0..60_usize).prop_map(|(at, n)| Edit::Cut(at, n)),
        (at(), bits).prop_map(|(at, bits)| Edit::Put(at, bits)),
        (at(), 0..300_usize).prop_map(|(at, n)| Edit::Double(at, n)),
        (at(), any::<u8>()).prop_map(|(at, mask)| Edit::Flip(at, mask)),
        (at(), at()).prop_map(|(a, b)| Edit::Lines(a, b)),
    ]
}

fn apply(mut text: Vec<u8>, edits: &[Edit]) -> Vec<u8> {
    for edit in edits {
        let len = text.len().max(1);
        match edit {
            Edit::Cut(at, n) => {
                let at = at.index(len).min(text.len());
                text.drain(at..(at + n).min(text.len()));
            }
            Edit::Put(at, bits) => {
                let at = at.index(len).min(text.len());
                text.splice(at..at, bits.iter().copied());
            }
            Edit::Double(at, n) => {
                let at = at.index(len).min(text.len());
                let part = text[at..(at + n).min(text.len())].to_vec();
                text.splice(at..at, part);
            }
            Edit::Flip(at, mask) => {
                let at = at.index(len);
                text.get_mut(at).into_iter().for_each(|byte| *byte ^= mask);
            }
            Edit::Lines(a, b) => {
                let mut lines: Vec<&[u8]> = text.split(|b| *b == b'\n').collect();
                let (a, b) = (a.index(lines.len()), b.index(lines.len()));
                lines.swap(a, b);
                text = lines.join(&b'\n');
            }
        }
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        parse(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn an_edited_line_counts_only_if_it_says_what_it_said(edits in prop::collection::vec(edit(), 1..6)) {
        let text = apply(valid(12).into_bytes(), &edits);
        if let Some(read) = parse(&String::from_utf8_lossy(&text)) {
            let written: Vec<Vote> = (0..12).map(vote).collect();
            for vote in &read.votes {
                prop_assert!(written.contains(vote), "{vote:?} was made up");
            }
            // What is written back is read back, broken lines and all.
            let keyring = keyring();
            let again = read.render(&|line| keyring.seal(line));
            let again = parse(&again).expect("own output");
            let mut votes = read.votes.clone();
            votes.dedup();
            prop_assert!(votes.iter().all(|vote| again.votes.contains(vote)));
            prop_assert!(read.broken.iter().all(|b| again.broken.iter().any(|a| a.raw == b.raw)));
        }
    }

    #[test]
    fn a_cut_off_file_is_refused_or_says_less(cut in any::<prop::sample::Index>()) {
        let text = valid(6);
        let part = &text[..cut.index(text.len())];
        if let Some(read) = parse(part) {
            // The header alone is a checklist without votes; a torn list is none.
            let whole = part.trim_end() == text.trim_end();
            prop_assert!(whole || read.votes.is_empty(), "{part}");
        }
    }

    #[test]
    fn a_damaged_journal_is_no_reason_to_panic(edits in prop::collection::vec(edit(), 1..6)) {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("journal");
        let keyring = keyring();
        let seal = |line: &str| keyring.seal(line);
        let (mut journal, _) = Journal::open(&path, &seal).expect("a journal");
        for i in 0..5 {
            let record = debut::store::Record { kind: "decide".into(), votes: vec![vote(i)] };
            journal.append(&record, &seal).expect("an append");
        }
        drop(journal);
        let text = apply(fs::read(&path).expect("the journal"), &edits);
        fs::write(&path, &text).expect("a file");
        let written: Vec<Vote> = (0..5).map(vote).collect();
        for record in Journal::read(&path, &seal).expect("what is left of it") {
            prop_assert!(record.votes.iter().all(|vote| written.contains(vote)));
        }
    }
}

fn long(text: &str) -> String {
    format!("schema = 2\nreview = \"r\"\nkey_id = \"k\"\n[ballot]\nvotes = [\n{text}\n]\n")
}

/// Each of them would exhaust the stack or the memory of a careless reader.
fn monsters() -> Vec<String> {
    let deep = 100_000;
    let line = |note: &str| {
        format!(
            "{{ on = \"file:a\", do = \"redact\", by = \"x\", at = 2026-01-02T03:04:05Z, note = \"{note}\" }},"
        )
    };
    vec![
        long(&"[".repeat(deep)),
        long(&"{ a = ".repeat(deep)),
        format!("schema = 2\nx = {}{}\n", "[".repeat(deep), "]".repeat(deep)),
        format!("schema = 2\n{} = 1\n", vec!["a"; deep].join(".")),
        format!("schema = 2\n[{}]\n", vec!["a"; deep].join(".")),
        "[a]\n".repeat(2) + &"[[b]]\n".repeat(deep),
        long(&line(&"x".repeat(4 << 20))),
        long(&line(&"\\u0041".repeat(1 << 18))),
        long(&format!("{{ {} }},", "a = 1, ".repeat(deep))),
        long(&line("x").repeat(3_000)),
        format!("schema = 2\nreview = \"{}\"\nkey_id = \"k\"\n", "é".repeat(1 << 20)),
        format!("schema = 2 # {}", "#".repeat(4 << 20)),
        "\n".repeat(1 << 20),
        format!("schema = 2\r\nreview = 'a'\r\nkey_id = \"\"\"{}\"\"\"\r\n", "\n".repeat(1 << 16)),
    ]
}

#[test]
fn monsters_cost_no_stack() {
    for (i, text) in monsters().iter().enumerate() {
        assert!(catch_unwind(|| parse(text)).is_ok(), "monster {i}");
    }
}

#[test]
fn what_cannot_be_read_is_left_alone() {
    let line = format!("token: {}\n", github_token(1));
    let repo =
        Repo::with(&[("LICENSE", include_bytes!("../LICENSE-MIT")), ("a.yml", line.as_bytes())]);
    let mut review = repo.review(Access::Write);
    let decide = |review: &mut Review, verdict| {
        let scope = Scope::Place(FindingIdx(0));
        let step = review.session.decide(&scope, &Choice::new(verdict), 1_000).expect("a decision");
        review.desk.record(step).expect("the journal");
    };
    decide(&mut review, Verdict::Redact);
    review.desk.save().expect("a save");
    let good = fs::read_to_string(repo.checklist()).expect("the checklist");
    let keyring = review.keyring.clone();
    let seal = |line: &str| keyring.seal(line);
    let mut texts: Vec<Vec<u8>> = monsters().into_iter().map(String::into_bytes).collect();
    texts.extend([
        good.replace("schema = 2", "schema = 3").into_bytes(),
        good.replace("votes = [", "<<<<<<< HEAD\nvotes = [").into_bytes(),
        good.replace("on = \"", "on = \"moon:").into_bytes(),
        good.as_bytes()[..good.len() - 3].to_vec(),
        [good.as_bytes(), b"\xff"].concat(),
        Vec::new(),
        vec![0; 5000],
    ]);
    let mut refused = 0;
    for text in texts {
        fs::write(repo.checklist(), &text).expect("a file");
        let read = String::from_utf8(text.clone()).ok();
        let read = read.and_then(|t| Checklist::parse(&repo.checklist(), &t, &seal).ok());
        decide(&mut review, Verdict::Defer);
        let saved = review.desk.save();
        if read.is_some_and(|read| read.key_id == review.keyring.key_id()) {
            saved.expect("a save");
            continue;
        }
        refused += 1;
        assert!(saved.is_err());
        assert_eq!(fs::read(repo.checklist()).expect("the file"), text);
    }
    assert!(refused >= 18, "only {refused} were refused");
    // What was decided meanwhile is in the journal.
    fs::write(repo.checklist(), &good).expect("a file");
    let votes = review.session.votes().len();
    drop(review);
    assert_eq!(repo.review(Access::Read).session.votes().len(), votes);
}
