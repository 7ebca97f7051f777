// SPDX-License-Identifier: MIT OR Apache-2.0
//! What is decided once about licences, and what is known of the licence of one file.

use std::sync::Arc;

use super::{FileKind, PathClass, RepoPath};

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
    /// Which source files must state their licence; none if nobody has said.
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

impl LicenceFact {
    /// Returns whether nobody would expect the file to be without a licence of its own.
    #[must_use]
    pub fn ought_to_say(&self) -> bool {
        matches!(FileKind::of(&self.path), FileKind::Code | FileKind::Shell)
            && PathClass::of(&self.path) == PathClass::Normal
    }
}

impl Licensing {
    /// The fields, in the order in which they are asked for.
    pub const FIELDS: [&'static str; 6] =
        ["outbound", "owners", "headers", "reuse", "third_party", "accepted"];

    /// Returns the answer of a field as a person types it; nothing if there is none.
    #[must_use]
    pub fn answer(&self, field: &str) -> Option<String> {
        let joined = |all: &[Arc<str>]| {
            let all: Vec<&str> = all.iter().map(|one| &**one).collect();
            (!all.is_empty()).then(|| all.join(", "))
        };
        match field {
            "outbound" => self.outbound.as_deref().map(str::to_owned),
            "owners" => joined(&self.owners),
            "headers" => {
                let word = Headers::ALL.iter().find(|(_, one)| Some(*one) == self.headers);
                word.map(|(word, _)| (*word).to_owned())
            }
            "reuse" => self.reuse.map(|reuse| reuse.to_string()),
            "third_party" => (!self.third_party.is_empty()).then(|| self.third_party.join(", ")),
            _ => joined(&self.accepted),
        }
    }

    /// Answers a field as a person types it, with commas between the members of a list. An empty
    /// text takes the answer away.
    ///
    /// # Errors
    /// When it is no answer to this field; says what is wanted.
    pub fn set(&mut self, field: &str, text: &str) -> Result<(), &'static str> {
        let text = text.trim();
        if text.chars().any(char::is_control) {
            return Err("one line without control characters");
        }
        let parts = || text.split(',').map(str::trim).filter(|part| !part.is_empty());
        match field {
            "outbound" => self.outbound = (!text.is_empty()).then(|| text.into()),
            "owners" => self.owners = owners(text),
            "headers" => {
                let word = Headers::ALL.iter().find(|(word, _)| *word == text);
                self.headers = match word {
                    Some((_, headers)) => Some(*headers),
                    None if text.is_empty() => None,
                    None => return Err("off, new or all"),
                };
            }
            "reuse" => {
                self.reuse = match text {
                    "" => None,
                    "true" | "yes" => Some(true),
                    "false" | "no" => Some(false),
                    _ => return Err("true or false"),
                };
            }
            "third_party" => self.third_party = parts().map(str::to_owned).collect(),
            _ => self.accepted = parts().map(Into::into).collect(),
        }
        Ok(())
    }
}

/// Parts a list of holders. The comma before a legal form is a part of the name.
fn owners(text: &str) -> Vec<Arc<str>> {
    const FORMS: [&str; 8] = ["inc", "llc", "ltd", "gmbh", "corp", "co", "limited", "incorporated"];
    let mut out: Vec<String> = Vec::new();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let form = part.trim_end_matches('.').to_ascii_lowercase();
        match out.last_mut().filter(|_| FORMS.contains(&form.as_str())) {
            Some(name) => *name = format!("{name}, {part}"),
            None => out.push(part.to_owned()),
        }
    }
    out.into_iter().map(Into::into).collect()
}

#[cfg(test)]
mod tests {
    use super::{Headers, Licensing};

    #[test]
    fn answers_read_as_they_are_typed() {
        let mut licensing = Licensing::default();
        let typed = [
            ("outbound", "MIT OR Apache-2.0"),
            ("owners", "Acme, Inc., example.com"),
            ("headers", "all"),
            ("reuse", "true"),
            ("third_party", "vendor/**, libs/*"),
            ("accepted", "MIT, ISC"),
        ];
        assert_eq!(typed.map(|(field, _)| field), Licensing::FIELDS);
        for (field, text) in typed {
            licensing.set(field, text).expect(field);
            assert_eq!(licensing.answer(field).as_deref(), Some(text));
        }
        assert_eq!(licensing.owners.len(), 2);
        assert_eq!(licensing.headers, Some(Headers::All));
        assert!(licensing.set("headers", "some").is_err() && licensing.set("reuse", "1").is_err());
        assert!(licensing.set("outbound", "MIT\u{1b}[2J").is_err());
        for field in Licensing::FIELDS {
            licensing.set(field, "").expect(field);
        }
        assert_eq!(licensing, Licensing::default());
    }
}
