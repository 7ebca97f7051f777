// SPDX-License-Identifier: MIT OR Apache-2.0
//! The list of the walk.

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use super::{
    paint::{self, Strip, count, number},
    pair::is_paired,
    place_row::draw_place,
};
use crate::{
    domain::{Class, Confidence, Finding, NotScanned, Place, RepoPath, Severity},
    review::{Draw, Group, GroupIdx, GroupState, Turn},
    tui::{
        layout,
        model::{Model, Scan},
        place,
        rows::{Anchor, Row},
        text::Shown,
        theme::Theme,
    },
};

/// Widths of the columns for a list of a certain width.
pub(super) struct Columns {
    pub(super) severity: usize,
    pub(super) rule: usize,
    pub(super) value: usize,
    pub(super) right: usize,
    pub(super) hint: usize,
}

impl Columns {
    fn of(width: usize) -> Self {
        let (right, hint) = match width {
            110.. => (20, 32),
            90.. => (20, 11),
            60.. => (10, 3),
            52.. => (9, 3),
            _ => (5, 3),
        };
        // Where room is short, the value gets more of it than the rule: values differ.
        let (severity, share) = if width >= 60 { (5, 11) } else { (2, 9) };
        let rest = width.saturating_sub(4 + 10 + severity + right + hint);
        // Hardly a name is longer than twenty, and values are.
        let rule = (rest * share / 20).clamp(8, if width < 90 { 20 } else { 30 });
        Self { severity, rule, value: rest.saturating_sub(rule + 1), right, hint }
    }
}

pub(super) fn draw(model: &Model, area: Rect, buf: &mut Buffer) {
    title(model, area, buf);
    if model.list.rows.is_empty() {
        return empty(model, area, buf);
    }
    let focused = !model.detail.focused;
    let columns = Columns::of(usize::from(area.width));
    let range = crate::tui::update::range_of(model);
    let height = layout::list_height(&layout::areas(model));
    let rows = model.list.rows.iter().enumerate().skip(model.list.top).take(height);
    for (y, (i, row)) in rows.enumerate() {
        let marked = model.list.marks.contains(&row.anchor)
            || range.is_some_and(|(from, to)| (from..=to).contains(&i));
        let here = i == model.list.cursor;
        let strip = Strip::default()
            .own(if here { "> " } else { "  " }, model.theme.bold())
            .own(if marked { model.theme.glyphs.mark } else { " " }, model.theme.warning())
            .own(" ", model.theme.plain());
        draw_row(model, row, &columns, strip).draw(area, y + 1, buf);
        if here {
            paint::tint(area, y + 1, model.theme.selected(focused), buf);
        }
    }
}

fn title(model: &Model, area: Rect, buf: &mut Buffer) {
    let theme = &model.theme;
    let list = &model.list;
    let focused = !model.detail.focused;
    let mark = if focused { theme.glyphs.focus } else { " " };
    let strip =
        Strip::default().own(format!("{mark}by {}", list.grouping.word()), theme.pane(focused));
    let mut parts = list.filter.words();
    if let Some(dir) = &list.filter.under {
        parts.push(format!("under {}", model.veil.path(dir, theme.glyphs.dots)));
    }
    if list.hide_decided {
        parts.push("decided hidden".into());
    }
    let at = place_in(list.cursor, list.rows.len());
    let more = match (list.waiting, list.hidden) {
        (0, 0) => String::new(),
        (0, hidden) => format!("{} hidden  ", number(hidden)),
        (new, _) => format!("+{} new  ", number(new)),
    };
    let width = usize::from(area.width);
    let strip = filtered(model, strip, &parts, width.saturating_sub(at.len()));
    let whole = strip.used() + 1 + more.len() + at.len() <= width;
    let right = if whole { format!("{more}{at}") } else { at };
    strip.right(&right, width, theme.dim()).draw(area, 0, buf);
}

/// `3/230 `; the first of no rows is none.
pub(super) fn place_in(cursor: usize, rows: usize) -> String {
    let at = if rows == 0 { 0 } else { cursor + 1 };
    format!("{}/{} ", number(at), number(rows))
}

