// SPDX-License-Identifier: MIT OR Apache-2.0
//! Finds the packages of other people: one root each.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Ground,
    evidence::{Own, is_foreign},
    folders::{below, in_tests, inside, join, parts},
    listed::{self, Listed},
    packages,
};
use crate::{
    domain::{FileKind, RepoPath},
    scan::licensing::bundle::{Trust, is_glue, trust},
};

/// A package of other people.
pub(super) struct Root<'a> {
    /// Its folder, or the file that it is.
    pub(super) path: RepoPath,
    /// The folder for other people's work that it lies in.
    pub(super) container: RepoPath,
    /// Its files, in the order of paths.
    pub(super) files: Vec<&'a RepoPath>,
    /// Whether it is one file and no folder.
    pub(super) single: bool,
    /// Whether it stands among tests or samples.
    pub(super) in_tests: bool,
}

/// What may be one.
pub(super) struct Draft<'a> {
    pub(super) path: RepoPath,
    pub(super) container: RepoPath,
    pub(super) files: Vec<&'a RepoPath>,
    pub(super) single: bool,
    pub(super) in_tests: bool,
    pub(super) trust: Trust,
    /// Whether the container stands where package managers and people put one.
    pub(super) at_home: bool,
}

impl<'a> Draft<'a> {
    fn root(self) -> Root<'a> {
        let Self { path, container, files, single, in_tests, .. } = self;
        Root { path, container, files, single, in_tests }
    }
}

