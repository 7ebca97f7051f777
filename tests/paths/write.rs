// SPDX-License-Identifier: MIT OR Apache-2.0
//! Writes a document in many formats and styles.

mod settings;
mod yaml;

use proptest::prelude::*;

pub(crate) use settings::{ini, properties, toml};
pub(crate) use yaml::{template, yaml, yaml_flow};

use super::{Node, value};

/// What is chosen where a format leaves a choice.
#[derive(Clone, Debug)]
pub(crate) struct Style(Vec<u8>);

impl Style {
    /// Chooses one of so many ways for the `at`th thing.
    fn of(&self, at: usize, ways: u8) -> u8 {
        self.0[at % self.0.len()] % ways
    }
}

pub(crate) fn style() -> impl Strategy<Value = Style> {
    prop::collection::vec(any::<u8>(), 17).prop_map(Style)
}

pub(crate) fn json(node: &Node, pretty: bool) -> String {
    fn of(node: &Node) -> serde_json::Value {
        match node {
            Node::Leaf(number) => value(*number).into(),
            Node::List(items) => items.iter().map(of).collect(),
            Node::Map(pairs) => {
                pairs.iter().map(|(name, node)| ((*name).to_owned(), of(node))).collect()
            }
        }
    }
    if pretty { format!("{:#}", of(node)) } else { of(node).to_string() }
}

/// How a language writes its literals.
struct Literals {
    /// What stands around a map, with the type before it.
    map: (&'static str, &'static str),
    list: (&'static str, &'static str),
    /// Writes a name and what assigns.
    name: fn(&str) -> String,
    quote: char,
    comma: &'static str,
    comment: Option<&'static str>,
}

impl Literals {
    fn write(&self, node: &Node, depth: usize, out: &mut String) {
        let pad = "  ".repeat(depth + 1);
        match node {
            Node::Leaf(number) => {
                out.push_str(&format!("{0}{1}{0}", self.quote, value(*number)));
            }
            Node::List(items) => {
                out.push_str(self.list.0);
                for item in items {
                    out.push('\n');
                    out.push_str(&pad);
                    self.write(item, depth + 1, out);
                    out.push_str(if self.list.1 == "]" { "," } else { self.comma });
                }
                out.push_str(&format!("\n{}{}", "  ".repeat(depth), self.list.1));
            }
            Node::Map(pairs) => {
                out.push_str(self.map.0);
                for (no, (name, node)) in pairs.iter().enumerate() {
                    out.push('\n');
                    if let Some(sign) = self.comment.filter(|_| no == 1) {
                        out.push_str(&format!("{pad}{sign} don't touch: it's {{open}}\n"));
                    }
                    out.push_str(&pad);
                    out.push_str(&(self.name)(name));
                    self.write(node, depth + 1, out);
                    out.push_str(self.comma);
                }
                out.push_str(&format!("\n{}{}", "  ".repeat(depth), self.map.1));
            }
        }
    }

    fn text(&self, node: &Node) -> String {
        let mut out = String::new();
        self.write(node, 0, &mut out);
        out
    }
}

/// JSON with comments and commas at the end; brackets on lines of their own or not.
pub(crate) fn jsonc(node: &Node, style: &Style) -> String {
    let own = style.of(0, 2) == 0;
    Literals {
        map: (if own { "\n{" } else { "{" }, "}"),
        list: ("[", "]"),
        name: |name| format!("\"{name}\": "),
        quote: '"',
        comma: ",",
        comment: Some("//"),
    }
    .text(node)
}

pub(crate) fn json5(node: &Node) -> String {
    fn name(name: &str) -> String {
        if name.contains('-') { format!("'{name}': ") } else { format!("{name}: ") }
    }
    let (map, list) = (("{", "}"), ("[", "]"));
    Literals { map, list, name, quote: '\'', comma: ",", comment: Some("/* x */ //") }.text(node)
}

pub(crate) fn hcl(node: &Node) -> String {
    fn go(node: &Node, depth: usize, out: &mut String) {
        let pad = "  ".repeat(depth);
        let Node::Map(pairs) = node else { return };
        for (no, (name, node)) in pairs.iter().enumerate() {
            match node {
                Node::Leaf(number) => {
                    out.push_str(&format!("{pad}{name}   = \"{}\" # note\n", value(*number)));
                }
                map => {
                    out.push_str(&format!("{pad}{name} {}{{\n", ["= ", ""][no % 2]));
                    out.push_str(&format!("{pad}  region = var.region\n"));
                    go(map, depth + 1, out);
                    out.push_str(&format!("{pad}}}\n"));
                }
            }
        }
    }
    let mut out = String::new();
    go(node, 0, &mut out);
    out
}

