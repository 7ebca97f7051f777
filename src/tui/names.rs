// SPDX-License-Identifier: MIT OR Apache-2.0
//! The names of commands and screens, which people write into their configuration: they stay.

use super::{
    command::{Command, Command as C},
    model::Screen,
};

const COMMANDS: &[(Command, &str)] = &[
    (C::Help, "help"),
    (C::Undo, "undo"),
    (C::Approve, "approve"),
    (C::Redact, "redact"),
    (C::Exclude, "exclude"),
    (C::Defer, "defer"),
    (C::Correct, "correct"),
    (C::Fix, "fix"),
    (C::ApproveScope, "approve-scope"),
    (C::RedactScope, "redact-scope"),
    (C::ExcludeScope, "exclude-scope"),
    (C::Suggested, "take-suggestion"),
    (C::AcceptSuggestions, "accept-suggestions"),
    (C::StandIns, "stand-ins"),
    (C::Repeat, "repeat"),
    (C::Withdraw, "withdraw"),
    (C::Settle, "settle"),
    (C::Rotated, "rotated"),
    (C::RotatedAll, "rotated-all"),
    (C::Attestations, "release-checklist"),
    (C::Files, "files"),
    (C::Words, "words"),
    (C::Licences, "licences"),
    (C::MarkRead, "mark-read"),
    (C::ReadOn, "read-on"),
    (C::DrawFiles, "draw-files"),
    (C::AnswerYes, "answer-yes"),
    (C::AnswerNo, "answer-no"),
    (C::NotApplicable, "not-applicable"),
    (C::Link, "link"),
    (C::Name, "name"),
    (C::Redo, "redo"),
    (C::NextOpen, "next-open"),
    (C::PrevOpen, "previous-open"),
    (C::In, "open"),
    (C::Pane, "pane"),
    (C::NextPlace, "next-place"),
    (C::PrevPlace, "previous-place"),
    (C::NextFile, "next-file"),
    (C::PrevFile, "previous-file"),
    (C::Filter, "filter"),
    (C::Facets, "facets"),
    (C::Grouping, "group-by"),
    (C::HideDecided, "hide-decided"),
    (C::FoldAll, "fold-all"),
    (C::Unmask, "show-values"),
    (C::Preview, "preview"),
    (C::Mark, "mark"),
    (C::Range, "range"),
    (C::Note, "note"),
    (C::Reason, "reason"),
    (C::RuleText, "rule"),
    (C::LineHistory, "line-history"),
    (C::Copy, "copy"),
    (C::Edit, "edit"),
    (C::Wrap, "wrap"),
    (C::Split, "split"),
    (C::Mouse, "mouse"),
    (C::Down, "down"),
    (C::Up, "up"),
    (C::PageDown, "page-down"),
    (C::PageUp, "page-up"),
    (C::Top, "top"),
    (C::Bottom, "bottom"),
    (C::Out, "out"),
    (C::Escape, "step-back"),
    (C::Dashboard, "dashboard"),
    (C::Walk, "walk"),
    (C::Detail, "detail"),
    (C::Readiness, "readiness"),
    (C::Export, "export"),
    (C::Retry, "retry"),
    (C::History, "history"),
    (C::Rescan, "rescan"),
    (C::Palette, "commands"),
    (C::Suspend, "suspend"),
    (C::Back, "back"),
    (C::Leave, "leave"),
];

impl Command {
    /// Returns its name in configuration, palette and documentation.
    #[must_use]
    pub fn name(self) -> &'static str {
        // A test holds that none is missing.
        COMMANDS.iter().find(|(command, _)| *command == self).map_or("", |(_, name)| name)
    }

    /// Returns the command called `name`.
    pub(super) fn named(name: &str) -> Option<Self> {
        COMMANDS.iter().find(|(_, known)| *known == name).map(|(command, _)| *command)
    }

    /// Returns all names.
    pub(super) fn names() -> impl Iterator<Item = &'static str> {
        COMMANDS.iter().map(|(_, name)| *name)
    }
}

impl Screen {
    /// All screens, in the order of the enum.
    pub const ALL: [Self; 6] = [
        Self::Dashboard,
        Self::Walk,
        Self::Preview,
        Self::Readiness,
        Self::Attestations,
        Self::Files,
    ];

    /// Returns its name in configuration and documentation.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Dashboard => "dashboard",
            Self::Walk => "walk",
            Self::Preview => "preview",
            Self::Readiness => "readiness",
            Self::Attestations => "release-checklist",
            Self::Files => "files",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{COMMANDS, Screen};
    use crate::tui::table::TABLE;

    #[test]
    fn every_command_has_one_name_in_kebab_case() {
        let mut names = HashSet::new();
        for entry in TABLE {
            let name = entry.command.name();
            let plain = |c: char| c.is_ascii_lowercase() || c == '-';
            assert!(!name.is_empty() && name.chars().all(plain), "{:?}", entry.command);
            assert!(names.insert(name), "{name} twice");
            // The table of the keys of one screen.
            assert_ne!(name, "on");
        }
        assert_eq!(names.len(), COMMANDS.len());
    }

    #[test]
    fn screens_stand_in_their_order() {
        for (i, screen) in Screen::ALL.into_iter().enumerate() {
            assert_eq!(screen as usize, i);
        }
    }
}
