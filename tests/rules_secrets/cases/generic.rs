// SPDX-License-Identifier: MIT OR Apache-2.0
//! Passwords and keys that only their surroundings give away.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        rule: "generic-password",
        path: "infra/settings.conf",
        fires: "db_password: {a14}",
        near_miss: ("infra/settings.conf", "db_password: \"{{{{ vault_db_password }}}}\""),
    },
    Case {
        rule: "generic-secret",
        path: "infra/settings.conf",
        fires: "upload_secret: {a40}",
        near_miss: ("infra/settings.conf", "upload_secret_name: {a40}"),
    },
];
