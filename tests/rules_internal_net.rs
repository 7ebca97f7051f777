// SPDX-License-Identifier: MIT OR Apache-2.0
//! Addresses, clouds and sources: what stands around decides.

#![expect(clippy::expect_used, reason = "a broken rule set must fail every test")]

use std::sync::{Arc, OnceLock};

use debut::{
    domain::{Category, RepoPath, Severity, Vocabulary},
    rules::RuleSet,
    scan::{Engine, Scratch},
};

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| {
        let list = |word: &str| vec![word.to_owned()];
        let words = Vocabulary {
            domains: list("corp.example"),
            owners: list("acme-works"),
            suffixes: list("wan"),
            fleets: vec!["dbx##".to_owned(), "srv####".to_owned()],
            ..Vocabulary::default()
        };
        let rules = Arc::new(RuleSet::builtin().expect("built-in rules"));
        Engine::new(rules, &words).expect("engine")
    })
}

/// Rule (without its category), value and severity of every internal finding.
fn scan(path: &str, text: &str) -> Vec<(String, String, Severity)> {
    let path = RepoPath::new(path.as_bytes());
    let scan = engine().scan_file(&path, text.as_bytes(), &mut Scratch::default());
    let all = scan.findings.iter().filter_map(|finding| {
        let info = engine().rules().info(finding.rule);
        let value = String::from_utf8_lossy(finding.value.expose()).into_owned();
        let internal = info.category == Category::Internal;
        internal.then(|| (info.name().to_owned(), value, finding.severity))
    });
    all.collect()
}

fn severity(path: &str, text: &str) -> Option<Severity> {
    scan(path, text).first().map(|(_, _, severity)| *severity)
}

#[track_caller]
fn assert_first(path: &str, text: &str, rule: &str) {
    let found = scan(path, text);
    assert!(found.first().is_some_and(|(id, ..)| id == rule), "{rule} in {text:?}: {found:?}");
}

#[track_caller]
fn assert_silent(path: &str, texts: &[&str]) {
    let found = texts.iter().map(|text| (text, scan(path, text)));
    let loud: Vec<_> = found.filter(|(_, found)| !found.is_empty()).collect();
    assert!(loud.is_empty(), "{path}: {loud:#?}");
}

#[test]
fn samples_of_networks_are_silent() {
    assert_silent(
        "modules/net/main.tf",
        &[
            "  \"my_subnet_b\" = \"10.0.1.0/24\"",
            "my-network: 10.3.7.0/24",
            "ipvar AIM_SERVERS [64.12.24.0/23,205.188.9.0/24]",
            "reject 192.33.137.209;",
        ],
    );
    // The networks that a module of Ansible shows, not those of the playbook beside it.
    let text = "          - cidr: 172.22.1.0/24\n";
    for path in ["library/net_local", "playbooks/library/net.py", "roles/x/library/net"] {
        assert_silent(path, &[text]);
    }
    for path in ["playbooks/net.yml", "src/library/net.py", "library/net.yml"] {
        assert_first(path, text, "private-address");
    }
    for text in ["b_subnet = \"10.3.7.0/24\"", "this is my db 10.3.7.21", "my 10.3.7.21"] {
        assert_first("a.tf", text, "private-address");
    }
    assert_first("playbooks/library/net.py", "host = '10.3.7.21'", "private-address");
}

#[test]
fn a_server_is_no_version() {
    for text in ["next-server 10.3.7.21;", "nameserver 10.3.7.21", "stage 10.3.7.21"] {
        assert_eq!(scan("a.txt", text).len(), 1, "{text}");
    }
    assert_silent(
        "a.txt",
        &[
            "ver 10.3.7.21",
            "image_tag: 10.3.7.21",
            "kernelversion=10.3.7.21",
            "userExtOID=2.5.29.17",
        ],
    );
}

#[test]
fn a_supplier_s_list_ends_where_its_block_does() {
    let (block, one) = (["54.83", ".0.0/18"].concat(), ["54.83", ".12.9"].concat());
    let fires = |path: &str, text: &str| !scan(path, text).is_empty();
    assert!(!fires("a.yml", &format!("# fastly\n- {block}\n- {one}\n")));
    assert!(fires("a.yml", &format!("# fastly\nx: 1\n\n- {one}\n")));
    assert!(!fires("fastly/a.tf", &format!("cidr = \"{block}\"\n")));
    assert!(fires("fastly/a.tf", &format!("cidr = \"{one}/32\"\n")));
    assert_silent("ntp.conf", &[&["server 216.239", ".35.4"].concat()]);
}

