// SPDX-License-Identifier: MIT OR Apache-2.0
//! Which bytes a release would replace, and by what.

use std::collections::{BTreeMap, HashSet};

use crate::{
    domain::{Place, RepoPath, Verdict},
    redact::{Edit, StandIns, numbered, template},
    review::{FindingIdx, GroupIdx, Session},
};

/// Returns the edits that redacting `group` makes, by file.
///
/// Numbers of stand-ins are given over everything that is redacted or in this group, by path
/// and offset, so that the preview shows what the release will hold.
#[must_use]
pub fn edits_of(session: &Session, group: GroupIdx) -> Vec<(RepoPath, Vec<Edit>)> {
    let wanted = |idx: FindingIdx| {
        session.group_of(idx) == group || session.standing(idx).verdict == Some(Verdict::Redact)
    };
    let mut places: Vec<FindingIdx> =
        session.findings().map(|(idx, _)| idx).filter(|idx| wanted(*idx)).collect();
    places.sort_by_key(|idx| {
        let finding = session.finding(*idx);
        (&finding.path, &finding.place, *idx)
    });
    let mut standins = StandIns::default();
    let mut out: BTreeMap<RepoPath, Vec<Edit>> = BTreeMap::new();
    for idx in places {
        let finding = session.finding(idx);
        // What stands in an earlier version or in a message is replaced when the history is
        // rewritten, which no preview shows.
        let Place::Span(span) = &finding.place else { continue };
        if !finding.layer.is_tree() {
            continue;
        }
        let to = standins.get(&session.identity(idx).value, template_of(session, idx));
        if session.group_of(idx) == group {
            out.entry(finding.path.clone()).or_default().push(Edit { span: span.range(), to });
        }
    }
    out.into_iter().collect()
}

/// Returns what redacting the group of the place `idx` puts there, as [`edits_of`] does, at a
/// fraction of the cost: nothing is sorted, and only what bears on its number is looked at.
/// Nothing for what no edit replaces.
#[must_use]
pub fn stand_in_of(session: &Session, idx: FindingIdx) -> Option<String> {
    let replaced = |idx: FindingIdx| {
        let finding = session.finding(idx);
        finding.layer.is_tree() && finding.place.span().is_some()
    };
    if !replaced(idx) {
        return None;
    }
    let template = template_of(session, idx);
    let group = session.group_of(idx);
    // What else is numbered after this template.
    let counts = |idx: FindingIdx| {
        let wanted = session.standing(idx).verdict == Some(Verdict::Redact)
            || session.group_of(idx) == group;
        wanted && replaced(idx) && template_of(session, idx) == template
    };
    let place = |idx: FindingIdx| {
        let finding = session.finding(idx);
        (&finding.path, &finding.place, idx)
    };
    if !template.contains("{n}") {
        return Some(template.to_owned());
    }
    let value = &session.identity(idx).value;
    let same = session.groups().filter(|(_, group)| group.value == *value);
    let same = same.flat_map(|(_, group)| &group.members).copied();
    let first = same.filter(|idx| counts(*idx)).map(place).min()?;
    let before = session.groups().filter(|(_, group)| {
        group.value != *value && group.members.iter().any(|i| counts(*i) && place(*i) < first)
    });
    let before: HashSet<&str> = before.map(|(_, group)| &*group.value).collect();
    Some(numbered(template, before.len() + 1))
}

/// Returns what a place is replaced by, with `{n}` for the number of its value.
fn template_of(session: &Session, idx: FindingIdx) -> &str {
    let finding = session.finding(idx);
    let vote = session.standing(idx).vote.and_then(|i| session.vote(i));
    let own = vote.and_then(|vote| vote.to.as_deref());
    let digits = finding.value.written().iter().all(u8::is_ascii_digit);
    // A number outside quotes, where only digits parse.
    let bare = digits && finding.path.extension() == "json";
    template(own.unwrap_or(&session.rules().info(finding.rule).replacement), bare)
}
