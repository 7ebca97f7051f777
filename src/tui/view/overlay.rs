// SPDX-License-Identifier: MIT OR Apache-2.0
//! Draws what lies over a screen.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::Line,
    widgets::{Block, BorderType, Clear, Widget},
};

use super::{
    detail, history, licences, own_words,
    paint::{self, Strip, count},
    stand_ins, suggestions,
};
use crate::tui::{
    field::Field,
    layout,
    model::Model,
    overlay::{Confirm, Finder, Item, Menu, Overlay},
    place,
    table::Entry,
    text::{Shown, fold},
};

pub(super) fn draw(model: &Model, body: Rect, buf: &mut Buffer) {
    match &model.overlay {
        None => {}
        Some(Overlay::Finder(finder)) => draw_finder(model, finder, body, buf),
        Some(Overlay::Menu(menu)) => draw_menu(model, menu, body, buf),
        Some(Overlay::Confirm(confirm)) => draw_confirm(model, confirm, body, buf),
        Some(Overlay::Filter { field, .. }) => {
            let title = "Filter: rule, title, path, value, is:history|tree|metadata";
            draw_field(model, title, "/", field, body, buf);
        }
        Some(Overlay::Paths { field, .. }) => {
            draw_field(model, "List files whose path holds", "/", field, body, buf);
        }
        Some(Overlay::Count { turning, field }) => {
            let n = turning.values.len();
            let said = turning.said.map_or("", crate::domain::Rotated::title);
            let title = format!("Type {n} to say of all {n} credentials: {said}");
            draw_field(model, &title, "", field, body, buf);
        }
        Some(Overlay::Note { field, .. }) => {
            let title = "Note for your next verdict here (never a value)";
            draw_field(model, title, "", field, body, buf);
        }
        Some(Overlay::Saying { saying, field, .. }) => {
            draw_field(model, saying.title(), "", field, body, buf);
        }
        Some(Overlay::Licence { asked, field }) => {
            let said = crate::tui::update::said(model, *asked, field);
            let said = Shown::new(said.as_bytes());
            let room = usize::from(body.width).saturating_sub(6);
            let said = said.crop(room, model.theme.glyphs.cut);
            draw_field(model, said.as_str(), "", field, body, buf);
        }
        Some(Overlay::Export(field)) => {
            let title = "Write the report to (.md .html .json)";
            draw_field(model, title, "", field, body, buf);
        }
        Some(Overlay::History { places, scroll }) => {
            draw_history(model, places, *scroll, body, buf);
        }
        Some(Overlay::Suggestions(table)) => suggestions::draw(model, table, body, buf),
        Some(Overlay::Words(list)) => own_words::draw(model, list, body, buf),
        Some(Overlay::Licences(form)) => licences::draw(model, form, body, buf),
        Some(Overlay::StandIns(table)) => stand_ins::draw(model, table, None, body, buf),
        Some(Overlay::StandInTo { table, field }) => {
            stand_ins::draw(model, table, Some(field), body, buf);
        }
        Some(Overlay::RuleText(scroll)) => {
            let lines = rule_lines(model);
            let line = |i: usize, _: usize| lines[i].clone();
            draw_lines(model, ("Rule", lines.len(), *scroll), line, body, buf);
        }
    }
}

fn rule_lines(model: &Model) -> Vec<Line<'static>> {
    detail::rule_text(model, usize::from(text_width(model.size.0)) - 2)
}

/// Returns how far the text of the rule under the cursor can be scrolled, 0 if all of it is seen.
pub(crate) fn rule_steps(model: &Model) -> usize {
    let height = usize::from(layout::areas(model).body.height.saturating_sub(2));
    let lines = rule_lines(model).len();
    // Of what is cut one line says how much.
    if lines > height { lines - height + 1 } else { 0 }
}

/// Returns how wide a box with text is on a screen of `width`.
fn text_width(width: u16) -> u16 {
    width.saturating_sub(4).min(84)
}

fn draw_history(
    model: &Model,
    places: &[crate::review::FindingIdx],
    scroll: usize,
    body: Rect,
    buf: &mut Buffer,
) {
    let lines = history::count_lines(places.len());
    let line = |i: usize, width: usize| history::line(model, places, i, width);
    draw_lines(model, ("Line history", lines, scroll), line, body, buf);
}

/// Draws a box with so many lines, from one on, as far as it has room.
fn draw_lines(
    model: &Model,
    (title, lines, scroll): (&str, usize, usize),
    line: impl Fn(usize, usize) -> Line<'static>,
    body: Rect,
    buf: &mut Buffer,
) {
    let area = frame(model, title, (text_width(body.width), lines), body, buf);
    let height = usize::from(area.height);
    let top = scroll.min(lines.saturating_sub(height));
    let more = lines > top + height;
    let shown = height.min(lines) - usize::from(more);
    for y in 0..shown {
        paint::line(&line(top + y, usize::from(area.width)), area, y, buf);
    }
    if more {
        let more = format!(" {} more below ", lines - top - shown);
        let strip = Strip::default().own("", model.theme.plain());
        strip.right(&more, usize::from(area.width), model.theme.dim()).draw(area, shown, buf);
    }
}

