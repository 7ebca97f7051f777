// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a README says about the licence: in badges, and in its section about it.

mod badge;
mod heading;
mod restate;

use std::ops::Range;

use self::heading::{Headings, Kind};
pub use self::restate::restate;
use super::{Family, names, words};
use crate::domain::{LineIndex, Span};

/// Longest section that is read.
const SECTION_LINES: usize = 40;
/// Longest README that is read.
const README_BYTES: usize = 256 << 10;
/// A README with more badges and sections about licences is a list of them.
const MAX_STATEMENTS: usize = 8;

/// One place of a README that speaks of the licence.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The licences named there, each once.
    pub families: Vec<Family>,
    /// Whether it says that later versions will do too.
    pub later: bool,
    /// Whether it is a badge.
    pub badge: bool,
    /// Whether a generator wrote it and nobody changed it.
    pub leftover: bool,
    /// Where it stands, if that can be told.
    pub span: Option<Span>,
}

/// Returns the licences of all statements, each once.
pub(super) fn families(statements: &[Statement]) -> Vec<Family> {
    let mut out: Vec<Family> = Vec::new();
    for family in statements.iter().flat_map(|one| &one.families) {
        if !out.iter().any(|other| other.fits(family)) {
            out.push(family.clone());
        }
    }
    out
}

/// What was found in one place, before it is located.
struct Said {
    families: Vec<Family>,
    later: bool,
    badge: bool,
    range: Range<usize>,
}

/// Returns what a README says, in its order.
pub(super) fn statements(raw: &[u8]) -> Vec<Statement> {
    let raw = &raw[..raw.len().min(README_BYTES)];
    if !speaks_of_licences(raw) {
        return Vec::new();
    }
    let text = String::from_utf8_lossy(raw);
    let lines: Vec<Range<usize>> = lines_of(&text);
    let mut out = Vec::new();
    let mut fenced = false;
    let headings = Headings { text: &text, lines: &lines };
    let mut at = 0;
    while at < lines.len() && out.len() < MAX_STATEMENTS {
        let line = &text[lines[at].clone()];
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        if !fenced && !fence {
            out.extend(badge::read(line, lines[at].start));
            match headings.at(at) {
                Some(Kind::Licence { skip }) => {
                    let end = headings.section_end(at, skip, SECTION_LINES);
                    let range = lines_range(&lines, at + skip, end);
                    fenced = text[range.clone()].matches("```").count() % 2 == 1;
                    out.extend(section(&text, range));
                    at = end.max(at + 1);
                    continue;
                }
                Some(Kind::Inline(value)) => out.extend(inline(&text, value)),
                _ => {}
            }
        }
        at += 1;
    }
    locate(&text, raw, out)
}

fn locate(text: &str, raw: &[u8], said: Vec<Said>) -> Vec<Statement> {
    // What had to be replaced moves everything behind it.
    let exact = text.len() == raw.len() && text.as_bytes() == raw;
    let leftover = is_role_template(text);
    let index = LineIndex::new(raw);
    let statement = |said: Said| Statement {
        leftover: leftover && said.families.iter().all(|family| family.as_str() == "BSD"),
        span: exact.then(|| index.span(raw, said.range)),
        families: said.families,
        later: said.later,
        badge: said.badge,
    };
    said.into_iter().map(statement).collect()
}

fn speaks_of_licences(raw: &[u8]) -> bool {
    let lower = raw.to_ascii_lowercase();
    let words =
        ["licen", "lizenz", "copyright", "许可", "授权", "ライセンス", "лиценз", "라이선스"];
    words.iter().any(|word| memchr::memmem::find(&lower, word.as_bytes()).is_some())
}

fn lines_of(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let line = |line: &str| {
        let from = start;
        start += line.len();
        from..from + line.trim_end_matches(['\n', '\r']).len()
    };
    text.split_inclusive('\n').map(line).collect()
}

