// SPDX-License-Identifier: MIT OR Apache-2.0
//! Every syntax of assignments with every kind of value, and all that is no secret in them.

use debut::scan::Engine;

use crate::{engine, rules, template};

/// Syntaxes: the path, and the text with `KEY` and `VAL`.
const SHAPES: &[(&str, &str)] = &[
    ("a.yml", "KEY: VAL"),
    ("a.yml", "KEY: 'VAL'  # set by ops"),
    ("a.yml", "app:\n  env:\n    KEY: \"VAL\""),
    ("a.yml", "- name: KEY\n  value: \"VAL\""),
    ("a.yml", "- {name: KEY, value: VAL}"),
    ("a.yml", "env:\n  - KEY=VAL"),
    ("a.yml", "KEY: |\n  VAL"),
    ("a.yml", "KEY: &x VAL"),
    ("a.yml", "KEY: !!str VAL"),
    ("a.yml", "command: run --KEY=VAL"),
    ("a.yml", "args:\n  - --KEY\n  - VAL"),
    ("cfn.yml", "KEY:\n    Type: String\n    NoEcho: true\n    Default: VAL"),
    ("a.json", "{\n  \"KEY\": \"VAL\"\n}"),
    ("a.json", "{\"Name\": \"KEY\", \"Value\": \"VAL\"}"),
    ("a.json", "{\"ParameterKey\": \"KEY\", \"ParameterValue\": \"VAL\"}"),
    ("a.json", "{\"a\": \"{\\\"KEY\\\": \\\"VAL\\\"}\"}"),
    ("a.json", "[\"--KEY\", \"VAL\"]"),
    ("a.toml", "KEY = 'VAL'"),
    ("a.ini", "[db]\nKEY = VAL ; note"),
    ("a.properties", "app.KEY=VAL"),
    (".env.production", "export KEY=VAL"),
    ("a.tf", "  KEY   = \"VAL\" # x"),
    ("a.tf", "variable \"KEY\" {\n  type = string\n  default = \"VAL\"\n}"),
    ("a.sh", "KEY='VAL'"),
    ("a.sh", "run --KEY VAL"),
    ("a.sh", "curl \"https://x.org/?KEY=VAL&b=1\""),
    ("a.sh", "docker run -e KEY=VAL img"),
    ("a.sh", "${KEY:-VAL}"),
    ("Dockerfile", "ENV KEY VAL"),
    ("Dockerfile", "ARG KEY=VAL"),
    ("a.ps1", "$env:KEY = \"VAL\""),
    ("a.bat", "setx KEY \"VAL\""),
    ("a.php", "'KEY' => 'VAL',"),
    ("a.php", "define('KEY', 'VAL');"),
    ("a.php", "putenv('KEY=VAL');"),
    ("a.py", "f(KEY=\"VAL\")"),
    ("a.py", "os.getenv(\"KEY\", default=\"VAL\")"),
    ("a.py", "KEY: str = \"VAL\""),
    ("a.py", "KEY = \"\"\"VAL\"\"\""),
    ("a.py", "if KEY == \"VAL\":"),
    ("a.py", "connect(\"host=db KEY=VAL user=x\")"),
    ("a.rb", ":KEY => 'VAL'"),
    ("a.rb", "ENV['KEY'] ||= 'VAL'"),
    ("a.rb", "ENV.fetch('KEY', 'VAL')"),
    ("a.rb", "KEY 'VAL'"),
    ("a.js", "KEY: `VAL`,"),
    ("a.js", "process.env.KEY ?? 'VAL'"),
    ("a.ts", "private KEY: string = 'VAL';"),
    ("a.go", "var KEY string = \"VAL\""),
    ("a.go", "os.Setenv(\"KEY\", \"VAL\")"),
    ("a.rs", "env::var(\"KEY\").unwrap_or_else(|_| \"VAL\".into())"),
    ("A.java", "@Value(\"${x.KEY:VAL}\")"),
    ("A.java", "client.setKEY(\"VAL\");"),
    ("a.kt", "val KEY: String = \"VAL\""),
    ("a.cs", "public string KEY { get; set; } = \"VAL\";"),
    ("a.cs", "[\"KEY\"] = \"VAL\""),
    ("a.xml", "<KEY>VAL</KEY>"),
    ("a.xml", "<KEY encoding=\"plain\">VAL</KEY>"),
    ("a.xml", "<add key=\"KEY\" value=\"VAL\"/>"),
    ("a.xml", "<name>KEY</name>\n<value>VAL</value>"),
    ("a.plist", "<key>KEY</key>\n<string>VAL</string>"),
    ("a.sql", "INSERT INTO settings VALUES ('KEY', 'VAL');"),
    ("a.nix", "KEY = \"VAL\";"),
    ("a.pp", "$KEY = 'VAL'"),
    ("a.sls", "- KEY: VAL"),
    ("a.conf", "KEY VAL"),
    ("build.gradle", "KEY \"VAL\""),
    ("a.md", "The KEY is `VAL`"),
    ("a.md", "| KEY | `VAL` |"),
    ("a.md", "Use the KEY `VAL` for staging."),
    ("page.html", "<meta name=\"KEY\" content=\"VAL\">"),
    ("Dockerfile.prod", "ENV KEY VAL"),
    ("build.gradle", "buildConfigField 'String', 'KEY', '\"VAL\"'"),
    ("a.js", "const KEY = 'VAL' + 'tail';"),
    ("a.py", "# KEY=VAL"),
    ("a.ts", "// old KEY: VAL"),
    ("hosts.ini", "web1 KEY=VAL port=22 user=ops"),
    ("config.ino", "#define KEY \"VAL\""),
];

