// SPDX-License-Identifier: MIT OR Apache-2.0
//! What redacting a group changes, as a diff.

use std::ops::Range;

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
};

use super::{
    code,
    paint::{self, Strip, count as counted},
};
use crate::{
    domain::{Class, Finding},
    redact::{DiffLine, FilePreview, LineKind},
    review::FindingIdx,
    tui::{model::Model, text::Cleaner},
};

/// What no diff can show.
const RENAME: &str = "in the name of a file: rename it, or leave it out";

/// What asks for a decision first.
const STAYS: &str = "stays as it is: {stand-ins} chooses what takes its place";

/// A line of the preview.
enum Item<'a> {
    /// So many places stand in no file of the reviewed commit.
    Past(usize),
    /// So many places are names of its files.
    Named(usize),
    /// So many places stay, because nobody has chosen what takes their place.
    Stays(usize),
    Warning(&'a str),
    File(&'a FilePreview),
    Diff(&'a DiffLine),
    Blank,
}

/// Lines in order; only those on screen are drawn.
fn items(model: &Model) -> Vec<Item<'_>> {
    let Some(Ok(preview)) = &model.preview.result else { return Vec::new() };
    let past = past_places(model);
    let named = named_places(model);
    let mut out: Vec<Item<'_>> = (past > 0).then_some(Item::Past(past)).into_iter().collect();
    out.extend((named > 0).then_some(Item::Named(named)));
    let stays = staying_places(model);
    out.extend((stays > 0).then_some(Item::Stays(stays)));
    out.extend(preview.warnings.iter().map(|w| Item::Warning(w)));
    for file in &preview.files {
        if !out.is_empty() {
            out.push(Item::Blank);
        }
        out.push(Item::File(file));
        out.extend(file.warnings.iter().map(|w| Item::Warning(w)));
        out.extend(file.lines.iter().map(Item::Diff));
    }
    out
}

/// Returns how many places of the group shown are in the history or in metadata.
fn past_places(model: &Model) -> usize {
    places(model, |finding| !finding.in_commit())
}

/// Returns how many are names of files that the reviewed commit has.
fn named_places(model: &Model) -> usize {
    places(model, |finding| finding.in_commit() && !finding.layer.is_tree())
}

fn places(model: &Model, counts: impl Fn(&Finding) -> bool) -> usize {
    let Some(group) = model.preview.group else { return 0 };
    let members = model.session.group(group).members.iter();
    members.filter(|idx| counts(model.session.finding(**idx))).count()
}

/// Returns how many have no stand-in yet.
fn staying_places(model: &Model) -> usize {
    let Some(group) = model.preview.group else { return 0 };
    let session = &model.session;
    if session.info(group).class == Class::Licence {
        return 0;
    }
    let text = |idx: &FindingIdx| session.finding(*idx).place.span().is_some();
    let stays = |idx: &FindingIdx| text(idx) && session.stand_in(*idx).is_none();
    session.group(group).members.iter().filter(|idx| stays(idx)).count()
}

/// Returns how many lines the preview has.
pub(crate) fn count(model: &Model) -> usize {
    items(model).len()
}

pub(super) fn draw(model: &Model, area: Rect, buf: &mut Buffer) {
    let theme = &model.theme;
    title(model, area, buf);
    let inner = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
    match &model.preview.result {
        _ if model.shown().is_none() => {
            say(model, &model.hint("nothing is selected: {walk} opens the list"), inner, buf);
        }
        None => say(model, "working it out…", inner, buf),
        Some(Err(why)) => say(model, why, inner, buf),
        Some(Ok(preview)) if preview.files.is_empty() && staying_places(model) > 0 => {
            say(model, &model.hint(STAYS), inner, buf);
        }
        Some(Ok(preview)) if preview.files.is_empty() && named_places(model) > 0 => {
            say(model, RENAME, inner, buf);
        }
        Some(Ok(preview)) if preview.files.is_empty() && past_places(model) > 0 => {
            say(model, "history only: replaced when the history is rewritten", inner, buf);
        }
        Some(Ok(preview)) if preview.files.is_empty() && !preview.warnings.is_empty() => {
            preview.warnings.iter().enumerate().for_each(|(y, text)| {
                let y = u16::try_from(y).unwrap_or(u16::MAX).min(inner.height);
                let at = Rect { y: inner.y + y, height: inner.height - y, ..inner };
                say(model, text, at, buf);
            });
        }
        Some(Ok(preview)) if preview.files.is_empty() => {
            say(model, "no span to replace: it is about a file or the repository", inner, buf);
        }
        Some(Ok(_)) => {
            let items = items(model);
            let scroll = model.preview.scroll.min(items.len().saturating_sub(1));
            let height = usize::from(inner.height);
            let wide = usize::from(inner.width);
            let (mut y, mut end) = (0, scroll);
            for item in items.iter().skip(scroll) {
                let lines = rows(model, item, wide);
                // A line that is cut at the end is not counted, unless it alone fills the page.
                end += usize::from(y + lines.len() <= height || y == 0);
                let room = height.saturating_sub(y);
                for line in lines.iter().take(room) {
                    paint::line(line, inner, y, buf);
                    y += 1;
                }
                if y >= height {
                    break;
                }
            }
            let at = format!("{}-{end}/{} ", scroll + 1, items.len());
            let strip = Strip::default().own("", theme.plain());
            strip.right(&at, usize::from(area.width), theme.dim()).draw(area, 1, buf);
        }
    }
}

fn say(model: &Model, text: &str, area: Rect, buf: &mut Buffer) {
    let text = model.veil.text(text.as_bytes(), model.theme.glyphs.dots);
    Strip::default()
        .own("  ", model.theme.plain())
        .shown(text, model.theme.dim())
        .draw(area, 0, buf);
}

fn title(model: &Model, area: Rect, buf: &mut Buffer) {
    let theme = &model.theme;
    let Some(idx) = model.shown() else { return };
    let finding = model.session.finding(idx);
    let group = model.session.group(model.session.group_of(idx));
    let info = model.session.rules().info(finding.rule);
    let (_, word) = theme.stamp(crate::tui::theme::Theme::of_state(group.state()));
    let size = format!(
        "{} in {}, {word} ",
        counted(group.members.len(), "place"),
        counted(group.files as usize, "file")
    );
    let width = usize::from(area.width);
    let value = model.veil.value(&model.session, finding, theme.glyphs.dots);
    let room = width.saturating_sub(size.len() + info.name().len() + 6);
    Strip::default()
        .own(" ", theme.plain())
        .own(info.name().to_owned(), theme.bold())
        .own("  ", theme.plain())
        .shown(value.crop(room, theme.glyphs.cut), theme.plain())
        .right(&size, width, theme.dim())
        .draw(area, 0, buf);
}

fn rows(model: &Model, item: &Item<'_>, width: usize) -> Vec<Line<'static>> {
    let theme = &model.theme;
    let dots = theme.glyphs.dots;
    let line = match item {
        Item::Blank => Line::default(),
        Item::Past(n) => {
            let n = counted(*n, "place");
            let text = format!(" ! {n} in history only: replaced when it is rewritten");
            Strip::default().own(text, theme.warning()).line()
        }
        Item::Named(n) => {
            let text = format!(" ! {} {RENAME}", counted(*n, "place"));
            Strip::default().own(text, theme.warning()).line()
        }
        Item::Stays(n) => {
            let text = format!(" ! {} {}", counted(*n, "place"), model.hint(STAYS));
            Strip::default().own(text, theme.warning()).line()
        }
        Item::Warning(text) => {
            let text = model.veil.text(text.as_bytes(), dots);
            Strip::default().own(" ! ", theme.warning()).shown(text, theme.warning()).line()
        }
        Item::File(file) => {
            let places = format!("{} ", counted(file.places, "place"));
            let path = model
                .veil
                .path(&file.path, dots)
                .crop_path(width.saturating_sub(places.len() + 3), theme.glyphs.cut);
            let strip = Strip::default().own(" ", theme.plain()).shown(path, theme.heading());
            strip.right(&places, width, theme.dim()).line()
        }
        Item::Diff(diff) => return diff_lines(model, diff, width),
    };
    vec![line]
}

/// Lines that are too long say where they are cut, around what changed; or they are wrapped.
fn diff_lines(model: &Model, diff: &DiffLine, width: usize) -> Vec<Line<'static>> {
    let theme = &model.theme;
    let (mark, style) = match diff.kind {
        LineKind::Context => ("   ", theme.plain()),
        LineKind::Removed => (" - ", theme.verdict(Some(crate::domain::Verdict::Exclude))),
        LineKind::Added => (" + ", theme.verdict(Some(crate::domain::Verdict::Approve))),
        LineKind::Header => (" ", theme.dim()),
    };
    let mut cleaner = Cleaner::default();
    let mut pieces = Vec::new();
    for (changed, text) in masked_parts(model, &diff.parts) {
        let style = if changed { theme.span() } else { style };
        pieces.push((cleaner.push(text.as_bytes()), style));
    }
    let room = width.saturating_sub(mark.len());
    let rows = match model.detail.wrap {
        true => code::wrapped(pieces, room),
        false => vec![code::cropped(pieces, room, theme.glyphs.cut, true)],
    };
    let row = |(i, mut spans): (usize, Vec<Span<'static>>)| {
        let mark = if i == 0 { mark } else { "   " };
        spans.insert(0, Span::styled(mark, style));
        Line::from(spans)
    };
    rows.into_iter().enumerate().map(row).collect()
}

/// Masks other values, and what the diff leaves of values it cuts into.
fn masked_parts(model: &Model, parts: &[(bool, String)]) -> Vec<(bool, String)> {
    if model.veil.lifted() {
        return parts.to_vec();
    }
    let of_gap = |group| model.session.info(group).class == Class::Licence;
    if !model.preview.group.is_some_and(of_gap) {
        // The changed part is dots or a stand-in; everything else may hold another value.
        let mask = |text: &String| masked(model, text, &hidden_in(model, text.as_bytes()), 0);
        let part = |(changed, text): &(bool, String)| {
            (*changed, if *changed { text.clone() } else { mask(text) })
        };
        return parts.iter().map(part).collect();
    }
    // What is mended may cut through a value.
    let line: String = parts.iter().map(|(_, text)| text.as_str()).collect();
    let hidden = hidden_in(model, line.as_bytes());
    let mut from = 0;
    let part = |(changed, text): &(bool, String)| {
        let out = masked(model, text, &hidden, from);
        from += text.len();
        (*changed, out)
    };
    parts.iter().map(part).collect()
}

/// Returns where a line holds other values.
fn hidden_in(model: &Model, text: &[u8]) -> Vec<Range<usize>> {
    let mut hidden = model.veil.hidden_in(text);
    for rest in &model.preview.rests {
        let starts = memchr::memmem::find_iter(text, &rest[..]);
        hidden.extend(starts.map(|start| start..start + rest.len()));
    }
    crate::tui::text::merged(hidden)
}

/// Puts dots over what is `hidden` in `text`, which begins at `start` of its line.
fn masked(model: &Model, text: &str, hidden: &[Range<usize>], start: usize) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(text.len());
    let mut from = 0;
    for range in hidden.iter().filter(|r| r.start < start + bytes.len() && r.end > start) {
        let (begin, end) = (range.start.max(start) - start, (range.end - start).min(bytes.len()));
        out.extend(&bytes[from..begin]);
        out.extend(model.theme.glyphs.dots.as_bytes());
        from = end;
    }
    out.extend(&bytes[from..]);
    String::from_utf8_lossy(&out).into_owned()
}
