// SPDX-License-Identifier: MIT OR Apache-2.0
//! What people write instead of an SPDX id: "Apache 2", "GPLv3+", "BSD License".

use super::{Family, words};

/// Words (see [`words::normalise`]) and the licence they mean. Where one name begins with
/// another the longer one stands first.
const NAMES: &[(&str, &str)] = &[
    ("apache software license version 2.0", "Apache-2.0"),
    ("apache software license 2.0", "Apache-2.0"),
    ("apache software license", "Apache-2.0"),
    ("apache public license 2.0", "Apache-2.0"),
    ("apache license version 2.0", "Apache-2.0"),
    ("apache license version 2", "Apache-2.0"),
    ("apache license v2.0", "Apache-2.0"),
    ("apache license v2", "Apache-2.0"),
    ("apache license 2.0", "Apache-2.0"),
    ("apache license 2", "Apache-2.0"),
    ("apache license", "Apache"),
    ("apache v2.0", "Apache-2.0"),
    ("apache v2", "Apache-2.0"),
    ("apachev2", "Apache-2.0"),
    ("apache2.0", "Apache-2.0"),
    ("apache2", "Apache-2.0"),
    ("apache 2.0", "Apache-2.0"),
    ("apache 2", "Apache-2.0"),
    ("apache version 2.0", "Apache-2.0"),
    ("asl 2.0", "Apache-2.0"),
    ("apl 2.0", "Apache-2.0"),
    ("al2", "Apache-2.0"),
    ("apache", "Apache"),
    ("the mit license", "MIT"),
    ("mit license", "MIT"),
    ("mit x11", "MIT"),
    ("expat", "MIT"),
    ("mit", "MIT"),
    ("isc license", "ISC"),
    ("isc license iscl", "ISC"),
    ("isc", "ISC"),
    ("new bsd license", "BSD-3-Clause"),
    ("new bsd", "BSD-3-Clause"),
    ("modified bsd license", "BSD-3-Clause"),
    ("revised bsd license", "BSD-3-Clause"),
    ("bsd 3 clause", "BSD-3-Clause"),
    ("3 clause bsd", "BSD-3-Clause"),
    ("bsd 3", "BSD-3-Clause"),
    ("simplified bsd license", "BSD-2-Clause"),
    ("simplified bsd", "BSD-2-Clause"),
    ("bsd 2 clause", "BSD-2-Clause"),
    ("2 clause bsd", "BSD-2-Clause"),
    ("bsd license", "BSD"),
    ("bsd style", "BSD"),
    ("bsd", "BSD"),
    ("gnu affero general public license v3", "AGPL-3.0"),
    ("gnu affero general public license", "AGPL"),
    ("affero general public license", "AGPL"),
    ("agplv3", "AGPL-3.0"),
    ("agpl v3", "AGPL-3.0"),
    ("agpl 3.0", "AGPL-3.0"),
    ("agpl 3", "AGPL-3.0"),
    ("agpl", "AGPL"),
    ("gnu lesser general public license v3", "LGPL-3.0"),
    ("gnu lesser general public license v2.1", "LGPL-2.1"),
    ("gnu lesser general public license v2", "LGPL-2.0"),
    ("gnu lesser general public license", "LGPL"),
    ("gnu library or lesser general public license", "LGPL"),
    ("lesser general public license", "LGPL"),
    ("lgplv3", "LGPL-3.0"),
    ("lgpl v3", "LGPL-3.0"),
    ("lgpl 3.0", "LGPL-3.0"),
    ("lgpl 3", "LGPL-3.0"),
    ("lgplv2.1", "LGPL-2.1"),
    ("lgpl v2.1", "LGPL-2.1"),
    ("lgpl 2.1", "LGPL-2.1"),
    ("lgpl", "LGPL"),
    ("gnu general public license v3.0", "GPL-3.0"),
    ("gnu general public license v3", "GPL-3.0"),
    ("gnu general public license version 3", "GPL-3.0"),
    ("gnu general public license v2.0", "GPL-2.0"),
    ("gnu general public license v2", "GPL-2.0"),
    ("gnu general public license version 2", "GPL-2.0"),
    ("gnu general public license", "GPL"),
    ("general public license", "GPL"),
    ("gnu gplv3", "GPL-3.0"),
    ("gnu gpl v3", "GPL-3.0"),
    ("gnu gplv2", "GPL-2.0"),
    ("gnu gpl v2", "GPL-2.0"),
    ("gnu gpl", "GPL"),
    ("gplv3", "GPL-3.0"),
    ("gpl v3", "GPL-3.0"),
    ("gpl 3.0", "GPL-3.0"),
    ("gpl3", "GPL-3.0"),
    ("gpl 3", "GPL-3.0"),
    ("gplv2", "GPL-2.0"),
    ("gpl v2", "GPL-2.0"),
    ("gpl 2.0", "GPL-2.0"),
    ("gpl2", "GPL-2.0"),
    ("gpl 2", "GPL-2.0"),
    ("gpl", "GPL"),
    ("mozilla public license version 2.0", "MPL-2.0"),
    ("mozilla public license 2.0", "MPL-2.0"),
    ("mozilla public license v2.0", "MPL-2.0"),
    ("mozilla public license", "MPL"),
    ("mpl v2.0", "MPL-2.0"),
    ("mpl 2.0", "MPL-2.0"),
    ("mpl 2", "MPL-2.0"),
    ("mplv2", "MPL-2.0"),
    ("mpl2", "MPL-2.0"),
    ("eclipse public license 2.0", "EPL-2.0"),
    ("eclipse public license 1.0", "EPL-1.0"),
    ("eclipse public license", "EPL"),
    ("the unlicense", "Unlicense"),
    ("cc0 1.0", "CC0-1.0"),
    ("cc0", "CC0-1.0"),
    ("cc by sa 4.0", "CC-BY-SA-4.0"),
    ("cc by sa", "CC-BY-SA"),
    ("cc by nc", "CC-BY-NC-4.0"),
    ("cc by 4.0", "CC-BY-4.0"),
    ("cc by", "CC-BY"),
    ("python software foundation license", "PSF-2.0"),
    ("business source license", "BUSL-1.1"),
    ("server side public license", "SSPL-1.0"),
    ("elastic license 2.0", "Elastic-2.0"),
    ("zlib", "Zlib"),
    ("boost software license", "BSL-1.0"),
    ("wtfpl", "WTFPL"),
];

