// SPDX-License-Identifier: MIT OR Apache-2.0
//! Printing: text from the repository is made safe first.

use std::{borrow::Cow, collections::BTreeMap, io::Write, sync::Arc};

use serde::Serialize;

use super::{
    past::{CommitDocument, Names, suffix},
    rotated::RotationTally,
    rules::change_document,
};
use crate::{
    domain::{Category, Class, Finding, HistorySummary, Layer, Place, Verdict},
    report::json_without_unseen,
    review::{AttestCounts, Counts, FindingIdx, GroupState, ReadCounts, Session},
};

/// Returns `text` without anything that a terminal would act upon.
pub(super) fn clean(text: &str) -> String {
    let line = |line: &str| crate::tui::Shown::new(line.as_bytes()).as_str().to_owned();
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// Like [`clean`], on one line: what an error quotes may hold line feeds.
pub(super) fn one_line(text: &str) -> String {
    crate::tui::Shown::new(text.as_bytes()).as_str().to_owned()
}

/// Prints `value` as a JSON document of many lines.
pub(super) fn print_json(out: &mut impl Write, value: &impl Serialize) -> anyhow::Result<()> {
    Ok(writeln!(out, "{}", json_without_unseen(&serde_json::to_string_pretty(value)?))?)
}

/// Prints `value` as a JSON document of one line.
pub(super) fn print_json_line(out: &mut impl Write, value: &impl Serialize) -> anyhow::Result<()> {
    Ok(writeln!(out, "{}", json_without_unseen(&serde_json::to_string(value)?))?)
}

/// A finding as `scan` prints it. The names are an interface.
#[derive(Serialize)]
pub(super) struct FindingLine<'a> {
    rule: &'a str,
    category: &'static str,
    severity: &'static str,
    /// How sure it is that it is real: `high`, `medium` or `low`.
    confidence: &'static str,
    path: String,
    line: Option<u32>,
    column: Option<u32>,
    end_line: Option<u32>,
    end_column: Option<u32>,
    masked: String,
    id: &'a str,
    /// The ids of the other parts of a credential, where they stand beside it.
    pair: Vec<&'a str>,
    verdict: Option<&'static str>,
    notes: Cow<'a, [String]>,
    /// `tree`, `history` or `metadata`.
    layer: &'static str,
    /// The content, commit or tag it is shown in, or the name of the ref or setting.
    version: Option<String>,
    /// Why it is asked anew, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    reopened: Option<String>,
    first: Option<CommitDocument>,
    last: Option<CommitDocument>,
    versions: Option<u32>,
    #[serde(skip)]
    place: Option<String>,
    #[serde(skip)]
    suffix: String,
}

impl<'a> FindingLine<'a> {
    pub(super) fn new(session: &'a Session, names: &Names<'_>, idx: FindingIdx) -> Self {
        let finding = session.finding(idx);
        let info = session.rules().info(finding.rule);
        let span = finding.place.span();
        let seen = session.sighting(idx);
        let (first, last) = names.commits(seen);
        Self {
            rule: &info.id,
            category: info.category.word(),
            severity: finding.severity.word(),
            confidence: finding.confidence.word(),
            path: names.path(&finding.path),
            line: span.map(|span| span.line),
            column: span.map(|span| span.column),
            end_line: span.map(|span| span.end_line),
            end_column: span.map(|span| span.end_column),
            masked: masked(session, idx),
            id: &session.identity(idx).value,
            pair: session
                .whole_of(idx)
                .iter()
                .filter(|other| **other != idx)
                .map(|other| &*session.identity(*other).value)
                .collect(),
            verdict: session.standing(idx).verdict.map(Verdict::word),
            notes: notes(session, finding),
            layer: finding.layer.word(),
            version: match &finding.layer {
                Layer::Tree => None,
                Layer::Past(id) | Layer::Object(id) => Some(id.to_string()),
                Layer::Name(name) => Some(names.name(name)),
            },
            reopened: session.reopened_words(idx),
            first,
            last,
            versions: seen.map(|seen| seen.versions),
            place: names.place(finding, seen),
            suffix: suffix(finding, seen),
        }
    }

    pub(super) fn text(&self) -> String {
        let place = match (self.line, self.column) {
            _ if self.place.is_some() => self.place.clone().unwrap_or_default(),
            (Some(line), Some(column)) => format!("{}:{line}:{column}", self.path),
            _ if self.path.is_empty() => "(repository)".into(),
            _ => self.path.clone(),
        };
        let verdict = self.verdict.map_or(String::new(), |verdict| format!("  [{verdict}]"));
        let again = self.reopened.as_ref().map_or(String::new(), |why| format!("  ({why})"));
        let (severity, rule, suffix) = (self.severity, self.rule, &self.suffix);
        let value = if self.masked.is_empty() { "" } else { " " };
        let sure = if self.confidence == "low" { "  (low confidence)" } else { "" };
        let remarks = self.remarks();
        let head = format!("{place}: {severity} {rule}{value}{}", self.masked);
        clean(&format!("{head}{sure}{remarks}{verdict}{again}{suffix}"))
    }

