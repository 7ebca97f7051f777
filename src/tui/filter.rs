// SPDX-License-Identifier: MIT OR Apache-2.0
//! What the list shows. A filter never changes a count.

use std::{collections::BTreeSet, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{index::Index, veil::Veil};
use crate::{
    domain::{Category, Confidence, Finding, Layer, RepoPath, Severity},
    review::{Draw, FindingIdx, Group, GroupIdx, GroupState, Session, Standing, Turn},
};

/// Which state an item must have to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum StateFacet {
    Open,
    Deferred,
    Decided,
    Reopened,
    Disputed,
    NeedsSecond,
    /// Drawn from a batch of approvals, and nobody looked at it yet.
    Sample,
    /// A credential that must be rotated and is not known to be.
    Unrotated,
}

impl StateFacet {
    pub(crate) const ALL: [Self; 8] = [
        Self::Open,
        Self::Deferred,
        Self::Decided,
        Self::Reopened,
        Self::Disputed,
        Self::NeedsSecond,
        Self::Sample,
        Self::Unrotated,
    ];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Deferred => "deferred",
            Self::Decided => "decided",
            Self::Reopened => "re-opened",
            Self::Disputed => "disputed",
            Self::NeedsSecond => "needs a second voter",
            Self::Sample => "to sample",
            Self::Unrotated => "not rotated",
        }
    }

    fn admits(self, standing: Standing) -> bool {
        match self {
            Self::Open => standing.verdict.is_none(),
            Self::Deferred => standing.verdict.is_some_and(|v| !v.settles()),
            Self::Decided => standing.settled(),
            Self::NeedsSecond => standing.needs_second,
            Self::Reopened => standing.reopened,
            Self::Disputed => standing.disputed,
            Self::Sample => standing.draw == Draw::Due,
            Self::Unrotated => standing.turn == Turn::Waits,
        }
    }
}

/// Which part of what is published an item must stand in to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum LayerFacet {
    Tree,
    History,
    Metadata,
}

impl LayerFacet {
    pub(crate) const ALL: [Self; 3] = [Self::Tree, Self::History, Self::Metadata];

    /// The word after `is:`.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Tree => "tree",
            Self::History => "history",
            Self::Metadata => "metadata",
        }
    }

    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Tree => "in the reviewed commit",
            Self::History => "history only",
            Self::Metadata => "metadata: messages, people, refs",
        }
    }

    pub(crate) fn admits(self, layer: &Layer) -> bool {
        match layer {
            Layer::Tree => self == Self::Tree,
            Layer::Past(_) => self == Self::History,
            Layer::Object(_) | Layer::Name(_) => self == Self::Metadata,
        }
    }

    /// A value that the reviewed commit has is not one of the history only.
    fn admits_group(self, session: &Session, group: &Group) -> bool {
        let any = || group.members.iter().any(|idx| self.admits(&session.finding(*idx).layer));
        match self {
            Self::Tree => group.in_tree,
            Self::History => !group.in_tree && any(),
            Self::Metadata => any(),
        }
    }
}

/// What the reviewer asked to see. No `Debug`: the text may be a value.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    pub(crate) text: String,
    pub(crate) category: Option<Category>,
    /// At least this severe.
    pub(crate) severity: Option<Severity>,
    /// At least this sure.
    pub(crate) confidence: Option<Confidence>,
    pub(crate) state: Option<StateFacet>,
    pub(crate) layer: Option<LayerFacet>,
    /// In this directory.
    pub(crate) under: Option<RepoPath>,
    /// These groups and no others.
    pub(crate) picked: Option<Picked>,
}

/// Groups that were chosen together, and why.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Picked {
    /// May hold text of the repository.
    pub(crate) words: String,
    pub(crate) groups: Arc<BTreeSet<GroupIdx>>,
}

impl Filter {
    /// Returns whether what was drawn from batches is being looked at, one place after the other.
    pub(crate) fn samples(&self) -> bool {
        self.state == Some(StateFacet::Sample)
    }

    /// Returns whether credentials that must be rotated are walked through.
    pub(crate) fn unrotated(&self) -> bool {
        self.state == Some(StateFacet::Unrotated)
    }

