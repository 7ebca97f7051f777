// SPDX-License-Identifier: MIT OR Apache-2.0
//! Other people's work in the tree: each rule where it fires, and the look-alikes in which it
//! must stay silent.
#![expect(clippy::expect_used, reason = "helpers of tests may fail loudly too")]

use std::{
    io::Write,
    sync::{Arc, LazyLock},
};

use debut::{
    domain::{Category, Finding, Licensing, RepoPath, Severity, Vocabulary},
    repo::{EntryKind, TreeEntry},
    rules::RuleSet,
    scan::{
        Engine, Scratch,
        licensing::{Judged, LicensingScan},
    },
};
use git2::{ObjectFormat, Oid};
use proptest::prelude::*;

const MIT: &str = include_str!("../LICENSE-MIT");
const APACHE: &str = include_str!("../LICENSE-APACHE");
const JS: &str = "function a() { return 1; }\n";
const PACKAGE: &str = r#"{"name": "a", "version": "1.0.0", "license": "MIT"}"#;

/// The rules of this file.
const RULES: [&str; 6] = [
    "vendored-no-license",
    "vendored-not-open",
    "vendored-binary",
    "vendored-tree",
    "notice-missing",
    "submodule-unknown",
];

static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let rules = Arc::new(RuleSet::builtin().expect("built-in rules"));
    Engine::new(rules, &Vocabulary::default()).expect("engine")
});

fn judge(policy: Licensing, files: &[(&str, Vec<u8>)]) -> (Arc<RuleSet>, Judged) {
    let engine = &*ENGINE;
    let rules = engine.rules().clone();
    let oid = Oid::from_str_ext(&"0".repeat(40), ObjectFormat::Sha1).expect("an id");
    let entry =
        |name: &str| TreeEntry { path: RepoPath::new(name.as_bytes()), oid, kind: EntryKind::File };
    let entries: Vec<TreeEntry> = files.iter().map(|(name, _)| entry(name)).collect();
    let mut whole = LicensingScan::new(policy, &entries);
    for (name, content) in files {
        let path = RepoPath::new(name.as_bytes());
        let scan = engine.scan_file(&path, content, &mut Scratch::default());
        if let Some(seen) = scan.observation {
            whole.add(&path, seen);
        }
    }
    let judged = whole.finish(&rules);
    (rules, judged)
}

/// Returns `rule path severity` of what the rules of this file find.
fn found_in(policy: Licensing, files: &[(&str, Vec<u8>)]) -> Vec<String> {
    let (rules, judged) = judge(policy, files);
    let shown = |finding: &Finding| {
        let info = rules.info(finding.rule);
        let ours = info.category == Category::Licensing && RULES.contains(&info.name());
        ours.then(|| format!("{} {} {}", info.name(), finding.path, finding.severity.word()))
    };
    judged.findings.iter().filter_map(shown).collect()
}

fn found(files: &[(&str, &str)]) -> Vec<String> {
    let files: Vec<(&str, Vec<u8>)> =
        files.iter().map(|(name, text)| (*name, text.as_bytes().to_vec())).collect();
    found_in(Licensing::default(), &files)
}

const NONE: Vec<String> = Vec::new();

#[test]
fn a_package_without_a_licence_is_one_finding() {
    let files = [
        ("LICENSE", MIT),
        ("vendor/github.com/a/b/b.go", "package b\n"),
        ("vendor/github.com/a/b/c/c.go", "package c\n"),
        ("vendor/github.com/d/e/e.go", "package e\n"),
        ("vendor/github.com/d/e/LICENSE", MIT),
        ("third_party/x/x.c", "int x;\n"),
    ];
    assert_eq!(
        found(&files),
        [
            "vendored-no-license third_party/x high",
            "vendored-no-license vendor/github.com/a/b high",
        ]
    );
}

