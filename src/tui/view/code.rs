// SPDX-License-Identifier: MIT OR Apache-2.0
//! Lines of a file around a place: coloured, masked, cropped.

use std::ops::Range;

use ratatui::{
    style::Style,
    text::{Line, Span},
};

use crate::{
    domain::{Finding, Place, TextOf},
    ops::{FileText, Token},
    tui::{
        model::Model,
        text::{Cleaner, Shown, text_width},
    },
};

/// Bytes of a line that are looked at: minified files have lines of megabytes.
const WINDOW: usize = 4000;

type Piece = (Shown, Style);

/// What is marked in a text.
pub(super) struct Mark {
    pub(super) span: Range<usize>,
    pub(super) style: Style,
    /// What stands in the gutter of its lines.
    pub(super) sign: &'static str,
}

/// Returns where in `file` the value of `finding` stands; nothing if it is not there.
///
/// What is no file of a commit can have changed since the scan, and a setting has several values
/// that were scanned one by one.
pub(crate) fn span_in(finding: &Finding, file: &FileText) -> Option<Range<usize>> {
    let Place::Span(span) = &finding.place else { return Some(line_in(finding, file)) };
    let value = finding.value.written();
    if finding.layer.is_tree() || file.text.get(span.range()) == Some(value) {
        return Some(span.range());
    }
    let start = memchr::memmem::find(&file.text, value)?;
    Some(start..start + value.len())
}

/// Returns the line of `file` that what is said of the whole file rests on, without the blanks
/// around it; nothing of it if that is no line.
pub(super) fn line_in(finding: &Finding, file: &FileText) -> Range<usize> {
    let Some(line) = finding.line().map(|line| line as usize - 1) else { return 0..0 };
    if line >= file.lines.count() {
        return 0..0;
    }
    let range = file.lines.range(line);
    let text = &file.text[range.clone()];
    let start = range.start + text.len() - text.trim_ascii_start().len();
    start..(range.start + text.trim_ascii_end().len()).max(start)
}

/// Returns the lines around `finding`, at most `rows` of them, `width` columns wide.
pub(super) fn context(
    model: &Model,
    finding: &Finding,
    file: &FileText,
    rows: usize,
    width: usize,
) -> Vec<Line<'static>> {
    let (of, span) = (finding.text_of(), span_in(finding, file).unwrap_or(0..0));
    let last = file.lines.count().saturating_sub(1);
    let here = file.lines.line_of(span.start).min(last);
    let end = file.lines.line_of(span.end.saturating_sub(1).max(span.start)).min(last);
    let before = rows.saturating_sub(1 + (end - here).min(rows)) / 2;
    let first = here.saturating_sub(before).min((last + 1).saturating_sub(rows));
    let digits = (first + rows).min(last + 1).to_string().len().max(3);
    let glyphs = &model.theme.glyphs;
    let marks = [Mark { span, style: model.theme.span(), sign: glyphs.here }];
    let marks = if marks[0].span.is_empty() { &[][..] } else { &marks[..] };
    let numbers = first..=last.min(first + rows.saturating_sub(1));
    numbers
        .flat_map(|number| numbered(model, &of, file, number, (digits, width), marks).rows)
        .collect()
}

/// A part of a file as it is on screen.
#[derive(Default)]
pub(crate) struct Page {
    pub(super) rows: Vec<Line<'static>>,
    /// Which lines are there: a line that is cut at the end is not, unless it alone fills the
    /// page.
    pub(crate) lines: Range<usize>,
    /// Those of them of which nothing is cut.
    pub(crate) whole: Vec<Range<usize>>,
}

impl Page {
    /// Returns whether a line is there as a whole.
    pub(crate) fn has_whole(&self, line: usize) -> bool {
        self.whole.iter().any(|range| range.contains(&line))
    }
}

/// Returns the lines of a file from `first` on that fill `rows` rows of `width` columns; the first
/// of `marks` on a line is the one to follow.
pub(super) fn page(
    model: &Model,
    of: &TextOf,
    file: &FileText,
    first: usize,
    (width, rows): (usize, usize),
    marks: &[Mark],
) -> Page {
    let count = crate::tui::files::line_count(file);
    let digits = count.to_string().len().max(3);
    let start = first.min(count.saturating_sub(1));
    let mut out = Page { lines: start..start, ..Page::default() };
    for number in start..count {
        let room = rows - out.rows.len();
        let Folded { rows: line, whole, hit } =
            numbered(model, of, file, number, (digits, width), marks);
        let fits = line.len() <= room;
        if room == 0 || (!fits && number > start) {
            out.rows.extend(line.into_iter().take(room));
            break;
        }
        // Of a line that is higher than the page, what is to be followed is shown.
        let above = hit.saturating_sub(rows / 3).min(line.len().saturating_sub(room));
        out.rows.extend(line.into_iter().skip(above).take(room));
        out.lines.end = number + 1;
        if whole && fits {
            out.whole.push(number..number + 1);
        }
    }
    out
}

