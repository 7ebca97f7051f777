// SPDX-License-Identifier: MIT OR Apache-2.0
//! The verdicts on a text, line by line, and how they are taken over from another version.
//!
//! All anchors of one line are judged together, on one window around the line (see [`Reach`]).
//! The verdict is therefore a function of the window's bytes and of the path's facts, and where
//! a delta copied the window as it was, it holds for the copy. Only lines that a delta touched
//! are searched for anchors, and only those whose window it touched are judged again.
//!
//! After so many matches that nobody would go through them, a text is judged no further: where
//! that is so depends on the text alone, too.

mod keep;

use std::{ops::Range, sync::Arc};

use super::{
    Engine, PathFacts, Reach, Scratch, View,
    anchors::{Anchor, Anchors, Hides},
    kept::{Kept, kept},
    marks::Outcome,
    trace::{Noted, Trace},
};
use crate::{
    domain::{NotScanned, RuleIdx},
    repo::objects::Op,
};

/// What was found on the lines of one text, to be taken over by texts made from it.
#[derive(Default)]
pub struct Lines {
    anchors: Vec<Anchor>,
    /// One for each line with anchors, ascending.
    pub(super) units: Vec<Unit>,
    /// What rules about the file's head found.
    pub(super) head: Option<Head>,
    /// What rules about the whole text found.
    pub(super) whole: Option<Head>,
    /// How many matches there are.
    matches: usize,
    /// The line from which on nothing was judged, since there were too many matches before.
    cut: Option<u32>,
}

/// One line with anchors.
#[derive(Clone)]
pub(super) struct Unit {
    /// First byte of the line.
    pub(super) start: u32,
    /// Its anchors.
    anchors: (u32, u32),
    /// The window it was judged on.
    pub(super) window: (u32, u32),
    /// What was found, if anything was.
    pub(super) outcome: Option<Arc<Outcome>>,
}

impl Unit {
    pub(super) fn window(&self) -> Range<usize> {
        self.window.0 as usize..self.window.1 as usize
    }
}

/// What rules about the file's head found, and how much of it they looked at.
#[derive(Clone)]
pub(super) struct Head {
    pub(super) window: usize,
    pub(super) outcome: Option<Arc<Outcome>>,
}

/// The text that another one was made from.
#[derive(Clone, Copy)]
pub struct Earlier<'a> {
    /// What was found in it, under the same facts.
    pub lines: &'a Lines,
    /// Its bytes.
    pub text: &'a [u8],
    /// How the new text is made from it.
    pub ops: &'a [Op],
}

impl Engine {
    /// Judges `text`, a file whose path says `facts`. What `earlier` has settled is taken over;
    /// the result is the same with and without it.
    pub fn lines(
        &self,
        facts: &PathFacts,
        text: &[u8],
        earlier: Option<Earlier<'_>>,
        scratch: &mut Scratch,
    ) -> Lines {
        let mut pass = Pass::new(self, facts, text, scratch);
        match earlier {
            Some(earlier) => pass.take_over(earlier),
            None => pass.search(0..text.len()),
        }
        pass.judge_head(earlier);
        pass.judge_whole();
        pass.lines
    }

    /// Judges `text` and notes down what is no finding.
    pub(super) fn traced_lines(
        &self,
        facts: &PathFacts,
        text: &[u8],
        scratch: &mut Scratch,
    ) -> (Lines, Vec<Noted>) {
        let trace = Trace::default();
        let mut pass = Pass { trace: Some(&trace), ..Pass::new(self, facts, text, scratch) };
        pass.search(0..text.len());
        pass.judge_head(None);
        pass.judge_whole();
        (pass.lines, pass.noted)
    }

    /// Judges `text`, of which `part` was decoded: nothing else in it is looked through again, and
    /// heads of files are not judged.
    pub(super) fn lines_within(
        &self,
        facts: &PathFacts,
        text: &[u8],
        part: Range<usize>,
        scratch: &mut Scratch,
    ) -> Lines {
        let mut pass = Pass { signs: part, ..Pass::new(self, facts, text, scratch) };
        pass.search(0..text.len());
        pass.lines
    }

    /// Returns whether `lines` are not all that there is: then the file is to be decided as a
    /// whole.
    #[must_use]
    pub fn cut(&self, lines: &Lines) -> Option<NotScanned> {
        let too_many = |head: &Head| {
            head.outcome.as_ref().is_some_and(|outcome| outcome.matches() >= self.most_matches)
        };
        let cut = lines.cut.is_some() || lines.head.iter().chain(&lines.whole).any(too_many);
        let units = lines.units.iter().filter_map(|unit| unit.outcome.as_deref());
        let unread = || units.into_iter().find_map(|outcome| outcome.unread.clone());
        cut.then_some(NotScanned::TooMany(self.most_matches as u64)).or_else(unread)
    }
}

