// SPDX-License-Identifier: MIT OR Apache-2.0
//! For every internal rule a text that it finds and one that it must not.

use debut::domain::Vocabulary;

/// The words of an invented organisation.
pub(crate) fn words() -> Vocabulary {
    let list = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    Vocabulary {
        domains: list(&["corp.example"]),
        ticket_keys: list(&["OPS"]),
        people: list(&["jalpha", "alpha"]),
        code_names: list(&["bluefinch", "grey heron", "prj-##-*"]),
        owners: list(&["acme-works"]),
        suffixes: list(&["wan"]),
        sites: list(&["lon1"]),
        fleets: list(&["dbx##"]),
        names: list(&["initech"]),
        trackers: list(&["task", "bug", "story"]),
        ..Vocabulary::default()
    }
}

/// Rule, path, a text that fires, the value found in it, a near miss.
pub(crate) type Case = (&'static str, &'static str, &'static str, &'static str, &'static str);

/// All cases.
#[rustfmt::skip]
pub(crate) const CASES: &[Case] = &[
    ("private-address", "a.yml", "db: 10.3.7.21", "10.3.7.21", "db: 10.3.7.321"),
    ("public-address", "a.yml", "ns: 54.83.12.9", "54.83.12.9", "ns: v54.83.12.9"),
    ("ipv6-address", "a.yml", "ip: 2620:0:861:1::5", "2620:0:861:1::5", "at 20:06:08:61:01"),
    ("mac-address", "a.yml", "mac: 52:54:a0:1f:99:0c", "52:54:a0:1f:99:0c", "mac: 52:54:a0:1f:99"),
    ("internal-host", "a.yml", "url: http://db1.ops.internal/x", "db1.ops.internal", "a: self.x-1.local"),
    ("consul-service", "a.yml", "h: vault.service.dc1.consul", "vault.service.dc1.consul", "h: a.services.consul"),
    ("k8s-service", "a.yml", "u: pay.billing.svc.cluster.local", "pay.billing.svc.cluster.local", "u: kubernetes.default.svc.cluster.local"),
    ("org-host", "a.yml", "h: payroll.corp.example", "payroll.corp.example", "h: payroll.mycorp.example"),
    ("org-email", "a.yml", "to: alpha@corp.example", "alpha@corp.example", "to: alpha@corp.example.net"),
    ("principal", "a.conf", "p = http/db@CORP.EXAMPLE", "http/db@CORP.EXAMPLE", "p = http/db@OTHER.EXAMPLE"),
    ("bare-host", "a.yml", "hosts: dbx01,dbx02", "dbx02", "hosts: dbx1,my_dbx02,dbx02.test"),
    ("site-name", "a.yml", "where: lon1", "lon1", "where: blon1"),
    ("org-name", "a.py", "def initech_login():", "initech", "def initechs():"),
    ("code-name", "a.yml", "queue: bluefinch_in", "bluefinch", "queue: bluefinches"),
    ("ldap-dn", "a.conf", "base ou=people,dc=initech,dc=net", "ou=people,dc=initech,dc=net", "base dc=example,dc=com"),
    ("windows-share", "a.ini", "share = smb://files1/finance", "files1/finance", "share = smb://server/share"),
    ("windows-account", "a.ps1", "runas /user:INITECH\\svc-backup cmd", "INITECH\\svc-backup", "runas /user:DOMAIN\\user cmd"),
    ("contact-email", "a.tf", "login = \"quentin@initech.net\"", "quentin@initech.net", "login = \"info@initech.net\""),
    ("asset-serial", "a.yml", "serial: C02XL0GTJG5J", "C02XL0GTJG5J", "serial: 2026010101"),
    ("ssh-key-comment", "a.txt", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJx0 alpha@laptop", "alpha@laptop", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJx0 vagrant@box"),
    ("home-path", "a.sh", "cd /home/jalpha/src", "/home/jalpha", "cd /home/ubuntu/src"),
    ("todo-name", "a.py", "# TODO(alpha): later", "alpha", "# TODO(later): alpha"),
    ("handle", ".github/CODEOWNERS", "*.tf @acme-works/platform", "@acme-works/platform", "*.tf a@b.test"),
    ("chat-channel", "a.yml", "slack_channel: '#team-ops'", "#team-ops", "colour: '#team-ops'"),
    ("merge-branch", ".git/messages", "Merge pull request #7 from acme-works/x", "acme-works", "Merge branch 'feature/x'"),
    ("trailer", ".git/messages", "Fix\n\nBug: ABX-4711", "ABX-4711", "Fix\n\nBug: UTF-8 https://bugs.example.org/12"),
    ("ticket", "a.py", "# see OPS-123", "OPS-123", "# see OPS-123.4 and DEVOPS-12"),
    ("ticket-number", "a.py", "# INC0045123 again", "INC0045123", "# INC00451"),
    ("ticket-url", "a.yml", "# https://initech.atlassian.net/browse/ABC-12", "https://initech.atlassian.net/browse/ABC-12", "# https://issues.example.org/browse/ABC-12"),
    ("saas-url", "a.yml", "# https://initech.slack.com/archives/C1", "https://initech.slack.com/archives/C1", "# https://api.slack.com/methods"),
    ("golink", "a.yml", "# see go/oncall-guide", "go/oncall-guide", "# see go/src/main"),
    ("runbook-url", "a.yml", "runbook: https://wiki.corp.example/db", "https://wiki.corp.example/db", "runbook: https://wiki.example.org/db"),
    ("git-source", "a.tf", "source = \"git@git.initech.net:infra/x.git\"", "git@git.initech.net:infra/x.git", "source = \"https://github.com/other/x.git\""),
    ("submodule", ".gitmodules", "[submodule \"x\"]\n\turl = https://git.initech.net/infra/x.git", "https://git.initech.net/infra/x.git", "[submodule \"x\"]\n\turl = https://github.com/other/x.git"),
    ("package-index", "pip.conf", "index-url = https://pypi.initech.test/simple", "https://pypi.initech.test/simple", "index-url = https://pypi.org/simple"),
    ("private-registry", "a.yml", "image: eu.gcr.io/initech-prod/app", "eu.gcr.io/initech-prod/app", "image: gcr.io/distroless/base"),
    ("terraform-org", "a.tf", "source = \"app.terraform.io/initech/vpc/aws\"", "initech", "source = \"app.terraform.io/example/vpc/aws\""),
    ("aws-account", "a.tf", "account_id = \"498213057761\"", "498213057761", "account_id = \"123456789012\""),
    ("aws-arn", "a.tf", "x = \"arn:aws:iam::498213057761:role/deployer\"", "deployer", "x = \"arn:aws:iam::aws:policy/ReadOnlyAccess\""),
    ("aws-resource-id", "a.tf", "v = \"vpc-8f21c09b\"", "vpc-8f21c09b", "v = \"vpc-12345678\""),
    ("aws-endpoint", "a.yml", "h: pay.c9kx2ab3.eu-west-1.rds.amazonaws.com", "pay.c9kx2ab3.eu-west-1.rds.amazonaws.com", "h: rds.eu-west-1.amazonaws.com"),
    ("aws-zone-id", "a.tf", "zone_id = \"Z3M8QWERT2YK1P\"", "Z3M8QWERT2YK1P", "zone_id = \"ZONEIDENTIFIER\""),
    ("bucket", "a.sh", "aws s3 cp x s3://initech-backups/x", "initech-backups", "aws s3 cp x s3://my-bucket/x"),
    ("bucket-address", "a.md", "see https://initech-logs.s3.eu-west-1.amazonaws.com/x", "initech-logs", "see https://aws-cli.s3.amazonaws.com/x"),
    ("backend-bucket", "infra/prod.backend", "bucket  = \"initech.infra\"", "initech.infra", "bucket  = \"example\""),
    ("state-bucket", "a.tf", "backend \"s3\" {\n  bucket = \"initech.infra\"\n}", "initech.infra", "data \"s3\" {\n  bucket = \"initech.infra\"\n}"),
    ("gcp-project", "a.yml", "sa: ci@initech-prod.iam.gserviceaccount.com", "initech-prod", "sa: ci@example-project.iam.gserviceaccount.com"),
    ("gcp-project-setting", "a.tf", "provider \"google\" {\n  project = \"initech-prod\"\n}", "initech-prod", "default_tags {\n  project = \"initech-prod\"\n}"),
    ("openstack-project", "a.sh", "export OS_PROJECT_ID=5e2d7c05a6cb43a9a1bfb155dd92d80c", "5e2d7c05a6cb43a9a1bfb155dd92d80c", "export OS_IMAGE_ID=5e2d7c05a6cb43a9a1bfb155dd92d80c"),
    ("azure-id", "a.tf", "tenant_id = \"7c1e52aa-90d3-4a6b-8a11-2f6d5b0c9e34\"", "7c1e52aa-90d3-4a6b-8a11-2f6d5b0c9e34", "request_id = \"7c1e52aa-90d3-4a6b-8a11-2f6d5b0c9e34\""),
    ("vault-path", "a.sh", "vault kv get secret/payroll/db", "secret/payroll/db", "vault kv get -h"),
    ("recipient", ".sops.yaml", "keys:\n  - &mira age1qq", "mira", "keys:\n  - &mira x"),
    ("recipient-key", "a.yml", "r: age1r23clxd5mzfsh79vn6pg0kaytjeq8w4ur23clxd5mzfsh79vn6pg0kaytj", "age1r23clxd5mzfsh79vn6pg0kaytjeq8w4ur23clxd5mzfsh79vn6pg0kaytj", "r: age1r23clxd5mzfsh79vn6pg0kaytjeq8w4ur23clxd5mzfsh79vn6pg0kayt"),
    ("recipient-fingerprint", "a.yml", "    fp: 9E38D27C16B05AF49E38D27C16B05AF49E38D27C", "9E38D27C16B05AF49E38D27C16B05AF49E38D27C", "    sha: 9E38D27C16B05AF49E38D27C16B05AF49E38D27C"),
    ("encrypted-path", ".gitattributes", "keys/** filter=git-crypt", "keys/**", "img/** filter=lfs"),
    ("vault-address", "a.yml", "vault_address: https://vault.initech.net:8200", "vault.initech.net", "vault_address: http://127.0.0.1:8200"),
    ("cluster-name", "a.sh", "kubectl config use-context prod-eu", "prod-eu", "kubectl config use-context minikube"),
];
