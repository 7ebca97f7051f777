// SPDX-License-Identifier: MIT OR Apache-2.0
//! Ticket keys: any word with a number looks like one, so only what is used often counts.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashSet},
};

use super::{Survey, counted, lists::NO_TICKETS, word};
use crate::domain::{Word, WordKind};

/// A ticket key needs so many messages, with at least two numbers among them.
const LEAST_MESSAGES: usize = 3;
/// With fewer messages than that, what stands in comments counts too.
pub(super) const HISTORY: usize = 20;
/// Then a key needs so many different numbers …
const LEAST_NUMBERS: usize = 3;
/// … which are not small: `FOO-1` to `FOO-9` count parts of anything.
const LEAST_NUMBER: usize = 100;

/// Learns the keys that messages use; without a history, those in comments.
pub(super) fn learn(messages: &[String], survey: &Survey) -> Vec<Word> {
    let mut found = in_messages(messages);
    if messages.len() < HISTORY {
        for (key, numbers) in &survey.tickets {
            let numbers: HashSet<&String> = numbers
                .iter()
                .filter(|n| n.parse().is_ok_and(|n: usize| n >= LEAST_NUMBER))
                .collect();
            let known = found.iter().any(|(_, known, _)| known == key);
            if !known && numbers.len() >= LEAST_NUMBERS && !is_standard(key) {
                let seen = format!("{} in comments", counted(numbers.len(), "number"));
                found.push((numbers.len(), key.clone(), seen));
            }
        }
    }
    found.sort_by(|a, b| (Reverse(a.0), &a.1).cmp(&(Reverse(b.0), &b.1)));
    found.into_iter().map(|(_, key, seen)| word(WordKind::TicketKey, key, true, seen)).collect()
}

fn in_messages(messages: &[String]) -> Vec<(usize, String, String)> {
    let mut keys: BTreeMap<&str, (usize, HashSet<&str>)> = BTreeMap::new();
    for message in messages {
        let mut in_message: HashSet<&str> = HashSet::new();
        let joined = |c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_');
        for word in message.split(joined) {
            let Some((key, number)) = ticket(word) else { continue };
            let entry = keys.entry(key).or_default();
            entry.0 += usize::from(in_message.insert(key));
            entry.1.insert(number);
        }
    }
    let enough = |(count, numbers): &(usize, HashSet<&str>)| {
        // No tracker pads its numbers; lists of decisions and findings do.
        let padded = numbers.iter().any(|number| number.starts_with('0'));
        *count >= LEAST_MESSAGES && numbers.len() >= 2 && !padded
    };
    let kept = keys.into_iter().filter(|(key, seen)| enough(seen) && !is_standard(key));
    let told = |count: usize| format!("{} of commits", counted(count, "message"));
    kept.map(|(key, (count, _))| (count, key.to_owned(), told(count))).collect()
}

fn is_standard(key: &str) -> bool {
    NO_TICKETS.contains(key)
}

/// Takes `KEY-123` apart; more may follow a dash, as in a branch name.
fn ticket(word: &str) -> Option<(&str, &str)> {
    let (key, rest) = word.split_once('-')?;
    let number = rest.split(['-', '_']).next()?;
    let upper = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    let fits = (2..=12).contains(&key.len())
        && key.starts_with(|c: char| c.is_ascii_uppercase())
        && key.chars().all(upper)
        && (1..=7).contains(&number.len())
        && number.chars().all(|c| c.is_ascii_digit());
    fits.then_some((key, number))
}