/// Clears a box in the middle of `body` and returns its inside.
pub(super) fn frame(
    model: &Model,
    title: &str,
    size: (u16, usize),
    body: Rect,
    buf: &mut Buffer,
) -> Rect {
    let width = (size.0 + 2).min(body.width);
    let height = u16::try_from(size.1 + 2).unwrap_or(u16::MAX).min(body.height);
    let x = body.x + (body.width - width) / 2;
    let y = body.y + (body.height - height) / 3;
    let area = Rect { x, y, width, height };
    Clear.render(area, buf);
    // Borders of `+-|` would look like a table of the list; ASCII terminals get none.
    let plain = model.theme.ascii();
    let block = if plain {
        Block::bordered().border_set(ASCII_BORDER)
    } else {
        Block::bordered().border_type(BorderType::Rounded)
    };
    let title = Line::styled(format!(" {title} "), model.theme.heading());
    let block = block.title(title).border_style(model.theme.dim());
    let inner = block.inner(area);
    block.render(area, buf);
    inner
}

const ASCII_BORDER: ratatui::symbols::border::Set<'static> = ratatui::symbols::border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};

/// A text field with its cursor reversed; the end of a long text stays in sight.
pub(super) fn field_strip(model: &Model, prompt: &str, field: &Field, width: usize) -> Strip {
    let theme = &model.theme;
    let (before, after) = field.halves();
    let before =
        Shown::new(before.as_bytes()).crop_start(width.saturating_sub(prompt.len() + 3), "…");
    let mut rest = after.chars();
    let here = rest.next().map_or(" ".to_owned(), String::from);
    let room = width.saturating_sub(prompt.len() + before.width() + 3);
    Strip::default()
        .own(format!(" {prompt}"), theme.key())
        .shown(before, theme.plain())
        .shown(Shown::new(here.as_bytes()), theme.span())
        .shown(Shown::new(rest.as_str().as_bytes()).crop(room, "…"), theme.plain())
}

/// A field in a box at the bottom, so that the list stays in sight while it is typed.
pub(super) fn draw_field(
    model: &Model,
    title: &str,
    prompt: &str,
    field: &Field,
    body: Rect,
    buf: &mut Buffer,
) {
    let at = Rect { y: body.y + body.height.saturating_sub(3), height: body.height.min(3), ..body };
    let area = frame(model, title, (body.width.saturating_sub(2), 1), at, buf);
    field_strip(model, prompt, field, usize::from(area.width)).draw(area, 0, buf);
}

fn draw_finder(model: &Model, finder: &Finder, body: Rect, buf: &mut Buffer) {
    let theme = &model.theme;
    let entries = finder.entries(model);
    let width = body.width.saturating_sub(4).min(92);
    let title = if finder.help { "Help: type to filter" } else { "Commands" };
    let height = usize::from(body.height.saturating_sub(2));
    let area = frame(model, title, (width, height), body, buf);
    let prompt = if finder.help { "/" } else { ":" };
    field_strip(model, prompt, &finder.field, usize::from(area.width)).draw(area, 0, buf);
    let rows = usize::from(area.height.saturating_sub(1)).max(1);
    let top = (finder.cursor + 1).saturating_sub(rows);
    for (y, (i, (entry, why))) in entries.iter().enumerate().skip(top).take(rows).enumerate() {
        let here = i == finder.cursor;
        let mark = if here { "> " } else { "  " };
        let row = finder_row(model, (entry, why.as_deref()), finder.help, area.width.into(), mark);
        row.draw(area, y + 1, buf);
        if here {
            paint::tint(area, y + 1, theme.selected(true), buf);
        }
    }
    if entries.is_empty() {
        Strip::default().own("  no command fits", theme.dim()).draw(area, 1, buf);
    }
}

/// A command with its keys. The palette, where it is called by name, has the name as well.
fn finder_row(
    model: &Model,
    (entry, why): (&Entry, Option<&str>),
    help: bool,
    width: usize,
    mark: &'static str,
) -> Strip {
    let theme = &model.theme;
    let (text, key) = match why {
        Some(_) => (theme.dim(), theme.dim()),
        None => (theme.plain(), theme.key()),
    };
    let keys = Shown::new(model.keys.of(entry.command, model.screen).join(" ").as_bytes());
    let strip = Strip::default().own(mark, theme.bold()).shown_cell(
        keys.crop(13, theme.glyphs.cut),
        14,
        key,
        "",
    );
    let strip = match (help, why) {
        (false, _) => strip.cell(entry.command.name(), 16, text),
        (true, Some(_)) => strip.cell(entry.label, 16, text),
        (true, None) => strip,
    };
    let room = width.saturating_sub(strip.used());
    let words = match why {
        Some(why) => model.veil.text(format!("({why})").as_bytes(), theme.glyphs.dots),
        None => Shown::new(model.hint(entry.help).as_bytes()),
    };
    strip.shown(words.crop(room, theme.glyphs.cut), text)
}

