// SPDX-License-Identifier: MIT OR Apache-2.0
//! Which rules a path lets through, and which it fires by itself.

use globset::{Glob, GlobSet, GlobSetBuilder};

use crate::{
    domain::{RepoPath, RuleIdx},
    rules::{RuleSet, Scope},
};

/// The globs of all rules, compiled into one set.
pub(super) struct PathRules {
    any: GlobSet,
    /// For each glob its rule and whether it is one of the forbidden ones.
    owner: Vec<(RuleIdx, bool)>,
    /// For each rule: has globs that must match, has globs that must not, is a whole-file rule
    /// that its path alone fires.
    kind: Vec<(bool, bool, bool)>,
}

impl PathRules {
    pub(super) fn new(rules: &RuleSet) -> Result<Self, globset::Error> {
        let mut any = GlobSetBuilder::new();
        let mut owner = Vec::new();
        let mut kind = Vec::new();
        for (idx, rule) in rules.iter() {
            let fires = rule.scope == Scope::File && rule.detector.is_none() && !rule.has_pattern();
            kind.push((!rule.paths.is_empty(), !rule.not_paths.is_empty(), fires));
            for (glob, forbids) in rule
                .paths
                .iter()
                .map(|g| (g, false))
                .chain(rule.not_paths.iter().map(|g| (g, true)))
            {
                any.add(Glob::new(&glob.to_ascii_lowercase())?);
                owner.push((idx, forbids));
            }
        }
        Ok(Self { any: any.build()?, owner, kind })
    }

    /// Returns the indexes of the globs that match `path`, for the two questions below.
    pub(super) fn matching(&self, path: &RepoPath) -> Vec<usize> {
        let lower = path.as_bytes().to_ascii_lowercase();
        self.any.matches(&*String::from_utf8_lossy(&lower))
    }

    pub(super) fn whole_file_rules(&self, matching: &[usize]) -> Vec<RuleIdx> {
        let mut out: Vec<RuleIdx> = Vec::new();
        let forbidden = |rule: RuleIdx| matching.iter().any(|i| self.owner[*i] == (rule, true));
        for i in matching {
            let (rule, forbids) = self.owner[*i];
            if !forbids
                && self.kind[usize::from(rule.0)].2
                && !forbidden(rule)
                && !out.contains(&rule)
            {
                out.push(rule);
            }
        }
        out
    }

    pub(super) fn allows(&self, rule: RuleIdx, matching: &[usize]) -> bool {
        let (must, must_not, _) = self.kind[usize::from(rule.0)];
        if !must && !must_not {
            return true;
        }
        let has = |forbids| matching.iter().any(|i| self.owner[*i] == (rule, forbids));
        (!must || has(false)) && !has(true)
    }
}
