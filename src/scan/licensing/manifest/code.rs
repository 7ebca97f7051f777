// SPDX-License-Identifier: MIT OR Apache-2.0
//! Manifests that are programs: Ruby, Python, Elixir, Lua, Gradle. Only literals are read;
//! what would have to be run says nothing.

use super::{
    Found, Value, data,
    lines::{lines, strings},
};

/// Returns the quoted string that `text` begins with.
fn literal(text: &str) -> Option<&str> {
    let text = text.trim_start();
    text.starts_with(['"', '\'']).then(|| strings(text).next())?
}

fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with('#') || line.starts_with("//") || line.starts_with("--")
}

/// Returns the first literal behind `key` at the start of a line: `key 'value'`, `key "value"`.
fn directive(text: &str, key: &str) -> Option<Value> {
    lines(text).find_map(|(start, line)| {
        let rest = line.trim_start().strip_prefix(key)?;
        let apart = rest.starts_with([' ', '\t', '(', '"', '\'']);
        let value = literal(rest.trim_start().trim_start_matches('(')).filter(|_| apart)?;
        Some(Value::within(line, start, value))
    })
}

/// Reads a Chef cookbook.
pub(super) fn chef(text: &str) -> Option<Found> {
    let licence = directive(text, "license");
    let cookbook = ["name", "version", "maintainer", "chef_version"];
    let known = licence.is_some() || cookbook.iter().any(|key| directive(text, key).is_some());
    // `license` with a variable behind it.
    let computed =
        licence.is_none() && lines(text).any(|(_, line)| line.trim_start().starts_with("license "));
    known.then(|| Found::values(licence.into_iter().collect()).needed(!computed))
}

/// A value of a Ruby specification: literals, or something that only running it would tell.
enum Ruby {
    Literals(Vec<Value>),
    File(Value),
    Computed,
}

/// Returns what is assigned to `.license` or `.licenses` of a specification.
fn ruby_field(text: &str) -> Option<Ruby> {
    lines(text).filter(|(_, line)| !is_comment(line)).find_map(|(start, line)| {
        let (head, rest) = line.trim_start().split_once(".license")?;
        let plain = head.chars().all(|c| c.is_alphanumeric() || c == '_');
        let rest = rest.strip_prefix('s').unwrap_or(rest).trim_start();
        let value = rest.strip_prefix('=').filter(|_| plain)?.trim();
        Some(ruby_value(line, start, value))
    })
}

fn ruby_value(line: &str, start: usize, value: &str) -> Ruby {
    let of = |text: &str| Value::within(line, start, text);
    if let Some(words) = value.strip_prefix("%w") {
        let words = words.trim_matches(|c: char| "[](){}|".contains(c)).split_whitespace();
        return Ruby::Literals(words.map(of).collect());
    }
    if value.starts_with('{') {
        // CocoaPods: `{ :type => 'MIT', :file => 'LICENSE' }`.
        let named = |key: &str| value.split_once(key).and_then(|(_, rest)| strings(rest).next());
        return match (named("type"), named("file")) {
            (Some(kind), _) => Ruby::Literals(vec![of(kind)]),
            (None, Some(file)) => Ruby::File(of(file)),
            (None, None) => Ruby::Computed,
        };
    }
    let quoted = value.starts_with(['"', '\'', '[']);
    let found: Vec<Value> = strings(value).filter(|_| quoted).map(of).collect();
    if found.is_empty() { Ruby::Computed } else { Ruby::Literals(found) }
}

fn ruby(text: &str, class: &str) -> Option<Found> {
    match ruby_field(text) {
        None => Some(Found::default().needed(text.contains(class))),
        Some(Ruby::Literals(values)) => Some(Found::values(values)),
        Some(Ruby::File(file)) => Some(Found { files: vec![file], ..Found::default() }),
        Some(Ruby::Computed) => Some(Found::default()),
    }
}

/// Reads a Ruby gem.
pub(super) fn gemspec(text: &str) -> Option<Found> {
    ruby(text, "Gem::Specification")
}

/// Reads a CocoaPod.
pub(super) fn podspec(text: &str) -> Option<Found> {
    ruby(text, "Pod::Spec")
}

/// Returns the literal that `key` is set to anywhere on a line: `key='value'`, `key: "value"`.
fn keyword<'t>(line: &'t str, key: &str, signs: &[&str]) -> Option<Result<&'t str, ()>> {
    line.match_indices(key).find_map(|(at, _)| {
        let head = &line[..at];
        if head.ends_with(|c: char| c.is_alphanumeric() || "_.-\"'".contains(c)) {
            return None;
        }
        let rest = line[at + key.len()..].trim_start();
        let value = signs.iter().find_map(|sign| rest.strip_prefix(sign))?;
        // `==` compares.
        (!value.starts_with('=')).then(|| literal(value).ok_or(()))
    })
}

