// SPDX-License-Identifier: MIT OR Apache-2.0
//! Credentials that no assignment names: arguments of calls, statements, sentences and dialogues.

use super::Case;

/// A rule with what it finds and a near miss in a file of the same name.
const fn at(
    rule: &'static str,
    path: &'static str,
    fires: &'static str,
    miss: &'static str,
) -> Case {
    Case { rule, path, fires, near_miss: (path, miss) }
}

pub(super) const CASES: &[Case] = &[
    at(
        "login-argument",
        "src/pull.py",
        "a = HTTPBasicAuth(\"admin\", \"{a14}\")",
        "a = HTTPBasicAuth(\"user\", \"pass\")",
    ),
    at(
        "login-argument",
        "src/pull.py",
        "requests.get(URL, auth=('ops', '{a14}'))",
        "requests.get(URL, auth=('ops', pw))",
    ),
    at(
        "login-argument",
        "src/Db.java",
        "DriverManager.getConnection(url, \"app\", \"{a14}\");",
        "DriverManager.getConnection(url, \"app\", \"password\");",
    ),
    at(
        "login-argument",
        "src/Db.java",
        "new UsernamePasswordCredentials(\"app\", \"{a14}\");",
        "new UsernamePasswordCredentials(user, password);",
    ),
    at(
        "login-argument",
        "src/main.rs",
        "client.get(url).basic_auth(\"ops\", Some(\"{a14}\"))",
        "client.get(url).basic_auth(\"ops\", None::<&str>)",
    ),
    at(
        "setting-in-database",
        "db/seed.sql",
        "UPDATE settings SET value = '{h32}' WHERE name = 'steam_api_key';",
        "UPDATE settings SET value = '{h32}' WHERE name = 'build_commit';",
    ),
    at(
        "spoken-key",
        "notes.txt",
        "the search api key is {h32}\n",
        "the api key is stored in src/config/production/keys.json\n",
    ),
    at(
        "spoken-key",
        "a.md",
        "| secret key | `{b40}` |",
        "| secret key | `AZURE_CLIENT_SECRET_V2_VAR` |",
    ),
    at(
        "spoken-password",
        "notes.txt",
        "[10:02] your password is {a12}.\n",
        "the password is case-sensitive and the passphrase is base64-encoded\n",
    ),
    at(
        "spoken-password",
        "login.feature",
        "Given I log in as \"ops\" with password \"{a12}\"",
        "Given I log in as \"ops\" with password \"<password>\"",
    ),
    at(
        "dialogue-password",
        "login.exp",
        "expect \"*?assword:\"\nsend \"{a12}\\r\"\n",
        "expect \"*?assword:\"\nsend \"$pw\\r\"\n",
    ),
    at(
        "router-export-password",
        "export.rsc",
        "/ppp secret add name=vpn1 password={a12} service=l2tp",
        "/ppp secret add name=vpn1 service=l2tp",
    ),
    at(
        "router-export-password",
        "export.rsc",
        "set [ find ] wpa2-pre-shared-key=\"{a12}\" mode=dynamic-keys",
        "set [ find ] wpa2-pre-shared-key=\"\" mode=dynamic-keys",
    ),
    at(
        "proxy-user-password",
        "haproxy.cfg",
        "  user admin insecure-password {a12}",
        "  user admin password {a12}",
    ),
    at(
        "mosquitto-password",
        "passwd.txt",
        "sensor1:$7$101${b16}${b86}==",
        "sensor1:$7$101${b16}${b40}==",
    ),
    at(
        "state-random-password",
        "prod.tfstate",
        "\"type\": \"random_password\",\n\"attributes\": {{\n\"result\": \"{a24}\"",
        "\"type\": \"random_pet\",\n\"attributes\": {{\n\"result\": \"{a24}\"",
    ),
    at(
        "client-argument",
        "src/send.js",
        "const c = new CourierClient('{a32}');",
        "const c = new StorageClient('app-assets-prod-eu-west-1-v2');",
    ),
    at(
        "setting-in-database",
        "db/seed.sql",
        "update settings set value = '{a14}' where name = 'smtp_passphrase'",
        "update settings set value = 'en_GB.UTF-8' where name = 'locale'",
    ),
    Case {
        rule: "recovery-codes",
        path: "github-recovery-codes.txt",
        fires: "{h5}-{h5}\n",
        near_miss: ("country-codes.txt", "{h5}-{h5}\n"),
    },
    at(
        "login-argument",
        "src/call.rb",
        "request.basic_auth 'ops', '{a14}'",
        "request.basic_auth 'user', 'pass'",
    ),
    at(
        "login-argument",
        "src/call.go",
        "req.SetBasicAuth(\"ops\", \"{a14}\")",
        "req.SetBasicAuth(user, password)",
    ),
    at(
        "commented-password",
        "src/main.go",
        "// the old admin password was k8Vq{a10}",
        "// the old admin password was sha256-hashed",
    ),
];
