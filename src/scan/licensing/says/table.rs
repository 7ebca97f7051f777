// SPDX-License-Identifier: MIT OR Apache-2.0
//! Finds the phrases that name a licence, and says what each says.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::phrases::{CREATIVE, CREATIVE_VERSIONS, GNU_NAMES, GNU_SHORT, PHRASES, VERSIONS};

/// What a phrase says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// The full name of a licence.
    Name(&'static str),
    /// A short name that means something else as often: it needs words around it.
    Short(&'static str),
    /// A GNU licence, whose version follows or stands in the name.
    Gnu(Gnu, Option<(&'static str, bool)>),
    /// A sentence that grants the licence by itself.
    Grant(&'static str),
    /// The address of a licence's text.
    Link(&'static str),
    /// An address below which the versions of GNU licences stand.
    GnuLink,
    /// An exception to the licence.
    Except(&'static str),
}

/// The families of GNU licences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gnu {
    Gpl,
    Lgpl,
    Agpl,
    Gfdl,
}

impl Gnu {
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Gpl => "GPL",
            Self::Lgpl => "LGPL",
            Self::Agpl => "AGPL",
            Self::Gfdl => "GFDL",
        }
    }

    /// Returns the version as SPDX spells it.
    pub(super) fn version(self, written: &str) -> Option<&'static str> {
        match (self, written) {
            (Self::Gpl, "1" | "1.0") | (Self::Agpl, "1" | "1.0") => Some("1.0"),
            (Self::Gpl | Self::Lgpl, "2" | "2.0") => Some("2.0"),
            (Self::Lgpl, "2.1") => Some("2.1"),
            (Self::Gpl | Self::Lgpl | Self::Agpl, "3" | "3.0") => Some("3.0"),
            (Self::Gfdl, "1.1") => Some("1.1"),
            (Self::Gfdl, "1.2") => Some("1.2"),
            (Self::Gfdl, "1.3") => Some("1.3"),
            _ => None,
        }
    }

    /// Returns the first version, which stands for "any" where none is named.
    pub(super) fn any(self) -> &'static str {
        match self {
            Self::Gpl => "1.0",
            Self::Lgpl => "2.0",
            Self::Agpl => "3.0",
            Self::Gfdl => "1.1",
        }
    }
}

use Says::{Link, Name};

/// All phrases, ready to be looked for.
pub(super) struct Table {
    automaton: AhoCorasick,
    says: Vec<Says>,
}

impl Table {
    /// Returns the table; nothing if it could not be made.
    pub(super) fn get() -> Option<&'static Self> {
        static TABLE: OnceLock<Option<Table>> = OnceLock::new();
        TABLE.get_or_init(Self::new).as_ref()
    }

    fn new() -> Option<Self> {
        let mut phrases: Vec<String> = Vec::new();
        let mut says = Vec::new();
        let mut add = |phrase: &str, what: Says| {
            phrases.push(format!(" {phrase} "));
            says.push(what);
        };
        for (phrase, what) in PHRASES {
            add(phrase, *what);
        }
        for (name, gnu) in GNU_NAMES {
            add(name, Says::Gnu(*gnu, None));
        }
        add("gnu org licenses", Says::GnuLink);
        add("gnu org copyleft", Says::GnuLink);
        for (short, gnu) in GNU_SHORT {
            add(short, Says::Gnu(*gnu, None));
            add(&format!("gnu {short}"), Says::Gnu(*gnu, None));
            for version in VERSIONS {
                let Some(id) = gnu.version(version) else { continue };
                for between in ["", "v"] {
                    add(&format!("{short}{between}{version}"), Says::Gnu(*gnu, Some((id, false))));
                    add(&format!("{short}{between}{version}+"), Says::Gnu(*gnu, Some((id, true))));
                }
            }
        }
        for (words, parts) in CREATIVE {
            for version in CREATIVE_VERSIONS {
                let id: &'static str = creative(parts, version)?;
                add(&format!("creativecommons org licenses {words} {version}"), Link(id));
                add(&format!("creative commons {words} {version}"), Name(id));
                add(&format!("{words} {version} international"), Name(id));
                if words.starts_with("by") {
                    add(&format!("cc {words} {version}"), Name(id));
                }
            }
        }
        let automaton =
            AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&phrases);
        Some(Self { automaton: automaton.ok()?, says })
    }

    /// Returns the phrases in `row` from left to right, each with where it begins and ends.
    pub(super) fn find(&self, row: &str) -> Vec<(usize, usize, Says)> {
        let mut out = Vec::new();
        let mut from = 0;
        while let Some(found) =
            self.automaton.find(aho_corasick::Input::new(row).span(from..row.len()))
        {
            out.push((found.start() + 1, found.end() - 1, self.says[found.pattern().as_usize()]));
            // The blank behind a phrase is also the one before the next.
            from = found.end() - 1;
        }
        out
    }
}

/// Returns the id of a Creative Commons licence as the SPDX list has it.
fn creative(parts: &str, version: &str) -> Option<&'static str> {
    super::spell::official(&format!("CC-{parts}-{version}"))
}

#[cfg(test)]
mod tests {
    use super::{GNU_SHORT, PHRASES, Says, VERSIONS};

    #[test]
    fn every_id_is_one_of_spdx() {
        let stand_ins = ["Apache", "BSD", "BSD-style", "MPL", "EPL", "CDDL"];
        for (phrase, says) in PHRASES {
            let (Says::Name(id) | Says::Short(id) | Says::Grant(id) | Says::Link(id)) = says else {
                continue;
            };
            let known = stand_ins.contains(id) || spdx::Expression::parse(id).is_ok();
            assert!(known, "{phrase}: {id}");
            assert!(
                phrase
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b" .".contains(&b)),
                "{phrase}"
            );
        }
        for (_, says) in PHRASES {
            if let Says::Except(id) = says {
                assert!(spdx::exception_id(id).is_some(), "{id}");
            }
        }
        for (_, gnu) in GNU_SHORT {
            for version in VERSIONS.iter().filter_map(|written| gnu.version(written)) {
                let id = format!("{}-{version}-or-later", gnu.id());
                assert!(spdx::license_id(&id).is_some(), "{id}");
            }
        }
    }
}
