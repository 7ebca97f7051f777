// SPDX-License-Identifier: MIT OR Apache-2.0
//! Addresses under which licences are published.

use spdx::identifiers;

use super::{Family, plain};

/// Sites whose last part of the path is the name of a licence.
const LISTS: [&str; 9] = [
    "opensource.org/licenses/",
    "opensource.org/license/",
    "spdx.org/licenses/",
    "licenses.nuget.org/",
    "choosealicense.com/licenses/",
    "api.github.com/licenses/",
    "gnu.org/licenses/old-licenses/",
    "gnu.org/licenses/",
    "tldrlegal.com/license/",
];

/// Starts of other addresses, without `www.`, and what stands there.
const PAGES: &[(&str, &str)] = &[
    ("apache.org/licenses/license-2.0", "Apache-2.0"),
    ("apache.org/licenses/license-1.1", "Apache-1.1"),
    ("apache.org/licenses", "Apache"),
    ("gnu.org/copyleft/lesser", "LGPL"),
    ("gnu.org/copyleft/gpl", "GPL"),
    ("gnu.org/copyleft/fdl", "GFDL"),
    ("mozilla.org/mpl/2.0", "MPL-2.0"),
    ("mozilla.org/en-us/mpl/2.0", "MPL-2.0"),
    ("mozilla.org/mpl/1.1", "MPL-1.1"),
    ("mozilla.org/mpl", "MPL"),
    ("eclipse.org/legal/epl-2.0", "EPL-2.0"),
    ("eclipse.org/legal/epl-v20", "EPL-2.0"),
    ("eclipse.org/legal/epl-v10", "EPL-1.0"),
    ("eclipse.org/org/documents/epl-2.0", "EPL-2.0"),
    ("eclipse.org/org/documents/epl-v10", "EPL-1.0"),
    ("eclipse.org/org/documents/edl-v10", "BSD-3-Clause"),
    ("creativecommons.org/publicdomain/zero/1.0", "CC0-1.0"),
    ("unlicense.org", "Unlicense"),
    ("boost.org/license_1_0", "BSL-1.0"),
    ("wtfpl.net", "WTFPL"),
    ("scripts.sil.org/ofl", "OFL-1.1"),
    ("mariadb.com/bsl11", "BUSL-1.1"),
    ("elastic.co/licensing/elastic-license", "Elastic-2.0"),
    ("mit-license.org", "MIT"),
    ("jquery.org/license", "MIT"),
    ("postgresql.org/about/licence", "PostgreSQL"),
];

/// Returns the licence that is published at the address `text`.
pub(super) fn lookup(text: &str) -> Option<Family> {
    let address = text.trim().trim_matches(['<', '>']).to_ascii_lowercase();
    let address = address.strip_prefix("https://").or(address.strip_prefix("http://"))?;
    let address = address.strip_prefix("www.").unwrap_or(address);
    if let Some((_, id)) = PAGES.iter().find(|(start, _)| address.starts_with(start)) {
        return Some(Family::fixed(id));
    }
    if let Some(rest) = address.strip_prefix("creativecommons.org/licenses/") {
        let mut parts = rest.split('/');
        let (terms, version) = (parts.next()?, parts.next().unwrap_or(""));
        return plain(&format!("cc {terms} {version}"));
    }
    let name = LISTS.iter().find_map(|start| address.strip_prefix(start))?;
    let name = name.split(['#', '?']).next()?.trim_end_matches('/');
    let ends = [".html", ".txt", ".php", ".md", ".json", "-standalone", ".en", ".de", ".fr"];
    let name = ends.iter().fold(name, |name, end| name.strip_suffix(end).unwrap_or(name));
    let id = identifiers::LICENSES.iter().find(|one| one.name.eq_ignore_ascii_case(name));
    id.map(|one| Family::of_id(one.name)).or_else(|| plain(&name.replace('-', " ")))
}
