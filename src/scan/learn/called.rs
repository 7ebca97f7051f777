// SPDX-License-Identifier: MIT OR Apache-2.0
//! Whether a domain is called like the repository or its owner.

use std::collections::BTreeSet;

use super::name_tokens;

/// A name of so many letters may be a part of a longer one.
pub(super) const LONG_NAME: usize = 5;

/// What the repository and its owner are called.
pub(super) struct Called {
    /// The telling parts of both names, and the owner's in one word.
    tokens: BTreeSet<String>,
    /// The owner's name in one word, and the part that tells, if it is only one.
    owner: BTreeSet<String>,
}

impl Called {
    /// Takes the names apart; `tokens` are the telling parts of both.
    pub(super) fn new(tokens: &BTreeSet<String>, owner: Option<&str>) -> Self {
        let joined = owner.map(plain).filter(|name| name.len() >= 4);
        let telling = name_tokens(owner, "");
        let mut own: BTreeSet<String> = joined.iter().cloned().collect();
        if telling.len() == 1 {
            own.extend(telling);
        }
        Self { tokens: tokens.iter().cloned().chain(joined).collect(), owner: own }
    }

    /// Whether it is called like one of them: `getzeppelin.com` by `zeppelin`, `works.io` by
    /// `worksio`.
    pub(super) fn by_any(&self, domain: &str) -> bool {
        if is_shared(domain) {
            return false;
        }
        let [_, plain, _] = spellings(domain);
        let within = |token: &String| token.len() >= LONG_NAME && plain.contains(token.as_str());
        self.exactly(domain) || self.tokens.iter().any(within)
    }

    /// Whether it has the very name of one of them.
    pub(super) fn exactly(&self, domain: &str) -> bool {
        let names = spellings(domain);
        !is_shared(domain) && names.iter().any(|name| self.tokens.contains(name))
    }

    /// Whether it has the owner's name, or begins with it: `works-ci.org` by `works-infra`.
    pub(super) fn by_owner(&self, domain: &str) -> bool {
        let names = spellings(domain);
        let begins = |own: &String| own.len() >= LONG_NAME && names[0].starts_with(own.as_str());
        !is_shared(domain) && self.owner.iter().any(|own| names.contains(own) || begins(own))
    }
}

/// Whether everybody may have a domain below it.
fn is_shared(domain: &str) -> bool {
    let shared = psl::suffix(domain.as_bytes()).and_then(|suffix| suffix.typ());
    shared == Some(psl::Type::Private)
}

/// The first label as it is and without its dashes, and the whole domain in one word.
fn spellings(domain: &str) -> [String; 3] {
    let own = psl::domain_str(domain).unwrap_or(domain);
    let label = own.split('.').next().unwrap_or_default();
    [label.to_owned(), plain(label), plain(own.strip_prefix("www.").unwrap_or(own))]
}

fn plain(text: &str) -> String {
    text.replace(['-', '.', '_'], "")
}
