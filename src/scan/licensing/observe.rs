// SPDX-License-Identifier: MIT OR Apache-2.0
//! What one file says about licences. Cheap: heads only, but for licence files and manifests.

use super::{
    Bundle, Claim, Declared, Evidence, Family, Identified, Lock, Manifest, Media, bundle,
    heard::Heard,
    lock, manifest, media, names, readme, reuse,
    says::{self, Changed, Copyright, Said},
    sources, text_file, texts,
};
use crate::{
    domain::{FileKind, How, LineIndex, PathClass, RepoPath, Span},
    scan::View,
};

/// What one file says about licences.
#[derive(Clone, Debug, Default)]
pub struct Observation {
    /// `SPDX-License-Identifier` tags outside of snippets.
    pub tags: Vec<Tag>,
    /// What its comments say about its licence, in the order of lines.
    pub licences: Vec<Said>,
    /// Whose it is, in the order of lines.
    pub copyrights: Vec<Copyright>,
    /// Whether it is source code of more than a few lines, in a language that has comments.
    pub source: bool,
    /// Whether a program wrote the file.
    pub generated: bool,
    /// What a file with a licence's name holds.
    pub text: Option<LicenceText>,
    /// A licence's text in a comment that somebody changed, and where.
    pub changed: Option<Box<(Changed, Span)>>,
    /// What a README's badge and "License" section name.
    pub readme: Vec<Family>,
    /// What a README says, statement by statement.
    pub said: Vec<readme::Statement>,
    /// What a package manifest declares.
    pub manifest: Option<Manifest>,
    /// What it says about other people's work.
    pub bundle: Option<Box<Bundle>>,
    /// What a lock file takes in.
    pub lock: Option<Lock>,
    /// What a font, a picture, sound or a document says of itself.
    pub media: Option<Media>,
    /// What it says in the way of REUSE.
    pub reuse: Option<Box<reuse::Statement>>,
    /// What a decision about it rests on.
    pub evidence: Evidence,
}

/// One `SPDX-License-Identifier` tag.
#[derive(Clone, Debug)]
pub struct Tag {
    /// The line, counted from 1.
    pub line: u32,
    /// What it declares.
    pub declared: Declared,
}

/// What a file with a licence's name holds.
#[derive(Clone, Debug)]
pub struct LicenceText {
    /// The licence texts found in it.
    pub identified: Identified,
    /// Licences that are only mentioned, for a file that points to others.
    pub mentioned: Vec<Family>,
    /// Number of words.
    pub words: usize,
    /// Where a name or a year was left to fill in, and the text that stands there; each once.
    pub placeholders: Vec<(Span, String)>,
    /// Whether it says whose it is and nothing else.
    pub owner_only: bool,
    /// Whether it begins with the words that one of its licences may be chosen.
    pub choice: bool,
    /// Where somebody first changed the text.
    pub changed: Option<Span>,
}

impl Observation {
    /// Returns whether the file's head says anything about its licence or owner.
    #[must_use]
    pub fn has_header(&self) -> bool {
        let owned = self.copyrights.iter().any(|one| !one.below);
        !self.tags.is_empty() || !self.licences.is_empty() || owned
    }

    /// Returns whether it is a manifest that says the licence in a field made for it.
    pub(super) fn declares(&self) -> bool {
        let claim = self.manifest.as_ref().map(|manifest| &manifest.claim);
        claim.is_some_and(|claim| match claim {
            Claim::Declared(declared, _) => declared.terms().is_some(),
            _ => false,
        })
    }
}

/// Returns what the file says about licences, nothing if it has no say in it.
#[must_use]
pub fn observe(path: &RepoPath, view: &View<'_>) -> Option<Observation> {
    let heard = Heard::of(view.text);
    let text = view.facts.licence.then(|| text_file::read(view.text));
    let known = text.as_ref().map(|text| &text.identified);
    let mut seen = Observation {
        source: sources::is_source(path, view),
        generated: view.class == PathClass::Generated,
        manifest: manifest::read(path, view),
        bundle: bundle::observe(path, view, known),
        lock: lock::read(path, view),
        media: media::observe(path, view.text),
        reuse: reuse::read(path, view, &heard),
        text,
        ..Observation::default()
    };
    if path.file_name().to_ascii_lowercase().starts_with(b"readme") {
        seen.said = readme::statements(view.text);
        seen.readme = readme::families(&seen.said);
    }
    if let Some(said) = says::read(view, &heard) {
        seen.tags = said.tags;
        seen.copyrights = said.copyrights;
        seen.generated |= said.generated;
        // A licence's text speaks of itself.
        if seen.text.is_none() {
            seen.licences = said.licences;
            seen.changed = said.changed.map(|one| {
                let span = LineIndex::new(view.text).span(view.text, one.place.clone());
                Box::new((one, span))
            });
        }
        if seen.licences.is_empty() && !seen.readme.is_empty() {
            seen.licences.extend(says::section(view).or_else(|| badge(&seen.said)));
        }
        // What REUSE reads there is about other files.
        if seen.reuse.as_ref().is_some_and(|one| one.dep5.is_some()) {
            seen.licences.clear();
        }
        let wordy = seen.text.is_none() && said.wordy;
        if let Some(whole) = wordy.then(|| whole_text(view.text)).flatten() {
            seen.licences = vec![whole];
        }
    }
    let silent = !seen.source
        && !seen.has_header()
        && seen.copyrights.is_empty()
        && seen.text.is_none()
        && seen.manifest.is_none()
        && seen.bundle.is_none()
        && seen.lock.is_none()
        && seen.media.is_none()
        && seen.readme.is_empty()
        && seen.reuse.is_none();
    // Without a header the head has nothing that anybody decides about.
    if seen.text.is_some() || seen.has_header() || !seen.copyrights.is_empty() {
        seen.evidence = Evidence::of(view.text, view.facts.licence);
    }
    (!silent).then_some(seen)
}

