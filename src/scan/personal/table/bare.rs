// SPDX-License-Identifier: MIT OR Apache-2.0
//! Tables whose columns have no names that say anything: what stands in a column is told by
//! check digits, if nearly each of its rows has them.
//!
//! A lone number that passes is noise, and so is a column of which one in ten does. No word
//! stands in such a table that a pass over the text could wait for, so files of data are looked
//! at for themselves, and their first rows decide.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use memchr::memmem;
use serde_json::Value;

use super::{
    super::{
        card,
        field::line_end,
        iban,
        ids::{self, Weight},
        mail, phone,
    },
    column::{Column, is_example},
    rows,
};
use crate::{
    domain::{Confidence, RuleIdx, Severity},
    rules::RuleSet,
    scan::{Detector, Hit, PathFacts, Reach, Sink, View},
};

/// So many bytes of a file are looked at …
const FAR: usize = 128 << 10;
/// … and so many rows of each table.
const ROWS: usize = 60;
/// A wider table is none of people.
const MOST_COLUMNS: usize = 100;
/// Fewer different values say nothing.
const FEW: usize = 5;
const LINES: [&str; 6] = ["csv", "tsv", "psv", "tab", "dat", "txt"];
const STATEMENTS: [&str; 2] = ["sql", "dump"];
const OBJECTS: [&str; 2] = ["jsonl", "ndjson"];

/// Finds columns of numbers that people are known by.
pub(in crate::scan::personal) struct Columns {
    rule: Option<(RuleIdx, Severity)>,
}

impl Columns {
    pub(in crate::scan::personal) fn new(rules: &RuleSet) -> Self {
        let rule = rules.detected("sensitive/personal-column");
        Self { rule: rule.map(|rule| (rule, rules.info(rule).severity)) }
    }
}

impl Detector for Columns {
    fn reads(&self, facts: &PathFacts) -> bool {
        let extension = facts.extension.as_str();
        let mut all = LINES.iter().chain(&STATEMENTS).chain(&OBJECTS);
        self.rule.is_some() && all.any(|other| *other == extension)
    }

    fn whole(&self, view: &View<'_>, _: &[(RuleIdx, Range<usize>)], sink: &mut Sink) {
        let Some((rule, severity)) = self.rule else { return };
        let notes: Vec<String> = tables(view).iter().flat_map(Table::notes).collect();
        if notes.is_empty() {
            return;
        }
        let sure = notes.iter().any(|note| !note.ends_with(CONTACTS));
        let mut hit = Hit::new(rule, 0..0, severity);
        hit.whole_file = true;
        hit.notes = notes;
        sink.push(hit.confidence(if sure { Confidence::Medium } else { Confidence::Low }));
    }

    fn reach(&self) -> Reach {
        Reach::WHOLE
    }
}

/// How the note about people ends whose number is one of telephones.
const CONTACTS: &str = "mail addresses and phone numbers";

/// The first rows of a table, by columns. Columns with a name that says what they hold are empty.
#[derive(Default)]
struct Table<'t> {
    columns: Vec<Vec<Cow<'t, [u8]>>>,
    rows: usize,
}

impl<'t> Table<'t> {
    fn cell(&mut self, column: usize, value: impl Into<Cow<'t, [u8]>>) {
        if column >= MOST_COLUMNS {
            return;
        }
        if self.columns.len() <= column {
            self.columns.resize_with(column + 1, Vec::new);
        }
        self.columns[column].push(value.into());
    }

    /// Takes a row, but for the columns that have a name.
    fn row(&mut self, text: &'t [u8], cells: Vec<Range<usize>>, names: &[Column]) {
        if self.rows == ROWS {
            return;
        }
        self.rows += 1;
        for (no, cell) in cells.into_iter().enumerate() {
            if names.get(no).is_none_or(|name| *name == Column::Other) {
                self.cell(no, &text[cell]);
            }
        }
    }

