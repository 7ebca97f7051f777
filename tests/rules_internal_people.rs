// SPDX-License-Identifier: MIT OR Apache-2.0
//! Internal references to people, tickets and pages: forms that are found, and what only looks
//! like them.

#![expect(clippy::expect_used, reason = "a broken rule set must fail every test")]

#[path = "common/internal_cases.rs"]
mod internal_cases;

use std::sync::{Arc, OnceLock};

use debut::{
    domain::{RepoPath, Severity, Tracker, WordKind},
    rules::RuleSet,
    scan::{
        Engine, Scratch,
        learn::{Clues, Survey, learn},
    },
};
use internal_cases::{CASES, words};

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| {
        let rules = Arc::new(RuleSet::builtin().expect("built-in rules"));
        Engine::new(rules, &words()).expect("engine")
    })
}

/// Value and severity of what `rule` finds, however sensitive it is.
fn found(rule: &str, path: &str, text: &str) -> Vec<(String, Severity)> {
    let path = RepoPath::new(path.as_bytes());
    let scan = engine().scan_file(&path, text.as_bytes(), &mut Scratch::default());
    let of_rule = scan.findings.iter().filter(|f| engine().rules().info(f.rule).name() == rule);
    let value = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    of_rule.map(|f| (value(f.value.expose()), f.severity)).collect()
}

fn values(rule: &str, path: &str, text: &str) -> Vec<String> {
    found(rule, path, text).into_iter().map(|(value, _)| value).collect()
}

#[track_caller]
fn assert_silent(rule: &str, path: &str, texts: &[&str]) {
    for text in texts {
        assert_eq!(values(rule, path, text), <[String; 0]>::default(), "{rule} {path}: {text}");
    }
}

/// A public key of no account.
fn key() -> String {
    format!("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{}", "Jx0q".repeat(8))
}

#[test]
fn comments_of_keys_weigh_by_what_they_tell() {
    let rule = "ssh-key-comment";
    let of = |comment: &str| found(rule, "a.yml", &format!("key: \"{} {comment}\"", key()));
    assert_eq!(of("alpha@laptop"), [("alpha@laptop".into(), Severity::Medium)]);
    assert_eq!(of("payroll-worker"), [("payroll-worker".into(), Severity::Low)]);
    assert_eq!(of("Quentin Alpha"), [("Quentin Alpha".into(), Severity::Low)]);
    assert_eq!(of("build-key.pem"), [("build-key.pem".into(), Severity::Low)]);
    for stock in ["", "vagrant insecure public key", "user@host", "key1", "$(hostname)", "== x"] {
        assert_eq!(of(stock), [], "{stock}");
    }
    // The administrator tells the machine, unless that is a container or called like its image.
    assert_eq!(values(rule, "a.yml", &format!("{} root@payroll1", key())), ["root@payroll1"]);
    for stock in ["root@0a1b2c3d4e5f", "root@localhost", "root@debian"] {
        assert_eq!(of(stock), [], "{stock}");
    }
    let two = format!("keys: ['{} alpha@one', '{} beta@two']", key(), key());
    assert_eq!(values(rule, "a.yml", &two), ["alpha@one", "beta@two"]);
    assert_silent(rule, "spec/a_spec.rb", &[&format!("{} some label", key())]);
    assert_silent(rule, "a.txt", &[&format!("{} db.initech.net", key()), &key()]);
}

#[test]
fn homes_of_service_accounts_are_silent() {
    let rule = "home-path";
    for path in ["a.pp", "a.yml", "a.nix", "a.rb", "a.service"] {
        assert_silent(rule, path, &["dir = '/home/payroll'", "\"/home/quentin/x\""]);
        assert_eq!(values(rule, path, "dir = '/home/alpha/x'"), ["/home/alpha"], "{path}");
        assert_eq!(values(rule, path, "d: /Users/quentin/x"), ["/Users/quentin"], "{path}");
    }
    assert_eq!(values(rule, "a.yml", "# scp /home/quentin/x ."), ["/home/quentin"]);
    assert_silent(rule, "a.tsx", &["<Link to=\"/home/popular\">"]);
    assert_silent(rule, "a.sh", &["/home/pay-roll", "/home/pay_roll", "/home/mockbuild/x"]);
}

