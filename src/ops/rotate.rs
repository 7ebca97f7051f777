// SPDX-License-Identifier: MIT OR Apache-2.0
//! Gives a review another key.
//!
//! An id can't be made anew from an old one: that is what it is for. So everything is scanned
//! again under both keys, and each vote whose value is found gets the new id of that value.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError, atomic::AtomicBool},
};

use super::{Event, OpenError, Review, ScanError, ScanJob, Stage};
use crate::{
    domain::{Identity, Target, Vote},
    repo::Source,
    review::{Identified, Keyring},
    rules::RuleSet,
};

/// So many of the commits that were reviewed earlier are scanned for values that stand nowhere
/// else.
const EARLIER: usize = 64;

/// What another key makes of a review. Nothing is written before [`Rotation::write`].
pub struct Rotation {
    keyring: Keyring,
    /// Votes under the new key.
    kept: Vec<Vote>,
    /// Votes whose value was found nowhere, under the old key.
    lost: Vec<Vote>,
}

/// Ids under the new key by those under the old one.
#[derive(Default)]
struct Ids {
    values: HashMap<Arc<str>, Arc<str>>,
    contexts: HashMap<Arc<str>, Arc<str>>,
}

impl Ids {
    fn learn(&mut self, found: &Identified, rules: &RuleSet, keyring: &Keyring) {
        let class = rules.info(found.finding.rule).class;
        let Identity { value, context } = keyring.identify(&found.finding, class);
        self.values.insert(found.id.value.clone(), value);
        self.contexts.insert(found.id.context.clone(), context);
    }

    fn knows(&self, vote: &Vote) -> bool {
        match &vote.target {
            Target::Place { id, .. } => self.values.contains_key(&id.value),
            Target::File(_) | Target::Directory(_) => true,
        }
    }

    fn renew(&self, vote: &Vote, keyring: &Keyring) -> Option<Vote> {
        let mut vote = vote.clone();
        if let Target::Place { id, .. } = &mut vote.target {
            id.value = self.values.get(&id.value)?.clone();
            id.context = match self.contexts.get(&id.context) {
                Some(context) => context.clone(),
                None if id.context.is_empty() => id.context.clone(),
                // The text around the value is not what it was, and must not seem to be.
                None => keyring.seal(&format!("gone {}", id.context)).into(),
            };
        }
        Some(vote)
    }
}

impl Review {
    /// Works out what a new key makes of this review, which must have been scanned.
    ///
    /// # Errors
    /// When the system has no random numbers, or an earlier commit can't be scanned by a fault
    /// of the program.
    pub fn rotation(
        &self,
        threads: usize,
        stop: &AtomicBool,
        progress: &(dyn Fn(Stage, usize, usize) + Sync),
    ) -> Result<Rotation, RotateError> {
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(|error| OpenError::Random(error.to_string()))?;
        let keyring = Keyring::new(key);
        let mut ids = Ids::default();
        for (idx, finding) in self.session.findings() {
            let (finding, id) = (finding.clone(), self.session.identity(idx).clone());
            ids.learn(&Identified { finding, id }, &self.rules, &keyring);
        }
        let votes = self.session.votes();
        for commit in self.desk.earlier_commits(&self.info.commit).into_iter().take(EARLIER) {
            if votes.iter().all(|vote| ids.knows(vote)) {
                break;
            }
            // A commit that is not here any more has nothing to say.
            let Ok(source) = Source::open(&self.source.git_dir, &commit) else { continue };
            self.learn_from(source, &keyring, &mut ids, (threads, stop, progress))?;
        }
        let (mut kept, mut lost) = (Vec::new(), Vec::new());
        for vote in votes {
            match ids.renew(vote, &keyring) {
                Some(renewed) => kept.push(renewed),
                None => lost.push(vote.clone()),
            }
        }
        Ok(Rotation { keyring, kept, lost })
    }

    fn learn_from(
        &self,
        source: Source,
        keyring: &Keyring,
        ids: &mut Ids,
        (threads, stop, progress): (usize, &AtomicBool, &(dyn Fn(Stage, usize, usize) + Sync)),
    ) -> Result<(), ScanError> {
        let job = ScanJob {
            source,
            earlier: Vec::new(),
            extent: Arc::default(),
            reach: None,
            ..self.job(threads)
        };
        let ids = Mutex::new(ids);
        job.run(stop, &|event| match event {
            Event::Found(found) => {
                let mut ids = ids.lock().unwrap_or_else(PoisonError::into_inner);
                found.iter().for_each(|found| ids.learn(found, &self.rules, keyring));
            }
            Event::Progress { stage, done, total } => progress(stage, done, total),
            _ => {}
        })?;
        if stop.load(std::sync::atomic::Ordering::Relaxed) {
            Err(ScanError::Stopped)
        } else {
            Ok(())
        }
    }
}

/// Why a review got no other key.
#[derive(Debug, thiserror::Error)]
pub enum RotateError {
    /// The review can't be read or written.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// An earlier commit can't be scanned.
    #[error(transparent)]
    Scan(#[from] ScanError),
}

impl Rotation {
    /// Returns how many votes get a new id or a new seal.
    #[must_use]
    pub fn kept(&self) -> usize {
        self.kept.len()
    }

    /// Returns the votes whose value was found nowhere.
    #[must_use]
    pub fn lost(&self) -> &[Vote] {
        &self.lost
    }

    /// Returns the id of the new key.
    #[must_use]
    pub fn key_id(&self) -> String {
        self.keyring.key_id()
    }

    /// Writes key and checklist. What was decided before can't be undone any more, only decided
    /// anew.
    ///
    /// # Errors
    /// When something can't be written. The checklist is then all under the old key.
    pub fn write(self, review: &mut Review) -> Result<(), OpenError> {
        let desk = &mut review.desk;
        desk.save_all()?;
        let known: HashSet<&Vote> = review.session.votes().iter().collect();
        // Somebody may have merged between the scan and now.
        if desk.checklist.votes.iter().any(|vote| !known.contains(vote)) {
            return Err(OpenError::Changed);
        }
        desk.checklist.votes = self.kept;
        desk.checklist.key_id = self.keyring.key_id();
        desk.rekey(self.keyring.clone())?;
        review.keyring = self.keyring;
        Ok(())
    }
}
