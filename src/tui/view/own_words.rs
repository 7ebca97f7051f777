// SPDX-License-Identifier: MIT OR Apache-2.0
//! The list of the organisation's own words: by kind, each with its tick and what speaks for it.

use ratatui::{buffer::Buffer, layout::Rect};

use super::{
    overlay::{draw_field, frame},
    paint::{self, Strip, count, number},
};
use crate::{
    domain::{Word, WordKind},
    tui::{
        model::Model,
        own_words::{WordLine, WordList},
        text::{fold, text_width},
    },
};

/// Lines above the list.
const HEAD: usize = 2;
/// Columns of the words, at least and at most.
const WORD: (usize, usize) = (16, 40);

pub(super) fn draw(model: &Model, list: &WordList, body: Rect, buf: &mut Buffer) {
    let theme = &model.theme;
    let width = body.width.saturating_sub(4).min(100);
    let lines = list.lines();
    let title = if list.first { "Which of these words are internal?" } else { "Internal words" };
    let area = frame(model, title, (width, lines.len() + HEAD), body, buf);
    let wide = usize::from(area.width);
    let intro = intro(model, list);
    let intro = model.veil.text(intro.as_bytes(), theme.glyphs.dots);
    let mut intro = fold(intro.as_str(), wide.saturating_sub(2));
    if intro.len() > HEAD {
        intro.truncate(HEAD);
        intro[HEAD - 1].push_str(theme.glyphs.cut);
    }
    for (y, text) in intro.into_iter().enumerate() {
        Strip::default().own(format!(" {text}"), theme.bold()).draw(area, y, buf);
    }
    let room = usize::from(area.height).saturating_sub(HEAD).max(2);
    // The last row says how much is below, so that nobody takes the first page for all.
    let rows = room - usize::from(lines.len() > room);
    let top = (list.cursor + 1).saturating_sub(rows);
    let column = column(list, &lines, wide);
    for (y, (i, line)) in lines.iter().enumerate().skip(top).take(rows).enumerate() {
        let here = i == list.cursor;
        let start = Strip::default().own(if here { "> " } else { "  " }, theme.bold());
        let strip = match line {
            WordLine::Head(kind) => head(model, list, *kind, start),
            WordLine::Word(i) => word(model, &list.words[*i], start, (column, wide)),
        };
        strip.draw(area, HEAD + y, buf);
        if here {
            paint::tint(area, HEAD + y, theme.selected(true), buf);
        }
    }
    let below = lines.len().saturating_sub(top + rows);
    if below > 0 {
        let strip = Strip::default().own("", theme.plain());
        let below = format!("{} more below ", number(below));
        strip.right(&below, wide, theme.dim()).draw(area, HEAD + rows, buf);
    }
    if let Some(adding) = &list.adding {
        let title = format!("Add to: {}", adding.kind.title());
        draw_field(model, &title, "", &adding.field, body, buf);
    }
}

/// What is asked, or what the list is for.
fn intro(model: &Model, list: &WordList) -> String {
    if let Some(why) = model.locked() {
        return why;
    }
    if !list.first {
        return "What is ticked is looked for everywhere. Other words are scanned for anew.".into();
    }
    let domains = list.words.iter().filter(|word| word.kind == WordKind::Domain && word.keep);
    let domains: Vec<&str> = domains.map(|word| &*word.text).collect();
    match domains.as_slice() {
        [] => "None of your domains was recognised: a adds one. Is the rest right?".into(),
        [one] => format!("Your internal domain seems to be {one}: keep, add, drop?"),
        all => format!("Your internal domains seem to be {}: keep, add, drop?", all.join(", ")),
    }
}

fn head(model: &Model, list: &WordList, kind: WordKind, start: Strip) -> Strip {
    let (theme, glyphs) = (&model.theme, &model.theme.glyphs);
    let (kept, all) = list.count(kind);
    let fold = if list.is_open(kind) { glyphs.unfolded } else { glyphs.folded };
    let words = match (kept, all) {
        (_, 0) => "none, a adds one".to_owned(),
        (0, all) => format!("none of {}", count(all, "word")),
        (kept, all) if kept == all => count(all, "word"),
        (kept, all) => format!("{} of {}", number(kept), count(all, "word")),
    };
    start
        .own(format!("{fold} "), theme.dim())
        .own(format!("{}: ", kind.title()), theme.heading())
        .own(words, theme.plain())
}

/// Width of the words: what speaks for them has the rest.
fn column(list: &WordList, lines: &[WordLine], width: usize) -> usize {
    let word = |line: &WordLine| match line {
        WordLine::Word(i) => text_width(&list.words[*i].text) + 2,
        WordLine::Head(_) => 0,
    };
    let longest = lines.iter().map(word).max().unwrap_or_default();
    longest.clamp(WORD.0, WORD.1).min(width / 2)
}

fn word(model: &Model, word: &Word, start: Strip, (column, width): (usize, usize)) -> Strip {
    let (theme, glyphs) = (&model.theme, &model.theme.glyphs);
    let why = match &word.by {
        _ if !word.seen.is_empty() => word.seen.clone(),
        Some(by) => format!("added by {by}"),
        None => "added".into(),
    };
    let text = model.veil.text(word.text.as_bytes(), glyphs.dots);
    let why = model.veil.text(why.as_bytes(), glyphs.dots);
    let tick = if word.keep { "[x] " } else { "[ ] " };
    let strip = start.own(format!("  {tick}"), theme.key());
    let strip = strip.shown_cell(text, column, theme.plain(), glyphs.cut);
    let room = width.saturating_sub(strip.used() + 1);
    strip.own(" ", theme.plain()).shown(why.crop(room, glyphs.cut), theme.dim())
}
