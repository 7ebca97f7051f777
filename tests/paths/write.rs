// SPDX-License-Identifier: MIT OR Apache-2.0
//! Writes a document in many formats and styles.

use proptest::prelude::*;

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
