// SPDX-License-Identifier: MIT OR Apache-2.0
//! The dashboard: how much is left, and what to do next.

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use super::{
    chrome,
    paint::{self, Strip, count, number},
};
use crate::{
    domain::Category,
    ops::Stage,
    review::CategoryCounts,
    tui::{
        model::{Model, Scan},
        text::{fold, text_width},
    },
};

/// The row of credentials that must be rotated.
pub(crate) const ROTATION: usize = 8;

/// Rows that can be selected: three categories, the release checklist, files not judged, files to
/// read, modules, the history, and credentials that must be rotated if there are any.
pub(crate) fn rows(model: &Model) -> usize {
    ROTATION + usize::from(model.counts.rotation.asked > 0)
}

pub(super) fn draw(model: &Model, area: Rect, buf: &mut Buffer) {
    let theme = &model.theme;
    let w = Widths::of(area.width);
    let head = format!("{:>2$}{:>3$}", "blocking", w.open_word, w.blocking, w.open);
    let head = Strip::default()
        .cell("   Category", w.title, theme.heading())
        .own(format!("{head}{:>1$}", "decided", w.decided), theme.heading())
        .own(format!("{:>1$}   ", w.sample_word, w.sample), theme.heading())
        .own("state", theme.heading());
    head.draw(area, 1, buf);
    for (i, category) in Category::ALL.into_iter().enumerate() {
        row(model, i, category.title(), model.counts.of(category), &w).draw(area, 2 + i, buf);
    }
    let wide = usize::from(area.width);
    checklist(model, 3, &w).draw(area, 5, buf);
    other(model, 4, "Files not judged", &not_judged(model), wide).draw(area, 6, buf);
    other(model, 5, "Reading", &read(model), wide).draw(area, 7, buf);
    other(model, 6, "Modules", &modules(model), wide).draw(area, 8, buf);
    let mut lines = history(model, wide.saturating_sub(26)).into_iter();
    other(model, 7, "History", &lines.next().unwrap_or_default(), wide).draw(area, 9, buf);
    let mut y = 10;
    for more in lines {
        let more = model.veil.text(more.as_bytes(), theme.glyphs.dots);
        let more = more.crop(wide.saturating_sub(26), theme.glyphs.cut);
        Strip::default().cell("", 25, theme.plain()).shown(more, theme.plain()).draw(area, y, buf);
        y += 1;
    }
    let last = y;
    if rows(model) > ROTATION {
        other(model, ROTATION, "Rotation", &rotation(model), wide).draw(area, y, buf);
        y += 1;
    }
    let at = model.board.cursor.min(rows(model) - 1);
    let at = if at == ROTATION { last } else { 2 + at };
    paint::tint(area, at, theme.selected(true), buf);
    y += 1;
    for text in next(model) {
        for line in fold(&text, usize::from(area.width).saturating_sub(4)) {
            Strip::default().own(format!("   {line}"), theme.bold()).draw(area, y, buf);
            y += 1;
        }
    }
    noisiest(model, area, y + 1, buf);
}

fn pointer(model: &Model, i: usize) -> &'static str {
    if model.board.cursor == i { " > " } else { "   " }
}

/// Widths of the columns.
struct Widths {
    title: usize,
    blocking: usize,
    open: usize,
    open_word: &'static str,
    decided: usize,
    sample: usize,
    sample_word: &'static str,
}

impl Widths {
    /// A narrow screen says what is to be sampled when nothing else is left to do.
    fn of(width: u16) -> Self {
        let (title, blocking, open, open_word, decided) =
            if width < 72 { (23, 9, 6, "open", 9) } else { (24, 10, 13, "open groups", 10) };
        let (sample, sample_word) = if width < 82 { (0, "") } else { (11, "sample") };
        Self { title, blocking, open, open_word, decided, sample, sample_word }
    }
}

/// `ok` when everything drawn was looked at, `12 due` when not, `-` when nothing was drawn.
fn sample(counts: &CategoryCounts) -> String {
    match (counts.due, counts.clean) {
        (0, 0) => "-".into(),
        (0, _) => "ok".into(),
        (due, _) => format!("{} due", number(due)),
    }
}

fn row(model: &Model, i: usize, title: &str, counts: &CategoryCounts, w: &Widths) -> Strip {
    let numbers = [counts.blocking, counts.unresolved(), counts.decided()];
    cells(model, i, title, numbers, (sample(counts), state(model, counts)), w)
}

