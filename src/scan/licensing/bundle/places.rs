// SPDX-License-Identifier: MIT OR Apache-2.0
//! Folders in which other people's work is kept, by their names.

use crate::domain::RepoPath;

/// How sure a folder's name makes it that other people's work lies in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::scan::licensing) enum Trust {
    /// The name alone says nothing: `deps`, `contrib`, `external`.
    Doubtful,
    /// `vendor`, which is also a word of business.
    Likely,
    /// Nobody keeps own work there: `node_modules`, `third_party`.
    Sure,
}

const SURE: [&[u8]; 24] = [
    b"node_modules",
    b"bower_components",
    b"jspm_packages",
    b"site-packages",
    b"dist-packages",
    b"third_party",
    b"third-party",
    b"thirdparty",
    b"3rdparty",
    b"3rd-party",
    b"3rd_party",
    b"3rdpartylibs",
    b"vendored",
    b"_vendor",
    b"_vendored",
    b"vendor_modules",
    b"core_modules",
    b"r10k_modules",
    b"vendor_perl",
    b"pods",
    b"berks-cookbooks",
    b"external_libs",
    b"vendor_python",
    b"thirdpartylibs",
];

const DOUBTFUL: [&[u8]; 18] = [
    b"external",
    b"externals",
    b"extern",
    b"extlib",
    b"extlibs",
    b"ext",
    b"deps",
    b"dependencies",
    b"contrib",
    b"libs",
    b"lib",
    b"plugins",
    b"plugin",
    b"subprojects",
    b"submodules",
    b"components",
    b"bundled",
    b"imported",
];

/// Returns what the folder called `name`, inside the folder called `parent`, is likely to hold.
pub(in crate::scan::licensing) fn trust(parent: &[u8], name: &[u8]) -> Option<Trust> {
    let lower = name.to_ascii_lowercase();
    let name = lower.as_slice();
    let checkouts = parent.eq_ignore_ascii_case(b"carthage") && name == b"checkouts";
    let terraform = parent == b".terraform" && matches!(name, b"modules" | b"providers");
    if SURE.contains(&name) || checkouts || terraform {
        // CocoaPods writes a capital; `pods` holds definitions of Kubernetes.
        return (name != b"pods" || lower != *b"pods" || parent_is_ios(parent, name))
            .then_some(Trust::Sure);
    }
    match name {
        b"vendor" | b"vendors" => Some(Trust::Likely),
        _ if DOUBTFUL.contains(&name) => Some(Trust::Doubtful),
        _ => None,
    }
}

/// Returns whether the folder above is that of an application for iOS.
fn parent_is_ios(parent: &[u8], _name: &[u8]) -> bool {
    parent.eq_ignore_ascii_case(b"ios") || parent.eq_ignore_ascii_case(b"macos")
}

/// Returns whether a folder of that lower-case name is as often for own code.
pub(in crate::scan::licensing) fn is_wide(name: &[u8]) -> bool {
    let wide: [&[u8]; 9] = [
        b"lib",
        b"libs",
        b"plugin",
        b"plugins",
        b"components",
        b"contrib",
        b"modules",
        b"roles",
        b"cookbooks",
    ];
    wide.contains(&name)
}

/// How closely a file is looked at, by the folders above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// It lies among own code.
    Not,
    /// It may be other people's: what speaks of the licence in words is read.
    Words,
    /// It probably is: terms may stand in any of its comments.
    Comments,
}

/// Returns whether terms of other people's work may stand in the file.
pub(super) fn look(path: &RepoPath) -> Look {
    let mut out = Look::Not;
    let mut parent: &[u8] = b"";
    let mut dirs = path.as_bytes().split(|byte| *byte == b'/').peekable();
    while let Some(dir) = dirs.next() {
        if dirs.peek().is_none() {
            break;
        }
        if is_wide(&dir.to_ascii_lowercase()) {
            out = Look::Words;
        } else if trust(parent, dir).is_some() {
            return Look::Comments;
        }
        parent = dir;
    }
    out
}

/// Returns whether the file is only about the folder: how it is built, kept or explained.
pub(in crate::scan::licensing) fn is_glue(path: &RepoPath) -> bool {
    let name = path.file_name().to_ascii_lowercase();
    let starts: [&[u8]; 11] = [
        b"readme",
        b"changelog",
        b".git",
        b".keep",
        b".empty",
        b".placeholder",
        b"owners",
        b"codeowners",
        b"makefile",
        b"update",
        b".npmignore",
    ];
    let whole: [&[u8]; 18] = [
        b"build",
        b"build.bazel",
        b"workspace",
        b"cmakelists.txt",
        b"modules.txt",
        b"vendor.json",
        b"vendor.conf",
        b"manifest.json",
        b"go.mod",
        b"go.sum",
        b"metadata",
        b"deps",
        b"vendor.txt",
        b"requirements.txt",
        b".package-lock.json",
        b".yarn-integrity",
        b".modules.yaml",
        b"__init__.py",
    ];
    starts.iter().any(|start| name.starts_with(start))
        || whole.contains(&name.as_slice())
        || matches!(
            path.extension().as_str(),
            "md" | "rst" | "adoc" | "bzl" | "patch" | "diff" | "cmake" | "lock" | "sha256" | "asc"
        )
}

#[cfg(test)]
mod tests {
    use super::{Look, Trust, look, trust};
    use crate::domain::RepoPath;

    #[test]
    fn names_say_how_sure_it_is() {
        assert_eq!(trust(b"", b"node_modules"), Some(Trust::Sure));
        assert_eq!(trust(b".terraform", b"modules"), Some(Trust::Sure));
        assert_eq!(trust(b"", b"modules"), None);
        assert_eq!(trust(b"", b"vendor"), Some(Trust::Likely));
        assert_eq!(trust(b"", b"contrib"), Some(Trust::Doubtful));
        assert_eq!(look(&RepoPath::new(b"a/vendor/x/y.c")), Look::Comments);
        assert_eq!(look(&RepoPath::new(b"lib/x/y.c")), Look::Words);
        assert_eq!(look(&RepoPath::new(b"models/vendor")), Look::Not);
    }
}
