// SPDX-License-Identifier: MIT OR Apache-2.0
//! Builds, deployment, clusters and secret managers.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        rule: "terraform-cloud-token",
        path: "infra/settings.conf",
        fires: "token = \"{a14}.atlasv1.{w67}\"",
        near_miss: ("infra/settings.conf", "token = \"{a14}.atlasv1.{w30}\""),
    },
    Case {
        rule: "vault-token",
        path: "infra/settings.conf",
        fires: "t: hvs.{w92}",
        near_miss: ("infra/settings.conf", "t: hvs.{w12}"),
    },
    Case {
        rule: "vault-legacy-token",
        path: "infra/settings.conf",
        fires: "vault_token: s.{a24}",
        near_miss: ("infra/settings.conf", "vault_token: s.{a21}"),
    },
    Case {
        rule: "vault-unseal-key",
        path: "infra/settings.conf",
        fires: "Unseal Key 1: {b44}",
        near_miss: ("infra/settings.conf", "Unseal Key 1: {b41}"),
    },
    Case {
        rule: "vault-approle-secret",
        path: "infra/settings.conf",
        fires: "role_id: {U}\nsecret_id: {U}",
        near_miss: ("infra/settings.conf", "role_id: {U}\nname: x"),
    },
    Case {
        rule: "consul-nomad-token",
        path: "infra/settings.conf",
        fires: "CONSUL_HTTP_TOKEN={U}",
        near_miss: ("infra/settings.conf", "CONSUL_NODE_ID={U}"),
    },
    Case {
        rule: "gossip-key",
        path: "infra/settings.conf",
        fires: "encrypt = \"{b43}=\"",
        near_miss: ("infra/settings.conf", "encrypt = \"{b30}=\""),
    },
    Case {
        rule: "pulumi-token",
        path: "infra/settings.conf",
        fires: "t: pul-{h40}",
        near_miss: ("infra/settings.conf", "t: pul-{h37}"),
    },
    Case {
        rule: "pulumi-encryption-salt",
        path: "infra/settings.conf",
        fires: "encryptionsalt: v1:{b11}=:v1:{b16}:{b40}==",
        near_miss: ("infra/settings.conf", "encryptionsalt: {b11}"),
    },
    Case {
        rule: "circleci-token",
        path: "infra/settings.conf",
        fires: "t: CCIPAT_{a22}_{h40}",
        near_miss: ("infra/settings.conf", "t: CCIPAT_{a22}_{h37}"),
    },
    Case {
        rule: "buildkite-token",
        path: "infra/settings.conf",
        fires: "t: bkua_{a40}",
        near_miss: ("infra/settings.conf", "t: bkua_{a20}"),
    },
    Case {
        rule: "jenkins-token",
        path: "infra/settings.conf",
        fires: "jenkins_api_token: 11{h32}",
        near_miss: ("infra/settings.conf", "jenkins_api_token: 11{h29}"),
    },
    Case {
        rule: "jenkins-encrypted-credential",
        path: "infra/settings.conf",
        fires: "<password>{{AQAAA{b60}=}}</password>",
        near_miss: ("infra/settings.conf", "<password>{{AQAAA{b10}=}}</password>"),
    },
    Case {
        rule: "harness-token",
        path: "infra/settings.conf",
        fires: "t: pat.{w22}.{h24}.{a20}",
        near_miss: ("infra/settings.conf", "t: pat.{w22}.{h24}.{a17}"),
    },
    Case {
        rule: "launchdarkly-key",
        path: "infra/settings.conf",
        fires: "launchdarkly: sdk-{U}",
        near_miss: ("infra/settings.conf", "launchdarkly: mob-{U}"),
    },
    Case {
        rule: "doppler-token",
        path: "infra/settings.conf",
        fires: "t: dp.pt.{a43}",
        near_miss: ("infra/settings.conf", "t: dp.pt.{a20}"),
    },
    Case {
        rule: "onepassword-token",
        path: "infra/settings.conf",
        fires: "k: A3-{u6}-{u11}-{u5}-{u5}-{u5}",
        near_miss: ("infra/settings.conf", "k: A3-{u6}-{u11}-{u5}-{u5}-{u2}"),
    },
    Case {
        rule: "bitwarden-token",
        path: "infra/settings.conf",
        fires: "t: 0.{U}.{a30}:{b22}==",
        near_miss: ("infra/settings.conf", "t: 0.{U}.{a10}:{b22}=="),
    },
    Case {
        rule: "snyk-token",
        path: "infra/settings.conf",
        fires: "snyk_token: {U}",
        near_miss: ("infra/settings.conf", "snyk_org: {U}"),
    },
    Case {
        rule: "sonarqube-token",
        path: "infra/settings.conf",
        fires: "t: squ_{h40}",
        near_miss: ("infra/settings.conf", "t: squ_{h37}"),
    },
    Case {
        rule: "codecov-token",
        path: "infra/settings.conf",
        fires: "codecov_token: {U}",
        near_miss: ("infra/settings.conf", "codecov_slug: {U}"),
    },
    Case {
        rule: "appveyor-token",
        path: "infra/settings.conf",
        fires: "appveyor_token: v2.{l20}",
        near_miss: ("infra/settings.conf", "appveyor_token: v2.{l17}"),
    },
    Case {
        rule: "octopus-key",
        path: "infra/settings.conf",
        fires: "k: API-{u26}",
        near_miss: ("infra/settings.conf", "k: API-{u10}"),
    },
    Case {
        rule: "rancher-token",
        path: "infra/settings.conf",
        fires: "t: token-{l5}:{l54}",
        near_miss: ("infra/settings.conf", "t: token-{l5}:{l51}"),
    },
    Case {
        rule: "openshift-token",
        path: "infra/settings.conf",
        fires: "t: sha256~{w43}",
        near_miss: ("infra/settings.conf", "t: sha256~{w40}"),
    },
    Case {
        rule: "kubernetes-bootstrap-token",
        path: "infra/settings.conf",
        fires: "kubeadm join --token {l6}.{l16}",
        near_miss: ("infra/settings.conf", "kubeadm join --token {l6}.{l13}"),
    },
    Case {
        rule: "shippo-token",
        path: "infra/settings.conf",
        fires: "t: shippo_live_{h40}",
        near_miss: ("infra/settings.conf", "t: shippo_live_{h37}"),
    },
];
