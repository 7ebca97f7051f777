// SPDX-License-Identifier: MIT OR Apache-2.0
//! Payment services, continued.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case::new("razorpay-key", "k: rzp_live_{a14}", "k: rzp_live_{a11}"),
    Case::new("razorpay-secret", "RAZORPAY_KEY_SECRET={a24}", "RAZORPAY_PLAN={a24}"),
    Case::new(
        "razorpay-secret",
        "razorpay.Client(auth=(\"rzp_live_{a14}\", \"{a24}\"))",
        "RAZORPAY_PLAN={a24}",
    ),
    Case::new("flutterwave-key", "k: FLWSECK-{h32}-X", "k: FLWSECK-{h20}-X"),
    Case::new("flutterwave-key", "k: FLWSECK_TEST-{h32}-X", "k: FLWPUBK-{h32}-X"),
    Case::new("checkout-key", "k: sk_{U}", "k: pk_{U}"),
    Case::new("checkout-key", "k: sk_test_{U}", "k: pk_{U}"),
    Case::new("gocardless-token", "gocardless_token: live_{w40}", "gocardless_token: live_{w20}"),
    Case::new(
        "gocardless-token",
        "GoCardless.new(access_token: \"sandbox_{w40}\")",
        "gocardless_token: live_{w20}",
    ),
    Case::new("mollie-key", "mollie_key: live_{a30}", "mollie_key: live_{a20}"),
    Case::new("mollie-key", "$mollie->setApiKey(\"test_{a30}\");", "mollie_key: live_{a20}"),
    Case::new(
        "paddle-key",
        "k: pdl_live_apikey_{l26}_{a22}_{a3}",
        "k: pdl_live_apikey_{l26}_{a10}",
    ),
    Case::new(
        "paddle-key",
        "k: pdl_sdbx_apikey_{l26}_{a22}_{a3}",
        "k: pdl_live_apikey_{l26}_{a10}",
    ),
    Case::new("klarna-key", "k: klarna_live_api_{w60}", "k: klarna_live_client_{w60}"),
    Case::new("klarna-key", "k: klarna_test_api_{w60}", "k: klarna_live_client_{w60}"),
    Case::new("xendit-key", "k: xnd_production_{a48}", "k: xnd_public_production_{a48}"),
    Case::new("xendit-key", "k: xnd_development_{a48}", "k: xnd_public_production_{a48}"),
    Case::new("asaas-key", "k: $aact_prod_{w120}", "k: $aact_prod_{w10}"),
    Case::new("asaas-key", "k: $aact_hmlg_{w120}", "k: $aact_prod_{w10}"),
    Case::new("midtrans-key", "k: Mid-server-{w24}", "k: Mid-client-{w16}"),
    Case::new("midtrans-key", "k: SB-Mid-server-{w24}", "k: Mid-client-{w16}"),
    Case::new("wise-token", "WISE_API_TOKEN={U}", "WISE_PROFILE_ID={U}"),
    Case::new("wise-token", "transferwise_api_key: \"{U}\"", "WISE_PROFILE_ID={U}"),
    Case::new(
        "mercury-token",
        "k: secret-token:mercury_production_wma_{a45}_yrucrem",
        "k: mercury_production_database_connection_string",
    ),
    Case::new(
        "mercury-token",
        "k: mercury_production_{a45}_yrucrem",
        "k: mercury_production_database_connection_string",
    ),
    Case::new("polar-token", "k: polar_oat_{w43}", "k: polar_oat_{w12}"),
    Case::new("polar-token", "k: polar_at_o_{a43}", "k: polar_ci_{a43}"),
    Case::new("polar-token", "k: polar_cs_{a43}", "k: polar_c_{a43}"),
    Case::new("mollie-key", "mollie_token: access_{a40}", "mollie_token: access_{a12}"),
];
