// SPDX-License-Identifier: MIT OR Apache-2.0
//! Every command of the screen in one table, which feeds key handling, footer, help and palette.

use super::{
    command::{Command, Command as C},
    model::Screen,
};

const D: u8 = 1;
const W: u8 = 2;
const P: u8 = 4;
const R: u8 = 8;
const A: u8 = 16;
const F: u8 = 32;
const ALL: u8 = D | W | P | R | A | F;
const ITEM: u8 = W | P | F;

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) command: Command,
    /// Its keys unless the reviewer has others, by the names that [`name_of`](super::keymap::name_of) gives.
    pub(crate) keys: &'static [&'static str],
    /// One word or two for the footer.
    pub(crate) label: &'static str,
    /// What it does, for help and palette; `{name}` stands for the first key of a command.
    pub(crate) help: &'static str,
    screens: u8,
    /// Place in the footer: lower comes first, 0 is not there.
    pub(crate) footer: u16,
    /// Whether it may write a verdict, so that Enter in a list of commands must not run it.
    pub(crate) decides: bool,
}

impl Entry {
    pub(crate) fn works_on(&self, screen: Screen) -> bool {
        let bit = match screen {
            Screen::Dashboard => D,
            Screen::Walk => W,
            Screen::Preview => P,
            Screen::Readiness => R,
            Screen::Attestations => A,
            Screen::Files => F,
        };
        self.screens & bit != 0
    }
}

const fn go(
    command: Command,
    keys: &'static [&'static str],
    screens: u8,
    label: &'static str,
    help: &'static str,
) -> Entry {
    Entry { command, keys, label, help, screens, footer: 0, decides: false }
}

const fn foot(entry: Entry, footer: u16) -> Entry {
    Entry { footer, ..entry }
}

const fn deed(
    command: Command,
    keys: &'static [&'static str],
    footer: u16,
    label: &'static str,
    help: &'static str,
) -> Entry {
    Entry { command, keys, label, help, screens: ITEM, footer, decides: true }
}

const fn answer(
    command: Command,
    keys: &'static [&'static str],
    footer: u16,
    label: &'static str,
    help: &'static str,
) -> Entry {
    Entry { screens: A, ..deed(command, keys, footer, label, help) }
}

