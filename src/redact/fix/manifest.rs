// SPDX-License-Identifier: MIT OR Apache-2.0
//! The licence field of a package manifest.

use std::ops::Range;

use crate::domain::{RepoPath, Text};

/// Returns the manifest with the field put to `licence`. `declared` is what stands there now, and
/// `span` where it stood when it was found.
///
/// # Errors
/// Says why it has to be done by hand.
pub(super) fn set(
    path: &RepoPath,
    raw: &[u8],
    (declared, span): (&str, Option<&Range<usize>>),
    licence: &str,
) -> Result<Vec<u8>, String> {
    let text = Text::decode(raw).ok_or("binary")?;
    let before = String::from_utf8(text.bytes.to_vec()).map_err(|_| "not UTF-8")?;
    let after = match place(&before, declared, span) {
        Some(range) => {
            let mut out = before.clone();
            out.replace_range(range, licence);
            out
        }
        None => inserted(path, &before, licence)?,
    };
    check(path, &before, &after)?;
    Ok(Text::encode(text.encoding, after.as_bytes()))
}

/// Returns where the declared value stands: where it was found, or, if the text before it has
/// changed, on the only line that is about licences and holds it.
fn place(text: &str, declared: &str, span: Option<&Range<usize>>) -> Option<Range<usize>> {
    // A gap without a place is that nothing is declared, and then it has no words.
    let span = span?;
    if text.get(span.clone()) == Some(declared) {
        return Some(span.clone());
    }
    let mut found = text.match_indices(declared).filter(|(at, _)| {
        let start = text[..*at].rfind('\n').map_or(0, |at| at + 1);
        let end = text[*at..].find('\n').map_or(text.len(), |end| at + end);
        text[start..end].to_ascii_lowercase().contains("licen")
    });
    let (at, _) = found.next().filter(|_| !declared.is_empty())?;
    found.next().is_none().then_some(at..at + declared.len())
}

/// Returns the manifest with a field that it did not have.
fn inserted(path: &RepoPath, text: &str, licence: &str) -> Result<String, String> {
    let name = String::from_utf8_lossy(path.file_name()).to_ascii_lowercase();
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let by_hand = || format!("write the licence {licence} into {name} by hand");
    let quoted = licence.replace('"', "");
    let insert = match name.as_str() {
        "cargo.toml" => {
            in_table(text, "[package]").map(|at| (at, format!("license = \"{quoted}\"")))
        }
        "pyproject.toml" => {
            let tables = ["[project]", "[tool.poetry]"];
            let at = tables.iter().find_map(|table| in_table(text, table));
            at.map(|at| (at, format!("license = \"{quoted}\"")))
        }
        "package.json" | "composer.json" | "bower.json" | "metadata.json" => {
            return in_object(text, &quoted, end).ok_or_else(by_hand);
        }
        "metadata.rb" => {
            Some((after_key(text, &["name", "version"]), format!("license '{quoted}'")))
        }
        "galaxy.yml" => {
            let items = super::licence::ids(licence).into_iter();
            let items: Vec<String> = items.map(|id| format!("{end}  - {id}")).collect();
            Some((after_key(text, &["name:"]), format!("license:{}", items.concat())))
        }
        "chart.yaml" if !text.contains("\nannotations:") => {
            let line = format!("annotations:{end}  artifacthub.io/license: {quoted}");
            Some((text.len(), line))
        }
        "main.yml" | "main.yaml" if text.contains("galaxy_info:") => {
            let at = text.find("galaxy_info:").unwrap_or(0);
            let at = text[at..].find('\n').map_or(text.len(), |line| at + line + 1);
            let next = text[at..].lines().find(|line| !line.trim().is_empty()).unwrap_or("");
            let indent = &next[..next.len() - next.trim_start().len()];
            let indent = if indent.is_empty() { "  " } else { indent };
            Some((at, format!("{indent}license: {quoted}")))
        }
        "citation.cff" => {
            Some((after_key(text, &["title:", "version:"]), format!("license: {quoted}")))
        }
        _ if name.ends_with(".gemspec") => gemspec(text, &quoted),
        _ => None,
    };
    let (at, line) = insert.ok_or_else(by_hand)?;
    let (before, after) = text.split_at(at);
    let gap = if before.is_empty() || before.ends_with('\n') { "" } else { end };
    Ok(format!("{before}{gap}{line}{end}{after}"))
}

/// Returns where a key of the TOML table goes: after name and version, or after its head.
fn in_table(text: &str, head: &str) -> Option<usize> {
    let mut at = 0;
    let mut inside = false;
    let mut best = None;
    for line in text.split_inclusive('\n') {
        at += line.len();
        let bare = line.trim();
        if bare.starts_with('[') {
            inside = bare == head;
            best = if inside { Some(at) } else { best };
        } else if inside {
            let key = bare.split('=').next().unwrap_or("").trim();
            if key == "license" || key.starts_with("license.") || key == "license-file" {
                return None;
            }
            best = if matches!(key, "name" | "version") { Some(at) } else { best };
        }
    }
    best
}

/// Returns the end of the last line that begins with one of `keys`; else the end of the text.
fn after_key(text: &str, keys: &[&str]) -> usize {
    let mut at = 0;
    let mut best = None;
    for line in text.split_inclusive('\n') {
        at += line.len();
        if keys.iter().any(|key| line.starts_with(key)) {
            best = Some(at);
        }
    }
    best.unwrap_or(text.len())
}

