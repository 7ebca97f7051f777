// SPDX-License-Identifier: MIT OR Apache-2.0
//! Chat: Slack, Discord, Telegram, Teams, Mattermost, Matrix and their like.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case::new("slack-bot-token", "t: xoxb-{d12}-{d13}-{a24}", "t: xoxb-{d12}-{d13}-{a9}"),
    Case::new(
        "slack-bot-token",
        "slack = WebClient(token=\"xoxb-{d11}-{a24}\")",
        "SLACK_BOT_TOKEN=xoxb-your-bot-token-goes-here-1",
    ),
    Case::new("slack-user-token", "t: xoxp-{d12}-{d12}-{d13}-{h32}", "t: xoxp-{d12}-{h32}"),
    Case::new(
        "slack-user-token",
        "{{\"token\": \"xoxp-{d10}-{d10}-{d11}-{h10}\"}}",
        "t: xoxp-{d12}-{h32}",
    ),
    Case::new("slack-app-token", "t: xapp-1-A{u10}-{d13}-{h64}", "t: xapp-1-A{u10}-{d13}-{h61}"),
    Case::new("slack-rotating-token", "t: xoxe-1-{a147}", "t: xoxe-1-{a60}"),
    Case::new("slack-rotating-token", "t: xoxe.xoxb-1-{a166}", "t: xoxe-1-{a60}"),
    Case::new("slack-rotating-token", "t: xoxe.xoxp-1-{a160}", "t: xoxe-1-{a60}"),
    Case::new(
        "slack-session-token",
        "t: xoxc-{d12}-{d12}-{d13}-{h64}",
        "t: xoxc-{d12}-{d12}-{d13}-{h61}",
    ),
    Case::new(
        "slack-session-token",
        "Cookie: d=xoxd-{a60}%2B{a50}%3D%3D; lc=1",
        "t: xoxc-{d12}-{d12}-{d13}-{h61}",
    ),
    Case::new("slack-legacy-token", "t: xoxa-2-{a40}", "t: xoxa-2-{a9}"),
    Case::new("slack-legacy-token", "t: xoxs-{d10}-{d10}-{d11}-{h10}", "t: xoxa-2-{a9}"),
    Case::new("slack-legacy-token", "t: xwfp-{d12}-{d13}-{a24}", "t: xoxa-2-{a9}"),
    Case::new(
        "slack-webhook",
        "url: https://hooks.slack.com/services/T{u9}/B{u10}/{a24}",
        "url: https://hooks.slack.com/services/T{u9}/B{u10}/{a21}",
    ),
    Case::new(
        "slack-webhook",
        "{{\"url\":\"https:\\/\\/hooks.slack.com\\/services\\/T{u9}\\/B{u10}\\/{a24}\"}}",
        "url: https://hooks.slack.com/services/T{u9}/B{u10}/{a21}",
    ),
    Case::new(
        "slack-webhook",
        "curl https://hooks.slack.com/workflows/T{u9}/A{u9}/{d18}/{a24}",
        "url: https://hooks.slack.com/services/T{u9}/B{u10}/{a21}",
    ),
    Case::new(
        "slack-webhook",
        "u = https://hooks.slack.com/triggers/T{u9}/{d13}/{h32}",
        "url: https://hooks.slack.com/services/T{u9}/B{u10}/{a21}",
    ),
    Case::new("slack-app-secret", "slack_signing_secret: {h32}", "slack_signing_hash: {h32}"),
    Case::new(
        "slack-app-secret",
        "app = new App({{ // slack\n  signingSecret: \"{h32}\",",
        "slack_signing_hash: {h32}",
    ),
    Case::new("slack-app-secret", "SLACK_CLIENT_SECRET=\"{h32}\"", "slack_signing_hash: {h32}"),
    Case::new(
        "discord-bot-token",
        "discord_token: {discord}.{w6}.{w38}",
        "discord_token: {discord}.{w6}.{w12}",
    ),
    Case::new(
        "discord-bot-token",
        "bot.run(\"{discord}.{w6}.{w27}\")",
        "discord_token: M{w23}.{w6}.{w38}",
    ),
    Case::new(
        "discord-bot-token",
        "import discord\n\nTOKEN = '{discord}.{w6}.{w38}'",
        "discord_token: M{w23}.{w6}.{w38}",
    ),
    Case::new("discord-user-token", "token: mfa.{w84}", "token: mfa.{w60}"),
    Case::new(
        "discord-webhook",
        "url: https://discord.com/api/webhooks/{d18}/{w68}",
        "url: https://discord.com/api/webhooks/{d18}/{w20}",
    ),
    Case::new(
        "discord-webhook",
        "curl https://canary.discordapp.com/api/v10/webhooks/{d19}/{w68}",
        "url: https://discord.com/api/webhooks/{d18}/{w20}",
    ),
    Case::new("discord-client-secret", "DISCORD_CLIENT_SECRET={w32}", "DISCORD_CLIENT_ID={d18}"),
    Case::new(
        "discord-client-secret",
        "discord:\n  client_id: \"{d18}\"\n  client_secret: \"{w32}\"",
        "DISCORD_CLIENT_ID={d18}",
    ),
    Case::new("telegram-bot-token", "t: {d10}:AA{w33}", "t: {d10}:AA{w30}"),
    Case::new(
        "telegram-bot-token",
        "https://api.telegram.org/bot{d9}:AA{w33}/sendMessage?chat_id=1",
        "t: {d10}:AA{w30}",
    ),
    Case::new("telegram-bot-token", "TELEGRAM_TOKEN={d10}:AA{w33}", "t: {d10}:AA{w30}"),
    Case::new(
        "teams-webhook",
        "url: https://x.webhook.office.com/webhookb2/{U}@{U}/IncomingWebhook/{h32}/{U}",
        "url: https://x.webhook.office.com/webhookb2/{U}",
    ),
    Case::new(
        "teams-webhook",
        "uri = \"https://outlook.office.com/webhook/{U}@{U}/IncomingWebhook/{h32}/{U}\"",
        "url: https://x.webhook.office.com/webhookb2/{U}",
    ),
    Case::new("mattermost-token", "MATTERMOST_TOKEN={l26}", "MATTERMOST_CHANNEL={l26}"),
    Case::new(
        "mattermost-token",
        "curl -H \"Authorization: Bearer {l26}\" https://mattermost.corp.io/api/v4/users",
        "MATTERMOST_CHANNEL={l26}",
    ),
    Case::new(
        "chat-server-webhook",
        "url: https://chat.corp.io/hooks/{l26}",
        "url: https://chat.corp.io/hooks/{l20}",
    ),
    Case::new(
        "chat-server-webhook",
        "url: https://rocket.corp.io/hooks/{a17}/{a43}",
        "url: https://chat.corp.io/hooks/{l20}",
    ),
    Case::new("rocketchat-token", "ROCKETCHAT_TOKEN={w43}", "ROCKETCHAT_TOKEN={w40}"),
    Case::new(
        "rocketchat-token",
        "# rocket.chat\ncurl -H \"X-Auth-Token: {w43}\"",
        "ROCKETCHAT_TOKEN={w40}",
    ),
    Case::new("zulip-key", "ZULIP_API_KEY={a32}", "ZULIP_SITE={a32}"),
    Case::new(
        "zulip-key",
        "[api]\nemail=bot@x.zulipchat.com\nkey={a32}\nsite=https://x.zulipchat.com",
        "ZULIP_SITE={a32}",
    ),
    Case::new("webex-token", "WEBEX_TOKEN={a64}_{a4}_{U}", "WEBEX_TOKEN={a60}_{a4}_{U}"),
    Case::new(
        "webex-token",
        "curl -H \"Authorization: Bearer {a64}_PF84_{U}\" https://webexapis.com/v1/people/me",
        "WEBEX_TOKEN={a60}_{a4}_{U}",
    ),
    Case::new("matrix-token", "t: {matrix}", "t: syt_{b12}_{L9}_{a6}"),
    Case::new("matrix-token", "access_token: mat_{a30}_{a6}", "t: syt_{b12}_{L9}_{a6}"),
    Case::new(
        "line-channel-token",
        "const t = '{b153}B04t89/1O/w1cDnyilFU='",
        "LINE_CHANNEL_ACCESS_TOKEN={b90}",
    ),
    Case::new(
        "line-channel-token-assigned",
        "LINE_CHANNEL_ACCESS_TOKEN={b172}",
        "LINE_CHANNEL_ACCESS_TOKEN={b90}",
    ),
    Case::new(
        "line-channel-token-assigned",
        "curl -H \"Authorization: Bearer {b171}=\" https://api.line.me/v2/bot/message/push",
        "LINE_CHANNEL_ACCESS_TOKEN={b90}",
    ),
    Case::new("line-channel-secret", "LINE_CHANNEL_SECRET={h32}", "LINE_CHANNEL_ID={h32}"),
    Case::new(
        "line-channel-secret",
        "handler = WebhookHandler(os.getenv(\"CHANNEL_SECRET\", \"{h32}\"))",
        "LINE_CHANNEL_ID={h32}",
    ),
    Case::new(
        "chat-robot-webhook",
        "url: https://oapi.dingtalk.com/robot/send?access_token={h64}",
        "url: https://oapi.dingtalk.com/robot/send?access_token={h61}",
    ),
    Case::new(
        "chat-robot-webhook",
        "url: https://open.feishu.cn/open-apis/bot/v2/hook/{U}",
        "url: https://oapi.dingtalk.com/robot/send?access_token={h61}",
    ),
    Case::new(
        "chat-robot-webhook",
        "u: https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={U}",
        "url: https://oapi.dingtalk.com/robot/send?access_token={h61}",
    ),
    Case::new("dingtalk-robot-secret", "dingtalk_secret: SEC{h64}", "dingtalk_secret: SEC{h60}"),
];
