// SPDX-License-Identifier: MIT OR Apache-2.0
//! Licences and copyright holders in the report.

use std::{collections::BTreeMap, sync::Arc};

use debut::domain::{
    How, Inventory, LicenceFact, LockFile, NoticeText, Place, RepoPath, ThirdParty, Verdict,
};
use serde_json::json;

use crate::{
    assert_valid, decide_all,
    review::{HOST, LICENCE, PERSON, Review, TOKEN},
};

fn fact(path: &str, licence: &str, how: How, holders: &[&str]) -> LicenceFact {
    LicenceFact {
        path: RepoPath::new(path.as_bytes()),
        licence: licence.into(),
        how,
        line: None,
        holders: holders.iter().map(|holder| Arc::from(*holder)).collect(),
    }
}

/// A repository with some of everything.
fn some() -> Inventory {
    let path = |text: &str| RepoPath::new(text.as_bytes());
    Inventory {
        files: 8,
        facts: vec![
            fact("LICENSE", "MIT", How::Text, &["Example GmbH"]),
            fact("a.py", "MIT", How::Tag, &["Example GmbH <info@example.com>"]),
            fact("b.py", "MIT", How::Tag, &["Example GmbH", "Jane Doe <jane at example dot com>"]),
            fact("c.py", "NONE", How::Nothing, &["NONE"]),
            fact("LICENSES/CC0-1.0.txt", "CC0-1.0", How::Text, &["Creative Commons"]),
            fact("lib/x/COPYING", "LicenseRef-altered-BSD-3-Clause", How::Text, &[]),
            fact("vendor/z/LICENSE", "Zlib", How::Text, &["Z Project"]),
        ],
        third_party: vec![
            ThirdParty {
                path: path("vendor/y"),
                licence: "NONE".into(),
                holders: Vec::new(),
                text: None,
            },
            ThirdParty {
                path: path("vendor/z"),
                licence: "Zlib".into(),
                holders: vec!["Z Project".into(), "Z Project <z@example.org>".into()],
                text: Some(path("vendor/z/LICENSE")),
            },
        ],
        notices: vec![NoticeText {
            path: path("vendor/z/NOTICE"),
            text: "Z Project\nCopyright 2020 Z\n\nThis holds parts of Q.\n".into(),
        }],
        locks: vec![
            LockFile {
                path: path("package-lock.json"),
                licences: BTreeMap::from([("MIT".into(), 30), ("ISC".into(), 2)]),
                unknown: 1,
            },
            LockFile { path: path("go.sum"), licences: BTreeMap::new(), unknown: 12 },
        ],
    }
}

fn with(licences: Inventory) -> Review {
    let mut review = Review::new();
    review.licences = Some(licences);
    review
}

#[test]
fn licences_and_holders_are_counted() {
    let review = with(some());
    let json = review.json();
    assert_valid(&json);
    let all = &json["predicate"]["licences"];
    assert_eq!(
        (&all["files"], &all["known"]),
        (&json!(8), &json!(5)),
        "an altered text is not known"
    );
    let mit = json!({
        "licence": "MIT", "files": 3, "share": "37.5",
        "how": [{"what": "text", "count": 1}, {"what": "tag", "count": 2}],
    });
    assert_eq!(all["by_licence"][0], mit);
    // Addresses are gone, and with them the difference.
    let holders = json!([
        {"holder": "Example GmbH", "files": 3},
        {"holder": "Jane Doe", "files": 1},
        {"holder": "Z Project", "files": 1},
    ]);
    assert_eq!(all["by_holder"], holders);
    assert_eq!(all["third_party"][1]["holders"], json!(["Z Project"]));
    assert_eq!(all["notices"][0]["text"], "Z Project\nCopyright 2020 Z\n\nThis holds parts of Q.");
    let lock = json!([{"licence": "MIT", "packages": 30}, {"licence": "ISC", "packages": 2}]);
    assert_eq!(all["dependencies"][0]["by_licence"], lock);
    let unknown = &all["unknown"];
    assert_eq!((&unknown["files"], &unknown["first"]), (&json!(1), &json!(["c.py"])));
    assert_eq!(unknown["altered"][0]["licence"], "LicenseRef-altered-BSD-3-Clause");
    assert_eq!(unknown["packages"], 13);
}

#[test]
fn the_documents_say_it_in_words() {
    let review = with(some());
    let [_, markdown, html] = review.documents();
    let start = markdown.find("## Licences").expect("the section");
    let rest = &markdown[start..];
    let end = rest[3..].find("\n## ").map_or(rest.len() - 1, |end| end + 3);
    insta::assert_snapshot!("licences", rest[..end].trim_end());
    for part in ["Example GmbH", "Third-party notices", "Notices to ship", "12 packages"] {
        assert!(html.contains(part), "{part}");
    }
}

#[test]
fn where_nobody_looked_nothing_is_said() {
    for review in [Review::new(), with(Inventory { files: 3, ..Inventory::default() })] {
        assert!(review.json()["predicate"].get("licences").is_none());
        assert!(!review.documents()[1].contains("## Licences"));
    }
}