/// Returns the JSON object with the member in front, as far indented as the others.
fn in_object(text: &str, licence: &str, end: &str) -> Option<String> {
    let whole: serde_json::Map<String, serde_json::Value> = serde_json::from_str(text).ok()?;
    if whole.contains_key("license") {
        return None;
    }
    let open = text.find('{')? + 1;
    let member = format!("\"license\": \"{licence}\"");
    let (before, after) = text.split_at(open);
    if whole.is_empty() {
        return Some(format!("{before}{end}  {member}{end}{}", after.trim_start()));
    }
    let space = &after[..after.len() - after.trim_start().len()];
    Some(format!("{before}{space}{member},{after}"))
}

/// Returns the line for a gemspec, in the words of its own block variable.
fn gemspec(text: &str, licence: &str) -> Option<(usize, String)> {
    let at = text.find("Gem::Specification.new")?;
    let line = text[at..].lines().next()?;
    let name = line.split('|').nth(1)?.trim();
    let at = text[at..].find('\n').map_or(text.len(), |line| at + line + 1);
    Some((at, format!("  {name}.license = '{licence}'")))
}

/// Refuses an edit after which the file can't be read any more.
fn check(path: &RepoPath, before: &str, after: &str) -> Result<(), String> {
    let reads = |text: &str| match path.extension().as_str() {
        "json" => serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok(),
        "toml" => text.parse::<toml::Table>().is_ok(),
        _ => true,
    };
    match reads(after) || !reads(before) {
        true => Ok(()),
        false => Err("it could not be read after the edit: change it by hand".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::set;
    use crate::domain::RepoPath;

    fn with(name: &str, text: &str, declared: Option<&str>) -> Result<String, String> {
        let span = declared.map(|word| {
            let at = text.find(word).expect("declared");
            at..at + word.len()
        });
        let says = (declared.unwrap_or(""), span.as_ref());
        let path = RepoPath::new(name.as_bytes());
        set(&path, text.as_bytes(), says, "MIT OR Apache-2.0")
            .map(|out| String::from_utf8(out).expect("UTF-8"))
    }

    #[test]
    fn the_field_is_set_and_nothing_else() {
        for (name, before, declared, after) in [
            (
                "Cargo.toml",
                "[package]\nlicense = 'GPL' # x\n",
                Some("GPL"),
                "[package]\nlicense = 'MIT OR Apache-2.0' # x\n",
            ),
            (
                "package.json",
                "{\r\n  \"license\": \"UNLICENSED\"\r\n}\r\n",
                Some("UNLICENSED"),
                "{\r\n  \"license\": \"MIT OR Apache-2.0\"\r\n}\r\n",
            ),
            (
                "Cargo.toml",
                "[package]\nname = \"x\"\nversion = \"1\"\nedition = \"2024\"\n\n[lib]\n",
                None,
                "[package]\nname = \"x\"\nversion = \"1\"\nlicense = \"MIT OR Apache-2.0\"\nedition = \"2024\"\n\n[lib]\n",
            ),
            (
                "package.json",
                "{\n\t\"name\": \"x\"\n}\n",
                None,
                "{\n\t\"license\": \"MIT OR Apache-2.0\",\n\t\"name\": \"x\"\n}\n",
            ),
            (
                "metadata.rb",
                "name 'x'\nversion '1'\ndepends 'y'\n",
                None,
                "name 'x'\nversion '1'\nlicense 'MIT OR Apache-2.0'\ndepends 'y'\n",
            ),
            (
                "galaxy.yml",
                "name: x\nauthors: []\n",
                None,
                "name: x\nlicense:\n  - MIT\n  - Apache-2.0\nauthors: []\n",
            ),
            (
                "meta/main.yml",
                "---\ngalaxy_info:\n    author: x\n",
                None,
                "---\ngalaxy_info:\n    license: MIT OR Apache-2.0\n    author: x\n",
            ),
            (
                "x.gemspec",
                "Gem::Specification.new do |s|\n  s.name = 'x'\nend\n",
                None,
                "Gem::Specification.new do |s|\n  s.license = 'MIT OR Apache-2.0'\n  s.name = 'x'\nend\n",
            ),
        ] {
            assert_eq!(with(name, before, declared).as_deref(), Ok(after), "{name}");
        }
    }

    #[test]
    fn what_moved_is_found_again_and_what_is_not_clear_is_refused() {
        let path = RepoPath::new(b"Cargo.toml");
        let text = b"[package]\nname = \"GPL\"\nlicense = \"GPL\"\n";
        let out = set(&path, text, ("GPL", Some(&(0..3))), "MIT").expect("set");
        assert_eq!(out, b"[package]\nname = \"GPL\"\nlicense = \"MIT\"\n");
        let inherited = "[package]\nname = \"x\"\nlicense.workspace = true\n";
        assert!(with("Cargo.toml", inherited, None).is_err());
        assert!(with("pom.xml", "<project/>", None).is_err());
        let json = b"{\"license\": [\"GPL\"]}";
        let said =
            set(&RepoPath::new(b"package.json"), json, ("[\"GPL\"]", Some(&(12..19))), "MIT");
        assert!(said.expect_err("no JSON").contains("by hand"));
    }
}
