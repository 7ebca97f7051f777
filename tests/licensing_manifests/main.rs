// SPDX-License-Identifier: MIT OR Apache-2.0
//! Manifests, READMEs and root texts against each other: trees in which a rule fires, and trees
//! that look alike in which it must not.
#![expect(clippy::expect_used, reason = "helpers of tests may fail loudly too")]

mod formats;
mod fuzz;

use std::sync::LazyLock;

use debut::{
    domain::{Finding, Licensing, RepoPath, Severity, Text},
    repo::{EntryKind, TreeEntry},
    rules::RuleSet,
    scan::{
        PathFacts, View,
        licensing::{LicensingScan, licence_text, observe},
    },
};

const MIT: &str = include_str!("../../LICENSE-MIT");
const APACHE: &str = include_str!("../../LICENSE-APACHE");
static GPL3: LazyLock<String> =
    LazyLock::new(|| licence_text("GPL-3.0-only").expect("a text").into_owned());

type Files<'a> = &'a [(&'a str, &'a str)];

fn scan_with(policy: Licensing, files: Files<'_>) -> Vec<(String, Finding)> {
    static RULES: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::builtin().expect("built-in rules"));
    let rules = &*RULES;
    let entry = |name: &str, kind| TreeEntry {
        path: RepoPath::new(name.as_bytes()),
        oid: git2::Oid::ZERO_SHA1,
        kind,
    };
    let entries: Vec<TreeEntry> =
        files.iter().map(|(name, _)| entry(name, EntryKind::File)).collect();
    let mut whole = LicensingScan::new(policy, &entries);
    for (name, content) in files {
        let path = RepoPath::new(name.as_bytes());
        let text = Text::decode(content.as_bytes()).expect("text");
        if let Some(seen) = observe(&path, &View::new(&PathFacts::of(&path), &text.bytes)) {
            whole.add(&path, seen);
        }
    }
    let found = whole.finish(rules).findings.into_iter();
    let named = found.map(|finding| (rules.info(finding.rule).name().to_owned(), finding));
    // What other rules say of the same trees has its own tests.
    let own = ["license-", "manifest-", "readme-"];
    named.filter(|(name, _)| own.iter().any(|start| name.starts_with(start))).collect()
}

fn scan(files: Files<'_>) -> Vec<(String, Finding)> {
    scan_with(Licensing::default(), files)
}

fn names(files: Files<'_>) -> Vec<String> {
    scan(files).into_iter().map(|(name, _)| name).collect()
}

/// Scans a repository under MIT with the files added.
fn in_mit(files: Files<'_>) -> Vec<String> {
    let mut all = vec![("LICENSE", MIT)];
    all.extend_from_slice(files);
    names(&all)
}

/// Compares all cases before it fails, so that one run tells of every wrong one.
#[derive(Default)]
struct Checks(Vec<String>);

impl Checks {
    fn same(&mut self, got: &[String], want: &[&str], label: &str) {
        if got != want {
            self.0.push(format!("{label}: {got:?} in place of {want:?}"));
        }
    }
}

impl Drop for Checks {
    fn drop(&mut self) {
        assert!(self.0.is_empty() || std::thread::panicking(), "{}", self.0.join("\n"));
    }
}

fn said(files: Files<'_>, rule: &str) -> Finding {
    let found = scan(files);
    found.into_iter().find(|(name, _)| name == rule).expect(rule).1
}

#[test]
fn workspaces_hand_their_licence_down() {
    let mut checks = Checks::default();
    let member = "[package]\nname = \"a\"\nlicense.workspace = true\n";
    let root = "[workspace]\nmembers = [\"a\"]\n[workspace.package]\nlicense = \"MIT\"\n";
    checks.same(&in_mit(&[("Cargo.toml", root), ("a/Cargo.toml", member)]), &[], "case 1");
    let bare = "[workspace]\nmembers = [\"a\"]\n";
    checks.same(
        &in_mit(&[("Cargo.toml", bare), ("a/Cargo.toml", member)]),
        &["manifest-missing"],
        "case 2",
    );
    let own = [("Cargo.toml", root), ("a/Cargo.toml", member), ("a/LICENSE", APACHE)];
    checks.same(&in_mit(&own), &["manifest-contradicts"], "case 3");
}

