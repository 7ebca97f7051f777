// SPDX-License-Identifier: MIT OR Apache-2.0
//! Reads the user's own TOML files, and says everything that is wrong with them at once.

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::keymap::Keys;

/// Something wrong in a file that the user wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong, and what would be right.
    pub message: String,
}

/// A text of TOML under inspection.
pub(super) struct Reader<'a> {
    text: &'a str,
    problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    /// Parses `text`. A table with faults of syntax is empty: its rest would only be misread.
    pub(super) fn new(text: &'a str) -> (Self, DeTable<'a>) {
        let (table, faults) = DeTable::parse_recoverable(text);
        let mut reader = Self { text, problems: Vec::new() };
        for fault in &faults {
            let at = fault.span().map_or(0, |span| span.start);
            reader.wrong(at, fault.message().lines().next().unwrap_or_default());
        }
        let table = if faults.is_empty() { table.into_inner() } else { DeTable::default() };
        (reader, table)
    }

    /// Returns the line of a place in the text.
    pub(super) fn line(&self, at: usize) -> usize {
        let before = self.text.as_bytes().get(..at).unwrap_or(self.text.as_bytes());
        1 + memchr::memchr_iter(b'\n', before).count()
    }

    /// Notes that something is wrong at a place.
    pub(super) fn wrong(&mut self, at: usize, message: impl Into<String>) {
        let problem = Problem { line: self.line(at), message: message.into() };
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// Notes that the field `name` should be `wanted`.
    pub(super) fn mistyped(&mut self, name: &str, value: &Spanned<DeValue<'_>>, wanted: &str) {
        let is = value.get_ref().type_str();
        self.wrong(value.span().start, format!("{name}: needs {wanted}, not {is}"));
    }

    /// Returns the text of a field.
    pub(super) fn string<'v>(
        &mut self,
        name: &str,
        value: &'v Spanned<DeValue<'_>>,
    ) -> Option<&'v str> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.mistyped(name, value, "a string");
        }
        text
    }

    /// Returns the truth of a field.
    pub(super) fn flag(&mut self, name: &str, value: &Spanned<DeValue<'_>>) -> Option<bool> {
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.mistyped(name, value, "true or false");
        }
        flag
    }

    /// Returns the strings of a field, each with its place.
    pub(super) fn strings<'v>(
        &mut self,
        name: &str,
        value: &'v Spanned<DeValue<'_>>,
    ) -> Option<Vec<(Range<usize>, &'v str)>> {
        let Some(list) = value.get_ref().as_array() else {
            self.mistyped(name, value, "a list of strings");
            return None;
        };
        let texts = list.iter().filter_map(|item| Some((item.span(), self.string(name, item)?)));
        Some(texts.collect())
    }

    /// Returns the table of a field.
    pub(super) fn table<'v>(
        &mut self,
        name: &str,
        value: &'v Spanned<DeValue<'a>>,
    ) -> Option<&'v DeTable<'a>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.mistyped(name, value, "a table");
        }
        table
    }

    /// Returns all problems in the order of the lines.
    pub(super) fn problems(mut self) -> Vec<Problem> {
        self.problems.sort_by_key(|problem| problem.line);
        self.problems
    }
}

/// What the user's configuration says about the screen.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The theme's name and the line where it stands.
    pub theme: Option<(String, usize)>,
    /// Whether only ASCII is drawn.
    pub ascii: bool,
    /// Whether the mouse is used from the start.
    pub mouse: bool,
    /// The keys of every command.
    pub keys: Keys,
}

impl Settings {
    /// Reads the text of `config.toml`. What is wrong is left as it is by default, and said.
    #[must_use]
    pub fn read(text: &str) -> (Self, Vec<Problem>) {
        let (mut reader, table) = Reader::new(text);
        let mut out = Self::default();
        for (key, value) in &table {
            let name = key.get_ref().as_ref();
            match name {
                "theme" => {
                    let theme = reader.string(name, value).map(str::to_owned);
                    out.theme = theme.map(|theme| (theme, reader.line(value.span().start)));
                }
                "ascii" => out.ascii = reader.flag(name, value).unwrap_or_default(),
                "mouse" => out.mouse = reader.flag(name, value).unwrap_or_default(),
                "keys" => {
                    if let Some(table) = reader.table(name, value) {
                        out.keys = Keys::read(&mut reader, table);
                    }
                }
                _ => {
                    let message = format!(
                        "{name}: no such setting; there are theme, ascii, mouse and [keys]"
                    );
                    reader.wrong(key.span().start, message);
                }
            }
        }
        (out, reader.problems())
    }
}

/// Returns `a, b or c`.
pub(super) fn any_of<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => words.concat(),
    }
}
