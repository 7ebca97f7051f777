// SPDX-License-Identifier: MIT OR Apache-2.0
//! Which anchors of a line are kept: those that may lead to something, as far as the line says.

use std::ops::Range;

use super::Pass;
use crate::scan::{
    Engine, View,
    anchors::{Anchor, Hides},
    decode,
};

impl Pass<'_> {
    /// Keeps those anchors of one line that may lead to something.
    pub(super) fn keep_worthy(&mut self, anchors: &[Anchor], line: Range<usize>) {
        let end = self.text.len().min(line.end + 1);
        let view = View::new(self.facts, &self.text[line.start..end]).traced(self.trace);
        self.scratch.begin();
        let first = self.lines.anchors.len();
        for anchor in anchors {
            let at = anchor.range();
            let at = at.start - line.start..at.end - line.start;
            let waiting = self.engine.anchors.waiting(*anchor);
            if waiting.hides.is_none() && self.engine.is_worth(&view, waiting, at, self.scratch) {
                self.lines.anchors.push(*anchor);
            }
        }
        self.noted.extend(self.trace.iter().flat_map(|trace| trace.take(line.start)));
        let named = self.lines.anchors.len() > first;
        self.keep_hiding(anchors, named, line.start, &view);
        self.lines.anchors[first..].sort_unstable();
    }

    /// Keeps anchors of what hides something: encoded runs, values, and lines with escapes.
    fn keep_hiding(&mut self, anchors: &[Anchor], named: bool, start: usize, view: &View<'_>) {
        let Engine { anchors: all, .. } = self.engine;
        let mut words = false;
        let mut escaped = None;
        let mut joined = 0;
        for anchor in anchors {
            let waiting = all.waiting(*anchor);
            let at = anchor.at as usize - start;
            let hiding = match waiting.hides {
                // What it says, the next lines say as well.
                Some(Hides::Lines) => {
                    self.lines.anchors.push(*anchor);
                    continue;
                }
                Some(Hides::Signs) => {
                    escaped.get_or_insert(*anchor);
                    continue;
                }
                Some(Hides::Pieces) => {
                    // One look reaches over many seams.
                    if at >= joined {
                        joined = at + decode::REACH;
                        self.keep_pieces(*anchor, view, at);
                    }
                    continue;
                }
                Some(Hides::Run) => Some(*anchor),
                None => {
                    words = true;
                    let end = at + usize::from(anchor.len);
                    let value = waiting.assigns.then(|| decode::value_after(view.text, end));
                    value.flatten().map(|value| all.run_at(start + value.start))
                }
            };
            let Some(hiding) = hiding else { continue };
            self.scratch.begin();
            self.engine.look_through(view, hiding.at as usize - start, self.scratch);
            let tells = self.scratch.tells() || named && !self.scratch.opened.is_empty();
            if tells && self.lines.anchors.last() != Some(&hiding) {
                self.lines.anchors.push(hiding);
            }
        }
        if words && escaped.is_none() && decode::has_escapes(view.text) {
            escaped = Some(all.signs_at(start));
        }
        if words && joined == 0 {
            let words = anchors.iter().filter(|anchor| all.begins(**anchor));
            let pieces = all.pieces_at(start);
            if decode::may_go_on(view.text, words.map(|anchor| anchor.at as usize - start)) {
                self.lines.anchors.push(pieces);
            } else if decode::has_seam(view.text) {
                self.keep_pieces(pieces, view, 0);
            }
        }
        if let Some(anchor) = escaped {
            self.scratch.begin();
            self.engine.read_signs(view, anchor.at as usize - start, self.scratch);
            if self.scratch.tells() {
                self.lines.anchors.push(anchor);
            }
        }
    }

    /// Keeps the anchor of a string in pieces if it tells something, or goes on below.
    fn keep_pieces(&mut self, anchor: Anchor, view: &View<'_>, at: usize) {
        self.scratch.begin();
        let open = self.engine.join_pieces(view, at, self.scratch);
        if open || self.scratch.tells() {
            self.lines.anchors.push(anchor);
        }
    }
}
