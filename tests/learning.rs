// SPDX-License-Identifier: MIT OR Apache-2.0
//! The organisation's own words are learned from what stands in the repository.

use debut::{
    domain::{RepoPath, Word, WordKind},
    scan::learn::{Clues, Learned, Survey, learn},
};
use proptest::prelude::*;

fn owned(authors: &[(&str, &str)]) -> Vec<(String, String)> {
    authors.iter().map(|(name, mail)| ((*name).to_owned(), (*mail).to_owned())).collect()
}

fn of(words: &[Word], kind: WordKind, keep: bool) -> Vec<&str> {
    let some = words.iter().filter(|word| word.kind == kind && word.keep == keep);
    some.map(|word| word.text.as_str()).collect()
}

/// Learns from files alone.
fn from_files(files: &[(&str, String)]) -> Learned {
    let mut survey = Survey::default();
    for (path, text) in files {
        survey.read(&RepoPath::new(path.as_bytes()), text.as_bytes());
    }
    learn(&Clues { survey, ..Clues::default() })
}

/// Hosts `a01` to `a09` of three kinds below `domain`, in four files.
fn inventory(domain: &str) -> Vec<(String, String)> {
    let file = |n: usize| {
        let hosts = ["app", "cache", "queue"].map(|kind| format!("- {kind}0{n}.lon1.{domain}\n"));
        (format!("hosts/{n}.yml"), hosts.concat())
    };
    (1..=9).map(file).collect()
}

fn borrowed(files: &[(String, String)]) -> Vec<(&str, String)> {
    files.iter().map(|(path, text)| (path.as_str(), text.clone())).collect()
}

#[test]
fn words_are_learned_from_people_and_messages() {
    let authors = owned(&[
        ("Author Alpha", "alpha@corp.example.net"),
        ("Author Beta", "beta@corp.example.net"),
        ("Author Gamma", "gamma@it.corp.example.net"),
        ("Author Delta", "delta@corp.example.net"),
        ("Author Delta", "9+deltax@users.noreply.github.com"),
        ("Author Epsilon", "epsilon@gmail.com"),
        ("Author Zeta", "zeta@gmail.com"),
        ("Author Eta", "eta@gmail.com"),
        ("Alone", "alone@single.test"),
        ("helper[bot]", "helper[bot]@corp.example.net"),
        ("root", "root@web1.local"),
    ]);
    let messages = [
        "OPS-1: add",
        "Fix OPS-22",
        "[OPS-3] x OPS-4",
        "UTF-8 a",
        "UTF-8 b",
        "UTF-16 c",
        "WEB-7",
        "Merge OPS-9-branch",
    ]
    .map(str::to_owned);
    let clues = Clues {
        authors: &authors,
        messages: &messages,
        owner: Some("Acme-Works"),
        name: "zeppelin-puppet.git",
        ..Clues::default()
    };
    let learned = learn(&clues);
    let words = &learned.words;
    assert_eq!(of(words, WordKind::Domain, true), ["corp.example.net"]);
    assert_eq!(words[0].seen, "4 authors");
    assert_eq!(of(words, WordKind::TicketKey, true), ["OPS"]);
    assert_eq!(of(words, WordKind::Owner, true), ["acme-works"]);
    assert_eq!(of(words, WordKind::Name, false), ["acme", "works", "zeppelin"]);
    for person in ["alpha", "author alpha", "aalpha", "deltax", "epsilon"] {
        assert!(learned.people.iter().any(|known| known == person), "{person}");
    }
    assert!(!learned.people.iter().any(|known| known.contains("bot")));
}

#[test]
fn the_domain_of_the_fleet_comes_first() {
    let mut files = inventory("zeppelin.io");
    for n in 0..9 {
        files
            .push((format!("doc/{n}.md"), "See https://docs.github.com and www.debian.org".into()));
        files.push((format!("app/{n}.py"), format!("self.name{n}.zeppelins.items()\n")));
    }
    let learned = from_files(&borrowed(&files));
    assert_eq!(of(&learned.words, WordKind::Domain, true), ["zeppelin.io"]);
    assert_eq!(learned.words[0].seen, "27 hosts in 9 files");
    assert_eq!(of(&learned.words, WordKind::Site, true), ["lon1"]);
    assert_eq!(of(&learned.words, WordKind::Fleet, true), ["app##", "cache##", "queue##"]);
}

