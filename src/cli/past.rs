// SPDX-License-Identifier: MIT OR Apache-2.0
//! Since when something stands, in words and in JSON, and names without the values in them.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
};

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    domain::{Class, CommitRef, Finding, Layer, Metadata, RepoPath, Sighting, is_plain_word},
    review::{FindingIdx, Session},
};

/// How many digits of an id are shown to people.
const DIGITS: usize = 12;
/// Shorter credentials stand in names by chance.
const SHORTEST: usize = 8;

/// A commit as JSON tells it. The names are an interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct CommitDocument {
    commit: String,
    time: Option<String>,
    author: String,
}

/// Knows which values stand in names of refs and authors, and says these without them.
pub(super) struct Names<'a> {
    /// Credentials: they are masked wherever they stand.
    credentials: Vec<(String, String)>,
    /// What was found in the name of each ref, setting or file.
    found: BTreeMap<&'a str, BTreeSet<(String, String)>>,
    /// What was found in names of files.
    in_paths: Vec<(String, String)>,
    authors: RefCell<HashMap<String, String>>,
}

impl<'a> Names<'a> {
    pub(super) fn of(session: &'a Session) -> Self {
        let mut credentials = BTreeSet::new();
        let mut found: BTreeMap<&str, BTreeSet<(String, String)>> = BTreeMap::new();
        let mut in_paths = BTreeSet::new();
        let of_files = [Metadata::Paths.path(), Metadata::PastPaths.path()];
        for (idx, finding) in session.findings() {
            let value = finding.value.expose();
            let pair = || (String::from_utf8_lossy(value).into_owned(), finding.value.masked());
            if let Layer::Name(name) = &finding.layer {
                let class = session.info(session.group_of(idx)).class;
                // Of a file that is called after a host the name must be told: it is decided about.
                if !of_files.contains(&finding.path) {
                    found.entry(name).or_default().insert(pair());
                } else if class == Class::Credential {
                    found.entry(name).or_default().insert(pair());
                    in_paths.insert(pair());
                }
            }
            let class = session.info(session.group_of(idx)).class;
            let secret = class == Class::Credential && finding.place.span().is_some();
            if secret && value.len() >= SHORTEST && !is_plain_word(value) {
                credentials.insert(pair());
                let written = String::from_utf8_lossy(finding.value.written()).into_owned();
                credentials.insert((written, finding.value.masked()));
            }
        }
        let credentials = longest_first(credentials);
        let in_paths = longest_first(in_paths);
        Self { credentials, found, in_paths, authors: RefCell::default() }
    }

    /// Returns the name of a ref or a setting.
    pub(super) fn name(&self, name: &str) -> String {
        let own = longest_first(self.found.get(name).cloned().unwrap_or_default());
        masked(&masked(name, &own), &self.credentials)
    }

    /// Returns a path without the credentials in the names of files and directories. Other
    /// values stay: a place must be found again, and short ones are words.
    pub(super) fn path(&self, path: &RepoPath) -> String {
        masked(&path.to_string(), &self.in_paths)
    }

    fn author(&self, author: &str) -> String {
        if let Some(known) = self.authors.borrow().get(author) {
            return known.clone();
        }
        let shown = masked(author, &self.credentials);
        self.authors.borrow_mut().insert(author.into(), shown.clone());
        shown
    }

    /// Returns what JSON says about a commit.
    pub(super) fn commit(&self, commit: &CommitRef) -> CommitDocument {
        CommitDocument {
            commit: commit.id.clone(),
            time: Timestamp::from_second(commit.time).ok().map(|time| time.to_string()),
            author: self.author(&commit.author),
        }
    }

    /// Returns the first and the last commit of a place.
    pub(super) fn commits(
        &self,
        seen: Option<&Sighting>,
    ) -> (Option<CommitDocument>, Option<CommitDocument>) {
        let commit = |commit: &Option<_>| commit.as_deref().map(|commit| self.commit(commit));
        seen.map_or((None, None), |seen| (commit(&seen.first), commit(&seen.last)))
    }

