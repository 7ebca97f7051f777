// SPDX-License-Identifier: MIT OR Apache-2.0
//! Services around models: vectors, traces, search, machines.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case::new("pinecone-key", "k: pcsk_{a6}_{a63}", "k: pcsk_{a6}_{a60}"),
    Case::new("pinecone-key-legacy", "PINECONE_API_KEY={U}", "PINECONE_INDEX_ID={U}"),
    Case::new("pinecone-key-legacy", "pinecone.init(api_key=\"{U}\")", "PINECONE_INDEX_ID={U}"),
    Case::new(
        "pinecone-key-legacy",
        "curl -H \"Api-Key: {U}\" https://x.pinecone.io",
        "PINECONE_INDEX_ID={U}",
    ),
    Case::new("vector-database-key", "WEAVIATE_API_KEY={a40}", "WEAVIATE_CLUSTER={a40}"),
    Case::new(
        "vector-database-key",
        "weaviate.auth.AuthApiKey(\"{b60}==\")",
        "WEAVIATE_CLUSTER={a40}",
    ),
    Case::new("vector-database-key", "QDRANT_API_KEY={w54}", "WEAVIATE_CLUSTER={a40}"),
    Case::new("langsmith-key", "k: lsv2_pt_{h32}_{h10}", "k: lsv2_pt_{h32}_{h7}"),
    Case::new("langsmith-key", "k: lsv2_sk_{h32}_{h10}", "k: lsv2_pt_{h32}_{h7}"),
    Case::new("wandb-key", "k: wandb_v1_{a77}", "wandb_api_key: {h37}"),
    Case::new("wandb-key-legacy", "wandb_api_key: {h40}", "wandb_sha: {h40}"),
    Case::new("wandb-key-legacy", "wandb login {h40}", "wandb_sha: {h40}"),
    Case::new(
        "wandb-key-legacy",
        "machine api.wandb.ai\n  login user\n  password {h40}",
        "wandb_sha: {h40}",
    ),
    Case::new("tavily-key", "k: tvly-{a32}", "k: tvly-{a20}"),
    Case::new("tavily-key", "k: tvly-dev-{a32}", "k: tvly-{a20}"),
    Case::new("firecrawl-key", "k: fc-{h32}", "k: fc-{h29}"),
    Case::new("jina-key", "k: jina_{a60}", "k: jina_{a57}"),
    Case::new("e2b-key", "k: e2b_{h40}", "k: e2b_{h37}"),
    Case::new("exa-key", "EXA_API_KEY={U}", "EXA_REQUEST_ID={U}"),
    Case::new("exa-key", "exa = Exa(\"{U}\")", "EXA_REQUEST_ID={U}"),
    Case::new("langfuse-key", "k: sk-lf-{U}", "k: sk-lf-{h8}"),
    Case::new("langfuse-public-key", "k: pk-lf-{U}", "k: pk-lf-{h8}"),
    Case::new("helicone-key", "k: sk-helicone-{l7}-{l7}-{l7}-{l7}", "k: sk-helicone-{l7}"),
    Case::new("llamacloud-key", "k: llx-{a48}", "k: llx-{a44}"),
    Case::new("voyage-key", "VOYAGE_API_KEY=pa-{w43}", "VOYAGE_API_KEY=pa-{w40}"),
    Case::new(
        "voyage-key",
        "vo = voyageai.Client(api_key=\"pa-{w43}\")",
        "VOYAGE_API_KEY=pa-{w40}",
    ),
    Case::new("runpod-key", "k: rpa_{u40}{a6}", "k: rpa_{u40}{a3}"),
    Case::new("modal-token", "MODAL_TOKEN_SECRET=as-{a22}", "MODAL_TOKEN_SECRET=as-{a19}"),
    Case::new(
        "modal-token",
        "modal token set --token-id ak-{a22} --token-secret as-{a22}",
        "MODAL_TOKEN_SECRET=as-{a19}",
    ),
    Case::new("modal-token-id", "MODAL_TOKEN_ID=ak-{a22}", "MODAL_TOKEN_ID=ak-{a19}"),
    Case::new("cursor-key", "k: key_{h64}", "k: key_{h60}"),
    Case::new("kaggle-token", "KAGGLE_API_TOKEN=KGAT_{h32}", "KAGGLE_API_TOKEN=KGAT_{h20}"),
    Case::new("apify-token", "k: apify_api_{a36}", "k: apify_api_{a20}"),
    Case::new("prefect-key", "PREFECT_API_KEY=pnu_{a36}", "PREFECT_API_KEY=pnu_{a40}"),
];
