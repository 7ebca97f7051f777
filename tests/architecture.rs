// SPDX-License-Identifier: MIT OR Apache-2.0
//! The import table of the rooms, and the habits that no lint knows.

#![allow(clippy::expect_used, reason = "a test may panic")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// For each room, the rooms it may import. A room that is not listed may not exist.
const TABLE: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("rules", &["domain"]),
    ("repo", &["domain"]),
    ("store", &["domain"]),
    ("redact", &["domain"]),
    ("modules", &["domain"]),
    ("scan", &["domain", "rules", "repo"]),
    ("review", &["domain", "rules"]),
    ("report", &["domain", "review", "modules"]),
    ("ops", &["domain", "rules", "repo", "store", "redact", "modules", "scan", "review", "report"]),
    ("tui", &["domain", "review", "redact", "ops"]),
    (
        "cli",
        &[
            "domain", "rules", "repo", "store", "redact", "modules", "scan", "review", "report",
            "ops", "tui",
        ],
    ),
];

/// Crates that only one room may know.
const OWNED: &[(&str, &[&str])] = &[
    ("ratatui", &["tui"]),
    ("git2", &["repo"]),
    ("gix_hash", &["repo"]),
    ("gix_pack", &["repo"]),
    ("gix_zlib", &["repo"]),
    ("clap", &["cli"]),
    ("syntect", &["ops"]),
    ("directories", &["cli"]),
];

fn sources(under: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in fs::read_dir(under).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            out.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push(path);
        }
    }
    out
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Returns the code of each room without comments and test modules.
fn rooms() -> BTreeMap<String, Vec<(PathBuf, String)>> {
    let mut out: BTreeMap<String, Vec<(PathBuf, String)>> = BTreeMap::new();
    for path in sources(&src()) {
        let inside = path.strip_prefix(src()).expect("below src").to_path_buf();
        let room = inside.components().next().expect("a first part");
        let room = room.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned();
        let text = fs::read_to_string(&path).expect("a source file");
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        let code: String = code
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .map(|line| format!("{line}\n"))
            .collect();
        out.entry(room).or_default().push((inside, code));
    }
    out
}

/// Returns the first part of each `crate::…` path, also inside braces.
fn imports(code: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(list) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut word = String::new();
            for c in list.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => out.push(std::mem::take(&mut word)),
                    c if depth == 0 => word.push(c),
                    _ => {}
                }
            }
            out.push(word);
        } else {
            out.push(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    let first = |path: String| path.trim().split("::").next().unwrap_or_default().to_owned();
    out.into_iter().map(first).filter(|name| !name.is_empty()).collect()
}

#[test]
fn rooms_import_only_what_the_table_allows() {
    let mut wrong = Vec::new();
    for (room, files) in rooms() {
        if matches!(room.as_str(), "lib" | "main") {
            continue;
        }
        let Some((_, allowed)) = TABLE.iter().find(|(name, _)| *name == room) else {
            wrong.push(format!("{room}: not in the table"));
            continue;
        };
        for (path, code) in files {
            for import in imports(&code) {
                if import != room && !allowed.contains(&import.as_str()) {
                    wrong.push(format!("{}: imports {import}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn crates_stay_in_their_room() {
    let mut wrong = Vec::new();
    for (room, files) in rooms() {
        for (path, code) in files {
            for (name, owners) in OWNED {
                let used = code.contains(&format!("{name}::"));
                if used && !owners.contains(&room.as_str()) {
                    wrong.push(format!("{}: uses {name}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_library_reads_no_environment_and_the_screen_no_files() {
    let mut wrong = Vec::new();
    for (room, files) in rooms() {
        for (path, code) in files {
            let env = code.contains("std::env") || code.contains("env::var");
            if env && !matches!(room.as_str(), "cli" | "main") {
                wrong.push(format!("{}: reads the environment", path.display()));
            }
            if matches!(room.as_str(), "tui" | "domain" | "review") && code.contains("std::fs") {
                wrong.push(format!("{}: touches files", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_source_file_names_its_licence() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut wrong = Vec::new();
    for folder in ["src", "tests", "benches"] {
        for path in sources(&root.join(folder)) {
            let text = fs::read_to_string(&path).expect("a source file");
            if !text.starts_with("// SPDX-License-Identifier: MIT OR Apache-2.0\n") {
                wrong.push(path);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_rule_pack_is_built_in() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let list = fs::read_to_string(root.join("src/rules/packs.rs")).expect("the list of packs");
    let mut packs = Vec::new();
    for folder in fs::read_dir(root.join("assets/rules")).expect("the packs") {
        let folder = folder.expect("an entry").path();
        for pack in fs::read_dir(&folder).expect("a folder of packs") {
            packs.push(pack.expect("an entry").path());
        }
    }
    assert!(!packs.is_empty());
    for pack in packs {
        let name = pack.strip_prefix(root.join("assets/rules")).expect("below");
        assert!(
            list.contains(&format!("\"{}\"", name.display())),
            "{} is not listed",
            name.display()
        );
    }
}
