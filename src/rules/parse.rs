// SPDX-License-Identifier: MIT OR Apache-2.0
//! Reads the tables of a rule file, each on its own, so that whoever has to mend the file is told
//! everything that is wrong with it, with lines.

use std::collections::HashMap;

use serde::{Deserialize, de::IntoDeserializer};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{error::Fault, model::Written};
use crate::domain::{Confidence, LineIndex, Severity};

/// A rule that is switched off.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Disable {
    pub(super) id: String,
    pub(super) reason: String,
}

/// A rule that weighs otherwise.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Change {
    pub(super) id: String,
    pub(super) severity: Option<Severity>,
    pub(super) confidence: Option<Confidence>,
    pub(super) reason: String,
}

/// A table with its place in a file.
#[derive(Debug)]
pub(super) struct Placed<T> {
    pub(super) value: T,
    /// Line of its head, counted from 1.
    pub(super) line: usize,
    /// Lines of its fields.
    fields: HashMap<String, usize>,
}

impl<T> Placed<T> {
    /// Returns the lines of all fields.
    pub(super) fn lines(&self) -> HashMap<String, usize> {
        self.fields.clone()
    }

    /// Returns the line of a field, that of the head if it is not there.
    pub(super) fn line_of(&self, field: &str) -> usize {
        self.fields.get(field).copied().unwrap_or(self.line)
    }
}

/// What stands in a file.
#[derive(Default)]
pub(super) struct Parsed {
    pub(super) rules: Vec<Placed<Written>>,
    pub(super) disabled: Vec<Placed<Disable>>,
    pub(super) changed: Vec<Placed<Change>>,
    pub(super) faults: Vec<Fault>,
}

/// Reads the file called `name`.
pub(super) fn parse(name: &str, text: &str) -> Parsed {
    let mut out = Parsed::default();
    let (table, errors) = DeTable::parse_recoverable(text);
    let lines = LineIndex::new(text.as_bytes());
    let mut reader = Reader { name, lines, faults: Vec::new() };
    for error in errors {
        let at = error.span().map_or(0, |span| span.start);
        reader.wrong(at, None, error.message());
    }
    if !reader.faults.is_empty() {
        // What follows a mistake of syntax may stand in the wrong table.
        return Parsed { faults: reader.faults, ..out };
    }
    for (key, value) in table.into_inner() {
        match key.get_ref().as_ref() {
            "rule" => out.rules = reader.tables(value),
            "disable" => out.disabled = reader.tables(value),
            "change" => out.changed = reader.tables(value),
            other => {
                let words = format!("{other}: not known here: [[rule]], [[disable]] or [[change]]");
                reader.wrong(key.span().start, None, &words);
            }
        }
    }
    out.faults = reader.faults;
    out
}

struct Reader<'a> {
    name: &'a str,
    lines: LineIndex,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn line(&self, at: usize) -> usize {
        1 + self.lines.line_of(at)
    }

    fn wrong(&mut self, at: usize, rule: Option<String>, message: &str) {
        let line = self.line(at);
        let message = message.lines().collect::<Vec<_>>().join("; ");
        self.faults.push(Fault { file: self.name.into(), line, rule, message });
    }

    fn tables<T: for<'de> Deserialize<'de>>(
        &mut self,
        value: Spanned<DeValue<'_>>,
    ) -> Vec<Placed<T>> {
        let at = value.span().start;
        let DeValue::Array(all) = value.into_inner() else {
            self.wrong(at, None, "must be a list of tables, as in [[rule]]");
            return Vec::new();
        };
        all.into_iter().filter_map(|value| self.table(value)).collect()
    }

    fn table<T: for<'de> Deserialize<'de>>(
        &mut self,
        value: Spanned<DeValue<'_>>,
    ) -> Option<Placed<T>> {
        let start = value.span().start;
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(start, None, "must be a table");
            return None;
        };
        let id = table.get("id").and_then(|id| id.get_ref().as_str()).map(String::from);
        let fields = table
            .iter()
            .map(|(key, _)| (key.get_ref().clone().into_owned(), self.line(key.span().start)));
        let (fields, line) = (fields.collect(), self.line(start));
        match T::deserialize(value.into_deserializer()) {
            Ok(value) => Some(Placed { value, line, fields }),
            Err(error) => {
                let at = error.span().map_or(start, |span| span.start);
                self.wrong(at, id, error.message());
                None
            }
        }
    }
}
