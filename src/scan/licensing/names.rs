// SPDX-License-Identifier: MIT OR Apache-2.0
//! What people write instead of an SPDX id: "Apache 2", "GPLv3+", "BSD License".

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use spdx::identifiers;

use self::tables::{NAMES, NOISE, VERSIONED, WHOLE};
use super::{Family, words};

mod links;
mod tables;

/// Returns the licence that `text` as a whole names.
pub(super) fn lookup(text: &str) -> Option<Family> {
    if text.len() > 200 {
        return None;
    }
    if let Some(family) = links::lookup(text) {
        return Some(family);
    }
    // "GNU General Public License v3 (GPLv3)" says it twice.
    if let Some((outside, rest)) = text.split_once('(')
        && let Some((inside, tail)) = rest.split_once(')')
        && !outside.trim().is_empty()
    {
        let outer = plain(&format!("{outside} {tail}"));
        let inner = links::lookup(inside.trim()).or_else(|| plain(inside));
        return match (outer, inner) {
            (Some(outer), Some(inner)) if outer.is_less_than(&inner) => Some(inner),
            (Some(outer), Some(inner)) => outer.fits(&inner).then_some(outer),
            (outer, None) => outer.or_else(|| plain(text)),
            (None, inner) => plain(text).or(inner.filter(|_| is_filler(outside))),
        };
    }
    plain(text)
}

/// "Licensed under (MIT)": what is outside says nothing.
fn is_filler(text: &str) -> bool {
    words::normalise(text.as_bytes()).split_whitespace().all(|word| NOISE.contains(&word))
}

fn plain(text: &str) -> Option<Family> {
    let later = [
        " or any later version ",
        " any later version ",
        " or later ",
        " or newer ",
        " and later ",
    ];
    let normal = words::normalise(text.as_bytes());
    let normal = later.iter().fold(normal, |text, later| text.replacen(later, " ", 1));
    if let Some(family) = creative_commons(&normal) {
        return Some(family);
    }
    let (mut version, mut rest, mut all): (Option<String>, Vec<&str>, Vec<&str>) =
        Default::default();
    for word in normal.split_whitespace() {
        if !matches!(word, "the" | "license" | "licenses") {
            all.push(word);
        }
        let (name, number) = split_version(word);
        if !number.is_empty() {
            // "apache_2_0": the parts of a version may be apart.
            version = Some(match version {
                Some(before) if name.is_empty() => format!("{before}.{number}"),
                Some(_) => return None,
                None => number.to_owned(),
            });
        }
        if !name.is_empty() && !NOISE.contains(&name) {
            rest.push(name);
        }
    }
    let whole = |words: &str| WHOLE.iter().find(|(name, _)| *name == words).map(|(_, id)| *id);
    if let Some(id) = whole(&all.join(" ")) {
        return Some(Family::fixed(id));
    }
    let name = rest.join(" ");
    let Some(version) = version else {
        let one = VERSIONED.iter().find(|(known, ..)| *known == name);
        let Some((_, base, only)) = one else { return whole(&name).map(Family::fixed) };
        return Some(
            only.map_or(Family::fixed(base), |only| Family::of_id(&format!("{base}-{only}"))),
        );
    };
    let (_, base, _) = VERSIONED.iter().find(|(known, ..)| *known == name)?;
    with_version(base, &version)
}

/// Parts `gplv2` into name and version; names that end in a digit are left alone.
fn split_version(word: &str) -> (&str, &str) {
    let at = word.find(|c: char| c.is_ascii_digit()).unwrap_or(word.len());
    let (name, number) = word.split_at(at);
    let bare = name.strip_suffix('v').unwrap_or(name);
    let numeric = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if number.is_empty() || !numeric {
        return (word, "");
    }
    if name.is_empty() || matches!(name, "v" | "version" | "ver") {
        return ("", number);
    }
    if VERSIONED.iter().any(|(known, ..)| *known == bare) { (bare, number) } else { (word, "") }
}

