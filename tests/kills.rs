// SPDX-License-Identifier: MIT OR Apache-2.0
//! Killed at any instant, the program loses no decision that it has shown.
//!
//! `DEBUT_KILL_ROUNDS` says how often it is killed; a few times is enough for every day.

#![cfg(unix)]
#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod common;
#[path = "common/terminal.rs"]
mod pty;

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use common::{Repo, github_token};
use debut::{
    domain::{Act, Target, Verdict},
    ops::{Access, Options, Review},
    review::{Choice, FindingIdx, Scope, Session},
    store::Checklist,
};
use pty::Terminal;

/// How often it is killed unless the variable says otherwise.
const ROUNDS: u32 = 20;
const PLACES: u32 = 6;

#[expect(clippy::disallowed_methods, reason = "the test is told how long it may take")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn rounds() -> u32 {
    variable("DEBUT_KILL_ROUNDS").and_then(|n| n.parse().ok()).unwrap_or(ROUNDS)
}

fn repo() -> Repo {
    let files: Vec<(String, String)> =
        (0..PLACES).map(|i| (format!("f{i}.yml"), format!("t: {}\n", github_token(i)))).collect();
    let mut all: Vec<(&str, &[u8])> = vec![("LICENSE", include_bytes!("../LICENSE-MIT"))];
    all.extend(files.iter().map(|(path, text)| (path.as_str(), text.as_bytes())));
    Repo::with(&all)
}

/// A time to wait before the kill, spread over `most` and never the same twice in a row.
fn moment(round: u32, most: Duration) -> Duration {
    most.mul_f64(f64::from(round.wrapping_mul(2_654_435_761) >> 8) / f64::from(1 << 24))
}

/// The file on the disk is whole, whatever happened.
fn parses(repo: &Repo, keyring: &debut::review::Keyring) {
    if let Ok(text) = fs::read_to_string(repo.checklist()) {
        let seal = |line: &str| keyring.seal(line);
        let read = Checklist::parse(&repo.checklist(), &text, &seal).expect("a whole checklist");
        assert!(read.broken.is_empty(), "{:?}", read.broken);
    }
}

fn last_words(session: &Session) -> BTreeMap<String, (i64, Act)> {
    let mut last: BTreeMap<String, (i64, Act)> = BTreeMap::new();
    for vote in session.votes() {
        let Target::Place { path, .. } = &vote.target else { continue };
        let known = last.entry(path.to_string()).or_insert((vote.at, vote.act));
        *known = (*known).max((vote.at, vote.act));
    }
    last
}

/// Not a test of its own: what [`a_kill_at_any_instant_loses_nothing_that_was_acknowledged`]
/// starts and kills. It decides, saves, shortens the journal and says what is on the disk.
mod child {
    use super::*;

    pub(super) const VARIABLE: &str = "DEBUT_TEST_KILLED";

    pub(super) fn run(folders: &str) {
        let (path, state) = folders.split_once('\n').expect("two folders");
        let options = Options {
            today: 20_000,
            path: path.into(),
            revision: "HEAD".into(),
            checklist: None,
            config: None,
            reviewer: Some("reviewer1@example.com".into()),
            login: "login".into(),
            state: state.into(),
            since: "now".into(),
            reach: None,
            cache: None,
        };
        let mut out = std::io::stdout();
        for turn in 0_u32.. {
            let mut review = Review::open(&options, Access::Write).expect("a review");
            assert_eq!(review.read_only, None);
            review.scan(1, &false.into(), &mut |_, _, _| {}).expect("a scan");
            for n in 0..40 {
                let place = FindingIdx((turn + n) % PLACES);
                let choice = Choice::new(Verdict::ALL[((turn + n) % 4) as usize]);
                let step = if n % 5 == 4 {
                    review.session.undo(0)
                } else {
                    let choice = match choice.act {
                        Act::Give(Verdict::Exclude) => Choice::new(Verdict::Redact),
                        _ => choice,
                    };
                    review.session.decide(&Scope::Place(place), &choice, 0)
                };
                let step = step.expect("a step");
                let said: Vec<String> = step
                    .votes
                    .iter()
                    .map(|vote| {
                        format!(
                            "{} {} {}",
                            vote.target.path().expect("a path"),
                            vote.at,
                            vote.act.word()
                        )
                    })
                    .collect();
                review.desk.record(step).expect("the journal");
                // From here on it counts: this is where the screen would show it.
                writeln!(out, "{}", said.join("\n")).and_then(|()| out.flush()).expect("a pipe");
                if n % 7 == 0 {
                    review.desk.save().expect("a save");
                }
            }
            review.desk.close().expect("a save");
        }
    }
}

