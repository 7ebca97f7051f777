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
];
