// SPDX-License-Identifier: MIT OR Apache-2.0
//! Finds values that stand encoded once more: no place in a text has their bytes.

use std::ops::Range;

use super::ScanJob;
use crate::{
    domain::{Secret, TextOf},
    scan::{Engine, Scratch},
};

/// Values with their places.
type Placed = Vec<(Range<usize>, Secret)>;

/// Runs the rules over texts that are known to hold something encoded.
#[derive(Default)]
pub(super) struct Decoder {
    engine: Option<Engine>,
    scratch: Scratch,
    /// The text that was looked at last.
    last: Option<(TextOf, Placed)>,
}

impl Decoder {
    /// Returns what stands encoded in `text`.
    pub(super) fn values(&mut self, job: &ScanJob, of: &TextOf, text: &[u8]) -> Option<&Placed> {
        if self.last.as_ref().is_none_or(|(last, _)| last != of) {
            if self.engine.is_none() {
                self.engine = Engine::new(job.rules.clone(), &job.vocabulary()).ok();
            }
            let engine = self.engine.as_ref()?;
            let facts = engine.facts(&of.path);
            let lines = engine.lines(&facts, text, None, &mut self.scratch);
            let mut all = Placed::new();
            engine.marks(text, &lines, |found| {
                if found.mark.value.is_decoded() {
                    all.push((found.span, found.mark.value.clone()));
                }
            });
            self.last = Some((of.clone(), all));
        }
        self.last.as_ref().map(|(_, all)| all)
    }
}
