// SPDX-License-Identifier: MIT OR Apache-2.0
//! What the scan of the reviewed commit made of its texts, so that the scan of the history need
//! not judge them again.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::scan::{Lines, PathFacts, internal::Answers};

/// So many anchors and lines are kept at most: some 100 MB.
const MOST: usize = 1 << 22;

/// Texts by their object's id, and by what their paths say.
#[derive(Default)]
pub struct Judged(Mutex<Inner>);

/// What stands on a text's lines, and what was asked about people to find that out.
pub(super) type Judgement = (Lines, Answers);

#[derive(Default)]
struct Inner {
    by_id: HashMap<Box<[u8]>, Vec<(PathFacts, Judgement)>>,
    size: usize,
}

impl Judged {
    /// Keeps what stands on the lines of the blob with this id, and what was asked for it.
    pub fn keep(&self, id: &[u8], facts: PathFacts, lines: Lines, answers: Answers) {
        let mut inner = self.lock();
        let size = inner.size + lines.size();
        if size <= MOST {
            inner.size = size;
            inner.by_id.entry(id.into()).or_default().push((facts, (lines, answers)));
        }
    }

    /// Gives it out, once.
    pub(super) fn take(&self, id: &[u8], facts: &PathFacts) -> Option<Judgement> {
        let mut inner = self.lock();
        let all = inner.by_id.get_mut(id)?;
        let at = all.iter().position(|(known, _)| known == facts)?;
        Some(all.swap_remove(at).1)
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // What a panicking thread leaves is whole: entries are moved in and out.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
