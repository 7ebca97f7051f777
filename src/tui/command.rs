// SPDX-License-Identifier: MIT OR Apache-2.0
//! Every command of the screen in one table, which feeds key handling, footer, help and palette.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::model::Screen;

/// Something the reviewer can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// Moves down.
    Down,
    /// Moves up.
    Up,
    /// Moves half a page down.
    PageDown,
    /// Moves half a page up.
    PageUp,
    /// Goes to the first row.
    Top,
    /// Goes to the last row.
    Bottom,
    /// Opens what is under the cursor.
    In,
    /// Folds, or goes to the row above in the tree.
    Out,
    /// Steps back: pane, marks, filter, screen.
    Escape,
    /// Goes to the next open item.
    NextOpen,
    /// Goes to the open item before.
    PrevOpen,
    /// Goes to the next file.
    NextFile,
    /// Goes to the file before.
    PrevFile,
    /// Shows the next place of the group.
    NextPlace,
    /// Shows the place before.
    PrevPlace,
    /// Changes between list and detail.
    Pane,
    /// Opens the dashboard.
    Dashboard,
    /// Opens the list.
    Walk,
    /// Opens the detail pane.
    Detail,
    /// Opens the redaction preview.
    Preview,
    /// Opens the readiness screen.
    Readiness,
    /// Approves.
    Approve,
    /// Redacts.
    Redact,
    /// Excludes the file.
    Exclude,
    /// Puts off.
    Defer,
    /// Approves with a choice of scope.
    ApproveScope,
    /// Redacts with a choice of scope.
    RedactScope,
    /// Excludes with a choice of scope.
    ExcludeScope,
    /// Takes the suggestion.
    Suggested,
    /// Gives the last verdict here too.
    Repeat,
    /// Takes one's own verdict back.
    Withdraw,
    /// Undoes the last step.
    Undo,
    /// Redoes it.
    Redo,
    /// Marks a row.
    Mark,
    /// Starts or ends a range of marks.
    Range,
    /// Writes a note.
    Note,
    /// Chooses a reason.
    Reason,
    /// Filters by text.
    Filter,
    /// Filters by facet.
    Facets,
    /// Chooses the grouping.
    Grouping,
    /// Hides or shows what is decided.
    HideDecided,
    /// Shows or masks values.
    Unmask,
    /// Shows the rule's text.
    RuleText,
    /// Shows since when a line has stood there.
    LineHistory,
    /// Opens the file in an editor.
    Edit,
    /// Copies path and line.
    Copy,
    /// Wraps long lines.
    Wrap,
    /// Turns the mouse on or off.
    Mouse,
    /// Changes the widths of the panes.
    Split,
    /// Exports the report.
    Export,
    /// Tries a failed write again.
    Retry,
    /// Scans again.
    Rescan,
    /// Scans the history too, or no longer.
    History,
    /// Lists the keys.
    Help,
    /// Opens the palette.
    Palette,
    /// Goes back, or leaves from the dashboard.
    Back,
    /// Suspends the program.
    Suspend,
    /// Leaves at once.
    Leave,
}

const D: u8 = 1;
const W: u8 = 2;
const P: u8 = 4;
const R: u8 = 8;
const ALL: u8 = D | W | P | R;
const ITEM: u8 = W | P;

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) command: Command,
    /// Keys by the names that [`name_of`] gives; the first is shown.
    pub(crate) keys: &'static [&'static str],
    /// One word or two for the footer.
    pub(crate) label: &'static str,
    /// What it does, for help and palette.
    pub(crate) help: &'static str,
    screens: u8,
    /// Place in the footer: lower comes first, 0 is not there.
    pub(crate) footer: u8,
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

const fn foot(entry: Entry, footer: u8) -> Entry {
    Entry { footer, ..entry }
}

const fn deed(
    command: Command,
    keys: &'static [&'static str],
    footer: u8,
    label: &'static str,
    help: &'static str,
) -> Entry {
    Entry { command, keys, label, help, screens: ITEM, footer, decides: true }
}

use Command as C;

