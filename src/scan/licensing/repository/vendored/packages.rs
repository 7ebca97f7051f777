// SPDX-License-Identifier: MIT OR Apache-2.0
//! Packages that lie among one's own, told by what a package manager left or lists: modules of
//! Puppet, roles and collections of Ansible, cookbooks of Chef, subcharts of Helm.

use std::collections::{BTreeMap, BTreeSet};

use super::{Ground, folders::in_tests, roots::Root};
use crate::{domain::RepoPath, scan::licensing::bundle::is_namespace};

/// Finds such packages.
pub(super) fn find<'a>(scan: &Ground<'a>) -> Vec<Root<'a>> {
    let mut dirs: BTreeSet<RepoPath> = BTreeSet::new();
    for path in &scan.files {
        dirs.extend(marked(scan, path));
    }
    dirs.extend(fetched(scan));
    // What the repository itself is does not come from elsewhere.
    dirs.retain(|dir| !dir.is_root());
    let mut out: BTreeMap<RepoPath, Root<'a>> = BTreeMap::new();
    for path in &scan.files {
        let mut dir = path.parent();
        // The outermost counts: a package may have others in its tests.
        let mut home = None;
        while !dir.is_root() {
            home = dirs.get(&dir).or(home);
            dir = dir.parent();
        }
        let Some(home) = home else { continue };
        let root = out.entry(home.clone()).or_insert_with(|| Root {
            path: home.clone(),
            container: home.parent(),
            files: Vec::new(),
            single: false,
            in_tests: in_tests(&home.parent()),
        });
        root.files.push(path);
    }
    out.into_values().collect()
}

/// Returns the package whose mark the file is.
fn marked(scan: &Ground<'_>, path: &RepoPath) -> Option<RepoPath> {
    let dir = path.parent();
    let group = || dir.parent().file_name().to_ascii_lowercase();
    match path.file_name() {
        b".galaxy_install_info" if dir.file_name() == b"meta" => Some(dir.parent()),
        b"MANIFEST.json" => scan.has(&super::folders::inside(&dir, b"FILES.json")).then_some(dir),
        b"checksums.json" => {
            scan.has(&super::folders::inside(&dir, b"metadata.json")).then_some(dir)
        }
        b"metadata.json" | b"metadata.rb" => {
            let origin = scan.bundle(path)?.origin.as_deref()?;
            let known = matches!(group().as_slice(), b"modules" | b"cookbooks" | b"site-cookbooks");
            (known && is_namespace(origin) && !is_at_home(scan, origin)).then_some(dir)
        }
        b"Chart.yaml" if group() == b"charts" => {
            scan.bundle(path)?.origin.as_deref()?;
            is_guest(scan, &dir).then_some(dir)
        }
        // `ansible-galaxy` calls what it installs by owner and name.
        b"main.yml" | b"main.yaml" => {
            let role = dir.parent();
            let name = role.file_name();
            let dotted = name.iter().filter(|byte| **byte == b'.').count() == 1;
            let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"._-".contains(byte);
            let known = dir.file_name() == b"meta" && role.parent().file_name() == b"roles";
            (known && dotted && name.iter().all(plain) && !name.starts_with(b".")).then_some(role)
        }
        _ => None,
    }
}

/// Returns whether a published chart lies among those of somebody else: in another chart, or beside
/// one that nobody known publishes. Otherwise this may be where it is at home.
fn is_guest(scan: &Ground<'_>, dir: &RepoPath) -> bool {
    let charts = dir.parent();
    let inner = super::folders::inside(&charts.parent(), b"Chart.yaml");
    let other = |path: &&RepoPath| {
        path.file_name() == b"Chart.yaml"
            && path.parent().parent() == charts
            && scan.bundle(path).is_none_or(|bundle| bundle.origin.is_none())
    };
    scan.has(&inner) || scan.files.iter().any(other)
}

/// Returns whether the repository is by the one who publishes.
fn is_at_home(scan: &Ground<'_>, origin: &str) -> bool {
    ["metadata.json", "metadata.rb"].iter().any(|name| {
        let bundle = scan.bundle(&RepoPath::new(name.as_bytes()));
        bundle.and_then(|bundle| bundle.origin.as_deref()) == Some(origin)
    })
}

/// Returns the folders of packages that a list says come from elsewhere.
fn fetched(scan: &Ground<'_>) -> BTreeSet<RepoPath> {
    let mut out = BTreeSet::new();
    for (path, seen) in &scan.observed {
        let Some(bundle) = seen.bundle.as_deref().filter(|bundle| !bundle.modules.is_empty())
        else {
            continue;
        };
        let name = path.file_name().to_ascii_lowercase();
        let folders: &[&str] = match name.as_slice() {
            b"chart.yaml" | b"requirements.yaml" => &["charts"],
            b"puppetfile" => &["modules"],
            b"requirements.yml" => &["roles", "../roles"],
            _ => continue,
        };
        for folder in folders {
            let (dir, folder) = match folder.strip_prefix("../") {
                Some(folder) => (path.parent().parent(), folder),
                None => (path.parent(), *folder),
            };
            let dir = super::folders::inside(&dir, folder.as_bytes());
            let homes =
                bundle.modules.iter().map(|name| super::folders::inside(&dir, name.as_bytes()));
            out.extend(homes.filter(|home| scan.has_folder(home)));
        }
    }
    out
}
