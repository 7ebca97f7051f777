// SPDX-License-Identifier: MIT OR Apache-2.0
//! The list of stand-ins: value, what takes its place, and below the rules and places of the one
//! under the cursor.

use ratatui::{buffer::Buffer, layout::Rect};

use super::{
    overlay::{field_strip, frame, sample},
    paint::{self, Strip, count, number},
};
use crate::{
    review::{FindingIdx, Given, StandIn},
    tui::{field::Field, model::Model, overlay::StandIns, text::Shown},
};

/// Lines below the values: the rules, and two places.
const BELOW: usize = 3;
/// Columns of the state and of the number at the right.
const STATE: usize = 9;
const NUMBER: usize = 7;

pub(super) fn draw(
    model: &Model,
    table: &StandIns,
    choosing: Option<&Field>,
    body: Rect,
    buf: &mut Buffer,
) {
    let theme = &model.theme;
    let width = body.width.saturating_sub(2).min(120);
    let asks = table.rows.iter().filter(|row| row.given == Given::Asks).count();
    let title = match asks {
        0 => format!("Stand-ins of {}", count(table.rows.len(), "value")),
        n => format!("Stand-ins of {}, {n} to choose (/choose)", count(table.rows.len(), "value")),
    };
    let area = frame(model, &title, (width, table.shown.len().max(1) + 2 + BELOW), body, buf);
    let wide = usize::from(area.width);
    head(model, table, choosing, wide).draw(area, 0, buf);
    let room = usize::from(area.height).saturating_sub(2 + BELOW).max(1);
    let top = (table.cursor + 1).saturating_sub(room);
    let shown = table.shown.iter().enumerate().skip(top).take(room);
    for (y, (at, i)) in shown.enumerate() {
        let here = at == table.cursor;
        line(model, &table.rows[*i], here, wide).draw(area, y + 1, buf);
        if here {
            paint::tint(area, y + 1, theme.selected(true), buf);
        }
    }
    let first = usize::from(area.height).saturating_sub(BELOW);
    let Some(row) = table.row() else {
        let none = Strip::default().own(" no stand-in fits the filter", theme.dim());
        return none.draw(area, 1, buf);
    };
    below(model, row, wide).draw(area, first, buf);
    for (y, idx) in places(model, row).take(BELOW - 1).enumerate() {
        sample(model, idx, wide).draw(area, first + 1 + y, buf);
    }
}

/// What is typed, or the heads of the columns.
fn head(model: &Model, table: &StandIns, choosing: Option<&Field>, width: usize) -> Strip {
    let theme = &model.theme;
    if let Some(field) = choosing {
        return field_strip(model, "becomes ", field, width);
    }
    if table.typing || !table.filter.text().is_empty() {
        return field_strip(model, "/", &table.filter, width);
    }
    let (value, to) = columns(width);
    Strip::default()
        .cell("  value", value + 2, theme.heading())
        .cell("  becomes", to + 2, theme.heading())
        .cell("", STATE, theme.heading())
        .own(format!("{:>NUMBER$}", "places"), theme.heading())
}

/// Returns the widths of value and stand-in.
fn columns(width: usize) -> (usize, usize) {
    let room = width.saturating_sub(4 + STATE + NUMBER);
    (room / 2, room - room / 2)
}

fn places<'m>(model: &'m Model, row: &'m StandIn) -> impl Iterator<Item = FindingIdx> + 'm {
    row.groups.iter().flat_map(|idx| model.session.group(*idx).members.iter().copied())
}

fn line(model: &Model, row: &StandIn, here: bool, width: usize) -> Strip {
    let (theme, glyphs) = (&model.theme, &model.theme.glyphs);
    let (value, to) = columns(width);
    let shown = places(model, row).next().map_or_else(Shown::default, |idx| {
        let finding = model.session.finding(idx);
        model.veil.value(&model.session, finding, glyphs.dots)
    });
    let becomes = match &row.to {
        Some(text) => model.veil.text(text.as_bytes(), glyphs.dots),
        None => Shown::new(b"stays as it is"),
    };
    let (word, style) = match row.given {
        Given::Proposed => ("", theme.dim()),
        Given::Remembered => ("kept", theme.dim()),
        Given::Chosen => ("chosen", theme.plain()),
        Given::Taken => ("taken", theme.warning()),
        Given::Asks => ("choose", theme.warning()),
    };
    Strip::default()
        .own(if here { "> " } else { "  " }, theme.bold())
        .shown_cell(shown, value, theme.plain(), glyphs.cut)
        .own("  ", theme.plain())
        .shown_cell(becomes, to, theme.bold(), glyphs.cut)
        .own(" ", theme.plain())
        .cell(word, STATE - 1, style)
        .own(format!("{:>NUMBER$}", number(places(model, row).count())), theme.plain())
}

/// The rules that find it, and what was decided of it.
fn below(model: &Model, row: &StandIn, width: usize) -> Strip {
    let mut rules: Vec<&str> =
        row.groups.iter().map(|idx| model.session.info(*idx).name()).collect();
    rules.sort_unstable();
    rules.dedup();
    let why = match row.given {
        Given::Taken => ": another value has what was chosen",
        Given::Asks => ": wider than /24, nothing of its form is free",
        _ => "",
    };
    let text = format!(" {}{why}", rules.join(", "));
    Strip::default().cell(&text, width, model.theme.dim())
}
