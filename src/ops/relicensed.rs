// SPDX-License-Identifier: MIT OR Apache-2.0
//! Whether the licence of the whole was another one earlier in the history.

use std::collections::BTreeMap;

use super::history::HistoryJob;
use crate::{
    repo::{
        Reader,
        history::{CommitNo, History, Mode, PathId},
        objects::Objects,
    },
    review::Identified,
    scan::licensing::{RootText, is_root_text, relicensed, root_licences, tell_relicensed},
};

/// Longer texts are no licence.
const MAX_TEXT: u64 = 1 << 20;
/// So many versions of texts are read.
const MAX_VERSIONS: usize = 200;
/// So many commits before a change are asked for their authors.
const MAX_COMMITS: usize = 50_000;

impl HistoryJob<'_> {
    /// Reads the licence texts that stood at the top, and tells of changes.
    pub(super) fn relicensed(&self, objects: &Objects, history: &History) -> Option<Identified> {
        let reader = Reader::new(&self.job.source).ok()?;
        let changes = relicensed(texts(&reader, objects, history));
        let last = changes.last()?;
        let before = history.commits().iter().take(last.at as usize).rev().take(MAX_COMMITS);
        let ids = before.map(|commit| objects.id(commit.idx));
        let mut domains: BTreeMap<String, usize> = BTreeMap::new();
        for domain in reader.author_domains(ids) {
            *domains.entry(domain).or_default() += 1;
        }
        let owners: Vec<&str> =
            self.job.policy.licensing.owners.iter().map(|owner| &**owner).collect();
        let finding = tell_relicensed(&self.job.rules, &changes, &domains, &owners);
        finding.map(|finding| self.job.identify(finding))
    }
}

fn texts(reader: &Reader, objects: &Objects, history: &History) -> Vec<RootText> {
    let paths = (0..history.paths()).map(|no| PathId(no as u32));
    let top: BTreeMap<u32, _> =
        paths.map(|id| (id.0, history.path(id))).filter(|(_, path)| is_root_text(path)).collect();
    if top.is_empty() {
        return Vec::new();
    }
    let versions = history.all().iter().filter(|version| {
        matches!(version.mode, Mode::File | Mode::Executable) && version.first != CommitNo::NONE
    });
    let text = |version: &crate::repo::history::Appearance| {
        let path = top.get(&version.path.0)?;
        let raw = reader.blob(objects.id(version.blob), MAX_TEXT).ok()?;
        let commit = history.commit(version.first)?;
        let day = jiff::Timestamp::from_second(commit.author_time).ok();
        let day = day.map_or_else(String::new, |time| format!(" of {}", time.strftime("%Y-%m-%d")));
        Some(RootText {
            path: path.clone(),
            first: version.first.0,
            last: version.last.0,
            commit: format!("{:.10}{day}", objects.id(commit.idx).to_string()),
            licences: root_licences(path, &raw),
        })
    };
    versions.filter_map(text).take(MAX_VERSIONS).collect()
}
