// SPDX-License-Identifier: MIT OR Apache-2.0
//! The packs that come with the program.

macro_rules! packs {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../assets/rules/", $name)))),*]
    };
}

/// Name and text of each pack in `assets/rules`, in the order in which rules are listed.
/// A test checks that no file there is missing here.
pub(super) const BUILTIN: &[(&str, &str)] = packs![
    "sensitive/aws.toml",
    "sensitive/google.toml",
    "sensitive/azure.toml",
    "sensitive/cloud.toml",
    "sensitive/hosting.toml",
    "sensitive/source-hosting.toml",
    "sensitive/messaging.toml",
    "sensitive/payments.toml",
    "sensitive/observability.toml",
    "sensitive/ci.toml",
    "sensitive/ai.toml",
    "sensitive/saas.toml",
    "sensitive/keys.toml",
    "sensitive/generic.toml",
    "sensitive/files.toml",
    "sensitive/personal-data.toml",
    "sensitive/metadata.toml",
    "internal/hosts.toml",
    "internal/network.toml",
    "internal/people.toml",
    "internal/trackers.toml",
    "internal/sources.toml",
    "internal/cloud.toml",
    "licensing/repository.toml",
    "licensing/files.toml",
];
