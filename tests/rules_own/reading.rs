// SPDX-License-Identifier: MIT OR Apache-2.0
//! A repository's own rule files: what they may say, and how they are refused.

use std::sync::Arc;

use debut::{
    domain::{ChangeKind, Confidence, RepoPath, Severity, Vocabulary},
    rules::RuleSet,
    scan::{Engine, Scratch},
};

const FILE: &str = ".debut/rules/acme.toml";

const ACME: &str = r#"
[[rule]]
id = "sensitive/acme-key"
class = "credential"
severity = "critical"
title = "Acme key"
why = "Opens the warehouse."
remedy = "Revoke it in the console."
replacement = "REDACTED_ACME_KEY"
keywords = ["acme_"]
pattern = 'acme_[0-9a-f]{32}'
"#;

fn own(text: &str) -> RuleSet {
    RuleSet::with_own(&[(FILE.into(), text.into())]).unwrap_or_else(|error| panic!("{error}"))
}

/// Returns everything that is wrong, a line each.
fn wrong(text: &str) -> Vec<String> {
    let refused = RuleSet::with_own(&[(FILE.into(), text.into())]);
    let error = refused.err().unwrap_or_else(|| panic!("not refused: {text}"));
    error.faults().iter().map(ToString::to_string).collect()
}

fn found(rules: RuleSet, path: &str, text: &str) -> Vec<(String, Severity, Confidence)> {
    let engine = Engine::new(Arc::new(rules), &Vocabulary::default()).expect("an engine");
    let path = RepoPath::new(path.as_bytes());
    let scan = engine.scan_file(&path, text.as_bytes(), &mut Scratch::default());
    let all = scan.findings.iter();
    all.map(|f| (engine.rules().info(f.rule).id.clone(), f.severity, f.confidence)).collect()
}

fn hex(n: usize) -> String {
    "0f1e2d3c4b5a69788796a5b4c3d2e1f0".chars().cycle().take(n).collect()
}

#[test]
fn a_rule_is_added_and_finds() {
    let rules = own(ACME);
    let builtin = RuleSet::builtin().expect("rules");
    assert_eq!(rules.len(), builtin.len() + 1);
    assert_ne!(rules.digest(), builtin.digest());
    let change = &rules.changes()[0];
    assert_eq!((change.kind, change.file.as_str(), change.line), (ChangeKind::Added, FILE, 2));
    let text = format!("x: acme_{}\n", hex(32));
    let expected = ("sensitive/acme-key".into(), Severity::Critical, Confidence::High);
    assert_eq!(found(rules, "a.yml", &text), [expected]);
    assert!(found(builtin, "a.yml", &text).is_empty());
}

#[test]
fn names_and_body_know_all_syntaxes() {
    let text = ACME.replace(
        "pattern = 'acme_[0-9a-f]{32}'",
        "names = ['acme[_-]?key']\nbody = '[0-9a-f]{32}'",
    );
    let text = text.replace("[\"acme_\"]", "[\"acme\"]");
    for line in ["ACME_KEY=V", "acmeKey: \"V\"", "<acme-key>V</acme-key>", "acme_key => 'V'"] {
        let found = found(own(&text), "a.yml", &line.replace('V', &hex(32)));
        assert_eq!(found.len(), 1, "{line}: {found:?}");
        assert_eq!((found[0].0.as_str(), found[0].2), ("sensitive/acme-key", Confidence::Medium));
    }
}

#[test]
fn a_rule_of_the_program_is_replaced_where_it_stands() {
    let builtin = RuleSet::builtin().expect("rules");
    let at = builtin.find("sensitive/gitlab-token").expect("a rule");
    let text = ACME.replace("sensitive/acme-key", "sensitive/gitlab-token");
    let rules = own(&text);
    assert_eq!((rules.find("sensitive/gitlab-token"), rules.len()), (Some(at), builtin.len()));
    let was = rules.get(at).was.as_ref().expect("what it replaces");
    assert_eq!(was.info, *builtin.info(at));
    assert_eq!(rules.changes()[0].kind, ChangeKind::Replaced);
    let line = format!("acme_{0} glpat-{1}\n", hex(32), "Ab1Cd2Ef3Gh4Ij5Kl6Mn");
    let ids: Vec<String> = found(rules, "a.txt", &line).into_iter().map(|f| f.0).collect();
    assert_eq!(ids, ["sensitive/gitlab-token"], "the new pattern alone");
}

