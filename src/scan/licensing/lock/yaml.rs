// SPDX-License-Identifier: MIT OR Apache-2.0
//! Lock files in YAML that programs write, read by their indentation: pnpm, CocoaPods, Dart.

use super::{Lock, Package, Source};

/// Returns indentation and text of each line that is no comment.
fn rows(content: &str) -> impl Iterator<Item = (usize, &str)> {
    content
        .lines()
        .map(|line| (line.len() - line.trim_start().len(), line.trim()))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

/// Reads the keys under `packages:`: `/a/1.0.0`, `/a@1.0.0` or `a@1.0.0`, as generations go.
pub(super) fn pnpm(content: &str, lock: &mut Lock) -> Option<()> {
    let mut inside = false;
    let mut open: Option<Package> = None;
    for (indent, line) in rows(content) {
        match indent {
            0 => inside = line == "packages:",
            2 if inside => {
                open.take().into_iter().for_each(|package| lock.add(package));
                open = pnpm_package(line);
            }
            _ if inside => {
                let Some(package) = &mut open else { continue };
                if let Some(resolution) = line.strip_prefix("resolution:") {
                    pnpm_resolution(resolution, package);
                }
                package.dev |= line == "dev: true";
            }
            _ => {}
        }
    }
    open.into_iter().for_each(|package| lock.add(package));
    Some(())
}

fn pnpm_package(line: &str) -> Option<Package> {
    let key = line.split(": {").next()?.trim_end_matches(':').trim_matches(['\'', '"']);
    let key = key.strip_prefix('/').unwrap_or(key);
    let at = key.get(1..).and_then(|rest| rest.find('@')).map(|at| at + 1);
    // The oldest generation parts name and version by a slash.
    let slash = || {
        key.rfind('/').filter(|slash| key[slash + 1..].starts_with(|c: char| c.is_ascii_digit()))
    };
    let (name, version) = match at.or_else(slash) {
        Some(at) => (&key[..at], &key[at + 1..]),
        None => (key, key),
    };
    let plain = version.starts_with(|c: char| c.is_ascii_digit());
    let source = if plain { Source::Public } else { Source::of(version) };
    Some(Package::new(name, source))
}

/// `{tarball: https://…}`, `{directory: ../x, type: directory}` or `{repo: …, type: git}`.
fn pnpm_resolution(text: &str, package: &mut Package) {
    for (key, is_path) in [("tarball: ", false), ("repo: ", false), ("directory: ", true)] {
        let Some((_, rest)) = text.split_once(key) else { continue };
        let value = rest.split([',', '}']).next().unwrap_or_default().trim();
        let value = value.trim_matches(['\'', '"']);
        package.source = if is_path { Source::Path(value.into()) } else { Source::of(value) };
    }
}

/// Reads the names under `PODS:` and the places under `EXTERNAL SOURCES:` and `SPEC REPOS:`.
pub(super) fn podfile(content: &str, lock: &mut Lock) -> Option<()> {
    let mut section = "";
    let mut named = String::new();
    for (indent, line) in rows(content) {
        let bare = line.trim_start_matches("- ").trim_matches(['"', ':']);
        match (section, indent) {
            (_, 0) => section = line,
            ("PODS:", 2) => {
                // A part of a pod, `Name/Part`, is no pod of its own.
                let name = bare.split([' ', '/']).next().unwrap_or_default().trim_matches('"');
                if lock.packages.last().is_none_or(|last| *last.name != *name) {
                    lock.add(Package::new(name, Source::Public));
                }
            }
            ("SPEC REPOS:", 2) => lock.indexes.push(Source::of(bare)),
            ("EXTERNAL SOURCES:", 2) => bare.clone_into(&mut named),
            ("EXTERNAL SOURCES:", _) => {
                let Some((key, value)) = line.trim_start_matches(':').split_once(": ") else {
                    continue;
                };
                let value = value.trim().trim_matches(['"', '\'']);
                let source = match key {
                    "path" | "podspec" if !value.contains("://") => Source::Path(value.into()),
                    "git" | "podspec" | "http" => Source::of(value),
                    _ => continue,
                };
                let pods = lock.packages.iter_mut().filter(|package| *package.name == named);
                pods.for_each(|package| package.source = source.clone());
            }
            _ => {}
        }
    }
    lock.indexes.truncate(50);
    Some(())
}

pub(super) fn pubspec(content: &str, lock: &mut Lock) -> Option<()> {
    let mut inside = false;
    let mut open: Option<Package> = None;
    for (indent, line) in rows(content) {
        let value = || line.split_once(": ").map_or("", |(_, value)| value.trim_matches('"'));
        match (indent, &mut open) {
            (0, _) => inside = line == "packages:",
            (2, _) if inside => {
                open.take().into_iter().for_each(|package| lock.add(package));
                open = Some(Package::new(line.trim_end_matches(':'), Source::Public));
            }
            (_, Some(package)) if inside => {
                package.dev |= line.starts_with("dependency: \"direct dev\"");
                if line.starts_with("url: ") {
                    package.source = Source::of(value());
                } else if line.starts_with("path: ") && package.source == Source::Public {
                    // A repository has a path in it too, but that comes before its address.
                    package.source = Source::Path(value().into());
                }
            }
            _ => {}
        }
    }
    open.into_iter().for_each(|package| lock.add(package));
    Some(())
}
