// SPDX-License-Identifier: MIT OR Apache-2.0
//! Files of settings: TOML, properties, INI.

use super::{
    super::{Node, value},
    Style,
};

pub(crate) fn toml(node: &Node, style: &Style) -> String {
    let mut toml = Toml { style, at: 0, out: String::new() };
    if let Node::Map(pairs) = node {
        toml.table(pairs, "");
    }
    toml.out
}

struct Toml<'s> {
    style: &'s Style,
    at: usize,
    out: String,
}

impl Toml<'_> {
    fn way(&mut self, ways: u8) -> u8 {
        self.at += 1;
        self.style.of(self.at, ways)
    }

    fn inline(&mut self, node: &Node) -> String {
        match node {
            Node::Leaf(number) => match self.way(4) {
                0 => format!("'{}'", value(*number)),
                1 => format!("\"\"\"{}\"\"\"", value(*number)),
                _ => format!("\"{}\"", value(*number)),
            },
            Node::List(items) => {
                let items: Vec<String> = items.iter().map(|item| self.inline(item)).collect();
                if self.way(2) == 0 {
                    format!("[\n  {}, # note\n]", items.join(",\n  "))
                } else {
                    format!("[{}]", items.join(", "))
                }
            }
            Node::Map(pairs) => {
                let pairs: Vec<String> = pairs
                    .iter()
                    .map(|(name, node)| format!("{name} = {}", self.inline(node)))
                    .collect();
                format!("{{ {} }}", pairs.join(", "))
            }
        }
    }

    fn table(&mut self, pairs: &[(&'static str, Node)], path: &str) {
        let mut below = Vec::new();
        for (name, node) in pairs {
            let maps = |items: &[Node]| items.iter().all(|item| matches!(item, Node::Map(_)));
            match node {
                Node::Map(inner) => match self.way(4) {
                    0 if inner.iter().all(|(_, node)| matches!(node, Node::Leaf(_))) => {
                        for (key, node) in inner {
                            let text = self.inline(node);
                            self.out.push_str(&format!("{name}.{key} = {text}\n"));
                        }
                    }
                    1 => self.pair(name, node),
                    _ => below.push((name, node)),
                },
                Node::List(items) if maps(items) && self.way(2) == 0 => below.push((name, node)),
                node => self.pair(name, node),
            }
        }
        for (name, node) in below {
            let path = if path.is_empty() { (*name).into() } else { format!("{path}.{name}") };
            match node {
                Node::Map(pairs) => {
                    self.out.push_str(&format!("\n[{path}]\n"));
                    self.table(pairs, &path);
                }
                Node::List(items) => {
                    for item in items {
                        self.out.push_str(&format!("\n[[{path}]] # one more\n"));
                        if let Node::Map(pairs) = item {
                            self.table(pairs, &path);
                        }
                    }
                }
                Node::Leaf(_) => {}
            }
        }
    }

    fn pair(&mut self, name: &str, node: &Node) {
        let text = self.inline(node);
        self.out.push_str(&format!("{name} = {text}\n"));
    }
}

/// Returns paths and values, joined with dots.
fn dotted(node: &Node, path: &str, out: &mut Vec<(String, String)>) {
    let Node::Map(pairs) = node else { return };
    for (name, node) in pairs {
        let path = if path.is_empty() { (*name).into() } else { format!("{path}.{name}") };
        match node {
            Node::Leaf(number) => out.push((path, value(*number))),
            map => dotted(map, &path, out),
        }
    }
}

pub(crate) fn properties(node: &Node) -> String {
    let mut all = Vec::new();
    dotted(node, "", &mut all);
    all.iter().map(|(path, value)| format!("{path}={value}\n")).collect()
}

pub(crate) fn ini(node: &Node) -> String {
    let Node::Map(pairs) = node else { return String::new() };
    let mut out = String::new();
    for (name, node) in pairs {
        if let Node::Leaf(number) = node {
            out.push_str(&format!("{name} = {}\n", value(*number)));
        }
    }
    for (name, node) in pairs {
        let mut all = Vec::new();
        dotted(node, "", &mut all);
        if !all.is_empty() {
            out.push_str(&format!("\n[{name}]\n; don't touch\n"));
            out.extend(all.iter().map(|(path, value)| format!("{path} = {value} ; note\n")));
        }
    }
    out
}
