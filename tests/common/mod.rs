// SPDX-License-Identifier: MIT OR Apache-2.0
//! Repositories and secrets, made at run time.

#![allow(dead_code, unreachable_pub, reason = "each test binary uses its own part")]
#![allow(clippy::expect_used, reason = "a test may panic")]

use std::path::{Path, PathBuf};

use debut::{
    domain::{Finding, Layer, Place, RepoPath, Secret, Severity, Span},
    ops::{Options, Review},
    review::{Identified, Keyring, Session},
    rules::RuleSet,
};
use git2::{IndexEntry, IndexTime, Oid, Repository, Signature};

/// A repository in a folder that goes away with it, and a state folder of its own.
pub struct Repo {
    pub dir: tempfile::TempDir,
    pub state: tempfile::TempDir,
    pub git: Repository,
}

impl Repo {
    /// Makes an empty repository.
    pub fn new() -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let git = Repository::init(dir.path()).expect("a repository");
        let mut config = git.config().expect("a configuration");
        config.set_str("user.name", "Reviewer One").expect("a name");
        config.set_str("user.email", "reviewer1@example.com").expect("an address");
        Self { dir, state: tempfile::tempdir().expect("a folder"), git }
    }

    /// Makes a repository whose first commit holds `files`.
    pub fn with(files: &[(&str, &[u8])]) -> Self {
        let repo = Self::new();
        repo.commit(files);
        repo
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    pub fn checklist(&self) -> PathBuf {
        self.path().join(".debut/checklist.toml")
    }

    /// Commits `files` in place of everything that was there, and checks them out.
    pub fn commit(&self, files: &[(&str, &[u8])]) -> Oid {
        let entries: Vec<(&[u8], u32, &[u8])> =
            files.iter().map(|(path, content)| (path.as_bytes(), 0o100_644, *content)).collect();
        let oid = self.commit_raw(&entries);
        let mut checkout = git2::build::CheckoutBuilder::new();
        checkout.force();
        self.git.checkout_head(Some(&mut checkout)).expect("a checkout");
        oid
    }

    /// Commits entries given as path, mode and content, without a checkout: names may be bytes
    /// that no file system takes.
    pub fn commit_raw(&self, entries: &[(&[u8], u32, &[u8])]) -> Oid {
        let mut index = self.git.index().expect("an index");
        index.clear().expect("an empty index");
        for (path, mode, content) in entries {
            let id = if *mode == 0o160_000 {
                Oid::hash_object(git2::ObjectType::Blob, content).expect("an id")
            } else {
                self.git.blob(content).expect("a blob")
            };
            let entry = IndexEntry {
                ctime: IndexTime::new(0, 0),
                mtime: IndexTime::new(0, 0),
                dev: 0,
                ino: 0,
                mode: *mode,
                uid: 0,
                gid: 0,
                file_size: 0,
                id,
                flags: 0,
                flags_extended: 0,
                path: path.to_vec(),
            };
            index.add(&entry).expect("an entry");
        }
        index.write().expect("the index on disk");
        let tree = self.git.find_tree(index.write_tree().expect("a tree")).expect("the tree");
        // A fixed time makes the same files the same commit, in pictures too.
        let time = git2::Time::new(1_767_225_600, 0);
        let who = Signature::new("Author One", "author1@example.com", &time).expect("a signature");
        let parent = self.git.head().ok().and_then(|head| head.peel_to_commit().ok());
        let parents: Vec<&git2::Commit<'_>> = parent.iter().collect();
        self.git
            .commit(Some("HEAD"), &who, &who, "Change files", &tree, &parents)
            .expect("a commit")
    }

    /// Returns the options that open this repository's review.
    pub fn options(&self) -> Options {
        Options {
            path: self.path().into(),
            revision: "HEAD".into(),
            checklist: None,
            config: None,
            reviewer: None,
            login: "login".into(),
            state: self.state.path().into(),
            today: 20_455,
            since: "2026-01-02 03:04".into(),
            reach: None,
            cache: None,
        }
    }

    /// Opens the review and scans.
    pub fn review(&self, access: debut::ops::Access) -> Review {
        let mut review = Review::open(&self.options(), access).expect("a review");
        review.scan(2, &false.into(), &mut |_, _, _| {}).expect("a scan");
        review
    }
}

/// Returns a GitHub token with a valid checksum. `seed` makes it differ.
pub fn github_token(seed: u32) -> String {
    const DIGITS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(97);
    let random: String = (0..30)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            DIGITS[(state >> 16) as usize % DIGITS.len()] as char
        })
        .collect();
    let mut sum = crc32fast::hash(random.as_bytes());
    let mut tail = Vec::new();
    for _ in 0..6 {
        tail.push(DIGITS[(sum % 62) as usize] as char);
        sum /= 62;
    }
    let tail: String = tail.into_iter().rev().collect();
    ["gh", "p_", &random, &tail].concat()
}

/// Rules for tests that are about findings in general.
pub const RULES: &str = r#"
[[rule]]
id = "sensitive/secret"
class = "credential"
severity = "critical"
title = "Secret"
why = "It opens a door."
remedy = "Change it."
replacement = "REDACTED_SECRET"
keywords = ["secret-"]
pattern = 'secret-[a-z0-9]+'

[[rule]]
id = "internal/host"
class = "internal-host"
severity = "medium"
title = "Host"
why = "It only makes sense inside."
remedy = "Use a name of example.com."
replacement = "host-{n}.example.com"
keywords = ["host-"]
pattern = 'host-[a-z0-9]+'

[[rule]]
id = "licensing/note"
class = "licence"
severity = "low"
title = "Licence note"
why = "It should be clear."
remedy = "Add a header."
keywords = ["licence-"]
pattern = 'licence-[a-z0-9]+'
"#;

/// Returns a session over the rules above.
pub fn session(votes: Vec<debut::domain::Vote>) -> Session {
    let rules = RuleSet::read(&[("test", RULES)]).expect("the rules");
    Session::new(rules.into(), "reviewer1@example.com", votes)
}

/// Returns a finding of the rule called `rule` with its ids.
pub fn finding(
    session: &Session,
    rule: &str,
    path: &str,
    line: u32,
    value: &str,
    context: &str,
) -> Identified {
    let rule = session.rules().find(rule).expect("a rule");
    let info = session.rules().info(rule);
    let start = line as usize * 100;
    let finding = Finding {
        rule,
        severity: info.severity,
        confidence: info.confidence,
        path: RepoPath::new(path.as_bytes()),
        layer: Layer::Tree,
        place: Place::Span(Span {
            start,
            end: start + value.len(),
            line,
            column: 1,
            end_line: line,
            end_column: 1 + value.len() as u32,
        }),
        value: Secret::new(value.as_bytes()),
        context: Secret::new(context.as_bytes()),
        notes: Vec::new(),
    };
    let id = Keyring::new([7; 32]).identify(&finding, info.class);
    assert!(info.severity >= Severity::Info);
    Identified { finding, id }
}
