// SPDX-License-Identifier: MIT OR Apache-2.0
//! Files in which client programs keep logins, whole and as their manuals show them: every secret
//! is found, and nothing else. What stands between `<<` and `>>` is secret.

use std::collections::BTreeSet;

use debut::domain::{Class, Confidence, Severity};

use crate::{engine, keys, scan, template};

const FILES: &[(&str, &str)] = &[
    (
        "ci/kubeconfig.yaml",
        "apiVersion: v1\nkind: Config\nclusters:\n- cluster:\n    server: https://10.12.3.4:6443\n    certificate-authority-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t\n  name: prod\ncontexts:\n- context:\n    cluster: prod\n    user: admin\n  name: prod\ncurrent-context: prod\npreferences: {{}}\nusers:\n- name: admin\n  user:\n    client-certificate-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t\n    client-key-data: <<{b400}>>\n- name: weak\n  user:\n    password: <<winter>>\n    username: weak\n- name: robot\n  user:\n    token: <<{a40}>>\n- name: cloud\n  user:\n    exec:\n      apiVersion: client.authentication.k8s.io/v1beta1\n      args: [eks, get-token]\n      command: aws\n",
    ),
    (
        "home/.docker/config.json",
        "{{\"auths\": {{\"registry.acme.io:5000\": {{\"auth\": \"<<{B:ci:{a14}}>>\"}}, \"r2.acme.io\": {{}}}}, \"credsStore\": \"desktop\", \"HttpHeaders\": {{\"User-Agent\": \"Docker-Client/19.03.12 (linux)\"}}}}",
    ),
    (
        "home/.netrc",
        "machine api.acme.io\n  login ci\n  password <<{a36}>>\nmachine ftp.acme.io login ci password <<winter22>>\nmacdef init\n",
    ),
    (
        "home/.pgpass",
        "# hostname:port:database:username:password\ndb1.acme.io:5432:app:ci:<<{a12}>>\n*:*:*:postgres:<<winter>>\n",
    ),
    (
        "home/.my.cnf",
        "[client]\nuser=root\npassword=<<{a12}>>\nhost = db1\n[mysqldump]\nuser = backup\npassword = \"<<winter#1>>\"\n",
    ),
    (
        "home/.npmrc",
        "registry=https://npm.acme.io/\n//npm.acme.io/:_authToken=<<{a36}>>\n//registry.npmjs.org/:_authToken=${{NPM_TOKEN}}\n//old.acme.io/:_password=<<{B:Winter22!}>>\n//old.acme.io/:username=ci\n",
    ),
    (
        "home/.pypirc",
        "[distutils]\nindex-servers =\n    acme\n[acme]\nrepository: https://pypi.acme.io\nusername: ci\npassword: <<winter22>>\n",
    ),
    (
        "home/sftp.json",
        "{{\n  \"name\": \"prod\", \"host\": \"web1.acme.io\", \"protocol\": \"sftp\", \"port\": 22,\n  \"username\": \"ci\",\n  \"password\": \"<<winter22>>\",\n  \"remotePath\": \"/var/www\"\n}}",
    ),
    (
        "FileZilla/sitemanager.xml",
        "<FileZilla3><Servers><Server><Host>ftp.acme.io</Host><Port>21</Port><User>ci</User>\n<Pass encoding=\"base64\"><<{B:Winter22!}>></Pass></Server></Servers></FileZilla3>",
    ),
    (
        "home/.bundle/config",
        "---\nBUNDLE_GEMS__ACME__IO: \"<<ci:{a14}>>\"\nBUNDLE_PATH: vendor\nBUNDLE_JOBS: \"4\"\n",
    ),
    (
        "home/.composer/auth.json",
        "{{\"http-basic\": {{\"repo.acme.io\": {{\"username\": \"ci\", \"password\": \"<<{a8}4{a8}>>\"}}}},\n \"gitlab-token\": {{\"git.acme.io\": \"<<{a20}>>\"}}}}",
    ),
    (
        "ci/settings.xml",
        "<settings><servers><server><id>nexus</id><username>ci</username>\n<password><<winter22>></password></server>\n<server><id>r2</id><password>{{{b24}=}}</password></server>\n<server><id>r3</id><password>${{env.NEXUS_PW}}</password></server></servers></settings>",
    ),
    ("home/.curlrc", "# who\nuser = \"ci:<<{a12}>>\"\nuser-agent = \"ci: a robot\"\n"),
    ("home/.kaggle/kaggle.json", "{{\"username\":\"ci\",\"key\":\"<<{h32}>>\"}}"),
];

