// SPDX-License-Identifier: MIT OR Apache-2.0
//! What is left by category, severity and rule, beside the list where there is room. Counts are
//! of the whole population: a filter changes none of them.

use ratatui::{buffer::Buffer, layout::Rect};

use super::paint::{Strip, number};
use crate::{
    domain::{Category, Severity},
    tui::{model::Model, text::Shown},
};

pub(super) fn draw(model: &Model, area: Rect, buf: &mut Buffer) {
    let filter = &model.list.filter;
    let mut y = 0;
    let mut put = |strip: Strip| {
        strip.draw(area, y, buf);
        y += 1;
    };
    let head = |text: &str| Strip::default().own(format!(" {text}"), model.theme.heading());
    let width = usize::from(area.width);
    put(head("left to decide"));
    for category in Category::ALL {
        let counts = model.counts.of(category);
        let on = filter.category == Some(category);
        put(facet(model, category.title(), counts.unresolved(), on, width));
    }
    put(Strip::default());
    put(head("by severity"));
    for (severity, open) in Severity::ALL.into_iter().zip(model.by_severity) {
        let on = filter.severity.is_some_and(|least| severity >= least);
        put(facet(model, severity.word(), open, on, width));
    }
    put(Strip::default());
    put(head("by rule"));
    let rules = model.top_rules.iter().filter(|(rule, ..)| {
        let category = model.session.rules().info(*rule).category;
        filter.category.is_none_or(|wanted| wanted == category)
    });
    for (rule, open, ..) in rules.take(usize::from(area.height)) {
        put(facet(model, model.session.rules().info(*rule).name(), *open, false, width));
    }
}

fn facet(model: &Model, name: &str, open: usize, on: bool, width: usize) -> Strip {
    let theme = &model.theme;
    let style = theme.dim_unless(open > 0);
    let count = number(open);
    let room = width.saturating_sub(count.len() + 4);
    let name = Shown::new(name.as_bytes()).crop(room, theme.glyphs.cut);
    Strip::default()
        .own(if on { theme.glyphs.mark } else { " " }, theme.warning())
        .own(" ", style)
        .shown(name, style)
        .right(&format!("{count} "), width, style)
}
