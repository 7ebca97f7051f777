// SPDX-License-Identifier: MIT OR Apache-2.0
//! Scans the contents of files as the walk brings them along.

use std::{
    cell::OnceCell,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, atomic::Ordering},
    time::Instant,
};

use super::{
    Fresh, HAND_OVER, HistoryScan, News, Past, Place, Seen, Shared, Shown,
    book::MarkNo,
    facts::Known,
    judged,
    memory::{Asked, Record, Trace, key},
    rank,
};
use crate::{
    domain::{Encoding, LineIndex, NotScanned, NumberMap, Place as At, RepoPath, Span, Spans},
    repo::{
        history::{Appearance, CommitNo, Mode, PathId},
        objects::{ObjIdx, ObjectError, Visit, Visitor},
    },
    scan::{
        Content, Earlier, Engine, Hit, Lines, PathFacts, Scratch, internal::overhear, whole::once,
    },
};

/// What is kept of a version for those made from it: what was found under the facts of each of
/// its paths, and which names were asked for.
pub(super) type Versions = Vec<(Arc<Known>, Lines, Asked)>;

/// What is said of people more often than that in one family of versions is not remembered.
const MOST_ASKED: usize = 1024;
/// So many marks of one version are remembered at most …
const MOST_MARKS: usize = 1 << 16;
/// … and so many of all versions.
const MOST_OF_ALL: usize = 1 << 22;

/// One worker.
pub(super) struct Blobs<'a> {
    shared: &'a Shared<'a>,
    scratch: Scratch,
    /// What was seen, by path and mark.
    pub(super) places: NumberMap<Place, Seen>,
    /// What contents came to, to be remembered.
    pub(super) fresh: Vec<Fresh>,
    /// Objects without a path.
    nowhere: Arc<Known>,
    past: Past,
    last: Instant,
}

impl<'a> Blobs<'a> {
    pub(super) fn new(shared: &'a Shared<'a>) -> Self {
        Self {
            shared,
            scratch: Scratch::default(),
            places: NumberMap::default(),
            fresh: Vec::new(),
            nowhere: shared.facts.of_unreachable(),
            past: Past::default(),
            last: Instant::now(),
        }
    }

