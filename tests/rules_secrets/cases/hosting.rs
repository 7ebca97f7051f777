// SPDX-License-Identifier: MIT OR Apache-2.0
//! Application hosting.

use super::{Case, case};

pub(super) const CASES: &[Case] = &[
    case("heroku-key", "k: HRKU-{U}", "k: HRKU-{h8}"),
    case("heroku-key", "HEROKU_API_KEY=HRKU-{w60}", "HEROKU_API_KEY=HRKU-{w50}"),
    case("heroku-legacy-key", "heroku_api_key: {U}", "heroku_app_id: {U}"),
    case("heroku-legacy-key", "Heroku API key: {U}", "Heroku build: {U}"),
    case(
        "heroku-legacy-key",
        "heroku3.from_key(\"{U}\")",
        "heroku3.from_key(\"00000000-1111-2222-3333-444444444444\")",
    ),
    case(
        "heroku-legacy-key",
        "machine api.heroku.com\n  login a@corp.example\n  password {U}",
        "machine api.heroku.com\n  login {U}",
    ),
    case(
        "heroku-legacy-key",
        "deploy:\n  provider: heroku\n  api_key: {U}",
        "deploy:\n  provider: heroku\n  app: {U}",
    ),
    case("netlify-token", "t: nfp_{a36}", "t: nfp_{a33}"),
    case("netlify-token", "NETLIFY_AUTH_TOKEN=nfc_{a36}", "NETLIFY_AUTH_TOKEN=nfx_{a36}"),
    case("netlify-token", "\"token\": \"nfb_{a36}\"", "\"token\": \"nfb_{a44}\""),
    case(
        "netlify-build-hook",
        "curl -X POST -d {{}} https://api.netlify.com/build_hooks/{h24}",
        "curl https://api.netlify.com/build_hooks/{h12}",
    ),
    case("vercel-token", "t: vcp_{a56}", "t: vcp_{a53}"),
    case("vercel-token", "VERCEL_TOKEN=vck_{a56}", "VERCEL_TOKEN=vcx_{a56}"),
    case("vercel-token", "token: 'vca_{a56}'", "token: 'vca_{a60}'"),
    case("vercel-legacy-token", "VERCEL_TOKEN={a24}", "VERCEL_TOKEN={a21}"),
    case(
        "vercel-legacy-token",
        "vercel deploy --prod --token {a24}",
        "vercel deploy --prod --token $VERCEL_TOKEN",
    ),
    case("vercel-legacy-token", "VERCEL_API_TOKEN: \"{a24}\"", "VERCEL_PROJECT_ID: \"prj_{a24}\""),
    case("fly-token", "t: fm2_{b90}", "t: fm2_{b40}"),
    case(
        "fly-token",
        "FLY_API_TOKEN=\"FlyV1 fm2_lJPE{b120},fm2_lJPE{b160}==\"",
        "FLY_API_TOKEN=\"FlyV1 fm9_lJPE{b120}\"",
    ),
    case("fly-token", "FLY_ACCESS_TOKEN: fo1_{w43}", "FLY_ACCESS_TOKEN: fo1_{w20}"),
    case("render-key", "k: rnd_{a28}", "k: rnd_{a25}"),
    case("render-key", "Authorization: Bearer rnd_{a28}", "Authorization: Bearer rnd_{a40}"),
    case("railway-token", "RAILWAY_TOKEN={U}", "RAILWAY_PROJECT_ID={U}"),
    case(
        "railway-token",
        "curl https://backboard.railway.com/graphql/v2 -H \"Project-Access-Token: {U}\"",
        "curl https://backboard.railway.com/project/{U}",
    ),
    case("databricks-token", "t: dapi{h32}", "t: dapi{h29}"),
    case("databricks-token", "token = dapi{h32}-2", "token = dapi{h36}"),
    case(
        "databricks-token",
        "https://token:dapi{h32}@adb-1.2.azuredatabricks.net",
        "https://token:dapi@adb-1.2.azuredatabricks.net",
    ),
    case("databricks-oauth-secret", "client_secret = dose{h32}", "client_secret = dose{h29}"),
];
