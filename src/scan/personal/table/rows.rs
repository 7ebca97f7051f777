// SPDX-License-Identifier: MIT OR Apache-2.0
//! Rows with the names of their columns above them: CSV, `INSERT INTO` and `COPY`.

use std::ops::Range;

use memchr::memmem;

use super::{
    super::field::line_end,
    Seen,
    column::{Column, guess},
};
use crate::scan::View;

/// Tables whose rows are people even where no column is named.
const TABLES: &[&str] = &[
    "user",
    "customer",
    "member",
    "employee",
    "patient",
    "contact",
    "person",
    "client",
    "subscriber",
];
/// So many rows of a table are read.
const MOST_ROWS: usize = 20_000;

/// Whether `line` may be the head of a table in such a file.
pub(super) fn is_header(view: &View<'_>, line: &[u8]) -> bool {
    if is_sql(line) {
        let lower = line[..line.len().min(2048)].to_ascii_lowercase();
        return names(line).is_some_and(|names| persons(&names) >= 2)
            || TABLES.iter().any(|table| memmem::find(&lower, table.as_bytes()).is_some());
    }
    separator(view, line).is_some_and(|separator| {
        persons(&columns(line, split(line, 0..line.len(), separator))) >= 2
    })
}

/// Reads the table whose head stands on the line of `at`. Returns where it ends.
pub(super) fn read(view: &View<'_>, at: usize, seen: &mut Seen) -> usize {
    let text = view.text;
    let start = memchr::memrchr(b'\n', &text[..at]).map_or(0, |i| i + 1);
    let end = line_end(text, start);
    let line = &text[start..end];
    if !is_header(view, line) {
        return end;
    }
    if is_sql(line) {
        return read_sql(text, start, seen);
    }
    let Some(separator) = separator(view, line) else { return end };
    let columns = columns(text, split(text, start..end, separator));
    read_lines(text, end, separator, &columns, seen)
}

/// Reads lines of cells until one has another number of them.
fn read_lines(
    text: &[u8],
    end: usize,
    separator: u8,
    columns: &[Column],
    seen: &mut Seen,
) -> usize {
    let mut at = end + 1;
    for _ in 0..MOST_ROWS {
        if at >= text.len() {
            break;
        }
        let line = at..line_end(text, at);
        let cells = split(text, line.clone(), separator);
        if cells.len() != columns.len() {
            break;
        }
        seen.row(text, columns.iter().copied().zip(cells));
        at = line.end + 1;
    }
    at.min(text.len())
}

fn read_sql(text: &[u8], start: usize, seen: &mut Seen) -> usize {
    let end = line_end(text, start);
    let line = &text[start..end];
    let names = names(line).filter(|names| persons(names) >= 2);
    if line.to_ascii_lowercase().starts_with(b"copy ") {
        let Some(names) = names else { return end };
        return read_lines(text, end, b'\t', &names, seen);
    }
    let lower = text[start..text.len().min(start + 8192)].to_ascii_lowercase();
    let Some(values) = memmem::find(&lower, b"values") else { return end };
    let mut at = start + values + 6;
    for _ in 0..MOST_ROWS {
        while at < text.len() && matches!(text[at], b' ' | b'\t' | b'\r' | b'\n' | b',') {
            at += 1;
        }
        if text.get(at) != Some(&b'(') {
            break;
        }
        let (cells, past) = tuple(text, at + 1);
        let column = |(no, cell): (usize, Range<usize>)| {
            let named = names.as_ref().map(|names| names.get(no).copied().unwrap_or(Column::Other));
            (named.unwrap_or_else(|| guess(&text[cell.clone()])), cell)
        };
        seen.row(text, cells.into_iter().enumerate().map(column));
        at = past;
    }
    at.max(end)
}

