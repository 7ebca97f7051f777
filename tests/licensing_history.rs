// SPDX-License-Identifier: MIT OR Apache-2.0
//! A licence that was another one earlier in the history.
#![expect(clippy::expect_used, reason = "helpers of tests may fail loudly too")]

mod common;

use common::Repo;
use debut::{
    domain::{Place, Severity},
    ops::{Access, Options, Reach, Review},
};

const MIT: &[u8] = include_bytes!("../LICENSE-MIT");
const APACHE: &[u8] = include_bytes!("../LICENSE-APACHE");

/// Returns severity, context and notes of what is told of the licence's past.
fn told(repo: &Repo, reach: Option<Reach>) -> Vec<(Severity, String, Vec<String>)> {
    let options = Options { reach, ..repo.options() };
    let mut review = Review::open(&options, Access::Read).expect("a review");
    review.scan(2, &false.into(), &mut |_, _, _| {}).expect("a scan");
    let rules = review.session.rules().clone();
    let ours = review.session.findings().map(|(_, finding)| finding);
    let ours = ours.filter(|finding| rules.info(finding.rule).id == "licensing/history");
    ours.map(|finding| {
        assert!(finding.path.is_root() && finding.place == Place::Repository);
        let context = String::from_utf8_lossy(finding.context.expose()).into_owned();
        (finding.severity, context, finding.notes.clone())
    })
    .collect()
}

#[test]
fn a_change_is_told_with_the_domains_of_authors_before_it() {
    let repo = Repo::with(&[("LICENSE", MIT), ("a", b"1")]);
    repo.commit(&[("LICENSE", APACHE), ("a", b"2")]);
    let found = told(&repo, Some(Reach::default()));
    let [(severity, context, notes)] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(*severity, Severity::Low);
    assert!(context.ends_with("LICENSE from MIT to Apache-2.0"), "{context}");
    assert_eq!(notes, &[context, "commits before by authors of example.com (1)"]);
    assert!(told(&repo, None).is_empty(), "only where the history is part of the review");
}

#[test]
fn the_owners_own_commits_are_no_matter_and_others_are() {
    let repo = Repo::with(&[("LICENSE", MIT)]);
    repo.commit(&[("LICENSE", APACHE)]);
    for (owner, severity, told_of) in
        [("example.com", Severity::Low, 1), ("other.example", Severity::Medium, 2)]
    {
        let folder = repo.path().join(".debut");
        std::fs::create_dir_all(&folder).expect("a folder");
        let config = format!("[licensing]\nowners = [\"{owner}\"]\n");
        std::fs::write(folder.join("config.toml"), config).expect("a file");
        let found = told(&repo, Some(Reach::default()));
        assert!(
            found.len() == 1 && found[0].0 == severity && found[0].2.len() == told_of,
            "{found:?}"
        );
    }
}

#[test]
fn a_new_year_and_a_second_licence_are_no_change() {
    let repo = Repo::with(&[("LICENSE", MIT)]);
    let dated = [b"Copyright (c) 2031 Us\n\n".as_slice(), MIT].concat();
    repo.commit(&[("LICENSE", &dated)]);
    repo.commit(&[("LICENSE", &dated), ("LICENSE-APACHE", APACHE), ("docs/LICENSE", APACHE)]);
    repo.commit(&[("LICENSE", &dated), ("LICENSE-APACHE", APACHE), ("docs/LICENSE", MIT)]);
    assert!(told(&repo, Some(Reach::default())).is_empty());
}
