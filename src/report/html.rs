// SPDX-License-Identifier: MIT OR Apache-2.0
//! The report as one HTML file: no script, nothing loaded from anywhere.

use super::{
    document::{Block, Inline, Item, Line},
    escape,
    model::Report,
    outline::outline,
};

const STYLE: &str = include_str!("../../assets/templates/report.css");
/// Forbids whatever the file has none of, should a browser or a viewer be talked into it.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

impl Report {
    /// Returns the report as one self-contained page, for the screen, dark or light, and paper.
    #[must_use]
    pub fn to_html(&self) -> String {
        let mut out = String::from("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n");
        out += "<meta charset=\"utf-8\">\n";
        out += "<meta http-equiv=\"Content-Security-Policy\" content=\"";
        escape::html(&mut out, POLICY);
        out += "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
        out += "<meta name=\"color-scheme\" content=\"light dark\">\n<title>";
        escape::html(&mut out, &self.title());
        out += "</title>\n<style>\n";
        out += STYLE;
        out += "</style>\n</head>\n<body>\n<main>\n";
        for block in outline(self) {
            write_block(&mut out, &block);
        }
        out += "</main>\n</body>\n</html>\n";
        out
    }
}

fn write_block(out: &mut String, block: &Block<'_>) {
    match block {
        Block::Heading(level, title) => {
            // Levels are digits of ours; nothing else goes into a tag.
            let tag = ["h1", "h2", "h3"][usize::from(level.clamp(&1, &3) - 1)];
            element(out, tag, "", |out| escape::html(out, title));
        }
        Block::Verdict { passed, line } => {
            let class = if *passed { "verdict passed" } else { "verdict failed" };
            element(out, "p", class, |out| write_line(out, line));
        }
        Block::Paragraph(line) => element(out, "p", "", |out| write_line(out, line)),
        Block::Table { head, rows, numbers } => write_table(out, head, rows, *numbers),
        Block::List(items) => {
            *out += "<ul>\n";
            items.iter().for_each(|item| write_item(out, item));
            *out += "</ul>\n";
        }
    }
}

fn write_item(out: &mut String, item: &Item<'_>) {
    *out += "<li>";
    write_line(out, &item.line);
    if !item.below.is_empty() {
        *out += "\n<ul>\n";
        for line in &item.below {
            element(out, "li", "", |out| write_line(out, line));
        }
        *out += "</ul>\n";
    }
    *out += "</li>\n";
}

fn write_table(out: &mut String, head: &[&str], rows: &[Vec<Line<'_>>], numbers: bool) {
    *out += if numbers { "<table class=\"numbers\">\n<thead><tr>" } else { "<table>\n<thead><tr>" };
    for title in head {
        *out += "<th scope=\"col\">";
        escape::html(out, title);
        *out += "</th>";
    }
    *out += "</tr></thead>\n<tbody>\n";
    for row in rows {
        *out += "<tr>";
        for (i, cell) in row.iter().enumerate() {
            *out += if i == 0 { "<th scope=\"row\">" } else { "<td>" };
            write_line(out, cell);
            *out += if i == 0 { "</th>" } else { "</td>" };
        }
        *out += "</tr>\n";
    }
    *out += "</tbody>\n</table>\n";
}

fn write_line(out: &mut String, line: &[Inline<'_>]) {
    for piece in line {
        match piece {
            Inline::Text(text) => escape::html(out, text),
            Inline::Strong(text) => wrap(out, "strong", text),
            Inline::Code(text) => wrap(out, "code", text),
        }
    }
}

fn wrap(out: &mut String, tag: &'static str, text: &str) {
    *out += "<";
    *out += tag;
    *out += ">";
    escape::html(out, text);
    *out += "</";
    *out += tag;
    *out += ">";
}

fn element(
    out: &mut String,
    tag: &'static str,
    class: &'static str,
    inner: impl FnOnce(&mut String),
) {
    *out += "<";
    *out += tag;
    if !class.is_empty() {
        *out += " class=\"";
        *out += class;
        *out += "\"";
    }
    *out += ">";
    inner(out);
    *out += "</";
    *out += tag;
    *out += ">\n";
}