fn lines_range(lines: &[Range<usize>], from: usize, to: usize) -> Range<usize> {
    let start = lines.get(from).map_or(0, |line| line.start);
    let end = to.checked_sub(1).and_then(|last| lines.get(last)).map_or(start, |line| line.end);
    start..end.max(start)
}

/// Whether the README is the one that `ansible-galaxy init` writes; it ends with "BSD".
fn is_role_template(text: &str) -> bool {
    let marks = ["Role Variables", "Example Playbook", "Requirements", "Author Information"];
    marks.iter().filter(|mark| text.contains(**mark)).count() == marks.len()
}

/// Words with which a sentence speaks of something else than the work itself, or of another time.
const ELSEWHERE: [&str; 46] = [
    "third party",
    "3rd party",
    "bundled",
    "bundles",
    "vendored",
    "dependencies",
    "dependency",
    "depends",
    "fork",
    "forked",
    "derived",
    "based on",
    "icons",
    "icon",
    "font",
    "fonts",
    "logo",
    "logos",
    "images",
    "photos",
    "artwork",
    "documentation",
    "docs",
    "dataset",
    "data",
    "contribution",
    "contributions",
    "contributor",
    "compatible",
    "previously",
    "formerly",
    "prior to",
    "older versions",
    "earlier versions",
    "was licensed",
    "were licensed",
    "portions",
    "some files",
    "except for",
    "except where",
    "examples",
    "inspired",
    "uses",
    "includes",
    "instead of",
    "not licensed",
];

/// Reads the section about the licence: what its sentences name, but for those about parts.
fn section(text: &str, range: Range<usize>) -> Option<Said> {
    let mut said: Option<Said> = None;
    for sentence in sentences(text, range) {
        let part = &text[sentence.clone()];
        let words = words::normalise(part.as_bytes());
        let about = words.replace(" documentation files ", " ");
        if ELSEWHERE.iter().any(|word| words::has(&about, word)) {
            continue;
        }
        let families = named(part, &words);
        if families.is_empty() {
            continue;
        }
        let later = says_later(part, &words);
        let all = said.get_or_insert(Said {
            families: Vec::new(),
            later: false,
            badge: false,
            range: sentence,
        });
        all.later |= later;
        for family in families {
            if !all.families.iter().any(|other| other.fits(&family)) {
                all.families.push(family);
            }
        }
    }
    said
}

/// Reads `License: MIT` on a line of its own.
fn inline(text: &str, value: Range<usize>) -> Option<Said> {
    let part = &text[value.clone()];
    let family = names::lookup(part.trim_matches(|c: char| "*_`. []".contains(c)))?;
    let words = words::normalise(part.as_bytes());
    let later = says_later(part, &words);
    Some(Said { families: vec![family], later, badge: false, range: value })
}

fn named(part: &str, words: &str) -> Vec<Family> {
    let mut families = names::mentioned(words);
    // "mit" is a German word.
    let school = part.contains("MIT")
        || ["mit license", "licenses mit", "mit lizenz", "expat"]
            .iter()
            .any(|name| words::has(words, name));
    families.retain(|family| school || family.as_str() != "MIT");
    families
}

fn says_later(part: &str, words: &str) -> bool {
    let phrases = ["or later", "any later version", "or newer", "or any later"];
    phrases.iter().any(|phrase| words::has(words, phrase))
        || part.match_indices('+').any(|(at, _)| part[..at].ends_with(|c: char| c.is_ascii_digit()))
}

