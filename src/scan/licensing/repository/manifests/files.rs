// SPDX-License-Identifier: MIT OR Apache-2.0
//! Licence files that a manifest points to and that are not there.

use super::super::{Gap, LicensingScan, Report, standing};
use crate::{
    domain::{RepoPath, Span},
    scan::licensing::{Claim, Manifest, Reading},
};

pub(super) fn judge(
    scan: &LicensingScan,
    path: &RepoPath,
    manifest: &Manifest,
    report: &mut Report<'_>,
) {
    let named = manifest.files.iter().flat_map(|(files, span)| {
        files.split([',', '\n']).map(move |file| (file.trim(), span.as_ref()))
    });
    let pointer = match &manifest.claim {
        Claim::Declared(declared, span) if matches!(declared.reading, Reading::File) => {
            pointed(&declared.text).map(|file| (file, span.as_ref()))
        }
        _ => None,
    };
    if let Claim::Declared(declared, span) = &manifest.claim
        && manifest.kind == "galaxy.yml"
        && let Some((file, _)) = manifest.files.first()
    {
        let gap = Gap::new("manifest-invalid", path, &declared.text).at(span.as_ref());
        let note = format!("license and license_file ({file}) exclude each other in galaxy.yml");
        report.push(gap.note(note));
    }
    for (file, span) in named.chain(pointer) {
        if is_gone(scan, path, manifest.kind, file) {
            push(path, file, span, report);
        }
    }
}

fn push(path: &RepoPath, file: &str, span: Option<&Span>, report: &mut Report<'_>) {
    let evidence = format!("{path} points to {file} for the licence, which is not there");
    let gap = Gap::new("manifest-contradicts", path, file).at(span);
    report.push(gap.because(evidence).note("the file it points to is not there"));
}

/// Returns the file in `SEE LICENSE IN <file>`.
fn pointed(text: &str) -> Option<&str> {
    let start = "see license in ";
    let is_one = text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
    let file = text.get(start.len()..).filter(|_| is_one)?;
    Some(file.trim().trim_matches(['<', '>', '"', '\'']).trim_end_matches('.'))
}

/// Whether `file` names one file and the tree has none there. Packers copy files from above, so
/// one of that name further up will do.
fn is_gone(scan: &LicensingScan, path: &RepoPath, kind: &str, file: &str) -> bool {
    let file = file.trim_matches(['"', '\'']);
    let odd = ["*", "?", "[", "{", "$", "%", "://", " the ", "<"];
    if file.is_empty() || file.starts_with('/') || odd.iter().any(|mark| file.contains(mark)) {
        return false;
    }
    let file = file.replace('\\', "/");
    let name = file.rsplit('/').next().unwrap_or(&file).as_bytes();
    if matches!(kind, "nuspec" | "project file" | "Directory.Build.props") {
        return !scan.tree.is_empty() && !standing::is_anywhere(scan, name);
    }
    let mut dir = standing::package_dir(path);
    let Some(target) = resolve(&path.parent(), &file) else { return false };
    loop {
        match standing::is_there(scan, &target) {
            None | Some(true) => return false,
            Some(false) => {}
        }
        if standing::is_there(scan, &within(&dir, name)) == Some(true) {
            return false;
        }
        if dir.is_root() {
            return true;
        }
        dir = dir.parent();
    }
}

fn within(dir: &RepoPath, name: &[u8]) -> RepoPath {
    if dir.is_root() {
        RepoPath::new(name)
    } else {
        RepoPath::new(&[dir.as_bytes(), b"/", name].concat())
    }
}

/// Returns the path of `file` as `dir` sees it; nothing outside of the repository.
fn resolve(dir: &RepoPath, file: &str) -> Option<RepoPath> {
    let mut parts: Vec<&[u8]> = dir.as_bytes().split(|byte| *byte == b'/').collect();
    parts.retain(|part| !part.is_empty());
    for part in file.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part.as_bytes()),
        }
    }
    Some(RepoPath::new(&parts.join(&b'/')))
}