/// The table, in the order in which help lists it.
pub(crate) static TABLE: &[Entry] = &[
    foot(go(C::Help, &["?", "F1"], ALL, "help", "all keys; type to filter, Enter runs one"), 10),
    Entry {
        screens: ALL,
        ..deed(C::Undo, &["u"], 20, "undo", "undo the last decision, a whole batch as one step")
    },
    deed(C::Approve, &["a"], 40, "approve", "approve: may be published as it stands"),
    deed(C::Redact, &["r"], 50, "redact", "redact: replace the value by its stand-in"),
    deed(C::Exclude, &["x"], 60, "exclude", "exclude: leave the file shown out of the release"),
    deed(C::Defer, &["s"], 70, "defer", "defer: put off, still counts as unresolved"),
    deed(C::ApproveScope, &["A"], 140, "approve…", "approve more than this one: choose the scope"),
    deed(C::RedactScope, &["R"], 150, "redact…", "redact more than this one: choose the scope"),
    deed(C::ExcludeScope, &["X"], 0, "exclude…", "exclude more than this file: choose the scope"),
    deed(
        C::Correct,
        &["C"],
        65,
        "correct…",
        "correct: another licence holds than the one found; say which, for a licensing gap",
    ),
    deed(
        C::Fix,
        &["F"],
        45,
        "fix…",
        "fix: have the release mend a licensing gap: a text, a header, a manifest's field",
    ),
    deed(C::Suggested, &["="], 0, "take", "take the suggestion shown"),
    go(
        C::AcceptSuggestions,
        &["S"],
        ALL,
        "accept-suggestions",
        "list all suggestions by reason, to accept many at once",
    ),
    go(
        C::StandIns,
        &["T"],
        ALL,
        "stand-ins",
        "list what takes the place of each value, and choose it for all its places",
    ),
    deed(C::Repeat, &["."], 120, "repeat", "give the last verdict and reason here too"),
    Entry {
        screens: ITEM | A,
        ..deed(C::Withdraw, &["-"], 0, "withdraw", "take your own word on this item back")
    },
    deed(
        C::Settle,
        &["!"],
        0,
        "settle",
        "settle what reviewers differ on, with their words in view",
    ),
    deed(
        C::Rotated,
        &["o"],
        95,
        "rotated?",
        "say whether this credential was rotated, or those of the marks or of a head row",
    ),
    Entry {
        screens: W,
        ..deed(
            C::RotatedAll,
            &["O"],
            0,
            "rotated…",
            "say whether the credentials of everything shown were rotated",
        )
    },
    answer(C::AnswerYes, &["Y"], 40, "yes", "answer yes: it is so"),
    answer(C::AnswerNo, &["F"], 50, "no", "answer no: it fails, and blocks where it is required"),
    answer(
        C::NotApplicable,
        &["O"],
        60,
        "n/a",
        "out of scope: not applicable here; needs a note ({note})",
    ),
    Entry {
        screens: F,
        ..deed(C::MarkRead, &["v"], 34, "read", "say that you have read this file, or take it back")
    },
    Entry { screens: ALL, ..deed(C::Redo, &["U"], 0, "redo", "redo what was undone") },
    foot(go(C::NextOpen, &["n"], ITEM | A, "next open", "go to the next open item"), 80),
    go(C::PrevOpen, &["N"], ITEM | A, "previous open", "go to the open item before"),
    foot(go(C::In, &["Enter", "l", "Right"], ALL, "open", "open, unfold; never decides"), 30),
    foot(go(C::Pane, &["Tab", "S-Tab"], W | A | F, "pane", "change between list and detail"), 90),
    foot(go(C::NextPlace, &["}"], ITEM | A, "next place", "show the next place or hint"), 160),
    go(C::PrevPlace, &["{"], ITEM | A, "previous place", "show the place or hint before"),
    go(C::NextFile, &["]"], ITEM, "next file", "go to the next file"),
    go(C::PrevFile, &["["], ITEM, "previous file", "go to the file before"),
    foot(go(C::ReadOn, &["Space"], F, "read on", "show the next page of the file"), 85),
    go(C::DrawFiles, &["D"], F, "draw", "draw from the files in which nothing was found"),
    foot(
        go(
            C::Filter,
            &["/"],
            D | W | F,
            "filter",
            "filter by rule, title, path, shown value, is:tree is:history is:metadata",
        ),
        100,
    ),
    go(
        C::Facets,
        &["f"],
        D | W | F,
        "facets",
        "filter by category, severity, confidence, state or layer",
    ),
    foot(
        go(
            C::Grouping,
            &["g"],
            W,
            "group by",
            "group: value, rule, directory, file, module, author; {group-by}g: top",
        ),
        170,
    ),
    foot(go(C::HideDecided, &["z"], W, "hide decided", "hide or show what is decided"), 180),
    go(
        C::FoldAll,
        &["Z"],
        W,
        "fold all",
        "fold all head rows, or unfold them: then {next-open} goes head by head",
    ),
    foot(go(C::Unmask, &["*"], ALL, "show values", "show or mask values, for this run only"), 130),
    foot(
        go(
            C::Preview,
            &["p", "4"],
            W | D | R | F,
            "preview",
            "show what redacting or fixing this group changes",
        ),
        110,
    ),
    go(
        C::Mark,
        &["Space"],
        W,
        "mark",
        "mark this row; {approve} {redact} {exclude} {defer} then act on the marks",
    ),
    go(C::Range, &["v"], W, "range", "mark from here to where you move"),
    foot(
        go(C::Note, &["c"], ITEM | A, "note", "write a note; it goes with your next word here"),
        240,
    ),
    foot(go(C::Link, &["L"], A, "link", "link what your answer rests on"), 250),
    foot(go(C::Name, &["W"], A, "name", "name who answers for it, if that is not you"), 300),
    go(C::Reason, &["t"], ITEM, "reason", "choose a reason; it goes with your next verdict"),
    go(C::RuleText, &["i"], ITEM, "rule", "show why the rule exists and what to do"),
    go(C::LineHistory, &["b"], ITEM, "line history", "show since when this line has stood here"),
    go(C::Copy, &["y"], ITEM, "copy", "copy path:line, never the value"),
    go(C::Edit, &["e"], ITEM | A, "edit", "open the file at this line in your editor"),
    foot(go(C::Wrap, &["w"], W | P | F, "wrap", "wrap long lines or cut them"), 75),
    go(C::Split, &["%"], W | F, "split", "change the widths of list and detail"),
    go(C::Mouse, &["m"], ALL, "mouse", "turn the mouse on or off (off: the terminal selects text)"),
    go(C::Down, &["j", "Down"], ALL, "down", "move down"),
    go(C::Up, &["k", "Up"], ALL, "up", "move up"),
    go(C::PageDown, &["C-d", "PgDn"], ALL, "page down", "move half a page down"),
    go(C::PageUp, &["C-u", "PgUp"], ALL, "page up", "move half a page up"),
    go(C::Top, &["Home"], ALL, "top", "go to the first row (in the list also {group-by}g)"),
    go(C::Bottom, &["G", "End"], ALL, "bottom", "go to the last row"),
    go(C::Out, &["h", "Left"], ALL, "out", "fold, go to the row above in the tree"),
    go(C::Escape, &["Esc"], ALL, "back", "step back: pane, marks, filter, screen; never decides"),
    go(C::Dashboard, &["1"], ALL, "dashboard", "open the dashboard"),
    foot(go(C::Walk, &["2"], ALL, "walk", "open the list of findings"), 220),
    go(C::Detail, &["3"], ALL, "detail", "open the detail pane"),
    foot(
        go(
            C::Readiness,
            &["5"],
            ALL,
            "readiness",
            "what could be released today, what blocks the rest",
        ),
        190,
    ),
    foot(
        go(
            C::Attestations,
            &["6"],
            ALL,
            "checklist",
            "answer the release checklist: what no program can decide",
        ),
        260,
    ),
    foot(go(C::Files, &["7"], ALL, "files", "read the repository file by file"), 270),
    foot(
        go(
            C::Words,
            &["8"],
            ALL,
            "words",
            "your own words, such as your domains: keep, add or drop what is internal",
        ),
        280,
    ),
    foot(
        go(
            C::Licences,
            &["9"],
            ALL,
            "licences",
            "what is decided once about licences: of the release, its owners, others' work",
        ),
        290,
    ),
    foot(go(C::Export, &["E"], R | D, "export", "write the sign-off report to a file"), 200),
    go(C::Retry, &[], ALL, "retry", "try a failed write again"),
    foot(
        go(C::History, &["H"], D, "history", "scan the history too, or the reviewed commit only"),
        230,
    ),
    go(C::Rescan, &[], ALL, "rescan", "scan the commit that is there now"),
    go(C::Palette, &[":", "C-p"], ALL, "commands", "run a command by name"),
    go(C::Suspend, &["C-z"], ALL, "suspend", "suspend the program"),
    foot(go(C::Back, &["q"], ALL, "back", "go back; on the dashboard leave"), 210),
    go(C::Leave, &["C-c"], ALL, "leave", "leave at once; what could be written stays"),
];

/// Returns the line of `command`.
pub(crate) fn entry(command: Command) -> Option<&'static Entry> {
    TABLE.iter().find(|entry| entry.command == command)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{Screen, TABLE};

    #[test]
    fn a_key_means_one_thing_on_a_screen() {
        for screen in Screen::ALL {
            let mut seen = HashSet::new();
            for entry in TABLE.iter().filter(|entry| entry.works_on(screen)) {
                for key in entry.keys {
                    assert!(seen.insert(*key), "{key} twice on {screen:?}");
                }
            }
        }
    }

    #[test]
    fn the_footer_has_no_ties_and_commands_stand_once() {
        for screen in Screen::ALL {
            let mut places = HashSet::new();
            for entry in TABLE.iter().filter(|entry| entry.works_on(screen) && entry.footer > 0) {
                assert!(places.insert(entry.footer), "{} on {screen:?}", entry.label);
            }
        }
        let mut commands = HashSet::new();
        for entry in TABLE {
            assert!(commands.insert(entry.command), "{}", entry.label);
            assert!(!entry.help.is_empty() && !entry.label.is_empty());
        }
    }
}
