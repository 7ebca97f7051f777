// SPDX-License-Identifier: MIT OR Apache-2.0
//! Secret managers and what makes infrastructure.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case::new(
        "terraform-cloud-token",
        "token = \"{a14}.atlasv1.{w67}\"",
        "token = \"{a14}.atlasv1.{w30}\"",
    ),
    Case::new(
        "terraform-cloud-token",
        "TFE_TOKEN={a14}.atlasv1.{w67}",
        "token = \"{a14}.atlasv1.{w30}\"",
    ),
    Case::new("vault-token", "t: hvs.{w92}", "t: hvs.{w12}"),
    Case::new("vault-token", "X-Vault-Token: hvs.{w24}", "t: hvs.your-vault-token-goes-right-here"),
    Case::new("vault-token", "t: hvb.{w160}", "t: hvs.your-vault-token-goes-right-here"),
    Case::new("vault-legacy-token", "vault_token: s.{a24}", "vault_token: s.{a21}"),
    Case::new("vault-legacy-token", "Initial Root Token: s.{a24}", "vault_token: s.{a21}"),
    Case::new("vault-legacy-token", "vault login s.{a24}", "vault_token: s.{a21}"),
    Case::new("vault-legacy-token", "curl -H \"X-Vault-Token: s.{a24}\"", "vault_token: s.{a21}"),
    Case::new("vault-unseal-key", "Unseal Key 1: {b44}", "Unseal Key 1: {b41}"),
    Case::new("vault-unseal-key", "Recovery Key 3: {b43}=", "Unseal Key 1: {b41}"),
    Case::new("vault-unseal-key-assigned", "vault operator unseal {b44}", "VAULT_UNSEAL_KEY={h50}"),
    Case::new("vault-unseal-key-assigned", "VAULT_UNSEAL_KEY={h66}", "VAULT_UNSEAL_KEY={h50}"),
    Case::new(
        "vault-unseal-key-assigned",
        "\"unseal_keys_b64\": [\n    \"{b44}\",",
        "VAULT_UNSEAL_KEY={h50}",
    ),
    Case::new(
        "vault-unseal-key-assigned",
        "\"keys_base64\": [\"{b43}=\"",
        "VAULT_UNSEAL_KEY={h50}",
    ),
    Case::new("vault-approle-secret", "role_id: {U}\nsecret_id: {U}", "role_id: {U}\nname: x"),
    Case::new(
        "vault-approle-secret",
        "vault write auth/approle/login role_id={U} secret_id={U}",
        "secret_id: {U}",
    ),
    Case::new("consul-nomad-token", "CONSUL_HTTP_TOKEN={U}", "CONSUL_NODE_ID={U}"),
    Case::new(
        "consul-nomad-token",
        "curl -H \"X-Nomad-Token: {U}\"",
        "consul_datacenter_id = \"{U}\"",
    ),
    Case::new(
        "consul-nomad-token",
        "# consul\nacl {{ tokens {{ agent = \"{U}\" }} }}",
        "consul_datacenter_id = \"{U}\"",
    ),
    Case::new(
        "consul-nomad-token",
        "consul acl bootstrap\nAccessorID: x\nSecretID:  {U}",
        "consul_datacenter_id = \"{U}\"",
    ),
    Case::new("gossip-key", "encrypt = \"{b43}=\"", "encrypt = \"{b30}=\""),
    Case::new("gossip-key", "\"encrypt\": \"{b22}==\",", "encrypt = \"{b30}=\""),
    Case::new("gossip-key", "consul agent -encrypt {b43}=", "encrypt = \"{b30}=\""),
    Case::new("pulumi-token", "t: pul-{h40}", "t: pul-{h37}"),
    Case::new(
        "pulumi-encryption-salt",
        "encryptionsalt: v1:{b11}=:v1:{b16}:{b40}==",
        "encryptionsalt: {b11}",
    ),
    Case::new("doppler-token", "t: dp.pt.{a43}", "t: dp.pt.{a20}"),
    Case::new("doppler-token", "DOPPLER_TOKEN=dp.st.prd.{a43}", "t: dp.pt.{a20}"),
    Case::new("onepassword-service-token", "k: {ops}", "k: ops_eyJ{b90}"),
    Case::new(
        "onepassword-service-token",
        "OP_SERVICE_ACCOUNT_TOKEN=ops_eyJ{b400}",
        "k: ops_eyJ{b90}",
    ),
    Case::new(
        "onepassword-secret-key",
        "k: A3-{u6}-{u11}-{u5}-{u5}-{u5}",
        "k: A3-{u6}-{u11}-{u5}-{u5}-{u2}",
    ),
    Case::new(
        "onepassword-secret-key",
        "k: A3-{u6}-{u6}-{u5}-{u5}-{u5}-{u5}",
        "k: A3-{u6}-{u11}-{u5}-{u5}-{u2}",
    ),
    Case::new("bitwarden-token", "t: 0.{U}.{a30}:{b22}==", "t: 0.{U}.{a10}:{b22}=="),
    Case::new("infisical-token", "t: st.{h24}.{h32}.{h32}", "t: st.{h24}.{h32}.{h20}"),
    Case::new("infisical-token", "t: st.{U}.{h32}.{h32}", "t: st.{h24}.{h32}.{h20}"),
    Case::new("akeyless-key", "AKEYLESS_ACCESS_KEY={b43}=", "AKEYLESS_ACCESS_ID=p-{l14}"),
    Case::new(
        "akeyless-key",
        "akeyless auth --access-id p-{l14} --access-key {b43}=",
        "AKEYLESS_ACCESS_ID=p-{l14}",
    ),
    Case::new(
        "dotenv-vault-key",
        "DOTENV_KEY=dotenv://:key_{h64}@dotenvx.com/vault/.env.vault?environment=production",
        "DOTENV_KEY=dotenv://:key_1234@dotenvx.com/vault/.env.vault",
    ),
];
