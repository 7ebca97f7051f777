// SPDX-License-Identifier: MIT OR Apache-2.0
//! Scans the history after the reviewed commit, and says of each place since when it stands.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap, HashSet, hash_map::Entry as HashEntry},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use super::{
    Event, ScanError, ScanJob, Stage,
    attribution::{Commits, attribute_places, attribute_remarks, numbered},
    recall::MemoryFile,
    scan::known_paths,
    scope::Scope,
};
use crate::{
    domain::{
        Finding, Gap, HistorySummary, Identity, Layer, Metadata, NotScanned, NotScannedFile, Place,
        RepoPath, RuleIdx, Vocabulary, short_ref,
    },
    repo::{
        TreeEntry,
        history::{History, Mode, PathId, Tips},
        objects::{ObjIdx, ObjectKind, Objects},
    },
    review::Identified,
    scan::{
        self, Engine,
        history::{
            Entry, Heard, HistoryScan, Identify, Judged, Listener, Memory, Named, Seen, Shown,
            Sightings, Spoken,
        },
    },
};

/// How far back a scan goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Which refs would be published, as full names or globs; none means all branches and tags.
    pub refs: Vec<String>,
    /// Whether objects that no ref leads to are scanned too.
    pub unreachable: bool,
}

/// A place as it is told once: a path, a rule and the ids of value and surroundings.
pub(super) type Telling = (RepoPath, RuleIdx, Identity);

/// What was told already.
#[derive(Default)]
pub(super) struct Told {
    /// In which version and where in it; nothing for places of the reviewed commit.
    pub(super) places: HashMap<Telling, Option<(Arc<str>, usize)>>,
    /// Files of the reviewed commit that could not be judged.
    pub(super) not_judged: HashSet<NotScannedFile>,
}

/// One scan of a history.
pub(super) struct HistoryJob<'a> {
    pub(super) job: &'a ScanJob,
    pub(super) reach: &'a Reach,
    pub(super) engine: &'a Engine,
    pub(super) words: &'a Vocabulary,
    pub(super) told: &'a Mutex<Told>,
    /// What the scan of the reviewed commit made of its texts.
    pub(super) judged: &'a Judged,
    /// The files of the reviewed commit.
    pub(super) entries: &'a [TreeEntry],
    pub(super) stop: &'a AtomicBool,
    pub(super) emit: &'a (dyn Fn(Event) + Sync),
}

