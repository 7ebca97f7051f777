// SPDX-License-Identifier: MIT OR Apache-2.0
//! The release checklist: its items at the left, what is asked and answered at the right.

use ratatui::{buffer::Buffer, layout::Rect, style::Style, text::Line};

use super::paint::{self, Strip};
use crate::{
    domain::{Answer, Item, Verdict, Vote},
    ops::{Hint, Leads},
    review::AttestState,
    tui::{
        attest::{self, AttestLine},
        layout,
        model::Model,
        text::{Shown, fold},
    },
};

/// Returns glyph, word and style of how an item stands.
fn stamp(model: &Model, state: AttestState) -> (&'static str, &'static str, Style) {
    let theme = &model.theme;
    let glyphs = &theme.glyphs;
    match state {
        AttestState::Open => (glyphs.open, "open", theme.plain()),
        AttestState::Changed => (glyphs.reopened, "again", theme.warning()),
        AttestState::Disputed => (glyphs.part, "differ", theme.error()),
        AttestState::Answered(Answer::Yes) => {
            (glyphs.approve, "yes", theme.verdict(Some(Verdict::Approve)))
        }
        AttestState::Answered(Answer::No) => (glyphs.exclude, "no", theme.error()),
        AttestState::Answered(Answer::NotApplicable) => ("-", "n/a", theme.dim()),
    }
}

/// Texts may come from the repository under review.
fn shown(model: &Model, text: &str) -> Shown {
    model.veil.text(text.as_bytes(), model.theme.glyphs.dots)
}

pub(super) fn draw(model: &Model, areas: &layout::Areas, buf: &mut Buffer) {
    if let Some(area) = areas.list {
        list(model, area, buf);
    }
    if let (Some(list), Some(_)) = (areas.list, areas.detail) {
        super::wall(model, list, buf);
    }
    if let Some(area) = areas.detail {
        let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(1), ..area };
        detail(model, if areas.list.is_some() { inner } else { area }, buf);
    }
    if let Some(area) = areas.fold {
        folded(model, area, buf);
    }
}

fn list(model: &Model, area: Rect, buf: &mut Buffer) {
    let theme = &model.theme;
    let template = model.session.template();
    let lines = attest::lines(template);
    if lines.is_empty() {
        let text = " This review has no release checklist.";
        return Strip::default().own(text, theme.dim()).draw(area, 0, buf);
    }
    let width = usize::from(area.width);
    let height = usize::from(area.height);
    for (y, line) in lines.into_iter().skip(model.attest.top).take(height).enumerate() {
        match line {
            AttestLine::Head(i) => {
                let title = template.sections.get(i).map_or("", String::as_str);
                let title = shown(model, title).crop(width.saturating_sub(2), theme.glyphs.cut);
                let strip = Strip::default().own(" ", theme.plain());
                strip.shown(title, theme.heading()).draw(area, y, buf);
            }
            AttestLine::Item(i) => {
                let Some(item) = template.items.get(i) else { continue };
                let here = i == model.attest.cursor;
                row(model, item, here, width).draw(area, y, buf);
                if here {
                    paint::tint(area, y, theme.selected(!model.attest.focused), buf);
                }
            }
        }
    }
}

fn row(model: &Model, item: &Item, here: bool, width: usize) -> Strip {
    let theme = &model.theme;
    let state = model.session.attest_state(&item.id);
    let (glyph, word, style) = stamp(model, state);
    let waits = model.attest.words.contains_key(&item.id);
    let note = if waits { theme.glyphs.note } else { " " };
    let strip = Strip::default()
        .own(if here { " > " } else { "   " }, theme.bold())
        .cell(glyph, 2, style)
        .cell(word, 7, style)
        .own(format!("{note} "), theme.warning());
    let need = if item.required { "" } else { "optional " };
    let room = width.saturating_sub(strip.used() + need.len() + 1);
    let title = shown(model, &item.title).crop(room, theme.glyphs.cut);
    strip.shown(title, theme.plain()).right(need, width, theme.dim())
}