#[test]
fn every_login_of_a_client_is_found() {
    let engine = engine();
    let mut wrong = Vec::new();
    for (path, text) in FILES {
        let text = template::expand(text);
        let parts = text.split("<<").skip(1).filter_map(|part| part.split_once(">>"));
        let secrets: BTreeSet<String> = parts.map(|(secret, _)| secret.to_owned()).collect();
        let text = text.replace("<<", "").replace(">>", "");
        let found: BTreeSet<String> = scan(&engine, path, text.as_bytes())
            .iter()
            .filter(|finding| engine.rules().info(finding.rule).class == Class::Credential)
            .map(|finding| String::from_utf8_lossy(finding.value.expose()).into_owned())
            .collect();
        // Of a pair with a colon the second half alone is as good.
        let is = |a: &str, b: &str| a == b || a.ends_with(&format!(":{b}"));
        let missed: Vec<_> =
            secrets.iter().filter(|secret| !found.iter().any(|one| is(secret, one))).collect();
        let alarms: Vec<_> =
            found.iter().filter(|one| !secrets.iter().any(|secret| is(secret, one))).collect();
        if !missed.is_empty() || !alarms.is_empty() {
            wrong.push(format!("{path}: missed {missed:?}, false {alarms:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn recovery_words_are_judged_by_list_and_checksum() {
    let engine = engine();
    let words =
        keys::recovery_words(&[7, 91, 3, 250, 18, 44, 201, 99, 5, 61, 177, 23, 80, 142, 6, 31]);
    let told = |path: &str, text: &str| {
        let found = scan(&engine, path, text.as_bytes());
        found.iter().map(|f| (f.severity, f.confidence)).max()
    };
    let sure = Some((Severity::Critical, Confidence::High));
    assert_eq!(told("src/config.js", &format!("mnemonic: '{words}',")), sure);
    assert_eq!(told("notes.txt", &format!("MetaMask, all of them:\n\n{words}\n")), sure);
    assert_eq!(told("wallet-seed.txt", &format!("{words}\n")), sure);
    // In another order they were never a wallet, or are one that nobody can find.
    let mut other: Vec<&str> = words.split(' ').collect();
    other.swap(0, 1);
    let text = format!("mnemonic: '{}',", other.join(" "));
    assert_eq!(told("src/config.js", &text), Some((Severity::Medium, Confidence::Low)));
    // A word that the list lacks.
    let text = format!("mnemonic: '{}'", words.replacen(other[1], "debut", 1));
    assert_eq!(told("src/config.js", &text), None);
    let prose =
        "Your seed phrase:\n\nkeep these twelve words where nobody else will ever look again\n";
    assert_eq!(told("README.md", prose), None);
}

/// A Java key store of entries with these marks: 1 is a private key, 2 a certificate.
fn java_store(marks: &[u8]) -> Vec<u8> {
    let mut raw = b"\xfe\xed\xfe\xed\0\0\0\x02\0\0\0".to_vec();
    raw.push(u8::try_from(marks.len()).expect("few"));
    for mark in marks {
        raw.extend([0, 0, 0, *mark, 0, 2, b'c', b'a', 0, 0, 0, 0, 0, 0, 0, 1]);
        raw.extend(b"\0\x05X.509\0\0\0\x03abc");
    }
    raw.extend([7; 20]);
    raw
}

#[test]
fn a_store_of_certificates_is_low() {
    let engine = engine();
    for path in ["ssl/roots.jks", "ssl/cacerts"] {
        let found = scan(&engine, path, &java_store(&[2, 2]));
        let store = found.iter().find(|finding| finding.severity == Severity::Low);
        let notes = &store.expect(path).notes;
        assert!(notes.iter().any(|note| note == "holds 2 certificates and no key"), "{notes:?}");
        assert_eq!(found.len(), 1, "{path}");
        let found = scan(&engine, path, &java_store(&[2, 1]));
        assert_eq!((found.len(), found[0].severity), (1, Severity::High), "{path}");
    }
}
