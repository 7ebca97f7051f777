// SPDX-License-Identifier: MIT OR Apache-2.0
//! Which bytes a release would replace, and by what.

use std::collections::BTreeMap;

use crate::{
    domain::{Place, RepoPath},
    redact::Edit,
    review::{GroupIdx, Session},
};

/// Returns the edits that redacting `group` makes, by file: what the release will hold.
#[must_use]
pub fn edits_of(session: &Session, group: GroupIdx) -> Vec<(RepoPath, Vec<Edit>)> {
    let mut out: BTreeMap<RepoPath, Vec<Edit>> = BTreeMap::new();
    for idx in &session.group(group).members {
        let finding = session.finding(*idx);
        // What stands in an earlier version or in a message is replaced when the history is
        // rewritten, which no preview shows.
        let Place::Span(span) = &finding.place else { continue };
        if !finding.layer.is_tree() {
            continue;
        }
        // A network that is too wide stays until somebody chooses its stand-in.
        let Some(to) = session.stand_in(*idx) else { continue };
        out.entry(finding.path.clone()).or_default().push(Edit { span: span.range(), to });
    }
    out.values_mut().for_each(|edits| edits.sort_by_key(|edit| edit.span.start));
    out.into_iter().collect()
}
