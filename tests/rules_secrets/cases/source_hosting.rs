// SPDX-License-Identifier: MIT OR Apache-2.0
//! Bitbucket, Gitea and other source hosting and search.

use super::{Case, case};

pub(super) const CASES: &[Case] = &[
    case("bitbucket-app-password", "p: {atl:ATBB:24}", "p: ATBB{a12}"),
    case(
        "bitbucket-app-password",
        "https://user:{atl:ATBB:24}@bitbucket.org/w/r.git",
        "https://user:ATBB{a24}{h8}x@bitbucket.org/w/r.git",
    ),
    case("bitbucket-access-token", "t: {atl:ATCTT3xFfGN0:171=}", "t: ATCTT3xFfGN0{w100}=AAAAAAAA"),
    case(
        "bitbucket-access-token",
        "https://x-token-auth:{atl:ATCTT3xFfGN0:171=}@bitbucket.org/w/r",
        "https://x-token-auth:ATCTT3xFfGN0{w171}@bitbucket.org/w/r",
    ),
    case("bitbucket-server-token", "t: BBDC-{B:{d12}:{a20}}", "t: BBDC-{b41}"),
    case(
        "bitbucket-server-token",
        "Authorization: Bearer BBDC-M{b43}",
        "Authorization: Bearer BBDC-M{b50}",
    ),
    case("atlassian-data-center-token", "JIRA_TOKEN={B:{d12}:{a20}}", "JIRA_TOKEN=M{b43}"),
    case(
        "atlassian-data-center-token",
        "curl -H \"Authorization: Bearer {B:{d12}:{a20}}\" https://confluence.corp.example/rest/api/content",
        "curl -H \"Authorization: Bearer {B:{d12}:{a20}}\" https://wiki.corp.example/rest",
    ),
    case(
        "bitbucket-oauth-secret",
        "BITBUCKET_OAUTH_KEY={a18}\nBITBUCKET_OAUTH_SECRET={a32}",
        "BITBUCKET_OAUTH_KEY={a18}\nBITBUCKET_OAUTH_SECRET={a28}",
    ),
    case(
        "bitbucket-oauth-secret",
        "bitbucket:\n  key: {a18}\n  secret: {a32}",
        "corp:\n  key: {a18}\n  secret: {a32}",
    ),
    case("gitea-token", "GITEA_TOKEN={h40}", "GITEA_COMMIT={h40}"),
    case(
        "gitea-token",
        "curl -H \"Authorization: token {h40}\" https://codeberg.org/api/v1/user",
        "curl https://codeberg.org/o/r/commit/{h40}",
    ),
    case("gitea-token", "gogs:\n  access_token: {h40}", "gogs:\n  revision: {h40}"),
    case("sourcegraph-token", "t: sgp_{h40}", "t: sgp_{h37}"),
    case(
        "sourcegraph-token",
        "SRC_ACCESS_TOKEN=sgp_{h16}_{h40}",
        "SRC_ACCESS_TOKEN=sgp_{h12}_{h40}",
    ),
    case("sourcegraph-token", "t: sgp_local_{h40}", "t: sgp_other_{h40}"),
    Case {
        rule: "token-in-clone-url",
        path: "a.sh",
        fires: "git clone https://{h40}@git.acme.io/ops/app.git",
        near_miss: ("a.sh", "git clone https://deploy-bot-of-the-team-4@git.acme.io/ops/app.git"),
    },
];
