// SPDX-License-Identifier: MIT OR Apache-2.0
//! A document as a list of blocks, so that Markdown and HTML render the same thing and each
//! escapes in one place.

use std::borrow::Cow;

/// A piece of a line. The text is raw; the renderer escapes it.
pub(super) enum Inline<'a> {
    /// Running text.
    Text(Cow<'a, str>),
    /// Something that must catch the eye.
    Strong(Cow<'a, str>),
    /// A path, an id, a digest.
    Code(Cow<'a, str>),
}

/// A line of text.
pub(super) type Line<'a> = Vec<Inline<'a>>;

/// A part of the document.
pub(super) enum Block<'a> {
    /// A heading of level 1 to 3.
    Heading(u8, Cow<'a, str>),
    /// The one sentence that says how it went.
    Verdict {
        /// Whether it passed.
        passed: bool,
        /// The sentence.
        line: Line<'a>,
    },
    /// A paragraph.
    Paragraph(Line<'a>),
    /// A table; its first column names the rows.
    Table {
        /// Titles of the columns.
        head: Vec<&'static str>,
        /// The rows.
        rows: Vec<Vec<Line<'a>>>,
        /// Whether all columns but the first hold numbers.
        numbers: bool,
    },
    /// A list.
    List(Vec<Item<'a>>),
}

/// An entry of a list.
pub(super) struct Item<'a> {
    /// Its line.
    pub(super) line: Line<'a>,
    /// Lines below it, one step further in.
    pub(super) below: Vec<Line<'a>>,
}

impl<'a> From<Line<'a>> for Item<'a> {
    fn from(line: Line<'a>) -> Self {
        Self { line, below: Vec::new() }
    }
}

/// Returns running text.
pub(super) fn text<'a>(text: impl Into<Cow<'a, str>>) -> Inline<'a> {
    Inline::Text(text.into())
}

/// Returns text that catches the eye.
pub(super) fn strong<'a>(text: impl Into<Cow<'a, str>>) -> Inline<'a> {
    Inline::Strong(text.into())
}

/// Returns a path, an id or a digest.
pub(super) fn code<'a>(text: impl Into<Cow<'a, str>>) -> Inline<'a> {
    Inline::Code(text.into())
}
