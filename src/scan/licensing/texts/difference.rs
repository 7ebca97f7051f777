// SPDX-License-Identifier: MIT OR Apache-2.0
//! The difference between a licence and what somebody made of it, for people to read.

use std::{fmt, ops::Range};

use super::{align::Change, charge, template::Template, tokens::Token};

/// Words of context on both sides of a change.
const CONTEXT: usize = 5;
/// More words of a change than these are not shown.
const MOST_WORDS: usize = 60;
/// More changes than these are not shown.
const MOST_CHANGES: usize = 24;
/// A change of more words is grave whatever they say.
const LONG: usize = 8;

/// What happened to a run of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunKind {
    /// Both have it: context.
    Kept,
    /// Only the original has it.
    Removed,
    /// Only the file has it.
    Added,
}

/// A run of words of a difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// What happened to it.
    pub kind: RunKind,
    /// Its words; long runs are cut.
    pub text: String,
    /// The line of the file that it stands on or is missing from, counted from 1.
    pub line: u32,
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            RunKind::Kept => f.write_str(&self.text),
            RunKind::Removed => write!(f, "[-{}-]", self.text),
            RunKind::Added => write!(f, "{{+{}+}}", self.text),
        }
    }
}

/// Returns one line of text for each change, at most `most` of them.
#[must_use]
pub fn render(runs: &[Run], most: usize) -> Vec<String> {
    let mut out: Vec<(u32, String)> = Vec::new();
    let mut closed = true;
    for run in runs {
        let begins = run.kind == RunKind::Kept && closed;
        if begins || out.is_empty() {
            out.push((run.line, String::new()));
        }
        closed = run.kind == RunKind::Kept && !begins;
        if let Some((_, line)) = out.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&run.to_string());
        }
    }
    let more = out.len().saturating_sub(most);
    let mut out: Vec<String> =
        out.into_iter().take(most).map(|(line, text)| format!("line {line}: {text}")).collect();
    if more > 0 {
        out.push(format!("and {more} more changes"));
    }
    out
}

/// What the runs of a difference are made of.
pub(super) struct Sides<'a> {
    pub(super) text: &'a str,
    pub(super) words: &'a [Token],
    /// The text of the list, with its markup.
    pub(super) original: &'a str,
    pub(super) template: &'a Template,
}

impl Sides<'_> {
    /// Returns where the first change stands in the file, in bytes.
    pub(super) fn first(&self, changes: &[Change]) -> Option<Range<usize>> {
        let change = changes.first()?;
        let start = change.added.first().copied().unwrap_or(change.between.start);
        let last = change.added.last().copied().unwrap_or(start);
        let word = |at: usize| self.words.get(at.min(self.words.len().saturating_sub(1)));
        Some(word(start)?.range().start..word(last.min(start + MOST_WORDS))?.range().end)
    }

    /// Returns the changes as runs, and whether any of them is grave.
    pub(super) fn runs(&self, changes: &[Change]) -> (Vec<Run>, bool) {
        let mut runs = Vec::new();
        for change in changes.iter().take(MOST_CHANGES) {
            self.change(change, &mut runs);
        }
        (runs, self.is_grave(changes))
    }

    fn change(&self, change: &Change, runs: &mut Vec<Run>) {
        let start = change.added.first().copied().unwrap_or(change.between.start);
        let end = change.added.last().map_or(change.between.end.max(start), |last| last + 1);
        let line = self.line(start.min(self.words.len().saturating_sub(1)));
        let mut push = |kind, text: String, line| {
            if !text.is_empty() || kind == RunKind::Kept {
                runs.push(Run { kind, text, line });
            }
        };
        push(RunKind::Kept, self.raw(start.saturating_sub(CONTEXT), start), line);
        push(RunKind::Removed, self.original(&change.removed), line);
        push(RunKind::Added, self.added(change), line);
        push(RunKind::Kept, self.raw(end, end + CONTEXT), line);
    }

    fn added(&self, change: &Change) -> String {
        let (Some(first), Some(last)) = (change.added.first(), change.added.last()) else {
            return String::new();
        };
        let most = first + MOST_WORDS;
        let mut text = self.raw(*first, (last + 1).min(most));
        if last + 1 > most {
            text.push_str(" …");
        }
        text
    }

    fn original(&self, removed: &[usize]) -> String {
        let words = removed.iter().take(MOST_WORDS).filter_map(|t| self.template.words.get(*t));
        let words: Vec<&str> = words.filter_map(|word| self.original.get(word.range())).collect();
        let more = if removed.len() > MOST_WORDS { " …" } else { "" };
        format!("{}{more}", words.join(" "))
    }

    /// Returns the text of the words from `start` to before `end`, on one line.
    fn raw(&self, start: usize, end: usize) -> String {
        let end = end.min(self.words.len());
        let Some(words) = self.words.get(start..end).filter(|words| !words.is_empty()) else {
            return String::new();
        };
        let range = words[0].range().start..words[words.len() - 1].range().end;
        let text = self.text.get(range).unwrap_or_default();
        let keep = |part: &&str| part.chars().any(char::is_alphanumeric);
        text.split_whitespace().filter(keep).collect::<Vec<_>>().join(" ")
    }

    fn line(&self, word: usize) -> u32 {
        let end = self.words.get(word).map_or(0, |word| word.range().start);
        super::lines(self.text, &(end..end)).0
    }

    fn is_grave(&self, changes: &[Change]) -> bool {
        let of_template = |t: &usize| self.template.words.get(*t).map(|word| word.word);
        let of_file = |f: &usize| self.words.get(*f).map(|word| word.word);
        let charged = |change: &Change| {
            let removed = change.removed.iter().filter_map(of_template);
            removed.chain(change.added.iter().filter_map(of_file)).any(charge::is_charged)
        };
        let size = |change: &Change| change.removed.len().max(change.added.len());
        // Words that both happen to have do not part one long change into short ones.
        let close = |a: &Change, b: &Change| b.between.start <= a.between.end + 2;
        changes.iter().any(charged)
            || changes.chunk_by(close).any(|run| run.iter().map(size).sum::<usize>() > LONG)
    }
}

#[cfg(test)]
mod tests {
    use super::{Run, RunKind, render};

    #[test]
    fn changes_are_lines() {
        let run = |kind, text: &str| Run { kind, text: text.to_owned(), line: 3 };
        let one = [
            run(RunKind::Kept, "you"),
            run(RunKind::Removed, "may"),
            run(RunKind::Added, "may not"),
            run(RunKind::Kept, "sell"),
        ];
        let lines = render(&[&one[..], &one[..]].concat(), 1);
        assert_eq!(lines, ["line 3: you [-may-] {+may not+} sell", "and 1 more changes"]);
    }
}
