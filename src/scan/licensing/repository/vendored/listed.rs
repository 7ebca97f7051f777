// SPDX-License-Identifier: MIT OR Apache-2.0
//! Packages that a list names: modules of Go, and the globs of the policy.

use std::collections::BTreeMap;

use globset::{Glob, GlobBuilder, GlobMatcher, GlobSet, GlobSetBuilder};

use super::{
    Ground,
    folders::{below, in_tests, inside, join, parts},
    roots::Root,
};
use crate::{domain::RepoPath, scan::licensing::bundle::is_glue};

/// Returns the longest of the listed modules that holds the file.
pub(super) fn longest(modules: &[String], rest: &[u8]) -> Option<Vec<u8>> {
    let holds = |name: &&String| {
        rest.strip_prefix(name.as_bytes()).is_some_and(|rest| rest.starts_with(b"/"))
    };
    modules.iter().filter(holds).max_by_key(|name| name.len()).map(|n| n.as_bytes().to_vec())
}

/// Returns the module of Go that the path begins with, by the habits of well-known hosts.
pub(super) fn by_host(rest: &[u8]) -> Option<Vec<u8>> {
    let parts: Vec<&[u8]> = rest.split(|byte| *byte == b'/').collect();
    let host = parts.first()?;
    let three: [&[u8]; 6] = [
        b"github.com",
        b"gitlab.com",
        b"bitbucket.org",
        b"golang.org",
        b"codeberg.org",
        b"git.sr.ht",
    ];
    let two: [&[u8]; 10] = [
        b"gopkg.in",
        b"k8s.io",
        b"sigs.k8s.io",
        b"go.uber.org",
        b"google.golang.org",
        b"cloud.google.com",
        b"go.opencensus.io",
        b"go.mongodb.org",
        b"go.etcd.io",
        b"go4.org",
    ];
    let count = if three.contains(host) {
        3
    } else if two.contains(host) {
        2
    } else {
        return None;
    };
    (parts.len() > count).then(|| parts[..count].join(&b'/'))
}

/// The globs of the policy that name other people's work.
pub(super) struct Listed(Vec<Named>);

struct Named {
    /// What the glob matches, and all that lies in it.
    all: GlobSet,
    /// The glob without what only says "all that lies in it".
    base: GlobMatcher,
    /// Whether the base names one folder, which may hold many packages: `vendor/**`. Otherwise each
    /// match is a package: `roles/them.*`.
    holds_many: bool,
}

impl Listed {
    pub(super) fn of(scan: &Ground<'_>) -> Self {
        Self(scan.policy.third_party.iter().filter_map(|text| Named::of(text)).collect())
    }

    /// Returns whether a glob names the file.
    pub(super) fn names(&self, path: &RepoPath) -> bool {
        self.0.iter().any(|named| named.all.is_match(text_of(path).as_ref()))
    }

    /// Returns the roots that the globs name among `files`.
    pub(super) fn roots<'a>(&self, files: &[&'a RepoPath]) -> Vec<Root<'a>> {
        let mut out: BTreeMap<RepoPath, Root<'a>> = BTreeMap::new();
        for named in &self.0 {
            for (top, hits) in named.tops(files) {
                named.add(&top, &hits, &mut out);
            }
        }
        out.into_values().collect()
    }
}

impl Named {
    fn of(text: &str) -> Option<Self> {
        let text = text.trim_end_matches('/');
        let base = text.strip_suffix("/**").or_else(|| text.strip_suffix("/*")).unwrap_or(text);
        let base = if base == "**" { "" } else { base };
        let last = base.rsplit('/').next().unwrap_or_default();
        let mut all = GlobSetBuilder::new();
        all.add(glob(text)?).add(glob(&format!("{text}/**"))?);
        let all = all.build().ok()?;
        let holds_many = !last.contains(['*', '?', '[', '{']);
        Some(Self { all, base: glob(base)?.compile_matcher(), holds_many })
    }

    /// Returns the files that are matched, by the outermost folder, or file, that the base names.
    fn tops<'a>(&self, files: &[&'a RepoPath]) -> BTreeMap<RepoPath, Vec<&'a RepoPath>> {
        let mut out: BTreeMap<RepoPath, Vec<&RepoPath>> = BTreeMap::new();
        for path in files.iter().filter(|path| self.all.is_match(text_of(path).as_ref())) {
            let parts = parts(path);
            let tops = (0..=parts.len()).map(|count| join(&parts[..count]));
            let top = tops.into_iter().find(|top| self.base.is_match(text_of(top).as_ref()));
            let top = top.unwrap_or_else(|| (*path).clone());
            // `deps/README.md` is about all that `deps/**` names, and no package.
            if top == **path || !self.holds_many || path.parent() != top || !is_glue(path) {
                out.entry(top).or_default().push(path);
            }
        }
        out
    }

    fn add<'a>(
        &self,
        top: &RepoPath,
        hits: &[&'a RepoPath],
        out: &mut BTreeMap<RepoPath, Root<'a>>,
    ) {
        let whole =
            !self.holds_many || !top.is_root() && hits.iter().any(|path| path.parent() == *top);
        for path in hits {
            let first = below(path, top).split(|byte| *byte == b'/').next().unwrap_or_default();
            let root = if whole || *path == top { top.clone() } else { inside(top, first) };
            let single = root == **path;
            let (container, in_tests) = (root.parent(), in_tests(&root.parent()));
            let entry = out.entry(root.clone()).or_insert_with(|| Root {
                path: root,
                container,
                files: Vec::new(),
                single,
                in_tests,
            });
            if entry.files.last() != Some(path) {
                entry.files.push(path);
            }
        }
    }
}

fn text_of(path: &RepoPath) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(path.as_bytes())
}

fn glob(text: &str) -> Option<Glob> {
    GlobBuilder::new(text).literal_separator(true).build().ok()
}

#[cfg(test)]
mod tests {
    use super::{by_host, longest};

    #[test]
    fn modules_of_go_are_told_by_list_or_host() {
        assert_eq!(by_host(b"golang.org/x/net/html/a.go"), Some(b"golang.org/x/net".to_vec()));
        assert_eq!(by_host(b"left/pad.js"), None);
        let listed = ["a.b/c".to_owned(), "a.b/c/d".to_owned()];
        assert_eq!(longest(&listed, b"a.b/c/d/x.go"), Some(b"a.b/c/d".to_vec()));
    }
}
