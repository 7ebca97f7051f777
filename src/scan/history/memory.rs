// SPDX-License-Identifier: MIT OR Apache-2.0
//! What was found in contents, remembered from run to run without a single value.
//!
//! A record says what the scan of one content under one set of facts came to: where the marks
//! stand and under which keyed ids. It holds as long as rules and words do. Of the words, the
//! names of people change with every new author, so a record also holds which names were asked
//! for, sealed, and what the answer was: it holds wherever the answers are the same. The
//! organisation's words are answered for by people, who may change their minds: a record holds
//! which words its findings rest on, and what holds a new one is judged anew.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{
    book::{Entry, Identify},
    codec::{Packed, Unpacker},
};
use crate::{
    domain::{Confidence, Identity, NotScanned, RuleIdx, Severity, WordKind},
    scan::{Hit, PathFacts, internal::question},
};

/// A content under a set of facts: the object's id, up to 32 bytes, and 8 of a digest of the
/// facts.
pub(super) type Key = [u8; KEY];
/// Bytes of a key.
pub(super) const KEY: usize = 40;

/// What all places of a mark have in common, but for its value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) struct Trace {
    pub(super) rule: u16,
    pub(super) severity: Severity,
    pub(super) confidence: Confidence,
    pub(super) notes: Vec<String>,
    /// For a file as a whole the id of its content alone: the value is its path.
    pub(super) id: Identity,
    /// A keyed id of the value to the byte.
    pub(super) exact: Arc<str>,
    /// Whether the text holds something that stands for the value.
    pub(super) decoded: bool,
}

impl Trace {
    /// Returns the trace of a mark in the book.
    fn of(entry: &Entry, identify: &Identify<'_>) -> Option<Self> {
        let exact = match (&entry.exact, &entry.value) {
            (Some(exact), _) => exact.clone(),
            (None, value) => exact_id(identify, entry.rule, value.as_ref()?.expose()),
        };
        let (notes, id) = (entry.notes.clone(), entry.id.clone());
        let Entry { severity, confidence, decoded, .. } = *entry;
        Some(Self { rule: entry.rule.0, severity, confidence, notes, id, exact, decoded })
    }
}

impl Trace {
    /// Returns the trace of a rule that fired for a file as a whole, with the id of its content.
    pub(super) fn of_file(hit: &Hit, context: Arc<str>) -> Self {
        let id = Identity { value: "".into(), context };
        let notes = hit.notes.clone();
        let (severity, confidence) = (hit.severity, hit.sureness());
        let (exact, decoded) = ("".into(), false);
        Self { rule: hit.rule.0, severity, confidence, notes, id, exact, decoded }
    }
}

/// Returns a keyed id of a value as it is: quotes around it count.
pub(super) fn exact_id(identify: &Identify<'_>, rule: RuleIdx, value: &[u8]) -> Arc<str> {
    identify(rule, b"", value).context
}

/// A mark in a content: its number, first byte and length.
pub(super) type At = (u32, u32, u32);

/// What one content came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Record {
    /// Why it could not be judged, or not all of it, as a number.
    pub(super) why: Option<u32>,
    /// Rules that fired for the file as a whole, as numbers of traces.
    pub(super) whole: Vec<u32>,
    /// The marks, as numbers of traces.
    pub(super) marks: Vec<At>,
    /// Names that were asked for, and words that it rests on, as numbers.
    asked: Vec<u32>,
}

/// What one content came to, as a scan hands it over.
pub struct Fresh {
    pub(super) key: Key,
    pub(super) why: Option<NotScanned>,
    pub(super) whole: Vec<Trace>,
    /// The marks, by their numbers in the book.
    pub(super) marks: Vec<At>,
    pub(super) asked: Asked,
}

/// Names that were asked for, and the answers; nothing if there were none.
pub(super) type Asked = Option<Arc<BTreeMap<String, bool>>>;

/// The tables that records point into.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Tables {
    traces: Vec<Trace>,
    whys: Vec<NotScanned>,
    asked: Vec<(String, bool)>,
    /// The organisation's words that all records were judged by, sealed.
    words: Vec<String>,
}

/// Everything that is remembered.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Memory {
    tables: Tables,
    /// By key.
    records: Vec<(Key, Record)>,
    /// Which answers are not the same any more.
    stale: HashSet<u32>,
    /// Words that no record was judged by: what holds one of them is judged anew.
    new_words: Vec<(WordKind, String)>,
}

impl Memory {
    /// Reads what [`Writer::finish`] wrote under the same name and so many rules. What is damaged,
    /// or somebody else's, counts for nothing.
    #[must_use]
    pub fn read(bytes: &[u8], name: &str, rules: usize) -> Self {
        let known = |memory: &Self| {
            memory.tables.traces.iter().all(|trace| usize::from(trace.rule) < rules)
        };
        Self::parse(bytes, name).filter(known).unwrap_or_default()
    }

