// SPDX-License-Identifier: MIT OR Apache-2.0
//! Reads what a tag or a manifest declares.

use spdx::{Expression, LicenseItem, ParseMode, identifiers};

use super::Family;

mod named;
mod stock;

/// A longer declaration is prose, not an expression.
const MAX_LEN: usize = 300;
/// A field with more lines holds the licence itself.
const MAX_LINES: usize = 3;

/// Ids match whatever their case, as SPDX wants it; `spdx` itself is asked after folding.
/// Imprecise names stay off: they turn LGPL-2.1 into LGPL-2.0.
const MODE: ParseMode = ParseMode {
    allow_slash_as_or_operator: false,
    allow_imprecise_license_names: false,
    allow_postfix_plus_on_gpl: true,
    allow_deprecated: true,
    allow_unknown: false,
};

/// What a tag or a manifest field says.
#[derive(Clone, Debug)]
pub struct Declared {
    /// As it is written.
    pub text: String,
    /// What it means.
    pub reading: Reading,
}

/// What a declaration means.
#[derive(Clone, Debug)]
pub enum Reading {
    /// One or more licences.
    Licence(Terms),
    /// Not for the public: "UNLICENSED", "All rights reserved".
    Proprietary,
    /// Text that a generator left for the author to replace.
    Placeholder,
    /// A template's variable: nobody knows until it is rendered.
    Template,
    /// Points to a file, as npm's "SEE LICENSE IN" does.
    File,
    /// None of these.
    Invalid,
}

/// The licences of a declaration; any of the members will do.
#[derive(Clone, Debug)]
pub struct Terms {
    any: Vec<Term>,
    /// What is not quite right about the spelling.
    pub wrinkle: Option<Wrinkle>,
    /// Whether later versions of one of them will do too.
    pub later: bool,
}

#[derive(Clone, Debug)]
enum Term {
    Spdx(Box<Expression>),
    Named(Family),
    /// All of these hold at once, each for its part.
    All(Vec<Terms>),
}

/// A spelling that is understood but should be mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrinkle {
    /// A name instead of an SPDX id.
    Name,
    /// `/` where `OR` belongs.
    Slash,
    /// An id that SPDX has replaced.
    Deprecated(&'static str),
}

impl Declared {
    /// Reads one declaration.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let text = text.trim();
        Self { text: text.to_owned(), reading: reading(text) }
    }

    /// Reads a list of which any member will do; its text is the members joined by `OR`.
    #[must_use]
    pub fn read_any(items: &[String]) -> Self {
        if let [one] = items {
            return Self::read(one);
        }
        let text = items.join(" OR ");
        let mut terms = Terms { any: Vec::new(), wrinkle: None, later: false };
        for item in items {
            match reading(item.trim()) {
                Reading::Licence(more) => {
                    terms.any.extend(more.any);
                    terms.wrinkle = terms.wrinkle.or(more.wrinkle);
                    terms.later |= more.later;
                }
                other => return Self { text, reading: other },
            }
        }
        let empty = terms.any.is_empty();
        Self { text, reading: if empty { Reading::Invalid } else { Reading::Licence(terms) } }
    }

    /// Returns the licences, if it names any.
    #[must_use]
    pub fn terms(&self) -> Option<&Terms> {
        match &self.reading {
            Reading::Licence(terms) => Some(terms),
            _ => None,
        }
    }
}

impl Terms {
    /// Returns every licence named, each once.
    #[must_use]
    pub fn families(&self) -> Vec<Family> {
        let mut out: Vec<Family> = Vec::new();
        for term in &self.any {
            let found: Vec<Family> = match term {
                Term::Named(family) => vec![family.clone()],
                Term::Spdx(expression) => {
                    expression.requirements().map(|one| family_of(&one.req.license)).collect()
                }
                Term::All(parts) => parts.iter().flat_map(Self::families).collect(),
            };
            for family in found {
                if !out.contains(&family) {
                    out.push(family);
                }
            }
        }
        out
    }

    /// Returns whether it holds with exactly the licences that `accepts` accepts.
    pub fn holds(&self, accepts: impl Fn(&Family) -> bool) -> bool {
        self.hold(&accepts)
    }

