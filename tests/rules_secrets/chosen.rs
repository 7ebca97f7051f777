// SPDX-License-Identifier: MIT OR Apache-2.0
//! Passwords in free form: what stands for one is none, and what everybody tries weighs less.

use debut::domain::Severity;

use crate::{engine, rules, scan, template::expand};

/// A rule about passwords that people choose, and a text with `PW` where the password stands.
struct Place {
    rule: &'static str,
    path: &'static str,
    text: &'static str,
    /// Whether the value stands between quotes, so that it may hold blanks.
    quoted: bool,
}

const fn place(rule: &'static str, path: &'static str, text: &'static str) -> Place {
    Place { rule, path, text, quoted: false }
}

const fn quoted(rule: &'static str, path: &'static str, text: &'static str) -> Place {
    Place { rule, path, text, quoted: true }
}

const PLACES: &[Place] = &[
    quoted("windows-secure-string", "a.ps1", "ConvertTo-SecureString \"PW\" -AsPlainText -Force"),
    place("windows-unattended-password", "u.xml", "<AdministratorPassword><Value>PW</Value>"),
    quoted("profile-password", "w.mobileconfig", "<key>Password</key>\n<string>PW</string>"),
    place("network-device-clear-password", "r1.cfg", "enable password PW"),
    place("network-device-clear-password", "r1.cfg", "username ops7 secret 0 PW"),
    quoted("wifi-psk", "wpa.conf", "wpa_passphrase=\"PW\""),
    place("snmp-community", "snmpd.conf", "rocommunity PW"),
    place("snmp-user", "snmpd.conf", "createUser ops7 SHA PW AES"),
    place("tunnel-shared-key", "vpn.conf", "ipsec_psk = PW"),
    place("radius-shared-secret", "raddb/clients.conf", "  secret = PW"),
    place("command-line-password", "a.sh", "curl -u ops7:PW https://x"),
    place("command-line-password", "a.sh", "sshpass -p PW ssh ops7@web1"),
    place("database-client-password", "a.sh", "mysql -u ops7 --password=PW app"),
    place("registry-login-password", "a.sh", "docker login -u ops7 -p PW registry.acme.io"),
    place("key-tool-password", "a.sh", "openssl rsa -in a -passin pass:PW"),
    place("windows-command-password", "a.cmd", "cmdkey /add:srv /user:ops7 /pass:PW"),
    quoted("client-password-variable", "a.sh", "PGPASSWORD='PW' psql -h db"),
    place("sql-account-password", "a.sql", "CREATE USER ops7 IDENTIFIED BY 'PW'"),
    place("connection-string-password", "a.config", "Server=db1;User Id=ops7;Password=PW;"),
    quoted("ansible-password", "hosts.yml", "ansible_password: \"PW\""),
    place("directory-bind-password", "ldap.conf", "bindpw PW"),
    quoted("mailer-login", "a.py", "imap_pass = \"PW\""),
    place("cloud-init-password", "user-data", "plain_text_passwd: PW"),
    place("netrc-password", "deploy.sh", "machine x.io login ops7 password PW"),
    place("mail-login-map", "postfix/sasl_passwd", "[relay.x.io]:587 ops7:PW"),
    quoted("desktop-connection-password", "a.json", "\"sshPassphrase\": \"PW\""),
    place("gpg-passphrase", "a.sh", "gpg --batch --passphrase PW -d x.gpg"),
    quoted(
        "nuget-clear-password",
        "nuget.config",
        "<add key=\"ClearTextPassword\" value=\"PW\" />",
    ),
];

/// What stands for a password: references of many languages, samples, and what is none at all.
const NONE: &[&str] = &[
    "$PW1",
    "${PW1}",
    "$(pass)",
    "%PW1%",
    "!PW1!",
    "$env:PW1",
    "{{pw}}",
    "{{.Values.pw}}",
    "#{pw}",
    "<%=pw%>",
    "{pw}",
    "[pw]",
    "<pw>",
    "@PW1@",
    "__PW1__",
    "((pw))",
    "&pw",
    "@pw",
    "var.db_pw",
    "settings.DB_PW",
    "vault:secret/db",
    "op://vault/item",
    "ENC[AES256_GCM]",
    "DB_PASSWORD",
    "changeme",
    "ChangeMe123",
    "your-password",
    "yourDatabasePw",
    "xxxxxxxx",
    "********",
    "none",
    "null",
    "true",
    "false",
    "required",
    "password",
    "<password>",
    "redacted",
    "eu-west-1",
    "us-east-2",
    "en_US.UTF-8",
    "application/json",
    "2024-01-31",
    "1.2.3",
    "/run/secrets/db",
    "./secrets/db.txt",
    "~/secrets/db",
    "https://x/y",
    "prompt",
    "production",
];

/// The same with blanks.
const SAID: &[&str] =
    &["Enter password:", "Your password here", "the password of the user", "please change me now"];

#[test]
fn what_stands_for_a_password_is_no_finding() {
    let engine = engine();
    let mut wrong = Vec::new();
    for place in PLACES {
        let said = SAID.iter().filter(|_| place.quoted);
        for value in NONE.iter().chain(said) {
            let text = place.text.replace("PW", value);
            let found = rules(&engine, place.path, &text);
            // The whole file, by its name.
            if !found.iter().all(|rule| rule == "client-login") {
                wrong.push(format!("{}: {text}: {found:?}", place.rule));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn prose_about_an_option_is_no_finding() {
    let engine = engine();
    for (path, text) in [
        ("a.sh", "# sshpass -p option takes what follows"),
        ("a.sh", "# docker login -u x -p flag, which"),
        ("a.md", "Run `mysql -u root --password=whatever` first."),
        ("a.md", "`sshpass -p mellon ssh x@y`"),
        (
            "a.yml",
            "x: {{ include \"x\" (dict \"key\" \"keystore-password\" \"providedValues\" 1) }}",
        ),
        ("r1.cfg", "enable password encryption"),
        ("r1.cfg", "set password policy"),
    ] {
        assert!(rules(&engine, path, text).is_empty(), "{text}: {:?}", rules(&engine, path, text));
    }
}

#[test]
fn what_people_choose_is_a_finding() {
    let engine = engine();
    let drawn = expand("{a14}");
    for place in PLACES {
        for value in [drawn.as_str(), "Zomer-2019x!", "copper7Kettle"] {
            let text = place.text.replace("PW", value);
            let found = scan(&engine, place.path, text.as_bytes());
            let names = rules(&engine, place.path, &text);
            assert!(
                names.iter().any(|name| name == place.rule),
                "{}: {text}: {names:?}",
                place.rule
            );
            assert!(found.iter().any(|one| one.severity >= Severity::High), "{text}");
        }
    }
}

#[test]
fn what_everybody_tries_weighs_less() {
    let engine = engine();
    for place in PLACES {
        for (value, most) in
            [("vagrant", Severity::Low), ("kettles", Severity::Medium), ("ops7", Severity::Low)]
        {
            if value == "ops7" && !place.text.contains("ops7:PW") && !place.text.contains("-u ops7")
                || place.rule == "wifi-psk"
            {
                continue;
            }
            let text = place.text.replace("PW", value);
            for found in scan(&engine, place.path, text.as_bytes()) {
                let rule = engine.rules().info(found.rule).name();
                // The whole file, by its name.
                if rule == "client-login" {
                    continue;
                }
                assert!(found.severity <= most, "{rule}: {text}: {:?}", found.severity);
            }
        }
    }
}
