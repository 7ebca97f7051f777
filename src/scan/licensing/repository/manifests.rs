// SPDX-License-Identifier: MIT OR Apache-2.0
//! What package manifests declare, against the licence text nearest above them.

mod files;

use std::collections::{BTreeMap, HashSet};

use super::{
    Gap, LicensingScan, Report, list,
    standing::{self, package_dir},
};
use crate::{
    domain::{RepoPath, Severity, Span},
    scan::licensing::{Claim, Declared, Family, Manifest, Reading, Terms, Wrinkle},
};

/// Formats with words of their own for licences, in which an SPDX id may be an old one.
const OWN_WORDS: [&str; 7] = [
    "DESCRIPTION",
    "debian/copyright",
    "RPM spec",
    "META.json",
    "META.yml",
    "dist.ini",
    "Makefile.PL",
];
/// Formats that often describe other people's programs, which are packed or installed here.
const PACKED: [&str; 4] = ["debian/copyright", "RPM spec", "snapcraft.yaml", "conanfile.py"];

pub(super) fn judge(scan: &LicensingScan, report: &mut Report<'_>) {
    let own = scan
        .manifests
        .iter()
        .filter(|(path, _)| !standing::is_aside(scan, path) && !standing::is_link(scan, path));
    let declared = declared(scan);
    let mut packages: BTreeMap<RepoPath, (&RepoPath, &Declared)> = BTreeMap::new();
    for (path, manifest) in own {
        files::judge(scan, path, manifest, report);
        match &manifest.claim {
            Claim::Declared(declared, span) => {
                let site = Site { scan, path, kind: manifest.kind, declared, span: span.as_ref() };
                site.judge(report);
                site.besides(manifest, report);
                site.beside(&mut packages, report);
            }
            Claim::Missing if !declared.contains(&package_dir(path)) => {
                missing(path, manifest, report);
            }
            Claim::Elsewhere if manifest.inherits => inherited(scan, path, manifest, report),
            Claim::Missing | Claim::Elsewhere => {}
        }
    }
}

fn missing(path: &RepoPath, manifest: &Manifest, report: &mut Report<'_>) {
    report.push(Gap::new("manifest-missing", path, manifest.kind));
}

/// Returns the packages of which a manifest names the licence: another one need not.
fn declared(scan: &LicensingScan) -> HashSet<RepoPath> {
    let naming = scan.manifests.iter().filter(|(_, manifest)| {
        matches!(manifest.claim, Claim::Declared(..)) || !manifest.files.is_empty()
    });
    naming.map(|(path, _)| package_dir(path)).collect()
}

/// Judges a member of a Cargo workspace by what its root hands down.
fn inherited(scan: &LicensingScan, path: &RepoPath, manifest: &Manifest, report: &mut Report<'_>) {
    let mut dir = path.parent();
    let root = loop {
        if dir.is_root() {
            return;
        }
        dir = dir.parent();
        let name = if dir.is_root() { Vec::new() } else { [dir.as_bytes(), b"/"].concat() };
        let above = RepoPath::new(&[&name, path.file_name()].concat());
        if let Some(root) = scan.manifests.get(&above).filter(|root| root.hands_down) {
            break root;
        }
    };
    match &root.claim {
        // It hands down the licence of the text over it; the member may have its own.
        Claim::Declared(declared, _) => {
            let site = Site { scan, path, kind: manifest.kind, declared, span: None };
            if let Reading::Licence(terms) = &declared.reading {
                site.compare(terms, report);
            }
        }
        // A parent may have one of its own, outside of the repository.
        _ if root.inherits || !root.files.is_empty() || manifest.kind != "Cargo.toml" => {}
        _ => missing(path, manifest, report),
    }
}

/// A declaration and where it stands.
struct Site<'a> {
    scan: &'a LicensingScan,
    path: &'a RepoPath,
    kind: &'static str,
    declared: &'a Declared,
    span: Option<&'a Span>,
}

