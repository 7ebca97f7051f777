// SPDX-License-Identifier: MIT OR Apache-2.0
//! Payment services.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case::new("paystack-key", "k: sk_live_{h40}", "k: pk_live_{h40}"),
    Case::new("paystack-key", "PAYSTACK_SECRET_KEY=sk_test_{h40}", "k: pk_live_{h40}"),
    Case::new("stripe-key", "k: sk_live_{a24}", "k: pk_live_{a24}"),
    Case::new(
        "stripe-key",
        "{{\"stripe\": {{\"key\": \"rk_test_{a99}\"}}}}",
        "k: sk_live_your_secret_key",
    ),
    Case::new("stripe-key", "stripe.api_key = \"sk_live_51{a97}\"", "k: sk_live_your_secret_key"),
    Case::new("stripe-org-key", "k: sk_org_live_{a32}", "k: sk_org_live_{a10}"),
    Case::new("webhook-signing-secret", "k: whsec_{a32}", "k: whsec_{a9}"),
    Case::new("webhook-signing-secret", "SVIX_SECRET=whsec_{b43}=", "k: whsec_{a9}"),
    Case::new("publishable-payment-key", "k: pk_live_{a24}", "k: pk_live_{a8}"),
    Case::new("square-token", "k: sq0atp-{w22}", "k: sq0atp-{w19}"),
    Case::new("square-token", "SQUARE_ACCESS_TOKEN=EAAA{w60}", "k: EAAA{w40}"),
    Case::new("square-secret", "k: sq0csp-{w43}", "k: sq0csp-{w40}"),
    Case::new("square-sandbox-secret", "k: sandbox-sq0csb-{w43}", "k: sandbox-sq0csb-{w40}"),
    Case::new("square-sandbox-secret", "k: sq0csb-{w43}", "k: sandbox-sq0csb-{w40}"),
    Case::new(
        "braintree-token",
        "k: access_token$production${l16}${h32}",
        "k: access_token$production${l16}${h29}",
    ),
    Case::new(
        "braintree-token",
        "k: access_token$sandbox${l16}${h32}",
        "k: access_token$production${l16}${h29}",
    ),
    Case::new(
        "braintree-public-key",
        "braintree.Configuration.configure(\n  public_key=\"{l16}\",\n  private_key=\"{h32}\")",
        "braintree.Configuration.configure(\n  public_key=\"mysamplepublicke\",\n  private_key=key)",
    ),
    Case::new("braintree-public-key", "BT_PUBLIC_KEY={l16}", "BT_MERCHANT_ID={l16}"),
    Case::new(
        "braintree-private-key",
        "BRAINTREE_PRIVATE_KEY={h32}",
        "BRAINTREE_MERCHANT_ID={h16}",
    ),
    Case::new(
        "braintree-private-key",
        "braintree.Configuration.configure(\n  public_key=\"{l16}\",\n  private_key=\"{h32}\")",
        "BRAINTREE_MERCHANT_ID={h16}",
    ),
    Case::new("paypal-secret", "paypal_client_secret: E{w79}", "paypal_client_secret: E{w76}"),
    Case::new(
        "paypal-secret",
        "curl https://api-m.paypal.com/v1/oauth2/token -u \"A{w79}:E{w79}\"",
        "paypal_client_secret: E{w76}",
    ),
    Case::new("paypal-client-id", "PAYPAL_CLIENT_ID=A{w79}", "PAYPAL_CLIENT_ID=A{w60}"),
    Case::new("adyen-key", "ADYEN_API_KEY=AQE{a60}==-{a43}=-{a16}", "k: AQE{a60}=="),
    Case::new("adyen-key", "ADYEN_API_KEY=AQE{a60}==-{a43}=-{a16}", "live_{u32}"),
    Case::new("plaid-token", "t: access-production-{U}", "t: access-production-{h8}"),
    Case::new("plaid-token", "t: access-sandbox-{U}", "t: access-production-{h8}"),
    Case::new("plaid-secret", "plaid_secret: {h30}", "plaid_secret: {h27}"),
    Case::new(
        "plaid-secret",
        "# plaid\n{{\"client_id\": \"{h24}\", \"secret\": \"{h30}\"}}",
        "plaid_secret: {h27}",
    ),
    Case::new("plaid-client-id", "PLAID_CLIENT_ID={h24}", "PLAID_CLIENT_NAME={h20}"),
];