#[test]
fn what_is_not_to_be_published_is_no_holder() {
    let jane = || Inventory {
        files: 1,
        facts: vec![fact("x/jane@corp.example/a.py", "MIT", How::Tag, &["Jane Doe", "web.corp"])],
        notices: vec![NoticeText {
            path: RepoPath::new(b"vendor/z/NOTICE"),
            text: "by Jane Doe\nfor all".into(),
        }],
        third_party: vec![ThirdParty {
            path: RepoPath::new(b"vendor/z"),
            licence: "MIT".into(),
            holders: vec!["the Jane Doe company".into()],
            text: None,
        }],
        ..Inventory::default()
    };
    let told = |verdict: Option<Verdict>| {
        let mut review = with(jane());
        let person = review.add(PERSON, b"a.py", 1, b"Jane Doe");
        let host = review.add(HOST, b"a.py", 2, b"web.corp");
        review.add(TOKEN, b"b.py", 2, b"tok_hunterhunter");
        if let Some(verdict) = verdict {
            decide_all(&mut review, person, verdict, None);
            decide_all(&mut review, host, verdict, None);
        }
        let json = review.json();
        assert_valid(&json);
        json["predicate"]["licences"].to_string() + &review.documents()[1] + &review.documents()[2]
    };
    // Nobody has decided: a person's name waits, a host's does not.
    let open = told(None);
    assert!(!open.contains("Jane Doe") && open.contains("web.corp"), "{open}");
    let redacted = told(Some(Verdict::Redact));
    assert!(!redacted.contains("Jane Doe") && !redacted.contains("web.corp"), "{redacted}");
    assert!(redacted.contains("[withheld]") && redacted.contains("for all"), "{redacted}");
    let approved = told(Some(Verdict::Approve));
    assert!(approved.contains("Jane Doe") && approved.contains("by Jane Doe"), "{approved}");
}

#[test]
fn hostile_names_do_nothing() {
    let evil = "<script>alert(1)</script>|`x`\u{202e}\n# [y](http://evil.example) me@evil.example";
    let path = RepoPath::new(evil.as_bytes());
    let review = with(Inventory {
        files: 1,
        facts: vec![fact(evil, evil, How::Tag, &[evil])],
        third_party: vec![ThirdParty {
            path: path.clone(),
            licence: evil.into(),
            holders: vec![evil.into()],
            text: Some(path.clone()),
        }],
        notices: vec![NoticeText { path: path.clone(), text: evil.into() }],
        locks: vec![LockFile { path, licences: BTreeMap::from([(evil.into(), 1)]), unknown: 0 }],
    });
    let [json, markdown, html] = review.documents();
    for text in [&markdown, &html] {
        assert!(!text.contains("<script") && !text.contains('\u{202e}'), "{text}");
    }
    assert!(!markdown.contains("http://") && !markdown.contains("[y]("), "{markdown}");
    assert!(!json.contains('\u{202e}'));
    for line in markdown.lines().filter(|line| line.starts_with("| ")) {
        let bars = line.replace("\\|", "").matches('|').count();
        assert!([3, 5, 12].contains(&bars), "{line}");
    }
    let json = review.json();
    assert_valid(&json);
    let holder = json["predicate"]["licences"]["by_holder"][0]["holder"].as_str().unwrap();
    assert!(!holder.contains("me@"), "{holder}");
}

#[test]
fn ten_thousand_holders_are_the_first_and_a_count() {
    let fact = |i: usize| {
        let (licence, holder) = (format!("LicenseRef-{}", i % 500), format!("Holder {i:05}"));
        fact(&format!("{i}.py"), &licence, How::Tag, &[&holder, "Us"])
    };
    let review = with(Inventory {
        files: 10_000,
        facts: (0..10_000).map(fact).collect(),
        notices: vec![NoticeText {
            path: RepoPath::new(b"vendor/z/NOTICE"),
            text: "ä line\n".repeat(100_000),
        }],
        ..Inventory::default()
    });
    let json = review.json();
    assert_valid(&json);
    let all = &json["predicate"]["licences"];
    let rows = all["by_holder"].as_array().unwrap();
    assert_eq!((rows.len(), &all["more_holders"]), (200, &json!(9801)));
    assert_eq!((&rows[0]["holder"], &rows[1]["holder"]), (&json!("Us"), &json!("Holder 00000")));
    assert_eq!((&all["more_licences"], &all["notices"][0]["cut"]), (&json!(300), &json!(true)));
    let [json, markdown, html] = review.documents();
    assert!(json.len() + markdown.len() + html.len() < 300_000);
    assert!(markdown.contains("And 9801 more copyright holders"));
}

#[test]
fn texts_that_nobody_knows_are_named() {
    let mut review = with(some());
    review.add_at(LICENCE, b"LICENSE", Place::File, b"LICENSE");
    assert_eq!(review.json()["predicate"]["licences"]["unknown"]["texts"], json!([]));
    review.add_at("licensing/license-unknown", b"LICENSE", Place::File, b"LICENSE");
    let json = review.json();
    assert_eq!(json["predicate"]["licences"]["unknown"]["texts"], json!(["LICENSE"]));
    assert_valid(&json);
}