fn checklist(model: &Model, i: usize, w: &Widths) -> Strip {
    let (theme, glyphs) = (&model.theme, &model.theme.glyphs);
    let a = &model.counts.attest;
    let state = if a.refused + a.disputed > 0 {
        (theme.error(), format!("{} blocked", glyphs.exclude))
    } else if a.open > 0 {
        (theme.plain(), format!("{} open", glyphs.open))
    } else if a.items > 0 {
        let style = theme.verdict(Some(crate::domain::Verdict::Approve));
        (style, format!("{} decided", glyphs.approve))
    } else {
        (theme.dim(), "none".to_owned())
    };
    cells(model, i, "Release checklist", [a.blocking, a.open, a.decided], ("-".into(), state), w)
}

fn cells(
    model: &Model,
    i: usize,
    title: &str,
    [blocking, open, decided]: [usize; 3],
    (sample, (style, state)): (String, (Style, String)),
    w: &Widths,
) -> Strip {
    let theme = &model.theme;
    let dash = |n: usize| if n == 0 { "-".to_owned() } else { number(n) };
    let urgent = if blocking > 0 { theme.error() } else { theme.plain() };
    let (blocking, decided) = (dash(blocking), number(decided));
    let sample = if w.sample > 0 { sample } else { String::new() };
    let rest = format!("{:>1$}{decided:>2$}", number(open), w.open, w.decided);
    let rest = format!("{rest}{sample:>0$}   ", w.sample);
    Strip::default()
        .cell(&format!("{}{title}", pointer(model, i)), w.title, theme.plain())
        .own(format!("{blocking:>0$}", w.blocking), urgent)
        .own(rest, theme.plain())
        .own(state, style)
}

fn state(model: &Model, counts: &CategoryCounts) -> (Style, String) {
    let (theme, glyphs) = (&model.theme, &model.theme.glyphs);
    if counts.blocking > 0 {
        (theme.error(), format!("{} blocked", glyphs.exclude))
    } else if counts.unresolved() > 0 {
        (theme.plain(), format!("{} open", glyphs.open))
    } else if counts.differ > 0 {
        (theme.error(), format!("! {} differ", number(counts.differ)))
    } else if counts.due > 0 {
        (theme.plain(), format!("{} {} due", glyphs.open, number(counts.due)))
    } else if matches!(model.scan, Scan::Done(_)) {
        (
            theme.verdict(Some(crate::domain::Verdict::Approve)),
            format!("{} decided", glyphs.approve),
        )
    } else {
        (theme.dim(), format!("{} scanning", glyphs.sep))
    }
}

fn other(model: &Model, i: usize, title: &str, text: &str, width: usize) -> Strip {
    let head = format!("{}{title}", pointer(model, i));
    // Names of refs are among it.
    let text = model.veil.text(text.as_bytes(), model.theme.glyphs.dots);
    let text = text.crop(width.saturating_sub(26), model.theme.glyphs.cut);
    Strip::default().cell(&head, 25, model.theme.plain()).shown(text, model.theme.plain())
}

fn not_judged(model: &Model) -> String {
    let kinds = &model.counts.not_scanned;
    if kinds.is_empty() {
        return "none".into();
    }
    let sum: usize = kinds.values().sum();
    let kinds: Vec<String> =
        kinds.iter().map(|(word, n)| format!("{} {word}", number(*n))).collect();
    format!("{}: {}", number(sum), kinds.join(", "))
}

/// How many files people have read.
fn read(model: &Model) -> String {
    let counts = &model.counts.read;
    let words = super::files::words(counts);
    match (counts.files, counts.missing) {
        (0, _) => "-".into(),
        (_, 0) => words,
        // What is to be done first: a narrow screen cuts the rest.
        (_, n) => format!("the policy wants {} more drawn; {words}", number(n)),
    }
}

/// How many of the credentials that must not be published still open something.
fn rotation(model: &Model) -> String {
    let counts = &model.counts.rotation;
    let asked = count(counts.asked, "credential");
    match (counts.waiting(), counts.blocking) {
        (0, _) => format!("{asked} rotated or never live"),
        (n, 0) => format!("{} of {asked} to rotate", number(n)),
        (n, _) => format!("{} of {asked} to rotate, which blocks", number(n)),
    }
}

fn modules(model: &Model) -> String {
    if model.readiness.is_empty() {
        return "none found: the repository is released as a whole".into();
    }
    let ready = model.readiness.iter().filter(|ready| ready.ready()).count();
    let when = if matches!(model.scan, Scan::Done(_)) { "today" } else { "so far" };
    format!("{ready} of {} could be released {when}", model.readiness.len())
}

