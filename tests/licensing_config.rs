// SPDX-License-Identifier: MIT OR Apache-2.0
//! The policy about licences: asked once, written without harm to the file, read from anywhere.
#![expect(clippy::expect_used, reason = "helpers of tests may fail loudly too")]

#[path = "common/cli.rs"]
mod cli;
mod common;

use std::{
    fs,
    time::{Duration, Instant},
};

use common::Repo;
use debut::{
    domain::{Headers, Licensing},
    ops::{Access, Effect, Event, Host, Review},
    store::{answer_licensing, parse_policy},
};

const MIT: &[u8] = include_bytes!("../LICENSE-MIT");

fn answered() -> Licensing {
    Licensing {
        outbound: Some("Apache-2.0".into()),
        owners: vec!["Example \"GmbH\"".into(), "example.com".into()],
        headers: Some(Headers::New),
        reuse: Some(false),
        third_party: vec!["vendor/**".into()],
        accepted: vec!["MIT".into()],
    }
}

fn write(text: &str) -> String {
    let out = answer_licensing("config.toml".as_ref(), text, &answered()).expect("written");
    let read = parse_policy("config.toml".as_ref(), &out).expect("a policy");
    assert_eq!(read.licensing, answered());
    out
}

#[test]
fn answers_are_written_beside_what_is_there() {
    let text = "# Ours.\n[policy]\nmin_reviewers = 2 # two\n\n[licensing] # by hand\n\
                outbound = \"MIT\" # for now\n# Holders:\n#owners = [\"Somebody\"]\n\n# The end.\n";
    let out = write(text);
    for kept in [
        "# Ours.\n[policy]\nmin_reviewers = 2 # two\n",
        "outbound = \"Apache-2.0\" # for now\n",
        "# Holders:\nowners = [",
        "#owners = [\"Somebody\"]\n",
        "# The end.\n",
    ] {
        assert!(out.contains(kept), "{kept:?} in\n{out}");
    }
    assert_eq!(write(&out), out, "a second time nothing changes");
    // Whatever shape the file has, it is read as it is meant.
    for text in [
        "",
        "[policy]\nmin_reviewers = 1",
        "[licensing]",
        "[licensing]\n[policy]\nmin_reviewers = 1\n",
        "licensing.outbound = \"MIT\"\nlicensing.owners = []\nlicensing.headers = \"off\"\n\
         licensing.reuse = true\nlicensing.third_party = []\nlicensing.accepted = []\n",
        include_str!("../assets/templates/config.toml"),
    ] {
        write(text);
    }
}

#[test]
fn what_cannot_be_added_to_is_left_alone() {
    for text in ["licensing = { outbound = \"MIT\" }\n", "licensing = 3\n", "[licensing\n"] {
        let error = answer_licensing("config.toml".as_ref(), text, &answered());
        let words = error.expect_err("an error").to_string();
        assert!(words.starts_with("config.toml:1: "), "{words}");
    }
    let wrong = Licensing { outbound: Some("MIT or later".into()), ..Licensing::default() };
    assert!(answer_licensing("config.toml".as_ref(), "", &wrong).is_err());
}

#[test]
fn expressions_are_checked_where_they_stand() {
    let read = |text: &str| parse_policy("config.toml".as_ref(), text);
    let good = read("[licensing]\noutbound = \"(mit or apache-2.0) and gpl-2.0+\"\n").expect("ok");
    assert_eq!(good.licensing.outbound.as_deref(), Some("(MIT OR Apache-2.0) AND GPL-2.0+"));
    let own = read("[licensing]\noutbound = \"LicenseRef-House\"\naccepted = [\"isc\"]\n");
    assert_eq!(own.expect("ok").licensing.accepted, ["ISC".into()]);
    for (line, text) in [
        (2, "[licensing]\noutbound = \"Apache 2\"\n"),
        (3, "[licensing]\nreuse = true\noutbound = \"MIT OR\"\n"),
        (4, "[licensing]\naccepted = [\n  \"MIT\",\n  \"Expat\",\n]\n"),
        (2, "[licensing]\noutbound = \"GPLv3\"\n"),
    ] {
        let words = read(text).expect_err("an error").to_string();
        assert!(words.starts_with(&format!("config.toml:{line}: ")), "{words}");
        assert!(words.contains("SPDX licence list"), "{words}");
    }
}

