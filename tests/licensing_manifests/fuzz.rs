// SPDX-License-Identifier: MIT OR Apache-2.0
//! Whatever stands in a manifest or a README, it is read to its end.

use proptest::prelude::*;

use super::{MIT, formats::FORMATS, scan};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_manifest_is_read_to_its_end(
        words in prop::collection::vec(prop::sample::select(vec![
            "license", "licenses", "License:", "=", ":", "'", "\"", "[", "]", "{", "}", "\n", "  ",
            "- ", "%w[", "setup(", "galaxy_info:", "&a", "*a", "<license>", "</license>", "<!--",
            "<![CDATA[", "]]>", "LABEL", "\\\n", "org.opencontainers.image.licenses", "MIT", "(",
            ")", " AND ", " or ", "/", "+", ">=", "Files: *", "name", "#", "\u{e9}", "\r\n", "\u{feff}",
            "licenses {", "[project]", "[package]", "|", "or later", "License :: OSI Approved :: ",
        ]), 0..50),
        name in prop::sample::select(FORMATS.map(|(name, _)| name).to_vec()),
    ) {
        let text = words.concat();
        for (_, finding) in scan(&[("LICENSE", MIT), (name, &text)]) {
            if let Some(span) = finding.place.span() {
                prop_assert!(text.get(span.range()).is_some());
            }
        }
    }

    #[test]
    fn any_readme_is_read_to_its_end(
        words in prop::collection::vec(prop::sample::select(vec![
            "#", " ", "License", "\n", "----", "====", "MIT", "GPL", ". ", "- ", "* ", "```", "**",
            "[![", "](", ")", "img.shields.io/badge/license-", "opensource.org/licenses/", "--", "%20",
            "<h2>", "\u{8bb8}\u{53ef}\u{8bc1}", "\r\n", "License: ", "third party", "or later", "\u{130}",
        ]), 0..60),
    ) {
        let text = words.concat();
        for (_, finding) in scan(&[("LICENSE", MIT), ("README.md", &text)]) {
            if let Some(span) = finding.place.span() {
                prop_assert!(text.get(span.range()).is_some());
            }
        }
    }
}
