// SPDX-License-Identifier: MIT OR Apache-2.0
//! An encrypted file is never clean: one finding says by what it is encrypted and what everybody
//! still reads, counted in the file.

use std::sync::OnceLock;

use data_encoding::BASE64;
use debut::{
    domain::Severity::{self, Low, Medium},
    scan::Engine,
};

use crate::{scan, template};

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(crate::engine)
}

/// Returns severity and remarks of the finding for the file as a whole.
fn file(path: &str, raw: &[u8]) -> Option<(Severity, Vec<String>)> {
    let engine = engine();
    let all = scan(engine, path, raw);
    let mut all = all.iter().filter(|one| engine.rules().info(one.rule).name() == "encrypted-file");
    let found = all.next().map(|one| (one.severity, one.notes.clone()));
    assert!(all.next().is_none(), "{path}: one finding for one file");
    found
}

/// Returns the values in clear between encrypted ones.
fn plain(path: &str, text: &str) -> Vec<String> {
    let engine = engine();
    let all = scan(engine, path, text.as_bytes());
    let rule = |rule| engine.rules().info(rule).name() == "plain-among-encrypted";
    let all = all.iter().filter(|one| rule(one.rule) && one.severity == Medium);
    all.map(|one| String::from_utf8_lossy(one.value.expose()).into_owned()).collect()
}

#[track_caller]
fn expect(path: &str, raw: impl AsRef<[u8]>, severity: Severity, first: &str) {
    let found = file(path, raw.as_ref());
    let Some((found, notes)) = found else { panic!("{path}: nothing was found") };
    assert_eq!((found, notes[0].as_str()), (severity, first), "{path}: {notes:?}");
}

#[track_caller]
fn silent(path: &str, raw: impl AsRef<[u8]>) {
    assert_eq!(file(path, raw.as_ref()), None, "{path}");
}

/// A value as sops writes it.
fn sops() -> String {
    template::expand("ENC[AES256_GCM,data:{b20}==,iv:{b43}=,tag:{b22}==,type:str]")
}

/// An account that is no sample of anybody's manual.
fn account() -> String {
    ["6203", "7148", "2951"].concat()
}

/// A file of sops with everything that its section can hold.
fn sops_yaml() -> String {
    let text = "\
db:
    user: SEALED
    password: SEALED
    hosts:
        - SEALED
#ENC[AES256_GCM,data:Zm9v,iv:Zm9v,tag:Zm9v,type:comment]
sops:
    kms:
        - arn: arn:aws:kms:eu-west-1:ACCOUNT:alias/app
          enc: AQ
        - arn: arn:aws:kms:eu-north-1:ACCOUNT:alias/app
    gcp_kms:
        - resource_id: projects/acme-prod/locations/global/keyRings/a/cryptoKeys/b
    hc_vault:
        - vault_address: https://vault.acme.io:8200
    age:
        - recipient: age1one
          enc: |
            -----BEGIN AGE ENCRYPTED FILE-----
            YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBqZ2F3cGZGY3B4Q1J1Vk4y
            -----END AGE ENCRYPTED FILE-----
    pgp:
        - fp: 85D77543B3D624B63CEA9E6DBC17301B491B3F21
    mac: SEALED
    version: 3.8.1
";
    text.replace("SEALED", &sops()).replace("ACCOUNT", &account())
}