    /// Returns what was noted, on one line. What is said of licences quotes whole texts.
    fn remarks(&self) -> String {
        if self.notes.is_empty() || self.category == Category::Licensing.word() {
            return String::new();
        }
        format!("  ({})", one_line(&self.notes.join("; ")))
    }
}

/// Returns the remarks on a finding; those on licences quote files.
fn notes<'a>(session: &Session, finding: &'a Finding) -> Cow<'a, [String]> {
    if session.rules().info(finding.rule).class != Class::Licence {
        return Cow::Borrowed(&finding.notes);
    }
    finding.notes.iter().map(|note| session.without_credentials(note)).collect()
}

/// Returns what may be shown of a finding's value: whole files and the repository have none.
/// Licences are shown: nobody can judge one by its stars.
pub(super) fn masked(session: &Session, idx: FindingIdx) -> String {
    let finding = session.finding(idx);
    let value = String::from_utf8_lossy(finding.value.expose());
    let licence = session.rules().info(finding.rule).class == Class::Licence;
    if licence && !session.holds_masked_value(&value) {
        let place = value == "." || value == finding.path.to_string();
        return if place { String::new() } else { value.into_owned() };
    }
    match finding.place {
        Place::Span(_) => finding.value.masked(),
        Place::File | Place::Repository => String::new(),
    }
}

/// Returns all findings, the tree's first, by path and place: the same order in every run.
pub(super) fn sorted(session: &Session) -> Vec<FindingIdx> {
    by_place(session, session.findings().map(|(idx, _)| idx).collect())
}

/// Returns `all` in that order. Nothing is left to the order in which they were found.
pub(super) fn by_place(session: &Session, mut all: Vec<FindingIdx>) -> Vec<FindingIdx> {
    all.sort_by_key(|idx| {
        let finding = session.finding(*idx);
        let which = (layer_rank(finding), &finding.path, &finding.place, &finding.layer);
        (
            which,
            finding.rule,
            session.identity(*idx),
            finding.severity,
            finding.confidence,
            &finding.notes,
        )
    });
    all
}

fn layer_rank(finding: &Finding) -> u8 {
    match finding.layer {
        Layer::Tree => 0,
        Layer::Past(_) => 1,
        Layer::Object(_) | Layer::Name(_) => 2,
    }
}

/// Returns `1 place` or `2 places`.
pub(super) fn many(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

/// Returns the word for a group's state.
pub(super) fn state_word(state: GroupState) -> &'static str {
    match state {
        GroupState::Open => "open",
        GroupState::Deferred => "deferred",
        GroupState::NeedsSecond => "needs-second",
        GroupState::Decided(verdict) => verdict.word(),
    }
}

/// Where a review stands, as `status` prints it. The names are an interface.
#[derive(Serialize)]
pub(super) struct StatusDocument<'a> {
    commit: &'a str,
    tree: &'a str,
    revision: &'a str,
    rules: &'a str,
    /// What the repository's own files make of the rules.
    rule_changes: Vec<serde_json::Value>,
    checklist: String,
    #[serde(flatten)]
    total: Tally,
    disputed: usize,
    missing_reviewers: &'a [Arc<str>],
    too_few_reviewers: usize,
    attestations: AttestTally,
    /// Places drawn from batches of approvals: those to be looked at, and those that were.
    samples_due: usize,
    samples_clean: usize,
    files: FileTally,
    rotation: RotationTally,
    by_category: BTreeMap<&'static str, Tally>,
    not_scanned: BTreeMap<&'static str, usize>,
    kept: usize,
    reopened: usize,
    expired: usize,
    gone: usize,
    clear: bool,
    banners: &'a [String],
    /// Null: the history was not scanned.
    history: Option<HistoryDocument>,
}

/// What a scan of the history covered. The names are an interface.
#[derive(Serialize)]
struct HistoryDocument {
    refs: Vec<String>,
    commits: usize,
    trees: usize,
    versions: usize,
    versions_scanned: usize,
    tags: usize,
    unreachable: usize,
    unreachable_scanned: bool,
    left_out: BTreeMap<String, usize>,
    reflogs: bool,
    missing: usize,
    unread: usize,
    cut: usize,
    broken_refs: Vec<String>,
    not_judged_objects: Vec<GapDocument>,
}

#[derive(Serialize)]
struct GapDocument {
    id: String,
    missing: bool,
    reason: String,
}

