// SPDX-License-Identifier: MIT OR Apache-2.0
//! The context of a value is the path of its key, in whatever format it is written.
//!
//! Random nested documents are written in many formats. Where a parser exists, what it says each
//! scalar's path is decides which values must be found; where none does, the document that was
//! written. Values are all alike, so that names alone tell them apart.

#![expect(clippy::expect_used, clippy::panic, reason = "helpers of tests fail as tests do")]

#[path = "paths/oracle.rs"]
mod oracle;
#[path = "paths/write.rs"]
mod write;

use std::{collections::BTreeSet, sync::Arc};

use debut::{
    domain::{Class, RepoPath, Vocabulary},
    repo::objects::Op,
    rules::RuleSet,
    scan::{Earlier, Engine, Scratch},
};
use proptest::prelude::*;

/// A document.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    /// The number of a value.
    Leaf(usize),
    List(Vec<Self>),
    Map(Vec<(&'static str, Self)>),
}

/// Names of maps of secrets, which are also those of single ones.
const HEADS: &[&str] = &["passwords", "app_secrets", "credentials", "api_tokens", "password"];
/// Names that say that what stands there is none.
const ABOUT: &[&str] = &["username", "host", "description", "token_url"];
/// Names that say nothing.
const PLAIN: &[&str] = &["db1", "web", "alpha", "settings", "prod", "eu", "items", "main-site"];

/// Returns the value of that number: as a machine draws them.
pub(crate) fn value(number: usize) -> String {
    let mut state = (number as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let draw = |letters: &[u8]| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        char::from(letters[(state >> 11) as usize % letters.len()])
    };
    // Nothing in it reads like a word.
    let kinds: [&[u8]; 3] = [b"bcdfghjkmnpqrstvwxz", b"BCDFGHJKLMNPQRSTVWXZ", b"23456789"];
    let body: String = (0..8).flat_map(|_| kinds).map(draw).collect();
    format!("{body}q{number}")
}

/// Returns the values whose paths say that they are secrets.
fn secrets(leaves: &[(Vec<String>, String)]) -> BTreeSet<String> {
    let is = |names: &[&str], name: &String| names.contains(&name.as_str());
    let secret = |path: &[String]| {
        path.last().is_some_and(|last| !is(ABOUT, last)) && path.iter().any(|name| is(HEADS, name))
    };
    leaves.iter().filter(|(path, _)| secret(path)).map(|(_, value)| value.clone()).collect()
}

/// Returns the paths of all values; items of lists stand under the name of the list.
fn leaves(node: &Node) -> Vec<(Vec<String>, String)> {
    fn go(node: &Node, path: &mut Vec<String>, out: &mut Vec<(Vec<String>, String)>) {
        match node {
            Node::Leaf(number) => out.push((path.clone(), value(*number))),
            Node::List(items) => items.iter().for_each(|item| go(item, path, out)),
            Node::Map(pairs) => {
                for (name, node) in pairs {
                    path.push((*name).into());
                    go(node, path, out);
                    path.pop();
                }
            }
        }
    }
    let mut out = Vec::new();
    go(node, &mut Vec::new(), &mut out);
    out
}

fn name() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        3 => prop::sample::select(HEADS),
        2 => prop::sample::select(ABOUT),
        6 => prop::sample::select(PLAIN),
    ]
}

fn map_of(inner: impl Strategy<Value = Node>, most: usize) -> impl Strategy<Value = Node> {
    prop::collection::vec((name(), inner), 1..most).prop_map(|mut pairs| {
        let mut known = BTreeSet::new();
        pairs.retain(|(name, _)| known.insert(*name));
        Node::Map(pairs)
    })
}

/// Documents; `lists` of scalars and maps among them or not.
fn document(lists: bool) -> impl Strategy<Value = Node> {
    let leaf = (0..500_usize).prop_map(Node::Leaf).boxed();
    let inner = leaf.prop_recursive(4, 24, 4, move |inner| {
        let list = prop::collection::vec(inner.clone(), 1..4).prop_map(Node::List);
        prop_oneof![
            3 => map_of(inner.clone(), 5),
            u32::from(lists) => list,
            2 => inner,
        ]
    });
    map_of(inner, 5).prop_map(|mut node| {
        number(&mut node, &mut 0);
        node
    })
}

/// Gives every value a number of its own.
fn number(node: &mut Node, next: &mut usize) {
    match node {
        Node::Leaf(number) => {
            *number = *number * 100 + *next % 100;
            *next += 1;
        }
        Node::List(items) => items.iter_mut().for_each(|item| number(item, next)),
        Node::Map(pairs) => pairs.iter_mut().for_each(|(_, node)| number(node, next)),
    }
}

fn engine() -> &'static Engine {
    static ENGINE: std::sync::OnceLock<Engine> = std::sync::OnceLock::new();
    ENGINE.get_or_init(|| {
        let rules = Arc::new(RuleSet::builtin().expect("built-in rules"));
        Engine::new(rules, &Vocabulary::default()).expect("engine")
    })
}

/// Returns the credentials that are found.
fn found(path: &str, text: &str) -> BTreeSet<String> {
    let path = RepoPath::new(path.as_bytes());
    let scan = engine().scan_file(&path, text.as_bytes(), &mut Scratch::default());
    let credential = |rule| engine().rules().info(rule).class == Class::Credential;
    let all = scan.findings.iter().filter(|finding| credential(finding.rule));
    all.map(|finding| String::from_utf8_lossy(finding.value.expose()).into_owned()).collect()
}