#[test]
fn sops_says_what_is_readable() {
    let note = "encrypted (SOPS, 3 values) \u{2014} 4 key names, 1 account id, 1 project, \
                1 address, 2 recipients readable";
    let text = sops_yaml();
    expect("a.yaml", &text, Low, note);
    expect("a.yaml", text.replace('\n', "\r\n"), Low, note);
    let utf16: Vec<u8> =
        [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    expect("a.yaml", utf16, Low, note);
    // A second document brings its own section.
    let two =
        format!("{text}---\n{}", text.replace("user:", "login:").replace("age1one", "age1two"));
    let note =
        note.replace("3 values", "6 values").replace("4 key", "5 key").replace("2 rec", "3 rec");
    expect("a.yaml", two, Low, &note);
    silent("a.yaml", "a: see the vault\nsops:\n  mac: ENC[]\n");
    silent("README.md", "Values look like `ENC[AES256_GCM,data:...]`.");
}

#[test]
fn sops_in_other_forms() {
    let sealed = sops();
    let binary = format!(
        "{{\n\t\"data\": \"{sealed}\",\n\t\"sops\": {{\n\t\t\"age\": [{{\"recipient\": \"age1one\", \"enc\": \"-----BEGIN AGE ENCRYPTED FILE-----\\nYWdl\\n-----END AGE ENCRYPTED FILE-----\\n\"}}],\n\t\t\"mac\": \"{sealed}\"\n\t}}\n}}"
    );
    expect("key.pem", &binary, Low, "encrypted (SOPS, 1 value) \u{2014} 1 recipient readable");
    let json =
        format!("{{\"a\":{{\"b\":\"{sealed}\",\"c\":\"\"}},\"sops\":{{\"mac\":\"{sealed}\"}}}}");
    expect("a.json", &json, Low, "encrypted (SOPS, 1 value) \u{2014} 2 key names readable");
    let arn = format!("arn:aws:kms:eu-west-1:{}:alias/app", account());
    let env = format!(
        "A={sealed}\nB={sealed}\n# plain\nsops_kms__list_0__map_arn={arn}\nsops_mac={sealed}\nsops_version=3.8.1\n"
    );
    let note = "encrypted (SOPS, 2 values) \u{2014} 2 key names, 1 account id, 1 comment readable";
    expect(".env", &env, Low, note);
    let ini = format!("[db]\npassword = {sealed}\n[sops]\nmac = {sealed}\nlastmodified = 2026\n");
    expect("a.ini", &ini, Low, "encrypted (SOPS, 1 value) \u{2014} 2 key names readable");
}

#[test]
fn sops_with_holes() {
    let sealed = sops();
    // The section is cut off, or its code is.
    for text in [format!("a: {sealed}\nb: x\n"), format!("a: {sealed}\nsops:\n  version: 3\n")] {
        let (severity, notes) = file("a.yml", text.as_bytes()).expect("encrypted");
        assert_eq!(severity, Medium);
        assert!(notes[1].contains("(mac) is missing"), "{notes:?}");
    }
    let text = format!(
        "a: {sealed}\nb:\n  c: by-hand-9\n  d: null\n  e_unencrypted: x\nsops:\n  mac: {sealed}\n"
    );
    let note = "encrypted in part (SOPS, 1 value) \u{2014} 1 key name, 1 value in clear readable";
    expect("a.yml", &text, Medium, note);
    assert_eq!(plain("a.yml", &text), ["by-hand-9"]);
    // What the section leaves in clear is meant to be.
    let chosen = text.replace("  mac", "  encrypted_regex: ^a$\n  mac");
    assert_eq!(plain("a.yml", &chosen), [""; 0]);
    let note = "encrypted in part (SOPS, 1 value) \u{2014} 1 key name, 2 values in clear readable";
    expect("a.yml", &chosen, Low, note);
}

#[test]
fn ansible_vault() {
    let hex = template::expand("{h80}\n{h80}\n");
    let header = "$ANSIBLE_VAULT;1.1;AES256\n";
    let whole =
        "encrypted (Ansible Vault, the whole file) \u{2014} only its name and size readable";
    expect("vault.yml", format!("{header}{hex}"), Low, whole);
    let labelled = format!("$ANSIBLE_VAULT;1.2;AES256;prod\r\n{hex}");
    expect("vault.yml", &labelled, Low, whole);
    let notes = file("vault.yml", labelled.as_bytes()).expect("encrypted").1;
    assert!(notes.iter().any(|note| note == "its vault id is readable"), "{notes:?}");
    let hex = template::expand("{h80}\n");
    let value = format!("!vault |\n      {header}      {hex}");
    let text = format!("a: {value}b: plain\nc:\n  - d: {value}");
    let note = "encrypted in part (Ansible Vault, 2 values) \u{2014} 2 key names readable";
    expect("main.yml", &text, Low, note);
    let text = format!(
        "keys:\n  one: {value}  two: {value}  three: q7w2z9x4\n  name: acme\n  x: '{{{{ y }}}}'\n"
    );
    assert_eq!(plain("main.yml", &text), ["q7w2z9x4"]);
    assert_eq!(file("main.yml", text.as_bytes()).map(|one| one.0), Some(Medium));
    for miss in [
        "if line == '$ANSIBLE_VAULT;1.1;AES256':\n    pass",
        "# $ANSIBLE_VAULT;1.1;AES256\n",
        "$ANSIBLE_VAULT;1.1;AES256",
    ] {
        silent("a.py", miss);
    }
}

#[test]
fn eyaml_pulumi_and_pillars() {
    let sealed = template::expand("ENC[PKCS7,MIIB{b60}]");
    let text = format!("a::b: {sealed}\nc: >\n    {sealed}\nport: 80\n");
    let note = "encrypted in part (eyaml, 2 values) \u{2014} 2 key names readable";
    expect("common.yaml", &text, Low, note);
    let nested = format!("logins:\n  one: {sealed}\n  two: {sealed}\n  three: q7w2z9x4\n");
    assert_eq!(plain("common.yaml", &nested), ["q7w2z9x4"]);
    let settings = format!("db:\n  password: {sealed}\n  host: db1\n  charset: utf8mb4\n");
    assert_eq!(plain("common.yaml", &settings), [""; 0]);
    silent("README.md", "Write `ENC[PKCS7,...]`, or `ENC[GPG,key]`.");

    let stack = template::expand(
        "config:\n  app:key:\n    secure: v1:{b16}:{b40}\n  app:list:\n  - secure: v1:{b16}:{b40}\n  app:host: x\n",
    );
    let note = "encrypted in part (Pulumi, 2 values) \u{2014} 2 key names readable";
    expect("Pulumi.prod.yaml", &stack, Low, note);
    let salted = template::expand("encryptionsalt: v1:{b11}=:v1:{b16}:{b32}==\n") + &stack;
    expect("Pulumi.prod.yaml", &salted, Medium, note);
    silent("app.yaml", "cookie:\n  secure: true\n");

    let armor = pgp(&[7, 9]);
    let pillar = format!("#!yaml|gpg\na: |\n{}b: x\n", indented(&armor));
    let note =
        "encrypted in part (PGP, for Salt, 1 value) \u{2014} 1 key name, 2 recipients readable";
    expect("pillar/a.sls", pillar, Low, note);
}

/// A PGP message to keys with such ids.
fn pgp_bytes(ids: &[u8]) -> Vec<u8> {
    let mut raw = Vec::new();
    for id in ids {
        let body = [&[3][..], &[*id; 8], &[1, 4, 0], &[0x5a; 40]].concat();
        raw.extend([&[0x85, 0, body.len() as u8][..], &body].concat());
    }
    raw.extend([&[0xd2, 30, 1][..], &[0x5a; 29]].concat());
    raw
}

fn pgp(ids: &[u8]) -> String {
    let body = BASE64.encode(&pgp_bytes(ids));
    let (begin, end) = ("-----BEGIN PGP MESSAGE-----", "-----END PGP MESSAGE-----");
    format!("{begin}\n\n{body}\n=aB3d\n{end}\n")
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}\n")).collect()
}

