// SPDX-License-Identifier: MIT OR Apache-2.0
//! Readiness: what could be released today, and what blocks the rest.

use ratatui::{buffer::Buffer, layout::Rect};

use super::paint::{self, Strip, count, number};
use crate::{
    domain::{Category, NotScanned, Origin, Verdict},
    review::{AttestCounts, RotationCounts},
    tui::model::{Model, Scan},
};

/// A line of the screen. Texts are made when it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReadyLine {
    /// The answer: ready or not.
    Answer,
    Blank,
    Head(&'static str),
    /// Open groups that block, in a category.
    Blocker(Category),
    /// Places on which reviewers differ.
    Disputed,
    /// Groups that one person approved, where the policy wants two.
    NeedsSecond,
    /// Somebody whom the policy requires has not taken part.
    Missing(usize),
    /// Fewer people than the policy wants have taken part.
    TooFew,
    /// Credentials that must be rotated and are not known to be.
    Rotation,
    /// Items of the release checklist that block.
    Checklist,
    /// Places drawn from batches that wait to be looked at.
    Samples,
    /// Files without findings that were drawn and wait to be read.
    FilesDue,
    /// Files without findings that the policy wants drawn.
    FilesMissing,
    /// Objects of the history that were not judged.
    Gaps,
    /// The head of the modules.
    Modules,
    Module(usize),
    /// How decisions came about.
    Origin(usize),
    NotScanned(usize),
    /// How many files the policy leaves out of every release.
    OutOfScope(usize),
    /// A rule that is not as it came with the program.
    RuleChange(usize),
}

impl ReadyLine {
    pub(crate) fn selectable(self) -> bool {
        matches!(
            self,
            Self::Blocker(_)
                | Self::Disputed
                | Self::NeedsSecond
                | Self::Checklist
                | Self::Rotation
                | Self::Samples
                | Self::FilesDue
                | Self::FilesMissing
                | Self::Module(_)
                | Self::NotScanned(_)
        )
    }
}

/// Returns the lines: what blocks first.
pub(crate) fn lines(model: &Model) -> Vec<ReadyLine> {
    use ReadyLine as L;
    let mut out = vec![L::Answer, L::Blank];
    let files = not_scanned(model);
    let blockers = blockers(model, &files);
    if !blockers.is_empty() {
        out.push(L::Head("What blocks"));
        out.extend(blockers);
        out.push(L::Blank);
    }
    if model.counts.rotation.blocking < model.counts.rotation.waiting() {
        out.extend([L::Head("A warning"), L::Rotation, L::Blank]);
    }
    // Before the modules, of which there may be a hundred.
    out.push(L::Head("How decisions came about (places)"));
    out.extend((0..Origin::ALL.len()).map(L::Origin));
    if !model.readiness.is_empty() {
        out.extend([L::Blank, L::Modules]);
        let mut order: Vec<usize> = (0..model.readiness.len()).collect();
        order.sort_by_key(|i| {
            let ready = &model.readiness[*i];
            (std::cmp::Reverse(ready.blocking), std::cmp::Reverse(ready.missing()))
        });
        out.extend(order.into_iter().map(L::Module));
    }
    let rest: Vec<usize> =
        files.into_iter().filter(|i| !model.session.not_scanned()[*i].why.blocks()).collect();
    if !rest.is_empty() {
        out.extend([L::Blank, L::Head("Files nobody could judge")]);
        out.extend(rest.into_iter().map(L::NotScanned));
    }
    if let Some(n) = model.counts.not_scanned.get(NotScanned::OutOfScope.word()) {
        out.extend([L::Blank, L::Head("No part of a release"), L::OutOfScope(*n)]);
    }
    let changes = model.session.rules().changes().len();
    if changes > 0 {
        out.extend([L::Blank, L::Head("Rules of this repository")]);
        out.extend((0..changes).map(L::RuleChange));
    }
    out
}

