// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a written policy about licences finds: what the release can't take in, what is not open,
//! and whose copyright it is.
#![expect(clippy::expect_used, reason = "helpers of tests may fail loudly too")]

use std::sync::Arc;

use debut::{
    domain::{Finding, Headers, Licensing, RepoPath, Severity, Text},
    repo::{EntryKind, TreeEntry},
    rules::RuleSet,
    scan::{
        PathFacts, View,
        licensing::{Apart, LicenceTree, LicensingScan, Outcome, compatible, observe},
    },
};
use git2::{ObjectFormat, Oid};

const MIT: &str = include_str!("../LICENSE-MIT");
const APACHE: &str = include_str!("../LICENSE-APACHE");
const CODE: &str = "a = 1\nb = 2\nc = 3\nd = 4\ne = 5\nf = 6\n";

type Files<'a> = &'a [(&'a str, String)];

fn policy(outbound: &str, owners: &[&str]) -> Licensing {
    Licensing {
        outbound: (!outbound.is_empty()).then(|| outbound.into()),
        owners: owners.iter().map(|owner| Arc::from(*owner)).collect(),
        third_party: vec!["libs/*".into()],
        ..Licensing::default()
    }
}

/// Returns rule, path and severity of what the rules of this file's subject find.
fn scan(policy: Licensing, files: Files<'_>) -> Vec<(String, String, Severity)> {
    let rules = Arc::new(RuleSet::builtin().expect("built-in rules"));
    let entry = |(name, _): &(&str, String)| TreeEntry {
        path: RepoPath::new(name.as_bytes()),
        oid: Oid::ZERO_SHA1,
        kind: EntryKind::File,
    };
    let entries: Vec<TreeEntry> = files.iter().map(entry).collect();
    let mut whole = LicensingScan::new(policy, &entries);
    for (name, content) in files {
        let path = RepoPath::new(name.as_bytes());
        let text = Text::decode(content.as_bytes()).expect("text");
        if let Some(seen) = observe(&path, &View::new(&PathFacts::of(&path), &text.bytes)) {
            whole.add(&path, seen);
        }
    }
    let subject =
        ["header-incompatible", "copyright-foreign", "license-not-open", "header-missing"];
    let of = |finding: Finding| {
        let name = rules.info(finding.rule).name().to_owned();
        (name, finding.path.to_string(), finding.severity)
    };
    let found = whole.finish(&rules).findings.into_iter().map(of);
    found.filter(|(name, _, _)| subject.contains(&name.as_str())).collect()
}

fn tagged(id: &str) -> String {
    format!("# SPDX-License-Identifier: {id}\n{CODE}")
}

fn one(policy: Licensing, path: &str, content: &str) -> Vec<(String, Severity)> {
    let files = [("LICENSE", MIT.to_owned()), (path, content.to_owned())];
    let found = scan(policy, &files).into_iter().filter(|(_, at, _)| at == path);
    found.map(|(name, _, severity)| (name, severity)).collect()
}

#[track_caller]
fn incompatible(outbound: &str, path: &str, content: &str, severity: Option<Severity>) {
    let found = one(policy(outbound, &[]), path, content);
    let wanted: Vec<(String, Severity)> =
        severity.into_iter().map(|severity| ("header-incompatible".into(), severity)).collect();
    assert_eq!(found, wanted, "{path} in {outbound}");
}

/// The table of OSADL as far as people meet it: for each outbound licence what becomes of those
/// taken in. y compatible, n not, c depends, u unknown.
#[test]
fn pairs_that_people_meet() {
    let inbound = [
        "MIT",
        "BSD-3-Clause",
        "Apache-2.0",
        "MPL-2.0",
        "LGPL-2.1-or-later",
        "LGPL-3.0-or-later",
        "GPL-2.0-only",
        "GPL-2.0-or-later",
        "GPL-3.0-or-later",
        "AGPL-3.0-only",
        "EPL-2.0",
        "CDDL-1.0",
        "BSD-4-Clause",
    ];
    let rows = [
        ("MIT", "yyynnnnnnnnny"),
        ("BSD-3-Clause", "yyynnnnnnnnny"),
        ("Apache-2.0", "yyynnnnnnnnny"),
        // OSADL does not know BSD-4-Clause here; our own row says that a permissive one fits.
        ("MPL-2.0", "yyyynnnnnnnny"),
        ("LGPL-2.1-or-later", "yynyynnnnccnn"),
        ("GPL-2.0-only", "yynyynyynncnn"),
        ("GPL-2.0-or-later", "yynyynnynccnn"),
        ("GPL-3.0-or-later", "yyyyyynyyccnn"),
        ("AGPL-3.0-only", "yyyyccnccynnn"),
    ];
    for (out, row) in rows {
        for (id, wanted) in inbound.iter().zip(row.chars()) {
            assert_eq!(letter(out, id), wanted, "{id} in {out}");
        }
    }
}

fn letter(outbound: &str, inbound: &str) -> char {
    let read = |text: &str| LicenceTree::read(text).expect("an expression");
    match compatible(&read(outbound), &read(inbound)).0 {
        Outcome::Compatible => 'y',
        Outcome::Incompatible => 'n',
        Outcome::Check => 'c',
        Outcome::Unknown => 'u',
        Outcome::Separate(Apart::Exception) => 'e',
        Outcome::Separate(Apart::Font) => 'f',
        Outcome::Separate(Apart::Documentation) => 'd',
        Outcome::Separate(Apart::Data) => 't',
        Outcome::Separate(_) => 's',
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "one line for each case")]
fn expressions_exceptions_and_rows_of_our_own() {
    let cases = [
        // Of OR the best branch, of AND the worst.
        ("MIT", "MIT OR GPL-2.0-only", 'y'),
        ("Apache-2.0", "GPL-2.0-or-later OR MIT", 'y'),
        ("MIT", "MIT AND GPL-2.0-only", 'n'),
        ("MIT", "(MIT OR GPL-2.0-only) AND Apache-2.0", 'y'),
        ("GPL-2.0-only", "Apache-2.0 OR GPL-2.0-or-later", 'y'),
        // Whoever gets A OR B may choose either.
        ("MIT OR Apache-2.0", "Apache-2.0", 'y'),
        ("MIT OR Apache-2.0", "GPL-3.0-only", 'n'),
        ("MIT OR GPL-3.0-or-later", "GPL-3.0-or-later", 'c'),
        ("MIT AND CC-BY-SA-4.0", "CC-BY-SA-4.0", 'y'),
        // What is offered under the same choice fits, and so do the same parts.
        ("LicenseRef-RSALv2 OR SSPL-1.0", "LicenseRef-RSALv2 OR SSPL-1.0", 'y'),
        ("RSALv2 OR SSPL-1.0", "LicenseRef-RSALv2 OR SSPL-1.0 OR BSD-3-Clause", 'y'),
        ("RSALv2 OR SSPL-1.0", "SSPL-1.0", 'c'),
        ("MIT OR GPL-3.0-only", "MIT OR GPL-3.0-only", 'y'),
        ("SSPL-1.0 AND BUSL-1.1", "BUSL-1.1 AND SSPL-1.0", 'y'),
        // What a text does not say counts in its favour.
        ("GPL-2.0", "GPL-2.0-only", 'y'),
        ("GPL-3.0-or-later", "GPL-3.0", 'y'),
        ("GPL-3.0-or-later", "GPL", 'y'),
        ("GPL-3.0-or-later", "GPL-2.0+", 'y'),
        ("GPL-3.0-or-later", "GPL-2.0", 'y'),
        ("GPL-3.0-or-later", "GPL-2.0-only", 'n'),
        ("Apache-2.0", "BSD", 'y'),
        ("apache-2.0", "mit", 'y'),
        ("LGPL-3.0-only", "MPL-1.1+", 'y'),
        // Exceptions.
        ("MIT", "GPL-3.0-or-later WITH Bison-exception-2.2", 'e'),
        ("MIT", "GPL-2.0-or-later WITH Autoconf-exception-generic", 'e'),
        ("MIT", "GPL-2.0-or-later WITH Libtool-exception", 'e'),
        ("MIT", "GPL-3.0-or-later WITH GCC-exception-3.1", 'e'),
        ("Apache-2.0", "GPL-2.0-only WITH Classpath-exception-2.0", 'e'),
        ("Apache-2.0", "GPL-2.0-with-classpath-exception", 'e'),
        ("MIT", "GPL-2.0-only WITH Linux-syscall-note", 'e'),
        ("GPL-2.0-only", "Apache-2.0 WITH LLVM-exception", 'y'),
        ("GPL-2.0-only", "Apache-2.0", 'n'),
        ("MIT", "Apache-2.0 WITH LLVM-exception", 'y'),
        ("MIT", "GPL-2.0-only WITH Font-exception-2.0", 'e'),
        ("MIT", "GPL-2.0-only WITH openvpn-openssl-exception", 'n'),
        // Rows of our own.
        ("MIT", "OFL-1.1", 'f'),
        ("GPL-2.0-only", "OFL-1.1-RFN", 'f'),
        ("MIT", "CC0-1.0", 'y'),
        ("GPL-2.0-only", "CC0-1.0", 'y'),
        ("MIT", "CC-BY-4.0", 'y'),
        ("GPL-3.0-or-later", "CC-BY-SA-4.0", 'y'),
        ("MIT", "CC-BY-SA-4.0", 'd'),
        ("MIT", "GFDL-1.3-or-later", 'd'),
        ("Apache-2.0", "ODbL-1.0", 't'),
        ("MIT", "BUSL-1.1", 'n'),
        ("GPL-3.0-or-later", "SSPL-1.0", 'n'),
        ("MIT", "CC-BY-NC-4.0", 'n'),
        ("CC-BY-SA-4.0", "CC-BY-SA-3.0", 'y'),
        ("BUSL-1.1", "GPL-3.0-only", 'n'),
        ("BUSL-1.1", "MIT", 'y'),
        ("BUSL-1.1", "BUSL-1.1", 'y'),
        ("MIT", "PSF-2.0", 'y'),
        ("GPL-3.0-or-later", "PSF-2.0", 'y'),
        ("GPL-2.0-only", "Python-2.0.1", 'y'),
        ("GPL-3.0-or-later", "Python-2.0", 'n'),
        ("MIT", "MIT-0", 'y'),
        ("MIT", "LicenseRef-altered-GPL-3.0", 'n'),
        ("MIT", "LicenseRef-House", 'u'),
    ];
    for (out, id, wanted) in cases {
        assert_eq!(letter(out, id), wanted, "{id} in {out}");
    }
}

#[test]
fn what_the_release_cannot_take_in() {
    use Severity::{High, Low, Medium};
    let gpl = tagged("GPL-2.0-only");
    incompatible("MIT", "a.py", &gpl, Some(High));
    incompatible("Apache-2.0", "src/a.py", &gpl, Some(High));
    incompatible("", "src/a.py", &gpl, Some(High));
    incompatible("GPL-2.0-or-later", "a.py", &tagged("Apache-2.0"), Some(High));
    incompatible("GPL-3.0-or-later", "a.py", &tagged("Apache-2.0"), None);
    incompatible("GPL-2.0-only", "a.py", &gpl, None);
    incompatible("GPL-2.0-or-later", "a.py", &gpl, Some(Medium));
    incompatible("BUSL-1.1", "a.py", &tagged("BUSL-1.1"), None);
    // Dual, and code that came with a notice.
    incompatible("MIT", "jquery.js", "// SPDX-License-Identifier: MIT OR GPL-2.0-only\n", None);
    let notice = "# This program is free software: you can redistribute it and/or modify it under\n\
                  # the terms of the GNU General Public License as published by the Free Software\n\
                  # Foundation, either version 3 of the License, or (at your option) any later.\n";
    incompatible("Apache-2.0", "a.py", &format!("{notice}{CODE}"), Some(High));
    incompatible("GPL-3.0-or-later", "a.py", &format!("{notice}{CODE}"), None);
    // Kept apart: an exception, a build tool, files whose terms end with them.
    let bison = tagged("GPL-3.0-or-later WITH Bison-exception-2.2");
    incompatible("MIT", "parser.py", &bison, Some(Low));
    incompatible("MIT", "build-aux/config.guess", &gpl, Some(Low));
    incompatible("MIT", "www/page.html.erb", &tagged("CC-BY-SA-4.0"), Some(Low));
    incompatible("MIT", "a.py", &tagged("MPL-2.0"), Some(High));
    incompatible("MIT", "libs/x/a.py", &tagged("MPL-2.0"), Some(Low));
    incompatible("MIT", "libs/x/a.py", &gpl, Some(High));
    // Quoted, or in a sample.
    incompatible("MIT", "templates/header.py.j2", &gpl, Some(Medium));
    incompatible("MIT", "tests/data/a.py", &gpl, Some(Medium));
    // Documentation and fonts.
    let page = |id: &str| format!("<!-- SPDX-License-Identifier: {id} -->\n# Page\n");
    incompatible("MIT", "docs/page.md", &page("CC-BY-SA-4.0"), Some(Low));
    incompatible("MIT", "docs/page.md", &page("CC-BY-4.0"), None);
    incompatible("MIT", "a.py", &tagged("CC-BY-SA-4.0"), Some(High));
    incompatible("MIT", "fonts/a.css", &tagged("OFL-1.1"), None);
    // Nobody knows, and prose that speaks about licences.
    incompatible("MIT", "a.py", &tagged("LicenseRef-House"), None);
    let prose = "# Choosing\n\nThe GNU General Public License v3 asks for more than MIT.\n";
    incompatible("MIT", "CONTRIBUTING.md", prose, None);
}

#[test]
fn without_an_outbound_licence_nothing_is_incompatible() {
    let files = [("a.py", tagged("GPL-2.0-only"))];
    assert_eq!(scan(policy("", &[]), &files), []);
}

#[test]
fn texts_stand_for_their_folder_but_not_in_the_store() {
    let gpl = "GNU GENERAL PUBLIC LICENSE Version 2, June 1991. You may not copy, modify, \
               sublicense, or distribute the Program except as expressly provided under this \
               License. NO WARRANTY";
    incompatible("Apache-2.0", "src/part/COPYING", gpl, Some(Severity::High));
    incompatible("Apache-2.0", "LICENSES/GPL-2.0-only.txt", gpl, None);
    incompatible("Apache-2.0", "src/part/LICENSE", APACHE, None);
}

#[test]
fn what_is_accepted_for_the_work_of_others_is_taken_in() {
    let accepting = |id: &str| Licensing { accepted: vec![id.into()], ..policy("Apache-2.0", &[]) };
    let gpl = tagged("GPL-3.0-only");
    assert_eq!(one(accepting("GPL-3.0-only"), "libs/x/a.py", &gpl), []);
    assert_eq!(one(accepting("MIT"), "libs/x/a.py", &gpl).len(), 1);
    // One's own files are no work of others.
    assert_eq!(one(accepting("GPL-3.0-only"), "src/a.py", &gpl).len(), 1);
}

#[test]
fn files_of_one_licence_are_one_group() {
    let rules = RuleSet::builtin().expect("built-in rules");
    let mut whole = LicensingScan::new(policy("MIT", &[]), &[]);
    let files = ["a.py", "b/c.py", "vendor/x/a.py", "vendor/x/b.py", "vendor/y/a.py"];
    for name in files {
        let path = RepoPath::new(name.as_bytes());
        let text = tagged("GPL-2.0-only");
        let seen = observe(&path, &View::new(&PathFacts::of(&path), text.as_bytes()));
        whole.add(&path, seen.expect("a header"));
    }
    let found = whole.finish(&rules).findings.into_iter();
    let found = found.filter(|f| rules.info(f.rule).name() == "header-incompatible");
    let mut values: Vec<String> =
        found.map(|f| String::from_utf8_lossy(f.value.expose()).into_owned()).collect();
    assert_eq!(values.len(), files.len());
    values.dedup();
    assert_eq!(values, ["GPL-2.0-only", "GPL-2.0-only in vendor/x", "GPL-2.0-only in vendor/y"]);
}

#[test]
fn licences_that_are_not_open() {
    let closed = |id: &str| {
        let found = one(policy("", &[]), "src/a.py", &tagged(id));
        found
            .iter()
            .any(|(name, severity)| name == "license-not-open" && *severity == Severity::High)
    };
    for id in ["BUSL-1.1", "SSPL-1.0", "Elastic-2.0", "CC-BY-NC-4.0", "JSON", "Hippocratic-2.1"] {
        assert!(closed(id), "{id}");
    }
    for id in ["MIT", "WTFPL", "AGPL-3.0-only", "CC-BY-SA-4.0", "BUSL-1.1 OR MIT", "Beerware"] {
        assert!(!closed(id), "{id}");
    }
    let vendored = one(policy("", &[]), "vendor/x/a.py", &tagged("BUSL-1.1"));
    assert!(vendored.iter().all(|(name, _)| name != "license-not-open"), "{vendored:?}");
    let package = r#"{"name": "a", "license": "SSPL-1.0"}"#;
    let found = one(policy("MIT", &[]), "package.json", package);
    assert_eq!(found, [("license-not-open".to_owned(), Severity::High)]);
}

fn foreign(owners: &[&str], path: &str, head: &str) -> Option<Severity> {
    let found = one(policy("", owners), path, &format!("{head}\n{CODE}"));
    found.into_iter().find(|(name, _)| name == "copyright-foreign").map(|(_, severity)| severity)
}

#[test]
#[expect(clippy::cognitive_complexity, reason = "one line for each case")]
fn copyright_of_somebody_else() {
    use Severity::{High, Medium};
    let ours = ["Example GmbH", "example.com"];
    let of = |head: &str| foreign(&ours, "src/a.py", head);
    assert_eq!(of("# Copyright 2019 Other Corp."), Some(Medium));
    assert_eq!(of("# Copyright (c) 2019 Other Corp. All rights reserved."), Some(High));
    let granted =
        "# Copyright 2019 Other Corp. All rights reserved.\n# SPDX-License-Identifier: MIT";
    assert_eq!(of(granted), Some(Medium));
    assert_eq!(of("# Copyright 2019 Example"), None);
    assert_eq!(of("# Copyright 2019 Example GmbH and contributors. All rights reserved."), None);
    assert_eq!(of("# Copyright 2019 Ann Smith <ann@example.com>"), None);
    assert_eq!(of("# Copyright 2019 Ann Smith <ann@home.example>"), Some(Medium));
    assert_eq!(of("# Copyright 2019 Ann Smith, Example GmbH"), None);
    assert_eq!(of("# Copyright 2019 Example GmbH and Other Corp."), Some(Medium));
    assert_eq!(of("# Copyright 2019 The Authors"), None);
    assert_eq!(of("# the above copyright notice shall be included"), None);
    assert_eq!(of("# Kill the default copyright/warranty banner"), None);
    assert_eq!(foreign(&["Red Hat"], "src/a.py", "# Copyright 2019 Redhat Inc"), None);
    assert_eq!(foreign(&["Red Hat"], "src/a.py", "# Copyright 2019 Redhatter"), Some(Medium));
    assert_eq!(of("x = 1"), None);
    assert_eq!(foreign(&ours, "vendor/x/a.py", "# Copyright 2019 Other Corp."), None);
    assert_eq!(foreign(&ours, "libs/x/a.py", "# Copyright 2019 Other Corp."), None);
    for credit in ["src/x/LICENSE", "THIRD-PARTY-NOTICES.txt", "dist/main.min.js.LICENSE.txt"] {
        assert_eq!(foreign(&ours, credit, "Copyright 2019 Other Corp."), None, "{credit}");
    }
}

/// Nobody has said who publishes: the licence text at the top makes it likely, and no more.
#[test]
fn without_owners_the_licence_text_names_a_likely_one() {
    let text = format!("MIT License\n\nCopyright (c) 2020 Example GmbH\n\n{MIT}");
    let files = |top: &str| {
        [
            ("LICENSE", top.to_owned()),
            ("a.py", format!("# Copyright 2019 Other Corp.\n{CODE}")),
            ("b.py", format!("# Copyright 2019 Example\n{CODE}")),
        ]
    };
    let found = scan(policy("", &[]), &files(&text));
    assert_eq!(found, [("copyright-foreign".into(), "a.py".into(), Severity::Low)]);
    assert_eq!(scan(policy("", &[]), &files(APACHE)), []);
}

#[test]
fn a_manifest_of_ones_own_is_judged_once() {
    let busl = r#"{"name": "a", "license": "BUSL-1.1"}"#;
    let closed: Vec<(String, Severity)> = one(policy("", &[]), "package.json", busl);
    let closed = closed.iter().filter(|(name, _)| name == "license-not-open");
    assert_eq!(closed.count(), 1);
}

#[test]
fn lists_of_other_peoples_licences_name_others() {
    let list = "acme/lib\nLicense: MIT\nCopyright: Copyright (c) 2017, Jo Doe\n";
    let ours = || policy("MIT", &["Example GmbH"]);
    for name in ["dev/php-library-licenses.txt", "lib/ORIGINAL-ACME-LICENSE", "THIRD-PARTY.md"] {
        assert_eq!(one(ours(), name, list), [], "{name}");
    }
    let code = format!("# Copyright (c) 2017, Jo Doe\n{CODE}");
    assert_eq!(one(ours(), "src/licenses.py", &code).len(), 1);
}

/// The holder of the text at the top is the likely owner, with whoever took part.
#[test]
fn individual_contributors_are_nobody_in_particular() {
    let holder = "Acme Ltd and individual contributors.";
    let top = MIT.replace("2026 The debut authors", holder);
    let header = format!("# Copyright (c) Acme Ltd and individual contributors.\n{CODE}");
    let files = [("LICENSE", top), ("src/a.py", header)];
    let found = scan(policy("", &[]), &files);
    assert!(found.iter().all(|(name, ..)| name != "copyright-foreign"), "{found:?}");
}

#[test]
fn a_part_under_other_terms_is_no_choice_for_the_rest() {
    let header = "/* Licensed under your choice of the Redis Source Available License 2.0\n \
                  * (RSALv2) or the Server Side Public License v1 (SSPLv1).\n *\n \
                  * Portions of this file are available under BSD3 terms. */\nint a;\n";
    let whole = "Copyright Acme Ltd\n";
    let mut scanned = LicensingScan::new(policy("", &[]), &[]);
    for (name, content) in [("LICENSE", whole), ("a.c", header)] {
        let path = RepoPath::new(name.as_bytes());
        if let Some(seen) = observe(&path, &View::new(&PathFacts::of(&path), content.as_bytes())) {
            scanned.add(&path, seen);
        }
    }
    let facts = scanned.facts();
    let said = facts.iter().find(|fact| fact.path.as_bytes() == b"a.c").expect("a fact");
    assert_eq!(&*said.licence, "(LicenseRef-RSALv2 OR SSPL-1.0) AND BSD-3-Clause");
}

/// Who writes from an own address in one file is the same without it in another.
#[test]
fn an_own_address_anywhere_makes_the_name_own() {
    let of = |head: &str| {
        let files = [
            ("a.py", format!("# Copyright 2019 Ann Smith <ann@example.com>\n{CODE}")),
            ("b.py", format!("{head}\n{CODE}")),
        ];
        scan(policy("", &["example.com"]), &files).len()
    };
    assert_eq!(of("# Copyright 2020 Ann Smith"), 0);
    assert_eq!(of("# Copyright 2020 Ann Smith <ann@home.example>"), 1);
    assert_eq!(of("# Copyright 2020 Bob Smith"), 1);
}

/// What a link leads to is judged where it stands, and not once more.
#[test]
fn links_are_not_judged_again() {
    let oid = Oid::from_str_ext(&"0".repeat(40), ObjectFormat::Sha1).expect("an id");
    let link = RepoPath::new(b"bin/a");
    let head = tagged("GPL-2.0-only");
    let text = format!("# Copyright 2019 Other Corp.\n{head}");
    for (kind, found) in [(EntryKind::Link, 0), (EntryKind::File, 2)] {
        let entries = [TreeEntry { path: link.clone(), oid, kind }];
        let rules = Arc::new(RuleSet::builtin().expect("built-in rules"));
        let mut whole = LicensingScan::new(policy("MIT", &["Example"]), &entries);
        let facts = PathFacts::of(&link);
        let view = View::new(&facts, text.as_bytes());
        whole.add(&link, observe(&link, &view).expect("something"));
        let of = |finding: &Finding| {
            ["header-incompatible", "copyright-foreign"].contains(&rules.info(finding.rule).name())
        };
        assert_eq!(whole.finish(&rules).findings.iter().filter(|one| of(one)).count(), found);
    }
}

/// Tags are put in by the thousand, over notices that nobody has read again.
#[test]
fn a_notice_counts_beside_a_tag_that_says_otherwise() {
    let notice = "# This program is free software: you can redistribute it and/or modify\n\
        # it under the terms of the GNU General Public License as published by\n\
        # the Free Software Foundation, either version 3 of the License, or\n\
        # (at your option) any later version.\n";
    let of = |outbound: &str, id: &str| {
        let tag = tagged(id).replace(CODE, "");
        incompatible_count(outbound, &format!("{tag}{notice}{CODE}"))
    };
    assert_eq!(of("Apache-2.0", "Apache-2.0"), 1);
    assert_eq!(of("GPL-3.0-or-later", "MIT-0"), 0);
    assert_eq!(of("Apache-2.0", "GPL-3.0-or-later"), 1, "once, for the tag");
    assert_eq!(of("Apache-2.0", "Apache-2.0 OR GPL-2.0-only"), 0, "the tag knows of it");
}

fn incompatible_count(outbound: &str, content: &str) -> usize {
    let found = one(policy(outbound, &[]), "a.py", content);
    found.iter().filter(|(name, _)| name == "header-incompatible").count()
}

#[test]
fn a_header_may_lie_beside_its_file() {
    let policy = || Licensing { headers: Some(Headers::All), ..policy("MIT", &[]) };
    assert_eq!(one(policy(), "a.py", CODE), [("header-missing".into(), Severity::Medium)]);
    let files = [
        ("LICENSE", MIT.to_owned()),
        ("a.py", CODE.to_owned()),
        ("a.py.license", format!("SPDX-License-{}: MIT\n", "Identifier")),
    ];
    assert_eq!(scan(policy(), &files), []);
}

#[test]
fn what_the_release_is_under_is_decided_with_it() {
    let both = "# SPDX-License-Identifier: (SSPL-1.0 OR BUSL-1.1) AND BSD-3-Clause\n";
    let found = one(policy("SSPL-1.0 OR BUSL-1.1", &[]), "a.py", &format!("{both}{CODE}"));
    assert_eq!(found, []);
    let other = one(policy("BUSL-1.1", &[]), "a.py", &tagged("SSPL-1.0"));
    assert!(other.iter().any(|(name, _)| name == "license-not-open"), "{other:?}");
}
