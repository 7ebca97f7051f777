// SPDX-License-Identifier: MIT OR Apache-2.0
//! Lock files in JSON. Serde refuses what is nested deeper than 128.

use serde_json::{Map, Value};

use super::{Lock, Package, Source};

fn parse(text: &str) -> Option<Map<String, Value>> {
    match serde_json::from_str(text).ok()? {
        Value::Object(map) => Some(map),
        _ => None,
    }
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn flag(value: &Value, key: &str) -> bool {
    value.get(key).and_then(Value::as_bool) == Some(true)
}

fn items(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}

/// Returns the licence as string, as object with a type, or as a list of either.
fn licences(value: Option<&Value>) -> Vec<String> {
    let one = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Object(map) => map.get("type").and_then(Value::as_str).map(str::to_owned),
        _ => None,
    };
    match value {
        Some(Value::Array(list)) => list.iter().filter_map(one).take(16).collect(),
        Some(value) => one(value).into_iter().collect(),
        None => Vec::new(),
    }
}

/// Reads npm's three generations; the second has both lists, and the newer says more.
pub(super) fn npm(content: &str, lock: &mut Lock) -> Option<()> {
    let root = parse(content)?;
    if let Some(packages) = root.get("packages").and_then(Value::as_object) {
        for (key, package) in packages {
            npm_package(key, package, lock);
        }
        return Some(());
    }
    let mut waiting: Vec<&Map<String, Value>> =
        root.get("dependencies").and_then(Value::as_object).into_iter().collect();
    while let Some(level) = waiting.pop() {
        for (name, package) in level {
            let resolved = [text(package, "resolved"), text(package, "version")];
            let from = resolved.iter().find(|from| from.contains(':')).unwrap_or(&"");
            let dev = flag(package, "dev");
            let found = licences(package.get("license"));
            lock.add(Package::new(name, Source::of(from)).licensed(found).dev(dev));
            waiting.extend(package.get("dependencies").and_then(Value::as_object));
        }
    }
    Some(())
}

fn npm_package(key: &str, package: &Value, lock: &mut Lock) {
    // What stands outside node_modules are the project itself, its workspaces and their links.
    let Some((_, name)) = key.rsplit_once("node_modules/") else { return };
    let resolved = text(package, "resolved");
    let source = if flag(package, "link") {
        Source::Path(resolved.strip_prefix("file:").unwrap_or(resolved).into())
    } else {
        Source::of(resolved)
    };
    let real = text(package, "name");
    let dev = flag(package, "dev") || flag(package, "devOptional");
    let found = licences(package.get("license").or_else(|| package.get("licenses")));
    let name = if real.is_empty() { name } else { real };
    lock.add(Package::new(name, source).licensed(found).dev(dev));
}

/// Reads Composer's; of several licences any will do, as its schema says.
pub(super) fn composer(content: &str, lock: &mut Lock) -> Option<()> {
    let root = parse(content)?;
    for (list, dev) in [("packages", false), ("packages-dev", true)] {
        for package in items(root.get(list)) {
            let from = |key: &str| package.get(key).map(|at| (text(at, "type"), text(at, "url")));
            let places: Vec<_> = [from("dist"), from("source")].into_iter().flatten().collect();
            let path = places.iter().find(|(kind, _)| *kind == "path");
            let urls = || places.iter().filter(|(_, url)| !url.is_empty());
            let source = match path {
                Some((_, url)) => Source::Path((*url).into()),
                // A mirror of what is public elsewhere says nothing about the package.
                None => urls()
                    .map(|(_, url)| Source::of(url))
                    .min_by_key(|source| *source != Source::Public)
                    .unwrap_or(Source::Public),
            };
            let found = licences(package.get("license"));
            lock.add(Package::new(text(package, "name"), source).licensed(found).dev(dev));
        }
    }
    root.contains_key("packages").then_some(())
}

pub(super) fn pipfile(content: &str, lock: &mut Lock) -> Option<()> {
    let root = parse(content)?;
    let sources = root.get("_meta").and_then(|meta| meta.get("sources"));
    lock.indexes.extend(items(sources).take(50).map(|one| Source::of(text(one, "url"))));
    for (list, dev) in [("default", false), ("develop", true)] {
        for (name, package) in root.get(list).and_then(Value::as_object).into_iter().flatten() {
            let keys = ["git", "hg", "file", "path"];
            let from = keys.iter().map(|key| text(package, key)).find(|from| !from.is_empty());
            let path = text(package, "path");
            let source = match from {
                Some(from) if from == path => Source::Path(path.into()),
                Some(from) => Source::of(from),
                None => Source::Public,
            };
            lock.add(Package::new(name, source).dev(dev));
        }
    }
    Some(())
}