/// The table, in the order in which help lists it.
pub(crate) static TABLE: &[Entry] = &[
    foot(go(C::Help, &["?", "F1"], ALL, "help", "all keys; type to filter, Enter runs one"), 1),
    Entry {
        screens: ALL,
        ..deed(C::Undo, &["u"], 2, "undo", "undo the last decision, a whole batch as one step")
    },
    deed(C::Approve, &["a"], 4, "approve", "approve: may be published as it stands"),
    deed(C::Redact, &["r"], 5, "redact", "redact: replace the value by its stand-in"),
    deed(C::Exclude, &["x"], 6, "exclude", "exclude: leave the file shown out of the release"),
    deed(C::Defer, &["s"], 7, "defer", "defer: put off, still counts as unresolved"),
    deed(C::ApproveScope, &["A"], 14, "approve…", "approve more than this one: choose the scope"),
    deed(C::RedactScope, &["R"], 15, "redact…", "redact more than this one: choose the scope"),
    deed(C::ExcludeScope, &["X"], 0, "exclude…", "exclude more than this file: choose the scope"),
    deed(C::Suggested, &["="], 0, "take", "take the suggestion shown"),
    deed(C::Repeat, &["."], 12, "repeat", "give the last verdict and reason here too"),
    deed(C::Withdraw, &["-"], 0, "withdraw", "take your own verdict on this item back"),
    Entry { screens: ALL, ..deed(C::Redo, &["U"], 0, "redo", "redo what was undone") },
    foot(go(C::NextOpen, &["n"], ITEM, "next open", "go to the next open item"), 8),
    go(C::PrevOpen, &["N"], ITEM, "previous open", "go to the open item before"),
    foot(go(C::In, &["Enter", "l", "Right"], ALL, "open", "open, unfold; never decides"), 3),
    foot(go(C::Pane, &["Tab", "S-Tab"], W, "pane", "change between list and detail"), 9),
    foot(go(C::NextPlace, &["}"], ITEM, "next place", "show the next place of this group"), 16),
    go(C::PrevPlace, &["{"], ITEM, "previous place", "show the place before"),
    go(C::NextFile, &["]"], ITEM, "next file", "go to the next file"),
    go(C::PrevFile, &["["], ITEM, "previous file", "go to the file before"),
    foot(
        go(
            C::Filter,
            &["/"],
            D | W,
            "filter",
            "filter by rule, title, path, shown value, is:tree is:history is:metadata",
        ),
        10,
    ),
    go(C::Facets, &["f"], D | W, "facets", "filter by category, severity, state or layer"),
    foot(
        go(
            C::Grouping,
            &["g"],
            W,
            "group by",
            "group by value, rule, directory, file, module or author; gg: top",
        ),
        17,
    ),
    foot(go(C::HideDecided, &["z"], W, "hide decided", "hide or show what is decided"), 18),
    foot(go(C::Unmask, &["*"], ALL, "show values", "show or mask values, for this run only"), 13),
    foot(
        go(C::Preview, &["p", "4"], W | D | R, "preview", "show what redacting this group changes"),
        11,
    ),
    go(C::Mark, &["Space"], W, "mark", "mark this row; a r x s then act on the marks"),
    go(C::Range, &["v"], W, "range", "mark from here to where you move"),
    go(C::Note, &["c"], ITEM, "note", "write a note; it goes with your next verdict here"),
    go(C::Reason, &["t"], ITEM, "reason", "choose a reason; it goes with your next verdict here"),
    go(C::RuleText, &["i"], ITEM, "rule", "show why the rule exists and what to do"),
    go(C::LineHistory, &["b"], ITEM, "line history", "show since when this line has stood here"),
    go(C::Copy, &["y"], ITEM, "copy", "copy path:line, never the value"),
    go(C::Edit, &["e"], ITEM, "edit", "open the file at this line in your editor"),
    go(C::Wrap, &["w"], W | P, "wrap", "wrap long lines or cut them"),
    go(C::Split, &["%"], W, "split", "change the widths of list and detail"),
    go(C::Mouse, &["m"], ALL, "mouse", "turn the mouse on or off (off: the terminal selects text)"),
    go(C::Down, &["j", "Down"], ALL, "down", "move down"),
    go(C::Up, &["k", "Up"], ALL, "up", "move up"),
    go(C::PageDown, &["C-d", "PgDn"], ALL, "page down", "move half a page down"),
    go(C::PageUp, &["C-u", "PgUp"], ALL, "page up", "move half a page up"),
    go(C::Top, &["Home"], ALL, "top", "go to the first row (gg in the list)"),
    go(C::Bottom, &["G", "End"], ALL, "bottom", "go to the last row"),
    go(C::Out, &["h", "Left"], ALL, "out", "fold, go to the row above in the tree"),
    go(C::Escape, &["Esc"], ALL, "back", "step back: pane, marks, filter, screen; never decides"),
    go(C::Dashboard, &["1"], ALL, "dashboard", "open the dashboard"),
    foot(go(C::Walk, &["2"], ALL, "walk", "open the list of findings"), 22),
    go(C::Detail, &["3"], ALL, "detail", "open the detail pane"),
    foot(
        go(
            C::Readiness,
            &["5"],
            ALL,
            "readiness",
            "what could be released today, what blocks the rest",
        ),
        19,
    ),
    foot(go(C::Export, &["E"], R | D, "export", "write the sign-off report to a file"), 20),
    go(C::Retry, &[], ALL, "retry", "try a failed write again"),
    foot(
        go(C::History, &["H"], D, "history", "scan the history too, or the reviewed commit only"),
        23,
    ),
    go(C::Rescan, &[], ALL, "rescan", "scan the commit that is there now"),
    go(C::Palette, &[":", "C-p"], ALL, "commands", "run a command by name"),
    go(C::Suspend, &["C-z"], ALL, "suspend", "suspend the program"),
    foot(go(C::Back, &["q"], ALL, "back", "go back; on the dashboard leave"), 21),
    go(C::Leave, &["C-c"], ALL, "leave", "leave at once; what could be written stays"),
];

