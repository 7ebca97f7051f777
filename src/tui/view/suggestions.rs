// SPDX-License-Identifier: MIT OR Apache-2.0
//! The table of suggestions: a line for each reason, and some places of the one under the cursor.

use ratatui::{buffer::Buffer, layout::Rect};

use super::{
    overlay::{frame, sample},
    paint::{self, Strip, number},
};
use crate::{
    review::SuggestedRow,
    tui::{model::Model, overlay::Suggestions},
};

/// Lines below the reasons: a blank one and the places.
const BELOW: usize = 4;
/// Columns of the two numbers at the right.
const NUMBERS: usize = 16;

pub(super) fn draw(model: &Model, table: &Suggestions, body: Rect, buf: &mut Buffer) {
    let theme = &model.theme;
    let width = body.width.saturating_sub(4).min(100);
    let height = table.rows.len() + 1 + BELOW;
    let title = "Suggestions, by reason; none is applied by itself";
    let area = frame(model, title, (width, height), body, buf);
    let wide = usize::from(area.width);
    Strip::default()
        .cell("    verdict   reason", wide.saturating_sub(NUMBERS), theme.heading())
        .own(format!("{:>7}{:>8}", "groups", "places"), theme.heading())
        .draw(area, 0, buf);
    let room = usize::from(area.height).saturating_sub(1 + BELOW).max(1);
    let top = (table.cursor + 1).saturating_sub(room);
    for (y, (i, row)) in table.rows.iter().enumerate().skip(top).take(room).enumerate() {
        let here = i == table.cursor;
        line(model, row, (here, table.marks.contains(&i)), wide).draw(area, y + 1, buf);
        if here {
            paint::tint(area, y + 1, theme.selected(true), buf);
        }
    }
    let Some(row) = table.rows.get(table.cursor) else { return };
    let first = usize::from(area.height).saturating_sub(BELOW - 1);
    for (y, idx) in row.samples.iter().enumerate() {
        sample(model, *idx, wide).draw(area, first + y, buf);
    }
}

fn line(model: &Model, row: &SuggestedRow, (here, marked): (bool, bool), width: usize) -> Strip {
    let (theme, glyphs) = (&model.theme, &model.theme.glyphs);
    let (glyph, word) = theme.stamp(Some(row.verdict));
    let title = model.veil.text(row.title.as_bytes(), glyphs.dots);
    let strip = Strip::default()
        .own(if here { "> " } else { "  " }, theme.bold())
        .own(if marked { glyphs.mark } else { " " }, theme.warning())
        .own(" ", theme.plain())
        .cell(&format!("{glyph} {word}"), 10, theme.verdict(Some(row.verdict)));
    let room = width.saturating_sub(strip.used() + NUMBERS);
    let (groups, places) = (number(row.groups.len()), number(row.places));
    strip
        .shown_cell(title, room, theme.plain(), glyphs.cut)
        .own(format!("{groups:>7}{places:>8}"), theme.plain())
}
