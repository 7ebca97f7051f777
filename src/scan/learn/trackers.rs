// SPDX-License-Identifier: MIT OR Apache-2.0
//! Trackers whose tickets are numbers: one counts once the subjects of commits use it often.

use super::{counted, word};
use crate::{
    domain::{Tracker, Word, WordKind},
    scan::trackers::number_at,
};

/// So many commits must name a ticket of a tracker.
const LEAST_MESSAGES: usize = 5;

/// Learns the trackers that subjects and trailers of `messages` use.
pub(super) fn learn(messages: &[String]) -> Vec<Word> {
    let counts = Tracker::ALL.map(|tracker| {
        let uses = |message: &&String| {
            message
                .lines()
                .enumerate()
                .any(|(no, line)| (no == 0 || is_trailer(line)) && names(line.as_bytes(), tracker))
        };
        (tracker, messages.iter().filter(uses).count())
    });
    let enough = counts.into_iter().filter(|(_, count)| *count >= LEAST_MESSAGES);
    let told = |count: usize| format!("{} of commits", counted(count, "message"));
    enough
        .map(|(tracker, count)| {
            word(WordKind::Tracker, tracker.name().to_owned(), true, told(count))
        })
        .collect()
}

/// Whether the line is `Bug: T123` and the like.
fn is_trailer(line: &str) -> bool {
    let Some((key, _)) = line.split_once(": ") else { return false };
    ["Bug", "Bugs", "Task", "Ticket", "Issue", "Closes", "Fixes", "Refs"].contains(&key)
}

fn names(line: &[u8], tracker: Tracker) -> bool {
    (0..line.len()).any(|at| number_at(line, at, tracker).is_some())
}
