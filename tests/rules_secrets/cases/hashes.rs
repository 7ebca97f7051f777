// SPDX-License-Identifier: MIT OR Apache-2.0
//! Password hashes.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        rule: "unix-password-hash",
        path: "infra/settings.conf",
        fires: "password: $6${a16}${a86}",
        near_miss: ("infra/settings.conf", "password: $6${a16}${a40}"),
    },
    Case {
        rule: "mysql-password-hash",
        path: "infra/settings.conf",
        fires: "CREATE USER x IDENTIFIED BY PASSWORD '*{H40}';",
        near_miss: ("infra/settings.conf", "CREATE USER x IDENTIFIED BY PASSWORD '*{H20}';"),
    },
    Case {
        rule: "shadow-entry",
        path: "etc/shadow",
        fires: "app:{a13}:17431:0:99999:7:::",
        near_miss: ("etc/shadow", "app:*:17431:0:99999:7:::"),
    },
    Case {
        rule: "plain-scheme-password",
        path: "application.properties",
        fires: "spring.security.user.password={{noop}}{a12}",
        near_miss: ("a.svelte", "<div on:click={{noop}}></div>\n<a on:x={{noop}}>click me</a>"),
    },
    Case {
        rule: "plain-scheme-password",
        path: "etc/users",
        fires: "app@acme.io:{{PLAIN}}{a12}:1000",
        near_miss: ("etc/users", "app@acme.io:{{PLAIN}}${{PW}}"),
    },
    Case {
        rule: "windows-password-hash",
        path: "loot.txt",
        fires: "ops:1001:{h32}:{h32}:::",
        near_miss: ("loot.txt", "ops:1001:{h32}:::"),
    },
    Case {
        rule: "windows-password-hash",
        path: "loot.txt",
        fires: "ops::ACME:{h16}:{h32}:0101000000000000{h64}",
        near_miss: ("loot.txt", "ops::ACME:{h16}:{h32}:0101000000000000{h12}"),
    },
];