#[test]
fn usual_addresses_tell_something_beside_a_host() {
    assert_silent(
        "a.yml",
        &["ip: 10.0.0.2", "gw: 192.168.1.1", "gw: 172.31.1.1", "net: 10.0.0.0/24"],
    );
    let weight = |text| severity("a.yml", text);
    assert_eq!(weight("10.0.0.2 db1.corp.example"), Some(Severity::High));
    assert_eq!(weight("fixed-address 192.168.1.1;"), Some(Severity::High));
    assert_eq!(weight("ip: 10.3.7.21 # db1.ops.internal"), Some(Severity::High));
    assert_eq!(weight("net: 10.0.0.0/20"), Some(Severity::Low));
}

#[test]
fn hardware_addresses_are_written_in_three_ways() {
    for mac in [["52-54-a0", "-1f-99-0c"].concat(), ["5254.a0", "1f.990c"].concat()] {
        let found = scan("a.yml", &format!("hwaddr: {mac}\n"));
        assert_eq!(found, [("mac-address".to_owned(), mac.clone(), Severity::Low)]);
        assert_silent("a.yml", &[&format!("id: {mac}\n"), &format!("hwaddr: {mac}-07\n")]);
    }
    assert_silent("a.yml", &["hwaddr: 00-00-5e-00-53-17", "mac: a.b-c", "mac: 2024-01-02-03-04"]);
}

#[test]
fn accounts_by_what_stands_around() {
    let fires = |text: &str| scan("a.tf", text).iter().any(|(rule, ..)| rule == "aws-account");
    let account = ["4982130", "57761"].concat();
    for text in [
        format!("x = \"arn:aws:ec2:*:{account}:instance/*\""),
        format!("{account}) # the account of the shop"),
        format!("Principal = {{ \"AWS\" : [\"{account}\"] }}"),
        format!("identifiers = [\n  \"{account}\", # shop\n]"),
    ] {
        assert!(fires(&text), "{text}");
    }
    for text in ["account: 123456789000", "arn:aws:iam::123467890123:role/x", "bytes: 498213057761"]
    {
        assert!(!fires(text), "{text}");
    }
    let key = format!("\"arn:aws:kms:eu-west-1:{account}:alias/pay\"");
    assert_eq!(scan("a.tf", &key)[1].2, Severity::High);
}

#[test]
fn instances_stand_in_many_places() {
    let id = ["i-0", "8f21c09b7de4536a"].concat();
    for text in [format!("x=\"{id}\""), format!("a/{id}"), format!("id={id}"), format!("`{id}`")] {
        let found = scan("a.sh", &text);
        assert_eq!(found[0].0, "aws-resource-id", "{text}");
    }
    assert_silent("a.sh", &["x=\"i-deadbeef\"", "\"i-th\"", "a/i-0"]);
}

#[test]
fn buckets_by_key_option_and_address() {
    let of = |text: &str| scan("a.txt", text).into_iter().map(|(_, value, _)| value).next();
    for text in [
        "shop::s3_bucket_name: 'initech-logs'",
        ":repo_s3_bucket => \"initech-logs\"",
        "<bucketName>initech-logs</bucketName>",
        "QA bucket: `initech-logs`",
        "It lies in the S3 bucket `initech-logs`.",
        "aws s3api get --bucket initech-logs",
        "s3://initech-logs?region=x",
        "https://initech-logs.s3.amazonaws.com/x",
        "initech-logs.s3-website-eu-west-1.amazonaws.com",
        "https://initech-logs.s3.dualstack.eu-west-1.amazonaws.com/x",
        "https://s3-eu-west-1.amazonaws.com/initech-logs/x",
        "https://storage.googleapis.com/initech-logs/x",
    ] {
        assert_eq!(of(text).as_deref(), Some("initech-logs"), "{text}");
    }
    assert_silent(
        "a.txt",
        &[
            "bucket = var.log-bucket",
            "if bucket > some-thing",
            "the bucket `some-thing` of the limiter",
            "https://s3.amazonaws.com/rds-downloads/x",
            "https://tool-downloads.s3.amazonaws.com/x",
            "\"logging.s3.amazonaws.com\"",
            "server_names_hash_bucket_size 64",
        ],
    );
}