#[test]
fn a_kill_at_any_instant_loses_nothing_that_was_acknowledged() {
    if let Some(folders) = variable(child::VARIABLE) {
        child::run(&folders);
        return;
    }
    let repo = repo();
    let keyring = repo.review(Access::Read).keyring;
    let folders = format!("{}\n{}", repo.path().display(), repo.state.path().display());
    let mut acknowledged: BTreeMap<String, (i64, String)> = BTreeMap::new();
    let mut steps = 0;
    for round in 0..rounds() {
        let mut command = Command::new(std::env::current_exe().expect("this test"));
        let name = "a_kill_at_any_instant_loses_nothing_that_was_acknowledged";
        command.args(["--exact", name, "--nocapture"]).env(child::VARIABLE, &folders);
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the child");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let reader = std::thread::spawn(move || {
            let mut all = Vec::new();
            let mut first = None;
            while let Some(Ok(line)) = lines.next() {
                if line.contains(".yml ") {
                    first.get_or_insert_with(Instant::now);
                    all.push(line);
                }
            }
            all
        });
        // Long enough to get to work, and then any moment of it.
        std::thread::sleep(Duration::from_millis(150) + moment(round, Duration::from_millis(400)));
        child.kill().expect("a kill");
        child.wait().expect("its end");
        for line in reader.join().expect("the lines") {
            let mut words = line.split(' ');
            let mut word = || words.next().expect("a word").to_owned();
            let (path, at, act) = (word(), word().parse().expect("a time"), word());
            acknowledged.insert(path, (at, act));
            steps += 1;
        }
        parses(&repo, &keyring);
        let review = repo.review(Access::Read);
        let last = last_words(&review.session);
        for (path, (at, act)) in &acknowledged {
            let (found_at, found) = last.get(path).copied().unwrap_or((0, Act::Withdraw));
            // The step that was under way may or may not be there.
            let same = (found_at, found.word()) == (*at, act.as_str());
            assert!(same || found_at > *at, "round {round}: {path} {at} {act}, not {found_at}");
        }
    }
    assert!(steps > rounds() as usize, "it was killed before it did anything: {steps} steps");
    println!("{} kills, {steps} acknowledged votes, none lost", rounds());
}

#[test]
fn a_killed_screen_loses_nothing_that_it_has_shown() {
    let repo = repo();
    let rounds = rounds().div_ceil(4);
    let mut shown = 0_usize;
    for round in 0..rounds {
        let mut terminal = Terminal::debut(&repo, 100, 30, &[]);
        terminal.wait_for(&format!("{PLACES} groups open"));
        terminal.press("2");
        terminal.wait_for("github-tok");
        // What was typed ahead of a frame is about nothing that was seen, so one key a frame.
        let end = Instant::now() + moment(round, Duration::from_millis(1500));
        let mut keys = 0;
        while Instant::now() < end && keys < 40 {
            terminal.press(["r", "x", "s", "u", "r", "k", "a"][(round as usize + keys) % 7]);
            terminal.take_in(Duration::from_millis(25));
            keys += 1;
        }
        terminal.signal("-KILL");
        terminal.end();
        let open = open_groups(&terminal.text());
        let counted = count_open(&repo);
        // A key whose frame did not come may have counted, too: it takes a group or gives it.
        assert!(counted.abs_diff(open) <= 1, "round {round}: {open} were shown, {counted} found");
        shown += keys;
    }
    println!("{rounds} kills of the screen, {shown} keys");
}

/// Returns the number in `3 of 6 groups open`.
fn open_groups(screen: &str) -> usize {
    let before = screen.split(" of ").next().unwrap_or_default();
    let number = before.rsplit(' ').next().unwrap_or_default();
    number.parse().unwrap_or_else(|_| panic!("no number of groups in\n{screen}"))
}

fn count_open(repo: &Repo) -> usize {
    let mut status = Command::new(env!("CARGO_BIN_EXE_debut"));
    status.args(["status", "--format", "json"]).arg(repo.path());
    status.env_clear().env("HOME", repo.state.path());
    let out = status.output().expect("the program").stdout;
    let status: serde_json::Value = serde_json::from_slice(&out).expect("JSON");
    let count = |name: &str| status[name].as_u64().expect("a number") as usize;
    count("open") + count("deferred")
}