#[test]
fn each_handle_of_a_list_is_one() {
    let rule = "handle";
    assert_eq!(values(rule, "a.md", "- owner: @alpha, @beta-x"), ["@alpha", "@beta-x"]);
    assert_eq!(values(rule, "a.md", "Contact: [@alpha](https://x.test/)"), ["@alpha"]);
    assert_silent(rule, "a.py", &["@alpha", "x = owner @ alpha", "@owner: alpha"]);
}

#[test]
fn channels_of_chats() {
    let rule = "chat-channel";
    for text in [
        "channels => '#pay-ops',",
        "\"irc\": \"#pay-ops\"",
        "\"channels\": [\"#pay-ops\"],",
        "commit channels = #pay-ops",
        "ask on the #pay-ops IRC channel",
        "# sits on #pay-ops on Libera.chat and",
        "in [#pay-ops on irc.example.net](https://x.test/)",
        "routed to irc #pay-ops and",
        "Slack channels #pay-ops and others",
        "Slack channels #all and #pay-ops.",
        "$slack_room = 'pay-ops'",
        "'/var/log/irc-pay.log' => '#pay-ops',",
        "ircs://irc.example.net:6697/#pay-ops",
    ] {
        let all = values(rule, "a.txt", text);
        assert!(all.iter().any(|v| v.ends_with("pay-ops")), "{text}: {all:?}");
    }
    assert_silent(
        rule,
        "a.yml",
        &[
            "#slack-channel: x",
            "  #irc_server = x",
            "channel = undef, #the channel to tell",
            "channel: red  #ff8800 #fff",
            "slack_channel = undef,",
            "see [channels](#channel-list)",
            "channel color '#336699'",
            "direct #include <x>",
        ],
    );
}

#[test]
fn principals_of_realms_and_chains() {
    let rule = "principal";
    let is = |text: &str, value: &str| assert_eq!(values(rule, "a.conf", text), [value], "{text}");
    is("principal = pay/db1.initech.net@INITECH.NET", "pay/db1.initech.net@INITECH.NET");
    is("kinit -kt x.keytab svc-pay@INITECH", "svc-pay@INITECH");
    is("acl: initech:svc:pay:ledger:prod:east", "initech:svc:pay:ledger:prod:east");
    is("notify: payroll-oncall", "payroll-oncall");
    assert_silent(
        rule,
        "a.conf",
        &[
            "principal = pay/db1@EXAMPLE.COM",
            "principal = you@YOUR.REALM",
            "npm run build:web:app:prod:x",
            "a:b:prod",
            "arn:aws:svc:pay:ledger:prod:east",
            "image: x.test/a:b:c:prod:x",
            "posix:urn:prod:pay",
            "see docs/payroll-oncall.md",
            "the-oncall",
            "principal @Param @Override x@Realm",
        ],
    );
}

#[test]
fn numbers_of_trackers_in_use() {
    let rule = "ticket";
    for (text, value) in [
        ("# see T48213", "T48213"),
        ("see https://phab.corp.example/T48213", "T48213"),
        ("x (bug 48213)", "bug 48213"),
        ("# [#45048111] x", "[#45048111]"),
    ] {
        assert_eq!(values(rule, "a.pp", text), [value], "{text}");
    }
    assert_silent(
        rule,
        "a.pp",
        &[
            "https://phab.other.example/T48213",
            "# workaround for Debian bug 48213",
            "RT #6366",
            "#48213",
            "T12 T48213x AT48213",
            "OPS-07",
        ],
    );
    assert_silent(rule, "vendor/a.c", &["T48213 bug 48213"]);
}

#[test]
fn trackers_are_learned_from_subjects() {
    let subject = |no: usize| format!("Fix RT #{}: x\n\nBug: T{}", 6300 + no, 48_000 + no);
    let learned = |count: usize| {
        let messages: Vec<String> = (0..count).map(subject).collect();
        let words = learn(&Clues { messages: &messages, ..Clues::default() }).words;
        let trackers = words.into_iter().filter(|word| word.kind == WordKind::Tracker);
        trackers.map(|word| word.text).collect::<Vec<_>>()
    };
    assert_eq!(learned(4), <[String; 0]>::default());
    assert_eq!(learned(5), [Tracker::Task.name(), Tracker::Rt.name()]);
    let in_files = |text: &str| {
        let mut survey = Survey::default();
        survey.read(&RepoPath::new(b"users.yml"), text.as_bytes());
        let words = learn(&Clues { survey, ..Clues::default() }).words;
        words.iter().any(|word| word.kind == WordKind::Tracker && word.text == "rt")
    };
    assert!(in_files("a: RT 6366\nb: rt 6412, (RT #7001)"));
    assert!(!in_files("a: RT 6366\nb: part 6412, ART 7001 RT 12 rt 99"));
}

