// SPDX-License-Identifier: MIT OR Apache-2.0
//! The one answer for each file: under which licence it stands, how that is known, and whose it is.

use std::{collections::BTreeMap, sync::Arc};

use super::LicensingScan;
use crate::{
    domain::{How, LicenceFact, RepoPath},
    repo::EntryKind,
    scan::licensing::{
        Claim, Family, Identified, LicenceText, Observation, media::Said as MediaSaid, says,
    },
};

/// A file with more words is no pointer to another.
const NOTICE_WORDS: usize = 250;

/// What one file says, before it becomes a fact.
type Answer = (String, How, Option<u32>);

/// Returns what is known of each file of the tree.
pub(super) fn gather(scan: &LicensingScan) -> BTreeMap<RepoPath, LicenceFact> {
    let mut out = BTreeMap::new();
    let files = scan.tree.iter().filter(|(_, kind)| *kind != EntryKind::Submodule);
    let paths = files.map(|(path, _)| path).chain(scan.observed.keys());
    for path in paths {
        if !out.contains_key(path) {
            out.insert(path.clone(), fact(scan, path));
        }
    }
    out
}

fn fact(scan: &LicensingScan, path: &RepoPath) -> LicenceFact {
    let observed = scan.observed.get(path);
    let own = observed.and_then(own);
    let text = || scan.texts_at(path).and_then(text);
    let manifest = || scan.manifests.get(path).and_then(|manifest| declared(&manifest.claim));
    let (licence, how, line) = own
        .or_else(text)
        .or_else(|| observed.and_then(said))
        .or_else(manifest)
        .or_else(|| observed.and_then(embedded))
        .or_else(|| readme(scan, path))
        .unwrap_or(("NONE".into(), How::Nothing, None));
    let statements = observed.map_or(&[][..], |seen| &seen.copyrights);
    let mut holders = each(statements.iter().map(|one| one.holder.as_str()));
    let (mut licence, mut how, mut line) = (licence, how, line);
    // What is said outside holds what counts of what is said inside.
    if let Some(outside) = scan.covered(path) {
        holders = each(outside.copyright.iter().map(|notice| holder(notice)));
        if let Some(text) = outside.expression.filter(|_| outside.how != How::Tag) {
            licence = says::expression(&text).unwrap_or_else(|| says::reference(&text));
            (how, line) = (outside.how, None);
        }
    }
    let licence = settle(scan, path, &licence);
    LicenceFact { path: path.clone(), licence: licence.into(), how, line, holders }
}

/// Returns the names, each once.
fn each<'a>(names: impl Iterator<Item = &'a str>) -> Vec<Arc<str>> {
    let mut out: Vec<Arc<str>> = Vec::new();
    for name in names.filter(|name| !name.is_empty()) {
        if !out.iter().any(|known| **known == *name) {
            out.push(name.into());
        }
    }
    out
}

/// Returns the holder in a copyright notice: what stands behind the years.
fn holder(notice: &str) -> &str {
    let mut rest = notice.trim();
    while let Some((first, behind)) = rest.split_once(char::is_whitespace) {
        let year = first.starts_with(|c: char| c.is_ascii_digit())
            && first.chars().all(|c| c.is_ascii_digit() || ",-\u{2013}".contains(c));
        if !year && first != "-" {
            break;
        }
        rest = behind.trim_start();
    }
    rest
}

/// Returns what a font, a picture or a document says in its own fields.
fn embedded(seen: &Observation) -> Option<Answer> {
    match seen.media.as_ref()?.said {
        MediaSaid::Open(id) => Some((says::of_family(&Family::of_id(id)), How::Metadata, None)),
        _ => None,
    }
}

/// Returns what its SPDX tags say.
fn own(seen: &Observation) -> Option<Answer> {
    let read = |tag: &crate::scan::licensing::Tag| {
        says::expression(&tag.declared.text).map(|text| (text, tag.line))
    };
    let all: Vec<(String, u32)> = seen.tags.iter().filter_map(read).collect();
    let line = all.first().map(|(_, line)| *line);
    let parts: Vec<String> = all.into_iter().map(|(text, _)| text).collect();
    Some((says::join(&parts, "AND")?, How::Tag, line))
}