    /// Returns where metadata or an object without a path stands, nothing for files.
    pub(super) fn place(&self, finding: &Finding, seen: Option<&Sighting>) -> Option<String> {
        let at = finding.place.span().map(|span| format!(":{}:{}", span.line, span.column));
        let at = at.unwrap_or_default();
        match &finding.layer {
            Layer::Object(id) if finding.path == Metadata::Identities.path() => {
                Some(format!("{} {} author or committer", object(id, seen), short(id)))
            }
            Layer::Object(id) => Some(format!("{} {} message{at}", object(id, seen), short(id))),
            Layer::Name(name) if finding.path == Metadata::Config.path() => {
                Some(format!("setting {}", self.name(name)))
            }
            Layer::Name(name) if finding.path != Metadata::Refs.path() => {
                Some(format!("name of {}", self.name(name)))
            }
            Layer::Name(name) => Some(format!("ref {}", self.name(name))),
            Layer::Past(id) if Metadata::covers(&finding.path) => {
                Some(format!("unreachable object {}{at}", short(id)))
            }
            Layer::Past(_) | Layer::Tree => None,
        }
    }
}

/// Returns what holds a message: a commit knows itself as the first that has it.
fn object(id: &str, seen: Option<&Sighting>) -> &'static str {
    let first = seen.and_then(|seen| seen.first.as_deref());
    if first.is_some_and(|first| first.id == id) { "commit" } else { "tag or loose commit" }
}

/// Returns an id as people are shown it.
pub(super) fn short(id: &str) -> &str {
    id.get(..DIGITS).unwrap_or(id)
}

/// Returns `3f2a91cdd0e1 2019-03-02 … 9d0c1f2a3b4c 2020-11-01`, or one of them where it is both.
pub(super) fn period(first: Option<&CommitRef>, last: Option<&CommitRef>) -> String {
    let words = |commit: &CommitRef| match Timestamp::from_second(commit.time) {
        Ok(time) => format!("{} {}", short(&commit.id), time.strftime("%Y-%m-%d")),
        Err(_) => short(&commit.id).to_owned(),
    };
    match (first, last) {
        (Some(first), Some(last)) if first.id != last.id => {
            format!("{} … {}", words(first), words(last))
        }
        (Some(one), _) | (None, Some(one)) => words(one),
        (None, None) => "no commit has it".into(),
    }
}

/// Returns what is added to the line of a place that the reviewed commit does not have.
pub(super) fn suffix(finding: &Finding, seen: Option<&Sighting>) -> String {
    let Some(seen) = seen else { return String::new() };
    let (first, last) = (seen.first.as_deref(), seen.last.as_deref());
    match finding.layer {
        Layer::Past(_) => format!("  (history only, {})", period(first, last)),
        Layer::Object(_) if seen.versions > 1 => {
            format!("  (in {} objects, {})", seen.versions, period(first, last))
        }
        _ => String::new(),
    }
}

/// Since when the places of a group stand.
pub(super) struct Stretch<'a> {
    pub(super) first: Option<&'a CommitRef>,
    pub(super) last: Option<&'a CommitRef>,
    /// Versions over all places, each place counted for itself.
    pub(super) versions: u64,
}

impl<'a> Stretch<'a> {
    /// Joins the sightings of `members`; nothing where the history was not scanned.
    pub(super) fn over(session: &'a Session, members: &[FindingIdx]) -> Option<Self> {
        let mut out = Self { first: None, last: None, versions: 0 };
        let mut counted = HashSet::new();
        let mut any = false;
        for idx in members {
            let Some(seen) = session.sighting(*idx) else { continue };
            any = true;
            let first = seen.first.as_deref().into_iter().chain(out.first);
            out.first = first.min_by_key(|commit| (commit.time, &commit.id));
            let last = seen.last.as_deref().into_iter().chain(out.last);
            out.last = last.max_by_key(|commit| (commit.time, &commit.id));
            // Places that cannot be told apart were counted together.
            if counted.insert((&session.finding(*idx).path, session.identity(*idx))) {
                out.versions += u64::from(seen.versions);
            }
        }
        any.then_some(out)
    }
}

fn longest_first(values: BTreeSet<(String, String)>) -> Vec<(String, String)> {
    let mut values: Vec<(String, String)> = values.into_iter().collect();
    values.sort_by_key(|(value, _)| std::cmp::Reverse(value.len()));
    values
}

fn masked(text: &str, values: &[(String, String)]) -> String {
    let mut out = text.to_owned();
    for (value, mask) in values.iter().filter(|(value, _)| !value.is_empty()) {
        if out.contains(value.as_str()) {
            out = out.replace(value.as_str(), mask);
        }
    }
    out
}
