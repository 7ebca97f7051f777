// SPDX-License-Identifier: MIT OR Apache-2.0
//! Colours and glyphs. Sixteen ANSI colours only: the reviewer's own palette rules.
//!
//! Nothing is said by colour alone: each verdict has a glyph and a word, diff lines carry `-`
//! and `+`, the selected row carries `>`. The mono theme has no colour at all, because crossterm
//! drops whole style sequences, reverse video included, when `NO_COLOR` is set and a colour is in
//! them.

use ratatui::style::Style;

use super::{
    roles::{self, Palette, Role},
    settings::Problem,
};
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
    pub(crate) correct: &'static str,
    pub(crate) fix: &'static str,
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
    /// Other parts of the credential stand beside it.
    pub(crate) pair: &'static str,
    pub(crate) note: &'static str,
    pub(crate) sep: &'static str,
    pub(crate) bar: &'static str,
    pub(crate) wall: &'static str,
    /// The two keys that move up and down.
    pub(crate) arrows: &'static str,
}

static UNICODE: Glyphs = Glyphs {
    open: "○",
    approve: "✓",
    redact: "▨",
    exclude: "✗",
    correct: "∴",
    fix: "✚",
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
    pair: "&",
    note: "✎",
    sep: "·",
    bar: "─",
    wall: "│",
    arrows: "↑↓",
};

static ASCII: Glyphs = Glyphs {
    open: "o",
    approve: "+",
    redact: "#",
    exclude: "x",
    correct: ":",
    fix: "^",
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
    pair: "&",
    note: "\"",
    sep: "-",
    bar: "-",
    wall: "|",
    arrows: "Up Down",
};

fn glyphs(ascii: bool) -> &'static Glyphs {
    if ascii { &ASCII } else { &UNICODE }
}

/// How things look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    palette: Palette,
    pub(crate) glyphs: &'static Glyphs,
}

impl Theme {
    /// Chooses the theme `dark` or (for `NO_COLOR`) `mono`, and glyphs (or plain ASCII).
    #[must_use]
    pub fn new(colour: bool, ascii: bool) -> Self {
        let palette = Palette::builtin(if colour { "dark" } else { "mono" });
        Self { palette: palette.unwrap_or_default(), glyphs: glyphs(ascii) }
    }

    /// Returns the program's own theme called `name`.
    #[must_use]
    pub fn builtin(name: &str, ascii: bool) -> Option<Self> {
        Some(Self { palette: Palette::builtin(name)?, glyphs: glyphs(ascii) })
    }

    /// Returns the names of the program's own themes.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        roles::builtin_names().collect()
    }

    /// Reads a theme that the user wrote; what it leaves out is taken from `dark`.
    ///
    /// # Errors
    /// When anything in it is wrong: all of it, with the lines and the words that are allowed.
    pub fn read(text: &str, ascii: bool) -> Result<Self, Vec<Problem>> {
        Ok(Self { palette: Palette::read(text)?, glyphs: glyphs(ascii) })
    }

    /// Returns whether any colour is used. Without, the terminal must be told to send styles all
    /// the same.
    #[must_use]
    pub fn has_colour(&self) -> bool {
        self.palette.has_colour()
    }

    /// Returns whether only ASCII is drawn.
    pub(crate) fn ascii(&self) -> bool {
        *self.glyphs == ASCII
    }

    pub(crate) fn plain(&self) -> Style {
        self.palette.of(Role::Plain)
    }

    pub(crate) fn bold(&self) -> Style {
        self.palette.of(Role::Strong)
    }

    pub(crate) fn dim(&self) -> Style {
        self.palette.of(Role::Dim)
    }

    pub(crate) fn dim_unless(&self, wanted: bool) -> Style {
        if wanted { self.plain() } else { self.dim() }
    }

    pub(crate) fn bar(&self) -> Style {
        self.palette.of(Role::Bar)
    }

    pub(crate) fn selected(&self, focused: bool) -> Style {
        self.palette.of(if focused { Role::Selected } else { Role::SelectedAway })
    }

    pub(crate) fn key(&self) -> Style {
        self.palette.of(Role::Key)
    }

    pub(crate) fn heading(&self) -> Style {
        self.palette.of(Role::Heading)
    }

    /// The first line of a pane.
    pub(crate) fn pane(&self, focused: bool) -> Style {
        if focused { self.heading() } else { self.dim() }
    }

    pub(crate) fn warning(&self) -> Style {
        self.palette.of(Role::Warning)
    }

    pub(crate) fn error(&self) -> Style {
        self.palette.of(Role::Error)
    }

    pub(crate) fn alarm(&self) -> Style {
        self.palette.of(Role::Alarm)
    }

    pub(crate) fn span(&self) -> Style {
        self.palette.of(Role::Match)
    }

    pub(crate) fn verdict(&self, verdict: Option<Verdict>) -> Style {
        self.palette.of(match verdict {
            None => Role::Open,
            // A correction changes nothing, a fix changes text: they look alike by that.
            Some(Verdict::Approve | Verdict::Correct) => Role::Approve,
            Some(Verdict::Redact | Verdict::Fix) => Role::Redact,
            Some(Verdict::Exclude) => Role::Exclude,
            Some(Verdict::Defer) => Role::Defer,
        })
    }

    pub(crate) fn severity(&self, severity: Severity) -> Style {
        self.palette.of(match severity {
            Severity::Critical => Role::Critical,
            Severity::High => Role::High,
            Severity::Medium => Role::Medium,
            Severity::Low | Severity::Info => Role::Low,
        })
    }

    pub(crate) fn syntax(&self, syntax: Syntax) -> Style {
        self.palette.of(match syntax {
            Syntax::Comment => Role::Comment,
            Syntax::Text => Role::Text,
            Syntax::Keyword => Role::Keyword,
            Syntax::Constant => Role::Constant,
            Syntax::Name => Role::Name,
        })
    }

    /// Returns glyph and word of a verdict.
    pub(crate) fn stamp(&self, verdict: Option<Verdict>) -> (&'static str, &'static str) {
        let g = self.glyphs;
        match verdict {
            None => (g.open, "open"),
            Some(Verdict::Approve) => (g.approve, "approve"),
            Some(Verdict::Redact) => (g.redact, "redact"),
            Some(Verdict::Exclude) => (g.exclude, "exclude"),
            Some(Verdict::Defer) => (g.defer, "defer"),
            Some(Verdict::Correct) => (g.correct, "correct"),
            Some(Verdict::Fix) => (g.fix, "fix"),
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
