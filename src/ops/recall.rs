// SPDX-License-Identifier: MIT OR Apache-2.0
//! What an earlier scan found, remembered without a single value.
//!
//! Two files save time. One holds the outcome of a whole scan, under a name made of everything
//! that decides about it: a second run on an unchanged repository scans nothing. The other says
//! what each content came to, by its id: after a fetch only new contents are scanned.
//! Places, keyed ids, paths and authors are written, values never are. They are read from the
//! texts once more where something is shown, one place for each different value.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError, atomic::Ordering},
};

use aho_corasick::AhoCorasick;
use data_encoding::HEXLOWER;
use memchr::memmem;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Event, Reach, ScanError, ScanJob, decoder::Decoder, texts::Texts};
use crate::{
    domain::{
        Class, CommitRef, Confidence, Finding, HistorySummary, Identity, Layer, Licensing,
        NotScannedFile, Place, RepoPath, RuleIdx, Secret, Severity, Sighting, Target, TextOf,
        Vocabulary, WordKind, is_plain_word, squeezed,
    },
    repo::{
        TreeEntry,
        history::Tips,
        objects::{ObjIdx, Objects},
    },
    review::Identified,
    scan::{
        history::{Identify, Memory, Sightings, Writer},
        internal::{people_of, question, words_of},
    },
    store::Cache,
};

/// The detector of the rules that no single file can decide.
const REPOSITORY: &str = "licensing-repository";
/// Counts up when what is written changes its meaning.
const FORMAT: u32 = 9;
/// What one repository may keep of its contents; more would push out all others.
const LARGEST: usize = 256 << 20;

/// A finding without its value.
#[derive(Serialize, Deserialize)]
struct StoredFinding {
    rule: u16,
    severity: Severity,
    confidence: Confidence,
    path: RepoPath,
    layer: Layer,
    place: Place,
    id: Identity,
    notes: Vec<String>,
    /// A keyed id of the value to the byte: values with one id may differ in quotes around them.
    exact: Arc<str>,
    /// Whether the text holds something that stands for the value.
    decoded: bool,
    /// What a question about licences is about: the name of a licence or a folder.
    evidence: Option<String>,
}

/// Since when a place stands; commits by their number in the list.
#[derive(Serialize, Deserialize)]
struct StoredSighting {
    path: RepoPath,
    id: Identity,
    first: Option<u32>,
    last: Option<u32>,
    versions: u32,
}

/// Everything that a scan said.
#[derive(Default, Serialize, Deserialize)]
struct Stored {
    /// The name it was put under: a copy under another one counts for nothing.
    name: String,
    findings: Vec<StoredFinding>,
    not_scanned: Vec<NotScannedFile>,
    sightings: Vec<StoredSighting>,
    commits: Vec<CommitRef>,
    history: Option<HistorySummary>,
    files: usize,
    bytes: u64,
}

/// Writes down what a scan says.
#[derive(Default)]
pub(super) struct Recorder(Mutex<Recorded>);

#[derive(Default)]
struct Recorded {
    stored: Stored,
    /// Commits by their number in the list.
    numbers: HashMap<String, u32>,
    /// Credentials in names, which are written down like all names.
    named: Vec<Secret>,
    /// Credentials in files, which what is said of licences may quote.
    in_files: Vec<Secret>,
}

impl Recorder {
    /// Notes an event on its way.
    pub(super) fn note(&self, event: &Event, job: &ScanJob) {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Recorded { stored, numbers, named, in_files } = &mut *inner;
        match event {
            Event::Found(found) => {
                let in_names = found.iter().map(|new| &new.finding);
                let in_names = in_names.filter(|finding| may_be_a_name(finding, job));
                named.extend(in_names.map(|finding| finding.value.clone()));
                let credentials = found.iter().map(|new| &new.finding).filter(|finding| {
                    job.rules.info(finding.rule).class == Class::Credential
                        && finding.place.span().is_some()
                        && !is_plain_word(finding.value.expose())
                });
                in_files.extend(credentials.map(|finding| finding.value.clone()));
                stored.findings.extend(found.iter().map(|new| strip(new, job)));
            }
            Event::NotScanned(files) => stored.not_scanned.extend(files.iter().cloned()),
            Event::Attributed(all) => {
                for (target, seen) in all {
                    let Target::Place { path, id } = target else { continue };
                    let mut number = |commit: &Option<Arc<CommitRef>>| {
                        let commit = commit.as_ref()?;
                        Some(*numbers.entry(commit.id.clone()).or_insert_with(|| {
                            stored.commits.push((**commit).clone());
                            stored.commits.len() as u32 - 1
                        }))
                    };
                    let (first, last) = (number(&seen.first), number(&seen.last));
                    let (path, id) = (path.clone(), id.clone());
                    let versions = seen.versions;
                    stored.sightings.push(StoredSighting { path, id, first, last, versions });
                }
            }
            Event::History(summary) => stored.history = Some((**summary).clone()),
            _ => {}
        }
    }

