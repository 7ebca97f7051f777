// SPDX-License-Identifier: MIT OR Apache-2.0
//! Other people's work in the tree: its licences, notices and archives; submodules.
//!
//! The unit is one package, the *root*: `vendor/github.com/x/y`, `node_modules/@s/x`. However many
//! files it has, there is one finding about its licence, and one decision.

mod binaries;
mod evidence;
mod folders;
mod licence;
mod listed;
mod notices;
mod packages;
mod roots;
mod scripts;
mod submodules;
mod trees;

use std::{ops::Deref, sync::Arc};

use super::{Gap, LicensingScan, Report};
use crate::{
    domain::{PathClass, RepoPath, Severity, remark},
    repo::EntryKind,
    scan::licensing::{Family, bundle::Bundle},
};
use licence::{How, Standing};
use roots::Root;

/// A package of other people that lies in the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThirdParty {
    /// The folder of the package, or its only file.
    pub root: RepoPath,
    /// The licences that its texts, headers or manifest name, each once; SPDX ids where known.
    pub licences: Vec<Arc<str>>,
    /// Its copyright holders, as they are written, each once.
    pub holders: Vec<Arc<str>>,
    /// The file that holds the terms.
    pub text: Option<RepoPath>,
    /// Its NOTICE, which Apache-2.0 wants passed on.
    pub notice: Option<RepoPath>,
}

/// Judges what is other people's, and returns it.
pub(super) fn judge(scan: &LicensingScan, report: &mut Report<'_>) -> Vec<ThirdParty> {
    let scan = &Ground::of(scan);
    let own = evidence::Own::of(scan);
    let all = roots::find(scan, &own);
    let notices = notices::Known::of(scan);
    let mut out = Vec::new();
    for root in &all {
        let standing = licence::of(scan, root);
        root_gap(scan, root, &standing, &notices, report);
        let notice = notices::judge(scan, root, &standing, &notices, report);
        out.push(ThirdParty {
            root: root.path.clone(),
            licences: standing.names(),
            holders: licence::holders(scan, root),
            text: standing.file.clone(),
            notice,
        });
    }
    scripts::judge(scan, &all, &own, &notices, report);
    binaries::judge(scan, &notices, report);
    trees::judge(scan, report);
    submodules::judge(scan, report);
    out
}

/// What was observed, with the files of the tree at hand.
struct Ground<'a> {
    scan: &'a LicensingScan,
    /// The files and links of the tree, in the order of paths.
    files: Vec<&'a RepoPath>,
}

impl Deref for Ground<'_> {
    type Target = LicensingScan;

    fn deref(&self) -> &LicensingScan {
        self.scan
    }
}

impl<'a> Ground<'a> {
    fn of(scan: &'a LicensingScan) -> Self {
        let kept = |kind: &EntryKind| matches!(kind, EntryKind::File | EntryKind::Link);
        let tree = scan.tree.iter().filter(|(_, kind)| kept(kind)).map(|(path, _)| path);
        let mut files: Vec<&RepoPath> = tree.collect();
        // Where only a few files are looked at, there is what was observed.
        if files.is_empty() {
            files = scan.observed.keys().collect();
        }
        files.sort_unstable();
        Self { scan, files }
    }

    /// Returns whether there is such a file.
    fn has(&self, path: &RepoPath) -> bool {
        self.files.binary_search(&path).is_ok()
    }

    /// Returns whether there is a file in such a folder.
    fn has_folder(&self, dir: &RepoPath) -> bool {
        let inside = folders::inside(dir, b"");
        let at = self.files.partition_point(|path| **path < inside);
        self.files.get(at).is_some_and(|path| path.is_within(dir))
    }

    /// Returns what the file at `path` says about other people's work.
    fn bundle(&self, path: &RepoPath) -> Option<&'a Bundle> {
        self.scan.observed.get(path)?.bundle.as_deref()
    }

    /// Returns whether the reviewer accepts the licence for other people's work.
    fn is_accepted(&self, family: &Family) -> bool {
        self.policy.accepted.iter().any(|id| Family::of_id(id).fits(family))
    }

    /// Returns whether the texts of all these licences are at the top of the tree.
    fn has_text_of(&self, families: &[Family]) -> bool {
        let texts = self.licences(&RepoPath::root());
        let there = |family: &Family| texts.iter().any(|text| text.fits(family));
        !families.is_empty() && families.iter().any(there)
    }
}

/// Says what is wrong with the licence of one root, if anything is.
fn root_gap(
    scan: &Ground<'_>,
    root: &Root<'_>,
    standing: &Standing,
    notices: &notices::Known,
    report: &mut Report<'_>,
) {
    let value = root.path.to_string();
    let (files, s) = (root.files.len(), if root.files.len() == 1 { "" } else { "s" });
    if let Some(closed) = standing.closed(|family| scan.is_accepted(family)) {
        let gap = Gap::new("vendored-not-open", &root.path, &value)
            .because(format!("{value}: {closed}"))
            .note(format!("{files} file{s}"));
        return report.push(weigh(gap, root.in_tests));
    }
    if notices.covers(&root.path) {
        return;
    }
    let gap = Gap::new("vendored-no-license", &root.path, &value);
    let gap = match &standing.how {
        How::Text => return,
        How::Header if root.single || scan.has_text_of(&standing.families) => return,
        How::Header => gap
            .because(format!(
                "{value}: its files name {}, and the text is not there",
                standing.list()
            ))
            .at_most(Severity::Medium),
        How::Manifest => gap
            .because(format!(
                "{value}: its manifest says {}, and the text is not there",
                standing.list()
            ))
            .at_most(Severity::Medium),
        How::Nothing => {
            let gap = gap.because(format!("{value}: nothing in it names a licence"));
            if root.single { gap.at_most(Severity::Medium) } else { gap }
        }
    };
    let gap = if root.single { gap } else { gap.note(format!("{files} file{s}")) };
    let holders = licence::holders(scan, root);
    let gap = match holders.as_slice() {
        [] => gap,
        all => gap.note(format!("holders: {}", all.join(", "))),
    };
    report.push(weigh(gap, root.in_tests));
}

/// Lowers what stands in tests, and says so; that a path is one of other people's is the matter
/// itself here.
fn weigh<'a>(gap: Gap<'a>, in_tests: bool) -> Gap<'a> {
    let gap = gap.weighed();
    if !in_tests {
        return gap;
    }
    let word = PathClass::Test.word().unwrap_or_default();
    gap.at_most(Severity::Low).note(format!("{word}: {}", remark::LOWERED))
}
