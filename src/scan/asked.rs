// SPDX-License-Identifier: MIT OR Apache-2.0
//! What is asked where a keyword is found, before anything is noted down: keywords are short and
//! stand in words of all languages.

use std::{ops::Range, sync::OnceLock};

use super::{Fits, decode};
use crate::{
    domain::RuleIdx,
    rules::{Rule, RuleSet, Shape},
};

/// What a rule asks where one of its keywords is found, before anything is noted down.
pub(super) enum Asked {
    /// Nothing.
    None,
    /// Whether a match of its pattern may begin there, if its matches begin with keywords.
    Begins(Begins),
    /// What its detector asks.
    Fits(Fits),
}

pub(super) struct Begins {
    rule: RuleIdx,
    keyword: String,
    /// Read off the pattern where the keyword is first found.
    shape: OnceLock<Option<Shape>>,
}

impl Asked {
    /// Returns what `rule` asks about `keyword`, if its detector does not ask `fits`.
    pub(super) fn of(rule: &Rule, idx: RuleIdx, keyword: &str, fits: Option<Fits>) -> Self {
        match fits {
            Some(fits) => Self::Fits(fits),
            None if rule.has_pattern() => {
                let (keyword, shape) = (keyword.to_owned(), OnceLock::new());
                Self::Begins(Begins { rule: idx, keyword, shape })
            }
            None => Self::None,
        }
    }

    /// Returns whether the keyword at `at` may lead to anything.
    pub(super) fn fits(&self, text: &[u8], at: &Range<usize>, rules: &RuleSet) -> bool {
        match self {
            Self::None => true,
            Self::Begins(begins) => begins.fits(text, at, rules.get(begins.rule)),
            Self::Fits(fits) => fits(text, at),
        }
    }

    /// Returns whether values of the rule begin with the keyword.
    pub(super) fn begins(&self, rules: &RuleSet) -> bool {
        match self {
            Self::Begins(begins) => begins.shape(rules.get(begins.rule)).is_some(),
            _ => false,
        }
    }
}

impl Begins {
    fn fits(&self, text: &[u8], at: &Range<usize>, rule: &Rule) -> bool {
        let Some(shape) = self.shape(rule) else { return true };
        // What may not stand before the value may not stand before the match, if that is the same.
        let free = || !rule.is_whole() || !rule.edge.touches_before(text, at.start);
        let end = at.start + shape.fits_for(&text[at.start..]);
        // What a line holds may not depend on the next one.
        let whole = || end >= at.start + shape.len() || text[at.start..end].contains(&b'\n');
        (whole() || end >= at.end && decode::is_cut(text, end)) && free()
    }

    fn shape(&self, rule: &Rule) -> Option<&Shape> {
        self.shape.get_or_init(|| rule.shape(&self.keyword)).as_ref()
    }
}
