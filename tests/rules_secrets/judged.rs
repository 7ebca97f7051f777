// SPDX-License-Identifier: MIT OR Apache-2.0
//! How much keys, tokens and passwords weigh by what their own structure says.

use data_encoding::BASE64URL_NOPAD;
use debut::domain::Severity;

use crate::{engine, scan, template};

/// Returns rule, severity and remarks of the only finding in `text`.
fn judged(path: &str, text: &str) -> (String, Severity, Vec<String>) {
    let engine = engine();
    let found = scan(&engine, path, text.as_bytes());
    assert_eq!(found.len(), 1, "{text}");
    let rule = engine.rules().info(found[0].rule).name().to_owned();
    (rule, found[0].severity, found[0].notes.clone())
}

#[test]
fn private_keys_say_what_they_are() {
    for (label, rule, severity, remark) in [
        ("RSA PRIVATE KEY", "private-key", Severity::Critical, "RSA, 1024 bits"),
        ("PRIVATE KEY", "private-key", Severity::Critical, "RSA, 1024 bits"),
        ("EC PRIVATE KEY", "private-key", Severity::Critical, "EC"),
        ("OPENSSH PRIVATE KEY", "private-key", Severity::Critical, "ssh-ed25519"),
        ("OPENSSH ENCRYPTED", "encrypted-private-key", Severity::Medium, "ssh-ed25519"),
        ("PGP PRIVATE KEY BLOCK", "private-key", Severity::Critical, "the key is complete"),
        ("PGP PROTECTED", "encrypted-private-key", Severity::Medium, "the key is complete"),
        ("DSA PRIVATE KEY", "private-key", Severity::High, "the key is complete"),
    ] {
        let (found, weight, notes) = judged("a.txt", &template::pem(label, "\n", 7));
        assert_eq!((found.as_str(), weight), (rule, severity), "{label}");
        assert!(notes.iter().any(|note| note == remark), "{label}: {notes:?}");
    }
}

#[test]
fn a_key_that_does_not_parse_is_medium() {
    let key = template::pem("RSA PRIVATE KEY", "\n", 7);
    let mut lines: Vec<&str> = key.lines().collect();
    lines.remove(3);
    let (_, severity, notes) = judged("a.txt", &lines.join("\n"));
    assert_eq!(severity, Severity::Medium);
    assert!(notes[0].starts_with("does not parse"), "{notes:?}");
}

#[test]
fn keys_are_read_through_comments_and_joined_strings() {
    let key = template::pem("PRIVATE KEY", "\n", 9);
    let comment: String = key.lines().map(|line| format!("// {line}\n")).collect();
    let joined: String = key.lines().map(|line| format!("  \"{line}\\n\" +\n")).collect();
    for text in [comment, joined] {
        let (_, severity, notes) = judged("a.js", &text);
        assert_eq!(severity, Severity::Critical, "{text}");
        assert!(notes.iter().any(|note| note == "the key is complete"), "{text}");
    }
}

#[test]
fn signs_at_the_ends_of_lines_belong_to_the_key() {
    let engine = engine();
    let mut odd = 0;
    for seed in 0..300 {
        let key = template::pem("PRIVATE KEY", "\n", seed);
        let sign = |line: &str| ["+/", "//", "++"].iter().any(|two| line.starts_with(two));
        odd += usize::from(key.lines().any(|line| sign(line) || line.ends_with("//")));
        let comment: String = key.lines().map(|line| format!("// {line}\n")).collect();
        for text in [key, comment] {
            let found = scan(&engine, "a.js", text.as_bytes());
            assert_eq!(found[0].severity, Severity::Critical, "{text}");
        }
    }
    assert!(odd > 0, "keys with such lines: {odd}");
}

#[test]
fn the_frame_of_another_vendor_is_known() {
    let key = template::pem("RSA PRIVATE KEY", "\n", 7)
        .replace("-----BEGIN RSA PRIVATE KEY-----", "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----")
        .replace("-----END RSA PRIVATE KEY-----", "---- END SSH2 ENCRYPTED PRIVATE KEY ----");
    assert_eq!(judged("a.txt", &key).0, "encrypted-private-key");
}

fn token(header: &str, claims: &str, signature: usize) -> String {
    let signature = "q7W2z9Kx".repeat(200)[..signature].to_owned();
    let part = |text: &str| BASE64URL_NOPAD.encode(text.as_bytes());
    format!("t: {}.{}.{signature}\n", part(header), part(claims))
}

#[test]
fn web_tokens_weigh_what_they_are_good_for() {
    let claims = r#"{"sub":"deploy","exp":4070908800}"#;
    let old = r#"{"sub":"deploy","exp":1500000000}"#;
    for (header, claims, signature, severity) in [
        (r#"{"alg":"HS256"}"#, claims, 43, Severity::Medium),
        (r#"{"alg":"RS256"}"#, claims, 342, Severity::Medium),
        (r#"{"alg":"HS256"}"#, old, 43, Severity::Low),
        (r#"{"alg":"HS256"}"#, claims, 20, Severity::Low),
        (r#"{"alg":"XX999"}"#, claims, 43, Severity::Low),
        (r#"{"alg":"none","typ":"x"}"#, claims, 0, Severity::Low),
    ] {
        assert_eq!(judged("a.yml", &token(header, claims, signature)).1, severity, "{header}");
    }
    // What a text says is the same on every day: what has expired lately still says "expires".
    let lately = token(r#"{"alg":"HS256"}"#, r#"{"sub":"deploy","exp":1793491201}"#, 43);
    let (_, severity, notes) = judged("a.yml", &lately);
    assert_eq!((severity, notes), (Severity::Medium, vec!["expires 2026-11-01".to_owned()]));
    let head = BASE64URL_NOPAD.encode(br#"{"alg":"dir","enc":"A256GCM"}"#);
    let sealed = template::expand("{w16}.{w60}.{w22}");
    let (rule, severity, _) = judged("a.yml", &format!("t: {head}..{sealed}\n"));
    assert_eq!((rule.as_str(), severity), ("jwt", Severity::Low));
}

#[test]
fn published_keys_are_low() {
    let first = ["0xac0974bec39a17e36ba4a6b4d238ff94", "4bacb478cbed5efcae784d7bf4f2ff80"].concat();
    let words = ["test ".repeat(11).as_str(), "junk"].concat();
    for text in [format!("PRIVATE_KEY={first}\n"), format!("private_key: \"{first}\"\n")] {
        assert_eq!(judged("a.yml", &text).1, Severity::Low, "{text}");
    }
    assert_eq!(judged("a.yml", &format!("mnemonic: \"{words}\"\n")).1, Severity::Low);
}

#[test]
fn simple_values_of_a_secret_weigh_less() {
    let manifest = |value: &str| format!("kind: Secret\nstringData:\n  license: {value}\n");
    let drawn = template::expand("{a24}");
    assert_eq!(judged("a.yml", &manifest(&drawn)).1, Severity::High);
    assert_eq!(judged("a.yml", &manifest("local-dev-value")).1, Severity::Medium);
}
