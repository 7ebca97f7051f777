// SPDX-License-Identifier: MIT OR Apache-2.0
//! Which licence and which copyright REUSE 3.3 associates with a file: by what stands in it, in
//! the `.license` file beside it, in a `REUSE.toml` above it or in `.reuse/dep5`.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use super::LicensingScan;
use crate::{
    domain::{How, RepoPath, Span},
    repo::EntryKind,
    scan::licensing::reuse::{
        Config, Dep5, Precedence, SIDECAR, Stated, Statement, TOML, Table, below, is_covered_name,
        is_dep5,
    },
};

/// Where the files are that speak for others.
#[derive(Default)]
pub(super) struct Index {
    /// `REUSE.toml` by its directory.
    configs: HashMap<RepoPath, RepoPath>,
    /// The files that have a `.license` file beside them.
    sidecars: HashSet<RepoPath>,
    pub(super) dep5: Option<RepoPath>,
    /// Directories of Meson's subprojects, each a project of its own.
    subprojects: HashSet<RepoPath>,
}

/// What a file's surroundings say of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::scan::licensing) struct Covered {
    /// The SPDX expression, as it is written; several joined by `AND`. None if only the
    /// copyright is said.
    pub(in crate::scan::licensing) expression: Option<Arc<str>>,
    /// Copyright notices, without the tag or word before them.
    pub(in crate::scan::licensing) copyright: Vec<Arc<str>>,
    /// How the expression is known; a tag where only the copyright comes from outside.
    pub(in crate::scan::licensing) how: How,
}

/// One expression that holds for a file.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) text: &'a str,
    /// Where it stands.
    pub(super) path: &'a RepoPath,
    pub(super) span: Option<&'a Span>,
    pub(super) how: How,
}

/// All that holds for a file.
#[derive(Default)]
pub(super) struct Info<'a> {
    pub(super) licences: Vec<Source<'a>>,
    pub(super) copyright: Vec<(&'a str, How)>,
    /// What holds for parts of it.
    pub(super) snippets: Vec<Source<'a>>,
}

impl Index {
    pub(super) fn of(scan: &LicensingScan) -> Self {
        let mut out = Self::default();
        let meson = |path: &RepoPath| path.file_name() == b"meson.build";
        let dirs: HashSet<RepoPath> = scan
            .tree
            .iter()
            .map(|(path, _)| path)
            .filter(|p| meson(p))
            .map(RepoPath::parent)
            .collect();
        for dir in &dirs {
            let prefix = if dir.is_root() { Vec::new() } else { [dir.as_bytes(), b"/"].concat() };
            out.subprojects.insert(RepoPath::new(&[&prefix[..], b"subprojects"].concat()));
        }
        for (path, _) in scan.tree.iter().filter(|(_, kind)| *kind == EntryKind::File) {
            if path.file_name() == TOML {
                out.configs.insert(path.parent(), path.clone());
            } else if is_dep5(path) {
                out.dep5 = Some(path.clone());
            } else if let Some(file) = path.as_bytes().strip_suffix(SIDECAR) {
                out.sidecars.insert(RepoPath::new(file));
            }
        }
        out
    }

    /// Returns the paths of all `REUSE.toml`, in order.
    pub(super) fn configs(&self) -> Vec<&RepoPath> {
        let mut all: Vec<&RepoPath> = self.configs.values().collect();
        all.sort();
        all
    }

    /// Returns whether the file belongs to another project inside of this one.
    fn is_foreign(&self, path: &RepoPath) -> bool {
        if self.subprojects.is_empty() {
            return false;
        }
        // A file right in the directory is a wrap file, and ours.
        let mut dir = path.parent();
        while !dir.is_root() {
            let above = dir.parent();
            if self.subprojects.contains(&above) {
                return true;
            }
            dir = above;
        }
        false
    }
}

impl LicensingScan {
    /// Returns what others say of the file at `path`: the `.license` file beside it, `REUSE.toml`
    /// or `.reuse/dep5`. Where those leave it to the file itself, nothing. What is returned
    /// takes the place of what the file says, or holds it already.
    pub(in crate::scan::licensing) fn covered(&self, path: &RepoPath) -> Option<Covered> {
        let index = &self.reuse;
        if index.configs.is_empty() && index.sidecars.is_empty() && index.dep5.is_none() {
            return None;
        }
        let info = self.associated(path);
        let outside = |how: How| how != How::Tag;
        let licence = info.licences.iter().map(|one| one.how).find(|how| outside(*how));
        if licence.is_none() && !info.copyright.iter().any(|(_, how)| outside(*how)) {
            return None;
        }
        let how = match licence {
            Some(how) => how,
            None if info.licences.is_empty() => How::Reuse,
            None => How::Tag,
        };
        let mut copyright: Vec<Arc<str>> = Vec::new();
        for (text, _) in &info.copyright {
            if !copyright.iter().any(|one| &**one == *text) {
                copyright.push((*text).into());
            }
        }
        Some(Covered { expression: joined(&info.licences), copyright, how })
    }

    /// Returns whether the file must carry its licence and copyright.
    pub(super) fn is_covered(&self, path: &RepoPath, kind: EntryKind) -> bool {
        kind == EntryKind::File
            && is_covered_name(path)
            && !self.empty.contains(path)
            && !self.reuse.is_foreign(path)
    }