#[test]
fn keys_with_padded_numbers_are_lines_of_a_list() {
    let messages = ["SEC-07 a", "SEC-12 b", "SEC-13 c", "SEC-14 d", "OPS-1 x", "OPS-2", "OPS-3"];
    let messages = messages.map(str::to_owned);
    let words = learn(&Clues { messages: &messages, ..Clues::default() }).words;
    let keys = words.iter().filter(|word| word.kind == WordKind::TicketKey);
    assert_eq!(keys.map(|word| word.text.as_str()).collect::<Vec<_>>(), ["OPS"]);
}

#[test]
fn contacts_are_people_roles_are_not() {
    let rule = "contact-email";
    for text in [
        "email = \"quentin@initech.net\"",
        "'email' => 'quentin@initech.net',",
        "contacts=[\"quentin@initech.net\"]",
        "MAILTO=quentin@initech.net",
        "# personal email (quentin@initech.net)",
    ] {
        assert_eq!(values(rule, "users.pp", text), ["quentin@initech.net"], "{text}");
    }
    assert_silent(
        rule,
        "users.pp",
        &[
            "email: support@initech.net",
            "email: quentin@example.com",
            "email: quentin@initech.local",
            "email: %s@initech.net",
            "author_email = 'quentin@initech.net'",
            "email: ${user}@initech.net",
        ],
    );
    for path in ["spec/users_spec.rb", "src/a.ts", "docs/users.md"] {
        assert_silent(rule, path, &["email: quentin@initech.net", "mailto:quentin@initech.net"]);
    }
    // One address is one finding.
    let at_home = ["quentin.m", "gmail.com"].join("@");
    for text in [format!("email: {at_home}"), "email: alpha@corp.example".to_owned()] {
        let path = RepoPath::new(b"users.yml");
        let scan = engine().scan_file(&path, text.as_bytes(), &mut Scratch::default());
        assert_eq!(scan.findings.len(), 1, "{text}");
    }
}

#[test]
fn tenants_of_more_services() {
    let rule = "saas-url";
    for text in [
        "https://sentry.io/organizations/initech/issues/?x=1",
        "https://sentry.io/initech/app-pay/",
        "https://groups.google.com/a/initech.net/forum/#!forum/pay",
        "https://initech.statuspage.io/x",
        "https://docs.google.com/document/d/1kdRhmMUIyNZ/edit",
        "https://www.notion.so/initech/Plan-8f21",
        "meet.google.com/abc-defg-hij",
    ] {
        assert_eq!(found(rule, "a.md", text).len(), 1, "{text}");
    }
    assert_silent(
        rule,
        "a.md",
        &[
            "https://sentry.io/api/0/",
            "https://sentry.io",
            "https://docs.datadoghq.com/x",
            "https://groups.google.com/forum/#!x",
        ],
    );
}

#[test]
fn the_address_of_a_runbook_may_be_the_second_of_its_line() {
    let text = "see https://x.test/ and the runbook https://wiki.corp.example/db.";
    assert_eq!(values("runbook-url", "a.md", text), ["https://wiki.corp.example/db"]);
    let own = "runbook: https://github.com/acme-works/pay/wiki/Restart";
    assert_eq!(found("runbook-url", "a.yml", own).len(), 1);
}

#[test]
fn accounts_of_windows_domains() {
    let rule = "windows-account";
    assert_eq!(values(rule, "a.yml", "username: 'INITECH\\quentin'"), ["INITECH\\quentin"]);
    assert_eq!(values(rule, "a.json", "\"user\": \"INITECH\\\\pay$\","), ["INITECH\\\\pay$"]);
    assert_silent(
        rule,
        "a.yml",
        &[
            "user: 'NT AUTHORITY\\SYSTEM'",
            "user: 'BUILTIN\\Administrators'",
            "login: HKLM\\Software",
            "user: 'C:\\Users'",
            "username: '[A-Z]\\d+'",
            "updateAccount($x, DAV\\Patch $y)",
            "\"account: BANKIE2D\\nReference\"",
            "user: 'DOMAIN\\user'",
        ],
    );
    // The cases say what all rules do; here are those that this file adds to.
    assert!(CASES.iter().any(|(id, ..)| *id == rule));
}
