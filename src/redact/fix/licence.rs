// SPDX-License-Identifier: MIT OR Apache-2.0
//! The full text of a licence, with year and holder in the places that were left for them.

use similar::{Algorithm, DiffOp};

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

/// Returns `text` laid out as `old` is, as far as their words are the same: a changed word changes
/// its line, and not how everything is wrapped.
pub(super) fn laid_out_as(old: &str, text: &str) -> String {
    let crlf = old.contains("\r\n");
    let plain = old.replace("\r\n", "\n");
    let (before, after) = (tokens(&plain), tokens(text));
    let old_words: Vec<&str> = before.iter().map(|(_, word)| *word).collect();
    let new_words: Vec<&str> = after.iter().map(|(_, word)| *word).collect();
    let ops = similar::capture_diff_slices(Algorithm::Myers, &old_words, &new_words);
    let same: usize =
        ops.iter().map(|op| if is_equal(op) { op.old_range().len() } else { 0 }).sum();
    // Hardly anything in common: the layout of another text.
    if same * 2 < after.len() {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut changed = false;
    for op in ops {
        let (old, new) = (op.old_range(), op.new_range());
        if is_equal(&op) {
            for (i, ((gap, word), (wanted, _))) in before[old].iter().zip(&after[new]).enumerate() {
                // Where something else stood before it, a paragraph may begin or go on.
                let moved = i == 0 && changed && is_break(gap) != is_break(wanted);
                out.push_str(if moved { wanted } else { gap });
                out.push_str(word);
            }
            changed = false;
            continue;
        }
        changed = true;
        put(&mut out, &before[old], &after[new]);
    }
    out.push_str(&plain[plain.trim_end().len()..]);
    if crlf { out.replace('\n', "\r\n") } else { out }
}

/// Adds the words that take the place of `old`.
fn put(out: &mut String, old: &[Token<'_>], new: &[Token<'_>]) {
    for (i, (gap, word)) in new.iter().enumerate() {
        let gap = match old.get(i) {
            Some((stood, _)) if is_break(stood) == is_break(gap) => stood,
            _ if new.len() <= FEW && !is_break(gap) && !out.is_empty() => " ",
            _ => gap,
        };
        out.push_str(gap);
        out.push_str(word);
    }
}

/// So many new words in a row are no paragraphs of their own.
const FEW: usize = 12;

/// A word and what stands before it.
type Token<'a> = (&'a str, &'a str);

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut rest = text.trim_end();
    while !rest.is_empty() {
        let start = rest.len() - rest.trim_start().len();
        let end = rest[start..].find(char::is_whitespace).map_or(rest.len(), |len| start + len);
        out.push((&rest[..start], &rest[start..end]));
        rest = &rest[end..];
    }
    out
}

fn is_equal(op: &DiffOp) -> bool {
    matches!(op, DiffOp::Equal { .. })
}

/// Whether a blank line stands there.
fn is_break(gap: &str) -> bool {
    gap.matches('\n').count() > 1
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
    use super::{fill, ids, laid_out_as, restore};

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
    fn a_changed_word_changes_its_line() {
        let text = "A Licence\n\nYou may use, copy and\nchange this text.\n\nAs it is.\n";
        let wrapped = "A Licence\n\nYou may use, copy\nand change this\ntext.\n\nAs it is.";
        assert_eq!(laid_out_as(wrapped, text), wrapped);
        let altered = wrapped.replace("may use", "may not use");
        assert_eq!(laid_out_as(&altered, text), wrapped);
        let altered = wrapped.replace(" copy", "").replace('\n', "\r\n");
        assert_eq!(laid_out_as(&altered, text), wrapped.replace('\n', "\r\n"));
        // A rider goes as a whole, and what was cut off comes back as it was.
        let rider = wrapped.replace("\n\nAs it", "\n\nBut never for\nmoney.\n\nAs it");
        assert_eq!(laid_out_as(&rider, text), wrapped);
        let joined = wrapped.replace("You may", "Never sell it. You may");
        assert_eq!(laid_out_as(&joined, text), wrapped);
        let short = wrapped.replace("\n\nAs it is.", "\n");
        assert_eq!(laid_out_as(&short, text), format!("{wrapped}\n"));
        assert_eq!(laid_out_as("Something else.\n", text), text);
    }

    #[test]
    fn ids_of_an_expression() {
        assert_eq!(
            ids("(MIT OR GPL-2.0-only WITH Classpath-exception-2.0) AND MIT"),
            ["MIT", "GPL-2.0-only"]
        );
    }
}
