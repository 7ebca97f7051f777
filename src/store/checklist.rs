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
    atomic::{Readers, write_new},
    bounded::Bounded,
    kind,
    line::{Sealer, Written, is_sealed, quote, render},
};
use crate::domain::{LineIndex, RepoPath, Target, Vote};

/// Newest schema that this version reads, and the one it writes.
///
/// 1 knew votes on values, files and directories. Since 2 further kinds of lines may stand among
/// the votes; a file of schema 1 is one of schema 2 without them.
const SCHEMA: u64 = 2;
/// Oldest schema that this version reads.
const OLDEST: u64 = 1;

/// Over 400,000 votes. A checklist that the user names may be a link; any other is none by now,
/// see [`Folder::check`](super::Folder::check).
const WHOLE: Bounded = Bounded::of_user("a checklist", MOST, TO_DO);
/// A copy of an older one, beside it.
const COPY: Bounded = Bounded::of_repository("a checklist", MOST, TO_DO);
const MOST: u64 = 128 << 20;
const TO_DO: &str = "restore it from Git, or move it away and begin anew";

/// So many different files of an older schema are kept side by side.
const COPIES: u32 = 99;

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

/// What a checklist says to those who don't have its key. None of it is proved by a seal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Name of the review.
    pub review: String,
    /// Which key made the ids.
    pub key_id: String,
    /// Who voted.
    pub by: BTreeSet<String>,
}

/// The content of a checklist.
///
/// Nothing outside the arrays ever changes after the first write but the schema, which everybody
/// raises to the same number, and the key, which is changed when everything is merged: two
/// reviewers who touched a header line in different ways would leave a file that `merge=union`
/// makes unreadable. The reviewed commits are therefore lines of an array too.
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

/// A file of which no more is known than that its lines are of some kind.
#[derive(Deserialize)]
struct AnyFile {
    #[serde(default)]
    ballot: AnyBallot,
}

#[derive(Default, Deserialize)]
struct AnyBallot {
    #[serde(default)]
    votes: Vec<toml::Spanned<AnyVote>>,
}

#[derive(Deserialize)]
struct AnyVote {
    on: Option<String>,
    #[serde(rename = "do")]
    act: Option<String>,
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
    /// Returns the text of the checklist at `path`; nothing if there is none.
    ///
    /// # Errors
    /// When no text file of moderate size stands there, or it can't be read.
    pub fn load(path: &Path) -> Result<Option<String>, StoreError> {
        WHOLE.text(path)
    }

    /// Refuses a `text` that could not be read again.
    ///
    /// # Errors
    /// When it is too large for the file at `path`.
    pub fn fits(path: &Path, text: &str) -> Result<(), StoreError> {
        WHOLE.fits(path, text.len() as u64)
    }

    /// Returns what the checklist in `text` says without its key.
    ///
    /// # Errors
    /// As [`parse`](Self::parse).
    pub fn outline(path: &Path, text: &str) -> Result<Outline, StoreError> {
        let file = read(path, text)?;
        let by = file.ballot.votes.iter().map(|vote| vote.get_ref().by.to_string());
        Ok(Outline { by: by.collect(), review: file.review, key_id: file.key_id })
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
        let lines = vote_lines(&self.votes, seal);
        for line in lines.iter().chain(self.broken.iter().map(|broken| &broken.raw)) {
            let _ = writeln!(out, "  {line},");
        }
        out.push_str("]\n");
        out
    }
}

/// Returns the lines of `votes` as they stand in the file, without the comma.
#[must_use]
pub fn vote_lines(votes: &[Vote], seal: Sealer<'_>) -> Vec<String> {
    let mut lines: BTreeMap<(Order<'_>, i64), BTreeSet<String>> = BTreeMap::new();
    for vote in votes {
        lines.entry((order(vote), vote.at)).or_default().insert(render(vote, seal));
    }
    lines.into_values().flatten().collect()
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
        Target::Text(_) => (path, 5, "", ""),
        Target::Unflagged => (path, 6, "", ""),
        Target::Rotation(value) => (path, 7, value, ""),
        Target::StandIn(value) => (path, 8, value, ""),
    }
}