    fn parse(bytes: &[u8], name: &str) -> Option<Self> {
        let mut from = Unpacker(bytes);
        let (own, tables) = (from.bytes()?, from.bytes()?);
        if own != name.as_bytes() {
            return None;
        }
        let tables: Tables = serde_json::from_slice(tables).ok()?;
        let mut records: Vec<(Key, Record)> = Vec::new();
        while !from.0.is_empty() {
            let (key, rest) = from.0.split_first_chunk::<KEY>()?;
            from.0 = rest;
            let record = Record::parse(&mut from)?;
            if !record.fits(&tables) || records.last().is_some_and(|(last, _)| last >= key) {
                return None;
            }
            records.push((*key, record));
        }
        Some(Self { tables, records, stale: HashSet::new(), new_words: Vec::new() })
    }

    /// Returns whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Leaves out what rests on answers that `people`, the names known now, and `words`, those
    /// of the organisation, do not give any more.
    pub fn compare(
        &mut self,
        people: &[String],
        words: &[(WordKind, String)],
        seal: &dyn Fn(&str) -> String,
    ) {
        let sealed = |(kind, word): &(WordKind, String)| seal(&question(*kind, word));
        let judged: HashSet<&String> = self.tables.words.iter().collect();
        let new = words.iter().filter(|word| !judged.contains(&sealed(word)));
        self.new_words = new.cloned().collect();
        if self.tables.asked.is_empty() {
            return;
        }
        let known = people.iter().map(|name| seal(name)).chain(words.iter().map(sealed));
        let known: HashSet<String> = known.collect();
        let asked = (0..).zip(&self.tables.asked);
        let stale = asked.filter(|(_, (name, answer))| known.contains(name) != *answer);
        self.stale = stale.map(|(no, _)| no).collect();
    }

    /// Returns the words that nothing here was judged by.
    #[must_use]
    pub fn new_words(&self) -> &[(WordKind, String)] {
        &self.new_words
    }

    pub(super) fn traces(&self) -> &[Trace] {
        &self.tables.traces
    }

    pub(super) fn trace(&self, no: u32) -> Option<&Trace> {
        self.tables.traces.get(no as usize)
    }

    pub(super) fn why(&self, no: u32) -> Option<&NotScanned> {
        self.tables.whys.get(no as usize)
    }

    /// Returns a way to look records up in the order of their keys.
    pub(super) fn lookup(&self) -> Lookup<'_> {
        Lookup { memory: self, at: 0 }
    }

    fn holds(&self, record: &Record) -> bool {
        record.asked.iter().all(|no| !self.stale.contains(no))
    }
}

/// Looks up one key after the other; ascending ids are cheapest.
pub(super) struct Lookup<'a> {
    memory: &'a Memory,
    at: usize,
}

impl<'a> Lookup<'a> {
    /// Returns what is known of a content under facts with this digest.
    pub(super) fn find(&mut self, id: &[u8], facts: [u8; 8]) -> Option<&'a Record> {
        let all = &self.memory.records;
        let first = key(id, [0; 8]);
        if all.get(self.at.wrapping_sub(1)).is_some_and(|(key, _)| *key >= first) {
            self.at = 0;
        }
        let mut step = 1;
        while all.get(self.at + step).is_some_and(|(key, _)| *key < first) {
            self.at += step;
            step *= 2;
        }
        let end = all.len().min(self.at + step + 1);
        self.at += all[self.at..end].partition_point(|(key, _)| *key < first);
        let wanted = key(id, facts);
        let here = all[self.at..].iter().take_while(|(key, _)| key[..32] == wanted[..32]);
        let record = here.into_iter().find(|(key, _)| *key == wanted).map(|(_, record)| record)?;
        self.memory.holds(record).then_some(record)
    }
}

impl Record {
    fn parse(from: &mut Unpacker<'_>) -> Option<Self> {
        let mut out = Self { why: from.number()?.checked_sub(1), ..Self::default() };
        out.whole = from.list()?;
        out.asked = from.list()?;
        let mut last = 0;
        for _ in 0..from.count()? {
            let (no, step, len) = (from.number()?, from.number()?, from.number()?);
            last = step.wrapping_add(last);
            out.marks.push((no, last, len));
        }
        Some(out)
    }

    fn write(&self, to: &mut Packed) {
        to.number(self.why.map_or(0, |why| why + 1));
        to.list(&self.whole);
        to.list(&self.asked);
        to.number(self.marks.len() as u32);
        let mut last = 0;
        for (no, start, len) in &self.marks {
            to.number(*no);
            to.number(start.wrapping_sub(last));
            to.number(*len);
            last = *start;
        }
    }

    fn fits(&self, tables: &Tables) -> bool {
        let traces = |no: &u32| (*no as usize) < tables.traces.len();
        self.why.is_none_or(|why| (why as usize) < tables.whys.len())
            && self.whole.iter().all(traces)
            && self.marks.iter().all(|(no, _, _)| traces(no))
            && self.asked.iter().all(|no| (*no as usize) < tables.asked.len())
    }
}

