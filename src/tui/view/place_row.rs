// SPDX-License-Identifier: MIT OR Apache-2.0
//! A place in the list.

use super::{
    list::{Columns, ROTATE, SECOND, asks, severity, signs, stamp, value},
    paint::Strip,
};
use crate::{
    review::{Draw, FindingIdx, Turn},
    tui::{model::Model, place, rows::Row, text::Shown},
};

pub(super) fn draw_place(
    model: &Model,
    row: &Row,
    idx: FindingIdx,
    columns: &Columns,
    strip: Strip,
) -> Strip {
    let (theme, glyphs) = (&model.theme, &model.theme.glyphs);
    let finding = model.session.finding(idx);
    let standing = model.session.standing(idx);
    let paired = !model.session.whole_of(idx).is_empty();
    let signs = signs(model, finding.layer.is_tree(), paired);
    let (glyph, word) = theme.stamp(standing.verdict);
    if columns.severity < 5 {
        return narrow_place(model, row, idx, columns, strip);
    }
    let strip = match standing {
        s if s.disputed => stamp("!", "differ", theme.error(), strip),
        s if s.reopened => stamp(glyphs.reopened, "again", theme.warning(), strip),
        s if s.needs_second => stamp(glyphs.part, SECOND, theme.warning(), strip),
        s if s.draw == Draw::Due => stamp(glyphs.open, "sample", theme.warning(), strip),
        s if s.turn == Turn::Waits && asks(model) => stamp(glyph, ROTATE, theme.warning(), strip),
        _ => stamp(glyph, word, theme.verdict(standing.verdict), strip),
    };
    let strip = severity(model, (finding.severity, finding.confidence), columns, strip);
    let info = model.session.rules().info(finding.rule);
    let name = place::brief(model, idx);
    let in_file = model.list.grouping == crate::tui::rows::Grouping::File;
    let line = place::line(finding);
    let at = if in_file && place::heading(&finding.path).is_none() {
        format!("line {}", line.trim_start_matches(':'))
    } else {
        format!("{name}{line}")
    };
    let indent = usize::from(row.depth) * 2;
    let rest = columns.value + columns.right + columns.hint;
    let rule = columns.rule.saturating_sub(indent);
    let lines_only = in_file && place::heading(&finding.path).is_none();
    let at_width = (rest / 2).min(if lines_only { 10 } else { 40 });
    strip
        .own(" ".repeat(indent), theme.plain())
        .shown_cell(Shown::new(info.name().as_bytes()), rule, theme.plain(), glyphs.cut)
        .own(" ", theme.plain())
        .shown_cell(Shown::new(at.as_bytes()), at_width, theme.plain(), glyphs.cut)
        .own(" ", theme.plain())
        .shown_cell(
            value(model, finding, &signs, rest.saturating_sub(at_width + 1)),
            rest.saturating_sub(at_width + 1),
            theme.dim_unless(standing.verdict.is_none()),
            glyphs.cut,
        )
}

/// A place where there is little room: what is open says so by its glyph alone.
fn narrow_place(
    model: &Model,
    row: &Row,
    idx: FindingIdx,
    columns: &Columns,
    strip: Strip,
) -> Strip {
    let (theme, cut) = (&model.theme, model.theme.glyphs.cut);
    let finding = model.session.finding(idx);
    let standing = model.session.standing(idx);
    let paired = !model.session.whole_of(idx).is_empty();
    let signs = signs(model, finding.layer.is_tree(), paired);
    let (glyph, word, style) = match standing {
        s if s.disputed => ("!", "differ ", theme.error()),
        s if s.reopened => (theme.glyphs.reopened, "again ", theme.warning()),
        s if s.needs_second => (theme.glyphs.part, SECOND, theme.warning()),
        s if s.draw == Draw::Due => (theme.glyphs.open, "sample ", theme.warning()),
        s if s.turn == Turn::Waits && asks(model) => {
            (theme.stamp(s.verdict).0, ROTATE, theme.warning())
        }
        s => {
            let (glyph, word) = theme.stamp(s.verdict);
            (glyph, s.verdict.map_or("", |_| word), theme.verdict(s.verdict))
        }
    };
    let strip = severity(
        model,
        (finding.severity, finding.confidence),
        columns,
        strip.cell(glyph, 2, style),
    );
    let indent = usize::from(row.depth) * 2;
    let room = 9 + columns.rule + columns.value + columns.right + columns.hint;
    let room = room.saturating_sub(indent);
    let line = place::line(finding);
    let by_file = model.list.grouping == crate::tui::rows::Grouping::File;
    let in_file = by_file && place::heading(&finding.path).is_none();
    let at_width = if in_file { 6 } else { room * 2 / 5 };
    let name = if in_file { Shown::default() } else { place::brief(model, idx) };
    let name = name.crop(at_width.saturating_sub(line.len()), cut);
    let rule = (room / 4).min(12);
    let info = model.session.rules().info(finding.rule);
    let word = if word.is_empty() { String::new() } else { format!("{} ", word.trim_end()) };
    let rest = room.saturating_sub(rule + at_width + 2 + word.len());
    strip
        .own(" ".repeat(indent), theme.plain())
        .shown_cell(Shown::new(format!("{name}{line}").as_bytes()), at_width, theme.plain(), cut)
        .own(" ", theme.plain())
        .own(word, style)
        .shown_cell(
            value(model, finding, &signs, rest),
            rest,
            theme.dim_unless(standing.verdict.is_none()),
            cut,
        )
        .own(" ", theme.plain())
        .shown_cell(Shown::new(info.name().as_bytes()), rule, theme.dim(), cut)
}