/// Returns what stands against the sign-off, with those of `files` that could not be judged.
fn blockers(model: &Model, files: &[usize]) -> Vec<ReadyLine> {
    use ReadyLine as L;
    let counts = &model.counts;
    let mut out: Vec<L> = Category::ALL
        .into_iter()
        .filter(|category| counts.of(*category).blocking > 0)
        .map(L::Blocker)
        .collect();
    let mut add = |blocks: bool, line: L| out.extend(blocks.then_some(line));
    add(counts.disputed > 0, L::Disputed);
    add(counts.total.needs_second > 0, L::NeedsSecond);
    add(counts.rotation.blocking > 0, L::Rotation);
    add(counts.total.due > 0, L::Samples);
    add(counts.read.missing > 0, L::FilesMissing);
    add(counts.read.due > 0, L::FilesDue);
    (0..counts.missing_reviewers.len()).for_each(|i| add(true, L::Missing(i)));
    add(counts.too_few_reviewers > 0, L::TooFew);
    add(counts.attest.blocking > 0, L::Checklist);
    add(gaps(model).is_some(), L::Gaps);
    let failing = files.iter().filter(|i| model.session.not_scanned()[**i].why.blocks());
    out.extend(failing.map(|i| L::NotScanned(*i)));
    out
}

/// Returns what of the published history nobody could judge, in words.
fn gaps(model: &Model) -> Option<String> {
    model.history.as_ref().filter(|_| model.source.history)?.not_judged()
}

fn not_scanned(model: &Model) -> Vec<usize> {
    let session = &model.session;
    let files = session.not_scanned().iter().enumerate();
    files
        .filter(|(_, file)| file.why != NotScanned::OutOfScope)
        .filter(|(_, file)| session.file_verdict(&file.path) != Some(Verdict::Exclude))
        .map(|(i, _)| i)
        .collect()
}

/// Returns whether somebody looked at a file that could not be judged, and approved it.
fn looked_at(model: &Model, i: usize) -> bool {
    let file = model.session.not_scanned().get(i);
    file.is_some_and(|f| model.session.file_verdict(&f.path) == Some(Verdict::Approve))
}

pub(super) fn draw(model: &Model, area: Rect, buf: &mut Buffer) {
    let lines = lines(model);
    let height = usize::from(area.height);
    let shown = lines.iter().enumerate().skip(model.ready.top).take(height);
    for (y, (i, line)) in shown.enumerate() {
        let here = i == model.ready.cursor && line.selectable();
        strip(model, *line, here, usize::from(area.width)).draw(area, y, buf);
        if here {
            paint::tint(area, y, model.theme.selected(true), buf);
        }
    }
}

fn strip(model: &Model, line: ReadyLine, here: bool, width: usize) -> Strip {
    let theme = &model.theme;
    let glyphs = &theme.glyphs;
    let start = Strip::default().own(if here { " > " } else { "   " }, theme.bold());
    match line {
        ReadyLine::Blank => Strip::default(),
        ReadyLine::Answer => answer(model),
        ReadyLine::Head(text) => Strip::default().own(format!(" {text}"), theme.heading()),
        ReadyLine::OutOfScope(n) => {
            let text = format!("{} out of scope by the policy, not judged", count(n, "file"));
            start.own(text, theme.plain())
        }
        ReadyLine::RuleChange(i) => rule_change(model, i, width, start),
        ReadyLine::Modules => modules_head(model, width),
        ReadyLine::Module(i) => module(model, i, width, start),
        ReadyLine::Origin(i) => {
            let word = Origin::ALL.get(i).map_or("", |origin| origin.word());
            let n = model.origins.get(i).copied().unwrap_or(0);
            start.cell(word, 12, theme.plain()).own(format!("{:>8}", number(n)), theme.plain())
        }
        ReadyLine::NotScanned(i) => {
            let Some(file) = model.session.not_scanned().get(i) else { return start };
            let path = model.veil.path(&file.path, glyphs.dots).crop_path(width / 2, glyphs.cut);
            let looked = looked_at(model, i);
            let why = if looked { "looked at and approved".into() } else { file.why.reason() };
            let why = model.veil.text(why.as_bytes(), glyphs.dots);
            let style = if file.why.blocks() { theme.error() } else { theme.dim() };
            start.shown(path, theme.plain()).own("  ", theme.plain()).shown(why, style)
        }
        ReadyLine::Rotation => {
            let (glyph, style) = match model.counts.rotation.blocking {
                0 => (glyphs.open, theme.warning()),
                _ => (glyphs.exclude, theme.error()),
            };
            start.own(format!("{glyph} {}", rotation(&model.counts.rotation)), style)
        }
        line => blocker(model, line, start),
    }
}

