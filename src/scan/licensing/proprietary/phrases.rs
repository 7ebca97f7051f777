// SPDX-License-Identifier: MIT OR Apache-2.0
//! The phrases with which headers keep a file from the public.

use super::super::words;
use crate::domain::FileKind;

/// Phrases that claim secrecy or ownership, as [`words::normalise`] leaves them.
const MARKERS: [&str; 49] = [
    "trade secret",
    "trade secrets",
    "internal use only",
    "do not distribute",
    "do not redistribute",
    "not for distribution",
    "not for redistribution",
    "unauthorized copying",
    "unauthorised copying",
    "unauthorized distribution",
    "unauthorised distribution",
    "unauthorized reproduction",
    "unauthorized copy",
    "unauthorized disclosure",
    "confidential and proprietary",
    "proprietary and confidential",
    "confidential proprietary",
    "proprietary confidential",
    "strictly confidential",
    "company confidential",
    "confidential information",
    "confidential property",
    "confidential material",
    "is confidential",
    "proprietary information",
    "is proprietary",
    "proprietary to",
    "proprietary property",
    "proprietary source",
    "exclusive property of",
    "sole property of",
    "may not be redistributed",
    "may not be disclosed",
    "not be disclosed to",
    "private and confidential",
    "confidential and private",
    "company internal",
    "not for public release",
    "not for public distribution",
    "do not copy or",
    "do not copy and",
    "do not copy distribute",
    "do not copy this file",
    "do not share outside",
    "do not share with",
    "internal only",
    "intellectual property of",
    "licensed materials property of",
    "strictly proprietary",
];

/// What makes a marker a legal statement.
pub(super) const COMPANIONS: [&str; 18] = [
    "inc",
    "ltd",
    "llc",
    "gmbh",
    "corp",
    "corporation",
    "limited",
    "plc",
    "copyright",
    "all rights reserved",
    "prohibited",
    "forbidden",
    "written permission",
    "written consent",
    "prior consent",
    "express permission",
    "non disclosure",
    "incorporated",
];

/// The words of a bare stamp such as `STRICTLY CONFIDENTIAL - DO NOT DISTRIBUTE`.
pub(super) const STAMP: [&str; 24] = [
    "confidential",
    "proprietary",
    "internal",
    "use",
    "only",
    "strictly",
    "company",
    "and",
    "trade",
    "secret",
    "do",
    "not",
    "distribute",
    "redistribute",
    "private",
    "for",
    "highly",
    "copy",
    "or",
    "distribution",
    "share",
    "outside",
    "public",
    "release",
];

/// Grants that need no licence's name.
pub(super) const GRANTS: [&str; 11] = [
    "permission to use copy modify",
    "freely granted",
    "permission is hereby granted",
    "redistribution and use in source",
    "license that can be found",
    "spdx license identifier",
    "free software",
    "open source",
    "public domain",
    "see copying",
    "copyleft",
];

/// Weaker words: enough to take "all rights reserved" as the formula it mostly is.
pub(super) const POINTERS: [&str; 12] = [
    "see copyright notice",
    "conditions of distribution",
    "licensed under",
    "released under",
    "distributed under",
    "under the terms of",
    "governed by",
    "see license",
    "see the license",
    "license for",
    "license file",
    "subject to the terms",
];

/// Marks of goods that are sold. In prose they as often speak of an edition that can be bought.
const SOLD: [&str; 7] = [
    "subject to a commercial license",
    "subject to the commercial license",
    "under a commercial license",
    "commercial license agreement",
    "is commercial software",
    "is a commercial software",
    "license commercial",
];

/// What says that nobody has to buy it: the other branch of a dual licence.
const CHOICES: [&str; 12] = [
    "dual licensed",
    "or a commercial",
    "or commercial",
    "or under a commercial",
    "mit",
    "gpl",
    "agpl",
    "lgpl",
    "gplv2",
    "gplv3",
    "agplv3",
    "apache",
];

/// What makes an act on the file hang on somebody's leave.
const LEAVE: [&str; 13] = [
    "written permission",
    "written consent",
    "written license agreement",
    "written agreement",
    "written authorization",
    "written approval",
    "prior consent",
    "prior permission",
    "express permission",
    "express consent",
    "without permission",
    "without the permission",
    "as permitted by",
];

/// What takes the act away where there is no leave.
const DENIALS: [&str; 8] = [
    "forbidden",
    "prohibited",
    "no part of",
    "may not copy",
    "not be copied",
    "not be reproduced",
    "not be distributed",
    "not reproduce",
];

/// The acts that a licence would allow.
const ACTS: [&str; 12] = [
    "copy",
    "copied",
    "copying",
    "reproduce",
    "reproduced",
    "reproduction",
    "distribute",
    "distributed",
    "distribution",
    "dissemination",
    "duplication",
    "disclosure",
];

/// Returns whether one of the phrases of `list` stands in `words`.
pub(super) fn has_any(words: &str, list: &[&str]) -> bool {
    list.iter().any(|phrase| words::has(words, phrase))
}

/// Returns whether the words of a comment keep the file back, if something legal stands beside.
pub(super) fn claims(words: &str, kind: FileKind) -> bool {
    let denied = || {
        let leave = has_any(words, &LEAVE) || words::has(words, "copying is prohibited");
        leave && has_any(words, &DENIALS) && has_any(words, &ACTS)
    };
    let sold = || has_any(words, &SOLD) && !has_any(words, &CHOICES);
    has_any(words, &MARKERS)
        || forbids_use(words)
        || kind != FileKind::Prose && (sold() || denied())
}

/// Returns whether the use of the file is meant. That of a key, a system or a service is
/// unauthorized in many comments, and "prohibited" says no more.
fn forbids_use(words: &str) -> bool {
    ["unauthorized use", "unauthorised use"].iter().any(|phrase| {
        let Some(at) = words::find(words, phrase) else { return false };
        let rest = words[at + phrase.len()..].trim_start();
        let things = ["file", "code", "source", "software", "program", "material", "document"];
        let of = ["of this ", "of the "].iter().find_map(|of| rest.strip_prefix(of));
        of.is_some_and(|rest| things.iter().any(|thing| rest.starts_with(thing)))
            || rest.starts_with("copying")
            || rest.starts_with("or ")
            || has_any(words, &["copyright", "all rights reserved"])
    })
}
