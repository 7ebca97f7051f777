// SPDX-License-Identifier: MIT OR Apache-2.0
//! The tables of `docs/keys.md`, written from the same data that the screen works by.

use std::fmt::Write as _;

use super::{keymap::Keys, model::Screen, roles, table::TABLE};

/// Returns all commands with names, keys and screens as a Markdown table.
#[must_use]
pub fn commands() -> String {
    let mut out = String::from("| command | keys | on | what it does |\n|---|---|---|---|\n");
    let keys = Keys::default();
    for entry in TABLE {
        let screens = Screen::ALL.into_iter().filter(|screen| entry.works_on(*screen));
        let screens: Vec<&str> = screens.map(Screen::name).collect();
        let on = if screens.len() == Screen::ALL.len() { "all".into() } else { screens.join(", ") };
        let own: Vec<String> = entry.keys.iter().map(|key| format!("`{key}`")).collect();
        let help = keys.fill(entry.help, Screen::Walk);
        let name = entry.command.name();
        let _infallible = writeln!(out, "| `{name}` | {} | {on} | {help} |", own.join(" "));
    }
    out
}

/// Returns the roles of a theme as a Markdown table.
#[must_use]
pub fn roles() -> String {
    let mut out = String::from("| role | for |\n|---|---|\n");
    for (name, what) in roles::names() {
        let _infallible = writeln!(out, "| `{name}` | {what} |");
    }
    out
}
