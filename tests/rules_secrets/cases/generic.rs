// SPDX-License-Identifier: MIT OR Apache-2.0
//! Passwords and keys that only their surroundings give away.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        rule: "sql-account-password",
        path: "db/accounts.sql",
        fires: "CREATE USER app IDENTIFIED BY '{a14}';",
        near_miss: ("db/accounts.sql", "CREATE USER app IDENTIFIED BY '${{APP_PW}}';"),
    },
    Case {
        rule: "value-in-secret-map",
        path: "pillar/app.sls",
        fires: "passwords:\n  # by host\n  db1: {a14}\n",
        near_miss: ("pillar/app.sls", "passwords:\n  db1: {{{{ pw }}}}\nother:\n  db1: {a14}\n"),
    },
    Case {
        rule: "value-in-secret-map",
        path: "src/app.json",
        fires: "  \"apiSecrets\": {{\n    \"github.com\": \"{a32}\",\n    \"n\": 1\n  }}",
        near_miss: (
            "src/app.json",
            "  \"apiSecrets\": {{\n    \"host\": \"{a32}\",\n    \"n\": 1\n  }}",
        ),
    },
    Case {
        rule: "generic-password",
        path: "infra/settings.conf",
        fires: "db_password: {a14}",
        near_miss: ("infra/settings.conf", "db_password: \"{{{{ vault_db_password }}}}\""),
    },
    Case {
        rule: "generic-secret",
        path: "start.sh",
        fires: "run --spi-action-token-handler--external-app-reqaction-notification--hmac-secret={a40}",
        near_miss: ("start.sh", "run --spi-action-token-handler--hmac-secret-name={a40}"),
    },
    Case {
        rule: "generic-secret",
        path: "infra/settings.conf",
        fires: "upload_secret: {a40}",
        near_miss: ("infra/settings.conf", "upload_secret_name: {a40}"),
    },
    Case {
        rule: "generic-secret",
        path: "src/keys.h",
        fires: "static const char cipher_key[] = \"{a40}\";",
        near_miss: ("src/keys.h", "static const char cipher_key_name[] = \"{a40}\";"),
    },
    Case {
        rule: "generic-secret",
        path: "src/keys.h",
        fires: "static const char upload_token[64] = \"{a40}\";",
        near_miss: ("src/keys.h", "upload_token[4] = names[\"{a40}\"];"),
    },
    Case {
        rule: "generic-password",
        path: "load.R",
        fires: "db_password <- \"{a14}\"",
        near_miss: ("load.R", "db_password <- readline(\"{a14}\")"),
    },
    Case {
        rule: "generic-secret",
        path: "Makefile",
        fires: "UPLOAD_SECRET ?= {a40}",
        near_miss: ("Makefile", "UPLOAD_SECRET ?= $(shell pass show up)"),
    },
    Case {
        rule: "generic-secret",
        path: "Makefile",
        fires: "CIPHER_KEY := {a40}",
        near_miss: ("Makefile", "CIPHER_KEY := tool {a40}"),
    },
    Case {
        rule: "generic-password",
        path: "crontab",
        fires: "0 3 * * * PASSWORD=k8Vq{a10} /opt/backup.sh",
        near_miss: ("crontab", "0 3 * * * PASSWORD=$(cat /etc/pw) /opt/backup.sh"),
    },
    Case {
        rule: "generic-password",
        path: "settings.toml",
        fires: "pw = \"k8Vq{a10}\"",
        near_miss: ("settings.toml", "pwm = \"k8Vq{a10}\""),
    },
    Case {
        rule: "generic-password",
        path: "App.java",
        fires: "config.setMotDePasse(\"k8Vq{a10}\");",
        near_miss: ("App.java", "config.setMotDePasseUrl(\"k8Vq{a10}\");"),
    },
    Case {
        rule: "generic-password",
        path: "settings.toml",
        fires: "mdp-bdd = \"k8Vq{a10}\"",
        near_miss: ("settings.toml", "mdp-type = \"k8Vq{a10}\""),
    },
    Case {
        rule: "generic-secret",
        path: "settings.toml",
        fires: "chave_api = \"{a32}\"",
        near_miss: ("settings.toml", "chave_primaria = \"{a32}\""),
    },
    Case {
        rule: "generic-secret",
        path: "settings.toml",
        fires: "clave_secreta = \"{a32}\"",
        near_miss: ("settings.toml", "clave_producto = \"{a32}\""),
    },
    Case {
        rule: "generic-secret",
        path: "Config.kt",
        fires: "val apiSchluessel = \"{a32}\"",
        near_miss: ("Config.kt", "val apiSchluesselName = \"{a32}\""),
    },
    Case {
        rule: "generic-secret",
        path: "settings.toml",
        fires: "geheimnis = \"{a32}\"",
        near_miss: ("settings.toml", "geheimnis_pfad = \"/run/geheimnis\""),
    },
    Case {
        rule: "generic-secret",
        path: "client.py",
        fires: "pepper: str = \"{a32}\"",
        near_miss: ("client.py", "pepper: str = \"black, freshly ground\""),
    },
    Case {
        rule: "password-column",
        path: "hosts.csv",
        fires: "host,user,password,note\ndb-1,ops,k8Vq{a10},old\n",
        near_miss: ("hosts.csv", "host,user,password,note\ndb-1,ops,${{PW}},old\n"),
    },
];
