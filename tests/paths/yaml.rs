// SPDX-License-Identifier: MIT OR Apache-2.0
//! YAML in block and flow style, and templates of it.

use super::{
    super::{Node, value},
    Style,
};

/// A name and its value in every style that YAML has for them.
struct Yaml<'s> {
    style: &'s Style,
    at: usize,
    out: String,
}

impl Yaml<'_> {
    fn way(&mut self, ways: u8) -> u8 {
        self.at += 1;
        self.style.of(self.at, ways)
    }

    fn scalar(&mut self, number: usize, depth: usize) {
        let text = value(number);
        let pad = " ".repeat(depth + 2);
        let written = match self.way(9) {
            0 => format!("\"{text}\""),
            1 => format!("'{text}'  # it's a note: with a colon"),
            2 => format!("|\n{pad}{text}"),
            3 => format!(">-\n{pad}{text}"),
            4 => format!("&a{} {text}", self.at),
            5 => format!("!!str {text}"),
            6 => format!("{text} # note"),
            _ => text,
        };
        self.out.push_str(&written);
        self.out.push('\n');
    }

    fn pairs(&mut self, pairs: &[(&'static str, Node)], depth: usize, first: bool) {
        for (no, (name, node)) in pairs.iter().enumerate() {
            if no > 0 || !first {
                if self.way(6) == 0 {
                    self.out.push_str("# passwords: none of these\n\n");
                }
                self.out.push_str(&" ".repeat(depth));
            }
            let name = match self.way(6) {
                0 => format!("\"{name}\""),
                1 => format!("'{name}'"),
                _ => (*name).to_owned(),
            };
            self.out.push_str(&name);
            self.out.push(':');
            match node {
                Node::Leaf(number) => {
                    self.out.push(' ');
                    self.scalar(*number, depth);
                }
                node if self.way(5) == 0 => {
                    self.out.push(' ');
                    self.out.push_str(&yaml_flow(node));
                }
                node => {
                    let head = match self.way(6) {
                        0 => format!(" &m{}\n", self.at),
                        1 => "  # below\n".into(),
                        2 => " !!map\n".into(),
                        _ => "\n".into(),
                    };
                    let map = matches!(node, Node::Map(_));
                    self.out.push_str(if !map && head.contains("!!map") { "\n" } else { &head });
                    let step = if map { 2 + 2 * usize::from(self.way(2)) } else { 0 };
                    let step = if map { step } else { 2 * usize::from(self.way(2)) };
                    self.node(node, depth + step, false);
                }
            }
        }
    }

    fn node(&mut self, node: &Node, depth: usize, first: bool) {
        match node {
            Node::Leaf(number) => self.scalar(*number, depth),
            Node::Map(pairs) => self.pairs(pairs, depth, first),
            Node::List(items) => {
                for (no, item) in items.iter().enumerate() {
                    if no > 0 || !first {
                        self.out.push_str(&" ".repeat(depth));
                    }
                    self.out.push_str("- ");
                    self.node(item, depth + 2, true);
                }
            }
        }
    }
}

pub(crate) fn yaml(node: &Node, style: &Style) -> String {
    let mut yaml = Yaml { style, at: 0, out: "---\n".into() };
    yaml.node(node, 0, false);
    yaml.out
}

pub(crate) fn yaml_flow(node: &Node) -> String {
    fn go(node: &Node) -> String {
        let join = |all: Vec<String>| all.join(", ");
        match node {
            Node::Leaf(number) if number % 3 == 0 => format!("\"{}\"", value(*number)),
            Node::Leaf(number) => value(*number),
            Node::List(items) => format!("[{}]", join(items.iter().map(go).collect())),
            Node::Map(pairs) => {
                let pair = |(name, node): &(&str, Node)| format!("{name}: {}", go(node));
                format!("{{{}}}", join(pairs.iter().map(pair).collect()))
            }
        }
    }
    go(node) + "\n"
}

/// Puts what a template engine reads between the lines, so that no parser takes the text.
pub(crate) fn template(text: &str) -> String {
    let mut out = String::new();
    let mut scalar = false;
    for (no, line) in text.lines().enumerate() {
        if no % 3 == 1 && line.contains(':') && !scalar {
            out.push_str("{{- if .Values.enabled }}\n");
            out.push_str(line);
            out.push('\n');
            if !line.ends_with(['|', '-']) {
                out.push_str("{{- end }}\n{% set x = 1 %}\n");
            }
        } else {
            out.push_str(line);
            out.push('\n');
        }
        scalar = line.ends_with('|') || line.ends_with(">-");
    }
    out
}
