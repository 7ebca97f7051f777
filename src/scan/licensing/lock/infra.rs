// SPDX-License-Identifier: MIT OR Apache-2.0
//! What Terraform, Helm and Ansible take in.

use super::{Lock, Package, Source};

/// Reads `provider "registry.terraform.io/hashicorp/aws" {`.
pub(super) fn terraform(content: &str, lock: &mut Lock) -> Option<()> {
    for line in content.lines().filter_map(|line| line.strip_prefix("provider ")) {
        let name = line.split('"').nth(1).unwrap_or_default();
        lock.add(Package::new(name, Source::of(&format!("https://{name}"))));
    }
    Some(())
}

/// One item of a YAML list of maps: the fields that matter.
#[derive(Default)]
struct Item {
    name: String,
    src: String,
    source: String,
    repository: String,
}

/// Reads the items of lists, at whatever depth, without building a tree.
fn items(content: &str) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::new();
    for line in content.lines() {
        let line = line.split(" #").next().unwrap_or_default();
        let trimmed = line.trim();
        if trimmed.starts_with('#') {
            continue;
        }
        let field = match trimmed.strip_prefix("- ") {
            Some(field) => {
                out.push(Item::default());
                field.trim()
            }
            None => trimmed,
        };
        let Some(item) = out.last_mut() else { continue };
        let Some((key, value)) =
            field.split_once(": ").or_else(|| field.strip_suffix(':').map(|key| (key, "")))
        else {
            // `- namespace.role` names it alone.
            if trimmed.starts_with("- ") {
                item.name = field.trim_matches(['"', '\'']).to_owned();
            }
            continue;
        };
        let value = value.trim().trim_matches(['"', '\'']).to_owned();
        match key.trim() {
            "name" => item.name = value,
            "src" => item.src = value,
            "source" => item.source = value,
            "repository" => item.repository = value,
            _ => {}
        }
    }
    out
}

/// Reads the charts that a chart takes in.
pub(super) fn helm(content: &str, lock: &mut Lock) -> Option<()> {
    for item in items(content) {
        // An alias stands for an address that is configured elsewhere; no repository at all
        // means a chart in the folder.
        let source = match item.repository.as_str() {
            "" => Source::Path(format!("charts/{}", item.name).into()),
            alias if alias.starts_with('@') || alias.starts_with("alias:") => Source::Public,
            place => Source::open(place),
        };
        lock.add(Package::new(&item.name, source));
    }
    Some(())
}

/// Reads roles and collections. A role is named by its source where it has no name.
pub(super) fn galaxy(content: &str, lock: &mut Lock) -> Option<()> {
    for item in items(content) {
        let far = |text: &str| text.contains("://") || text.contains('@') && text.contains(':');
        let place = [&item.src, &item.source, &item.name].into_iter().find(|text| far(text));
        let path = [&item.src, &item.name].into_iter().find(|text| text.starts_with(['.', '/']));
        let source = match (place, path) {
            (Some(place), _) => Source::of(place),
            (None, Some(path)) => Source::Path(path.as_str().into()),
            (None, None) => Source::Public,
        };
        let name = [&item.name, &item.src].into_iter().find(|text| !text.is_empty());
        let name = name.map_or("", String::as_str);
        let name =
            if far(name) { name.rsplit(['/', ':']).next().unwrap_or_default() } else { name };
        lock.add(Package::new(name.trim_end_matches(".git"), source));
    }
    Some(())
}
