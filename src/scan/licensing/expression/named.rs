// SPDX-License-Identifier: MIT OR Apache-2.0
//! Declarations in the words of people and of other systems than SPDX: R, RPM, Debian, Perl.

use super::{MAX_LEN, Term, Terms, Wrinkle, parse_spdx};
use crate::scan::licensing::names;

/// What says that later versions will do, longest first.
const LATER: [&str; 16] = [
    " or (at your option) any later version",
    " or any later versions",
    " or any later version",
    " or later versions",
    " or later version",
    " and later version",
    " or any later",
    " or later",
    " and later",
    " or newer",
    " and newer",
    " or greater",
    " or higher",
    " or above",
    " and above",
    "-or-later",
];

/// Names of Perl's own licence, which is a choice of two.
const PERL: [&str; 6] =
    ["perl", "perl 5", "perl_5", "perl5", "same as perl", "the same terms as perl itself"];

/// Nesting deeper than this is nobody's licence.
const MAX_DEPTH: usize = 4;

/// Reads names in place of ids, joined by words or signs.
pub(super) fn read(text: &str) -> Option<Terms> {
    if text.len() > MAX_LEN {
        return None;
    }
    if PERL.contains(&text.to_ascii_lowercase().as_str()) {
        let mut terms = parse_spdx("Artistic-1.0-Perl OR GPL-1.0-or-later")?;
        terms.wrinkle = Some(Wrinkle::Name);
        return Some(terms);
    }
    let plain = plain(text);
    // "MIT or Apache, see LICENSE" and "Dual licensed: MIT or GPL".
    let plain = plain
        .split_once(':')
        .filter(|(head, rest)| {
            !rest.starts_with("//")
                && head.len() < 24
                && head.to_ascii_lowercase().contains("licen")
        })
        .map_or(plain.as_str(), |(_, rest)| rest);
    either(plain.trim(), 0)
}

/// Returns `text` without R's files and ranges, with `+` for later versions.
fn plain(text: &str) -> String {
    let mut out = text.to_owned();
    for file in ["+ file lic", "| file lic"] {
        if let Some(at) = out.to_ascii_lowercase().find(file) {
            out.truncate(at);
        }
    }
    while let Some((at, sign)) =
        ["(>=", "(==", "(>", "(="].iter().find_map(|s| Some((out.find(s)?, s)))
    {
        let Some(len) = out[at..].find(')') else { break };
        let version =
            out[at + sign.len()..at + len].split(',').next().unwrap_or("").trim().to_owned();
        let plus = if sign.contains('>') { "+" } else { "" };
        out.replace_range(at..=at + len, &format!("{version}{plus}"));
    }
    for later in LATER {
        while let Some(at) = out.to_ascii_lowercase().find(later) {
            let end = at + later.len();
            let start = out[..at].trim_end_matches([',', ' ']).len();
            out.replace_range(start..end, "+");
        }
    }
    out
}

fn one(text: &str) -> Option<Terms> {
    let text = text.trim();
    let bare = text
        .split_once(" with ")
        .filter(|(_, rest)| rest.to_ascii_lowercase().contains("exception"))
        .map_or(text, |(name, _)| name);
    let mut terms = match parse_spdx(text) {
        Some(terms) => terms,
        None => Terms {
            any: vec![Term::Named(names::lookup(bare)?)],
            wrinkle: None,
            later: bare.contains('+'),
        },
    };
    terms.wrinkle = terms.wrinkle.or(Some(Wrinkle::Name));
    Some(terms)
}

fn either(text: &str, depth: usize) -> Option<Terms> {
    if let Some(terms) = one(text) {
        return Some(terms);
    }
    if depth > MAX_DEPTH {
        return None;
    }
    if let Some(inner) = enclosed(text) {
        return either(inner, depth + 1);
    }
    let (parts, slash) = split(text, &[" or ", "||", "|", "/", ",", ";", " + "]);
    if parts.len() < 2 {
        return both(text, depth);
    }
    let mut out = Terms { any: Vec::new(), wrinkle: slash.then_some(Wrinkle::Slash), later: false };
    for part in parts {
        let terms = either(part.trim(), depth + 1)?;
        out.any.extend(terms.any);
        out.later |= terms.later;
    }
    out.wrinkle = out.wrinkle.or(Some(Wrinkle::Name));
    (!out.any.is_empty()).then_some(out)
}

fn both(text: &str, depth: usize) -> Option<Terms> {
    let (parts, _) = split(text, &[" and ", "&&", "&"]);
    if parts.len() < 2 {
        return None;
    }
    let all: Vec<Terms> =
        parts.iter().map(|part| either(part.trim(), depth + 1)).collect::<Option<_>>()?;
    let later = all.iter().any(|terms| terms.later);
    Some(Terms { any: vec![Term::All(all)], wrinkle: Some(Wrinkle::Name), later })
}

/// Returns what stands in the brackets that enclose all of `text`.
fn enclosed(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('(')?.strip_suffix(')')?;
    let mut open = 0_i32;
    let closes = inner.chars().any(|c| {
        open += i32::from(c == '(') - i32::from(c == ')');
        open < 0
    });
    (!closes).then(|| inner.trim())
}

/// Parts `text` at the signs that stand outside of brackets; an empty part is none. Says also
/// whether one of the signs was a slash.
fn split<'t>(text: &'t str, signs: &[&str]) -> (Vec<&'t str>, bool) {
    let lower = text.to_ascii_lowercase();
    let (mut parts, mut from, mut open, mut slash) = (Vec::new(), 0, 0_i32, false);
    let mut skip = 0;
    for (at, c) in text.char_indices() {
        open += i32::from(c == '(') - i32::from(c == ')');
        if at < skip || open > 0 {
            continue;
        }
        let Some(sign) = signs.iter().find(|sign| lower[at..].starts_with(**sign)) else {
            continue;
        };
        slash |= *sign == "/";
        parts.push(&text[from..at]);
        // The blank behind a word may stand before the next one.
        from = at + sign.trim_end().len();
        skip = from;
    }
    parts.push(&text[from..]);
    parts.retain(|part| !part.trim().is_empty());
    (parts, slash)
}