    /// Puts everything into the cache. What can't be written is worked out anew next time, and
    /// so is what could not be read: it may be there by then. A scan that found a credential in
    /// the name of a file, a ref or a person is not written if that name would be.
    pub(super) fn keep(&self, job: &ScanJob, cache: &Cache, name: &str) {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Recorded { stored, named, in_files, .. } = &mut *inner;
        if stored.not_scanned.iter().any(|file| file.why.may_pass()) {
            return;
        }
        name.clone_into(&mut stored.name);
        stored.files = job.extent.files.load(Ordering::Relaxed);
        stored.bytes = job.extent.bytes.load(Ordering::Relaxed);
        let Ok(bytes) = serde_json::to_vec(&*stored) else { return };
        if quotes(&stored.findings, in_files) {
            return;
        }
        if !named.iter().any(|value| memmem::find(&bytes, value.expose()).is_some()) {
            drop(cache.put(name, &bytes));
        }
    }
}

/// Whether what is said of licences quotes one of the credentials, in whatever spelling.
fn quotes(findings: &[StoredFinding], credentials: &[Secret]) -> bool {
    let said = findings.iter().filter(|finding| finding.evidence.is_some());
    let said = said.flat_map(|finding| finding.notes.iter().chain(&finding.evidence));
    let said: Vec<u8> = said.flat_map(|text| squeezed(text.as_bytes())).collect();
    let values = credentials.iter().map(|value| squeezed(value.expose()));
    let values: Vec<Vec<u8>> = values.filter(|value| value.len() >= 8).collect();
    !said.is_empty()
        && !values.is_empty()
        && AhoCorasick::new(values).is_ok_and(|values| values.is_match(&said))
}

/// Whether a credential stands in what is no text of a file, or in the path of one.
fn may_be_a_name(finding: &Finding, job: &ScanJob) -> bool {
    let in_path = || memmem::find(finding.path.as_bytes(), finding.value.expose()).is_some();
    job.rules.info(finding.rule).class == Class::Credential
        && matches!(finding.place, Place::Span(_))
        && (matches!(finding.layer, Layer::Object(_) | Layer::Name(_)) || in_path())
}

fn strip(new: &Identified, job: &ScanJob) -> StoredFinding {
    let finding = &new.finding;
    // What concerns the repository as a whole is no text of a file: a licence or a folder.
    let whole = job.rules.get(finding.rule).detector.as_deref() == Some(REPOSITORY);
    let evidence = || String::from_utf8(finding.value.expose().to_vec()).ok();
    StoredFinding {
        rule: finding.rule.0,
        severity: finding.severity,
        confidence: finding.confidence,
        path: finding.path.clone(),
        layer: finding.layer.clone(),
        place: finding.place.clone(),
        id: new.id.clone(),
        notes: finding.notes.clone(),
        exact: exact_id(job, finding.rule, finding.value.expose()),
        decoded: finding.value.is_decoded(),
        evidence: whole.then(evidence).flatten(),
    }
}

fn exact_id(job: &ScanJob, rule: RuleIdx, value: &[u8]) -> Arc<str> {
    job.keyring.ids(job.rules.info(rule).class, b"", value).context
}

fn is_exact(job: &ScanJob, finding: &StoredFinding, value: &Secret) -> bool {
    let rule = rule(job, finding.rule);
    rule.is_some_and(|rule| exact_id(job, rule, value.expose()) == finding.exact)
}

