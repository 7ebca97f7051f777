// SPDX-License-Identifier: MIT OR Apache-2.0
//! The form about licences: the answers, and what speaks for the one under the cursor.

use ratatui::{buffer::Buffer, layout::Rect};

use super::{
    overlay::{draw_field, frame},
    paint::{self, Strip},
};
use crate::{
    domain::Licensing,
    tui::{licences::LicenceForm, model::Model, text::fold},
};

/// What each field is called, in the order of [`Licensing::FIELDS`].
const LABELS: [&str; 6] =
    ["released under", "owners", "headers", "REUSE 3.3", "others' work in", "accepted"];
/// What each field asks for.
const ASKS: [&str; 6] = [
    "An SPDX expression such as MIT OR Apache-2.0.",
    "Names of holders, domains, addresses; commas between.",
    "Which source files must state it: off, new (those added later) or all.",
    "Whether every file must state licence and holder.",
    "Globs such as vendor/**; commas between.",
    "SPDX ids for others' work; commas between.",
];
/// Columns of the labels.
const LABEL: usize = 17;
/// Lines under the answers.
const FOOT: usize = 3;

pub(super) fn draw(model: &Model, form: &LicenceForm, body: Rect, buf: &mut Buffer) {
    let theme = &model.theme;
    let width = body.width.saturating_sub(4).min(92);
    let title = if form.first { "Licences: is this right?" } else { "Licences" };
    let height = Licensing::FIELDS.len() + 1 + FOOT;
    let area = frame(model, title, (width, height), body, buf);
    let wide = usize::from(area.width);
    for (y, field) in Licensing::FIELDS.into_iter().enumerate() {
        let here = y == form.cursor;
        let start = Strip::default().own(if here { "> " } else { "  " }, theme.bold());
        let strip = start.cell(LABELS[y], LABEL, theme.key());
        let room = wide.saturating_sub(strip.used() + 1);
        let strip = match form.answers.answer(field) {
            Some(text) => {
                let text = model.veil.text(text.as_bytes(), theme.glyphs.dots);
                strip.shown(text.crop(room, theme.glyphs.cut), theme.plain())
            }
            None => strip.own("not answered", theme.dim()),
        };
        strip.draw(area, y, buf);
        if here {
            paint::tint(area, y, theme.selected(true), buf);
        }
    }
    foot(model, form, area, buf);
    if let Some(field) = &form.editing {
        draw_field(model, LABELS[form.cursor], "", field, body, buf);
    }
}

/// What is asked for, and what speaks for the answer.
fn foot(model: &Model, form: &LicenceForm, area: Rect, buf: &mut Buffer) {
    let theme = &model.theme;
    let wide = usize::from(area.width).saturating_sub(2);
    let why = match form.why() {
        _ if model.locked().is_some() => model.locked().unwrap_or_default(),
        "" => String::new(),
        why => format!("Likely, going by {why}"),
    };
    let why = model.veil.text(why.as_bytes(), theme.glyphs.dots);
    let mut lines = fold(ASKS[form.cursor], wide);
    lines.truncate(FOOT - 1);
    let mut rest = fold(why.as_str(), wide);
    let room = FOOT - lines.len();
    if rest.len() > room {
        rest.truncate(room);
        rest[room - 1].push_str(theme.glyphs.cut);
    }
    let top = Licensing::FIELDS.len() + 1;
    let asks = lines.len();
    for (y, line) in lines.into_iter().chain(rest).enumerate() {
        let style = if y < asks { theme.plain() } else { theme.dim() };
        Strip::default().own(format!(" {line}"), style).draw(area, top + y, buf);
    }
}
