// SPDX-License-Identifier: MIT OR Apache-2.0
//! A whole review of a grown repository, from the first frame to the report, with keys only.
//!
//! `benches/review.sh 10000` does it with more findings and prints what it took.

#![allow(clippy::expect_used, clippy::print_stderr, reason = "a test may panic, and says numbers")]

#[path = "common/cli.rs"]
mod cli;
mod common;
#[path = "common/infra.rs"]
mod infra;
#[path = "common/reviewer.rs"]
mod reviewer;
#[path = "common/terminal.rs"]
mod terminal;

use std::{collections::BTreeMap, time::Instant};

use common::Repo;
use infra::Infra;
use portable_pty::CommandBuilder;
use reviewer::{Reviewer, SIZE};
use serde_json::Value;
use terminal::Terminal;

/// Path, line and rule.
type Place = (String, u64, String);

/// How many findings, unless the environment says another number.
const FINDINGS: usize = 600;

#[expect(clippy::disallowed_methods, reason = "the size of a measurement")]
fn findings() -> usize {
    std::env::var("DEBUT_REVIEW_FINDINGS").map_or(FINDINGS, |n| n.parse().expect("a number"))
}

fn truth(infra: &Infra) -> BTreeMap<Place, &'static str> {
    let place = |p: &infra::Planted| (p.path.clone(), u64::from(p.line), p.rule.to_owned());
    infra.planted.iter().map(|p| (place(p), p.verdict)).collect()
}

/// What the program found, with the verdicts that it knows.
fn found(repo: &Repo) -> BTreeMap<Place, String> {
    let text = |f: &Value, name: &str| f[name].as_str().unwrap_or("").to_owned();
    let place = |f: &Value| (text(f, "path"), f["line"].as_u64().unwrap_or(0), text(f, "rule"));
    let all = repo.found();
    let map: BTreeMap<_, _> = all.iter().map(|f| (place(f), text(f, "verdict"))).collect();
    assert_eq!(map.len(), all.len(), "two findings of one rule on a line");
    map
}

#[track_caller]
fn same<T: std::fmt::Debug>(wrong: &[T], what: &str) {
    assert!(wrong.is_empty(), "{} {what}: {:#?}", wrong.len(), &wrong[..wrong.len().min(20)]);
}

/// CPU seconds and the most memory of a process so far, where the system tells.
fn used(pid: Option<u32>) -> Option<(f64, f64)> {
    let folder = format!("/proc/{}", pid?);
    let stat = std::fs::read_to_string(format!("{folder}/stat")).ok()?;
    // Past the name, which may hold blanks: user and system time in hundredths.
    let times: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks: f64 = times.get(11)?.parse::<f64>().ok()? + times.get(12)?.parse::<f64>().ok()?;
    let status = std::fs::read_to_string(format!("{folder}/status")).ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: f64 = peak.trim().strip_suffix(" kB")?.parse().ok()?;
    Some((ticks / 100.0, kib / 1024.0))
}

