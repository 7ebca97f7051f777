// SPDX-License-Identifier: MIT OR Apache-2.0
//! For every rule a text that it finds and one that it must not.

mod ai;
mod aws;
mod azure;
mod ci;
mod cloud;
mod files;
mod generic;
mod google;
mod hosting;
mod keys;
mod messaging;
mod metadata;
mod observability;
mod payments;
mod personal_data;
mod saas;
mod source_hosting;

/// A rule with a text that it finds and a near miss, both as templates (see `template`).
pub(crate) struct Case {
    /// The rule's name without its category.
    pub(crate) rule: &'static str,
    /// Where the text stands.
    pub(crate) path: &'static str,
    /// What the rule must find something in.
    pub(crate) fires: &'static str,
    /// Path and text in which it must find nothing.
    pub(crate) near_miss: (&'static str, &'static str),
}

/// Returns all cases.
pub(crate) fn all() -> impl Iterator<Item = &'static Case> {
    [
        aws::CASES,
        google::CASES,
        azure::CASES,
        cloud::CASES,
        hosting::CASES,
        source_hosting::CASES,
        messaging::CASES,
        payments::CASES,
        observability::CASES,
        ci::CASES,
        ai::CASES,
        saas::CASES,
        keys::CASES,
        generic::CASES,
        files::CASES,
        personal_data::CASES,
        metadata::CASES,
    ]
    .into_iter()
    .flatten()
}