    /// Returns all that holds for the file at `path`.
    pub(super) fn associated(&self, path: &RepoPath) -> Info<'_> {
        let mut own = self.inside(path);
        let mut out = Info::default();
        // From the root down to the file.
        let tables: Vec<(&RepoPath, &Table)> = self.tables(path);
        for (source, table) in &tables {
            match table.precedence {
                Precedence::Closest => {}
                Precedence::Aggregate => out.take(source, table),
                Precedence::Override => {
                    out.take(source, table);
                    return out;
                }
            }
        }
        let closest = || tables.iter().rev().filter(|(_, t)| t.precedence == Precedence::Closest);
        if own.licences.is_empty()
            && let Some((source, table)) = closest().find(|(_, table)| !table.licences.is_empty())
        {
            out.take_licences(source, table);
        }
        if own.copyright.is_empty()
            && let Some((_, table)) = closest().find(|(_, table)| !table.copyright.is_empty())
        {
            out.take_copyright(table);
        }
        if let Some((source, dep5)) = self.dep5()
            && let Some(paragraph) = dep5.paragraph(path.as_bytes())
        {
            if !paragraph.licence.is_empty() {
                let (text, how) = (paragraph.licence.as_str(), How::Reuse);
                out.licences.push(Source { text, path: source, span: None, how });
            }
            out.copyright.extend(paragraph.copyright.iter().map(|text| (&**text, How::Reuse)));
        }
        out.licences.append(&mut own.licences);
        out.copyright.append(&mut own.copyright);
        out.snippets = own.snippets;
        out
    }

    /// Returns what stands in the file, or in the one beside it if there is one.
    fn inside(&self, path: &RepoPath) -> Info<'_> {
        let (said, how) = if self.reuse.sidecars.contains(path) {
            let beside = RepoPath::new(&[path.as_bytes(), SIDECAR].concat());
            (self.observed.get_key_value(&beside), How::Sidecar)
        } else {
            (self.observed.get_key_value(path), How::Tag)
        };
        let Some((path, said)) = said.and_then(|(p, s)| Some((p, s.reuse.as_deref()?))) else {
            return Info::default();
        };
        Info::of(path, said, how)
    }

    /// Returns the `REUSE.toml` files and their tables that speak for `path`, from the root down.
    fn tables(&self, path: &RepoPath) -> Vec<(&RepoPath, &Table)> {
        let mut out = Vec::new();
        if self.reuse.configs.is_empty() {
            return out;
        }
        let mut dir = path.parent();
        loop {
            if let Some(source) = self.reuse.configs.get(&dir)
                && let Some(config) = self.config(source)
                && let Some(table) = below(path, &dir).and_then(|path| config.table(path))
            {
                out.push((source, table));
            }
            if dir.is_root() {
                break;
            }
            dir = dir.parent();
        }
        out.reverse();
        out
    }

    /// Returns the `REUSE.toml` at `path`.
    pub(super) fn config(&self, path: &RepoPath) -> Option<&Config> {
        self.observed.get(path)?.reuse.as_ref()?.config.as_ref()
    }

    /// Returns `.reuse/dep5` and its path.
    pub(super) fn dep5(&self) -> Option<(&RepoPath, &Dep5)> {
        let path = self.reuse.dep5.as_ref()?;
        Some((path, self.observed.get(path)?.reuse.as_ref()?.dep5.as_ref()?))
    }
}

impl<'a> Info<'a> {
    fn of(path: &'a RepoPath, said: &'a Statement, how: How) -> Self {
        let source = |one: &'a Stated| Source { text: &one.text, path, span: Some(&one.span), how };
        Self {
            licences: said.licences.iter().map(source).collect(),
            copyright: said.copyright.iter().map(|text| (&**text, how)).collect(),
            snippets: said.snippets.iter().map(source).collect(),
        }
    }

    fn take(&mut self, source: &'a RepoPath, table: &'a Table) {
        self.take_licences(source, table);
        self.take_copyright(table);
    }

    fn take_licences(&mut self, path: &'a RepoPath, table: &'a Table) {
        let source = |text: &'a String| Source { text, path, span: None, how: How::Reuse };
        self.licences.extend(table.licences.iter().map(source));
    }

    fn take_copyright(&mut self, table: &'a Table) {
        self.copyright.extend(table.copyright.iter().map(|text| (&**text, How::Reuse)));
    }
}

/// Returns the expressions joined by `AND`, each once.
fn joined(sources: &[Source<'_>]) -> Option<Arc<str>> {
    let mut texts: Vec<&str> = Vec::new();
    for source in sources {
        if !texts.contains(&source.text) {
            texts.push(source.text);
        }
    }
    match texts.as_slice() {
        [] => None,
        [one] => Some((*one).into()),
        several => {
            let bound = |text: &&str| {
                let or = text.to_ascii_uppercase().contains(" OR ");
                if or { format!("({text})") } else { (*text).to_owned() }
            };
            Some(several.iter().map(bound).collect::<Vec<_>>().join(" AND ").into())
        }
    }
}
