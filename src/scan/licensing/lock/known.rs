// SPDX-License-Identifier: MIT OR Apache-2.0
//! Packages whose licence is known without a look at them.

use std::sync::OnceLock;

use serde::Deserialize;

use super::LockKind;

/// One entry of the table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    ecosystem: String,
    /// The name, or its beginning if it ends with `*`.
    name: String,
    licence: String,
    /// Where its publisher says so; for readers of the table.
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Deserialize)]
struct Table {
    known: Vec<Known>,
}

/// Returns the licence that the publisher of the package states for all of its kind.
pub(in crate::scan::licensing) fn licence_of(kind: LockKind, name: &str) -> Option<&'static str> {
    static TABLE: OnceLock<Vec<Known>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let text = include_str!("../../../../assets/licences/known-packages.toml");
        toml::from_str::<Table>(text).map_or_else(|_| Vec::new(), |table| table.known)
    });
    let ecosystem = kind.ecosystem();
    let fits = |known: &&Known| {
        known.ecosystem == ecosystem
            && match known.name.strip_suffix('*') {
                Some(start) => name.starts_with(start),
                None => name == known.name,
            }
    };
    table.iter().find(fits).map(|known| known.licence.as_str())
}

#[cfg(test)]
mod tests {
    use super::{LockKind, licence_of};

    #[test]
    fn the_table_is_read() {
        let aws = "registry.terraform.io/hashicorp/aws";
        assert_eq!(licence_of(LockKind::Terraform, aws), Some("MPL-2.0"));
        assert_eq!(licence_of(LockKind::Puppet, "puppetlabs-stdlib"), Some("Apache-2.0"));
        assert_eq!(licence_of(LockKind::Npm, "puppetlabs-stdlib"), None);
    }
}
