// SPDX-License-Identifier: MIT OR Apache-2.0
//! Source files without a header, where the policy or the habit of the others wants one.

use std::collections::BTreeMap;

use super::{Gap, LicensingScan, Report};
use crate::{
    domain::{Headers, RepoPath},
    scan::licensing::sources,
};

/// With fewer source files nobody can speak of a habit.
const FEW_FILES: usize = 4;
/// How many of three files must have a header to make it a habit.
const MOST_OF_THREE: usize = 2;

pub(super) fn judge(scan: &LicensingScan, report: &mut Report<'_>) {
    let kinds = count(scan, sources::kind);
    let languages = count(scan, RepoPath::extension);
    for (path, _) in scan.sources.iter().filter(|(_, has)| !**has) {
        let (all, with) = kinds.get(&sources::kind(path)).copied().unwrap_or_default();
        let (same, has) = languages.get(&path.extension()).copied().unwrap_or_default();
        // Whoever writes headers into Python may never have written one into a shell script.
        let otherwise = same >= FEW_FILES && has * 3 < same;
        let habit = all >= FEW_FILES && with * 3 >= all * MOST_OF_THREE && !otherwise;
        let note = match scan.policy.headers {
            Some(Headers::All) => "the policy asks for a header in every source file".to_owned(),
            // Which files are new shows in the history, which is not at hand here.
            Some(Headers::Off | Headers::New) => return,
            None if habit => format!("{with} of {all} source files of its kind have a header"),
            None => continue,
        };
        let dir = path.parent();
        let value = if dir.is_root() { ".".to_owned() } else { dir.to_string() };
        report.push(Gap::new("header-missing", path, &value).note(note));
    }
}

/// Counts the source files, and those with a header, by what `kind` makes of their paths.
fn count(
    scan: &LicensingScan,
    kind: impl Fn(&RepoPath) -> String,
) -> BTreeMap<String, (usize, usize)> {
    let mut out: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (path, has) in &scan.sources {
        let (all, with) = out.entry(kind(path)).or_default();
        *all += 1;
        *with += usize::from(*has);
    }
    out
}