/// Adds what a list is narrowed to, in a line of `width` columns. Where one stands in the list is
/// worth more than the end of it.
pub(super) fn filtered(model: &Model, strip: Strip, parts: &[String], width: usize) -> Strip {
    if parts.is_empty() {
        return strip;
    }
    let theme = &model.theme;
    let room = width.saturating_sub(strip.used() + 4);
    let text = model.veil.text(parts.join(", ").as_bytes(), theme.glyphs.dots);
    strip.own(" | ", theme.dim()).shown(text.crop(room, theme.glyphs.cut), theme.warning())
}

fn empty(model: &Model, area: Rect, buf: &mut Buffer) {
    let theme = &model.theme;
    let list = &model.list;
    let lines: Vec<String> = if list.hidden > 0 && !list.filter.is_empty() {
        let filter = list.filter.words().join(", ");
        vec![
            format!("The filter ({filter}) hides all {}.", number(list.hidden)),
            model.hint("{step-back} clears it.").into(),
        ]
    } else if list.hidden > 0 {
        vec![
            "Everything is decided, and what is decided is hidden.".into(),
            model.hint("{hide-decided} shows it.").into(),
        ]
    } else if let Scan::Done(files) = model.scan {
        let rules = count(model.session.rules().len(), "rule");
        vec![
            format!("0 findings in {}, {rules}.", count(files, "file")),
            model.hint("{readiness} shows readiness.").into(),
        ]
    } else {
        vec!["Scanning: findings appear here as they come.".into()]
    };
    for (y, text) in lines.into_iter().enumerate() {
        let text = model.veil.text(text.as_bytes(), theme.glyphs.dots);
        Strip::default().own("   ", theme.plain()).shown(text, theme.bold()).draw(area, y + 2, buf);
    }
}

fn draw_row(model: &Model, row: &Row, columns: &Columns, strip: Strip) -> Strip {
    match &row.anchor {
        Anchor::Group(group) => draw_group(model, row, *group, columns, strip),
        Anchor::Place(idx) => draw_place(model, row, *idx, columns, strip),
        Anchor::NotScanned(i) => draw_not_scanned(model, *i, columns, strip),
        _ => draw_head(model, row, columns, strip),
    }
}

/// Glyph and word in ten columns.
/// What is approved by one person, and the policy wants two.
pub(super) const SECOND: &str = "second";
/// What is decided, and holds a credential that must be rotated.
pub(super) const ROTATE: &str = "rotate?";

/// Returns whether rows say that credentials must be rotated: where that blocks, or is what one
/// goes through.
pub(super) fn asks(model: &Model) -> bool {
    model.session.rotation_blocks() || model.list.filter.unrotated()
}

pub(super) fn stamp(glyph: &str, word: &str, style: Style, strip: Strip) -> Strip {
    strip.cell(&format!("{glyph} {word}"), 10, style)
}

/// Draws how severe something is; `?` says that it may well not be real.
pub(super) fn severity(
    model: &Model,
    (severity, confidence): (Severity, Confidence),
    columns: &Columns,
    strip: Strip,
) -> Strip {
    let word = match severity {
        Severity::Critical => "crit",
        Severity::High => "high",
        Severity::Medium => "med",
        Severity::Low => "low",
        Severity::Info => "info",
    };
    // A narrow list has room for the letter; the detail beside it says the word.
    let word = if columns.severity < 5 { word[..1].to_uppercase() } else { word.to_owned() };
    let word = if confidence == Confidence::Low { word + "?" } else { word };
    strip.cell(&word, columns.severity, model.theme.severity(severity))
}

