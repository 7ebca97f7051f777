// SPDX-License-Identifier: MIT OR Apache-2.0
//! Passwords as client programs keep them.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        rule: "netrc-password",
        path: "doc/setup.txt",
        fires: "machine git.acme.io login ci password {a12}",
        near_miss: ("doc/setup.txt", "machine git.acme.io login ci password $TOKEN"),
    },
    Case {
        rule: "client-file-password",
        path: "home/.esmtprc",
        fires: "password \"swordfish\"",
        near_miss: ("home/.esmtprc", "password \"$PASS\""),
    },
    Case {
        rule: "pgpass-entry",
        path: "a.txt",
        fires: "db1:5432:app:app:{a12}",
        near_miss: ("a.txt", "db1:5432:5433"),
    },
    Case {
        rule: "git-credential",
        path: "home/.git-credentials",
        fires: "https://ci:{a8}#{a8}@git.acme.io",
        near_miss: ("home/.git-credentials", "https://git.acme.io"),
    },
    Case {
        rule: "mail-login-map",
        path: "postfix/sasl_passwd",
        fires: "[smtp.acme.io]:587 ops@acme.io:{a12}",
        near_miss: ("postfix/main.cf", "relayhost = [smtp.acme.io]:587"),
    },
    Case {
        rule: "dial-up-secret",
        path: "ppp/chap-secrets",
        fires: "ops * {a12} *",
        near_miss: ("ppp/chap-secrets", "# client server secret addresses"),
    },
    Case {
        rule: "identity-token",
        path: "a.json",
        fires: "\"identitytoken\": \"{a40}\"",
        near_miss: ("a.json", "\"identitytoken\": \"\""),
    },
    Case {
        rule: "ftp-client-password",
        path: "a.xml",
        fires: "<Pass encoding=\"base64\">{b16}</Pass>",
        near_miss: ("a.xml", "<Pass encoding=\"base64\"></Pass>"),
    },
    Case {
        rule: "saved-session-password",
        path: "a.rdp",
        fires: "password 51:b:{H120}",
        near_miss: ("a.rdp", "password 51:b:"),
    },
    Case {
        rule: "browser-login",
        path: "logins.json",
        fires: "\"encryptedPassword\":\"MDIEEP{b60}=\"",
        near_miss: ("logins.json", "\"encryptedPassword\":null"),
    },
    Case {
        rule: "rclone-password",
        path: "home/rclone.conf",
        fires: "[ftp]\ntype = ftp\npass = {w40}",
        near_miss: ("home/rclone.conf", "[ftp]\ntype = ftp\nhost = ftp.acme.io"),
    },
    Case {
        rule: "desktop-connection-password",
        path: "a.xml",
        fires: "<connection host=\"db1\" user=\"app\" password=\"{a12}\"/>",
        near_miss: ("a.xml", "<connection host=\"db1\" user=\"app\" password=\"${{pw}}\"/>"),
    },
    Case {
        rule: "package-client-login",
        path: ".bundle/config",
        fires: "---\nBUNDLE_GEMS__ACME__IO: \"ci:{a14}\"\n",
        near_miss: (".bundle/config", "---\nBUNDLE_GEMS__ACME__IO: \"ci\"\n"),
    },
    Case {
        rule: "package-client-login",
        path: "auth.json",
        fires: "{{\"gitlab-token\": {{\n  \"git.acme.io\": \"{a20}\"\n}}}}",
        near_miss: ("auth.json", "{{\"gitlab-token\": {{\n  \"git.acme.io\": \"\"\n}}}}"),
    },
    Case {
        rule: "build-server-login",
        path: "ci/settings.xml",
        fires: "<server><id>r</id><username>ci</username><password>winter22</password></server>",
        near_miss: (
            "ci/settings.xml",
            "<server><id>r</id><password>${{env.PW}}</password><password>{{{b24}=}}</password></server>",
        ),
    },
    Case {
        rule: "home-client-login",
        path: "home/.curlrc",
        fires: "user = \"ci:winter22\"\n",
        near_miss: ("home/.curlrc", "user-agent = \"ci:winter22\"\n"),
    },
    Case {
        rule: "home-client-login",
        path: "home/.kaggle/kaggle.json",
        fires: "{{\"username\":\"ci\",\"key\":\"{h32}\"}}",
        near_miss: ("home/.kaggle/kaggle.json", "{{\"username\":\"ci\",\"key\":\"\"}}"),
    },
];