/// Returns the name under which the outcome of `job` is kept: it changes with all that decides
/// about the outcome.
pub(super) fn name_of(job: &ScanJob) -> Result<String, ScanError> {
    let source = &job.source;
    let mut hash = Sha256::new();
    let mut add = |part: &[u8]| {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    };
    add(&FORMAT.to_be_bytes());
    add(job.rules.digest().as_bytes());
    // Addresses may hold passwords; under the key of the review their digest gives none away.
    add(job.keyring.key_id().as_bytes());
    add(job.keyring.seal(&format!("{:?} {:?}", source.owner(), source.addresses())).as_bytes());
    add(format!("{} {} {:?}", source.commit, source.tree, source.incomplete).as_bytes());
    if let Some(words) = &job.words {
        // Who answered, and when, changes nothing.
        let kept = words.iter().filter(|word| word.keep);
        let kept: Vec<_> = kept.map(|word| (word.kind, &word.text)).collect();
        add(job.keyring.seal(&format!("{kept:?}")).as_bytes());
    }
    if !job.policy.out_of_scope.is_empty() {
        add(format!("{:?}", job.policy.out_of_scope).as_bytes());
    }
    if job.policy.licensing != Licensing::default() {
        add(format!("{:?}", job.policy.licensing).as_bytes());
    }
    if let Some(Reach { refs, unreachable }) = &job.reach {
        let tips = Tips::read(source, refs)?;
        add(format!("{refs:?} {unreachable} {tips:?}").as_bytes());
        add(format!("{:?}", source.packs()).as_bytes());
    }
    Ok(format!("{}.scan", HEXLOWER.encode(&hash.finalize()[..16])))
}

/// Says again what a scan has said, if it is in the cache and every value is still where it was.
/// Returns whether that is so; otherwise nothing was said.
pub(super) fn recall(
    job: &ScanJob,
    cache: &Cache,
    name: &str,
    entries: &[TreeEntry],
    emit: &(dyn Fn(Event) + Sync),
) -> bool {
    let stored: Option<Stored> =
        cache.get(name).and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let Some(stored) = stored.filter(|stored| stored.name == name) else { return false };
    let Some(found) = with_values(job, stored.findings, entries) else { return false };
    job.extent.files.store(stored.files, Ordering::Relaxed);
    job.extent.bytes.store(stored.bytes, Ordering::Relaxed);
    emit(Event::Found(found));
    emit(Event::NotScanned(stored.not_scanned));
    let commits: Vec<Arc<CommitRef>> = stored.commits.into_iter().map(Arc::new).collect();
    let commit = |no: Option<u32>| commits.get(no? as usize).cloned();
    let sightings = stored.sightings.into_iter().map(|seen| {
        let (first, last) = (commit(seen.first), commit(seen.last));
        let sighting = Sighting { first, last, versions: seen.versions };
        (Target::Place { path: seen.path, id: seen.id }, Arc::new(sighting))
    });
    emit(Event::Attributed(sightings.collect()));
    if let Some(summary) = stored.history {
        let summary = HistorySummary { scanned: 0, ..summary };
        emit(Event::History(Arc::new(summary)));
    }
    true
}

/// The id of a value as people mean it, and to the byte; for one that stands encoded, also where.
type Exact = (Arc<str>, Arc<str>, Option<(TextOf, usize)>);

fn key_of(finding: &StoredFinding) -> Exact {
    let of = || TextOf { path: finding.path.clone(), layer: finding.layer.clone() };
    let start = finding.place.span().map_or(0, |span| span.start);
    let place = finding.decoded.then(|| (of(), start));
    (finding.id.value.clone(), finding.exact.clone(), place)
}

/// Reads the values of findings, each different one once.
fn with_values(
    job: &ScanJob,
    stored: Vec<StoredFinding>,
    entries: &[TreeEntry],
) -> Option<Vec<Identified>> {
    let texts = Texts::over(job.source.clone(), entries.to_vec()).ok()?;
    let mut values: HashMap<Exact, Secret> = HashMap::new();
    let mut by_text: BTreeMap<TextOf, Vec<&StoredFinding>> = BTreeMap::new();
    for finding in &stored {
        let of = TextOf { path: finding.path.clone(), layer: finding.layer.clone() };
        by_text.entry(of).or_default().push(finding);
    }
    // The layers come in the order of what they cost: files of the reviewed commit first.
    let mut all: Vec<_> = by_text.into_iter().collect();
    all.sort_by(|a, b| a.0.layer.cmp(&b.0.layer));
    let mut decoder = Decoder::default();
    for (of, findings) in all {
        let mut text = None;
        for finding in findings {
            let Place::Span(span) = &finding.place else { continue };
            let key = key_of(finding);
            if finding.evidence.is_some() || values.contains_key(&key) {
                continue;
            }
            if text.is_none() {
                text = Some(texts.of(&of).ok()?);
            }
            let text = text.as_deref()?;
            let value = if finding.decoded {
                decoder
                    .values(job, &of, text)?
                    .iter()
                    .filter(|(at, _)| *at == span.range())
                    .find(|(_, value)| is_exact(job, finding, value))
                    .map(|(_, value)| value.clone())?
            } else {
                Secret::new(text.get(span.range())?)
            };
            // Somebody else's file under our name would show the wrong bytes.
            if !is_exact(job, finding, &value) {
                return None;
            }
            values.insert(key, value);
        }
    }
    stored.into_iter().map(|finding| restore(job, finding, &values)).collect()
}

