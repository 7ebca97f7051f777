// SPDX-License-Identifier: MIT OR Apache-2.0
//! Source hosting, packages, registries.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        rule: "github-token",
        path: "infra/settings.conf",
        fires: "token: {gh:ghp_}",
        near_miss: ("infra/settings.conf", "token: ghp_{a30}"),
    },
    Case {
        rule: "github-installation-token",
        path: "infra/settings.conf",
        fires: "token: {gh:ghs_}",
        near_miss: ("infra/settings.conf", "token: ghs_{a30}"),
    },
    Case {
        rule: "github-fine-grained-token",
        path: "infra/settings.conf",
        fires: "token: github_pat_{a22}_{a59}",
        near_miss: ("infra/settings.conf", "token: github_pat_{a22}_{a56}"),
    },
    Case {
        rule: "github-legacy-secret",
        path: "infra/settings.conf",
        fires: "github_token: {h40}",
        near_miss: ("infra/settings.conf", "github_commit: {h40}"),
    },
    Case {
        rule: "gitlab-token",
        path: "infra/settings.conf",
        fires: "token: glpat-{a20}",
        near_miss: ("infra/settings.conf", "token: glpat-{a17}"),
    },
    Case {
        rule: "gitlab-deploy-token",
        path: "infra/settings.conf",
        fires: "token: gldt-{a20}",
        near_miss: ("infra/settings.conf", "token: gldt-{a17}"),
    },
    Case {
        rule: "gitlab-session",
        path: "infra/settings.conf",
        fires: "Cookie: _gitlab_session={h32}",
        near_miss: ("infra/settings.conf", "Cookie: _gitlab_session={h29}"),
    },
    Case {
        rule: "bitbucket-app-password",
        path: "infra/settings.conf",
        fires: "p: {atl:ATBB:24}",
        near_miss: ("infra/settings.conf", "p: ATBB{a12}"),
    },
    Case {
        rule: "bitbucket-access-token",
        path: "infra/settings.conf",
        fires: "t: {atl:ATCTT3xFfGN0:171=}",
        near_miss: ("infra/settings.conf", "t: ATCTT3xFfGN0{w100}=AAAAAAAA"),
    },
    Case {
        rule: "bitbucket-server-token",
        path: "infra/settings.conf",
        fires: "t: BBDC-{b44}",
        near_miss: ("infra/settings.conf", "t: BBDC-{b41}"),
    },
    Case {
        rule: "sourcegraph-token",
        path: "infra/settings.conf",
        fires: "t: sgp_{h40}",
        near_miss: ("infra/settings.conf", "t: sgp_{h37}"),
    },
    Case {
        rule: "npm-token",
        path: "infra/settings.conf",
        fires: "//registry.npmjs.org/:_authToken={gh:npm_}",
        near_miss: ("infra/settings.conf", "t: npm_{a20}"),
    },
    Case {
        rule: "npmrc-credential",
        path: "infra/settings.conf",
        fires: "//npm.corp.example/:_authToken={U}",
        near_miss: ("infra/settings.conf", "//npm.corp.example/:_authToken=${{NPM_TOKEN}}"),
    },
    Case {
        rule: "pypi-token",
        path: "infra/settings.conf",
        fires: "t: {pypi}",
        near_miss: ("infra/settings.conf", "t: pypi-AgE{w40}"),
    },
    Case {
        rule: "crates-io-token",
        path: "infra/settings.conf",
        fires: "token = \"cio{a32}\"",
        near_miss: ("infra/settings.conf", "token = \"cio{a29}\""),
    },
    Case {
        rule: "rubygems-key",
        path: "infra/settings.conf",
        fires: "k: rubygems_{h48}",
        near_miss: ("infra/settings.conf", "k: rubygems_{h45}"),
    },
    Case {
        rule: "nuget-key",
        path: "infra/settings.conf",
        fires: "k: oy2{z43}",
        near_miss: ("infra/settings.conf", "k: oy2{z40}"),
    },
    Case {
        rule: "nuget-clear-password",
        path: "infra/settings.conf",
        fires: "<add key=\"ClearTextPassword\" value=\"{a20}\" />",
        near_miss: (
            "infra/settings.conf",
            "<add key=\"ClearTextPassword\" value=\"%FEED_TOKEN%\" />",
        ),
    },
    Case {
        rule: "docker-hub-token",
        path: "infra/settings.conf",
        fires: "t: dckr_pat_{w27}",
        near_miss: ("infra/settings.conf", "t: dckr_pat_{w24}"),
    },
    Case {
        rule: "docker-registry-auth",
        path: "infra/settings.conf",
        fires: "{{\"auths\": {{\"registry.corp.example\": {{\"auth\": \"{B:deploy:{a16}}\"}}}}}}",
        near_miss: (
            "infra/settings.conf",
            "{{\"auths\": {{\"registry.corp.example\": {{\"auth\": \"{b23}!\"}}}}}}",
        ),
    },
    Case {
        rule: "artifactory-key",
        path: "infra/settings.conf",
        fires: "k: AKCp{a69}",
        near_miss: ("infra/settings.conf", "k: AKCp{a66}"),
    },
    Case {
        rule: "clojars-token",
        path: "infra/settings.conf",
        fires: "k: CLOJARS_{l60}",
        near_miss: ("infra/settings.conf", "k: CLOJARS_{l57}"),
    },
    Case {
        rule: "packagist-token",
        path: "infra/settings.conf",
        fires: "k: packagist_out_{h68}",
        near_miss: ("infra/settings.conf", "k: packagist_out_{h65}"),
    },
    Case {
        rule: "open-vsx-token",
        path: "infra/settings.conf",
        fires: "k: ovsxp_{U}",
        near_miss: ("infra/settings.conf", "k: ovsxp_{h8}"),
    },
    Case {
        rule: "deno-token",
        path: "infra/settings.conf",
        fires: "k: ddp_{a36}",
        near_miss: ("infra/settings.conf", "k: ddp_{a33}"),
    },
    Case {
        rule: "docker-swarm-token",
        path: "infra/settings.conf",
        fires: "docker swarm join --token SWMTKN-1-{l50}-{l25}",
        near_miss: ("infra/settings.conf", "docker swarm join --token SWMTKN-1-{l50}-{l22}"),
    },
];