#[test]
fn messages_and_files() {
    let note = "encrypted (PGP, the whole file) \u{2014} 2 recipients readable";
    expect("a.asc", pgp(&[7, 9]), Low, note);
    expect("a.txt.gpg", pgp_bytes(&[7, 9]), Low, note);
    // Ids of zeros hide who it is for.
    let note = "encrypted (PGP, the whole file) \u{2014} only its name and size readable";
    expect("a.asc", pgp(&[0]), Low, note);
    // What is only signed is no secret, and public keys are none.
    let signed = format!(
        "-----BEGIN PGP MESSAGE-----\n\n{}\n-----END PGP MESSAGE-----\n",
        BASE64.encode(&[0xa3, 1, 2, 3, 4, 5])
    );
    silent("a.asc", signed);
    silent("key.gpg", [&[0x99, 0, 60, 4][..], &[7; 59]].concat());
    silent("b.bin", [&[0x85, 0, 60, 3][..], &[7; 20], &[0]].concat());

    let age = b"age-encryption.org/v1\n-> X25519 abc\nq\n-> ssh-ed25519 k1 def\nq\n-> x-grease g\nq\n--- mac\n\0\x01".to_vec();
    let note = "encrypted (age, the whole file) \u{2014} 2 recipients readable";
    expect("secrets/a.age", &age, Low, note);
    let armor = format!(
        "-----BEGIN AGE ENCRYPTED FILE-----\n{}\n-----END AGE ENCRYPTED FILE-----\n",
        BASE64.encode(&age)
    );
    expect("a.age", &armor, Low, note);
    silent("a.md", "-----BEGIN AGE ENCRYPTED FILE-----\n...\n-----END AGE ENCRYPTED FILE-----\n");
    let scrypt = b"age-encryption.org/v1\n-> scrypt salt 18\nq\n--- mac\n\0".to_vec();
    let notes = file("a.age", &scrypt).expect("encrypted").1;
    assert!(notes.iter().any(|note| note.contains("offline")), "{notes:?}");

    let bare = |how: &str| {
        format!("encrypted ({how}, the whole file) \u{2014} only its name and size readable")
    };
    expect(".env", b"\0GITCRYPT\0\x01\x02\x03", Low, &bare("git-crypt"));
    expect("a", b"Salted__\x01\x02\xff", Low, &bare("OpenSSL or transcrypt"));
    let salted = BASE64.encode(&[b"Salted__".as_slice(), &[0x5a; 24]].concat());
    expect("a.txt", format!("{salted}\n"), Low, &bare("OpenSSL or transcrypt"));
    silent("a.bin", b"\0GITCRYPT\x01\x02\x03");
}

