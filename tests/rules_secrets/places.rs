// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a value is a part of silences it only where it must, and what stands beside it weighs.

use debut::domain::Severity;

use super::{engine, scan, template::expand};

/// Returns how much the most severe finding of a secret weighs.
fn most(path: &str, template: &str) -> Option<Severity> {
    let engine = engine();
    let found = scan(&engine, path, expand(template).as_bytes());
    let secret = |idx| engine.rules().info(idx).category.word() == "sensitive";
    found.iter().filter(|f| secret(f.rule)).map(|f| f.severity).max()
}

#[test]
fn drawn_values_stay_where_code_could_stand() {
    for (path, template) in [
        ("cmd/run.go", "// JWT_SECRET={a32}"),
        ("app/run.py", "session_secret = {a32}"),
        ("app/run.ts", "const c = {{ cookieSecret: '{a24}', maxAge: 1 }}"),
        ("config/dev.exs", "live_view: [signing_salt: \"{a32}\"],"),
        ("docker/config.json", "\"identitytoken\": \"{U}\""),
        ("docker/config.go", "IdentityToken: \"{jwt}\","),
        ("app/run.js", "verify(token, process.env.JWT_SECRET || '{a40}')"),
        ("run.sh", "export CONSUL_HTTP_TOKEN={U}"),
        ("keys/a.go", "`{{\"kty\":\"oct\",\"k\":\"{w43}\"}}`"),
    ] {
        assert!(most(path, template) >= Some(Severity::Medium), "{path}: {template}");
    }
}

#[test]
fn tokens_stay_in_lists_and_addresses() {
    for template in [
        "AAAAAAAAAAAAAAAAAAAAA{a24}%3D{a50}",
        "token=AAAAAAAAAAAAAAAAAAAAA{a24}%2B{a50}",
        "EAAB{a120}\nEAAB{a120}\nEAAB{a120}",
        "https://graph.acme.io/v19.0/me/accounts?access_token=EAAB{a120}",
        "{a11}AAAAAAAAAA{w43}\n{a11}AAAAAAAAAA{w43}",
    ] {
        assert_eq!(most("notes.conf", template), Some(Severity::High), "{template}");
    }
}

#[test]
fn what_stands_beside_a_value_weighs() {
    let high = Some(Severity::High);
    let medium = Some(Severity::Medium);
    for (path, template, weight) in [
        ("a.conf", "MAILGUN_API_KEY=key-{h32}", Some(Severity::Critical)),
        ("a.php", "assertEquals('key-{h32}', cacheOf(7));", medium),
        ("a.txt", "Cookie: sessionid={l32}", high),
        ("a.log", "Context(sessionId={U}, deviceId=7)", medium),
        ("secret.yml", "keystore.jks: /u3+7QAAAAI{b120}", high),
        ("secret.yml", "truststore.jks: /u3+7QAAAAI{b120}", medium),
        ("a/.npmrc", "//npm.acme.io/:_authToken={U}", Some(Severity::Critical)),
        ("a/.npmrc", "//npm.acme.io/:_authToken=private-reg-token2", medium),
        ("a/.npmrc", "//npm.acme.io/:_auth=dGVzdDphYmNk", medium),
        ("a/.npmrc", "//npm.acme.io/:_auth={B:deploy:{a12}}", Some(Severity::Critical)),
        ("a/.npmrc", "_auth={B:TheUser:HereIsThePassword}", medium),
        ("auth.json", "{{\"auths\":{{\"acme.io\":{{\"auth\":\"dGVzdDoxMjM0\"}}}}}}", medium),
        ("auth.json", "{{\"auths\":{{\"acme.io\":{{\"auth\":\"{B:ci:{a12}}\"}}}}}}", high),
        ("lib/a.ex", "      iex> Acme.run(secret_key_base: \"{a64}\")", medium),
        ("vendor/lib/README.md", "key: {pem:PRIVATE KEY}", medium),
        ("vendor/lib/key.pem", "{pem:PRIVATE KEY}", Some(Severity::Critical)),
    ] {
        assert_eq!(most(path, template), weight, "{path}: {template}");
    }
}
