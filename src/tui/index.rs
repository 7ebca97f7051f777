// SPDX-License-Identifier: MIT OR Apache-2.0
//! Findings in the order of the list, kept between key strokes.
//!
//! Comparing the paths of 100,000 findings took most of the time of a key typed into the filter.
//! Their order and what their paths look like change only when the scan finds something, so both
//! are worked out once, and a key stroke compares numbers.

use std::collections::HashMap;

use super::veil::Veil;
use crate::{
    domain::{Layer, Place, RepoPath, RuleIdx},
    review::{FindingIdx, Session},
};

/// What findings are put in order by: what the reviewed commit has comes first in a file.
pub(crate) fn standing_place(
    session: &Session,
    idx: FindingIdx,
) -> (&RepoPath, &Layer, &Place, &str) {
    let finding = session.finding(idx);
    let id = &session.rules().info(finding.rule).id;
    (&finding.path, &finding.layer, &finding.place, id)
}

/// The order of all findings of a session.
#[derive(Default)]
pub(crate) struct Index {
    /// All findings in the order of the list.
    order: Vec<FindingIdx>,
    /// For each finding its position in `order`.
    rank: Vec<u32>,
    /// For each finding the number of its file.
    file: Vec<u32>,
    /// The files, in order.
    paths: Vec<RepoPath>,
    /// For each rule its position among the ids.
    rules: Vec<u16>,
    /// The files as they are shown, in small letters, and the state of the veil they are for.
    texts: Option<(u64, Vec<Box<str>>)>,
    fresh: bool,
}

impl Index {
    /// Forgets the order: something was found, or is shown elsewhere.
    pub(crate) fn outdate(&mut self) {
        self.fresh = false;
    }

    /// Works the order out anew if it is out of date.
    pub(crate) fn renew(&mut self, session: &Session) {
        if self.fresh {
            return;
        }
        let mut order: Vec<FindingIdx> = session.findings().map(|(idx, _)| idx).collect();
        // Scans find in any order; a reviewer wants the same one every time.
        order.sort_unstable_by(|a, b| {
            let key =
                |idx: FindingIdx| (standing_place(session, idx), &session.identity(idx).value);
            key(*a).cmp(&key(*b)).then(a.cmp(b))
        });
        self.rank = vec![0; order.len()];
        self.file = vec![0; order.len()];
        self.paths.clear();
        for (rank, idx) in order.iter().enumerate() {
            let path = &session.finding(*idx).path;
            if self.paths.last() != Some(path) {
                self.paths.push(path.clone());
            }
            self.rank[idx.0 as usize] = rank as u32;
            self.file[idx.0 as usize] = self.paths.len() as u32 - 1;
        }
        self.order = order;
        self.rules = rules_in_order(session);
        self.texts = None;
        self.fresh = true;
    }

    /// Has the files as they are shown ready for [`text`](Self::text).
    pub(crate) fn show(&mut self, veil: &Veil) {
        if self.texts.as_ref().is_some_and(|(version, _)| *version == veil.version()) {
            return;
        }
        let shown = |path: &RepoPath| veil.path(path, "").as_str().to_lowercase().into();
        self.texts = Some((veil.version(), self.paths.iter().map(shown).collect()));
    }

    /// Returns all findings in order.
    pub(crate) fn order(&self) -> &[FindingIdx] {
        &self.order
    }

    /// Returns the position of a finding in the order.
    pub(crate) fn rank(&self, idx: FindingIdx) -> u32 {
        self.rank.get(idx.0 as usize).copied().unwrap_or(u32::MAX)
    }

    /// Returns the number of the finding's file.
    pub(crate) fn file(&self, idx: FindingIdx) -> usize {
        self.file.get(idx.0 as usize).map_or(0, |file| *file as usize)
    }

    /// Returns how many files there are.
    pub(crate) fn files(&self) -> usize {
        self.paths.len()
    }

    /// Returns the position of a rule among the ids of all rules.
    pub(crate) fn rule(&self, rule: RuleIdx) -> u16 {
        self.rules.get(usize::from(rule.0)).copied().unwrap_or(u16::MAX)
    }

    /// Returns how a file is shown, in small letters, once [`show`](Self::show) was called.
    pub(crate) fn text(&self, file: usize) -> &str {
        self.texts.as_ref().and_then(|(_, texts)| texts.get(file)).map_or("", |text| text)
    }
}

fn rules_in_order(session: &Session) -> Vec<u16> {
    let mut ids: Vec<&str> = session.rules().iter().map(|(_, rule)| &*rule.info.id).collect();
    ids.sort_unstable();
    let at: HashMap<&str, u16> = ids
        .into_iter()
        .enumerate()
        .map(|(i, id)| (id, u16::try_from(i).unwrap_or(u16::MAX)))
        .collect();
    session.rules().iter().map(|(_, rule)| at.get(&*rule.info.id).copied().unwrap_or(0)).collect()
}
