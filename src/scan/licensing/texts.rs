// SPDX-License-Identifier: MIT OR Apache-2.0
//! Tells the common licence texts by phrases from their beginning, middle and end.
//!
//! All phrases of a licence must be there, so a text that was cut short or rewritten is
//! unknown rather than taken for the original.

use super::{Family, words};

/// What tells one licence's text.
struct Text {
    id: &'static str,
    /// Phrases that must all be there, as [`words::normalise`] leaves them.
    marks: &'static [&'static str],
    /// Phrases that make it another licence.
    without: &'static [&'static str],
}

const fn text(
    id: &'static str,
    marks: &'static [&'static str],
    without: &'static [&'static str],
) -> Text {
    Text { id, marks, without }
}

const MIT_GRANT: &str =
    "permission is hereby granted free of charge to any person obtaining a copy";
const MIT_NOTICE: &str = "permission notice shall be included in all copies";
const MIT_END: &str = "the software is provided as is without warranty of any kind";
const BSD_GRANT: &str = "redistribution and use in source and binary forms with or without";
const BSD_SOURCE: &str = "redistributions of source code must retain the above copyright notice";
const BSD_END: &str = "even if advised of the possibility of such damage";
const BSD_NAME: &str = "may be used to endorse or promote products derived from this software";
const BSD_BINARY: &str = "redistributions in binary form must reproduce";
const BSD_ADS: &str = "all advertising materials mentioning features or use of this software";

