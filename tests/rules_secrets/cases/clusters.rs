// SPDX-License-Identifier: MIT OR Apache-2.0
//! Clusters, device management and network tests.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case::new("rancher-token", "t: token-{l5}:{l54}", "t: token-{l5}:{l51}"),
    Case::new("openshift-token", "t: sha256~{w43}", "t: sha256~{w40}"),
    Case::new(
        "openshift-token",
        "oc login --token=sha256~{w43} --server=https://api.x:6443",
        "t: sha256~{w40}",
    ),
    Case::new(
        "kubernetes-bootstrap-token",
        "kubeadm join --token {l6}.{l16}",
        "kubeadm join --token {l6}.{l13}",
    ),
    Case::new(
        "kubernetes-bootstrap-token",
        "bootstrapTokens:\n- token: \"{l6}.{l16}\" # kubeadm",
        "kubeadm join --token {l6}.{l13}",
    ),
    Case::new("jumpcloud-key", "JUMPCLOUD_API_KEY={a40}", "JUMPCLOUD_ORG={a40}"),
    Case::new(
        "jumpcloud-key",
        "curl -H \"x-api-key: {h40}\" https://console.jumpcloud.com/api/systems",
        "JUMPCLOUD_ORG={a40}",
    ),
    Case::new("duo-secret", "DUO_SKEY={a40}", "DUO_HOST={a40}"),
    Case::new(
        "duo-secret",
        "[duo]\nikey={u20}\nskey={a40}\nhost=api-x.duosecurity.com",
        "DUO_HOST={a40}",
    ),
    Case::new(
        "duo-secret",
        "duo_client.Admin(\"DI{u18}\", \"{a40}\", \"api-x.duosecurity.com\")",
        "DUO_HOST={a40}",
    ),
    Case::new("duo-integration-key", "DUO_IKEY=DI{u18}", "DUO_IKEY=DI{u10}"),
    Case::new("thousandeyes-token", "THOUSANDEYES_TOKEN={U}", "THOUSANDEYES_TEST_ID={U}"),
    Case::new("thousandeyes-token", "TEAGENT_ACCOUNT_TOKEN={l32}", "THOUSANDEYES_TEST_ID={U}"),
];
