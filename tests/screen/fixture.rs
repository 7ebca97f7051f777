// SPDX-License-Identifier: MIT OR Apache-2.0
//! A little repository: its files, its rules, and what is found in it.

use std::sync::Arc;

use debut::{
    domain::{Finding, Layer, LineIndex, Place, RepoPath, Secret, Severity},
    ops::{FileText, Syntax, Token},
    review::{Identified, Keyring},
    rules::RuleSet,
};

const RULES: &str = r#"
[[rule]]
id = "sensitive/aws-access-key"
class = "credential"
severity = "critical"
title = "AWS access key id"
why = "With its secret half it opens the account; the id alone names the account to attack."
remedy = "Rotate the key in IAM first, then redact it here."
replacement = "AKIAEXAMPLE{n}"
keywords = ["akia"]
pattern = "AKIA[0-9A-Z]{16}"
[[rule]]
id = "sensitive/password-assignment"
class = "credential"
severity = "high"
title = "Password in configuration"
why = "A password that was ever committed has to be seen as known."
remedy = "Change it where it is used and read it from the environment."
replacement = "REDACTED_PASSWORD_{n}"
keywords = ["password"]
pattern = "password"
[[rule]]
id = "sensitive/email-address"
class = "personal-data"
severity = "medium"
title = "E-mail address of a person"
why = "People did not agree to see their address published."
remedy = "Replace it by a role address."
replacement = "person-{n}@example.com"
detector = "email"
[[rule]]
id = "internal/host-name"
class = "internal-host"
severity = "medium"
title = "Internal host name"
why = "It draws a map of the inside for somebody who means harm, and helps no reader outside."
remedy = "Replace it by a name under example.com."
replacement = "host-{n}.example.com"
detector = "host"
[[rule]]
id = "internal/ticket"
class = "ticket"
severity = "low"
title = "Ticket number"
why = "Nobody outside can follow it."
remedy = "Say in words what the ticket says."
replacement = "TICKET-{n}"
detector = "ticket"
[[rule]]
id = "licensing/missing-licence"
class = "licence"
severity = "high"
title = "No licence file"
why = "Without a licence nobody may use what you publish."
remedy = "Add a LICENSE file."
detector = "licence"
"#;

/// The files of the little repository, and the values that are found in them.
pub(crate) const FILES: &[(&str, &str)] = &[
    (
        "roles/db/vars/main.yml",
        "---\n# see OPS-4711\ndb_host: db1.corp.example.net\ndb_password: \"hunter2-Ceramic\"\ndb_user: app\nreplicas:\n\t- db2.corp.example.net\n\t- db3.corp.example.net\nbackup_password: \"Tangerine#99-x\"\nowner: user1@example.net\n",
    ),
    (
        "roles/web/templates/app.env.j2",
        "AWS_ACCESS_KEY_ID=AKEYQYZ7EXMPLKEY4321\nDB=postgres://app:hunter2-Ceramic@db1.corp.example.net/app\nDEBUG=0\n",
    ),
    (
        "scripts/deploy.sh",
        "#!/bin/sh\n# OPS-4711: ask user1@example.net\nexport AWS_ACCESS_KEY_ID=AKEYQYZ7EXMPLKEY4321\nssh deploy@db1.corp.example.net 'reload'\n",
    ),
    (
        "tests/fixtures/app.env",
        "AWS_ACCESS_KEY_ID=AKEYQYZ7EXMPLKEY4321\nHOST=db1.corp.example.net\n",
    ),
    (
        "docs/\u{202e}odd\tname.md",
        "Call db2.corp.example.net, or write to user2@example.net\u{200b}.\n",
    ),
];

const VALUES: &[(&str, Severity, &str)] = &[
    ("sensitive/aws-access-key", Severity::Critical, "AKEYQYZ7EXMPLKEY4321"),
    ("sensitive/password-assignment", Severity::High, "hunter2-Ceramic"),
    ("sensitive/password-assignment", Severity::High, "Tangerine#99-x"),
    ("sensitive/email-address", Severity::Medium, "user1@example.net"),
    ("sensitive/email-address", Severity::Medium, "user2@example.net"),
    ("internal/host-name", Severity::Medium, "db1.corp.example.net"),
    ("internal/host-name", Severity::Medium, "db2.corp.example.net"),
    ("internal/host-name", Severity::Medium, "db3.corp.example.net"),
    ("internal/ticket", Severity::Low, "OPS-4711"),
];

