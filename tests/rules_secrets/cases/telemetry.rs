// SPDX-License-Identifier: MIT OR Apache-2.0
//! Alerts, traces, metrics and logs.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case::new("pagerduty-key", "pagerduty_service_key: {h32}", "pagerduty_service_key: {h29}"),
    Case::new("pagerduty-key", "PAGERDUTY_TOKEN=u+{a18}", "pagerduty_token: my-service-2-staging"),
    Case::new(
        "pagerduty-key",
        "curl -H \"Authorization: Token token={a20}\" https://api.pagerduty.com/users",
        "pagerduty_token: my-service-2-staging",
    ),
    Case::new(
        "pagerduty-key",
        "receivers:\n- pagerduty_configs:\n  - routing_key: {h32}",
        "pagerduty_token: my-service-2-staging",
    ),
    Case::new("honeycomb-key", "k: hcaik_{l58}", "k: hcaik_{l20}"),
    Case::new("honeycomb-key", "k: hcxmk_{l26}:{a32}", "k: hcaik_{l20}"),
    Case::new("honeycomb-key", "k: hcaic_{l58}", "k: hcaik_{l20}"),
    Case::new("honeycomb-key-legacy", "x-honeycomb-team: {h32}", "HONEYCOMB_DATASET={a22}"),
    Case::new("honeycomb-key-legacy", "HONEYCOMB_API_KEY={a22}", "HONEYCOMB_DATASET={a22}"),
    Case::new("dynatrace-token", "k: dt0c01.{Z24}.{Z64}", "k: dt0c01.{Z24}.{Z61}"),
    Case::new(
        "dynatrace-token",
        "Authorization: Api-Token dt0c01.{Z24}.{Z64}",
        "k: dt0c01.{Z24}.{Z61}",
    ),
    Case::new("dynatrace-token", "k: dt0s16.{Z8}.{Z64}", "k: dt0c01.{Z24}.{Z61}"),
    Case::new("splunk-hec-token", "splunk_hec_token: {U}", "splunk_index: {U}"),
    Case::new(
        "splunk-hec-token",
        "curl -H \"Authorization: Splunk {U}\" https://h:8088/services/collector",
        "splunk_index: {U}",
    ),
    Case::new("splunk-hec-token", "[http://x]\ntoken = {U}\nindex = splunk", "splunk_index: {U}"),
    Case::new("splunk-observability-token", "SPLUNK_ACCESS_TOKEN={w22}", "SPLUNK_REALM={w22}"),
    Case::new("splunk-observability-token", "curl -H \"X-SF-TOKEN: {w22}\"", "SPLUNK_REALM={w22}"),
    Case::new("sumologic-key", "SUMOLOGIC_ACCESS_KEY={a64}", "SUMOLOGIC_HASH={h64}"),
    Case::new(
        "sumologic-key",
        "sumo = SumoLogic(\"su{a12}\", \"{a64}\")\nsumologic = 1",
        "SUMOLOGIC_HASH={h64}",
    ),
    Case::new("sumologic-access-id", "SUMOLOGIC_ACCESS_ID=su{a12}", "SUMOLOGIC_ACCESS_ID=su{a9}"),
    Case::new(
        "sumologic-url",
        "u: https://collectors.sumologic.com/receiver/v1/http/{b90}==",
        "u: https://collectors.sumologic.com/receiver/v1/http/{b20}",
    ),
    Case::new("alerting-key", "opsgenie_api_key: {U}", "opsgenie_team: {U}"),
    Case::new(
        "alerting-key",
        "curl -H \"Authorization: GenieKey {U}\" https://api.opsgenie.com/v2/alerts",
        "opsgenie_team: {U}",
    ),
    Case::new("alerting-key", "STATUSPAGE_API_KEY={U}", "opsgenie_team: {U}"),
    Case::new("checkly-key", "k: cu_{h32}", "k: cu_{h29}"),
    Case::new("betterstack-token", "LOGTAIL_SOURCE_TOKEN={a24}", "BETTERSTACK_TEAM={a24}"),
    Case::new("betterstack-token", "new Logtail(\"{a24}\")", "BETTERSTACK_TEAM={a24}"),
    Case::new(
        "betterstack-token",
        "curl -H \"Authorization: Bearer {a24}\" https://uptime.betterstack.com/api/v2/monitors",
        "BETTERSTACK_TEAM={a24}",
    ),
    Case::new("coralogix-key", "k: cxtp_{a30}", "k: cxtp_{a27}"),
    Case::new("axiom-token", "k: xaat-{U}", "k: xaat-{h8}"),
    Case::new("axiom-token", "k: xapt-{U}", "k: xaat-{h8}"),
];
