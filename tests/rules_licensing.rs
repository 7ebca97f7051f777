// SPDX-License-Identifier: MIT OR Apache-2.0
//! Every licensing rule: a repository in which it fires, and one like it in which it must not.
#![expect(clippy::expect_used, reason = "helpers of tests may fail loudly too")]

#[path = "common/licences.rs"]
mod licences;

use std::{
    collections::BTreeSet,
    sync::{Arc, LazyLock},
};

use debut::{
    domain::{Category, Finding, Place, RepoPath, Severity, Text, Vocabulary},
    rules::RuleSet,
    scan::{
        Engine, PathFacts, Scratch, View,
        licensing::{LicensingScan, observe},
    },
};
use proptest::prelude::*;

const MIT: &str = include_str!("../LICENSE-MIT");
const APACHE: &str = include_str!("../LICENSE-APACHE");
const CODE: &str = "a = 1\nb = 2\nc = 3\nd = 4\ne = 5\nf = 6\n";

const ALTERED: &str =
    concat!(include_str!("../LICENSE-MIT"), "\nThe software may not be used by competitors.\n");

type Files<'a> = &'a [(&'a str, &'a str)];

/// A rule with files in which it fires and files in which it does not.
struct Case<'a> {
    rule: &'a str,
    fires: Files<'a>,
    not: Files<'a>,
}

fn scan(files: Files<'_>) -> Vec<(String, Finding)> {
    // A test of many texts makes no engine for each.
    static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
        let rules = Arc::new(RuleSet::builtin().expect("built-in rules"));
        Engine::new(rules, &Vocabulary::default()).expect("engine")
    });
    let (engine, rules) = (&*ENGINE, ENGINE.rules());
    let mut whole = LicensingScan::default();
    let mut found = Vec::new();
    for (name, content) in files {
        let path = RepoPath::new(name.as_bytes());
        let text = Text::decode(content.as_bytes()).expect("text");
        if let Some(seen) = observe(&path, &View::new(&PathFacts::of(&path), &text.bytes)) {
            whole.add(&path, seen);
        }
        found.extend(engine.scan_file(&path, content.as_bytes(), &mut Scratch::default()).findings);
    }
    found.extend(whole.finish(rules).findings);
    found
        .into_iter()
        .map(|finding| (rules.info(finding.rule).name().to_owned(), finding))
        .filter(|(_, finding)| rules.info(finding.rule).category == Category::Licensing)
        .collect()
}

fn names(files: Files<'_>) -> Vec<String> {
    scan(files).into_iter().map(|(name, _)| name).collect()
}

const LONG_OTHER: &str = "You may look at this work on weekdays between nine and five, you may \
     show it to your neighbours, and on the first Sunday of each month you may hum along with it \
     provided that you do so quietly and take your shoes off at the door.";

fn whole_cases() -> Vec<Case<'static>> {
    vec![
        Case {
            rule: "license-missing",
            fires: &[("README.md", "## License\n\nMIT"), ("sub/LICENSE", MIT), ("a.py", CODE)],
            not: &[("LICENSES/MIT.txt", MIT)],
        },
        Case {
            rule: "license-empty",
            fires: &[("LICENSE", "Copyright 2020 Us\n")],
            not: &[
                ("LICENSE", "MIT or Apache-2.0\n"),
                ("LICENSE-MIT", MIT),
                ("LICENSE-APACHE", APACHE),
            ],
        },
        Case {
            rule: "license-unknown",
            fires: &[("LICENSE.txt", LONG_OTHER)],
            not: &[
                ("LICENSE.txt", MIT),
                ("COPYRIGHT", LONG_OTHER),
                ("license_server.py", LONG_OTHER),
            ],
        },
        Case {
            rule: "license-altered",
            fires: &[("LICENSE", ALTERED)],
            not: &[("LICENSE", MIT), ("lib/LICENSE.md", APACHE)],
        },
        Case {
            rule: "license-placeholder",
            fires: &[(
                "LICENSE",
                "Copyright <YEAR> <COPYRIGHT HOLDER>\n\nall sorts of words follow",
            )],
            not: &[("LICENSE", APACHE)],
        },
        Case {
            rule: "license-not-open",
            fires: &[
                ("LICENSE", MIT),
                ("Cargo.toml", "[package]\nname = \"a\"\nlicense = \"BUSL-1.1\""),
            ],
            not: &[("LICENSE", MIT), ("Cargo.toml", "[package]\nname = \"a\"\nlicense = \"MIT\"")],
        },
        Case {
            rule: "license-conflict",
            fires: &[("LICENSE", MIT), ("COPYING", APACHE)],
            not: &[("LICENSE-MIT", MIT), ("LICENSE-APACHE", APACHE)],
        },
        Case {
            rule: "readme-contradicts",
            fires: &[("LICENSE", MIT), ("README.md", "# x\n\n## License\n\nGPLv3\n")],
            not: &[("LICENSE", MIT), ("README.md", "# x\n\n## License\n\nMIT; examples are BSD\n")],
        },
    ]
}

