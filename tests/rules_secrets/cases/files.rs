// SPDX-License-Identifier: MIT OR Apache-2.0
//! Files that are dangerous as a whole, whatever stands in them.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        rule: "terraform-state",
        path: "live/terraform.tfstate",
        fires: "x",
        near_miss: ("live/terraform.tf", "x"),
    },
    Case {
        rule: "kubeconfig",
        path: "a.yml",
        fires: "client-key-data: {b80}",
        near_miss: ("a.yml", "client-certificate-data: {b80}"),
    },
    Case { rule: "key-file", path: "ssh/id_rsa", fires: "x", near_miss: ("ssh/id_rsa.pub", "x") },
    Case {
        rule: "keystore",
        path: "conf/server.p12",
        fires: "x",
        near_miss: ("conf/server.crt", "x"),
    },
    Case {
        rule: "debug-keystore",
        path: "app/debug.keystore",
        fires: "x",
        near_miss: ("app/release.keystore", "x"),
    },
    Case { rule: "password-database", path: "team.kdbx", fires: "x", near_miss: ("team.txt", "x") },
    Case { rule: "client-login", path: "home/.netrc", fires: "x", near_miss: ("home/.vimrc", "x") },
    Case {
        rule: "password-file",
        path: "www/.htpasswd",
        fires: "x",
        near_miss: ("www/.htaccess", "x"),
    },
    Case {
        rule: "env-file",
        path: "app/.env",
        fires: "DB_HOST=db1",
        near_miss: ("app/.env", "DB_HOST="),
    },
    Case {
        rule: "shell-history",
        path: "home/.bash_history",
        fires: "ls",
        near_miss: ("home/.bashrc", "ls"),
    },
    Case {
        rule: "traffic-capture",
        path: "doc/login.har",
        fires: "{{}}",
        near_miss: ("doc/login.md", "{{}}"),
    },
    Case {
        rule: "database-dump",
        path: "db/x.sql",
        fires: "COPY public.users (id, name) FROM stdin;",
        near_miss: ("db/x.sql", "CREATE TABLE users (id int);"),
    },
    Case {
        rule: "database-file",
        path: "db/prod.sqlite3",
        fires: "x",
        near_miss: (".env.ci.sqlite", "x"),
    },
    Case {
        rule: "vault-password-file",
        path: ".vault_pass",
        fires: "x",
        near_miss: ("vault_pass.sh", "x"),
    },
    Case { rule: "core-dump", path: "bin/core.1234", fires: "x", near_miss: ("bin/core.rs", "x") },
    Case {
        rule: "mail-or-contacts",
        path: "old/inbox.mbox",
        fires: "x",
        near_miss: ("old/inbox.md", "x"),
    },
    Case {
        rule: "machine-junk",
        path: "a/.DS_Store",
        fires: "x",
        near_miss: ("a/.dsstore.md", "x"),
    },
    Case {
        rule: "encrypted-file",
        path: "a.yml",
        fires: "$ANSIBLE_VAULT;1.1;AES256\n{d80}",
        near_miss: ("a.yml", "$ANSIBLE; AES256"),
    },
    Case {
        rule: "plain-among-encrypted",
        path: "a.yml",
        fires: "a: ENC[AES256_GCM,data:{b8},iv:{b8},tag:{b8},type:str]\nb: {l12}\nsops:\n  mac: ENC[AES256_GCM,data:{b8}]",
        near_miss: (
            "a.yml",
            "a: ENC[AES256_GCM,data:{b8},iv:{b8},tag:{b8},type:str]\nb_unencrypted: {l12}\nsops:\n  mac: ENC[AES256_GCM,data:{b8}]",
        ),
    },
    Case {
        rule: "terraform-state-content",
        path: "backup.json",
        fires: "{{\n \"version\": 4,\n \"terraform_version\": \"1.5.0\",\n \"serial\": 3,\n \"lineage\": \"{U}\"\n}}",
        near_miss: ("backup.json", "\"lineage\": \"{U}\""),
    },
    Case {
        rule: "database-dump-header",
        path: "db/schema.sql",
        fires: "-- Host: db1.acme.io    Database: app\n",
        near_miss: ("db/schema.sql", "-- Host names of the database\n"),
    },
];