/// Returns how many rows of `width` columns a line takes.
pub(super) fn height(
    model: &Model,
    of: &TextOf,
    file: &FileText,
    number: usize,
    width: usize,
) -> usize {
    let digits = crate::tui::files::line_count(file).to_string().len().max(3);
    numbered(model, of, file, number, (digits, width), &[]).rows.len()
}

/// A line as it is on screen.
struct Folded {
    rows: Vec<Line<'static>>,
    /// Whether nothing of it is cut.
    whole: bool,
    /// The row on which what is to be followed begins.
    hit: usize,
}

/// Returns one line with its number, folded into several where lines are wrapped.
fn numbered(
    model: &Model,
    of: &TextOf,
    file: &FileText,
    number: usize,
    (digits, width): (usize, usize),
    marks: &[Mark],
) -> Folded {
    let glyphs = &model.theme.glyphs;
    let room = width.saturating_sub(digits + 4);
    let line = file.lines.range(number);
    let wraps = model.detail.wrap;
    let touches =
        |mark: &&Mark| mark.span.start < line.end.max(line.start + 1) && mark.span.end > line.start;
    let here: Vec<&Mark> = marks.iter().filter(touches).collect();
    let pieces = pieces(model, of, file, number, &here);
    let fits = wraps || pieces.iter().map(|(text, _)| text.width()).sum::<usize>() <= room;
    let whole = fits && line.len() <= WINDOW;
    let style = if here.is_empty() { model.theme.dim() } else { model.theme.warning() };
    let gutter = here.first().map_or(" ", |mark| mark.sign);
    let gutter = format!("{gutter}{:>digits$} {} ", number + 1, glyphs.wall);
    let folded = if wraps {
        wrapped(pieces, room)
    } else {
        vec![cropped(pieces, room, glyphs.cut, !here.is_empty())]
    };
    let blank = format!("{:1$}{2} ", "", digits + 2, glyphs.wall);
    let line = |(i, mut spans): (usize, Vec<Span<'static>>)| {
        let head = if i == 0 { gutter.clone() } else { blank.clone() };
        spans.insert(0, Span::styled(head, style));
        Line::from(spans)
    };
    let hit = folded.iter().position(|row| row.iter().any(|span| is_hit(span.style)));
    Folded {
        rows: folded.into_iter().enumerate().map(line).collect(),
        whole,
        hit: hit.unwrap_or(0),
    }
}

/// Returns whether this is the look of what is to be followed.
fn is_hit(style: Style) -> bool {
    style.add_modifier.contains(ratatui::style::Modifier::REVERSED)
}

/// Returns the line of `finding` alone, cropped around its span.
pub(super) fn one_line(
    model: &Model,
    finding: &Finding,
    file: &FileText,
    width: usize,
) -> Line<'static> {
    let span = span_in(finding, file).unwrap_or(0..0);
    let number = file.lines.line_of(span.start);
    let mark = Mark { span, style: model.theme.span(), sign: "" };
    let pieces = pieces(model, &finding.text_of(), file, number, &[&mark]);
    Line::from(cropped(pieces, width, model.theme.glyphs.cut, true))
}

