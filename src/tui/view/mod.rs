// SPDX-License-Identifier: MIT OR Apache-2.0
//! Draws the model. Only what is visible is built, so a frame costs the same at any number of
//! findings.

mod attest;
mod chrome;
mod code;
mod dashboard;
mod detail;
mod facets;
mod files;
mod footer;
mod history;
mod licences;
mod list;
mod overlay;
mod own_words;
mod paint;
mod pair;
mod place_row;
mod preview;
mod readiness;
mod said;
mod stand_ins;
mod suggestions;

use ratatui::{Frame, layout::Rect};

use super::{
    command::Command,
    layout::{self, LEAST},
    model::{Model, Screen},
};

pub(crate) use attest::count as attest_lines;
pub(crate) use chrome::banner_lines;
pub(crate) use code::span_in;
pub(crate) use dashboard::{ROTATION, rows as dashboard_rows};
pub(crate) use detail::count as detail_lines;
pub(crate) use files::{last_top, page_here};
pub(crate) use history::count_lines as history_lines;
pub(crate) use overlay::rule_steps;
pub(crate) use paint::{count, number};
pub(crate) use preview::count as preview_lines;
pub(crate) use readiness::{ReadyLine, lines as ready_lines};

/// Draws the model.
pub fn view(model: &Model, frame: &mut Frame<'_>) {
    let area = frame.area();
    let buf = frame.buffer_mut();
    if layout::too_small(model) || area.width < LEAST.0 || area.height < LEAST.1 {
        let (w, h) = LEAST;
        let back = model.keys.of(Command::Back, model.screen).first().map_or("C-c", |key| key);
        let text = format!("{w}x{h} needed, {}x{} now; {back} leaves", area.width, area.height);
        if area.height > 0 {
            buf.set_stringn(0, 0, text, usize::from(area.width), model.theme.bold());
        }
        return;
    }
    if area.width < model.size.0 || area.height < model.size.1 {
        // The terminal shrank a moment ago: the message about it is on its way.
        return;
    }
    let areas = layout::areas(model);
    chrome::header(model, areas.header, buf);
    chrome::draw_banners(model, areas.banners, buf);
    match model.screen {
        Screen::Dashboard => dashboard::draw(model, areas.body, buf),
        Screen::Walk => walk(model, &areas, buf),
        Screen::Preview => preview::draw(model, areas.body, buf),
        Screen::Readiness => readiness::draw(model, areas.body, buf),
        Screen::Attestations => attest::draw(model, &areas, buf),
        Screen::Files => files::draw(model, &areas, buf),
    }
    chrome::status(model, areas.status, buf);
    footer::draw(model, areas.footer, buf);
    overlay::draw(model, areas.body, buf);
    if model.theme.ascii() {
        to_ascii(buf);
    }
}

/// A line at the right of `area`.
fn wall(model: &Model, area: Rect, buf: &mut ratatui::buffer::Buffer) {
    for y in area.y..area.y + area.height {
        buf.set_string(area.x + area.width, y, model.theme.glyphs.wall, model.theme.dim());
    }
}

/// Replaces our own signs where the terminal is said to know only ASCII. Letters of the
/// repository stay as they are.
fn to_ascii(buf: &mut ratatui::buffer::Buffer) {
    for cell in &mut buf.content {
        let plain = match cell.symbol().chars().next() {
            Some('…') => "~",
            Some('·') => ".",
            Some('•') => "*",
            Some('⟨') => "<",
            Some('⟩') => ">",
            // Pictures of control characters, and what stands for bytes that are no text.
            Some('\u{2400}'..='\u{2426}' | '\u{fffd}') => "?",
            _ => continue,
        };
        cell.set_symbol(plain);
    }
}

fn walk(model: &Model, areas: &layout::Areas, buf: &mut ratatui::buffer::Buffer) {
    if let Some(area) = areas.list {
        list::draw(model, area, buf);
    }
    if let Some(area) = areas.facets {
        facets::draw(model, area, buf);
        wall(model, area, buf);
    }
    if let (Some(list), Some(_)) = (areas.list, areas.detail) {
        wall(model, list, buf);
    }
    if let Some(area) = areas.detail {
        let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(1), ..area };
        detail::draw(model, if areas.list.is_some() { inner } else { area }, buf);
    }
    if let Some(area) = areas.fold {
        detail::draw_folded(model, area, buf);
    }
}
