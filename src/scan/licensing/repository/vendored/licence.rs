// SPDX-License-Identifier: MIT OR Apache-2.0
//! Under which licence a package of other people stands, and how that is known.

use std::sync::Arc;

use super::{
    Ground,
    folders::{below, inside},
    roots::Root,
};
use crate::{
    domain::{FileKind, RepoPath},
    scan::licensing::{
        Claim, Declared, Family, Reading,
        bundle::{Says, is_glue},
        repository::Role,
    },
};

/// How the licence of a package is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum How {
    /// Nothing says it.
    Nothing,
    /// Its manifest or README names it.
    Manifest,
    /// The heads of its files name it.
    Header,
    /// The terms themselves are there.
    Text,
}

/// What is known of the licence of one package.
pub(super) struct Standing {
    pub(super) how: How,
    /// The licences, each once.
    pub(super) families: Vec<Family>,
    /// The file that holds the terms.
    pub(super) file: Option<RepoPath>,
    /// Terms that are known not to be open, and where they stand.
    restricted: Option<String>,
    /// Whether the manifest lets the user choose an open licence.
    choice: bool,
}

/// Terms further down belong to a part of the package.
const DEEPEST: usize = 2;
/// A package with more holders is listed with the first.
const MOST_HOLDERS: usize = 8;

impl Standing {
    /// Returns the licences' names.
    pub(super) fn names(&self) -> Vec<Arc<str>> {
        self.families.iter().map(|family| Arc::from(family.as_str())).collect()
    }

    /// Returns the licences in words.
    pub(super) fn list(&self) -> String {
        crate::scan::licensing::repository::list(&self.families)
    }

    /// Returns why the terms are not open, but for those that are `accepted`.
    pub(super) fn closed(&self, accepted: impl Fn(&Family) -> bool) -> Option<String> {
        let closed = self.families.iter().find(|family| !family.is_open() && !accepted(family));
        let named = closed
            .filter(|_| !self.choice)
            .map(|family| format!("{family} is not an open licence"));
        named.or_else(|| self.restricted.clone())
    }

    fn rise(&mut self, how: How) {
        self.how = self.how.max(how);
    }

    fn add<'f>(&mut self, families: impl IntoIterator<Item = &'f Family>) {
        for family in families {
            if !self.families.contains(family) {
                self.families.push(family.clone());
            }
        }
    }
}

/// Returns whether the file has a name under which a licence text is kept.
pub(super) fn is_text(scan: &Ground<'_>, path: &RepoPath) -> bool {
    scan.files(&path.parent()).iter().any(|file| file.path == *path)
}

/// Returns what is known of the licence of `root`.
pub(super) fn of(scan: &Ground<'_>, root: &Root<'_>) -> Standing {
    let mut out = Standing {
        how: How::Nothing,
        families: Vec::new(),
        file: None,
        restricted: None,
        choice: false,
    };
    texts(scan, root, &mut out);
    beside(scan, root, &mut out);
    headers(scan, root, &mut out);
    manifests(scan, root, &mut out);
    out
}

fn depth(root: &Root<'_>, path: &RepoPath) -> usize {
    below(path, &root.path).iter().filter(|byte| **byte == b'/').count()
}

/// Licence files in the package.
fn texts(scan: &Ground<'_>, root: &Root<'_>, out: &mut Standing) {
    for path in root.files.iter().filter(|_| !root.single) {
        if depth(root, path) > DEEPEST {
            continue;
        }
        let says = scan.bundle(path).and_then(|bundle| bundle.says.as_ref());
        let name = path.file_name().to_ascii_lowercase();
        let telling = [b"readme".as_slice(), b"notice", b"legal", b"eula"];
        let telling = telling.iter().any(|start| name.starts_with(start));
        let Some(file) = scan.files(&path.parent()).iter().find(|file| file.path == **path) else {
            let full = says.filter(|says| says.full || (telling && says.closed.is_some()));
            if let Some(says) = full {
                full_text(path, says, telling, out);
            }
            continue;
        };
        let known = &file.text.identified.licences;
        if file.text.words == 0 {
            continue;
        }
        out.rise(How::Text);
        out.file.get_or_insert_with(|| (*path).clone());
        out.add(known);
        if known.is_empty() {
            out.add(&file.text.mentioned);
        }
        let closed =
            says.and_then(|says| says.closed).filter(|_| known.iter().all(|f| !f.is_open()));
        restrict(path, closed, out);
    }
}

