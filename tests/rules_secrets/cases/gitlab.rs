// SPDX-License-Identifier: MIT OR Apache-2.0
//! GitLab.

use super::{Case, case};

pub(super) const CASES: &[Case] = &[
    Case {
        rule: "gitlab-token",
        path: "rotate.patch",
        fires: "@@ -1 +1 @@\n-glpat-{w20}\n",
        near_miss: ("rotate.patch", "@@ -1 +1 @@\n-glpat-{a12}\n"),
    },
    case("gitlab-token", "token: glpat-{a20}", "token: glpat-{a17}"),
    case(
        "gitlab-token",
        "https://oauth2:glpat-{w20}@gitlab.com/g/p.git",
        "https://oauth2:glpat-{w24}@gitlab.com/g/p.git",
    ),
    case("gitlab-token", "GITLAB_TOKEN={glr:glpat-}", "GITLAB_TOKEN=glpat-{w30}.01"),
    case("gitlab-token", "PRIVATE-TOKEN: acme-glpat-{w20}", "PRIVATE-TOKEN: glpat_{w20}"),
    case("gitlab-oauth-secret", "secret: gloas-{h64}", "secret: gloas-{h60}"),
    case("gitlab-deploy-token", "token: gldt-{a20}", "token: gldt-{a17}"),
    case(
        "gitlab-deploy-token",
        "docker login -u deploy -p gldt-{w20} registry.gitlab.com",
        "docker login -u deploy -p gldt-{w26} registry.gitlab.com",
    ),
    case("gitlab-runner-token", "token = \"glrt-{w20}\"", "token = \"glrt-{w12}\""),
    case("gitlab-runner-token", "token: glrt-t1_{w20}", "token: glrt-t1_{w15}"),
    case(
        "gitlab-runner-token",
        "gitlab-runner register --registration-token GR1348941{w20}",
        "gitlab-runner register --registration-token GR1348941{w14}",
    ),
    case("gitlab-job-token", "CI_JOB_TOKEN=glcbt-64_{w20}", "CI_JOB_TOKEN=glcbt-{w20}"),
    case(
        "gitlab-trigger-token",
        "curl -F token=glptt-{h40} -F ref=main https://gitlab.com/api/v4/projects/1/trigger/pipeline",
        "curl -F token=glptt-{h36} -F ref=main https://gitlab.com",
    ),
    case(
        "gitlab-feed-token",
        "https://gitlab.com/g/p.atom?feed_token=glft-{w20}",
        "https://gitlab.com/g/p.atom?feed_token=glft-{w14}",
    ),
    case(
        "gitlab-mail-token",
        "incoming+g-p-1 glimt-{l25} issue@incoming.gitlab.com",
        "glimt-{l20} issue",
    ),
    case(
        "gitlab-agent-token",
        "--set config.token=glagent-{w50}",
        "--set config.token=glagent-{w40}",
    ),
    case("gitlab-workspace-token", "t: glwt-{w20}", "t: glwt-{w10}"),
    case("gitlab-scim-token", "t: glsoat-{w20}", "t: glsoat-{w15}"),
    case(
        "gitlab-feature-flags-token",
        "instanceId: \"glffct-{w20}\"",
        "instanceId: \"glffct-{w15}\"",
    ),
    case("gitlab-session", "Cookie: _gitlab_session={h32}", "Cookie: _gitlab_session={h29}"),
    case(
        "gitlab-session",
        "{{\"name\": \"_gitlab_session\", \"value\": \"{h32}\"}}",
        "{{\"name\": \"_gitlab_session\", \"domain\": \"gitlab.com\"}}",
    ),
    case("gitlab-legacy-token", "GITLAB_TOKEN={a20}", "GITLAB_TOKEN={a17}"),
    case(
        "gitlab-legacy-token",
        "curl -H \"PRIVATE-TOKEN: {a20}\" https://git.corp.example/api/v4/projects",
        "curl -H \"PRIVATE-TOKEN: my-gitlab-token-name\" https://git.corp.example",
    ),
];
