// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a README says about the licence.

use super::{Family, head, names, words};

/// Longest section that is read.
const SECTION_LINES: usize = 30;
/// Longest README that is read.
const README_BYTES: usize = 256 << 10;
/// A README with more badges and sections about licences is a list of them.
const MAX_CLAIMS: usize = 8;

/// Returns the licences that the badge and the "License" section of a README name, each once.
pub(super) fn claims(text: &[u8]) -> Vec<Family> {
    let text = String::from_utf8_lossy(&text[..text.len().min(README_BYTES)]);
    let mut out = Vec::new();
    let mut add = |families: Vec<Family>| {
        for family in families {
            if !out.iter().any(|other: &Family| other.fits(&family)) {
                out.push(family);
            }
        }
    };
    let lines: Vec<&str> = text.lines().collect();
    let claim = |(i, line): (usize, &&str)| {
        badge(line).or_else(|| {
            is_licence_heading(line, lines.get(i + 1).copied()).then(|| section(&lines[i + 1..]))
        })
    };
    for claim in lines.iter().enumerate().filter_map(claim).take(MAX_CLAIMS) {
        add(names::mentioned(&words::normalise(claim.as_bytes())));
    }
    out
}

/// Returns the name in `img.shields.io/badge/license-NAME-colour` or `opensource.org/licenses/NAME`.
fn badge(line: &str) -> Option<String> {
    let lower = line.to_ascii_lowercase();
    let rest =
        ["badge/license-", "badge/licence-", "opensource.org/licenses/", "opensource.org/license/"]
            .iter()
            .find_map(|start| lower.split_once(start).map(|(_, rest)| rest))?;
    let end = rest.find([')', '"', '\'', '>', ']', '?', ' ', '#']).unwrap_or(rest.len());
    let name: String = rest[..end].chars().take(80).collect();
    Some(name.replace("%20", " ").replace("--", "-").replace('_', " "))
}

fn is_licence_heading(line: &str, next: Option<&str>) -> bool {
    let title = line
        .trim_matches(|c: char| c == '#' || c == '=' || c == '*' || c == ':' || c.is_whitespace());
    let lower = title.to_ascii_lowercase();
    let named = [
        "license",
        "licence",
        "licensing",
        "copyright and license",
        "license and copyright",
        "copyright & license",
        "license information",
        "licenses",
    ];
    if !named.contains(&lower.as_str()) {
        return false;
    }
    let underlined = next.is_some_and(is_underline);
    line.starts_with('#') || line.starts_with("==") || line.starts_with("**") || underlined
}

fn is_underline(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3
        && ["=", "-", "~", "^", "*", "+"]
            .iter()
            .any(|c| line.trim_matches(|d: char| c.starts_with(d)).is_empty())
}

fn section(lines: &[&str]) -> String {
    let skip = usize::from(lines.first().is_some_and(|line| is_underline(line)));
    let mut out = String::new();
    for (i, line) in lines.iter().enumerate().skip(skip).take(SECTION_LINES) {
        let heading = line.starts_with('#')
            || line.starts_with("== ")
            || (!line.trim().is_empty() && lines.get(i + 1).is_some_and(|next| is_underline(next)));
        if heading {
            break;
        }
        out.push_str(line);
        out.push('\n');
    }
    String::from_utf8_lossy(head::head(out.as_bytes())).into_owned()
}

#[cfg(test)]
mod tests {
    use super::claims;

    fn names(text: &str) -> Vec<String> {
        claims(text.as_bytes()).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn sections_and_badges() {
        assert_eq!(names("# x\n\n## License\n\nMIT, see LICENSE.\n\n## GPL notes\nGPL\n"), ["MIT"]);
        assert_eq!(
            names("License\n-------\n\nApache 2.0\n\nAuthor\n------\nBSD fan"),
            ["Apache-2.0"]
        );
        assert_eq!(
            names("![l](https://img.shields.io/badge/license-BSD--3--Clause-blue.svg)"),
            ["BSD-3-Clause"]
        );
        assert_eq!(names("We license nothing.\nMIT is a school."), Vec::<String>::new());
    }
}
