// SPDX-License-Identifier: MIT OR Apache-2.0
//! What the report says about the history: how much of it was judged, and since when each value
//! has stood in it.
//!
//! Ids of the source's objects stand only in fields whose names begin with `source_`: they give
//! away what was redacted to whoever guesses it, so a report for the public must leave them out.

use std::{collections::HashSet, ops::Range};

use jiff::Timestamp;
use serde::Serialize;

use super::{
    document::{Block, Item, Line, code, strong, text},
    guard::Guard,
    model::{GroupEntry, Predicate, Residual},
    passages::many,
};
use crate::{
    domain::{CommitRef, HistorySummary},
    review::{FindingIdx, Session},
};

/// How many digits of a commit's id are told.
const DIGITS: usize = 12;
/// How many objects and refs are listed one by one; JSON has them all.
const LISTED: usize = 20;
/// What a reader must know when the history was not scanned.
const NOT_JUDGED: &str = "Only the files of one commit were judged. Its history was not, and must not be published \
     with it.";

#[derive(Clone, Debug, Serialize)]
pub(super) struct HistoryEntry {
    pub(super) refs: usize,
    pub(super) commits: usize,
    pub(super) trees: usize,
    /// Contents of files.
    pub(super) versions: usize,
    pub(super) tags: usize,
    /// Objects that are named but not there.
    pub(super) missing: usize,
    /// Objects that could not be read.
    pub(super) unread: usize,
    /// Commits that changed too much to follow each file.
    pub(super) cut: usize,
    pub(super) unreachable: usize,
    pub(super) unreachable_scanned: bool,
    pub(super) reflogs: bool,
    /// Refs that are there but stay, by the beginning of their names.
    pub(super) not_published: Vec<Tip>,
    /// Chosen refs that lead nowhere.
    pub(super) broken_refs: Vec<String>,
    /// The missing and unread objects. Not for the public.
    pub(super) source_objects: Vec<SourceObject>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Tip {
    pub(super) what: String,
    pub(super) count: usize,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct SourceObject {
    pub(super) id: String,
    pub(super) missing: bool,
    pub(super) reason: String,
}

/// Since when and until when a group stands.
#[derive(Clone, Debug, Serialize)]
pub(super) struct GroupHistory {
    /// Whether the reviewed commit has it; otherwise only its history.
    pub(super) in_tree: bool,
    /// Over all places, each counted for itself.
    pub(super) versions: u64,
    pub(super) first: Option<SeenAt>,
    pub(super) last: Option<SeenAt>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct SeenAt {
    pub(super) time: Option<String>,
    pub(super) author: String,
    /// The head of the commit's id. Not for the public.
    pub(super) source_commit: String,
}

/// Puts the summary of a scan into the report's words.
pub(super) fn entry(history: &HistorySummary, guard: &Guard<'_>) -> HistoryEntry {
    let tip = |(name, count): &(String, usize)| Tip { what: guard.name(name), count: *count };
    let object = |gap: &crate::domain::Gap| SourceObject {
        id: gap.id.clone(),
        missing: gap.missing,
        reason: guard.remark(&gap.reason),
    };
    HistoryEntry {
        refs: history.refs.len(),
        commits: history.commits,
        trees: history.trees,
        versions: history.blobs,
        tags: history.tags,
        missing: history.missing,
        unread: history.unread,
        cut: history.cut,
        unreachable: history.unreachable,
        unreachable_scanned: history.unreachable_scanned,
        reflogs: history.reflogs,
        not_published: history.left_out.iter().map(tip).collect(),
        broken_refs: history.broken.iter().map(|name| guard.name(name)).collect(),
        source_objects: history.gaps.iter().map(object).collect(),
    }
}

/// Returns what remains to be known about the history.
pub(super) fn residual(history: Option<&HistorySummary>, guard: &Guard<'_>) -> Vec<Residual> {
    let entry = |text: String| Residual { class: "history", text };
    let Some(history) = history else { return vec![entry(NOT_JUDGED.into())] };
    let cut = (history.cut > 0).then(|| {
        let commits = many(history.cut, "commit");
        format!("{commits} changed too much to say when each file came and went.")
    });
    let not_published = history.not_published().map(|words| guard.remark(&words));
    not_published.into_iter().chain(cut).map(entry).collect()
}

/// Returns since when the places of a group stand.
pub(super) fn of_group(
    session: &Session,
    members: &[FindingIdx],
    in_tree: bool,
    guard: &Guard<'_>,
) -> GroupHistory {
    let mut counted = HashSet::new();
    let (mut first, mut last): (Option<&CommitRef>, Option<&CommitRef>) = (None, None);
    let mut versions = 0;
    for idx in members {
        let Some(seen) = session.sighting(*idx) else { continue };
        let age = |commit: &&CommitRef| (commit.time, commit.id.clone());
        first = first.into_iter().chain(seen.first.as_deref()).min_by_key(age);
        last = last.into_iter().chain(seen.last.as_deref()).max_by_key(age);
        // Places that cannot be told apart were counted together.
        if counted.insert((&session.finding(*idx).path, session.identity(*idx))) {
            versions += u64::from(seen.versions);
        }
    }
    let at = |commit: &CommitRef| SeenAt {
        time: Timestamp::from_second(commit.time).ok().map(|time| time.to_string()),
        author: guard.name(&commit.author),
        source_commit: commit.id.get(..DIGITS).unwrap_or(&commit.id).into(),
    };
    GroupHistory { in_tree, versions, first: first.map(at), last: last.map(at) }
}

/// Returns the part of the document about the history.
pub(super) fn blocks<'a>(out: &mut Vec<Block<'a>>, predicate: &'a Predicate) {
    out.push(Block::Heading(2, "History".into()));
    let Some(history) = &predicate.history else {
        out.push(Block::Paragraph(vec![text(NOT_JUDGED)]));
        return;
    };
    let row = |name: &'static str, line: Line<'a>| vec![vec![text(name)], line];
    let number = |name, n: usize| row(name, vec![text(n.to_string())]);
    let mut rows = vec![
        number("Refs that would be published", history.refs),
        number("Commits", history.commits),
        number("Versions of files", history.versions),
        number("Directories", history.trees),
        number("Annotated tags", history.tags),
        number("Objects named but not there, so not judged", history.missing),
        number("Objects that could not be read, so not judged", history.unread),
    ];
    let scanned = if history.unreachable_scanned { "scanned all the same" } else { "not scanned" };
    let unreachable = format!("{}, {scanned}", history.unreachable);
    rows.push(row("Objects no chosen ref leads to, not published", vec![text(unreachable)]));
    let left = history.not_published.iter();
    let left = left.map(|tip| row("Refs not published", vec![text(tip.words())]));
    rows.extend(left);
    let reflogs = if history.reflogs { "there, not published" } else { "none" };
    rows.push(row("Reflogs", vec![text(reflogs)]));
    rows.extend((history.cut > 0).then(|| number("Commits not followed by file", history.cut)));
    out.push(Block::Table { head: vec!["What", "How much"], rows, numbers: false });
    let objects = history
        .source_objects
        .iter()
        .take(LISTED)
        .map(|object| Item::from(vec![code(&*object.id), text(": "), text(&*object.reason)]));
    let broken = history.broken_refs.iter().take(LISTED);
    let broken = broken.map(|name| Item::from(vec![code(&**name), text(": leads nowhere")]));
    let mut items: Vec<Item<'_>> = objects.chain(broken).collect();
    let all = history.source_objects.len() + history.broken_refs.len();
    if all > items.len() {
        items.push(vec![text(format!("and {} more", all - items.len()))].into());
    }
    if !items.is_empty() {
        out.push(Block::Heading(3, "Not judged in the history".into()));
        out.push(Block::List(items));
    }
}

/// Returns the line below a group that says since when it stands.
pub(super) fn group_line(group: &GroupEntry) -> Option<Line<'_>> {
    let history = group.history.as_ref()?;
    let layer = if history.in_tree { "in the reviewed commit" } else { "history only" };
    let mut line = vec![strong(layer)];
    for (word, seen) in [("since", &history.first), ("until", &history.last)] {
        let Some(seen) = seen else { continue };
        let day =
            seen.time.as_deref().map_or("an unknown time", |time| time.get(..10).unwrap_or(time));
        line.push(text(format!(", {word} {day} ({}, ", seen.author)));
        line.push(code(&*seen.source_commit));
        line.push(text(")"));
    }
    if history.versions > 0 {
        line.push(text(format!(", {}", many(history.versions, "version"))));
    }
    Some(line)
}

/// Returns where the first id of an object stands in `text`: 40 or 64 hexadecimal digits.
fn id_in(text: &str) -> Option<Range<usize>> {
    let mut start = 0;
    for run in text.split(|c: char| !matches!(c, '0'..='9' | 'a'..='f')) {
        if matches!(run.len(), 40 | 64) {
            return Some(start..start + run.len());
        }
        start += run.len();
        start += text[start..].chars().next().map_or(0, char::len_utf8);
    }
    None
}

/// Returns the first id of an object in `text`.
pub(super) fn object_id(text: &str) -> Option<String> {
    id_in(text).map(|range| text[range].to_owned())
}

/// Returns `text` with `…` for every id of an object.
pub(super) fn without_ids(text: &str) -> String {
    let mut out = text.to_owned();
    while let Some(range) = id_in(&out) {
        out.replace_range(range, "…");
    }
    out
}

impl Tip {
    fn words(&self) -> String {
        format!("{} in {}", self.count, self.what)
    }
}

#[cfg(test)]
mod tests {
    use super::{object_id, without_ids};

    #[test]
    fn ids_are_found_and_cut_out() {
        let (one, two) = ("0a".repeat(20), "f1".repeat(32));
        let text = format!("ä version, {one}, is not ({two}) here");
        assert_eq!(object_id(&text), Some(one.clone()));
        assert_eq!(without_ids(&text), "ä version, …, is not (…) here");
        assert_eq!(without_ids(&one), "…");
        let plain = "0a0a is short, and so is deadbeef";
        assert_eq!((object_id(plain), without_ids(plain)), (None, plain.into()));
    }
}
