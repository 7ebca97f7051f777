// SPDX-License-Identifier: MIT OR Apache-2.0
//! Licence texts: every one of the list is known, changed ones are told, and copies that only
//! look different are not.
#![expect(clippy::expect_used, reason = "helpers of tests may fail loudly too")]

#[path = "common/licences.rs"]
mod licences;

use debut::scan::licensing::{Identified, identify, inside};
use licences::{LIST, render, text, texts};
use proptest::prelude::*;

/// The texts that are changed and respelt below.
const COMMON: [&str; 20] = [
    "MIT",
    "Apache-2.0",
    "BSD-3-Clause",
    "BSD-2-Clause",
    "ISC",
    "GPL-2.0",
    "GPL-3.0",
    "LGPL-2.1",
    "LGPL-3.0",
    "AGPL-3.0",
    "MPL-2.0",
    "EPL-2.0",
    "Zlib",
    "BSL-1.0",
    "Unlicense",
    "CC0-1.0",
    "CC-BY-4.0",
    "OFL-1.1",
    "0BSD",
    "Artistic-2.0",
];

fn names(text: &str) -> Vec<String> {
    identify(text.as_bytes()).names()
}

fn differs(found: &Identified) -> String {
    let runs = found.altered().and_then(|one| one.altered.as_ref());
    runs.map_or(String::new(), |runs| {
        runs.iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(" ")
            .chars()
            .take(300)
            .collect()
    })
}

/// Those that are told wrongly: "except as specified below" stands in a copyright statement.
const WRONG: [&str; 1] = ["Arphic-1999"];

