// SPDX-License-Identifier: MIT OR Apache-2.0
//! Manifests in TOML and JSON.

use serde_json::Value as Json;
use toml::{Table, Value as Toml};

use super::Found;

const CLASSIFIER: &str = "License :: ";

/// Reads `package.license`, or the one that a workspace hands down.
pub(super) fn cargo(text: &str) -> Found {
    let Ok(root) = text.parse::<Table>() else { return Found::Nothing };
    let shared =
        root.get("workspace").and_then(|w| w.get("package")).and_then(|p| p.get("license"));
    let Some(package) = root.get("package").and_then(Toml::as_table) else {
        let shared = shared.and_then(Toml::as_str);
        return shared.map_or(Found::Nothing, |text| Found::values(vec![text.to_owned()]));
    };
    let private = package.get("publish").and_then(Toml::as_bool) == Some(false);
    match package.get("license") {
        Some(Toml::String(text)) => Found::values(vec![text.clone()]),
        Some(_) => Found::Elsewhere,
        None if package.contains_key("license-file") => Found::Elsewhere,
        None => Found::Missing.needed(!private && package.contains_key("name")),
    }
}

/// Reads `project.license`, Poetry's field, or the classifiers.
pub(super) fn pyproject(text: &str) -> Found {
    let Ok(root) = text.parse::<Table>() else { return Found::Nothing };
    let poetry = root.get("tool").and_then(|tool| tool.get("poetry"));
    let Some(project) = root.get("project").or(poetry) else { return Found::Nothing };
    match project.get("license") {
        Some(Toml::String(text)) => return Found::values(vec![text.clone()]),
        Some(Toml::Table(table)) => {
            // A whole licence text may stand here; that is no name.
            let text = table.get("text").and_then(Toml::as_str).filter(|text| !text.contains('\n'));
            return text.map_or(Found::Elsewhere, |text| Found::values(vec![text.to_owned()]));
        }
        _ => {}
    }
    let classifiers = project.get("classifiers").and_then(Toml::as_array);
    let names = classifiers.into_iter().flatten().filter_map(Toml::as_str).filter_map(classifier);
    let names: Vec<String> = names.collect();
    let dynamic = project.get("dynamic").and_then(Toml::as_array);
    let dynamic =
        dynamic.is_some_and(|list| list.iter().any(|one| one.as_str() == Some("license")));
    let package = project.get("name").is_some()
        && (root.contains_key("build-system") || project.get("classifiers").is_some());
    Found::values(names).needed(package && !dynamic && project.get("license-files").is_none())
}

/// Returns the licence that a trove classifier names, or the ban on uploading.
pub(super) fn classifier(text: &str) -> Option<String> {
    if text.starts_with("Private :: Do Not Upload") {
        return Some("Private :: Do Not Upload".into());
    }
    let name = text.strip_prefix(CLASSIFIER)?.rsplit(" :: ").next()?;
    (name != "OSI Approved").then(|| name.to_owned())
}

fn json(text: &str) -> Option<serde_json::Map<String, Json>> {
    match serde_json::from_str(text).ok()? {
        Json::Object(map) => Some(map),
        _ => None,
    }
}

/// Returns a licence as string, as object with a type, or as a list of either.
fn licences(value: &Json) -> Vec<String> {
    match value {
        Json::String(text) => vec![text.clone()],
        Json::Object(map) => {
            map.get("type").and_then(Json::as_str).map(str::to_owned).into_iter().collect()
        }
        // No list of a list: the depth stays bounded.
        Json::Array(items) => {
            items.iter().filter(|item| !item.is_array()).flat_map(licences).take(16).collect()
        }
        _ => Vec::new(),
    }
}

fn declared(map: &serde_json::Map<String, Json>) -> Found {
    let value = map.get("license").or_else(|| map.get("licenses"));
    Found::values(value.map(licences).unwrap_or_default())
}

fn has(map: &serde_json::Map<String, Json>, key: &str) -> bool {
    map.contains_key(key)
}

/// Reads npm's manifest. Without a version it is no package but a list of tools.
pub(super) fn npm(text: &str) -> Found {
    let Some(map) = json(text) else { return Found::Nothing };
    let private = map.get("private").and_then(Json::as_bool) == Some(true);
    declared(&map).needed(!private && has(&map, "name") && has(&map, "version"))
}

/// Reads Bower's manifest.
pub(super) fn bower(text: &str) -> Found {
    let Some(map) = json(text) else { return Found::Nothing };
    let private = map.get("private").and_then(Json::as_bool) == Some(true);
    declared(&map).needed(!private && has(&map, "name"))
}

/// Reads Composer's manifest. Without a name it is a project of its own, not a package.
pub(super) fn composer(text: &str) -> Found {
    let Some(map) = json(text) else { return Found::Nothing };
    let project = map.get("type").and_then(Json::as_str) == Some("project");
    declared(&map).needed(has(&map, "name") && !project)
}

/// Reads the manifest of a Puppet module or Chef cookbook; other files have its name too.
pub(super) fn puppet(text: &str) -> Found {
    let Some(map) = json(text) else { return Found::Nothing };
    let module = has(&map, "name")
        && has(&map, "version")
        && ["dependencies", "requirements", "operatingsystem_support", "platforms"]
            .iter()
            .any(|key| has(&map, key));
    if module { declared(&map) } else { Found::Nothing }
}
