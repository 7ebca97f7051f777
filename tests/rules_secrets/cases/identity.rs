// SPDX-License-Identifier: MIT OR Apache-2.0
//! Identity providers.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case::new("okta-token", "okta_api_token: 00{w40}", "okta_api_token: 00{w37}"),
    Case::new(
        "okta-token",
        "curl -H \"Authorization: SSWS 00{w40}\" https://x.okta.com/api/v1/users",
        "okta_api_token: 00{w37}",
    ),
    Case::new(
        "okta-token",
        "provider \"okta\" {{\n  api_token = \"00{w40}\"",
        "okta_api_token: 00{w37}",
    ),
    Case::new("okta-client-secret", "OKTA_CLIENT_SECRET={w64}", "OKTA_CLIENT_ID={a20}"),
    Case::new("okta-client-secret", "okta:\n  client_secret: {w40}", "OKTA_CLIENT_ID={a20}"),
    Case::new("auth0-secret", "auth0_client_secret: {w64}", "auth0_client_secret: {w41}"),
    Case::new(
        "auth0-secret",
        "curl https://x.auth0.com/oauth/token -d '{{\"client_id\":\"{a32}\",\"client_secret\":\"{w64}\"}}'",
        "auth0_client_secret: {w41}",
    ),
];
