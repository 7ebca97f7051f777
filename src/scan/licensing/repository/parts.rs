// SPDX-License-Identifier: MIT OR Apache-2.0
//! What is other people's work in the tree, and what each file says about its licence.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::{LicensingScan, Role};
use crate::{
    domain::{How, PathClass, RepoPath},
    scan::licensing::{LicenceTree, is_licence_name},
};

/// Folders that hold other people's work, whatever the policy says.
const FOREIGN: [&[u8]; 13] = [
    b"vendor",
    b"vendored",
    b"third_party",
    b"third-party",
    b"3rdparty",
    b"thirdparty",
    b"external",
    b"extern",
    b"deps",
    b"node_modules",
    b"bower_components",
    b"vendor_modules",
    b"site-packages",
];

/// Tells other people's work from one's own.
pub(super) struct Parts {
    globs: GlobSet,
}

impl Parts {
    pub(super) fn new(scan: &LicensingScan) -> Self {
        let mut globs = GlobSetBuilder::new();
        for text in &scan.policy.third_party {
            // A pattern covers what is below it, as those of the policy do.
            for pattern in [text.clone(), format!("{}/**", text.trim_end_matches('/'))] {
                let built = GlobBuilder::new(&pattern).literal_separator(true).build();
                // The policy was checked when it was read.
                built.into_iter().for_each(|glob| _ = globs.add(glob));
            }
        }
        Self { globs: globs.build().unwrap_or_default() }
    }

    /// Returns the folder of somebody else's work that holds `path`; nothing for one's own.
    pub(super) fn foreign(&self, path: &RepoPath) -> Option<RepoPath> {
        let bytes = path.as_bytes();
        let parts: Vec<&[u8]> = bytes.split(|byte| *byte == b'/').collect();
        let folders = parts.len() - 1;
        let join = |count: usize| RepoPath::new(&parts[..count.min(folders)].join(&b'/'));
        let named = parts[..folders]
            .iter()
            .position(|part| FOREIGN.iter().any(|name| name.eq_ignore_ascii_case(part)));
        if let Some(at) = named {
            // Go keeps host, owner and name, and npm scopes have an @.
            let deep = match parts.get(at + 1) {
                Some(host) if host.contains(&b'.') && folders > at + 2 => 4,
                Some(scope) if scope.starts_with(b"@") => 3,
                _ => 2,
            };
            return Some(join(at + deep));
        }
        let text = String::from_utf8_lossy(bytes);
        if self.globs.is_match(&*text) {
            let above = (1..=folders)
                .find(|n| self.globs.is_match(&*String::from_utf8_lossy(&parts[..*n].join(&b'/'))));
            return Some(join(above.unwrap_or(folders)));
        }
        (PathClass::of(path) == PathClass::Vendored).then(|| path.parent())
    }
}

/// What a file says about its own licence.
pub(super) struct Said {
    /// The expression as it is to be shown.
    pub(super) text: String,
    pub(super) tree: LicenceTree,
    pub(super) how: How,
    pub(super) line: Option<u32>,
}

/// Returns what each file says that says anything that can be read, but for the texts of the
/// repository itself.
pub(super) fn said(scan: &LicensingScan) -> Vec<(&RepoPath, Said)> {
    let known = scan.facts.iter().filter_map(|(path, fact)| {
        let tree = LicenceTree::read(&fact.licence).filter(|_| fact.how != How::Nothing)?;
        let said = Said { text: fact.licence.to_string(), tree, how: fact.how, line: fact.line };
        Some((path, said))
    });
    let mut out: Vec<(&RepoPath, Said)> = known.filter(|(path, _)| !is_store(path)).collect();
    out.sort_by(|a, b| a.0.cmp(b.0));
    out
}

/// Returns whether the file only keeps a text: the repository's own, or the store of REUSE.
fn is_store(path: &RepoPath) -> bool {
    let stored = path.as_bytes().split(|byte| *byte == b'/').any(|part| part == b"LICENSES");
    stored || (path.parent().is_root() && is_licence_name(path))
}

/// Returns the licence of the release: what the policy says, or else the text at the top.
pub(super) fn outbound(scan: &LicensingScan) -> Option<(LicenceTree, String)> {
    if let Some(text) = &scan.policy.outbound {
        return LicenceTree::read(text).map(|tree| (tree, text.to_string()));
    }
    let mut ids: Vec<&str> = Vec::new();
    for file in scan.files(&RepoPath::root()) {
        if file.stored || file.role == Role::Part {
            continue;
        }
        let known = file.text.identified.licences.iter().map(super::Family::as_str);
        ids.extend(known);
    }
    ids.sort_unstable();
    ids.dedup();
    // The text of the LGPL refers to that of the GPL, so both are there.
    if ids.iter().any(|id| id.starts_with("LGPL-")) {
        ids.retain(|id| !id.starts_with("GPL-"));
    }
    let tree = match ids.as_slice() {
        [] => return None,
        [one] => LicenceTree::one(one),
        all => LicenceTree::Any(all.iter().map(|id| LicenceTree::one(id)).collect()),
    };
    Some((tree, ids.join(" OR ")))
}

/// Returns the folder whose name says that it holds other people's work: `vendor`.
pub(super) fn holder_folder(path: &RepoPath) -> Option<RepoPath> {
    let parts: Vec<&[u8]> = path.as_bytes().split(|byte| *byte == b'/').collect();
    let folders = parts.len() - 1;
    let named = |part: &&[u8]| FOREIGN.iter().any(|name| name.eq_ignore_ascii_case(part));
    let at = parts[..folders].iter().position(named)?;
    Some(RepoPath::new(&parts[..=at].join(&b'/')))
}
