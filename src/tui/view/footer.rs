// SPDX-License-Identifier: MIT OR Apache-2.0
//! The footer: the keys that do something now.

use ratatui::{buffer::Buffer, layout::Rect};

use super::{overlay::rule_steps, paint::Strip};
use crate::{
    domain::Class,
    ops::is_mendable,
    review::Turn,
    tui::{
        command::Command,
        licences::LicenceForm,
        model::{Model, Screen},
        overlay::{Item, Overlay, Pick, StandIns},
        own_words::WordList,
        rows::{Anchor, Row},
        table::{Entry, TABLE},
    },
};

/// Last line: the keys that do something now. `? help` and `u undo` are always there, and over a
/// screen the way out is: it comes last, and the others make room for it.
pub(super) fn draw(model: &Model, area: Rect, buf: &mut Buffer) {
    let theme = &model.theme;
    let width = usize::from(area.width);
    let mut strip = Strip::default().own(" ", theme.plain());
    let mut keys = keys(model);
    let wide = |(key, label): &(String, String)| key.chars().count() + 1 + label.chars().count();
    let over = model.overlay.is_some();
    if over && keys.iter().map(|entry| wide(entry) + 2).sum::<usize>() > width {
        // Help has what stands in parentheses.
        keys.iter_mut()
            .for_each(|(_, label)| label.truncate(label.find(" (").unwrap_or(label.len())));
    }
    let last = keys.len().saturating_sub(1);
    let way_out = keys.last().filter(|_| over).map_or(0, |entry| wide(entry) + 2);
    for (i, entry) in keys.into_iter().enumerate() {
        let kept = if i == last { 0 } else { way_out };
        if strip.used() + wide(&entry) + 1 + kept > width {
            continue;
        }
        let (key, label) = entry;
        strip = strip.own(key, theme.key()).own(format!(" {label}  "), theme.plain());
    }
    strip.draw(area, 0, buf);
}

/// The keys while an SPDX expression is typed.
const LICENCE: [(&str, &str); 3] =
    [("Tab", "complete"), ("Enter", "choose for how many"), ("Esc", "leave")];

fn keys(model: &Model) -> Vec<(String, String)> {
    let own = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(k, l)| ((*k).to_owned(), (*l).to_owned())).collect()
    };
    let arrows = model.theme.glyphs.arrows;
    match &model.overlay {
        Some(Overlay::Finder(_)) => own(&[
            ("type", "to filter"),
            (arrows, "choose"),
            ("Enter", "run (never decides)"),
            ("Esc", "close"),
        ]),
        Some(Overlay::Filter { .. } | Overlay::Paths { .. }) => {
            own(&[("type", "to filter"), ("Enter", "keep"), ("Esc", "as it was")])
        }
        Some(Overlay::Menu(menu))
            if matches!(menu.items[..], [Item { pick: Pick::Turn(_), .. }, ..]) =>
        {
            own(&[("letter", "answer"), ("Esc", "close")])
        }
        Some(Overlay::Menu(menu)) if menu.enter_looks => {
            own(&[("letter", "decide"), ("Enter", "look first"), ("Esc", "close")])
        }
        Some(Overlay::Menu(menu)) => {
            let keys = if menu.items.iter().any(|item| item.key.is_ascii_digit()) {
                "letter or digit"
            } else {
                "letter"
            };
            own(&[(keys, "choose"), (&format!("{arrows} Enter"), "choose"), ("Esc", "close")])
        }
        Some(Overlay::Confirm(_) | Overlay::Count { .. }) => {
            own(&[("type", "the number"), ("Esc", "don't")])
        }
        Some(Overlay::Note { .. } | Overlay::Saying { .. }) => {
            own(&[("Enter", "keep"), ("Esc", "leave")])
        }
        Some(Overlay::Licence { .. }) => own(&LICENCE),
        Some(Overlay::Export(_)) => own(&[("Enter", "export"), ("Esc", "leave")]),
        Some(Overlay::Suggestions(_)) => own(&[
            ("=", "accept"),
            ("Space", "mark"),
            ("Enter", "show the groups"),
            ("Esc", "close"),
        ]),
        Some(Overlay::Words(list)) => own(&words(model, list)),
        Some(Overlay::Licences(form)) => own(licences(model, form)),
        Some(Overlay::StandIns(table)) => own(stand_ins(table)),
        Some(Overlay::StandInTo { .. }) => own(&[("Enter", "keep"), ("Esc", "leave")]),
        Some(Overlay::RuleText(_)) if rule_steps(model) == 0 => own(&[("any key", "close")]),
        Some(Overlay::RuleText(_) | Overlay::History { .. }) => {
            own(&[("j k", "scroll"), ("any other key", "close")])
        }
        None => on_screen(model),
    }
}

