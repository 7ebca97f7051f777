// SPDX-License-Identifier: MIT OR Apache-2.0
//! Hosts, people and tickets of the organisation in commits, refs and names of files: what comes
//! by the thousand is one question.

use git2::{Signature, Time};
use serde_json::Value;

use crate::{common::github_token, world::Past};

/// An organisation with the domain `corp.example.net`, the key `OPS` and four people.
fn past() -> Past {
    let mut past = Past::new();
    for (n, name) in ["alpha", "beta", "gamma", "delta"].into_iter().enumerate() {
        let address = format!("{name}@corp.example.net");
        past.by(&format!("OPS-{}1: change files", n + 1), (name, &address), &[]);
    }
    past
}

/// Place, severity, masked value, notes and versions of each finding of a rule in metadata.
fn told(past: &Past, rule: &str) -> Vec<(String, String, String, Value)> {
    let found = past.found(rule).into_iter().filter(|one| one["layer"] == "metadata");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let mut out: Vec<_> = found
        .map(|one| {
            let place = text(&one["path"]);
            (place, text(&one["severity"]), one["notes"].to_string(), one["versions"].clone())
        })
        .collect();
    out.sort_by(|a, b| a.0.cmp(&b.0));
    out
}

/// One finding of the rule there, of low severity, with these words, in so many objects.
#[track_caller]
fn once(past: &Past, rule: &str, place: &str, words: &[&str], versions: impl Into<Value>) {
    let told = told(past, rule);
    let here: Vec<_> = told.iter().filter(|(path, ..)| path == place).collect();
    let [(_, severity, notes, seen)] = here[..] else { panic!("{rule} at {place}: {told:#?}") };
    assert_eq!((severity.as_str(), seen), ("low", &versions.into()), "{rule} at {place}");
    for word in words.iter().chain(&["at a release: "]) {
        assert!(notes.contains(word), "{word} is not in {notes}");
    }
}

#[test]
fn authors_are_asked_about_by_their_domain() {
    let mut past = past();
    past.by("More", ("alpha@corp.example.net", "ALPHA@corp.example.net"), &[]);
    let rule = "internal/author-domain";
    once(&past, rule, ".git/identities", &["4 addresses", "mapped or kept"], 5);
    assert!(past.found("internal/org-email").is_empty(), "the domain says it all");
    past.say("Fix\n\nSigned-off-by: beta <beta@corp.example.net>\nCc: other\n", &[]);
    past.say("Fix\n\nReviewed-by: gamma@corp.example.net\n", &[]);
    once(&past, rule, ".git/messages", &["2 different ones", "rewritten"], 2);
    // One vote settles both, and whoever comes later.
    let args = ["decide", "--history", "--rule", rule, "--verdict", "approve"];
    past.repo.run([&args[..], &["--reason", "already-public"]].concat()).exits(0);
    past.by("New", ("epsilon", "epsilon@corp.example.net"), &[]);
    assert!(past.found(rule).iter().all(|one| one["verdict"] == "approve"));
}

#[test]
fn addresses_that_machines_made_up() {
    let mut past = past();
    past.by("x", ("root", "root@build3.local"), &[]);
    past.by("x", ("jd", "jd@books-macbook-pro.local"), &[]);
    past.by("x", ("jd", "jd@vm.(none)"), &[]);
    past.by("x", ("import", "jd@1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"), &[]);
    let rule = "internal/machine-address";
    let told = told(&past, rule);
    let notes: Vec<&str> = told.iter().map(|(_, _, notes, _)| notes.as_str()).collect();
    assert_eq!(told.len(), 2, "one for .local and one for (none): {told:?}");
    assert!(notes.iter().any(|notes| notes.contains("2 addresses")), "{notes:?}");
}

#[test]
fn mailboxes_of_people_are_asked_about_by_their_provider() {
    let mut past = past();
    for name in ["carla.nowak", "dario.rossi"] {
        past.by("x", (name, &format!("{name}@gmail.com")), &[]);
    }
    let told = told(&past, "sensitive/personal-email");
    let [(place, severity, notes, versions)] = &told[..] else { panic!("{told:?}") };
    assert_eq!((place.as_str(), severity.as_str()), (".git/identities", "medium"));
    assert!(notes.contains("2 addresses") && *versions == 2, "{notes}");
}

