// SPDX-License-Identifier: MIT OR Apache-2.0
//! Colours and glyphs. Sixteen ANSI colours only: the reviewer's own palette rules.
//!
//! Nothing is said by colour alone: each verdict has a glyph and a word, diff lines carry `-`
//! and `+`, the selected row carries `>`. The mono theme has no colour at all, because crossterm
//! drops whole style sequences, reverse video included, when `NO_COLOR` is set and a colour is in
//! them.

use ratatui::style::{Color, Modifier, Style};

use crate::{
    domain::{Severity, Verdict},
    ops::Syntax,
    review::GroupState,
};

/// Marks used beside words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Glyphs {
    pub(crate) open: &'static str,
    pub(crate) approve: &'static str,
    pub(crate) redact: &'static str,
    pub(crate) exclude: &'static str,
    pub(crate) part: &'static str,
    pub(crate) defer: &'static str,
    pub(crate) reopened: &'static str,
    pub(crate) dots: &'static str,
    pub(crate) cut: &'static str,
    pub(crate) here: &'static str,
    pub(crate) focus: &'static str,
    pub(crate) folded: &'static str,
    pub(crate) unfolded: &'static str,
    pub(crate) mark: &'static str,
    pub(crate) like: &'static str,
    /// Not in the reviewed commit.
    pub(crate) past: &'static str,
    pub(crate) note: &'static str,
    pub(crate) sep: &'static str,
    pub(crate) bar: &'static str,
    pub(crate) wall: &'static str,
}

const UNICODE: Glyphs = Glyphs {
    open: "○",
    approve: "✓",
    redact: "▨",
    exclude: "✗",
    part: "◐",
    defer: "◷",
    reopened: "↺",
    dots: "••••••",
    cut: "…",
    here: "▶",
    focus: "»",
    folded: "▸",
    unfolded: "▾",
    mark: "◆",
    like: "≈",
    past: "≡",
    note: "✎",
    sep: "·",
    bar: "─",
    wall: "│",
};

const ASCII: Glyphs = Glyphs {
    open: "o",
    approve: "+",
    redact: "#",
    exclude: "x",
    part: "~",
    defer: "@",
    reopened: "!",
    dots: "******",
    cut: "~",
    here: ">",
    focus: ">",
    folded: "+",
    unfolded: "-",
    mark: "*",
    like: "~",
    past: "h",
    note: "\"",
    sep: "-",
    bar: "-",
    wall: "|",
};

/// How things look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    colour: bool,
    pub(crate) glyphs: Glyphs,
}

impl Theme {
    /// Chooses colours (or none, for `NO_COLOR`) and glyphs (or plain ASCII).
    #[must_use]
    pub fn new(colour: bool, ascii: bool) -> Self {
        Self { colour, glyphs: if ascii { ASCII } else { UNICODE } }
    }

    /// Returns whether any colour is used. Without, the terminal must be told to send styles all
    /// the same: see [`run()`](super::run()).
    #[must_use]
    pub fn has_colour(&self) -> bool {
        self.colour
    }

    fn paint(&self, colour: Color, otherwise: Modifier) -> Style {
        if self.colour { Style::new().fg(colour) } else { Style::new().add_modifier(otherwise) }
    }

    pub(crate) fn plain(&self) -> Style {
        Style::new()
    }

    pub(crate) fn bold(&self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    pub(crate) fn dim(&self) -> Style {
        // Not the DIM attribute alone: many terminals show it as nothing or as unreadable.
        self.paint(Color::DarkGray, Modifier::DIM)
    }

    pub(crate) fn dim_unless(&self, wanted: bool) -> Style {
        if wanted { self.plain() } else { self.dim() }
    }

    pub(crate) fn bar(&self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    pub(crate) fn selected(&self, focused: bool) -> Style {
        let modifier = if focused { Modifier::REVERSED } else { Modifier::BOLD };
        Style::new().add_modifier(modifier)
    }

    pub(crate) fn key(&self) -> Style {
        self.paint(Color::Cyan, Modifier::BOLD)
    }

    pub(crate) fn heading(&self) -> Style {
        self.paint(Color::Cyan, Modifier::BOLD).add_modifier(Modifier::BOLD)
    }

    /// The first line of a pane.
    pub(crate) fn pane(&self, focused: bool) -> Style {
        if focused { self.heading() } else { self.dim() }
    }

    pub(crate) fn warning(&self) -> Style {
        self.paint(Color::Yellow, Modifier::BOLD)
    }

    pub(crate) fn error(&self) -> Style {
        let style = Style::new().add_modifier(Modifier::BOLD);
        if self.colour { style.fg(Color::Red) } else { style.add_modifier(Modifier::UNDERLINED) }
    }

    pub(crate) fn alarm(&self) -> Style {
        self.error().add_modifier(Modifier::REVERSED)
    }

    pub(crate) fn span(&self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD)
    }

    pub(crate) fn verdict(&self, verdict: Option<Verdict>) -> Style {
        match verdict {
            None => self.plain(),
            Some(Verdict::Approve) => self.paint(Color::Blue, Modifier::empty()),
            Some(Verdict::Redact) => self.paint(Color::Yellow, Modifier::empty()),
            Some(Verdict::Exclude) => self.paint(Color::Magenta, Modifier::empty()),
            Some(Verdict::Defer) => self.paint(Color::Cyan, Modifier::empty()),
        }
    }

    pub(crate) fn severity(&self, severity: Severity) -> Style {
        match severity {
            Severity::Critical => self.error(),
            Severity::High => self.paint(Color::Red, Modifier::BOLD),
            Severity::Medium => self.paint(Color::Yellow, Modifier::empty()),
            Severity::Low | Severity::Info => self.dim(),
        }
    }

    pub(crate) fn syntax(&self, syntax: Syntax) -> Style {
        match syntax {
            Syntax::Comment => self.dim(),
            Syntax::Text => self.paint(Color::Green, Modifier::empty()),
            Syntax::Keyword => self.paint(Color::Magenta, Modifier::BOLD),
            Syntax::Constant => self.paint(Color::Yellow, Modifier::empty()),
            Syntax::Name => self.paint(Color::Cyan, Modifier::empty()),
        }
    }

    /// Returns glyph and word of a verdict.
    pub(crate) fn stamp(&self, verdict: Option<Verdict>) -> (&'static str, &'static str) {
        let g = &self.glyphs;
        match verdict {
            None => (g.open, "open"),
            Some(Verdict::Approve) => (g.approve, "approve"),
            Some(Verdict::Redact) => (g.redact, "redact"),
            Some(Verdict::Exclude) => (g.exclude, "exclude"),
            Some(Verdict::Defer) => (g.defer, "defer"),
        }
    }

    /// Returns the verdict that stands for a whole group, if it is not open.
    pub(crate) fn of_state(state: GroupState) -> Option<Verdict> {
        match state {
            GroupState::Open => None,
            GroupState::Deferred => Some(Verdict::Defer),
            // The glyph and the words of the list tell it from an approval that holds.
            GroupState::NeedsSecond => Some(Verdict::Approve),
            GroupState::Decided(verdict) => Some(verdict),
        }
    }
}