#[test]
fn a_detector_finds_nothing_for_a_rule_that_was_replaced() {
    let text = ACME.replace("sensitive/acme-key", "sensitive/generic-password");
    let line = "db_password: k8Vq-Tr0ub4dor\n";
    assert_eq!(found(RuleSet::builtin().expect("rules"), "a.yml", line).len(), 1);
    assert!(found(own(&text), "a.yml", line).is_empty());
    // Here another rule's keyword calls the detector, which knows what the name promises.
    let called = "secret_password: k8Vq-Tr0ub4dor\n";
    let before = found(RuleSet::builtin().expect("rules"), "a.yml", called);
    assert_eq!(before[0].0, "sensitive/generic-password");
    assert!(found(own(&text), "a.yml", called).is_empty());
    // The texts alone may be replaced: then the detector stays.
    let text = text.replace("pattern = 'acme_[0-9a-f]{32}'", "detector = \"assignment\"");
    let text = text.replace("[\"acme_\"]", "[\"pass\", \"pwd\"]");
    assert_eq!(found(own(&text), "a.yml", line)[0].1, Severity::Critical);
}

#[test]
fn a_rule_is_switched_off_or_weighs_otherwise_with_a_reason() {
    let line = "db_password: k8Vq-Tr0ub4dor\n";
    let off = own("[[disable]]\nid = \"sensitive/generic-password\"\nreason = \"a toy\"\n");
    assert_eq!(off.off()[0].info.id, "sensitive/generic-password");
    assert_eq!(off.changes()[0].words(), "off (was high, medium confidence): a toy");
    assert!(off.find("sensitive/generic-password").is_none());
    assert!(found(off, "a.yml", line).is_empty());
    let changed = own("[[change]]\nid = \"sensitive/generic-password\"\nseverity = \"low\"\n\
         confidence = \"high\"\nreason = \"all made up\"\n");
    let words = "changed (high, medium confidence -> low, high confidence): all made up";
    assert_eq!(changed.changes()[0].words(), words);
    assert_eq!(found(changed, "a.yml", line)[0].1, Severity::Low);
}

#[test]
fn any_rule_can_be_switched_off_and_the_others_still_run() {
    let builtin = RuleSet::builtin().expect("rules");
    for (_, rule) in builtin.iter().filter(|(_, rule)| rule.detector.is_some()) {
        let id = &rule.info.id;
        let rules = own(&format!("[[disable]]\nid = \"{id}\"\nreason = \"r\"\n"));
        assert_eq!(rules.len(), builtin.len() - 1);
        for (idx, rule) in rules.iter() {
            assert_eq!(rules.find(&rule.info.id), Some(idx));
        }
        let text =
            "-----BEGIN RSA PRIVATE KEY-----\npassword: k8Vq-Tr0ub4dor\nhttps://a:b7-c@d.io\n";
        assert!(found(rules, "a.yml", text).iter().all(|(found, ..)| found != id), "{id}");
    }
}

#[test]
fn the_digest_tells_every_change() {
    let mut seen = std::collections::BTreeSet::new();
    for text in [ACME, "", "# nothing\n", "[[disable]]\nid = \"sensitive/jwt\"\nreason = \"r\"\n"] {
        assert!(seen.insert(own(text).digest().to_owned()), "{text}");
    }
    let named = |name: &str| RuleSet::with_own(&[(name.into(), ACME.into())]).expect("rules");
    assert_ne!(named("a.toml").digest(), named("b.toml").digest());
    let none = RuleSet::with_own(&[]).expect("rules");
    assert_eq!(none.digest(), RuleSet::builtin().expect("rules").digest());
}

#[test]
fn everything_wrong_is_said_at_once_with_file_line_rule_and_reason() {
    let text = format!(
        "{ACME}\n[[rule]]\nid = \"sensitive/second\"\nclass = \"credential\"\nseverity = \"dire\"\n\
         [[rule]]\nid = \"sensitive/Third\"\nclass = \"credential\"\nseverity = \"low\"\n\
         title = \"\"\nwhy = \"w\"\nremedy = \"r\"\nkeywords = [\"ab\"]\npattern = 'x('\n\
         [[disable]]\nid = \"jwt\"\nreason = \"r\"\n[[disable]]\nid = \"sensitive/jwt\"\n\
         [[chnage]]\nid = \"x\"\n"
    );
    let said = wrong(&text).join("\n");
    for part in [
        "acme.toml:16: rule sensitive/second: unknown variant `dire`",
        "acme.toml:18: rule sensitive/Third: the name may hold lower-case letters",
        "acme.toml:21: rule sensitive/Third: title must say something",
        "acme.toml:24: rule sensitive/Third: keyword \"ab\" is too short",
        "rule sensitive/jwt: missing field `reason`",
        "chnage: not known here",
    ] {
        assert!(said.contains(part), "{part}\n---\n{said}");
    }
}