fn manifest_cases() -> Vec<Case<'static>> {
    vec![
        Case {
            rule: "manifest-contradicts",
            fires: &[
                ("LICENSE", MIT),
                ("r/meta/main.yml", "galaxy_info:\n  license: GPL-3.0-or-later\n"),
            ],
            not: &[
                ("LICENSE", MIT),
                ("r/LICENSE", APACHE),
                ("r/meta/main.yml", "galaxy_info:\n  license: Apache 2.0\n"),
                ("vendor/x/package.json", r#"{"license": "ISC"}"#),
            ],
        },
        Case {
            rule: "manifest-proprietary",
            fires: &[
                ("LICENSE", MIT),
                ("metadata.rb", "name 'a'\nlicense 'All Rights Reserved'\n"),
            ],
            not: &[
                ("LICENSE", MIT),
                ("package.json", r#"{"private": true, "license": "Unlicense"}"#),
            ],
        },
        Case {
            rule: "manifest-invalid",
            fires: &[
                ("LICENSE", MIT),
                (
                    "meta/main.yml",
                    "galaxy_info:\n  license: license (GPL-2.0-or-later, MIT, etc)\n",
                ),
            ],
            not: &[
                ("LICENSE", MIT),
                ("meta/main.yml", "galaxy_info:\n  license: mit\n"),
                ("galaxy.yml", "namespace: a\nlicense: \"{{ license }}\"\n"),
            ],
        },
        Case {
            rule: "manifest-missing",
            fires: &[("LICENSE", MIT), ("Cargo.toml", "[package]\nname = \"a\"\n")],
            not: &[
                ("LICENSE", MIT),
                ("Cargo.toml", "[package]\nname = \"a\"\npublish = false\n"),
                ("tools/package.json", r#"{"devDependencies": {}}"#),
                ("go.mod", "module a\n"),
            ],
        },
    ]
}

fn file_cases() -> Vec<Case<'static>> {
    vec![
        Case {
            rule: "header-proprietary",
            fires: &[(
                "a.py",
                "# Copyright 2020 Acme Inc.\n# Proprietary and confidential.\nx = 1\n",
            )],
            not: &[(
                "a.tf",
                "access_type = \"CONFIDENTIAL\"\n# For internal use only, not by callers\n",
            )],
        },
        Case {
            rule: "spdx-invalid",
            fires: &[("a.py", "# SPDX-License-Identifier: Apache Two\n")],
            not: &[("a.py", "# SPDX-License-Identifier: apache-2.0 OR mit\n")],
        },
        Case {
            rule: "snippet-cc-by-sa",
            fires: &[("a.py", "# copied from https://stackoverflow.com/a/12345\nx = 1\n")],
            not: &[
                ("a.py", "x = 'https://stackoverflow.com/a/12345'\n"),
                ("a.md", "copied from https://stackoverflow.com/a/12345\n"),
            ],
        },
    ]
}

#[test]
fn every_rule_fires_and_knows_its_near_miss() {
    let cases: Vec<Case<'_>> =
        whole_cases().into_iter().chain(manifest_cases()).chain(file_cases()).collect();
    for Case { rule, fires, not } in &cases {
        let found = names(fires);
        assert!(found.iter().any(|name| name == rule), "{rule} does not fire: {found:?}");
        let found = names(not);
        assert!(!found.iter().any(|name| name == rule), "{rule} fires in {not:?}");
    }
    let rules = RuleSet::builtin().expect("built-in rules");
    let licensing = rules.iter().filter(|(_, rule)| rule.info.category == Category::Licensing);
    // Their cases stand in tests/licensing_*.
    let elsewhere = [
        "copyright-foreign",
        "dependency-",
        "header-incompatible",
        "header-missing",
        "history",
        "media-",
        "notice-missing",
        "reuse-",
        "spdx-deprecated",
        "submodule-unknown",
        "vendored-",
    ];
    let all: BTreeSet<&str> = licensing
        .map(|(_, rule)| rule.info.name())
        .filter(|name| !elsewhere.iter().any(|start| name.starts_with(start)))
        .collect();
    let tested: BTreeSet<&str> = cases.iter().map(|case| case.rule).collect();
    assert_eq!(all, tested, "every licensing rule has a case");
}

#[test]
fn our_own_habit_is_clean() {
    let own = [
        ("LICENSE", include_str!("../LICENSE")),
        ("LICENSE-MIT", MIT),
        ("LICENSE-APACHE", APACHE),
        ("Cargo.toml", include_str!("../Cargo.toml")),
    ];
    assert_eq!(names(&own), Vec::<String>::new());
}

#[test]
fn common_words_in_headers_are_no_findings() {
    let files = [
        ("LICENSE", MIT),
        (
            "a.go",
            "// Copyright 2009 The Go Authors. All rights reserved.\n// Use of this source code is governed by a BSD-style\n// license that can be found in the LICENSE file.\npackage a\n",
        ),
        (
            "b.c",
            "/* incorporating your program into proprietary programs\n * GNU General Public License version 3 */\n",
        ),
        ("c.py", "# the MaxMind proprietary database\nx = 'Copyright us, all rights reserved'\n"),
        (
            "d.py",
            "TAG = 'SPDX-License-Identifier: nonsense here'\n# SPDX-License-Identifier: <id>\n",
        ),
        ("e.c", "/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */\n"),
        ("f.md", "```\nSPDX-License-Identifier: our thing\n```\n"),
        ("g.py", "# REUSE-IgnoreStart\n# SPDX-License-Identifier: our thing\n# REUSE-IgnoreEnd\n"),
        ("i.rc", "VALUE \"LegalCopyright\", \"Copyright (C) us. All rights reserved.\"\n"),
        (
            "j.rs",
            "/* Copyright 1993 Sun Microsystems, Inc. All rights reserved.\n * Permission to use, copy, modify, and distribute this is freely granted. */\n",
        ),
        (
            "licenses/AFL",
            "This License applies. Licensor keeps its trade secrets, Inc. prohibited.\n",
        ),
        ("h.html", "<footer>Copyright Acme Inc. All rights reserved.</footer>\n"),
    ];
    // Whose work it is and what goes together are other questions: tests/licensing_policy.rs.
    let mut found = names(&files);
    found.retain(|name| name != "copyright-foreign" && name != "header-incompatible");
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn gnu_texts_do_not_tell_only_from_later() {
    let gpl = licences::text("GPL-3.0");
    let gpl = gpl.as_str();
    for declared in ["GPL-3.0-only", "GPL-3.0-or-later", "GPL-2.0-or-later", "GPLv3+"] {
        let manifest = format!("galaxy_info:\n  license: {declared}\n");
        let files = [("COPYING", gpl), ("meta/main.yml", manifest.as_str())];
        assert_eq!(names(&files), Vec::<String>::new(), "{declared}");
    }
    let files = [("COPYING", gpl), ("meta/main.yml", "galaxy_info:\n  license: GPL-2.0-only\n")];
    assert_eq!(names(&files), ["manifest-contradicts"]);
}

#[test]
fn findings_point_at_the_evidence() {
    let manifest = "[package]\nname = \"a\"\nlicense = \"MIT/Apache-2.0\"\n";
    let found = scan(&[("LICENSE", MIT), ("Cargo.toml", manifest)]);
    let (_, slash) = found.iter().find(|(name, _)| name == "manifest-invalid").expect("slash");
    assert_eq!(slash.severity, Severity::Low);
    let span = slash.place.span().expect("a span");
    assert_eq!(&manifest.as_bytes()[span.range()], slash.value.expose());
    let (_, conflict) =
        found.iter().find(|(name, _)| name == "license-conflict").expect("one text");
    assert_eq!(conflict.path, RepoPath::new(b"Cargo.toml"));
    let (_, missing) = &scan(&[("a.py", CODE)])[0];
    assert!(missing.place == Place::Repository && missing.path.is_root());
    assert_eq!(missing.severity, Severity::High);
}

proptest! {
    #[test]
    fn any_bytes_are_observed(
        bytes in prop::collection::vec(any::<u8>(), 0..600),
        name in prop::sample::select(vec![
            "LICENSE", "README.md", "a.py", "Cargo.toml", "package.json", "pyproject.toml",
            "setup.py", "setup.cfg", "galaxy.yml", "meta/main.yml", "metadata.rb", "pom.xml",
            "a.gemspec", "Dockerfile", "Chart.yaml", "metadata.json",
        ]),
    ) {
        let path = RepoPath::new(name.as_bytes());
        if let Some(seen) = observe(&path, &View::new(&PathFacts::of(&path), &bytes)) {
            let mut scan = LicensingScan::default();
            scan.add(&path, seen);
            let _ = scan.finish(&RuleSet::builtin().expect("built-in rules"));
        }
    }

    #[test]
    fn words_in_any_order_are_observed(
        words in prop::collection::vec(prop::sample::select(vec![
            "license", "licenses", "=", ":", "'", "\"", "[", "]", "\n", "  ", "- ", "%w[", "setup(",
            "SPDX-License-Identifier:", "galaxy_info:", "annotations:", "MIT", "(", ")", "AND", "/*",
            "*/", "\"\"\"", "<licenses>", "<name>", "s.license", "## License\n", "badge/license-",
            "Copyright", "confidential", "all rights reserved", "\u{e9}", "\u{130}", "<year>", "#", "+",
            "org.opencontainers.image.licenses", "License :: ", "REUSE-IgnoreStart", "GPL", "----",
        ]), 0..60),
        name in prop::sample::select(vec![
            "LICENSE", "README.md", "a.py", "a.c", "Cargo.toml", "setup.py", "setup.cfg",
            "galaxy.yml", "meta/main.yml", "metadata.rb", "pom.xml", "a.gemspec", "Dockerfile",
            "Chart.yaml",
        ]),
    ) {
        let text = words.concat();
        scan(&[(name, &text)]);
    }
}
