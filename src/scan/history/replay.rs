// SPDX-License-Identifier: MIT OR Apache-2.0
//! Takes what earlier runs found, so that these contents are not scanned again.
//!
//! What is remembered has no values. Of the places that only the history has, each is read again
//! where it is shown, and only if the value there is the one that was found.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
    sync::Arc,
};

use super::{
    Place, Seen, Shared,
    blobs::{Blobs, NOWHERE},
    book::MarkNo,
    facts::Known,
    memory::{Trace, exact_id},
    words::padded,
};
use crate::{
    domain::{LineIndex, NumberMap, Place as At, RuleIdx, Secret, Span, Spans},
    repo::{
        history::PathId,
        objects::{ObjIdx, ObjectError, Visit, Visitor},
    },
    scan::{Content, MAX_FILE_BYTES, Scratch},
};

/// Takes what is remembered of wanted objects, which are wanted no more. Returns nothing if
/// values are not where they should be.
pub(super) fn replay(
    shared: &Shared<'_>,
    wanted: &mut [bool],
    without_new_words: &HashSet<Box<[u8]>>,
) -> Option<NumberMap<Place, Seen>> {
    if shared.scan.memory.is_empty() {
        return Some(NumberMap::default());
    }
    let mut taker = Blobs::new(shared);
    let mut lookup = shared.scan.memory.lookup();
    let new_words = !shared.scan.memory.new_words().is_empty();
    for (no, wanted) in (0..).zip(wanted).filter(|(_, wanted)| **wanted) {
        let blob = ObjIdx(no);
        let id = shared.scan.objects.id_bytes(blob);
        if new_words && !without_new_words.contains(&padded(id)[..]) {
            continue;
        }
        let known = taker.by_facts(blob).into_iter().map(|(facts, places)| {
            let record = lookup.find(id, facts.digest)?;
            Some((facts, places, record))
        });
        // A content that stands nowhere but in the review's own files is not read either.
        if let Some(known) = known.collect::<Option<Vec<_>>>() {
            taker.replay(&known);
            *wanted = false;
        }
    }
    fill(shared, &mut taker)?;
    taker.hand_over(0);
    Some(taker.places)
}

/// A place that lacks its line and its value.
type Gap = (Range<usize>, Place);

/// Reads values, lines and columns of the places that are shown.
fn fill(shared: &Shared<'_>, taker: &mut Blobs<'_>) -> Option<()> {
    let mut gaps: HashMap<ObjIdx, Vec<Gap>> = HashMap::new();
    for (place, seen) in &taker.places {
        if let Some(shown) = &seen.shown
            && let At::Span(span) = &*shown.place
        {
            gaps.entry(shown.rank.1).or_default().push((span.range(), *place));
        }
    }
    for gaps in gaps.values_mut() {
        gaps.sort_unstable_by_key(|(range, place)| (range.start, range.end, *place));
    }
    let objects = shared.scan.objects;
    let make = || Filler {
        shared,
        gaps: &gaps,
        seen: HashSet::new(),
        scratch: Scratch::default(),
        found: Some(Vec::new()),
    };
    let wanted = |idx: ObjIdx| gaps.contains_key(&idx);
    let stop = shared.scan.stop;
    let fillers = objects.walk(&wanted, MAX_FILE_BYTES, shared.scan.threads, stop, &make);
    for filler in fillers {
        for (blob, place, span) in filler.found? {
            let seen = taker.places.get_mut(&place)?;
            *seen.shown.as_mut()?.place = At::Span(span.clone());
            taker.found(place.path, blob, place.mark, At::Span(span));
        }
    }
    Some(())
}

struct Filler<'a> {
    shared: &'a Shared<'a>,
    gaps: &'a HashMap<ObjIdx, Vec<Gap>>,
    /// Values that were compared already.
    seen: HashSet<(MarkNo, Secret)>,
    scratch: Scratch,
    /// Nothing once a value is not where it should be.
    found: Option<Vec<(ObjIdx, Place, Span)>>,
}

impl Filler<'_> {
    fn look(&mut self, object: &Visit<'_, ()>) -> Option<()> {
        let Content::Text(text, _) = Content::of(object.data) else { return None };
        let index = LineIndex::new(&text.bytes);
        let mut spans = Spans::new(&index, &text.bytes);
        let mut decoded = Decoded::default();
        for (range, place) in self.gaps.get(&object.idx)? {
            let trace = self.shared.scan.memory.trace(place.mark.0)?;
            let value = if trace.decoded {
                self.decoded(&mut decoded, place.path, &text.bytes, range, trace)?
            } else {
                Secret::new(text.bytes.get(range.clone())?)
            };
            let new = (place.mark, value);
            if !self.seen.contains(&new) {
                let (_, value) = &new;
                let rule = RuleIdx(trace.rule);
                if exact_id(self.shared.scan.identify, rule, value.expose()) != trace.exact {
                    return None;
                }
                self.shared.book.fill(place.mark, value.clone());
                self.seen.insert(new);
            }
            self.found.as_mut()?.push((object.idx, *place, spans.next(range.clone())));
        }
        Some(())
    }

    /// Returns the value that stands encoded at `range`: what was found there is found again.
    fn decoded(
        &mut self,
        known: &mut Decoded,
        path: PathId,
        text: &[u8],
        range: &Range<usize>,
        trace: &Trace,
    ) -> Option<Secret> {
        let Shared { scan, facts, .. } = self.shared;
        let facts = match path {
            NOWHERE => facts.of_unreachable(),
            path => facts.of(path)?.clone(),
        };
        let at = known.iter().position(|(other, _)| Arc::ptr_eq(other, &facts));
        let at = at.unwrap_or_else(|| {
            let lines = scan.engine.lines(&facts, text, None, &mut self.scratch);
            let mut all = Vec::new();
            scan.engine.marks(text, &lines, |found| {
                if found.mark.value.is_decoded() {
                    all.push((found.span, found.mark.rule, found.mark.value.clone()));
                }
            });
            known.push((facts, all));
            known.len() - 1
        });
        let same = |value: &Secret| {
            exact_id(scan.identify, RuleIdx(trace.rule), value.expose()) == trace.exact
        };
        let mut here =
            known[at].1.iter().filter(|(span, rule, _)| span == range && rule.0 == trace.rule);
        here.find(|(.., value)| same(value)).map(|(.., value)| value.clone())
    }
}

/// What stands encoded in a text, under the facts of each of its paths.
type Decoded = Vec<(Arc<Known>, Vec<(Range<usize>, RuleIdx, Secret)>)>;

impl Visitor for Filler<'_> {
    type State = ();

    fn visit(&mut self, object: Visit<'_, ()>) {
        if self.look(&object).is_none() {
            self.found = None;
        }
    }

    fn failed(&mut self, _: ObjIdx, _: ObjectError) {
        self.found = None;
    }
}