    /// Returns whether this is about what is decided, and still waits for something.
    pub(crate) fn looks(&self) -> bool {
        self.samples() || self.unrotated()
    }

    /// Returns whether a place waits for the reviewer in this view.
    pub(crate) fn waits(&self, session: &Session, idx: FindingIdx) -> bool {
        match self.state {
            Some(facet) if self.looks() => facet.admits(session.standing(idx)),
            _ => session.open_for_reviewer(idx),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Returns whether only the text may narrow the list, so that files that could not be judged
    /// are shown too.
    pub(crate) fn only_text(&self) -> bool {
        let facets = self.category.is_none() && self.severity.is_none() && self.state.is_none();
        facets && self.confidence.is_none() && self.layers().is_empty() && self.picked.is_none()
    }

    /// Returns the layers asked for, by facet or by `is:` words in the text.
    pub(crate) fn layers(&self) -> Vec<LayerFacet> {
        let typed = self.text.split_whitespace().filter_map(|word| is_word(word)?);
        self.layer.into_iter().chain(typed).collect()
    }

    /// Returns what remains of the text to look for, in small letters.
    fn needle(&self) -> String {
        let text = self.text.to_lowercase();
        if !text.contains("is:") {
            return text;
        }
        let words = text.split_whitespace().filter(|word| is_word(word).is_none());
        words.collect::<Vec<_>>().join(" ")
    }

    /// Returns whether a file is one that the filter asks for by its path.
    pub(crate) fn names(&self, path: &RepoPath, veil: &Veil) -> bool {
        let needle = self.needle();
        let texts = || veil.path(path, "").as_str().to_lowercase().contains(&needle);
        self.under.as_ref().is_none_or(|dir| path.is_within(dir)) && (needle.is_empty() || texts())
    }

    /// Returns the filter in words. The directory is left out: it is repository text.
    pub(crate) fn words(&self) -> Vec<String> {
        let mut out = Vec::new();
        if !self.text.is_empty() {
            out.push(format!("/{}", self.text));
        }
        out.extend(self.category.map(|c| c.title().to_lowercase()));
        out.extend(self.severity.map(|s| match s {
            Severity::Critical => "critical".to_owned(),
            s => format!("{} or worse", s.word()),
        }));
        out.extend(self.confidence.map(sure));
        out.extend(self.state.map(|s| s.word().to_owned()));
        out.extend(self.layer.map(|l| l.title().to_owned()));
        out.extend(self.picked.as_ref().map(|picked| picked.words.clone()));
        out
    }
}

/// Returns what a least confidence lets through, in words.
pub(crate) fn sure(least: Confidence) -> String {
    match least {
        Confidence::High => "high confidence".into(),
        least => format!("{} confidence or higher", least.word()),
    }
}

/// Returns the facet that `word` names, if it is one of the words that begin with `is:`. One that
/// is being typed names none yet.
fn is_word(word: &str) -> Option<Option<LayerFacet>> {
    let name = word.get(..3).filter(|head| head.eq_ignore_ascii_case("is:")).map(|_| &word[3..])?;
    let name = name.to_lowercase();
    let exact = LayerFacet::ALL.into_iter().find(|facet| facet.word() == name);
    let begun = LayerFacet::ALL.into_iter().any(|facet| facet.word().starts_with(&name));
    (exact.is_some() || begun).then_some(exact)
}

/// Applies a filter. What it says about rules and files is worked out once: both repeat.
pub(crate) struct Matcher<'a> {
    filter: &'a Filter,
    session: &'a Session,
    index: &'a Index,
    veil: &'a Veil,
    hide_decided: bool,
    needle: String,
    layers: Vec<LayerFacet>,
    rules: Vec<bool>,
    files: Vec<bool>,
}

impl<'a> Matcher<'a> {
    pub(crate) fn new(
        filter: &'a Filter,
        hide_decided: bool,
        session: &'a Session,
        index: &'a Index,
        veil: &'a Veil,
    ) -> Self {
        let (needle, layers) = (filter.needle(), filter.layers());
        let rules = session.rules().iter().map(|(_, rule)| {
            rule.info.id.contains(&needle) || rule.info.title.to_lowercase().contains(&needle)
        });
        let rules = rules.collect();
        let files = match needle.is_empty() {
            true => Vec::new(),
            false => (0..index.files()).map(|i| index.text(i).contains(&needle)).collect(),
        };
        Self { filter, session, index, veil, hide_decided, needle, layers, rules, files }
    }

