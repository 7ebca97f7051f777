// SPDX-License-Identifier: MIT OR Apache-2.0
//! Repositories with a past, made commit by commit.

use git2::{Oid, Signature, Time};
use serde_json::Value;

use crate::common::Repo;

pub(crate) const LICENCE: &str = include_str!("../../LICENSE-MIT");
pub(crate) const TOKEN: &str = "sensitive/github-token";
/// 2019-03-02, the day of the first commit; one follows each day.
const START: i64 = 1_551_484_800;

/// Writes commits one after the other.
pub(crate) struct Past {
    pub(crate) repo: Repo,
    day: i64,
}

impl Past {
    /// Starts with a commit that holds nothing worth a word.
    pub(crate) fn new() -> Self {
        let mut past = Self { repo: Repo::new(), day: 0 };
        past.commit(&[]);
        past
    }

    /// Commits `files` and a licence in place of everything that was there.
    pub(crate) fn commit(&mut self, files: &[(&str, &str)]) -> Oid {
        self.say("Change files", files)
    }

    /// The same with a message.
    pub(crate) fn say(&mut self, message: &str, files: &[(&str, &str)]) -> Oid {
        let who = format!("Author {}", self.day + 1);
        self.write(message, &who, files)
    }

    /// The same with an author.
    pub(crate) fn write(&mut self, message: &str, author: &str, files: &[(&str, &str)]) -> Oid {
        let address = format!("author{}@example.com", self.day + 1);
        self.by(message, (author, &address), files)
    }

    /// The same with the author's address.
    pub(crate) fn by(
        &mut self,
        message: &str,
        (author, address): (&str, &str),
        files: &[(&str, &str)],
    ) -> Oid {
        let git = &self.repo.git;
        let licence = ("LICENSE", LICENCE);
        let all = files.iter().chain([&licence]);
        let mut index = git.index().expect("an index");
        index.clear().expect("an empty index");
        for (path, text) in all {
            let entry = entry(path, git.blob(text.as_bytes()).expect("a blob"));
            index.add(&entry).expect("an entry");
        }
        index.write().expect("the index on disk");
        let tree = git.find_tree(index.write_tree().expect("a tree")).expect("the tree");
        let time = Time::new(START + self.day * 86_400, 0);
        let who = Signature::new(author, address, &time).expect("a signature");
        let parent = git.head().ok().and_then(|head| head.peel_to_commit().ok());
        let parents: Vec<&git2::Commit<'_>> = parent.iter().collect();
        let made =
            git.commit(Some("HEAD"), &who, &who, message, &tree, &parents).expect("a commit");
        let mut checkout = git2::build::CheckoutBuilder::new();
        git.checkout_head(Some(checkout.force())).expect("a checkout");
        self.day += 1;
        made
    }

    /// Returns the findings of the rule called `rule`, the history included.
    pub(crate) fn found(&self, rule: &str) -> Vec<Value> {
        let lines = self.repo.run(["scan", "--history", "--format", "jsonl"]).lines();
        lines.into_iter().filter(|line| line["rule"] == rule).collect()
    }

    /// Returns the one finding of the rule called `rule`.
    #[track_caller]
    pub(crate) fn one(&self, rule: &str) -> Value {
        let mut found = self.found(rule);
        assert_eq!(found.len(), 1, "{found:#?}");
        found.remove(0)
    }

    /// Returns what `status --history` says.
    pub(crate) fn status(&self) -> Value {
        self.repo.run(["status", "--history", "--format", "json"]).json()
    }

    /// Returns the groups that `list --history` lists with further arguments.
    pub(crate) fn list(&self, args: &[&str]) -> Vec<Value> {
        let all = [&["list", "--history", "--format", "json"], args].concat();
        self.repo.run(all).json().as_array().expect("rows").clone()
    }

    pub(crate) fn point(&self, name: &str, at: Oid) {
        self.repo.git.reference(name, at, true, "").expect("a ref");
    }
}

fn entry(path: &str, id: Oid) -> git2::IndexEntry {
    let time = git2::IndexTime::new(0, 0);
    git2::IndexEntry {
        ctime: time,
        mtime: time,
        dev: 0,
        ino: 0,
        mode: 0o100_644,
        uid: 0,
        gid: 0,
        file_size: 0,
        id,
        flags: 0,
        flags_extended: 0,
        path: path.into(),
    }
}

/// Returns what JSON says of the commit that was made on the day numbered `day`.
pub(crate) fn commit(id: Oid, day: u32) -> Value {
    let time = format!("2019-03-{:02}T00:00:00Z", day + 2);
    let author = format!("Author {}", day + 1);
    serde_json::json!({"commit": id.to_string(), "time": time, "author": author})
}
