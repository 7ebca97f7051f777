// SPDX-License-Identifier: MIT OR Apache-2.0
//! A licence as far as a text can tell it.

use std::{borrow::Cow, fmt};

/// A licence id without the choice between "only" and "or later", which the text of a GNU
/// licence does not make. It may also be the bare name of a family, such as `BSD`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Family(Cow<'static, str>);

/// Starts of the ids of licences that are neither open source nor free; `spdx` knows only
/// licences that are approved, and many plain permissive ones were never submitted.
const NOT_OPEN: [&str; 16] = [
    "BUSL-",
    "SSPL-",
    "Elastic-",
    "PolyForm-",
    "Commons-Clause",
    "CC-BY-NC",
    "CC-BY-ND",
    "JSON",
    "Parity-",
    "Hippocratic-",
    "Aladdin",
    "NCGL-",
    "FSL-1.1",
    "Confluent-",
    "Prosperity-",
    "RSAL",
];

/// Names that stand for any version of a licence.
const GENERIC: [&str; 24] = [
    "BSD",
    "GPL",
    "LGPL",
    "AGPL",
    "Apache",
    "MPL",
    "EPL",
    "CC-BY",
    "CC-BY-SA",
    "CC-BY-NC",
    "CC-BY-ND",
    "CC-BY-NC-SA",
    "CC-BY-NC-ND",
    "Artistic",
    "GFDL",
    "CDDL",
    "EUPL",
    "ZPL",
    "OSL",
    "AFL",
    "LPPL",
    "CECILL",
    "MulanPSL",
    "W3C",
];

impl Family {
    /// Reads an SPDX id: `GPL-3.0-or-later` becomes `GPL-3.0`.
    #[must_use]
    pub fn of_id(id: &str) -> Self {
        let base = id.trim_end_matches('+');
        let base = base.strip_suffix("-only").or(base.strip_suffix("-or-later")).unwrap_or(base);
        Self(Cow::Owned(base.to_owned()))
    }

    /// Names a licence of one of the tables.
    pub(super) const fn fixed(id: &'static str) -> Self {
        Self(Cow::Borrowed(id))
    }

    /// Returns the id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns whether both can mean the same licence.
    #[must_use]
    pub fn fits(&self, other: &Self) -> bool {
        self == other || self.covers(other) || other.covers(self)
    }

    /// Returns whether the licence lets anyone use, change and pass on the work.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !NOT_OPEN.iter().any(|start| self.0.starts_with(start))
    }

    /// Returns whether this is the bare name of what `other` says exactly.
    pub(super) fn is_less_than(&self, other: &Self) -> bool {
        self.covers(other)
    }

    fn covers(&self, other: &Self) -> bool {
        GENERIC.contains(&&*self.0)
            && other.0.strip_prefix(&*self.0).is_some_and(|rest| {
                // CC-BY is any version of that licence, not CC-BY-SA.
                let version = rest.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
                rest.starts_with('-') && (version || !self.0.starts_with("CC-"))
            })
    }
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Family;

    #[test]
    fn versions_and_suffixes() {
        let fits = |a: &str, b: &str| Family::of_id(a).fits(&Family::of_id(b));
        assert!(fits("GPL-3.0-only", "GPL-3.0-or-later") && fits("GPL-2.0+", "GPL-2.0"));
        assert!(fits("BSD", "BSD-3-Clause") && fits("GPL-3.0", "GPL"));
        assert!(!fits("GPL-2.0", "GPL-3.0") && !fits("LGPL-3.0", "GPL") && !fits("MIT", "MIT-0"));
        assert!(!Family::of_id("BUSL-1.1").is_open() && Family::of_id("CC-BY-SA-4.0").is_open());
    }
}
