// SPDX-License-Identifier: MIT OR Apache-2.0
//! A README that names another licence, brought to name the one of the release: where the name is
//! one word or a link to the licence's text, and nowhere else.

use std::ops::Range;

use super::{Family, Statement, badge, names, statements};
use crate::scan::licensing::Declared;

/// No name of a licence has more words.
const MOST_WORDS: usize = 9;
/// So often one sentence may name it.
const MOST_NAMES: usize = 6;
/// Words that stand around a name and are no part of it.
const AROUND: [&str; 12] = [
    "the",
    "license",
    "licence",
    "licenses",
    "licensed",
    "under",
    "terms",
    "of",
    "project",
    "code",
    "agreement",
    "a",
];
const BY_HAND: &str = "the README does not say it in one name or link: edit it by hand";

/// Returns the README's `text` with `expression` where its badges or its section name `family`.
///
/// # Errors
/// Says why it has to be done by hand.
pub fn restate(text: &str, family: &str, expression: &str) -> Result<String, String> {
    let family = Family::of_id(family);
    let terms = Declared::read(expression);
    let to = terms.terms().ok_or("the licence of the release cannot be read")?;
    let wanted = to.families();
    if wanted.iter().any(|one| one.fits(&family)) {
        return Err("the README names the licence of the release, but another range of its \
             versions: edit it by hand"
            .into());
    }
    let names_it = |one: &Statement| one.families.contains(&family);
    let before = statements(text.as_bytes());
    let mut after = text.to_owned();
    for one in before.iter().rev().filter(|one| names_it(one)) {
        let range = one.span.as_ref().map(crate::domain::Span::range).ok_or(BY_HAND)?;
        let new = renamed(text.get(range.clone()).ok_or(BY_HAND)?, &family, expression)?;
        after.replace_range(range, &new);
    }
    // What comes of it is read again: it must name the licence of the release and nothing else.
    let later = expression.ends_with("-or-later") || expression.ends_with('+');
    let now = statements(after.as_bytes());
    let fits = |(was, is): (&Statement, &Statement)| {
        let named = !is.families.is_empty()
            && is.families.iter().all(|one| wanted.iter().any(|other| other.fits(one)))
            && (later || !is.later);
        !names_it(was) || named
    };
    let same = before.len() == now.len() && before.iter().zip(&now).all(fits);
    if same { Ok(after) } else { Err(BY_HAND.into()) }
}

/// Puts `to` in place of each name of `family` in `part`, and of each link to its text.
fn renamed(part: &str, family: &Family, to: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut from = 0;
    for link in links(part) {
        out.push_str(&in_prose(&part[from..link.start], family, to)?);
        out.push_str(&in_link(&part[link.clone()], family, to)?);
        from = link.end;
    }
    out.push_str(&in_prose(&part[from..], family, to)?);
    Ok(out)
}

/// Returns where the addresses stand.
fn links(part: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for (at, _) in part.match_indices("http") {
        let rest = &part[at..];
        let scheme = rest.starts_with("http://") || rest.starts_with("https://");
        if scheme && out.last().is_none_or(|last| last.end <= at) {
            out.push(at..at + badge::address(rest).trim_end_matches(['.', ',']).len());
        }
    }
    out
}

fn in_link(link: &str, family: &Family, to: &str) -> Result<String, String> {
    let lower = link.to_ascii_lowercase();
    if let Some(label) = badge::LABELS.iter().find(|label| lower.contains(**label)) {
        let at = lower.find(label).unwrap_or(0) + label.len();
        let (head, rest) = link.split_at(at);
        if !badge::message(rest).iter().any(|one| one == family) {
            return Ok(link.to_owned());
        }
        // `--` is a dash, and the last single one stands before the colour.
        let plain = rest.replace("--", "\0\0");
        let end = plain.find(['?', '#']).unwrap_or(plain.len());
        let end = plain[..end].rfind('-').ok_or(BY_HAND)?;
        let name = to.replace('-', "--").replace(' ', "%20");
        return Ok(format!("{head}{name}{}", &rest[end..]));
    }
    match names::lookup(link) {
        Some(other) if other == *family => match spdx::license_id(to) {
            Some(id) => Ok(format!("https://spdx.org/licenses/{}.html", id.name)),
            None => Err("the README links to the text of one licence, and the release is under \
                 several: edit it by hand"
                .into()),
        },
        _ => Ok(link.to_owned()),
    }
}

