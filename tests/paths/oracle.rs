// SPDX-License-Identifier: MIT OR Apache-2.0
//! What parsers say the path of each scalar is.

use saphyr_parser::{Event, Parser};

type Leaves = Vec<(Vec<String>, String)>;

pub(crate) fn json(text: &str) -> Leaves {
    fn go(node: &serde_json::Value, path: &mut Vec<String>, out: &mut Leaves) {
        match node {
            serde_json::Value::Object(pairs) => pairs.iter().for_each(|(name, node)| {
                path.push(name.clone());
                go(node, path, out);
                path.pop();
            }),
            serde_json::Value::Array(items) => items.iter().for_each(|item| go(item, path, out)),
            serde_json::Value::String(text) => out.push((path.clone(), text.clone())),
            _ => {}
        }
    }
    let mut out = Vec::new();
    go(&serde_json::from_str(text).expect("JSON"), &mut Vec::new(), &mut out);
    out
}

pub(crate) fn toml(text: &str) -> Leaves {
    fn go(node: &toml::Value, path: &mut Vec<String>, out: &mut Leaves) {
        match node {
            toml::Value::Table(pairs) => pairs.iter().for_each(|(name, node)| {
                path.push(name.clone());
                go(node, path, out);
                path.pop();
            }),
            toml::Value::Array(items) => items.iter().for_each(|item| go(item, path, out)),
            toml::Value::String(text) => out.push((path.clone(), text.trim().into())),
            _ => {}
        }
    }
    let mut out = Vec::new();
    let table: toml::Table = toml::from_str(text).unwrap_or_else(|e| panic!("{e}:\n{text}"));
    go(&toml::Value::Table(table), &mut Vec::new(), &mut out);
    out
}

/// What is open in a YAML document: a list, or a map with the name whose value is to come.
enum Open {
    List,
    Map(Option<String>),
}

pub(crate) fn yaml(text: &str) -> Leaves {
    let mut open: Vec<Open> = Vec::new();
    let mut out = Vec::new();
    for event in Parser::new_from_str(text) {
        let (event, _) = event.unwrap_or_else(|error| panic!("{error}:\n{text}"));
        match event {
            Event::MappingStart(..) => open.push(Open::Map(None)),
            Event::SequenceStart(..) => open.push(Open::List),
            Event::MappingEnd | Event::SequenceEnd => {
                open.pop();
                settle(&mut open);
            }
            Event::Scalar(text, ..) => match open.last_mut() {
                Some(Open::Map(name @ None)) => *name = Some(text.trim().into()),
                _ => {
                    let path = open.iter().filter_map(|open| match open {
                        Open::Map(name) => name.clone(),
                        Open::List => None,
                    });
                    let text = text.trim().to_owned();
                    if !text.contains(' ') {
                        out.push((path.collect(), text));
                    }
                    settle(&mut open);
                }
            },
            Event::Alias(_) => settle(&mut open),
            _ => {}
        }
    }
    out
}

/// The value of the open pair was read.
fn settle(open: &mut [Open]) {
    if let Some(Open::Map(name)) = open.last_mut() {
        *name = None;
    }
}
