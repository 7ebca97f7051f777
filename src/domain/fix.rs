// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a release is to do about a licensing gap.

use std::{fmt, sync::Arc};

/// A way to close a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FixKind {
    /// Add a file with the full text of the licence.
    License,
    /// Put the pristine text of the licence in place of what the file holds.
    Text,
    /// Put an SPDX tag and a copyright line at the head of the file.
    Header,
    /// Put the field of a package manifest to the expression.
    Manifest,
    /// Add the notices of other people's work to the NOTICE file at the top.
    Notice,
    /// Add a `.license` file beside a file that has no comments.
    Sidecar,
    /// Add an entry to `REUSE.toml` at the top.
    Annotation,
    /// Put the name of the licence in a README right.
    Readme,
}

impl FixKind {
    /// All kinds.
    pub const ALL: [Self; 8] = [
        Self::License,
        Self::Text,
        Self::Header,
        Self::Manifest,
        Self::Notice,
        Self::Sidecar,
        Self::Annotation,
        Self::Readme,
    ];

    /// Returns the word used in files and JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::License => "license",
            Self::Text => "text",
            Self::Header => "header",
            Self::Manifest => "manifest",
            Self::Notice => "notice",
            Self::Sidecar => "sidecar",
            Self::Annotation => "annotation",
            Self::Readme => "readme",
        }
    }

    /// Returns what it does, in a few words.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::License => "add the licence's text",
            Self::Text => "put the pristine text there",
            Self::Header => "write an SPDX header",
            Self::Manifest => "edit the manifest's field",
            Self::Notice => "add to NOTICE",
            Self::Sidecar => "add a .license file",
            Self::Annotation => "add to REUSE.toml",
            Self::Readme => "put the README right",
        }
    }

    /// Returns what it does, in a sentence.
    #[must_use]
    pub const fn help(self) -> &'static str {
        match self {
            Self::License => "Add a file with the full text of the licence",
            Self::Text => "Put the pristine text of the licence in place of what the file holds",
            Self::Header => "Write an SPDX tag and a copyright line at the head of the file",
            Self::Manifest => "Put the field of the package manifest to the expression",
            Self::Notice => "Add other people's notice to the NOTICE file at the top",
            Self::Sidecar => "Add a .license file beside a file that has no comments",
            Self::Annotation => "Add an entry to REUSE.toml at the top",
            Self::Readme => {
                "Put the name of the licence, the link and the badge in the README right"
            }
        }
    }

    /// Returns the kind called `word`.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Returns what closes a gap found by the rule `name` (without its category), the usual way
    /// first.
    #[must_use]
    pub fn of_rule(name: &str) -> &'static [Self] {
        match name {
            "license-missing" | "license-empty" | "reuse-missing-text" => &[Self::License],
            "license-unknown" | "license-altered" | "license-placeholder" => &[Self::Text],
            "manifest-contradicts"
            | "manifest-proprietary"
            | "manifest-invalid"
            | "manifest-missing"
            | "license-conflict" => &[Self::Manifest],
            "readme-contradicts" => &[Self::Readme],
            "header-missing" | "reuse-no-info" => &[Self::Header, Self::Sidecar, Self::Annotation],
            "spdx-invalid" | "spdx-deprecated" => &[Self::Header],
            "media-unlicensed" => &[Self::Sidecar, Self::Annotation],
            "vendored-no-license" => &[Self::License, Self::Annotation],
            "notice-missing" => &[Self::Notice],
            _ => &[],
        }
    }

    /// Returns whether it needs to know under which licence.
    #[must_use]
    pub fn needs_licence(self) -> bool {
        self != Self::Notice
    }

    /// Returns whether it writes a copyright line.
    #[must_use]
    pub fn names_holder(self) -> bool {
        !matches!(self, Self::Manifest | Self::Notice | Self::Readme)
    }
}

/// What is to be done about one gap, with everything that is needed to do it: a release must not
/// depend on the day on which it is written, or on a policy that changed since.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fix {
    /// What is done.
    pub kind: FixKind,
    /// The SPDX expression that is written.
    pub licence: Option<Arc<str>>,
    /// Year and holder of the copyright, as in `2026 Example GmbH`.
    pub copyright: Option<Arc<str>>,
}

impl Fix {
    /// Reads what [`Display`](fmt::Display) has written: `header MIT; 2026 Example GmbH`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_once(' ').unwrap_or((text, ""));
        let kind = FixKind::from_word(kind)?;
        let (licence, copyright) = rest.split_once("; ").unwrap_or((rest, ""));
        let some = |text: &str| (!text.is_empty()).then(|| text.into());
        let out = Self { kind, licence: some(licence), copyright: some(copyright) };
        let blank =
            |text: &Option<Arc<str>>| text.as_ref().is_some_and(|text| text.trim() != &**text);
        let plain = !blank(&out.licence) && !blank(&out.copyright);
        let whole =
            plain && out.to_string() == text && (out.licence.is_some() || !kind.needs_licence());
        whole.then_some(out)
    }
}

impl fmt::Display for Fix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.word())?;
        if let Some(licence) = &self.licence {
            write!(f, " {licence}")?;
        }
        if let Some(copyright) = &self.copyright {
            write!(f, "; {copyright}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Fix, FixKind};

    #[test]
    fn what_is_written_is_read_again() {
        for text in ["header MIT OR Apache-2.0; 2026 Example; Sons", "manifest MIT", "notice"] {
            assert_eq!(Fix::parse(text).expect("a fix").to_string(), text);
        }
        for text in ["", "header", "burn MIT", "header  MIT", "manifest MIT; "] {
            assert_eq!(Fix::parse(text), None, "{text}");
        }
        for kind in FixKind::ALL {
            assert_eq!(FixKind::from_word(kind.word()), Some(kind));
        }
    }
}
