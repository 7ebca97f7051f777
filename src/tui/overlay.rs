// SPDX-License-Identifier: MIT OR Apache-2.0
//! What can lie over a screen, as plain state.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    attest::Saying,
    command::Command,
    field::Field,
    files::Show,
    filter::{Filter, LayerFacet, StateFacet},
    licences::LicenceForm,
    model::Model,
    own_words::WordList,
    rows::{Anchor, Grouping},
    table::{Entry, TABLE},
};
use crate::{
    domain::{Category, Confidence, FixKind, Origin, Reason, RepoPath, Rotated, Severity, Verdict},
    ops::FixWish,
    review::{Choice, FindingIdx, Scope, StandIn, SuggestedRow},
};

/// What lies over the screen and takes all keys.
#[derive(Clone)]
pub(crate) enum Overlay {
    /// Commands: help or palette.
    Finder(Finder),
    /// The text filter, with the filter to go back to.
    Filter { field: Field, before: Filter },
    /// A part of the paths to list, with the one to go back to.
    Paths { field: Field, before: String },
    /// A short list of choices.
    Menu(Menu),
    /// A broad decision, which the reviewer has to type the size of.
    Confirm(Confirm),
    /// An answer for many credentials, whose number the reviewer has to type.
    Count { turning: Turning, field: Field },
    /// A note on an item.
    Note { anchor: Anchor, field: Field },
    /// A text that goes with the next answer to an item of the release checklist.
    Saying { saying: Saying, id: Arc<str>, field: Field },
    /// Where to write the report.
    Export(Field),
    /// The text of the rule under the cursor, from this line on.
    RuleText(usize),
    /// Since when the place shown, and then the other places of its value, stand there.
    History { places: Vec<FindingIdx>, scroll: usize },
    /// All suggestions, by reason.
    Suggestions(Suggestions),
    /// The organisation's own words.
    Words(Box<WordList>),
    /// The policy about licences.
    Licences(Box<LicenceForm>),
    /// All stand-ins.
    StandIns(StandIns),
    /// An SPDX expression.
    Licence { asked: Asked, field: Field },
    /// What another stand-in is typed into, with the list to go back to.
    StandInTo { table: Box<StandIns>, field: Field },
}

/// What an SPDX expression is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// The licence that holds in place of the one found.
    Concluded,
    /// The licence under which a gap is mended.
    Fix(FixKind),
}

/// What a verdict about licences says beside its word.
#[derive(Clone, Debug, Default)]
pub(crate) enum Says {
    /// It is another verdict.
    #[default]
    Nothing,
    /// The licence that holds.
    Correct(Arc<str>),
    /// How gaps are mended.
    Fix(FixWish),
}

/// The list of stand-ins.
#[derive(Clone, Debug, Default)]
pub(crate) struct StandIns {
    pub(crate) rows: Arc<[StandIn]>,
    /// Those of the rows that the filter names.
    pub(crate) shown: Vec<usize>,
    pub(crate) cursor: usize,
    pub(crate) filter: Field,
    /// Whether keys go to the filter.
    pub(crate) typing: bool,
}

impl StandIns {
    /// Returns the row under the cursor.
    pub(crate) fn row(&self) -> Option<&StandIn> {
        self.shown.get(self.cursor).and_then(|i| self.rows.get(*i))
    }
}

/// The table of suggestions.
#[derive(Clone, Debug)]
pub(crate) struct Suggestions {
    pub(crate) rows: Vec<SuggestedRow>,
    pub(crate) cursor: usize,
    /// Marked rows.
    pub(crate) marks: BTreeSet<usize>,
}

/// A list of commands to choose from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Finder {
    pub(crate) field: Field,
    pub(crate) cursor: usize,
    /// Whether it was opened as help, where a leading `/` is ignored.
    pub(crate) help: bool,
}