/// Returns which licence's text it holds, or which one it points to.
fn text(text: &LicenceText) -> Option<Answer> {
    let ids = |all: &[Family]| all.iter().map(says::of_family).collect::<Vec<_>>();
    let Identified { licences, matches, .. } = &text.identified;
    let found = if matches.is_empty() {
        ids(licences)
    } else {
        matches.iter().map(says::of_match).collect()
    };
    if let Some(all) = says::join(&found, if text.choice { "OR" } else { "AND" }) {
        let line = matches.first().map_or(1, |one| one.lines.0);
        return Some((all, How::Text, Some(line)));
    }
    let points = text.words < NOTICE_WORDS && text.mentioned.len() <= 2;
    let all = says::join(&ids(&text.mentioned), "OR").filter(|_| points)?;
    Some((all, How::Reference, Some(1)))
}

/// Returns what its comments say: the strongest, joined where they differ.
fn said(seen: &Observation) -> Option<Answer> {
    let strong = |how: How| matches!(how, How::Text | How::Notice | How::Banner);
    let any = seen.licences.iter().any(|said| strong(said.how));
    let each = || seen.licences.iter().filter(|said| !any || strong(said.how));
    let first = each().next()?;
    let parts: Vec<String> = each().map(|said| said.licence.clone()).collect();
    Some((says::join(&parts, "AND")?, first.how, Some(first.line)))
}

fn declared(claim: &Claim) -> Option<Answer> {
    let Claim::Declared(declared, span) = claim else { return None };
    let named = || {
        // "GNU General Public License v3 or later (GPLv3+)"
        let text = declared.text.to_lowercase();
        let later = ["or later", "or newer", "or any later", "+)"].iter().any(|w| text.contains(w));
        let name = |family| match says::of_family(family).strip_suffix("-only") {
            Some(gnu) if later => format!("{gnu}-or-later"),
            _ => says::of_family(family),
        };
        let families: Vec<String> = declared.terms()?.families().iter().map(name).collect();
        says::join(&families, "OR")
    };
    let licence = says::expression(&declared.text).or_else(named)?;
    Some((licence, How::Manifest, span.as_ref().map(|span| span.line)))
}

fn readme(scan: &LicensingScan, path: &RepoPath) -> Option<Answer> {
    let known = scan.readmes.get(path);
    let names = known.or_else(|| scan.observed.get(path).map(|seen| &seen.readme))?;
    let [one] = names.as_slice() else { return None };
    Some((says::of_family(one), How::Reference, None))
}

/// Puts the version of the nearest licence text in place of a bare name: "a BSD-style license
/// that can be found in the LICENSE file".
fn settle(scan: &LicensingScan, path: &RepoPath, licence: &str) -> String {
    const BARE: [(&str, &str, &str); 5] = [
        ("LicenseRef-BSD-style", "BSD-", "BSD-3-Clause"),
        ("LicenseRef-BSD", "BSD-", "LicenseRef-BSD"),
        ("LicenseRef-MPL", "MPL-", "LicenseRef-MPL"),
        ("LicenseRef-EPL", "EPL-", "LicenseRef-EPL"),
        ("CDDL-1.0", "CDDL-", "CDDL-1.0"),
    ];
    let Some((bare, start, usual)) = BARE.iter().find(|(bare, ..)| licence.contains(bare)) else {
        return licence.to_owned();
    };
    let mut dir = path.parent();
    loop {
        let known = scan.licences(&dir).into_iter().find(|one| one.as_str().starts_with(start));
        if let Some(family) = known {
            return licence.replace(bare, &says::of_family(family));
        }
        if dir.is_root() {
            return licence.replace(bare, usual);
        }
        dir = dir.parent();
    }
}

impl LicensingScan {
    /// Returns what the file at `path` holds, if it has a licence's name.
    fn texts_at(&self, path: &RepoPath) -> Option<&LicenceText> {
        let folder = path.parent();
        let all = self.texts.get(&folder).into_iter().chain(self.texts.get(&folder.parent()));
        all.flatten().find(|file| file.path == *path).map(|file| &file.text)
    }
}
