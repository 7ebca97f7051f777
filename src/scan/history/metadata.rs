// SPDX-License-Identifier: MIT OR Apache-2.0
//! What commits, tags, refs and the configuration say.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    ops::Range,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{
    book::{Book, Identify, MarkNo},
    family::Families,
    who::{self, Address, Who},
};
use crate::{
    domain::{
        Category, Class, Finding, Identity, Layer, LineIndex, Metadata, NotScanned, Place, RuleIdx,
        RuleInfo, Severity, Spans, Vocabulary,
    },
    repo::{
        history::{CommitNo, History},
        message,
        objects::{ObjIdx, ObjectKind, Objects},
    },
    scan::{Engine, Mark, PathFacts, Scratch},
};

/// A mark in the text of one object.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Said {
    place: Metadata,
    mark: MarkNo,
    object: ObjIdx,
    span: (u32, u32),
    /// Which of all those that the mark stands for: a person, a ticket.
    which: u32,
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
    who: Who,
    families: Families,
    hasher: RandomState,
    inner: Mutex<Inner>,
}

/// A mark, the bytes that it stands at, and which of those that it stands for is there.
type At = (MarkNo, (u32, u32), u32);

/// What was found in a text.
#[derive(Clone)]
struct Marks {
    /// The marks.
    all: Arc<[At]>,
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
    pub fn new(engine: &'a Engine, identify: &'a Identify<'a>, words: &Vocabulary) -> Self {
        let facts = |place: Metadata| engine.facts(&place.path());
        Self {
            engine,
            book: Book::new(identify, &[]),
            messages: facts(Metadata::Messages),
            identities: facts(Metadata::Identities),
            who: Who::new(engine.rules(), words),
            families: Families::new(engine.rules()),
            hasher: RandomState::new(),
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
            let found =
                self.find(Metadata::Identities, &people, who::authors(&people), &mut scratch);
            self.lock().people.insert(people.into(), found.clone());
            found
        });
        let text = message::text(raw);
        let message = self.find(Metadata::Messages, &text, who::trailers(&text), &mut scratch);
        let mut inner = self.lock();
        for (place, found) in [(Metadata::Identities, people), (Metadata::Messages, message)] {
            let at = |&(mark, span, which): &At| Said { place, mark, object, span, which };
            inner.said.extend(found.all.iter().map(at));
            inner.cut.extend(found.cut.map(|why| (object, why)));
        }
        inner.scratch.push(scratch);
    }

    /// Searches a text in which people are named at `addresses`.
    fn find(
        &self,
        place: Metadata,
        text: &[u8],
        addresses: Vec<Address>,
        scratch: &mut Scratch,
    ) -> Marks {
        let identities = place == Metadata::Identities;
        let facts = if identities { &self.identities } else { &self.messages };
        let lines = self.engine.lines(facts, text, None, scratch);
        let judged: Vec<_> = addresses
            .into_iter()
            .map(|address| (self.who.judge(text, &address), address))
            .collect();
        let mut all = Vec::new();
        self.engine.marks(text, &lines, |found| {
            let (mark, span) = (found.mark, found.span);
            let touches =
                |address: &Address| address.span.start < span.end && span.start < address.span.end;
            let address = judged.iter().find(|(_, address)| touches(address));
            match address {
                Some((_, address)) if self.who.is_mail(mark.rule) => {
                    all.push(self.stand_in(mark.rule, text, &address.host, &address.span));
                }
                // The domain says it all.
                Some((Some(_), _)) if self.yields(mark.rule) => {}
                None if identities => {
                    let own = self.who.found(mark.rule, text, &span);
                    let judged = own.and_then(|own| Some((self.who.judge(text, &own)?, own)));
                    all.push(match judged {
                        Some(((rule, part), own)) => self.stand_in(rule, text, &part, &own.span),
                        None => self.number(text, mark, span),
                    });
                }
                _ => all.push(self.number(text, mark, span)),
            }
        });
        for (judgement, address) in judged {
            let Some((rule, part)) = judgement else { continue };
            all.push(self.stand_in(rule, text, &part, &address.span));
        }
        Marks { all: all.into(), cut: self.engine.cut(&lines) }
    }

    /// Whether a rule says no more about an address than that it is one of the organisation or of
    /// a machine.
    fn yields(&self, rule: RuleIdx) -> bool {
        let info = self.engine.rules().info(rule);
        info.category == Category::Internal && info.class != Class::InternalName
    }

    fn number(&self, text: &[u8], mark: &Mark, span: Range<usize>) -> At {
        match self.families.of(mark.rule, &text[span.clone()]) {
            Some(part) if !mark.value.is_decoded() => {
                let part = span.start + part.start..span.start + part.end;
                self.stand_in(mark.rule, text, &part, &span)
            }
            _ => (self.book.number(mark), short(&span), 0),
        }
    }

    /// Marks the part of a value that stands for all alike, wherever they are.
    fn stand_in(&self, rule: RuleIdx, text: &[u8], part: &Range<usize>, of: &Range<usize>) -> At {
        let mark = self.book.common(rule, self.engine.rules().info(rule), &text[part.clone()]);
        let which = self.hasher.hash_one(text[of.clone()].to_ascii_lowercase());
        // One of four billion is left out of the count at worst.
        (mark, short(part), which as u32 | 1)
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
        let firsts = first_places(said, history);
        for same in firsts.chunk_by(|a, b| a.said.text() == b.said.text()) {
            let Some(Said { place, object, .. }) = same.first().map(|first| &first.said) else {
                continue;
            };
            let Ok(raw) = objects.read(*object, super::MAX_FILE_BYTES) else { continue };
            let text = match place {
                Metadata::Identities => message::people(&raw),
                _ => message::text(&raw).into_owned(),
            };
            let index = LineIndex::new(&text);
            let mut spans = Spans::new(&index, &text);
            for First { said: first, seen, versions, alike } in same {
                let entry = self.book.entry(first.mark);
                let Some(value) = entry.value else { continue };
                let span = first.span.0 as usize..first.span.1 as usize;
                let info = self.engine.rules().info(entry.rule);
                let mut notes = entry.notes;
                notes.extend(how_many(*alike, *place == Metadata::Identities));
                notes.push(place.settled().into());
                let finding = Finding {
                    rule: entry.rule,
                    severity: capped(entry.severity, info, *place),
                    confidence: entry.confidence,
                    path: place.path(),
                    layer: Layer::Object(objects.id(*object).to_string().into()),
                    place: Place::Span(spans.next(span)),
                    value,
                    context: entry.context,
                    notes,
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

fn short(span: &Range<usize>) -> (u32, u32) {
    (span.start as u32, span.end as u32)
}

/// Says for how many one finding stands.
fn how_many(alike: usize, people: bool) -> Option<String> {
    match (alike, people) {
        (0, _) | (1, false) => None,
        (1, true) => Some("1 address".into()),
        (n, true) => Some(format!("{n} addresses")),
        (n, false) => Some(format!("one question for {n} different ones")),
    }
}

/// The first place that says something.
struct First {
    said: Said,
    /// The first and the last commit that say it.
    seen: (CommitNo, CommitNo),
    /// How many objects do.
    versions: u32,
    /// For how many different values it stands, if it is for more than its own.
    alike: usize,
}

/// Returns for each mark the first place that says it, in the order of the texts.
fn first_places(mut said: Vec<Said>, history: &History) -> Vec<First> {
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
        let mut which: Vec<u32> = same.iter().map(|said| said.which).filter(|n| *n > 0).collect();
        which.sort_unstable();
        which.dedup();
        out.push(First {
            said: *first,
            seen: (number(first), last.unwrap_or(CommitNo::NONE)),
            versions: u32::try_from(objects_of.len()).unwrap_or(u32::MAX),
            alike: which.len(),
        });
    }
    out.sort_unstable_by_key(|first| (first.said.text(), first.said.span));
    out
}

/// Secrets weigh what they weigh; an internal name weighs less in a message than in a setting, but
/// for one that somebody said must not be published.
pub(super) fn capped(severity: Severity, info: &RuleInfo, place: Metadata) -> Severity {
    match (info.category, place) {
        _ if info.id == "internal/code-name" => severity,
        (Category::Sensitive, Metadata::Identities) => severity.min(Severity::Medium),
        (Category::Sensitive, _) => severity,
        (_, Metadata::Messages | Metadata::Config) => severity.min(Severity::Medium),
        _ => severity.min(Severity::Low),
    }
}
