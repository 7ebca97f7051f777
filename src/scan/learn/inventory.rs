// SPDX-License-Identifier: MIT OR Apache-2.0
//! Files and directories that are called after hosts and domains: zones, and variables of machines.
//! Nobody keeps so many of somebody else's side by side.

use std::collections::{BTreeMap, BTreeSet};

use super::lists::{EXTENSIONS, PROJECTS, WELL_KNOWN};
use crate::domain::RepoPath;

/// So many names must stand in one directory …
const LEAST_NAMES: usize = 4;
/// … of which so many end as no file does.
const LEAST_TELLING: usize = 3;

/// Ends of files that are called after a host or a domain.
const ENDS: &[&str] = &[
    ".yaml", ".yml", ".json", ".toml", ".conf", ".cfg", ".ini", ".zone", ".db", ".hosts", ".tf",
    ".nix", ".pp", ".sls", ".js", ".erb", ".j2",
];

/// Top-level domains that are the end of nothing else.
const TELLING: &[&str] = &["com", "org", "net", "edu", "gov", "io", "uk", "eu"];

/// Directories of definitions that are called after the group of an API.
const GROUPS: &[&str] = &["crd", "crds", "apis"];

/// By directory, the names of hosts that what is in it has.
#[derive(Debug, Default)]
pub(super) struct Inventory(BTreeMap<Box<[u8]>, BTreeSet<Box<str>>>);

impl Inventory {
    /// Takes in the parts of a path that are names of hosts.
    pub(super) fn take(&mut self, path: &RepoPath) {
        let path = path.as_bytes();
        let mut start = 0;
        for part in path.split(|b| *b == b'/') {
            let (dir, end) = (&path[..start], start + part.len());
            start = end + 1;
            if !part.contains(&b'.') {
                continue;
            }
            let Some(name) = host_of(part, end == path.len()) else { continue };
            let above = dir.strip_suffix(b"/").unwrap_or(dir);
            let above = above.rsplit(|b| *b == b'/').next().unwrap_or_default();
            if !GROUPS.iter().any(|group| group.as_bytes() == above) {
                self.0.entry(dir.into()).or_default().insert(name.into());
            }
        }
    }

    /// The registrable domains of directories with enough such names.
    pub(super) fn domains(&self) -> BTreeSet<String> {
        let telling = |name: &str| TELLING.iter().any(|end| name.rsplit('.').next() == Some(end));
        let dirs = self.0.values().filter(|names| {
            names.len() >= LEAST_NAMES
                && names.iter().filter(|name| telling(name)).count() >= LEAST_TELLING
        });
        let mut all: BTreeMap<&str, usize> = BTreeMap::new();
        for domain in dirs.flatten().filter_map(|name| psl::domain_str(name)) {
            *all.entry(domain).or_default() += 1;
        }
        let ours = |(domain, names): &(&str, usize)| {
            !WELL_KNOWN.contains(domain) && (!PROJECTS.contains(domain) || *names >= LEAST_NAMES)
        };
        all.into_iter().filter(ours).map(|(domain, _)| domain.to_owned()).collect()
    }
}

/// The host that a file or a directory is called after.
fn host_of(part: &[u8], is_file: bool) -> Option<&str> {
    let name = str::from_utf8(part).ok()?;
    let cut = ENDS.iter().find_map(|end| name.strip_suffix(end)).filter(|_| is_file);
    let host = cut.unwrap_or(name);
    let label = |label: &str| {
        !label.is_empty()
            && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    let last = host.rsplit('.').next()?;
    // `README.md` and `tool.pl` end with top-level domains as well.
    let sure = TELLING.contains(&last) || cut.is_some() && !EXTENSIONS.contains(last);
    let known = psl::suffix(host.as_bytes()).is_some_and(|s| s.is_known() && s.typ().is_some());
    (host.contains('.') && host.split('.').all(label) && sure && known).then_some(host)
}
