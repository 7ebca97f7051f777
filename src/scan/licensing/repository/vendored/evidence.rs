// SPDX-License-Identifier: MIT OR Apache-2.0
//! What tells other people's work from one's own where the folder's name leaves it open.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Ground, folders::below, roots::Draft};
use crate::{
    domain::RepoPath,
    scan::licensing::{
        Claim, Family,
        bundle::{Script, Trust, is_foreign_library, is_namespace, is_wide},
        holder::{holder_key, may_be_same},
    },
};

/// Whose work the repository is.
pub(super) struct Own {
    /// Their keys.
    holders: BTreeSet<String>,
    families: Vec<Family>,
}

/// A holder whom so many files name, outside of folders for other people's work, is at home here.
const AT_HOME: usize = 3;

impl Own {
    /// Gathers the owners of the policy, the holders that the licence names and those at home.
    pub(super) fn of(scan: &Ground<'_>) -> Self {
        let mut holders: Vec<String> = scan.policy.owners.iter().map(ToString::to_string).collect();
        let top = RepoPath::root();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for (path, seen) in &scan.observed {
            let Some(bundle) = seen.bundle.as_deref() else { continue };
            let notice = !bundle.notice.is_empty() && !super::licence::is_text(scan, path);
            if path.parent() == top && !notice {
                holders.extend(bundle.holders.iter().cloned());
            } else if !is_kept(path) {
                for holder in &bundle.holders {
                    *counts.entry(holder).or_default() += 1;
                }
            }
        }
        let often = counts.into_iter().filter(|(_, count)| *count >= AT_HOME);
        holders.extend(often.map(|(holder, _)| holder.to_owned()));
        let families = scan.licences(&top).into_iter().cloned().collect();
        let holders = holders.iter().map(|holder| holder_key(holder)).collect();
        Self { holders, families }
    }

    /// Returns whether anybody is known.
    fn is_known(&self) -> bool {
        !self.holders.is_empty()
    }

    /// Returns whether one of the holders is the repository's own.
    pub(super) fn has(&self, holder: &str) -> bool {
        let key = holder_key(holder);
        self.holders.contains(&key) && !key.is_empty()
            || self.holders.iter().any(|own| may_be_same(own, &key))
    }
}

/// Returns whether any folder above the file is for other people's work by its name.
fn is_kept(path: &RepoPath) -> bool {
    let parts = super::folders::parts(path);
    let dirs = parts.len().saturating_sub(1);
    (0..dirs).any(|i| {
        let parent: &[u8] = if i == 0 { b"" } else { parts[i - 1] };
        crate::scan::licensing::bundle::trust(parent, parts[i]).is_some()
    })
}

/// Files that a package manager or a maker leaves in what is copied.
const MARKERS: [&[u8]; 10] = [
    b".cargo-checksum.json",
    b".galaxy_install_info",
    b".bower.json",
    b"checksums.json",
    b".gem.metadata",
    b"upstream",
    b"upstream.txt",
    b"readme.vendor",
    b"readme.vendored",
    b"readme.chromium",
];

/// Returns whether the draft is other people's work; how much that takes hangs on its folder.
pub(super) fn is_foreign(scan: &Ground<'_>, draft: &Draft<'_>, own: &Own) -> bool {
    if draft.trust == Trust::Sure && !draft.in_tests {
        return true;
    }
    let evidence = Evidence::of(scan, draft, own);
    // A plain word such as `contrib` says nothing, and what contributors give there they own.
    let strong = evidence.marker || evidence.library || evidence.licence || evidence.published;
    match draft.trust {
        // Samples of packages are made up for tests.
        Trust::Sure => strong || evidence.holder,
        Trust::Likely if draft.in_tests || !draft.at_home => strong || evidence.holder,
        // Other teams of the same house may deliver into the folder.
        Trust::Likely => strong || !evidence.own,
        Trust::Doubtful if draft.in_tests => evidence.marker,
        Trust::Doubtful => {
            let narrow = is_narrow(&draft.container) && own.is_known();
            strong || (evidence.holder && (evidence.manifest || narrow))
        }
    }
}

struct Evidence {
    /// A file that only copying leaves.
    marker: bool,
    /// A library that the whole world knows by that name.
    library: bool,
    /// A licence file with other terms or other holders than the repository's.
    licence: bool,
    /// A manifest of somebody who publishes for others.
    published: bool,
    /// Most copyright lines name somebody else.
    holder: bool,
    /// Some copyright lines name the repository's own holders.
    own: bool,
    /// A package manifest.
    manifest: bool,
}

impl Evidence {
    fn of(scan: &Ground<'_>, draft: &Draft<'_>, own: &Own) -> Self {
        let mut out = Self {
            marker: false,
            library: is_narrow(&draft.container) && is_foreign_library(draft.path.file_name()),
            licence: false,
            published: false,
            holder: false,
            own: false,
            manifest: false,
        };
        let mut holders: BTreeMap<bool, usize> = BTreeMap::new();
        for path in &draft.files {
            let near = below(path, &draft.path);
            let depth = near.iter().filter(|byte| **byte == b'/').count();
            let name = path.file_name().to_ascii_lowercase();
            out.marker |= depth <= 1 && MARKERS.contains(&name.as_slice());
            out.manifest |= depth == 0
                && scan.manifests.get(path).is_some_and(|m| !matches!(m.claim, Claim::Elsewhere));
            let Some(bundle) = scan.bundle(path) else { continue };
            out.published |= depth <= 1 && bundle.origin.as_deref().is_some_and(is_namespace);
            out.marker |= depth == 0 && bundle.origin.as_deref() == Some("npm");
            out.library |=
                bundle.script.as_ref().is_some_and(|script| is_named_after(draft, script));
            for holder in &bundle.holders {
                *holders.entry(own.has(holder)).or_default() += 1;
            }
            out.licence |= depth == 0 && is_other_licence(scan, path, own);
        }
        let count = |own: bool| holders.get(&own).copied().unwrap_or(0);
        out.holder = count(false) > count(true);
        out.own = count(true) > 0 && !out.holder;
        out
    }
}

/// Returns whether the container is for code of others alone, if it is for any: a folder `lib` or
/// `plugins` may well hold own code called like a library.
fn is_narrow(container: &RepoPath) -> bool {
    let name = container.file_name().to_ascii_lowercase();
    !is_wide(&name)
}

/// Returns whether the folder is called after a library that lies in it: `bootstrap/js/bootstrap.js`.
fn is_named_after(draft: &Draft<'_>, script: &Script) -> bool {
    let folder = String::from_utf8_lossy(draft.path.file_name()).to_ascii_lowercase();
    let made = script.minified || script.versioned || script.signed;
    made && script.stem.len() > 1
        && (folder.starts_with(&script.stem) || script.stem.starts_with(&folder))
}

/// Returns whether the file is a licence other than that of the repository.
fn is_other_licence(scan: &Ground<'_>, path: &RepoPath, own: &Own) -> bool {
    if !super::licence::is_text(scan, path) {
        return false;
    }
    let files = scan.files(&path.parent());
    let families = files.iter().filter(|file| file.path == *path);
    let mut families = families.flat_map(|file| &file.text.identified.licences);
    let holders = scan.bundle(path).map_or(&[] as &[String], |bundle| &bundle.holders);
    let other = families.any(|family| !own.families.iter().any(|own| own.fits(family)));
    // A part under the repository's own licence, or without a name, may well be a part of it.
    let named = holders.iter().any(|holder| !own.has(holder));
    if own.families.is_empty() { named } else { other || (named && !own.holders.is_empty()) }
}
