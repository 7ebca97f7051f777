// SPDX-License-Identifier: MIT OR Apache-2.0
//! Source files without a header, where the policy wants one.

use super::{Gap, LicensingScan, Report};
use crate::domain::Headers;

pub(super) fn judge(scan: &LicensingScan, report: &mut Report<'_>) {
    let bare = scan.sources.iter().filter(|(_, has)| !**has).map(|(path, _)| path);
    for path in bare {
        let note = match scan.policy.headers {
            Some(Headers::All) => "the policy asks for a header in every source file",
            Some(Headers::New) if scan.new.contains(path) => {
                "the policy asks for a header in every file that came after it"
            }
            Some(Headers::New) => continue,
            // Nobody has asked for any: most projects have none and need none.
            Some(Headers::Off) | None => return,
        };
        let dir = path.parent();
        let value = if dir.is_root() { ".".to_owned() } else { dir.to_string() };
        report.push(Gap::new("header-missing", path, &value).note(note));
    }
}