/// Brings together what is remembered and what is new.
#[derive(Default)]
pub struct Writer {
    tables: Tables,
    traces: HashMap<Trace, u32>,
    whys: HashMap<NotScanned, u32>,
    asked: HashMap<(String, bool), u32>,
    records: BTreeMap<Key, Record>,
}

impl Writer {
    /// Adds records of another run that still hold, but for those that are there, of objects
    /// that `holds` knows to hold under the words of this run.
    pub fn add(&mut self, memory: &Memory, holds: &dyn Fn(&[u8]) -> bool) {
        let traces: Vec<u32> =
            memory.tables.traces.iter().map(|trace| self.trace(trace.clone())).collect();
        let whys: Vec<u32> = memory.tables.whys.iter().map(|why| self.why(why.clone())).collect();
        let asked: Vec<u32> =
            memory.tables.asked.iter().map(|asked| self.name(asked.clone())).collect();
        let kept = memory.records.iter();
        let kept = kept.filter(|(key, record)| memory.holds(record) && holds(&key[..32]));
        for (key, record) in kept {
            let of = |all: &[u32], table: &[u32]| -> Vec<u32> {
                all.iter().map(|no| table[*no as usize]).collect()
            };
            let marks = record.marks.iter();
            self.records.entry(*key).or_insert_with(|| Record {
                why: record.why.map(|why| whys[why as usize]),
                whole: of(&record.whole, &traces),
                marks: marks.map(|(no, at, len)| (traces[*no as usize], *at, *len)).collect(),
                asked: of(&record.asked, &asked),
            });
        }
    }

    /// Adds what a scan has found out; `marks` are those of its book.
    pub fn add_fresh(
        &mut self,
        all: Vec<Fresh>,
        marks: &[Entry],
        identify: &Identify<'_>,
        seal: &dyn Fn(&str) -> String,
    ) {
        let mut numbers: HashMap<u32, Option<u32>> = HashMap::new();
        let mut seals: HashMap<String, String> = HashMap::new();
        for fresh in all {
            let mut placed = Vec::with_capacity(fresh.marks.len());
            for (no, at, len) in fresh.marks {
                let number = numbers.entry(no).or_insert_with(|| {
                    let trace = Trace::of(marks.get(no as usize)?, identify)?;
                    Some(self.trace(trace))
                });
                placed.extend(number.map(|number| (number, at, len)));
            }
            let mut asked = Vec::new();
            for (name, answer) in fresh.asked.iter().flat_map(|asked| asked.iter()) {
                let sealed = seals.entry(name.clone()).or_insert_with(|| seal(name)).clone();
                asked.push(self.name((sealed, *answer)));
            }
            let record = Record {
                why: fresh.why.map(|why| self.why(why)),
                whole: fresh.whole.into_iter().map(|trace| self.trace(trace)).collect(),
                marks: placed,
                asked,
            };
            self.records.insert(fresh.key, record);
        }
    }

    /// Returns all records as bytes, but for those of objects that `is_here` does not know; `words`
    /// are those that all were judged by, sealed.
    #[must_use]
    pub fn finish(
        mut self,
        name: &str,
        words: Vec<String>,
        is_here: &dyn Fn(&[u8]) -> bool,
    ) -> Vec<u8> {
        self.tables.words = words;
        self.records.retain(|key, _| is_here(&key[..32]));
        let mut to = Packed::default();
        to.bytes(name.as_bytes());
        to.bytes(&serde_json::to_vec(&self.tables).unwrap_or_default());
        for (key, record) in &self.records {
            to.0.extend_from_slice(key);
            record.write(&mut to);
        }
        to.0
    }

    fn trace(&mut self, trace: Trace) -> u32 {
        number(&mut self.traces, &mut self.tables.traces, trace)
    }

    fn why(&mut self, why: NotScanned) -> u32 {
        number(&mut self.whys, &mut self.tables.whys, why)
    }

    fn name(&mut self, asked: (String, bool)) -> u32 {
        number(&mut self.asked, &mut self.tables.asked, asked)
    }
}

/// Returns the number of `item` in a table, which it joins if it is new.
fn number<T: Clone + Eq + std::hash::Hash>(
    numbers: &mut HashMap<T, u32>,
    table: &mut Vec<T>,
    item: T,
) -> u32 {
    *numbers.entry(item).or_insert_with_key(|item| {
        table.push(item.clone());
        table.len() as u32 - 1
    })
}

/// Returns the key of a content under facts with this digest.
pub(super) fn key(id: &[u8], facts: [u8; 8]) -> Key {
    let mut out = [0; KEY];
    let len = id.len().min(32);
    out[..len].copy_from_slice(&id[..len]);
    out[32..].copy_from_slice(&facts);
    out
}

/// Returns a digest of what a path says.
pub(super) fn digest(facts: &PathFacts) -> [u8; 8] {
    let digest = Sha256::digest(format!("{facts:?}"));
    std::array::from_fn(|i| digest[i])
}