#[test]
fn look_alikes_are_left_alone() {
    let mut checks = Checks::default();
    let gpl = r#"{"name": "x", "version": "1", "license": "GPL-3.0-only"}"#;
    for name in [
        "tests/data/package.json",
        "examples/a/package.json",
        "vendor/a/package.json",
        "node_modules/a/package.json",
        "third_party/a/package.json",
        "{{cookiecutter.name}}/package.json",
        "templates/app/package.json",
        "generators/app/templates/package.json",
        "docs/site/package.json",
    ] {
        checks.same(&in_mit(&[(name, gpl)]), &[], name);
    }
    let chart = "name: d\nannotations:\n  licenses: GPL-3.0-only\n";
    let own = "name: c\nannotations:\n  licenses: MIT\n";
    let charts = [("c/Chart.yaml", own), ("c/charts/d/Chart.yaml", chart)];
    checks.same(&in_mit(&charts), &[], "case 4");
    checks.same(&in_mit(&[("charts/d/Chart.yaml", chart)]), &["manifest-contradicts"], "case 5");
    // Each package of a monorepo under its own licence.
    let mono =
        [("a/package.json", gpl), ("a/LICENSE", GPL3.as_str()), ("b/COPYING", GPL3.as_str())];
    checks.same(&in_mit(&mono), &[], "case 6");
    let installed = [
        ("roles/x/meta/.galaxy_install_info", "version: 1\n"),
        ("roles/x/meta/main.yml", "galaxy_info:\n  author: a\n  license: GPL-3.0-only\n"),
    ];
    checks.same(&in_mit(&installed), &[], "case 7");
    let collection = "namespace: a\nname: b\nlicense:\n  - GPL-3.0-only\n";
    let dir = "collections/ansible_collections/a/b";
    let (galaxy, manifest, list) =
        (format!("{dir}/galaxy.yml"), format!("{dir}/MANIFEST.json"), format!("{dir}/FILES.json"));
    let made = [(galaxy.as_str(), collection)];
    checks.same(&in_mit(&made), &["manifest-contradicts"], "a collection in the making");
    let taken = [(galaxy.as_str(), collection), (&manifest, "{}"), (&list, "{}")];
    checks.same(&in_mit(&taken), &[], "an installed collection");
    for template in ["{{ license }}", "@LICENSE@", "${LICENSE}", "<%= license %>"] {
        let text = format!("namespace: a\nname: b\nlicense: \"{template}\"\n");
        checks.same(&in_mit(&[("galaxy.yml", &text)]), &[], template);
    }
    let policy = Licensing { third_party: vec!["ours-not/**".into()], ..Licensing::default() };
    let files = [("LICENSE", MIT), ("ours-not/package.json", gpl)];
    assert!(scan_with(policy, &files).is_empty());
}

