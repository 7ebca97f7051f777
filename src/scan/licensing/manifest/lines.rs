// SPDX-License-Identifier: MIT OR Apache-2.0
//! Manifests made of lines `key = value` or `Key: value`.

use super::{Found, Value, data};

/// Returns each line with its offset, without its end.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end_matches(['\n', '\r']))
    })
}

/// Returns the key and the value of a line, parted by `sign`; the key in lower case.
pub(super) fn pair(line: &str, sign: char) -> Option<(String, &str)> {
    let (key, value) = line.split_once(sign)?;
    Some((key.trim().to_ascii_lowercase(), value.trim()))
}

/// Returns `text` without quotes around it and a comment behind it.
pub(super) fn unquoted(text: &str) -> &str {
    let text = text.trim();
    for quote in ['"', '\''] {
        if let Some(rest) = text.strip_prefix(quote) {
            return rest.split(quote).next().unwrap_or("");
        }
    }
    let end = text.find(" #").unwrap_or(text.len());
    text[..end].trim()
}

/// Reads `license` and the classifiers of the section `metadata`.
pub(super) fn setup_cfg(text: &str) -> Option<Found> {
    let (mut inside, mut package, mut key) = (false, false, String::new());
    let mut found = Found::default();
    let mut classified = Vec::new();
    for (start, line) in lines(text) {
        if line.starts_with('[') {
            inside = line.trim() == "[metadata]";
        }
        if !inside || line.starts_with(['[', '#', ';']) {
            continue;
        }
        let continued = line.starts_with([' ', '\t']);
        let (name, value) = match pair(line, '=').or_else(|| pair(line, ':')) {
            Some((name, value)) if !continued => (name, value),
            _ => (key.clone(), line.trim()),
        };
        key = name;
        let value = Value::within(line, start, value);
        match key.as_str() {
            "license" if !continued => found.values.push(value),
            "license_file" | "license_files" | "license-files" => found.files.push(value),
            "classifiers" | "classifier" => classified.extend(data::classifier(&value)),
            "name" => package = true,
            _ => {}
        }
    }
    let pointer = found.values.iter().position(|value| value.text.starts_with("file:"));
    if let Some(pointer) = pointer {
        let value = found.values.remove(pointer);
        found.files.push(Value { text: value.text["file:".len()..].trim().to_owned(), ..value });
    }
    found.files.retain(|file| !file.text.is_empty());
    if !package && classified.is_empty() && found.values.is_empty() {
        return None;
    }
    // The licence may stand in setup.py or pyproject.toml beside it.
    let values = std::mem::take(&mut found.values);
    Some(data::choose(values, classified, Found { needed: package, ..found }))
}

/// Reads an R package.
pub(super) fn r_description(text: &str) -> Option<Found> {
    let mut found = Found::default();
    let mut is_r = false;
    for (start, line) in lines(text) {
        match pair(line, ':') {
            Some((key, value)) if key == "license" && !line.starts_with([' ', '\t']) => {
                found.values.push(Value::within(line, start, value));
            }
            Some((key, _)) => is_r |= key == "package" && line.starts_with("Package:"),
            None => {}
        }
    }
    is_r.then(|| found.needed(true))
}

/// Reads a Haskell package.
pub(super) fn cabal(text: &str) -> Option<Found> {
    let mut found = Found::default();
    let mut package = false;
    for (start, line) in lines(text) {
        // What is indented belongs to a library or program.
        let Some((key, value)) = pair(line, ':').filter(|_| !line.starts_with([' ', '\t'])) else {
            continue;
        };
        let value = Value::within(line, start, value);
        match key.as_str() {
            "license" => found.values.push(value),
            "license-file" | "license-files" => {
                found.files.extend(value.text.split(',').map(|file| Value::anywhere(file.trim())));
            }
            "name" => package = true,
            _ => {}
        }
    }
    // Cabal's own word for "as the file says".
    found.values.retain(|value| value.text != "OtherLicense");
    package.then(|| found.needed(true))
}

/// Reads an OCaml package.
pub(super) fn opam(text: &str) -> Option<Found> {
    if !text.contains("opam-version") {
        return None;
    }
    let mut found = Found::default();
    for (start, line) in lines(text) {
        let Some((key, value)) = pair(line, ':') else { continue };
        if key == "license" {
            found.values = strings(value).map(|one| Value::within(line, start, one)).collect();
        }
    }
    Some(found)
}

/// Reads a D package in SDLang.
pub(super) fn dub(text: &str) -> Option<Found> {
    let line = lines(text).find_map(|(start, line)| {
        let rest = line.strip_prefix("license")?;
        let value = strings(rest).next().filter(|_| rest.starts_with([' ', '\t']))?;
        Some(Value::within(line, start, value))
    });
    Some(Found::values(line.into_iter().collect()))
}

/// Returns the quoted strings of `text`.
pub(super) fn strings(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let at = rest.find(['"', '\''])?;
        let (value, tail) = rest[at + 1..].split_once(&rest[at..=at])?;
        rest = tail;
        Some(value)
    })
    .take(super::MAX_ITEMS)
}
