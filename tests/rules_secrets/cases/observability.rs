// SPDX-License-Identifier: MIT OR Apache-2.0
//! Monitoring, alerts and dashboards.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case::new("datadog-app-key", "k: ddapp_{a34}", "k: ddapp_{a30}"),
    Case::new("datadog-app-key", "k: ddpat_{a40}", "k: ddapp_{a30}"),
    Case::new("datadog-app-key-legacy", "DD_APP_KEY={h40}", "datadog_app_hash_of: {h40}"),
    Case::new("datadog-app-key-legacy", "datadog:\n  app_key: {h40}", "datadog_app_hash_of: {h40}"),
    Case::new(
        "datadog-app-key-legacy",
        "curl -H \"DD-APPLICATION-KEY: {h40}\"",
        "datadog_app_hash_of: {h40}",
    ),
    Case::new("datadog-api-key", "datadog_api_key: {h32}", "datadog_api_key: {h29}"),
    Case::new(
        "datadog-api-key",
        "DD_API_KEY={h32} bash -c \"$(curl -L https://x/install.sh)\"",
        "datadog_api_key: {h29}",
    ),
    Case::new("datadog-api-key", "datadog:\n  api_key: {h32}", "datadog_api_key: {h29}"),
    Case::new(
        "datadog-api-key",
        "provider \"datadog\" {{\n  api_key = \"{h32}\"",
        "datadog_api_key: {h29}",
    ),
    Case::new(
        "datadog-client-token",
        "datadogRum.init({{clientToken: \"pub{h32}\"",
        "datadogRum.init({{clientToken: \"pub{h30}\"",
    ),
    Case::new("new-relic-key", "k: NRAK-{u27}", "k: NRAK-{u24}"),
    Case::new("new-relic-key", "k: NRIQ-{w32}", "k: NRAK-{u24}"),
    Case::new("new-relic-license-key", "k: {h32}FFFFNRAL", "NEW_RELIC_APP={h32}"),
    Case::new(
        "new-relic-license-key",
        "NEW_RELIC_LICENSE_KEY=eu01xx{h26}FFFFNRAL",
        "NEW_RELIC_APP={h32}",
    ),
    Case::new(
        "new-relic-license-key-legacy",
        "newrelic:\n  license_key: {h40}",
        "NEW_RELIC_APP={h32}",
    ),
    Case::new("new-relic-license-key-legacy", "NEW_RELIC_LICENSE_KEY={h40}", "NEW_RELIC_APP={h32}"),
    Case::new("new-relic-browser-key", "licenseKey: \"NRJS-{h19}\"", "licenseKey: \"NRJS-{h15}\""),
    Case::new("sentry-token", "k: sntryu_{h64}", "k: sntryu_{h61}"),
    Case::new("sentry-token", "k: sntrya_{h64}", "k: sntryu_{h61}"),
    Case::new("sentry-token", "k: sntryi_{h64}", "k: sntryu_{h61}"),
    Case::new("sentry-token-legacy", "SENTRY_AUTH_TOKEN={h64}", "SENTRY_RELEASE={h64}"),
    Case::new(
        "sentry-token-legacy",
        "[auth]\ntoken={h64} ; sentry_token={h64}",
        "SENTRY_RELEASE={h64}",
    ),
    Case::new("sentry-org-token", "k: {sntrys}", "k: sntrys_{b20}_{b43}"),
    Case::new("sentry-org-token", "k: sntrys_{b120}_{b43}", "k: sntrys_{b20}_{b43}"),
    Case::new(
        "sentry-dsn",
        "SENTRY_DSN=https://{h32}@o123456.ingest.sentry.io/4504",
        "SENTRY_DSN=https://{h30}@o123456.ingest.sentry.io/4504",
    ),
    Case::new("grafana-service-token", "k: {glsa}", "k: glsa_{a20}_{h8}"),
    Case::new("grafana-cloud-token", "k: {glc}", "k: glc_eyJ{b20}"),
    Case::new("grafana-cloud-token", "k: glc_eyJ{b90}", "k: glc_eyJ{b20}"),
    Case::new("grafana-api-key", "k: {grafanakey}", "k: eyJrIjoi{b20}"),
    Case::new("grafana-api-key", "Authorization: Bearer eyJrIjoi{b84}==", "k: eyJrIjoi{b20}"),
    Case::new("datadog-app-key", "k: ddap_{a40}", "k: ddap_{a20}"),
];
