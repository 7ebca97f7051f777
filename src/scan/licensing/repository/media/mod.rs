// SPDX-License-Identifier: MIT OR Apache-2.0
//! Fonts, images, sound and documents without a licence.

mod names;

use std::collections::BTreeSet;

use super::{Gap, LicensingScan, Report, Role, parts::Parts};
use crate::{
    domain::{PathClass, RepoPath, Severity},
    repo::EntryKind,
    scan::licensing::{
        Claim, Media,
        media::{MediaKind, Said},
    },
};
use names::{Stem, is_stock};

pub(super) fn judge(scan: &LicensingScan, report: &mut Report<'_>) {
    let files: Vec<(&RepoPath, MediaKind)> = scan
        .tree
        .iter()
        .filter(|(_, kind)| *kind == EntryKind::File)
        .filter_map(|(path, _)| Some((path, MediaKind::of(path)?)))
        .collect();
    if files.is_empty() {
        return;
    }
    let around = Around::new(scan, &files);
    for (path, kind) in files {
        if let Some(gap) = around.judge(path, kind) {
            let value = gap.value;
            let mut finding = Gap::new("media-unlicensed", path, &value).at_most(gap.severity);
            finding = if gap.lowered { finding } else { finding.weighed() };
            finding = gap.notes.into_iter().fold(finding, Gap::note);
            report.push(if let Some(evidence) = gap.evidence {
                finding.because(evidence)
            } else {
                finding
            });
        }
    }
}

/// Returns whether REUSE's own files speak for `path`.
fn covered(scan: &LicensingScan, path: &RepoPath) -> bool {
    scan.covered(path).is_some_and(|said| said.expression.is_some())
}

/// What is wrong with one file.
struct Unlicensed {
    severity: Severity,
    /// The folder, so that one decision holds for all of it.
    value: String,
    evidence: Option<String>,
    notes: Vec<String>,
    /// Whether a folder of tests makes it milder.
    lowered: bool,
}

/// What lies around the files, looked up once.
struct Around<'a> {
    scan: &'a LicensingScan,
    paths: BTreeSet<&'a [u8]>,
    /// Folders with a file that is called like a licence.
    licensed: BTreeSet<RepoPath>,
    /// Fonts that say an open licence, by folder and stem.
    open: BTreeSet<(RepoPath, Vec<u8>)>,
    /// Length and checksum of what is known as the project's own.
    own: BTreeSet<(usize, u32)>,
    parts: Parts,
    /// Whether a licence for all fonts lies at the top.
    fonts: bool,
}

