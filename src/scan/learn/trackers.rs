// SPDX-License-Identifier: MIT OR Apache-2.0
//! Trackers whose tickets are numbers: one counts once the subjects of commits use it often.

use std::collections::BTreeSet;

use memchr::memmem;

use super::{Survey, counted, word};
use crate::{
    domain::{Tracker, Word, WordKind},
    scan::trackers::number_at,
};

/// So many commits must name a ticket of a tracker …
const LEAST_MESSAGES: usize = 5;
/// … or the files so many of Request Tracker, which nothing else is called.
const LEAST_REQUESTS: usize = 3;
/// More numbers say no more.
const MOST_REQUESTS: usize = 50;

/// Learns the trackers that subjects and trailers of `messages` use, and the files.
pub(super) fn learn(messages: &[String], survey: &Survey) -> Vec<Word> {
    let mut counts = Tracker::ALL.map(|tracker| (tracker, 0_usize));
    for message in messages {
        let named = named(message);
        for (tracker, count) in &mut counts {
            *count += usize::from(named.contains(tracker));
        }
    }
    let requests = survey.requests.len();
    let seen = counts.into_iter().filter_map(|(tracker, count)| {
        if count >= LEAST_MESSAGES {
            Some((tracker, format!("{} of commits", counted(count, "message"))))
        } else if tracker == Tracker::Rt && requests >= LEAST_REQUESTS {
            Some((tracker, format!("{} in files", counted(requests, "number"))))
        } else {
            None
        }
    });
    seen.map(|(tracker, why)| word(WordKind::Tracker, tracker.name().to_owned(), true, why))
        .collect()
}

/// The trackers of which subject or trailers name a ticket.
fn named(message: &str) -> BTreeSet<Tracker> {
    let lines = message.lines().enumerate().filter(|(no, line)| *no == 0 || is_trailer(line));
    let mut out = BTreeSet::new();
    for (_, line) in lines {
        let line = line.as_bytes();
        let digits = |at: &usize| line[*at..].iter().any(u8::is_ascii_digit);
        for at in (0..line.len()).filter(|at| b"TtBbRr[".contains(&line[*at])).filter(digits) {
            let found = |tracker: &Tracker| number_at(line, at, *tracker).is_some();
            out.extend(Tracker::ALL.into_iter().filter(found));
        }
    }
    out
}

/// Whether the line is `Bug: T123` and the like.
fn is_trailer(line: &str) -> bool {
    let Some((key, _)) = line.split_once(": ") else { return false };
    ["Bug", "Bugs", "Task", "Ticket", "Issue", "Closes", "Fixes", "Refs"].contains(&key)
}

/// Takes in the numbers of Request Tracker that stand in a file.
pub(super) fn requests(text: &[u8], out: &mut BTreeSet<Box<[u8]>>) {
    for head in ["RT #", "RT ", "rt #", "rt "] {
        for at in memmem::find_iter(text, head) {
            let found = number_at(text, at, Tracker::Rt).filter(|span| span.len() >= 7);
            if let Some(span) = found.filter(|_| out.len() < MOST_REQUESTS) {
                out.insert(text[span].into());
            }
        }
    }
}
