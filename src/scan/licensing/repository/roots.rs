// SPDX-License-Identifier: MIT OR Apache-2.0
//! The licence files at the top, and what the README says about them.

use super::{
    Gap, LicensingScan, Report, Role, TextFile, list, parts::Parts, standing::package_dir,
};
use crate::{
    domain::{RepoPath, Severity, Span},
    scan::licensing::{Claim, Family, Match, RunKind, render},
};

/// Changes of a text that are shown.
const MOST_CHANGES: usize = 6;
/// Letters of a change that are shown.
const MOST_LETTERS: usize = 280;
/// A text with fewer words is no licence.
const FEW_WORDS: usize = 20;
/// A text with fewer words that names a licence refers to it; a longer one should be it.
const NOTICE_WORDS: usize = 250;

pub(super) fn judge(scan: &LicensingScan, report: &mut Report<'_>) {
    let top = RepoPath::root();
    let files = scan.files(&top);
    nested(scan, report);
    in_comments(scan, report);
    if files.is_empty() {
        let mut gap = Gap::new("license-missing", &top, "LICENSE")
            .resting_on("no licence file at the top of the repository");
        for (path, names) in &scan.readmes {
            gap = gap.note(format!("{path} names {}", list(names)));
        }
        for (path, manifest) in &scan.manifests {
            if let Claim::Declared(declared, _) = &manifest.claim
                && package_dir(path).is_root()
                && declared.terms().is_some()
            {
                gap = gap.note(format!("{path} declares {}", declared.text));
            }
        }
        report.push(gap);
        return;
    }
    let known = files.iter().any(|file| !file.text.identified.licences.is_empty());
    for file in files.iter().filter(|file| file.role != Role::Part) {
        text(file, known, report);
    }
    conflict(scan, files, report);
}

fn text(file: &TextFile, known: bool, report: &mut Report<'_>) {
    let text = &file.text;
    blanks(file, Severity::Critical, report);
    altered(file, Severity::Critical, report);
    for family in text.identified.licences.iter().filter(|family| !family.is_open()) {
        let evidence = format!("{} holds {family}", file.path);
        report.push(Gap::new("license-not-open", &file.path, family.as_str()).because(evidence));
    }
    if !text.identified.licences.is_empty() || file.stored {
        return;
    }
    // Beside a licence, a short file is a pointer to it or a list of authors.
    let names = list(&text.mentioned);
    let path = file.path.to_string();
    if known && text.words < NOTICE_WORDS {
        return;
    }
    let gap = if text.words < FEW_WORDS {
        let evidence = format!("{path} has {} words", text.words);
        let gap = Gap::new("license-empty", &file.path, &path).because(evidence);
        if text.owner_only { gap.note("says whose it is and grants nothing") } else { gap }
    } else {
        let gap = Gap::new("license-unknown", &file.path, &path);
        match &text.identified.closest {
            Some((family, percent)) => {
                gap.note(format!("closest is {family}: {percent} % of its words are there"))
            }
            None => gap,
        }
    };
    let notice = !text.mentioned.is_empty() && text.words < NOTICE_WORDS;
    report.push(if notice {
        gap.note(format!("names {names} but does not hold its text")).at_most(Severity::Medium)
    } else {
        gap
    });
}

/// What was left to fill in.
fn blanks(file: &TextFile, at_most: Severity, report: &mut Report<'_>) {
    // A text in the store of REUSE keeps its blanks.
    for (span, value) in file.text.placeholders.iter().filter(|_| !file.stored) {
        let gap = Gap::new("license-placeholder", &file.path, value).at(Some(span));
        report.push(gap.at_most(at_most));
    }
}

/// Texts that somebody changed; the same change in several files is one question.
fn altered(file: &TextFile, at_most: Severity, report: &mut Report<'_>) {
    for one in &file.text.identified.matches {
        change((&file.path, file.text.changed.as_ref()), one, at_most, report);
    }
}

