// SPDX-License-Identifier: MIT OR Apache-2.0
//! Services whose tokens say themselves what they are.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case::new("nylas-key", "k: nyk_v0_{a64}", "k: nyk_v0_{a20}"),
    Case::new("adafruit-io-key", "k: aio_{a28}", "k: aio_{a20}"),
    Case::new("lob-key", "k: live_{h35}", "k: live_{h32}"),
    Case::new("stytch-secret", "s: secret-live-{w36}=", "s: secret-live-{w12}"),
    Case::new(
        "uptimerobot-key",
        "UPTIMEROBOT_API_KEY=u{d7}-{h24}",
        "UPTIMEROBOT_MONITOR=u{d7}-{h12}",
    ),
    Case::new("easypost-key", "k: EZAK{h32}{a22}", "k: EZAK{h32}"),
    Case::new("scalingo-token", "t: tk-us-{w48}", "t: tk-us-{w20}"),
    Case::new("klaviyo-key", "x = Klaviyo('pk_{h34}')", "x = Klaviyo('{h34}')"),
    Case::new("workos-key", "k: sk_a2V5X{a60}", "k: sk_a2V5X{a12}"),
    Case::new("azure-named-key", "SERVICEBUS_KEY={b43}=", "SERVICEBUS_NAMESPACE={b43}="),
    Case::new("azure-named-key", "functions_key: {b54}==", "functions_path: {b54}=="),
    Case::new("azure-named-key", "REDIS_PRIMARY_KEY: {b43}=", "REDIS_PRIMARY: {b43}="),
    Case::new("azure-named-key", "azureOpenaiKey: {a84}", "azure_key_vault: {a84}"),
];