fn rule_change(model: &Model, i: usize, width: usize, start: Strip) -> Strip {
    let theme = &model.theme;
    let Some(change) = model.session.rules().changes().get(i) else { return start };
    let id = crate::tui::Shown::new(change.id.as_bytes()).crop(width / 2, theme.glyphs.cut);
    let strip = start.shown(id, theme.plain()).own("  ", theme.plain());
    // A reason may quote what must not be seen.
    let words = model.veil.text(change.words().as_bytes(), theme.glyphs.dots);
    let room = width.saturating_sub(strip.used());
    strip.shown(words.crop(room, theme.glyphs.cut), theme.dim())
}

/// What stands against the sign-off, without the files that could not be judged.
fn blocker(model: &Model, line: ReadyLine, start: Strip) -> Strip {
    let theme = &model.theme;
    let glyphs = &theme.glyphs;
    match line {
        ReadyLine::Blocker(category) => {
            let n = count(model.counts.of(category).blocking, "blocking group");
            start.own(format!("{} {n} in {}", glyphs.exclude, category.title()), theme.error())
        }
        ReadyLine::Disputed => {
            let n = count(model.counts.disputed, "place");
            start.own(format!("{} reviewers differ on {n}", glyphs.exclude), theme.error())
        }
        ReadyLine::NeedsSecond => {
            let n = count(model.counts.total.needs_second, "group");
            start.own(format!("{} a second voter is needed for {n}", glyphs.exclude), theme.error())
        }
        ReadyLine::Samples => {
            let counts = &model.counts.total;
            let drawn = count(counts.due + counts.clean, "drawn place");
            let text = format!("{} samples due: {} of {drawn}", glyphs.exclude, number(counts.due));
            start.own(text, theme.error())
        }
        ReadyLine::FilesDue => {
            let read = &model.counts.read;
            let drawn = count(read.drawn, "file");
            let text = format!("{} of {drawn} drawn are to be read", number(read.due));
            start.own(format!("{} {text}", glyphs.exclude), theme.error())
        }
        ReadyLine::FilesMissing => {
            let n = count(model.counts.read.missing, "file");
            let text = format!("the policy wants {n} without findings drawn and read");
            start.own(format!("{} {text}", glyphs.exclude), theme.error())
        }
        ReadyLine::Gaps => {
            let what = gaps(model).unwrap_or_default();
            let text = format!("not judged in the history: {what}; scan a whole clone");
            start.own(format!("{} {text}", glyphs.exclude), theme.error())
        }
        ReadyLine::Missing(i) => {
            let who = model.counts.missing_reviewers.get(i).map_or("", |who| who);
            let who = model.veil.text(who.as_bytes(), glyphs.dots);
            let start = start.own(format!("{} ", glyphs.exclude), theme.error());
            let rest = " has not taken part, as the policy requires";
            start.shown(who, theme.error()).own(rest, theme.error())
        }
        ReadyLine::TooFew => {
            let wanted = model.session.policy().min_reviewers;
            let n = model.counts.too_few_reviewers;
            let text = format!("the policy wants {wanted} reviewers: {n} more must take part");
            start.own(format!("{} {text}", glyphs.exclude), theme.error())
        }
        ReadyLine::Checklist => {
            let text = checklist(&model.counts.attest);
            start.own(format!("{} {text}", glyphs.exclude), theme.error())
        }
        _ => start,
    }
}

/// `2 credentials to rotate: 1 not answered, 1 not rotated yet`
pub(super) fn rotation(counts: &RotationCounts) -> String {
    let part = |(n, word)| format!("{} {word}", number(n));
    let parts: Vec<String> = counts.parts().map(part).collect();
    format!("{} to rotate: {}", count(counts.waiting(), "credential"), parts.join(", "))
}

