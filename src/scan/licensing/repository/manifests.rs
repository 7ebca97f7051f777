// SPDX-License-Identifier: MIT OR Apache-2.0
//! What package manifests declare, against the licence text nearest above them.

use super::{Gap, LicensingScan, Report, list};
use crate::{
    domain::{PathClass, RepoPath, Severity, Span},
    scan::licensing::{Claim, Declared, Family, Manifest, Reading, Terms, Wrinkle},
};

pub(super) fn judge(scan: &LicensingScan, report: &mut Report<'_>) {
    for (path, manifest) in &scan.manifests {
        let class = PathClass::of(path);
        // Other people's packages are judged as such, not by our licence.
        if matches!(class, PathClass::Vendored | PathClass::Generated) {
            continue;
        }
        match &manifest.claim {
            Claim::Declared(declared, span) => {
                let site = Site { scan, path, declared, span: span.as_ref() };
                site.judge(report);
            }
            Claim::Missing if class == PathClass::Normal && !is_declared_beside(scan, path) => {
                missing(path, manifest, report);
            }
            Claim::Missing | Claim::Elsewhere => {}
        }
    }
}

fn missing(path: &RepoPath, manifest: &Manifest, report: &mut Report<'_>) {
    report.push(Gap::new("manifest-missing", path, manifest.kind));
}

/// Returns whether another manifest of the same package names the licence.
fn is_declared_beside(scan: &LicensingScan, path: &RepoPath) -> bool {
    let dir = path.parent();
    let siblings = scan.manifests.iter().filter(|(other, _)| *other != path);
    siblings
        .filter(|(other, _)| other.parent() == dir)
        .any(|(_, manifest)| matches!(manifest.claim, Claim::Declared(..)))
}

/// A declaration and where it stands.
struct Site<'a> {
    scan: &'a LicensingScan,
    path: &'a RepoPath,
    declared: &'a Declared,
    span: Option<&'a Span>,
}

impl Site<'_> {
    fn gap(&self, rule: &'static str) -> Gap<'_> {
        Gap::new(rule, self.path, &self.declared.text).at(self.span)
    }

    fn judge(&self, report: &mut Report<'_>) {
        match &self.declared.reading {
            Reading::Licence(terms) => self.licence(terms, report),
            Reading::Proprietary => report.push(self.gap("manifest-proprietary")),
            Reading::Placeholder => {
                let gap = self.gap("manifest-invalid");
                report.push(gap.note("left over from a generator: nobody chose a licence here"));
            }
            Reading::Invalid => report.push(self.gap("manifest-invalid")),
            Reading::Template | Reading::File => {}
        }
    }

    fn licence(&self, terms: &Terms, report: &mut Report<'_>) {
        let spelling = match &terms.wrinkle {
            Some(Wrinkle::Slash) => Some("write OR in place of the slash".to_owned()),
            Some(Wrinkle::Deprecated(id)) => Some(format!("SPDX has replaced the id {id}")),
            Some(Wrinkle::Name) | None => None,
        };
        if let Some(note) = spelling {
            report.push(self.gap("manifest-invalid").note(note).at_most(Severity::Low));
        }
        if !terms.holds(Family::is_open) {
            report.push(self.gap("license-not-open"));
        }
        self.compare(terms, report);
    }

    fn compare(&self, terms: &Terms, report: &mut Report<'_>) {
        let Some((dir, texts)) = self.nearest() else { return };
        let fits = |family: &Family| texts.iter().any(|text| self.is_met(family, text));
        let named = terms.families();
        if named.iter().all(fits) || named.iter().any(|f| f.as_str().contains("LicenseRef")) {
            return;
        }
        let place = if dir.is_root() { "the top".to_owned() } else { dir.to_string() };
        let evidence = format!(
            "{} declares {}, the licence file in {place} holds {}",
            self.path,
            self.declared.text,
            list(texts.iter().copied())
        );
        let rule = if named.iter().any(fits) { "license-conflict" } else { "manifest-contradicts" };
        let gap = self.gap(rule).because(evidence);
        report.push(if rule == "license-conflict" {
            gap.note("one of the licences declared has no text")
        } else {
            gap
        });
    }

    /// Returns the licence texts in the nearest directory above that has any.
    fn nearest(&self) -> Option<(RepoPath, Vec<&Family>)> {
        let mut dir = self.path.parent();
        loop {
            let texts = self.scan.licences(&dir);
            if !texts.is_empty() {
                return Some((dir, texts));
            }
            // A licence nobody could read may well be the one declared.
            if dir.is_root() || !self.scan.files(&dir).is_empty() {
                return None;
            }
            dir = dir.parent();
        }
    }

    /// Returns whether `text` is what `family` declares; "or later" reaches a later text.
    fn is_met(&self, family: &Family, text: &Family) -> bool {
        let later = self.declared.text.contains("later") || self.declared.text.contains('+');
        let split = |family: &Family| {
            family
                .as_str()
                .rsplit_once('-')
                .map(|(base, version)| (base.to_owned(), version.to_owned()))
        };
        let newer = match (split(family), split(text)) {
            (Some((base, from)), Some((other, to))) => base == other && to >= from,
            _ => false,
        };
        family.fits(text) || (later && newer)
    }
}