/// Finds all roots, in the order of paths.
pub(super) fn find<'a>(scan: &Ground<'a>, own: &Own) -> Vec<Root<'a>> {
    let files = &scan.files;
    let mut found = packages::find(scan);
    let mut taken: BTreeSet<RepoPath> = found.iter().map(|root| root.path.clone()).collect();
    let listed = Listed::of(scan);
    // Where package managers and people put them it is known how packages lie.
    let apart =
        |path: &RepoPath| container(path, true).is_none_or(|(dir, _)| in_tests(&dir.parent()));
    let open: Vec<&RepoPath> =
        files.iter().copied().filter(|path| apart(path) && !is_taken(path, &taken)).collect();
    found.extend(listed.roots(&open));
    taken.extend(found.iter().map(|root| root.path.clone()));
    // What only may be other people's comes first: a folder in it that surely is is a part of it.
    for certain in [false, true] {
        let free: Vec<&RepoPath> =
            files.iter().copied().filter(|path| !is_taken(path, &taken)).collect();
        for draft in drafts(scan, &free, certain) {
            let mut files = draft.files.iter();
            let named = if certain {
                files.any(|path| listed.names(path))
            } else {
                files.all(|path| listed.names(path))
            };
            if (named || is_foreign(scan, &draft, own)) && holds_work(&draft) {
                taken.insert(draft.path.clone());
                found.push(draft.root());
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// Returns whether the file lies in one of the roots `taken`.
pub(super) fn is_taken(path: &RepoPath, taken: &BTreeSet<RepoPath>) -> bool {
    let mut dir = path.clone();
    while !dir.is_root() {
        if taken.contains(&dir) {
            return true;
        }
        dir = dir.parent();
    }
    false
}

/// Returns whether there is anything of somebody in it, and not only words about it.
fn holds_work(draft: &Draft<'_>) -> bool {
    draft.files.iter().any(|path| {
        let code = matches!(FileKind::of(path), FileKind::Code | FileKind::Shell);
        let other = matches!(
            path.extension().as_str(),
            "tf" | "asm"
                | "s"
                | "inc"
                | "tcl"
                | "el"
                | "ttf"
                | "otf"
                | "woff"
                | "woff2"
                | "svg"
                | "proto"
                | "y"
                | "l"
                | "f"
                | "f90"
                | "sls"
                | "xsd"
                | "wsdl"
                | "vim"
                | "pyi"
        );
        let yaml = draft.trust == Trust::Sure
            && !draft.single
            && matches!(path.extension().as_str(), "yml" | "yaml" | "json" | "xml");
        // All of a small package of Python may stand there.
        let package = draft.trust == Trust::Sure
            && !draft.single
            && path.file_name() == b"__init__.py"
            && path.parent().is_within(&draft.path);
        package || (code || other || yaml) && !is_glue(path)
    })
}

/// Collects what lies in folders for other people's work; `certain` picks those by their names.
fn drafts<'a>(scan: &Ground<'_>, files: &[&'a RepoPath], certain: bool) -> Vec<Draft<'a>> {
    let mut containers: BTreeMap<RepoPath, (Trust, Vec<&'a RepoPath>)> = BTreeMap::new();
    for path in files {
        if let Some((dir, trust)) = container(path, certain) {
            containers.entry(dir).or_insert_with(|| (trust, Vec::new())).1.push(path);
        }
    }
    let mut out = Vec::new();
    for (dir, (trust, files)) in containers {
        let at_home = match trust {
            Trust::Sure => true,
            Trust::Likely => is_at_home(scan, &dir, &files),
            // Among packages of others no source file of one's own lies by itself.
            Trust::Doubtful => {
                is_at_home(scan, &dir, &files) && !files.iter().any(|path| is_by_itself(path, &dir))
            }
        };
        let mut add = |path: RepoPath, files: Vec<&'a RepoPath>, single: bool| {
            let (container, in_tests) = (dir.clone(), in_tests(&dir.parent()));
            out.push(Draft { path, container, files, single, in_tests, trust, at_home });
        };
        split(scan, &dir, trust, &files, &mut add);
    }
    out
}

/// Returns the folder for other people's work that holds the file.
fn container(path: &RepoPath, certain: bool) -> Option<(RepoPath, Trust)> {
    let parts = parts(path);
    let dirs = &parts[..parts.len().saturating_sub(1)];
    // Packages of Node nest: each has its own.
    if certain && let Some(at) = dirs.iter().rposition(|dir| *dir == b"node_modules") {
        return Some((join(&dirs[..=at]), Trust::Sure));
    }
    // `lib/python3.11/site-packages` is no package called `lib/python3.11`.
    if !certain && dirs.iter().any(|dir| is_store(dir)) {
        return None;
    }
    dirs.iter().enumerate().find_map(|(i, dir)| {
        let parent: &[u8] = if i == 0 { b"" } else { dirs[i - 1] };
        let trust = trust(parent, dir).filter(|trust| (*trust != Trust::Doubtful) == certain)?;
        Some((join(&dirs[..=i]), trust))
    })
}

/// Returns whether package managers keep one folder for each package there.
fn is_store(dir: &[u8]) -> bool {
    matches!(dir, b"node_modules" | b"bower_components" | b"site-packages" | b"dist-packages")
}

/// Hands over the packages in a container.
fn split<'a>(
    scan: &Ground<'_>,
    dir: &RepoPath,
    trust: Trust,
    files: &[&'a RepoPath],
    add: &mut dyn FnMut(RepoPath, Vec<&'a RepoPath>, bool),
) {
    let listed = scan.bundle(&inside(dir, b"modules.txt")).map(|bundle| &bundle.modules);
    let mut groups: BTreeMap<RepoPath, Vec<&'a RepoPath>> = BTreeMap::new();
    for path in files {
        let rest = below(path, dir);
        let Some(first) = rest.split(|byte| *byte == b'/').next().filter(|f| f.len() < rest.len())
        else {
            // A file by itself: a script or a source file, but no word about the others.
            if trust != Trust::Doubtful && !is_glue(path) && !super::licence::is_text(scan, path) {
                add((*path).clone(), vec![path], true);
            }
            continue;
        };
        let by_go =
            listed.and_then(|all| listed::longest(all, rest)).or_else(|| listed::by_host(rest));
        let name = by_go.unwrap_or_else(|| first.to_vec());
        groups.entry(inside(dir, &name)).or_default().push(path);
    }
    for (path, files) in groups {
        if is_private_folder(path.file_name()) {
            continue;
        }
        let whole = below(&path, dir).contains(&b'/');
        if whole { add(path, files, false) } else { descend(path, files, 0, add) }
    }
}

/// Folders that package managers keep for themselves.
fn is_private_folder(name: &[u8]) -> bool {
    matches!(name, b".bin" | b".cache" | b"bin" | b"licenses" | b"LICENSES" | b"license" | b"cache")
}

/// Goes down through folders that only sort, as `vendor/puppet/modules` and `@scope` do.
fn descend<'a>(
    path: RepoPath,
    files: Vec<&'a RepoPath>,
    depth: u8,
    add: &mut dyn FnMut(RepoPath, Vec<&'a RepoPath>, bool),
) {
    const DEEPEST: u8 = 4;
    let direct = |file: &&&RepoPath| !below(file, &path).contains(&b'/') && !is_aside(file);
    if depth >= DEEPEST || files.iter().any(|file| direct(&file)) || is_laid_out(&path, &files) {
        return add(path, files, false);
    }
    let mut groups: BTreeMap<RepoPath, Vec<&'a RepoPath>> = BTreeMap::new();
    for file in files {
        let rest = below(file, &path);
        if let Some(at) = rest.iter().position(|byte| *byte == b'/') {
            groups.entry(inside(&path, &rest[..at])).or_default().push(file);
        }
    }
    for (path, files) in groups {
        descend(path, files, depth + 1, add);
    }
}

/// Returns whether the file says nothing about where a package begins.
fn is_aside(path: &RepoPath) -> bool {
    let name = path.file_name();
    name.starts_with(b".git") || name.starts_with(b".keep") || name.eq_ignore_ascii_case(b"owners")
}

/// Returns whether the folders inside are those of one package, and no packages themselves.
fn is_laid_out(dir: &RepoPath, files: &[&RepoPath]) -> bool {
    let inner: [&[u8]; 20] = [
        b"src",
        b"lib",
        b"dist",
        b"js",
        b"css",
        b"include",
        b"manifests",
        b"tasks",
        b"meta",
        b"templates",
        b"bin",
        b"min",
        b"build",
        b"source",
        b"scss",
        b"less",
        b"fonts",
        b"img",
        b"defaults",
        b"recipes",
    ];
    files.iter().any(|file| {
        let first = below(file, dir).split(|byte| *byte == b'/').next().unwrap_or_default();
        inner.contains(&first.to_ascii_lowercase().as_slice())
    })
}

/// Returns whether a source file lies right in the folder.
fn is_by_itself(path: &RepoPath, dir: &RepoPath) -> bool {
    let code = matches!(FileKind::of(path), FileKind::Code | FileKind::Shell);
    path.parent() == *dir && !is_glue(path) && (code || path.extension() == "tf")
}

/// Returns whether `vendor` stands where it means what it means to package managers.
fn is_at_home(scan: &Ground<'_>, dir: &RepoPath, files: &[&RepoPath]) -> bool {
    let parent = dir.parent();
    let name = parent.file_name().to_ascii_lowercase();
    let assets: [&[u8]; 20] = [
        b"js",
        b"css",
        b"scss",
        b"sass",
        b"less",
        b"static",
        b"assets",
        b"public",
        b"javascripts",
        b"stylesheets",
        b"javascript",
        b"styles",
        b"scripts",
        b"lib",
        b"libs",
        b"www",
        b"wwwroot",
        b"htdocs",
        b"html",
        b"static_src",
    ];
    let package = ["package.json", "composer.json", "gemfile", "go.mod", "cargo.toml"]
        .iter()
        .any(|name| has_file(scan, &parent, name.as_bytes()));
    // An application that is about vendors has its own files directly in the folder.
    let own: [&[u8]; 12] = [
        b"__init__.py",
        b"models.py",
        b"views.py",
        b"urls.py",
        b"apps.py",
        b"mod.rs",
        b"index.ts",
        b"index.tsx",
        b"index.vue",
        b"main.tf",
        b"init.sls",
        b"vendor.go",
    ];
    let about = files.iter().any(|path| {
        let rest = below(path, dir);
        own.contains(&rest)
    });
    !about && (parent.is_root() || assets.contains(&name.as_slice()) || package)
}

/// Returns whether the folder holds a file of that name, whatever its case.
fn has_file(scan: &Ground<'_>, dir: &RepoPath, name: &[u8]) -> bool {
    let has =
        |path: &RepoPath| path.file_name().eq_ignore_ascii_case(name) && path.parent() == *dir;
    let capital = [&name[..1].to_ascii_uppercase(), &name[1..]].concat();
    scan.has(&inside(dir, name))
        || scan.has(&inside(dir, &capital))
        || scan.manifests.keys().any(has)
}

#[cfg(test)]
mod tests {
    use super::container;
    use crate::domain::RepoPath;

    #[test]
    fn containers_nest() {
        let of = |path: &str, certain: bool| {
            container(&RepoPath::new(path.as_bytes()), certain).map(|(dir, _)| dir.to_string())
        };
        assert_eq!(
            of("a/node_modules/b/node_modules/c/x.js", true).as_deref(),
            Some("a/node_modules/b/node_modules")
        );
        assert_eq!(of("contrib/a/vendor/b/x.js", true).as_deref(), Some("contrib/a/vendor"));
        assert_eq!(of("contrib/a/vendor/b/x.js", false).as_deref(), Some("contrib"));
        assert_eq!(of("models/vendor", true), None);
    }
}