/// Parts a section at full stops, blank lines and bullets.
fn sentences(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let bytes = &text.as_bytes()[..range.end];
    let mut out = Vec::new();
    let mut from = range.start;
    for at in range.clone() {
        let rest = &bytes[at..];
        let stop = rest.starts_with(b". ") || rest.starts_with(b".\n") || rest.starts_with(b".\r");
        let line = rest[0] == b'\n' && {
            let next = &rest[1..];
            let body = next.trim_ascii_start();
            next[..next.len() - body.len()].contains(&b'\n')
                || [&b"- "[..], b"* ", b"+ ", b"| "].iter().any(|bullet| body.starts_with(bullet))
        };
        if stop || line {
            out.push(from..at);
            from = at + 1;
        }
    }
    out.push(from..range.end);
    // Every cut is beside an ASCII character, so it is at a border.
    let trimmed = |part: Range<usize>| {
        let whole = text.get(part.clone())?;
        let start = part.start + (whole.len() - whole.trim_start().len());
        let part = start..start + whole.trim().len();
        (!part.is_empty()).then_some(part)
    };
    out.into_iter().filter_map(trimmed).collect()
}

#[cfg(test)]
mod tests {
    use super::{families, statements};

    fn names(text: &str) -> Vec<String> {
        families(&statements(text.as_bytes())).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn sections_and_badges() {
        assert_eq!(names("# x\n\n## License\n\nMIT, see LICENSE.\n\n## GPL notes\nGPL\n"), ["MIT"]);
        assert_eq!(
            names("License\n-------\n\nApache 2.0\n\nAuthor\n------\nBSD fan"),
            ["Apache-2.0"]
        );
        assert_eq!(
            names("![license](https://img.shields.io/badge/license-BSD--3--Clause-blue.svg)"),
            ["BSD-3-Clause"]
        );
        assert_eq!(names("We license nothing.\nMIT is a school."), Vec::<String>::new());
    }

    #[test]
    fn headings_of_many_markups() {
        for text in [
            "== License\n\nMIT\n",
            "* License\nMIT\n* Next\nGPL",
            "=======\nLicense\n=======\n\nMIT\n",
            "## 📄 License\n\nMIT",
            "## :page_facing_up: License\n\nMIT",
            "## 7. Licence & Copyright\nMIT",
            "<h2>License</h2>\n<p>MIT</p>",
            "LICENSE\n\nMIT\n",
            "**License**\n\nMIT",
            "### [License](LICENSE)\r\n\r\nMIT\r\n",
            "## Lizenz\n\nDieses Projekt steht unter der MIT-Lizenz.",
            "License: MIT\n",
            "**License:** MIT\n",
            "# 许可证\n\nMIT\n",
        ] {
            assert_eq!(names(text), ["MIT"], "{text}");
        }
    }

    #[test]
    fn what_is_about_something_else() {
        for text in [
            "## License\n\nSee LICENSE. Bundled jQuery is MIT.\n",
            "## License\n\nSee LICENSE.\n\n- third-party icons: CC BY 4.0\n",
            "## Lizenz\n\nKontakt mit uns.\n",
            "## Third-party licenses\n\nMIT\n",
            "## License\n\nSee LICENSE.\n\n### Fonts\n\nMIT\n",
            "```yaml\nlicense: MIT\n```\nlicense",
            "[![l](https://img.shields.io/github/license/a/b)](LICENSE)",
            "See https://opensource.org/licenses/MIT for what others use, license",
            "It was under GPL once.\n\n## License\n\nPreviously GPLv2.\n",
        ] {
            assert_eq!(names(text), Vec::<String>::new(), "{text}");
        }
        assert_eq!(names("[![MIT](x)](https://opensource.org/licenses/MIT) license"), ["MIT"]);
        let rst = ".. image:: https://img.shields.io/badge/License-GPLv3-blue.svg\n   :target: https://www.gnu.org/licenses/gpl-3.0\n";
        assert_eq!(names(rst), ["GPL-3.0"]);
    }

    #[test]
    fn statements_are_located() {
        let text = "# x\n\n## License\n\nThis is\nGPLv3+.\n";
        let found = statements(text.as_bytes());
        let span = found[0].span.as_ref().expect("a span");
        assert!(&text[span.range()] == "This is\nGPLv3+." && found[0].later && !found[0].badge);
    }
}
