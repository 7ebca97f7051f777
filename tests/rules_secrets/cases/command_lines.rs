// SPDX-License-Identifier: MIT OR Apache-2.0
//! Passwords given to commands.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        rule: "command-line-password",
        path: "infra/settings.conf",
        fires: "curl -u deploy:{a12} https://x",
        near_miss: ("infra/settings.conf", "curl -u deploy:$PW https://x"),
    },
    Case {
        rule: "database-client-password",
        path: "a.sh",
        fires: "mysql -u root -p{a12} app",
        near_miss: ("a.sh", "mysql -u root -p app"),
    },
    Case {
        rule: "registry-login-password",
        path: "a.sh",
        fires: "docker login -u ci -p {a20} registry.acme.io",
        near_miss: ("a.sh", "docker login -u ci -p $TOKEN registry.acme.io"),
    },
    Case {
        rule: "key-tool-password",
        path: "a.sh",
        fires: "openssl pkcs12 -in a.p12 -passin pass:{a12}",
        near_miss: ("a.sh", "openssl pkcs12 -in a.p12 -passin pass:$PW"),
    },
    Case {
        rule: "windows-command-password",
        path: "a.cmd",
        fires: "net use Z: /user:ACME\\\\ops {a12}",
        near_miss: ("a.cmd", "net use Z: /user:ACME\\\\ops *"),
    },
    Case {
        rule: "client-password-variable",
        path: "a.sh",
        fires: "PGPASSWORD={a12} psql -h db",
        near_miss: ("a.sh", "PGPASSWORD=$PW psql -h db"),
    },
    Case {
        rule: "command-line-password",
        path: "fstab",
        fires: "//nas-1/data /mnt/data cifs username=ops,password={a12},uid=0 0 0",
        near_miss: ("fstab", "//nas-1/data /mnt/data cifs credentials=/etc/nas,uid=0 0 0"),
    },
    Case {
        rule: "command-line-password",
        path: "a.sh",
        fires: "x11vnc -display :0 -passwd {a12} -forever",
        near_miss: ("a.sh", "x11vnc -display :0 -passwd \"$PW\" -forever"),
    },
];
