// SPDX-License-Identifier: MIT OR Apache-2.0
//! Archives, packages and programs.

use super::{
    Ground, Report,
    folders::{in_tests, inside},
    licence::named_after,
    notices::Known,
    weigh,
};
use crate::{
    domain::{RepoPath, Severity},
    scan::licensing::{
        Declared, Family, Reading,
        bundle::{Archive, closed_package, format_of},
        repository::Gap,
    },
};

/// Judges every archive and program.
pub(super) fn judge(scan: &Ground<'_>, notices: &Known, report: &mut Report<'_>) {
    for path in &scan.files {
        let archive = scan.bundle(path).and_then(|bundle| bundle.archive.as_ref());
        match archive {
            Some(archive) => binary(scan, path, archive, notices, report),
            None => by_name(path, report),
        }
    }
}

/// A package that is known by its name, although it is too large or a pointer to it.
fn by_name(path: &RepoPath, report: &mut Report<'_>) {
    let Some(kind) = format_of(path) else { return };
    if let Some(whose) = closed_package(path.file_name()) {
        let archive = Archive { kind, closed: Some(whose), ..Archive::default() };
        closed_one(path, &archive, whose, report);
    }
}

fn closed_one(path: &RepoPath, archive: &Archive, whose: &str, report: &mut Report<'_>) {
    let value = path.to_string();
    let evidence = format!("{}: {whose} may not be passed on freely", archive.kind);
    let gap = Gap::new("vendored-binary", path, &value).because(evidence);
    report.push(weigh(gap, in_tests(&path.parent())));
}

fn binary(
    scan: &Ground<'_>,
    path: &RepoPath,
    archive: &Archive,
    notices: &Known,
    report: &mut Report<'_>,
) {
    let value = path.to_string();
    let tests = in_tests(&path.parent());
    let kind = archive.kind;
    if let Some(whose) = archive.closed {
        return closed_one(path, archive, whose, report);
    }
    let declared = archive.named.as_deref().map(Declared::read);
    if let Some(why) = declared.as_ref().and_then(|declared| closed(scan, declared)) {
        let evidence = format!(
            "{kind}: its own fields say {}, which {why}",
            declared.map_or_else(String::new, |d| d.text)
        );
        let gap = Gap::new("vendored-not-open", path, &value).because(evidence);
        return report.push(weigh(gap, tests));
    }
    // What tests unpack was mostly packed for them.
    if tests && matches!(kind, "tar archive" | "ZIP archive" | "7z archive") {
        return;
    }
    if archive.text || declared.is_some() || is_beside(scan, path) || notices.covers(path) {
        return;
    }
    let evidence = format!("{kind} without a licence in it or beside it");
    let gap = Gap::new("vendored-binary", path, &value).because(evidence).at_most(Severity::Medium);
    let gap = if archive.cut { gap.note("not all of it could be looked at") } else { gap };
    report.push(weigh(gap, tests));
}

/// Returns why what the package says of itself is not open, if it is not.
fn closed(scan: &Ground<'_>, declared: &Declared) -> Option<&'static str> {
    match &declared.reading {
        Reading::Licence(terms) => {
            let fine = |family: &Family| family.is_open() || scan.is_accepted(family);
            (!terms.holds(fine)).then_some("is not an open licence")
        }
        Reading::Proprietary => Some("keeps all rights"),
        _ => None,
    }
}

/// Returns whether a licence lies beside the file, for all files of its folder or for it alone.
fn is_beside(scan: &Ground<'_>, path: &RepoPath) -> bool {
    let dir = path.parent();
    let sidecar = inside(&dir, &[path.file_name(), b".license"].concat());
    // The licence at the top is about the repository's own work.
    !dir.is_root() && !scan.files(&dir).is_empty()
        || scan.has(&sidecar)
        || named_after(scan, path).is_some()
}
