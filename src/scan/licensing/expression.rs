// SPDX-License-Identifier: MIT OR Apache-2.0
//! Reads what a tag or a manifest declares.

use spdx::{Expression, LicenseItem, ParseMode, identifiers};

use super::{Family, names};

/// A longer declaration is prose, not an expression.
const MAX_LEN: usize = 300;

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
}

#[derive(Clone, Debug)]
enum Term {
    Spdx(Box<Expression>),
    Named(Family),
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
        let mut terms = Terms { any: Vec::new(), wrinkle: None };
        for item in items {
            match reading(item.trim()) {
                Reading::Licence(more) => {
                    terms.any.extend(more.any);
                    terms.wrinkle = terms.wrinkle.or(more.wrinkle);
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
        self.any.iter().any(|term| match term {
            Term::Named(family) => accepts(family),
            Term::Spdx(expression) => {
                expression.evaluate(|requirement| accepts(&family_of(&requirement.license)))
            }
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
    let wrinkle = deprecated.map(Wrinkle::Deprecated);
    Some(Terms { any: vec![Term::Spdx(Box::new(expression))], wrinkle })
}

fn reading(text: &str) -> Reading {
    let lower = text.to_ascii_lowercase();
    if ["{{", "${", "<%", "%{", "@@", "$("].iter().any(|mark| text.contains(mark)) {
        return Reading::Template;
    }
    if lower.starts_with("see license in") || lower.starts_with("file:") {
        return Reading::File;
    }
    if let Some(terms) = parse_spdx(text) {
        return Reading::Licence(terms);
    }
    if is_proprietary(&lower) {
        return Reading::Proprietary;
    }
    let stub = ["license (gpl", "your license", "choose a license", "todo", "fixme", "<license>"];
    if stub.iter().any(|start| lower.contains(start)) {
        return Reading::Placeholder;
    }
    named(text).map_or(Reading::Invalid, Reading::Licence)
}

fn is_proprietary(lower: &str) -> bool {
    let exact = [
        "unlicensed",
        "none",
        "commercial",
        "private",
        "closed",
        "internal",
        "no license",
        "all_rights",
        "all rights",
        "not licensed",
        "n/a",
        "copyright",
    ];
    exact.contains(&lower.trim_end_matches('.'))
        || ["proprietary", "all rights reserved", "do not upload", "confidential"]
            .iter()
            .any(|mark| lower.contains(mark))
}

/// Reads names in place of ids, and lists parted by `/`, `,` or "or".
fn named(text: &str) -> Option<Terms> {
    let one = |text: &str| {
        let spdx = parse_spdx(text).map(|terms| terms.any);
        spdx.or_else(|| names::lookup(text).map(|family| vec![Term::Named(family)]))
    };
    if text.len() > MAX_LEN {
        return None;
    }
    if let Some(any) = one(text) {
        return Some(Terms { any, wrinkle: Some(Wrinkle::Name) });
    }
    let slash = text.contains('/');
    let parts = text.split(['/', ',', ';']).flat_map(|part| part.split(" or "));
    let mut any = Vec::new();
    for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
        any.extend(one(part)?);
    }
    let wrinkle = Some(if slash { Wrinkle::Slash } else { Wrinkle::Name });
    (any.len() > 1).then_some(Terms { any, wrinkle })
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
        assert_eq!(families("MIT, BSD"), "MIT BSD");
    }

    #[test]
    fn what_is_no_licence() {
        let reading = |text: &str| Declared::read(text).reading;
        assert!(matches!(reading("UNLICENSED"), Reading::Proprietary));
        assert!(!matches!(reading("Unlicense"), Reading::Proprietary));
        assert!(matches!(reading("license (GPL-2.0-or-later, MIT, etc)"), Reading::Placeholder));
        assert!(matches!(reading("{{ cookiecutter.license }}"), Reading::Template));
        assert!(matches!(reading("SEE LICENSE IN LICENSE.md"), Reading::File));
        assert!(matches!(reading("Beerware 42 but nicer"), Reading::Invalid));
        assert!(matches!(reading("M\u{130}T ((("), Reading::Invalid));
    }
}