/// One text on its way through the engine.
struct Pass<'a> {
    engine: &'a Engine,
    facts: &'a PathFacts,
    text: &'a [u8],
    /// Where encoded runs are looked for.
    signs: Range<usize>,
    scratch: &'a mut Scratch,
    lines: Lines,
    trace: Option<&'a Trace>,
    /// What is no finding, by offsets in the text.
    noted: Vec<Noted>,
}

impl<'a> Pass<'a> {
    /// One that looks for encoded runs everywhere.
    fn new(
        engine: &'a Engine,
        facts: &'a PathFacts,
        text: &'a [u8],
        scratch: &'a mut Scratch,
    ) -> Self {
        let (lines, trace, noted) = (Lines::default(), None, Vec::new());
        Self { engine, facts, text, signs: 0..text.len(), scratch, lines, trace, noted }
    }
}

impl Pass<'_> {
    /// Goes over the parts that were kept and those between them.
    fn take_over(&mut self, earlier: Earlier<'_>) {
        let mut done = 0;
        for kept in kept(earlier.text, self.text, earlier.ops) {
            // What was judged no more is searched.
            let cut = earlier.lines.cut.map_or(usize::MAX, |cut| cut as usize);
            let past = kept.source(kept.lines.end).min(cut);
            if past <= kept.source(kept.lines.start) {
                continue;
            }
            self.search(done..kept.lines.start);
            self.take(&kept, past, earlier);
            done = kept.target(past);
        }
        self.search(done..self.text.len());
    }

    /// Takes over the lines of `kept` that stand before `past` in the earlier text.
    fn take(&mut self, kept: &Kept, past: usize, earlier: Earlier<'_>) {
        let from = kept.source(kept.lines.start);
        let units = &earlier.lines.units;
        let first = units.partition_point(|unit| (unit.start as usize) < from);
        for unit in units[first..].iter().take_while(|unit| (unit.start as usize) < past) {
            if self.lines.cut.is_some() {
                return;
            }
            let moved = |at: u32| kept.target(at as usize) as u32;
            let begin = self.lines.anchors.len() as u32;
            let anchors = &earlier.lines.anchors[unit.anchors.0 as usize..unit.anchors.1 as usize];
            self.lines.anchors.extend(anchors.iter().map(|a| Anchor { at: moved(a.at), ..*a }));
            let mut new = Unit {
                start: moved(unit.start),
                anchors: (begin, self.lines.anchors.len() as u32),
                window: (0, 0),
                outcome: None,
            };
            let line = unit.start as usize;
            if kept.holds(line, unit.window(), earlier.text.len(), self.text.len()) {
                new.window = (moved(unit.window.0), moved(unit.window.1));
                new.outcome.clone_from(&unit.outcome);
            } else {
                self.judge(&mut new);
            }
            self.add(new);
        }
    }

    /// Adds a line, which is the last one if there are too many matches by now.
    fn add(&mut self, unit: Unit) {
        self.lines.matches += unit.outcome.as_ref().map_or(0, |outcome| outcome.matches());
        if self.lines.matches >= self.engine.most_matches {
            let end = line_end(self.text, unit.start as usize) + 1;
            self.lines.cut = Some(end.min(self.text.len()) as u32);
        }
        self.lines.units.push(unit);
    }

    /// Searches whole lines for anchors and judges those that have any.
    fn search(&mut self, part: Range<usize>) {
        if part.is_empty() || self.lines.cut.is_some() {
            return;
        }
        let mut found = std::mem::take(&mut self.scratch.found);
        found.clear();
        let Engine { anchors, paths, .. } = self.engine;
        anchors.find(
            self.facts,
            paths,
            self.text,
            part.clone(),
            &mut self.scratch.places,
            &mut found,
        );
        let words = found.len();
        let signs = part.start.max(self.signs.start)..part.end.min(self.signs.end);
        anchors.find_hidden(self.text, signs, &mut found);
        if found.len() > words {
            found.sort();
        }
        let mut rest = found.as_slice();
        let mut at = part.start;
        while let Some(first) = rest.first() {
            let here = first.at as usize;
            let start = memchr::memrchr(b'\n', &self.text[at..here]).map_or(at, |i| at + i + 1);
            let end = line_end(self.text, here);
            let count = rest.iter().take_while(|anchor| (anchor.at as usize) < end).count();
            let (line, others) = rest.split_at(count);
            rest = others;
            at = start;
            let begin = self.lines.anchors.len() as u32;
            self.keep_worthy(line, start..end);
            let past = self.lines.anchors.len() as u32;
            if begin == past {
                continue;
            }
            let start = start as u32;
            let anchors = (begin, past);
            let mut unit = Unit { start, anchors, window: (0, 0), outcome: None };
            self.judge(&mut unit);
            self.add(unit);
            if self.lines.cut.is_some() {
                break;
            }
        }
        self.scratch.found = found;
    }

    /// Judges the anchors of one line.
    fn judge(&mut self, unit: &mut Unit) {
        let anchors = &self.lines.anchors[unit.anchors.0 as usize..unit.anchors.1 as usize];
        let all: &Anchors = &self.engine.anchors;
        let reach = anchors.iter().fold(Reach::LINE, |all_, a| all_.and(all.waiting(*a).reach));
        let start = unit.start as usize;
        let line = start..line_end(self.text, start);
        let window = reach.window(self.text, &line);
        unit.window = (window.start as u32, window.end as u32);
        let view = View::new(self.facts, &self.text[window.clone()]).traced(self.trace);
        self.scratch.begin();
        for anchor in anchors {
            let at = anchor.range();
            let at = at.start - window.start..at.end - window.start;
            let waiting = all.waiting(*anchor);
            match waiting.hides {
                Some(Hides::Signs) => self.engine.read_signs(&view, at.start, self.scratch),
                Some(Hides::Pieces) => {
                    self.engine.join_pieces(&view, at.start, self.scratch);
                }
                Some(_) => self.engine.look_through(&view, at.start, self.scratch),
                None => {}
            }
            for idx in &waiting.line {
                self.engine.run(&view, *idx, at.clone(), self.scratch);
            }
            for detector in &waiting.signs {
                self.engine.sign(*detector, &view, at.start, self.scratch);
            }
            if self.engine.is_full(&view, self.scratch) {
                break;
            }
        }
        unit.outcome = self.engine.outcome(&view, self.scratch);
        self.noted.extend(self.trace.iter().flat_map(|trace| trace.take(window.start)));
    }

    /// Judges what stands in the file's head, unless all of that was copied.
    fn judge_head(&mut self, earlier: Option<Earlier<'_>>) {
        let all = &self.engine.anchors;
        let waits = |anchor: &&Anchor| !all.waiting(**anchor).head.is_empty();
        let Some(last) = self.lines.anchors.iter().rfind(waits) else { return };
        let window = Reach::head_window(self.text, last.range().end).end;
        if let Some(earlier) = earlier
            && let Some(head) = &earlier.lines.head
            && head.window == window
            && (window < self.text.len()) == (window < earlier.text.len())
            && earlier.text[..window] == self.text[..window]
        {
            self.lines.head = Some(head.clone());
            return;
        }
        let view = View::new(self.facts, &self.text[..window]).traced(self.trace);
        self.scratch.begin();
        for anchor in self.lines.anchors.iter().filter(waits) {
            for idx in &all.waiting(*anchor).head {
                self.engine.run(&view, *idx, anchor.range(), self.scratch);
            }
            if self.engine.is_full(&view, self.scratch) {
                break;
            }
        }
        let outcome = self.engine.outcome(&view, self.scratch);
        self.noted.extend(self.trace.iter().flat_map(|trace| trace.take(0)));
        self.lines.head = Some(Head { window, outcome });
    }

    /// Judges what only the whole text says. Few texts have such anchors or are files of data, and
    /// these are judged anew in each version.
    fn judge_whole(&mut self) {
        let all = &self.engine.anchors;
        let mut anchors: Vec<(RuleIdx, Range<usize>)> = Vec::new();
        for anchor in &self.lines.anchors {
            let rules = all.waiting(*anchor).whole.iter();
            anchors.extend(rules.map(|idx| (*idx, anchor.range())));
        }
        anchors.retain(|(idx, _)| self.engine.paths.allows(*idx, &self.facts.globs));
        if anchors.is_empty() && !self.engine.reads(self.facts) {
            return;
        }
        let view = View::new(self.facts, self.text);
        self.scratch.begin();
        self.engine.whole(&view, &anchors, self.scratch);
        let outcome = self.engine.outcome(&view, self.scratch);
        self.lines.whole = Some(Head { window: self.text.len(), outcome });
    }
}

impl Lines {
    /// Returns the number of anchors and lines, as a measure of the memory.
    pub(super) fn size(&self) -> usize {
        self.anchors.len() + self.units.len()
    }

    /// Returns all hits with their places in the text, those that others overlap among them.
    pub(super) fn all_hits(&self) -> impl Iterator<Item = (RuleIdx, Range<usize>)> {
        let head = self.head.iter().filter_map(|head| Some((0, head.outcome.as_deref()?)));
        let units = self.units.iter();
        let units = units.filter_map(|unit| Some((unit.window().start, unit.outcome.as_deref()?)));
        units.chain(head).flat_map(|(start, outcome)| outcome.spans(start))
    }

    /// Returns whether nothing on the lines is worth a look.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.units.iter().all(|unit| unit.outcome.is_none())
            && self.head.iter().chain(&self.whole).all(|head| head.outcome.is_none())
    }
}

/// Returns the end of the line that holds `at`: its LF, or the end of the text.
fn line_end(text: &[u8], at: usize) -> usize {
    memchr::memchr(b'\n', &text[at..]).map_or(text.len(), |i| at + i)
}