/// Terms in a README or in a comment.
fn full_text(path: &RepoPath, says: &Says, telling: bool, out: &mut Standing) {
    let open = says.families.iter().any(Family::is_open);
    if says.full {
        out.rise(How::Text);
        out.file.get_or_insert_with(|| path.clone());
        out.add(&says.families);
    }
    restrict(path, says.closed.filter(|_| telling && !open), out);
}

fn restrict(path: &RepoPath, closed: Option<&'static str>, out: &mut Standing) {
    if let Some(whose) = closed.filter(|_| out.restricted.is_none()) {
        out.restricted = Some(format!("{path} holds {whose}"));
    }
}

/// Licence files that are kept beside packages, or above them.
fn beside(scan: &Ground<'_>, root: &Root<'_>, out: &mut Standing) {
    let mut dir = root.path.parent();
    while out.how < How::Text && dir.is_within(&root.container) && !dir.is_root() {
        let plain = scan.files(&dir).iter().find(|file| file.role != Role::Part && !file.stored);
        if let Some(file) = plain {
            out.rise(How::Text);
            out.file = Some(file.path.clone());
            out.add(&file.text.identified.licences);
        }
        dir = dir.parent();
    }
    if out.how == How::Text {
        return;
    }
    if let Some(path) = installed(scan, root) {
        out.rise(How::Text);
        let files = scan.files(&path.parent());
        let texts = files.iter().filter(|file| file.path == *path);
        out.add(texts.flat_map(|file| &file.text.identified.licences));
        out.file = Some(path.clone());
        return;
    }
    if let Some(path) = named_after(scan, &root.path) {
        out.rise(How::Text);
        let says = scan.bundle(&path).and_then(|bundle| bundle.says.as_ref());
        out.add(says.into_iter().flat_map(|says| &says.families));
        out.file = Some(path);
    }
}

/// Returns the licence file that Python's installers keep beside the package: in `foo-1.0.dist-info`.
fn installed<'a>(scan: &Ground<'a>, root: &Root<'_>) -> Option<&'a RepoPath> {
    if !matches!(root.container.file_name(), b"site-packages" | b"dist-packages") {
        return None;
    }
    let plain = |name: &str| name.to_lowercase().replace(['-', '.'], "_");
    let name = String::from_utf8_lossy(root.path.file_name()).into_owned();
    let name = plain(name.strip_suffix(".py").unwrap_or(&name));
    let of = |path: &&&RepoPath| {
        let rest = String::from_utf8_lossy(below(path, &root.container)).into_owned();
        let kept = rest.split_once('/').map_or("", |(folder, _)| folder);
        let kept = kept.strip_suffix(".dist-info").or(kept.strip_suffix(".egg-info"));
        let package = kept.and_then(|kept| kept.split_once('-').map(|(name, _)| plain(name)));
        package.as_deref() == Some(&*name) && is_text(scan, path)
    };
    let first = inside(&root.container, b"");
    let start = scan.files.partition_point(|path| **path < first);
    let mut near = scan.files[start..].iter().take_while(|path| path.is_within(&root.container));
    near.find(of).copied()
}

/// Returns the licence file that is called after the file or folder at `path`.
pub(super) fn named_after(scan: &Ground<'_>, path: &RepoPath) -> Option<RepoPath> {
    let name = String::from_utf8_lossy(path.file_name()).into_owned();
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).to_owned();
    let short = stem.trim_end_matches(".min").split(['.', '_']).next().unwrap_or("").to_owned();
    let bare =
        short.split_once("-").filter(|(_, rest)| rest.starts_with(|c: char| c.is_ascii_digit()));
    let bare = bare.map(|(bare, _)| bare.to_owned());
    let dir = path.parent();
    let mut names = vec![name, stem, short];
    names.extend(bare);
    names.dedup();
    for name in names.iter().filter(|name| !name.is_empty()) {
        for word in ["LICENSE", "LICENCE", "license", "COPYING", "License"] {
            for file in [
                format!("{name}.{word}"),
                format!("{name}.{word}.txt"),
                format!("{name}-{word}"),
                format!("{name}-{word}.txt"),
                format!("{name}-{word}.md"),
                format!("{name}_{word}.txt"),
                format!("{word}.{name}"),
                format!("{word}-{name}"),
                format!("{word}.{name}.txt"),
                format!("{word}-{name}.txt"),
                format!("{word}_{name}.txt"),
                format!("{word}_{name}"),
            ] {
                let path = inside(&dir, file.as_bytes());
                if scan.has(&path) {
                    return Some(path);
                }
            }
        }
        for folder in ["licenses", "LICENSES", "licences", "license", "legal"] {
            for end in ["", ".txt", ".md", "/LICENSE", "/LICENSE.txt", ".LICENSE", "-LICENSE.txt"] {
                let path = inside(&dir, format!("{folder}/{name}{end}").as_bytes());
                if scan.has(&path) {
                    return Some(path);
                }
            }
        }
    }
    None
}