#[test]
fn a_suffix_that_no_registry_knows_is_learned() {
    let learned = from_files(&borrowed(&inventory("zepnet")));
    assert_eq!(of(&learned.words, WordKind::Suffix, true), ["zepnet"]);
    assert_eq!(of(&learned.words, WordKind::Site, true), ["lon1"]);
    // Sizes of machines, attributes and files look alike, but are no names under a domain.
    let sizes: Vec<(String, String)> =
        (1..=9).map(|n| (format!("{n}.yml"), format!("size: m{n}.xlarge\nx: a{n}.yml"))).collect();
    assert_eq!(from_files(&borrowed(&sizes)).words, []);
    // So do the results that a task of Ansible asks for: `java8.stat.isdir`.
    for attribute in ["isdir", "exists"] {
        assert_eq!(from_files(&borrowed(&inventory(attribute))).words, []);
    }
}

#[test]
fn everybody_s_domains_are_nobody_s() {
    let text = (0..40).map(|n| {
        let account = format!("sa{n}@p{n}.iam.gserviceaccount.com");
        format!("https://a{n}.github.io/ https://b{n}.amazonaws.com/ {account}\n")
    });
    let text: String = text.collect();
    let files = ["a.yml", "b.yml", "c.yml", "d.yml"].map(|path| (path, text.clone()));
    assert_eq!(of(&from_files(&files).words, WordKind::Domain, true), [""; 0]);
}

#[test]
fn accounts_with_suppliers_are_learned() {
    let text = "https://zeppelin.slack.com/x https://api.slack.com https://zeppelin.slack.com/y\n\
                https://us3.slack.com https://us3.slack.com";
    let learned = from_files(&[("a.md", text.into())]);
    assert_eq!(of(&learned.words, WordKind::Tenant, true), ["zeppelin.slack.com"]);
}

#[test]
fn without_a_history_comments_tell_the_ticket_keys() {
    let text = "# OPS-101\n# OPS-102 and OPS-107\n# ABC-1 ABC-2 ABC-3\nCVE-2020\nx = ZIP-12345\n";
    let learned = from_files(&[("a.py", text.into())]);
    assert_eq!(of(&learned.words, WordKind::TicketKey, true), ["OPS"]);
}

#[test]
fn attributes_and_groups_of_an_api_are_no_domain() {
    // `x.zeppelin.show` is a key or an attribute, `x.zeppelin.dev` the group of a resource.
    let keys = (0..20).map(|n| format!("k{n}: word{n}x.part.zeppelin.show\n"));
    let groups = (0..20).map(|n| format!("name: kind{n}x.zeppelin.dev\n"));
    let text: String = keys.chain(groups).collect();
    let mut files: Vec<(String, String)> =
        (0..8).map(|n| (format!("{n}.yml"), text.replace("0:", "00:"))).collect();
    files.push(("get.yml".into(), "- https://get.zeppelin.dev/\n".repeat(3)));
    assert_eq!(of(&from_files(&borrowed(&files)).words, WordKind::Domain, true), [""; 0]);
    // Where only an address can stand, the same names are hosts.
    for (_, text) in &mut files {
        *text = text.replace(": ", ": https://");
    }
    let learned = from_files(&borrowed(&files));
    assert_eq!(of(&learned.words, WordKind::Domain, true), ["zeppelin.dev", "zeppelin.show"]);
}

#[test]
fn whoever_names_a_staging_host_runs_it() {
    let some = "- https://www.zeppelin.io/a\n- https://api.zeppelin.io/b\n- c@zeppelin.io\n";
    let files = |text: &str| ["a.yml", "b.yml", "c.yml"].map(|path| (path, text.to_owned()));
    assert_eq!(of(&from_files(&files(some)).words, WordKind::Domain, true), [""; 0]);
    let stages = format!("{some}- staging.zeppelin.io\n- api.staging.zeppelin.io\n");
    let learned = from_files(&files(&stages));
    assert_eq!(of(&learned.words, WordKind::Domain, true), ["zeppelin.io"]);
    // Also of a public project, whose other names stand in everybody's files.
    let project = stages.replace("zeppelin.io", "crates.io");
    assert_eq!(of(&from_files(&files(&project)).words, WordKind::Domain, true), ["crates.io"]);
}

