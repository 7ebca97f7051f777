// SPDX-License-Identifier: MIT OR Apache-2.0
//! Passwords in URLs and connection strings.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        rule: "url-password",
        path: "infra/settings.conf",
        fires: "url: postgres://app:{a14}@db.corp.example/x",
        near_miss: (
            "infra/settings.conf",
            "url: postgres://app:${{DB_PASSWORD}}@db.corp.example/x",
        ),
    },
    Case {
        rule: "connection-string-password",
        path: "infra/settings.conf",
        fires: "Server=db;Database=x;User Id=app;Password={a14};",
        near_miss: ("infra/settings.conf", "Server=db;Database=x;User Id=app;Password=${{PW}};"),
    },
];
