// SPDX-License-Identifier: MIT OR Apache-2.0
//! Printing: text from the repository is made safe first.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    domain::{Place, Verdict},
    review::{Counts, FindingIdx, GroupState, Session},
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

/// A finding as `scan` prints it. The names are an interface.
#[derive(Serialize)]
pub(super) struct FindingLine<'a> {
    rule: &'a str,
    category: &'static str,
    severity: &'static str,
    path: String,
    line: Option<u32>,
    column: Option<u32>,
    end_line: Option<u32>,
    end_column: Option<u32>,
    masked: String,
    id: &'a str,
    verdict: Option<&'static str>,
    notes: &'a [String],
}

impl<'a> FindingLine<'a> {
    pub(super) fn new(session: &'a Session, idx: FindingIdx) -> Self {
        let finding = session.finding(idx);
        let info = session.rules().info(finding.rule);
        let span = finding.place.span();
        Self {
            rule: &info.id,
            category: info.category.word(),
            severity: finding.severity.word(),
            path: finding.path.to_string(),
            line: span.map(|span| span.line),
            column: span.map(|span| span.column),
            end_line: span.map(|span| span.end_line),
            end_column: span.map(|span| span.end_column),
            masked: masked(session, idx),
            id: &session.identity(idx).value,
            verdict: session.standing(idx).verdict.map(Verdict::word),
            notes: &finding.notes,
        }
    }

    pub(super) fn text(&self) -> String {
        let place = match (self.line, self.column) {
            (Some(line), Some(column)) => format!("{}:{line}:{column}", self.path),
            _ if self.path.is_empty() => "(repository)".into(),
            _ => self.path.clone(),
        };
        let verdict = self.verdict.map_or(String::new(), |verdict| format!("  [{verdict}]"));
        clean(&format!("{place}: {} {} {}{verdict}", self.severity, self.rule, self.masked))
    }
}

/// Returns what may be shown of a finding's value: whole files and the repository have none.
pub(super) fn masked(session: &Session, idx: FindingIdx) -> String {
    let finding = session.finding(idx);
    match finding.place {
        Place::Span(_) => finding.value.masked(),
        Place::File | Place::Repository => String::new(),
    }
}

/// Returns all findings by path and place: the same order in every run.
pub(super) fn sorted(session: &Session) -> Vec<FindingIdx> {
    by_place(session, session.findings().map(|(idx, _)| idx).collect())
}

/// Returns `all` by path and place.
pub(super) fn by_place(session: &Session, mut all: Vec<FindingIdx>) -> Vec<FindingIdx> {
    all.sort_by_key(|idx| {
        let finding = session.finding(*idx);
        (&finding.path, &finding.place, finding.rule)
    });
    all
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
    checklist: String,
    #[serde(flatten)]
    total: Tally,
    disputed: usize,
    by_category: BTreeMap<&'static str, Tally>,
    not_scanned: BTreeMap<&'static str, usize>,
    kept: usize,
    reopened: usize,
    gone: usize,
    clear: bool,
    banners: &'a [String],
}

#[derive(Serialize)]
struct Tally {
    findings: usize,
    groups: usize,
    open: usize,
    approved: usize,
    redacted: usize,
    excluded: usize,
    deferred: usize,
    blocking: usize,
}

impl From<&crate::review::CategoryCounts> for Tally {
    fn from(counts: &crate::review::CategoryCounts) -> Self {
        Self {
            findings: counts.findings,
            groups: counts.groups,
            open: counts.open,
            approved: counts.approved,
            redacted: counts.redacted,
            excluded: counts.excluded,
            deferred: counts.deferred,
            blocking: counts.blocking,
        }
    }
}

impl<'a> StatusDocument<'a> {
    pub(super) fn new(review: &'a crate::ops::Review, counts: &Counts) -> Self {
        let carried = review.session.carried();
        let by_category = crate::domain::Category::ALL
            .into_iter()
            .map(|category| (category.word(), counts.of(category).into()))
            .collect();
        Self {
            commit: &review.info.commit,
            tree: &review.info.tree,
            revision: &review.info.revision,
            rules: review.rules.digest(),
            checklist: review.desk.checklist_path().display().to_string(),
            total: (&counts.total).into(),
            disputed: counts.disputed,
            by_category,
            not_scanned: counts.not_scanned.clone(),
            kept: carried.kept,
            reopened: carried.reopened,
            gone: carried.gone,
            clear: counts.clear(),
            banners: &review.info.banners,
        }
    }
}