#[test]
fn the_repository_is_called_like_its_domain() {
    let text = "https://getzeppelin.com/a https://getzeppelin.com/b me@getzeppelin.com";
    let named = |name: &str, text: &str| {
        let mut survey = Survey::default();
        for n in 0..5 {
            survey.read(&RepoPath::new(format!("{n}.yml").as_bytes()), text.as_bytes());
        }
        let words = learn(&Clues { survey, name, ..Clues::default() }).words;
        of(&words, WordKind::Domain, true).join(" ")
    };
    assert_eq!(named("zeppelin-core", text), "getzeppelin.com");
    assert_eq!(named("balloon-core", text), "");
    // A handle is no mailbox, and a page at a host for everybody is that host's.
    assert_eq!(named("zeppelin", "ask @zeppelin.cat and @zeppelin.cat"), "");
    assert_eq!(named("zeppelin", "https://zeppelin.readthedocs.io/a"), "");
    assert_eq!(named("zepio-puppet", "https://www.zep.io/a https://zep.io/b"), "zep.io");
}

#[test]
fn whoever_has_the_name_has_it_in_other_countries() {
    let mut files = inventory("zeppelin.io");
    let text = "mail.zeppelin.net\nwww2.zeppelin.net\nmail.balloon.net\nwww2.balloon.net\n";
    files.extend((0..5).map(|n| (format!("{n}.yml"), text.to_owned())));
    let learned = from_files(&borrowed(&files));
    assert_eq!(of(&learned.words, WordKind::Domain, true), ["zeppelin.io", "zeppelin.net"]);
}

#[test]
fn a_neighbour_s_mailboxes_are_shown_only() {
    let at = |domain: &'static str, n: usize| {
        (0..n).map(move |n| (format!("{domain} {n}"), format!("p{n}@{domain}")))
    };
    let authors: Vec<_> = at("zeppelin.io", 30).chain(at("helpers.example", 14)).collect();
    let words = learn(&Clues { authors: &authors, ..Clues::default() }).words;
    assert_eq!(of(&words, WordKind::Domain, true), ["zeppelin.io"]);
}

#[test]
fn who_only_sends_people_is_a_guest() {
    let at = |domain: &'static str, n: usize| {
        (0..n).map(move |n| (format!("{domain} {n}"), format!("p{n}@{domain}")))
    };
    let authors: Vec<_> = at("helpers.example", 14).chain(at("others.example", 1)).collect();
    let all: Vec<_> = (0..20).map(|n| (format!("{n}"), format!("p@{n}.example"))).collect();
    let domains = |authors: &[(String, String)], hosts: &str| {
        let mut survey = Survey::default();
        for (path, text) in inventory(hosts) {
            survey.read(&RepoPath::new(path.as_bytes()), text.as_bytes());
        }
        let words = learn(&Clues { survey, authors, ..Clues::default() }).words;
        of(&words, WordKind::Domain, true).join(" ")
    };
    // Where they are most of the authors, or the files name it too, it is one of the owners.
    assert_eq!(domains(&authors, "zeppelin.io"), "zeppelin.io helpers.example");
    let some: Vec<_> = authors.iter().chain(&all).cloned().collect();
    assert_eq!(domains(&some, "zeppelin.io"), "zeppelin.io");
    assert_eq!(domains(&some, "helpers.example"), "helpers.example");
}

