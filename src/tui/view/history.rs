// SPDX-License-Identifier: MIT OR Apache-2.0
//! Since when a place has stood in the history, and until when.

use ratatui::text::Line;

use super::paint::{Strip, count, number};
use crate::{
    domain::{CommitRef, Layer, Sighting},
    review::FindingIdx,
    tui::{
        model::{Model, Scan},
        place,
        text::{Shown, fold},
    },
};

/// Lines above the other places.
const HEAD: usize = 6;
/// Lines of each of them.
const EACH: usize = 3;

/// Returns how many lines the overlay has for `places`, the first of which is the one shown.
pub(crate) fn count_lines(places: usize) -> usize {
    if places < 2 { HEAD } else { HEAD + 1 + (places - 1) * EACH }
}

/// Returns line `y` of the overlay.
pub(super) fn line(model: &Model, places: &[FindingIdx], y: usize, width: usize) -> Line<'static> {
    let Some(first) = places.first() else { return Line::default() };
    if y < HEAD {
        return head(model, *first, y, width);
    }
    let (i, part) = match y - HEAD {
        0 => {
            let text = format!(" {} of this value", count(places.len() - 1, "other place"));
            return Line::styled(text, model.theme.heading());
        }
        rest => ((rest - 1) / EACH + 1, (rest - 1) % EACH),
    };
    let Some(idx) = places.get(i) else { return Line::default() };
    match part {
        0 => spot(model, *idx, width),
        part => brief(model, *idx, part == 1, width),
    }
}

fn head(model: &Model, idx: FindingIdx, y: usize, width: usize) -> Line<'static> {
    let seen = model.session.sighting(idx);
    let lines = match seen {
        Some(seen) => [
            commit_line(model, "first", seen.first.as_deref(), width),
            commit_line(model, "last", seen.last.as_deref(), width),
            Strip::default()
                .own(format!(" in {}", versions(model, idx, seen)), model.theme.plain()),
        ],
        None => unknown(model, idx, width),
    };
    match y {
        0 => spot(model, idx, width),
        1..=3 => lines.into_iter().nth(y - 1).map_or_else(Line::default, Strip::line),
        4 => Line::styled(format!(" {}", now(model, idx)), model.theme.plain()),
        _ => Line::default(),
    }
}

/// `path:12`, with the sign of what is not in the reviewed commit.
fn spot(model: &Model, idx: FindingIdx, width: usize) -> Line<'static> {
    let theme = &model.theme;
    let finding = model.session.finding(idx);
    let line = place::line(finding);
    let mark = if finding.layer.is_tree() { String::new() } else { past(model) };
    let room = width.saturating_sub(4 + line.len());
    Strip::default()
        .own(format!(" {mark}"), theme.warning())
        .shown(place::long(model, idx, room), theme.bold())
        .own(line, theme.bold())
        .line()
}

fn past(model: &Model) -> String {
    format!("{} ", model.theme.glyphs.past)
}

/// `first  3f2a91c  2023-11-14  Ana`
fn commit_line(model: &Model, label: &str, commit: Option<&CommitRef>, width: usize) -> Strip {
    let theme = &model.theme;
    let strip = Strip::default().cell(&format!(" {label}"), 9, theme.dim());
    let Some(commit) = commit else {
        return strip.own("no commit: only a tag or a ref leads there", theme.dim());
    };
    let strip = strip
        .own(place::short_id(&commit.id).to_owned(), theme.key())
        .own(format!("  {}  ", place::date(commit.time)), theme.plain());
    let author = author(model, commit).crop(width.saturating_sub(strip.used()), theme.glyphs.cut);
    strip.shown(author, theme.plain())
}

fn author(model: &Model, commit: &CommitRef) -> Shown {
    model.veil.text(commit.author.as_bytes(), model.theme.glyphs.dots)
}

/// In how many versions of a file, or in how many messages, it stands.
fn versions(model: &Model, idx: FindingIdx, seen: &Sighting) -> String {
    let n = seen.versions as usize;
    match model.session.finding(idx).layer {
        Layer::Object(_) if n == 1 && seen.first.is_none() => "1 tag".into(),
        Layer::Object(_) if n == 1 => "1 commit".into(),
        Layer::Object(_) => format!("{} commits and tags", number(n)),
        Layer::Tree | Layer::Past(_) | Layer::Name(_) => count(n, "version"),
    }
}

