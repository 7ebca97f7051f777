// SPDX-License-Identifier: MIT OR Apache-2.0
//! The user's configuration and themes as the program reads them: what is wrong is said with path
//! and line, all of it, and ends with exit code 2.

#![allow(clippy::expect_used, reason = "a test may panic")]

mod common;
#[path = "common/cli.rs"]
mod program;

use std::{fs, path::PathBuf};

use common::Repo;
use program::Ran;

/// Without a terminal there is no screen; a configuration that is right gets this far.
const NO_SCREEN: &str = "not a terminal";

struct Home {
    repo: Repo,
}

impl Home {
    fn with(files: &[(&str, &str)]) -> Self {
        let repo = Repo::with(&[("LICENSE", include_bytes!("../LICENSE-MIT"))]);
        let home = Self { repo };
        for (name, text) in files {
            let path = home.file(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        home
    }

    fn file(&self, name: &str) -> PathBuf {
        self.repo.state.path().join("config/debut").join(name)
    }

    fn run(&self, args: &[&str]) -> Ran {
        self.repo.run(args).exits(2)
    }

    #[track_caller]
    fn says(&self, args: &[&str], wanted: &[(&str, &str)]) {
        let ran = self.run(args);
        let lines: Vec<&str> = ran.err.lines().collect();
        assert_eq!(lines.len(), wanted.len(), "{}", ran.err);
        for (line, (place, part)) in lines.iter().zip(wanted) {
            let place = match place.split_once(".toml:") {
                Some((file, at)) => {
                    format!("debut: {}.toml:{at}: ", self.file(file).display())
                }
                None => format!("debut: {place}"),
            };
            assert!(line.starts_with(&place) && line.contains(part), "{place}{part}: {line}");
        }
    }
}

#[test]
fn everything_wrong_is_said_with_path_and_line() {
    let home = Home::with(&[(
        "config.toml",
        "theme = \"solarized\"\nmouse = 1\n[keys]\napprove = [\"y\"]\nnope = []\nredact = [\"Ctrl-r\"]\n",
    )]);
    home.says(
        &[],
        &[
            ("config.toml:2", "mouse: needs true or false"),
            ("config.toml:4", "\"y\" would mean approve (line 4) and copy (by default)"),
            ("config.toml:5", "nope: no such command"),
            ("config.toml:6", "redact: there is no key \"Ctrl-r\""),
            ("config.toml:1", "no theme \"solarized\"; debut has dark, light, high-contrast, mono"),
        ],
    );
    // Commands without a screen do not ask for its looks.
    home.repo.run(["scan"]).exits(0);
    let broken = Home::with(&[("config.toml", "\n[keys\n")]);
    broken.says(&[], &[("config.toml:2", "")]);
}

#[test]
fn a_theme_is_the_users_or_the_programs() {
    let mine = "dim = { fg = \"cyan\" }\n";
    let home = Home::with(&[("config.toml", "theme = \"mine\"\n"), ("themes/mine.toml", mine)]);
    for args in [&[][..], &["--theme", "mine"], &["--theme", "light"], &["--theme", "mono"]] {
        assert!(home.run(args).err.contains(NO_SCREEN));
    }
    home.says(
        &["--theme", "yours"],
        &[("--theme: no theme \"yours\"", "themes/yours.toml is not there")],
    );
    home.says(
        &["--theme", "../mine"],
        &[("--theme: no theme", "a name has letters, digits, - and _")],
    );
    let bad = "dim = { fg = \"grey\", bold = true }\n[shadow]\n";
    let home = Home::with(&[("config.toml", "theme = \"bad\"\n"), ("themes/bad.toml", bad)]);
    let wanted = [
        ("themes/bad.toml:1", "dim.bold: no such field; there are fg, bg and modifiers"),
        ("themes/bad.toml:1", "dim.fg: \"grey\" is none of black, red,"),
        ("themes/bad.toml:2", "shadow: no such role; there are plain,"),
    ];
    home.says(&[], &wanted);
    home.says(&["--theme", "bad"], &wanted);
    assert!(home.run(&["--theme", "dark"]).err.contains(NO_SCREEN));
}

#[test]
fn files_that_are_no_text_are_refused() {
    let home = Home::with(&[("config.toml/inside", "")]);
    home.says(&[], &[("", "config.toml: not a file: it is a folder")]);
    let home = Home::with(&[("config.toml", "")]);
    fs::write(home.file("config.toml"), b"mouse = true\n# \xff\n").expect("a file");
    home.says(&[], &[("config.toml:2", "not UTF-8")]);
    fs::write(home.file("config.toml"), vec![b'#'; (1 << 20) + 1]).expect("a file");
    home.says(
        &[],
        &[("", "config.toml: larger than 1 MiB, the most that is read of a configuration")],
    );
    fs::write(home.file("config.toml"), "theme = \"\\u001b[2J\"\n").expect("a file");
    assert!(!home.run(&[]).err.contains('\u{1b}'));
}
