// SPDX-License-Identifier: MIT OR Apache-2.0
//! Scans the contents of files as the walk brings them along.

use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, atomic::Ordering},
    time::Instant,
};

use super::{HAND_OVER, HistoryScan, Past, Place, Seen, Shared, book::MarkNo};
use crate::{
    domain::{Encoding, Finding, Layer, LineIndex, NotScanned, Place as At, RepoPath},
    repo::{
        history::{Appearance, CommitNo, Mode, PathId},
        objects::{ObjIdx, ObjectError, Visit, Visitor},
    },
    scan::{Content, Earlier, Engine, Hit, Lines, Marked, PathFacts, Scratch},
};

/// What is kept of a version for those made from it: what was found under the facts of each of
/// its paths.
pub(super) type Versions = Vec<(Arc<PathFacts>, Lines)>;

/// One worker.
pub(super) struct Blobs<'a> {
    shared: &'a Shared<'a>,
    scratch: Scratch,
    /// What was seen, by path and mark.
    pub(super) places: HashMap<Place, Seen>,
    /// Objects without a path.
    nowhere: Arc<PathFacts>,
    past: Past,
    last: Instant,
}

impl<'a> Blobs<'a> {
    pub(super) fn new(shared: &'a Shared<'a>) -> Self {
        Self {
            shared,
            scratch: Scratch::default(),
            places: HashMap::new(),
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
            let lines = self.engine().lines(&facts, &text.bytes, known, &mut self.scratch);
            self.take(object, &facts, &places, &text.bytes, &lines);
            if plain && object.has_children {
                versions.push((facts, lines));
            }
        }
        versions
    }

    /// Returns where the blob stands, by what the paths say.
    fn by_facts(&self, blob: ObjIdx) -> Vec<(Arc<PathFacts>, Vec<Appearance>)> {
        let mut out: Vec<(Arc<PathFacts>, Vec<Appearance>)> = Vec::new();
        let appearances = self.shared.appearances(blob);
        if appearances.is_empty() && !self.scan().history.is_reachable(blob) {
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

    fn take(
        &mut self,
        object: &Visit<'_, Versions>,
        facts: &PathFacts,
        appearances: &[Appearance],
        text: &[u8],
        lines: &Lines,
    ) {
        let engine = self.engine();
        let mut whole = engine.by_path(facts, object.data);
        for hit in engine.whole_file_hits(lines) {
            if !whole.iter().any(|other| other.rule == hit.rule) {
                whole.push(hit.clone());
            }
        }
        self.fire(object, &whole, appearances);
        if lines.is_empty() {
            return;
        }
        let mut index = None;
        engine.marks(text, lines, |found| {
            let no = self.shared.book.number(found.mark);
            for appearance in appearances {
                if self.note(appearance, no) {
                    let index = index.get_or_insert_with(|| LineIndex::new(text));
                    self.tell_span(appearance, text, index, &found);
                }
            }
        });
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
                let no = self.shared.book.whole_file(hit, path.as_bytes(), object.data);
                if self.note(appearance, no) {
                    self.tell(appearance, no, path, At::File);
                }
            }
        }
    }

    /// Counts a mark at a path, and returns whether it is new there.
    fn note(&mut self, appearance: &Appearance, mark: MarkNo) -> bool {
        let place = Place { path: appearance.path, mark };
        let mut new = false;
        let seen = self.places.entry(place).or_insert_with(|| {
            new = true;
            Seen::default()
        });
        // A mark that stands in one version twice is one place all the same.
        if seen.latest != Some(appearance.blob) {
            seen.add(appearance);
        }
        new
    }

    fn tell_span(
        &mut self,
        appearance: &Appearance,
        text: &[u8],
        index: &LineIndex,
        found: &Marked<'_>,
    ) {
        // The scan of the reviewed commit has said it.
        if !appearance.in_tree {
            let span = index.span(text, found.span.clone());
            let path = self.path(appearance);
            let no = self.shared.book.number(found.mark);
            self.tell(appearance, no, path, At::Span(span));
        }
    }

    fn tell(&mut self, appearance: &Appearance, mark: MarkNo, path: RepoPath, place: At) {
        if appearance.in_tree {
            return;
        }
        let entry = self.shared.book.entry(mark);
        let id = self.scan().objects.id(appearance.blob).to_string();
        let finding = Finding {
            rule: entry.rule,
            severity: entry.severity,
            path,
            layer: Layer::Past(id.into()),
            place,
            value: entry.value,
            context: entry.context,
            notes: entry.notes,
        };
        self.past.found.push((finding, entry.id));
    }

    fn path(&self, appearance: &Appearance) -> RepoPath {
        self.shared.path(appearance.path)
    }

    fn not_judged(&mut self, blob: ObjIdx, why: &NotScanned) {
        for appearance in self.shared.appearances(blob) {
            if !appearance.in_tree && self.shared.facts.of(appearance.path).is_some() {
                self.past.not_judged.push((appearance.path, why.clone()));
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
        self.shared.scan.listener.past(past.found, self.shared.unlisted(past.not_judged));
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
