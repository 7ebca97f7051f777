// SPDX-License-Identifier: MIT OR Apache-2.0
//! Who wrote the recent commits and what they said: what the organisation's words are learned
//! from.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashSet},
};

use git2::Oid;

use super::{Reader, Source};

/// Commits larger than this teach nothing that others don't.
const MAX_BYTES: u64 = 1 << 18;

/// Authors and messages of recent commits.
#[derive(Clone, Debug, Default)]
pub struct Commits {
    /// Name and e-mail of each author, once.
    pub authors: Vec<(String, String)>,
    /// Messages, newest first.
    pub messages: Vec<String>,
}

impl Reader {
    /// Returns the domain of each commit's author, in lower case; empty where the address has
    /// none. What cannot be read is left out.
    pub fn author_domains(&self, ids: impl Iterator<Item = Oid>) -> impl Iterator<Item = String> {
        ids.filter_map(|id| {
            let commit = self.commit(id, MAX_BYTES).ok()?;
            let author = commit.author();
            let address = String::from_utf8_lossy(author.email_bytes()).to_ascii_lowercase();
            Some(address.rsplit_once('@').map_or_else(String::new, |(_, domain)| domain.to_owned()))
        })
    }
}

impl Source {
    /// Reads at most `limit` commits, newest first. What cannot be read is left out: learning
    /// is a help, not a check.
    #[must_use]
    pub fn recent_commits(&self, limit: usize) -> Commits {
        let mut out = Commits::default();
        let mut seen = HashSet::new();
        let Ok(reader) = Reader::new(self) else { return out };
        let Ok(first) = reader.commit(self.commit, MAX_BYTES) else { return out };
        // By bytes: the hash of git2's ids takes in what lies behind the twenty bytes of a SHA-1
        // one, which differs for equal ids.
        let mut known = HashSet::from([self.commit.as_bytes().to_vec()]);
        // Reading a commit costs most, so each is kept from the time that it is needed for its
        // date until its turn comes.
        let mut waiting = vec![Some(first)];
        let mut next = BinaryHeap::from([(i64::MAX, Reverse(0))]);
        let mut read = 0;
        while let Some((_, Reverse(no))) = next.pop()
            && read < limit
        {
            read += 1;
            let Some(commit) = waiting.get_mut(no).and_then(Option::take) else { continue };
            for parent in commit.parent_ids() {
                if known.insert(parent.as_bytes().to_vec())
                    && let Ok(parent) = reader.commit(parent, MAX_BYTES)
                {
                    next.push((parent.time().seconds(), Reverse(waiting.len())));
                    waiting.push(Some(parent));
                }
            }
            out.messages.push(String::from_utf8_lossy(commit.message_bytes()).into_owned());
            let author = commit.author();
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            let author = (text(author.name_bytes()), text(author.email_bytes()));
            if seen.insert(author.clone()) {
                out.authors.push(author);
            }
        }
        out
    }

    /// Returns the owner in the URL of the remote `origin`, for example `acme` in
    /// `https://host/acme/core.git`.
    #[must_use]
    pub fn owner(&self) -> Option<String> {
        let repo = self.repository().ok()?;
        let remote = repo.find_remote("origin").ok()?;
        let url = String::from_utf8_lossy(remote.url_bytes()).into_owned();
        // A path on this machine tells nothing about anybody.
        if !url.contains("://") && !url.contains('@') || url.starts_with("file:") {
            return None;
        }
        let mut parts = url.trim_end_matches('/').rsplit(['/', ':']);
        parts.next()?;
        parts.next().filter(|owner| !owner.is_empty()).map(str::to_owned)
    }
}