impl<'a> Around<'a> {
    fn new(scan: &'a LicensingScan, files: &[(&'a RepoPath, MediaKind)]) -> Self {
        let mut around = Self {
            scan,
            paths: scan.tree.iter().map(|(path, _)| path.as_bytes()).collect(),
            licensed: BTreeSet::new(),
            open: BTreeSet::new(),
            own: BTreeSet::new(),
            parts: Parts::new(scan),
            fonts: false,
        };
        for (path, _) in scan.tree.iter().filter(|(path, _)| names::is_licence(path)) {
            around.licensed.insert(path.parent());
        }
        for (path, seen) in &scan.observed {
            let open = seen.media.as_ref().is_some_and(|one| matches!(one.said, Said::Open(_)));
            if open && MediaKind::of(path).is_none() {
                around.licensed.insert(path.parent());
            }
        }
        for (path, manifest) in &scan.manifests {
            if matches!(manifest.claim, Claim::Declared(..)) && around.is_third_party(path) {
                around.licensed.insert(path.parent());
            }
        }
        for (path, kind) in files {
            let media = around.media(path);
            if *kind == MediaKind::Font && matches!(media.said, Said::Open(_)) {
                around.open.insert((names::home(path), Stem::of(path).plain()));
            }
            if Stem::of(path).is_own() && !media.tiny && media.mark.0 > 0 {
                around.own.insert(media.mark);
            }
        }
        around.fonts = scan.files(&RepoPath::root()).iter().any(|file| {
            let of_fonts = file.role == Role::Part
                && memchr::memmem::find(&file.path.file_name().to_ascii_lowercase(), b"font")
                    .is_some();
            of_fonts
                || file.text.identified.licences.iter().any(|one| one.as_str().starts_with("OFL"))
        });
        around
    }

    fn media(&self, path: &RepoPath) -> Media {
        self.scan.observed.get(path).and_then(|seen| seen.media.clone()).unwrap_or_default()
    }

    fn is_third_party(&self, path: &RepoPath) -> bool {
        self.parts.foreign(path).is_some()
    }

    /// Returns whether a licence lies in the folder, or above it as far as it can mean this file.
    fn has_licence_near(&self, path: &RepoPath, kind: MediaKind) -> bool {
        let mut dir = path.parent();
        let third_party = self.is_third_party(path);
        for depth in 0.. {
            if dir.is_root() {
                break;
            }
            // `lato/` speaks for `lato/ttf/`, and `fonts/` for `fonts/lato/ttf/`; further up only
            // the roots of other people's work do.
            let of_fonts = kind == MediaKind::Font && (depth < 2 || names::is_font_folder(&dir));
            if !third_party && !of_fonts && depth > 0 {
                break;
            }
            if self.licensed.contains(&dir) {
                return true;
            }
            dir = dir.parent();
        }
        kind == MediaKind::Font && self.fonts
    }

    fn judge(&self, path: &RepoPath, kind: MediaKind) -> Option<Unlicensed> {
        let sidecar = [path.as_bytes(), b".license"].concat();
        if self.paths.contains(&*sidecar) || covered(self.scan, path) {
            return None;
        }
        let media = self.media(path);
        if matches!(media.said, Said::Open(_)) {
            return None;
        }
        // Files that stand for what was bought are empty as often as not.
        if media.tiny && is_stock(&Stem::of(path)).is_none() {
            return None;
        }
        let kind = if media.font { MediaKind::Font } else { kind };
        let near = self.has_licence_near(path, kind);
        let font = kind == MediaKind::Font;
        let closed = media.said == Said::Closed || media.said == Said::Reserved && !font;
        if closed && (font || !near) {
            return Some(self.closed(path, kind, &media));
        }
        if near {
            return None;
        }
        match kind {
            MediaKind::Font => self.font(path, &media),
            _ => self.other(path, kind, &media),
        }
    }

    fn closed(&self, path: &RepoPath, kind: MediaKind, media: &Media) -> Unlicensed {
        let evidence = media.evidence.as_deref().unwrap_or_default();
        let lower = evidence.to_lowercase();
        let owner =
            self.scan.policy.owners.iter().find(|owner| lower.contains(&owner.to_lowercase()));
        // What the publishers keep for themselves is theirs to give.
        let severity = if owner.is_some() { Severity::Low } else { Severity::High };
        let what = if kind == MediaKind::Font { "fonts" } else { "restricted" };
        let mut notes = vec![format!("it says of itself: {evidence}")];
        notes.extend(owner.map(|owner| format!("{owner} is among the owners")));
        Unlicensed {
            severity,
            value: value(path, what),
            evidence: Some(evidence.to_owned()).filter(|text| !text.is_empty()),
            notes,
            lowered: true,
        }
    }

    fn font(&self, path: &RepoPath, media: &Media) -> Option<Unlicensed> {
        let stem = Stem::of(path);
        if self.open.contains(&(names::home(path), stem.plain())) {
            return None;
        }
        let mut notes = Vec::new();
        let mut severity = Severity::High;
        if let Some((family, licence)) = names::free_family(&stem, media.family.as_deref()) {
            severity = Severity::Medium;
            notes.push(format!(
                "{family} is published under {licence}, whose text has to lie beside it"
            ));
        } else if names::is_made_of_icons(&stem, media.family.as_deref()) {
            notes.push(
                "put together by a generator from icons of several sets, each with its licence"
                    .into(),
            );
        }
        notes.extend(media.evidence.as_ref().map(|text| format!("it says of itself: {text}")));
        notes.extend(media.family.as_ref().map(|family| format!("family {family}")));
        let evidence = media.evidence.as_deref().map(str::to_owned);
        // A font under vendor/ is somebody else's all the more.
        let lowered = !self.is_third_party(path);
        Some(Unlicensed { severity, value: value(path, "fonts"), evidence, notes, lowered })
    }

    fn other(&self, path: &RepoPath, kind: MediaKind, media: &Media) -> Option<Unlicensed> {
        let stem = Stem::of(path);
        let evidence = media.evidence.as_deref().map(str::to_owned);
        if let Some(agency) = is_stock(&stem) {
            let notes =
                vec![format!("named after {agency}, which sells licences to single buyers")];
            let value = value(path, "stock pictures");
            return Some(Unlicensed {
                severity: Severity::High,
                value,
                evidence,
                notes,
                // A page of documentation may not show it either.
                lowered: !names::is_documentation(path),
            });
        }
        // The root of other people's work is asked about as a whole.
        let third_party = self.is_third_party(path);
        let own = stem.is_own()
            || names::is_own_folder(path)
            || self.own.contains(&media.mark)
            || self.has_source(path);
        if third_party || own && media.said == Said::Nothing && kind == MediaKind::Picture {
            return None;
        }
        let mut notes: Vec<String> = Vec::new();
        notes.extend(media.evidence.as_ref().map(|text| format!("it says of itself: {text}")));
        notes.extend(
            names::is_free_stock(&stem)
                .map(|site| format!("named after {site}, whose terms are no open licence")),
        );
        Some(Unlicensed {
            severity: Severity::Low,
            value: value(path, ""),
            evidence,
            notes,
            lowered: !names::is_documentation(path),
        })
    }

    /// Returns whether a source of the same name, from which a picture is drawn, lies beside it.
    fn has_source(&self, path: &RepoPath) -> bool {
        let bytes = path.as_bytes();
        let Some(dot) = bytes.iter().rposition(|byte| *byte == b'.') else { return false };
        names::SOURCES.iter().any(|extension| {
            let source = [&bytes[..=dot], extension.as_bytes()].concat();
            self.paths.contains(&*source)
        })
    }
}

fn value(path: &RepoPath, what: &str) -> String {
    let dir = folder(path);
    let dir = if dir.is_root() { ".".to_owned() } else { dir.to_string() };
    if what.is_empty() { dir } else { format!("{dir} ({what})") }
}

/// Returns the folder for which one decision holds: that of the file, or all of a set of tests.
fn folder(path: &RepoPath) -> RepoPath {
    let dir = path.parent();
    let is_test = |dir: &RepoPath| {
        let inside = [dir.as_bytes(), b"/x"].concat();
        PathClass::of(&RepoPath::new(&inside)).shows()
    };
    if names::is_documentation(path) || !is_test(&dir) {
        return dir;
    }
    let mut top = dir;
    while !top.parent().is_root() && is_test(&top.parent()) {
        top = top.parent();
    }
    top
}