impl<'a> Site<'a> {
    fn gap(&self, rule: &'static str) -> Gap<'a> {
        Gap::new(rule, self.path, &self.declared.text).at(self.span)
    }

    fn judge(&self, report: &mut Report<'_>) {
        match &self.declared.reading {
            Reading::Licence(terms) => self.licence(terms, report),
            Reading::Proprietary => self.proprietary(report),
            Reading::Placeholder => {
                let gap = self.gap("manifest-invalid");
                report.push(gap.note("left over from a generator: nobody chose a licence here"));
            }
            Reading::Invalid => report.push(self.gap("manifest-invalid")),
            Reading::Template | Reading::File => {}
        }
    }

    fn proprietary(&self, report: &mut Report<'_>) {
        let gap = self.gap("manifest-proprietary");
        let word = self.declared.text.to_ascii_lowercase();
        let default = match self.kind {
            "Chef metadata.rb" | "metadata.json" if word.contains("all") => {
                Some("what `chef generate cookbook` writes where nobody chose a licence")
            }
            "package.json" if word == "unlicensed" => {
                Some("what generators such as that of NestJS write where nobody chose a licence")
            }
            "composer.json" if word == "proprietary" => {
                Some("what the skeletons of frameworks write where nobody chose a licence")
            }
            _ => None,
        };
        report.push(match default {
            Some(note) => gap.note(note),
            None => gap,
        });
    }

    fn licence(&self, terms: &Terms, report: &mut Report<'_>) {
        let spelling = match &terms.wrinkle {
            Some(Wrinkle::Slash) => Some("write OR in place of the slash".to_owned()),
            Some(Wrinkle::Deprecated(id)) => Some(format!("SPDX has replaced the id {id}")),
            Some(Wrinkle::Name) | None => None,
        };
        if let Some(note) = spelling.filter(|_| !OWN_WORDS.contains(&self.kind)) {
            report.push(self.gap("manifest-invalid").note(note).at_most(Severity::Low));
        }
        if !terms.holds(Family::is_open) {
            report.push(self.gap("license-not-open"));
        }
        self.compare(terms, report);
    }

    fn compare(&self, terms: &Terms, report: &mut Report<'_>) {
        let package = package_dir(self.path);
        // Packages of other people's programs lie in folders of their own.
        if PACKED.contains(&self.kind) && !package.parent().is_root() {
            return;
        }
        let Some((dir, texts)) = standing::nearest(self.scan, &package) else { return };
        let fits = |family: &Family| texts.iter().any(|text| is_met(terms, family, text));
        let named = terms.families();
        if named.iter().all(fits) || named.iter().any(is_unknown) {
            return;
        }
        let place = if dir.is_root() { "the top".to_owned() } else { dir.to_string() };
        let evidence = format!(
            "{} declares {}, the licence file in {place} holds {}",
            self.path,
            self.declared.text,
            list(texts.iter().copied())
        );
        if !named.iter().any(fits) {
            let gap = self.gap("manifest-contradicts").because(evidence);
            return report.push(self.soften(gap));
        }
        let all = standing::above(self.scan, &package);
        let lacking: Vec<&Family> =
            named.iter().filter(|one| !all.iter().any(|text| is_met(terms, one, text))).collect();
        // Perl's own licence is one of the two, whose texts stand in one file.
        let perl = named.iter().any(|one| one.as_str() == "Artistic-1.0-Perl");
        if !lacking.is_empty() && !perl && !PACKED.contains(&self.kind) {
            let gap = self.gap("license-conflict").because(evidence);
            report.push(gap.note(format!("no text of {}", list(lacking))));
        }
    }

    /// An image or an API may stand under another licence than the code that makes it.
    fn soften(&self, gap: Gap<'a>) -> Gap<'a> {
        match self.kind {
            "Dockerfile label" | "OpenAPI document" | ".zenodo.json" | "CITATION.cff" => {
                gap.at_most(Severity::Medium)
            }
            "package.json" if self.declared.text == "ISC" => {
                gap.note("ISC is what `npm init` writes where nobody chose a licence")
            }
            "galaxy.yml" if self.declared.text == "GPL-2.0-or-later" => gap.note(
                "GPL-2.0-or-later is what `ansible-galaxy collection init` writes where nobody chose a licence",
            ),
            _ => gap,
        }
    }

    /// Judges what the manifest says in a second place.
    fn besides(&self, manifest: &'a Manifest, report: &mut Report<'_>) {
        for (also, span) in &manifest.also {
            let site = Site { declared: also, span: span.as_ref(), ..*self };
            match (&also.reading, self.declared.terms()) {
                (Reading::Proprietary, _) => site.proprietary(report),
                (Reading::Licence(second), Some(first)) if !share(first, second) => {
                    let evidence = format!(
                        "{} declares {}, and {} in another place",
                        self.path, self.declared.text, also.text
                    );
                    report.push(site.gap("manifest-contradicts").because(evidence));
                }
                _ => {}
            }
        }
    }

    /// Compares the manifests of one package where no text tells which is right.
    fn beside(
        &self,
        packages: &mut BTreeMap<RepoPath, (&'a RepoPath, &'a Declared)>,
        report: &mut Report<'_>,
    ) {
        let package = package_dir(self.path);
        if standing::nearest(self.scan, &package).is_some() || self.kind == "Dockerfile label" {
            return;
        }
        let Some(terms) = self.declared.terms() else { return };
        let Some((path, other)) = packages.get(&package) else {
            packages.insert(package, (self.path, self.declared));
            return;
        };
        if other.terms().is_some_and(|other| !share(other, terms)) {
            let evidence = format!(
                "{} declares {}, {path} beside it {}",
                self.path, self.declared.text, other.text
            );
            report.push(self.gap("manifest-contradicts").because(evidence));
        }
    }
}

/// Whether both name a licence that can be the same.
fn share(first: &Terms, second: &Terms) -> bool {
    let second = second.families();
    let either = |one: &Family| second.iter().any(|two| one.fits(two) || is_newer(one, two));
    first.families().iter().any(|one| is_unknown(one) || either(one))
        || second.iter().any(is_unknown)
}

fn is_newer(one: &Family, two: &Family) -> bool {
    standing::is_newer(one, two) || standing::is_newer(two, one)
}

/// A licence of one's own, of which nobody can say what its text is.
fn is_unknown(family: &Family) -> bool {
    let id = family.as_str();
    id.contains("LicenseRef") && id != "LicenseRef-Public-Domain"
}

/// Returns whether `text` is what `family` declares; "or later" reaches a later text.
fn is_met(terms: &Terms, family: &Family, text: &Family) -> bool {
    let id = family.as_str();
    let free = id == "LicenseRef-Public-Domain"
        && matches!(text.as_str(), "Unlicense" | "CC0-1.0" | "0BSD");
    let python = id == "PSF-2.0" && text.as_str() == "Python-2.0"
        || id == "Python-2.0" && text.as_str() == "PSF-2.0";
    family.fits(text) || free || python || (terms.later && standing::is_newer(family, text))
}
