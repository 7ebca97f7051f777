// SPDX-License-Identifier: MIT OR Apache-2.0
//! Where the reviewer stands, kept for the next time.

use serde::{Deserialize, Serialize};

use super::{
    filter::{Filter, LayerFacet, StateFacet},
    model::Model,
    rows::Grouping,
};
use crate::domain::{Category, Confidence, RepoPath, Severity};

/// What is shown and how, as TOML. The text of a filter is left out, and so is a directory whose
/// name holds a value: no value goes to disk.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
struct Standpoint {
    /// Keyed id of the value under the cursor.
    value: Option<String>,
    grouping: Grouping,
    hide_decided: bool,
    category: Option<Category>,
    severity: Option<Severity>,
    confidence: Option<Confidence>,
    state: Option<StateFacet>,
    layer: Option<LayerFacet>,
    under: Option<RepoPath>,
    wrap: bool,
}

/// Returns where the reviewer stands, as [`restore`] reads it.
pub(super) fn text(model: &Model) -> String {
    let Filter { text: _, picked: _, category, severity, confidence, state, layer, under } =
        &model.list.filter;
    let public = |dir: &&RepoPath| !model.veil.holds(dir.as_bytes());
    let standpoint = Standpoint {
        value: model.shown().map(|idx| model.session.identity(idx).value.to_string()),
        grouping: model.list.grouping,
        hide_decided: model.list.hide_decided,
        category: *category,
        severity: *severity,
        confidence: *confidence,
        state: *state,
        layer: *layer,
        under: under.as_ref().filter(public).cloned(),
        wrap: model.detail.wrap,
    };
    // Plain values always have a text; without one, only the place is forgotten.
    toml::to_string(&standpoint).unwrap_or_default()
}

/// Takes up the standpoint in `text`. What can't be read is as if nothing had been kept.
pub(super) fn restore(model: &mut Model, text: &str) {
    let Ok(kept) = toml::from_str::<Standpoint>(text) else { return };
    let Standpoint { value, category, severity, confidence, state, layer, under, .. } = kept;
    model.resume = value.map(Into::into);
    model.list.grouping = kept.grouping;
    model.list.hide_decided = kept.hide_decided;
    let text = std::mem::take(&mut model.list.filter.text);
    let picked = None;
    model.list.filter =
        Filter { text, category, severity, confidence, state, layer, under, picked };
    model.detail.wrap = kept.wrap;
}
