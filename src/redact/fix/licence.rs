// SPDX-License-Identifier: MIT OR Apache-2.0
//! The full text of a licence, with year and holder in the places that were left for them.

/// Where year and holder belong, in the words of the licences' own templates.
const YEARS: [&str; 6] = ["<year>", "[year]", "[yyyy]", "{yyyy}", "<yyyy>", "{year}"];
const HOLDERS: [&str; 11] = [
    "<copyright holders>",
    "<copyright holder>",
    "[copyright holders]",
    "<owner>",
    "[owner]",
    "[fullname]",
    "<fullname>",
    "<name of author>",
    "[name of author]",
    "[name of copyright owner]",
    "{name of copyright owner}",
];
/// From here on a text tells how to use it: what is left to fill in there stays.
const TAILS: [&str; 3] = ["how to apply these terms", "how to apply the", "appendix: how to apply"];
/// Statements of copyright stand within this many lines.
const HEAD_LINES: usize = 30;

/// Returns the text with `copyright` (as in `2026 Example GmbH`) where year and holder belong.
///
/// # Errors
/// When nobody is named and the text asks for it.
pub(super) fn fill(text: &str, copyright: Option<&str>) -> Result<String, String> {
    let lower = text.to_ascii_lowercase();
    let tail = TAILS.iter().filter_map(|tail| lower.find(tail)).min().unwrap_or(text.len());
    let (body, tail) = text.split_at(tail);
    let asks = YEARS.iter().chain(&HOLDERS).any(|mark| find(body, mark).is_some());
    if !asks {
        return Ok(text.to_owned());
    }
    let said = copyright.ok_or("its text asks who holds the copyright: say who")?;
    let digits = said.find(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | ',' | ' '));
    let (years, holder) = said.split_at(digits.unwrap_or(said.len()));
    let body = replace(body, &YEARS, years.trim());
    Ok(replace(&body, &HOLDERS, holder.trim()) + tail)
}

fn find(text: &str, mark: &str) -> Option<usize> {
    text.to_ascii_lowercase().find(mark)
}

fn replace(text: &str, marks: &[&str], with: &str) -> String {
    let mut out = text.to_owned();
    for mark in marks {
        while let Some(at) = find(&out, mark) {
            out.replace_range(at..at + mark.len(), with);
        }
    }
    out
}

/// Returns the pristine `text` in place of `altered`, which keeps its own statements of copyright:
/// these are facts, and no part of the terms.
///
/// # Errors
/// As [`fill`].
pub(super) fn restore(
    altered: &str,
    text: &str,
    copyright: Option<&str>,
) -> Result<String, String> {
    let own: Vec<&str> = altered.lines().take(HEAD_LINES).filter(|line| states(line)).collect();
    if own.is_empty() {
        return fill(text, copyright);
    }
    let template = |line: &str| {
        let lower = line.to_ascii_lowercase();
        YEARS.iter().chain(&HOLDERS).any(|mark| lower.contains(mark))
    };
    let at = text.lines().position(template);
    let mut out = String::new();
    for (i, line) in text.lines().enumerate() {
        if Some(i) == at {
            for line in &own {
                out.push_str(line.trim_end());
                out.push('\n');
            }
        } else {
            out.push_str(line);
            out.push('\n');
        }
    }
    Ok(out)
}

/// Returns whether the line is a statement of copyright that somebody has filled in.
fn states(line: &str) -> bool {
    let lower = line.trim().to_ascii_lowercase();
    let begins = ["copyright", "(c)", "\u{a9}"].iter().any(|word| lower.starts_with(word));
    begins && lower.contains(|c: char| c.is_ascii_digit()) && !lower.contains(['<', '[', '{'])
}

/// Returns the ids of an expression, each once, without operators and exceptions.
pub(super) fn ids(expression: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut excepted = false;
    for word in expression.split(|c: char| c.is_whitespace() || c == '(' || c == ')') {
        match word {
            "" | "AND" | "OR" => {}
            "WITH" => excepted = true,
            _ if std::mem::take(&mut excepted) => {}
            id if out.contains(&id) => {}
            id => out.push(id),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{fill, ids, restore};

    const TEXT: &str = "A Licence\n\nCopyright (c) <year> <copyright holders>\n\nYou may.\n\n\
                        How to apply these terms\n\nCopyright [yyyy] [name of copyright owner]\n";

    #[test]
    fn year_and_holder_are_filled_in() {
        let out = fill(TEXT, Some("2019-2026 Example GmbH")).expect("filled");
        assert!(out.contains("\nCopyright (c) 2019-2026 Example GmbH\n"), "{out}");
        assert!(out.contains("[yyyy] [name of copyright owner]"));
        assert!(fill(TEXT, None).is_err());
        assert_eq!(fill("You may.\n", None).as_deref(), Ok("You may.\n"));
    }

    #[test]
    fn a_pristine_text_keeps_who_holds_the_copyright() {
        let altered =
            "A Licence\n\nCopyright (c) 2001 Them\nCopyright 2003 Others\n\nYou may not.\n";
        let out = restore(altered, TEXT, Some("2026 Us")).expect("restored");
        let expected = TEXT.replace(
            "Copyright (c) <year> <copyright holders>",
            "Copyright (c) 2001 Them\nCopyright 2003 Others",
        );
        assert_eq!(out, expected);
        let template = "Copyright (c) [year] [fullname]\nYou may not.\n";
        assert!(restore(template, TEXT, Some("2026 Us")).expect("filled").contains("(c) 2026 Us"));
    }

    #[test]
    fn ids_of_an_expression() {
        assert_eq!(
            ids("(MIT OR GPL-2.0-only WITH Classpath-exception-2.0) AND MIT"),
            ["MIT", "GPL-2.0-only"]
        );
    }
}
