// SPDX-License-Identifier: MIT OR Apache-2.0
//! Chat, mail and push.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        rule: "slack-bot-token",
        path: "infra/settings.conf",
        fires: "t: xoxb-{d12}-{d13}-{a24}",
        near_miss: ("infra/settings.conf", "t: xoxb-{d12}-{d13}-{a9}"),
    },
    Case {
        rule: "slack-user-token",
        path: "infra/settings.conf",
        fires: "t: xoxp-{d12}-{d12}-{d13}-{h32}",
        near_miss: ("infra/settings.conf", "t: xoxp-{d12}-{h32}"),
    },
    Case {
        rule: "slack-app-token",
        path: "infra/settings.conf",
        fires: "t: xapp-1-A{u10}-{d13}-{h64}",
        near_miss: ("infra/settings.conf", "t: xapp-1-A{u10}-{d13}-{h61}"),
    },
    Case {
        rule: "slack-rotating-token",
        path: "infra/settings.conf",
        fires: "t: xoxe-1-{a147}",
        near_miss: ("infra/settings.conf", "t: xoxe-1-{a60}"),
    },
    Case {
        rule: "slack-session-token",
        path: "infra/settings.conf",
        fires: "t: xoxc-{d12}-{d12}-{d13}-{h64}",
        near_miss: ("infra/settings.conf", "t: xoxc-{d12}-{d12}-{d13}-{h61}"),
    },
    Case {
        rule: "slack-legacy-token",
        path: "infra/settings.conf",
        fires: "t: xoxa-2-{a40}",
        near_miss: ("infra/settings.conf", "t: xoxa-2-{a9}"),
    },
    Case {
        rule: "slack-webhook",
        path: "infra/settings.conf",
        fires: "url: https://hooks.slack.com/services/T{u9}/B{u10}/{a24}",
        near_miss: (
            "infra/settings.conf",
            "url: https://hooks.slack.com/services/T{u9}/B{u10}/{a21}",
        ),
    },
    Case {
        rule: "slack-app-secret",
        path: "infra/settings.conf",
        fires: "slack_signing_secret: {h32}",
        near_miss: ("infra/settings.conf", "slack_signing_hash: {h32}"),
    },
    Case {
        rule: "discord-bot-token",
        path: "infra/settings.conf",
        fires: "discord_token: {discord}.{w6}.{w38}",
        near_miss: ("infra/settings.conf", "discord_token: {discord}.{w6}.{w12}"),
    },
    Case {
        rule: "discord-webhook",
        path: "infra/settings.conf",
        fires: "url: https://discord.com/api/webhooks/{d18}/{w68}",
        near_miss: ("infra/settings.conf", "url: https://discord.com/api/webhooks/{d18}/{w20}"),
    },
    Case {
        rule: "telegram-bot-token",
        path: "infra/settings.conf",
        fires: "t: {d10}:AA{w33}",
        near_miss: ("infra/settings.conf", "t: {d10}:AA{w30}"),
    },
    Case {
        rule: "teams-webhook",
        path: "infra/settings.conf",
        fires: "url: https://x.webhook.office.com/webhookb2/{U}@{U}/IncomingWebhook/{h32}/{U}",
        near_miss: ("infra/settings.conf", "url: https://x.webhook.office.com/webhookb2/{U}"),
    },
    Case {
        rule: "matrix-token",
        path: "infra/settings.conf",
        fires: "t: syt_{b12}_{L20}_{a6}",
        near_miss: ("infra/settings.conf", "t: syt_{b12}_{L9}_{a6}"),
    },
    Case {
        rule: "twilio-api-key",
        path: "infra/settings.conf",
        fires: "twilio_key: SK{h32}",
        near_miss: ("infra/settings.conf", "twilio_key: SK{h29}"),
    },
    Case {
        rule: "twilio-auth-token",
        path: "infra/settings.conf",
        fires: "twilio_auth_token: {h32}",
        near_miss: ("infra/settings.conf", "twilio_account_hash: {h32}"),
    },
    Case {
        rule: "sendgrid-key",
        path: "infra/settings.conf",
        fires: "k: SG.{w22}.{w43}",
        near_miss: ("infra/settings.conf", "k: SG.{w22}.{w40}"),
    },
    Case {
        rule: "mailgun-key",
        path: "infra/settings.conf",
        fires: "k: key-{h32}",
        near_miss: ("infra/settings.conf", "k: key-{h29}"),
    },
    Case {
        rule: "mailchimp-key",
        path: "infra/settings.conf",
        fires: "k: {h32}-us12",
        near_miss: ("infra/settings.conf", "k: {h29}-us12"),
    },
    Case {
        rule: "mandrill-key",
        path: "infra/settings.conf",
        fires: "mandrill_key: md-{w22}",
        near_miss: ("infra/settings.conf", "mandrill_key: md-{w19}"),
    },
    Case {
        rule: "brevo-key",
        path: "infra/settings.conf",
        fires: "k: xkeysib-{h64}-{a16}",
        near_miss: ("infra/settings.conf", "k: xkeysib-{h64}-{a13}"),
    },
    Case {
        rule: "mail-service-key",
        path: "infra/settings.conf",
        fires: "k: re_{a8}_{a24}",
        near_miss: ("infra/settings.conf", "k: re_{a8}_{a21}"),
    },
    Case {
        rule: "postmark-token",
        path: "infra/settings.conf",
        fires: "postmark_server_token: {U}",
        near_miss: ("infra/settings.conf", "postmark_stream: {U}"),
    },
    Case {
        rule: "chat-robot-webhook",
        path: "infra/settings.conf",
        fires: "url: https://oapi.dingtalk.com/robot/send?access_token={h64}",
        near_miss: (
            "infra/settings.conf",
            "url: https://oapi.dingtalk.com/robot/send?access_token={h61}",
        ),
    },
    Case {
        rule: "pubnub-secret",
        path: "infra/settings.conf",
        fires: "k: sec-c-{a48}",
        near_miss: ("infra/settings.conf", "k: sec-c-{a20}"),
    },
];