#[test]
fn projects_and_clusters_of_clouds() {
    let of = |path: &str, text: &str| {
        scan(path, text).into_iter().map(|(id, value, _)| format!("{id} {value}")).next()
    };
    let number = ["4982130", "57761"].concat();
    let client = format!("id: {number}-{}.apps.googleusercontent.com", "k3".repeat(16));
    for (text, expected) in [
        ("project_id = \"initech-prod\"", "gcp-project initech-prod".to_owned()),
        ("x::gce_project_id: 'initech-prod'", "gcp-project initech-prod".to_owned()),
        ("projects/498213057/locations/global", "gcp-project 498213057".to_owned()),
        (&*format!("project_number: {number}"), format!("gcp-project {number}")),
        (&*format!("it is project number {number} ="), format!("gcp-project {number}")),
        (&*client, format!("gcp-project {number}")),
        ("aws eks update-kubeconfig --name pay-eu", "cluster-name pay-eu".to_owned()),
        ("gcloud container clusters get-credentials pay-eu", "cluster-name pay-eu".to_owned()),
        ("az aks get-credentials -g x --name pay-eu", "cluster-name pay-eu".to_owned()),
        ("cloudfront_id = \"E3M8QWERT2YK1P\"", "aws-zone-id E3M8QWERT2YK1P".to_owned()),
    ] {
        assert_eq!(of("a.sh", text), Some(expected), "{text}");
    }
    let google = "region = \"europe-west1\"\nproject = \"initech-prod\"\n";
    assert_eq!(of("a.hcl", google).as_deref(), Some("gcp-project-setting initech-prod"));
    assert_eq!(of("a.py", google), None);
    assert_silent(
        "a.sh",
        &[
            "project_id: string",
            "project_id = project",
            "get-credentials of pay-eu",
            "project number 123456789012",
        ],
    );
}

#[test]
fn identifiers_of_azure() {
    let id = ["7c1e52aa-90d3", "-4a6b-8a11-2f6d5b0c9e34"].concat();
    for text in [
        format!("client_id: {id}"),
        format!("objectId = \"{id}\""),
        format!("az login --tenant {id}"),
        format!("https://login.microsoftonline.com/{id}/oauth2"),
    ] {
        assert_first("a.sh", &text, "azure-id");
    }
    assert_silent(
        "a.sh",
        &[
            &format!("project_uuid = {id}"),
            "curl https://vendorx.blob.core.windows.net/files/tool-#{version}.zip",
        ],
    );
    assert_eq!(scan("a.sh", "https://payx.blob.core.windows.net/files/").len(), 1);
}

#[test]
fn paths_of_vaults() {
    let of = |text: &str| scan("a.hcl", text).into_iter().map(|(_, value, _)| value).next();
    let templated = "dsn: __vault__::secret-ops/{{ ENV }}/pay/token>data>value";
    assert_eq!(of(templated).as_deref(), Some("secret-ops/{{ ENV }}/pay/token"));
    assert_eq!(of("path \"operations/pay/*\" {").as_deref(), Some("operations/pay/*"));
    assert_eq!(of("path \"postgres-pay/creds/app\" {").as_deref(), Some("postgres-pay/creds/app"));
    assert_silent("a.hcl", &["vault kv get secret/app"]);
    assert_silent("a.hcl", &["path \"sys/mounts\" {", "path \"/srv/x\" {", "stdout_path \"a/b\""]);
}

#[test]
fn sources_over_ssh_and_with_revisions() {
    let found = |text: &str| {
        let all = scan("a.yml", text).into_iter();
        all.map(|(id, value, severity)| format!("{id} {value} {severity:?}")).collect::<Vec<_>>()
    };
    assert_eq!(
        found("- git+https://github.com/acme-works/y.git@0f3c#egg=y"),
        ["git-source git+https://github.com/acme-works/y.git@0f3c Low"]
    );
    // Whoever names a repository over SSH has an account there.
    assert_eq!(
        found("r: git@github.com:initech/y.git"),
        ["git-source git@github.com:initech/y.git Low"]
    );
    assert_silent("a.rs", &["parse(\"git@github.com:initech/y.git\")"]);
    for path in ["a.pp", "jobs/a.yaml.erb", "a.nix"] {
        assert_first(path, "url: git@github.com:initech/y.git", "git-source");
    }
    assert_silent("tests/a.yml", &["r: git@github.com:initech/y.git"]);
    for text in [
        "source = \"git::https://git.initech.net/infra/x.git\"",
        "- git+https://git.initech.net/infra/x",
        "r: ssh://ci@git.initech.net:29418/infra/x",
    ] {
        assert_first("a.tf", text, "git-source");
    }
    assert_silent(
        "a.yml",
        &[
            "r: git@github.com:your-org/y.git",
            "registry+https://github.com/acme-works/crates.io-index",
            "- git+https://github.com/other/x",
            "ssh://${user}@${host}/x",
        ],
    );
}