/// Keeps the file at `path`, whose text is `text`, beside itself when it is of an older schema,
/// because the next write raises that. Nothing that is there already is overwritten.
///
/// # Errors
/// When it can't be written.
pub fn keep_older(path: &Path, text: &str) -> Result<(), StoreError> {
    // What this version wrote needs no reading: with 50,000 votes that takes a quarter of a second.
    let ours = text.strip_prefix(HEADER).and_then(|text| text.strip_prefix("schema = "));
    if ours.is_some_and(|text| text.starts_with(&format!("{SCHEMA}\n"))) {
        return Ok(());
    }
    let schema = schema_of(path, text)?;
    if schema >= SCHEMA {
        return Ok(());
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    for n in 1..=COPIES {
        let more = if n > 1 { format!("-{n}") } else { String::new() };
        let copy = path.with_file_name(format!("{name}.schema{schema}{more}"));
        if COPY.bytes(&copy).is_ok_and(|kept| kept.as_deref() == Some(text.as_bytes())) {
            return Ok(());
        }
        if write_new(&copy, text.as_bytes(), Readers::All)? {
            return Ok(());
        }
    }
    Err(StoreError::NoName { path: path.into(), schema })
}

fn schema_of(path: &Path, text: &str) -> Result<u64, StoreError> {
    let schema: Schema = toml::from_str(text).map_err(broken(path, text))?;
    match schema.schema {
        Some(found) if found > SCHEMA => {
            Err(StoreError::Newer { path: path.into(), found, known: SCHEMA })
        }
        Some(found) if found >= OLDEST => Ok(found),
        _ => Err(StoreError::Broken {
            path: path.into(),
            line: 1,
            message: "no schema: this is no debut checklist".into(),
        }),
    }
}

fn read(path: &Path, text: &str) -> Result<File, StoreError> {
    schema_of(path, text)?;
    toml::from_str(text).map_err(|error| {
        // A line of a kind that is not known may have any fields; these are not what is wrong.
        unknown_kind(path, text).unwrap_or_else(|| broken(path, text)(error))
    })
}

fn broken<'a>(path: &'a Path, text: &'a str) -> impl Fn(toml::de::Error) -> StoreError + 'a {
    move |error| {
        let (line, message) = conflict(text).unwrap_or_else(|| {
            let line = error.span().map_or(1, |span| line_at(text, span.start));
            (line, format!("{}; mend the line or restore the file from Git", error.message()))
        });
        StoreError::Broken { path: path.into(), line, message }
    }
}

/// Returns where a merge that Git could not finish begins, and what ends it.
fn conflict(text: &str) -> Option<(usize, String)> {
    let at = text.lines().position(|line| line.starts_with("<<<<<<< "))?;
    let message = "a merge that was not finished: take out the lines that begin with <<<<<<<, \
        =======, ||||||| and >>>>>>>, and leave the lines of both sides";
    Some((at + 1, message.into()))
}

/// Returns the error about the first line of a kind that this version does not know.
fn unknown_kind(path: &Path, text: &str) -> Option<StoreError> {
    let file: AnyFile = toml::from_str(text).ok()?;
    file.ballot.votes.iter().find_map(|vote| {
        let AnyVote { on, act } = vote.get_ref();
        let message = kind::unknown(on.as_deref()?, act.as_deref())?;
        let line = line_at(text, vote.span().start);
        Some(StoreError::Broken { path: path.into(), line, message })
    })
}

fn line_at(text: &str, offset: usize) -> usize {
    text.as_bytes()[..offset.min(text.len())].iter().filter(|b| **b == b'\n').count() + 1
}