/// Words that may follow a name without changing it.
const TAILS: [&str; 11] = [
    "license",
    "only",
    "or later",
    "or newer",
    "and later",
    "gplv3",
    "gplv2",
    "lgplv3",
    "agplv3",
    "iscl",
    "mpl 2.0",
];

/// Returns the licence that `text` as a whole names.
pub(super) fn lookup(text: &str) -> Option<Family> {
    let words = words::normalise(text.as_bytes());
    let words = words.trim();
    let words = words.strip_prefix("the ").unwrap_or(words);
    NAMES.iter().find_map(|(name, id)| {
        let mut rest = words.strip_prefix(name)?;
        if !rest.is_empty() && !rest.starts_with(' ') {
            return None;
        }
        for _ in 0..2 {
            rest = rest.trim_start();
            rest = TAILS.iter().find_map(|tail| rest.strip_prefix(tail)).unwrap_or(rest);
        }
        rest.trim().is_empty().then_some(Family::fixed(id))
    })
}

/// Returns the licences that the normalised `words` mention, each once.
pub(super) fn mentioned(words: &str) -> Vec<Family> {
    let mut rest = words.to_owned();
    let mut out: Vec<Family> = Vec::new();
    for (name, id) in NAMES {
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
    }

    #[test]
    fn a_sentence_names_each_licence_once() {
        let named = |text: &str| {
            let names = mentioned(&normalise(text.as_bytes()));
            names.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(named("under the Apache License (Apache-2.0), see LICENSE"), ["Apache-2.0"]);
        assert_eq!(named("GPL v3 or MIT"), ["MIT", "GPL-3.0"]);
        assert_eq!(named("See the summit."), Vec::<String>::new());
    }
}
