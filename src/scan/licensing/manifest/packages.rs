// SPDX-License-Identifier: MIT OR Apache-2.0
//! Distributions' packages and images: Debian, RPM, Docker.

use super::{
    Found, Value,
    lines::{lines, pair},
};

/// Reads `License:` of the paragraph about all files in a machine-readable debian/copyright.
pub(super) fn debian(text: &str) -> Option<Found> {
    if !text.contains("Format:") && !text.contains("Format-Specification:") {
        return None;
    }
    let mut all = false;
    let mut found = Found::default();
    for (start, line) in lines(text) {
        if line.trim().is_empty() {
            all = false;
        }
        // What is indented is the text of the field above.
        let Some((key, value)) = pair(line, ':').filter(|_| !line.starts_with([' ', '\t'])) else {
            continue;
        };
        match key.as_str() {
            "files" => all = value.split_whitespace().any(|glob| glob == "*"),
            "license" if all && found.values.is_empty() => {
                found.values.push(Value::within(line, start, value));
            }
            _ => {}
        }
    }
    Some(found)
}

/// Reads the tag `License:` of a spec file; other tools have files of that ending too.
pub(super) fn rpm(text: &str) -> Option<Found> {
    let mut found = Found::default();
    let (mut name, mut version) = (false, false);
    for (start, line) in lines(text) {
        // The tags of the package itself stand before the first section.
        if ["%prep", "%build", "%install", "%package", "%description"]
            .iter()
            .any(|section| line.starts_with(section))
        {
            break;
        }
        let Some((key, value)) = pair(line, ':') else { continue };
        name |= key == "name";
        version |= key == "version";
        if matches!(key.as_str(), "license" | "copyright") && found.values.is_empty() {
            found.values.push(Value::within(line, start, value));
        }
    }
    (name && version).then(|| found.needed(true))
}

/// Labels that name the licence.
const LABELS: [&str; 3] =
    ["org.opencontainers.image.licenses", "org.label-schema.license", "org.label-schema.licenses"];

/// Reads the labels of an image; the last one wins, as it does in the image.
pub(super) fn dockerfile(text: &str) -> Option<Found> {
    // Cheap for the many without.
    if !LABELS.iter().any(|label| text.contains(label)) && !text.contains("icense") {
        return None;
    }
    let mut label = false;
    let mut last = None;
    for (start, line) in lines(text) {
        let bare = line.trim_start();
        if bare.starts_with('#') || bare.is_empty() {
            continue;
        }
        let word = bare.split_whitespace().next().unwrap_or("");
        let rest = if word.eq_ignore_ascii_case("label") {
            label = true;
            &bare[word.len()..]
        } else {
            bare
        };
        if label && let Some(value) = labelled(rest) {
            last = Some(Value::within(line, start, value));
        }
        label &= line.trim_end().ends_with('\\');
    }
    last.map(|value| Found::values(vec![value]))
}

/// Returns the value of a licence's label in `key=value key="value" …` or `key value`.
fn labelled(text: &str) -> Option<&str> {
    let labels = LABELS.iter().chain(["license", "licenses", "License"].iter());
    for label in labels {
        for (at, _) in text.match_indices(label) {
            let before = text[..at].chars().next_back();
            let after = text[at + label.len()..].trim_start_matches(['"', '\'']);
            let value = after.strip_prefix('=').or_else(|| after.strip_prefix([' ', '\t']));
            if before.is_some_and(|c| !c.is_whitespace() && c != '"' && c != '\'') {
                continue;
            }
            if let Some(value) = value {
                return Some(scalar(value.trim_start()));
            }
        }
    }
    None
}

fn scalar(value: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(rest) = value.strip_prefix(quote) {
            return rest.split(quote).next().unwrap_or("");
        }
    }
    value.split([' ', '\t', '\\']).next().unwrap_or("")
}