/// The keys of the screen itself.
fn on_screen(model: &Model) -> Vec<(String, String)> {
    let mut entries: Vec<&Entry> = TABLE
        .iter()
        .filter(|entry| entry.footer > 0 && entry.works_on(model.screen))
        .filter(|entry| useful(model, entry))
        .collect();
    entries.sort_by_key(|entry| rank(model, entry));
    let key = |entry: &Entry| model.key(entry.command).into_owned();
    entries.into_iter().map(|entry| (key(entry), label(model, entry))).collect()
}

fn stand_ins(table: &StandIns) -> &'static [(&'static str, &'static str)] {
    if table.typing {
        return &[("Enter", "to the list"), ("Esc", "clear")];
    }
    &[
        ("c", "choose"),
        ("/", "filter"),
        ("Enter", "show the places"),
        ("-", "take back"),
        ("u", "undo"),
        ("Esc", "close"),
    ]
}

fn licences(model: &Model, form: &LicenceForm) -> &'static [(&'static str, &'static str)] {
    if form.editing.is_some() {
        return &[("Enter", "take"), ("Esc", "back")];
    }
    if model.locked().is_some() {
        return &[("j k", "scroll"), ("Esc", "close")];
    }
    match form.first {
        true => &[
            ("Enter", "keep it so"),
            ("Space", "change"),
            ("d", "leave open"),
            ("u", "undo"),
            ("Esc", "later"),
        ],
        false => &[("Enter", "keep it so"), ("Space", "change"), ("u", "undo"), ("Esc", "leave")],
    }
}

fn words(model: &Model, list: &WordList) -> Vec<(&'static str, &'static str)> {
    let way_out = if list.first { "later" } else { "leave" };
    if list.adding.is_some() {
        return vec![("Enter", "add"), ("Tab", "another kind"), ("Esc", "back")];
    }
    if model.locked().is_some() {
        return vec![("j k", "scroll"), ("l h", "unfold, fold"), ("Esc", "close")];
    }
    vec![
        ("Enter", "keep it so"),
        ("Space", "tick"),
        ("a", "add"),
        ("u", "undo"),
        ("d", "remove"),
        ("l h", "unfold, fold"),
        ("Esc", way_out),
    ]
}

/// Where an entry stands in the footer. What goes with an answer stands beside the answers, and
/// where credentials are gone through, the key that answers for them comes first.
fn rank(model: &Model, entry: &Entry) -> (u16, u16) {
    let screen = model.screen;
    match entry.command {
        Command::Note | Command::Link | Command::Name if screen == Screen::Attestations => {
            (70, entry.footer)
        }
        Command::Rotated if model.list.filter.unrotated() => (25, 0),
        _ => (entry.footer, 0),
    }
}

/// What a bare verdict key is about, where that is not what the row says.
fn reach(model: &Model) -> &'static str {
    let Some(row) = model.row().filter(|_| model.screen == Screen::Walk) else { return "" };
    let (focused, one) = (model.detail.focused, row.places(&model.session).len() == 1);
    let samples = model.list.filter.samples();
    match row.anchor {
        Anchor::NotScanned(_) | Anchor::NotScannedHead => "",
        _ if !model.list.marks.is_empty() || model.list.range.is_some() => " marked",
        _ if row.is_head() && !focused => " all",
        _ if (focused || samples) && !one => " place",
        _ => "",
    }
}

