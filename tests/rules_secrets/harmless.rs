// SPDX-License-Identifier: MIT OR Apache-2.0
//! What stands where a secret would and is none, each with what must still be found there.

use debut::domain::Severity;

use crate::{engine, scan, template};

/// A file, what is nothing in it, and what is found in the same place.
const PAIRS: &[(&str, &str, &str)] = &[
    // Words for a password in other languages.
    ("src/main/resources/messages_cs.properties", "label.password=Heslo", "label.password={a14}"),
    ("conf/messages.hu", "user.password = Jelsz\\u00f3", "user.password = {a14}"),
    ("app/texts.nl.json", "\"password\": \"Geheimpje\",", "\"password\": \"{a14}\","),
    ("i18n/da.lua", "  password = \"Hemmeligt\",", "  password = \"{a14}\","),
    ("src/ui/Texts.java", "String PASSWORD = \"Salasana\";", "String PASSWORD = \"{a14}\";"),
    ("src/fi.toml", "password = \"Salasana\"", "password = \"Salasana!74\""),
    ("src/es.toml", "password = \"Contrase&ntilde;a\"", "password = \"Contrase&7x\""),
    ("config/db_de.properties", "label.password=Kennwort", "db.password=Himmelblau"),
    // Ciphertexts of a cluster; a macaroon begins nearly alike.
    (
        "k8s/sealed.yaml",
        "spec:\n  encryptedData:\n    api-key: AgB{b200}{b200}{b200}",
        "spec:\n  data:\n    api-key: AgE{b200}{b200}{b200}",
    ),
    (
        "docs/notes.yml",
        "app_secret: AgBy3i4OJSWK+PiTySYZZA9rO43cGDEq",
        "app_secret: AgBz3i4OJSWK+PiTySYZZA9rO43cGDEq",
    ),
    // The database of a test run, and that of a server.
    (
        ".github/workflows/ci.yml",
        "          POSTGRES_PASSWORD: postgres",
        "          POSTGRES_PASSWORD: {a14}",
    ),
    (".gitlab-ci.yml", "  POSTGRES_PASSWORD: postgres", "  POSTGRES_PASSWORD: Harbor_74"),
    // What a schema shows of a field.
    (
        "api/openapi.yml",
        "Credentials:\n  request_id: {{ type: string, format: uuid, example: {h8}-{h4}-4{h3}-a{h3}-{h12} }}",
        "Credentials:\n  billing: {{ live: {a32} }}",
    ),
    // What a manual calls a password.
    ("docs/setup.md", "export DB_PASSWORD='p@ssw0rd'", "export DB_PASSWORD='p@ssHarbor7'"),
    ("spec/user_spec.rb", "user(password: \"test1234\")", "user(password: \"test8312x\")"),
    // The password is read, and the word before it is the user.
    ("deploy.sh", "htpasswd -bc .htpasswd admin \"$1\"", "htpasswd -bc .htpasswd admin {a14}"),
];

#[test]
fn what_is_harmless_is_left_alone_and_what_is_beside_it_found() {
    let engine = engine();
    let found = |path: &str, text: &str| {
        let found = scan(&engine, path, template::expand(text).as_bytes());
        let of = |rule: &str| rule.starts_with("sensitive/");
        found.iter().any(|hit| of(&engine.rules().info(hit.rule).id))
    };
    let mut wrong = Vec::new();
    for (path, nothing, secret) in PAIRS {
        if found(path, nothing) {
            wrong.push(format!("{path}: found: {nothing}"));
        }
        if !found(path, secret) {
            wrong.push(format!("{path}: missed: {secret}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_salt_beside_a_hash_weighs_less_than_one_that_signs() {
    let engine = engine();
    for (path, line, severity) in [
        ("flags.json", "\"salt\": \"{h32}\",", Severity::Low),
        ("config/app.php", "'salt' => '{h32}',", Severity::Medium),
        ("app.json", "\"apiTokenSalt\": \"{h32}\",", Severity::Medium),
        ("Pulumi.prod.yaml", "encryptionsalt: v1:{b11}=:v1:{b16}:{b40}==", Severity::Medium),
    ] {
        let found = scan(&engine, path, template::expand(line).as_bytes());
        assert_eq!(found.iter().map(|hit| hit.severity).max(), Some(severity), "{line}");
    }
}
