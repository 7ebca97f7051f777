// SPDX-License-Identifier: MIT OR Apache-2.0
//! Gives a review another key.
//!
//! An id can't be made anew from an old one: that is what it is for. So everything is scanned
//! under both keys, and each vote whose value is found gets the new id of that value.

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use super::{Event, OpenError, Review, ScanError, ScanJob, Stage, scan::TakeIn};
use crate::{
    domain::{Finding, Identity, Place, RuleIdx, Secret, Target, TextOf, Vote},
    repo::Source,
    review::{Keyring, Session},
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

/// Tells findings apart: one encoded run may hold several values.
fn place_of(finding: &Finding) -> (RuleIdx, TextOf, &Place, &Secret) {
    (finding.rule, finding.text_of(), &finding.place, &finding.value)
}

/// Ids under the new key by those under the old one.
#[derive(Default)]
struct Ids {
    values: HashMap<Arc<str>, Arc<str>>,
    contexts: HashMap<Arc<str>, Arc<str>>,
    /// Of contents of files.
    contents: HashMap<Arc<str>, Arc<str>>,
}

impl Ids {
    /// Learns from the same places under the `old` key and under the `new` one.
    fn learn(&mut self, old: &Session, new: &Session) {
        let ids = |session: &'_ Session| {
            let ids = |(idx, _)| session.identity(idx).clone();
            session.findings().map(ids).collect::<Vec<Identity>>()
        };
        let (old_ids, new_ids) = (ids(old), ids(new));
        let places = new.findings().map(|(idx, finding)| (place_of(finding), idx));
        let places: HashMap<_, _> = places.collect();
        for (idx, finding) in old.findings() {
            let Some(at) = places.get(&place_of(finding)) else { continue };
            let (before, after) = (&old_ids[idx.0 as usize], &new_ids[at.0 as usize]);
            self.values.insert(before.value.clone(), after.value.clone());
            self.contexts.insert(before.context.clone(), after.context.clone());
            if finding.place == Place::File {
                // Whether the keys in a store were rotated is said of its content.
                self.values.insert(before.context.clone(), after.context.clone());
            }
        }
        let pairs = old.files().iter().zip(new.files());
        let pairs = pairs.map(|(old, new)| (old.content.clone(), new.content.clone()));
        self.contents.extend(pairs);
    }

    fn knows(&self, vote: &Vote) -> bool {
        match &vote.target {
            Target::Place { id, .. } => self.values.contains_key(&id.value),
            Target::Rotation(value) | Target::StandIn(value) => self.values.contains_key(value),
            Target::File(_) | Target::Directory(_) => true,
            Target::Attestation(_) | Target::Batch | Target::Text(_) | Target::Unflagged => true,
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
        if let Target::Rotation(value) | Target::StandIn(value) = &mut vote.target {
            *value = self.values.get(value)?.clone();
        }
        if let (Target::Text(_), Some(content)) = (&vote.target, &vote.asked) {
            let gone = || keyring.seal(&format!("gone {content}")).into();
            vote.asked = Some(self.contents.get(content).cloned().unwrap_or_else(gone));
        }
        Some(vote)
    }
}

impl Review {
    /// Works out what a new key makes of this review, which must have been scanned.
    ///
    /// # Errors
    /// When the system has no random numbers, or the scans can't be done.
    pub fn rotation(&self, watch: &Watch<'_>) -> Result<Rotation, RotateError> {
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(|error| OpenError::Random(error.to_string()))?;
        let keyring = Keyring::new(key);
        let mut ids = Ids::default();
        let renewed = ScanJob { keyring: keyring.clone(), cache: None, ..self.job(watch.threads) };
        ids.learn(&self.session, &self.scan_for(renewed, watch)?);
        let votes = self.session.votes();
        for commit in self.desk.earlier_commits(&self.info.commit).into_iter().take(EARLIER) {
            if votes.iter().all(|vote| ids.knows(vote)) {
                break;
            }
            // A commit that is not here any more has nothing to say.
            let Ok(source) = Source::open(&self.source.git_dir, &commit) else { continue };
            let job = |keyring: &Keyring, cache| ScanJob {
                source: source.clone(),
                keyring: keyring.clone(),
                extent: Arc::default(),
                reach: None,
                cache,
                ..self.job(watch.threads)
            };
            let old = self.scan_for(job(&self.keyring, self.cache.clone()), watch)?;
            ids.learn(&old, &self.scan_for(job(&keyring, None), watch)?);
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

    /// Returns what `job` finds.
    fn scan_for(&self, job: ScanJob, watch: &Watch<'_>) -> Result<Session, ScanError> {
        let session = Session::new(self.rules.clone(), self.session.reviewer(), Vec::new());
        let session = Mutex::new(session);
        // The commit's own extent was counted when it was scanned for the review.
        let job = ScanJob { earlier: Vec::new(), extent: Arc::default(), ..job };
        job.run(watch.stop, &|event| match event {
            Event::Progress { stage, done, total } => (watch.progress)(stage, done, total),
            event => session.lock().unwrap_or_else(PoisonError::into_inner).take_in(event),
        })?;
        if watch.stop.load(Ordering::Relaxed) {
            return Err(ScanError::Stopped);
        }
        Ok(session.into_inner().unwrap_or_else(PoisonError::into_inner))
    }
}

/// How a scan is done and who is told.
pub struct Watch<'a> {
    /// On how many threads.
    pub threads: usize,
    /// Ends it when set.
    pub stop: &'a AtomicBool,
    /// Hears how far it is.
    pub progress: &'a (dyn Fn(Stage, usize, usize) + Sync),
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
