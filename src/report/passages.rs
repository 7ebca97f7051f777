// SPDX-License-Identifier: MIT OR Apache-2.0
//! The recurring passages of the readable documents: groups, decisions, files.

use super::{
    document::{Item, Line, code, strong, text},
    model::{Decision, GroupEntry, NotJudged, Part, PathDecision},
    past,
};
use crate::domain::Category;

/// How many paths of one decision are listed; JSON has them all.
const PATHS: usize = 20;

/// Returns a number with its noun.
pub(super) fn many(n: impl TryInto<u64>, noun: &str) -> String {
    match n.try_into() {
        Ok(1) => format!("1 {noun}"),
        Ok(n) => format!("{n} {noun}s"),
        Err(_) => format!("countless {noun}s"),
    }
}

/// Returns the entry of a group.
pub(super) fn group_item(group: &GroupEntry) -> Item<'_> {
    let mut line =
        vec![strong(&*group.title), text(" "), code(&*group.rule), text(" "), code(&*group.id)];
    if let Some(about) = &group.about {
        line.extend([text(" "), code(&**about)]);
    }
    line.push(text(format!(
        ", {}, {} confidence, {} in {}: {}",
        group.severity,
        group.confidence,
        many(group.places, "place"),
        many(group.files, "file"),
        group.state,
    )));
    if group.blocks {
        line.push(text(", "));
        line.push(strong("blocks"));
    }
    if group.disputed > 0 {
        line.push(text(format!(", {} ", many(group.disputed, "place"))));
        line.push(strong("disputed"));
    }
    let since = past::group_line(group).into_iter();
    let mut below: Vec<Line> = since.chain(group.parts.iter().map(part_line)).collect();
    if group.more_parts > 0 {
        let places = many(group.places_in_more_parts, "place");
        below.push(vec![text(format!(
            "and {} on {places}",
            many(group.more_parts, "more decision")
        ))]);
    }
    Item { line, below }
}

fn part_line(part: &Part) -> Line<'_> {
    let mut line = match &part.decision {
        Some(decision) => decision_line(decision),
        None if part.reopened => {
            vec![
                strong("undecided"),
                text(", approved once, before the text around it changed or the time ran out"),
            ]
        }
        None => vec![strong("undecided")],
    };
    for other in &part.others {
        line.push(text("; "));
        line.push(text(&*other.by));
        line.push(text(format!(" says {}", other.verdict)));
    }
    if let Some(path) = part.decision.as_ref().and_then(|decision| decision.directory.as_deref()) {
        line.extend([text(" "), code(or_whole(path))]);
    }
    line.push(text(format!("; {}: ", many(part.places, "place"))));
    listed(&mut line, &part.first, part.places);
    if let Some(decision) = &part.decision {
        note(&mut line, decision);
    }
    line
}

fn note<'a>(line: &mut Line<'a>, decision: &'a Decision) {
    if let Some(note) = &decision.note {
        line.extend([text(". Note: "), text(&**note)]);
    }
}

/// Returns verdict, reason, reviewer, time and how it came about; the note follows the places.
fn decision_line(decision: &Decision) -> Line<'_> {
    let mut line = vec![strong(decision.verdict)];
    if let Some(reason) = decision.reason {
        line.push(text(format!(" ({})", reason.replace('-', " "))));
    }
    if let Some(to) = &decision.to {
        line.push(text(": "));
        line.push(code(&**to));
    }
    line.push(text(" by "));
    line.push(text(&*decision.by));
    line.push(text(format!(" at {}", decision.at)));
    line.push(text(decision.how.map_or(", how is not recorded".into(), |how| format!(", {how}"))));
    if let Some((seen, all)) = decision.seen {
        line.push(text(format!(", seen {seen} of {all}")));
    }
    if let Some(until) = &decision.until {
        line.push(text(format!(", until {until}")));
    }
    match decision.on {
        "file" => line.push(text(", on the whole file")),
        "directory" => line.push(text(", on the whole directory")),
        _ => {}
    }
    line
}

/// Returns the entry of a decision on files or a directory.
pub(super) fn path_decision_item(entry: &PathDecision) -> Item<'_> {
    let decision = &entry.decision;
    let mut line = decision_line(decision);
    line.push(text(": "));
    listed(&mut line, &entry.paths[..entry.paths.len().min(PATHS)], entry.paths.len());
    note(&mut line, decision);
    line.into()
}

/// Returns one entry for all files that are no part of a release, nothing if there is none.
pub(super) fn out_of_scope_item(files: &[NotJudged]) -> Option<Item<'_>> {
    let files = files.iter().filter(|file| file.is_out_of_scope());
    let paths: Vec<&str> = files.map(|file| file.path.as_str()).collect();
    let all = many(paths.len(), "file");
    let mut line =
        vec![text(format!("{all} out of scope by the policy, left out of the release: "))];
    for (i, path) in paths.iter().take(PATHS).enumerate() {
        line.push(text(if i > 0 { ", " } else { "" }));
        line.push(code(*path));
    }
    if paths.len() > PATHS {
        line.push(text(format!(" and {} more", paths.len() - PATHS)));
    }
    (!paths.is_empty()).then(|| line.into())
}

/// Returns the entry of a file that could not be judged.
pub(super) fn not_judged_item(file: &NotJudged) -> Item<'_> {
    let mut line = vec![code(&*file.path), text(": "), text(&*file.reason)];
    if let Some(id) = &file.source_object {
        line.extend([text(", object "), code(&**id)]);
    }
    if file.blocks {
        line.extend([text(", "), strong("blocks")]);
    }
    if file.excluded {
        line.push(text(", left out of the release"));
    }
    if file.looked_at {
        line.push(text(", a person looked at it and approved it"));
    }
    line.into()
}

/// Returns what a row of the table of categories is called.
pub(super) fn category_title(word: &'static str) -> &'static str {
    Category::ALL.iter().find(|category| category.word() == word).map_or("Total", |c| c.title())
}

/// Returns how a verdict came about in more than one word.
pub(super) fn origin_words(word: &'static str) -> &'static str {
    match word {
        "direct" => "direct: one place, looked at",
        "group" => "group: all places of one value",
        "batch" => "batch: a broader scope",
        "suggestion" => "suggestion: accepted",
        "sample" => "sample: drawn from a batch and looked at",
        "settled" => "settled: given to end a dispute",
        "unknown" => "not recorded",
        other => other,
    }
}

fn listed<'a>(line: &mut Line<'a>, first: &'a [String], all: usize) {
    for (i, place) in first.iter().enumerate() {
        if i > 0 {
            line.push(text(", "));
        }
        line.push(code(or_whole(place)));
    }
    if all > first.len() {
        line.push(text(format!(" and {} more", all - first.len())));
    }
}

fn or_whole(path: &str) -> &str {
    if path.is_empty() { "the whole repository" } else { path }
}