impl HistoryDocument {
    fn new(history: &HistorySummary, names: &Names<'_>) -> Self {
        let gap = |gap: &crate::domain::Gap| GapDocument {
            id: gap.id.clone(),
            missing: gap.missing,
            reason: gap.reason.clone(),
        };
        let named = |all: &[String]| all.iter().map(|name| names.name(name)).collect();
        Self {
            refs: named(&history.refs),
            commits: history.commits,
            trees: history.trees,
            versions: history.blobs,
            versions_scanned: history.scanned,
            tags: history.tags,
            unreachable: history.unreachable,
            unreachable_scanned: history.unreachable_scanned,
            left_out: history.left_out.iter().map(|(n, count)| (names.name(n), *count)).collect(),
            reflogs: history.reflogs,
            missing: history.missing,
            unread: history.unread,
            cut: history.cut,
            broken_refs: named(&history.broken),
            not_judged_objects: history.gaps.iter().map(gap).collect(),
        }
    }
}

/// Counts of items of the release checklist. The names are an interface.
#[derive(Serialize)]
pub(super) struct AttestTally {
    items: usize,
    required: usize,
    blocking: usize,
    open: usize,
    decided: usize,
    missing: usize,
    refused: usize,
    disputed: usize,
    changed: usize,
}

/// Counts of files of the reviewed commit, and of those drawn to be read. The names are an
/// interface.
#[derive(Serialize)]
struct FileTally {
    files: usize,
    read: usize,
    changed: usize,
    unflagged: usize,
    drawn: usize,
    due: usize,
    missing: usize,
}

impl From<&ReadCounts> for FileTally {
    fn from(counts: &ReadCounts) -> Self {
        let ReadCounts { files, read, changed, unflagged, drawn, due, missing } = *counts;
        Self { files, read, changed, unflagged, drawn, due, missing }
    }
}

/// Returns what is to be said about items whose text changed after they were answered.
pub(super) fn changed(counts: &AttestCounts) -> String {
    match counts.changed {
        0 => String::new(),
        n => format!(", {n} asked differently since the answer"),
    }
}

impl From<&AttestCounts> for AttestTally {
    fn from(counts: &AttestCounts) -> Self {
        Self {
            items: counts.items,
            required: counts.required,
            blocking: counts.blocking,
            open: counts.open,
            decided: counts.decided,
            missing: counts.missing,
            refused: counts.refused,
            disputed: counts.disputed,
            changed: counts.changed,
        }
    }
}

#[derive(Serialize)]
struct Tally {
    findings: usize,
    groups: usize,
    open: usize,
    approved: usize,
    corrected: usize,
    fixed: usize,
    redacted: usize,
    excluded: usize,
    deferred: usize,
    needs_second: usize,
    blocking: usize,
    in_tree: usize,
    history_only: usize,
}

impl From<&crate::review::CategoryCounts> for Tally {
    fn from(counts: &crate::review::CategoryCounts) -> Self {
        Self {
            findings: counts.findings,
            groups: counts.groups,
            open: counts.open,
            approved: counts.approved,
            corrected: counts.corrected,
            fixed: counts.fixed,
            redacted: counts.redacted,
            excluded: counts.excluded,
            deferred: counts.deferred,
            needs_second: counts.needs_second,
            blocking: counts.blocking,
            in_tree: counts.in_tree,
            history_only: counts.groups - counts.in_tree,
        }
    }
}

impl<'a> StatusDocument<'a> {
    pub(super) fn new(review: &'a crate::ops::Review, counts: &'a Counts) -> Self {
        let carried = review.session.carried();
        let by_category = Category::ALL
            .into_iter()
            .map(|category| (category.word(), counts.of(category).into()))
            .collect();
        Self {
            commit: &review.info.commit,
            tree: &review.info.tree,
            revision: &review.info.revision,
            rules: review.rules.digest(),
            rule_changes: review.rules.changes().iter().map(change_document).collect(),
            checklist: review.desk.checklist_path().display().to_string(),
            total: (&counts.total).into(),
            disputed: counts.disputed,
            missing_reviewers: &counts.missing_reviewers,
            too_few_reviewers: counts.too_few_reviewers,
            attestations: (&counts.attest).into(),
            samples_due: counts.total.due,
            samples_clean: counts.total.clean,
            files: (&counts.read).into(),
            rotation: (&counts.rotation).into(),
            by_category,
            not_scanned: counts.not_scanned.clone(),
            kept: carried.kept,
            reopened: carried.reopened,
            expired: carried.expired,
            gone: carried.gone,
            clear: counts.clear() && whole(review),
            banners: &review.info.banners,
            history: review
                .history
                .as_ref()
                .map(|history| HistoryDocument::new(history, &Names::of(&review.session))),
        }
    }
}

/// Returns whether nothing of the history that would be published was out of reach, if the history
/// was scanned: what nobody read stands against a release.
pub(super) fn whole(review: &crate::ops::Review) -> bool {
    review.history.as_ref().is_none_or(|history| history.whole())
}
