// SPDX-License-Identifier: MIT OR Apache-2.0
//! Which modules could be released today, and what holds back the rest.

use std::collections::{HashMap, HashSet};

use super::{GroupIdx, Session, Turn};
use crate::domain::{Category, Module, RepoPath};

/// What stands between one module and its release. Only its own content is judged here, not
/// what it depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleReadiness {
    /// The module.
    pub module: Module,
    /// Different values still unresolved in it, by category in the order of [`Category::ALL`].
    pub unresolved: [usize; 3],
    /// How many of them are of a severity that blocks.
    pub blocking: usize,
    /// Different credentials in it that are not known to be rotated, where that blocks a sign-off.
    pub waiting: usize,
}

impl ModuleReadiness {
    /// Returns whether it could be released today.
    #[must_use]
    pub fn ready(&self) -> bool {
        self.unresolved == [0; 3] && self.waiting == 0
    }

    /// Returns how many decisions are missing.
    #[must_use]
    pub fn missing(&self) -> usize {
        self.unresolved.iter().sum()
    }
}

impl Session {
    /// Returns how ready each module is, in the order given. A file counts for the innermost
    /// module that holds it and for all modules around that one.
    #[must_use]
    pub fn readiness(&self, modules: &[Module]) -> Vec<ModuleReadiness> {
        let by_path: HashMap<&RepoPath, usize> =
            modules.iter().enumerate().map(|(i, module)| (&module.path, i)).collect();
        let mut open: Vec<HashSet<(Category, GroupIdx)>> = vec![HashSet::new(); modules.len()];
        let mut blocking: Vec<HashSet<GroupIdx>> = vec![HashSet::new(); modules.len()];
        let mut waiting: Vec<HashSet<&str>> = vec![HashSet::new(); modules.len()];
        let turns = self.rotation_blocks();
        for idx in self.by_file.values().flatten() {
            let standing = self.standing(*idx);
            let waits = turns && standing.turn == Turn::Waits;
            if standing.settled() && !waits {
                continue;
            }
            let finding = self.finding(*idx);
            let group = self.group_of(*idx);
            for i in holders(&finding.bearer(), &by_path) {
                if waits {
                    waiting[i].insert(&**self.credential_of(*idx));
                }
                if !standing.settled() {
                    open[i].insert((self.info(group).category, group));
                    if self.policy.blocks(finding.severity) {
                        blocking[i].insert(group);
                    }
                }
            }
        }
        let count = |set: &HashSet<(Category, GroupIdx)>| {
            Category::ALL.map(|category| set.iter().filter(|(c, _)| *c == category).count())
        };
        modules
            .iter()
            .zip(open.iter().zip(blocking.iter().zip(&waiting)))
            .map(|(module, (open, (blocking, waiting)))| ModuleReadiness {
                module: module.clone(),
                unresolved: count(open),
                blocking: blocking.len(),
                waiting: waiting.len(),
            })
            .collect()
    }
}

fn holders(path: &RepoPath, by_path: &HashMap<&RepoPath, usize>) -> Vec<usize> {
    let mut out = Vec::new();
    let mut dir = path.parent();
    loop {
        out.extend(by_path.get(&dir).copied());
        if dir.is_root() {
            return out;
        }
        dir = dir.parent();
    }
}
