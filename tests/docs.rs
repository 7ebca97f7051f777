// SPDX-License-Identifier: MIT OR Apache-2.0
//! The tables of docs/keys.md are written by the program, and its examples work. Keys and names of
//! commands in other texts, the program's own among them, are those of the table.
//! `UPDATE_DOCS=1 cargo test --test docs` writes the tables anew.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use debut::tui::{Settings, Theme, command_table, role_table};

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/keys.md")
}

fn text() -> String {
    std::fs::read_to_string(path()).expect("docs/keys.md")
}

/// Puts `table` where the mark of its name is.
fn put(text: &str, name: &str, table: &str) -> String {
    let mark = format!("<!-- {name}: written by the program, checked by tests/docs.rs -->\n");
    let (before, rest) = text.split_once(&mark).expect("the mark");
    let (_, after) = rest.split_once("<!-- end -->").expect("the end of the table");
    format!("{before}{mark}{table}<!-- end -->{after}")
}

#[test]
#[expect(clippy::disallowed_methods, reason = "how the tables are written anew")]
fn the_tables_are_the_programs_own() {
    let old = text();
    let new = put(&put(&old, "commands", &command_table()), "roles", &role_table());
    if std::env::var_os("UPDATE_DOCS").is_some() {
        // In one step, because the other test may be reading it.
        let fresh = path().with_extension("new");
        std::fs::write(&fresh, new).expect("a new docs/keys.md");
        std::fs::rename(fresh, path()).expect("docs/keys.md");
        return;
    }
    assert!(new == old, "write them anew with UPDATE_DOCS=1; now they are\n{new}");
}

#[test]
fn the_examples_are_right() {
    let text = text();
    let mut blocks = text.split("```toml\n").skip(1).map(|rest| {
        let (block, _) = rest.split_once("```").expect("the end of a block");
        block
    });
    let (settings, problems) = Settings::read(blocks.next().expect("a configuration"));
    assert_eq!(problems, []);
    assert!(settings.ascii && settings.mouse);
    assert_eq!(settings.theme, Some(("light".to_owned(), 1)));
    let theme = Theme::read(blocks.next().expect("a theme"), false).expect("a theme");
    assert_ne!(theme, Theme::new(true, false));
}

/// Returns the names of all commands, and all their keys.
fn commands() -> (BTreeSet<String>, BTreeSet<String>) {
    let table = command_table();
    let (mut names, mut keys) = (BTreeSet::new(), BTreeSet::new());
    for row in table.lines().skip(2) {
        let cells: Vec<&str> = row.split(" | ").collect();
        names.extend(quoted(cells[0]));
        keys.extend(quoted(cells[1]));
    }
    assert!(names.len() > 50 && keys.len() > 50, "{names:?} {keys:?}");
    (names, keys)
}

/// Returns what stands between backticks.
fn quoted(text: &str) -> impl Iterator<Item = String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned)
}

/// Returns the string literals of a source file outside of its tests, each with the code before.
fn literals(source: &str) -> Vec<(String, String)> {
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code = lines.collect::<Vec<_>>().join("\n").replace("'\"'", "' '").replace("\\\"", "'");
    let parts: Vec<&str> = code.split('"').collect();
    let pairs = parts.chunks_exact(2).map(|pair| (pair[0].to_owned(), pair[1].to_owned()));
    pairs.collect()
}

fn sources(under: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(under).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, out);
        } else {
            out.push(path);
        }
    }
}

/// Returns the words of `text` between `open` and a character that no name has, if `close` is one.
fn named(text: &str, open: char, close: fn(char) -> bool) -> Vec<&str> {
    let mut out = Vec::new();
    for (at, _) in text.match_indices(open) {
        let rest = &text[at + 1..];
        let end = rest.find(|c: char| !c.is_ascii_lowercase() && c != '-').unwrap_or(rest.len());
        let free = text[..at].chars().next_back().is_none_or(|c| c == ' ' || c == '(');
        let closed = rest[end..].chars().next().is_none_or(close);
        if end > 0 && closed && (free || open == '{') {
            out.push(&rest[..end]);
        }
    }
    out
}