#[test]
fn a_public_project_is_its_owner_s() {
    let text = "- https://kiln.samba.org/a\n- https://docs.samba.org/b\n- me@samba.org\n";
    let named = |owner: Option<&str>, name: &str| {
        let mut survey = Survey::default();
        for n in 0..5 {
            survey.read(&RepoPath::new(format!("{n}.yml").as_bytes()), text.as_bytes());
        }
        let words = learn(&Clues { survey, owner, name, ..Clues::default() }).words;
        of(&words, WordKind::Domain, true).join(" ")
    };
    assert_eq!(named(Some("Samba"), "core"), "samba.org");
    assert_eq!(named(Some("samba-infra"), "core"), "samba.org");
    // Who only builds on it may be called so too.
    assert_eq!(named(Some("balloon"), "puppet-samba"), "");
    assert_eq!(named(Some("samba-balloon"), "core"), "");
    // The same name elsewhere.
    let mut files = inventory("samba.net");
    assert_eq!(of(&from_files(&borrowed(&files)).words, WordKind::Domain, true), ["samba.net"]);
    files.extend((0..5).map(|n| (format!("{n}.yml"), text.to_owned())));
    let learned = from_files(&borrowed(&files));
    assert_eq!(of(&learned.words, WordKind::Domain, true), ["samba.net", "samba.org"]);
}

#[test]
fn an_owner_in_two_words_has_a_domain_in_one() {
    let text = "- https://kiln.zepbal.io/a\n- https://app.zepbal.io/b\n";
    let domains = |owner| {
        let mut survey = Survey::default();
        for n in 0..3 {
            survey.read(&RepoPath::new(format!("{n}.yml").as_bytes()), text.as_bytes());
        }
        let words = learn(&Clues { survey, owner: Some(owner), ..Clues::default() }).words;
        of(&words, WordKind::Domain, true).join(" ")
    };
    assert_eq!(domains("zep-bal"), "zepbal.io");
    assert_eq!(domains("bal-zep"), "");
}

#[test]
fn a_supplier_s_random_names_are_no_hosts() {
    let files = |label: fn(usize) -> String| -> Vec<(String, String)> {
        let file = |n: usize| {
            let names = (0..4).map(|i| format!("- https://{}.zeppelin.io/\n", label(n * 4 + i)));
            (format!("{n}.yml"), names.collect())
        };
        (0..8).map(file).collect()
    };
    let random = files(|n| format!("9f81ab03c4{n:02}"));
    assert_eq!(of(&from_files(&borrowed(&random)).words, WordKind::Domain, true), [""; 0]);
    let named = files(|n| format!("queue{n:02}"));
    assert_eq!(of(&from_files(&borrowed(&named)).words, WordKind::Domain, true), ["zeppelin.io"]);
}

#[test]
fn what_files_are_called_after_is_ours() {
    let called = |names: &[&str]| -> Vec<(String, String)> {
        names.iter().map(|name| ((*name).to_owned(), "a: b\n".to_owned())).collect()
    };
    let domains = |names: &[&str]| {
        of(&from_files(&borrowed(&called(names))).words, WordKind::Domain, true).join(" ")
    };
    let hosts = ["web", "db", "queue", "mail"];
    let vars = hosts.map(|host| format!("host_vars/{host}.zeppelin.io.yml"));
    assert_eq!(domains(&vars.each_ref().map(String::as_str)), "zeppelin.io");
    let folders = hosts.map(|host| format!("host_vars/{host}.zeppelin.io/net.yml"));
    assert_eq!(domains(&folders.each_ref().map(String::as_str)), "zeppelin.io");
    let zones =
        ["zones/zeppelin.io", "zones/initech.net.yaml", "zones/b.org.zone", "zones/hey.af.yml"];
    assert_eq!(domains(&zones), "b.org hey.af initech.net zeppelin.io");
    // Too few, settings of environments, definitions of an API, everybody's.
    assert_eq!(domains(&zones[..3]), "");
    assert_eq!(domains(&["a.dev.yml", "b.dev.yml", "c.dev.yml", "d.live.yml"]), "");
    let groups = hosts.map(|host| format!("crds/{host}.zeppelin.io.yaml"));
    assert_eq!(domains(&groups.each_ref().map(String::as_str)), "");
    assert_eq!(
        domains(&["x/github.com.yml", "x/docker.io.yml", "x/gitlab.com.yml", "x/npmjs.org.yml"]),
        ""
    );
    assert_eq!(domains(&["README.md", "tool.pl", "run.sh", "main.rs", "lib.so"]), "");
}

