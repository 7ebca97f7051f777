// SPDX-License-Identifier: MIT OR Apache-2.0
//! The licence that a reviewer says holds: whether it can be read, and whether it closes the gap.

use spdx::identifiers;

use super::{
    Family, LicenceTree, Outcome, Wrinkle, compatible,
    expression::{fold_case, parse_spdx},
};
use crate::domain::Licensing;

/// What is said of a file that is under no licence.
pub const NONE: &str = "NONE";

/// Gaps that are closed where nothing is under the licence that was found.
const CLOSED_BY_NONE: [&str; 8] = [
    "header-incompatible",
    "header-proprietary",
    "license-not-open",
    "license-conflict",
    "copyright-foreign",
    "snippet-cc-by-sa",
    "spdx-invalid",
    "spdx-deprecated",
];

/// Returns the expression in its official spelling.
///
/// # Errors
/// Says what is wrong with one that can't be read, or whose ids SPDX has replaced.
pub fn conclude(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.eq_ignore_ascii_case(NONE) {
        return Ok(NONE.to_owned());
    }
    if text.is_empty() {
        return Err("an SPDX expression, such as MIT OR Apache-2.0, or NONE".into());
    }
    let Some(terms) = parse_spdx(text) else {
        return Err(match first_unknown(text) {
            Some(word) => format!("{word} is no SPDX id"),
            None => "no SPDX expression".into(),
        });
    };
    match terms.wrinkle {
        Some(Wrinkle::Deprecated(id)) if ids_starting(&format!("{id}-o")).is_empty() => {
            Err(format!("SPDX has replaced the id {id}"))
        }
        Some(Wrinkle::Deprecated(id)) => {
            Err(format!("SPDX has replaced the id {id}: write {id}-only or {id}-or-later"))
        }
        _ => {
            let words = fold_case(text);
            Ok(words.split_ascii_whitespace().collect::<Vec<_>>().join(" "))
        }
    }
}

fn first_unknown(text: &str) -> Option<&str> {
    let words = text.split(|c: char| c.is_whitespace() || c == '(' || c == ')');
    let operator =
        |word: &str| ["and", "or", "with"].iter().any(|known| word.eq_ignore_ascii_case(known));
    words.filter(|word| !word.is_empty() && !operator(word)).find(|word| {
        let known = |name: &str| name.eq_ignore_ascii_case(word.trim_end_matches('+'));
        !identifiers::LICENSES.iter().any(|one| known(one.name))
            && !identifiers::EXCEPTIONS.iter().any(|one| known(one.name))
            && !word.starts_with("LicenseRef-")
    })
}

/// Returns the SPDX ids that begin with `start`, whatever its case, but for those that SPDX has
/// replaced.
#[must_use]
pub fn ids_starting(start: &str) -> Vec<&'static str> {
    let begins =
        |name: &str| name.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
    let current = |name: &&str| spdx::license_id(name).is_some_and(|id| !id.is_deprecated());
    let names = identifiers::LICENSES.iter().map(|one| one.name);
    names.filter(|name| begins(name)).filter(current).collect()
}

/// Returns whether a gap of the rule `kind` is closed where `expression` is what holds, under
/// `policy`.
#[must_use]
pub fn clears(policy: &Licensing, kind: &str, expression: &str) -> bool {
    if expression == NONE {
        return CLOSED_BY_NONE.contains(&kind);
    }
    let Some(tree) = LicenceTree::read(expression) else { return false };
    let accepted = |id: &str| {
        let family = Family::of_id(id);
        policy.accepted.iter().any(|one| Family::of_id(one).fits(&family))
    };
    let fits = |outbound: &LicenceTree| {
        matches!(compatible(outbound, &tree).0, Outcome::Compatible | Outcome::Separate(_))
    };
    let outbound = policy.outbound.as_deref().and_then(LicenceTree::read);
    tree.holds(&accepted)
        || tree.holds(&|id| Family::of_id(id).is_open()) && outbound.as_ref().is_none_or(fits)
}

#[cfg(test)]
mod tests {
    use super::{clears, conclude, ids_starting};
    use crate::domain::Licensing;

    #[test]
    fn what_is_concluded_is_an_expression() {
        assert_eq!(conclude(" mit  or apache-2.0 ").as_deref(), Ok("MIT OR Apache-2.0"));
        assert_eq!(conclude("none").as_deref(), Ok("NONE"));
        assert_eq!(conclude("LicenseRef-Ours").as_deref(), Ok("LicenseRef-Ours"));
        for (text, why) in [
            ("", "an SPDX expression"),
            ("MIT and Foo-1", "Foo-1 is no SPDX id"),
            ("GPL-3.0", "GPL-3.0-only or GPL-3.0-or-later"),
            ("MIT OR", "no SPDX expression"),
        ] {
            let said = conclude(text).expect_err("not one");
            assert!(said.contains(why), "{text}: {said}");
        }
        assert!(ids_starting("apache-2").contains(&"Apache-2.0"));
        assert!(!ids_starting("GPL-3").contains(&"GPL-3.0"));
    }

    #[test]
    fn only_what_fits_closes_a_gap() {
        let policy = Licensing {
            outbound: Some("Apache-2.0".into()),
            accepted: vec!["MPL-2.0".into()],
            ..Licensing::default()
        };
        let closes = |kind, text| clears(&policy, kind, text);
        assert!(closes("license-unknown", "MIT") && closes("vendored-no-license", "MPL-2.0"));
        assert!(closes("header-incompatible", "GPL-2.0-only OR BSD-3-Clause"));
        assert!(!closes("header-incompatible", "GPL-2.0-only"));
        assert!(!closes("license-unknown", "BUSL-1.1") && !closes("license-unknown", "nonsense"));
        assert!(closes("header-incompatible", "NONE") && !closes("license-missing", "NONE"));
        assert!(clears(&Licensing::default(), "license-unknown", "GPL-3.0-only"));
    }
}
