// SPDX-License-Identifier: MIT OR Apache-2.0
//! Which bytes a release would replace, and by what.

use std::collections::BTreeMap;

use crate::{
    domain::{Place, RepoPath, Verdict},
    redact::{Edit, StandIns},
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
        (&finding.path, &finding.place)
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
        let vote = session.standing(idx).vote.and_then(|i| session.vote(i));
        let own = vote.and_then(|vote| vote.to.as_deref());
        let info = session.rules().info(finding.rule);
        let digits = finding.value.expose().iter().all(u8::is_ascii_digit);
        let bare = digits && finding.path.extension() == "json";
        let template = own.unwrap_or(&info.replacement);
        let to = standins.get(&session.identity(idx).value, template, bare);
        if session.group_of(idx) == group {
            out.entry(finding.path.clone()).or_default().push(Edit { span: span.range(), to });
        }
    }
    out.into_iter().collect()
}
