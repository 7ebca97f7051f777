// SPDX-License-Identifier: MIT OR Apache-2.0
//! Private keys, web tokens and whole files, in the shapes in which they are committed.

use debut::domain::{Finding, Severity};

use crate::{engine, scan, template};

fn only(path: &str, text: &str) -> (Finding, String) {
    let engine = engine();
    let mut found = scan(&engine, path, text.as_bytes());
    assert_eq!(found.len(), 1, "{path}");
    let finding = found.remove(0);
    let rule = engine.rules().info(finding.rule).name().to_owned();
    (finding, rule)
}

#[test]
fn a_key_is_one_finding_however_it_was_pasted() {
    let plain = template::pem("RSA PRIVATE KEY", "\n", 7);
    let indented = plain.replace('\n', "\n    ");
    let crlf = plain.replace('\n', "\r\n");
    let escaped = plain.replace('\n', "\\n");
    for key in [&plain, &indented, &crlf, &escaped] {
        for text in [format!("key: \"{key}\"\n"), key.clone()] {
            let (finding, rule) = only("a.yml", &text);
            assert_eq!(rule, "private-key");
            assert_eq!(finding.value.expose(), key.as_bytes());
            assert_eq!(finding.severity, Severity::Critical);
            assert!(finding.notes.iter().any(|note| note == "the key is complete"));
        }
    }
}

#[test]
fn a_cut_off_key_is_still_found() {
    let plain = template::pem("EC PRIVATE KEY", "\n", 8);
    let cut = &plain[..300];
    let (finding, rule) = only("a.pem.bin", &format!("{cut}\n\nother text\n"));
    assert_eq!(rule, "private-key");
    assert_eq!(finding.value.expose(), cut.as_bytes());
}

#[test]
fn encrypted_keys_weigh_less() {
    let legacy = template::pem("RSA PRIVATE KEY", "\n", 9).replacen(
        "-----\n",
        "-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n",
        1,
    );
    let (finding, rule) = only("a.txt", &legacy);
    assert_eq!((rule.as_str(), finding.severity), ("encrypted-private-key", Severity::Medium));
}

#[test]
fn public_material_and_samples_are_no_keys() {
    let engine = engine();
    for label in ["CERTIFICATE", "PUBLIC KEY", "RSA PUBLIC KEY", "DH PARAMETERS"] {
        let text = template::pem(label, "\n", 3);
        assert!(scan(&engine, "a.yml", text.as_bytes()).is_empty(), "{label}");
    }
    let sample =
        concat!("-----BEGIN RSA PRI", "VATE KEY-----\n...\n-----END RSA PRI", "VATE KEY-----\n");
    assert!(scan(&engine, "a.yml", sample.as_bytes()).is_empty());
}

#[test]
fn a_path_rule_looks_at_binary_files() {
    let engine = engine();
    let found = scan(&engine, "conf/server.p12", b"\x30\x82\0\0\0\0");
    assert_eq!(engine.rules().info(found[0].rule).id, "sensitive/keystore");
    assert!(scan(&engine, "conf/server.p12", b"").is_empty());
}

#[test]
fn a_file_encrypted_with_git_crypt_is_not_a_key() {
    let engine = engine();
    let found = scan(&engine, "ssh/id_rsa", b"\0GITCRYPT\0abc");
    let rules: Vec<&str> = found.iter().map(|f| engine.rules().info(f.rule).name()).collect();
    assert_eq!(rules, ["encrypted-file"]);
}

#[test]
fn ciphertext_is_no_secret() {
    let engine = engine();
    let text = template::expand(
        "db_password: ENC[AES256_GCM,data:{b40}=,iv:{b24},tag:{b22}==,type:str]\napi_token: ENC[PKCS7,MII{b300}]\n",
    );
    let found = scan(&engine, "prod.yml", text.as_bytes());
    let rules: Vec<&str> = found.iter().map(|f| engine.rules().info(f.rule).name()).collect();
    assert_eq!(rules, ["encrypted-file"]);
}

#[test]
fn sample_values_of_manuals_weigh_little() {
    let engine = engine();
    let aws = ["AKIA", "IOSFODNN7", "EXAMPLE"].concat();
    assert!(scan(&engine, "a.yml", format!("id: {aws}\n").as_bytes()).is_empty());
    let stripe = ["sk_test_", "4eC39HqLyjWD", "arjtT1zdp7dc"].concat();
    let found = scan(&engine, "a.yml", format!("id: {stripe}\n").as_bytes());
    assert_eq!(found[0].severity, Severity::Low);
}

#[test]
fn keys_that_come_with_software_weigh_little() {
    let engine = engine();
    let fastapi = ["09d25e094faa6ca2556c8181", "66b7a9563b93f7099f6f0f4c", "aa6cf63b88e8d3e7"];
    let supabase = [
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJzdXBhYmFzZS1kZW1vIiwicm9sZSI6InNlcn",
        "ZpY2Vfcm9sZSIsImV4cCI6MTk4MzgxMjk5Nn0.EGIM96RAZx35lJz",
        "dJsyH-qQwv8Hdp7fsn3W0YpN81IU",
    ];
    for value in [fastapi, supabase].map(|parts| parts.concat()) {
        let text = format!("SECRET_KEY: \"{value}\"\n");
        let found = scan(&engine, "app.yml", text.as_bytes());
        assert_eq!(found[0].severity, Severity::Low, "{text}");
        // One letter more, and it is a key like any other.
        let other = text.replace("b88e", "b89e").replace("YpN81", "YpN82");
        let found = scan(&engine, "app.yml", other.as_bytes());
        assert!(found[0].severity >= Severity::High, "{other}");
    }
}