#[test]
fn tickets_are_asked_about_by_their_key() {
    let mut past = past();
    let tip = past.say("Change\n\nBug: T4711\n", &[]);
    past.say("Change\n\nbug: 12\nBug: T4712\n", &[]);
    once(&past, "internal/ticket", ".git/messages", &["4 different ones"], 4);
    once(&past, "internal/trailer", ".git/messages", &["2 different ones"], 2);
    past.point("refs/heads/OPS-12-try", tip);
    past.point("refs/heads/fix/OPS-13", tip);
    past.point("refs/tags/OPS-14", tip);
    once(&past, "internal/ticket", ".git/refs", &["3 names", "only chosen refs"], Value::Null);
    let git = &past.repo.git;
    let who = Signature::new("beta", "beta@corp.example.net", &Time::new(1, 0)).expect("one");
    let target = git.find_object(tip, None).expect("a commit");
    git.tag("v1", &target, &who, "For OPS-99", false).expect("a tag");
    once(&past, "internal/ticket", ".git/messages", &["5 different ones"], 5);
}

#[test]
fn branches_are_asked_about_by_their_owner() {
    let mut past = past();
    let rule = "internal/merge-branch";
    past.say("Merge pull request #12 from acme-works/OPS-7-try", &[]);
    past.say("Merge pull request #13 from acme-works/more", &[]);
    past.say("Merge branch 'main' of git@git.initech.test:infra/x", &[]);
    past.say("Merge branch 'feature/x' into 'main'", &[]);
    let tip = past.say("Merge branch 'release/1'", &[]);
    let told = told(&past, rule);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.iter().any(|(.., versions)| *versions == 2), "{told:?}");
    past.point("refs/heads/alpha/try", tip);
    past.point("refs/heads/alpha/again", tip);
    past.point("refs/heads/feature/x", tip);
    once(&past, rule, ".git/refs", &["2 names"], Value::Null);
}

#[test]
fn settings_are_told_and_stay() {
    let past = past();
    let mut config = past.repo.git.config().expect("settings");
    for (name, value) in [
        ("submodule.x.url", "https://code1.corp.example.net/x"),
        ("http.proxy", "http://proxy2.corp.example.net:3128"),
        ("lfs.url", "https://lfs1.corp.example.net/z"),
    ] {
        config.set_str(name, value).expect("a setting");
    }
    let told = told(&past, "internal/org-host");
    assert_eq!(told.len(), 3, "{told:#?}");
    for (place, severity, notes, _) in &told {
        assert_eq!((place.as_str(), severity.as_str()), (".git/config", "medium"));
        assert!(notes.contains("settings stay here"), "{notes}");
    }
}

/// What is found in the names of files of the reviewed commit.
fn named(past: &Past) -> Vec<(String, String, String)> {
    let lines = past.repo.run(["scan", "--format", "jsonl"]).lines();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let mut out: Vec<_> = lines
        .iter()
        .filter(|one| one["path"] == ".git/paths")
        .map(|one| (text(&one["version"]), text(&one["rule"]), text(&one["severity"])))
        .collect();
    out.sort();
    out
}

