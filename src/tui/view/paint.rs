// SPDX-License-Identifier: MIT OR Apache-2.0
//! Lines put together from cells of fixed width.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use crate::tui::text::{Shown, text_width};

/// A line under construction.
#[derive(Default)]
pub(super) struct Strip {
    spans: Vec<Span<'static>>,
    used: usize,
}

impl Strip {
    /// Adds own words. A blank takes no background: an empty column would become a bar.
    pub(super) fn own(mut self, text: impl Into<String>, style: Style) -> Self {
        let text = text.into();
        let blank = text.bytes().all(|b| b == b' ');
        let style = if blank { Style { bg: None, ..style } } else { style };
        self.used += text_width(&text);
        self.spans.push(Span::styled(text, style));
        self
    }

    /// Adds repository text.
    pub(super) fn shown(mut self, text: Shown, style: Style) -> Self {
        self.used += text.width();
        self.spans.push(Span::from(text).style(style));
        self
    }

    /// Adds own words in a cell of `width` columns.
    pub(super) fn cell(self, text: &str, width: usize, style: Style) -> Self {
        self.shown_cell(Shown::new(text.as_bytes()), width, style, "")
    }

    /// Adds repository text in a cell of `width` columns; `mark` says that it was cut.
    pub(super) fn shown_cell(self, text: Shown, width: usize, style: Style, mark: &str) -> Self {
        let text = text.crop(width, mark);
        let pad = width - text.width().min(width);
        self.shown(text, style).own(" ".repeat(pad), style)
    }

    /// Adds own words at the right end of a line of `width` columns, if there is room.
    pub(super) fn right(self, text: &str, width: usize, style: Style) -> Self {
        let wide = text_width(text);
        match width.checked_sub(self.used + wide) {
            Some(gap) => self.own(" ".repeat(gap), Style::new()).own(text, style),
            None => self,
        }
    }

    /// Returns how many columns are used.
    pub(super) fn used(&self) -> usize {
        self.used
    }

    pub(super) fn line(self) -> Line<'static> {
        Line::from(self.spans)
    }

    /// Draws it as row `y` of `area`.
    pub(super) fn draw(self, area: Rect, y: usize, buf: &mut Buffer) {
        line(&self.line(), area, y, buf);
    }
}

/// Draws a line as row `y` of `area`, if there is such a row.
pub(super) fn line(line: &Line<'_>, area: Rect, y: usize, buf: &mut Buffer) {
    if let Some(y) = u16::try_from(y).ok().filter(|y| *y < area.height) {
        buf.set_line(area.x, area.y + y, line, area.width);
    }
}

/// Styles row `y` of `area`.
pub(super) fn tint(area: Rect, y: usize, style: Style, buf: &mut Buffer) {
    if let Some(y) = u16::try_from(y).ok().filter(|y| *y < area.height) {
        buf.set_style(Rect { y: area.y + y, height: 1, ..area }, style);
    }
}

/// Returns a number with separators: `1,015`.
pub(crate) fn number(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Returns `1 place` or `57 places`.
pub(crate) fn count(n: usize, noun: &str) -> String {
    format!("{} {noun}{}", number(n), if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_are_grouped() {
        assert_eq!(super::number(7), "7");
        assert_eq!(super::number(1_015), "1,015");
        assert_eq!(super::number(1_234_567), "1,234,567");
        assert_eq!(super::count(1, "place"), "1 place");
    }
}