fn draw_group(model: &Model, row: &Row, idx: GroupIdx, columns: &Columns, strip: Strip) -> Strip {
    let (theme, glyphs) = (&model.theme, &model.theme.glyphs);
    let group = model.session.group(idx);
    let n = group.members.len();
    let indent = usize::from(row.depth) * 2;
    let state = group.state();
    let verdict = Theme::of_state(state);
    let (glyph, word) = theme.stamp(verdict);
    let part = format!("{}/{n}", n - group.undecided());
    let again = n <= 64 && group.members.iter().any(|i| model.session.standing(*i).reopened);
    let strip = match state {
        _ if group.disputed() > 0 => stamp("!", "differ", theme.error(), strip),
        GroupState::Open if again => stamp(glyphs.reopened, "again", theme.warning(), strip),
        GroupState::Open if group.undecided() < n => {
            stamp(glyphs.part, &part, theme.plain(), strip)
        }
        GroupState::NeedsSecond => stamp(glyphs.part, SECOND, theme.warning(), strip),
        GroupState::Decided(_) if group.draws().0 > 0 => {
            let due = format!("{} due", number(group.draws().0));
            stamp(glyphs.open, &due, theme.warning(), strip)
        }
        GroupState::Decided(_) if group.turns().0 > 0 && asks(model) => {
            stamp(glyph, ROTATE, theme.warning(), strip)
        }
        _ => stamp(glyph, word, theme.verdict(verdict), strip),
    };
    let strip = severity(model, (group.severity, group.confidence), columns, strip);
    let info = model.session.rules().info(group.rule);
    let first = group.members.first().map(|i| model.session.finding(*i));
    // A head above names the rule already.
    let (rule, wide) = if indent > 0 {
        (0, columns.rule + columns.value + 1 - indent)
    } else {
        (columns.rule, columns.value)
    };
    let mut strip = strip.own(" ".repeat(indent), theme.plain());
    if rule > 0 {
        strip =
            strip.shown_cell(Shown::new(info.name().as_bytes()), rule, theme.plain(), glyphs.cut);
        strip = strip.own(" ", theme.plain());
    }
    let value = first.map_or_else(Shown::default, |f| {
        let signs = signs(model, group.in_tree, is_paired(model, group));
        value(model, f, &signs, wide)
    });
    let strip = strip.shown_cell(value, wide, theme.dim_unless(verdict.is_none()), glyphs.cut);
    let strip =
        strip.own(format!("{:>1$}", places(n, group, columns.right), columns.right), theme.plain());
    hint(model, idx, columns, strip)
}

/// `57 places 12 files`, `57 in 12`, or `57`.
fn places(n: usize, group: &Group, width: usize) -> String {
    let files = group.files as usize;
    match width {
        20.. if !group.in_tree => format!("{} {:>9}", count(n, "place"), "history"),
        20.. => format!(
            "{} {:>3} {}",
            count(n, "place"),
            number(files),
            if files == 1 { "file " } else { "files" }
        ),
        9.. if files > 1 => {
            let both = format!("{} in {}", number(n), number(files));
            if both.len() < width { both } else { number(n) }
        }
        _ => number(n),
    }
}

fn hint(model: &Model, group: GroupIdx, columns: &Columns, strip: Strip) -> Strip {
    let glyphs = &model.theme.glyphs;
    let Some(suggestion) = model.suggestion(group) else { return strip };
    let verdict = suggestion.verdict;
    let text = if columns.hint > 20 {
        format!("  {} {}: ", glyphs.like, verdict.word())
    } else if columns.hint > 4 {
        format!("  {} {}", glyphs.like, verdict.word())
    } else {
        let (glyph, _) = model.theme.stamp(Some(verdict));
        format!(" {}{glyph}", glyphs.like)
    };
    let room = columns.hint.saturating_sub(text.chars().count());
    let strip = strip.own(text, model.theme.verdict(Some(verdict)));
    if columns.hint <= 20 {
        return strip;
    }
    let brief = model.veil.text(suggestion.basis.brief().as_bytes(), glyphs.dots);
    strip.shown(brief.crop(room, glyphs.cut), model.theme.dim())
}

/// Signs that a value is not in the reviewed commit, and that other parts of it stand beside it.
pub(super) fn signs(model: &Model, in_tree: bool, paired: bool) -> String {
    let glyphs = &model.theme.glyphs;
    let past = if in_tree { String::new() } else { format!("{} ", glyphs.past) };
    past + if paired { glyphs.pair } else { "" }
}

/// What a row shows of a finding: its value, or where there is none its path, behind its signs.
pub(super) fn value(model: &Model, finding: &Finding, signs: &str, room: usize) -> Shown {
    let glyphs = &model.theme.glyphs;
    let value = model.veil.value(&model.session, finding, glyphs.dots);
    let room = room.saturating_sub(signs.chars().count());
    let gap = model.session.rules().info(finding.rule).class == Class::Licence;
    let value = match finding.place {
        // A gap is about a folder, or about a name that says most at its start.
        Place::File if gap && value.as_str().contains('/') => value.crop_folder(room, glyphs.cut),
        Place::File if gap => value,
        // The value of a file is its path.
        Place::File => value.crop_path(room, glyphs.cut),
        _ => value,
    };
    Shown::new(format!("{signs}{value}").as_bytes())
}