    fn engine(&self) -> &'a Engine {
        self.shared.scan.engine
    }

    fn scan(&self) -> &'a HistoryScan<'a> {
        self.shared.scan
    }

    fn look(&mut self, object: &Visit<'_, Versions>) -> Versions {
        let (text, why) = match Content::of(object.data) {
            Content::Text(text, why) => (text, why),
            Content::Encrypted(why) => return self.not_text(object, Some(&why)),
            Content::Binary => return self.not_text(object, None),
        };
        // Only where the text is the bytes themselves, the delta is one of the text.
        let plain = text.encoding == Encoding::Bytes;
        let earlier = object.base.as_ref().filter(|_| plain);
        let mut versions = Versions::new();
        for (facts, places) in self.by_facts(object.idx) {
            let known = earlier.and_then(|base| {
                let known = base.state.iter().find(|(known, ..)| Arc::ptr_eq(known, &facts));
                known.map(|(_, lines, asked)| (base, lines, asked))
            });
            let judged = self.judged(object.idx, &facts, &places);
            let (lines, answers) = judged.unwrap_or_else(|| {
                let earlier =
                    known.map(|(base, lines, _)| Earlier { lines, text: base.data, ops: base.ops });
                let engine = &self.shared.scan.engine;
                overhear(|| engine.lines(&facts, &text.bytes, earlier, &mut self.scratch))
            });
            let mut asked = known.and_then(|(.., asked)| asked.clone());
            if !answers.is_empty() {
                let all = Arc::make_mut(asked.get_or_insert_default());
                all.extend(answers.into_iter().take(MOST_ASKED + 1));
            }
            let why = why.clone().or_else(|| self.engine().cut(&lines));
            self.not_judged(&places, why.as_ref());
            let mut fresh = self.fresh(object.idx, &facts, why);
            fresh.asked.clone_from(&asked);
            self.take(object, &facts, &places, &text.bytes, &lines, &mut fresh);
            self.remember(fresh);
            if plain && object.has_children {
                versions.push((facts, lines, asked));
            }
        }
        versions
    }

    /// Returns what the scan of the reviewed commit made of the blob, if it was there.
    fn judged(
        &self,
        blob: ObjIdx,
        facts: &PathFacts,
        places: &[Appearance],
    ) -> Option<judged::Judgement> {
        let HistoryScan { objects, judged, .. } = self.scan();
        let in_tree = places.iter().any(|place| place.in_tree);
        in_tree.then(|| judged.take(objects.id_bytes(blob), facts)).flatten()
    }

    /// Notes that an object is no text, and which rules it fires: by its path and its content, or
    /// as one that is encrypted.
    fn not_text(
        &mut self,
        object: &Visit<'_, Versions>,
        encrypted: Option<&NotScanned>,
    ) -> Versions {
        for (facts, places) in self.by_facts(object.idx) {
            let mut hits = match encrypted {
                Some(_) => self.engine().sealed(object.data),
                None => Vec::new(),
            };
            let why = encrypted.cloned().unwrap_or_else(|| {
                let unpacked =
                    self.shared.scan.engine.unpack(&facts, object.data, &mut self.scratch);
                let by_path = self.shared.scan.engine.by_path(&facts, object.data);
                hits = once(by_path.iter().chain(&unpacked.hits)).into_iter().cloned().collect();
                unpacked.why
            });
            self.not_judged(&places, Some(&why));
            let mut fresh = self.fresh(object.idx, &facts, Some(why));
            self.fire(object, &hits, &places, &mut fresh);
            self.remember(fresh);
        }
        Versions::new()
    }

    fn fresh(&self, blob: ObjIdx, facts: &Known, why: Option<NotScanned>) -> Fresh {
        let key = key(self.scan().objects.id_bytes(blob), facts.digest);
        Fresh { key, why, whole: Vec::new(), marks: Vec::new(), asked: None }
    }

    /// Keeps what a content came to, unless that is too much.
    fn remember(&mut self, fresh: Fresh) {
        let asked = fresh.asked.as_ref().map_or(0, |asked| asked.len());
        let marks = fresh.marks.len();
        let fits = || self.shared.marks.fetch_add(marks, Ordering::Relaxed) + marks <= MOST_OF_ALL;
        if self.scan().remembers && asked <= MOST_ASKED && marks <= MOST_MARKS && fits() {
            self.fresh.push(fresh);
        }
    }

    /// Returns where the blob stands, by what the paths say.
    pub(super) fn by_facts(&self, blob: ObjIdx) -> Vec<(Arc<Known>, Vec<Appearance>)> {
        let mut out: Vec<(Arc<Known>, Vec<Appearance>)> = Vec::new();
        let appearances = self.shared.appearances(blob);
        // What no ref leads to has no path, and neither has what a commit brought that changes too
        // much to follow.
        if appearances.is_empty() {
            let nowhere = Appearance {
                blob,
                path: NOWHERE,
                first: CommitNo::NONE,
                last: CommitNo::NONE,
                mode: Mode::File,
                in_tree: false,
            };
            return vec![(self.nowhere.clone(), vec![nowhere])];
        }
        for appearance in appearances {
            let Some(facts) = self.shared.facts.of(appearance.path) else { continue };
            match out.iter_mut().find(|(known, _)| Arc::ptr_eq(known, facts)) {
                Some((_, places)) => places.push(*appearance),
                None => out.push((facts.clone(), vec![*appearance])),
            }
        }
        out
    }

    /// Takes what was found in a version.
    fn take(
        &mut self,
        object: &Visit<'_, Versions>,
        facts: &PathFacts,
        appearances: &[Appearance],
        text: &[u8],
        lines: &Lines,
        fresh: &mut Fresh,
    ) {
        let engine = self.engine();
        let mut whole = engine.by_path(facts, object.data);
        for hit in engine.whole_file_hits(lines) {
            if !whole.iter().any(|other| other.rule == hit.rule) {
                whole.push(hit.clone());
            }
        }
        self.fire(object, &whole, appearances, fresh);
        if lines.is_empty() {
            return;
        }
        let index = OnceCell::new();
        let mut spans = None;
        engine.marks(text, lines, |found| {
            let no = self.shared.book.number(found.mark);
            fresh.marks.push((no.0, found.span.start as u32, found.span.len() as u32));
            for appearance in appearances {
                let news = self.note(appearance, no);
                if news != News::Nothing {
                    let spans = spans.get_or_insert_with(|| {
                        Spans::new(index.get_or_init(|| LineIndex::new(text)), text)
                    });
                    self.tell(news, appearance, no, At::Span(spans.next(found.span.clone())));
                }
            }
        });
    }

    fn fire(
        &mut self,
        object: &Visit<'_, Versions>,
        hits: &[Hit],
        appearances: &[Appearance],
        fresh: &mut Fresh,
    ) {
        for hit in hits {
            let mut context = None;
            for appearance in appearances {
                let path = self.path(appearance);
                let id = self.scan().objects.id_bytes(object.idx);
                let no = self.shared.book.whole_file(hit, path.as_bytes(), id, object.data);
                context.get_or_insert_with(|| self.shared.book.entry(no).id.context);
                let news = self.note(appearance, no);
                self.tell(news, appearance, no, At::File);
            }
            fresh.whole.extend(context.map(|context| Trace::of_file(hit, context)));
        }
    }

    /// Takes what is remembered of a version.
    pub(super) fn replay(&mut self, known: &[(Arc<Known>, Vec<Appearance>, &Record)]) {
        let memory = self.scan().memory;
        for (_, appearances, record) in known {
            self.not_judged(appearances, record.why.and_then(|why| memory.why(why)));
            for trace in record.whole.iter().filter_map(|no| memory.trace(*no)) {
                for appearance in appearances {
                    let path = self.path(appearance);
                    let no = self.shared.book.remembered_file(trace, path.as_bytes());
                    let news = self.note(appearance, no);
                    self.tell(news, appearance, no, At::File);
                }
            }
            for (no, start, len) in &record.marks {
                for appearance in appearances {
                    if self.note(appearance, MarkNo(*no)) != News::Nothing {
                        // Lines and columns follow when the text is at hand.
                        let (start, end) = (*start as usize, start.saturating_add(*len) as usize);
                        let at = At::Span(Span { start, end, ..Span::default() });
                        self.show(appearance, MarkNo(*no), at);
                    }
                }
            }
        }
    }

    /// Counts a mark at a path, and returns whether that is news.
    fn note(&mut self, appearance: &Appearance, mark: MarkNo) -> News {
        let place = Place { path: appearance.path, mark };
        self.places.entry(place).or_default().add(appearance)
    }

    fn tell(&mut self, news: News, appearance: &Appearance, mark: MarkNo, at: At) {
        if news == News::Nothing {
            return;
        }
        self.show(appearance, mark, at.clone());
        if news == News::First {
            self.found(appearance.path, appearance.blob, mark, at);
        }
    }

    /// Notes that a mark is best shown here.
    fn show(&mut self, appearance: &Appearance, mark: MarkNo, at: At) {
        let place = Place { path: appearance.path, mark };
        let shown = Some(Shown { rank: rank(appearance), place: Box::new(at) });
        self.places.entry(place).or_default().shown = shown;
    }

    /// Puts down a finding to be handed over.
    pub(super) fn found(&mut self, path: PathId, blob: ObjIdx, mark: MarkNo, at: At) {
        let entry = self.shared.book.entry(mark);
        let id = self.scan().objects.id(blob).to_string();
        let finding = entry.finding(self.shared.path(path), &id, at);
        self.past.found.extend(finding.map(|finding| (finding, entry.id)));
    }

    fn path(&self, appearance: &Appearance) -> RepoPath {
        self.shared.path(appearance.path)
    }

    /// Notes where a version could not be judged, or not all of it.
    fn not_judged(&self, places: &[Appearance], why: Option<&NotScanned>) {
        let Some(why) = why else { return };
        // The scan of the reviewed commit has said it.
        for place in places.iter().filter(|place| !place.in_tree) {
            self.shared.note_not_judged(place.path, why.clone());
        }
    }

    /// Notes that a version could not be judged, wherever it stands.
    fn failed_everywhere(&self, blob: ObjIdx, why: &NotScanned) {
        for (_, places) in self.by_facts(blob) {
            self.not_judged(&places, Some(why));
        }
    }

    fn done(&mut self) {
        let done = self.shared.done.fetch_add(1, Ordering::Relaxed) + 1;
        if self.last.elapsed() >= HAND_OVER {
            self.last = Instant::now();
            self.hand_over(done);
        }
    }

    /// Hands over what was found since the last time.
    pub(super) fn hand_over(&mut self, done: usize) {
        let past = std::mem::take(&mut self.past);
        self.shared.scan.listener.past(past.found, Vec::new());
        self.shared.scan.listener.progress(done, self.shared.total);
    }
}

/// Stands for the path of an object that no ref leads to.
pub(super) const NOWHERE: PathId = PathId(u32::MAX);

impl Visitor for Blobs<'_> {
    type State = Versions;

    fn visit(&mut self, object: Visit<'_, Versions>) -> Versions {
        self.shared.scanned.fetch_add(1, Ordering::Relaxed);
        let guarded = catch_unwind(AssertUnwindSafe(|| self.look(&object)));
        self.done();
        guarded.unwrap_or_else(|_| {
            self.scratch = Scratch::default();
            // What the panic said may hold file content, so it is not repeated.
            let why = NotScanned::Failed("the scanner panicked on it; please report this".into());
            self.failed_everywhere(object.idx, &why);
            Versions::new()
        })
    }

    fn failed(&mut self, idx: ObjIdx, error: ObjectError) {
        let why = match error {
            ObjectError::TooLarge(size) => NotScanned::TooLarge(size),
            ObjectError::Unreadable(why) => NotScanned::Unreadable(why),
        };
        self.failed_everywhere(idx, &why);
        self.done();
    }
}