#[test]
fn manifests_data_bags_and_state() {
    let sealed = template::expand("Ag{b120}");
    let text = format!(
        "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata:\n  name: app\nspec:\n  encryptedData:\n    one: {sealed}\n    two: {sealed}\n"
    );
    let note = "encrypted (SealedSecret, 2 values) \u{2014} 2 key names readable";
    expect("k8s/a.yaml", &text, Low, note);
    assert_eq!(plain("k8s/a.yaml", &format!("{text}    three: q7w2z9x4\n")), ["q7w2z9x4"]);
    silent(
        "crd.yaml",
        "kind: CustomResourceDefinition\nspec:\n  names:\n    kind: SealedSecret\n    plural: sealedsecrets\n",
    );

    let item = |more: &str| {
        let value = template::expand(
            "{{\"encrypted_data\": \"{b40}\\n\", \"iv\": \"{b16}\", \"version\": 3, \"cipher\": \"aes-256-gcm\"}}",
        );
        format!("{{\n  \"id\": \"db\",\n  \"password\": {value}{more}\n}}")
    };
    let note = "encrypted (Chef data bag, 1 value) \u{2014} 1 key name readable";
    expect("data_bags/a/db.json", item(""), Low, note);
    assert_eq!(plain("data_bags/a/db.json", &item(",\n  \"salt\": \"q7w2z9x4\"")), ["q7w2z9x4"]);
    silent("a.json", "{\"encrypted_data\": \"x\"}");

    let state = "{\"serial\":1,\"meta\":{\"key_provider.pbkdf2.a\":\"eA\"},\"encrypted_data\":\"q7\",\"encryption_version\":\"v0\"}";
    let note =
        "encrypted (OpenTofu state, the whole file) \u{2014} only its name and size readable";
    expect("a.json", state, Low, note);
}

#[test]
fn hostile_files_end() {
    let sealed = sops();
    let deep: String = (0..2000).map(|i| format!("{}a:\n", " ".repeat(i))).collect();
    let json = format!("{}\"{sealed}\"", "{\"a\":".repeat(100_000));
    let salted = "U2FsdGVkX1".repeat(2000);
    for text in [
        deep + &sealed,
        json,
        salted,
        format!("- {}{sealed}", "- ".repeat(50_000)),
        format!("[{sealed}"),
    ] {
        let _ = file("a.yaml", text.as_bytes());
    }
    // Cut anywhere, it is still an encrypted file as long as it holds a value.
    let text = sops_yaml();
    let first = text.find(']').expect("a value") + 1;
    for end in (0..text.len()).step_by(7) {
        assert_eq!(file("a.yaml", &text.as_bytes()[..end]).is_some(), end >= first, "{end}");
    }
}

#[test]
fn large_files_are_counted_to_their_end() {
    let sealed = sops();
    let mut text: String = (0..80_000).map(|i| format!("key_{i}: {sealed}\n")).collect();
    text += &format!("sops:\n  mac: {sealed}\n");
    assert!(text.len() > 10_000_000);
    let note = "encrypted (SOPS, 80000 values) \u{2014} 10000 or more key names readable";
    expect("a.yaml", text, Low, note);
}