fn with_version(base: &str, version: &str) -> Option<Family> {
    let base = if (base, version) == ("BSL", "1.1") { "BUSL" } else { base };
    // "2.0.0" is nobody's version.
    let version = version.strip_suffix(".0.0").unwrap_or(version);
    let whole = if version.contains('.') { version.to_owned() } else { format!("{version}.0") };
    let ids = [format!("{base}-{whole}"), format!("{base}-{version}")];
    let known = |id: &String| {
        let exact = |id: &str| identifiers::LICENSES.iter().any(|one| one.name == id);
        exact(id) || exact(&format!("{id}-only"))
    };
    ids.iter().find(|id| known(id)).map(|id| Family::of_id(id))
}

/// Reads "CC BY-SA 4.0" and "Creative Commons Attribution-ShareAlike 4.0 International".
fn creative_commons(normal: &str) -> Option<Family> {
    let mut rest: Vec<&str> = normal.split_whitespace().filter(|word| *word != "the").collect();
    if let Some(word) = rest.first().and_then(|word| word.strip_prefix("ccby")) {
        let tail = word.to_owned();
        let tail = tail.as_str();
        let mut words = vec!["cc", "by"];
        words.extend(["nc", "sa", "nd"].iter().filter(|part| tail.contains(**part)));
        let parts: Vec<&str> = rest.iter().skip(1).copied().collect();
        words.extend(parts);
        return creative_commons(&words.join(" "));
    }
    let skip = match rest.as_slice() {
        ["cc", ..] => 1,
        ["creative", "commons", ..] => 2,
        _ => return None,
    };
    rest.drain(..skip);
    let (mut by, mut nc, mut sa, mut nd, mut version) = (false, false, false, false, None);
    for word in rest {
        match word {
            "by" | "attribution" => by = true,
            "nc" | "noncommercial" | "commercial" => nc = true,
            "sa" | "sharealike" | "alike" => sa = true,
            "nd" | "noderivatives" | "noderivs" | "derivatives" => nd = true,
            "non" | "share" | "no" | "license" | "international" | "unported" | "generic"
            | "public" | "version" => {}
            _ => {
                let number = word.strip_prefix('v').unwrap_or(word);
                if !number.starts_with(|c: char| c.is_ascii_digit()) || version.is_some() {
                    return None;
                }
                version = Some(number);
            }
        }
    }
    if !by {
        return None;
    }
    let mut id = String::from("CC-BY");
    for (is, part) in [(nc, "-NC"), (nd, "-ND"), (sa, "-SA")] {
        id.push_str(if is { part } else { "" });
    }
    match version {
        Some(version) => with_version(&id, version),
        None => Some(Family::of_id(&id)),
    }
}

/// Returns for each of the names whether its letters stand in `words`.
fn there(words: &str) -> Vec<bool> {
    static ALL: LazyLock<Option<AhoCorasick>> =
        LazyLock::new(|| AhoCorasick::new(NAMES.iter().map(|(name, _)| name)).ok());
    let Some(all) = &*ALL else { return vec![true; NAMES.len()] };
    let mut out = vec![false; NAMES.len()];
    all.find_overlapping_iter(words).for_each(|found| out[found.pattern().as_usize()] = true);
    out
}

/// Returns the licences that the normalised `words` mention, each once.
pub(super) fn mentioned(words: &str) -> Vec<Family> {
    let mut rest = words.to_owned();
    let mut out: Vec<Family> = Vec::new();
    // Most texts name none. Blanks hide names and bring no new ones forth.
    let names = there(words);
    for (name, id) in NAMES.iter().zip(names).filter_map(|(name, there)| there.then_some(name)) {
        while let Some(at) = words::find(&rest, name) {
            // Blanked out so that "gpl" is not seen again inside "gpl v3".
            rest.replace_range(at..at + name.len(), "|");
            let family = Family::fixed(id);
            if !out.contains(&family) {
                out.push(family);
            }
        }
    }
    let all = out.clone();
    // "the Apache License (Apache-2.0)" names one licence, not two.
    out.retain(|one| !all.iter().any(|other| other != one && one.is_less_than(other)));
    out
}