fn change(
    (path, span): (&RepoPath, Option<&Span>),
    one: &Match,
    at_most: Severity,
    report: &mut Report<'_>,
) {
    let Some(runs) = &one.altered else { return };
    let said: Vec<String> =
        runs.iter().filter(|run| run.kind != RunKind::Kept).map(ToString::to_string).collect();
    let value = format!("{} {:08x}", one.name(), crc32fast::hash(said.join(" ").as_bytes()));
    let mut gap = Gap::new("license-altered", path, &value)
        .at(span)
        .resting_on(format!("{path} {}", said.join(" ")))
        .at_most(if one.grave { at_most } else { Severity::Low });
    for line in render(runs, MOST_CHANGES) {
        gap = gap.note(shortened(line));
    }
    report.push(gap);
}

/// Texts in the comments of files that somebody changed.
fn in_comments(scan: &LicensingScan, report: &mut Report<'_>) {
    let parts = Parts::new(scan);
    for (path, seen) in &scan.observed {
        let Some((changed, span)) = seen.changed.as_deref() else { continue };
        let vendored = parts.foreign(path).is_some();
        let at_most = if vendored { Severity::Low } else { Severity::Critical };
        change((path, Some(span)), &changed.text, at_most, report);
    }
}

fn shortened(mut line: String) -> String {
    if let Some((at, _)) = line.char_indices().nth(MOST_LETTERS) {
        line.truncate(at);
        line.push('…');
    }
    line
}

/// Licence files below the top: those of our own code are as good as those at the top.
fn nested(scan: &LicensingScan, report: &mut Report<'_>) {
    let parts = Parts::new(scan);
    for (dir, files) in &scan.texts {
        for file in files.iter().filter(|file| !dir.is_root() || file.role == Role::Part) {
            let vendored = parts.foreign(&file.path).is_some();
            if !vendored && !dir.is_root() {
                blanks(file, Severity::Critical, report);
            }
            let at_most = if vendored { Severity::Low } else { Severity::Critical };
            altered(file, at_most, report);
        }
    }
}

/// Several licences at the top that nothing joins.
fn conflict(scan: &LicensingScan, files: &[TextFile], report: &mut Report<'_>) {
    let stated = || files.iter().filter(|file| !file.stored && file.role != Role::Part);
    let mut main: Vec<&Family> = Vec::new();
    for family in stated().filter_map(|file| file.text.identified.licences.first()) {
        if !main.contains(&family) {
            main.push(family);
        }
    }
    // The text of the LGPL refers to that of the GPL, so both must be there.
    let lesser = main.iter().any(|family| family.as_str().starts_with("LGPL-"));
    if lesser {
        main.retain(|family| !family.as_str().starts_with("GPL-"));
    }
    if main.len() < 2 || is_joined(scan, files, &main) {
        return;
    }
    let names = list(main.iter().copied());
    let evidence: Vec<String> = stated()
        .filter(|file| !file.text.identified.licences.is_empty())
        .map(|file| format!("{} holds {}", file.path, list(&file.text.identified.licences)))
        .collect();
    let top = RepoPath::root();
    report.push(Gap::new("license-conflict", &top, &names).because(evidence.join("; ")));
}

fn is_joined(scan: &LicensingScan, files: &[TextFile], main: &[&Family]) -> bool {
    let all = |names: &[Family]| main.iter().all(|one| names.iter().any(|name| name.fits(one)));
    let named_after = |one: &&Family| {
        files.iter().any(|file| matches!(&file.role, Role::NamedAfter(name) if name.fits(one)))
    };
    // One may stand in the plain LICENSE if the others are named after their licence.
    let by_names = main.iter().filter(|one| named_after(one)).count() + 1 >= main.len();
    let by_pointer = files
        .iter()
        .any(|file| file.text.identified.licences.is_empty() && all(&file.text.mentioned));
    let by_readme = scan.readmes.values().any(|names| all(names));
    let by_manifest = scan.manifests.iter().any(|(path, manifest)| {
        package_dir(path).is_root()
            && matches!(&manifest.claim, Claim::Declared(declared, _)
                if declared.terms().is_some_and(|terms| all(&terms.families())))
    });
    by_names || by_pointer || by_readme || by_manifest
}