fn draw_head(model: &Model, row: &Row, columns: &Columns, strip: Strip) -> Strip {
    let (theme, glyphs) = (&model.theme, &model.theme.glyphs);
    let folded = model.list.folded.contains(&row.anchor);
    let fold = if folded { glyphs.folded } else { glyphs.unfolded };
    let n = row.members.len();
    let name = match &row.anchor {
        Anchor::Rule(rule) => Shown::new(model.session.rules().info(*rule).id.as_bytes()),
        Anchor::Directory(path) | Anchor::File(path) if place::heading(path).is_some() => {
            Shown::new(place::heading(path).unwrap_or_default().as_bytes())
        }
        Anchor::Directory(path) if path.is_root() => Shown::new(b"./"),
        Anchor::Directory(path) => {
            Shown::new(format!("{}/", model.veil.path(path, glyphs.dots)).as_bytes())
        }
        Anchor::File(path) => model.veil.path(path, glyphs.dots),
        Anchor::Module(Some(path)) => module(model, path),
        Anchor::Module(None) => Shown::new(b"in no module"),
        Anchor::Author(Some(name)) => model.veil.text(name.as_bytes(), glyphs.dots),
        Anchor::Author(None) if model.source.history => Shown::new(b"no author"),
        Anchor::Author(None) => Shown::new(model.hint("no history: {history}").as_bytes()),
        _ => Shown::new(format!("Files not judged ({})", number(row.files)).as_bytes()),
    };
    let right = match row.anchor {
        Anchor::NotScannedHead => String::new(),
        _ if model.list.filter.samples() => {
            let draws = row.members.iter().map(|idx| model.session.standing(*idx).draw);
            format!("{} due", number(draws.filter(|draw| *draw == Draw::Due).count()))
        }
        _ if model.list.filter.unrotated() => {
            let turns = row.members.iter().map(|idx| model.session.standing(*idx).turn);
            let waiting = turns.filter(|turn| *turn == Turn::Waits).count();
            format!("{} to rotate", number(waiting))
        }
        _ if row.settled == n => format!("{} all {}", glyphs.approve, number(n)),
        _ if columns.severity < 5 => format!("{}/{}", number(row.settled), number(n)),
        _ => format!("{}/{} decided", number(row.settled), number(n)),
    };
    let strip = strip.own(format!("{fold} "), theme.bold());
    // Of what is left to decide the worst.
    let strip = match row.undecided {
        0 => strip.own(" ".repeat(columns.severity), theme.plain()),
        _ => severity(model, (row.severity, Confidence::High), columns, strip),
    };
    let width = 10 + columns.severity + columns.rule + columns.value + columns.right + columns.hint;
    let used = right.chars().count() + 3 + columns.severity;
    let name = name.crop_path(width.saturating_sub(used), glyphs.cut);
    strip.shown(name, theme.bold()).right(&right, width + 4, theme.dim())
}

/// `roles/db/ (Ansible role)`.
fn module(model: &Model, path: &RepoPath) -> Shown {
    let name = match path.is_root() {
        true => ".".to_owned(),
        false => model.veil.path(path, model.theme.glyphs.dots).to_string(),
    };
    let kind = model.modules.iter().find(|module| module.path == *path);
    let kind = kind.map_or("module", |module| module.kind.title());
    Shown::new(format!("{name}/ ({kind})").as_bytes())
}

fn draw_not_scanned(model: &Model, i: usize, columns: &Columns, strip: Strip) -> Strip {
    let (theme, glyphs) = (&model.theme, &model.theme.glyphs);
    let Some(file) = model.session.not_scanned().get(i) else { return strip };
    let verdict = model.session.file_verdict(&file.path);
    let (glyph, word) = match verdict {
        _ if file.why == NotScanned::OutOfScope => (glyphs.exclude, "out"),
        None if file.why.blocks() => (glyphs.exclude, "failed"),
        None => (glyphs.open, "unread"),
        verdict => theme.stamp(verdict),
    };
    let strip = stamp(glyph, word, theme.verdict(verdict), strip);
    let width = columns.severity + columns.rule + columns.value + columns.right + columns.hint;
    let path = model.veil.path(&file.path, glyphs.dots).crop_path(width * 3 / 5, glyphs.cut);
    let used = path.width() + 1;
    let why = model.veil.text(file.why.reason().as_bytes(), glyphs.dots);
    strip.shown(path, theme.plain()).own(" ", theme.plain()).shown_cell(
        why,
        width.saturating_sub(used),
        theme.dim(),
        glyphs.cut,
    )
}
