// SPDX-License-Identifier: MIT OR Apache-2.0
//! Scripts and style sheets of other people that lie among one's own files.

use std::collections::BTreeSet;

use super::{
    Ground, Report,
    evidence::Own,
    folders::{in_tests, inside},
    licence::named_after,
    notices::Known,
    roots::{Root, is_taken},
    weigh,
};
use crate::{
    domain::{RepoPath, Severity},
    scan::licensing::{
        Family,
        bundle::Script,
        repository::{Gap, Role, list},
    },
};

/// Names that people give to what they bundle themselves.
const OWN: [&str; 28] = [
    "app",
    "application",
    "main",
    "index",
    "site",
    "style",
    "styles",
    "script",
    "scripts",
    "all",
    "admin",
    "custom",
    "common",
    "global",
    "bundle",
    "build",
    "dist",
    "frontend",
    "backend",
    "public",
    "client",
    "server",
    "page",
    "pages",
    "layout",
    "home",
    "login",
    "dashboard",
];

/// Judges every script that is in none of the `roots`.
pub(super) fn judge(
    scan: &Ground<'_>,
    roots: &[Root<'_>],
    own: &Own,
    notices: &Known,
    report: &mut Report<'_>,
) {
    let taken: BTreeSet<RepoPath> = roots.iter().map(|root| root.path.clone()).collect();
    for path in &scan.files {
        let Some(bundle) = scan.bundle(path) else { continue };
        let Some(script) = bundle.script.as_ref().filter(|_| !is_taken(path, &taken)) else {
            continue;
        };
        let tests = in_tests(&path.parent());
        if closed(scan, path, script, tests, report) {
            continue;
        }
        let own = bundle.holders.iter().any(|holder| own.has(holder));
        if own || tests && !script.signed || !is_foreign(scan, path, script) {
            continue;
        }
        let named = script.says.as_ref().map_or(&[][..], |says| &says.families);
        let full = script.says.as_ref().is_some_and(|says| says.full);
        // A banner that names its licence leaves the text to be found somewhere here.
        let told = full || scan.has_text_of(named);
        if told || is_covered(scan, path) || notices.covers(path) {
            continue;
        }
        let value = path.to_string();
        let evidence = if named.is_empty() {
            format!("{value} names no licence")
        } else {
            format!("{value}: its banner names {}, and the text is not there", list(named))
        };
        let mut gap = Gap::new("vendored-no-license", path, &value)
            .because(evidence)
            .at_most(Severity::Medium);
        if let Some((name, licence)) = script.library.filter(|(_, licence)| !licence.is_empty()) {
            gap = gap.note(format!("{name} is usually published under {licence}"));
        }
        report.push(weigh(gap, tests));
    }
}

/// Says so if the banner's terms are not open.
fn closed(
    scan: &Ground<'_>,
    path: &RepoPath,
    script: &Script,
    tests: bool,
    report: &mut Report<'_>,
) -> bool {
    let Some(says) = &script.says else { return false };
    let open = says.families.iter().any(Family::is_open);
    let family = says.families.iter().find(|f| !f.is_open() && !scan.is_accepted(f));
    let family =
        family.filter(|_| !open).map(|family| format!("names {family}, which is not open"));
    // Some let the user choose between a price and the GPL.
    let closed = says.closed.filter(|whose| !(open && whose.contains(" or GPL")));
    let Some(why) = closed.map(|whose| format!("names the {whose}")).or(family) else {
        return false;
    };
    let value = path.to_string();
    let gap = Gap::new("vendored-not-open", path, &value).because(format!("{value} {why}"));
    report.push(weigh(gap, tests));
    true
}

/// Returns whether the script is other people's: by its name and version, or because it is
/// minified and nothing here is its source.
fn is_foreign(scan: &Ground<'_>, path: &RepoPath, script: &Script) -> bool {
    // A library's own source beside it is no source of ours.
    if script.library.is_some() && (script.minified || script.versioned || script.signed) {
        return true;
    }
    if !script.minified {
        return script.versioned && script.signed;
    }
    let stem = script.stem.as_str();
    let words = stem.split(['.', '-', '_']).next().unwrap_or(stem);
    let vendor = matches!(words, "vendor" | "vendors" | "libs" | "plugins");
    let own =
        !vendor && (OWN.contains(&words) || OWN.contains(&stem) || is_called_like(scan, stem));
    let built =
        path.as_bytes().split(|b| *b == b'/').any(|dir| matches!(dir, b"dist" | b"build" | b"out"));
    script.versioned || vendor || !(own || built || has_source(scan, path, script))
}

/// Returns whether the script is called like an owner.
fn is_called_like(scan: &Ground<'_>, stem: &str) -> bool {
    scan.policy.owners.iter().any(|owner| owner.to_lowercase().replace(' ', "-") == stem)
}

/// Returns whether what the script was made of is in the tree: `app.js` beside `app.min.js`, or in
/// the folders that sources are kept in.
fn has_source(scan: &Ground<'_>, path: &RepoPath, script: &Script) -> bool {
    let ends = ["js", "ts", "jsx", "tsx", "coffee", "mjs", "scss", "sass", "less", "css", "styl"];
    let dir = path.parent();
    let up = dir.parent();
    let folders = ["", "src", "source", "js", "ts", "scss", "sass", "less", "css", "coffee"];
    let mut places: Vec<RepoPath> = vec![dir.clone(), up.clone()];
    for base in [&dir, &up] {
        places.extend(folders.iter().filter(|f| !f.is_empty()).map(|f| inside(base, f.as_bytes())));
    }
    let name = |end: &str| format!("{}.{end}", script.stem);
    places.iter().any(|place| ends.iter().any(|end| scan.has(&inside(place, name(end).as_bytes()))))
}

/// Returns whether a licence is kept beside the script, or in a folder close above it that is not
/// the top of the tree.
fn is_covered(scan: &Ground<'_>, path: &RepoPath) -> bool {
    const CLOSE: usize = 3;
    let mut dir = path.parent();
    for _ in 0..CLOSE {
        if dir.is_root() {
            break;
        }
        if scan.files(&dir).iter().any(|file| file.role != Role::Part) {
            return true;
        }
        dir = dir.parent();
    }
    named_after(scan, path).is_some()
}