fn label(model: &Model, entry: &Entry) -> String {
    match entry.command {
        Command::Approve => format!("{}{}", entry.label, reach(model)),
        // A narrow footer has room for it once: where it matters most.
        Command::Redact | Command::Defer if model.size.0 >= 80 => {
            format!("{}{}", entry.label, reach(model))
        }
        Command::Exclude if model.size.0 >= 80 && matches!(reach(model), " all" | " marked") => {
            format!("{}{}", entry.label, reach(model))
        }
        Command::Back if model.screen == Screen::Dashboard => "leave".into(),
        Command::In if model.screen == Screen::Dashboard => "continue".into(),
        Command::History if model.source.history => "commit only".into(),
        Command::History => "scan history".into(),
        Command::NextPlace if model.screen == Screen::Attestations => "next hint".into(),
        Command::Unmask if model.veil.lifted() => "mask values".into(),
        Command::HideDecided if model.list.hide_decided => "show decided".into(),
        _ => entry.label.into(),
    }
}

/// Help and undo always stand there; what can't be used now does not.
fn useful(model: &Model, entry: &Entry) -> bool {
    let always = matches!(entry.command, Command::Help | Command::Undo);
    let (screen, command) = (model.screen, entry.command);
    let idle = match screen {
        Screen::Walk => {
            matches!(command, Command::Walk | Command::Note | Command::Attestations | Command::Wrap)
        }
        Screen::Dashboard | Screen::Preview => {
            matches!(command, Command::Preview | Command::Unmask | Command::Note)
        }
        Screen::Attestations => {
            matches!(command, Command::Attestations | Command::Unmask)
        }
        Screen::Files => idle_on_files(model, command),
        Screen::Readiness => {
            matches!(command, Command::Readiness | Command::Preview | Command::Unmask)
        }
    };
    let idle = idle
        || !fits(model, command)
        || refused(model, command)
        || (command == Command::Rotated && !asks(model));
    let named = !model.keys.of(command, screen).is_empty();
    always || (!idle && named && crate::tui::update::unavailable(model, command).is_none())
}

fn marks(model: &Model) -> bool {
    !model.list.marks.is_empty() || model.list.range.is_some()
}

/// What closes a licensing gap has no place beside anything else.
fn fits(model: &Model, command: Command) -> bool {
    let class = |idx| model.session.rules().info(model.session.finding(idx).rule).class;
    let gap = model.shown().filter(|idx| class(*idx) == Class::Licence);
    match command {
        Command::Fix => gap.is_some_and(|idx| is_mendable(&model.session, idx)),
        Command::Correct => gap.is_some(),
        // A word in its place would close none.
        Command::Redact | Command::RedactScope => {
            let head = model.row().is_some_and(Row::is_head);
            gap.is_none() || head || marks(model)
        }
        _ => true,
    }
}

/// Whether the place shown asks if its credential was rotated.
fn asks(model: &Model) -> bool {
    model.shown().is_some_and(|idx| model.session.standing(idx).turn == Turn::Waits)
}

/// Verdicts are about what was found; where nothing was, only the file can be left out.
fn idle_on_files(model: &Model, command: Command) -> bool {
    let verdict = matches!(
        command,
        Command::Approve
            | Command::Redact
            | Command::Defer
            | Command::ApproveScope
            | Command::RedactScope
            | Command::Repeat
            | Command::Preview
    );
    let unjudged = matches!(model.anchor(), Some(Anchor::NotScanned(_)));
    let none = model.shown().is_none() && !(unjudged && command == Command::Approve);
    let of_file = matches!(
        command,
        Command::ReadOn | Command::MarkRead | Command::In | Command::Pane | Command::Exclude
    );
    match command {
        Command::Files | Command::Note | Command::Attestations | Command::Wrap => true,
        Command::NextPlace => model.files.places.len() < 2,
        _ => (verdict && none) || (of_file && model.file_here().is_none()),
    }
}

/// Returns whether a verdict is one that what is under the cursor never takes: there is no text to
/// replace.
fn refused(model: &Model, command: Command) -> bool {
    let Some(row) = model.row().filter(|row| !row.is_head()) else { return false };
    if marks(model) && model.screen == Screen::Walk {
        return false;
    }
    let no_text = |idx| model.session.finding(idx).place.span().is_none();
    match row.anchor {
        Anchor::NotScanned(_) => matches!(
            command,
            Command::Redact | Command::Defer | Command::ApproveScope | Command::RedactScope
        ),
        _ => command == Command::Redact && model.shown().is_some_and(no_text),
    }
}