pub(super) fn nuget(content: &str, lock: &mut Lock) -> Option<()> {
    let root = parse(content)?;
    let mut seen = std::collections::BTreeSet::new();
    for (_, framework) in root.get("dependencies")?.as_object()? {
        for (name, package) in framework.as_object().into_iter().flatten() {
            if text(package, "type") != "Project" && seen.insert(name) {
                lock.add(Package::new(name, Source::Public));
            }
        }
    }
    Some(())
}

pub(super) fn swift(content: &str, lock: &mut Lock) -> Option<()> {
    let root = parse(content)?;
    let pins = root.get("pins").or_else(|| root.get("object")?.get("pins"));
    for pin in items(pins) {
        let first = |keys: [&str; 2]| {
            keys.iter().map(|key| text(pin, key)).find(|text| !text.is_empty()).unwrap_or_default()
        };
        let place = first(["location", "repositoryURL"]);
        lock.add(Package::new(first(["identity", "package"]), Source::of(place)));
    }
    pins.map(|_| ())
}

pub(super) fn conan(content: &str, lock: &mut Lock) -> Option<()> {
    let root = parse(content)?;
    let name = |text: &str| text.split(['/', '#', '@']).next().unwrap_or_default().to_owned();
    for (list, dev) in [("requires", false), ("build_requires", true), ("python_requires", true)] {
        for one in items(root.get(list)).filter_map(Value::as_str) {
            lock.add(Package::new(&name(one), Source::Public).dev(dev));
        }
    }
    let nodes = root.get("graph_lock").and_then(|graph| graph.get("nodes"));
    for (_, node) in nodes.and_then(Value::as_object).into_iter().flatten() {
        let reference = text(node, "ref");
        if reference.contains('/') && node.get("path").is_none() {
            lock.add(Package::new(&name(reference), Source::Public));
        }
    }
    Some(())
}

pub(super) fn flake(content: &str, lock: &mut Lock) -> Option<()> {
    let root = parse(content)?;
    let top = root.get("root").and_then(Value::as_str).unwrap_or_default();
    for (name, node) in root.get("nodes")?.as_object()? {
        if name == top {
            continue;
        }
        let locked = node.get("locked").unwrap_or(&Value::Null);
        let source = match text(locked, "type") {
            "path" => Source::Path(text(locked, "path").into()),
            "github" | "gitlab" | "sourcehut" if !text(locked, "host").is_empty() => {
                Source::open(&format!("https://{}/", text(locked, "host")))
            }
            _ => Source::open(text(locked, "url")),
        };
        lock.add(Package::new(name, source));
    }
    Some(())
}

/// Reads Bun's, which is JSON with commas behind the last member.
pub(super) fn bun(content: &str, lock: &mut Lock) -> Option<()> {
    let root = parse(&strict(content))?;
    for (_, package) in root.get("packages")?.as_object()? {
        let mut parts = items(Some(package)).filter_map(Value::as_str);
        let (Some(id), index) = (parts.next(), parts.next()) else { continue };
        let at = id.get(1..).and_then(|rest| rest.find('@')).map_or(id.len(), |at| at + 1);
        let (name, version) = (&id[..at], id.get(at + 1..).unwrap_or_default());
        if version.starts_with("workspace:") {
            continue;
        }
        let registry = index.filter(|index| index.contains("://")).unwrap_or_default();
        let from = if version.contains(':') { version } else { registry };
        lock.add(Package::new(name, Source::of(from)));
    }
    Some(())
}

/// Returns `text` without commas before a closing bracket and without comments.
fn strict(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut quoted = false;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' if quoted => {
                out.extend(bytes.get(at..at + 2).unwrap_or(b"\\"));
                at += 2;
                continue;
            }
            b'"' => quoted = !quoted,
            b'/' if !quoted && bytes.get(at + 1) == Some(&b'/') => {
                at += memchr::memchr(b'\n', &bytes[at..]).unwrap_or(bytes.len() - at);
                continue;
            }
            b'}' | b']' if !quoted => {
                while out.last().is_some_and(u8::is_ascii_whitespace) {
                    out.pop();
                }
                if out.last() == Some(&b',') {
                    out.pop();
                }
            }
            _ => {}
        }
        out.push(*byte);
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}
