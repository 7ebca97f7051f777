// SPDX-License-Identifier: MIT OR Apache-2.0
//! The detail pane: one place, why it was flagged, what was said about it.

use ratatui::{buffer::Buffer, layout::Rect, text::Line};

use super::{
    code, history,
    paint::{self, Strip},
    pair,
    said::said,
};
use crate::{
    domain::{Category, Class, Finding, NotScanned, Place, RepoPath, because},
    review::{Draw, FindingIdx, Turn},
    tui::{
        layout,
        model::Model,
        place,
        rows::Anchor,
        text::{Shown, fold},
    },
};

/// Lines of context at most.
const CONTEXT: usize = 15;

pub(super) fn draw(model: &Model, area: Rect, buf: &mut Buffer) {
    let width = usize::from(area.width);
    let lines = document(model, width, usize::from(area.height));
    let height = usize::from(area.height);
    let scroll = model.detail.scroll.min(lines.len().saturating_sub(1));
    for (y, line) in lines.iter().skip(scroll).take(height).enumerate() {
        paint::line(line, area, y, buf);
    }
    if lines.len() > scroll + height {
        let more = format!(" {} more below ", lines.len() - scroll - height);
        let strip = Strip::default().own("", model.theme.plain());
        strip.right(&more, width, model.theme.dim()).draw(area, height - 1, buf);
    }
}

/// Returns how many lines the pane has now.
pub(crate) fn count(model: &Model) -> usize {
    let Some(area) = layout::areas(model).detail else { return 0 };
    document(model, usize::from(area.width).saturating_sub(1), usize::from(area.height)).len()
}

/// The place under the cursor in three lines, where there is no room for the pane.
pub(super) fn draw_folded(model: &Model, area: Rect, buf: &mut Buffer) {
    let theme = &model.theme;
    let width = usize::from(area.width);
    let bar = theme.glyphs.bar.repeat(width);
    Strip::default().own(bar, theme.dim()).draw(area, 0, buf);
    let Some(idx) = model.shown() else {
        if let Some(text) = not_scanned(model) {
            Strip::default().own(" ", theme.plain()).shown(text.0, theme.bold()).draw(area, 1, buf);
            Strip::default()
                .own(" ", theme.plain())
                .shown(text.1, theme.plain())
                .draw(area, 2, buf);
        }
        return;
    };
    let finding = model.session.finding(idx);
    place_line(model, idx, width).draw(area, 1, buf);
    let line = match (model.file(&finding.text_of()), &finding.place) {
        (Some(Ok(file)), Place::Span(_) | Place::File)
            if code::span_in(finding, file).is_some_and(|span| !span.is_empty()) =>
        {
            code::one_line(model, finding, file, width - 1)
        }
        _ => Line::from(title_of(model, finding)),
    };
    let inner = Rect { x: area.x + 1, width: area.width - 1, ..area };
    paint::line(&line, inner, 2, buf);
}

fn title_of(model: &Model, finding: &Finding) -> String {
    model.session.rules().info(finding.rule).title.clone()
}

fn not_scanned(model: &Model) -> Option<(Shown, Shown)> {
    let Anchor::NotScanned(i) = model.row()?.anchor else { return None };
    let file = model.session.not_scanned().get(i)?;
    let dots = model.theme.glyphs.dots;
    Some((model.veil.path(&file.path, dots), model.veil.text(file.why.reason().as_bytes(), dots)))
}

/// `path:12   place 4/57 · shapes seen 2/3`
fn place_line(model: &Model, idx: FindingIdx, width: usize) -> Strip {
    let theme = &model.theme;
    let finding = model.session.finding(idx);
    let (seen, all) = model.session.shapes(model.session.group_of(idx));
    let places = model.row().map_or(1, |row| row.places(&model.session).len());
    let mut right = String::new();
    if places > 1 {
        right = format!("place {}/{places}", model.detail.place + 1);
    }
    if all > 1 || seen < all {
        right = format!("{right} {} shapes seen {seen}/{all}", theme.glyphs.sep);
    }
    let line = place::line(finding);
    let past = if finding.layer.is_tree() { "" } else { theme.glyphs.past };
    let gap = if past.is_empty() { "" } else { " " };
    let used = right.chars().count() + line.len() + past.chars().count() + gap.len();
    Strip::default()
        .own(" ", theme.plain())
        .own(format!("{past}{gap}"), theme.warning())
        .shown(place::long(model, idx, width.saturating_sub(used + 3)), theme.bold())
        .own(line, theme.bold())
        .right(&format!("{} ", right.trim_start_matches([' ', '·', '-'])), width, theme.dim())
}

/// Everything the pane can show, top to bottom.
fn document(model: &Model, width: usize, height: usize) -> Vec<Line<'static>> {
    let Some(idx) = model.shown() else { return without_place(model, width) };
    let finding = model.session.finding(idx);
    let mut out = head(model, idx, finding, width);
    out.push(Line::default());
    out.extend(context(model, finding, width, height));
    out.push(Line::default());
    out.extend(said(model, idx, width));
    let asked = model.session.standing(idx).turn == Turn::Waits;
    out.extend(rule(model, finding, width, asked));
    out
}