/// Returns the one licence that the badges of a README name.
fn badge(said: &[readme::Statement]) -> Option<Said> {
    let first = said.iter().find(|one| one.badge)?;
    let [family] = readme::families(said).try_into().ok()?;
    let known = says::of_family(&family);
    let licence = match known.strip_suffix("-only").filter(|_| first.later) {
        Some(base) => format!("{base}-or-later"),
        None => known,
    };
    let line = first.span.as_ref().map_or(1, |span| span.line);
    Some(Said { how: How::Reference, line, ..Said::text(licence) })
}

/// Returns the licence whose text stands in a file of another name, such as `licenses/mit.txt`.
fn whole_text(text: &[u8]) -> Option<Said> {
    let all: Vec<String> = texts::identify(text).matches.iter().map(says::of_match).collect();
    // Several texts in one file are a collection, and a text in a manual is an appendix.
    let one = says::join(&all, "AND").filter(|_| all.len() == 1)?;
    Some(Said::text(one))
}

/// Returns whether the name is one under which a licence text is kept.
pub(in crate::scan) fn is_licence_name(path: &RepoPath) -> bool {
    let name = path.file_name().to_ascii_lowercase();
    let starts =
        [&b"license"[..], b"licence", b"unlicense", b"unlicence", b"copying", b"copyright", b"ofl"];
    let extension = path.extension();
    let other =
        matches!(extension.as_str(), "xml" | "go" | "sh" | "gemspec" | "license" | "header");
    let kept = match FileKind::of(path) {
        FileKind::Prose | FileKind::Other => true,
        // A bare name such as LICENSE has no extension and no kind.
        FileKind::Code | FileKind::Shell | FileKind::Config => extension.is_empty(),
    };
    let whole = |start: &&[u8]| {
        name.strip_prefix(*start).is_some_and(|rest| {
            // "licenses" and "copyrights", but not "licensed_apps" or "oflow".
            let rest = rest.strip_prefix(b"s").unwrap_or(rest);
            rest.first().is_none_or(|byte| !byte.is_ascii_lowercase())
        })
    };
    (starts.iter().any(whole) && kept && !other)
        || in_licences_folder(path)
        || is_named_first(&name)
}

/// Whether it is called as Rails does it, `MIT-LICENSE`: the licence's name comes first.
fn is_named_first(name: &[u8]) -> bool {
    let name = std::str::from_utf8(name).unwrap_or("");
    let bare = name.strip_suffix(".txt").or(name.strip_suffix(".md")).unwrap_or(name);
    let first = bare.strip_suffix("license").or(bare.strip_suffix("licence"));
    let first = first.and_then(|first| first.strip_suffix(['-', '_']));
    first.is_some_and(|first| names::lookup(first).is_some())
}

/// Returns whether the file lies in the folder that REUSE keeps texts in.
pub(super) fn in_licences_folder(path: &RepoPath) -> bool {
    path.parent().file_name() == b"LICENSES"
}

#[cfg(test)]
mod tests {
    use super::{is_licence_name, observe};
    use crate::{
        domain::RepoPath,
        scan::{PathFacts, View},
    };

    #[test]
    fn licence_names() {
        let is = |name: &str| is_licence_name(&RepoPath::new(name.as_bytes()));
        for name in [
            "LICENSE",
            "License.txt",
            "LICENCE.md",
            "COPYING.LESSER",
            "UNLICENSE",
            "LICENSE-MIT",
            "MIT-LICENSE",
            "apache2_licence.txt",
            "a/COPYING",
            "LICENSES/MIT.txt",
        ] {
            assert!(is(name), "{name}");
        }
        for name in [
            "license.go",
            "licensing.md",
            "license.py",
            "copying.sh",
            "a.license",
            "license_server.tf",
            "licensed.txt",
            "our-license",
            "mit-license.py",
        ] {
            assert!(!is(name), "{name}");
        }
    }

    #[test]
    fn a_header_is_seen() {
        let path = RepoPath::new(b"a.py");
        let code = "x = 1\n".repeat(9);
        let see = |head: &str| {
            observe(&path, &View::new(&PathFacts::of(&path), format!("{head}\n{code}").as_bytes()))
        };
        let seen = see("# SPDX-License-Identifier: MIT\n# Copyright 2020 Us").expect("source");
        assert!(seen.source && seen.tags.len() == 1 && !seen.generated);
        assert_eq!(seen.copyrights[0].holder, "Us");
        assert!(!see("import os").expect("source").has_header());
        assert!(see("# Copyright: (c) 2017, Us").expect("source").has_header());
        assert!(!see("copyright = read()").expect("source").has_header());
        assert!(see("# Code generated by x. DO NOT EDIT.").expect("source").generated);
    }
}
