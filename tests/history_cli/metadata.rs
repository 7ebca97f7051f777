// SPDX-License-Identifier: MIT OR Apache-2.0
//! Values in messages, names of people and refs, and settings.

use std::fs;

use git2::{Signature, Time};
use serde_json::Value;

use crate::{
    common::github_token,
    program::Ran,
    world::{Past, TOKEN, commit},
};

/// No part of a token may be in any output.
#[track_caller]
fn keeps_secrets(ran: &Ran) {
    let token = github_token(1);
    for part in [&token[8..20], &token[20..32], &token[24..36]] {
        assert!(!ran.all().contains(part), "a part of a token is in {}", ran.all());
    }
}

/// Runs every command that prints and looks for the token.
#[track_caller]
fn keeps_secrets_everywhere(past: &Past) {
    for args in [
        &["scan"][..],
        &["scan", "--format", "json"],
        &["scan", "--format", "jsonl"],
        &["list"],
        &["list", "--format", "json"],
        &["status"],
        &["status", "--format", "json"],
        &["report", "--format", "md"],
        &["report", "--format", "json"],
        &["report", "--format", "html"],
        &["decide", "--rule", "*", "--verdict", "redact", "--dry-run"],
    ] {
        keeps_secrets(&past.repo.run([args, &["--history"]].concat()));
    }
    let (token, mut folders) = (github_token(1), vec![past.repo.state.path().to_owned()]);
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(&folder).expect("a folder").flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = fs::read(&path).expect("a file");
            let kept = bytes.windows(token.len()).any(|part| part == token.as_bytes());
            assert!(!kept, "{} holds a token", path.display());
        }
    }
}

#[track_caller]
fn says(past: &Past, start: &str) {
    let text = past.repo.run(["scan", "--history"]).exits(1).out;
    let told = text.lines().any(|line| line.starts_with(start) && line.contains(TOKEN));
    assert!(told, "{start} is not in {text}");
}

#[test]
fn a_message() {
    let mut past = Past::new();
    let made = past.say(&format!("Fix it\n\nwith {}\n", github_token(1)), &[]);
    past.commit(&[]);
    let found = past.one(TOKEN);
    assert_eq!((&found["layer"], &found["path"]), (&"metadata".into(), &".git/messages".into()));
    assert_eq!(found["version"], made.to_string());
    assert_eq!((&found["line"], &found["column"]), (&3.into(), &6.into()));
    assert_eq!((&found["first"], &found["last"]), (&commit(made, 1), &commit(made, 1)));
    says(&past, &format!("commit {:.12} message:3:6: ", made.to_string()));
    keeps_secrets_everywhere(&past);
}

#[test]
fn an_author() {
    let mut past = Past::new();
    let made = past.write("Change files", &github_token(1), &[]);
    let found = past.one(TOKEN);
    assert_eq!((&found["layer"], &found["path"]), (&"metadata".into(), &".git/identities".into()));
    assert_eq!(found["version"], made.to_string());
    says(&past, &format!("commit {:.12} author or committer: ", made.to_string()));
    keeps_secrets_everywhere(&past);
}

#[test]
fn a_tag() {
    let mut past = Past::new();
    let made = past.commit(&[]);
    let git = &past.repo.git;
    let who = Signature::new("Author One", "author1@example.com", &Time::new(1, 0)).expect("one");
    let target = git.find_object(made, None).expect("the commit");
    let tag = git.tag("v1", &target, &who, &format!("Use {}", github_token(1)), false);
    let tag = tag.expect("a tag").to_string();
    let found = past.one(TOKEN);
    assert_eq!((&found["layer"], &found["version"]), (&"metadata".into(), &tag.clone().into()));
    assert_eq!((&found["first"], &found["versions"]), (&Value::Null, &1.into()));
    says(&past, &format!("tag or loose commit {tag:.12} message:1:5: "));
    keeps_secrets_everywhere(&past);
}

#[test]
fn a_branch_and_a_setting() {
    let mut past = Past::new();
    let made = past.commit(&[]);
    let token = github_token(1);
    past.point(&format!("refs/heads/use-{token}"), made);
    let found = past.one(TOKEN);
    let mask = found["masked"].as_str().expect("a mask");
    assert_eq!((&found["layer"], &found["path"]), (&"metadata".into(), &".git/refs".into()));
    assert_eq!(found["version"], format!("refs/heads/use-{mask}"));
    assert_eq!((&found["first"], &found["versions"]), (&Value::Null, &Value::Null));
    says(&past, &format!("ref refs/heads/use-{mask}: "));
    keeps_secrets_everywhere(&past);

    let git = &past.repo.git;
    let url = format!("https://{token}@git.example.com/x.git");
    git.config().expect("settings").set_str("remote.up.url", &url).expect("a setting");
    let found = past.found(TOKEN);
    assert_eq!(found[0]["version"], "remote.up.url");
    says(&past, "setting remote.up.url: ");
    keeps_secrets_everywhere(&past);
}

