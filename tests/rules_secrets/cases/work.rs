// SPDX-License-Identifier: MIT OR Apache-2.0
//! Boards, forms, documents and automation.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case::new("trello-token", "t: ATTA{h72}", "t: ATTA{h69}"),
    Case::new("trello-token-legacy", "TRELLO_TOKEN={h64}", "TRELLO_HASH={h64}"),
    Case::new(
        "trello-token-legacy",
        "https://api.trello.com/1/members/me?key={h32}&token={h64}",
        "TRELLO_HASH={h64}",
    ),
    Case::new("trello-key", "TRELLO_API_KEY={h32}", "TRELLO_BOARD={h24}"),
    Case::new("typeform-token", "t: tfp_{w44}", "t: tfp_{w41}"),
    Case::new("clickup-token", "t: pk_{d7}_{u32}", "t: pk_{d7}_{u29}"),
    Case::new("todoist-token", "TODOIST_API_TOKEN={h40}", "TODOIST_SHA={h37}"),
    Case::new("todoist-token", "api = TodoistAPI(\"{h40}\")", "TODOIST_SHA={h37}"),
    Case::new("pipedrive-token", "PIPEDRIVE_API_TOKEN={h40}", "PIPEDRIVE_REF={h37}"),
    Case::new(
        "pipedrive-token",
        "https://x.pipedrive.com/api/v1/deals?api_token={h40}",
        "PIPEDRIVE_REF={h37}",
    ),
    Case::new("postman-key", "k: PMAK-{h24}-{h34}", "k: PMAK-{h24}-{h31}"),
    Case::new("postman-collection-key", "k: PMAT-{u26}", "k: PMAT-{u22}"),
    Case::new(
        "automation-webhook",
        "u: https://hooks.zapier.com/hooks/catch/{d6}/{l7}",
        "u: https://hooks.zapier.com/hooks/catch/{d6}/ab",
    ),
    Case::new(
        "automation-webhook",
        "u: https://maker.ifttt.com/trigger/door/with/key/{w22}",
        "u: https://hooks.zapier.com/hooks/catch/{d6}/ab",
    ),
    Case::new(
        "automation-webhook",
        "u: https://n8n.corp.io/webhook/{U}",
        "u: https://hooks.zapier.com/hooks/catch/{d6}/ab",
    ),
    Case::new(
        "automation-webhook",
        "u: https://x-corp.tines.com/webhook/{h32}/{h32}",
        "u: https://hooks.zapier.com/hooks/catch/{d6}/ab",
    ),
    Case::new("tableau-token", "TABLEAU_TOKEN={b22}==:{a32}", "TABLEAU_TOKEN={b22}==:{a20}"),
    Case::new(
        "tableau-token",
        "{{\"personalAccessTokenSecret\": \"{b22}==:{a32}\"}}",
        "TABLEAU_TOKEN={b22}==:{a20}",
    ),
    Case::new("adobe-secret", "s: p8e-{w32}", "s: p8e-{w29}"),
    Case::new("docusign-key", "DOCUSIGN_SECRET_KEY={U}", "DOCUSIGN_ACCOUNT={U}"),
    Case::new("docusign-key", "# docusign\nintegration_key: {U}", "DOCUSIGN_ACCOUNT={U}"),
    Case::new("canva-secret", "s: cnvca{w51}", "s: cnvca{w40}"),
    Case::new("miro-token", "t: {miro}_{w27}", "t: eyJtaXJv{a28}"),
    Case::new("miro-token", "t: eyJtaXJv{a28}_{w27}", "t: eyJtaXJv{a28}"),
    Case::new("readme-key", "k: rdme_xn8s9h{h64}", "k: rdme_xn8s9h{h40}"),
    Case::new("zuplo-key", "k: zpka_{h32}_{h8}", "k: zpka_{h32}_{h4}"),
];
