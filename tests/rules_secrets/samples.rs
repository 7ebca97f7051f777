// SPDX-License-Identifier: MIT OR Apache-2.0
//! What comments show as examples, and keys that stand in tests.

use debut::domain::{Finding, Severity};

use crate::{engine, rules, scan, template};

fn found(path: &str, text: &str) -> Vec<Finding> {
    scan(&engine(), path, text.as_bytes())
}

fn has(path: &str, text: &str, rule: &str) -> bool {
    rules(&engine(), path, text).iter().any(|found| found == rule)
}

/// Returns the weight of the only finding, and whether it is said to be a sample.
fn weight(path: &str, text: &str) -> (Severity, bool) {
    let found = found(path, text);
    assert_eq!(found.len(), 1, "{path}: {text}");
    let sample = found[0].notes.iter().any(|note| note.starts_with("a sample in a comment"));
    (found[0].severity, sample)
}

#[test]
fn examples_in_comments_weigh_one_step_less() {
    let pw = template::expand("{a14}");
    for (path, text) in [
        ("a/Foo.java", format!("/**\n * db.password: {pw}\n */\n")),
        ("a/Foo.java", format!(" * {{\"username\":\"u1x\",\"password\":\"{pw}\"}}\n")),
        ("a/foo.rs", format!("/// let password = \"{pw}\";\n")),
        ("a/foo.rb", format!("  #   user = User.new(password: '{pw}')\n")),
        ("values.yaml", format!("## Example:\n## password: \"{pw}\"\n")),
        ("values.yaml", format!("a: 1\n## password: \"{pw}\"\n")),
        ("values.yaml", format!("# e.g. password: \"{pw}\"\n")),
        ("values.yaml", format!("# an example:\n# password: \"{pw}\"\n")),
        ("values.yaml", format!("# password: \"{pw}\"\n# url: https://id.example.com/\n")),
        ("a.conf", format!("; For example:\n; password = {pw}\n")),
    ] {
        assert_eq!(weight(path, &text), (Severity::Medium, true), "{text}");
    }
}

#[test]
fn what_is_critical_elsewhere_is_medium_in_an_example() {
    let key = template::expand("{b43}=");
    let text = format!("## Example:\n## gossipKey: \"{key}\"\n");
    assert_eq!(weight("values.yaml", &text), (Severity::Medium, true));
    let text = format!("# gossipKey: \"{key}\"\n");
    assert_eq!(weight("values.yaml", &text), (Severity::Critical, false));
}

#[test]
fn a_database_in_a_test_weighs_one_step_less() {
    let database = [b"SQLite format 3\0".as_slice(), &[1; 200]].concat();
    let weight = |path: &str| scan(&engine(), path, &database)[0].severity;
    assert_eq!(weight("data/main"), Severity::High);
    assert_eq!(weight("tests/assets/main"), Severity::Medium);
}

#[test]
fn a_dump_in_a_test_weighs_one_step_less() {
    let dump = "LOCK TABLES `orders` WRITE;\nINSERT INTO `orders` VALUES (7);\n";
    assert_eq!(weight("backup/shop.sql", dump).0, Severity::High);
    assert_eq!(weight("tests/resources/shop.sql", dump).0, Severity::Medium);
}

#[test]
fn what_a_comment_switches_off_weighs_what_it_weighed() {
    let pw = template::expand("{a14}");
    for (path, text) in [
        ("values.yaml", format!("# password: \"{pw}\"\n")),
        ("values.yaml", format!("# an example\n\n# password: \"{pw}\"\n")),
        ("values.yaml", format!("example: 1\n# password: \"{pw}\"\n")),
        ("values.yaml", format!("# an example\npassword: \"{pw}\"\n")),
        ("a.py", format!("#   password = \"{pw}\"\n")),
        ("a/Foo.java", format!("// String password = \"{pw}\";\n")),
        ("a.c", format!("#define PASSWORD \"{pw}\"\n")),
    ] {
        assert_eq!(weight(path, &text), (Severity::High, false), "{text}");
    }
}

#[test]
fn a_proof_holds_in_an_example_too() {
    let token = template::expand("{gh:ghp_}");
    let (severity, sample) = weight("a.yaml", &format!("# example:\n## token: {token}\n"));
    assert!(!sample && severity >= Severity::High);
}

#[test]
fn whole_keys_in_tests_are_high() {
    let key = template::pem("PRIVATE KEY", "\n", 9);
    for (path, severity) in [
        ("tests/tls/server.key", Severity::High),
        ("docs/tls.md", Severity::High),
        ("tls/server.key", Severity::Critical),
        ("tests/prod/server.key", Severity::Critical),
        ("vendor/x/server.key", Severity::Critical),
    ] {
        let found = found(path, &key);
        let key = found.iter().find(|one| one.notes.iter().any(|n| n == "the key is complete"));
        let key = key.unwrap_or_else(|| panic!("{path}"));
        assert_eq!(key.severity, severity, "{path}");
        // It still blocks, and nobody is told to approve it.
        assert!(key.notes.iter().all(|note| !note.ends_with("one step lower")), "{path}");
    }
}

#[test]
fn the_settings_of_curl_are_read() {
    let pw = template::expand("{a14}");
    assert!(found(".curlrc", "silent\nreferer = \";auto\"\nconnect-timeout = 60\n").is_empty());
    assert!(has(".curlrc", &format!("user = \"deploy:{pw}\"\n"), "home-client-login"));
}

#[test]
fn when_a_password_was_changed_is_no_password() {
    let day = "1515902314887";
    let pw = template::expand("{a14}");
    assert!(found("a.json", &format!("{{\"timePasswordChanged\": {day}}}\n")).is_empty());
    assert!(has("a.json", &format!("{{\"accountPassword\": \"{pw}\"}}\n"), "generic-password"));
}

#[test]
fn the_last_word_of_a_sentence_is_no_name() {
    let line = "{\"@message\":\"main... pass\",\"@module\":\"terraform.ui\",\"x\":1}\n";
    assert!(found("a.json", line).is_empty());
    let pw = template::expand("{a14}");
    assert!(has("a.js", &format!("put(\"password\", \"{pw}\");\n"), "generic-password"));
}

#[test]
fn a_section_of_packages_is_no_map_of_secrets() {
    let branch = "gh1482-s3-addr-styles";
    for name in ["branch", "tag", "rev", "package"] {
        let text = format!("[patch.crates-io.rusoto_credential]\n{name} = \"{branch}\"\n");
        assert!(found("Cargo.toml", &text).is_empty(), "{name}");
    }
    let pw = template::expand("{a24}");
    assert!(has("a.toml", &format!("[app_credential]\nmain = \"{pw}\"\n"), "value-in-secret-map"));
}

#[test]
fn a_short_number_is_a_weak_password() {
    let weight = |pw: &str| {
        let found =
            found("a.rb", &format!("go \"to http://db.acme.io?user=app&password={pw}\", 1\n"));
        found[0].severity
    };
    assert_eq!(weight("1234"), Severity::Medium);
    assert_eq!(weight("907318264550371"), weight(&template::expand("{a14}")));
}