/// The item under the cursor in two lines, where there is no room for the pane.
fn folded(model: &Model, area: Rect, buf: &mut Buffer) {
    let theme = &model.theme;
    let width = usize::from(area.width);
    let bar = theme.glyphs.bar.repeat(width);
    Strip::default().own(bar, theme.dim()).draw(area, 0, buf);
    let Some(item) = attest::here(model) else { return };
    let room = width.saturating_sub(2);
    let lines = fold(shown(model, &item.text).as_str(), room);
    let more = lines.len() > 2;
    for (y, line) in lines.into_iter().take(2).enumerate() {
        let line = if more && y == 1 { format!("{line} {}", theme.glyphs.cut) } else { line };
        let line = Shown::new(line.as_bytes()).crop(room, theme.glyphs.cut);
        let strip = Strip::default().own(" ", theme.plain());
        strip.shown(line, theme.plain()).draw(area, y + 1, buf);
    }
}

fn detail(model: &Model, area: Rect, buf: &mut Buffer) {
    let lines = document(model, usize::from(area.width));
    let height = usize::from(area.height);
    let scroll = model.attest.scroll.min(lines.len().saturating_sub(1));
    for (y, line) in lines.iter().skip(scroll).take(height).enumerate() {
        paint::line(line, area, y, buf);
    }
    if lines.len() > scroll + height {
        let more = format!(" {} more below ", lines.len() - scroll - height);
        let strip = Strip::default().own("", model.theme.plain());
        let width = usize::from(area.width);
        strip.right(&more, width, model.theme.dim()).draw(area, height - 1, buf);
    }
}

/// Returns how many lines the pane has now.
pub(crate) fn count(model: &Model) -> usize {
    let Some(area) = layout::areas(model).detail else { return 0 };
    document(model, usize::from(area.width).saturating_sub(1)).len()
}

/// Everything the pane can show, top to bottom.
fn document(model: &Model, width: usize) -> Vec<Line<'static>> {
    let Some(item) = attest::here(model) else { return Vec::new() };
    let theme = &model.theme;
    let (glyph, word, style) = stamp(model, model.session.attest_state(&item.id));
    let focused = model.attest.focused;
    let mark = if focused { theme.glyphs.focus } else { " " };
    let need = if item.required { "required" } else { "optional" };
    let title = shown(model, &item.title).crop(width.saturating_sub(12), theme.glyphs.cut);
    let mut out = vec![
        Strip::default()
            .own(mark, theme.pane(focused))
            .shown(title, if focused { theme.heading() } else { theme.bold() })
            .right(&format!("{need} "), width, theme.dim())
            .line(),
        Strip::default()
            .own(format!(" {glyph} {word}"), style)
            .right(&format!("{} ", item.id), width, theme.dim())
            .line(),
        Line::default(),
    ];
    out.extend(paragraph(model, &item.text, width, theme.plain()));
    if !item.source.is_empty() {
        out.push(Line::default());
        out.extend(paragraph(model, &format!("asked by {}", item.source), width, theme.dim()));
    }
    out.push(Line::default());
    out.extend(hints(model, width));
    out.extend(answers(model, item, width));
    out.extend(waiting(model, item, width));
    out.extend(origin(model, width));
    out
}

fn paragraph(model: &Model, text: &str, width: usize, style: Style) -> Vec<Line<'static>> {
    let text = shown(model, text);
    let lines = fold(text.as_str(), width.saturating_sub(2));
    lines.into_iter().map(|line| Line::styled(format!(" {line}"), style)).collect()
}

fn hints(model: &Model, width: usize) -> Vec<Line<'static>> {
    let theme = &model.theme;
    let hints = attest::hints(model);
    if hints.is_empty() {
        return Vec::new();
    }
    let mut out = vec![Line::styled(" Hints", theme.heading())];
    for (i, hint) in hints.iter().enumerate() {
        let here = model.attest.focused && i == model.attest.hint;
        out.extend(one_hint(model, hint, here, width));
    }
    out.push(Line::default());
    out
}