#[test]
fn open_words_are_not_taken_for_closed_ones() {
    let mut checks = Checks::default();
    for licence in ["Unlicense", "The Unlicense"] {
        let text = format!(r#"{{"name": "a", "private": true, "license": "{licence}"}}"#);
        let found = names(&[("UNLICENSE", "x"), ("package.json", &text)]);
        assert!(!found.contains(&"manifest-proprietary".into()), "{licence}: {found:?}");
    }
    let private = r#"{"name": "a", "version": "1", "private": true}"#;
    checks.same(&in_mit(&[("package.json", private)]), &[], "case 8");
    for (name, text) in [
        ("package.json", r#"{"name": "a", "license": "UNLICENSED"}"#),
        (
            "setup.py",
            "setup(name='a', classifiers=[\n  'License :: Other/Proprietary License',\n])",
        ),
        (
            "pyproject.toml",
            "[project]\nname = \"a\"\nclassifiers = [\"Private :: Do Not Upload\"]\n",
        ),
        ("metadata.rb", "name 'a'\nlicense 'All rights reserved'\n"),
        (
            "a.metainfo.xml",
            "<component><project_license>LicenseRef-proprietary</project_license></component>",
        ),
        ("composer.json", r#"{"name": "a/b", "license": "proprietary"}"#),
    ] {
        checks.same(&in_mit(&[(name, text)]), &["manifest-proprietary"], name);
    }
    let chef = said(
        &[("LICENSE", MIT), ("metadata.rb", "name 'a'\nlicense 'All rights reserved'\n")],
        "manifest-proprietary",
    );
    assert!(chef.severity == Severity::High && chef.notes[0].contains("chef generate"));
}

#[test]
fn choices_need_their_texts() {
    let mut checks = Checks::default();
    let either = "[package]\nname = \"a\"\nlicense = \"MIT OR Apache-2.0\"\n";
    checks.same(&in_mit(&[("Cargo.toml", either)]), &["license-conflict"], "case 9");
    let rust = [("LICENSE-MIT", MIT), ("LICENSE-APACHE", APACHE), ("Cargo.toml", either)];
    checks.same(&names(&rust), &[], "case 10");
    let stored = [("LICENSE", MIT), ("LICENSES/Apache-2.0.txt", APACHE), ("Cargo.toml", either)];
    checks.same(&names(&stored), &[], "case 11");
    // A crate may have one text beside it and the other at the top.
    let apart = [("LICENSE-APACHE", APACHE), ("a/LICENSE-MIT", MIT), ("a/Cargo.toml", either)];
    checks.same(&names(&apart), &[], "case 12");
    let gpl = [("COPYING", GPL3.as_str()), ("Cargo.toml", either)];
    checks.same(&names(&gpl), &["manifest-contradicts"], "case 13");
    // The text can't tell "only" from "or later".
    for id in ["GPL-3.0-only", "GPL-3.0-or-later", "GPL-3.0", "GPLv2+", "GPL (>= 2)", "GPL"] {
        let text = format!("Package: a\nLicense: {id}\n");
        checks.same(&names(&[("COPYING", GPL3.as_str()), ("DESCRIPTION", &text)]), &[], id);
    }
}

#[test]
fn pointers_to_files() {
    let mut checks = Checks::default();
    for (name, text) in [
        ("package.json", r#"{"name": "a", "license": "SEE LICENSE IN EULA.txt"}"#),
        ("Cargo.toml", "[package]\nname = \"a\"\nlicense-file = \"../EULA\"\n"),
        ("galaxy.yml", "namespace: a\nname: b\nlicense_file: EULA\n"),
        ("pyproject.toml", "[project]\nname = \"a\"\nlicense = { file = \"EULA\" }\n"),
    ] {
        let path = format!("pkg/{name}");
        checks.same(&in_mit(&[(&path, text)]), &["manifest-contradicts"], name);
        let there = in_mit(&[(&path, text), ("EULA", "x"), ("pkg/EULA.txt", "x")]);
        checks.same(&there, &[], name);
    }
    let both = "namespace: a\nname: b\nlicense: [MIT]\nlicense_file: LICENSE\n";
    checks.same(&in_mit(&[("galaxy.yml", both)]), &["manifest-invalid"], "one or the other");
    let empty = "namespace: a\nname: b\nlicense: [MIT]\nlicense_file: ''\n";
    checks.same(&in_mit(&[("galaxy.yml", empty)]), &[], "the generator's empty field");
    let glob = "[project]\nname = \"a\"\nlicense-files = [\"LICEN[CS]E*\"]\n";
    checks.same(&in_mit(&[("pyproject.toml", glob)]), &[], "case 14");
}

#[test]
fn manifests_of_one_package_agree() {
    let mut checks = Checks::default();
    let npm = r#"{"name": "a", "license": "MIT"}"#;
    let composer = r#"{"name": "a/b", "license": "Apache-2.0"}"#;
    let found = names(&[("package.json", npm), ("composer.json", composer)]);
    checks.same(&found, &["license-missing", "manifest-contradicts"], "case 15");
    let apart = names(&[("a/package.json", npm), ("b/composer.json", composer)]);
    checks.same(&apart, &["license-missing"], "case 16");
    let python = "[project]\nname = \"a\"\nlicense = \"MIT\"\nclassifiers = [\"License :: OSI Approved :: Apache Software License\"]\n";
    checks.same(&in_mit(&[("pyproject.toml", python)]), &["manifest-contradicts"], "case 17");
    let agreed = python.replace("Apache Software License", "MIT License");
    checks.same(&in_mit(&[("pyproject.toml", &agreed)]), &[], "case 18");
}

#[test]
fn spelling_weighs_little() {
    for (licence, severity) in [
        ("MIT/ISC", Some(Severity::Low)),
        ("license (GPL-2.0-or-later, MIT, etc)", Some(Severity::Medium)),
        ("Our terms", Some(Severity::Medium)),
        ("mit", None),
        ("The MIT License (MIT)", None),
        ("Expat", None),
        ("https://opensource.org/licenses/MIT", None),
    ] {
        let text = format!("galaxy_info:\n  author: a\n  license: {licence}\n");
        let found = scan(&[("LICENSE", MIT), ("meta/main.yml", &text)]);
        let invalid = found.iter().find(|(name, _)| name == "manifest-invalid");
        assert_eq!(invalid.map(|(_, finding)| finding.severity), severity, "{licence}");
    }
    let old = scan(&[
        ("COPYING", GPL3.as_str()),
        ("package.json", r#"{"name": "a", "license": "GPL-3.0"}"#),
    ]);
    assert!(old.len() == 1 && old[0].0 == "manifest-invalid" && old[0].1.severity == Severity::Low);
}

#[test]
fn readmes_and_their_texts() {
    let mut checks = Checks::default();
    for text in [
        "# a\n\n## License\n\nGPLv3\n",
        "# a\n[![l](https://img.shields.io/badge/License-GPLv3-blue.svg)](x)\n\n## License\nMIT\n",
        "License\n=======\n\nLicensed under the Apache License, Version 2.0.\n",
    ] {
        checks.same(&in_mit(&[("README.md", text)]), &["readme-contradicts"], text);
    }
    for text in [
        "# a\n\n## License\n\nMIT; the examples are BSD\n",
        "# a\n\n## License\n\nMIT or Apache 2.0\n",
        "# a\n[![l](https://img.shields.io/github/license/a/b)](LICENSE)\n",
        "# a\n\n## License\n\nSee LICENSE. The icons are CC BY 4.0.\n",
        "# a\n\nA parser of GPL texts.\n",
    ] {
        checks.same(&in_mit(&[("README.md", text)]), &[], text);
    }
    // A README elsewhere speaks where a text stands beside it.
    let gpl = "# b\n\n## License\n\nGPLv3\n";
    checks.same(&in_mit(&[("b/README.md", gpl)]), &[], "case 19");
    checks.same(
        &in_mit(&[("b/README.md", gpl), ("b/LICENSE", MIT)]),
        &["readme-contradicts"],
        "case 20",
    );
    checks.same(&in_mit(&[("b/README.de.rst", gpl), ("b/COPYING", GPL3.as_str())]), &[], "case 21");
    let role = "Role\n====\n\nRequirements\n------------\n\nRole Variables\n--------------\n\nExample Playbook\n----------------\n\nLicense\n-------\n\nBSD\n\nAuthor Information\n------------------\n";
    let left = said(&[("LICENSE", MIT), ("README.md", role)], "readme-contradicts");
    assert!(left.severity == Severity::Low && left.notes.concat().contains("ansible-galaxy"));
    let later = [
        ("COPYING", GPL3.as_str()),
        ("README.md", "## License\n\nGPL v3 or later\n"),
        ("package.json", r#"{"name": "a", "license": "GPL-3.0-only"}"#),
    ];
    assert_eq!(said(&later, "readme-contradicts").severity, Severity::Low);
}

#[test]
fn root_texts_that_belong_together() {
    let mut checks = Checks::default();
    checks.same(&names(&[("LICENSE", MIT), ("COPYING", APACHE)]), &["license-conflict"], "case 22");
    for files in [
        &[("LICENSE-MIT", MIT), ("LICENSE-APACHE", APACHE)][..],
        &[("LICENSE", MIT), ("LICENSE.docs", APACHE)],
        &[
            ("LICENSE", MIT),
            ("COPYING", APACHE),
            ("README.md", "## License\n\nMIT or Apache-2.0\n"),
        ],
        &[("LICENSES/MIT.txt", MIT), ("LICENSES/Apache-2.0.txt", APACHE)],
        &[("LICENSE", MIT), ("THIRD_PARTY_LICENSES", APACHE)],
    ] {
        checks.same(&names(files), &[], files[0].0);
    }
}

#[test]
fn a_text_must_stand_at_the_top() {
    let mut checks = Checks::default();
    for name in ["docs/LICENSE", ".github/LICENSE", "a/LICENSE", "LICENSE.sh", "license.xml"] {
        checks.same(&names(&[(name, MIT)]), &["license-missing"], name);
    }
    for name in
        ["LICENSE", "Licence.rst", "COPYING", "UNLICENSE", "LICENSES/MIT.txt", "MIT-LICENSE"]
    {
        checks.same(&names(&[(name, MIT)]), &[], name);
    }
    let hint = said(&[("README.md", "## License\n\nApache 2.0\n")], "license-missing");
    assert!(hint.notes[0].contains("README.md names Apache-2.0"));
    let hint = said(&[("setup.cfg", "[metadata]\nname = a\nlicense = MIT\n")], "license-missing");
    assert!(hint.notes[0].contains("setup.cfg declares MIT"));
}
