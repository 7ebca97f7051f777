// SPDX-License-Identifier: MIT OR Apache-2.0
//! Packages that a list names: modules of Go, and the globs of the policy.

use std::collections::BTreeMap;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::{
    Ground,
    folders::{below, in_tests, inside},
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

/// Returns the roots that the policy's globs name.
pub(super) fn by_policy<'a>(scan: &Ground<'_>, files: &[&'a RepoPath]) -> Vec<Root<'a>> {
    let mut out: BTreeMap<RepoPath, Root<'a>> = BTreeMap::new();
    for text in &scan.policy.third_party {
        let Some(globs) = globs(text) else { continue };
        let plain = text.find(['*', '?', '[', '{']).unwrap_or(text.len());
        let prefix = text[..plain].rfind('/').map_or("", |at| &text[..at]);
        let top =
            RepoPath::new(if plain == text.len() { text.as_bytes() } else { prefix.as_bytes() });
        let hits: Vec<&RepoPath> = files
            .iter()
            .copied()
            .filter(|path| globs.is_match(String::from_utf8_lossy(path.as_bytes()).as_ref()))
            // `deps/README.md` is about all that `deps/**` names, and no package.
            .filter(|path| **path == top || path.parent() != top || !is_glue(path))
            .collect();
        let whole = hits.iter().any(|path| path.parent() == top);
        for path in hits {
            let first = below(path, &top).split(|byte| *byte == b'/').next().unwrap_or_default();
            let (root, single) = match () {
                () if *path == top => (path.clone(), true),
                () if top.is_root() && path.parent().is_root() => (path.clone(), true),
                () if whole && !top.is_root() => (top.clone(), false),
                () => (inside(&top, first), inside(&top, first) == *path),
            };
            let (container, in_tests) = (root.parent(), in_tests(&root.parent()));
            let entry = out.entry(root.clone()).or_insert_with(|| Root {
                path: root,
                container,
                files: Vec::new(),
                single,
                in_tests,
            });
            if entry.files.last() != Some(&path) {
                entry.files.push(path);
            }
        }
    }
    out.into_values().collect()
}

fn globs(text: &str) -> Option<GlobSet> {
    let glob = GlobBuilder::new(text.trim_end_matches('/')).literal_separator(true).build().ok()?;
    let mut set = GlobSetBuilder::new();
    set.add(glob);
    if let Ok(below) = GlobBuilder::new(&format!("{}/**", text.trim_end_matches('/')))
        .literal_separator(true)
        .build()
    {
        set.add(below);
    }
    set.build().ok()
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
