// SPDX-License-Identifier: MIT OR Apache-2.0
//! Which rules a path lets through, and which it fires by itself.

use std::collections::{HashMap, hash_map::Entry};

use globset::{Glob, GlobSet, GlobSetBuilder};

use crate::{
    domain::{RepoPath, RuleIdx},
    rules::{RuleSet, Scope},
};

/// The globs of all rules, compiled into one set.
pub(super) struct PathRules {
    any: GlobSet,
    /// For each glob the rules that name it, and whether it is one of the forbidden ones.
    owners: Vec<Vec<(RuleIdx, bool)>>,
    /// For each rule: has globs that must match, has globs that must not, is a whole-file rule
    /// that its path alone fires.
    kind: Vec<(bool, bool, bool)>,
}

impl PathRules {
    pub(super) fn new(rules: &RuleSet) -> Result<Self, globset::Error> {
        let mut any = GlobSetBuilder::new();
        let mut owners: Vec<Vec<(RuleIdx, bool)>> = Vec::new();
        let mut known = HashMap::new();
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
                let next = owners.len();
                let at = match known.entry(glob.to_ascii_lowercase()) {
                    Entry::Occupied(known) => *known.get(),
                    Entry::Vacant(new) => {
                        any.add(Glob::new(new.key())?);
                        owners.push(Vec::new());
                        *new.insert(next)
                    }
                };
                owners[at].push((idx, forbids));
            }
        }
        Ok(Self { any: any.build()?, owners, kind })
    }

    /// Returns the indexes of the globs that match `path`, for the two questions below.
    pub(super) fn matching(&self, path: &RepoPath) -> Vec<usize> {
        let lower = path.as_bytes().to_ascii_lowercase();
        self.any.matches(&*String::from_utf8_lossy(&lower))
    }

    pub(super) fn whole_file_rules(&self, matching: &[usize]) -> Vec<RuleIdx> {
        let mut out: Vec<RuleIdx> = Vec::new();
        let named = |i: &usize| self.owners[*i].iter();
        let forbidden = |rule: RuleIdx| matching.iter().flat_map(named).any(|o| *o == (rule, true));
        for &(rule, forbids) in matching.iter().flat_map(named) {
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
        let has = |forbids| matching.iter().any(|i| self.owners[*i].contains(&(rule, forbids)));
        (!must || has(false)) && !has(true)
    }
}
