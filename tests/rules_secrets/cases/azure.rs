// SPDX-License-Identifier: MIT OR Apache-2.0
//! Microsoft Azure, Entra and Azure DevOps.

use super::{Case, case};

pub(super) const CASES: &[Case] = &[
    case(
        "azure-cosmos-key",
        "AccountEndpoint=https://a.documents.azure.com:443/;AccountKey={b86}==;",
        "AccountEndpoint=https://a.documents.azure.com:443/;AccountKey={b60}==",
    ),
    case(
        "azure-cosmos-key",
        "\"CosmosDb\": {{ \"PrimaryKey\": \"x\", \"CosmosKey\": \"{b86}==\" }}",
        "\"CosmosDb\": {{ \"CosmosKey\": \"{b87}=\" }}",
    ),
    case("azure-cosmos-key", "COSMOS_KEY={b86}==", "COSMOS_KEY=${{COSMOS_KEY}}"),
    case(
        "azure-storage-key",
        "DefaultEndpointsProtocol=https;AccountName=a;AccountKey={b86}==;EndpointSuffix=core.windows.net",
        "AccountName=a;AccountKey={b60}==",
    ),
    case(
        "azure-storage-key",
        "az storage blob upload --account-key {b86}==",
        "az storage blob upload --account-key \"$KEY\"",
    ),
    case(
        "azure-storage-key",
        "fs.azure.account.key.acct.blob.core.windows.net: {b86}==",
        "fs.azure.account.key.acct.blob.core.windows.net: {b86}",
    ),
    case(
        "azure-storage-key",
        "- name: AZURE_STORAGE_KEY\n  value: {b86}==",
        "- name: AZURE_STORAGE_KEY\n  value: {{{{ key }}}}",
    ),
    case("entra-client-secret", "secret: {a3}8Q~{a34}", "secret: {a3}8Q~{a20}"),
    case(
        "entra-client-secret",
        "AZURE_CLIENT_SECRET={a3}7Q~{a31}",
        "AZURE_CLIENT_SECRET={a3}9Q~{a34}",
    ),
    case("entra-client-secret", "\"password\": \"{entra}\"", "\"password\": \"{a3}8Q~{a60}\""),
    case(
        "entra-refresh-token",
        "\"refresh_token\": \"0.AX{w40}.AgAB{w400}\"",
        "\"refresh_token\": \"0.AX{w40}\"",
    ),
    case("entra-refresh-token", "t = '1.AU{w320}'", "t = '1.AU{w90}'"),
    case("azure-devops-pat", "azure_devops_pat: {ado}", "azure_devops_pat: {z50}"),
    case(
        "azure-devops-pat",
        "AZDO_PERSONAL_ACCESS_TOKEN=\"{ado}\"",
        "AZDO_PERSONAL_ACCESS_TOKEN=\"{z60}\"",
    ),
    case(
        "azure-devops-pat-nearby",
        "git clone https://build:{ado}@dev.azure.com/o/p/_git/r",
        "git clone https://build:{z52}@dev.azure.com/o/p/_git/r",
    ),
    case(
        "azure-devops-pat-nearby",
        "<add key=\"ClearTextPassword\" value=\"{ado}\" />",
        "<add key=\"ClearTextPassword\" value=\"{z52}\" />",
    ),
    case(
        "azure-sas-url",
        "https://a.blob.core.windows.net/c?sv=2022-11-02&sp=r&sig={b43}%3D",
        "https://a.blob.core.windows.net/c?sv=2022-11-02&sig={b20}%3D",
    ),
    case(
        "azure-sas-url",
        "https://a.blob.core.windows.net/c?sig={b43}%3D&se=2030-01-01",
        "https://a.blob.core.windows.net/c?sig={b43}%3D&x=1",
    ),
    case(
        "azure-sas-url",
        "SharedAccessSignature sr=sb%3a%2f%2fa.servicebus.windows.net&sig={b43}%3d&se=1767225600&skn=k",
        "SharedAccessSignature sr=sb%3a%2f%2fa&sig=$SIG&se=1767225600",
    ),
    case(
        "azure-sas-url",
        "SAS_TOKEN=\"sv=2021-06-08&ss=b&amp;srt=sco&amp;sig={b43}%3D\"",
        "SAS_TOKEN=\"sv=2021-06-08&sig={{{{ sig }}}}\"",
    ),
    case(
        "azure-logic-app-url",
        "https://prod-1.westeurope.logic.azure.com/workflows/{h32}/triggers/manual/paths/invoke?sp=x&sig={w43}",
        "https://prod-1.westeurope.logic.azure.com/workflows/{h32}/triggers/manual/paths/invoke?sp=x&sig={w40}",
    ),
    case(
        "azure-logic-app-url",
        "\"https://{h8}.powerplatform.com:443/powerautomate/workflows/{h32}/triggers/manual/paths/invoke?api-version=1&sp=x&sv=1.0&sig={w43}\"",
        "\"https://{h8}.powerplatform.com/triggers/manual/run?api-version=1\"",
    ),
    case(
        "azure-shared-access-key",
        "Endpoint=sb://a.servicebus.windows.net/;SharedAccessKeyName=k;SharedAccessKey={b43}=",
        "Endpoint=sb://a.servicebus.windows.net/;SharedAccessKeyName=k;SharedAccessKey={b40}=",
    ),
    case(
        "azure-shared-access-key",
        "HostName=h.azure-devices.net;DeviceId=d;SharedAccessKey={b43}=",
        "HostName=h.azure-devices.net;DeviceId=d;SharedAccessKey=<key>",
    ),
    case(
        "azure-shared-access-key",
        "\"SharedAccessKey\": \"{b43}=\"",
        "\"SharedAccessKey\": \"{b43}==\"",
    ),
    case(
        "azure-connection-string",
        "Endpoint=https://a.azconfig.io;Id=x;Secret={b43}=",
        "Endpoint=https://a.azconfig.io;Id=x;Secret={b20}=",
    ),
    case(
        "azure-connection-string",
        "Endpoint=https://a.service.signalr.net;AccessKey={b43}=;Version=1.0;",
        "Endpoint=https://a.service.signalr.net;AuthType=aad;Version=1.0;",
    ),
    case(
        "azure-connection-string",
        "endpoint=https://a.communication.azure.com/;accesskey={b86}==",
        "endpoint=https://a.communication.azure.com/;accesskey=${{KEY}}",
    ),
    case(
        "azure-ai-key",
        "endpoint: https://a.openai.azure.com\napi_key: {h32}",
        "endpoint: https://a.openai.azure.com\napi_key: {h29}",
    ),
    case("azure-ai-key", "AZURE_OPENAI_API_KEY={h32}", "AZURE_OPENAI_DEPLOYMENT={h32}"),
    case(
        "azure-ai-key",
        "headers = {{'Ocp-Apim-Subscription-Key': '{h32}'}}",
        "headers = {{'Ocp-Apim-Trace-Id': '{h32}'}}",
    ),
    case("azure-instrumentation-key", "InstrumentationKey={U}", "InstrumentationKey={h8}"),
    case(
        "azure-instrumentation-key",
        "\"APPINSIGHTS_INSTRUMENTATIONKEY\": \"{U}\"",
        "\"APPINSIGHTS_INSTRUMENTATIONKEY\": \"00000000-0000-0000-0000-000000000000\"",
    ),
    case(
        "azure-publish-profile",
        "<publishProfile userName=\"$a\" userPWD=\"{a60}\" />",
        "<publishProfile userName=\"$a\" userPWD=\"{a57}\" />",
    ),
];