#[test]
fn the_repository_is_reviewed_at_home() {
    let text = "- https://kiln.samba.org/a\n- https://docs.samba.org/b\n";
    let mut files: Vec<_> = (0..5).map(|n| (format!("{n}.yml"), text.to_owned())).collect();
    files.push(("other.review".into(), "[gerrit]\nhost=review.samba.org\n".into()));
    assert_eq!(of(&from_files(&borrowed(&files)).words, WordKind::Domain, true), [""; 0]);
    files[5].0 = ".gitreview".into();
    assert_eq!(of(&from_files(&borrowed(&files)).words, WordKind::Domain, true), ["samba.org"]);
}

#[test]
fn who_names_many_tenants_runs_the_whole() {
    // The Public Suffix List has it, for others may own what lies below.
    let files: Vec<(String, String)> = (0..25)
        .map(|n| (format!("{n}.yml"), format!("- https://tool{n}x.toolforge.org/\n")))
        .collect();
    let learned = from_files(&borrowed(&files));
    assert_eq!(of(&learned.words, WordKind::Domain, true), ["toolforge.org"]);
    let others: Vec<(String, String)> = files
        .iter()
        .map(|(path, text)| (path.clone(), text.replace("toolforge.org", "github.io")))
        .collect();
    assert_eq!(of(&from_files(&borrowed(&others)).words, WordKind::Domain, true), [""; 0]);
}

#[test]
fn tests_teach_nothing_but_pages_do() {
    for (folder, domains) in [("tests", vec![]), ("docs", vec!["zeppelin.io"])] {
        let mut survey = Survey::default();
        for (path, text) in inventory("zeppelin.io") {
            let path = format!("{folder}/{}", path.replace(".yml", ".md").replace("hosts/", ""));
            let path = if folder == "tests" { path.replace(".md", ".yml") } else { path };
            let path = RepoPath::new(path.as_bytes());
            if Survey::wants(&path) {
                survey.read(&path, text.as_bytes());
            }
        }
        let words = learn(&Clues { survey, ..Clues::default() }).words;
        assert_eq!(of(&words, WordKind::Domain, true), domains, "{folder}");
    }
}

#[test]
fn numbers_of_trackers_are_not_padded() {
    let messages = ["See ADX-0004", "See ADX-0011", "See ADX-0012", "OPS-4", "OPS-11", "OPS-12"]
        .map(str::to_owned);
    let words = learn(&Clues { messages: &messages, ..Clues::default() }).words;
    assert_eq!(of(&words, WordKind::TicketKey, true), ["OPS"]);
}

/// What could be a host name, and what stands around it.
fn piece() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        ".",
        "-",
        "..",
        "db1.",
        "corp.example",
        "co.uk",
        "xn--",
        "@",
        "//",
        "\n",
        "\"",
        "wan",
        "OPS-123",
        "# ",
        "\0",
        "slack.com",
        "é",
        "a1.b2.c3",
    ]);
    prop_oneof![4 => known.prop_map(str::to_owned), 1 => any::<String>()]
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(
        parts in prop::collection::vec(prop::collection::vec(piece(), 0..20), 0..6),
    ) {
        let mut survey = Survey::default();
        for (n, part) in parts.iter().enumerate() {
            survey.read(&RepoPath::new(format!("{n}.yml").as_bytes()), part.concat().as_bytes());
        }
        let learned = learn(&Clues { survey, name: "x", ..Clues::default() });
        for word in learned.words {
            // What is learned can be written down and read again.
            prop_assert_eq!(word.kind.normal(&word.text), Ok(word.text.clone()));
        }
    }
}

#[test]
fn an_organisation_may_have_many_domains() {
    let domains: Vec<String> = (0..12).map(|n| format!("initech-{n}.net")).collect();
    let files: Vec<_> = domains.iter().flat_map(|domain| inventory(domain)).collect();
    let paths: Vec<_> =
        files.iter().enumerate().map(|(n, (_, text))| (format!("{n}.yml"), text.clone())).collect();
    let learned = from_files(&borrowed(&paths));
    assert_eq!(of(&learned.words, WordKind::Domain, true).len(), domains.len());
}

#[test]
fn a_product_is_no_place() {
    let files: Vec<_> = inventory("initech.net")
        .into_iter()
        .map(|(path, text)| (path, text.replace("lon1", "ocp.lon1")))
        .collect();
    let learned = from_files(&borrowed(&files));
    assert_eq!(of(&learned.words, WordKind::Site, true), ["lon1"]);
}
