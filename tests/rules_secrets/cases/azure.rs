// SPDX-License-Identifier: MIT OR Apache-2.0
//! Microsoft Azure, Entra and Azure DevOps.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        rule: "azure-storage-key",
        path: "infra/settings.conf",
        fires: "AccountName=a;AccountKey={b86}==",
        near_miss: ("infra/settings.conf", "AccountName=a;AccountKey={b60}=="),
    },
    Case {
        rule: "azure-identifiable-key",
        path: "infra/settings.conf",
        fires: "key: {b76}ACDb{b5}Q==",
        near_miss: ("infra/settings.conf", "key: {b70}ACDb{b5}Q=="),
    },
    Case {
        rule: "azure-short-service-key",
        path: "infra/settings.conf",
        fires: "key: {b33}AIoTC{b5}=",
        near_miss: ("infra/settings.conf", "key: {b30}AIoTC{b5}="),
    },
    Case {
        rule: "azure-function-key",
        path: "infra/settings.conf",
        fires: "key: {a42}AzSeB{a5}",
        near_miss: ("infra/settings.conf", "key: {a40}AzSeB{a5}"),
    },
    Case {
        rule: "azure-resource-key",
        path: "infra/settings.conf",
        fires: "key: {a52}JQQJ99BC{a24}",
        near_miss: ("infra/settings.conf", "key: {a52}JQQJ99BC{a21}"),
    },
    Case {
        rule: "entra-client-secret",
        path: "infra/settings.conf",
        fires: "secret: {a3}8Q~{a34}",
        near_miss: ("infra/settings.conf", "secret: {a3}8Q~{a20}"),
    },
    Case {
        rule: "azure-devops-pat",
        path: "infra/settings.conf",
        fires: "azure_devops_pat: {ado}",
        near_miss: ("infra/settings.conf", "azure_devops_pat: {z52}"),
    },
    Case {
        rule: "azure-sas-url",
        path: "infra/settings.conf",
        fires: "https://a.blob.core.windows.net/c?sv=2022-11-02&sp=r&sig={b43}%3D",
        near_miss: (
            "infra/settings.conf",
            "https://a.blob.core.windows.net/c?sv=2022-11-02&sig={b20}%3D",
        ),
    },
    Case {
        rule: "azure-logic-app-url",
        path: "infra/settings.conf",
        fires: "https://prod-1.westeurope.logic.azure.com/workflows/{h32}/triggers/manual/paths/invoke?sp=x&sig={w43}",
        near_miss: (
            "infra/settings.conf",
            "https://prod-1.westeurope.logic.azure.com/workflows/{h32}/triggers/manual/paths/invoke?sp=x&sig={w40}",
        ),
    },
    Case {
        rule: "azure-shared-access-key",
        path: "infra/settings.conf",
        fires: "Endpoint=sb://a.servicebus.windows.net/;SharedAccessKeyName=k;SharedAccessKey={b43}=",
        near_miss: (
            "infra/settings.conf",
            "Endpoint=sb://a.servicebus.windows.net/;SharedAccessKeyName=k;SharedAccessKey={b40}=",
        ),
    },
    Case {
        rule: "azure-connection-string",
        path: "infra/settings.conf",
        fires: "Endpoint=https://a.azconfig.io;Id=x;Secret={b43}=",
        near_miss: ("infra/settings.conf", "Endpoint=https://a.azconfig.io;Id=x;Secret={b20}="),
    },
    Case {
        rule: "azure-ai-key",
        path: "infra/settings.conf",
        fires: "endpoint: https://a.openai.azure.com\napi_key: {h32}",
        near_miss: ("infra/settings.conf", "endpoint: https://a.openai.azure.com\napi_key: {h29}"),
    },
    Case {
        rule: "azure-instrumentation-key",
        path: "infra/settings.conf",
        fires: "InstrumentationKey={U}",
        near_miss: ("infra/settings.conf", "InstrumentationKey={h8}"),
    },
    Case {
        rule: "azure-publish-profile",
        path: "infra/settings.conf",
        fires: "<publishProfile userName=\"$a\" userPWD=\"{a60}\" />",
        near_miss: ("infra/settings.conf", "<publishProfile userName=\"$a\" userPWD=\"{a57}\" />"),
    },
];
