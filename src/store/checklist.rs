// SPDX-License-Identifier: MIT OR Apache-2.0
//! `.debut/checklist.toml`: every decision, one a line, so that Git can merge it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    path::Path,
};

use serde::Deserialize;

use super::{
    StoreError,
    line::{Sealer, Written, is_sealed, quote, render},
};
use crate::domain::{LineIndex, RepoPath, Target, Vote};

/// Newest schema that this version reads and writes.
const SCHEMA: u64 = 1;

const HEADER: &str = "\
# debut checklist. PRIVATE: it names internal paths. A release never holds it.
# One line a vote, sorted; merging with `merge=union` is safe, repeated lines are ignored.
# Values are never written, only ids under a key that stays with the reviewers.
";

/// A commit that was reviewed with these rules.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reviewed {
    /// The commit, in hexadecimal.
    pub commit: String,
    /// Its tree.
    pub tree: String,
    /// Digest of the rules.
    pub rules: String,
}

/// A vote line whose seal does not fit: edited by hand, blended by a merge, or made with another
/// key. It does not count, and it is written back as it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Line in the file, counted from 1.
    pub line: usize,
    /// The text of the inline table.
    pub raw: String,
}

/// The content of a checklist.
///
/// Nothing outside the arrays ever changes after the first write: two reviewers who both
/// touched a header line would leave a file that `merge=union` makes unreadable. The reviewed
/// commits are therefore lines of an array too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checklist {
    /// Name of the review, made up once.
    pub review: String,
    /// Which key made the ids.
    pub key_id: String,
    /// The commits that were reviewed.
    pub reviewed: BTreeSet<Reviewed>,
    /// The votes whose seals fit.
    pub votes: Vec<Vote>,
    /// The lines whose seals don't.
    pub broken: Vec<Broken>,
}

#[derive(Deserialize)]
struct Schema {
    schema: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "schema")]
    _schema: u64,
    review: String,
    key_id: String,
    #[serde(default)]
    ballot: BallotTable,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct BallotTable {
    #[serde(default)]
    reviewed: Vec<Reviewed>,
    #[serde(default)]
    votes: Vec<toml::Spanned<Written>>,
}

impl Checklist {
    /// Returns which key the checklist in `text` was made with.
    ///
    /// # Errors
    /// As [`parse`](Self::parse).
    pub fn key_id_of(path: &Path, text: &str) -> Result<String, StoreError> {
        Ok(read(path, text)?.key_id)
    }

    /// Reads `text`, which stood in the file `path`.
    ///
    /// # Errors
    /// When it is not TOML, not of this schema, or of a newer one; with the line.
    pub fn parse(path: &Path, text: &str, seal: Sealer<'_>) -> Result<Self, StoreError> {
        let file = read(path, text)?;
        let mut out = Self {
            review: file.review,
            key_id: file.key_id,
            reviewed: file.ballot.reviewed.into_iter().collect(),
            ..Self::default()
        };
        // Counting line ends from the top for each of 50,000 votes took minutes.
        let lines = LineIndex::new(text.as_bytes());
        for written in file.ballot.votes {
            let span = written.span();
            let line = lines.line_of(span.start) + 1;
            let written = written.into_inner();
            let found = written.seal.clone();
            let vote = Vote::try_from(written).map_err(|message| StoreError::Broken {
                path: path.into(),
                line,
                message,
            })?;
            if is_sealed(&vote, found.as_deref(), seal) {
                out.votes.push(vote);
            } else {
                out.broken.push(Broken { line, raw: text[span].into() });
            }
        }
        Ok(out)
    }

    /// Returns the text of the file.
    #[must_use]
    pub fn render(&self, seal: Sealer<'_>) -> String {
        let mut out = String::from(HEADER);
        // Writing to a string cannot fail.
        let _ = writeln!(out, "schema = {SCHEMA}");
        let _ = writeln!(out, "review = {}", quote(&self.review));
        let _ = writeln!(out, "key_id = {}", quote(&self.key_id));
        out.push_str("\n[ballot]\nreviewed = [\n");
        for Reviewed { commit, tree, rules } in &self.reviewed {
            let (commit, tree, rules) = (quote(commit), quote(tree), quote(rules));
            let _ = writeln!(out, "  {{ commit = {commit}, tree = {tree}, rules = {rules} }},");
        }
        out.push_str("]\nvotes = [\n");
        let mut lines: BTreeMap<(Order<'_>, i64), BTreeSet<String>> = BTreeMap::new();
        for vote in &self.votes {
            lines.entry((order(vote), vote.at)).or_default().insert(render(vote, seal));
        }
        for line in lines.values().flatten().chain(self.broken.iter().map(|broken| &broken.raw)) {
            let _ = writeln!(out, "  {line},");
        }
        out.push_str("]\n");
        out
    }
}

type Order<'a> = (&'a [u8], u8, &'a str, &'a str);

/// Votes on one path stand together, and votes on one target in the order of time.
fn order(vote: &Vote) -> Order<'_> {
    let path = vote.target.path().map_or(&b""[..], RepoPath::as_bytes);
    match &vote.target {
        Target::Directory(_) => (path, 0, "", ""),
        Target::File(_) => (path, 1, "", ""),
        Target::Place { id, .. } => (path, 2, &id.value, &id.context),
        Target::Attestation(id) => (path, 3, id, ""),
        Target::Batch => (path, 4, "", ""),
    }
}

fn read(path: &Path, text: &str) -> Result<File, StoreError> {
    let broken = |error: toml::de::Error| StoreError::Broken {
        path: path.into(),
        line: error.span().map_or(1, |span| line_at(text, span.start)),
        message: format!("{}; mend the line or restore the file from Git", error.message()),
    };
    let schema: Schema = toml::from_str(text).map_err(broken)?;
    match schema.schema {
        Some(found) if found > SCHEMA => {
            Err(StoreError::Newer { path: path.into(), found, known: SCHEMA })
        }
        Some(_) => toml::from_str(text).map_err(broken),
        None => Err(StoreError::Broken {
            path: path.into(),
            line: 1,
            message: "no schema: this is no debut checklist".into(),
        }),
    }
}

fn line_at(text: &str, offset: usize) -> usize {
    text.as_bytes()[..offset.min(text.len())].iter().filter(|b| **b == b'\n').count() + 1
}
