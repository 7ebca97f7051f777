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
    "sensitive/key-material.toml",
    "sensitive/wallets.toml",
    "sensitive/hashes.toml",
    "sensitive/network-devices.toml",
    "sensitive/frameworks.toml",
    "sensitive/windows.toml",
    "sensitive/command-lines.toml",
    "sensitive/connection-strings.toml",
    "sensitive/http.toml",
    "sensitive/client-stores.toml",
    "sensitive/config-management.toml",
    "sensitive/generic.toml",
    "sensitive/files.toml",
    "sensitive/client-files.toml",
    "sensitive/personal-data.toml",
    "internal/hosts.toml",
    "internal/network.toml",
    "internal/people.toml",
    "internal/trackers.toml",
    "internal/sources.toml",
    "internal/cloud.toml",
    "licensing/repository.toml",
    "licensing/files.toml",
];
