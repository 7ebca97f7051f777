// SPDX-License-Identifier: MIT OR Apache-2.0
//! Files of which most is encrypted: what was left in clear is found, and nothing else.

use std::collections::BTreeSet;

use crate::{engine, scan, template};

/// Returns the credentials found in a text, in which `CLEAR1` and so on stand for drawn values.
fn found(path: &str, text: &str) -> BTreeSet<String> {
    let engine = engine();
    let mut text = template::expand(&text.replace('{', "{{").replace('}', "}}"));
    for (no, value) in values().iter().enumerate() {
        text = text.replace(&format!("CLEAR{no}"), value);
    }
    let class = |rule| engine.rules().info(rule).class;
    scan(&engine, path, text.as_bytes())
        .iter()
        .filter(|finding| class(finding.rule) == debut::domain::Class::Credential)
        .map(|finding| String::from_utf8_lossy(finding.value.expose()).into_owned())
        .collect()
}

fn values() -> [String; 4] {
    ["{a14}!", "{a24}", "{a18}", "{a32}"].map(template::expand)
}

fn expect(path: &str, text: &str) {
    let clear = values().into_iter().enumerate();
    let clear = clear.filter(|(no, _)| text.contains(&format!("CLEAR{no}")));
    assert_eq!(found(path, text), clear.map(|(_, value)| value).collect(), "{path}");
}

/// A value as sops writes it.
const SEALED: &str =
    "ENC[AES256_GCM,data:p673wpiLmvNe0hvOOg==,iv:YYu2n4xWm3Kq7Lz1,tag:A9bC,type:str]";

#[test]
fn sops_yaml() {
    let text = "\
db:
    user: SEALED
    password: SEALED
    password_unencrypted: CLEAR0
    host_unencrypted: db1.prod.acme.io
    pool_unencrypted: 25
api_token: CLEAR1
secrets:
    one: SEALED
    two: CLEAR2
    note_unencrypted: rotate in spring
sops:
    kms: []
    age:
        - recipient: age1yt3tfqlfrwdwx0z0ynwplcr6qxcxfaqycuprpmy89nr83ltx74tqdpszlw
          enc: |
            -----BEGIN AGE ENCRYPTED FILE-----
            YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBqZ2F3cGZGY3B4Q1J1Vk4y
            -----END AGE ENCRYPTED FILE-----
    lastmodified: \"2026-01-01T00:00:00Z\"
    mac: SEALED
    unencrypted_suffix: _unencrypted
    encrypted_regex: ^(password|token|secret)$
    version: 3.8.1
";
    expect("pillar/secrets.enc.yaml", &text.replace("SEALED", SEALED));
}

#[test]
fn sops_json_env_ini_and_manifests() {
    let json = "{
\t\"db_password\": \"SEALED\",
\t\"db_password_unencrypted\": \"CLEAR0\",
\t\"region\": \"eu-central-1\",
\t\"sops\": {
\t\t\"kms\": [{\"created_at\": \"2026\", \"enc\": \"AQICAHgYw0qXkQKx8kL9Tz4Fh2aBv5Rp7Wm3Nc6Jd8Gs1Ey0iQ\"}],
\t\t\"mac\": \"SEALED\",
\t\t\"pgp\": [{\"fp\": \"85D77543B3D624B63CEA9E6DBC17301B491B3F21\", \"enc\": \"-----BEGIN PGP MESSAGE-----\\n\\nhQIMA0t4uZHfl9qgAQ\\n-----END PGP MESSAGE-----\\n\"}],
\t\t\"version\": \"3.8.1\"
\t}
}";
    expect("secrets.enc.json", &json.replace("SEALED", SEALED));
    let env = "DB_PASSWORD=SEALED\nAPI_TOKEN_unencrypted=CLEAR1\nPORT_unencrypted=8080\nsops_mac=SEALED\n";
    expect("secrets.enc.env", &env.replace("SEALED", SEALED));
    let ini = "[db]\npassword = SEALED\npassword_unencrypted = CLEAR0\n[sops]\nmac = SEALED\n";
    expect("secrets.enc.ini", &ini.replace("SEALED", SEALED));
    let manifest = "apiVersion: v1\nkind: Secret\nstringData:\n  one: SEALED\n  two: CLEAR3\nsops:\n  encrypted_regex: ^one$\n  mac: SEALED\n";
    expect("k8s/secret.enc.yaml", &manifest.replace("SEALED", SEALED));
}

#[test]
fn ansible_vault_in_line() {
    let text = "\
db_user: app
db_password: !vault |
          $ANSIBLE_VAULT;1.1;AES256
          66386439653236336462626566653063336164663966303231363934653561363964363833313662
          6431626536303530376336343832656537303632313433360a626438346336353331386135323734
backup_password: CLEAR0
passwords:
  db1: !vault |
          $ANSIBLE_VAULT;1.2;AES256;prod
          66386439653236336462626566653063336164663966303231363934653561363964363833313662
  db2: CLEAR2
smtp_password: \"{{ vault_smtp_password }}\"
api_token: 'CLEAR1'
";
    expect("group_vars/all/main.yml", text);
}

#[test]
fn eyaml_beside_plain() {
    let text = "\
profile::db::password: >
    ENC[PKCS7,MIIBeQYJKoZIhvcNAQcDoIIBajCCAWYCAQAxggEhMIIBHQIBADAFMAACAQEw
    DQYJKoZIhvcNAQEBBQAEggEAWPB1YBrdx0qyzp]
profile::api::token: ENC[PKCS7,MIIBeQYJKoZIhvcNAQcDoIIBajCCAWYCAQAxggEhMIIBHQIBADAF]
profile::smtp::password: DEC::PKCS7[CLEAR3]!
profile::ldap::password: 'CLEAR0'
";
    let found = found("hieradata/common.eyaml", text);
    let [ldap, _, _, decrypted] = values();
    assert!(found.contains(&ldap), "{found:?}");
    // What the editor of eyaml shows in clear, and what somebody committed so.
    assert!(found.iter().any(|value| value.contains(&decrypted)), "{found:?}");
    assert!(found.len() == 2, "{found:?}");
}
