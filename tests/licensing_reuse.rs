// SPDX-License-Identifier: MIT OR Apache-2.0
//! The rules of REUSE 3.3: trees in which each fires, and trees like them in which it must not.
#![expect(clippy::expect_used, reason = "helpers of tests may fail loudly too")]

use std::collections::BTreeSet;

use debut::{
    domain::{Finding, Licensing, RepoPath, Severity, Text},
    repo::{EntryKind, TreeEntry},
    rules::RuleSet,
    scan::{
        PathFacts, View,
        licensing::{LicensingScan, observe},
    },
};
use git2::Oid;

const EMPTY: &str = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";
const HEADER: &str =
    concat!("# SPDX-FileCopyrightText: 2020 Us\n# SPDX-License", "-Identifier: MIT\n");

type Files<'a> = &'a [(&'a str, &'a str)];

fn tag(expression: &str) -> String {
    format!("# Copyright 2020 Us\n# SPDX-License{}: {expression}\n", "-Identifier")
}

fn entry(path: &str, content: &str) -> TreeEntry {
    let oid = if content.is_empty() { EMPTY.to_owned() } else { "1".repeat(40) };
    let kind = match content {
        "->" => EntryKind::Link,
        "module" => EntryKind::Submodule,
        _ => EntryKind::File,
    };
    TreeEntry { path: RepoPath::new(path.as_bytes()), oid: Oid::from_str(&oid).expect("id"), kind }
}

/// Judges the files under what the policy says of REUSE. A content that is no text is a binary.
fn judge(reuse: Option<bool>, files: Files<'_>) -> Vec<(String, Finding)> {
    let entries: Vec<TreeEntry> =
        files.iter().map(|(path, content)| entry(path, content)).collect();
    let rules = RuleSet::builtin().expect("built-in rules");
    let mut scan = LicensingScan::new(Licensing { reuse, ..Licensing::default() }, &entries);
    for (name, content) in files {
        let path = RepoPath::new(name.as_bytes());
        let Some(text) = Text::decode(content.as_bytes()) else { continue };
        if let Some(seen) = observe(&path, &View::new(&PathFacts::of(&path), &text.bytes)) {
            scan.add(&path, seen);
        }
    }
    let found = scan.finish(&rules).findings;
    let name = |finding: &Finding| rules.info(finding.rule).name().to_owned();
    let ours = found.into_iter().map(|finding| (name(&finding), finding));
    ours.filter(|(name, _)| name.starts_with("reuse-")).collect()
}

/// Returns what was found as `rule path` under a policy that wants REUSE.
fn found(files: Files<'_>) -> Vec<String> {
    let all = judge(Some(true), files);
    all.iter().map(|(name, finding)| format!("{name} {}", finding.path)).collect()
}

const MIT: (&str, &str) = ("LICENSES/MIT.txt", "Permission is hereby granted");
const GOOD: (&str, &str) = ("a.py", HEADER);

#[test]
fn a_project_in_order_is_clean() {
    let files = [
        MIT,
        GOOD,
        ("LICENSE", "x"),
        ("b/COPYING.txt", "x"),
        ("logo.png", "\0\u{1}"),
        ("logo.png.license", HEADER),
        ("data/x.json", "{}"),
        ("empty.txt", ""),
        ("link.txt", "->"),
        ("lib", "module"),
        (".gitignore", "target\n"),
        ("sbom.spdx.json", "{}"),
        ("meson.build", HEADER),
        ("subprojects/zlib/zlib.c", "x"),
        (
            "REUSE.toml",
            "version = 1\n[[annotations]]\npath = \"data/**\"\nSPDX-FileCopyrightText = \"Us\"\n\
             SPDX-License-Identifier = \"MIT\"\n",
        ),
    ];
    assert_eq!(found(&files), Vec::<String>::new());
}