/// `release checklist: 7 items open, 1 answered no, on 1 reviewers differ`
pub(super) fn checklist(counts: &AttestCounts) -> String {
    let part = |n: usize, text: String| (n > 0).then_some(text);
    let parts = [
        part(counts.missing, format!("{} open", count(counts.missing, "item"))),
        part(counts.refused, format!("{} answered no", number(counts.refused))),
        part(counts.disputed, format!("on {} reviewers differ", number(counts.disputed))),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("release checklist: {}", parts.join(", "))
}

fn answer(model: &Model) -> Strip {
    let theme = &model.theme;
    let start = Strip::default().own(" ", theme.plain());
    let open = model.counts.total.unresolved();
    if !matches!(model.scan, Scan::Done(_)) {
        return start
            .own("The scan is not finished: nothing can be signed off yet", theme.warning());
    }
    if model.counts.clear() && gaps(model).is_none() {
        let text = format!("{} Nothing stands against a sign-off", theme.glyphs.approve);
        let strip = start.own(text, theme.verdict(Some(Verdict::Approve)));
        return match not_scanned(model).into_iter().filter(|i| !looked_at(model, *i)).count() {
            0 => strip,
            n => {
                let unseen = format!("; {} to be looked at, see the end", count(n, "file"));
                strip.own(unseen, theme.warning())
            }
        };
    }
    if model.counts.settled() && !model.counts.clear() {
        let read = &model.counts.read;
        let text = match model.counts.attest.blocking {
            0 if model.counts.rotation.blocking > 0 => {
                "Every finding is decided; not every credential is known to be rotated"
            }
            0 if read.due + read.missing > 0 => {
                "Every finding is decided; not all files drawn have been read"
            }
            0 => "Every finding is decided; not everybody has taken part yet",
            _ => "Every finding is decided; the release checklist is not answered yet",
        };
        return start.own(format!("{} {text}", theme.glyphs.exclude), theme.error());
    }
    let due = model.counts.total.due;
    if open == 0 && due > 0 {
        let text =
            format!("{} drawn from batches of approvals to be looked at", count(due, "place"));
        return start.own(format!("{} {text}", theme.glyphs.exclude), theme.error());
    }
    let (of, blocking) = (count(model.counts.total.groups, "group"), model.counts.total.blocking);
    if open == 0 {
        let text = format!(
            "{} Every group is decided; what follows blocks a sign-off",
            theme.glyphs.exclude
        );
        return start.own(text, theme.error());
    }
    let text =
        format!("{} of {of} need a decision, {} of them block", number(open), number(blocking));
    start.own(format!("{} {text}", theme.glyphs.exclude), theme.error())
}

/// Width of the name of a module and of each number beside it.
fn widths(width: usize) -> (usize, usize) {
    let cell = if width < 80 { 8 } else { 11 };
    (width.saturating_sub(3 + cell * 4 + 9).max(12), cell)
}

fn modules_head(model: &Model, width: usize) -> Strip {
    let ready = model.readiness.iter().filter(|ready| ready.ready()).count();
    let style = model.theme.heading();
    let (name, cell) = widths(width);
    let (title, words) = if cell < 11 {
        (" Modules", ["sens.", "lic.", "intern.", "block"])
    } else {
        (" Modules ", ["sensitive", "licensing", "internal", "blocking"])
    };
    let so_far = if matches!(model.scan, Scan::Done(_)) { "" } else { " so far" };
    let title = format!("{title} {ready}/{} ready{so_far}", model.readiness.len());
    let words: String = words.iter().map(|word| format!("{word:>cell$}")).collect();
    Strip::default().cell(&title, 3 + name, style).own(words, style)
}

fn module(model: &Model, i: usize, width: usize, start: Strip) -> Strip {
    let theme = &model.theme;
    let Some(ready) = model.readiness.get(i) else { return start };
    let dash = |n: usize| if n == 0 { "-".to_owned() } else { number(n) };
    let path = if ready.module.path.is_root() {
        crate::tui::Shown::new(b"./")
    } else {
        model.veil.path(&ready.module.path, theme.glyphs.dots)
    };
    let (wide, cell) = widths(width);
    let path = path.crop_path(wide.saturating_sub(1), theme.glyphs.cut);
    let [sensitive, licensing, internal] = ready.unresolved.map(dash);
    let strip = start
        .shown_cell(path, wide, theme.plain(), "")
        .own(format!("{sensitive:>cell$}{licensing:>cell$}{internal:>cell$}"), theme.plain());
    let style = if ready.blocking > 0 { theme.error() } else { theme.plain() };
    let strip = strip.own(format!("{:>cell$}", dash(ready.blocking)), style);
    if ready.ready() && !matches!(model.scan, Scan::Done(_)) {
        // Nothing was found in it so far, which says little.
        return strip.own(format!("  {} so far", theme.glyphs.open), theme.plain());
    }
    if ready.ready() {
        let style = theme.verdict(Some(Verdict::Approve));
        return strip.own(format!("  {} ready", theme.glyphs.approve), style);
    }
    let (gap, word) = if ready.missing() == 0 { (" ", "rotate") } else { ("  ", "open") };
    strip.own(format!("{gap}{} {word}", theme.glyphs.open), theme.plain())
}
