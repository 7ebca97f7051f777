// SPDX-License-Identifier: MIT OR Apache-2.0
//! Keys of Azure services that say themselves what they are.

use super::{Case, case};

pub(super) const CASES: &[Case] = &[
    case("azure-storage-signed-key", "key: {azure:+ASt:64}", "key: {b70}+ASt{b5}Q=="),
    case(
        "azure-storage-signed-key",
        "\"primaryKey\": \"{azure:+ASt:64}\"",
        "\"primaryKey\": \"{b76}+BSt{b6}==\"",
    ),
    case("azure-cosmos-signed-key", "key: {azure:ACDb:64}", "key: {b70}ACDb{b5}Q=="),
    case(
        "azure-cosmos-signed-key",
        "\"primaryKey\": \"{azure:ACDb:64}\"",
        "\"primaryKey\": \"{b76}BCDb{b6}==\"",
    ),
    case("azure-batch-key", "key: {azure:+ABa:64}", "key: {b70}+ABa{b5}Q=="),
    case(
        "azure-batch-key",
        "\"primaryKey\": \"{azure:+ABa:64}\"",
        "\"primaryKey\": \"{b76}+BBa{b6}==\"",
    ),
    case("azure-ml-classic-key", "key: {azure:+AMC:64}", "key: {b70}+AMC{b5}Q=="),
    case(
        "azure-ml-classic-key",
        "\"primaryKey\": \"{azure:+AMC:64}\"",
        "\"primaryKey\": \"{b76}+BMC{b6}==\"",
    ),
    case("azure-api-management-key", "key: {azure:APIM:64}", "key: {b70}APIM{b5}Q=="),
    case(
        "azure-api-management-key",
        "\"primaryKey\": \"{azure:APIM:64}\"",
        "\"primaryKey\": \"{b76}BPJM{b6}==\"",
    ),
    case("azure-service-bus-key", "key: {azure:+ASb:32}", "key: {b30}+ASbC{b5}="),
    case("azure-service-bus-key", "key='{azure:+ASb:32}'", "key='{b33}+ASbZ{b5}='"),
    case("azure-event-hubs-key", "key: {azure:+AEh:32}", "key: {b30}+AEhC{b5}="),
    case("azure-event-hubs-key", "key='{azure:+AEh:32}'", "key='{b33}+AEhZ{b5}='"),
    case("azure-relay-key", "key: {azure:+ARm:32}", "key: {b30}+ARmC{b5}="),
    case("azure-relay-key", "key='{azure:+ARm:32}'", "key='{b33}+ARmZ{b5}='"),
    case("azure-iot-key", "key: {azure:AIoT:32}", "key: {b30}AIoTC{b5}="),
    case("azure-iot-key", "key='{azure:AIoT:32}'", "key='{b33}AIoTZ{b5}='"),
    case("azure-event-grid-key", "key: {azure:AZEG:32}", "key: {b30}AZEGC{b5}="),
    case("azure-event-grid-key", "key='{azure:AZEG:32}'", "key='{b33}AZEGZ{b5}='"),
    case("azure-redis-key", "key: {azure:AzCa:32}", "key: {b30}AzCaC{b5}="),
    case("azure-redis-key", "key='{azure:AzCa:32}'", "key='{b33}AzCaZ{b5}='"),
    case(
        "azure-function-key",
        "https://a.azurewebsites.net/api/f?code={w44}AzFu{w5}Q==",
        "https://a.azurewebsites.net/api/f?code={w40}AzFu{w5}Q==",
    ),
    case(
        "azure-function-key",
        "x-functions-key: {azure:AzFu:40}",
        "x-functions-key: {w44}AzFu{w5}B==",
    ),
    case("azure-search-key", "key: {a42}AzSeB{a5}", "key: {a40}AzSeB{a5}"),
    case("azure-search-key", "api-key: {a42}AzSeA{a5}", "api-key: {a42}AzSeQ{a5}"),
    case(
        "azure-container-registry-key",
        "docker login a.azurecr.io -u a -p {azure:+ACR:39}",
        "docker login a.azurecr.io -u a -p {b40}+ACRB{b5}",
    ),
    case(
        "azure-container-registry-key",
        "\"password\": \"{azure:+ACR:39}\"",
        "\"password\": \"{b42}+ACRX{b5}\"",
    ),
    case("azure-resource-key", "key: {cask:ACOG}", "key: {a52}JQQJ99BC{a21}"),
    case(
        "azure-resource-key",
        "AZURE_OPENAI_API_KEY={a52}JQQJ99BBAC{a10}AAAAACOG{a4}",
        "AZURE_OPENAI_API_KEY={a52}JQQJ99BZAC{a10}AAAAACOG{a4}",
    ),
    case("azure-resource-key", "\"key\": \"{cask:AZMP}\"", "\"key\": \"{a50}JQQJ99BC{a24}\""),
    case(
        "azure-devops-token",
        "git clone https://x:{cask:AZDO}@dev.azure.com/o/p",
        "git clone https://x:{a52}JQQJ99BC{a14}AZDO{a4}@dev.azure.com/o/p",
    ),
];