/// Whether the reviewed commit has it.
fn now(model: &Model, idx: FindingIdx) -> String {
    let finding = model.session.finding(idx);
    let group = model.session.group(model.session.group_of(idx));
    match (&finding.layer, group.in_tree) {
        (Layer::Tree, _) => "the reviewed commit has it".into(),
        (Layer::Past(_), true) => "history only here; the commit has it elsewhere".into(),
        (Layer::Past(_), false) => "history only: the reviewed commit does not have it".into(),
        (Layer::Object(_) | Layer::Name(_), true) => {
            "metadata; a file of the commit has it as well".into()
        }
        (Layer::Object(_) | Layer::Name(_), false) => {
            "metadata: no file of the commit has it".into()
        }
    }
}

/// Why nothing is known.
fn unknown(model: &Model, idx: FindingIdx, width: usize) -> [Strip; 3] {
    let text = match (&model.session.finding(idx).layer, &model.scan) {
        (Layer::Name(_), _) => "A name has no commits: it is what the repository says now.",
        _ if !model.source.history => {
            "Since when it stands here is not known: the history was not scanned. {history} on the \
             dashboard scans it, and so does debut --history."
        }
        (_, Scan::Done(_)) => "No commit is known that brought it in.",
        (_, Scan::Failed(_)) => "The scan of the history stopped before this was known.",
        _ => "The history is being scanned: this is known when that is done.",
    };
    let style = model.theme.plain();
    let mut lines = fold(&model.hint(text), width.saturating_sub(2)).into_iter();
    std::array::from_fn(|_| {
        let line = lines.next().map_or_else(String::new, |line| format!(" {line}"));
        Strip::default().own(line, style)
    })
}

/// Another place's first or last commit in one line.
fn brief(model: &Model, idx: FindingIdx, first: bool, width: usize) -> Line<'static> {
    let theme = &model.theme;
    let Some(seen) = model.session.sighting(idx) else {
        let text = if first { "   first and last commit are not known" } else { "" };
        return Line::styled(text, theme.dim());
    };
    if first {
        let strip = commit_line(model, "  first", seen.first.as_deref(), width);
        return strip.line();
    }
    let right = format!("{} ", versions(model, idx, seen));
    let room = width.saturating_sub(right.len() + 1);
    commit_line(model, "  last", seen.last.as_deref(), room)
        .right(&right, width, theme.dim())
        .line()
}

/// What the detail pane says: since when, until when, and whether it is there still.
pub(super) fn summary(model: &Model, idx: FindingIdx) -> Vec<Line<'static>> {
    let theme = &model.theme;
    let finding = model.session.finding(idx);
    let group = model.session.group(model.session.group_of(idx));
    let seen = model.session.sighting(idx);
    let mut out = Vec::new();
    if !finding.layer.is_tree() {
        let word = match (&finding.layer, group.in_tree) {
            (Layer::Past(_), false) => "history only",
            (Layer::Past(_), true) => "history only here",
            _ => "metadata",
        };
        let noun = if matches!(finding.layer, Layer::Past(_)) { "version" } else { "object" };
        let more = seen
            .map_or_else(String::new, |seen| format!(", {}", count(seen.versions as usize, noun)));
        let strip = Strip::default()
            .own(format!(" {}{word}", past(model)), theme.warning())
            .own(more, theme.plain());
        out.push(
            strip
                .own(model.hint("  {line-history}"), theme.key())
                .own(" line history", theme.dim())
                .line(),
        );
    }
    let Some((first, seen)) = seen.and_then(|seen| Some((seen.first.as_ref()?, seen))) else {
        return out;
    };
    let last = seen.last.as_ref().filter(|last| last.id != first.id);
    let strip = Strip::default().own(" since  ", theme.dim());
    let strip = strip.own(place::commit(first), theme.plain());
    out.push(match last {
        _ if finding.layer.is_tree() => {
            let more = format!(", {}", versions(model, idx, seen));
            strip.own(more, theme.plain()).own(model.hint("  {line-history}"), theme.key()).line()
        }
        Some(last) => {
            strip.own("  to  ", theme.dim()).own(place::commit(last), theme.plain()).line()
        }
        None => strip.own(", there only", theme.dim()).line(),
    });
    out
}