/// The texts; of two that share as many phrases with an unknown text the first is named.
const TEXTS: &[Text] = &[
    text(
        "Commons-Clause",
        &[
            "the grant of rights under the license will not include and the license does not grant to you the right to sell the software",
        ],
        &[],
    ),
    text(
        "MIT",
        &[MIT_GRANT, MIT_NOTICE, MIT_END],
        &["used for good not evil", "functional source license"],
    ),
    text(
        "MIT-0",
        &[MIT_GRANT, MIT_END],
        &[MIT_NOTICE, "used for good not evil", "all copies", "redistributions of source code"],
    ),
    text("JSON", &[MIT_GRANT, "the software shall be used for good not evil"], &[]),
    text(
        "ISC",
        &[
            "permission to use copy modify and",
            "for any purpose with or without fee is hereby granted provided that the above copyright notice",
            "the author disclaims all warranties",
        ],
        &[],
    ),
    text(
        "ISC",
        &[
            "permission to use copy modify and",
            "for any purpose with or without fee is hereby granted provided that the above copyright notice",
            "disclaims all warranties with regard to this software",
        ],
        &["the author disclaims all warranties"],
    ),
    text(
        "0BSD",
        &[
            "permission to use copy modify and or distribute this software for any purpose with or without fee is hereby granted",
            "disclaims all warranties",
        ],
        &["provided that the above copyright notice"],
    ),
    text("BSD-4-Clause", &[BSD_GRANT, BSD_SOURCE, BSD_ADS, BSD_END], &[]),
    text("BSD-3-Clause", &[BSD_GRANT, BSD_SOURCE, BSD_NAME, BSD_END], &[BSD_ADS]),
    text(
        "BSD-2-Clause",
        &[BSD_GRANT, BSD_SOURCE, BSD_BINARY, BSD_END],
        &[BSD_NAME, BSD_ADS, "may be called", "redistributions of any form whatsoever"],
    ),
    text(
        "Apache-2.0",
        &[
            "apache license version 2.0 january 2004",
            "grant of patent license",
            "you must give any other recipients of the work or derivative works a copy of this license",
            "accepting warranty or additional liability",
        ],
        &[],
    ),
    text(
        "MPL-2.0",
        &[
            "mozilla public license version 2.0",
            "1.1 contributor means each individual or legal entity",
            "incompatible with secondary licenses",
        ],
        &[],
    ),
    text(
        "GPL-2.0",
        &[
            "gnu general public license version 2 june 1991",
            "you may not copy modify sublicense or distribute the program except as expressly provided under this license",
            "no warranty",
        ],
        &[],
    ),
    text(
        "GPL-3.0",
        &[
            "gnu general public license version 3 29 june 2007",
            "basic permissions",
            "disclaimer of warranty",
            "interpretation of sections 15 and 16",
        ],
        &["gnu lesser general public license version 3"],
    ),
    text(
        "LGPL-2.1",
        &[
            "gnu lesser general public license version 2.1 february 1999",
            "this license agreement applies to any software library",
            "no warranty",
        ],
        &[],
    ),
    text(
        "LGPL-3.0",
        &[
            "gnu lesser general public license version 3 29 june 2007",
            "this version of the gnu lesser general public license incorporates the terms and conditions",
            "combined works",
        ],
        &[],
    ),
    text(
        "AGPL-3.0",
        &[
            "gnu affero general public license version 3 19 november 2007",
            "remote network interaction",
            "interpretation of sections 15 and 16",
        ],
        &[],
    ),
    text(
        "EPL-1.0",
        &["eclipse public license v 1.0", "requirements", "no warranty", "disclaimer of liability"],
        &[],
    ),
    text(
        "EPL-2.0",
        &[
            "eclipse public license v 2.0",
            "grant of rights",
            "no warranty",
            "disclaimer of liability",
        ],
        &[],
    ),
    text(
        "Unlicense",
        &[
            "this is free and unencumbered software released into the public domain",
            "anyone is free to copy modify publish use compile sell or distribute this software",
        ],
        &[],
    ),
    text(
        "CC0-1.0",
        &["cc0 1.0 universal", "copyright and related rights", "public license fallback"],
        &[],
    ),
    text(
        "CC-BY-4.0",
        &["attribution 4.0 international", "section 2 scope", "section 8 interpretation"],
        &[],
    ),
    text(
        "CC-BY-SA-4.0",
        &[
            "attribution sharealike 4.0 international",
            "section 2 scope",
            "section 8 interpretation",
        ],
        &[],
    ),
    text(
        "CC-BY-NC-4.0",
        &[
            "attribution noncommercial 4.0 international",
            "section 2 scope",
            "section 8 interpretation",
        ],
        &[],
    ),
    text(
        "CC-BY-NC-SA-4.0",
        &["attribution noncommercial sharealike 4.0 international", "section 2 scope"],
        &[],
    ),
    text(
        "CC-BY-NC-ND-4.0",
        &["attribution noncommercial noderivatives 4.0 international", "section 2 scope"],
        &[],
    ),
    text("CC-BY-ND-4.0", &["attribution noderivatives 4.0 international", "section 2 scope"], &[]),
    text(
        "CC-BY-3.0",
        &[
            "creative commons",
            "attribution 3.0",
            "license grant",
            "representations warranties and disclaimer",
        ],
        &["sharealike", "noncommercial"],
    ),
    text(
        "CC-BY-SA-3.0",
        &[
            "attribution sharealike 3.0",
            "license grant",
            "representations warranties and disclaimer",
        ],
        &[],
    ),
    text(
        "BUSL-1.1",
        &[
            "business source license 1.1",
            "change date",
            "the licensor hereby grants you the right to copy modify create derivative works redistribute and make non production use",
        ],
        &[],
    ),
    text(
        "SSPL-1.0",
        &["server side public license version 1", "offering the program as a service"],
        &[],
    ),
    text(
        "Elastic-2.0",
        &[
            "elastic license 2.0",
            "you may not provide the software to third parties as a hosted or managed service",
        ],
        &[],
    ),
    text(
        "PolyForm-Noncommercial-1.0.0",
        &["polyform noncommercial license 1.0.0", "noncommercial purposes"],
        &[],
    ),
    text("PolyForm-Small-Business-1.0.0", &["polyform small business license 1.0.0"], &[]),
    text("Unicode-3.0", &["unicode license v3", "data files and software"], &[]),
    text(
        "Unicode-DFS-2016",
        &["unicode inc license agreement data files and software", "unicode data files"],
        &[],
    ),
    text(
        "PSF-2.0",
        &["python software foundation license version 2", "psf hereby grants licensee"],
        &[],
    ),
    text("FSL-1.1", &["functional source license", "competing use"], &[]),
    text("Confluent-Community-1.0", &["confluent community license"], &[]),
    text("Prosperity-3.0.0", &["the prosperity public license"], &[]),
    text("RSALv2", &["redis source available license"], &[]),
    text(
        "Zlib",
        &[
            "this software is provided as is without any express or implied warranty",
            "altered source versions must be plainly marked as such",
            "this notice may not be removed or altered from any source distribution",
        ],
        &[],
    ),
    text(
        "BSL-1.0",
        &[
            "boost software license version 1.0",
            "machine executable object code generated by a source language processor",
        ],
        &[],
    ),
    text(
        "WTFPL",
        &["do what the fuck you want to public license", "you just do what the fuck you want to"],
        &[],
    ),
    text(
        "OFL-1.1",
        &[
            "sil open font license version 1.1",
            "reserved font name",
            "the font software is provided as is",
        ],
        &[],
    ),
    text(
        "EUPL-1.2",
        &[
            "european union public license v 1.2",
            "the work is provided under the license on an as is basis",
        ],
        &[],
    ),
    text(
        "Artistic-2.0",
        &["the artistic license 2.0", "standard version", "disclaimer of warranty"],
        &[],
    ),
];

