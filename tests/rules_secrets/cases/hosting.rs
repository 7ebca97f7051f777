// SPDX-License-Identifier: MIT OR Apache-2.0
//! Application hosting and managed databases.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        rule: "heroku-key",
        path: "infra/settings.conf",
        fires: "key: HRKU-{w60}",
        near_miss: ("infra/settings.conf", "key: HRKU-{w57}"),
    },
    Case {
        rule: "heroku-legacy-key",
        path: "infra/settings.conf",
        fires: "heroku_api_key = \"{U}\"",
        near_miss: ("infra/settings.conf", "heroku_app_id = \"{U}\""),
    },
    Case {
        rule: "netlify-token",
        path: "infra/settings.conf",
        fires: "token: nfp_{a36}",
        near_miss: ("infra/settings.conf", "token: nfp_{a33}"),
    },
    Case {
        rule: "vercel-token",
        path: "infra/settings.conf",
        fires: "token: vcp_{a56}",
        near_miss: ("infra/settings.conf", "token: vcp_{a53}"),
    },
    Case {
        rule: "fly-token",
        path: "infra/settings.conf",
        fires: "token: fm2_{b120}",
        near_miss: ("infra/settings.conf", "token: fm2_{b20}"),
    },
    Case {
        rule: "render-key",
        path: "infra/settings.conf",
        fires: "key: rnd_{a28}",
        near_miss: ("infra/settings.conf", "key: rnd_{a25}"),
    },
    Case {
        rule: "supabase-key",
        path: "infra/settings.conf",
        fires: "key: sb_secret_{a22}_{a8}",
        near_miss: ("infra/settings.conf", "key: sb_secret_{a22}_{a5}"),
    },
    Case {
        rule: "neon-key",
        path: "infra/settings.conf",
        fires: "key: napi_{l64}",
        near_miss: ("infra/settings.conf", "key: napi_{l61}"),
    },
    Case {
        rule: "neon-password",
        path: "infra/settings.conf",
        fires: "url: npg_{a16}",
        near_miss: ("infra/settings.conf", "url: npg_{a6}"),
    },
    Case {
        rule: "planetscale-token",
        path: "infra/settings.conf",
        fires: "t: pscale_pw_{w43}",
        near_miss: ("infra/settings.conf", "t: pscale_pw_{w20}"),
    },
    Case {
        rule: "mongodb-atlas-secret",
        path: "infra/settings.conf",
        fires: "s: mdb_sa_sk_{w40}",
        near_miss: ("infra/settings.conf", "s: mdb_sa_sk_{w37}"),
    },
    Case {
        rule: "databricks-token",
        path: "infra/settings.conf",
        fires: "token: dapi{h32}",
        near_miss: ("infra/settings.conf", "token: dapi{h29}"),
    },
    Case {
        rule: "confluent-key",
        path: "infra/settings.conf",
        fires: "s: {confluent}",
        near_miss: ("infra/settings.conf", "s: cflt{b40}"),
    },
    Case {
        rule: "datastax-token",
        path: "infra/settings.conf",
        fires: "t: AstraCS:{L24}:{h64}",
        near_miss: ("infra/settings.conf", "t: AstraCS:{L24}:{h61}"),
    },
    Case {
        rule: "clickhouse-cloud-secret",
        path: "infra/settings.conf",
        fires: "s: 4b1d{a38}",
        near_miss: ("infra/settings.conf", "s: 4b1d{a35}"),
    },
    Case {
        rule: "cockroach-key",
        path: "infra/settings.conf",
        fires: "k: CCDB1_{a22}_{a40}",
        near_miss: ("infra/settings.conf", "k: CCDB1_{a22}_{a37}"),
    },
    Case {
        rule: "elastic-cloud-key",
        path: "infra/settings.conf",
        fires: "k: essu_{a80}",
        near_miss: ("infra/settings.conf", "k: essu_{a30}"),
    },
    Case {
        rule: "aiven-password",
        path: "infra/settings.conf",
        fires: "p: AVNS_{w18}",
        near_miss: ("infra/settings.conf", "p: AVNS_{w8}"),
    },
];