#[test]
fn what_makes_no_sense_is_refused() {
    let long = "a".repeat(120);
    for (text, part) in [
        ("[[rule]\n".to_owned(), "acme.toml:1: "),
        ("rule = 3\n".to_owned(), "must be a list of tables"),
        (
            ACME.replace("severity", "sevrity"),
            "acme.toml:5: rule sensitive/acme-key: unknown field `sevrity`",
        ),
        (
            ACME.replace("acme_[0-9a-f]{32}'", "acme_[0-9a-f'"),
            "acme.toml:11: rule sensitive/acme-key: pattern: unclosed character class",
        ),
        (
            ACME.replace("\"acme_\"", "\" the\""),
            "acme.toml:10: rule sensitive/acme-key: keyword \" the\" stands everywhere",
        ),
        (ACME.replace("\"acme_\"", &format!("\"{long}\"")), "keywords: a word has 1 to 100 bytes"),
        (ACME.replace("{32}", "{0,900}(?:a{0,500}){0,500}"), "costs too much"),
        (
            format!("{ACME}window = \"block\"\n").replace("[0-9a-f]{32}", "(?s:.*)end"),
            "give it one",
        ),
        (format!("{ACME}detector = \"jwt\"\n"), "has both a pattern and a detector"),
        (format!("{ACME}paths = [\"a{{\"]\n"), "acme.toml:12: rule sensitive/acme-key: "),
        (format!("{ACME}entropy = 9.5\n"), "entropy: bits a character"),
        (format!("{ACME}near_lines = 200\n"), "near_lines: at most 20"),
        (
            format!("{ACME}proof = \"magic\"\n"),
            "acme.toml:12: rule sensitive/acme-key: unknown variant `magic`",
        ),
        (
            format!("{ACME}not = ['(']\n"),
            "acme.toml:12: rule sensitive/acme-key: not: unclosed group",
        ),
        (
            ACME.replace("pattern = 'acme_[0-9a-f]{32}'", "detector = \"jwt\""),
            "belongs to rules of the program",
        ),
        (
            ACME.replace("pattern = 'acme_[0-9a-f]{32}'", "detector = \"psychic\""),
            "belongs to rules of the program",
        ),
        (
            format!("{ACME}placeholders = false\n")
                .replace("REDACTED_ACME_KEY", &format!("acme_{}", hex(32))),
            "finds its own stand-in",
        ),
    ] {
        let said = wrong(&text).join("\n");
        assert!(said.contains(part), "{part}\n---\n{said}\n---\n{text}");
    }
}

#[test]
fn what_fits_nothing_is_refused() {
    let disable = |id: &str| format!("[[disable]]\nid = \"{id}\"\nreason = \"r\"\n");
    for (text, part) in [
        (ACME.replace("sensitive/", "secret/"), "\"secret\" is no category"),
        (format!("{ACME}{ACME}"), "acme.toml:2 says something about this rule already"),
        (
            format!("{ACME}{}", disable("sensitive/acme-key")),
            "says something about this rule already",
        ),
        (
            disable("sensitive/no-such"),
            "acme.toml:2: rule sensitive/no-such: no such rule of the program",
        ),
        (disable("internal/jwt"), "sensitive/jwt is meant?"),
        (
            disable("sensitive/jwt").replace("\"r\"", "\" \""),
            "acme.toml:3: rule sensitive/jwt: reason: say why",
        ),
        ("[[change]]\nid = \"sensitive/jwt\"\nreason = \"r\"\n".to_owned(), "changes nothing"),
    ] {
        let said = wrong(&text).join("\n");
        assert!(said.contains(part), "{part}\n---\n{said}\n---\n{text}");
    }
}

#[test]
fn common_keywords_are_fine_where_they_cost_nothing() {
    let gated = format!("{ACME}paths = [\"**/acme.conf\"]\n").replace("\"acme_\"", "\"key\"");
    own(&gated);
    let prefix = ACME.replace("acme_", "pat");
    own(&prefix);
}