    fn hold(&self, accepts: &dyn Fn(&Family) -> bool) -> bool {
        self.any.iter().any(|term| match term {
            Term::Named(family) => accepts(family),
            Term::Spdx(expression) => {
                expression.evaluate(|requirement| accepts(&family_of(&requirement.license)))
            }
            Term::All(parts) => parts.iter().all(|part| part.hold(accepts)),
        })
    }
}

/// Returns the words of `text` with every SPDX id in its official case, operators in capitals.
pub(super) fn fold_case(text: &str) -> String {
    let parts = text.split_inclusive(|c: char| c.is_whitespace() || c == '(' || c == ')');
    parts
        .map(|part| {
            let word = part.trim_end_matches(|c: char| c.is_whitespace() || c == '(' || c == ')');
            let tail = &part[word.len()..];
            let (word, plus) = word.strip_suffix('+').map_or((word, ""), |word| (word, "+"));
            let upper = word.to_ascii_uppercase();
            let known = match upper.as_str() {
                "AND" | "OR" | "WITH" => Some(upper.as_str()),
                _ => official(word),
            };
            format!("{}{plus}{tail}", known.unwrap_or(word))
        })
        .collect()
}

fn official(word: &str) -> Option<&'static str> {
    let licences = identifiers::LICENSES.iter().map(|one| one.name);
    let exceptions = identifiers::EXCEPTIONS.iter().map(|one| one.name);
    licences.chain(exceptions).find(|name| name.eq_ignore_ascii_case(word))
}

fn family_of(licence: &LicenseItem) -> Family {
    match licence {
        LicenseItem::Spdx { id, .. } => Family::of_id(id.name),
        LicenseItem::Other(other) => Family::of_id(&other.to_string()),
    }
}

/// Parses an SPDX expression, whatever the case of its ids.
pub(super) fn parse_spdx(text: &str) -> Option<Terms> {
    if text.len() > MAX_LEN || !text.is_ascii() {
        return None;
    }
    let expression = Expression::parse_mode(&fold_case(text), MODE).ok()?;
    let deprecated = expression.requirements().find_map(|one| match &one.req.license {
        LicenseItem::Spdx { id, .. } if id.is_deprecated() => Some(id.name),
        _ => None,
    });
    let wrinkle = deprecated.or_else(|| replaced(text)).map(Wrinkle::Deprecated);
    let lower = text.to_ascii_lowercase();
    let later = lower.contains("-or-later") || lower.contains('+');
    Some(Terms { any: vec![Term::Spdx(Box::new(expression))], wrinkle, later })
}

/// Returns the id with a `+` among the words of `text` that SPDX has replaced: `GPL-2.0+` is read
/// as `GPL-2.0-or-later`, and is an old id of its own.
fn replaced(text: &str) -> Option<&'static str> {
    let words = text.split(|c: char| c.is_whitespace() || c == '(' || c == ')');
    let old = |id: &&str| spdx::license_id(id).is_some_and(spdx::LicenseId::is_deprecated);
    words.filter(|word| word.ends_with('+')).filter_map(official).find(old)
}

fn reading(text: &str) -> Reading {
    let lower = text.to_ascii_lowercase();
    if stock::is_template(text) {
        return Reading::Template;
    }
    if stock::is_pointer(&lower) || text.lines().count() > MAX_LINES {
        return Reading::File;
    }
    let secret = ["licenseref-proprietary", "licenseref-commercial", "licenseref-unlicensed"];
    if secret.contains(&lower.as_str()) {
        return Reading::Proprietary;
    }
    if let Some(terms) = parse_spdx(text) {
        return Reading::Licence(terms);
    }
    if stock::is_placeholder(&lower) {
        return Reading::Placeholder;
    }
    if stock::is_proprietary(&lower) {
        return Reading::Proprietary;
    }
    named::read(text).map_or(Reading::Invalid, Reading::Licence)
}

#[cfg(test)]
mod tests {
    use super::{Declared, Reading, Wrinkle};

    fn families(text: &str) -> String {
        Declared::read(text).terms().map_or_else(String::new, |terms| {
            terms.families().iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
        })
    }

