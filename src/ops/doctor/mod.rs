// SPDX-License-Identifier: MIT OR Apache-2.0
//! Looks at everything that a review needs, one by one, and says what to do where it is wrong.
//!
//! Nothing is changed and nothing is decided.

mod files;
mod repository;

use super::Options;
use crate::repo::Source;

/// How something that was looked at is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Health {
    /// As it should be.
    Ok,
    /// Something should be mended; a review is possible all the same.
    Mend,
    /// A review can't judge anything, or not the whole.
    Broken,
}

impl Health {
    /// Returns the word used in text and JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Mend => "mend",
            Self::Broken => "broken",
        }
    }
}

/// What was looked at and how it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What was looked at.
    pub name: &'static str,
    /// How it is.
    pub health: Health,
    /// What was seen.
    pub says: String,
    /// What to do, where there is something.
    pub to_do: Option<String>,
}

impl Check {
    /// Something that is as it should be.
    #[must_use]
    pub fn ok(name: &'static str, says: impl Into<String>) -> Self {
        Self { name, health: Health::Ok, says: says.into(), to_do: None }
    }

    /// Something that should be mended.
    #[must_use]
    pub fn mend(name: &'static str, says: impl Into<String>, to_do: impl Into<String>) -> Self {
        Self { name, health: Health::Mend, says: says.into(), to_do: Some(to_do.into()) }
    }

    /// Something that keeps a review from judging.
    #[must_use]
    pub fn broken(name: &'static str, says: impl Into<String>, to_do: impl Into<String>) -> Self {
        Self { health: Health::Broken, ..Self::mend(name, says, to_do) }
    }
}

/// Looks at the repository, the files of the review, the reviewer and the cache.
#[must_use]
pub fn examine(options: &Options) -> Vec<Check> {
    let mut out = Vec::new();
    if let Some(source) = repository::open(options, &mut out) {
        repository::examine(&source, &mut out);
        files::examine(options, &source, &mut out);
        out.push(reviewer(options, &source));
    }
    out.push(cache(options));
    out
}

fn reviewer(options: &Options, source: &Source) -> Check {
    match options.reviewer.clone().or_else(|| source.user_email()) {
        Some(who) => Check::ok("reviewer", who),
        None => Check::mend(
            "reviewer",
            format!("not known: decisions would be signed {:?}", options.login),
            "git config user.email NAME@DOMAIN, or pass --reviewer",
        ),
    }
}

fn cache(options: &Options) -> Check {
    let Some(cache) = &options.cache else { return Check::ok("cache", "not used (--no-cache)") };
    match cache.probe() {
        Ok(()) => Check::ok("cache", cache.folder().display().to_string()),
        Err(error) => Check::mend(
            "cache",
            error.to_string(),
            "make the folder writable, or set XDG_CACHE_HOME; without it every scan begins anew",
        ),
    }
}
