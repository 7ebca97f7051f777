// SPDX-License-Identifier: MIT OR Apache-2.0
//! Other services and identity providers.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        rule: "atlassian-token",
        path: "infra/settings.conf",
        fires: "t: {atl:ATATT3xFfGF0:171=}",
        near_miss: ("infra/settings.conf", "t: ATATT3xFfGF0{w90}"),
    },
    Case {
        rule: "okta-token",
        path: "infra/settings.conf",
        fires: "okta_api_token: 00{w40}",
        near_miss: ("infra/settings.conf", "okta_api_token: 00{w37}"),
    },
    Case {
        rule: "auth0-secret",
        path: "infra/settings.conf",
        fires: "auth0_client_secret: {w64}",
        near_miss: ("infra/settings.conf", "auth0_client_secret: {w61}"),
    },
    Case {
        rule: "notion-token",
        path: "infra/settings.conf",
        fires: "t: ntn_{d11}{a35}",
        near_miss: ("infra/settings.conf", "t: ntn_{d11}{a32}"),
    },
    Case {
        rule: "linear-key",
        path: "infra/settings.conf",
        fires: "k: lin_api_{a40}",
        near_miss: ("infra/settings.conf", "k: lin_api_{a37}"),
    },
    Case {
        rule: "airtable-token",
        path: "infra/settings.conf",
        fires: "t: pat{a14}.{h64}",
        near_miss: ("infra/settings.conf", "t: pat{a14}.{h61}"),
    },
    Case {
        rule: "figma-token",
        path: "infra/settings.conf",
        fires: "t: figd_{w40}",
        near_miss: ("infra/settings.conf", "t: figd_{w37}"),
    },
    Case {
        rule: "dropbox-token",
        path: "infra/settings.conf",
        fires: "t: sl.{w136}",
        near_miss: ("infra/settings.conf", "t: sl.{w50}"),
    },
    Case {
        rule: "hubspot-token",
        path: "infra/settings.conf",
        fires: "t: pat-na1-{U}",
        near_miss: ("infra/settings.conf", "t: pat-na1-{h8}"),
    },
    Case {
        rule: "salesforce-token",
        path: "infra/settings.conf",
        fires: "t: 00D{a12}!{a96}",
        near_miss: ("infra/settings.conf", "t: 00D{a12}!{a40}"),
    },
    Case {
        rule: "intercom-token",
        path: "infra/settings.conf",
        fires: "t: dG9rO{b54}=",
        near_miss: ("infra/settings.conf", "t: dG9rO{b51}="),
    },
    Case {
        rule: "mapbox-token",
        path: "infra/settings.conf",
        fires: "t: sk.eyJ{w60}.{w22}",
        near_miss: ("infra/settings.conf", "t: sk.eyJ{w60}.{w19}"),
    },
    Case {
        rule: "contentful-token",
        path: "infra/settings.conf",
        fires: "t: CFPAT-{w43}",
        near_miss: ("infra/settings.conf", "t: CFPAT-{w40}"),
    },
    Case {
        rule: "meta-token",
        path: "infra/settings.conf",
        fires: "t: EAA{a160}",
        near_miss: ("infra/settings.conf", "t: EAA{a40}"),
    },
    Case {
        rule: "twitter-token",
        path: "infra/settings.conf",
        fires: "t: AAAAAAAAAAAAAAAAAAAAA{a60}",
        near_miss: ("infra/settings.conf", "t: AAAAAAAAAAAAAAAAAAAAA{a20}"),
    },
    Case {
        rule: "linkedin-secret",
        path: "infra/settings.conf",
        fires: "t: WPL_AP1.{a16}.{b6}==",
        near_miss: ("infra/settings.conf", "t: WPL_AP1.{a16}.{b3}=="),
    },
    Case {
        rule: "trello-token",
        path: "infra/settings.conf",
        fires: "t: ATTA{h72}",
        near_miss: ("infra/settings.conf", "t: ATTA{h69}"),
    },
    Case {
        rule: "typeform-token",
        path: "infra/settings.conf",
        fires: "t: tfp_{w44}",
        near_miss: ("infra/settings.conf", "t: tfp_{w41}"),
    },
    Case {
        rule: "clickup-token",
        path: "infra/settings.conf",
        fires: "t: pk_{d7}_{u32}",
        near_miss: ("infra/settings.conf", "t: pk_{d7}_{u29}"),
    },
    Case {
        rule: "postman-key",
        path: "infra/settings.conf",
        fires: "k: PMAK-{h24}-{h34}",
        near_miss: ("infra/settings.conf", "k: PMAK-{h24}-{h31}"),
    },
    Case {
        rule: "cloudinary-url",
        path: "infra/settings.conf",
        fires: "u: cloudinary://{d15}:{w27}@demo",
        near_miss: ("infra/settings.conf", "u: cloudinary://{d15}:{w24}@demo"),
    },
    Case {
        rule: "maxmind-key",
        path: "infra/settings.conf",
        fires: "k: {a6}_{a29}_mmk",
        near_miss: ("infra/settings.conf", "k: {a6}_{a26}_mmk"),
    },
    Case {
        rule: "automation-webhook",
        path: "infra/settings.conf",
        fires: "u: https://hooks.zapier.com/hooks/catch/{d6}/{l7}",
        near_miss: ("infra/settings.conf", "u: https://hooks.zapier.com/hooks/catch/{d6}/ab"),
    },
    Case {
        rule: "adobe-secret",
        path: "infra/settings.conf",
        fires: "s: p8e-{w32}",
        near_miss: ("infra/settings.conf", "s: p8e-{w29}"),
    },
    Case {
        rule: "asana-token",
        path: "infra/settings.conf",
        fires: "asana_token: 1/{d16}:{h32}",
        near_miss: ("infra/settings.conf", "asana_token: 1/{d16}:{h29}"),
    },
];
