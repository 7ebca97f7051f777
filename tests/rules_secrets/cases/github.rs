// SPDX-License-Identifier: MIT OR Apache-2.0
//! GitHub.

use super::{Case, case};

pub(super) const CASES: &[Case] = &[
    case("github-token", "token: {gh:ghp_}", "token: ghp_{a30}"),
    case(
        "github-token",
        "https://x-access-token:{gh:gho_}@github.com/o/r.git",
        "https://x-access-token:gho_{a44}@github.com/o/r.git",
    ),
    case("github-token", "\"refresh_token\":\"ghr_{a76}\"", "\"refresh_token\":\"ghr_{a60}\""),
    case("github-token", "GITHUB_TOKEN={gh:ghu_}", "GITHUB_TOKEN=ghx_{a36}"),
    case("github-installation-token", "token: {gh:ghs_}", "token: ghs_{a30}"),
    case("github-installation-token", "token: ghs_{d6}_{jwt}", "token: ghs_{d6}_{w40}"),
    case(
        "github-fine-grained-token",
        "token: github_pat_{a22}_{a59}",
        "token: github_pat_{a22}_{a56}",
    ),
    case(
        "github-fine-grained-token",
        "git clone https://github_pat_{a22}_{a59}@github.com/o/r",
        "git clone https://github_pat_{a22}@github.com/o/r",
    ),
    case("github-legacy-token", "github_token: {h40}", "github_commit: {h40}"),
    case(
        "github-legacy-token",
        "curl -H \"Authorization: token {h40}\" https://api.github.com/user",
        "curl https://api.github.com/repos/o/r/commits/{h40}",
    ),
    case(
        "github-legacy-token",
        "The GitHub access token is `{h40}`",
        "The GitHub commit is `{h40}`",
    ),
    case("github-legacy-token", "GITHUB_PAT={h40}", "github_patch: {h40}"),
    case("github-legacy-token", "GH_PAT_PROD: {h40}", "github author {h40}"),
    case(
        "github-legacy-token",
        "- name: GITHUB_TOKEN\n  value: {h40}",
        "uses: actions/checkout@{h40}\nwith:\n  token: $GITHUB_TOKEN",
    ),
    case(
        "github-legacy-token",
        "{{\"github-oauth\": {{\"x\": \"a\", \"oauth_token\": \"{h40}\"}}}}",
        "{{\"github\": {{\"sha\": \"{h40}\"}}}}",
    ),
    case(
        "github-token-in-url",
        "git clone https://{h40}@github.com/o/r.git",
        "git clone https://github.com/o/r.git@{h40}",
    ),
    case(
        "github-token-in-url",
        "https://{h40}:x-oauth-basic@ghe.corp.example/o/r",
        "https://ghe.corp.example/o/r/{h40}",
    ),
    case("github-oauth-secret", "github_client_secret: {h40}", "gitlab_client_secret: {h40}"),
    case(
        "github-oauth-secret",
        "provider: github\nclient_id: Iv1.{h16}\nclient_secret: {h40}",
        "provider: corp\nclient_secret: {h40}",
    ),
    case("github-app-legacy-token", "github_app_token: v1.{h40}", "hash: v1.{h40}"),
    case(
        "github-runner-token",
        "./config.sh --url https://github.com/o/r --token A{u28}",
        "./config.sh --url https://github.com/o/r --token $TOKEN",
    ),
    case("github-runner-token", "RUNNER_TOKEN=A{u28}", "RUNNER_TOKEN=A{u20}"),
];