impl HistoryJob<'_> {
    /// Scans, and emits what is not in the reviewed commit, then the sightings of all places.
    pub(super) fn run(&self) -> Result<(), ScanError> {
        let identify = |rule: RuleIdx, value: &[u8], context: &[u8]| {
            self.job.keyring.ids(self.job.rules.info(rule).class, value, context)
        };
        let source = &self.job.source;
        let objects = Objects::open(source)?;
        let tips = Tips::read(source, &self.reach.refs)?;
        if let Some(pattern) = tips.unmatched.first() {
            return Err(ScanError::NoSuchRef(pattern.clone()));
        }
        let spoken = Spoken::new(self.engine, &identify, self.words);
        let history = self.read(&objects, &tips, &spoken)?;
        if self.stop.load(Ordering::Relaxed) {
            return Ok(());
        }
        self.tell_gaps(&objects, &history);
        let sightings = self.look(&objects, &history, &identify);
        if self.stop.load(Ordering::Relaxed) {
            return Ok(());
        }
        let mut commits = Commits::new(&history, &objects);
        let mut found = self.retell(&sightings, &commits);
        let Heard { remarks, cut } = spoken.findings(&objects, &history, self.reach.unreachable);
        let scanned = sightings.scanned;
        let mut attributed = attribute_places(sightings, &mut commits);
        attributed.extend(attribute_remarks(&remarks, &mut commits));
        let remarks = remarks.into_iter();
        found.extend(remarks.map(|remark| Identified { finding: remark.finding, id: remark.id }));
        let (names, names_cut) = self.names(&tips, &identify);
        found.extend(names);
        found.extend(self.earlier_names(&history)?);
        found.extend(self.relicensed(&objects, &history));
        (self.emit)(Event::Found(found));
        let id = |object| object_path(&objects.id(object).to_string());
        let cut = cut.into_iter().map(|(object, why)| NotScannedFile { path: id(object), why });
        (self.emit)(Event::NotScanned(cut.chain(names_cut).collect()));
        (self.emit)(Event::Attributed(attributed));
        (self.emit)(Event::History(Arc::new(self.summary(&tips, &history, scanned))));
        Ok(())
    }

    /// Reads what the tips lead to, and has what commits and tags say looked at.
    fn read(
        &self,
        objects: &Objects,
        tips: &Tips,
        spoken: &Spoken<'_>,
    ) -> Result<History, ScanError> {
        let speaks = |idx| matches!(objects.kind(idx), Some(ObjectKind::Commit | ObjectKind::Tag));
        let total = (0..objects.len()).filter(|idx| speaks(ObjIdx(*idx as u32))).count();
        let heard = AtomicUsize::new(0);
        let tell = |stage, done: usize, total| {
            if done.is_multiple_of(1024) || done == total {
                (self.emit)(Event::Progress { stage, done, total });
            }
        };
        let hear = |idx, kind, raw: &[u8]| {
            spoken.hear(idx, kind, raw);
            tell(Stage::Commits, heard.fetch_add(1, Ordering::Relaxed) + 1, total);
        };
        let compared = |done, total| tell(Stage::Changes, done, total);
        let Self { job, stop, .. } = self;
        let (source, threads) = (&job.source, job.threads);
        Ok(History::read(objects, source, tips, threads, stop, &hear, &compared)?)
    }

    /// Scans the versions of files, but for those of which an earlier run remembers everything.
    fn look(&self, objects: &Objects, history: &History, identify: &Identify<'_>) -> Sightings {
        let file = self.job.cache.as_ref();
        let file = file.map(|cache| MemoryFile::open(self.job, self.words, cache));
        let none = Memory::default();
        let scan = HistoryScan {
            engine: self.engine,
            objects,
            history,
            identify,
            listener: self,
            unreachable: self.reach.unreachable,
            judged: self.judged,
            memory: file.as_ref().map_or(&none, MemoryFile::known),
            remembers: file.is_some(),
            threads: self.job.threads,
            stop: self.stop,
        };
        let mut sightings = scan.run();
        // What was stopped goes on from here the next time.
        if let Some(file) = file {
            file.keep(&mut sightings, objects, identify);
        }
        sightings
    }

    /// Scans the names of refs and the addresses in the configuration.
    fn names(
        &self,
        tips: &Tips,
        identify: &Identify<'_>,
    ) -> (Vec<Identified>, Vec<NotScannedFile>) {
        let refs: Vec<String> =
            tips.chosen.iter().map(|tip| String::from_utf8_lossy(&tip.name).into_owned()).collect();
        // What all refs begin with says nothing.
        let texts: Vec<(String, String)> =
            refs.iter().map(|name| (name.clone(), short_ref(name).to_owned())).collect();
        let named = Named::new(self.engine, identify, self.words);
        let pairs = |texts: &[(String, String)], place| {
            let pairs = texts.iter().map(|(name, text)| (name.as_str(), text.as_bytes()));
            named.find(place, pairs)
        };
        let (refs, refs_cut) = pairs(&texts, Metadata::Refs);
        let (config, config_cut) = pairs(&self.job.source.addresses(), Metadata::Config);
        let found = refs.into_iter().chain(config);
        let found = found.map(|(finding, id)| Identified { finding, id }).collect();
        (found, refs_cut.into_iter().chain(config_cut).collect())
    }

    /// Scans the names of files and directories that the reviewed commit does not have.
    fn earlier_names(&self, history: &History) -> Result<Vec<Identified>, ScanError> {
        let scope = Scope::new(&self.job.policy.out_of_scope)?;
        let mut known = known_paths(self.entries);
        let paths = (0..history.paths()).map(|no| history.path(PathId(no as u32)));
        // The review's own files are never published.
        let own = RepoPath::new(b".debut");
        let published = |path: &RepoPath| !path.is_within(&own) && !scope.leaves_out(path);
        let paths: Vec<RepoPath> = paths.filter(published).collect();
        Ok(self.job.names(self.engine, self.words, Metadata::PastPaths, paths.iter(), &mut known))
    }

    /// Tells places again that are better shown in another version than the one that happened to
    /// come first.
    fn retell<'s>(&self, sightings: &'s Sightings, commits: &Commits<'_>) -> Vec<Identified> {
        let same = numbered(&sightings.marks, |mark| (mark.rule, &mark.id));
        let shown = |(place, seen): &'s (scan::history::Place, Seen)| {
            let at = place.mark.0 as usize;
            Some(((place.path, same[at]), (seen.shown.as_ref()?, &sightings.marks[at])))
        };
        let mut all: Vec<_> = sightings.places.iter().filter_map(shown).collect();
        all.sort_unstable_by_key(|(place, _)| *place);
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let mut out = Vec::new();
        // Marks that differ in their remarks only are one place.
        for one in all.chunk_by(|a, b| a.0 == b.0) {
            let best = one.iter().max_by(|a, b| order(&a.1).cmp(&order(&b.1)));
            let Some(((path, _), (shown, entry))) = best else { continue };
            let telling = (commits.path(*path), entry.rule, entry.id.clone());
            let Some(Some((version, start))) = told.places.get(&telling) else { continue };
            let id = commits.objects.id(shown.rank.1).to_string();
            if **version != *id || *start != start_of(&shown.place) {
                let (path, _, ids) = telling;
                let finding = entry.finding(path, &id, (*shown.place).clone());
                out.extend(finding.map(|finding| Identified { finding, id: ids }));
            }
        }
        out
    }

    /// Says which objects are named but not there, or cannot be read.
    fn tell_gaps(&self, objects: &Objects, history: &History) {
        let unreadable = |why: String| NotScanned::Unreadable(why);
        let mut files: Vec<NotScannedFile> = Vec::new();
        let mut placed = HashSet::new();
        for gone in history.elsewhere() {
            if let Some(id) = history.absent(gone.blob).filter(|_| gone.mode != Mode::Submodule) {
                placed.insert(id);
                if !gone.in_tree {
                    let why = unreadable(format!("a version of it, {id}, is not here"));
                    files.push(NotScannedFile { path: history.path(gone.path), why });
                }
            }
        }
        let nameless = history.missing.iter().filter(|(id, _)| !placed.contains(id));
        for (id, _) in nameless {
            files.push(NotScannedFile {
                path: object_path(&id.to_string()),
                why: unreadable("named by a commit but not here".into()),
            });
        }
        for (id, reason) in unread(history) {
            files.push(NotScannedFile { path: object_path(&id), why: unreadable(reason.into()) });
        }
        for pack in objects.unlisted() {
            let name = pack.file_name().unwrap_or_default().to_string_lossy();
            files.push(NotScannedFile {
                path: RepoPath::new(format!(".git/objects/pack/{name}").as_bytes()),
                why: unreadable("no usable index: what it holds can't be listed".into()),
            });
        }
        if !files.is_empty() {
            (self.emit)(Event::NotScanned(files));
        }
    }

    fn summary(&self, tips: &Tips, history: &History, scanned: usize) -> HistorySummary {
        let name = |name: &[u8]| String::from_utf8_lossy(name).into_owned();
        let other = &history.unreachable;
        HistorySummary {
            refs: tips.chosen.iter().map(|tip| name(&tip.name)).collect(),
            commits: history.reachable.commits,
            trees: history.reachable.trees,
            blobs: history.reachable.blobs,
            scanned,
            tags: history.reachable.tags,
            unreachable: other.commits + other.trees + other.blobs + other.tags + other.unknown,
            unreachable_scanned: self.reach.unreachable,
            left_out: tips.left_out.iter().map(|(name, count)| (name.clone(), *count)).collect(),
            reflogs: tips.reflogs,
            missing: history.missing.len(),
            unread: unread(history).len(),
            cut: history.cut.len(),
            gaps: gaps(history),
            broken: tips.broken.iter().map(|bytes| name(bytes)).collect(),
        }
    }
}

