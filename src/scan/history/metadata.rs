// SPDX-License-Identifier: MIT OR Apache-2.0
//! What commits, tags, refs and the configuration say.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::book::{Book, Identify, MarkNo};
use crate::{
    domain::{
        Category, Finding, Identity, Layer, LineIndex, Metadata, NotScanned, NotScannedFile, Place,
        Severity, Spans,
    },
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

impl Said {
    /// Returns which text it stands in.
    fn text(&self) -> (ObjIdx, Metadata) {
        (self.object, self.place)
    }
}

/// Collects what commits and tags say, while the history is read.
pub struct Spoken<'a> {
    engine: &'a Engine,
    book: Book<'a>,
    messages: PathFacts,
    identities: PathFacts,
    inner: Mutex<Inner>,
}

/// What was found in a text.
#[derive(Clone)]
struct Marks {
    /// Marks, each with the bytes it stands at.
    all: Arc<[(MarkNo, (u32, u32))]>,
    /// Why that is not everything.
    cut: Option<NotScanned>,
}

#[derive(Default)]
struct Inner {
    said: Vec<Said>,
    /// Objects that say too much.
    cut: Vec<(ObjIdx, NotScanned)>,
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

/// Everything that commits and tags say.
pub struct Heard {
    /// What is worth a word.
    pub remarks: Vec<Remark>,
    /// Objects that say too much to list it all.
    pub cut: Vec<(ObjIdx, NotScanned)>,
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
        let people = message::people(raw);
        let known = self.lock().people.get(&*people).cloned();
        let people = known.unwrap_or_else(|| {
            let found = self.find(&self.identities, &people, &mut scratch);
            self.lock().people.insert(people.into(), found.clone());
            found
        });
        let message = self.find(&self.messages, &message::text(raw), &mut scratch);
        let mut inner = self.lock();
        for (place, found) in [(Metadata::Identities, people), (Metadata::Messages, message)] {
            let at = |(mark, span): &_| Said { place, mark: *mark, object, span: *span };
            inner.said.extend(found.all.iter().map(at));
            inner.cut.extend(found.cut.map(|why| (object, why)));
        }
        inner.scratch.push(scratch);
    }

    fn find(&self, facts: &PathFacts, text: &[u8], scratch: &mut Scratch) -> Marks {
        let lines = self.engine.lines(facts, text, None, scratch);
        let mut all = Vec::new();
        self.engine.marks(text, &lines, |found| {
            let span = (found.span.start as u32, found.span.end as u32);
            all.push((self.book.number(found.mark), span));
        });
        Marks { all: all.into(), cut: self.engine.cut(&lines) }
    }

    /// Returns a finding for each different remark: its place is the first commit that has it.
    /// Objects that no ref leads to count only when `unreachable` is set.
    #[must_use]
    pub fn findings(self, objects: &Objects, history: &History, unreachable: bool) -> Heard {
        let inner = self.inner.into_inner().unwrap_or_else(PoisonError::into_inner);
        let Inner { mut said, mut cut, .. } = inner;
        let counts = |object| unreachable || history.is_reachable(object);
        said.retain(|said| counts(said.object));
        cut.retain(|(object, _)| counts(*object));
        cut.sort_unstable();
        cut.dedup();
        let mut out = Vec::new();
        // Each text is read once, however much stands in it.
        for same in first_places(said, history).chunk_by(|a, b| a.0.text() == b.0.text()) {
            let Some((Said { place, object, .. }, ..)) = same.first() else { continue };
            let Ok(raw) = objects.read(*object, super::MAX_FILE_BYTES) else { continue };
            let text = match place {
                Metadata::Identities => message::people(&raw),
                _ => message::text(&raw).into_owned(),
            };
            let index = LineIndex::new(&text);
            let mut spans = Spans::new(&index, &text);
            for (first, seen, versions) in same {
                let entry = self.book.entry(first.mark);
                let Some(value) = entry.value else { continue };
                let span = first.span.0 as usize..first.span.1 as usize;
                let category = self.engine.rules().info(entry.rule).category;
                let finding = Finding {
                    rule: entry.rule,
                    severity: capped(entry.severity, category, *place),
                    confidence: entry.confidence,
                    path: place.path(),
                    layer: Layer::Object(objects.id(*object).to_string().into()),
                    place: Place::Span(spans.next(span)),
                    value,
                    context: entry.context,
                    notes: entry.notes,
                };
                out.push(Remark { finding, id: entry.id, seen: *seen, versions: *versions });
            }
        }
        Heard { remarks: out, cut }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns for each mark the first place that says it, the first and the last commit that do and
/// how many objects, in the order of the texts.
fn first_places(mut said: Vec<Said>, history: &History) -> Vec<(Said, (CommitNo, CommitNo), u32)> {
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
        let seen = (number(first), last.unwrap_or(CommitNo::NONE));
        out.push((*first, seen, u32::try_from(objects_of.len()).unwrap_or(u32::MAX)));
    }
    out.sort_unstable_by_key(|(first, ..)| (first.text(), first.span));
    out
}

/// Scans names such as those of refs, or settings: pairs of a name and the text to scan. Also
/// says so if one of them holds too much.
pub fn names<'n>(
    engine: &Engine,
    identify: &Identify<'_>,
    place: Metadata,
    names: impl IntoIterator<Item = (&'n str, &'n [u8])>,
) -> (Vec<(Finding, Identity)>, Option<NotScannedFile>) {
    let path = place.path();
    let facts = engine.facts(&path);
    let mut scratch = Scratch::default();
    let mut out = Vec::new();
    let mut cut = None;
    for (name, text) in names {
        let lines = engine.lines(&facts, text, None, &mut scratch);
        let index = LineIndex::new(text);
        let mut spans = Spans::new(&index, text);
        engine.marks(text, &lines, |found| {
            let mark = found.mark;
            let category = engine.rules().info(mark.rule).category;
            let id = identify(mark.rule, mark.value.expose(), mark.context.expose());
            let finding = Finding {
                rule: mark.rule,
                severity: capped(mark.severity, category, place),
                confidence: mark.confidence,
                path: path.clone(),
                layer: Layer::Name(name.into()),
                place: Place::Span(spans.next(found.span)),
                value: mark.value.clone(),
                context: mark.context.clone(),
                notes: mark.notes.clone(),
            };
            out.push((finding, id));
        });
        cut = cut.or_else(|| engine.cut(&lines));
    }
    (out, cut.map(|why| NotScannedFile { path, why }))
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
