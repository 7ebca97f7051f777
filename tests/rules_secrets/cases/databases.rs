// SPDX-License-Identifier: MIT OR Apache-2.0
//! Managed databases, streams and search.

use super::{Case, case};

pub(super) const CASES: &[Case] = &[
    case("supabase-key", "k: sb_secret_{w22}_{w8}", "k: sb_publishable_{w22}_{w8}"),
    case(
        "supabase-key",
        "SUPABASE_SECRET_KEY=\"sb_secret_{w22}_{w8}\"",
        "SUPABASE_SECRET_KEY=\"sb_secret_{w15}\"",
    ),
    case(
        "supabase-access-token",
        "SUPABASE_ACCESS_TOKEN=sbp_{h40}",
        "SUPABASE_ACCESS_TOKEN=sbp_{h37}",
    ),
    case("supabase-access-token", "t: sbp_oauth_{h40}", "t: sbp_oath_{h40}"),
    case("supabase-access-token", "t: sbp_v0_{h40}", "t: sbp_v1_{h40}"),
    case("neon-key", "k: napi_{l64}", "k: napi_{l61}"),
    case("neon-key", "NEON_API_KEY=napi_{l64}", "NEON_API_KEY=napi_status_code_of_the_last_call"),
    case("neon-password", "k: npg_{a14}", "k: npg_{a8}"),
    case(
        "neon-password",
        "postgresql://o:npg_{a12}@ep-x.eu-central-1.aws.neon.tech/db",
        "postgresql://o:npg_connectionpool@ep-x.corp.example/db",
    ),
    case("planetscale-token", "k: pscale_pw_{w43}", "k: pscale_pw_{w20}"),
    case(
        "planetscale-token",
        "PLANETSCALE_SERVICE_TOKEN=pscale_tkn_{w43}",
        "PLANETSCALE_SERVICE_TOKEN=pscale_id_{w43}",
    ),
    case("planetscale-token", "\"pscale_oauth_{w43}\"", "\"pscale_oauth_{w12}\""),
    case(
        "mongodb-atlas-account-id",
        "client_id = \"mdb_sa_id_{h24}\"",
        "client_id = \"mdb_sa_id_{h20}\"",
    ),
    case(
        "mongodb-atlas-public-key",
        "MONGODB_ATLAS_PUBLIC_KEY=qwzxcvbm\nMONGODB_ATLAS_PRIVATE_KEY={U}",
        "MONGODB_ATLAS_PUBLIC_KEY=qwzxcvbm\nMONGODB_ATLAS_ORG=acme",
    ),
    case(
        "mongodb-atlas-public-key",
        "provider \"mongodbatlas\" {{\n  public_key = \"kzjwqxvb\"\n  private_key = \"{U}\"",
        "provider \"mongodbatlas\" {{\n  public_key = \"mykeyabc\"\n  private_key = \"{U}\"",
    ),
    case("mongodb-atlas-secret", "k: mdb_sa_sk_{w40}", "k: mdb_sa_sk_{w37}"),
    case("mongodb-atlas-secret", "secret = \"mdb_sa_sk_{w40}\"", "secret = \"mdb_sa_id_{h24}\""),
    case(
        "mongodb-atlas-key",
        "MONGODB_ATLAS_PUBLIC_KEY={l8}\nMONGODB_ATLAS_PRIVATE_KEY={U}",
        "MONGODB_ATLAS_PUBLIC_KEY={l8}\nMONGODB_ATLAS_ORG_ID={U}",
    ),
    case(
        "mongodb-atlas-key",
        "provider \"mongodbatlas\" {{\n  public_key = \"abcdwxyz\"\n  private_key = \"{U}\"",
        "provider \"mongodbatlas\" {{\n  public_key = \"abcdwxyz\"\n  private_key = var.key",
    ),
    case(
        "mongodb-atlas-key",
        "curl --digest -u \"qwzxcvbm:{U}\" https://cloud.mongodb.com/api/atlas/v1.0/groups",
        "curl https://cloud.mongodb.com/api/atlas/v1.0/groups/{U}",
    ),
    case("snowflake-token", "SNOWFLAKE_TOKEN={w180}", "SNOWFLAKE_TOKEN={w60}"),
    case("snowflake-token", "snowflake token: {w200}", "# ids are a snowflake\ntoken: {w200}"),
    case(
        "snowflake-token",
        "account: x.snowflakecomputing.com\ntoken: {w40}.{w60}.{w60}",
        "account: x.corp.example\ntoken: {w160}",
    ),
    case("confluent-key", "k: {confluent}", "k: cflt{b40}"),
    case("confluent-key", "sasl.password={confluent}", "sasl.password=cflt{b70}"),
    case(
        "confluent-legacy-secret",
        "CONFLUENT_CLOUD_API_SECRET={b64}",
        "CONFLUENT_CLOUD_API_SECRET={h64}",
    ),
    case(
        "confluent-legacy-secret",
        "bootstrap.servers=pkc-x.eu-west-1.aws.confluent.cloud:9092\nsasl.jaas.config=PlainLoginModule required username=\"{u16}\" password=\"{b64}\";",
        "sasl.jaas.config=PlainLoginModule required username=\"{u16}\" password=\"{b64}\";",
    ),
    case("datastax-token", "k: AstraCS:{L24}:{h64}", "k: AstraCS:{L24}:{h61}"),
    case(
        "datastax-token",
        "ASTRA_DB_APPLICATION_TOKEN=AstraCS:{L24}:{h64}",
        "ASTRA_DB_APPLICATION_TOKEN=AstraCS:xyz",
    ),
    case("clickhouse-cloud-secret", "k: 4b1d{a38}", "k: 4b1d{a35}"),
    case("clickhouse-cloud-secret", "CLICKHOUSE_KEY_SECRET=4b1d{a38}", "sum: 4b1d{h38}"),
    case("cockroach-key", "k: CCDB1_{a22}_{a40}", "k: CCDB1_{a22}_{a37}"),
    case("elastic-cloud-key", "k: essu_{b62}==", "k: essu_{b40}"),
    case("elastic-api-key", "ELASTIC_API_KEY={B:{a20}:{a22}}", "ELASTIC_API_KEY={b60}=="),
    case(
        "elastic-api-key",
        "Authorization: ApiKey {B:{a20}:{w22}}",
        "Authorization: ApiKey {B:{a43}}",
    ),
    case(
        "elastic-api-key",
        "elasticsearch:\n  apiKey: \"{B:{a20}:{a22}}\"",
        "elasticsearch:\n  apiKey: \"{b58}==\"",
    ),
    case("aiven-password", "k: AVNS_{w18}", "k: AVNS_{w10}"),
    case(
        "aiven-password",
        "postgres://avnadmin:AVNS_{w19}@pg-x.aivencloud.com:1/defaultdb",
        "postgres://avnadmin:AVNS_PASSWORD_OF_SERVICE@pg-x.corp.example:1/d",
    ),
    case("aiven-token", "AIVEN_TOKEN={b372}", "AIVEN_TOKEN={b300}"),
    case(
        "aiven-token",
        "curl -H \"Authorization: Bearer {b372}\" https://api.aiven.io/v1/project",
        "curl https://api.aiven.io/v1/project/{b372}",
    ),
];