fn gaps(history: &History) -> Vec<Gap> {
    let missing = history.missing.iter().map(|(id, _)| Gap {
        id: id.to_string(),
        missing: true,
        reason: "named but not here".into(),
    });
    let unread = unread(history).into_iter();
    let unread = unread.map(|(id, reason)| Gap { id, missing: false, reason: reason.into() });
    let mut out: Vec<Gap> = missing.chain(unread).collect();
    out.sort();
    out
}

/// Returns the objects that could not be read, each once, with the first of the reasons.
fn unread(history: &History) -> BTreeMap<String, &str> {
    let mut out: BTreeMap<String, &str> = BTreeMap::new();
    for unread in &history.unread {
        let reason = out.entry(unread.id.to_string()).or_insert(&unread.reason);
        *reason = (*reason).min(&unread.reason);
    }
    out
}

/// Puts what two marks say about one place in an order that does not depend on who came first.
fn order<'s>((shown, entry): &(&'s Shown, &'s Entry)) -> impl Ord + use<'s> {
    let start = Reverse(start_of(&shown.place));
    (shown.rank, start, entry.severity, entry.confidence, &entry.notes)
}

fn start_of(place: &Place) -> usize {
    place.span().map_or(0, |span| span.start)
}

/// Where an object that has no path is listed.
fn object_path(id: &str) -> RepoPath {
    RepoPath::new(format!(".git/objects/{id}").as_bytes())
}

impl Listener for HistoryJob<'_> {
    fn past(&self, found: Vec<(Finding, Identity)>, mut not_judged: Vec<NotScannedFile>) {
        let new: Vec<Identified> = {
            let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
            // A person who must look at a file is told so once.
            not_judged.retain(|file| !told.not_judged.contains(file));
            let new = |(finding, id): &(Finding, Identity)| {
                let telling = (finding.path.clone(), finding.rule, id.clone());
                match told.places.entry(telling) {
                    HashEntry::Occupied(_) => false,
                    HashEntry::Vacant(place) => {
                        place.insert(shown_in(finding));
                        true
                    }
                }
            };
            let found = found.into_iter().filter(new);
            found.map(|(finding, id)| Identified { finding, id }).collect()
        };
        if !new.is_empty() {
            (self.emit)(Event::Found(new));
        }
        if !not_judged.is_empty() {
            (self.emit)(Event::NotScanned(not_judged));
        }
    }

    fn progress(&self, done: usize, total: usize) {
        (self.emit)(Event::Progress { stage: Stage::Versions, done, total });
    }
}

fn shown_in(finding: &Finding) -> Option<(Arc<str>, usize)> {
    match &finding.layer {
        Layer::Past(version) => Some((version.clone(), start_of(&finding.place))),
        _ => None,
    }
}