/// Returns the line of `command`.
pub(crate) fn entry(command: Command) -> Option<&'static Entry> {
    TABLE.iter().find(|entry| entry.command == command)
}

/// Returns the command of `key` on `screen`.
pub(crate) fn lookup(key: KeyEvent, screen: Screen) -> Option<&'static Entry> {
    let name = name_of(key)?;
    TABLE.iter().find(|entry| entry.works_on(screen) && entry.keys.contains(&name.as_str()))
}

/// Returns the name of a key: `j`, `G`, `C-d`, `Enter`.
pub(crate) fn name_of(key: KeyEvent) -> Option<String> {
    let plain = match key.code {
        KeyCode::Char(' ') => "Space",
        KeyCode::Char(c) => {
            let c = c.to_string();
            return Some(match () {
                () if key.modifiers.contains(KeyModifiers::CONTROL) => {
                    format!("C-{}", c.to_lowercase())
                }
                () if key.modifiers.contains(KeyModifiers::ALT) => format!("M-{c}"),
                () => c,
            });
        }
        KeyCode::Enter => "Enter",
        KeyCode::Esc => "Esc",
        KeyCode::Tab => "Tab",
        KeyCode::BackTab => "S-Tab",
        KeyCode::Up => "Up",
        KeyCode::Down => "Down",
        KeyCode::Left => "Left",
        KeyCode::Right => "Right",
        KeyCode::Home => "Home",
        KeyCode::End => "End",
        KeyCode::PageUp => "PgUp",
        KeyCode::PageDown => "PgDn",
        KeyCode::Backspace => "Backspace",
        KeyCode::Delete => "Del",
        KeyCode::F(1) => "F1",
        _ => return None,
    };
    Some(plain.to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{Screen, TABLE};

    #[test]
    fn a_key_means_one_thing_on_a_screen() {
        for screen in [Screen::Dashboard, Screen::Walk, Screen::Preview, Screen::Readiness] {
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
        let mut places = HashSet::new();
        let mut commands = HashSet::new();
        for entry in TABLE {
            assert!(entry.footer == 0 || places.insert(entry.footer), "{}", entry.label);
            assert!(commands.insert(entry.command), "{}", entry.label);
            assert!(!entry.help.is_empty() && !entry.label.is_empty());
        }
    }
}
