// SPDX-License-Identifier: MIT OR Apache-2.0
//! The files of the commit at the left, the text of one at the right with all that was found in
//! it.

use std::ops::Range;

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::{Modifier, Style},
};

use super::{
    code::{self, Mark, Page},
    list::{filtered, place_in},
    paint::{self, Strip, count, number},
};
use crate::{
    domain::{RepoPath, Span, TextOf, Verdict},
    ops::FileText,
    review::{FindingIdx, Read, ReadCounts},
    tui::{
        files::{Show, line_count},
        layout::{self, Areas, FILE_HEAD},
        model::{Model, Scan},
        text::Shown,
    },
};

pub(super) fn draw(model: &Model, areas: &Areas, buf: &mut Buffer) {
    if let Some(area) = areas.list {
        list(model, area, buf);
    }
    if let (Some(list), Some(_)) = (areas.list, areas.detail) {
        super::wall(model, list, buf);
    }
    if areas.detail.is_some() {
        text(model, inner(areas), buf);
    }
    if let Some(area) = areas.fold {
        let bar = model.theme.glyphs.bar.repeat(usize::from(area.width));
        Strip::default().own(bar, model.theme.dim()).draw(area, 0, buf);
        let width = usize::from(area.width);
        let lines = [state(model, width), chosen(model, width)];
        lines.into_iter().enumerate().for_each(|(y, line)| line.draw(area, y + 1, buf));
    }
}

/// Returns where the text stands.
fn inner(areas: &Areas) -> Rect {
    let area = areas.detail.unwrap_or_default();
    let beside = u16::from(areas.list.is_some());
    Rect { x: area.x + beside, width: area.width.saturating_sub(beside), ..area }
}

fn list(model: &Model, area: Rect, buf: &mut Buffer) {
    title(model, area, buf);
    let pane = &model.files;
    if pane.rows.is_empty() {
        for (y, line) in nothing(model).into_iter().enumerate() {
            Strip::default().own(format!("   {line}"), model.theme.bold()).draw(area, y + 2, buf);
        }
        return;
    }
    let height = layout::list_height(&layout::areas(model));
    let rows = pane.rows.iter().enumerate().skip(pane.top).take(height);
    for (y, (i, file)) in rows.enumerate() {
        let here = i == pane.cursor;
        row(model, *file, here, usize::from(area.width)).draw(area, y + 1, buf);
        if here {
            paint::tint(area, y + 1, model.theme.selected(!pane.focused), buf);
        }
    }
}

fn title(model: &Model, area: Rect, buf: &mut Buffer) {
    let (theme, pane) = (&model.theme, &model.files);
    let mark = if pane.focused { " " } else { theme.glyphs.focus };
    let strip = Strip::default().own(format!("{mark}by file"), theme.pane(!pane.focused));
    let mut parts = Vec::new();
    if pane.show != Show::All {
        parts.push(pane.show.word().to_owned());
    }
    if !pane.text.is_empty() {
        parts.push(format!("named \"{}\"", pane.text));
    }
    let at = place_in(pane.cursor, pane.rows.len());
    let width = usize::from(area.width);
    let strip = filtered(model, strip, &parts, width.saturating_sub(at.len()));
    strip.right(&at, width, theme.dim()).draw(area, 0, buf);
}

/// Says why the list is empty.
fn nothing(model: &Model) -> Vec<String> {
    let all = model.session.files().len();
    if all == 0 {
        return vec![match model.scan {
            Scan::Done(_) => "This commit has no files.".into(),
            _ => "Files are listed when the scan is done.".into(),
        }];
    }
    let words = model.hint("{step-back} lists all files.").into();
    vec![format!("None of {} is listed here.", count(all, "file")), words]
}

/// How a file stands: a glyph, words, a style.
fn stand(model: &Model, file: usize) -> (&'static str, String, Style) {
    let (theme, glyphs, session) = (&model.theme, &model.theme.glyphs, &model.session);
    let Some(path) = session.files().get(file).map(|file| &file.path) else {
        return (" ", String::new(), theme.plain());
    };
    let found = || session.in_file(path).iter().filter(|i| session.finding(**i).layer.is_tree());
    let open = found().filter(|idx| session.open_for_reviewer(**idx)).count();
    let verdict = session.file_verdict(path);
    if verdict == Some(Verdict::Exclude) {
        return (glyphs.exclude, "exclude".into(), theme.verdict(verdict));
    }
    if open > 0 {
        return (glyphs.open, format!("{} open", number(open)), theme.bold());
    }
    if let Some(i) = model.files.unjudged.get(path) {
        let why = &session.not_scanned()[*i].why;
        let waits = why.blocks() && !verdict.is_some_and(|verdict| why.is_settled_by(verdict));
        let style = if waits { theme.error() } else { theme.dim() };
        return (if waits { "!" } else { " " }, why.word().into(), style);
    }
    if session.is_due(file) {
        return (glyphs.open, "to read".into(), theme.warning());
    }
    match found().filter_map(|idx| session.standing(*idx).verdict).max() {
        Some(verdict) => {
            let (glyph, _) = theme.stamp(Some(verdict));
            (glyph, format!("{} done", number(found().count())), theme.verdict(Some(verdict)))
        }
        None => (" ", String::new(), theme.plain()),
    }
}

