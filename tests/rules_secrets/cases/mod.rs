// SPDX-License-Identifier: MIT OR Apache-2.0
//! For every rule a text that it finds and one that it must not.

mod ai;
mod ai_tools;
mod analytics;
mod aws;
mod azure;
mod azure_keys;
mod chat;
mod ci;
mod client_stores;
mod cloud;
mod cloud_asia;
mod clusters;
mod command_lines;
mod commerce;
mod config_management;
mod connection_strings;
mod content;
mod databases;
mod files;
mod frameworks;
mod gateways;
mod generic;
mod github;
mod gitlab;
mod google;
mod hashes;
mod hosting;
mod http;
mod identity;
mod key_material;
mod mail;
mod metadata;
mod network;
mod network_devices;
mod observability;
mod payments;
mod personal_data;
mod personal_ids;
mod personal_records;
mod registries;
mod saas;
mod secret_managers;
mod services;
mod social;
mod source_hosting;
mod spoken;
mod telemetry;
mod telephony;
mod wallets;
mod windows;
mod work;

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

impl Case {
    /// A rule with what it finds and a near miss in a file of settings.
    const fn new(rule: &'static str, fires: &'static str, near_miss: &'static str) -> Self {
        let path = "infra/settings.conf";
        Self { rule, path, fires, near_miss: (path, near_miss) }
    }
}

/// Makes a case of two texts in a file of settings.
const fn case(rule: &'static str, fires: &'static str, near_miss: &'static str) -> Case {
    Case::new(rule, fires, near_miss)
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
        chat::CASES,
        mail::CASES,
        telephony::CASES,
        payments::CASES,
        gateways::CASES,
        commerce::CASES,
        observability::CASES,
        telemetry::CASES,
        analytics::CASES,
        ci::CASES,
        secret_managers::CASES,
        clusters::CASES,
        ai::CASES,
        ai_tools::CASES,
        identity::CASES,
        saas::CASES,
        work::CASES,
        social::CASES,
        content::CASES,
        services::CASES,
        spoken::CASES,
        key_material::CASES,
        wallets::CASES,
        hashes::CASES,
        network_devices::CASES,
        frameworks::CASES,
        windows::CASES,
        command_lines::CASES,
        connection_strings::CASES,
        http::CASES,
        client_stores::CASES,
        config_management::CASES,
        generic::CASES,
        files::CASES,
        personal_data::CASES,
        personal_ids::CASES,
        personal_records::CASES,
        metadata::CASES,
    ]
    .into_iter()
    .flatten()
}
