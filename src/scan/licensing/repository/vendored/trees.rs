// SPDX-License-Identifier: MIT OR Apache-2.0
//! Whole trees of dependencies that a package manager would fetch.

use std::collections::BTreeMap;

use super::{
    Ground, Report,
    folders::{in_tests, inside, join, parts},
};
use crate::{domain::RepoPath, scan::licensing::repository::Gap};

/// Folders that only package managers write.
const WRITTEN: [&[u8]; 6] = [
    b"node_modules",
    b"bower_components",
    b"jspm_packages",
    b"site-packages",
    b".terraform",
    b"Pods",
];

/// Says so of every such tree.
pub(super) fn judge(scan: &Ground<'_>, report: &mut Report<'_>) {
    let mut trees: BTreeMap<RepoPath, (usize, Vec<&RepoPath>)> = BTreeMap::new();
    for path in &scan.files {
        let parts = parts(path);
        let dirs = &parts[..parts.len().saturating_sub(1)];
        let is_tree =
            |dir: &&[u8]| WRITTEN.contains(dir) || matches!(*dir, b"vendor" | b"vendor_modules");
        if let Some(at) = dirs.iter().position(is_tree) {
            let tree = trees.entry(join(&dirs[..=at])).or_default();
            tree.0 += 1;
            if tree.1.len() < 2_000 {
                tree.1.push(path);
            }
        }
    }
    for (dir, (count, files)) in trees {
        let Some(by) = manager(scan, &dir, &files).filter(|_| !in_tests(&dir.parent())) else {
            continue;
        };
        let value = dir.to_string();
        let s = if count == 1 { "" } else { "s" };
        let evidence = format!("{value}: {count} file{s} that {by} can fetch");
        report.push(Gap::new("vendored-tree", &dir, &value).because(evidence).weighed());
    }
}

/// Returns which package manager wrote the tree, nothing if people keep it by hand.
fn manager(scan: &Ground<'_>, dir: &RepoPath, files: &[&RepoPath]) -> Option<&'static str> {
    let beside = |name: &str| scan.has(&inside(&dir.parent(), name.as_bytes()));
    let within = |name: &str| scan.has(&inside(dir, name.as_bytes()));
    let ends = |end: &[u8]| files.iter().any(|path| path.as_bytes().ends_with(end));
    match dir.file_name() {
        // A package of one's own may lie there as a link or a lone file.
        b"node_modules" => ends(b"/package.json").then_some("npm"),
        b"bower_components" => Some("Bower"),
        b"jspm_packages" => Some("jspm"),
        b"site-packages" => ends(b".py").then_some("pip"),
        b".terraform" => {
            let kept = |path: &&&RepoPath| !path.as_bytes().ends_with(b".terraform.lock.hcl");
            files.iter().any(|path| kept(&path)).then_some("terraform init")
        }
        b"Pods" => (beside("Podfile.lock") || within("Manifest.lock")).then_some("CocoaPods"),
        b"vendor_modules" => {
            (beside("Puppetfile") || beside("Puppetfile.vendor")).then_some("r10k")
        }
        _ if within("modules.txt") && beside("go.mod") => Some("Go"),
        _ if within("autoload.php") || beside("composer.lock") && ends(b"/composer.json") => {
            Some("Composer")
        }
        _ if ends(b"/.cargo-checksum.json") => Some("Cargo"),
        _ if beside("Gemfile.lock")
            && (within("bundle") || scan.has_folder(&inside(dir, b"bundle")) || ends(b".gem")) =>
        {
            Some("Bundler")
        }
        _ => None,
    }
}