#[test]
fn every_text_of_the_list_is_itself() {
    let mut wrong = Vec::new();
    for (id, text) in texts() {
        let found = identify(text.as_bytes());
        if found.names() != [id.as_str()] && !WRONG.contains(&id.as_str()) {
            wrong.push(format!(
                "{id}: {:?} {:?} {}",
                found.names(),
                found.closest,
                differs(&found)
            ));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_sentence_goes_on_over_a_copyright_statement() {
    let text =
        text("bcrypt-Solar-Designer").replace("then the software is ", "then the software is\n");
    let text = text.replace("Copyright (c) 1998-2014 Solar Designer", "Copyright (c) 2020 Us");
    assert_eq!(names(&text), ["bcrypt-Solar-Designer"], "{text}");
    let python = text_of_python();
    assert_eq!(names(&python), ["Python-2.0.1"], "{}", differs(&identify(python.as_bytes())));
}

/// With the button of the page that it once stood on.
fn text_of_python() -> String {
    text("Python-2.0.1")
        .replace("CWI LICENSE AGREEMENT", "        ACCEPT\n\n\nCWI LICENSE AGREEMENT")
}

#[test]
fn markup_of_html_parts_lines_and_spells_apostrophes() {
    let html = |text: &str| {
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('\'', "&#x27;");
        let paragraphs: Vec<String> =
            escaped.split("\n\n").map(|one| format!("<p>{one}</p>")).collect();
        format!("<html><body>{}</body></html>\n", paragraphs.join("\n"))
    };
    for id in ["GPL-3.0", "BSD-4-Clause", "CC-BY-4.0", "MIT", "NPL-1.1"] {
        let page = html(&text(id));
        assert_eq!(names(&page), [id], "{}", differs(&identify(page.as_bytes())));
    }
}

#[test]
fn what_limits_a_grant_is_told_wherever_it_stands() {
    let mit = include_str!("../LICENSE-MIT");
    let line = mit.lines().find(|line| line.starts_with("Copyright")).expect("a statement");
    for limit in [
        "Copyright (c) 2020 Us. Not for commercial use.",
        "Copyright (c) 2020 Us. All rights reserved. For internal use only.",
        "Copyright (c) 2020 Us\n\nYou may not use this for commercial purposes.",
    ] {
        let text = mit.replace(line, limit);
        assert_eq!(names(&text), ["LicenseRef-altered-MIT"], "{limit}");
    }
    for plain in
        ["Copyright (c) 2020 Us, Inc. All rights reserved.", "Copyright 2020 A. Us. B. Us."]
    {
        assert_eq!(names(&mit.replace(line, plain)), ["MIT"], "{plain}");
    }
}

#[test]
fn licences_of_enterprise_editions_are_no_altered_ones() {
    let text = "The Acme Enterprise license (the \"EE License\")\nCopyright (c) 2020 Acme\n\nThis \
                software and associated documentation files (the \"Software\") may only be used in \
                production, if you (and any entity that you represent) have agreed to, and are in \
                compliance with, the Acme Subscription Terms.\n\nTHE SOFTWARE IS PROVIDED \"AS IS\", \
                WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE \
                WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT.";
    assert_eq!(names(text), ["Enterprise-Edition"]);
}

type Change = (&'static str, fn(&str) -> String);

fn wrapped(text: &str, width: usize, leader: &str) -> String {
    let mut out = String::new();
    for paragraph in text.split("\n\n") {
        let mut len = 0;
        for word in paragraph.split_whitespace() {
            if len == 0 || len + word.len() > width {
                out.push('\n');
                out.push_str(leader);
                len = 0;
            }
            out.push_str(word);
            out.push(' ');
            len += word.len() + 1;
        }
        out.push('\n');
        out.push_str(leader.trim_end());
    }
    out
}

fn utf16(text: &str) -> String {
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let all = [vec![0xff, 0xfe], bytes].concat();
    let text = debut::domain::Text::decode(&all).expect("UTF-16");
    String::from_utf8_lossy(&text.bytes).into_owned()
}

/// Copies that say the same.
const RESPELT: &[Change] = &[
    ("narrow", |t| wrapped(t, 50, "")),
    ("one line a paragraph", |t| wrapped(t, 100_000, "")),
    ("one line", |t| t.split_whitespace().collect::<Vec<_>>().join(" ")),
    ("hashes", |t| wrapped(t, 70, "# ")),
    ("slashes", |t| wrapped(t, 70, "// ")),
    ("stars", |t| format!("/*\n{}\n */", wrapped(t, 70, " * "))),
    ("dnl", |t| wrapped(t, 70, "dnl ")),
    ("semicolons", |t| wrapped(t, 70, ";; ")),
    ("dashes", |t| wrapped(t, 70, "-- ")),
    ("quoted", |t| wrapped(t, 70, "> ")),
    ("upper case", str::to_uppercase),
    ("lower case", str::to_lowercase),
    ("CRLF", |t| t.replace('\n', "\r\n")),
    ("BOM", |t| format!("\u{feff}{t}")),
    ("UTF-16", utf16),
    ("trailing blanks", |t| t.replace('\n', "   \n")),
    ("form feeds", |t| t.replace("\n\n", "\n\u{c}\n")),
    ("tabs", |t| t.replace(' ', "\t")),
    ("blank lines doubled", |t| t.replace("\n\n", "\n\n\n\n")),
    ("curly quotes", |t| t.replace('"', "\u{201c}").replace('\'', "\u{2019}")),
    ("straight quotes", |t| t.replace('"', "''").replace(['\u{201c}', '\u{201d}'], "\"")),
    ("British", |t| {
        t.replace("license", "licence")
            .replace("License", "Licence")
            .replace("authorized", "authorised")
    }),
    ("https", |t| t.replace("http://", "https://")),
    ("http", |t| t.replace("https://", "http://")),
    ("owner before", |t| format!("Copyright (c) 2014-2021 Example GmbH <us@example.com>\n\n{t}")),
    ("owners before", |t| {
        format!(
            "Copyright (c) 2014 Example GmbH\nCopyright 2015, 2016 by Some Body and others\n\
             \u{a9} 2020 The Example Authors. All rights reserved.\n\n{t}"
        )
    }),
    ("reserved", |t| format!("Copyright 2001 Example Inc.\nAll rights reserved.\n\n{t}")),
    ("title before", |t| format!("# License\n\n{t}")),
    ("underlined", |t| format!("License\n=======\n\n{t}")),
    ("about", |t| format!("This is the license of the example project.\n\n{t}")),
    ("fenced", |t| format!("## Licence\n\n```\n{t}\n```\n")),
    ("HTML", |t| {
        let body = t.replace('&', "&amp;").replace('"', "&quot;").replace("\n\n", "</p>\n<p>");
        format!(
            "<!DOCTYPE html>\n<html><head><title>License</title></head><body><p>{body}</p></body></html>"
        )
    }),
    ("emphasis", |t| t.replacen("AS IS", "**AS IS**", 3).replacen("WARRANTY", "_WARRANTY_", 2)),
    ("author list", |t| {
        format!(
            "{t}\n\nAuthors:\n - Some Body <some@example.com>\n - Else Where <else@example.com>\n"
        )
    }),
    ("tag", |t| format!("SPDX-License-Identifier: X-Y-Z\n\n{t}")),
    ("hyphenated", |t| {
        t.replacen("warranties", "warran-\nties", 2).replacen("conditions", "condi-\n   tions", 1)
    }),
    ("separators", |t| format!("{}\n{t}\n{}", "-".repeat(72), "=".repeat(72))),
    ("indented", |t| t.replace('\n', "\n        ")),
    ("dashes", |t| t.replace(" - ", " \u{2014} ").replace("--", "\u{2013}")),
];

#[test]
fn copies_that_look_different_are_the_same() {
    let mut wrong = Vec::new();
    for (turn, id) in COMMON.into_iter().enumerate() {
        let text = text(id);
        // Each way is tried on some of the licences, each licence in some of the ways.
        for (how, change) in RESPELT.iter().skip(turn % 3).step_by(3) {
            let found = identify(change(&text).as_bytes());
            if found.names() != [id] {
                wrong.push(format!(
                    "{id}, {how}: {:?} {:?} {}",
                    found.names(),
                    found.closest,
                    differs(&found)
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Puts a sentence at the start of the paragraph about half through the text.
fn amid(text: &str, sentence: &str) -> String {
    let middle = text.len() / 2;
    let middle = (middle..).find(|at| text.is_char_boundary(*at)).expect("boundary");
    let at = text[..middle].rfind(". ").or(text[middle..].find(". ").map(|at| middle + at));
    let at = at.unwrap_or(middle - 1) + 2;
    format!("{}{sentence} {}", &text[..at], &text[at..])
}

/// Puts a word behind the middle one.
fn word_amid(text: &str, word: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let (a, b) = words.split_at(words.len() / 2);
    format!("{} {word} {}", a.join(" "), b.join(" "))
}

/// Drops the middle words.
fn without(text: &str, count: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let middle = words.len() / 2;
    [&words[..middle], &words[(middle + count).min(words.len())..]].concat().join(" ")
}

/// Changes that somebody should see.
const ALTERED: &[Change] = &[
    ("not", |t| word_amid(t, "not")),
    ("only", |t| word_amid(t, "only")),
    ("fee", |t| amid(t, "A fee of one percent is payable to the authors.")),
    ("restriction", |t| {
        amid(t, "The Software may not be used by companies with more than ten employees.")
    }),
    ("field of use", |t| amid(t, "Use for military purposes is prohibited.")),
    ("field of use before", |t| {
        format!("This software must not be used in nuclear plants.\n\n{t}")
    }),
    ("good not evil", |t| format!("{t}\n\nThe work shall be used for Good, not Evil.\n")),
    ("non-commercial", |t| format!("{t}\n\nFor non-commercial purposes only.\n")),
    ("commercial use", |t| format!("{t}\n\nCommercial use requires a separate license from us.\n")),
    ("non-commercial before", |t| {
        format!("Permission is granted for non-commercial use only, under these terms:\n\n{t}")
    }),
    ("internal", |t| amid(t, "Internal use only.")),
    ("internal behind", |t| format!("{t}\n\nThe software is for internal use at Example GmbH.\n")),
    ("revocable", |t| amid(t, "This license is revocable at any time by the copyright holder.")),
    ("credit", |t| {
        format!("{t}\n\nYou must display our logo on every page that uses the software.\n")
    }),
    ("no cloud", |t| format!("{t}\n\nYou may not offer the software as a hosted service.\n")),
    ("consent", |t| amid(t, "Redistribution needs the prior written consent of Example GmbH.")),
    ("cut", |t| without(t, 14)),
    ("ethics", |t| format!("{t}\n\nAdditional terms: no use against human rights.\n")),
    ("venue", |t| {
        amid(
            t,
            "Any dispute arising hereunder is brought before the courts of Example City and nowhere else.",
        )
    }),
    ("training", |t| format!("{t}\n\nThe software must not be used to train models.\n")),
    ("competitors", |t| {
        amid(t, "Competitors of Example GmbH are excluded from the rights granted herein.")
    }),
    ("notify", |t| format!("{t}\n\nYou are required to notify the author of any change.\n")),
    ("except", |t| amid(t, "This does not apply to governments.")),
    ("resale", |t| format!("{t}\n\nYou may use the software except that you may not sell it.\n")),
];

#[test]
fn changes_are_told() {
    let mut wrong = Vec::new();
    for (turn, id) in COMMON.into_iter().enumerate() {
        let text = text(id);
        for (how, change) in ALTERED.iter().skip(turn % 4).step_by(4) {
            let found = identify(change(&text).as_bytes());
            let named = format!("LicenseRef-altered-{id}");
            let told = found.matches.iter().any(|one| one.name() == named && one.grave);
            if !told || found.names().iter().any(|name| name == id) {
                wrong.push(format!(
                    "{id}, {how}: {:?} {:?} {}",
                    found.names(),
                    found.closest,
                    differs(&found)
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// A licence, a passage of it, and what stands there instead.
const EDITS: &[(&str, &str, &str)] = &[
    ("MIT", "without restriction, including", "with restrictions, including"),
    ("MIT", "and/or sell copies", "copies"),
    ("MIT", "shall be included in all copies", "should be included in all copies"),
    ("MIT", "is hereby granted, free of charge,", "is hereby granted, for a fee,"),
    ("Apache-2.0", "Version 2.0, January 2004", "Version 2.1, January 2004"),
    ("Apache-2.0", "perpetual, worldwide,", "revocable, worldwide,"),
    ("Apache-2.0", "royalty-free", "royalty-bearing"),
    ("BSD-3-Clause", "with or without modification", "without modification"),
    ("BSD-2-Clause", "source and binary forms", "binary form"),
    ("ISC", "with or without fee", "without fee"),
    (
        "GPL-2.0",
        "You may not impose any further restrictions",
        "You may impose further restrictions",
    ),
    ("GPL-2.0", "Version 2, June 1991", "Version 4, June 1991"),
    ("GPL-3.0", "You may convey verbatim copies", "You may not convey verbatim copies"),
    ("LGPL-2.1", "You may copy and distribute verbatim copies", "You may copy verbatim copies"),
    ("MPL-2.0", "world-wide, royalty-free, non-exclusive", "world-wide, exclusive"),
    (
        "Zlib",
        "for any purpose, including commercial applications",
        "for any non-commercial purpose",
    ),
    ("BSL-1.0", "free of charge", "on payment"),
    ("Unlicense", "commercial or non-commercial", "non-commercial"),
    ("CC0-1.0", "irrevocably and unconditionally", "revocably"),
    ("0BSD", "with or without fee", "without fee"),
    ("OFL-1.1", "may be sold by itself", "may be given away by itself"),
    // Where the text ends and its tail begins, and below the title.
    (
        "Apache-2.0",
        "END OF TERMS AND CONDITIONS",
        "10. Use in products requires prior written consent. END OF TERMS AND CONDITIONS",
    ),
    (
        "GPL-3.0",
        "END OF TERMS AND CONDITIONS",
        "18. You may not use the Program in power plants. END OF TERMS AND CONDITIONS",
    ),
    ("MIT", "MIT License", "MIT License. For non-commercial use only."),
    (
        "Apache-2.0",
        "TERMS AND CONDITIONS FOR USE",
        "For internal use only. TERMS AND CONDITIONS FOR USE",
    ),
];

#[test]
fn edits_are_told() {
    let mut wrong = Vec::new();
    for (id, passage, instead) in EDITS {
        let text = text(id).split_whitespace().collect::<Vec<_>>().join(" ");
        let changed = text.replacen(passage, instead, 1);
        assert_ne!(text, changed, "{id} has no {passage:?}");
        let found = identify(changed.as_bytes());
        if found.names() != [format!("LicenseRef-altered-{id}")] {
            wrong.push(format!("{id} {instead}: {:?} {:?}", found.names(), found.closest));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Edits that change nothing.
const HARMLESS: &[(&str, &str, &str)] = &[
    ("MIT", "MIT License", "The MIT License (MIT)"),
    ("MIT", "THE AUTHORS OR COPYRIGHT HOLDERS", "EXAMPLE GMBH OR ITS AFFILIATES"),
    ("MIT", "copyright notice", "[copyright notice](https://example.com/x)"),
    ("BSD-3-Clause", "the copyright holder nor", "Example GmbH nor"),
    ("BSD-3-Clause", "THE COPYRIGHT HOLDERS AND CONTRIBUTORS", "EXAMPLE GMBH ''AS"),
    ("BSD-3-Clause", "THE COPYRIGHT HOLDER OR CONTRIBUTORS", "EXAMPLE GMBH"),
    ("BSD-2-Clause", "THE COPYRIGHT HOLDER OR CONTRIBUTORS", "THE REGENTS OR CONTRIBUTORS"),
    (
        "GPL-2.0",
        "51 Franklin Street, Fifth Floor, Boston, MA 02110-1301, USA",
        "59 Temple Place, Suite 330, Boston, MA 02111-1307 USA",
    ),
    (
        "GPL-2.0",
        "51 Franklin Street, Fifth Floor, Boston, MA 02110-1301, USA",
        "675 Mass Ave, Cambridge, MA 02139, USA",
    ),
    ("GPL-3.0", "https://fsf.org/", "http://fsf.org/"),
    ("Apache-2.0", "[name of copyright owner]", "Example GmbH"),
    ("Apache-2.0", "http://www.apache.org/licenses/", "https://www.apache.org/licenses/"),
    ("BSD-2-Clause", "AS IS", "``AS IS''"),
    ("ISC", "AS IS", "'as is'"),
];

#[test]
fn harmless_edits_are_none() {
    let mut wrong = Vec::new();
    for (id, passage, instead) in HARMLESS {
        let text = text(id).split_whitespace().collect::<Vec<_>>().join(" ");
        let changed = text.replacen(passage, instead, 1);
        assert_ne!(text, changed, "{id} has no {passage:?}");
        let found = identify(changed.as_bytes());
        if found.names() != [*id] {
            wrong.push(format!("{id} {instead}: {:?} {}", found.names(), differs(&found)));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn tails_may_be_missing() {
    for (id, tail) in
        [("Apache-2.0", "APPENDIX"), ("GPL-2.0", "How to Apply"), ("GPL-3.0", "How to Apply")]
    {
        let text = text(id);
        let at = text.find(tail).expect("tail");
        assert_eq!(names(&text[..at]), [id]);
    }
}

#[test]
fn several_texts_come_in_order() {
    let dual = format!("Either\n\n{}\n\nor\n\n{}", text("Apache-2.0"), text("MIT"));
    assert_eq!(names(&dual), ["Apache-2.0", "MIT"]);
    let appendix = format!(
        "{}\n\n-- parts of zlib --\n\n{}\n\n-- jemalloc --\n\n{}",
        text("MIT"),
        text("Zlib"),
        text("BSD-2-Clause")
    );
    let found = identify(appendix.as_bytes());
    assert_eq!(found.names(), ["MIT", "Zlib", "BSD-2-Clause"]);
    assert!(found.matches.windows(2).all(|pair| pair[0].lines.1 < pair[1].lines.0));
}

#[test]
fn exceptions_belong_to_their_licence() {
    let exception = |id: &str| {
        let entry =
            LIST.split("\n=== exception ").find(|entry| entry.starts_with(&format!("{id} ")));
        render(entry.expect("listed").split_once('\n').expect("text").1)
    };
    for (id, of) in [
        ("Classpath-exception-2.0", "GPL-2.0"),
        ("GCC-exception-3.1", "GPL-3.0"),
        ("LLVM-exception", "Apache-2.0"),
    ] {
        let both = format!("{}\n\n{}", text(of), exception(id));
        assert_eq!(names(&both), [format!("{of} WITH {id}")]);
    }
}

#[test]
fn what_is_no_text_is_none() {
    let notice = "This program is free software: you can redistribute it and/or modify it under the terms of the GNU General Public License as published by the Free Software Foundation, either version 3 of the License, or (at your option) any later version.\n\nThis program is distributed in the hope that it will be useful, but WITHOUT ANY WARRANTY; without even the implied warranty of MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE. See the GNU General Public License for more details.";
    for text in
        [notice, "Licensed under the MIT license, see LICENSE.", "", "Copyright 2020 Example GmbH"]
    {
        assert!(identify(text.as_bytes()).matches.is_empty(), "{text}");
    }
    let half = text("MIT");
    let found = identify(&half.as_bytes()[..half.len() / 2]);
    assert!(
        found.matches.is_empty()
            && found.closest.is_some_and(|(id, share)| id.as_str() == "MIT" && share < 90)
    );
}

#[test]
fn texts_inside_of_comments() {
    for id in ["MIT", "BSD-3-Clause", "BSD-2-Clause", "ISC", "Zlib", "BSL-1.0"] {
        let comment = format!(
            "/* tool.c: opens the door, but not at night.\n * Copyright 2020 Some Body\n{}\n */",
            wrapped(&text(id), 70, " * ")
        );
        let found = inside(comment.as_bytes());
        assert_eq!(found.iter().map(debut::scan::licensing::Match::name).collect::<Vec<_>>(), [id]);
    }
    assert!(
        inside(
            b"/* The door is opened by permission of nobody in particular, as the case may be. */"
        )
        .is_empty()
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_bytes_are_read(parts in prop::collection::vec(
        prop_oneof![
            prop::collection::vec(any::<u8>(), 0..40),
            prop::sample::select(vec![
                "<p>", "<!--", "&amp;", "&#", "[a](", "\u{2019}", "\u{ad}", "\u{4e2d}", "\n# ", "\n(c) 19",
                "Copyright ", "\ndnl", "http://", "a.bc/", "1.", ".2", "iv)", " all rights reserved", "<year>",
                "Permission is hereby granted, free of charge, to any person obtaining a copy",
                "Redistribution and use in source and binary forms, with or without modification",
                "shall be included in all copies or substantial portions of the Software.",
            ]).prop_map(|text| text.as_bytes().to_vec()),
        ],
        0..40,
    )) {
        let all = parts.concat();
        let _ = identify(&all);
        let _ = inside(&all);
    }
}
