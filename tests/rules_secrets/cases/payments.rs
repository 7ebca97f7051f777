// SPDX-License-Identifier: MIT OR Apache-2.0
//! Payments and commerce.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        rule: "stripe-key",
        path: "infra/settings.conf",
        fires: "k: sk_live_{a24}",
        near_miss: ("infra/settings.conf", "k: pk_live_{a24}"),
    },
    Case {
        rule: "webhook-signing-secret",
        path: "infra/settings.conf",
        fires: "k: whsec_{a32}",
        near_miss: ("infra/settings.conf", "k: whsec_{a9}"),
    },
    Case {
        rule: "square-token",
        path: "infra/settings.conf",
        fires: "k: sq0csp-{w43}",
        near_miss: ("infra/settings.conf", "k: sq0csp-{w40}"),
    },
    Case {
        rule: "braintree-token",
        path: "infra/settings.conf",
        fires: "k: access_token$production${l16}${h32}",
        near_miss: ("infra/settings.conf", "k: access_token$production${l16}${h29}"),
    },
    Case {
        rule: "paypal-secret",
        path: "infra/settings.conf",
        fires: "paypal_client_secret: E{w79}",
        near_miss: ("infra/settings.conf", "paypal_client_secret: E{w76}"),
    },
    Case {
        rule: "plaid-token",
        path: "infra/settings.conf",
        fires: "plaid_secret: {h30}",
        near_miss: ("infra/settings.conf", "plaid_secret: {h27}"),
    },
    Case {
        rule: "razorpay-key",
        path: "infra/settings.conf",
        fires: "k: rzp_live_{a14}",
        near_miss: ("infra/settings.conf", "k: rzp_live_{a11}"),
    },
    Case {
        rule: "shopify-token",
        path: "infra/settings.conf",
        fires: "k: shpat_{h32}",
        near_miss: ("infra/settings.conf", "k: shpat_{h29}"),
    },
    Case {
        rule: "payment-gateway-key",
        path: "infra/settings.conf",
        fires: "k: FLWSECK-{h32}-X",
        near_miss: ("infra/settings.conf", "k: FLWSECK-{h20}-X"),
    },
    Case {
        rule: "gocardless-token",
        path: "infra/settings.conf",
        fires: "gocardless_token: live_{w40}",
        near_miss: ("infra/settings.conf", "gocardless_token: live_{w20}"),
    },
    Case {
        rule: "woocommerce-secret",
        path: "infra/settings.conf",
        fires: "k: cs_{h40}",
        near_miss: ("infra/settings.conf", "k: cs_{h37}"),
    },
    Case {
        rule: "blockchain-node-key",
        path: "infra/settings.conf",
        fires: "u: https://mainnet.infura.io/v3/{h32}",
        near_miss: ("infra/settings.conf", "u: https://mainnet.infura.io/v3/{h29}"),
    },
];
