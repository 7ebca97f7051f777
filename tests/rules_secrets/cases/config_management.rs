// SPDX-License-Identifier: MIT OR Apache-2.0
//! Secrets of configuration management, clusters and mail systems.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        rule: "ansible-password",
        path: "hosts",
        fires: "web1 ansible_user=ops ansible_password={a12}",
        near_miss: ("hosts", "web1 ansible_user=ops ansible_password={{{{ vault_pw }}}}"),
    },
    Case {
        rule: "kubernetes-secret",
        path: "k8s/secret.yaml",
        fires: "apiVersion: v1\nkind: Secret\nstringData:\n  config: {a20}\n",
        near_miss: (
            "k8s/secret.yaml",
            "apiVersion: v1\nkind: SealedSecret\nstringData:\n  config: {a20}\n",
        ),
    },
    Case {
        rule: "kubeconfig-credential",
        path: "a.yml",
        fires: "    client-key-data: {b80}",
        near_miss: ("a.yml", "    client-certificate-data: {b80}"),
    },
    Case {
        rule: "kubeconfig-user",
        path: "ci/cluster.yaml",
        fires: "kind: Config\nusers:\n- name: ci\n  user:\n    username: ci\n    password: {l8}\n",
        near_miss: (
            "ci/cluster.yaml",
            "kind: Config\nusers:\n- name: ci\n  user:\n    password: ${{CI_PASSWORD}}\n",
        ),
    },
    Case {
        rule: "kubeconfig-user",
        path: "ci/cluster.json",
        fires: "{{\"kind\": \"Config\", \"users\": [{{\"name\": \"ci\", \"user\": {{\"token\": \"{a32}\"}}}}]}}",
        near_miss: (
            "ci/cluster.json",
            "{{\"kind\": \"Config\", \"users\": [{{\"name\": \"ci\", \"user\": {{\"tokenFile\": \"{a32}\"}}}}]}}",
        ),
    },
    Case {
        rule: "directory-bind-password",
        path: "ldap.conf",
        fires: "bindpw {a12}",
        near_miss: ("ldap.conf", "bindpw"),
    },
    Case {
        rule: "mobile-or-build-signing-password",
        path: "a.gradle",
        fires: "storePassword \"{a12}\"",
        near_miss: ("a.gradle", "storePassword System.getenv(\"PW\")"),
    },
    Case {
        rule: "plain-vault-file",
        path: "group_vars/all/vault.yml",
        fires: "vault_db_password: {a12}",
        near_miss: ("group_vars/all/vault.yml", "$ANSIBLE_VAULT;1.1;AES256\n{d80}"),
    },
    Case {
        rule: "mailer-login",
        path: "a.py",
        fires: "smtp.login(\"ops@acme.io\", \"{a12}\")",
        near_miss: ("a.py", "smtp.login(user, password)"),
    },
    Case {
        rule: "cloud-init-password",
        path: "user-data",
        fires: "chpasswd:\n  expire: false\n  list: |\n    root:{a12}\n",
        near_miss: ("user-data", "chpasswd:\n  expire: false\n"),
    },
    Case {
        rule: "terraform-variable-default",
        path: "variables.tf",
        fires: "variable \"db_password\" {{\n  description = \"x\"\n  type = string\n  sensitive = true\n  default = \"{a12}\"\n}}",
        near_miss: (
            "variables.tf",
            "variable \"db_password\" {{\n  type = string\n}}\nvariable \"region\" {{\n  default = \"{a12}\"\n}}",
        ),
    },
];
