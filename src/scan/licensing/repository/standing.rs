// SPDX-License-Identifier: MIT OR Apache-2.0
//! Where a file stands: whether it speaks for this repository at all, and which text is over it.

use globset::{GlobBuilder, GlobSet};

use super::LicensingScan;
use crate::{
    domain::{PathClass, RepoPath},
    scan::licensing::Family,
};

/// Folders whose files become others, or that only show how something looks.
const SHAPES: [&[u8]; 22] = [
    b"template",
    b"templates",
    b"_template",
    b"_templates",
    b".template",
    b"skeleton",
    b"skeletons",
    b"scaffold",
    b"scaffolds",
    b"scaffolding",
    b"boilerplate",
    b"boilerplates",
    b"archetype-resources",
    b"generators",
    b"starter",
    b"starters",
    b"stubs",
    b"snippets",
    b"mockdata",
    b"test-resources",
    b"testresources",
    b"blueprints",
];

/// Returns whether what the file says is not about this repository: other people's work, test
/// data, templates, examples.
pub(super) fn is_aside(scan: &LicensingScan, path: &RepoPath) -> bool {
    // A README counts as documentation and a spec as a test by their names; here the folder decides.
    let class = PathClass::of(&sibling(&path.parent()));
    class != PathClass::Normal || is_shape(path) || is_foreign(scan, path)
}

/// A plain file in `dir`.
fn sibling(dir: &RepoPath) -> RepoPath {
    if dir.is_root() {
        RepoPath::new(b"x")
    } else {
        RepoPath::new(&[dir.as_bytes(), b"/x"].concat())
    }
}

/// Whether the path holds a variable, as cookiecutter's do, or lies among templates.
fn is_shape(path: &RepoPath) -> bool {
    let bytes = path.as_bytes();
    let variable = [&b"{{"[..], b"}}", b"cookiecutter", b"<%", b"${"];
    let folders = path.parent();
    variable.iter().any(|mark| memchr::memmem::find(bytes, mark).is_some())
        || folders.as_bytes().split(|byte| *byte == b'/').any(|part| {
            let part = part.to_ascii_lowercase();
            SHAPES.contains(&part.as_slice())
                || part.starts_with(b"__") && part.ends_with(b"__") && part.len() > 4
                || part.starts_with(b"%") && part.ends_with(b"%")
        })
}

/// Whether the file came from elsewhere as a whole: by the policy, or as package managers put it.
fn is_foreign(scan: &LicensingScan, path: &RepoPath) -> bool {
    if scan.third_party.is_match(as_path(path)) {
        return true;
    }
    let parts: Vec<&[u8]> = path.as_bytes().split(|byte| *byte == b'/').collect();
    let mut above: Vec<u8> = Vec::new();
    for (at, part) in parts.iter().enumerate().take(parts.len().saturating_sub(1)) {
        // A chart's own `charts/` holds what it depends on.
        if *part == b"charts" && at + 2 < parts.len() && has(scan, &above, b"Chart.yaml") {
            return true;
        }
        if matches!(*part, b".terraform" | b"berks-cookbooks" | b".eggs") {
            return true;
        }
        if !above.is_empty() {
            above.push(b'/');
        }
        above.extend_from_slice(part);
        // What ansible-galaxy leaves behind in a role or collection that it installed.
        let collection = has(scan, &above, b"MANIFEST.json") && has(scan, &above, b"FILES.json");
        if collection || has(scan, &above, b"meta/.galaxy_install_info") {
            return true;
        }
    }
    false
}

fn has(scan: &LicensingScan, dir: &[u8], name: &[u8]) -> bool {
    let path = if dir.is_empty() { name.to_vec() } else { [dir, b"/", name].concat() };
    is_there(scan, &RepoPath::new(&path)).unwrap_or(false)
}

/// Returns whether the tree has the file or folder; nothing if the tree is not known.
pub(super) fn is_there(scan: &LicensingScan, path: &RepoPath) -> Option<bool> {
    if scan.tree.is_empty() {
        return None;
    }
    let from = |start: &RepoPath| {
        let at = scan.names.partition_point(|other| other < start);
        scan.names.get(at).is_some_and(|other| other.is_within(path))
    };
    // `a-b` stands between `a` and what is in `a`.
    Some(from(path) || from(&RepoPath::new(&[path.as_bytes(), b"/"].concat())))
}

/// Returns whether any file of the tree has the name.
pub(super) fn is_anywhere(scan: &LicensingScan, name: &[u8]) -> bool {
    scan.names.iter().any(|path| path.file_name().eq_ignore_ascii_case(name))
}

/// Returns whether the entry is a symbolic link: what it leads to speaks for itself.
pub(super) fn is_link(scan: &LicensingScan, path: &RepoPath) -> bool {
    scan.links.contains(path)
}

/// Builds the globs of the policy, once for all files.
pub(super) fn third_party(patterns: &[String]) -> GlobSet {
    let mut globs = GlobSet::builder();
    for pattern in patterns {
        let pattern = pattern.strip_suffix('/').unwrap_or(pattern);
        for pattern in [pattern.to_owned(), format!("{pattern}/**")] {
            // The policy was read from a file that takes globs only.
            if let Ok(glob) = GlobBuilder::new(&pattern).literal_separator(true).build() {
                globs.add(glob);
            }
        }
    }
    globs.build().unwrap_or_default()
}

fn as_path(path: &RepoPath) -> String {
    String::from_utf8_lossy(path.as_bytes()).into_owned()
}

/// Returns the folder of the package that the manifest at `path` describes.
pub(super) fn package_dir(path: &RepoPath) -> RepoPath {
    let dir = path.parent();
    if matches!(dir.file_name(), b"meta" | b"debian" | b"snap") { dir.parent() } else { dir }
}

/// Returns the licence texts in the nearest directory above that has any.
pub(super) fn nearest<'s>(
    scan: &'s LicensingScan,
    from: &RepoPath,
) -> Option<(RepoPath, Vec<&'s Family>)> {
    let mut dir = from.clone();
    loop {
        let texts = scan.licences(&dir);
        if !texts.is_empty() {
            return Some((dir, texts));
        }
        // A licence nobody could read may well be the one declared.
        if dir.is_root() || !scan.files(&dir).is_empty() {
            return None;
        }
        dir = dir.parent();
    }
}

/// Returns all texts in `from` and the directories above.
pub(super) fn above<'s>(scan: &'s LicensingScan, from: &RepoPath) -> Vec<&'s Family> {
    let mut dir = from.clone();
    let mut out = scan.licences(&dir);
    while !dir.is_root() {
        dir = dir.parent();
        out.extend(scan.licences(&dir));
    }
    out
}

/// Returns whether `text` is the same licence as `declared` in that version or a later one.
pub(super) fn is_newer(declared: &Family, text: &Family) -> bool {
    let split = |family: &'_ Family| {
        let (base, version) = family.as_str().rsplit_once('-')?;
        Some((base.to_owned(), version.to_owned()))
    };
    match (split(declared), split(text)) {
        (Some((base, from)), Some((other, to))) => {
            base == other && from.starts_with(|c: char| c.is_ascii_digit()) && to >= from
        }
        _ => false,
    }
}
