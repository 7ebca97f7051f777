// SPDX-License-Identifier: MIT OR Apache-2.0
//! Source files without a header, where the others have one.

use super::{Gap, LicensingScan, Report};

/// With fewer source files nobody can speak of a habit.
const FEW_FILES: usize = 4;
/// How many of three files must have a header to make it a habit.
const MOST_OF_THREE: usize = 2;

pub(super) fn judge(scan: &LicensingScan, report: &mut Report<'_>) {
    let with = scan.sources.values().filter(|has| **has).count();
    let total = scan.sources.len();
    if total < FEW_FILES || with * 3 < total * MOST_OF_THREE || with == total {
        return;
    }
    for (path, _) in scan.sources.iter().filter(|(_, has)| !**has) {
        let dir = path.parent();
        let value = if dir.is_root() { ".".to_owned() } else { dir.to_string() };
        let note = format!("{with} of {total} source files have a header");
        report.push(Gap::new("header-missing", path, &value).note(note));
    }
}
