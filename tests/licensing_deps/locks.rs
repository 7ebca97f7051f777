// SPDX-License-Identifier: MIT OR Apache-2.0
//! What is said of the packages in lock files.

use debut::domain::{Licensing, Severity};

use crate::{File, Found, MIT, found, judge, text, under};

fn composer(licences: &str, dev: bool) -> String {
    let list = format!(r#"[{{"name": "a/b", "license": {licences}}}]"#);
    let (main, tools) = if dev { ("[]", &*list) } else { (&*list, "[]") };
    format!(r#"{{"packages": {main}, "packages-dev": {tools}}}"#)
}

fn of<'a>(rule: &str, found: &'a [Found]) -> Vec<&'a Found> {
    found.iter().filter(|one| one.rule == rule).collect()
}

fn incompatible(policy: Licensing, licences: &str, dev: bool) -> Option<Severity> {
    let files = [text("LICENSE", MIT), text("composer.lock", &composer(licences, dev))];
    of("dependency-incompatible", &under(policy, &files)).first().map(|one| one.severity)
}

fn outbound(id: &str) -> Licensing {
    Licensing { outbound: Some(id.into()), ..Licensing::default() }
}

#[test]
fn a_lock_file_without_licences_is_one_note() {
    let lock = r#"{"packages": {"node_modules/a": {}, "node_modules/b": {"license": "MIT"}, "node_modules/c": {}}}"#;
    let found = found(&[text("LICENSE", MIT), text("web/package-lock.json", lock)]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((&*found[0].rule, found[0].severity), ("dependency-unknown", Severity::Low));
    assert_eq!(
        (&*found[0].path, &*found[0].value),
        ("web/package-lock.json", "web/package-lock.json")
    );
    assert!(found[0].notes.starts_with("2 packages, licence not known offline (3 in all)"));
}

#[test]
fn hosts_that_are_not_public_are_asked_about_once_each() {
    let lock = "[[package]]\nname = \"a\"\nsource = \"git+ssh://git@git.corp.example/a#1\"\n\
                [[package]]\nname = \"b\"\nsource = \"git+ssh://git@git.corp.example/b#1\"\n";
    let found = found(&[text("Cargo.lock", lock)]);
    let hosts: Vec<&Found> = found.iter().filter(|one| one.severity == Severity::Medium).collect();
    assert_eq!(hosts.len(), 1, "{found:?}");
    assert_eq!(hosts[0].value, "Cargo.lock git.corp.example");
    assert!(hosts[0].notes.contains("a, b from git.corp.example"));
}

#[test]
fn a_host_of_the_owners_is_not_public() {
    let files = [text("go.mod", "module x\nrequire go.acme.org/lib v1.0.0\n")];
    assert!(found(&files).iter().all(|one| one.severity == Severity::Low));
    let owners = vec!["acme.org".into()];
    let found = under(Licensing { owners, ..Licensing::default() }, &files);
    assert!(found.iter().any(|one| one.value == "go.mod go.acme.org"), "{found:?}");
}

#[test]
fn licences_that_do_not_fit_are_decided_once_each() {
    let lock = r#"{"packages": {
        "node_modules/a": {"license": "BUSL-1.1"}, "node_modules/b": {"license": "BUSL-1.1"},
        "node_modules/c": {"license": "CC-BY-NC-4.0"}, "node_modules/d": {"license": "MIT"}}}"#;
    let found = found(&[text("package-lock.json", lock)]);
    let values: Vec<&str> = found.iter().map(|one| &*one.value).collect();
    assert_eq!(values, ["BUSL-1.1 package-lock.json", "CC-BY-NC-4.0 package-lock.json"]);
    assert!(found.iter().all(|one| one.severity == Severity::High));
    assert!(found[0].notes.contains("BUSL-1.1: a, b"));
}