    pub(crate) fn group(&self, group: &Group) -> bool {
        let state = group.state();
        let decided = matches!(state, GroupState::Decided(_));
        // What was drawn is decided, and is to be seen all the same.
        let hides = self.hide_decided && !self.filter.looks();
        if (hides && decided) || !self.rule_fits(group.rule, (group.severity, group.confidence)) {
            return false;
        }
        if !group.members.first().is_none_or(|idx| self.is_picked(*idx)) {
            return false;
        }
        let members = || group.members.iter().map(|idx| (*idx, self.session.finding(*idx)));
        let state_fits = match self.filter.state {
            None => true,
            Some(StateFacet::Decided) => decided,
            Some(StateFacet::Deferred) => state == GroupState::Deferred,
            Some(facet) => members().any(|(i, _)| facet.admits(self.session.standing(i))),
        };
        let place_fits = self.filter.under.is_none() || members().any(|(_, f)| self.is_under(f));
        let layer_fits = self.layers.iter().all(|l| l.admits_group(self.session, group));
        state_fits && place_fits && layer_fits && self.text_fits(group.rule.0, &group.members)
    }

    pub(crate) fn place(&self, idx: FindingIdx, finding: &Finding) -> bool {
        let standing = self.session.standing(idx);
        let decided = standing.settled();
        !(self.hide_decided && decided && !self.filter.looks())
            && self.rule_fits(finding.rule, (finding.severity, finding.confidence))
            && self.filter.state.is_none_or(|facet| facet.admits(standing))
            && self.is_under(finding)
            && self.is_picked(idx)
            && self.layers.iter().all(|layer| layer.admits(&finding.layer))
            && self.text_fits(finding.rule.0, &[idx])
    }

    /// Returns whether a file that could not be judged is shown.
    pub(crate) fn file(&self, path: &RepoPath) -> bool {
        self.filter.only_text()
            && self.filter.under.as_ref().is_none_or(|dir| path.is_within(dir))
            && self.path_fits(path)
    }

    fn rule_fits(
        &self,
        rule: crate::domain::RuleIdx,
        (severity, confidence): (Severity, Confidence),
    ) -> bool {
        let category = self.session.rules().info(rule).category;
        self.filter.category.is_none_or(|wanted| wanted == category)
            && self.filter.severity.is_none_or(|least| severity >= least)
            && self.filter.confidence.is_none_or(|least| confidence >= least)
    }

    fn is_picked(&self, idx: FindingIdx) -> bool {
        let picked = self.filter.picked.as_ref();
        picked.is_none_or(|picked| picked.groups.contains(&self.session.group_of(idx)))
    }

    fn is_under(&self, finding: &Finding) -> bool {
        self.filter.under.as_ref().is_none_or(|dir| finding.path.is_within(dir))
    }

    fn text_fits(&self, rule: u16, places: &[FindingIdx]) -> bool {
        if self.needle.is_empty() || self.rules.get(usize::from(rule)) == Some(&true) {
            return true;
        }
        let file = |idx: &FindingIdx| self.files.get(self.index.file(*idx)) == Some(&true);
        // All members of a group share their value: one look is enough. A masked value is never
        // compared, or the filter would be a way to guess it.
        let first = places.first().map(|idx| self.session.finding(*idx));
        places.iter().any(file) || first.is_some_and(|finding| self.value_fits(finding))
    }

    fn value_fits(&self, finding: &Finding) -> bool {
        if self.veil.hides(self.session, finding) {
            return false;
        }
        let shown = self.veil.value(self.session, finding, "");
        shown.as_str().to_lowercase().contains(&self.needle)
    }

    fn path_fits(&self, path: &RepoPath) -> bool {
        self.veil.path(path, "").as_str().to_lowercase().contains(&self.needle)
    }
}