/// Returns the path of the file that REUSE keeps the licence of `path` in.
fn sidecar(path: &RepoPath) -> RepoPath {
    RepoPath::new(&[path.as_bytes(), b".license"].concat())
}

/// What the heads of the files say.
fn headers(scan: &Ground<'_>, root: &Root<'_>, out: &mut Standing) {
    let (mut code, mut with, mut annotated) = (0, 0, 0);
    let mut named: Vec<Family> = Vec::new();
    for path in &root.files {
        let seen = scan.observed.get(*path);
        let script = seen.and_then(|seen| seen.bundle.as_ref()?.script.as_ref()?.says.as_ref());
        let says = seen.and_then(|seen| seen.bundle.as_ref()?.says.as_ref());
        let kind = FileKind::of(path);
        if !matches!(kind, FileKind::Code | FileKind::Shell) || is_glue(path) {
            continue;
        }
        code += 1;
        let closed = script
            .and_then(|says| says.closed)
            .or(says.and_then(|s| s.closed).filter(|_| root.single));
        restrict(path, closed, out);
        if scan.has(&sidecar(path)) {
            annotated += 1;
            continue;
        }
        let Some(seen) = seen else { continue };
        let families = script.into_iter().chain(says).flat_map(|says| &says.families);
        let before = named.len();
        named.extend(families.cloned());
        let said = seen.licences.iter().map(|said| Declared::read(&said.licence));
        named.extend(said.filter_map(|one| Some(one.terms()?.families())).flatten());
        if named.len() > before || !seen.tags.is_empty() {
            with += 1;
        }
        for terms in seen.tags.iter().filter_map(|tag| tag.declared.terms()) {
            out.add(&terms.families());
        }
        if root.single && says.is_some_and(|says| says.full) {
            out.rise(How::Text);
            out.file = Some((*path).clone());
        }
    }
    if code > 0 && annotated * 2 >= code {
        out.rise(How::Text);
    }
    if code > 0 && with * 2 >= code {
        out.rise(How::Header);
        out.add(&named);
    }
}

/// What the manifests and the README at the top of the package say.
fn manifests(scan: &Ground<'_>, root: &Root<'_>, out: &mut Standing) {
    for path in root.files.iter().filter(|path| depth(root, path) <= 1 && !root.single) {
        if let Some(manifest) = scan.manifests.get(*path)
            && let Claim::Declared(declared, _) = &manifest.claim
        {
            match &declared.reading {
                Reading::Licence(terms) => {
                    out.choice |= terms.families().len() > 1 && terms.holds(Family::is_open);
                    let families = terms.families();
                    if out.how == How::Nothing || depth(root, path) == 0 {
                        out.add(&families);
                    }
                    out.rise(How::Manifest);
                }
                Reading::Proprietary if out.how < How::Text && depth(root, path) == 0 => {
                    let why = format!("{path} says {}", declared.text);
                    out.restricted.get_or_insert(why);
                }
                Reading::File if !out.families.iter().any(Family::is_open) => {
                    let why = format!("{path} says {}", declared.text);
                    out.restricted.get_or_insert(why);
                }
                _ => {}
            }
        }
        let readme = depth(root, path) == 0 && out.how <= How::Manifest;
        if let Some(seen) = scan.observed.get(*path).filter(|_| readme)
            && !seen.readme.is_empty()
        {
            out.rise(How::Manifest);
            out.add(&seen.readme);
        }
    }
}

/// Returns the holders that the files of the package name: those of its licence come first.
pub(super) fn holders(scan: &Ground<'_>, root: &Root<'_>) -> Vec<Arc<str>> {
    let mut out: Vec<Arc<str>> = Vec::new();
    let texts = root.files.iter().filter(|path| is_text(scan, path));
    for path in texts.chain(&root.files) {
        let holders = scan.bundle(path).map_or(&[] as &[String], |bundle| &bundle.holders);
        for holder in holders {
            if out.len() >= MOST_HOLDERS {
                return out;
            }
            if !out.iter().any(|known| **known == **holder) {
                out.push(holder.as_str().into());
            }
        }
    }
    out
}