fn restore(
    job: &ScanJob,
    stored: StoredFinding,
    values: &HashMap<Exact, Secret>,
) -> Option<Identified> {
    let value = match (&stored.evidence, &stored.place) {
        (Some(evidence), _) => Secret::new(evidence.as_bytes()),
        (None, Place::Span(_)) => values.get(&key_of(&stored))?.clone(),
        (None, Place::File | Place::Repository) => match &stored.layer {
            Layer::Name(name) => Secret::new(name.as_bytes()),
            _ => Secret::new(stored.path.as_bytes()),
        },
    };
    let finding = Finding {
        rule: rule(job, stored.rule)?,
        severity: stored.severity,
        confidence: stored.confidence,
        path: stored.path,
        layer: stored.layer,
        place: stored.place,
        value,
        // Only the ids are made of it, and they are here.
        context: Secret::new(b""),
        notes: stored.notes,
    };
    Some(Identified { finding, id: stored.id })
}

fn rule(job: &ScanJob, idx: u16) -> Option<RuleIdx> {
    (usize::from(idx) < job.rules.len()).then_some(RuleIdx(idx))
}

/// What contents came to under the rules of a scan. What depends on the organisation's words or on
/// the names of people says so itself.
pub(super) struct MemoryFile<'a> {
    cache: &'a Cache,
    job: &'a ScanJob,
    name: String,
    people: Vec<String>,
    words: Vec<(WordKind, String)>,
    known: Memory,
    /// A checksum of what `known` was read from.
    sum: u32,
}

impl<'a> MemoryFile<'a> {
    pub(super) fn open(job: &'a ScanJob, words: &Vocabulary, cache: &'a Cache) -> Self {
        let mut hash = Sha256::new();
        hash.update(FORMAT.to_be_bytes());
        hash.update(job.rules.digest());
        hash.update(job.keyring.key_id());
        // One file a repository: it is read whole.
        hash.update(job.source.git_dir.to_string_lossy().as_bytes());
        let name = format!("{}.contents", HEXLOWER.encode(&hash.finalize()[..16]));
        let (people, words) = (people_of(words), words_of(words));
        let known = Memory::default();
        let mut file = Self { cache, job, name, people, words, known, sum: 0 };
        (file.known, file.sum) = file.read(0).unwrap_or_default();
        file
    }

    pub(super) fn known(&self) -> &Memory {
        &self.known
    }

    /// Reads the file, unless it has the checksum `known`.
    fn read(&self, known: u32) -> Option<(Memory, u32)> {
        let bytes = self.cache.get(&self.name)?;
        let sum = crc32fast::hash(&bytes);
        if sum == known {
            return None;
        }
        let mut memory = Memory::read(&bytes, &self.name, self.job.rules.len());
        // The words of somebody else's repository give themselves away by no digest.
        memory.compare(&self.people, &self.words, &|name| self.job.keyring.seal(name));
        Some((memory, sum))
    }

    /// Adds what a scan has found out, and forgets objects that are not there any more.
    pub(super) fn keep(self, seen: &mut Sightings, objects: &Objects, identify: &Identify<'_>) {
        let fresh = std::mem::take(&mut seen.fresh);
        let new_words = !self.known.new_words().is_empty();
        if fresh.is_empty() && !new_words {
            return;
        }
        let mut all = Writer::default();
        let seal = |name: &str| self.job.keyring.seal(name);
        all.add_fresh(fresh, &seen.marks, identify, &seal);
        // Another process may have written since, maybe with other words.
        let theirs = self.read(self.sum);
        let theirs = theirs.filter(|(memory, _)| memory.new_words().is_empty());
        all.add(&self.known, &|id| !new_words || seen.without_new_words.contains(id));
        theirs.iter().for_each(|(memory, _)| all.add(memory, &|_| true));
        let words = self.words.iter().map(|(kind, word)| seal(&question(*kind, word))).collect();
        let width = objects.id_bytes(ObjIdx(0)).len();
        let bytes = all.finish(&self.name, words, &|id| objects.find(&id[..width]).is_some());
        if bytes.len() <= LARGEST {
            drop(self.cache.put(&self.name, &bytes));
        }
    }
}
