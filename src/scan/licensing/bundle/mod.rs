// SPDX-License-Identifier: MIT OR Apache-2.0
//! What single files say about other people's work: banners and terms in it, archives, notices,
//! lists of modules and of submodules.
//!
//! Most files are none of that. What is asked of them is their path, so that the pass over a tree
//! stays cheap.

mod archive;
mod closed;
mod holders;
mod libraries;
mod lists;
mod members;
mod packages;
mod phar;
mod places;
mod script;
mod terms;

pub(super) use archive::{Archive, format_of};
pub(super) use closed::package as closed_package;
pub(super) use libraries::{is_foreign_library, is_namespace};
pub(super) use lists::{Submodule, is_notice_name};
use places::Look;
pub(super) use places::{Trust, is_glue, is_wide, trust};
pub(super) use script::Script;
pub(super) use terms::Says;

use super::{Identified, head};
use crate::{
    domain::{FileKind, RepoPath},
    scan::View,
};

/// What one file says about other people's work.
#[derive(Clone, Debug, Default)]
pub struct Bundle {
    /// The terms that stand in it, if it lies where other people's work is kept.
    pub(super) says: Option<Says>,
    /// Copyright holders as they are written, each once.
    pub(super) holders: Vec<String>,
    /// A script or a style sheet that looks like a library, by itself.
    pub(super) script: Option<Script>,
    /// The lines of a NOTICE, or of a list of other people's work.
    pub(super) notice: Vec<String>,
    /// The packages that `vendor/modules.txt`, a chart, a Puppetfile or a list of roles names.
    pub(super) modules: Vec<String>,
    /// The entries of `.gitmodules`.
    pub(super) submodules: Vec<Submodule>,
    /// Who a manifest says the package comes from.
    pub(super) origin: Option<String>,
    /// An archive or a program.
    pub(super) archive: Option<Archive>,
}

/// Returns what the text says about other people's work; `known` are the licence texts in a file
/// with a licence's name.
pub(super) fn observe(
    path: &RepoPath,
    view: &View<'_>,
    known: Option<&Identified>,
) -> Option<Box<Bundle>> {
    let name = path.file_name().to_ascii_lowercase();
    let mut seen = Bundle::default();
    let look = places::look(path);
    match name.as_slice() {
        b"modules.txt" => seen.modules = lists::modules(view.text),
        b".gitmodules" => seen.submodules = lists::submodules(view.text),
        b"metadata.json" | b"metadata.rb" | b"package.json" => {
            seen.origin = lists::origin(&name, view.text);
        }
        b"chart.yaml" | b"puppetfile" | b"requirements.yml" | b"requirements.yaml" => {
            seen.modules = lists::fetched(&name, view.text);
            seen.origin = lists::origin(&name, view.text);
        }
        _ => {}
    }
    // What a licence at the top and the files of REUSE and Debian say of paths counts too.
    let top = view.facts.licence && path.parent().is_root();
    if is_notice_name(&name) || top || is_annotation(path) {
        seen.notice = lists::lines_of(view.text);
    }
    seen.script = script::read(path, view);
    let words = view.facts.licence || matches!(view.kind, FileKind::Prose | FileKind::Other);
    if look == Look::Comments && is_telling(view) || look != Look::Not && words {
        seen.says = terms::read(view.text, known);
    }
    if look != Look::Not
        || view.facts.licence
        || matches!(view.kind, FileKind::Code | FileKind::Shell)
    {
        seen.holders = holders::of(head::head(view.text));
    }
    let silent = seen.says.is_none()
        && seen.holders.is_empty()
        && seen.script.is_none()
        && seen.notice.is_empty()
        && seen.modules.is_empty()
        && seen.submodules.is_empty()
        && seen.origin.is_none();
    (!silent).then(|| Box::new(seen))
}

/// Returns what a file that is no text says.
pub(super) fn observe_binary(path: &RepoPath, raw: &[u8]) -> Option<Box<Bundle>> {
    let archive = archive::read(path, raw)?;
    Some(Box::new(Bundle { archive: Some(archive), ..Bundle::default() }))
}

/// Returns whether the file says of paths under which licence they are.
fn is_annotation(path: &RepoPath) -> bool {
    matches!(path.as_bytes(), b"REUSE.toml" | b".reuse/dep5" | b"debian/copyright")
}

/// Returns whether licence terms may stand in such a file.
fn is_telling(view: &View<'_>) -> bool {
    match view.kind {
        FileKind::Code | FileKind::Shell | FileKind::Prose | FileKind::Other => true,
        FileKind::Config => matches!(view.facts.extension.as_str(), "tf" | "hcl" | "sls" | "xml"),
    }
}
