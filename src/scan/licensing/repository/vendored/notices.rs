// SPDX-License-Identifier: MIT OR Apache-2.0
//! Notices of other people that one's own must repeat.

use std::collections::HashSet;

use super::{Ground, Report, folders::below, licence::Standing, roots::Root, weigh};
use crate::{
    domain::RepoPath,
    scan::licensing::{bundle::is_notice_name, repository::Gap},
};

/// So many missing lines are shown.
const SHOWN: usize = 3;

/// What the notices and lists at the top of the repository say.
pub(super) struct Known {
    lines: HashSet<String>,
    /// All of it, for a line that stands inside of another.
    text: String,
}

impl Known {
    /// Gathers them.
    pub(super) fn of(scan: &Ground<'_>) -> Self {
        let mut lines = HashSet::new();
        let mut text = String::new();
        for (path, seen) in &scan.observed {
            let dir = path.parent();
            let name = dir.file_name().to_ascii_lowercase();
            let folder: [&[u8]; 7] = [
                b"licenses",
                b"license",
                b"legal",
                b"meta-inf",
                b"third_party_licenses",
                b".reuse",
                b"debian",
            ];
            let top = dir.is_root() || dir.parent().is_root() && folder.contains(&name.as_slice());
            let Some(bundle) = seen.bundle.as_deref().filter(|_| top) else { continue };
            for line in &bundle.notice {
                text += line;
                text.push('\n');
                lines.insert(line.clone());
            }
        }
        Self { lines, text }
    }

    fn has(&self, line: &str) -> bool {
        self.lines.contains(line) || self.text.contains(line)
    }

    /// Returns whether a list at the top tells of the file or folder: by its path, or by a line
    /// that begins with its name.
    pub(super) fn covers(&self, path: &RepoPath) -> bool {
        if self.lines.is_empty() {
            return false;
        }
        let path = path.to_string().to_lowercase();
        let name = path.rsplit('/').next().unwrap_or(&path);
        let starts = |line: &String| {
            line.strip_prefix(name)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ':', ',', '-', '(']))
        };
        self.text.contains(&path) || (name.len() > 2 && self.lines.iter().any(starts))
    }
}

/// Judges the NOTICE of one package, and returns it.
pub(super) fn judge(
    scan: &Ground<'_>,
    root: &Root<'_>,
    standing: &Standing,
    known: &Known,
    report: &mut Report<'_>,
) -> Option<RepoPath> {
    let notice = root.files.iter().find(|path| {
        let name = path.file_name().to_ascii_lowercase();
        !below(path, &root.path).contains(&b'/')
            && name.starts_with(b"notice")
            && is_notice_name(&name)
    })?;
    let apache = standing.families.iter().any(|family| family.as_str().starts_with("Apache"));
    let lines = scan.bundle(notice).map_or(&[] as &[String], |bundle| &bundle.notice);
    let missing: Vec<&String> = lines.iter().filter(|line| !known.has(line)).collect();
    if apache && !missing.is_empty() {
        let value = root.path.to_string();
        let shown: Vec<&str> = missing.iter().take(SHOWN).map(|line| line.as_str()).collect();
        let evidence = format!(
            "{} of {} lines of {notice} are in no NOTICE at the top: {}",
            missing.len(),
            lines.len(),
            shown.join(" / ")
        );
        let gap = Gap::new("notice-missing", notice, &value).because(evidence);
        report.push(weigh(gap, root.in_tests));
    }
    Some((*notice).clone())
}