fn row(model: &Model, file: usize, here: bool, width: usize) -> Strip {
    let theme = &model.theme;
    let (read, style) = match model.session.was_read(file) {
        Read::Yes => (theme.glyphs.approve, theme.verdict(Some(Verdict::Approve))),
        Read::Before => (theme.glyphs.reopened, theme.warning()),
        Read::No => (" ", theme.plain()),
    };
    let (glyph, words, stands) = stand(model, file);
    let right = 12.min(width / 3);
    let strip =
        Strip::default().own(if here { "> " } else { "  " }, theme.bold()).cell(read, 2, style);
    let room = width.saturating_sub(strip.used() + right + 3);
    let Some(path) = model.session.files().get(file).map(|file| &file.path) else { return strip };
    let path = model.veil.path(path, theme.glyphs.dots).crop_start(room, theme.glyphs.cut);
    strip
        .shown_cell(path, room, theme.plain(), theme.glyphs.cut)
        .own(" ", theme.plain())
        .cell(glyph, 2, stands)
        .cell(&words, right, stands)
}

/// The text of the file under the cursor below what is said of it.
fn text(model: &Model, area: Rect, buf: &mut Buffer) {
    let theme = &model.theme;
    let width = usize::from(area.width);
    let Some(of) = model.text_here() else { return };
    let focused = model.files.focused;
    let mark = if focused { theme.glyphs.focus } else { " " };
    let path = model.veil.path(&of.path, theme.glyphs.dots);
    let below =
        Rect { y: area.y + FILE_HEAD, height: area.height.saturating_sub(FILE_HEAD), ..area };
    let file = model.file(&of);
    let page = match file {
        Some(Ok(file)) => page(model, &of, file, below),
        _ => Page::default(),
    };
    let at = match file {
        Some(Ok(file)) => place(&page, line_count(file)),
        _ => String::new(),
    };
    let path = path.crop_start(width.saturating_sub(at.len() + 3), theme.glyphs.cut);
    let head = Strip::default().own(mark, theme.pane(focused)).shown(path, theme.heading());
    head.right(&at, width, theme.dim()).draw(area, 0, buf);
    state(model, width).draw(area, 1, buf);
    chosen(model, width).draw(area, 2, buf);
    let note = |words: String| {
        let words = model.veil.text(words.as_bytes(), theme.glyphs.dots);
        Strip::default().own(" ", theme.dim()).shown(words, theme.dim()).line()
    };
    let lines = match file {
        None => vec![note("loading…".into())],
        Some(Err(why)) => vec![note(format!("the text can't be shown: {why}"))],
        Some(Ok(file)) if file.text.is_empty() => vec![note("the file is empty".into())],
        Some(Ok(_)) => page.rows,
    };
    lines.iter().enumerate().for_each(|(y, line)| paint::line(line, below, y, buf));
}

/// Returns the part of `file` that is on screen.
pub(crate) fn page_here(model: &Model, file: &FileText, areas: &Areas) -> Page {
    let Some(of) = model.text_here() else { return Page::default() };
    let height = u16::try_from(layout::text_height(areas)).unwrap_or(u16::MAX);
    page(model, &of, file, Rect { height, ..inner(areas) })
}

/// Returns the first line of the last page of `file`.
pub(crate) fn last_top(model: &Model, file: &FileText, areas: &Areas) -> usize {
    let Some(of) = model.text_here() else { return 0 };
    let (count, room) = (line_count(file), layout::text_height(areas).max(1));
    if !model.detail.wrap {
        return count.saturating_sub(room);
    }
    let width = usize::from(inner(areas).width);
    let (mut top, mut rows) = (count, 0);
    while top > 0 {
        rows += code::height(model, &of, file, top - 1, width);
        if rows > room {
            break;
        }
        top -= 1;
    }
    top.min(count.saturating_sub(1))
}

fn page(model: &Model, of: &TextOf, file: &FileText, area: Rect) -> Page {
    let (width, height) = (usize::from(area.width), usize::from(area.height));
    let first = model.files.scroll.min(line_count(file).saturating_sub(1));
    let last = (first + height).min(line_count(file));
    let shown = file.lines.range(first).start..file.lines.range(last.saturating_sub(1)).end;
    code::page(model, of, file, first, (width, height), &marks(model, file, &shown))
}

