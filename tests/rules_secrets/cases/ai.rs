// SPDX-License-Identifier: MIT OR Apache-2.0
//! Model services.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        rule: "openai-key",
        path: "infra/settings.conf",
        fires: "k: sk-proj-{w74}T3BlbkFJ{w74}",
        near_miss: ("infra/settings.conf", "k: sk-proj-{w10}T3BlbkFJ{w10}"),
    },
    Case {
        rule: "anthropic-key",
        path: "infra/settings.conf",
        fires: "k: sk-ant-api03-{w93}AA",
        near_miss: ("infra/settings.conf", "k: sk-ant-api03-{w20}"),
    },
    Case {
        rule: "hugging-face-token",
        path: "infra/settings.conf",
        fires: "k: hf_{L34}",
        near_miss: ("infra/settings.conf", "k: hf_{L31}"),
    },
    Case {
        rule: "replicate-token",
        path: "infra/settings.conf",
        fires: "k: r8_{a37}",
        near_miss: ("infra/settings.conf", "k: r8_{a34}"),
    },
    Case {
        rule: "model-service-key",
        path: "infra/settings.conf",
        fires: "k: gsk_{a52}",
        near_miss: ("infra/settings.conf", "k: gsk_{a49}"),
    },
    Case {
        rule: "pinecone-key",
        path: "infra/settings.conf",
        fires: "k: pcsk_{a6}_{a63}",
        near_miss: ("infra/settings.conf", "k: pcsk_{a6}_{a60}"),
    },
    Case {
        rule: "langsmith-key",
        path: "infra/settings.conf",
        fires: "k: lsv2_pt_{h32}_{h10}",
        near_miss: ("infra/settings.conf", "k: lsv2_pt_{h32}_{h7}"),
    },
    Case {
        rule: "wandb-key",
        path: "infra/settings.conf",
        fires: "wandb_api_key: {h40}",
        near_miss: ("infra/settings.conf", "wandb_api_key: {h37}"),
    },
    Case {
        rule: "search-service-key",
        path: "infra/settings.conf",
        fires: "k: jina_{a60}",
        near_miss: ("infra/settings.conf", "k: jina_{a57}"),
    },
    Case {
        rule: "langfuse-key",
        path: "infra/settings.conf",
        fires: "k: sk-lf-{U}",
        near_miss: ("infra/settings.conf", "k: sk-lf-{h8}"),
    },
    Case {
        rule: "runpod-key",
        path: "infra/settings.conf",
        fires: "k: rpa_{u40}{a6}",
        near_miss: ("infra/settings.conf", "k: rpa_{u40}{a3}"),
    },
];
