// SPDX-License-Identifier: MIT OR Apache-2.0
//! Web tokens of services that say who they are: what one opens, its claims tell.

use serde_json::Value;

use crate::domain::Severity;

/// Returns how much a token weighs whose claims name a known service, and what it opens.
pub(super) fn known(claims: &Value) -> Option<(Severity, &'static str)> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str).unwrap_or_default();
    let has = |names: &[&str]| names.iter().all(|name| claims.get(name).is_some());
    let (issuer, subject) = (text("iss"), text("sub"));
    let audience = |part: &str| match claims.get("aud") {
        Some(Value::String(one)) => one.contains(part),
        Some(Value::Array(all)) => {
            all.iter().filter_map(Value::as_str).any(|one| one.contains(part))
        }
        _ => false,
    };
    let found = match () {
        () if issuer.starts_with("jfac@")
            || issuer.starts_with("jfrt@")
            || issuer.starts_with("jffe@") =>
        {
            (Severity::Critical, "JFrog access token: reads and publishes packages")
        }
        () if audience("/api/v2/") && issuer.contains("auth0")
            || audience(".auth0.com/api/v2/") =>
        {
            (Severity::Critical, "token of the Auth0 Management API")
        }
        () if issuer == "splunkd" || issuer.contains(" from ") && has(&["idp"]) => {
            (Severity::High, "Splunk authentication token")
        }
        () if issuer.starts_with("com.1password.") || has(&["1password.com/vts"]) => {
            (Severity::Critical, "1Password Connect token: opens its vaults")
        }
        () if issuer.contains("/v1/identity/oidc") => {
            (Severity::High, "identity token of a Vault server")
        }
        () if has(&["tid", "uid", "actid", "rgn"]) => (Severity::High, "monday.com API token"),
        () if has(&["orgId", "typeId", "nonce"]) => (Severity::Medium, "Moralis API key"),
        () if has(&["aud", "jti", "scopes"]) && issuer.is_empty() && has(&["nbf"]) => {
            (Severity::High, "API key of the form that Lemon Squeezy uses")
        }
        () if issuer.contains("weaviate") || audience("wcs") => {
            (Severity::High, "token of Weaviate Cloud")
        }
        // Keys of Qdrant hold nothing but what they may do.
        () if issuer.is_empty() && subject.is_empty() && has(&["access"]) => {
            (Severity::High, "API key of the form that Qdrant uses")
        }
        () if issuer == "https://token.actions.githubusercontent.com" => {
            (Severity::Low, "identity of a GitHub Actions run: lived minutes")
        }
        () => return None,
    };
    Some(found)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Severity, known};

    #[test]
    fn services_are_known_by_their_claims() {
        let weight = |claims| known(&claims).map(|(severity, _)| severity);
        assert_eq!(weight(json!({"iss": "jfac@01", "sub": "x"})), Some(Severity::Critical));
        let auth0 = json!({"iss": "https://x.auth0.com/", "aud": "https://x.auth0.com/api/v2/"});
        assert_eq!(weight(auth0), Some(Severity::Critical));
        let auth0 = json!({"iss": "https://x.auth0.com/", "aud": ["https://x.auth0.com/userinfo"]});
        assert_eq!(weight(auth0), None);
        assert_eq!(weight(json!({"iss": "splunkd"})), Some(Severity::High));
        assert_eq!(
            weight(json!({"iss": "com.1password.b5", "sub": "x"})),
            Some(Severity::Critical)
        );
        let vault = json!({"iss": "https://v.corp.io:8200/v1/identity/oidc", "sub": "x"});
        assert_eq!(weight(vault), Some(Severity::High));
        let monday = json!({"tid": 1, "aai": 2, "uid": 3, "actid": 4, "rgn": "use1"});
        assert_eq!(weight(monday), Some(Severity::High));
        let moralis = json!({"nonce": "x", "orgId": "1", "userId": "1", "typeId": "x"});
        assert_eq!(weight(moralis), Some(Severity::Medium));
        let lemon = json!({"aud": "9", "jti": "x", "iat": 1, "nbf": 1, "sub": "1", "scopes": []});
        assert_eq!(weight(lemon), Some(Severity::High));
        assert_eq!(weight(json!({"access": "m"})), Some(Severity::High));
        let run = json!({"iss": "https://token.actions.githubusercontent.com", "sub": "repo:o/r"});
        assert_eq!(weight(run), Some(Severity::Low));
        assert_eq!(weight(json!({"sub": "deploy", "exp": 1})), None);
    }
}