fn repo() -> Repo {
    let code = "a = 1\nb = 2\nc = 3\nd = 4\ne = 5\nf = 6\n";
    let head =
        |who: &str| format!("# Copyright 2020 {who}\n# SPDX-License-Identifier: MIT\n{code}");
    let (ours, theirs) = (head("Example GmbH"), head("Other AG"));
    let jquery = "/* SPDX-License-Identifier: BSD-3-Clause */\nvar a = 1;\n";
    Repo::with(&[
        ("LICENSE", MIT),
        ("a.py", ours.as_bytes()),
        ("b.py", ours.as_bytes()),
        ("c.py", ours.as_bytes()),
        ("d.py", theirs.as_bytes()),
        ("vendor/x/x.js", jquery.as_bytes()),
    ])
}

#[test]
fn init_writes_what_is_answered_and_says_what_is_likely() {
    let repo = repo();
    let ran = repo.run(["init"]).exits(0);
    for likely in
        ["outbound = \"MIT\"", "Example GmbH", "headers = \"all\"", "vendor/**", "BSD-3-Clause"]
    {
        assert!(ran.out.contains(likely), "{likely} in\n{}", ran.out);
    }
    let config = repo.path().join(".debut/config.toml");
    let text = fs::read_to_string(&config).expect("a policy");
    assert!(text.contains("#outbound = \"MIT\""), "{text}");
    let read = |text: &str| parse_policy("config.toml".as_ref(), text).expect("a policy").licensing;
    assert_eq!(read(&text), Licensing::default(), "nobody has answered");
    fs::write(&config, format!("{text}\n# A remark.\n")).expect("written");
    let args =
        ["init", "--outbound", "apache-2.0", "--owner", "Other AG", "--reuse", "--headers=new"];
    repo.run(args).exits(0);
    let text = fs::read_to_string(&config).expect("a policy");
    assert!(text.ends_with("\n# A remark.\n"), "{text}");
    let read = read(&text);
    assert_eq!(read.outbound.as_deref(), Some("Apache-2.0"));
    assert_eq!((read.headers, read.reuse), (Some(Headers::New), Some(true)));
    let found = repo.found();
    let foreign = found.iter().filter(|f| f["rule"] == "licensing/copyright-foreign");
    let mut at: Vec<&str> = foreign.filter_map(|f| f["path"].as_str()).collect();
    at.sort_unstable();
    assert_eq!(at, ["LICENSE", "a.py", "b.py", "c.py"]);
}

#[test]
fn init_can_take_what_is_likely() {
    let repo = repo();
    let ran = repo.run(["init", "--guess", "--outbound", "ISC"]).exits(0);
    assert!(ran.out.contains("outbound = \"ISC\"") && ran.out.contains("headers = \"all\""));
    let wrong = repo.run(["init", "--outbound", "Apache 2"]).exits(2);
    assert!(wrong.err.contains("SPDX licence list"), "{}", wrong.err);
}

#[test]
fn the_policy_can_lie_anywhere() {
    let repo = repo();
    let elsewhere = repo.state.path().join("policy.toml");
    let path = elsewhere.to_str().expect("a name").to_owned();
    repo.run(["scan", "--config", &path]).exits(2).says("not there, but --config names it");
    fs::write(&elsewhere, "[licensing]\noutbound = \"MIT OR\"\n").expect("written");
    repo.run(["status", "--config", &path]).exits(2).says("policy.toml:2: ");
    fs::write(&elsewhere, "[licensing]\nowners = [\"Example\", \"The debut authors\"]\n")
        .expect("written");
    let found = repo.run(["scan", "--format", "jsonl", "--config", &path]).lines();
    let foreign = found.iter().filter(|f| f["rule"] == "licensing/copyright-foreign");
    let at: Vec<&str> = foreign.filter_map(|f| f["path"].as_str()).collect();
    assert_eq!(at, ["d.py"]);
    assert!(!repo.path().join(".debut").exists());
    // It is written where it is read.
    repo.run(["init", "--config", &path, "--outbound", "MIT"]).exits(0);
    assert!(fs::read_to_string(&elsewhere).expect("a policy").contains("outbound = \"MIT\""));
    let new = repo.state.path().join("new.toml");
    let name = new.to_str().expect("a name");
    repo.run(["init", "--config", name, "--outbound", "MIT"]).exits(0);
    assert!(fs::read_to_string(&new).expect("a policy").contains("outbound = \"MIT\""));
}