    /// Says what its columns hold, by number: a name may be a value.
    fn notes(&self) -> Vec<String> {
        let mut out = Vec::new();
        for (no, cells) in self.columns.iter().enumerate() {
            if let Some(what) = numbers(cells) {
                out.push(format!("column {}: {what} in nearly each of the first rows", no + 1));
            }
        }
        let has = |is: fn(&[u8]) -> bool| self.columns.iter().any(|cells| holds(cells, is));
        if has(is_mail) && has(is_phone) {
            out.push(format!("columns of {CONTACTS}"));
        }
        out
    }
}

/// Returns what the numbers of a column are.
fn numbers(cells: &[Cow<'_, [u8]>]) -> Option<String> {
    if holds(cells, |value| card(value, &(0..value.len())).is_some()) {
        return Some("payment cards".into());
    }
    if holds(cells, iban::is_iban) {
        return Some("IBANs".into());
    }
    let told = ids::all().filter(|id| {
        let company = id.rule == "br-cnpj" || !id.is_of_person();
        let written = ["us-ssn", "br-cpf"].contains(&id.rule);
        (id.weight == Weight::Strong || written) && !company
    });
    let mut fits = told.filter(|id| {
        // Nine or eleven digits in a row are anything.
        let marks = id.rule != "us-ssn" && id.rule != "br-cpf";
        holds(cells, |value| (marks || value.contains(&b'-')) && id.is_all(value))
    });
    fits.next().map(|id| format!("numbers of the kind {}", id.rule))
}

/// Returns whether all cells, or nine in ten, are of a kind. The first may be a name.
fn holds(cells: &[Cow<'_, [u8]>], is: impl Fn(&[u8]) -> bool) -> bool {
    let absent = |cell: &&[u8]| matches!(cell.trim_ascii(), b"" | b"NULL" | b"null" | b"\\N");
    let all: Vec<&[u8]> = cells.iter().map(|cell| &**cell).filter(|cell| !absent(cell)).collect();
    let Some((first, rest)) = all.split_first() else { return false };
    let mut seen = BTreeSet::new();
    let mut others = 0;
    for cell in rest {
        if is(cell) {
            seen.insert(*cell);
        } else if others < rest.len() / 10 {
            others += 1;
        } else {
            return false;
        }
    }
    if is(first) {
        seen.insert(*first);
    }
    seen.len() >= FEW && all.len() * 2 >= cells.len()
}

fn is_mail(value: &[u8]) -> bool {
    let at = value.contains(&b'@') && !value.contains(&b' ');
    at && !is_example(value) && mail::is_personal(value, &(0..value.len()))
}

/// A telephone number that is written as one: digits in a row are anything.
fn is_phone(value: &[u8]) -> bool {
    let sign = |b: &u8| b" -()./".contains(b);
    let written = value.starts_with(b"+") || value.iter().any(sign);
    let all = |b: &u8| b.is_ascii_digit() || *b == b'+' || sign(b);
    written && value.iter().all(all) && phone::is_phone(value, &(0..value.len()))
}

/// Reads the tables of a file of data.
fn tables<'t>(view: &View<'t>) -> Vec<Table<'t>> {
    let extension = view.facts.extension.as_str();
    let mut text = &view.text[..view.text.len().min(FAR)];
    if text.len() < view.text.len() {
        let whole = memchr::memrchr(b'\n', text).unwrap_or(0);
        text = &text[..whole];
    }
    if STATEMENTS.contains(&extension) {
        statements(text)
    } else if OBJECTS.contains(&extension) {
        vec![objects(text)]
    } else {
        lines(view, text).into_iter().collect()
    }
}

