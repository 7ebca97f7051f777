// SPDX-License-Identifier: MIT OR Apache-2.0
//! The ids in an expression, and in the name of a text below `LICENSES/`.
//!
//! REUSE counts ids, not licences: an id that SPDX does not know is an id without a text. So this
//! looks at the shape of an expression only.

use spdx::identifiers;

/// A longer expression is none.
const LONGEST: usize = 1000;

/// What is known of an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::scan::licensing) enum Id {
    /// One that SPDX lists.
    Listed,
    /// One that SPDX has replaced.
    Deprecated,
    /// `LicenseRef-…`, which the project defines.
    Own,
    /// None of these.
    Unknown,
}

/// An id, in the case in which SPDX writes it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::scan::licensing) struct Licensed(pub(in crate::scan::licensing) String);

impl Licensed {
    /// Returns the id that is written as `text`.
    pub(in crate::scan::licensing) fn of(text: &str) -> Self {
        if let Some((name, _)) = listed(text) {
            return Self(name.to_owned());
        }
        // `Apache-1.1+` is the licence Apache-1.1.
        let base = text.strip_suffix('+').unwrap_or(text);
        Self(listed(base).map_or(base, |(name, _)| name).to_owned())
    }

    /// Returns what is known of it.
    pub(in crate::scan::licensing) fn kind(&self) -> Id {
        match listed(&self.0) {
            Some((_, true)) => Id::Deprecated,
            Some((_, false)) => Id::Listed,
            None if is_own(&self.0) => Id::Own,
            None => Id::Unknown,
        }
    }
}

fn is_own(text: &str) -> bool {
    text.strip_prefix("LicenseRef-").is_some_and(|rest| {
        !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b))
    })
}

/// Returns how SPDX writes the id, and whether it has replaced it.
fn listed(text: &str) -> Option<(&'static str, bool)> {
    let licences = identifiers::LICENSES.iter().map(|one| one.name);
    let licence = licences.clone().find(|name| name.eq_ignore_ascii_case(text));
    if let Some(name) = licence {
        let old = spdx::license_id(name).is_some_and(spdx::LicenseId::is_deprecated);
        return Some((name, old));
    }
    let exceptions = identifiers::EXCEPTIONS.iter().map(|one| one.name);
    let name = exceptions.clone().find(|name| name.eq_ignore_ascii_case(text))?;
    Some((name, spdx::exception_id(name).is_some_and(spdx::ExceptionId::is_deprecated)))
}

/// Returns the ids of an expression, nothing if it has not the shape of one.
pub(in crate::scan::licensing) fn read(text: &str) -> Option<Vec<Licensed>> {
    if text.len() > LONGEST {
        return None;
    }
    let spaced = text.replace('(', " ( ").replace(')', " ) ");
    let (mut out, mut open) = (Vec::new(), 0usize);
    // Whether a licence must follow rather than an operator.
    let (mut wanted, mut with) = (true, false);
    for word in spaced.split_whitespace() {
        match word.to_ascii_uppercase().as_str() {
            "(" if wanted && !with => open += 1,
            ")" if !wanted && open > 0 => open -= 1,
            "AND" | "OR" | "WITH" if wanted => return None,
            "AND" | "OR" => (wanted, with) = (true, false),
            "WITH" if with => return None,
            "WITH" => (wanted, with) = (true, true),
            _ if wanted && is_id(word) => {
                out.push(Licensed::of(word));
                wanted = false;
            }
            _ => return None,
        }
    }
    (!wanted && open == 0).then_some(out)
}

fn is_id(word: &str) -> bool {
    let word = word.strip_suffix('+').unwrap_or(word);
    let word = match word.strip_prefix("DocumentRef-") {
        Some(rest) => rest.split_once(':').map_or("", |(_, licence)| licence),
        None => word,
    };
    word.starts_with(|c: char| c.is_ascii_alphanumeric())
        && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b))
}

/// Returns the id that the name of a text gives, and whether the name has an extension.
pub(in crate::scan::licensing) fn text_id(name: &str) -> (Licensed, bool) {
    let is_known = |text: &str| listed(text).is_some();
    if is_known(name) {
        return (Licensed::of(name), false);
    }
    match name.rsplit_once('.') {
        // The last part of `LicenseRef-Ours-1.0` is no extension.
        Some((stem, extension))
            if is_known(stem) || extension.bytes().any(|byte| byte.is_ascii_alphabetic()) =>
        {
            (exact(stem), true)
        }
        _ => (exact(name), false),
    }
}

/// The name of a file must be the id, to the letter; another spelling is another id.
fn exact(text: &str) -> Licensed {
    Licensed(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Id, Licensed, read, text_id};

    #[test]
    fn ids_of_expressions() {
        let ids = |text: &str| {
            read(text).map(|ids| ids.into_iter().map(|id| id.0).collect::<Vec<_>>().join(" "))
        };
        assert_eq!(ids("mit OR (Apache-2.0 and ISC)").as_deref(), Some("MIT Apache-2.0 ISC"));
        let with = "GPL-2.0+ WITH Classpath-exception-2.0";
        assert_eq!(ids(with).as_deref(), Some("GPL-2.0+ Classpath-exception-2.0"));
        assert_eq!(ids("Apache-1.1+").as_deref(), Some("Apache-1.1"));
        assert_eq!(ids("LicenseRef-Ours").as_deref(), Some("LicenseRef-Ours"));
        assert_eq!(ids("NoSuch-1.0").as_deref(), Some("NoSuch-1.0"));
        for text in ["", "Foo Bar", "MIT OR", "(MIT", "MIT)", "MIT/ISC", "MIT, ISC", "AND", "<id>"]
        {
            assert_eq!(ids(text), None, "{text}");
        }
        assert_eq!(ids(&"(".repeat(900)), None);
    }

    #[test]
    fn ids_of_file_names() {
        let id = |name: &str| {
            let (id, extension) = text_id(name);
            (id.kind(), id.0, extension)
        };
        assert_eq!(id("MIT.txt"), (Id::Listed, "MIT".into(), true));
        assert_eq!(id("Apache-2.0"), (Id::Listed, "Apache-2.0".into(), false));
        assert_eq!(id("GPL-2.0.txt"), (Id::Deprecated, "GPL-2.0".into(), true));
        assert_eq!(id("LicenseRef-a-1.0"), (Id::Own, "LicenseRef-a-1.0".into(), false));
        assert_eq!(id("LicenseRef-a-1.0.md"), (Id::Own, "LicenseRef-a-1.0".into(), true));
        assert_eq!(id("LicenseRef-x_y.txt").0, Id::Unknown);
        assert_eq!(id("README.md").0, Id::Unknown);
        assert_eq!(Licensed::of("Classpath-exception-2.0").kind(), Id::Listed);
    }
}
