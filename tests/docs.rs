// SPDX-License-Identifier: MIT OR Apache-2.0
//! The tables of docs/keys.md are written by the program, and its examples work.
//! `UPDATE_DOCS=1 cargo test --test docs` writes the tables anew.

#![allow(clippy::expect_used, reason = "a test may panic")]

use std::path::{Path, PathBuf};

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