fn without_place(model: &Model, width: usize) -> Vec<Line<'static>> {
    let Some((path, why)) = not_scanned(model) else {
        let hint = "select a row to see its place";
        return vec![Line::default(), Line::styled(format!(" {hint}"), model.theme.dim())];
    };
    let plain = model.theme.plain();
    let path = path.crop_path(width.saturating_sub(2), model.theme.glyphs.cut);
    let mut out = vec![
        Strip::default().own(" ", plain).shown(path, model.theme.bold()).line(),
        Strip::default().own(" ", plain).shown(why, model.theme.warning()).line(),
        Line::default(),
    ];
    let row = model.row().map(|row| &row.anchor);
    let file = match row {
        Some(Anchor::NotScanned(i)) => model.session.not_scanned().get(*i),
        _ => None,
    };
    let text = if file.is_some_and(|file| matches!(file.why, NotScanned::TooMany(_))) {
        "More stands here than is listed. Say that you looked at all of it ({approve}), which \
         approves everything in it that is undecided, or leave the file out of the release \
         ({exclude})."
    } else if file.is_some_and(|file| file.why == NotScanned::OutOfScope) {
        "Nobody looked at it, and no release will hold it. out_of_scope in .debut/config.toml says \
         so: to have it judged, change that and scan again."
    } else if file.is_some_and(|file| matches!(file.why, NotScanned::CutOff(_))) {
        "It was looked into as far as the limits go, and what was found there is listed. Open it \
         yourself ({edit}), then say that you looked ({approve}), or leave it out of the release \
         ({exclude})."
    } else if file.is_some_and(|file| place::is_file(&file.path)) {
        "Nothing could be found in this file, which does not mean that nothing is there. Open it \
         yourself ({edit}), then say that you looked ({approve}), or leave it out of the release \
         ({exclude})."
    } else {
        "This object could not be judged, and no file of the reviewed commit holds it. Mend the \
         repository and scan again, or say that you know what it is ({approve})."
    };
    out.extend(folded(&model.hint(text), width, plain));
    out
}

fn head(model: &Model, idx: FindingIdx, finding: &Finding, width: usize) -> Vec<Line<'static>> {
    let theme = &model.theme;
    let info = model.session.rules().info(finding.rule);
    let title = Shown::new(info.title.as_bytes()).crop(width.saturating_sub(12), theme.glyphs.cut);
    let focused = model.detail.focused;
    let mark = if focused { theme.glyphs.focus } else { " " };
    let first = Strip::default()
        .own(mark, theme.pane(focused))
        .own(finding.severity.word(), theme.severity(finding.severity))
        .own("  ", theme.plain())
        .shown(title, if focused { theme.heading() } else { theme.plain() });
    let id = format!("{} ", info.id);
    let value = model.veil.value(&model.session, finding, theme.glyphs.dots);
    let masked = model.veil.hides(&model.session, finding);
    let size = if masked { model.hint("  (masked, {show-values} shows it)") } else { "".into() };
    let room = width.saturating_sub(9 + size.len());
    let value = match finding.place {
        Place::File if value.as_str().contains('/') => value.crop_path(room, theme.glyphs.cut),
        _ => value.crop(room, theme.glyphs.cut),
    };
    let second = Strip::default()
        .own(" value  ", theme.dim())
        .shown(value, theme.plain())
        .own(size, theme.dim());
    let mut out = vec![first.right(&id, width, theme.dim()).line(), second.line()];
    out.push(place_line(model, idx, width).line());
    out.extend(pair::with(model, idx, width));
    out.extend(history::summary(model, idx));
    out.extend(strip_of_places(model, width));
    out
}

/// One glyph for each place near the one shown: `○○▨[○]✓`.
fn strip_of_places(model: &Model, width: usize) -> Option<Line<'static>> {
    let theme = &model.theme;
    let places = model.row()?.places(&model.session);
    if places.len() < 2 {
        return None;
    }
    let room = width.saturating_sub(14).min(60);
    let first = model.detail.place.saturating_sub(room / 2).min(places.len().saturating_sub(room));
    let mut strip = Strip::default().own(" places ", theme.dim());
    strip = strip.own(if first > 0 { theme.glyphs.cut } else { "" }, theme.dim());
    for (i, idx) in places.iter().enumerate().skip(first).take(room) {
        let standing = model.session.standing(*idx);
        let verdict = standing.verdict;
        let (glyph, _) = theme.stamp(verdict);
        let (glyph, style) = match standing {
            s if s.needs_second => (theme.glyphs.part, theme.verdict(verdict)),
            s if s.draw == Draw::Due => (theme.glyphs.open, theme.warning()),
            _ => (glyph, theme.verdict(verdict)),
        };
        let style = if i == model.detail.place { theme.span() } else { style };
        strip = strip.own(glyph, style);
    }
    let more = if first + room < places.len() { theme.glyphs.cut } else { "" };
    Some(
        strip
            .own(more, theme.dim())
            .own(model.hint("  {next-place} {previous-place}"), theme.key())
            .line(),
    )
}