/// Cuts a line where its look changes.
fn pieces(
    model: &Model,
    of: &TextOf,
    file: &FileText,
    number: usize,
    marks: &[&Mark],
) -> Vec<Piece> {
    let first = marks.first().map_or(0..0, |mark| mark.span.clone());
    let line = window(&file.text, file.lines.range(number), &first);
    let hidden = model.veil.hidden_in_file(of, &file.text, &line);
    let mut cuts = vec![line.start, line.end];
    let mut cut = |at: usize| {
        // Inside a mask nothing is told apart: how a value is built is part of it.
        if line.contains(&at) && !hidden.iter().any(|h| h.start < at && at < h.end) {
            cuts.push(at);
        }
    };
    let tokens = tokens_in(&file.tokens, &line);
    tokens.iter().flat_map(|t| [t.span.start, t.span.end]).for_each(&mut cut);
    hidden.iter().flat_map(|h| [h.start, h.end]).for_each(&mut cut);
    marks.iter().flat_map(|mark| [mark.span.start, mark.span.end]).for_each(&mut cut);
    cuts.sort_unstable();
    cuts.dedup();
    let mut cleaner = Cleaner::default();
    let mut out = Vec::with_capacity(cuts.len());
    for pair in cuts.windows(2) {
        let part = pair[0]..pair[1];
        let masked = hidden.iter().any(|h| h.start < part.end && h.end > part.start);
        let token =
            tokens.iter().rev().find(|t| t.span.start <= part.start && t.span.end >= part.end);
        let mut style = token.map_or(Style::new(), |t| model.theme.syntax(t.syntax));
        let marked = |mark: &&&Mark| part.start < mark.span.end && part.end > mark.span.start;
        if let Some(mark) = marks.iter().find(marked) {
            style = mark.style;
        }
        let bytes = &file.text[part];
        let shown = if masked {
            cleaner.push_own(model.theme.glyphs.dots)
        } else {
            // The CR of a CRLF says nothing that a reviewer has to see on every line.
            cleaner.push(bytes.strip_suffix(b"\r").unwrap_or(bytes))
        };
        out.push((shown, style));
    }
    out
}

/// Returns the part of a very long line that is looked at, around the span if it is in it.
fn window(text: &[u8], line: Range<usize>, span: &Range<usize>) -> Range<usize> {
    if line.len() <= WINDOW {
        return line;
    }
    let middle = if line.contains(&span.start) { span.start } else { line.start };
    let boundary = |mut at: usize| {
        while at < line.end && at > line.start && text[at] & 0xc0 == 0x80 {
            at += 1;
        }
        at
    };
    let start = boundary(middle.saturating_sub(WINDOW / 4).max(line.start));
    let end = boundary((start + WINDOW).min(line.end));
    start..end.max(start)
}

fn tokens_in<'a>(tokens: &'a [Token], line: &Range<usize>) -> &'a [Token] {
    let from = tokens.partition_point(|token| token.span.end <= line.start);
    let to = tokens.partition_point(|token| token.span.start < line.end);
    tokens.get(from..to.max(from)).unwrap_or_default()
}

/// Cuts a line to `width` columns; around the reversed span, if it would fall off the end.
pub(super) fn cropped(
    pieces: Vec<Piece>,
    width: usize,
    mark: &str,
    follow: bool,
) -> Vec<Span<'static>> {
    let total: usize = pieces.iter().map(|(text, _)| text.width()).sum();
    let mut column = 0;
    let mut hit = None;
    for (text, style) in &pieces {
        if is_hit(*style) && hit.is_none() {
            hit = Some((column, column + text.width()));
        }
        column += text.width();
    }
    let skip = match hit {
        Some((start, end)) if follow && end > width => {
            start.saturating_sub(width / 3).min(total.saturating_sub(width))
        }
        _ => 0,
    };
    let mut out = Vec::new();
    let mut left = width;
    let mut gone = skip;
    if skip > 0 {
        let mark_width = text_width(mark);
        out.push(Span::raw(mark.to_owned()));
        left = left.saturating_sub(mark_width);
        gone += mark_width;
    }
    let mut rest = total.saturating_sub(gone);
    for (text, style) in pieces {
        let wide = text.width();
        if gone >= wide {
            gone -= wide;
            continue;
        }
        let text = text.skip(std::mem::take(&mut gone));
        // Room for the mark is only needed where something is cut.
        let room = if rest > left { left.saturating_sub(text_width(mark)) } else { left };
        let fits = text.width() <= room;
        let text = text.crop(room, "");
        left -= text.width().min(left);
        rest -= text.width().min(rest);
        out.push(Span::from(text).style(style));
        if !fits {
            out.push(Span::raw(mark.to_owned()));
            break;
        }
    }
    out
}

/// Breaks a line into rows of `width` columns.
pub(super) fn wrapped(pieces: Vec<Piece>, width: usize) -> Vec<Vec<Span<'static>>> {
    let width = width.max(4);
    let mut rows = vec![Vec::new()];
    let mut left = width;
    for (mut text, style) in pieces {
        while text.width() > left {
            let head = text.clone().crop(left, "");
            let taken = head.width();
            if taken > 0 {
                text = text.skip(taken);
                rows.last_mut().into_iter().for_each(|row| {
                    row.push(Span::from(head.clone()).style(style));
                });
            }
            rows.push(Vec::new());
            left = width;
        }
        left -= text.width();
        rows.last_mut().into_iter().for_each(|row| row.push(Span::from(text.clone()).style(style)));
    }
    rows
}
