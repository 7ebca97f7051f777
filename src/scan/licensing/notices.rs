// SPDX-License-Identifier: MIT OR Apache-2.0
//! Licence notices in file heads: short phrases that decide which licence a file claims.

use super::{Family, words};

/// Phrases as [`words::normalise`] leaves them. The first that matches decides, so the exact
/// version stands before the bare name, and licences that quote others before those.
const NOTICES: &[(&str, &str)] = &[
    ("commons clause license condition", "Commons-Clause"),
    ("business source license", "BUSL-1.1"),
    ("server side public license", "SSPL-1.0"),
    ("elastic license 2.0", "Elastic-2.0"),
    ("elastic license", "Elastic-2.0"),
    ("polyform noncommercial license", "PolyForm-Noncommercial-1.0.0"),
    ("polyform small business license", "PolyForm-Small-Business-1.0.0"),
    ("shall be used for good not evil", "JSON"),
    ("gnu affero general public license", "AGPL-3.0"),
    ("affero general public license", "AGPL-3.0"),
    ("lesser general public license v3", "LGPL-3.0"),
    ("lesser general public license v2.1", "LGPL-2.1"),
    (
        "lesser general public license as published by the free software foundation either version 3",
        "LGPL-3.0",
    ),
    (
        "lesser general public license as published by the free software foundation either version 2.1",
        "LGPL-2.1",
    ),
    (
        "lesser general public license as published by the free software foundation version 2.1",
        "LGPL-2.1",
    ),
    ("gnu lesser general public license", "LGPL"),
    ("gnu library general public license", "LGPL-2.0"),
    ("general public license v3", "GPL-3.0"),
    ("general public license v3.0", "GPL-3.0"),
    ("general public license v2", "GPL-2.0"),
    ("general public license v2.0", "GPL-2.0"),
    ("general public license version 3", "GPL-3.0"),
    ("general public license version 2", "GPL-2.0"),
    (
        "general public license as published by the free software foundation either version 3",
        "GPL-3.0",
    ),
    (
        "general public license as published by the free software foundation either version 2",
        "GPL-2.0",
    ),
    ("general public license as published by the free software foundation version 3", "GPL-3.0"),
    ("general public license as published by the free software foundation version 2", "GPL-2.0"),
    ("gnu general public license", "GPL"),
    ("gplv3", "GPL-3.0"),
    ("gplv2", "GPL-2.0"),
    ("licensed under the apache license version 2.0", "Apache-2.0"),
    ("apache license version 2.0", "Apache-2.0"),
    ("apache license 2.0", "Apache-2.0"),
    ("www apache org licenses license 2.0", "Apache-2.0"),
    ("mozilla public license v 2.0", "MPL-2.0"),
    ("mozilla public license version 2.0", "MPL-2.0"),
    ("mozilla public license 2.0", "MPL-2.0"),
    ("mozilla org mpl 2.0", "MPL-2.0"),
    ("eclipse public license v 2.0", "EPL-2.0"),
    ("eclipse public license 2.0", "EPL-2.0"),
    ("eclipse public license v1.0", "EPL-1.0"),
    ("eclipse public license v 1.0", "EPL-1.0"),
    ("this is free and unencumbered software released into the public domain", "Unlicense"),
    ("creativecommons org publicdomain zero 1.0", "CC0-1.0"),
    ("cc0 1.0 universal", "CC0-1.0"),
    ("creativecommons org licenses by nc", "CC-BY-NC-4.0"),
    ("creativecommons org licenses by nd", "CC-BY-ND-4.0"),
    ("creativecommons org licenses by sa 4.0", "CC-BY-SA-4.0"),
    ("creativecommons org licenses by sa", "CC-BY-SA"),
    ("creativecommons org licenses by 4.0", "CC-BY-4.0"),
    ("creativecommons org licenses by", "CC-BY"),
    (
        "permission to use copy modify and or distribute this software for any purpose with or without fee",
        "ISC",
    ),
    (
        "permission to use copy modify and distribute this software for any purpose with or without fee",
        "ISC",
    ),
    ("permission is hereby granted free of charge to any person obtaining a copy", "MIT"),
    ("licensed under the mit license", "MIT"),
    ("released under the mit license", "MIT"),
    ("opensource org licenses mit", "MIT"),
    ("the mit license", "MIT"),
    ("mit license", "MIT"),
    ("mit licensed", "MIT"),
    ("neither the name of the copyright holder nor the names of its contributors", "BSD-3-Clause"),
    ("3 clause bsd license", "BSD-3-Clause"),
    ("bsd 3 clause", "BSD-3-Clause"),
    ("bsd 2 clause", "BSD-2-Clause"),
    ("simplified bsd license", "BSD-2-Clause"),
    (
        "redistribution and use in source and binary forms with or without modification are permitted",
        "BSD",
    ),
    ("bsd style license", "BSD"),
    ("bsd license", "BSD"),
];

/// Returns the licence whose notice stands in the normalised `words`.
pub(super) fn recognise(words: &str) -> Option<Family> {
    // Every phrase but a few holds one of these, and most heads hold none.
    if !["licens", "permi", "gpl", "mpl", "bsd", "creativecommons", "cc0", "unencumbered", "evil"]
        .iter()
        .any(|part| words.contains(part))
    {
        return None;
    }
    let hit = NOTICES.iter().find(|(phrase, _)| words::has(words, phrase));
    hit.map(|(_, id)| Family::fixed(id))
}

#[cfg(test)]
mod tests {
    use super::recognise;
    use crate::scan::licensing::words::normalise;

    #[test]
    fn notices_tell_the_version() {
        let of =
            |text: &str| recognise(&normalise(text.as_bytes())).map(|family| family.to_string());
        let ansible = "# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)";
        assert_eq!(of(ansible).as_deref(), Some("GPL-3.0"));
        let gpl2 = "it under the terms of the GNU General Public License as published by\n * the Free Software Foundation; either version 2 of the License, or";
        assert_eq!(of(gpl2).as_deref(), Some("GPL-2.0"));
        let lgpl = "# the terms of the GNU Lesser General Public\n# License as published by the Free Software Foundation, either version 3";
        assert_eq!(of(lgpl).as_deref(), Some("LGPL-3.0"));
        assert_eq!(
            of("Licensed under the Apache License, Version 2.0 (the").as_deref(),
            Some("Apache-2.0")
        );
        assert_eq!(of("# manages the licence server"), None);
    }
}