/// A file under the licence that is named.
macro_rules! under {
    ($expression:literal) => {
        concat!("# Copyright 2020 Us\n# SPDX-License", "-Identifier: ", $expression, "\n")
    };
}

#[test]
fn a_tag_that_nobody_can_read_is_told_once() {
    let rule = |reuse, files: Files<'_>| {
        let all = judge(reuse, files);
        all.into_iter().filter(|(name, _)| name == "reuse-invalid-expression").count()
    };
    let files = [MIT, GOOD, ("b.py", under!("A B"))];
    // `spdx-invalid` tells it to everybody.
    assert_eq!((rule(None, &files), rule(Some(true), &files)), (0, 1));
    let table = "version = 1\n[[annotations]]\npath = \"*\"\nSPDX-License-Identifier = \"A B\"\n";
    assert_eq!(rule(None, &[MIT, GOOD, ("REUSE.toml", table)]), 1);
}

/// A rule with files in which it fires and files in which it does not.
struct Case {
    rule: &'static str,
    fires: Files<'static>,
    not: Files<'static>,
}

const SNIPPET: &str = concat!(
    "# Copyright 2020 Us\n# SPDX-License",
    "-Identifier: MIT\n# SPDX-SnippetBegin\n# SPDX-License",
    "-Identifier: ISC\n# SPDX-SnippetEnd\n"
);
const TOML: (&str, &str) = ("REUSE.toml", "version = 1\n");

const FILE_CASES: &[Case] = &[
    Case { rule: "reuse-no-info", fires: &[MIT, GOOD, ("b.py", "x = 1\n")], not: &[MIT, GOOD] },
    Case {
        rule: "reuse-missing-text",
        fires: &[MIT, GOOD, ("b.py", under!("ISC"))],
        not: &[MIT, GOOD],
    },
    // A part of a file is under its licence as well.
    Case {
        rule: "reuse-missing-text",
        fires: &[MIT, ("b.py", SNIPPET)],
        not: &[MIT, ("LICENSES/ISC.txt", "x"), ("b.py", SNIPPET)],
    },
    Case {
        rule: "reuse-missing-text",
        fires: &[MIT, GOOD, ("b.py", under!("LicenseRef-Ours"))],
        not: &[("b.py", under!("LicenseRef-Ours")), ("LICENSES/LicenseRef-Ours.md", "x")],
    },
    Case {
        rule: "reuse-invalid-expression",
        fires: &[MIT, GOOD, ("b.py", under!("A B"))],
        not: &[MIT, GOOD],
    },
    Case {
        rule: "reuse-deprecated",
        fires: &[("b.py", under!("GPL-2.0")), ("LICENSES/GPL-2.0.txt", "x")],
        not: &[MIT, GOOD],
    },
];

const TEXT_CASES: &[Case] = &[
    Case {
        rule: "reuse-unused-text",
        fires: &[MIT, GOOD, ("LICENSES/ISC.txt", "x")],
        not: &[MIT, GOOD],
    },
    // The text of the old id serves its "or later" too.
    Case {
        rule: "reuse-unused-text",
        fires: &[MIT, GOOD, ("LICENSES/GPL-2.0.txt", "x")],
        not: &[("b.py", under!("GPL-2.0+")), ("LICENSES/GPL-2.0.txt", "x")],
    },
    Case {
        rule: "reuse-bad-license",
        fires: &[MIT, GOOD, ("LICENSES/Ours.txt", "x")],
        not: &[MIT, GOOD, ("LICENSES/MIT.txt.license", "x"), ("b/LICENSES/x.txt", "x")],
    },
    Case {
        rule: "reuse-bad-license",
        fires: &[GOOD, ("LICENSES/mit.txt", "x")],
        not: &[MIT, GOOD],
    },
    Case { rule: "reuse-no-extension", fires: &[GOOD, ("LICENSES/MIT", "x")], not: &[GOOD, MIT] },
];

