// SPDX-License-Identifier: MIT OR Apache-2.0
//! What each path of a history says about its files, worked out when it is first asked for.

use std::{
    collections::HashMap,
    ops::Deref,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use super::memory::digest;
use crate::{
    domain::{Metadata, RepoPath},
    repo::history::{History, PathId},
    scan::{Engine, PathFacts},
};

/// What a path says, with a digest of it that stays the same from run to run.
pub(super) struct Known {
    facts: PathFacts,
    pub(super) digest: [u8; 8],
}

impl Deref for Known {
    type Target = PathFacts;

    fn deref(&self) -> &PathFacts {
        &self.facts
    }
}

/// The facts of all paths. Equal facts are the same allocation.
pub(super) struct FactsOf<'a> {
    engine: &'a Engine,
    history: &'a History,
    by_path: Vec<OnceLock<Option<Arc<Known>>>>,
    all: Mutex<HashMap<PathFacts, Arc<Known>>>,
}

impl<'a> FactsOf<'a> {
    pub(super) fn new(engine: &'a Engine, history: &'a History) -> Self {
        let by_path = (0..history.paths()).map(|_| OnceLock::new()).collect();
        Self { engine, history, by_path, all: Mutex::default() }
    }

    /// Returns the facts of a path; nothing for the review's own files, which are never
    /// published.
    pub(super) fn of(&self, path: PathId) -> Option<&Arc<Known>> {
        self.by_path
            .get(path.0 as usize)?
            .get_or_init(|| {
                let path = self.history.path(path);
                let ours = path.is_within(&RepoPath::new(b".debut"));
                (!ours).then(|| self.share(&path))
            })
            .as_ref()
    }

    /// Returns the facts of an object that no ref leads to: it has no path.
    pub(super) fn of_unreachable(&self) -> Arc<Known> {
        self.share(&Metadata::Unreachable.path())
    }

    fn share(&self, path: &RepoPath) -> Arc<Known> {
        let facts = self.engine.facts(path);
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = all.get(&facts) {
            return known.clone();
        }
        let known = Arc::new(Known { digest: digest(&facts), facts: facts.clone() });
        all.insert(facts, known.clone());
        known
    }
}
