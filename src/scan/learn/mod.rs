// SPDX-License-Identifier: MIT OR Apache-2.0
//! Learns the organisation's own words from what stands in the repository anyway: who wrote it,
//! what the messages say, and which names its files hold.
//!
//! Nothing here is certain. The words are shown with what speaks for them, and a reviewer keeps
//! or drops them; those with [`Word::keep`] count until somebody has answered.

mod called;
mod domains;
mod hosts;
mod inventory;
mod keys;
mod lists;
mod people;
mod survey;
mod trackers;

use std::collections::{BTreeMap, BTreeSet};

pub use survey::Survey;

use crate::domain::{Word, WordKind};

/// What is learned from.
#[derive(Debug, Default)]
pub struct Clues<'a> {
    /// Name and address of authors and committers.
    pub authors: &'a [(String, String)],
    /// Messages of commits.
    pub messages: &'a [String],
    /// The owner of the repository on its hosting site.
    pub owner: Option<&'a str>,
    /// The name of the repository.
    pub name: &'a str,
    /// The names in its files.
    pub survey: Survey,
}

/// What was learned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Learned {
    /// Words, each kind with the likeliest first.
    pub words: Vec<Word>,
    /// Authors' names, mail local parts and handles, lower case.
    pub people: Vec<String>,
}

/// Learns words and people.
#[must_use]
pub fn learn(clues: &Clues<'_>) -> Learned {
    let people = people::learn(clues.authors);
    let owner = clues.owner.map(str::to_lowercase);
    let tokens = name_tokens(owner.as_deref(), clues.name);
    let called = called::Called::new(&tokens, owner.as_deref());
    let mut words = domains::learn(&clues.survey, &people, &called);
    let suffixes = hosts::suffixes(&clues.survey);
    let kept: Vec<&str> = words.iter().filter(|w| w.keep).map(|w| w.text.as_str()).collect();
    let inner = hosts::learn(&clues.survey, &kept, &suffixes);
    let names = names(&tokens, &kept);
    words.extend(suffixes);
    words.extend(keys::learn(clues.messages, &clues.survey));
    words.extend(trackers::learn(clues.messages, &clues.survey));
    words.extend(hosts::tenants(&clues.survey));
    words.extend(owner.map(|text| word(WordKind::Owner, text, true, "owner of origin".into())));
    words.extend(names);
    words.extend(inner);
    Learned { words, people: people.names }
}

fn word(kind: WordKind, text: String, keep: bool, seen: String) -> Word {
    Word { kind, text, keep, seen, by: None, at: None }
}

/// The telling parts of the repository's name and of its owner's.
fn name_tokens(owner: Option<&str>, name: &str) -> BTreeSet<String> {
    let name = name.trim_end_matches(".git").to_lowercase();
    let parts = owner.unwrap_or_default().split(['-', '_', '.']);
    let parts = parts.chain(name.split(['-', '_', '.']));
    let own = parts.filter(|part| part.len() >= 3 && !lists::GENERIC.contains(part));
    own.filter(|part| part.chars().any(char::is_alphabetic)).map(str::to_owned).collect()
}

/// Names that stand in identifiers: what owner, repository and domain are called. Nobody is
/// asked to keep them unless they want to: they stand everywhere.
fn names(tokens: &BTreeSet<String>, domains: &[&str]) -> Vec<Word> {
    let called = "name of the repository or its owner";
    let mut seen: BTreeMap<String, String> =
        tokens.iter().map(|token| (token.clone(), called.into())).collect();
    for domain in domains {
        let label = psl::domain_str(domain).and_then(|own| own.split('.').next());
        if let Some(label) = label.filter(|l| l.len() >= 4 && !lists::GENERIC.contains(l)) {
            seen.entry(label.to_owned()).or_insert_with(|| format!("from {domain}"));
        }
    }
    seen.into_iter().map(|(text, why)| word(WordKind::Name, text, false, why)).collect()
}

/// `1 host`, `2 hosts`.
fn counted(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}
