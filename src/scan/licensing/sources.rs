// SPDX-License-Identifier: MIT OR Apache-2.0
//! Which files are source code that a header belongs into.

use super::head;
use crate::{
    domain::{FileKind, RepoPath},
    scan::View,
};

/// More of a file than this is not read when lines of code are counted.
const CODE_BYTES: usize = 64 << 10;
/// A file with fewer lines of code needs no header.
const FEW_LINES: usize = 5;

/// Extensions of code that [`FileKind`] takes for something else.
const MORE: [&str; 36] = [
    "tf", "hcl", "yml", "yaml", "sls", "sql", "proto", "j2", "jinja", "jinja2", "cmake", "el",
    "lisp", "scm", "f90", "s", "asm", "thrift", "graphql", "vim", "tcl", "awk", "sed", "ada",
    "adb", "ads", "vhd", "vhdl", "sv", "d", "nim", "cr", "jl", "rego", "cue", "bicep",
];

/// Code that is markup as much as code: it mostly has no header.
const MARKUP: [&str; 8] = ["css", "scss", "less", "vue", "ipynb", "svelte", "astro", "twig"];

/// Returns whether the file is source code of more than a few lines.
pub(super) fn is_source(path: &RepoPath, view: &View<'_>) -> bool {
    let extension = view.facts.extension.as_str();
    if MARKUP.contains(&extension) || is_pinned(path) || is_mute(path) {
        return false;
    }
    let code = matches!(view.kind, FileKind::Code | FileKind::Shell);
    if !code && !MORE.contains(&extension) {
        return false;
    }
    let text = &view.text[..view.text.len().min(CODE_BYTES)];
    let code = |line: &&[u8]| !line.trim_ascii().is_empty() && !head::is_comment(line);
    text.split(|byte| *byte == b'\n').filter(code).take(FEW_LINES + 1).count() > FEW_LINES
}

/// Returns whether it is a template of a format that has no comments, or of text: `a.json.erb`.
fn is_mute(path: &RepoPath) -> bool {
    let name = path.file_name().to_ascii_lowercase();
    let mut parts = name.rsplit(|byte| *byte == b'.').skip(1);
    let inner = parts.next().filter(|_| parts.next().is_some());
    inner.is_some_and(|inner| matches!(inner, b"json" | b"csv" | b"tsv" | b"txt" | b"md"))
}

/// Files that tools write, or that nobody copies alone.
fn is_pinned(path: &RepoPath) -> bool {
    let name = path.file_name().to_ascii_lowercase();
    let whole: [&[u8]; 8] = [
        b"requirements.yml",
        b"galaxy.yml",
        b"pubspec.yaml",
        b"chart.yaml",
        b"mkdocs.yml",
        b"docker-compose.yml",
        b"_config.yml",
        b"codecov.yml",
    ];
    name.starts_with(b".") || whole.contains(&name.as_slice()) || name.ends_with(b".lock.yml")
}
