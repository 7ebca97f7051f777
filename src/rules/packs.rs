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
    "sensitive/azure-keys.toml",
    "sensitive/azure.toml",
    "sensitive/cloud.toml",
    "sensitive/cloud-asia.toml",
    "sensitive/network.toml",
    "sensitive/hosting.toml",
    "sensitive/databases.toml",
    "sensitive/github.toml",
    "sensitive/gitlab.toml",
    "sensitive/source-hosting.toml",
    "sensitive/registries.toml",
    "sensitive/chat.toml",
    "sensitive/mail.toml",
    "sensitive/telephony.toml",
    "sensitive/payments.toml",
    "sensitive/gateways.toml",
    "sensitive/commerce.toml",
    "sensitive/observability.toml",
    "sensitive/telemetry.toml",
    "sensitive/analytics.toml",
    "sensitive/ci.toml",
    "sensitive/secret-managers.toml",
    "sensitive/clusters.toml",
    "sensitive/ai.toml",
    "sensitive/ai-tools.toml",
    "sensitive/identity.toml",
    "sensitive/saas.toml",
    "sensitive/work.toml",
    "sensitive/social.toml",
    "sensitive/content.toml",
    "sensitive/keys.toml",
    "sensitive/generic.toml",
    "sensitive/files.toml",
    "sensitive/personal-data.toml",
    "sensitive/personal-records.toml",
    "sensitive/personal-ids-americas.toml",
    "sensitive/personal-ids-west.toml",
    "sensitive/personal-ids-south-north.toml",
    "sensitive/personal-ids-east.toml",
    "sensitive/personal-ids-asia.toml",
    "sensitive/personal-ids-things.toml",
    "internal/hosts.toml",
    "internal/network.toml",
    "internal/people.toml",
    "internal/trackers.toml",
    "internal/sources.toml",
    "internal/cloud.toml",
    "licensing/repository.toml",
    "licensing/files.toml",
];
