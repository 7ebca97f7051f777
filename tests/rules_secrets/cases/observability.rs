// SPDX-License-Identifier: MIT OR Apache-2.0
//! Monitoring, logs and analytics.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        rule: "datadog-key",
        path: "infra/settings.conf",
        fires: "datadog_api_key: {h32}",
        near_miss: ("infra/settings.conf", "datadog_api_key: {h29}"),
    },
    Case {
        rule: "new-relic-key",
        path: "infra/settings.conf",
        fires: "k: NRAK-{u27}",
        near_miss: ("infra/settings.conf", "k: NRAK-{u24}"),
    },
    Case {
        rule: "sentry-token",
        path: "infra/settings.conf",
        fires: "k: sntryu_{h64}",
        near_miss: ("infra/settings.conf", "k: sntryu_{h61}"),
    },
    Case {
        rule: "grafana-service-token",
        path: "infra/settings.conf",
        fires: "k: {glsa}",
        near_miss: ("infra/settings.conf", "k: glsa_{a20}_{h8}"),
    },
    Case {
        rule: "grafana-cloud-token",
        path: "infra/settings.conf",
        fires: "k: glc_eyJ{b90}",
        near_miss: ("infra/settings.conf", "k: glc_eyJ{b20}"),
    },
    Case {
        rule: "pagerduty-key",
        path: "infra/settings.conf",
        fires: "pagerduty_service_key: {h32}",
        near_miss: ("infra/settings.conf", "pagerduty_service_key: {h29}"),
    },
    Case {
        rule: "honeycomb-key",
        path: "infra/settings.conf",
        fires: "k: hcaik_{l58}",
        near_miss: ("infra/settings.conf", "k: hcaik_{l20}"),
    },
    Case {
        rule: "dynatrace-token",
        path: "infra/settings.conf",
        fires: "k: dt0c01.{Z24}.{Z64}",
        near_miss: ("infra/settings.conf", "k: dt0c01.{Z24}.{Z61}"),
    },
    Case {
        rule: "splunk-hec-token",
        path: "infra/settings.conf",
        fires: "splunk_hec_token: {U}",
        near_miss: ("infra/settings.conf", "splunk_index: {U}"),
    },
    Case {
        rule: "sumologic-url",
        path: "infra/settings.conf",
        fires: "u: https://collectors.sumologic.com/receiver/v1/http/{b90}==",
        near_miss: (
            "infra/settings.conf",
            "u: https://collectors.sumologic.com/receiver/v1/http/{b20}",
        ),
    },
    Case {
        rule: "monitoring-key",
        path: "infra/settings.conf",
        fires: "k: cxtp_{a30}",
        near_miss: ("infra/settings.conf", "k: cxtp_{a27}"),
    },
    Case {
        rule: "opsgenie-key",
        path: "infra/settings.conf",
        fires: "opsgenie_api_key: {U}",
        near_miss: ("infra/settings.conf", "opsgenie_team: {U}"),
    },
    Case {
        rule: "log-service-token",
        path: "infra/settings.conf",
        fires: "loggly_token: {U}",
        near_miss: ("infra/settings.conf", "loggly_tag: {U}"),
    },
    Case {
        rule: "influxdb-token",
        path: "infra/settings.conf",
        fires: "influxdb_token: {b86}==",
        near_miss: ("infra/settings.conf", "influxdb_token: {b60}=="),
    },
    Case {
        rule: "teamcity-token",
        path: "infra/settings.conf",
        fires: "k: eyJ0eXAiOiAiVENWMiJ9.{w36}.{b48}",
        near_miss: ("infra/settings.conf", "k: eyJ0eXAiOiAiVENWMiJ9.{w36}.{b8}"),
    },
    Case {
        rule: "segment-token",
        path: "infra/settings.conf",
        fires: "segment_token: sgp_{a64}",
        near_miss: ("infra/settings.conf", "segment_token: sgp_{a61}"),
    },
];
