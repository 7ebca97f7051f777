// SPDX-License-Identifier: MIT OR Apache-2.0
//! Manifests that are read line by line: YAML, Ruby, Python, INI, XML and Dockerfiles.
//!
//! These are no parsers. A form that a person would not write by hand is not understood, and
//! then nothing is said about it.

use super::{Found, data};

/// No list of licences is longer.
const MAX_ITEMS: usize = 16;

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Returns a scalar without its quotes and the comment behind it.
fn scalar(text: &str) -> String {
    let text = text.trim();
    for quote in ['"', '\''] {
        if let Some(rest) = text.strip_prefix(quote) {
            return rest.split(quote).next().unwrap_or("").to_owned();
        }
    }
    let end = text.find(" #").unwrap_or(text.len());
    text[..end].trim().to_owned()
}

/// Returns the scalar or the list under `keys`, each a key inside the one before it; `None` if
/// a key is missing.
fn yaml(text: &str, keys: &[&str]) -> Option<Vec<String>> {
    let lines: Vec<&str> = text.lines().collect();
    let mut from = 0;
    let mut depth: Option<usize> = None;
    let mut rest = "";
    for key in keys {
        let (at, value) = find_key(&lines, from, depth, key)?;
        from = at + 1;
        depth = Some(indent(lines[at]));
        rest = value;
    }
    let text = rest.trim();
    if let Some(list) = text.strip_prefix('[') {
        let list = list.split(']').next().unwrap_or("");
        return Some(list.split(',').take(MAX_ITEMS).map(scalar).collect());
    }
    if !text.is_empty() && !text.starts_with('#') {
        return Some(vec![scalar(text)]);
    }
    let items = lines[from..].iter().map(|line| line.trim());
    let items = items.filter(|line| !line.is_empty() && !line.starts_with('#'));
    Some(items.map_while(|line| line.strip_prefix("- ")).take(MAX_ITEMS).map(scalar).collect())
}

/// Returns the line of `key` and what follows its colon, among the children of the key that
/// stands before line `from` at `depth`; at the top level without one.
fn find_key<'a>(
    lines: &[&'a str],
    from: usize,
    depth: Option<usize>,
    key: &str,
) -> Option<(usize, &'a str)> {
    let mut level = depth.map_or(Some(0), |_| None);
    for (i, line) in lines.iter().enumerate().skip(from) {
        let text = line.trim_start();
        if text.is_empty() || text.starts_with('#') || text.starts_with("---") {
            continue;
        }
        let here = indent(line);
        if depth.is_some_and(|depth| here <= depth) {
            return None;
        }
        let level = *level.get_or_insert(here);
        if here != level {
            continue;
        }
        let bare = text.trim_start_matches(['"', '\'']);
        let value = bare.strip_prefix(key).map(|rest| rest.trim_start_matches(['"', '\'']));
        if let Some(value) = value.and_then(|rest| rest.trim_start().strip_prefix(':')) {
            return Some((i, value));
        }
    }
    None
}

/// Reads an Ansible collection.
pub(super) fn galaxy(text: &str) -> Found {
    if yaml(text, &["namespace"]).is_none() {
        return Found::Nothing;
    }
    match yaml(text, &["license_file"]) {
        Some(file) if file.iter().any(|file| !file.is_empty()) => Found::Elsewhere,
        _ => Found::values(yaml(text, &["license"]).unwrap_or_default()),
    }
}

/// Reads an Ansible role.
pub(super) fn ansible_role(text: &str) -> Found {
    if yaml(text, &["galaxy_info"]).is_none() {
        return Found::Nothing;
    }
    Found::values(yaml(text, &["galaxy_info", "license"]).unwrap_or_default())
}

/// Reads a Helm chart, which need not declare anything.
pub(super) fn chart(text: &str) -> Found {
    let keys = ["artifacthub.io/license", "licenses", "license"];
    let found = keys.iter().find_map(|key| yaml(text, &["annotations", key]));
    Found::values(found.unwrap_or_default()).needed(false)
}

/// Returns the quoted strings of `text`.
fn quoted(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['"', '\'']) {
        let quote = &rest[at..=at];
        let Some((value, tail)) = rest[at + 1..].split_once(quote) else { break };
        out.push(value.to_owned());
        rest = tail;
        if out.len() == MAX_ITEMS {
            break;
        }
    }
    out
}

