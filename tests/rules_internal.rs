// SPDX-License-Identifier: MIT OR Apache-2.0
//! Internal references: for every rule a text that fires and a near miss that does not.

#![expect(clippy::expect_used, reason = "a broken rule set must fail every test")]

#[path = "common/internal_cases.rs"]
mod internal_cases;

use std::sync::{Arc, OnceLock};

use debut::{
    domain::{Category, RepoPath, Severity, Vocabulary},
    rules::{Rule, RuleSet},
    scan::{Engine, Scratch},
};
use internal_cases::{CASES, words};
use proptest::prelude::*;

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| {
        let rules = Arc::new(RuleSet::builtin().expect("built-in rules"));
        Engine::new(rules, &words()).expect("engine")
    })
}

/// Rule (without its category), value and severity of every internal finding.
fn scan(path: &str, text: &str) -> Vec<(String, String, Severity)> {
    scan_with(engine(), path, text)
}

fn scan_with(engine: &Engine, path: &str, text: &str) -> Vec<(String, String, Severity)> {
    let path = RepoPath::new(path.as_bytes());
    let scan = engine.scan_file(&path, text.as_bytes(), &mut Scratch::default());
    let all = scan.findings.iter().filter_map(|finding| {
        let info = engine.rules().info(finding.rule);
        let value = String::from_utf8_lossy(finding.value.expose()).into_owned();
        let internal = info.category == Category::Internal;
        internal.then(|| (info.name().to_owned(), value, finding.severity))
    });
    all.collect()
}

fn severity(path: &str, text: &str) -> Option<Severity> {
    scan(path, text).first().map(|(_, _, severity)| *severity)
}