/// Holds what is found against what the paths say.
fn agree(
    path: &str,
    text: &str,
    said: &[(Vec<String>, String)],
    written: &Node,
) -> Result<(), TestCaseError> {
    let sorted = |mut all: Vec<(Vec<String>, String)>| {
        all.sort();
        all
    };
    prop_assert_eq!(
        sorted(said.to_vec()),
        sorted(leaves(written)),
        "not what was written:\n{}",
        text
    );
    let (found, secrets) = (found(path, text), secrets(said));
    let missed: Vec<_> = secrets.difference(&found).collect();
    let alarms: Vec<_> = found.difference(&secrets).collect();
    prop_assert!(
        missed.is_empty() && alarms.is_empty(),
        "missed {missed:?}, false {alarms:?} in {path}:\n{text}"
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, ..ProptestConfig::default() })]

    #[test]
    fn json(node in document(true), style in write::style()) {
        let pretty = write::json(&node, true);
        agree("a.json", &pretty, &oracle::json(&pretty), &node)?;
        let minified = write::json(&node, false);
        agree("a.json", &minified, &oracle::json(&minified), &node)?;
        let loose = write::jsonc(&node, &style);
        agree("a.jsonc", &loose, &leaves(&node), &node)?;
        agree("a.json5", &write::json5(&node), &leaves(&node), &node)?;
        let inner = serde_json::json!({ "body": minified }).to_string();
        agree("a.json", &inner, &leaves(&node), &node)?;
    }

    #[test]
    fn yaml(node in document(true), style in write::style()) {
        let block = write::yaml(&node, &style);
        agree("a.yml", &block, &oracle::yaml(&block), &node)?;
        let flow = write::yaml_flow(&node);
        agree("a.yml", &flow, &oracle::yaml(&flow), &node)?;
    }

    #[test]
    fn templates_of_yaml(node in document(true), style in write::style()) {
        let text = write::template(&write::yaml(&node, &style));
        agree("templates/a.yaml", &text, &leaves(&node), &node)?;
    }

    #[test]
    fn toml(node in document(true), style in write::style()) {
        let text = write::toml(&node, &style);
        agree("a.toml", &text, &oracle::toml(&text), &node)?;
    }

    #[test]
    fn settings(node in document(false)) {
        agree("a.properties", &write::properties(&node), &leaves(&node), &node)?;
        agree("a.ini", &write::ini(&node), &leaves(&node), &node)?;
        agree("a.tf", &write::hcl(&node), &leaves(&node), &node)?;
    }

    #[test]
    fn markup(node in document(true)) {
        agree("a.xml", &write::xml(&node), &leaves(&node), &node)?;
        agree("a.plist", &write::plist(&node), &leaves(&node), &node)?;
    }

    #[test]
    fn literals_of_languages(node in document(true)) {
        for (path, text) in write::languages(&node) {
            agree(path, &text, &leaves(&node), &node)?;
        }
    }
}

/// Returns what is found when `text` is made of `base` by what changed.
fn found_in_version(path: &str, base: &str, text: &str) -> BTreeSet<Vec<u8>> {
    let facts = engine().facts(&RepoPath::new(path.as_bytes()));
    let mut scratch = Scratch::default();
    let same = |a: &mut dyn Iterator<Item = (u8, u8)>| a.take_while(|(a, b)| a == b).count();
    let head = same(&mut base.bytes().zip(text.bytes()));
    let most = base.len().min(text.len()) - head;
    let tail = same(&mut base.bytes().rev().zip(text.bytes().rev()).take(most));
    let ops: Vec<Op> = [
        Op::Copy { from: 0, len: head },
        Op::Insert { len: text.len() - head - tail },
        Op::Copy { from: base.len() - tail, len: tail },
    ]
    .into_iter()
    .filter(|op| !matches!(op, Op::Copy { len: 0, .. } | Op::Insert { len: 0 }))
    .collect();
    let known = engine().lines(&facts, base.as_bytes(), None, &mut scratch);
    let earlier = Earlier { lines: &known, text: base.as_bytes(), ops: &ops };
    let lines = engine().lines(&facts, text.as_bytes(), Some(earlier), &mut scratch);
    let mut out = BTreeSet::new();
    engine().marks(text.as_bytes(), &lines, |found| {
        out.insert(found.mark.value.expose().to_vec());
    });
    out
}

#[test]
fn a_long_line_is_read_like_a_short_one() {
    let filler = |n: usize| format!("\"k{n}\":\"some words {n}\",\"list{n}\":[{n},true,null]");
    let fill: Vec<String> = (0..2500).map(filler).collect();
    let text = |db: &str| {
        let map =
            format!("\"credentials\":{{\"db\":{{\"main\":\"{db}\",\"username\":\"{db}u\"}}}}");
        format!("{{{},{map},{}}}", fill.join(","), fill.join(","))
    };
    let (old, new) = (text(&value(1)), text(&value(2)));
    assert!(new.len() > 200_000 && serde_json::from_str::<serde_json::Value>(&new).is_ok());
    assert_eq!(found("a.json", &new), BTreeSet::from([value(2)]));
    let changed = found_in_version("a.json", &old, &new);
    assert_eq!(changed, BTreeSet::from([value(2).into_bytes()]));
}

#[test]
fn a_map_far_above_the_changed_line_gives_the_context() {
    let line = |n: usize| format!("  host{n}:\n    note: plain words\n    key: {}\n", value(n));
    let text = |last: usize| {
        let lines: String = (0..60).map(line).collect();
        format!("passwords:\n{lines}  last: {}\nother:\n  last: {}\n", value(last), value(9))
    };
    let changed = found_in_version("a.yml", &text(900), &text(901));
    let full: BTreeSet<Vec<u8>> =
        found("a.yml", &text(901)).into_iter().map(String::into_bytes).collect();
    assert_eq!(changed, full);
    assert!(full.contains(value(901).as_bytes()) && full.len() == 61, "{}", full.len());
}