const TABLE_CASES: &[Case] = &[
    Case {
        rule: "reuse-invalid-expression",
        fires: &[
            MIT,
            GOOD,
            (
                "REUSE.toml",
                "version = 1\n[[annotations]]\npath = \"*\"\nSPDX-License-Identifier = \"A B\"\n",
            ),
        ],
        not: &[MIT, GOOD, TOML],
    },
    Case {
        rule: "reuse-config",
        fires: &[MIT, GOOD, ("REUSE.toml", "version = \n")],
        not: &[MIT, GOOD, TOML],
    },
    Case {
        rule: "reuse-config",
        fires: &[MIT, GOOD, ("d/REUSE.toml", "[[annotations]]\npath = 1\n")],
        not: &[MIT, GOOD, ("d/REUSE.toml", "version = 1\n")],
    },
    Case {
        rule: "reuse-config",
        fires: &[MIT, GOOD, (".reuse/dep5", "Format: x\n")],
        not: &[MIT, GOOD, ("docs/.reuse/dep5", "Format: x\n")],
    },
];

#[test]
fn every_rule_fires_and_knows_its_near_miss() {
    let cases = || FILE_CASES.iter().chain(TEXT_CASES).chain(TABLE_CASES);
    for Case { rule, fires, not } in cases() {
        let fired = found(fires);
        assert!(fired.iter().any(|one| one.starts_with(rule)), "{rule} in {fires:?}: {fired:?}");
        let fired = found(not);
        assert!(!fired.iter().any(|one| one.starts_with(rule)), "{rule} in {not:?}: {fired:?}");
    }
    let rules = RuleSet::builtin().expect("built-in rules");
    let all = rules.iter().map(|(_, rule)| rule.info.name());
    let all: BTreeSet<&str> = all.filter(|name| name.starts_with("reuse-")).collect();
    assert_eq!(all, cases().map(|case| case.rule).collect());
}

#[test]
fn it_is_judged_where_wanted_or_followed() {
    let silent = |files: Files<'_>| judge(None, files).is_empty();
    let bad = ("b.py", "x = 1\n");
    // Somebody else's texts in such a folder, and no tag anywhere.
    assert!(silent(&[("LICENSES/MIT.txt", "x"), ("LICENSES/ISC.txt", "x"), bad]));
    assert!(silent(&[("LICENSES/vendor/a/LICENSE", "x"), GOOD, bad]));
    assert!(silent(&[GOOD, bad]));
    assert!(silent(&[("vendor/x/REUSE.toml", "version = 1\n"), bad]));
    assert!(!silent(&[MIT, GOOD, bad]));
    assert!(!silent(&[("REUSE.toml", "version = 1\n"), bad]));
    assert!(!silent(&[(".reuse/dep5", "Format: x\n"), bad]));
    assert!(judge(Some(false), &[("REUSE.toml", "version = 1\n"), MIT, GOOD, bad]).is_empty());
}

#[test]
fn what_the_policy_wants_blocks() {
    let files = [MIT, GOOD, ("tests/b.py", "x = 1\n")];
    let severity = |reuse| judge(reuse, &files)[0].1.severity;
    assert_eq!(severity(Some(true)), Severity::High);
    // In a test, and nobody has asked for it.
    assert_eq!(severity(None), Severity::Low);
    let both = [MIT, GOOD, ("REUSE.toml", "version = 1\n"), (".reuse/dep5", "Format: x\n")];
    let clash = judge(None, &both);
    assert_eq!(clash[0].1.severity, Severity::High);
    assert_eq!(found(&both), ["reuse-config REUSE.toml", "reuse-config .reuse/dep5"]);
    let old = [MIT, GOOD, (".reuse/dep5", "Format: x\n")];
    assert_eq!(judge(Some(true), &old)[0].1.severity, Severity::Low);
}

