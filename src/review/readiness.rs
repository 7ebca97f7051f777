// SPDX-License-Identifier: MIT OR Apache-2.0
//! Which modules could be released today, and what holds back the rest.

use std::collections::{HashMap, HashSet};

use super::{GroupIdx, Session};
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
}

impl ModuleReadiness {
    /// Returns whether it could be released today.
    #[must_use]
    pub fn ready(&self) -> bool {
        self.unresolved == [0; 3]
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
        for (path, findings) in &self.by_file {
            let holders = holders(path, &by_path);
            if holders.is_empty() {
                continue;
            }
            for idx in findings {
                if self.standing(*idx).settled() {
                    continue;
                }
                let group = self.group_of(*idx);
                let blocks = self.policy.blocks(self.finding(*idx).severity);
                for i in &holders {
                    open[*i].insert((self.info(group).category, group));
                    if blocks {
                        blocking[*i].insert(group);
                    }
                }
            }
        }
        let count = |set: &HashSet<(Category, GroupIdx)>| {
            Category::ALL.map(|category| set.iter().filter(|(c, _)| *c == category).count())
        };
        modules
            .iter()
            .zip(open.iter().zip(&blocking))
            .map(|(module, (open, blocking))| ModuleReadiness {
                module: module.clone(),
                unresolved: count(open),
                blocking: blocking.len(),
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
