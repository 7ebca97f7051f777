// SPDX-License-Identifier: MIT OR Apache-2.0
//! SPDX expressions in their official spelling.

use spdx::{Expression, ParseMode, identifiers};

use crate::scan::licensing::{Family, Match};

/// A longer declaration is prose, not an expression.
const MAX_LEN: usize = 300;

const MODE: ParseMode = ParseMode {
    allow_slash_as_or_operator: false,
    allow_imprecise_license_names: false,
    allow_postfix_plus_on_gpl: true,
    allow_deprecated: true,
    allow_unknown: false,
};

/// Returns the id of the SPDX list that `word` is, whatever its case.
pub(in crate::scan::licensing) fn official(word: &str) -> Option<&'static str> {
    let licences = identifiers::LICENSES.iter().map(|one| one.name);
    let exceptions = identifiers::EXCEPTIONS.iter().map(|one| one.name);
    // They stand in the list too, and mean that there is none.
    if matches!(word, "NONE" | "NOASSERTION") {
        return None;
    }
    licences.chain(exceptions).find(|name| name.eq_ignore_ascii_case(word))
}

/// Returns `text` with ids and operators in their official case, if it is an SPDX expression.
pub(in crate::scan::licensing) fn expression(text: &str) -> Option<String> {
    if text.len() > MAX_LEN || !text.is_ascii() {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    for part in text.split_inclusive(|c: char| c.is_whitespace() || c == '(' || c == ')') {
        let word = part.trim_end_matches(|c: char| c.is_whitespace() || c == '(' || c == ')');
        let tail = &part[word.len()..];
        let (word, plus) = word.strip_suffix('+').map_or((word, ""), |word| (word, "+"));
        let upper = word.to_ascii_uppercase();
        match upper.as_str() {
            "AND" | "OR" | "WITH" => out.push_str(&upper),
            _ => out.push_str(official(word).unwrap_or(word)),
        }
        out.push_str(plus);
        out.push_str(if tail.chars().all(char::is_whitespace) && !tail.is_empty() {
            " "
        } else {
            tail
        });
    }
    let out = out.trim();
    let known = Expression::parse_mode(out, MODE).is_ok();
    (known && !out.contains("NOASSERTION") && out != "NONE").then(|| out.to_owned())
}

/// Joins expressions, each once, with what joins stronger in parentheses.
pub(in crate::scan::licensing) fn join(parts: &[String], operator: &str) -> Option<String> {
    let mut each: Vec<&String> = Vec::new();
    for part in parts {
        if !each.contains(&part) {
            each.push(part);
        }
    }
    let [one] = each.as_slice() else {
        let wrapped = each.iter().map(|part| {
            let compound = part.contains(" OR ") || (part.contains(" AND ") && operator != "AND");
            if compound && operator != "OR" { format!("({part})") } else { (*part).clone() }
        });
        let all: Vec<String> = wrapped.collect();
        return (!all.is_empty()).then(|| all.join(&format!(" {operator} ")));
    };
    Some((*one).clone())
}

/// Returns an SPDX expression for a licence that a table names. A text of a GNU licence says
/// nothing about later versions, and so do most names.
pub(in crate::scan::licensing) fn of_family(family: &Family) -> String {
    let id = family.as_str();
    let fixed = match id {
        "GPL" => "GPL-1.0-or-later",
        "LGPL" => "LGPL-2.0-or-later",
        "AGPL" => "AGPL-3.0-or-later",
        "Apache" => "Apache-2.0",
        "Artistic" => "Artistic-1.0-Perl",
        "FSL-1.1" => "LicenseRef-FSL-1.1",
        _ => "",
    };
    if !fixed.is_empty() {
        return fixed.to_owned();
    }
    let only = format!("{id}-only");
    let official = official(&only).or_else(|| official(id));
    official.map_or_else(|| reference(id), str::to_owned)
}

/// Returns an SPDX expression for a text that was found: one that somebody changed is called
/// `LicenseRef-altered-ID`, never by the id of the original.
pub(in crate::scan::licensing) fn of_match(one: &Match) -> String {
    match (&one.altered, one.exception) {
        (Some(_), _) => one.name(),
        (None, Some(exception)) => format!("{} WITH {exception}", of_family(&one.family)),
        (None, None) => of_family(&one.family),
    }
}

/// Returns an id for what the SPDX list lacks.
pub(in crate::scan::licensing) fn reference(id: &str) -> String {
    if id.starts_with("LicenseRef-") || id.starts_with("DocumentRef-") {
        return id.to_owned();
    }
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-') { c } else { '-' };
    format!("LicenseRef-{}", id.chars().map(plain).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::{expression, join};

    #[test]
    fn ids_are_spelt_as_in_the_list() {
        let spelt = |text: &str| expression(text).unwrap_or_default();
        assert_eq!(spelt("APACHE-2.0 or (mit and gpl-2.0+)"), "Apache-2.0 OR (MIT AND GPL-2.0+)");
        assert_eq!(
            spelt("gpl-2.0-only with linux-syscall-note"),
            "GPL-2.0-only WITH Linux-syscall-note"
        );
        assert_eq!(spelt("DocumentRef-a:LicenseRef-b"), "DocumentRef-a:LicenseRef-b");
        assert_eq!(spelt("Apache 2"), "");
        assert_eq!(spelt("NOASSERTION"), "");
    }

    #[test]
    fn lists_are_joined() {
        let all = |parts: &[&str], by| {
            join(&parts.iter().map(|part| (*part).to_owned()).collect::<Vec<_>>(), by)
        };
        assert_eq!(all(&["MIT", "MIT"], "AND").as_deref(), Some("MIT"));
        assert_eq!(all(&["MIT OR ISC", "0BSD"], "AND").as_deref(), Some("(MIT OR ISC) AND 0BSD"));
        assert_eq!(all(&[], "AND"), None);
    }
}