#[test]
fn a_name_that_must_not_be_published_weighs_the_same_everywhere() {
    let mut past = Past::new();
    past.repo.run(["words", "--add", "code-name:blue finch"]).exits(0);
    let made = past.say("Start blue-finch\n", &[]);
    past.point("refs/heads/blue-finch", made);
    let found = past.found("internal/code-name");
    let told: Vec<_> = found.iter().map(|one| (&one["path"], &one["severity"])).collect();
    let high = |path: &str| (path.into(), "high".into());
    let (message, name): ((Value, Value), (Value, Value)) =
        (high(".git/messages"), high(".git/refs"));
    assert_eq!(told, [(&message.0, &message.1), (&name.0, &name.1)]);
}

#[test]
fn metadata_cannot_be_excluded_but_redacted() {
    let mut past = Past::new();
    past.say(&format!("Use {}", github_token(1)), &[]);
    let decide = |args: &[&str]| {
        past.repo.run([&["decide", "--history", "--verdict", "exclude"], args].concat())
    };
    decide(&["--rule", TOKEN]).exits(2).says("no file that could be left out");
    decide(&["--path", ".git/messages"]).exits(2).says("names no file that could be left out");
    let args = ["decide", "--history", "--rule", TOKEN, "--verdict", "redact"];
    past.repo.run(args).exits(0);
    assert_eq!(past.one(TOKEN)["verdict"], "redact");
}

#[test]
fn the_name_of_a_file() {
    let mut past = Past::new();
    let token = github_token(1);
    let file = format!("backup/{token}.txt");
    let other = format!("use {}\n", github_token(2));
    past.commit(&[(&file, other.as_str()), (&format!("dump-{token}/a.txt"), "x\n")]);
    let mask = past.found(TOKEN).iter().find(|one| one["layer"] == "metadata").cloned();
    let mask = mask.expect("a name")["masked"].as_str().expect("a mask").to_owned();
    for history in [false, true] {
        let flag = if history { &["--history"][..] } else { &[] };
        let text = past.repo.run([&["scan"], flag].concat()).exits(1).out;
        for start in [
            format!("name of backup/{mask}.txt: critical "),
            format!("name of dump-{mask}: critical "),
            // What stands in the file is told without the name, too.
            format!("backup/{mask}.txt:1:5: critical "),
        ] {
            assert!(text.lines().any(|line| line.starts_with(&start)), "{start} is not in {text}");
        }
        assert_eq!(text.lines().filter(|line| line.starts_with("name of ")).count(), 2, "{text}");
    }
    // A second run recalls it.
    assert!(past.found(TOKEN).iter().any(|one| one["path"] == ".git/paths"));
    keeps_secrets_everywhere(&past);
    // Whoever leaves a directory out leaves its name out.
    let dir = format!("dump-{token}");
    past.repo.run(["decide", "--path", &dir, "--verdict", "exclude"]).exits(0);
    let verdicts = |past: &Past| {
        let names = past.found(TOKEN).into_iter().filter(|one| one["path"] == ".git/paths");
        names.map(|one| one["verdict"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(verdicts(&past), ["exclude".into(), Value::Null]);
    assert!(!past.repo.run(["stale"]).out.contains("dump-"), "it matches something");
    past.repo.run(["decide", "--path", &dir, "--verdict", "withdraw"]).exits(0);
    assert_eq!(verdicts(&past), [Value::Null, Value::Null]);
    past.repo.run(["decide", "--rule", TOKEN, "--verdict", "redact"]).exits(0);
    assert!(past.found(TOKEN).iter().all(|one| one["verdict"] == "redact"));

    // In another commit the file has another name.
    past.commit(&[("backup/a.txt", other.as_str())]);
    let text = past.repo.run(["scan"]).out;
    assert!(!text.contains("name of "), "{text}");
    let text = past.repo.run(["scan", "--history"]).out;
    assert!(text.contains(&format!("name of backup/{mask}.txt: critical ")), "{text}");
    let names = past.found(TOKEN);
    let gone = names.iter().filter(|one| one["path"] == ".git/past-paths");
    assert!(gone.clone().count() == 2, "{names:?}");
    for one in gone {
        let notes = one["notes"].to_string();
        assert!(notes.contains("has no file of this name"), "{notes}");
    }
    keeps_secrets_everywhere(&past);
}

#[test]
fn a_name_that_only_looks_like_a_secret_is_none() {
    let mut past = Past::new();
    past.commit(&[
        ("passwords/password=Zomer-2019x.txt", "x\n"),
        ("objects/0a1b2c3d4e5f60718293a4b5c6d7e8f901234567", "x\n"),
        ("src/AuthenticationServiceConfiguration2.java", "x\n"),
    ]);
    let found = past.repo.run(["scan", "--history"]).out;
    assert!(!found.contains("name of "), "{found}");
}
