// SPDX-License-Identifier: MIT OR Apache-2.0
//! What commits, tags, refs and the configuration say.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::book::{Book, Identify, MarkNo};
use crate::{
    domain::{Category, Finding, Identity, Layer, LineIndex, Metadata, Place, Severity},
    repo::{
        history::{CommitNo, History},
        message,
        objects::{ObjIdx, ObjectKind, Objects},
    },
    scan::{Engine, PathFacts, Scratch},
};

/// A mark in the text of one object.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Said {
    place: Metadata,
    mark: MarkNo,
    object: ObjIdx,
    span: (u32, u32),
}

/// Collects what commits and tags say, while the history is read.
pub struct Spoken<'a> {
    engine: &'a Engine,
    book: Book<'a>,
    messages: PathFacts,
    identities: PathFacts,
    inner: Mutex<Inner>,
}

/// Marks, each with the bytes it stands at.
type Marks = Arc<[(MarkNo, (u32, u32))]>;

#[derive(Default)]
struct Inner {
    said: Vec<Said>,
    /// For each pair of author and committer what was found in it.
    people: HashMap<Box<[u8]>, Marks>,
    scratch: Vec<Scratch>,
}

/// A finding outside of files, with its ids and the commits that have it.
pub struct Remark {
    /// The finding.
    pub finding: Finding,
    /// Its ids.
    pub id: Identity,
    /// The first and the last commit; [`CommitNo::NONE`] for tags and names.
    pub seen: (CommitNo, CommitNo),
    /// In how many objects it stands.
    pub versions: u32,
}

impl<'a> Spoken<'a> {
    /// Starts with nothing.
    #[must_use]
    pub fn new(engine: &'a Engine, identify: &'a Identify<'a>) -> Self {
        let facts = |place: Metadata| engine.facts(&place.path());
        Self {
            engine,
            book: Book::new(identify, &[]),
            messages: facts(Metadata::Messages),
            identities: facts(Metadata::Identities),
            inner: Mutex::default(),
        }
    }

    /// Looks at a commit or tag as it stands in the repository.
    pub fn hear(&self, object: ObjIdx, kind: ObjectKind, raw: &[u8]) {
        if !matches!(kind, ObjectKind::Commit | ObjectKind::Tag) {
            return;
        }
        let mut scratch = self.lock().scratch.pop().unwrap_or_default();
        let mut said = Vec::new();
        let people = message::people(raw);
        let known = self.lock().people.get(&*people).cloned();
        let marks = known.unwrap_or_else(|| {
            let found: Marks = self.find(&self.identities, &people, &mut scratch).into();
            self.lock().people.insert(people.into(), found.clone());
            found
        });
        let at = |place| move |(mark, span)| Said { place, mark, object, span };
        said.extend(marks.iter().copied().map(at(Metadata::Identities)));
        let found = self.find(&self.messages, &message::text(raw), &mut scratch);
        said.extend(found.into_iter().map(at(Metadata::Messages)));
        let mut inner = self.lock();
        inner.said.extend(said);
        inner.scratch.push(scratch);
    }

    fn find(
        &self,
        facts: &PathFacts,
        text: &[u8],
        scratch: &mut Scratch,
    ) -> Vec<(MarkNo, (u32, u32))> {
        let lines = self.engine.lines(facts, text, None, scratch);
        let mut out = Vec::new();
        self.engine.marks(text, &lines, |found| {
            let span = (found.span.start as u32, found.span.end as u32);
            out.push((self.book.number(found.mark), span));
        });
        out
    }

    /// Returns a finding for each different remark: its place is the first commit that has it.
    /// Objects that no ref leads to count only when `unreachable` is set.
    #[must_use]
    pub fn findings(self, objects: &Objects, history: &History, unreachable: bool) -> Vec<Remark> {
        let rules = self.engine.rules();
        let book = self.book;
        let mut said = self.inner.into_inner().unwrap_or_else(PoisonError::into_inner).said;
        said.retain(|said| unreachable || history.is_reachable(said.object));
        said.sort_unstable();
        let numbers: HashMap<ObjIdx, u32> =
            (0..).zip(history.commits()).map(|(no, commit)| (commit.idx, no)).collect();
        let number =
            |said: &Said| CommitNo(numbers.get(&said.object).copied().unwrap_or(CommitNo::NONE.0));
        let mut out = Vec::new();
        for same in said.chunk_by(|a, b| (a.place, a.mark) == (b.place, b.mark)) {
            let Some(first) = same.iter().min_by_key(|said| number(said)) else { continue };
            let last = same.iter().map(number).filter(|no| *no != CommitNo::NONE).max();
            let mut objects_of: Vec<ObjIdx> = same.iter().map(|said| said.object).collect();
            objects_of.dedup();
            let entry = book.entry(first.mark);
            let Some(value) = entry.value else { continue };
            let Ok(raw) = objects.read(first.object, super::MAX_FILE_BYTES) else { continue };
            let text = match first.place {
                Metadata::Identities => message::people(&raw),
                _ => message::text(&raw).into_owned(),
            };
            let span = first.span.0 as usize..first.span.1 as usize;
            let category = rules.info(entry.rule).category;
            let finding = Finding {
                rule: entry.rule,
                severity: capped(entry.severity, category, first.place),
                path: first.place.path(),
                layer: Layer::Object(objects.id(first.object).to_string().into()),
                place: Place::Span(LineIndex::new(&text).span(&text, span)),
                value,
                context: entry.context,
                notes: entry.notes,
            };
            let seen = (number(first), last.unwrap_or(CommitNo::NONE));
            let versions = u32::try_from(objects_of.len()).unwrap_or(u32::MAX);
            out.push(Remark { finding, id: entry.id, seen, versions });
        }
        out
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Scans names such as those of refs, or settings: pairs of a name and the text to scan.
pub fn names<'n>(
    engine: &Engine,
    identify: &Identify<'_>,
    place: Metadata,
    names: impl IntoIterator<Item = (&'n str, &'n [u8])>,
) -> Vec<(Finding, Identity)> {
    let path = place.path();
    let facts = engine.facts(&path);
    let mut scratch = Scratch::default();
    let mut out = Vec::new();
    for (name, text) in names {
        let lines = engine.lines(&facts, text, None, &mut scratch);
        engine.marks(text, &lines, |found| {
            let mark = found.mark;
            let category = engine.rules().info(mark.rule).category;
            let id = identify(mark.rule, mark.value.expose(), mark.context.expose());
            let finding = Finding {
                rule: mark.rule,
                severity: capped(mark.severity, category, place),
                path: path.clone(),
                layer: Layer::Name(name.into()),
                place: Place::Span(LineIndex::new(text).span(text, found.span)),
                value: mark.value.clone(),
                context: mark.context.clone(),
                notes: mark.notes.clone(),
            };
            out.push((finding, id));
        });
    }
    out
}

/// Secrets weigh what they weigh; an internal name weighs less in a message than in a setting.
fn capped(severity: Severity, category: Category, place: Metadata) -> Severity {
    match (category, place) {
        (Category::Sensitive, Metadata::Identities) => severity.min(Severity::Medium),
        (Category::Sensitive, _) => severity,
        (_, Metadata::Messages | Metadata::Config) => severity.min(Severity::Medium),
        _ => severity.min(Severity::Low),
    }
}