/// Reads lines of cells, of which nearly all must have as many.
fn lines<'t>(view: &View<'t>, text: &'t [u8]) -> Option<Table<'t>> {
    let first = &text[..line_end(text, 0)];
    if rows::is_header(view, first) {
        return None;
    }
    let separator = rows::separator(view, first);
    if separator.is_none() && view.facts.extension == "txt" {
        return None;
    }
    let mut table = Table::default();
    let mut names: Vec<Column> = Vec::new();
    let (mut at, mut width, mut others) = (0, 0, 0);
    for _ in 0..ROWS {
        if at >= text.len() {
            break;
        }
        let line = at..line_end(text, at);
        at = line.end + 1;
        let cells = rows::split(text, line, separator.unwrap_or(b'\0'));
        if width == 0 {
            width = cells.len();
            names = cells.iter().map(|cell| Column::of(&text[cell.clone()])).collect();
        }
        if cells.len() == width {
            table.row(text, cells, &names);
        } else {
            others += 1;
        }
    }
    (others * 10 <= table.rows).then_some(table)
}

/// Reads the rows of statements, for each table of a dump.
fn statements(text: &[u8]) -> Vec<Table<'_>> {
    let mut tables: BTreeMap<(Vec<u8>, usize), Table<'_>> = BTreeMap::new();
    let mut at = 0;
    while at < text.len() {
        let end = line_end(text, at);
        let line = &text[at..end];
        if !rows::is_sql(line) {
            at = end + 1;
            continue;
        }
        let names = rows::names(line).unwrap_or_default();
        let lower = text[at..text.len().min(at + 4096)].to_ascii_lowercase();
        let copy = lower.trim_ascii_start().starts_with(b"copy ");
        let values = memmem::find(&lower, b"values").filter(|_| !copy);
        let head = lower[..values.unwrap_or(end - at).min(lower.len())].to_vec();
        at = values.map_or(end + 1, |values| at + values + b"values".len());
        while let Some((cells, past)) = next_row(text, at, copy) {
            let table = tables.entry((head.clone(), cells.len())).or_default();
            table.row(text, cells, &names);
            at = past;
        }
        if !copy {
            at = line_end(text, at.min(text.len())) + 1;
        }
    }
    tables.into_values().collect()
}

/// Returns the cells of the row that begins at `at`, and what stands behind it.
fn next_row(text: &[u8], mut at: usize, copy: bool) -> Option<(Vec<Range<usize>>, usize)> {
    if copy {
        let line = at..line_end(text, at.min(text.len()));
        let row = text.get(line.clone()).filter(|row| !row.is_empty() && !row.starts_with(b"\\."));
        return row.map(|_| (rows::split(text, line.clone(), b'\t'), line.end + 1));
    }
    while text.get(at).is_some_and(|b| b.is_ascii_whitespace() || *b == b',') {
        at += 1;
    }
    (text.get(at) == Some(&b'(')).then(|| rows::tuple(text, at + 1))
}

/// Reads a line each as an object or a list; names stand for columns.
fn objects(text: &[u8]) -> Table<'static> {
    let mut table = Table::default();
    let mut columns: BTreeMap<String, usize> = BTreeMap::new();
    for line in text.split(|b| *b == b'\n').take(ROWS) {
        let cell = |value: Value| match value {
            Value::String(text) => Some(text.into_bytes()),
            Value::Number(number) => Some(number.to_string().into_bytes()),
            _ => None,
        };
        let pairs: Vec<(String, Value)> = match serde_json::from_slice(line) {
            Ok(Value::Object(pairs)) => pairs.into_iter().collect(),
            Ok(Value::Array(items)) => {
                items.into_iter().enumerate().map(|(no, item)| (no.to_string(), item)).collect()
            }
            _ => continue,
        };
        for (name, value) in pairs {
            let next = columns.len();
            let column = *columns.entry(name).or_insert_with_key(|name| {
                // Under a name that says what it is it is found by that.
                if Column::of(name.as_bytes()) == Column::Other { next } else { MOST_COLUMNS }
            });
            if let Some(value) = cell(value) {
                table.cell(column, value);
            }
        }
    }
    table
}
