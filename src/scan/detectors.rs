// SPDX-License-Identifier: MIT OR Apache-2.0
//! The list of all detectors.

use super::{detector::Named, internal, licensing, personal, sealed, secrets};
use crate::{domain::Vocabulary, rules::RuleSet};

/// Builds all detectors. One whose rules are missing from `rules` finds nothing.
pub(super) fn builtin(rules: &RuleSet, words: &Vocabulary) -> Vec<Named> {
    let mut all = secrets::detectors(rules);
    all.extend(personal::detectors(rules));
    all.extend(internal::detectors(rules, words));
    all.extend(licensing::detectors());
    all.extend(sealed::detectors(rules));
    all
}