/// What a text turned out to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identified {
    /// The licences whose texts are there, in the order in which they begin.
    pub licences: Vec<Family>,
    /// For a text of no known licence the one that shares most phrases, with the number of
    /// phrases found and looked for.
    pub closest: Option<(Family, usize, usize)>,
}

/// Identifies the licence texts in the normalised `words`.
pub(super) fn identify(words: &str) -> Identified {
    let mut found: Vec<(usize, Family)> = Vec::new();
    let mut closest: Option<(Family, usize, usize)> = None;
    for text in TEXTS {
        let places: Vec<usize> =
            text.marks.iter().filter_map(|mark| words::find(words, mark)).collect();
        let family = Family::fixed(text.id);
        let (hits, of) = (places.len(), text.marks.len());
        if hits == of && !text.without.iter().any(|phrase| words::has(words, phrase)) {
            let start = places.into_iter().min().unwrap_or(0);
            if !found.iter().any(|(_, other)| *other == family) {
                found.push((start, family));
            }
        } else if hits > 0 && closest.as_ref().is_none_or(|(_, most, _)| hits > *most) {
            closest = Some((family, hits, of));
        }
    }
    found.sort();
    let licences: Vec<Family> = found.into_iter().map(|(_, family)| family).collect();
    Identified { closest: closest.filter(|_| licences.is_empty()), licences }
}

#[cfg(test)]
mod tests {
    use super::identify;
    use crate::scan::licensing::words::normalise;

    fn ids(text: &str) -> Vec<String> {
        let found = identify(&normalise(text.as_bytes()));
        found.licences.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn our_own_texts_are_known() {
        assert_eq!(ids(include_str!("../../../LICENSE-MIT")), ["MIT"]);
        assert_eq!(ids(include_str!("../../../LICENSE-APACHE")), ["Apache-2.0"]);
    }

    #[test]
    fn a_text_that_was_cut_short_is_unknown() {
        let whole = include_str!("../../../LICENSE-MIT");
        let half = &whole[..whole.len() / 2];
        assert!(ids(half).is_empty());
        let closest = identify(&normalise(half.as_bytes())).closest;
        assert!(closest.is_some_and(|(id, _, _)| id.as_str().starts_with("MIT")));
    }

    #[test]
    fn a_rider_makes_it_another_licence() {
        let evil = "The Software shall be used for Good, not Evil.";
        let text = format!("{}\n{evil}", include_str!("../../../LICENSE-MIT"));
        assert_eq!(ids(&text), ["JSON"]);
    }
}
