// SPDX-License-Identifier: MIT OR Apache-2.0
//! Which rules a path lets through, and which it fires by itself.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::OnceLock,
};

use aho_corasick::AhoCorasick;
use globset::{Candidate, Glob, GlobSet, GlobSetBuilder};

use super::EngineError;
use crate::{
    domain::{RepoPath, RuleIdx},
    rules::{RuleSet, Scope},
};

/// Longer globs are not put off.
const LONGEST: usize = 1000;

/// The globs of all rules.
///
/// Names of files and their endings are looked up. What else a path is asked for stands in few
/// paths, and an expression of all such globs has so many states that it never stops making new
/// ones; so a part of each that must stand in the path is looked for, and one expression is run,
/// or even compiled, only behind that.
pub(super) struct PathRules {
    /// Globs that are looked up, or that have no such part.
    names: GlobSet,
    /// Which globs those are.
    named: Vec<usize>,
    /// Parts of the others …
    parts: AhoCorasick,
    /// … and for each part the globs that it is of.
    parted: Vec<Vec<usize>>,
    others: HashMap<usize, OtherGlob>,
    /// For each glob the rules that name it, and whether it is one of the forbidden ones.
    owners: Vec<Vec<(RuleIdx, bool)>>,
    /// For each rule: has globs that must match, has globs that must not, is a whole-file rule
    /// that its path alone fires.
    kind: Vec<(bool, bool, bool)>,
}

/// A glob that is compiled when a path holds its part.
struct OtherGlob {
    glob: Glob,
    matcher: OnceLock<Option<GlobSet>>,
}

impl OtherGlob {
    fn matches(&self, path: &Candidate<'_>) -> bool {
        let compile = || GlobSetBuilder::new().add(self.glob.clone()).build().ok();
        self.matcher.get_or_init(compile).as_ref().is_some_and(|one| one.is_match_candidate(path))
    }
}

/// Returns the longest part of a glob that stands in each path that it matches, if it is one that
/// cannot be looked up.
fn part_of(glob: &str) -> Option<&str> {
    // One that is too long to be compiled is refused at once.
    if glob.len() > LONGEST || glob.contains(['?', '[', ']', '{', '}', '\\', '!']) {
        return None;
    }
    let name = glob.strip_prefix("**/").unwrap_or(glob);
    let ending = name.strip_prefix("*.").filter(|ending| !ending.contains('.'));
    if !ending.unwrap_or(name).contains(['*', '/']) {
        return None;
    }
    // A slash before a part may be the start of the path.
    let parts = glob.split('*').map(|part| part.trim_start_matches('/'));
    parts.max_by_key(|part| part.len()).filter(|part| !part.is_empty())
}

impl PathRules {
    pub(super) fn new(rules: &RuleSet) -> Result<Self, EngineError> {
        let mut globs: Vec<Glob> = Vec::new();
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
                        globs.push(Glob::new(new.key())?);
                        owners.push(Vec::new());
                        *new.insert(next)
                    }
                };
                owners[at].push((idx, forbids));
            }
        }
        let mut names = GlobSetBuilder::new();
        let mut named = Vec::new();
        let mut by_part: HashMap<String, Vec<usize>> = HashMap::new();
        let mut others = HashMap::new();
        for (at, glob) in globs.into_iter().enumerate() {
            if let Some(part) = part_of(glob.glob()) {
                by_part.entry(part.to_owned()).or_default().push(at);
                others.insert(at, OtherGlob { glob, matcher: OnceLock::new() });
            } else {
                named.push(at);
                names.add(glob);
            }
        }
        let (parts, parted): (Vec<String>, Vec<_>) = by_part.into_iter().unzip();
        let parts = AhoCorasick::new(parts).map_err(|_| EngineError::TooManyKeywords)?;
        Ok(Self { names: names.build()?, named, parts, parted, others, owners, kind })
    }

    /// Returns the indexes of the globs that match `path`, ascending, for the two questions below.
    pub(super) fn matching(&self, path: &RepoPath) -> Vec<usize> {
        let lower = path.as_bytes().to_ascii_lowercase();
        let lower = String::from_utf8_lossy(&lower);
        let candidate = Candidate::new(&*lower);
        let mut out: Vec<usize> = Vec::new();
        for found in self.parts.find_overlapping_iter(&*lower) {
            out.extend(&self.parted[found.pattern().as_usize()]);
        }
        out.sort_unstable();
        out.dedup();
        out.retain(|at| self.others.get(at).is_some_and(|other| other.matches(&candidate)));
        let names = self.names.matches_candidate(&candidate);
        out.extend(names.into_iter().map(|at| self.named[at]));
        out.sort_unstable();
        out
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
        (!must || self.has(rule, false, matching)) && !self.forbids(rule, matching)
    }

    /// Returns whether the rule leaves such a path out, whatever else it asks for.
    pub(super) fn forbids(&self, rule: RuleIdx, matching: &[usize]) -> bool {
        self.has(rule, true, matching)
    }

    fn has(&self, rule: RuleIdx, forbids: bool, matching: &[usize]) -> bool {
        matching.iter().any(|i| self.owners[*i].contains(&(rule, forbids)))
    }
}

#[cfg(test)]
mod tests {
    use globset::{Glob, GlobSetBuilder};

    use super::PathRules;
    use crate::{domain::RepoPath, rules::RuleSet};

    fn rules() -> (PathRules, Vec<String>) {
        let rules = RuleSet::builtin().expect("the rules of the program");
        let mut globs: Vec<String> = Vec::new();
        for (_, rule) in rules.iter() {
            for glob in rule.paths.iter().chain(&rule.not_paths).map(|g| g.to_ascii_lowercase()) {
                if !globs.contains(&glob) {
                    globs.push(glob);
                }
            }
        }
        (PathRules::new(&rules).expect("globs that are well formed"), globs)
    }

    #[test]
    fn each_path_has_the_globs_that_match_it_one_by_one() {
        let (all, globs) = rules();
        let mut set = GlobSetBuilder::new();
        globs.iter().for_each(|glob| {
            set.add(Glob::new(glob).expect("a glob"));
        });
        let set = set.build().expect("all globs");
        let filled = ["", "a", "/", "a/b", "tests/x", ".env"].map(|part| {
            let fill = |glob: &String| glob.replace("**/", part).replace('*', part);
            globs.iter().map(fill).collect::<Vec<_>>()
        });
        let mut known = 0;
        for path in filled.concat() {
            let found = all.matching(&RepoPath::new(path.to_ascii_uppercase().as_bytes()));
            known += found.len();
            assert_eq!(found, set.matches(path.to_ascii_lowercase()), "{path}");
        }
        assert!(known > globs.len());
    }
}
