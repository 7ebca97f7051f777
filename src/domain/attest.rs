// SPDX-License-Identifier: MIT OR Apache-2.0
//! Attestations: what a release needs that no program can decide.

use std::sync::Arc;

/// What a person says about an item of the release checklist. The absence of one means open.
///
/// The order is the order of strictness: where reviewers differ, the greatest is shown first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Answer {
    /// The item does not concern this repository; needs a note that says why.
    NotApplicable,
    /// It is so.
    Yes,
    /// It is not so, and the release waits for it.
    No,
}

impl Answer {
    /// All answers in the order of their keys.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::NotApplicable];

    /// Returns the word used in files and JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::NotApplicable => "not-applicable",
            Self::Yes => "yes",
            Self::No => "no",
        }
    }

    /// Returns the word shown on the screen, where there is little room.
    #[must_use]
    pub fn short(self) -> &'static str {
        match self {
            Self::NotApplicable => "n/a",
            Self::Yes => "yes",
            Self::No => "no",
        }
    }
}

/// What a program can say about an item, to help the person who answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detector {
    /// People outside of the organisation among the authors.
    Authors,
    /// Files that use cryptography.
    Cryptography,
    /// Files that send usage data somewhere.
    Telemetry,
    /// Files that are no text.
    Binaries,
    /// How much of the history was scanned.
    History,
    /// Which redacted credentials were rotated.
    Rotation,
    /// What rules with ids of this pattern found.
    Rules(String),
    /// Files whose paths fit this pattern.
    Files(String),
    /// Whether files of these names are there, whatever their extension; of names with `|`
    /// between them one is enough.
    Present(Vec<String>),
}

/// One item of the release checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Stable name, which answers are filed under.
    pub id: Arc<str>,
    /// Index of its section.
    pub section: usize,
    /// A few words.
    pub title: String,
    /// What to check.
    pub text: String,
    /// Whether the sign-off waits for an answer.
    pub required: bool,
    /// Which checklists ask it.
    pub source: String,
    /// What a program can say about it.
    pub hints: Vec<Detector>,
}

/// The items of a release checklist, in sections.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    /// Titles of the sections.
    pub sections: Vec<String>,
    /// The items, section by section.
    pub items: Vec<Item>,
    /// Where it comes from, if it is not the one built in.
    pub file: Option<String>,
    /// SHA-256 of its text, in hexadecimal.
    pub sha256: String,
}

impl Template {
    /// Returns the item called `id`.
    #[must_use]
    pub fn item(&self, id: &str) -> Option<&Item> {
        self.items.iter().find(|item| &*item.id == id)
    }

    /// Returns the title of the section of `item`.
    #[must_use]
    pub fn section_of(&self, item: &Item) -> &str {
        self.sections.get(item.section).map_or("", String::as_str)
    }
}
