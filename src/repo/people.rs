// SPDX-License-Identifier: MIT OR Apache-2.0
//! Who wrote the recent commits and what they said: what the organisation's words are learned
//! from.

use super::Source;

/// Authors and messages of recent commits.
#[derive(Clone, Debug, Default)]
pub struct Commits {
    /// Name and e-mail of each author, once.
    pub authors: Vec<(String, String)>,
    /// Messages, newest first.
    pub messages: Vec<String>,
}

impl Source {
    /// Reads at most `limit` commits, newest first. What cannot be read is left out: learning
    /// is a help, not a check.
    #[must_use]
    pub fn recent_commits(&self, limit: usize) -> Commits {
        let mut out = Commits::default();
        let mut seen = std::collections::HashSet::new();
        let Ok(repo) = self.repository() else { return out };
        let Ok(mut walk) = repo.revwalk() else { return out };
        if walk.push(self.commit).is_err() {
            return out;
        }
        for oid in walk.take(limit).filter_map(Result::ok) {
            let Ok(commit) = repo.find_commit(oid) else { continue };
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
        let mut parts = url.trim_end_matches('/').rsplit(['/', ':']);
        parts.next()?;
        parts.next().filter(|owner| !owner.is_empty()).map(str::to_owned)
    }
}
