// SPDX-License-Identifier: MIT OR Apache-2.0
//! Header, banners and status.

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use super::paint::{self, Strip, count, number};
use crate::{
    domain::Class,
    ops::Stage,
    review::FindingIdx,
    tui::{
        command::Command,
        model::{Model, Scan, Screen},
        panes::Tone,
        text::{Shown, fold},
    },
};

/// Line 1: what is reviewed, where one is, how much is left, whether it is saved.
pub(super) fn header(model: &Model, area: Rect, buf: &mut Buffer) {
    let width = usize::from(area.width);
    let style = model.theme.bar();
    let source = &model.source;
    let mut left = Strip::default().own(" ", style);
    if source.name.is_empty() {
        left = left.own("debut", style);
    } else {
        left = left.shown(Shown::new(source.name.as_bytes()).crop(width / 4, "…"), style);
        let commit: String = source.commit.chars().take(7).collect();
        left = left.own(format!(" @ {commit}"), style);
    }
    left = left.own(format!("  {}", place(model)), style);
    let total = &model.counts.total;
    let left_over = total.open + total.deferred;
    let open = format!("{} of {} groups open", number(left_over), number(total.groups));
    let saved = match (&model.read_only, &model.write_error, &model.saved) {
        (Some(_), ..) => "  READ ONLY ".to_owned(),
        (_, Some(_), _) => "  NOT SAVED ".to_owned(),
        (_, _, Some(at)) => format!("  saved {at} "),
        _ => " ".to_owned(),
    };
    let scan = match &model.scan {
        Scan::Running(Stage::Files, _, 0) | Scan::Waiting => "scanning  ".to_owned(),
        Scan::Running(..) => format!("scanning {}  ", progress(model)),
        Scan::Done(_) => String::new(),
        Scan::Failed(_) => "SCAN FAILED  ".to_owned(),
    };
    let pace = pace(model);
    let paced = if pace.is_empty() {
        scan.clone()
    } else {
        format!("scanning {}{pace}  ", progress(model))
    };
    // The right side gives way from the left: what is open says most.
    let used = left.used();
    let brief_open = format!("{}/{} open", number(left_over), number(total.groups));
    let brief = format!("{brief_open}{saved}");
    // While the scan runs, how far it is says more than when something was saved.
    let running = matches!(model.scan, Scan::Running(..));
    let fine = model.read_only.is_none() && model.write_error.is_none();
    let alarm = if running && fine { " " } else { &saved };
    let rights = [
        format!("{paced}{open}{saved}"),
        format!("{scan}{open}{saved}"),
        format!("{scan}{brief}"),
        format!("{}{brief}", short_progress(model)),
        format!("{}{}{}", short_progress(model), brief_open, alarm),
        format!("{open}{saved}"),
        brief,
        saved,
    ];
    let right = rights.into_iter().find(|right| used + 1 + right.chars().count() <= width);
    left.right(&right.unwrap_or_default(), width, style).draw(area, 0, buf);
    paint::tint(area, 0, style, buf);
}

/// `9,305/181,421 versions`; nothing while no scan runs.
pub(super) fn progress(model: &Model) -> String {
    match &model.scan {
        Scan::Running(stage, done, 0) => format!("{} {}", number(*done), stage.noun()),
        Scan::Running(stage, done, all) => {
            format!("{}/{} {}", number(*done), number(*all), stage.noun())
        }
        _ => String::new(),
    }
}

/// `, 3,100/s, 55 s left` after that, once it can be told.
pub(super) fn pace(model: &Model) -> String {
    let running = matches!(model.scan, Scan::Running(..));
    let speed = model.scan_pace.speed().filter(|_| running);
    speed.map_or_else(String::new, |speed| format!(", {}", speed.words(number)))
}

/// `versions 42%`, where there is no room for numbers.
fn short_progress(model: &Model) -> String {
    match &model.scan {
        Scan::Running(stage, done, all) if *all > 0 => {
            format!("{} {}%  ", stage.noun(), done * 100 / all)
        }
        Scan::Running(stage, done, _) if *done > 0 => {
            format!("{} {}  ", number(*done), stage.noun())
        }
        _ => String::new(),
    }
}

fn is_gap(model: &Model, idx: FindingIdx) -> bool {
    model.session.rules().info(model.session.finding(idx).rule).class == Class::Licence
}

fn place(model: &Model) -> String {
    match model.screen {
        Screen::Dashboard => "Dashboard".into(),
        Screen::Preview => match model.shown() {
            Some(idx) if is_gap(model, idx) => "Fix preview".into(),
            _ => "Redaction preview".into(),
        },
        Screen::Readiness => "Readiness".into(),
        Screen::Attestations => "Release checklist".into(),
        Screen::Files => "Files".into(),
        Screen::Walk => model.list.filter.category.map_or("Walk", |c| c.title()).into(),
    }
}

