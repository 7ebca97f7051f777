// SPDX-License-Identifier: MIT OR Apache-2.0
//! Severity says what is lost if a finding is real, confidence how sure that is.

use debut::domain::{Confidence, Finding, Severity, remark};

use super::{engine, scan, template::expand};

/// What is made to be handed out, and the names that stand beside it in real files.
const PUBLIC: &[&str] = &[
    // Ids of resources, clients and accounts.
    "role_id: AROA{Z17}",
    "public_key_id: APKA{Z17}",
    "client_id = \"amzn1.application-oa2-client.{h32}\"",
    "GOOGLE_CLIENT_ID={d12}-{l32}.apps.googleusercontent.com",
    "fingerprint={h2}:{h2}:{h2}:{h2}:{h2}:{h2}:{h2}:{h2}:{h2}:{h2}:{h2}:{h2}:{h2}:{h2}:{h2}:{h2}",
    "service_account_id: mdb_sa_id_{h24}",
    "SQUARE_APPLICATION_ID=sq0idp-{a22}",
    // Keys of browsers and apps.
    "const firebaseConfig = {{\n  apiKey: \"AIza{w35}\",\n  authDomain: \"acme.firebaseapp.com\",\n}};",
    "<script src=\"https://maps.googleapis.com/maps/api/js?key=AIza{w35}\"></script>",
    "<div class=\"g-recaptcha\" data-sitekey=\"6L{w38}\"></div>",
    "STRIPE_PUBLISHABLE_KEY=pk_live_{a24}",
    "SUPABASE_KEY=sb_publishable_{a22}_{a8}",
    "NEW_RELIC_BROWSER_KEY=NRJS-{h19}",
    "POSTHOG_KEY=phc_{a43}",
    "LAUNCHDARKLY_MOBILE_KEY=mob-{U}",
    "mapboxgl.accessToken = 'pk.eyJ1{a60}.{a22}';",
    "PUBNUB_SUBSCRIBE_KEY=sub-c-{U}",
    "SENTRY_DSN=https://{h32}@o{d6}.ingest.sentry.io/{d7}",
    "APPLICATIONINSIGHTS_CONNECTION_STRING=InstrumentationKey={U};IngestionEndpoint=https://x/",
    // Public halves.
    "recipient: age1{z58}",
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{b43} deploy",
    "uploadcare_public_key: \"{l20}\"",
];

fn found(path: &str, template: &str) -> Vec<Finding> {
    let engine = engine();
    let mut found = scan(&engine, path, expand(template).as_bytes());
    found.retain(|f| engine.rules().info(f.rule).category.word() == "sensitive");
    found
}

fn one(path: &str, template: &str) -> Finding {
    let mut found = found(path, template);
    assert_eq!(found.len(), 1, "{path}: {template}");
    found.remove(0)
}