fn in_prose(part: &str, family: &Family, to: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = part;
    for _ in 0..MOST_NAMES {
        let Some(name) = name_in(rest, family) else { break };
        out.push_str(&rest[..name.start]);
        out.push_str(to);
        rest = &rest[name.end..];
    }
    if name_in(rest, family).is_some() {
        return Err(BY_HAND.into());
    }
    out.push_str(rest);
    Ok(out)
}

/// Returns where `part` first names the family, in as many words as belong to the name.
fn name_in(part: &str, family: &Family) -> Option<Range<usize>> {
    let words = words_of(part);
    for first in 0..words.len() {
        let most = words.len().min(first + MOST_WORDS);
        for last in (first..most).rev() {
            let range = words[first].start..words[last].end;
            let name = &part[range.clone()];
            let around = |word: &Range<usize>| {
                AROUND.contains(&part[word.clone()].to_ascii_lowercase().as_str())
            };
            // "mit" is a German word.
            if around(&words[first]) || around(&words[last]) || name == "mit" {
                continue;
            }
            let read = |name: &str| names::lookup(name).as_ref() == Some(family);
            if read(name) || read(&format!("{name} license")) {
                return Some(range);
            }
        }
    }
    None
}

/// Returns the words: letters and digits, and what may stand between those of a name.
fn words_of(part: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '+');
    for (at, c) in part.char_indices().filter(|(_, c)| inside(*c)) {
        match out.last_mut() {
            Some(word) if word.end == at => word.end += c.len_utf8(),
            _ => out.push(at..at + c.len_utf8()),
        }
    }
    // A full stop ends the sentence and not the name.
    for word in &mut out {
        word.end = word.start + part[word.clone()].trim_end_matches(['.', '-']).len();
    }
    out.retain(|word| !word.is_empty());
    out
}

#[cfg(test)]
mod tests {
    use super::restate;

    fn to(licence: &str, family: &str, text: &str) -> Result<String, String> {
        restate(text, family, licence)
    }

    #[test]
    fn names_and_links_are_put_right() {
        for (family, before, after) in [
            ("BSD", "# x\n\nLicense\n-------\n\nBSD\n", "# x\n\nLicense\n-------\n\nApache-2.0\n"),
            ("MIT", "## License\n\nThe MIT License.\n", "## License\n\nThe Apache-2.0 License.\n"),
            (
                "GPL-3.0",
                "## License\n\nReleased under the GNU General Public License v3.0, see LICENSE.\n",
                "## License\n\nReleased under the Apache-2.0, see LICENSE.\n",
            ),
            (
                "MIT",
                "## License\n\n[MIT](https://opensource.org/licenses/MIT) (c) Us\n",
                "## License\n\n[Apache-2.0](https://spdx.org/licenses/Apache-2.0.html) (c) Us\n",
            ),
            (
                "BSD-3-Clause",
                "![license](https://img.shields.io/badge/license-BSD--3--Clause-blue.svg?x=y)\n",
                "![license](https://img.shields.io/badge/license-Apache--2.0-blue.svg?x=y)\n",
            ),
            (
                "GPL-3.0",
                "[![License: GPL v3](https://img.shields.io/badge/License-GPLv3-blue.svg)](https://www.gnu.org/licenses/gpl-3.0)\n",
                "[![License: Apache-2.0](https://img.shields.io/badge/License-Apache--2.0-blue.svg)](https://spdx.org/licenses/Apache-2.0.html)\n",
            ),
            ("GPL-2.0", "License: GPLv2\n", "License: Apache-2.0\n"),
        ] {
            assert_eq!(to("Apache-2.0", family, before).as_deref(), Ok(after));
        }
        let later = "## License\n\nGPLv2, or (at your option) any later version.\n";
        assert_eq!(to("MIT", "GPL-2.0", later).as_deref(), Ok("## License\n\nMIT.\n"));
        assert_eq!(
            to("MIT OR Apache-2.0", "BSD", "## License\n\nBSD\n").as_deref(),
            Ok("## License\n\nMIT OR Apache-2.0\n")
        );
    }

    #[test]
    fn what_says_more_is_left_to_people() {
        for (licence, family, text) in [
            ("MIT", "GPL-2.0", "## License\n\nGPLv2, and parts under the BSD license.\n"),
            ("GPL-2.0-only", "GPL-2.0", "## License\n\nGPLv2 or later\n"),
            (
                "MIT OR Apache-2.0",
                "BSD-3-Clause",
                "## License\n\n[BSD](https://opensource.org/licenses/BSD-3-Clause)\n",
            ),
        ] {
            assert!(to(licence, family, text).is_err(), "{text}");
        }
    }
}
