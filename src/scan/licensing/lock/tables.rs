// SPDX-License-Identifier: MIT OR Apache-2.0
//! Lock files in TOML.

use toml::{Table, Value};

use super::{Lock, Package, Source};

fn text<'a>(value: &'a Table, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Returns the tables under `package`.
fn packages(content: &str) -> Option<Vec<Table>> {
    let mut root = content.parse::<Table>().ok()?;
    match root.remove("package") {
        Some(Value::Array(list)) => Some(
            list.into_iter()
                .filter_map(|one| if let Value::Table(table) = one { Some(table) } else { None })
                .collect(),
        ),
        Some(_) => None,
        None => Some(Vec::new()),
    }
}

/// Reads Cargo's; what has no source is a member of the workspace.
pub(super) fn cargo(content: &str, lock: &mut Lock) -> Option<()> {
    for package in packages(content)? {
        let source = text(&package, "source");
        if !source.is_empty() {
            lock.add(Package::new(text(&package, "name"), Source::of(source)));
        }
    }
    Some(())
}

/// Returns whether none of the groups is the one that runs.
fn only_for_development(package: &Table, main: &str) -> bool {
    let groups = package.get("groups").and_then(Value::as_array);
    let groups = groups.filter(|groups| !groups.is_empty());
    groups.is_some_and(|groups| !groups.iter().any(|group| group.as_str() == Some(main)))
}

pub(super) fn poetry(content: &str, lock: &mut Lock) -> Option<()> {
    for package in packages(content)? {
        let dev = text(&package, "category") == "dev" || only_for_development(&package, "main");
        let source = package.get("source").and_then(Value::as_table);
        let source = source.map_or(Source::Public, |source| match text(source, "type") {
            "directory" | "file" => Source::Path(text(source, "url").into()),
            _ => Source::of(text(source, "url")),
        });
        lock.add(Package::new(text(&package, "name"), source).dev(dev));
    }
    Some(())
}

pub(super) fn uv(content: &str, lock: &mut Lock) -> Option<()> {
    for package in packages(content)? {
        let source = package.get("source").and_then(Value::as_table);
        let source = source.map_or(Some(Source::Public), |source| {
            let from = |key: &str| Some(text(source, key)).filter(|text| !text.is_empty());
            let local =
                ["editable", "virtual", "directory", "path"].iter().find_map(|key| from(key));
            let far = ["registry", "git", "url"].iter().find_map(|key| from(key));
            match (far, local) {
                (Some(far), _) => Some(Source::of(far)),
                (None, Some(".")) => None,
                (None, Some(path)) => Some(Source::Path(path.into())),
                (None, None) => Some(Source::Public),
            }
        });
        if let Some(source) = source {
            lock.add(Package::new(text(&package, "name"), source));
        }
    }
    Some(())
}

pub(super) fn pdm(content: &str, lock: &mut Lock) -> Option<()> {
    for package in packages(content)? {
        let from = |key: &str| Some(text(&package, key)).filter(|text| !text.is_empty());
        let source = match (from("path"), from("git").or(from("url"))) {
            (Some(path), _) => Source::Path(path.into()),
            (None, Some(place)) => Source::of(place),
            (None, None) => Source::Public,
        };
        let dev = only_for_development(&package, "default");
        lock.add(Package::new(text(&package, "name"), source).dev(dev));
    }
    Some(())
}