#[test]
fn indexes_of_packages() {
    for text in
        ["index = \"sparse+https://crates.initech.net/\"", "--find-links=https://w.initech.net/x"]
    {
        assert_first("a.toml", text, "package-index");
    }
    assert_silent(
        "a.toml",
        &[
            "index = \"https://pypi.org/simple\"",
            "index: https://w.test/x",
            "index = \"https://my-host/x\"",
        ],
    );
}

#[test]
fn registries_and_endpoints() {
    assert_silent("a.yml", &["image: k8s.gcr.io/git-sync", "image: gcr.io/distroless/base"]);
    assert_first("a.yml", "image: eu.gcr.io/initech-prod/app", "private-registry");
    let made = "\"postgres://{}@{}-pay.c9kx2ab3.eu-west-1.rds.amazonaws.com\"";
    assert_first("a.py", made, "aws-endpoint");
    let host = "ip-10-7-5-245.eu-west-1.compute.internal";
    for text in [format!("# conf.d/node_{host}/x.cfg"), format!("ssh {host}")] {
        assert_first("a.py", &text, "aws-endpoint");
    }
    assert_silent("a.py", &["node_ip-10-0-0-1.eu-west-1.compute.internal"]);
}

#[test]
fn a_learned_domain_needs_no_surroundings() {
    let values = |path: &str, text: &str| -> Vec<String> {
        let hosts = scan(path, text).into_iter().filter(|(rule, ..)| rule == "internal-host");
        hosts.map(|(_, value, _)| value).collect()
    };
    assert_eq!(values("a.yml", "canary: P{db1.lon1.wan}"), ["db1.lon1.wan"]);
    assert_eq!(values("a.pp", "srange => '@resolve(db.lon1.wan)',"), ["db.lon1.wan"]);
    assert_eq!(values("a.pp", "# the front (e.g. db1.lon1.wan)"), ["db1.lon1.wan"]);
    assert_eq!(values("a.yml", "search:\n  - lon1.wan"), ["lon1.wan"]);
    assert_eq!(values("spec/a_spec.rb", "host: 'db1.lon1.wan'"), ["db1.lon1.wan"]);
    for code in ["db.wan()", "file.wanted", "'%s.lon1.wan' % x", "Db.wan"] {
        assert_eq!(values("a.py", code), <[String; 0]>::default(), "{code}");
    }
}

#[test]
fn remarks_name_hosts_alone() {
    let fires = |path: &str, text: &str| scan(path, text).iter().any(|(id, ..)| id == "bare-host");
    assert!(fires("a.php", "    # dbx01"));
    assert!(fires("a.conf", "# 10.3.7.21  = dbx01"));
    assert!(fires("a.pp", "# see also srv1144 below"));
    assert!(!fires("a.conf", "# dbx01 is nice"));
    assert!(!fires("a.pp", "see also srv1144 below"));
    assert!(!fires("a.conf", "# 10.3.7 = dbx01"));
}

#[test]
fn a_domain_tells_the_owner_of_what_is_read_over_ssh() {
    let ours = |text| severity("a.rb", text);
    assert_eq!(ours("repo \"git@github.com:corp/backups.git\""), Some(Severity::Medium));
    assert_eq!(ours("repo \"https://github.com/corp/backups\""), None);
    assert_eq!(ours("repo \"git@github.com:corporate/backups.git\""), None);
}

#[test]
fn the_networks_of_every_postfix_are_silent() {
    assert_silent("main.cf.vpn", &["#mynetworks = 168.100.189.0/28, 127.0.0.0/8"]);
}

#[test]
fn a_client_of_google_tells_its_project() {
    let client =
        format!("651{}-6c5{}.apps.googleusercontent.com", "4207318", "q4w9".repeat(7) + "x");
    assert_first("a.rb", &format!("id \"{client}\""), "gcp-project");
}
