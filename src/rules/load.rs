// SPDX-License-Identifier: MIT OR Apache-2.0
//! The rule set: what comes with the program, and what a repository's own files make of it.

use std::collections::HashMap;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::{
    check::{check, check_closely},
    error::{Fault, RuleError},
    model::Rule,
    own::Own,
    packs::BUILTIN,
    parse::{Placed, parse},
};
use crate::domain::{Half, Pair, RuleChange, RuleIdx, RuleInfo};

/// All rules of a run.
#[derive(Default)]
pub struct RuleSet {
    pub(super) rules: Vec<Rule>,
    pub(super) by_id: HashMap<String, RuleIdx>,
    /// Rules that are switched off.
    pub(super) off: Vec<Rule>,
    pub(super) changes: Vec<RuleChange>,
    digest: String,
}

impl RuleSet {
    /// Reads the rules that come with the program.
    ///
    /// # Errors
    /// When a pack in `assets/rules` is broken, which a test keeps from happening.
    pub fn builtin() -> Result<Self, RuleError> {
        Self::read(BUILTIN)
    }

    /// Reads the rules that come with the program and `own` files, given as path and TOML text,
    /// that add to them, replace some, change their weight or switch them off.
    ///
    /// # Errors
    /// For everything that is wrong with the files, with line, rule and reason.
    pub fn with_own(own: &[(String, String)]) -> Result<Self, RuleError> {
        let (mut set, mut hash) = Self::begin(BUILTIN)?;
        if !own.is_empty() {
            for (name, text) in own {
                for part in [name, text] {
                    hash.update((part.len() as u64).to_be_bytes());
                    hash.update(part);
                }
            }
            Own::read(own)?.apply(&mut set)?;
        }
        Ok(set.sealed(hash))
    }

    /// Reads packs given as name and TOML text.
    ///
    /// # Errors
    /// For everything that is not well formed, with the pack, the line and the reason.
    pub fn read(packs: &[(&str, &str)]) -> Result<Self, RuleError> {
        let (set, hash) = Self::begin(packs)?;
        Ok(set.sealed(hash))
    }

    fn begin(packs: &[(&str, &str)]) -> Result<(Self, Sha256), RuleError> {
        let mut set = Self::default();
        let mut hash = Sha256::new();
        hash.update(env!("CARGO_PKG_VERSION"));
        let mut faults = Vec::new();
        for (name, text) in packs {
            hash.update(text);
            let parsed = parse(name, text);
            faults.extend(parsed.faults);
            for written in parsed.rules {
                let line = written.line;
                match take(name, written) {
                    Ok(rule) => faults.extend(set.push(rule, line)),
                    Err(more) => faults.extend(more),
                }
            }
        }
        faults.extend(set.rules.iter().filter_map(|rule| set.lacks_half(rule)));
        RuleError::unless_none(faults)?;
        Ok((set, hash))
    }

    fn sealed(mut self, hash: Sha256) -> Self {
        self.digest = format!("sha256:{}", HEXLOWER.encode(&hash.finalize()));
        self
    }

    /// Adds a rule, unless there is no room or its id is taken.
    pub(super) fn push(&mut self, rule: Rule, line: usize) -> Option<Fault> {
        let id = rule.info.id.clone();
        let wrong = |file: &str, message: &str| {
            let (file, rule, message) = (file.into(), Some(id.clone()), message.into());
            Some(Fault { file, line, rule, message })
        };
        let Ok(idx) = u16::try_from(self.rules.len()) else {
            return wrong(&rule.file, "too many rules");
        };
        if self.by_id.contains_key(&id) {
            return wrong(&rule.file, "the id is taken");
        }
        self.by_id.insert(id, RuleIdx(idx));
        self.rules.push(rule);
        None
    }

    /// Returns what is wrong with a rule that finds one half of something of which no rule finds
    /// the other.
    pub(super) fn lacks_half(&self, rule: &Rule) -> Option<Fault> {
        let pair = rule.info.pair.as_ref()?;
        let other = if pair.half == Half::Id { Half::Secret } else { Half::Id };
        let is_other = |known: &Pair| known.half == other && known.family == pair.family;
        if self.rules.iter().any(|rule| rule.info.pair.as_ref().is_some_and(is_other)) {
            return None;
        }
        let (family, word) = (&pair.family, other.word());
        let message = format!("pair: no rule has pair = {family:?} and half = {word:?}");
        let line = rule.lines.get("pair").copied().unwrap_or(rule.line);
        Some(Fault { file: rule.file.clone(), line, rule: Some(rule.info.id.clone()), message })
    }

    /// Returns the rule at `idx`.
    ///
    /// # Panics
    /// Never for an index that this set gave out.
    #[must_use]
    pub fn get(&self, idx: RuleIdx) -> &Rule {
        &self.rules[usize::from(idx.0)]
    }

    /// Returns what the reviewer is told about the rule at `idx`.
    #[must_use]
    pub fn info(&self, idx: RuleIdx) -> &RuleInfo {
        &self.get(idx).info
    }

    /// Returns the index of the rule called `id`.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<RuleIdx> {
        self.by_id.get(id).copied()
    }

    /// Returns the index of the rule called `id`, if a detector does its matching: one that a
    /// repository has replaced by a pattern is no detector's business any more.
    #[must_use]
    pub fn detected(&self, id: &str) -> Option<RuleIdx> {
        self.find(id).filter(|idx| self.get(*idx).detector.is_some())
    }

    /// Returns all rules with their indexes, in the order of the packs.
    pub fn iter(&self) -> impl Iterator<Item = (RuleIdx, &Rule)> {
        self.rules.iter().enumerate().map(|(i, rule)| (RuleIdx(i as u16), rule))
    }

    /// Returns the number of rules.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rules.len()
    }

    /// Returns whether there is no rule.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Returns the rules of the program that the repository has switched off.
    #[must_use]
    pub fn off(&self) -> &[Rule] {
        &self.off
    }

    /// Returns every rule that is not as it came with the program, by id.
    #[must_use]
    pub fn changes(&self) -> &[RuleChange] {
        &self.changes
    }

    /// Returns `sha256:` and the digest of all packs, the repository's own files and the
    /// program's version.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Looks at every rule as closely as at those of a repository: compiles every expression and
    /// measures what it costs.
    ///
    /// # Errors
    /// For everything that is wrong. Too slow for a start, so tests and rule authors call it.
    pub fn compile_all(&self) -> Result<(), RuleError> {
        RuleError::unless_none(self.rules.iter().flat_map(closely).collect())
    }
}

/// Makes a rule of a table in the file called `name`.
pub(super) fn take(name: &str, written: Placed<super::model::Written>) -> Result<Rule, Vec<Fault>> {
    let lines = written.lines();
    let line = written.line;
    let id = written.value.id.clone();
    match check(written.value) {
        Ok(rule) => Ok(Rule { file: name.into(), line, lines, ..rule }),
        Err(all) => Err(all
            .into_iter()
            .map(|wrong| Fault {
                file: name.into(),
                line: lines.get(wrong.field).copied().unwrap_or(line),
                rule: Some(id.clone()),
                message: wrong.message,
            })
            .collect()),
    }
}

/// Returns what a close look at a rule finds, on the line where the rule begins.
pub(super) fn closely(rule: &Rule) -> Vec<Fault> {
    let fault = |wrong: super::check::Wrong| Fault {
        file: rule.file.clone(),
        line: rule.lines.get(wrong.field).copied().unwrap_or(rule.line),
        rule: Some(rule.info.id.clone()),
        message: wrong.message,
    };
    check_closely(rule).into_iter().map(fault).collect()
}
