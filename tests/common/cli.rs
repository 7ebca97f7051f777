// SPDX-License-Identifier: MIT OR Apache-2.0
//! Calls the program with folders of its own, never the user's.

#![allow(dead_code, unreachable_pub, reason = "each test binary uses its own part")]
#![allow(clippy::expect_used, reason = "a test may panic")]

use std::{ffi::OsStr, path::Path, process::Output};

use serde_json::Value;

use crate::common::Repo;

/// What a call wrote and how it ended.
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// Both streams together.
    pub fn all(&self) -> String {
        [self.out.as_str(), self.err.as_str()].concat()
    }

    /// Standard output as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).expect("JSON")
    }

    /// Standard output as a JSON document a line.
    pub fn lines(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }

    /// Checks the exit code and hands itself back.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "stdout:\n{}\nstderr:\n{}", self.out, self.err);
        self
    }

    /// Checks that the error is one line that says `part`, and nothing else was written.
    #[track_caller]
    pub fn says(self, part: &str) -> Self {
        assert_eq!(self.err.lines().count(), 1, "{}", self.err);
        assert!(self.err.starts_with("debut: ") && self.err.contains(part), "{}", self.err);
        assert_eq!(self.out, "");
        self
    }
}

/// Returns the command with its home in `home`, to be run in `dir`.
pub fn command(home: &Path, dir: &Path) -> std::process::Command {
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("debut"));
    command.current_dir(dir).env_clear().env("HOME", home).env("USER", "login");
    command.env("XDG_STATE_HOME", home.join("state")).env("XDG_CONFIG_HOME", home.join("config"));
    // Git's settings of the machine must not change a test.
    command.env("XDG_CACHE_HOME", home.join("cache")).env("GIT_CONFIG_NOSYSTEM", "1");
    command
}

/// Runs the program in `dir`.
pub fn run_in(home: &Path, dir: &Path, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Ran {
    let Output { status, stdout, stderr } =
        command(home, dir).args(args).output().expect("the program");
    Ran {
        code: status.code(),
        out: String::from_utf8(stdout).expect("UTF-8"),
        err: String::from_utf8(stderr).expect("UTF-8"),
    }
}

impl Repo {
    /// Runs the program in the repository; its home is the state folder.
    pub fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Ran {
        run_in(self.state.path(), self.path(), args)
    }

    /// Has the release checklist ask nothing that blocks, for tests about findings alone.
    pub fn ask_nothing(&self) {
        let folder = self.path().join(".debut");
        std::fs::create_dir_all(&folder).expect("a folder");
        let item = "id = \"any\"\ntitle = \"Any\"\ntext = \"Anything.\"\nrequired = false\n";
        let text = format!("schema = 1\n[[section]]\ntitle = \"All\"\n[[section.item]]\n{item}");
        std::fs::write(folder.join("attestations.toml"), text).expect("a file");
    }

    /// Returns what `status` says, whatever its exit code.
    pub fn status(&self) -> Value {
        self.run(["status", "--format", "json"]).json()
    }

    /// Returns what `scan` finds, whatever its exit code.
    pub fn found(&self) -> Vec<Value> {
        self.run(["scan", "--format", "jsonl"]).lines()
    }

    /// Returns the finding of the rule called `rule` in `path`.
    #[track_caller]
    pub fn find(&self, rule: &str, path: &str) -> Value {
        let found = self.found();
        let mut fits = found.iter().filter(|f| f["rule"] == rule && f["path"] == path);
        let first = fits.next().cloned();
        assert!(first.is_some(), "{rule} in {path} is not among {found:#?}");
        first.unwrap_or_default()
    }
}
