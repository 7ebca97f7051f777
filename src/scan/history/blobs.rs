// SPDX-License-Identifier: MIT OR Apache-2.0
//! Scans the contents of files as the walk brings them along.

use std::{
    cell::OnceCell,
    collections::HashSet,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, atomic::Ordering},
    time::Instant,
};

use super::{
    Clean, HAND_OVER, HistoryScan, News, Past, Place, Seen, Shared, Shown, book::MarkNo,
    facts::Known, rank,
};
use crate::{
    domain::{Encoding, LineIndex, NotScanned, NumberMap, Place as At, RepoPath, Spans},
    repo::{
        history::{Appearance, CommitNo, Mode, PathId},
        objects::{ObjIdx, ObjectError, Visit, Visitor},
    },
    scan::{Content, Earlier, Engine, Hit, Lines, PathFacts, Scratch},
};

/// What is kept of a version for those made from it: what was found under the facts of each of
/// its paths.
pub(super) type Versions = Vec<(Arc<Known>, Lines)>;

/// One worker.
pub(super) struct Blobs<'a> {
    shared: &'a Shared<'a>,
    scratch: Scratch,
    /// What was seen, by path and mark.
    pub(super) places: NumberMap<Place, Seen>,
    /// Contents in which nothing was found.
    pub(super) clean: HashSet<[u8; Clean::LEN]>,
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
            clean: HashSet::new(),
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
            Content::Encrypted(why) => {
                self.not_judged(object.idx, &why);
                return Versions::new();
            }
            Content::Binary => {
                self.not_judged(object.idx, &NotScanned::Binary);
                self.fire_by_path(object);
                return Versions::new();
            }
        };
        let whole = why.is_none();
        if let Some(why) = why {
            self.not_judged(object.idx, &why);
        }
        // Only where the text is the bytes themselves, the delta is one of the text.
        let plain = text.encoding == Encoding::Bytes;
        let earlier = object.base.as_ref().filter(|_| plain);
        let mut versions = Versions::new();
        for (facts, places) in self.by_facts(object.idx) {
            let known = earlier.and_then(|base| {
                let lines = base.state.iter().find(|(known, _)| Arc::ptr_eq(known, &facts))?;
                Some(Earlier { lines: &lines.1, text: base.data, ops: base.ops })
            });
            let judged = self.judged(object.idx, &facts, &places);
            let lines = judged.unwrap_or_else(|| {
                self.shared.scan.engine.lines(&facts, &text.bytes, known, &mut self.scratch)
            });
            let nothing = self.take(object, &facts, &places, &text.bytes, &lines);
            if whole && nothing {
                let id = self.scan().objects.id_bytes(object.idx);
                self.clean.insert(Clean::entry(id, facts.digest));
            }
            if plain && object.has_children {
                versions.push((facts, lines));
            }
        }
        versions
    }

    /// Returns what the scan of the reviewed commit made of the blob, if it was there.
    fn judged(&self, blob: ObjIdx, facts: &PathFacts, places: &[Appearance]) -> Option<Lines> {
        let HistoryScan { objects, judged, .. } = self.scan();
        let in_tree = places.iter().any(|place| place.in_tree);
        in_tree.then(|| judged.take(objects.id_bytes(blob), facts)).flatten()
    }

    /// Returns where the blob stands, by what the paths say.
    fn by_facts(&self, blob: ObjIdx) -> Vec<(Arc<Known>, Vec<Appearance>)> {
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

    /// Takes what was found in a version, and returns whether that is nothing.
    fn take(
        &mut self,
        object: &Visit<'_, Versions>,
        facts: &PathFacts,
        appearances: &[Appearance],
        text: &[u8],
        lines: &Lines,
    ) -> bool {
        let engine = self.engine();
        let mut whole = engine.by_path(facts, object.data);
        for hit in engine.whole_file_hits(lines) {
            if !whole.iter().any(|other| other.rule == hit.rule) {
                whole.push(hit.clone());
            }
        }
        self.fire(object, &whole, appearances);
        if lines.is_empty() {
            return whole.is_empty();
        }
        let index = OnceCell::new();
        let mut spans = None;
        engine.marks(text, lines, |found| {
            let no = self.shared.book.number(found.mark);
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
        false
    }

    fn fire_by_path(&mut self, object: &Visit<'_, Versions>) {
        for (facts, places) in self.by_facts(object.idx) {
            let hits = self.engine().by_path(&facts, object.data);
            self.fire(object, &hits, &places);
        }
    }

    fn fire(&mut self, object: &Visit<'_, Versions>, hits: &[Hit], appearances: &[Appearance]) {
        for hit in hits {
            for appearance in appearances {
                let path = self.path(appearance);
                let id = self.scan().objects.id_bytes(object.idx);
                let no = self.shared.book.whole_file(hit, path.as_bytes(), id, object.data);
                let news = self.note(appearance, no);
                self.tell(news, appearance, no, At::File);
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
        let place = Place { path: appearance.path, mark };
        let shown = Some(Shown { rank: rank(appearance), place: Box::new(at.clone()) });
        self.places.entry(place).or_default().shown = shown;
        if news == News::First {
            let entry = self.shared.book.entry(mark);
            let id = self.scan().objects.id(appearance.blob).to_string();
            let finding = entry.finding(self.path(appearance), &id, at);
            self.past.found.push((finding, entry.id));
        }
    }

    fn path(&self, appearance: &Appearance) -> RepoPath {
        self.shared.path(appearance.path)
    }

    fn not_judged(&mut self, blob: ObjIdx, why: &NotScanned) {
        let appearances = self.shared.appearances(blob);
        if appearances.is_empty() {
            self.shared.note_not_judged(NOWHERE, why.clone());
        }
        for appearance in appearances {
            if !appearance.in_tree && self.shared.facts.of(appearance.path).is_some() {
                self.shared.note_not_judged(appearance.path, why.clone());
            }
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
        let guarded = catch_unwind(AssertUnwindSafe(|| self.look(&object)));
        self.done();
        guarded.unwrap_or_else(|_| {
            self.scratch = Scratch::default();
            // What the panic said may hold file content, so it is not repeated.
            let why = NotScanned::Failed("the scanner panicked on it; please report this".into());
            self.not_judged(object.idx, &why);
            Versions::new()
        })
    }

    fn failed(&mut self, idx: ObjIdx, error: ObjectError) {
        let why = match error {
            ObjectError::TooLarge(size) => NotScanned::TooLarge(size),
            ObjectError::Unreadable(why) => NotScanned::Unreadable(why),
        };
        self.not_judged(idx, &why);
        self.done();
    }
}
