// SPDX-License-Identifier: MIT OR Apache-2.0
//! All different marks of a history, each written down once.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::memory::Trace;
use crate::{
    domain::{
        Confidence, Finding, Identity, Layer, Place, RepoPath, RuleIdx, RuleInfo, Secret, Severity,
    },
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
    /// How sure it is that it is real.
    pub confidence: Confidence,
    /// Remarks. Never the value.
    pub notes: Vec<String>,
    /// What was found. Nothing if it is remembered from an earlier run and shown nowhere.
    pub value: Option<Secret>,
    /// What surrounds it; empty if it is remembered: only the ids are made of it.
    pub context: Secret,
    /// Its keyed ids.
    pub id: Identity,
    /// The id of the value to the byte, if it is remembered.
    pub(super) exact: Option<Arc<str>>,
    /// Whether the text holds something that stands for the value.
    pub(super) decoded: bool,
}

impl Entry {
    fn weight(&self) -> (Severity, Confidence) {
        (self.severity, self.confidence)
    }

    /// Returns the finding for this mark at `path`, shown at `place` of the content with the id
    /// `version`; nothing if its value is not known.
    #[must_use]
    pub fn finding(&self, path: RepoPath, version: &str, place: Place) -> Option<Finding> {
        Some(Finding {
            rule: self.rule,
            severity: self.severity,
            confidence: self.confidence,
            path,
            layer: Layer::Past(version.into()),
            place,
            value: self.value.clone()?,
            context: self.context.clone(),
            notes: self.notes.clone(),
        })
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

impl Inner {
    fn push(&mut self, hash: u64, entry: Entry) -> u32 {
        let no = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        self.entries.push(entry);
        self.by_hash.entry(hash).or_default().push(no);
        no
    }
}

fn remembered(trace: &Trace) -> Entry {
    Entry {
        rule: RuleIdx(trace.rule),
        severity: trace.severity,
        confidence: trace.confidence,
        notes: trace.notes.clone(),
        value: None,
        context: Secret::new(b""),
        id: trace.id.clone(),
        exact: Some(trace.exact.clone()),
        decoded: trace.decoded,
    }
}

impl<'a> Book<'a> {
    /// Starts with the marks that are remembered, under the numbers that they have there.
    pub(super) fn new(identify: &'a Identify<'a>, traces: &[Trace]) -> Self {
        let entries = traces.iter().map(remembered).collect();
        let inner = Mutex::new(Inner { entries, ..Inner::default() });
        Self { identify, hasher: RandomState::new(), inner }
    }

    /// Returns the number of `mark`. Asked again, the mark knows it by itself.
    pub(super) fn number(&self, mark: &Mark) -> MarkNo {
        MarkNo(*mark.tag.get_or_init(|| {
            let Mark { rule, severity, confidence, notes, value, context, .. } = mark;
            let weight = (*severity, *confidence);
            let hash = self.hasher.hash_one((rule, weight, notes, value, context));
            self.write(hash, *rule, weight, notes, (value, context))
        }))
    }

    /// Returns the number of what stands for all alike, whatever stands around it and in whatever
    /// case it is written.
    pub(super) fn common(&self, rule: RuleIdx, info: &RuleInfo, value: &[u8]) -> MarkNo {
        let weight = (info.severity, info.confidence);
        let same = value.to_ascii_lowercase();
        let (value, context) = (Secret::new(value), Secret::new(b""));
        let notes: &[String] = &[];
        let hash = self.hasher.hash_one((&rule, weight, notes, &value, &context));
        MarkNo(self.write_as(hash, rule, weight, notes, (&value, &context), &same))
    }

    /// Returns the number for a rule that fired for a file as a whole, whose content `raw` is
    /// the blob with this id.
    pub(super) fn whole_file(&self, hit: &Hit, path: &[u8], id: &[u8], raw: &[u8]) -> MarkNo {
        let Hit { rule, severity, notes, .. } = hit;
        let weight = (*severity, hit.sureness());
        let hash = self.hasher.hash_one((rule, weight, notes, path, id));
        let (value, context) = (Secret::new(path), Secret::new(raw));
        MarkNo(self.write(hash, *rule, weight, notes, (&value, &context)))
    }

    /// Returns the number for a rule that is remembered to fire for a file as a whole.
    pub(super) fn remembered_file(&self, trace: &Trace, path: &[u8]) -> MarkNo {
        let rule = RuleIdx(trace.rule);
        let id = Identity { value: (self.identify)(rule, path, b"").value, ..trace.id.clone() };
        let mut entry = Entry { value: Some(Secret::new(path)), id, ..remembered(trace) };
        entry.exact = None;
        let mut inner = self.lock();
        let hash = self.hasher.hash_one((&entry.rule, &entry.notes, &entry.value, &entry.id));
        let known = inner.by_hash.get(&hash).into_iter().flatten().copied();
        let same = |no: &u32| {
            let other = &inner.entries[*no as usize];
            (other.rule, other.weight(), &other.value, &other.id)
                == (entry.rule, entry.weight(), &entry.value, &entry.id)
                && other.notes == entry.notes
        };
        match known.into_iter().find(same) {
            Some(no) => MarkNo(no),
            None => MarkNo(inner.push(hash, entry)),
        }
    }

    /// Puts the value of a mark in that was remembered without it.
    pub(super) fn fill(&self, no: MarkNo, value: Secret) {
        self.lock().entries[no.0 as usize].value.get_or_insert(value);
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
        weight: (Severity, Confidence),
        notes: &[String],
        (value, context): (&Secret, &Secret),
    ) -> u32 {
        self.write_as(hash, rule, weight, notes, (value, context), value.expose())
    }

    /// The same for a value that gets the ids of another, `same`.
    fn write_as(
        &self,
        hash: u64,
        rule: RuleIdx,
        (severity, confidence): (Severity, Confidence),
        notes: &[String],
        (value, context): (&Secret, &Secret),
        same_as: &[u8],
    ) -> u32 {
        let mut inner = self.lock();
        let known = inner.by_hash.get(&hash).into_iter().flatten().copied();
        let same = |no: &u32| {
            let entry = &inner.entries[*no as usize];
            (entry.rule, entry.weight(), entry.value.as_ref(), &entry.context)
                == (rule, (severity, confidence), Some(value), context)
                && entry.notes == notes
        };
        if let Some(no) = known.into_iter().find(same) {
            return no;
        }
        let id = (self.identify)(rule, same_as, context.expose());
        let decoded = value.is_decoded();
        let (value, context) = (Some(value.clone()), context.clone());
        let notes = notes.to_vec();
        let exact = None;
        let entry = Entry { rule, severity, confidence, notes, value, context, id, exact, decoded };
        inner.push(hash, entry)
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Nothing is left half done when a thread panics: an entry without a hash is only lost.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