fn draw_menu(model: &Model, menu: &Menu, body: Rect, buf: &mut Buffer) {
    let theme = &model.theme;
    let width = body.width.saturating_sub(4).min(72);
    let mut hints = fold(&menu.hint, usize::from(width).saturating_sub(3));
    hints.truncate(3);
    let size = (width, menu.items.len() + 1 + hints.len());
    let area = frame(model, &menu.title, size, body, buf);
    let below = hints.len() + 1;
    let rows = usize::from(area.height).saturating_sub(below).max(1);
    let top = (menu.cursor + 1).saturating_sub(rows);
    for (y, (i, item)) in menu.items.iter().enumerate().skip(top).take(rows).enumerate() {
        let here = i == menu.cursor;
        let start = Strip::default().own(if here { "> " } else { "  " }, theme.bold());
        menu_item(model, item, usize::from(area.width), start).draw(area, y, buf);
        // Where Enter does not choose, no row looks chosen.
        if here && !menu.enter_looks {
            paint::tint(area, y, theme.selected(true), buf);
        }
    }
    let hidden = menu.items.len().saturating_sub(top + rows);
    if hidden > 0 {
        let more = format!("{hidden} more below ");
        let strip = Strip::default().own("", theme.plain());
        strip.right(&more, usize::from(area.width), theme.dim()).draw(area, rows, buf);
    }
    let y = usize::from(area.height).saturating_sub(hints.len());
    for (i, hint) in hints.iter().enumerate() {
        let hint = Shown::new(hint.as_bytes());
        Strip::default().own("  ", theme.dim()).shown(hint, theme.dim()).draw(area, y + i, buf);
    }
}

fn menu_item(model: &Model, item: &Item, width: usize, start: Strip) -> Strip {
    let theme = &model.theme;
    let off = item.why_not.is_some();
    let style = if off { theme.dim() } else { theme.plain() };
    let right = match &item.why_not {
        Some(why) => format!("{}  {why} ", item.right),
        None => format!("{} ", item.right),
    };
    let strip = start
        .own(item.key.to_string(), if off { theme.dim() } else { theme.key() })
        .own("  ", style)
        .own(item.label.clone(), style);
    let strip = match &item.path {
        Some(path) => {
            let room = width.saturating_sub(strip.used() + right.chars().count() + 3);
            let path = if path.is_root() {
                Shown::new(b"./")
            } else {
                Shown::new(format!("{}/", model.veil.path(path, theme.glyphs.dots)).as_bytes())
            };
            strip.own(" ", style).shown(path.crop_folder(room, theme.glyphs.cut), style)
        }
        None => strip,
    };
    strip.right(&right, width, style)
}

fn draw_confirm(model: &Model, confirm: &Confirm, body: Rect, buf: &mut Buffer) {
    let theme = &model.theme;
    let width = body.width.saturating_sub(4).min(76);
    let size = (width, confirm.samples.len() + 4);
    let word = confirm.deed.verdict.word();
    let title = format!("{} {}?", word[..1].to_uppercase() + &word[1..], confirm.deed.words);
    // What is suggested may be named by a directory or a domain.
    let title = model.veil.text(title.as_bytes(), theme.glyphs.dots);
    let title = title.crop(usize::from(width).saturating_sub(2), theme.glyphs.cut);
    let area = frame(model, title.as_str(), size, body, buf);
    let files = match confirm.files {
        0 => "metadata".to_owned(),
        n => count(n, "file"),
    };
    let covers = format!(" {} in {files}; some of them:", count(confirm.places, "place"));
    Strip::default().own(covers, theme.bold()).draw(area, 0, buf);
    let room = usize::from(area.height).saturating_sub(4).min(confirm.samples.len());
    for (y, idx) in confirm.samples.iter().take(room).enumerate() {
        sample(model, *idx, usize::from(area.width)).draw(area, y + 1, buf);
    }
    Strip::default().own(format!(" {}", confirm.left), theme.warning()).draw(area, room + 1, buf);
    let y = room + 2;
    let ask = format!(" type {} to {word} them all: ", confirm.expected);
    let width = usize::from(area.width);
    let strip = field_strip(model, &ask, &confirm.field, width);
    strip.draw(area, y, buf);
    let wrong = !confirm.expected.starts_with(confirm.field.text());
    let hint = if wrong {
        "that is not the number; Ctrl-u empties the field".into()
    } else {
        model.hint("Enter does nothing here, Esc leaves; {undo} undoes it all")
    };
    let style = if wrong { theme.warning() } else { theme.dim() };
    Strip::default().own(format!(" {hint}"), style).draw(area, y + 1, buf);
}

pub(super) fn sample(model: &Model, idx: crate::review::FindingIdx, width: usize) -> Strip {
    let theme = &model.theme;
    let finding = model.session.finding(idx);
    let line = place::line(finding);
    let value = model.veil.value(&model.session, finding, theme.glyphs.dots);
    let half = width / 2;
    Strip::default()
        .own("   ", theme.plain())
        .shown(place::long(model, idx, half), theme.plain())
        .own(line, theme.plain())
        .own("  ", theme.plain())
        .shown(value.crop(half.saturating_sub(12), theme.glyphs.cut), theme.dim())
}