/// Names and the values that stand under them; the last is no value of a password.
const SECRETS: &[(&str, &str)] = &[
    ("db_password", "Kang{d2}roo!{d4}"),
    ("LDAP_BIND_PW", "{a12}"),
    ("smtpPassword", "{a20}"),
    ("client_secret", "{h32}"),
    ("API_KEY", "{a32}"),
    ("authToken", "{w43}"),
    ("signing_key", "{b43}="),
    ("jwt_secret", "{U}"),
    ("WLAN_PSK", "Maple.{d4}"),
    ("newsapi_key", "{h32}"),
    ("deploy_key", "0x{h64}"),
    ("mail_api_key", "{h32}-{h8}-{h8}"),
];

/// What stands where a secret would.
const NO_VALUES: &[&str] = &[
    "changeme",
    "your-password-here",
    "xxxxxxxx",
    "********",
    "REPLACE_ME",
    "${DB_PASSWORD}",
    "%DB_PASSWORD%",
    "@DB_PASSWORD@",
    "__PASSWORD__",
    "#{db_password}",
    "<password>",
    "[REDACTED]",
    "/run/secrets/db_password",
    "https://vault.example.com/v1/secret",
    "vault:secret/data/db#password",
    "op://vault/item/field",
    "arn:aws:secretsmanager:us-east-1:123456789012:secret:x",
    "var.db_password",
    "data.aws_ssm_parameter.db.value",
    "env:DB_PASSWORD",
    "null",
    "true",
    "string",
    "my_password",
    "us-east-1",
    "en_US.UTF-8",
    "application/json",
    "2024-01-01",
    "v2.1.0",
    "com.example.auth.PasswordEncoder",
    "awssm://prod/db",
    "keyring:db",
    "secrets/db.txt",
    "***",
    "set-in-ci",
    "user-supplied",
    "/var/run/secrets/db_password",
];

/// Names that are about a secret, or about something else.
const NO_NAMES: &[&str] = &[
    "password_file",
    "secretName",
    "token_url",
    "public_key",
    "password_hash_algorithm",
    "token_type",
    "passwordField",
    "token_expiry",
    "primary_key",
    "cache_key",
    "csrf_token",
    "next_page_token",
    "tokenizer",
    "api_key_id",
    "password_policy",
    "compass",
    "minipass",
    "commit",
    "checksum",
    "etag",
    "integrity",
    "digest",
    "trace_id",
    "fingerprint",
    "zone_id",
];

/// Writes one text; a name in a call begins with a capital letter.
fn text(shape: &str, key: &str, val: &str) -> String {
    let camel = key.split('_').map(|part| part[..1].to_uppercase() + &part[1..].to_lowercase());
    let setter = format!("set{}", camel.collect::<String>());
    shape.replace("setKEY", &setter).replace("KEY", key).replace("VAL", val)
}

/// Returns whether a rule about names says something, whatever other rules say.
fn is_told(engine: &Engine, path: &str, text: &str) -> bool {
    let by_name = ["generic-password", "generic-secret", "value-in-secret-map"];
    rules(engine, path, text).iter().any(|rule| by_name.contains(&rule.as_str()))
}

#[test]
fn every_syntax_shows_every_kind_of_value() {
    let engine = engine();
    let mut missed = Vec::new();
    for (path, shape) in SHAPES {
        for (key, value) in SECRETS {
            let value = template::expand(value);
            // A shell and a URL take these signs for their own.
            if value.contains(['!', '=', '+', '/']) && (shape.contains('$') || shape.contains('?'))
            {
                continue;
            }
            let text = text(shape, key, &value);
            if rules(&engine, path, &text).is_empty() {
                missed.push(format!("{path}: {text}"));
            }
        }
    }
    assert!(missed.is_empty(), "{} missed:\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn what_is_no_secret_is_told_in_no_syntax() {
    let engine = engine();
    let mut told = Vec::new();
    let random = template::expand("{h40}");
    for (path, shape) in SHAPES {
        let by_value = NO_VALUES.iter().flat_map(|no| SECRETS.iter().map(|(key, _)| (*key, *no)));
        for (key, value) in by_value.chain(NO_NAMES.iter().map(|key| (*key, random.as_str()))) {
            let text = text(shape, key, value);
            if is_told(&engine, path, &text) {
                told.push(format!("{path}: {text}"));
            }
        }
    }
    assert!(told.is_empty(), "{} told:\n{}", told.len(), told.join("\n"));
}