#[test]
fn what_is_public_by_design_is_low_and_says_why() {
    let engine = engine();
    let mut wrong = Vec::new();
    for template in PUBLIC {
        for finding in found("web/app.js", template) {
            let info = engine.rules().info(finding.rule);
            let says = info.public.is_some() || finding.notes.iter().any(|n| n == remark::PUBLIC);
            if finding.severity > Severity::Low || !says {
                wrong.push(format!("{template}: {} {:?}", info.id, finding.severity));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_browser_key_elsewhere_may_be_a_servers() {
    let finding = one("server/settings.py", "GEOCODING_KEY = \"AIza{w35}\"");
    assert_eq!((finding.severity, finding.confidence), (Severity::Medium, Confidence::High));
}

#[test]
fn a_proof_that_holds_makes_sure_and_one_that_fails_makes_doubtful() {
    let proved = one("a.yml", "token: {gh:ghp_}");
    assert!(proved.proved());
    assert_eq!((proved.severity, proved.confidence), (Severity::Critical, Confidence::High));
    let failed = one("a.yml", "token: ghp_{a36}");
    assert_eq!((failed.severity, failed.confidence), (Severity::Medium, Confidence::Low));
    assert_eq!(failed.notes, [remark::CHECKSUM_FAILED]);
}

#[test]
fn a_name_alone_is_less_sure_than_a_form() {
    let form = one("a.yml", "x: glpat-{a20}");
    assert_eq!(form.confidence, Confidence::High);
    let name = one("a.yml", "db_password: k8Vq{a10}");
    assert_eq!((name.severity, name.confidence), (Severity::High, Confidence::Medium));
    let default = one("a.yml", "db_password: \"postgres\"");
    assert_eq!((default.severity, default.confidence), (Severity::Low, Confidence::Low));
}

#[test]
fn a_word_weighs_less_whichever_rule_finds_it() {
    for (path, text, severity) in [
        ("ci.yml", "  - run: mysql -uroot -proot -e 'FLUSH PRIVILEGES;'", Severity::Low),
        ("a.yml", "url: postgres://app:localdev@db.acme.io/app", Severity::Medium),
        ("a.tpl", "--set ldap.bindpw=\"admin\"", Severity::Low),
        ("compose.yaml", "  KC_BOOTSTRAP_ADMIN_PASSWORD: admin", Severity::Low),
        ("start.js", "const ADMIN_PASSWORD = \"admin\";", Severity::Low),
        ("server.js", "  secret: 'keyboard cat',", Severity::Low),
        ("a.yml", "DB_USER: gitea\nDB_PASSWD: gitea", Severity::Low),
        ("values.yaml", "rootPassword: newRootPassword123", Severity::Medium),
        ("compose.yaml", "  ADMIN_PASSWORD: ${{ADMIN_PASSWORD:-Admin123}}", Severity::Low),
        ("a.yml", "  db_password: Harbour123", Severity::Medium),
        ("ci.yml", "    REDIS_ARGS: \"--requirepass p@ssword\"", Severity::Low),
        ("a.yml", "auth_credential: 'user1:s3cr3t'", Severity::Low),
        ("a.yml", "consumer_key: {h32}", Severity::Medium),
        ("a.yml", "x: \"Host=db;Password=SET_A_PASSWORD_HERE_123;Database=shop\"", Severity::Low),
        ("a.sh", "ldapadd -H ldap://ldap -D cn=admin -w kettle||sleep 5", Severity::Medium),
    ] {
        let finding = one(path, text);
        assert_eq!((finding.severity, finding.confidence), (severity, Confidence::Low), "{text}");
    }
    // Logins of registries are weighed by a proof of their own.
    for (path, text) in [
        (".npmrc", "//npm.acme.io/:_authToken=private-reg-token2"),
        (".npmrc", "//npm.acme.io/:_auth=ZGVwbG95OmJsdWUta2V0dGxl"),
        ("auth.json", "{{\"auths\":{{\"x\":{{\"auth\": \"ZGVwbG95OjU2Nzg=\"}}}}}}"),
        // `deploy:HereIsThePassword`
        (".npmrc", "_auth=ZGVwbG95OkhlcmVJc1RoZVBhc3N3b3Jk"),
    ] {
        let finding = one(path, text);
        assert_eq!(finding.severity, Severity::Medium, "{text}");
        assert_ne!(finding.confidence, Confidence::High, "{text}");
    }
    let drawn = one("a.yml", "url: postgres://app:k8Vq{a10}@db.acme.io/app");
    assert_eq!(drawn.severity, Severity::High);
    assert!(found("auth_test.go", "Password: \"admin\",").is_empty());
}

#[test]
fn what_everybody_tries_is_low_where_it_is_set() {
    for text in [
        "export MLAB_PASS='password123'",
        "GMAIL_PASSWORD=\"Pass!12345\"",
        "db_password: test1234",
        "ADMIN_PASSWORD=qwerty12",
    ] {
        for path in [".bashrc", "prod.yml", "deploy.sh"] {
            let finding = one(path, text);
            let told = (finding.severity, finding.confidence);
            assert_eq!(told, (Severity::Low, Confidence::Low), "{path}: {text}");
        }
    }
    for (path, text) in [
        ("README.md", "export MLAB_PASS='password123'"),
        ("a.yml", "db_password: changeme123"),
        ("a.yml", "db_password: password"),
        ("keys.ts", "NordPass = \"b84e4048-15dc-4dd0-8640-f4f60813c8af\","),
        ("a.yml", "db_password: your-password-12"),
        ("a.yml", "password_hint: test1234"),
    ] {
        assert!(found(path, text).is_empty(), "{path}: {text}");
    }
}

#[test]
fn what_an_assertion_compares_with_weighs_one_step_less() {
    let line = "assert_eq!(auth, \"Bearer {a40}\");";
    let finding = one("src/proxy.rs", line);
    assert_eq!(finding.severity, Severity::Medium);
    assert_eq!(finding.notes, [format!("an assertion of a test: {}", remark::LOWERED)]);
    assert_eq!(one("tests/proxy.rs", line).severity, Severity::Medium);
    assert_eq!(one("src/proxy.rs", "let auth = \"Bearer {a40}\";").severity, Severity::High);
}

#[test]
fn the_path_lowers_severity_alone_and_says_so() {
    let template = "db_password: k8Vq{a10}";
    for (path, word) in [
        ("tests/a.yml", "test or documentation path"),
        ("vendor/a.yml", "vendored path"),
        ("generated/a.yml", "generated file"),
        (".env.example", "test or documentation path"),
    ] {
        let text = if path.starts_with('.') { "DB_PASSWORD=k8Vq{a10}" } else { template };
        let finding = one(path, text);
        assert_eq!((finding.severity, finding.confidence), (Severity::Medium, Confidence::Medium));
        assert_eq!(finding.notes, [format!("{word}: {}", remark::LOWERED)], "{path}");
    }
    for path in ["tests/prod/a.yml", "examples/deploy/a.yml", "docs/secrets/a.yml"] {
        assert_eq!(one(path, template).severity, Severity::High, "{path}");
    }
}

#[test]
fn a_path_never_lowers_what_is_proved_or_live() {
    let proved = one("tests/fixtures/a.yml", "token: {gh:ghp_}");
    assert_eq!((proved.severity, proved.confidence), (Severity::Critical, Confidence::High));
    let live = one("tests/fixtures/a.yml", "key: sk_live_{a24}");
    assert_eq!(live.severity, Severity::Critical);
    assert_eq!(live.notes, [remark::LIVE]);
    let test = one("a.yml", "key: sk_test_{a24}");
    assert_eq!(test.severity, Severity::Medium);
}
