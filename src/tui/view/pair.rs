// SPDX-License-Identifier: MIT OR Apache-2.0
//! The other parts of a credential: its id, its secret, its token.

use ratatui::text::Line;

use super::detail::folded;
use crate::{
    review::{FindingIdx, Group},
    tui::model::Model,
};

/// Columns of a value at most: which one it is can be told by its ends.
const VALUE: usize = 40;
/// So many places of a group are asked whether something stands beside them.
const LOOKED_AT: usize = 64;

/// `with: AWS access key id AKIA…, 2 lines above, decided together`
pub(super) fn with(model: &Model, idx: FindingIdx, width: usize) -> Vec<Line<'static>> {
    let (theme, session) = (&model.theme, &model.session);
    let here = session.finding(idx).place.line();
    let others = session.whole_of(idx).iter().filter(|other| **other != idx);
    let lines = others.flat_map(|other| {
        let finding = session.finding(*other);
        let title = &session.rules().info(finding.rule).title;
        let value = model.veil.value(session, finding, theme.glyphs.dots);
        let value = value.crop(VALUE, theme.glyphs.cut);
        let said = match session.standing(*other).verdict {
            None => "decided together".to_owned(),
            verdict => {
                let (glyph, word) = theme.stamp(verdict);
                format!("{glyph} {word}")
            }
        };
        let far = distance(here, finding.place.line());
        folded(&format!("with: {title} {value}, {far}, {said}"), width, theme.plain())
    });
    lines.collect()
}

fn distance(here: u32, there: u32) -> String {
    let n = here.abs_diff(there);
    let lines = if n == 1 { "line" } else { "lines" };
    match n {
        0 => "on the same line".to_owned(),
        _ => format!("{n} {lines} {}", if there < here { "above" } else { "below" }),
    }
}

/// Returns whether something stands beside one of the places of a group.
pub(super) fn is_paired(model: &Model, group: &Group) -> bool {
    let mut places = group.members.iter().take(LOOKED_AT);
    places.any(|idx| !model.session.whole_of(*idx).is_empty())
}
