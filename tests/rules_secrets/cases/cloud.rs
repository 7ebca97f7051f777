// SPDX-License-Identifier: MIT OR Apache-2.0
//! Clouds of Europe and America beside the three largest.

use super::{Case, case};

pub(super) const CASES: &[Case] = &[
    case("digitalocean-token", "t: dop_v1_{h64}", "t: dop_v1_{h61}"),
    case(
        "digitalocean-token",
        "DIGITALOCEAN_TOKEN=dor_v1_{h64}",
        "DIGITALOCEAN_TOKEN=dop_v2_{h64}",
    ),
    case(
        "digitalocean-token",
        "Authorization: Bearer doo_v1_{h64}",
        "Authorization: Bearer doo_v1_{h80}",
    ),
    case(
        "digitalocean-spaces-secret",
        "SPACES_SECRET_ACCESS_KEY={b43}",
        "SPACES_SECRET_ACCESS_KEY={b39}",
    ),
    case(
        "digitalocean-spaces-secret",
        "endpoint: fra1.digitaloceanspaces.com\naccess_key: DO{u18}\nsecret_key: {b43}",
        "endpoint: fra1.digitaloceanspaces.com\naccess_key: DO{u18}",
    ),
    case(
        "digitalocean-spaces-secret",
        "spaces_secret_key = \"{b43}\"",
        "spaces_secret_key = var.spaces_secret",
    ),
    case(
        "digitalocean-spaces-key-id",
        "endpoint: fra1.digitaloceanspaces.com\naccess_key: DO{u18}\nsecret_key: {b43}",
        "endpoint: fra1.digitaloceanspaces.com\nregion_name: DO{u18}",
    ),
    case("digitalocean-spaces-key-id", "SPACES_ACCESS_KEY_ID=DO{u18}", "SPACES_BUCKET=DO{u18}"),
    case("linode-token", "linode_token: {h64}", "linode_token: {h61}"),
    case(
        "linode-token",
        "-H \"Authorization: Bearer {h64}\" \\\n  https://api.linode.com/v4/profile",
        "-H \"Authorization: Bearer $T\" \\\n  https://api.linode.com/v4/{h64}",
    ),
    case("vultr-key", "vultr_api_key: {u36}", "vultr_api_key: {u33}"),
    case(
        "vultr-key",
        "provider \"vultr\" {{\n  api_key = \"{u36}\"",
        "provider \"vultr\" {{\n  api_key = \"{l36}\"",
    ),
    case("hetzner-token", "hcloud_token: {a64}", "hcloud_token: {a60}"),
    case(
        "hetzner-token",
        "provider \"hcloud\" {{\n  token = \"{a64}\"",
        "provider \"hcloud\" {{\n  token = var.hcloud_token",
    ),
    case(
        "hetzner-token",
        "curl -H \"Authorization: Bearer {a64}\" https://api.hetzner.cloud/v1/servers",
        "curl https://api.hetzner.cloud/v1/servers?x={h64}",
    ),
    case("civo-key", "CIVO_TOKEN={a50}", "CIVO_TOKEN={a47}"),
    case(
        "civo-key",
        "provider \"civo\" {{\n  token = \"{a50}\"",
        "provider \"civo\" {{\n  region = \"{a50}x\"",
    ),
    case("scaleway-access-key", "SCW_ACCESS_KEY=SCW{u17}", "SCW_ACCESS_KEY=SCW{u14}"),
    case("scaleway-access-key", "access_key: SCW{u17}", "access_key: SCW{u25}"),
    case(
        "scaleway-secret-key",
        "SCW_ACCESS_KEY=SCW{u17}\nSCW_SECRET_KEY={U}",
        "SCW_ACCESS_KEY=SCW{u17}\nSCW_DEFAULT_PROJECT_ID={U}",
    ),
    case(
        "scaleway-secret-key",
        "curl -H \"X-Auth-Token: {U}\" https://api.scaleway.com/iam/v1alpha1/api-keys",
        "curl https://api.scaleway.com/instance/v1/servers/{U}",
    ),
    case("ovh-secret", "OVH_APPLICATION_SECRET={a32}", "OVH_APPLICATION_SECRET={a29}"),
    case(
        "ovh-secret",
        "[ovh-eu]\napplication_key={a16}\napplication_secret={a32}\nconsumer_key={a32}",
        "[twitter]\nconsumer_key={a32}",
    ),
    case(
        "ovh-consumer-key",
        "[ovh-eu]\napplication_key={a16}\napplication_secret={a32}\nconsumer_key={a32}",
        "[twitter]\nconsumer_key={a32}",
    ),
    case("ovh-consumer-key", "OVH_CONSUMER_KEY={a32}", "OVH_CONSUMER_KEY=$OVH_CK"),
    case(
        "ovh-client-call",
        "ovh.NewClient(\"ovh-eu\", \"{a16}\", \"{a32}\", \"{a32}\")",
        "ovh.NewClient(\"ovh-eu\", key, secret, consumer)",
    ),
    case("ovh-application-key", "[ovh-eu]\napplication_key={a16}", "[acme]\napplication_key={a16}"),
    case("ovh-application-key", "OVH_APPLICATION_KEY={a16}", "OVH_APPLICATION_KEY={a19}"),
    case("ibm-cloud-key", "ibmcloud_api_key: {w44}", "ibmcloud_api_key: {w40}"),
    case(
        "ibm-cloud-key",
        "{{\"apikey\": \"{w44}\", \"iam_apikey_name\": \"x\",\n\"url\": \"https://gateway.watsonplatform.net\"}}",
        "{{\"apikey_path\": \"{w44}\"}}",
    ),
    case("ibm-cloud-key", "ibmcloud login --apikey {w44}", "ibmcloud login --apikey @key.json"),
    case(
        "ibm-cos-secret",
        "\"cos_hmac_keys\": {{\n\"access_key_id\": \"{h32}\",\n\"secret_access_key\": \"{h48}\"",
        "\"cos_hmac_keys\": {{\n\"access_key_id\": \"{h32}\"",
    ),
    case(
        "ibm-cos-key-id",
        "\"cos_hmac_keys\": {{\n\"access_key_id\": \"{h32}\",\n\"secret_access_key\": \"{h48}\"",
        "\"cos_hmac_keys\": {{\n\"iam_apikey_id\": \"{h32}\"",
    ),
    case("ibm-cos-key-id", "COS_ACCESS_KEY_ID={h32}", "COS_INSTANCE_ID={h32}"),
    case("ibm-cos-secret", "COS_SECRET_ACCESS_KEY={h48}", "COS_SECRET_ACCESS_KEY={h40}"),
    case("ibm-softlayer-key", "SOFTLAYER_API_KEY={h64}", "SOFTLAYER_API_KEY={h60}"),
    case(
        "ibm-softlayer-key",
        "[softlayer]\nusername = x\napi_key = {h64}",
        "[other]\nusername = x\napi_key = {h64}",
    ),
    case("oracle-auth-token", "OCI_AUTH_TOKEN=\"{a6}({a6}>{a6}\"", "OCI_AUTH_TOKEN=\"$OCI_TOKEN\""),
    case(
        "oracle-auth-token",
        "docker login fra.ocir.io -u 'ns/u' -p '{a8};{a3}]{a7}'",
        "docker login fra.ocir.io -u 'ns/u' -p '$TOKEN'",
    ),
    case(
        "oracle-customer-secret",
        "endpoint: ns.compat.objectstorage.eu-frankfurt-1.oraclecloud.com\nsecret_key: {b43}=",
        "endpoint: ns.compat.objectstorage.eu-frankfurt-1.oraclecloud.com\nsecret_key: {b40}=",
    ),
    case("oracle-customer-secret", "OCI_SECRET_ACCESS_KEY={b43}=", "OCI_SECRET_ACCESS_KEY={b50}="),
    case(
        "oracle-key-passphrase",
        "user=ocid1.user.oc1..{l60}\nkey_file=~/.oci/key.pem\npass_phrase={a14}",
        "user=ocid1.user.oc1..{l60}\nkey_file=~/.oci/key.pem\npass_phrase=<passphrase>",
    ),
    case(
        "backblaze-key-id",
        "b2_application_key_id: 0012{h11}0000000003",
        "b2_bucket: 0012{h11}0000000003",
    ),
    case(
        "backblaze-key-id",
        "b2 account authorize 0042{h11}0000000001 K004{w27}",
        "b2 account authorize $ID $KEY",
    ),
    case("backblaze-key", "b2_application_key: K001{w27}", "b2_application_key: K001{w24}"),
    case("backblaze-key", "export B2_ACCOUNT_KEY=K004{b27}", "export B2_ACCOUNT_KEY=K004{b31}"),
    case("exoscale-key", "k: EXO{h24}", "k: EXO{h21}"),
    case("exoscale-key", "EXOSCALE_API_KEY=EXO{h24}", "EXOSCALE_API_KEY=EXO{h30}"),
    case("exoscale-secret", "EXOSCALE_API_SECRET={w43}", "EXOSCALE_API_SECRET={w40}"),
    case(
        "exoscale-secret",
        "provider \"exoscale\" {{\n  key = \"EXO{h24}\"\n  secret = \"{w43}\"",
        "provider \"exoscale\" {{\n  key = \"EXO{h24}\"\n  secret = var.secret",
    ),
    case("upcloud-token", "UPCLOUD_TOKEN=ucat_{a26}", "UPCLOUD_TOKEN=ucat_{a12}"),
];