#[test]
fn the_release_licence_decides_what_fits() {
    let high = Some(Severity::High);
    assert_eq!(incompatible(outbound("Apache-2.0"), r#"["GPL-3.0-or-later"]"#, false), high);
    assert_eq!(incompatible(outbound("Apache-2.0"), r#"["AGPL-3.0"]"#, false), high);
    assert_eq!(incompatible(outbound("GPL-3.0-or-later"), r#"["GPL-2.0-only"]"#, false), high);
    assert_eq!(incompatible(outbound("MIT"), r#"["proprietary"]"#, false), high);
    for fits in [
        r#"["GPL-2.0-or-later", "MIT"]"#,
        r#""(MIT OR GPL-3.0)""#,
        r#""GPL-2.0 WITH Classpath-exception-2.0""#,
        r#"["LGPL-3.0-or-later"]"#,
        r#"["MPL-2.0"]"#,
        r#"["Unlicense"]"#,
        r#"["BSD-3-Clause", "GPL-2.0-only", "GPL-3.0-only"]"#,
    ] {
        assert_eq!(incompatible(outbound("Apache-2.0"), fits, false), None, "{fits}");
    }
    assert_eq!(incompatible(outbound("MIT OR Apache-2.0"), r#"["GPL-2.0"]"#, false), high);
    assert_eq!(incompatible(outbound("LGPL-2.1-or-later"), r#"["GPL-3.0-only"]"#, false), high);
    assert_eq!(incompatible(outbound("Apache-2.0"), r#"["OSL-3.0"]"#, false), high);
    assert_eq!(incompatible(outbound("GPL-2.0-only"), r#"["GPL-3.0-or-later"]"#, false), high);
    assert_eq!(incompatible(outbound("AGPL-3.0-or-later"), r#"["GPL-3.0"]"#, false), None);
    assert_eq!(incompatible(outbound("GPL-3.0-or-later"), r#"["GPL-2.0+"]"#, false), None);
    // The licence file is only a guess at what the release is under.
    let guessed = incompatible(Licensing::default(), r#"["GPL-3.0-or-later"]"#, false);
    assert_eq!(guessed, Some(Severity::Medium));
}

#[test]
fn tools_weigh_less_and_what_is_accepted_nothing() {
    let tool = incompatible(outbound("MIT"), r#"["GPL-3.0-or-later"]"#, true);
    assert_eq!(tool, Some(Severity::Medium));
    let accepting = |ids: &[&str]| Licensing {
        accepted: ids.iter().map(|id| (*id).into()).collect(),
        ..outbound("MIT")
    };
    let gpl = r#"["GPL-3.0-or-later"]"#;
    assert_eq!(incompatible(accepting(&["GPL-3.0-or-later"]), gpl, false), None);
    assert_eq!(incompatible(accepting(&["MIT"]), r#"["MPL-2.0"]"#, false), Some(Severity::Medium));
    assert_eq!(incompatible(accepting(&["MIT"]), r#"["ISC"]"#, false), Some(Severity::Low));
    assert_eq!(incompatible(accepting(&["MIT"]), r#"["MIT"]"#, false), None);
}

#[test]
fn what_lies_in_the_tree_says_the_licence() {
    let lock = r#"{"packages": {"node_modules/a": {"resolved": "https://registry.npmjs.org/a"}}}"#;
    let files = [
        text("package-lock.json", lock),
        text(
            "node_modules/a/package.json",
            r#"{"name": "a", "version": "1.0.0", "license": "ISC"}"#,
        ),
        text("go.mod", "module x\nrequire github.com/a/b v1.0.0\n"),
        text("vendor/github.com/a/b/LICENSE", MIT),
        text(
            "infra/.terraform.lock.hcl",
            "provider \"registry.terraform.io/hashicorp/aws\" {\n}\n",
        ),
    ];
    let judged = judge(Licensing::default(), &files);
    let unknown: usize = judged.dependencies.iter().map(|one| one.unknown).sum();
    assert_eq!((judged.dependencies.len(), unknown), (3, 0), "{:?}", judged.dependencies);
    let names: Vec<&str> = judged
        .dependencies
        .iter()
        .flat_map(|one| one.by_licence.keys())
        .map(|name| &**name)
        .collect();
    assert_eq!(names, ["MIT", "MPL-2.0", "ISC"]);
    assert!(of("dependency-unknown", &found(&files)).is_empty());
}

#[test]
fn traps_stay_silent() {
    let clean: &[File<'_>] = &[
        text("LICENSE", MIT),
        // Members of the workspace and links to them are not dependencies.
        text(
            "package-lock.json",
            r#"{"packages": {"": {"license": "UNLICENSED"}, "app": {"license": "UNLICENSED"},
            "node_modules/app": {"resolved": "app", "link": true}}}"#,
        ),
        text("app/package.json", r#"{"private": true}"#),
        text("Cargo.lock", "[[package]]\nname = \"us\"\nversion = \"1.0.0\"\n"),
        // Samples of tests, and other people's lock files.
        text("tests/fixtures/x/yarn.lock", "a@1:\n  resolved \"https://registry.yarnpkg.com/a\"\n"),
        text("vendor/x/composer.lock", &composer(r#"["GPL-3.0"]"#, false)),
        text("go.mod", "module example.org/x\n\ngo 1.22\n"),
        text("docs/requirements.md", "a==1\n"),
        text("data/flake.lock", "not json"),
        text("requirements.yml", "---\ncollections: []\n"),
    ];
    assert!(found(clean).is_empty(), "{:?}", found(clean));
}
