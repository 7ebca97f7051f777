// SPDX-License-Identifier: MIT OR Apache-2.0
//! Calls, text messages and push.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case::new("twilio-api-key", "twilio_key: SK{h32}", "twilio_key: SK{h29}"),
    Case::new("twilio-api-secret", "TWILIO_API_SECRET={a32}", "TWILIO_API_SECRET={a29}"),
    Case::new(
        "twilio-api-secret",
        "twilio = Twilio(\"SK{h32}\", \"{a32}\")",
        "TWILIO_API_SECRET={a29}",
    ),
    Case::new("twilio-auth-token", "twilio_auth_token: {h32}", "twilio_account_hash: {h32}"),
    Case::new(
        "twilio-auth-token",
        "client = Client(\"AC{h32}\", \"{h32}\")  # twilio",
        "twilio_account_hash: {h32}",
    ),
    Case::new(
        "twilio-auth-token",
        "curl -u AC{h32}:{h32} https://api.twilio.com/2010-04-01/Accounts",
        "twilio_account_hash: {h32}",
    ),
    Case::new(
        "twilio-auth-token",
        "twilio:\n  accountSid: AC{h32}\n  authToken: {h32}",
        "twilio_account_hash: {h32}",
    ),
    Case::new("twilio-account-sid", "TWILIO_ACCOUNT_SID=AC{h32}", "TWILIO_ACCOUNT_SID=AC{h30}"),
    Case::new("vonage-secret", "VONAGE_API_SECRET={a16}", "VONAGE_API_SECRET={a12}"),
    Case::new(
        "vonage-secret",
        "client = vonage.Client(key=\"{h8}\", secret=\"{a16}\")",
        "VONAGE_API_SECRET={a12}",
    ),
    Case::new(
        "vonage-secret",
        "nexmo:\n  api_key: {h8}\n  api_secret: {a16}",
        "VONAGE_API_SECRET={a12}",
    ),
    Case::new("plivo-token", "PLIVO_AUTH_TOKEN={a40}", "PLIVO_AUTH_ID={u20}"),
    Case::new("plivo-token", "plivo.RestClient(\"MA{u18}\", \"{a40}\")", "PLIVO_AUTH_ID={u20}"),
    Case::new("messagebird-key", "MESSAGEBIRD_ACCESS_KEY={a25}", "MESSAGEBIRD_CHANNEL={a25}"),
    Case::new(
        "messagebird-key",
        "curl https://rest.messagebird.com/balance -H \"Authorization: AccessKey {a25}\"",
        "MESSAGEBIRD_CHANNEL={a25}",
    ),
    Case::new("telnyx-key", "TELNYX_API_KEY=KEY{u32}_{a22}", "TELNYX_API_KEY=KEY{u30}"),
    Case::new("telnyx-key", "telnyx.api_key = \"KEY01{u30}_{a22}\"", "TELNYX_API_KEY=KEY{u30}"),
    Case::new("sinch-token", "SINCH_API_TOKEN={h32}", "SINCH_PROJECT_ID={U}"),
    Case::new("sinch-token", "SINCH_APPLICATION_SECRET={b22}==", "SINCH_PROJECT_ID={U}"),
    Case::new("sinch-token", "SINCH_KEY={U}", "SINCH_PROJECT_ID={U}"),
    Case::new("pusher-secret", "PUSHER_APP_SECRET={h20}", "PUSHER_APP_KEY={h20}"),
    Case::new(
        "pusher-secret",
        "const pusher = new Pusher({{\n  appId: \"1\",\n  key: \"{h20}\",\n  secret: \"{h20}\",",
        "PUSHER_APP_KEY={h20}",
    ),
    Case::new("pubnub-secret", "k: sec-c-{a48}", "k: sec-c-{a20}"),
    Case::new("pubnub-secret", "k: sec-c-{b60}", "k: sec-c-{a20}"),
    Case::new("ably-key", "ABLY_API_KEY={a6}.{a6}:{w43}", "ABLY_CHANNEL={a6}.{a6}"),
    Case::new(
        "ably-key",
        "const c = new Ably.Realtime(\"{a6}.{a6}:{w32}\");",
        "ABLY_CHANNEL={a6}.{a6}",
    ),
];
