// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a test on public repositories found: each with a near miss, values made at run time.

use debut::domain::{Finding, Severity};

use crate::{engine, rules, scan, template};

fn has(path: &str, text: &str, rule: &str) -> bool {
    rules(&engine(), path, text).iter().any(|found| found == rule)
}

fn found(path: &str, text: &str) -> Vec<Finding> {
    scan(&engine(), path, text.as_bytes())
}

#[test]
fn a_password_stands_behind_the_command_itself() {
    let pw = template::expand("{a12}");
    for head in ["", "sudo ", "x | ", "cd /x && ", "/usr/bin/", "- ", "cmd: \"", "RUN "] {
        let found = found("a.sh", &format!("{head}mysql -u root -p{pw} -e 'select 1'\n"));
        let exact = found.iter().filter(|finding| finding.value.expose() == pw.as_bytes());
        assert_eq!(exact.count(), 1, "{head}");
    }
    for miss in [
        "find /etc/mysql/ -name '*.cnf' -print0 \\",
        "find /etc/mysql -path '*.cnf'",
        "mysql -u root -e x | foo -pabcdefgh",
        "mysql -u root; foo -pabcdefgh",
        "apt-get install mysql -pabcdefgh",
    ] {
        assert!(!has("Dockerfile", miss, "command-line-password"), "{miss}");
    }
}

#[test]
fn generic_rules_are_quiet_in_bundles() {
    let field = ["S3Version", "Identification"].concat();
    let line = |value: &str| format!("{}password:\"{value}\"\n", "a=1;".repeat(500));
    assert!(!has("lib/index.js", &line(&field), "generic-password"));
    let pw = template::expand("{a24}");
    let found = found("lib/index.js", &line(&pw));
    assert_eq!(found[0].severity, Severity::Low);
    assert!(has("lib/index.js", &format!("password: \"{pw}\"\n"), "generic-password"));
}

#[test]
fn well_known_defaults_stay_visible_but_low() {
    let low = |text: &str| {
        let found = found("conf/app.yml", text);
        let note = |f: &Finding| f.notes.iter().any(|note| note.contains("well-known default"));
        found.iter().any(|f| f.severity == Severity::Low && note(f))
    };
    for word in ["cassandra", "celery", "jenkins", "admin", "guest", "postgres", "root"] {
        assert!(low(&format!("password: {word}\n")), "{word}");
    }
    let name = ["bill", "ing"].concat();
    assert!(low(&format!("user: {name}\npassword: {name}\n")));
    assert!(!low(&format!("user: other\npassword: {name}\n")));
}

#[test]
fn a_quoted_literal_needs_no_digit() {
    for word in [["con", "tacts"].concat(), ["content", "_planner"].concat()] {
        let text = format!("  password => '{word}',\n");
        assert!(has("m/mysql.pp", &text, "generic-password"), "{word}");
    }
    for miss in [
        "  password => $contacts,",
        "  password => 'changeme',",
        "  password_label => 'contacts',",
        "  password => 'Your password',",
        "  password => 'DB_CONTACTS',",
        "  password => 'word',",
    ] {
        assert!(!has("m/mysql.pp", &miss.replace("'word'", "'abc'"), "generic-password"), "{miss}");
    }
}

#[test]
fn a_random_token_is_high() {
    let text = template::expand("vault.token: {b43}=\n");
    assert_eq!(found("conf/minion.yml", &text)[0].severity, Severity::High);
    assert_eq!(found("docs/vault.md", &text)[0].severity, Severity::Medium);
}

#[test]
fn a_test_authority_is_remarked_upon() {
    let key = template::pem("RSA PRIVATE KEY", "\n", 7);
    let remark = |path: &str| {
        let found = found(path, &key);
        assert!(found.iter().any(|f| f.severity >= Severity::High), "{path}");
        found.iter().any(|f| f.notes.iter().any(|note| note == "test CA path"))
    };
    assert!(remark("test/pebble/ca.txt") && remark("ssl/snakeoil.txt"));
    assert!(!remark("ssl/server.txt"));
}

#[test]
fn a_review_key_that_was_handed_out_is_proved_by_its_checksum() {
    let handout = debut::store::Handout {
        review: "rr-7k2m9qaa".into(),
        key_id: "660fa0e7".into(),
        key: std::array::from_fn(|i| (i as u8).wrapping_mul(37) ^ 0x5a),
    };
    let text = handout.render();
    let key = text.split("\nkey: ").nth(1).expect("a key").lines().next().expect("a line");
    let mail = text.lines().map(|line| format!("> {line}\r\n")).collect::<String>();
    let told = |path: &str, text: &str| {
        let found = found(path, text);
        assert_eq!(found.len(), 1, "nothing else takes the key for its own: {text}");
        assert_eq!(found[0].value.expose(), key.as_bytes());
        (found[0].severity, found[0].notes.clone())
    };
    for (path, text) in [
        ("docs/handover.txt", text.clone()),
        ("tests/data/handover.txt", format!("x\n{text}x\n")),
        ("docs/mail.txt", mail),
        ("key.asc", text.replace('\n', "\r\n")),
    ] {
        assert_eq!(told(path, &text), (Severity::Critical, vec!["checksum matches".into()]));
    }
    let (severity, notes) = told("infra/x.conf", &text.replace("rr-7k", "rr-8k"));
    assert_eq!(severity, Severity::Medium);
    assert!(notes[0].starts_with("checksum does not match"), "{notes:?}");
    assert!(found("docs/checklist.md", "-----BEGIN DEBUT REVIEW KEY-----\n").is_empty());
}

#[test]
fn a_token_begins_behind_an_escape() {
    let token = template::expand("{gh:ghp_}");
    for head in ["a\\n", "\\t", "x=1\\r\\n", "token%3D", "?t%3d", "%22"] {
        assert!(has("a.json", &format!("\"{head}{token}\"\n"), "github-token"), "{head}");
    }
    for head in ["an", "3D", "_", "%D", "\\x"] {
        assert!(!has("a.json", &format!("\"{head}{token}\"\n"), "github-token"), "{head}");
    }
}
