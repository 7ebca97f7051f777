// SPDX-License-Identifier: MIT OR Apache-2.0
//! Logs, errors and analytics.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case::new("loggly-token", "loggly_token: {U}", "loggly_tag: {U}"),
    Case::new("loggly-token", "https://logs-01.loggly.com/inputs/{U}/tag/http/", "loggly_tag: {U}"),
    Case::new("logz-io-token", "LOGZIO_TOKEN={a32}", "LOGZIO_TYPE={a32}"),
    Case::new("logz-io-token", "https://listener.logz.io:8071/?token={a32}", "LOGZIO_TYPE={a32}"),
    Case::new("papertrail-token", "PAPERTRAIL_API_TOKEN={a20}", "PAPERTRAIL_HOST={a20}"),
    Case::new("papertrail-token", "curl -H \"X-Papertrail-Token: {a20}\"", "PAPERTRAIL_HOST={a20}"),
    Case::new("error-tracker-token", "ROLLBAR_ACCESS_TOKEN={h32}", "ROLLBAR_REVISION={h32}"),
    Case::new(
        "error-tracker-token",
        "rollbar.init(\"{h32}\", \"production\")",
        "ROLLBAR_REVISION={h32}",
    ),
    Case::new(
        "error-tracker-token",
        "Bugsnag.start({{ apiKey: \"{h32}\" }})",
        "ROLLBAR_REVISION={h32}",
    ),
    Case::new(
        "error-tracker-token",
        "Airbrake.configure do |c|\n  c.project_key = '{h32}'",
        "ROLLBAR_REVISION={h32}",
    ),
    Case::new("influxdb-token", "influxdb_token: {b86}==", "influxdb_token: {b60}=="),
    Case::new(
        "influxdb-token",
        "[[outputs.influxdb_v2]]\n  token = \"{b86}==\"",
        "influxdb_token: {b60}==",
    ),
    Case::new("teamcity-token", "k: {teamcity}", "k: eyJ0eXAiOiAiVENWMiJ9.{w36}.{b8}"),
    Case::new(
        "teamcity-token",
        "k: eyJ0eXAiOiAiVENWMiJ9.{w36}.{b48}",
        "k: eyJ0eXAiOiAiVENWMiJ9.{w36}.{b8}",
    ),
    Case::new("amplitude-key", "AMPLITUDE_SECRET_KEY={h32}", "AMPLITUDE_USER={h32}"),
    Case::new("amplitude-key", "amplitude.init(\"{h32}\")", "AMPLITUDE_USER={h32}"),
    Case::new("mixpanel-token", "MIXPANEL_API_SECRET={h32}", "MIXPANEL_USER={h32}"),
    Case::new("mixpanel-token", "mixpanel.init(\"{h32}\")", "MIXPANEL_USER={h32}"),
    Case::new("segment-write-key", "SEGMENT_WRITE_KEY={a32}", "SEGMENT_WORKSPACE={a32}"),
    Case::new(
        "segment-write-key",
        "analytics = Analytics.new(write_key: \"{a32}\") # segment",
        "SEGMENT_WORKSPACE={a32}",
    ),
    Case::new("segment-token", "segment_token: sgp_{a64}", "segment_token: sgp_{a61}"),
    Case::new("posthog-key", "k: phx_{a43}", "k: phx_{a30}"),
    Case::new("posthog-key", "k: phx_{a43}", "k: phc_{a43}"),
    Case::new("posthog-project-key", "k: phc_{a43}", "k: phc_{a30}"),
    Case::new("fullstory-key", "FULLSTORY_API_KEY=na1.{b64}", "FULLSTORY_HOST=na1.{b10}"),
    Case::new(
        "fullstory-key",
        "curl -H \"Authorization: Basic eu1.{b60}\" https://api.fullstory.com/",
        "FULLSTORY_HOST=na1.{b10}",
    ),
    Case::new("influxdb-token-v3", "k: apiv3_{a86}==", "k: apiv3_{a32}"),
];
