// SPDX-License-Identifier: MIT OR Apache-2.0
//! Where in a notebook something stands: nobody counts its lines, people see cells.

use std::ops::Range;

use crate::domain::RepoPath;

/// Deeper brackets are no notebook's; they are counted, and their names are not kept.
const DEEPEST: usize = 64;

/// The parts of the cells of a notebook.
pub(super) struct Notebook(Vec<(Range<usize>, usize, &'static str)>);

impl Notebook {
    /// Reads `text`, if `path` is that of a notebook. What is no JSON has no cells.
    pub(super) fn of(path: &RepoPath, text: &[u8]) -> Option<Self> {
        path.as_bytes().ends_with(b".ipynb").then(|| Self(cells(text)))
    }

    /// Returns in which cell `at` stands, counted from one as people do, and whether in what was
    /// written or in what came out.
    pub(super) fn place(&self, at: usize) -> Option<String> {
        let past = self.0.partition_point(|(part, ..)| part.start <= at);
        let (part, cell, what) = self.0[..past].last()?;
        part.contains(&at).then(|| format!("cell {cell}, {what}"))
    }
}

/// An open bracket.
#[derive(Default)]
struct Open<'a> {
    is_object: bool,
    /// The last name in it.
    name: &'a [u8],
    /// Where the value of that name begins.
    value: usize,
    /// The number of the cell that it is, from one.
    cell: usize,
}

fn cells(text: &[u8]) -> Vec<(Range<usize>, usize, &'static str)> {
    let mut out = Vec::new();
    let mut stack: Vec<Open<'_>> = Vec::new();
    let mut count = 0;
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => {
                let end = string_end(text, at + 1);
                let colon = text[end.min(text.len())..].iter().find(|b| !b.is_ascii_whitespace());
                if let Some(open) = stack.last_mut().filter(|open| open.is_object)
                    && colon == Some(&b':')
                {
                    (open.name, open.value) = (&text[at + 1..end - 1], end);
                }
                at = end;
                continue;
            }
            b'{' | b'[' if stack.len() < DEEPEST => {
                let is_object = *byte == b'{';
                let in_list = stack.len() >= 2 && stack.last().is_some_and(|open| !open.is_object);
                let of_cells = in_list && stack[stack.len() - 2].name == b"cells";
                let is_cell = is_object && of_cells;
                count += usize::from(is_cell);
                let cell = if is_cell { count } else { 0 };
                stack.push(Open { is_object, cell, ..Open::default() });
            }
            b'{' | b'[' => return out,
            b'}' | b']' | b',' => {
                if let Some(open) = stack.last().filter(|open| open.cell > 0)
                    && let Some(what) = what(open.name)
                {
                    out.push((open.value..at, open.cell, what));
                }
                if *byte != b',' {
                    stack.pop();
                }
            }
            _ => {}
        }
        at += 1;
    }
    out
}

fn what(name: &[u8]) -> Option<&'static str> {
    match name {
        b"source" | b"input" => Some("source"),
        b"outputs" => Some("output"),
        b"metadata" => Some("metadata"),
        b"attachments" => Some("attachment"),
        _ => None,
    }
}

/// Returns the place behind the quote that ends the string whose first byte is at `at`.
fn string_end(text: &[u8], mut at: usize) -> usize {
    while let Some(found) = memchr::memchr2(b'"', b'\\', text.get(at..).unwrap_or_default()) {
        if text[at + found] == b'"' {
            return at + found + 1;
        }
        at += found + 2;
    }
    text.len().max(1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Notebook, cells};
    use crate::domain::RepoPath;

    #[test]
    fn cells_and_their_parts_are_told_apart() {
        let text = br##"{"metadata": {"a": 1}, "cells": [
            {"cell_type": "markdown", "source": ["# one, \"}]\n"]},
            {"outputs": [{"data": {"text/plain": ["two"], "cells": [{"source": "no"}]}}],
             "source": "three", "metadata": {}}], "nbformat": 4}"##;
        let notebook = Notebook::of(&RepoPath::new(b"a/b.ipynb"), text).expect("a notebook");
        let place = |word: &str| {
            let at = memchr::memmem::find(text, word.as_bytes()).expect("a word");
            notebook.place(at)
        };
        assert_eq!(place("one").as_deref(), Some("cell 1, source"));
        assert_eq!(place("two").as_deref(), Some("cell 2, output"));
        assert_eq!(place("three").as_deref(), Some("cell 2, source"));
        assert_eq!(place("nbformat"), None);
        assert_eq!(place("a\": 1"), None);
        assert!(Notebook::of(&RepoPath::new(b"a.json"), text).is_none());
    }

    proptest! {
        #[test]
        fn any_text_is_borne(text in prop::collection::vec(prop_oneof![
            any::<u8>(), prop::sample::select(b"\"\\{}[],:cells".to_vec())
        ], 0..200)) {
            let cells = cells(&text);
            prop_assert!(cells.iter().all(|(part, ..)| part.end <= text.len()));
        }
    }
}
