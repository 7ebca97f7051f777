// SPDX-License-Identifier: MIT OR Apache-2.0
//! Every rule of the category `sensitive` finds what it must, and leaves its near miss alone.

#![expect(clippy::expect_used, clippy::panic, reason = "helpers of tests fail as tests do")]

mod assignments;
mod cases;
mod chosen;
mod compressed;
mod encodings;
mod encrypted;
mod field;
mod forms;
mod harmless;
mod hostile;
#[path = "../common/internal_cases.rs"]
mod internal_cases;
mod judged;
mod keys;
mod lookalikes;
mod packed;
mod people;
mod personal;
mod pieces;
mod places;
mod proofs;
mod runs;
mod samples;
mod sealed;
mod shapes;
mod stores;
mod template;
mod vendors;
mod versions;
mod weight;

use std::{collections::BTreeSet, sync::Arc};

use debut::{
    domain::{Category, Finding, RepoPath, Vocabulary},
    rules::RuleSet,
    scan::{Engine, Scratch},
};

/// Builds the engine with the built-in rules.
fn engine() -> Engine {
    let rules = Arc::new(RuleSet::builtin().expect("built-in rules"));
    Engine::new(rules, &Vocabulary::default()).expect("engine")
}

/// Scans one file.
fn scan(engine: &Engine, path: &str, text: &[u8]) -> Vec<Finding> {
    engine.scan_file(&RepoPath::new(path.as_bytes()), text, &mut Scratch::default()).findings
}

/// Returns the rules, without category, that found something.
fn rules(engine: &Engine, path: &str, text: &str) -> Vec<String> {
    let name = |f: &Finding| engine.rules().info(f.rule).name().to_owned();
    scan(engine, path, text.as_bytes()).iter().map(name).collect()
}

#[test]
fn every_rule_finds_its_sample_and_leaves_the_near_miss() {
    let engine = engine();
    let mut wrong = Vec::new();
    for case in cases::all() {
        let text = template::expand(case.fires);
        let found = rules(&engine, case.path, &text);
        if !found.iter().any(|rule| rule == case.rule) {
            wrong.push(format!("{} missed {:?}, found {found:?}", case.rule, case.fires));
        }
        let (path, miss) = case.near_miss;
        if rules(&engine, path, &template::expand(miss)).iter().any(|rule| rule == case.rule) {
            wrong.push(format!("{} found the near miss {miss:?}", case.rule));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_rule_has_a_case() {
    let rules = RuleSet::builtin().expect("built-in rules");
    let known: BTreeSet<&str> = cases::all().map(|case| case.rule).collect();
    let missing: Vec<&str> = rules
        .iter()
        .map(|(_, rule)| &rule.info)
        .filter(|info| info.category == Category::Sensitive && !known.contains(info.name()))
        .map(|info| info.id.as_str())
        .collect();
    assert!(missing.is_empty(), "rules without a case: {missing:?}");
}

#[test]
fn every_expression_compiles() {
    RuleSet::builtin()
        .expect("built-in rules")
        .compile_all()
        .unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn every_pack_is_listed() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/rules");
    let list = include_str!("../../src/rules/packs.rs");
    let mut folders = vec![std::path::PathBuf::from(root)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("folder") {
            let path = entry.expect("entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "toml") {
                let name = path.strip_prefix(root).expect("below the root").display().to_string();
                assert!(list.contains(&format!("\"{name}\"")), "{name} is not listed");
            }
        }
    }
}

#[test]
fn a_stand_in_is_no_finding() {
    let engine = engine();
    let mut wrong = Vec::new();
    for (_, rule) in engine.rules().iter() {
        let info = &rule.info;
        if info.category == Category::Sensitive && !info.replacement.is_empty() {
            let text = format!("password: {0}\nx: {0}\n", info.replacement);
            if !scan(&engine, "a.yml", text.as_bytes()).is_empty() {
                wrong.push(info.id.clone());
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}