#[test]
fn every_rule_fires_and_knows_a_near_miss() {
    let mut wrong = Vec::new();
    for (id, path, fires, value, miss) in CASES {
        let found = scan(path, fires);
        if !found.iter().any(|(rule, text, _)| rule == id && text == value) {
            wrong.push(format!("{id} must find {value:?} in {fires:?}, found {found:?}"));
        }
        if scan(path, miss).iter().any(|(rule, ..)| rule == id) {
            wrong.push(format!("{id} must not find anything in {miss:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_domain_that_is_asked_about_is_not_masked() {
    // What is masked is masked wherever it stands, in each of its hosts and in the question which
    // words are internal. The value of this rule is the domain.
    let rules = RuleSet::builtin().expect("built-in rules");
    let idx = rules.find("internal/author-domain").expect("a rule");
    assert!(!rules.info(idx).class.starts_masked());
}

#[test]
fn every_rule_has_a_case_and_compiles() {
    let rules = RuleSet::builtin().expect("built-in rules");
    rules.compile_all().expect("expressions");
    // What is said in commits and names is no matter of a text alone: see tests/history_cli.
    let said = |rule: &Rule| rule.detector.as_deref() == Some("said");
    let internal =
        rules.iter().filter(|(_, rule)| rule.info.category == Category::Internal && !said(rule));
    let missing: Vec<&str> = internal
        .map(|(_, rule)| rule.info.name())
        .filter(|name| !CASES.iter().any(|(id, ..)| id == name))
        .collect();
    assert!(missing.is_empty(), "rules without a case: {missing:?}");
}

#[track_caller]
fn assert_silent(path: &str, texts: &[&str]) {
    let found = texts.iter().map(|text| (text, scan(path, text)));
    let loud: Vec<_> = found.filter(|(_, found)| !found.is_empty()).collect();
    assert!(loud.is_empty(), "{path}: {loud:#?}");
}

#[test]
fn stock_addresses_are_silent() {
    assert_silent(
        "a.yml",
        &[
            "net: 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16",
            "cidr: 10.0.0.0/16",
            "cidr: 10.0.0.0/24",
            "docs: 192.0.2.7 198.51.100.3 203.0.113.9 2001:db8::17",
            "lo: 127.0.0.1 0.0.0.0 255.255.255.0 169.254.169.254 ::1 fe80::1ff:fe23:4567:890a",
            "bridge: 172.17.0.1",
            "vagrant: 192.168.33.10",
            "libvirt: 192.168.122.1",
            "k8s: 10.96.0.10",
            "dns: 1.1.1.1 8.8.8.8 8.8.4.4 9.9.9.9 1.2.3.4",
            "mac: 00:00:5e:00:53:17 33:33:00:00:00:01 01:00:5e:7f:ff:fa 00:00:00:00:00:01",
            ";listen = 192.168.7.9",
            "# cloudflare\n- 103.21.244.0/22\n- 2400:cb00::/32",
        ],
    );
}

#[test]
fn times_and_versions_are_no_addresses() {
    assert_silent(
        "a.txt",
        &[
            "2024-01-02 12:34:56 and 12:34:56:789",
            "std::vec::Vec a::b dead::beef face::b00c",
            "MD5 16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48",
            "version 2.14.3.1 is out",
            "Chrome/120.0.6099.71 Safari",
            "pkg==10.4.2.1",
            "release: 10.4.2.1",
            "v10.4.2.1 10.4.2.1-rc1 1.3.6.1.4.1.311 https://x.test/dl/10.4.2.1/a",
        ],
    );
}

/// What is written about a system names the real one; what tries it does not.
#[test]
fn documentation_lowers_no_reference() {
    let severity = |path: &str| {
        let found = scan(path, "the db is 10.3.7.21");
        let [(.., severity)] = found.as_slice() else { panic!("{path}: {} found", found.len()) };
        *severity
    };
    let plain = severity("a.txt");
    assert_eq!((severity("docs/net.md"), severity("README")), (plain, plain));
    assert!(severity("spec/a.md") < plain);
}

#[test]
fn tests_and_vendored_code_may_use_any_address() {
    for path in ["tests/a.py", "vendor/x/a.yml", "spec/fixtures/a.yml"] {
        assert_silent(path, &["ip = '10.3.7.21', '54.83.12.9', '2620:0:861:1::5'"]);
    }
    assert_eq!(scan("docs/net.md", "the db is 10.3.7.21").len(), 1);
}

#[test]
fn vendored_code_knows_only_the_organisation() {
    let text = "http://db1.ops.internal/ http://db1.corp.example/ vpc-8f21c09b OPS-77";
    let found = scan("vendor/x/a.yml", text);
    let ids: Vec<&str> = found.iter().map(|(id, ..)| id.as_str()).collect();
    assert_eq!(ids, ["org-host", "ticket"]);
}

#[test]
fn addresses_weigh_by_what_they_are() {
    let weight = |text| severity("a.yml", text);
    assert_eq!(weight("net: 10.3.0.0/16"), Some(Severity::Low));
    assert_eq!(weight("ip: 10.3.7.21"), Some(Severity::Medium));
    assert_eq!(weight("ip: 10.3.7.21/32"), Some(Severity::Medium));
    assert_eq!(weight("fixed-address 10.3.7.21;"), Some(Severity::High));
    assert_eq!(weight("10.3.7.21 db.corp.example"), Some(Severity::High));
    assert_eq!(weight("ula: fd12:3456:789a::1"), Some(Severity::Low));
}

#[test]
fn identifiers_in_code_are_no_hosts() {
    for path in ["a.py", "a.js", "a.rb", "a.tf", "a.go"] {
        assert_silent(
            path,
            &[
                "x = self.settings.local",
                "y = module.vpc-1.private",
                "z = threading.thread2.local()",
                "foo.bar2.internal.baz",
                "require 'a/b-1.local.rb'",
                "v = var.db-1.private",
            ],
        );
    }
    for text in
        ["h = \"db1.ops.internal\"", "u = 'https://db-1.lan/x'", "// at db1.ops.internal now"]
    {
        assert_eq!(scan("a.js", text).len(), 1, "{text}");
    }
}

#[test]
fn names_of_platforms_are_silent() {
    assert_silent(
        "a.yml",
        &[
            "h: localhost.localdomain",
            "h: host.docker.internal",
            "h: metadata.google.internal",
            "h: kubernetes.default.svc.cluster.local",
            "f: /etc/fail2ban/jail2.local",
            "h: x-1.mydomain.internal.yml",
            "domain: ec2.internal",
        ],
    );
}

#[test]
fn a_repository_called_like_the_domain_is_no_host() {
    let of = |text: &str| scan("a.yml", text).iter().filter(|(id, ..)| id == "org-host").count();
    assert_eq!(of("see https://github.com/someone/corp.example/issues/4"), 0);
    assert_eq!(of("see https://corp.example/issues/4"), 1);
    assert_eq!(of("https://h.test/?r=https://corp.example/"), 1);
    assert_eq!(of("https://h.test/x/db1.corp.example/y"), 1);
}

#[test]
fn packages_and_keys_are_no_hosts() {
    assert_silent("A.java", &["import example.corp.x.Y;", "package example.corp;"]);
    assert_silent(
        "a.yml",
        &[
            "apiVersion: things.corp.example/v1",
            "  pods.corp.example/team: blue",
            "id: urn:corp.example:x",
            "h: notcorp.example",
            "h: a.corp.example2",
        ],
    );
}

#[test]
fn hosts_of_the_organisation_weigh_by_their_labels() {
    let weight = |text| severity("a.yml", text);
    assert_eq!(weight("h: corp.example"), Some(Severity::Low));
    assert_eq!(weight("h: https://www.corp.example/x"), Some(Severity::Low));
    assert_eq!(weight("h: payroll.corp.example"), Some(Severity::Medium));
    assert_eq!(weight("h: db1001.corp.example"), Some(Severity::High));
    assert_eq!(weight("h: pay-stg.corp.example"), Some(Severity::High));
}

#[test]
fn mailboxes_weigh_by_whose_they_are() {
    assert_silent("a.conf", &["Ciphers aes128-gcm@openssh.com,chacha20-poly1305@openssh.com"]);
    assert_silent("a.conf", &["to: someone@example.com, x@host.test"]);
    let weight = |text| severity("a.yml", text);
    assert_eq!(weight("m: alpha@corp.example"), Some(Severity::Medium));
    assert_eq!(weight("m: support@corp.example"), Some(Severity::Low));
    assert_eq!(weight("# Copyright 2020 M <alpha@corp.example>"), Some(Severity::Low));
}

#[test]
fn git_sources_of_the_organisation() {
    let found = |text| {
        let all = scan("a.yml", text).into_iter();
        all.map(|(id, value, severity)| format!("{id} {value} {severity:?}")).collect::<Vec<_>>()
    };
    assert_eq!(
        found("r: git@code.corp.example:x/y.git"),
        ["git-source git@code.corp.example:x/y.git Medium"]
    );
    assert_eq!(
        found("r: git@github.com:acme-works/y.git"),
        ["git-source git@github.com:acme-works/y.git Medium"]
    );
    // Pages of one repository are one value.
    assert_eq!(
        found("# https://github.com/acme-works/y/blob/main/a.tf"),
        ["git-source https://github.com/acme-works/y Low"]
    );
}

#[test]
fn home_paths_of_authors_weigh_more() {
    let weight = |text| severity("a.sh", text);
    assert_eq!(weight("cd /home/alpha/x"), Some(Severity::Medium));
    assert_eq!(weight("cd /Users/quentin/x"), Some(Severity::Low));
    assert_eq!(weight("cd C:\\Users\\alpha\\x"), Some(Severity::Medium));
    assert_silent(
        "a.sh",
        &[
            "/home/$USER/x",
            "/home/{{ user }}/x",
            "/home/backup-bot/x",
            "/var/www/home/alpha",
            "/users/alpha",
            "https://x.test/home/alpha",
        ],
    );
}

#[test]
fn an_arn_holds_two_values() {
    let text = "\"arn:aws:secretsmanager:eu-west-1:498213057761:secret:pay/db-AbCdEf\"";
    let found = scan("a.tf", text);
    let parts: Vec<_> =
        found.iter().map(|(id, value, s)| (id.as_str(), value.as_str(), *s)).collect();
    assert_eq!(
        parts,
        [
            ("aws-account", "498213057761", Severity::Medium),
            ("aws-arn", "pay/db-AbCdEf", Severity::High),
        ]
    );
    let list = "owners:\n  - \"498213057761\"\n  - \"371920458866\"\n";
    assert_eq!(scan("a.yml", list).len(), 2);
}

#[test]
fn accounts_of_suppliers_and_templates_are_silent() {
    assert_silent(
        "a.tf",
        &[
            "\"arn:aws:iam::${var.account}:role/deployer\"",
            "\"arn:aws:iam::123456789012:role/deployer\"",
            "owners = [\"099720109477\"]",
            "accounting total 1099511627776",
            "account phone +498213057761",
        ],
    );
}

#[test]
fn unlearned_words_are_silent() {
    let rules = Arc::new(RuleSet::builtin().expect("built-in rules"));
    let engine = Engine::new(rules, &Vocabulary::default()).expect("engine");
    let text =
        "OPS-12 UTF-8 payroll.corp.example alpha@corp.example bluefinch github.com/acme-works/x";
    assert_eq!(scan_with(&engine, "a.yml", text), []);
}

#[test]
fn names_that_were_learned_need_their_surroundings() {
    let values = |text: &str| -> Vec<(String, String)> {
        scan("a.yml", text).into_iter().map(|(rule, value, _)| (rule, value)).collect()
    };
    let one = |rule: &str, value: &str| vec![(rule.to_owned(), value.to_owned())];
    assert_eq!(values("- dbx01"), one("bare-host", "dbx01"));
    assert_eq!(values("x: \"node /^dbx01/\""), one("bare-host", "dbx01"));
    assert_eq!(
        values("node: dbx01.lon1"),
        [one("bare-host", "dbx01"), one("site-name", "lon1")].concat()
    );
    assert_eq!(values("colour: dbx01 is nice"), []);
    assert_eq!(values("on host dbx01, dbx001 and dbx01.net"), one("bare-host", "dbx01"));
    assert_eq!(values("db: dbx01.lon1.wan"), one("internal-host", "dbx01.lon1.wan"));
    assert_eq!(values("fn: file.wanted x.wan()"), []);
}

#[test]
fn code_names_are_found_however_they_are_written() {
    let values = |text: &str| -> Vec<String> {
        let found = scan("a.py", text).into_iter();
        found.filter(|(rule, ..)| rule == "code-name").map(|(_, value, _)| value).collect()
    };
    assert_eq!(
        values("class GreyHeronService: # grey heron, grey-heron, GREY_HERON")[..],
        ["GreyHeron", "grey heron", "grey-heron", "GREY_HERON"]
    );
    assert_eq!(values("greyherons greyer heron, herons"), [""; 0]);
    assert_eq!(values("x = 'PRJ-17-rocket' # prj-1-a, prj-22-b2"), ["PRJ-17-rocket", "prj-22-b2"]);
    assert_eq!(severity("tests/vendor/a.py", "bluefinch"), Some(Severity::Medium));
}

/// Pieces on which detectors wake up, and anything between them.
fn piece() -> impl Strategy<Value = String> {
    let anchors = prop::sample::select(vec![
        "10.",
        "::",
        "@",
        "corp.example",
        "CORP.EXAMPLE",
        "arn:aws:",
        "account",
        "vpc-",
        "\"i-0",
        "OPS-",
        "TODO(",
        "/home/",
        ":\\users\\",
        "git@",
        "ssh://git",
        "runbook",
        "://",
        ".internal",
        "cc @",
        "498213057761",
        "\n",
        "{{",
        ".consul",
        ".svc.cluster.local",
        "bluefinch",
        "/",
        "-",
        "github.com/acme-works/",
        "dbx1",
        ".wan",
        "lon1",
        "heron",
        "initech",
        "prj",
        "52:54:a0:1f:99:0c",
        "owner: ",
    ]);
    prop_oneof![3 => anchors.prop_map(str::to_owned), 1 => any::<String>()]
}

proptest! {
    #[test]
    fn no_text_makes_a_detector_panic(parts in prop::collection::vec(piece(), 0..24)) {
        let text = parts.concat();
        for path in ["a.py", "a.yml", "CODEOWNERS", "tests/a.tf", "vendor/a.md"] {
            scan(path, &text);
        }
    }

    #[test]
    fn no_bytes_make_a_detector_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        engine().scan_file(&RepoPath::new(b"OWNERS"), &bytes, &mut Scratch::default());
    }
}

#[test]
fn commented_out_settings_weigh_little() {
    let of = |path: &str, text: &str| severity(path, text);
    let public = ["54.83", ".12.9"].concat();
    let private = ["10.3", ".7.21"].concat();
    let mac = ["52:54:a0", ":1f:99:0c"].concat();
    for path in ["etc/dhclient.conf", "templates/redis.conf.j2"] {
        assert_eq!(of(path, &format!("# ns {public}\n")), Some(Severity::Low));
        assert_eq!(of(path, &format!("# host x {private} {mac}\n")), Some(Severity::Low));
        assert_eq!(of(path, &format!("ns {public}\n")), Some(Severity::Medium));
        assert_eq!(of(path, &format!("host x {private} {mac}\n")), Some(Severity::High));
    }
    assert_eq!(of("a.yml", &format!("# host x {private} {mac}\n")), Some(Severity::Medium));
}

#[test]
fn an_account_may_have_few_different_digits() {
    let fires = |account: &str| {
        let text = format!("account_id = \"{account}\"\n");
        scan("a.tf", &text).iter().any(|(rule, ..)| rule == "aws-account")
    };
    assert!(fires(&["7600", "62276", "060"].concat()));
    for made_up in ["111222333444", "121234343434", "123123123123", "112211221122"] {
        assert!(!fires(made_up), "{made_up}");
    }
}

#[test]
fn a_mailbox_at_a_tenant_is_the_organisation_s() {
    let fires = |text: &str| scan("a.yml", text).iter().any(|(rule, ..)| rule == "org-email");
    assert!(fires("to: tools-jenkins@initech-internal.opsgenie.net\n"));
    assert!(!fires("to: tools-jenkins@opsgenie.net.test\n"));
    assert!(!fires("to: team@example.opsgenie.net\n"));
    assert!(!fires("url: https://initech.opsgenie.net/x\n"));
}

#[test]
fn hosts_stand_in_names_of_files() {
    let found = |text: &str| -> Vec<String> {
        let all = scan("a.conf", text).into_iter().filter(|(rule, ..)| rule == "org-host");
        all.map(|(_, value, _)| value).collect()
    };
    assert_eq!(found("cert /etc/ssl/pay.corp.example.pem;"), ["pay.corp.example"]);
    assert_eq!(found("log /var/log/pay.corp.example-error.log"), ["pay.corp.example"]);
    assert_eq!(found("chain pay.corp.example.intermediate.crt"), ["pay.corp.example"]);
    assert_eq!(found("plugin pay.corp.example-mailer on"), ["pay.corp.example"]);
    let others = [
        "pay.corp.example.uk",
        "pay.corp.example2.pem",
        "x corp.example-index",
        "corp.example.foo",
    ];
    for other in others {
        assert_eq!(found(other), [""; 0], "{other}");
    }
}

#[test]
fn nothing_else_ends_with_a_learned_suffix() {
    for text in ["ServerAlias db.ops.wan", "suffix ops.wan", "x = ops.wan"] {
        assert_eq!(scan("a.rb", text).len(), 1, "{text}");
        assert_silent("a.rb", &[&text.replace(".wan", ".lan")]);
    }
    assert_silent("a.rb", &["x = object.wan(1)", "users.users.db-1.home = 1"]);
}

#[test]
fn bare_hosts_are_told_by_what_stands_beside() {
    let about = [
        "# dbx01",
        "A(\"dbx01\", \"192.0.2.7\")",
        "dbx01 192.0.2.7",
        "admin@dbx01",
        "to \"dbx01\"",
        "/^(dbx01|dbx02)$/",
        "dbx01{{ suffix }}.corp.example",
        "dbx01 knows corp.example",
    ];
    for text in about {
        assert!(scan("a.rb", text).iter().any(|(rule, ..)| rule == "bare-host"), "{text}");
    }
    assert_silent(
        "a.rb",
        &["made with dbx01 in mind", "@dbx01 said so", "x = dbx01(1)", "dbx01{1}"],
    );
}

#[test]
fn short_places_are_no_parts_of_identifiers() {
    let words = Vocabulary { sites: vec!["zrh".into()], ..Vocabulary::default() };
    let engine = Engine::new(Arc::new(RuleSet::builtin().expect("rules")), &words).expect("engine");
    let found = |text| scan_with(&engine, "a.yml", text).len();
    assert_eq!(["role[zrh]", "at: zrh", "rack-zrh-1"].map(found), [1, 1, 1]);
    assert_eq!(["a_zrh_b: 1", "zrh4: 1", "isZrh: 1"].map(found), [0, 0, 0]);
}
