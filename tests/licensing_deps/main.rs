// SPDX-License-Identifier: MIT OR Apache-2.0
//! Dependencies that lock files name, and files that are no text: where a licence is missing or
//! does not fit, and where nothing must be said.

#![allow(unreachable_pub, reason = "the modules of one test")]
#![allow(clippy::expect_used, reason = "a test may panic")]

mod bytes;
mod formats;
mod hostile;
mod locks;
mod media;

use std::sync::{Arc, OnceLock};

use debut::{
    domain::{Licensing, RepoPath, Severity, Vocabulary},
    repo::{EntryKind, TreeEntry},
    rules::RuleSet,
    scan::{
        Engine, Scratch,
        licensing::{Judged, LicensingScan},
    },
};

pub(crate) const MIT: &str = include_str!("../../LICENSE-MIT");

/// A file of a tree that a test makes up.
pub(crate) type File<'a> = (&'a str, Vec<u8>);

/// What was found, as far as the tests ask.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) rule: String,
    pub(crate) path: String,
    pub(crate) value: String,
    pub(crate) severity: Severity,
    pub(crate) notes: String,
}

fn rules() -> Arc<RuleSet> {
    static RULES: OnceLock<Arc<RuleSet>> = OnceLock::new();
    RULES.get_or_init(|| Arc::new(RuleSet::builtin().expect("built-in rules"))).clone()
}

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::new(rules(), &Vocabulary::default()).expect("engine"))
}

pub(crate) fn text<'a>(name: &'a str, content: &str) -> File<'a> {
    (name, content.as_bytes().to_vec())
}

/// Judges a tree of these files as a scan does.
pub(crate) fn judge(policy: Licensing, files: &[File<'_>]) -> Judged {
    let entry = |(name, _): &File<'_>| TreeEntry {
        path: RepoPath::new(name.as_bytes()),
        oid: git2::Oid::ZERO_SHA1,
        kind: EntryKind::File,
    };
    let mut entries: Vec<TreeEntry> = files.iter().map(entry).collect();
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    let mut whole = LicensingScan::new(policy, &entries);
    for (name, content) in files {
        let path = RepoPath::new(name.as_bytes());
        let scan = engine().scan_file(&path, content, &mut Scratch::default());
        if let Some(seen) = scan.observation {
            whole.add(&path, seen);
        }
    }
    whole.finish(&rules())
}

/// Returns what the rules of this test find under `policy`.
pub(crate) fn under(policy: Licensing, files: &[File<'_>]) -> Vec<Found> {
    let rules = rules();
    let found = judge(policy, files).findings.into_iter().map(|finding| Found {
        rule: rules.info(finding.rule).name().to_owned(),
        path: finding.path.to_string(),
        value: String::from_utf8_lossy(finding.value.expose()).into_owned(),
        severity: finding.severity,
        notes: finding.notes.join("; "),
    });
    found
        .filter(|one| one.rule.starts_with("dependency-") || one.rule.starts_with("media-"))
        .collect()
}

/// Returns what the rules of this test find where nobody has set a policy.
pub(crate) fn found(files: &[File<'_>]) -> Vec<Found> {
    under(Licensing::default(), files)
}
