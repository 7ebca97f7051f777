// SPDX-License-Identifier: MIT OR Apache-2.0
//! The vocabulary, shaped for quick questions.

use std::{
    cell::RefCell,
    collections::{BTreeMap, HashSet},
};

use crate::domain::{Vocabulary, WordKind};

/// Words too common to be somebody's name in a path or a TODO.
const NO_PERSON: &[&str] = &[
    "admin",
    "ansible",
    "app",
    "build",
    "circleci",
    "default",
    "deploy",
    "developer",
    "docker",
    "git",
    "github",
    "gitlab",
    "guest",
    "home",
    "info",
    "jenkins",
    "jovyan",
    "mail",
    "none",
    "postgres",
    "public",
    "root",
    "runner",
    "service",
    "shared",
    "src",
    "support",
    "test",
    "the",
    "ubuntu",
    "user",
    "username",
    "vagrant",
    "work",
    "www",
    "you",
    "zuul",
];

/// The organisation's own words, lower case but the ticket keys.
pub(super) struct Words {
    pub(super) domains: Vec<String>,
    pub(super) keys: Vec<String>,
    pub(super) owners: Vec<String>,
    /// Private top-level domains, each with its dot.
    pub(super) suffixes: Vec<String>,
    /// First labels of numbered hosts, each digit written `#`.
    pub(super) fleets: Vec<String>,
    pub(super) sites: Vec<String>,
    pub(super) names: Vec<String>,
    pub(super) code_names: Vec<String>,
    people: HashSet<String>,
}

thread_local! {
    /// The names that this thread was asked for, while somebody listens.
    static ASKED: RefCell<Option<Answers>> = const { RefCell::new(None) };
}

/// Names, and whether they are those of people who wrote the repository.
pub type Answers = BTreeMap<String, bool>;

/// Returns also what is asked about people while `work` runs on this thread: as long as the
/// answers stay the same, its result does not depend on who wrote the repository.
pub fn overhear<R>(work: impl FnOnce() -> R) -> (R, Answers) {
    ASKED.set(Some(Answers::new()));
    let result = work();
    (result, ASKED.take().unwrap_or_default())
}

/// Returns the name under which the use of a word is heard of.
#[must_use]
pub fn question(kind: WordKind, word: &str) -> String {
    format!("{kind}:{word}")
}

/// Returns all questions about words to which the answer is yes.
#[must_use]
pub fn words_of(vocabulary: &Vocabulary) -> Vec<(WordKind, String)> {
    let of = |kind: WordKind| {
        let words = vocabulary.of(kind).iter();
        words.map(move |word| (kind, word.clone()))
    };
    WordKind::ALL.into_iter().flat_map(of).collect()
}

/// Returns all names to which the answer is yes.
#[must_use]
pub fn people_of(vocabulary: &Vocabulary) -> Vec<String> {
    let words = Words::new(vocabulary);
    words.people.into_iter().filter(|name| !NO_PERSON.contains(&name.as_str())).collect()
}

impl Words {
    pub(super) fn new(vocabulary: &Vocabulary) -> Self {
        let lower = |words: &[String], least: usize| -> Vec<String> {
            let words = words.iter().map(|word| word.trim().to_ascii_lowercase());
            words.filter(|word| word.len() >= least).collect()
        };
        let mut domains = lower(&vocabulary.domains, 4);
        domains.iter_mut().for_each(|domain| {
            *domain = domain.trim_matches(|c| c == '.' || c == '*').to_owned();
        });
        domains.retain(|domain| domain.contains('.'));
        Self {
            domains,
            keys: vocabulary.ticket_keys.iter().map(|key| key.trim().to_owned()).collect(),
            owners: lower(&vocabulary.owners, 2),
            suffixes: vocabulary.suffixes.iter().map(|word| format!(".{word}")).collect(),
            fleets: lower(&vocabulary.fleets, 3),
            sites: lower(&vocabulary.sites, 3),
            names: lower(&vocabulary.names, 3),
            code_names: lower(&vocabulary.code_names, 3),
            people: lower(&vocabulary.people, 3).into_iter().collect(),
        }
    }

    /// Notes that what is found rests on this word: without it, it may not be found again.
    pub(super) fn rests_on(&self, kind: WordKind, word: &[u8]) {
        ASKED.with_borrow_mut(|asked| {
            let Some(asked) = asked else { return };
            let word = String::from_utf8_lossy(word);
            let word = if kind == WordKind::TicketKey { word.into() } else { word.to_lowercase() };
            asked.insert(question(kind, &word), true);
        });
    }

    /// Whether `owner` owns the repository.
    pub(super) fn is_owner(&self, owner: &str) -> bool {
        let ours = self.owners.iter().any(|known| known == owner);
        if ours {
            self.rests_on(WordKind::Owner, owner.as_bytes());
        }
        ours
    }

    /// Whether a domain of the organisation is called like `owner`.
    pub(super) fn is_called(&self, owner: &str) -> bool {
        let named =
            |domain: &&String| domain.strip_prefix(owner).is_some_and(|rest| rest.starts_with('.'));
        let own = self.domains.iter().find(named);
        own.inspect(|own| self.rests_on(WordKind::Domain, own.as_bytes())).is_some()
    }

    /// Whether `name` is one of the people who wrote the repository.
    pub(super) fn is_person(&self, name: &[u8]) -> bool {
        let name = String::from_utf8_lossy(name).to_ascii_lowercase();
        let answer = self.people.contains(&name) && !NO_PERSON.contains(&name.as_str());
        ASKED.with_borrow_mut(|asked| asked.as_mut().map(|asked| asked.insert(name, answer)));
        answer
    }

    /// Whether `host` is a domain of the organisation or lies below one.
    pub(super) fn is_org(&self, host: &[u8]) -> bool {
        let host = host.to_ascii_lowercase();
        let own = self.domains.iter().find(|domain| {
            host.strip_suffix(domain.as_bytes())
                .is_some_and(|rest| rest.is_empty() || rest.ends_with(b"."))
        });
        own.inspect(|own| self.rests_on(WordKind::Domain, own.as_bytes())).is_some()
    }

    /// Whether a domain of the organisation stands somewhere in `lower`.
    pub(super) fn names_org(&self, lower: &[u8]) -> bool {
        let stands = |domain: &&String| memchr::memmem::find(lower, domain.as_bytes()).is_some();
        let own = self.domains.iter().find(stands);
        own.inspect(|own| self.rests_on(WordKind::Domain, own.as_bytes())).is_some()
    }
}