    #[test]
    fn ids_fold_their_case() {
        assert_eq!(families("apache-2.0 or mit"), "Apache-2.0 MIT");
        assert_eq!(families("(MIT AND gpl-3.0-OR-LATER)"), "MIT GPL-3.0");
        assert_eq!(families("GPL-2.0+"), "GPL-2.0");
        assert_eq!(families("LGPL-2.1-or-later WITH Classpath-exception-2.0"), "LGPL-2.1");
        assert_eq!(families("LicenseRef-Ours"), "LicenseRef-Ours");
    }

    #[test]
    fn names_are_read_and_remembered_as_such() {
        let wrinkle = |text: &str| Declared::read(text).terms().and_then(|t| t.wrinkle.clone());
        assert_eq!(wrinkle("MIT"), None);
        assert_eq!(wrinkle("Apache 2.0"), Some(Wrinkle::Name));
        assert_eq!(wrinkle("MIT/Apache-2.0"), Some(Wrinkle::Slash));
        assert_eq!(wrinkle("GPL-2.0"), Some(Wrinkle::Deprecated("GPL-2.0")));
        assert_eq!(wrinkle("MIT OR gpl-3.0+"), Some(Wrinkle::Deprecated("GPL-3.0+")));
        assert_eq!(wrinkle("EPL-1.0+"), None);
        assert_eq!(families("MIT, BSD"), "MIT BSD");
        for (text, want) in [
            ("GPLv2+ and MIT", "GPL-2.0 MIT"),
            ("(GPL-2+ or Artistic) and BSD-3-clause", "GPL-2.0 Artistic BSD-3-Clause"),
            ("GPL (>= 2)", "GPL-2.0"),
            ("GPL (>= 2.1)", ""),
            ("GPL-2 | GPL-3", "GPL-2.0 GPL-3.0"),
            ("MIT + file LICENSE", "MIT"),
            ("BSD_3_clause + file LICENCE", "BSD-3-Clause"),
            ("LGPL v2.1 or later", "LGPL-2.1"),
            (
                "GNU General Public License, version 2 or (at your option) any later version",
                "GPL-2.0",
            ),
            ("mit/apache", "MIT Apache"),
            ("(MIT OR Apache-2.0)", "MIT Apache-2.0"),
            ("Perl_5", "Artistic-1.0-Perl GPL-1.0"),
            ("Apache License 2.0 or MIT", "Apache-2.0 MIT"),
            ("CDDL + GPLv2 with classpath exception", "CDDL GPL-2.0"),
            ("Dual licensed: MIT or GPL-2.0", "MIT GPL-2.0"),
        ] {
            assert_eq!(families(text), want, "{text}");
        }
        let later = |text: &str| Declared::read(text).terms().is_some_and(|terms| terms.later);
        assert!(later("GPL (>= 2)") && later("GPLv2+") && later("LGPL v2.1 or later"));
        assert!(!later("MIT + file LICENSE") && !later("GPL-2.0-only"));
    }

    #[test]
    #[expect(clippy::cognitive_complexity, reason = "one line for each case")]
    fn what_is_no_licence() {
        let reading = |text: &str| Declared::read(text).reading;
        assert!(matches!(reading("UNLICENSED"), Reading::Proprietary));
        assert!(!matches!(reading("Unlicense"), Reading::Proprietary));
        assert!(matches!(reading("license (GPL-2.0-or-later, MIT, etc)"), Reading::Placeholder));
        assert!(matches!(reading("{{ cookiecutter.license }}"), Reading::Template));
        assert!(matches!(reading("SEE LICENSE IN LICENSE.md"), Reading::File));
        for text in
            ["LICENSE", "License.md", "https://github.com/a/b/blob/main/LICENSE", "file LICENSE"]
        {
            assert!(matches!(reading(text), Reading::File), "{text}");
        }
        for text in [
            "All rights reserved",
            "(C) 2020 Us. All rights reserved.",
            "NONE",
            "LicenseRef-proprietary",
        ] {
            assert!(matches!(reading(text), Reading::Proprietary), "{text}");
        }
        assert!(matches!(reading("@LICENSE@"), Reading::Template));
        assert!(matches!(reading("Beerware 42 but nicer"), Reading::Invalid));
        assert!(matches!(reading("M\u{130}T ((("), Reading::Invalid));
    }
}