/// Values that must not be seen while they are masked.
pub(crate) const SECRETS: [&str; 5] = [
    "AKEYQYZ7EXMPLKEY4321",
    "hunter2-Ceramic",
    "Tangerine#99-x",
    "user1@example.net",
    "user2@example.net",
];

pub(crate) fn rules() -> Arc<RuleSet> {
    Arc::new(RuleSet::read(&[("test", RULES)]).expect("the rules of the tests are well formed"))
}

/// The same rules, of which two find the halves of one credential.
pub(crate) fn paired_rules() -> Arc<RuleSet> {
    let half = |text: &str, word: &str, half: &str| {
        let keywords = format!("keywords = [\"{word}\"]\n");
        text.replace(&keywords, &format!("{keywords}pair = \"app\"\nhalf = \"{half}\"\n"))
    };
    let rules = half(&half(RULES, "akia", "id"), "password", "secret");
    Arc::new(RuleSet::read(&[("test", &rules)]).expect("the rules of the tests are well formed"))
}

pub(crate) fn path(text: &str) -> RepoPath {
    RepoPath::new(text.as_bytes())
}

/// Finds `value` everywhere in `text`.
pub(crate) fn find(
    rules: &RuleSet,
    (rule, severity, value): (&str, Severity, &str),
    file: &str,
    text: &str,
) -> Vec<Identified> {
    let index = LineIndex::new(text.as_bytes());
    let rule = rules.find(rule).expect("a rule of the tests");
    let keys = Keyring::new([7; 32]);
    text.match_indices(value)
        .map(|(at, _)| {
            let line = &text[index.range(index.line_of(at))];
            let finding = Finding {
                rule,
                severity,
                confidence: rules.info(rule).confidence,
                path: path(file),
                layer: Layer::Tree,
                place: Place::Span(index.span(text.as_bytes(), at..at + value.len())),
                value: Secret::new(value.as_bytes()),
                context: Secret::new(line.replace(value, "").as_bytes()),
                notes: Vec::new(),
            };
            let id = keys.identify(&finding, rules.info(rule).class);
            Identified { finding, id }
        })
        .collect()
}

/// Everything found in the little repository.
pub(crate) fn findings(rules: &RuleSet) -> Vec<Identified> {
    let mut out = Vec::new();
    for (file, text) in FILES {
        for value in VALUES {
            out.extend(find(rules, *value, file, text));
        }
    }
    let rule = rules.find("licensing/missing-licence").expect("a rule of the tests");
    let finding = Finding {
        rule,
        severity: Severity::High,
        confidence: debut::domain::Confidence::High,
        path: RepoPath::root(),
        layer: Layer::Tree,
        place: Place::Repository,
        value: Secret::new(b"no licence file"),
        context: Secret::new(b""),
        notes: Vec::new(),
    };
    let id = Keyring::new([7; 32]).identify(&finding, rules.info(rule).class);
    out.push(Identified { finding, id });
    out
}

pub(crate) fn file_text(text: &str) -> Arc<FileText> {
    let mut tokens = Vec::new();
    for (at, line) in
        text.match_indices('\n').map(|(i, _)| i + 1).chain([0]).map(|i| (i, &text[i..]))
    {
        let line = line.lines().next().unwrap_or("");
        if line.starts_with('#') {
            tokens.push(Token { span: at..at + line.len(), syntax: Syntax::Comment });
        } else if let Some(colon) = line.find([':', '=']) {
            tokens.push(Token { span: at..at + colon, syntax: Syntax::Name });
        }
    }
    tokens.sort_by_key(|token| token.span.start);
    let (text, lines) = (text.as_bytes().to_vec(), LineIndex::new(text.as_bytes()));
    Arc::new(FileText { text, lines, tokens })
}
