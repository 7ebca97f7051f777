// SPDX-License-Identifier: MIT OR Apache-2.0
//! Headings in Markdown, reStructuredText, AsciiDoc, Org, HTML and plain text.

use std::ops::Range;

/// What a heading must consist of to be about the licence of the whole.
const WORDS: [&str; 30] = [
    "license",
    "licence",
    "licensing",
    "licenses",
    "licences",
    "licensed",
    "licencing",
    "lizenz",
    "licencia",
    "licenza",
    "copyright",
    "and",
    "information",
    "info",
    "notice",
    "legal",
    "the",
    "terms",
    "authors",
    "author",
    "details",
    "of",
    "use",
    "project",
    "code",
    "software",
    "source",
    "this",
    "our",
    "under",
];
const OTHER_SCRIPTS: [&str; 9] = [
    "许可证",
    "许可",
    "授权",
    "授权协议",
    "开源协议",
    "ライセンス",
    "라이선스",
    "лицензия",
    "licença",
];

/// A README and its lines.
pub(super) struct Headings<'t> {
    pub(super) text: &'t str,
    pub(super) lines: &'t [Range<usize>],
}

/// What stands on a line.
pub(super) enum Kind {
    /// A heading about the licence; the section begins `skip` lines further.
    Licence { skip: usize },
    /// `License:` with the licence on the same line.
    Inline(Range<usize>),
    /// Another heading.
    Other,
}

impl<'t> Headings<'t> {
    fn line(&self, at: usize) -> Option<&'t str> {
        self.lines.get(at).map(|range| &self.text[range.clone()])
    }

    /// Returns what the line is, if it is a heading or a statement.
    pub(super) fn at(&self, at: usize) -> Option<Kind> {
        let line = self.line(at)?;
        if let Some(title) = marked(line) {
            return Some(if is_licence(title) { Kind::Licence { skip: 1 } } else { Kind::Other });
        }
        let next = self.line(at + 1).unwrap_or("");
        if !line.trim().is_empty() && !is_underline(line) && is_underline(next) {
            return Some(if is_licence(line) { Kind::Licence { skip: 2 } } else { Kind::Other });
        }
        let alone = |at: Option<usize>| {
            at.and_then(|at| self.line(at)).is_none_or(|line| line.trim().is_empty())
        };
        let plain = line.trim().trim_end_matches(':');
        let capitals =
            !plain.is_empty() && plain == plain.to_uppercase() || line.trim().ends_with(':');
        if capitals && is_licence(plain) && alone(at.checked_sub(1)) {
            return Some(Kind::Licence { skip: 1 });
        }
        self.inline(at, line)
    }

    /// Reads `License: X`, `**License:** X` and `* License - X`.
    fn inline(&self, at: usize, line: &str) -> Option<Kind> {
        // An indented line is code or part of a list.
        let bare = line.trim_start_matches(['*', '_', '-', ' ']);
        let indent = line.len() - line.trim_start().len();
        let (title, value) =
            bare.split_once(':').filter(|(title, _)| title.len() < 24 && indent < 4)?;
        let title = title.trim_matches(['*', '_', ' ']);
        if !["license", "licence", "lizenz"].contains(&title.to_lowercase().as_str()) {
            return None;
        }
        let value = value.trim_start_matches(['*', '_', ' ']);
        let end = self.lines.get(at)?.end;
        (!value.trim().is_empty()).then(|| Kind::Inline(end - value.len()..end))
    }

    /// Returns the line on which the section under the heading `at` ends, which begins `skip`
    /// lines further, at most `limit` after that.
    pub(super) fn section_end(&self, at: usize, skip: usize, limit: usize) -> usize {
        let from = at + skip;
        // A star is a heading where one opened the section, as in Org, and else a bullet.
        let star = self.line(at).is_some_and(|line| line.starts_with("* "));
        let ends = |at: &usize| {
            matches!(self.at(*at), Some(Kind::Other | Kind::Licence { .. }))
                || star && self.line(*at).is_some_and(|line| line.starts_with("* "))
        };
        let last = (from + limit).min(self.lines.len());
        (from..last).find(ends).unwrap_or(last)
    }
}

/// Returns the title of a line that is marked as a heading.
fn marked(line: &str) -> Option<&str> {
    let lower = line.trim_start().to_ascii_lowercase();
    if lower.starts_with("<h") && lower.as_bytes().get(2).is_some_and(u8::is_ascii_digit) {
        let (_, rest) = line.split_once('>')?;
        return Some(rest.split("</").next().unwrap_or(rest));
    }
    for mark in ['#', '=', '*', '!'] {
        let rest = line.trim_start_matches(mark);
        let count = line.len() - rest.len();
        // One star is Org's heading or a bullet; a bullet of one word says the same.
        if count > 0 && rest.starts_with([' ', '\t']) && (mark != '!' || count > 1) {
            let bullet = mark == '*' && count == 1;
            return (!bullet || is_licence(rest)).then(|| rest.trim_end_matches(['#', '=', ' ']));
        }
    }
    let bold = line
        .trim()
        .strip_prefix("**")?
        .strip_suffix("**")
        .or_else(|| line.trim().strip_prefix("**")?.strip_suffix("**:"))?;
    (!bold.contains("**") && bold.len() < 60).then_some(bold)
}

fn is_licence(title: &str) -> bool {
    let bare = title.trim().trim_matches(|c: char| !c.is_alphabetic());
    if OTHER_SCRIPTS.contains(&bare.to_lowercase().as_str()) {
        return true;
    }
    // `[License](LICENSE)`: the address is no part of the title.
    let title = title.split("](").next().unwrap_or(title);
    if title.len() > 80 {
        return false;
    }
    // `:scroll: License`
    let code = title.trim_start().strip_prefix(':').and_then(|rest| rest.split_once(": "));
    let title = code.filter(|(name, _)| !name.contains(' ')).map_or(title, |(_, rest)| rest);
    let lower = title.to_lowercase();
    let mut named = false;
    let mut words = lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.all(|word| {
        named |= word.starts_with("licen") || word == "lizenz";
        WORDS.contains(&word)
    }) && named
}

fn is_underline(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3
        && ["=", "-", "~", "^", "*", "+", "`", "\""]
            .iter()
            .any(|c| line.trim_matches(|d: char| c.starts_with(d)).is_empty())
}
