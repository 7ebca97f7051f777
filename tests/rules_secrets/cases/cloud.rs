// SPDX-License-Identifier: MIT OR Apache-2.0
//! Other clouds, content delivery and networks.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        rule: "digitalocean-token",
        path: "infra/settings.conf",
        fires: "token: dop_v1_{h64}",
        near_miss: ("infra/settings.conf", "token: dop_v1_{h61}"),
    },
    Case {
        rule: "alibaba-access-key-id",
        path: "infra/settings.conf",
        fires: "id: LTAI5t{a18}",
        near_miss: ("infra/settings.conf", "id: LTAI{a5}"),
    },
    Case {
        rule: "tencent-secret-id",
        path: "infra/settings.conf",
        fires: "id: AKID{a32}",
        near_miss: ("infra/settings.conf", "id: AKID{a29}"),
    },
    Case {
        rule: "volcengine-access-key",
        path: "infra/settings.conf",
        fires: "id: AKLT{a43}",
        near_miss: ("infra/settings.conf", "id: AKLT{a20}"),
    },
    Case {
        rule: "ibm-cloud-key",
        path: "infra/settings.conf",
        fires: "ibmcloud_api_key = \"{w44}\"",
        near_miss: ("infra/settings.conf", "ibmcloud_api_key = \"{w41}\""),
    },
    Case {
        rule: "yandex-cloud-key",
        path: "infra/settings.conf",
        fires: "key: AQVN{w36}",
        near_miss: ("infra/settings.conf", "key: AQVN{w20}"),
    },
    Case {
        rule: "linode-token",
        path: "infra/settings.conf",
        fires: "linode_token = \"{h64}\"",
        near_miss: ("infra/settings.conf", "linode_token = \"{h61}\""),
    },
    Case {
        rule: "hetzner-token",
        path: "infra/settings.conf",
        fires: "hcloud_token = \"{a64}\"",
        near_miss: ("infra/settings.conf", "hcloud_token = \"{a61}\""),
    },
    Case {
        rule: "vultr-key",
        path: "infra/settings.conf",
        fires: "vultr_api_key: {u36}",
        near_miss: ("infra/settings.conf", "vultr_api_key: {u33}"),
    },
    Case {
        rule: "scaleway-secret-key",
        path: "infra/settings.conf",
        fires: "SCW_ACCESS_KEY: SCW{u17}\nSCW_SECRET_KEY: {U}",
        near_miss: ("infra/settings.conf", "SCW_DEFAULT_PROJECT: {U}"),
    },
    Case {
        rule: "cloudflare-token",
        path: "infra/settings.conf",
        fires: "token: {cf:cfut_}",
        near_miss: ("infra/settings.conf", "token: cfut_{a30}"),
    },
    Case {
        rule: "cloudflare-wrangler-token",
        path: "infra/settings.conf",
        fires: "token: cfoat_{w48}",
        near_miss: ("infra/settings.conf", "token: cfoat_{w12}"),
    },
    Case {
        rule: "cloudflare-origin-ca-key",
        path: "infra/settings.conf",
        fires: "key: v1.0-{h24}-{h146}",
        near_miss: ("infra/settings.conf", "key: v1.0-{h24}-{h143}"),
    },
    Case {
        rule: "cloudflare-legacy-key",
        path: "infra/settings.conf",
        fires: "cloudflare_api_token = \"{w40}\"",
        near_miss: ("infra/settings.conf", "cloudflare_api_token = \"{w37}\""),
    },
    Case {
        rule: "cloudflare-tunnel-token",
        path: "infra/settings.conf",
        fires: "token: eyJhIjoi{b170}",
        near_miss: ("infra/settings.conf", "token: eyJhIjoi{b60}"),
    },
    Case {
        rule: "fastly-token",
        path: "infra/settings.conf",
        fires: "fastly_api_key = \"{w32}\"",
        near_miss: ("infra/settings.conf", "fastly_api_key = \"{w29}\""),
    },
    Case {
        rule: "akamai-token",
        path: "infra/settings.conf",
        fires: "client_token = akab-{l16}-{l16}",
        near_miss: ("infra/settings.conf", "client_token = akab-{l16}-{l13}"),
    },
    Case {
        rule: "backblaze-key",
        path: "infra/settings.conf",
        fires: "b2_application_key: K005{w27}",
        near_miss: ("infra/settings.conf", "b2_application_key: K005{w12}"),
    },
    Case {
        rule: "exoscale-key",
        path: "infra/settings.conf",
        fires: "key = EXO{h24}",
        near_miss: ("infra/settings.conf", "key = EXO{h21}"),
    },
    Case {
        rule: "ngrok-token",
        path: "infra/settings.conf",
        fires: "ngrok_token: 2{a26}_5{a20}",
        near_miss: ("infra/settings.conf", "ngrok_token: 2{a10}_5{a20}"),
    },
    Case {
        rule: "tailscale-key",
        path: "infra/settings.conf",
        fires: "key: tskey-auth-{a13}-{a32}",
        near_miss: ("infra/settings.conf", "key: tskey-auth-{a13}-{a8}"),
    },
];
