// SPDX-License-Identifier: MIT OR Apache-2.0
//! Where in the history a file first said something.

use git2::Oid;

use super::{Reader, Source, TreeEntry, tree::list};
use crate::domain::RepoPath;

/// So many commits are looked at. Behind them the oldest stands for the first.
const MOST_COMMITS: usize = 20_000;
/// A larger commit or file is not read.
const MAX_BYTES: u64 = 1 << 20;

impl Source {
    /// Lists the files of the commit in which the file at `path` first was as `counts` wants it,
    /// and has been since; first parents only. Nothing if it is not in the reviewed commit.
    #[must_use]
    pub fn entries_since(
        &self,
        path: &RepoPath,
        counts: &dyn Fn(&[u8]) -> bool,
    ) -> Option<Vec<TreeEntry>> {
        let reader = Reader::new(self).ok()?;
        let mut known: Option<(Oid, bool)> = None;
        let mut is_there = |tree: Oid| {
            let Some(oid) = blob_at(&reader, tree, path) else { return false };
            match known {
                Some((same, counted)) if same == oid => counted,
                _ => {
                    let counted = reader.blob(oid, MAX_BYTES).is_ok_and(|bytes| counts(&bytes));
                    known = Some((oid, counted));
                    counted
                }
            }
        };
        let mut first = None;
        let mut next = Some(self.commit);
        for _ in 0..MOST_COMMITS {
            let Some(commit) = next.and_then(|id| reader.commit(id, MAX_BYTES).ok()) else { break };
            let tree = commit.tree_id();
            if !is_there(tree) {
                break;
            }
            first = Some(tree);
            next = commit.parent_id(0).ok();
        }
        list(&reader, first?).ok()
    }
}

/// Returns the object of the file at `path` in `tree`.
fn blob_at(reader: &Reader, tree: Oid, path: &RepoPath) -> Option<Oid> {
    path.as_bytes().split(|byte| *byte == b'/').try_fold(tree, |oid, part| {
        let tree = reader.tree(oid).ok()?;
        tree.iter().find(|entry| entry.name_bytes() == part).map(|entry| entry.id())
    })
}