#[cfg(test)]
mod tests {
    use super::{lookup, mentioned};
    use crate::scan::licensing::words::normalise;

    #[test]
    fn common_spellings_are_known() {
        let id = |text: &str| lookup(text).map(|family| family.to_string());
        assert_eq!(id("Apache 2.0").as_deref(), Some("Apache-2.0"));
        assert_eq!(id("The MIT License").as_deref(), Some("MIT"));
        assert_eq!(id("GPLv3+").as_deref(), Some("GPL-3.0"));
        assert_eq!(id("GNU General Public License v3 (GPLv3)").as_deref(), Some("GPL-3.0"));
        assert_eq!(id("BSD").as_deref(), Some("BSD"));
        assert_eq!(id("license (GPL-2.0-or-later, MIT, etc)"), None);
        assert_eq!(id("MIT but not on Sundays"), None);
        for (text, want) in [
            ("Apache License, Version 2.0", "Apache-2.0"),
            ("ASL 2.0", "Apache-2.0"),
            ("Apache License, Version 2.0.0", "Apache-2.0"),
            ("Apache_2_0", "Apache-2.0"),
            ("Apache Software License 2.0", "Apache-2.0"),
            ("Apache License", "Apache"),
            ("LGPL v2.1 or later", "LGPL-2.1"),
            ("lgpl_2_1", "LGPL-2.1"),
            ("GNU GPL v3", "GPL-3.0"),
            ("GNU Lesser General Public License v3 or later (LGPLv3+)", "LGPL-3.0"),
            ("GNU Library or Lesser General Public License (LGPL)", "LGPL"),
            ("Mozilla Public License 2.0 (MPL 2.0)", "MPL-2.0"),
            ("New BSD", "BSD-3-Clause"),
            ("BSD_3_clause", "BSD-3-Clause"),
            ("The BSD 3-Clause License", "BSD-3-Clause"),
            ("MIT/X11", "MIT"),
            ("Expat", "MIT"),
            ("Public Domain", "LicenseRef-Public-Domain"),
            ("CC BY-SA 4.0", "CC-BY-SA-4.0"),
            ("Creative Commons Attribution-NonCommercial 4.0 International", "CC-BY-NC-4.0"),
            ("CC0 1.0 Universal (CC0 1.0) Public Domain Dedication", "CC0-1.0"),
            ("Boost Software License 1.0 (BSL-1.0)", "BSL-1.0"),
            ("Business Source License 1.1", "BUSL-1.1"),
            ("zlib/libpng License", "Zlib"),
            ("European Union Public Licence 1.2 (EUPL 1.2)", "EUPL-1.2"),
            ("http://www.apache.org/licenses/LICENSE-2.0.txt", "Apache-2.0"),
            ("https://opensource.org/licenses/MIT", "MIT"),
            ("https://www.gnu.org/licenses/old-licenses/gpl-2.0.en.html", "GPL-2.0"),
            ("http://creativecommons.org/licenses/by-sa/3.0/", "CC-BY-SA-3.0"),
            ("https://licenses.nuget.org/MIT", "MIT"),
        ] {
            assert_eq!(id(text).as_deref(), Some(want), "{text}");
        }
        for text in ["Apache 7", "GPL 42", "https://example.com/terms", "Dual", "custom", "1.0", ""]
        {
            assert_eq!(id(text), None, "{text}");
        }
    }

    #[test]
    fn a_sentence_names_each_licence_once() {
        let named = |text: &str| {
            let names = mentioned(&normalise(text.as_bytes()));
            names.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(named("under the Apache License (Apache-2.0), see LICENSE"), ["Apache-2.0"]);
        assert_eq!(named("GPL v3 or MIT"), ["MIT", "GPL-3.0"]);
        assert_eq!(named("the GNU Affero GPL v3 or later"), ["AGPL-3.0"]);
        assert_eq!(named("See the summit."), Vec::<String>::new());
    }
}