/// Literals of programming languages, each with the path of a file.
pub(crate) fn languages(node: &Node) -> Vec<(&'static str, String)> {
    let list = ("[", "]");
    let map = ("{", "}");
    let colon = |name: &str| format!("\"{name}\": ");
    let arrow = |name: &str| format!("'{name}' => ");
    let python = Literals { map, list, name: colon, quote: '"', comma: ",", comment: Some("#") };
    let ruby = Literals { map, list, name: arrow, quote: '\'', comma: ",", comment: Some("#") };
    let php = Literals {
        map: ("array(", ")"),
        list,
        name: arrow,
        quote: '\'',
        comma: ",",
        comment: Some("//"),
    };
    let go = Literals {
        map: ("map[string]any{", "}"),
        list: ("[]any{", "}"),
        name: colon,
        quote: '"',
        comma: ",",
        comment: Some("//"),
    };
    let nix = Literals {
        map,
        list: ("[", "]"),
        name: |name| format!("{name} = "),
        quote: '"',
        comma: ";",
        comment: Some("#"),
    };
    let mut out = vec![
        ("a.py", format!("CONFIG = {}\n", python.text(node))),
        ("a.js", format!("module.exports = {};\n", python_as_js(node))),
        ("a.rb", format!("CONFIG = {}\n", ruby.text(node))),
        ("a.php", format!("<?php\nreturn {};\n", php.text(node))),
    ];
    if !has_list(node) {
        out.push(("a.go", format!("var config = {}\n", go.text(node))));
        out.push(("a.nix", format!("{}\n", nix.text(node))));
    }
    out
}

fn python_as_js(node: &Node) -> String {
    json5(node).replace("/* x */ //", "//")
}

fn has_list(node: &Node) -> bool {
    match node {
        Node::Leaf(_) => false,
        Node::List(_) => true,
        Node::Map(pairs) => pairs.iter().any(|(_, node)| has_list(node)),
    }
}

pub(crate) fn xml(node: &Node) -> String {
    fn go(name: &str, node: &Node, depth: usize, out: &mut String) {
        let pad = "  ".repeat(depth);
        match node {
            Node::Leaf(number) if number % 4 == 0 => {
                out.push_str(&format!(
                    "{pad}<add key=\"{name}\" value=\"{}\" />\n",
                    value(*number)
                ));
            }
            Node::Leaf(number) => {
                out.push_str(&format!("{pad}<{name}>{}</{name}>\n", value(*number)));
            }
            Node::List(items) => items.iter().for_each(|item| go(name, item, depth, out)),
            Node::Map(pairs) => {
                out.push_str(&format!("{pad}<{name}>\n{pad}  <!-- don't <touch> -->\n"));
                pairs.iter().for_each(|(name, node)| go(name, node, depth + 1, out));
                out.push_str(&format!("{pad}</{name}>\n"));
            }
        }
    }
    let mut out = "<?xml version=\"1.0\"?>\n".to_owned();
    go("config", node, 0, &mut out);
    out
}

pub(crate) fn plist(node: &Node) -> String {
    fn go(node: &Node, depth: usize, out: &mut String) {
        let pad = "  ".repeat(depth);
        match node {
            Node::Leaf(number) => {
                out.push_str(&format!("{pad}<string>{}</string>\n", value(*number)));
            }
            Node::List(items) => {
                out.push_str(&format!("{pad}<array>\n"));
                items.iter().for_each(|item| go(item, depth + 1, out));
                out.push_str(&format!("{pad}</array>\n"));
            }
            Node::Map(pairs) => {
                out.push_str(&format!("{pad}<dict>\n"));
                for (name, node) in pairs {
                    out.push_str(&format!("{pad}  <key>{name}</key>\n"));
                    go(node, depth + 1, out);
                }
                out.push_str(&format!("{pad}</dict>\n"));
            }
        }
    }
    let mut out = "<plist version=\"1.0\">\n".to_owned();
    go(node, 0, &mut out);
    out + "</plist>\n"
}