/// Reads a Chef cookbook.
pub(super) fn chef(text: &str) -> Found {
    let value = |key: &str| {
        text.lines().map(str::trim_start).find_map(|line| {
            let rest = line.strip_prefix(key)?;
            rest.starts_with([' ', '\t', '(']).then(|| quoted(rest).into_iter().next())?
        })
    };
    if let Some(licence) = value("license") {
        return Found::values(vec![licence]);
    }
    if value("name").is_some() || value("version").is_some() {
        Found::Missing
    } else {
        Found::Nothing
    }
}

/// Reads a Ruby gem.
pub(super) fn gemspec(text: &str) -> Found {
    let field =
        text.lines().map(str::trim_start).filter(|line| !line.starts_with('#')).find_map(|line| {
            let (head, rest) = line.split_once(".license")?;
            let plain = head.chars().all(|c| c.is_alphanumeric() || c == '_');
            let rest = rest.strip_prefix('s').unwrap_or(rest).trim_start();
            rest.strip_prefix('=').filter(|_| plain).map(str::trim)
        });
    match field {
        None => Found::Missing.needed(text.contains("Gem::Specification")),
        Some(value) => match value.strip_prefix("%w") {
            Some(words) => {
                let words = words.trim_matches(|c: char| "[](){}|".contains(c)).split_whitespace();
                Found::values(words.take(MAX_ITEMS).map(str::to_owned).collect())
            }
            None => {
                let found = quoted(value);
                // An expression: only running it would tell.
                if found.is_empty() { Found::Elsewhere } else { Found::values(found) }
            }
        },
    }
}

/// Reads `license=` and the classifiers as far as they are literals.
pub(super) fn setup_py(text: &str) -> Found {
    if !text.contains("setup(") {
        return Found::Nothing;
    }
    let mut names = Vec::new();
    let mut computed = false;
    for line in text.lines().map(str::trim_start).filter(|line| !line.starts_with('#')) {
        let after = line
            .split_once("license")
            .filter(|(head, _)| head.is_empty() || head.ends_with([' ', '(', ',']));
        if let Some(value) = after.and_then(|(_, rest)| rest.trim_start().strip_prefix('=')) {
            let value = value.trim_start();
            if value.starts_with(['"', '\'']) {
                return Found::values(quoted(value).into_iter().take(1).collect());
            }
            computed |= !value.starts_with('=');
        }
        names.extend(quoted(line).iter().filter_map(|one| data::classifier(one)));
    }
    let named = text.contains("name=") || text.contains("name =");
    let inherits = computed || text.contains("setup()") || text.contains("license_files");
    names.truncate(MAX_ITEMS);
    Found::values(names).needed(named && !inherits)
}

/// Reads `license` and the classifiers of the section `metadata`.
pub(super) fn setup_cfg(text: &str) -> Found {
    let mut inside = false;
    let mut package = false;
    let mut names = Vec::new();
    for line in text.lines() {
        if line.starts_with('[') {
            inside = line.trim() == "[metadata]";
        } else if inside {
            match line.split_once('=') {
                Some((key, value)) if key.trim() == "license" => {
                    return Found::values(vec![scalar(value)]);
                }
                Some((key, _)) if key.trim() == "license_files" => return Found::Elsewhere,
                Some((key, _)) => package |= key.trim() == "name",
                None => names.extend(data::classifier(line.trim())),
            }
        }
    }
    if !package && names.is_empty() {
        return Found::Nothing;
    }
    names.truncate(MAX_ITEMS);
    // The licence may stand in setup.py or pyproject.toml beside it.
    Found::values(names).needed(false)
}

/// Reads Maven's licences by name.
pub(super) fn pom(text: &str) -> Found {
    let section = text.split_once("<licenses>").map(|(_, rest)| rest.split("</licenses>").next());
    let Some(Some(section)) = section else {
        return Found::Missing.needed(text.contains("<project") && !text.contains("<parent"));
    };
    let names = section.split("<name>").skip(1).filter_map(|rest| rest.split('<').next());
    Found::values(names.take(MAX_ITEMS).map(str::to_owned).collect())
}

/// Reads the OCI label of an image.
pub(super) fn dockerfile(text: &str) -> Found {
    let label = text.split_once("org.opencontainers.image.licenses").map(|(_, rest)| rest);
    let Some(rest) = label else { return Found::Nothing };
    let line = rest.lines().next().unwrap_or("");
    let value = line.trim_start_matches(['"', '=', ' ', '\'']);
    let end = value.find(['"', '\'', '\\']).unwrap_or(value.len());
    Found::values(vec![value[..end].to_owned()])
}
