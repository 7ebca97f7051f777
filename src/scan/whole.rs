// SPDX-License-Identifier: MIT OR Apache-2.0
//! Findings that are of a file as a whole: what its name says, and what it is.

use super::{Engine, Hit, PathFacts, engine::weigh, packed};
use crate::domain::{Finding, Layer, PathClass, Place, RepoPath, RuleIdx, Secret, Severity};

impl Engine {
    /// Returns the rules that the path alone fires. An empty file gives nothing away, whatever
    /// it is called.
    #[must_use]
    pub fn by_path(&self, facts: &PathFacts, raw: &[u8]) -> Vec<Hit> {
        if raw.is_empty() {
            return Vec::new();
        }
        let rules = self.paths.whole_file_rules(&facts.globs).into_iter();
        rules.map(|idx| self.whole_hit(idx, facts.class, raw)).collect()
    }

    /// Returns what the rule at `idx` says of the file with content `raw` as a whole.
    pub(super) fn whole_hit(&self, idx: RuleIdx, class: PathClass, raw: &[u8]) -> Hit {
        let info = self.rules.info(idx);
        let mut hit = Hit::new(idx, 0..0, info.severity);
        if let Some(count) = packed::certificates(raw) {
            hit.severity = hit.severity.min(Severity::Low);
            let end = if count == 1 { "" } else { "s" };
            hit.notes.push(format!("holds {count} certificate{end} and no key"));
        }
        weigh(&mut hit, class, info);
        hit.whole_file = true;
        hit
    }
}

/// Returns the first hit of each rule.
pub(super) fn once<'h>(hits: impl Iterator<Item = &'h Hit>) -> Vec<&'h Hit> {
    let mut out: Vec<&Hit> = Vec::new();
    for hit in hits {
        if !out.iter().any(|other| other.rule == hit.rule) {
            out.push(hit);
        }
    }
    out
}

/// Makes the finding that `hit` is of the file at `path` with content `raw`.
pub(super) fn whole_file(hit: &Hit, path: &RepoPath, raw: &[u8]) -> Finding {
    Finding {
        rule: hit.rule,
        severity: hit.severity,
        confidence: hit.sureness(),
        path: path.clone(),
        layer: Layer::Tree,
        place: Place::File,
        value: Secret::new(path.as_bytes()),
        context: Secret::new(raw),
        notes: hit.notes.clone(),
    }
}