/// Returns what was found in a part of the text; what is chosen comes first.
fn marks(model: &Model, file: &FileText, part: &Range<usize>) -> Vec<Mark> {
    let theme = &model.theme;
    let chosen = model.files.places.get(model.files.place);
    let mark = |idx: &FindingIdx| {
        let finding = model.session.finding(*idx);
        let told = || code::line_in(finding, file);
        let span = finding.place.span().map_or_else(told, Span::range);
        if span.start >= part.end || span.end <= part.start {
            return None;
        }
        let verdict = model.session.standing(*idx).verdict;
        let (sign, style) = match Some(idx) == chosen {
            true => (theme.glyphs.here, theme.span()),
            false => {
                let style = theme.verdict(verdict).add_modifier(Modifier::UNDERLINED);
                (theme.stamp(verdict).0, style)
            }
        };
        Some(Mark { span, style, sign })
    };
    let others = model.files.places.iter().filter(|idx| Some(*idx) != chosen);
    chosen.into_iter().chain(others).filter_map(mark).collect()
}

/// `lines 41-60 of 120`
fn place(page: &Page, lines: usize) -> String {
    let Range { start, end } = page.lines;
    format!("{}-{} of {} ", number(start + 1), number(end), count(lines, "line"))
}

/// Who has read the file, and what else is to be said of it.
fn state(model: &Model, width: usize) -> Strip {
    let theme = &model.theme;
    let Some(file) = model.file_here() else { return Strip::default() };
    let mut strip = Strip::default().own(" ", theme.plain());
    let readers = model.session.readers(&file.path);
    if readers.is_empty() {
        let due = model.session.file_at(&file.path).is_some_and(|i| model.session.is_due(i));
        let words = if due { "drawn to be read" } else { "not read yet" };
        strip = strip.own(words, if due { theme.warning() } else { theme.dim() });
    }
    for (i, (vote, holds)) in readers.iter().enumerate() {
        let day = super::detail::day(vote.at);
        let words = if *holds { "read by " } else { "changed since it was read by " };
        let comma = if i > 0 { "; " } else { "" };
        let style = if *holds { theme.plain() } else { theme.warning() };
        strip = strip
            .own(format!("{comma}{words}"), style)
            .shown(Shown::new(vote.by.as_bytes()), theme.bold())
            .own(format!(" {day}"), theme.dim());
    }
    let past = model.session.in_file(&file.path).len() - model.files.places.len();
    if past > 0 {
        let words = format!("{} in earlier versions ", count(past, "place"));
        strip = strip.right(&words, width, theme.dim());
    }
    strip
}

/// What is chosen: the finding, why the file could not be judged, or that nothing was found.
fn chosen(model: &Model, width: usize) -> Strip {
    let (theme, session) = (&model.theme, &model.session);
    let start = Strip::default().own(" ", theme.plain());
    let Some(file) = model.file_here() else { return Strip::default() };
    let Some(idx) = model.shown() else {
        return whole(model, &file.path, start);
    };
    let finding = session.finding(idx);
    let info = session.rules().info(finding.rule);
    let standing = session.standing(idx);
    let (glyph, word) = theme.stamp(standing.verdict);
    let (at, all) = (model.files.place + 1, model.files.places.len());
    let right = format!("{at}/{all} {} ", info.id);
    let strip = start
        .own(format!("{glyph} {word}  "), theme.verdict(standing.verdict))
        .own(format!("{}  ", finding.severity.word()), theme.severity(finding.severity));
    let title = Shown::new(info.title.as_bytes());
    let room = width.saturating_sub(strip.used() + right.len() + 1);
    let (right, room) = match room {
        12.. => (right, room),
        // The rule's own name gives way to what it means.
        _ => (format!("{at}/{all} "), width.saturating_sub(strip.used() + 8)),
    };
    strip.shown(title.crop(room, theme.glyphs.cut), theme.bold()).right(&right, width, theme.dim())
}

fn whole(model: &Model, path: &RepoPath, start: Strip) -> Strip {
    let (theme, session) = (&model.theme, &model.session);
    let verdict = session.file_verdict(path);
    let (glyph, word) = theme.stamp(verdict);
    let said = verdict.map(|_| format!("{glyph} {word}  ")).unwrap_or_default();
    let start = start.own(said, theme.verdict(verdict));
    match model.files.unjudged.get(path) {
        Some(i) => {
            let why = session.not_scanned()[*i].why.reason();
            let why = model.veil.text(format!("not judged: {why}").as_bytes(), theme.glyphs.dots);
            start.shown(why, theme.warning())
        }
        None => start.own("nothing was found in this file", theme.dim()),
    }
}

/// `12 of 230 files read, 3 to read of 20 drawn`
pub(super) fn words(counts: &ReadCounts) -> String {
    let mut out = format!("{} of {} read", number(counts.read), count(counts.files, "file"));
    if counts.changed > 0 {
        out.push_str(&format!(", {} changed since", number(counts.changed)));
    }
    if counts.drawn > 0 {
        let (due, drawn) = (number(counts.due), number(counts.drawn));
        out.push_str(&format!("; {due} of {drawn} drawn left to read"));
    }
    out
}
