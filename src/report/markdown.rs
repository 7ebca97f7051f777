// SPDX-License-Identifier: MIT OR Apache-2.0
//! The report as Markdown.

use super::{
    document::{Block, Inline, Item, Line},
    escape,
    model::Report,
    outline::outline,
};

impl Report {
    /// Returns the report as Markdown, to be read as text or on a hosting site.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut out = String::new();
        for block in outline(self) {
            if !out.is_empty() {
                out.push('\n');
            }
            write_block(&mut out, &block);
        }
        out
    }
}

fn write_block(out: &mut String, block: &Block<'_>) {
    match block {
        Block::Heading(level, title) => {
            *out += &"#".repeat(usize::from(*level));
            out.push(' ');
            escape::markdown(out, title);
            out.push('\n');
        }
        Block::Verdict { line, .. } => {
            *out += "> ";
            write_line(out, line);
            out.push('\n');
        }
        Block::Paragraph(line) => {
            write_line(out, line);
            out.push('\n');
        }
        Block::Table { head, rows, numbers } => write_table(out, head, rows, *numbers),
        Block::List(items) => items.iter().for_each(|item| write_item(out, item)),
    }
}

fn write_item(out: &mut String, item: &Item<'_>) {
    *out += "- ";
    write_line(out, &item.line);
    out.push('\n');
    for line in &item.below {
        *out += "  - ";
        write_line(out, line);
        out.push('\n');
    }
}

fn write_table(out: &mut String, head: &[&str], rows: &[Vec<Line<'_>>], numbers: bool) {
    *out += "|";
    for title in head {
        out.push(' ');
        escape::markdown(out, title);
        *out += " |";
    }
    *out += "\n|";
    for i in 0..head.len() {
        *out += if numbers && i > 0 { " ---: |" } else { " --- |" };
    }
    out.push('\n');
    for row in rows {
        *out += "|";
        for cell in row {
            out.push(' ');
            write_line(out, cell);
            *out += " |";
        }
        out.push('\n');
    }
}

fn write_line(out: &mut String, line: &[Inline<'_>]) {
    for piece in line {
        match piece {
            Inline::Text(text) => escape::markdown(out, text),
            Inline::Strong(text) => {
                *out += "**";
                escape::markdown(out, text);
                *out += "**";
            }
            Inline::Code(text) => escape::markdown_code(out, text),
        }
    }
}
