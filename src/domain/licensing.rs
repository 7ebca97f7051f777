// SPDX-License-Identifier: MIT OR Apache-2.0
//! What is decided once about licences, and what is known of the licence of one file.

use std::sync::Arc;

use super::RepoPath;

/// Which source files must state their licence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Headers {
    /// None.
    Off,
    /// Those that came after the policy was written down.
    New,
    /// All.
    All,
}

impl Headers {
    /// All choices, with the words that the policy uses.
    pub const ALL: [(&'static str, Self); 3] =
        [("off", Self::Off), ("new", Self::New), ("all", Self::All)];
}

/// The part of the policy that is about licences. The default is that nobody has answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Licensing {
    /// The SPDX expression under which the release is to be published.
    pub outbound: Option<Arc<str>>,
    /// Names and domains of the copyright holders who publish it.
    pub owners: Vec<Arc<str>>,
    /// Which source files must state their licence; as most of them do if nobody has said.
    pub headers: Option<Headers>,
    /// Whether REUSE 3.3 has to hold; where its files are there if nobody has said.
    pub reuse: Option<bool>,
    /// Globs of paths that hold other people's work.
    pub third_party: Vec<String>,
    /// SPDX ids under which other people's work and dependencies are accepted.
    pub accepted: Vec<Arc<str>>,
}

/// How the licence of a file is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum How {
    /// The full text of a licence stands in it.
    Text,
    /// An `SPDX-License-Identifier` tag.
    Tag,
    /// A notice such as the "How to apply" ones of licence texts.
    Notice,
    /// A licence is only named, or linked to.
    Reference,
    /// The field of a package manifest.
    Manifest,
    /// The banner of a minified file: `/*! … */`, `@license`.
    Banner,
    /// What a font, an image or an archive says in its own fields.
    Metadata,
    /// A `.license` file beside it (REUSE 3.3).
    Sidecar,
    /// An annotation in `REUSE.toml` or `.reuse/dep5`.
    Reuse,
    /// Nothing says it.
    Nothing,
}

impl How {
    /// Returns the word for it in outputs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Tag => "tag",
            Self::Notice => "notice",
            Self::Reference => "reference",
            Self::Manifest => "manifest",
            Self::Banner => "banner",
            Self::Metadata => "metadata",
            Self::Sidecar => "sidecar",
            Self::Reuse => "reuse",
            Self::Nothing => "none",
        }
    }
}

/// What is known of the licence of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LicenceFact {
    /// The file.
    pub path: RepoPath,
    /// An SPDX expression; `LicenseRef-altered-ID` where the text of ID was changed; `NONE`.
    pub licence: Arc<str>,
    /// How it is known.
    pub how: How,
    /// The line that says it, counted from 1.
    pub line: Option<u32>,
    /// The copyright holders that it names, as they are written, each once.
    pub holders: Vec<Arc<str>>,
}
