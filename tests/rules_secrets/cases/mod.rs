// SPDX-License-Identifier: MIT OR Apache-2.0
//! For every rule a text that it finds and one that it must not.

mod ai;
mod aws;
mod azure;
mod azure_keys;
mod ci;
mod cloud;
mod cloud_asia;
mod databases;
mod files;
mod generic;
mod github;
mod gitlab;
mod google;
mod hosting;
mod keys;
mod messaging;
mod network;
mod observability;
mod payments;
mod personal_data;
mod registries;
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

/// Makes a case of two texts in a file of settings.
const fn case(rule: &'static str, fires: &'static str, near_miss: &'static str) -> Case {
    let path = "infra/settings.conf";
    Case { rule, path, fires, near_miss: (path, near_miss) }
}

/// Returns all cases.
pub(crate) fn all() -> impl Iterator<Item = &'static Case> {
    [
        aws::CASES,
        google::CASES,
        azure::CASES,
        azure_keys::CASES,
        cloud::CASES,
        cloud_asia::CASES,
        network::CASES,
        hosting::CASES,
        databases::CASES,
        github::CASES,
        gitlab::CASES,
        source_hosting::CASES,
        registries::CASES,
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
    ]
    .into_iter()
    .flatten()
}