fn one_hint(model: &Model, hint: &Hint, here: bool, width: usize) -> Vec<Line<'static>> {
    let theme = &model.theme;
    let leads = if hint.leads == Leads::Nowhere { "" } else { "  Enter" };
    let text = shown(model, &hint.text);
    let lines = fold(text.as_str(), width.saturating_sub(4));
    let last = lines.len().saturating_sub(1);
    let mut out = Vec::new();
    for (y, line) in lines.into_iter().enumerate() {
        let mark = match y {
            0 if here => " > ",
            0 => " - ",
            _ => "   ",
        };
        let strip = Strip::default().own(mark, theme.bold()).own(line, theme.plain());
        let key = if y == last && here { leads } else { "" };
        out.push(strip.own(key, theme.key()).line());
    }
    for path in &hint.paths {
        let path = model.veil.path(path, theme.glyphs.dots);
        let path = path.crop_start(width.saturating_sub(6), theme.glyphs.cut);
        out.push(Strip::default().own("     ", theme.plain()).shown(path, theme.dim()).line());
    }
    if hint.more > 0 {
        out.push(Line::styled(format!("     {} more", paint::number(hint.more)), theme.dim()));
    }
    out
}

/// What each reviewer said.
fn answers(model: &Model, item: &Item, width: usize) -> Vec<Line<'static>> {
    let theme = &model.theme;
    let answers = model.session.answers(&item.id);
    if answers.is_empty() {
        return Vec::new();
    }
    let mut out = vec![Line::styled(" Answers", theme.heading())];
    for (answer, vote) in &answers {
        out.extend(one_answer(model, *answer, vote, width));
    }
    if model.session.attest_state(&item.id) == AttestState::Disputed {
        let text = "Reviewers differ, and the sign-off waits until they agree: answer anew, or \
                    take yours back ({withdraw}).";
        out.extend(paragraph(model, &model.hint(text), width, theme.error()));
    }
    if answers.iter().any(|(_, vote)| !model.session.answers_what_is_asked(vote)) {
        let text = "Asked differently since: answer again. What was said about the earlier text \
                    is kept and does not count.";
        out.extend(paragraph(model, text, width, theme.warning()));
    }
    out.push(Line::default());
    out
}

fn one_answer(model: &Model, answer: Answer, vote: &Vote, width: usize) -> Vec<Line<'static>> {
    let theme = &model.theme;
    let (glyph, word, style) = stamp(model, AttestState::Answered(answer));
    let who = match &vote.name {
        Some(name) => format!("{name} (by {})", vote.by),
        None => vote.by.to_string(),
    };
    let who = format!("{who}, {}", super::detail::day(vote.at));
    let counts = model.session.answers_what_is_asked(vote);
    let style = if counts { style } else { theme.dim() };
    let strip = Strip::default().own(format!(" {glyph} "), style).cell(word, 5, style);
    let room = width.saturating_sub(strip.used() + 1);
    // A reviewer's own address is no secret of the repository.
    let who = Shown::new(who.as_bytes()).crop(room, theme.glyphs.cut);
    let mut out = vec![strip.shown(who, theme.plain()).line()];
    for (label, text) in [("note", &vote.note), ("link", &vote.to)] {
        let Some(text) = text else { continue };
        let text = shown(model, &format!("{label}: {text}"));
        let lines = fold(text.as_str(), width.saturating_sub(4));
        out.extend(lines.into_iter().map(|l| Line::styled(format!("   {l}"), theme.plain())));
    }
    out
}

/// What goes with the next answer.
fn waiting(model: &Model, item: &Item, width: usize) -> Vec<Line<'static>> {
    let Some(words) = model.attest.words.get(&item.id) else { return Vec::new() };
    let parts = [("note", &words.note), ("link", &words.link), ("name", &words.name)];
    let parts = parts.into_iter().filter_map(|(label, text)| Some((label, text.as_ref()?)));
    let parts: Vec<String> = parts.map(|(label, text)| format!("{label}: {text}")).collect();
    let text = format!("with your next answer: {}", parts.join("; "));
    paragraph(model, &text, width, model.theme.warning())
}

/// Where the items come from, if not from this program: the repository may bring its own.
fn origin(model: &Model, width: usize) -> Vec<Line<'static>> {
    let Some(file) = &model.session.template().file else { return Vec::new() };
    paragraph(model, &format!("this list is {file}"), width, model.theme.dim())
}
