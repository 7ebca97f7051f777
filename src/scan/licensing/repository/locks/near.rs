// SPDX-License-Identifier: MIT OR Apache-2.0
//! Licences of dependencies that lie in the tree: `node_modules`, `vendor` and their kin.

use std::collections::BTreeSet;

use super::{Declared, LicensingScan, LockKind, Package, Reading, join, joined, lock, read};
use crate::{domain::RepoPath, repo::EntryKind, scan::licensing::Claim};

/// The tree, as far as dependencies can lie in it.
pub(super) struct Tree<'a> {
    scan: &'a LicensingScan,
    folders: BTreeSet<RepoPath>,
}

impl<'a> Tree<'a> {
    pub(super) fn new(scan: &'a LicensingScan) -> Self {
        let mut folders = BTreeSet::new();
        for (path, kind) in &scan.tree {
            let mut dir = path.parent();
            if *kind == EntryKind::Submodule {
                folders.insert(path.clone());
            }
            while folders.insert(dir.clone()) && !dir.is_root() {
                dir = dir.parent();
            }
        }
        Self { scan, folders }
    }

    /// Returns whether `place`, seen from `dir`, belongs to the repository or is installed into it.
    /// It need not be there: programs write some of these folders.
    pub(super) fn holds(dir: &RepoPath, place: &str) -> bool {
        let installed = place.split('/').any(|part| part == "node_modules");
        // What a variable stands for is not known.
        let template = place.contains(['$', '{', '%']);
        installed || template || is_within(dir, place)
    }

    /// Returns the licence of `package` as an expression, if anything here says it.
    pub(super) fn licence(
        &self,
        dir: &RepoPath,
        kind: LockKind,
        package: &Package,
    ) -> Option<String> {
        if !package.licences.is_empty() {
            let text = joined(&package.licences);
            let told = !matches!(
                read(&text).reading,
                Reading::File | Reading::Template | Reading::Placeholder | Reading::Invalid
            );
            return told.then_some(text);
        }
        let near = homes(kind, &package.name).into_iter().find_map(|home| {
            let home = join(dir, &home);
            if self.folders.contains(&home) { self.said_in(&home) } else { None }
        });
        near.or_else(|| lock::licence_of(kind, &package.name).map(str::to_owned))
    }

    /// Returns what the manifest or the licence text in `home` says.
    fn said_in(&self, home: &RepoPath) -> Option<String> {
        let names = ["package.json", "composer.json", "Cargo.toml", "metadata.json", "galaxy.yml"];
        let declared = names.iter().find_map(|name| {
            match &self.scan.manifests.get(&join(home, name))?.claim {
                Claim::Declared(Declared { text, reading: Reading::Licence(_) }, _) => {
                    Some(text.clone())
                }
                _ => None,
            }
        });
        declared.or_else(|| {
            let texts = self.scan.licences(home);
            let found: Vec<&str> = texts.iter().map(|family| family.as_str()).collect();
            (!found.is_empty()).then(|| found.join(" AND "))
        })
    }
}

/// Returns whether `place`, seen from `dir`, does not lead out of the repository.
fn is_within(dir: &RepoPath, place: &str) -> bool {
    if place.starts_with(['/', '~']) {
        return false;
    }
    let mut depth =
        dir.as_bytes().split(|byte| *byte == b'/').filter(|part| !part.is_empty()).count();
    for part in place.split('/') {
        match part {
            "" | "." => {}
            ".." if depth == 0 => return false,
            ".." => depth -= 1,
            _ => depth += 1,
        }
    }
    true
}

/// Returns the folders in which a package of that name lies, seen from its lock file.
fn homes(kind: LockKind, name: &str) -> Vec<String> {
    if name.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return Vec::new();
    }
    match kind {
        LockKind::Npm | LockKind::Yarn | LockKind::Pnpm | LockKind::Bun => {
            vec![format!("node_modules/{name}")]
        }
        LockKind::Composer | LockKind::GoMod | LockKind::GoSum | LockKind::Cargo => {
            vec![format!("vendor/{name}")]
        }
        LockKind::Puppet => {
            let short = name.split(['-', '/']).next_back().unwrap_or(name);
            ["modules", "vendor_modules", "r10k_modules"]
                .iter()
                .map(|dir| format!("{dir}/{short}"))
                .collect()
        }
        LockKind::Ansible => vec![
            format!("roles/{name}"),
            format!("collections/ansible_collections/{}", name.replace('.', "/")),
        ],
        LockKind::Helm => vec![format!("charts/{name}")],
        LockKind::Chef => vec![format!("cookbooks/{name}"), format!("vendor/cookbooks/{name}")],
        LockKind::Mix => vec![format!("deps/{name}")],
        LockKind::Pod => vec![format!("Pods/{name}")],
        _ => Vec::new(),
    }
}
