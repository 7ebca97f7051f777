// SPDX-License-Identifier: MIT OR Apache-2.0
//! Tickets by key and by number. Only those that the organisation uses: any word with a number
//! looks like one.

use std::{ops::Range, sync::Arc};

use super::{Slot, Words, after, before, is_word, lower_line, push, widen};
use crate::{
    domain::{PathClass, RuleIdx, Tracker, Vocabulary, WordKind},
    rules::RuleSet,
    scan::{
        Detector, Sink, View,
        trackers::{is_elsewhere, keywords, number_at},
    },
};

pub(super) struct Ticket {
    ticket: Option<Slot>,
    trackers: Vec<Tracker>,
    words: Arc<Words>,
}

impl Ticket {
    pub(super) fn new(rules: &RuleSet, words: &Arc<Words>, vocabulary: &Vocabulary) -> Self {
        let trackers = vocabulary.trackers.iter();
        Self {
            ticket: Slot::find(rules, "internal/ticket"),
            trackers: trackers.filter_map(|name| Tracker::of_name(name)).collect(),
            words: Arc::clone(words),
        }
    }

    /// Returns whether there is a key with its dash at `at`, whatever follows.
    fn key(&self, view: &View<'_>, at: &Range<usize>, sink: &mut Sink) -> bool {
        let text = view.text;
        let key = text[at.clone()].strip_suffix(b"-").unwrap_or_default();
        if key.is_empty() || !self.words.keys.iter().any(|word| word.as_bytes() == key) {
            return false;
        }
        self.words.rests_on(WordKind::TicketKey, key);
        let number = widen(text, at.end..at.end, 8, |b| b.is_ascii_digit());
        let number = at.end..number.end;
        let (left, right) = (before(text, at.start), after(text, number.end));
        // A dot and a digit after it would make it a version, a dash a part of a name. Trackers
        // write no zeros before a number.
        let version = right == b'.' && after(text, number.end + 1).is_ascii_digit();
        let joined = is_word(left) || left == b'-' || is_word(right) && right != b'_' || version;
        let padded = after(text, number.start) == b'0';
        if !joined && !padded && (1..=7).contains(&number.len()) {
            push(self.ticket, sink, |slot| slot.hit(at.start..number.end));
        }
        true
    }

    fn number(&self, view: &View<'_>, at: usize, sink: &mut Sink) {
        let found = self
            .trackers
            .iter()
            .find_map(|tracker| number_at(view.text, at, *tracker).map(|span| (*tracker, span)));
        let Some((tracker, span)) = found else { return };
        // Whose tracker a bare number belongs to is said on the line, if it is not ours.
        let (start, line) = lower_line(view, at);
        let elsewhere = match tracker {
            Tracker::Task | Tracker::Story => self.is_theirs(&line, at - start),
            Tracker::Rhbz => false,
            Tracker::Bug | Tracker::Rt | Tracker::Ticket => is_elsewhere(&line),
        };
        if !elsewhere {
            self.words.rests_on(WordKind::Tracker, tracker.name().as_bytes());
            push(self.ticket, sink, |slot| slot.hit(span));
        }
    }

    /// Whether `at` on the line is a part of an address outside.
    fn is_theirs(&self, line: &[u8], at: usize) -> bool {
        let word = line[..at].iter().rposition(u8::is_ascii_whitespace).map_or(0, |i| i + 1);
        let head = &line[word..at];
        let url = memchr::memmem::rfind(head, b"://").map(|i| &head[i + 3..]);
        url.is_some_and(|url| {
            !self.words.is_org(url.split(|b| matches!(b, b'/' | b':')).next().unwrap_or_default())
        })
    }
}

impl Detector for Ticket {
    fn keywords(&self) -> Vec<(RuleIdx, String)> {
        let keys = self.words.keys.iter().filter(|key| key.len() >= 2);
        let keys = keys.map(|key| format!("{key}-").to_lowercase());
        let numbers = self.trackers.iter().flat_map(|tracker| keywords(*tracker));
        let pair = |word| self.ticket.map(|slot| (slot.rule, word));
        keys.chain(numbers).filter_map(pair).collect()
    }

    fn at(&self, view: &View<'_>, _: RuleIdx, at: Range<usize>, sink: &mut Sink) {
        if !self.key(view, &at, sink) && view.class != PathClass::Vendored {
            self.number(view, at.start, sink);
        }
    }
}
