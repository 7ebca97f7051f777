// SPDX-License-Identifier: MIT OR Apache-2.0
//! What kind of licence one is, by a table of our own: see `assets/licences/categories.toml`.

use std::{collections::HashMap, sync::OnceLock};

const TABLE: &str = include_str!("../../../../assets/licences/categories.toml");

/// Kinds of licence, from the least demand to the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LicenceKind {
    /// No rights are kept.
    PublicDomain,
    /// Little more than the notice is asked for.
    Permissive,
    /// The same terms for its own files, or for the library.
    WeakCopyleft,
    /// The same terms for the whole work.
    StrongCopyleft,
    /// The same, also where the work is only used over a network.
    NetworkCopyleft,
    /// Made for fonts.
    Font,
    /// Made for texts and pictures.
    Documentation,
    /// Made for data.
    Data,
    /// Not open: limits how it may be used, or against whom one may compete.
    SourceAvailable,
    /// Not open: no use for money.
    NonCommercial,
    /// Not open: no changed copies.
    NoDerivatives,
    /// Not open: forbids fields of use, persons or behaviour.
    Restricted,
}

impl LicenceKind {
    /// All kinds, with their words.
    pub const ALL: [(&'static str, Self); 12] = [
        ("public-domain", Self::PublicDomain),
        ("permissive", Self::Permissive),
        ("weak-copyleft", Self::WeakCopyleft),
        ("strong-copyleft", Self::StrongCopyleft),
        ("network-copyleft", Self::NetworkCopyleft),
        ("font", Self::Font),
        ("documentation", Self::Documentation),
        ("data", Self::Data),
        ("source-available", Self::SourceAvailable),
        ("non-commercial", Self::NonCommercial),
        ("no-derivatives", Self::NoDerivatives),
        ("restricted", Self::Restricted),
    ];

    /// Returns the kind of the licence with this id, whatever its case; nothing for one that
    /// nobody has put into the table.
    #[must_use]
    pub fn of(id: &str) -> Option<Self> {
        let id = bare(id).to_ascii_lowercase();
        let table = table();
        let known = |id: &str| table.get(id).copied();
        let versionless = || id.rsplit_once('-').and_then(|(stem, _)| known(stem));
        known(&id).or_else(|| id.strip_suffix('+').and_then(known)).or_else(versionless)
    }

    /// Returns the word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(word, _)| word)
    }

    /// Returns whether a work under it is open source.
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(
            self,
            Self::SourceAvailable | Self::NonCommercial | Self::NoDerivatives | Self::Restricted
        )
    }
}

/// Returns whether a licence lets anyone use, change and pass on the work. One that nobody knows
/// is not called closed: that is another question.
#[must_use]
pub fn is_open(id: &str) -> bool {
    LicenceKind::of(id).is_none_or(LicenceKind::is_open)
}

/// Takes off what says that a text is of the family but not the thing itself.
pub(super) fn bare(id: &str) -> &str {
    let id = id.strip_prefix("LicenseRef-altered-").unwrap_or(id);
    id.strip_prefix("LicenseRef-scancode-").or(id.strip_prefix("LicenseRef-")).unwrap_or(id)
}

fn table() -> &'static HashMap<String, LicenceKind> {
    static PARSED: OnceLock<HashMap<String, LicenceKind>> = OnceLock::new();
    PARSED.get_or_init(|| {
        let lists: HashMap<String, Vec<String>> = toml::from_str(TABLE).unwrap_or_default();
        let kind = |word: &str| LicenceKind::ALL.iter().find(|(known, _)| *known == word);
        let mut out = HashMap::new();
        for (word, ids) in &lists {
            let Some((_, kind)) = kind(word) else { continue };
            out.extend(ids.iter().map(|id| (id.to_ascii_lowercase(), *kind)));
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::{LicenceKind, TABLE, is_open, table};

    #[test]
    fn the_table_covers_the_licence_list_once() {
        let lists: std::collections::BTreeMap<String, Vec<String>> =
            toml::from_str(TABLE).expect("the table");
        assert_eq!(lists.len(), LicenceKind::ALL.len());
        assert_eq!(lists.values().map(Vec::len).sum::<usize>(), table().len(), "one kind each");
        for licence in spdx::identifiers::LICENSES.iter().filter(|one| one.name != "NOASSERTION") {
            assert!(LicenceKind::of(licence.name).is_some(), "{}", licence.name);
        }
    }

    /// What OSI or FSF approve of is open; no judgement of ours may differ.
    #[test]
    fn approved_licences_are_open() {
        for licence in spdx::identifiers::LICENSES {
            let id = spdx::license_id(licence.name).expect("an id");
            if id.is_osi_approved() || id.is_fsf_free_libre() {
                assert!(is_open(licence.name), "{}", licence.name);
            }
        }
    }

    #[test]
    fn kinds_of_names() {
        let word = |id: &str| LicenceKind::of(id).map(LicenceKind::word);
        assert_eq!(word("mpl-2.0"), Some("weak-copyleft"));
        assert_eq!(word("EPL-2.0"), Some("weak-copyleft"));
        assert_eq!(word("LicenseRef-altered-GPL-3.0"), Some("strong-copyleft"));
        assert_eq!(word("Prosperity-9.9"), None);
        for closed in [
            "BUSL-1.1",
            "SSPL-1.0",
            "Elastic-2.0",
            "PolyForm-Noncommercial-1.0.0",
            "CC-BY-NC-SA-4.0",
            "CC-BY-ND-4.0",
            "Commons-Clause",
            "JSON",
            "Confluent-Community-1.0",
            "FSL-1.1",
            "FSL-1.1-MIT",
            "Prosperity-3.0.0",
            "RSALv2",
            "Parity-7.0.0",
            "Hippocratic-2.1",
            "Anti-996",
            "LicenseRef-scancode-Commons-Clause",
        ] {
            assert!(!is_open(closed), "{closed}");
        }
        for open in ["MIT", "WTFPL", "Beerware", "AGPL-1.0-only", "CC-BY-SA-3.0", "Unknown-1.0"] {
            assert!(is_open(open), "{open}");
        }
    }
}