/// What of the history was scanned, and what is there but would not be published: in one line if
/// that fits `room` columns, else in two.
fn history(model: &Model, room: usize) -> Vec<String> {
    let Some(seen) = &model.history else {
        let text = match (&model.scan, model.source.history) {
            (_, false) => model.hint("not scanned [{history}]").into(),
            (Scan::Failed(_), true) => "not scanned to its end".into(),
            (Scan::Running(Stage::Files, ..) | Scan::Waiting | Scan::Done(_), true) => {
                "being scanned".into()
            }
            (Scan::Running(..), true) => {
                format!("{}{}", chrome::progress(model), chrome::pace(model))
            }
        };
        return vec![text];
    };
    let mut scanned =
        format!("{}, {}", count(seen.commits, "commit"), count(seen.blobs, "version"));
    if let Some(gaps) = seen.not_judged() {
        scanned = format!("{scanned}; not judged: {gaps}");
    }
    let mut rest: Vec<String> =
        seen.left_out.iter().map(|(name, n)| format!("{} in {name}", count(*n, "ref"))).collect();
    rest.extend(seen.reflogs.then(|| "reflogs".to_owned()));
    let unreachable = count(seen.unreachable, "unreachable object");
    rest.extend((seen.unreachable > 0).then_some(unreachable));
    if rest.is_empty() {
        return vec![scanned];
    }
    let rest = format!("{} not published", rest.join(", "));
    if text_width(&scanned) + text_width(&rest) + 2 <= room {
        return vec![format!("{scanned}; {rest}")];
    }
    vec![scanned, rest]
}

/// What to do next, in words.
fn next(model: &Model) -> Vec<String> {
    let total = &model.counts.total;
    if let Scan::Done(files) = model.scan
        && total.groups == 0
    {
        let rules = count(model.session.rules().len(), "rule");
        return vec![
            format!("0 findings in {}, {rules}.", count(files, "file")),
            model
                .hint(
                    "Read some files yourself before you trust this: a rule can only find what it \
                     knows. {files} lists them, and there {draw-files} draws some at random. \
                     {readiness} shows readiness, {export} exports the report.",
                )
                .into(),
        ];
    }
    let blocking = Category::ALL.into_iter().find(|c| model.counts.of(*c).blocking > 0);
    let open = Category::ALL.into_iter().find(|c| {
        let counts = model.counts.of(*c);
        counts.unresolved() > 0
    });
    let blocks = model.counts.attest.blocking;
    if (blocking, open) == (None, None) && total.differ > 0 {
        let groups = count(total.differ, "group");
        return vec![format!("Next: {groups} on which reviewers differ")];
    }
    let unrotated = model.counts.rotation.blocking;
    if (blocking, open) == (None, None) && unrotated > 0 && total.due == 0 {
        return vec![format!("Next: {} to rotate", count(unrotated, "credential"))];
    }
    if (blocking, open) == (None, None) && total.groups > 0 && blocks > 0 && total.due == 0 {
        let items = count(blocks, "item");
        let groups = count(total.groups, "group");
        let list = model.hint("of the release checklist ({release-checklist})");
        return vec![format!("All {groups} decided. Next: {items} {list}")];
    }
    vec![match (blocking, open) {
        (Some(category), _) => {
            let n = count(model.counts.of(category).blocking, "blocking group");
            format!("Next: {n} in {}", category.title())
        }
        (None, Some(category)) => {
            let counts = model.counts.of(category);
            let n = count(counts.unresolved(), "open group");
            format!("Next: {n} in {}", category.title())
        }
        (None, None) if total.due > 0 => {
            format!("Next: {} drawn from batches to look at", count(total.due, "place"))
        }
        (None, None) if total.groups > 0 && model.counts.read.due > 0 => {
            let words = model.hint("drawn to be read ({files})");
            format!("Next: {} {words}", count(model.counts.read.due, "file"))
        }
        (None, None) if total.groups > 0 => {
            let next = model.hint("{readiness} shows readiness, {export} exports the report.");
            format!("All {} decided. {next}", count(total.groups, "group"))
        }
        (None, None) => "Looking for what must not leave…".into(),
    }]
}

/// The rules with most open groups: a noisy rule is best settled first.
fn noisiest(model: &Model, area: Rect, y: usize, buf: &mut Buffer) {
    let theme = &model.theme;
    let room = usize::from(area.height).saturating_sub(y + 1);
    if model.top_rules.is_empty() || room == 0 {
        return;
    }
    let wide = if area.width < 72 { 30 } else { 35 };
    Strip::default()
        .cell("   Rules with most to decide", 13 + wide, theme.heading())
        .own(format!("{:>7}{:>9}", "open", "places"), theme.heading())
        .draw(area, y, buf);
    for (i, (rule, open, places, worst)) in model.top_rules.iter().take(room).enumerate() {
        let info = model.session.rules().info(*rule);
        Strip::default()
            .own("   ", theme.plain())
            .cell(worst.word(), 10, theme.severity(*worst))
            .cell(&info.id, wide, theme.plain())
            .own(format!("{:>7}{:>9}", number(*open), number(*places)), theme.plain())
            .draw(area, y + 1 + i, buf);
    }
}