/// Lines below the header that stay until their cause is gone. The worst comes first.
fn banners(model: &Model) -> Vec<(Style, String)> {
    let theme = &model.theme;
    let mut out = Vec::new();
    if let Some(why) = &model.write_error {
        let text = format!(
            "NOT SAVED: {}; press {} to try again (no verdicts until then)",
            crate::tui::model::cause(why),
            model.key(Command::Retry)
        );
        out.push((theme.alarm(), text));
    }
    if let Some(why) = &model.read_only {
        out.push((theme.warning(), format!("Read only: {why}")));
    }
    if let Scan::Failed(why) = &model.scan {
        let again = model.hint("{rescan} tries again");
        out.push((theme.alarm(), format!("The scan stopped: {why}. {again}")));
    }
    if let Some(how) = &model.tree_changed {
        let anew = model.hint("You keep reviewing the scanned commit; {rescan} scans anew");
        let text = format!("{how}. {anew}");
        out.push((theme.warning(), text));
    }
    let first = model.screen == Screen::Dashboard;
    out.extend(model.resumed.iter().filter(|_| first).map(|text| (theme.bold(), text.clone())));
    let known = model.source.banners.iter().filter(|_| first);
    out.extend(known.map(|text| (theme.warning(), text.clone())));
    out
}

/// Returns the lines of the banners, each banner on two of them at most.
pub(crate) fn banner_lines(model: &Model, width: usize) -> Vec<(Style, Shown)> {
    let (dots, cut) = (model.theme.glyphs.dots, model.theme.glyphs.cut);
    let room = width.saturating_sub(2).max(1);
    let mut out = Vec::new();
    for (style, text) in banners(model) {
        let text = model.veil.text(text.as_bytes(), dots);
        let lines = fold(text.as_str(), room);
        let more = lines.len() > 2;
        for (i, line) in lines.into_iter().take(2).enumerate() {
            let line = if more && i == 1 { format!("{line} {cut}") } else { line };
            out.push((style, Shown::new(line.as_bytes()).crop(room, cut)));
        }
    }
    out
}

pub(super) fn draw_banners(model: &Model, area: Rect, buf: &mut Buffer) {
    let lines = banner_lines(model, usize::from(area.width));
    for (y, (style, text)) in lines.into_iter().enumerate() {
        Strip::default().own(" ", style).shown(text, style).draw(area, y, buf);
        paint::tint(area, y, style, buf);
    }
}

/// The line above the footer: what the last key did, what waits for the next verdict, and the
/// meter.
pub(super) fn status(model: &Model, area: Rect, buf: &mut Buffer) {
    let theme = &model.theme;
    let width = usize::from(area.width);
    let meter = meter(model);
    let room = width.saturating_sub(crate::tui::text::text_width(&meter) + 3);
    let (style, text) = match &model.status {
        Some(status) => match status.tone {
            Tone::Info => (theme.bold(), status.text.clone()),
            Tone::Refused => (theme.warning(), status.text.clone()),
        },
        None => (theme.dim(), waiting(model)),
    };
    // A message that is longer than its room is worth more than the meter.
    let text = model.veil.text(text.as_bytes(), theme.glyphs.dots);
    let alone = text.width() > room;
    let text = text.crop(width.saturating_sub(2), theme.glyphs.cut);
    let strip = Strip::default().own(" ", style).shown(text, style);
    let strip = if alone { strip } else { strip.right(&format!("{meter} "), width, theme.dim()) };
    strip.draw(area, 0, buf);
}

/// What the next verdict will take with it.
fn waiting(model: &Model) -> String {
    let mut parts = Vec::new();
    if model.screen == Screen::Walk {
        if let Some((from, to)) = super::super::update::range_of(model) {
            parts.push(format!("range of {}", count(to - from + 1, "row")));
        }
        if !model.list.marks.is_empty() {
            let act = model.hint("{approve} {redact} {exclude} {defer} act on all");
            parts.push(format!("{} marked: {act}", model.list.marks.len()));
        }
    }
    if model.screen == Screen::Attestations {
        let a = &model.counts.attest;
        parts.push(format!("{} of {} answered, {} block", a.decided, a.items, a.blocking));
        return parts.join("; ");
    }
    if model.screen == Screen::Files && !model.session.files().is_empty() {
        parts.push(super::files::words(&model.counts.read));
    }
    parts.extend(model.reason.map(|why| format!("reason: {}", why.title())));
    if let Some(pending) = model.anchor().and_then(|anchor| model.pending.get(&anchor)) {
        parts.extend(pending.note.as_ref().map(|note| format!("note: {note}")));
    }
    parts.join("; ")
}

/// `412 left · 2.8 s each · ~19 min`; when all is decided, or samples or
/// credentials are gone through, what is left of those. How fast it goes is said once a few decisions tell.
fn meter(model: &Model) -> String {
    let total = &model.counts.total;
    let sep = model.theme.glyphs.sep;
    let sampling = model.screen == Screen::Walk && model.list.filter.samples();
    let turning = model.screen == Screen::Walk && model.list.filter.unrotated();
    let (left, word) = match total.unresolved() {
        _ if turning => (model.counts.rotation.waiting(), "to rotate"),
        open if total.due > 0 && (open == 0 || sampling) => (total.due, "to sample"),
        left => (left, "left"),
    };
    let text = format!("{} {word}", number(left));
    let Some(each) = model.pace.each().filter(|_| left > 0) else { return text };
    let seconds = each as f64 / 1000.0;
    format!("{text} {sep} {seconds:.1} s each {sep} ~{}", duration(left as f64 * seconds))
}

/// `19 min`, and from two hours on `3 h`.
fn duration(seconds: f64) -> String {
    let minutes = (seconds / 60.0).ceil();
    if minutes < 120.0 { format!("{minutes:.0} min") } else { format!("{:.0} h", minutes / 60.0) }
}
