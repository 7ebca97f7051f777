// SPDX-License-Identifier: MIT OR Apache-2.0
//! All different marks of a history, each written down once.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::{
    domain::{Finding, Identity, Layer, Place, RepoPath, RuleIdx, Secret, Severity},
    scan::{Hit, Mark},
};

/// Gives the keyed ids of a value and its surroundings under a rule.
pub type Identify<'a> = dyn Fn(RuleIdx, &[u8], &[u8]) -> Identity + Sync + 'a;

/// What all places of one mark have in common.
#[derive(Clone)]
pub struct Entry {
    /// The rule.
    pub rule: RuleIdx,
    /// How bad it is, the path's class taken into account.
    pub severity: Severity,
    /// Remarks. Never the value.
    pub notes: Vec<String>,
    /// What was found.
    pub value: Secret,
    /// What surrounds it.
    pub context: Secret,
    /// Its keyed ids.
    pub id: Identity,
}

impl Entry {
    /// Returns the finding for this mark at `path`, shown at `place` of the content with the id
    /// `version`.
    #[must_use]
    pub fn finding(&self, path: RepoPath, version: &str, place: Place) -> Finding {
        Finding {
            rule: self.rule,
            severity: self.severity,
            path,
            layer: Layer::Past(version.into()),
            place,
            value: self.value.clone(),
            context: self.context.clone(),
            notes: self.notes.clone(),
        }
    }
}

/// The number of a mark in the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MarkNo(pub u32);

/// The book. Workers write into it together.
pub(super) struct Book<'a> {
    identify: &'a Identify<'a>,
    hasher: RandomState,
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    by_hash: HashMap<u64, Vec<u32>>,
    entries: Vec<Entry>,
}

impl<'a> Book<'a> {
    pub(super) fn new(identify: &'a Identify<'a>) -> Self {
        Self { identify, hasher: RandomState::new(), inner: Mutex::default() }
    }

    /// Returns the number of `mark`. Asked again, the mark knows it by itself.
    pub(super) fn number(&self, mark: &Mark) -> MarkNo {
        MarkNo(*mark.tag.get_or_init(|| {
            let Mark { rule, severity, notes, value, context, .. } = mark;
            let hash = self.hasher.hash_one((rule, severity, notes, value, context));
            self.write(hash, *rule, *severity, notes, (value, context))
        }))
    }

    /// Returns the number for a rule that fired for a file as a whole, whose content `raw` is
    /// the blob with this id.
    pub(super) fn whole_file(&self, hit: &Hit, path: &[u8], id: &[u8], raw: &[u8]) -> MarkNo {
        let Hit { rule, severity, notes, .. } = hit;
        let hash = self.hasher.hash_one((rule, severity, notes, path, id));
        let (value, context) = (Secret::new(path), Secret::new(raw));
        MarkNo(self.write(hash, *rule, *severity, notes, (&value, &context)))
    }

    /// Returns a copy of an entry.
    pub(super) fn entry(&self, no: MarkNo) -> Entry {
        self.lock().entries[no.0 as usize].clone()
    }

    /// Gives the entries out.
    pub(super) fn close(self) -> Vec<Entry> {
        self.inner.into_inner().unwrap_or_else(PoisonError::into_inner).entries
    }

    /// Writes down what is not there yet. Equal marks must come with an equal hash.
    fn write(
        &self,
        hash: u64,
        rule: RuleIdx,
        severity: Severity,
        notes: &[String],
        (value, context): (&Secret, &Secret),
    ) -> u32 {
        let mut inner = self.lock();
        let known = inner.by_hash.get(&hash).into_iter().flatten().copied();
        let same = |no: &u32| {
            let entry = &inner.entries[*no as usize];
            (entry.rule, entry.severity, &entry.value, &entry.context)
                == (rule, severity, value, context)
                && entry.notes == notes
        };
        if let Some(no) = known.into_iter().find(same) {
            return no;
        }
        let no = u32::try_from(inner.entries.len()).unwrap_or(u32::MAX);
        let id = (self.identify)(rule, value.expose(), context.expose());
        let (value, context) = (value.clone(), context.clone());
        inner.entries.push(Entry { rule, severity, notes: notes.to_vec(), value, context, id });
        inner.by_hash.entry(hash).or_default().push(no);
        no
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Nothing is left half done when a thread panics: an entry without a hash is only lost.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