/// Goes through the whole review and returns the key strokes.
fn review(repo: &Repo, groups: usize) -> usize {
    let start = Instant::now();
    let tell = |reviewer: &Reviewer, what: &str| {
        let (cpu, peak) = used(reviewer.terminal.child.process_id()).unwrap_or_default();
        let (keys, open, wall) = (reviewer.keys, reviewer.open(), start.elapsed().as_secs_f64());
        eprintln!(
            "{what:<24}{keys:>6} keys  {open:>6} open  {wall:>7.2} s  CPU {cpu:>6.2} s  {peak:>5.0} MiB"
        );
    };
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_debut"));
    command.env_clear();
    command.cwd(repo.path());
    for (name, folder) in [
        ("HOME", ""),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_STATE_HOME", "state"),
        ("XDG_CACHE_HOME", "cache"),
    ] {
        command.env(name, repo.state.path().join(folder));
    }
    command.env("TERM", "xterm-256color");
    let terminal = Terminal::start(command, SIZE.0, SIZE.1);
    let (mut reviewer, first) = Reviewer::sit_down(terminal);
    eprintln!("first frame after {:.3} s", first.as_secs_f64());
    reviewer.until(|lines| !lines[0].contains("scanning") && lines[0].contains("groups open"));
    tell(&reviewer, "scanned");
    if reviewer.shows("Which of these words") {
        reviewer.press(&["\r"]);
    }
    reviewer.until(|lines| lines.iter().any(|line| line.contains("Licences: is this right?")));
    reviewer.press(&["\x1b"]);
    assert_eq!(reviewer.open(), groups);
    reviewer.accept_suggestions();
    tell(&reviewer, "suggestions");
    reviewer.walk();
    tell(&reviewer, "walk");
    reviewer.look_at_samples();
    tell(&reviewer, "samples");
    reviewer.attest();
    tell(&reviewer, "release checklist");
    reviewer.press(&["1"]);
    for what in ["Sensitive", "Internal references", "Release checklist"] {
        let screen = reviewer.screen();
        let line = screen.lines().find(|line| line.contains(what)).expect("a line");
        assert!(line.contains("✓ decided"), "{line}");
    }
    reviewer.press(&["E", "\x15"]);
    reviewer.type_in("signoff.json");
    reviewer.press(&["\r"]);
    reviewer.until(|lines| lines.iter().any(|line| line.contains("signoff.json")));
    tell(&reviewer, "report");
    for (took, what) in &reviewer.slowest {
        eprintln!("  {:>7.1} ms  {what}", took.as_secs_f64() * 1000.0);
    }
    reviewer.keys += 1;
    reviewer.terminal.press("q");
    assert_eq!(reviewer.terminal.end(), 0);
    reviewer.keys
}

#[test]
fn a_reviewer_with_nothing_but_keys_gives_every_place_its_right_verdict() {
    let infra = Infra::grow(findings());
    let repo = Repo::with(&infra.entries());
    let truth = truth(&infra);
    eprintln!("{} places, {} values, {} files", truth.len(), infra.values, infra.files.len());

    let before = found(&repo);
    same(&truth.keys().filter(|p| !before.contains_key(*p)).collect::<Vec<_>>(), "not found");
    same(&before.keys().filter(|p| !truth.contains_key(*p)).collect::<Vec<_>>(), "not planted");

    let keys = review(&repo, infra.values);
    eprintln!("{keys} key strokes for {} places", truth.len());

    let after = found(&repo);
    let wrong = |(place, verdict): (&Place, &&str)| {
        let given = after.get(place)?;
        (given != verdict).then(|| format!("{place:?} is {given:?}, not {verdict:?}"))
    };
    same(&truth.iter().filter_map(wrong).collect::<Vec<_>>(), "wrong verdicts");
    assert_eq!(repo.run(["status"]).exits(0).err, "");
    report_tells(&repo, &truth, infra.values);
}

/// The report's numbers are those of the truth.
fn report_tells(repo: &Repo, truth: &BTreeMap<Place, &'static str>, groups: usize) {
    let text = std::fs::read_to_string(repo.path().join("signoff.json")).expect("a report");
    let report: Value = serde_json::from_str(&text).expect("JSON");
    let report = &report["predicate"];
    let given = |verdict: &str| truth.values().filter(|true_one| **true_one == verdict).count();
    let counts = &report["counts"];
    for (name, count) in [
        ("findings", truth.len()),
        ("groups", groups),
        ("approved", given("approve")),
        ("redacted", given("redact")),
        ("excluded", given("exclude")),
        ("undecided", 0),
        ("unresolved", 0),
        ("blocking_groups", 0),
        ("samples_due", 0),
    ] {
        assert_eq!(counts[name], count, "{name} in {counts:#}");
    }
    assert_eq!(report["result"], "passed", "{:#}", report["against"]);
    assert_eq!(report["attestations"]["blocking"], 0);
    // A batch that was looked at as a whole is told of too.
    let samples = report["samples"].as_array().expect("samples");
    assert!(!samples.is_empty());
    assert!(samples.iter().all(|one| one["due"] == 0 && one["bad"] == 0 && one["clean"] != 0));
    // Each place is told of once, with its verdict.
    let places = |group: &Value| group["places"].as_u64().unwrap_or(0);
    let told: u64 = report["decisions"].as_array().expect("groups").iter().map(places).sum();
    assert_eq!(told, truth.len() as u64);
}
