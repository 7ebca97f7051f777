// SPDX-License-Identifier: MIT OR Apache-2.0
//! Ticket keys. Only those that the organisation uses: any word with a number looks like one.

use std::{ops::Range, sync::Arc};

use super::{Slot, Words, after, before, is_word, push, widen};
use crate::{
    domain::{RuleIdx, WordKind},
    rules::RuleSet,
    scan::{Detector, Sink, View},
};

pub(super) struct Ticket {
    ticket: Option<Slot>,
    words: Arc<Words>,
}

impl Ticket {
    pub(super) fn new(rules: &RuleSet, words: &Arc<Words>) -> Self {
        Self { ticket: Slot::find(rules, "internal/ticket"), words: Arc::clone(words) }
    }
}

impl Detector for Ticket {
    fn keywords(&self) -> Vec<(RuleIdx, String)> {
        let keys = self.words.keys.iter().filter(|key| key.len() >= 2);
        let pair = |key| self.ticket.map(|slot| (slot.rule, format!("{key}-").to_lowercase()));
        keys.filter_map(pair).collect()
    }

    fn at(&self, view: &View<'_>, _: RuleIdx, at: Range<usize>, sink: &mut Sink) {
        let text = view.text;
        let number = widen(text, at.end..at.end, 8, |b| b.is_ascii_digit());
        let number = at.end..number.end;
        let key = &text[at.start..at.end - 1];
        let known = self.words.keys.iter().any(|word| word.as_bytes() == key);
        let (left, right) = (before(text, at.start), after(text, number.end));
        // A dot and a digit after it would make it a version, a dash a part of a name.
        let version = right == b'.' && after(text, number.end + 1).is_ascii_digit();
        let joined = is_word(left) || left == b'-' || is_word(right) && right != b'_' || version;
        if known && !joined && (1..=7).contains(&number.len()) {
            self.words.rests_on(WordKind::TicketKey, key);
            push(self.ticket, sink, |slot| slot.hit(at.start..number.end));
        }
    }
}