impl Finder {
    /// Returns the commands that fit what was typed, those of this screen first, each with the
    /// reason why it can't be used now.
    pub(crate) fn entries(&self, model: &Model) -> Vec<(&'static Entry, Option<String>)> {
        let typed = self.field.text();
        let query = if self.help { typed.trim_start_matches('/') } else { typed }.to_lowercase();
        let mut out: Vec<(bool, usize, &'static Entry)> = TABLE
            .iter()
            .filter_map(|entry| {
                let score = score(&query, model, entry)?;
                Some((!entry.works_on(model.screen), score, entry))
            })
            .collect();
        out.sort_by_key(|(elsewhere, score, _)| (*elsewhere, *score));
        let why = |entry: &Entry| super::update::unavailable(model, entry.command);
        out.into_iter().map(|(_, _, entry)| (entry, why(entry))).collect()
    }
}

/// Lower is better; `None` fits not at all.
fn score(query: &str, model: &Model, entry: &Entry) -> Option<usize> {
    if query.is_empty() {
        return Some(0);
    }
    let name = entry.command.name();
    let mut keys = model.keys.of(entry.command, model.screen).iter();
    if keys.any(|key| key == query) || [name, entry.label].iter().any(|n| n.starts_with(query)) {
        return Some(0);
    }
    if name.contains(query) || entry.label.contains(query) {
        return Some(1);
    }
    if model.hint(entry.help).to_lowercase().contains(query) {
        return Some(2);
    }
    let mut rest = entry.label.chars();
    query.chars().all(|c| rest.any(|l| l == c)).then_some(3)
}

/// What a menu does.
#[derive(Clone, Debug)]
pub(crate) enum Pick {
    /// Decide.
    Deed(Box<Deed>),
    /// End the disputes about these places.
    Settle(Verdict, Vec<FindingIdx>),
    /// Say whether credentials were rotated.
    Turn(Turning),
    /// Mend gaps in this way.
    Mend(FixWish),
    /// Ask for an SPDX expression.
    Ask(Asked),
    /// Give a reason to the next verdict.
    Reason(Option<Reason>),
    /// Arrange the list.
    Grouping(Grouping),
    /// Run a command.
    Run(Command),
    /// Show one category.
    Category(Option<Category>),
    /// Show this severity and worse.
    Severity(Option<Severity>),
    /// Show what is at least so sure.
    Confidence(Option<Confidence>),
    /// Show one state.
    State(Option<StateFacet>),
    /// Show one layer.
    Layer(Option<LayerFacet>),
    /// Show everything.
    ClearFilter,
    /// List some of the files.
    Show(Show),
    /// Draw so many of the files in which nothing was found.
    Draw(u32),
}

/// A line of a menu.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) key: char,
    pub(crate) label: String,
    /// A path that belongs to the label.
    pub(crate) path: Option<RepoPath>,
    /// What stands at the right: counts.
    pub(crate) right: String,
    pub(crate) pick: Pick,
    /// Why it can't be chosen.
    pub(crate) why_not: Option<String>,
}

impl Item {
    pub(crate) fn new(key: char, label: impl Into<String>, pick: Pick) -> Self {
        let (label, right) = (label.into(), String::new());
        Self { key, label, path: None, right, pick, why_not: None }
    }

    pub(crate) fn right(mut self, right: impl Into<String>) -> Self {
        self.right = right.into();
        self
    }
}

/// A short list of choices, each with its letter.
#[derive(Clone, Debug)]
pub(crate) struct Menu {
    pub(crate) title: String,
    pub(crate) items: Vec<Item>,
    pub(crate) cursor: usize,
    /// What Enter does instead of choosing, where choosing decides: it looks at what is unseen.
    pub(crate) enter_looks: bool,
    /// A line below.
    pub(crate) hint: String,
}

/// An answer to be given for credentials, by the keyed ids of their values; none takes one's own
/// back.
#[derive(Clone, Debug)]
pub(crate) struct Turning {
    pub(crate) values: Vec<Arc<str>>,
    pub(crate) said: Option<Rotated>,
}

/// A decision to be taken.
#[derive(Clone, Debug)]
pub(crate) struct Deed {
    pub(crate) scope: Reach,
    pub(crate) verdict: Verdict,
    /// What it says beside its word.
    pub(crate) says: Says,
    pub(crate) how: Option<Origin>,
    /// The row whose note and reason go with it.
    pub(crate) anchor: Anchor,
    /// Whether the size has to be typed.
    pub(crate) confirm: bool,
    /// What is covered, in words.
    pub(crate) words: String,
}

/// What a decision covers.
#[derive(Clone, Debug)]
pub(crate) enum Reach {
    /// Findings.
    Scope(Scope),
    /// A directory with all its files.
    Directory(RepoPath),
    /// A file, whether or not something was found in it.
    File(RepoPath),
    /// What was suggested: several decisions in one step.
    Suggested(Vec<(Scope, Choice)>),
}

/// A broad decision that waits for its size to be typed.
#[derive(Clone, Debug)]
pub(crate) struct Confirm {
    pub(crate) deed: Deed,
    /// What has to be typed.
    pub(crate) expected: String,
    pub(crate) field: Field,
    /// Some of the places, drawn evenly.
    pub(crate) samples: Vec<FindingIdx>,
    pub(crate) places: usize,
    pub(crate) files: usize,
    /// What of the scope is left alone, in words; empty if nothing is.
    pub(crate) left: String,
}