#[test]
fn the_screen_is_told_what_is_likely_and_writes_what_is_answered() {
    let repo = repo();
    let review = Review::open(&repo.options(), Access::Write).expect("a review");
    let (mut host, session) = Host::start(review, 1);
    let mut likely = None;
    let end = Instant::now() + Duration::from_secs(60);
    while likely.is_none() && Instant::now() < end {
        likely = host.poll(1000).into_iter().find_map(|event| match event {
            Event::Likely(guess) => Some(guess),
            _ => None,
        });
        std::thread::sleep(Duration::from_millis(5));
    }
    let guess = likely.expect("a guess");
    assert_eq!(guess.licensing.outbound.as_deref(), Some("MIT"));
    let effect = Effect::AnswerLicensing(guess.licensing.clone());
    let answer = host.perform(effect, &session);
    let Some(Event::LicensingAnswered(Ok(policy))) = answer else { panic!("not written") };
    assert_eq!(policy.licensing, guess.licensing);
    let (mut again, mut scanned) = (false, false);
    while !(again && scanned) && Instant::now() < end {
        for event in host.poll(1000) {
            again |= matches!(event, Event::Again);
            scanned |= again && matches!(event, Event::Scanned(_));
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(again && scanned, "scanned again under the new policy");
    host.close().expect("closed");
    let text = fs::read_to_string(repo.path().join(".debut/config.toml")).expect("a policy");
    assert!(text.contains("outbound = \"MIT\"") && text.contains("# Under which licence"));
}

#[test]
fn new_files_are_those_that_came_after_the_policy() {
    let code = |no: usize| (no..no + 7).map(|n| format!("x{n} = {n}\n")).collect::<String>();
    let (one, two, three) = (code(1), code(2), code(3));
    let policy = b"[licensing]\nheaders = \"new\"\n";
    let missing = |repo: &Repo| -> Vec<String> {
        let found = repo.found();
        let gaps = found.iter().filter(|gap| gap["rule"] == "licensing/header-missing");
        gaps.filter_map(|gap| gap["path"].as_str().map(str::to_owned)).collect()
    };
    let repo = Repo::with(&[("LICENSE", MIT), ("before.py", one.as_bytes())]);
    fs::create_dir(repo.path().join(".debut")).expect("a folder");
    fs::write(repo.path().join(".debut/config.toml"), policy).expect("written");
    assert_eq!(missing(&repo), Vec::<String>::new(), "the policy was never committed");
    // Other settings ask for nothing.
    let other: (&str, &[u8]) = (".debut/config.toml", b"[policy]\n");
    repo.commit(&[("LICENSE", MIT), ("before.py", one.as_bytes()), other]);
    let asks: (&str, &[u8]) = (".debut/config.toml", policy);
    let with = [("LICENSE", MIT), ("before.py", one.as_bytes()), ("with.py", two.as_bytes()), asks];
    repo.commit(&with);
    assert_eq!(missing(&repo), Vec::<String>::new());
    // What was moved is as old as it was.
    repo.commit(&[
        ("LICENSE", MIT),
        ("before.py", format!("{one}y = 1\n").as_bytes()),
        ("moved.py", two.as_bytes()),
        ("after.py", three.as_bytes()),
        asks,
    ]);
    assert_eq!(missing(&repo), ["after.py"]);
}
