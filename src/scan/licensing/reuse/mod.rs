// SPDX-License-Identifier: MIT OR Apache-2.0
//! What one file says in the way of REUSE 3.3: its own tags and notices, wherever they stand in
//! it, and what `REUSE.toml` and `.reuse/dep5` say about others.
//!
//! This is apart from the reading of heads: REUSE wants every tag in a file, and the notices as
//! its specification defines them, not what a reader would take for one.

mod config;
mod dep5;
mod glob;
mod ids;
mod said;

pub(super) use config::{Config, Precedence, Table, below};
pub(super) use dep5::Dep5;
pub(super) use ids::{Id, Licensed, read as read_expression, text_id};
pub use said::Statement;
pub(super) use said::{Stated, read};

use crate::domain::RepoPath;

/// The name of the file that speaks for others.
pub(super) const TOML: &[u8] = b"REUSE.toml";
/// The extension of the file that speaks for the one beside it.
pub(super) const SIDECAR: &[u8] = b".license";

/// Returns whether the path is that of the deprecated file that speaks for others.
pub(super) fn is_dep5(path: &RepoPath) -> bool {
    path.as_bytes() == b".reuse/dep5"
}

/// Returns whether a file at `path` must carry its licence and its copyright, by its name alone.
pub(super) fn is_covered_name(path: &RepoPath) -> bool {
    let mut parts: Vec<&[u8]> = path.as_bytes().split(|byte| *byte == b'/').collect();
    let name = parts.pop().unwrap_or_default();
    !parts.iter().any(|dir| matches!(*dir, b"LICENSES" | b".reuse" | b".git" | b".hg"))
        && name != TOML
        && !name.ends_with(SIDECAR)
        && !is_git(name)
        && !is_licence(name)
        && !is_spdx_document(name)
}

/// Returns whether the file belongs to Git itself.
fn is_git(name: &[u8]) -> bool {
    let names: [&[u8]; 6] = [
        b".gitignore",
        b".gitattributes",
        b".gitmodules",
        b".gitkeep",
        b".gitpreserve",
        b".git-blame-ignore-revs",
    ];
    names.contains(&name)
}

/// Returns whether the name is LICENSE, LICENCE or COPYING, alone or before a dash or a dot. In
/// other letters only the plainest names count: `license-keys.json` is data.
fn is_licence(name: &[u8]) -> bool {
    let upper = name.to_ascii_uppercase();
    let starts = [&b"LICENSE"[..], b"LICENCE", b"COPYING"];
    starts.iter().any(|start| {
        let plain = [&b""[..], b".TXT", b".MD", b".RST"];
        let rest = name.strip_prefix(*start);
        rest.is_some_and(|rest| rest.first().is_none_or(|byte| matches!(byte, b'-' | b'.')))
            || upper.strip_prefix(*start).is_some_and(|rest| plain.contains(&rest))
    })
}

fn is_spdx_document(name: &[u8]) -> bool {
    let lower = name.to_ascii_lowercase();
    let ends =
        [&b".spdx"[..], b".spdx.rdf", b".spdx.json", b".spdx.xml", b".spdx.yaml", b".spdx.yml"];
    ends.iter().any(|end| lower.ends_with(end)) || lower.ends_with(b".spdx.rdf.xml")
}

#[cfg(test)]
mod tests {
    use super::is_covered_name;
    use crate::domain::RepoPath;

    #[test]
    fn some_names_need_nothing() {
        let covered = |path: &str| is_covered_name(&RepoPath::new(path.as_bytes()));
        for path in [
            "LICENSE",
            "a/LICENCE.md",
            "License.txt",
            "COPYING-MIT",
            "LICENSES/MIT.txt",
            ".reuse/templates/x",
            ".gitignore",
            "a/.gitkeep",
            "logo.png.license",
            "a/REUSE.toml",
            "sbom.spdx.json",
            "a.spdx",
        ] {
            assert!(!covered(path), "{path}");
        }
        for path in [
            "LICENSE_x",
            "LICENSEFOO",
            "a/license-keys.json",
            ".github/x.yml",
            ".gitconfig",
            "UNLICENSE",
            "REUSE.md",
        ] {
            assert!(covered(path), "{path}");
        }
    }
}