#[test]
fn files_are_grouped_by_folder_and_say_what_is_missing() {
    let licence = HEADER.lines().nth(1).expect("a tag");
    let files =
        [MIT, GOOD, ("d/x.py", "x\n"), ("d/y.py", licence), ("d/z.py", "# Copyright 2020 Us\n")];
    let all = judge(Some(true), &files);
    assert!(all.len() == 3 && all.iter().all(|(_, one)| one.value.expose() == b"d"));
    let notes: Vec<&str> = all.iter().map(|(_, one)| one.notes[0].as_str()).collect();
    assert!(notes[0].starts_with("neither") && notes[1].starts_with("no copyright"));
    assert!(notes[2].starts_with("no licence"));
}

fn toml(path: &str, precedence: &str, licence: &str) -> String {
    let licence = match licence {
        "" => String::new(),
        licence => format!("SPDX-License-Identifier = \"{licence}\"\n"),
    };
    format!(
        "version = 1\n[[annotations]]\npath = \"{path}\"\nprecedence = \"{precedence}\"\n\
         SPDX-FileCopyrightText = \"Us\"\n{licence}"
    )
}

#[test]
fn precedence_decides_whose_word_holds() {
    let isc = tag("ISC");
    let used = |root: &str, nested: &str| {
        let files =
            [("REUSE.toml", root), ("d/REUSE.toml", nested), ("d/x.py", &isc), ("d/y.bin", "x")];
        let files: Vec<_> = files.into_iter().filter(|(_, text)| !text.is_empty()).collect();
        let missing = judge(Some(true), &files);
        let ids = missing.iter().filter(|(name, _)| name == "reuse-missing-text");
        let id = |one: &Finding| String::from_utf8_lossy(one.value.expose()).into_owned();
        ids.map(|(_, one)| id(one)).collect::<Vec<_>>().join(" ")
    };
    // The file first, and the table where it is silent.
    assert_eq!(used(&toml("**", "closest", "MIT"), ""), "ISC MIT");
    assert_eq!(used(&toml("d/x.py", "closest", "MIT"), ""), "ISC");
    assert_eq!(used(&toml("d/x.py", "aggregate", "MIT"), ""), "ISC MIT");
    assert_eq!(used(&toml("**", "override", "MIT"), ""), "MIT");
    // The nearest table where the file is silent; the one nearest the root where both override.
    let (near, far) = (toml("**", "closest", "0BSD"), toml("**", "closest", "MIT"));
    assert_eq!(used(&far, &near), "0BSD ISC");
    let (near, far) = (toml("**", "override", "0BSD"), toml("**", "override", "MIT"));
    assert_eq!(used(&far, &near), "MIT");
    assert_eq!(used(&toml("**", "closest", "MIT"), &near), "0BSD");
    assert_eq!(used(&toml("**", "aggregate", "MIT"), &near), "0BSD MIT");
}

#[test]
fn the_file_beside_speaks_instead_of_the_file() {
    let files = [MIT, GOOD, ("b.py", &*tag("ISC")), ("b.py.license", HEADER)];
    assert_eq!(found(&files), Vec::<String>::new());
    // Even where it says nothing.
    assert_eq!(
        found(&[MIT, GOOD, ("b.py", HEADER), ("b.py.license", "x\n")]),
        ["reuse-no-info b.py"]
    );
}

#[test]
fn dep5_adds_to_what_the_file_says() {
    let dep5 = "Format: x\n\nFiles: *\nCopyright: 2020 Us\nLicense: ISC\n";
    let files = [MIT, GOOD, (".reuse/dep5", dep5), ("d/x.png", "\0")];
    assert_eq!(found(&files), ["reuse-config .reuse/dep5", "reuse-missing-text .reuse/dep5"]);
}

#[test]
fn a_broken_table_is_told_once() {
    let files = [MIT, GOOD, ("REUSE.toml", "version = \n"), ("b.py", "x\n"), ("c.py", "x\n")];
    assert_eq!(found(&files), ["reuse-config REUSE.toml"]);
}