#[test]
fn a_licence_may_stand_in_many_places() {
    let header = format!("/*\n{}\n*/\nint x;\n", MIT.replace('\n', "\n * "));
    for files in [
        vec![("third_party/x/LICENSE.txt", MIT)],
        vec![("third_party/x/y.h", header.as_str())],
        vec![("third_party/LICENSE", MIT)],
        vec![("third_party/x.LICENSE", MIT)],
        vec![("third_party/licenses/x.txt", MIT)],
        vec![
            ("third_party/x/x.c.license", "SPDX-License-Identifier: MIT\n"),
            ("LICENSES/MIT.txt", MIT),
        ],
        vec![("REUSE.toml", "version = 1\n[[annotations]]\npath = \"third_party/x/**\"\n")],
        vec![("third_party/x/docs/COPYING", MIT)],
        vec![("third_party/x/README.md", MIT)],
        vec![("NOTICE", "third_party/x: Copyright 2010 Somebody\n")],
        vec![("THIRD-PARTY.md", "* third_party/x is under the MIT licence\n")],
    ] {
        let mut all = vec![("LICENSE", MIT), ("third_party/x/x.c", "int x;\n")];
        all.extend(files.clone());
        assert_eq!(found(&all), NONE, "{files:?}");
    }
}

#[test]
fn a_name_without_the_text_weighs_less() {
    let files = [
        ("LICENSE", APACHE),
        ("vendor/a/package.json", PACKAGE),
        ("vendor/a/index.js", JS),
        ("third_party/b/b.c", "/* SPDX-License-Identifier: BSD-2-Clause */\nint b;\n"),
        // The text of this one is at the top.
        ("third_party/c/c.c", "/* SPDX-License-Identifier: Apache-2.0 */\nint c;\n"),
    ];
    assert_eq!(
        found(&files),
        ["vendored-no-license third_party/b medium", "vendored-no-license vendor/a medium"]
    );
}