#[test]
fn texts_name_commands_that_exist() {
    let (names, _) = commands();
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for path in files {
        let screen = path.components().any(|part| part.as_os_str() == "tui");
        for (before, text) in literals(&std::fs::read_to_string(&path).expect("a source file")) {
            let mut words = named(&text, ':', |_| true);
            // Elsewhere, and in what formats, braces hold variables.
            let call = before.rsplit(';').next().unwrap_or_default();
            let call = call.rsplit('{').next().unwrap_or_default();
            if screen && !call.contains("!(") {
                words.extend(named(&text, '{', |c| c == '}'));
            }
            seen += words.len();
            let unknown = words.into_iter().filter(|word| !names.contains(*word));
            wrong.extend(unknown.map(|word| format!("{}: {word} in {text:?}", path.display())));
        }
    }
    assert!(seen > 60, "the search finds nothing any more: {seen}");
    assert!(wrong.is_empty(), "no such commands:\n{}", wrong.join("\n"));
}

/// What the keys mean that the documentation names outside of docs/keys.md. Whoever gives one of
/// them to another command has to mend the text as well.
const MEANT: &[(&str, &str)] = &[
    ("?", "help"),
    ("*", "show-values"),
    ("-", "withdraw"),
    ("5", "readiness"),
    ("6", "release-checklist"),
    ("=", "take-suggestion"),
    ("A", "approve-scope"),
    ("E", "export"),
    ("Enter", "open"),
    ("F", "answer-no"),
    ("H", "history"),
    ("L", "link"),
    ("N", "previous-open"),
    ("O", "not-applicable"),
    ("R", "redact-scope"),
    ("S", "accept-suggestions"),
    ("U", "redo"),
    ("W", "name"),
    ("X", "exclude-scope"),
    ("Y", "answer-yes"),
    ("a", "approve"),
    ("b", "line-history"),
    ("c", "note"),
    ("e", "edit"),
    ("j", "down"),
    ("k", "up"),
    ("n", "next-open"),
    ("p", "preview"),
    ("q", "back"),
    ("r", "redact"),
    ("s", "defer"),
    ("t", "reason"),
    ("u", "undo"),
    ("x", "exclude"),
    ("{", "previous-place"),
    ("}", "next-place"),
];

#[test]
fn the_documentation_names_keys_that_mean_what_it_says() {
    let table = command_table();
    for (key, command) in MEANT {
        let row = table.lines().find(|row| row.starts_with(&format!("| `{command}` |")));
        let row = row.unwrap_or_else(|| panic!("no command {command}"));
        let keys = row.split(" | ").nth(1).expect("its keys");
        assert!(keys.contains(&format!("`{key}`")), "{key} is no key of {command} any more");
    }
    let (_, keys) = commands();
    let named = ["Enter", "Esc", "Tab", "Space"];
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for file in ["README.md", "docs/review.md", "docs/history.md"] {
        let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file));
        let text = text.expect("documentation");
        let mut code = false;
        for line in text.lines() {
            code ^= line.starts_with("```");
            // The text of docs/review.md also names letters of menus, which are no commands.
            if code || !(file == "README.md" || line.starts_with('|')) {
                continue;
            }
            for key in quoted(line) {
                let is_key = key.chars().count() == 1 || named.contains(&key.as_str());
                seen += usize::from(is_key);
                if is_key && !keys.contains(&key) {
                    wrong.push(format!("{file}: `{key}` in {line}"));
                }
            }
        }
    }
    assert!(seen > 25, "the search finds nothing any more: {seen}");
    assert!(wrong.is_empty(), "no keys of the screen:\n{}", wrong.join("\n"));
}