#[test]
fn a_name_of_a_file_is_read_without_what_says_its_kind() {
    let mut past = past();
    let token = github_token(1);
    past.commit(&[
        ("zones/db1.corp.example.net.yml", "x\n"),
        ("notes/OPS-12.md", "x\n"),
        ("accounts/498213057761/main.tf", "x\n"),
        ("leases/10.3.7.21", "x\n"),
        ("vendor/x/www1.corp.example.net.json", "x\n"),
        ("src/DEVOPS-12/db1.other.example.js", "x\n"),
        (&format!("dump/{token}.csv"), "x\n"),
    ]);
    let all = named(&past);
    let of = |path: &str| {
        let one = all.iter().find(|(name, ..)| name == path);
        one.map(|(_, rule, severity)| (rule.as_str(), severity.as_str()))
    };
    assert_eq!(of("zones/db1.corp.example.net.yml"), Some(("internal/org-host", "high")));
    assert_eq!(of("notes/OPS-12.md"), Some(("internal/ticket", "low")));
    assert_eq!(of("accounts/498213057761"), Some(("internal/aws-account", "medium")));
    assert_eq!(of("leases/10.3.7.21"), Some(("internal/private-address", "medium")));
    assert_eq!(
        of("vendor/x/www1.corp.example.net.json").map(|one| one.0),
        Some("internal/org-host")
    );
    assert_eq!(all.len(), 6, "the token is masked and the rest is silent: {all:#?}");
    assert!(!format!("{all:?}").contains(&token));
    // What is decided of the host in a text is decided of the name with it.
    past.repo.run(["decide", "--rule", "internal/org-host", "--verdict", "redact"]).exits(0);
    past.repo.run(["status"]);
    let found = past.found("internal/org-host");
    let names = found.iter().filter(|one| one["path"] == ".git/paths");
    assert!(names.clone().count() == 2 && names.clone().all(|one| one["verdict"] == "redact"));
}

#[test]
fn an_inventory_is_one_question() {
    let mut past = past();
    let hosts = ["db2038", "db2039", "web-3", "common", "cp10"];
    let files: Vec<String> = hosts.iter().map(|host| format!("hiera/hosts/{host}.yaml")).collect();
    let zones: Vec<String> =
        (1..=4).map(|n| format!("zones/db{n}.corp.example.net.zone.erb")).collect();
    let people: Vec<String> =
        ["alpha", "beta", "gamma", "zed"].iter().map(|n| format!("keys/{n}.pub")).collect();
    let mut all: Vec<(&str, &str)> =
        files.iter().chain(&zones).chain(&people).map(|path| (path.as_str(), "x\n")).collect();
    all.push(("inventory/host_vars/caliban/vars.yml", "x\n"));
    all.push(("docs/host_vars/web1.yml", "x\n"));
    all.push(("roles/x/host_vars/localhost.yml", "x\n"));
    all.push(("src/hosts/mod.rs", "x\n"));
    past.commit(&all);
    let (hosts, people) = ("internal/host-names", "internal/person-names");
    let told: Vec<_> = named(&past);
    let told: Vec<(&str, &str, &str)> =
        told.iter().map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str())).collect();
    assert_eq!(
        told,
        [
            ("hiera/hosts", hosts, "medium"),
            ("inventory/host_vars", hosts, "medium"),
            ("keys", people, "medium"),
            ("zones", hosts, "medium"),
        ]
    );
    let notes = past.found(hosts)[0]["notes"].to_string();
    assert!(
        notes.contains("4 of 5 names in it") && notes.contains("renamed or left out"),
        "{notes}"
    );
    // Whole files and folders can't be redacted; whoever leaves the folder out has settled it.
    past.repo.run(["decide", "--rule", hosts, "--verdict", "redact"]).exits(2);
    past.repo.run(["decide", "--rule", people, "--verdict", "exclude"]).exits(0);
    let verdict = |past: &Past, rule: &str| -> Vec<Value> {
        past.found(rule).iter().map(|one| one["verdict"].clone()).collect()
    };
    assert_eq!(verdict(&past, people), ["exclude"]);
    past.repo.run(["decide", "--path", "zones", "--verdict", "exclude"]).exits(0);
    let settled = |one: &Value| one == "exclude";
    assert_eq!(verdict(&past, hosts).iter().filter(|one| settled(one)).count(), 1);
    past.repo.run(["decide", "--rule", hosts, "--verdict", "approve"]).exits(0);
    assert!(verdict(&past, hosts).iter().all(|one| !one.is_null()));
    // A second run recalls the folder by its name.
    assert_eq!(named(&past).len(), 4);
    // In another commit they are gone, but the history has them.
    past.commit(&[]);
    assert!(named(&past).is_empty());
    let gone = past.found(hosts);
    assert_eq!(gone.iter().filter(|one| one["path"] == ".git/past-paths").count(), 3, "{gone:#?}");
}