#[test]
fn own_work_in_folders_of_doubtful_names_is_silent() {
    let own = "# Copyright 2020 Acme\nx = 1\n";
    let files = [
        ("LICENSE", MIT),
        ("main.py", own),
        ("contrib/tool/run.py", own),
        ("contrib/completion.sh", "complete x\n"),
        ("external/main.tf", "data \"external\" \"x\" {}\n"),
        ("deps/list.py", own),
        ("deps/graph/walk.py", "x = 1\n"),
        ("app/models/vendor.py", own),
        ("app/vendor/views.py", "x = 1\n"),
        ("app/vendor/forms/new.py", "x = 1\n"),
        ("resources/views/vendor/mail/x.blade.php", "<p>\n"),
        ("vendor/.gitkeep", ""),
        ("vendor/README.md", "put things here\n"),
        ("vendor/assets/javascripts/.keep", ""),
        ("third_party/BUILD.bazel", "x\n"),
        ("third_party/README.md", "x\n"),
        ("lib/core/a.rb", "x = 1\n"),
        ("plugins/auth/auth.py", "x = 1\n"),
        ("modules/acme_base/metadata.json", r#"{"name": "acme-base", "dependencies": []}"#),
        ("modules/acme_base/manifests/init.pp", "class base {}\n"),
        ("roles/security.txt/tasks/main.yml", "- debug:\n"),
        ("vendor/acme/own.py", own),
        ("roles/web/meta/main.yml", "galaxy_info:\n  author: us\n"),
        ("roles/web/tasks/main.yml", "- debug:\n"),
        ("modules/vpc/main.tf", "resource \"x\" \"y\" {}\n"),
    ];
    assert_eq!(found(&files), NONE);
}

#[test]
fn foreign_packages_are_known_in_folders_of_doubtful_names() {
    let files = [
        ("LICENSE", APACHE),
        ("deps/zlib/zlib.c", "int z;\n"),
        ("external/x/LICENSE", MIT),
        ("external/x/x.c", "int x;\n"),
        ("deps/theirs/a.c", "/* Copyright 2001 Somebody Else */\nint a;\n"),
        ("main.c", "/* Copyright 2020 Acme */\nint a;\n"),
        ("contrib/y/.cargo-checksum.json", "{}"),
        ("contrib/y/src/lib.rs", "fn y() {}\n"),
        ("modules/stdlib/metadata.json", r#"{"name": "puppetlabs-stdlib", "dependencies": []}"#),
        ("modules/stdlib/manifests/init.pp", "class stdlib {}\n"),
        ("roles/geerlingguy.docker/meta/main.yml", "galaxy_info:\n  author: x\n"),
        ("roles/geerlingguy.docker/tasks/main.yml", "- debug:\n"),
        ("roles/ntp/meta/.galaxy_install_info", "version: 1\n"),
        ("roles/ntp/tasks/main.yml", "- debug:\n"),
        (
            "chart/Chart.yaml",
            "name: a\ndependencies:\n- name: redis\n  repository: https://charts.example.org\n",
        ),
        ("chart/charts/redis/Chart.yaml", "name: redis\n"),
        ("chart/charts/redis/templates/a.yaml", "a: b\n"),
        ("chart/charts/own/Chart.yaml", "name: own\n"),
        ("cookbooks/nginx/metadata.rb", "name 'nginx'\nmaintainer 'Sous Chefs'\n"),
        ("cookbooks/nginx/recipes/default.rb", "x = 1\n"),
    ];
    let found = found(&files);
    let roots: Vec<&str> = found.iter().filter_map(|line| line.split(' ').nth(1)).collect();
    assert_eq!(
        roots,
        [
            "chart/charts/redis",
            "contrib/y",
            "cookbooks/nginx",
            "deps/theirs",
            "deps/zlib",
            "modules/stdlib",
            "roles/geerlingguy.docker",
            "roles/ntp",
        ]
    );
}

#[test]
fn single_scripts_name_their_licence_in_a_banner() {
    let min = "!function(){}();\n";
    let long = "html { margin: 0 }\n".repeat(200);
    let files = [
        ("LICENSE", MIT),
        ("static/jquery-3.6.0.min.js", min),
        ("static/morris-0.4.3.min.js", min),
        ("static/bootstrap.css", "/*!\n * Bootstrap v3.1.1 (https://example.org)\n */\nbody{}\n"),
        ("static/vendor.bundle.js", min),
        ("static/normalize.css", long.as_str()),
        // These are fine.
        ("static/app.min.js", min),
        ("static/site.min.css", "body{}\n"),
        ("static/charts.min.js", min),
        ("static/src/charts.js", JS),
        ("static/lodash.min.js", "/** @license lodash under MIT license */\n!function(){}();\n"),
        ("static/d3.v3.min.js", min),
        ("static/d3.v3.min.js.LICENSE.txt", MIT),
        ("resources/js/bootstrap.js", "window._ = require('lodash');\n"),
        ("static/lib/vue/vue.min.js", min),
        ("static/lib/vue/LICENSE", MIT),
        ("dist/tool.min.js", min),
    ];
    assert_eq!(
        found(&files),
        [
            "vendored-no-license static/bootstrap.css medium",
            "vendored-no-license static/jquery-3.6.0.min.js medium",
            "vendored-no-license static/morris-0.4.3.min.js medium",
            "vendored-no-license static/normalize.css medium",
            "vendored-no-license static/vendor.bundle.js medium",
        ]
    );
}

#[test]
fn a_banner_may_name_a_licence_whose_text_is_not_there() {
    let files = [
        ("LICENSE", APACHE),
        ("css/theme.min.css", "body{margin:0}\n"),
        ("js/plug.min.js", "/*! Plug v1.2.3 | MIT License */\n!function(){}();\n"),
        // The text of this one is at the top.
        ("js/plug2.min.js", "/*! Plug v1.2.3 | Apache License 2.0 */\n!function(){}();\n"),
    ];
    let both = [
        "vendored-no-license css/theme.min.css medium",
        "vendored-no-license js/plug.min.js medium",
    ];
    assert_eq!(found(&files), both);
}

#[test]
fn folders_of_package_managers_are_no_package_themselves() {
    let home = "py/lib/python3.11/site-packages";
    let paths = [
        format!("{home}/foo/__init__.py"),
        format!("{home}/ok/core.py"),
        format!("{home}/ok-1.0.dist-info/LICENSE"),
        format!("{home}/Under-Score/core.py"),
        format!("{home}/under_score-2.0.dist-info/licenses/LICENSE"),
    ];
    let mut files = vec![("LICENSE", APACHE)];
    files.extend(paths.iter().map(|path| (&**path, if path.ends_with('E') { MIT } else { JS })));
    let all = found(&files);
    assert!(all.contains(&format!("vendored-no-license {home}/foo high")), "{all:?}");
    assert_eq!(all.len(), 2, "one package, and the tree: {all:?}");
}

#[test]
fn a_glob_of_the_policy_leaves_each_package_its_own_root() {
    let files = [
        ("LICENSE", MIT),
        ("vendor/modules.txt", "# github.com/a/ok v1.0.0\n# github.com/a/bare v1.0.0\n"),
        ("vendor/github.com/a/ok/LICENSE", MIT),
        ("vendor/github.com/a/ok/ok.go", "package ok\n"),
        ("vendor/github.com/a/bare/bare.go", "package bare\n"),
        ("js/node_modules/@s/one/index.js", JS),
        ("deep/er/copied/two/two.c", "int two;\n"),
        ("deep/er/copied/three/LICENSE", MIT),
        ("deep/er/copied/three/three.c", "int three;\n"),
        ("roles/them.four/tasks/main.yml", "- name: four\n"),
        ("roles/ours/tasks/main.yml", "- name: ours\n"),
        ("static/five.js", JS),
        ("static/six.js", JS),
    ];
    let globs =
        ["vendor/**", "**/node_modules/**", "**/copied/**", "roles/them.*/**", "**/five.js"];
    let third_party = globs.iter().map(|glob| (*glob).into()).collect();
    let policy = Licensing { third_party, ..Licensing::default() };
    let files: Vec<(&str, Vec<u8>)> =
        files.iter().map(|(name, text)| (*name, text.as_bytes().to_vec())).collect();
    let found = found_in(policy, &files);
    let lacking: Vec<&str> =
        found.iter().filter_map(|line| line.strip_prefix("vendored-no-license ")).collect();
    let expected = [
        "deep/er/copied/two high",
        "js/node_modules/@s/one high",
        "roles/them.four high",
        "static/five.js medium",
        "vendor/github.com/a/bare high",
    ];
    assert_eq!(lacking, expected);
}

#[test]
fn folders_at_the_top_are_for_imports_unless_own_code_lies_among_them() {
    let bar = ("external/bar/src/bar.c", "int bar;\n");
    let one = ["vendored-no-license external/bar high"];
    assert_eq!(found(&[("LICENSE", MIT), bar]), one);
    assert_eq!(found(&[("LICENSE", MIT), ("app/external/bar/bar.c", "int bar;\n")]), NONE);
    assert_eq!(found(&[("LICENSE", MIT), bar, ("external/list.c", "int list;\n")]), NONE);
    let own = "/* Copyright 2020 Acme */\nint bar;\n";
    let files = [("LICENSE", MIT), ("main.c", own), ("a.c", own), ("b.c", own)];
    assert_eq!(found(&[&files[..], &[("external/bar/bar.c", own)]].concat()), NONE);
}

#[test]
fn published_charts_among_own_ones_are_guests() {
    let redis = "name: redis\nhome: https://github.com/bitnami/charts\n";
    let guest = [("LICENSE", APACHE), ("charts/redis/Chart.yaml", redis)];
    // All of them by one publisher: this may be where they are at home.
    assert_eq!(found(&guest), NONE);
    let own = ("charts/own/Chart.yaml", "name: own\n");
    let one = ["vendored-no-license charts/redis high"];
    assert_eq!(found(&[&guest[..], &[own]].concat()), one);
}

#[test]
fn terms_that_are_not_open_are_told() {
    let files = [
        ("LICENSE", MIT),
        ("js/highcharts.js", "/*\n Highcharts JS v9.0\n License: www.highcharts.com/license\n*/\n"),
        (
            "js/TweenMax.min.js",
            "/*! GSAP | Subject to the terms at http://greensock.com/standard-license */\n",
        ),
        (
            "vendor/a/package.json",
            r#"{"name": "a", "version": "1.0.0", "license": "SEE LICENSE IN EULA.txt"}"#,
        ),
        ("vendor/a/index.js", JS),
        ("vendor/b/package.json", r#"{"name": "b", "version": "1.0.0", "license": "BUSL-1.1"}"#),
        ("vendor/b/index.js", JS),
        (
            "vendor/c/package.json",
            r#"{"name": "c", "version": "1.0.0", "license": "(MIT OR BUSL-1.1)"}"#,
        ),
        ("vendor/c/LICENSE", MIT),
        ("vendor/c/index.js", JS),
    ];
    assert_eq!(
        found(&files),
        [
            "vendored-not-open vendor/a high",
            "vendored-not-open vendor/b high",
            "vendored-not-open js/TweenMax.min.js high",
            "vendored-not-open js/highcharts.js high",
        ]
    );
}

#[test]
fn accepted_licences_and_globs_of_the_policy_count() {
    let files: Vec<(&str, Vec<u8>)> = [
        ("LICENSE", MIT),
        ("vendor/b/LICENSE", MIT),
        ("vendor/b/package.json", r#"{"name": "b", "version": "1.0.0", "license": "BUSL-1.1"}"#),
        ("vendor/b/index.js", JS),
        ("src/copied/x/x.py", "x = 1\n"),
        // About all of them, and none itself.
        ("src/copied/README.md", "# What was copied\n"),
        ("src/copied/Makefile", "all:\n\ttrue\n"),
        ("src/own/y.py", "y = 1\n"),
    ]
    .map(|(name, text)| (name, text.as_bytes().to_vec()))
    .to_vec();
    let policy = Licensing {
        accepted: vec!["BUSL-1.1".into()],
        third_party: vec!["src/copied/**".into()],
        ..Licensing::default()
    };
    assert_eq!(found_in(policy, &files), ["vendored-no-license src/copied/x high"]);
}

/// A zip archive of stored files.
fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut list = Vec::new();
    for (name, text) in files {
        let start = out.len() as u32;
        let mut common = vec![10, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        common.extend(crc32fast::hash(text.as_bytes()).to_le_bytes());
        common.extend((text.len() as u32).to_le_bytes());
        common.extend((text.len() as u32).to_le_bytes());
        common.extend((name.len() as u16).to_le_bytes());
        common.extend([0, 0]);
        out.extend(b"PK\x03\x04");
        out.extend(&common);
        out.extend(name.as_bytes());
        out.extend(text.as_bytes());
        list.extend(b"PK\x01\x02\x0a\0");
        list.extend(&common);
        list.extend([0; 10]);
        list.extend(start.to_le_bytes());
        list.extend(name.as_bytes());
    }
    let at = out.len() as u32;
    let count = (files.len() as u16).to_le_bytes();
    let size = (list.len() as u32).to_le_bytes();
    out.extend(list);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([count, count].concat());
    out.extend([size, at.to_le_bytes()].concat());
    out.extend([0, 0]);
    out
}

/// A tar archive, compressed.
fn tgz(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = Vec::new();
    for (name, bytes) in files {
        let mut head = vec![0; 512];
        head[..name.len()].copy_from_slice(name.as_bytes());
        head[124..135].copy_from_slice(format!("{:011o}", bytes.len()).as_bytes());
        head[156] = b'0';
        head[257..263].copy_from_slice(b"ustar\0");
        tar.extend(head);
        tar.extend(*bytes);
        tar.resize(tar.len().next_multiple_of(512), 0);
    }
    tar.resize(tar.len() + 1024, 0);
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(&tar).expect("memory");
    out.finish().expect("memory")
}

/// An archive of PHP with one file.
fn phar(name: &[u8]) -> Vec<u8> {
    let len = |len: usize| u32::try_from(len).expect("small").to_le_bytes();
    let mut out = b"#!/usr/bin/env php\n<?php __HALT_COMPILER(); ?>\r\n".to_vec();
    out.extend(len(40).into_iter().chain(len(1)).chain([0x11, 0, 0, 0, 1, 0]));
    out.extend(len(0).into_iter().chain(len(0)).chain(len(name.len())));
    out.extend(name.iter().copied().chain([0; 24]));
    out
}

#[test]
fn archives_carry_their_licence_or_not() {
    let elf = b"\x7fELF\x02\x01\x01\0\0\0\0\0".to_vec();
    let files = vec![
        ("LICENSE", MIT.as_bytes().to_vec()),
        ("lib/a.jar", zip(&[("com/a/A.class", "x"), ("META-INF/MANIFEST.MF", "Main: x")])),
        ("lib/db2jcc4.jar", b"made by a test\n".to_vec()),
        ("lib/ojdbc8.jar", zip(&[("META-INF/LICENSE", "x")])),
        ("dist/x-1.0.whl", zip(&[("x-1.0.dist-info/METADATA", "License: Proprietary\n")])),
        ("chart/charts/b-1.tgz", tgz(&[("b/Chart.yaml", b"name: b\n")])),
        ("bin/tool", elf.clone()),
        ("tests/fixtures/t.jar", zip(&[("a.class", "x")])),
        ("tools/composer", phar(b"src/a.php")),
        // These are fine.
        ("tools/phpunit", phar(b"src/LICENSE")),
        ("tests/fixtures/t.zip", zip(&[("a.txt", "x")])),
        ("tests/fixtures/t.tgz", tgz(&[("a.txt", b"x")])),
        ("gradle/wrapper/gradle-wrapper.jar", zip(&[("a.class", "x")])),
        ("lib/b.jar", zip(&[("META-INF/LICENSE.txt", "x")])),
        ("lib/c.jar", zip(&[("META-INF/MANIFEST.MF", "Bundle-License: Apache-2.0\n")])),
        ("dist/y-1.0.whl", zip(&[("y-1.0.dist-info/METADATA", "License: MIT\n")])),
        ("dist/z.tgz", tgz(&[("package/package.json", br#"{"license": "MIT"}"#)])),
        ("dist/w.tar.gz", tgz(&[("w/LICENSE", b"x")])),
        ("native/libx.so", elf),
        ("native/LICENSE", MIT.as_bytes().to_vec()),
        ("notes.zip", b"only a text with that name\n".to_vec()),
        ("empty.zip", zip(&[])),
        ("docs/report.docx", zip(&[("word/document.xml", "<x/>")])),
    ];
    assert_eq!(
        found_in(Licensing::default(), &files),
        [
            "vendored-binary bin/tool medium",
            "vendored-binary chart/charts/b-1.tgz medium",
            "vendored-not-open dist/x-1.0.whl high",
            "vendored-binary lib/a.jar medium",
            "vendored-binary lib/db2jcc4.jar high",
            "vendored-binary lib/ojdbc8.jar high",
            "vendored-binary tests/fixtures/t.jar low",
            "vendored-binary tools/composer medium",
        ]
    );
}

#[test]
fn a_file_under_closed_terms_is_told_once() {
    let banner = "/*! d v1.0.0 | License: CC-BY-NC-4.0 | https://creativecommons.org/licenses/by-nc/4.0/ */\n";
    let content = format!("{banner}{}", JS.repeat(40));
    let files =
        [("LICENSE", MIT.as_bytes().to_vec()), ("static/d-1.0.0.min.js", content.into_bytes())];
    let policy = Licensing { outbound: Some("MIT".into()), ..Licensing::default() };
    let (rules, judged) = judge(policy, &files);
    let names = judged.findings.iter().map(|one| rules.info(one.rule).name().to_owned());
    let ours = ["vendored-not-open", "header-incompatible"];
    let names: Vec<String> = names.filter(|name| ours.contains(&name.as_str())).collect();
    assert_eq!(names, ["vendored-not-open"]);
}

#[test]
fn trees_that_a_package_manager_wrote_are_one_finding_each() {
    let files = [
        ("LICENSE", MIT),
        ("package.json", PACKAGE),
        ("node_modules/a/package.json", PACKAGE),
        ("node_modules/a/LICENSE", MIT),
        ("node_modules/a/index.js", JS),
        ("node_modules/@s/b/package.json", PACKAGE),
        ("node_modules/@s/b/LICENSE", MIT),
        ("node_modules/@s/b/index.js", JS),
        ("go.mod", "module a\n"),
        ("vendor/modules.txt", "# golang.org/x/net v1\n"),
        ("vendor/golang.org/x/net/html/a.go", "package html\n"),
        ("vendor/golang.org/x/net/LICENSE", MIT),
        ("test/fixtures/node_modules/c/package.json", PACKAGE),
        ("third_party/d/d.c", "int d;\n"),
        ("third_party/d/LICENSE", MIT),
    ];
    assert_eq!(found(&files), ["vendored-tree node_modules medium", "vendored-tree vendor medium"]);
}

#[test]
fn notices_of_others_are_repeated() {
    let theirs = "Acme Thing\n============\nCopyright 2020   Acme\n\nIt includes gadgets.\n";
    let with = |top: &'static str| {
        [
            ("LICENSE", APACHE),
            ("NOTICE", top),
            ("third_party/a/LICENSE", APACHE),
            ("third_party/a/NOTICE", theirs),
            ("third_party/a/a.c", "int a;\n"),
        ]
    };
    let full = with("Ours\n\nIt includes gadgets.\nAcme thing\nCopyright 2020 Acme\nand more\n");
    assert_eq!(found(&full), NONE);
    let half = with("Ours\nAcme Thing\n");
    assert_eq!(found(&half), ["notice-missing third_party/a/NOTICE medium"]);
    // The licence asks for nothing of the kind.
    let other = [
        ("LICENSE", APACHE),
        ("third_party/a/LICENSE", MIT),
        ("third_party/a/NOTICE", theirs),
        ("third_party/a/a.c", "int a;\n"),
        ("NOTICE.txt", "Ours\n"),
    ];
    assert_eq!(found(&other), NONE);
}

#[test]
fn submodules_are_asked_about_each() {
    let text = "[submodule \"a\"]\n\tpath = ext/a\n\turl = https://github.com/x/a.git\n\
                [submodule \"b\"]\n\tpath = ext/b\n\turl = git@git.acme.example:x/b.git\n\
                [submodule \"c\"]\n\tpath = ext/c\n\turl = ../c.git\n\
                [submodule \"d\"]\n\tpath = ext/d\n\turl = https://github.com/x/d.git\n";
    let files = [
        ("LICENSE", MIT),
        (".gitmodules", text),
        ("ext/d/d.c", "int d;\n"),
        ("ext/d/LICENSE", MIT),
    ];
    assert_eq!(
        found(&files),
        [
            "submodule-unknown .gitmodules medium",
            "submodule-unknown .gitmodules high",
            "submodule-unknown .gitmodules medium",
        ]
    );
}

#[test]
fn packages_are_listed_for_the_report() {
    let files: Vec<(&str, Vec<u8>)> = [
        ("LICENSE", MIT),
        ("third_party/a/LICENSE", APACHE),
        ("third_party/a/NOTICE", "Acme\n"),
        ("third_party/a/a.c", "/* Copyright 2019 Acme, Inc. */\nint a;\n"),
    ]
    .map(|(name, text)| (name, text.as_bytes().to_vec()))
    .to_vec();
    let (_, judged) = judge(Licensing::default(), &files);
    let [one] = judged.third_party.as_slice() else {
        unreachable!("one package, not {:?}", judged.third_party)
    };
    assert_eq!(one.root.to_string(), "third_party/a");
    assert_eq!(&*one.licences[0], "Apache-2.0");
    assert_eq!(&*one.holders[0], "Acme, Inc");
    assert_eq!(
        one.text.as_ref().map(ToString::to_string).as_deref(),
        Some("third_party/a/LICENSE")
    );
    assert_eq!(
        one.notice.as_ref().map(ToString::to_string).as_deref(),
        Some("third_party/a/NOTICE")
    );
}

#[test]
fn every_rule_of_this_file_is_there() {
    let rules = RuleSet::builtin().expect("built-in rules");
    for name in RULES {
        let rule = rules.find(&format!("licensing/{name}")).expect("the rule");
        assert!(rules.info(rule).severity >= Severity::Medium);
    }
}

proptest! {
    #[test]
    fn any_bytes_are_borne(
        bytes in prop::collection::vec(any::<u8>(), 0..400),
        head in prop::sample::select(vec![
            &b"PK\x03\x04"[..], b"!<arch>\ndebian-binary", b"\xed\xab\xee\xdb", b"\x1f\x8b\x08", b"",
            b"[submodule \"", b"/*! licensed ", b"# a.b ", b"dependencies:\n- name: ",
        ]),
        name in prop::sample::select(vec![
            "vendor/a/b.js", ".gitmodules", "vendor/modules.txt", "a.jar", "a.deb", "a.rpm",
            "a.tgz", "third_party/NOTICE", "jquery-1.2.min.js", "charts/a/Chart.yaml",
            "modules/a/metadata.json", "Puppetfile", "requirements.yml", "a.gem", "vendor/LICENSE",
        ]),
    ) {
        let _ = found_in(Licensing::default(), &[(name, [head, &bytes[..]].concat())]);
    }
}