/// Reads `license=` and the classifiers as far as they are literals.
pub(super) fn setup_py(text: &str) -> Option<Found> {
    if !text.contains("setup(") {
        return None;
    }
    let mut classified = Vec::new();
    let mut found = Found::default();
    let mut computed = false;
    for (start, line) in lines(text).filter(|(_, line)| !is_comment(line)) {
        match keyword(line, "license", &["="]) {
            Some(Ok(value)) if found.values.is_empty() => {
                found.values.push(Value::within(line, start, value));
            }
            Some(Err(())) => computed = true,
            _ => {}
        }
        if line.contains(" :: ") {
            let values = strings(line).map(|one| Value::within(line, start, one));
            classified.extend(values.filter_map(|one| data::classifier(&one)));
        }
    }
    let named = text.contains("name=") || text.contains("name =");
    let inherits = computed || text.contains("setup()") || text.contains("license_file");
    let values = std::mem::take(&mut found.values);
    Some(data::choose(values, classified, Found { needed: named && !inherits, ..found }))
}

/// Reads a recipe of Conan, whose licence is optional.
pub(super) fn conan(text: &str) -> Option<Found> {
    if !text.contains("ConanFile") {
        return None;
    }
    let values = lines(text).filter(|(_, line)| !is_comment(line)).find_map(|(start, line)| {
        let rest = line.trim_start().strip_prefix("license")?.trim_start().strip_prefix('=')?;
        let quoted = rest.trim_start().starts_with(['"', '\'', '(', '[']);
        quoted.then(|| strings(rest).map(|one| Value::within(line, start, one)).collect())
    });
    Some(Found::values(values.unwrap_or_default()))
}

/// Reads `licenses: ["MIT"]` of an Elixir package; applications have no `package`.
pub(super) fn mix(text: &str) -> Option<Found> {
    let values: Option<Vec<Value>> =
        lines(text).filter(|(_, line)| !is_comment(line)).find_map(|(start, line)| {
            let (head, rest) = line.split_once("licenses:")?;
            let apart = head.is_empty() || head.ends_with([' ', '\t', '[', ',']);
            let values: Vec<Value> = strings(rest.split(']').next()?)
                .map(|one| Value::within(line, start, one))
                .collect();
            (apart && !values.is_empty()).then_some(values)
        });
    let needed = text.contains("package: package") || text.contains("def package");
    Some(Found::values(values.unwrap_or_default()).needed(needed && !text.contains("licenses:")))
}

/// Reads a LuaRocks file: `license = "MIT"` in `description`.
pub(super) fn rockspec(text: &str) -> Option<Found> {
    let value = lines(text).filter(|(_, line)| !is_comment(line)).find_map(|(start, line)| {
        let value = keyword(line, "license", &["="])?.ok()?;
        Some(Value::within(line, start, value))
    });
    Some(
        Found::values(value.into_iter().collect())
            .needed(text.contains("rockspec_format") || text.contains("package")),
    )
}

/// Reads the POM block of a Gradle build.
pub(super) fn gradle(text: &str) -> Option<Found> {
    let mut depth = 0_i32;
    let mut inside: Option<i32> = None;
    let (mut names, mut urls) = (Vec::new(), Vec::new());
    for (start, line) in lines(text).filter(|(_, line)| !is_comment(line)) {
        let bare = line.trim();
        let opens = ["licenses {", "licenses{", "license {", "license{"];
        if inside.is_none() && opens.iter().any(|open| bare.contains(open)) {
            inside = Some(depth);
        }
        if inside.is_some() {
            for (key, out) in [("name", &mut names), ("url", &mut urls)] {
                if let Some(value) = gradle_value(line, key) {
                    out.push(Value::within(line, start, value));
                }
            }
        }
        depth += bare.matches('{').count() as i32 - bare.matches('}').count() as i32;
        if inside.is_some_and(|outer| depth <= outer) {
            inside = None;
        }
    }
    // A plugin's `license { header … }` has no name.
    let values = if names.is_empty() { urls } else { names };
    Some(Found::values(values))
}

/// Returns the literal in `name = 'x'`, `name.set("x")`, `name 'x'` and `name("x")`.
fn gradle_value<'t>(line: &'t str, key: &str) -> Option<&'t str> {
    line.match_indices(key).find_map(|(at, _)| {
        if line[..at].ends_with(|c: char| c.is_alphanumeric() || "_.\"'".contains(c)) {
            return None;
        }
        let rest = line[at + key.len()..].trim_start();
        let rest = rest.strip_prefix(".set").unwrap_or(rest).trim_start();
        literal(rest.trim_start_matches(['=', '(']))
    })
}