/// Reads the cells of a row in brackets that begins at `at`. Returns what stands behind it too.
pub(super) fn tuple(text: &[u8], mut at: usize) -> (Vec<Range<usize>>, usize) {
    let mut cells = Vec::new();
    let mut from = at;
    while at < text.len() && cells.len() < 200 {
        match text[at] {
            quote @ (b'\'' | b'"') => at = quoted(text, at, quote),
            byte @ (b',' | b')') => {
                cells.push(unquoted(text, from..at));
                from = at + 1;
                if byte == b')' {
                    return (cells, at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
    (cells, at)
}

/// Returns where the quote that opens at `at` closes.
fn quoted(text: &[u8], at: usize, quote: u8) -> usize {
    let mut i = at + 1;
    while i < text.len() {
        match text[i] {
            b'\\' => i += 1,
            byte if byte == quote && text.get(i + 1) == Some(&quote) => i += 1,
            byte if byte == quote => return i,
            _ => {}
        }
        i += 1;
    }
    text.len()
}

/// Splits a line at `separator`, but not inside quotes.
pub(super) fn split(text: &[u8], line: Range<usize>, separator: u8) -> Vec<Range<usize>> {
    let mut cells = Vec::new();
    let (mut at, mut from) = (line.start, line.start);
    while at < line.end {
        if text[at] == b'"' && text[from..at].iter().all(|b| *b == b' ') {
            at = quoted(text, at, b'"').min(line.end);
        } else if text[at] == separator {
            cells.push(unquoted(text, from..at));
            from = at + 1;
        }
        at += 1;
    }
    cells.push(unquoted(text, from..line.end));
    cells
}

/// Takes blanks and quotes off a cell.
fn unquoted(text: &[u8], cell: Range<usize>) -> Range<usize> {
    let off =
        |b: &u8| matches!(b, b' ' | b'\t' | b'\r' | b'\n' | b'"' | b'\'' | b'`' | b'[' | b']');
    let (mut start, mut end) = (cell.start, cell.end.max(cell.start));
    while start < end && off(&text[start]) {
        start += 1;
    }
    while start < end && off(&text[end - 1]) {
        end -= 1;
    }
    start..end
}

pub(super) fn is_sql(line: &[u8]) -> bool {
    let head = line.trim_ascii_start();
    let is =
        |word: &[u8]| head.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    is(b"insert into") || is(b"insert ignore into") || is(b"replace into") || is(b"copy ")
}

/// Returns the columns that the first brackets of a statement name.
pub(super) fn names(line: &[u8]) -> Option<Vec<Column>> {
    let open = memchr::memchr(b'(', line)?;
    let lower = line[..open].to_ascii_lowercase();
    if memmem::find(&lower, b"values").is_some() {
        return None;
    }
    let close = open + memchr::memchr(b')', &line[open..])?;
    Some(columns(line, split(line, open + 1..close, b',')))
}

/// Reads the names of columns. What is called by a `name` may be anything, but where it has a
/// birth, a diagnosis or a number of persons it is a person.
fn columns(text: &[u8], cells: Vec<Range<usize>>) -> Vec<Column> {
    let mut columns: Vec<Column> =
        cells.iter().map(|cell| Column::of(&text[cell.clone()])).collect();
    let person =
        |column: &Column| matches!(column, Column::Birth | Column::Health | Column::Number(_));
    if columns.iter().any(person) && !columns.iter().any(|column| column.is_name()) {
        let named = cells.into_iter().position(|cell| text[cell].eq_ignore_ascii_case(b"name"));
        if let Some(at) = named {
            columns[at] = Column::Name;
        }
    }
    columns
}

/// Counts the columns about a person; nothing without one that names them.
fn persons(columns: &[Column]) -> usize {
    let count = columns.iter().filter(|column| **column != Column::Other).count();
    if columns.iter().any(|column| column.is_name() || column.is_grave()) { count } else { 0 }
}

/// Returns what separates the cells of a header.
pub(super) fn separator(view: &View<'_>, line: &[u8]) -> Option<u8> {
    if !matches!(view.facts.extension.as_str(), "csv" | "tsv" | "psv" | "txt" | "dat" | "tab" | "")
    {
        return None;
    }
    let count = |sign: u8| memchr::memchr_iter(sign, line).count();
    let best = [b',', b';', b'\t', b'|'].into_iter().max_by_key(|sign| count(*sign))?;
    (count(best) > 0 && line.len() < 4096).then_some(best)
}