fn context(model: &Model, finding: &Finding, width: usize, height: usize) -> Vec<Line<'static>> {
    let theme = &model.theme;
    let note = |text: &str| vec![Line::styled(format!(" {text}"), theme.dim())];
    match (&finding.place, model.file(&finding.text_of())) {
        (Place::Repository, _) => note("about the repository as a whole"),
        // What is said of a folder stands beside no text.
        (Place::File, _) if is_folder(model, finding) => note("about the whole folder"),
        (_, None) => note("loading…"),
        (_, Some(Err(why))) => {
            let why = model.veil.text(why.as_bytes(), theme.glyphs.dots);
            note(&format!("the text can't be shown: {why}"))
        }
        (_, Some(Ok(file))) if code::span_in(finding, file).is_none() => {
            note(&model.hint("this text changed since it was scanned: {rescan} scans it anew"))
        }
        (place, Some(Ok(file))) => {
            // The rule's words below stay in reach on a low screen.
            let rows = CONTEXT.min((height * 3 / 5).max(3));
            let mut out = Vec::new();
            if *place == Place::File && finding.line().is_none() {
                out.extend(note("about the whole file"));
            }
            out.extend(code::context(model, finding, file, rows, width));
            out
        }
    }
}

fn is_folder(model: &Model, finding: &Finding) -> bool {
    let gap = model.session.rules().info(finding.rule).class == Class::Licence;
    let below = |path: &RepoPath| path.is_within(&finding.path) && *path != finding.path;
    gap && model.session.files().iter().any(|file| below(&file.path))
}

/// What its rule says; what to do stands beside the question already where one is `asked`.
fn rule(model: &Model, finding: &Finding, width: usize, asked: bool) -> Vec<Line<'static>> {
    let theme = &model.theme;
    let info = model.session.rules().info(finding.rule);
    let sure = format!("{} confidence ", finding.confidence.word());
    let head = Strip::default().own(" Why this is flagged", theme.heading());
    let mut out = vec![head.right(&sure, width, theme.dim()).line()];
    if info.category == Category::Internal
        && let Some(because) = because(&model.words, info.name(), finding.value.expose())
    {
        let because = model.veil.text(because.as_bytes(), theme.glyphs.dots);
        out.extend(folded(because.as_str(), width, theme.bold()));
    }
    out.extend(folded(&info.why, width, theme.plain()));
    if !asked {
        out.push(Line::styled(" What to do", theme.heading()));
        out.extend(folded(&info.remedy, width, theme.plain()));
    }
    // A gap is approved, corrected or mended; a word in its place would close none.
    if info.class == Class::Licence {
        return out;
    }
    let puts = model.stand_in.as_ref().map_or("", |(_, text)| text);
    let asks = |idx| model.session.stand_in(idx).is_none();
    if !puts.is_empty() {
        out.extend(labelled(model, "redact puts", puts, width));
    } else if finding.place.span().is_some() && model.shown().is_some_and(asks) {
        let words = "nothing, until {stand-ins} says what takes its place";
        out.extend(labelled(model, "redact puts", &model.hint(words), width));
    }
    out
}

pub(super) fn labelled(model: &Model, label: &str, text: &str, width: usize) -> Vec<Line<'static>> {
    let text = model.veil.text(text.as_bytes(), model.theme.glyphs.dots);
    let text = format!("{label}: {text}");
    folded(&text, width, model.theme.plain())
}

pub(super) fn folded(text: &str, width: usize, style: ratatui::style::Style) -> Vec<Line<'static>> {
    let lines = fold(text, width.saturating_sub(2));
    lines.into_iter().map(|line| Line::styled(format!(" {line}"), style)).collect()
}

pub(super) fn day(at: i64) -> String {
    jiff::Timestamp::from_millisecond(at)
        .map_or_else(|_| "?".to_owned(), |at| at.strftime("%Y-%m-%d").to_string())
}

/// The rule's own words, for the overlay.
pub(super) fn rule_text(model: &Model, width: usize) -> Vec<Line<'static>> {
    let Some(idx) = model.shown() else { return Vec::new() };
    let finding = model.session.finding(idx);
    let info = model.session.rules().info(finding.rule);
    let theme = &model.theme;
    let group = model.session.group(model.session.group_of(idx));
    let mut out = vec![Line::styled(format!(" {}", info.title), theme.bold())];
    let words = format!(
        "{}, {} by itself, {} here, {} confidence",
        info.id,
        info.severity.word(),
        finding.severity.word(),
        finding.confidence.word()
    );
    out.extend(folded(&words, width, theme.dim()));
    let places = paint::count(group.members.len(), "place");
    out.push(Line::styled(format!(" this value: {places}"), theme.dim()));
    out.push(Line::default());
    out.extend(rule(model, finding, width, false));
    out
}
